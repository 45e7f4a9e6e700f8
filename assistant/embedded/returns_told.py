"""Money with returns or without: « net des retours », "before returns", « combien nous ont coûté les retours », where lines below nought tell what came back."""

from __future__ import annotations

import re
from datetime import date

from analytics.datamodel.bills import bills_beside_orders
from analytics.datamodel.documents import credits_of
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.records import called
from analytics.study import Study
from assistant.embedded.arguments import Prepared, prepare
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.money_told import BEFORE_TAX, WITH_TAX
from assistant.embedded.record_tables import RecordTable, record_tables
from assistant.embedded.records import reworded
from assistant.embedded.slots import read_slots
from assistant.embedded.text import plain

_BACK_FR = r"(?:retours?|avoirs|avoir(?! \w+(?:e|i|u|it|is)e?s?\b)|remboursements?)(?: et (?:des |les )?(?:retours?|avoirs?|remboursements?))?"
_BACK_EN = r"(?:returns?|refunds?|credit notes?|credits)(?: and (?:returns?|refunds?|credit notes?|credits))?"
_NET = re.compile(
    rf",? ?\(?\b(?:nets?|nettes?) (?:des |de |d'){_BACK_FR}\b\)?|,? ?\(?\b{_BACK_FR} deduit(?:e?s)?\b\)?|,? ?\b(?:une fois les|apres(?: deduction)?(?: des| les)?|en deduisant les|deduction faite des|(?<!le )(?<!plus ou )moins(?: les| des)?) {_BACK_FR}(?: deduit(?:e?s)?)?\b|"
    rf",? ?\(?\b(?:net of|after|less|minus) (?:the |all )?{_BACK_EN}\b\)?|,? ?\b{_BACK_EN} (?:taken off|deducted)\b"
)
_GROSS = re.compile(
    rf",? ?\(?(?:\bbrut(?:e?s)?,? )?\b(?:(?:sans|avant)(?: de)? (?:deduire|deduction|enlever|retirer|oter) (?:les |des |de )?{_BACK_FR}|avant (?:les )?{_BACK_FR}|{_BACK_FR} non deduit(?:e?s)?)\b\)?|"
    rf",? ?\(?(?:\bgross,? )?\b(?:before (?:the |any )?{_BACK_EN}|without (?:deducting|taking off|subtracting) (?:the )?{_BACK_EN}|gross of {_BACK_EN}|{_BACK_EN} not (?:deducted|taken off))\b\)?"
)
_WORTH = re.compile(
    rf"\b(?:combien (?:nous |on |nous ont |nous a |ont |a )*(?:coute\w*|represente\w*|pese\w*) (?:les |nos |mes ){_BACK_FR}|(?:combien d'argent|quel montant|le cout|cout|montants?(?: total)?|total|valeur|somme)(?: en| des| de nos| de mes| pour les) ?{_BACK_FR})\b|"
    rf"\b(?:how much (?:did|do|have|has) (?:the |our )?{_BACK_EN} (?:cost|come to|amount to)(?: us)?|(?:total |the )?(?:cost|value|amount|sum|total) of (?:the |our |all )?{_BACK_EN})\b"
)


def net_as_it_is(question: str, study: Study) -> str:
    """The question without « net des retours », « avoirs déduits », where what came back is taken off revenue anyway.

    Args:
        question: as typed.
        study: the data.
    """
    if study.model.money.returns == "gross" or not study.sells:
        return question
    if bills_beside_orders(study.model) and _OF_BILLS.search(plain(question)):
        return question  # orders know of no credit note: what was billed is asked, less those
    return _without(question, _NET) if _NET.search(plain(question)) and not _GROSS.search(plain(question)) else question


