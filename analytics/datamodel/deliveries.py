"""Lists of deliveries: where another file bills what they brought, they are no purchases; and the day a thing came, beside the day it was promised."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of, plain
from analytics.datamodel.kinds import KindGuess
from analytics.datamodel.labels import SURE
from analytics.datamodel.model import ColumnProfile, TableProfile
from analytics.datamodel.paid import paid_column
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.values import DATES

_MONEY = frozenset({Role.AMOUNT, Role.UNIT_PRICE, Role.TOTAL_SPENT, Role.RECURRING_AMOUNT, Role.DISCOUNT, Role.VAT})
_BROUGHT = frozenset({Role.PROMISED_DATE, Role.DELIVERY_DATE})
_WHO = frozenset({Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL})
_ORDERS = re.compile(r"commande|order|vente|sale|achat|purchase|visit|reservation|booking")  # named so, they were bought, priced or not
_CAME, _FOR_REAL, _ELSE = "delivery", frozenset({"real"}), frozenset({"promised", "due", "shipped", "order", "invoice", "payment", "birth"})
_FREE = (None, Role.OTHER_DATE, Role.EVENT_DATE, Role.START_DATE)


def only_delivers(table: TableProfile, guesses: Mapping[str, KindGuess], roles: Mapping[str, Mapping[str, Guess]]) -> bool:
    """Whether a list read as sales tells deliveries, without a price, while another file tells what was bought, when, by whom and for how much.

    Taken for the purchases, it would hide every amount: delivery notes beside invoices are the same sales, after they were made.

    Args:
        table: its profile.
        guesses: the kind of every table.
        roles: what the columns of every table mean.
    """
    if guesses[table.table].kind is not TableKind.TRANSACTIONS or _ORDERS.search(plain(table.file)):
        return False
    known = {guess.role for guess in roles[table.table].values()}
    if known & _MONEY or paid_column(table) is not None or not known & _BROUGHT:
        return False
    others = ({guess.role for guess in found.values()} for name, found in roles.items() if name != table.table and guesses[name].kind in SALES)
    return any(Role.AMOUNT in other and Role.PURCHASE_DATE in other and other & _WHO for other in others)


def settle_deliveries(tables: Sequence[TableProfile], roles: Mapping[str, dict[str, Guess]]) -> None:
    """Beside the day something was promised for, the one other day said to be of the delivery, or the real one, is when it came.

    Args:
        tables: those whose columns the manager has not corrected.
        roles: what the columns of every table mean; changed in place.
    """
    for table in tables:
        found = roles[table.table]
        known = {guess.role for guess in found.values()}
        if Role.PROMISED_DATE not in known or Role.DELIVERY_DATE in known:
            continue
        came = [column for column in table.columns if _came(column, found.get(column.column))]
        if len(came) == 1:
            guess = found.get(came[0].column)
            sure = Guess(Role.DELIVERY_DATE, SURE, SURE, 1.0)
            found[came[0].column] = sure if guess is None else replace(guess, role=Role.DELIVERY_DATE, score=SURE)


def _came(column: ColumnProfile, guess: Guess | None) -> bool:
    meant = frozenset[str]().union(*concepts_of(column.name))
    free = (guess.role if guess is not None else None) in _FREE and not (guess is not None and guess.given)
    return column.type in DATES and free and not meant & _ELSE and (_CAME in meant or bool(meant & _FOR_REAL))
