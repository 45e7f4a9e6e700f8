"""The first impression: hold the first steps, where hope of a second purchase fades fastest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.study import Study
from assistant.answer import Action
from assistant.guidance import cards_about
from assistant.plan.target import action_id, contact_cost, held_out, kept_range, stop_rule, target
from vocabulary.finding import Finding
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme


def hold_the_first_steps(finding: Finding, study: Study) -> Iterable[Action]:
    """A welcome programme for those who are new now, where it is at the beginning that customers are lost."""
    buying = "purchases" in study.tables
    if not buying and not (finding.items and finding.items[0].get("raised")):
        return
    words = _BUYING if buying else _SUBSCRIBED
    chosen = target(study, [{"field": "state", "operator": "=", "values": ["new"]}])
    if not chosen.count:
        return
    lost = _share_lost(study)
    yield Action(
        id=action_id("welcome", chosen),
        stage=JourneyStage.WELCOME,
        title=words.title,
        rule=say("Clients à l’état « nouveau »", "Customers in the state “new”"),
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=cards_about(Theme.WELCOME, JourneyStage.WELCOME),
        offer=words.offer,
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
        indicator=words.indicator,
        control_group=held_out(chosen.count, lost),
        when=say("Dès la première semaine de la relation.", "From the first week of the relation."),
        stop_rule=stop_rule(),
        priority=0,
        strength=Strength.MODERATE if finding.strength is not Strength.WEAK else Strength.WEAK,
        themes=(Theme.WELCOME,),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    title: Sentence
    offer: Sentence
    indicator: Sentence


_BUYING = _Words(
    say("Installer un accueil pour les nouveaux clients, jusqu’au deuxième achat",
        "Set up a welcome for new customers, up to the second purchase"),
    say("Remercier, expliquer qui nous sommes, aider à bien se servir du premier achat, inviter à revenir sans remise.",
        "Thank them, say who we are, help them use the first purchase well, invite them back without a discount."),
    say("Part des nouveaux qui achètent une deuxième fois, comparée au groupe témoin.",
        "Share of newcomers who buy a second time, against the control group."),
)  # fmt: skip
_SUBSCRIBED = _Words(
    say("Installer un accueil pour les nouveaux clients, dès les premiers jours",
        "Set up a welcome for new customers, from the first days"),
    say("Remercier, expliquer qui nous sommes, aider à bien se servir de ce qui vient d’être souscrit, demander un avis tôt.",
        "Thank them, say who we are, help them make good use of what they signed up for, ask for an opinion early."),
    say("Part des nouveaux encore clients après trois mois, comparée au groupe témoin.",
        "Share of newcomers still customers after three months, against the control group."),
)  # fmt: skip


def _share_lost(study: Study) -> float:
    gone, known = study.database.row("SELECT count(*) FILTER (lost), count(lost) FROM customers")
    return float(gone) / known if known else 0.0