def asked_of_what_came_back(question: str, study: Study, as_of: date, known: frozenset[str]) -> tuple[Prepared, Columns] | None:
    """The sum of what came back, or of what was sold before it, on the lines of the one file that tells both; None when it is no such question.

    Args:
        question: as typed.
        study: the data.
        as_of: the day "last year" is said from.
        known: plain words of ordinary questions.
    """
    text = plain(question)
    gross, worth = _GROSS.search(text), _WORTH.search(text)
    net = _NET.search(text) if gross is None else None
    told = _told_by(study, text) if gross or worth or net else None
    if told is None:
        return None
    table, amount, back, sold = told
    rest = _without(text, _GROSS if gross else _NET) if gross or net else _WORTH.sub(_TOTAL["en" if re.search(r"\b(?:of|how much)\b", text) else "fr"], text)
    slots = read_slots(reworded(rest, table), table.columns, as_of, known)
    if slots.unexplained or slots.unread or slots.unknown_group is not None or slots.measure not in ("amount", "sum") or slots.compare is not None:
        return None
    slots.measure, slots.column = "sum", slots.column if slots.measure == "sum" and slots.column is not None else _as_taxed(text, table) or amount
    slots.filters = [*(held for held in slots.filters if held.field != back.field), *([] if net else [sold if gross else back])]
    step = prepare("explore", slots, rest, {}, table.columns)
    return Prepared(step.analysis, {**step.arguments, "table": table.name}, step.left_out), table.columns


_TOTAL = {"fr": "montant total", "en": "total amount"}


def _told_by(study: Study, text: str) -> tuple[RecordTable, str, Filter, Filter] | None:
    """The file that tells what came back by a kind of its lines or by amounts below nought, its amount, and the conditions of what came back and of the rest."""
    kinds = (TableKind.INVOICES,) if _OF_BILLS.search(text) and bills_beside_orders(study.model) else (TableKind.TRANSACTIONS, TableKind.INVOICES)
    if study.model.of_kind(TableKind.RETURNS):
        return None  # a file of its own tells them
    profiles = [profile for kind in kinds for profile in study.model.of_kind(kind)]
    for profile in profiles:
        table = next((found for found in record_tables(study) if found.name == called(profile, study)), None)
        bound = study.model.find(Role.AMOUNT, table=profile.table)
        if table is None or bound is None or profile.column(bound.name).type is not ColumnType.NUMBER:
            continue
        rows = credits_of(study.model, profile.table)
        others = () if rows is None else tuple(value for value, _ in rows.column.top if value.strip() not in rows.values)
        if rows is not None and rows.values and others and len(rows.column.top) == rows.column.distinct:
            return table, bound.name, _among(rows.column.name, rows.values), _among(rows.column.name, others)
        if rows is None and (profile.column(bound.name).low or 0.0) < 0:
            return table, bound.name, Filter(bound.name, "<", (0,), on_purchases=True), Filter(bound.name, ">=", (0,), on_purchases=True)
    return None


_OF_BILLS = re.compile(r"\b(?:avoirs?|factur\w*|credit notes?|invoice[ds]?|billed)\b")


def _among(field: str, values: tuple[str, ...]) -> Filter:
    return Filter(field, "in" if len(values) > 1 else "=", values, on_purchases=True)


def _as_taxed(text: str, table: RecordTable) -> str | None:
    """The column of numbers whose header says the tax as the question does: « HT », « TTC »."""
    wanted = {"ht"} if BEFORE_TAX.search(text) else {"ttc"} if WITH_TAX.search(text) else set[str]()
    return next((found.name for found in table.columns.numeric() if found.on_purchases and found.role in (Role.AMOUNT, Role.MEASURE) and wanted & set(plain(found.name).split())), None)


def _without(question: str, pattern: re.Pattern[str]) -> str:
    """The question without those words; with its capitals where its plain form is as long as it is."""
    text = plain(question)
    if len(text) != len(question):
        return " ".join(pattern.sub(" ", text).split())
    kept, at = "", 0
    for match in pattern.finditer(text):
        kept, at = f"{kept}{question[at : match.start()]} ", match.end()
    return " ".join((kept + question[at:]).split())
