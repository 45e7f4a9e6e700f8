"""Sources to typed tables: look at a sample, decide, check the decision on every value, write once, profile."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from analytics.datamodel.model import ColumnType, TableProfile
from analytics.files import Source
from analytics.files.source import SAMPLE_CELLS, SAMPLE_ROWS
from analytics.loading.dates import dated
from analytics.loading.decide import decide, decide_column, gather
from analytics.loading.numbers import MAX_FAILED
from analytics.loading.profile import profile_columns
from analytics.loading.reading import FileHabits, Reading, Values
from analytics.loading.scan import cell, scan, typed
from analytics.loading.words import COMMON_NULLS
from analytics.workspace import Database, DatabaseError, literal

_ROUNDS = 3
_AT_ONCE = 50  # columns checked by one query: planning time grows faster than their number


def load(
    database: Database, sources: Sequence[Source], *, progress: Callable[[float], None] | None = None
) -> tuple[TableProfile, ...]:
    """Load sources into typed tables t0, t1 ... with columns c0, c1 ..., and what was set aside into `set_aside`.

    Whole numbers are BIGINT, other numbers DOUBLE, dates DATE, moments TIMESTAMP, yes/no BOOLEAN, the rest VARCHAR.

    Args:
        database: opened writable, empty of these tables.
        sources: as `analytics.files.read_sources` gives them.
        progress: called with the share done, 0..1.

    Raises:
        DatabaseError: without a word of the contents, when the database fails or is interrupted.
    """
    report = progress or (lambda _: None)
    database.execute("CREATE TABLE set_aside (file VARCHAR, line BIGINT, reason VARCHAR, content VARCHAR)")
    profiles = list[TableProfile]()
    for i, source in enumerate(sources):
        try:
            profiles.append(_load_one(database, source, f"t{i}", _share(report, i, len(sources))))
            _keep_aside(database, source)
        except DatabaseError as problem:  # its text quotes the row at fault: personal data
            raise type(problem)(f"t{i} could not be loaded") from None
    return tuple(profiles)


def _share(report: Callable[[float], None], i: int, of: int) -> Callable[[float], None]:
    return lambda done: report((i + done) / of)


def _load_one(database: Database, source: Source, table: str, report: Callable[[float], None]) -> TableProfile:
    columns = _sample(database, source)
    report(0.2)
    readings, habits = decide(columns, source.file_delimiter or ";")
    readings, failed = _checked(database, source, columns, readings, habits)
    report(0.5)
    selected = ", ".join(f"{typed(f'c{i}', reading)} AS c{i}" for i, reading in enumerate(readings))
    database.execute(f"CREATE TABLE {table} AS SELECT {selected} FROM {scan(source)}")
    report(0.8)
    rows = int(database.row(f"SELECT count(*) FROM {table}")[0])
    if rows != source.rows:
        raise AssertionError(f"{table}: {source.rows} rows proven, {rows} loaded")
    profiles = profile_columns(database, table, columns, readings, failed, rows)
    report(1.0)
    return TableProfile(
        file=source.name, table=table, rows=rows, present=source.rows_present, set_aside=source.set_aside,
        columns=profiles, notes=source.notes, encoding=source.encoding, delimiter=source.file_delimiter,
        sheet=source.sheet,
    )  # fmt: skip


def _sample(database: Database, source: Source) -> list[Values]:
    """Distinct cells of each column in a sample of the rows."""
    if source.sample is not None:
        return [
            gather(name, Counter(row[i] for row in source.sample if row[i])) for i, name in enumerate(source.header)
        ]
    every = max(1, source.rows // min(SAMPLE_ROWS, SAMPLE_CELLS // len(source.header)))
    names = [f"c{i}" for i in range(len(source.header))]
    kept = f" WHERE hash({', '.join(names)}) % {every} = 0" if every > 1 else ""
    rows = database.rows(f"SELECT {', '.join(names)} FROM {scan(source)}{kept}")
    return [gather(name, Counter(row[i] for row in rows if row[i] is not None)) for i, name in enumerate(source.header)]


def _checked(
    database: Database, source: Source, columns: list[Values], readings: list[Reading], habits: FileHabits
) -> tuple[list[Reading], list[int]]:
    """Try the readings on every value; what fails teaches a better reading, or the column stays text."""
    failed, pending = [0] * len(readings), list(range(len(readings)))
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
            if failures > MAX_FAILED * filled:
                reading, failed[i] = Reading(ColumnType.TEXT, nulls=reading.nulls), 0
            readings[i] = _settled(reading, timed, source)
        pending = again
        if not pending:
            break
    return readings, failed


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
    if reading.type is ColumnType.NUMBER:
        return f"count(*) FILTER (WHERE v{i} <> trunc(v{i}) OR abs(v{i}) >= 1e15)"
    if reading.type in (ColumnType.DATE, ColumnType.MOMENT) and reading.physical == "TIMESTAMP":
        return f"count(*) FILTER (WHERE date_trunc('day', v{i}) <> v{i})"
    return "0"


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


def _keep_aside(database: Database, source: Source) -> None:
    if source.set_aside_path is None or not source.set_aside:
        return
    database.execute(
        f"INSERT INTO set_aside SELECT {literal(source.name)}, line, reason, content FROM "
        f"read_csv({literal(str(source.set_aside_path))}, auto_detect=false, header=false, "
        "columns={'line': 'BIGINT', 'reason': 'VARCHAR', 'content': 'VARCHAR'}, delim=',', quote='\"', escape='\"', "
        "max_line_size=8000000)"
    )
