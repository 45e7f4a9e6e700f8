"""A workspace's data: immutable, locked, published whole."""

from __future__ import annotations

import stat
import threading
import time
from pathlib import Path

import pytest

from analytics.workspace import Database, DatabaseError, Workspace, literal, quote


def published(folder: Path, value: int = 1) -> Workspace:
    workspace = Workspace(folder)
    work = workspace.work_path()
    database = Database(work, writable=True)
    database.execute("CREATE TABLE t (n INTEGER)")
    database.execute("INSERT INTO t VALUES (?)", [value])
    database.close()
    workspace.publish(work)
    return workspace


def test_what_is_published_is_read_and_the_earlier_data_go(tmp_path: Path) -> None:
    workspace = published(tmp_path / "w", 1)
    first = workspace.data_path
    published(tmp_path / "w", 2)
    database = workspace.open()
    assert database.row("SELECT n FROM t") == (2,)
    database.close()
    assert first is not None and not first.exists()
    assert stat.S_IMODE(workspace.folder.stat().st_mode) == 0o700


def test_a_reader_keeps_its_data_while_new_ones_are_published(tmp_path: Path) -> None:
    workspace = published(tmp_path / "w", 1)
    reader = workspace.open()
    published(tmp_path / "w", 2)
    assert reader.row("SELECT n FROM t") == (1,)
    reader.close()


def test_an_empty_workspace_says_so(tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        Workspace(tmp_path / "w").open()


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO t VALUES (3)",
        "DROP TABLE t",
        "CREATE TABLE u (n INTEGER)",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "ATTACH '/tmp/other.duckdb'",
        "SET memory_limit = '10GB'",
        "COPY t TO '/tmp/noces-test.csv'",
        "INSTALL httpfs",
    ],
)
def test_readers_are_locked(tmp_path: Path, sql: str) -> None:
    """The attacks of the design notes that the connection itself refuses."""
    database = published(tmp_path / "w").open()
    with pytest.raises(DatabaseError):
        database.rows(sql)
    assert database.row("SELECT n FROM t") == (1,)
    database.close()


def test_python_variables_are_out_of_reach(tmp_path: Path) -> None:
    import pandas as pd

    secret = pd.DataFrame({"n": [42]})
    database = published(tmp_path / "w").open()
    with pytest.raises(DatabaseError):
        database.rows("SELECT * FROM secret")
    assert len(secret) == 1
    database.close()


def test_several_threads_read_at_once(tmp_path: Path) -> None:
    database = published(tmp_path / "w").open()
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(database.row("SELECT n FROM t")[0])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    assert found == [1] * 8


def test_a_long_query_is_interrupted(tmp_path: Path) -> None:
    database = published(tmp_path / "w").open()
    timer = threading.Timer(0.3, database.interrupt)
    timer.start()
    started = time.monotonic()
    with pytest.raises(DatabaseError):
        database.rows("SELECT COUNT(*) FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = 7")
    assert time.monotonic() - started < 30
    timer.join()
    database.close()


def test_names_and_values_are_quoted() -> None:
    assert quote('a"b') == '"a""b"'
    assert literal("l'été") == "'l''été'"
    assert (literal(None), literal(True), literal(3)) == ("NULL", "TRUE", "3")


def test_closing_removes_what_was_spilt(tmp_path: Path) -> None:
    database = published(tmp_path / "w").open()
    scratch = Path(database.row("SELECT current_setting('temp_directory')")[0])
    assert scratch.exists()
    database.close()
    assert not scratch.exists()


def test_a_long_statement_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares of the work, between nothing and all, that never go back; the statement does what it would have done."""
    monkeypatch.setattr("analytics.workspace._POLL_SECONDS", 0.005)
    database, seen = Database(tmp_path / "a.duckdb", writable=True), list[float]()
    path = tmp_path / "a.csv"
    path.write_text("n;word\n" + "".join(f"{i};word {i}\n" for i in range(400_000)))
    read = f"read_csv({literal(str(path))}, auto_detect=false, header=true, delim=';', columns={{'n': 'VARCHAR', 'w': 'VARCHAR'}})"
    database.execute(f"CREATE TABLE t AS SELECT n, md5(md5(md5(md5(md5(w))))) AS w FROM {read}", progress=seen.append)
    assert database.row("SELECT count(*) FROM t") == (400_000,)
    assert seen and all(0 < share <= 1 for share in seen) and seen == sorted(seen)
    database.close()
