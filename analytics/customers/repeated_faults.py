"""What went wrong at two orders in half a year: one late parcel is forgiven, the second is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analytics.customers.derived import EVENT_DAYS
from analytics.customers.event_marks import AGAIN
from analytics.customers.faults import house_at_fault
from analytics.customers.last_orders import LAST_ORDER
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.workspace import quote
from vocabulary.language import Text
from vocabulary.themes import Theme

_TWICE = 2


def repeated_faults(bought: Sequence[Attribute]) -> tuple[tuple[Attribute, str], ...]:
    """Attributes of customers, yes or no, each with the condition over a line of `purchases` that says that its order went wrong.

    Args:
        bought: columns of `purchases`, with the headers they come from.
    """
    found: list[tuple[Attribute, str]] = []
    promised = next((one for one in bought if one.role is Role.PROMISED_DATE), None)
    for attribute in bought:
        header, column = attribute.sources[0][1] if attribute.sources else attribute.name, quote(attribute.column)
        if attribute.role is Role.DELIVERY_DATE and promised is not None:
            title = Text("au moins deux commandes livrées en retard en six mois", "at least two orders delivered late in six months")
            absent = Text("moins de deux commandes livrées en retard en six mois", "fewer than two orders delivered late in six months")
            wrong = f"{column} > {quote(promised.column)}"
        elif attribute.type is ColumnType.FLAG and attribute.role is Role.FLAG and house_at_fault(header, "yes"):
            said = attribute.title
            title = Text(f"« {said.fr} » à deux commandes au moins en six mois", f"“{said.en}” on at least two orders in six months")
            absent = Text(f"« {said.fr} » à moins de deux commandes en six mois", f"“{said.en}” on fewer than two orders in six months")
            wrong = column
        else:
            continue
        one = replace(
            attribute, name=f"{LAST_ORDER}{header}{AGAIN}", title=title, type=ColumnType.FLAG, timing=Timing.DURING, derived=True,
            theme_hint=Theme.SERVICE.value, absent=absent,
        )  # fmt: skip
        found.append((one, wrong))
    return tuple(found)


def so_far(wrong: str) -> str:
    """SQL: whether two orders went wrong in the half-year before the day looked from, over the lines of one customer.

    Args:
        wrong: condition over a line.
    """
    return f"COUNT(DISTINCT CASE WHEN {wrong} AND DATE_DIFF('day', day, $day) < {EVENT_DAYS} THEN day END) >= {_TWICE}"


def at_each_order(flag: str) -> str:
    """SQL: whether an order, and another of the half-year before it, went wrong, over the orders of each customer.

    Args:
        flag: column that is 1 for an order that went wrong, else 0.
    """
    lately = f"PARTITION BY customer_key ORDER BY day RANGE BETWEEN INTERVAL {EVENT_DAYS - 1} DAY PRECEDING AND CURRENT ROW"
    return f"{flag} = 1 AND SUM({flag}) OVER ({lately}) >= {_TWICE}"
