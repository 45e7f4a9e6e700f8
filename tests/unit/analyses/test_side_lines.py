"""Lines among the products that are no goods: carriage counts in the revenue and is no product, a discount is no return."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest

from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.analyses.test_money_definition import asked
from tests.unit.datamodel.worlds import TODAY, Files, Row, shop, write_files

GOODS = (("Bougie", "Maison", 18.0), ("Savon", "Beauté", 6.5), ("Sac", "Mode", 79.0), ("Crème", "Beauté", 24.9))


def with_lines(carriage: str, discount: str) -> tuple[Files, pd.DataFrame]:
    """A shop told line by line: goods, then what was charged for carriage and what was taken off."""
    draw, rows = random.Random(5), list[Row]()
    for row in shop(seed=51)["achats.csv"]:
        base = {name: row[name] for name in ("n_ticket", "id_client", "date_achat")}
        bought = [(*good, draw.choice([1, 1, 2])) for good in draw.sample(GOODS, draw.randint(1, 3))]
        lines = [(name, family, number, price * number) for name, family, price, number in bought]
        total = sum(line[3] for line in lines)
        lines += [(carriage, "", 1, 4.9)] if draw.random() < 0.6 else []
        lines += [(discount, "", 1, -round(total / 10, 2))] if draw.random() < 0.2 else []
        rows += [{**base, "article": n, "rayon": f, "quantite": q, "montant_ttc": round(m, 2)} for n, f, q, m in lines]
    return {"ventes.csv": rows}, pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("carriage", "discount"), [("Frais de livraison", "Remise fidélité -10%"), ("Shipping - Standard", "Discount WELCOME10")]
)
def test_carriage_and_discounts_are_paid_and_are_no_goods(tmp_path: Path, carriage: str, discount: str) -> None:
    """The money is that of every line; products, quantities and returns are those of the goods."""
    files, sales = with_lines(carriage, discount)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    finding, told = asked(workspace)
    assert told["revenue"] == pytest.approx(sales["montant_ttc"].sum(), abs=0.01)
    assert told["average_basket"] == pytest.approx(sales.groupby("n_ticket")["montant_ttc"].sum().mean(), abs=0.01)
    assert told["returned"] == 0
    caveats = " ".join(caveat.render("fr") for caveat in finding.caveats)
    assert f"({carriage})" in caveats and "ce ne sont pas des articles" in caveats
    goods = sales[~sales["article"].isin([carriage, discount])]
    study = open_study(workspace)
    try:
        found = study.database.rows("SELECT product, SUM(quantity), SUM(amount) FROM purchases WHERE product IS NOT NULL GROUP BY 1")
        assert {name: number for name, number, _ in found} == goods.groupby("article")["quantite"].sum().to_dict()
        off = sales[sales["article"] == discount]["montant_ttc"].sum()
        assert float(sum(amount for *_, amount in found)) == pytest.approx(goods["montant_ttc"].sum() + off, abs=0.01)
        said = [check for check in study.model.health if check.check == "negative_amounts"]
        assert [check.count for check in said] == [int((sales["article"] == discount).sum())]
        assert "ne sont pas des retours" in said[0].detail.render("fr")
    finally:
        study.database.close()


def test_a_delivery_sold_alone_is_the_trade(tmp_path: Path) -> None:
    """Where « Livraison » stands in orders without goods, it is what this house sells."""
    files, sales = with_lines("x", "y")
    rows = [{**row, "article": "Livraison express" if n % 2 else row["article"], "n_ticket": f"T{n}"} for n, row in enumerate(files["ventes.csv"])]
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files({"ventes.csv": rows}, tmp_path), today=TODAY)
    study = open_study(workspace)
    try:
        assert study.database.row("SELECT COUNT(*) FROM purchases WHERE product = 'Livraison express'")[0] == len(rows) // 2
        assert study.database.row("SELECT COUNT(*) FROM purchases WHERE product IS NULL")[0] == 0
    finally:
        study.database.close()
