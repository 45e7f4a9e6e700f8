"""What is taken away: Word, PDF, workbook and Markdown, opened again by other libraries."""

from __future__ import annotations

import io
import re

import docx
import openpyxl
import pytest

from assistant.documents.typography import spaced_document
from assistant.documents.workbook import Workbook
from assistant.plan.exports import plan_bytes, plan_document
from assistant.plan.plan import Plan
from assistant.report import diagnosis_bytes, diagnosis_document
from assistant.sample import write_sample
from assistant.session import Session
from vocabulary.finding import Column
from vocabulary.language import Text
from vocabulary.typography import spaced

FRENCH = re.compile(r"[^\u00a0\u202f\s][;!?»%](?![\w/])|\w :|«[^\u00a0\u202f]|(?<=[^\u00a0\u202f«]) [;!?»%]")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    session = Session()
    session.load(write_sample(tmp_path_factory.mktemp("shop"), kind="retail", language="fr", customers=1500, seed=2))
    yield session, session.diagnosis()
    session.close()


def word(data: bytes):
    return docx.Document(io.BytesIO(data))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_report_in_word(shop, language):
    """A4, the verdict before anything else, charts as pictures, nothing under an empty heading."""
    session, done = shop
    made = word(diagnosis_bytes(".docx", done, session.study.model, language))
    section = made.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    heads = [p.text for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert heads[1] == spaced(done.findings[0].claim.render(language), language)
    assert heads[2] == ("Premières actions" if language == "fr" else "First actions")
    assert len(made.inline_shapes) >= 4


@pytest.mark.parametrize("kind", ["report", "plan"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_heading_is_empty_and_french_is_spaced(shop, kind, language):
    session, done = shop
    plan = Plan().adding(*done.actions)
    document = (
        diagnosis_document(done, session.study.model, language)
        if kind == "report"
        else plan_document(plan, done.findings, session.study.model, language)
    )
    names = [type(block).__name__ for block in document.blocks]
    levels = [getattr(block, "level", 0) for block in document.blocks]
    for place, name in enumerate(names):
        if name == "Heading":
            assert place + 1 < len(names)
            assert names[place + 1] != "Heading" or levels[place + 1] > levels[place], document.blocks[place]
    if language == "fr":
        for block in spaced_document(document).blocks:
            for words in (getattr(block, "words", ""), *(i for i in getattr(block, "items", ()) if isinstance(i, str))):
                assert not FRENCH.search(words), words


def test_a_count_nobody_asked_for_is_no_section(shop):
    """`explore` answers a question; without one it only counts customers."""
    session, done = shop
    explored = next(finding for finding in done.findings if finding.analysis == "explore")
    written = diagnosis_bytes(".md", done, session.study.model, "fr").decode()
    assert spaced(explored.claim.render("fr"), "fr") not in written
    book = openpyxl.load_workbook(io.BytesIO(diagnosis_bytes(".xlsx", done, session.study.model, "fr")))
    assert explored.claim.render("fr") not in [cell.value for row in book.worksheets[0] for cell in row]


def test_what_to_add_is_told_with_the_questions_it_opens(tmp_path):
    """Columns to add stand beside what they would tell; the analyses to come stand apart, once."""
    file = tmp_path / "clients.csv"
    lines = "".join(f"C{i};{'Nord' if i % 2 else 'Sud'};{'oui' if i % 7 == 0 else 'non'}\n" for i in range(400))
    file.write_text("id_client;region;resilie\n" + lines, encoding="utf-8")
    session = Session()
    session.load([file])
    done = session.diagnosis()
    blocks = diagnosis_document(done, session.study.model, "fr").blocks
    heads = [getattr(block, "words", "") for block in blocks]
    grid = blocks[heads.index("Ce que ces données ne permettent pas de dire") + 1]
    told = {result.would_unlock.render("fr") for result in done.not_answerable if result.missing != "planned"}
    assert {row[0] for row in grid.rows} == told and all(row[1] for row in grid.rows)
    later = blocks[heads.index("Analyses que cette version ne fait pas encore") + 1].words
    assert later.count(";") + 1 == sum(result.missing == "planned" for result in done.not_answerable)
    session.close()


def test_an_empty_plan_says_why(shop):
    session, _ = shop
    written = plan_bytes(".md", Plan(), (), session.study.model, "fr").decode()
    assert "Aucune action n’est recommandée" in written


def test_the_plan_as_a_workbook(shop):
    """One row an action, numbers as numbers, whys and cards in words, sheets named in whole words."""
    session, done = shop
    plan = Plan().adding(*done.actions)
    book = openpyxl.load_workbook(io.BytesIO(plan_bytes(".xlsx", plan, done.findings, session.study.model, "fr")))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    top = next(i for i, row in enumerate(rows) if row[0] == "Étape")
    heads, body = rows[top], rows[top + 1 :]
    assert len(body) == len(done.actions)
    for row, action in zip(body, done.actions, strict=True):
        told = dict(zip(heads, row, strict=True))
        assert told["Clients"] == action.count and isinstance(told["Effet, haut"], int | float)
        assert told["Pourquoi"] and told["D’après"]
    assert all(len(title) <= 31 for title in book.sheetnames)
    assert "Qualité des canaux" in book.sheetnames


def test_each_why_is_about_its_own_cause(shop):
    """The headline of a finding is its first factor: the action on the second one says the second one's figures."""
    session, done = shop
    written = plan_bytes(".md", Plan().adding(*done.actions), done.findings, session.study.model, "fr").decode()
    for action in done.actions:
        if action.id.startswith("repair"):
            assert action.reason is not None
            body = written.split(spaced(action.title.render("fr", markdown=True), "fr"), 2)[-1].split("\n## ")[0]
            assert spaced(action.reason.render("fr", markdown=True), "fr")[:40] in body


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Que faire ?", "Que faire\u202f?"), ("« oui » : 5 %", "«\u00a0oui\u00a0»\u00a0: 5\u202f%"), ("a ; b !", "a\u202f; b\u202f!"),
        ("http://x", "http://x"), ("10 %", "10\u202f%"), ("12:30 ou a:b", "12:30 ou a:b"),
    ],
)  # fmt: skip
def test_french_spaces(typed, written):
    assert spaced(typed, "fr") == written
    assert spaced(typed, "en") == typed


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1", "@A1", "=HYPERLINK(\"http://x\")", "\t=1", "＝1"])
def test_words_stay_words_in_a_workbook(payload):
    book = Workbook("fr")
    book.sheet(payload, (Column("a", Text("a", "a")),), [(payload,)], lead=(payload,))
    made = openpyxl.load_workbook(io.BytesIO(book.finish()))
    for row in made.worksheets[0]:
        for cell in row:
            assert cell.data_type != "f" and cell.hyperlink is None
