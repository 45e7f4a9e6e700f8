"""What happened to customers under a contract, day by day, and the departures of those days: for what drives away within days.

The months of `moments` begin and end where they may: a week's anger drowns in half a year of visits. Here each departure has its day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.customers.derived import EVENT, EVENTS_IN_ALL
from analytics.customers.event_marks import AGAIN, AGAIN_DAYS
from analytics.customers.faults import house_at_fault
from analytics.customers.header_timing import timing_of_ticket
from analytics.customers.reply_waits import REPLY_WAIT
from analytics.customers.tickets import EVERY_TICKET, TICKET
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType, LostBasis
from analytics.measures.exposure import Exposure, as_feature
from analytics.measures.moments import as_they_stand, numbered
from analytics.statistics.arrays import Column, Ints
from analytics.statistics.risk_sets import SEEN_FIRST, Happenings, Relations
from analytics.study import Study
from analytics.workspace import literal, quote
from vocabulary.language import Text

CONTACTED = "contacted_"  # begins the codes of contacts received
_MOST_TOUCHES = 600_000  # rows read: beyond, a part of the customers stands for all
_MOST_CUSTOMERS = 40_000  # likewise
_YEARS = 3  # how far back: what drove away before is another house's story
_ANNOUNCED = 120  # days before an end in which asking to leave is the departure
_OF_CONTRACTS = frozenset({"plan", "contract_type"})  # those held last
_OPEN = f"{TICKET}open"  # left unresolved: as it stands on a day, not something that happens

# One row a customer and day: how many of each thing. What counts by its age is counted on the day itself.
_DAYS = """
SELECT customer_key, day, {counted} FROM (
  SELECT *, 0 AS ago, 0 AS age, 0 AS after_order, 1 AS from_first, 1 AS from_last, day AS looked FROM touches
  WHERE day <= $as_of AND customer_key % $parts = 0
) GROUP BY customer_key, day ORDER BY customer_key, day
"""
_LATELY = """
SELECT c.customer_id, t.day FROM (
  SELECT customer_key, day FROM (
    SELECT *, 0 AS ago, 0 AS age, 0 AS after_order, 1 AS from_first, 1 AS from_last, day AS looked FROM touches WHERE day > $first AND day <= $as_of
  ) GROUP BY customer_key, day HAVING {met} > 0
) t JOIN customers c USING (customer_key) ORDER BY 1, 2
"""
_PEOPLE = """
SELECT customer_key, started, CASE WHEN lost THEN lost_on END AS lost_on, finished_on FROM customers
WHERE {who} AND lost IS NOT NULL AND (NOT lost OR lost_on IS NOT NULL) AND started IS NOT NULL AND customer_key % $parts = 0 ORDER BY customer_key
"""
_ASKED_TO_LEAVE = "SELECT customer_key, day FROM touches WHERE kind IN ('ticket', 'contact') AND label IN ({labels})"
_LABELS = "SELECT DISTINCT label FROM touches WHERE kind IN ('ticket', 'contact') AND label IS NOT NULL"

# How long an effect may last, and how it is said.
WINDOWS: dict[int, tuple[Text, Text]] = {
    7: (Text("dans la semaine qui suit", "within the week"), Text("semaines", "weeks")),
    14: (Text("dans la quinzaine qui suit", "within the fortnight"), Text("quinzaines", "fortnights")),
    30: (Text("dans les trente jours qui suivent", "within thirty days"), Text("périodes de trente jours", "periods of thirty days")),
}


@dataclass(frozen=True, slots=True)
class Quick:
    """Customers under contract, and the days on which things happened to them.

    Args:
        keys: `customer_key`, one a place. told: their relations, in days counted from `origin`.
        happened: attribute -> what is looked for. in_all: attribute -> how much was lived in all, of which it is a part.
        kin: attribute -> all that customers of that habit do: every ticket, every contact.
        attributes: of what is looked for; `faults`: those that plainly went wrong on the house's side.
        beside: what the customer is or holds, as it stands today.
        origin: the day the others are counted from. scale: what one customer stands for.
        since, until: the departures that are counted.
    """

    keys: Ints
    told: Relations
    happened: dict[str, Happenings]
    in_all: dict[str, Happenings]
    kin: dict[str, Happenings]
    attributes: dict[str, Attribute]
    faults: frozenset[str]
    beside: dict[str, Column]
    origin: date
    scale: float
    since: date
    until: date

    def of_period(self) -> tuple[int, int]:
        """The period whose departures are counted, in days from the origin, both in it."""
        return max(self.told.first, (self.since - self.origin).days + 1), (self.until - self.origin).days


def quick(study: Study, exposed: Exposure) -> Quick | None:
    """What happened day by day to customers under contract; None where nothing is told by day, or departures bear no date."""
    key = f"quick {study.segment!r}"
    if key not in study.memo:
        study.memo[key] = _quick(study, exposed)
    found: Quick | None = study.memo[key]
    return found


def _quick(study: Study, exposed: Exposure) -> Quick | None:
    if exposed.since is None or exposed.days is None or "touches" not in study.tables:
        return None
    if study.model.lost.basis not in (LostBasis.LABEL, LostBasis.CONTRACT_END):
        return None
    wanted = [one for one in study.attributes if one.name in study.met and _may_be_quick(one)]
    if not wanted:
        return None
    touches, customers = study.database.row("SELECT (SELECT COUNT(*) FROM touches), (SELECT COUNT(*) FROM customers)")
    parts = max(1, -(-int(touches) // _MOST_TOUCHES), -(-int(customers) // _MOST_CUSTOMERS))
    where, given = study.who()
    named = {f"s{place}": value for place, value in enumerate(given)}
    people = study.database.arrow(_PEOPLE.format(who=numbered(where)), {"parts": parts, **named})
    keys = np.array(people.column("customer_key").to_pylist(), dtype=np.int64)
    if not keys.size:
        return None
    names = [one.name for one in wanted]
    totals = [name for name in EVENTS_IN_ALL.values() if name in study.met]
    counted = ", ".join(f"{study.met[name]} AS n{place}" for place, name in enumerate([*names, *totals]))
    days = study.database.arrow(_DAYS.format(counted=counted), {"as_of": study.as_of, "parts": parts})
    if not days.num_rows:
        return None
    origin = date(1970, 1, 1)
    who, day = np.array(days.column("customer_key").to_numpy(), dtype=np.int64), _days(days.column("day").to_pylist(), origin)
    place = np.clip(np.searchsorted(keys, who), 0, keys.size - 1)
    known = keys[place] == who
    streams = {
        name: Happenings(place[met], day[met])
        for number, name in enumerate([*names, *totals])
        if (met := known & (np.nan_to_num(np.array(days.column(f"n{number}").to_numpy(), dtype=float)) > 0)).any()
    }  # fmt: skip
    streams = {name: stream.again(AGAIN_DAYS) if name.endswith(AGAIN) else stream for name, stream in streams.items()}
    streams = {name: stream for name, stream in streams.items() if stream.who.size}
    told = _relations(study, people, keys, origin, int(day[known].min()) if known.any() else 0)
    attributes = {one.name: one for one in wanted if one.name in streams}
    return Quick(
        keys, told, {name: streams[name] for name in attributes}, _in_all(attributes, streams), _kin(attributes, streams), attributes,
        frozenset(name for name, one in attributes.items() if _at_fault(one)), _beside(study, keys), origin, float(parts),
        exposed.since, min(study.as_of, exposed.since + timedelta(days=exposed.days)),
    )  # fmt: skip


def met_lately(study: Study, name: str, days: int) -> list[str]:
    """The ids of the customers to whom something has just happened: what acts within days concerns nobody else.

    Args:
        study: the data. name: of the attribute that counts it. days: how long it acts.
    """
    began = study.as_of - timedelta(days=days)
    first = began - timedelta(days=AGAIN_DAYS) if name.endswith(AGAIN) else began
    rows = study.database.rows(_LATELY.format(met=study.met[name]), {"first": first, "as_of": study.as_of})
    found: dict[str, None] = {}
    before: tuple[str, date] | None = None
    for who, day in rows:
        again = before is not None and before[0] == who and (day - before[1]).days <= AGAIN_DAYS
        if day > began and (again or not name.endswith(AGAIN)):
            found[str(who)] = None
        before = (who, day)
    return list(found)


def said_quick(attribute: Attribute, days: int) -> Attribute:
    """The attribute as it is said when it is looked for in the days before a departure.

    Args:
        attribute: what happened, counted over months. days: one of `WINDOWS`.
    """
    span = WINDOWS[days][0]
    fr, en = (re.sub(r"\s*\((?:nombre|number|times)[^)]*\)$", "", said) for said in (attribute.title.fr, attribute.title.en))
    said = Text(f"{fr} ({span.fr})", f"{en} ({span.en})")
    return replace(attribute, title=said, absent=Text(f"{fr} : non ({span.fr})", f"{en}: no ({span.en})"))


def _may_be_quick(attribute: Attribute) -> bool:
    """What is dated, lived or of unknown nature, and announces no departure; no state of a ticket, which has no day of its own."""
    if attribute.timing not in (Timing.DURING, Timing.UNKNOWN) or attribute.name == _OPEN:
        return False
    if not attribute.name.startswith((EVENT, CONTACTED)) or attribute.name.startswith((f"{EVENT}price", REPLY_WAIT)):
        return False
    return timing_of_ticket(attribute.of_value or attribute.title.fr, topic=True) is not Timing.WARNING


def _at_fault(attribute: Attribute) -> bool:
    file, header = attribute.sources[0] if attribute.sources else ("", "")
    if attribute.name == EVERY_TICKET:
        return house_at_fault(file.rsplit(".", 1)[0], "yes")
    if attribute.name.startswith((TICKET, CONTACTED)):
        return house_at_fault("", attribute.of_value or attribute.title.fr)
    return house_at_fault(header, attribute.of_value or ("no" if attribute.title.en.split("”")[0].endswith(": no") else "yes"))


def _in_all(attributes: dict[str, Attribute], streams: dict[str, Happenings]) -> dict[str, Happenings]:
    """How much was lived in all: who comes more meets more."""
    found = {}
    for name in attributes:
        for kind, total in EVENTS_IN_ALL.items():
            if name.startswith(f"{EVENT}{kind}_") and total in streams:
                found[name] = streams[total]
    return found


def _kin(attributes: dict[str, Attribute], streams: dict[str, Happenings]) -> dict[str, Happenings]:
    """Every ticket, every contact: who writes much, or is written to much, meets more of each."""
    found: dict[str, Happenings] = {}
    for begins in (TICKET, CONTACTED):
        alike = [name for name in attributes if name.startswith(begins)]
        if len(alike) > 1:
            every = Happenings(np.concatenate([streams[name].who for name in alike]), np.concatenate([streams[name].day for name in alike]))
            found |= {name: every for name in alike}
    return found


def _relations(study: Study, people: Any, keys: Ints, origin: date, first_event: int) -> Relations:
    """Their first and last days. Who asked to leave before the end had decided by then: what came after did not drive them away."""
    begun = _days(people.column("started").to_pylist(), origin)
    ends = people.column("lost_on").to_pylist()
    stays = [day or done for day, done in zip(ends, people.column("finished_on").to_pylist(), strict=True)]  # who has finished can leave no more
    last = (study.as_of - origin).days
    over = np.array([last + 1 if day is None else (day - origin).days for day in stays], dtype=np.int64)
    gone = np.array([day is not None for day in ends], dtype=bool)
    labels = [row[0] for row in study.database.rows(_LABELS) if timing_of_ticket(row[0], topic=True) is Timing.WARNING]
    if labels:
        for who, day in study.database.rows(_ASKED_TO_LEAVE.format(labels=", ".join(map(literal, labels)))):
            place = int(np.searchsorted(keys, who))
            asked = (day - origin).days
            if place < keys.size and keys[place] == who and gone[place] and begun[place] < asked and over[place] - _ANNOUNCED <= asked:
                over[place] = min(int(over[place]), asked)
    return Relations(begun, over, gone, max(first_event + SEEN_FIRST, last - _YEARS * 365), last)


def _beside(study: Study, keys: Ints) -> dict[str, Column]:
    """What the customer is or holds: a town, a plan, a way to have come."""
    found = dict(as_they_stand(study, keys))
    told = [
        one for one in study.attributes
        if one.type is ColumnType.CATEGORY and one.name not in found and (one.timing is Timing.AT_RECRUITMENT or one.name in _OF_CONTRACTS)
    ]  # fmt: skip
    if told:
        table = study.database.arrow(f"SELECT customer_key, {', '.join(quote(one.column) for one in told)} FROM customers", {})
        place = {key: row for row, key in enumerate(table.column("customer_key").to_pylist())}
        rows = np.array([place[int(key)] for key in keys], dtype=np.int64)
        found |= {one.name: as_feature(table.column(one.column), one.type)[rows] for one in told}
    return found


def _days(days: list[Any], origin: date) -> Ints:
    return np.array([(day - origin).days for day in days], dtype=np.int64)

