"""E1: any metric by any column, filter, period, comparison, top-n: one typed query, compiled to SQL."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from analytics.analysis import Analysis, Condition, Parameters
from analytics.datamodel.model import ColumnType
from analytics.explore.fields import PERIODS, Place, find_field, is_purchase_field
from analytics.explore.fields import Field as GroupField
from analytics.explore.query import Query, bands, compile_query
from analytics.explore.words import SMALL_GROUP, Cell, claim, facts, upper
from analytics.measures.groups import about
from analytics.statistics.intervals import wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength

Measure = Literal[
    "customers", "amount", "orders", "average_basket", "lost_rate", "tenure_months", "promo_share", "mean", "median", "sum"
]
_MOST_ROWS = 1000


class Period(BaseModel):
    """Two days, both included."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    start: date
    end: date


class ExploreParameters(Parameters):
    """The typed query: measure × column × groups × filters × period × comparison × order."""

    measure: Measure = "customers"
    column: str | None = None
    by: tuple[str, ...] = Field(default=(), max_length=2)
    period: Period | None = None
    compare: Period | None = None
    purchase_filter: tuple[Condition, ...] = ()
    order: Literal["asc", "desc"] = "desc"
    top: int | None = Field(default=None, ge=1, le=1000)


MEASURE_TITLES: dict[str, Text] = {
    "customers": Text("nombre de clients", "number of customers"),
    "amount": Text("chiffre d’affaires", "revenue"),
    "orders": Text("nombre d’achats", "number of orders"),
    "average_basket": Text("panier moyen", "average basket"),
    "lost_rate": Text("part de clients perdus", "share of customers lost"),
    "tenure_months": Text("ancienneté moyenne", "mean tenure"),
    "promo_share": Text("part des achats en promotion", "share of orders on promotion"),
    "mean": Text("moyenne", "mean"),
    "median": Text("médiane", "median"),
    "sum": Text("total", "total"),
}
_UNITS = {
    "customers": Unit.CUSTOMERS, "amount": Unit.MONEY, "orders": Unit.ORDERS, "average_basket": Unit.MONEY,
    "lost_rate": Unit.RATIO, "tenure_months": Unit.MONTHS, "promo_share": Unit.RATIO, "mean": Unit.NUMBER,
    "median": Unit.NUMBER, "sum": Unit.NUMBER,
}  # fmt: skip


def _run(study: Study, parameters: Parameters) -> Result:
    assert isinstance(parameters, ExploreParameters)
    problem = _impossible(study, parameters)
    if problem is not None:
        return problem
    on_purchases = _needs_purchases(study, parameters)
    groups = tuple(find_field(study, name, purchases=on_purchases) for name in parameters.by)
    whole = _cells(study, parameters, (), parameters.period, on_purchases)
    total = whole[0][1] if whole else None
    if total is None or not total.n:
        return NotApplicable("explore", "no_rows", _EMPTY, _WIDEN)
    before = None
    if parameters.compare is not None:
        earlier = _cells(study, parameters, (), parameters.compare, on_purchases)
        before = earlier[0][1] if earlier else None
    cells = _cells(study, parameters, groups, parameters.period, on_purchases) if groups else []
    return _finding(study, parameters, groups, total, before, cells)


def _impossible(study: Study, parameters: ExploreParameters) -> NotApplicable | None:
    measure, tables = parameters.measure, study.tables
    if measure in ("mean", "median", "sum") and not _is_number(study, parameters.column):
        return NotApplicable("explore", "number_column", _CANNOT, _NUMBER_WANTED)
    if measure == "lost_rate" and not study.row("SELECT count(lost) FROM customers")[0]:
        return NotApplicable("explore", "churn_label", _CANNOT, _LOST)
    if measure in ("orders", "average_basket") and "purchases" not in tables:
        if not study.row("SELECT count(orders) FROM customers")[0]:
            return NotApplicable("explore", "purchase_date", _CANNOT, _PURCHASES)
    if measure == "promo_share" and not study.row("SELECT count(promo_share) FROM customers")[0]:
        return NotApplicable("explore", "promo_code", _CANNOT, _PROMO)
    if measure == "amount" and "purchases" not in tables and not _customer_amount(study):
        return NotApplicable("explore", "amount", _CANNOT, _PURCHASES)
    if measure == "tenure_months" and not study.row("SELECT count(tenure_months) FROM customers")[0]:
        return NotApplicable("explore", "tenure", _CANNOT, _TENURE)
    by_time = any(name in PERIODS for name in parameters.by)
    if by_time and "purchases" not in tables and not study.row("SELECT count(started) FROM customers")[0]:
        return NotApplicable("explore", "purchase_date", _CANNOT, _PURCHASES)
    if (parameters.period or parameters.compare or parameters.purchase_filter) and "purchases" not in tables:
        return NotApplicable("explore", "purchase_date", _CANNOT, _PURCHASES)
    return None


