"""The verb of two words that the state of those who left is: « Signed off », said as leaving; and how customers heard of the house."""

import pytest

from tests.unit.embedded.talks import converse, opened


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """A programme of exercises: those who completed it, those who opted out of it, those still in it."""
    states = ["Completed", "Opted out", "In treatment", "Completed", "Opted out"]
    head = ["Patient ref", "Site", "How did you hear about us", "Registered", "Status", "Closed on"]
    rows = [
        [f"P{n:03d}", ("North", "South", "East")[n % 3], ("Doctor", "Poster")[n // 2 % 2], f"2023-{1 + n % 12:02d}-05", states[n % 5], "" if n % 5 == 2 else f"2024-{1 + n % 11:02d}-17"]
        for n in range(300)
    ]  # fmt: skip
    visits = [["Visit no", "Patient ref", "Date", "Price"]]
    visits += [[f"V{n:04d}", f"P{n % 300:03d}", f"2023-{1 + (n % 300) % 12:02d}-{6 + n // 300:02d}", 45] for n in range(1500)]
    yield from opened(tmp_path_factory, "clinic", {"patients.csv": [head, *rows], "visits.csv": visits})


@pytest.mark.parametrize("question, analysis, wanted", [
    ("Why do patients opt out?", "churn_drivers", {}), ("opt-out rate by site", "churn_rate", {"by": "Site"}),
    ("how many opted out in 2024", "explore", {"measure": "lost_customers"}),
])  # fmt: skip
def test_the_state_s_own_verb_is_said_as_leaving(clinic, question, analysis, wanted):
    found = converse(clinic, question)[-1]
    assert found.status == "answered", found.sentence
    assert found.steps[0].analysis == analysis
    assert wanted.items() <= dict(found.steps[0].arguments).items()


@pytest.mark.parametrize("question", ["churn by how they heard about us", "taux de départ selon comment ils nous ont connus"])
def test_how_they_heard_of_us_is_the_channel(clinic, question):
    found = converse(clinic, question)[-1]
    assert found.status == "answered", found.sentence
    assert "How did you hear about us" in str(dict(found.steps[0].arguments)) or found.steps[0].analysis == "acquisition_quality"


def test_who_finished_in_a_year_is_counted_on_the_day_they_did(clinic):
    arguments = dict(converse(clinic, "How many patients completed in 2024?")[-1].steps[0].arguments)
    assert "period" not in arguments
    assert {"field": "finished_on", "operator": "between", "values": ["2024-01-01", "2024-12-31"]} in [{**one, "values": list(one["values"])} for one in arguments["segment"]]
