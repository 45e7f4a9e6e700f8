"""The planner with a language model: it chooses analyses and typed arguments; everything it asks is checked here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from analytics.analysis import Analysis
from analytics.catalog import Runner
from analytics.workspace import DatabaseError
from assistant.answer import Answer, Reading, Step
from assistant.embedded import wording
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import columns_of
from assistant.llm.client import Client, Deadline, Failure, ModelFailed
from assistant.llm.schema import Schema
from assistant.llm.tools import CLARIFY, Tools
from assistant.llm.values import Refused
from assistant.llm.view import View
from assistant.llm.words import PLANNING
from assistant.planner import Dialogue
from vocabulary.errors import UserError
from vocabulary.finding import Finding, Result
from vocabulary.language import Language, Text

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage

MOST_CALLS = 8
_MOST_CORRECTIONS = 2
_MOST_STEPS = 3
_EARLIER = 3  # turns told, for a follow-up
_SAME, _OTHER = 0.9, 0.6  # confidence when the embedded assistant reads the question alike, and when it does not


@dataclass(slots=True)
class _Work:
    """What the calls of a turn have come to."""

    steps: list[Step] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    choices: tuple[Analysis, ...] = ()
    calls: int = 0
    corrections: int = 0
    asked: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Call:
    name: str
    arguments: object


class Chooser:
    """One turn's exchange with the model: tools offered, calls checked and run, until it has enough."""

    def __init__(self, client: Client, tools: Tools, schema: Schema, view: View, runner: Runner) -> None:
        """Keep what the exchange needs."""
        self._client, self._tools, self._schema = client, tools, schema
        self._view, self._runner = view, runner

    def choose(
        self, question: str, language: Language, dialogue: Dialogue, names: Sequence[str], deadline: Deadline, first: Reading
    ) -> Reading:
        """Have the model choose, and say how the question was read.

        Args:
            question: already cleared of what must not leave.
            language: the asker's.
            dialogue: the earlier turns.
            names: the analyses offered.
            deadline: of the turn.
            first: what the embedded assistant reads.

        Raises:
            ModelFailed: no answer in time, or no valid call.
        """
        from langchain_core.messages import HumanMessage, SystemMessage

        told = json.dumps(self._context(question, language, dialogue), ensure_ascii=False)
        messages: list[BaseMessage] = [SystemMessage(PLANNING), HumanMessage(told)]
        offered = self._tools.offered(names)
        work = _Work()
        while work.calls < MOST_CALLS and len(work.steps) < _MOST_STEPS and not work.choices:
            try:
                reply = self._client.ask(messages, deadline, offered)
            except ModelFailed:
                if work.steps:
                    break  # what was validly chosen is kept
                raise
            calls = _calls(reply)[: MOST_CALLS - work.calls]
            if not calls:
                break
            before = len(work.steps)
            messages += self._answered(calls, work, question)
            if len(work.steps) == before and not work.choices:
                work.corrections += 1
            if work.corrections > _MOST_CORRECTIONS:
                break
        return self._reading(work, first)

    def _context(self, question: str, language: Language, dialogue: Dialogue) -> dict[str, Any]:
        return {
            "question": question,
            "language": language,
            "data_as_of": self._runner.study.as_of.isoformat(),
            "columns": [column.describe() for column in self._schema.columns],
            "earlier_turns": [self._turn(answer) for answer in dialogue.answers[-_EARLIER:] if answer.reading.steps],
        }

    def _turn(self, answer: Answer) -> dict[str, Any]:
        """An earlier turn as its calls, in the model's own terms; its words and its numbers are not told again."""
        return {
            "question": self._view.question(answer.question),
            "calls": [{"tool": step.analysis, "arguments": self._coded(step.arguments)} for step in answer.reading.steps],
        }

    def _coded(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        coded: dict[str, Any] = {}
        for key, value in arguments.items():
            if key in ("segment", "purchase_filter"):
                told = [self._condition(condition) for condition in value]
                coded[key] = [condition for condition in told if condition]
            elif key == "by":
                names = [value] if isinstance(value, str) else list(value)
                codes = [self._schema.code_of(name) or name for name in names]
                coded[key] = codes[0] if isinstance(value, str) else codes
            elif key == "column":
                coded[key] = self._schema.code_of(value)
            elif key not in ("customer", "question"):
                coded[key] = value
        return coded

    def _condition(self, condition: Mapping[str, Any]) -> dict[str, Any] | None:
        code = self._schema.code_of(condition["field"])
        values = [self._view.word(value) if isinstance(value, str) else value for value in condition["values"]]
        return None if code is None else {"field": code, "operator": condition["operator"], "values": values}

    def _answered(self, calls: Sequence[_Call], work: _Work, question: str) -> list[BaseMessage]:
        """The model's calls under names of our own (its may be doubled, its arguments unreadable), each with an answer."""
        from langchain_core.messages import AIMessage, ToolMessage
        from langchain_core.messages.tool import ToolCall

        said, answers = [], []
        for call in calls:
            work.calls += 1
            key = f"call_{work.calls}"
            known = call.name if call.name in (*self._tools.names, CLARIFY) else "unknown"
            arguments = call.arguments if isinstance(call.arguments, dict) else {}
            said.append(ToolCall(name=known, args=arguments if known != "unknown" else {}, id=key))
            answers.append(ToolMessage(json.dumps(self._run(call, work, question), ensure_ascii=False), tool_call_id=key))
        return [AIMessage("", tool_calls=said), *answers]

    def _run(self, call: _Call, work: _Work, question: str) -> dict[str, Any]:
        """Run a call, or say why it is refused."""
        if len(work.steps) >= _MOST_STEPS:
            return {"refused": "enough analyses for one question"}
        try:
            if call.name == CLARIFY:
                work.choices = () if work.steps else self._tools.choices(call.arguments)
                return {"asked": bool(work.choices)}
            step = self._tools.step(call.name, call.arguments)
            key = json.dumps([step.analysis, dict(step.arguments)], sort_keys=True, default=str)
            if key in work.asked:
                return {"refused": "already called: its result stands above"}
            given = {**step.arguments, **({"question": question} if step.analysis == "guidance" else {})}
            result = self._runner.run(step.analysis, given)
        except Refused as problem:
            return {"refused": str(problem)}
        except UserError as problem:
            return {"refused": self._view.sentence(problem.sentence) or "not possible on these data"}
        except (ValidationError, DatabaseError) as problem:
            if type(problem).__name__ == "InterruptException":
                raise  # the manager stopped the turn
            return {"refused": "not possible on these data"}
        work.asked.add(key)
        work.steps.append(step)
        work.results.append(result)
        return self._view.of(result)

    def _reading(self, work: _Work, first: Reading) -> Reading:
        if work.choices and not work.steps:
            offered = tuple(Text(choice.examples["fr"][0], choice.examples["en"][0]) for choice in work.choices)
            return Reading("clarify", (), _OTHER, wording.which_one(), offered)
        if not work.steps:
            raise ModelFailed(Failure.UNUSABLE)
        pairs = list(zip(work.steps, work.results, strict=True))
        answered = isinstance(pairs[0][1], Finding)  # what was asked first and cannot be answered is said, not hidden
        steps = [step for step, result in pairs if isinstance(result, Finding) or not answered]
        alike = bool(first.steps) and first.steps[0].analysis == steps[0].analysis
        main = Prepared(steps[0].analysis, dict(steps[0].arguments))
        said = wording.understood(main, columns_of(self._runner.study))
        return Reading("answered", tuple(steps), _SAME if alike else _OTHER, said)


def _calls(reply: AIMessage) -> list[_Call]:
    """Every call of a reply, in order, those with unreadable arguments too: each must be answered."""
    if reply.response_metadata.get("finish_reason") == "length":
        return [_Call("", None)]  # cut short: what was meant cannot be known
    pieces = getattr(reply, "tool_call_chunks", None)
    if pieces:  # of a stream: the library mends cut JSON without a word, and a filter may be lost on the way
        return [_Call(piece["name"] or "", _parsed(piece["args"] or "{}")) for piece in pieces]
    good = [_Call(call["name"], call["args"]) for call in reply.tool_calls]
    return good + [_Call(call.get("name") or "", call.get("args")) for call in reply.invalid_tool_calls]


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
