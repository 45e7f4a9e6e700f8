"""What counts as one order where the files give no order number: said beside every figure that counts orders."""

from __future__ import annotations

from analytics.customers.counted_orders import shared_amounts
from analytics.customers.order_refs import joined_by_day
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Sentence, say


def order_caution(study: Study) -> Sentence | None:
    """Say that a customer's lines of one day count as one order, with how many lines become how many orders; or that a row holds several.

    None where every order has its number, or where no customer has two lines on one day.
    """
    if "purchases" not in study.tables or not joined_by_day(study.model):
        return None
    many = shared_amounts(study.model)
    if many is not None:
        return say(
            "Une ligne de vos fichiers tient plusieurs commandes, que compte « {column} » : son montant est partagé également entre elles.",
            "A row of your files holds several orders, which “{column}” counts: its amount is shared equally between them.",
            column=Label(many.name),
        )  # fmt: skip
    if "orders joined" not in study.memo:
        study.memo["orders joined"] = study.database.row(
            "SELECT count(*), count(DISTINCT order_id) FROM purchases WHERE order_id = concat(customer_key, '/', day)"
        )
    lines, orders = study.memo["orders joined"]
    if lines == orders:
        return None
    return say(
        "Sans numéro de commande dans vos fichiers, les achats d’un client le même jour comptent pour une seule commande : "
        "{lines} lignes en font {orders}.",
        "With no order number in your files, what a customer buys on one day counts as one order: {lines} lines make {orders}.",
        lines=Estimate("lines", lines, Unit.COUNT, method="exact"), orders=Estimate("orders", orders, Unit.ORDERS, method="exact"),
    )  # fmt: skip
