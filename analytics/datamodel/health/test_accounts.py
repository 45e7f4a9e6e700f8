"""Accounts of tests, demonstrations and staff among the customers."""

from __future__ import annotations

from analytics.datamodel.health.context import (
    Context,
    HealthCode,
    Remedy,
    counted,
    defect,
    left_out,
    rows_where,
)
from analytics.datamodel.health.people import without_people
from analytics.datamodel.model import ColumnType, HealthCheck, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_number, as_text
from analytics.workspace import literal, quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_WORDS = "test|tests|testeur|tester|testing|demo|essai|dummy|fake|asdf|qwerty|azerty|toto|foo|foobar|xxx+|aaa+"
_KINDS = "test|demo|demonstration|essai"
_HOLDERS = "compte|account|client|customer|user"
_NAME = (
    rf"^({_WORDS})([ ._-]*([0-9]+|{_WORDS}|client|compte|account|user))*$"
    rf"|\b({_HOLDERS})\b.*\b({_KINDS})\b|\b({_KINDS})\b.*\b({_HOLDERS})\b|(^| )test$"
)
_WHOLE = (  # first and last name together
    r"\bne pas (utiliser|toucher|supprimer)\b|\b(do|please) not (use|delete)\b|\ba supprimer\b|\bto (be )?deleted?\b"
    r"|^(john|jane) doe$|^doe (john|jane)$"
)
_EMAIL = rf"^({_WORDS})[._+-]?[0-9]*@|\+test[0-9]*@|@(test|demo|yopmail|mailinator)\."
_ID = r"^(test|demo|dummy|staff|intern)[ _-]?[a-z0-9]*$"
_HOUSE = r"^(staff|employe[e]?s?|employees?|salarie[e]?s?|personnel|collaborateurs?|internal|interne|test|demo|demonstration)$"
_PUBLIC = (
    r"^(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|proton(mail)?|orange|wanadoo|free|sfr|neuf"
    r"|laposte|bbox|numericable|club-internet|web|mail|btinternet|comcast|verizon)[.]"
)
_HOUSE_LEAST, _WORTHY = 5, 5
_MOST = 0.2  # a pattern that catches more is how this house writes, not a test


def check(context: Context) -> list[HealthCheck]:
    """Names, addresses and identifiers that nobody real has."""
    found = []
    for table in context.model.of_kind(TableKind.CUSTOMERS, TableKind.USERS, TableKind.PROSPECTS):
        conditions = [*_conditions(context, table), *_staff(context, table), *_own_domain(context, table)]
        conditions += _symbolic(context, table)
        suspect = " OR ".join(f"({condition})" for condition in conditions)
        rows = context.count(table, suspect) if conditions else 0
        if not rows or rows > _MOST * table.rows:
            continue
        detail = say(
            "{file} : {count} comptes ressemblent à des essais ou à des démonstrations ; ils gonflent le nombre de clients et "
            "faussent les départs.",
            "{file}: {count} accounts look like tests or demonstrations; they swell the number of customers and distort "
            "departures.",
            file=Label(table.file), count=counted(rows, table.rows),
        )  # fmt: skip
        found.append(defect(
            HealthCode.TEST_ACCOUNTS, Severity.WARNING, rows, detail, table=table, lines=rows_where(table, suspect),
            remedy=_remedy(context, table, suspect),
        ))  # fmt: skip
    return found


def _remedy(context: Context, table: TableProfile, suspect: str) -> Remedy:
    """Those accounts out of every table; people who are no customers yet only out of their own list."""
    person = context.place(table, Role.CUSTOMER_ID, Role.ACCOUNT_ID)
    if person is None or context.model.kind(table.table) is not TableKind.CUSTOMERS:
        return left_out(table, suspect)
    person_id = as_text(person.column)
    ids = f"SELECT {person_id} FROM {quote(table.table)} t WHERE ({suspect}) AND {person_id} IS NOT NULL"
    return without_people(context, ids)


