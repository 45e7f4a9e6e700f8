"""Months, quarters or years in columns: what each customer bought by period, told again one row a purchase.

The wide table keeps its rows and loses those columns; the rows told again stand in a table of their own, so that every
question on purchases (revenue by month, silences, segments) can be asked of it.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from analytics.datamodel.headers import header_scores, plain, says
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.loading.decide import gather
from analytics.loading.profile import profile_columns
from analytics.loading.reading import Reading
from analytics.loading.words import MONTHS
from analytics.workspace import Database, literal, quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Sentence, say

_LEAST = 3  # columns of periods
_ENGLISH = frozenset("jan january feb february apr april may june july aug august september december".split())
_LARGE = 200  # whole numbers as large are no counts of visits in a month
_NOT_PAID = re.compile(r"\b(prev\w*|budget\w*|object\w*|forecast\w*|target\w*|goal\w*|plan\w*|quota|evol\w*|var\w*|rang|rank|ecart\w*)\b")
_NUMBERED = re.compile(r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)[-_/. ]?(?P<m>0[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])[-_/.](?P<y2>(?:19|20)\d\d))(?!\d)")
_DAY = re.compile(r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-01(?: 00:00:00)?|01/(?P<m2>\d\d)/(?P<y2>(?:19|20)\d\d)")
_NAMED = re.compile(r"(?<![a-z])(?P<w>[a-z]{3,9})\.?[-_/ ']*(?P<y>(?:20)?\d\d)(?!\d)|(?<!\d)(?P<y2>20\d\d)[-_/ ]*(?P<w2>[a-z]{3,9})(?![a-z])")
_QUARTER = re.compile(r"(?<![a-z])[tq](?P<q>[1-4])[-_/ ]*(?P<y>20\d\d)(?!\d)|(?<!\d)(?P<y2>20\d\d)[-_/ ]*[tq](?P<q2>[1-4])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?P<y>20[0-4]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Period:
    """A period that a header names: what is left of the header, the months it lasts, its last day."""

    measure: str
    months: int
    end: date


def period_of(header: str) -> Period | None:
    """The month, quarter or year a header names; None when it names none."""
    text = plain(header).strip()
    if found := _DAY.fullmatch(text):
        return _period("", 1, int(found["y"] or found["y2"]), int(found["m"] or found["m2"]))
    if found := _NUMBERED.search(text):
        return _period(_left(text, found), 1, int(found["y"] or found["y2"]), int(found["m"] or found["m2"]))
    for found in _NAMED.finditer(text):
        month, year = MONTHS.get(found["w"] or found["w2"]), int(found["y"] or found["y2"])
        if month is not None:
            return _period(_left(text, found), 1, year + 2000 if year < 100 else year, month)
    if found := _QUARTER.search(text):
        return _period(_left(text, found), 3, int(found["y"] or found["y2"]), 3 * int(found["q"] or found["q2"]))
    if found := _YEAR.search(text):
        return _period(_left(text, found), 12, int(found["y"]), 12)
    return None


def _left(text: str, found: re.Match[str]) -> str:
    return " ".join(re.sub(r"[^a-z0-9€%']+", " ", text[: found.start()] + " " + text[found.end() :]).split())


def _period(measure: str, months: int, year: int, month: int) -> Period | None:
    return Period(measure, months, date(year, month, calendar.monthrange(year, month)[1])) if 1 <= month <= 12 else None


def told_by_row(database: Database, tables: Sequence[TableProfile]) -> tuple[TableProfile, ...]:
    """Tell amounts by period again one row a purchase, for the tables that hold them in columns.

    Args:
        database: the data file, writable, holding the loaded tables.
        tables: their profiles.

    Returns:
        The tables without the columns of periods, followed by the tables of rows, `derived`.
    """
    kept, more = list[TableProfile](), list[TableProfile]()
    for table in tables:
        found, who = _periods(table), _who(table)
        if found and (others := _dated_sales(tables, table, found)):
            table = replace(table, notes=(*table.notes, _summary(found, others[0])))
        elif found and who is not None:
            rows = _rows(database, table, found, who, f"t{len(tables) + len(more)}")
            if rows is not None:
                more.append(rows)
                table = _without(table, found, rows)
        kept.append(table)
    return (*kept, *more)


def _periods(table: TableProfile) -> list[tuple[Period, ColumnProfile]]:
    """The columns of amounts by period: the largest group of one measure and one length of period."""
    groups: dict[tuple[str, int], list[tuple[Period, ColumnProfile]]] = defaultdict(list)
    for column in table.columns:
        period = period_of(column.name)
        if period is not None and column.type in (ColumnType.NUMBER, ColumnType.EMPTY):
            groups[period.measure, period.months].append((period, column))
    paid = [
        group for (measure, _), group in groups.items()
        if len({period.end for period, _ in group}) == len(group) >= _LEAST and _is_paid(measure, [c for _, c in group])
    ]  # fmt: skip
    largest = max(paid, key=lambda group: len(group), default=[])
    return sorted(largest, key=lambda one: one[0].end)


def _dated_sales(
    tables: Sequence[TableProfile], wide: TableProfile, found: Sequence[tuple[Period, ColumnProfile]]
) -> list[TableProfile]:
    """Other tables whose customers' dated sales cover the periods: the wide one sums them up (a pivot table beside its data)."""
    first, last = found[0][0].end.toordinal(), found[-1][0].end.toordinal() - 31 * found[-1][0].months
    return [
        table for table in tables
        if table is not wide and _says(table, Role.CUSTOMER_ID, _CODES + (ColumnType.NUMBER,)) and _says(table, Role.AMOUNT, (ColumnType.NUMBER,))
        and any((day.low or last) <= first and last <= (day.high or first) for day in _says(table, Role.PURCHASE_DATE, _DAYS))
    ]  # fmt: skip


