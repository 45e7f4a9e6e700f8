"""Readings tried on every value of a source: what fails is counted, teaches a better reading, or leaves the column text."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from analytics.datamodel.model import ColumnType, sign_column
from analytics.datamodel.opt_outs import says_opt_out
from analytics.files import Source
from analytics.loading.dates import dated, share_impossible, share_of_words
from analytics.loading.decide import decide_column, gather
from analytics.loading.reading import FileHabits, Reading, Values
from analytics.loading.scan import cell, scan, typed
from analytics.loading.signs import has_signs, sign_sql
from analytics.loading.unread import most_unread
from analytics.loading.words import COMMON_NULLS
from analytics.workspace import Database

_ROUNDS = 3
_AT_ONCE = 50  # columns checked by one query: planning time grows faster than their number; at most 62, bits of a BIGINT


def write_checked(
    database: Database, source: Source, table: str, columns: list[Values], readings: list[Reading],
    habits: FileHabits, report: Callable[[float], None],
) -> tuple[list[Reading], list[int]]:  # fmt: skip
    """Write the typed table; return how each column was read in the end, and how many of its cells could not be.

    The table is written on the word of the sample, and each row notes which columns belied it: a file whose end is like
    its beginning is read once. Columns belied are checked on every value, and the table is written again if it matters.

    Args:
        database, source: written to, and read from.
        table: name of the table written.
        columns: values seen of each column; those that taught something are added.
        readings: as decided from these values.
        habits: of the file.
        report: called with the share done, 0..1.
    """
    if len(readings) > _AT_ONCE or not source.rows:
        readings, failed = _checked(database, source, columns, readings, habits, list(range(len(readings))))
        _write(database, source, table, readings, report)
        return readings, failed
    hoped = [_settled(reading, _timed(database, columns[i], reading), source) for i, reading in enumerate(readings)]
    odd = _write_hoped(database, source, table, readings, hoped, lambda share: report(0.9 * share))
    if not odd:
        return hoped, [0] * len(readings)
    found, failed = _checked(database, source, columns, readings, habits, odd)
    final = [found[i] if i in odd else reading for i, reading in enumerate(hoped)]
    if final != hoped:
        database.execute(f"DROP TABLE {table}")
        _write(database, source, table, final, lambda share: report(0.9 + 0.1 * share))
    return final, failed


def _write(
    database: Database, source: Source, table: str, readings: Sequence[Reading], report: Callable[[float], None]
) -> None:
    columns = [f"{typed(f'c{i}', reading)} AS c{i}" for i, reading in enumerate(readings)]
    columns += [
        f"{sign_sql(reading, cell(f'c{i}', reading))} AS {sign_column(f'c{i}')}"
        for i, reading in enumerate(readings) if has_signs(reading)
    ]  # fmt: skip
    selected = ", ".join(columns)
    database.execute(f"CREATE TABLE {table} AS SELECT {selected} FROM {scan(source)}", progress=report)


def _write_hoped(
    database: Database, source: Source, table: str, readings: Sequence[Reading], hoped: Sequence[Reading],
    report: Callable[[float], None],
) -> list[int]:  # fmt: skip
    """Write the table as hoped; return the columns of which some cell is not as hoped."""
    inner, outer, signs, odd = list[str](), list[str](), list[str](), list[str]()
    for i, (reading, wished) in enumerate(zip(readings, hoped, strict=True)):
        if reading.type is ColumnType.TEXT:
            inner.append(f"{cell(f'c{i}', wished)} AS v{i}")
            outer.append(f"v{i} AS c{i}")
            continue
        inner += [f"{cell(f'c{i}', reading)} AS x{i}", f"{typed(f'c{i}', reading)} AS v{i}"]
        narrower = wished.physical != reading.physical
        outer.append(f"TRY_CAST(v{i} AS {wished.physical}) AS c{i}" if narrower else f"v{i} AS c{i}")
        if has_signs(wished):
            signs.append(f"{sign_sql(wished, f'x{i}')} AS {sign_column(f'c{i}')}")
        tests = [f"v{i} IS NULL"]
        if narrower:
            tests.append(_is_finer(reading, i))
        if reading.type is ColumnType.NUMBER:
            tests.append(_unsafe_cell(f"x{i}", f"v{i}"))
        odd.append(f"CASE WHEN x{i} IS NOT NULL AND ({' OR '.join(tests)}) THEN {1 << i} ELSE 0 END")
    database.execute(
        f"CREATE TABLE {table} AS SELECT {', '.join(outer + signs)}, CAST({' + '.join(odd) or '0'} AS BIGINT) AS odd "
        f"FROM (SELECT {', '.join(inner)} FROM {scan(source)})",
        progress=report,
    )
    bits = int(database.row(f"SELECT bit_or(odd) FROM {table}")[0] or 0)
    database.execute(f"ALTER TABLE {table} DROP COLUMN odd")
    return [i for i in range(len(readings)) if bits >> i & 1]


def _timed(database: Database, column: Values, reading: Reading) -> int:
    """How many of the values seen have a time of day, or a fraction."""
    if _fraction(reading, 0) == "0" or not column.counts:
        return 0
    seen = "(SELECT unnest(?) AS c0)"
    sql = f"SELECT {_fraction(reading, 0)} FROM (SELECT {typed('c0', reading)} AS v0 FROM {seen})"
    return int(database.row(sql, [list(column.counts)])[0] or 0)


def _checked(
    database: Database, source: Source, columns: list[Values], readings: list[Reading], habits: FileHabits,
    pending: list[int],
) -> tuple[list[Reading], list[int]]:  # fmt: skip
    """Try the readings of some columns on every value; what fails teaches a better one, or the column stays text."""
    readings, failed = list(readings), [0] * len(readings)
    for round_ in range(_ROUNDS):
        counts = dict[int, list[int]]()
        for start in range(0, len(pending), _AT_ONCE):
            counts |= _count(database, source, readings, pending[start : start + _AT_ONCE])
        again = list[int]()
        for i in pending:
            filled, failures, timed, unsafe = counts[i]
            failed[i] = failures
            reading = readings[i]
            if (failures or unsafe) and round_ < _ROUNDS - 1:
                _learn_failures(database, source, columns[i], reading, i)
                better = decide_column(columns[i], habits)
                if better != reading:
                    readings[i] = better
                    again.append(i)
                    continue
            if failures > _may_fail(columns[i], reading) * filled:
                reading, failed[i] = Reading(ColumnType.TEXT, nulls=reading.nulls), 0
            readings[i] = _settled(reading, timed, source)
        pending = again
        if not pending:
            break
    return readings, failed


def _may_fail(column: Values, reading: Reading) -> float:
    """The share of the filled cells that may be unread: none of those that say who refused to be written to."""
    if says_opt_out(column.name):
        return 0.0
    dated_ = reading.type in (ColumnType.DATE, ColumnType.MOMENT)
    return most_unread(column.name, column.counts) + (share_impossible(column.counts) + share_of_words(column.counts) if dated_ else 0.0)


def _settled(reading: Reading, timed: int, source: Source) -> Reading:
    """The reading once every value is known."""
    if reading.type is ColumnType.TEXT:
        seen_all = source.sample is None or len(source.sample) == source.rows
        return replace(reading, trim=source.padded, nulls=reading.nulls | (frozenset() if seen_all else COMMON_NULLS))
    if reading.type is ColumnType.NUMBER and not timed:  # for numbers, `timed` counts those that are not whole
        return replace(reading, sql=f"CAST({reading.sql} AS BIGINT)", physical="BIGINT")
    return dated(reading, timed > 0)


def _count(database: Database, source: Source, readings: list[Reading], pending: list[int]) -> dict[int, list[int]]:
    """For each column: cells filled, cells not read, values with a time or a fraction, codes taken for numbers."""
    inner, outer = list[str](), list[str]()
    for i in pending:
        reading = readings[i]
        inner.append(f"{cell(f'c{i}', reading)} AS x{i}")
        if reading.type is ColumnType.EMPTY:
            outer += [f"count(x{i})", f"count(x{i})", "0", "0"]
        elif reading.type is ColumnType.TEXT:
            outer += [f"count(x{i})", "0", "0", "0"]
        else:
            inner.append(f"{typed(f'c{i}', reading)} AS v{i}")
            outer += [f"count(x{i})", f"count(x{i}) - count(v{i})", _fraction(reading, i), _unsafe(reading, i)]
    row = database.row(f"SELECT {', '.join(outer)} FROM (SELECT {', '.join(inner)} FROM {scan(source)})")
    return {i: [int(n or 0) for n in row[4 * k : 4 * k + 4]] for k, i in enumerate(pending)}


def _fraction(reading: Reading, i: int) -> str:
    test = _is_finer(reading, i)
    return f"count(*) FILTER (WHERE {test})" if test else "0"


def _is_finer(reading: Reading, i: int) -> str:
    """The test of a value that is no whole number, or has a time of day; nothing where it does not matter."""
    if reading.type is ColumnType.NUMBER:
        return f"v{i} <> trunc(v{i}) OR abs(v{i}) >= 1e15"
    if reading.type in (ColumnType.DATE, ColumnType.MOMENT) and reading.physical == "TIMESTAMP":
        return f"date_trunc('day', v{i}) <> v{i}"
    return ""


def _unsafe(reading: Reading, i: int) -> str:
    if reading.type is not ColumnType.NUMBER:
        return "0"
    return f"count(*) FILTER (WHERE {_unsafe_cell(f'x{i}', f'v{i}')})"


def _unsafe_cell(text: str, value: str) -> str:
    """Cells the database takes for numbers and that are none: codes with leading zeros or too many digits, `1_000`."""
    return (
        f"({text} >= '00' AND {text} < '0:') OR contains({text}, '_') OR "
        f"CASE WHEN abs({value}) >= 1e15 THEN NOT regexp_full_match({text}, '.*[.,eE].*') ELSE FALSE END"
    )


def _learn_failures(database: Database, source: Source, column: Values, reading: Reading, i: int) -> None:
    """Add to the values seen those that the reading cannot read (at most 2,000 different ones)."""
    text, value = cell(f"c{i}", reading), typed(f"c{i}", reading)
    unsafe = f" OR {_unsafe_cell(text, value)}" if reading.type is ColumnType.NUMBER else ""
    rows = database.rows(
        f"SELECT c{i}, count(*) FROM {scan(source)} WHERE {text} IS NOT NULL AND ({value} IS NULL{unsafe}) "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 2000"
    )
    share = 1.0 if source.sample is None else max(1.0, source.rows / max(1, len(source.sample)))
    more = gather(column.name, {str(word): math.ceil(int(n) / share) for word, n in rows})
    column.counts.update(more.counts)
    column.nulls |= more.nulls
    column.padded = column.padded or more.padded
