"""The manager's journey in a real browser: files in, diagnosis, questions, evidence, plan, downloads."""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from assistant.sample import write_sample
from tests.app.files import NASTY, telecom
from tests.browser.conftest import ROOT, keep

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

_FRENCH_FILE = Path(os.environ.get("NOCES_DATA", ROOT.parent / "shared" / "data")) / "derived_fr" / "clients_telecom_fr_utf8bom.csv"


def _upload(page, files, read, ready):
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([str(path) for path in files])
    page.get_by_role("button", name=read).click()
    page.get_by_role("button", name=ready).first.wait_for()


def _workspace(page):
    return re.search(r"w=([0-9a-f]{32})", page.url).group(1)


def _ask(page, question):
    """Ask; returns the answer's words once they are there."""
    answers = page.locator('[class*="st-key-answer-"]')
    before = answers.count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    answers.nth(before).wait_for()
    page.locator('[class*="st-key-asked-pending"]').wait_for(state="detached")
    from playwright.sync_api import expect  # here, for without it these tests are skipped

    expect(answers.nth(before)).to_have_text(re.compile(r".{80}", re.DOTALL), timeout=60_000)  # the wait, in its place, is shorter
    text = answers.nth(before).inner_text()
    assert len(text) > 80, text
    return text


def _download(page, label):
    with page.expect_download() as event:
        page.get_by_role("button", name=label, exact=True).click()
    return event.value.suggested_filename, Path(event.value.path()).read_bytes()


def test_a_french_manager_from_file_to_plan(open_tab, tmp_path):
    """A telecom base in French: read, diagnosed, asked three times with a follow-up, evidenced, planned, taken away."""
    page = open_tab()
    page.locator("html[lang=fr]").wait_for(state="attached")
    page.get_by_text("Parcourir").wait_for()
    assert page.get_by_text("Upload", exact=True).count() == 0
    keep(page, "data-empty-fr")
    path = _FRENCH_FILE if _FRENCH_FILE.is_file() else telecom(tmp_path / "clients_telecom.csv", customers=3000)
    _upload(page, [path], "Lire ces fichiers", "Établir le diagnostic")
    keep(page, "data-fr")

    page.get_by_role("button", name="Établir le diagnostic").first.click()
    page.get_by_text("Ce que ces données ne permettent pas de dire").wait_for()
    text = page.get_by_test_id("stMain").inner_text()
    for words in ("Perdus", "Premières actions", "entre", "Ce qui nous ferait changer d’avis"):
        assert words in text
    page.locator('[data-testid="stVegaLiteChart"] :is(svg, canvas)').nth(1).wait_for()
    _spoken_in_french(page)
    keep(page, "diagnosis-fr")

    page.get_by_role("link", name="Conversation").click()
    page.get_by_test_id("stChatInput").wait_for()
    assert "%" in _ask(page, "Quel est notre taux d’attrition ?")
    assert "cause" in _ask(page, "Pourquoi mes clients partent-ils ?")
    _read_from_its_question(page)
    _ask(page, "et seulement pour les femmes ?")
    assert page.locator("#noces-live").inner_text().startswith("La réponse")
    keep(page, "conversation-fr")

    page.locator('[class*="st-key-evidence-"] button').nth(1).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_text("Les chiffres").wait_for()
    for words in ("Ce qu’est un client perdu", "Requête SQL"):
        drawer.get_by_text(words).first.wait_for()
    keep(page, "evidence-fr")
    page.keyboard.press("Escape")
    drawer.wait_for(state="detached")

    page.get_by_role("button", name="Ajouter au plan").first.click()
    page.get_by_role("link", name="Plan d’action (1)").click()
    page.get_by_role("heading", name=re.compile("À faire")).wait_for()
    keep(page, "plan-fr")
    page.get_by_role("button", name="Exporter").click()
    name, workbook = _download(page, "Classeur Excel")
    assert re.fullmatch(r"noces-plan-[0-9a-f]{12}\.xlsx", name)
    assert openpyxl.load_workbook(io.BytesIO(workbook)).sheetnames[0].startswith("Plan")
    assert docx.Document(io.BytesIO(_download(page, "Word")[1])).paragraphs[0].text == "Plan d’action"
    assert _download(page, "PDF")[1].startswith(b"%PDF-")
    assert _download(page, "Markdown")[1].decode().startswith("# Plan")
    lists = zipfile.ZipFile(io.BytesIO(_download(page, "Listes de clients (CSV)")[1]))
    first = lists.read(sorted(lists.namelist())[0]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(first), delimiter=";"))[0] == "id_client"

    page.reload()
    page.get_by_role("heading", name=re.compile("À faire · 1")).wait_for()
    _every_look(open_tab, _workspace(page))
    stranger = open_tab("conversation")
    assert stranger.get_by_text("Commencez par déposer vos fichiers").is_visible()


