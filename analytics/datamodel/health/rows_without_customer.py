"""Sales nobody is named for."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rows_where, share
from analytics.datamodel.model import HealthCheck, TableProfile
from analytics.datamodel.nobody import zeros, zeros_are_nobody
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

NOBODY = r"^(anonym.*|guest|invit[eé]e?|walk.?in|passage|client de passage|inconnu|unknown|n/?a|none|null|-+)$"
_PERSON = (Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL)
_GRAVE = 0.05


def check(context: Context) -> list[HealthCheck]:
    """Rows of sales whose customer is empty or says nobody; tables of sales without any customer column."""
    found = []
    for table in context.model.of_kind(TableKind.TRANSACTIONS, TableKind.INVOICES):
        person = context.place(table, *_PERSON)
        if person is None:
            found += _nobody_at_all(context, table)
            continue
        text = as_text(person.column)
        nobody = f"{text} IS NULL OR REGEXP_MATCHES(LOWER({text}), '{NOBODY}')"
        if zeros_are_nobody(context.count(table, zeros(text)), table.rows, person.column.distinct):
            nobody += f" OR {zeros(text)}"
        rows = context.count(table, nobody)
        if rows:
            found.append(_some(person, rows, nobody))
    return found


def _nobody_at_all(context: Context, table: TableProfile) -> list[HealthCheck]:
    if any(key.left_table == table.table for key in context.model.keys):
        return []
    detail = say(
        "{file} : aucune colonne ne dit qui a acheté ; ces ventes ne peuvent rien dire de la fidélité. Ajoutez un numéro de "
        "client.",
        "{file}: no column says who bought; these sales can say nothing of loyalty. Add a customer number.",
        file=Label(table.file),
    )  # fmt: skip
    return [defect(HealthCode.ROWS_WITHOUT_CUSTOMER, Severity.WARNING, table.rows, detail, table=table)]


def _some(person: Place, rows: int, nobody: str) -> HealthCheck:
    detail = say(
        "{count} lignes de vente ({share}) n’ont pas de client : elles ne peuvent rien dire de la fidélité, et sont hors des "
        "chiffres par client.",
        "{count} rows of sales ({share}) have no customer: they can say nothing of loyalty, and are out of figures by "
        "customer.",
        count=counted(rows, person.table.rows), share=share(rows, person.table.rows),
    )  # fmt: skip
    severity = Severity.WARNING if rows > _GRAVE * person.table.rows else Severity.INFO
    return defect(
        HealthCode.ROWS_WITHOUT_CUSTOMER, severity, rows, detail, person, lines=rows_where(person.table, nobody)
    )
