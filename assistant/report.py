"""The diagnosis and what was understood of the files, as documents."""

from __future__ import annotations

from pathlib import Path

from analytics.catalog import CATALOG
from analytics.datamodel.model import DataModel
from analytics.datamodel.roles import KIND_NAMES, ROLE_NAMES
from assistant.answer import Action
from assistant.charts import is_customer_list, vega_lite
from assistant.diagnosis import Diagnosis
from assistant.documents.blocks import Block, Bullets, Document, Grid, Heading, Paragraph, Picture
from assistant.documents.markdown import to_markdown
from assistant.documents.tables import to_grid
from assistant.documents.workbook import diagnosis_workbook
from assistant.documents.writing import document_bytes, write_whole
from assistant.guidance import ANALYSIS as GUIDANCE
from assistant.plan.exports import nothing_planned, range_words
from vocabulary.estimate import Unit
from vocabulary.finding import Finding
from vocabulary.formats import day, number
from vocabulary.language import Language, Text

_TITLE = Text("Diagnostic de la relation client", "Customer relationship diagnosis")
_CANNOT = Text("Ce que ces données ne permettent pas de dire", "What these data cannot tell")
_DETAIL = Text("Ce que disent vos données, point par point", "What your data say, point by point")
_TO_ADD = Text("à ajouter", "to add")
_WOULD_ANSWER = Text("ce que cela permettrait de dire", "what it would let us tell")
_LATER = Text("Analyses que cette version ne fait pas encore", "Analyses this version does not make yet")
_ACTIONS = Text("Premières actions", "First actions")
_DATA = Text("Ce que nous avons compris de vos fichiers", "What we understood of your files")
_QUESTION = Text("Une question", "One question")
_HEALTH = Text("Santé des données", "Data health")
_MOST_ACTIONS = 5


def diagnosis_document(done: Diagnosis, model: DataModel, language: Language) -> Document:
    """The whole diagnosis as blocks: verdict, first actions, findings with their evidence, what cannot be told."""
    blocks: list[Block] = [Paragraph(day(model.as_of, language), quiet=True)]
    told = [finding for finding in done.findings if says_something(finding)]
    for finding in told[:1]:
        blocks += finding_blocks(finding, language, model.currency)
    blocks.append(Heading(_ACTIONS.in_(language)))
    if done.actions:
        blocks.append(_actions_grid(done.actions[:_MOST_ACTIONS], language, model.currency))
    else:
        blocks += [Paragraph(words) for words in nothing_planned(model, language)]
    if told[1:]:
        blocks.append(Heading(_DETAIL.in_(language)))
    for finding in told[1:]:
        blocks += finding_blocks(finding, language, model.currency)
    blocks += _cannot_be_told(done, language)
    return Document(_TITLE.in_(language), language, tuple(blocks))


def says_something(finding: Finding) -> bool:
    """Whether a finding is worth a section: a count of customers asked by nobody is not."""
    return finding.analysis != "explore" or bool(finding.arguments)


def _cannot_be_told(done: Diagnosis, language: Language) -> list[Block]:
    """What to add, and the questions each addition would answer; the analyses this version does not have yet, apart."""
    titles = {analysis.name: analysis.title.in_(language) for analysis in (*CATALOG, GUIDANCE)}
    missing: dict[str, list[str]] = {}
    for result in done.not_answerable:
        if result.missing != "planned":
            missing.setdefault(result.would_unlock.render(language), []).append(titles[result.analysis])
    later = [titles[result.analysis] for result in done.not_answerable if result.missing == "planned"]
    blocks: list[Block] = []
    if missing:
        heads = (_TO_ADD.in_(language), _WOULD_ANSWER.in_(language))
        blocks += [Heading(_CANNOT.in_(language)), Grid(heads, tuple((add, ("\u202f; " if language == "fr" else "; ").join(names)) for add, names in missing.items()))]
    if later:
        blocks += [Heading(_LATER.in_(language)), Paragraph(("\u202f; " if language == "fr" else "; ").join(later) + ".", quiet=True)]
    return blocks


