"""The first impression: hold the first steps, where hope of a second purchase fades fastest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.answer import Action
from assistant.plan.case import Case
from assistant.plan.rules.remedies import may_be_acted_upon, reason
from assistant.plan.target import Target, action_id, target
from assistant.plan.trial import design
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import DriverKind, Finding
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

NEWCOMERS = ({"field": "state", "operator": "=", "values": ["new"]},)
_NEW_MONTHS = 6  # the state new under a contract
_HELD_HIGH = 0.1  # part of those who would leave that a welcome may hold: an assumption, and it may be none
_REPAIRED_LOW, _REPAIRED_HIGH = 0.1, 0.4  # part of what a missing welcome explains that giving it recovers: likewise
_WELCOME_CARDS = ("confirm-first-impression", "welcome-say-who-you-are", "second-purchase-recency-trap")
_USAGE_CARDS = ("confirm-first-impression", "early-usage", "early-satisfaction-weighs")


def hold_the_first_steps(finding: Finding, case: Case) -> Iterable[Action]:
    """A welcome for those who are new now, where it is at the beginning that customers are lost.

    When a likely cause lies in the first weeks (a welcome not given), it is mended here, for the next ones.
    """
    buying = "purchases" in case.study.tables
    if not buying and not (finding.items and finding.items[0].get("raised")):
        return
    lost = _stops_at_first(finding) if buying else _lost_early(finding)
    chosen = target(case.study, NEWCOMERS)
    if chosen.count and lost is not None and lost.value:
        cause, share = _missing_welcome(case, chosen.count)
        drivers = case.findings.get("churn_drivers")
        why = (finding.id,) if cause is None or drivers is None else (drivers.id, finding.id)
        yield _welcome(chosen, lost, cause, share, why, _strength(finding, cause, buying=buying), buying=buying)


def mend_the_missing_welcome(finding: Finding, case: Case) -> Iterable[Action]:
    """The same, from the drivers alone, when the leak points have not been asked or point nowhere."""
    leaks = case.findings.get("leak_points")
    if leaks is not None and any(True for _ in hold_the_first_steps(leaks, case)):
        return
    chosen = target(case.study, NEWCOMERS)
    cause, share = _missing_welcome(case, chosen.count) if chosen.count else (None, 0.0)
    if cause is not None:
        lost = Estimate("lost_rate", cause["lost_rate"], Unit.RATIO, round(cause["customers"]), method="exact share")
        buying = "purchases" in case.study.tables
        yield _welcome(chosen, lost, cause, share, (finding.id,), Strength.MODERATE, buying=buying, measured=_left(cause))


def _welcome(
    chosen: Target, lost: Estimate, cause: Mapping[str, Any] | None, share: float, why: tuple[str, ...], strength: Strength, *,
    buying: bool, measured: Sentence | None = None,
) -> Action:  # fmt: skip
    low, high = _change(lost, cause, share)
    trial = design(chosen.count, lost.value or 0.0, low, high)
    words = _BUYING if buying else _SUBSCRIBED
    return Action(
        id=action_id("welcome", chosen),
        stage=JourneyStage.WELCOME,
        title=words.title if cause is None else _mended(cause["touched"]),
        rule=say("Clients à l’état « nouveau »", "Customers in the state “new”"),
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=why,
        how=_WELCOME_CARDS if buying else _USAGE_CARDS,
        offer=words.offer,
        effort=say("Faible : trois messages à écrire une fois.", "Low: three messages to write once."),
        cost=trial.cost(0.2, 2),
        assumptions=(
            say(
                "Les nouveaux d’aujourd’hui se comportent comme ceux d’hier.",
                "Today’s newcomers behave as yesterday’s did.",
            ),
        ),
        effect_metric=words.metric,
        effect=trial.effect(_basis(lost, cause, share, measured or words.measured)),
        indicator=trial.indicator(words.indicator),
        control_group=trial.control,
        when=say("Dès la première semaine de la relation.", "From the first week of the relation."),
        stop_rule=trial.stop_rule(),
        priority=0,
        strength=strength,
        themes=(Theme.WELCOME,),
        reason=None if cause is None else reason(cause),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    title: Sentence
    offer: Sentence
    indicator: Sentence
    metric: Text
    measured: Sentence


_BUYING = _Words(
    say("Installer un accueil pour les nouveaux clients, jusqu’au deuxième achat",
        "Set up a welcome for new customers, up to the second purchase"),
    say("Remercier, expliquer qui nous sommes, aider à bien se servir du premier achat, inviter à revenir sans remise.",
        "Thank them, say who we are, help them use the first purchase well, invite them back without a discount."),
    say("Part des nouveaux qui achètent une deuxième fois",
        "Share of newcomers who buy a second time"),
    Text("deuxièmes achats de plus", "more second purchases"),
    say("Mesuré : {lost} des clients ne font pas de deuxième achat à temps ({lost:interval}).",
        "Measured: {lost} of customers make no second purchase in time ({lost:interval})."),
)  # fmt: skip
_SUBSCRIBED = _Words(
    say("Installer un accueil pour les nouveaux clients, dès les premiers jours",
        "Set up a welcome for new customers, from the first days"),
    say("Remercier, expliquer qui nous sommes, aider à bien se servir de ce qui vient d’être souscrit, demander un avis tôt.",
        "Thank them, say who we are, help them make good use of what they signed up for, ask for an opinion early."),
    say("Part des nouveaux encore clients à la fin de leur premier semestre",
        "Share of newcomers still customers at the end of their first half-year"),
    Text("nouveaux clients retenus", "new customers kept"),
    say("Mesuré : {lost} des clients partent dans leur premier semestre.",
        "Measured: {lost} of customers leave in their first half-year."),
)  # fmt: skip


def _left(cause: Mapping[str, Any]) -> Sentence:
    return say(
        "Mesuré : parmi {among}, {lost} de ceux qui l’ont vécu sont partis.",
        "Measured: of {among}, {lost} of those who lived it have left.",
        among=cause["among"],
    )


def _mended(touched: Sentence) -> Sentence:
    return say(
        "Accueillir chaque nouveau client ; d’abord, la cause probable à corriger — {touched}",
        "Welcome every new customer; first, the likely cause to mend — {touched}",
        touched=touched,
    )


def _missing_welcome(case: Case, newcomers: int) -> tuple[Mapping[str, Any] | None, float]:
    """The heaviest likely cause that lies in the first weeks, and the share of today’s newcomers it touches."""
    for item in case.drivers(DriverKind.CAUSE):
        lived = Theme(item["theme"]) is Theme.WELCOME and item["explained_departures"]
        if not lived or not may_be_acted_upon(item["segment"], case.study.attributes):
            continue
        touched = target(case.study, [{"field": "state", "operator": "=", "values": ["new"]}, *item["segment"]]).count
        if touched:
            return item, touched / newcomers
    return None, 0.0


def _change(lost: Estimate, cause: Mapping[str, Any] | None, share: float) -> tuple[float, float]:
    """How much the chance of losing a newcomer may fall, never more than what was measured."""
    base = lost.value or 0.0
    if cause is None:
        return 0.0, base * _HELD_HIGH
    touched = max(1, cause["customers"])
    least, most = (max(0.0, cause[f"explained_{end}"] or 0.0) / touched * share for end in ("low", "high"))
    return min(base, least) * _REPAIRED_LOW, min(base, most) * _REPAIRED_HIGH


def _basis(lost: Estimate, cause: Mapping[str, Any] | None, share: float, told: Sentence) -> Sentence:
    measured = say(told.template.fr, told.template.en, **{**told.values, "lost": lost})
    if cause is None:
        return say(
            "{measured} Hypothèse à ajuster : l’accueil retient jusqu’à {high} de ceux-là ; il peut aussi n’en retenir aucun.",
            "{measured} An assumption to adjust: the welcome holds up to {high} of those; it may also hold none.",
            measured=measured, high=Threshold(_HELD_HIGH, Unit.RATIO),
        )  # fmt: skip
    touched = max(1, cause["customers"])
    gap = Estimate(
        "adjusted_gap", cause["explained_departures"] / touched, Unit.POINTS, touched,
        (cause["explained_low"] or 0.0) / touched, (cause["explained_high"] or 0.0) / touched, "adjusted difference",
    )  # fmt: skip
    return say(
        "{measured} Cause à corriger : elle touche {share} des nouveaux ; à profil égal, ceux qui l’ont vécue partent plus ({gap} "
        "d’écart, {gap:interval}). Hypothèse à ajuster : la corriger récupère {low} à {high} de cet écart.",
        "{measured} Cause to mend: it touches {share} of newcomers; all else equal, those who lived it leave more (a gap of {gap}, "
        "{gap:interval}). An assumption to adjust: mending it recovers {low} to {high} of this gap.",
        measured=measured, gap=gap, share=Estimate("newcomers_touched", share, Unit.RATIO, method="exact share"),
        low=Threshold(_REPAIRED_LOW, Unit.RATIO), high=Threshold(_REPAIRED_HIGH, Unit.RATIO),
    )  # fmt: skip


def _stops_at_first(finding: Finding) -> Estimate | None:
    """The share of customers who make no second purchase within the time followed."""
    step = next((item for item in finding.items if item.get("kind") == "step" and item.get("purchase") == 1), None)
    if step is None or step.get("stops") is None:
        return None
    low, high = (None, None) if step["low"] is None or step["high"] is None else (1 - step["high"], 1 - step["low"])
    return Estimate("no_second_purchase", step["stops"], Unit.RATIO, step["customers"], low, high, "Kaplan-Meier")


def _lost_early(finding: Finding) -> Estimate | None:
    """The share of customers lost in their first months, from the departures a month at each age."""
    ages = [i for i in finding.items if i.get("kind") == "age" and (i.get("to_month") or math.inf) <= _NEW_MONTHS]
    if not ages:
        return None
    kept = math.prod((1 - float(i["hazard"])) ** (i["to_month"] - i["from_month"] + 1) for i in ages)
    return Estimate("lost_early", 1 - kept, Unit.RATIO, ages[0]["months_followed"], method="life table")


def _strength(finding: Finding, cause: Mapping[str, Any] | None, *, buying: bool) -> Strength:
    """Moderate where a cause was found or the first step stands out from the next ones; weak otherwise."""
    if cause is not None:
        return Strength.MODERATE
    steps = [item for item in finding.items if item.get("kind") == "step" and item.get("low") is not None]
    stands_out = not buying or (len(steps) > 1 and steps[0]["high"] < steps[1]["low"])
    return Strength.MODERATE if stands_out and finding.strength is not Strength.WEAK else Strength.WEAK
