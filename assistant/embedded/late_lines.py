"""« Retard moyen des livraisons », « factures payées en retard », "late deliveries by month": how late the lines of one file were, and how many."""

from __future__ import annotations

import re
from datetime import date

from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import LATE
from analytics.explore.records import called
from analytics.study import Study
from assistant.embedded.arguments import Prepared, prepare
from assistant.embedded.columns import Columns, columns_of
from assistant.embedded.filters import Filter
from assistant.embedded.measuring import ORDERS, PERSON, share_said
from assistant.embedded.record_tables import RecordTable, record_tables
from assistant.embedded.records import people_of, reworded
from assistant.embedded.slots import read_slots
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words

_BY = r"(?: (?:de|d'|by|of) ?(?P<how>plus|moins|au moins|au plus|more than|less than|over|under|at least|at most)(?: de| d'| than)? ?(?P<count>\d+) ?(?:jours?|days?))?"
_MEAN = re.compile(
    r"\b(?:retards? (?:moyens?|medians?)|(?:moyenne|mediane) (?:des|du|de) retards?|(?:average|mean|median) (?:delivery )?(?:lateness|days late|delay)|how late (?:are|is|were)|jours de retard en moyenne)\b(?P<of> (?:de|des|du|of|in) (?:la |les |nos |our |the )?)?"
)
_RATE = re.compile(r"\btaux de retards?\b|\b(?P<on>on[- ]?time|ponctualite)(?: rates?)?\b|\blate(?:ness)?(?: (?:deliver(?:y|ies)|shipments?|shipping|arrivals?|payments?))? rates?\b|\btaux de (?P<ponctual>ponctualite)\b")
_LATE = re.compile(
    rf"\b(?:(?:sont |etaient |ont ete |are |were )?(?:arrivee?s?|arrivent|livree?s?|payee?s?|reglee?s?|delivered|paid|settled|arrived?|arrives|came|comes?) )?(?:(?P<late>en retard|late|overdue)|(?P<on>a l'heure|dans les (?:temps|delais)|on time)){_BY}(?=[ ?.!,]|$)"
)
_COUNTED_LATE = re.compile(r"\b(?:combien de |nombre de |how many )(?:retards|delays)(?: de livraison)?\b|^(?:et )?(?:les )?retards? (?:de |des |a la )livraisons?(?= (?:par|selon) )")
_WAYS = {"plus": ">", "more than": ">", "over": ">", "moins": "<", "less than": "<", "under": "<", "au moins": ">=", "at least": ">=", "au plus": "<=", "at most": "<="}
_WHO = re.compile(rf"^(?:et |and )?(?:qui|who)\b|\b(?:quels?|quelles?|which|liste (?:de |des )|list of) (?:\w+ )?{PERSON.pattern}|\b(?:par|by|per) {PERSON.pattern}")
_NAMED = 20  # customers, the most concerned first
_COUNTS = (None, "orders", "customers", "records", "share_orders", "share_customers", "orders_per_customer")  # what is left once lateness is said: no money
_OTHER = re.compile(r"\b(?:pourquoi|why|churn|attrition|cause)\b")


def asked_of_lateness(question: str, study: Study, as_of: date, known: frozenset[str]) -> tuple[Prepared, Columns] | None:
    """The query a question puts to the lines of a file that tells the day each was due and the day it was met; None when it is no such question.

    Args:
        question: as typed.
        study: the data.
        as_of: the day "last year" is said from.
        known: plain words of ordinary questions.
    """
    text = _THAN_PROMISED.sub("", plain(question))
    said = next((found for pattern in (_MEAN, _RATE, _COUNTED_LATE, _LATE) if (found := pattern.search(text)) is not None), None)
    table = None if said is None or _OTHER.search(text) else _of_which(text, study)
    if said is None or table is None or _is_a_state(_how_it_was(said), table):
        return None
    rest = reworded(_DELIVERIES.sub(lambda found: "commandes" if found["fr"] else "orders", _without(text, said)), table)
    slots, people = read_slots(rest, table.columns, as_of, known), people_of(study, table)
    whose = _WHO.search(text) is not None or (slots.top is not None and PERSON.search(text) is not None)
    counted = PERSON.search(text) is not None and slots.measure == "customers" and not whose
    if (counted or whose) and people is None or (said.re is not _MEAN and slots.measure not in _COUNTS):
        return None
    slots.filters = [found for found in slots.filters if found.field not in ("orders", "recency_days")]
    _measured(said, slots, text, people if counted else None)
    if slots.measure == "records" and (order := _order_of(table, study)) is not None:
        slots.measure, slots.column = "distinct", order
    if whose:  # « qui paie en retard ? »: their names, those with the most first
        slots.by, slots.top, slots.unexplained = ["customer_id"], slots.top or _NAMED, [word for word in slots.unexplained if not _WHO.search(word)]
    if slots.unexplained or slots.unread or slots.unknown_group is not None:
        return None
    step = prepare("explore", slots, rest, {}, table.columns)
    return Prepared(step.analysis, {**step.arguments, "table": table.name}, step.left_out), table.columns


