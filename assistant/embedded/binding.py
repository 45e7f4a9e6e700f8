"""The ranking of analyses once columns and values of the files were found in the question."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded import dialogue as turns
from assistant.embedded.columns import Columns
from assistant.embedded.corpus import NONE
from assistant.embedded.ideas import split_headers
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words

Ranked = list[tuple[str, float]]
_SURE = 0.7
_BOUND = 0.9
_OF_LEAVING = frozenset({"churn_rate", "relationship_overview", "explore", NONE, "churn_drivers", "lost_definition", "still_alive"})
_LISTS = frozenset({"list", "why", "do", "cause", "act", "add_to_plan", "pin", "export"})
_FOLLOWS = frozenset({"refine", "lean"})


def bound(ranked: Ranked, slots: Slots, kind: turns.Kind, before: turns.Previous | None) -> Ranked:
    """The ranking in the light of the slots.

    A measure with its groups or filters is a query; leaving with groups or filters is a rate; a follow-up that only
    changes the split, the filter or the period stays with the analysis before it.

    Args:
        ranked: intents with probabilities, most probable first.
        slots: what the question says beside its subject.
        kind: how it leans on the turn before.
        before: that turn.
    """
    told = bool(slots.by or slots.filters or slots.time or slots.period or slots.also or slots.absent)
    only_lost = slots.departing and all(found.field == "lost" for found in slots.filters)
    name, chance = ranked[0]
    clear = not slots.unexplained and slots.unknown_group is None
    if slots.soon and clear:
        return lifted(ranked, "at_risk", _BOUND)  # whatever the values of the files make the words sound like
    if clear and before is not None and kind in _FOLLOWS and not slots.departing:
        alone = told and (slots.measure is None or before.analysis == "explore")
        if alone or (slots.statistic is not None and before.analysis == "explore"):
            return lifted(ranked, before.analysis, _BOUND)
    if clear and slots.counted and slots.filters and not slots.departing:
        return lifted(ranked, "explore", _BOUND)  # « combien de clients ont acheté plus de deux fois » is a count
    counted_out = slots.measure in ("lost_customers", "new_customers") or (slots.measure == "customers" and slots.filters)
    people = slots.measure in ("customers", "lost_customers", "new_customers")
    measured = slots.measure not in (None, "lost_rate") and (not (only_lost and people) or bool(counted_out))
    gone = any(found.field in ("lost", "lost_on") for found in slots.filters)
    if slots.listed and clear and gone and not slots.departing and name in _OF_LEAVING:
        return lifted(ranked, "explore", _BOUND)  # the names of those who left, and not their rate
    if slots.listed and clear and not slots.departing and (chance < _SURE or name in (NONE, "explore")):
        return lifted(ranked, "explore", _BOUND)
    if slots.ranked and clear and not slots.departing and name in (NONE, "explore", "segments", "acquisition_quality"):
        return lifted(ranked, "explore", _BOUND)
    if slots.losing and chance < _SURE:
        return lifted(ranked, "churn_rate", _BOUND)
    if told and clear and slots.departing and not measured and (chance < _SURE or name in (NONE, "explore")):
        return lifted(ranked, "churn_rate", _BOUND)
    stated = slots.column is None or slots.top is not None or slots.statistic is not None or bool(slots.by) or slots.measure in ("sum", "distinct")
    if clear and measured and stated and (kind not in _LISTS or before is None):
        return lifted(ranked, "explore", _BOUND)
    if clear and slots.measure == "lost_rate" and (name in (NONE, "explore") or (told and name != "churn_rate" and (chance < _SURE or slots.others))):
        return lifted(ranked, "churn_rate", _BOUND)
    query = measured and told and "explore" in [intent for intent, _ in ranked[:3]]
    return lifted(ranked, "explore", _SURE) if query and chance < _SURE else ranked


_PROGRAMME = re.compile(
    r"\b(?:fidel\w*|loyal\w*|program\w*|(?<!\d )(?<!pourcentage )(?<!percentage )points?(?! de (?:pourcentage|churn|depart|attrition))|rewards?|recompenses?|cartes?|cards?|clubs?|schemes?|vip|avantages?|perks?|cagnott\w*|miles|"
    r"non-?(?:members?|membres?|adherente?s?|porteurs?|encartes?)|encarte\w*)\b"
)


def of_members(ranked: Ranked, question: str, columns: Columns) -> Ranked:
    """The ranking without the loyalty programme where "members" are simply who the customers are: no file tells them apart, and nothing names a programme.

    Args:
        ranked: intents with probabilities, most probable first.
        question: as typed.
        columns: what the data can be asked about.
    """
    if any(found.role is Role.LOYALTY_MEMBER for found in columns.fields):
        return ranked
    text = plain(question)
    for header in sorted((" ".join(words(split_headers(found.name))) for found in columns.fields), key=len, reverse=True):
        text = text.replace(header, " ") if " " in header else text  # « enfants sur la carte » is the name of a column
    if _PROGRAMME.search(text):
        return ranked
    rest = [(intent, chance) for intent, chance in ranked if intent != "loyalty_programme"]
    whole = sum(chance for _, chance in rest) or 1.0
    return [(intent, chance / whole) for intent, chance in rest]


def lifted(ranked: Ranked, name: str, chance: float) -> Ranked:
    """The ranking with one analysis first, at least that probable."""
    if ranked[0][0] == name and ranked[0][1] >= chance:
        return ranked
    return [(name, chance), *((intent, other * (1 - chance)) for intent, other in ranked if intent != name)]
