"""What a defect changes and what the manager decides of it: figures counted with pandas, applied, ignored, put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.datamodel.model import Choice, Corrections, DataModel, HealthCheck
from analytics.importing import correct, import_files, lines_of, open_study
from analytics.study import Study
from analytics.workspace import Workspace
from tests.unit.datamodel import defects
from tests.unit.datamodel.worlds import TODAY, Files, shop, write_files

Opened = Callable[..., Study]


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    """Import files and open the study; closed at the end."""
    studies: list[Study] = []

    def open_(files: Files, **choices: Choice) -> Study:
        workspace = Workspace(tmp_path / f"w{len(studies)}")
        paths = write_files(files, tmp_path)
        import_files(workspace, paths, corrections=Corrections(health=dict(choices)), today=TODAY)
        studies.append(open_study(workspace))
        return studies[-1]

    yield open_
    for study in studies:
        study.database.close()


def check_of(model: DataModel, code: str) -> HealthCheck:
    return next(check for check in model.health if check.check == code)


def sales(files: Files) -> pd.DataFrame:
    frame = pd.DataFrame(files["achats.csv"])
    return frame[frame["date_achat"] <= date(2025, 12, 31)]


def revenue(study: Study) -> float:
    return float(study.database.row("SELECT SUM(amount) FROM customers")[0])


def test_copies_of_a_numbered_sale_count_once_unless_told_otherwise(opened: Opened) -> None:
    """Twenty sales pasted twice: revenue with and without them as pandas counts them; ignoring the check counts both."""
    files = shop(seed=11)
    defects.duplicate_rows(files)
    frame = sales(files)
    both, once = frame["montant_ttc"].sum(), frame.drop_duplicates()["montant_ttc"].sum()
    study = opened(files)
    check = check_of(study.model, "duplicate_rows")
    assert check.choice is Choice.APPLY and check.choices == ("apply", "ignore", "lines")
    assert revenue(study) == pytest.approx(once, abs=0.01)
    assert check.effect is not None
    assert check.effect.kept.value is not None and check.effect.without.value is not None
    kept = opened(files, duplicate_rows=Choice.IGNORE)
    assert revenue(kept) == pytest.approx(both, abs=0.01)
    assert len(lines_of(study, check).rows) == 40


def test_test_accounts_leave_every_table_when_applied(opened: Opened) -> None:
    """Four accounts of the agency: proposed, not applied by themselves; applied, they and their sales are gone."""
    files = shop(seed=12)
    defects.test_accounts(files)
    ids = {row["id_client"] for row in files["clients.csv"][50:54]}
    frame = sales(files)
    study = opened(files)
    check = check_of(study.model, "test_accounts")
    assert check.choice is Choice.IGNORE
    assert study.database.row("SELECT COUNT(*) FROM customers")[0] == 150
    without = opened(files, test_accounts=Choice.APPLY)
    assert without.database.row("SELECT COUNT(*) FROM customers")[0] == 146
    assert revenue(without) == pytest.approx(frame[~frame["id_client"].isin(ids)]["montant_ttc"].sum(), abs=0.01)
    shown = lines_of(without, check_of(without.model, "test_accounts"))
    assert shown.headers[0] == "id_client" and {row[0] for row in shown.rows} == ids


def test_one_person_under_two_numbers_is_counted_once_when_merged(opened: Opened) -> None:
    """Six twins: customers fall by six, revenue does not move; a refusal by either twin refuses for the person."""
    files = shop(seed=13)
    for row in files["clients.csv"]:
        row["consentement_email"] = "Oui"
    defects.duplicate_customers(files)
    files["clients.csv"][-1]["consentement_email"] = "Non"  # the sixth twin of customer C00005
    for sale in files["achats.csv"][::2]:
        if sale["id_client"] == "C00005":
            sale["id_client"] = "D00005"
    apart, together = opened(files), opened(files, duplicate_customers=Choice.APPLY)
    effect = check_of(apart.model, "duplicate_customers").effect
    assert effect is not None
    counts = [study.database.row("SELECT COUNT(*) FROM customers")[0] for study in (apart, together)]
    assert counts == [156, 150]
    assert revenue(apart) == pytest.approx(revenue(together), abs=0.01)
    consent = next(a.column for a in together.attributes if a.name == "consentement_email")
    assert together.database.row(f"SELECT {consent} FROM customers WHERE customer_id = 'C00005'")[0] is False
    orders = sum(row["id_client"] in ("C00005", "D00005") for row in files["achats.csv"])
    assert together.database.row("SELECT orders FROM customers WHERE customer_id = 'C00005'")[0] == orders


def test_currencies_are_never_added_together(opened: Opened) -> None:
    """Pacific francs beside euros: revenue is the euros'; the other sales stay purchases, without an amount."""
    files = shop(seed=14)
    for row in files["achats.csv"][60:90]:
        row.update(devise="XPF", montant_ttc=float(row["montant_ttc"]) * 119)  # type: ignore[arg-type]
    frame = sales(files)
    study = opened(files)
    assert study.model.currency == "EUR"
    assert revenue(study) == pytest.approx(frame[frame["devise"] == "EUR"]["montant_ttc"].sum(), abs=0.01)
    assert study.database.row("SELECT SUM(orders) FROM customers")[0] == len(frame)
    effect = check_of(study.model, "mixed_currencies").effect
    assert effect is not None and effect.size > 1  # the francs would more than double the basket


