"""Personal data where no header announces it."""

from __future__ import annotations

import re

from analytics.datamodel.headers import concepts_of, is_anonymous, plain
from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, profile_of
from analytics.datamodel.model import ColumnProfile, ColumnType, HealthCheck
from analytics.datamodel.roles import PERSONAL_ROLES, Role
from analytics.datamodel.sql import as_text
from analytics.datamodel.values import Facts
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

IN_TEXT = "|".join((
    r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}",
    r"(0033|\b0)[ .-]?[1-9]([ .-]?[0-9]{2}){4}\b",  # France: 06 12 34 56 78
    r"\+[1-9]([ .()-]{0,2}[0-9]){8,13}\b",  # anywhere: +44 7700 900123, +33 (0)6 ...
    r"\b0[0-9]{2,3}[ -][0-9]{3,4}[ -][0-9]{3,4}\b|\b0[1-9][0-9]{3} [0-9]{6}\b",  # Britain: 020 7946 0958, 07700 900123
    r"(\([2-9][0-9]{2}\) ?|\b[2-9][0-9]{2}[-.])[0-9]{3}[-.][0-9]{4}\b",  # North America: (212) 555-0123
))
_SEARCHED = (Role.FREE_TEXT, Role.TOPIC, Role.ATTRIBUTE, Role.PRODUCT, Role.CHURN_REASON)


_CONTACTS = (Role.EMAIL, Role.PHONE)
_ANNOUNCED = frozenset({"email", "phone", "sms"})
_IDENTIFIERS = frozenset({Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.ORDER_ID, Role.SUBSCRIPTION_ID, Role.ROW_ID, Role.PRODUCT_ID})
_SPARE = re.compile(r"(custom|champ|field|udf|attribute?|zone|extra|divers|info|data|libre|meta|property)([ _-]*(field|libre|perso(nnalise)?|custom|defined))?[ _-]*\d*")


def check(context: Context) -> list[HealthCheck]:
    """E-mail addresses and telephones in columns whose header does not speak of them: of another role, or under a spare header."""
    found = []
    for place in context.places(*(role for role in Role if role not in PERSONAL_ROLES or role in _CONTACTS)):
        rows = _rows_with_contacts(context, place)
        if not rows:
            continue
        column = place.column
        detail = say(
            "« {column} » contient des adresses ou des téléphones ({count} lignes) sans que son nom le dise : traitez-la "
            "comme personnelle.",
            "“{column}” holds addresses or telephones ({count} rows) although its name does not say so: treat it as personal.",
            column=Label(column.name), count=counted(rows, column.filled),
        )  # fmt: skip
        found.append(defect(HealthCode.UNLABELLED_PERSONAL_DATA, Severity.WARNING, rows, detail, place))
    return found


def _rows_with_contacts(context: Context, place: Place) -> int:
    column = profile_of(place.table, place.column.column)
    if column.type not in (ColumnType.TEXT, ColumnType.CATEGORY):
        return 0
    if place.binding.role in _CONTACTS:
        return column.filled if _is_spare(column) else 0
    facts = Facts(column, place.table.rows)
    if facts.looks_email or (facts.looks_phone and place.binding.role not in _IDENTIFIERS):  # numbers of customers may well look like telephones
        announced = frozenset[str]().union(*concepts_of(column.name)) & _ANNOUNCED  # « E-mail », by which customers are told apart
        return 0 if announced else column.filled
    if place.binding.role in _SEARCHED and column.mean_length >= 6:
        return context.count(place.table, f"REGEXP_MATCHES({as_text(column)}, '{IN_TEXT}')")
    return 0


def _is_spare(column: ColumnProfile) -> bool:
    """A header that says nothing of what stands under it: « champ 3 », `custom_7`."""
    return is_anonymous(column.name) or _SPARE.fullmatch(plain(column.name.strip())) is not None
