"""« La hausse d'avril 2025 nous a-t-elle coûté des clients ? »: a change told by its day, of which no column says who lived it."""

from __future__ import annotations

import re
from datetime import date

from analytics.datamodel.roles import TableKind
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded import wording
from assistant.embedded.absent import as_typed
from assistant.embedded.periods import find_periods
from assistant.embedded.sureness import READ
from assistant.embedded.text import plain, words

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

    Everybody lived it: those who left after it can be set beside nobody who did not, and a column called after it tells something else.

    Args:
        question: as typed.
        study: the data.
        as_of: the day "last year" is said from.
    """
    text = plain(question)
    change, periods = _ASKED.search(text), find_periods(text, as_of)
    if change is None or _LEAVING.search(text) is None or not periods or study.model.of_kind(TableKind.COMPANY_EVENTS):
        return None
    named = _CALLED.search(text)
    low, high = named.span() if named is not None else change.span()
    low, high = min(low, periods[0].span[0]), max(high, periods[0].span[1])
    return Reading("cannot_answer", (), READ, wording.touched_everyone(" ".join(as_typed(words(_DETERMINER.sub("", text[low:high])), question))), wording.before_and_after())


_CALLED = re.compile(rf"\b(?:\w+ )?{_CHANGE}(?: (?:de |des |du |d'|of )(?:la |le |l'|the )?\w+)?\b")
_DETERMINER = re.compile(r"^(?:the|our|la|le|les|notre|nos|in|en|de|of)\b ?")