def _staff(context: Context, table: TableProfile) -> list[str]:
    """A category that says the account is the house's own."""
    places = context.places(
        Role.ATTRIBUTE, Role.ACCOUNT_STATUS, Role.CATEGORY, Role.SECTOR, Role.PLAN, Role.ACQUISITION_CHANNEL, Role.TOPIC
    )
    return [
        f"REGEXP_MATCHES(LOWER(STRIP_ACCENTS(COALESCE({as_text(place.column)}, ''))), '{_HOUSE}')"
        for place in places if place.table is table and place.column.type in (ColumnType.CATEGORY, ColumnType.TEXT)
    ]  # fmt: skip


def _own_domain(context: Context, table: TableProfile) -> list[str]:
    """Where people write from public mailboxes, the one private domain that comes back far more than any other."""
    place = context.place(table, Role.EMAIL)
    if place is None or context.model.kind(table.table) is not TableKind.CUSTOMERS:
        return []
    domain = f"LOWER(REGEXP_EXTRACT({as_text(place.column)}, '@(.+)$', 1))"
    counts = context.database.rows(
        f"SELECT domain, COUNT(*), REGEXP_MATCHES(domain, '{_PUBLIC}') FROM (SELECT {domain} AS domain FROM"
        f" {quote(table.table)} t) WHERE domain <> '' GROUP BY domain ORDER BY 2 DESC, domain"
    )
    total = sum(n for _, n, _ in counts)
    private = [(name, n) for name, n, public in counts if not public]
    if not private or sum(n for _, n in private) > 0.4 * total:
        return []
    second = private[1][1] if len(private) > 1 else 0
    name, n = private[0]
    return [f"COALESCE({domain}, '') = {literal(name)}"] if n >= max(_HOUSE_LEAST, 5 * second) else []


def _symbolic(context: Context, table: TableProfile) -> list[str]:
    """Accounts all of whose purchases are worth one unit of money at most, where others buy for far more."""
    person = context.place(table, Role.CUSTOMER_ID)
    if person is None:
        return []
    for sales in context.model.of_kind(TableKind.TRANSACTIONS):
        buyer, amount = context.place(sales, Role.CUSTOMER_ID), context.place(sales, Role.AMOUNT)
        if buyer is None or amount is None or amount.column.type is not ColumnType.NUMBER:
            continue
        value, who = as_number(amount.column), as_text(buyer.column)
        middle = context.database.row(f"SELECT APPROX_QUANTILE({value}, 0.5) FROM {quote(sales.table)} t")[0]
        if middle is None or middle < _WORTHY:
            continue
        return [
            f"{as_text(person.column)} IN (SELECT {who} FROM {quote(sales.table)} t WHERE {who} IS NOT NULL GROUP BY 1"
            f" HAVING COUNT(*) >= 3 AND MAX({value}) <= 1 AND MIN({value}) > 0)"
        ]
    return []


def _conditions(context: Context, table: TableProfile) -> list[str]:
    patterns = (
        (_NAME, (Role.FIRST_NAME, Role.LAST_NAME, Role.FULL_NAME, Role.COMPANY_NAME)),
        (_EMAIL, (Role.EMAIL,)),
        (_ID, (Role.CUSTOMER_ID, Role.ACCOUNT_ID)),
    )
    conditions = []
    for pattern, roles in patterns:
        for role in roles:
            place = context.place(table, role)
            if place is not None:
                text = f"COALESCE(LOWER(STRIP_ACCENTS({as_text(place.column)})), '')"
                conditions.append(f"REGEXP_MATCHES({text}, '{pattern}')")
    names = [context.place(table, role) for role in (Role.FIRST_NAME, Role.LAST_NAME, Role.FULL_NAME)]
    whole = ", ".join(as_text(place.column) for place in names if place is not None)
    if whole:
        conditions.append(f"REGEXP_MATCHES(LOWER(STRIP_ACCENTS(CONCAT_WS(' ', {whole}))), '{_WHOLE}')")
    return conditions
