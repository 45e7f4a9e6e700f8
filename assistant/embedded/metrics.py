"""From what was asked to a measure of `explore`: the statistic and the thing, in the light of columns and conditions."""

from __future__ import annotations

import re

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.cancelled import cancellations
from assistant.embedded.columns import Columns
from assistant.embedded.each_order import of_each_order
from assistant.embedded.fields import Field
from assistant.embedded.figures import HEADED, STATISTICS, measure_of_column, measure_of_thing, recurring
from assistant.embedded.filters import Filter
from assistant.embedded.gone_or_here import as_of_today, people_counted
from assistant.embedded.gone_words import GONE
from assistant.embedded.measuring import Asked, oldest
from assistant.embedded.money_told import (
    PROMO,
    amount_of_a_state,
    billed,
    by_the_month,
    paid,
    pays_most,
    reduced,
    taxed,
)
from assistant.embedded.ranking import comes_most, customers_ranked, most_often
from assistant.embedded.rates import RATED, other_rate, rate_of_customers
from assistant.embedded.shares import share, share_of_a_reason
from assistant.embedded.slotted import Slots
from assistant.embedded.tokens import Tokens

FIXED = frozenset({"orders", "amount", "tenure_months", "promo_share"})  # measures of `explore` by themselves
_MOST_GROUPS = 2
_BY_COUNT = re.compile(r"\b(?:par|by|per|selon(?: le)?) (?:the |le )?(?:number of|nombre d[e']|nb d[e']|count of)")
_LOST_MONEY = re.compile(r"\b(revenue|ca|chiffre d'affaires|money|argent|amount|montant)\b.{0,20}\b(lost|perdue?s?|parti)\b")


def decide(slots: Slots, tokens: Tokens, columns: Columns, asked: Asked, column: Field | None) -> None:
    """Set the measure of `slots` (and its column, or the part of a share).

    Args:
        slots: what was read; its conditions and groups are put right in place.
        tokens: the question.
        columns: what the data can be asked about.
        asked: the statistic and the thing.
        column: a number column it names, or None.
    """
    text = tokens.text
    if _told_otherwise(slots, text) or (asked.thing is None and _rated(slots, tokens, columns)):
        return
    dated = slots.period is not None or slots.time is not None
    slots.statistic = asked.statistic if asked.statistic in STATISTICS else None
    if asked.per_line and asked.thing in ("basket", "amount", "spend") and not (asked.statistic in (None, "sum") and _split_by_goods(slots, columns)):
        slots.unread.append("ligne")  # money is told by order or by customer
    if asked.thing == "repeat":
        slots.measure, slots.part = "share_customers", [Filter("orders", ">", (1,))]
    elif asked.statistic == "share" and asked.thing != "lost_rate":
        share(slots, tokens, columns)
    elif asked.thing == "lost_rate":
        _lost_rate(slots, text, column, columns)
    elif column is not None and column.name not in FIXED and asked.thing not in ("basket", "quantity", "new", "people") and not (
        asked.statistic is None and HEADED.search(text)
    ):
        slots.measure, slots.column = measure_of_column(asked, text, column), column.name
        if slots.measure == "sum" and column.role is Role.UNIT_PRICE:
            slots.measure, slots.column = "amount", None  # prices of one do not add up: what was sold does
        recurring(slots, column, text, per_person=asked.per_person)
        slots.statistic = slots.statistic or (slots.measure if slots.measure != "mean" else None)
    elif (extreme := oldest(text)) and (age := _aged(columns)) is not None:
        slots.measure, slots.column, slots.by = extreme, age.name, []
    else:
        slots.measure, slots.column = measure_of_thing(
            asked, text, grouped=bool(slots.by), dated=dated, timed=slots.time is not None
        )
    if asked.statistic == "mean" and slots.measure in ("amount", "orders", "quantity") and slots.time not in (None, "weekday") and not slots.by:
        slots.per, slots.time = slots.time, None
    of_each_order(slots, text, column, asked.statistic)
    if slots.measure is None and slots.by and _USED.search(text):
        slots.measure = "orders" if any(found.name in slots.by and found.on_purchases for found in columns.fields) else "customers"
    if slots.measure == "customers" and asked.thing is None and _SPLIT_BY.search(text) and any(found.name in slots.by and found.on_purchases for found in columns.fields):
        slots.measure = "orders"
    _of_these_files(slots, tokens, columns)
    as_of_today(slots, tokens, columns)
    people_counted(slots, tokens, columns, asked)
    cancellations(slots, tokens, columns)