_DAYS = (ColumnType.DATE, ColumnType.MOMENT)


def _says(table: TableProfile, role: Role, types: Sequence[ColumnType]) -> list[ColumnProfile]:
    """The columns of those types whose header says that role, in a table of sales."""
    scores = ((column, header_scores(column.name, TableKind.TRANSACTIONS).get(role)) for column in table.columns if column.type in types)
    return [column for column, match in scores if match is not None and match.score >= 0.5]


def _summary(found: Sequence[tuple[Period, ColumnProfile]], sales: TableProfile) -> Sentence:
    return say(
        "Colonnes de périodes, de « {first} » à « {last} », laissées telles quelles : elles résument les achats de « {sales} », qu’il ne "
        "faut pas compter deux fois.",
        "Columns of periods, from “{first}” to “{last}”, left as they are: they sum up the purchases of “{sales}”, which must not count "
        "twice.",
        first=Label(found[0][1].name), last=Label(found[-1][1].name), sales=Label(sales.file),
    )  # fmt: skip


def _is_paid(measure: str, columns: Sequence[ColumnProfile]) -> bool:
    """Whether the columns are amounts: the header says so, or it says nothing and they are too fine or too large for counts."""
    filled = [column for column in columns if column.type is ColumnType.NUMBER]
    if len(filled) < 2 or _NOT_PAID.search(measure):
        return False
    if measure:
        said = says(measure, "amount") or says(measure, "order")
        return said and not any(says(measure, other) for other in ("count", "price", "percent", "quantity", "cost", "margin"))
    return any(not column.integer for column in filled) or max(column.high or 0 for column in filled) >= _LARGE


def _who(table: TableProfile) -> ColumnProfile | None:
    """The column that says who: named so, else the first of words or codes that are all different."""
    named = {
        column.column: header_scores(column.name, TableKind.CUSTOMERS).get(Role.CUSTOMER_ID) for column in table.columns
        if period_of(column.name) is None and column.filled
    }  # fmt: skip
    best = max(named, key=lambda name: named[name].score if named[name] else 0.0, default=None)  # type: ignore[union-attr]
    match = named[best] if best is not None else None
    chosen = best if match is not None and match.score >= 0.5 else next(
        (c.column for c in table.columns if c.column in named and c.type in _CODES and c.distinct >= 0.95 * table.rows), None
    )
    return next((column for column in table.columns if column.column == chosen), None)


