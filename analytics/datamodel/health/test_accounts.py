"""Accounts of tests, demonstrations and staff among the customers."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, counted, defect
from analytics.datamodel.model import HealthCheck, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_WORDS = "test|tests|testeur|tester|testing|demo|essai|dummy|fake|asdf|qwerty|azerty|toto|foo|foobar|xxx+|aaa+"
_KINDS = "test|demo|demonstration|essai"
_HOLDERS = "compte|account|client|customer|user"
_NAME = (
    rf"^({_WORDS})([ ._-]*([0-9]+|{_WORDS}|client|compte|account|user))*$"
    rf"|\b({_HOLDERS})\b.*\b({_KINDS})\b|\b({_KINDS})\b.*\b({_HOLDERS})\b|(^| )test$"
)
_EMAIL = rf"^({_WORDS})[._+-]?[0-9]*@|\+test[0-9]*@|@(test|demo|yopmail|mailinator)\."
_ID = r"^(test|demo|dummy|staff|intern)[ _-]?[a-z0-9]*$"
_MOST = 0.2  # a pattern that catches more is how this house writes, not a test


def check(context: Context) -> list[HealthCheck]:
    """Names, addresses and identifiers that nobody real has."""
    found = []
    for table in context.model.of_kind(TableKind.CUSTOMERS, TableKind.USERS, TableKind.PROSPECTS):
        conditions = _conditions(context, table)
        rows = context.count(table, " OR ".join(conditions)) if conditions else 0
        if not rows or rows > _MOST * table.rows:
            continue
        detail = say(
            "{file} : {count} comptes ressemblent à des essais ou à des démonstrations ; ils gonflent le nombre de clients et "
            "faussent les départs.",
            "{file}: {count} accounts look like tests or demonstrations; they swell the number of customers and distort "
            "departures.",
            file=Label(table.file), count=counted(rows, table.rows),
        )  # fmt: skip
        found.append(defect(HealthCode.TEST_ACCOUNTS, Severity.WARNING, rows, detail, table=table))
    return found


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
    return conditions
