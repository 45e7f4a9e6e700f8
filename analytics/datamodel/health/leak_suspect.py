"""Columns that know who left: filled only afterwards, dated after the departure, or telling it all alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analytics.datamodel.departures import lost_condition
from analytics.datamodel.health.context import Context, HealthCode, counted, defect, rows_where, share
from analytics.datamodel.model import ColumnProfile, ColumnType, Effect, HealthCheck, LostBasis, TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_day, as_number, as_text
from analytics.workspace import literal, quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Severity

_OUTCOMES = (Role.CHURN_REASON, Role.END_DATE, Role.CHURN_LABEL)  # known to be outcomes: nothing to suspect
_NAMES = (Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.SUBSCRIPTION_ID, Role.ROW_ID, Role.EMAIL, Role.PHONE)
_MOST, _LEAST, _ENOUGH = 0.9, 0.1, 20
_SEVERAL = 0.9  # customers a row, below which they have several
_ONLY_ONE = 0.005  # of the other class
_EXPECTED = 7  # cells the other class would hold if it were filled alike
_ALONE = 0.95  # AUC of a column from which it knows too much
_FEW_VALUES, _ROWS_A_VALUE = 50, 20


@dataclass(frozen=True, slots=True)
class _Base:
    """The table of the label, the SQL that says lost, and how many left and stayed."""

    context: Context
    table: TableProfile
    said: str
    gone: int
    stayed: int


def check(context: Context) -> list[HealthCheck]:
    """Columns filled for one class only, columns dated after the departure, and columns whose AUC alone exceeds 0.95."""
    base = _base(context)
    if base is None or min(base.gone, base.stayed) < _ENOUGH:
        return []
    skipped = {place.column.column for place in context.places(*_OUTCOMES, *_NAMES, *_begun(base)) if place.table is base.table}
    lost = context.model.lost.column
    candidates = [c for c in base.table.columns if c.column not in skipped and c.name != lost and c.filled]
    found = _by_filling(base, [c for c in candidates if 0.005 < c.share_filled < 0.98])
    told = {check_.column for check_ in found}
    found += _after_departure(base, [c for c in candidates if c.name not in told])
    told = {check_.column for check_ in found}
    return [*found, *_alone(base, [c for c in candidates if c.name not in told])]


def _begun(base: _Base) -> tuple[Role, ...]:
    """Where each customer has several contracts, the last to begin is the one that runs: the day tells it, and was known from the first."""
    person = base.context.place(base.table, Role.CUSTOMER_ID, Role.ACCOUNT_ID)
    several = person is not None and person.column.distinct < _SEVERAL * base.table.rows
    return (Role.START_DATE, Role.SIGNUP_DATE) if several else ()


def _base(context: Context) -> _Base | None:
    lost = context.model.lost
    if lost.basis not in (LostBasis.LABEL, LostBasis.CONTRACT_END) or lost.table is None or lost.column is None:
        return None
    table = next(t for t in context.model.tables if t.table == lost.table)
    column = table.column(lost.column)
    if lost.basis is LostBasis.LABEL:
        said = lost_condition(column, lost.lost_values)
    else:
        said = f"COALESCE({as_day(column)} <= {literal(context.model.as_of)}, FALSE)"
    gone = context.count(table, said)
    return _Base(context, table, said, gone, table.rows - gone)


def _by_filling(base: _Base, candidates: list[ColumnProfile]) -> list[HealthCheck]:
    """Filled for more than nine in ten of one class and less than one in ten of the other; or never for one of them.

    Never is told from seldom by the cells the class would hold if it were filled as the other: seven, where chance leaves
    none once in a thousand.
    """
    if not candidates:
        return []
    filled = ", ".join(f"COUNT({quote(c.column)}) FILTER ({base.said})" for c in candidates)
    totals = base.context.database.row(f"SELECT {filled} FROM {quote(base.table.table)} t")
    found = []
    for column, among_gone in zip(candidates, totals, strict=True):
        pair = (among_gone / base.gone, (column.filled - among_gone) / base.stayed)
        apart = max(pair) > _MOST and min(pair) < _LEAST
        gone_only = pair[1] <= _ONLY_ONE and among_gone >= _ENOUGH and base.stayed * pair[0] >= _EXPECTED
        stayed_only = pair[0] <= _ONLY_ONE and column.filled >= _ENOUGH and base.gone * pair[1] >= _EXPECTED
        if apart or max(pair) > _LEAST and (gone_only or stayed_only):
            effect = _effect(base, column, _filled_auc(pair), None)
            said = _filling(column, int(among_gone), base, after=pair[0] > pair[1])
            found.append(_defect(base, column, said, effect))
    return found


def _filled_auc(pair: tuple[float, float]) -> float:
    return 0.5 + abs(pair[0] - pair[1]) / 2


def _after_departure(base: _Base, candidates: list[ColumnProfile]) -> list[HealthCheck]:
    """A date that lies after the departure for most of those who left was written once they had gone."""
    context, table = base.context, base.table
    end = context.place(table, Role.END_DATE)
    if end is None:
        return []
    found = []
    for column in candidates:
        if column.type not in (ColumnType.DATE, ColumnType.MOMENT):
            continue
        after = f"{base.said} AND {as_day(column)} > {as_day(end.column)}"
        rows, filled = context.count(table, after), context.count(table, f"{base.said} AND {as_day(column)} IS NOT NULL")
        if rows >= _ENOUGH and rows > filled / 2:
            detail = say(
                "« {column} » est datée d’après le départ pour {count} clients partis : elle n’en est pas la cause, et "
                "n’expliquera rien.",
                "“{column}” is dated after the departure for {count} customers who left: it is no cause of it, and will "
                "explain nothing.",
                column=Label(column.name), count=counted(rows, filled),
            )  # fmt: skip
            found.append(_defect(base, column, detail, None, rows_where(table, after)))
    return found


def _alone(base: _Base, candidates: list[ColumnProfile]) -> list[HealthCheck]:
    """A column that by itself sorts those who left from the others."""
    aucs = {column.name: auc for column in candidates if (auc := _auc(base, column)) is not None}
    leaky = {name for name, auc in aucs.items() if auc > _ALONE}
    others = [auc for name, auc in aucs.items() if name not in leaky]
    found = []
    for column in candidates:
        if column.name in leaky:
            detail = say(
                "« {column} » dit à elle seule qui est parti : elle n’est sans doute connue qu’après le départ, et "
                "n’expliquera rien.",
                "“{column}” tells by itself who left: it is probably known only after the departure, and will explain "
                "nothing.",
                column=Label(column.name),
            )
            effect = _effect(base, column, aucs[column.name], max(others, default=0.5))
            found.append(_defect(base, column, detail, effect))
    return found


def _auc(base: _Base, column: ColumnProfile) -> float | None:
    """How well the column alone sorts the two classes, 0.5 to 1; None when it cannot be asked."""
    table = f"FROM {quote(base.table.table)} t"
    if column.type in (ColumnType.NUMBER, ColumnType.DATE, ColumnType.MOMENT):
        day = f"DATE_DIFF('day', DATE '2000-01-01', {as_day(column)})"
        value = as_number(column) if column.type is ColumnType.NUMBER else day
        scored = f"SELECT ({base.said}) AS y, {value} AS v {table} WHERE {value} IS NOT NULL"
    elif column.distinct <= _FEW_VALUES and column.filled >= _ROWS_A_VALUE * max(column.distinct, 1):
        rate = f"AVG(CASE WHEN {base.said} THEN 1.0 ELSE 0 END) OVER (PARTITION BY {as_text(column)})"
        scored = f"SELECT ({base.said}) AS y, {rate} AS v {table} WHERE {as_text(column)} IS NOT NULL"
    else:
        return None
    ranks, gone, stayed = base.context.database.row(  # those of one value share the mean of their places
        "SELECT SUM(gone * (upto - (ties - 1) / 2.0)), SUM(gone), SUM(stayed) FROM (SELECT *, SUM(ties) OVER (ORDER BY v) AS upto"
        " FROM (SELECT v, COUNT(*) AS ties, COUNT(*) FILTER (y) AS gone, COUNT(*) FILTER (NOT y) AS stayed"
        f" FROM ({scored}) GROUP BY v))"
    )
    gone, stayed = int(gone or 0), int(stayed or 0)
    if min(gone, stayed) < _ENOUGH:
        return None
    auc = (float(ranks) - int(gone) * (int(gone) + 1) / 2) / (int(gone) * int(stayed))
    return max(auc, 1 - auc)


def _effect(base: _Base, column: ColumnProfile, auc: float, best_other: float | None) -> Effect:
    kept = Estimate("separation", auc, Unit.SCORE, n=base.table.rows, method="AUC of the column alone")
    without = Estimate("separation", 0.5 if best_other is None else best_other, Unit.SCORE, n=base.table.rows,
                       method="AUC of the best other column, or of chance")  # fmt: skip
    said = say(
        "Avec elle, un modèle semblerait reconnaître les partants presque sans erreur ({kept} sur un) ; sans elle, {without}.",
        "With it a model would seem to know the leavers almost without error ({kept} of one); without it, {without}.",
        kept=kept, without=without,
    )  # fmt: skip
    return Effect("separation", kept, without, said)


def _defect(
    base: _Base, column: ColumnProfile, detail: Sentence, effect: Effect | None, lines: str | None = None
) -> HealthCheck:
    lines = lines or rows_where(base.table, f"t.{quote(column.column)} IS NOT NULL")
    check_ = defect(HealthCode.LEAK_SUSPECT, Severity.WARNING, column.filled, detail, table=base.table, lines=lines)
    return replace(check_, column=column.name, effect=effect)


def _filling(column: ColumnProfile, among_gone: int, base: _Base, *, after: bool) -> Sentence:
    if not after:
        return say(
            "« {column} » est remplie pour {gone} des partis et {stayed} des autres : elle ne l’est sans doute que pour ceux qui "
            "sont encore là, et n’expliquera rien.",
            "“{column}” is filled for {gone} of those who left and {stayed} of the others: it probably is only for those who are "
            "still here, and will explain nothing.",
            column=Label(column.name), gone=share(among_gone, base.gone),
            stayed=share(column.filled - among_gone, base.stayed),
        )  # fmt: skip
    return say(
        "« {column} » est remplie pour {gone} des partis et {stayed} des autres : elle n’est sans doute connue qu’après le "
        "départ, et n’expliquera rien.",
        "“{column}” is filled for {gone} of those who left and {stayed} of the others: it is probably known only after the "
        "departure, and will explain nothing.",
        column=Label(column.name), gone=share(among_gone, base.gone), stayed=share(column.filled - among_gone, base.stayed),
    )  # fmt: skip
