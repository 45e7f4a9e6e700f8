"""E1: any metric by any column, filter, period, comparison, top-n: one typed query, compiled to SQL."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from analytics.analysis import Analysis, Parameters
from analytics.customers.columns import months_paid
from analytics.datamodel.health import HealthCode
from analytics.datamodel.health.missing_period import periods_of
from analytics.datamodel.roles import Role
from analytics.explore import side_by_side
from analytics.explore.arrivals import dated_by
from analytics.explore.averages import OF_WHOLE_PERIODS, PER, averaged, over_whole_periods
from analytics.explore.departures import departures_within, rate_within
from analytics.explore.fields import (
    ORDER_AMOUNT,
    WEEKDAYS,
    Place,
    by_the_month,
    column_title,
    find_field,
    measured_field,
    of_money,
    of_shares,
)
from analytics.explore.fields import Field as GroupField
from analytics.explore.lasting import counting_those_still_here
from analytics.explore.limits import impossible, needs_purchases, scope_of
from analytics.explore.measures import AVERAGED, ORDER_CASES, SHARES, SOLD, STATISTICS, TITLES, UNITS
from analytics.explore.merged import apart, merged_told, together
from analytics.explore.parameters import ExploreParameters, Period
from analytics.explore.query import Query, Scope, bands, clock_of, compile_query, group_sql
from analytics.explore.records import (
    Records,
    cannot_count,
    looked_at_in,
    measured_title,
    not_standing,
    record_field,
    records_query,
    seen_sql,
    sold_as,
)
from analytics.explore.running import by_contract
from analytics.explore.sent_back import counted_back, every_state
from analytics.explore.still_here import with_those_still_here
from analytics.explore.stock import MOMENT, cannot_stand, seen_before, standing
from analytics.explore.unfinished import ends_with_the_files, told, unfinished, within_the_files
from analytics.explore.unnamed import KNOWN_REVENUE, UNNAMED, included, known_only, left_out
from analytics.explore.unsaid import unsaid
from analytics.explore.words import SMALL_GROUP, Cell, called, chosen, claim, facts, upper
from analytics.measures.base import counted_apart
from analytics.measures.baskets import before_returns
from analytics.measures.cautions import MEND_AMOUNTS, unread_amounts
from analytics.measures.gift_cards import gift_cards
from analytics.measures.named import NAME, company_names
from analytics.measures.orders import order_caution
from analytics.segment import Condition
from analytics.statistics.intervals import wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength
from vocabulary.typography import of

_MOST_ROWS = 1000


def _run(study: Study, parameters: Parameters) -> Result:
    assert isinstance(parameters, ExploreParameters)
    parameters, said = within_the_files(study, parameters)
    found = _answer(study, parameters)
    return dataclasses.replace(found, caveats=(*said, *found.caveats)) if said and isinstance(found, Finding) else found


def _answer(study: Study, parameters: ExploreParameters) -> Result:
    study, parameters = by_contract(study, parameters)
    if parameters.table is not None:
        return _of_records(study, parameters)
    if parameters.stock:
        return _of_stock(study, parameters)
    problem = impossible(study, parameters)
    if problem is not None:
        return problem
    if parameters.measure == "lost_rate" and parameters.period is not None:
        return _of_departures(study, parameters, parameters.period)
    return _of_customers_and_purchases(study, parameters)


def _of_customers_and_purchases(study: Study, parameters: ExploreParameters) -> Result:
    """A query on customers, or on what they bought."""
    on_purchases = needs_purchases(study, parameters)
    clock = clock_of(parameters.measure, on_purchases=on_purchases)
    sold = parameters.measure in SOLD
    groups = tuple(find_field(study, name, purchases=on_purchases, clock=clock, sold=sold) for name in parameters.by)
    scope = scope_of(study, parameters)

    asked, cut = parameters, False
    if parameters.per is not None:
        parameters, cut = over_whole_periods(study, parameters, scope)

    def counted(split: tuple[GroupField, ...], period: Period | None) -> list[Cell]:
        return _cells(study, asked, split, period, scope, on_purchases)

    whole = counted((), parameters.period)
    total = whole[0][1] if whole else None
    if total is None or (not total.n and parameters.measure not in _COUNTS):
        unread = unread_amounts(study.model) if UNITS[parameters.measure] is Unit.MONEY else None
        return _nothing(study, parameters) if unread is None else NotApplicable("explore", "amount", unread, MEND_AMOUNTS)
    if parameters.per is not None:
        total = averaged(study, parameters, total, scope)
    before = None
    if parameters.compare is not None:
        earlier = counted((), parameters.compare)
        before = earlier[0][1] if earlier else None
    cells = counted(groups, parameters.period) if groups else []
    other = _earlier(parameters, groups, counted(groups, parameters.compare)) if groups and parameters.compare is not None else None
    found = _finding(study, parameters, groups, total, before, cells, scope, other)
    if cut:
        found = dataclasses.replace(found, caveats=(OF_WHOLE_PERIODS, *found.caveats))
    if scope == "all":
        counted_too = parameters.measure if parameters.measure in UNNAMED else "amount"
        alone = parameters.model_copy(update={"measure": counted_too, "part": ()})
        found = included(found, parameters, _cells(study, alone, (), parameters.period, "unnamed", on_purchases)[0][1])
    found = _before_returns(study, parameters, found, total, on_purchases)
    pairs = apart(study, groups, cells)
    merged = merged_told(pairs, counted((together(groups[0], pairs),), parameters.period), lowest=parameters.order == "asc") if pairs else ()
    whole_base = parameters.measure == "customers" and not (on_purchases or parameters.segment or parameters.part or parameters.absent or parameters.seen)
    apart_ = counted_apart(study) if whole_base else ()
    found = with_those_still_here(study, parameters, found) if whole_base and not groups else found
    once = (_BY_LAST_ORDER,) if parameters.measure == "lost_rate" and any(group.place is Place.PURCHASE for group in groups) else ()
    return dataclasses.replace(found, caveats=(*once, *dated_by(study, parameters), *unsaid(study, parameters), *merged, *apart_, *found.caveats))


def _before_returns(study: Study, parameters: ExploreParameters, found: Finding, total: Estimate, on_purchases: bool) -> Finding:
    """The finding, an average basket saying that it is before returns."""
    if parameters.measure != "average_basket" or not on_purchases or parameters.part:
        return found
    sold = _cells(study, parameters.model_copy(update={"measure": "amount"}), (), parameters.period, "known", on_purchases)[0][1]
    return dataclasses.replace(found, caveats=(*before_returns(total, sold.value), *found.caveats))


_BY_LAST_ORDER = say(
    "Chaque client est compté une fois, à ce que dit sa dernière commande : les groupes ne se recouvrent pas.",
    "Each customer is counted once, by what their last order says: the groups do not overlap.",
)


def _of_departures(study: Study, parameters: ExploreParameters, period: Period) -> Result:
    """The rate of those present when a period begins; a condition on purchases is of who ever made such a purchase."""
    if parameters.purchase_filter:
        bought = [Condition(asked.field, asked.operator, tuple(asked.values)) for asked in parameters.purchase_filter]
        study = dataclasses.replace(study, segment=study.segment.narrowed(*bought))
    if not (parameters.by or parameters.compare):
        return rate_within(study, period.start, period.end)
    found = departures_within(study, parameters, period)
    if isinstance(found, NotApplicable):
        return found
    return _finding(study, parameters, found.groups, found.total, found.before, found.cells, "known")


def _of_stock(study: Study, parameters: ExploreParameters) -> Result:
    """How many customers were there on a day, or at the end of each calendar period."""
    problem = cannot_stand(study, parameters.measure)
    if problem is not None:
        return problem
    groups = tuple(find_field(study, name, purchases=False, clock=MOMENT) for name in parameters.by)

    def counted(split: tuple[GroupField, ...], period: Period | None) -> list[Cell]:
        labels = [group_sql(group, bands(study, group) if group.type.value == "number" else None) for group in split]
        sql, given = standing(study, split, labels, _days(period), parameters.purchase_filter)
        width = len(split)
        return [(_said(split, row[:width]), _estimate(parameters.measure, UNITS[parameters.measure], row[width:], part=False)) for row in study.rows(sql, given)]

    total = counted((), parameters.period)[0][1]
    before = counted((), parameters.compare)[0][1] if parameters.compare is not None else None
    found = _finding(study, parameters, groups, total, before, counted(groups, parameters.period) if groups else [], "known")
    return dataclasses.replace(found, caveats=(*seen_before(study), *found.caveats))


def _of_records(study: Study, parameters: ExploreParameters) -> Result:
    """A query on the lines of one file, as they stand."""
    problem = cannot_count(study, parameters)
    if problem is not None:
        return problem
    records = looked_at_in(study, parameters)
    groups = tuple(record_field(study, records, name, stock=parameters.stock) for name in parameters.by)
    unit = _unit_of_lines(records, parameters)

    def counted(split: tuple[GroupField, ...], period: Period | None) -> list[Cell]:
        labels = [group_sql(group, bands(study, group, f"{records.profile.table} r") if group.type.value == "number" else None) for group in split]
        sql, given = records_query(study, parameters, split, labels, (period.start, period.end) if period else None)
        part = bool(parameters.part)
        return [
            (_said(split, row[: len(split)]), _estimate(parameters.measure, unit, row[len(split) :], part=part))
            for row in study.rows(sql, given)
        ]

    total = counted((), parameters.period)[0][1]
    if total.value is None or (not total.n and parameters.measure != "records"):
        return NotApplicable("explore", "no_rows", _EMPTY, _WIDEN)
    before = counted((), parameters.compare)[0][1] if parameters.compare is not None else None
    cells = counted(groups, parameters.period) if groups else []
    earlier = _earlier(parameters, groups, counted(groups, parameters.compare)) if groups and parameters.compare is not None else None
    found = _finding(study, parameters, groups, total, before, cells, "known", earlier)
    days = _days(parameters.period)
    facts_first = (*counting_those_still_here(study, parameters, days), *found.facts)
    return dataclasses.replace(found, facts=facts_first, caveats=(*not_standing(study, parameters), *found.caveats))


def _earlier(parameters: ExploreParameters, groups: tuple[GroupField, ...], cells: list[Cell]) -> dict[tuple[Any, ...], Estimate] | None:
    """The groups of the period compared, each beside its own of the period looked at."""
    if parameters.period is None or parameters.compare is None:
        return None
    return side_by_side.paired(cells, groups, parameters.period, parameters.compare)


def _unit_of_lines(records: Records, parameters: ExploreParameters) -> Unit:
    """Money, for a statistic of a column of it; else what the measure counts."""
    column = next((held.column for held in records.profile.columns if held.name == parameters.column), None)
    role = records.roles.get(column) if column is not None else None
    money = parameters.measure in STATISTICS and role is not None and role.value in _MONEY_ROLES
    return Unit.MONEY if money else UNITS[parameters.measure]


_COUNTS = frozenset({"customers", "new_customers", "lost_customers", "orders"})  # none is an answer


def _cells(
    study: Study,
    parameters: ExploreParameters,
    groups: tuple[GroupField, ...],
    period: Period | None,
    scope: Scope,
    on_purchases: bool,
) -> list[Cell]:
    """One (group values, estimate) a group, in no particular order."""
    column = None
    if parameters.column is not None:
        column = measured_field(study, parameters.column, purchases=on_purchases)
    query = Query(
        measure=parameters.measure, column=column, groups=groups,
        edges=tuple(bands(study, group) if group.type.value == "number" else None for group in groups),
        period=_days(period),
        purchase_filter=parameters.purchase_filter, part=parameters.part, on_purchases=on_purchases, scope=scope,
        also=_days(parameters.also), absent=_days(parameters.absent), every_state=every_state(study, parameters),
        seen=seen_sql(study, parameters.seen) if parameters.seen is not None else None,
        until_lost=any(held.field in ("lost", "lost_on") for held in study.segment.conditions) or any(group.name == "lost" for group in groups),
    )  # fmt: skip
    sql, given = compile_query(study, query)
    unit = UNITS[parameters.measure]
    if column is not None and column.attribute is not None and column.attribute.role is not None:
        unit = Unit.MONEY if column.attribute.role.value in _MONEY_ROLES or (parameters.measure in STATISTICS and of_money(study, column)) else unit
    if column is not None and column.name == "tenure_months" and parameters.measure in _OF_ONE:
        unit = Unit.MONTHS
    if column is not None and parameters.measure in _OF_ONE and of_shares(study, column):
        unit = Unit.RATIO
    width = len(groups)
    part = parameters.shared or (parameters.measure == "promo_share" and on_purchases)
    return [
        (_said(groups, row[:width]), _estimate(parameters.measure, unit, row[width:], part=part))
        for row in study.rows(sql, given)
    ]


def _days(period: Period | None) -> tuple[date, date] | None:
    return (period.start, period.end) if period is not None else None


def _said(groups: Sequence[GroupField], values: Sequence[Any]) -> tuple[Any, ...]:
    """The values of a group; a day of the week by its name."""
    return tuple(
        WEEKDAYS[value - 1] if group.name == "weekday" and value is not None else value
        for group, value in zip(groups, values, strict=True)
    )


_OF_ONE = frozenset({"mean", "median", "min", "max"})  # rates do not add up
_MONEY_ROLES = frozenset({"amount", "total_spent", "recurring_amount", "unit_price", "margin", "cost", "shipping"})


def _estimate(measure: str, unit: Unit, row: Sequence[Any], *, part: bool) -> Estimate:
    """Columns of a compiled query: value, n, spread (deviation or successes), low, high."""
    value, n, spread, low, high = row
    if measure == "lost_rate" or (part and measure != "share_amount"):
        return wilson(spread or 0, n).estimate(measure, unit) if n else Estimate(measure, None, unit, 0)
    if value is None:
        return Estimate(measure, None, unit, int(n or 0))
    if measure in ("median", "median_basket"):
        return Estimate(measure, float(value), unit, int(n), _number(low), _number(high), "order statistics")
    if measure in AVERAGED or measure == "promo_share":
        return _mean(measure, unit, row)
    exact = int(value) if unit in (Unit.CUSTOMERS, Unit.ORDERS, Unit.COUNT) else float(value)
    return Estimate(measure, exact, unit, int(n), method="exact")


def _mean(measure: str, unit: Unit, row: Sequence[Any]) -> Estimate:
    """A mean with Student's interval, kept between nought and one when it is a share of orders."""
    value, n, spread, *_ = row
    if not n or n < 2 or spread is None:
        return Estimate(measure, float(value), unit, int(n), method="exact")
    half = _t_quantile(int(n)) * float(spread) / math.sqrt(n)
    bounds = (float(value) - half, float(value) + half)
    if measure == "promo_share":
        bounds = (max(0.0, bounds[0]), min(1.0, bounds[1]))
    return Estimate(measure, float(value), unit, int(n), *bounds, "Student")


