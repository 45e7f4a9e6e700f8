"""No list leaves with an address that consent does not cover, nor with a cell a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.workspace import Workspace
from assistant.answer import Action, Range
from assistant.documents.safe import safe_text
from assistant.plan.case import Case
from assistant.plan.exports import plan_bytes
from assistant.plan.lists import list_csv, list_files, lists_by_action, target_list, target_lists
from assistant.plan.plan import Plan, PlannedAction
from assistant.plan.rules.churn import listen_to_the_most_exposed
from assistant.session import Session
from vocabulary.finding import Finding
from vocabulary.language import Text
from vocabulary.sentence import say
from vocabulary.themes import JourneyStage, Strength

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


# --- a plan's lists together ------------------------------------------------------------------------------------------


def acting(name: str, ids: list[str], control: int, stage: JourneyStage = JourneyStage.CHURN) -> Action:
    """An action for these customers and no others."""
    word, free = say("mot", "word"), Range(0, 0, "money", say("rien", "nothing"))
    return Action(
        name, stage, say(name, name), word, ({"field": "customer_id", "operator": "in", "values": ids},), "", len(ids), (), (), word, word,
        free, (), Text("m", "m"), free, word, control, word, word, 1, Strength.WEAK,
    )  # fmt: skip


@pytest.fixture(scope="module")
def consenting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    text, _ = customers(consent=True)
    session = opened(tmp_path_factory.mktemp("lists"), text)
    yield session
    session.close()


PLANS = st.lists(st.tuples(st.integers(0, 199), st.integers(1, 200), st.integers(1, 4), st.integers(0, 60)), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shapes=PLANS)
def test_no_customer_is_in_two_lists_of_a_plan(consenting: Session, shapes: list[tuple[int, int, int, int]]) -> None:
    """Contacted or held out, a customer belongs to the first action that targets them; every one targeted is accounted for."""
    targets = [[f"C{i:04d}" for i in range(start, 200, step)][:size] for start, size, step, _ in shapes]
    plan = Plan(tuple(PlannedAction(acting(f"a{n}", ids, shape[3])) for n, (ids, shape) in enumerate(zip(targets, shapes, strict=True))))
    seen: set[str] = set()
    for position, planned_, made in target_lists(plan, consenting.study, "fr"):
        contacted, held = [row[0] for row in made.rows[1:]], list(made.held_out)
        assert len({*contacted, *held}) == len(contacted) + len(held)
        assert not seen & {*contacted, *held}
        alone = target_list(planned_, consenting.study, "fr")
        by_itself = {row[0] for row in alone.rows[1:]} | set(alone.held_out)
        assert {*contacted, *held} == by_itself - seen and made.elsewhere == len(by_itself & seen)
        assert made.to_contact + len(held) + made.elsewhere + made.without_consent + made.too_old == len(targets[position - 1])
        seen |= by_itself


def test_the_plan_and_its_summary_say_who_was_left_to_another_action(consenting: Session) -> None:
    ids = [f"C{i:04d}" for i in range(200)]
    plan = Plan().adding(acting("premier", ids[:120], 20), acting("second", ids[60:], 60), acting("troisieme", ids[150:], 0, JourneyStage.RECRUITMENT))
    lists = lists_by_action(plan, consenting.study, "fr")
    assert set(lists) == {"premier", "second"} and not lists["premier"].elsewhere
    left = lists["second"].elsewhere
    assert left == sum(row[0] >= "C0060" for row in lists["premier"].rows[1:]) + sum(i >= "C0060" for i in lists["premier"].held_out) > 0
    written = plan_bytes(".md", plan, (), consenting.study.model, "fr", lists=lists).decode()
    assert written.count("laissés à une action placée avant") == 1 and f"témoins\u00a0: {left} (personne" in written
    assert "moins de témoins que les 60 prévus" in written
    files = dict(list_files(plan, consenting.study, "fr"))
    assert f"garde comme témoins\u00a0: {left}\n" in files["bilan.txt"].decode("utf-8-sig")
    assert not any("troisieme" in name for name in files)
