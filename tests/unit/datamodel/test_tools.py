"""The tools' own exports, written as the tools write them: recognised, and their figures those counted by hand."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.model import LostBasis
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.tools.declarations import declarations
from analytics.importing import import_files, open_study
from analytics.study import Study
from analytics.workspace import Workspace

TODAY = date(2025, 12, 31)
Line = dict[str, object]


@contextmanager
def opened(folder: Path, files: dict[str, list[Line]], delimiter: str = ",") -> Iterator[Study]:
    """Write, import, open."""
    paths = []
    for name, rows in files.items():
        paths.append(folder / name)
        with paths[-1].open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(dict.fromkeys(key for row in rows for key in row)), delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
    import_files(Workspace(folder / "w"), paths, today=TODAY)
    study = open_study(Workspace(folder / "w"))
    try:
        yield study
    finally:
        study.database.close()


def totals(study: Study) -> tuple[int, int, float]:
    """Customers, orders kept, net revenue."""
    customers, orders, amount = study.database.row("SELECT COUNT(*), SUM(orders), SUM(amount) FROM customers")
    return int(customers), int(orders or 0), float(amount or 0)


def test_shopify_totals_count_once_and_what_was_given_back_does_not(tmp_path: Path) -> None:
    """Two-line orders whose first line alone has the total; refunds, a cancelled order, a voided one, a test one."""
    rng = random.Random(1)
    rows: list[Line] = []
    kept: dict[str, float] = {}
    people: set[str] = set()
    for n in range(300):
        email, day = f"Client{n % 60}@example.com", datetime(2024, 1, 1, 10) + timedelta(days=n * 2)
        prices = [round(rng.uniform(5, 60), 2) for _ in range(1 + n % 3)]
        total = round(sum(prices) + 4.9, 2)
        fate = {3: "voided", 5: "cancelled", 7: "bogus", 11: "partial", 13: "refunded"}.get(n % 17, "paid")
        refund = {"partial": round(total / 4, 2), "refunded": total}.get(fate, 0.0)
        status = {"voided": "voided", "partial": "partially_refunded", "refunded": "refunded"}.get(fate, "paid")
        for place, price in enumerate(prices):
            first = place == 0
            rows.append({
                "Name": f"#{1000 + n}", "Email": email if first else email.lower(),
                "Financial Status": status if first else "", "Paid at": day if first else "",
                "Currency": "EUR" if first else "", "Subtotal": round(sum(prices), 2) if first else "",
                "Shipping": 4.9 if first else "", "Taxes": round(total / 6, 2) if first else "",
                "Total": total if first else "", "Discount Code": "BIENVENUE" if first and n % 5 == 0 else "",
                "Discount Amount": 0 if first else "", "Created at": f"{day} +0200" if first else "",
                "Lineitem quantity": 1, "Lineitem name": f"Article {place}", "Lineitem price": price,
                "Lineitem sku": f"A{place}", "Cancelled at": f"{day} +0200" if first and fate == "cancelled" else "",
                "Payment Method": ("bogus" if fate == "bogus" else "Shopify Payments") if first else "",
                "Refunded Amount": refund if first else "", "Id": 550000 + n if first else "",
            })  # fmt: skip
        if fate in ("paid", "partial"):
            kept[f"#{1000 + n}"] = total - refund
        people.add(email.lower())
    with opened(tmp_path, {"orders_export_1.csv": rows}) as study:
        assert study.model.kind("t0") is TableKind.TRANSACTIONS
        assert totals(study) == (len(people), len(kept), pytest.approx(sum(kept.values()), abs=0.01))
        products = study.database.rows("SELECT product, SUM(amount) FROM purchases WHERE kept GROUP BY 1 ORDER BY 1")
        assert [name for name, _ in products] == ["Article 0", "Article 1", "Article 2"]
        assert sum(float(amount) for _, amount in products) == pytest.approx(sum(kept.values()), abs=0.01)
        assert any("Shopify" in note.render("fr") for note in study.model.tables[0].notes)


def test_shopify_orders_join_the_customers_export_by_address(tmp_path: Path) -> None:
    """Orders know an e-mail, customers too: one person, with their consent."""
    orders: list[Line] = [{
        "Name": f"#{n}", "Email": f"p{n % 40}@example.com", "Financial Status": "paid", "Total": 10 + n % 7,
        "Currency": "EUR", "Created at": f"{date(2025, 1, 1) + timedelta(days=n)} 10:00:00 +0200",
        "Fulfilled at": f"{date(2025, 1, 3) + timedelta(days=n)} 09:00:00 +0200",
        "Lineitem quantity": 1, "Lineitem name": "Thé", "Lineitem price": 10 + n % 7,
    } for n in range(240)]  # fmt: skip
    people: list[Line] = [{
        "Customer ID": 9000 + n, "First Name": "Ana", "Last Name": f"Petit{n}", "Email": f"P{n}@example.com",
        "Accepts Email Marketing": "yes" if n % 2 else "no", "Total Spent": 0, "Total Orders": 0, "Tags": "",
    } for n in range(50)]  # fmt: skip
    with opened(tmp_path, {"orders_export.csv": orders, "customers_export.csv": people}) as study:
        customers, kept, amount = totals(study)
        assert (customers, kept) == (50, 240)
        assert [a.sources[0][1] for a in study.purchase_attributes if a.role is Role.DELIVERY_DATE] == ["Fulfilled at"]  # how long a parcel took to leave
        assert amount == pytest.approx(sum(float(str(row["Total"])) for row in orders), abs=0.01)


def test_stripe_payments_net_of_refunds_without_failures_or_tests(tmp_path: Path) -> None:
    """Dashboard export: converted amounts less refunds, failed and uncaptured and test-mode payments out."""
    rows: list[Line] = []
    expected: dict[str, float] = {}
    for n in range(260):
        status = {3: "Failed", 5: "Refunded", 8: "requires_payment_method"}.get(n % 20, "Paid")
        amount = 20.0 + n % 9
        back = amount if status == "Refunded" else (5.0 if n % 20 == 7 else 0.0)
        mode, captured = ("Test" if n % 20 == 11 else "Live"), ("false" if n % 20 == 13 else "true")
        rows.append({
            "id": f"ch_{n:024d}", "Created date (UTC)": f"{date(2024, 1, 1) + timedelta(days=2 * n)} 23:30:00",
            "Amount": amount * 1.1, "Amount Refunded": back * 1.1, "Currency": "usd", "Captured": captured,
            "Converted Amount": amount, "Converted Amount Refunded": back, "Converted Currency": "eur",
            "Fee": 0.5, "Status": status, "Mode": mode, "Customer ID": f"cus_{n % 50:014d}",
            "Customer Email": f"c{n % 50}@example.com", "Description": "Charge",
        })  # fmt: skip
        if status == "Paid" and mode == "Live" and captured == "true":
            expected[f"ch_{n:024d}"] = amount - back
    with opened(tmp_path, {"unified_payments.csv": rows}) as study:
        assert study.model.currency == "EUR"
        assert totals(study) == (50, len(expected), pytest.approx(sum(expected.values()), abs=0.01))


def test_stripe_charges_in_cents_and_in_yen(tmp_path: Path) -> None:
    """An export of the API: minor units, seconds since 1970; yen have no cents."""
    rows: list[Line] = []
    expected = 0.0
    for n in range(200):
        live, paid = n % 10 != 4, n % 10 != 6
        rows.append({
            "id": f"ch_{n:024d}", "object": "charge", "amount": 1990 + n, "amount_captured": 1990 + n, "amount_refunded": 0,
            "created": int(datetime(2024, 1, 1).timestamp()) + n * 86_400, "currency": "jpy",
            "customer": f"cus_{n % 40:014d}", "livemode": str(live).lower(), "paid": str(paid).lower(),
            "status": "succeeded" if paid else "failed",
        })  # fmt: skip
        expected += (1990 + n) if live and paid else 0
    with opened(tmp_path, {"charges.csv": rows}) as study:
        assert totals(study)[2] == pytest.approx(expected)
    for row in rows:
        row["currency"] = "eur"
    (tmp_path / "eur").mkdir()
    with opened(tmp_path / "eur", {"charges.csv": rows}) as study:
        assert totals(study) == (40, 160, pytest.approx(expected / 100, abs=0.01))
        assert study.as_of == date(2024, 1, 1) + timedelta(days=199)


@pytest.mark.parametrize("cents", [True, False])
def test_stripe_charges_of_a_warehouse_say_no_mode(tmp_path: Path, cents: bool) -> None:
    """The table that a warehouse holds: minor units are whole; amounts with a decimal part were brought to units before."""
    rows: list[Line] = [
        {
            "id": f"ch_{n:024d}", "amount": (1990 + n) if cents else (1990 + n) / 100, "amount_refunded": 0, "currency": "gbp",
            "created": f"{date(2024, 1, 1) + timedelta(days=n):%Y-%m-%d}T09:00:00Z", "customer_id": f"cus_{n % 40:014d}",
            "status": "succeeded" if n % 10 != 6 else "failed", "paid": str(n % 10 != 6).lower(),
        }
        for n in range(200)
    ]  # fmt: skip
    with opened(tmp_path, {"charges.csv": rows}) as study:
        assert totals(study) == (40, 180, pytest.approx(sum(1990 + n for n in range(200) if n % 10 != 6) / 100, abs=0.01))


def test_prestashop_keeps_a_paid_order_that_awaits_its_goods(tmp_path: Path) -> None:
    """« En attente de réapprovisionnement (payé) » was paid, a part refunded leaves a sale; what awaits its payment is none."""
    states = {
        "Livré": True, "En attente de réapprovisionnement (payé)": True, "En attente de réapprovisionnement (non payé)": False,
        "Remboursement partiel": True, "Remboursé": False, "Erreur de paiement": False, "En attente de virement bancaire": False,
    }  # fmt: skip
    rows: list[Line] = [
        {
            "ID": n, "Référence": f"REF{n:06d}", "Nouveau client": 0, "Client": f"A. Client{n % 30}", "Total": f"{20 + n},00 €", "Paiement": "Carte",
            "État": list(states)[n % 7], "Date": f"{date(2024, 1, 1) + timedelta(days=n):%Y-%m-%d} 10:00:00",
        }
        for n in range(280)
    ]  # fmt: skip
    with opened(tmp_path, {"order.csv": rows}, delimiter=";") as study:
        assert totals(study)[2] == pytest.approx(sum(20 + n for n in range(280) if list(states.values())[n % 7]))


def test_stripe_subscriptions_end_when_they_end(tmp_path: Path) -> None:
    """A cancellation asked for is no departure before the end; a yearly price is a twelfth a month."""
    rows: list[Line] = [{
        "id": f"sub_{n:020d}", "Customer ID": f"cus_{n:014d}", "Customer Email": f"c{n}@example.com", "Plan": "Pro",
        "Quantity": 1, "Currency": "eur", "Interval": "year" if n % 2 else "month", "Amount": 240.0 if n % 2 else 30.0,
        "Status": "canceled" if n % 5 == 0 else "active", "Created (UTC)": "2023-01-05 08:00", "Start (UTC)": "2023-01-05 08:00",
        "Current Period End (UTC)": "2026-01-05 08:00",
        "Canceled At (UTC)": "2025-03-01 09:00" if n % 5 in (0, 1) else "",
        "Ended At (UTC)": "2025-06-01 09:00" if n % 5 == 0 else "",
    } for n in range(200)]  # fmt: skip
    with opened(tmp_path, {"subscriptions.csv": rows}) as study:
        assert study.database.row("SELECT COUNT(*), COUNT(*) FILTER (lost) FROM customers") == (200, 40)
        assert study.database.row("SELECT SUM(amount) FROM contracts")[0] == pytest.approx(100 * 20.0 + 100 * 30.0)


@pytest.mark.parametrize("labels", ["codes", "words"])
def test_woocommerce_guests_and_statuses(labels: str, tmp_path: Path) -> None:
    """Guests are customer 0 and told by their e-mail; totals repeated on each line count once; meta columns say nothing."""
    names = {
        "codes": ("order_id", "order_number", "order_date", "status", "order_total", "customer_id", "billing_email",
                  "item_name", "item_quantity", "item_price", "refunded_total"),
        "words": ("Order ID", "Order Number", "Order Date", "Order Status", "Order Total Amount", "Customer User ID",
                  "Email (Billing)", "Item Name", "Quantity", "Item Cost", "Order Refund Amount"),
    }[labels]  # fmt: skip
    rows: list[Line] = []
    kept: dict[int, float] = {}
    for n in range(240):
        status = {2: "wc-cancelled", 4: "wc-failed", 6: "wc-pending", 9: "wc-refunded"}.get(n % 16, "wc-completed")
        prices = [10.0 + n % 5, 7.5][: 1 + n % 2]
        total, back = sum(prices) + 3.9, (2.0 if n % 16 == 11 else 0.0)
        for price in prices:
            values = (n, n, f"{date(2024, 1, 1) + timedelta(days=2 * n)} 12:00:00", status, total, 0 if n % 3 else n % 30,
                      f"Guest{n % 45}@Example.com", "Savon", 1, price, back)  # fmt: skip
            rows.append({**dict(zip(names, values, strict=True)), "meta:_stripe_fee": 0.4, "_order_key": f"wc_{n}"})
        if status == "wc-completed":
            kept[n] = total - back
    with opened(tmp_path, {"orders.csv": rows}) as study:
        assert totals(study) == (45, len(kept), pytest.approx(sum(kept.values()), abs=0.01))
        bound = {binding.name for binding in study.model.bindings}
        assert "meta:_stripe_fee" not in bound


def test_what_a_tool_calls_the_amount_is_the_only_one(tmp_path: Path) -> None:
    """WooCommerce's total before the discount is no second amount beside the order's."""
    rows: list[Line] = []
    for n in range(120):
        items, off = 20.0 + n % 30, (2.0 if n % 3 == 0 else "")
        rows.append({
            "Order Number": 900 + n, "Order Date": f"{date(2024, 1, 1) + timedelta(days=2 * n)} 12:00", "Order Status": "Completed",
            "Email (Billing)": f"client{n % 40}@example.com", "Order Items Amount": items, "Cart Discount Amount": off,
            "Order Shipping Amount": 3.95, "Order Total Amount": round(items - float(off or 0) + 3.95, 2), "Payment Method Title": "Card",
        })  # fmt: skip
    with opened(tmp_path, {"orders.csv": rows}) as study:
        assert [binding.name for binding in study.model.bindings if binding.role is Role.AMOUNT] == ["Order Total Amount"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_prestashop_order_states(language: str, tmp_path: Path) -> None:
    """Orders cancelled, refunded, in error or awaiting payment are no sales."""
    heads = {"fr": ["ID", "Référence", "Nouveau client", "Livraison", "Client", "Total", "Paiement", "État", "Date"],
             "en": ["ID", "Reference", "New client", "Delivery", "Customer", "Total", "Payment", "Status", "Date"]}  # fmt: skip
    states = {"fr": ["Livré", "Paiement accepté", "Annulé", "Remboursé", "Erreur de paiement", "En attente du paiement par chèque"],
              "en": ["Delivered", "Payment accepted", "Canceled", "Refunded", "Payment error", "Awaiting check payment"]}  # fmt: skip
    rows: list[Line] = []
    expected = []
    for n in range(240):
        state = states[language][n % 6]
        amount = 12.0 + n % 11
        values = (n + 1, f"REF{n:06d}", "0", "France", f"J. Dupont{n % 40}", f"{amount:.2f} €".replace(".", ","), "Carte", state,
                  f"{date(2024, 1, 1) + timedelta(days=2 * n)} 09:00:00")  # fmt: skip
        rows.append(dict(zip(heads[language], values, strict=True)))
        expected += [amount] if n % 6 < 2 else []
    with opened(tmp_path, {"order.csv": rows}, delimiter=";") as study:
        assert totals(study)[1:] == (len(expected), pytest.approx(sum(expected), abs=0.01))


@pytest.mark.parametrize("heads", [("ID client", "Client", "Référence", "État", "Nouveau client"), ("Customer ID", "Customer", "Reference", "Status", "New client")])
def test_prestashop_s_number_of_the_customer_is_surer_than_the_name(heads: tuple[str, ...], tmp_path: Path) -> None:
    """Two people of one name are two customers where the shop's own number is exported too."""
    number, name, reference, status, new = heads
    rows: list[Line] = [{
        "ID": n + 1, reference: f"R{n:06d}", number: 300 + n % 40, name: f"J. Dupont{n % 30}", new: 0, "Total": 12.5 + n % 7, status: "Livré",
        "Date": f"{date(2024, 1, 1) + timedelta(days=2 * n)} 09:00:00",
    } for n in range(240)]  # fmt: skip
    with opened(tmp_path, {"order.csv": rows}) as study:
        roles = {binding.name: binding.role for binding in study.model.bindings}
        assert roles[number] is Role.CUSTOMER_ID and roles[name] is Role.FULL_NAME
        assert totals(study)[0] == 40


