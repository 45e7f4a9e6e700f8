"""Work under way: progress, one failure sentence, and a stop that stops the query too."""

from __future__ import annotations

import time

from analytics.workspace import DatabaseError, Workspace
from assistant import jobs


def test_a_stop_interrupts_the_query(tmp_path):
    """A join that would take minutes ends within seconds of the stop."""
    workspace = Workspace(tmp_path / "w")
    from analytics.workspace import Database

    work = workspace.work_path()
    made = Database(work, writable=True)
    made.execute("CREATE TABLE numbers AS SELECT range AS n FROM range(200000)")
    made.close()
    workspace.publish(work)
    database = workspace.open()
    endless = "SELECT count(*) FROM numbers a, numbers b WHERE (a.n * b.n) % 7919 = 3"
    job = jobs.start(lambda job: database.rows(endless), on_cancel=database.interrupt)
    time.sleep(1)
    assert not job.done
    job.cancel()
    assert job.wait(20)
    assert isinstance(job.error, DatabaseError)
    database.close()


def test_progress_and_result_are_seen_from_outside():
    """`say` is read while the work runs; the result is there before `done`."""
    job = jobs.start(lambda job: job.say("reading", 0.5) or 42)
    assert job.wait(5)
    assert (job.progress.stage, job.progress.share, job.result, job.error) == ("reading", 0.5, 42, None)
