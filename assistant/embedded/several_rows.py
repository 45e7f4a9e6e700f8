"""« Combien de chiens ? » in a file of animals that names their owners: rows are counted; owners are those of whom any row says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import by_the_month
from analytics.explore.records import called
from analytics.explore.several_rows import changing_rows, several_rows_each
from analytics.study import Study
from assistant.embedded.arguments import Prepared
from assistant.embedded.ideas import split_headers
from assistant.embedded.measuring import PERSON
from assistant.embedded.text import plain, words

_ELSEWHERE = frozenset({"table", "seen", "part", "column", "also", "absent", "stock", "compare", "per"})


def of_several_rows(step: Prepared, question: str, study: Study, typed: str) -> Prepared:
    """The query of rows, or of the customers any of whose rows says so, where customers have several.

    Args:
        step: what was read.
        question: in usual words: whether people are asked about.
        study: the data.
        typed: as typed: which people, where families have pupils.
    """
    held = step.arguments
    changing = changing_rows(study) if step.analysis == "explore" else {}
    if not changing or (_ELSEWHERE - {"column"}) & held.keys():
        return step
    step = _by_their_headers(step, changing, study)
    held = step.arguments
    if held.get("column"):
        return _measured(step, question, study)
    if held.get("measure") == "customers" and not {"segment", "by", "period", "purchase_filter", "top"} & held.keys() and (theirs := _theirs(typed, study)) is not None:
        return replace(step, arguments={"measure": "records", "table": theirs})
    told = [condition for condition in held.get("segment") or () if condition["field"] in changing]
    by = [name for name in held.get("by") or () if name in changing]
    files = {changing[name][0] for name in (*by, *(condition["field"] for condition in told))}
    if len(files) != 1:
        return step
    table = next(iter(files))
    rest = {**held, "segment": [condition for condition in held.get("segment") or () if condition not in told]}
    if held.get("measure") == "customers" and not {"period", "purchase_filter", "top"} & held.keys():
        return replace(step, arguments=_clean({**rest, **_counted(question, study, table, typed), "purchase_filter": told, "table": table}))
    return replace(step, arguments=_clean({**rest, "seen": {"table": table, "filter": told}})) if told and not by else step


def _by_their_headers(step: Prepared, changing: Mapping[str, tuple[str, int]], study: Study) -> Prepared:
    """The query with the columns of rows called by their headers: the plan of a customer is that of the row held today, and not of each."""
    headers = {name: binding.name for name, role in _STANDS_FOR.items() if (binding := study.model.find(role, TableKind.SUBSCRIPTIONS)) is not None and binding.name in changing}
    if not headers:
        return step
    held = {**step.arguments}
    for key in ("segment", "purchase_filter"):
        if held.get(key):
            held[key] = [{**condition, "field": headers.get(condition["field"], condition["field"])} for condition in held[key]]
    if held.get("by"):
        held["by"] = [headers.get(name, name) for name in held["by"]]
    return replace(step, arguments=held)


_STANDS_FOR = {"plan": Role.PLAN, "contract_type": Role.CONTRACT_TYPE}


def _measured(step: Prepared, question: str, study: Study) -> Prepared:
    """A number each contract bears, added up or averaged over the contracts themselves: the last of each customer is not all they owe."""
    held, changing = step.arguments, changing_rows(study)
    header = _of_the_season(held["column"], question, study) or str(held["column"])
    file = changing[header][0] if header in changing else None
    if file is None or held.get("measure") not in _STATISTICS or not any(called(found, study) == file for found in study.model.of_kind(TableKind.SUBSCRIPTIONS)):
        return step
    attribute = study.attribute(header)
    if header == held["column"] and attribute is not None and by_the_month(study, attribute):
        return step  # what contracts in force cost a month
    asked = [*(held.get("segment") or ()), *(held.get("purchase_filter") or ())]
    told = [condition for condition in asked if changing.get(condition["field"], (None,))[0] == file]
    here = [condition for condition in asked if condition not in told and not (header != held["column"] and condition["field"] == "lost")]
    return replace(step, arguments=_clean({**held, "column": header, "segment": here, "purchase_filter": told, "table": file}))


_STATISTICS = frozenset({"sum", "mean", "median", "min", "max"})


def _of_the_season(column: Any, question: str, study: Study) -> str | None:
    """The price of a season as it stands, where the price of contracts is asked and not by the month."""
    priced = study.model.find(Role.RECURRING_AMOUNT, TableKind.SUBSCRIPTIONS)
    attribute = study.attribute(str(column))
    monthly = column == "monthly_amount" or (attribute is not None and by_the_month(study, attribute))
    if priced is None or not monthly or study.model.season_of(priced.table) is None or _BY_THE_MONTH.search(plain(question)):
        return None
    return priced.name


_BY_THE_MONTH = re.compile(r"\b(?:mensuel\w*|monthly|mrr|arr|par mois|(?:per|a) month|recurr\w*)\b")


def _counted(question: str, study: Study, table: str, typed: str) -> dict[str, Any]:
    """Rows, or the customers they are of when people are asked about."""
    if PERSON.search(plain(question)) is None:
        return {"measure": "records"}
    profile = next(found for found in several_rows_each(study) if called(found, study) == table)
    numbers = {binding.role: binding for binding in study.model.bindings if binding.table == profile.table}
    link = numbers.get(Role.CUSTOMER_LINK)
    column = (link if link is not None and _names(typed, link.name, numbers[Role.CUSTOMER_ID].name) else numbers[Role.CUSTOMER_ID]).column
    return {"measure": "distinct", "column": next(held.name for held in profile.columns if held.column == column)}


def told_of_others(step: Prepared, typed: str, study: Study) -> Prepared:
    """« Âge moyen des élèves » where families are the customers: a figure of customers says that it is not told of those others.

    Args:
        step: what was read.
        typed: the question as typed.
        study: the data.
    """
    if step.analysis not in ("explore", "churn_rate") or {"table", "seen"} & step.arguments.keys() or _theirs(typed, study) is None:
        return step
    numbers = [binding.name for binding in study.model.bindings if binding.role is Role.CUSTOMER_LINK]
    named = {part.rstrip("s") for name in numbers for part in words(split_headers(name))}
    said = next((word for word in typed.replace("'", " ").replace("’", " ").split() if len(word) >= _LEAST and plain(word).strip("?.,!").rstrip("s") in named), None)
    return step if said is None else replace(step, left_out=(*step.left_out, said.strip("?.,!")))


_LEAST = 4  # letters


def _theirs(question: str, study: Study) -> str | None:
    """The list of those whose customer is somebody else, where the question names them and not the customers: « combien d'élèves ? »."""
    lists = study.model.of_kind(TableKind.CUSTOMER_LINKS) if study.model.of_kind(TableKind.CUSTOMERS) else ()
    for profile in lists:
        numbers = {binding.role: binding for binding in study.model.bindings if binding.table == profile.table}
        link, who = numbers.get(Role.CUSTOMER_LINK), numbers.get(Role.CUSTOMER_ID)
        if link is not None and who is not None and _names(question, link.name, who.name) and not _names(question, who.name, link.name):
            return called(profile, study)
    return None


def _names(question: str, header: str, other: str) -> bool:
    """Whether the people a question is about are those a header numbers, by the word it says: « élèves », rather than families."""
    said = {word.rstrip("s") for word in words(plain(question))}
    own = {part.rstrip("s") for part in words(split_headers(header))} - {part.rstrip("s") for part in words(split_headers(other))}
    return bool(own & said)


def _clean(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in arguments.items() if value or key not in ("segment", "purchase_filter")}
