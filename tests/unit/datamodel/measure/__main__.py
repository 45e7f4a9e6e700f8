"""Measure every detector on two hundred planted worlds and two hundred clean twins, and publish the counts.

    python -m tests.unit.datamodel.measure [CODE ...]

writes the table of `docs/health.md`, or only the rows of the checks named. About twenty minutes of one processor for all,
shared among those of the machine.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor

from tests.unit.datamodel.measure.cases import BUNDLES, CLEAN
from tests.unit.datamodel.measure.count import SEEDS, Count, alarms_of, counted, found_in
from tests.unit.datamodel.measure.publish import publish
from tests.unit.datamodel.measure.reduced import REDUCED, measured, measured_names


def _reduced(place: int) -> Count:
    return measured(REDUCED[place], SEEDS)


def main(codes: set[str]) -> None:
    """Count, print each count as it is known, write the table."""
    bundles = {
        name: bundle for name, bundle in BUNDLES.items()
        if not codes or codes & {case.code.value for case in bundle.cases}
    }  # fmt: skip
    places = [place for place, case in enumerate(REDUCED) if not codes or case.code.value in codes]
    counts: list[Count] = []
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        twins = {bundle.twin for bundle in bundles.values()}
        alarms = {name: pool.submit(alarms_of, name, SEEDS) for name in CLEAN if name in twins}
        reduced = [pool.submit(_reduced, place) for place in places]
        found = {name: pool.submit(found_in, name, SEEDS) for name in bundles}
        for one in reduced:
            counts += _said([one.result()], codes)
        for name, bundle in bundles.items():
            counts += _said(counted(name, found[name].result(), alarms[bundle.twin].result(), len(SEEDS)), codes)
    publish(counts, measured_names())


def _said(counts: list[Count], codes: set[str]) -> list[Count]:
    kept = [count for count in counts if not codes or count.code in codes]
    for count in kept:
        print(f"{count.code:26} {count.found:4} {count.false:4} of {count.times}  {count.title}", flush=True)
    return kept


if __name__ == "__main__":
    main(set(sys.argv[1:]))
