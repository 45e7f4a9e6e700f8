"""The SQL files of this folder, as templates."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def statement(name: str) -> str:
    """The text of `<name>.sql`, its comments included: it is shown as evidence."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; the last of February for a 29th that does not exist."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
