"""Rekindling, or letting go: go back to those whose silence is still within what has been forgiven before."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.study import Study
from assistant.answer import Action, Range
from assistant.guidance import cards_about
from assistant.plan.target import action_id, contact_cost, held_out, stop_rule, target
from vocabulary.estimate import Threshold, Unit
from vocabulary.finding import Finding
from vocabulary.language import Text
from vocabulary.sentence import say
from vocabulary.themes import JourneyStage, Strength, Theme

_YEARS_ALLOWED = 3  # prospects and lapsed customers: three years since the last contact from them (CNIL)
_RETURN_LOW, _RETURN_HIGH = 0.01, 0.05
_MOST_RECENT = 2  # silence of at most twice the threshold: beyond it a return is rare


def win_back_the_embers(finding: Finding, study: Study) -> Iterable[Action]:
    """Write to those lost not long ago; leave the others in peace."""
    days = study.model.lost.days
    if not days:
        return
    limit = min(days * _MOST_RECENT, _YEARS_ALLOWED * 365)
    conditions = [
        {"field": "lost", "operator": "=", "values": [True]},
        {"field": "recency_days", "operator": "<=", "values": [limit]},
        {"field": "orders", "operator": ">=", "values": [2]},
    ]
    chosen = target(study, conditions, present=False)
    if not chosen.count:
        return
    yield Action(
        id=action_id("winback", chosen),
        stage=JourneyStage.RECONQUEST,
        title=say(
            "Retrouver les clients perdus depuis peu, laisser les autres en paix",
            "Win back customers lost not long ago, leave the others in peace",
        ),
        rule=say(
            "Perdus, silencieux depuis {limit} au plus, et qui avaient acheté plus d’une fois",
            "Lost, silent for {limit} at most, and who had bought more than once",
            limit=Threshold(limit, Unit.DAYS),
        ),
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=cards_about(Theme.VALUE, JourneyStage.RECONQUEST),
        offer=say(
            "Dire ce qui a changé depuis leur départ et réparer ce qui l’avait causé ; mesurer l’effort avant toute remise.",
            "Say what has changed since they left and repair what made them go; weigh the effort before any discount.",
        ),
        effort=say("Moyen : un message, un suivi.", "Medium: one message, one follow-up."),
        cost=contact_cost(chosen.count, 0.5, 6),
        assumptions=(
            say(
                "Aucune campagne passée avec groupe témoin n’a été utilisée : le retour attendu est une hypothèse.",
                "No past campaign with a control group was used: the return expected is an assumption.",
            ),
        ),
        effect_metric=Text("clients revenus", "customers returned"),
        effect=_returned(chosen.count),
        indicator=say(
            "Part revenue acheter, et marge au second cycle, comparées au groupe témoin.",
            "Share back buying, and margin of their second life, against the control group.",
        ),
        control_group=held_out(chosen.count, _RETURN_HIGH),
        when=say("Avant la prochaine saison forte.", "Before the next high season."),
        stop_rule=stop_rule(),
        priority=0,
        strength=Strength.WEAK if finding.strength is Strength.WEAK else Strength.MODERATE,
        themes=(Theme.VALUE,),
    )


def _returned(count: int) -> Range:
    basis = say(
        "Hypothèse à ajuster : {low} à {high} des clients contactés reviennent grâce au message.",
        "An assumption to adjust: {low} to {high} of the customers contacted come back thanks to the message.",
        low=Threshold(_RETURN_LOW, Unit.RATIO), high=Threshold(_RETURN_HIGH, Unit.RATIO),
    )  # fmt: skip
    return Range(round(count * _RETURN_LOW, 1), round(count * _RETURN_HIGH, 1), Unit.CUSTOMERS.value, basis)