def _t_quantile(n: int) -> float:
    """The 97.5 % Student quantile for n - 1 degrees, by its Cornish-Fisher expansion (error under .01 for n > 4)."""
    z, v = 1.959964, max(n - 1, 1)
    return z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v * v)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _finding(
    study: Study,
    parameters: ExploreParameters,
    groups: tuple[GroupField, ...],
    total: Estimate,
    before: Estimate | None,
    cells: list[Cell],
    scope: Scope,
    earlier: dict[tuple[Any, ...], Estimate] | None = None,
) -> Finding:
    title = _measure_title(study, parameters, scope)
    late = unfinished(groups, cells, study.as_of) if ends_with_the_files(study, parameters) and not parameters.stock else None
    if late is not None and parameters.order == "asc":
        cells = [cell for cell in cells if not _of(cell, late)] or cells  # the least of all, only because it is not over
    ordered = _ordered(cells, groups, parameters)
    shown = ordered[: _wanted(parameters, ordered) or _MOST_ROWS]
    small = [cell for cell in shown if (cell[1].n or 0) < SMALL_GROUP and cell[1].low is not None]
    columns = (
        *(Column(group.name, group.title) for group in groups),
        Column(parameters.measure, title, total.unit),
        Column("low", Text("borne basse", "low"), total.unit),
        Column("high", Text("borne haute", "high"), total.unit),
        Column("n", Text("effectif", "n"), Unit.COUNT),
    )
    names = company_names(study, [str(values[0]) for values, _ in shown]) if [group.name for group in groups] == ["customer_id"] else {}
    if names:
        columns = (*columns, Column("name", NAME))
    over = [cell for cell in shown if not _of(cell, late)] or shown
    if len(over) < len(shown):
        columns = (*columns, Column("unfinished", _UNFINISHED))
    compared = (title, total.unit, parameters.period, parameters.compare)
    if earlier is not None and compared[2] is not None and compared[3] is not None:
        columns = (*columns, *side_by_side.columns_of(title, total.unit, compared[2], compared[3]))
    rows = tuple((*values, e.value, e.low, e.high, e.n, *((names.get(str(values[0])),) if names else ()),
                  *(((_UNDER_WAY if _of((values, e), late) else None),) if len(over) < len(shown) else ()),
                  *(side_by_side.row_of((values, e), earlier) if earlier is not None else ())) for values, e in shown) if groups else ()
    whole = parameters.measure in SHARES and not parameters.shared  # the groups add up to one
    lead = chosen(study, parameters)
    joined = _together(parameters, shown, ordered)
    both = None
    if earlier is not None and compared[2] is not None and compared[3] is not None and not joined:
        both = side_by_side.claim(upper(title) if lead is None else title, groups, (total, before), shown, earlier, (compared[2], compared[3]))
    said = both or (_first_ones(parameters, upper(title) if lead is None else title, groups[0], shown, joined[0]) if joined else claim(
        title, groups, total, before, called(shown if parameters.order is not None else over, names),
        compared=parameters.compare, added=parameters.measure in _ADD_UP, stands=parameters.stock, lowest=parameters.order == "asc", ranked=parameters.order is not None, whole=whole, opening=lead is None,
    ))  # fmt: skip
    return Finding(
        "explore",
        said if lead is None else say("{lead} — {said}", "{lead} — {said}", lead=lead, said=said),
        measures=(*joined, total, *_comparison(total, before)),
        items=tuple(
            {**dict(zip((g.name for g in groups), values, strict=True)), parameters.measure: e.value, "low": e.low, "high": e.high, "n": e.n,
             **({"name": names.get(str(values[0]))} if names else {}),
             **(dict(zip(("before", "change"), side_by_side.row_of((values, e), earlier), strict=True)) if earlier is not None else {})}
            for values, e in shown
        ) if groups else (),
        facts=(*(side_by_side.facts(groups, shown, earlier) if earlier is not None else ()), *facts(groups, called(over, names), lowest=parameters.order == "asc", first_of_many=len(ordered) > len(shown)), *_over_a_year(study, parameters, total)),
        table=Table(columns, rows, truncated=len(ordered) > len(shown)) if groups else None,
        chart=_chart(title, groups, parameters, shown, names),
        caveats=(*_under_way(study, groups, late, [cell for cell in shown if _of(cell, late)]), *_gift_cards(study, parameters), *_cautions(small), *counted_back(study, parameters), *_joined(study, parameters), *(() if scope == "all" else left_out(study, parameters))),
        strength=Strength.STRONG if not small else Strength.MODERATE,
    )  # fmt: skip