def test_mailchimp_and_brevo_opens_are_no_evidence(tmp_path: Path) -> None:
    """Opens play no role; clicks do; a blocklisted address has refused whatever its sign-up says."""
    activity: list[Line] = [
        {"Email Address": f"a{n}@example.com", "Opens": 3, "Clicks": n % 2, "Send Date": "2025-05-01"} for n in range(80)
    ]
    contacts: list[Line] = [{
        "CONTACT ID": n, "EMAIL": f"A{n}@example.com", "PRENOM": "Léa", "NOM": f"Nom{n}", "SMS": "",
        "OPT_IN": "true" if n % 2 else "false", "BLACKLIST": "true" if n % 4 == 1 else "false",
        "ADDED_TIME": "2024-02-01 10:00:00", "MODIFIED_TIME": "2025-02-01 10:00:00",
    } for n in range(80)]  # fmt: skip
    with opened(tmp_path, {"activity.csv": activity, "brevo.csv": contacts}) as study:
        assert not study.model.has((Role.OPENED,))
        flags = study.database.row("SELECT COUNT(*) FILTER (flag), COUNT(*) FROM touches WHERE kind = 'contact'")
        assert flags == (40, 80)
        consent = next(a.column for a in study.attributes if a.role is Role.CONSENT_EMAIL)
        assert study.database.row(f"SELECT COUNT(*) FILTER ({consent}), COUNT(*) FROM customers") == (20, 80)


