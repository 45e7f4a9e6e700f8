"""Life together: thank the loyal without a discount, look after those who drift."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.statistics.intervals import Interval, wilson
from assistant.answer import Action, Range
from assistant.plan.case import Case
from assistant.plan.target import Target, action_id, target
from assistant.plan.trial import Trial, design
from vocabulary.estimate import Threshold, Unit
from vocabulary.finding import Finding
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_KEPT_HIGH = 0.1  # of those who would leave, the part a message may keep: an assumption, and it may be none


def thank_the_best(finding: Finding, case: Case) -> Iterable[Action]:
    """An attention that is not a discount, for customers in the state loyal."""
    chosen = target(case.study, [{"field": "state", "operator": "=", "values": ["loyal"]}])
    moved = case.moved("loyal", "drifting", "lost")
    loss = moved or _yearly_departures(finding)
    if chosen.count and loss is not None:
        yield _care(
            finding, chosen, "thank", loss,
            title=say("Remercier les clients fidèles, sans remise", "Thank loyal customers, without a discount"),
            rule=say("Clients à l’état « fidèle »", "Customers in the state “loyal”"),
            offer=say(
                "Une attention personnelle : invitation, avant-première, mot de la maison, cadeau utile.",
                "A personal attention: an invitation, a preview, a word from the house, a useful gift.",
            ),
            how=("gratitude", "anniversaries-and-thanks", "gifts-but-not-money-alone"),
            measured=_LOYAL_MOVED if moved is not None else _LOYAL_LEFT,
            theme=Theme.EXCLUSIVITY,
        )  # fmt: skip


def look_after_the_drifting(finding: Finding, case: Case) -> Iterable[Action]:
    """Speak to those who are silent for longer than usual, before they are lost."""
    chosen = target(case.study, [{"field": "state", "operator": "=", "values": ["drifting"]}])
    moved = case.moved("drifting", "lost")
    loss = moved or _share_lost(case)
    if chosen.count and loss is not None:
        yield _care(
            finding, chosen, "drifting", loss,
            title=say(
                "Reprendre contact avec les clients qui s’éloignent, avant qu’il ne soit trop tard",
                "Get back in touch with drifting customers, before it is too late",
            ),
            rule=say("Clients à l’état « qui s’éloigne »", "Customers in the state “drifting away”"),
            offer=say(
                "Demander des nouvelles et proposer une nouveauté liée à leurs habitudes ; la remise en dernier recours.",
                "Ask how they are and offer something new close to their habits; a discount as a last resort.",
            ),
            how=("last-chance-comes-late", "banish-routine", "retention-can-backfire"),
            measured=_DRIFTING_LOST if moved is not None else _EVERYONE_LOST,
            theme=Theme.LISTENING,
        )  # fmt: skip


def _share_lost(case: Case) -> Interval | None:
    """The share of all customers who are lost, for want of a year of history of those who drifted."""
    gone, known = case.study.database.row("SELECT count(*) FILTER (lost), count(lost) FROM customers")
    return wilson(int(gone), int(known)) if known else None


def _yearly_departures(finding: Finding) -> Interval | None:
    """The yearly departures of long-standing customers under contract, read in the segments; None when not told."""
    told = [i for i in finding.items if str(i.get("code", "")).startswith("old") and i.get("leaving_12m") is not None]
    if not told:
        return None
    people = sum(int(item["customers"]) for item in told)
    rate = sum(float(item["leaving_12m"]) * int(item["customers"]) for item in told) / max(1, people)
    return Interval(rate, rate, rate, people, "weighted mean")


def _care(
    finding: Finding, chosen: Target, name: str, loss: Interval, *, title: Sentence, rule: Sentence, offer: Sentence,
    how: tuple[str, ...], measured: Sentence, theme: Theme,
) -> Action:  # fmt: skip
    trial = design(chosen.count, loss.value, 0.0, loss.value * _KEPT_HIGH)
    return Action(
        id=action_id(name, chosen),
        stage=JourneyStage.LOYALTY,
        title=title,
        rule=rule,
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=how,
        offer=offer,
        effort=say("Moyen : un message soigné, un suivi des réponses.", "Medium: a careful message, replies followed up."),
        cost=trial.cost(0.5, 5),
        assumptions=(
            say(
                "Une part de ces clients resterait de toute façon : seul un groupe témoin la mesure.",
                "Some of these customers would stay anyway: only a control group measures it.",
            ),
        ),
        effect_metric=Text("clients gardés en un an", "customers kept in a year"),
        effect=_effect(trial, loss, measured),
        indicator=trial.indicator(
            say(
                "Part encore active au trimestre suivant puis à un an",
                "Share still active the next quarter, then at one year",
            )
        ),
        control_group=trial.control,
        when=say("Ce trimestre.", "This quarter."),
        stop_rule=trial.stop_rule(),
        priority=0,
        strength=Strength.WEAK,
        themes=(theme,),
    )


def _effect(trial: Trial, loss: Interval, measured: Sentence) -> Range:
    estimate = loss.estimate("yearly_loss", Unit.RATIO)
    return trial.effect(
        say(
            "{measured} Hypothèse à ajuster : l’action garde jusqu’à {high} de ceux-là ; elle peut aussi n’en garder aucun.",
            "{measured} An assumption to adjust: the action keeps up to {high} of those; it may also keep none.",
            measured=say(measured.template.fr, measured.template.en, loss=estimate),
            high=Threshold(_KEPT_HIGH, Unit.RATIO),
        )  # fmt: skip
    )


_LOYAL_MOVED = say(
    "Mesuré : en un an, {loss} des clients fidèles s’éloignent ou partent.",
    "Measured: within a year, {loss} of loyal customers drift away or leave.",
)
_LOYAL_LEFT = say(
    "Mesuré : {loss} des clients de longue date partent dans l’année.",
    "Measured: {loss} of long-standing customers leave within the year.",
)
_DRIFTING_LOST = say(
    "Mesuré : {loss} de ceux qui s’éloignaient il y a un an sont perdus aujourd’hui.",
    "Measured: {loss} of those who were drifting a year ago are lost today.",
)
_EVERYONE_LOST = say(
    "Faute d’un an d’historique, compté sur la part de tous les clients qui sont perdus : {loss}.",
    "For want of a year of history, counted from the share of all customers who are lost: {loss}.",
)
