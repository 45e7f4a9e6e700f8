"""What could not be read: rows set aside, and cells kept as empty."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, counted, defect, share
from analytics.datamodel.model import ColumnProfile, HealthCheck, TableProfile
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import Severity

_GRAVE = 0.01


def check(context: Context) -> list[HealthCheck]:
    """Rows set aside table by table, cells unread column by column."""
    found = []
    for table in context.model.tables:
        if table.set_aside:
            found.append(_rows(table))
        found += [_cells(table, column) for column in table.columns if column.failed]
        found += [_no_amounts(table, column) for column in table.columns if column.no_numbers]
    return found


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


def _rows(table: TableProfile) -> HealthCheck:
    detail = say(
        "{file} : {count} ligne(s) sur {present} mise(s) de côté ({share}), à télécharger plus haut ; ce qui est mis de côté ne "
        "compte nulle part.",
        "{file}: {count} row(s) of {present} set aside ({share}), to be downloaded above; what is set aside counts nowhere.",
        file=Label(table.file), count=counted(table.set_aside, table.present), present=counted(table.present),
        share=share(table.set_aside, table.present),
    )  # fmt: skip
    severity = Severity.WARNING if table.set_aside > _GRAVE * table.present else Severity.INFO
    return defect(HealthCode.SET_ASIDE_ROWS, severity, table.set_aside, detail, table=table)


def _cells(table: TableProfile, column: ColumnProfile) -> HealthCheck:
    detail = say(
        "« {column} » : {count} cellules illisibles{such}, comptées comme vides.",
        "“{column}”: {count} cells could not be read{such} and count as empty.",
        column=Label(column.name), count=counted(column.failed, column.rows), such=such_as(column),
    )  # fmt: skip
    severity = Severity.WARNING if column.failed > _GRAVE * column.rows else Severity.INFO
    return HealthCheck(HealthCode.UNREADABLE_CELLS.value, severity, column.failed, detail, table.file, column.name)
