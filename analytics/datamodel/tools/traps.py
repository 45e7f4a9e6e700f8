"""The rewritings that undo a tool's habits: totals on the first line only, cents, refunds, test mode, guests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.sql import as_number, as_text
from analytics.datamodel.tools.declarations import Declaration, find
from analytics.workspace import literal, quote

Written = dict[str, str]  # column -> expression over alias t
_NO_CENTS = "('bif','clp','djf','gnf','jpy','kmf','krw','mga','pyg','rwf','ugx','vnd','vuv','xaf','xof','xpf')"
VOID = "void"  # the word the reduction reads as "does not count"


def rewritings(table: TableProfile, export: Declaration) -> tuple[Written, ...]:
    """The passes over the table, in order: each reads what the one before it wrote.

    Args:
        table: the loaded table.
        export: what it was recognised as.
    """
    passes = (_lower, _epoch, _cents, _once, _fill, _minus, _spread, _monthly, _status, _refused, _identity, _turned)
    return tuple(written for one in passes if (written := one(table, export.traps)))


def _columns(table: TableProfile, headers: list[str]) -> list[ColumnProfile]:
    return [column for header in headers if (column := find(table, header)) is not None]


def _name(column: ColumnProfile) -> str:
    return f"t.{quote(column.column)}"


def _lower(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """Addresses in lower case, so that one person is one."""
    return {
        column.column: f"LOWER(TRIM({_name(column)}))" for column in _columns(table, traps.get("lower", []))
        if column.type in (ColumnType.TEXT, ColumnType.CATEGORY)
    }  # fmt: skip


def _epoch(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """Seconds since 1970 as dates (UTC)."""
    return {
        column.column: f"CAST(TO_TIMESTAMP({_name(column)}) AT TIME ZONE 'UTC' AS DATE)"
        for column in _columns(table, traps.get("epoch", [])) if column.type is ColumnType.NUMBER
    }  # fmt: skip


def _cents(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """Minor units, which are whole, brought to units, but for currencies that have none."""
    told = traps.get("cents")
    if not told:
        return {}
    currency = find(table, told["currency"])
    factor = "100.0"
    if currency is not None:
        factor = f"(CASE WHEN LOWER({as_text(currency)}) IN {_NO_CENTS} THEN 1.0 ELSE 100.0 END)"
    return {
        column.column: f"CAST({_name(column)} AS DOUBLE) / {factor}" for column in _columns(table, told["columns"])
        if column.type is ColumnType.NUMBER and column.integer
    }  # fmt: skip


def _once(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """An order whose first line, the only one with the total, stands there several times was exported several times: once counts.

    Lines may be alike within one order; those of it that are copies are as many times more.
    """
    told, spread = traps.get("fill"), traps.get("spread")
    by, status = find(table, told["by"]) if told else None, find(table, traps["status"]) if "status" in traps else None
    total = find(table, spread["columns"][0]) if spread else None
    if by is None or status is None or total is None or status.type not in (ColumnType.TEXT, ColumnType.CATEGORY) or by.distinct >= by.filled:
        return {}
    alike = f"OVER (PARTITION BY {', '.join(_name(column) for column in table.columns)}"
    times, lines = f"COUNT({_name(total)}) OVER (PARTITION BY {_name(by)})", f"COUNT(*) {alike})"
    copy = f"ROW_NUMBER() {alike} ORDER BY t.rowid)"
    again = f"{_name(by)} IS NOT NULL AND {times} > 1 AND {lines} % {times} = 0 AND {copy} > {lines} // {times}"
    return {status.column: f"CASE WHEN {again} THEN '{VOID}' ELSE {_name(status)} END"}


def _fill(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """What the first line of an order says, on its other lines too."""
    told = traps.get("fill")
    by = find(table, told["by"]) if told else None
    if told is None or by is None:
        return {}
    window = f"OVER (PARTITION BY {_name(by)} ORDER BY t.rowid ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"
    return {
        column.column: f"CASE WHEN {_name(by)} IS NULL THEN {_name(column)}"
        f" ELSE COALESCE({_name(column)}, FIRST_VALUE({_name(column)} IGNORE NULLS) {window}) END"
        for column in _columns(table, told["columns"])
    }  # fmt: skip


def _minus(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """An amount less what was given back of it; a currency other than the amount's is never taken off."""
    written = {}
    for header, less in traps.get("minus", {}).items():
        amount = find(table, header)
        for back in _columns(table, less):
            if amount is not None and amount.type is back.type is ColumnType.NUMBER:
                written[amount.column] = (
                    f"CAST({_name(amount)} AS DOUBLE) - ABS(COALESCE(CAST({_name(back)} AS DOUBLE), 0))"
                )
    return written