def _split_by_goods(slots: Slots, columns: Columns) -> bool:
    """« CA par article », "revenue by item" where a column names what is sold: split by it, and no money of a line."""
    return any(found.name in slots.by and found.on_purchases and found.role in (Role.PRODUCT, Role.CATEGORY) for found in columns.fields)


def _told_otherwise(slots: Slots, text: str) -> bool:
    """Whether no measure is to be set: one read in full already, a question of its own, a rate that nothing here tells."""
    rate = RATED.search(text)
    if rate is not None and slots.measure is None and PROMO.fullmatch(other_rate(text) or ""):
        slots.unread.append(rate.group())  # « taux de remise » is no mean of a column of discounts, nor who leaves
        return True
    return slots.measure is not None or ACQUISITION_COST.search(text) is not None  # the latter is told by channel with what was spent


def _rated(slots: Slots, tokens: Tokens, columns: Columns) -> bool:
    """« Taux de réussite par moniteur »: the share of customers in that state; read, and true."""
    rate = rate_of_customers(tokens.text, columns)
    if rate is None:
        return False
    slots.measure, slots.part = "share_customers", [rate[0]]
    slots.filters = [found for found in slots.filters if found.field != rate[0].field]
    tokens.take_span(*rate[1])
    return True


def _lost_rate(slots: Slots, text: str, column: Field | None, columns: Columns) -> None:
    """A rate of departures; « par nombre de produits » splits it, another figure beside it is not read."""
    slots.measure = "lost_rate"
    if share_of_a_reason(slots, columns):
        return
    if column is not None and len(slots.by) < _MOST_GROUPS and _BY_COUNT.search(text):
        slots.by.append(column.name)
    elif column is not None or _LOST_MONEY.search(text):
        slots.unread.append(column.name if column is not None else "revenue")  # money lost is no rate


