"""Columns that point to another file, codes that change from line to line, and what cells rule out."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.model import Corrections, DataModel, LostBasis
from analytics.datamodel.references import bears_name
from analytics.datamodel.roles import Role, TableKind
from tests.unit.datamodel.worlds import loaded, model_of

TODAY = date(2025, 12, 31)
Row = Sequence[object]


def understood(folder: Path, files: dict[str, tuple[Row, list[Row]]], corrections: Corrections | None = None) -> DataModel:
    paths = []
    for name, (head, rows) in files.items():
        paths.append(folder / name)
        with paths[-1].open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerows([head, *rows] if head else rows)
    with loaded(paths, today=TODAY, corrections=corrections or Corrections()) as (model, _):
        return model


def role(model: DataModel, file: str, header: str) -> Role | None:
    return next((b.role for b in model.bindings if b.file == file and b.name == header), None)


def day(n: int) -> str:
    return f"{date(2023, 1, 1) + timedelta(days=n):%Y-%m-%d}"


@pytest.mark.parametrize(("header", "file", "told"), [
    ("business_id", "raw_business.csv", True), ("fk_soc", "llx_societe.csv", True), ("client", "clients.csv", True),
    ("ID_Adherent", "Adhérents 2024.csv", True), ("company id", "companies.csv", True), ("fk_pays", "llx_societe.csv", False),
    ("id", "clients.csv", False), ("store_id", "clients.csv", False), ("fk_so", "llx_societe.csv", False),
])  # fmt: skip
def test_a_header_may_be_the_name_of_a_file(header: str, file: str, told: bool) -> None:
    assert bears_name(header, file) is told


def test_numbers_that_bear_the_name_of_a_file_of_customers_lead_to_it(tmp_path: Path) -> None:
    """Dolibarr's own tables: invoices know the company by its row number, not by the code printed for people."""
    rng = random.Random(1)
    companies = [[n, f"Maison {n}", f"CU2201-{n:05d}", rng.choice([1, 1, 1, 3])] for n in range(1, 121)]
    bills = [[n, f"FA2301-{n:04d}", rng.randint(1, 120), day(n * 2), round(rng.uniform(30, 900), 2)] for n in range(1, 401)]
    model = understood(tmp_path, {
        "llx_societe.csv": (["rowid", "nom", "code_client", "client"], companies),
        "llx_facture.csv": (["rowid", "ref", "fk_soc", "datef", "total_ttc"], bills),
    })  # fmt: skip
    assert role(model, "llx_facture.csv", "fk_soc") is Role.CUSTOMER_ID
    assert role(model, "llx_societe.csv", "rowid") is Role.CUSTOMER_ID
    assert role(model, "llx_societe.csv", "code_client") is not Role.CUSTOMER_ID
    assert [(k.left_column, k.coverage) for k in model.keys if k.role is Role.CUSTOMER_ID] == [("c2", 1.0)]


def test_what_the_manager_said_is_not_taken_back(tmp_path: Path) -> None:
    """Told that the printed code is the customer's, or that a reference means nothing, the file's name changes neither."""
    companies = [[n, f"Maison {n}", f"CU2201-{n:05d}"] for n in range(1, 121)]
    bills = [[f"FA2301-{n:04d}", 1 + n % 120, day(n * 2), 30 + n % 50] for n in range(1, 401)]
    files = {
        "llx_societe.csv": (["rowid", "nom", "code_client"], companies), "llx_facture.csv": (["ref", "fk_soc", "datef", "total_ttc"], bills),
    }  # fmt: skip
    for told in ({"llx_societe.csv": {"code_client": Role.CUSTOMER_ID}}, {"llx_facture.csv": {"fk_soc": None}}):
        folder = tmp_path / next(iter(told))
        folder.mkdir()
        model = understood(folder, files, Corrections(columns=told))
        for file, columns in told.items():
            assert {name: role(model, file, name) for name in columns} == columns


def test_a_number_that_bears_another_files_name_is_not_the_customers(tmp_path: Path) -> None:
    """A shop's number in the file of customers stays the shop's, though its values stand in a file whose rows could be customers."""
    rng = random.Random(2)
    people = [[f"C{n:04d}", f"Zoé {n}", rng.randint(1, 30)] for n in range(200)]
    shops = [[n, f"Boutique {n}"] for n in range(1, 31)]
    sales = [[f"T{n}", f"C{rng.randrange(200):04d}", rng.randint(1, 30), day(n), 20 + n % 7] for n in range(600)]
    model = understood(tmp_path, {
        "clients.csv": (["id_client", "nom", "id_magasin"], people), "magasins.csv": (["id_magasin", "nom"], shops),
        "ventes.csv": (["ticket", "id_client", "id_magasin", "date", "montant"], sales),
    })  # fmt: skip
    assert role(model, "ventes.csv", "id_client") is Role.CUSTOMER_ID
    assert role(model, "ventes.csv", "id_magasin") is Role.STORE_ID


