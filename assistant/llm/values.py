"""Free strings of a model → values of the files, in the column's own type; what fits nothing is refused, never guessed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from analytics.datamodel.model import ColumnType
from analytics.study import Study
from analytics.workspace import quote
from assistant.embedded.ideas import ideas
from assistant.embedded.text import plain
from assistant.llm.masking import Registry
from assistant.llm.schema import Column

Scalar = str | float | int | bool
_NEAR = 88  # of 100: one slip in a word of eight letters
_LARGEST = 1e12
_YES, _NO = frozenset({"yes", "oui", "true", "vrai", "1"}), frozenset({"no", "non", "false", "faux", "0"})
OPERATORS = ("=", "!=", "in", "not in", "<", "<=", ">", ">=", "between")
_ORDER = frozenset({"<", "<=", ">", ">=", "between"})


class Refused(Exception):
    """A call that cannot be honoured; the message goes back to the model, in English, and quotes no value."""


def resolve(column: Column, operator: str, values: Sequence[object], study: Study, registry: Registry) -> list[Scalar]:
    """The values of one condition, as they stand in the files.

    Args:
        column: what they are values of.
        operator: one of `OPERATORS`.
        values: as the model wrote them, placeholders included.
        study: the data.
        registry: what placeholders stand for.

    Raises:
        Refused: an operator or a number of values that does not fit, or a value the column does not hold.
    """
    wanted = 2 if operator == "between" else 1
    if operator not in OPERATORS or (operator not in ("in", "not in") and len(values) != wanted) or not values:
        raise Refused(f"{column.code}: operator {operator} does not go with {len(values)} values")
    if operator in _ORDER and column.type is not ColumnType.NUMBER:
        raise Refused(f"{column.code} is not a number: use =, !=, in or not in")
    return [_one(column, value, study, registry) for value in values]


def _one(column: Column, value: object, study: Study, registry: Registry) -> Scalar:
    text = str(value)
    text = (registry.original(text) or text).strip()
    if column.type is ColumnType.FLAG:
        return _flag(column, text)
    if column.type is ColumnType.NUMBER:
        return _number(column, text)
    return _word(column, text, study)


def _flag(column: Column, text: str) -> bool:
    said = plain(text)
    if said in _YES or said in _NO:
        return said in _YES
    raise Refused(f"{column.code} is yes/no: use true or false")


def _number(column: Column, text: str) -> float | int:
    try:
        number = float(text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or abs(number) > _LARGEST:
        raise Refused(f"{column.code} takes a number")
    return int(number) if number.is_integer() else number


def _word(column: Column, text: str, study: Study) -> str:
    if not column.values:
        return _looked_up(column, text, study)
    by_plain = {plain(value): value for value in column.values}
    said = plain(text)
    if text in column.values or said in by_plain:
        return text if text in column.values else by_plain[said]
    meant = [value for value in column.values if ideas(value) == ideas(text)]
    if len(meant) == 1:
        return meant[0]
    near = process.extract(said, list(by_plain), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=2)
    if len(near) == 1:
        return by_plain[near[0][0]]
    raise Refused(f"{column.code} holds no such value; explore by {column.code} shows its groups")


def _looked_up(column: Column, text: str, study: Study) -> str:
    """A value of a column with too many to keep at hand."""
    attributes = study.purchase_attributes if column.on_purchases else study.attributes
    place = next((a.column for a in attributes if a.name == column.name), None)
    table = "purchases" if column.on_purchases else "customers"
    if place is not None:
        rows = study.database.rows(
            f"SELECT DISTINCT CAST({quote(place)} AS VARCHAR) FROM {table} "
            f"WHERE lower(CAST({quote(place)} AS VARCHAR)) = lower(?) LIMIT 2",
            [text],
        )
        if len(rows) == 1:
            return str(rows[0][0])
    raise Refused(f"{column.code} holds no such value")
