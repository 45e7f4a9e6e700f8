"""« Frais de port moyens par commande », "average discount per order": a number of the purchases, brought to one order; never the basket."""

from __future__ import annotations

import re

from assistant.embedded.fields import Field
from assistant.embedded.slotted import Slots

_EACH = re.compile(r"\b(?:par|per|pour chaque|for each|on each|a chaque|each) (?:commandes?|orders?|achats?|purchases?|tickets?|transactions?|dons?|gifts?|donations?|reservations?|bookings?)\b")
_BASKET = re.compile(r"\b(?:paniers?|baskets?|montants?|amounts?|ca|chiffre d'affaires|revenue|order value|spend|spent|depenses?)\b")
_STATED = frozenset({None, "mean", "sum", "amount", "average_basket", "orders"})


def of_each_order(slots: Slots, text: str, column: Field | None, statistic: str | None) -> None:
    """The mean over orders of a number column that the question brings to one order.

    Args:
        slots: what was read; its measure is put right in place.
        text: the question.
        column: the number column of purchases it names, or None.
        statistic: asked for; a median or a maximum stays one of the column.
    """
    if column is None or not column.on_purchases or statistic not in (None, "mean", "sum", "count") or slots.measure not in _STATED:
        return
    if _EACH.search(text) and not _BASKET.search(text):
        slots.measure, slots.column, slots.statistic, slots.per = "mean", column.name, "mean", "order"
