"""Holding those about to leave: repair what precedes departures, listen first to those with most at stake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analytics.measures.quick import met_lately
from assistant.answer import Action
from assistant.plan.case import Case
from assistant.plan.rules.remedies import may_be_acted_upon, reason, remedy
from assistant.plan.target import Target, action_id, target
from assistant.plan.trial import design
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import DriverKind, Finding
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_MOST_CAUSES = 3
_QUARTER = 90  # days: an action lasts a quarter
_MOST_CALLS, _LEAST_CALLS = 200, 10
_CALLED = 0.1  # of those present: listening one by one is for the few
_REPAIRED_LOW, _REPAIRED_HIGH = 0.1, 0.4  # part of what a factor explains that a programme recovers: an assumption
_HEARD_HIGH = 0.15


def repair_a_cause(finding: Finding, case: Case) -> Iterable[Action]:
    """One action for each of the first causes (or linked factors) a company can change.

    What newcomers went without is mended for the next ones (`welcome.py`), when there are any.
    """
    newcomers = target(case.study, [{"field": "state", "operator": "=", "values": ["new"]}]).count
    done = 0
    for item in case.drivers():
        welcome = Theme(item["theme"]) is Theme.WELCOME and newcomers
        if item["explained_by"] is not None or welcome or not may_be_acted_upon(item["segment"], case.study.attributes) or not item["explained_departures"]:
            continue
        chosen = target(case.study, _touched_now(item, case))
        if chosen.count and done < _MOST_CAUSES:
            done += 1
            yield _repair(finding, item, chosen, case)


def _touched_now(item: Mapping[str, Any], case: Case) -> list[Mapping[str, Any]]:
    """The conditions that say whom a factor touches: where it acts within days, those of the last quarter, as many as the next should touch."""
    if item["within_days"] is None or item["feature"] not in case.study.met:
        return list(item["segment"])
    lately = met_lately(case.study, item["feature"], max(_QUARTER, item["within_days"]))
    return [{"field": "customer_id", "operator": "in", "values": lately}] if lately else [{"field": "customer_id", "operator": "is null", "values": []}]


def _repair(finding: Finding, item: Mapping[str, Any], chosen: Target, case: Case) -> Action:
    touched = max(1, item["cases"])
    explained, low, high = (item[f"explained_{name}"] for name in ("departures", "low", "high"))
    low, high = max(0.0, low if low is not None else 0.0), min(high if high is not None else explained, item["lost_rate"] * touched)
    trial = design(chosen.count, item["lost_rate"], low / touched * _REPAIRED_LOW, high / touched * _REPAIRED_HIGH)
    share = trial.treated / touched
    mean, least, most = (round(bound * share) for bound in (explained, low, high))  # customers are whole
    here = Estimate("explained_here", mean, Unit.CUSTOMERS, touched, least, most, "adjusted difference")
    unclear = item["kind"] is DriverKind.UNCLEAR
    cure, passing = remedy(item), item["within_days"] is not None
    return Action(
        id=action_id("repair", chosen),
        stage=JourneyStage.CHURN,
        title=_repair_title(item["touched"], unclear=unclear),
        rule=_as_it_comes(item["touched"]) if passing else say("{touched}, encore clients", "{touched}, still customers", touched=item["touched"]),
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=cure.cards,
        offer=cure.offer,
        effort=say("Moyen : une équipe, un trimestre.", "Medium: one team, one quarter."),
        cost=trial.cost(1, 8),
        assumptions=(_LINKED if unclear else _CAUSAL, *((_AS_MANY,) if passing else ())),
        effect_metric=Text("départs évités", "departures avoided"),
        effect=trial.effect(
            say(
                "Ce facteur peut expliquer {here} des départs à venir parmi les clients contactés ({here:interval}), si l’avenir "
                "ressemble au passé. Hypothèse à ajuster : l’action en évite {low} à {high}.",
                "This factor may explain {here} of the coming departures among the customers contacted ({here:interval}), if the "
                "future is like the past. An assumption to adjust: the action avoids {low} to {high} of them.",
                here=here, low=Threshold(_REPAIRED_LOW, Unit.RATIO), high=Threshold(_REPAIRED_HIGH, Unit.RATIO),
            )  # fmt: skip
        ),
        indicator=trial.indicator(
            say(
                "Part partie parmi les clients contactés",
                "Share lost among customers contacted",
            )
        ),
        control_group=trial.control,
        when=when(case),
        stop_rule=trial.stop_rule(),
        priority=0,
        strength=Strength.WEAK if unclear else finding.strength,
        themes=(Theme(item["theme"]),),
        reason=reason(item),
    )


def _as_it_comes(touched: Sentence) -> Sentence:
    return say(
        "{touched} : touchés au cours des trois derniers mois, encore clients",
        "{touched}: touched in the last three months, still customers",
        touched=touched,
    )


def when(case: Case) -> Sentence:
    """When to start, and when departures can be counted."""
    days = case.horizon
    if days is None:
        return say("Dès ce mois-ci ; bilan après un trimestre.", "From this month; results after one quarter.")
    if "purchases" not in case.study.tables:
        return say(
            "Dès ce mois-ci ; bilan aux prochaines échéances, au plus tard dans {days}.",
            "From this month; results at the next renewals, within {days} at the latest.",
            days=Threshold(days, Unit.DAYS),
        )
    return say(
        "Dès ce mois-ci ; premier signe après un trimestre (qui a racheté), bilan des départs dans {days}.",
        "From this month; first sign after one quarter (who bought again), departures counted in {days}.",
        days=Threshold(days, Unit.DAYS),
    )


def _repair_title(touched: Sentence, *, unclear: bool) -> Sentence:
    if unclear:
        return say("Vérifier par un test — {touched}", "Check by a test — {touched}", touched=touched)
    return say("Agir sur une cause probable — {touched}", "Act on a likely cause — {touched}", touched=touched)


def listen_to_the_most_exposed(finding: Finding, case: Case) -> Iterable[Action]:
    """Speak one by one to exposed customers with most at stake, before any offer."""
    worth = _with_most_at_stake(case.ranked_risks(finding), case)
    if len(worth) < _LEAST_CALLS:
        return
    chosen = target(case.study, [{"field": "customer_id", "operator": "in", "values": [str(item["customer"]) for item in worth]}])
    risk = sum(float(item["score"]) for item in worth) / len(worth)
    trial = design(chosen.count, risk, 0.0, risk * _HEARD_HIGH)
    yield Action(
        id=action_id("listen", chosen),
        stage=JourneyStage.CHURN,
        title=say(
            "Écouter un par un les {count} clients exposés qui pèsent le plus",
            "Listen one by one to the {count} exposed customers who weigh most",
            count=Threshold(chosen.count, Unit.COUNT),
        ),
        rule=say(
            "Clients de la liste de risque, ceux qui ont le plus de valeur en jeu d’abord",
            "Customers of the risk list, those with most value at stake first",
        ),
        segment=chosen.segment,
        sql=chosen.sql,
        count=chosen.count,
        why=(finding.id,),
        how=("listen-to-anticipate", "last-chance-comes-late", "retention-futility"),
        offer=say(
            "Une conversation, pas une remise, par le canal que chacun accepte : ce qui va, ce qui manque, ce que l’on peut "
            "régler tout de suite.",
            "A conversation, not a discount, on the channel each accepts: what works, what is missing, what can be settled at "
            "once.",
        ),
        effort=say("Moyen : quelques conversations par jour.", "Medium: a few conversations a day."),
        cost=trial.cost(5, 15),
        assumptions=(_RESPONSE,) if case.horizon is not None else (_RESPONSE, _NO_DATE),
        effect_metric=Text("départs évités", "departures avoided"),
        effect=trial.effect(
            say(
                "Risque moyen de ces clients : {risk}. Hypothèse à ajuster : l’écoute évite jusqu’à {high} de ces départs ; elle "
                "peut aussi n’en éviter aucun.",
                "Mean risk of these customers: {risk}. An assumption to adjust: listening avoids up to {high} of these "
                "departures; it may also avoid none.",
                risk=Estimate("mean_risk", risk, Unit.RATIO, len(worth), method="calibrated mean"),
                high=Threshold(_HEARD_HIGH, Unit.RATIO),
            )  # fmt: skip
        ),
        indicator=trial.indicator(
            say(
                "Ce que ces clients ont dit, et la part encore cliente à la prochaine lecture",
                "What these customers said, and the share still customers at the next reading",
            )
        ),
        control_group=trial.control,
        when=say("Cette semaine, les plus fortes valeurs d’abord.", "This week, highest values first."),
        stop_rule=trial.stop_rule(),
        priority=0,
        strength=Strength.WEAK,
        themes=(Theme.LISTENING, Theme.VALUE),
    )


def _with_most_at_stake(ranked: Iterable[Mapping[str, Any]], case: Case) -> list[Mapping[str, Any]]:
    """A tenth of those present, two hundred at most: value first where it is known, and nobody without any."""
    present = target(case.study, []).count
    listed = list(ranked)
    known = [item for item in listed if (item.get("at_stake") or 0) > 0]
    pool = known or [item for item in listed if item.get("at_stake") is None]
    size = min(_MOST_CALLS, max(_LEAST_CALLS, round(present * _CALLED)))
    return sorted(pool, key=lambda item: (-(item.get("at_stake") or item["score"]), str(item["customer"])))[:size]


_CAUSAL = say(
    "La cause est probable, non prouvée : seul un groupe témoin le dira.",
    "The cause is likely, not proven: only a control group will tell.",
)
_AS_MANY = say(
    "Autant de clients seront touchés au trimestre qui vient : c’est dès que cela leur arrive qu’il faut les contacter.",
    "As many customers will be touched in the coming quarter: each is to be contacted as soon as it happens.",
)
_LINKED = say(
    "Rien ne dit encore que ce facteur soit une cause : le test sert d’abord à le savoir.",
    "Nothing yet says that this factor is a cause: the test serves first to know.",
)
_NO_DATE = say(
    "Sans date de départ, le risque dit une ressemblance avec ceux qui sont partis, pas un délai.",
    "Without a departure date, the risk tells a likeness to those who left, not a delay.",
)
_RESPONSE = say(
    "Être exposé ne veut pas dire être sensible à une conversation : seul un groupe témoin le dirait.",
    "Being exposed does not mean responding to a conversation: only a control group would tell.",
)
