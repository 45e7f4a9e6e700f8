"""E1: any metric by any column, filter, period, comparison, top-n: one typed query, compiled to SQL."""

from __future__ import annotations

import dataclasses
from typing import Any

from analytics.analysis import Analysis, Parameters
from analytics.datamodel.health import HealthCode
from analytics.datamodel.health.missing_period import periods_of
from analytics.explore import side_by_side
from analytics.explore.arrivals import dated_by
from analytics.explore.averages import OF_WHOLE_PERIODS, averaged, over_whole_periods
from analytics.explore.cannot_count import cannot_count
from analytics.explore.cells import cells_of, days_of, estimate_of, values_said
from analytics.explore.departures import departures_within, rate_within
from analytics.explore.fields import Field as GroupField
from analytics.explore.fields import Place, find_field
from analytics.explore.findings import finding_of
from analytics.explore.first_and_last import DATED, first_and_last
from analytics.explore.in_money import in_money
from analytics.explore.lasting import counting_those_still_here
from analytics.explore.lateness import not_come
from analytics.explore.limits import impossible, needs_purchases, nobody, scope_of, told_of_nobody
from analytics.explore.measures import SOLD, STATISTICS, UNITS
from analytics.explore.merged import apart, merged_told, together
from analytics.explore.parameters import ExploreParameters, Period
from analytics.explore.query import Scope, bands, clock_of, group_sql
from analytics.explore.records import Records, looked_at_in, record_field
from analytics.explore.records_query import records_query
from analytics.explore.running import by_contract
from analytics.explore.several_rows import cancelled_counted, one_row_read
from analytics.explore.still_here import with_those_still_here
from analytics.explore.stock import MOMENT, cannot_stand, seen_before, standing
from analytics.explore.undone_lines import not_sold, not_standing
from analytics.explore.unfinished import within_the_files
from analytics.explore.unnamed import UNNAMED, included
from analytics.explore.unsaid import unsaid
from analytics.explore.words import Cell
from analytics.measures.base import counted_apart
from analytics.measures.baskets import before_returns, net_of_returns
from analytics.measures.carriage import carriage_apart
from analytics.measures.cautions import MEND_AMOUNTS, unread_amounts
from analytics.measures.tax_told import beside_tax, lines_told, tax_told
from analytics.measures.unpriced_returns import unpriced_returns
from analytics.segment import Condition
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding, NotApplicable, Result
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage


def _run(study: Study, parameters: Parameters) -> Result:
    assert isinstance(parameters, ExploreParameters)
    parameters, said = within_the_files(study, parameters)
    found = _answer(study, parameters)
    return dataclasses.replace(found, caveats=(*said, *found.caveats)) if said and isinstance(found, Finding) else found


