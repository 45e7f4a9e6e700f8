"""Values no scale can hold: an age of nine hundred, a score of twelve out of ten, a discount of 150 %, minus three articles."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rows_where
from analytics.datamodel.health.scales import scale_of
from analytics.datamodel.model import ColumnType, HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_number
from analytics.workspace import quote
from vocabulary.estimate import Threshold, Unit
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Severity

_FEW = 0.2  # more than that beyond: the scale is not the one we believe
_ONE_CODE, _MOST_CODED = 0.95, 0.6  # share of those beyond that bear one value (99 for "no answer"); even so, not most of the rows
_RATINGS, _BEYOND_RATING = (5, 10, 20, 100), 0.05  # scales on which people rate; share beyond that leaves it the scale
_SALES = (TableKind.TRANSACTIONS, TableKind.ORDER_LINES, TableKind.INVOICES)


def check(context: Context) -> list[HealthCheck]:
    """Values outside what the role or the header promises, and counts or quantities below nought."""
    found = []
    for place in context.places(*Role):
        if place.column.type is not ColumnType.NUMBER or place.column.low is None or place.column.high is None:
            continue
        if place.binding.role is Role.QUANTITY:
            found += _quantities(context, place)
            continue
        least, most = scale_of(place) if place.binding.role is not Role.SATISFACTION else _rating(context, place)
        value = as_number(place.column)
        outside = [f"{value} < {least}"] if least is not None and place.column.low < least else []
        outside += [f"{value} > {most}"] if most is not None and place.column.high > most else []
        if outside:
            found += _defect(context, place, " OR ".join(outside), _said(place, least, most))
    return found


def _rating(context: Context, place: Place) -> tuple[float | None, float | None]:
    """The shortest scale that holds nearly every rating; none when the ratings fill no scale."""
    value, table = as_number(place.column), quote(place.table.table)
    for most in _RATINGS:
        beyond, known = context.database.row(
            f"SELECT COUNT(*) FILTER ({value} > {most} OR {value} < 0), COUNT({value}) FROM {table} t"
        )
        if known and beyond <= _BEYOND_RATING * known:
            return 0, most
    return None, None


def _quantities(context: Context, place: Place) -> list[HealthCheck]:
    """A negative quantity is a return where the amount is negative too (or absent): beside money received it is an error."""
    amount = context.place(place.table, Role.AMOUNT)
    if place.column.low is None or place.column.low >= 0 or amount is None or amount.column.type is not ColumnType.NUMBER:
        return []
    if context.model.kind(place.table.table) not in _SALES:
        return []
    said = say(
        "des quantités négatives à côté d’un montant positif", "negative quantities beside a positive amount"
    )  # fmt: skip
    return _defect(context, place, f"{as_number(place.column)} < 0 AND {as_number(amount.column)} > 0", said)


def _defect(context: Context, place: Place, outside: str, said: Sentence) -> list[HealthCheck]:
    rows = context.count(place.table, outside)
    if not rows or (rows > _FEW * place.column.filled and not _of_one_code(context, place, outside, rows)):
        return []
    detail = say(
        "« {column} » : {count} valeurs impossibles ({said}) ; elles faussent les moyennes.",
        "“{column}”: {count} impossible values ({said}); they distort averages.",
        column=Label(place.column.name), count=counted(rows, place.table.rows), said=said,
    )  # fmt: skip
    return [defect(
        HealthCode.OUT_OF_RANGE, Severity.WARNING, rows, detail, place, lines=rows_where(place.table, outside)
    )]  # fmt: skip


def _of_one_code(context: Context, place: Place, outside: str, rows: int) -> bool:
    """Whether nearly all values beyond the scale are one and the same, typed where nothing was known."""
    if rows > _MOST_CODED * place.column.filled:
        return False
    value, table = as_number(place.column), quote(place.table.table)
    (most,) = context.database.row(
        f"SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM {table} t WHERE {outside} GROUP BY {value})"
    )
    return bool(most >= _ONE_CODE * rows)


def _said(place: Place, least: float | None, most: float | None) -> Sentence:
    unit = Unit.RATIO if "percent" in place.column.habit else Unit.NUMBER
    if most is None:
        return say("au-dessous de {least}", "below {least}", least=Threshold(least or 0, unit))
    return say(
        "hors de l’échelle de {least} à {most}", "outside the scale from {least} to {most}",
        least=Threshold(least or 0, unit), most=Threshold(most, unit),
    )  # fmt: skip
