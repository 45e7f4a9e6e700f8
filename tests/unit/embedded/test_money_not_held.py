"""Money in another currency than the one counted, or spent by the house: no revenue stands for it."""

import pytest

from tests.unit.embedded.talks import converse, opened


@pytest.fixture(scope="module")
def ferry(tmp_path_factory):
    """Crossings paid on both sides of a sea, in two currencies; the channel each passenger came by."""
    people = [["passenger_id", "source", "signup_date"], *([f"P{n:03d}", ("radio ads", "search")[n % 2], f"2023-{1 + n % 12:02d}-05"] for n in range(90))]
    paid = [["booking_no", "passenger_id", "booking_date", "amount", "currency"]]
    paid += [[f"B{n:04d}", f"P{n % 90:03d}", f"2024-{1 + n % 12:02d}-{1 + n % 27:02d}", 40 + n % 11, "EUR" if n % 3 else "GBP"] for n in range(600)]
    yield from opened(tmp_path_factory, "ferry", {"passengers.csv": people, "bookings.csv": paid})


@pytest.mark.parametrize("question", ["revenue in pounds in 2024", "Quel est le CA en livres sterling ?", "chiffre d'affaires par devise", "turnover by currency"])
def test_another_currency_is_not_the_one_counted(ferry, question):
    found = converse(ferry, question)[-1]
    assert (found.status, found.steps) == ("cannot_answer", ())
    assert "EUR" in found.sentence.render("en")


@pytest.mark.parametrize("question", ["revenue in euros in 2024", "CA 2024 en euros", "how many passengers spent more than 100 pounds", "number of bookings by currency"])
def test_the_one_counted_is_told(ferry, question):
    assert converse(ferry, question)[-1].status == "answered"


@pytest.mark.parametrize("question", [
    "How much did we spend on radio ads?", "Combien avons-nous dépensé en publicité à la radio ?", "our marketing spend by source", "Combien a-t-on dépensé en radio ads ?",
])  # fmt: skip
def test_what_the_house_spends_is_not_what_it_earns(ferry, question):
    found = converse(ferry, question)[-1]
    assert (found.status, found.steps) == ("cannot_answer", ())


def test_what_customers_spend_is_told(ferry):
    assert converse(ferry, "How much did passengers from radio ads spend?")[-1].status == "answered"
