"""The periods of a question: the one asked about, the one it is compared with, the days since which nothing was bought."""

from __future__ import annotations

import re
from datetime import date

from assistant.embedded.bought_then import bought_then
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.periods import Period, beside, find_periods
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens

_COMPARE = re.compile(r"\b(compar\w*|vs\.?|versus|par rapport|contre|against|face a|relative to|(?:than|que)(?! \d))\b")  # "more than 1 order in 2026" compares no period


def periods_said(tokens: Tokens, slots: Slots, as_of: date, columns: Columns, *, after: bool = False) -> None:
    """Read the period of a question, what it is compared with, and when customers bought too, or nothing.

    Args:
        tokens: the question; what is read of it is taken.
        slots: filled in place.
        as_of: the day "last year" is said from.
        columns: what the data can be asked about.
        after: the turn before counted who bought in a period.
    """
    read = [period for period in find_periods(tokens.text, as_of) if not _of_the_house(period, tokens, columns)]
    for period in read:
        tokens.take_span(*period.span)
    named, slots.compare = beside(read)
    found = _spans(named, tokens.text)
    found = bought_then(found, tokens, slots, after=after)
    denied = [period for period in found if _DENIED.search(tokens.text[max(0, period.span[0] - 14) : period.span[0]])]
    slots.unread += [tokens.text[period.span[0] : period.span[1]] for period in denied]
    found = [period for period in found if period not in denied]
    compared = [
        period for period in found
        if (match := _COMPARE.search(tokens.text, max(0, period.span[0] - 28), period.span[0])) is not None and not _read(tokens, match.span())
        and not (len(found) == 1 and _over_which(tokens, columns, match.end(), period))
    ]
    if slots.compare is None and len(found) > 1 and _TO_COMPARE.match(tokens.text):
        compared = found  # « compare le 3e trimestre au 2e »: said once, of both
    plain_ones = [period for period in found if period not in compared]
    if plain_ones and _silent_since(plain_ones[0], tokens, slots, as_of, columns):
        plain_ones = plain_ones[1:]
    if plain_ones:
        slots.period = plain_ones[0]
    if slots.compare is not None:
        return
    if compared:
        slots.compare = compared[0]
        if slots.period is None and len(compared) > 1:
            slots.period, slots.compare = compared[0], compared[1]
    elif len(plain_ones) > 1:
        _several(plain_ones, tokens, slots)


def _over_which(tokens: Tokens, columns: Columns, start: int, period: Period) -> bool:
    """« Compare Nantes et Lille en 2025 »: two values stand between, compared over that year; « comparé à 2024 » sets a year beside another."""
    if _BETWEEN_VALUES.search(tokens.text[:start]) and not _BESIDE.search(tokens.text[start : period.span[0]]):
        return _two_of_one_column(tokens, columns, start)  # « compare le CA 2025 de Nantes et de Lille »
    if not _OVER.search(f"{tokens.text[: period.span[0]]}{tokens.text[slice(*period.span)].split(' ')[0]} "[start:]):
        return False
    between = f" {' '.join(words(tokens.text[start : period.span[0]]))} "
    told = {plain(value) for field in columns.fields for value in field.values if f" {' '.join(words(value))} " in between}
    return len(told) >= len(("one", "other"))


def _two_of_one_column(tokens: Tokens, columns: Columns, start: int) -> bool:
    said = f" {' '.join(words(tokens.text[start:]))} "
    return any(sum(f" {' '.join(words(value))} " in said for value in field.values) > 1 for field in columns.fields)