def lines(rng: random.Random) -> list[Row]:
    """Orders of one to four lines: each line its article, the whole order its buyer."""
    rows: list[Row] = []
    for n in range(300):
        buyer = f"Marie Durand {rng.randrange(90)}"
        rows += [[f"V-{n}", day(n * 2), f"CJ-{rng.randrange(40):03d}", 1, 19.9, buyer] for _ in range(1 + n % 4)]
    return rows


def test_a_reference_that_changes_within_an_order_is_what_is_sold(tmp_path: Path) -> None:
    head = ["Numéro de commande", "Date de commande", "Référence", "Quantité", "Prix unitaire", "Nom"]
    model = understood(tmp_path, {"commandes.csv": (head, lines(random.Random(3)))})
    assert role(model, "commandes.csv", "Référence") is not Role.CUSTOMER_ID


def test_lines_of_orders_that_no_other_file_holds_are_the_purchases(tmp_path: Path) -> None:
    """Whatever the file is called: it has the day and the buyer, so silences are learnt from it."""
    rng, rows = random.Random(4), []
    for n in range(120):
        at = rng.randrange(60)
        while at < 1000:
            order = f"L{n:03d}-{at}"
            rows += [[order, day(at), f"C{n:04d}", f"A{rng.randrange(30):03d}", 1 + k, 12.5, 12.5 * (1 + k)] for k in range(2)]
            at += 30 + rng.randrange(30)
    for head in (["num_commande", "date", "code_client", "code_article", "qte", "pu_ttc", "total_ttc"], []):
        folder = tmp_path / str(len(head))
        folder.mkdir()
        model = understood(folder, {"lignes_commande_2023.csv": (head, rows)})
        assert [reading.kind for reading in model.readings] == [TableKind.TRANSACTIONS]
        found = {binding.column: binding.role for binding in model.bindings}
        assert (found["c0"], found["c1"], found["c2"], found["c6"]) == (Role.ORDER_ID, Role.PURCHASE_DATE, Role.CUSTOMER_ID, Role.AMOUNT)
        assert model.lost.basis is LostBasis.RHYTHM


def test_payments_that_no_order_stands_behind_are_the_purchases(tmp_path: Path) -> None:
    """A list of payments with payer and day is all the house has; beside orders it says how they were paid."""
    rng, rows = random.Random(9), []
    for n in range(100):
        at = rng.randrange(40)
        while at < 1000:
            rows.append([f"R{len(rows):05d}", f"C{n:04d}", day(at), rng.choice(["CB", "Chèque", "Virement"]), 30.0])
            at += 30 + rng.randrange(20)
    head = ["num_reglement", "code_client", "date_reglement", "mode_reglement", "montant_regle"]
    model = understood(tmp_path, {"reglements.csv": (head, rows)})
    assert model.readings[0].kind is TableKind.TRANSACTIONS and model.lost.basis is LostBasis.RHYTHM
    paid = [[f"O{n}", rng.choice(["card", "voucher"]), 30.0] for n in range(300)]
    orders = [[f"O{n}", f"C{rng.randrange(60):03d}", day(n)] for n in range(300)]
    folder = tmp_path / "both"
    folder.mkdir()
    model = understood(folder, {
        "order_payments.csv": (["order_id", "payment_type", "payment_value"], paid), "orders.csv": (["order_id", "customer_id", "order_date"], orders),
    })  # fmt: skip
    assert {r.file: r.kind for r in model.readings}["order_payments.csv"] is TableKind.PAYMENTS


def test_lines_beside_their_orders_stay_lines(tmp_path: Path) -> None:
    rng = random.Random(5)
    orders = [[f"O{n}", f"C{rng.randrange(60):03d}", day(n), 30.0] for n in range(300)]
    rows = [[f"O{n}", k + 1, f"A{rng.randrange(20)}", 1, 15.0, day(n)] for n in range(300) for k in range(2)]
    model = understood(tmp_path, {
        "orders.csv": (["order_id", "customer_id", "order_date", "total"], orders),
        "order_lines.csv": (["order_id", "line_no", "sku", "quantity", "unit_price", "shipped_on"], rows),
    })  # fmt: skip
    assert {r.file: r.kind for r in model.readings}["order_lines.csv"] is TableKind.ORDER_LINES


