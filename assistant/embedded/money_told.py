"""What these files make of money: monthly bills where nothing is sold, amounts before tax, what was bought on promotion."""

from __future__ import annotations

import re

from analytics.customers.columns import months_paid
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.ideas import split_headers
from assistant.embedded.measuring import PERSON, Asked
from assistant.embedded.ranking import customers_ranked
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens

PROMO = re.compile(r"\b(promo\w*|remise\w*|discount\w*|soldes?|reduction\w*)\b")


_TAX = r"(?:ttc|ht|hors[- ]taxes?|toutes taxes comprises|taxes comprises|(?:de la )?tva|(?:the )?(?:vat|tax(?:es)?|sales tax))"
_OF_TAX = re.compile(
    rf"\b(?:sont|est|seraient|serait)(?:[- ](?:ils|elles|il|elle|ce))?(?: \w+){{0,3}}? (?:en |avec |sans |hors |exprimee?s? en |avant |apres )?{_TAX}\b|\bttc ou (?:ht|hors)|\bht ou (?:ttc|toutes)"
    rf"|\b(?:are|is)\b.{{0,40}}\b(?:includ\w+|exclud\w+|inclusive of|exclusive of|net of|gross of|with|without|before|after|incl|excl)(?: of)? {_TAX}\b|\b(?:do|does)\b.{{0,40}}\b(?:includes?|excludes?|contains?) {_TAX}\b"
    rf"|\b(?:incluent|inclut|comprennent|comprend|contiennent)(?:[- ](?:ils|elles|il|elle))? (?:la )?{_TAX}\b"
)


def asks_of_tax(question: str) -> bool:
    """Whether it is asked what the amounts are, with tax or before it, and not how much they come to: « les montants sont-ils TTC ? »."""
    text = plain(question)
    return _OF_TAX.search(text) is not None and re.search(r"\b(?:combien|how much|how many|quel(?:le)? (?:est|sont|total)|what (?:is|are|was|were)|[12]\d{3})\b", text) is None


def billed(slots: Slots, text: str, columns: Columns, *, gone: bool) -> None:
    """Revenue where there is no purchase: what customers pay each month; of those still there, or of those who left.

    Args:
        slots: what was read; its measure is put right in place.
        text: the question.
        columns: what the data can be asked about.
        gone: it is of those who left.
    """
    bill = next((found for found in columns.numeric() if found.role is Role.RECURRING_AMOUNT), None)
    if columns.dated or columns.named("amount") is not None or bill is None:
        return
    if slots.measure in (None, "customers") and slots.top is not None and customers_ranked(text) and not slots.by:
        slots.measure = "amount"  # « les 10 plus gros comptes »
    if slots.measure not in ("amount", "amount_per_customer"):
        return
    slots.column, slots.measure = bill.name, "sum" if slots.measure == "amount" else "mean"
    slots.statistic = slots.measure
    if slots.top is not None and customers_ranked(text) and not (slots.by or slots.time):
        slots.by = ["customer_id"]
    if slots.time == "month":
        slots.time = None  # « CA mensuel »: what is paid each month
    if not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(Filter("lost", "=", (gone,)))


_PAID = re.compile(
    r"\b(?:how much|combien(?! de\b| d'| ne\b| n'|(?: ont| ont deja)? (?:paient|paye|payent|versent)(?: leurs?\b| ?[?.!]*$)))(?: \S+){0,5}? (?:pay|pays|paid|paying|paie|paient|paye|payent|versent|deboursent)\b(?! (?:by|with|par|en|avec)\b(?! (?:month|mois|year|an)))"
)


def paid(slots: Slots, text: str, columns: Columns) -> None:
    """« Combien paient les familles ? », "how much does a subscriber pay?": money, never a number of customers.

    Args:
        slots: what was read; its measure is put right in place.
        text: the question.
        columns: what the data can be asked about.
    """
    if slots.measure not in (None, "customers", "orders") or _PAID.search(text) is None:
        return
    bill = next((found for found in columns.numeric() if found.role is Role.RECURRING_AMOUNT), None)
    if bill is not None and not columns.dated:
        slots.measure, slots.column, slots.statistic = "mean", bill.name, "mean"
        slots.time = None if slots.time == "month" else slots.time
    elif columns.named("amount") is not None and slots.time is None:
        slots.measure = "amount_per_customer" if slots.statistic == "mean" else "amount"
    else:
        slots.unread.append("pay")


