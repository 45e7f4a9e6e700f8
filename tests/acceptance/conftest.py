"""Real files to check against published figures: beside the project, never in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("NOCES_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real files; the test is skipped on a machine that has none."""
    if not DATA.is_dir():
        pytest.skip("the real files are not on this machine (set NOCES_DATA)")
    return DATA
