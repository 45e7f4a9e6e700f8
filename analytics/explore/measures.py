"""What `explore` can measure: names, titles, units, and what one case of each is (a customer, an order, a line)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from vocabulary.estimate import Unit
from vocabulary.language import Text

Measure = Literal[
    "customers", "new_customers", "lost_customers", "amount", "orders", "quantity", "quantity_per_order", "lines_per_order", "days_between_orders", "average_basket", "median_basket",
    "highest_basket", "lowest_basket", "average_price", "amount_per_customer", "orders_per_customer", "total_per_customer", "lost_rate", "tenure_months", "promo_share",
    "share_customers", "share_orders", "share_amount", "mean", "median", "sum", "min", "max", "distinct",
    "records", "share_records", "nps", "delay",
]  # fmt: skip


class Case(StrEnum):
    """What one row of a measure is, once groups are set."""

    CUSTOMER = "customer"
    ORDER = "order"
    LINE = "line"
    BUYER = "buyer"  # a customer with what they bought added up


TITLES: dict[str, Text] = {
    "customers": Text("nombre de clients", "number of customers"),
    "new_customers": Text("nombre de nouveaux clients", "number of new customers"),
    "lost_customers": Text("nombre de clients perdus", "number of customers lost"),
    "amount": Text("chiffre d’affaires", "revenue"),
    "orders": Text("nombre d’achats", "number of orders"),
    "quantity": Text("quantité vendue", "quantity sold"),
    "quantity_per_order": Text("quantité moyenne par commande", "average quantity per order"),
    "lines_per_order": Text("nombre moyen de lignes par commande", "average number of lines per order"),
    "days_between_orders": Text("nombre moyen de jours entre deux achats", "average number of days between two orders"),
    "average_basket": Text("panier moyen", "average basket"),
    "median_basket": Text("panier médian", "median basket"),
    "highest_basket": Text("montant de la plus grosse commande", "amount of the largest order"),
    "lowest_basket": Text("montant de la plus petite commande", "amount of the smallest order"),
    "average_price": Text("prix moyen à l’unité", "average price per unit"),
    "amount_per_customer": Text("dépense moyenne par client", "average spend per customer"),
    "orders_per_customer": Text("nombre moyen d’achats par client", "average number of orders per customer"),
    "total_per_customer": Text("total moyen par client", "average total per customer"),
    "lost_rate": Text("part de clients perdus", "share of customers lost"),
    "tenure_months": Text("ancienneté moyenne", "mean tenure"),
    "promo_share": Text("part des achats en promotion", "share of orders on promotion"),
    "share_customers": Text("part des clients", "share of customers"),
    "share_orders": Text("part des achats", "share of orders"),
    "share_amount": Text("part du chiffre d’affaires", "share of revenue"),
    "mean": Text("moyenne", "mean"),
    "median": Text("médiane", "median"),
    "sum": Text("total", "total"),
    "min": Text("minimum", "minimum"),
    "max": Text("maximum", "maximum"),
    "distinct": Text("nombre de valeurs différentes", "number of different values"),
    "records": Text("nombre de lignes", "number of rows"),
    "share_records": Text("part des lignes", "share of rows"),
    "nps": Text("score de recommandation (NPS)", "net promoter score (NPS)"),
    "delay": Text("délai moyen en jours", "mean delay in days"),
}

UNITS: dict[str, Unit] = {
    "customers": Unit.CUSTOMERS, "new_customers": Unit.CUSTOMERS, "lost_customers": Unit.CUSTOMERS, "amount": Unit.MONEY,
    "orders": Unit.ORDERS, "quantity": Unit.NUMBER, "quantity_per_order": Unit.NUMBER, "lines_per_order": Unit.NUMBER, "days_between_orders": Unit.NUMBER, "average_basket": Unit.MONEY, "median_basket": Unit.MONEY,
    "highest_basket": Unit.MONEY, "lowest_basket": Unit.MONEY, "average_price": Unit.MONEY, "amount_per_customer": Unit.MONEY,
    "orders_per_customer": Unit.NUMBER, "total_per_customer": Unit.NUMBER, "lost_rate": Unit.RATIO, "tenure_months": Unit.MONTHS, "promo_share": Unit.RATIO,
    "share_customers": Unit.RATIO, "share_orders": Unit.RATIO, "share_amount": Unit.RATIO, "mean": Unit.NUMBER,
    "median": Unit.NUMBER, "sum": Unit.NUMBER, "min": Unit.NUMBER, "max": Unit.NUMBER, "distinct": Unit.COUNT,
    "records": Unit.COUNT, "share_records": Unit.RATIO, "nps": Unit.NUMBER, "delay": Unit.NUMBER,
}  # fmt: skip

BASKETS = frozenset({"average_basket", "median_basket", "highest_basket", "lowest_basket"})
ORDER_CASES = BASKETS | {"quantity_per_order", "lines_per_order", "orders", "share_orders", "promo_share"}
BUYER_CASES = frozenset({"amount_per_customer", "orders_per_customer", "total_per_customer"})
CUSTOMER_CASES = frozenset({
    "customers", "new_customers", "lost_customers", "lost_rate", "tenure_months", "share_customers", "days_between_orders",
})  # fmt: skip
SOLD = ORDER_CASES | BUYER_CASES | {"amount", "quantity", "share_amount", "average_price"}  # read in purchases when there are some
STATISTICS = frozenset({"mean", "median", "sum", "min", "max"})  # of a column
SHARES = frozenset({"share_customers", "share_orders", "share_amount", "share_records"})
RECORDS = frozenset({"records", "share_records", "nps", "delay"})  # of the lines of one file, said by `table`
# A group's value says nothing of its n alone: averages and shares, shown with their interval.
AVERAGED = frozenset({"average_basket", "quantity_per_order", "lines_per_order", "tenure_months", "mean", "amount_per_customer", "orders_per_customer", "total_per_customer", "nps", "delay"})


def case_of(measure: str, *, on_purchases: bool) -> Case:
    """What one row of a measure is."""
    if measure in CUSTOMER_CASES:
        return Case.CUSTOMER
    if not on_purchases:
        return Case.CUSTOMER
    if measure in ORDER_CASES:
        return Case.ORDER
    return Case.BUYER if measure in BUYER_CASES else Case.LINE
