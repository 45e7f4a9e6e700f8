"""Holding those about to leave: repair what precedes departures, speak first to the most exposed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from analytics.study import Study
from assistant.answer import Action
from assistant.guidance import cards_about
from assistant.plan.target import Target, action_id, contact_cost, held_out, kept_range, stop_rule, target
from vocabulary.estimate import Threshold, Unit
from vocabulary.finding import DriverKind, Finding
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_MOST_CAUSES = 3
_MOST_CALLS = 200
_OFFERS: dict[Theme, Sentence] = {
    Theme.LISTENING: say(
        "Rappeler chaque client concerné, régler le point resté ouvert, dire ce qui a changé ; pas de remise.",
        "Call each customer concerned, settle what was left open, say what has changed; no discount.",
    ),
    Theme.SERVICE: say(
        "Demander à dix de ces clients ce qui les gêne dans ce service, corriger ce qui dépend de nous, le leur dire.",
        "Ask ten of these customers what troubles them in this service, mend what depends on us, and tell them.",
    ),
    Theme.EXCLUSIVITY: say(
        "Donner une raison de s’engager autre que le prix : un service utile, un interlocuteur, un avantage de fidélité.",
        "Give a reason to commit other than price: a useful service, a named contact, a loyalty benefit.",
    ),
    Theme.PROMOTION: say(
        "Remplacer la remise par une attention : cadeau, avant-première, conseil ; réduire la profondeur par paliers.",
        "Replace the discount by an attention: a gift, a preview, advice; reduce its depth by steps.",
    ),
    Theme.CONTACT: say(
        "Écrire moins et mieux : un contact utile, au moment où il sert, sur le canal accepté.",
        "Write less and better: one useful contact, when it serves, on the channel accepted.",
    ),
}
_WHAT_THEY_LACK = say(
    "Le proposer à ceux qui ne l’ont pas eu, sans engagement, sauf au groupe témoin : l’écart dira si c’était la cause.",
    "Offer it to those who went without, with no commitment, the control group apart: the gap will tell if it was the cause.",
)
_DEFAULT_OFFER = say(
    "Comprendre d’abord, par dix entretiens avec des clients concernés, puis corriger ce qui dépend de nous.",
    "Understand first, through ten talks with customers concerned, then mend what depends on us.",
)


def repair_a_cause(finding: Finding, study: Study) -> Iterable[Action]:
    """One action for each of the first causes (or linked factors) a company can change."""
    kinds = (DriverKind.CAUSE, DriverKind.UNCLEAR)
    for item in [item for item in finding.items if item["kind"] in kinds][:_MOST_CAUSES]:
        chosen = target(study, item["segment"])
        if chosen.count:
            yield _repair(finding, item, chosen)


def _repair(finding: Finding, item: dict[str, Any] | Any, chosen: Target) -> Action:
    share = chosen.count / max(1, item["customers"])
    low, high = (item["explained_low"] or 0.0) * share, (item["explained_high"] or item["explained_departures"]) * share
    theme = Theme(item["theme"])
    unclear = item["kind"] is DriverKind.UNCLEAR
    return Action(
        id=action_id("repair", chosen),
        stage=JourneyStage.CHURN,
        title=_repair_title(item["touched"], unclear=unclear),
        rule=say("{touched}, encore clients", "{touched}, still customers", touched=item["touched"]),
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=cards_about(theme, JourneyStage.CHURN),
        offer=_WHAT_THEY_LACK if item["lacking"] else _OFFERS.get(theme, _DEFAULT_OFFER),
        effort=say("Moyen : une équipe, un trimestre.", "Medium: one team, one quarter."),
        cost=contact_cost(chosen.count, 1, 8),
        assumptions=(_CAUSAL,),
        effect_metric=Text("départs évités", "departures avoided"),
        effect=kept_range(low, high),
        indicator=say(
            "Part partie parmi les clients contactés, comparée au groupe témoin.",
            "Share lost among customers contacted, against the control group.",
        ),
        control_group=held_out(chosen.count, item["lost_rate"]),
        when=say("Dès ce mois-ci ; bilan après un trimestre.", "From this month; results after one quarter."),
        stop_rule=stop_rule(),
        priority=0,
        strength=Strength.WEAK if unclear else finding.strength,
        themes=(theme,),
    )


def _repair_title(touched: Sentence, *, unclear: bool) -> Sentence:
    if unclear:
        return say("Vérifier par un test : {touched}", "Check by a test: {touched}", touched=touched)
    return say("Agir sur une cause probable : {touched}", "Act on a likely cause: {touched}", touched=touched)


def call_the_most_exposed(finding: Finding, study: Study) -> Iterable[Action]:
    """Speak to the most exposed customers, those with most at stake first, before any offer."""
    worth = sorted(finding.items, key=lambda item: -(item.get("at_stake") or item["score"]))[:_MOST_CALLS]
    if not worth:
        return
    ids = [str(item["customer"]) for item in worth]
    chosen = target(study, [{"field": "customer_id", "operator": "in", "values": ids}])
    expected = sum(float(item["score"]) for item in worth)
    yield Action(
        id=action_id("call", chosen),
        stage=JourneyStage.CHURN,
        title=say(
            "Appeler les {count} clients les plus exposés, pour les écouter",
            "Call the {count} most exposed customers, to listen to them",
            count=Threshold(chosen.count, Unit.CUSTOMERS),
        ),
        rule=say("Clients en tête de la liste de risque", "Customers at the head of the risk list"),
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=cards_about(Theme.LISTENING, JourneyStage.CHURN),
        offer=say(
            "Une conversation, pas une remise : ce qui va, ce qui manque, ce que l’on peut régler tout de suite.",
            "A conversation, not a discount: what works, what is missing, what can be settled at once.",
        ),
        effort=say("Faible : quelques appels par jour.", "Low: a few calls a day."),
        cost=contact_cost(chosen.count, 5, 15),
        assumptions=(_RESPONSE,),
        effect_metric=Text("départs évités", "departures avoided"),
        effect=kept_range(expected, expected),
        indicator=say(
            "Part encore cliente à la prochaine lecture, comparée au groupe témoin.",
            "Share still customers at the next reading, against the control group.",
        ),
        control_group=held_out(chosen.count, expected / max(1, chosen.count)),
        when=say("Cette semaine, les plus fortes valeurs d’abord.", "This week, highest values first."),
        stop_rule=stop_rule(),
        priority=0,
        strength=Strength.MODERATE,
        themes=(Theme.LISTENING, Theme.VALUE),
    )


_CAUSAL = say(
    "La cause est probable, non prouvée : le groupe témoin le dira.",
    "The cause is likely, not proven: the control group will tell.",
)
_RESPONSE = say(
    "Être exposé ne veut pas dire être sensible à un appel : d’où le groupe témoin.",
    "Being exposed does not mean responding to a call: hence the control group.",
)
