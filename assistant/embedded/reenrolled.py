"""« Combien de familles ne se sont pas réinscrites ? », "re-enrolment rate": of those of each season, who is in none of the next."""

from __future__ import annotations

import re
from datetime import date

from analytics.study import Study
from assistant.answer import Reading, Step
from assistant.embedded import wording
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns
from assistant.embedded.slots import read_slots
from assistant.embedded.sureness import READ
from assistant.embedded.text import plain

_AGAIN = re.compile(r"\b(?:re-?inscri\w*|re-?inscrire|re-?enrol\w*|re-?adh[ei]r\w*|re-?register\w*|re-?registration\w*|re-?join\w*)\b")
_OTHERWISE = re.compile(r"\b(?:pourquoi|why|qui|who|quels?|quelles?|which|what is|c'est quoi|veut dire|signifie|mean\w*|comment|how to|relancer|quand|when|faut)\b")
_COUNTED = re.compile(r"\b(?:combien|how many|nombre|number|taux|rates?|part|share|proportion|pourcentage|percentage|evolution|%)")


def of_those_enrolled_again(question: str, study: Study, columns: Columns, as_of: date, known: frozenset[str]) -> Reading | None:
    """The rate of those who did not enrol again, season after season, where that is how who is lost is told; None of any other question.

    Args:
        question: in usual words.
        study: the data.
        columns: what the data can be asked about.
        as_of: the day "last year" is said from.
        known: plain words of ordinary questions.
    """
    text, lost = plain(question), study.model.lost
    if not study.model.seasons or lost.column is None or lost.table != study.model.seasons[0].table or study.attribute(lost.column) is None:
        return None
    if not _AGAIN.search(text) or not _COUNTED.search(text) or _OTHERWISE.search(text):
        return None
    slots = read_slots(_AGAIN.sub(" ", text), columns, as_of, known)
    if any(name != lost.column for name in slots.by) or any(found.on_purchases for found in slots.filters):
        return None
    told = [found.to_json() for found in slots.filters if found.field not in ("lost", "lost_on")]
    arguments = {"by": lost.column, **({"segment": told} if told else {})}
    return Reading("answered", (Step("churn_rate", arguments),), READ, wording.understood(Prepared("churn_rate", arguments), columns))


_THIS = re.compile(r"\b(?:cette saison(?:-ci)?|(?:la |l')?(?:saison|annee scolaire) (?:en cours|actuelle|courante)|cette annee scolaire|(?:this|the current|current) (?:season|school year))\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:(?:la )?saison (?:derniere|dernière|passee|passée|precedente|précédente)|(?:last|the previous|previous) season)\b", re.IGNORECASE)


def seasons_named(question: str, study: Study) -> str:
    """The question with « cette saison », "last season" said by the name the files give it.

    Args:
        question: as typed.
        study: the data.
    """
    if not study.model.seasons or not (_THIS.search(question) or _LAST.search(question)):
        return question
    season = study.model.seasons[0]
    profile = next(found for found in study.model.tables if found.table == season.table)
    column = next(found for found in profile.columns if found.column == season.column)
    names = sorted(str(value).strip() for value, _ in column.top)
    question = _THIS.sub(names[-1], question)
    return _LAST.sub(names[-2], question)
