"""Each page, in both languages, on a file that nobody prepared for it: it draws, it speaks one language, it is inert."""

from __future__ import annotations

import re

import pytest

from tests.app.conftest import said
from tests.app.files import NASTY

PAGES = ("data", "diagnosis", "conversation", "plan")
TITLES = {
    ("data", "fr"): "Vos données", ("data", "en"): "Your data",
    ("diagnosis", "fr"): "Où en est la relation ?", ("diagnosis", "en"): "How is the relationship going?",
    ("conversation", "fr"): "Que voulez-vous savoir ?", ("conversation", "en"): "What would you like to know?",
    ("plan", "fr"): "Plan d’action", ("plan", "en"): "Action plan",
}  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_draws_with_and_without_data(show, workspaces, page, language):
    """The title is in the page's language; before any data, each page shows the way to it."""
    for identity in (workspaces["plain"], None):
        view = show(page, identity, language=language)
        assert not view.exception
        assert view.title[0].value == TITLES[page, language]
        assert view.button or view.chat_input or view.get("file_uploader")


def test_the_french_diagnosis_holds_no_english_word(show, workspaces):
    """Whole words that only an English sentence holds; the file's own words are French."""
    view = show("diagnosis", workspaces["plain"])
    english = re.compile(r"\b(the|of|with|between|customers|churn|and|evidence)\b")
    assert not [text for text in said(view) if english.search(text)]


def test_the_diagnosis_says_its_lead_its_doubt_and_its_actions(show, workspaces):
    """The planted cause (contract by the month) leads; what would change our mind and first actions stand on the page."""
    view = show("diagnosis", workspaces["plain"])
    text = "\n".join(said(view))
    assert "Mensuel" in text
    assert "Ce qui nous ferait changer d’avis" in text
    assert "Premières actions" in text
    assert "Preuve" in text


@pytest.mark.parametrize("page", PAGES)
def test_a_picture_hidden_in_a_value_stays_words(show, workspaces, page):
    """T10: no page hands `![...](...)` to Markdown unescaped, though the file holds it in most of its rows."""
    for text in said(show(page, workspaces["nasty"])):
        assert NASTY not in text
        assert not re.search(r"(?<!\\)!\[|(?<!\\)\]\(http", text), text


def test_a_cell_that_opens_like_a_title_or_a_list_stays_words():
    """A town called « # Titre », a negative amount, a numbered label: as they stand; a plain decimal is untouched."""
    from ui.parts.frames import _inert

    said = [_inert(cell) for cell in ("# Titre", "- tiret", "1. premier", "-5,2", "12,5", "1.5", "C1", "> cite")]
    assert said == ["\\# Titre", "\\- tiret", "1\\. premier", "\\-5,2", "12,5", "1.5", "C1", "\\> cite"]


def test_an_answer_about_that_value_stays_words(show, workspaces):
    """The conversation answers by offer, and the offer's name is the hidden picture."""
    view = show("conversation", workspaces["nasty"], asked="Combien de clients par offre ?", wait="answer")
    texts = said(view)
    assert any("sink" in text for text in texts), "the answer does not speak of the value: the test proves nothing"
    assert not any(re.search(r"(?<!\\)!\[|(?<!\\)\]\(http", text) for text in texts)


def test_lines_set_aside_are_counted_explained_and_given_back(show, workspaces, tmp_path):
    """D1: rows read + set aside = rows present, each reason in words, all of them in the download."""
    from analytics.workspace import Workspace
    from assistant.session import Session
    from tests.app.files import telecom

    path = telecom(tmp_path / "clients.csv", customers=300)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text + "Total;;;;;9999;;\n;;;;;;;\n", encoding="utf-8")
    session = Session(Workspace(tmp_path / ("0" * 32)))
    session.load([path])
    session.close()
    view = show("data", "0" * 32)
    assert not view.exception
    text = "\n".join(said(view))
    assert "300 lignes lues + 2 écartées = 302 présentes dans vos fichiers" in text
    assert any("ligne de total" in str(frame.value.to_dict()) for frame in view.table)
