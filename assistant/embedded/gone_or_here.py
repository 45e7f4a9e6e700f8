"""Who came, who left, who is still there: of whom a count, a figure or a list is."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from analytics.datamodel.statuses import seen_through
from assistant.embedded.cancelled import orders_cancelled
from assistant.embedded.columns import Columns
from assistant.embedded.durations import how_long
from assistant.embedded.figures import STATISTICS, people_listed
from assistant.embedded.filters import Filter
from assistant.embedded.gone_words import GONE, STILL
from assistant.embedded.measuring import ORDERS, PERSON, Asked, arrived
from assistant.embedded.slotted import Slots
from assistant.embedded.standing import by_then, had_then, there_then
from assistant.embedded.states import active_state, still_here
from assistant.embedded.text import plain
from assistant.embedded.tokens import Tokens

_MADE = re.compile(r"\b(?:creee?s?|created|ouverte?s?|opened|issued|emises?|delivree?s?)\b")
_NOW = re.compile(r"\b(?:actuellement|en ce moment|a l'heure actuelle|a l'heure qu'il est|currently|right now|at the moment|as of now|at present)\b")
_TODAY = re.compile(r"\b(?:aujourd'hui|(?:as of )?today)\b")
_DONE_TODAY = re.compile(r"\b(?:achet\w*|command\w*|venue?s?|pass\w+|inscri\w*|pay\w*|nouveaux|nouvelles|bought|ordered|came|visited|joined|signed|paid|new|purchased|booked|reserv\w*)\b")
_HAVE = re.compile(r"\b(?:avons|a-t-on|on a|ai-je|j'ai|compt\w+|y a-t-il|il y a|do (?:we|i) have|have (?:we|i)|we have|are there|is (?:our|the)|mrr|arr)\b")
_AMONG_THEM = re.compile(r"\b(?:parmi|among|amongst|of) (?:(?:les|nos|ceux|celles|the|our|those) )?(?:qui (?:sont|ont) |who (?:have )?|ones who )?(?:clients? )?(?:partie?s?|perdue?s?|resilie\w*|quitte\w*|left|lost|gone|churned|leavers|churners)\b")


def people_counted(slots: Slots, tokens: Tokens, columns: Columns, asked: Asked) -> None:
    """Who came, who left, who is still there, when people are counted."""
    text = tokens.text
    dated = slots.period is not None or slots.time is not None
    gone, still = GONE.search(text), STILL.search(text)
    counting = asked.statistic == "count" or people_listed(text)
    if how_long(text) and slots.measure == "customers" and asked.thing == "people":
        slots.measure = None  # « combien de mois un client reste-t-il ? » asks how long, and not how many are still there
        return
    _among_the_gone(slots, text, gone)
    if slots.measure is None and (counting or dated) and gone is not None and not asked.thing:
        slots.measure = "customers"  # « départs par an »
    if slots.measure != "customers" or any(found.field == "lost" for found in slots.filters) or _finished_then(slots, columns):
        _whose(slots, tokens, columns, gone, still)
        return
    if gone is None and dated and (arrived(text) or _of_a_reason(slots, columns)):
        _came_or_left(slots, tokens, columns, still)
    elif gone is not None and dated and not (orders_cancelled(gone, slots, columns) and _beside_an_order(gone, text)):
        slots.measure = "lost_customers"
        by_then(slots, tokens)
        if not columns.dated:
            tokens.take_span(*gone.span())  # "cancellations by year": nothing else is cancelled where nothing is ordered
    elif gone is not None:
        if not orders_cancelled(gone, slots, columns):
            slots.filters.append(Filter("lost", "=", (True,), at=tokens.at(gone)))
    elif (then := _then(slots, tokens, still)) is not None:
        there_then(slots, tokens, columns, then)
    elif still is not None:
        slots.filters.append(still_here(still.group(), columns, tokens.at(still)))
    elif (now := _NOW.search(text)) is not None and not dated and not any(found.on_purchases or found.ever for found in slots.filters):
        slots.filters.append(still_here(now.group(), columns, tokens.at(now)))  # « combien d'adhérents actuellement ? »


def _beside_an_order(gone: re.Match[str], text: str) -> bool:
    """"Had a cancelled order in 2025", "had an order cancelled": what the word is said of is an order, and nobody left."""
    ahead, after = text[max(0, gone.start() - _NEAR) : gone.start()], text[gone.end() : gone.end() + _NEAR]
    return re.search(rf"{ORDERS.pattern}(?: (?:was|were|that was|that were))? $", ahead) is not None or re.match(rf" (?:an? |one |their |une |leur )?{ORDERS.pattern}", after) is not None


_NEAR = 24  # letters


def _came_or_left(slots: Slots, tokens: Tokens, columns: Columns, still: re.Match[str] | None) -> None:
    """Who arrived in a period; or, « combien de déménagements en 2024 ? », who left for it then, and not who bought then and left at any time."""
    if _of_a_reason(slots, columns):
        slots.measure = "lost_customers"
    else:
        _newcomers(slots, tokens, columns, still)


def _of_a_reason(slots: Slots, columns: Columns) -> bool:
    """Whether a condition names why customers left: whoever it is true of has left."""
    named = (columns.named(found.field) for found in slots.filters if found.operator in ("=", "in"))
    return any(field is not None and field.role is Role.CHURN_REASON for field in named)


def _finished_then(slots: Slots, columns: Columns) -> bool:
    """« How many passed in 2025? »: those who finished in the year, and not those who bought in it and finished at any time."""
    state = next((found for found in slots.filters if found.field in columns.fates and found.operator in ("=", "in") and all(seen_through(str(value)) for value in found.values)), None)
    if state is None or slots.measure != "customers" or slots.period is None or slots.compare is not None or slots.time is not None:
        return False
    slots.filters.append(Filter("finished_on", "between", (slots.period.start.isoformat(), slots.period.end.isoformat())))
    slots.period = None
    return True


def _then(slots: Slots, tokens: Tokens, still: re.Match[str] | None) -> re.Match[str] | None:
    """The words that ask who was there in a period, on a day, or over time."""
    timed = slots.period is not None or slots.time not in (None, "weekday")
    return (still or had_then(slots, tokens)) if timed else None


def _newcomers(slots: Slots, tokens: Tokens, columns: Columns, still: re.Match[str] | None) -> None:
    """Who arrived in a period, those of them still here when it is said: « arrivés avant 2021, encore là »."""
    slots.measure = "new_customers"
    made = _MADE.search(tokens.text)
    if made is not None and not any(found.role in (Role.SIGNUP_DATE, Role.START_DATE) for found in columns.fields):
        slots.unread.append(made.group())  # a first purchase is no day an account was opened
    if still is not None:
        slots.filters.append(still_here(still.group(), columns, tokens.at(still)))


def _among_the_gone(slots: Slots, text: str, gone: re.Match[str] | None) -> None:
    """« Combien de vélos électriques parmi les partis ? »: people who left, by what they bought, and none of their purchases."""
    counted = slots.measure in ("orders", "quantity") and any(found.on_purchases for found in slots.filters)
    if counted and gone is not None and _AMONG_THEM.search(text) and not (ORDERS.search(text) or _AS_SOLD.search(text)):
        slots.measure = "customers"


_AS_SOLD = re.compile(r"\b(?:quantit\w+|units?|unites?|pieces?|vendue?s?|sold)\b")


def as_of_today(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Combien de clients avons-nous aujourd'hui ? »: those still there on that day, none of what happened on it."""
    today, period = _TODAY.search(tokens.text), slots.period
    if today is None or period is None or period.span != today.span() or _DONE_TODAY.search(tokens.text) or GONE.search(tokens.text):
        return
    if not (_HAVE.search(tokens.text) or STILL.search(tokens.text)) and not columns.contracts:
        return  # « combien de clients aujourd'hui ? » of a shop may be who came
    bought = any(found.on_purchases or found.ever for found in slots.filters)
    if bought or not (slots.measure == "customers" or _is_bill(slots.column, columns)):
        return
    slots.period = None
    if not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(still_here(today.group(), columns, tokens.at(today)))


