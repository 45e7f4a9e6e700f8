"""Rekindling, or letting go: go back to those whose silence is still within what has been forgiven before."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.datamodel.model import LostBasis
from analytics.measures.dates import months_before
from assistant.answer import Action
from assistant.plan.case import Case
from assistant.plan.target import Target, action_id, target
from assistant.plan.trial import Trial, design
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import Finding
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_ENOUGH = 30  # customers as silent a year before, under whom their returns tell nothing
_YEARS_ALLOWED = 3  # prospects and lapsed customers: three years since the last contact from them (CNIL)
_MOST_RECENT = 2  # silence of at most twice the threshold, where past returns do not tell when they become rare
_RAISED_LOW, _RAISED_HIGH = 0.1, 0.3  # how much more often than by themselves people return when written to: an assumption
_UNKNOWN_BASE, _UNKNOWN_HIGH = 0.03, 0.03  # nothing tells how many return: an assumption said as such


def win_back_the_embers(finding: Finding, case: Case) -> Iterable[Action]:
    """Write to those lost not long ago, while past returns were not rare yet; leave the others in peace."""
    days = case.study.model.lost.days
    if not days or finding.strength is Strength.WEAK or finding.arguments.get("by"):
        return
    rare = next((int(m.value) for m in finding.measures if m.name == "rare_return_after" and m.value), None)
    limit = min(rare if rare is not None else days * _MOST_RECENT, _YEARS_ALLOWED * 365)
    if limit <= days:
        return  # by the time they are counted as lost, hardly anyone returns
    chosen = target(case.study, [
        {"field": "lost", "operator": "=", "values": [True]},
        {"field": "recency_days", "operator": "<=", "values": [limit]},
        {"field": "orders", "operator": ">=", "values": [2]},
    ], present=False)  # fmt: skip
    back = _returned(finding, days)
    if not chosen.count:
        return
    rule = say(
        "Perdus, silencieux depuis {limit} au plus, et qui avaient acheté plus d’une fois",
        "Lost, silent for {limit} at most, and who had bought more than once",
        limit=Threshold(limit, Unit.DAYS),
    )
    if not back:
        yield _win_back(finding, chosen, *_without_past_returns(chosen), rule)
        return
    basis = say(
        "Mesuré : après un tel silence, au moins {back} reviennent d’eux-mêmes dans l’année. Hypothèse à ajuster : un message en "
        "ramène de {low} à {high} de plus que ce nombre.",
        "Measured: after such a silence, at least {back} come back by themselves within the year. An assumption to adjust: a "
        "message brings back {low} to {high} more than that number.",
        back=Estimate("returned", back, Unit.RATIO, chosen.count, method="past returns"),
        low=Threshold(_RAISED_LOW, Unit.RATIO), high=Threshold(_RAISED_HIGH, Unit.RATIO),
    )  # fmt: skip
    trial = design(chosen.count, back, back * _RAISED_LOW, back * _RAISED_HIGH, rise=True)
    yield _win_back(finding, chosen, trial, basis, rule)


def win_back_ended_contracts(finding: Finding, case: Case) -> Iterable[Action]:
    """Get back to those whose contract ended within the year; older departures are left in peace."""
    if case.study.model.lost.basis is not LostBasis.CONTRACT_END or finding.strength is Strength.WEAK:
        return
    chosen = target(case.study, [
        {"field": "lost", "operator": "=", "values": [True]},
        {"field": "lost_on", "operator": ">", "values": [months_before(case.study.as_of, 12).isoformat()]},
    ], present=False)  # fmt: skip
    if not chosen.count:
        return
    rule = say("Contrats finis depuis moins d’un an", "Contracts ended less than a year ago")
    yield _win_back(finding, chosen, *_without_past_returns(chosen), rule)


def _without_past_returns(chosen: Target) -> tuple[Trial, Sentence]:
    """The trial where nothing tells how many come back: an assumption, said as such."""
    basis = say(
        "Rien dans vos fichiers ne dit encore combien reviennent. Hypothèse à ajuster : jusqu’à {high} des clients contactés ; "
        "peut-être aucun.",
        "Nothing in your files tells yet how many come back. An assumption to adjust: up to {high} of the customers contacted; "
        "perhaps none.",
        high=Threshold(_UNKNOWN_HIGH, Unit.RATIO),
    )
    return design(chosen.count, _UNKNOWN_BASE, 0.0, _UNKNOWN_HIGH, rise=True), basis


def _win_back(finding: Finding, chosen: Target, trial: Trial, basis: Sentence, rule: Sentence) -> Action:
    return Action(
        id=action_id("winback", chosen),
        stage=JourneyStage.RECONQUEST,
        title=say(
            "Retrouver les clients perdus depuis peu, laisser les autres en paix",
            "Win back customers lost not long ago, leave the others in peace",
        ),
        rule=rule,
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=("second-lifetime", "is-it-really-over", "winback-offer-type"),
        offer=say(
            "Dire ce qui a changé depuis leur départ et réparer ce qui l’avait causé ; mesurer l’effort avant toute remise.",
            "Say what has changed since they left and repair what made them go; weigh the effort before any discount.",
        ),
        effort=say("Moyen : un message, un suivi.", "Medium: one message, one follow-up."),
        cost=trial.cost(0.5, 6),
        assumptions=(
            say(
                "Aucune campagne passée avec groupe témoin n’a été utilisée : le retour attendu est une hypothèse.",
                "No past campaign with a control group was used: the return expected is an assumption.",
            ),
        ),
        effect_metric=Text("clients revenus en un an", "customers returned within a year"),
        effect=trial.effect(basis),
        indicator=trial.indicator(
            say(
                "Part revenue acheter dans l’année, marge comprise",
                "Share back buying within the year, and its margin",
            )
        ),
        control_group=trial.control,
        when=say("Avant la prochaine saison forte.", "Before the next high season."),
        stop_rule=trial.stop_rule(),
        priority=0,
        strength=Strength.WEAK,
        themes=(Theme.VALUE,),
    )


def _returned(finding: Finding, days: int) -> float | None:
    """The share of those silent a year before who came back, at the first length past the threshold: never overstated."""
    if finding.table is None:
        return None
    places = [column.name for column in finding.table.columns]
    if not {"silence", "returned", "returned_n"} <= set(places):
        return None
    known: list[tuple[int, float]] = []
    for row in finding.table.rows:
        start = "".join(c for c in str(row[places.index("silence")]).split("–")[0] if c.isdigit())
        back = row[places.index("returned")]
        n = row[places.index("returned_n")]
        if start and back is not None and (n or 0) >= _ENOUGH and int(start) >= days:
            known.append((int(start), float(back)))
    return min(known)[1] if known else None