_UNFINISHED, _UNDER_WAY = Text("période", "period"), Text("en cours", "under way")


def _of(cell: Cell, late: tuple[int, date] | None) -> bool:
    """Whether a group is of the period under way."""
    return late is not None and bool(cell[0][late[0]] == late[1])


def _under_way(study: Study, groups: Sequence[GroupField], late: tuple[int, date] | None, cells: Sequence[Cell]) -> tuple[Sentence, ...]:
    """That the period under way does not compare with those that are over, with its figure where it has one."""
    if late is None:
        return ()
    value = say("{value}", "{value}", value=cells[0][1]) if len(groups) == len(cells) == 1 and cells[0][1].value is not None else None
    return (told(late[1], groups[late[0]].name, value, study.as_of),)


def _wanted(parameters: ExploreParameters, ordered: list[Cell]) -> int | None:
    """How many groups are asked for: so many, or a share of those that there are."""
    if parameters.top_share is None:
        return parameters.top
    known = sum(estimate.value is not None for _, estimate in ordered)
    return max(1, math.floor(parameters.top_share * known + 0.5))


def _over_a_year(study: Study, parameters: ExploreParameters, total: Estimate) -> tuple[Sentence, ...]:
    """What the bills of a month make over twelve of them: who asks for the ARR is told it."""
    if parameters.column is None or parameters.table is not None or parameters.measure != "sum" or parameters.by or total.value is None:
        return ()
    if any(condition.field == "lost_on" or (condition.field == "lost" and True in condition.values) for condition in parameters.segment):
        return ()  # nobody will pay again what was lost
    attribute = study.attribute(parameters.column)
    billed = (
        attribute is not None and attribute.role is Role.RECURRING_AMOUNT
        and (by_the_month(study, attribute) or any(months_paid(header) == 1 for _, header in attribute.sources))
    )
    if parameters.column != "monthly_amount" and not billed:
        return ()  # what is told by the year is no month's
    year = Estimate("yearly_sum", total.value * _MONTHS, total.unit, total.n, method="exact")
    return (say("Sur douze mois, au même rythme : {year}.", "Over twelve months, at the same pace: {year}.", year=year),)


