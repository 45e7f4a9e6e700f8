"""Departures beside others who were there, and beside themselves: on hazards written down beforehand, and counted again one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analytics.statistics.quick_search import QuickSearch
from analytics.statistics.risk_sets import Happenings, Relations, beside_alike, beside_themselves, risk_sets, stretches


def _lived(seed: int, times: float, *, worse: float = 1.0, n: int = 900, span: int = 500) -> tuple[Relations, Happenings]:
    """Each day one in sixty meets something; for the seven days after, the hazard of one in a thousand is so many times higher.

    With `worse`, a third of them meets it, and leaves, so many times more, whenever it was.
    """
    rng = np.random.default_rng(seed)
    begun, over, gone = rng.integers(0, 200, n), np.full(n, span + 1), np.zeros(n, dtype=bool)
    raised = np.where(rng.random(n) < 1 / 3, worse, 1.0)
    who: list[int] = []
    day: list[int] = []
    for i in range(n):
        last = -99
        for today in range(int(begun[i]) + 1, span + 1):
            if rng.random() < 0.001 * raised[i] * (times if 1 <= today - last <= 7 else 1.0):
                over[i], gone[i] = today, True
                break
            if rng.random() < raised[i] / 60:
                last = today
                who.append(i)
                day.append(today)
    return Relations(begun, over, gone, 30, span), Happenings(np.array(who), np.array(day))


def _search(told: Relations, happened: Happenings) -> QuickSearch:
    return QuickSearch(told, np.arange(told.begun.size), {"event": happened}, {}, {})


@pytest.mark.parametrize("seed", [1, 2])
def test_the_ratio_of_hazards_is_found_in_its_window(seed: int) -> None:
    (found,) = _search(*_lived(seed, 6.0)).found((7, 14, 30), tried=3, whole="", parts=[])
    assert found.days == 7 and found.low < 6.0 < found.high and not found.talk


def test_nothing_is_found_where_nothing_is() -> None:
    assert [_search(*_lived(seed, 1.0)).found((7, 14, 30), tried=3, whole="", parts=[]) for seed in range(3, 8)] == [[]] * 5


def test_who_meets_more_and_leaves_more_is_compared_with_themselves() -> None:
    told, happened = _lived(9, 1.0, worse=4.0)
    search = _search(told, happened)
    assert search.found((7, 14, 30), tried=3, whole="", parts=[]) == []
    assert search.is_who_they_are("event", 90, 3)
    told, happened = _lived(9, 6.0)
    assert not _search(told, happened).is_who_they_are("event", 7, 1)


def test_a_day_is_counted_before_and_never_on_the_departure() -> None:
    happened = Happenings(np.array([0, 0, 1]), np.array([10, 4, 10]))
    who, day = np.array([0, 0, 0, 1, 1]), np.array([10, 11, 17, 10, 18])
    assert happened.before(who, day, 7).tolist() == [1, 2, 1, 0, 0]


def test_each_departure_is_beside_customers_there_that_day() -> None:
    told, _ = _lived(4, 1.0)
    rows = risk_sets(told, np.arange(told.begun.size))
    assert rows.case.sum() == (told.gone & (told.over >= told.first)).sum()
    others = ~rows.case
    assert (told.begun[rows.who] < rows.day).all() and (told.over[rows.who[others]] > rows.day[others]).all()
    assert (told.over[rows.who[rows.case]] == rows.day[rows.case]).all()


def test_days_in_the_wake_of_something_are_those_counted_one_by_one() -> None:
    told, happened = _lived(5, 3.0, n=60, span=200)
    found = stretches(told, happened, 7, 50, 180)
    touched = others = left_touched = left_others = 0
    for i in range(60):
        met = happened.day[happened.who == i]
        for day in range(max(int(told.begun[i]) + 1, 50), min(int(told.over[i]) if told.gone[i] else 180, 180) + 1):
            near = bool(((met < day) & (met >= day - 7)).any())
            touched, others = touched + near, others + (not near)
            if told.gone[i] and told.over[i] == day:
                left_touched, left_others = left_touched + near, left_others + (not near)
    assert (found.days, found.departures, found.other_days, found.other_departures) == (touched, left_touched, others, left_others)


def test_a_place_left_by_all_after_a_bad_week_shows_nothing_among_its_own() -> None:
    n = 400
    levels = np.repeat([0, 1], n // 2)
    gone = levels == 0
    told = Relations(np.zeros(n, dtype=int), np.where(gone, 100 + np.arange(n) % 3, 301), gone, 20, 300)
    bad = np.flatnonzero((levels == 0) & (np.arange(n) % 4 != 0))
    happened = Happenings(bad, np.full(bad.size, 97))
    rows = risk_sets(told, np.arange(n))
    z = beside_alike(told, rows, levels, happened, 7)
    assert z is None or abs(z) < 2.58
    assert beside_themselves(told, np.flatnonzero(gone), happened, 7) > 10


def test_the_highest_odds_not_excluded_shrink_with_departures() -> None:
    few, many = (_search(*_lived(seed, 1.0, n=n)) for seed, n in ((11, 120), (12, 2500)))
    for search in (few, many):
        search.found((7,), tried=1, whole="", parts=[])
    high_few, high_many = few.highest("event", 14), many.highest("event", 14)
    assert high_few is not None and high_many is not None and 1.0 < high_many < 1.4 < high_few and math.isfinite(high_few)


def test_two_causes_are_both_found_and_what_happens_beside_them_is_not() -> None:
    """Truth: after either of two things the hazard is six times higher for a week; a third comes with the first six times in ten."""
    rng = np.random.default_rng(21)
    n, span = 1200, 500
    begun, over, gone = rng.integers(0, 200, n), np.full(n, span + 1), np.zeros(n, dtype=bool)
    met: dict[str, list[tuple[int, int]]] = {"a": [], "b": [], "beside": []}
    for i in range(n):
        last = {"a": -99, "b": -99}
        for today in range(int(begun[i]) + 1, span + 1):
            hazard = 0.0008 * math.prod(6.0 if 1 <= today - day <= 7 else 1.0 for day in last.values())
            if rng.random() < hazard:
                over[i], gone[i] = today, True
                break
            for name in last:
                if rng.random() < 1 / 60:
                    last[name] = today
                    met[name].append((i, today))
                    if name == "a" and rng.random() < 0.6:
                        met["beside"].append((i, today))
            if rng.random() < 1 / 150:
                met["beside"].append((i, today))
    happened = {name: Happenings(*np.array(days).T) for name, days in met.items()}
    found = QuickSearch(Relations(begun, over, gone, 30, span), np.arange(n), happened, {}, {}).found((7, 14, 30), tried=3, whole="", parts=[])
    assert {one.name for one in found} == {"a", "b"} and all(one.days == 7 and 6.0 / 1.3 < one.odds < 6.0 * 1.3 for one in found)
