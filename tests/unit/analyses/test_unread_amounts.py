"""Amounts of which some cells are no numbers: counted without them and said, or refused with what stands in the way."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.catalog import Runner
from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import ColumnType
from analytics.loading.unread import unread_examples
from tests.unit.analyses.test_signs_of_life import opened
from tests.unit.datamodel.worlds import Row
from vocabulary.finding import Finding, NotApplicable

_ODD = ("voir devis", "en attente", "à confirmer", "12,50 ?")


def sales(share: float, mark: str = ",") -> tuple[list[Row], float, int]:
    """Orders whose amount is no number on a share of the rows; the sum of those that are, and how many are not."""
    rng = random.Random(4)
    rows, total, odd = list[Row](), 0.0, 0
    for number in range(600):
        paid, wrong = round(rng.uniform(5, 300), 2), rng.random() < share
        total, odd = total + (0 if wrong else paid), odd + wrong
        written = rng.choice(_ODD) if wrong else f"{paid:.2f}".replace(".", mark)
        day = date(2024, 1, 1) + timedelta(days=rng.randrange(500))
        rows.append({"client": f"C{rng.randrange(150):03d}", "date_commande": day, "n_commande": f"F{number}", "montant_ttc": written})
    return rows, total, odd


@pytest.mark.parametrize("share", [0.05, 0.15])
def test_what_is_no_number_is_left_out_and_said(tmp_path: Path, share: float) -> None:
    """The revenue is that of the cells that are numbers, and its caveats say how many are not, with examples."""
    rows, total, odd = sales(share)
    with opened(tmp_path, {"ventes.csv": rows}) as study:
        found = Runner(study).run("explore", {"measure": "amount"})
        assert isinstance(found, Finding) and found.measures[0].value == pytest.approx(total)
        said = " ".join(caveat.render("fr") for caveat in found.caveats)
        assert f"montant_ttc » : {odd} cellules illisibles" in said.replace("\xa0", " ") and "voir devis" in said
        counted = Runner(study).run("explore", {"measure": "customers"})
        assert isinstance(counted, Finding) and not any("illisibles" in caveat.render("fr") for caveat in counted.caveats)


@pytest.mark.parametrize("mark", [",", "."])
def test_below_what_is_safe_the_refusal_names_the_column(tmp_path: Path, mark: str) -> None:
    """A third of the cells are none: no total of the others is given, and what stands in the way is said."""
    rows, _, odd = sales(0.35, mark)
    with opened(tmp_path, {"ventes.csv": rows}) as study:
        for name, arguments in (("explore", {"measure": "amount"}), ("explore", {"measure": "average_basket"}), ("money_definition", {})):
            refused = Runner(study).run(name, arguments)
            assert isinstance(refused, NotApplicable)
            said = refused.reason.render("fr").replace("\xa0", " ")
            assert "« montant_ttc » n’a pas pu être lue comme des montants" in said and f"{odd} de ses cellules" in said
            assert "« voir devis »" in said and "“voir devis”" in refused.reason.render("en")
        assert any(c.check == HealthCode.UNREADABLE_CELLS and c.count == odd for c in study.model.health)
        orders = Runner(study).run("explore", {"measure": "orders"})
        assert isinstance(orders, Finding) and orders.measures[0].value == len(rows)


def test_nought_written_with_a_dash_is_an_amount(tmp_path: Path) -> None:
    """« - € » is how an account shows nought: it is not among the cells that are no numbers."""
    rows, _, odd = sales(0.35)
    free = [{**row, "montant_ttc": "- €", "n_commande": f"G{n}"} for n, row in enumerate(rows[:60])]
    with opened(tmp_path, {"ventes.csv": [*rows, *free]}) as study:
        assert [check.count for check in study.model.health if check.check == HealthCode.UNREADABLE_CELLS] == [odd]


@pytest.mark.parametrize("share", [0.15, 0.35])
def test_codes_under_a_word_of_money_are_no_amounts(tmp_path: Path, share: float) -> None:
    """`sales_rep` holds numbers and codes: no code is lost, and nothing is said of amounts."""
    rng = random.Random(6)
    rows, _, _ = sales(0)
    codes = [f"A{rng.randrange(9)}" if rng.random() < share else str(100 + rng.randrange(9)) for _ in rows]
    with opened(tmp_path, {"ventes.csv": [{**row, "sales_rep": code} for row, code in zip(rows, codes, strict=True)]}) as study:
        column = next(column for column in study.model.tables[0].columns if column.name == "sales_rep")
        assert column.type is ColumnType.CATEGORY and dict(column.top) == Counter(codes)
        assert not any(check.check == HealthCode.UNREADABLE_CELLS for check in study.model.health)


def test_no_example_names_or_reaches_anybody() -> None:
    """Names, addresses and telephones are never among the cells shown; errors, signs and repeated small words are."""
    cells = {"Dupont": 5, "M. Martin": 4, "a@b.fr": 9, "06 12 34 56 78": 3, "jean": 1, "#REF!": 2, "voir devis": 3, "12,50 ?": 1, "12,5": 90}
    assert set(unread_examples(cells)) == {"#REF!", "voir devis", "12,50 ?"}


def two_orders_of_day_and_month() -> list[Row]:
    """Sales of two tills: one writes the day first, the other the month."""
    rows, _, _ = sales(0.0)
    for number, row in enumerate(rows):
        day = row["date_commande"]
        assert isinstance(day, date)
        row["date_commande"] = day.strftime("%d/%m/%Y" if number < 300 else "%m/%d/%Y")
    return rows


def test_dates_in_two_orders_are_refused_by_their_column(tmp_path: Path) -> None:
    """No day can be told: each refusal names the column and a few of its cells, beside customers or alone."""
    rows = two_orders_of_day_and_month()
    people: list[Row] = [{"client": f"C{n:03d}", "nom": f"Nom{n}", "ville": "Lyon" if n % 2 else "Lille"} for n in range(150)]
    with opened(tmp_path, {"ventes.csv": rows, "clients.csv": people}) as study:
        for name, arguments in (("explore", {"measure": "amount"}), ("money_definition", {})):
            refused = Runner(study).run(name, arguments)
            assert isinstance(refused, NotApplicable)
            assert "« date_commande » n’a pas pu être lue comme des dates" in refused.reason.render("fr").replace("\xa0", " ")
        assert any(c.check == HealthCode.UNREADABLE_CELLS and c.column == "date_commande" for c in study.model.health)
    with opened(tmp_path / "alone", {"ventes.csv": rows}) as study:
        for name, arguments in (("explore", {"measure": "amount"}), ("explore", {"measure": "customers"}), ("churn_rate", {}), ("money_definition", {})):
            refused = Runner(study).run(name, arguments)
            assert isinstance(refused, NotApplicable)
            assert "« date_commande » n’a pas pu être lue comme des dates" in refused.reason.render("fr").replace("\xa0", " ")
