"""The mean length of what has ended says what it is of, and what lasts still is counted beside it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import pytest

from assistant.answering import answer
from assistant.planner import Dialogue
from assistant.session import Session
from vocabulary.estimate import Unit
from vocabulary.finding import Finding

MEAN_LIFE = 500  # days, without memory
LIVES: list[int] = []  # of all the members, those that go on beyond the files too: what the estimate is of


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A pool's members, recruited over two years; the files stop on 31 December 2025."""
    draw, rows = random.Random(4), ["Member;Joined;Left on;Lane"]
    for place in range(1200):
        joined = date(2024, 1, 1) + timedelta(days=draw.randrange(700))
        LIVES.append(1 + int(draw.expovariate(1 / MEAN_LIFE)))
        left = joined + timedelta(days=LIVES[-1])
        rows.append(f"P{place:04d};{joined:%d/%m/%Y};{f'{left:%d/%m/%Y}' if left <= date(2025, 12, 31) else ''};{draw.choice(['Fast', 'Slow'])}")
    path = Path(tmp_path_factory.mktemp("pool")) / "members.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    session = Session()
    session.load([path])
    return session


def test_the_length_of_those_that_ended_is_no_length_of_all(pool: Session) -> None:
    found = answer("average length of membership", pool, language="en", dialogue=Dialogue(())).findings[0]
    assert isinstance(found, Finding)
    assert "of those that have ended" in found.claim.render("en")
    assert "understates" in found.facts[0].render("en")
    half = next(told for told in found.facts[1].estimates() if told.unit is Unit.DAYS)
    assert half.low is not None and half.high is not None and half.value is not None
    assert half.low < median(LIVES) < half.high
    assert found.measures[0].value is not None and found.measures[0].value < half.value


def test_of_a_group_it_counts_that_group(pool: Session) -> None:
    found = pool.runner.run("explore", {
        "measure": "delay", "table": "members.csv", "since": "Joined", "column": "Left on",
        "purchase_filter": [{"field": "Lane", "operator": "=", "values": ["Fast"]}],
    })  # fmt: skip
    assert isinstance(found, Finding)
    going = next(found.facts[0].estimates())
    fast = pool.study.database.row("SELECT count(*), count(\"c2\") FROM t0 WHERE c3 = 'Fast'")
    assert (going.n, going.value) == (fast[0], fast[0] - fast[1])
