"""Findings → actions: the rules of each stage, ranked by what is at stake and by the strength of proof."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence

from analytics.study import Study
from assistant.answer import Action
from assistant.plan.rules import churn, loyalty, reconquest, recruitment, welcome
from vocabulary.finding import Finding
from vocabulary.themes import Strength

Rule = Callable[[Finding, Study], Iterable[Action]]

RULES: dict[str, tuple[Rule, ...]] = {
    "churn_drivers": (churn.repair_a_cause,),
    "at_risk": (churn.call_the_most_exposed,),
    "leak_points": (welcome.hold_the_first_steps,),
    "acquisition_quality": (recruitment.move_the_budget,),
    "segments": (loyalty.thank_the_best,),
    "relationship_overview": (loyalty.look_after_the_drifting,),
    "still_alive": (reconquest.win_back_the_embers,),
}

_PROOF = {Strength.STRONG: 3, Strength.MODERATE: 2, Strength.WEAK: 1}


def recommend(findings: Sequence[Finding], study: Study) -> tuple[Action, ...]:
    """The actions that these findings call for, most worthwhile first, `priority` counted from one.

    An action is proposed only for customers who exist: a target of nobody is dropped.
    """
    found = [action for finding in findings for rule in RULES.get(finding.analysis, ()) for action in rule(finding, study)]
    distinct = {action.id: action for action in found if action.count > 0}
    ranked = sorted(distinct.values(), key=lambda a: (-_PROOF[a.strength] * max(a.effect.high, 0.1), a.id))
    return tuple(dataclasses.replace(action, priority=rank) for rank, action in enumerate(ranked, start=1))
