"""The typed query of `explore` as SQL: names come from the study only, values are bound parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from analytics.analysis import Condition
from analytics.datamodel.documents import credits_of
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.statuses import gives_back_sql
from analytics.explore.fields import ORDER_AMOUNT, PERIODS, WITHIN, Field, Place, find_field, is_purchase_field
from analytics.explore.measures import SHARES, Case, case_of
from analytics.explore.sent_back import returned
from analytics.measures.base import counted_among
from analytics.segment import clause
from analytics.study import EVERY_PURCHASE, Study
from analytics.workspace import quote

_BANDS = 5
_FEW = 12  # numbers with so few distinct values are groups of their own
Scope = Literal["known", "all", "unnamed"]
LINES: dict[Scope, str] = {
    "known": "purchases", "unnamed": "unnamed_purchases",
    "all": EVERY_PURCHASE,
}  # fmt: skip
_SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.ORDER_LINES)
_CLOCKS = {"new_customers": "c.started", "lost_customers": "c.lost_on"}


@dataclass(frozen=True, slots=True)
class Query:
    """A checked query.

    Args:
        measure, column: what is measured, and of which column.
        groups: what it is split by.
        edges: for each group, the inner edges of the bands of a number, or None.
        period: two days, both included.
        purchase_filter: conditions on the purchases counted.
        part: conditions of the numerator of a share; empty, each group's share of the whole.
        on_purchases: read in `purchases` rather than in `customers`.
        scope: of purchases, those of known customers, all, or only those that name no customer.
        until_lost: of those who left, the relation is measured up to their departure: « ancienneté des clients perdus » does not go on once they are gone.
        every_state: orders that do not stand are counted too, each under its state.
        by_order: the column measured is told of each order, and repeated on its lines. per_order: it is added up over each order first.
        also, absent: days when the customers bought too, or bought nothing; of a share of customers, its numerator.
        numbered: orders that name nobody are told by their number alone.
        seen: the condition that a line of another file names the customer, or none does, and its values.
    """

    measure: str
    column: Field | None
    groups: tuple[Field, ...]
    edges: tuple[tuple[float, ...] | None, ...]
    period: tuple[date, date] | None
    purchase_filter: Sequence[Condition]
    part: Sequence[Condition]
    on_purchases: bool
    scope: Scope = "known"
    also: tuple[date, date] | None = None
    absent: tuple[date, date] | None = None
    every_state: bool = False
    seen: tuple[str, tuple[Any, ...]] | None = None
    until_lost: bool = False
    by_order: bool = False
    per_order: bool = False
    numbered: bool = False


def clock_of(measure: str, *, on_purchases: bool) -> str:
    """The day a measure is dated by: the purchase, the start of the relation, or its end."""
    if measure in _CLOCKS:
        return _CLOCKS[measure]
    return "p.day" if on_purchases else "c.started"


def bands(study: Study, field: Field, source: str | None = None) -> tuple[float, ...] | None:
    """Round inner edges that cut a number in about five equal groups; None when it takes few distinct values."""
    source = "customers c" if field.place is Place.CUSTOMER else source or f"{study.lines_sold if study.sells_to_nobody else 'purchases'} p"
    quantiles = ", ".join(f"quantile_cont(CAST({field.expression} AS DOUBLE), {k / _BANDS})" for k in range(1, _BANDS))
    distinct, *edges = study.database.row(f"SELECT count(DISTINCT {field.expression}), {quantiles} FROM {source}")
    if distinct <= _FEW or edges[0] is None:
        return None
    if is_age(field):
        youngest, oldest = study.database.row(f"SELECT quantile_disc({field.expression}, 0.01), quantile_disc({field.expression}, 0.99) FROM {source}")
        return tuple(float(edge) for edge in range(int(youngest) // _DECADE * _DECADE + _DECADE, int(oldest) + 1, _DECADE)) or (float(youngest),)
    return tuple(sorted({float(f"{edge:.2g}") for edge in edges}))


def is_age(field: Field) -> bool:
    """Whether a number is people's age, told by groups of ten years."""
    return field.attribute is not None and field.attribute.role is Role.AGE


_DECADE = 10  # years


