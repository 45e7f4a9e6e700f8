"""« La hausse d'avril 2025 nous a-t-elle coûté des clients ? »: a change told by its day, of which no column says who lived it."""

from __future__ import annotations

import re
from datetime import date

from analytics.datamodel.roles import TableKind
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded.periods import find_periods
from assistant.embedded.sureness import READ
from assistant.embedded.text import plain
from vocabulary.language import Text
from vocabulary.sentence import say

_CHANGE = (
    r"(?:hausses?|augmentations?|baisses?|changements?|refontes?|lancements?|demenagements?|fermetures?|ouvertures?|travaux|greves?|rachat|fusion|migration"
    r"|(?:price |rate |fee |tariff )?(?:increases?|rises?|hikes?|cuts?|changes?)|launch|relaunch|redesign|move|closures?|closing|opening|works|strike|takeover|merger|migration|rebrand\w*)"
)
_COST = (
    r"(?:fait (?:partir|perdre|fuir)|coute|perdu|perdre|provoque|cause|chasse|effet|impact|consequence|a l'origine|cost (?:us)?|los[te]|lose|drive\w*|drove|make|made|cause\w*|push\w*|effect|hurt|harm|affect\w*)"
)
_ASKED = re.compile(rf"\b{_CHANGE}\b.{{0,60}}\b{_COST}\b|\b{_COST}\b.{{0,60}}\b{_CHANGE}\b")
_LEAVING = re.compile(r"\b(?:clients?|customers?|members?|membres?|abonnee?s?|subscribers?|adherente?s?|departs?|churn|departures?|cancellations?|resiliations?|attrition|partir|leave|left|fuir)\b")


def of_a_dated_change(question: str, study: Study, as_of: date) -> Reading | None:
    """What is said of a change of one day, whose effect is asked for, where no file of the house's events tells it; None for any other question.

    Everybody lived it: those who left after it can be set beside nobody who did not.

    Args:
        question: as typed.
        study: the data.
        as_of: the day "last year" is said from.
    """
    text = plain(question)
    if _ASKED.search(text) is None or _LEAVING.search(text) is None or not find_periods(text, as_of) or study.model.of_kind(TableKind.COMPANY_EVENTS):
        return None
    return Reading("cannot_answer", (), READ, _NOBODY_APART, (_BY_MONTH,))


_NOBODY_APART = say(
    "Aucune colonne ne dit qui a connu ce changement et qui ne l’a pas connu : je ne peux pas dire s’il a fait partir des clients. Le taux de départ mois par mois montre ce qui s’est passé autour, sans dire pourquoi.",
    "No column says who lived this change and who did not: I cannot tell whether it made customers leave. The churn rate month by month shows what happened around it, and not why.",
)
_BY_MONTH = Text("Quel est le taux d’attrition par mois ?", "What is the churn rate by month?")
