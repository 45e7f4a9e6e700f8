"""A workspace is one folder; its data is an immutable DuckDB file, opened read-only and locked by everyone.

The only module that imports duckdb. An import or a correction writes a new file under a work name and renames it, so a
reader never sees half a table, and a killed import leaves the workspace as it was.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pyarrow as pa

Parameters = Sequence[Any] | dict[str, Any]
DatabaseError = duckdb.Error
ConversionError = duckdb.ConversionException

_MEMORY = os.environ.get("NOCES_MEMORY", "2GB")
_POLL_SECONDS = 0.25
_THREADS = int(os.environ.get("NOCES_THREADS", str(os.cpu_count() or 2)))
_READING: dict[str, Any] = {
    "memory_limit": _MEMORY,
    "threads": _THREADS,
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}
_WRITING = {"fsync_mode": "NONE"}  # a work file is nothing until it is published: it reaches the disk once, then


def quote(name: str) -> str:
    """Quote an identifier: the one place where a name becomes SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """Quote a value for SQL that is shown, or for the few statements that take no parameter (`read_csv` options)."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + str(value).replace("'", "''") + "'"


def scratch_folder(use: str) -> Path:
    """Make a private folder for passing files, named after this process so that it can be told when nobody uses it.

    Args:
        use: one word saying what for.
    """
    return Path(tempfile.mkdtemp(prefix=f"noces-{use}-{os.getpid()}-"))


def sweep_scratch() -> None:
    """Remove the scratch folders of processes that are no more: a killed one cannot remove its own."""
    for folder in Path(tempfile.gettempdir()).glob("noces-*-*-*"):
        owner = folder.name.split("-")[2]
        if owner.isdigit() and not _lives(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    if os.name != "posix":  # elsewhere, asking so would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class Database:
    """An open data file. `writable` only while it is being written under its work name: `publish` sees that it is kept."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        """Open the file; readers are locked: no files, no network, no settings."""
        self.path = path
        self._scratch = scratch_folder("spill")
        config = {**_READING, **(_WRITING if writable else {}), "temp_directory": str(self._scratch)}
        self._connection = duckdb.connect(str(path), read_only=not writable, config=config)
        self._lock = threading.Lock()
        self._running: set[duckdb.DuckDBPyConnection] = set()
        if not writable:
            for setting in ("enable_external_access=false", "lock_configuration=true"):
                self._connection.execute(f"SET {setting}")

    def rows(
        self, sql: str, parameters: Parameters = (), *, progress: Callable[[float], None] | None = None
    ) -> list[tuple[Any, ...]]:
        """Run one statement and return all its rows.

        Args:
            sql, parameters: the statement.
            progress: called now and then, from another thread, with the share of the statement that is done, 0..1 (only on
                a writable database).
        """
        with self._cursor() as cursor:
            if progress is not None:
                cursor.execute("SET enable_progress_bar = true")  # else nothing is counted; nothing is printed
                cursor.execute("SET enable_progress_bar_print = false")
            with _watched(cursor, progress) if progress is not None else nullcontext():
                done = cursor.execute(sql, parameters) if parameters else cursor.execute(sql)
                rows: list[tuple[Any, ...]] = done.fetchall()
            return rows

    def row(
        self, sql: str, parameters: Parameters = (), *, progress: Callable[[float], None] | None = None
    ) -> tuple[Any, ...]:
        """Run one statement and return its first row; LookupError when it has none. Progress as in `rows`."""
        rows = self.rows(sql, parameters, progress=progress)
        if not rows:
            raise LookupError("the query returned no row")
        return rows[0]

    def columns(self, sql: str, parameters: Parameters = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run one statement and return the names of its columns and all its rows."""
        with self._cursor() as cursor:
            done = cursor.execute(sql, parameters) if parameters else cursor.execute(sql)
            return [column[0] for column in done.description or []], done.fetchall()

    def arrow(self, sql: str, parameters: Parameters = ()) -> pa.Table:
        """Run one statement and return its result as one Arrow table (numbers keep their types)."""
        with self._cursor() as cursor:
            relation = cursor.sql(sql, params=parameters) if parameters else cursor.sql(sql)
            table: pa.Table = relation.to_arrow_table()
            return table

    def execute(
        self, sql: str, parameters: Parameters = (), *, progress: Callable[[float], None] | None = None
    ) -> None:
        """Run one statement for its effect (only on a writable database).

        Args:
            sql, parameters: the statement.
            progress: as in `rows`.
        """
        self.rows(sql, parameters, progress=progress)

    def types(self, table: str) -> dict[str, str]:
        """How each column of a table is stored, in their order."""
        return dict(self.rows("SELECT name, type FROM pragma_table_info(?)", [quote(table)]))

    def holds(self, table: str) -> bool:
        """Whether there is a table of that name."""
        return bool(self.row("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [table])[0])

    def interrupt(self) -> None:
        """Stop the statements under way, from another thread; they raise DatabaseError."""
        with self._lock:
            for cursor in self._running:
                cursor.interrupt()

    def close(self) -> None:
        """Close the file and remove what was spilt."""
        self._connection.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._connection.cursor()
        with self._lock:
            self._running.add(cursor)
        try:
            yield cursor
        finally:
            with self._lock:
                self._running.discard(cursor)
            cursor.close()


@contextmanager
def _watched(cursor: duckdb.DuckDBPyConnection, progress: Callable[[float], None]) -> Iterator[None]:
    """Say how far the statement of a cursor is, while the block runs it."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_POLL_SECONDS):
            share = cursor.query_progress() / 100  # negative as long as it is not known
            if share > 0:
                progress(min(1.0, share))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _keep(path: Path) -> None:
    """Wait until what was written to a file is on the disk."""
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


class Workspace:
    """One folder: data, corrections, conversation, plan, documents. Names of people are in the data file only."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, made if absent, private to its owner."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder

    @classmethod
    def temporary(cls) -> Workspace:
        """A workspace under a fresh unguessable name in the machine's temporary folder."""
        return cls(Path(tempfile.gettempdir()) / f"noces-{secrets.token_hex(16)}")

    @property
    def data_path(self) -> Path | None:
        """The present data file, or None before the first import."""
        pointer = self.folder / "current"
        if not pointer.exists():
            return None
        return self.folder / pointer.read_text(encoding="ascii").strip()

    def work_path(self) -> Path:
        """A fresh name under which a new data file may be written."""
        return self.folder / f"work-{secrets.token_hex(8)}.duckdb"

    def publish(self, work: Path) -> Path:
        """Rename a finished work file to a data file, point to it, and remove the earlier ones nobody points to."""
        final = self.folder / f"data-{secrets.token_hex(8)}.duckdb"
        _keep(work)
        os.replace(work, final)
        pointer = self.folder / f"current-{secrets.token_hex(4)}"
        pointer.write_text(final.name, encoding="ascii")
        _keep(pointer)
        os.replace(pointer, self.folder / "current")
        self.sweep()
        return final

    def sweep(self) -> None:
        """Remove what an interrupted import left behind, in the folder and among the scratch folders."""
        present = self.data_path
        for pattern in ("work-*.duckdb*", "data-*.duckdb*", "current-*"):
            for left in self.folder.glob(pattern):
                if present is None or not left.name.startswith(present.name):
                    left.unlink(missing_ok=True)
        sweep_scratch()

    def open(self) -> Database:
        """Open the present data read-only; LookupError before the first import."""
        path = self.data_path
        if path is None:
            raise LookupError("this workspace holds no data yet")
        return Database(path)

    def delete(self) -> None:
        """Remove the folder and all it holds."""
        shutil.rmtree(self.folder, ignore_errors=True)
