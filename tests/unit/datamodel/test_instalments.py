"""A file called after subscriptions may hold what was paid for them, month after month."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.datamodel.model import DataModel
from analytics.datamodel.roles import Role, TableKind
from tests.unit.datamodel.worlds import Files, Row, model_of


def _baskets(**contract: object) -> Files:
    """A farm's vegetable boxes: who takes one, and what each paid every month."""
    rng = random.Random(14)
    people: list[Row] = [{"id_client": f"B{n:03}", "commune": rng.choice(["Albi", "Gaillac"]), "date_inscription": date(2024, 1, 4) + timedelta(days=n)} for n in range(30)]
    paid: list[Row] = [
        {"id_client": f"B{n:03}", "montant": rng.choice([40, 58]), "date_paiement": date(2024, 2 + month, 1 + n % 20), "statut": rng.choice(["payé", "payé", "payé", "échoué"])} | contract
        for n in range(30) for month in range(1 + n % 8)
    ]  # fmt: skip
    return {"clients.csv": people, "abonnements.csv": paid}


def _read(model: DataModel) -> tuple[TableKind, Role | None]:
    kind = next(reading.kind for reading in model.readings if reading.file == "abonnements.csv")
    return kind, next((binding.role for binding in model.bindings if binding.name == "date_paiement"), None)


def test_payments_of_contracts_that_no_other_file_holds_are_purchases() -> None:
    assert _read(model_of(_baskets())) == (TableKind.TRANSACTIONS, Role.PURCHASE_DATE)


@pytest.mark.parametrize("contract", [{"date_debut": date(2024, 1, 1)}, {"n_abonnement": "A1", "date_fin": date(2025, 1, 1)}])
def test_contracts_that_name_a_payment_are_contracts(contract: dict[str, object]) -> None:
    assert _read(model_of(_baskets(**contract)))[0] is TableKind.SUBSCRIPTIONS
