"""What is said beside a whole revenue: the lists of sales it adds up, and the money that may stand in it twice."""

from __future__ import annotations

from analytics.datamodel.bills import bills_beside_orders
from analytics.datamodel.roles import TableKind
from analytics.measures.gift_cards import gift_cards
from analytics.measures.prepaid import prepaid
from analytics.measures.sales_lists import sales_lists_said
from analytics.study import Study
from vocabulary.sentence import Label, Sentence, say


def beside_revenue(study: Study) -> tuple[Sentence, ...]:
    """Sentences for a revenue that nothing restricts, the one that matters most first.

    Args:
        study: the data.
    """
    return tuple(said for said in (sales_lists_said(study), billed_apart(study), prepaid(study), gift_cards(study)) if said is not None)


def billed_apart(study: Study) -> Sentence | None:
    """That a revenue read from orders is not what was billed, where invoices stand beside them: an accountant knows the other figure.

    Args:
        study: the data.
    """
    bills = bills_beside_orders(study.model)
    if not bills or not study.sells:
        return None
    orders = study.model.of_kind(TableKind.TRANSACTIONS)[0]
    return say(
        "Ce chiffre d’affaires est celui des commandes (« {orders} ») ; ce qui a été facturé (« {bills} ») se demande à part : « montant facturé ».",
        "This revenue is of the orders (“{orders}”); what was billed (“{bills}”) is asked for apart: “amount invoiced”.",
        orders=Label(orders.file), bills=Label(bills[0].file),
    )  # fmt: skip
