"""An endpoint may do anything: thirty-four faults, streamed or whole, and the manager still gets a right answer in time."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from assistant.answering import answer
from assistant.session import Session
from tests.llm.conftest import HURRIED, KEY, Use
from tests.llm.faults import FAULTS, NUMBERS, address
from tests.llm.server import Say

QUESTION = "Quel est notre taux d’attrition ?"
# Faults of wording alone, or mended on the way: the model's choice stands, the composed words are shown.
SLOW = (1, 2, 3, 4, 5, 6)
CHOSEN = (28, 30, 31, 32, 33, 34)


@pytest.fixture(scope="module", autouse=True)
def warmed(session: Session) -> None:
    """The first question loads the sentence encoder, which is no fault of the server's."""
    answer(QUESTION, session, language="fr")


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_useful_answer_in_time(
    number: int, stream: bool, session: Session, server: Any, use: Use, rows: list[dict[str, str]],
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """Patience with the slow faults is shortened from twenty seconds; the figure is counted from the planted rows."""
    caplog.set_level("DEBUG", "noces")
    server.play(*FAULTS[number][1]) if number in FAULTS else server.play(Say("OK"))
    model = use(address(number, server), stream=stream, patience=HURRIED if number in SLOW else None)
    model.client.warm()
    started = time.perf_counter()
    done = answer(QUESTION, session, language="fr", turn=f"fault-{number}")
    seconds = time.perf_counter() - started
    session.add_turn(done)
    session.add_turn(done)

    assert seconds < 10
    gone = sum(row["resilie"] == "Oui" for row in rows)
    assert done.findings[0].measures[0].value == pytest.approx(gone / len(rows))
    assert done.status == "answered" and f"{gone} sur {len(rows)}" in done.text
    assert [turn.turn for turn in session.state.turns] == [f"fault-{number}"]
    assert done.planner == ("llm" if number in CHOSEN else "embedded")
    assert done.notice is not None and done.notice.count(".") == 1
    assert ("nôtre" if number in CHOSEN else "assistant intégré") in done.notice
    for forbidden in ("evil", "99,999", "99 999", "99%", "<", "![", "\u200b", "\u202e", "very long"):
        assert forbidden not in done.text
    said = "".join((*capfd.readouterr(), caplog.text, done.text, done.notice or ""))
    assert "Traceback" not in said and KEY not in said


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("number", [4, 5, 6])
def test_an_abandoned_request_is_cut(number: int, stream: bool, session: Session, server: Any, use: Use) -> None:
    """Nothing goes on reading behind the manager's back once the turn is over."""
    server.play(*FAULTS[number][1])
    use(stream=stream, patience=HURRIED)
    answer(QUESTION, session, language="fr")
    limit = time.monotonic() + 2
    while any(thread.name == "noces-model" for thread in threading.enumerate()) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not any(thread.name == "noces-model" for thread in threading.enumerate())


def test_the_turn_after_a_fault_works(session: Session, server: Any, use: Use) -> None:
    """The history of a failed turn is one a next turn can build on."""
    use(patience=HURRIED)
    server.play(*FAULTS[20][1])
    session.add_turn(answer(QUESTION, session, language="fr"))
    done = answer("et par canal ?", session, language="fr")
    assert done.status == "answered" and done.reading.steps[0].arguments["by"] == "canal_acquisition"