def _is_number(study: Study, column: str | None) -> bool:
    return column is not None and find_field(study, column, purchases=True).type is ColumnType.NUMBER


def _customer_amount(study: Study) -> bool:
    return bool(study.row("SELECT count(amount) FROM customers")[0])


def _needs_purchases(study: Study, parameters: ExploreParameters) -> bool:
    if "purchases" not in study.tables:
        return False
    dated = parameters.period or parameters.compare or parameters.purchase_filter
    time = any(name in ("month", "quarter", "year") for name in parameters.by)
    bought = any(is_purchase_field(study, name) for name in parameters.by)
    column = parameters.column is not None and is_purchase_field(study, parameters.column)
    return bool(parameters.measure in ("amount", "orders", "average_basket") or dated or time or bought or column)


def _cells(
    study: Study,
    parameters: ExploreParameters,
    groups: tuple[GroupField, ...],
    period: Period | None,
    on_purchases: bool,
) -> list[Cell]:
    """One (group values, estimate) a group, in no particular order."""
    column = None
    if parameters.column is not None:
        column = find_field(study, parameters.column, purchases=on_purchases)
    query = Query(
        measure=parameters.measure, column=column, groups=groups,
        edges=tuple(bands(study, group) if group.type.value == "number" else None for group in groups),
        period=(period.start, period.end) if period else None,
        purchase_filter=parameters.purchase_filter, on_purchases=on_purchases,
    )  # fmt: skip
    sql, given = compile_query(study, query)
    unit = _UNITS[parameters.measure]
    if column is not None and column.attribute is not None and column.attribute.role is not None:
        unit = Unit.MONEY if column.attribute.role.value in _MONEY_ROLES else unit
    width = len(groups)
    return [(tuple(row[:width]), _estimate(parameters.measure, unit, row[width:])) for row in study.rows(sql, given)]


_MONEY_ROLES = frozenset({"amount", "total_spent", "recurring_amount", "unit_price", "margin", "cost", "shipping"})


def _estimate(measure: str, unit: Unit, row: Sequence[Any]) -> Estimate:
    """Columns of a compiled query: value, n, spread (deviation or successes), low, high."""
    value, n, spread, low, high = row
    if measure == "lost_rate":
        return wilson(spread or 0, n).estimate(measure, unit) if n else Estimate(measure, None, unit, 0)
    if value is None:
        return Estimate(measure, None, unit, int(n or 0))
    if measure == "median":
        return Estimate(measure, float(value), unit, int(n), _number(low), _number(high), "order statistics")
    if measure in ("average_basket", "tenure_months", "promo_share", "mean") and n and n > 1 and spread is not None:
        half = _t_quantile(int(n)) * float(spread) / math.sqrt(n)
        bounds = (float(value) - half, float(value) + half)
        if measure == "promo_share":
            bounds = (max(0.0, bounds[0]), min(1.0, bounds[1]))
        return Estimate(measure, float(value), unit, int(n), *bounds, "Student")
    exact = int(value) if unit in (Unit.CUSTOMERS, Unit.ORDERS) else float(value)
    return Estimate(measure, exact, unit, int(n), method="exact")


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
) -> Finding:
    title = _measure_title(parameters)
    ordered = _ordered(cells, groups, parameters)
    shown = ordered[: parameters.top or _MOST_ROWS]
    small = [cell for cell in shown if (cell[1].n or 0) < SMALL_GROUP and cell[1].low is not None]
    columns = (
        *(Column(group.name, group.title) for group in groups),
        Column(parameters.measure, title, total.unit),
        Column("low", Text("borne basse", "low"), total.unit),
        Column("high", Text("borne haute", "high"), total.unit),
        Column("n", Text("effectif", "n"), Unit.COUNT),
    )
    rows = tuple((*values, e.value, e.low, e.high, e.n) for values, e in shown) if groups else ()
    return Finding(
        "explore",
        about(study, _dated(claim(title, groups, total, before, shown, lowest=parameters.order == "asc"), parameters)),
        measures=(total, *_comparison(total, before)),
        items=tuple(
            {**dict(zip((g.name for g in groups), values, strict=True)), parameters.measure: e.value, "low": e.low, "high": e.high, "n": e.n}
            for values, e in shown
        ) if groups else (),
        facts=facts(groups, shown),
        table=Table(columns, rows, truncated=len(ordered) > len(shown)) if groups else None,
        chart=_chart(title, groups, parameters, shown),
        caveats=_cautions(small),
        strength=Strength.STRONG if not small else Strength.MODERATE,
    )  # fmt: skip


