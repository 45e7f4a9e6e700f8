"""A plan one can act on: tied to findings, counted right, never promising more than was measured, never on who people are."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest
from scipy import stats

from assistant.diagnosis import Diagnosis
from assistant.plan.case import Case
from assistant.plan.recommend import LEAST_TARGET, recommend
from assistant.plan.rules.recruitment import move_the_effort
from assistant.plan.rules.remedies import may_be_acted_upon
from assistant.plan.trial import design
from assistant.sample import write_sample
from assistant.session import Session
from knowledge import corpus
from vocabulary.finding import Finding
from vocabulary.sentence import say
from vocabulary.themes import JourneyStage, Strength


def diagnosed(session: Session, files: list[Path]) -> Diagnosis:
    session.load(files)
    return session.diagnosis()


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The sample shops: purchases, contacts, complaints, channels and what they cost."""
    session = Session()
    yield session, diagnosed(session, write_sample(tmp_path_factory.mktemp("shop"), kind="retail", language="fr", customers=2500, seed=4))
    session.close()


@pytest.fixture(scope="module")
def contracts(tmp_path_factory):
    session = Session()
    yield session, diagnosed(session, write_sample(tmp_path_factory.mktemp("saas"), kind="saas", language="fr", seed=4))
    session.close()


def labelled(rows: int, *, effect: float = 0.35, seed: int = 5) -> str:
    """Departures caused by an absent support, and more frequent among women and singles."""
    rng = random.Random(seed)
    lines = ["id_client;sexe;conjoint;assistance;resilie"]
    for i in range(rows):
        sex, couple, support = rng.choice("HF"), rng.choice(["oui", "non"]), rng.choice(["oui", "non"])
        chance = 0.1 + 0.2 * (sex == "F") + 0.15 * (couple == "non") + effect * (support == "non")
        lines.append(f"K{i};{sex};{couple};{support};{'oui' if rng.random() < chance else 'non'}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=pytest.mark.slow) for kind in ("shop", "contracts")])
def test_every_action_is_tied_and_counted(kind, request):
    """P1: whys among the findings, cards that exist, a count that the SQL shown gives, a control group within it."""
    session, done = request.getfixturevalue(kind)
    known, cards = {finding.id for finding in done.findings}, corpus.load().cards["fr"]
    assert len(done.actions) >= 6
    for action in done.actions:
        assert action.why and set(action.why) <= known
        assert action.how and set(action.how) <= set(cards)
        assert len(session.study.database.rows(action.sql)) == action.count >= LEAST_TARGET
        assert 0 <= action.control_group <= action.count / 2
        assert 0 <= action.effect.low <= action.effect.high <= action.count - action.control_group
        assert 0 <= action.cost.low <= action.cost.high
    assert [action.priority for action in done.actions] == list(range(1, len(done.actions) + 1))


def test_the_five_stages_where_the_data_allow(shop, contracts):
    for _, done in (shop, contracts):
        assert {action.stage for action in done.actions} == set(JourneyStage)


@pytest.mark.parametrize("kind", ["shop", "contracts"])
def test_no_more_is_promised_than_a_factor_explains(kind, request):
    """The effect of repairing a cause stays under what the finding says it may explain among those it touches."""
    _, done = request.getfixturevalue(kind)
    drivers = done.finding("churn_drivers")
    repaired = [action for action in done.actions if action.id.startswith("repair")]
    assert repaired
    for action in repaired:
        item = next(i for i in drivers.items if list(i["segment"]) == [dict(c) for c in action.segment][:-1])
        assert item["kind"] in ("cause", "unclear")
        explained = item["explained_high"] / item["customers"] * (action.count - action.control_group)
        assert action.effect.high <= 0.4 * explained + 0.05


def test_what_newcomers_went_without_is_mended_for_the_next_ones(shop):
    """Nobody can be welcomed after a year: the missing welcome is the welcome action, with both findings as whys."""
    _, done = shop
    welcome = next(action for action in done.actions if action.stage is JourneyStage.WELCOME)
    assert {why.rsplit("-", 1)[0] for why in welcome.why} == {"churn_drivers", "leak_points"}
    assert "Bienvenue" in welcome.title.render("fr")
    assert not any("Bienvenue" in action.title.render("fr") for action in done.actions if action is not welcome)


def test_the_missing_welcome_is_mended_whatever_was_asked(shop):
    """Asked why customers leave, the same action as in the diagnosis, from the drivers alone: never a welcome given late."""
    session, done = shop
    drivers = done.finding("churn_drivers")
    alone = recommend((drivers,), session.study)
    welcome = next(action for action in alone if action.stage is JourneyStage.WELCOME)
    assert welcome.id == next(action.id for action in done.actions if action.stage is JourneyStage.WELCOME)
    assert welcome.why == (drivers.id,)
    assert not any("Bienvenue" in action.title.render("fr") for action in alone if action is not welcome)


def test_nothing_is_done_about_who_people_are(tmp_path):
    """Sex and couple drive departures here as much as the support: only the support is acted upon."""
    file = tmp_path / "clients.csv"
    file.write_text(labelled(2500), encoding="utf-8")
    session = Session()
    done = diagnosed(session, [file])
    fields = {condition["field"] for action in done.actions for condition in action.segment}
    assert "assistance" in fields
    assert not fields & {"sexe", "conjoint"}
    session.close()


@pytest.mark.parametrize("head", ["gender", "Sexe", "SeniorCitizen", "Partner", "Dependents", "nb_enfants", "marital_status", "age", "Âge"])
def test_a_column_of_who_they_are_is_told_by_its_header(head):
    assert not may_be_acted_upon([{"field": head, "operator": "=", "values": ["x"]}], ())


@pytest.mark.parametrize("head", ["support", "PaperlessBilling", "partenaire_livraison", "package", "usage", "message_accueil", "familiarisation"])
def test_a_column_of_what_was_lived_may_be_acted_upon(head):
    assert may_be_acted_upon([{"field": head, "operator": "=", "values": ["x"]}], ())


def test_too_few_customers_are_described_only(tmp_path):
    file = tmp_path / "clients.csv"
    file.write_text(labelled(40), encoding="utf-8")
    session = Session()
    assert diagnosed(session, [file]).actions == ()
    session.close()


# --- the trial


@pytest.mark.parametrize(("count", "base", "change"), [(2000, 0.3, 0.08), (500, 0.5, 0.2), (20000, 0.1, 0.02), (1500, 0.7, 0.1)])
def test_the_control_group_shows_what_it_says(count, base, change):
    """Power of the two-sided test at 5 %, by the normal approximation written apart: four cases of five, no more than needed."""

    def power(control, treated, difference):
        other, pooled = base - difference, (base * control + (base - difference) * treated) / (control + treated)
        alone = (base * (1 - base) / control + other * (1 - other) / treated) ** 0.5
        null = (pooled * (1 - pooled) * (1 / control + 1 / treated)) ** 0.5
        return stats.norm.cdf((difference - stats.norm.ppf(0.975) * null) / alone)

    trial = design(count, base, change, change)
    assert trial.conclusive and trial.control + trial.treated == count
    assert power(trial.control, trial.treated, change) >= 0.78
    assert power(trial.control, trial.treated, trial.seen) == pytest.approx(0.8, abs=0.05)
    assert count / 10 <= trial.control <= count / 2


def test_a_trial_that_cannot_conclude_says_so():
    trial = design(200, 0.3, 0.0, 0.02)
    assert not trial.conclusive and trial.control == 40 and trial.seen > 0.02
    assert "plusieurs vagues" in trial.indicator(say("Part", "Share")).render("fr")
    assert "trois vagues" in trial.stop_rule().render("fr")


def test_a_handful_is_not_split():
    trial = design(14, 0.5, 0.0, 0.05)
    assert (trial.control, trial.treated) == (0, 14)
    assert "récit" in trial.indicator(say("Part", "Share")).render("fr")


# --- moving the effort between channels


def channels(cost_good: float | None, cost_bad: float | None) -> Finding:
    items = tuple(
        {"channel": name, "tier": tier, "customers": 500, "low": kept - 0.05, "high": kept + 0.05, "cost": cost}
        for name, tier, kept, cost in (("good", 1, 0.7, cost_good), ("bad", 2, 0.3, cost_bad))
    )
    return Finding("acquisition_quality", say("x", "x"), items=items, strength=Strength.STRONG)


@pytest.fixture(scope="module")
def recruited(tmp_path_factory):
    file = tmp_path_factory.mktemp("channels") / "clients.csv"
    lines = [f"C{i};{'good' if i % 2 else 'bad'};2025-0{1 + i % 9}-01;{'oui' if i % 3 else 'non'}" for i in range(600)]
    file.write_text("id_client;canal_acquisition;date_inscription;resilie\n" + "\n".join(lines) + "\n", encoding="utf-8")
    session = Session()
    session.load([file])
    yield session
    session.close()


def test_a_cheap_channel_is_not_left_when_its_money_keeps_more(recruited):
    """A recruit six times cheaper that stays half as often is the better buy: nothing is moved."""
    assert not list(move_the_effort(channels(30.0, 5.0), Case(recruited.study, {})))


def test_the_money_moves_when_it_keeps_more_customers(recruited):
    action = next(iter(move_the_effort(channels(10.0, 10.0), Case(recruited.study, {}))))
    assert "budget" in action.title.render("fr") and action.effect.high > 0


def test_without_costs_no_money_is_moved(recruited):
    action = next(iter(move_the_effort(channels(None, None), Case(recruited.study, {}))))
    assert "budget" not in action.title.render("fr")
    assert "avant de déplacer de l’argent" in action.cost.basis.render("fr")
    assert action.strength is Strength.WEAK


def test_no_action_is_advised_whose_effect_is_said_to_be_none(shop, contracts, monkeypatch):
    """"0 more customers" is no advice: the top of what an action may bring is one at least, once said in whole ones."""
    for _, done in (shop, contracts):
        for action in done.actions:
            assert action.effect.unit == "money" or round(action.effect.high) >= 1
    session, done = shop
    action = done.actions[0]
    small = dataclasses.replace(action, effect=dataclasses.replace(action.effect, low=0.0, high=0.4))
    monkeypatch.setattr("assistant.plan.recommend.RULES", {"churn_drivers": (lambda finding, case: (small, action),)})
    kept = recommend((done.finding("churn_drivers"),), session.study)
    monkeypatch.setattr("assistant.plan.recommend.RULES", {"churn_drivers": (lambda finding, case: (small,),)})
    assert len(kept) == 1 and recommend((done.finding("churn_drivers"),), session.study) == ()
