"""A log of price changes, customer by customer: what each paid before, what they pay from a day on. It is neither a use, nor a sale, nor a contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import plain
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.values import DATES

_BEFORE = frozenset("old previous prior former before current ancien ancienne anciens anciennes avant precedent precedente actuel actuelle".split())
_AFTER = frozenset("new after next revised updated nouveau nouvel nouvelle nouveaux nouvelles apres revise revisee".split())
_PRICE = re.compile(
    r"^(?:prices?|rates?|rents?|fees?|tariffs?|premiums?|amounts?|charges?|mrr|dues|subscription|monthly|prix|tarifs?|loyers?|montants?|cotisations?|primes?|mensualites?|abonnements?|redevances?)$"
)
_MOSTLY = 0.9  # of the rows
_LEAST = 10
_MOST_TIMES = 5.0  # a price that changes by more is another thing, or another unit
_NAMING = (Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.SUBSCRIPTION_ID)


@dataclass(frozen=True, slots=True)
class PriceChange:
    """The columns of such a log.

    Args:
        day: from which the new price holds.
        before, after: the two prices.
    """

    day: ColumnProfile
    before: ColumnProfile
    after: ColumnProfile


def price_change(table: TableProfile, named: bool) -> PriceChange | None:
    """The day, the old price and the new one, where a table holds these, a customer and hardly anything else.

    Args:
        table: the file.
        named: its rows say which customer they are about.
    """
    if not named or table.rows < _LEAST:
        return None
    days = [column for column in table.columns if column.type in DATES and column.filled >= _MOSTLY * table.rows]
    numbers = [column for column in table.columns if column.type is ColumnType.NUMBER and column.filled >= _MOSTLY * table.rows]
    pairs = [(old, new) for old in numbers for new in numbers if old is not new and _one_price(old, new)]
    return PriceChange(days[0], *pairs[0]) if len(days) == 1 and len(pairs) == 1 else None


def names_a_customer(roles: Mapping[str, Guess]) -> bool:
    """Whether a row of a table with these roles says which customer it is about."""
    return any(guess.role in _NAMING for guess in roles.values())


def _one_price(old: ColumnProfile, new: ColumnProfile) -> bool:
    """Whether two headers say one price, before and after."""
    first, second = _said(old.name), _said(new.name)
    was, now = first & _BEFORE, second & _AFTER
    if not was or not now or first - _BEFORE != second - _AFTER or not any(_PRICE.match(word) for word in first - _BEFORE):
        return False
    return bool(old.low is not None and old.low > 0 and new.high is not None and old.high is not None and new.high <= _MOST_TIMES * old.high)


def _said(header: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)).replace("_", " ")))