def test_a_decision_can_be_taken_back(tmp_path: Path) -> None:
    """Applied, then ignored: the customers and their money are those of the files again, to the cent."""
    files = shop(seed=15)
    defects.test_accounts(files)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    figures = []
    for choice in (None, Choice.APPLY, Choice.IGNORE):
        if choice is not None:
            correct(workspace, Corrections(health={"test_accounts": choice}), TODAY)
        study = open_study(workspace)
        figures.append(study.database.row("SELECT COUNT(*), SUM(amount), SUM(orders) FROM customers"))
        study.database.close()
    assert figures[0] == figures[2] != figures[1]


def test_the_effect_of_each_row_defect_is_what_pandas_counts(opened: Opened) -> None:
    """Outliers, refunds, orphans: the figure with and without is the one counted by hand."""
    planted = {"outlier_amounts": slice(30, 33), "negative_amounts": slice(40, 55)}
    for code, rows in planted.items():
        files = shop(seed=16)
        getattr(defects, code)(files)
        frame = sales(files)
        study = opened(files)
        effect = check_of(study.model, code).effect
        assert effect is not None, code
        without = frame.drop(frame.index[rows])
        bought, left = frame[frame["montant_ttc"] >= 0], without[without["montant_ttc"] >= 0]
        figures = {
            "revenue": (frame["montant_ttc"].sum(), without["montant_ttc"].sum()),
            "average_basket": (bought["montant_ttc"].mean(), left["montant_ttc"].mean()),
        }
        assert (effect.kept.value, effect.without.value) == pytest.approx(figures[effect.name], abs=0.01), code


def test_anonymous_sales_are_told_apart_from_known_customers(opened: Opened) -> None:
    """One sale in twelve without a customer: revenue of all sales, and of known customers."""
    files = shop(seed=17)
    defects.rows_without_customer(files)
    frame = sales(files)
    effect = check_of(opened(files).model, "rows_without_customer").effect
    assert effect is not None
    known = frame[frame["id_client"].notna()]["montant_ttc"].sum()
    assert (effect.kept.value, effect.without.value) == pytest.approx((frame["montant_ttc"].sum(), known), abs=0.01)


def test_trusting_a_future_date_would_lose_everybody(opened: Opened) -> None:
    """Five sales five years late: with today at the latest date written, all but those few customers would be lost."""
    files = shop(seed=18)
    defects.future_dates(files)
    effect = check_of(opened(files).model, "future_dates").effect
    assert effect is not None and effect.name == "lost_rate"
    assert effect.kept.value is not None and effect.kept.value > 0.9


