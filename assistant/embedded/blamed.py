"""« La hausse des prix de juillet a-t-elle fait partir des clients ? »: what happened on one day is blamed, and no column says whom it touched."""

from __future__ import annotations

import re

from analytics.datamodel.model import ColumnType
from analytics.study import Study
from assistant.answer import Reading, Step
from assistant.embedded import wording
from assistant.embedded.absent import as_typed
from assistant.embedded.coverage import departing
from assistant.embedded.measuring import PERSON
from assistant.embedded.periods import find_periods
from assistant.embedded.slotted import Slots
from assistant.embedded.sureness import READ
from assistant.embedded.text import plain, words

_WHEN = r"(?:[a-z]+ \d{4} |\d{4} )?"
_EVENT = re.compile(
    rf"\b(?:the |our |la |le |l'|les |notre |nos )*(?P<what>{_WHEN}(?:price|fee|tariff|rate|subscription) (?:increase|rise|hike|change|cut|drop)s?|(?:new|old) (?:website|site|app|policy|owner|management|prices?|system|logo|menu)"
    rf"|{_WHEN}(?:(?!the\b|our\b|that\b)[a-z]+ )?(?:lockdown|strike|move|relocation|rebrand\w*|closure|reopening|relaunch|launch|redesign|takeover|merger|migration)"
    r"|(?:hausse|augmentation|baisse|changement)s? (?:tarifaires?|(?:de |des |du )(?:nos |la |le )?(?:prix|tarifs?|cotisations?|abonnements?|loyers?))|(?:nouveau|nouvelle|nouvel) (?:site|application|appli|logiciel|logo|proprietaire|direction|carte)"
    r"|(?:greve|demenagement|confinement|travaux|fermeture|reouverture|refonte|lancement|rachat|fusion|migration)(?: (?:de |du |des |d')(?:la |le |l')?(?!\d)(?!(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|l'ete)\b)[a-z]+)?)"
    r"(?P<day>(?: (?:of |in |en |de |du |d'|d')?(?:[a-z]+ )?\d{4})?)\b"
)
_MADE_LEAVE = re.compile(r"\b(?:ma(?:ke|de)|cause[ds]?|pushed?|dr[io]ve\w*|los[et]\w*|cost|hurt|responsible|behind|because of|due to|a cause d|fait|fai[st]|pousse\w*|provoque\w*|cout\w*|perdre|entraine\w*|lien|effets?|effects?|affect\w*|impact\w*|consequences?)\b")


def blamed(question: str, slots: Slots) -> Reading | None:
    """What is said where departures are laid to what happened one day: a date alone accuses nothing.

    Args:
        question: as typed.
        slots: what was read; what is told of some customers, or by a column, is another question.
    """
    text = plain(question)
    leaving = slots.departing or departing(text)
    if not leaving or _MADE_LEAVE.search(text) is None or any(held.field != "lost" for held in slots.filters) or slots.by:
        return None
    return _touched_everyone(question)


def blamed_by_its_day(question: str, factor: Step | None, study: Study) -> Reading | None:
    """The same, of what is told with its day: a column called after it says something else, unless it says of each customer whether they lived it.

    Args:
        question: as typed.
        factor: the search for causes by a column the question seems to name, if any.
        study: the data.
    """
    text = plain(question)
    told = study.attribute(str(factor.arguments.get("factor"))) if factor is not None else None
    lived = told is not None and (told.derived or told.type is ColumnType.FLAG)
    leaving = departing(text) or PERSON.search(text) is not None
    if lived or not leaving or _MADE_LEAVE.search(text) is None or not find_periods(text, study.as_of):
        return None
    return _touched_everyone(question)


def _touched_everyone(question: str) -> Reading | None:
    found = _EVENT.search(plain(question))
    if found is None:
        return None
    event = " ".join(as_typed(words(f"{found['what']}{found['day']}"), question))
    return Reading("cannot_answer", (), READ, wording.touched_everyone(event), wording.before_and_after())
