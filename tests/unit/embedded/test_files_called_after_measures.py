"""A file may be called after what it measures: « revenue.csv », « marges.csv »; a question of that measure is no count of its lines."""

import pytest

from tests.unit.embedded.talks import asked, opened


@pytest.fixture(scope="module", params=["revenue.csv", "recettes.csv"])
def dojo(request, tmp_path_factory):
    people = [["customer_id", "signup_date", "city"], *([f"J{n:03}", f"2023-0{1 + n % 9}-11", "Brest"] for n in range(60))]
    paid = [["invoice_id", "customer_id", "amount", "invoice_date"], *([f"I{n}", f"J{n % 60:03}", 35 + n % 3, f"2024-{1 + n % 12:02}-05"] for n in range(240))]
    yield from opened(tmp_path_factory, f"dojo-{request.param[:4]}", {"customers.csv": people, request.param: paid})


@pytest.mark.parametrize("question", ["What is our total revenue?", "Quel est notre chiffre d’affaires ?", "total recettes"])
def test_the_measure_is_asked_for_and_not_how_many_lines(dojo, question):
    told = asked(dojo, question)
    assert told["measure"] in ("amount", "sum"), told
