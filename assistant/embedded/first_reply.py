"""« Délai moyen de première réponse », "average response time": the column of a file of tickets that tells it, and no day they were closed."""

from __future__ import annotations

import re

from analytics.customers.reply_waits import reply_wait
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import TableKind
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded.absent import no_figure
from assistant.embedded.columns import Columns

_ASKED = re.compile(
    r"\b(?:(?P<en>average|mean|median|avg) )?(?:(?P<first>(?:very )?first) )?(?:response|reply|answer) times?\b|"
    r"\b(?:(?:le|les|notre|nos) )?(?:d[ée]lais?|temps)(?: (?P<fr>moyens?|m[ée]dians?))? (?:avant|de|d['’]une) (?:la |une )?(?:(?P<premiere>premi[èe]re|1re|1[èe]re) )?r[ée]ponse\b",
    re.IGNORECASE,
)


def first_reply_named(question: str, study: Study) -> str:
    """The question with the wait for a reply called by the column that tells it, where one does.

    Args:
        question: as typed.
        study: the data.
    """
    header = _told_by(study) if _ASKED.search(question) else None
    if header is None:
        return question

    def called(found: re.Match[str]) -> str:
        french = found["fr"] is not None or found["premiere"] is not None or found.group().lower().endswith(("réponse", "reponse"))
        statistic = (found["en"] or found["fr"] or "").lower()
        median = statistic.startswith(("median", "médian"))
        return f"{'médiane' if median else 'moyenne'} de {header}" if french else f"{'median' if median else 'average'} {header}"

    return _ASKED.sub(called, question, count=1)


def no_first_reply(question: str, columns: Columns, study: Study) -> Reading | None:
    """What is said where a first reply is asked about and no column tells when it came: the day a request is closed is another.

    Args:
        question: as typed.
        columns: what the data can be asked about.
        study: the data.
    """
    match = _ASKED.search(question)
    if match is None or not (match["first"] or match["premiere"]) or _told_by(study) is not None:
        return None
    said = "first response time" if match["first"] else "délai de première réponse"
    return no_figure(said, question, columns, study)


def _told_by(study: Study) -> str | None:
    tickets = (table for table in study.model.tables if study.model.kind(table.table) is TableKind.TICKETS)
    numbers = (column.name for table in tickets for column in table.columns if column.type is ColumnType.NUMBER and reply_wait(table.file, column.name) is not None)
    return next(numbers, None)
