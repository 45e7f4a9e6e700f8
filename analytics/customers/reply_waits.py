"""How long customers waited for a first reply, where tickets tell it in hours, minutes or days: a slow house is left by those who wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.customers.derived import EVENT, Derived
from analytics.customers.header_timing import plain
from analytics.customers.tickets import TICKET_DAYS
from analytics.datamodel.attributes import Timing
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from vocabulary.language import Text
from vocabulary.themes import Theme

REPLY_WAIT = f"{EVENT}reply_wait"  # the longest of a season
_A_REPLY = re.compile(r"repl(?:y|ied)|respon(?:se|d)|reponse|answer|reaction|prise_en_charge|(?:^|_)wait|attente")
_NO_WAIT = re.compile(r"(?:^|_)(?:nb|num|number|count|nombre|rate|taux|score|note|satisf\w*|pct|percent)(?=_|$)")
_UNITS: tuple[tuple[re.Pattern[str], int, Text], ...] = (
    (re.compile(r"(?:^|_)(?:hours?|heures?|hrs?|h)(?=_|$)"), 24, Text("en heures", "in hours")),
    (re.compile(r"(?:^|_)(?:minutes?|mins?|mn)(?=_|$)"), 24 * 60, Text("en minutes", "in minutes")),
    (re.compile(r"(?:^|_)(?:days?|jours?|j)(?=_|$)"), 1, Text("en jours", "in days")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReplyWait:
    """The column that tells it.

    Args:
        file, header: where it stands.
        a_day: how many of its units make a day. unit: how they are said.
    """

    file: str
    header: str
    a_day: int
    unit: Text


def reply_wait(file: str, header: str) -> ReplyWait | None:
    """How a number of a file of tickets tells the wait for a reply; None when it does not, or does not say in what unit.

    Args:
        file: its name. header: of the column.
    """
    words = plain(header)
    if not _A_REPLY.search(words) or _NO_WAIT.search(words):
        return None
    return next((ReplyWait(file, header, a_day, unit) for said, a_day, unit in _UNITS if said.search(words)), None)


def of_reply_waits(told: ReplyWait | None) -> list[Derived]:
    """The longest wait for a reply of a season, as it stood on the day looked from: a reply that had not come had not come.

    Args:
        told: the column; None where there is none.
    """
    if told is None:
        return []
    title = Text(f"plus longue attente d’une réponse en trois mois, {told.unit.fr}", f"longest wait for a reply in three months, {told.unit.en}")
    longest = f"MAX(CASE WHEN kind = 'ticket' AND ago < {TICKET_DAYS} THEN LEAST(waited, ago * {told.a_day}) END)"
    sql = f"CAST(COALESCE(m.{REPLY_WAIT}, 0) AS DOUBLE)"
    return [Derived(REPLY_WAIT, title, sql, ColumnType.NUMBER, Timing.DURING, Theme.SERVICE, Role.MEASURE, longest, sources=((told.file, told.header),))]
