"""The planner with no language model: intent, slots, dialogue, and a sentence that says how the question was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

from analytics.catalog import CATALOG
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.study import Study
from assistant.answer import Answer, Reading, Step
from assistant.embedded import dialogue as turns
from assistant.embedded import wording
from assistant.embedded.absent import (
    as_typed,
    blamed,
    figure_missing,
    held_header,
    how_old,
    named_alone,
    no_column,
    no_figure,
    restricting,
    unpriced,
)
from assistant.embedded.advice import asks_advice, held_by_data
from assistant.embedded.arguments import Prepared, best_customers, listing, prepare
from assistant.embedded.asked_of_losses import asked_of_losses, lost_by_a_cause
from assistant.embedded.binding import bound, lifted, of_members
from assistant.embedded.blanks import asked_of_blanks
from assistant.embedded.choices import MOST, offered
from assistant.embedded.columns import Columns, columns_of, concepts, idea
from assistant.embedded.corpus import NONE
from assistant.embedded.durations import in_time
from assistant.embedded.indirect import hinted
from assistant.embedded.instead import instead_of
from assistant.embedded.intents import IntentModel, default_model
from assistant.embedded.lacking import what_is_lacking
from assistant.embedded.last_order import of_last_order
from assistant.embedded.line_values import as_spelt, not_of_customers
from assistant.embedded.margins import no_margin
from assistant.embedded.measuring import PERSON, share_said
from assistant.embedded.metrics import only_those
from assistant.embedded.of_them import counted_of_them, of_them, two_counts, whom
from assistant.embedded.one_factor import of_one_factor
from assistant.embedded.outcomes import said_of_some
from assistant.embedded.rates import other_rate
from assistant.embedded.readable import usual_words
from assistant.embedded.records import as_it_stands, asked_of_records
from assistant.embedded.refusals import refusal, refusal_sentence
from assistant.embedded.same_period import over_the_same_period
from assistant.embedded.seen import seen_or_not
from assistant.embedded.slots import against_last_year, bought_there, read_slots
from assistant.embedded.slotted import Slots
from assistant.embedded.strangers import strangers, without
from assistant.embedded.text import elided, plain
from assistant.embedded.unanswerable import is_unanswerable_asked
from assistant.planner import Dialogue
from vocabulary.language import Language, Text
from vocabulary.sentence import say

ACT = 0.45  # from this probability on, it is done and said how it was read
CHOICE = 0.08  # what is less likely than this is not worth offering
MARGIN = 0.15  # under this distance to the second reading, the choice is the manager's
_COMMANDS: Mapping[str, Literal["add_to_plan", "export", "show_list", "pin"]] = {
    "add_to_plan": "add_to_plan", "export": "export", "list": "show_list", "pin": "pin",
}  # fmt: skip
_STANDALONE = frozenset({"none", "hello", "thanks", "stop", "act"})
_SMALL_TALK = frozenset({"hello", "thanks", "stop"})
_FIND_THEIR_OWN = frozenset(
    {"acquisition_quality", "store_loyalty", "omnichannel", "guidance"}
)  # they say what is missing
_CERTAIN = 0.99
_READ = 0.9
_LEANS = ("refine", "lean")
_FEW = 4  # words
_LONGEST = 240  # letters of two questions read as one
_CLEAR = 0.7  # under this, a hint in the words is worth more than the likeness to other questions
_WHOLE = 0.9
_OF_THE_LAST_YEAR = frozenset({"churn_drivers", "at_risk", "decline_onset", "foresight"})
_THEN = "period"
_COUNTING = frozenset({"explore", "churn_rate"})  # a figure of some customers: a condition not read would be another figure
# Analyses that count customers: a restriction they cannot read must be said.
_RESTRICTED = frozenset({analysis.name for analysis in CATALOG} - {"data_health", "lost_definition", "guidance"})


class EmbeddedPlanner:
    """Reads questions with shipped weights and rules; needs no key and no network."""

    def __init__(self, model: IntentModel | None = None) -> None:
        """Use `model`, the shipped one by default."""
        self._model = model or default_model()
        self._known = frozenset(self._model.weights.known)

    def rank(
        self, question: str, language: Language, dialogue: Dialogue, study: Study | None
    ) -> list[tuple[str, float]]:
        """Every analysis (and `none`) with its probability, most probable first.

        Args:
            question: as typed.
            language: of the question.
            dialogue: the earlier turns, which a follow-up leans on.
            study: the data, when there are some: a customer's number asks for that customer's story.
        """
        question = _typed(question, language)
        if refusal(question) is not None:
            return _first(self._model.rank(question, language), NONE)
        kind = turns.kind_of(question)
        return self._ranked(question, language, kind, turns.previous(dialogue, kind))

    def _ranked(self, question: str, language: Language, kind: turns.Kind, before: turns.Previous | None) -> list[tuple[str, float]]:
        ranked = self._model.rank(in_time(question), language)
        if kind in _SMALL_TALK:
            return _first(ranked, NONE)
        return turns.blended(ranked, kind, before, turns.own_words(question))

    def read(self, question: str, language: Language, dialogue: Dialogue, study: Study) -> Reading:
        """Read `question` in the light of the earlier turns and of the columns and values in `study`."""
        question = as_spelt(_typed(question, language), study)
        both = two_counts(question)
        if both is not None and (reading := self._both(both, language, dialogue, study)) is not None:
            return reading
        reading = self._read(question, language, dialogue, study)
        if reading.left_out is not None or refusal(question) is not None or turns.kind_of(question) in _SMALL_TALK:
            return reading
        known = self._known
        if reading.status in ("answered", "declined") and reading.steps:
            return not_of_customers(question, reading, study, known) or reading
        if turns.kind_of(question) in _LEANS and turns.left_unanswered(dialogue):
            return reading
        lines = self._of_lines(question, study, None, known, by_column=True)
        found = lines or not_of_customers(question, reading, study, known)
        unnamed = named_alone(question, columns_of(study), study) if found is None and reading.sentence == wording.out_of_scope() else None
        return found or unnamed or reading

    def _both(self, questions: tuple[str, str], language: Language, dialogue: Dialogue, study: Study) -> Reading | None:
        """Two counts asked at once, the second read as a follow-up of the first; None when either is not answered by itself."""
        first = self._read(questions[0], language, dialogue, study)
        if first.status != "answered" or first.command is not None or not first.steps:
            return None
        after = Dialogue((*dialogue.answers, Answer(questions[0], language, "answered", first, "")))
        second = self._read(questions[1], language, after, study)
        if second.status != "answered" or second.command is not None or not second.steps:
            return None
        said = say("{one} {other}", "{one} {other}", one=first.sentence, other=second.sentence)
        return Reading("answered", (*first.steps, *second.steps), min(first.confidence, second.confidence), said)

    def _whole(self, question: str, language: Language) -> bool:
        """Whether a short question names its subject by itself: « Qui relancer en premier ? », "segmentation"."""
        name, probability = self._ranked(question, language, "none", None)[0]
        return probability >= _WHOLE and name not in (NONE, "explore")

    def _read(self, question: str, language: Language, dialogue: Dialogue, study: Study) -> Reading:
        columns = columns_of(study)
        question, unaged = how_old(question, columns, study)
        at_once = unaged or unpriced(question, study) or _at_once(question, columns, study) or _new_and_lost(question, columns, study, frozenset(self._model.weights.known))
        if at_once is not None:
            return at_once
        one = of_one_factor(question, study)
        if one is not None:
            return Reading("answered", (one,), _READ, wording.understood(Prepared(one.analysis, dict(one.arguments)), columns))
        question = usual_words(question.lower() if question.isupper() else question, columns)  # it may be typed with the capitals on
        known, kind = self._known, _kind(question)
        held = turns.previous(dialogue, kind)
        slots = read_slots(question, columns, study.as_of, known, _last_number(held, kind), after=turns.counted_then(held, question))
        kind, talk = self._in_this_talk(question, kind, slots, language, dialogue, study, known)
        before = turns.previous(dialogue, kind)
        before = whom(dialogue, question, before, kind)
        leaning = before if kind in _LEANS or of_them(question) else None
        read = talk or blamed(question, slots) or self._of_files(question, leaning, before, study, known) or counted_of_them(question, slots, before, columns)
        if read is not None:
            return read
        if slots.owed and slots.unknown_group is not None:
            return Reading("cannot_answer", (), _READ, no_column(slots.unknown_group, question, columns, study))
        _in_the_light_of(leaning, slots, question, columns, study)
        alone = kind in _LEANS and not (slots.by or slots.filters or slots.time or slots.period)
        stranger = strangers(question, slots.unexplained, self._model.weights.known, follow_up=alone and before is not None)
        ranked = self._ranked(without(question, stranger) if stranger else question, language, kind, before)
        ranked = of_members(ranked, question, columns)
        ranked = _with_hints(question, bound(ranked, slots, kind, before), slots)
        sure = asked_of_losses(question, slots, columns)
        ranked = lifted(ranked, sure, _READ) if sure is not None else ranked
        name, probability = ranked[0]
        if slots.customer is not None and (name != NONE or probability < ACT):
            name, probability = "customer_story", max(probability, 0.9)
        unsure = _unmeasured(name, probability, slots, question, columns, study)
        unsure = unsure or _unsure(ranked, name, probability, lambda names: offered(names, slots, question, columns, study))
        if unsure is not None:
            return unsure
        if name != "explore" and slots.unexplained and (lines := self._of_lines(question, study, None, known, by_column=True)) is not None:
            return lines  # one file explains every word of a question this reading leaves words of
        name = _by_its_column(name, slots, columns)
        leans = before is not None and kind not in _STANDALONE and name == turns.inherited(kind, before)
        if leans and before is not None and name != before.analysis and name in _OF_THE_LAST_YEAR and (before.arguments.get("period") or before.arguments.get("compare")):
            slots.unread.append(_THEN)  # causes are of the last year told, whatever period the figure before was of
        command = _COMMANDS.get(kind) if before is not None else None
        given, lacking = _inherited(before, name, columns) if leans or turns.points_back(question) or (kind in _LEANS and turns.of_somebody(question)) else ({}, ())
        given = turns.who_came(given, question)
        step = _commanded(command, name, before, columns) or as_it_stands(_listed(prepare(name, slots, question, given, columns), slots, columns), question, study)
        step = of_last_order(step, question, study)
        step = replace(step, left_out=(*step.left_out, *lacking))
        plainly = None
        step = over_the_same_period(step, study)
        if command is None:
            chances = [intent for intent, _ in ranked[:4] if intent != NONE]
            held_back = self._held_back(question, columns, study, slots, step, stranger, probability, chances, before if leans else None)
            if held_back is not None:
                return held_back
            plainly = instead_of(step.analysis, question, slots, columns, study)
        told = [one for one in (step, plainly, _beside(step, slots)) if one is not None]
        said = wording.understood(_not_told(step, plainly), columns, wording.kept(step, slots, given, columns))
        unheard = wording.dropped(_not_told(step, plainly)) if command is None else None
        return Reading("answered", tuple(Step(one.analysis, one.arguments) for one in told), round(probability, 3), said, command=command, left_out=unheard)

    def _in_this_talk(
        self, question: str, kind: turns.Kind, slots: Slots, language: Language, dialogue: Dialogue, study: Study, known: frozenset[str]
    ) -> tuple[turns.Kind, Reading | None]:
        """How a question leans on the one before once its slots are read, and its reading where that one got no answer."""
        kind = _own_feet(question, kind, slots)
        kind = "refine" if kind in ("none", "lean") and turns.of_same_people(question, dialogue) else kind
        bare = len(question.split()) <= _FEW and not (slots.by or slots.time or slots.filters or slots.period)
        if kind == "none" and bare and dialogue.answers and dialogue.answers[-1].reading.sentence == wording.which_one():
            return kind, self._gone_on(question, language, dialogue, study, known)  # « le chiffre d'affaires », to a question back
        if kind not in _LEANS or not turns.left_unanswered(dialogue):
            return kind, None
        if kind == "lean" and not turns.of_somebody(question) and self._whole(question, language):
            return "none", None
        return kind, self._gone_on(question, language, dialogue, study, known) or Reading("cannot_answer", (), _READ, wording.say_it_whole())

    def _of_files(self, question: str, leaning: turns.Previous | None, before: turns.Previous | None, study: Study, known: frozenset[str]) -> Reading | None:
        """What is read before anything is ranked: customers told by a file of visits, the lines of one file, the others of the turn before."""
        seen = seen_or_not(question, study, study.as_of, known) if leaning is None else None
        if seen is not None:
            return _of_one_file(seen, None)
        return self._of_lines(question, study, leaning, known) or _others(question, before, columns_of(study))

    def _gone_on(self, question: str, language: Language, dialogue: Dialogue, study: Study, known: frozenset[str]) -> Reading | None:
        """« Clients venus par Instagram », which asked for no figure, then « combien ont-ils dépensé ? »: both as one question, when every word of it is read."""
        last = dialogue.answers[-1]
        if last.status not in ("clarify", "cannot_answer") or last.reading.sentence == wording.say_it_whole():
            return None
        columns, asked = columns_of(study), last.question.rstrip(" ?.!")
        if last.reading.sentence == wording.which_one():  # what it was of had been read: only the figure was wanting
            asked = without(asked, read_slots(usual_words(asked, columns), columns, study.as_of, known).unexplained)
        whole = f"{asked} {question}"
        if len(whole) > _LONGEST:
            return None
        slots = read_slots(usual_words(whole, columns), columns, study.as_of, known)
        if slots.unexplained or slots.unread or slots.unknown_group is not None or not (slots.filters or slots.by or slots.time or slots.period):
            return None
        reading = self._read(whole, language, Dialogue(dialogue.answers[:-1]), study)
        told = reading.status == "answered" and all(step.analysis in _COUNTING for step in reading.steps)
        return reading if told and reading.steps else None

    def _of_lines(self, question: str, study: Study, before: turns.Previous | None, known: frozenset[str], *, by_column: bool = False) -> Reading | None:
        """A query on the lines of one file, when the question is about those."""
        held = before.arguments if before is not None and before.arguments.get("table") else None
        found = asked_of_records(question, study, study.as_of, known, held, by_column=by_column)
        if found is None:
            return None
        return _of_one_file(found, held)

    def _held_back(
        self, question: str, columns: Columns, study: Study, slots: Slots, step: Prepared, stranger: tuple[str, ...],
        probability: float, chances: list[str], before: turns.Previous | None,
    ) -> Reading | None:  # fmt: skip
        """What stops a step from running: a column, a value or a word of the question that the files do not answer to."""
        leans = before is not None
        missing = _missing_column(slots, step, columns)
        if missing is not None:
            return Reading("cannot_answer", (), probability, no_column(missing, question, columns, study))
        half = _half_asked(question, slots, step, chances, leans, columns, study)
        if half is not None:
            return half
        if stranger and step.analysis in _RESTRICTED and slots.customer is None:
            choices = offered([step.analysis], Slots(), question, columns, study)
            return Reading("cannot_answer", (), round(probability, 3), wording.not_in_files(stranger, question, columns), choices)
        if step.analysis == "churn_rate" and (rate := other_rate(question)) is not None and rate in slots.unexplained:
            return Reading("cannot_answer", (), round(probability, 3), wording.not_in_files((rate,), question, columns))
        if before is not None and before.answer.status == "answered" and step.left_out and turns.repeats(question, before, step.analysis, step.arguments) and (said := wording.dropped(step)) is not None:
            return Reading("cannot_answer", (), round(probability, 3), said, left_out=said)  # nothing else was asked: the same answer again would pass for it
        if before is not None and turns.repeats(question, before, step.analysis, step.arguments) and (unread := slots.unexplained or restricting(question, slots)):
            return Reading("cannot_answer", (), round(probability, 3), wording.not_read(as_typed(unread[:3], question)), offered(chances, slots, question, columns, study))
        if step.analysis == "churn_rate" and not leans:
            slots.unread += best_customers(question, step.analysis)
            slots.unread += said_of_some(question, slots.unexplained) or [word for word in slots.unexplained if any(alias == (idea(word),) for field in columns.fields for alias in field.aliases[:1])]
        unread = list(dict.fromkeys([*(slots.unread if step.analysis in _COUNTING or slots.figure else ()), *(() if leans else slots.unexplained)]))
        other = step.analysis not in _COUNTING or (step.analysis == "churn_rate" and slots.measure != "lost_rate" and not slots.departing)
        astray = slots.figure and other and probability < _CLEAR and not leans  # another figure than the one asked
        if unread and step.analysis in _COUNTING and not slots.by and (held := held_header(unread, question, columns, study)) is not None:
            return Reading("cannot_answer", (), round(min(probability, ACT), 3), wording.not_by_customer(held))
        if unread and (astray or step.analysis in (_COUNTING if slots.unread else ("explore",))):
            choices = offered(chances, slots, question, columns, study)
            return Reading("clarify", (), round(min(probability, ACT), 3), wording.not_read(as_typed(unread[:3], question)), choices)
        if step.analysis == "churn_rate" and not slots.by and slots.unknown_group in slots.unexplained and slots.unknown_group is not None:
            return Reading("cannot_answer", (), round(probability, 3), no_column(slots.unknown_group, question, columns, study))  # asked by something, it is no rate of all
        return None


def _half_asked(question: str, slots: Slots, step: Prepared, chances: list[str], leans: bool, columns: Columns, study: Study) -> Reading | None:
    """What stops a query of which a half only was read: the figure of no column, or what is looked at and no figure."""
    if step.analysis != "explore":
        return None
    if not leans and (figure := figure_missing(question, slots)) is not None:
        return no_figure(figure, question, columns, study)
    if leans or slots.measure is not None or slots.by or slots.time or PERSON.search(plain(question)):
        return None
    if slots.period is not None and not (slots.filters or slots.statistic):
        return Reading("clarify", (), ACT, wording.which_one(), _of_periods(chances, slots, question, columns, study))  # « le chiffre de décembre »: of what?
    bought = any(found.on_purchases for found in slots.filters) and not (slots.figure or slots.listed or slots.unexplained or slots.unread)
    return _which_figure(slots, columns) if bought else None


def _of_periods(chances: list[str], slots: Slots, question: str, columns: Columns, study: Study) -> tuple[Text, ...]:
    """What a period, or two set side by side, may be asked of: revenue first where something is sold."""
    sold = offered(["explore"], replace(slots, measure="amount"), question, columns, study) if columns.dated and columns.named("amount") is not None else ()
    return tuple(dict.fromkeys((*sold, *offered(chances, slots, question, columns, study))))[:MOST]


def _not_told(step: Prepared, beside: Prepared | None) -> Prepared:
    """The step, but for a split it cannot make that the query beside it makes."""
    split = beside is not None and beside.arguments.get("by")
    return replace(step, left_out=tuple(code for code in step.left_out if code != "by")) if split else step


def _of_one_file(found: tuple[Prepared, Columns], held: Mapping[str, Any] | None) -> Reading:
    step, columns = found
    said = wording.understood(step, columns, wording.kept(step, Slots(), held, columns) if held else None)
    return Reading("answered", (Step(step.analysis, step.arguments),), _READ, said)


def _typed(question: str, language: Language) -> str:
    """The question with the apostrophes a hurried hand leaves out, when it is a French one."""
    return elided(question) if language == "fr" else question


def _by_its_column(name: str, slots: Slots, columns: Columns) -> str:
    """« Le CPF amène-t-il des élèves qui restent ? » where no channel is known: who leaves, by the column the value stands in."""
    channels = any(found.role is Role.ACQUISITION_CHANNEL or found.name in ("channel", "first_channel") for found in columns.fields)
    told = [found for found in slots.filters if found.operator in ("=", "in") and not found.on_purchases and columns.named(found.field) is not None]
    if name != "acquisition_quality" or channels or slots.by or len(told) != 1 or len(slots.filters) != 1:
        return name
    slots.by, slots.filters = [told[0].field], []
    return "churn_rate"


def _of_losses(question: str, slots: Slots) -> bool:
    """« On perd des clients en ce moment ? »: who is lost is said, nothing is left to the turn before."""
    return slots.departing and PERSON.search(plain(question)) is not None


def _advice(question: str, columns: Columns, study: Study) -> Reading:
    """A question of strategy: the cards near it, then what the files hold on its subject."""
    held = held_by_data(question, columns, study)
    steps = (Step("guidance"), *((Step("explore", held),) if held is not None else ()))
    return Reading("answered", steps, _READ, wording.understood(Prepared("guidance", {}), columns))


def _beside(step: Prepared, slots: Slots) -> Prepared | None:
    """« Les plus de 60 ans partent-ils moins ? »: the same figure for all the others."""
    turned = turns.of_the_others(step.arguments) if slots.others else None
    return Prepared(step.analysis, turned) if turned is not None else None


def _at_once(question: str, columns: Columns, study: Study) -> Reading | None:
    """What is answered before anything is ranked: a refusal, a greeting, advice."""
    stopped = refusal(question)
    if stopped is not None:
        return Reading("declined", (), _CERTAIN, refusal_sentence(stopped))
    if is_unanswerable_asked(question):
        return Reading("answered", (Step("data_health", {}),), _READ, wording.understood(Prepared("data_health", {}), columns))
    kind = turns.kind_of(question)
    if kind in _SMALL_TALK:
        return Reading("answered", (), _CERTAIN, wording.greeting(kind))
    priced = lost_by_a_cause(question)
    if priced is not None:
        return priced
    blank = asked_of_blanks(question, study)
    if blank is not None:
        return _of_one_file(blank, None)
    return _advice(question, columns, study) if asks_advice(question) and turns.own_subject(question) else None


_BOTH = re.compile(
    r"\b(?:new|nouveaux|nouvelles|gained|won|joined|arrivee?s?|inscrite?s?|gagnee?s?|recrutee?s?|signed up|sign-?ups|arrivals|joiners|inscriptions|adhesions)\b(?: (?!or\b|ou\b)\w+){0,2} "
    r"(?:vs\.?|versus|and|et|against|contre|compared (?:to|with)|par rapport aux?|ou|or) (?:les |des |the |de |clients |customers |members |membres |adherents )*(?:lost|left|leavers|departures|departs|perdue?s?|partie?s?|churned|cancellations|resiliations|gone)\b"
)


def _new_and_lost(question: str, columns: Columns, study: Study, known: frozenset[str]) -> Reading | None:
    """« Nouveaux et perdus par mois en 2026 », "new vs lost members": who came and who left, one beside the other."""
    text = plain(question)
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
    return Reading("answered", tuple(Step(step.analysis, step.arguments) for step in told), _READ, wording.both(*said))


def _kind(question: str) -> turns.Kind:
    """How the question leans on the one before; « pourquoi le chiffre baisse ? » names its own subject."""
    kind = turns.kind_of(question)
    return "none" if kind in ("why", "cause") and turns.of_money(question) else kind


def _own_feet(question: str, kind: turns.Kind, slots: Slots) -> turns.Kind:
    """The kind once the slots are read: what names all it asks for leans on nothing."""
    measured = slots.measure is not None
    ranks = kind == "part" and (measured or PERSON.search(plain(question)) is not None)
    stands = kind in _LEANS and turns.stands_alone(question, measured=measured or _of_losses(question, slots))
    return "none" if ranks or stands else kind


def _with_hints(question: str, ranked: list[tuple[str, float]], slots: Slots) -> list[tuple[str, float]]:
    hint = hinted(question)
    free = slots.measure in (None, "customers") and not slots.filters
    if hint == "contact_rights" or (hint == "recruitment_brief" and ranked[0][0] == NONE and free):
        return lifted(ranked, hint, _READ)  # whom one may write to, whoever they are; whom to recruit
    return lifted(ranked, hint, _READ) if hint is not None and ranked[0][1] < _CLEAR and free else ranked


def _commanded(command: str | None, name: str, before: turns.Previous | None, columns: Columns) -> Prepared | None:
    """The step a command is about: the one before, or the names of those it counted."""
    if before is None or command is None:
        return None
    if command in ("add_to_plan", "pin", "export"):
        return Prepared(before.analysis, dict(before.arguments))
    if command == "show_list" and name == "explore" and (gone := turns.left_then(before.arguments)) is not None:
        return listing({"segment": gone}, columns)  # those who left then, and not what they bought in those days
    return listing(before.arguments, columns) if command == "show_list" and name == "explore" else None


def _listed(step: Prepared, slots: Slots, columns: Columns) -> Prepared:
    """« Quels clients … »: their names, where a query would count them."""
    wanted = slots.listed and step.analysis == "explore" and not step.arguments.get("by")
    return listing(step.arguments, columns) if wanted else step


def _others(question: str, before: turns.Previous | None, columns: Columns) -> Reading | None:
    """« Et les autres ? », « et par client ? »: the step before with its last condition turned round, or its total divided."""
    each = turns.by_head(question, before, columns)
    if before is None or not (each or turns.asks_others(question)):
        return None
    turned = {**before.arguments, "measure": each} if each else turns.of_the_others(before.arguments)
    if turned is None:
        return None
    step = Prepared(before.analysis, turned)
    said = wording.understood(step, columns, wording.kept(step, Slots(), before.arguments, columns))
    return Reading("answered", (Step(step.analysis, step.arguments),), 0.9, said)


def _in_the_light_of(before: turns.Previous | None, slots: Slots, question: str, columns: Columns, study: Study) -> None:
    """Put right what a follow-up says of periods and places by the turn it leans on, or by none."""
    held = _period_of(before)
    if held is not None:
        slots.period = turns.moved_back(question, held) or slots.period
    if before is not None and before.analysis == "explore" and before.arguments.get("top") and turns.asks_their_share(question):
        slots.measure, slots.by, slots.top = "share_amount", list(before.arguments.get("by") or ()), before.arguments["top"]
        slots.unread = [word for word in slots.unread if word != share_said(plain(question))]
    against_last_year(slots, study.as_of, held)
    if held is not None and slots.period is None:
        _bought_then(slots, question)
    if before is not None and before.analysis == "explore" and slots.measure is None and not before.arguments.get("table"):
        only_those(slots, question, columns)
        if _HOW_MANY_THEY_ARE.search(plain(question)) and not before.arguments.get("top"):
            slots.measure = "customers"  # after their names: how many they are
    if before is not None and before.analysis == "explore" and slots.measure is None:
        bought_there(slots, columns, before.arguments.get("measure"))


def _bought_then(slots: Slots, question: str) -> None:
    """« Et le nombre de clients actifs ? » after a figure of a period: those who bought in it, and not those still here today of them."""
    here = [found for found in slots.filters if found.field == "lost" and found.values == (False,)]
    if slots.measure == "customers" and here and _ACTIVE.search(plain(question)):
        slots.filters = [found for found in slots.filters if found not in here]
        slots.active = True


_ACTIVE = re.compile(r"\b(?:actifs?|actives?|active)\b")
_HOW_MANY_THEY_ARE = re.compile(r"^(?:et |and |so |donc )*(?:ca (?:en )?fait combien|combien (?:sont-(?:ils|elles)|y en a-t-il|ca (?:en )?fait|il y en a)|how many (?:are (?:they|there|those)|is that|of them are there))[ ?.!]*$")


def _last_number(before: turns.Previous | None, kind: turns.Kind) -> str | None:
    """The column of the last comparison with a number, for a follow-up that names none."""
    if before is None or kind not in ("refine", "lean"):
        return None
    conditions = reversed(before.arguments.get("segment") or ())
    return next((str(found["field"]) for found in conditions if found["operator"] in ("<", "<=", ">", ">=", "between")), None)


def _period_of(before: turns.Previous | None) -> Mapping[str, str] | None:
    period = before.arguments.get("period") if before is not None else None
    return period if isinstance(period, Mapping) else None


def _unmeasured(name: str, probability: float, slots: Slots, question: str, columns: Columns, study: Study) -> Reading | None:
    """What is said of a question no analysis answers, where the files tell why.

    A figure asked by a column that is not there; a column that is not told of each customer; « vins blancs à Paris 2025 »: what is looked at is
    read in full, and nothing says what to measure of it.
    """
    if (name in (NONE, "explore") or probability < _CLEAR) and (cost := no_margin(question, study)) is not None:
        return cost
    if name != NONE:
        return None
    if (lacks := what_is_lacking(question, columns, study)) is not None:
        return lacks
    if slots.measure is not None and slots.unknown_group is not None:
        return Reading("cannot_answer", (), round(probability, 3), no_column(slots.unknown_group, question, columns, study))
    if slots.figure and (held := held_header(slots.unexplained, question, columns, study)) is not None:
        return Reading("cannot_answer", (), round(probability, 3), wording.not_by_customer(held))
    told = any(found.field != "lost" for found in slots.filters)
    if not told or slots.measure is not None or slots.unexplained or slots.unread or slots.unknown_group is not None or slots.departing:
        return None
    return _which_figure(slots, columns)


def _which_figure(slots: Slots, columns: Columns) -> Reading:
    """What is looked at is known; which figure of it is the manager's choice."""
    measures = ["customers"] if not columns.dated else ["amount", "orders", "customers"] if columns.named("amount") is not None else ["orders", "customers"]
    choices = [wording.asked(prepare("explore", replace(slots, measure=measure), "", {}, columns), columns) for measure in measures]
    return Reading("clarify", (), ACT, wording.which_one(), tuple(choices))