def _of_these_files(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """What the files make of the measure: bills for revenue, a column before tax, promotions, loyalty, days."""
    text = tokens.text
    billed(slots, text, columns, gone=GONE.search(text) is not None)
    pays_most(slots, text, columns)
    paid(slots, text, columns)
    amount_of_a_state(slots, text, columns)
    by_the_month(slots, text, columns)
    taxed(slots, tokens, columns)
    reduced(slots, tokens, columns)
    _spread(slots, tokens)
    _one_basket(slots, text)
    if slots.top is not None and customers_ranked(text) and _WEIGH.search(text):
        slots.measure, slots.by = "share_amount", ["customer_id"]
    if slots.measure is None and slots.by and re.search(r"\b(?:most|least|plus|moins|best|worst)\b.{0,4}\b(?:loyal|faithful|fideles?|infideles?)\b", text):
        slots.measure = "lost_rate"
    bought = any(found.on_purchases for found in slots.filters)
    if slots.measure is None and slots.by and bought and SUPERLATIVE.search(text) and columns.dated:
        slots.measure = "orders"  # « quel praticien a le plus d'absents ? »
    channels = {found.name for found in columns.fields if found.role is Role.ACQUISITION_CHANNEL}
    if slots.measure is None and slots.by and not channels & set(slots.by) and _WORKS.search(text) and columns.named("amount") is not None:
        slots.measure = "amount"  # « quelle langue marche le mieux ? »
    goods = {found.name for found in columns.fields if found.role in (_WHERE_SOLD if found.on_purchases else _WHO_SELLS)}
    if slots.measure is None and goods & set(slots.by) and RANKED_GOODS.search(text) and not _KEEPS.search(text) and columns.named("amount") is not None:
        slots.measure = "amount"  # « top produits », « le meilleur magasin »: by what they bring in, which is said
    often = most_often(text) if columns.sold else None
    if often is not None:
        tokens.take_span(*often)
    if often is not None or (slots.measure is None and comes_most(text) and columns.sold):
        slots.measure = "orders"
    if slots.measure is None and slots.time == "weekday":
        slots.measure = "amount"  # « quel jour marche le mieux ? »


_ONE_BASKET = re.compile(
    r"\b(?:(?:plus (?P<big>gros|grand|haut|eleve)s?|(?P<big2>largest|biggest|highest|record|max(?:imum)?|top)|plus (?P<small>petit|bas|faible)s?|(?P<small2>smallest|lowest|min(?:imum)?)) (?:paniers?|baskets?)"
    r"|paniers? (?:d'achats? )?(?:(?:le |la )?plus (?P<big3>gros|grand|haut|eleve)|(?P<big4>maximum|maximal|max|record)|(?:le |la )?plus (?P<small3>petit|bas|faible)|(?P<small4>minimum|minimal|min))|(?P<big5>max(?:imum)?) basket)\b"
)


def _one_basket(slots: Slots, text: str) -> None:
    """« Le plus gros panier », "largest basket": of one order, where nothing is split and no mean is asked for; « quel magasin a le plus gros panier » ranks means."""
    found = _ONE_BASKET.search(text)
    if slots.measure != "average_basket" or found is None or slots.by or slots.time or slots.per or re.search(r"\b(?:moyen\w*|average|mean|avg)\b", text):
        return
    slots.measure, slots.order = "highest_basket" if any(found[name] for name in ("big", "big2", "big3", "big4", "big5")) else "lowest_basket", None


_SPREAD = re.compile(r"\b(?:distribution|repartition|histogram\w*|breakdown|ventilation) (?:of |des? |du |d')?(?:our |the |nos |les |number of |nombre (?:de |d'))*(?:orders|purchases|commandes|achats|dons) (?:per|par|by) ")


def _spread(slots: Slots, tokens: Tokens) -> None:
    """« Distribution des commandes par client »: how many customers made one, two, three."""
    match = _SPREAD.search(tokens.text)
    if match is not None and slots.measure == "orders_per_customer":
        slots.measure, slots.by = "customers", ["orders"]
        tokens.take_span(*match.span())


SUPERLATIVE = re.compile(r"\b(?:le plus|le moins|(?:the )?most|fewest|(?:the )?least)\b")
_WORKS = re.compile(r"\b(?:march\w*|fonctionn\w*|perform\w*|tourn\w*|works?|does|doing|sells?|se vend\w*)\b.{0,8}\b(?:le mieux|le moins bien|best|worst|le plus mal)\b")
_WHERE_SOLD = frozenset({Role.PRODUCT, Role.CATEGORY, Role.STORE, Role.SELLER, Role.SALE_CHANNEL})
_KEEPS = re.compile(r"\b(?:keep\w*|kept|retain\w*|loyal\w*|fidel\w*|gard\w*|perd\w*|lose\w*|losing|lost|stay\w*|rest\w*|rated?|note\w*|satisf\w*)\b")  # best at something else than selling
_WHO_SELLS = frozenset({Role.STORE, Role.SELLER})  # told of each customer, they sell all the same
RANKED_GOODS = re.compile(r"\b(?:top|flop|best|worst|meilleure?s?|pires?|classement|palmares|ranking|phares?)\b(?! (?:mois|trimestres?|semestres?|semaines?|jours?|annees?|saisons?|months?|quarters?|weeks?|days?|years?|seasons?)\b)")
_WEIGH = re.compile(r"\b(?:represent\w*|pes(?:e|ent)|weigh\w*|account(?:s)? for|make up|concentr\w*)\b")
_SPLIT_BY = re.compile(r"\b(?:breakdown|repartition|ventilation|split) (?:by|per|par|selon)\b")  # of purchases, where what splits is theirs
_USED = re.compile(
    r"\b(most|least|plus|moins) (used|popular|common|frequent|chosen|booked|rented|bought|ordered|utilisee?s?|populaires?|courante?s?|frequente?e?s?|choisie?s?|repandue?s?|reservee?s?|louee?s?|achetee?s?|"
    r"commandee?s?|demandee?s?|suivie?s?)\b|"
    r"\b(used|chosen|utilisee?s?|choisie?s?) (the )?(most|least|le plus|le moins)\b"
)
ACQUISITION_COST = re.compile(r"\b(couts? (d'|de l'|of )?(acquisition|recrutement)|(acquisition|recruitment) costs?|cac|cost of (acquisition|acquiring|recruiting))\b")


def _aged(columns: Columns) -> Field | None:
    return next((found for found in columns.numeric() if found.role is Role.AGE and found.type is ColumnType.NUMBER), None)
