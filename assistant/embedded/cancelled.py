"""Cancelled orders: counted by their state, or said not to be told."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.measuring import PERSON
from assistant.embedded.rates import CANCELLED, state_counted
from assistant.embedded.slotted import Slots
from assistant.embedded.tokens import Tokens

_INCLUDING = re.compile(r"\b(including|y compris|inclu\w*|compris\w*|counting)\b")


def cancellations(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """Cancelled orders are set aside: a rate of them, or a total with them, is not what the measures tell."""
    states = {found.name for found in columns.fields if found.role is Role.ORDER_STATUS}  # sales in two files may each have theirs
    counted = state_counted(tokens.text, columns) if slots.measure in (None, "orders", "customers") else None
    if counted is not None:
        state, span = counted
        slots.measure, slots.filters = "orders", [*(found for found in slots.filters if found.field != state.field), state]
        tokens.take_span(*span)
        return
    said = CANCELLED.search(tokens.text)
    contract = columns.contracts and (slots.measure in ("lost_customers", "lost_rate") or _of_those_who_left(slots, columns))
    if not states or said is None or contract:  # it may be the contract that is cancelled
        return
    told = any(found.field in states for found in (*slots.filters, *slots.part))
    if _INCLUDING.search(tokens.text) or (not told and not PERSON.search(tokens.text)):
        slots.unread.append(said.group())


def _of_those_who_left(slots: Slots, columns: Columns) -> bool:
    """Whether people who left are counted already, or why they did: « résiliations par motif »."""
    reasons = {found.name for found in columns.fields if found.role is Role.CHURN_REASON}
    asked = any(found.field == "lost" and found.values == (True,) for found in slots.filters) or reasons & {*slots.by, *(part.field for part in slots.part)}
    return slots.measure in (None, "customers", "share_customers") and bool(asked)


def orders_cancelled(gone: re.Match[str], slots: Slots, columns: Columns) -> bool:
    """« Ont annulé une commande »: what was cancelled is an order, whose state is a condition already."""
    states = {found.name for found in columns.fields if found.role is Role.ORDER_STATUS}
    return CANCELLED.search(gone.group()) is not None and any(found.field in states for found in slots.filters)
