"""People who stand in two lists of customers, under a number of each: they count twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rows_where
from analytics.datamodel.health.duplicate_customers import DESK, bare
from analytics.datamodel.health.names import family_name, given_name, one_person
from analytics.datamodel.model import Effect, HealthCheck, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity


def check(context: Context) -> list[HealthCheck]:
    """Each pair of lists whose numbers are apart: the mailboxes that stand in both, where the names agree."""
    found = []
    for first, second in combinations(context.model.of_kind(TableKind.CUSTOMERS), 2):
        if not _is_joined(context, first, second):
            found += _in_both(context, first, second)
    return found


def _is_joined(context: Context, first: TableProfile, second: TableProfile) -> bool:
    """Whether one tells more of the customers of the other, by their number."""
    return any(
        {key.left_table, key.right_table} == {first.table, second.table} and key.role is not Role.EMAIL for key in context.model.keys
    )


def _in_both(context: Context, first: TableProfile, second: TableProfile) -> list[HealthCheck]:
    sides = [(table, context.place(table, Role.CUSTOMER_ID), context.place(table, Role.EMAIL)) for table in (first, second)]
    told = [_people(context, table, person, box) for table, person, box in sides if person is not None and box is not None]
    if len(told) < 2:
        return []
    same = f"SELECT a.address FROM ({told[0]}) a JOIN ({told[1]}) b ON a.address = b.address AND a.id <> b.id AND {one_person('a', 'b')}"
    people = int(context.database.row(f"SELECT COUNT(DISTINCT address) FROM ({same})")[0])
    box = context.place(second, Role.EMAIL)
    if not people or box is None:
        return []
    detail = say(
        "{file} et {other} : {count} personnes sont dans les deux listes (même « {column} »), sous un numéro de chacune ; elles comptent "
        "deux fois. Donnez-leur un seul numéro dans vos fichiers, puis chargez de nouveau.",
        "{file} and {other}: {count} people stand in both lists (same “{column}”), under a number of each; they count twice. Give them one "
        "number in your files, then load them again.",
        file=Label(first.file), other=Label(second.file), count=counted(people, second.rows), column=Label(box.column.name),
    )  # fmt: skip
    listed = first.rows + second.rows
    kept, without = (Estimate("customers", n, Unit.CUSTOMERS, n=n) for n in (listed, listed - people))
    said = say(
        "Clients des deux listes : {kept} numéros, {without} personnes.", "Customers of both lists: {kept} numbers, {without} people.",
        kept=kept, without=without,
    )  # fmt: skip
    lines = rows_where(second, f"{bare(box)} IN ({same})")
    check_ = defect(HealthCode.DUPLICATE_CUSTOMERS, Severity.WARNING, people, detail, box, lines=lines)
    return [replace(check_, effect=Effect("customers", kept, without, said))]


def _people(context: Context, table: TableProfile, person: Place, box: Place) -> str:
    address = bare(box)
    return (
        f"SELECT {as_text(person.column)} AS id, {address} AS address, {given_name(context, table)} AS first, {family_name(context, table)} AS last"
        f" FROM {quote(table.table)} t WHERE {address} IS NOT NULL AND NOT REGEXP_MATCHES({address}, '{DESK}')"
    )
