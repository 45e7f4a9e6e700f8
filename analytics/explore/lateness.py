"""How late each line of a file was: the days from what was promised to what came, from what was due to what was paid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analytics.datamodel.headers import concepts_of, plain
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.explore.fields import LATE, Field, Place, title_of
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Sentence, say

if TYPE_CHECKING:
    from analytics.explore.parameters import ExploreParameters
    from analytics.explore.records import Records
    from analytics.study import Study

_DUE, _PAID = "due", re.compile(r"(?<![a-z])(?:regl|pai|paye|paid|encaiss|settled)")


def due_and_met(records: Records) -> tuple[str, str] | None:
    """The column of the day a line was promised or due for, and that of the day it came or was paid; None where a file lacks one.

    Args:
        records: the table.
    """
    promised, came = records.of_role(Role.PROMISED_DATE), records.of_role(Role.DELIVERY_DATE)
    if promised is not None and came is not None:
        return promised, came
    days = [column for column in records.profile.columns if column.type is ColumnType.DATE]
    due = [column.column for column in days if any(_DUE in word for word in concepts_of(column.name)) and not _PAID.search(plain(column.name))]
    paid = [column.column for column in days if column.column not in due and _PAID.search(plain(column.name))]
    return (due[0], paid[0]) if len(due) == 1 and len(paid) == 1 else None


def late_field(records: Records, alias: str) -> Field | None:
    """The days each line was late, below nought for one that came early and empty for one that has not come; None where nothing tells.

    Args:
        records: the table.
        alias: of the table in the query.
    """
    both = due_and_met(records)
    if both is None:
        return None
    due, met = (f"CAST({alias}.{quote(column)} AS DATE)" for column in both)
    return Field(LATE, title_of(LATE), f"date_diff('day', {due}, {met})", Place.PURCHASE, ColumnType.NUMBER)


def not_come(study: Study, parameters: ExploreParameters, records: Records) -> tuple[Sentence, ...]:
    """That the lines which have not come are left out of a share of late ones, when some are.

    Args:
        study: the data.
        parameters: the query of a table.
        records: the table.
    """
    both = due_and_met(records) if parameters.measure == "share_records" and any(held.field == LATE for held in parameters.part) else None
    if both is None:
        return ()
    due, met = (quote(column) for column in both)
    count = study.database.row(f"SELECT count(*) FILTER ({due} IS NULL OR {met} IS NULL) FROM {records.relation}")[0]
    header = next(column.name for column in records.profile.columns if column.column == both[1])
    told = say(
        "Une ligne sans « {header} » n’est ni en retard ni à l’heure : le fichier en compte {count}, laissées de côté ici.",
        "A row without “{header}” is neither late nor on time: the file holds {count} of them, left out here.",
        header=Label(header), count=Estimate("not_come", count, Unit.COUNT, method="exact"),
    )  # fmt: skip
    return (told,) if count else ()
