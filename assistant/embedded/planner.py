"""The planner with no language model: intent, slots, dialogue, and a sentence that says how the question was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from analytics.catalog import CATALOG
from analytics.study import Study
from assistant.answer import Reading, Step
from assistant.embedded import dialogue as turns
from assistant.embedded import wording
from assistant.embedded.arguments import Prepared, prepare
from assistant.embedded.binding import bound
from assistant.embedded.choices import offered, plain_count
from assistant.embedded.columns import Columns, columns_of, concepts
from assistant.embedded.corpus import NONE
from assistant.embedded.intents import IntentModel, default_model
from assistant.embedded.refusals import refusal, refusal_sentence
from assistant.embedded.slots import Slots, against_last_year, bought_there, read_slots
from assistant.embedded.strangers import strangers, without
from assistant.embedded.text import plain
from assistant.planner import Dialogue
from vocabulary.language import Language, Text

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
# Analyses that count customers: a restriction they cannot read must be said.
_RESTRICTED = frozenset({
    analysis.name for analysis in CATALOG if analysis.run is not None
} - {"data_health", "lost_definition"})


class EmbeddedPlanner:
    """Reads questions with shipped weights and rules; needs no key and no network."""

    def __init__(self, model: IntentModel | None = None) -> None:
        """Use `model`, the shipped one by default."""
        self._model = model or default_model()

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
        ranked = self._model.rank(question, language)
        if refusal(question) is not None:
            return _first(ranked, NONE)
        kind = turns.kind_of(question)
        if kind in _SMALL_TALK:
            return _first(ranked, NONE)
        before = turns.previous(dialogue, kind)
        return turns.blended(ranked, kind, before, turns.own_words(question))

    def read(self, question: str, language: Language, dialogue: Dialogue, study: Study) -> Reading:
        """Read `question` in the light of the earlier turns and of the columns and values in `study`."""
        stopped = refusal(question)
        if stopped is not None:
            return Reading("declined", (), _CERTAIN, refusal_sentence(stopped))
        question = question.lower() if question.isupper() else question  # typed with the capitals on
        kind = turns.kind_of(question)
        if kind in _SMALL_TALK:
            return Reading("answered", (), _CERTAIN, wording.greeting(kind))
        before = turns.previous(dialogue, kind)
        columns = columns_of(study)
        slots = read_slots(question, columns, study.as_of, frozenset(self._model.weights.known))
        against_last_year(slots, study.as_of)
        if before is not None and before.analysis == "explore" and kind in ("refine", "lean") and slots.measure is None:
            bought_there(slots, columns, before.arguments.get("measure"))
        alone = kind in ("refine", "lean") and not (slots.by or slots.filters or slots.time or slots.period)
        stranger = strangers(question, slots.unexplained, self._model.weights.known, follow_up=alone and before is not None)
        ranked = self.rank(without(question, stranger) if stranger else question, language, dialogue, study)
        ranked = bound(ranked, slots, kind, before)
        name, probability = ranked[0]
        if slots.customer is not None and (name != NONE or probability < ACT):
            name, probability = "customer_story", max(probability, 0.9)
        unsure = _unsure(ranked, name, probability, lambda names: offered(names, slots, question, columns, study))
        if unsure is not None:
            return unsure
        leans = before is not None and kind not in _STANDALONE and name == turns.inherited(kind, before)
        command = _COMMANDS.get(kind) if before is not None else None
        if before is not None and command in ("add_to_plan", "pin", "export"):
            step = Prepared(before.analysis, dict(before.arguments))
        else:
            step = prepare(name, slots, question, _inherited(before, name) if leans else {}, columns)
        missing = _missing_column(slots, step, columns)
        if missing is not None:
            return Reading("cannot_answer", (), probability, wording.no_such_column(missing, columns))
        if command is None and stranger and step.analysis in _RESTRICTED and slots.customer is None:
            choices = offered([step.analysis], Slots(), question, columns, study)
            return Reading("cannot_answer", (), round(probability, 3), wording.not_in_files(stranger, question, columns), choices)
        if command is None and not leans and slots.unexplained and plain_count(step, slots):
            others = [intent for intent, _ in ranked[:4] if intent != NONE]
            choices = offered(others, slots, question, columns, study)
            return Reading("clarify", (), round(min(probability, ACT), 3), wording.not_read(slots.unexplained[:3]), choices)
        steps = (Step(step.analysis, step.arguments),)
        return Reading("answered", steps, round(probability, 3), wording.understood(step, columns), command=command)


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


def _inherited(before: turns.Previous | None, name: str) -> Mapping[str, Any]:
    """What the step takes over: everything when the analysis is the same, the customers looked at otherwise."""
    if before is None:
        return {}
    if before.analysis == name:
        return before.arguments
    return {"segment": before.arguments.get("segment", ())}


def _missing_column(slots: Slots, step: Prepared, columns: Columns) -> str | None:
    """The thing a question splits by that these files do not hold, when a manager's word for it is known."""
    said = slots.unknown_group
    if said is None or slots.by or not columns.fields:
        return None
    terms = {plain(term) for group in concepts()["roles"].values() for term in group}
    return said if said in terms and step.analysis not in _FIND_THEIR_OWN else None
