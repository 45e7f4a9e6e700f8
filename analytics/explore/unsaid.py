"""Who is left out of « hors Paris » because nothing says where they are: neither in nor out, and said beside the figure."""

from __future__ import annotations

from analytics.datamodel.roles import Role
from analytics.explore.fields import ORDER_AMOUNT, find_field, is_purchase_field
from analytics.explore.parameters import ExploreParameters
from analytics.measures.base import counted_among
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say

_DENIED = ("!=", "not in")


def unsaid(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """For each value a query leaves out by name, how many customers or purchases have none.

    Args:
        study: the data, with the customers looked at.
        parameters: the query.
    """
    found = []
    for condition in study.segment.conditions:
        if condition.operator in _DENIED and (attribute := study.attribute(condition.field)) is not None:
            field = find_field(study, condition.field, purchases=False)
            count = study.row(f"SELECT COUNT(*) FROM customers c WHERE {field.expression} IS NULL AND {counted_among(())}")[0]
            found += [_said(attribute.title, Estimate("unsaid", count, Unit.CUSTOMERS, method="exact"))] if count else []
    for asked in parameters.purchase_filter if "purchases" in study.tables and parameters.table is None else ():
        if asked.operator in _DENIED and is_purchase_field(study, asked.field):
            field = find_field(study, asked.field, purchases=True, sold=True)
            if field.attribute is not None and field.attribute.role is Role.ORDER_STATUS or not field.expression.startswith("p."):
                continue  # an order of no state is kept
            count = study.row(f"SELECT COUNT(*) FROM purchases p WHERE p.kept AND {field.expression} IS NULL")[0]
            found += [_said(field.title, Estimate("unsaid", count, Unit.COUNT, method="exact"), lines=True)] if count else []
    return (*found, *_in_the_whole(study, parameters))


_OF_PURCHASES = ("share_orders", "share_amount")
_LEAST = 0.01  # of the purchases: fewer move no share


def _in_the_whole(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """For a share of purchases, how many do not say what makes the part: they are in the whole all the same."""
    if parameters.measure not in _OF_PURCHASES or parameters.table is not None or "purchases" not in study.tables:
        return ()
    found = []
    told = {condition.field for condition in parameters.purchase_filter if condition.operator == "is not null"}  # the whole is of those that say it
    for condition in parameters.part:
        if condition.field in told or condition.operator not in ("=", "in") or not is_purchase_field(study, condition.field) or condition.field == ORDER_AMOUNT:
            continue
        field = find_field(study, condition.field, purchases=True, sold=True)
        blank, lines = study.row(f"SELECT COUNT(*) FILTER ({field.expression} IS NULL), COUNT(*) FROM purchases p WHERE p.kept")
        if blank > _LEAST * lines:
            found.append(say(
                "Sur {count} lignes d’achat, « {column} » n’est pas dit : elles sont dans le tout, pas dans la part.",
                "On {count} purchase lines, “{column}” is not told: they are in the whole, not in the part.",
                count=Estimate("untold", blank, Unit.COUNT, method="exact"), column=field.title,
            ))  # fmt: skip
    return tuple(found)


def _said(title: Text, count: Estimate, *, lines: bool = False) -> Sentence:
    if lines:
        return say(
            "Laissées de côté aussi, faute de « {column} » : {count} lignes d’achat.",
            "Also left out, for want of “{column}”: {count} purchase lines.",
            column=title, count=count,
        )  # fmt: skip
    return say(
        "Laissés de côté aussi, faute de « {column} » : {count} clients.", "Also left out, for want of “{column}”: {count} customers.",
        column=title, count=count,
    )  # fmt: skip