def _read_from_its_question(page):
    """A long answer is shown from its question down: the framework would show its end."""
    asked = page.locator('[class*="st-key-asked-"]').last
    page.wait_for_timeout(1500)
    place = asked.evaluate("element => element.getBoundingClientRect().top")
    assert 0 <= place <= 200, place


def _spoken_in_french(page):
    """What is read aloud and not seen: no word of the framework's, no code of a chart's field, each chart's own words."""
    spoken = page.evaluate(
        """[...document.querySelectorAll("[aria-label], [placeholder]")].filter(e => e.checkVisibility())
           .map(e => e.getAttribute("aria-label") || e.getAttribute("placeholder"))"""
    )
    strange = re.compile(r"\b(icon|Choose|Feedback|file upload|legend|axis|Open|Close)\b|^c\d: ")
    assert not [words for words in spoken if strange.search(words)]
    assert any("qui peut expliquer" in words and "départs sur" in words for words in spoken)


def _every_look(open_tab, workspace):
    """Each page narrow and dark: drawn, kept as a picture, never wider than the screen."""
    for width, theme, paths in ((390, "light", ("", "diagnosis", "conversation", "plan")), (1280, "dark", ("", "diagnosis"))):
        for path in paths:
            page = open_tab(path, width=width, theme=theme, workspace=workspace)
            page.locator(".st-key-phone-pages a").nth(3).wait_for(state="attached")
            page.wait_for_timeout(500)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            links = page.locator(".st-key-phone-pages a")
            assert [link.is_visible() for link in links.all()] == [width < 700] * 4
            keep(page, f"{path or 'data'}-fr-{width}-{theme}")
            page.context.close()


@pytest.mark.slow
def test_an_english_manager_on_the_sample_company(open_tab, tmp_path):
    """All the files of the invented chain of shops, in English: three questions with a follow-up, then the workbook."""
    files = write_sample(tmp_path, kind="retail", language="en", customers=900)
    page = open_tab(language="en")
    page.locator("html[lang=en]").wait_for(state="attached")
    _upload(page, files, "Read these files", "Make the diagnosis")
    keep(page, "data-en")
    page.get_by_role("button", name="Make the diagnosis").first.click()
    page.get_by_text("What these data cannot tell").wait_for()
    keep(page, "diagnosis-en")
    page.get_by_role("link", name="Conversation").click()
    page.get_by_test_id("stChatInput").wait_for()
    _ask(page, "Which channel brings the most loyal customers?")
    _ask(page, "and by store?")
    _ask(page, "How many customers have more than 3 orders?")
    keep(page, "conversation-en")
    page.get_by_role("link", name="Action plan").click()
    page.get_by_role("button", name="Start from the recommendations").click()
    page.get_by_role("heading", name=re.compile("To do")).wait_for()
    keep(page, "plan-en")
    page.get_by_role("button", name="Export").click()
    _, workbook = _download(page, "Excel workbook")
    assert openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0].max_row > 3


def test_a_picture_hidden_in_a_file_is_never_fetched(open_tab, tmp_path):
    """T10 in a real browser: the value is shown, and `open_tab` sees no request leave for another machine."""
    page = open_tab()
    _upload(page, [telecom(tmp_path / "clients.csv", customers=600, nasty=True)], "Lire ces fichiers", "Établir le diagnostic")
    page.get_by_role("button", name="Établir le diagnostic").first.click()
    page.get_by_text("Ce que ces données ne permettent pas de dire").wait_for()
    page.get_by_role("link", name="Conversation").click()
    page.get_by_test_id("stChatInput").wait_for()
    assert NASTY in _ask(page, "Combien de clients par offre ?")
    assert page.locator("img[src*='sink.example']").count() == 0
