"""The plan: started from the recommendations, edited, saved; downloads under names no other bytes ever had."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import docx
import openpyxl
import pytest

from analytics.workspace import Workspace
from assistant.plan.exports import plan_bytes
from assistant.report import diagnosis_bytes
from assistant.session import Session
from ui.parts import downloads
from vocabulary.typography import spaced


@pytest.fixture
def planned(show, workspaces):
    view = show("plan", workspaces["plain"])
    next(button for button in view.button if button.label == "Partir des recommandations").click().run()
    assert not view.exception
    return view


def test_the_recommendations_fill_the_board(planned):
    """Every recommended action is there, with its evidence."""
    state = planned.session_state["desk"].session.state
    assert state.plan.actions
    assert {key for item in state.plan.actions for key in item.action.why} <= {finding.id for finding in state.evidence}
    assert any(header.value.startswith("À faire") for header in planned.header)


def test_an_edit_is_saved(planned, workspaces, tmp_path):
    """An owner typed on a card is in `state.json` at once."""
    next(field for field in planned.text_input if field.label == "Qui").set_value("Nadia").run()
    text = (tmp_path / workspaces["plain"] / "state.json").read_text(encoding="utf-8")
    assert "Nadia" in text
    json.loads(text)


def test_an_action_moves_by_buttons_alone(planned):
    """The board is usable from the keyboard: moving is a button, not a drag."""
    button = next(button for button in planned.button if button.label == "En cours")
    button.click().run()
    progress = [item.progress for item in planned.session_state["desk"].session.state.plan.actions]
    assert progress.count("doing") == 1


def test_a_changed_plan_is_another_file_name(planned, monkeypatch):
    """T14: the name carries a hash of what the bytes depend on, the workspace included."""
    desk = planned.session_state["desk"]
    monkeypatch.setattr(downloads.state, "desk", lambda: desk)
    monkeypatch.setattr(downloads.state, "session", lambda: desk.session)
    names = {downloads.file_name("noces-plan", words, ".xlsx", "fr") for words in ("a", "b")}
    names |= {downloads.file_name("noces-plan", "a", ".xlsx", "en")}
    assert len(names) == 3
    assert desk.identity not in "".join(names)


@pytest.fixture
def session(workspaces, tmp_path):
    opened = Session(Workspace(tmp_path / workspaces["plain"]))
    opened.add_to_plan(*opened.diagnosis().actions)
    yield opened
    opened.close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_format_opens(session, language):
    """Word, workbook, PDF and Markdown are read back by other programs and say the first action."""
    model, plan = session.study.model, session.state.plan
    title = spaced(plan.actions[0].action.title.render(language, model.currency), language)
    made = {s: plan_bytes(s, plan, session.known_findings(), model, language) for s in (".docx", ".xlsx", ".pdf", ".md")}
    assert title in [paragraph.text for paragraph in docx.Document(io.BytesIO(made[".docx"])).paragraphs]
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(made[".xlsx"])).worksheets[0] for cell in row]
    assert title in cells
    assert made[".pdf"].startswith(b"%PDF-")
    assert made[".md"].decode().startswith("# ")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pdf", ".md"])
def test_the_diagnosis_leaves_in_each_format(session, suffix):
    """Word holds its charts as pictures; the others open."""
    data = diagnosis_bytes(suffix, session.diagnosis(), session.study.model, "fr")
    if suffix == ".docx":
        assert any(name.startswith("word/media/") for name in zipfile.ZipFile(io.BytesIO(data)).namelist())
    elif suffix == ".xlsx":
        assert len(openpyxl.load_workbook(io.BytesIO(data)).sheetnames) > 1
    else:
        assert data


def test_the_same_advice_from_two_questions_is_one_action(session):
    """Another question may lead to the same target under another id: the plan holds it once."""
    import dataclasses

    actions = [item.action for item in session.state.plan.actions]
    again = [dataclasses.replace(action, id=f"other-{action.id}") for action in actions]
    assert len(session.state.plan.adding(*again).actions) == len(actions)


def test_a_stale_tab_does_not_undo_what_another_decided(show, workspaces):
    """Tab A names an owner; tab B, drawn before, is drawn again: the name stays, and B shows it."""
    first = show("plan", workspaces["plain"])
    next(button for button in first.button if button.label == "Partir des recommandations").click().run()
    second = show("plan", workspaces["plain"])
    next(field for field in first.text_input if field.label == "Qui").set_value("Nadia").run()
    second.run()
    assert first.session_state["desk"].session.state.plan.actions[0].owner == "Nadia"
    assert next(field for field in second.text_input if field.label == "Qui").value == "Nadia"


def test_a_budget_and_a_date_are_edited_on_the_card(planned):
    """Both are kept at once, and said in one line on the card."""
    next(field for field in planned.number_input if field.label == "Budget").set_value(1200.0).run()
    next(field for field in planned.date_input if field.label == "Pour le").set_value(date(2027, 1, 15)).run()
    first = planned.session_state["desk"].session.state.plan.actions[0]
    assert (first.budget, first.due) == (1200.0, date(2027, 1, 15))
    assert any("15 janvier 2027" in text.value for text in planned.markdown)
