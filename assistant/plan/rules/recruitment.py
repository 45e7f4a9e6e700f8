"""The meeting: recruit where customers stay, less where they do not, always by a reversible test first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from assistant.answer import Action, Range
from assistant.plan.case import Case
from assistant.plan.rules.remedies import may_be_acted_upon, reason
from assistant.plan.target import Target, action_id, target
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import DriverKind, Finding
from vocabulary.language import Text
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_TESTED = 0.2  # share of the budget or of the recruits moved at first: small enough to come back from
_LAST_RECRUITS_ARE_WORSE = 0.5  # the next recruits of a channel may be worth half of those it brings today


def move_the_effort(finding: Finding, case: Case) -> Iterable[Action]:
    """Move part of the effort to a channel that keeps better, and at no higher cost per customer kept where costs are known."""
    if finding.arguments.get("by"):
        return  # shops or regions compared: people are not recruited there by moving a budget
    chosen = _best_move([item for item in finding.items if item.get("tier") is not None])
    if chosen is None:
        return
    move, since = chosen, case.recruits_since()
    place = {"worst": Label(str(move.source["channel"])), "best": Label(str(move.goal["channel"]))}
    who = target(case.study, [{"field": "channel", "operator": "=", "values": [move.source["channel"]]}, *since], present=False)
    moved = who.count * _TESTED
    gained = moved * move.exchange
    low = gained * _bound(move.goal, "low") * _LAST_RECRUITS_ARE_WORSE - moved * _bound(move.source, "high")
    high = gained * _bound(move.goal, "high") - moved * _bound(move.source, "low")
    if high <= 0:
        return
    yield Action(
        id=action_id("recruit", who),
        stage=JourneyStage.RECRUITMENT,
        title=_title(move, place),
        rule=_recruits_of(since, place),
        segment=who.segment,
        sql=who.sql,
        count=who.count,
        why=(finding.id,),
        how=("loyalty-starts-at-prospecting", "one-team-for-win-and-keep", "light-buyers-growth"),
        offer=say(
            "Tester sur {part} de l’effort de ce canal, une saison, dans une moitié des lieux ou des semaines, avant d’aller plus "
            "loin.",
            "Test it on {part} of this channel’s effort, one season, in half of the places or weeks, before going further.",
            part=Threshold(_TESTED, Unit.RATIO),
        ),
        effort=say("Faible : un arbitrage.", "Low: one decision."),
        cost=Range(0, 0, Unit.MONEY.value, _COST_KNOWN if move.priced else _COST_UNKNOWN),
        assumptions=(_NEXT_RECRUITS,),
        effect_metric=Text("clients encore là au même âge, en plus", "more customers still there at the same age"),
        effect=Range(
            round(max(0.0, low), 1), round(high, 1), Unit.CUSTOMERS.value,
            say("Écart mesuré entre les deux canaux, appliqué à la part déplacée d’une année de recrues ; en bas, les recrues de "
                "plus valent {half} de celles d’aujourd’hui.",
                "Measured gap between the two channels, applied to the part moved of one year of recruits; at the bottom, the "
                "additional recruits are worth {half} of today’s.",
                half=Threshold(_LAST_RECRUITS_ARE_WORSE, Unit.RATIO)),
        ),
        indicator=say(
            "Part des recrues encore clientes au même âge, canal par canal, lieux testés contre les autres.",
            "Share of recruits still customers at the same age, channel by channel, places tested against the others.",
        ),
        control_group=0,
        when=say("À la prochaine campagne de recrutement.", "At the next recruitment campaign."),
        stop_rule=_stop_rule(),
        priority=0,
        strength=Strength.WEAK if finding.strength is Strength.WEAK or not move.priced else Strength.MODERATE,
        themes=(Theme.TARGETING,),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Move:
    """From one channel to another; `exchange`: recruits gained for one given up; `priced`: from their costs."""

    source: Mapping[str, Any]
    goal: Mapping[str, Any]
    exchange: float
    priced: bool


def _bound(item: Mapping[str, Any], end: str) -> float:
    adjusted = item.get(f"adjusted_{end}")
    return float(adjusted if adjusted is not None else item[end])


def _best_move(channels: Sequence[Mapping[str, Any]]) -> _Move | None:
    """The two channels furthest apart among those clearly separated; by cost per customer kept when costs are known."""
    told = [item for item in channels if item.get("low") is not None and item.get("high") is not None]
    priced = len(told) > 1 and all(item.get("cost") for item in told)
    moves = []
    for source, goal in permutations(told, 2):
        if _bound(goal, "low") <= _bound(source, "high"):
            continue
        exchange = float(source["cost"]) / float(goal["cost"]) if priced else 1.0
        if priced and exchange * _bound(goal, "low") <= _bound(source, "high"):
            continue  # it keeps better, but the same money brings no more customers who stay
        moves.append(_Move(source, goal, exchange, priced))
    return max(moves, key=lambda m: (_bound(m.goal, "low") * m.exchange - _bound(m.source, "high"), str(m.goal["channel"])), default=None)


def _title(move: _Move, place: dict[str, Label]) -> Sentence:
    if move.priced:
        return say("Déplacer une part du budget de « {worst} » vers « {best} »",
                   "Move part of the budget from “{worst}” to “{best}”", **place)  # fmt: skip
    return say("Essayer de recruter moins par « {worst} » et davantage par « {best} »",
               "Try recruiting less through “{worst}” and more through “{best}”", **place)  # fmt: skip


def _recruits_of(since: Sequence[object], place: dict[str, Label]) -> Sentence:
    if since:
        return say("Recrues des douze derniers mois par « {worst} »", "Recruits of the last twelve months through “{worst}”",
                   worst=place["worst"])  # fmt: skip
    return say("Recrues par « {worst} »", "Recruits through “{worst}”", worst=place["worst"])


_NEXT_RECRUITS = say(
    "Le canal garde sa qualité quand son volume augmente : à surveiller.",
    "The channel keeps its quality as its volume grows: to be watched.",
)
_COST_KNOWN = say(
    "À budget égal, d’après le coût par recrue de chaque canal.",
    "At equal budget, from each channel’s cost per recruit.",
)
_COST_UNKNOWN = say(
    "À nombre de recrues égal : le coût de chaque canal n’est pas dans vos fichiers ; ajoutez-le avant de déplacer de l’argent.",
    "At equal number of recruits: each channel’s cost is not in your files; add it before moving any money.",
)


# --- recruiting less where one stays less: what the profiles of leavers say of recruitment

_OFFERS: dict[Theme, tuple[Sentence, tuple[str, ...]]] = {
    Theme.PROMOTION: (
        say(
            "Recruter sans remise dans une moitié des lieux ou des semaines, tirés au sort : une attention, ou un avantage différé "
            "au deuxième achat.",
            "Recruit without a discount in half of the places or weeks, drawn at random: an attention, or a benefit deferred to "
            "the second purchase.",
        ),
        ("promo-drug", "acquisition-discounts-cost-value", "promo-depth-new-versus-established"),
    ),
    Theme.FREE_TRIAL: (
        say(
            "Réserver l’essai à ceux qui doutent de l’offre, et accompagner le premier paiement ; comparer à ceux venus directement.",
            "Keep the trial for those who doubt the offer, and stay close at the first payment; compare with those who came "
            "directly.",
        ),
        ("free-trial-two-reasons", "free-trial-lower-value", "free-trial-customers-respond"),
    ),
    Theme.ACCESS: (
        say(
            "Servir ceux qui viennent d’eux-mêmes sans les courtiser ; leur proposer la livraison ou la commande à distance.",
            "Serve those who come by themselves without courting them; offer them delivery or ordering from afar.",
        ),
        ("distance-and-access", "one-off-needs", "non-ideal-client"),
    ),
}  # fmt: skip


def recruit_elsewhere(finding: Finding, case: Case) -> Iterable[Action]:
    """For each way of recruiting that goes with leaving, a reversible test of another one: a profile is never repaired."""
    done: set[Theme] = set()
    for item in case.drivers(DriverKind.PROFILE):
        theme = Theme.FREE_TRIAL if any("trial" in name or "essai" in name.lower() for name in item["source_columns"]) else Theme(item["theme"])
        if theme in done or theme not in _OFFERS or not may_be_acted_upon(item["segment"], case.study.attributes):
            continue
        chosen = target(case.study, [*item["segment"], *case.recruits_since()], present=False)
        if chosen.count and item["explained_low"] and item["explained_low"] > 0:
            done.add(theme)
            yield _elsewhere(finding, item, chosen, theme)


def _elsewhere(finding: Finding, item: Mapping[str, Any], chosen: Target, theme: Theme) -> Action:
    touched = max(1, item["customers"])
    gap = Estimate(
        "adjusted_gap", item["explained_departures"] / touched, Unit.POINTS, touched,
        item["explained_low"] / touched, item["explained_high"] / touched, "adjusted difference",
    )  # fmt: skip
    moved = chosen.count * _TESTED
    offer, cards = _OFFERS[theme]
    return Action(
        id=action_id("elsewhere", chosen),
        stage=JourneyStage.RECRUITMENT,
        title=say("Essayer de recruter autrement — {touched}", "Try recruiting otherwise — {touched}", touched=item["touched"]),
        rule=say("Recrues des douze derniers mois — {touched}", "Recruits of the last twelve months — {touched}", touched=item["touched"]),
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=cards,
        offer=offer,
        effort=say("Moyen : une campagne de recrutement menée en deux versions.", "Medium: one recruitment campaign run in two versions."),
        cost=Range(
            0, 0, Unit.MONEY.value,
            say("À budget de recrutement égal ; les ventes perdues se comptent pendant l’essai.",
                "At equal recruitment budget; lost sales are counted during the trial."),
        ),
        assumptions=(
            say(
                "L’écart tient au profil autant qu’à la façon de recruter : l’essai les sépare.",
                "The gap is due to who they are as much as to how they were recruited: the trial tells them apart.",
            ),
        ),
        effect_metric=Text("départs évités parmi les prochaines recrues", "departures avoided among the next recruits"),
        effect=Range(
            0.0, round(moved * item["explained_high"] / touched, 1), Unit.CUSTOMERS.value,
            say(
                "Mesuré : à profil égal, {gap} de départs en plus ({gap:interval}). Au mieux, remplacer {part} de ces recrues en "
                "un an par d’autres efface cet écart pour elles ; au pire, rien.",
                "Measured: all else equal, {gap} more departures ({gap:interval}). At best, replacing {part} of a year of these "
                "recruits by others removes this gap for them; at worst, nothing.",
                gap=gap, part=Threshold(_TESTED, Unit.RATIO),
            ),
        ),
        indicator=say(
            "Part des recrues encore clientes au même âge, et marge, les deux versions comparées.",
            "Share of recruits still customers at the same age, and margin, the two versions compared.",
        ),
        control_group=0,
        when=say("À la prochaine campagne de recrutement.", "At the next recruitment campaign."),
        stop_rule=_stop_rule(),
        priority=0,
        strength=Strength.WEAK,
        themes=(theme, Theme.TARGETING),
        reason=reason(item),
    )  # fmt: skip


def _stop_rule() -> Sentence:
    return say(
        "Arrêter et revenir à l’ancien partage si, au même âge, les recrues de l’essai ne restent pas mieux, ou si leur nombre "
        "tombe trop.",
        "Stop and return to the former split if, at the same age, the trial’s recruits do not stay better, or if their number "
        "falls too far.",
    )
