"""An order that does not stand is left out of the rhythm of customers as it is of the figures, whatever its word."""

from __future__ import annotations

import pytest

from tests.unit.datamodel.worlds import Files, model_of, shop


def with_status(undone: str, others: str) -> tuple[Files, Files]:
    """A shop in which each purchase is followed by an order that bears a word, and the same shop without those."""
    told, clean = shop(seed=5), shop(seed=5)
    for row in clean["achats.csv"]:
        row["statut"] = others
    rows = []
    for number, row in enumerate(clean["achats.csv"]):
        rows += [row, {**row, "n_ticket": f"X{number}", "date_achat": "2025-10-30", "statut": undone}]
    told["achats.csv"] = rows
    return told, clean


@pytest.mark.parametrize("word", ["Annulée", "Échec du paiement", "Impayé", "Paiement décliné", "Abandoned", "Anulado"])
def test_an_order_undone_is_no_day_of_purchase(word: str) -> None:
    """Each customer has such an order on the last day: were it read, nobody would have been silent."""
    told, clean = with_status(word, "Livrée")
    assert model_of(told).lost.days == model_of(clean).lost.days


def test_an_order_sent_back_in_part_is_one() -> None:
    """It stands in the figures: it stands in the rhythm."""
    told, clean = shop(seed=5), shop(seed=5)
    for number, row in enumerate(told["achats.csv"]):
        row["statut"] = "Partiellement remboursée" if number % 3 == 0 else "Livrée"
    assert model_of(told).lost.days == model_of(clean).lost.days
