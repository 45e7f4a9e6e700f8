"""Goods, kinds and places counted, where no money is asked: « combien de tablettes vendues ? », « combien de magasins ? »."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.coverage import departing
from assistant.embedded.groups import product
from assistant.embedded.ideas import idea, same
from assistant.embedded.measuring import Asked
from assistant.embedded.slotted import Slots
from assistant.embedded.tokens import Tokens


def counts_goods(tokens: Tokens, slots: Slots, columns: Columns, *, any_kind: bool = False) -> bool:
    """« Combien de tablettes avons-nous vendues ? »: goods are counted, not money; of `any_kind`, purchases of one kind (« combien de détartrages »).

    Args:
        tokens: the question.
        slots: what was read.
        columns: what the data can be asked about.
        any_kind: whether any category or state of purchases will do.
    """
    counted = next((place for place, word in enumerate(tokens.words) if word in ("combien", "many", "nombre", "number", "nb")), None)
    roles = {(found.name, found.on_purchases) for found in columns.fields if (found.role in (Role.CATEGORY, Role.PRODUCT) or (any_kind and found.on_purchases and found.role in ((Role.ATTRIBUTE,) if departing(tokens.text) else (Role.ATTRIBUTE, Role.ORDER_STATUS)))) and not found.derived}
    return counted is not None and any((found.field, found.on_purchases) in roles and 0 < found.at - counted <= 3 for found in slots.filters)


_SOME_SOLD = re.compile(  # « combien de pass vendus », "how many passes did we sell": so many of a thing, never money
    r"\b(?:combien|nombre|nb) (?:de |d')(?!(?:ca|ventes?|chiffre\w*|revenus?|argent|recettes?|euros?|sous|benefices?)\b)(?P<fr>[a-z]+).{0,40}\bvend(?:ue?s?|ons|ez|ent|ait|re|s)?\b|"
    r"\b(?:how many|number of) (?!(?:sales|revenue|money|euros?|pounds|dollars)\b)(?P<en>[a-z]+).{0,40}\b(?:sold|sell|selling)\b"
)


def some_sold(tokens: Tokens, columns: Columns, slots: Slots) -> bool:
    """Whether so many of a thing were sold, and not of the kinds a column holds: « combien de catégories vendons-nous ? ».

    Args:
        tokens: the question.
        columns: what the data can be asked about.
        slots: what was read.
    """
    match = _SOME_SOLD.search(tokens.text)
    if match is None:
        return False
    said = idea(match["fr"] or match["en"])
    kinds = {field.name for field in columns.fields if any(len(alias) == 1 and same(alias[0], said) for alias in field.aliases)}
    return said not in ("different", "distinct") and (not kinds or any(found.field in kinds for found in slots.filters))


_ONE_OF_IT = re.compile(r"\b(?:combien de |combien d'|nombre de |nombre d'|how many |number of )(?P<what>[a-z]+) (?:of|de|d')(?: |\b)")


def called_by_the_piece(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« How many bags of Yirgacheffe did we sell? »: what one of it is called says nothing more; its word is taken.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: what was read: one thing sold.
    """
    match = _ONE_OF_IT.search(tokens.text)
    sold = {(field.name, field.on_purchases) for field in columns.fields if field.role in (Role.PRODUCT, Role.CATEGORY)}
    if match is None or not columns.counts or not any((found.field, found.on_purchases) in sold for found in slots.filters) or columns.find([idea(match["what"])]) is not None:
        return
    after = next((place for place, (start, _) in enumerate(tokens.spans) if start >= match.end()), len(tokens))
    if any(found.at in (after, after + 1) for found in slots.filters):
        tokens.take_span(*match.span("what"))


_SALES_COUNTED = re.compile(  # « combien de ventes annulées », "how many cancelled sales": so many sales, whatever they came to
    r"\b(?:(?:combien|nombre|nb|nbre) (?:de |des )(?:nos |mes |les )?|(?:how many|number of) (?:(?:of )?(?:our|the) )?(?:[a-z]+ )?)(?:ventes|sales)\b"
    r"(?! (?:reps?|representatives?|persons?|people|agents?|managers?|teams?|staff|ht|ttc|en (?:euros|valeur|montant))\b)"
)


def sold_or_money(tokens: Tokens, columns: Columns, slots: Slots) -> str:
    """What is counted where money was read: things, orders, or money after all.

    Args:
        tokens: the question.
        columns: what the data can be asked about.
        slots: what was read.
    """
    if counts_goods(tokens, slots, columns) or some_sold(tokens, columns, slots):
        return "quantity" if columns.counts and not sales_counted(tokens, slots, columns) else "orders"
    return "orders" if sales_counted(tokens, slots, columns) else "amount"


def sales_counted(tokens: Tokens, slots: Slots, columns: Columns) -> bool:
    """Whether sales of one state are what a question counts, and not their money.

    Args:
        tokens: the question.
        slots: what was read.
        columns: what the data can be asked about.
    """
    states = {found.name for found in columns.fields if found.on_purchases and found.role is Role.ORDER_STATUS}
    return _SALES_COUNTED.search(tokens.text) is not None and any(found.field in states for found in slots.filters)


_DIFFERENT = re.compile(
    r"\b(?:combien|how many|nombre|number|nb) (?:de |d'|of |different |distinct |our |nos )*(?P<what>[a-z]+)\b"
)


def different(tokens: Tokens, columns: Columns, slots: Slots, asked: Asked) -> None:
    """« Combien de magasins avons-nous ? »: how many values a column takes.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        slots: what was read; its measure is put right in place.
        asked: the figure asked for.
    """
    if asked.statistic != "count" or slots.measure not in (None, "mean", "sum", "customers", "amount") or asked.thing in ("people", "orders", "new"):
        return
    match = _DIFFERENT.search(tokens.text)
    if match is None or asked.per_person:
        return
    said = [idea(match["what"])]
    named = [found for found in columns.fields if found.values or found.name in ("product", "store", "category")]
    fields = [found for found in named if any(alias and all(same(part, said[0]) for part in alias) for alias in found.aliases)]
    chosen = next((found for found in fields if found.on_purchases), fields[0] if fields else None)
    if chosen is not None and not slots.filters and not slots.by:
        chosen = product(chosen, tokens, [place for place, word in enumerate(tokens.words) if word == match["what"]], columns)
        slots.measure, slots.column = "distinct", chosen.name
        tokens.take_span(*match.span("what"))
