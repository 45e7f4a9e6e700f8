"""C5: those who bring nothing never come before those who bring something, and none is left out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analytics.churn.at_risk import ANALYSIS
from analytics.datamodel.roles import Role, TableKind
from analytics.study import Study
from tests.unit.analyses.relations import AS_OF, finding, real, shop, silence, steady_shop, study_of
from tests.unit.customers.worlds import World


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A shop whose customers are lost after five hundred days: some of those still here bought nothing for a year."""
    return shop(tmp_path_factory.mktemp("slow"), steady_shop(3, 2500), days=500)


def test_those_with_nothing_at_stake_come_last(slow: Study) -> None:
    everyone = finding(slow, ANALYSIS, top=100_000)
    value = pd.Series([item["value"] for item in everyone.items])
    chance = pd.Series([item["score"] for item in everyone.items])
    present = slow.database.row("SELECT count(*), count(*) FILTER (amount_12m = 0) FROM customers WHERE lost IS FALSE")
    assert (len(value), int((value == 0).sum())) == present and 0 < present[1] < present[0]
    some = int((value > 0).sum())
    assert (value[:some] > 0).all() and (value[some:] == 0).all()
    assert chance[:some].is_monotonic_decreasing and chance[some:].is_monotonic_decreasing
    assert chance[some] > chance[:some].min(), "by their chance alone some would have come first"
    assert any(f"{present[1]} customers still here have brought nothing" in c.render("en") for c in everyone.caveats)


def test_the_most_exposed_tenth_is_still_told_of_everyone(slow: Study) -> None:
    everyone = finding(slow, ANALYSIS, top=100_000)
    chance = sorted((item["score"] for item in everyone.items), reverse=True)
    tenth = max(1, len(chance) // 10)
    told = next(m for m in everyone.measures if m.name == "mean_chance_top_tenth")
    assert told.value == pytest.approx(sum(chance[:tenth]) / tenth)


def test_a_public_file_with_a_long_silence_lists_people_who_bring_something(tmp_path: Path) -> None:
    """Donations lost after 1,020 days: listed by chance alone, the first fifty would all be worth nothing."""
    found = finding(real(tmp_path / "w", "derived_fr", "achats_fr_cp1252.csv"), ANALYSIS)
    assert all(item["at_stake"] > 0 for item in found.items) and len(found.items) == 50


def test_the_reasons_say_what_their_numbers_count(slow: Study) -> None:
    """« Ancienneté : 7,13 » tells nobody whether months or years are meant, nor « montant : 24,7 » that it is money."""
    said = [reason.render("en", "EUR") for item in finding(slow, ANALYSIS).items for reason in item["reasons"]]
    told = {title: [words for words in said if words.lower().startswith(title)] for title in ("tenure", "total amount bought", "usual rhythm")}
    assert told["tenure"] and all("month" in words for words in told["tenure"])
    assert all("€" in words for words in told["total amount bought"])
    assert all("day" in words for words in told["usual rhythm"]) and not any("not given" in words for words in told["usual rhythm"])


def test_a_few_customers_are_ranked_by_what_all_teach(slow: Study) -> None:
    """Sixty customers have too few departures of their own: their chances are those they have among everyone."""
    everyone = {item["customer"]: item["score"] for item in finding(slow, ANALYSIS, top=100_000).items}
    few = tuple(sorted(everyone)[:60])
    found = finding(slow, ANALYSIS, top=100_000, segment=[{"field": "customer_id", "operator": "in", "values": list(few)}])
    assert {item["customer"]: item["score"] for item in found.items} == {who: everyone[who] for who in few}
    assert found.claim.render("en").startswith("Customers looked at")


def test_entries_that_nobody_priced_put_no_revenue_at_stake(tmp_path: Path) -> None:
    """A pool that counts entries: what its members bring is unknown, which is not « 0,00 »."""
    world = World(tmp_path)
    world.add(TableKind.TRANSACTIONS, steady_shop(3, 1500)[["id", "day"]], {"id": Role.CUSTOMER_ID, "day": Role.PURCHASE_DATE})
    found = finding(study_of(world, world.model(AS_OF, silence(180))), ANALYSIS)
    assert "revenue_at_stake" not in {measure.name for measure in found.measures}
    assert all(item["value"] is None and item["at_stake"] is None for item in found.items)
    assert not any("brought nothing" in caveat.render("en") for caveat in found.caveats)
