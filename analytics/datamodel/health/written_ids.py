"""One customer written in two ways: an e-mail address with other capitals, a number with zeros in front in one file only.

Read as they are written, one person is several customers, or the files do not know each other's customers; so they are read as
one, unless the manager says otherwise.
"""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rows_where
from analytics.datamodel.model import Choice, ColumnType, HealthCheck
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.workspace import quote
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Severity

_ADDRESSES = 0.9  # of the values have an @
_JOINED, _MORE = 0.8, 0.05  # of the rows find their customer once read alike, and that many more than before
_OFTEN = 0.05  # of the writings are another's of the same customer: fewer are codes that capitals tell apart
_CODED = "[A-Za-z0-9_-]*(?:[a-z][A-Z0-9]+[a-z]|[0-9][a-z]+[0-9A-Z]+[a-z])[A-Za-z0-9_-]*"  # a3Bc9: drawn at random, its capitals say something
_TYPES = (ColumnType.TEXT, ColumnType.CATEGORY)


def check(context: Context) -> list[HealthCheck]:
    """Addresses of customers that differ by capitals or blanks; numbers of customers that two files write otherwise; names of one file."""
    return [*_addresses(context), *_numbers(context), *_names(context)]


def _addresses(context: Context) -> list[HealthCheck]:
    """The customers named by an e-mail address of which some are one address in several writings."""
    places = [place for place in context.places(Role.CUSTOMER_ID, Role.EMAIL) if _is_address(context, place)]
    found = []
    for place in places:
        if place.binding.role is Role.EMAIL and Role.CUSTOMER_ID in context.model.roles_of(place.table.table):
            continue  # its customers have another name
        raw, alike = as_text(place.column), _lower(place)
        apart, together, rows = context.database.row(
            f"SELECT COUNT(DISTINCT {raw}), COUNT(DISTINCT {alike}), COUNT(*) FILTER ({raw} <> {alike})"
            f" FROM {quote(place.table.table)} t"
        )
        if apart == together:
            continue
        detail = say(
            "« {column} » : {count} adresses portent des majuscules ou des espaces ; {apart} écritures sont {together} adresses, "
            "lues comme autant de clients.",
            "“{column}”: {count} addresses have capitals or blanks; {apart} writings are {together} addresses, read as as many "
            "customers.",
            column=Label(place.column.name), count=counted(rows, place.column.filled), apart=counted(apart),
            together=counted(together),
        )  # fmt: skip
        # every column of addresses is read alike, so that tables still find each other's customers
        found.append(_told(place, rows, detail, f"{raw} <> {alike}", [(other, _lower(other)) for other in places]))
    return found[:1]


def _numbers(context: Context) -> list[HealthCheck]:
    """The customers' numbers that another file writes with zeros in front, other capitals or blanks."""
    found = []
    people = list(context.places(Role.CUSTOMER_ID))
    for right in people:
        if context.model.kind(right.table.table) is not TableKind.CUSTOMERS or _is_address(context, right):
            continue
        own, alike = as_text(right.column, "r"), _bare(right, "r")
        for left in people:
            if left.table is right.table or _join(context, left, right) > 1 - _MORE or _merges(context, right):
                continue
            here, there = (
                f"SELECT {own} FROM {quote(right.table.table)} r",
                f"SELECT {alike} FROM {quote(right.table.table)} r",
            )
            before = f"COALESCE({as_text(left.column)} IN ({here} WHERE {own} IS NOT NULL), FALSE)"
            after = f"COALESCE({_bare(left)} IN ({there} WHERE {own} IS NOT NULL), FALSE)"
            joined, rows = context.count(left.table, before), context.count(left.table, after)
            if rows < _JOINED * left.column.filled or rows - joined < _MORE * left.column.filled:
                continue
            detail = say(
                "« {column} » de {file} et « {other} » de {people} : les mêmes clients s’écrivent de deux façons (zéros devant, "
                "majuscules ou espaces) ; {count} lignes sont reliées à leur client.",
                "“{column}” of {file} and “{other}” of {people}: the same customers are written in two ways (zeros in front, "
                "capitals or blanks); {count} rows are linked to their customer.",
                column=Label(left.column.name), file=Label(left.table.file), other=Label(right.column.name),
                people=Label(right.table.file), count=counted(rows - joined, left.column.filled),
            )  # fmt: skip
            changed = [(place, _bare(place)) for place in (left, right)]
            found.append(_told(left, rows - joined, detail, f"{after} AND NOT {before}", changed))
    return found[:1]


