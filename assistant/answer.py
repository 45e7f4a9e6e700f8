"""What the assistant says: the reading of a question, the answer, actions and the plan. Frozen values, no drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from vocabulary.finding import Finding, NotApplicable
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence
from vocabulary.themes import JourneyStage, Strength, Theme

Status = Literal["answered", "clarify", "cannot_answer", "declined"]


@dataclass(frozen=True, slots=True)
class Step:
    """One analysis to run, with plain-data arguments. A planner returns steps, never prose with numbers."""

    analysis: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was taken.

    Args:
        status: `answered` when steps are to be run; else `clarify`, `cannot_answer`, `declined`.
        steps: the analyses, the one that answers first.
        confidence: 0..1, calibrated.
        sentence: the reading, said to the manager in one line.
        choices: for `clarify`, two or three questions to click (each is a full question in the asker's language).
        command: what else was asked: add the last findings to the plan, export, show the list, stop.
        left_out: what was understood and could not be honoured, said in the answer itself: a figure of everything would pass for the one asked.
    """

    status: Status
    steps: tuple[Step, ...]
    confidence: float
    sentence: Sentence
    choices: tuple[Text, ...] = ()
    command: Literal["add_to_plan", "export", "show_list", "pin"] | None = None
    left_out: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A piece of guidance that was retrieved and used."""

    card: str
    title: str
    excerpt: str
    source: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Range:
    """A cost or an effect, as a range with its basis; `unit` is a `Unit` value."""

    low: float
    high: float
    unit: str
    basis: Sentence


@dataclass(frozen=True, slots=True)
class Action:
    """A recommendation tied to findings and guidance, shape per `contract.md`."""

    id: str
    stage: JourneyStage
    title: Sentence
    rule: Sentence  # who is targeted, in words
    segment: tuple[Mapping[str, Any], ...]  # the same as a Segment's JSON
    sql: str
    count: int
    why: tuple[str, ...]  # finding ids
    how: tuple[str, ...]  # card ids
    offer: Sentence
    effort: Sentence
    cost: Range
    assumptions: tuple[Sentence, ...]
    effect_metric: Text
    effect: Range
    indicator: Sentence
    control_group: int
    when: Sentence
    stop_rule: Sentence
    priority: int
    strength: Strength
    themes: tuple[Theme, ...] = ()
    reason: Sentence | None = None  # what in the finding calls for it, when its claim is about something else


@dataclass(frozen=True, slots=True)
class Answer:
    """One turn's answer: both languages are in the findings; `language` is the asker's."""

    question: str
    language: Language
    status: Status
    reading: Reading
    text: str  # markdown, complete on its own
    findings: tuple[Finding, ...] = ()
    not_applicable: tuple[NotApplicable, ...] = ()
    guidance: tuple[Citation, ...] = ()
    actions: tuple[Action, ...] = ()
    follow_ups: tuple[str, ...] = ()
    planner: Literal["embedded", "llm"] = "embedded"
    seconds: float = 0.0
    turn: str = ""
    notice: str | None = None  # e.g. the model's server did not answer: answered by the embedded assistant