_MONTHS = 12


def _together(parameters: ExploreParameters, shown: list[Cell], ordered: list[Cell]) -> tuple[Estimate, ...]:
    """What the first groups make of the whole, when only some are shown of what adds up."""
    whole = sum(estimate.value or 0 for _, estimate in ordered)
    if (parameters.top is None and parameters.top_share is None) or len(ordered) <= len(shown) or not whole or parameters.measure not in _ADDED or parameters.shared:
        return ()
    part = sum(estimate.value or 0 for _, estimate in shown) / whole
    return (Estimate("share_of_shown", part, Unit.RATIO, len(shown), method="exact"),)


def _first_ones(parameters: ExploreParameters, title: Text, group: GroupField, shown: list[Cell], part: Estimate) -> Sentence:
    """What the first groups make together: so many, or so many in a hundred of those that there are."""
    first = Threshold(len(shown), Unit.COUNT)
    if parameters.top_share is None:
        return say(
            "{title} des {n} premiers ({by}) réunis : {part}.", "{title} of the first {n} ({by}) together: {part}.",
            title=title, n=first, by=group.title, part=part,
        )  # fmt: skip
    return say(
        "{title} des {share} premiers ({by} : {n}) réunis : {part}.", "{title} of the first {share} ({by}: {n}) together: {part}.",
        title=title, share=Threshold(parameters.top_share, Unit.RATIO), by=group.title, n=first, part=part,
    )  # fmt: skip