def _spread(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """An order's total shared between its lines, by price and quantity; the shares add up to the cent."""
    told = traps.get("spread")
    by = find(table, told["by"]) if told else None
    if told is None or by is None or by.distinct >= by.filled:
        return {}
    weights = [column for column in _columns(table, told["weight"]) if column.type is ColumnType.NUMBER]
    weight = " * ".join(f"GREATEST(ABS(COALESCE({as_number(c)}, 1)), 0.01)" for c in weights) or "1.0"
    status = find(table, traps["status"]) if "status" in traps else None
    if status is not None and "fill" in traps:
        weight = f"CASE WHEN COALESCE(CAST({_name(status)} AS VARCHAR), '') = '{VOID}' THEN 0.0 ELSE {weight} END"
    order = _name(by)
    whole = f"SUM({weight}) OVER (PARTITION BY {order})"
    upto = f"SUM({weight}) OVER (PARTITION BY {order} ORDER BY t.rowid ROWS UNBOUNDED PRECEDING)"
    written = {}
    for column in _columns(table, told["columns"]):
        if column.type is not ColumnType.NUMBER:
            continue
        total = f"CAST(MAX({_name(column)}) OVER (PARTITION BY {order}) AS DOUBLE)"
        shared = f"ROUND({total} * {upto} / NULLIF({whole}, 0), 2) - ROUND({total} * ({upto} - {weight}) / NULLIF({whole}, 0), 2)"
        written[column.column] = f"CASE WHEN {order} IS NULL THEN CAST({_name(column)} AS DOUBLE) ELSE {shared} END"
    return written


def _monthly(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """A yearly or weekly price brought to the month."""
    told = traps.get("monthly")
    amount, interval = (find(table, told[name]) for name in ("amount", "interval")) if told else (None, None)
    if amount is None or interval is None or amount.type is not ColumnType.NUMBER:
        return {}
    word, value = f"LOWER({as_text(interval)})", f"CAST({_name(amount)} AS DOUBLE)"
    return {
        amount.column: f"CASE WHEN {word} IN ('year', 'yearly', 'an', 'annee') THEN {value} / 12 WHEN {word} IN ('week', 'weekly')"
        f" THEN {value} * 30.4375 / 7 WHEN {word} IN ('day', 'daily') THEN {value} * 30.4375 ELSE {value} END"
    }  # fmt: skip


def _condition(table: TableProfile, told: Mapping[str, Any]) -> str | None:
    column = find(table, told["column"])
    if column is None:
        return None
    if told.get("filled"):
        return f"{as_text(column)} IS NOT NULL"
    word = f"LOWER(STRIP_ACCENTS(COALESCE({as_text(column)}, '')))"
    if "unless" in told:
        return f"NOT REGEXP_MATCHES({word}, {literal(told['unless'])})"
    return f"REGEXP_MATCHES({word}, {literal(told['words'])})"


def _any(table: TableProfile, conditions: list[Mapping[str, Any]]) -> str | None:
    found = [condition for told in conditions if (condition := _condition(table, told)) is not None]
    return " OR ".join(found) if found else None


def _status(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """A status that says the row does not count: cancelled, test mode, never paid."""
    status = find(table, traps["status"]) if "status" in traps else None
    void = _any(table, traps.get("void", []))
    if status is None or void is None:
        return {}
    return {status.column: f"CASE WHEN {void} THEN '{VOID}' ELSE CAST({_name(status)} AS VARCHAR) END"}


def _refused(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """Consent taken away from those on the list of refusals."""
    told = traps.get("refused")
    listed = find(table, told["column"]) if told else None
    consents = [find(table, header) for header in told["consent"].split("|")] if told else []
    if listed is None:
        return {}
    no = f"LOWER({as_text(listed)}) IN ('1', 'true', 'yes', 'oui', 'vrai', 'y')"
    return {
        column.column: f"CASE WHEN {no} THEN FALSE ELSE {_name(column)} END"
        for column in consents if column is not None and column.type is ColumnType.FLAG
    }  # fmt: skip


def _identity(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """Rows that are no customer, or were deleted, name nobody."""
    if "only" in traps:
        told = traps["only"]
        who, kept = find(table, told["identity"]), _condition(table, told)
        return {} if who is None or kept is None else {who.column: f"CASE WHEN {kept} THEN {_name(who)} END"}
    who = find(table, traps["identity"]) if "identity" in traps else None
    out = _any(table, traps.get("out", []))
    return {} if who is None or out is None else {who.column: f"CASE WHEN {out} THEN NULL ELSE {_name(who)} END"}



def _turned(table: TableProfile, traps: Mapping[str, Any]) -> Written:
    """Money given back names the house as the payer and the customer as the one paid: the customer is read there."""
    told = traps.get("turned")
    amount, payer, paid = (find(table, told[name]) for name in ("amount", "from", "to")) if told else (None, None, None)
    if amount is None or payer is None or paid is None:
        return {}
    return {payer.column: f"CASE WHEN {as_number(amount)} < 0 THEN {_name(paid)} ELSE {_name(payer)} END"}
