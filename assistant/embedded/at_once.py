"""What is answered at once, before anything is ranked: a refusal, a greeting, advice, who came beside who left, a query on one file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analytics.study import Study
from assistant.answer import Reading, Step
from assistant.embedded import dialogue as turns
from assistant.embedded import wording
from assistant.embedded.advice import asks_advice, held_by_data
from assistant.embedded.arguments import Prepared, prepare
from assistant.embedded.asked_of_losses import lost_by_a_cause
from assistant.embedded.blanks import asked_of_blanks
from assistant.embedded.columns import Columns
from assistant.embedded.left_aside import of_left_aside
from assistant.embedded.money_not_held import money_not_held
from assistant.embedded.readable import usual_words
from assistant.embedded.refusals import refusal, refusal_sentence
from assistant.embedded.slots import read_slots
from assistant.embedded.slotted import Slots
from assistant.embedded.sureness import CERTAIN, READ
from assistant.embedded.text import plain
from assistant.embedded.unanswerable import is_unanswerable_asked

SMALL_TALK = frozenset({"hello", "thanks", "stop"})


def of_one_file(found: tuple[Prepared, Columns], held: Mapping[str, Any] | None) -> Reading:
    """A query on the lines of one file, said as it was read.

    Args:
        found: the step, and the columns of the file.
        held: the arguments of the turn it leans on.
    """
    step, columns = found
    said = wording.understood(step, columns, wording.kept(step, Slots(), held, columns) if held else None)
    return Reading("answered", (Step(step.analysis, step.arguments),), READ, said)


def _advice(question: str, columns: Columns, study: Study) -> Reading:
    """A question of strategy: the cards near it, then what the files hold on its subject."""
    held = held_by_data(question, columns, study)
    steps = (Step("guidance"), *((Step("explore", held),) if held is not None else ()))
    return Reading("answered", steps, READ, wording.understood(Prepared("guidance", {}), columns))


def answered_at_once(question: str, columns: Columns, study: Study) -> Reading | None:
    """What is answered before anything is ranked: a refusal, a greeting, advice."""
    stopped = refusal(question)
    if stopped is not None:
        return Reading("declined", (), CERTAIN, refusal_sentence(stopped))
    aside = of_left_aside(question, study)
    if aside is not None:
        return aside
    if is_unanswerable_asked(question) or _OF_TESTS.search(plain(question)):
        return Reading("answered", (Step("data_health", {}),), READ, wording.understood(Prepared("data_health", {}), columns))
    kind = turns.kind_of(question)
    if kind in SMALL_TALK:
        return Reading("answered", (), CERTAIN, wording.greeting(kind))
    priced = lost_by_a_cause(question)
    if priced is not None:
        return priced
    unheld = money_not_held(question, study)
    if unheld is not None:
        return unheld
    blank = asked_of_blanks(question, study)
    if blank is not None:
        return of_one_file(blank, None)
    return _advice(question, columns, study) if asks_advice(question) and turns.own_subject(question) else None


_OF_TESTS = re.compile(  # asked of the files, and not of the customers
    r"\b(?:test|demo|dummy|fake|internal|staff) (?:accounts?|customers?|orders?|users?)\b.{0,24}\b(?:counted|included|excluded|removed|left out|in (?:the|our|my) (?:data|figures|numbers|files))\b|"
    r"\b(?:are|is) there (?:any )?(?:test|demo|dummy|fake|internal|staff) (?:accounts?|customers?|orders?|users?)\b|"
    r"\b(?:comptes?|clients?|commandes?) (?:de )?(?:tests?|demo\w*|essai|fictifs?|internes?)\b.{0,24}\b(?:comptee?s?|inclus\w*|exclu\w*|retiree?s?|ecartee?s?)\b"
)
_BOTH = re.compile(
    r"\b(?:new|nouveaux|nouvelles|gained|won|joined|arrivee?s?|inscrite?s?|gagnee?s?|recrutee?s?|signed up|sign-?ups|arrivals|joiners|inscriptions|adhesions)\b(?: (?!or\b|ou\b)\w+){0,2} "
    r"(?:vs\.?|versus|and|et|against|contre|compared (?:to|with)|par rapport aux?|ou|or) (?:les |des |the |de |d'|clients |customers |members |membres |adherents )*(?:lost|left|leavers|departures|departs|perdue?s?|partie?s?|churned|cancellations|resiliations|gone)\b"
)


# « Solde des entrées et des sorties »: both are told, and what is left is plain to see.
_BALANCE = re.compile(r"\b(?:solde|balance|difference|ecart|bilan)(?: net)? (?:entre |des? |d'|of |between )(?:les |the )?")


def new_and_lost(question: str, columns: Columns, study: Study, known: frozenset[str]) -> Reading | None:
    """« Nouveaux et perdus par mois en 2026 », "new vs lost members": who came and who left, one beside the other."""
    text = _BALANCE.sub("", plain(usual_words(question, columns)))
    both = _BOTH.search(text)
    if both is None:
        return None
    rest = f"{text[: both.start()]} {text[both.end() :]}".replace(" members", "").replace(" customers", "")
    slots = read_slots(rest, columns, study.as_of, known)
    if slots.unexplained or slots.unread or slots.unknown_group is not None or slots.measure not in (None, "customers") or not (slots.time or slots.period):
        return None
    slots = replace(slots, filters=[held for held in slots.filters if held.field != "lost"], listed=False)
    told = [prepare("explore", replace(slots, measure=measure), "", {}, columns) for measure in ("new_customers", "lost_customers")]
    said = [wording.understood(step, columns) for step in told]
    return Reading("answered", tuple(Step(step.analysis, step.arguments) for step in told), READ, wording.both(*said))