_ADD_UP = frozenset({"amount", "orders", "quantity", "customers", "new_customers", "lost_customers", "records", "sum"})
_ADDED = frozenset({"share_amount", "share_customers", "share_orders", "share_records"})


def _ordered(
    cells: list[Cell], groups: tuple[GroupField, ...], parameters: ExploreParameters
) -> list[Cell]:
    if groups and groups[0].place is Place.TIME and parameters.top is None and parameters.top_share is None and parameters.order is None:
        return sorted(cells, key=lambda cell: tuple(map(_calendar, cell[0])))
    sign = 1 if parameters.order == "asc" else -1
    known = [cell for cell in cells if cell[1].value is not None]
    unknown = [cell for cell in cells if cell[1].value is None]
    return sorted(known, key=lambda cell: (sign * (cell[1].value or 0), str(cell[0]))) + unknown


def _calendar(value: Any) -> str:
    """What sorts a time group: days of the week from Monday on."""
    return str(WEEKDAYS.index(value)) if value in WEEKDAYS else str(value)


def _measure_title(study: Study, parameters: ExploreParameters, scope: Scope) -> Text:
    if parameters.table is not None and (title := measured_title(study, parameters)) is not None:
        return title
    of_some = parameters.measure == "amount" and scope == "known" and "unnamed_purchases" in study.tables and not parameters.segment
    base = KNOWN_REVENUE if of_some else known_only(study, parameters, TITLES[parameters.measure]) if scope == "known" else TITLES[parameters.measure]
    if parameters.per is not None:
        return Text(f"{base.fr} {PER[parameters.per].fr}", f"{base.en} {PER[parameters.per].en}")
    if parameters.measure in _SOLD_AS and (called_so := sold_as(study)) is not None:
        return Text(base.fr.replace("d’achats", f"de {called_so.fr}").replace("des achats", f"de {called_so.fr}"), base.en.replace("orders", called_so.en))
    if parameters.column is None:
        return base
    column = column_title(study, parameters.column) if parameters.table is None else Text(parameters.column, parameters.column)
    if parameters.measure == "average_price":
        return Text(f"montant moyen pour une unité de «\u00a0{column.fr}\u00a0»", f"average amount for one unit of “{column.en}”")
    if parameters.measure == "total_per_customer":
        return Text(f"{base.fr} ({column.fr})", f"{base.en} ({column.en})")
    if parameters.measure == "distinct":
        return Text(f"{base.fr} ({column.fr})", f"{base.en} ({column.en})")
    return Text(f"{base.fr} {of(column.fr)}", f"{base.en} of {column.en}")


