"""Segment: the one filter tree over customers, for follow-ups, parameters, action targets and explore alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from analytics.datamodel.attributes import Attribute
from analytics.datamodel.roles import Role
from analytics.workspace import literal, quote
from vocabulary.errors import UserError
from vocabulary.sentence import Label, say

Operator = Literal["=", "!=", "in", "not in", "<", "<=", ">", ">=", "between", "is null", "is not null"]
Scalar = str | int | float | bool | date | None
FIXED_FIELDS = frozenset({
    "customer_id", "started", "first_purchase", "last_purchase", "orders", "purchase_days", "amount", "amount_12m",
    "amount_prev_12m", "monthly_amount", "median_gap", "p90_gap", "recency_days", "tenure_months", "promo_share",
    "first_on_promo", "categories", "channel", "ended", "lost", "lost_on", "finished_on", "state",
})  # fmt: skip
BOUGHT_FIELDS = {"category": "category", "product": "product", "store": "store", "sale_channel": "channel"}  # fixed columns of `purchases`
_NEVER: dict[str, Operator] = {"!=": "=", "not in": "in"}


@dataclass(frozen=True, slots=True)
class Condition:
    """`field` is a fixed column of `customers` or an attribute's name (the header as it stands in the file).

    On a column of purchases, it is of customers who ever made such a purchase; `!=` and `not in`, of those who never did.
    """

    field: str
    operator: Operator
    values: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """All of `conditions` hold. An empty segment is everyone.

    A conjunction is all a manager's filter needs ("women in Lyon who bought twice"); a disjunction within one column is
    the operator `in`.
    """

    conditions: tuple[Condition, ...] = ()

    def narrowed(self, *conditions: Condition) -> Segment:
        """This segment with more conditions; one on a field already held replaces it."""
        fields = {condition.field for condition in conditions}
        return Segment((*(c for c in self.conditions if c.field not in fields), *conditions))

    def of_purchases(self, condition: Condition, attributes: Sequence[Attribute]) -> bool:
        """Whether a condition is on what customers ever bought, and not on a column of theirs."""
        return condition.field not in FIXED_FIELDS and not any(attribute.name == condition.field for attribute in attributes)

    def sql(self, attributes: Sequence[Attribute], purchases: Sequence[Attribute] | None = None) -> tuple[str, list[Scalar]]:
        """A WHERE clause over `customers` with `?` parameters ("TRUE" for everyone).

        Args:
            attributes: columns of `customers` beside the fixed ones.
            purchases: columns of `purchases` beside the fixed ones; None when there are no purchases.

        Raises:
            UserError: a condition on an unknown field.
        """
        parts, parameters = [], []
        for condition in self.conditions:
            bought = _bought(condition, attributes, purchases)
            written = bought or clause(_column(condition.field, attributes), condition.operator, len(condition.values))
            parts.append(f"({written} AND finished_on IS NULL)" if _still_here(condition) else written)
            parameters += list(condition.values)
        return (" AND ".join(parts) or "TRUE"), parameters

    def display_sql(self, attributes: Sequence[Attribute], purchases: Sequence[Attribute] | None = None) -> str:
        """The same clause with its values written in, for a person to read."""
        sql, parameters = self.sql(attributes, purchases)
        return with_values(sql, parameters)

    def to_json(self) -> list[dict[str, Any]]:
        """The segment as plain data, for arguments of a reading."""
        return [{"field": c.field, "operator": c.operator, "values": list(c.values)} for c in self.conditions]

    @classmethod
    def from_json(cls, data: Sequence[Mapping[str, Any]]) -> Segment:
        """Read back what `to_json` wrote."""
        return cls(tuple(Condition(c["field"], c["operator"], tuple(c["values"])) for c in data))


def _still_here(condition: Condition) -> bool:
    """Whether those still there are wanted: who passed the test has not left, and is not there any more."""
    return condition.field == "lost" and condition.operator == "=" and tuple(condition.values) == (False,)


def with_values(sql: str, parameters: Sequence[object]) -> str:
    """Write `?` parameters into a statement that is shown to a person (never run)."""
    pieces = sql.split("?")
    if len(pieces) != len(parameters) + 1:
        return sql
    written = [piece + literal(str(p) if isinstance(p, date) else p) for piece, p in zip(pieces, parameters, strict=False)]
    return "".join(written) + pieces[-1]


def _bought(condition: Condition, attributes: Sequence[Attribute], purchases: Sequence[Attribute] | None) -> str | None:
    """Whether a customer ever made such a purchase, or never did; None when the field is one of customers."""
    name = condition.field
    if purchases is None or name in FIXED_FIELDS or any(attribute.name == name for attribute in attributes):
        return None
    named = next((attribute for attribute in purchases if attribute.name == name), None)
    column = named.column if named is not None else BOUGHT_FIELDS.get(name)
    if column is None:
        return None
    never = condition.operator in _NEVER
    held = clause(f"p.{quote(column)}", _NEVER.get(condition.operator, condition.operator), len(condition.values))
    counted = "" if named is not None and named.role is Role.ORDER_STATUS else "p.kept AND "
    return f"customer_key {'NOT ' if never else ''}IN (SELECT p.customer_key FROM purchases p WHERE {counted}{held})"


def _column(field: str, attributes: Sequence[Attribute]) -> str:
    if field in FIXED_FIELDS:
        return quote(field)
    for attribute in attributes:
        if attribute.name == field:
            return quote(attribute.column)
    raise UserError(
        say(
            "La colonne « {column} » n’existe pas dans ces fichiers : choisissez-en une autre.",
            "There is no column “{column}” in these files: choose another.",
            column=Label(field),
        )
    )


def clause(expression: str, operator: str, count: int) -> str:
    """A comparison of an SQL expression with `count` bound parameters; UserError for an operator that is not ours."""
    if operator not in get_args(Operator):
        raise UserError(
            say("Je ne connais pas la comparaison « {op} ».", "I do not know the comparison “{op}”.", op=Label(operator))
        )
    column = expression
    if operator in ("is null", "is not null"):
        return f"{column} {operator.upper()}"
    if operator in ("in", "not in"):
        return f"{column} {operator.upper()} ({', '.join('?' * count)})"
    if operator == "between":
        return f"{column} BETWEEN ? AND ?"
    return f"{column} {operator} ?"
