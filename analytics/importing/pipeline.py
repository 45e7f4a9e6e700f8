"""The import itself, in this process: each stage writes into a work file, which is published whole or not at all."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from analytics.customers.reduce import Reduction, reduce
from analytics.datamodel.detection import detect
from analytics.datamodel.health import in_order
from analytics.datamodel.health.remedies import apply, decided, restore
from analytics.datamodel.model import Corrections, TableProfile
from analytics.datamodel.tools import prepare
from analytics.files import Source, read_sources
from analytics.importing.memory import recall, remember
from analytics.importing.periods import told_by_row
from analytics.importing.study_file import tables_of, write_meta
from analytics.loading import load
from analytics.measures.defects import reduced_defects
from analytics.measures.health_effects import with_effects
from analytics.measures.state import state_sql
from analytics.workspace import Database, DatabaseError, Workspace, scratch_folder
from vocabulary.errors import FileProblem
from vocabulary.sentence import Label, Sentence, say

Progress = Callable[[str, float], None]
Asked = Callable[[], bool]
STAGES = ("reading", "loading", "understanding", "reducing", "publishing")
_POLL_SECONDS = 0.2
_NO_ROWS = say(
    "« {file} » a des titres de colonnes et aucune ligne : vérifiez la période et les filtres de l’export, puis importez-le de nouveau.",
    "“{file}” has column headings and no row: check the period and the filters of the export, then upload it again.",
)


class Cancelled(Exception):
    """The import was stopped because the person asked for it; the workspace is as it was."""


def import_files(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    corrections: Corrections | None = None,
    today: date | None = None,
    names: Mapping[Path, str] | None = None,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
    allow_parquet: bool = True,
) -> None:
    """Read files into a workspace, replacing the data it held.

    Args:
        workspace: where the data go.
        paths: the files, in the order they are to be shown.
        corrections: what the manager said of them.
        today: the day of the import; the machine's date when None.
        names: names to show instead of those on disk.
        progress: called with a stage of `STAGES` and the share of it that is done, 0..1.
        cancelled: asked now and then; True stops the import.
        allow_parquet: accept Parquet, which only someone at a command line gives.

    Raises:
        FileProblem: one of the files cannot be read, or none has a row to say what it holds; its sentence names it.
        Cancelled: it was asked for.
    """
    report, given = progress or _silent, corrections or Corrections()
    scratch = scratch_folder("read")
    try:
        with _work_file(workspace, cancelled) as (database, check):
            sources = _read(paths, dict(names or {}), scratch, report, check, allow_parquet)
            tables = load(database, sources, progress=lambda share: report("loading", share))
            check()
            given, tables = recall(workspace, told_by_row(database, prepare(database, tables)), given)
            check()
            reduced = _understand(database, tables, given, today or date.today(), report, check)
            if "customers" not in reduced.tables and not any(table.rows for table in tables):
                raise FileProblem(Sentence(_NO_ROWS.template, {"file": Label(tables[0].file)}))
        remember(workspace, tables, given)
        report("publishing", 1.0)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def correct(
    workspace: Workspace,
    corrections: Corrections,
    today: date | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
) -> None:
    """Understand and reduce the workspace's files again with other corrections; the files are not read again.

    Raises:
        LookupError: nothing was imported yet. UserError, Cancelled: as `import_files`.
    """
    current = workspace.data_path
    if current is None:
        raise LookupError("this workspace holds no data yet")
    with _work_file(workspace, cancelled, copy_of=current) as (database, check):
        tables = tables_of(database)
        _understand(database, tables, corrections, today or date.today(), progress or _silent, check)
    remember(workspace, tables, corrections)


def _read(
    paths: Sequence[Path], names: dict[Path, str], scratch: Path, report: Progress, check: Callable[[], None],
    allow_parquet: bool,
) -> tuple[Source, ...]:  # fmt: skip
    sources: list[Source] = []
    shown: set[str] = set()
    for number, path in enumerate(paths):
        done = number / len(paths)
        name = _apart(names.get(path, path.name), shown)
        shown.add(name)

        def told(share: float, done: float = done) -> None:
            check()
            report("reading", done + share / len(paths))

        sources += read_sources(path, name=name, progress=told, scratch=scratch, allow_parquet=allow_parquet)
        check()
    report("reading", 1.0)
    return tuple(sources)


def _apart(name: str, shown: set[str]) -> str:
    """A name nobody else has: two files of one name from two folders are told apart by a number."""
    stem, dot, ending = name.rpartition(".")
    tries = (f"{stem} ({i}).{ending}" if dot else f"{name} ({i})" for i in range(2, len(shown) + 3))
    return name if name not in shown else next(other for other in tries if other not in shown)


def _understand(
    database: Database,
    tables: tuple[TableProfile, ...],
    corrections: Corrections,
    today: date,
    report: Progress,
    check: Callable[[], None],
) -> Reduction:
    report("understanding", 0.0)
    restore(database, tables)
    model = detect(database, tables, corrections=corrections, today=today)
    model = replace(model, health=decided(with_effects(database, model).health, corrections.health))
    check()
    if apply(database, model.health):  # what was learnt of the tables is learnt again without what was left out
        again = detect(database, tables, corrections=corrections, today=today, health=False)
        model = replace(again, health=model.health)
        check()
    report("reducing", 0.0)
    reduction = reduce(database, model, state_sql)
    model = replace(model, health=in_order((*model.health, *reduced_defects(database, model, reduction))))
    check()
    write_meta(database, model, corrections, reduction)
    report("reducing", 1.0)
    return reduction


@contextmanager
def _work_file(
    workspace: Workspace, cancelled: Asked | None, copy_of: Path | None = None
) -> Iterator[tuple[Database, Callable[[], None]]]:
    """A writable data file under a work name: published when the block ends well, removed when it does not."""
    workspace.sweep()
    path = workspace.work_path()
    if copy_of is not None:
        shutil.copyfile(copy_of, path)
    database = Database(path, writable=True)
    asked, done = threading.Event(), threading.Event()

    def check() -> None:
        if asked.is_set() or (cancelled is not None and cancelled()):
            raise Cancelled

    def watch() -> None:
        while cancelled is not None and not done.wait(_POLL_SECONDS):
            if cancelled():
                asked.set()
                database.interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        try:
            yield database, check
        except DatabaseError:
            check()
            raise
        finally:
            done.set()
            watcher.join()
            database.close()
        check()
        workspace.publish(path)
    finally:
        for left in workspace.folder.glob(f"{path.name}*"):
            left.unlink(missing_ok=True)


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""
