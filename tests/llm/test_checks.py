"""A wording is shown only when each figure, unit, group, cause and character of it is backed. The liar is caught each time."""

from __future__ import annotations

import random
from typing import Any

import pytest

from assistant.answering import answer
from assistant.compose import unbacked
from assistant.llm.checks import LONGEST, faults
from assistant.llm.view import View
from assistant.llm.words import WORDING_KEPT
from assistant.session import Session
from tests.llm.conftest import Use
from tests.llm.server import Call, Say
from vocabulary.finding import Finding


@pytest.fixture
def channels(session: Session, use: Use) -> tuple[Finding, list[dict[str, Any]], str]:
    """The churn rate by channel: the finding, what the model is shown of it, and our own words."""
    model = use()
    finding = session.runner.run("churn_rate", {"by": "canal_acquisition"})
    assert isinstance(finding, Finding)
    shown = View(session.runner, model.mask(session.study), "fr").of(finding)
    ours = " ".join(sentence.render("fr") for sentence in (finding.claim, *finding.facts))
    return finding, [shown], ours


def judged(text: str, channels: tuple[Finding, list[dict[str, Any]], str]) -> tuple[str, ...]:
    finding, shown, ours = channels
    return faults(text, shown, [finding], ours, "fr", None, frozenset({"canal_acquisition"}))


def test_our_own_words_pass(channels: tuple[Finding, list[dict[str, Any]], str]) -> None:
    assert judged(channels[2], channels) == ()


def test_groups_are_shown_and_the_four_customers_of_the_press_are_not(
    channels: tuple[Finding, list[dict[str, Any]], str], rows: list[dict[str, str]]
) -> None:
    """Counts from the planted rows; a group of four is under the limit of ten."""
    groups = {group["group"]: group["customers"] for group in channels[1][0]["groups"]}
    expected = {name: str(sum(row["canal_acquisition"] == name for row in rows)) for name in ("Parrainage", "Salon", "Web")}
    assert groups == expected and "Presse" not in str(channels[1])


LIES = {
    "an invented number": ("{ours} Cela vaut 48 721 euros.", "number"),
    "a number in words": ("{ours} Trois clients sur quatre restent.", "number_word"),
    "a rate turned into euros": ("{ours} Soit {rate} € par client.", "number"),
    "a figure in disguise": ("{ours} Soit ２８ de plus.", "markup"),
    "a half": ("{ours} Environ ½ des clients.", "markup"),
    "a link": ("{ours} Voir [ici](https://evil.example).", "markup"),
    "a bare address": ("{ours} Voir evil.example pour la suite.", "markup"),
    "an image": ("{ours} ![x](http://e)", "markup"),
    "HTML": ("{ours} <b>gras</b>", "markup"),
    "invisible characters": ("{ours} \u200b\u202e", "markup"),
    "an e-mail": ("{ours} Écrivez à x@y.fr.", "markup"),
    "a cause nobody found": ("{ours} Ils partent à cause des prix.", "cause"),
    "a study nobody retrieved": ("{ours} Une étude le confirme.", "outside_source"),
    "a stranger": ("{ours} Le canal TikTok fait mieux.", "stranger"),
    "a swap of groups": ("{swapped}", "misplaced"),
    "another language": ("The churn rate is what it is and your customers leave you more often than not.", "language"),
    "nothing": (" ", "empty"),
    "a novel": ("{ours} " + "Vos clients restent avec vous. " * 90, "too_long"),
    "no headline": ("Vos clients partent plus ou moins selon les canaux de vente.", "headline"),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_caught(name: str, channels: tuple[Finding, list[dict[str, Any]], str]) -> None:
    groups = channels[1][0]["groups"]
    first, last = groups[0], groups[-1]
    swapped = f"{channels[2]} {first['group']} perd {last['churn_rate']} de ses clients, {last['group']} {first['churn_rate']}."
    text, fault = LIES[name]
    said = text.format(ours=channels[2], rate=first["churn_rate"].split()[0].replace("\u202f%", ""), swapped=swapped)
    assert fault in judged(said, channels)


QUESTIONS = (
    "Quel est notre taux d’attrition ?", "Pourquoi nos clients partent-ils ?", "Quel canal recrute le mieux ?",
    "Comment va la relation avec mes clients ?", "Où partent-ils dans le parcours ?", "Combien de femmes avons-nous perdues ?",
)  # fmt: skip
CALLS = ("churn_rate", "churn_drivers", "acquisition_quality", "relationship_overview", "leak_points", "segments")


@pytest.mark.parametrize("seed", range(60))
def test_a_lying_model_is_never_shown(seed: int, session: Session, server: Any, use: Use) -> None:
    """Sixty questions, each worded by a liar who changes a true sentence: no unbacked number reaches the manager."""
    rng = random.Random(seed)
    use()
    call = rng.choice(CALLS)
    truth = session.runner.run(call)
    claim = truth.claim.render("fr") if isinstance(truth, Finding) else "Vos clients sont partis."
    lie = rng.choice([
        f"{claim} Cela représente {rng.randint(1001, 99999)} euros.",
        f"{claim} Dans {rng.randint(101, 998) / 10} % des cas ils reviennent.".replace(".", ","),
        f"En tout, {rng.randint(1001, 99999)} clients sont concernés.",
        f"{claim} Le taux a baissé de {rng.randint(11, 99)},{rng.randint(1, 9)} points depuis 2019.",
    ])  # fmt: skip
    server.play(Say(calls=(Call(call),)), Say("OK"), Say(lie))
    done = answer(rng.choice(QUESTIONS), session, language="fr")
    headline = done.text.split("**À")[0].split("**Pour y")[0]
    assert done.findings and not unbacked(headline, done.findings, "fr")
    assert lie not in done.text and done.notice == WORDING_KEPT.fr


def test_each_number_with_its_group_passes(channels: tuple[Finding, list[dict[str, Any]], str]) -> None:
    groups = channels[1][0]["groups"]
    each = " et ".join(f"{group['churn_rate']} pour {group['group']}" for group in groups)
    assert judged(f"{channels[2]} On compte {each}.", channels) == ()


def test_a_true_wording_of_the_longest_length_passes(channels: tuple[Finding, list[dict[str, Any]], str]) -> None:
    text = channels[2]
    while len(text) + 32 < LONGEST:
        text += " Vos clients restent avec vous."
    assert judged(text, channels) == ()
