"""A small phone company, imported for real: what questions are read against."""

import random

import pytest

from tests.unit.embedded.talks import study_of

HEADER = ["customerID", "gender", "SeniorCitizen", "tenure", "InternetService", "TechSupport", "Contract", "PaymentMethod",
          "MonthlyCharges", "Region", "Churn"]  # fmt: skip


def rows(count: int = 400) -> list[list[object]]:
    """Customers drawn at random: the tests look at how questions are read, never at these numbers."""
    draw = random.Random(7)
    return [
        [
            f"C{place:04d}", draw.choice(["Female", "Male"]), draw.choice([0, 1]), draw.randint(1, 72),
            draw.choice(["DSL", "Fiber optic", "No"]), draw.choice(["Yes", "No", "No internet service"]),
            draw.choice(["Month-to-month", "One year", "Two year"]),
            draw.choice(["Electronic check", "Mailed check", "Bank transfer (automatic)"]),
            round(draw.uniform(20, 120), 2), draw.choice(["Nord", "Bretagne", "Alsace"]), draw.choice(["Yes", "No", "No"]),
        ]
        for place in range(count)
    ]  # fmt: skip


@pytest.fixture(scope="session")
def telecom(tmp_path_factory):
    study = study_of(tmp_path_factory.mktemp("telecom"), {"customers.csv": [HEADER, *rows()]})
    yield study
    study.database.close()


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    draw = random.Random(11)
    lines = [["order_id", "customer_id", "order_date", "amount", "category", "city"]]
    for place in range(1500):
        day = f"{draw.choice([2022, 2023, 2024])}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
        lines.append([
            f"O{place}", f"K{draw.randint(1, 250):03d}", day, round(draw.uniform(5, 200), 2),
            draw.choice(["Shoes", "Bags", "Hats"]), draw.choice(["Paris", "Lyon", "Lille"]),
        ])  # fmt: skip
    study = study_of(tmp_path_factory.mktemp("shop"), {"orders.csv": lines})
    yield study
    study.database.close()
