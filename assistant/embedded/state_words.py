"""The words of the label that says who left, where it is asked by its own values: « enrolled learners », « how many are withdrawn? »."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from analytics.datamodel.model import LostBasis
from analytics.study import Study
from assistant.embedded.measuring import PERSON
from assistant.embedded.text import words

_SHORTEST = 4  # letters of a state
_TAKEN = frozenset("true false lost perdu perdue left parti partie active actif actives actifs inactive inactif churned retained current other autre unknown inconnu none".split())
_IS = r"(?:is|are|were|still|currently|now|being|sont|est|etaient|encore|toujours|actuellement)"
_HERE, _GONE = ("active", "actifs"), ("left", "partis")


def states_called(study: Study) -> Mapping[str, bool]:
    """The one-word values of the label, plain, and whether each says that the customer left.

    Args:
        study: the data; nothing where a date or a silence tells who left.
    """
    lost = study.model.lost
    if lost.basis is not LostBasis.LABEL or lost.column is None:
        return {}
    gone = {value.lower() for value in lost.lost_values}
    places = {(binding.table, binding.column) for binding in study.model.bindings if binding.name == lost.column}
    values = (value for table in study.model.tables for column in table.columns if (table.table, column.column) in places for value, _ in column.top)
    told: dict[str, bool] = {}
    for value in values:
        said = words(value)
        if len(said) == 1 and len(said[0]) >= _SHORTEST and said[0].isalpha() and said[0] not in _TAKEN:
            told[said[0]] = value.lower() in gone
    return told if len(set(told.values())) == 2 or len(told) == 1 else {}


def by_their_state(text: str, states: Mapping[str, bool], fields: Collection[str], *, english: bool) -> str:
    """The plain text with those words said as who is still here and who left: of people, and now (« who enrolled in 2025 » is no state).

    Args:
        text: of the question, its words for people said as customers.
        states: of `states_called`.
        fields: plain values that a column of their own holds, which are read as they are.
        english: whether the question is.
    """
    for word, gone in states.items():
        if word in fields:
            continue
        usual = (_GONE if gone else _HERE)[0 if english else 1]
        agreed = rf"{re.escape(word)}(?:e?s)?"
        text = re.sub(rf"(?P<before>\b{_IS} ){agreed}\b(?! (?:since|depuis|in (?:19|20)\d\d|en (?:19|20)\d\d)\b)", rf"\g<before>{usual}", text)
        text = re.sub(rf"\b{agreed}(?= {PERSON.pattern})", usual, text) if english else re.sub(rf"(?P<who>{PERSON.pattern}) {agreed}\b(?! (?:en|depuis|par|a|au|avec)\b)", rf"\g<who> {usual}", text)
    return text
