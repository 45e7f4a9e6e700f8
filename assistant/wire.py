"""The only place that renders a finding, an answer or what the files are in one language, as the JSON other programs read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from analytics.datamodel.corrections import dump_corrections
from analytics.datamodel.model import ColumnProfile, DataModel, Effect
from analytics.datamodel.roles import PERSONAL_ROLES
from assistant.answer import Action, Answer
from assistant.charts import vega_lite
from assistant.wire_shapes import (
    ActionJson,
    AnalysisCallJson,
    AnswerJson,
    CitationJson,
    ColumnJson,
    CostJson,
    DataJson,
    DataTableJson,
    EffectJson,
    FindingJson,
    HealthEffectJson,
    HealthJson,
    KeyJson,
    LostJson,
    MeasureJson,
    NotAnswerableJson,
    QuestionAnswerJson,
    QuestionJson,
    ReadingJson,
    SetAsideJson,
    TableJson,
    TargetJson,
)
from vocabulary.estimate import Estimate
from vocabulary.finding import Finding, NotApplicable
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence


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
        sign=lost.sign,
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
