"""D3: the days the files tell of, file by file."""

from __future__ import annotations

from typing import Any

from analytics.datamodel.health import HealthCode
from analytics.datamodel.roles import Role
from analytics.measures.dates import CLOCKS, last_day_sql
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Label, say
from vocabulary.themes import Strength, Theme

# A list told by last purchases, ends or deliveries alone is dated by those; birthdays, consents and days to come tell nothing of what files cover.
_TOLD_BY = (*CLOCKS, Role.LAST_PURCHASE_DATE, Role.END_DATE, Role.DELIVERY_DATE)


def covered_days(study: Study) -> Result:
    """The days that each file tells of.

    Args:
        study: the data.
    """
    rows = [row for table in study.model.tables if not table.derived for row in _file(study, table.table)]
    if not rows:
        return NotApplicable("data_health", "dates", _UNDATED, _DATED)
    first, last = min(row[2] for row in rows), max(row[3] for row in rows)
    dated = Estimate("dated_rows", sum(row[4] for row in rows), Unit.COUNT, method="exact")
    gaps = tuple(check.detail for check in study.model.health if check.check == HealthCode.MISSING_PERIOD)
    return Finding(
        "data_health",
        say(
            "Vos fichiers couvrent du {first} au {last}.", "Your files cover {first} to {last}.", first=first, last=last,
        ),
        measures=(dated,),
        facts=(
            *(
                say("{file} (« {column} ») : du {start} au {end}, {n} lignes.", "{file} (“{column}”): {start} to {end}, {n} rows.",
                    file=Label(row[0]), column=Label(row[1]), start=row[2], end=row[3], n=Estimate("dated_rows", row[4], Unit.COUNT, method="exact"))
                for row in rows[:3]
            ),
            *((say("Tout est regardé au {day}.", "Everything is looked at as of {day}.", day=study.as_of),) if study.as_of != last else ()),
        ),
        items=tuple({"file": row[0], "column": row[1], "first": row[2], "last": row[3], "n": row[4]} for row in rows),
        table=Table(
            (Column("file", Text("fichier", "file")), Column("column", Text("colonne", "column")), Column("first", _FIRST), Column("last", _LAST),
             Column("n", Text("lignes datées", "dated rows"), Unit.COUNT)),
            tuple(tuple(row) for row in rows),
        ),
        caveats=gaps[:1],
        strength=Strength.STRONG,
        themes=(Theme.DATA,),
        next_questions=_NEXT,
    )  # fmt: skip


def _file(study: Study, table: str) -> list[tuple[Any, ...]]:
    """The file, its plainest day, the first and the last of it, and how many rows have one; nothing for a file that dates nothing."""
    roles = study.model.roles_of(table)
    held = next((roles[role][0] for role in _TOLD_BY if roles.get(role)), None)
    if held is None:
        return []
    first, last, dated = study.row(_SPAN.format(column=quote(held.column), table=quote(table), last=last_day_sql("day", study.as_of)))
    return [(held.file, held.name, first, last, dated)] if dated else []


_SPAN = "SELECT min(day), {last}, count(day) FROM (SELECT CAST({column} AS DATE) AS day FROM {table})"
_FIRST, _LAST = Text("premier jour", "first day"), Text("dernier jour", "last day")
_UNDATED = say("Aucune colonne des fichiers ne dit quand quelque chose a eu lieu.", "No column of the files tells when something happened.")
_DATED = say("Ajoutez une colonne de dates : d’achat, d’inscription ou de contrat.", "Add a column of dates: of purchase, of sign-up or of contract.")
_NEXT = (
    Text("Comment va la relation avec mes clients ?", "How healthy is our customer relationship?"),
    Text("Mes données sont-elles fiables ?", "Is my data reliable?"),
)
