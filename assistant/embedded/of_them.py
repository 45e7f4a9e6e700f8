"""« Combien sont des pros ? » after a list or a count: of those just told, though the follow-up names nobody; and two counts asked at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.answer import Reading, Step
from assistant.embedded import dialogue as turns
from assistant.embedded import wording
from assistant.embedded.arguments import Prepared, prepare
from assistant.embedded.columns import Columns
from assistant.embedded.measuring import ORDERS, PERSON
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain
from assistant.planner import Dialogue
from vocabulary.sentence import say

_SURE = 0.9
_LED = r"^(?:et |and |so |donc |alors |mais |but |ok |dont |parmi eux |parmi elles |among them |of those )*"
_OF_THEM = re.compile(
    rf"{_LED}(?:combien|quelle (?:part|proportion)|quel pourcentage)(?: d'entre (?:eux|elles)| parmi (?:eux|elles)| en tout)? (?:ne )?(?:n')?"
    r"(?:sont|etaient|ont|avaient|viennent|venaient|habitent|habitaient|vivent|payent|paient|payaient|utilisent|a|au|aux|en|dans|chez|avec|sans)\b|"
    rf"{_LED}(?:how many|what (?:share|percentage|proportion))(?: of (?:them|those|these))? (?:are|were|have|had|come|came|live|lived|pay|paid|use|used|in|from|at|with|without)\b(?! (?:there|they|those)\b)"
)
_OTHER_THING = re.compile(r"\b(?:mois|jours?|semaines?|annees?|months?|days?|weeks?|years?|euros?|stock|tout|total)\b(?=[ ?.!]*$)")
_LINES = frozenset({"orders", "quantity", "records", "share_orders", "share_records"})
_PEOPLE = frozenset({"customers", "share_customers", "lost_customers", "new_customers", "lost_rate"})
# Lists and groups a count cannot be narrowed from: who is in them is no condition on a column.
_OWN_GROUPS = frozenset({"still_alive", "winback_targets", "winback_budget", "second_life", "embers", "segments", "best_and_disappointing", "win_back"})
_NOT_KEPT = ("by", "top", "top_share", "order", "measure", "column", "compare", "per", "part")


def of_them(question: str) -> bool:
    """Whether a follow-up counts some of those just told, naming nobody: « combien à Bron ? », "how many are women?".

    Args:
        question: as typed.
    """
    text = plain(question)
    return _OF_THEM.search(text) is not None and PERSON.search(text) is None and ORDERS.search(text) is None and _OTHER_THING.search(text) is None


def counted_of_them(question: str, slots: Slots, before: turns.Previous | None, columns: Columns) -> Reading | None:
    """The count of some of those the turn before was about; None when the question asks for something else.

    The whole base counted there would be a wrong number: where those of before are no condition that can be kept, it is said.

    Args:
        question: as typed.
        slots: what was read of it.
        before: the turn before, if any.
        columns: what the data can be asked about.
    """
    if before is None or before.arguments.get("table") or not of_them(question) or slots.unexplained or slots.unread or slots.unknown_group is not None:
        return None
    if slots.by or slots.time or slots.part or not (slots.filters or slots.period or slots.active) or slots.measure not in ("customers", "share_customers", None):
        return None
    if before.analysis == "at_risk":
        if any(found.on_purchases or found.field in ("lost", "state", "lost_on") for found in slots.filters) or not slots.filters:
            return None
        among = [*(before.arguments.get("among", ()) if turns.points_back(question) else ()), *(found.to_json() for found in slots.filters)]
        step = Prepared("at_risk", {**{key: value for key, value in before.arguments.items() if key != "among"}, "among": among})
        return _answered(step, columns, None)
    if before.analysis in _OWN_GROUPS:
        return Reading("cannot_answer", (), _SURE, _CANNOT)
    held = _held(before, slots)
    if held is None:
        return Reading("cannot_answer", (), _SURE, _CANNOT) if before.arguments.get("top") or before.arguments.get("top_share") else None
    if before.arguments.get("measure") in _LINES and slots.measure == "customers":
        slots.measure = before.arguments["measure"]
    slots.measure = slots.measure or "customers"
    step = prepare("explore", slots, question, held, columns)
    return _answered(step, columns, wording.kept(step, slots, held, columns))


def _held(before: turns.Previous, slots: Slots) -> Mapping[str, Any] | None:
    """The conditions of those the turn before was about, as a query of customers holds them."""
    arguments = before.arguments
    if before.analysis == "churn_rate":
        return {"segment": [*(one for one in arguments.get("segment", ()) if one["field"] != "lost"), {"field": "lost", "operator": "=", "values": [True]}]}
    if before.analysis != "explore" or arguments.get("top") or arguments.get("top_share"):
        return None
    kept = {key: value for key, value in arguments.items() if key not in _NOT_KEPT}
    period = kept.get("period")
    moved = {"lost_customers": "lost_on", "new_customers": "started"}.get(str(arguments.get("measure")))
    if moved is not None:
        kept.pop("period", None)
        of_then = [{"field": moved, "operator": "between", "values": [period["start"], period["end"]]}] if isinstance(period, Mapping) else []
        gone = [] if of_then or moved == "started" else [{"field": "lost", "operator": "=", "values": [True]}]
        return {**kept, "segment": [*kept.get("segment", ()), *of_then, *gone]}
    if slots.measure == "share_customers" and arguments.get("measure") in _PEOPLE:
        return kept
    return kept


def those_counted(before: turns.Previous | None, question: str, columns: Columns) -> turns.Previous | None:
    """The turn before, where « combien d'entre eux … ? », « leur taux de départ ? » follows a share: they are those the share counted, and not all it was a share of.

    Args:
        before: the turn it leans on.
        question: as typed.
        columns: what the data can be asked about; who left is no group that a rate of departures is of.
    """
    pointed = turns.points_back(question) or turns.of_somebody(question)
    if before is None or before.arguments.get("measure") != "share_customers" or not before.arguments.get("part") or not pointed:
        return before
    kept = {key: value for key, value in before.arguments.items() if key != "part"}
    counted = [one for one in before.arguments["part"] if one["field"] != "lost" and one["field"] not in columns.fates and columns.named(one["field"]) is not None]
    return replace(before, arguments={**kept, "measure": "customers", "segment": [*kept.get("segment", ()), *counted]})


def _answered(step: Prepared, columns: Columns, kept: Any) -> Reading:
    return Reading("answered", (Step(step.analysis, step.arguments),), _SURE, wording.understood(step, columns, kept))


def whom(dialogue: Dialogue, question: str, before: turns.Previous | None, kind: turns.Kind) -> turns.Previous | None:
    """The turn whose customers are counted: « combien sont des pros ? », « combien à Bron ? » in a row are both of the same list.

    Args:
        dialogue: the earlier turns.
        question: as typed.
        before: the last turn that ran an analysis.
        kind: how the question leans.
    """
    answers = dialogue.answers
    if not of_them(question) or turns.points_back(question):
        return before
    while len(answers) > 1 and of_them(answers[-1].question) and answers[-1].status == "answered":
        answers = answers[:-1]
    return turns.previous(Dialogue(answers), kind) if len(answers) < len(dialogue.answers) else before


_CANNOT = say(
    "La question d’avant portait sur un groupe choisi autrement que par une colonne : je ne peux pas en compter une partie. Demandez-en la liste, ou posez la question en entier.",
    "The question before was about a group chosen otherwise than by a column: I cannot count some of it. Ask for its list, or ask this question in full.",
)

_TWO = re.compile(r"^(?P<first>(?:combien|how many)\b.{4,90}?)(?:,| ?;|\?)? ?(?:et |and |puis |then )(?P<second>(?:combien|how many)\b.{4,90})$", re.IGNORECASE)


def two_counts(question: str) -> tuple[str, str] | None:
    """« Combien de clients dans l'Ain, et combien sont partis ? »: both questions, the second of which may be of the first; None when one is asked.

    Args:
        question: as typed.
    """
    match = _TWO.match(" ".join(question.split()))
    return (match["first"].strip(" ,;"), match["second"].strip()) if match is not None else None
