"""A share: of customers, orders or revenue, and which conditions say of whom and which make the part."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.cancelled import orders_cancelled
from assistant.embedded.columns import Columns
from assistant.embedded.coverage import departing
from assistant.embedded.filters import Filter
from assistant.embedded.gone_words import GONE, STILL
from assistant.embedded.measuring import PERSON
from assistant.embedded.money_told import PROMO
from assistant.embedded.ranking import customers_ranked
from assistant.embedded.slotted import Slots
from assistant.embedded.states import still_here
from assistant.embedded.tokens import Tokens

_AMONG = re.compile(r"\b(parmi|among|amongst|chez|sur les|out of|of those)\b")
_VERB = frozenset(
    "a ont est sont have has had are is was were live lives habite habitent use uses utilise utilisent pay pays paie paient payent "
    "bought buy buys ordered left achete achetent prennent took take come comes came vient viennent represent represents represente "
    "representent quit churned spent depense depensent provient proviennent pese pesent".split()
)
_RELATIVE = frozenset("qui who that dont which whose ayant having".split())


def share(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """A share: of customers, orders or revenue, and which conditions make the part."""
    text = tokens.text
    target = _shared(text, dated=columns.dated)
    if target == "share_customers" and (slots.also or slots.absent):
        slots.measure = target  # « part des clients de 2024 qui ont racheté en 2025 »
        return
    gone = GONE.search(text)
    if slots.top is not None and target == "share_amount" and customers_ranked(text):
        slots.measure, slots.by = target, ["customer_id"]  # what the ten largest customers make of the whole
        return
    if target == "share_customers" and (gone is not None or departing(text)) and share_of_a_reason(slots, columns):
        return
    promo = PROMO.search(text) is not None and not slots.filters and columns.named("promo_share") is not None
    if target == "share_orders" and promo:
        slots.measure = "promo_share"
        return
    if target == "share_amount" and promo:
        slots.measure, slots.part = target, [Filter("on_promo", "=", (True,), on_purchases=True)]
        return
    if target == "share_customers" and gone is not None and orders_cancelled(gone, slots, columns):
        slots.measure = target
        slots.unread.append(gone.group())  # of those who cancelled an order, which no share of customers tells
        return
    if target == "share_customers" and (gone is not None or departing(text)):
        base, rest = _split(slots.filters, tokens)
        slots.measure, slots.filters = "lost_rate", [*base, *rest]
        return
    if target == "share_customers" and not slots.filters and (still := STILL.search(text)) is not None and slots.period is None:
        slots.measure, slots.part = target, [still_here(still.group(), columns, tokens.at(still))]
        return
    base, part = _split(slots.filters, tokens)
    base, part = _of_those_here(base, part, slots, tokens, columns) if target == "share_customers" else (base, part)
    places = {found.name for found in columns.fields if found.role in (Role.CITY, Role.REGION, Role.COUNTRY, Role.POSTCODE, Role.STORE)}
    spoken = any(word in _VERB and word != "a" for word in tokens.words[3:])  # « viennent de femmes de Lyon »: both make the part
    placed = [found for found in part if found.field in places]
    others = [found for found in part if found.field not in places]
    if not base and placed and others and not (spoken and target != "share_customers") and min(found.at for found in placed) > max(found.at for found in others):
        base, part = placed, others
    if not part and not (slots.by or slots.time):
        return
    slots.measure, slots.filters, slots.part = target, [*base, *_answered(part, columns)] if target == "share_customers" else base, part


def _of_those_here(base: list[Filter], part: list[Filter], slots: Slots, tokens: Tokens, columns: Columns) -> tuple[list[Filter], list[Filter]]:
    """« Quelle part des abonnés actifs … »: of those still here; "what share of them are still active?" asks who is."""
    still = STILL.search(tokens.text)
    if still is None or slots.period is not None or any(found.field == "lost" or found.field in columns.fates for found in (*base, *part)):
        return base, part
    here = still_here(still.group(), columns, tokens.at(still))
    verb = next((place for place, word in enumerate(tokens.words) if word in _VERB and place > 2), len(tokens))
    if here.at < verb:
        return [*base, here], part
    return ([*base, *part], [here]) if all(found.at < here.at for found in part) else (base, part)


def _answered(part: list[Filter], columns: Columns) -> list[Filter]:
    """A share by a score is of those who gave one: « part des détracteurs »."""
    scores = {found.name for found in columns.numeric() if found.role in (Role.NPS, Role.SATISFACTION) and not found.on_purchases}
    return [Filter(name, "is not null", ()) for name in dict.fromkeys(held.field for held in part) if name in scores]


def share_of_a_reason(slots: Slots, columns: Columns) -> bool:
    """« Part des résiliations pour « trop cher » »: of those who left, the share that gave that reason; all who gave one have left.

    Args:
        slots: what was read; put right in place where a reason is named.
        columns: what the data can be asked about.
    """
    reasons = {found.name for found in columns.fields if found.role is Role.CHURN_REASON}
    part = [found for found in slots.filters if found.field in reasons]
    if not part:
        return False
    slots.measure, slots.part = "share_customers", part
    slots.filters = [found for found in slots.filters if found not in part and found.field not in ("lost", "lost_on")]
    if slots.period is None:
        slots.filters.append(Filter("lost", "=", (True,)))
    else:
        slots.filters.append(Filter("lost_on", "between", (slots.period.start.isoformat(), slots.period.end.isoformat())))
        slots.period = None
    return True


_PAID_ONE_BY_ONE = r"\b(?:paiements?|payments?|reglements?|encaissements?|visites?|visits?|passages?)\b"


def _shared(text: str, *, dated: bool) -> str:
    """Of what a share is: the first thing said after the word; a payment or a visit is a purchase where those are dated."""
    start = re.search(r"\b(parts?|shares?|proportions?|fractions?|pourcentages?|percentages?|percent|pour ?cent|taux|rates?|poids|weights?)\b|%", text)
    after = text[start.end() :] if start else text
    spots = [
        (match.start(), name)
        for name, pattern in (
            ("share_customers", PERSON.pattern),
            ("share_orders", r"\b(?:commandes?|orders?|achats?|purchases?|tickets?|transactions?|dons?|gifts?)\b" + (rf"|{_PAID_ONE_BY_ONE}" if dated else "")),
            ("share_amount", r"\b(?:ca|chiffres? d'affaires|(?<=du )chiffre|revenus?|revenue|sales|ventes|turnover|collecte|montant|recettes|mrr|arr)\b"),
        )
        if (match := re.search(pattern, after))
    ]
    return min(spots)[1] if spots else "share_customers"


def _split(filters: list[Filter], tokens: Tokens) -> tuple[list[Filter], list[Filter]]:
    """Conditions of who is looked at, and those that make the part: the main verb, or "among", stands between."""
    among = _AMONG.search(tokens.text)
    if among is not None and len(filters) > 1:
        start = tokens.at(among)
        following = [found for found in filters if found.at > start]
        ahead = [found for found in filters if found.at < start]
        if following and ahead:
            return following, ahead
        if following and start == 0:
            return following[:1], following[1:]
    verb = next(
        (place for place, word in enumerate(tokens.words)
         if word in _VERB and place > 2 and not (word == "a" and any(found.at == place + 1 for found in filters)) and not _RELATIVE & set(tokens.words[max(0, place - 2) : place])), None,
    )  # fmt: skip
    if verb is None:
        relative = next((place for place, word in enumerate(tokens.words) if word in _RELATIVE and place > 2), len(tokens))
        ahead = [found for found in filters if 0 <= found.at < relative]
        following = [found for found in filters if found.at > relative]
        return (ahead, following) if ahead and following else ([], list(filters))  # « part des familles qui sont en prélèvement »
    base = [found for found in filters if 0 <= found.at < verb]
    part = [found for found in filters if found not in base]
    return (base, part) if part else ([], base)
