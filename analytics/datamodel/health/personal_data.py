"""Personal data where no header announces it."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, counted, defect, profile_of
from analytics.datamodel.model import ColumnType, HealthCheck
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


def check(context: Context) -> list[HealthCheck]:
    """E-mail addresses and telephones in columns that were not taken for such."""
    found = []
    for place in context.places(*(role for role in Role if role not in PERSONAL_ROLES)):
        column = profile_of(place.table, place.column.column)
        if column.type not in (ColumnType.TEXT, ColumnType.CATEGORY):
            continue
        facts = Facts(column, place.table.rows)
        if facts.looks_email or facts.looks_phone:
            rows = column.filled
        elif place.binding.role in _SEARCHED and column.mean_length >= 6:
            rows = context.count(place.table, f"REGEXP_MATCHES({as_text(column)}, '{IN_TEXT}')")
        else:
            continue
        if not rows:
            continue
        detail = say(
            "« {column} » contient des adresses ou des téléphones ({count} lignes) sans que son nom le dise : traitez-la "
            "comme personnelle.",
            "“{column}” holds addresses or telephones ({count} rows) although its name does not say so: treat it as personal.",
            column=Label(column.name), count=counted(rows, column.filled),
        )  # fmt: skip
        found.append(defect(HealthCode.UNLABELLED_PERSONAL_DATA, Severity.WARNING, rows, detail, place))
    return found
