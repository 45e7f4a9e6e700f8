"""What a follow-up takes over from the turn it leans on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analytics.datamodel.model import ColumnType
from analytics.study import Study
from assistant.answer import Reading, Step
from assistant.embedded import dialogue as turns
from assistant.embedded import wording
from assistant.embedded.arguments import Prepared, listing
from assistant.embedded.as_a_share import as_a_share
from assistant.embedded.bought_there import bought_there
from assistant.embedded.columns import Columns
from assistant.embedded.gone_or_here import only_those
from assistant.embedded.held_back import RESTRICTED
from assistant.embedded.measuring import share_said
from assistant.embedded.slots import against_last_year
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain


def commanded(command: str | None, name: str, before: turns.Previous | None, columns: Columns) -> Prepared | None:
    """The step a command is about: the one before, or the names of those it counted."""
    if before is None or command is None:
        return None
    if command in ("add_to_plan", "pin", "export"):
        return Prepared(before.analysis, dict(before.arguments))
    if command == "show_list" and name == "explore" and (gone := turns.left_then(before.arguments)) is not None:
        return listing({"segment": gone}, columns)  # those who left then, and not what they bought in those days
    return listing(before.arguments, columns) if command == "show_list" and name == "explore" else None


def turned_round(question: str, before: turns.Previous | None, columns: Columns) -> Reading | None:
    """« Et les autres ? », « et par client ? », « ça fait quel pourcentage ? »: the step before with its last condition turned round, its total or its count divided."""
    each = turns.by_head(question, before, columns)
    share = as_a_share(question, before.analysis, before.arguments) if before is not None else None
    if before is None or not (each or share or turns.asks_others(question)):
        return None
    turned = share or ({**before.arguments, "measure": each} if each else turns.of_the_others(before.arguments))
    if turned is None:
        return None
    step = Prepared(before.analysis, turned)
    said = wording.understood(step, columns, wording.kept(step, Slots(), before.arguments, columns))
    return Reading("answered", (Step(step.analysis, step.arguments),), 0.9, said)


def in_the_light_of(before: turns.Previous | None, slots: Slots, question: str, columns: Columns, study: Study) -> None:
    """Put right what a follow-up says of periods and places by the turn it leans on, or by none."""
    if before is not None and before.analysis == "explore" and slots.measure == "customers" and slots.filters and not slots.by and _FOR_SOME.match(plain(question)):
        slots.measure = None  # "for loyalty members" after an average order: theirs, and not how many they are
    held = _period_of(before)
    if held is not None:
        slots.period = turns.moved_back(question, held, study.as_of) or slots.period
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


_FOR_SOME = re.compile(r"^(?:and |et |ok |now |and now )*(?:for|pour|chez|among|parmi|what about) (?!(?:how many|combien)\b)")


def _bought_then(slots: Slots, question: str) -> None:
    """« Et le nombre de clients actifs ? » after a figure of a period: those who bought in it, and not those still here today of them."""
    here = [found for found in slots.filters if found.field == "lost" and found.values == (False,)]
    if slots.measure == "customers" and here and _ACTIVE.search(plain(question)):
        slots.filters = [found for found in slots.filters if found not in here]
        slots.active = True


_ACTIVE = re.compile(r"\b(?:actifs?|actives?|active)\b")
_HOW_MANY_THEY_ARE = re.compile(r"^(?:et |and |so |donc )*(?:ca (?:en )?fait combien|combien (?:sont-(?:ils|elles)|y en a-t-il|ca (?:en )?fait|il y en a)|how many (?:are (?:they|there|those)|is that|of them are there))[ ?.!]*$")


def last_number(before: turns.Previous | None, kind: turns.Kind) -> str | None:
    """The column of the last comparison with a number, for a follow-up that names none."""
    if before is None or kind not in ("refine", "lean"):
        return None
    conditions = reversed(before.arguments.get("segment") or ())
    return next((str(found["field"]) for found in conditions if found["operator"] in ("<", "<=", ">", ">=", "between")), None)


def _period_of(before: turns.Previous | None) -> Mapping[str, str] | None:
    period = before.arguments.get("period") if before is not None else None
    return period if isinstance(period, Mapping) else None


def inherited(before: turns.Previous | None, name: str, columns: Columns) -> tuple[Mapping[str, Any], tuple[str, ...]]:
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
    return {"segment": [*held.get("segment", ()), *bought]}, tuple(code for code, present in lost.items() if present and name in RESTRICTED)


def _ever_told(condition: Mapping[str, Any], columns: Columns) -> bool:
    field = columns.named(condition["field"])
    return field is not None and bool(field.values or field.type is ColumnType.FLAG) and condition["operator"] in ("=", "in")
