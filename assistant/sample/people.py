"""Invented people: names, addresses that cannot exist, numbers reserved for fiction, postcodes near a shop or far."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assistant.sample.words import FAR_DEPARTMENTS, FIRST_NAMES, LAST_NAMES, SHOPS
from assistant.sample.writing import Codes, Flags, Habits

FICTION_NUMBERS: tuple[str, ...] = ("063998", "019900", "026191", "035301", "046571", "053649")
"""First six figures of the numbers the French regulator keeps for works of fiction: ten thousand numbers each."""


def postcodes(generator: np.random.Generator, shop: Codes, far: Flags) -> pa.Array:
    """Draw postcodes, shape (n,): the shop's department, or one further away."""
    near = pa.array([one.department for one in SHOPS]).take(pa.array(shop))
    away = pa.array(list(FAR_DEPARTMENTS)).take(pa.array(generator.integers(0, len(FAR_DEPARTMENTS), len(shop))))
    ends = pa.array([f"{number:03d}" for number in range(1000)])
    tail = ends.take(pa.array(generator.integers(0, 90, len(shop)) * 10))
    return pc.binary_join_element_wise(pc.if_else(pa.array(far), away, near), tail, "")


def phones(numbers: Codes, known: Flags) -> pa.Array:
    """Give each customer number, shape (n,), a phone number of its own; empty where unknown or when all are taken."""
    most = len(FICTION_NUMBERS) * 10_000
    places = (numbers * 7919) % most
    begins = pa.array(list(FICTION_NUMBERS)).take(pa.array(places // 10_000))
    ends = pc.utf8_lpad(pc.cast(pa.array(places % 10_000), pa.string()), 4, "0")
    return pc.if_else(pa.array(known & (numbers < most)), pc.binary_join_element_wise(begins, ends, ""), "")


def names(generator: np.random.Generator, size: int) -> tuple[Codes, Codes]:
    """Draw first and last names as positions in the lists of `words`, shape (n,) each."""
    return generator.integers(0, len(FIRST_NAMES), size), generator.integers(0, len(LAST_NAMES), size)


def emails(habits: Habits, first: Codes, last: Codes, numbers: Codes) -> pa.Array:
    """Build an address no one can receive, from the name and the customer number."""
    plain_first = habits.labels(first, [_plain(name) for name in FIRST_NAMES])
    plain_last = habits.labels(last, [_plain(name) for name in LAST_NAMES])
    domain = habits.labels(numbers % 2, ["@example.fr", "@example.com"])
    return habits.joined(plain_first, ".", plain_last, habits.integers(numbers), domain)


def _plain(name: str) -> str:
    return name.lower().translate(str.maketrans("àâéèêëïîôûùüç", "aaeeeeiiouuuc"))