def test_a_few_numbers_tell_no_customer_and_a_year_is_no_length_of_time(tmp_path: Path) -> None:
    rng = random.Random(6)
    rows = [[f"Maison {n}", f"AB{n:05d}", rng.choice([0, 1, 1, 3]), rng.randint(2009, 2024), rng.choice(["Oui", "Non"])] for n in range(200)]
    model = understood(tmp_path, {"abonnes.csv": (["nom", "code", "client", "Abonné depuis (année)", "À jour de cotisation"], rows)})
    assert role(model, "abonnes.csv", "client") is not Role.CUSTOMER_ID
    assert role(model, "abonnes.csv", "Abonné depuis (année)") is not Role.TENURE
    assert model.lost.basis is LostBasis.NONE and model.question is not None, "who has not paid yet may stay: asked"


def test_a_headerless_file_of_lines_knows_its_buyers_from_its_orders(tmp_path: Path) -> None:
    """The buyer's number comes back more than the order's, though both are codes; a street and its number are an address."""
    rng, rows = random.Random(7), []
    for n in range(200):
        buyer = 41100000 + rng.randrange(80)
        rows += [[day(n), f"CDE{n:05d}", buyer, rng.choice(["Théière", "Plaid", "Vase"]), 1 + k, 9.5, 9.5 * (1 + k)] for k in range(2)]
    model = understood(tmp_path, {"export01.csv": ((), rows)})
    found = {binding.column: binding.role for binding in model.bindings}
    assert (found["c1"], found["c2"], found["c6"]) == (Role.ORDER_ID, Role.CUSTOMER_ID, Role.AMOUNT)
    people = [[f"K{n:04d}", f"{1 + n % 90} rue des Lilas", f"zoe{n}@example.org"] for n in range(60)]
    folder = tmp_path / "people"
    folder.mkdir()
    model = understood(folder, {"liste.csv": ((), people)})
    assert {binding.column: binding.role for binding in model.bindings}["c1"] is Role.ADDRESS


def test_round_gifts_are_amounts_without_headers(tmp_path: Path) -> None:
    rng = random.Random(8)
    rows = [[f"D{rng.randrange(80):05d}", day(n * 2), rng.choice([15, 30, 50, 120]), rng.choice(["Chèque", "CB"])] for n in range(300)]
    model = understood(tmp_path, {"dons.csv": ((), rows)})
    assert {binding.column: binding.role for binding in model.bindings}["c2"] is Role.AMOUNT


def test_the_one_column_called_customer_is_the_customers_be_they_few(tmp_path: Path) -> None:
    """A gardener's twenty clients, under « Customer »; « Num » is the bill's. The number of wishes is no sum of money."""
    rng, rows = random.Random(10), []
    for n in range(190):
        who = f"{rng.choice(['Amy', 'Bill', 'Cool', 'Duke'])} {rng.choice(['Shop', 'Cars', 'Camp', 'Travel', 'Supplies'])}"
        rows += [[1001 + n, day(3 * n), who, rng.choice(["Gardening", "Trimming"]), 1 + k, 30.0, 30.0 * (1 + k), rng.randrange(5)] for k in range(2)]
    head = ["Num", "Date", "Customer", "Product/Service", "Qty", "Sales Price", "Amount", "total_of_special_requests"]
    model = understood(tmp_path, {"Sales by Customer Detail.csv": (head, rows)})
    assert role(model, "Sales by Customer Detail.csv", "Customer") is Role.CUSTOMER_ID
    assert role(model, "Sales by Customer Detail.csv", "Num") is Role.ORDER_ID
    assert role(model, "Sales by Customer Detail.csv", "Amount") is Role.AMOUNT
    assert role(model, "Sales by Customer Detail.csv", "total_of_special_requests") is not Role.AMOUNT


def test_a_short_list_of_carriers_is_no_list_of_customers(tmp_path: Path) -> None:
    rng = random.Random(11)
    people = [[f"C{n:03d}", f"Maison {n}", "Lyon"] for n in range(90)]
    orders = [[10000 + n, f"C{rng.randrange(90):03d}", day(2 * n), rng.randint(1, 3), 40.0] for n in range(400)]
    model = understood(tmp_path, {
        "customers.csv": (["customerID", "companyName", "city"], people),
        "shippers.csv": (["shipperID", "companyName"], [[1, "Speedy"], [2, "United"], [3, "Federal"]]),
        "orders.csv": (["orderID", "customerID", "orderDate", "shipperID", "total"], orders),
    })  # fmt: skip
    assert {r.file: r.kind for r in model.readings}["shippers.csv"] is not TableKind.CUSTOMERS
    assert role(model, "customers.csv", "customerID") is Role.CUSTOMER_ID