def _unsure(
    ranked: list[tuple[str, float]], name: str, probability: float, choices_of: Callable[[list[str]], tuple[Text, ...]]
) -> Reading | None:
    """A refusal, or a question back, when the first reading is no clear one."""
    likely = [intent for intent, chance in ranked[:3] if intent != NONE and chance >= CHOICE]
    second = next(chance for intent, chance in ranked if intent != name)
    if name == NONE and (probability >= ACT or not likely):
        return Reading("declined", (), round(probability, 3), wording.out_of_scope())
    if name != NONE and probability >= ACT and probability - second >= MARGIN:
        return None
    choices = choices_of([intent for intent, chance in ranked[:5] if intent != NONE and chance >= CHOICE / 2])
    if len(likely) > 1 and len(choices) > 1:
        return Reading("clarify", (), round(probability, 3), wording.which_one(), choices)
    if name != NONE and probability >= ACT / 2:
        return None
    return Reading("cannot_answer", (), round(probability, 3), wording.not_understood(), choices)


def _first(ranked: list[tuple[str, float]], name: str) -> list[tuple[str, float]]:
    """The ranking with one intent certain."""
    rest = [(intent, chance * (1 - _CERTAIN)) for intent, chance in ranked if intent != name]
    return [(name, _CERTAIN), *rest]


