"""People of the same names born on the same day under several identifiers: most often one person, come back under another number."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rows_where
from analytics.datamodel.health.names import family_name, given_name
from analytics.datamodel.health.people import merged
from analytics.datamodel.model import ColumnType, HealthCheck, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_day, as_text
from analytics.workspace import quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_DATES = (ColumnType.DATE, ColumnType.MOMENT)
_SPREAD, _MANY_DAYS = 0.2, 5_000
_USUAL = 6  # more people under one name and one day are a day typed for want of another: 01/01/1970


def check(context: Context) -> list[HealthCheck]:
    """For each list of customers that gives first names, last names and days of birth; those who share an address or a number are told elsewhere."""
    found = []
    for table in context.model.of_kind(TableKind.CUSTOMERS):
        person = context.place(table, Role.CUSTOMER_ID, Role.ACCOUNT_ID)
        born, first, last = (context.place(table, role) for role in (Role.BIRTH_DATE, Role.FIRST_NAME, Role.LAST_NAME))
        if person is None or born is None or first is None or last is None or born.column.type not in _DATES:
            continue
        if born.column.distinct >= min(_SPREAD * table.rows, _MANY_DAYS):  # and not the years of birth, all written 1 January
            found += _alike(context, table, person, born)
    return found


def _alike(context: Context, table: TableProfile, person: Place, born: Place) -> list[HealthCheck]:
    who, day = as_text(person.column), as_day(born.column)
    same = f"CONCAT({given_name(context, table)}, '|', {family_name(context, table)}, '|', {day})"
    contacts = [place for role in (Role.EMAIL, Role.PHONE) if (place := context.place(table, role)) is not None]
    told = " AND ".join(f"COUNT(DISTINCT {as_text(place.column)}) = COUNT({as_text(place.column)})" for place in contacts) or "TRUE"
    known = f"FROM {quote(table.table)} t WHERE {day} IS NOT NULL AND {given_name(context, table)} <> '' AND {family_name(context, table)} <> '' AND {who} IS NOT NULL"
    groups = f"SELECT {same} AS same, ARG_MIN({who}, t.rowid) AS chosen {known} GROUP BY 1 HAVING COUNT(DISTINCT {who}) BETWEEN 2 AND {_USUAL} AND {told}"
    moved = f"SELECT DISTINCT {who} AS id, g.chosen FROM {quote(table.table)} t JOIN ({groups}) g ON g.same = {same} WHERE {who} <> g.chosen"
    extra = int(context.database.row(f"SELECT COUNT(*) FROM ({moved})")[0])
    if not extra:
        return []
    detail = say(
        "{file} : {count} clients portent les mêmes nom et prénom, et sont nés le même jour, qu’un autre identifiant : sans doute une seule "
        "personne, peut-être revenue sous un nouveau numéro. Comptés à part, ils paraissent moins fidèles qu’ils ne sont.",
        "{file}: {count} customers bear the same first and last names, and were born on the same day, as another identifier: probably one person, "
        "perhaps come back under a new number. Counted apart, they look less loyal than they are.",
        file=Label(table.file), count=counted(extra, table.rows),
    )  # fmt: skip
    both = f"SELECT id FROM ({moved}) UNION ALL SELECT chosen FROM ({moved})"
    ended = context.place(table, Role.END_DATE) is not None  # two relations of one person, each with its end: they are not made one
    return [defect(
        HealthCode.DUPLICATE_CUSTOMERS, Severity.WARNING, extra, detail, person,
        lines=f"{rows_where(table, f'{who} IN ({both})')} ORDER BY {same}, t.rowid", remedy=() if ended else merged(context, table, moved),
    )]  # fmt: skip
