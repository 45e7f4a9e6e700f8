"""The same sale written twice under two numbers: same customer, same day, same amount, all but the row's own number."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, counted, defect, share
from analytics.datamodel.model import ColumnProfile, ColumnType, HealthCheck, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_day, as_number, as_text
from analytics.workspace import quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_NUMBERS = (Role.ORDER_ID, Role.LINE_ID, Role.ROW_ID)
_WORDS = frozenset({ColumnType.TEXT, ColumnType.CATEGORY})
_MOST_ROWS = 3_000_000
_ENOUGH, _SHARE, _BEYOND_CHANCE = 5, 0.001, 4


def check(context: Context) -> list[HealthCheck]:
    """Sales that only their number tells apart, when they are far more than two like purchases in a day would be."""
    found = []
    for table in context.model.of_kind(TableKind.TRANSACTIONS, TableKind.INVOICES):
        person, day = context.place(table, Role.CUSTOMER_ID, Role.ACCOUNT_ID), context.place(table, Role.PURCHASE_DATE)
        amount, number = context.place(table, Role.AMOUNT), context.place(table, *_NUMBERS)
        if person is None or day is None or amount is None or number is None or table.rows > _MOST_ROWS:
            continue
        if number.column.distinct < 0.9 * table.rows:  # lines of a ticket: the same article twice is no error
            continue
        numbers = {p.column.column for p in context.places(*_NUMBERS) if p.table is table}
        compared = [column for column in table.columns if column.column not in numbers and column.filled]
        copies = _copies(context, table, compared)
        least = max(_ENOUGH, _SHARE * table.rows)
        if copies < least or copies < _BEYOND_CHANCE * _by_chance(context, table, compared, amount.column):
            continue
        detail = say(
            "{file} : {count} ventes ({share}) ne diffèrent d’une autre que par leur numéro : sans doute saisies deux fois, et "
            "comptées deux fois.",
            "{file}: {count} sales ({share}) differ from another by their number only: probably entered twice, and counted "
            "twice.",
            file=Label(table.file), count=counted(copies, table.rows), share=share(copies, table.rows),
        )  # fmt: skip
        group = f"PARTITION BY {', '.join(_same(column) for column in compared)}"
        kept = f"QUALIFY ROW_NUMBER() OVER ({group} ORDER BY t.rowid) = 1 OR {as_text(person.column)} IS NULL"
        found.append(defect(
            HealthCode.NEAR_DUPLICATES, Severity.WARNING, copies, detail, table=table,
            lines=f"SELECT t.* FROM {quote(table.table)} t QUALIFY COUNT(*) OVER ({group}) > 1",
            remedy=((table.table, f"SELECT t.rowid AS rowid, t.* FROM {quote(table.table)} t {kept}"),),
        ))  # fmt: skip
    return found


def _same(column: ColumnProfile) -> str:
    """A cell without what a second typing changes: capitals, accents, spaces."""
    if column.type in _WORDS:
        return f"REGEXP_REPLACE(LOWER(STRIP_ACCENTS({as_text(column)})), '[^a-z0-9]+', '', 'g')"
    if column.type is ColumnType.MOMENT:
        return as_day(column)
    return f"t.{quote(column.column)}"


def _copies(context: Context, table: TableProfile, compared: list[ColumnProfile]) -> int:
    person = next(p for p in context.places(Role.CUSTOMER_ID, Role.ACCOUNT_ID) if p.table is table)
    exact = ", ".join(quote(column.column) for column in table.columns)
    groups = ", ".join(_same(column) for column in compared)
    return int(context.database.row(
        f"SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT COUNT(*) AS n FROM (SELECT DISTINCT {exact} FROM"
        f" {quote(table.table)}) t WHERE {as_text(person.column)} IS NOT NULL GROUP BY {groups}) WHERE n > 1"
    )[0])  # fmt: skip


def _by_chance(
    context: Context, table: TableProfile, compared: list[ColumnProfile], amount: ColumnProfile
) -> float:
    """Pairs of one customer and day, all else but the amount alike, times the chance that two amounts are equal."""
    others = ", ".join(_same(column) for column in compared if column is not amount) or "1"
    pairs = context.database.row(
        f"SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT COUNT(*) AS n FROM {quote(table.table)} t GROUP BY {others})"
    )[0]
    equal = context.database.row(
        f"SELECT COALESCE(SUM(n * n) / (SUM(n) * SUM(n)), 0) FROM (SELECT COUNT(*)::DOUBLE AS n FROM"
        f" {quote(table.table)} t WHERE {as_number(amount)} IS NOT NULL GROUP BY {as_number(amount)})"
    )[0]
    return float(pairs) * float(equal)
