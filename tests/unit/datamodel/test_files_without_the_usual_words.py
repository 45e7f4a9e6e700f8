"""Files whose headers leave out what others say: contracts without customers, `Joined` and `Left`, stays, yearly premiums."""

import random
from datetime import date, timedelta

import pytest

from analytics import importing
from analytics.catalog import CATALOG, Runner
from analytics.customers.attributes import timing
from analytics.customers.columns import months_paid
from analytics.datamodel.attributes import Timing
from analytics.datamodel.model import LostBasis
from analytics.datamodel.roles import Role, TableKind
from analytics.workspace import Workspace
from tests.unit.datamodel.worlds import Row, model_of
from vocabulary.finding import Finding


def _study(folder, name, lines):
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    workspace = Workspace(folder / "workspace")
    importing.import_files(workspace, [folder / name])
    return importing.open_study(workspace)


@pytest.fixture(scope="module")
def insurer(tmp_path_factory):
    """Six hundred contracts; those sold on the web end three times as fast; fees are paid by those who left only."""
    draw = random.Random(5)
    lines = ["num_contrat;date_souscription;produit;prime_annuelle;canal;date_resiliation;frais_resiliation"]
    for place in range(1500):
        channel = draw.choice(["Agence", "Courtier", "Internet"])
        start = date(2021, 1, 1) + timedelta(days=draw.randint(0, 1500))
        end = start + timedelta(days=round(draw.expovariate(0.0012 if channel == "Internet" else 0.0004)))
        gone = end <= date(2026, 6, 30)
        lines.append(
            f"P{place:05d};{start:%d/%m/%Y};{draw.choice(['Auto', 'Santé'])};{draw.randint(200, 900)};{channel};"
            f"{f'{end:%d/%m/%Y}' if gone else ''};{draw.randint(5, 80) if gone else 0}"
        )
    study = _study(tmp_path_factory.mktemp("insurer"), "portefeuille.csv", lines)
    yield study
    study.database.close()


def test_a_contract_stands_for_its_holder(insurer):
    assert insurer.model.lost.basis is LostBasis.CONTRACT_END
    assert insurer.database.row("SELECT count(*) FROM customers")[0] == 1500


def test_what_a_contract_file_says_of_its_holder_is_read(insurer):
    """The channel is a driver; what only leavers pay is none."""
    found = Runner(insurer, CATALOG).run("churn_drivers")
    assert isinstance(found, Finding)
    assert [item["feature"] for item in found.items] == ["canal"]


def test_a_yearly_premium_is_counted_by_the_month(insurer):
    yearly, monthly = insurer.database.row("SELECT max(a.prime), max(monthly_amount) FROM customers, (SELECT 900 AS prime) a")
    assert monthly == pytest.approx(yearly / 12, rel=0.02)


@pytest.mark.parametrize(
    ("header", "months"),
    [("prime_annuelle", 12), ("annualFee", 12), ("cotisation_trimestrielle", 3), ("semi_annual_fee", 6), ("MonthlyCharges", 1), ("arrhes", 1)],
)
def test_what_a_recurring_amount_pays_for(header, months):
    assert months_paid(header) == months


@pytest.mark.parametrize("words", [("interval", "month", "year"), ("Périodicité", "Mensuelle", "Annuelle"), ("billing_cycle", "Monthly", "Yearly")])
def test_a_row_says_what_its_amount_pays_for(tmp_path, words):
    """One column of amounts, another that says by the month or by the year: income is counted by the month, and said to be."""
    header, monthly, yearly = words
    lines = [f"subscription_id,customer_id,amount,{header},start_date,status"]
    for n in range(300):
        paid, said = (240, yearly) if n % 3 == 0 else (20, monthly)
        lines.append(f"sub_{n},cus_{n},{paid},{said},2024-{n % 12 + 1:02d}-03,{'canceled' if n % 5 == 0 else 'active'}")
    study = _study(tmp_path, "subscriptions.csv", lines)
    assert study.database.row("SELECT min(monthly_amount), max(monthly_amount) FROM customers") == (20.0, 20.0)
    finding = Runner(study).run("money_definition")
    assert isinstance(finding, Finding) and "brought to one month" in finding.claim.render("en")
    study.database.close()


