"""« Qui n'est pas venu depuis 90 jours ? », "members who visited the planetarium": customers told by the lines of a file of visits or of log-ins."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from analytics.datamodel.model import LostBasis
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.records import called, records_of
from analytics.study import Study
from assistant.embedded.arguments import Prepared, prepare
from assistant.embedded.columns import Columns, columns_of
from assistant.embedded.coverage import departing
from assistant.embedded.measuring import PERSON
from assistant.embedded.mentions import mentions, value_filters
from assistant.embedded.periods import Period, find_periods
from assistant.embedded.record_tables import RecordTable, record_tables
from assistant.embedded.slots import read_slots
from assistant.embedded.so_often import SoOften, bought_so_often, most_often_in, so_often
from assistant.embedded.states import still_here
from assistant.embedded.text import plain
from assistant.embedded.tokens import Tokens

_ENDED = (LostBasis.CONTRACT_END, LostBasis.LABEL)  # who has left is told, and is nobody to be missed at the door
_NAMED = 10  # customers named
_ASKED_FOR = (TableKind.TICKETS, TableKind.SURVEYS, TableKind.CONTACTS)
_RECENT = 2  # days: a period that ends with the files
_CAME = r"(?:visited|visit|attended|attend|come(?: in| back)?|came(?: in| back)?|been(?: back| in)?|shown up|showed up|turned up|checked in|check in|logged in|log in|signed in|connected|venue?s?|revenue?s?|passee?s?|visitee?|connectee?s?|presentee?s?|frequentee?)"
_NO = (
    r"(?:(?:who |that |qui )?(?:(?:have|has|had) (?:not|never)|haven't|hasn't|hadn't|(?:did|do|does) not|didn't|don't|doesn't|never|"
    r"(?:ne |n')(?:sont|ont|est|a|etaient|s'est|se sont)(?: pas| plus| jamais)(?: ete)?)(?: ever| yet| encore)?)"
)
_YES = r"(?:(?:who|that|qui)(?: have| has| had| ever| sont| ont| est| a| se sont)*(?: ever| deja)?)"
_CAME_OR_NOT = re.compile(rf"\b(?:(?P<no>{_NO})|(?P<yes>{_YES})) {_CAME}\b(?: (?:to |at |in |into |chez |a |au |aux )?(?:the |our |us|nous|notre |la |le |les |l')*)?")
_HOW_MANY_CAME = re.compile(rf"^(?:et |and )?(?:how many|combien d[e']) ?(?:\w+ )?{PERSON.pattern}\b.{{0,30}}? (?P<yes>(?:have |has |sont |ont )?{_CAME}\b(?: (?:to |at |in |into |chez |a |au |aux )?(?:the |our |us|nous|notre |la |le |les |l')*)?)")
_COMINGS = re.compile(r"check_?-?ins?|visit|entries|entrees|passage|scan|attend|presen[ct]e|frequentation|log_?ins?|connexion|badge", re.IGNORECASE)  # in the name of a file
_SINCE_JOINING = re.compile(r"\b(?:since|after|from|depuis|apres) (?:they |their |the |leur |his |her |l'|la |le )*(?:joining|joined|signing up|signed up|sign-?up|registering|registration|inscription|adhesion|arrivee|ouverture)\b|\b(?:at all|ever|du tout|a ce jour|so far|again|yet)\b")
_FOR = re.compile(  # « depuis plus de trois mois », "for 90 days": the days that end today
    r"\b(?:depuis|for|in|over|within) (?:plus (?:de |d')|more than |over |au moins |at least |the )?(?P<count>\d+|un|une|one|deux|two|trois|three|quatre|four|six|douze|twelve) "
    r"(?P<unit>jours?|days?|semaines?|weeks?|mois|months?|ans?|annees?|years?)\b"
)
_OF_LINES = r"(?P<no>with no|without(?: any| a| an)?|having no|(?:who |that )?(?:have|has|had) (?:no|never had(?: an?| any)?)|sans(?: aucune?)?|(?:qui )?n'ont (?:eu |fait )?(?:aucune?|pas (?:eu |fait )?d[e']?))|(?P<yes>with(?: at least one| an?| any| some)?|(?:who |that )(?:have|has|had)(?: had)?(?: at least one| an?| any| some)|avec(?: au moins)? (?:une?|des)|(?:qui )ont (?:eu |fait )?(?:au moins )?(?:une?|des))"


def seen_or_not(question: str, study: Study, as_of: date, known: frozenset[str]) -> tuple[Prepared, Columns] | None:
    """The count of customers a file of lines names, or does not: its dates are those of the visits, whatever was bought since.

    Args:
        question: as typed, in usual words.
        study: the data.
        as_of: the day "the last 90 days" are said from.
        known: plain words of ordinary questions.
    """
    text = _FOR.sub(lambda found: f"last {found['count']} {found['unit']}", plain(question))
    if PERSON.search(text) is None and not re.match(r"(?:et |and )?(?:who|qui|how many|combien)\b", text):
        return None
    for table in record_tables(study):
        if not _of_visits(table, study):
            continue
        done = table.kind not in _ASKED_FOR  # requests and answers are counted of customers already
        order = most_often_in(text.strip(" ?.!"), table) if done else None
        if order is not None:
            return _ranked(table, order), columns_of(study)
        found = (so_often(text, table) if done else None) or _told(text, table)
        counted = _counted(text, table, found, study, as_of, known) if found is not None else None
        if counted is not None:
            return counted
    return _of_bills(text, study, as_of, known)


def _of_bills(text: str, study: Study, as_of: date, known: frozenset[str]) -> tuple[Prepared, Columns] | None:
    """Customers told by how often a file of bills says they had a thing, where nothing else is sold."""
    told = bought_so_often(text)
    if told is None or study.sells:
        return None
    for table in record_tables(study):
        if table.kind not in _BILLED or records_of(study, table.name).of_role(Role.CUSTOMER_ID) is None or not table.timed:
            continue
        counted = _counted(told[0], table, told[1], study, as_of, known)
        if counted is not None and counted[0].arguments["seen"].get("filter"):
            return counted
    return None


_BILLED = (TableKind.INVOICES, TableKind.PAYMENTS, TableKind.ORDER_LINES, TableKind.TRANSACTIONS)


def _ranked(table: RecordTable, order: str) -> Prepared:
    """Customers by how many lines of the file name them."""
    return Prepared("explore", {"measure": "records", "table": table.name, "by": ["customer_id"], "order": order, "top": _NAMED})


def _of_visits(table: RecordTable, study: Study) -> bool:
    """Whether a file says of customers what they did beside buying: its lines name them, and make no revenue."""
    sold = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE}
    profile = next((found for found in study.model.tables if called(found, study) == table.name), None)
    if profile is None or profile.table in sold or table.kind in (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS, TableKind.ORDER_LINES, TableKind.INVOICES, TableKind.PAYMENTS, TableKind.RETURNS):
        return False
    return records_of(study, table.name).of_role(Role.CUSTOMER_ID) is not None and table.timed


def _told(text: str, table: RecordTable) -> SoOften | None:
    """Whether customers are said to have no line of the file, or some, and where it is said; None when nothing of it is."""
    if table.kind is not TableKind.USAGE and _COMINGS.search(table.name) is None:
        return None
    noun = table.noun.pattern if table.noun is not None else "(?!)"
    found = re.search(rf"\b(?:{_OF_LINES}) (?:{noun})", text) or _CAME_OR_NOT.search(text)
    if found is not None:
        return SoOften(found["no"] is not None, found.span())
    counted = _HOW_MANY_CAME.search(text)
    return None if counted is None else SoOften(False, counted.span("yes"))


def _counted(text: str, table: RecordTable, said: SoOften, study: Study, as_of: date, known: frozenset[str]) -> tuple[Prepared, Columns] | None:
    own = tuple(field for field in table.columns.fields if field.on_purchases)
    periods = find_periods(text, as_of)
    if len(periods) > 1:
        return None
    period = periods[0] if periods else None
    never, where = said.never, said.span
    since = _SINCE_JOINING.search(text)
    tokens = Tokens(text)
    for span in (where, *((period.span,) if period else ()), *((since.span(),) if since else ())):
        tokens.take_span(*span)
    kinds = value_filters([found for found in mentions(tokens, Columns(own), known) if len(found.places) >= len(found.value.split())])
    kinds = [replace(held, operator=_YES_OF[held.operator]) if never and held.operator in _YES_OF else held for held in kinds]
    rest = " ".join(word for place, word in enumerate(tokens.words) if tokens.free(place))
    columns = columns_of(study)
    if never and not kinds and _recent(period, as_of) and columns.named("silent_days") is not None:
        return None  # where nothing is sold, days of silence are told already, from every sign the files hold
    share, rest = _SHARE.match(rest), _UPWARDS.sub(" ", _SHARE.sub("", rest))
    slots = read_slots(rest, columns, as_of, known)
    counted = said.least is not None or said.most is not None
    gone = counted and not share and slots.measure in ("customers", "lost_rate") and not slots.period
    if (departing(rest) and not gone) or slots.measure not in (None, "customers", *(("lost_rate",) if gone else ())) or slots.unexplained or slots.unread or slots.period or slots.unknown_group or slots.top:
        return None
    if any(held.operator not in ("=", "in") for held in kinds):
        return None
    slots = replace(slots, measure="share_customers" if share else slots.measure or "customers", listed=False)
    told = any(held.field in ("lost", "lost_on") or held.field in columns.fates for held in slots.filters)
    if never and not told and study.model.lost.basis in _ENDED and _recent(period, as_of):
        slots.filters = [*slots.filters, still_here("", columns, -1)]
    step = prepare("explore", slots, rest, {}, columns)
    if step.analysis == "churn_rate" and set(step.arguments) <= {"segment"}:
        step = replace(step, analysis="explore", arguments={**step.arguments, "measure": "lost_rate"})
    if step.analysis != "explore":
        return None
    seen: dict[str, Any] = {"table": table.name, **said.arguments()}
    if period is not None:
        seen["period"] = period.to_json()
    if kinds:
        seen["filter"] = [held.to_json() for held in kinds]
    return replace(step, arguments={**step.arguments, "seen": seen}), columns


_YES_OF = {"!=": "=", "not in": "in"}  # « n'a jamais réservé le studio »: of the studio
_SHARE = re.compile(r"^(?:et |and )?(?:quelle |la |what |which |the )?(?:est la |is the )?(?:part|proportion|pourcentage|share|percentage) (?:de |des |d'|of (?:the |our )?)(?=\w)")
_UPWARDS = re.compile(r"\b(?:(?:ou|et) plus|or more)\b")


def _recent(period: Period | None, as_of: date) -> bool:
    return period is not None and (as_of - period.end).days <= _RECENT
