"""« Combien de chiens ? » in a file of animals that names their owners: rows are counted; owners are those of whom any row says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analytics.datamodel.roles import Role, TableKind
from analytics.explore.records import called
from analytics.explore.several_rows import changing_rows
from analytics.study import Study
from assistant.embedded.arguments import Prepared
from assistant.embedded.measuring import PERSON
from assistant.embedded.text import plain

_ELSEWHERE = frozenset({"table", "seen", "part", "column", "also", "absent", "stock", "compare", "per"})


def of_several_rows(step: Prepared, question: str, study: Study) -> Prepared:
    """The query of rows, or of the customers any of whose rows says so, where customers have several.

    Args:
        step: what was read.
        question: as typed: whether people are asked about.
        study: the data.
    """
    held = step.arguments
    if step.analysis != "explore" or _ELSEWHERE & held.keys():
        return step
    changing = changing_rows(study)
    told = [condition for condition in held.get("segment") or () if condition["field"] in changing]
    by = [name for name in held.get("by") or () if name in changing]
    files = {changing[name][0] for name in (*by, *(condition["field"] for condition in told))}
    if len(files) != 1:
        return step
    table = next(iter(files))
    rest = {**held, "segment": [condition for condition in held.get("segment") or () if condition not in told]}
    if held.get("measure") == "customers" and not {"period", "purchase_filter", "top"} & held.keys():
        return replace(step, arguments=_clean({**rest, **_counted(question, study, table), "purchase_filter": told, "table": table}))
    return replace(step, arguments=_clean({**rest, "seen": {"table": table, "filter": told}})) if told and not by else step


def _counted(question: str, study: Study, table: str) -> dict[str, Any]:
    """Rows, or the customers they are of when people are asked about."""
    if PERSON.search(plain(question)) is None:
        return {"measure": "records"}
    profile = next(found for found in study.model.of_kind(TableKind.CUSTOMERS, TableKind.CUSTOMER_LINKS) if called(found, study) == table)
    column = next(binding.column for binding in study.model.bindings if binding.table == profile.table and binding.role is Role.CUSTOMER_ID)
    return {"measure": "distinct", "column": next(held.name for held in profile.columns if held.column == column)}


def _clean(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in arguments.items() if value or key not in ("segment", "purchase_filter")}
