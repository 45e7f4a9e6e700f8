"""Enrolments made again each season: a column names the season of each row, and the season's end is the end of the row.

A club, a school, a society writes « 2025-2026 » and no day of end. A state beside (« Abandon ») tells those who stopped half-way only: who
is gone is who has no row in the season that followed, once renewals are over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from analytics.datamodel.ends import EVERY_ROW
from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import plain
from analytics.datamodel.identity import profile_with
from analytics.datamodel.model import ColumnProfile, ColumnType, Season, TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_day, as_text
from analytics.datamodel.values import DATES
from analytics.workspace import Database, literal, quote

_TWO_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/–]\s?((?:19|20)?\d\d)(?!\d)")
_ONE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIRST_YEAR = "((?:19|20)[0-9][0-9])"
_SAYS_SEASON = re.compile(r"\b(saisons?|seasons?|annees?|years?|millesimes?|campagnes?|exercices?|adhesions?|memberships?|scolaires?)\b")
_MOST, _LEAST = 40, 2  # seasons
_FOLLOWED = 0.3  # of the people have a row in the season after one of theirs
_INSIDE = 0.95  # of the rows begin in their own season, or in the campaign that opens it
_BEFORE, _AFTER = 300, 540  # days around the first of January of the season's first year
_RENEWED_BY = 0.95  # of renewals are written by then: a season lasts until the next one's are
_FILLED = 0.9


@dataclass(frozen=True, slots=True)
class _Read:
    """The columns of a file that tell a season: whose row it is, when it was written, and for which season."""

    person: ColumnProfile
    begun: ColumnProfile
    named: ColumnProfile


def season_of(database: Database, table: TableProfile, roles: Mapping[str, Guess]) -> Season | None:
    """The season each row of a file of contracts is for, and how late renewals come; None where rows are not of seasons.

    Args:
        database: holds the table.
        table: read as subscriptions.
        roles: of its columns.
    """
    read = _columns(table, roles)
    if read is None:
        return None
    begun, year = as_day(read.begun), first_year_sql(as_text(read.named))
    rows, inside, seasons = database.row(
        f"SELECT COUNT(*), COUNT(*) FILTER (DATE_DIFF('day', MAKE_DATE(year, 1, 1), begun) BETWEEN -{_BEFORE} AND {_AFTER}), COUNT(DISTINCT year)"
        f" FROM (SELECT {year} AS year, {begun} AS begun FROM {quote(table.table)} t) WHERE begun IS NOT NULL AND year IS NOT NULL"
    )
    if seasons < _LEAST or inside < _INSIDE * rows:
        return None
    people, followed, late = database.row(
        f"SELECT COUNT(DISTINCT who), COUNT(DISTINCT who) FILTER (before = year - 1),"
        f" QUANTILE_CONT(DATE_DIFF('day', MAKE_DATE(year, 1, 1), begun), {_RENEWED_BY}) FILTER (before = year - 1)"
        f" FROM (SELECT who, year, begun, LAG(year) OVER (PARTITION BY who ORDER BY year) AS before FROM ("
        f"SELECT {as_text(read.person)} AS who, {year} AS year, MIN({begun}) AS begun FROM {quote(table.table)} t GROUP BY ALL))"
        " WHERE who IS NOT NULL AND year IS NOT NULL AND begun IS NOT NULL"
    )
    if not people or followed < _FOLLOWED * people:
        return None
    return Season(table.table, read.named.column, round(late))


def settle_seasons(database: Database, table: TableProfile, roles: dict[str, Guess]) -> None:
    """The one day each row of a season is dated by is when it begins for who enrolled, though it looks like that of a purchase.

    Args:
        database: holds the table.
        table: read as subscriptions.
        roles: of its columns, changed in place.
    """
    dated = [column for column in table.columns if column.column in roles and column.type in DATES and column.filled >= _FILLED * table.rows]
    begun = {roles[column.column].role for column in dated}
    if len(dated) != 1 or begun & {Role.START_DATE, Role.SIGNUP_DATE} or not begun <= _LOOSE or roles[dated[0].column].given:
        return
    tried = {**roles, dated[0].column: replace(roles[dated[0].column], role=Role.START_DATE)}
    if season_of(database, table, tried) is not None:
        roles.update(tried)


_LOOSE = frozenset({Role.PURCHASE_DATE, Role.OTHER_DATE, Role.EVENT_DATE})


def _columns(table: TableProfile, roles: Mapping[str, Guess]) -> _Read | None:
    person, begun = profile_with(table, roles, Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL), profile_with(table, roles, Role.START_DATE, Role.SIGNUP_DATE)
    ends = profile_with(table, roles, Role.END_DATE)
    named = [column for column in table.columns if names_seasons(column)]
    if person is None or begun is None or len(named) != 1 or begun.filled < _FILLED * table.rows or named[0].filled < _FILLED * table.rows:
        return None
    if ends is not None and ends.filled >= EVERY_ROW * table.rows:
        return None  # each row has its end: it is read as it stands
    return _Read(person, begun, named[0]) if person.distinct < person.filled else None


def names_seasons(column: ColumnProfile) -> bool:
    """Whether every value of a column names a season: two years that follow one another, or one under a header that says so.

    Args:
        column: the profile.
    """
    values = [value for value, _ in column.top]
    if not _LEAST <= column.distinct <= _MOST or len(values) < min(column.distinct, _LEAST) or column.type not in (ColumnType.CATEGORY, ColumnType.TEXT, ColumnType.NUMBER):
        return False
    if all(_follows(value) for value in values):
        return True
    return _SAYS_SEASON.search(plain(column.name)) is not None and all(_ONE_YEAR.search(value) and not _TWO_YEARS.search(value) for value in values)


def _follows(value: str) -> bool:
    said = _TWO_YEARS.search(value)
    return said is not None and int(said[2][-2:]) == (int(said[1]) + 1) % 100


def first_year_sql(text: str) -> str:
    """SQL of the first year that a season's name tells, NULL where it tells none.

    Args:
        text: SQL of the name.
    """
    return f"TRY_CAST(NULLIF(REGEXP_EXTRACT({text}, {literal(_FIRST_YEAR)}, 1), '') AS INTEGER)"


def season_end_sql(text: str, season: Season) -> str:
    """SQL of the last day of a row's season: the day by which nearly all renewals for the next are written.

    Args:
        text: SQL of the season's name.
        season: how late renewals come.
    """
    return f"(MAKE_DATE({first_year_sql(text)} + 1, 1, 1) + {season.late})"
