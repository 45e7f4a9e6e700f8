"""The day a base was taken over, written as if everybody had come on it: tenures, cohorts and newcomers start from nothing true."""

from __future__ import annotations

from datetime import date

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rewritten, rows_where, share
from analytics.datamodel.model import Choice, HealthCheck
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.sql import as_day, as_text
from analytics.datamodel.values import DATES
from analytics.workspace import literal, quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_COME = (Role.SIGNUP_DATE, Role.FIRST_PURCHASE_DATE, Role.START_DATE)
_PEOPLE = 12  # customers of that day: fewer came together, or by chance
_SHARE = 0.15  # of the file
_TIMES = 8  # beside the next day: a season, or a yearly fair, has several such days
_BEFORE = 0.25  # of those of that day whose purchases are dated bought before it: nobody buys before they come


def check(context: Context) -> list[HealthCheck]:
    """One day that far more customers bear than any other, though many of them had bought before it."""
    return [found for place in context.places(*_COME, kinds=(TableKind.CUSTOMERS,)) if (found := _of(context, place)) is not None]


def _of(context: Context, place: Place) -> HealthCheck | None:
    day, table = as_day(place.column), place.table
    if place.column.type not in DATES:
        return None
    days = context.database.rows(f"SELECT {day}, COUNT(*) FROM {quote(table.table)} t WHERE {day} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 2")
    if len(days) < 2:
        return None  # the same everywhere: it tells nothing, and says so as a constant
    (usual, people), (_, following) = days
    if people < max(_PEOPLE, _SHARE * place.column.filled, _TIMES * following):
        return None
    seen, before = _bought(context, place, usual)
    if not seen or before < _BEFORE * seen:
        return None
    detail = say(
        "« {column} » : {count} clients ({share}) portent le {usual}, et {before} d’entre eux avaient acheté avant : c’est sans doute le jour "
        "où la base a été reprise, pas celui de leur arrivée. Ils sont datés de leur premier achat.",
        "“{column}”: {count} customers ({share}) bear {usual}, and {before} of them had bought before: it is probably the day the base was "
        "taken over, not that of their arrival. They are dated by their first purchase.",
        column=Label(place.column.name), count=counted(people, table.rows), share=share(people, table.rows), usual=usual,
        before=counted(before, seen),
    )  # fmt: skip
    borne = f"{day} = {literal(usual)}"
    emptied = f"CASE WHEN {borne} THEN NULL ELSE t.{quote(place.column.column)} END"
    return defect(
        HealthCode.IMPOSSIBLE_DATES, Severity.WARNING, people, detail, place, lines=rows_where(table, borne),
        remedy=rewritten(table, place.column, emptied), default=Choice.APPLY,
    )  # fmt: skip


def _bought(context: Context, place: Place, usual: date) -> tuple[int, int]:
    """Of the customers of a day, how many have dated purchases in another file, and how many of these bought before that day."""
    person = context.place(place.table, Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL)
    if person is None:
        return 0, 0
    firsts = []
    for table in context.model.of_kind(*SALES, TableKind.PAYMENTS):
        buyer, bought = context.place(table, person.binding.role), context.place(table, Role.PURCHASE_DATE)
        if table.table != place.table.table and buyer is not None and bought is not None and bought.column.type in DATES:
            firsts.append(f"SELECT {as_text(buyer.column)} AS who, {as_day(bought.column)} AS day FROM {quote(table.table)} t")
    if not firsts:
        return 0, 0
    first = f"SELECT who, MIN(day) AS day FROM ({' UNION ALL '.join(firsts)}) WHERE day IS NOT NULL GROUP BY 1"
    seen, before = context.database.row(
        f"SELECT COUNT(*), COUNT(*) FILTER (f.day < {literal(usual)}) FROM {quote(place.table.table)} t JOIN ({first}) f"
        f" ON f.who = {as_text(person.column)} WHERE {as_day(place.column)} = {literal(usual)}"
    )
    return int(seen), int(before)
