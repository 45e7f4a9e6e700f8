"""Gift cards sold and paid with: both stand in the revenue, and it is said how much."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analytics.catalog import Runner
from tests.unit.analyses.test_signs_of_life import opened
from tests.unit.datamodel.worlds import Row
from vocabulary.finding import Finding


def tickets(card: str, means: str) -> list[Row]:
    """Four hundred tickets: every fifth sells `card`, every seventh of the others is paid by `means`."""
    return [
        {"n_ticket": f"T{n}", "client": f"C{n % 90:03d}", "date_achat": date(2024, 1 + n % 12, 5),
         "article": card if n % 5 == 0 else ("Robe", "Jupe")[n % 2], "montant": 50 if n % 5 == 0 else 20 + n % 80,
         "moyen_paiement": means if n % 5 and n % 7 == 0 else "CB"}
        for n in range(400)
    ]  # fmt: skip


@pytest.mark.parametrize(("card", "means"), [("Carte cadeau 50 €", "Carte cadeau"), ("Gift Card", "Visa + gift card")])
def test_cards_sold_and_paid_with_are_said(tmp_path: Path, card: str, means: str) -> None:
    """Beside the whole revenue and its definition: what was sold of cards, and what was paid with some."""
    rows = tickets(card, means)
    sold = sum(int(str(row["montant"])) for row in rows if row["article"] == card)
    paid = sum(int(str(row["montant"])) for row in rows if row["moyen_paiement"] == means)
    with opened(tmp_path, {"tickets.csv": rows}) as study:
        for name, arguments in (("explore", {"measure": "amount"}), ("money_definition", {})):
            found = Runner(study).run(name, arguments)
            assert isinstance(found, Finding)
            said = next(caveat for caveat in found.caveats if "Gift cards" in caveat.render("en"))
            assert (said.values["sold"].value, said.values["paid"].value) == (sold, paid)  # type: ignore[union-attr]
        counted = Runner(study).run("explore", {"measure": "orders"})
        assert isinstance(counted, Finding) and not any("Gift cards" in caveat.render("en") for caveat in counted.caveats)


@pytest.mark.parametrize(("card", "means"), [("Carte cadeau", "Espèces"), ("Emballage cadeau", "Carte cadeau"), ("Pull", "Carte bleue")])
def test_cards_only_sold_or_only_paid_with_count_once(tmp_path: Path, card: str, means: str) -> None:
    """Nothing stands twice: nothing is said."""
    with opened(tmp_path, {"tickets.csv": tickets(card, means)}) as study:
        found = Runner(study).run("explore", {"measure": "amount"})
        assert isinstance(found, Finding) and not any("Gift cards" in caveat.render("en") for caveat in found.caveats)
