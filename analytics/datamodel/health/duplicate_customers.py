"""One person under several identifiers, or several rows for one identifier."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rows_where
from analytics.datamodel.health.people import merged
from analytics.datamodel.model import HealthCheck, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.workspace import quote
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Severity

_GENERIC_ADDRESS = 6  # an address under more ids than this is a switchboard, not a person


def check(context: Context) -> list[HealthCheck]:
    """Repeated identifiers, and e-mail addresses or telephones shared by several identifiers."""
    found = []
    for table in context.model.of_kind(TableKind.CUSTOMERS):
        person = context.place(table, Role.CUSTOMER_ID, Role.ACCOUNT_ID)
        if person is None:
            continue
        found += _repeated(context, table, person)
        seen: HealthCheck | None = None
        for role in (Role.EMAIL, Role.PHONE):
            contact = context.place(table, role)
            if contact is not None and seen is None:
                seen = _shared(context, table, person, contact)
        found += [seen] if seen else []
    return found


def _repeated(context: Context, table: TableProfile, person: Place) -> list[HealthCheck]:
    if person.column.distinct >= person.column.filled and table.rows <= 100_000:
        return []
    extra = int(context.database.row(
        f"SELECT COUNT({as_text(person.column)}) - COUNT(DISTINCT {as_text(person.column)}) FROM {quote(table.table)} t"
    )[0])  # fmt: skip
    if not extra or extra > 0.3 * table.rows:
        return []
    detail = say(
        "{file} : {count} lignes reprennent un identifiant client déjà présent ; une seule ligne par client peut décrire.",
        "{file}: {count} rows repeat a customer identifier; only one row a customer can describe.",
        file=Label(table.file), count=counted(extra, table.rows),
    )  # fmt: skip
    return [defect(HealthCode.DUPLICATE_CUSTOMERS, Severity.WARNING, extra, detail, person)]


def _shared(context: Context, table: TableProfile, person: Place, contact: Place) -> HealthCheck | None:
    address = f"REGEXP_REPLACE(LOWER({as_text(contact.column)}), '[\\s.()-]', '', 'g')"
    shared = (
        f"SELECT {address} AS address FROM {quote(table.table)} t WHERE {as_text(contact.column)} IS NOT NULL GROUP BY 1"
        f" HAVING COUNT(DISTINCT {as_text(person.column)}) BETWEEN 2 AND {_GENERIC_ADDRESS}"
    )
    known = f"{address} IN ({shared})"
    same = (
        f"SELECT DISTINCT {as_text(person.column)} AS id, FIRST_VALUE({as_text(person.column)})"
        f" OVER (PARTITION BY {address} ORDER BY t.rowid) AS chosen FROM {quote(table.table)} t WHERE {known}"
    )
    moved = f"SELECT id, MIN(chosen) AS chosen FROM ({same}) GROUP BY id HAVING MIN(chosen) <> id"
    extra = int(context.database.row(f"SELECT COUNT(*) FROM ({moved})")[0])
    if not extra:
        return None
    return defect(
        HealthCode.DUPLICATE_CUSTOMERS, Severity.WARNING, extra, _sentence(table, contact, extra), contact,
        lines=f"{rows_where(table, known)} ORDER BY {address}, t.rowid", remedy=merged(context, table, moved),
    )  # fmt: skip


def _sentence(table: TableProfile, contact: Place, extra: int) -> Sentence:
    return say(
        "{file} : {count} clients partagent leur « {column} » avec un autre identifiant ; comptés à part, ils paraissent moins "
        "fidèles qu’ils ne sont.",
        "{file}: {count} customers share their “{column}” with another identifier; counted apart, they look less loyal than "
        "they are.",
        file=Label(table.file), count=counted(extra, table.rows), column=Label(contact.column.name),
    )  # fmt: skip
