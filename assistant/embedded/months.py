"""The months of a question, in both languages, and the days they begin and end on."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS = {
    name: place
    for place, names in enumerate(
        (
            "janvier january jan janv", "fevrier february feb fev fevr", "mars march mar", "avril april apr avr", "mai may",
            "juin june jun", "juillet july jul juil", "aout august aug", "septembre september sep sept",
            "octobre october oct", "novembre november nov", "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_FULL = "|".join(sorted((m for m in MONTHS if len(m) > 3 or m in ("mai", "may")), key=len, reverse=True))
_SHORT = "|".join(m for m in MONTHS if len(m) == 3 and m not in ("mai", "may"))
MONTH = rf"(?:(?:{_FULL})(?![a-z])|(?<=\d )(?:{_SHORT})(?![a-z])|(?:{_SHORT})(?= \d))"  # "from mairie", « de Marseille » name no month; "1 jan", "jan 2026" do
ANY_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"  # beside another month, a short name is one
YEAR = r"(?:19|20)\d\d"


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def shifted(day: date, months: int) -> date:
    """The same day some months earlier or later, or the month's last day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), month_end(year, month + 1))


def month_of(name: str, year: str | None, as_of: date) -> tuple[date, date]:
    """The month of that name, of the year said, else the last that has begun."""
    month = MONTHS[name]
    chosen = int(year) if year else as_of.year - (month > as_of.month)
    return date(chosen, month, 1), month_end(chosen, month)
