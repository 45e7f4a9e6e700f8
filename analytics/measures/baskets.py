"""What an average basket is of, what was ordered, before what came back; and what came back, that a revenue is net of.

An order is what a customer decided on that day: what comes back later, often in a file that names no order, takes nothing off its size (nor off the
median or the largest one). Revenue is net of returns, so a basket beside it says its basis, and what it is on the other.
"""

from __future__ import annotations

from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Sentence, say

LEAST_GAP = 0.005  # in the currency: less than half a cent is not seen


def before_returns(basket: Estimate, net: float | None) -> tuple[Sentence, ...]:
    """That an average basket is before returns, and what it is net of them; nothing where none came back.

    Args:
        basket: the average, of `n` orders.
        net: what the same purchases amount to, returns taken off; None when it is not known.
    """
    if basket.value is None or not basket.n or net is None or abs(basket.value - net / basket.n) < LEAST_GAP:
        return ()
    after = Estimate("average_basket_net", net / basket.n, Unit.MONEY, basket.n, method="exact")
    return (say(
        "Le panier moyen est ce qui a été commandé, avant retours ; une fois les retours déduits, comme dans le chiffre d’affaires, il est de {after}.",
        "The average basket is what was ordered, before returns; with returns taken off, as in the revenue, it is {after}.",
        after=after,
    ),)  # fmt: skip


def net_of_returns(revenue: Estimate, basket: Estimate) -> tuple[Sentence, ...]:
    """What was sent back or refunded, that a revenue is net of; nothing where nothing was.

    Args:
        revenue: returns taken off.
        basket: the average of the same purchases, before returns, of `n` orders.
    """
    if revenue.value is None or basket.value is None or not basket.n:
        return ()
    sold = basket.value * basket.n
    if sold - revenue.value < _A_UNIT:
        return ()
    return (say(
        "Net des retours et des remboursements : {sold} vendus, moins {back}.", "Net of returns and refunds: {sold} sold, less {back}.",
        sold=Estimate("sold", sold, Unit.MONEY, basket.n, method="exact"),
        back=Estimate("sent_back", sold - revenue.value, Unit.MONEY, basket.n, method="exact"),
    ),)  # fmt: skip


_A_UNIT = 0.5
