"""From the cells of a query to what is told of them: claim, numbers, table, chart, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from analytics.customers.columns import months_paid
from analytics.customers.sales_lists import LIST
from analytics.datamodel.roles import Role
from analytics.explore import side_by_side
from analytics.explore.fields import ORDER_AMOUNT, Place, by_the_month
from analytics.explore.fields import Field as GroupField
from analytics.explore.first_ones import first_ones_told, how_many, in_order, share_of_first
from analytics.explore.measures import BASKETS, ORDER_CASES, SHARES
from analytics.explore.parameters import ExploreParameters
from analytics.explore.query import Scope
from analytics.explore.sent_back import counted_back
from analytics.explore.titles import measure_title
from analytics.explore.unfinished import ends_with_the_files, told, unfinished
from analytics.explore.unnamed import left_out
from analytics.explore.words import SMALL_GROUP, Cell, called, chosen, claim, facts, upper
from analytics.measures.beside_revenue import beside_revenue, billed_apart
from analytics.measures.named import NAME, company_names
from analytics.measures.orders import order_caution
from analytics.measures.sales_lists import lists_mixed, lists_untold
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, Table
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import Strength

_MOST_ROWS = 1000


def finding_of(
    study: Study,
    parameters: ExploreParameters,
    groups: tuple[GroupField, ...],
    total: Estimate,
    before: Estimate | None,
    cells: list[Cell],
    scope: Scope,
    earlier: dict[tuple[Any, ...], Estimate] | None = None,
) -> Finding:
    """The finding of a query.

    Args:
        study: the data.
        parameters: the query.
        groups: what it is split by.
        total: its figure, all groups together.
        before: the same of the period compared.
        cells: of the groups.
        scope: whose purchases count: those of known customers, or all.
        earlier: the groups of the period compared, each beside its own.
    """
    title = measure_title(study, parameters, scope)
    late = unfinished(groups, cells, study.as_of) if ends_with_the_files(study, parameters) and not parameters.stock else None
    if late is not None and parameters.order == "asc":
        cells = [cell for cell in cells if not _of(cell, late)] or cells  # the least of all, only because it is not over
    ordered = in_order(cells, groups, parameters)
    shown = ordered[: how_many(parameters, ordered) or _MOST_ROWS]
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
    joined = share_of_first(parameters, shown, ordered)
    both = None
    if earlier is not None and compared[2] is not None and compared[3] is not None and not joined:
        both = side_by_side.claim(upper(title) if lead is None else title, groups, (total, before), shown, earlier, (compared[2], compared[3]))
    said = both or (first_ones_told(parameters, upper(title) if lead is None else title, groups[0], shown, joined[0]) if joined else claim(
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
        facts=(*(side_by_side.facts(groups, shown, earlier) if earlier is not None else ()), *facts(groups, called(over, names), lowest=parameters.order == "asc", first_of_many=len(ordered) > len(shown)), *(_mixed(study, parameters, priced=True) if parameters.measure in BASKETS else ()), *_over_a_year(study, parameters, total)),
        table=Table(columns, rows, truncated=len(ordered) > len(shown)) if groups else None,
        chart=_chart(title, groups, parameters, shown, names),
        caveats=(*_under_way(study, groups, late, [cell for cell in shown if _of(cell, late)]), *_beside(study, parameters), *_cautions(small), *counted_back(study, parameters), *_joined(study, parameters), *(() if scope == "all" else left_out(study, parameters))),
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
_ADD_UP = frozenset({"amount", "orders", "quantity", "customers", "new_customers", "lost_customers", "records", "sum"})


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
    named = [group.name for group in groups] == ["customer_id"] and parameters.measure == "customers"  # a list of names: a bar of one for each says nothing
    if not groups or len(shown) < 2 or named:
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


_MIXED = frozenset({"orders", "orders_per_customer"})


def _mixed(study: Study, parameters: ExploreParameters, *, priced: bool) -> tuple[Sentence, ...]:
    """That a figure is of several files of sales, where the question names none."""
    mixed = None if parameters.purchase_filter or parameters.part or LIST in parameters.by else lists_mixed(study, priced=priced)
    return () if mixed is None else (mixed,)


def _beside(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """What is said beside the revenue, where nothing restricts it; of a period, that what was billed is another figure."""
    if parameters.measure in _MIXED:
        return _mixed(study, parameters, priced=False)
    if parameters.column is not None and parameters.table is None and parameters.measure in ("sum", "mean", "median") and not (parameters.purchase_filter or LIST in parameters.by):
        untold = lists_untold(study, parameters.column)
        return () if untold is None else (untold,)
    whole = parameters.measure == "amount" and not (parameters.segment or parameters.purchase_filter or parameters.part)
    if whole and parameters.period is not None:
        billed = billed_apart(study)
        return () if billed is None else (billed,)
    return beside_revenue(study) if whole else ()
