"""The planner with no language model: intent, slots, dialogue, and a sentence that says how the question was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from analytics.datamodel.roles import Role
from analytics.study import Study
from assistant.answer import Answer, Reading, Step
from assistant.embedded import dialogue as turns
from assistant.embedded import wording
from assistant.embedded.absent import how_old, named_alone, no_column, unpriced
from assistant.embedded.arguments import Prepared, listing, prepare
from assistant.embedded.asked_of_losses import asked_of_losses
from assistant.embedded.at_once import SMALL_TALK, answered_at_once, new_and_lost, of_one_file
from assistant.embedded.billed import of_what_was_billed
from assistant.embedded.binding import bound, lifted, of_members
from assistant.embedded.blamed import blamed, blamed_by_its_day
from assistant.embedded.choices import offered
from assistant.embedded.columns import Columns, columns_of
from assistant.embedded.corpus import NONE
from assistant.embedded.day_asked import asked_for_a_day, asked_of_files
from assistant.embedded.durations import in_time
from assistant.embedded.english_turns import money_said, said_in_usual_english
from assistant.embedded.falling_due import falling_due
from assistant.embedded.first_reply import first_reply_named, no_first_reply
from assistant.embedded.half_read import beyond_the_figure
from assistant.embedded.held_back import COUNTING, doubted, unmeasured, what_stops
from assistant.embedded.indirect import hinted
from assistant.embedded.instead import instead_of, of_the_same
from assistant.embedded.intents import IntentModel, default_model
from assistant.embedded.last_order import of_last_order
from assistant.embedded.late_lines import asked_of_lateness
from assistant.embedded.line_values import as_spelt, not_of_customers
from assistant.embedded.measuring import PERSON
from assistant.embedded.money_not_held import money_not_held
from assistant.embedded.money_told import asks_of_tax
from assistant.embedded.named_by_value import counted_where_defined
from assistant.embedded.of_their_files import of_their_files
from assistant.embedded.of_them import counted_of_them, of_them, those_counted, two_counts, whom
from assistant.embedded.one_customer import codes_named, figure_of_one
from assistant.embedded.one_factor import of_an_unread_factor, of_one_factor, state_unheard
from assistant.embedded.own_nouns import of_an_own_noun
from assistant.embedded.ranking import most_often
from assistant.embedded.readable import people_said, usual_words
from assistant.embedded.records import as_it_stands, asked_of_records
from assistant.embedded.reenrolled import of_those_enrolled_again, seasons_named
from assistant.embedded.refusals import refusal
from assistant.embedded.returns_told import asked_of_what_came_back, net_as_it_is
from assistant.embedded.said_before import of_what_was_said
from assistant.embedded.said_simply import said_simply
from assistant.embedded.same_period import over_the_same_period
from assistant.embedded.seen import seen_or_not
from assistant.embedded.several_rows import of_several_rows, told_of_others
from assistant.embedded.slots import read_slots
from assistant.embedded.slotted import Slots
from assistant.embedded.strangers import strangers, without
from assistant.embedded.sureness import ACT, CERTAIN, CLEAR, READ, WHOLE
from assistant.embedded.taken_over import commanded, in_the_light_of, inherited, last_number, turned_round
from assistant.embedded.tax_again import on_the_other_side
from assistant.embedded.text import contracted, elided, plain
from assistant.embedded.their_own import split_by_their_own
from assistant.embedded.who_brings import beside_the_others, by_who_sends, channels_ranked, judged_as_a_channel
from assistant.embedded.worth_of_them import worth_of_them
from assistant.planner import Dialogue
from vocabulary.language import Language
from vocabulary.sentence import say

_COMMANDS: Mapping[str, Literal["add_to_plan", "export", "show_list", "pin"]] = {
    "add_to_plan": "add_to_plan", "export": "export", "list": "show_list", "pin": "pin",
}  # fmt: skip
_STANDALONE = frozenset({"none", "hello", "thanks", "stop", "act"})
_LEANS = ("refine", "lean")
_FEW = 4  # words
_LONGEST = 240  # letters of two questions read as one
_OF_THE_LAST_YEAR = frozenset({"churn_drivers", "at_risk", "decline_onset", "foresight"})
_THEN = "period"


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
        if kind in SMALL_TALK:
            return _first(ranked, NONE)
        return turns.blended(ranked, kind, before, turns.own_words(question))

    def read(self, question: str, language: Language, dialogue: Dialogue, study: Study) -> Reading:
        """Read `question` in the light of the earlier turns and of the columns and values in `study`."""
        return of_their_files(self._heard(question, language, dialogue, study), study)

    def _heard(self, question: str, language: Language, dialogue: Dialogue, study: Study) -> Reading:
        question = counted_where_defined(question, columns_of(study))
        question = first_reply_named(money_said(question, columns_of(study).words), study)
        if (untold := no_first_reply(question, columns_of(study), study)) is not None:
            return untold
        question = codes_named(net_as_it_is(seasons_named(as_spelt(_typed(question, language), study), study), study), study)
        both = two_counts(question)
        if both is not None and (reading := self._both(both, language, dialogue, study)) is not None:
            return reading
        question, unsaid = of_what_was_said(question, dialogue, columns_of(study))
        other_side = on_the_other_side(question, turns.previous(dialogue), language, columns_of(study), lambda said: self._read(said, language, Dialogue(()), study))
        reading = unsaid or other_side or falling_due(question, columns_of(study), study, lambda said: self.read(said, language, Dialogue(()), study)) or self._read(question, language, dialogue, study)
        if unsaid is not None or reading.left_out is not None or refusal(question) is not None or money_not_held(question, study) is not None or turns.kind_of(question) in SMALL_TALK:
            return reading
        known, question = self._known, people_said(question, columns_of(study))
        if reading.status in ("answered", "declined") and reading.steps:
            untold = not_of_customers(question, reading, study, known)
            return reading if untold is None else self._of_lines(question, study, None, known, by_column=True) or untold
        if turns.kind_of(question) in _LEANS and turns.left_unanswered(dialogue):
            return reading
        lines = self._of_lines(question, study, None, known, by_column=True)
        found = lines or not_of_customers(question, reading, study, known) or self._of_lines(question, study, None, known, by_column=True, lone=True)
        if found is not None:
            return found
        beyond = reading.sentence == wording.out_of_scope()
        own = self._own_noun(question, language, study) if beyond or reading.sentence in (wording.which_one(), wording.not_understood()) else None
        return own or (named_alone(question, columns_of(study), study) if beyond else None) or reading

    def _own_noun(self, question: str, language: Language, study: Study) -> Reading | None:
        return of_an_own_noun(question, self._known, columns_of(study), lambda said: self._read(said, language, Dialogue(()), study))

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
        return probability >= WHOLE and name not in (NONE, "explore")

    def _read(self, question: str, language: Language, dialogue: Dialogue, study: Study) -> Reading:
        columns = columns_of(study)
        question, unaged = how_old(question, columns, study)
        at_once = unaged or unpriced(question, study) or answered_at_once(question, columns, study) or new_and_lost(question, columns, study, frozenset(self._model.weights.known))
        at_once = at_once or asked_of_files(question, columns) or asked_for_a_day(question, language, study, columns, lambda said: self._read(said, language, Dialogue(()), study))
        if at_once is not None:
            return at_once
        factor = _of_a_factor(question, columns, study)
        if factor is not None:
            return factor
        typed = question
        question = usual_words(question.lower() if question.isupper() else question, columns)  # it may be typed with the capitals on
        known, kind = self._known, _kind(question)
        held = turns.previous(dialogue, kind)
        slots = read_slots(question, columns, study.as_of, known, last_number(held, kind), after=turns.counted_then(held, question))
        kind, talk = self._in_this_talk(question, kind, slots, language, dialogue, study, known)
        before = turns.previous(dialogue, kind)
        before = those_counted(whom(dialogue, question, before, kind), question, columns)
        leaning = before if kind in _LEANS or of_them(question) else None
        again = of_those_enrolled_again(question, study, columns, study.as_of, known)
        read = worth_of_them(question, before, columns, study) or talk or again or blamed(question, slots) or self._of_files(question, leaning, before, study, known) or counted_of_them(question, slots, before, columns) or _of_an_unread_factor(question, columns, study)
        if read is not None:
            return read
        if slots.owed and slots.unknown_group is not None:
            return Reading("cannot_answer", (), READ, no_column(slots.unknown_group, question, columns, study))
        in_the_light_of(leaning, slots, question, columns, study)
        split_by_their_own(slots, columns, leaning.arguments if leaning is not None else None)
        alone = kind in _LEANS and not (slots.by or slots.filters or slots.time or slots.period)
        stranger = strangers(question, slots.unexplained, self._model.weights.known, follow_up=alone and before is not None)
        ranked = self._ranked(without(question, stranger) if stranger else question, language, kind, before)
        ranked = of_members(ranked, question, columns)
        ranked = _with_hints(question, bound(ranked, slots, kind, before), slots)
        sure = asked_of_losses(question, slots, columns)
        sure = sure or _money_of_a_state(slots, columns) or ("money_definition" if asks_of_tax(question) else None) or _whence(question, slots, columns) or ("explore" if columns.sold and most_often(plain(question)) is not None else None)
        ranked = lifted(ranked, sure, READ) if sure is not None else ranked
        name, probability = ranked[0]
        if figure_of_one(question, slots, study, before.arguments if before is not None else None):
            name, probability = "explore", max(probability, READ)
        if slots.customer is not None and (name != NONE or probability < ACT):
            name, probability = "customer_story", max(probability, 0.9)
        unsure = unmeasured(name, probability, slots, question, columns, study)
        unsure = unsure or doubted(ranked, name, probability, lambda names: offered(names, slots, question, columns, study))
        if unsure is not None:
            return unsure
        if name != "explore" and slots.unexplained and (lines := self._of_lines(question, study, None, known, by_column=True)) is not None:
            return lines  # one file explains every word of a question this reading leaves words of
        name = _by_its_column(name, slots, columns)
        beside_the_others(name, slots, columns)
        leans = before is not None and kind not in _STANDALONE and name == turns.inherited(kind, before)
        if leans and before is not None and name != before.analysis and name in _OF_THE_LAST_YEAR and (before.arguments.get("period") or before.arguments.get("compare")):
            slots.unread.append(_THEN)  # causes are of the last year told, whatever period the figure before was of
        command = _COMMANDS.get(kind) if before is not None else None
        given, lacking = inherited(before, name, columns) if leans or turns.points_back(question) or (kind in _LEANS and turns.of_somebody(question)) else ({}, ())
        given = turns.who_came(given, question)
        step = commanded(command, name, before, columns) or as_it_stands(_listed(prepare(name, slots, question, given, columns), slots, columns), question, study)
        step = of_several_rows(of_last_order(step, question, study), question, study, typed)
        step = told_of_others(of_what_was_billed(step, question, study), typed, study)
        step = replace(step, left_out=(*step.left_out, *lacking))
        plainly = None
        step = over_the_same_period(step, study)
        if command is None:
            chances = [intent for intent, _ in ranked[:4] if intent != NONE]
            held_back = what_stops(question, columns, study, slots, step, stranger, probability, chances, before if leans else None)
            if held_back is not None:
                return held_back
            plainly = of_the_same(instead_of(step.analysis, question, slots, columns, study), step)
            plainly = of_what_was_billed(plainly, question, study) if plainly is not None else None
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
        return kind, self._gone_on(question, language, dialogue, study, known) or Reading("cannot_answer", (), READ, wording.say_it_whole())

    def _of_files(self, question: str, leaning: turns.Previous | None, before: turns.Previous | None, study: Study, known: frozenset[str]) -> Reading | None:
        """What is read before anything is ranked: customers told by a file of visits, the lines of one file, the others of the turn before."""
        seen = seen_or_not(question, study, study.as_of, known) if leaning is None else None
        if seen is not None:
            return of_one_file(seen, None)
        back = asked_of_what_came_back(question, study, study.as_of, known) if leaning is None else None
        if back is not None:
            return of_one_file(back, None)
        return self._of_lines(question, study, leaning, known) or turned_round(question, before, columns_of(study))

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
        told = reading.status == "answered" and all(step.analysis in COUNTING for step in reading.steps)
        return reading if told and reading.steps else None

    def _of_lines(self, question: str, study: Study, before: turns.Previous | None, known: frozenset[str], *, by_column: bool = False, lone: bool = False) -> Reading | None:
        """A query on the lines of one file, when the question is about those."""
        held = before.arguments if before is not None and before.arguments.get("table") else None
        found = asked_of_lateness(question, study, study.as_of, known) or asked_of_records(question, study, study.as_of, known, held, by_column=by_column, lone=lone)
        if found is None or beyond_the_figure(question, found[0]):
            return None
        return of_one_file(found, held)


def _not_told(step: Prepared, beside: Prepared | None) -> Prepared:
    """The step, but for a split it cannot make that the query beside it makes."""
    split = beside is not None and beside.arguments.get("by")
    return replace(step, left_out=tuple(code for code in step.left_out if code != "by")) if split else step


def _of_a_factor(question: str, columns: Columns, study: Study) -> Reading | None:
    """Whether one thing makes customers leave: a column's, or of one day and then nobody's apart."""
    one = of_one_factor(question, study) or of_one_factor(usual_words(question, columns), study)  # « nous coûte-t-il des élèves ? »
    dated = blamed_by_its_day(question, one, study)
    if dated is not None or one is None:
        return dated
    of_one = Prepared(one.analysis, dict(one.arguments), state_unheard(question, one, study))
    return Reading("answered", (one,), READ, wording.understood(of_one, columns), left_out=wording.dropped(of_one))


def _of_an_unread_factor(question: str, columns: Columns, study: Study) -> Reading | None:
    step = of_an_unread_factor(question, study)
    return None if step is None else Reading("answered", (step,), READ, wording.understood(Prepared(step.analysis, dict(step.arguments)), columns))


def _typed(question: str, language: Language) -> str:
    """The question with the apostrophes a hurried hand leaves out."""
    return said_in_usual_english(said_simply(elided(question)) if language == "fr" else contracted(question))


def _money_of_a_state(slots: Slots, columns: Columns) -> str | None:
    """« Montant en attente », « combien reste à livrer »: what the purchases of a state come to, and not how revenue is told."""
    states = {found.name for found in columns.fields if found.on_purchases and found.role is Role.ORDER_STATUS}
    return "explore" if slots.measure == "amount" and any(found.field in states for found in slots.filters) else None


def _whence(question: str, slots: Slots, columns: Columns) -> str | None:
    """The analysis of a question on whence good customers come."""
    if by_who_sends(question, slots, columns):
        return "churn_rate"
    return "acquisition_quality" if judged_as_a_channel(question, slots, columns) or channels_ranked(question, slots, columns) else None


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


def _beside(step: Prepared, slots: Slots) -> Prepared | None:
    """« Les plus de 60 ans partent-ils moins ? »: the same figure for all the others."""
    turned = turns.of_the_others(step.arguments) if slots.others else None
    return Prepared(step.analysis, turned) if turned is not None else None


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
    if hint in ("contact_rights", "winback_targets") or (hint == "recruitment_brief" and ranked[0][0] == NONE and free):
        return lifted(ranked, hint, READ)  # whom one may write to, whoever they are; whom to recruit
    return lifted(ranked, hint, READ) if hint is not None and ranked[0][1] < CLEAR and free else ranked


def _listed(step: Prepared, slots: Slots, columns: Columns) -> Prepared:
    """« Quels clients … »: their names, where a query would count them."""
    wanted = slots.listed and step.analysis == "explore" and not step.arguments.get("by")
    return listing(step.arguments, columns) if wanted else step


def _first(ranked: list[tuple[str, float]], name: str) -> list[tuple[str, float]]:
    """The ranking with one intent certain."""
    rest = [(intent, chance * (1 - CERTAIN)) for intent, chance in ranked if intent != name]
    return [(name, CERTAIN), *rest]