def test_the_day_comes_before_the_week_it_stands_in(tmp_path: Path) -> None:
    rng, rows = random.Random(12), []
    for n in range(400):
        bought = date(2023, 1, 2) + timedelta(days=n)
        rows.append([f"{bought.isocalendar().year}-W{bought.isocalendar().week:02d}", f"{bought:%Y-%m-%d}", f"C{rng.randrange(60):03d}", 10 + n % 9])
    model = understood(tmp_path, {"transactions.csv": (["shop_week", "shop_date", "customer_code", "spend"], rows)})
    assert role(model, "transactions.csv", "shop_date") is Role.PURCHASE_DATE


def test_the_day_of_a_payment_is_no_purchase_beside_the_invoices(tmp_path: Path) -> None:
    draw = random.Random(5)
    invoices: list[Row] = [[f"F{n:04d}", f"C{draw.randrange(40):03d}", day(n * 2), round(draw.uniform(20, 400), 2)] for n in range(200)]
    receipts: list[Row] = [[f"R{n:04d}", line[0], day(n * 2 + 20), line[3]] for n, line in enumerate(invoices) if n % 5]
    model = understood(tmp_path, {
        "invoices.csv": (["Invoice No", "Customer No", "Invoice Date", "Total"], invoices),
        "receipts.csv": (["Receipt No", "Invoice No", "Date Received", "Amount"], receipts),
    })  # fmt: skip
    assert role(model, "invoices.csv", "Invoice Date") is Role.PURCHASE_DATE
    assert role(model, "receipts.csv", "Date Received") in (Role.OTHER_DATE, Role.EVENT_DATE)


@pytest.mark.parametrize(("number", "name", "told"), [("A/C Code", "Customer", Role.FULL_NAME), ("Zkdnr", "Firm", Role.COMPANY_NAME)])
def test_a_code_that_goes_with_each_name_is_the_customer_s(number: str, name: str, told: Role, tmp_path: Path) -> None:
    """Whatever its header; two customers bear one name, and the invoice's number, which tells a name too, is not it."""
    draw = random.Random(6)
    words = ["Moss", "Field", "Stone", "Brook", "Hart", "Wells"]
    called = {f"K{n:03d}": f"{words[n % 6]} {words[n // 6 % 6]}" + (" Ltd" if told is Role.COMPANY_NAME else "") for n in range(37)}
    rows: list[Row] = []
    for n in range(300):
        who = draw.choice(list(called))
        rows.append([14000 + n, day(n), who, called[who], round(draw.uniform(30, 600), 2)])
    model = understood(tmp_path, {"invoices.csv": (["Inv No", "Inv Date", number, name, "Gross"], rows)})
    assert role(model, "invoices.csv", number) is Role.CUSTOMER_ID
    assert role(model, "invoices.csv", name) is told
    assert role(model, "invoices.csv", "Inv No") is Role.ORDER_ID


def test_a_payment_for_each_invoice_finds_its_invoice(tmp_path: Path) -> None:
    """Each invoice paid once: the two numbers never come back, and the payment leads to the invoice all the same."""
    draw = random.Random(9)
    invoices: list[Row] = [[7702 + n, day(n * 3), f"A{draw.randrange(60):03d}", round(draw.uniform(60, 900), 2)] for n in range(200)]
    receipts: list[Row] = [[f"R{n:05d}", day(n * 3 + 20), line[0], line[3]] for n, line in enumerate(invoices) if n % 6]
    model = understood(tmp_path, {
        "fees.csv": (["Invoice No", "Invoice Date", "Client Code", "Total"], invoices),
        "receipts.csv": (["Receipt No", "Date Received", "Invoice No", "Amount Received"], receipts),
    })  # fmt: skip
    tables = {profile.table: profile.file for profile in model.tables}
    assert [(tables[key.left_table], tables[key.right_table], key.role) for key in model.keys] == [("receipts.csv", "fees.csv", Role.ORDER_ID)]


