"""Packs sold beforehand and used to pay: hours by the block, a book of ten classes. The same money stands twice in the revenue, which is said beside it."""

from __future__ import annotations

import re

from analytics.datamodel.headers import plain
from analytics.datamodel.roles import SALES, Role
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Sentence, say

# What is bought at once and used bit by bit, alone or at the head of a few words: « Forfait 10 h », "block", "prepaid credit".
_PACK = re.compile(
    r"^(?:from |par |avec |with |on |sur )?(?P<stem>block|bundle|pack|package|carnet|forfait|pass|prepaid|pre paid|prepaye|(?:prepaid |lesson |hour )credit|abonnement|subscription|membership|punch card)s?"
    r"(?: (?:de |of )?\d+.*| (?:hours?|heures?|lessons?|lecons?|classes?|cours|seances?|sessions?|visits?|visites?|credits?|balance|solde|booking))?$"
)
_MOST = 40  # ways to pay


def prepaid(study: Study) -> Sentence | None:
    """Say how much of the revenue was paid with packs that the files also sell; None unless they do both.

    Args:
        study: the data.
    """
    if not study.sells:
        return None
    if "prepaid" not in study.memo:
        study.memo["prepaid"] = next((said for attribute in study.purchase_attributes if attribute.role is Role.PAYMENT_METHOD if (said := _paid_so(study, attribute.column))), None)
    found: Sentence | None = study.memo["prepaid"]
    return found


def _paid_so(study: Study, column: str) -> Sentence | None:
    """What is said of one column of means of payment."""
    paid = study.database.rows(
        f"SELECT CAST({quote(column)} AS VARCHAR), SUM(amount), COUNT(*) FROM {study.lines_sold} WHERE kept AND {quote(column)} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC NULLS LAST LIMIT {_MOST}"
    )
    for means, amount, count in paid:
        pack = _PACK.match(plain(str(means)).replace("-", " ").strip())
        if pack is None or not amount or amount <= 0 or len(paid) < 2:
            continue
        sold = _sold_in(study, pack["stem"])
        if sold is not None:
            whole, rows = study.database.row(f"SELECT SUM(amount), COUNT(*) FROM {study.lines_sold} WHERE kept")
            return say(
                "Réglés par « {means} » : {paid} ({lines} lignes), d’une réserve payée d’avance que les fichiers comptent aussi (« {sold} »). Les deux sont dans "
                "le chiffre d’affaires : la même somme peut y être deux fois. Sans ces règlements, il est de {without}.",
                "Paid with “{means}”: {paid} ({lines} lines), out of what was paid beforehand and that the files count too (“{sold}”). Both are in the revenue: "
                "the same money may stand in it twice. Without those payments, it is {without}.",
                means=Label(str(means)), sold=Label(sold), paid=Estimate("paid_with_packs", float(amount), Unit.MONEY, n=count, method="exact sum"),
                lines=Estimate("lines", count, Unit.COUNT, method="exact count"),
                without=Estimate("revenue_without_packs", float(whole) - float(amount), Unit.MONEY, n=rows - count, method="exact sum"),
            )  # fmt: skip
    return None


def _sold_in(study: Study, stem: str) -> str | None:
    """The file of sales called after the packs, or the good or the category that is one; None where none is sold."""
    said = re.compile(rf"\b{stem}s?\b")
    named = next((table.file for table in study.model.of_kind(*SALES) if said.search(plain(f"{table.file} {table.sheet or ''}").replace("_", " ").replace("-", " "))), None)
    if named is not None:
        return named
    for column in ("product", "category"):
        values = study.database.rows(f"SELECT DISTINCT {column} FROM {study.lines_sold} WHERE kept AND amount > 0 AND {column} IS NOT NULL")
        good = next((str(value) for (value,) in values if said.search(plain(str(value)))), None)
        if good is not None:
            return good
    return None