def compile_query(study: Study, query: Query) -> tuple[str, list[Any]]:
    """The SELECT and its parameters; its columns are the groups, then value, n, spread, low, high."""
    labels = [group_sql(group, edges) for group, edges in zip(query.groups, query.edges, strict=True)]
    names = [f"g{place}" for place in range(len(labels))]
    heads = [f"{sql} AS {name}" for sql, name in zip(labels, names, strict=True)]
    told_in, where, given = source(study, query)
    part, wanted = _part(study, query)
    inner = _inner(query, heads, names, told_in, where, part)
    values = [*wanted, *given]
    if query.measure in ("median", "median_basket"):
        return _median(names, inner), values
    grouping = f"\nGROUP BY {', '.join(names)}" if names else ""
    outer = ", ".join([*names, _aggregate(query)])
    return f"WITH rows AS (\n{inner}\n)\nSELECT {outer}\nFROM rows{grouping}", values


def _inner(query: Query, heads: list[str], names: list[str], source: str, where: str, part: str) -> str:
    """One row per case of the measure: its groups, its value `x`, whether it is in the `part`, and `who`."""
    lead = "".join(head + ", " for head in heads)
    case = case_of(query.measure, on_purchases=query.on_purchases)
    who = "p.customer_key" if query.on_purchases else "c.customer_key"
    tail = f"\n  FROM {source}\n  WHERE {where}"
    if case is Case.ORDER:
        added = {"quantity_per_order": "sum(p.quantity)", "lines_per_order": "CAST(count(*) AS DOUBLE)"}.get(query.measure, "sum(p.amount)")
        return f"  SELECT {lead}{added} AS x, bool_or({part}) AS inside, {who} AS who{tail}\n  {_each_order(query, names)}"
    if case is Case.BUYER:
        value = "sum(p.amount)" if query.measure == "amount_per_customer" else "count(DISTINCT p.order_id) FILTER (coalesce(p.amount, 0) >= 0)"
        value = f"sum(CAST({query.column.expression} AS DOUBLE))" if query.column is not None else value
        keys = ", ".join([*names, "p.customer_key"])
        if query.by_order:
            return f"  SELECT {''.join(f'{name}, ' for name in names)}sum(x) AS x, TRUE AS inside, who FROM (\n{_of_orders(query, lead, part)}{tail}\n  {_each_order(query, names)}) GROUP BY {', '.join([*names, 'who'])}"
        return f"  SELECT {lead}{value} AS x, TRUE AS inside, {who} AS who{tail}\n  GROUP BY {keys}"
    if (query.by_order or query.per_order) and query.on_purchases and query.measure in ("sum", "mean", "median", "min", "max"):
        return f"{_of_orders(query, lead, part)}{tail}\n  {_each_order(query, names)}"
    if last_order_tells(query):
        told = [_told_of_order(group, head) for group, head in zip(query.groups, heads, strict=True)]
        lead = "".join(f"{sql} AS {name}, " for sql, name in zip(told, names, strict=True))
        return f"  SELECT {lead}bool_or(c.lost) AS x, TRUE AS inside, {who} AS who{tail} AND {_LAST_ORDER}\n  GROUP BY {who}"
    distinct = "DISTINCT " if query.on_purchases and (case is Case.CUSTOMER or _of_the_customer(query)) else ""
    counted = {"average_price": "p.quantity" if query.column is None else query.column.expression, "average_basket": "c.orders", "days_between_orders": "(c.purchase_days - 1)"}.get(query.measure)
    many = f", {counted} AS many" if counted is not None else ""
    return f"  SELECT {distinct}{lead}{_value(query)} AS x, {part} AS inside, {who} AS who{many}{tail}"


def _each_order(query: Query, names: list[str]) -> str:
    """One row an order: a till's numbers begin again each day, in each shop."""
    unnamed = [] if query.scope == "known" or query.numbered else [f"CASE WHEN p.customer_key IS NULL THEN p.{told} END" for told in ("day", "store")]
    return f"GROUP BY {', '.join([*names, 'p.order_id', 'p.customer_key', *unnamed])}"


def _of_orders(query: Query, lead: str, part: str) -> str:
    """What is said of each order, once, whatever it holds; what its lines say, added up."""
    return f"  SELECT {lead}{'max' if query.by_order else 'sum'}({_value(query)}) AS x, bool_or({part}) AS inside, p.customer_key AS who"


