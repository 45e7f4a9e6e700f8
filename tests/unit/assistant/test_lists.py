"""No list leaves with an address that consent does not cover, nor with a cell a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.workspace import Workspace
from assistant.documents.safe import safe_text
from assistant.plan.case import Case
from assistant.plan.lists import list_csv, target_list
from assistant.plan.plan import PlannedAction
from assistant.plan.rules.churn import listen_to_the_most_exposed
from assistant.session import Session
from vocabulary.finding import Finding
from vocabulary.sentence import say

TODAY = date(2026, 11, 22)
SAYINGS = {"Oui": True, "Non": False, "": False}


def opened(folder: Path, text: str) -> Session:
    file = folder / "clients.csv"
    file.write_text(text, encoding="utf-8")
    session = Session(Workspace(folder / "workspace"))
    session.load([file], today=TODAY)
    return session


def planned(session: Session) -> PlannedAction:
    ids = [row[0] for row in session.study.database.rows("SELECT customer_id FROM customers WHERE lost IS FALSE")]
    finding = Finding("at_risk", say("x", "x"), items=tuple({"customer": i, "score": 0.5, "value": None} for i in ids))
    return PlannedAction(next(iter(listen_to_the_most_exposed(finding, Case(session.study, {})))))


def customers(consent: bool, seed: int = 3) -> tuple[str, set[str]]:
    rng = random.Random(seed)
    heads = "id_client;email;resilie" + (";consentement_email" if consent else "")
    lines, agreed = [heads], set()
    for i in range(200):
        said = rng.choice(list(SAYINGS))
        gone = rng.random() < 0.3
        lines.append(f"C{i:04d};c{i}@example.fr;{'Oui' if gone else 'Non'}" + (f";{said}" if consent else ""))
        if SAYINGS[said]:
            agreed.add(f"C{i:04d}")
    return "\n".join(lines) + "\n", agreed


def test_only_those_who_agreed(tmp_path: Path) -> None:
    text, agreed = customers(consent=True)
    session = opened(tmp_path, text)
    made = target_list(planned(session), session.study, "fr")
    ids = {row[0] for row in made.rows[1:]}
    assert ids and ids | set(made.held_out) <= agreed
    assert made.without_consent > 0
    assert not ids & set(made.held_out)
    assert made.rows[0][1] == "email" and all("@example.fr" in row[1] for row in made.rows[1:])
    session.close()


def test_without_a_consent_column_no_address_leaves(tmp_path: Path) -> None:
    text, _ = customers(consent=False)
    session = opened(tmp_path, text)
    made = target_list(planned(session), session.study, "fr")
    assert len(made.rows) > 1
    assert not any("@" in cell for row in made.rows for cell in row)
    declared = target_list(planned(session), session.study, "fr", consent_basis="clients existants, produits similaires")
    assert any("@" in cell for row in declared.rows for cell in row)
    session.close()


def test_the_control_group_is_the_same_each_time(tmp_path: Path) -> None:
    text, _ = customers(consent=True)
    session = opened(tmp_path, text)
    action = planned(session)
    assert target_list(action, session.study, "fr").held_out == target_list(action, session.study, "en").held_out
    session.close()


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "＝1", "\x00=1"])
def test_nothing_runs_in_a_spreadsheet(cell: str) -> None:
    assert safe_text(cell).startswith("'")


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), min_size=1), st.sampled_from(["fr", "en"]))
def test_any_words_come_back_inert(rows: list[list[str]], language: str) -> None:
    data = list_csv(rows, language).decode("utf-8-sig")  # type: ignore[arg-type]
    read = list(csv.reader(io.StringIO(data, newline=""), delimiter=";" if language == "fr" else ","))
    assert [len(row) for row in read] == [len(row) for row in rows]
    for row in read:
        for cell in row:
            assert cell.lstrip(" \t\r\n\u200b")[:1] not in ("=", "+", "@")
