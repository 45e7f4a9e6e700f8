"""After how many there were, what they come to: "what is that worth?", « pour quel montant ? »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analytics.study import Study
from assistant.answer import Reading, Step
from assistant.embedded import wording
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns
from assistant.embedded.dialogue import Previous
from assistant.embedded.given_back import amount_of
from assistant.embedded.record_tables import record_tables
from assistant.embedded.sureness import READ
from assistant.embedded.text import plain

_THAT = r"(?:that|it|this|those|these|they|them)"
_MONEY = r"(?:money|total|all|euros?|pounds?|dollars?|value)"
_ASKED = re.compile(
    rf"(?:and |so |ok |et |alors )?(?:(?:what|how much) (?:is|are|was|were) {_THAT}(?: all)?(?: worth)?(?: in {_MONEY})?|how much (?:money )?(?:does|do|did) {_THAT} (?:make|come to|represent|amount to|add up to)(?: in {_MONEY})?|"
    rf"in (?:money|euros|pounds|dollars|value)|(?:for |pour )?(?:what|which|quel) (?:amount|value|montant)(?: total)?|(?:pour )?combien (?:ca|cela) (?:fait|represente|vaut|pese)|(?:ca|cela) (?:fait|represente|vaut|pese) combien(?: en (?:euros|argent|tout))?|"
    r"(?:pour )?combien d'(?:euros|argent)|en (?:euros|argent|valeur|montant))[ ?.!]*"
)
_COUNTED = ("orders", "records")
_OF_A_COUNT = ("part", "column", "per", "order")


def worth_of_them(question: str, before: Previous | None, columns: Columns, study: Study) -> Reading | None:
    """The amount of the orders, or of the lines, that the turn before counted; None when no such thing is asked.

    Args:
        question: as typed.
        before: the turn it leans on.
        columns: what the data can be asked about.
        study: the data.
    """
    if before is None or before.analysis != "explore" or before.arguments.get("measure") not in _COUNTED or not _ASKED.fullmatch(plain(question)):
        return None
    held: Mapping[str, Any] = {name: value for name, value in before.arguments.items() if name not in _OF_A_COUNT}
    if held.get("table") is None:
        if columns.named("amount") is None:
            return None
        step, own = Prepared("explore", {**held, "measure": "amount"}), columns
    else:
        table = next((found for found in record_tables(study) if found.name == held["table"]), None)
        amount = amount_of(table) if table is not None else None
        if table is None or amount is None:
            return None
        step, own = Prepared("explore", {**held, "measure": "sum", "column": amount}), table.columns
    return Reading("answered", (Step(step.analysis, step.arguments),), READ, wording.understood(step, own))