def _how_it_was(said: re.Match[str]) -> str:
    """The words that say late or on time, without the verb: « livrée » is a state of orders, late or not."""
    groups = said.groupdict()
    return groups.get("late") or groups.get("on") or said.group()


def _is_a_state(said: str, table: RecordTable) -> bool:
    """Whether the file has a state of that name (« En retard »), which says it better than its dates."""
    states = {plain(value) for field in table.columns.fields if field.on_purchases for value in field.values}
    return any(re.search(rf"\b{re.escape(state)}s?\b", said) is not None for state in states if len(state) > _SHORT)


_SHORT = 3  # letters
_THAN_PROMISED = re.compile(  # late is beyond what was promised, said or not
    r",? ?\b(?:par rapport (?:a|au)|vis-a-vis (?:de|du)|compared (?:to|with)|against|versus|vs) ?(?:la |le |the )?(?:(?:date|jour|delai|day|date de livraison) )?(?:promis|prevu|annonce|convenu|promised|agreed|planned|due)\w*(?: (?:date|day))?\b"
)
_DELIVERIES = re.compile(r"\b(?:(?P<fr>livraisons?)|deliver(?:y|ies))\b")  # what came late of a file of orders is its orders
_WHETHER = re.compile(r"\b(?:sont|arrivent|etaient)-(?:elles|ils)\b|^(?:are|were) |^est-ce qu")  # « les livraisons sont-elles en retard ? »: how many of all


def _order_of(table: RecordTable, study: Study) -> str | None:
    """The header of the order's number, in a file that holds several lines of each: orders are counted, and not lines."""
    if not columns_of(study).several_lines or table.kind not in (TableKind.TRANSACTIONS, TableKind.ORDER_LINES):
        return None
    profile = next(found for found in study.model.tables if called(found, study) == table.name)
    return next((held.name for held in study.model.bindings if held.table == profile.table and held.role is Role.ORDER_ID), None)


def _of_which(text: str, study: Study) -> RecordTable | None:
    """The one file of that kind, or the one whose lines are named."""
    held = [table for table in record_tables(study) if table.dued]
    named = [table for table in held if table.noun is not None and table.noun.search(text)]
    if named:
        return named[0] if len(named) == 1 and (named[0].kind not in _BILLED or _PAID.search(text)) else None  # « factures en retard » are those not paid yet
    if any(table.noun is not None and table.noun.search(text) for table in record_tables(study) if table not in held):
        return None
    if _NOTHING_NAMED.fullmatch(text):
        return None
    billed = [table for table in held if table.kind in _BILLED]
    came = [table for table in held if table not in billed]
    paid = _PAID.search(text) is not None
    asked = billed if paid and billed and not _CAME.search(text) else [] if ORDERS.search(text) and billed and not _CAME.search(text) else came  # « retard moyen » is of what comes, first of all
    return asked[0] if len(asked) == 1 else None


_CAME, _PAID = re.compile(r"\b(?:livr|deliver|arriv|expedi|shipp)"), re.compile(r"\b(?:pai(?:e|ent)\b|pay|paid|regl|settl|encaiss)")
_BILLED = (TableKind.INVOICES, TableKind.PAYMENTS)
_NOTHING_NAMED = re.compile(r"(?:(?:is|are|was|were|it|they|this|that|est|sont|etaient|c'est|ca|cela|on|nous|we|ils?|elles?|en retard|late|a l'heure|on time)[ ?.!-]*)+")


def _without(text: str, said: re.Match[str]) -> str:
    """The question without the words that say how late; lines are counted where nothing else is left to count."""
    if said.re is _COUNTED_LATE:
        counted = "how many orders" if said.group().startswith("how") else "combien de commandes"
        return f"{text[: said.start()]}{counted}{text[said.end() :]}"
    return " ".join(f"{text[: said.start()]} {text[said.end() :]}".split())


def _measured(said: re.Match[str], slots: Slots, text: str, people: str | None) -> None:
    """Set what is measured: the days late, the share of late lines, or how many there are."""
    if said.re is _MEAN:
        slots.measure, slots.column = ("median" if "median" in said.group() else "mean"), LATE
        slots.unread = []
        return
    groups = said.groupdict()
    on_time = groups.get("on") is not None or groups.get("ponctual") is not None
    count = float(groups["count"]) if groups.get("count") else 0.0
    late = Filter(LATE, "<=" if on_time else _WAYS[groups["how"]] if groups.get("how") else ">", (int(count),), on_purchases=True)
    shared = share_said(text)
    if said.re is _RATE or shared or _WHETHER.search(text):
        slots.measure, slots.column, slots.part = "share_records", None, [late]
        slots.unread = [word for word in slots.unread if word != shared]
        slots.unexplained = [word for word in slots.unexplained if word not in words(shared)]
        return
    slots.measure, slots.column = ("records", None) if people is None else ("distinct", people)
    slots.filters.append(late)