@pytest.mark.parametrize("heads", [
    ("Record ID", "First Name", "Last Name", "Email", "Lifecycle Stage", "Create Date"),
    ("ID de l'enregistrement", "Prénom", "Nom", "E-mail", "Phase du cycle de vie", "Date de création"),
])  # fmt: skip
def test_hubspot_leads_are_no_customers(heads: tuple[str, ...], tmp_path: Path) -> None:
    """Of leads, subscribers and customers, only customers are in the base."""
    stages = ("Subscriber", "Lead", "Customer", "Opportunity") if heads[0] == "Record ID" else (
        "Abonné", "Lead", "Client", "Opportunité")  # fmt: skip
    rows: list[Line] = [
        dict(zip(heads, (7000 + n, "Zoé", f"Roy{n}", f"z{n}@example.com", stages[n % 4], "2023-05-01 09:12"), strict=True))
        for n in range(200)
    ]
    with opened(tmp_path, {"contacts.csv": rows}) as study:
        assert study.database.row("SELECT COUNT(*) FROM customers")[0] == 50


def test_salesforce_deleted_accounts_and_prospects_are_left_out(tmp_path: Path) -> None:
    """Accounts in the recycle bin, and prospects, are no customers."""
    rows: list[Line] = [{
        "Id": f"001{n:015d}", "IsDeleted": "true" if n % 10 == 0 else "false", "Name": f"Société {n}", "Type":
        "Prospect" if n % 4 == 1 else "Customer", "ParentId": "", "Industry": "Retail", "NumberOfEmployees": 10 + n,
        "OwnerId": "005000000000001", "CreatedDate": "2022-03-01T10:00:00.000Z",
    } for n in range(200)]  # fmt: skip
    expected = sum(n % 10 != 0 and n % 4 != 1 for n in range(200))
    with opened(tmp_path, {"Account.csv": rows}) as study:
        assert study.database.row("SELECT COUNT(*) FROM customers")[0] == expected


