"""What is asked of orders in words of their own: their lines, the days between two, the first of each customer, those that failed, what was taken off or given back."""

from __future__ import annotations

import re

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.datamodel.statuses import undone
from assistant.embedded.columns import Columns
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.ideas import idea, same, split_headers
from assistant.embedded.measuring import ORDERS, PERSON, Asked
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens

_ONE_ORDER = rf"(?:une? |an? |each |chaque |the |la |le )?{ORDERS.pattern}"
_LINES = re.compile(rf"\b(?:lignes?|lines?)(?: (?:there are|y a-t-il|de produits?|of products?))? (?:per|par|by|in|dans|pour|for) {_ONE_ORDER}")
_BETWEEN = re.compile(
    rf"\b(?:(?:temps|delais?|jours|intervalles?|duree|time|days?|gaps?|intervals?|delay) (?:moyen\w* |average )?(?:entre|between|separating|qui separe) |(?:how long|combien de temps|combien de jours)\b.{{0,16}}? (?:entre|between) )"
    rf"(?:(?:deux|two|2|les|the|des|each|consecutive|successive|their|leurs|nos|our) )*{ORDERS.pattern}(?: (?:consecutive?s?|successi\w+|suivis))?(?! (?:et|and|date)\b)"
)
_FIRST = re.compile(rf"\b(?P<order>(?:premieres?|premiers?|first(?: ever)?) {ORDERS.pattern})(?! (?:date|day|jour|was|est|a ete)\b)")
_OF_FIRSTS = re.compile(r"\b(?:of|des|de|d'une|for|pour|on|sur|in|a la|au)(?: (?:the|our|their|nos|les|leur|leurs|la|une?|an?|customers?'?))* $|^(?:average |avg |mean |median |our |the )*$")
_FAILED = re.compile(r"\b(?P<said>(?:failed|unsuccessful|bounced|echouee?s?|refusee?s?|rejetee?s?|rejected|declined|en echec))\b")
_NOT_FAILED = re.compile(r"annul|cancel|refund|rembours|return|retour|back|void|draft|brouillon")
_HOW_MUCH = re.compile(r"\b(?:how much|combien(?! de clients?| d'clients?| de commandes?)|total\w*|sum|somme|montants?|amounts?)\b")
_GIVEN_BACK = re.compile(r"\b(?P<said>refund(?:s|ed|ing)?|rembours(?:e|es|ee|ees|ement|ements|er)|reimbursed?)\b")
_TAKEN_OFF = frozenset({Role.DISCOUNT, Role.SHIPPING, Role.VAT, Role.COST, Role.MARGIN, Role.MEASURE})
_WITH_VOUCHER = re.compile(r"\b(?P<said>vouchers?|coupons?|bons? (?:d'achat|de reduction|de remise)|cheques? cadeaux?|chequiers?)\b")


