"""Which groups are shown, in what order, and what the first of them make together."""

from __future__ import annotations

import math
from typing import Any

from analytics.explore.fields import WEEKDAYS, Place
from analytics.explore.fields import Field as GroupField
from analytics.explore.parameters import ExploreParameters
from analytics.explore.words import Cell, taken_off
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say


def how_many(parameters: ExploreParameters, ordered: list[Cell]) -> int | None:
    """How many groups are asked for: so many, or a share of those that there are."""
    if parameters.top_share is None:
        return parameters.top
    known = sum(estimate.value is not None for _, estimate in ordered)
    return max(1, math.floor(parameters.top_share * known + 0.5))


def share_of_first(parameters: ExploreParameters, shown: list[Cell], ordered: list[Cell]) -> tuple[Estimate, ...]:
    """What the first groups make of the whole, when only some are shown of what adds up."""
    whole = sum(estimate.value or 0 for _, estimate in ordered)
    if (parameters.top is None and parameters.top_share is None) or len(ordered) <= len(shown) or not whole or parameters.measure not in _ADDED or parameters.shared:
        return ()
    part = sum(estimate.value or 0 for _, estimate in shown) / whole
    return (Estimate("share_of_shown", part, Unit.RATIO, len(shown), method="exact"),)


def first_ones_told(parameters: ExploreParameters, title: Text, group: GroupField, shown: list[Cell], part: Estimate) -> Sentence:
    """What the first groups make together: so many, or so many in a hundred of those that there are."""
    first = Threshold(len(shown), Unit.COUNT)
    if parameters.top_share is None:
        return say(
            "{title} des {n} premiers ({by}) réunis : {part}.", "{title} of the first {n} ({by}) together: {part}.",
            title=title, n=first, by=group.title, part=part,
        )  # fmt: skip
    return say(
        "{title} des {share} premiers ({by} : {n}) réunis : {part}.", "{title} of the first {share} ({by}: {n}) together: {part}.",
        title=title, share=Threshold(parameters.top_share, Unit.RATIO), by=group.title, n=first, part=part,
    )  # fmt: skip


_ADDED = frozenset({"share_amount", "share_customers", "share_orders", "share_records"})


def in_order(
    cells: list[Cell], groups: tuple[GroupField, ...], parameters: ExploreParameters
) -> list[Cell]:
    """The groups as they are shown: along the calendar, or by their figures, those without one last."""
    if groups and groups[0].place is Place.TIME and parameters.top is None and parameters.top_share is None and parameters.order is None:
        return sorted(cells, key=lambda cell: tuple(map(_calendar, cell[0])))
    known = [cell for cell in cells if cell[1].value is not None]
    sign = (1 if parameters.order == "asc" else -1) * (-1 if taken_off(known) else 1)
    unknown = [cell for cell in cells if cell[1].value is None]
    some = parameters.top is not None or parameters.top_share is not None  # « les 5 premiers » are named: what names nothing stands after them
    return sorted(known, key=lambda cell: (some and None in cell[0], sign * (cell[1].value or 0), str(cell[0]))) + unknown


def _calendar(value: Any) -> str:
    """What sorts a time group: days of the week from Monday on."""
    return str(WEEKDAYS.index(value)) if value in WEEKDAYS else str(value)