def test_zendesk_statuses(tmp_path: Path) -> None:
    """Solved and Closed are settled, Pending and Open are not, Deleted is not a ticket; they join buyers by e-mail."""
    statuses = ("Solved", "Closed", "Open", "Pending", "Deleted")
    tickets: list[Line] = [{
        "Summation column": 1, "Id": n, "Requester": f"Zoé {n}", "Requester id": 5000 + n % 30, "Requester external id": "",
        "Requester email": f"Z{n % 30}@example.com", "Status": statuses[n % 5], "Priority": "Normal", "Via": "Mail",
        "Ticket type": "Problem", "Created at": "2025-03-01 09:00", "Updated at": "2025-03-03 09:00",
        "Solved at": "2025-03-02 10:00" if n % 5 < 2 else "", "Satisfaction Score": "Offered",
    } for n in range(150)]  # fmt: skip
    sales: list[Line] = [{
        "order_id": f"O{n}", "email": f"z{n % 30}@example.com", "order_date": date(2024, 1, 1) + timedelta(days=2 * n),
        "total": 20.0,
    } for n in range(300)]  # fmt: skip
    with opened(tmp_path, {"tickets.csv": tickets, "orders.csv": sales}) as study:
        settled = study.database.row("SELECT COUNT(*) FILTER (flag), COUNT(*) FROM touches WHERE kind = 'ticket'")
        assert settled == (60, 120)


