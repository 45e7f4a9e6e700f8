"""M2: each definition of money is what pandas counts from the files, to the cent, and correcting it moves every amount."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.datamodel.model import Corrections, Money
from analytics.importing import correct, import_files, open_study
from analytics.money.money_definition import ANALYSIS
from analytics.workspace import Workspace
from assistant.embedded.strangers import strangers
from assistant.sample import write_sample
from tests.unit.analyses.relations import finding as relation_finding
from tests.unit.analyses.relations import labelled
from tests.unit.datamodel.worlds import TODAY, Files, shop, write_files
from vocabulary.finding import Finding


def asked(workspace: Workspace) -> tuple[Finding, dict[str, float]]:
    """The finding, and its measures by name."""
    study = open_study(workspace)
    try:
        finding = Runner(study).run("money_definition")
        assert isinstance(finding, Finding)
        return finding, {m.name: m.value for m in finding.measures if m.value is not None}
    finally:
        study.database.close()


def vat_shop() -> Files:
    """Sales with VAT in them and its amount apart, cancelled orders, negative lines, a file of returns, a delivery date."""
    files = shop(seed=31)
    for number, row in enumerate(files["achats.csv"]):
        amount = float(str(row["montant_ttc"]))
        row["tva"] = round(amount - amount / 1.2, 2)
        row["statut"] = "Annulée" if number % 11 == 4 else "Livrée"
        day = row["date_achat"]
        assert isinstance(day, date)
        row["date_livraison"] = day + timedelta(days=6)
        if number % 37 == 5:
            row["montant_ttc"], row["tva"] = -amount, -float(str(row["tva"]))
    files["retours.csv"] = [{
        "id_retour": f"R{n}", "id_client": row["id_client"], "n_ticket": row["n_ticket"], "date_retour": row["date_livraison"],
        "montant_rembourse": 5.0,
    } for n, row in enumerate(files["achats.csv"][:200:10])]  # fmt: skip
    return files


def test_each_definition_is_what_pandas_counts(tmp_path: Path) -> None:
    """With VAT, without, before returns, with cancelled orders: revenue and basket counted apart."""
    files = vat_shop()
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    finding, told = asked(workspace)
    sales = pd.DataFrame(files["achats.csv"])
    kept = sales[sales["statut"] != "Annulée"]
    back = pd.DataFrame(files["retours.csv"])["montant_rembourse"].sum()
    net, bought = kept["montant_ttc"].sum() - back, kept[kept["montant_ttc"] >= 0]
    assert told["revenue"] == pytest.approx(net, abs=0.01)
    assert finding.measures[0].n == len(kept) + len(files["retours.csv"])  # its own lines, not the cancelled ones
    assert told["average_basket"] == pytest.approx(bought["montant_ttc"].mean(), abs=0.01)
    assert told["revenue_gross_of_returns"] == pytest.approx(bought["montant_ttc"].sum(), abs=0.01)
    assert told["revenue_without_vat"] == pytest.approx((kept["montant_ttc"] - kept["tva"]).sum() - back / 1.2, abs=0.2)
    assert told["revenue_with_cancelled"] == pytest.approx(sales["montant_ttc"].sum() - back, abs=0.01)
    assert told["cancelled"] == pytest.approx(sales[sales["statut"] == "Annulée"]["montant_ttc"].sum(), abs=0.01)
    assert told["all_lines"] - told["cancelled"] == pytest.approx(told["revenue"], abs=0.01)
    assert finding.table is not None and finding.table.rows[0][1] == pytest.approx(net, abs=0.01)


def test_a_choice_moves_every_amount(tmp_path: Path) -> None:
    """Chosen once: without VAT and before returns, then on the delivery date; customers and months follow."""
    files = vat_shop()
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    sales = pd.DataFrame(files["achats.csv"])
    kept = sales[sales["statut"] != "Annulée"]
    bought = kept[kept["montant_ttc"] >= 0]
    correct(workspace, Corrections(money=Money(vat="without", returns="gross")), TODAY)
    study = open_study(workspace)
    for table in ("customers", "customer_months"):
        total = float(study.database.row(f"SELECT SUM(amount) FROM {table}")[0])
        assert total == pytest.approx((bought["montant_ttc"] - bought["tva"]).sum(), abs=0.05), table
    study.database.close()
    _, told = asked(workspace)
    assert told["revenue_with_vat"] == pytest.approx(bought["montant_ttc"].sum(), abs=0.01)
    correct(workspace, Corrections(money=Money(date="date_livraison")), TODAY)
    study = open_study(workspace)
    last = pd.to_datetime(kept[kept["montant_ttc"] >= 0]["date_livraison"]).max().date()
    assert study.database.row("SELECT MAX(last_purchase) FROM customers")[0] == last
    study.database.close()


def test_a_rate_of_vat_is_a_rate(tmp_path: Path) -> None:
    """A column of rates (5.5 and 20) divides; a header that says before tax is believed."""
    files = shop(seed=32)
    for number, row in enumerate(files["achats.csv"]):
        row["taux_tva"] = 5.5 if number % 3 == 0 else 20.0
        row["montant_ht"] = row.pop("montant_ttc")
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    _, told = asked(workspace)
    sales = pd.DataFrame(files["achats.csv"])
    with_vat = (sales["montant_ht"] * (1 + sales["taux_tva"] / 100)).round(2).sum()
    assert told["revenue"] == pytest.approx(sales["montant_ht"].sum(), abs=0.01)
    assert told["revenue_with_vat"] == pytest.approx(with_vat, abs=0.02 * len(sales) ** 0.5)


def test_two_columns_of_one_amount_are_its_two_sides(tmp_path: Path) -> None:
    """« HT » beside « TTC », without any column of VAT: each choice is counted from its own column, returns brought to it."""
    files = shop(seed=33)
    for row in files["achats.csv"]:
        row["montant_ht"] = round(float(str(row["montant_ttc"])) / 1.2, 2)
    files["retours.csv"] = [{
        "id_retour": f"R{n}", "id_client": row["id_client"], "n_ticket": row["n_ticket"], "date_retour": row["date_achat"],
        "montant_rembourse": 6.0,
    } for n, row in enumerate(files["achats.csv"][:200:10])]  # fmt: skip
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    sales, back = pd.DataFrame(files["achats.csv"]), 6.0 * len(files["retours.csv"])
    _, told = asked(workspace)
    assert told["revenue"] == pytest.approx(sales["montant_ttc"].sum() - back, abs=0.01)
    assert told["revenue_without_vat"] == pytest.approx(sales["montant_ht"].sum() - back / 1.2, abs=0.1)
    correct(workspace, Corrections(money=Money(vat="without")), TODAY)
    finding, told = asked(workspace)
    assert told["revenue"] == pytest.approx(sales["montant_ht"].sum() - back / 1.2, abs=0.1)
    assert "hors TVA" in finding.claim.render("fr")


def test_a_choice_that_the_files_cannot_follow_is_said(tmp_path: Path) -> None:
    """Amounts wanted without VAT, of files that never tell it: they stay as written, and each answer of money says so."""
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(shop(seed=34), tmp_path), corrections=Corrections(money=Money(vat="without")), today=TODAY)
    finding, _ = asked(workspace)
    assert "with VAT" in finding.claim.render("en")
    assert "nothing in your files tells the VAT" in finding.caveats[0].render("en")


def test_the_sample_company_adds_up(tmp_path: Path) -> None:
    """The shops' own files: revenue with and without VAT, net of returns, of all sales and of known customers, by pandas."""
    paths = write_sample(tmp_path, kind="retail", language="fr", seed=3, customers=800)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, list(paths))
    finding, told = asked(workspace)
    frame = pd.read_csv(tmp_path / "achats.csv", sep=";", decimal=",", encoding="utf-8-sig", dtype={"id_client": str})
    back = pd.read_csv(tmp_path / "retours.csv", sep=";", decimal=",", encoding="utf-8-sig")
    study = open_study(workspace)
    as_of = pd.Timestamp(study.as_of)
    study.database.close()
    day = pd.to_datetime(frame["date_achat"], dayfirst=True)
    sold = frame[day <= as_of]
    named = sold[sold["id_client"].notna()]
    assert len(named) < len(sold)
    returned = back[pd.to_datetime(back["date_retour"], dayfirst=True) <= as_of]["montant_rembourse"].sum()
    assert told["revenue"] == pytest.approx(sold["montant_ttc"].sum() - returned, abs=0.01)
    assert told["revenue_without_vat"] == pytest.approx((sold["montant_ttc"] - sold["tva"]).sum() - returned / 1.2, abs=1)
    assert told["revenue_gross_of_returns"] == pytest.approx(sold["montant_ttc"].sum(), abs=0.01)
    assert told["revenue_known_customers"] == pytest.approx(named["montant_ttc"].sum() - returned, abs=0.01)
    assert told["all_lines"] - told["cancelled"] == pytest.approx(told["revenue"], abs=0.01)
    assert told["average_basket"] == pytest.approx(named.groupby("id_ticket")["montant_ttc"].sum().mean(), abs=0.01)
    unnamed = f"{round(sold['montant_ttc'].sum() - named['montant_ttc'].sum()):,}"
    assert f"of which {unnamed} without a known customer" in finding.claim.render("en")


