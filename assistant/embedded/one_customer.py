"""« Combien a dépensé le client 1042 ? »: a figure of one customer, told by the number the files know them by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analytics.study import Study
from assistant.embedded.filters import Filter
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain

_OF_ONE = frozenset({"orders", "amount", "amount_per_customer", "quantity", "average_basket", "highest_basket", "lowest_basket", "average_price", "days_between_orders"})


_SPENT = re.compile(r"\b(?:depens\w+|verse|paye|rapporte\w*|spent|spend|paid|brought in|worth)\b")  # « combien a dépensé » counts nobody
_TIMES = frozenset({"fois", "times", "time"})
_CAME = re.compile(r"\b(?:commande|achete|ordered?|bought|buy)\b")


def figure_of_one(question: str, slots: Slots, study: Study, before: Mapping[str, Any] | None = None) -> bool:
    """Turn a customer's number beside a figure into the condition that only that customer counts; whether there was such a one.

    Args:
        question: as typed.
        slots: completed in place.
        study: the data.
        before: the arguments of the turn it leans on: « et le client 1043 ? » after a figure of another one asks for the same.
    """
    if slots.customer is not None and slots.measure == "customers":
        text = plain(question)
        slots.unexplained = [word for word in slots.unexplained if word not in _TIMES]
        slots.measure = "amount" if _SPENT.search(text) else "orders" if _CAME.search(text) else slots.measure
    again = slots.measure is None and any(one["field"] == "customer_id" for one in (before or {}).get("segment", ()))
    if slots.customer is None or not (again or slots.measure in _OF_ONE) or "purchases" not in study.tables:
        return False
    known = as_known(slots.customer, study)
    if known is None:
        return False
    slots.measure = "amount" if slots.measure == "amount_per_customer" else slots.measure
    slots.filters.append(Filter("customer_id", "=", (known,)))
    slots.customer = None
    return True


def codes_named(question: str, study: Study) -> str:
    """« CA de C01042 en 2025 »: a code the files know a customer by, said to be a customer's where no word says so.

    Args:
        question: as typed.
        study: the data.
    """

    def called(found: re.Match[str]) -> str:
        code = found.group()
        if _SAID.search(question[: found.start()]) or as_known(code, study) is None:
            return code
        return f"{'customer' if _ENGLISH.search(question) else 'client'} {code}"

    return _CODE.sub(called, question)


_CODE = re.compile(r"(?<![\w-])[A-Za-z]{1,5}[-_]?\d{3,}(?![\w-])")
_SAID = re.compile(r"(?:\b(?:client|cliente|customer|member|membre|account|compte|abonn[ée]e?|adh[ée]rente?|num[ée]ro|number|id|no|n°)\.?|[#°])\s*$", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|of|how|what|when|did|does|has|have|for|by|was|is|in)\b", re.IGNORECASE)


def of_one_on_lines(slots: Slots, study: Study, people: str | None) -> bool:
    """Turn a customer's number beside lines of a file into a condition on whose they are; false where the file or the number tells of nobody.

    Args:
        slots: completed in place.
        study: the data.
        people: the header of what says whose each line is, if there is one.
    """
    if slots.customer is None:
        return True
    known = as_known(slots.customer, study) if people is not None else None
    if known is not None:
        slots.filters.append(Filter("customer_id", "=", (known,)))
        slots.customer = None
    return known is not None


def as_known(number: str, study: Study) -> str | None:
    """The number of a customer as the files write it, whatever its capitals; None when they know nobody of that number.

    Args:
        number: as typed.
        study: the data.
    """
    found = study.database.rows("SELECT customer_id FROM customers WHERE lower(customer_id) = lower(?) ORDER BY customer_id <> ? LIMIT 1", [number, number])
    return str(found[0][0]) if found else None
