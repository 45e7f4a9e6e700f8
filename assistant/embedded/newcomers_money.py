"""« CA des nouveaux clients en 2025 », "how much did new customers bring in 2025?": money of those who came then, and no count of them."""

from __future__ import annotations

import re

from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.measuring import PERSON, Asked
from assistant.embedded.slotted import Slots
from assistant.embedded.tokens import Tokens

_NEW = rf"(?:nouveaux|nouvelles|new|newly (?:acquired|recruited)) {PERSON.pattern}"
_BASKET = r"(?:panier|ticket|basket|aov|order value|order size)s?(?: moyens?| value)?"
_MONEY = r"(?:ca|chiffres? d'affaires|revenues?|turnover|sales|takings|recettes?|montants?(?: achetes?| depenses?)?|depenses?|spend|spending)"
_OF = r"(?: (?:moyen\w*|total\w*|ttc|ht))*(?: (?:en|in) (?:(?:19|20)\d\d))? (?:des|de|of|from|by|par|apporte par|genere par|brought (?:in )?by|made by|for)(?: (?:nos|les|our|the))?"
_ASKED = (
    (re.compile(rf"\b(?P<money>{_BASKET}){_OF} {_NEW}"), "basket"),
    (re.compile(rf"\b(?P<money>{_MONEY}){_OF} {_NEW}"), "amount"),
    (re.compile(rf"\bcombien (?:nous )?(?P<money>ont (?:rapporte|depense)|rapportent|depensent) (?:les |nos )?{_NEW}"), "amount"),
    (re.compile(rf"\b{_NEW} (?:nous )?(?:ont-ils |have |did )?(?:ont )?(?P<money>depens\w+|rapport\w+|spent|spend|brought|bring)\b"), "amount"),
)  # fmt: skip
_EACH = re.compile(r"\b(?:moyen\w*|average|mean|per (?:head|customer|person)|par (?:client|tete|personne))\b")
_MANY = re.compile(r"\b(?:how many|number of|combien de|nombre de)\b")


def money_of_newcomers(asked: Asked, slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """Put the figure right where what is asked of those who came in a period is what they bought then.

    Args:
        asked: the figure asked for; put right in place.
        slots: what was read; who came then is added, in place.
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    if asked.thing != "new" or not columns.dated or columns.named("amount") is None or _MANY.search(tokens.text):
        return
    found, thing = next(((match, thing) for pattern, thing in _ASKED if (match := pattern.search(tokens.text)) is not None), (None, ""))
    if found is None:
        return
    period = slots.period
    if period is None or slots.compare is not None or slots.time is not None:
        slots.unread.append(found["money"])  # of those who came when? each month has its own
        return
    asked.thing = "spend" if thing == "amount" and _EACH.search(tokens.text) else thing
    asked.statistic = "mean" if asked.thing in ("basket", "spend") else None
    slots.filters.append(Filter("started", "between", (period.start.isoformat(), period.end.isoformat()), at=-1))
    tokens.take_span(*found.span())
