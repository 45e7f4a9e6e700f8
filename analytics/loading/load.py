"""Sources to typed tables: look at a sample, decide, check the decision on every value, write once, profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from analytics.datamodel.model import TableProfile
from analytics.files import Source
from analytics.files.source import SAMPLE_CELLS, SAMPLE_ROWS
from analytics.loading.check import write_checked
from analytics.loading.decide import decide, gather
from analytics.loading.profile import profile_columns
from analytics.loading.reading import Values
from analytics.loading.said import said_of
from analytics.loading.scan import scan
from analytics.workspace import Database, DatabaseError, literal


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
    report(0.05)
    readings, habits = decide(columns, source.file_delimiter or ";")
    readings, failed = write_checked(
        database, source, table, columns, readings, habits, lambda share: report(0.05 + 0.8 * share)
    )
    report(0.85)
    rows = int(database.row(f"SELECT count(*) FROM {table}")[0])
    if rows != source.rows:
        raise AssertionError(f"{table}: {source.rows} rows proven, {rows} loaded")
    profiles = profile_columns(
        database, table, columns, readings, failed, rows, lambda share: report(0.85 + 0.15 * share)
    )
    report(1.0)
    return TableProfile(
        file=source.name, table=table, rows=rows, present=source.rows_present, set_aside=source.set_aside,
        columns=profiles, notes=(*source.notes, *said_of(profiles)), encoding=source.encoding, delimiter=source.file_delimiter,
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


def _keep_aside(database: Database, source: Source) -> None:
    if source.set_aside_path is None or not source.set_aside:
        return
    database.execute(
        f"INSERT INTO set_aside SELECT {literal(source.name)}, line, reason, content FROM "
        f"read_csv({literal(str(source.set_aside_path))}, auto_detect=false, header=false, "
        "columns={'line': 'BIGINT', 'reason': 'VARCHAR', 'content': 'VARCHAR'}, delim=',', quote='\"', escape='\"', "
        "max_line_size=8000000)"
    )
