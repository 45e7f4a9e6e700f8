"""« HT » and « TTC » in a question: what was sold so, never prices of one added up."""

import pytest

from tests.unit.embedded.talks import converse, opened


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Two lines an order: price of one and total before tax, total with it."""
    head = ["Date", "N° ticket", "Client", "Famille", "Qté", "PU HT", "Total HT", "Total TTC"]
    rows = [
        [f"2024-{1 + n // 2 % 12:02d}-{1 + n // 24:02d}", f"T{n // 2:04d}", f"C{n // 2 % 30:03d}", "Mode" if n % 2 else "Papeterie", 3, 10 + n % 7, 3 * (10 + n % 7), 3.6 * (10 + n % 7)]
        for n in range(240)
    ]  # fmt: skip
    yield from opened(tmp_path_factory, "taxed", {"ventes.csv": [head, *rows]})


@pytest.mark.parametrize("question", ["chiffre d'affaires HT", "total HT", "CA hors taxes", "CA HT par famille"])
def test_what_was_sold_before_tax_is_the_total_not_the_prices_of_one(shop, question):
    found = converse(shop, question)[-1]
    assert found.status == "answered", found.sentence
    arguments = dict(found.steps[0].arguments)
    assert (arguments["measure"], arguments["column"]) == ("sum", "Total HT")


def test_prices_of_one_do_not_add_up(shop):
    found = converse(shop, "total des PU HT")[-1]
    assert found.status != "answered" or dict(found.steps[0].arguments).get("column") != "PU HT"


def test_the_mean_of_lines_is_no_basket(shop):
    """What cannot be told by order is not told by line."""
    assert converse(shop, "panier moyen HT")[-1].status != "answered"


@pytest.fixture(scope="module")
def payments(tmp_path_factory):
    """A list of payments: the house calls its orders « règlements »."""
    head = ["N° règlement", "Code client", "Date règlement", "Mode de règlement", "Montant réglé"]
    rows = [[f"R{n:04d}", f"C{n % 40:03d}", f"2024-{1 + n % 12:02d}-{1 + n // 24:02d}", "Chèque" if n % 3 else "CB", 20 + n % 9] for n in range(240)]
    yield from opened(tmp_path_factory, "payments", {"reglements.csv": [head, *rows]})


@pytest.mark.parametrize("question", ["chiffre d'affaires par mode de règlement", "CA par moyen de paiement", "revenue by payment method"])
def test_how_one_pays_is_not_how_many_times(payments, question):
    found = converse(payments, question)[-1]
    assert found.status == "answered", found.sentence
    arguments = dict(found.steps[0].arguments)
    assert (arguments["measure"], arguments["by"]) == ("amount", ["Mode de règlement"])


@pytest.mark.parametrize("question", ["Quel est le chiffre d'affaires par famille ?", "CA par famille"])
def test_a_figure_by_a_column_that_is_not_there_names_the_column(payments, question):
    found = converse(payments, question)[-1]
    assert found.status == "cannot_answer" and "famille" in found.sentence.render("fr")


@pytest.fixture(scope="module")
def billed(tmp_path_factory):
    """A plumber's care plans and bills: the tax of each bill stands apart, and no column is told without it."""
    plans = [["Plan", "Customer", "Monthly fee", "Start", "Ended on"]]
    plans += [[f"P{n}", f"C{n:03d}", 20 + n % 5, f"2023-{1 + n % 12:02d}-03", f"2024-{1 + n % 9:02d}-28" if n % 4 == 0 else None] for n in range(60)]
    bills = [["Customer", "Invoice number", "Invoice date", "Due date", "Total", "VAT", "Status"]]
    bills += [[f"C{n % 60:03d}", f"B{n:04d}", f"2024-{1 + n % 12:02d}-10", f"2024-{1 + n % 12:02d}-28", 120 + 6 * (n % 9), 20 + n % 9, "PAID"] for n in range(300)]
    yield from opened(tmp_path_factory, "billed", {"care_plans.csv": plans, "invoices.csv": bills})


@pytest.mark.parametrize("question", ["What was our revenue in 2024 excluding VAT?", "chiffre d'affaires 2024 hors TVA"])
def test_revenue_without_the_tax_is_not_the_tax(billed, question):
    found = converse(billed, question)[-1]
    assert found.status != "answered" or "VAT" not in str(dict(found.steps[0].arguments).get("column"))


def test_revenue_with_the_tax_is_what_was_billed(billed):
    arguments = dict(converse(billed, "What was our revenue in 2024 including VAT?")[-1].steps[0].arguments)
    assert (arguments["measure"], arguments["column"]) == ("sum", "Total")


@pytest.fixture(scope="module")
def florist(tmp_path_factory):
    """Every amount is told with the tax, and nothing tells the tax."""
    rows = [[f"2024-{1 + n % 12:02d}-{1 + n // 24:02d}", f"F{n:04d}", f"C{n % 40:03d}", 12 + n % 30] for n in range(240)]
    yield from opened(tmp_path_factory, "florist", {"bouquets.csv": [["Date", "N° ticket", "Client", "Montant TTC"], *rows]})


@pytest.mark.parametrize("question", ["CA HT 2024", "chiffre d'affaires hors taxes par mois", "revenue excluding VAT"])
def test_no_rate_is_made_up_where_no_column_tells_the_tax(florist, question):
    found = converse(florist, question)[-1]
    assert found.status == "cannot_answer"
    assert "Montant TTC" in found.sentence.render("fr")


def test_what_is_told_with_the_tax_is_told(florist):
    assert dict(converse(florist, "CA TTC 2024")[-1].steps[0].arguments)["measure"] == "amount"


@pytest.fixture(scope="module")
def hotel(tmp_path_factory):
    """Stays are told before tax, and bills with it: neither is the other's revenue."""
    stays = [["N° séjour", "Code client", "Date", "Chambre", "Montant HT"]]
    stays += [[f"S{n:04d}", f"C{n % 60:03d}", f"2024-{1 + n % 12:02d}-{1 + n // 24:02d}", "Nord" if n % 2 else "Sud", 80 + n % 40] for n in range(300)]
    bills = [["N° facture", "Code client", "Date facture", "Montant HT", "TVA", "Montant TTC"]]
    bills += [[f"B{n:04d}", f"C{n % 60:03d}", f"2024-{1 + n % 12:02d}-{1 + n // 24:02d}", 100 + n % 40, 10, 110 + n % 40] for n in range(300)]
    yield from opened(tmp_path_factory, "hotel", {"sejours.csv": stays, "factures.csv": bills})


def test_two_files_told_on_two_bases_are_no_one_figure(hotel):
    held = {binding.name for binding in hotel.model.bindings if binding.role.value == "amount"}
    found = converse(hotel, "CA TTC 2024")[-1]
    assert held == {"Montant HT", "Montant TTC"}
    assert found.status != "answered"
