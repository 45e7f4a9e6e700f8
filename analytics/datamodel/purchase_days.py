"""Which day a purchase or a payment is of, where the headers leave it open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import plain
from analytics.datamodel.identity import Roles, column_of
from analytics.datamodel.model import TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.values import DATES

_SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES)
_DATED = (Role.PURCHASE_DATE, Role.EVENT_DATE)


def settle_purchase_days(tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """In a table of purchases whose dates no header names, the fullest date is the day of the purchase (an arrival, a stay)."""
    for table in tables:
        found = roles[table.table]
        if kinds[table.table] not in _SALES or any(column_of(found, role) for role in _DATED):
            continue
        days = [c for c in table.columns if c.column in found and found[c.column].role is Role.OTHER_DATE]
        days = days or [  # delivered as it is bought: no other day is given
            c for c in table.columns if c.column in found and found[c.column].role is Role.DELIVERY_DATE and c.filled >= _MOSTLY_DELIVERED * table.rows
        ]  # fmt: skip
        if days:
            fullest = max(days, key=lambda column: column.filled)
            found[fullest.column] = Guess(Role.PURCHASE_DATE, 0.6, 0.0, 1.0)


_MOSTLY_DELIVERED = 0.9


def settle_payment_days(tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """The day of a payment is that on which money is taken; it is no purchase where the sales it pays are in another file, with their own day."""
    for table in tables:
        if kinds[table.table] in (*_SALES, TableKind.PAYMENTS):
            _taken_on(table, roles[table.table])
    dated = any(kinds[t.table] in _SALES and column_of(roles[t.table], Role.PURCHASE_DATE) is not None for t in tables)
    for table in tables if dated else ():
        found = roles[table.table]
        day = column_of(found, Role.PURCHASE_DATE)
        if kinds[table.table] is TableKind.PAYMENTS and day is not None:
            found[day] = replace(found[day], role=Role.OTHER_DATE)


def _taken_on(table: TableProfile, found: dict[str, Guess]) -> None:
    """A payment is written down (« date de création ») some days before it is taken (« date de prélèvement »): the second is its day."""
    day = column_of(found, Role.PURCHASE_DATE)
    written = next((column for column in table.columns if column.column == day), None)
    if day is None or written is None or not _WRITTEN.search(plain(written.name)):
        return
    taken = [c for c in table.columns if c is not written and c.type in DATES and c.filled >= _MOSTLY_DELIVERED * table.rows and _TAKEN.search(plain(c.name))]
    if len(taken) == 1 and not found[day].given:
        found[taken[0].column], found[day] = found[day], replace(found[day], role=Role.OTHER_DATE)


_WRITTEN = re.compile(r"(?<![a-z])(created?|creation|creee?|saisie?|entered)(?![a-z])")
_TAKEN = re.compile(r"(?<![a-z])(charged?|prelevements?|prelevee?|collected|collection)(?![a-z])")
