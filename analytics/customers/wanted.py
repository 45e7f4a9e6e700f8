"""Amounts as the manager wants them: VAT put in or taken off, returns left out, on the SELECTs that read purchases."""

from __future__ import annotations

from analytics.customers.columns import Columns
from analytics.datamodel.model import Binding, DataModel
from analytics.datamodel.money import Vat, vat_of
from analytics.datamodel.roles import Role
from analytics.workspace import Database, quote


def wanted_amounts(
    sql: str, model: DataModel, held: str | None, vat: Binding | None, name: str | None, *, of_order: bool
) -> str:
    """The same lines with the amounts wanted.

    Args:
        sql: SELECT of purchase lines, with `amount` and `order_ref`.
        model: says what is wanted.
        held: whether the amounts hold VAT as they stand.
        vat: the column of VAT, when the lines have one.
        name: under which name its value travels in `sql`.
        of_order: the VAT is the whole order's, repeated on each of its lines.
    """
    wanted = model.money.vat
    if wanted is not None and vat is not None and name is not None and held not in (None, wanted):
        changed = _with_vat(vat_of(model, vat.table), quote(name), wanted, of_order)
        sql = f"SELECT * REPLACE (TRY_CAST({changed} AS DECIMAL(18, 2)) AS amount) FROM ({sql})"
    return f"SELECT * FROM ({sql}) WHERE NOT COALESCE(amount < 0, FALSE)" if model.money.returns == "gross" else sql


def _with_vat(told: Vat, vat: str, wanted: str, of_order: bool) -> str:
    if told.rate is not None:
        factor = f"(1 + COALESCE({vat}, 0) / {told.rate})"
        return f"amount * {factor}" if wanted == "with" else f"amount / {factor}"
    sign = "+" if wanted == "with" else "-"
    if of_order:  # shared between the lines as the order's total is
        whole = "NULLIF(SUM(amount) OVER (PARTITION BY order_ref), 0)"
        return f"amount * (1 {sign} COALESCE(MAX({vat}) OVER (PARTITION BY order_ref) / {whole}, 0))"
    return f"amount {sign} SIGN(amount) * ABS(COALESCE({vat}, 0))"


def mean_factor(database: Database, columns: Columns, value: str, told: Vat) -> float:
    """What the sales' amounts are multiplied by, on the whole, when their VAT is put in or taken off.

    Args:
        database: where the sales are.
        columns: their table.
        value: the amount of a row (SQL).
        told: what the amounts hold, and the column of VAT.
    """
    vat = columns.number(Role.VAT)
    if told.rate is not None:
        other = f"{value} / (1 + {vat} / {told.rate})" if told.held == "with" else f"{value} * (1 + {vat} / {told.rate})"
    else:
        other = f"{value} {'-' if told.held == 'with' else '+'} {vat}"
    changed, own = database.row(
        f"SELECT SUM({other}), SUM({value}) FROM {quote(columns.table)} {columns.alias}"
        f" WHERE {value} > 0 AND {vat} IS NOT NULL"
    )
    return float(changed) / float(own) if changed and own else 1.0
