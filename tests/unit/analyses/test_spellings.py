"""A value written in several ways: its groups stay as in the file, and the answer says so with what they come to together."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.datamodel.model import Choice, Corrections
from analytics.importing import correct, import_files, lines_of, open_study
from analytics.workspace import Workspace
from vocabulary.finding import Finding

_DAY = date(2026, 1, 5)


def shop(*, spelt: bool) -> pd.DataFrame:
    """Orders paid four ways, one of them written in two; the two together are the most frequent."""
    rng = np.random.default_rng(8)
    n = 3000
    paid = rng.choice(["Carte", "Chèque", "Virement", "PayPal"], n, p=[0.4, 0.1, 0.05, 0.45])
    twin = rng.random(n) < 0.4
    return pd.DataFrame({
        "commande": [f"K{i:05d}" for i in range(n)], "client": [f"C{i:04d}" for i in rng.integers(0, 900, n)],
        "date_achat": [str(_DAY + timedelta(days=int(d))) for d in rng.integers(0, 240, n)], "montant": np.round(rng.gamma(3, 20, n), 2),
        "moyen_paiement": np.where((paid == "PayPal") & twin & spelt, "Paypal", paid),
        "emballage": rng.choice(["Boite", "Sac"], n),
    })  # fmt: skip


def runner(folder: Path, lines: pd.DataFrame, **choices: Choice) -> Runner:
    lines.to_csv(folder / "achats.csv", index=False)
    workspace = Workspace(folder / "w")
    import_files(workspace, [folder / "achats.csv"], corrections=Corrections(health=dict(choices)), today=date(2026, 10, 1))
    return Runner(open_study(workspace))


def asked(of: Runner, **arguments: object) -> Finding:
    found = of.run("explore", arguments)
    assert isinstance(found, Finding), found
    return found


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    return shop(spelt=True)


@pytest.fixture(scope="module")
def spelt(lines: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return runner(tmp_path_factory.mktemp("spelt"), lines)


def test_groups_stay_as_in_the_file_and_their_sum_is_said(spelt: Runner, lines: pd.DataFrame) -> None:
    found = asked(spelt, measure="orders", by=["moyen_paiement"])
    assert found.table is not None
    assert {row[0]: row[1] for row in found.table.rows} == lines["moyen_paiement"].value_counts().to_dict()
    both = int(lines["moyen_paiement"].isin(["PayPal", "Paypal"]).sum())
    told = found.caveats[0].render("fr").replace("\u202f", "")
    assert "«\u00a0PayPal\u00a0» et «\u00a0Paypal\u00a0»" in told and f"réunis, ils viendraient en tête\u00a0: {both}" in told
    assert "they would come first" in found.caveats[0].render("en")


def test_an_average_of_both_is_counted_over_their_rows(spelt: Runner, lines: pd.DataFrame) -> None:
    """The mean of two means would be another number."""
    told = asked(spelt, measure="average_basket", by=["moyen_paiement"]).caveats[0].render("en")
    both = lines.loc[lines["moyen_paiement"].isin(["PayPal", "Paypal"]), "montant"].mean()
    assert f"{both:.2f}" in told


def test_two_columns_at_once_name_the_spellings(spelt: Runner) -> None:
    assert "“PayPal” and “Paypal”" in asked(spelt, measure="amount", by=["emballage", "moyen_paiement"]).caveats[0].render("en")


def test_a_rate_by_such_a_column_names_them_too(tmp_path: Path) -> None:
    rng = np.random.default_rng(9)
    people = pd.DataFrame({
        "client": [f"C{i:04d}" for i in range(600)], "region": rng.choice(["Nord", "nord", "Sud", "Est"], 600),
        "offre": rng.choice(["Base", "Plus"], 600), "resilie": rng.choice(["oui", "non"], 600),
    })  # fmt: skip
    of = runner(tmp_path, people)
    found, other = of.run("churn_rate", {"by": "region"}), of.run("churn_rate", {"by": "offre"})
    assert isinstance(found, Finding) and isinstance(other, Finding)
    assert any({"«\u00a0Nord\u00a0»", "«\u00a0nord\u00a0»"} <= set(re.findall("«[^»]*»", c.render("fr"))) for c in found.caveats)
    assert not any("spelling" in c.render("en") for c in other.caveats)


def test_nothing_is_said_of_a_filter_that_leaves_one_spelling_or_of_clean_values(spelt: Runner, tmp_path: Path) -> None:
    one = [{"field": "moyen_paiement", "operator": "in", "values": ["Paypal", "Carte"]}]
    for found in (
        asked(spelt, measure="amount", by=["moyen_paiement"], purchase_filter=one),
        asked(spelt, measure="amount", by=["emballage"]),
        asked(runner(tmp_path, shop(spelt=False)), measure="amount", by=["moyen_paiement"]),
    ):
        assert not any("spelling" in c.render("en") for c in found.caveats)


def test_read_as_one_the_groups_are_one_and_nothing_is_said_and_it_can_be_taken_back(lines: pd.DataFrame, tmp_path: Path) -> None:
    """Applied: one group, as pandas counts it with both spellings; ignored again: the groups of the file."""
    (tmp_path / "one").mkdir()
    of = runner(tmp_path / "one", lines, inconsistent_spelling=Choice.APPLY)
    found = asked(of, measure="orders", by=["moyen_paiement"])
    as_one = lines["moyen_paiement"].replace("Paypal", "PayPal").value_counts().to_dict()
    assert found.table is not None
    assert {row[0]: row[1] for row in found.table.rows} == as_one
    assert not any("spelling" in c.render("en") for c in found.caveats)
    two = asked(of, measure="amount", by=["emballage", "moyen_paiement"])
    assert not any("spelling" in c.render("en") for c in two.caveats)
    workspace = Workspace(tmp_path / "one" / "w")
    of.study.database.close()
    correct(workspace, Corrections(), today=date(2026, 10, 1))
    again = Runner(open_study(workspace))
    apart = asked(again, measure="orders", by=["moyen_paiement"])
    assert apart.table is not None
    assert {row[0]: row[1] for row in apart.table.rows} == lines["moyen_paiement"].value_counts().to_dict()


def test_the_defect_has_its_choices_and_says_what_it_changes(spelt: Runner, lines: pd.DataFrame) -> None:
    check = next(check for check in spelt.study.model.health if check.check == "inconsistent_spelling")
    assert (check.choice, check.choices) == (Choice.IGNORE, ("apply", "ignore", "lines"))
    counts = lines["moyen_paiement"].value_counts()
    assert check.effect is not None
    assert (check.effect.kept.value, check.effect.without.value) == (counts["PayPal"], counts["PayPal"] + counts["Paypal"])
    assert len(lines_of(spelt.study, check, most=len(lines)).rows) == counts["Paypal"]
