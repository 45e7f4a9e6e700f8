"""What adds up, hours, kilometres, points: told as a total by group, by customer, or by what one of them brings in."""

from __future__ import annotations

import re

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.fields import Field
from assistant.embedded.ideas import idea, split_headers
from assistant.embedded.slotted import Slots
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

_UNITS = frozenset(
    "heure hour minute nuit night km kilometre kilometer mile litre liter tonne kg kilo point place participant unite unit piece repas meal colis parcel palette pallet "
    "bouteille bottle licence license seance session passage visite visit document page connexion login lecon lesson couvert cover kwh m3 hectare h hr exemplaire copie copy copies item article line ligne plant carton box caisse".split()
)  # a column of these is added up
_ALREADY = frozenset("par per moyen moyenne moyens moyennes mean average avg median taux rate max min seuil threshold tarif prix price cout cost pct percent percentage pourcent pourcentage".split())  # a figure of its own: no total
_WAITED = frozenset("delai attente wait waiting response reponse reply latency latence".split())  # hours of waiting are those of each, and no total
_MONEY = frozenset("fee honoraire montant amount revenue sale vente ca turnover recette depense commission encaissement indemnise indemnisation indemnite indemnity payout compensation rembourse refund marge margin profit benefice".split())  # of a line: told as a total
_SPENT = frozenset("depense spend spending spent budget cout cost investissement investment invested montant amount".split())
_OF_ONE = frozenset("par per unit unitaire unite moyen moyenne mean average avg cpc cpm cpa cac taux rate".split())
_ADDED = (None, Role.MEASURE, Role.USAGE_COUNT, Role.QUANTITY, Role.SEATS, Role.MARGIN)
_PRICED = re.compile(
    r"\b(?:prix|tarifs?|montants?|ca|chiffres? d'affaires|revenus?|recettes?|honoraires|prices?|rates?|revenue|turnover|amounts?|fees?|fares?|sales)"
    r"(?: (?:moyens?|moyennes?|average|mean|facturee?s?|factures?|charged|paid|encaissee?s?))* (?:de l'|d'une? |a l'|au |par |per |of an? |for an? |pour une? |by |an? )(?P<thing>[a-z]+)\b"
)


def adds_up(field: Field) -> bool:
    """Whether a column counts things that add up from row to row."""
    header = {word.rstrip("s") for word in words(split_headers(field.name))}
    if header & _WAITED:
        return False
    money = field.role is Role.AMOUNT or bool(header & _MONEY)
    if field.in_money:
        return not header & _ALREADY
    counted = field.role is Role.SEATS or bool(header & _UNITS) or (field.on_purchases and money and not header & _OF_ONE)
    if field.role is Role.COST and field.on_purchases and not field.derived:
        return bool(header & _SPENT) and not header & _OF_ONE  # « dépenses par canal », month after month
    return field.type is ColumnType.NUMBER and not field.derived and field.role in (*_ADDED, Role.AMOUNT) and counted and not header & _ALREADY and "%" not in field.name


def counts_units(field: Field) -> bool:
    """Whether a column counts units of time or of distance, whatever its role: nothing is split by it."""
    return not field.derived and bool({word.rstrip("s") for word in words(split_headers(field.name))} & _MEASURED)


_MEASURED = frozenset("heure hour minute km kilometre kilometer mile litre liter tonne kg kwh".split())


def priced_by_unit(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Prix moyen de l'heure », "revenue per mile": what was paid over what a column of purchases adds up to.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: filled in place.
    """
    match = _PRICED.search(tokens.text)
    if match is None:
        return
    said = idea(match["thing"])
    for field in columns.fields:
        if field.on_purchases and adds_up(field) and (said,) in {alias for alias in field.aliases} | {(idea(word),) for word in words(split_headers(field.name))}:
            slots.measure, slots.column = "average_price", field.name
            tokens.take_span(*match.span())
            return
