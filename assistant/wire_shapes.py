"""The shapes of the JSON other programs read: the pydantic models of the contract, published in `docs/schema/`.

`python -m assistant.wire_shapes` rewrites them; a test fails when they are stale.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from analytics.datamodel.model import Choice, ColumnType, LostBasis, QuestionAbout
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.signs import Sign
from vocabulary.estimate import Unit
from vocabulary.finding import SetAsideWhy
from vocabulary.language import Language
from vocabulary.themes import JourneyStage, Severity, Strength, Theme


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MeasureJson(_Model):
    """One number with its doubt."""

    name: str
    value: float | str | None
    unit: Unit | None
    low: float | None
    high: float | None
    n: int | None
    method: str


class TableJson(_Model):
    """Evidence rows; `columns` are stable codes."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool


class SetAsideJson(_Model):
    """A column left out, and why."""

    column: str
    why: SetAsideWhy


class FindingJson(_Model):
    """A finding in one language."""

    id: str
    analysis: str
    claim: str
    facts: list[str]
    measures: list[MeasureJson]
    items: list[dict[str, Any]]
    table: TableJson | None
    chart: dict[str, Any] | None
    sql: list[str]
    caveats: list[str]
    doubt: str | None
    set_aside: list[SetAsideJson]
    strength: Strength
    themes: list[Theme]
    arguments: dict[str, Any]


class AnalysisCallJson(_Model):
    """An analysis that was run, with its arguments."""

    name: str
    arguments: dict[str, Any]


class ReadingJson(_Model):
    """How the question was read."""

    analyses: list[AnalysisCallJson]
    confidence: float = Field(ge=0, le=1)
    sentence: str
    choices: list[str]


class CitationJson(_Model):
    """A guidance passage that was used."""

    card: str
    title: str
    excerpt: str
    source: str
    strength: Strength


class TargetJson(_Model):
    """Who an action is for."""

    rule: str
    sql: str
    count: int


class CostJson(_Model):
    """What an action costs, as a range with what it assumes."""

    low: float
    high: float
    unit: str
    assumptions: list[str]


class EffectJson(_Model):
    """What an action may bring, as a range with its basis."""

    metric: str
    low: float
    high: float
    unit: str
    basis: str


class ActionJson(_Model):
    """A recommendation."""

    id: str
    stage: JourneyStage
    title: str
    target: TargetJson
    why: list[str]
    how: list[str]
    offer: str
    effort: str
    cost: CostJson
    effect: EffectJson
    indicator: str
    control_group: int
    when: str
    stop_rule: str
    priority: int
    strength: Strength
    reason: str | None


class AnswerJson(_Model):
    """One answer."""

    question: str
    language: Language
    status: Literal["answered", "clarify", "cannot_answer", "declined"]
    reading: ReadingJson
    text: str
    findings: list[FindingJson]
    guidance: list[CitationJson]
    actions: list[ActionJson]
    follow_ups: list[str]
    planner: Literal["embedded", "llm"]
    seconds: float
    notice: str | None


class NotAnswerableJson(_Model):
    """An analysis the files cannot feed yet."""

    analysis: str
    missing: str
    reason: str
    would_unlock: str


class ColumnJson(_Model):
    """What a column was taken to be."""

    name: str
    type: ColumnType
    role: Role | None
    confidence: float
    evidence: str
    personal: bool


class DataTableJson(_Model):
    """What a table was taken to be; rows + rejected_rows = present_rows."""

    file: str
    table: str
    kind: TableKind
    confidence: float
    evidence: str
    rows: int
    rejected_rows: int
    present_rows: int
    notes: list[str]
    columns: list[ColumnJson]


class KeyJson(_Model):
    """A join between two tables, by file and header."""

    left_table: str
    left_column: str
    right_table: str
    right_column: str
    role: Role
    coverage: float


class HealthEffectJson(_Model):
    """How a defect moves a headline: the figure with it, the figure without it."""

    measure: str
    unit: Unit
    kept: float | None
    without: float | None
    sentence: str


class HealthJson(_Model):
    """A defect of the data, what it changes, and what can be done about it."""

    check: str
    severity: Severity
    count: int
    detail: str
    file: str | None
    column: str | None
    effect: HealthEffectJson | None
    choices: list[str]  # of apply, ignore, lines
    choice: Choice | None  # what was done




class QuestionAnswerJson(_Model):
    """An answer to the question, and the corrections (as in `--roles FILE.json`) that say it."""

    sentence: str
    corrections: dict[str, Any]


class QuestionJson(_Model):
    """The one question to the manager, when something that matters is not sure."""

    about: QuestionAbout
    sentence: str
    file: str
    column: str | None
    answers: list[QuestionAnswerJson]


class DataJson(_Model):
    """What was understood of the files."""

    tables: list[DataTableJson]
    keys: list[KeyJson]
    health: list[HealthJson]
    as_of: date
    question: QuestionJson | None = None


class LostJson(_Model):
    """Who counts as lost."""

    basis: LostBasis
    days: int | None
    column: str | None
    lost_values: list[str]
    evidence: str
    as_of: date
    sign: Sign


class DiagnosisJson(_Model):
    """What `noces diagnose --json` prints."""

    data: DataJson
    lost_definition: LostJson
    findings: list[FindingJson]
    not_answerable: list[NotAnswerableJson]
    actions: list[ActionJson]


SCHEMAS: dict[str, type[BaseModel]] = {
    "answer": AnswerJson, "finding": FindingJson, "action": ActionJson, "data": DataJson, "diagnosis": DiagnosisJson,
}  # fmt: skip


def write_schemas(folder: Path) -> None:
    """Write one JSON Schema a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in SCHEMAS.items():
        text = json.dumps(model.model_json_schema(), indent=1, ensure_ascii=False) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(__file__).resolve().parent.parent / "docs" / "schema")
