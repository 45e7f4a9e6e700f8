"""A period without any sale: told where an export was forgotten, with its dates; not where a house closes, or sells by season."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.catalog import Runner
from analytics.datamodel.health.missing_period import periods_of
from analytics.datamodel.model import HealthCheck
from tests.unit.analyses.test_signs_of_life import opened
from tests.unit.datamodel.worlds import Row, model_of
from vocabulary.finding import Finding, NotApplicable

_YEAR = (date(2024, 1, 2), date(2024, 12, 30))
_TWO_YEARS = (date(2023, 1, 2), date(2024, 12, 30))


def sales(span: tuple[date, date], sells: Callable[[date], bool], a_day: float = 4.0) -> list[Row]:
    """A shop of a hundred customers that sells about so many times on each day on which it sells, once at least."""
    rng, rows = random.Random(7), list[Row]()
    for place in range((span[1] - span[0]).days + 1):
        day = span[0] + timedelta(days=place)
        for _ in range(max(1, round(rng.expovariate(1 / a_day))) if sells(day) else 0):
            rows.append({
                "n_ticket": f"T{len(rows):05d}", "id_client": f"C{rng.randrange(100):03d}", "date_achat": day,
                "montant_ttc": round(rng.uniform(5, 90), 2),
            })  # fmt: skip
    return rows


def told(rows: list[Row]) -> HealthCheck | None:
    found = [check for check in model_of({"ventes.csv": rows}).health if check.check == "missing_period"]
    assert len(found) <= 1
    return found[0] if found else None


def _open(day: date) -> bool:
    return day.weekday() < 6


def _without(first: date, last: date) -> Callable[[date], bool]:
    return lambda day: _open(day) and not first <= day <= last


@pytest.mark.parametrize("span", [_YEAR, _TWO_YEARS])
def test_a_month_that_no_export_holds_is_told_with_its_dates(span: tuple[date, date]) -> None:
    """October lacks: the days, about how many sales, and both readings of it, in both languages."""
    check = told(sales(span, _without(date(2024, 10, 1), date(2024, 10, 31))))
    assert check is not None and check.column == "date_achat" and check.count == 31
    assert periods_of(check) == [(date(2024, 10, 1), date(2024, 10, 31))]
    french, english = check.detail.render("fr").replace("\xa0", " "), check.detail.render("en")
    assert french.startswith("Aucune vente du 1er octobre 2024 au 31 octobre 2024 (environ 1")
    assert "soit la maison était fermée, soit il manque un fichier" in french
    assert english.startswith("No sale from 1 October 2024 to 31 October 2024 (about 1")


def test_two_periods_are_told_together() -> None:
    """A month and a fortnight: in order of time, their days added up."""
    first, second = (date(2023, 3, 1), date(2023, 3, 31)), (date(2024, 5, 12), date(2024, 6, 2))
    check = told(sales(_TWO_YEARS, lambda day: _without(*first)(day) and _without(*second)(day)))
    assert check is not None and periods_of(check) == [first, second] and check.count == 31 + 22


def test_a_whole_year_and_a_market_of_three_days_a_week_are_told() -> None:
    """A year that lacks is no season; days of the week without sale are no lack."""
    year = (date(2023, 1, 1), date(2023, 12, 31))
    check = told(sales((date(2022, 1, 3), date(2024, 12, 30)), _without(*year)))
    assert check is not None and periods_of(check) == [year]
    market = told(sales(_TWO_YEARS, lambda day: day.weekday() in (2, 4, 5) and not (day.year == 2024 and day.month in (5, 6))))
    assert market is not None and periods_of(market) == [(date(2024, 4, 28), date(2024, 7, 2))]


@pytest.mark.parametrize(("last", "is_told"), [(date(2024, 8, 22), False), (date(2024, 8, 31), True)])
def test_a_closing_of_holidays_in_a_file_of_one_year(last: date, is_told: bool) -> None:
    """Two weeks and a half of August may be a closing; the whole of August may be a file that lacks."""
    assert (told(sales(_YEAR, _without(date(2024, 8, 5), last))) is not None) is is_told


def test_the_same_fortnight_out_of_holidays_is_told() -> None:
    """What holidays would explain in August, nothing does in October."""
    assert told(sales(_YEAR, _without(date(2024, 10, 7), date(2024, 10, 24)))) is not None


_CLOSED_IN_AUGUST = sales(_TWO_YEARS, lambda day: _open(day) and not (day.month == 8 and 1 + day.year % 2 * 6 <= day.day <= 25 + day.year % 2 * 6))
_MONTH_ENDS = sales(_TWO_YEARS, lambda day: (day + timedelta(days=2)).month != day.month, 40.0)
_LAST_DAYS = sales(_TWO_YEARS, lambda day: (day + timedelta(days=1)).month != day.month, 90.0)
_CHRISTMAS = sales((date(2022, 11, 2), date(2024, 12, 30)), lambda day: day.month >= 11)
_ONE_CHRISTMAS_TO_THE_NEXT = sales((date(2023, 11, 2), date(2024, 12, 30)), lambda day: day.month >= 11)
_BEACH = sales((date(2023, 5, 2), date(2024, 9, 29)), lambda day: 5 <= day.month <= 9)
_FEW = sales(_TWO_YEARS, lambda day: day.day in (4, 11, 19, 26) and not (day.year == 2024 and day.month in (5, 6)), 1.0)
_A_TEST_BEFORE_OPENING = [*sales((date(2024, 1, 3), date(2024, 1, 3)), _open), *sales((date(2024, 3, 1), _YEAR[1]), _open)]
_A_SALE_AFTER_CLOSING = [*sales((_YEAR[0], date(2024, 10, 1)), _open), *sales((date(2024, 12, 20), date(2024, 12, 20)), _open)]


@pytest.mark.parametrize("rows", [
    sales(_TWO_YEARS, _open), _CLOSED_IN_AUGUST, _MONTH_ENDS, _LAST_DAYS, _CHRISTMAS, _ONE_CHRISTMAS_TO_THE_NEXT, _BEACH, _FEW,
    _A_TEST_BEFORE_OPENING, _A_SALE_AFTER_CLOSING,
], ids=[
    "open all year", "closed each August", "last days of months", "last day of months", "Christmas", "one Christmas to the next",
    "beach", "four sales a month", "a test before opening", "a sale after closing",
])  # fmt: skip
def test_what_is_no_lack_is_not_told(rows: list[Row]) -> None:
    """Closings, seasons, invoices of month ends, few sales, and the two ends of a history."""
    assert told(rows) is None


def test_the_period_stands_beside_what_counts_it(tmp_path: Path) -> None:
    """Beside revenue in all, by month, of that period or beside it; not beside another period, nor the average basket."""
    rows = sales(_TWO_YEARS, _without(date(2024, 10, 1), date(2024, 10, 31)))
    autumn, before = {"start": "2024-09-01", "end": "2024-11-30"}, {"start": "2023-09-01", "end": "2023-11-30"}
    asked: list[tuple[str, dict[str, object], bool]] = [
        ("explore", {"measure": "amount"}, True),
        ("explore", {"measure": "amount", "by": ["month"]}, True),
        ("explore", {"measure": "orders", "per": "month"}, True),
        ("explore", {"measure": "amount", "period": autumn}, True),
        ("explore", {"measure": "amount", "period": before, "compare": autumn}, True),
        ("explore", {"measure": "amount", "period": before}, False),
        ("explore", {"measure": "average_basket"}, False),
        ("explore", {"measure": "customers"}, False),
        ("money_definition", {}, True),
        ("relationship_overview", {}, True),
        ("churn_rate", {}, True),
    ]
    with opened(tmp_path, {"ventes.csv": rows}) as study:
        for name, arguments, beside in asked:
            finding = Runner(study).run(name, arguments)
            assert isinstance(finding, Finding), name
            said = " ".join(caveat.render("en") for caveat in finding.caveats)
            assert ("No sale from 1 October 2024" in said) is beside, (name, arguments, said)


def test_nothing_in_a_period_nobody_loaded_is_said_so(tmp_path: Path) -> None:
    """Of days that the files lack, « no row matches » would send the manager to widen a filter."""
    rows = sales(_TWO_YEARS, _without(date(2024, 10, 1), date(2024, 10, 31)))
    with opened(tmp_path, {"ventes.csv": rows}) as study:
        lacking = Runner(study).run("explore", {"measure": "amount", "period": {"start": "2024-10-01", "end": "2024-10-31"}})
        later = Runner(study).run("explore", {"measure": "amount", "period": {"start": "2031-10-01", "end": "2031-10-31"}})
    assert isinstance(lacking, NotApplicable) and "No sale from 1 October 2024" in lacking.reason.render("en")
    assert isinstance(later, NotApplicable) and "No sale" not in later.reason.render("en")
