"""What amounts are as they stand in the files, and what the manager wants them to be: VAT, returns, date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.datamodel.bills import sale_kinds
from analytics.datamodel.headers import plain, says
from analytics.datamodel.model import Binding, ColumnProfile, ColumnType, DataModel
from analytics.datamodel.roles import Role, TableKind

_SALES = (TableKind.TRANSACTIONS, TableKind.ORDER_LINES, TableKind.INVOICES)
_WITH = re.compile(r"(^|[^a-z])(ttc|tax incl|tax_incl|incl(uding|\.)? ?(vat|tax)|toutes taxes)")
_WITHOUT = re.compile(r"(^|[^a-z])(ht|hors[ _]?tax(es?)?|tax_excl|excl(uding|\.)? ?(vat|tax)|untaxed|pre[ _-]?tax|net sales|subtotal)([^a-z]|$)")
_RATE = re.compile(r"(taux|rate|%|pct|percent)")
_MOST_VAT = 1.35  # no country's VAT is higher
_MOST_RATES = 8  # different rates of VAT a house meets


@dataclass(frozen=True, slots=True)
class Vat:
    """Whether amounts hold VAT, how that is known, and the column that tells how much.

    Args:
        held: "with", "without", or None when nothing tells.
        said: the amount's own header says so; else it is supposed.
        column: the VAT column, when there is one.
        rate: the divisor that turns the column into a rate (1 or 100), or None when it holds amounts.
        other: where no column of VAT stands, the same amounts told the other way in a column of their own (« HT » beside « TTC »).
    """

    held: str | None
    said: bool
    column: Binding | None
    rate: float | None
    other: Binding | None = None

    @property
    def known(self) -> bool:
        """Whether amounts can be told the other way."""
        return self.held is not None and (self.column is not None or self.other is not None)


def vat_of(model: DataModel, table: str | None = None) -> Vat:
    """What the amounts of the sales hold of VAT, as their headers say, else as a VAT column beside them lets suppose."""
    amount = _found(model, Role.AMOUNT, table) or _found(model, Role.UNIT_PRICE, table)
    column = _found(model, Role.VAT, table)
    rate = None if column is None else _rate(_profile(model, column))
    if amount is None:
        return Vat(None, False, column, rate)
    if _with(amount.name):
        return Vat("with", True, column, rate, _other_side(model, amount, "without") if column is None else None)
    if _without(amount.name):
        return Vat("without", True, column, rate, _other_side(model, amount, "with") if column is None else None)
    return Vat("with" if column is not None else None, False, column, rate)


def _with(header: str) -> bool:
    return _WITH.search(plain(header)) is not None or says(header, "ttc")


def _without(header: str) -> bool:
    """Whether a header says amounts before tax, as « HT » or as "Ex GST", "Ex-Tax Total"."""
    return _WITHOUT.search(plain(header)) is not None or says(header, "ht")


def _other_side(model: DataModel, amount: Binding, held: str) -> Binding | None:
    """The column of the same table whose header says amounts `held` VAT, and whose sizes are those of the amount but for a VAT."""
    most = _profile(model, amount).high or 0.0
    for binding in model.bindings:
        told = _with(binding.name) if held == "with" else _without(binding.name) and not _with(binding.name)
        if binding.table != amount.table or binding.role is not Role.MEASURE or not told or says(binding.name, "unit"):
            continue
        column = _profile(model, binding)
        high = column.high or 0.0
        large, small = (high, most) if held == "with" else (most, high)
        if column.type is ColumnType.NUMBER and small > 0 and 1.0 <= large / small <= _MOST_VAT:
            return binding
    return None


def _found(model: DataModel, role: Role, table: str | None) -> Binding | None:
    """The column of that role in one table, else in the sales that are counted: invoices beside orders bill them a second time."""
    if table is not None:
        return model.find(role, table=table)
    return model.find(role, *sale_kinds(model, _SALES))


def _profile(model: DataModel, binding: Binding) -> ColumnProfile:
    return next(t for t in model.tables if t.table == binding.table).column(binding.name)


def tax_sides(model: DataModel, table: str) -> frozenset[str]:
    """The columns of a table of sales that tell of the same money as its amount: its VAT, and the same before or after it.

    What is cancelled, or given back, is so in each of them. Names are internal.
    """
    amount, tax = _found(model, Role.AMOUNT, table), _found(model, Role.VAT, table)
    if amount is None:
        return frozenset()
    paid = _profile(model, amount)
    apart = None if tax is None or _rate(_profile(model, tax)) is not None else _profile(model, tax)
    found = {apart.column} if apart is not None else set()
    sides = (_other_side(model, amount, "without"), _other_side(model, amount, "with"))
    found |= {side.column for side in sides if side is not None and side.column != amount.column}
    if apart is not None:
        rest = (b for b in model.bindings if b.table == table and b.role is Role.MEASURE)
        found |= {b.column for b in rest if _adds_up(_profile(model, b), apart, paid)}
    return frozenset(found)


def _adds_up(column: ColumnProfile, tax: ColumnProfile, paid: ColumnProfile) -> bool:
    """Whether the largest of a column and of the tax come to the largest amount: of one rate, they are of one line."""
    large = (column.high, tax.high, paid.high)
    if column.type is not ColumnType.NUMBER or None in large:
        return False
    net, added, whole = (float(value or 0) for value in large)
    return net > 0 and added > 0 and min(abs(net + added - whole), abs(whole + added - net)) <= _CENTS


_CENTS = 0.02


def _rate(column: ColumnProfile) -> float | None:
    """1 for rates like 0.2, 100 for rates like 20, None for amounts."""
    high = column.high or 0.0
    told = bool(_RATE.search(plain(column.name))) or any("percent" in habit for habit in column.habit)
    few = column.distinct <= _MOST_RATES and column.rows > 20 * column.distinct and _within_rates(high)
    if not (told or few) or high > 100:
        return None
    return 1.0 if high <= 1 else 100.0


def _within_rates(high: float) -> bool:
    """Whether no country's VAT is lower: three fees that never change bear few taxes too, of 19, 36 and 84."""
    return high <= (_MOST_VAT - 1 if high <= 1 else 100 * (_MOST_VAT - 1))
