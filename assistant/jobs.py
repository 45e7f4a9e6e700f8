"""Work longer than a moment: one worker a session, progress to show, a stop that stops the query too."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from vocabulary.errors import UserError, trail

T = TypeVar("T")
_LOG = logging.getLogger("noces.jobs")


@dataclass(slots=True)
class Progress:
    """Where the work stands: a stage code and the share done, 0..1."""

    stage: str = ""
    share: float = 0.0


@dataclass(slots=True)
class Job(Generic[T]):
    """One piece of work in its thread. `result` is set before `done`; `error` holds what it raised."""

    progress: Progress = field(default_factory=Progress)
    result: T | None = None
    error: BaseException | None = None
    _done: threading.Event = field(default_factory=threading.Event)
    _cancel: threading.Event = field(default_factory=threading.Event)
    _on_cancel: Callable[[], None] | None = None
    _started: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._started

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self._done.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask it to stop; a query under way is interrupted."""
        self._cancel.set()
        if self._on_cancel is not None:
            self._on_cancel()

    def wait(self, seconds: float) -> bool:
        """Wait for its end at most so long; True when it has ended."""
        return self._done.wait(seconds)

    def say(self, stage: str, share: float) -> None:
        """Report progress, from inside the work."""
        self.progress = Progress(stage, share)


def start(work: Callable[[Job[T]], T], *, on_cancel: Callable[[], None] | None = None) -> Job[T]:
    """Run `work(job)` in a thread of its own and return its job at once."""
    job: Job[T] = Job(_on_cancel=on_cancel)

    def run() -> None:
        try:
            job.result = work(job)
        except BaseException as problem:  # noqa: BLE001 - handed to whoever waits, which shows or raises it
            job.error = problem
            if not isinstance(problem, UserError) and not job.cancelled:  # an interrupted query raises: that was asked
                _LOG.error("a job failed: %s", trail(problem))
        finally:
            job._done.set()

    threading.Thread(target=run, daemon=True, name="noces-job").start()
    return job
