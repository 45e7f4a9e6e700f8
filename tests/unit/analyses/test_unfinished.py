"""A period that is not over when the files end is neither set beside a whole one nor shown as one."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.datamodel.roles import Role, TableKind
from analytics.explore.explore import ANALYSIS
from analytics.explore.parameters import ExploreParameters, Period
from analytics.explore.unfinished import within_the_files
from analytics.study import Study
from tests.unit.analyses.relations import finding, silence, study_of
from tests.unit.customers.worlds import World
from vocabulary.finding import Finding


def sales(folder: Path, last: date) -> Study:
    """One sale of 10 a day from 1 January 2023 to `last`."""
    first = date(2023, 1, 1)
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    world = World(folder)
    lines = pd.DataFrame({"id": [f"C{i % 40}" for i in range(len(days))], "day": days, "amount": 10.0})
    world.add(TableKind.TRANSACTIONS, lines, {"id": Role.CUSTOMER_ID, "day": Role.PURCHASE_DATE, "amount": Role.AMOUNT})
    return study_of(world, world.model(last, silence(180)))


@pytest.fixture(scope="module")
def october(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return sales(tmp_path_factory.mktemp("october"), date(2025, 10, 20))


def days(start: str, end: str) -> dict[str, str]:
    return {"start": start, "end": end}


def asked(study: Study, **arguments: object) -> Finding:
    return finding(study, ANALYSIS, measure="amount", **arguments)


@pytest.mark.parametrize(
    ("period", "compare", "expected", "before"),
    [
        (("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31"), 293, 294),  # 2024 has a 29 February
        (("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), 294, 293),
        (("2025-01-01", "2025-10-20"), ("2024-01-01", "2024-12-31"), 293, 294),  # "this year" beside "last year"
        (("2025-10-01", "2025-12-31"), ("2025-07-01", "2025-09-30"), 20, 20),
        (("2025-10-01", "2025-10-31"), ("2025-09-01", "2025-09-30"), 20, 20),
        (("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31"), 366, 365),
    ],
)
def test_an_unfinished_period_is_set_beside_the_same_days(
    october: Study, period: tuple[str, str], compare: tuple[str, str], expected: int, before: int
) -> None:
    """Ten a day whatever the year: beside a whole year, ten months would have fallen by a sixth."""
    found = asked(october, period=days(*period), compare=days(*compare))
    known = {m.name: m.value for m in found.measures}
    assert (known["amount"], known["before"]) == (10 * expected, 10 * before)
    over = "2025" not in period[0] + compare[0]
    assert any("The files stop on 20 October 2025" in caveat.render("en") for caveat in found.caveats) != over
    assert "in the period compared" not in found.claim.render("en")


def test_a_period_alone_is_said_to_be_unfinished(october: Study) -> None:
    found = asked(october, period=days("2025-01-01", "2025-12-31"))
    assert "20 octobre 2025" in found.claim.render("fr") and "31 décembre" not in found.claim.render("fr")
    assert "n’est pas finie" in found.caveats[0].render("fr")
    whole = asked(october, period=days("2024-01-01", "2024-12-31"))
    assert not any("files stop" in caveat.render("en") for caveat in whole.caveats)


@pytest.mark.parametrize(("grain", "name"), [("year", "2025"), ("quarter", "T4 2025"), ("month", "octobre 2025")])
def test_the_last_point_of_a_series_is_marked(october: Study, grain: str, name: str) -> None:
    found = asked(october, by=(grain,))
    assert found.table is not None and found.table.columns[-1].name == "unfinished"
    assert [row[-1] is not None for row in found.table.rows] == [False] * (len(found.table.rows) - 1) + [True]
    said = found.caveats[0].render("fr")
    assert name in said and "en cours" in said
    assert name not in found.claim.render("fr") and not any(name in fact.render("fr") for fact in found.facts)


def test_the_period_under_way_is_marked_beside_another_column_too(october: Study) -> None:
    found = asked(october, by=("customer_id", "month"), order="desc", top=1000)
    assert found.table is not None
    assert {row[1] for row in found.table.rows if row[-1] is not None} == {date(2025, 10, 1)}
    assert "octobre 2025" in found.caveats[0].render("fr")


def test_the_least_of_a_series_is_not_the_one_under_way(october: Study) -> None:
    least = asked(october, by=("month",), order="asc", top=1)
    assert least.items[0]["month"].month == 2  # the shortest month, and not twenty days of October
    assert "octobre 2025" in least.caveats[0].render("fr")


@pytest.mark.parametrize("last", [date(2025, 12, 31), date(2025, 12, 30), date(2025, 8, 31), date(2025, 8, 30)])
def test_a_period_that_is_as_good_as_over_is_left_as_it_is(tmp_path: Path, last: date) -> None:
    found = asked(sales(tmp_path, last), by=("month",))
    assert found.table is not None and found.table.columns[-1].name != "unfinished"
    assert not any("files stop" in caveat.render("en") for caveat in found.caveats)


@given(
    last=st.dates(date(2024, 1, 1), date(2026, 12, 31)), months=st.sampled_from([1, 3, 12]), back=st.integers(1, 4),
    units=st.integers(0, 11),
)  # fmt: skip
def test_both_sides_end_at_the_same_place(october: Study, last: date, months: int, back: int, units: int) -> None:
    """By property: what is compared lies in the files, and lasts as long but for the lengths of months."""
    first = 2025 * 12 + (units * months) % 12
    def unit(place: int) -> Period:
        end = place + months
        return Period(start=date(place // 12, place % 12 + 1, 1), end=date(end // 12, end % 12 + 1, 1) - timedelta(days=1))

    period, compare = unit(first), unit(first - back * months)
    study = dataclasses.replace(october, model=dataclasses.replace(october.model, as_of=last))
    got, said = within_the_files(study, ExploreParameters(measure="amount", period=period, compare=compare))
    assert got.period is not None and got.compare is not None
    if said:
        assert period.start <= study.as_of < period.end and got.period.end == study.as_of
        lengths = [(side.end - side.start).days for side in (got.period, got.compare)]
        assert got.compare.start == compare.start and got.compare.end <= compare.end and abs(lengths[0] - lengths[1]) <= 3
    else:
        assert (got.period, got.compare) == (period, compare)
