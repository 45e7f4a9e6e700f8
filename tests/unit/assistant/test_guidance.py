"""Advice: on the subject asked, or on what the data point to; and said to be general where the data say nothing."""

import pytest

from assistant.answering import answer
from assistant.guidance import asks_what_to_do
from assistant.session import Session
from tests.contract.conftest import labelled


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    folder = tmp_path_factory.mktemp("advice")
    path = folder / "clients.csv"
    path.write_text(labelled(), encoding="utf-8")
    opened = Session()
    opened.load([path])
    yield opened
    opened.close()


@pytest.mark.parametrize("question", ["Que faire pour les garder ?", "What should I do first?", "Par où commencer ?"])
def test_no_subject_is_named(question):
    assert asks_what_to_do(question)


@pytest.mark.parametrize("question", ["Faut-il offrir une remise ?", "Should we offer free trials?", "Comment les accueillir ?"])
def test_a_subject_is_named(question):
    assert not asks_what_to_do(question)


def test_what_to_do_starts_from_the_data(session):
    """The planted cause, an unresolved complaint, comes first, with the action that repairs it."""
    found = answer("Que faire pour les garder ?", session)
    assert [step.analysis for step in found.reading.steps] == ["guidance"]
    assert "reclamation non resolue" in found.findings[0].claim.render("fr")
    assert "reclamation non resolue" in found.actions[0].title.render("fr")
    assert found.guidance


def test_advice_says_when_the_data_are_silent(session):
    found = answer("Should we offer free trials?", session)
    assert "no established factor" in found.text
    assert "reclamation" not in found.findings[0].claim.render("en")


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Is the recommendation score enough to run the company?", "nps-is-not-growth"),
        ("How do I win back customers who left over price?", "recapture-then-normal-price"),
        ("Comment accueillir un nouveau client ?", "welcome-say-who-you-are"),
    ],
)
def test_the_question_is_searched_in_its_own_language(session, question, wanted):
    """An English question is matched with English words: its first card is that of the English corpus."""
    found = session.runner.run("guidance", {"question": question})
    assert found.items[0]["card"] == wanted


def test_what_to_do_never_starts_from_who_people_are(tmp_path):
    """Couple and sex drive departures here as much as the support: the advice starts from the support."""
    from tests.unit.assistant.test_plan import labelled as planted

    path = tmp_path / "clients.csv"
    path.write_text(planted(2500), encoding="utf-8")
    opened = Session()
    opened.load([path])
    claim = opened.runner.run("guidance", {"question": "Que faire pour les garder ?"}).claim.render("fr")
    assert "assistance" in claim.lower() and "conjoint" not in claim.lower() and "sexe" not in claim.lower()
    opened.close()


def test_advice_is_the_answer_and_what_to_do_is_in_it(session):
    """A strategy question is answered by the advice itself, before its cautions; its source is cited once."""
    said = answer("Faut-il proposer des essais gratuits ?", session).text
    assert said.index("**Ce qui est conseillé**") < said.index("**À garder en tête**") < said.index("**Sources**")
    assert "Que faire" in said and said.count("Know Your People") == 1


def test_what_is_not_built_yet_is_said_and_advised_upon(session):
    done = answer("Sommes-nous drogués à la promo ?", session)
    assert done.status == "cannot_answer" and done.guidance
    assert "**En attendant, ce qui est conseillé**" in done.text and not done.findings