def _answer(study: Study, parameters: ExploreParameters) -> Result:
    study, parameters = by_contract(study, parameters)
    if (untold := nobody(study, parameters)) is not None:
        return untold
    if parameters.edge is not None and parameters.measure in DATED:
        return first_and_last(study, parameters)
    if parameters.table is not None:
        return _lines_taxed(study, parameters, _of_records(study, parameters))
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
    over_periods = parameters.per not in (None, "order")
    if over_periods:
        parameters, cut = over_whole_periods(study, parameters, scope)

    def counted(split: tuple[GroupField, ...], period: Period | None) -> list[Cell]:
        return cells_of(study, asked, split, period, scope, on_purchases)

    whole = counted((), parameters.period)
    total = whole[0][1] if whole else None
    if scope == "known" and on_purchases and (total is None or not total.n) and told_of_nobody(study, parameters):
        scope = "unnamed"  # « le panier moyen de la caisse », where no ticket of the till names anyone
        whole = counted((), parameters.period)
        total = whole[0][1] if whole else None
    if total is None or (not total.n and parameters.measure not in _COUNTS):
        unread = unread_amounts(study.model) if UNITS[parameters.measure] is Unit.MONEY else None
        return _nothing(study, parameters) if unread is None else NotApplicable("explore", "amount", unread, MEND_AMOUNTS)
    if over_periods:
        total = averaged(study, parameters, total, scope)
    before = None
    if parameters.compare is not None:
        earlier = counted((), parameters.compare)
        before = earlier[0][1] if earlier else None
    cells = counted(groups, parameters.period) if groups else []
    other = _earlier(parameters, groups, counted(groups, parameters.compare)) if groups and parameters.compare is not None else None
    found = finding_of(study, parameters, groups, total, before, cells, scope, other)
    if cut:
        found = dataclasses.replace(found, caveats=(OF_WHOLE_PERIODS, *found.caveats))
    if (study.sells_to_nobody and scope == "all") or scope == "unnamed":
        found = dataclasses.replace(found, caveats=(_NOBODY, *found.caveats))
    elif scope == "all":
        counted_too = parameters.measure if parameters.measure in UNNAMED else "amount"
        alone = parameters.model_copy(update={"measure": counted_too, "part": (), "column": parameters.column if counted_too == "sum" else None})
        found = included(found, parameters, cells_of(study, alone, (), parameters.period, "unnamed", on_purchases)[0][1])
    found = _before_returns(study, parameters, found, total, scope, on_purchases)
    pairs = apart(study, groups, cells)
    merged = merged_told(pairs, counted((together(groups[0], pairs),), parameters.period), lowest=parameters.order == "asc") if pairs else ()
    whole_base = parameters.measure == "customers" and not (on_purchases or parameters.segment or parameters.part or parameters.absent or parameters.seen)
    apart_ = counted_apart(study) if whole_base else ()
    people = parameters.measure == "customers" and not (on_purchases or parameters.part or parameters.absent or parameters.seen)
    found = with_those_still_here(study, parameters, found) if people and not groups else found
    once = (_BY_LAST_ORDER,) if parameters.measure == "lost_rate" and any(group.place is Place.PURCHASE for group in groups) else ()
    return dataclasses.replace(found, caveats=(*once, *dated_by(study, parameters), *unsaid(study, parameters), *one_row_read(study, parameters), *not_sold(study, parameters), *merged, *apart_, *_taxed(study, parameters, total, scope), *found.caveats))


def _taxed(study: Study, parameters: ExploreParameters, total: Estimate, scope: Scope) -> tuple[Sentence, ...]:
    """Beside the revenue of all, or of a period: whether VAT is in it."""
    if parameters.measure != "amount" or not parameters.model_dump(exclude_defaults=True).keys() <= {"measure", "period"}:
        return ()
    days = None if parameters.period is None else (parameters.period.start, parameters.period.end)
    return tax_told(study, total, days, named=scope == "known")


def _before_returns(study: Study, parameters: ExploreParameters, found: Finding, total: Estimate, scope: Scope, on_purchases: bool) -> Finding:
    """The finding, an average basket saying that it is before returns, and a revenue what returns took off it."""
    if parameters.measure == "amount" and scope == "known" and not (parameters.part or parameters.compare) and "purchases" in study.tables:
        sold = cells_of(study, parameters.model_copy(update={"measure": "average_basket"}), (), parameters.period, scope, True)[0][1]
        return dataclasses.replace(found, caveats=(*net_of_returns(total, sold), *_apart(study, parameters), *found.caveats))
    if parameters.measure == "amount" and scope != "known":
        return dataclasses.replace(found, caveats=(*_apart(study, parameters), *found.caveats))
    if parameters.measure != "average_basket" or not on_purchases or parameters.part:
        return found
    sold = cells_of(study, parameters.model_copy(update={"measure": "amount"}), (), parameters.period, scope, on_purchases)[0][1]
    return dataclasses.replace(found, caveats=(*before_returns(total, sold.value), *found.caveats))


