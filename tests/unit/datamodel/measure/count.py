"""Counting: how many planted worlds are found, and how many clean twins raise the alarm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.unit.datamodel.measure.case import is_found
from tests.unit.datamodel.measure.cases import BUNDLES, CLEAN

SEEDS = range(3000, 3200)


@dataclass(frozen=True)
class Count:
    """Of `times` planted worlds those found, of `times` clean twins those that raised the alarm."""

    code: str
    title: str
    found: int
    false: int
    times: int


def found_in(bundle: str, seeds: Iterable[int]) -> list[int]:
    """For each case of a bundle, in how many worlds its alarm stood where it was planted."""
    one = BUNDLES[bundle]
    totals = [0] * len(one.cases)
    for seed in seeds:
        world = one.make(seed)
        marks = [case.plant(world) for case in one.cases]
        model = world.model()
        for place, (case, mark) in enumerate(zip(one.cases, marks, strict=True)):
            totals[place] += is_found(case, mark, world, model)
    return totals


def alarms_of(clean: str, seeds: Iterable[int]) -> dict[str, int]:
    """In how many clean worlds of a family each alarm stood."""
    totals: dict[str, int] = {}
    for seed in seeds:
        for code in {check.check for check in CLEAN[clean](seed).model().health}:
            totals[code] = totals.get(code, 0) + 1
    return totals


def counted(bundle: str, found: list[int], alarms: dict[str, int], times: int) -> list[Count]:
    """The counts of a bundle, beside the alarms of its clean twins."""
    return [
        Count(case.code.value, case.title, n, alarms.get(case.code.value, 0), times)
        for case, n in zip(BUNDLES[bundle].cases, found, strict=True)
    ]
