"""What the values of a loaded table look like: one aggregate for all columns, one more for the frequent values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from analytics.datamodel.model import ColumnProfile, ColumnType, sign_column
from analytics.loading.reading import Reading, Values
from analytics.loading.signs import has_signs, header_currency
from analytics.loading.unread import meant_for_amounts, no_number_sql, unread_examples
from analytics.workspace import Database, literal

_EXACT = 100_000  # rows up to which different values are counted exactly
_TOP = 50
_AT_ONCE = 4  # columns measured by one query: planning several exact counts together costs more than reading the table again
_FEW, _FEW_SHARE, _FEW_AT_MOST = 50, 0.05, 1_000  # different words of a category
_WORDS = (ColumnType.TEXT, ColumnType.CATEGORY)


def profile_columns(
    database: Database, table: str, values: Sequence[Values], readings: Sequence[Reading], failed: Sequence[int],
    rows: int, report: Callable[[float], None],
) -> tuple[ColumnProfile, ...]:  # fmt: skip
    """Describe the columns of a loaded table.

    Args:
        database: where the table is.
        table: its name.
        values: cells seen of each column, for the examples.
        readings: how each was read.
        failed: cells of each that could not be read.
        rows: of the table.
        report: called with the share done, 0..1.
    """
    measured = _measure(database, table, readings, rows, report)
    profiles = [_profile(i, values[i], reading, failed[i], rows, measured[i]) for i, reading in enumerate(readings)]
    tops = _tops(database, table, [p.column for p in profiles if p.type is ColumnType.CATEGORY])
    meant = {f"c{i}": column for i, column in enumerate(values) if readings[i].type is ColumnType.TEXT and meant_for_amounts(column.name, column.counts)}
    signed = {f"c{i}" for i, reading in enumerate(readings) if has_signs(reading)}
    return tuple(
        _with_unread(database, table, profile, meant[profile.column]) if profile.column in meant
        else _with_top(profile, tops[profile.column]) if profile.column in tops
        else _with_currencies(database, table, profile) if profile.column in signed else profile
        for profile in profiles
    )  # fmt: skip


def _with_unread(database: Database, table: str, profile: ColumnProfile, values: Values) -> ColumnProfile:
    """Count the cells that keep a column of amounts from being read as numbers."""
    odd = int(database.row(f"SELECT count(*) FILTER (WHERE {no_number_sql(profile.column)}) FROM {table}")[0])
    return replace(profile, no_numbers=odd, unread=unread_examples(values.counts))


def _with_top(profile: ColumnProfile, top: list[tuple[str, int]]) -> ColumnProfile:
    distinct = len(top) if len(top) < _TOP else profile.distinct
    return replace(profile, top=tuple(top), examples=tuple(word for word, _ in top[:5]), distinct=distinct)


def _with_currencies(database: Database, table: str, profile: ColumnProfile) -> ColumnProfile:
    """Count the rows of each currency, those without a sign being in the header's, else in that of most."""
    sign, amount = sign_column(profile.column), profile.column
    by_sign = f"SELECT {sign}, count(*) FROM {table} WHERE {amount} IS NOT NULL AND {sign} IS NOT NULL GROUP BY 1"
    rows = database.rows(f"{by_sign} ORDER BY 2 DESC, 1")
    usual = header_currency(profile.name) or (rows[0][0] if rows else "")
    database.execute(f"UPDATE {table} SET {sign} = {literal(usual)} WHERE {sign} IS NULL AND {amount} IS NOT NULL")
    counts = tuple((code, int(n)) for code, n in database.rows(f"{by_sign} ORDER BY 2 DESC, 1"))
    said = {f"currency:{code}" for code, _ in counts}
    habit = tuple(code for code in profile.habit if not code.startswith("currency:") or code in said)
    if len(counts) < 2:
        database.execute(f"ALTER TABLE {table} DROP COLUMN {sign}")
        return replace(profile, habit=habit)
    return replace(profile, habit=habit, currencies=counts)


