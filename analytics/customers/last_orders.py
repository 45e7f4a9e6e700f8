"""What the last order of each customer was like, as its columns say: broken, late, sent by this carrier or that one.

A yes or no, a carrier or a wait told line by line is something the customer lived. It is taken at the last order known on the day
looked from, so nothing later is in it. What the customer chose (a colour, a price, a quantity) is not: it tells tastes.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analytics.customers.attributes import timing
from analytics.customers.header_timing import plain
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.datamodel.statuses import undone_flag
from analytics.workspace import quote
from vocabulary.language import Text
from vocabulary.themes import Theme

LAST_ORDER = "last_order: "  # begins the names of what the last order was like
_MOST = 8  # columns of purchases told of the last order: each is one more tried
_A_WAIT = re.compile(r"delai|delay|retard|attente|wait|late(_|$)|lead_?time|days_to|jours?_de_livraison|delivery_(days|time)|shipping_(days|time)")

# Where and how the customer chose to buy, or what makes them known: tastes and habits, whatever the order was like.
_CHOSEN = re.compile(
    r"(?:^|_)(?:new|nouve\w*|first|premi\w*|repeat\w*|returning|known|existing|guest|online|web\w*|en_ligne|app|mobile|in_?store|boutique|click"
    r"|collect|drive|retrait|pick_?up|express|priorit\w*|wrap\w*|emball\w*|subscri\w*|abonn\w*|newsletter|promo\w*|coupon|voucher|discount\w*"
    r"|remise|sale|solde\w*|business|pro|b2b|export|weekend|week_end|paid|paye\w*|taxable|vat|tva|invoice\w*|factur\w*|last|dernier\w*)(?=_|$)"
)


def last_orders(bought: tuple[Attribute, ...], varying: frozenset[str] = frozenset()) -> tuple[tuple[Attribute, str], ...]:
    """Attributes of customers (their column still that of `purchases`), each with its aggregate over the lines of the last order.

    Args:
        bought: columns of `purchases`, with the headers they come from.
        varying: columns of yes or no that change from one order to another of the same customers, the first one apart: what no
            header tells is then something that befell the order, not who the customer is.
    """
    found: list[tuple[Attribute, str]] = []
    for attribute in bought:
        sql = line_aggregate(attribute)
        if sql is None or len(found) == _MOST:
            continue
        header = attribute.sources[0][1] if attribute.sources else attribute.name
        told = timing(attribute.role, header) if attribute.role is not None else Timing.UNKNOWN
        if told is Timing.UNKNOWN and attribute.column in varying and not _CHOSEN.search(plain(header)):
            told = Timing.DURING
        if attribute.role is Role.DELIVERY_DATE:
            told = Timing.DURING  # a wait, whatever the header calls its end
        if told is not Timing.DURING:  # « nouveau client », « dernier achat »: who they are, or activity itself
            continue
        said = attribute.title
        title = Text(f"« {said.fr} » de la dernière commande", f"“{said.en}” of the last order")
        absent = None
        if attribute.type is ColumnType.FLAG:
            title = Text(f"« {said.fr} » à la dernière commande", f"“{said.en}” on the last order")
            absent = Text(f"pas de « {said.fr} » à la dernière commande", f"no “{said.en}” on the last order")
        if attribute.type is ColumnType.DATE:
            title = Text(f"jours de la dernière commande à « {header} »", f"days from the last order to “{header}”")
        kind = ColumnType.NUMBER if attribute.type is ColumnType.DATE else attribute.type
        one = replace(
            attribute, name=f"{LAST_ORDER}{header}", title=title, type=kind, timing=told, derived=True, theme_hint=Theme.SERVICE.value, absent=absent
        )
        found.append((one, sql))
    return tuple(found)


def unplaced_flags(bought: tuple[Attribute, ...]) -> tuple[str, ...]:
    """Columns of yes or no whose header does not say when they are known: whether they vary decides."""
    return tuple(
        one.column for one in bought
        if one.type is ColumnType.FLAG and line_aggregate(one) is not None and one.role is not None
        and timing(one.role, one.sources[0][1] if one.sources else one.name) is Timing.UNKNOWN
    )  # fmt: skip


def line_aggregate(attribute: Attribute) -> str | None:
    """How the lines of one order are told as one; None for a column that says nothing of how it went."""
    column, header = quote(attribute.column), plain(attribute.sources[0][1] if attribute.sources else attribute.name)
    if attribute.type is ColumnType.FLAG and attribute.role is Role.FLAG and not undone_flag(header):
        return f"MAX(CASE WHEN {column} THEN 1 WHEN NOT {column} THEN 0 END) = 1"
    if attribute.type is ColumnType.NUMBER and attribute.role in (Role.MEASURE, Role.SHIPPING) and _A_WAIT.search(header):
        return f"MAX({column})"
    if attribute.type is ColumnType.DATE and attribute.role is Role.DELIVERY_DATE:  # how long it took to come, from the day of the order
        return f"MAX(CASE WHEN {column} >= day THEN DATE_DIFF('day', day, {column}) END)"
    if attribute.type is ColumnType.CATEGORY and attribute.role in (Role.DELIVERY_METHOD, Role.SELLER):
        return f"CASE WHEN MIN({column}) = MAX({column}) THEN MIN({column}) END"
    return None