def finding_blocks(finding: Finding, language: Language, currency: str | None) -> list[Block]:
    """One finding: headline, facts, chart, table, cautions."""
    blocks: list[Block] = [Heading(finding.claim.render(language, currency), 3)]
    if finding.facts:
        blocks.append(Bullets(tuple(fact.render(language, currency) for fact in finding.facts)))
    spec = None if is_customer_list(finding) else vega_lite(finding, language, currency)
    if spec is not None:
        blocks.append(Picture(spec, spec["description"]))
    if finding.table is not None and finding.table.rows:
        blocks.append(to_grid(finding.table, language, currency, most=12))
    blocks += [Paragraph(caveat.render(language, currency), quiet=True) for caveat in finding.caveats]
    return blocks


def diagnosis_markdown(done: Diagnosis, model: DataModel, language: Language) -> str:
    """The diagnosis as Markdown."""
    return to_markdown(diagnosis_document(done, model, language))


def write_diagnosis(path: Path, done: Diagnosis, model: DataModel, language: Language) -> None:
    """Write the diagnosis as .md, .docx, .pdf or .xlsx, whole or not at all."""
    write_whole(path, diagnosis_bytes(path.suffix.lower(), done, model, language))


def diagnosis_bytes(suffix: str, done: Diagnosis, model: DataModel, language: Language) -> bytes:
    """The diagnosis in the format of a suffix; ValueError for another one."""
    if suffix == ".xlsx":
        return diagnosis_workbook(done, model, language)
    return document_bytes(diagnosis_document(done, model, language), suffix)


def data_markdown(model: DataModel, language: Language) -> str:
    """What was understood of the files, as Markdown."""
    blocks: list[Block] = []
    bindings = {(binding.table, binding.column): binding for binding in model.bindings}
    heads = {
        "fr": ("colonne", "rôle", "confiance", "raison"),
        "en": ("column", "role", "confidence", "reason"),
    }[language]
    for table in model.tables:
        kind = KIND_NAMES[model.kind(table.table)].in_(language)
        blocks.append(Heading(f"{table.file} — {kind}"))
        blocks.append(Bullets(tuple(note.render(language) for note in table.notes)))
        rows = []
        for column in table.columns:
            bound = bindings.get((table.table, column.column))
            rows.append(
                (
                    column.name,
                    ROLE_NAMES[bound.role].in_(language) if bound else "—",
                    number(bound.confidence, Unit.RATIO, language, n=1) if bound else "—",
                    bound.evidence.render(language) if bound else "—",
                )
            )
        blocks.append(Grid(heads, tuple(rows), frozenset({2})))
    if model.question is not None:
        blocks.append(Heading(_QUESTION.in_(language)))
        blocks.append(Paragraph(model.question.words.render(language)))
        blocks.append(Bullets(tuple(answer.words.render(language) for answer in model.question.answers)))
    if model.health:
        blocks.append(Heading(_HEALTH.in_(language)))
        blocks.append(Bullets(tuple(check.detail.render(language, model.currency) for check in model.health)))
    return to_markdown(Document(_DATA.in_(language), language, tuple(blocks)))


def _actions_grid(actions: tuple[Action, ...], language: Language, currency: str | None) -> Grid:
    heads = {
        "fr": ("action", "clients", "groupe témoin", "effet attendu"), "en": ("action", "customers", "control group", "expected effect"),
    }[language]  # fmt: skip
    rows = tuple(
        (
            action.title.render(language, currency),
            number(action.count, Unit.COUNT, language),
            number(action.control_group, Unit.COUNT, language) if action.control_group else "—",
            f"{action.effect_metric.in_(language)}, {range_words(action.effect, language, currency)}",
        )
        for action in actions
    )
    return Grid(heads, rows, frozenset({1, 2}))
