"""The planner keeps the level it reached, on the development set and on the measured one (nobody tunes on that one)."""

import yaml

from assistant.embedded.planner import EmbeddedPlanner
from tests.understanding.score import HERE, MEASURED, ask, scores


def _scores(path):
    planner = EmbeddedPlanner()
    return scores([ask(planner, entry) for entry in yaml.safe_load(path.read_bytes())])


def test_measured_set():
    found = _scores(MEASURED)
    assert found["top1"] >= 0.75
    assert found["top3"] >= 0.90
    assert found["out_of_scope_recall"] >= 0.75
    assert found["false_refusals"] <= 0.08


def test_development_set():
    found = _scores(HERE / "dev.yaml")
    assert found["top1"] >= 0.90
    assert found["out_of_scope_recall"] >= 0.85
