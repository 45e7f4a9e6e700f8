"""A sale names the lead it came from beside its customer: both are numbers from one up, and neither is the other."""

from __future__ import annotations

import random
from datetime import date, timedelta

from analytics.datamodel.roles import Role
from tests.unit.datamodel.worlds import Files, model_of


def _training(strangers: int) -> Files:
    """A training centre: people, the leads they came from, and the courses sold."""
    draw = random.Random(21)
    return {
        "clients.csv": [{"client_id": n + 1, "first_name": f"Zoe{n}", "last_name": f"Martin{n}", "email": f"z{n}@ecole.fr", "created_date": date(2023, 1, 2) + timedelta(days=n)} for n in range(400)],
        "leads.csv": [
            {"lead_id": n + 1, "client_id": draw.randrange(1, 401), "lead_source": draw.choice(["Salon", "Web", "Bouche à oreille"]), "inquiry_date": date(2023, 1, 2) + timedelta(days=n // 2), "lead_status": draw.choice(["new", "qualified", "lost"])}
            for n in range(700)
        ],
        "sales.csv": [
            {"sale_id": n + 1, "lead_id": lead + 1, "client_id": draw.randrange(1, 401) if n >= strangers else 9000 + n, "course": draw.choice(["Excel", "Anglais"]), "sale_date": date(2024, 1, 3) + timedelta(days=n), "amount": 250.5 + n}
            for n, lead in enumerate(draw.sample(range(700), 300))
        ],
    }  # fmt: skip


def test_the_lead_of_a_sale_is_not_looked_for_among_the_customers() -> None:
    model = model_of(_training(strangers=0))
    assert {b.name: b.role for b in model.bindings if b.file == "sales.csv"}["lead_id"] is Role.PROSPECT_ID
    assert not [check for check in model.health if check.check == "orphans" and check.file == "sales.csv"]


def test_its_customer_is() -> None:
    told = [check for check in model_of(_training(strangers=20)).health if check.check == "orphans" and check.file == "sales.csv"]
    assert [(check.count, check.column) for check in told] == [(20, "client_id")]
