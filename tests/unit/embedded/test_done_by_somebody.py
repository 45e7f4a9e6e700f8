"""A state that says by whom it was done, said whole: its « by » splits nothing, and the other states are not meant."""

import pytest

from tests.unit.embedded.talks import converse, opened


@pytest.fixture(scope="module")
def salon(tmp_path_factory):
    """Appointments at the hairdressers', moved by one side or the other; the stylist stands beside."""
    head = ["Appointment no", "Guest ref", "Date", "Stylist", "Outcome", "Price"]
    ends = ["Done", "Moved by stylist", "Moved by guest", "Done", "Done"]
    rows = [[f"A{n:04d}", f"G{n % 60:03d}", f"2024-{1 + n % 12:02d}-{1 + n % 27:02d}", ("Ana", "Bo", "Cy")[n % 3], ends[n % 5], 30 + n % 20] for n in range(600)]
    yield from opened(tmp_path_factory, "salon", {"appointments.csv": [head, *rows]})


@pytest.mark.parametrize("question, state", [
    ("How many appointments were moved by the stylist in 2024?", "Moved by stylist"), ("appointments moved by the guest in 2024", "Moved by guest"),
])  # fmt: skip
def test_by_whom_is_no_split(salon, question, state):
    found = converse(salon, question)[-1]
    assert found.status == "answered", found.sentence
    arguments = dict(found.steps[0].arguments)
    assert "by" not in arguments or not arguments["by"]
    held = arguments.get("purchase_filter") or arguments.get("segment")
    assert [(one["field"], list(one["values"])) for one in held] == [("Outcome", [state])]


def test_a_split_said_beside_it_stays(salon):
    arguments = dict(converse(salon, "How many appointments were moved by the guest, by stylist?")[-1].steps[0].arguments)
    assert arguments["by"] == ["Stylist"]


def test_the_share_of_one_state_is_of_that_one(salon):
    arguments = dict(converse(salon, "What percentage of appointments are moved by the guest?")[-1].steps[0].arguments)
    assert [list(one["values"]) for one in arguments["part"]] == [["Moved by guest"]]


@pytest.mark.parametrize("question", ["What was the value of done appointments in 2024?", "total value of done appointments"])
def test_the_value_of_orders_is_money(salon, question):
    arguments = dict(converse(salon, question)[-1].steps[0].arguments)
    assert arguments["measure"] == "amount"