def _of_the_customer(query: Query) -> bool:
    """Whether what is added up or averaged is said once of each customer: a monthly fee does not grow with the number of purchases."""
    return query.column is not None and query.column.place is Place.CUSTOMER and query.measure in ("sum", "mean", "median", "min", "max")


_LAST_ORDER = (
    "(p.customer_key, p.order_id) IN (SELECT customer_key, arg_max(order_id, (day, order_id)) FROM purchases"
    " WHERE kept AND coalesce(amount, 0) >= 0 GROUP BY customer_key)"
)


def last_order_tells(query: Query) -> bool:
    """Whether customers are parted by what they bought to compare who left: each is then counted once, by the last order.

    Who ever bought either would stand in both groups, and those with more orders in all of them.
    """
    return query.measure == "lost_rate" and query.on_purchases and any(group.place is Place.PURCHASE for group in query.groups)


def _told_of_order(group: Field, head: str) -> str:
    """What one order says in a column: yes where one of its lines does, else what its dearest line says."""
    expression = head.rsplit(" AS ", 1)[0]
    if group.type is ColumnType.FLAG and group.place is Place.PURCHASE:
        return f"bool_or({expression})"
    return f"arg_max({expression}, coalesce(p.amount, 0))"


_UNTIL_LOST = (
    "CASE WHEN c.lost AND c.lost_on IS NOT NULL AND c.started IS NOT NULL THEN greatest(0, date_diff('day', c.started, c.lost_on)) / 30.4375 ELSE c.tenure_months END"
)


def _value(query: Query) -> str:
    if query.until_lost and (query.measure == "tenure_months" or (query.column is not None and query.column.name == "tenure_months" and query.measure != "distinct")):
        return _UNTIL_LOST
    if query.column is not None and query.measure != "average_price":
        return query.column.expression if query.measure == "distinct" else f"CAST({query.column.expression} AS DOUBLE)"
    sold = "p" if query.on_purchases else "c"
    return {
        "amount": f"{sold}.amount",
        "share_amount": f"{sold}.amount",
        "quantity": "p.quantity",
        "average_price": "CAST(p.amount AS DOUBLE)",
        "orders": "c.orders",
        "orders_per_customer": "c.orders",
        "amount_per_customer": "CAST(coalesce(c.amount, 0) AS DOUBLE)",
        "average_basket": "CAST(c.amount AS DOUBLE)",
        "days_between_orders": "CAST(date_diff('day', c.first_purchase, c.last_purchase) AS DOUBLE)",
        "lost_rate": "c.lost",
        "tenure_months": "c.tenure_months",
        "promo_share": "c.promo_share",
    }.get(query.measure, "1")


def _aggregate(query: Query) -> str:
    """Value, n, spread, low, high."""
    nothing = "NULL AS low, NULL AS high"
    measure = query.measure
    orders = case_of(measure, on_purchases=query.on_purchases) is Case.ORDER
    if measure in ("customers", "new_customers", "lost_customers"):
        return f"count(DISTINCT who) AS value, count(DISTINCT who) AS n, NULL AS spread, {nothing}"
    if measure == "lost_rate":
        return f"avg(CAST(x AS INTEGER)) AS value, count(x) AS n, count(*) FILTER (x) AS spread, {nothing}"
    if measure in SHARES or (measure == "promo_share" and orders):
        return _share(query, nothing)
    if measure == "orders" and orders:
        return f"count(*) AS value, count(*) AS n, NULL AS spread, {nothing}"
    if measure == "distinct":
        return f"count(DISTINCT x) AS value, count(x) AS n, NULL AS spread, {nothing}"
    if measure in ("min", "max", "highest_basket", "lowest_basket"):
        lowest = measure in ("min", "lowest_basket")
        return f"{'min' if lowest else 'max'}(x) AS value, count(x) AS n, NULL AS spread, {nothing}"
    if measure == "days_between_orders":
        return f"sum(x) FILTER (many > 0) / nullif(sum(many) FILTER (many > 0), 0) AS value, coalesce(sum(many) FILTER (many > 0), 0) AS n, NULL AS spread, {nothing}"
    if measure == "average_price" or (measure == "average_basket" and not orders):
        sold = "FILTER (many > 0 AND x IS NOT NULL)"
        return f"sum(x) {sold} / nullif(sum(many) {sold}, 0) AS value, count(*) {sold} AS n, NULL AS spread, {nothing}"
    if measure in ("amount", "quantity", "sum", "orders"):
        return f"sum(x) AS value, count(x) AS n, NULL AS spread, {nothing}"
    return f"avg(x) AS value, count(x) AS n, stddev_samp(x) AS spread, {nothing}"


