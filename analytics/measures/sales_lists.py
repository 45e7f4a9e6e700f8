"""Revenue that adds up several lists of sales (lessons and blocks of lessons): how much each brings is said beside it."""

from __future__ import annotations

from analytics.customers.sales_lists import LIST
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
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
