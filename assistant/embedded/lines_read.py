"""What is read of the lines of a file once its words are: notes that were given, periods moved back, a number counted in hours, the kind that is counted."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from analytics.datamodel.roles import Role, TableKind
from assistant.embedded.dialogue import moved_back
from assistant.embedded.ended_lines import COUNTED
from assistant.embedded.filters import Filter
from assistant.embedded.given_back import amount_of
from assistant.embedded.headers import unit_of_time
from assistant.embedded.ideas import split_headers
from assistant.embedded.measuring import STATISTICS
from assistant.embedded.record_tables import RecordTable
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words

_LONG = 5  # letters of a value, of a verb, that tell which file is meant


def notes_counted(text: str, slots: Slots, table: RecordTable, *, named: bool) -> None:
    """« Combien d'avis à une étoile »: answers are counted, and their notes not added up.

    Args:
        text: the plain question.
        slots: what was read; put right in place.
        table: the file asked about.
        named: whether its lines are named.
    """
    noted = {found.name for found in table.columns.numeric() if found.role in (Role.SATISFACTION, Role.NPS)}
    given = _GIVEN.search(text)
    lacking = slots.measure == "mean" and given is not None and given["no"] is not None and not _AVERAGE.search(text)  # "tickets with no csat"
    if slots.column in noted and named and (lacking or (slots.measure == "sum" and COUNTED.search(text))):
        if given is not None and not any(held.field == slots.column for held in slots.filters):  # "how many tickets have a csat score?"
            slots.filters.append(Filter(str(slots.column), "is null" if given["no"] else "is not null", (), on_purchases=True))
        slots.measure, slots.column = "records", None


_AVERAGE = re.compile(r"\b(?:moyen\w*|average|mean|median\w*)\b")
_GIVEN = re.compile(r"\b(?:(?P<no>(?:have|has|had|with) no|without(?: an?)?|sans|n'(?:ont|a) (?:pas|aucune?))|have|has|had|with|got|ont|avec|ayant)\b")


def moved_as_asked(question: str, slots: Slots, before: Mapping[str, Any] | None, as_of: date) -> None:
    """« Et l'année d'avant ? », of lines too: the period of the turn before, moved back.

    Args:
        question: as typed.
        slots: what was read; put right in place.
        before: the query of the turn it leans on.
        as_of: the last day the files tell of.
    """
    held = before.get("period") if before is not None else None
    moved = moved_back(question, held, as_of) if isinstance(held, Mapping) else None
    if moved is not None:
        slots.period = moved
        slots.unexplained = [word for word in slots.unexplained if word not in words(plain(question)[slice(*moved.span)])]


def told_in_time(slots: Slots) -> None:
    """« Temps de première réponse », "first reply time" of « First Reply (h) »: a number counted in hours or days is a time.

    Args:
        slots: what was read; put right in place.
    """
    if slots.column is not None and unit_of_time(slots.column) is not None:
        slots.unexplained = [word for word in slots.unexplained if word not in _TIME_SAID]


def in_its_words(text: str, tables: Sequence[RecordTable]) -> tuple[str, RecordTable, str] | None:
    """« Délai de première réponse » where a file counts « Délai 1re réponse (h) »: that column is named, and no days between two dates are counted.

    Args:
        text: the plain question.
        tables: that can be asked about.

    Returns:
        The question without the words that name the column, the file and the column; None where none is named.
    """
    said = {_ORDINALS.get(word, word) for word in words(text)}
    for table in tables if _TIME_ASKED.search(text) else ():
        for found in table.columns.numeric() if table.kind not in _SOLD_OR_WHO else ():
            counted = unit_of_time(found.name) if found.on_purchases else None
            told = set() if counted is None else {_ORDINALS.get(word, word) for word in words(counted[0])} - _TIME_SAID - _LINKS
            if told - {"premiere"} and told - {"premiere"} <= said:  # « temps de réponse »: the one that is counted
                return _without(text, told | _TIME_SAID), table, found.name
    return None


def _without(text: str, spoken: Collection[str]) -> str:
    """The plain question without some words, nor the preposition that announces each."""

    def left(match: re.Match[str]) -> str:
        word = words(match.group())[-1]
        return " " if _ORDINALS.get(word, word) in spoken else match.group()

    return " ".join(re.sub(r"(?:\b(?:de|d'|of) ?)?\b[a-z0-9]+\b", left, text).split())


_SOLD_OR_WHO = (TableKind.CUSTOMERS, TableKind.TRANSACTIONS, TableKind.ORDER_LINES)  # their numbers are told of customers and of purchases


def timed(column: str, slots: Slots, text: str) -> None:
    """The mean of a column of hours or days that is named, or the other statistic that is asked.

    Args:
        column: the header.
        slots: what was read; put right in place.
        text: the plain question.
    """
    asked = next((name for name, pattern in STATISTICS if pattern.search(text)), None)
    slots.measure, slots.column = asked if asked in ("median", "min", "max") else "mean", column
    slots.unexplained = [word for word in slots.unexplained if word not in _TIME_SAID]


_ORDINALS = {"1re": "premiere", "1ere": "premiere", "1er": "premiere", "premier": "premiere", "first": "premiere", "1st": "premiere"}
_LINKS = frozenset("de du des d la le les l a au of the to".split())
_TIME_ASKED = re.compile(r"\b(?:temps|delais?|durees?|times?|delays?|duration|how long|combien (?:de temps|d'heures|de jours))\b")
_TIME_SAID = frozenset("time times temps delay delays delai delais duration duree".split())


def value_counted(text: str, slots: Slots) -> bool:
    """Whether what is counted is one kind of the lines: "how many bugs from Enterprise accounts" counts bugs, and nobody.

    Args:
        text: the plain question.
        slots: what was read.
    """
    said = [" ".join(words(str(value))) for held in slots.filters if held.on_purchases and held.operator == "=" for value in held.values]
    return any(re.search(rf"\b(?:how many|number of|combien (?:de |d')|nombre (?:de |d'))(?: ?[a-z]+)?? ?{re.escape(value)}s?\b", text) for value in said if value)


def says_a_value(text: str, table: RecordTable) -> bool:
    """Whether a value of several letters that stands on the lines of a file is said: of two files of payments, those of « Installation ».

    Args:
        text: the plain question.
        table: the file.
    """
    said = f" {' '.join(words(text))} "
    own = (" ".join(words(value)) for found in table.columns.fields if found.on_purchases for value in found.values)
    return any(len(value) >= _LONG and f" {value} " in said for value in own)


def called_like(text: str, table: RecordTable) -> bool:
    """Whether a file, or the day or the amount of its lines, is called after a verb that is said: "collect" and « Collection Date ».

    Args:
        text: the plain question.
        table: the file.
    """
    own = {part for name in (table.name, table.day or "", amount_of(table) or "") for part in words(split_headers(name))}
    stems = {re.sub(r"(?:ed|ing|s)$", "", word) for word in words(text)}
    return any(len(stem) >= _LONG and any(part.startswith(stem) for part in own) for stem in stems)


_ASKING = frozenset("and et so ok alors donc mais but what which who whom whose when how quoi quel quelle quels quelles qui dont de du d sur par pour for with avec in en a to at on about the le la les l their leur leurs".split())


def header_alone(text: str, slots: Slots, table: RecordTable, *, follows: bool) -> None:
    """« Sur quel sujet ? », "about what?" after the lines of a file were counted: the one header the question bears, be it an everyday word, splits them.

    Args:
        text: the plain question.
        slots: what was read; put right in place.
        table: the file.
        follows: whether it goes on from the lines of the file.
    """
    if not follows or slots.by or slots.time or slots.filters or slots.period or slots.measure:
        return
    said = words(text)
    headers = ((found, words(split_headers(found.name))) for found in table.columns.fields if found.on_purchases and found.values)
    named = [(found, header) for found, header in headers if header and set(header) <= set(said) and set(said) - set(header) <= _ASKING and len(said) > len(header)]
    if len(named) == 1:
        slots.by, slots.unexplained, slots.unread, slots.unknown_group = [named[0][0].name], [], [], None
