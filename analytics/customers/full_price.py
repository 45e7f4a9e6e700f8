"""The words that say a line was sold without a promotion, in a column that names promotions."""

from __future__ import annotations

from analytics.workspace import literal

_NO_CODE = "('none', 'no', 'non', 'aucun', 'aucune', 'sans', 'false', 'faux', 'n/a', 'na', '0', '-', 'null', 'nan', 'nao', '')"
_FULL_PRICE = (
    r"^(au |a )?((plein|plain) tarif|prix plein|(tarif|prix) (plein|normal|public|catalogue|standard|de base|courant)|tarification normale|normal|standard|catalogue|full[- ]?(price|fare|rate)|"
    r"(regular|normal|standard|list) (price|fare|rate)|(pas|aucune?|sans|hors|no|without( any)?|not on|non) ?(de |d'|in |en )?(promo\w*|remises?|reductions?|rabais|offres?|codes?( promo\w*)?|coupons?|discounts?|"
    r"offers?|vouchers?|deals?|soldes?))[ .]*$"
)


def names_promotion(text: str) -> str:
    """SQL: whether the words of a cell name a promotion: « Plein tarif » and "none" name none, nor does an empty cell.

    Args:
        text: SQL of the cell, as text.
    """
    word = f"TRIM(LOWER(STRIP_ACCENTS(COALESCE({text}, '-'))))"
    return f"({word} NOT IN {_NO_CODE} AND NOT REGEXP_MATCHES({word}, {literal(_FULL_PRICE)}))"
