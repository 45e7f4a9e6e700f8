"""What each customer pays for the relation, where no column of a file of customers was sure enough to be it."""

from __future__ import annotations

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of
from analytics.datamodel.labels import SURE
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import DESCRIBING, Role

_MONEY = (Role.RECURRING_AMOUNT, Role.AMOUNT, Role.TOTAL_SPENT, Role.UNIT_PRICE)
_DUES, _PRICE = "dues", frozenset({"price", "amount"})
_HOW = frozenset({"ht", "ttc", "net", "year", "month", "duration", "dues", "fee", "plan", "subscription", "customer"})
_ELSE = frozenset({"percent", "last", "average", "total", "invoice", "product", "count", "score", "balance", "store"})
_TARIFFS = 12  # different sums on a list of prices


def settle_dues(table: TableProfile, roles: dict[str, Guess]) -> None:
    """The only dues, rent or fee of a file of customers is what each pays; so is the only price, where it has the few sums of a list.

    Args:
        table, roles: a file of customers or of contracts; the roles are changed in place.
    """
    if any(guess.role in _MONEY for guess in roles.values()):
        return
    found = [column for column in table.columns if _is_paid(column, roles.get(column.column))]
    if len(found) == 1:
        roles[found[0].column] = Guess(Role.RECURRING_AMOUNT, SURE, SURE, 1.0)


def _is_paid(column: ColumnProfile, guess: Guess | None) -> bool:
    if column.type is not ColumnType.NUMBER or (guess is not None and (guess.given or guess.role not in DESCRIBING)):
        return False
    words = concepts_of(column.name)
    known = frozenset[str]().union(*words)
    if known & _ELSE or not column.filled or (column.low or 0) < 0:
        return False
    if _DUES in known:
        return True
    plainly = bool(known & _PRICE) and known <= _PRICE | _HOW and all(words)
    return plainly and 2 <= column.distinct <= _TARIFFS and column.distinct < column.filled / 5
