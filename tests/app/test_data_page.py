"""The data page: what was understood, the one question, the rule for lost, and a way out of every refusal."""

from __future__ import annotations

import csv
import json
import random
import secrets
from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.datamodel.model import Choice, Corrections
from analytics.datamodel.roles import Role
from analytics.importing.study_file import ARCHIVE, read_meta
from analytics.workspace import Database, Workspace
from assistant.session import Session
from tests.app.conftest import said, until_done
from tests.unit.datamodel.test_contract_terms import a_year, contracts
from tests.unit.datamodel.worlds import write_files
from ui.parts.corrections import merge


def _bought_once(path):
    """Purchases of customers who hardly ever come twice: no rhythm to learn, so no rule for lost."""
    chance = random.Random(3)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(["id_client", "date_achat", "montant"])
        for number in range(400):
            day = date(2024, 1, 1) + timedelta(days=chance.randrange(360))
            writer.writerow([f"C{number:04d}", day.strftime("%d/%m/%Y"), f"{chance.uniform(5, 90):.2f}".replace(".", ",")])
    return path


@pytest.fixture
def once(tmp_path, monkeypatch):
    monkeypatch.setenv("NOCES_HOME", str(tmp_path))
    identity = secrets.token_hex(16)  # its own: a desk of another test may still be alive
    session = Session(Workspace(tmp_path / identity))
    session.load([_bought_once(tmp_path / "achats.csv")])
    session.close()
    return identity


def test_a_new_rule_for_lost_takes_the_place_of_the_old():
    """Days set first, then a column: the column rules, and the reverse; the rest of what was said stays."""
    days = merge(Corrections(as_of=date(2024, 1, 1)), Corrections(lost_days=90))
    column = merge(days, Corrections(lost_column="Résilié"))
    assert (column.lost_days, column.lost_column, column.as_of) == (None, "Résilié", date(2024, 1, 1))
    again = merge(column, Corrections(columns={"a.csv": {"x": Role.AMOUNT}}))
    assert (again.lost_column, again.columns) == ("Résilié", {"a.csv": {"x": Role.AMOUNT}})


def test_how_the_file_was_written_is_said_with_its_proof(show, once):
    """Separator, decimals, and the order of dates with a value that proves it."""
    text = "\n".join(said(show("data", once)))
    assert "400 lignes lues + 0 écartée = 400 présentes" in text
    for words in ("Séparateur\u00a0: point-virgule", "Virgule décimale", "Dates jour/mois/année, d’après"):
        assert words in text


def test_without_a_rule_for_lost_the_manager_sets_one(show, once):
    """The page that says « fixez vous-même le silence » has where to set it; the rule is applied and its effect shown."""
    view = show("data", once)
    assert any("fixez vous-même" in text for text in said(view))
    view.number_input[0].set_value(120).run()
    next(button for button in view.button if button.label == "Appliquer cette règle").click().run()
    until_done(view, "load", taken=True)
    assert not view.exception
    assert view.session_state["desk"].session.study.model.lost.days == 120
    assert any("jours · la règle" in str(table.value.to_dict()) for table in view.table)


def _doubt(folder, confidence):
    """Make the reading of one column of a workspace as unsure as that."""
    database = Database(Workspace(folder).data_path, writable=True)
    model = read_meta(database, "model")
    bindings = tuple(replace(b, confidence=confidence) if b.name == "Type de contrat" else b for b in model.bindings)
    written = json.dumps(ARCHIVE.dump(replace(model, bindings=bindings)), ensure_ascii=False)
    database.execute("UPDATE noces_meta SET value = ? WHERE key = 'model'", [written])
    database.close()


def test_the_doubtful_column_is_asked_about_once(show, workspaces, tmp_path):
    """One question on the least sure reading; once answered it is the manager's word, and nothing else is asked."""
    _doubt(tmp_path / workspaces["plain"], 0.55)
    view = show("data", workspaces["plain"])
    assert [text for text in said(view) if "Type de contrat" in text and "Est-ce juste" in text]
    next(button for button in view.button if button.label == "Oui, c’est cela").click().run()
    until_done(view, "load", taken=True)
    assert not any("Est-ce juste" in text for text in said(view))
    bindings = view.session_state["desk"].session.study.model.bindings
    assert [binding.corrected for binding in bindings if binding.name == "Type de contrat"] == [True]


def test_nothing_is_asked_when_every_reading_is_sure(show, workspaces, tmp_path):
    """The same file, the same column, read for sure."""
    _doubt(tmp_path / workspaces["plain"], 0.95)
    assert not any("Est-ce juste" in text for text in said(show("data", workspaces["plain"])))


def test_an_end_that_everyone_has_is_asked_about_and_the_answer_taken(show, tmp_path, monkeypatch):
    """The question of the reading of who left, with its own answers; « le contrat se renouvelle » ends it."""
    monkeypatch.setenv("NOCES_HOME", str(tmp_path))
    identity = secrets.token_hex(16)
    session = Session(Workspace(tmp_path / identity))
    session.load(write_files({"contrats.csv": contracts(a_year)}, tmp_path))
    session.close()
    view = show("data", identity)
    assert any("la fin d’un terme qui se renouvelle, ou le départ" in text for text in said(view))
    next(button for button in view.button if "le contrat se renouvelle" in button.label).click().run()
    until_done(view, "load", taken=True)
    assert not view.exception and not any("ou le départ du client" in text for text in said(view))
    bindings = view.session_state["desk"].session.study.model.bindings
    assert [binding.role for binding in bindings if binding.name == "date_fin"] == [Role.RENEWAL_DATE]


