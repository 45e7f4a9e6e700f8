"""What groups of one value written in several ways come to once put together: told, and the rows left as in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analytics.explore.fields import Field
from analytics.measures.spellings import named, spelt_apart
from analytics.study import Study
from analytics.workspace import literal
from vocabulary.estimate import Estimate
from vocabulary.sentence import Sentence, say

_MOST = 2


def apart(study: Study, groups: Sequence[Field], cells: Sequence[tuple[tuple[Any, ...], Estimate]]) -> tuple[tuple[str, ...], ...]:
    """The spellings of one value among the groups of a query split by one column."""
    if len(groups) != 1:
        return ()
    there = {values[0] for values, _ in cells}
    return tuple(pair for pair in spelt_apart(study, groups[0].name) if len(there.intersection(pair)) > 1)


def together(field: Field, pairs: Sequence[tuple[str, ...]]) -> Field:
    """The field with each value under its most frequent spelling."""
    cases = "".join(
        f" WHEN {field.expression} IN ({', '.join(literal(value) for value in pair)}) THEN {literal(pair[0])}" for pair in pairs
    )
    return replace(field, expression=f"CASE{cases} ELSE {field.expression} END")


def merged_told(
    pairs: Sequence[tuple[str, ...]], cells: Sequence[tuple[tuple[Any, ...], Estimate]], *, lowest: bool
) -> tuple[Sentence, ...]:
    """One sentence for each value written in several ways: its figure once put together, and whether it then leads.

    Args:
        pairs: the spellings of each value, the one its merged group bears first.
        cells: the merged groups.
        lowest: the group that leads is the lowest.
    """
    known = {values[0]: found for values, found in cells if found.value is not None}
    said = []
    for pair in pairs[:_MOST]:
        whole = known.get(pair[0])
        if whole is None or whole.value is None:
            continue
        rest = [found.value for value, found in known.items() if value != pair[0] and found.value is not None]
        leads = bool(rest) and (whole.value < min(rest) if lowest else whole.value > max(rest))
        said.append(
            say(
                "{pair} ne diffèrent que par l’écriture et sont ici comptés à part ; réunis, ils viendraient en tête : {whole}.",
                "{pair} differ only by their spelling and are counted apart here; put together, they would come first: {whole}.",
                pair=named(pair), whole=whole,
            ) if leads else say(
                "{pair} ne diffèrent que par l’écriture et sont ici comptés à part ; réunis : {whole}.",
                "{pair} differ only by their spelling and are counted apart here; put together: {whole}.",
                pair=named(pair), whole=whole,
            )
        )  # fmt: skip
    return tuple(said)
