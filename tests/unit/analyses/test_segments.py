"""L1: every customer in exactly one segment, and the exported rule finds the same customers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.churn.churn_rate import ANALYSIS as RATE
from analytics.datamodel.roles import Role, TableKind
from analytics.loyalty.segment_risk import leaving_within_a_year
from analytics.loyalty.segment_rules import rules_for
from analytics.loyalty.segments import ANALYSIS
from analytics.overview.relationship_overview import ANALYSIS as OVERVIEW
from analytics.segment import Segment
from analytics.study import Study
from tests.unit.analyses.relations import AS_OF, finding, labelled, real, shop, silence, steady_shop, study_of
from tests.unit.customers.worlds import World
from vocabulary.sentence import Sentence


@pytest.fixture(scope="module")
def telco(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return real(tmp_path_factory.mktemp("telco"), "telco_ibm", "telco_customer_churn.csv")


@pytest.fixture(scope="module")
def bought(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return shop(tmp_path_factory.mktemp("shop"), steady_shop(1, 1500))


@pytest.mark.parametrize("which", ["telco", "bought"])
def test_every_customer_is_in_one_segment_and_its_rule_finds_it(which: str, request: pytest.FixtureRequest) -> None:
    study: Study = request.getfixturevalue(which)
    found = finding(study, ANALYSIS)
    everyone = study.database.row("SELECT count(*) FROM customers")[0]
    assert sum(item["customers"] for item in found.items) == everyone
    for item in found.items:
        where, values = Segment.from_json(item["conditions"]).sql(study.attributes)
        assert study.database.row(f"SELECT count(*) FROM customers WHERE {where}", values)[0] == item["customers"]


def test_rules_do_not_overlap(bought: Study) -> None:
    rules = rules_for(bought)
    assert rules is not None
    conditions = " + ".join(f"CAST(COALESCE({rule.sql()}, FALSE) AS INT)" for rule in rules.rules if rule.bounds)
    assert bought.database.row(f"SELECT min({conditions}), max({conditions}) FROM customers") == (1, 1)


def test_the_same_rules_over_arrays_and_in_sql(bought: Study) -> None:
    rules = rules_for(bought)
    assert rules is not None
    rows = bought.database.rows(
        f"SELECT {rules.case_sql()}, {', '.join(rules.columns)} FROM customers ORDER BY customer_key"
    )
    columns = {
        name: np.array([np.nan if row[i + 1] is None else float(row[i + 1]) for row in rows])
        for i, name in enumerate(rules.columns)
    }
    assert list(rules.assign(columns, len(rows))) == [row[0] for row in rows]


def test_the_best_come_back_more_than_those_seen_once(bought: Study) -> None:
    """Each purchase is the last with the same chance: whoever was seen lately comes back more than the silent."""
    again = {item["code"]: item["bought_again"] for item in finding(bought, ANALYSIS).items}
    assert again["best"] > again["lost_once"]


def test_a_rule_is_said_in_words(bought: Study) -> None:
    words = finding(bought, ANALYSIS).items[0]["rule"]
    assert isinstance(words, Sentence) and words.render("fr") != words.render("en")


def test_early_leavers_do_not_make_recent_customers_look_doomed(tmp_path: Path) -> None:
    """A constant hazard of .03 a month: the yearly chance is 1 - .97^12 = .306 at every age, not a share by tenure."""
    rng = np.random.default_rng(5)
    life, seen = rng.geometric(0.03, 6000), rng.integers(1, 80, 6000)
    people = pd.DataFrame({
        "id": [f"C{i:05d}" for i in range(6000)], "gone": life <= seen, "tenure": np.minimum(life, seen).astype(float),
        "bill": 20.0,
    })  # fmt: skip
    study = labelled(tmp_path, people)
    rules = rules_for(study)
    assert rules is not None
    chances = leaving_within_a_year(study, rules)
    assert len(chances) == 3
    for chance in chances.values():
        assert chance.value == pytest.approx(1 - 0.97**12, abs=0.04)


def test_a_customer_alone(tmp_path: Path) -> None:
    one = pd.DataFrame({"id": ["A"], "gone": [False], "tenure": [3.0], "bill": [9.0]})
    assert finding(labelled(tmp_path, one), ANALYSIS).items[0]["customers"] == 1


def half_cancelled(folder: Path) -> Study:
    """Forty buyers; twenty more whose only order was cancelled, and ten signed up who never ordered."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(folder)
    lines = pd.DataFrame([
        {"id": f"B{n}", "day": date(2025, 6 + k, 1 + n % 20), "amount": 20.0 + n, "status": "delivered"}
        for n in range(40) for k in range(1 + n % 3)
    ] + [{"id": f"C{n}", "day": date(2025, 9, 1 + n), "amount": 50.0, "status": "cancelled"} for n in range(20)])  # fmt: skip
    people = pd.DataFrame({"id": [f"B{n}" for n in range(40)] + [f"N{n}" for n in range(10)]})
    sold = world.add(TableKind.TRANSACTIONS, lines, {
        "id": Role.CUSTOMER_ID, "day": Role.PURCHASE_DATE, "amount": Role.AMOUNT, "status": Role.ORDER_STATUS,
    })  # fmt: skip
    listed = world.add(TableKind.CUSTOMERS, people, {"id": Role.CUSTOMER_ID})
    world.key(sold, "id", listed, "id", Role.CUSTOMER_ID)
    return study_of(world, world.model(AS_OF, silence(180)))


def test_who_bought_nothing_that_counts_is_in_no_base(tmp_path: Path) -> None:
    """Segments, the overview and the rate say the same number of customers; those left out are said beside it."""
    study = half_cancelled(tmp_path)
    segments, states, rate = (finding(study, one) for one in (ANALYSIS, OVERVIEW, RATE))
    assert sum(item["customers"] for item in segments.items) == sum(item["customers"] for item in states.items) == 40
    assert {item["code"] for item in segments.items}.isdisjoint({"never"})
    assert rate.measures[0].n == 40
    for found in (segments, states):
        assert any(caveat.render("en").startswith("Not counted here: 30 ") for caveat in found.caveats)
    assert not any("left out" in caveat.render("en") for caveat in rate.caveats)
