"""Lines that do not stand, cancelled or given back, left out of a sum of what was paid."""

from __future__ import annotations

from typing import Any

from analytics.datamodel.documents import Rows, credits_of, drafts_of, payouts_of, says_money
from analytics.datamodel.model import ColumnProfile, ColumnType
from analytics.datamodel.money import tax_sides
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.statuses import are_bills, gives_back_sql, undone_sql
from analytics.datamodel.statuses import undone as undone_state
from analytics.explore.measures import STATISTICS
from analytics.explore.parameters import ExploreParameters
from analytics.explore.records import LINES, Records, records_of
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Listing, Sentence, say


def undone(study: Study, records: Records, parameters: ExploreParameters) -> list[tuple[ColumnProfile, str]]:
    """Of a sum of what was paid or billed: each column of states that the query does not name, and the lines that do not stand by it, as elsewhere in the money."""
    amount = next((column.column for column in records.profile.columns if column.name == parameters.column), None)
    if not _of_what_was_paid(study, records, parameters):
        return []
    asked = {*parameters.by, *(condition.field for condition in (*parameters.purchase_filter, *parameters.part))}
    billed, found = are_bills(study.model.kind(records.profile.table)), list[tuple[ColumnProfile, str]]()
    for column in records.profile.columns:
        if records.roles.get(column.column) is not Role.ORDER_STATUS or column.type is ColumnType.FLAG or column.name in asked:
            continue
        text, value = f"CAST({LINES}.{quote(column.column)} AS VARCHAR)", f"CAST({LINES}.{quote(str(amount))} AS DOUBLE)"
        back = gives_back_sql(text)
        below, above = study.database.row(
            f"SELECT count(*) FILTER ({value} < 0), count(*) FILTER ({value} > 0) FROM {records.relation} {LINES} WHERE {back}"
        )
        standing = f" AND NOT ({back} AND {value} < 0)" if below and not above else ""  # it gives back a sale that stands under its own state
        found.append((column, f"coalesce({undone_sql(text, billed=billed)}{standing}, FALSE)"))
    others = [told(study.model, records.profile.table) for told in (drafts_of, payouts_of)]
    others += [given_back(study, records, parameters)] if parameters.measure != "sum" or _never_settled(study, records, parameters) else []
    return found + [(rows.column, rows.condition(LINES)) for rows in others if rows is not None and rows.column.name not in asked]


def _of_what_was_paid(study: Study, records: Records, parameters: ExploreParameters) -> bool:
    """Whether a statistic is of what each line of a file of sales comes to: its amount, the same before tax or with it (« Total HT »), the tax itself."""
    held = next((found for found in records.profile.columns if found.name == parameters.column), None)
    if held is None or parameters.measure not in STATISTICS or study.model.kind(records.profile.table) not in SALES:
        return False
    role = records.roles.get(held.column)
    return role in (Role.AMOUNT, Role.VAT) or (role is Role.MEASURE and says_money(held.name)) or held.column in tax_sides(study.model, records.profile.table)


def _never_settled(study: Study, records: Records, parameters: ExploreParameters) -> bool:
    """Whether a query of the lines without a day of payment meets credit notes none of which ever bears one: they are no unpaid invoices."""
    back = given_back(study, records, parameters)
    empty = {condition.field for condition in parameters.purchase_filter if condition.operator == "is null"}
    days = [column for column in records.profile.columns if column.name in empty and column.type is ColumnType.DATE]
    if back is None or not days:
        return False
    settled = " OR ".join(f"{LINES}.{quote(column.column)} IS NOT NULL" for column in days)
    return not study.database.row(f"SELECT count(*) FROM {records.relation} {LINES} WHERE {back.condition(LINES)} AND ({settled})")[0]


def taken_off(study: Study, records: Records, parameters: ExploreParameters) -> Rows | None:
    """The lines whose amounts are taken off a sum, since they give money back; None where they are left out of it, or none do.

    Args:
        study: the data.
        records: the table.
        parameters: the query.
    """
    if parameters.measure != "sum" or _never_settled(study, records, parameters):
        return None
    return given_back(study, records, parameters)


def given_back(study: Study, records: Records, parameters: ExploreParameters) -> Rows | None:
    """The lines of a sum of what was paid that give money back, all amounts positive: it is taken off; None where the query names their column."""
    asked = {*parameters.by, *(condition.field for condition in (*parameters.purchase_filter, *parameters.part))}
    rows = credits_of(study.model, records.profile.table) if _of_what_was_paid(study, records, parameters) else None
    return None if rows is None or rows.column.name in asked else rows


