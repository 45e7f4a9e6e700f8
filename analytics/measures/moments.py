"""The moments at which a customer may leave, one row each: after each order, or each month of a contract, with what was known then.

Nothing later than the moment is in its row but whether the customer left. A moment whose sequel is not over is left out: an order of
last week has no sequel yet, and counting it as a departure, or as none, would be a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.customers.derived import EVENT, EVENTS_IN_ALL
from analytics.customers.last_orders import LAST_ORDER, line_aggregate
from analytics.customers.repeated_faults import at_each_order, repeated_faults
from analytics.customers.tickets import TICKET, days_after_an_order
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType, LostBasis
from analytics.datamodel.roles import Role
from analytics.measures.exposure import Exposure, as_feature, read_frame
from analytics.measures.seen import is_lived
from analytics.statistics.arrays import Bools, Column, Ints
from analytics.statistics.folds import Keys, stable_keys
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.language import Text

DELAY = "delivery_delay"  # days from the order to its delivery
LATENESS = "delivery_lateness"  # days from the promise to the delivery
_MOST_ROWS = 60_000
_MOST_CUSTOMERS = 5_000  # followed month by month: enough for odds of one and a half
_STEP = 30  # days of a month
_PLACES = 25  # shops or ways to sell beyond which they are not held equal

# An order is what was bought together; those of one day are one moment, since the second follows nothing.
_ORDERS = """
WITH lines AS (
  SELECT * FROM purchases WHERE kept AND COALESCE(amount, 0) >= 0 AND customer_key % $parts = 0
    AND customer_key IN (SELECT customer_key FROM customers WHERE {who})
),
moments AS (SELECT customer_key, day{told} FROM lines GROUP BY customer_key, day),
placed AS (
  SELECT *, ROW_NUMBER() OVER again AS rank, LEAD(day) OVER again AS following, MIN(day) OVER (PARTITION BY customer_key) AS first{twice}
  FROM moments WINDOW again AS (PARTITION BY customer_key ORDER BY day)
)
SELECT *, following IS NULL OR following - day > $silence AS gone, day - first AS age, EXTRACT(MONTH FROM day) AS season
FROM placed{after} WHERE day <= $until{alone} ORDER BY customer_key, day
"""
_WRITTEN_AFTER = """
 LEFT JOIN (
  SELECT customer_key, moment AS day, {told} FROM (
    SELECT p.customer_key, p.day AS moment, t.kind, t.label, t.detail, t.flag, t.settled, t.dated,
           DATE_DIFF('day', p.day, t.day) AS after_order, p.day + $within AS looked
    FROM placed p JOIN touches t ON t.customer_key = p.customer_key AND t.kind = 'ticket' AND t.day BETWEEN p.day AND p.day + $within
  ) GROUP BY ALL
) USING (customer_key, day)
"""


@dataclass(frozen=True, slots=True)
class Moments:
    """Moments as arrays, one row each.

    Args:
        customers: whose moment it is. keys: stable hash of the moment.
        outcome: True where the customer left after it.
        candidates: attribute name -> what it was at that moment. held: what is held equal.
        attributes: of the candidates.
        known: what else an order says, by header or fixed column, not searched but told when it is asked about. titles: of these.
        beside: what else was known of the customer then, held equal where it goes with departures: a plan that breaks down more often and
            is left more often must not make a cause of its faults.
        orders: the moments are orders; else months.
        within: where what was written after an order is looked at, the days it is looked at for: an order followed by another sooner is left
            out, or who has left would have had longer to write.
        until: the last day whose sequel is known.
        scale: what one moment of a sample stands for.
    """

    customers: Ints
    keys: Keys
    outcome: Bools
    candidates: dict[str, Column]
    held: dict[str, Column]
    attributes: dict[str, Attribute]
    orders: bool
    until: date
    scale: float = 1.0
    known: dict[str, Column] = field(default_factory=dict)
    titles: dict[str, Text] = field(default_factory=dict)
    beside: dict[str, Column] = field(default_factory=dict)
    within: int | None = None


def moments(study: Study, exposed: Exposure) -> Moments | None:
    """The moments of these customers; None where nothing lived is told moment by moment, or departures bear no date."""
    key = f"moments {study.segment!r}"
    if key not in study.memo:
        study.memo[key] = _moments(study, exposed)
    found: Moments | None = study.memo[key]
    return found


def orders_one_by_one(study: Study, exposed: Exposure) -> Moments | None:
    """The moments after each order, though nothing its columns say is searched there: one of them may be asked about by name."""
    lost = study.model.lost
    if exposed.since is None or lost.basis not in (LostBasis.RHYTHM, LostBasis.DAYS) or not lost.days:
        return None
    if "purchases" not in study.tables or is_lived(study):
        return None
    key = f"orders one by one {study.segment!r}"
    if key not in study.memo:
        study.memo[key] = _orders(study, [], [], lost.days)
    found: Moments | None = study.memo[key]
    return found


def _moments(study: Study, exposed: Exposure) -> Moments | None:
    lost = study.model.lost
    if exposed.since is None or exposed.days is None:
        return None
    if lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS):
        told = [a for a in study.attributes if a.name.startswith(LAST_ORDER) and a.timing is Timing.DURING]
        written = [a for a in study.attributes if a.name.startswith(TICKET) and a.timing in (Timing.DURING, Timing.UNKNOWN) and a.name in study.met]
        followed = "purchases" in study.tables and not is_lived(study)
        bought = {attribute.name for attribute in study.purchase_attributes}
        searched = bool(written) or any(last.name.removeprefix(LAST_ORDER) in bought for last in told)
        return _orders(study, told, written, lost.days) if searched and followed and lost.days else None
    lived = [a for a in study.attributes if a.name.startswith(EVENT) and a.timing in (Timing.DURING, Timing.UNKNOWN)]
    return _months(study, exposed, lived) if lived else None


def _orders(study: Study, told: list[Attribute], tickets: list[Attribute], days: int) -> Moments | None:
    bought = {attribute.name: attribute for attribute in study.purchase_attributes}
    asked = [(last, bought[last.name.removeprefix(LAST_ORDER)]) for last in told if last.name.removeprefix(LAST_ORDER) in bought]
    where, given = study.who()
    within = days_after_an_order(days) if tickets else None
    lines = study.database.row("SELECT COUNT(*) FROM purchases WHERE kept")[0]
    columns = ["store", "channel"]
    written = [f"{line_aggregate(attribute)} AS told_{place}" for place, (_, attribute) in enumerate(asked)]
    written += [f"CASE WHEN MIN({name}) = MAX({name}) THEN MIN({name}) END AS {name}" for name in columns]
    others, titles = _others(study.purchase_attributes)
    written += [f"{expression} AS other_{place}" for place, (_, expression, _) in enumerate(others)]
    known_twice = {last.name: last for last in told}
    twice = [(known_twice[one.name], wrong) for one, wrong in repeated_faults(study.purchase_attributes) if one.name in known_twice]
    written += [f"MAX(CASE WHEN {wrong} THEN 1 ELSE 0 END) AS wrong_{place}" for place, (_, wrong) in enumerate(twice)]
    counts = ", ".join(f"{study.met[ticket.name]} AS after_{place}" for place, ticket in enumerate(tickets))
    sql = _ORDERS.format(
        who=numbered(where), told="".join(f", {one}" for one in written), twice="".join(f", {at_each_order(f'wrong_{place}')} AS twice_{place}" for place in range(len(twice))),
        after=_WRITTEN_AFTER.format(told=counts) if tickets else "",
        alone=" AND (following IS NULL OR following - day > $within)" if tickets else "",
    )  # fmt: skip
    until = study.as_of - timedelta(days=days)
    named = {f"s{place}": value for place, value in enumerate(given)} | ({"within": within} if tickets else {})
    parts = max(1, lines // (2 * _MOST_ROWS))
    table = study.database.arrow(sql, {"parts": parts, "silence": days, "until": until, **named})
    if not table.num_rows:
        return None
    customers = np.array(table.column("customer_key").to_pylist(), dtype=np.int64)
    held: dict[str, Column] = {
        "rank": np.array(table.column("rank").to_pylist(), dtype=float), "age": np.array(table.column("age").to_pylist(), dtype=float),
        "season": np.array([str(month) for month in table.column("season").to_pylist()], dtype=object),
    }  # fmt: skip
    for name in columns:
        values = as_feature(table.column(name), ColumnType.CATEGORY)
        if 1 < len({value for value in values if value is not None}) <= _PLACES:
            held[name] = values
    candidates = {last.name: as_feature(table.column(f"told_{place}"), last.type) for place, (last, _) in enumerate(asked)}
    candidates |= {ticket.name: np.nan_to_num(as_feature(table.column(f"after_{place}"), ColumnType.NUMBER).astype(float)) for place, ticket in enumerate(tickets)}
    candidates |= {last.name: as_feature(table.column(f"twice_{place}"), ColumnType.FLAG) for place, (last, _) in enumerate(twice)}
    known = {name: as_feature(table.column(f"other_{place}"), kind) for place, (name, _, kind) in enumerate(others)}
    outcome = np.array(table.column("gone").to_pylist(), dtype=bool)
    days_of = [str(day) for day in table.column("day").to_pylist()]
    keys = stable_keys(f"{who} {day}" for who, day in zip(customers.tolist(), days_of, strict=True))
    described = {one.name: one for one in (*(last for last, _ in (*asked, *twice)), *tickets)}
    return Moments(customers, keys, outcome, candidates, held, described, True, until, float(parts), known, titles, within=within)


def _others(bought: tuple[Attribute, ...]) -> tuple[list[tuple[str, str, ColumnType]], dict[str, Text]]:
    """What each order says beside: yes where a line does, else what its dearest line says; and how long it took to come."""
    found = [(name, f"arg_max({name}, COALESCE(amount, 0))", ColumnType.CATEGORY) for name in ("store", "channel", "category", "product")]
    titles = {"store": Text("magasin", "store"), "channel": Text("canal de vente", "sales channel")}
    for attribute in bought:
        header, column = attribute.sources[0][1] if attribute.sources else attribute.name, quote(attribute.column)
        titles[header] = attribute.title
        if attribute.type is ColumnType.FLAG:
            found.append((header, f"MAX(CASE WHEN {column} THEN 1 WHEN NOT {column} THEN 0 END) = 1", ColumnType.FLAG))
        elif attribute.type is ColumnType.NUMBER:
            found.append((header, f"MAX({column})", ColumnType.NUMBER))
        elif attribute.type is ColumnType.CATEGORY:
            found.append((header, f"arg_max({column}, COALESCE(amount, 0))", ColumnType.CATEGORY))
        elif attribute.role is Role.DELIVERY_DATE and DELAY not in titles:
            found.append((DELAY, f"MAX(CASE WHEN {column} >= day THEN DATE_DIFF('day', day, {column}) END)", ColumnType.NUMBER))
            titles[DELAY] = Text("délai de livraison", "delivery time")
            promised = next((one for one in bought if one.role is Role.PROMISED_DATE), None)
            if promised is not None:
                found.append((LATENESS, f"MAX(DATE_DIFF('day', {quote(promised.column)}, {column}))", ColumnType.NUMBER))
                titles[LATENESS] = Text("livraison en retard", "late delivery")
    return found, titles


def numbered(where: str) -> str:
    """A condition with `?` in turn, its parameters named: `$s0`, `$s1` ...

    Args:
        where: the condition.
    """
    pieces = where.split("?")
    return "".join(piece + (f"$s{place}" if place < len(pieces) - 1 else "") for place, piece in enumerate(pieces))


def _months(study: Study, exposed: Exposure, lived: list[Attribute]) -> Moments | None:
    """Each month of the window, those present when it began, as they stood then; gone when they left before it was over."""
    assert exposed.since is not None and exposed.days is not None
    where, given = study.who()
    told = study.database.rows(f"SELECT customer_key, lost_on, finished_on FROM customers WHERE {where} AND lost IS NOT NULL AND (NOT lost OR lost_on IS NOT NULL)", given)
    ends = {key: left for key, left, _ in told}
    stays = {key: left or done for key, left, done in told}  # who has finished can leave no more
    parts: list[tuple[dict[str, Column], Ints, Bools, np.ndarray[Any, Any], str]] = []
    described: dict[str, Attribute] = {}
    for place in range(exposed.days // _STEP):
        begins = exposed.since + timedelta(days=place * _STEP)
        over = begins + timedelta(days=_STEP)
        table = study.customers_at(begins, _MOST_CUSTOMERS)
        began = table.column("started").to_pylist()
        there = [
            key in ends and day is not None and day <= begins and (stays[key] is None or stays[key] > begins)
            for key, day in zip(table.column("customer_key").to_pylist(), began, strict=True)
        ]
        import pyarrow as pa

        frame, _ = read_frame(study, table.filter(pa.array(there)), most=None)
        described |= frame.attributes
        gone = np.array([ends[int(key)] is not None and ends[int(key)] <= over for key in frame.keys], dtype=bool)
        parts.append((frame.features, frame.keys, gone, frame.tenure, str(begins.month)))
    if not parts:
        return None
    attributes = {attribute.name: attribute for attribute in lived}
    names = [name for name in parts[0][0] if all(name in part[0] for part in parts)]
    stacked = {name: np.concatenate([part[0][name] for part in parts]) for name in names}
    customers = np.concatenate([part[1] for part in parts])
    season = np.concatenate([np.full(part[1].size, part[4], dtype=object) for part in parts])
    held: dict[str, Column] = {"age": np.concatenate([part[3] for part in parts]), "season": season}
    held |= {name: stacked[name] for name in EVENTS_IN_ALL.values() if name in stacked}
    places = np.concatenate([np.full(part[1].size, place) for place, part in enumerate(parts)])
    keys = stable_keys(f"{who} {place}" for who, place in zip(customers.tolist(), places.tolist(), strict=True))
    candidates = {name: stacked[name] for name in attributes if name in stacked}
    beside = {name: stacked[name] for name in names if name not in attributes and _describes(described[name])}
    beside |= as_they_stand(study, customers)
    outcome = np.concatenate([part[2] for part in parts])
    until = exposed.since + timedelta(days=len(parts) * _STEP)
    scale = max(1.0, study.database.row("SELECT COUNT(*) FROM customers")[0] / _MOST_CUSTOMERS)
    return Moments(customers, keys, outcome, candidates, held, attributes, False, until, scale, beside=beside)


def _describes(attribute: Attribute) -> bool:
    """Whether an attribute says who the customer is or what they hold, and not what they lived."""
    return attribute.timing is Timing.AT_RECRUITMENT or attribute.name in _HELD_THEN


def as_they_stand(study: Study, customers: Ints) -> dict[str, Column]:
    """What the file of customers says of each, a plan, a town, where no date says since when: as it stands today.

    Args:
        study: the data. customers: their keys, one a row of what is given.
    """
    told = [
        attribute for attribute in study.attributes
        if attribute.type is ColumnType.CATEGORY and not attribute.derived and attribute.timing in (Timing.DURING, Timing.UNKNOWN)
        and attribute.name != study.model.lost.column and not attribute.name.startswith((LAST_ORDER, EVENT))
    ]  # fmt: skip
    if not told:
        return {}
    table = study.database.arrow(f"SELECT customer_key, {', '.join(quote(one.column) for one in told)} FROM customers", {})
    place = {key: row for row, key in enumerate(table.column("customer_key").to_pylist())}
    rows = np.array([place[int(key)] for key in customers], dtype=np.int64)
    return {one.name: as_feature(table.column(one.column), one.type)[rows] for one in told}


_HELD_THEN = frozenset({"plan", "contract_type", "monthly_amount", "seats"})  # of the contract that ran that month


