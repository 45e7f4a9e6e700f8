"""Numbers that a spreadsheet wrote 1.20E+11: their last digits are gone, and several customers, or orders, became one."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rewritten, rows_where, share
from analytics.datamodel.model import Choice, ColumnType, HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.workspace import quote
from vocabulary.sentence import Label, Sentence, Value, say
from vocabulary.themes import Severity

_MANGLED = r"[+-]?[0-9]([.,][0-9]+)?[eE][+][0-9]{2}"
_TEXTS = (ColumnType.TEXT, ColumnType.CATEGORY)
_LEAST = 3  # rows: fewer are codes that look so (« 2E+10 »)
_MELTED = 3.0  # rows of such a number beside those of the others, from which it stands for several


def check(context: Context) -> list[HealthCheck]:
    """Customers and orders whose number was written with a power of ten; where they surely melted, they are left without one."""
    found = []
    for place in context.places(Role.CUSTOMER_ID, Role.ORDER_ID):
        if place.column.type not in _TEXTS or context.model.kind(place.table.table) is TableKind.PRODUCTS:
            continue
        text = as_text(place.column)
        mangled = is_mangled(text)
        rows, numbers, others, plain, such = context.database.row(
            f"SELECT COUNT(*) FILTER ({mangled}), COUNT(DISTINCT {text}) FILTER ({mangled}),"
            f" COUNT(*) FILTER (NOT {mangled}), COUNT(DISTINCT {text}) FILTER (NOT {mangled}), MIN({text}) FILTER ({mangled}) FROM {quote(place.table.table)} t"
        )
        if rows < _LEAST:
            continue
        melted = bool(plain) and rows / numbers > _MELTED * others / plain
        emptied = f"CASE WHEN {mangled} THEN NULL ELSE t.{quote(place.column.column)} END"
        found.append(defect(
            HealthCode.UNREADABLE_CELLS, Severity.WARNING, rows, _said(place, rows, Label(str(such)), melted=melted), place, lines=rows_where(place.table, mangled),
            remedy=rewritten(place.table, place.column, emptied), default=Choice.APPLY if melted else Choice.IGNORE,
        ))  # fmt: skip
    return found


def is_mangled(text: str) -> str:
    """SQL that a number was written with a power of ten."""
    return f"REGEXP_FULL_MATCH({text}, '{_MANGLED}')"


def _said(place: Place, rows: int, such: Label, *, melted: bool) -> Sentence:
    many: dict[str, Value] = {"column": Label(place.column.name), "count": counted(rows, place.table.rows), "share": share(rows, place.table.rows), "such": such}
    if not melted:
        return say(
            "« {column} » : {count} cellules ({share}) portent un numéro que le tableur a écrit en puissance de dix (« {such} ») : ses "
            "derniers chiffres sont perdus, et plusieurs peuvent n’en faire qu’un. Refaites l’export avec cette colonne en texte.",
            "“{column}”: {count} cells ({share}) hold a number that the spreadsheet wrote with a power of ten (“{such}”): its last digits "
            "are lost, and several may have become one. Export again with this column as text.",
            **many,
        )  # fmt: skip
    if place.binding.role is Role.ORDER_ID:
        return say(
            "« {column} » : {count} cellules ({share}) portent un numéro que le tableur a écrit en puissance de dix (« {such} ») : plusieurs "
            "commandes n’en feraient qu’une ; ces lignes sont lues sans numéro. Refaites l’export avec cette colonne en texte.",
            "“{column}”: {count} cells ({share}) hold a number that the spreadsheet wrote with a power of ten (“{such}”): several orders "
            "would be one; these rows are read without a number. Export again with this column as text.",
            **many,
        )  # fmt: skip
    return say(
        "« {column} » : {count} cellules ({share}) portent un numéro que le tableur a écrit en puissance de dix (« {such} ») : plusieurs "
        "clients n’en feraient qu’un ; ces lignes comptent dans le chiffre d’affaires, et dans aucun chiffre par client : des clients qui "
        "ont acheté alors paraissent perdus. Refaites l’export avec cette colonne en texte.",
        "“{column}”: {count} cells ({share}) hold a number that the spreadsheet wrote with a power of ten (“{such}”): several customers "
        "would be one; these rows count in the revenue, and in no figure by customer: customers who bought then look lost. Export again "
        "with this column as text.",
        **many,
    )  # fmt: skip
