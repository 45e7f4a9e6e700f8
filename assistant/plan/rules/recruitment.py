"""The meeting: recruit where customers stay; leave to others those who never do, by a reversible test first."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.study import Study
from assistant.answer import Action, Range
from assistant.guidance import cards_about
from assistant.plan.target import action_id, stop_rule, target
from vocabulary.estimate import Threshold, Unit
from vocabulary.finding import Finding
from vocabulary.language import Text
from vocabulary.sentence import Label, say
from vocabulary.themes import JourneyStage, Strength, Theme

_TESTED = 0.2  # share of the budget moved at first: small enough to come back from


def move_the_budget(finding: Finding, study: Study) -> Iterable[Action]:
    """Move part of the budget from the channel that keeps worst to the one that keeps best, when they are separated."""
    ranked = [item for item in finding.items if item.get("low") is not None and item.get("high") is not None]
    if len(ranked) < 2:
        return
    best = max(ranked, key=lambda item: item["low"])
    worst = min(ranked, key=lambda item: item["high"])
    if best["low"] <= worst["high"] or best is worst:
        return
    if finding.arguments.get("by"):
        return  # shops or regions compared: people are not recruited there by moving a budget
    field = "channel"
    chosen = target(study, [{"field": field, "operator": "=", "values": [worst["channel"]]}], present=False)
    gap_low, gap_high = best["low"] - worst["high"], best["high"] - worst["low"]
    moved = chosen.count * _TESTED
    yield Action(
        id=action_id("recruit", chosen),
        stage=JourneyStage.RECRUITMENT,
        title=say(
            "Déplacer une part du budget de « {worst} » vers « {best} »",
            "Move part of the budget from “{worst}” to “{best}”",
            worst=Label(str(worst["channel"])), best=Label(str(best["channel"])),
        ),
        rule=say(
            "Prochains recrutements du canal « {worst} »", "Next recruits of the channel “{worst}”",
            worst=Label(str(worst["channel"])),
        ),
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=cards_about(Theme.TARGETING, JourneyStage.RECRUITMENT),
        offer=say(
            "Tester sur {part} du budget de ce canal, une saison, avant d’aller plus loin.",
            "Test it on {part} of this channel’s budget, one season, before going further.",
            part=Threshold(_TESTED, Unit.RATIO),
        ),
        effort=say("Faible : un arbitrage de budget.", "Low: a budget decision."),
        cost=Range(
            0, 0, Unit.MONEY.value,
            say("À budget égal : le coût de chaque canal n’est pas dans vos fichiers.",
                "At equal budget: each channel’s cost is not in your files."),
        ),
        assumptions=(
            say(
                "Le canal garde sa qualité quand son volume augmente : à surveiller.",
                "The channel keeps its quality as its volume grows: to be watched.",
            ),
        ),
        effect_metric=Text("clients fidèles de plus", "more loyal customers"),
        effect=Range(
            round(max(0.0, moved * gap_low), 1), round(moved * gap_high, 1), Unit.CUSTOMERS.value,
            say("Écart de rétention entre les deux canaux, appliqué à la part déplacée.",
                "Gap in retention between the two channels, applied to the part moved."),
        ),
        indicator=say(
            "Part des recrues encore clientes au même âge, canal par canal.",
            "Share of recruits still customers at the same age, channel by channel.",
        ),
        control_group=0,
        when=say("À la prochaine campagne de recrutement.", "At the next recruitment campaign."),
        stop_rule=stop_rule(),
        priority=0,
        strength=finding.strength if finding.strength is not Strength.STRONG else Strength.MODERATE,
        themes=(Theme.TARGETING,),
    )  # fmt: skip
