"""« CA des nouveaux clients en 2025 », "revenue lost with customers who left in 2025": money of those who came or left then, and no count of them."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.gone_words import GONE
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


_LOST_MONEY = re.compile(
    rf"\b(?:{_MONEY}|argent|money)\b(?: (?:did|have|had) we)?(?: (?:a-t-on|avons-nous|on a|nous avons))? (?:perdue?s?|perdre|lost|lose|parti|gone)\b.{{0,12}}\b(?:avec|par|a cause d|en|with|from|through|because of|to)\b|"
    rf"\b(?:perdu|perdre|lost|lose) (?:combien )?(?:de |d'|en |in )?(?:{_MONEY}|argent|money)\b"
)
_LEFT = re.compile(r"\b(?:lose|perdre|partie?s?|perdue?s?|left|lost|leaving|leavers|departed|departs?|departures?|resilie\w*)\b")
_BACK_AFTER = re.compile(r"\b(?:revenue?s?|reviennent|retournee?s?|came back|come back|returned|rejoined|re-?joined)\b.{0,12}\b(?:apres (?:avoir |etre )?(?:resili\w*|quitt\w*|parti\w*|leur (?:depart|resiliation))|after (?:leaving|cancell?ing|being lost|they left|having left|churning))")
_OF_SALES = frozenset({"amount", "average_basket", "median_basket", "amount_per_customer", "share_amount"})


def money_of_leavers(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Combien a-t-on perdu de CA avec les clients partis en 2025 ? »: what those who left then had bought, since they came.

    Args:
        slots: what was read, the measure of those lost among it; put right in place.
        tokens: the question.
        columns: what the data can be asked about.
    """
    if slots.measure not in ("lost_customers", "amount") or slots.period is None or slots.compare is not None or slots.time is not None or not columns.dated or columns.named("amount") is None:
        return
    if _LOST_MONEY.search(tokens.text) is None or PERSON.search(tokens.text) is None or len(_LEFT.findall(tokens.text)) < 2:
        return
    slots.filters = [held for held in slots.filters if held.field != "lost"]
    slots.filters.append(Filter("lost_on", "between", (slots.period.start.isoformat(), slots.period.end.isoformat()), at=-1))
    slots.measure, slots.period = "amount", None


def leaving_unsaid(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« CA perdu par les clients partis » read as the revenue of everybody: the word for those who left is then said to be unread.

    Args:
        slots: what was read; completed in place.
        tokens: the question.
        columns: what the data can be asked about.
    """
    back = _BACK_AFTER.search(tokens.text)
    if back is not None:
        slots.unread.append(back.group())  # who left and came back is told by no state: they have not left
    gone = GONE.search(tokens.text)
    if gone is None or slots.measure not in _OF_SALES or gone.group().split()[-1].rstrip("s") in {word.rstrip("s") for word in columns.words}:
        return
    held = {found.field for found in (*slots.filters, *slots.part)}
    states = {found.name for found in columns.fields if found.role in (Role.ORDER_STATUS, Role.ACCOUNT_STATUS, Role.CHURN_REASON)} | columns.fates | {"lost", "lost_on", "state", "finished_on"}
    if not held & states and not set(slots.by) & (states | {"lost"}):
        slots.unread.append(gone.group())


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
