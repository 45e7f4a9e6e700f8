"""The next questions offered beside an answer: each is read as a click would have it read, and only those that get an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Step
from assistant.planner import Dialogue
from assistant.session import Session
from vocabulary.errors import UserError
from vocabulary.finding import Finding, Result
from vocabulary.language import Language

_MOST = 3
_MOST_READ = 12  # questions tried before fewer are offered


def offered(answer: Answer, results: Sequence[Result], session: Session, dialogue: Dialogue) -> Answer:
    """The answer with up to three useful next questions: the findings' own, then those of neighbouring analyses.

    Args:
        answer: of this turn, complete but for its next questions.
        results: what was run for it.
        session: with data loaded.
        dialogue: the turns before this one.
    """
    after = Dialogue((*dialogue.answers, answer))
    kept: list[str] = []
    for place, question in enumerate(_candidates(results, session, answer.language)):
        if len(kept) == _MOST or place == _MOST_READ:
            break
        if question not in kept and question != answer.question and _gets_an_answer(question, answer.language, session, after):
            kept.append(question)
    return replace(answer, follow_ups=tuple(kept))


def _candidates(results: Sequence[Result], session: Session, language: Language) -> Iterator[str]:
    for result in results:
        if isinstance(result, Finding):
            yield from (question.in_(language) for question in result.next_questions)
    done = {result.analysis for result in results}
    for analysis in session.runner.catalog:
        if analysis.run is not None and analysis.name not in done:
            yield analysis.examples[language][0]


def given(step: Step, question: str) -> dict[str, object]:
    """The arguments a step is run with: advice is asked for in the words of the question."""
    arguments: dict[str, object] = dict(step.arguments)
    if step.analysis == "guidance":
        arguments.setdefault("question", question)
    return arguments


def _gets_an_answer(question: str, language: Language, session: Session, after: Dialogue) -> bool:
    """Whether the question, asked next, is understood and none of what it asks for is refused."""
    reading = session.planner.read(question, language, after, session.study)
    if reading.status != "answered" or not reading.steps:
        return False
    try:
        return all(session.runner.would_answer(step.analysis, given(step, question)) for step in reading.steps)
    except UserError:
        return False