def test_a_monthly_bill_of_a_yearly_contract_stays_monthly(tmp_path):
    lines = ["customer_id,MonthlyCharges,billing_cycle,start_date,status"]
    lines += [f"c{n},20,{'Yearly' if n % 3 == 0 else 'Monthly'},2024-{n % 12 + 1:02d}-03,{'gone' if n % 5 == 0 else 'active'}" for n in range(300)]
    study = _study(tmp_path, "customers.csv", lines)
    assert study.database.row("SELECT min(monthly_amount), max(monthly_amount) FROM customers") == (20.0, 20.0)
    study.database.close()


def test_joined_and_left_are_a_beginning_and_an_end(tmp_path):
    draw, lines = random.Random(6), ["Member No,Joined,Left,Club"]
    for place in range(400):
        start = date(2021, 1, 1) + timedelta(days=draw.randint(0, 1200))
        end = start + timedelta(days=round(draw.expovariate(0.001)))
        lines.append(f"M{place},{start},{end if end < date(2026, 8, 31) else ''},{draw.choice('ABC')}")
    study = _study(tmp_path, "members.csv", lines)
    assert (study.model.lost.basis, study.model.lost.column) == (LostBasis.CONTRACT_END, "Left")
    study.database.close()


def test_the_day_of_a_stay_is_the_day_of_a_purchase(tmp_path):
    draw, lines = random.Random(7), ["id_client;num_reservation;date_arrivee;montant"]
    for place in range(300):
        day = date(2022, 1, 1) + timedelta(days=draw.randint(0, 300))
        while day < date(2026, 6, 1) and draw.random() > 0.1:
            lines.append(f"H{place};R{len(lines)};{day:%d/%m/%Y};{draw.randint(80, 400)}")
            day += timedelta(days=draw.randint(20, 120))
    study = _study(tmp_path, "sejours.csv", lines)
    assert study.model.lost.basis is LostBasis.RHYTHM
    study.database.close()


def test_an_active_member_is_activity_not_an_outcome():
    assert timing(Role.ACCOUNT_STATUS, "IsActiveMember") is Timing.WARNING
    assert timing(Role.ACCOUNT_STATUS, "statut") is Timing.OUTCOME


def test_outlets_sold_to_are_the_customers_where_nobody_else_is():
    """Thirty pubs with a few orders each are customers; three shops with hundreds of sales are the house's own."""
    draw = random.Random(11)

    def orders(outlets: int) -> list[Row]:
        return [
            {"Order ID": f"B{number:05d}", "Outlet": f"The Old Fox {draw.randrange(outlets)}",
             "Order Placed": date(2023, 1, 1) + timedelta(days=draw.randrange(600)), "Order Total": round(draw.uniform(50, 900), 2)}
            for number in range(240)
        ]  # fmt: skip

    for outlets, role in ((30, Role.CUSTOMER_ID), (3, Role.STORE)):
        model = model_of({"trade.csv": orders(outlets)})
        assert next(binding.role for binding in model.bindings if binding.name == "Outlet") is role


def test_dated_rows_without_any_sum_are_no_sales():
    """Cases numbered, dated, marked: nothing in them was paid, whatever else they look like."""
    draw = random.Random(12)
    rows: list[Row] = [
        {"case_id": number, "CustomerNumber": 15000 + draw.randrange(500), "created": date(2025, 1, 1) + timedelta(days=draw.randrange(300)),
         "severity": draw.choice(["P1", "P2"]), "stars": draw.randint(1, 5)}
        for number in range(300)
    ]  # fmt: skip
    model = model_of({"support_cases.csv": rows})
    assert model.readings[0].kind is TableKind.TICKETS
    assert Role.PURCHASE_DATE not in {binding.role for binding in model.bindings}


def test_hours_of_work_are_no_goods():
    """Hours at so much an hour make the amount, and are added up as hours."""
    draw = random.Random(13)
    rows: list[Row] = []
    for number in range(200):
        hours, rate = draw.randint(1, 8), draw.choice([45.0, 60.0, 75.0])
        rows.append({"Job No": f"J{number:04d}", "Customer": f"C{draw.randrange(50):03d}", "Job Date": date(2024, 1, 1) + timedelta(days=number),
                     "labour_hours": hours, "Rate": rate, "Total": round(hours * rate, 2)})  # fmt: skip
    found = {binding.name: binding.role for binding in model_of({"jobs.csv": rows}).bindings}
    assert found["Total"] is Role.AMOUNT and found["labour_hours"] is not Role.QUANTITY