def _is_bill(name: str | None, columns: Columns) -> bool:
    found = columns.named(name) if name is not None else None
    return found is not None and found.role is Role.RECURRING_AMOUNT


def still_there(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Quels membres actifs … »: those on a list are still there too.

    Args:
        slots: what was read; its filters are completed in place.
        tokens: the question.
        columns: what the data can be asked about.
    """
    still = STILL.search(tokens.text)
    if still is not None and slots.period is None and GONE.search(tokens.text) is None and not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(still_here(still.group(), columns, tokens.at(still)))


def list_gone(slots: Slots, tokens: Tokens) -> None:
    """"The list of lost customers in Leeds": the names of those who left, and no rate of them.

    Args:
        slots: what was read; its filters are completed in place.
        tokens: the question.
    """
    gone = GONE.search(tokens.text)
    if gone is None or slots.measure not in (None, "customers", "lost_customers"):
        return
    if slots.period is not None:
        slots.filters = [found for found in slots.filters if found.field not in ("lost", "lost_on")]
        slots.filters.append(Filter("lost_on", "between", (slots.period.start.isoformat(), slots.period.end.isoformat())))
        slots.period = None
    elif not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(Filter("lost", "=", (True,), at=tokens.at(gone)))
    slots.measure, slots.departing = "customers", False


_ONLY = re.compile(r"\b(?:only|just|seulement|uniquement|juste|rien que|and|et|what about|pour|for|those|ceux|keep|garde)\b|^(?:les |the |our |nos )?(?:active|actifs|actives|lost|perdus)\b")


def only_those(slots: Slots, question: str, columns: Columns) -> None:
    """"Only active ones", « et ceux qui sont partis ? » after a figure: the same, of those.

    Args:
        slots: what the follow-up says; its filters are completed in place.
        question: as typed.
        columns: what the data can be asked about.
    """
    text = plain(question)
    if _ONLY.search(text) is None or slots.measure is not None or any(found.field == "lost" for found in slots.filters):
        return
    gone, still = GONE.search(text), STILL.search(text)
    if still is not None and gone is None:
        slots.filters.append(still_here(still.group(), columns, -1))
    elif gone is not None and still is None and slots.period is None:
        slots.filters.append(Filter("lost", "=", (True,)))
        slots.departing = False


def _whose(slots: Slots, tokens: Tokens, columns: Columns, gone: re.Match[str] | None, still: re.Match[str] | None) -> None:
    """« Satisfaction moyenne des clients partis », "left vs stayed": a figure of who left, of who stayed, or of both."""
    of_column = slots.measure in STATISTICS or slots.measure in ("tenure_months", "average_basket", "amount_per_customer")
    sold = slots.measure in ("amount", "orders", "median_basket", "orders_per_customer", "quantity") and slots.column is None
    if sold and not dated_then(slots) and _LOST_PEOPLE.search(tokens.text) is not None and not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(Filter("lost", "=", (True,)))  # « CA des clients perdus »: what those gone have bought, and no rate of them
        slots.departing = False
        return
    if not of_column or any(found.field == "lost" for found in slots.filters):
        return
    if gone is None and re.search(r"\b(?:leavers?|churners?|(?:des|les|nos|entre) (?:partis|perdus|resilies)|those who (?:left|stayed))\b", tokens.text):
        gone = re.search(r"\b(?:leavers?|churners?|partis|perdus|resilies|who left)\b", tokens.text)
    stayed = still is not None or re.search(r"\b(restes?|stayed|stayers|restee?s|fideles|presents?|remaining)\b", tokens.text) is not None
    state = active_state(columns) if still is not None and "acti" in still.group() else None
    if gone is not None and stayed:
        slots.by = [*slots.by, "lost" if state is None else state[0]][:2]
    elif gone is not None:
        slots.filters.append(Filter("lost", "=", (True,)))
    elif still is not None:
        slots.filters.append(still_here(still.group(), columns, -1))


_LOST_PEOPLE = re.compile(
    rf"\b(?:des|de nos|de mes|par les|avec les|avec nos|chez les|from|of|by|with)(?: (?:our|the|all|tous|nos|les))* (?:{PERSON.pattern} (?:perdus?|perdues?|partis?|parties?|resilies?|inactifs?|(?:qui )?(?:sont|etaient) (?:partis?|perdus?)|who (?:have )?(?:left|churned|gone|quit)|lost)|"
    rf"(?:lost|former|gone|churned|departed|ex-?) ?{PERSON.pattern}|anciens {PERSON.pattern})\b"
)


def dated_then(slots: Slots) -> bool:
    """Whether a figure is told over time or of a period, where who is gone today may still have bought.

    Args:
        slots: what was read.
    """
    return slots.time is not None or slots.compare is not None