def _share(query: Query, nothing: str) -> str:
    """The part over the whole; without a part, each group over all groups."""
    if query.measure == "share_amount":
        if query.part:
            return f"sum(CAST(x AS DOUBLE)) FILTER (inside) / nullif(sum(CAST(x AS DOUBLE)), 0) AS value, count(x) AS n, NULL AS spread, {nothing}"
        return f"sum(CAST(x AS DOUBLE)) / nullif((SELECT sum(CAST(x AS DOUBLE)) FROM rows), 0) AS value, count(x) AS n, NULL AS spread, {nothing}"
    counted_then = query.measure == "share_customers" and (query.also or query.absent or query.seen)
    if query.part or counted_then or query.measure == "promo_share":
        return f"avg(CAST(coalesce(inside, FALSE) AS INTEGER)) AS value, count(*) AS n, count(*) FILTER (inside) AS spread, {nothing}"
    counted = "DISTINCT who" if query.measure == "share_customers" else "*"
    return (
        f"count({counted}) / nullif((SELECT count({counted}) FROM rows), 0) AS value,"
        f" (SELECT count({counted}) FROM rows) AS n, count({counted}) AS spread, {nothing}"
    )


def _median(names: list[str], inner: str) -> str:
    """The median and its distribution-free interval: the order statistics of ranks n/2 ± 0.98 √n."""
    partition = f"PARTITION BY {', '.join(names)} " if names else ""
    grouping = f"\nGROUP BY {', '.join(names)}" if names else ""
    heads = ", ".join(names) + ", " if names else ""
    return (
        f"WITH rows AS (\n{inner}\n), ranked AS (\n"
        f"  SELECT {heads}x, row_number() OVER ({partition}ORDER BY x, who) AS rank,\n"
        f"    count(*) OVER ({partition.strip()}) AS n\n  FROM rows WHERE x IS NOT NULL\n)\n"
        f"SELECT {heads}median(x) AS value, count(*) AS n, NULL AS spread,\n"
        "  max(x) FILTER (rank = greatest(1, CAST(floor(n / 2 - 0.98 * sqrt(n)) AS BIGINT))) AS low,\n"
        "  max(x) FILTER (rank = least(n, CAST(ceil(n / 2 + 0.98 * sqrt(n)) AS BIGINT) + 1)) AS high\n"
        f"FROM ranked{grouping}"
    )


def source(study: Study, query: Query) -> tuple[str, str, list[Any]]:
    """FROM, WHERE and the parameters of a query: the purchases or the customers it looks at."""
    where, given = study.who()
    inside = f"c.customer_key IN (SELECT customer_key FROM customers WHERE {where})" if given or where != "TRUE" else "TRUE"
    parts, values = [inside], list(given)
    if query.measure != "share_customers":
        then, days = _bought_then(query)
        parts += then
        values += days
    if query.measure == "lost_customers":
        parts.append("c.lost")
    if query.seen is not None and query.measure != "share_customers":
        parts.append(query.seen[0])
        values += query.seen[1]
    if query.period is not None:
        parts.append(f"{clock_of(query.measure, on_purchases=query.on_purchases)} BETWEEN ? AND ?")
        values += list(query.period)
    if not query.on_purchases:
        parts.append(counted_among((*study.segment.conditions, *query.part)))
        for condition in query.purchase_filter:
            sql, wanted = _ever(*_bought(study, condition), None)
            parts.append(sql)
            values += wanted
        return "customers c", " AND ".join(parts), values
    told = (*(_cancelled(study, condition) for condition in query.purchase_filter), *(_cancelled(study, condition, denied=True) for condition in query.part))
    if not any(told) and not query.every_state:
        sent = returned(study, query.purchase_filter)
        parts.insert(0, "p.kept" if sent is None else f"(p.kept OR {sent})")
    if case_of(query.measure, on_purchases=True) is Case.ORDER and not _of_returns(study, query):
        back = _told_back(study, query)
        parts.append("coalesce(p.amount, 0) >= 0" if back is None else f"(coalesce(p.amount, 0) >= 0 OR {back})")  # what was given back is no order, and takes nothing off a basket
    elif _who_came(study, query):
        parts.append("coalesce(p.amount, 0) >= 0")  # who only sent something back that year bought nothing then
    for condition in query.purchase_filter:
        sql, wanted = _within(study, query, condition) if condition.field in WITHIN else _bought(study, condition)
        parts.append(sql)
        values += wanted
    join = "JOIN" if query.scope == "known" else "LEFT JOIN"
    return f"{LINES[query.scope]} p {join} customers c USING (customer_key)", " AND ".join(parts), values