_SOLD_AS = frozenset({"orders", "orders_per_customer", "share_orders"})  # counted by the name of their file


def _comparison(total: Estimate, before: Estimate | None) -> tuple[Estimate, ...]:
    if before is None or before.value is None or total.value is None:
        return ()
    earlier = Estimate("before", before.value, before.unit, before.n, before.low, before.high, before.method)
    if not before.value:
        return (earlier,)
    return (earlier, Estimate("change", total.value / before.value - 1, Unit.RATIO, total.n, method="ratio"))


def _chart(
    title: Text, groups: tuple[GroupField, ...], parameters: ExploreParameters, shown: list[Cell], names: dict[str, str]
) -> Chart | None:
    if not groups or len(shown) < 2:
        return None
    said = say("{name} par {by}", "{name} by {by}", name=upper(title), by=groups[0].title)
    color = groups[1].name if len(groups) > 1 else None
    low, high = ("low", "high") if shown[0][1].low is not None and color is None else (None, None)
    if groups[0].place is Place.TIME:
        return Chart(ChartKind.LINE, said, groups[0].name, parameters.measure, color, low, high)
    apart = len(names) == len(shown) == len(set(names.values()))  # a bar each, called by its name
    return Chart(ChartKind.BAR, said, parameters.measure, "name" if apart else groups[0].name, color, low, high)


