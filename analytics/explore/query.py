"""The typed query of `explore` as SQL: names come from the study only, values are bound parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.analysis import Condition
from analytics.explore.fields import Field, Place, find_field
from analytics.segment import clause
from analytics.study import Study

_BANDS = 5
_FEW = 12  # numbers with so few distinct values are groups of their own


@dataclass(frozen=True, slots=True)
class Query:
    """A checked query. `edges`: for each group, the inner edges of the bands of a number, or None."""

    measure: str
    column: Field | None
    groups: tuple[Field, ...]
    edges: tuple[tuple[float, ...] | None, ...]
    period: tuple[date, date] | None
    purchase_filter: Sequence[Condition]
    on_purchases: bool


def bands(study: Study, field: Field) -> tuple[float, ...] | None:
    """Round inner edges that cut a number in about five equal groups; None when it takes few distinct values."""
    source = "customers c" if field.place is Place.CUSTOMER else "purchases p"
    quantiles = ", ".join(f"quantile_cont(CAST({field.expression} AS DOUBLE), {k / _BANDS})" for k in range(1, _BANDS))
    distinct, *edges = study.database.row(f"SELECT count(DISTINCT {field.expression}), {quantiles} FROM {source}")
    if distinct <= _FEW or edges[0] is None:
        return None
    return tuple(sorted({float(f"{edge:.2g}") for edge in edges}))


def compile_query(study: Study, query: Query) -> tuple[str, list[Any]]:
    """The SELECT and its parameters; its columns are the groups, then value, n, spread, low, high."""
    labels = [_group_sql(group, edges) for group, edges in zip(query.groups, query.edges, strict=True)]
    source, where, given = _source(study, query)
    names = [f"g{position}" for position in range(len(labels))]
    heads = [f"{sql} AS {name}" for sql, name in zip(labels, names, strict=True)]
    inner = _inner(query, heads, source, where, names)
    outer = ", ".join([*names, _aggregate(query)])
    grouping = f"\nGROUP BY {', '.join(names)}" if names else ""
    if query.measure == "median":
        return _median(names, inner), given
    return f"WITH rows AS (\n{inner}\n)\nSELECT {outer}\nFROM rows{grouping}", given


def _inner(query: Query, heads: list[str], source: str, where: str, names: list[str]) -> str:
    """One row per case of the measure, with its groups and its value `x`."""
    columns = ", ".join(heads)
    lead = columns + ", " if columns else ""
    if query.on_purchases and query.measure == "average_basket":
        keys = ", ".join([*names, "p.order_id", "p.customer_key"])
        return f"  SELECT {lead}sum(p.amount) AS x, p.customer_key AS who\n  FROM {source}\n  WHERE {where}\n  GROUP BY {keys}"
    if query.on_purchases and query.measure in ("customers", "lost_rate", "tenure_months"):
        value = {"customers": "1", "lost_rate": "c.lost", "tenure_months": "c.tenure_months"}[query.measure]
        return f"  SELECT DISTINCT {lead}c.customer_key AS who, {value} AS x\n  FROM {source}\n  WHERE {where}"
    value = _value(query)
    who = "p.customer_key" if query.on_purchases else "c.customer_key"
    order = ", p.order_id AS order_id" if query.on_purchases else ""
    return f"  SELECT {lead}{value} AS x, {who} AS who{order}\n  FROM {source}\n  WHERE {where}"


def _value(query: Query) -> str:
    if query.column is not None:
        return f"CAST({query.column.expression} AS DOUBLE)"
    table = "p" if query.on_purchases else "c"
    return {
        "customers": "1",
        "amount": f"{table}.amount",
        "orders": "1" if query.on_purchases else "c.orders",
        "average_basket": "CAST(c.amount AS DOUBLE) / nullif(c.orders, 0)",
        "lost_rate": "c.lost",
        "tenure_months": "c.tenure_months",
        "promo_share": "CAST(p.on_promo AS INTEGER)" if query.on_purchases else "c.promo_share",
    }[query.measure]


def _aggregate(query: Query) -> str:
    """Value, n, spread, low, high."""
    nothing = "NULL AS low, NULL AS high"
    if query.measure == "customers":
        return f"count(DISTINCT who) AS value, count(DISTINCT who) AS n, NULL AS spread, {nothing}"
    if query.measure == "lost_rate":
        return f"avg(CAST(x AS INTEGER)) AS value, count(x) AS n, count(*) FILTER (x) AS spread, {nothing}"
    if query.measure == "orders" and query.on_purchases:
        orders = "count(DISTINCT (who, order_id))"
        return f"{orders} AS value, {orders} AS n, NULL AS spread, {nothing}"
    if query.measure in ("amount", "sum", "orders"):
        return f"sum(x) AS value, count(x) AS n, NULL AS spread, {nothing}"
    return f"avg(x) AS value, count(x) AS n, stddev_samp(x) AS spread, {nothing}"


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


def _source(study: Study, query: Query) -> tuple[str, str, list[Any]]:
    where, given = study.who()
    inside = f"c.customer_key IN (SELECT customer_key FROM customers WHERE {where})" if given or where != "TRUE" else "TRUE"
    if not query.on_purchases:
        return "customers c", inside, list(given)
    parts, values = ["p.kept", inside], list(given)
    if query.period is not None:
        parts.append("p.day BETWEEN ? AND ?")
        values += list(query.period)
    for condition in query.purchase_filter:
        field = find_field(study, condition.field, purchases=True)
        parts.append(clause(field.expression, condition.operator, len(condition.values)))
        values += condition.values
    return "purchases p JOIN customers c USING (customer_key)", " AND ".join(parts), values


def _group_sql(group: Field, edges: tuple[float, ...] | None) -> str:
    """The group's value; a number with many values is cut in bands labelled `18 – 30`."""
    if edges is None:
        return group.expression
    if not edges:
        return f"CAST({group.expression} AS VARCHAR)"
    cases = [f"WHEN {group.expression} IS NULL THEN NULL", f"WHEN {group.expression} < {edges[0]!r} THEN '< {_edge(edges[0])}'"]
    for low, high in zip(edges, edges[1:], strict=False):
        cases.append(f"WHEN {group.expression} < {high!r} THEN '{_edge(low)} – {_edge(high)}'")
    cases.append(f"ELSE '≥ {_edge(edges[-1])}'")
    return "CASE " + " ".join(cases) + " END"


def _edge(value: float) -> str:
    return f"{value:g}"