def _who_came(study: Study, query: Query) -> bool:
    """Whether customers are counted by what they bought, and when: not by a state, nor by a column told of what was sent back alone."""
    if query.measure != "customers" or query.part or not all(group.name in PERIODS for group in query.groups) or _of_returns(study, query):
        return False
    returns = {table.file for table in study.model.of_kind(TableKind.RETURNS)}
    told = {found.name: found for found in study.purchase_attributes}
    for condition in query.purchase_filter:
        named = told.get(condition.field)
        if condition.field not in _GOODS and (named is None or named.role is Role.ORDER_STATUS or all(file in returns for file, _ in named.sources)):
            return False
    return True


_GOODS = frozenset({"product", "category", "store", "sale_channel"})


def _bought_then(query: Query) -> tuple[list[str], list[Any]]:
    """Who bought in another period too, or bought nothing then."""
    bought = "IN (SELECT customer_key FROM purchases WHERE kept AND coalesce(amount, 0) >= 0 AND day BETWEEN ? AND ?)"
    told = [(verb, days) for verb, days in ((bought, query.also), (f"NOT {bought}", query.absent)) if days is not None]
    return [f"c.customer_key {verb}" for verb, _ in told], [day for _, days in told for day in days]


def _of_returns(study: Study, query: Query) -> bool:
    """Whether a query looks at what was given back: at the column that tells credit notes apart, or at what orders amount to."""
    asked = {*(group.name for group in query.groups), *(c.field for c in (*query.purchase_filter, *query.part))}
    told = (credits_of(study.model, table.table) for table in study.model.of_kind(*_SALES))
    return ORDER_AMOUNT in asked or bool(asked & {credits.column.name for credits in told if credits is not None})


def _told_back(study: Study, query: Query) -> str | None:
    """The rows in a state of money given back, where orders are counted by their state or those of that state are: each stands for itself."""
    asked = {*(group.name for group in query.groups), *(c.field for c in (*query.purchase_filter, *query.part) if c.operator in ("=", "in"))}
    status = next((found for found in study.purchase_attributes if found.role is Role.ORDER_STATUS and found.name in asked and found.type is not ColumnType.FLAG), None)
    return None if status is None else f"coalesce({gives_back_sql(f'CAST(p.{quote(status.column)} AS VARCHAR)')}, FALSE)"


def _within(study: Study, query: Query, condition: Condition) -> tuple[str, list[Any]]:
    """Customers by what they bought in the period and among the purchases that the query names."""
    parts, values = ["p.kept"], list[Any]()
    if condition.field == "orders_within" and not _of_returns(study, query) and _told_back(study, query) is None:
        parts.append("coalesce(p.amount, 0) >= 0")  # a credit note has a number of its own, and is no purchase
    if query.period is not None:
        parts.append("p.day BETWEEN ? AND ?")
        values += query.period
    for other in query.purchase_filter:
        if other.field not in WITHIN:
            sql, wanted = _bought(study, other)
            parts.append(sql)
            values += wanted
    held = clause(WITHIN[condition.field], condition.operator, len(condition.values))
    found = f"SELECT p.customer_key FROM purchases p WHERE {' AND '.join(parts)} GROUP BY p.customer_key HAVING {held}"
    return f"p.customer_key IN ({found})", [*values, *condition.values]


def _cancelled(study: Study, condition: Condition, *, denied: bool = False) -> bool:
    """Whether orders of one status are asked for by name (or all but one, when `denied`): those set aside elsewhere are then counted."""
    named = next((found for found in study.purchase_attributes if found.name == condition.field), None)
    return named is not None and named.role is Role.ORDER_STATUS and (condition.operator in ("=", "in") or (denied and condition.operator in _DENIED))


