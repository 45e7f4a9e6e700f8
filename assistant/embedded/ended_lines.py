"""Contracts and other lines asked about by what became of them: ended in some days, for a reason, signed then; customers who have a line."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.statuses import complaints_among
from analytics.study import Study
from assistant.embedded.columns import columns_of
from assistant.embedded.coverage import departing
from assistant.embedded.filters import Filter
from assistant.embedded.ideas import idea
from assistant.embedded.measuring import PERSON
from assistant.embedded.record_tables import RecordTable, called_so
from assistant.embedded.slotted import Slots
from assistant.embedded.stated import QUOTED, REASONS, asks_reasons
from assistant.embedded.text import plain, words
from assistant.embedded.unpaid import unsettled

COUNTED = re.compile(r"\b(?:combien|how many|nombre|number of)\b")


def reasons_of_lines(text: str, slots: Slots, table: RecordTable) -> str | None:
    """Split the lines by the reason they ended for, when reasons are asked; its header, None otherwise.

    Args:
        text: the plain question.
        slots: what was read; put right in place.
        table: the file asked about.
    """
    reason = reason_of(table) if asks_reasons(text) else None
    if reason is None:
        return None
    slots.by = list(dict.fromkeys([*slots.by, reason]))[:2]
    slots.filters = [held for held in slots.filters if held.field != "lost"]
    said = {part for match in REASONS.finditer(text) for part in words(match.group())}
    slots.measure, slots.unexplained = "records", [word for word in slots.unexplained if word not in said and not QUOTED.fullmatch(word)]
    return reason


def ends_and_beginnings(text: str, slots: Slots, table: RecordTable, *, by_reason: bool) -> None:
    """Put right what a question says of lines that ended or began.

    Args:
        text: the plain question.
        slots: what was read; put right in place.
        table: the file asked about.
        by_reason: they are split by the reason they ended for.
    """
    if by_reason and table.closed is not None and not any(held.field == table.closed for held in slots.filters):
        slots.filters.append(Filter(table.closed, "is not null", (), on_purchases=True))  # who has not left has no reason
    _ended_for(text, slots, table)
    _signed(text, slots, table)


def _ended_for(text: str, slots: Slots, table: RecordTable) -> None:
    """What stands before a reason adds nothing to it, and who left is said by the line that ended, not by the customer."""
    reason = reason_of(table)
    if reason is None or not any(held.field == reason for held in slots.filters):
        return
    slots.filters = [held for held in slots.filters if held.field not in ("lost", "lost_on")]
    slots.unexplained = [word for word in slots.unexplained if not _BECAUSE.fullmatch(word)]
    if slots.measure in ("lost_customers", "lost_rate"):
        slots.measure = "records"


_SIGNED = re.compile(r"\b(?:nouveaux|nouvelles|nouvel|nouveau|new|signee?s?|signed|souscrite?s?|conclus?|conclues?|demarree?s?|started|signes)\b")


def _signed(text: str, slots: Slots, table: RecordTable) -> None:
    """« Nouveaux contrats par mois », "contracts signed in 2025": those that begin then, which is the day their lines are dated by."""
    dated = slots.period is not None or slots.time is not None
    if table.kind is not TableKind.SUBSCRIPTIONS or not dated or not _SIGNED.search(text) or not table.timed:
        return
    slots.unexplained = [word for word in slots.unexplained if not _SIGNED.fullmatch(word)]
    if slots.measure in (None, "new_customers"):
        slots.measure = "records"


def for_a_reason(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """« Partis pour déménagement », "left because too expensive": the contracts that ended for a reason their column holds, where no customer does.

    Args:
        text: the plain question.
        tables: that can be asked about.
        study: the data.
    """
    if not departing(text) or _WHY.search(text) or any(found.role is Role.CHURN_REASON for found in columns_of(study).fields):
        return None
    said = {idea(word) for word in words(text)}
    for table in tables:
        name = reason_of(table) if table.closed is not None else None
        values = next((found.values for found in table.columns.fields if found.name == name and found.on_purchases), ())
        if any((parts := {idea(word) for word in words(value) if len(word) > _SMALL_WORD}) and parts <= said for value in values):
            return table
    return None


_WHY = re.compile(r"\b(?:pourquoi|why)\b")
_SMALL_WORD = 3  # letters
_BECAUSE = re.compile(r"\b(?:parce qu\w*|pour|car|because|for|cause|causes|raisons?|reasons?|motifs?|invoquant|disant|citant|saying|citing)\b")
_WROTE = r"\b(?:opened|filed|raised|sent|made|logged|lodged|submitted|created)"
_LIVED = re.compile(rf"{_WROTE} (?:at least )?(?:1|one|an?|any|some) $|\b(?:ont|a|avaient|aient|have|had|has|ayant|having|avec|with)\b (?:deja |already |ever |eu |fait |ouvert |depose |connu |subi |recu |had |opened |filed |made |raised )*(?:au moins |at least )?(?:un|une|des|1|one|a|an|any|some) $")


def lived_by(text: str, tables: tuple[RecordTable, ...]) -> RecordTable | None:
    """« Combien de clients ont eu un litige ? »: the file whose customers are counted once each; None when no such thing is asked.

    Args:
        text: the plain question.
        tables: that can be asked about.
    """
    person = PERSON.search(text)
    if person is None or COUNTED.search(text) is None or departing(text):
        return None
    held = [
        (not called_so(match.group(), table), place, table) for place, table in enumerate(tables)
        for match in (table.noun.finditer(text) if table.noun is not None and table.kind in _LINES_LIVED else ())
        if match.start() > person.end() and _LIVED.search(text[: match.start()]) and not _DENIED.search(text)
    ]  # fmt: skip
    if held:
        return min(held, key=lambda found: found[:2])[2]  # the file that is called so, of several of one kind
    if (said := _SAID_TO_COMPLAIN.search(text)) is not None and said.start() >= person.end() and not _DENIED.search(text):
        told = [table for table in tables if table.kind is TableKind.TICKETS and table.timed and not _tells_complaints(table)]
        return min(told, key=lambda table: not _OF_COMPLAINTS.search(plain(table.name)), default=None)
    return _owing(text, tables)


def _owing(text: str, tables: tuple[RecordTable, ...]) -> RecordTable | None:
    """« Combien de clients ont au moins un impayé ? »: the file of bills whose lines tell which are not paid."""
    said = _ONE_UNPAID.search(text)
    billed = (table for table in tables if said is not None and table.kind in (TableKind.INVOICES, TableKind.PAYMENTS) and unsettled(table.columns) is not None)
    return next((table for table in billed if said is not None and _of_those_bills(said["what"] or said["en"], table)), None)


_ONE_UNPAID = re.compile(
    r"\b(?:ont|avec|ayant|have|had|with) (?:encore |toujours |still )?(?:au moins |at least )?(?:une?|des|1|one|an?|any|some) (?:(?:(?P<what>[a-z]+) )?impayee?s?|(?:unpaid|outstanding) (?P<en>[a-z]+))\b"
)


AT_LEAST_ONE = re.compile(r"\b(?:au moins|at least) (?=(?:une?|1|one|an?) (?:[a-z]+ )?(?:impayee?s?|unpaid|outstanding)\b)")  # one is enough to have some


def _of_those_bills(word: str | None, table: RecordTable) -> bool:
    return word is None or (table.noun is not None and table.noun.fullmatch(word) is not None)


def _tells_complaints(table: RecordTable) -> bool:
    """Whether one kind of its tickets is the complaints: whoever only asked for something has not complained."""
    return any(complaints_among(found.values) for found in table.columns.fields if found.on_purchases)


_DENIED = re.compile(r"\b(?:n'|ne|pas|jamais|never|no|not)\b")
_OF_COMPLAINTS = re.compile(r"reclam|plainte|complaint|litige|dispute")  # in the name of a file
_SAID_TO_COMPLAIN = re.compile(r"\b(?:complained|ont reclame|se sont plainte?s?)\b")
COMPLAINED = re.compile(r"^(?:complained|reclame|plainte?s?)$")
LIVED_VERBS = re.compile(rf"{_WROTE}(?= (?:at least )?(?:1|one|an?|any|some) )")  # that say of a line only that there is one


_LINES_LIVED = frozenset({TableKind.TICKETS, TableKind.RETURNS, TableKind.SURVEYS, TableKind.CONTACTS})


def reason_of(table: RecordTable) -> str | None:
    """The header of the reason the lines of a table ended for, if it holds one."""
    return next((found.name for found in table.columns.fields if found.on_purchases and found.role is Role.CHURN_REASON and found.values), None)
