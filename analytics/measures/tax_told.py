"""Whether a revenue holds VAT, and what it is the other way: said beside it where the files hold both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analytics.customers.lines import LineReader
from analytics.customers.routes import Routes
from analytics.datamodel.model import DataModel
from analytics.datamodel.money import Vat, vat_of
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.study import Study
from analytics.workspace import literal
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Sentence, say

_SAME = 0.5  # of the currency: counted again from the lines, the revenue must be the one given
_LEAST = 0.001  # of the revenue: a tax that moves less is none


def tax_told(study: Study, revenue: Estimate, period: tuple[date, date] | None = None, *, named: bool = False) -> tuple[Sentence, ...]:
    """That a revenue is with VAT, or without, and what it is the other way; nothing where only one side is known.

    Args:
        study: the whole base.
        revenue: of all that was sold, or of a period.
        period: its first and last day.
        named: only the sales that name their customer.
    """
    model = study.model
    amount = model.find(Role.AMOUNT, *SALES, TableKind.ORDER_LINES) or model.find(Role.UNIT_PRICE, *SALES, TableKind.ORDER_LINES)
    vat = vat_of(model)
    if revenue.value is None or amount is None or vat.held is None or not vat.known or model.money.vat is not None:
        return ()  # where the manager chose, they know
    other = "without" if vat.held == "with" else "with"
    here = _sum(study, model, period, named=named)
    there = _sum(study, replace(model, money=replace(model.money, vat=other)), period, named=named)
    if here is None or there is None or abs(here - revenue.value) > _SAME or abs(here - there) <= _LEAST * abs(here):
        return ()
    return _told(vat, amount.name, replace(revenue, name=f"revenue_{other}_vat", value=there, low=None, high=None, method="exact"))


def beside_tax(model: DataModel, file: str | None, column: str | None) -> tuple[Vat, str, int] | None:
    """For the amounts of a file: what they hold of VAT, the column that tells the other side, and how it is added (0: it is that side).

    None where the file does not tell it, or where another column is looked at.
    """
    table = next((table for table in model.of_kind(*SALES) if table.file == file), None)
    amount = None if table is None else model.find(Role.AMOUNT, table=table.table)
    if table is None or amount is None or amount.name != column:
        return None
    vat = vat_of(model, table.table)
    if vat.held is None or not vat.known:
        return None
    if vat.other is not None:
        return vat, vat.other.name, 0
    if vat.column is None or vat.rate is not None:
        return None
    return vat, vat.column.name, -1 if vat.held == "with" else 1


def lines_told(found: tuple[Vat, str, int], column: str, total: Estimate, beside: Estimate) -> tuple[Sentence, ...]:
    """That a total of a file's amounts is with VAT, or without, and what it is the other way.

    Args:
        found: as `beside_tax` tells it.
        column: the column added up.
        total: of that column.
        beside: of the column that tells the other side, over the same lines.
    """
    vat, _, sign = found
    if total.value is None or beside.value is None:
        return ()
    there = beside.value if not sign else total.value + sign * beside.value
    if abs(total.value - there) <= _LEAST * abs(total.value):
        return ()
    return _told(vat, column, Estimate("total_other_vat", there, Unit.MONEY, total.n, method="exact"))


def _told(vat: Vat, name: str, told: Estimate) -> tuple[Sentence, ...]:
    column = Label(name)
    if not vat.said:
        return (say(
            "« {column} » est pris pour un montant TVA comprise, puisqu’une colonne la donne à part ; hors TVA : {told}.",
            "“{column}” is taken for an amount with VAT, since a column gives it apart; without VAT: {told}.",
            column=column, told=told,
        ),)  # fmt: skip
    if vat.held == "with":
        return (say("TVA comprise (« {column} ») ; hors TVA : {told}.", "VAT included (“{column}”); without VAT: {told}.", column=column, told=told),)
    return (say("Hors TVA (« {column} ») ; TVA comprise : {told}.", "Without VAT (“{column}”); VAT included: {told}.", column=column, told=told),)


def _sum(study: Study, model: DataModel, period: tuple[date, date] | None, *, named: bool) -> float | None:
    """What was sold, its VAT in or out as the model wants it, counted again from the lines."""
    reader = LineReader(study.database, model, Routes(study.database, model))
    sources = reader.sources() or reader.anonymous()
    if not sources:
        return None
    lines = " UNION ALL ".join(f"SELECT who, day, amount, kept FROM ({source.sql})" for source in sources)
    first, last = period or (date.min, model.as_of)
    within = f"kept AND day BETWEEN {literal(first)} AND {literal(min(last, model.as_of))}" + (" AND who IS NOT NULL" if named else "")
    found = study.database.row(f"SELECT SUM(amount) FROM ({lines}) WHERE {within}")[0]
    return None if found is None else float(found)
