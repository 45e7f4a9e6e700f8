"""Sales that know their customers by name only, beside a list in which several people bear one name: each name counts as one customer."""

from __future__ import annotations

from dataclasses import replace

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect
from analytics.datamodel.model import Effect, HealthCheck, TableProfile
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.datamodel.values import Facts
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_KNOWN = 0.8  # of the names of the sales stand in the list, written one way or another
_FEW = 0.01  # of the people: fewer namesakes move no figure


def check(context: Context) -> list[HealthCheck]:
    """For each file of sales told by names, the list that says how many people bear them."""
    found = []
    for table in context.model.of_kind(*SALES):
        person = context.place(table, Role.CUSTOMER_ID)
        if person is None or not _is_a_name(person):
            continue
        told = (_beside(context, person, people) for people in context.model.of_kind(TableKind.CUSTOMERS))
        found += [one for one in told if one is not None][:1]
    return found


def _is_a_name(person: Place) -> bool:
    facts = Facts(person.column, person.table.rows)
    return facts.looks_named and not facts.looks_email and not facts.looks_company


def _beside(context: Context, person: Place, people: TableProfile) -> HealthCheck | None:
    first, last = context.place(people, Role.FIRST_NAME), context.place(people, Role.LAST_NAME)
    if first is None or last is None:
        return None
    sold = f"SELECT DISTINCT {_plain(as_text(person.column))} AS name FROM {quote(person.table.table)} t WHERE {as_text(person.column)} IS NOT NULL"
    given, family = _plain(as_text(first.column)), _plain(as_text(last.column))
    ways = (f"CONCAT({given}, ' ', {family})", f"CONCAT({family}, ' ', {given})", f"CONCAT(LEFT({given}, 1), ' ', {family})", f"CONCAT({family}, ' ', LEFT({given}, 1))")
    for way in ways:
        names, known, bearers, several = context.database.row(
            f"SELECT COUNT(*), COUNT(n), COALESCE(SUM(n), 0), COUNT(*) FILTER (n > 1) FROM ({sold}) LEFT JOIN"
            f" (SELECT {way} AS name, COUNT(*) AS n FROM {quote(people.table)} t GROUP BY 1) USING (name)"
        )
        if known >= _KNOWN * names:
            apart = int(bearers) - int(known)
            return _told(person, people, int(names), apart, int(several)) if apart > _FEW * bearers else None
    return None


def _plain(text: str) -> str:
    return f"TRIM(REGEXP_REPLACE(LOWER(STRIP_ACCENTS({text})), '[^a-z0-9]+', ' ', 'g'))"


def _told(person: Place, people: TableProfile, names: int, apart: int, several: int) -> HealthCheck:
    detail = say(
        "{file} ne connaît les clients que par « {column} » : {count} de ces noms sont portés par plusieurs personnes de {other}, qui "
        "comptent pour une seule. Exportez aussi le numéro du client.",
        "{file} knows customers by “{column}” only: {count} of these names are borne by several people of {other}, who count as one. "
        "Export the customer’s number too.",
        file=Label(person.table.file), column=Label(person.column.name), count=counted(several, names), other=Label(people.file),
    )  # fmt: skip
    kept, without = (Estimate("customers", n, Unit.CUSTOMERS, n=n) for n in (names, names + apart))
    said = say("Nombre de clients : {kept} noms, {without} personnes.", "Number of customers: {kept} names, {without} people.", kept=kept, without=without)
    check_ = defect(HealthCode.DUPLICATE_CUSTOMERS, Severity.WARNING, several, detail, person)
    return replace(check_, effect=Effect("customers", kept, without, said))
