"""Gift cards both sold and paid with: the same money stands twice in the revenue, which is said beside it."""

from __future__ import annotations

from analytics.datamodel.roles import Role
from analytics.study import Study
from analytics.workspace import literal, quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Sentence, say

_GIFT_CARD = (
    r"(cartes?|cheques?|bons?|e-?cartes?) ?-?(d.achat )?cadeaux?([^a-z]|$)|e?-?gift ?-?(cards?|vouchers?|certificates?)([^a-z]|$)"
    r"|(tarjetas?|cartoes?|cartao) (de )?regalo|cartao presente|geschenk(karte|gutschein)"
)


def gift_cards(study: Study) -> Sentence | None:
    """Say how much of the revenue is of gift cards sold, and how much was paid, in whole or in part, with one.

    None unless the files hold both: a card that is only sold, or only paid with, counts once.
    """
    if not study.sells:
        return None
    means = [attribute.column for attribute in study.purchase_attributes if attribute.role is Role.PAYMENT_METHOD]
    if not means:
        return None
    if "gift cards" not in study.memo:
        sold = " OR ".join(_names_one(column) for column in ("product", "category"))
        paid = " OR ".join(_names_one(quote(column)) for column in means)
        study.memo["gift cards"] = study.database.row(
            f"SELECT SUM(amount) FILTER ({sold}), SUM(amount) FILTER (({paid}) AND NOT ({sold})),"
            f" COUNT(*) FILTER ({sold}), COUNT(*) FILTER (({paid}) AND NOT ({sold})) FROM {study.lines_sold} WHERE kept"
        )
    sales, payments, cards, lines = study.memo["gift cards"]
    if not sales or not payments:
        return None
    return say(
        "Cartes cadeaux : {sold} vendus ({cards} lignes), et {paid} d’achats réglés avec une carte, en tout ou en partie ({lines} lignes). "
        "Les deux comptent dans le chiffre d’affaires : la même somme peut y être deux fois.",
        "Gift cards: {sold} sold ({cards} lines), and {paid} of purchases paid with one, in whole or in part ({lines} lines). Both count "
        "in the revenue: the same money may stand in it twice.",
        sold=_money("gift_cards_sold", sales, cards), paid=_money("paid_with_gift_cards", payments, lines),
        cards=Estimate("cards", cards, Unit.COUNT, method="exact count"), lines=Estimate("lines", lines, Unit.COUNT, method="exact count"),
    )  # fmt: skip


def _money(name: str, value: object, n: int) -> Estimate:
    return Estimate(name, float(str(value)), Unit.MONEY, n=n, method="exact sum")


def _names_one(column: str) -> str:
    return f"COALESCE(REGEXP_MATCHES(LOWER(STRIP_ACCENTS({column})), {literal(_GIFT_CARD)}), FALSE)"
