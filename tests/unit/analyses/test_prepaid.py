"""Packs sold beforehand, then used to pay: a climbing wall's books of ten entries. What stands twice is said, and only then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analytics.catalog import Runner
from tests.unit.analyses.test_signs_of_life import opened
from tests.unit.datamodel.worlds import Row
from vocabulary.finding import Finding


def entries(means: str, good: str) -> list[Row]:
    """Four hundred entries: every eighth sells `good`, every third of the others is paid by `means`."""
    return [
        {"n_entree": f"E{n}", "grimpeur": f"G{n % 80:03d}", "date_entree": date(2024, 1 + n % 12, 7), "article": good if n % 8 == 0 else ("Bloc libre", "Voie")[n % 2],
         "montant": 90 if n % 8 == 0 else 10 + n % 3, "reglement": means if n % 8 and n % 3 == 0 else ("CB", "Espèces")[n % 2]}
        for n in range(400)
    ]  # fmt: skip


@pytest.mark.parametrize(("means", "good"), [("Carnet", "Carnet 10 entrées"), ("Forfait 10 h", "Forfait dix heures"), ("Pass 10 entries", "Pass 10 entries")])
def test_packs_sold_and_paid_with_are_said(tmp_path: Path, means: str, good: str) -> None:
    rows = entries(means, good)
    paid = sum(int(str(row["montant"])) for row in rows if row["reglement"] == means)
    with opened(tmp_path, {"entrees.csv": rows}) as study:
        for name, arguments in (("explore", {"measure": "amount"}), ("money_definition", {})):
            found = Runner(study).run(name, arguments)
            assert isinstance(found, Finding)
            said = next(caveat for caveat in found.caveats if "Paid with" in caveat.render("en"))
            assert said.values["paid"].value == paid  # type: ignore[union-attr]
            assert said.values["without"].value == sum(int(str(row["montant"])) for row in rows) - paid  # type: ignore[union-attr]


@pytest.mark.parametrize(("means", "good"), [("Carnet", "Magnésie"), ("Chèque", "Carnet 10 entrées"), ("Pass Culture", "Pass 10 entrées"), ("Credit", "Credit card holder")])
def test_a_way_to_pay_that_nothing_sells_beforehand_counts_once(tmp_path: Path, means: str, good: str) -> None:
    with opened(tmp_path, {"entrees.csv": entries(means, good)}) as study:
        found = Runner(study).run("explore", {"measure": "amount"})
        assert isinstance(found, Finding) and not any("Paid with" in caveat.render("en") for caveat in found.caveats)