def test_files_that_name_no_customer_are_not_a_dead_end(show, tmp_path, monkeypatch):
    """They are read, the page says why nobody can be told, and lets the manager say which column names the customer."""
    monkeypatch.setenv("NOCES_HOME", str(tmp_path))
    path = tmp_path / "ventes.csv"
    path.write_text("zorglub;montant;jour\nAA;10;01/02/2024\nBB;12;03/02/2024\nAA;9;25/03/2024\n", encoding="utf-8")
    identity = secrets.token_hex(16)
    session = Session(Workspace(tmp_path / identity))
    session.load([path])
    session.close()
    view = show("data", identity)
    assert not view.exception and any("ne dit de quel client" in text for text in said(view))
    choice = next(box for box in view.selectbox if box.label == "Colonne qui désigne le client")
    choice.set_value(("ventes.csv", "zorglub")).run()
    next(button for button in view.button if button.label == "Lire avec cette colonne").click().run()
    until_done(view, "load", taken=True)
    assert not view.exception and not any("ne dit de quel client" in text for text in said(view))
    model = view.session_state["desk"].session.study.model
    assert [binding.name for binding in model.bindings if binding.role is Role.CUSTOMER_ID] == ["zorglub"]


def _race():
    import streamlit as st

    from assistant import jobs
    from ui import state
    from ui.parts import work

    if work.take("quick", "fr")[0]:
        st.write("pris")
    elif "begun" not in st.session_state:
        st.session_state["begun"] = True
        job = jobs.start(lambda job: 1)
        job.wait(5)
        state.set_job("quick", job)  # ended after `take` looked, before `show` does
        work.show("quick", "fr")


def test_a_job_that_ends_while_the_page_is_drawn_is_not_waited_for_ever(monkeypatch, tmp_path):
    """The page is drawn again by itself and shows the result: seen in a long conversation, whose pages take a second."""
    from streamlit.testing.v1 import AppTest

    monkeypatch.setenv("NOCES_HOME", str(tmp_path))
    view = AppTest.from_function(_race, default_timeout=20).run()
    assert [text.value for text in view.markdown] == ["pris"]


def test_a_decision_on_a_defect_is_applied_and_kept(show, tmp_path, monkeypatch):
    """One amount out of all proportion: the other choice is applied, shown as chosen, and kept with the corrections."""
    monkeypatch.setenv("NOCES_HOME", str(tmp_path))
    path = _bought_once(tmp_path / "achats.csv")
    path.write_text(path.read_text(encoding="utf-8") + "C0399;01/05/2024;999999,00\n", encoding="utf-8")
    identity = secrets.token_hex(16)
    session = Session(Workspace(tmp_path / identity))
    session.load([path])
    check = next(check for check in session.study.model.health if check.remedy)
    session.close()
    wanted = Choice.IGNORE if check.choice is Choice.APPLY else Choice.APPLY
    view = show("data", identity)
    decide = next(group for group in view.get("button_group") if f"-{check.check}-" in str(group.key))
    decide.set_value(wanted).run()
    until_done(view, "load", taken=True)
    assert not view.exception
    desk = view.session_state["desk"]
    assert desk.session.corrections.health == {check.decision: wanted}
    again = next(group for group in view.get("button_group") if f"-{check.check}-" in str(group.key))
    assert again.value == wanted


def test_which_words_mean_gone_can_be_chosen(show, tmp_path, monkeypatch):
    """A state of several words: the manager says that those whose contract is held are gone too, and everything is computed again."""
    monkeypatch.setenv("NOCES_HOME", str(tmp_path))
    identity = secrets.token_hex(16)
    states = ["Actif"] * 6 + ["Résilié"] * 2 + ["Suspendu"]
    rows = [{"id_client": f"C{n:04d}", "date_inscription": date(2023, 1, 1) + timedelta(days=n), "statut_client": states[n % 9]} for n in range(270)]
    session = Session(Workspace(tmp_path / identity))
    session.load(write_files({"clients.csv": rows}, tmp_path))
    session.close()
    view = show("data", identity)
    assert "Résilié, 60 lignes sur 270" in "\n".join(said(view))
    chosen = next(box for box in view.multiselect if "Suspendu" in box.options)
    assert chosen.value == ["Résilié"]
    chosen.set_value(["Résilié", "Suspendu"]).run()
    next(button for button in view.button if button.label == "Appliquer cette règle").click().run()
    until_done(view, "load", taken=True)
    assert not view.exception
    study = view.session_state["desk"].session.study
    assert (study.model.lost.column, set(study.model.lost.lost_values)) == ("statut_client", {"Résilié", "Suspendu"})
    assert study.database.row("SELECT COUNT(*) FILTER (lost) FROM customers") == (90,)
