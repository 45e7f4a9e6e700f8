"""Columns filled for those who left and empty for the others, or the reverse: known only afterwards."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, defect, share
from analytics.datamodel.health.label_contradiction import lost_condition
from analytics.datamodel.model import ColumnProfile, HealthCheck, LostBasis, TableProfile
from analytics.datamodel.roles import Role
from analytics.workspace import quote
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Severity

_OUTCOMES = (Role.CHURN_REASON, Role.END_DATE, Role.CHURN_LABEL)  # known to be outcomes: nothing to suspect
_MOST, _LEAST, _ENOUGH = 0.9, 0.1, 20


def check(context: Context) -> list[HealthCheck]:
    """Columns filled for more than nine in ten of one class and less than one in ten of the other (threats, section 5)."""
    lost = context.model.lost
    if lost.basis is not LostBasis.LABEL or lost.table is None or lost.column is None:
        return []
    table = next(t for t in context.model.tables if t.table == lost.table)
    outcomes = {place.column.column for place in context.places(*_OUTCOMES) if place.table is table}
    candidates = [c for c in table.columns if c.column not in outcomes and 0.02 < c.share_filled < 0.98]
    if not candidates:
        return []
    said = lost_condition(table.column(lost.column), lost.lost_values)
    filled = ", ".join(f"COUNT({quote(c.column)}) FILTER ({said})" for c in candidates)
    totals = context.database.row(
        f"SELECT COUNT(*) FILTER ({said}), {filled} FROM {quote(table.table)} t"
    )  # fmt: skip
    gone, stayed = int(totals[0]), table.rows - int(totals[0])
    if min(gone, stayed) < _ENOUGH:
        return []
    found = []
    for column, among_gone in zip(candidates, totals[1:], strict=True):
        pair = (among_gone / gone, (column.filled - among_gone) / stayed)
        if max(pair) > _MOST and min(pair) < _LEAST:
            found.append(_defect(table, column, int(among_gone), gone, stayed))
    return found


def _defect(table: TableProfile, column: ColumnProfile, among_gone: int, gone: int, stayed: int) -> HealthCheck:
    check_ = defect(HealthCode.LEAK_SUSPECT, Severity.WARNING, column.filled,
                    _sentence(column, among_gone, gone, stayed), table=table)  # fmt: skip
    return HealthCheck(check_.check, check_.severity, check_.count, check_.detail, table.file, column.name)


def _sentence(column: ColumnProfile, among_gone: int, gone: int, stayed: int) -> Sentence:
    return say(
        "« {column} » est remplie pour {gone} des partis et {stayed} des autres : elle n’est sans doute connue qu’après le "
        "départ, et n’expliquera rien.",
        "“{column}” is filled for {gone} of those who left and {stayed} of the others: it is probably known only after the "
        "departure, and will explain nothing.",
        column=Label(column.name), gone=share(among_gone, gone), stayed=share(column.filled - among_gone, stayed),
    )  # fmt: skip
