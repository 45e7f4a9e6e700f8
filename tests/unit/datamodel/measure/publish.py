"""The published table: written between two marks of `docs/health.md`, and read back by the tests."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from analytics.datamodel.health import HealthCode
from tests.unit.datamodel.measure.cases import BUNDLES
from tests.unit.datamodel.measure.count import SEEDS, Count, alarms_of, counted, found_in

PAGE = Path(__file__).parents[4] / "docs" / "health.md"
_BEGIN, _END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
_ROW = re.compile(r"^\| `(\w+)` \| (.+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


def publish(counts: Iterable[Count], measured: Collection[tuple[str, str]]) -> None:
    """Write the counts into the page, in the order of the closed list of checks.

    Args:
        counts: those just made; the other rows of the page stay.
        measured: code and title of all that is measured; rows that no longer are go.
    """
    order = {code.value: place for place, code in enumerate(HealthCode)}
    known = {(count.code, count.title): count for count in (*published(), *counts)}
    known = {name: count for name, count in known.items() if name in measured}
    rows = sorted(known.values(), key=lambda count: (order[count.code], count.title))
    table = "| check | planted | found | false alarms | worlds and twins |\n|---|---|---:|---:|---:|\n" + "".join(
        f"| `{count.code}` | {count.title} | {count.found} | {count.false} | {count.times} |\n" for count in rows
    )
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(_BEGIN)[0], text.split(_END)[1]
    PAGE.write_text(f"{before}{_BEGIN}{table}{_END}{after}", encoding="utf-8")


def as_published(bundle: str) -> None:
    """Count a bundle again: 190 found at least and 10 false alarms at most, as the page says within three."""
    told = {(count.code, count.title): count for count in published()}
    for count in counted(bundle, found_in(bundle, SEEDS), _alarms(BUNDLES[bundle].twin), len(SEEDS)):
        assert count.found >= 190 and count.false <= 10, count
        page = told[count.code, count.title]
        assert abs(page.found - count.found) <= 3 and abs(page.false - count.false) <= 3, (page, count)


@cache
def _alarms(clean: str) -> dict[str, int]:
    return alarms_of(clean, SEEDS)


def published() -> list[Count]:
    """The counts the page gives."""
    between = PAGE.read_text(encoding="utf-8").split(_BEGIN)[1].split(_END)[0]
    return [Count(code, title, int(n), int(false), int(times)) for code, title, n, false, times in _ROW.findall(between)]