def test_square_refunds_and_odoo_quotations(tmp_path: Path) -> None:
    """Negative rows take off; a quotation is no sale."""
    square: list[Line] = [{
        "Date": f"{(date(2024, 1, 1) + timedelta(days=n)):%m/%d/%Y}", "Time": "10:00:00", "Time Zone": "Paris", "Category": "Thé",
        "Item": "Thé vert", "Qty": 1, "Price Point Name": "", "SKU": "", "Gross Sales": "$12.00", "Discounts": "$0.00",
        "Net Sales": "-$12.00" if n % 20 == 9 else "$12.00", "Tax": "$1.00", "Transaction ID": f"T{n}", "Payment ID": f"P{n}",
        "Event Type": "Refund" if n % 20 == 9 else "Payment", "Location": "Lyon", "Customer ID": f"C{n % 40}",
    } for n in range(240)]  # fmt: skip
    with opened(tmp_path, {"items.csv": square}) as study:
        assert totals(study)[1:] == (228, pytest.approx(12.0 * (228 - 12)))
    odoo: list[Line] = [{
        "Référence de la commande": f"S{n:05d}", "Date de la commande": f"{date(2024, 1, 1) + timedelta(days=n)} 10:00:00",
        "Client": f"Maison {n % 40}", "Vendeur": "Ana", "Total": 100.0,
        "Statut": ("Bon de commande", "Devis", "Devis envoyé", "Annulé")[n % 4],
    } for n in range(240)]  # fmt: skip
    (tmp_path / "odoo").mkdir()
    with opened(tmp_path / "odoo", {"sale.order.csv": odoo}) as study:
        assert totals(study)[1:] == (60, pytest.approx(6000.0))


def test_woocommerce_without_addresses_knows_buyers_by_their_account(tmp_path: Path) -> None:
    """An export without e-mails: the account's number is the customer; a buyer without account (0) is nobody in particular."""
    rows: list[Line] = [{
        "order_id": 2000 + n, "order_date": f"{date(2023, 1, 1) + timedelta(days=2 * n)} 10:00:00", "status": "completed",
        "order_total": "20.00", "payment_method_title": "Card", "customer_user": 0 if n % 5 == 0 else 300 + n % 40,
    } for n in range(400)]  # fmt: skip
    with opened(tmp_path, {"wc_orders.csv": rows}) as study:
        customers, orders, amount = totals(study)
        assert customers == 32 and orders == 320 and amount == pytest.approx(6400.0)


