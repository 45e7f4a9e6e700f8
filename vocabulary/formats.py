"""Numbers, money and dates as a French or an English reader writes them (Babel's CLDR data)."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from vocabulary.estimate import Unit
from vocabulary.language import Language

_LOCALE = {"fr": "fr_FR", "en": "en_GB"}
_PLURALS: dict[Unit, dict[Language, tuple[str, str]]] = {
    Unit.DAYS: {"fr": ("jour", "jours"), "en": ("day", "days")},
    Unit.MONTHS: {"fr": ("mois", "mois"), "en": ("month", "months")},
    Unit.YEARS: {"fr": ("an", "ans"), "en": ("year", "years")},
}


def decimals(value: float, unit: Unit, n: int | None = None) -> int:
    """Decide how many decimals a number deserves, so that no precision is claimed that n does not carry."""
    size = abs(value)
    if unit in (Unit.RATIO, Unit.POINTS):
        return 1 if n is None or n >= 200 or 0 < size < 0.01 else 0
    if unit in (Unit.CUSTOMERS, Unit.ORDERS, Unit.COUNT):
        return 0 if float(value).is_integer() or size >= 100 else 1
    if unit is Unit.MONEY:
        return 0 if size >= 1000 else 2
    if unit in (Unit.DAYS, Unit.MONTHS, Unit.YEARS):
        return 0 if size >= 10 or float(value).is_integer() else 1
    if unit is Unit.P_VALUE:
        return 3
    if unit in (Unit.ODDS_RATIO, Unit.SCORE):
        return 2 if size < 10 else 1
    return 0 if float(value).is_integer() else (2 if size < 1000 else 0)


def decimals_of_both(low: float, high: float, unit: Unit, n: int | None = None) -> int:
    """How many decimals the two ends of an interval are written with: as many at one as at the other.

    Of money and of time, as few as the larger end bears; of anything else, as many as the finer end needs.
    """
    places = decimals(low, unit, n), decimals(high, unit, n)
    return min(places) if unit in (Unit.MONEY, *_PLURALS) else max(places)


def number(value: float, unit: Unit, language: Language, *, currency: str | None = None, n: int | None = None, whole: bool = False, places: int | None = None) -> str:
    """Write a number in its unit.

    Args:
        value: in the unit's own scale (a ratio is 0..1).
        unit: what it counts.
        language: the reader's.
        currency: ISO code for `Unit.MONEY`; a bare number when unknown.
        n: cases behind it, to choose the decimals.
        whole: no decimals, for an amount that is an assumption.
        places: how many decimals, where another number beside it says how many.
    """
    locale = _LOCALE[language]
    places = 0 if whole else decimals(value, unit, n) if places is None else places
    pattern = "#,##0" + ("." + "0" * places if places else "")
    if unit is Unit.RATIO:
        return _signed(str(format_percent(value, pattern + ("\u202f%" if language == "fr" else "%"), locale=locale)))
    if unit is Unit.POINTS:
        return _signed(str(format_decimal(value * 100, pattern, locale=locale))) + (" points" if abs(value * 100) >= 2 else " point")
    if unit is Unit.MONEY and currency:
        shape = pattern + "\u00a0¤" if language == "fr" else "¤" + pattern
        written = str(format_currency(value, currency, shape, locale=locale, currency_digits=False))
        return _signed(written.replace("£GB", "£"))  # the one pound a French reader meets
    text = _signed(str(format_decimal(value, pattern, locale=locale)))
    if unit in _PLURALS:
        one, many = _PLURALS[unit][language]
        text += "\u00a0" + (one if abs(value) < 2 and language == "fr" or value == 1 else many)
    return text


def _signed(written: str) -> str:
    """A negative number with its minus sign, which a hyphen is not."""
    return written.replace("-", "\u2212", 1)


def agreed(words: str, count: float, language: Language) -> str:
    """Words whose endings « (s) » and « (x) » follow a count: in French, none and one are singular.

    Args:
        words: of ours, never of a file.
        count: of what they say.
        language: theirs.
    """
    one = abs(count) < 2 if language == "fr" else count == 1
    return words.replace("(s)", "" if one else "s").replace("(x)", "" if one else "x")


def day(value: date, language: Language) -> str:
    """Write a date in full: 1er mars 2026, 3 March 2026."""
    first = language == "fr" and value.day == 1
    return str(format_date(value, "d'er' MMMM y" if first else "d MMMM y", locale=_LOCALE[language]))


def month(value: date, language: Language) -> str:
    """Write a month: mars 2026, March 2026."""
    return str(format_date(value, "MMMM y", locale=_LOCALE[language]))
