"""What a query cannot be an answer to, whatever else it read: a rate told as a count, a mean told as a total, a « sans » that no condition says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.embedded.arguments import Prepared
from assistant.embedded.rates import other_rate
from assistant.embedded.text import plain

_COUNTS = frozenset({"customers", "new_customers", "lost_customers", "orders", "records", "distinct", "quantity"})
_PEOPLE = frozenset({"customers", "new_customers", "share_customers"})
_TOTALS = _COUNTS | _PEOPLE | {"sum", "amount"}
_AVERAGED = re.compile(r"\b(?:average|avg|mean|moyennes?|(?<!par )(?<!quel )(?<!quels )(?<!le )(?<!les )(?<!du )(?<!des )(?<!un )moyens?|en moyenne|on average)\b")
_LACKING = re.compile(
    r"\b(?P<said>(?:have|has|had|having|with) no|never|without|jamais|sans|n'(?:ont|a|avaient|avait) (?:pas|jamais|aucune?)|(?:have|has|had|did|do|does)n't|(?:have|has|had|did|do|does) not)\b(?! (?:longer|more|less|later))"
    r"(?: (?:any|a|an|de|d'|ever|yet|encore|the|our|le|la|les))*(?: (?P<what>[a-z][a-z-]+))?(?: (?P<more>[a-z][a-z-]+))?"
)
_DENIES = frozenset(("!=", "not in", "is null", "<", "<="))
_NOUGHT = (False, 0)


def beyond_the_figure(question: str, step: Prepared) -> list[str]:
    """The words of a question that its query leaves out, so that its figure would be another; none when it reads them all.

    Args:
        question: as typed.
        step: the query.
    """
    text, told = plain(question), step.arguments
    if step.analysis != "explore" or told.get("measure") not in _TOTALS:
        return []
    found: list[str] = []
    rate = other_rate(question) if told["measure"] != "share_customers" else None
    if rate is not None:
        found += rate.split()
    if told["measure"] not in _COUNTS | _PEOPLE:
        return found
    if told.get("per") is None and (mean := _AVERAGED.search(text)) is not None:
        found.append(mean.group())
    denied = _LACKING.search(text) if told["measure"] in _PEOPLE else None
    if denied is not None and not any(map(_denies, _conditions(told))) and not {"absent", "also"} & set(told):
        found += [word for word in (denied["said"], denied["what"], denied["more"]) if word]
    return found


def _conditions(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every condition of a query, wherever it stands."""
    for name in ("segment", "purchase_filter", "part"):
        yield from told.get(name) or ()
    seen = told.get("seen") or {}
    if seen.get("never"):
        yield {"operator": "!=", "values": []}
    yield from seen.get("conditions") or ()


def _denies(condition: dict[str, Any]) -> bool:
    """Whether a condition says what somebody has not, or has little of, by its sign or by the value it names."""
    if condition["operator"] in _DENIES or condition.get("ever") is False or condition.get("field") in ("lost", "recency_days", "silent_days"):
        return True
    values = condition.get("values") or ()
    return any((isinstance(value, (bool, int, float)) and value in _NOUGHT) or (isinstance(value, str) and _NO.match(plain(value)) is not None) for value in values)


_NO = re.compile(r"\W*(?:no|non|not|none|never|jamais|sans|without|aucune?|pas|n/?a|un[a-z]{3,}|in[a-z]{3,}|im[a-z]{3,}|dis[a-z]{3,})\b")