_PAYS_MOST = re.compile(
    rf"\b(?:qui|who|(?:quels?|quelles?|which) (?:\w+ )?{PERSON.pattern}(?: is| are)?) (?:(?:paie(?:nt)?|paye(?:nt)?|pays?|paying|is paying)) (?:the )?(?P<how>le plus|le moins|most|least)\b(?P<each>.{{0,8}}\b(?:per|a|each|every|par|chaque) (?:month|mois)\b)?"
)
_NAMED = 10  # customers


def pays_most(slots: Slots, text: str, columns: Columns) -> None:
    """"Who pays the most per month?": customers by what each pays, and no month of them.

    Args:
        slots: what was read; put right in place.
        text: the question.
        columns: what the data can be asked about.
    """
    match = _PAYS_MOST.search(text)
    bill = next((found for found in columns.numeric() if found.role is Role.RECURRING_AMOUNT and not found.on_purchases), None)
    if match is None or slots.by or slots.measure not in (None, "customers", "amount") or (bill is None and columns.named("amount") is None):
        return
    if slots.time == "month" and match["each"]:
        slots.time = None
    if slots.time is not None:
        return
    slots.by, slots.top, slots.order = ["customer_id"], slots.top or _NAMED, "asc" if match["how"] in ("le moins", "least") else slots.order
    if bill is not None and (match["each"] or columns.named("amount") is None):
        slots.measure, slots.column, slots.statistic = "sum", bill.name, "sum"
        if not any(found.field == "lost" for found in slots.filters):
            slots.filters.append(Filter("lost", "=", (False,)))
    else:
        slots.measure = "amount"
        slots.unread += [match["each"].strip()] if match["each"] else []  # what each pays a month is told by no column: what each paid may be asked instead


_HOW_MUCH = re.compile(r"^(?:(?:and |et )?(?:how much|quel(?:le)? (?:montant|valeur|somme)|what (?:amount|value)) (?:is|are|was|were|do|does|did|est|sont|represente\w*|reste)\b|(?:total |the )*(?:value|amount|worth) of |(?:la |le )?(?:valeur|montant) (?:totale? )?(?:des |du |de la |de |(?=en |non |pas )))")


def amount_of_a_state(slots: Slots, text: str, columns: Columns) -> None:
    """"How much is overdue?", « valeur des avoirs »: what the purchases of one state amount to, where nothing else is measured.

    Args:
        slots: what was read; its measure is put right in place.
        text: the question.
        columns: what the data can be asked about.
    """
    states = {found.name for found in columns.fields if found.on_purchases and found.role is Role.ORDER_STATUS}
    stated = any(found.on_purchases and found.field in states and found.operator in ("=", "in") for found in slots.filters)
    if slots.measure is None and stated and columns.named("amount") is not None and _HOW_MUCH.search(text):
        slots.measure = "amount"


_SUMS = frozenset({Role.FREQUENCY, Role.TOTAL_SPENT})
_RECURS = re.compile(r"\b(?:mrr|arr|recurring|recurrente?s?)\b")
_OF_EACH = re.compile(r"\b(?:average|mean|median|avg|moyen\w*|median\w*|per|par|each|chaque|by|selon|with|avec|who|whose|qui|dont|having|ayant)\b")


def told_by_purchases(tokens: Tokens, columns: Columns, slots: Slots, asked: Asked) -> frozenset[Role]:
    """The columns of customers that sum up what the purchases tell one by one: orders and money of a period are those of the purchases.

    « Total Orders » of a list of customers says nothing of 2025, nor a monthly rent of what was collected that year.

    Args:
        tokens: the question.
        columns: what the data can be asked about.
        slots: what was read so far.
        asked: the statistic and the thing.
    """
    if not columns.dated or not (slots.period is not None or slots.time is not None or slots.compare is not None):
        return frozenset()
    added = asked.statistic in (None, "sum", "count") and not _OF_EACH.search(_TIME_SAID.sub(" ", tokens.text))
    bills = added and asked.thing == "amount" and not _RECURS.search(tokens.text)
    return _SUMS | ({Role.RECURRING_AMOUNT} if bills else frozenset())


_TIME_SAID = re.compile(r"\b(?:per|par|by|each|chaque) (?:month|mois|year|an|annee|quarter|trimestre|week|semaine|day|jour)\b")
_CONTRACTS = r"(?:contrats?|contracts?|abonnements?|subscriptions?|memberships?|adhesions?|portefeuille|portfolio)"
_VALUE = re.compile(
    rf"\b(?:(?:total|overall|combined|average|mean|annual|yearly|monthly|current|contract) )*values? of (?:all )?(?:the |our |my )?(?:active |current |live |open |running )*{_CONTRACTS}(?: actifs?)?|"
    rf"\b(?:average |total |annual )*{_CONTRACTS} values?\b|\bvaleurs? (?:(?:totale|globale|moyenne|annuelle|mensuelle|cumulee) )*(?:des|de nos|de mes|d'un|du|de tous les|de tous nos) {_CONTRACTS}(?: (?:actifs?|en cours|actives?))*"
)


