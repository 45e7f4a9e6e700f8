"""An amount that each line of an order repeats for the whole of it, in a file asked line by line: it counts once an order.

An accounting package writes the total of an invoice beside each of its lines. Summed as it stands it counts as many times as
there are lines, and the mean gives more weight to the longest invoices. Summed, it is shared over the lines, so that any split
or filter adds up; averaged, it is taken once an order. The same test tells a list of lines from one of invoices, which are counted by their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from analytics.customers.columns import Columns
from analytics.customers.totals import repeats_the_total, said_once, spread, weight_of
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.parameters import ExploreParameters
from analytics.explore.records import LINES, Records
from analytics.study import Study
from analytics.workspace import quote

_OF_THE_ORDER = frozenset({Role.AMOUNT, Role.VAT, Role.SHIPPING, Role.DISCOUNT, Role.MARGIN, Role.COST, Role.MEASURE})
_ADDED = frozenset({"sum", "total_per_customer"})
_AVERAGED = frozenset({"mean", "median", "min", "max"})
_SHARE, _ROW = "noces_share", "noces_row"


def repeated(study: Study, records: Records, parameters: ExploreParameters) -> bool:
    """Whether the figure asked for is one that the lines of an order repeat.

    Args:
        study: the data.
        records: the table looked at.
        parameters: the query.
    """
    if parameters.column is None or parameters.stock or parameters.measure not in _ADDED | _AVERAGED:
        return False
    column = next((held for held in records.profile.columns if held.name == parameters.column), None)
    columns = Columns(study.database, study.model, records.profile.table, LINES)
    if column is None or not columns.has(Role.ORDER_ID) or records.roles.get(column.column) not in _OF_THE_ORDER or not columns.is_number(column.column):
        return False
    key = f"repeated:{records.profile.table}:{column.column}"
    if key not in study.memo:
        value, paid = columns.as_number(column.column), columns.binding(Role.AMOUNT)
        beside = paid is not None and paid.column != column.column  # a carriage, a rebate of the order, beside what each line costs
        study.memo[key] = repeats_the_total(study.database, columns, value) or (
            paid is not None and beside and said_once(study.database, f"{records.relation} {LINES}", columns.text(Role.ORDER_ID), value, columns.as_number(paid.column))
        )
    return bool(study.memo[key])


def with_shares(study: Study, records: Records, column: str) -> str:
    """What the query reads in place of the table: its lines, each with its number and its share of the amount of its order.

    Args:
        study: the data.
        records: the table looked at.
        column: the header of the amount.
    """
    columns = Columns(study.database, study.model, records.profile.table, LINES)
    amount = columns.as_number(records.profile.column(column).column)
    share = _own(study, records, columns, amount) or spread(amount, weight_of(columns), columns.text(Role.ORDER_ID), f"{LINES}.{_ROW}")
    numbered = f"(SELECT *, ROW_NUMBER() OVER () AS {_ROW} FROM {records.relation})"
    return f"(SELECT *, CAST({share} AS DOUBLE) AS {_SHARE} FROM {numbered} {LINES})"


def _own(study: Study, records: Records, columns: Columns, amount: str) -> str | None:
    """SQL of what each line costs by itself, its tax where it has one, where these add up to the amount of nearly all orders; None where none do."""
    key = f"own amount:{columns.table}:{amount}"
    if key in study.memo:
        return cast("str | None", study.memo[key])
    held = {column: role for column, role in records.roles.items() if columns.is_number(column)}
    taxes = [f"COALESCE({columns.as_number(column)}, 0)" for column, role in held.items() if role is Role.VAT]
    goods = [columns.as_number(column) for column, role in held.items() if role in (Role.AMOUNT, Role.MEASURE)]
    if columns.has(Role.UNIT_PRICE) and columns.has(Role.QUANTITY):
        goods.append(f"{columns.number(Role.UNIT_PRICE)} * {columns.number(Role.QUANTITY)}")
    found = [one for good in goods if good != amount for one in (good, *(f"({good} + {tax})" for tax in taxes))]
    sums = ", ".join(f"ABS(SUM({one}) - MAX({amount})) < 0.02 AS s{place}" for place, one in enumerate(found))
    study.memo[key] = None
    if found:
        agreeing = ", ".join(f"AVG(CAST(COALESCE(s{place}, FALSE) AS INTEGER))" for place in range(len(found)))
        per = f"SELECT {sums} FROM {records.relation} {LINES} WHERE {amount} > 0 GROUP BY {columns.text(Role.ORDER_ID)}"
        shares = study.database.row(f"SELECT {agreeing} FROM ({per})")
        study.memo[key] = next((one for one, share in zip(found, shares, strict=True) if share is not None and share >= _NEARLY_ALL), None)
    return cast("str | None", study.memo[key])


_NEARLY_ALL = 0.95  # of the orders


def once(study: Study, records: Records, parameters: ExploreParameters, value: str, labels: Sequence[str]) -> str:
    """SQL of the figure of a line: its share of what is added up; of what is averaged, the order's on the first of its lines.

    Args:
        study: the data.
        records: the table looked at, read `with_shares`.
        parameters: the query.
        value: the figure as it stands on the line, with its sign.
        labels: SQL of each group, within which an order counts once.
    """
    if parameters.measure in _ADDED:
        raw = f"CAST({LINES}.{quote(records.profile.column(str(parameters.column)).column)} AS DOUBLE)"
        return value.replace(raw, f"{LINES}.{_SHARE}")
    columns = Columns(study.database, study.model, records.profile.table, LINES)
    order = ", ".join([columns.text(Role.ORDER_ID), *labels])
    return f"CASE WHEN ROW_NUMBER() OVER (PARTITION BY {order} ORDER BY {LINES}.{_ROW}) = 1 THEN {value} END"


def counted_by_number(study: Study, records: Records, parameters: ExploreParameters) -> str | None:
    """SQL of the number of the invoice, where invoices are counted in a list of their lines; None elsewhere.

    Args:
        study: the data.
        records: the table looked at.
        parameters: the query.
    """
    if parameters.measure != "records" or parameters.stock or study.model.kind(records.profile.table) is not TableKind.INVOICES:
        return None
    columns = Columns(study.database, study.model, records.profile.table, LINES)
    number = columns.binding(Role.ORDER_ID)
    if number is None or columns.has(Role.LINE_ID):
        return None
    held = records.profile.column(number.name)
    return columns.text(Role.ORDER_ID) if held.distinct < _LINES * held.filled else None


_LINES = 0.9  # numbers a row: fewer, and a number stands on several
