"""Purchases already summed up, one row per customer: when each bought last, and the pace that can be told from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics.datamodel.dates import EARLIEST
from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import says
from analytics.datamodel.identity import profile_with
from analytics.datamodel.model import ColumnProfile, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_day, as_number
from analytics.workspace import Database, literal, quote

_LEAST_CUSTOMERS = 30
_PERCENTILE = 0.95
_MOST_OF_HISTORY = 0.5  # share of the history that the threshold may take
_LEAST_SILENT = 0.01  # share of the customers who must have been silent that long: a rule that nobody meets tells nothing
_PEOPLE = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)


@dataclass(frozen=True, slots=True)
class MeanPace:
    """The silence told from customers' mean gaps.

    Args:
        days: silence before which 95 % of returns would come, were each customer to return at random at their own mean gap.
        low, high: its 95 % interval, in days.
        usual: median of the customers' mean gaps, in days.
        customers: customers who came back at least once.
    """

    days: int
    low: int
    high: int
    usual: float
    customers: int


@dataclass(frozen=True, slots=True)
class LastPurchases:
    """The column that says when each customer bought last (or how long ago), and the pace where it can be told."""

    table: TableProfile
    column: ColumnProfile
    pace: MeanPace | None


def last_purchases(
    database: Database, tables: Sequence[TableProfile], kinds: Mapping[str, TableKind],
    roles: Mapping[str, Mapping[str, Guess]], as_of: date,
) -> LastPurchases | None:  # fmt: skip
    """Find who bought when for the last time in the files of customers; None when none says it.

    Args:
        database: where the tables are.
        tables, kinds, roles: what was understood of them.
        as_of: days after it are not known.
    """
    for kind in _PEOPLE:
        for table in sorted((t for t in tables if kinds[t.table] is kind), key=lambda t: -t.rows):
            if not any(guess.role is Role.CUSTOMER_ID for guess in roles[table.table].values()):
                continue
            for role in (Role.LAST_PURCHASE_DATE, Role.RECENCY):
                last = profile_with(table, roles[table.table], role)
                if last is not None:
                    dated = role is Role.LAST_PURCHASE_DATE
                    return LastPurchases(table, last, _pace(database, table, roles, last, as_of) if dated else None)
    return None


def _pace(
    database: Database, table: TableProfile, roles: Mapping[str, Mapping[str, Guess]], last: ColumnProfile, as_of: date
) -> MeanPace | None:
    """The mean gap of each customer is the time from the first purchase to the last, over the purchases less one."""
    first = profile_with(table, roles[table.table], Role.FIRST_PURCHASE_DATE, Role.SIGNUP_DATE)
    count = profile_with(table, roles[table.table], Role.FREQUENCY)
    if first is None or count is None or says(count.name, "window"):  # a count over the last months is not of the whole life
        return None
    rows = database.rows(
        f"""SELECT DATE_DIFF('day', began, ended) / (n - 1.0), DATE_DIFF('day', MIN(began) OVER (), {literal(as_of)}) FROM (
            SELECT {as_day(first)} AS began, {as_day(last)} AS ended, {as_number(count)} AS n FROM {quote(table.table)} t)
        WHERE n >= 2 AND ended > began AND began >= {literal(EARLIEST)} AND ended <= {literal(as_of)} ORDER BY 1"""
    )
    if len(rows) < _LEAST_CUSTOMERS:
        return None
    gaps, span = np.array([float(row[0]) for row in rows]), int(rows[0][1])
    half = 1.96 * float(np.sqrt(_PERCENTILE * (1 - _PERCENTILE) / gaps.size))
    low, days, high = (_before(gaps, min(_PERCENTILE + shift, 0.999)) for shift in (-half, 0.0, half))
    silent, known = database.row(
        f"SELECT COUNT(*) FILTER (DATE_DIFF('day', {as_day(last)}, {literal(as_of)}) > {days}), COUNT({as_day(last)})"
        f" FROM {quote(table.table)} t"
    )
    if days > _MOST_OF_HISTORY * span or silent < _LEAST_SILENT * known:
        return None
    return MeanPace(days, low, high, float(np.median(gaps)), gaps.size)


def _before(gaps: np.ndarray, share: float) -> int:
    """The days before which that share of returns comes, each customer's being exponential with their own mean."""
    short, long = 0.0, float(gaps.max()) * 20
    while long - short > 0.5:
        middle = (short + long) / 2
        if float(np.mean(1 - np.exp(-middle / gaps))) < share:
            short = middle
        else:
            long = middle
    return int(np.ceil(long))
