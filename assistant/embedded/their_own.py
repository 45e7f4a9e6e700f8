"""« Combien de membres par salle ? »: people are split by the column that says theirs (« Salle de rattachement »), and not by where each thing was bought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.datamodel.model import ColumnType
from assistant.embedded.columns import Columns
from assistant.embedded.ideas import header_ideas
from assistant.embedded.slotted import Slots

_PEOPLE = frozenset({"customers", "new_customers", "lost_customers", "lost_rate", "share_customers", "tenure_months"})


def split_by_their_own(slots: Slots, columns: Columns, before: Mapping[str, Any] | None) -> None:
    """Split people by a column of theirs where one is called by the same words as the column of purchases that was read.

    Args:
        slots: what was read; its groups are put right in place.
        columns: what the data can be asked about.
        before: the arguments of the turn a follow-up leans on.
    """
    measure = slots.measure or (before or {}).get("measure") or ("lost_rate" if slots.departing or before is not None else None)
    if measure not in _PEOPLE or any(held.on_purchases for held in slots.filters):
        return
    slots.by = [_theirs(name, columns) or name for name in slots.by]


def _theirs(name: str, columns: Columns) -> str | None:
    """The one column of customers whose header holds all the words of a column of purchases, and more."""
    read = next((found for found in columns.fields if found.name == name and found.on_purchases and not found.derived), None)
    if read is None:
        return None
    said = set(header_ideas(name))
    held = [
        found.name for found in columns.fields
        if not found.on_purchases and not found.derived and found.type is ColumnType.CATEGORY and found.values and said < set(header_ideas(found.name)) and set(read.values) & set(found.values)
    ]  # fmt: skip
    return held[0] if len(held) == 1 else None
