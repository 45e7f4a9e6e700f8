"""A question is answered once, stored before it is shown, and found again by whoever opens the same address."""

from __future__ import annotations

import json

from tests.app.conftest import said, until_done

QUESTION = "Pourquoi mes clients partent-ils ?"


def _turns(home, identity):
    return json.loads((home / identity / "state.json").read_text(encoding="utf-8"))["turns"]


def test_a_question_is_answered_and_stored(show, workspaces, tmp_path):
    """Reading, headline, doubt, buttons and next questions are there; `state.json` holds one turn, whatever the reruns."""
    view = show("conversation", workspaces["plain"], asked=QUESTION, wait="answer")
    text = "\n".join(said(view))
    assert not view.exception
    assert QUESTION in text
    assert "Mensuel" in text
    assert "Ce qui nous ferait changer d’avis" in text
    assert {"Preuve", "Épingler", "Ajouter au plan"} <= {button.label for button in view.button}
    assert len(view.get("button_group")) >= 1
    view.run()
    view.run()
    assert len(_turns(tmp_path, workspaces["plain"])) == 1


def test_a_second_tab_on_the_same_address_sees_the_same_conversation(show, workspaces, tmp_path):
    """The second tab works on the same session: what one decides, the other keeps."""
    first = show("conversation", workspaces["plain"], asked=QUESTION, wait="answer")
    second = show("conversation", workspaces["plain"])
    assert any(QUESTION in text for text in said(second))
    assert first.session_state["desk"] is second.session_state["desk"]


def test_another_workspace_sees_nothing_of_it(show, workspaces):
    """Two addresses, two sessions: no question, no pin, no plan passes."""
    show("conversation", workspaces["plain"], asked=QUESTION, wait="answer")
    other = show("conversation", workspaces["nasty"])
    assert not any(QUESTION in text for text in said(other))


def test_an_id_made_up_in_the_address_opens_nothing(show, workspaces, tmp_path):
    """Only 32 hexadecimal digits name a workspace: a path does not."""
    view = show("data", "../../etc")
    assert view.session_state["desk"].identity != "../../etc"
    assert view.session_state["desk"].session.workspace.folder.parent == tmp_path


def test_pin_and_plan_from_an_answer(show, workspaces):
    """A pin and an action added from an answer are saved; the action keeps the finding it rests on."""
    view = show("conversation", workspaces["plain"], asked=QUESTION, wait="answer")
    for label in ("Épingler", "Ajouter au plan"):
        next(button for button in view.button if button.label == label).click().run()
    state = view.session_state["desk"].session.state
    assert len(state.pins) == 1
    assert len(state.plan.actions) == 1
    assert set(state.plan.actions[0].action.why) <= {finding.id for finding in state.evidence}


def test_a_failed_job_says_one_sentence(show, workspaces, tmp_path):
    """A file that is no table: one sentence, no trace, and the workspace as it was."""
    from assistant import jobs
    from ui.pages import data

    view = show("data", workspaces["plain"])
    desk = view.session_state["desk"]
    before = desk.session.workspace.data_path
    folder = tmp_path / "upload"
    folder.mkdir()
    (folder / "file-0.csv").write_bytes(b"%PDF-1.7 not a table")
    names = {folder / "file-0.csv": "rapport.csv"}
    desk.jobs["load"] = jobs.start(lambda job: data._import(job, desk, folder, names))
    assert desk.jobs["load"].wait(60)
    from vocabulary.errors import UserError

    assert isinstance(desk.jobs["load"].error, UserError)
    view.run()
    until_done(view, "answer")
    assert not view.exception
    assert desk.session.workspace.data_path == before
    assert not folder.exists()
