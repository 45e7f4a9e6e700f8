"""Who bought on which day, as one SELECT over the loaded tables, for the rhythm alone (the reduction does the rest)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analytics.datamodel.dates import EARLIEST
from analytics.datamodel.documents import credits_in, drafts_in, payouts_in, settled_in
from analytics.datamodel.guessing import Guess
from analytics.datamodel.identity import profile_with
from analytics.datamodel.model import ColumnType, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_day, as_number, as_text
from analytics.datamodel.statuses import are_bills, undone_flag, undone_sql
from analytics.workspace import literal, quote

_SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES)


def purchases_sql(
    tables: Sequence[TableProfile],
    kinds: Mapping[str, TableKind],
    roles: Mapping[str, Mapping[str, Guess]],
    as_of: date,
) -> str | None:
    """A SELECT of `customer` (text) and `day` (date) up to `as_of`; None when no table holds dated purchases of customers.

    Purchases are the largest set of tables of sales (orders before invoices); cancelled orders, quotes, credit
    notes and negative amounts are no purchases. An order's own reference to its customer is translated through the table of links when there is one.
    """
    for kind in _SALES:
        parts = [
            part for table in tables if kinds[table.table] is kind
            for part in [_of_table(table, kind, roles, links_sql(tables, kinds, roles), as_of)] if part
        ]  # fmt: skip
        if parts:
            return " UNION ALL ".join(parts)
    return None


def links_sql(
    tables: Sequence[TableProfile], kinds: Mapping[str, TableKind], roles: Mapping[str, Mapping[str, Guess]]
) -> str | None:
    """A SELECT of `ref` and `person`, from a table that leads from one identifier to the customer's; None without one."""
    for table in tables:
        if kinds[table.table] is TableKind.CUSTOMER_LINKS:
            link, person = (profile_with(table, roles[table.table], role) for role in (Role.CUSTOMER_LINK, Role.CUSTOMER_ID))
            if link and person:
                return (
                    f"SELECT {as_text(link)} AS ref, MIN({as_text(person)}) AS person"
                    f" FROM {quote(table.table)} t GROUP BY 1"
                )
    return None


def _of_table(
    table: TableProfile, kind: TableKind, roles: Mapping[str, Mapping[str, Guess]], links: str | None, as_of: date
) -> str | None:
    customer = profile_with(table, roles[table.table], Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL)
    day = profile_with(table, roles[table.table], Role.PURCHASE_DATE)
    if customer is None or day is None:
        return None
    where = [f"{as_day(day)} BETWEEN {literal(EARLIEST)} AND {literal(as_of)}"]
    amount = profile_with(table, roles[table.table], Role.AMOUNT)
    meant = {column: guess.role for column, guess in roles[table.table].items()}
    where += [f"NOT {rows.condition()}" for told in (credits_in, drafts_in, payouts_in, settled_in) if (rows := told(table, meant)) is not None]
    counted = amount or profile_with(table, roles[table.table], Role.QUANTITY)  # without amounts, what was sent back has its quantity below nought
    if counted is not None:
        where.append(f"COALESCE({as_number(counted)}, 0) >= 0")
    number = profile_with(table, roles[table.table], Role.ORDER_ID)
    billed = are_bills(kind, day.name, number.name if number is not None else None)
    for status in (column for column in table.columns if meant.get(column.column) is Role.ORDER_STATUS):
        if status.type is ColumnType.FLAG:
            where.append(f"NOT ({undone_sql(literal(status.name), billed=billed)} AND COALESCE(t.{quote(status.column)}, FALSE))")
        else:
            where.append(f"NOT COALESCE({undone_sql(as_text(status), billed=billed)}, FALSE)")
    where += [f"NOT COALESCE(t.{quote(flag)}, FALSE)" for flag in _undone_flags(table, roles[table.table])]
    who, join = as_text(customer), ""
    if links is not None:
        who, join = f"COALESCE(k.person, {who})", f" LEFT JOIN ({links}) k ON k.ref = {who}"
    return (
        f"SELECT {who} AS customer, {as_day(day)} AS day FROM {quote(table.table)} t{join} WHERE {' AND '.join(where)}"
    )


def _undone_flags(table: TableProfile, roles: Mapping[str, Guess]) -> list[str]:
    """The yes/no columns that say that a purchase does not stand."""
    return [
        column.column for column in table.columns
        if column.type is ColumnType.FLAG and column.column in roles and roles[column.column].role is Role.FLAG
        and undone_flag(column.name)
    ]  # fmt: skip