def test_owners_are_customers_not_sellers(tmp_path: Path) -> None:
    """« propriétaires » of a vet's animals: too many, and too well known, to be those who sell."""
    draw = random.Random(10)
    owners: list[Row] = [[2001 + n, f"Martin{n}", "Luc", f"06 12 34 {n % 90 + 10} 11", "Auch", day(n)] for n in range(150)]
    acts: list[Row] = [[f"V{n:05d}", day(n), 2001 + draw.randrange(150), draw.choice(["Vaccin", "Consultation", "Bilan"]), draw.choice([42.0, 58.5, 90.0])]
                       for n in range(400)]  # fmt: skip
    model = understood(tmp_path, {
        "proprietaires.csv": (["N° propriétaire", "Nom", "Prénom", "Téléphone", "Ville", "Date création fiche"], owners),
        "actes_factures.csv": (["N° facture", "Date", "N° propriétaire", "Acte", "Montant TTC"], acts),
    })  # fmt: skip
    assert {reading.file: reading.kind for reading in model.readings}["proprietaires.csv"] is TableKind.CUSTOMERS
    assert role(model, "proprietaires.csv", "N° propriétaire") is Role.CUSTOMER_ID
    assert [key.role for key in model.keys] == [Role.CUSTOMER_ID]


def test_dated_products_that_somebody_comes_back_over_are_sales(tmp_path: Path) -> None:
    """« actes » of a dentist: a code and a label of what was done, each day, for each patient."""
    draw, called = random.Random(11), {"HBJD001": ("Détartrage", 43.38), "HBMD058": ("Composite", 65.5), "HBLD038": ("Couronne", 500.0)}
    rows: list[Row] = []
    for n in range(350):
        code = draw.choice(list(called))
        rows.append([f"{1510 + draw.randrange(120):05d}", day(n * 2), code, *called[code], draw.choice("ON")])
    model = understood(tmp_path, {"actes.csv": (["N° dossier", "Date acte", "Code acte", "Libellé", "Honoraires", "Télétransmis"], rows)})
    assert model.readings[0].kind is TableKind.TRANSACTIONS
    assert role(model, "actes.csv", "Date acte") is Role.PURCHASE_DATE and role(model, "actes.csv", "Honoraires") is Role.AMOUNT


def test_calls_that_are_billed_are_sales(tmp_path: Path) -> None:
    draw = random.Random(12)
    rows: list[Row] = []
    for n in range(300):
        parts, work = round(draw.uniform(0, 180), 2), round(draw.uniform(40, 190), 2)
        rows.append([f"BI{n:05d}", f"CL{draw.randrange(120):04d}", day(n * 3), draw.choice(["Entretien", "Dépannage"]), "Paul", parts, work, round(parts + work, 2)])
    head = ["N° BI", "Code client", "Date intervention", "Type", "Technicien", "Pièces HT", "MO HT", "Total HT"]
    model = understood(tmp_path, {"interventions.csv": (head, rows)})
    assert model.readings[0].kind is TableKind.TRANSACTIONS
    assert role(model, "interventions.csv", "Date intervention") is Role.PURCHASE_DATE


def test_a_pupil_s_first_name_is_not_the_family_that_pays(tmp_path: Path) -> None:
    draw, names = random.Random(13), ["Léa", "Hugo", "Emma", "Louis", "Chloé", "Jules", "Manon", "Adam", "Inès", "Tom", "Zoé", "Noé"]
    families = {f"{110 + n:05d}": (f"{draw.choice(['Luc', 'Anne', 'Paul'])} Martin{n}", draw.choice(names)) for n in range(90)}
    rows: list[Row] = []
    for n in range(400):
        family = draw.choice(list(families))
        rows.append([f"F{n:05d}", family, *families[family], day(n * 2), round(draw.uniform(210, 400), 2)])
    model = understood(tmp_path, {"Facturation familles.csv": (["N° pièce", "Code famille", "Responsable", "Élève", "Date de facturation", "Total facturé"], rows)})
    assert role(model, "Facturation familles.csv", "Code famille") is Role.CUSTOMER_ID
    assert role(model, "Facturation familles.csv", "Élève") is not Role.CUSTOMER_ID


def test_a_number_of_its_own_is_not_who_dispenses(tmp_path: Path) -> None:
    draw = random.Random(14)
    rows: list[Row] = [[f"DS{n:06d}", f"{20115 + draw.randrange(90)}", day(n * 2), draw.choice(["Aisha", "Colin"]), round(draw.uniform(45, 300), 2)] for n in range(300)]
    model = understood(tmp_path, {"dispenses.csv": (["DispenseNo", "PatientNo", "OrderDate", "Dispenser", "Total"], rows)})
    assert role(model, "dispenses.csv", "DispenseNo") is Role.ORDER_ID
    assert role(model, "dispenses.csv", "PatientNo") is Role.CUSTOMER_ID


