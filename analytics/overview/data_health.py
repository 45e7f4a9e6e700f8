"""D3: what is wrong in the files, how it changes the diagnosis, and what they cannot tell yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.analysis import Analysis, Parameters
from analytics.datamodel.health import title_of
from analytics.datamodel.model import HealthCheck
from analytics.measures.cautions import words
from analytics.overview.covered_days import covered_days
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Severity, Strength, Theme

_ORDER = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.INFO: 2}
_SEVERITY = {
    Severity.BLOCKING: Text("bloquant", "blocking"),
    Severity.WARNING: Text("à vérifier", "to check"),
    Severity.INFO: Text("pour information", "for information"),
}


class HealthParameters(Parameters):
    """`days`: the days the files cover are asked for."""

    days: bool = False


def _run(study: Study, parameters: Parameters) -> Result:
    if isinstance(parameters, HealthParameters) and parameters.days:
        return covered_days(study)
    model = study.model
    checks = sorted(model.health, key=lambda check: (_ORDER[check.severity], -_size(check), -check.count))
    missing = study.unanswered() if study.unanswered is not None else ()
    serious = [check for check in checks if check.severity is not Severity.INFO]
    loaded, left_out, there = model.lines
    present, rows, aside = _count("rows_present", there), _count("rows_loaded", loaded), _count("rows_set_aside", left_out)
    defects = _count("defects_to_check", len(serious))
    claim = _claim(serious, rows, aside, present, defects)
    return Finding(
        "data_health",
        claim,
        measures=(defects, rows, aside, present),
        facts=_facts(checks, missing),
        items=(*(_item(check) for check in checks), *(_unlock(question, result) for question, result in missing)),
        table=Table(
            (
                Column("check", Text("contrôle", "check")),
                Column("severity", Text("gravité", "severity")),
                Column("count", Text("nombre", "count"), Unit.COUNT),
                Column("detail", Text("ce que cela change", "what it changes")),
                Column("effect", Text("effet sur le chiffre", "effect on the figure")),
            ),
            tuple(
                (title_of(check.check), _SEVERITY[check.severity], check.count, check.detail, check.effect and check.effect.said)
                for check in checks
            ),
        ),
        strength=Strength.STRONG,
        themes=(Theme.DATA,),
        doubt=say(
            "Une colonne que nous aurions mal comprise : corrigez-la sur la page des données, tout suivra.",
            "A column we misread: correct it on the data page, and everything follows.",
        ),
        next_questions=(
            Text("Qu’est-ce qu’un client perdu, ici ?", "What counts as a lost customer here?"),
            Text("Comment va la relation avec mes clients ?", "How healthy is our customer relationship?"),
        ),
    )


def _size(check: HealthCheck) -> float:
    return check.effect.size if check.effect is not None else 0.0


def _facts(checks: list[HealthCheck], missing: Sequence[tuple[Text, NotApplicable]]) -> tuple[Sentence, ...]:
    """The strongest defects with what they change, and the first question that a column would unlock."""
    if not missing:
        return tuple(words(check) for check in checks[:3])
    question, result = missing[0]
    unlock = say(
        "Sans réponse pour l’instant : {count} questions, dont « {question} ». {column}",
        "Not answerable yet: {count} questions, among them “{question}”. {column}",
        count=_count("questions_without_answer", len(missing)), question=question, column=result.would_unlock,
    )  # fmt: skip
    return (*(words(check) for check in checks[:2]), unlock)


def _item(check: HealthCheck) -> dict[str, Any]:
    effect = check.effect
    return {
        "check": check.check, "severity": check.severity, "count": check.count, "detail": check.detail, "file": check.file,
        "column": check.column, "choices": list(check.choices), "choice": check.choice,
        "effect": None if effect is None else {
            "measure": effect.name, "unit": effect.kept.unit, "kept": effect.kept, "without": effect.without,
            "sentence": effect.said,
        },
    }  # fmt: skip


def _unlock(question: Text, result: NotApplicable) -> dict[str, Any]:
    """A question without an answer yet, and the column that would give one."""
    return {
        "check": "not_answerable", "question": question, "analysis": result.analysis, "missing": result.missing,
        "would_unlock": result.would_unlock,
    }  # fmt: skip


def _claim(serious: list[HealthCheck], rows: Estimate, aside: Estimate, present: Estimate, defects: Estimate) -> Sentence:
    left = Text("écartée" if (aside.value or 0) < _PLURAL else "écartées", "set aside")  # in French, none and one are singular
    if not serious:
        return say(
            "Vos données sont saines : {rows} lignes lues sur {present}, {aside} {set_aside}, aucun défaut qui change le diagnostic.",
            "Your data are sound: {rows} of {present} rows read, {aside} {set_aside}, no defect that changes the diagnosis.",
            rows=rows, present=present, aside=aside, set_aside=left,
        )  # fmt: skip
    return say(
        "{rows} lignes lues sur {present}, {aside} {set_aside} ; points à vérifier avant de décider : {defects}.",
        "{rows} of {present} rows read, {aside} {set_aside}; points to check before deciding: {defects}.",
        rows=rows, present=present, aside=aside, defects=defects, set_aside=left,
    )  # fmt: skip


_PLURAL = 2  # the least that is several


def _count(name: str, value: int) -> Estimate:
    return Estimate(name, value, Unit.COUNT, n=value, method="exact count")


ANALYSIS = Analysis(
    name="data_health",
    row="D3",
    stage=JourneyStage.LOYALTY,
    title=Text("Santé des données", "Data health"),
    summary=Text(
        "Doublons, manques, dates impossibles, valeurs aberrantes : ce qui, dans les fichiers, change le diagnostic.",
        "Duplicates, gaps, impossible dates, outliers: what in the files changes the diagnosis.",
    ),
    examples={
        "fr": ("Mes données sont-elles fiables ?", "Y a-t-il des doublons ou des dates impossibles ?"),
        "en": ("Can I trust my data?", "Are there duplicates or impossible dates?"),
    },
    run=_run,
    parameters=HealthParameters,
    of_customers=False,
)
