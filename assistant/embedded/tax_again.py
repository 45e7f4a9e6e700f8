"""« Et en TTC ? », "excluding VAT?" after a figure of money: the same figure, over the same period, on the other side of the tax."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Reading, Step
from assistant.embedded import wording
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns
from assistant.embedded.dialogue import Previous
from assistant.embedded.text import plain
from vocabulary.language import Language

_SIDE = re.compile(
    r"^(?:et |and |ok |donc |so )*(?:(?:en|in|c'est quoi en|what about) )?(?P<side>ttc|ht|hors (?:la )?(?:taxes?|tva)|(?:toutes )?taxes comprises|tva comprise|"
    r"(?:with|without|excluding|including|excl\.?|incl\.?|ex|inc|before|after|net of|gross of)(?: the)? (?:vat|tax(?:es)?|sales tax))$"
)
_TAXED = re.compile(r"\b(?:ht|ttc|hors taxes?|net|gross|brut|excl\w*|incl\w*|vat|tax)\b")
_CALLED = {"amount": ("chiffre d'affaires", "revenue"), "average_basket": ("panier moyen", "average basket"), "amount_per_customer": ("chiffre d'affaires par client", "revenue per customer")}
_KEPT = ("period", "compare", "by", "purchase_filter", "segment", "top", "order", "per")
_OF_LINES = ("period", "compare")  # what holds of another file too


def on_the_other_side(question: str, before: Previous | None, language: Language, columns: Columns, read: Callable[[str], Reading]) -> Reading | None:
    """The reading of a question that says nothing but a side of the tax, after a figure of money; None for any other.

    Args:
        question: as typed.
        before: the figure it is said of.
        language: of the question.
        columns: what the data can be asked about.
        read: reads a whole question, apart from the talk.
    """
    found = _SIDE.match(plain(question).strip(" ?.!"))
    if found is None or before is None or before.analysis != "explore" or before.arguments.get("table"):
        return None
    summed = before.arguments.get("measure") == "sum" and _TAXED.search(plain(str(before.arguments.get("column") or "").replace("_", " ")))
    called = _CALLED.get("amount" if summed else str(before.arguments.get("measure")))
    if called is None:
        return None
    reading = read(f"{called[0 if language == 'fr' else 1]} {found['side']}")
    if reading.status != "answered" or len(reading.steps) != 1 or reading.steps[0].analysis != "explore":
        return reading if reading.status == "cannot_answer" else None
    told = dict(reading.steps[0].arguments)
    kept = _OF_LINES if told.get("table") else _KEPT
    if any(before.arguments.get(name) for name in _KEPT if name not in kept):
        return None  # split, or of some, as the other file may not be
    told |= {name: before.arguments[name] for name in kept if before.arguments.get(name)}
    return replace(reading, steps=(Step("explore", told),), sentence=wording.understood(Prepared("explore", told), columns))
