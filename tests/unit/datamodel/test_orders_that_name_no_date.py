"""Orders whose headers could be those of customers are orders: each has its number, and customers come back."""

from __future__ import annotations

import pytest

from analytics.datamodel.model import LostBasis
from analytics.datamodel.roles import TableKind
from tests.unit.datamodel.worlds import Files, model_of, shop


def export(cancelled: str) -> Files:
    """An export of a shop's back office: `created_at`, `total_price`, and a yes/no that says what was cancelled."""
    sales = shop(seed=8)["achats.csv"]
    return {"export.csv": [
        {
            "order_number": 1000 + n, "created_at": row["date_achat"], "customer_email": f"{row['id_client']}@mail.fr",
            "total_price": row["montant_ttc"], cancelled: int(n % 11 == 3), "refunded_amount": 5 if n % 17 == 4 else 0,
        }
        for n, row in enumerate(sales)
    ]}  # fmt: skip


@pytest.mark.parametrize("header", ["is_cancelled", "cancelled", "closed"])
def test_a_cancelled_order_is_no_customer_who_left(header: str) -> None:
    model = model_of(export(header))
    assert [reading.kind for reading in model.readings] == [TableKind.TRANSACTIONS]
    assert model.lost.basis is LostBasis.RHYTHM
