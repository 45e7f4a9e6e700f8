"""What an analysis returns: a claim with its numbers and its evidence, or what is missing to say anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from vocabulary.estimate import Estimate, Unit
from vocabulary.language import Text
from vocabulary.sentence import Sentence
from vocabulary.themes import Strength, Theme


class SetAsideWhy(StrEnum):
    """Why a column explains nothing here. Closed: published in `docs/schema/`."""

    LEAK = "leak"  # only known once the customer has gone
    IDENTIFIER = "identifier"
    CONSTANT = "constant"
    TOO_SPARSE = "too_sparse"
    TOO_MANY_VALUES = "too_many_values"
    PERSONAL = "personal"
    FREE_TEXT = "free_text"
    DUPLICATE = "duplicate"  # says the same as another column, which was kept
    NOT_STABLE = "not_stable"  # does not hold over resamples or within strata
    NO_EFFECT = "no_effect"
    LABEL = "label"  # it defines who is lost
    CLOCK = "clock"  # it measures time itself: see leak_points
    UNDATED = "undated"  # activity as it stands today, in a file with dated departures: it follows them


class DriverKind(StrEnum):
    """What a driver is to a departure: see contract, `churn_drivers`."""

    CAUSE = "cause"
    PROFILE = "profile"
    SYMPTOM = "symptom"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A column left out of an analysis, and why; `column` as it stands in the file."""

    column: str
    why: SetAsideWhy


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table shown: its stable code, its title, and the unit of its numbers (None for words, dates)."""

    name: str
    title: Text
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows shown as evidence; `truncated` when there were more. Cells: str, int, float, bool, date or None."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False


class ChartKind(StrEnum):
    """The forms a chart can take; `assistant/charts.py` is the only place that draws them."""

    BAR = "bar"  # x: number with low/high, y: category
    LINE = "line"  # x: date or number, y: number with low/high, colour: optional category
    STACK = "stack"  # x: date, y: number, colour: category
    HEATMAP = "heatmap"  # x, y: categories, colour: number


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw from the finding's own table. Field names are `Column.name`s of that table.

    `title` says what the chart shows ("Referral keeps its customers longest"), not what it is; `subtitle` of whom it is,
    when that must be read with it.
    """

    kind: ChartKind
    title: Sentence
    x: str
    y: str
    color: str | None = None
    low: str | None = None
    high: str | None = None
    table: Table | None = None  # when the chart draws other rows than the finding's table
    subtitle: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim and all that holds it up.

    Args:
        analysis: name in the catalogue.
        claim: the headline, one sentence.
        measures: the numbers; the one that answers the question is first.
        facts: up to three supporting sentences.
        items: the ranked things (drivers, channels, customers), shapes per `contract.md`; texts in items are `Text`.
        table, chart, queries: the evidence.
        caveats: what weakens it, strongest first.
        set_aside: columns left out.
        strength: how much it can carry.
        themes: what it is about, most important first (chooses guidance and actions).
        doubt: what would change our mind.
        next_questions: up to three questions worth asking next (no digits needed: plain `Text`).
        arguments: the parameters it was run with.
    """

    analysis: str
    claim: Sentence
    measures: tuple[Estimate, ...] = ()
    facts: tuple[Sentence, ...] = ()
    items: tuple[Mapping[str, Any], ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    queries: tuple[str, ...] = ()
    caveats: tuple[Sentence, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    strength: Strength = Strength.MODERATE
    themes: tuple[Theme, ...] = ()
    doubt: Sentence | None = None
    next_questions: tuple[Text, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """A short stable name: the analysis, and a hash of its arguments and its numbers."""
        numbers = [(m.name, m.value) for m in self.measures]
        seed = json.dumps([self.analysis, dict(self.arguments), numbers], sort_keys=True, default=str)
        return f"{self.analysis}-{hashlib.sha256(seed.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """What an analysis says when the data cannot answer: a result, not an exception.

    `missing` names what is missing in one word or role (`churn_label`, `too_few_customers`, `planned`);
    `reason` says it to the manager; `would_unlock` says which column or file would answer.
    """

    analysis: str
    missing: str
    reason: Sentence
    would_unlock: Sentence
    arguments: Mapping[str, Any] = field(default_factory=dict)


Result = Finding | NotApplicable