def _inherited(before: turns.Previous | None, name: str, columns: Columns) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """What the step takes over, and what of it only is said to be left out: everything when the analysis is the same, the customers looked at otherwise.

    Who bought so is kept as who ever did: « qui paie en trois fois ? » then « quel est leur taux de départ ? ».
    """
    if before is None:
        return {}, ()
    if before.analysis == name:
        return before.arguments, ()
    held = before.arguments
    bought = [condition for condition in held.get("purchase_filter") or () if not held.get("table") and _ever_told(condition, columns)]
    lost = {
        "purchases": len(bought) < len(held.get("purchase_filter") or ()) or bool(held.get("seen")),
        "period": before.analysis == "explore" and held.get("measure") not in ("new_customers", "lost_customers", "lost_rate") and any(held.get(key) for key in ("period", "also", "absent")),
    }
    return {"segment": [*held.get("segment", ()), *bought]}, tuple(code for code, present in lost.items() if present and name in _RESTRICTED)


def _ever_told(condition: Mapping[str, Any], columns: Columns) -> bool:
    field = columns.named(condition["field"])
    return field is not None and bool(field.values or field.type is ColumnType.FLAG) and condition["operator"] in ("=", "in")


def _missing_column(slots: Slots, step: Prepared, columns: Columns) -> str | None:
    """The thing a question splits by that these files do not hold, when a manager's word for it is known."""
    said = slots.unknown_group
    if said is None or slots.by or not columns.fields:
        return None
    if step.analysis == "explore":
        return said
    terms = {plain(term) for group in concepts()["roles"].values() for term in group}
    return said if said in terms and step.analysis not in _FIND_THEIR_OWN else None
