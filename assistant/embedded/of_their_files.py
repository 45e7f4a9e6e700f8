"""A share of what only some files of sales tell is of the sales of those files: « part des ventes annulées » is of no booking list."""

from __future__ import annotations

from dataclasses import replace

from analytics.customers.sales_lists import LIST
from analytics.datamodel.roles import Role
from analytics.study import Study
from analytics.workspace import quote
from assistant.answer import Reading, Step

_SHARED = ("share_orders", "share_amount")


def of_their_files(reading: Reading, study: Study) -> Reading:
    """The reading, the whole of each share of purchases kept to the files that tell what makes the part.

    Args:
        reading: of a question.
        study: the data.
    """
    steps = tuple(_kept(step, study) for step in reading.steps)
    return reading if steps == reading.steps else replace(reading, steps=steps)


def _kept(step: Step, study: Study) -> Step:
    held = step.arguments
    if step.analysis != "explore" or held.get("measure") not in _SHARED or held.get("table") or "purchases" not in study.tables:
        return step
    told = {condition["field"] for condition in held.get("purchase_filter") or ()}
    fields = dict.fromkeys(condition["field"] for condition in held.get("part") or () if condition["operator"] in ("=", "in") and condition["field"] not in told)
    of_some = [{"field": field, "operator": "is not null", "values": []} for field in fields if _of_some_files(field, study, money=held["measure"] == "share_amount")]
    return step if not of_some else Step(step.analysis, {**held, "purchase_filter": [*(held.get("purchase_filter") or ()), *of_some]})


def _of_some_files(name: str, study: Study, *, money: bool) -> bool:
    """Whether a column stands in some of several files of sales, and in no line of another."""
    columns = {attribute.name: attribute.column for attribute in study.purchase_attributes if not (money and attribute.role is Role.ORDER_STATUS)}  # a state that is named brings back the money of orders that fell through
    if LIST not in columns or name == LIST or name not in columns:
        return False
    key = f"files that tell {name}"
    if key not in study.memo:
        study.memo[key] = study.database.rows(f"SELECT {quote(columns[LIST])}, COUNT({quote(columns[name])}) FROM {study.lines_sold} GROUP BY 1")
    counts = [int(count) for _, count in study.memo[key]]
    return any(counts) and not all(counts)
