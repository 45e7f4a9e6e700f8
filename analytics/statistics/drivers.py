"""Naming what goes with departures, and nothing that does not: leaks out, twins merged, others held equal.

Two models: one of what precedes departures (causes, profiles), one of warnings (symptoms). A symptom stands between a
cause and the departure: left in the first model, it would swallow the causes' effects. Columns nobody could place
(unclear) are searched last, the named ones held equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from threadpoolctl import threadpool_limits

from analytics.statistics.arrays import Bools, Column, Features, Floats
from analytics.statistics.association import associations, merge_twins
from analytics.statistics.driver_report import Driver, DriverReport, Refusal
from analytics.statistics.driver_search import Search, Tested, search_drivers
from analytics.statistics.encoding import Encoded, bent_early, encode
from analytics.statistics.folds import Keys, folds_of, row_keys, sample_of
from analytics.statistics.leaks import find_leaks, knows_too_much
from analytics.statistics.logistic import fit_logistic
from analytics.statistics.selection import block_p, matrix
from analytics.statistics.whole_model import leaks_of_the_whole
from vocabulary.finding import DriverKind, SetAside, SetAsideWhy

__all__ = ["Driver", "DriverReport", "Refusal", "name_drivers"]
_SAMPLE = 50_000
_FEWEST = 30  # customers of each outcome
_EVENTS_PER_FACTOR = 10


def name_drivers(
    outcome: Bools, features: Features, kinds: Mapping[str, DriverKind], *, seed: int = 0, keys: Keys | None = None,
    clock: str | None = None, reached: Floats | None = None, parts_of: Mapping[str, Column] | None = None,
) -> DriverReport:  # fmt: skip
    """Name the drivers of an outcome, with the effect of each when the others are held equal.

    Leaking columns are set aside first, then identifiers, constants, sparse ones and twins. A driver is named when its
    effect stands Holm's correction for all the columns tried, given the other drivers; still shows when every suspect
    column is held equal; holds in 85 % of half-samples; and is not the work of another column's strata (Simpson).

    Args:
        outcome: True for a departure, one a customer.
        features: columns known of each customer, names as in the file.
        kinds: what each column is to a departure; UNCLEAR when absent.
        seed: of the half-samples.
        keys: stable hash of each customer's id, so that the order of rows changes nothing.
        clock: name of the column that measures the age of the relation, if any: all is judged at equal age, and it is not named.
        reached: the age of each relation at its end, or today (NaN unknown), where `clock` is the time since its beginning, gone or
            not. What no longer shows at equal age reached grows with the time lived: it is set aside as a clock, and the search
            is made again without it, for it may have hidden others.
        parts_of: for a share or a count over events, how many events there were: one order makes a share of all or nothing, and one
            visit can hold one mishap only. It must show among customers of as many events.

    Returns:
        The drivers, the columns set aside with the reason, or a typed refusal.

    Raises:
        ValueError: when a column's length is not the outcome's.
    """
    with threadpool_limits(1, "blas"):  # hundreds of small products: threads that wait for each other cost ten times more
        happened, left = np.asarray(outcome, dtype=bool), dict(features)
        grown: list[SetAside] = []
        while True:
            report = _named(happened, left, kinds, seed, keys, clock, reached, parts_of or {})
            found = [told for told in report.set_aside if told.why is SetAsideWhy.CLOCK]
            if not found:
                return replace(report, set_aside=tuple(sorted((*report.set_aside, *grown), key=lambda told: told.column)))
            grown += found
            left = {name: column for name, column in left.items() if name not in {told.column for told in found}}


def _named(
    happened: Bools, features: Features, kinds: Mapping[str, DriverKind], seed: int, keys: Keys | None,
    clock: str | None, reached: Floats | None, parts_of: Mapping[str, Column],
) -> DriverReport:  # fmt: skip
    if any(column.size != happened.size for column in features.values()):
        raise ValueError("every column needs one value a customer")
    n, events = int(happened.size), int(happened.sum())
    refusal = _refusal(n, events)
    if refusal is not None:
        return DriverReport((), (), refusal, n, events, None)
    identities = row_keys(n) if keys is None else keys
    rows = sample_of(identities, _SAMPLE)
    y, identities = happened[rows], identities[rows]
    sampled = {name: features[name][rows] for name in sorted(features)}
    kind = {name: kinds.get(name, DriverKind.UNCLEAR) for name in sampled}
    aside: dict[str, SetAsideWhy] = {}
    columns, auc, hopeless = _screened(sampled, kind, y, identities, aside)
    if hopeless:
        return DriverReport((), _listed(aside), Refusal.LEAKING, n, events, auc)
    age = _time(columns, sampled, clock)
    lived = encode("reached", reached[rows]) if age is not None and reached is not None else None
    bound = associations(list(columns.values()))
    tested = _twins_merged(columns, kind, bound, y, aside)
    most = min(events, n - events) * y.size // n // _EVENTS_PER_FACTOR
    counted = {name: one for name, column in parts_of.items() if isinstance(one := encode("events", column[rows]), Encoded)}
    search = Search(y, identities, bound, most, seed, age, bent_early(lived) if isinstance(lived, Encoded) else None, counted)
    found = search_drivers(search, tested, aside, happened, features)
    ranked = sorted(found, key=lambda driver: -driver.explained_departures.value)
    named = {driver.feature for driver in ranked}
    for name in columns:
        if name not in named:
            aside.setdefault(name, SetAsideWhy.NO_EFFECT)
    return DriverReport(tuple(ranked), _listed(aside), None, n, events, auc)


def _time(columns: dict[str, Encoded], sampled: Features, clock: str | None) -> Encoded | None:
    """The age of the relation, taken out of the columns on trial: held equal even where it tells departures too well."""
    if clock is None or clock not in sampled:
        return None
    columns.pop(clock, None)
    age = encode(clock, sampled[clock])
    return bent_early(age) if isinstance(age, Encoded) else None


def _refusal(n: int, events: int) -> Refusal | None:
    if n > 0 and events in (0, n):
        return Refusal.ONE_OUTCOME
    if n < 2 * _FEWEST:
        return Refusal.TOO_FEW_CUSTOMERS
    return Refusal.TOO_FEW_EVENTS if min(events, n - events) < _FEWEST else None


def _screened(
    sampled: Features, kind: Mapping[str, DriverKind], y: Bools, keys: Keys, aside: dict[str, SetAsideWhy]
) -> tuple[dict[str, Encoded], float | None, bool]:
    """Take out what leaks and what cannot explain; give the columns left, the free model's AUC, and if it still leaks."""
    folds = folds_of(keys, 5, y)
    columns: dict[str, Encoded] = {}
    for name, column in sampled.items():
        encoded = encode(name, column)
        if isinstance(encoded, SetAsideWhy):
            aside[name] = encoded
        else:
            columns[name] = encoded
    suspects = {n: c for n, c in sampled.items() if _may_leak(aside.get(n))}
    too_telling = [n for n, c in suspects.items() if kind[n] is not DriverKind.SYMPTOM and knows_too_much(c, y)]
    activity = [n for n in suspects if kind[n] is DriverKind.SYMPTOM]
    for name in (*find_leaks(suspects, y, folds, activity=activity), *too_telling):
        aside[name] = SetAsideWhy.LEAK
        columns.pop(name, None)
    before = {name: sampled[name] for name in columns if kind[name] is not DriverKind.SYMPTOM}
    leaks, auc, hopeless = leaks_of_the_whole(before, y, folds)
    for name in leaks:
        aside[name] = SetAsideWhy.LEAK
        del columns[name]
    return columns, auc, hopeless


