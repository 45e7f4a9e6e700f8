"""Attributes: what describes a customer (or a purchase) beside the fixed columns, and when it is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from vocabulary.language import Text


class Timing(StrEnum):
    """When an attribute is known, relative to the relation. Decides what may explain what."""

    AT_RECRUITMENT = "at_recruitment"  # who they are, how they came
    DURING = "during"  # lived after recruitment: contract held, complaint, first delivery
    WARNING = "warning"  # activity itself: recency, frequency, visits, opens: the departure under way
    CLOCK = "clock"  # age of the relation
    OUTCOME = "outcome"  # the label, the end, the reason: known once gone
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column of `customers` (or of `purchases`) that describes, beside the fixed ones.

    Args:
        name: header as it stands in the file, or a stable code for a derived one (`first_category`).
        title: how to call it in a sentence.
        column: `a0` ... in customers, `p0` ... in purchases; a fixed column's name for a derived one.
        type: CATEGORY, FLAG, NUMBER or DATE.
        role: the role it came from.
        timing: when it is known.
        sources: (file, header) it comes from.
        derived: computed from events rather than read.
        theme_hint: name of a `Theme` when the role tells it, else None.
        absent: for a flag whose title is a phrase, how to say that it does not hold (“never received an invitation”).
    """

    name: str
    title: Text
    column: str
    type: ColumnType
    role: Role | None
    timing: Timing
    sources: tuple[tuple[str, str], ...]
    derived: bool = False
    theme_hint: str | None = None
    absent: Text | None = None
