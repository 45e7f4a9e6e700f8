"""« Honoraires 2025 », "fees in 2025": what customers pay a month has no dates; over a period, it is what was billed or paid then that is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import PERIODS, by_the_month
from analytics.study import Study
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import columns_of
from assistant.embedded.fields import Field
from assistant.embedded.ideas import split_headers
from assistant.embedded.measuring import PERSON
from assistant.embedded.record_tables import RecordTable, record_tables
from assistant.embedded.records import people_of
from assistant.embedded.text import plain, words

_EACH = re.compile(rf"\b(?:par|per|each|chaque) {PERSON.pattern}|\b(?:average|mean) {PERSON.pattern}")
_UNTAXED = ("ht", "net")
_ELSEWHERE = frozenset({"table", "seen", "part", "also", "absent", "stock", "purchase_filter"})


def of_what_was_billed(step: Prepared, question: str, study: Study) -> Prepared:
    """The query put to the invoices or the payments, where a monthly price is asked over a period and nothing is sold by the piece.

    Args:
        step: what was read.
        question: in usual words.
        study: the data.
    """
    held, text = step.arguments, plain(question)
    if step.analysis == "explore" and held.get("measure") in _OF_A_BILL and not study.sells and not _ELSEWHERE & held.keys():
        return _as_bills(step, study)
    if step.analysis == "explore" and held.get("measure") == "share_amount" and not study.sells and not (_ELSEWHERE - {"part"}) & held.keys():
        return _amounts_of_each(step, study)
    spent = _SPENT.search(text) is not None and not _A_MONTH.search(text)  # what someone has spent is what was billed, and no price
    spent = spent or (step.analysis == "explore" and _unpriced(held.get("column"), study))
    if step.analysis != "explore" or _ELSEWHERE & held.keys() or not (spent or _over_time(held)) or not _recurs(held.get("column"), study):
        return step
    measure = "total_per_customer" if held.get("measure") == "mean" and (spent or _EACH.search(text)) else held.get("measure")
    found = _file(study)
    if found is None or measure not in ("sum", "total_per_customer"):
        return step
    table, amount = found
    if spent and people_of(study, table) is None:
        return step
    kept = [condition for condition in held.get("segment") or () if condition["field"] != "lost" or (spent and True in condition["values"])]  # whoever paid then, be they gone now
    arguments = {**held, "measure": measure, "column": _as_taxed(table, amount, str(held["column"]), question), "segment": kept, "table": table.name}
    if measure == "sum" and not held.get("by") and _A_MONTH.search(text) and not _within_a_month(held.get("period")):
        arguments["by"] = ["month"]  # « CA mensuel depuis janvier »: of each month, and not of all of them together
    if spent and measure == "sum" and not held.get("by") and (most := _MOST.search(text)) is not None and PERSON.search(text[: most.start()]):
        arguments |= {"by": ["customer_id"], "top": held.get("top") or _NAMED, "order": "asc" if most["few"] else "desc"}
    return replace(step, arguments={key: value for key, value in arguments.items() if value or key != "segment"})


_OF_A_BILL = {"average_basket": "mean", "median_basket": "median", "highest_basket": "max", "lowest_basket": "min", "orders": "records"}


def _as_bills(step: Prepared, study: Study) -> Prepared:
    """Where nothing is sold by the piece, a basket, an order, the last purchase are those of the invoices."""
    found = _file(study)
    if found is None:
        return step
    table, amount = found
    measure = _OF_A_BILL[str(step.arguments["measure"])]
    told = {**step.arguments, "measure": measure, "table": table.name}
    return replace(step, arguments=told if measure == "records" else {**told, "column": amount.name})


def _amounts_of_each(step: Prepared, study: Study) -> Prepared:
    """« Part du CA par agence » of bills, whose share no measure tells: what each amounts to, and all of them together."""
    found, held = _file(study), step.arguments
    by = [*(held.get("by") or ()), *(condition["field"] for condition in held.get("part") or ())]
    if found is None or len(set(by)) != 1 or by[0] == "customer_id":
        return step
    kept = {key: value for key, value in held.items() if key not in ("part", "measure", "by")}
    return replace(step, arguments={**kept, "measure": "sum", "column": found[1].name, "by": by[:1], "table": found[0].name})


_MOST = re.compile(r"\b(?:(?P<few>(?:the )?least|le moins)|(?:the )?most|le plus)\b")
_NAMED = 10  # customers


def _within_a_month(period: Any) -> bool:
    return isinstance(period, Mapping) and str(period["start"])[:7] == str(period["end"])[:7]


_SPENT = re.compile(r"\b(?:spen[dt]\w*|depens\w*)\b")
_A_MONTH = re.compile(r"\b(?:monthly|mensuel(?:le)?s?|(?:per|a|each|every|par|chaque) (?:month|mois))\b")


def _unpriced(column: Any, study: Study) -> bool:
    """Whether a month's price is asked where no contract has any: « CA par client » is then told by the bills alone."""
    if column != "monthly_amount" or _file(study) is None:
        return False
    if "unpriced contracts" not in study.memo:
        study.memo["unpriced contracts"] = study.database.row("SELECT COUNT(monthly_amount) FROM customers")[0] == 0
    return bool(study.memo["unpriced contracts"])


def _over_time(held: Mapping[str, Any]) -> bool:
    return bool(held.get("period") or held.get("compare") or set(held.get("by") or ()) & set(PERIODS))


def _recurs(column: Any, study: Study) -> bool:
    """Whether a column is what customers pay every month, or every year."""
    attribute = study.attribute(str(column))
    return column == "monthly_amount" or (attribute is not None and (attribute.role is Role.RECURRING_AMOUNT or by_the_month(study, attribute)))


def _file(study: Study) -> tuple[RecordTable, Field] | None:
    """The one file of what was billed, or else of what was paid, and its amounts."""
    if columns_of(study).named("amount") is not None:
        return None
    for kind in (TableKind.INVOICES, TableKind.PAYMENTS):
        told = [(table, field) for table in record_tables(study) if table.kind is kind and table.timed for field in table.columns.numeric() if field.on_purchases and field.role is Role.AMOUNT]
        if told:
            return told[0] if len(told) == 1 else None
    return None


def _as_taxed(table: RecordTable, amount: Field, column: str, question: str) -> str:
    """The amounts before tax, where the question or the price asked about says so and the file holds them; else those it is summed by."""
    said, price = set(words(plain(question))), set(words(split_headers(column)))
    wanted = next((word for word in _UNTAXED if word in said or (word in price and "ttc" not in said)), None)
    untaxed = [field.name for field in table.columns.numeric() if field.on_purchases and wanted in words(split_headers(field.name))]
    return untaxed[0] if wanted is not None and len(untaxed) == 1 else amount.name
