"""Bookings and visits of a house that lives on contracts and bills them in another file: what is done, and no revenue of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import plain
from analytics.datamodel.identity import profile_with
from analytics.datamodel.kinds import KindGuess
from analytics.datamodel.model import TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_number
from analytics.workspace import Database, quote

_SOLD = re.compile(r"commande|order|vente|sale|achat|purchase|ticket|receipt|caisse|panier|boutique|shop|store")  # named so, it is what the house sells
_FAR_MORE = 3.0  # times: what is billed, over what the list says; less, and they may be two trades
_WHO = (Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL)


def is_billed_apart(
    database: Database, table: TableProfile, tables: Mapping[str, TableProfile], guesses: Mapping[str, KindGuess], roles: Mapping[str, Mapping[str, Guess]]
) -> bool:  # fmt: skip
    """Whether a list read as sales, priced or not, is only what customers under contract do, beside the bills of it all.

    Taken for the purchases it would hide the bills: the revenue would be that of meeting rooms where offices are let.

    Args:
        database: where the tables are.
        table: the list.
        tables: every table, by name.
        guesses: the kind of every table.
        roles: what the columns of every table mean.
    """
    kinds = {name: guess.kind for name, guess in guesses.items()}
    if kinds[table.table] is not TableKind.TRANSACTIONS or not any(_is_let(kind, roles[name]) for name, kind in kinds.items()) or _SOLD.search(plain(table.file)):
        return False
    own = _sum(database, table, roles[table.table])
    billed = [
        _sum(database, tables[name], roles[name]) for name, kind in kinds.items()
        if kind is TableKind.INVOICES and {Role.PURCHASE_DATE, Role.AMOUNT} <= {guess.role for guess in roles[name].values()}
        and any(guess.role in _WHO for guess in roles[name].values())
    ]  # fmt: skip
    if own is None:  # no price at all: what is done
        priced = any(guess.role is Role.UNIT_PRICE for guess in roles[table.table].values())
        return not priced and any(whole is not None for whole in billed)
    return any(whole is not None and whole >= _FAR_MORE * own for whole in billed)


def _is_let(kind: TableKind, found: Mapping[str, Guess]) -> bool:
    """Whether a table is of contracts, or of customers who have one each."""
    known = {guess.role for guess in found.values()}
    return kind is TableKind.SUBSCRIPTIONS or (kind is TableKind.CUSTOMERS and Role.END_DATE in known and Role.RECURRING_AMOUNT in known)


def _sum(database: Database, table: TableProfile, found: Mapping[str, Guess]) -> float | None:
    amount = profile_with(table, found, Role.AMOUNT)
    if amount is None:
        return None
    (whole,) = database.row(f"SELECT SUM({as_number(amount)}) FROM {quote(table.table)} t")
    return float(whole) if whole else None
