"""The next questions offered: each, asked next, is answered by the analysis it was offered for, in both languages."""

import csv
import random
from datetime import date, timedelta

import pytest

from analytics.catalog import BUILT
from assistant.answering import answer
from assistant.planner import Dialogue
from assistant.session import Session

_draw = random.Random(25)
_LAST = date(2025, 9, 30)


def _rows():
    yield ["order_no", "client_no", "ordered_on", "total", "range", "town", "found_by"]
    for who in range(260):
        town, found_by, day = _draw.choice(["Nancy", "Metz", "Toul"]), _draw.choice(["Fair", "Web", "Friend"]), date(2023, 1, 1) + timedelta(days=_draw.randrange(500))
        while day <= _LAST:
            yield [f"N{who:03d}{day:%y%m%d}", f"C{who:03d}", day.isoformat(), round(_draw.uniform(10, 90), 2), _draw.choice(["Seeds", "Tools", "Pots"]), town, found_by]
            if _draw.random() < 0.16:
                break
            day += timedelta(days=_draw.randint(12, 75))


@pytest.fixture(scope="module")
def garden(tmp_path_factory):
    path = tmp_path_factory.mktemp("garden") / "orders.csv"
    with path.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows(_rows())
    session = Session()
    session.load([path])
    return session


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("analysis", [one for one in BUILT if one.name != "explore"], ids=lambda one: one.name)
def test_what_is_offered_next_is_answered_as_it_is_meant(garden, analysis, language):
    first = answer(analysis.examples[language][0], garden, language=language, dialogue=Dialogue())
    meant = {one.examples[language][0]: one.name for one in garden.runner.catalog}
    for question in first.follow_ups:
        after = garden.planner.read(question, language, Dialogue((first,)), garden.study)
        alone = garden.planner.read(question, language, Dialogue(), garden.study)
        assert after.steps and after.steps[0].analysis == meant.get(question, alone.steps[0].analysis), question
        done = answer(question, garden, language=language, dialogue=Dialogue((first,)))
        assert done.status == "answered" and done.findings, question


def test_a_question_offered_is_read_whole_and_not_as_how_it_was_counted(garden):
    first = answer("Segment my customers", garden, language="en", dialogue=Dialogue())
    reading = garden.planner.read("What is our churn rate?", "en", Dialogue((first,)), garden.study)
    assert reading.steps[0].analysis == "churn_rate"
