"""What was sent back or refunded, asked of the file that tells it: « combien avons-nous remboursé ? », "which product is returned the most?"."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role, TableKind
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.measuring import PERSON
from assistant.embedded.record_tables import RecordTable
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words

REFUNDED = re.compile(r"\b(?:rembours\w*|refund\w*|paid back|rendu)\b")
MONEY_ASKED = re.compile(r"\b(?:combien (?!de )|how much|montants?|total|somme|sum|amounts?|moyen\w*|average)")
_SENT_BACK = re.compile(r"\b(?:returned|sent back|retournee?s?|renvoyee?s?|rendue?s?)\b")
_WHICH = re.compile(r"\b(?:quel|quelle|quels|quelles|which|what|top)\b")
_MOST = re.compile(r"\b(?:le plus|la plus|les plus|le moins|most|least|top)\b")
_COST = frozenset("cost costs costing coute coutent coutes couter".split())
_MONEY = (TableKind.PAYMENTS, TableKind.INVOICES)


def amount_of(table: RecordTable) -> str | None:
    """The column of what a line of a file amounts to.

    Args:
        table: the file.
    """
    return next((found.name for found in table.columns.numeric() if found.on_purchases and found.role is Role.AMOUNT), None)


def given_back(text: str, tables: tuple[RecordTable, ...]) -> RecordTable | None:
    """The file of what was sent back, when its money or what came back most is asked; else the payments a state of which says refunded.

    Args:
        text: the plain question.
        tables: that can be asked about.
    """
    if PERSON.search(text):
        return None
    returns = [found for found in tables if found.kind is TableKind.RETURNS]
    if returns and _SENT_BACK.search(text) and _WHICH.search(text) and _MOST.search(text):
        return returns[0]
    if not REFUNDED.search(text) or not MONEY_ASKED.search(text):
        return None
    held = next((found for found in returns if amount_of(found) is not None), None)
    if held is not None or returns:
        return held
    return next((found for found in tables if found.kind in _MONEY and amount_of(found) is not None and _state(found) is not None), None)


def _state(table: RecordTable) -> tuple[Field, str] | None:
    """The column and the value by which a line says that it was refunded."""
    states = (found for found in table.columns.fields if found.on_purchases and found.role is Role.ORDER_STATUS)
    return next(((found, value) for found in states for value in found.values if REFUNDED.search(plain(value))), None)


def read_given_back(text: str, slots: Slots, table: RecordTable) -> None:
    """Put right what was read of money given back, and of what came back most.

    Args:
        text: the plain question.
        slots: what was read; put right in place.
        table: the file asked about.
    """
    said = REFUNDED.search(text)
    if table.kind is TableKind.RETURNS:
        back = _SENT_BACK.search(text)
        if back is not None and _WHICH.search(text) and slots.measure in (None, "amount", "records", "customers", "orders"):
            slots.measure, slots.unexplained = "records", [word for word in slots.unexplained if word not in words(back.group())]
            slots.order = slots.order or "desc"
        amount = amount_of(table)
        asked = said is not None or (MONEY_ASKED.search(text) is not None and bool(_COST & set(slots.unexplained)))
        if asked and amount is not None and slots.measure in (None, "amount", "records", "mean", "sum"):
            averaged = slots.measure == "mean" or re.search(r"\b(?:moyen\w*|average|mean)\b", text) is not None
            slots.measure, slots.column = "mean" if averaged else "sum", amount
            slots.unexplained = [word for word in slots.unexplained if word not in _COST and (said is None or word not in words(said.group()))]
        return
    state = _state(table) if table.kind in _MONEY and said is not None and MONEY_ASKED.search(text) else None
    if state is None or said is None or slots.measure not in (None, "amount", "records", "sum", "mean") or PERSON.search(text):
        return
    field, value = state
    slots.filters = [*(held for held in slots.filters if held.field != field.name), Filter(field.name, "=", (value,), on_purchases=True)]
    slots.measure, slots.column = "mean" if slots.measure == "mean" else "sum", amount_of(table)
    slots.unexplained = [word for word in slots.unexplained if word not in words(said.group())]
