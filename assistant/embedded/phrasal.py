"""The house's own verb for leaving and for coming, read in its headers: « Move-Out », « Check-in », said as leaving and as joining."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.study import Study
from assistant.embedded.ideas import split_headers
from assistant.embedded.text import words

_AWAY, _HERE = frozenset("out off away".split()), "in"
_BESIDE = frozenset("date day on at of the time dt".split())  # words of a header that say it is a date
_SHORTEST = 3  # letters of a verb


@dataclass(frozen=True, slots=True)
class Moves:
    """How these files say leaving, and coming.

    Args:
        gone: the verb and its particle, as « move out ».
        came: likewise, as « move in », where a date is called so.
    """

    gone: tuple[str, str]
    came: tuple[str, str] | None = None


def moves_told(study: Study) -> Moves | None:
    """The verb of two words that the date of departure is called by, and its opposite; None where it is called otherwise."""
    dates = {(table.table, column.column) for table in study.model.tables for column in table.columns if column.type in (ColumnType.DATE, ColumnType.MOMENT)}
    bound = [(binding.role, [part for part in words(split_headers(binding.name)) if part not in _BESIDE]) for binding in study.model.bindings if (binding.table, binding.column) in dates]
    for role, said in bound:
        if role is Role.END_DATE and len(said) == 2 and said[1] in _AWAY and said[0].isalpha() and len(said[0]) >= _SHORTEST:
            back = (said[0], _HERE)
            return Moves((said[0], said[1]), back if any(tuple(other) == back for _, other in bound) else None)
    return None


def in_plain_verbs(text: str, moves: Moves | None) -> str:
    """The plain text with those verbs replaced: « who moved out », « how many move-ins ».

    Args:
        text: of the question.
        moves: of these files.
    """
    if moves is None:
        return text
    text = _said(text, moves.gone, "departures", ("left", "leaving", "leave"))
    return text if moves.came is None else _said(text, moves.came, "new customers", ("joined", "joining", "join"))


def _said(text: str, move: tuple[str, str], many: str, forms: tuple[str, str, str]) -> str:
    verb, particle = move
    stem = re.escape(verb.removesuffix("e"))
    doubled = f"{stem}{stem[-1]}?"
    past, going, simple = forms
    text = re.sub(rf"\b{re.escape(verb)}[- ]?{particle}s\b", many, text)
    text = re.sub(rf"\b{doubled}(?:e?d)[- ]{particle}\b", past, text)
    text = re.sub(rf"\b{doubled}(?:ing)[- ]{particle}\b", going, text)
    return re.sub(rf"\b{re.escape(verb)}s? {particle}\b", simple, text)
