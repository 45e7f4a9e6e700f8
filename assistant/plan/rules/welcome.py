"""The first impression: hold the first steps, where hope of a second purchase fades fastest."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.study import Study
from assistant.answer import Action
from assistant.guidance import cards_about
from assistant.plan.target import action_id, contact_cost, held_out, kept_range, stop_rule, target
from vocabulary.finding import Finding
from vocabulary.language import Text
from vocabulary.sentence import say
from vocabulary.themes import JourneyStage, Strength, Theme


def hold_the_first_steps(finding: Finding, study: Study) -> Iterable[Action]:
    """A welcome programme for those who are new now."""
    chosen = target(study, [{"field": "state", "operator": "=", "values": ["new"]}])
    if not chosen.count:
        return
    lost = _share_lost(study)
    yield Action(
        id=action_id("welcome", chosen),
        stage=JourneyStage.WELCOME,
        title=say(
            "Installer un accueil pour les nouveaux clients, jusqu’au deuxième achat",
            "Set up a welcome for new customers, up to the second purchase",
        ),
        rule=say("Clients à l’état « nouveau »", "Customers in the state “new”"),
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=cards_about(Theme.WELCOME, JourneyStage.WELCOME),
        offer=say(
            "Remercier, expliquer qui nous sommes, aider à bien se servir du premier achat, inviter à revenir sans remise.",
            "Thank them, say who we are, help them use the first purchase well, invite them back without a discount.",
        ),
        effort=say("Faible : trois messages à écrire une fois.", "Low: three messages to write once."),
        cost=contact_cost(chosen.count, 0.2, 2),
        assumptions=(
            say(
                "Les nouveaux d’aujourd’hui se comportent comme ceux d’hier.",
                "Today’s newcomers behave as yesterday’s did.",
            ),
        ),
        effect_metric=Text("nouveaux clients retenus", "new customers kept"),
        effect=kept_range(chosen.count * lost / 2, chosen.count * lost),
        indicator=say(
            "Part des nouveaux qui achètent une deuxième fois, comparée au groupe témoin.",
            "Share of newcomers who buy a second time, against the control group.",
        ),
        control_group=held_out(chosen.count, lost),
        when=say("Dès la première semaine de la relation.", "From the first week of the relation."),
        stop_rule=stop_rule(),
        priority=0,
        strength=Strength.MODERATE if finding.strength is not Strength.WEAK else Strength.WEAK,
        themes=(Theme.WELCOME,),
    )


def _share_lost(study: Study) -> float:
    gone, known = study.database.row("SELECT count(*) FILTER (lost), count(lost) FROM customers")
    return float(gone) / known if known else 0.0
