"""The till's own number: one "customer" who buys as nobody can, and stands for all those who gave no name."""

from __future__ import annotations

from analytics.datamodel.health.context import (
    Context,
    HealthCode,
    Place,
    counted,
    defect,
    profile_of,
    rewritten,
    rows_where,
    share,
)
from analytics.datamodel.health.mangled_ids import is_mangled
from analytics.datamodel.model import Choice, HealthCheck, TableProfile
from analytics.datamodel.nobody import NOBODY, zeros
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.workspace import literal, quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_SHARE = 0.02  # of the rows
_TIMES = 20  # beside the mean customer
_APART, _APART_UNKNOWN = 4, 2  # beside the next one; for a number that the customers' file does not hold
_MOST = 3  # tills, or shops' own numbers
_PEOPLE = 50
_LEAST_SAME, _MOST_SAME = 10, 0.9  # sales numbered as their customer: fewer is chance, nearly all is how the house counts


def check(context: Context) -> list[HealthCheck]:
    """A customer with far more rows of sales than any other: proposed as nobody in particular.

    A large account may buy much, and stands in the customers' file; the till's number seldom does.
    """
    found = []
    for table in context.model.of_kind(TableKind.TRANSACTIONS):
        person = context.place(table, Role.CUSTOMER_ID)
        if person is None or person.column.distinct < _PEOPLE:
            continue
        found += _in(context, person) + _numbered_as_the_order(context, person)
    return found


def _numbered_as_the_order(context: Context, person: Place) -> list[HealthCheck]:
    """Sales whose customer bears the number of the sale itself: nobody was named, and each would be one more customer lost."""
    order = context.place(person.table, Role.ORDER_ID)
    if order is None or order.column.column == person.column.column:
        return []
    who, sale = as_text(person.column), as_text(order.column)
    back = f"SELECT {who} FROM {quote(person.table.table)} t WHERE {who} <> {sale}"
    if context.count(person.table, f"{who} = {sale} AND {who} IN ({back})") >= _LEAST_SAME:
        return []  # customers numbered by their first order, or both from one: they come back under other numbers
    same = f"({who} = {sale} AND {who} NOT IN ({back}){_unknown(context, person)})"
    rows = context.count(person.table, same)
    if rows < _LEAST_SAME or not _SHARE * person.table.rows <= rows <= _MOST_SAME * person.table.rows:
        return []
    detail = say(
        "{count} lignes de vente ({share}) portent leur propre « {order} » en guise de client : personne n’y est nommé ; elles "
        "comptent dans le chiffre d’affaires, et dans aucun chiffre par client.",
        "{count} rows of sales ({share}) bear their own “{order}” as a customer: nobody is named there; they count in the revenue, "
        "and in no figure by customer.",
        count=counted(rows, person.table.rows), share=share(rows, person.table.rows), order=Label(order.column.name),
    )  # fmt: skip
    emptied = f"CASE WHEN {same} THEN NULL ELSE t.{quote(person.column.column)} END"
    return [defect(
        HealthCode.ANONYMOUS_ID, Severity.WARNING, rows, detail, person, lines=rows_where(person.table, same),
        remedy=rewritten(person.table, person.column, emptied), default=Choice.APPLY,
    )]  # fmt: skip


def _unknown(context: Context, person: Place) -> str:
    """SQL: and the file of customers does not hold the number; nothing where there is none to ask."""
    for key in context.model.keys:
        if (key.left_table, key.left_column) == (person.table.table, person.column.column):
            there = next(table for table in context.model.tables if table.table == key.right_table)
            known = as_text(profile_of(there, key.right_column))
            return f" AND {as_text(person.column)} NOT IN (SELECT {known} FROM {quote(there.table)} t WHERE {known} IS NOT NULL)"
    return ""


def _is_known(context: Context, person: Place, name: str) -> bool:
    """Whether the file of customers holds a number; true where there is none to ask."""
    tables = {table.table: table for table in context.model.tables}
    for key in context.model.keys:
        if (key.left_table, key.left_column) == (person.table.table, person.column.column):
            there = tables[key.right_table]
            return context.count(there, f"{as_text(profile_of(there, key.right_column))} = {literal(name)}") > 0
    return True


def _in(context: Context, person: Place) -> list[HealthCheck]:
    who, table = as_text(person.column), person.table
    counts = f"SELECT {who} AS who, COUNT(*) AS n FROM {quote(table.table)} t"
    counts += f" WHERE {who} IS NOT NULL AND NOT {zeros(who)} AND NOT {is_mangled(who)} GROUP BY 1"  # both are told by themselves
    first = context.database.rows(f"SELECT who, n FROM ({counts}) ORDER BY n DESC, who LIMIT {_MOST + 1}")
    least = max(_SHARE * table.rows, _TIMES * table.rows / max(person.column.distinct, 1))
    odd = []
    for place, (name, n) in enumerate(first[:_MOST]):
        following = first[place + 1][1] if place + 1 < len(first) else 0
        if n <= max(least, _APART_UNKNOWN * following):
            continue
        if n > _APART * following or not _is_known(context, person, name):
            odd = first[: place + 1]
    if not odd:
        return []
    rows = sum(n for _, n in odd)
    nobody = f"{who} IN ({', '.join(literal(name) for name, _ in odd)})"
    emptied = f"CASE WHEN {nobody} THEN NULL ELSE t.{quote(person.column.column)} END"
    called = _called(context, table, nobody)
    if called is not None:
        told = say(
            "Le client « {who} » ({name}) porte {count} lignes de vente ({share}) : c’est la caisse, pas une personne ; ces ventes "
            "comptent dans le chiffre d’affaires, et dans aucun chiffre par client.",
            "Customer “{who}” ({name}) holds {count} rows of sales ({share}): it is the till, not a person; these sales count in the "
            "revenue, and in no figure by customer.",
            who=Label(odd[0][0]), name=Label(called), count=counted(rows, table.rows), share=share(rows, table.rows),
        )  # fmt: skip
        return [defect(
            HealthCode.ANONYMOUS_ID, Severity.WARNING, rows, told, person, lines=rows_where(table, nobody),
            remedy=rewritten(table, person.column, emptied), default=Choice.APPLY,
        )]  # fmt: skip
    detail = say(
        "Le client « {who} » porte à lui seul {count} lignes de vente ({share}) : sans doute la caisse, pas une personne.",
        "Customer “{who}” alone holds {count} rows of sales ({share}): probably the till, not a person.",
        who=Label(odd[0][0]), count=counted(rows, table.rows), share=share(rows, table.rows),
    )  # fmt: skip
    return [defect(
        HealthCode.ANONYMOUS_ID, Severity.WARNING, rows, detail, person, lines=rows_where(table, nobody),
        remedy=rewritten(table, person.column, emptied),
    )]  # fmt: skip


_NAMES = (Role.FULL_NAME, Role.LAST_NAME, Role.COMPANY_NAME)


def _called(context: Context, table: TableProfile, nobody: str) -> str | None:
    """The name under which the number stands (« Vente caisse »), when it says that it is nobody's; else None."""
    for place in context.places(*_NAMES):
        if place.table is table:
            names = context.database.rows(
                f"SELECT {as_text(place.column)} AS name, REGEXP_MATCHES(LOWER(STRIP_ACCENTS(TRIM(name))), {literal(NOBODY)})"
                f" FROM {quote(table.table)} t WHERE {nobody} GROUP BY 1"
            )
            if len(names) == 1 and names[0][1]:
                return str(names[0][0])
    return None
