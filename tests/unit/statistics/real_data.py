"""Public files that are used when they are at hand and never shipped."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest


def rows_of(*parts: str) -> list[dict[str, str]]:
    """Read a CSV under NOCES_DATA (or ../shared/data beside the repository); skip the test when it is absent."""
    beside = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    path = Path(os.environ.get("NOCES_DATA", beside)).joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"{'/'.join(parts)} is not at hand")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