def test_with_tax_or_before_is_a_term_of_the_trade_not_a_name() -> None:
    """« TTC » and « HT » name no customers: the question is answered, not sent back."""
    question = "Les montants sont-ils TTC ou HT ?"
    assert strangers(question, ("ttc", "ht"), (), follow_up=False) == ()


def test_the_bills_of_those_who_left_are_told_apart_from_present_income(tmp_path: Path) -> None:
    """Three customers here at 10, 20 and 30 a month, one gone who paid 40: a hundred in the column, sixty coming in."""
    people = pd.DataFrame({"id": list("ABCD"), "gone": [False, False, False, True], "tenure": [5.0, 8.0, 50.0, 9.0],
                           "bill": [10.0, 20.0, 30.0, 40.0]})  # fmt: skip
    found = relation_finding(labelled(tmp_path / "w", people), ANALYSIS)
    assert [(measure.value, measure.n) for measure in found.measures] == [(100.0, 4), (60.0, 3)]
    assert "customers still here" in found.claim.render("en")


def _world(seed: int) -> Files:
    """A seed shop: some orders cancelled, some lines below nought, some money given back in a column of the sale, some in a file of returns."""
    chance, files = random.Random(seed), shop(seed, customers=60)
    cancels, below, column, apart = (chance.random() < 0.6 for _ in range(4))
    for row in files["achats.csv"]:
        amount = float(str(row["montant_ttc"]))
        if cancels:
            row["statut"] = "Annulée" if chance.random() < 0.1 else "Livrée"
        if column:
            row["rembourse"] = round(amount * chance.random(), 2) if chance.random() < 0.2 else 0.0
        if below and chance.random() < 0.1:
            row["montant_ttc"] = -amount
    if apart:
        files["retours.csv"] = [{
            "id_retour": f"R{n}", "id_client": row["id_client"], "n_ticket": row["n_ticket"], "date_retour": row["date_achat"],
            "montant_rembourse": round(chance.uniform(1, 9), 2),
        } for n, row in enumerate(files["achats.csv"][::9])]  # fmt: skip
    return files


