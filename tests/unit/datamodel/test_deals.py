"""A file of deals alone: those won are the sales, to the company each names."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.catalog import Runner
from analytics.datamodel.deals import unwon_of
from analytics.datamodel.roles import Role, TableKind
from tests.unit.analyses.test_signs_of_life import opened
from tests.unit.datamodel.worlds import Row, model_of
from vocabulary.finding import Finding

_ENGLISH = ("Deal name", "Company", "Amount", "Create date", "Close date", "Stage")
_FRENCH = ("Nom de l’opportunité", "Nom du compte", "Montant", "Créée le", "Date de clôture", "Étape")


def deals(headers: tuple[str, ...], won: str, others: tuple[str, ...]) -> list[Row]:
    """Six hundred deals of a hundred companies, every second won."""
    name, company, amount, made, closed, stage = headers
    return [
        {name: f"Deal {n}", company: f"Société {n % 97}", amount: 500 + n * 13 % 4000, made: date(2023, 1, 1) + timedelta(days=n % 400),
         closed: date(2023, 2, 1) + timedelta(days=n), stage: won if n % 2 else others[n // 2 % len(others)]}
        for n in range(600)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "won", "others"),
    [(_ENGLISH, "Closed Won", ("Closed Lost", "Proposal")), (_FRENCH, "Gagnée", ("Perdue", "Négociation", "Non gagnée"))],
)
def test_deals_won_are_the_sales_of_the_company_they_name(tmp_path: Path, headers: tuple[str, ...], won: str, others: tuple[str, ...]) -> None:
    """Revenue and customers are those of the deals won, on the day of closing; the others are said not to count."""
    rows = deals(headers, won, others)
    taken = [row for row in rows if row[headers[5]] == won]
    with opened(tmp_path, {"deals.csv": rows}) as study:
        model = study.model
        names = {role: found.name for role in (Role.CUSTOMER_ID, Role.PURCHASE_DATE, Role.AMOUNT) if (found := model.find(role))}
        assert names == {Role.CUSTOMER_ID: headers[1], Role.PURCHASE_DATE: headers[4], Role.AMOUNT: headers[2]}
        revenue, customers = (Runner(study).run("explore", {"measure": measure}) for measure in ("amount", "customers"))
        assert isinstance(revenue, Finding) and revenue.measures[0].value == sum(int(str(row[headers[2]])) for row in taken)
        assert isinstance(customers, Finding) and customers.measures[0].value == len({row[headers[1]] for row in taken})
        money = Runner(study).run("money_definition")
        assert isinstance(money, Finding)
        assert any("300 lignes" in said and "pas gagnées" in said for said in (c.render("fr").replace("\xa0", " ") for c in money.caveats))


def test_beside_customers_or_sales_deals_stay_deals() -> None:
    """Where other files say who the customers are or what they bought, a deal is none of it."""
    rows = deals(_ENGLISH, "Closed Won", ("Closed Lost", "Proposal"))
    people: list[Row] = [{"account_id": f"A{n}", "company": f"Société {n}", "sector": "retail", "country": "FR"} for n in range(97)]
    model = model_of({"deals.csv": rows, "accounts.csv": people})
    assert next(reading.kind for reading in model.readings if reading.file == "deals.csv") is TableKind.OPPORTUNITIES


def test_an_order_signed_for_is_no_deal() -> None:
    """Among orders, those delivered or on their way count as those signed for."""
    rows: list[Row] = [
        {"n_commande": f"F{n}", "client": f"C{n % 80:03d}", "date_commande": date(2024, 1, 1) + timedelta(days=n), "montant": 20 + n % 50,
         "statut": ("Signé", "Livré", "En cours")[n % 3]} for n in range(400)
    ]  # fmt: skip
    model = model_of({"commandes.csv": rows})
    assert unwon_of(model, model.tables[0].table) is None
