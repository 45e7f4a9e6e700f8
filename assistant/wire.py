"""The JSON other programs read: pydantic models of the contract, and the only place that renders a finding in one language.

`python -m assistant.wire` rewrites `docs/schema/`; a test fails when it is stale.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from analytics.datamodel.corrections import dump_corrections
from analytics.datamodel.model import Choice, ColumnProfile, ColumnType, DataModel, Effect, LostBasis, QuestionAbout
from analytics.datamodel.roles import PERSONAL_ROLES, Role, TableKind
from assistant.answer import Action, Answer
from assistant.charts import vega_lite
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding, NotApplicable, SetAsideWhy
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence
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


def finding_json(finding: Finding, language: Language, currency: str | None = None) -> FindingJson:
    """Render a finding in one language."""

    def say(sentence: Sentence) -> str:
        return sentence.render(language, currency)

    return FindingJson(
        id=finding.id,
        analysis=finding.analysis,
        claim=say(finding.claim),
        facts=[say(fact) for fact in finding.facts],
        measures=[_measure(measure) for measure in finding.measures],
        items=[plain(dict(item), language, currency) for item in finding.items],
        table=None
        if finding.table is None
        else TableJson(
            columns=[column.name for column in finding.table.columns],
            rows=[[plain(cell, language, currency) for cell in row] for row in finding.table.rows],
            truncated=finding.table.truncated,
        ),
        chart=vega_lite(finding, language, currency) if finding.chart else None,
        sql=list(finding.queries),
        caveats=[say(caveat) for caveat in finding.caveats],
        doubt=say(finding.doubt) if finding.doubt else None,
        set_aside=[SetAsideJson(column=aside.column, why=aside.why) for aside in finding.set_aside],
        strength=finding.strength,
        themes=list(finding.themes),
        arguments=plain(dict(finding.arguments), language, currency),
    )


def not_answerable_json(result: NotApplicable, language: Language) -> NotAnswerableJson:
    """Render what is missing, in one language."""
    return NotAnswerableJson(
        analysis=result.analysis,
        missing=result.missing,
        reason=result.reason.render(language),
        would_unlock=result.would_unlock.render(language),
    )


def action_json(action: Action, language: Language, currency: str | None = None) -> ActionJson:
    """Render an action in one language."""

    def say(sentence: Sentence) -> str:
        return sentence.render(language, currency)

    return ActionJson(
        id=action.id,
        stage=action.stage,
        title=say(action.title),
        target=TargetJson(rule=say(action.rule), sql=action.sql, count=action.count),
        why=list(action.why),
        how=list(action.how),
        offer=say(action.offer),
        effort=say(action.effort),
        cost=CostJson(
            low=action.cost.low,
            high=action.cost.high,
            unit=action.cost.unit,
            assumptions=[say(action.cost.basis), *(say(assumption) for assumption in action.assumptions)],
        ),
        effect=EffectJson(
            metric=action.effect_metric.in_(language),
            low=action.effect.low,
            high=action.effect.high,
            unit=action.effect.unit,
            basis=say(action.effect.basis),
        ),
        indicator=say(action.indicator),
        control_group=action.control_group,
        when=say(action.when),
        stop_rule=say(action.stop_rule),
        priority=action.priority,
        strength=action.strength,
        reason=None if action.reason is None else say(action.reason),
    )


def answer_json(answer: Answer, currency: str | None = None) -> AnswerJson:
    """Render an answer in its own language."""
    language = answer.language
    return AnswerJson(
        question=answer.question,
        language=language,
        status=answer.status,
        reading=ReadingJson(
            analyses=[
                AnalysisCallJson(name=step.analysis, arguments=plain(dict(step.arguments), language, currency))
                for step in answer.reading.steps
            ],
            confidence=answer.reading.confidence,
            sentence=answer.reading.sentence.render(language, currency),
            choices=[choice.in_(language) for choice in answer.reading.choices],
        ),
        text=answer.text,
        findings=[finding_json(finding, language, currency) for finding in answer.findings],
        guidance=[
            CitationJson(card=c.card, title=c.title, excerpt=c.excerpt, source=c.source, strength=c.strength)
            for c in answer.guidance
        ],
        actions=[action_json(action, language, currency) for action in answer.actions],
        follow_ups=list(answer.follow_ups),
        planner=answer.planner,
        seconds=answer.seconds,
        notice=answer.notice,
    )


def data_json(model: DataModel, language: Language) -> DataJson:
    """Render what was understood of the files."""
    readings = {reading.table: reading for reading in model.readings}
    files = {table.table: table for table in model.tables}
    bindings = {(binding.table, binding.column): binding for binding in model.bindings}
    tables = []
    for table in model.tables:
        reading = readings[table.table]
        columns = []
        for column in table.columns:
            binding = bindings.get((table.table, column.column))
            columns.append(
                ColumnJson(
                    name=column.name,
                    type=column.type,
                    role=binding.role if binding else None,
                    confidence=binding.confidence if binding else 0.0,
                    evidence=binding.evidence.render(language) if binding else "",
                    personal=bool(binding and binding.role in PERSONAL_ROLES) or any("@" in shown for shown in column.examples),
                )
            )
        tables.append(
            DataTableJson(
                file=table.file,
                table=table.table,
                kind=reading.kind,
                confidence=reading.confidence,
                evidence=reading.evidence.render(language),
                rows=table.rows,
                rejected_rows=table.set_aside,
                present_rows=table.present,
                notes=[note.render(language) for note in table.notes],
                columns=columns,
            )
        )
    keys = [
        KeyJson(
            left_table=files[key.left_table].file,
            left_column=_header(files[key.left_table].columns, key.left_column),
            right_table=files[key.right_table].file,
            right_column=_header(files[key.right_table].columns, key.right_column),
            role=key.role,
            coverage=key.coverage,
        )
        for key in model.keys
    ]
    health = [
        HealthJson(
            check=check.check, severity=check.severity, count=check.count,
            detail=check.detail.render(language, model.currency), file=check.file, column=check.column,
            effect=_effect(check.effect, language, model.currency), choices=list(check.choices), choice=check.choice,
        )
        for check in model.health
    ]  # fmt: skip
    asked = _question_json(model, language)
    return DataJson(tables=tables, keys=keys, health=health, as_of=model.as_of, question=asked)


def _effect(effect: Effect | None, language: Language, currency: str | None) -> HealthEffectJson | None:
    if effect is None:
        return None
    return HealthEffectJson(
        measure=effect.name, unit=effect.kept.unit, kept=effect.kept.value, without=effect.without.value,
        sentence=effect.said.render(language, currency),
    )  # fmt: skip


def _question_json(model: DataModel, language: Language) -> QuestionJson | None:
    asked = model.question
    if asked is None:
        return None
    answers = [
        QuestionAnswerJson(sentence=answer.words.render(language), corrections=dump_corrections(answer.corrections))
        for answer in asked.answers
    ]
    return QuestionJson(
        about=asked.about, sentence=asked.words.render(language), file=asked.file, column=asked.column, answers=answers
    )


def lost_json(model: DataModel, language: Language) -> LostJson:
    """Render the definition of lost."""
    lost = model.lost
    return LostJson(
        basis=lost.basis,
        days=lost.days,
        column=lost.column,
        lost_values=list(lost.lost_values),
        evidence=lost.evidence.render(language, model.currency),
        as_of=model.as_of,
    )


def plain(value: Any, language: Language, currency: str | None = None) -> Any:
    """Turn a value of a finding into JSON: texts in one language, money as numbers, dates in ISO."""
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, Sentence):
        return value.render(language, currency)
    if isinstance(value, Estimate):
        return value.value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {str(key): plain(item, language, currency) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item, language, currency) for item in value]
    if isinstance(value, BaseModel):
        return plain(value.model_dump(), language, currency)
    return value


def _measure(estimate: Estimate) -> MeasureJson:
    return MeasureJson(
        name=estimate.name, value=estimate.value, unit=estimate.unit, low=estimate.low, high=estimate.high,
        n=estimate.n, method=estimate.method,
    )  # fmt: skip


def _header(columns: tuple[ColumnProfile, ...], internal: str) -> str:
    return next(column.name for column in columns if column.column == internal)


def write_schemas(folder: Path) -> None:
    """Write one JSON Schema a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in SCHEMAS.items():
        text = json.dumps(model.model_json_schema(), indent=1, ensure_ascii=False) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(__file__).resolve().parent.parent / "docs" / "schema")
