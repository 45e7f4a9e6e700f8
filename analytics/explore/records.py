"""Any table of the files as a query looks at its lines, as they stand: tickets, answers to a survey, invoices, bookings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analytics.analysis import Condition
from analytics.datamodel.model import TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.statuses import means_gone
from analytics.explore.exports import relation, same_list
from analytics.explore.fields import LATE, PERIODS, Field, Place, find_field
from analytics.explore.lateness import late_field
from analytics.explore.parameters import ExploreParameters
from analytics.explore.stock import MOMENT
from analytics.measures.dates import CLOCKS
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.errors import UserError
from vocabulary.language import Text
from vocabulary.sentence import Label, say

CLOSED = (Role.RESOLVED_DATE, Role.DELIVERY_DATE)  # what a delay runs to
ENDED = (*CLOSED, Role.END_DATE)  # empty while it lasts
LINES = "r"


@dataclass(frozen=True, slots=True)
class Records:
    """One loaded table: its profile, the role of each column, its day, and the column that names the customer.

    `ended`: the column of their end, where the lines looked at are those that ended. They are then dated by it: a contract cancelled
    in a year is one that ended in it, whenever it began. `relation`: what the query reads, which is more than the table where the same
    list stands in a file a year.
    """

    profile: TableProfile
    roles: dict[str, Role]
    ended: str | None = None
    relation: str = ""

    @property
    def clock(self) -> str | None:
        """The column lines are dated by, None when the table has no date."""
        return self.ended or self.opened or self.of_role(Role.DELIVERY_DATE)

    @property
    def opened(self) -> str | None:
        """The column of the day a line began or happened."""
        return next((column for wanted in CLOCKS for column, role in self.roles.items() if role is wanted), None)

    def of_role(self, *wanted: Role) -> str | None:
        """The first column of one of these roles."""
        return next((column for column, role in self.roles.items() if role in wanted), None)


def called(profile: TableProfile, study: Study) -> str:
    """How a query names a table: its file, with its sheet when the file holds several."""
    several = sum(other.file == profile.file for other in study.model.tables) > 1
    return f"{profile.file} · {profile.sheet}" if several and profile.sheet else profile.file


def records_of(study: Study, name: str) -> Records:
    """The table of that name.

    Args:
        study: the data.
        name: of the table.

    Raises:
        UserError: there is none.
    """
    for profile in study.model.tables:
        if called(profile, study) == name:
            roles = {b.column: b.role for b in study.model.bindings if b.table == profile.table}
            return Records(profile, roles, relation=relation(profile, same_list(study, profile)))
    raise UserError(
        say("Aucun fichier ne s’appelle «\u00a0{name}\u00a0».", "No file is called “{name}”.", name=Label(name))
    )


def looked_at_in(study: Study, parameters: ExploreParameters) -> Records:
    """The table of a query, dated by the end of its lines where those that ended are looked at.

    Args:
        study: the data.
        parameters: the query, on a table.
    """
    records = records_of(study, str(parameters.table))
    end = records.of_role(*ENDED)
    headers = {column.name: column.column for column in records.profile.columns}

    def over(condition: Condition) -> bool:
        if condition.operator == "is not null":
            return headers.get(condition.field) == end
        return condition.operator in ("=", "in") and bool(condition.values) and all(means_gone(str(value)) for value in condition.values)

    told = end is not None and not parameters.stock and any(over(condition) for condition in parameters.purchase_filter)
    return replace(records, ended=end) if told else records


def record_field(study: Study, records: Records, name: str, *, stock: bool = False) -> Field:
    """A column of the table, a calendar period of its day (in a `stock`, of the day looked at), or a column of the customers its lines name.

    Raises:
        UserError: there is none.
    """
    for column in records.profile.columns:
        if column.name == name:
            return Field(name, Text(name, name), f"{LINES}.{quote(column.column)}", Place.PURCHASE, column.type)
    if name == LATE and (late := late_field(records, LINES)) is not None:
        return late
    if name in PERIODS and records.clock is not None:
        return find_field(study, name, purchases=False, clock=MOMENT if stock else day_sql(records))
    return find_field(study, name, purchases=False)


_ENDING = re.compile(r"\.\w{2,5}(?= [–·] |$)")


def bare(table: str) -> str:
    """A file without its ending, and the sheet of it that is meant.

    Args:
        table: as a query calls it.
    """
    return _ENDING.sub("", table)


def day_sql(records: Records) -> str:
    """The day of a line."""
    return f"CAST({LINES}.{quote(str(records.clock))} AS DATE)"


def began_sql(records: Records) -> str:
    """The day a line began or happened."""
    return f"CAST({LINES}.{quote(str(records.opened))} AS DATE)"


def end_sql(records: Records) -> str:
    """The day a line ended."""
    return f"CAST({LINES}.{quote(str(records.of_role(*ENDED)))} AS DATE)"