def credit_notes(study: Study, records: Records, parameters: ExploreParameters) -> Rows | None:
    """The lines of a count of invoices that are credit notes: no invoices; None where the query names their column, or counts something else."""
    asked = {*parameters.by, *(condition.field for condition in (*parameters.purchase_filter, *parameters.part))}
    counted = parameters.measure in ("records", "share_records") and study.model.kind(records.profile.table) is TableKind.INVOICES
    rows = credits_of(study.model, records.profile.table) if counted else None
    return None if rows is None or rows.column.name in asked else rows


def not_standing(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """The states whose lines are left out of a sum of what was paid, where some are.

    Args:
        study: the data.
        parameters: a query of a table.
    """
    records, told = records_of(study, str(parameters.table)), list[Sentence]()
    for column, undone_lines in undone(study, records, parameters):
        text = f"CAST({LINES}.{quote(column.column)} AS VARCHAR)"
        rows = study.database.rows(f"SELECT {text}, count(*) FROM {records.relation} {LINES} WHERE {undone_lines} GROUP BY 1 ORDER BY 2 DESC, 1")
        told += _left_out(column.name, rows)
    notes = credit_notes(study, records, parameters)
    if notes is not None:
        text = f"CAST({LINES}.{quote(notes.column.column)} AS VARCHAR)"
        told += _left_out(notes.column.name, study.database.rows(f"SELECT {text}, count(*) FROM {records.relation} {LINES} WHERE {notes.condition(LINES)} GROUP BY 1 ORDER BY 2 DESC, 1"), of_invoices=True)
    back = taken_off(study, records, parameters)
    if back is not None:
        told.append(say(
            "« {column} » : ce qui est rendu ({values}) est déduit du total.", "“{column}”: what is given back ({values}) is taken off the total.",
            column=Label(back.column.name), values=Listing(tuple(Label(value) for value in back.values[:_STATES_SHOWN] or (back.column.name,))),
        ))  # fmt: skip
    return tuple(told)


def not_sold(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """The states whose purchases are left out of what was sold, where some are and the query names no state.

    Of two columns of states only the one that undoes a purchase is told: a cancelled order may also be « payée ».

    Args:
        study: the data.
        parameters: a query of customers or purchases.
    """
    asked = {*parameters.by, *(condition.field for condition in (*parameters.purchase_filter, *parameters.part))}
    if parameters.table is not None or parameters.measure not in _SOLD or "purchases" not in study.tables:
        return ()
    told = list[Sentence]()
    for state in study.purchase_attributes:
        if state.role is Role.ORDER_STATUS and state.type is not ColumnType.FLAG and state.name not in asked:
            column = quote(state.column)
            rows = study.database.rows(f"""
                SELECT CAST({column} AS VARCHAR), count(*) FILTER (NOT kept) FROM purchases WHERE {column} IS NOT NULL
                GROUP BY 1 HAVING count(*) FILTER (NOT kept) > count(*) FILTER (kept) ORDER BY 2 DESC, 1
            """)
            file, header = state.sources[0] if state.sources else ("", state.name)
            held = _held(study, file, header)
            told += _left_out(header, [(value, held.get(value, n)) for value, n in rows if undone_state(value)])
    return tuple(told)


def _held(study: Study, file: str, header: str) -> dict[str, int]:
    """How many rows of a file hold each value of a column: of an order's state, its lines in another file repeat it."""
    columns = (column for table in study.model.tables if table.file == file for column in table.columns if column.name == header)
    return next((dict(column.top) for column in columns), {})


_SOLD = frozenset({"amount", "amount_per_customer", "orders", "orders_per_customer", "average_basket", "quantity"})


def _left_out(column: str, rows: list[tuple[Any, ...]], *, of_invoices: bool = False) -> list[Sentence]:
    if not rows:
        return []
    if of_invoices:
        return [say(
            "« {column} » : les avoirs ({values}) ne sont pas comptés parmi les factures ; il y en a {count} dans le fichier.",
            "“{column}”: credit notes ({values}) are not counted among the invoices; the file holds {count} of them.",
            column=Label(column), values=Listing(tuple(Label(str(value)) for value, _ in rows[:_STATES_SHOWN])),
            count=Estimate("credit_notes", sum(int(count) for _, count in rows), Unit.COUNT, method="exact"),
        )]  # fmt: skip
    return [say(
        "« {column} » : les lignes qui ne tiennent pas ({values}) ne sont pas comptées ; il y en a {count} dans le fichier.",
        "“{column}”: lines that do not stand ({values}) are not counted; the file holds {count} of them.",
        column=Label(column), values=Listing(tuple(Label(str(value)) for value, _ in rows[:_STATES_SHOWN])),
        count=Estimate("undone_lines", sum(int(count) for _, count in rows), Unit.COUNT, method="exact"),
    )]  # fmt: skip


_STATES_SHOWN = 5
