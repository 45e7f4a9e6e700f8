"""Money asked of a file of invoices, payments or returns: the sum or the mean of its amounts, of what is paid where that is said."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role, TableKind
from assistant.embedded.ended_lines import (
    COUNTED,
)
from assistant.embedded.given_back import amount_of, read_given_back
from assistant.embedded.ideas import idea, split_headers
from assistant.embedded.measuring import PERSON
from assistant.embedded.ranking import customers_ranked
from assistant.embedded.record_tables import RecordTable
from assistant.embedded.slotted import Slots
from assistant.embedded.text import words
from assistant.embedded.unpaid import settled


def money_of_lines(text: str, slots: Slots, table: RecordTable) -> None:
    """Money of a file of invoices or payments is the sum, or the mean, of its amounts; customers ranked or owing are named.

    Args:
        text: the plain question.
        slots: what was read; put right in place.
        table: the file asked about.
    """
    read_given_back(text, slots, table)
    if slots.measure in _OF_MONEY and table.kind not in (TableKind.INVOICES, TableKind.PAYMENTS) and (only := _only_number(table)) is not None:
        slots.measure, slots.column = _OF_MONEY[slots.measure], only
    amount = amount_of(table) if table.kind in (TableKind.INVOICES, TableKind.PAYMENTS) else None
    if amount is None:
        return
    if _CHARGED & set(slots.unexplained) and slots.filters and slots.measure in (None, "records", "customers", *_OF_MONEY) and not COUNTED.search(text):
        slots.measure, slots.unexplained = slots.measure if slots.measure in _OF_MONEY else "amount", [word for word in slots.unexplained if word not in _CHARGED]  # "installation fees", « frais de dossier »: what they came to
    if slots.measure == "records" and (CASHED.search(text) or _FEES_BILLED.search(text)) and not COUNTED.search(text):
        slots.measure = "amount"  # « cotisations encaissées », « honoraires facturés »
    if slots.measure == "records" and table.noun is not None and _called_money(text, table.noun, amount) and not COUNTED.search(text):
        slots.measure = "amount"  # « cotisations 2025 » where a column says « Cotisation TTC »
    paid = settled(table.columns) if CASHED.search(text) else None
    if paid is not None and not any(held.field == paid.field for held in (*slots.filters, *slots.part)):
        slots.filters.append(paid)
    if slots.measure in _OF_MONEY:
        slots.measure, slots.column = _OF_MONEY[slots.measure], amount
    person = PERSON.search(text)
    named = customers_ranked(text) or (person is not None and re.match(r"(?:quels?|quelles?|which|who|qui|liste?)\b", text) is not None)
    if named and not (slots.by or slots.time) and slots.measure in ("sum", "records", "customers", None):
        own = slots.column if slots.measure == "sum" and slots.column is not None else amount  # « qui rapportent le plus de commissions »
        slots.by, slots.measure, slots.column = ["customer_id"], "sum", own


def as_money(text: str, table: RecordTable) -> str:
    """« Combien a-t-on facturé ? », « CA facturé HT »: what was billed is money, whatever its lines are, credit notes too.

    Args:
        text: the plain question.
        table: the file asked about.
    """
    if table.kind is not TableKind.INVOICES:
        return text
    text = _ONE_BILL.sub(lambda found: f"panier {'median' if found['fr'].startswith('median') else 'moyen'}" if found["fr"] else f"{found['en']} basket", text)
    return _WE_BILLED.sub(lambda found: "montant total" if found["fr"] else "total amount", _BILLED_MONEY.sub(r"\g<money>", text))


_ONE_BILL = re.compile(  # « facture moyenne », "average invoice": what one comes to, and not how many each has
    r"\bfactures? (?P<fr>moyennes?|mediane?s?)\b|\b(?P<en>average|mean|avg|median|typical) (?:invoice|bill)s?\b(?! (?:numbers?|counts?|per|by (?:customer|client)))"
)


_WE_BILLED = re.compile(r"\b(?:(?P<fr>combien (?:a-t-on|avons-nous|on a|nous avons|a ete) facturee?)|how much (?:did we|have we) (?:invoiced?|bill(?:ed)?))\b")
_BILLED_MONEY = re.compile(r"\b(?P<money>(?:ca|chiffres? d'affaires|montants?|total)(?: ht| ttc)?) facturee?(?=[ ?,.]|$)")


def _called_money(text: str, noun: re.Pattern[str], amount: str) -> bool:
    """Whether the lines of a file are called by the word of what they amount to."""
    said = noun.search(text)
    return said is not None and idea(said.group()) in {idea(word) for word in words(split_headers(amount))}


def _only_number(table: RecordTable) -> str | None:
    """The one column of numbers a line holds beside its identifiers: what was paid out on a claim; the floor space of a shop is no money."""
    if table.kind is TableKind.STORES:
        return None
    held = [found.name for found in table.columns.numeric() if found.on_purchases and found.role in (Role.MEASURE, Role.AMOUNT)]
    return held[0] if len(held) == 1 else None


_FEES_BILLED = re.compile(r"\b(?:honoraires|cotisations?|loyers?|primes?|prestations?) (?:ht |ttc )?factures\b")
CASHED = re.compile(r"\b(?:encaiss\w*|percu\w*|collect(?:ed)?|received|cashed|taken)\b")
_CHARGED = frozenset("fee fees charges frais worth".split())
_OF_MONEY = {"amount": "sum", "average_basket": "mean", "median_basket": "median", "highest_basket": "max", "lowest_basket": "min"}
