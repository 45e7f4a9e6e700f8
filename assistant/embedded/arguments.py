"""From slots to the arguments an analysis takes; what it cannot take is said, never dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.ranking import customers_ranked
from assistant.embedded.slots import Slots
from assistant.embedded.text import plain

# Arguments an analysis takes beside `segment`; a test holds this against the catalogue.
ACCEPTS: Mapping[str, frozenset[str]] = {
    "churn_rate": frozenset({"by", "period"}),
    "acquisition_quality": frozenset({"by"}),
    "leak_points": frozenset({"by"}),
    "still_alive": frozenset({"by"}),
    "at_risk": frozenset({"top"}),
    "explore": frozenset({"measure", "column", "by", "period", "compare", "purchase_filter", "order", "top"}),
    "customer_story": frozenset({"customer"}),
}
_CHURN_FAMILY = frozenset({"at_risk", "churn_drivers", "foresight", "decline_onset"})
_SHARE = re.compile(r"\b(part|share|pourcentage|percentage|percent|proportion|repartition|breakdown|%)\b|%")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A step ready to run, and what was understood but could not be honoured (codes and words)."""

    analysis: str
    arguments: dict[str, Any]
    left_out: tuple[str, ...] = ()
    filters: tuple[Mapping[str, Any], ...] = field(default=())


def prepare(analysis: str, slots: Slots, question: str, inherited: Mapping[str, Any], columns: Columns) -> Prepared:
    """Arguments of a step.

    Args:
        analysis: the analysis chosen.
        slots: what the question says beside its subject.
        question: as typed.
        inherited: arguments of the turn it leans on, empty when it stands on its own.
        columns: what the data can be asked about.
    """
    text = plain(question)
    analysis = _honourable(analysis, slots)
    if analysis in ("segments", "best_and_disappointing") and slots.top and customers_ranked(text) and columns.named("amount"):
        analysis = "explore"  # "my ten best customers": their names and what they spend
    if analysis == "churn_rate":
        slots = replace(slots, filters=[found for found in slots.filters if found.field != "lost"])  # a rate counts both
    accepts = ACCEPTS.get(analysis, frozenset())
    if analysis == "explore":
        return _explore(slots, text, inherited, columns)
    arguments: dict[str, Any] = {}
    segment = _narrowed(inherited.get("segment", ()), [f for f in slots.filters if not f.on_purchases])
    if segment:
        arguments["segment"] = segment
    groups = slots.by or _one(inherited.get("by"))
    if "by" in accepts and groups:
        arguments["by"] = groups[0]
    if analysis == "churn_rate":
        period = slots.time or _grain(slots) or inherited.get("period")
        if isinstance(period, str):
            arguments["period"] = period
    if "top" in accepts and slots.top is not None:
        arguments["top"] = slots.top
    if "customer" in accepts and slots.customer is not None:
        arguments["customer"] = slots.customer
    return Prepared(analysis, arguments, _left_out(analysis, accepts, slots))


def _honourable(analysis: str, slots: Slots) -> str:
    """The analysis that can take what was asked: a split of the risk is a split of the rate."""
    if slots.by and analysis in _CHURN_FAMILY:
        analysis = "churn_rate"
    bought = any(found.on_purchases for found in slots.filters)
    if analysis == "churn_rate" and (len(slots.by) > 1 or bought):
        return "explore"
    gone = any(found.field == "lost" for found in slots.filters)
    if analysis == "churn_rate" and slots.measure == "customers" and gone and len(slots.filters) > 1:
        return "explore"  # "how many customers on a yearly contract left": a count
    plainly = not (bought or slots.period or slots.compare or slots.top or len(slots.by) > 1)
    if analysis == "explore" and slots.measure == "lost_rate" and plainly:
        return "churn_rate"
    return analysis


def _explore(slots: Slots, text: str, inherited: Mapping[str, Any], columns: Columns) -> Prepared:
    arguments: dict[str, Any] = {"measure": slots.measure or _lost(slots) or inherited.get("measure") or "customers"}
    if not slots.measure and slots.statistic and arguments["measure"] in ("mean", "median", "sum"):
        arguments["measure"] = slots.statistic  # "and the median?"
    column = slots.column if slots.measure else slots.column or inherited.get("column")
    if column:
        arguments["column"] = column
    filters = list(slots.filters)
    groups = [*slots.by, *((slots.time,) if slots.time else ())][:2]
    if not groups and not slots.measure:
        groups = list(_one(inherited.get("by")))
    if not groups and arguments["measure"] == "customers" and _SHARE.search(text) and len(filters) == 1:
        groups, filters = [filters[0].field], []
    if not groups and customers_ranked(text) and columns.named("amount") is not None:
        groups = ["customer_id"]
        arguments["measure"] = "orders" if slots.measure == "orders" else "amount"
        arguments.pop("column", None)
    if groups:
        arguments["by"] = groups
    segment = _narrowed(inherited.get("segment", ()), [f for f in filters if not f.on_purchases])
    bought = _narrowed(inherited.get("purchase_filter", ()), [f for f in filters if f.on_purchases])
    if segment:
        arguments["segment"] = segment
    if bought:
        arguments["purchase_filter"] = bought
    _times(arguments, slots, inherited)
    if slots.top is not None:
        arguments["top"] = slots.top
    if slots.order is not None:
        arguments["order"] = slots.order
    return Prepared("explore", arguments, tuple(slots.unread))


def _lost(slots: Slots) -> str | None:
    return "lost_rate" if slots.measure == "lost_rate" else None


def _times(arguments: dict[str, Any], slots: Slots, inherited: Mapping[str, Any]) -> None:
    period = slots.period.to_json() if slots.period is not None else inherited.get("period")
    if isinstance(period, Mapping):
        arguments["period"] = dict(period)
    if slots.compare is not None:
        arguments["compare"] = slots.compare.to_json()


def _narrowed(before: Any, filters: list[Filter]) -> list[dict[str, Any]]:
    """The inherited conditions, those on a field said again replaced."""
    fields = {found.field for found in filters}
    kept = [dict(condition) for condition in before or () if condition["field"] not in fields]
    return [*kept, *(found.to_json() for found in filters)]


def _grain(slots: Slots) -> str | None:
    """How fine a rate by period must be to show the period asked for."""
    if slots.period is None:
        return None
    days = (slots.period.end - slots.period.start).days
    return "month" if days <= 31 else "quarter" if days <= 92 else "year"


def _one(by: Any) -> tuple[str, ...]:
    if by is None:
        return ()
    return (by,) if isinstance(by, str) else tuple(by)


def _left_out(analysis: str, accepts: frozenset[str], slots: Slots) -> tuple[str, ...]:
    """What the analysis cannot take of what was said."""
    said = {
        "by": bool(slots.by) and "by" not in accepts,
        "time": slots.time is not None and analysis != "churn_rate",
        "period": slots.period is not None and analysis != "churn_rate",
        "compare": slots.compare is not None and analysis != "churn_rate",
        "purchases": any(found.on_purchases for found in slots.filters),
    }
    return (*(code for code, present in said.items() if present), *slots.unread)
