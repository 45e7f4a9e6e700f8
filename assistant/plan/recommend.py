"""Findings → actions: the rules of each stage, ranked by what is at stake and by the strength of proof."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence

from analytics.study import Study
from assistant.answer import Action
from assistant.plan.case import Case
from assistant.plan.rules import churn, loyalty, reconquest, recruitment, welcome
from vocabulary.estimate import Unit
from vocabulary.finding import Finding
from vocabulary.themes import Strength

Rule = Callable[[Finding, Case], Iterable[Action]]

RULES: dict[str, tuple[Rule, ...]] = {
    "churn_drivers": (churn.repair_a_cause, welcome.mend_the_missing_welcome, recruitment.recruit_elsewhere),
    "at_risk": (churn.listen_to_the_most_exposed,),
    "leak_points": (welcome.hold_the_first_steps,),
    "acquisition_quality": (recruitment.move_the_effort,),
    "segments": (loyalty.thank_the_best,),
    "relationship_overview": (loyalty.look_after_the_drifting,),
    "still_alive": (reconquest.win_back_the_embers,),
    "churn_rate": (reconquest.win_back_ended_contracts,),
}

LEAST_CUSTOMERS = 50  # fewer in the whole base: a description, no plan
LEAST_TARGET = 10  # fewer in an action's target: people to talk to, not an action to plan
_PROOF = {Strength.STRONG: 3, Strength.MODERATE: 2, Strength.WEAK: 1}


def recommend(findings: Sequence[Finding], study: Study) -> tuple[Action, ...]:
    """The actions that these findings call for, most worthwhile first, `priority` counted from one.

    Ranked by the middle of the effect expected times the strength of proof. None where the base is too small to act upon
    otherwise than by talking to people; none for a target of fewer than ten, nor whose best effect is not one customer.
    """
    if study.database.row("SELECT count(*) FROM customers")[0] < LEAST_CUSTOMERS:
        return ()
    whole = [finding for finding in findings if not finding.arguments.get("segment")]
    case = Case(study, {finding.analysis: finding for finding in reversed(whole)})
    found = [action for finding in whole for rule in RULES.get(finding.analysis, ()) for action in rule(finding, case)]
    distinct = {action.id: action for action in found if action.count >= LEAST_TARGET and _brings_something(action)}
    ranked = sorted(distinct.values(), key=lambda a: (-_PROOF[a.strength] * max((a.effect.low + a.effect.high) / 2, 0.1), a.id))
    return tuple(dataclasses.replace(action, priority=rank) for rank, action in enumerate(ranked, start=1))


def _brings_something(action: Action) -> bool:
    """Whether the top of the effect expected is still one customer, or order, once said in whole ones: "0 more" is no advice."""
    return Unit(action.effect.unit) not in (Unit.CUSTOMERS, Unit.ORDERS, Unit.COUNT) or round(action.effect.high) >= 1