def _bought(study: Study, condition: Condition) -> tuple[str, list[Any]]:
    """A condition on the purchase at hand: on one of its columns, or on what its order amounts to."""
    values = list(condition.values)
    if condition.field == ORDER_AMOUNT:
        held = clause("sum(amount)", condition.operator, len(values))
        if study.sells_to_nobody:
            return f"p.order_id IN (SELECT order_id FROM {study.lines_sold} WHERE kept GROUP BY order_id HAVING {held})", values
        orders = f"SELECT customer_key, order_id FROM purchases WHERE kept GROUP BY customer_key, order_id HAVING {held}"
        return f"(p.customer_key, p.order_id) IN ({orders})", values
    field = find_field(study, condition.field, purchases=True, sold=True)
    held = clause(field.expression, condition.operator, len(values))
    if condition.operator in _DENIED and field.attribute is not None and field.attribute.role is Role.ORDER_STATUS:
        held = f"coalesce({held}, TRUE)"  # an order of no state is not of the one left out
    return held, values


def _part(study: Study, query: Query) -> tuple[str, list[Any]]:
    """The boolean that says whether a case belongs to the numerator of a share."""
    if query.measure == "promo_share" and query.on_purchases:
        return "p.on_promo", []
    parts: list[str] = []
    values: list[Any] = []
    for condition in query.part:
        if condition.field == ORDER_AMOUNT or is_purchase_field(study, condition.field):
            never = query.measure == "share_customers" and condition.operator in _DENIED
            asked = condition.model_copy(update={"operator": _DENIED[condition.operator]}) if never else condition
            sql, wanted = _bought(study, asked)
            if query.measure == "share_customers":
                sql, wanted = _ever(sql, wanted, query.period)
                sql = f"NOT ({sql})" if never else sql
        else:
            field = find_field(study, condition.field, purchases=False)
            sql, wanted = clause(field.expression, condition.operator, len(condition.values)), list(condition.values)
        parts.append(f"coalesce({sql}, FALSE)")
        values += wanted
    if query.measure == "share_customers":
        then, days = _bought_then(query)
        parts += then
        values += days
        if query.seen is not None:
            parts.append(query.seen[0])
            values += query.seen[1]
    return " AND ".join(parts) or "TRUE", values


_DENIED = {"!=": "=", "not in": "in"}  # of customers, « hors thé » is never any tea


def _ever(condition: str, values: list[Any], period: tuple[date, date] | None) -> tuple[str, list[Any]]:
    """Whether a customer ever made such a purchase (in the period, when there is one)."""
    dated = " AND p.day BETWEEN ? AND ?" if period is not None else ""
    return (
        f"c.customer_key IN (SELECT p.customer_key FROM purchases p WHERE p.kept AND {condition}{dated})",
        [*values, *(period or ())],
    )


def group_sql(group: Field, edges: tuple[float, ...] | None) -> str:
    """The group's value; a number with many values is cut in bands labelled `18 – 30`."""
    if edges is None:
        return group.expression
    if not edges:
        return f"CAST({group.expression} AS VARCHAR)"
    cases = [f"WHEN {group.expression} IS NULL THEN NULL", f"WHEN {group.expression} < {edges[0]!r} THEN '< {_edge(edges[0])}'"]
    for low, high in zip(edges, edges[1:], strict=False):
        cases.append(f"WHEN {group.expression} < {high!r} THEN '{_between(low, high, counted=group.name in _COUNTED or is_age(group))}'")
    cases.append(f"ELSE '≥ {_edge(edges[-1])}'")
    return "CASE " + " ".join(cases) + " END"


_COUNTED = frozenset({"orders", "purchase_days", "categories"})  # whole numbers: « 1 », « 2 – 4 »


def _between(low: float, high: float, *, counted: bool) -> str:
    """The label of a band; a count is told by the numbers it holds."""
    if counted and low.is_integer() and high.is_integer():
        return _edge(low) if high - low == 1 else f"{_edge(low)} – {_edge(high - 1)}"
    return f"{_edge(low)} – {_edge(high)}"


def _edge(value: float) -> str:
    return f"{value:g}"


