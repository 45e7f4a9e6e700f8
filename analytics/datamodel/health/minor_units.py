"""Prices kept in cents beside bills in units: the same customers pay a hundredth of what their subscription says."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.datamodel.health.context import Context, HealthCode, Place, defect, rewritten, rows_where
from analytics.datamodel.model import Choice, ColumnType, HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_number, as_text
from analytics.workspace import quote
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Severity

_PRICED = (TableKind.SUBSCRIPTIONS, TableKind.CUSTOMERS)
_BILLED = (TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.PAYMENTS)
_CUSTOMERS = 20  # on both sides, for what nearly all of them show to be no luck
_LOW, _HIGH = 70.0, 140.0  # how many times larger cents are, a tax on one side only
_NEARLY_ALL = (0.1, 0.9)


def check(context: Context) -> list[HealthCheck]:
    """A whole price a hundred times what nearly each of its customers is billed, or bills a hundred times their price."""
    found = []
    for price in context.places(Role.RECURRING_AMOUNT, kinds=_PRICED):
        side = next((place for bill in _bills(context) if (place := _in_cents(context, price, bill)) is not None), None)
        if side is not None:
            found.append(_said(side))
    known = {check.column for check in found}
    return found + [_likely(bill) for bill in _bills(context) if bill.column.name not in known and _as_an_interface_writes(context, bill)]


_INTERFACE = "^(cus|acct)_[A-Za-z0-9]+$"  # how Stripe's interface numbers customers; it gives amounts in the smallest unit of the currency
_LEAST_CENTS = 50  # of nearly all amounts: what it will not charge is less
_NO_CENTS = frozenset({"JPY", "KRW", "VND", "CLP", "XPF", "XOF", "XAF"})


def _as_an_interface_writes(context: Context, bill: Place) -> bool:
    """Whether customers bear the numbers of a payment interface that counts in cents, and amounts are all written without a point."""
    payer = context.place(bill.table, Role.CUSTOMER_ID)
    column = bill.column
    if payer is None or column.type is not ColumnType.NUMBER or not column.integer or any(habit.startswith("decimal") for habit in column.habit):
        return False
    if context.model.currency in _NO_CENTS or column.filled < _CUSTOMERS:
        return False
    value = as_number(column)
    numbered = context.count(bill.table, f"REGEXP_MATCHES({as_text(payer.column)}, '{_INTERFACE}')")
    small = context.count(bill.table, f"{value} > 0 AND {value} < {_LEAST_CENTS}")
    low, high = _NEARLY_ALL
    return numbered >= high * payer.column.filled > 0 and small <= low * column.filled


def _likely(amount: Place) -> HealthCheck:
    detail = say(
        "{file}, « {column} » : ces montants sont entiers, et leurs clients portent les numéros d’une interface de paiement qui compte en "
        "centimes : s’ils sont en centimes, tout montant est cent fois trop grand ; à vérifier sur une facture.",
        "{file}, “{column}”: these amounts are whole, and their customers bear the numbers of a payment interface that counts in cents: if "
        "they are in cents, every amount is a hundred times too large; check it on one invoice.",
        file=Label(amount.table.file), column=Label(amount.column.name),
    )  # fmt: skip
    return _a_hundredth(amount, detail)


def _bills(context: Context) -> Iterator[Place]:
    yield from context.places(Role.AMOUNT, kinds=_BILLED)


def _in_cents(context: Context, price: Place, bill: Place) -> Place | None:
    """The one of the two amounts that is in cents, if one is."""
    holder, payer = context.place(price.table, Role.CUSTOMER_ID), context.place(bill.table, Role.CUSTOMER_ID)
    numbers = price.column.type is ColumnType.NUMBER and bill.column.type is ColumnType.NUMBER
    if holder is None or payer is None or not numbers:
        return None
    low, high = _NEARLY_ALL
    both, least, most = context.database.row(
        f"SELECT COUNT(*), QUANTILE_CONT(p.x / b.x, {low}), QUANTILE_CONT(p.x / b.x, {high})"
        f" FROM ({_each(price, holder)}) p JOIN ({_each(bill, payer)}) b ON p.who = b.who"
    )
    if both < _CUSTOMERS:
        return None
    if price.column.integer and least >= _LOW and most <= _HIGH:
        return price
    return bill if bill.column.integer and least >= 1 / _HIGH and most <= 1 / _LOW else None


def _each(amount: Place, person: Place) -> str:
    """SELECT of each customer's middle amount."""
    value, who = as_number(amount.column), as_text(person.column)
    return f"SELECT {who} AS who, MEDIAN({value}) AS x FROM {quote(amount.table.table)} t WHERE {value} > 0 AND {who} IS NOT NULL GROUP BY 1"


def _said(amount: Place) -> HealthCheck:
    detail = say(
        "{file}, « {column} » : ces montants sont entiers et cent fois ceux que les mêmes clients ont ailleurs : ce sont des centimes, "
        "ramenés à l’unité.",
        "{file}, “{column}”: these amounts are whole and a hundred times those the same customers have elsewhere: they are cents, brought "
        "back to units.",
        file=Label(amount.table.file), column=Label(amount.column.name),
    )  # fmt: skip
    return _a_hundredth(amount, detail, default=Choice.APPLY)


def _a_hundredth(amount: Place, detail: Sentence, *, default: Choice = Choice.IGNORE) -> HealthCheck:
    """The check of amounts in cents: its lines are all of them, its remedy a hundredth of each."""
    value = as_number(amount.column)
    return defect(
        HealthCode.OUTLIER_AMOUNTS, Severity.WARNING, amount.column.filled, detail, amount,
        lines=rows_where(amount.table, f"{value} IS NOT NULL"), remedy=rewritten(amount.table, amount.column, f"{value} / 100"), default=default,
    )  # fmt: skip
