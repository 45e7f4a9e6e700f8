"""What was paid, told by the columns' own arithmetic under headers that do not say it."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.datamodel.model import Corrections, QuestionAbout
from analytics.datamodel.roles import Role
from tests.unit.datamodel.worlds import Row, model_of


def sales(*, seed: int = 1, rows: int = 400) -> list[Row]:
    """Sales of two hundred customers, each line reckoned to the cent."""
    draw = random.Random(seed)
    found: list[Row] = []
    for number in range(rows):
        price, quantity = round(draw.uniform(3, 80), 2), draw.choice([1, 1, 2, 3, 6])
        rate = draw.choice([0, 0, 10, 25])
        gross = round(price * quantity, 2)
        net = round(gross * (1 - rate / 100), 2)
        tax = round(net * 0.2, 2)
        found.append({
            "sale_id": f"S{number:05d}", "customer_id": f"C{draw.randrange(200):04d}",
            "sale_date": date(2024, 1, 1) + timedelta(days=number), "price": price, "quantity": quantity, "gross": gross,
            "rate": rate, "off": round(gross - net, 2), "net": net, "tax": tax, "whole": round(net + tax, 2),
            "before": gross, "fee": -round(gross * 0.029 + 0.35, 2), "after": round(gross - round(gross * 0.029 + 0.35, 2), 2),
        })  # fmt: skip
    return found


def _named(names: dict[str, str]) -> list[Row]:
    base = ("sale_id", "customer_id", "sale_date")
    return [{**{name: row[name] for name in base}, **{header: row[name] for header, name in names.items()}} for row in sales()]


def _amount(names: dict[str, str], corrections: Corrections | None = None) -> str | None:
    model = model_of({"sales.csv": _named(names)}, corrections=corrections)
    return next((binding.name for binding in model.bindings if binding.role is Role.AMOUNT), None)


@pytest.mark.parametrize(
    ("names", "paid"),
    [
        ({"TotalAmount": "gross", "DiscountAmount": "off", "Column due": "net"}, "Column due"),
        ({"TotalAmount": "gross", "Discount %": "rate", "SettledValue": "net"}, "SettledValue"),
        ({"Montant": "price", "Quantité": "quantity", "Valo": "gross"}, "Valo"),
        ({"Montant": "net", "TVA": "tax", "Valo": "whole"}, "Valo"),
        ({"PU": "price", "Qté": "quantity", "Remise %": "rate", "Valo": "net"}, "Valo"),
        ({"PU": "price", "Qté": "quantity", "Valo": "gross"}, "Valo"),
        ({"Encaissé": "before", "Commission": "fee", "Net": "after"}, "Encaissé"),
        ({"Montant": "price", "Quantité": "quantity", "Valo brute": "gross", "Remise": "off", "Valo": "net"}, "Valo"),
    ],
)  # fmt: skip
def test_what_was_paid_is_what_the_others_come_to(names: dict[str, str], paid: str) -> None:
    """Whatever its header."""
    assert _amount(names) == paid


@pytest.mark.parametrize(
    ("names", "paid"),
    [
        ({"Montant payé": "net", "Remise": "off", "Valo": "gross"}, "Montant payé"),  # the other way round: gross is not paid
        ({"Amount": "net", "Quantity": "quantity", "Points": "rate"}, "Amount"),
        ({"Montant TTC": "whole", "TVA": "tax", "Montant HT": "net"}, "Montant TTC"),
    ],
)
def test_another_arithmetic_changes_nothing(names: dict[str, str], paid: str) -> None:
    """What the amount was made of is not what was paid."""
    assert _amount(names) == paid


def test_the_managers_word_stands() -> None:
    """A column the manager chose is not reckoned again."""
    names = {"TotalAmount": "gross", "DiscountAmount": "off", "Column due": "net"}
    assert _amount(names, Corrections(columns={"sales.csv": {"TotalAmount": Role.AMOUNT}})) == "TotalAmount"


@pytest.mark.parametrize(
    ("names", "paid"),
    [
        ({"Produit": "good", "Qté": "quantity", "Prix TTC": "line"}, "Prix TTC"),
        ({"Nights": "quantity", "Price": "line"}, "Price"),
        ({"Produit": "good", "Qté": "quantity", "Prix TTC": "each"}, None),
        ({"Produit": "good", "Qté": "quantity", "Prix unitaire": "line"}, None),  # its header says what it is
        ({"Qté": "quantity", "Price": "cheaper"}, None),  # two for a little less each
    ],
)
def test_a_price_that_grows_with_the_quantity_is_the_line_s(names: dict[str, str], paid: str | None) -> None:
    """Beside a quantity, a price of the line is not multiplied by it once more."""
    draw, rows = random.Random(7), sales(seed=7)
    for row in rows:
        good = draw.randrange(12)
        quantity, each = int(str(row["quantity"])), [2.2, 3.5, 4.0, 6.0, 9.5, 12.0, 14.5, 18.0, 24.9, 35.0, 42.0, 79.0][good]
        row.update(good=f"Article {good}", each=each, line=round(each * quantity, 2), cheaper=round(each * quantity**-0.1, 2))
    base = ("sale_id", "customer_id", "sale_date")
    told = [{**{name: row[name] for name in base}, **{header: row[name] for header, name in names.items()}} for row in rows]
    model = model_of({"sales.csv": told})
    assert next((binding.name for binding in model.bindings if binding.role is Role.AMOUNT), None) == paid


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        ({"Portions": "quantity", "Price ea": "price", "Order Value": "gross"}, {"Portions": Role.QUANTITY, "Price ea": Role.UNIT_PRICE}),
        ({"DAYS": "quantity", "DAY_RATE": "price", "TOTAL_CHARGE": "gross"}, {"DAY_RATE": Role.UNIT_PRICE, "TOTAL_CHARGE": Role.AMOUNT}),
        ({"NetPrice": "net", "VATAmount": "tax", "GrossPrice": "whole"}, {"GrossPrice": Role.AMOUNT, "VATAmount": Role.VAT}),
        ({"Total": "whole", "VAT_INCL": "tax"}, {"Total": Role.AMOUNT, "VAT_INCL": Role.VAT}),
    ],
)  # fmt: skip
def test_what_an_amount_is_made_of(names: dict[str, str], roles: dict[str, Role]) -> None:
    """The number and the price that make it, the tax it holds."""
    model = model_of({"sales.csv": _named(names)})
    found = {binding.name: binding.role for binding in model.bindings}
    assert {name: found.get(name) for name in roles} == roles


@pytest.mark.parametrize(
    ("names", "paid"),
    [
        ({"TicketValue": "net", "BookingFee": "extra", "GrossPaid": "more"}, "GrossPaid"),
        ({"Sous-total": "net", "Port": "extra", "Total CHF": "more"}, "Total CHF"),
        ({"Amount": "net", "Tip": "extra", "Opening balance": "more"}, "Amount"),  # what was owed before is not paid
        ({"Subtotal": "net", "GST": "tax", "Total inc GST": "whole"}, "Total inc GST"),
        ({"NET_VALUE": "net", "VAT_VALUE": "tax", "GROSS_VALUE": "whole", "COST_VALUE": "half"}, "GROSS_VALUE"),
    ],
)
def test_what_was_paid_holds_what_is_added(names: dict[str, str], paid: str) -> None:
    """Fees, postage, tax: the sum is what the customer paid, when its header does not say otherwise."""
    draw, rows = random.Random(3), sales(seed=3)
    for row in rows:
        net, extra = float(str(row["net"])), draw.choice([0.0, 2.5, 4.9])
        row.update(extra=extra, more=round(net + extra, 2), half=round(net * draw.uniform(0.4, 0.6), 2))
    base = ("sale_id", "customer_id", "sale_date")
    told = [{**{name: row[name] for name in base}, **{header: row[name] for header, name in names.items()}} for row in rows]
    model = model_of({"sales.csv": told})
    assert [binding.name for binding in model.bindings if binding.role is Role.AMOUNT] == [paid]


def _asked_amount(rows: list[Row]) -> tuple[str | None, QuestionAbout | None]:
    model = model_of({"bookings.csv": rows})
    return next((b.name for b in model.bindings if b.role is Role.AMOUNT), None), model.question and model.question.about


def test_what_a_party_paid_is_not_multiplied_by_its_heads_unasked() -> None:
    """« Prix de vente » of a trip for four is the trip's, rather than each traveller's."""
    draw, rows = random.Random(5), []
    for number in range(300):
        price = round(draw.uniform(480, 5200), 2)
        rows.append({"N° dossier": f"V{number:05d}", "Date vente": date(2023, 1, 1) + timedelta(days=number), "Code client": f"VC{draw.randrange(90):04d}",
                     "Nb pax": draw.choice([1, 2, 2, 4]), "Prix de vente": price, "Prix d'achat": round(price * 0.88, 2)})  # fmt: skip
    assert _asked_amount(rows) == ("Prix de vente", QuestionAbout.AMOUNT)


def test_what_customers_are_charged_may_be_called_a_cost() -> None:
    """Beside no other price, « Net Cost » of an advertisement is what the advertiser pays."""
    draw, rows = random.Random(5), []
    for number in range(300):
        rows.append({"Booking No": f"B{number:05d}", "Date Booked": date(2023, 1, 1) + timedelta(days=number), "Advertiser ID": f"AD{draw.randrange(80):04d}",
                     "Size": draw.choice(["1/4 page", "1/2 page"]), "Net Cost": round(draw.uniform(90, 900), 2)})  # fmt: skip
    assert _asked_amount(rows)[0] == "Net Cost"


def test_what_has_its_price_is_what_is_sold() -> None:
    """« Prestation » unsaid: the words that each have their price; a size that does not tell it is not."""
    draw, rows, prices = random.Random(8), [], {"Bath": 28.0, "Full groom": 45.0, "Nails": 12.0, "Teeth": 18.0}
    for number in range(300):
        done = draw.choice(list(prices))
        rows.append({"booking_id": f"B{number:05d}", "booked": date(2023, 1, 1) + timedelta(days=number), "customer_id": f"C{draw.randrange(90):04d}",
                     "breed size": draw.choice(["small", "medium", "large"]), "zk": done, "total": prices[done]})  # fmt: skip
    roles = {binding.name: binding.role for binding in model_of({"grooming.csv": rows}).bindings}
    assert roles["zk"] is Role.PRODUCT and roles["breed size"] is Role.ATTRIBUTE


@pytest.mark.parametrize(("credits_of", "paid"), [(37, "Débit"), (1, "Débit")])
def test_an_account_of_customers_bills_on_its_debit_side(credits_of: int, paid: str) -> None:
    """Invoices are debits; a few credit notes, or a payment of each, are credits."""
    rows: list[Row] = []
    for n, sale in enumerate(sales()):
        base = {"Date": sale["sale_date"], "Client": sale["customer_id"], "Libellé": "Facture", "Débit": sale["net"], "Crédit": None}
        rows.append(base)
        if n % credits_of == 0:
            rows.append({**base, "Libellé": "Avoir" if credits_of > 1 else "Règlement", "Débit": None, "Crédit": sale["net"]})
    model = model_of({"compte.csv": rows})
    assert [binding.name for binding in model.bindings if binding.role is Role.AMOUNT] == [paid]


def test_a_statement_of_the_bank_is_paid_on_its_credit_side() -> None:
    """What the house spends is on fewer rows, under the other name."""
    rows: list[Row] = []
    for n, sale in enumerate(sales()):
        rows.append({"Date": sale["sale_date"], "Client": sale["customer_id"], "Libellé": "Virement", "Débit": None, "Crédit": sale["net"]})
        if n % 3 == 0:
            rows.append({"Date": sale["sale_date"], "Client": None, "Libellé": "Achat", "Débit": sale["price"], "Crédit": None})
    model = model_of({"releve.csv": rows})
    assert [binding.name for binding in model.bindings if binding.role is Role.AMOUNT] == ["Crédit"]


@pytest.mark.parametrize("exact", [True, False])
def test_an_amount_that_the_row_proves_is_sure(exact: bool) -> None:
    """« Net » is what is left of « Brut » once the discount is off; where nothing proves it, its header alone says so."""
    draw, rows = random.Random(6), list[Row]()
    for number in range(400):
        gross = round(draw.uniform(20, 150), 2)
        off = round(gross * draw.choice([0, 0, 0.1, 0.2]), 2)
        net = round(gross - off - (0 if exact else draw.uniform(1, 3)), 2)
        rows.append({"n° passage": f"S{number:05d}", "n° client": f"P{draw.randrange(90):03d}", "date": date(2023, 1, 1) + timedelta(days=number),
                     "montant brut": gross, "remise": off, "montant net": net})  # fmt: skip
    sure = next(binding.confidence for binding in model_of({"passages.csv": rows}).bindings if binding.role is Role.AMOUNT and binding.name == "montant net")
    assert (sure > 0.9) is exact


@pytest.mark.parametrize(("share", "sold"), [(0.3, "Tarif du stage"), (0.9, "Versé")])
def test_what_was_paid_so_far_of_a_price_is_not_what_was_sold(share: float, sold: str) -> None:
    """A sailing school: some have paid a third of their course; where they have a little less than its price, it was given off."""
    draw, rows = random.Random(4), list[Row]()
    for number in range(300):
        price = draw.choice([180.0, 240.0, 410.0, 95.0]) + draw.randrange(4)
        paid = price if draw.random() < 0.75 else round(price * share, 2)
        rows.append({"n° inscription": f"S{number:05d}", "n° client": f"P{draw.randrange(90):03d}", "date": date(2023, 1, 1) + timedelta(days=number),
                     "Tarif du stage": price, "Versé": paid})  # fmt: skip
    model = model_of({"inscriptions.csv": rows})
    assert [binding.name for binding in model.bindings if binding.role is Role.AMOUNT] == [sold]


def test_an_order_s_total_repeated_gives_way_to_what_its_lines_came_to() -> None:
    """A nursery garden's export: each line's own sum under a header that says little, and the whole order's on every line."""
    draw, rows = random.Random(14), list[Row]()
    for order in range(120):
        lines = [round(draw.uniform(4, 90), 2) for _ in range(draw.randint(1, 4))]
        rows += [{"order_no": f"B{order:05d}", "customer_id": f"C{order % 45:03d}", "order_date": date(2024, 1, 1) + timedelta(days=order), "plant": draw.choice(("Yew", "Fern", "Ivy")),
                  "row_sum": value, "order_total": round(sum(lines), 2)} for value in lines]  # fmt: skip
    roles = {binding.name: binding.role for binding in model_of({"rows.csv": rows}).bindings}
    assert (roles["row_sum"], roles["order_total"]) == (Role.AMOUNT, Role.MEASURE)


def test_a_price_that_the_tax_alone_parts_from_what_was_paid_is_the_sum_before_it() -> None:
    """A sign maker: so many signs, « prix HT » of them all, the tax, what was paid; a price of one sign stays one."""
    draw, rows = random.Random(15), list[Row]()
    for number in range(200):
        count, one = draw.choice([1, 2, 2, 5, 10]), draw.choice([12.5, 40.0, 66.0])
        net = round(one * count * draw.choice([1, 0.9]), 2)
        rows.append({"no_cde": f"S{number:05d}", "code_client": f"C{draw.randrange(60):03d}", "commande_le": date(2024, 1, 1) + timedelta(days=number),
                     "nb_enseignes": count, "prix_ht": net, "tva": round(net * 0.2, 2), "prix_ttc": round(net * 1.2, 2)})  # fmt: skip
    roles = {binding.name: binding.role for binding in model_of({"enseignes.csv": rows}).bindings}
    assert roles["prix_ttc"] is Role.AMOUNT and roles["prix_ht"] is not Role.UNIT_PRICE
