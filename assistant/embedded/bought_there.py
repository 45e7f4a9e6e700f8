"""Money and orders split by what stands on the purchase, its shop or its country, and not by the customer’s."""

from __future__ import annotations

from dataclasses import replace

from analytics.datamodel.roles import Role
from analytics.explore.measures import SOLD
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.slotted import Slots

_AT_PURCHASE = {Role.STORE: "store", Role.CATEGORY: "category", Role.PRODUCT: "product"}


def bought_there(slots: Slots, columns: Columns, measure: str | None) -> None:
    """Money and orders are split by what stands on the purchase: its shop, its country, not the customer's.

    Args:
        slots: what was read; its groups and filters are put right in place.
        columns: what the data can be asked about.
        measure: of the question, or of the one it follows.
    """
    if measure not in SOLD:
        return
    slots.by = [_on_purchase(name, columns) for name in slots.by]
    slots.filters = [_moved(condition, columns) for condition in slots.filters]
    slots.part = [_moved(condition, columns) for condition in slots.part]


def _on_purchase(name: str, columns: Columns) -> str:
    found = columns.named(name)
    other = columns.named(_AT_PURCHASE.get(found.role, "")) if found is not None and found.role is not None else None
    return other.name if found is not None and other is not None and not found.on_purchases and other.on_purchases else name


def _moved(condition: Filter, columns: Columns) -> Filter:
    found = columns.named(condition.field)
    if found is None or found.on_purchases or condition.on_purchases:
        return condition
    if any(other.on_purchases and (not other.values or set(condition.values) <= set(other.values)) for other in columns.fields if other.name == found.name):
        return replace(condition, on_purchases=True)
    other = columns.named(_AT_PURCHASE.get(found.role, "")) if found.role is not None else None
    if other is None or not other.on_purchases or not set(condition.values) <= set(other.values):
        return condition
    return Filter(other.name, condition.operator, condition.values, on_purchases=True, at=condition.at)