def test_amazon_item_prices_are_not_multiplied(tmp_path: Path) -> None:
    """`item-price` is that of all the units of a line; a cancelled order does not count."""
    rows: list[Line] = [{
        "amazon-order-id": f"111-{n // 2:07d}-2222222", "purchase-date": f"{date(2023, 1, 1) + timedelta(days=n // 2)}T10:00:00Z",
        "order-status": "Cancelled" if (n // 2) % 10 == 0 else "Shipped", "buyer-email": f"B{(n // 2) % 30}@marketplace.amazon.com",
        "sku": f"AZ-{n % 20}", "product-name": "Lamp", "quantity": 3, "currency": "EUR", "item-price": "30.00", "item-tax": "5.00",
    } for n in range(600)]  # fmt: skip
    with opened(tmp_path, {"orders.txt": rows}, delimiter="\t") as study:
        customers, orders, amount = totals(study)
        assert orders == 270 and amount == pytest.approx(270 * 2 * 30.0)


def test_every_declaration_is_recognised_and_says_its_traps_in_both_languages() -> None:
    """Twelve tools at least; the sentences hold no digit that no one measured, and differ between languages."""
    assert len({one.tool for one in declarations()}) >= 12
    for one in declarations():
        assert one.said.fr != one.said.en
        assert one.roles, one.name


def test_paypal_money_given_back_is_the_customers_and_transfers_are_no_sales(tmp_path: Path) -> None:
    """Gross before the fee; a refund goes from the house to the customer; money sent to the bank is nothing sold."""
    rng = random.Random(3)
    rows: list[Line] = []
    total, people = 0.0, set()

    def row(n: int, kind: str, gross: float, fee: float, payer: str, paid: str) -> Line:
        day = date(2023, 1, 1) + timedelta(days=n * 2)
        return {
            "Date": day.strftime("%d/%m/%Y"), "Heure": "10:00:00", "Fuseau horaire": "Europe/Paris", "Nom": payer.split("@")[0], "Type": kind,
            "État": "Terminé", "Devise": "EUR", "Avant commission": gross, "Commission": fee, "Net": round(gross + fee, 2),
            "De l'adresse email": payer, "À l'adresse email": paid, "Numéro de transaction": f"TX{len(rows):06d}",
        }  # fmt: skip

    for n in range(400):
        who, gross = f"Client{n % 70}@mail.fr", round(rng.uniform(10, 90), 2)
        rows.append(row(n, "Paiement express Checkout", gross, -round(gross * 0.029 + 0.35, 2), who, "boutique@shop.fr"))
        total, people = total + gross, people | {who.lower()}
        if n % 23 == 5:
            rows.append(row(n, "Remboursement de paiement", -gross, 0.0, "boutique@shop.fr", who))
            total -= gross
        if n % 40 == 39:
            rows.append(row(n, "Virement standard", -500.0, 0.0, "", ""))
    with opened(tmp_path, {"paypal.csv": rows}) as study:
        customers, orders, amount = totals(study)
        assert (customers, orders) == (len(people), 400)
        assert amount == pytest.approx(total, abs=0.01)


def test_eventbrite_tickets_of_one_order_are_one_purchase(tmp_path: Path) -> None:
    """A row a ticket: the buyer is the address, not the number of the ticket."""
    rng = random.Random(4)
    rows: list[Line] = []
    kept: dict[int, float] = {}
    for n in range(300):
        price, fate = rng.choice([25.0, 45.0]), {3: "Not Attending", 5: "Refunded"}.get(n % 19, "Checked In")
        for _ in range(rng.choice([1, 1, 2, 3])):
            rows.append({
                "Order #": 1000 + n, "Order Date": f"{date(2024, 1, 1) + timedelta(days=n * 2)} 10:00:00", "First Name": "A", "Last Name": "B",
                "Email": f"p{n % 120}@mail.fr", "Quantity": 1, "Ticket Type": "VIP" if price == 45 else "Standard", "Attendee #": 5000 + len(rows),
                "Order Type": "Eventbrite Completed", "Currency": "EUR", "Total Paid": price, "Fees Paid": 1.2, "Eventbrite Fees": 0.8,
                "Attendee Status": fate, "Event Name": rng.choice(["Concert", "Atelier"]),
            })  # fmt: skip
            if fate == "Checked In":
                kept[n] = kept.get(n, 0.0) + price
    with opened(tmp_path, {"attendees.csv": rows}) as study:
        customers, orders, amount = totals(study)
        assert (customers, orders) == (120, len(kept))
        assert amount == pytest.approx(sum(kept.values()), abs=0.01)


def test_amazon_s_own_fees_and_transfers_are_no_sales(tmp_path: Path) -> None:
    rng = random.Random(5)
    rows: list[Line] = []
    sold = 0.0
    for n in range(300):
        price, when = round(rng.uniform(10, 60), 2), f"{date(2024, 1, 1) + timedelta(days=n * 2)} 10:00:00"
        base: Line = {"date/time": when, "settlement id": 123, "type": "Order", "order id": f"402-{n}", "sku": "S1", "description": "Sac",
                      "quantity": 1, "buyer": f"B{n % 90}", "product sales": price, "selling fees": -round(price * 0.15, 2), "fba fees": -3.2,
                      "other": 0.0, "total": round(price * 0.85 - 3.2, 2)}  # fmt: skip
        rows.append(base)
        sold += price
        if n % 21 == 4:
            rows.append({**base, "type": "Refund", "product sales": -price, "total": -price})
            sold -= price
        if n % 50 == 9:
            rows.append({"date/time": when, "settlement id": 123, "type": "Transfer", "total": -900.0})
            rows.append({"date/time": when, "settlement id": 123, "type": "Service Fee", "total": -39.0})
    with opened(tmp_path, {"amazon.csv": rows}) as study:
        assert totals(study)[:2] == (90, 300)
        assert totals(study)[2] == pytest.approx(sold, abs=0.01)


def test_the_accounts_file_says_what_each_customer_was_billed(tmp_path: Path) -> None:
    """A FEC: an invoice is three lines, of which one is the customer's; a credit note takes off; payments and opening balances are no sales."""
    rng = random.Random(7)
    rows: list[Line] = []
    billed: dict[str, float] = {}

    def enter(journal: tuple[str, str], number: int, day: date, account: str, who: str, debit: float, credit: float) -> None:
        rows.append({
            "JournalCode": journal[0], "JournalLib": journal[1], "EcritureNum": number, "EcritureDate": f"{day:%Y%m%d}", "CompteNum": account,
            "CompteLib": "Clients" if who else "Autre", "CompAuxNum": who, "CompAuxLib": f"Société {who}" if who else "", "PieceRef": f"P{number:05d}",
            "PieceDate": f"{day:%Y%m%d}", "EcritureLib": "écriture", "Debit": f"{debit:.2f}".replace(".", ","), "Credit": f"{credit:.2f}".replace(".", ","),
            "EcritureLet": "", "DateLet": "", "ValidDate": f"{day:%Y%m%d}", "Montantdevise": "", "Idevise": "",
        })  # fmt: skip

    sales, bank, opening = ("VE", "Journal des ventes"), ("BQ", "Crédit Agricole"), ("AN", "À nouveaux")
    for n in range(40):
        enter(opening, 1, date(2024, 1, 1), "411000", f"C{n:03d}", 300.0, 0.0)
    for n in range(2, 402):
        day, who = date(2024, 1, 2) + timedelta(days=n), f"C{rng.randrange(60):03d}"
        net = round(rng.uniform(50, 900), 2)
        tax = round(net * 0.2, 2)
        whole, back = round(net + tax, 2), n % 25 == 0
        enter(sales, n, day, "411000", who, 0.0 if back else whole, whole if back else 0.0)
        enter(sales, n, day, "706000", "", net if back else 0.0, 0.0 if back else net)
        enter(sales, n, day, "445710", "", tax if back else 0.0, 0.0 if back else tax)
        billed[who] = billed.get(who, 0.0) + (-whole if back else whole)
        if n % 2:
            enter(bank, 10_000 + n, day + timedelta(days=20), "512000", "", whole, 0.0)
            enter(bank, 10_000 + n, day + timedelta(days=20), "411000", who, 0.0, whole)
    with opened(tmp_path, {"123456789FEC20241231.txt": rows}, delimiter="\t") as study:
        customers, orders, amount = totals(study)
    assert customers == len(billed) and orders == 384
    assert amount == pytest.approx(sum(billed.values()))


def test_a_ledger_with_the_accounts_file_s_headers_is_read_as_one(tmp_path: Path) -> None:
    """Some of the eighteen headers, of the customers' accounts alone: the bank's entries pay, and are no sales."""
    rng, rows, billed = random.Random(8), list[Line](), 0.0
    for n in range(300):
        paid, amount = n % 3 == 0, round(rng.uniform(45, 3200), 2)
        billed += 0.0 if paid else amount
        rows.append({
            "CompteNum": "411000", "CompAuxNum": f"C{rng.randrange(60):04d}", "CompAuxLib": f"Société {rng.randrange(60)}", "JournalCode": "BQ" if paid else "VE",
            "EcritureNum": 4410 + n, "EcritureDate": f"{date(2022, 1, 3) + timedelta(days=3 * n):%Y%m%d}", "PieceRef": f"FV{n:06d}", "EcritureLib": "écriture",
            "Debit": "0,00" if paid else f"{amount:.2f}".replace(".", ","), "Credit": f"{amount:.2f}".replace(".", ",") if paid else "0,00", "EcritureLet": "",
        })  # fmt: skip
    with opened(tmp_path, {"grand_livre.csv": rows}, delimiter=";") as study:
        assert totals(study)[1:] == (200, pytest.approx(billed))


def test_prestashop_s_own_tables(tmp_path: Path) -> None:
    """`total_paid` alone is what was paid; `active` says that an account works, not that a customer has left."""
    draw = random.Random(9)
    people: list[Line] = [
        {"id_customer": n + 1, "id_gender": 1 + n % 2, "firstname": "Léa", "lastname": f"Martin{n}", "email": f"lea{n}@exemple.fr", "birthday": "1980-01-01",
         "newsletter": n % 2, "optin": n % 3 == 0, "active": int(n % 9 > 0), "date_add": f"{date(2022, 1, 1) + timedelta(days=n)} 10:00:00"}
        for n in range(90)
    ]  # fmt: skip
    orders: list[Line] = [
        {"id_order": n + 1, "reference": f"XK{n:07d}", "id_customer": 1 + draw.randrange(90), "current_state": 6 if n % 10 == 0 else 5,
         "payment": "Carte", "total_paid": 20.0 + n % 40, "date_add": f"{date(2023, 1, 1) + timedelta(days=n)} 09:00:00"}
        for n in range(400)
    ]  # fmt: skip
    with opened(tmp_path, {"ps_customer.csv": people, "ps_orders.csv": orders}) as study:
        assert totals(study)[1:] == (360, pytest.approx(sum(20.0 + n % 40 for n in range(400) if n % 10)))
        assert study.model.lost.basis is not LostBasis.LABEL


def test_woocommerce_accounts_tell_buyers_where_nobody_is_a_guest(tmp_path: Path) -> None:
    """A customer who writes from two addresses is one."""
    rows: list[Line] = [
        {"order_number": 900 + n, "order_date": f"{date(2024, 1, 1) + timedelta(days=n)} 12:00", "status": "completed", "customer_user": 12 + n % 40,
         "billing_email": f"client{n % 40}{'.pro' if n % 3 == 0 else ''}@example.com", "order_total": 20.0 + n % 30}
        for n in range(240)
    ]  # fmt: skip
    with opened(tmp_path, {"orders.csv": rows}) as study:
        assert totals(study)[0] == 40


def test_a_price_whose_multiple_is_in_the_file_is_no_amount(tmp_path: Path) -> None:
    """« item-price » of Amazon is the line's; in another market's file of like headers, the line is beside it."""
    rows: list[Line] = [
        {"order-id": f"111-{n:07d}", "purchase-date": f"{date(2024, 1, 1) + timedelta(days=n)}T10:00:00+00:00", "sku": f"S{n % 7}", "quantity": 1 + n % 3,
         "item-price": 10.0 + n % 7, "item-total": (10.0 + n % 7) * (1 + n % 3), "buyer-email": f"b{n % 60}@example.com"}
        for n in range(240)
    ]  # fmt: skip
    with opened(tmp_path, {"orders.csv": rows}) as study:
        assert totals(study)[2] == pytest.approx(sum((10.0 + n % 7) * (1 + n % 3) for n in range(240)))


def test_sage_counts_customers_and_what_was_sold_to_them(tmp_path: Path) -> None:
    """Sage 100: suppliers among third parties, quotes and purchases among documents; VAT both ways."""
    people: list[Line] = [{
        "CT_Num": f"{'F' if n % 5 == 0 else 'C'}{n:04d}", "CT_Intitule": f"Atelier {n} SARL", "CT_Type": 1 if n % 5 == 0 else 0,
        "CT_CodePostal": 69000 + n, "CT_Ville": "Lyon", "CT_DateCreate": date(2022, 1, 1) + timedelta(days=n), "CT_Sommeil": 0, "CO_No": n % 3, "cbMarq": n,
    } for n in range(200)]  # fmt: skip
    lines: list[Line] = []
    for n in range(600):
        who = n % 200
        kind, domain = (0 if n % 7 == 3 else 6 if n % 2 else 7), (1 if who % 5 == 0 else 0)
        lines.append({
            "DO_Domaine": domain, "DO_Type": kind, "CT_Num": people[who]["CT_Num"], "DO_Piece": f"FA{n:05d}", "DO_Date": date(2023, 1, 2) + timedelta(days=n),
            "DO_Ref": f"AFF{n % 40}", "AR_Ref": f"A{n % 12}", "DL_Design": f"Article {n % 12}", "DL_Qte": 1 + n % 3, "DL_PrixUnitaire": 40,
            "DL_MontantHT": 40 * (1 + n % 3), "DL_MontantTTC": 48 * (1 + n % 3), "cbMarq": n,
        })  # fmt: skip
    sold = [line for line in lines if line["DO_Domaine"] == 0 and line["DO_Type"] != 0]
    with opened(tmp_path, {"F_COMPTET.csv": people, "F_DOCLIGNE.csv": lines}, delimiter=";") as study:
        assert totals(study) == (160, len(sold), sum(float(str(line["DL_MontantTTC"])) for line in sold))
        assert any("Sage" in note.render("fr") for table in study.model.tables for note in table.notes)


def test_sage_documents_alone_count_what_was_sold(tmp_path: Path) -> None:
    """The headers of documents without their lines: the same suppliers and quotes are left out."""
    heads: list[Line] = [{
        "DO_Domaine": 1 if n % 6 == 0 else 0, "DO_Type": 0 if n % 7 == 3 else 6, "DO_Piece": f"FA{n:05d}", "DO_Date": date(2023, 1, 2) + timedelta(days=n),
        "DO_Tiers": f"{'F' if n % 6 == 0 else 'C'}{n % 90:04d}", "DO_Ref": f"AFF{n % 40}", "DO_TotalHT": 100 + n % 9, "DO_TotalTTC": 120 + n % 9, "cbMarq": n,
    } for n in range(540)]  # fmt: skip
    sold = [head for head in heads if head["DO_Domaine"] == 0 and head["DO_Type"] != 0]
    with opened(tmp_path, {"F_DOCENTETE.csv": heads}, delimiter=";") as study:
        _, orders, amount = totals(study)
        assert (orders, amount) == (len(sold), sum(float(str(head["DO_TotalTTC"])) for head in sold))
        (suppliers,) = study.database.row("SELECT COUNT(*) FROM customers WHERE customer_id LIKE 'F%'")
        assert suppliers == 0