_CODES = (ColumnType.TEXT, ColumnType.CATEGORY)


def _rows(
    database: Database, table: TableProfile, found: Sequence[tuple[Period, ColumnProfile]], who: ColumnProfile, name: str
) -> TableProfile | None:
    parts = (
        f"SELECT rowid AS place, {quote(who.column)} AS c0, DATE {literal(period.end.isoformat())} AS c1,"
        f" CAST({quote(column.column)} AS DOUBLE) AS c2 FROM {quote(table.table)}"
        f" WHERE {quote(column.column)} IS NOT NULL AND {quote(column.column)} <> 0"
        for period, column in found if column.type is ColumnType.NUMBER
    )  # fmt: skip
    database.execute(
        f"CREATE TABLE {quote(name)} AS SELECT c0, c1, c2 FROM ({' UNION ALL '.join(parts)}) ORDER BY place, c1"
    )
    rows = int(database.row(f"SELECT COUNT(*) FROM {quote(name)}")[0])
    if not rows:
        database.execute(f"DROP TABLE {quote(name)}")
        return None
    french = not _is_english(table)
    heads = (who.name, "Date d’achat" if french else "Purchase date", "Montant" if french else "Amount")
    habit = tuple(dict.fromkeys(code for _, column in found for code in column.habit if code.startswith("currency:")))
    readings = (
        Reading(who.type, physical="BIGINT" if who.integer else "VARCHAR", habit=who.habit),
        Reading(ColumnType.DATE, physical="DATE", habit=("iso",)), Reading(ColumnType.NUMBER, physical="DOUBLE", habit=habit),
    )  # fmt: skip
    seen = [
        gather(head, Counter({str(value): int(n) for value, n in database.rows(
            f"SELECT {c}, COUNT(*) FROM {quote(name)} WHERE {c} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50"
        )}))
        for c, head in zip(("c0", "c1", "c2"), heads, strict=True)
    ]  # fmt: skip
    columns = profile_columns(database, name, seen, readings, (0, 0, 0), rows, lambda _: None)
    stem = _BY[found[0][0].months][0 if french else 1]
    return TableProfile(
        file=f"{table.file} – {stem}", table=name, rows=rows, present=rows, set_aside=0, columns=columns,
        encoding=table.encoding, delimiter=table.delimiter, sheet=table.sheet, derived=True,
        notes=(say(
            "Colonnes de périodes de « {file} », redites une ligne par achat : une ligne est ce qu’un client a acheté pendant la période, "
            "datée de son dernier jour.",
            "Columns of periods of “{file}”, told again one row a purchase: a row is what a customer bought in the period, dated on its "
            "last day.",
            file=Label(table.file),
        ),),
    )  # fmt: skip


_BY = {1: ("achats par mois", "purchases by month"), 3: ("achats par trimestre", "purchases by quarter"), 12: ("achats par an", "purchases by year")}


def _is_english(table: TableProfile) -> bool:
    words = {word for column in table.columns for word in re.findall("[a-z]+", plain(column.name))}
    return bool(words & _ENGLISH) or (table.delimiter == "," and "client" not in words)


def _without(table: TableProfile, found: Sequence[tuple[Period, ColumnProfile]], rows: TableProfile) -> TableProfile:
    gone = {column.column for _, column in found}
    note = say(
        "{n} colonnes de périodes, de « {first} » à « {last} », lues comme des achats : voir « {rows} ».",
        "{n} columns of periods, from “{first}” to “{last}”, read as purchases: see “{rows}”.",
        n=Estimate("columns", len(gone), Unit.COUNT, n=len(gone)), first=Label(found[0][1].name), last=Label(found[-1][1].name),
        rows=Label(rows.file),
    )  # fmt: skip
    return replace(table, columns=tuple(c for c in table.columns if c.column not in gone), notes=(*table.notes, note))