def value_of_contracts(tokens: Tokens, slots: Slots, columns: Columns) -> None:
    """"The total value of our active contracts": what those still there pay, and no count of them; by the year only where it is paid so.

    Args:
        tokens: the question; what is read of it is taken.
        slots: filled in place.
        columns: what the data can be asked about.
    """
    match = _VALUE.search(tokens.text)
    bill = next((found for found in columns.numeric() if found.role is Role.RECURRING_AMOUNT and not found.derived), None)
    if match is None or bill is None or columns.dated:
        return
    slots.measure, slots.column = "mean" if re.search(r"\b(?:average|mean|moyen\w*)\b", match.group()) else "sum", bill.name
    slots.statistic = slots.measure
    if not any(found.field == "lost" for found in slots.filters) and not _LOST.search(tokens.text):
        slots.filters.append(Filter("lost", "=", (False,)))
    yearly = re.search(r"\b(?:annual|yearly|annuel\w*|a year|per year|par an)\b", tokens.text)
    tokens.take_span(*match.span())
    if yearly is not None and months_paid(bill.name) != _YEAR:
        tokens.take_span(*yearly.span())
        slots.unread.append(yearly.group())  # what is paid by the month is told by the month


_LOST = re.compile(r"\b(?:lost|cancelled|ended|perdus?|resilies?|termines?)\b")
_A_MONTH = re.compile(r"\b(?:mrr|mensuel\w*|monthly|(?:par|per|a|each|every|chaque|au) (?:mois|month))\b")
_A_YEAR = re.compile(r"\barr\b")


def by_the_month(slots: Slots, text: str, columns: Columns) -> None:
    """« MRR » where the files hold « Tarif annuel »: the month's part of it; a year of what is paid by the month is not told.

    Args:
        slots: what was read; its column is put right in place.
        text: the question.
        columns: what the data can be asked about.
    """
    bill = columns.named(slots.column) if slots.column is not None else None
    if bill is None or bill.role is not Role.RECURRING_AMOUNT or bill.derived:
        return
    if months_paid(bill.name) != 1 and _A_MONTH.search(text):
        slots.column = "monthly_amount"
        slots.time = None if slots.time == "month" else slots.time
    elif months_paid(bill.name) != _YEAR and _A_YEAR.search(text):
        slots.unread.append("arr")


_YEAR = 12  # months
BEFORE_TAX = re.compile(r"\b(?:ht|hors taxes?|hors tva|sans (?:la )?(?:tva|taxes?)|without (?:the )?(?:vat|tax)|excl(?:uding|\.)? (?:vat|tax)|ex[- ]?vat|before tax|net of (?:vat|tax))\b")
WITH_TAX = re.compile(r"\b(?:ttc|toutes taxes comprises|incl(?:uding|\.)? (?:vat|tax)|with (?:vat|tax))\b")


_NO_TOTAL = frozenset({Role.UNIT_PRICE, Role.COST, Role.MARGIN, Role.DISCOUNT, Role.VAT, Role.SHIPPING})
_TOTAL = frozenset("total totaux montant mt mnt amount net ca somme sum".split())