def _ordered(
    cells: list[Cell], groups: tuple[GroupField, ...], parameters: ExploreParameters
) -> list[Cell]:
    if groups and groups[0].place is Place.TIME and parameters.top is None:
        return sorted(cells, key=lambda cell: tuple(str(value) for value in cell[0]))
    sign = 1 if parameters.order == "asc" else -1
    known = [cell for cell in cells if cell[1].value is not None]
    unknown = [cell for cell in cells if cell[1].value is None]
    return sorted(known, key=lambda cell: (sign * (cell[1].value or 0), str(cell[0]))) + unknown


def _measure_title(parameters: ExploreParameters) -> Text:
    base = MEASURE_TITLES[parameters.measure]
    if parameters.column is None:
        return base
    return Text(f"{base.fr} de {parameters.column}", f"{base.en} of {parameters.column}")


def _dated(said: Sentence, parameters: ExploreParameters) -> Sentence:
    """The claim, preceded by the days it is about when they were chosen."""
    period = parameters.period
    if period is None:
        return said
    return say("Du {start} au {end} : {said}", "From {start} to {end}: {said}", start=period.start, end=period.end, said=said)


def _comparison(total: Estimate, before: Estimate | None) -> tuple[Estimate, ...]:
    if before is None or before.value is None or total.value is None:
        return ()
    earlier = Estimate("before", before.value, before.unit, before.n, before.low, before.high, before.method)
    if not before.value:
        return (earlier,)
    return (earlier, Estimate("change", total.value / before.value - 1, Unit.RATIO, total.n, method="ratio"))


def _chart(
    title: Text, groups: tuple[GroupField, ...], parameters: ExploreParameters, shown: list[Cell]
) -> Chart | None:
    if not groups or len(shown) < 2:
        return None
    said = say("{name} par {by}", "{name} by {by}", name=upper(title), by=groups[0].title)
    color = groups[1].name if len(groups) > 1 else None
    low, high = ("low", "high") if shown[0][1].low is not None and color is None else (None, None)
    if groups[0].place is Place.TIME:
        return Chart(ChartKind.LINE, said, groups[0].name, parameters.measure, color, low, high)
    return Chart(ChartKind.BAR, said, parameters.measure, groups[0].name, color, low, high)


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


_EMPTY = say("Aucune ligne ne correspond à ces critères.", "No row matches these conditions.")
_WIDEN = say("Élargissez le filtre ou la période.", "Widen the filter or the period.")
_CANNOT = say("Vos fichiers ne portent pas cette mesure.", "Your files do not hold this measure.")
_LOST = say("Une colonne qui dit qui est parti, ou des achats datés.", "A column saying who left, or dated purchases.")
_PURCHASES = say(
    "Un fichier d’achats avec l’identifiant du client, la date et le montant.",
    "A file of purchases with the customer’s id, the date and the amount.",
)
_PROMO = say(
    "Une colonne qui dit quels achats ont été faits en promotion (remise ou code promo).",
    "A column saying which purchases were made on promotion (discount or promo code).",
)
_NUMBER_WANTED = say(
    "Nommez une colonne de nombres : une moyenne, une médiane ou un total porte sur elle.",
    "Name a column of numbers: a mean, a median or a total is of that.",
)
_TENURE = say("Une date d’inscription, ou l’ancienneté de chaque client.", "A sign-up date, or each customer’s tenure.")

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
