"""What could not be read: rows set aside, and cells kept as empty."""

from __future__ import annotations

import re

from analytics.datamodel.health.context import Context, HealthCode, counted, defect, share
from analytics.datamodel.model import ColumnProfile, ColumnType, DataModel, HealthCheck, TableProfile
from analytics.datamodel.roles import SALES, Role
from analytics.datamodel.values import DATES
from analytics.files.source import Reason
from analytics.workspace import literal
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import Severity

_GRAVE = 0.01


def check(context: Context) -> list[HealthCheck]:
    """Rows set aside table by table, cells unread column by column."""
    found = []
    for table in context.model.tables:
        if table.set_aside:
            found.append(_rows(context, table))
        found += [_cells(table, column) for column in table.columns if column.failed]
        found += [_no_amounts(table, column) for column in table.columns if column.no_numbers]
    found += [_no_days(*place) for place in unread_days(context.model)]
    return found


def unread_days(model: DataModel) -> list[tuple[TableProfile, ColumnProfile]]:
    """The columns of days of the sales that no other column dates, whose cells look like days but cannot all be read as such."""
    found = []
    for table in model.of_kind(*SALES):
        dated = (table.column(binding.name).type for binding in model.roles_of(table.table).get(Role.PURCHASE_DATE, ()))
        if any(kind in DATES for kind in dated):
            continue
        words = (column for column in table.columns if column.type in (ColumnType.TEXT, ColumnType.CATEGORY) and column.examples)
        found += [(table, column) for column in words if all(_A_DAY.fullmatch(example.strip()) for example in column.examples)]
    return found


_A_DAY = re.compile(r"(\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}(\d{2})?|\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2})([T ]+\d{1,2}[:h]\d{2}\S*)?")


def no_days(column: ColumnProfile) -> Sentence:
    """Why a column meant for the days of sales is none."""
    return say(
        "La colonne « {column} » n’a pas pu être lue comme des dates ({cells}) : le jour et le mois n’y sont peut-être pas dans le même "
        "ordre d’une ligne à l’autre. Écrivez-les toutes de la même façon (2025-03-31), puis chargez de nouveau le fichier.",
        "The column “{column}” could not be read as dates ({cells}): day and month may not be in the same order from row to row. Write "
        "them all in one way (2025-03-31), then load the file again.",
        column=Label(column.name), cells=Listing(tuple(Label(example) for example in column.examples[:3])),
    )  # fmt: skip


def _no_days(table: TableProfile, column: ColumnProfile) -> HealthCheck:
    return HealthCheck(HealthCode.UNREADABLE_CELLS.value, Severity.WARNING, column.filled, no_days(column), table.file, column.name)


def such_as(column: ColumnProfile) -> Sentence | Text:
    """A few of the cells that could not be read, in brackets; nothing where none may be shown."""
    if not column.unread:
        return Text("", "")
    return say(" ({cells})", " ({cells})", cells=Listing(tuple(say("« {cell} »", "“{cell}”", cell=Label(cell)) for cell in column.unread)))


def no_amounts(column: ColumnProfile) -> Sentence:
    """Why a column meant for amounts is none."""
    return say(
        "La colonne « {column} » n’a pas pu être lue comme des montants : {count} de ses cellules n’en sont pas{such}.",
        "The column “{column}” could not be read as amounts: {count} of its cells are none{such}.",
        column=Label(column.name), count=counted(column.no_numbers, column.filled), such=such_as(column),
    )  # fmt: skip


def _no_amounts(table: TableProfile, column: ColumnProfile) -> HealthCheck:
    code = HealthCode.UNREADABLE_CELLS.value
    return HealthCheck(code, Severity.WARNING, column.no_numbers, no_amounts(column), table.file, column.name)


def _rows(context: Context, table: TableProfile) -> HealthCheck:
    """Lines set aside: rows that could not be cut into the columns are lost to every figure; totals and titles are lost to none."""
    lost = _lost(context, table)
    severity = Severity.WARNING if lost > _GRAVE * table.present else Severity.INFO
    if not lost:
        detail = say(
            "{file} : {count} ligne(s) sur {present} mise(s) de côté ({share}) : des totaux, des titres répétés ou des lignes sans "
            "valeur, que les chiffres ne comptent pas.",
            "{file}: {count} row(s) of {present} set aside ({share}): totals, repeated headings or lines without a value, which figures "
            "do not count.",
            file=Label(table.file), count=counted(table.set_aside, table.present), present=counted(table.present),
            share=share(table.set_aside, table.present),
        )  # fmt: skip
    else:
        detail = say(
            "{file} : {count} ligne(s) sur {present} mise(s) de côté ({share}), dont {lost} hors des colonnes : ce "
            "qu’elles portent n’est compté nulle part, et les totaux sont trop bas d’autant.",
            "{file}: {count} row(s) of {present} set aside ({share}), of which {lost} out of the columns: what they hold is counted "
            "nowhere, and totals are too low by as much.",
            file=Label(table.file), count=counted(table.set_aside, table.present), present=counted(table.present),
            share=share(table.set_aside, table.present), lost=counted(lost, table.present),
        )  # fmt: skip
    return defect(HealthCode.SET_ASIDE_ROWS, severity, table.set_aside, detail, table=table)


_LOST = (Reason.TOO_MANY_CELLS, Reason.LINE_TOO_LONG, Reason.CELL_TOO_LONG)


def _lost(context: Context, table: TableProfile) -> int:
    reasons = ", ".join(literal(reason.value) for reason in _LOST)
    rows = context.database.row(f"SELECT COUNT(*) FROM set_aside WHERE file = {literal(table.file)} AND reason IN ({reasons})")[0]
    return min(int(rows), table.set_aside)  # a workbook is one file, and several tables


def _cells(table: TableProfile, column: ColumnProfile) -> HealthCheck:
    detail = say(
        "« {column} » : {count} cellule(s) illisible(s){such}, comptée(s) comme vide(s).",
        "“{column}”: {count} cell(s) that could not be read{such}, counted as empty.",
        column=Label(column.name), count=counted(column.failed, column.rows), such=such_as(column),
    )  # fmt: skip
    severity = Severity.WARNING if column.failed > _GRAVE * column.rows else Severity.INFO
    return HealthCheck(HealthCode.UNREADABLE_CELLS.value, severity, column.failed, detail, table.file, column.name)
