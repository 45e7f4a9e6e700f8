"""The story of the product: a question is read, analyses are run, words are composed."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from assistant.answer import Action, Answer, Citation, Reading, Status, Step
from assistant.compose import compose
from assistant.embedded.language import detect_language
from assistant.failures import guarded
from assistant.follow_ups import given, offered
from assistant.guidance import about, asks_what_to_do, citations, cite, cite_cards
from assistant.plan.recommend import recommend
from assistant.planner import Dialogue
from assistant.session import Session
from vocabulary.errors import UserError
from vocabulary.finding import Finding, NotApplicable, Result
from vocabulary.language import Language
from vocabulary.sentence import Listing, Sentence, say

LONGEST_QUESTION = 4000
_SHOWN_ACTIONS = 2
_CARDS_MEANWHILE = 2


def answer(
    question: str,
    session: Session,
    *,
    language: Language | None = None,
    turn: str | None = None,
    dialogue: Dialogue | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Answer:
    """Answer one question on the session's data.

    Args:
        question: as typed, any spelling; cut at 4,000 characters.
        session: with data loaded.
        language: of the answer; the question's own by default.
        turn: idempotent id; a turn answered twice is stored once.
        dialogue: the earlier turns; the session's by default. The caller stores the answer (`session.add_turn`).
        cancelled: whether the asker has stopped waiting, which makes a query under way raise.
    """
    started = time.perf_counter()
    question = question[:LONGEST_QUESTION]
    dialogue = session.dialogue if dialogue is None else dialogue
    language = language or detect_language(question, default=_usual(session, dialogue))
    model = session.model_turn()
    reading = (model or session.planner).read(question, language, dialogue, session.study)
    results = [_run(session, step, question, cancelled) for step in _to_run(reading, dialogue)]
    findings = tuple(result for result in results if isinstance(result, Finding))
    some = any(step.arguments.get("among") for step in reading.steps)  # of those counted in a list: what is to be done is of the whole list
    actions = () if some else _actions(findings, session, question)
    guidance = _guidance(question, language, findings, actions) if findings else _meanwhile(question, language, results)
    currency = session.study.model.currency
    done = _carry_out(reading, session, actions, dialogue)
    words = compose(reading, results, guidance, actions, language, currency, done=done)
    if model is not None:
        words = model.reword(words, reading, results, language, currency)
    done_turn = Answer(
        question=question,
        language=language,
        status=_status(reading, results),
        reading=reading,
        text=words,
        findings=findings,
        not_applicable=tuple(result for result in results if not isinstance(result, Finding)),
        guidance=guidance,
        actions=actions,
        planner=model.planner if model is not None else "embedded",
        notice=model.notice(language) if model is not None else session.model_problem(language),
        turn=turn or secrets.token_hex(8),
    )
    done_turn = offered(done_turn, results, session, dialogue)
    return replace(done_turn, seconds=round(time.perf_counter() - started, 3))


def _run(session: Session, step: Step, question: str, cancelled: Callable[[], bool] | None) -> Result:
    """The result of a step; a column or a value it cannot take is an answer too, never a stop."""
    arguments = given(step, question)
    try:
        return guarded(partial(session.runner.run, step.analysis, arguments), step.analysis, stopped=cancelled)
    except UserError as told:
        return NotApplicable(step.analysis, "argument", told.sentence, _OTHERWISE)


_OTHERWISE = say("Posez la question sur une autre colonne de vos fichiers.", "Ask about another column of your files.")


def _to_run(reading: Reading, dialogue: Dialogue) -> tuple[Step, ...]:
    """What was asked of the last answer ("add it to the plan") is done, not answered again."""
    return () if reading.command in ("add_to_plan", "pin") and dialogue.answers else reading.steps


def _usual(session: Session, dialogue: Dialogue) -> Language:
    return dialogue.answers[-1].language if dialogue.answers else session.state.language


def _status(reading: Reading, results: Sequence[Result]) -> Status:
    if reading.status == "answered" and results and not any(isinstance(result, Finding) for result in results):
        return "cannot_answer"
    return reading.status


def _actions(findings: Sequence[Finding], session: Session, question: str) -> tuple[Action, ...]:
    """What the findings call for; advice asked for calls for the actions of its subject, or for the first of all."""
    advice = next((finding for finding in findings if finding.analysis == "guidance"), None)
    if advice is None:
        return recommend(findings, session.study)
    if session.diagnosed:
        known = session.diagnosis().actions
    else:
        drivers = session.runner.run("churn_drivers")
        known = recommend((drivers,) if isinstance(drivers, Finding) else (), session.study)
    if asks_what_to_do(question):
        return known
    subject = set(about(advice)[:1])
    return tuple(action for action in known if subject & set(action.themes))


def _guidance(
    question: str, language: Language, findings: Sequence[Finding], actions: Sequence[Action]
) -> tuple[Citation, ...]:
    """What the answer uses: the passages asked for, or the cards its first actions rest on."""
    advice = next((finding for finding in findings if finding.analysis == "guidance"), None)
    if advice is not None:
        return citations(advice, question, language)
    cards = [card for action in actions[:_SHOWN_ACTIONS] for card in action.how[:1]]
    return cite_cards(tuple(dict.fromkeys(cards)), language)


def _meanwhile(question: str, language: Language, results: Sequence[Result]) -> tuple[Citation, ...]:
    """Where the analysis asked for is not built yet, what is advised on the subject."""
    if not results or any(not isinstance(result, NotApplicable) or result.missing != "planned" for result in results):
        return ()
    return cite(question, language, top=_CARDS_MEANWHILE)


def _carry_out(
    reading: Reading, session: Session, actions: Sequence[Action], dialogue: Dialogue
) -> Sentence | None:
    """Do what was asked beside a question, and say so."""
    if reading.command == "pin" and dialogue.answers and dialogue.answers[-1].findings:
        session.state.pins.append(dialogue.answers[-1].findings[0])
        return say("C’est épinglé.", "Pinned.")
    if reading.command != "add_to_plan":
        return None
    chosen = list(actions) or next((list(turn.actions) for turn in reversed(dialogue.answers) if turn.actions), [])
    if not chosen:
        return say(
            "Rien à ajouter au plan pour l’instant : posez d’abord une question, puis choisissez une action.",
            "Nothing to add to the plan yet: ask a question first, then choose an action.",
        )
    first = chosen[0]
    session.state.plan = session.state.plan.adding(first)
    return say("Ajouté au plan : {actions}.", "Added to the plan: {actions}.", actions=Listing((first.title,)))