def taxed(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« CA HT »: the column that says so, when the files hold one.

    Args:
        slots: what was read; its measure or its filters are put right in place.
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    said = BEFORE_TAX.search(tokens.text) or WITH_TAX.search(tokens.text)
    ranked = slots.measure is None and slots.top is not None and any(found in tokens.text for found in ("client", "customer"))  # « top 5 clients en HT »: by what they brought in
    if said is None or not (ranked or slots.measure in ("amount", "average_basket", "sum", "mean")):
        return
    wanted = ("ht", "hors") if BEFORE_TAX.search(tokens.text) else ("ttc",)
    told = [found for found in columns.numeric() if found.on_purchases and set(wanted) & set(words(split_headers(found.name)))]
    sums = [found for found in told if found.role not in _NO_TOTAL]  # prices of one, costs, taxes add up to nothing that was sold
    held = next((found for found in sums if _TOTAL & set(words(split_headers(found.name)))), sums[0] if sums else None)
    if held is not None and slots.measure == "average_basket" and columns.several_lines:
        tokens.take_span(*said.span())
        slots.unread.append(said.group())  # the mean of lines is no basket
    elif held is not None:
        slots.measure, slots.column = "mean" if slots.measure in ("average_basket", "mean") else "sum", held.name
        slots.statistic = slots.measure
        tokens.take_span(*said.span())
    elif any(set(wanted) & set(words(name)) for name in columns.amounts):
        tokens.take_span(*said.span())
        if any(({"ht", "ttc"} - set(wanted)) & set(words(name)) and not set(wanted) & set(words(name)) for name in columns.amounts):
            slots.unread.append(said.group())  # one file is told with the tax and another without: their lines are no one figure
    elif told or any(found.role is Role.VAT for found in columns.numeric()):
        tokens.take_span(*said.span())  # where a column gives the tax apart, amounts are taken to hold it (`money_definition`)
        if told or BEFORE_TAX.search(tokens.text):
            slots.unread.append(said.group())  # a price of one says so, not what was paid


_REDUCED = r"(?:promo\w*|remises?|discounts?|soldes?|reductions?)"
_BOTH_WAYS = re.compile(
    rf"\b(?:avec|with|en|on|sous)\b(?: (?:une?|des|la|an?|any))?(?: {_REDUCED})?,? (?:et|ou|and|or|vs\.?|versus|contre|against|than|que)\b.{{0,24}}?\b(?:sans|without|hors|off|no|not on)\b(?: (?:une?|la|an?|any))? {_REDUCED}|"
    rf"\b(?:sans|without|hors|off|no)\b(?: (?:une?|la|an?|any))?(?: {_REDUCED})?,? (?:et|ou|and|or|vs\.?|versus|contre|against|than|que)\b.{{0,24}}?\b(?:avec|with|en|on|sous)\b(?: (?:une?|des|la|an?|any))? {_REDUCED}"
)


def not_the_rate(column: Field | None, text: str, thing: str | None, columns: Columns) -> Field | None:
    """The number column a question names, but for « Remise (%) » where « commandes sans remise » says which orders, and asks for no rate.

    Nor is the tax asked for where a question says that revenue is told with it, or without.

    Args:
        column: the one named, or None.
        text: the question.
        thing: what is measured.
        columns: what the data can be asked about.
    """
    if column is not None and column.role is Role.VAT and thing in ("basket", "amount", "spend") and (BEFORE_TAX.search(text) or WITH_TAX.search(text)):
        return None
    if column is not None and column.derived and column.role in (Role.STORE, Role.CATEGORY, Role.PRODUCT) and thing in ("basket", "amount", "spend") and not _NUMBER_OF.search(text):
        return None  # « CA total du magasin Gare » counts no shops
    of_orders = thing in ("orders", "basket", "amount", "spend") and columns.named("promo_share") is not None
    return None if column is not None and column.role is Role.DISCOUNT and of_orders and _WITH_OR_NOT.search(text) else column


_NUMBER_OF = re.compile(r"\b(?:nombres?|nb|combien|numbers?|how many)\b")
_WITH_OR_NOT = re.compile(rf"\b(?:avec|sans|hors|with|without|no)\b(?: (?:une?|de|la|any|an?))? {_REDUCED}\b")


def reduced(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Commandes passées avec un code promo »: orders, or what they brought in, on promotion.

    Args:
        slots: what was read; its measure or its filters are put right in place.
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    promo = PROMO.search(tokens.text)
    wanted = re.search(r"\b(?:avec|with|using|use[ds]?|utilis\w*|en|on|sous|sans|without)\b", tokens.text)
    if promo is None or wanted is None or columns.named("promo_share") is None or slots.measure not in ("orders", "amount", "average_basket", "quantity"):
        return
    if slots.by and slots.by[0] in {found.name for found in columns.fields if found.role is Role.PROMO_CODE}:
        return
    without = re.search(r"\b(?:sans|without|hors|no)\b", tokens.text) is not None
    if _BOTH_WAYS.search(tokens.text) and len(slots.by) < 2:
        slots.by.append("on_promo")  # « avec remise et sans remise »: both, side by side
        tokens.take(place for place, word in enumerate(tokens.words) if word in ("avec", "with", "sans", "without"))
    else:
        slots.filters.append(Filter("on_promo", "=", (not without,), on_purchases=True))
    for place, word in enumerate(tokens.words):
        if PROMO.fullmatch(word) or word in ("code", "codes"):
            tokens.take([place])