def lines_and_days(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Combien de lignes par commande ? », "average time between two orders": measures of their own, set in the slots.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: filled in place.
    """
    if not columns.sold:
        return
    if (match := _LINES.search(tokens.text)) is not None:
        slots.measure = "lines_per_order"
        tokens.take_span(*match.span())
    elif (match := _BETWEEN.search(tokens.text)) is not None:
        slots.measure = "days_between_orders"
        tokens.take_span(*match.span())


def first_orders(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """"Average value of first orders": those of the first day each customer bought, and no others.

    Args:
        tokens: the question; the word is taken.
        columns: what the data can be asked about.
        slots: its filters are completed in place.
    """
    match = _FIRST.search(tokens.text)
    if match is None or not columns.dated or slots.measure not in ("average_basket", "median_basket", "highest_basket", "lowest_basket", "amount", "orders", "share_amount"):
        return
    if _OF_FIRSTS.search(tokens.text[: match.start()]) is None:
        return  # « le canal de leur première commande » says something else than which orders are counted
    slots.filters.append(Filter("first_order", "=", (True,), on_purchases=True, at=tokens.at(match)))
    tokens.take_span(*match.span())


def failed(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Paiements échoués », "failed payments": those of the states that say so, where no value of the files is called by that word.

    Args:
        tokens: the question; the word is taken.
        columns: what the data can be asked about.
        slots: its filters are completed in place.
    """
    match = _FAILED.search(tokens.text)
    place = tokens.at(match) if match is not None else -1
    if match is None or not tokens.free(place):
        return
    for field in columns.fields:
        if field.role is Role.ORDER_STATUS and field.on_purchases:
            states = tuple(value for value in field.values if undone(value) and not _NOT_FAILED.search(plain(value)))
            if states and all(held.field != field.name for held in slots.filters):
                slots.filters.append(Filter(field.name, "in" if len(states) > 1 else "=", states, on_purchases=True, at=place))
                tokens.take([place])
            return


def taken_off(tokens: Tokens, columns: Columns) -> Field | None:
    """« Combien avons-nous remboursé ? », "how much in vouchers": the column of purchases that adds up to it; its words are then taken.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    asked = _HOW_MUCH.search(tokens.text)
    if asked is None or PERSON.search(tokens.text[asked.end() : asked.end() + 14]):
        return None
    for pattern, stems in ((_GIVEN_BACK, ("refund", "rembours", "reimburs")), (_WITH_VOUCHER, ())):
        match = pattern.search(tokens.text)
        if match is None:
            continue
        said = stems or (words(match["said"])[0].rstrip("s"),)
        held = [
            field for field in columns.fields
            if field.on_purchases and not field.derived and field.type is ColumnType.NUMBER and field.role in _TAKEN_OFF
            and any(part.startswith(said) for part in words(split_headers(field.name)))
        ]  # fmt: skip
        if len(held) == 1:
            tokens.take_span(*match.span())
            tokens.take_span(*asked.span())
            return held[0]
    return None


def with_voucher(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """"What share of orders use a voucher?" where a column of vouchers says which orders were on promotion.

    Args:
        slots: its measure is set in place.
        tokens: the question; the word is taken.
        columns: what the data can be asked about.
    """
    match = _WITH_VOUCHER.search(tokens.text)
    if match is None or columns.named("promo_share") is None or slots.measure is not None or not ORDERS.search(tokens.text) or PERSON.search(tokens.text):
        return
    stem = words(match["said"])[0].rstrip("s")
    told = any(field.role in (Role.DISCOUNT, Role.PROMO_CODE) and any(part.startswith(stem) for part in words(split_headers(field.name))) for field in columns.fields)
    if told and re.search(r"\b(?:share|part|percentage|percent|proportion|pourcentage|rate|taux)\b|%", tokens.text):
        slots.measure = "promo_share"
        tokens.take_span(*match.span())
        slots.unread = []


_SOLD = re.compile(r"\b(?P<noun>[a-z]{4,}s) (?:vendue?s|sold)\b")
_OF_MONEY = re.compile(r"\b(?:ca|chiffres?|revenus?|revenues?|montants?|amounts?|how much|turnover|recettes?|euros?|argent|money|sales|ventes)\b")
_NO_GOODS = frozenset("commandes orders ventes sales jours days mois months fois times annees years clients customers".split())


def units_sold(asked: Asked, tokens: Tokens, columns: Columns) -> None:
    """« Bouteilles vendues par mois », "tickets sold in May": so many of what is sold, by the quantity, where no word asks for money.

    Args:
        asked: the statistic and the thing; the thing is set in place.
        tokens: the question; the noun is taken where the files do not hold it.
        columns: what the data can be asked about.
    """
    match = _SOLD.search(tokens.text)
    if match is None or asked.thing != "amount" or asked.statistic not in (None, "count", "sum") or not columns.counts or _OF_MONEY.search(tokens.text):
        return
    said = idea(match["noun"])
    if match["noun"] in _NO_GOODS or PERSON.fullmatch(match["noun"]) or any(len(alias) == 1 and same(alias[0], said) for field in columns.fields for alias in field.aliases if field.values or field.role in (Role.PRODUCT, Role.CATEGORY)):
        return  # « catégories vendues »: a column of the files, and no unit of what is sold
    asked.thing = "quantity"
    if match["noun"] not in columns.words:
        tokens.take_span(*match.span())


def both_of_what(slots: Slots, tokens: Tokens) -> None:
    """"How many customers bought both?": of what, nothing says; all of them is no answer.

    Args:
        slots: what was read; the word is left unread in place.
        tokens: the question.
    """
    match = _BOTH.search(tokens.text)
    values = sum(len(held.values) for held in slots.filters) + sum(len(held.values) for held in slots.part)
    if match is not None and values < _TWO and slots.also is None and slots.compare is None and not slots.by and not _NAMED_AFTER.search(tokens.text[match.end() :]):
        slots.unread.append(match.group())


_BOTH = re.compile(r"\b(?:both|les deux|l'un et l'autre)\b")
_NAMED_AFTER = re.compile(r"^ \w+.*\b(?:and|et)\b|^ (?:derniere?s?|premiere?s?|plus|meilleure?s?|last|first|years?|ans|mois|months|annees)\b")
_TWO = 2
