"""Sums without headers: which of two was paid with tax, and which is the price of one thing."""

from __future__ import annotations

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import is_anonymous
from analytics.datamodel.identity import column_of
from analytics.datamodel.model import TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.row_sums import HOLDS, grows_with, measures_of, number_with, priced_by, share_where
from analytics.datamodel.sql import as_number
from analytics.workspace import Database

_DOUBTFUL = 0.5  # score of what the manager is asked about
_EACH_SOLD = 0.2  # different goods among the rows: each is sold several times
_WITH_VAT = "1.2, 1.1, 1.06, 1.05, 1.02, 1.19, 1.21, 1.22, 1.25, 1.07, 1.08"  # the rates of Europe, to the hundredth


def nameless_tax(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """Without headers, of two sums a rate of VAT apart the larger one was paid."""
    amount = number_with(table, found, Role.AMOUNT)
    if amount is None or not is_anonymous(amount.name):
        return
    for other in measures_of(table, found):
        if share_where(database, table, f"ROUND({as_number(other)} / NULLIF({as_number(amount)}, 0), 2) IN ({_WITH_VAT})") >= HOLDS:
            found[other.column], found[amount.column] = found[amount.column], Guess(Role.MEASURE, _DOUBTFUL, 0.0, 1.0)
            return


def nameless_price(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """Without headers, a sum that words have each (so much a ticket, a dish) and that does not grow with the number beside it is the price of one.

    One is the number most often sold: marks and ages are not so.
    """
    amount, quantity = number_with(table, found, Role.AMOUNT), number_with(table, found, Role.QUANTITY)
    if amount is None or quantity is None or not is_anonymous(amount.name) or quantity.low != 1 or column_of(found, Role.UNIT_PRICE) is not None:
        return
    if share_where(database, table, f"{as_number(quantity)} = 1") < _OFTEN_ONE:
        return
    words = [c for c in table.columns if c.column in found and found[c.column].role in (Role.ATTRIBUTE, Role.PRODUCT, Role.PRODUCT_ID) and 2 < c.distinct <= _EACH_SOLD * table.rows]
    for good in words:
        grows = grows_with(database, table, quantity, amount, good.column)
        if grows is not None and abs(grows) <= _OF_ONE and priced_by(database, table, good, amount, _REDUCED):
            found[amount.column] = Guess(Role.UNIT_PRICE, _DOUBTFUL, 0.0, 1.0)
            return


_OFTEN_ONE, _OF_ONE, _REDUCED = 0.4, 0.1, 3  # of the rows are of one; how little the price of one goes with the quantity; full and reduced prices of one thing
