"""Tickets followed month by month under a contract, order by order in a shop: the kinds worth counting, and the condition of each.

What a customer asks for who is going (to end, to pause, to have their papers back) is no fault met, and is counted nowhere here.
"""

from __future__ import annotations

from dataclasses import dataclass

from analytics.customers.header_timing import timing_of_ticket
from analytics.datamodel.attributes import Timing
from analytics.workspace import literal
from vocabulary.language import Text

TICKET_DAYS = 90  # under a contract, a fault, a complaint weighs for a season
TICKET = "event_ticket_"  # begins the codes of what tickets told: those of a season, or those that followed the last order
EVERY_TICKET = f"{TICKET}any"  # whatever they told
AFTER_ORDER = {30: Text("dans le mois qui suit la dernière commande", "in the month after the last order"),
               7: Text("dans la semaine qui suit la dernière commande", "in the week after the last order")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FollowedTickets:
    """What tickets say that can be followed month by month, or order by order.

    Args:
        topics, details: the values met often enough to learn from, the most frequent first.
        topic, detail, day, settled: (file, header) of the columns they stand in, of their day and of what settled them; empty where there is none.
        announcing: the topics by which a customer announces the departure.
        by_topic: the column of topics is one of topics, and not of urgency or of the way they came.
        wrong: the files' names say that every ticket is something that went wrong.
        within: days after an order in which a ticket is about it, one of `AFTER_ORDER`; None under a contract.
    """

    topics: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    topic: tuple[tuple[str, str], ...] = ()
    detail: tuple[tuple[str, str], ...] = ()
    day: tuple[tuple[str, str], ...] = ()
    settled: tuple[tuple[str, str], ...] = ()
    announcing: tuple[str, ...] = ()
    by_topic: bool = False
    wrong: bool = False
    within: int | None = None


@dataclass(frozen=True, slots=True)
class TicketKind:
    """Some tickets counted apart.

    Args:
        name: code of the attribute. title: how it is said.
        condition: over `met` of `customers.sql`.
        timing: when it is known. sources: (file, header) that tell it.
        value: the value of the source that is counted; None where it is no value.
    """

    name: str
    title: Text
    condition: str
    timing: Timing
    sources: tuple[tuple[str, str], ...]
    value: str | None = None


def kinds_of_tickets(told: FollowedTickets) -> list[TicketKind]:
    """The kinds counted: all but what announces a departure, each topic and detail, those left unresolved.

    Args:
        told: what the tickets say.
    """
    recent = f"kind = 'ticket' AND {f'ago < {TICKET_DAYS}' if told.within is None else f'after_order BETWEEN 0 AND {told.within}'}"
    if told.announcing:
        recent += f" AND COALESCE(label, '') NOT IN ({', '.join(map(literal, told.announcing))})"
    others = {timing_of_ticket(value, topic=told.by_topic) for value in told.topics if value not in told.announcing}
    every = Timing.DURING if told.wrong or others == {Timing.DURING} else Timing.UNKNOWN
    found = [TicketKind(EVERY_TICKET, _counted(told, "réclamations, demandes ou incidents", "complaints, requests or incidents"), recent, every, told.day)]
    found += [
        TicketKind(
            f"{TICKET}{column}_{'abcdefghijklmnopqrstuvwxyz'[place]}", _counted(told, f"« {plainly(value)} »", f"“{plainly(value)}”"),
            f"{recent} AND {column} = {literal(value)}", Timing.DURING if told.wrong else timing_of_ticket(value, topic=topic), source, value,
        )
        for column, values, topic, source in (("label", told.topics, told.by_topic, told.topic), ("detail", told.details, False, told.detail))
        for place, value in enumerate(value for value in values if value not in told.announcing)
    ]  # fmt: skip
    if told.settled:
        title = _counted(told, "réclamations, demandes ou incidents sans solution", "complaints, requests or incidents left unresolved")
        open_still = f"{recent} AND (CASE WHEN dated THEN settled IS NULL OR settled > looked ELSE NOT flag END)"
        found.append(TicketKind(f"{TICKET}open", title, open_still, every, told.settled))
    return found


def days_after_an_order(silence: int) -> int:
    """How long after an order a ticket is about it: the longest of `AFTER_ORDER` that is short beside the silence, in days, of who has left."""
    return next((days for days in sorted(AFTER_ORDER, reverse=True) if 3 * days <= silence), min(AFTER_ORDER))


def _counted(told: FollowedTickets, fr: str, en: str) -> Text:
    span = Text("en trois mois", "in three months") if told.within is None else AFTER_ORDER[told.within]
    return Text(f"{fr} (nombre {span.fr})", f"{en} (number {span.en})")


def plainly(words: str) -> str:
    """Words of a file that stand in a template: its braces are not the template's."""
    return words.replace("{", "(").replace("}", ")")