def _apart(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """Beside the whole revenue: the carriage that is not in it, and the returns that nothing could be taken off for."""
    whole = not (parameters.segment or parameters.purchase_filter or parameters.part or parameters.period or parameters.compare or parameters.per)
    return (*unpriced_returns(study), *carriage_apart(study)) if whole else ()


_NOBODY = say(
    "Aucune de ces ventes ne nomme son client : elles disent ce qui a été vendu, et rien de la fidélité. Une colonne du numéro de client le dirait.",
    "None of these sales names its customer: they tell what was sold, and nothing of loyalty. A column of the customer’s number would.",
)
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
    return finding_of(study, parameters, found.groups, found.total, found.before, found.cells, "known")


def _of_stock(study: Study, parameters: ExploreParameters) -> Result:
    """How many customers were there on a day, or at the end of each calendar period."""
    problem = cannot_stand(study, parameters.measure)
    if problem is not None:
        return problem
    groups = tuple(find_field(study, name, purchases=False, clock=MOMENT) for name in parameters.by)

    def counted(split: tuple[GroupField, ...], period: Period | None) -> list[Cell]:
        labels = [group_sql(group, bands(study, group) if group.type.value == "number" else None) for group in split]
        sql, given = standing(study, split, labels, days_of(period), parameters.purchase_filter)
        width = len(split)
        return [(values_said(split, row[:width]), estimate_of(parameters.measure, UNITS[parameters.measure], row[width:], part=False)) for row in study.rows(sql, given)]

    total = counted((), parameters.period)[0][1]
    before = counted((), parameters.compare)[0][1] if parameters.compare is not None else None
    found = finding_of(study, parameters, groups, total, before, counted(groups, parameters.period) if groups else [], "known")
    return dataclasses.replace(found, caveats=(*seen_before(study), *found.caveats))


def _of_records(study: Study, parameters: ExploreParameters) -> Result:
    """A query on the lines of one file, as they stand."""
    problem = cannot_count(study, parameters)
    if problem is not None:
        return problem
    records = looked_at_in(study, parameters)
    groups = tuple(record_field(study, records, name, stock=parameters.stock) for name in parameters.by)
    unit = _unit_of_lines(study, records, parameters)

    def counted(split: tuple[GroupField, ...], period: Period | None) -> list[Cell]:
        labels = [group_sql(group, bands(study, group, f"{records.relation} r") if group.type.value == "number" else None) for group in split]
        sql, given = records_query(study, parameters, split, labels, (period.start, period.end) if period else None)
        part = bool(parameters.part)
        return [
            (values_said(split, row[: len(split)]), estimate_of(parameters.measure, unit, row[len(split) :], part=part))
            for row in study.rows(sql, given)
        ]

    total = counted((), parameters.period)[0][1]
    if total.value is None or (not total.n and parameters.measure != "records"):
        return NotApplicable("explore", "no_rows", _EMPTY, _WIDEN)
    before = counted((), parameters.compare)[0][1] if parameters.compare is not None else None
    cells = counted(groups, parameters.period) if groups else []
    earlier = _earlier(parameters, groups, counted(groups, parameters.compare)) if groups and parameters.compare is not None else None
    found = finding_of(study, parameters, groups, total, before, cells, "known", earlier)
    days = days_of(parameters.period)
    facts_first = (*counting_those_still_here(study, parameters, days), *found.facts)
    return dataclasses.replace(found, facts=facts_first, caveats=(*not_standing(study, parameters), *not_come(study, parameters, records), *cancelled_counted(study, parameters), *found.caveats))


def _lines_taxed(study: Study, parameters: ExploreParameters, found: Result) -> Result:
    """The total of a file's amounts, saying whether VAT is in it, and what it is the other way."""
    beside = beside_tax(study.model, parameters.table, parameters.column) if parameters.measure == "sum" else None
    if beside is None or not isinstance(found, Finding) or parameters.by or parameters.compare or parameters.per:
        return found
    other = _of_records(study, parameters.model_copy(update={"column": beside[1]}))
    if not isinstance(other, Finding):
        return found
    return dataclasses.replace(found, caveats=(*found.caveats, *lines_told(beside, str(parameters.column), found.measures[0], other.measures[0])))


def _earlier(parameters: ExploreParameters, groups: tuple[GroupField, ...], cells: list[Cell]) -> dict[tuple[Any, ...], Estimate] | None:
    """The groups of the period compared, each beside its own of the period looked at."""
    if parameters.period is None or parameters.compare is None:
        return None
    return side_by_side.paired(cells, groups, parameters.period, parameters.compare)


def _unit_of_lines(study: Study, records: Records, parameters: ExploreParameters) -> Unit:
    """Money, for a statistic of a column of it; else what the measure counts."""
    column = next((held for held in records.profile.columns if held.name == parameters.column), None)
    money = column is not None and parameters.measure in (*STATISTICS, "total_per_customer") and in_money(study, records.roles.get(column.column), column.name)
    return Unit.MONEY if money else UNITS[parameters.measure]


_COUNTS = frozenset({"customers", "new_customers", "lost_customers", "orders"})  # none is an answer


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
    of_customers=False,
)
