"""What stops a question from being answered as it was read, and what is said or offered instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analytics.catalog import CATALOG
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded import dialogue as turns
from assistant.embedded import wording
from assistant.embedded.absent import as_typed, figure_missing, held_header, no_column, no_figure, restricting
from assistant.embedded.arguments import Prepared, best_customers, prepare
from assistant.embedded.choices import MOST, offered
from assistant.embedded.columns import Columns
from assistant.embedded.corpus import NONE
from assistant.embedded.half_read import beyond_the_figure
from assistant.embedded.ideas import concepts, idea
from assistant.embedded.lacking import what_is_lacking
from assistant.embedded.margins import no_margin
from assistant.embedded.measuring import PERSON
from assistant.embedded.outcomes import said_of_some
from assistant.embedded.rates import other_rate
from assistant.embedded.slotted import Slots
from assistant.embedded.sureness import ACT, CHOICE, CLEAR, MARGIN
from assistant.embedded.text import plain
from vocabulary.language import Text

_FIND_THEIR_OWN = frozenset(
    {"acquisition_quality", "store_loyalty", "omnichannel", "guidance"}
)  # they say what is missing
COUNTING = frozenset({"explore", "churn_rate"})  # a figure of some customers: a condition not read would be another figure
# Analyses that count customers: a restriction they cannot read must be said.
RESTRICTED = frozenset({analysis.name for analysis in CATALOG} - {"data_health", "lost_definition", "guidance"})


def what_stops(
    question: str, columns: Columns, study: Study, slots: Slots, step: Prepared, stranger: tuple[str, ...],
    probability: float, chances: list[str], before: turns.Previous | None,
) -> Reading | None:  # fmt: skip
    """What stops a step from running: a column, a value or a word of the question that the files do not answer to."""
    leans = before is not None
    if step.analysis == "explore" and step.arguments.get("measure") in _OF_LINES and not step.arguments.get("table"):
        unread = as_typed((slots.unexplained or slots.unread)[:3], question)  # it goes on from the lines of a file, which do not tell it
        return Reading("cannot_answer", (), round(min(probability, ACT), 3), wording.not_read(unread) if unread else wording.not_understood(), offered(chances, slots, question, columns, study))
    missing = _missing_column(slots, step, columns)
    if missing is not None:
        return Reading("cannot_answer", (), probability, no_column(missing, question, columns, study))
    half = _half_asked(question, slots, step, chances, leans, columns, study)
    if half is not None:
        return half
    if stranger and step.analysis in RESTRICTED and slots.customer is None:
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
    slots.unread += beyond_the_figure(question, step)
    unread = list(dict.fromkeys([*(slots.unread if step.analysis in COUNTING or slots.figure else ()), *(() if leans else slots.unexplained)]))
    other = step.analysis not in COUNTING or (step.analysis == "churn_rate" and slots.measure != "lost_rate" and not slots.departing)
    astray = slots.figure and other and probability < CLEAR and not leans  # another figure than the one asked
    if unread and step.analysis in COUNTING and not slots.by and (held := held_header(unread, question, columns, study)) is not None:
        return Reading("cannot_answer", (), round(min(probability, ACT), 3), wording.not_by_customer(held))
    if unread and (astray or step.analysis in (COUNTING if slots.unread else ("explore",))):
        choices = offered(chances, slots, question, columns, study)
        return Reading("clarify", (), round(min(probability, ACT), 3), wording.not_read(as_typed(unread[:3], question)), choices)
    if step.analysis == "churn_rate" and not slots.by and slots.unknown_group in slots.unexplained and slots.unknown_group is not None:
        return Reading("cannot_answer", (), round(probability, 3), no_column(slots.unknown_group, question, columns, study))  # asked by something, it is no rate of all
    return None


_OF_LINES = frozenset({"records", "share_records"})


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


def unmeasured(name: str, probability: float, slots: Slots, question: str, columns: Columns, study: Study) -> Reading | None:
    """What is said of a question no analysis answers, where the files tell why.

    A figure asked by a column that is not there; a column that is not told of each customer; « vins blancs à Paris 2025 »: what is looked at is
    read in full, and nothing says what to measure of it.
    """
    if (name in (NONE, "explore") or probability < CLEAR) and (cost := no_margin(question, study)) is not None:
        return cost
    if _two_periods_alone(slots):
        return Reading("clarify", (), ACT, wording.which_one(), _of_periods(["explore"], slots, question, columns, study))
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


def _two_periods_alone(slots: Slots) -> bool:
    """« Premier semestre 2026 par rapport au premier semestre 2025 »: nothing says of what."""
    told = slots.measure or slots.column or slots.by or slots.time or slots.filters or slots.unexplained or slots.unread or slots.unknown_group or slots.statistic
    return slots.period is not None and slots.compare is not None and not told and not slots.departing


def _which_figure(slots: Slots, columns: Columns) -> Reading:
    """What is looked at is known; which figure of it is the manager's choice."""
    measures = ["customers"] if not columns.dated else ["amount", "orders", "customers"] if columns.named("amount") is not None else ["orders", "customers"]
    choices = [wording.asked(prepare("explore", replace(slots, measure=measure), "", {}, columns), columns) for measure in measures]
    return Reading("clarify", (), ACT, wording.which_one(), tuple(choices))


def doubted(
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


def _missing_column(slots: Slots, step: Prepared, columns: Columns) -> str | None:
    """The thing a question splits by that these files do not hold, when a manager's word for it is known."""
    said = slots.unknown_group
    if said is None or slots.by or not columns.fields:
        return None
    if step.analysis == "explore":
        return said
    terms = {plain(term) for group in concepts()["roles"].values() for term in group}
    return said if said in terms and step.analysis not in _FIND_THEIR_OWN else None
