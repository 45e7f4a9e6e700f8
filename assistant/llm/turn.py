"""A session's language model, and one turn with it: it plans and words when it can, the embedded assistant otherwise."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Literal

from analytics.catalog import Runner
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded.dialogue import kind_of
from assistant.embedded.planner import EmbeddedPlanner
from assistant.embedded.refusals import refusal
from assistant.llm.client import Client, Deadline, Failure, ModelFailed
from assistant.llm.ledger import Ledger
from assistant.llm.masking import Mask, Registry
from assistant.llm.planner import Chooser
from assistant.llm.schema import Schema, read_schema
from assistant.llm.settings import Settings
from assistant.llm.tools import Tools
from assistant.llm.view import View
from assistant.llm.words import NOTICES, WORDING_FAILED, WORDING_KEPT
from assistant.llm.writer import Writer
from assistant.planner import Dialogue
from vocabulary.finding import Result
from vocabulary.language import Language, Text

_MOST_REQUESTS = 8
_OFFERED = 16  # analyses offered: the likeliest by the embedded ranking
_ALWAYS = ("explore", "churn_rate", "churn_drivers", "guidance")
# What the embedded assistant does alone: courtesies, and orders about the turn before.
_ALONE = frozenset({"hello", "thanks", "stop", "add_to_plan", "pin", "export", "list"})


class LanguageModel:
    """The configured model of one session: its client, its ledger, its placeholders, its recent failures."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        """Keep what every turn needs; nothing is sent and langchain is not imported before the first turn."""
        self.settings, self.ledger, self.embedded = settings, ledger, EmbeddedPlanner()
        self.client = Client(settings, ledger)
        self.registry = Registry()
        self._failed, self._resting_until = 0, 0.0
        self._mask: Mask | None = None
        self._tools: tuple[Runner, Schema, Tools] | None = None

    def turn(self, runner: Runner) -> ModelTurn:
        """A new turn on the present data."""
        return ModelTurn(self, runner)

    def mask(self, study: Study) -> Mask:
        """What hides names and values of this study."""
        if self._mask is None or self._mask.study.database is not study.database:
            self._mask = Mask(study, self.registry, strict=self.settings.strict)
        return self._mask

    def tools(self, runner: Runner) -> tuple[Schema, Tools]:
        """What may be called on the present data, read once."""
        if self._tools is None or self._tools[0] is not runner:
            schema = read_schema(runner.study, self.mask(runner.study))
            self._tools = runner, schema, Tools(runner.catalog, schema, runner.study, self.registry)
        return self._tools[1:]

    @property
    def resting(self) -> bool:
        """Whether the model failed so often just before that it is left alone."""
        return time.monotonic() < self._resting_until

    def note(self, *, failed: bool) -> None:
        """Remember how a turn went."""
        self._failed = self._failed + 1 if failed else 0
        if self._failed >= self.settings.patience.failures:
            self._failed, self._resting_until = 0, time.monotonic() + self.settings.patience.rest


class ModelTurn:
    """One turn; a `Planner`, and the one that words the answer. `planner` and `notice` say what became of it."""

    def __init__(self, model: LanguageModel, runner: Runner) -> None:
        """Begin with nothing sent."""
        self._model, self._runner = model, runner
        self._deadline: Deadline | None = None
        self._question = ""
        self._notice: Text | None = None
        self.planner: Literal["embedded", "llm"] = "embedded"

    def notice(self, language: Language) -> str | None:
        """What the manager is told when the model did not do its part."""
        return self._notice.in_(language) if self._notice is not None else None

    def read(self, question: str, language: Language, dialogue: Dialogue, study: Study) -> Reading:
        """Read a question: refusals and orders by rule, the rest by the model, by the embedded assistant if it fails."""
        embedded = self._model.embedded
        first = embedded.read(question, language, dialogue, study)
        if refusal(question) is not None or kind_of(question) in _ALONE:
            return first
        if self._model.resting:
            self._notice = NOTICES[Failure.RESTING]
            return first
        names = [name for name, _ in embedded.rank(question, language, dialogue, study)]
        try:
            chosen = self._chosen(question, language, dialogue, study, names, first)
        except ModelFailed as problem:
            self._model.note(failed=problem.failure is not Failure.UNUSABLE)
            if problem.failure is not Failure.UNUSABLE or first.status != "declined":  # both agree it is out of scope
                self._notice = NOTICES[problem.failure]
            return first
        self._model.note(failed=False)
        self.planner = "llm"
        return chosen

    def reword(self, words: str, reading: Reading, results: Sequence[Result], language: Language, currency: str | None) -> str:
        """The answer's words, the model's where they may be shown.

        Args:
            words: the answer as composed.
            reading: how the question was read.
            results: of its steps.
            language: the asker's.
            currency: of the file.
        """
        if self.planner == "embedded" or self._deadline is None or not results:
            return words
        writer = Writer(self._model.client, self._view(language), self._model.registry)
        try:
            worded = writer.reword(words, self._question, reading, results, language, currency, self._deadline)
        except ModelFailed:
            self._notice = WORDING_FAILED
            return words
        if worded is None:
            self._notice = WORDING_KEPT
        return words if worded is None else worded

    def _view(self, language: Language) -> View:
        return View(self._runner, self._model.mask(self._runner.study), language)

    def _chosen(
        self, question: str, language: Language, dialogue: Dialogue, study: Study, names: list[str], first: Reading
    ) -> Reading:
        model = self._model
        model.client.warm()
        mask = model.mask(study)
        self._question = mask.question(question)
        schema, tools = model.tools(self._runner)
        likely = [name for name in names if name in tools.names and name not in _ALWAYS]
        offered = [*(name for name in _ALWAYS if name in tools.names), *likely][:_OFFERED]
        self._deadline = Deadline.after(model.settings.patience.total, _MOST_REQUESTS)
        chooser = Chooser(model.client, tools, schema, self._view(language), self._runner)
        return chooser.choose(self._question, language, dialogue, offered, self._deadline, first)
