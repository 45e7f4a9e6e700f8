"""An allotment society: a file of plot holders, yearly rents, a ledger where some lines are of visitors; how those are called and said."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from assistant.embedded.refusals import refusal
from tests.unit.embedded.talks import asked, converse, opened
from vocabulary.estimate import Unit

_draw = random.Random(5)
HOLDERS = [["Holder ref", "Since", "Village", "Site", "Left on"]]
LEDGER = [["Receipt no", "Receipt date", "Holder ref", "Kind", "Net", "VAT", "Total"]]
for _n in range(180):
    _ref, _since = f"H{_n:03d}", date(2022, 1, 1) + timedelta(days=_draw.randrange(500))
    _site = _draw.choice(["Brook", "Hill", "Orchard"])
    _gone = _since + timedelta(days=_draw.randint(300, 700)) if _draw.random() < {"Brook": 0.55, "Hill": 0.3, "Orchard": 0.1}[_site] else None
    _gone = _gone if _gone is not None and _gone < date(2024, 11, 1) else None
    HOLDERS.append([_ref, _since.isoformat(), _draw.choice(["Ashby", "Dunmow"]), _site, _gone.isoformat() if _gone else ""])
    _day = _since
    while _day < (_gone or date(2024, 12, 1)):
        _net = round(_draw.uniform(8, 90), 2)
        LEDGER.append([f"R{len(LEDGER):05d}", _day.isoformat(), _ref, _draw.choice(["Rent", "Compost", "Visitor plot", "Water"]), _net, round(_net * 0.2, 2), round(_net * 1.2, 2)])
        _day += timedelta(days=_draw.randint(30, 90))


@pytest.fixture(scope="module")
def plots(tmp_path_factory):
    yield from opened(tmp_path_factory, "plots", {"plot_holders.csv": HOLDERS, "ledger.csv": LEDGER})


@pytest.mark.parametrize("question", ["how many plot holders do we have", "how many holders do we have?"])
def test_a_list_of_holders_says_how_the_house_calls_its_customers(plots, question):
    assert Runner(plots).run("explore", asked(plots, question)).measures[0].value == len(HOLDERS) - 1
    assert asked(plots, "how many plot holders live in Ashby")["segment"][0]["values"] == ["Ashby"]


def test_a_tax_added_up_is_money(plots):
    found = Runner(plots).run("explore", asked(plots, "total VAT in 2024")).measures[0]
    assert found.value == pytest.approx(sum(row[5] for row in LEDGER[1:] if row[1].startswith("2024")))
    assert found.unit is Unit.MONEY


def test_a_kind_of_lines_is_not_every_customer(plots):
    reading = converse(plots, "how much did we make from visitors each year")[-1]
    whole = reading.status == "answered" and not any(step.arguments.get("purchase_filter") for step in reading.steps)
    assert not whole


def test_names_counted_once_each_have_no_highest(plots):
    found = Runner(plots).run("explore", {"measure": "customers", "by": ["customer_id"], "segment": [{"field": "lost", "operator": "=", "values": [False]}]})
    assert not any("Highest" in fact.render("en") for fact in found.facts)


def test_a_number_of_things_is_no_phone_number():
    assert refusal("number of visits led by Mrs Pane in 2024") is None
    assert refusal("what is the number of Julia Pane") == "private"
    assert refusal("phone number of Julia Pane") == "private"
