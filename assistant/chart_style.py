"""What all charts share: colours on each background, the words of a locale, the rhythm of axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from babel.numbers import get_currency_symbol

from vocabulary.estimate import Unit
from vocabulary.language import Language


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a chart on one background: accent, categories (accent first), a scale, lines over bars, words."""

    accent: str
    categories: tuple[str, ...]
    sequential: tuple[str, ...]
    rule: str
    words: str
    grid: str


# One calm family, told apart by colour-blind readers; each colour at least 3 to 1 against its background.
LIGHT = Palette(
    "#b5522a",
    ("#b5522a", "#2f6f73", "#b07a14", "#6b5b95", "#6b7c4d", "#a0526f", "#4f759e", "#80756c"),
    ("#f6ebe4", "#e3b9a1", "#cc8159", "#b5522a", "#7d3518"), "#3d322d", "#4a403a", "#e2d9d1",
)  # fmt: skip
DARK = Palette(
    "#e08a5f",
    ("#e08a5f", "#6cb3b5", "#e3b44f", "#a896d6", "#a3b783", "#d68aa6", "#8db0d8", "#b5aaa1"),
    ("#3a2c24", "#6b432f", "#a2603f", "#e08a5f", "#f6c4a5"), "#f3ebe4", "#d5cac1", "#453c35",
)  # fmt: skip

LOCALE_FR: dict[str, Any] = {
    "number": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"], "percent": "\u202f%"},
    "time": {
        "dateTime": "%A %e %B %Y à %X", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["", ""],
        "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
        "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
        "months": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                   "novembre", "décembre"],
        "shortMonths": ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    },
}  # fmt: skip


LOCALE_EN: dict[str, Any] = {
    "number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["£", ""]},
    "time": {
        "dateTime": "%A %e %B %Y %X", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["AM", "PM"],
        "days": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        "shortDays": ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        "months": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                   "November", "December"],
        "shortMonths": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    },
}  # fmt: skip


def config(language: Language, palette: Palette) -> dict[str, Any]:
    """The part of a spec that says how everything looks."""
    words: dict[str, Any] = {"labelFontSize": 12, "labelColor": palette.words, "titleColor": palette.words}
    config: dict[str, Any] = {
        "view": {"stroke": None},
        "aria": False,  # the words of the whole chart are given once; each mark would be read out as "c0: 169.9; c1: ..."
        "axis": {**words, "gridColor": palette.grid, "titleFontSize": 12, "titleFontWeight": "normal"},
        "legend": words,
        "font": "Source Sans Pro, Source Sans, sans-serif",
        "locale": LOCALE_FR if language == "fr" else LOCALE_EN,
    }
    return config


_FEW_DAYS = 6


def number_format(unit: Unit | None, reach: Sequence[float]) -> str:
    """How an axis writes its numbers, so that two ticks never read the same.

    Args:
        unit: of the numbers.
        reach: the numbers drawn, and zero when the axis starts there.
    """
    wide = max(reach, default=1.0) - min(reach, default=0.0)
    if unit is Unit.RATIO:
        return ".0%" if wide >= 0.04 else ".1%" if wide >= 0.004 else ".2%"
    if unit is Unit.MONEY and wide >= 10_000:
        return "~s"
    return ",~f" if wide >= 4 else ",.2~f"


def money_labels(reach: Sequence[float], language: Language, currency: str | None) -> str | None:
    """What writes the ticks of an axis of large amounts, in the reader's own words: 100 k€, £1.5M; None when it needs none.

    The format of the drawing library ends in a bare k or M, and writes no thousand, no million and no currency as French does.

    Args:
        reach: the numbers drawn, and zero when the axis starts there.
        language: of the words.
        currency: ISO code, when the files tell it.
    """
    far = max((abs(value) for value in reach), default=0.0)
    if max(reach, default=1.0) - min(reach, default=0.0) < 10_000:
        return None
    size, ending = (1e6, "M") if far >= 1e6 else (1e3, "k")
    sign = str(get_currency_symbol(currency, locale="fr_FR" if language == "fr" else "en_GB")).replace("£GB", "£") if currency else ""
    number = f"format(datum.value / {size:g}, ',~f')"
    if language == "fr":
        return f"datum.value === 0 ? '0' : {number} + '\u202f{ending}{sign}'"
    return f"datum.value === 0 ? '0' : '{sign}' + {number} + '{ending}'"


def date_axis(days: Sequence[date]) -> dict[str, Any]:
    """The axis of dates, in order: one mark a day shown when they are few, else whole months or years, some six of them."""
    first, last = days[0], days[-1]
    months = (last.year - first.year) * 12 + last.month - first.month
    axis: dict[str, Any] = {"title": None, "grid": False, "labelOverlap": True}
    if any((after - before).days < 28 for before, after in pairwise(days)):
        return {**axis, "format": "%d %b" if months < 10 else "%b %Y", "tickCount": 5}
    if len(days) <= _FEW_DAYS:
        marks = [{"year": day.year, "month": day.month, "date": day.day} for day in days]
        return {**axis, "format": "%b %Y", "values": marks}
    if months <= 30:
        step = 2 if months <= 11 else 3 if months <= 17 else 6
        return {**axis, "format": "%b %Y", "tickCount": {"interval": "month", "step": step}}
    return {**axis, "format": "%Y", "tickCount": {"interval": "year", "step": 1 + (months // 12) // 8}}
