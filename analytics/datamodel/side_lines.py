"""Lines of an order that are no goods: carriage, service, tips, roundings; and what is taken off the whole order.

They stand among the products under a name of their own (« Frais de port », « Remise fidélité »). What is charged is part of
what the customer paid, and no product; what is taken off lowers the price of the goods beside it, and is nothing sent back.
"""

from __future__ import annotations

from dataclasses import dataclass

from analytics.datamodel.model import ColumnProfile, DataModel, TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_number, as_text
from analytics.workspace import Database, literal, quote

_CHARGED = (
    r"^((frais|forfait|participation aux? frais) (de |d.)?(port|livraison|expedition|envoi|transport|service|dossier|gestion|traitement"
    r"|emballage|manutention|deplacement|annulation|paiement)|livraisons?|port|expedition|shipping|delivery|postage|carriage|freight|handling"
    r"|(service|delivery|shipping|handling|booking|processing|small order) (fee|charge|cost)s?|pourboires?|tips?|gratuity|service charge"
    r"|emballage cadeau|gift wrap(ping)?|(ecart d.)?arrondis?|rounding|consigne|eco.?(participation|contribution|taxe)|envio|portes|versand(kosten)?)"
    r"([^a-z].*)?$"
)
_TAKEN_OFF = (
    r"^(remises?|reductions?|rabais|ristournes?|escompte|discounts?|(code|offre|bon) (promo|de reduction|d.achat)[a-z]*|promotions?|promo|coupons?"
    r"|vouchers?|(bon|cheque)s? (de )?(reduction|fidelite)|geste commercial|descuento|desconto|rabatt|rebates?)([^a-z].*)?$"
)
_WITH_GOODS = 0.8  # of these lines, at least so many stand in an order beside goods: sold alone, « Livraison » is the trade
_MOST = 0.5  # of the lines of the file


def _column(model: DataModel, table: TableProfile, role: Role) -> ColumnProfile | None:
    binding = model.find(role, table=table.table)
    return None if binding is None else next(column for column in table.columns if column.column == binding.column)


@dataclass(frozen=True, slots=True)
class SideLines:
    """The lines of a table that are no goods.

    Args:
        column: the one that names them.
        charged, taken: SQL over alias `t`: whether a line is charged beside the goods, or taken off them.
        names: how they are called, the most frequent first: charged, then taken off.
        counts: how many lines there are of each.
        shared: what is taken off is shared between the goods of its order (not where VAT is told line by line).
    """

    column: ColumnProfile
    charged: str
    taken: str
    names: tuple[tuple[str, ...], tuple[str, ...]]
    counts: tuple[int, int]
    shared: bool


def side_lines(database: Database, model: DataModel, table: TableProfile, alias: str = "t") -> SideLines | None:
    """The lines of a table of purchases that are no goods; None when there are none, or no order number to tell it by.

    Args:
        database: where the table is.
        model: what its columns mean.
        table: its profile.
        alias: how the SQL returned calls it.
    """
    goods, order, amount = (_column(model, table, role) for role in (Role.PRODUCT, Role.ORDER_ID, Role.AMOUNT))
    if goods is None or order is None or amount is None:
        return None
    word = f"LOWER(STRIP_ACCENTS({as_text(goods, alias)}))"
    charged = f"COALESCE(REGEXP_MATCHES({word}, {literal(_CHARGED)}), FALSE)"
    taken = f"COALESCE(REGEXP_MATCHES({word}, {literal(_TAKEN_OFF)}) AND {as_number(amount, alias)} < 0, FALSE)"
    source = f"{quote(table.table)} {alias}"
    names = f"SELECT DISTINCT {as_text(goods, alias)} AS name FROM {source}"
    either = f"REGEXP_MATCHES(LOWER(STRIP_ACCENTS(name)), {literal(f'({_CHARGED})|({_TAKEN_OFF})')})"
    if not database.row(f"SELECT COUNT(*) FROM ({names}) WHERE {either}")[0]:
        return None
    rows, side, beside, fees, off = database.row(f"""
        SELECT COUNT(*), COUNT(*) FILTER (fee OR less), COUNT(*) FILTER ((fee OR less) AND goods > 0), COUNT(*) FILTER (fee), COUNT(*) FILTER (less)
        FROM (SELECT fee, less, COUNT(*) FILTER (NOT fee AND NOT less) OVER (PARTITION BY ref) AS goods
              FROM (SELECT {charged} AS fee, {taken} AS less, {as_text(order, alias)} AS ref FROM {source}))""")
    if not side or side > _MOST * rows or beside < _WITH_GOODS * side:
        return None
    named = tuple(
        tuple(str(name) for name, in database.rows(
            f"SELECT {as_text(goods, alias)} FROM {source} WHERE {which} GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 3"
        ))
        for which in (charged, taken)
    )  # fmt: skip
    return SideLines(goods, charged, taken, (named[0], named[1]), (int(fees), int(off)), not model.find(Role.VAT, table=table.table))
