"""Columns of purchases that do not change from one purchase of a customer to the next describe the customer, and are tried as causes."""

import random
from datetime import date

import pytest

from analytics.churn.churn_drivers import ANALYSIS
from tests.unit.analyses.relations import finding
from tests.unit.embedded.talks import converse, opened

_draw = random.Random(21)
BILLS = [["Bill No", "Month", "Tenant", "Room", "Treat", "Total"]]
ROOMS, STAYED = {}, {}
for _n in range(600):
    tenant = f"TN{_n:04d}"
    ROOMS[tenant] = _draw.choices(["Garden", "Street", "Cellar"], [4, 4, 2])[0]
    month = _draw.randrange(0, 24)
    STAYED[tenant] = True
    while month < 36:
        BILLS.append([f"B{len(BILLS):06d}", date(2023 + month // 12, month % 12 + 1, 1).isoformat(), tenant, ROOMS[tenant], _draw.choice(["Tea", "Coffee"]), _draw.choice([220, 260, 300])])
        if _draw.random() < (0.11 if ROOMS[tenant] == "Cellar" else 0.03):
            STAYED[tenant] = False
            break
        month += 1


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    yield from opened(tmp_path_factory, "house", {"bills.csv": BILLS})


def test_the_column_that_never_changes_is_of_the_customer(house):
    named = {attribute.name for attribute in house.attributes}
    assert "Room" in named
    assert "Treat" not in named  # it changes from one bill to the next


def test_each_customer_has_the_value_of_their_bills(house):
    column = next(attribute.column for attribute in house.attributes if attribute.name == "Room")
    rows = house.database.rows(f'SELECT customer_id, "{column}" FROM customers')
    assert dict(rows) == ROOMS


def test_what_another_file_sells_takes_nothing_away(tmp_path_factory):
    """The tenants also buy at the house's shop, whose tickets name no room: each keeps the room of their bills."""
    shop = [["Bill No", "Month", "Tenant", "Item", "Total"]]
    for place, tenant in enumerate(sorted(ROOMS)[::2]):
        shop.append([f"S{place:05d}", date(2025, 12, 20).isoformat(), tenant, _draw.choice(["Soap", "Bread"]), 4.5])
    study = next(opened(tmp_path_factory, "shop", {"bills.csv": BILLS, "shop bills.csv": shop}))
    column = next(attribute.column for attribute in study.attributes if attribute.name == "Room")
    assert dict(study.database.rows(f'SELECT customer_id, "{column}" FROM customers')) == ROOMS
    study.database.close()


def test_it_is_found_as_a_factor(house):
    assert "Cellar" in str(finding(house, ANALYSIS).claim)


def test_departures_are_split_by_it(house):
    reading = converse(house, "How many tenants left in 2025?", "by room")[-1]
    assert reading.steps[0].arguments["by"] == ["Room"]
