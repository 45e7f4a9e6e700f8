"""A session: a workspace, a language, the turns so far, pins and the plan. No interface in it."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock

from analytics import importing
from analytics.catalog import CATALOG, Runner
from analytics.datamodel.model import Corrections
from analytics.study import Study
from analytics.workspace import Workspace
from assistant.answer import Answer
from assistant.archive import ARCHIVE
from assistant.diagnosis import Diagnosis, diagnose
from assistant.guidance import ANALYSIS as GUIDANCE
from assistant.plan.plan import Plan
from assistant.planner import Dialogue, Planner
from vocabulary.finding import Finding
from vocabulary.language import Language

FULL_CATALOG = (*CATALOG, GUIDANCE)


@dataclass(slots=True)
class State:
    """What the manager said and was told: written whole to `state.json` after each change."""

    language: Language = "fr"
    turns: list[Answer] = field(default_factory=list)
    pins: list[Finding] = field(default_factory=list)
    plan: Plan = field(default_factory=Plan)


class Session:
    """One manager's work on one workspace.

    Opening a folder that was used before gives back its data, its conversation, its pins and its plan.
    """

    def __init__(self, workspace: Workspace | None = None, *, planner: Planner | None = None) -> None:
        """Open `workspace` (a fresh temporary one by default); `planner` is the embedded one unless given."""
        self.workspace = workspace or Workspace.temporary()
        self._planner = planner
        self.state = self._read_state()
        self._runner: Runner | None = None
        self._diagnosis: Diagnosis | None = None
        if self.workspace.data_path is not None:
            self._open()

    @property
    def ready(self) -> bool:
        """Whether there is data to ask."""
        return self._runner is not None

    @property
    def runner(self) -> Runner:
        """The runner over the present data; LookupError before the first import."""
        if self._runner is None:
            raise LookupError("no data has been imported yet")
        return self._runner

    @property
    def study(self) -> Study:
        """The present study; LookupError before the first import."""
        return self.runner.study

    @property
    def diagnosed(self) -> bool:
        """Whether the diagnosis of the present data has been made."""
        return self._diagnosis is not None

    @property
    def planner(self) -> Planner:
        """The planner, made at its first use."""
        if self._planner is None:
            from assistant.embedded.planner import EmbeddedPlanner  # loads the sentence encoder: only when asked

            self._planner = EmbeddedPlanner()
        return self._planner

    @property
    def dialogue(self) -> Dialogue:
        """The earlier turns, for a follow-up."""
        return Dialogue(tuple(self.state.turns))

    def load(
        self,
        paths: Sequence[Path],
        *,
        names: dict[Path, str] | None = None,
        corrections: Corrections | None = None,
        today: date | None = None,
        progress: Callable[[str, float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        apart: bool = False,
    ) -> None:
        """Import files into the workspace, in place of what it held; conversation and plan are kept.

        Args:
            apart: in a child process, which can be stopped whatever the file does to it.
            names, corrections, today, progress, cancelled: as `importing.import_files`.

        Raises:
            UserError: a file that is no table, or no column that tells customers apart; the workspace is as it was.
        """
        read = importing.import_in_child if apart else importing.import_files
        read(
            self.workspace, list(paths), names=names, corrections=corrections or Corrections(), today=today,
            progress=progress, cancelled=cancelled,
        )  # fmt: skip
        self._open()

    @property
    def corrections(self) -> Corrections:
        """What the manager has corrected in the present data."""
        return importing.corrections_of(self.study.database)

    def correct(self, corrections: Corrections, *, today: date | None = None) -> None:
        """Apply the manager's corrections to the present data; everything that follows changes with them."""
        importing.correct(self.workspace, corrections, today=today)
        self._open()

    def diagnosis(
        self,
        progress: Callable[[str, float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Diagnosis:
        """The whole diagnosis of the present data, computed once."""
        if self._diagnosis is None:
            done = diagnose(self.runner, progress=progress, cancelled=cancelled)
            if cancelled is not None and cancelled():
                return done
            self._diagnosis = done
        return self._diagnosis

    def add_turn(self, answer: Answer) -> None:
        """Store an answer before it is shown; a turn already stored is replaced, never doubled."""
        self.state.turns = [turn for turn in self.state.turns if turn.turn != answer.turn] + [answer]
        self.save()

    def save(self) -> None:
        """Write the state: whole, under a work name, then renamed."""
        target = self.workspace.folder / "state.json"
        work = target.with_name(f"state-{secrets.token_hex(4)}.json")
        with FileLock(str(target) + ".lock"):
            with work.open("w", encoding="utf-8") as handle:
                json.dump(self._state_json(), handle, ensure_ascii=False)
                handle.flush()
                os.fsync(handle.fileno())
            os.replace(work, target)

    def close(self) -> None:
        """Close the data file."""
        if self._runner is not None:
            self._runner.study.database.close()
            self._runner = None

    def _open(self) -> None:
        self.close()
        self._runner = Runner(importing.open_study(self.workspace), FULL_CATALOG)
        self._diagnosis = None

    def _state_json(self) -> dict[str, Any]:
        state = self.state
        return {
            "language": state.language,
            "turns": ARCHIVE.dump(state.turns),
            "pins": ARCHIVE.dump(state.pins),
            "plan": ARCHIVE.dump(state.plan),
        }

    def _read_state(self) -> State:
        path = self.workspace.folder / "state.json"
        if not path.exists():
            return State()
        data = json.loads(path.read_text(encoding="utf-8"))
        return State(
            language=data["language"],
            turns=list(ARCHIVE.load(data["turns"])),
            pins=list(ARCHIVE.load(data["pins"])),
            plan=ARCHIVE.load(data["plan"]),
        )
