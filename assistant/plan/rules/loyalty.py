"""Life together: thank the best without a discount, look after those who drift."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.study import Study
from assistant.answer import Action
from assistant.guidance import cards_about
from assistant.plan.target import Target, action_id, contact_cost, held_out, kept_range, stop_rule, target
from vocabulary.finding import Finding
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme


def thank_the_best(finding: Finding, study: Study) -> Iterable[Action]:
    """An attention that is not a discount, for customers in the state loyal."""
    chosen = target(study, [{"field": "state", "operator": "=", "values": ["loyal"]}])
    if chosen.count:
        yield _care(
            finding, chosen, "thank",
            title=say(
                "Remercier les clients fidèles, sans remise",
                "Thank loyal customers, without a discount",
            ),
            rule=say("Clients à l’état « fidèle »", "Customers in the state “loyal”"),
            offer=say(
                "Une attention personnelle : invitation, avant-première, mot de la maison, cadeau utile.",
                "A personal attention: an invitation, a preview, a word from the house, a useful gift.",
            ),
            theme=Theme.ROUTINE,
            rate=0.1,
        )  # fmt: skip


def look_after_the_drifting(finding: Finding, study: Study) -> Iterable[Action]:
    """Speak to those who are silent for longer than usual, before they are lost."""
    chosen = target(study, [{"field": "state", "operator": "=", "values": ["drifting"]}])
    if chosen.count:
        yield _care(
            finding, chosen, "drifting",
            title=say(
                "Reprendre contact avec les clients qui s’éloignent, avant qu’il ne soit trop tard",
                "Get back in touch with drifting customers, before it is too late",
            ),
            rule=say("Clients à l’état « qui s’éloigne »", "Customers in the state “drifting away”"),
            offer=say(
                "Demander des nouvelles et proposer une nouveauté liée à ce qu’ils achetaient ; la remise en dernier recours.",
                "Ask how they are and offer something new close to what they bought; a discount as a last resort.",
            ),
            theme=Theme.LISTENING,
            rate=0.5,
        )  # fmt: skip


def _care(
    finding: Finding, chosen: Target, name: str, *, title: Sentence, rule: Sentence, offer: Sentence, theme: Theme, rate: float
) -> Action:
    return Action(
        id=action_id(name, chosen),
        stage=JourneyStage.LOYALTY,
        title=title,
        rule=rule,
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=cards_about(theme, JourneyStage.LOYALTY),
        offer=offer,
        effort=say("Moyen : un message soigné, un suivi des réponses.", "Medium: a careful message, replies followed up."),
        cost=contact_cost(chosen.count, 0.5, 5),
        assumptions=(
            say(
                "Une part de ces clients resterait de toute façon : le groupe témoin la mesure.",
                "Some of these customers would stay anyway: the control group measures it.",
            ),
        ),
        effect_metric=Text("clients gardés", "customers kept"),
        effect=kept_range(0.0, chosen.count * rate),
        indicator=say(
            "Part encore active au trimestre suivant, comparée au groupe témoin.",
            "Share still active the next quarter, against the control group.",
        ),
        control_group=held_out(chosen.count, rate),
        when=say("Ce trimestre.", "This quarter."),
        stop_rule=stop_rule(),
        priority=0,
        strength=Strength.WEAK if finding.strength is Strength.WEAK else Strength.MODERATE,
        themes=(theme,),
    )
