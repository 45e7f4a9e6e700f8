"""Deals that stand alone: those won are the sales, to the company each names; the others are no sale, or not yet."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from analytics.datamodel.documents import Rows, meant_in
from analytics.datamodel.guessing import Guess
from analytics.datamodel.model import ColumnProfile, ColumnType, DataModel, TableProfile
from analytics.datamodel.opt_outs import header_words
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.values import DATES

_STAGE = re.compile(r"\b(stage|status|statut|etape|etat|phase|pipeline|result(at)?|issue|outcome)\b")
_WON = re.compile(r"\b(won|gagne(e|s|es)?|signe(e|s|es)?|signed|conclu(e|s|es)?|remporte(e|s|es)?)\b")
_NOT_WON = re.compile(r"\b(not|non|pas|lost|perdu(e|s|es)?|to be|a)\b.*\b(won|gagne\w*|signe\w*|signed|conclu\w*|remporte\w*)\b")
_LOST = re.compile(r"\b(lost|perdu(e|s|es)?)\b")
_DEALS = re.compile(r"\b(opportunit\w*|deals?|affaires?|probabilit\w*|pipeline)\b")  # elsewhere a parcel is signed for, and an order too
_CLOSED = re.compile(r"\b(close|closed|closing|cloture|fermeture|signature|won|gain|signed)\b")
_NAMED = re.compile(r"\b(company|compan(y|ies) name|account|accounts?|organi[sz]ation|entreprise|societe|compte|client|customer|raison sociale)\b")
_LEADING = frozenset({Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.CUSTOMER_LINK, Role.EMAIL})
_WHOSE = frozenset({
    TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.ORDER_LINES, TableKind.PAYMENTS, TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS,
    TableKind.USERS, TableKind.PROSPECTS,
})  # fmt: skip
_FEWEST, _MOST_STAGES, _SURE = 10, 30, 0.8


def stand_alone(table: TableProfile, others: Collection[TableKind]) -> bool:
    """Whether deals are all there is: no customers nor sales in other files, a stage that tells those won, and a day for each."""
    return not set(others) & _WHOSE and _stage(table) is not None and _day(table) is not None


def read_as_sales(table: TableProfile, found: dict[str, Guess]) -> None:
    """Give deals, read as sales, their day (that of closing) and their customer (the company each names), where none is known."""
    day, stage = _day(table), _stage(table)
    for column in [name for name, guess in found.items() if guess.role in (Role.PURCHASE_DATE, Role.EVENT_DATE)]:
        found[column] = Guess(Role.OTHER_DATE, 0.6, 0.5, 1.0)
    if day is not None:
        found[day.column] = Guess(Role.PURCHASE_DATE, _SURE, 0.6, 1.0)
    if stage is not None:
        found[stage.column] = Guess(Role.ORDER_STATUS, _SURE, 0.6, 1.0)
    if any(guess.role in _LEADING for guess in found.values()):
        return
    words = (ColumnType.TEXT, ColumnType.CATEGORY)
    named = [c for c in table.columns if c.type in words and _NAMED.search(header_words(c.name)) and c.distinct >= _FEWEST]
    named += [c for c in table.columns if c.column in found and found[c.column].role is Role.COMPANY_NAME and c not in named]
    if named:
        found[named[0].column] = Guess(Role.CUSTOMER_ID, _SURE, 0.6, 1.0)


def unwon_of(model: DataModel, table: str) -> Rows | None:
    """The deals of a table of the model that were not won; None when no column tells of any."""
    return unwon_in(*meant_in(model, table))


def unwon_in(table: TableProfile, roles: Mapping[str, Role]) -> Rows | None:
    """The deals that were not won, of a table of sales whose status tells those that were (arguments as for `credits_in`)."""
    stage = _stage(table)
    if stage is None or roles.get(stage.column) is not Role.ORDER_STATUS:
        return None
    others = sorted({value.strip() for value, _ in stage.top if not _is_won(value)})
    return Rows(stage, tuple(others)) if others else None


def _stage(table: TableProfile) -> ColumnProfile | None:
    """The column of stages that has a word for deals won, and others, in a table that speaks of deals or of those lost."""
    said = any(_DEALS.search(header_words(name.replace("-", " "))) for name in (table.file.rsplit(".", 1)[0], *(c.name for c in table.columns)))
    for column in table.columns:
        values = [value for value, _ in column.top]
        if _STAGE.search(header_words(column.name)) and 2 <= len(values) <= _MOST_STAGES:
            won = sum(_is_won(value) for value in values)
            if 0 < won < len(values) and (said or any(_LOST.search(header_words(value)) for value in values)):
                return column
    return None


def _is_won(value: str) -> bool:
    words = header_words(value)
    return bool(_WON.search(words)) and not _NOT_WON.search(words)


def _day(table: TableProfile) -> ColumnProfile | None:
    """The date of closing; the only date where there is one."""
    days = [column for column in table.columns if column.type in DATES]
    return next((column for column in days if _CLOSED.search(header_words(column.name))), days[0] if len(days) == 1 else None)