def test_a_future_day_that_decides_nothing_moves_no_figure(opened: Opened) -> None:
    """Customers who signed up in ten years: the reference date is read from purchases, the share lost would be the same."""
    files = shop(seed=18)
    for row in files["clients.csv"][::30]:
        row["date_inscription"] = date(2035, 5, 4)
    check = check_of(opened(files).model, "future_dates")
    assert check.column == "date_inscription" and check.effect is None


def test_signs_in_cells_are_never_added_together(opened: Opened) -> None:
    """« 12,50 € » beside "$14.00" in one column: revenue is the euros', cells without a sign being euros as most are."""
    files = shop(seed=19)
    for place, row in enumerate(files["achats.csv"]):
        amount = float(row["montant_ttc"])  # type: ignore[arg-type]
        row["devise"] = None
        sign = "$" if place % 9 == 4 else "" if place % 9 == 5 else "€"
        row["montant_ttc"] = f"${amount:.2f}" if sign == "$" else f"{amount:.2f} {sign}".strip().replace(".", ",")
    frame = pd.DataFrame(files["achats.csv"])
    value = frame["montant_ttc"].str.replace("[€$ ]", "", regex=True).str.replace(",", ".").astype(float)
    foreign = frame["montant_ttc"].str.contains("$", regex=False)
    study = opened(files)
    check = check_of(study.model, "mixed_currencies")
    assert (study.model.currency, check.choice) == ("EUR", Choice.APPLY)
    assert revenue(study) == pytest.approx(value[~foreign].sum(), abs=0.01)
    assert study.database.row("SELECT SUM(orders) FROM customers")[0] == len(frame)
    shown = lines_of(study, check)
    assert len(shown.rows) == foreign.sum() and shown.headers[-1] == "montant_ttc (EUR, USD)"
    assert {row[-1] for row in shown.rows} == {"USD"}
    kept = opened(files, mixed_currencies=Choice.IGNORE)
    assert revenue(kept) == pytest.approx(value.sum(), abs=0.01)


def test_a_family_under_one_mailbox_is_not_one_person(opened: Opened) -> None:
    """Merged, the couple and their child stay three, and the person typed twice becomes one."""
    files = shop(seed=22)
    mother, father, child, again = files["clients.csv"][:4]
    for row, name in ((mother, "Claire"), (father, "Denis"), (child, "Emma"), (again, "CLAIRE")):
        row.update(prenom=name, nom="Durand", email="famille.durand@orange.fr")
    apart, together = opened(files), opened(files, duplicate_customers=Choice.APPLY)
    assert check_of(apart.model, "duplicate_customers").count == 1
    ids = [row["id_client"] for row in (mother, father, child, again)]
    rows = together.database.rows("SELECT customer_id FROM customers WHERE customer_id IN (SELECT UNNEST(?))", [ids])
    assert sorted(name for (name,) in rows) == ids[:3]


def test_a_decision_on_one_column_leaves_the_others_alone(opened: Opened) -> None:
    """Two columns spelt in two ways: mending one is no word on the other, which the word on all of the kind still is."""
    files = shop(seed=12)
    for place, sale in enumerate(files["achats.csv"]):
        if place % 4 == 0:
            sale["magasin"], sale["moyen_paiement"] = str(sale["magasin"]).upper(), str(sale["moyen_paiement"]).upper()
    one = opened(files, **{"inconsistent_spelling:magasin": Choice.APPLY})
    told = {check.column: check for check in one.model.health if check.check == "inconsistent_spelling"}
    assert (told["magasin"].choice, told["moyen_paiement"].choice) == (Choice.APPLY, Choice.IGNORE)
    assert "« LYON »" in told["magasin"].detail.render("fr").replace("\u00a0", " ")
    every = opened(files, inconsistent_spelling=Choice.APPLY)
    assert {check.choice for check in every.model.health if check.check == "inconsistent_spelling"} == {Choice.APPLY}
