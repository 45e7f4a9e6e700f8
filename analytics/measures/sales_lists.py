"""Figures that add up several lists of sales (lessons and blocks of lessons): what each brings is said beside a revenue, that they are mixed beside a count or a basket."""

from __future__ import annotations

from analytics.customers.sales_lists import LIST
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say


def sales_lists_said(study: Study) -> Sentence | None:
    """Say which lists of sales the revenue adds up; None where they are one list.

    Args:
        study: the data.
    """
    held = next((attribute.column for attribute in study.purchase_attributes if attribute.name == LIST), None)
    if held is None or not study.sells:
        return None
    if "sales lists" not in study.memo:
        study.memo["sales lists"] = study.database.rows(
            f"SELECT {quote(held)}, SUM(amount), COUNT(*) FROM {study.lines_sold} WHERE kept AND {quote(held)} IS NOT NULL GROUP BY 1 HAVING SUM(amount) <> 0 ORDER BY 2 DESC"
        )
    parts = study.memo["sales lists"]
    if len(parts) < 2:  # one list beside what bears no name of its own
        return None
    return say(
        "Ce chiffre d’affaires additionne plusieurs fichiers de ventes : {parts}. Nommez-en un pour ne voir que lui.",
        "This revenue adds up several files of sales: {parts}. Name one of them to see it alone.",
        parts=Listing(tuple(
            say("« {name} » {amount}", "“{name}” {amount}", name=Label(str(name)), amount=Estimate("amount_of_list", float(amount), Unit.MONEY, n=rows, method="exact sum"))
            for name, amount, rows in parts
        )),
    )  # fmt: skip


def lists_mixed(study: Study, *, priced: bool) -> Sentence | None:
    """Say which lists of sales a number of orders or a basket mixes; None where they are one list.

    A bread sold at the till and a wedding ordered weeks ahead make a mean that is neither's.

    Args:
        study: the data.
        priced: whether only the lists whose lines have an amount count.
    """
    held = next((attribute.column for attribute in study.purchase_attributes if attribute.name == LIST), None)
    if held is None:
        return None
    key = f"sales lists mixed {priced}"
    if key not in study.memo:
        amount = " AND amount IS NOT NULL" if priced and study.sells else ""
        study.memo[key] = study.database.rows(
            f"SELECT {quote(held)}, COUNT(*) FROM {study.lines_sold} WHERE kept{amount} GROUP BY 1 ORDER BY {quote(held)} IS NULL, 2 DESC"
        )
    names = [name for name, _ in study.memo[key]]
    if len(names) < 2:
        return None
    return say(
        "Ce chiffre mêle plusieurs fichiers de ventes : {parts}. Nommez-en un pour ne voir que lui.",
        "This figure mixes several files of sales: {parts}. Name one of them to see it alone.",
        parts=Listing(tuple(_OTHERS if name is None else say("« {name} »", "“{name}”", name=Label(str(name))) for name in names)),
    )


_OTHERS = Text("les autres ventes", "the other sales")  # of a file that any list of sales could be called as


def lists_untold(study: Study, name: str) -> Sentence | None:
    """Say which lists of sales do not tell a column whose total is asked: « CA HT » is without the orders that only bear an amount with VAT.

    Args:
        study: the data.
        name: of the column of purchases.
    """
    columns = {attribute.name: attribute.column for attribute in study.purchase_attributes}
    if LIST not in columns or name not in columns:
        return None
    key = f"sales lists untold {name}"
    if key not in study.memo:
        study.memo[key] = study.database.rows(
            f"SELECT {quote(columns[LIST])}, COUNT({quote(columns[name])}), COUNT(amount) FROM {study.lines_sold} WHERE kept GROUP BY 1 ORDER BY {quote(columns[LIST])} IS NULL, 3 DESC"
        )
    lacking = [listed for listed, told, priced in study.memo[key] if not told and priced]
    if not lacking or len(lacking) == len(study.memo[key]):
        return None
    return say(
        "« {column} » n’est dit nulle part dans {parts} : ces ventes manquent à ce chiffre.",
        "“{column}” is told nowhere in {parts}: those sales are missing from this figure.",
        column=Label(name), parts=Listing(tuple(_OTHERS if listed is None else say("« {name} »", "“{name}”", name=Label(str(listed))) for listed in lacking)),
    )  # fmt: skip
