"""One condition a question sets, on customers or on purchases."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

Scalar = str | float | int | bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition, on customers or on purchases."""

    field: str
    operator: str
    values: tuple[Scalar, ...]
    on_purchases: bool = False
    at: int = dataclasses.field(default=-1, compare=False)  # where its words stand
    ever: bool = dataclasses.field(default=False, compare=False)  # of who ever made such a purchase, or never did

    def to_json(self) -> dict[str, object]:
        """As an argument of a step."""
        return {"field": self.field, "operator": self.operator, "values": list(self.values)}