def test_scores_typed_wrong_leave_scores_what_they_are(tmp_path: Path) -> None:
    """Eleven scores, and five that no scale has: 11, 12, 70, 99, -1."""
    draw = random.Random(15)
    rows: list[Row] = [[f"C{n:04d}", draw.choice(["Nord", "Sud"]), (11, 12, 70, 99, -1)[n] if n < 5 else draw.randrange(11), draw.choice(["oui", "non", "non"])] for n in range(300)]
    model = understood(tmp_path, {"clients.csv": (["id_client", "region", "NPS", "resilie"], rows)})
    assert role(model, "clients.csv", "NPS") is Role.NPS


@pytest.mark.parametrize(("name", "kind"), [
    ("ventes_et_retours_2024.csv", TableKind.TRANSACTIONS), ("commandes_hors_retours.csv", TableKind.TRANSACTIONS), ("retours_2024.csv", TableKind.RETURNS),
])  # fmt: skip
def test_only_a_list_of_returns_is_one(name: str, kind: TableKind, tmp_path: Path) -> None:
    """Sales and returns together, or sales without them, are sales."""
    draw = random.Random(16)
    head = ["Ticket", "Client", "Date", "Montant"]

    def lines(first: int, start: int) -> list[Row]:
        return [[f"T{first + n:05d}", f"C{draw.randrange(80):03d}", day(start + n), round(draw.uniform(9, 90), 2)] for n in range(300)]

    model = understood(tmp_path, {"ventes_2023.csv": (head, lines(0, 0)), name: (head, lines(1000, 365))})
    assert {reading.file: reading.kind for reading in model.readings}[name] is kind


def test_a_price_of_purchase_beside_the_prices_of_sale_is_no_revenue(tmp_path: Path) -> None:
    draw = random.Random(17)
    rows: list[Row] = [[f"T{n:05d}", f"C{draw.randrange(80):03d}", day(n), f"A{draw.randrange(9)}", draw.randint(1, 4), round(draw.uniform(3, 30), 2)] for n in range(300)]
    model = understood(tmp_path, {"ventes.csv": (["Ticket", "Client", "Date", "Article", "Quantité", "Coût d'achat"], rows)})
    assert role(model, "ventes.csv", "Coût d'achat") is Role.COST


@pytest.mark.parametrize("header", ["Ticket price", "Prix par personne"])
def test_a_price_by_head_is_no_total(header: str, tmp_path: Path) -> None:
    """Each event has its price, for one or for six."""
    draw = random.Random(18)
    rows: list[Row] = []
    for n in range(300):
        event = draw.randrange(6)
        rows.append([f"B{n:05d}", f"C{draw.randrange(80):03d}", day(n), f"Event {event}", draw.randint(1, 6), 12.0 + 4 * event])
    model = understood(tmp_path, {"bookings.csv": (["Booking ID", "Customer ID", "Booking date", "Event", "Number of people", header], rows)})
    assert role(model, "bookings.csv", header) is Role.UNIT_PRICE


@pytest.mark.parametrize("header", ["Délai de livraison (j)", "Shipping time", "delivery_days", "Délai d'expédition"])
def test_the_time_a_delivery_takes_is_no_cost(header: str, tmp_path: Path) -> None:
    draw = random.Random(19)
    rows: list[Row] = [[f"B{n:05d}", f"C{draw.randrange(80):03d}", day(n), f"A{draw.randrange(9)}", round(draw.uniform(9, 90), 2), draw.randint(1, 14)] for n in range(300)]
    model = understood(tmp_path, {"commandes.csv": (["N° commande", "N° client", "Date commande", "Article", "Montant TTC", header], rows)})
    assert role(model, "commandes.csv", header) is Role.MEASURE