def _joined(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """What counts as one order, wherever orders are counted, averaged or chosen by."""
    fields = {c.field for c in (*parameters.segment, *parameters.purchase_filter, *parameters.part)} | {*parameters.by, parameters.column}
    counted = parameters.measure in ORDER_CASES | {"orders_per_customer"} or fields & {"orders", "orders_within", ORDER_AMOUNT}
    said = order_caution(study) if counted else None
    return () if said is None else (said,)


def _cautions(small: list[Cell]) -> tuple[Sentence, ...]:
    if not small:
        return ()
    count = Estimate("small_groups", len(small), Unit.COUNT, method="exact")
    return (
        say(
            "Groupes de moins de trente cas, à lire avec prudence : {count}.",
            "Groups of fewer than thirty cases, to be read with care: {count}.",
            count=count,
        ),
    )


def _gift_cards(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """Beside the whole revenue: the gift cards that count in it twice."""
    whole = parameters.measure == "amount" and not (parameters.segment or parameters.purchase_filter or parameters.part or parameters.period)
    said = gift_cards(study) if whole else None
    return () if said is None else (said,)


def _nothing(study: Study, parameters: ExploreParameters) -> NotApplicable:
    """No row: because of what is asked, or of days of which the files hold nothing."""
    asked, lacks = parameters.period, [check for check in study.model.health if check.check == HealthCode.MISSING_PERIOD]
    spans = [span for check in lacks for span in periods_of(check)]
    if asked is None or not any(first <= asked.end and asked.start <= last for first, last in spans):
        return NotApplicable("explore", "no_rows", _EMPTY, _WIDEN)
    return NotApplicable("explore", "no_rows", lacks[0].detail, _ADD)


_ADD = say("Ajoutez le fichier de ces jours, ou demandez une autre période.", "Add the file of those days, or ask about another period.")
_EMPTY = say("Aucune ligne ne correspond à ces critères.", "No row matches these conditions.")
_WIDEN = say("Élargissez le filtre ou la période.", "Widen the filter or the period.")
ANALYSIS = Analysis(
    name="explore",
    row="E1",
    stage=JourneyStage.LOYALTY,
    title=Text("Exploration libre", "Free exploration"),
    summary=Text(
        "N’importe quelle mesure, par n’importe quelle colonne, avec filtre, période, comparaison et classement.",
        "Any measure by any column, with filter, period, comparison and ranking.",
    ),
    examples={
        "fr": ("Quel est le panier moyen par région ?", "Combien de clients ont plus de trois commandes ?"),
        "en": ("What is the average basket by region?", "How many customers have more than three orders?"),
    },
    run=_run,
    parameters=ExploreParameters,
)