def _names(context: Context) -> list[HealthCheck]:
    """The customers of the only file there is, named or numbered by hand: many of them now with capitals, now without."""
    places = list(context.places(Role.CUSTOMER_ID))
    place = places[0] if len(places) == 1 else None
    if place is None or place.column.type not in _TYPES or context.model.kind(place.table.table) is TableKind.CUSTOMERS or _is_address(context, place):
        return []
    raw, alike = as_text(place.column), f"REGEXP_REPLACE(LOWER({as_text(place.column)}), '\\s+', ' ', 'g')"
    usual = f"MODE({raw}) OVER (PARTITION BY {alike})"
    apart, together, coded = context.database.row(
        f"SELECT COUNT(DISTINCT {raw}), COUNT(DISTINCT {alike}), COUNT(*) FILTER (REGEXP_FULL_MATCH({raw}, '{_CODED}')) FROM {quote(place.table.table)} t"
    )
    if apart - together < _OFTEN * apart or coded > _OFTEN * place.column.filled:
        return []
    rows = context.database.row(f"SELECT COUNT(*) FILTER ({raw} <> usual) FROM (SELECT *, {usual} AS usual FROM {quote(place.table.table)} t) t")[0]
    detail = say(
        "« {column} » : les mêmes clients s’écrivent avec d’autres majuscules ou espaces sur {count} lignes ; {apart} écritures sont {together} "
        "clients.",
        "“{column}”: the same customers are written with other capitals or blanks on {count} rows; {apart} writings are {together} customers.",
        column=Label(place.column.name), count=counted(rows, place.column.filled), apart=counted(apart), together=counted(together),
    )  # fmt: skip
    several = f"{alike} IN (SELECT {alike} FROM {quote(place.table.table)} t GROUP BY 1 HAVING COUNT(DISTINCT {raw}) > 1)"
    return [_told(place, rows, detail, several, [(place, usual)])]


def _join(context: Context, left: Place, right: Place) -> float:
    """Share of the rows that find their customer as they are written."""
    here, there = (left.table.table, left.column.column), (right.table.table, right.column.column)
    keys = context.model.keys
    return max(
        (
            k.coverage
            for k in keys
            if (k.left_table, k.left_column) == here and (k.right_table, k.right_column) == there
        ),
        default=0.0,
    )


def _merges(context: Context, place: Place) -> bool:
    """Whether two customers of a file would become one."""
    apart, together = context.database.row(
        f"SELECT COUNT(DISTINCT {as_text(place.column)}), COUNT(DISTINCT {_bare(place)}) FROM {quote(place.table.table)} t"
    )
    return bool(apart != together)


def _told(place: Place, rows: int, detail: Sentence, where: str, changed: list[tuple[Place, str]]) -> HealthCheck:
    """The defect, with its remedy: each of the columns as it is to be read, all of those of a table at once."""
    written: dict[str, list[str]] = {}
    for one, expression in changed:
        if one.column.type in _TYPES:
            written.setdefault(one.table.table, []).append(f"{expression} AS {quote(one.column.column)}")
    remedy = tuple(
        (table, f"SELECT t.rowid AS rowid, t.* REPLACE ({', '.join(columns)}) FROM {quote(table)} t")
        for table, columns in written.items()
    )
    return defect(
        HealthCode.INCONSISTENT_SPELLING, Severity.WARNING, rows, detail, place, lines=rows_where(place.table, where),
        remedy=remedy, default=Choice.APPLY,
    )  # fmt: skip


def _is_address(context: Context, place: Place) -> bool:
    if place.column.type not in _TYPES:
        return False
    return context.count(place.table, f"{as_text(place.column)} LIKE '%_@_%'") >= _ADDRESSES * max(
        place.column.filled, 1
    )


def _lower(place: Place) -> str:
    return f"LOWER({as_text(place.column)})"


def _bare(place: Place, alias: str = "t") -> str:
    """A number without capitals, blanks nor zeros in front, be they after letters (« CL-00012 »)."""
    text = f"REGEXP_REPLACE(LOWER({as_text(place.column, alias)}), '\\s', '', 'g')"
    return f"REGEXP_REPLACE({text}, '^([a-z]*[-_./#]*)0+([0-9])', '\\1\\2')"