_BETWEEN_VALUES = re.compile(r"\b(?:compare[rz]?|comparons|comparaison|comparison|compares)$")
_BESIDE = re.compile(r"\b(?:a|au|aux|avec|to|with|against|contre|vs\.?|than|que)(?: (?:l'|la |le |celui de |the )?(?:annee |year )?)?\s*$")
_OVER = re.compile(r"\b(?:en|in|sur|pour|pendant|during|over|for)(?: l'annee| the year)? (?:[\w-]+ )?$")
_TO_COMPARE = re.compile(r"compar\w*\b")
_SILENT = re.compile(
    r"\b(?:n'(?:a|ont|est|sont)|ne (?:sont|s'est|se sont)|have not|haven't|has not|hasn't|did not|didn't|(?:pas|aucun\w*|no|sans|without)(?: any| de)?(?= (?:achat|commande|order|purchase)))"
    r"(?: (?:pas|plus|rien|not|ever|encore|toujours|yet))?(?: (?:ete|fait|passe|placed|made))?(?: (?:de|d'|une?|any|an?|anything))*"
    r" ?(?:achete\w*|commande\w*|revenu\w*|venu\w*|reserve\w*|achats?|ordered|orders?|bought|purchas\w*|come(?: back)?|visited|booked|been back|returned)"
    r"(?: (?:chez nous|from us|anything|quoi que ce soit|again))? $"
)


def _silent_since(period: Period, tokens: Tokens, slots: Slots, as_of: date, columns: Columns) -> bool:
    """« N'ont rien commandé depuis janvier 2024 »: whose last purchase is older than that day; read, and true."""
    since = re.match(r"(?:depuis|since)\b", tokens.text[period.span[0] :])
    silent = _SILENT.search(tokens.text[: period.span[0]])
    if since is None or silent is None or columns.named("recency_days") is None:
        return False
    tokens.take_span(silent.start(), period.span[1])
    slots.filters.append(Filter("recency_days", ">", ((as_of - period.start).days,), at=tokens.at(silent)))
    return True


def _of_the_house(period: Period, tokens: Tokens, columns: Columns) -> bool:
    """« Tournée T2 »: a value of the column named just before it is no quarter; nor is half of "2023/2024", a season of the files, a year."""
    if _within_a_season(period, tokens, columns):
        return True
    said, place = tokens.text[slice(*period.span)], tokens.after(period.span[0])
    before = (tokens.ideas[place - 1],) if 0 < place < len(tokens) else ()
    alone = len(tokens) <= _ALONE  # « T3 ? » after « tournée T2 »
    return any((alone or before in field.aliases) and any(plain(value) == said for value in field.values) for field in columns.fields)


def _within_a_season(period: Period, tokens: Tokens, columns: Columns) -> bool:
    seasons = {plain(value) for field in columns.fields for value in field.values if _TWO_YEARS.fullmatch(value.strip())}
    return any(found.start() <= period.span[0] and period.span[1] <= found.end() and found.group() in seasons for found in _TWO_YEARS.finditer(tokens.text))


_TWO_YEARS = re.compile(r"(?:19|20)\d\d ?[-/–] ?(?:(?:19|20)\d\d|\d\d)(?!\d)")
_ALONE = 3  # words


def _read(tokens: Tokens, span: tuple[int, int]) -> bool:
    """Whether the words of a stretch were taken: « Red vs White this year » compares no period."""
    return all(place in tokens.taken for place, (low, high) in enumerate(tokens.spans) if low < span[1] and span[0] < high)


_DENIED = re.compile(r"\b(not|pas|sauf|except|excluding|hors|sans)\b(?: \w+)?\s*$")
_LINKED = re.compile(r"^\s*(?:et|and|a|au|to|until|jusqu'au|-)\s*(?:le |the )?$")


def _spans(found: list[Period], text: str) -> list[Period]:
    """Two days linked by "to" are one period."""
    joined: list[Period] = []
    for period in found:
        last = joined[-1] if joined else None
        days = last is not None and last.start == last.end and period.start == period.end and last.end < period.start
        if last is not None and days and _LINKED.match(text[last.span[1] : period.span[0]]):
            joined[-1] = Period(last.start, period.end, (last.span[0], period.span[1]))
        else:
            joined.append(period)
    return joined


def _several(found: list[Period], tokens: Tokens, slots: Slots) -> None:
    """« 2022 et 2023 »: both, one beside the other; else the second is what the first is compared with."""
    first, second = found[0], found[1]
    between = tokens.text[first.span[1] : second.span[0]]
    years = [period.start.year for period in found]
    whole = all((period.end - period.start).days >= 364 for period in found)
    if whole and re.search(r"\b(et|and|,)\b|,", between) and years == list(range(years[0], years[0] + len(years))):
        slots.period, slots.compare, slots.time = Period(first.start, found[-1].end, first.span), None, "year"
    else:
        slots.compare = second
