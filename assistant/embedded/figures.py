"""The measure a statistic gives: of a column of numbers, or of a thing (baskets, orders, revenue, people)."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.gone_words import GONE
from assistant.embedded.measuring import PERSON, Asked, superlative_of
from assistant.embedded.slotted import Slots
from assistant.embedded.totals import adds_up

STATISTICS = frozenset({"mean", "median", "sum", "min", "max"})
_BASKETS = {"median": "median_basket", "max": "highest_basket", "min": "lowest_basket", "sum": "amount"}
_MOST_PEOPLE = re.compile(rf"\b(?:le plus|le moins|the most|most|fewest|the least)(?: de| d'| of)?(?: [a-z-]+){{0,2}}? {PERSON.pattern}")
_ARRIVALS = re.compile(r"^(?:les |nos |the |our )?(?:nouveaux|nouvelles|new|inscriptions|sign-?ups|adhesions)\b(?! customers? (?:come|return|buy))")
_BREAKDOWN = re.compile(r"^(?:la |the |quelle est la |what is the )?(repartition|breakdown|distribution|ventilation)\b")
HEADED = re.compile(rf"^(?:les |nos |mes |our |my |the )?(?:(?:active|current|remaining|lost|former) )?{PERSON.pattern}")
_SHOWN_BY = re.compile(  # "show me customers by region": how many there are in each
    rf"^(?:please )?(?:show|give|display|montre[rz]?|affiche[rz]?|donne[rz]?)(?:[- ](?:me|moi))? (?:all |the |our |my |tous |toutes |les |nos |mes )*{PERSON.pattern} (?:by|per|par)\b"
)
_MRR = re.compile(
    r"\b(mrr|arr|revenus? recurrents?|recurring revenue|monthly (?:revenue|income|turnover)|(?:revenus?|ca|chiffres? d'affaires|recettes?) mensuel(?:le)?s?)\b"
)
_INVOICE = re.compile(r"\b(invoices?|factures?)\b(?! mensuel)")


_IN_MONEY = re.compile(r"[€£$]|(?<![A-Za-z])(?:montants?|amounts?|eur|euros?|usd|gbp|ttc|ht|value|valeur)(?![A-Za-z])", re.IGNORECASE)  # a discount that is no rate


def recurring(slots: Slots, column: Field, text: str, *, per_person: bool) -> None:
    """What does not add up or is not what was named: rates, the fees of those who left, an invoice that is no monthly fee."""
    if per_person and column.on_purchases and adds_up(column) and slots.measure in ("mean", "sum"):
        slots.measure = "total_per_customer"
    elif per_person and column.on_purchases:
        slots.unread.append(column.name)  # a mean of lines is no mean of customers
    if column.of_lines or (slots.measure == "sum" and column.role is Role.DISCOUNT and not (column.in_money or _IN_MONEY.search(column.name))):
        slots.unread.append(column.name)
    if column.derived and column.role is Role.RECURRING_AMOUNT and _INVOICE.search(text):
        slots.unread.append("facture")
    current = slots.measure in ("sum", "mean", "median") and column.role is Role.RECURRING_AMOUNT and _MRR.search(text)
    if current and not GONE.search(text) and not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(Filter("lost", "=", (False,)))


_OF_MONEY = re.compile(r"\b(?:chiffres?(?: d'affaires)?|ca|montants?|revenue|turnover|sales|recettes?)\b")


_COLLECTED = re.compile(r"\b(?:collectee?s?|facturee?s?|encaissee?s?|payee?s?|due?s?|a (?:payer|reverser)|collected|charged|invoiced|paid|payable|owed)\b")  # a tax, and not its rate


def measure_of_column(asked: Asked, text: str, column: Field) -> str:
    """The statistic a question asks of a column of numbers: the one it names, else a sum of what adds up and a mean of what does not.

    Args:
        asked: the statistic and the thing.
        text: the question.
        column: the column it names.
    """
    if asked.statistic in STATISTICS:
        return asked.statistic or "mean"
    if asked.per_person:
        return "mean"
    if asked.statistic is None and re.search(r"\b(?:how much|combien)\b.*\b(?:we|on|nous|lose|lost|losing|perd\w*)\b", text):
        return "sum"
    if asked.statistic == "count" or (asked.statistic is None and (_MRR.search(text) or (column.role is Role.VAT and _COLLECTED.search(text)))):
        return "sum"
    if asked.statistic is None and asked.thing == "amount" and column.on_purchases and column.role is not Role.UNIT_PRICE and _OF_MONEY.search(text):
        return "sum"  # « chiffre des options »: what they came to
    return superlative_of(text, ("",)) or ("sum" if asked.statistic is None and adds_up(column) else "mean")


def measure_of_thing(asked: Asked, text: str, *, grouped: bool, dated: bool, timed: bool) -> tuple[str | None, str | None]:
    """The measure and its column of a statistic of a thing."""
    statistic, thing = asked.statistic, asked.thing
    averaged = statistic in ("mean", "median")
    if thing == "basket":
        return (_BASKETS.get(statistic or "", "average_basket") if statistic != "count" else "orders"), None
    if thing == "quantity":
        if averaged and asked.per_line or statistic == "median":
            return statistic, "quantity"
        return ("quantity_per_order" if averaged or asked.per_order else "quantity"), None
    if thing == "tenure":
        return ("tenure_months", None) if statistic in (None, "mean") else (statistic, "tenure_months")
    if thing == "new":
        return ("new_customers" if statistic == "count" or dated or _ARRIVALS.search(text) else None), None
    if thing == "orders":
        if statistic in ("median", "max", "min"):
            return statistic, "orders"
        if averaged and timed and not asked.per_person:
            return "orders", None
        return ("orders_per_customer" if averaged or asked.per_person else "orders"), None
    if thing in ("amount", "spend", "unit_price"):
        return _money(asked, thing, grouped=grouped, timed=timed)
    if statistic == "count" and thing is None and asked.distinct:
        return None, None
    if _MOST_PEOPLE.search(text):
        return "customers", None
    return ("customers", None) if thing == "people" or people_listed(text) else (None, None)


def _money(asked: Asked, thing: str, *, grouped: bool, timed: bool) -> tuple[str | None, str | None]:
    statistic = asked.statistic
    if thing == "unit_price":
        return ("average_price" if statistic in (None, "mean") else None), None
    if statistic == "mean" and timed and not asked.per_person:
        return "amount", None  # the average month
    if statistic == "mean" or (statistic is None and asked.per_person):
        return "amount_per_customer", None
    if statistic in ("median", "max", "min"):
        return statistic, "amount"
    if thing == "spend" and statistic is None:
        return ("amount_per_customer" if grouped else "amount"), None
    return "amount", None


def people_listed(text: str) -> bool:
    """« Clients par ville », "breakdown by contract": people are counted though no word says so."""
    return bool(_BREAKDOWN.search(text) or HEADED.search(text) or _SHOWN_BY.search(text))
