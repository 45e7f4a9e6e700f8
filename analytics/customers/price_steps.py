"""What customers pay time after time under a contract, where no log of price changes is kept: the steps up, seen bill by bill.

A price is the same from one bill to the next but when it changes; what is used or bought is not. Only what is called a price may change a
little each time (a premium revised each year).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.customers.columns import Columns
from analytics.customers.header_timing import plain
from analytics.customers.routes import Route
from analytics.datamodel.living import ACT_DATES
from analytics.datamodel.model import Binding, DataModel
from analytics.datamodel.roles import Role
from analytics.workspace import Database, literal

_PRICE = re.compile(
    r"(?:^|_)(?:prices?|rates?|rents?|fees?|tariffs?|premiums?|prix|tarifs?|loyers?|cotisations?|primes?|mensualites?|abonnements?|redevances?)(?=_|$)"
)
_NO_PRICE = re.compile(r"taux|percent|pct|discount|remise|interest|tax|tva|vat|late|penal|retard|frais|conversion|growth|exchange|change|response|open|click|bonus|bounce|heart")
_AMOUNTS = (Role.RECURRING_AMOUNT, Role.UNIT_PRICE, Role.AMOUNT)
_SAME_THING = (Role.PLAN, Role.CONTRACT_TYPE, Role.PRODUCT, Role.PRODUCT_ID)  # who changes plan has chosen to
_HOW_MUCH = (Role.QUANTITY, Role.SEATS)  # an amount follows it
_FEWEST_PAIRS, _FEWEST_RISES = 200, 30
_STEADY = 0.8  # of bills: equal to the one before
_NEAR = 0.95  # of bills: not far from the one before
_EQUAL, _LEAST_RISE, _MOST_RISE = 0.005, 1.01, 1.5


@dataclass(frozen=True, slots=True)
class PriceStep:
    """A column of prices that steps up.

    Args:
        file, header: where it stands.
        rises: SELECT of `who`, `day`, `rise` in whole per cents, one row a rise: cents rounded off would tell apart rises of one rate.
    """

    file: str
    header: str
    rises: str


def price_steps(database: Database, model: DataModel, files: list[tuple[Columns, Route, str]]) -> list[PriceStep]:
    """The columns of prices, one a file at most, in which some customers come to pay more than they did.

    Args:
        database: the loaded tables.
        model: what they mean.
        files: tables of several dated rows a customer, each with how it is read.
    """
    found = []
    for columns, route, source in files:
        if columns.binding(*ACT_DATES) is None or any(columns.has(role) for role in _HOW_MUCH):
            continue
        for binding in _prices(columns, model):
            pairs = _pairs(columns, route, source, binding, model)
            if _steps_up(database, pairs, called=_called_a_price(binding)):
                rises = f"SELECT who, day, ROUND(100 * (paid / before - 1)) AS rise FROM ({pairs}) WHERE paid / before BETWEEN {_LEAST_RISE} AND {_MOST_RISE}"
                found.append(PriceStep(binding.file, binding.name, rises))
                break
    return found


def _prices(columns: Columns, model: DataModel) -> list[Binding]:
    """The numbers of a table that may be a price, those called so first."""
    numbers = [one for one in model.bindings if one.table == columns.table and columns.is_number(one.column)]
    told = [one for one in numbers if one.role in _AMOUNTS or (one.role is Role.MEASURE and _called_a_price(one))]
    return sorted(told, key=lambda one: not _called_a_price(one))


def _called_a_price(binding: Binding) -> bool:
    words = plain(binding.name)
    return bool(_PRICE.search(words)) and not _NO_PRICE.search(words)


def _pairs(columns: Columns, route: Route, source: str, binding: Binding, model: DataModel) -> str:
    """SQL: each payment beside the one before it, of the same customer for the same thing; a day of several payments is none of a price."""
    day, value = columns.day(*ACT_DATES), columns.as_number(binding.column)
    what = f"COALESCE({columns.text(*_SAME_THING)}, '')"
    each = (
        f"SELECT {route.customer} AS who, {what} AS what, {day} AS day, MAX({value}) AS paid FROM {source}"
        f" WHERE {value} > 0 AND {day} <= {literal(model.as_of)} GROUP BY 1, 2, 3 HAVING COUNT(*) = 1"
    )
    return f"SELECT who, day, paid, LAG(paid) OVER (PARTITION BY who, what ORDER BY day) AS before FROM ({each}) QUALIFY before IS NOT NULL"


def _steps_up(database: Database, pairs: str, *, called: bool) -> bool:
    """Whether a column holds still but for some rises."""
    n, same, near, rises = database.row(
        f"SELECT COUNT(*), COUNT(*) FILTER (ABS(paid / before - 1) <= {_EQUAL}), COUNT(*) FILTER (paid / before BETWEEN 1 / {_MOST_RISE} AND {_MOST_RISE}),"
        f" COUNT(*) FILTER (paid / before BETWEEN {_LEAST_RISE} AND {_MOST_RISE}) FROM ({pairs})"
    )
    if n < _FEWEST_PAIRS or rises < _FEWEST_RISES or near < _NEAR * n:
        return False
    return called or bool(same >= _STEADY * n)
