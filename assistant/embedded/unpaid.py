"""« Impayés », "unpaid": the states of the files that say what is not paid."""

from __future__ import annotations

import dataclasses
import re

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns, once
from assistant.embedded.filters import Filter
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

_UNPAID = re.compile(r"\b(?:impaye(?:e|s|es)?|unpaid|outstanding|(?:non|pas|not|pas encore|not yet) (?:encore |ete )?(?:paye|regle|solde|paid|settled)\w*)\b")
_PAID = re.compile(r"^(?:payee?s?|payed|paid|reglee?s?|soldee?s?|settled|acquittee?s?|encaissee?s?)$")
_NOT_PAID = re.compile(r"^(?:unpaid|impayee?s?|overdue|outstanding)$")
_PAYMENT = re.compile(r"^(?:paiement|payment|paid|paye|regle(?:e?s?|ment)$|encaissement|settlement|settled)")
_NOT_OWED = re.compile(r"^(?:cancel|annul|refund|rembours|credit|avoir|draft|brouillon|void|quote|devis|written|irrecouv)")
_UNSETTLED = re.compile(r"^(?:im|un|non|not|part)")


def unpaid_said(text: str) -> bool:
    """Whether a plain question is about what is not paid, or late."""
    return _UNPAID.search(text) is not None or re.search(r"\b(?:en retard|late|overdue|past due)\b", text) is not None


def settled_by_lines(text: str, sold: Columns, lines: Columns) -> bool:
    """Whether a plain question is about what is not paid, which only the lines of the file of bills tell: by the day each was paid, empty until then.

    Args:
        text: the plain question.
        sold: what purchases can be asked about.
        lines: what the lines of the bills can be asked about.
    """
    return _UNPAID.search(text) is not None and unsettled(sold) is None and unsettled(lines) is not None


def unpaid(tokens: Tokens, columns: Columns) -> Filter | None:
    """« Impayés », "unpaid": the states of the files that are not the one of what is paid.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    match = _UNPAID.search(tokens.text)
    held = unsettled(columns) if match is not None else None
    if match is None or held is None:
        return None
    place = next((at for at, (low, high) in enumerate(tokens.spans) if high > match.start()), -1)
    tokens.take_span(*match.span())
    return dataclasses.replace(held, at=place)


def settled(columns: Columns) -> Filter | None:
    """The state of the files that says what is paid, where one is told from what is not: what « encaissé » is of.

    Args:
        columns: what the data can be asked about.
    """
    owed = unsettled(columns)
    if owed is None:
        return None
    if owed.operator == "is null":
        return dataclasses.replace(owed, operator="is not null")
    if owed.values in ((True,), (False,)):
        return dataclasses.replace(owed, values=(not owed.values[0],))
    field = columns.named(owed.field)
    paid = tuple(value for value in field.values if _says_paid(value)) if field is not None else ()
    return dataclasses.replace(owed, operator="in" if len(paid) > 1 else "=", values=paid)


def _says_paid(value: str) -> bool:
    said = words(value)
    return any(_PAID.search(word) for word in said) and not _UNSETTLED.search(said[0])


@once
def unsettled(columns: Columns) -> Filter | None:
    """The states of the files that are neither the one of what is paid nor of what is owed by nobody: cancelled, credited.

    Args:
        columns: what the data can be asked about.
    """
    for field in columns.fields:
        paid = [value for value in field.values if _says_paid(value)]
        if paid and len(field.values) > 1 and field.role in (Role.ORDER_STATUS, Role.ACCOUNT_STATUS, Role.ATTRIBUTE, Role.PAYMENT_METHOD):
            owed = [value for value in field.values if value not in paid and not any(_NOT_OWED.search(word) for word in words(value))]
            return Filter(field.name, "in" if len(owed) > 1 else "=", tuple(owed), field.on_purchases) if owed else None
    for field in columns.fields:
        header = [word for word in words(field.name.replace("_", " ")) if word not in ("is", "est", "a", "ete", "has", "been", "invoice", "facture", "bill")]
        if field.type is ColumnType.FLAG and field.on_purchases and len(header) == 1 and (_PAID.search(header[0]) or _NOT_PAID.search(header[0])):
            return Filter(field.name, "=", (_NOT_PAID.search(header[0]) is not None,), on_purchases=True)
        if field.type is ColumnType.DATE and field.on_purchases and any(_PAYMENT.search(word) for word in words(field.name.replace("_", " "))):
            return Filter(field.name, "is null", (), on_purchases=True)  # no day of payment yet
    return None
