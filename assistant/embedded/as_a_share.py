"""« Quel pourcentage ça fait ? », "as a percentage of orders": the count of the turn before, set against all that it was counted among."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.embedded.ideas import split_headers
from assistant.embedded.measuring import ORDERS, PERSON
from assistant.embedded.text import plain, words

_SHARE = re.compile(
    r"^(?:and |et |so |donc |ok |alors )*(?:(?:what|which) (?:percentage|share|proportion|percent|%)(?: (?:is|was|are|does) (?:that|it|this|they)(?: (?:make|represent))?)?"
    r"|(?:is|as|in) (?:a |an )?(?:percentage|percent|share|proportion|%)|(?:and )?(?:the )?percentage|in (?:percent|%)"
    r"|(?:ca|cela) (?:fait|represente) (?:quel(?:le)? (?:pourcentage|part|proportion)|combien en (?:%|pourcentage))"
    r"|quel(?:le)? (?:pourcentage|part|proportion)(?: (?:est-ce|c'est|cela fait|ca fait|ca represente|cela represente))?|(?:et )?en (?:%|pourcentage|proportion|part))"
    r"(?: (?:of|du|des|de) (?:the |all |our |tous |toutes |les |nos )*(?P<whole>[a-z' -]+?))?[ ?!.]*$"
)
_SHARES = {"records": "share_records", "customers": "share_customers", "orders": "share_orders"}
_ALL = frozenset("total whole all them everything tout ensemble".split())


def as_a_share(question: str, analysis: str, before: Mapping[str, Any]) -> dict[str, Any] | None:
    """The arguments of the share that the turn before counted; None where nothing of the kind is asked, or no condition was counted.

    Args:
        question: as typed.
        analysis, before: the step before, and its arguments.
    """
    said, measure = _SHARE.match(plain(question)), _SHARES.get(str(before.get("measure")))
    segment, lines = list(before.get("segment") or ()), list(before.get("purchase_filter") or ())
    part = lines if measure == "share_records" and lines else [*segment, *lines]  # « des patients de Lyon »: whose lines they are stays as it was
    if said is not None and analysis == "explore" and not part and (shared := _of_each_group(said["whole"], before)) is not None:
        return shared
    if said is None or measure is None or analysis != "explore" or not part or before.get("part") or before.get("top") or not _whole(said["whole"], measure, before):
        return None
    kept = {key: value for key, value in before.items() if key not in ("purchase_filter", "column") and (key != "segment" or part is lines)}
    return {**kept, "measure": measure, "part": part}


def _of_each_group(said: str | None, before: Mapping[str, Any]) -> dict[str, Any] | None:
    """What each group is of the whole, where the turn before counted or added up by group: « clients par ville », « et en % ? »."""
    by, measure = list(before.get("by") or ()), _OF_GROUPS.get(str(before.get("measure")))
    if measure is None or len(by) != 1 or before.get("part") or before.get("compare") or before.get("stock") or "customer_id" in by or set(words(said or "")) - _ALL:
        return None
    return {**before, "measure": measure}


_OF_GROUPS = {"records": "share_records", "customers": "share_customers", "orders": "share_orders", "amount": "share_amount"}


def _whole(said: str | None, measure: str, before: Mapping[str, Any]) -> bool:
    """Whether what a share is asked of is what was counted among: the lines of the file, the customers, the orders."""
    if said is None or set(words(said)) <= _ALL:
        return True
    if measure != "share_records":
        return (PERSON if measure == "share_customers" else ORDERS).fullmatch(said.strip()) is not None
    stem = {part.rstrip("s") for part in words(split_headers(str(before.get("table")).rsplit(".", 1)[0]))}
    return {part.rstrip("s") for part in words(said)} <= stem | {"row", "line", "ligne"}