def _may_leak(why: SetAsideWhy | None) -> bool:
    """A column set aside for its few or many values may leak all the same, and that is the better reason to give."""
    return why not in (SetAsideWhy.IDENTIFIER, SetAsideWhy.CONSTANT)


def _twins_merged(
    columns: Mapping[str, Encoded],
    kind: Mapping[str, DriverKind],
    bound: Mapping[tuple[str, str], float],
    y: Bools,
    aside: dict[str, SetAsideWhy],
) -> tuple[Tested, ...]:
    """Merge columns that say the same, symptoms among themselves; twins of different kinds become unclear."""
    x = matrix((), y.size)
    fitted = fit_logistic(x, y)
    order = {DriverKind.CAUSE: 0, DriverKind.PROFILE: 0, DriverKind.UNCLEAR: 1, DriverKind.SYMPTOM: 2}
    telling = {name: block_p(fitted, x, y, column) for name, column in columns.items()}
    tested: list[Tested] = []
    for symptoms in (False, True):
        names = [name for name in columns if (kind[name] is DriverKind.SYMPTOM) is symptoms]
        names.sort(key=lambda name: (order[kind[name]], telling[name], name))
        for name, twins in merge_twins(names, bound).items():
            kinds = {kind[twin] for twin in twins}
            one = kind[name] if len(kinds) == 1 else DriverKind.UNCLEAR
            tested.append(Tested(columns[name], twins, one, kind[name]))
            for twin in twins[1:]:
                aside[twin] = SetAsideWhy.DUPLICATE
    return tuple(tested)


def _listed(aside: Mapping[str, SetAsideWhy]) -> tuple[SetAside, ...]:
    return tuple(SetAside(name, aside[name]) for name in sorted(aside))