def test_a_doubtful_order_whose_values_are_the_customers_is_the_customer(tmp_path: Path) -> None:
    """« Fiche » in a file of complaints: its codes are the customers' own and no sale's; codes of sales stay orders."""
    rng = random.Random(9)
    people = [[f"D{n:04d}", f"Nom{n}", rng.choice(["Metz", "Nancy"]), day(n)] for n in range(300)]
    visits = [[f"T{n:05d}", f"D{rng.randrange(300):04d}", day(n // 3), rng.choice([18, 25, 40])] for n in range(2400)]
    complaints = [[f"R{n:03d}", f"D{rng.randrange(300):04d}", day(n * 2), rng.choice(["Attente", "Prix", "Soin"])] for n in range(250)]
    sales = [[f"R{n:03d}", f"T{rng.randrange(2400):05d}", day(n * 2), rng.choice(["Attente", "Prix", "Soin"])] for n in range(250)]
    files = {
        "patients.csv": (["Réf. fiche", "Nom", "Ville", "Inscrit le"], people),
        "visites.csv": (["N° ticket", "Fiche", "Date", "Montant TTC"], visits),
    }
    for name, rows, told in (("plaintes", complaints, Role.CUSTOMER_ID), ("litiges", sales, Role.ORDER_ID)):
        folder = tmp_path / name
        folder.mkdir()
        model = understood(folder, {**files, f"{name}.csv": (["N° réclamation", "Fiche" if told is Role.CUSTOMER_ID else "N° ticket", "Date de la réclamation", "Motif"], rows)})  # fmt: skip
        assert role(model, f"{name}.csv", "Fiche" if told is Role.CUSTOMER_ID else "N° ticket") is told


@pytest.mark.parametrize(("file", "header"), [("sites.csv", "N° site"), ("clients.csv", "Code site"), ("sites.csv", "Site")])
def test_sites_under_contract_are_the_customers_and_their_calls_lead_to_them(tmp_path: Path, file: str, header: str) -> None:
    """A cleaner of offices: no customer is named, buildings are."""
    rng = random.Random(4)
    sites = [[f"S{n:04d}", day(rng.randint(0, 500)), day(rng.randint(520, 1000)) if rng.random() < 0.3 else "", rng.choice(["Hebdo", "Quotidien"]), rng.choice(["Lille", "Metz"])]
             for n in range(400)]  # fmt: skip
    calls = [[n, f"S{rng.randint(0, 399):04d}", day(rng.randint(0, 1000)), rng.choice(["Oubli", "Produit", "Clé"]), rng.choice(["oui", "non"])] for n in range(1, 700)]
    model = understood(tmp_path, {
        file: ([header, "Début du contrat", "Fin du contrat", "Passages", "Ville"], sites),
        "reclamations.csv": (["N° appel", header, "Date", "Motif", "Traité"], calls),
    })  # fmt: skip
    assert role(model, file, header) is Role.CUSTOMER_ID
    assert role(model, "reclamations.csv", header) is Role.CUSTOMER_ID
    assert model.lost.basis is LostBasis.CONTRACT_END


@pytest.mark.parametrize(("file", "known"), [("agences clientes.csv", True), ("agences.csv", False)])
def test_establishments_called_customers_are_the_customers(tmp_path: Path, file: str, known: bool) -> None:
    """A printer of signs sells to estate agencies: the file's name says customers. Else they may be the house's own."""
    rng = random.Random(6)
    agencies = [[f"AG{n:04d}", f"Agence {rng.choice(['Leroy', 'Petit', 'Morel'])}", rng.choice(["Lyon", "Metz"]), rng.choice(["oui", "non"])] for n in range(150)]
    jobs = [[f"P{n:05d}", f"AG{rng.randint(0, 149):04d}", day(n // 3), round(rng.uniform(40, 900), 2), rng.choice(["Panneau", "Vitrine"])] for n in range(3000)]
    model = understood(tmp_path, {
        file: (["N° agence", "Raison sociale", "Ville", "Vitrophanie"], agencies),
        "travaux.csv": (["N° commande", "N° agence", "Date de commande", "Montant HT", "Famille"], jobs),
    })  # fmt: skip
    assert {role(model, file, "N° agence"), role(model, "travaux.csv", "N° agence")} == {Role.CUSTOMER_ID if known else Role.STORE_ID}


def test_shops_beside_sales_that_name_nobody_are_no_customers(tmp_path: Path) -> None:
    rng = random.Random(5)
    shops = [[f"B{n:03d}", f"Boutique {n}", day(rng.randint(0, 300)), ""] for n in range(60)]
    sales = [[n, f"B{rng.randint(0, 59):03d}", day(rng.randint(300, 1000)), round(rng.uniform(5, 90), 2)] for n in range(1, 900)]
    model = understood(tmp_path, {
        "boutiques.csv": (["code magasin", "nom du magasin", "ouvert le", "fermé le"], shops),
        "ventes.csv": (["ticket", "code magasin", "date", "montant"], sales),
    })  # fmt: skip
    assert model.kind("t0") is TableKind.STORES and role(model, "ventes.csv", "code magasin") is Role.STORE_ID


@pytest.mark.parametrize(("header", "joined"), [("badge_no", True), ("badge_used", False)])
def test_movements_told_by_the_badge_find_whose_badge_it_is(tmp_path: Path, header: str, joined: bool) -> None:
    """Members of a pool have a number and a badge; entries bear the badge, called as it is in their list (another name proves nothing)."""
    draw = random.Random(9)
    members: list[Row] = [[f"M{n:04d}", f"Anna{n}", f"member{n}@pool.org", day(n), f"BD{n:06d}"] for n in range(120)]
    passes: list[Row] = [[f"S{n:05d}", f"M{draw.randrange(120):04d}", day(n // 2), round(draw.uniform(5, 60), 2)] for n in range(600)]
    entries: list[Row] = [[f"BD{draw.randrange(120):06d}", day(draw.randrange(600)), draw.choice([5, 10, -20]), draw.choice(["earn", "burn"])] for _ in range(800)]
    model = understood(tmp_path, {
        "members.csv": (["member_id", "first_name", "email", "joined_on", "badge_no"], members),
        "sales.csv": (["sale_id", "member_id", "sale_date", "amount"], passes),
        "loyalty_points.csv": ([header, "movement_date", "points", "movement_type"], entries),
    })  # fmt: skip
    holder = next(table.table for table in model.tables if table.file == "members.csv")
    points = next(table.table for table in model.tables if table.file == "loyalty_points.csv")
    found = [key for key in model.keys if key.left_table == points and key.right_table == holder]
    assert bool(found) is joined


def test_a_number_of_visit_is_that_of_the_sale(tmp_path: Path) -> None:
    """An optician's workshop: jobs of several lines, each of one customer and of one day; a bench number is nobody's."""
    draw, rows = random.Random(41), list[Row]()
    for visit in range(150):
        who, when = f"K{draw.randrange(50):03d}", day(visit * 3)
        rows += [(who, 70100 + visit, 2000 + draw.randrange(60), when, draw.choice(("Lens", "Screw", "Case")), f"{draw.uniform(3, 90):.2f}") for _ in range(draw.randint(1, 3))]
    model = understood(tmp_path, {"atelier.csv": (("Client", "N° passage", "N° établi", "Date passage", "Article", "Montant"), rows)})
    assert role(model, "atelier.csv", "N° passage") is Role.ORDER_ID and role(model, "atelier.csv", "N° établi") is not Role.ORDER_ID


@pytest.mark.parametrize(("header", "high", "far"), [("Km", 150_000, False), ("Km", 60, True), ("distance_m", 90_000, True)])
def test_nobody_lives_farther_than_the_other_side_of_the_earth(tmp_path: Path, header: str, high: int, far: bool) -> None:
    draw = random.Random(42)
    rows: list[Row] = [(f"K{n:03d}", f"Ann{n}", day(n), draw.randint(high // 20, high)) for n in range(120)]
    model = understood(tmp_path, {"customers.csv": (("Customer No", "Name", "Joined", header), rows)})
    assert (role(model, "customers.csv", header) is Role.DISTANCE) is far


def test_postcodes_of_letters_and_figures_are_so_whatever_their_header(tmp_path: Path) -> None:
    draw = random.Random(43)
    rows: list[Row] = [(f"K{n:03d}", f"Ann{n}", day(n), draw.choice(("EH1 2NG", "SW1A 1AA", "M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT"))) for n in range(120)]
    model = understood(tmp_path, {"customers.csv": (("Customer No", "Name", "Joined", "Sector"), rows)})
    assert role(model, "customers.csv", "Sector") is Role.POSTCODE


def test_what_was_used_on_a_job_leads_to_the_job_by_its_number() -> None:
    """Jobs opened and closed are tickets, and the parts fitted on them are told by their number."""
    rng = random.Random(12)
    jobs = [
        {"Job": f"J-{place:05}", "Boiler owner": f"B{place % 60:03}", "Raised": f"2024-0{1 + place % 9}-1{place % 9}", "Fault": rng.choice(("No heat", "Leak", "Noise")),
         "Resolved": rng.choice(("Yes", "Yes", "No")), "Resolved on": f"2024-0{1 + place % 9}-2{place % 9}"}
        for place in range(150)
    ]  # fmt: skip
    parts = [{"Job": f"J-{rng.randrange(150):05}", "Part": rng.choice(("Valve", "Pump", "Fan")), "Qty": rng.randrange(1, 4)} for _ in range(240)]
    model = model_of({"faults.csv": jobs, "parts_fitted.csv": parts})
    tables = {table.table: table.file for table in model.tables}
    assert ("parts_fitted.csv", "faults.csv") in {(tables[key.left_table], tables[key.right_table]) for key in model.keys}
