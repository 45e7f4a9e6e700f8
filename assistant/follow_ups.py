"""The next questions offered beside an answer: each is read as a click would have it read, and only those that get an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analytics.datamodel.attributes import own_title
from analytics.datamodel.roles import ROLE_NAMES, Role
from assistant.answer import Answer, Step
from assistant.embedded.columns import columns_of
from assistant.embedded.fields import Field
from assistant.embedded.wording import lowered
from assistant.planner import Dialogue
from assistant.session import Session
from vocabulary.errors import UserError
from vocabulary.finding import Finding, Result
from vocabulary.language import Language, Text

_MOST = 3
_MOST_READ = 12  # questions tried before fewer are offered


def offered(answer: Answer, results: Sequence[Result], session: Session, dialogue: Dialogue) -> Answer:
    """The answer with up to three useful next questions.

    A figure is offered split by the files' own columns; then comes what the findings call for, then what neighbouring analyses
    answer that this conversation has not run yet.

    Args:
        answer: of this turn, complete but for its next questions.
        results: what was run for it.
        session: with data loaded.
        dialogue: the turns before this one.
    """
    after = Dialogue((*dialogue.answers, answer))
    kept: list[str] = []
    splits = [(question, _ANY) for question in _splits(answer, session, after)]
    for place, (question, meant) in enumerate((*splits, *_candidates(results, session, answer.language, dialogue))):
        if len(kept) == _MOST or place == _MOST_READ:
            break
        if question not in kept and question != answer.question and _gets_an_answer(question, meant, answer.language, session, after):
            kept.append(question)
    return replace(answer, follow_ups=tuple(kept))


_SPLIT_BY = (  # what a manager splits a figure by, the usual first
    Role.PLAN, Role.CONTRACT_TYPE, Role.STORE, Role.ACQUISITION_CHANNEL, Role.CATEGORY, Role.REGION, Role.COUNTRY, Role.GENDER, Role.AGE,
)  # fmt: skip
_MOST_SPLITS, _MOST_VALUES = 2, 30


def _splits(answer: Answer, session: Session, after: Dialogue) -> Iterator[str]:
    """« Et par magasin ? »: the figure just told, by columns of the files that it is neither split nor chosen by."""
    step = next((one for one in answer.reading.steps if one.analysis == "explore"), None)
    if step is None or step.arguments.get("table") or len(step.arguments.get("by") or ()) > 1:
        return
    chosen = {str(condition["field"]) for key in ("segment", "purchase_filter", "part") for condition in step.arguments.get(key) or ()}
    held = chosen | set(step.arguments.get("by") or ())
    fields = columns_of(session.study).fields
    told = {found.role for found in fields if found.name in held}
    known = {found.role for found in fields if not found.derived and 1 < len(found.values) <= _MOST_VALUES}
    for role in [role for role in _SPLIT_BY if role in known - told][:_MOST_SPLITS]:
        name = _called(next(found for found in fields if found.role is role and not found.derived and 1 < len(found.values) <= _MOST_VALUES), session).in_(answer.language)
        question = f"Et par {name}\u00a0?" if answer.language == "fr" else f"And by {name}?"
        asked = session.planner.read(question, answer.language, after, session.study).steps
        if asked and not asked[0].arguments.get("table") and asked[0].arguments.get("measure") == step.arguments.get("measure"):
            yield question


def _called(field: Field, session: Session) -> Text:
    """How the manager calls a column, as a word inside a sentence."""
    attribute = next((held for held in (*session.study.attributes, *session.study.purchase_attributes) if held.name == field.name), None)
    title = own_title(attribute) if attribute is not None and attribute.sources else ROLE_NAMES[field.role] if field.role is not None else field.title
    return lowered(title)


def _candidates(results: Sequence[Result], session: Session, language: Language, dialogue: Dialogue) -> Iterator[tuple[str, str]]:
    """Whole questions, each with the analysis it asks for: what it is read as when nothing was said before."""
    for result in results:
        for question in result.next_questions if isinstance(result, Finding) else ():
            alone = session.planner.read(question.in_(language), language, Dialogue(), session.study)
            if alone.status == "answered" and alone.steps:
                yield question.in_(language), alone.steps[0].analysis
    if session.study.sells_to_nobody:
        yield from ((question.in_(language), "explore") for question in _OF_SALES)
    done = {result.analysis for result in results} | {step.analysis for answer in dialogue.answers for step in answer.reading.steps}
    for analysis in session.runner.catalog:
        if analysis.run is not None and analysis.name not in done:
            yield analysis.examples[language][0], analysis.name


_OF_SALES = (  # what can be asked where no sale names its customer
    Text("Quel est le chiffre d’affaires par mois\u00a0?", "What is the revenue by month?"),
    Text("Quel est le panier moyen\u00a0?", "What is the average basket?"),
    Text("Quel jour de la semaine vend-on le plus\u00a0?", "Which day of the week sells most?"),
)


def given(step: Step, question: str) -> dict[str, object]:
    """The arguments a step is run with: advice is asked for in the words of the question."""
    arguments: dict[str, object] = dict(step.arguments)
    if step.analysis == "guidance":
        arguments.setdefault("question", question)
    return arguments


_ANY = ""  # a split leans on the answer: whichever analysis it is of


def _gets_an_answer(question: str, meant: str, language: Language, session: Session, after: Dialogue) -> bool:
    """Whether the question, asked next, is answered by the analysis it is meant for, and none of what it asks for is refused."""
    reading = session.planner.read(question, language, after, session.study)
    if reading.status != "answered" or not reading.steps or meant not in (_ANY, reading.steps[0].analysis):
        return False
    try:
        return all(session.runner.would_answer(step.analysis, given(step, question)) for step in reading.steps)
    except UserError:
        return False