def _measure(
    database: Database, table: str, readings: Sequence[Reading], rows: int, report: Callable[[float], None]
) -> list[tuple[Any, ...]]:
    """Filled, different, low, high, mean length (or number of yes) of each column."""
    found = list[tuple[Any, ...]]()
    for start in range(0, len(readings), _AT_ONCE):
        parts = [
            part for i in range(start, min(start + _AT_ONCE, len(readings))) for part in _parts(i, readings[i], rows)
        ]
        before, here = start / len(readings), min(_AT_ONCE, len(readings) - start) / len(readings)

        def told(share: float, before: float = before, here: float = here) -> None:
            report(before + here * share)

        row = database.row(f"SELECT {', '.join(parts)} FROM {table}", progress=told)
        found += [row[k : k + 5] for k in range(0, len(row), 5)]
    return found


def _parts(i: int, reading: Reading, rows: int) -> list[str]:
    c = f"c{i}"
    different = f"count(DISTINCT {c})" if rows <= _EXACT else f"approx_count_distinct({c})"
    low = high = extra = "NULL"
    if reading.type in (ColumnType.NUMBER, ColumnType.DATE, ColumnType.MOMENT):
        low, high = f"min({c})", f"max({c})"
    elif reading.type is ColumnType.FLAG:
        different, extra = f"count(DISTINCT {c})", f"count(*) FILTER (WHERE {c})"
    elif reading.type in _WORDS:
        extra = f"avg(length({c}))"
    return [f"count({c})", different, low, high, extra]


def _profile(
    i: int, values: Values, reading: Reading, failed: int, rows: int, measured: tuple[Any, ...]
) -> ColumnProfile:
    filled, distinct, low, high, extra = measured
    kind, top, length = reading.type, tuple[tuple[str, int], ...](), 0.0
    distinct = min(int(distinct), int(filled))
    if kind in _WORDS:
        length = float(extra or 0.0)
        few = distinct <= max(_FEW, min(_FEW_AT_MOST, _FEW_SHARE * filled)) and length <= 60
        kind = ColumnType.EMPTY if not filled else ColumnType.CATEGORY if few else ColumnType.TEXT
    else:
        total = sum(values.counts.values())
        length = sum(len(word) * n for word, n in values.counts.items()) / total if total else 0.0
    habit = reading.habit
    if kind is ColumnType.FLAG and reading.spellings is not None:
        pairs = zip(reading.spellings, (int(extra), int(filled) - int(extra)), strict=True)
        top = tuple(sorted(((word, n) for word, n in pairs if n), key=lambda pair: -pair[1]))
        yes, no = reading.spellings
        habit = (*habit, f"yes={yes}", f"no={no}")
    frequent = sorted(values.counts.items(), key=lambda item: (-item[1], item[0]))
    return ColumnProfile(
        name=values.name, column=f"c{i}", type=kind, rows=rows, filled=int(filled), distinct=distinct, failed=failed,
        examples=tuple(word for word, _ in frequent[:5]), low=_number(low), high=_number(high), habit=habit,
        unread=unread_examples(values.counts) if failed and kind in (ColumnType.NUMBER, ColumnType.DATE, ColumnType.MOMENT) else (),
        integer=reading.physical == "BIGINT", ambiguous_order=reading.ambiguous_order, top=top, mean_length=length,
    )  # fmt: skip


def _number(value: Any) -> float | None:
    if value is None:
        return None
    return float(value.toordinal()) if hasattr(value, "toordinal") else float(value)


def _tops(database: Database, table: str, columns: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    if not columns:
        return {}
    queries = (
        f"(SELECT '{c}' AS place, {c} AS word, count(*) AS n FROM {table} WHERE {c} IS NOT NULL "
        f"GROUP BY {c} ORDER BY n DESC, word LIMIT {_TOP})"
        for c in columns
    )
    found = {c: list[tuple[str, int]]() for c in columns}
    for place, word, n in database.rows(" UNION ALL ".join(queries)):
        found[place].append((word, int(n)))
    return {c: sorted(pairs, key=lambda pair: (-pair[1], pair[0])) for c, pairs in found.items()}
