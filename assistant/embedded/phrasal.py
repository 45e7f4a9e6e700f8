"""The house's own verb for leaving and for coming, read in its headers: « Move-Out », « Check-in », said as leaving and as joining."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.datamodel.model import ColumnType, LostBasis
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
    """The verb of two words that the date of departure is called by, and its opposite, or that the state of those who left is; None elsewhere."""
    dates = {(table.table, column.column) for table in study.model.tables for column in table.columns if column.type in (ColumnType.DATE, ColumnType.MOMENT)}
    bound = [(binding.role, [part for part in words(split_headers(binding.name)) if part not in _BESIDE]) for binding in study.model.bindings if (binding.table, binding.column) in dates]
    for role, said in bound:
        if role is Role.END_DATE and len(said) == 2 and said[1] in _AWAY and said[0].isalpha() and len(said[0]) >= _SHORTEST:
            back = (said[0], _HERE)
            return Moves((said[0], said[1]), back if any(tuple(other) == back for _, other in bound) else None)
    states = (words(value) for value in study.model.lost.lost_values) if study.model.lost.basis is LostBasis.LABEL else ()
    verbs = ((_infinitive(said[0]), said[1]) for said in states if len(said) == 2 and said[1] in _AWAY and said[0].endswith("ed"))
    return next((Moves(verb) for verb in verbs if len(verb[0]) >= _SHORTEST), None)


def _infinitive(participle: str) -> str:
    """« Dropped » as "drop", « signed » as "sign"."""
    stem = participle.removesuffix("ed")
    return stem[:-1] if len(stem) > _SHORTEST and stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem


def in_plain_verbs(text: str, moves: Moves | None) -> str:
    """The plain text with those verbs replaced: « who moved out », « how many move-ins ».

    Args:
        text: of the question.
        moves: of these files.
    """
    text = _HEARD.sub("acquisition channel", text)
    text = _CONNUS.sub("canal d'acquisition", text)
    if moves is None:
        return text
    text = _said(text, moves.gone, "departures", ("left", "leaving", "leave"))
    return text if moves.came is None else _said(text, moves.came, "new customers", ("joined", "joining", "join"))


_HEARD = re.compile(r"\bhow (?:they|people|customers|clients|members|pupils|students|patients|guests|users) (?:have |first )*(?:heard (?:about|of)|found(?: out about)?|discovered|got to know|came to) us\b")
_CONNUS = re.compile(r"\b(?:comment|la (?:facon|maniere) dont) (?:ils|elles|les clients|nos clients|les gens) nous ont (?:connue?s?|trouvee?s?|decouverte?s?)\b")


def _said(text: str, move: tuple[str, str], many: str, forms: tuple[str, str, str]) -> str:
    verb, particle = move
    stem = re.escape(verb.removesuffix("e"))
    doubled = f"{stem}{stem[-1]}?"
    past, going, simple = forms
    text = re.sub(rf"\b{re.escape(verb)}[- ]?{particle}(?= rates?\b)", "departure", text)
    text = re.sub(rf"\b{re.escape(verb)}[- ]?{particle}s\b", many, text)
    text = re.sub(rf"\b{doubled}(?:e?d)[- ]{particle}\b", past, text)
    text = re.sub(rf"\b{doubled}(?:ing)[- ]{particle}\b", going, text)
    return re.sub(rf"\b{re.escape(verb)}s? {particle}\b", simple, text)