@pytest.mark.parametrize("seed", range(1, 9))
def test_each_step_to_the_revenue_adds_up_to_the_cent(tmp_path: Path, seed: int) -> None:
    """Whatever came back and however it is told: what a step says it takes off is what is missing after it, as written."""
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(_world(seed), tmp_path), today=TODAY)
    finding, told = asked(workspace)
    steps = [fact.render("en") for fact in finding.facts if "less" in fact.render("en")]
    for step in steps:
        whole, less, left = (Decimal(found.replace(",", "").replace("\u2212", "-")) for found in re.findall(r"\u2212?[\d,]+\.\d\d", step))
        assert whole - less == left == round(Decimal(str(told["revenue"])), 2)
    assert len(steps) == (told["cancelled"] != 0) + (told["returned"] != 0)


def test_a_basket_says_that_it_is_before_returns_and_what_it_is_after(tmp_path: Path) -> None:
    """The revenue is net of returns: the basket beside it says its basis; where nothing came back there is nothing to say."""
    files = vat_shop()
    frame = pd.DataFrame(files["achats.csv"])
    kept = frame[frame["statut"] != "Annulée"]
    bought = kept[kept["montant_ttc"] >= 0]
    net = (kept["montant_ttc"].sum() - pd.DataFrame(files["retours.csv"])["montant_rembourse"].sum()) / len(bought)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    finding, told = asked(workspace)
    assert told["average_basket_net"] == pytest.approx(net, abs=0.01)
    assert "before returns" in finding.claim.render("en")
    study = open_study(workspace)
    found = Runner(study).run("explore", {"measure": "average_basket"})
    study.database.close()
    assert isinstance(found, Finding)
    assert any("before returns" in said.render("en") and f"{net:.2f}" in said.render("en") for said in found.caveats)
    plain = Workspace(tmp_path / "p")
    import_files(plain, write_files(shop(seed=3), tmp_path), today=TODAY)
    study = open_study(plain)
    found = Runner(study).run("explore", {"measure": "average_basket"})
    study.database.close()
    assert isinstance(found, Finding)
    assert not any("returns" in said.render("en") for said in found.caveats)
