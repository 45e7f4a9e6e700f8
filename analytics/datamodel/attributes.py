"""Attributes: what describes a customer (or a purchase) beside the fixed columns, and when it is known."""

from __future__ import annotations

import re
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
        of_value: for a count, the value of its source that it counts, as it stands in the file.
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
    of_value: str | None = None


_CODED = re.compile(r"[_\d]|(?<=[a-z])[A-Z]|^.{0,2}$|^[A-Z]{2,4}$|\.$|\b(?:par|by|le|la|on|at|via|from|chez)$")  # dept_cd, TypeAbo, CP; « Civ. », « Connu par » end no sentence


def own_title(attribute: Attribute) -> Text:
    """How the manager calls a column: by its header, unless that is a code, or the usual name in one of the two languages.

    Args:
        attribute: of customers or of purchases.
    """
    header = attribute.sources[0][1].strip() if attribute.sources else ""
    usual = {attribute.title.fr.casefold(), attribute.title.en.casefold()}
    if attribute.derived or not header or header.casefold() in usual or _CODED.search(header):
        return attribute.title
    return Text(header, header)
