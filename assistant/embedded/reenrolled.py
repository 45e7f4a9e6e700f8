"""« Combien de familles ne se sont pas réinscrites ? », "re-enrolment rate": of those of each season, who is in none of the next."""

from __future__ import annotations

import re
from datetime import date

from analytics.customers.columns import Columns as Read
from analytics.datamodel.seasons import first_year_sql
from analytics.study import Study
from analytics.workspace import quote
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
    names = _up_to_now(study)
    question = _THIS.sub(names[-1], question) if names else question
    return _LAST.sub(names[-2], question) if len(names) > 1 else question


def _up_to_now(study: Study) -> list[str]:
    """The names of the seasons, the oldest first, up to the one whose renewals are written: those of the next may have begun."""
    season = study.model.seasons[0]
    columns = Read(study.database, study.model, season.table)
    name, year = columns.as_text(season.column), first_year_sql(columns.as_text(season.column))
    rows = study.database.rows(
        f"SELECT MIN({name}), MAKE_DATE({year}, 1, 1) + {season.late} <= ? FROM {quote(season.table)} t WHERE {year} IS NOT NULL GROUP BY {year} ORDER BY {year}", [study.as_of]
    )
    begun = [str(said) for said, over in rows if over]
    return begun or [str(said) for said, _ in rows[:1]]
