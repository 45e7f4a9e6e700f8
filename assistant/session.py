"""A session: a workspace, a language, the turns so far, pins and the plan. No interface in it."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from analytics import importing
from analytics.catalog import CATALOG, Runner
from analytics.datamodel.model import Corrections
from analytics.study import Study
from analytics.workspace import Workspace
from assistant.answer import Action, Answer
from assistant.archive import ARCHIVE
from assistant.diagnosis import Diagnosis, diagnose
from assistant.guidance import ANALYSIS as GUIDANCE
from assistant.llm.ledger import Ledger
from assistant.llm.settings import Settings, from_environment
from assistant.memory import Memory
from assistant.plan.plan import Plan
from assistant.planner import Dialogue, Planner
from vocabulary.errors import UserError
from vocabulary.finding import Finding
from vocabulary.language import Language

if TYPE_CHECKING:
    from assistant.llm.turn import LanguageModel, ModelTurn

_TURNS = "turns"
_MEMORY = "last-diagnosis.json"
FULL_CATALOG = (*CATALOG, GUIDANCE)


@dataclass(slots=True)
class State:
    """What the manager said and was told: in `state.json`, the answers each in its own file of `turns/`."""

    language: Language = "fr"
    turns: list[Answer] = field(default_factory=list)
    pins: list[Finding] = field(default_factory=list)
    plan: Plan = field(default_factory=Plan)
    evidence: list[Finding] = field(default_factory=list)  # what the plan's actions rest on
    ratings: dict[str, int] = field(default_factory=dict)  # turn -> 1 useful, 0 not


class Session:
    """One manager's work on one workspace.

    Opening a folder that was used before gives back its data, its conversation, its pins and its plan.
    """

    def __init__(
        self, workspace: Workspace | None = None, *, planner: Planner | None = None, model: Settings | None = None
    ) -> None:
        """Open `workspace` (a fresh temporary one by default).

        Args:
            workspace: its folder.
            planner: the embedded one unless given; a planner given is used alone, without a language model.
            model: a language model's settings; those of the environment by default.
        """
        self.workspace = workspace or Workspace.temporary()
        self._planner = planner
        self.ledger = Ledger(self.workspace.folder / "sent.jsonl")
        self._model: LanguageModel | None = None
        self._model_problem: UserError | None = None
        self._settings = model if planner is not None or model is not None else self._configured()
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

    def model_turn(self) -> ModelTurn | None:
        """A turn with the language model; None when none is configured."""
        if self._settings is None:
            return None
        if self._model is None:
            from assistant.llm.turn import LanguageModel  # and langchain only at its first question

            self._model = LanguageModel(self._settings, self.ledger)
        return self._model.turn(self.runner)

    def model_problem(self, language: Language) -> str | None:
        """Why the configured language model is not used, said to the manager; None when there is nothing to say."""
        return None if self._model_problem is None else self._model_problem.in_(language)

    def _configured(self) -> Settings | None:
        try:
            return from_environment()
        except UserError as problem:
            self._model_problem = problem
            return None

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
            paths, names, corrections, today: as `importing.import_files`, and so are `progress` and `cancelled`.
            apart: in a child process, which can be stopped whatever the file does to it.

        Raises:
            UserError: a file that is no table; the workspace is as it was.
        """
        memory = self._memory_of_present()
        read = importing.import_in_child if apart else importing.import_files
        read(
            self.workspace, list(paths), names=names, corrections=corrections or Corrections(), today=today,
            progress=progress, cancelled=cancelled,
        )  # fmt: skip
        if memory is not None:
            self._write(_MEMORY, {"memory": ARCHIVE.dump(memory)})
        self._open()

    @property
    def memory(self) -> Memory | None:
        """The diagnosis made on the data these have replaced; None when there was none."""
        path = self.workspace.folder / _MEMORY
        if not path.exists():
            return None
        memory: Memory = ARCHIVE.load(json.loads(path.read_text(encoding="utf-8"))["memory"])
        return memory

    def _memory_of_present(self) -> Memory | None:
        if self._diagnosis is None:
            return None
        model = self.study.model
        return Memory(model.as_of, model.lost.basis, model.lost.days, self._diagnosis.findings)

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
        """The whole diagnosis of the present data, computed once and kept with them."""
        if self._diagnosis is None:
            done = diagnose(self.runner, progress=progress, cancelled=cancelled)
            if cancelled is not None and cancelled():
                return done
            self._diagnosis = done
            self._write("diagnosis.json", {"of": self._data_mark(), "diagnosis": ARCHIVE.dump(done)})
        return self._diagnosis

    def add_turn(self, answer: Answer) -> None:
        """Store an answer before it is shown; a turn already stored is replaced, never doubled."""
        (self.workspace.folder / _TURNS).mkdir(exist_ok=True)
        self._write(f"{_TURNS}/{answer.turn}.json", ARCHIVE.dump(answer))  # first: `state.json` names only what is there
        self.state.turns = [turn for turn in self.state.turns if turn.turn != answer.turn] + [answer]
        self.save()

    def known_findings(self) -> tuple[Finding, ...]:
        """Every finding made so far and still at hand: the diagnosis', the plan's, the pins', the conversation's."""
        made = self._diagnosis.findings if self._diagnosis is not None else ()
        told = (finding for turn in self.state.turns for finding in turn.findings)
        found = {finding.id: finding for finding in (*told, *self.state.pins, *self.state.evidence, *made)}
        return tuple(found.values())

    def add_to_plan(self, *actions: Action) -> None:
        """Put actions in the plan with the findings they rest on, which stay with it whatever happens to the rest."""
        wanted = {key for action in actions for key in action.why}
        kept = {finding.id for finding in self.state.evidence}
        self.state.evidence += [f for f in self.known_findings() if f.id in wanted and f.id not in kept]
        self.state.plan = self.state.plan.adding(*actions)
        self.save()

    def rate(self, turn: str, useful: bool) -> None:
        """Keep what the manager thought of an answer."""
        self.state.ratings[turn] = int(useful)
        self.save()

    def save(self) -> None:
        """Write the state under a work name, then rename it; answers are already in `turns/`."""
        self._write("state.json", self._state_json())

    def close(self) -> None:
        """Close the data file, and the connection to the model."""
        if self._model is not None:
            self._model.client.close()
        if self._runner is not None:
            self._runner.study.database.close()
            self._runner = None

    def _open(self) -> None:
        self.close()
        self._runner = Runner(importing.open_study(self.workspace), FULL_CATALOG)
        self._diagnosis = self._kept_diagnosis()

    def _write(self, name: str, data: dict[str, Any]) -> None:
        target = self.workspace.folder / name
        work = target.with_name(f"{target.stem}-{secrets.token_hex(4)}.json")
        with FileLock(str(target) + ".lock"):
            with work.open("w", encoding="utf-8") as handle:
                handle.write(json.dumps(data, ensure_ascii=False))  # at once: `json.dump` writes cell by cell, ten times slower
                handle.flush()
                os.fsync(handle.fileno())
            os.replace(work, target)

    def _data_mark(self) -> str:
        """What a kept diagnosis is of: these data, read by this version of these analyses."""
        built = [analysis.name for analysis in self.runner.catalog if analysis.run is not None]
        return "/".join((self.study.database.path.name, version("noces"), *built))

    def _kept_diagnosis(self) -> Diagnosis | None:
        path = self.workspace.folder / "diagnosis.json"
        if not path.exists():
            return None
        data = json.loads(path.read_text(encoding="utf-8"))
        return ARCHIVE.load(data["diagnosis"]) if data["of"] == self._data_mark() else None

    def _read_turn(self, turn: str) -> Answer:
        text = (self.workspace.folder / _TURNS / f"{turn}.json").read_text(encoding="utf-8")
        answer: Answer = ARCHIVE.load(json.loads(text))
        return answer

    def _state_json(self) -> dict[str, Any]:
        state = self.state
        return {
            "language": state.language,
            "turns": [turn.turn for turn in state.turns],
            "pins": ARCHIVE.dump(state.pins),
            "plan": ARCHIVE.dump(state.plan),
            "evidence": ARCHIVE.dump(state.evidence),
            "ratings": state.ratings,
        }

    def _read_state(self) -> State:
        path = self.workspace.folder / "state.json"
        if not path.exists():
            return State()
        data = json.loads(path.read_text(encoding="utf-8"))
        return State(
            language=data["language"],
            turns=[self._read_turn(turn) for turn in data["turns"]],
            pins=list(ARCHIVE.load(data["pins"])),
            plan=ARCHIVE.load(data["plan"]),
            evidence=list(ARCHIVE.load(data.get("evidence", []))),
            ratings=dict(data.get("ratings", {})),
        )
