"""Which of the sums of an invoice is its total, told by their arithmetic and their headers."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.datamodel.money import vat_of
from analytics.datamodel.roles import Role
from tests.unit.datamodel.worlds import Row, model_of


def invoices(*, seed: int = 4, rows: int = 300) -> list[Row]:
    """Invoices of ninety customers: one in eight not paid, one in six with a balance of before, half helped by an aid."""
    draw, found = random.Random(seed), []
    for number in range(rows):
        net = round(draw.uniform(30, 900), 2)
        tax = round(net * 0.2, 2)
        whole = round(net + tax, 2)
        unpaid, helped = draw.random() < 0.125, draw.random() < 0.5
        before = round(draw.uniform(5, 60), 2) if draw.random() < 0.16 else None
        aid, deposit, fee = round(whole * draw.uniform(0.2, 0.6), 2) if helped else None, round(whole * 0.3, 2), round(whole * 0.12, 2)
        found.append({
            "no": f"F{number:05d}", "day": date(2023, 1, 1) + timedelta(days=number), "who": f"C{draw.randrange(90):04d}",
            "net": net, "tax": tax, "whole": whole, "paid": None if unpaid else whole, "left": whole if unpaid else 0.0,
            "before": before, "asked": round(whole + (before or 0), 2), "aid": aid, "lowered": round(whole - (aid or 0), 2),
            "deposit": deposit, "rest": round(whole - deposit, 2), "fee": fee, "after": round(whole - fee, 2), "gift": round(whole * draw.choice([0, 0, 0.1, 0.2]), 2),
        })  # fmt: skip
        found[-1]["bargain"] = round(whole - float(str(found[-1]["gift"])), 2)
    return found


def _told(names: dict[str, str], file: str = "factures.csv") -> dict[str, Role]:
    headers = {"N° facture": "no", "Date": "day", "Code client": "who", **names}
    model = model_of({file: [{header: row[name] for header, name in headers.items()} for row in invoices()]})
    return {binding.name: binding.role for binding in model.bindings}


@pytest.mark.parametrize(
    ("names", "total"),
    [
        ({"Total HT": "net", "TVA": "tax", "Total TTC": "whole", "Réglé": "paid", "Reste dû": "left"}, "Total TTC"),
        ({"Total": "whole", "InvoiceAmountPaid": "paid", "InvoiceAmountDue": "left"}, "Total"),
        ({"Acte HT": "net", "TVA": "tax", "Acte TTC": "whole", "Encaissé": "paid"}, "Acte TTC"),  # nothing yet, of some
        ({"Tour Cost": "whole", "Deposit": "deposit", "To Pay": "rest"}, "Tour Cost"),
        ({"montant_ht": "net", "montant_ttc": "whole", "solde_anterieur": "before", "net_a_prelever": "asked"}, "montant_ttc"),
        ({"Montant brut": "whole", "Aide CCAS": "aid", "Net famille": "lowered"}, "Net famille"),
        ({"UCR Fee": "whole", "Ins Paid": "aid", "Patient Paid": "lowered"}, "Patient Paid"),
        ({"RRP": "whole", "Was/Now Saving": "aid", "Price Paid": "lowered"}, "Price Paid"),
        ({"product sales": "whole", "selling fees": "fee", "total": "after"}, "product sales"),
    ],
)  # fmt: skip
def test_the_total_is_what_was_sold(names: dict[str, str], total: str) -> None:
    """Neither what was settled of it, nor what is left, nor what was owed before, nor the price before an aid, nor what the house is paid out."""
    assert [name for name, role in _told(names).items() if role is Role.AMOUNT] == [total]


@pytest.mark.parametrize(
    ("names", "total"),
    [
        ({"Prix catalogue": "whole", "Montant payé": "bargain"}, "Montant payé"),  # lowered by an unsaid discount, never to nought
        ({"Valeur": "whole", "Remise": "gift", "Net à payer": "bargain"}, "Net à payer"),
        ({"Total TTC": "whole", "Part mutuelle": "aid", "Reste à charge": "lowered"}, "Total TTC"),  # the sale, whoever pays
        ({"Total TTC": "whole", "Acompte versé": "deposit", "Solde": "rest"}, "Total TTC"),
        ({"Total Paid": "whole", "Gift card": "gift", "Card paid": "bargain"}, "Total Paid"),  # a gift card pays, it takes nothing off
    ],
)  # fmt: skip
def test_what_lowers_or_pays_it_changes_nothing_more(names: dict[str, str], total: str) -> None:
    """The same sums, under headers that say something else of them."""
    assert [name for name, role in _told(names).items() if role is Role.AMOUNT] == [total]


@pytest.mark.parametrize("headers", [
    ("Total", "Tax", "Inc-Tax Total"), ("Ex-Tax Total", "Tax", "Inc-Tax Total"), ("Total Ex GST", "GST", "Docket Total Inc"), ("Net", "VAT", "Total incl. VAT"),
])  # fmt: skip
def test_a_total_with_its_tax_is_no_tax(headers: tuple[str, str, str]) -> None:
    before, tax, whole = headers
    told = _told({before: "net", tax: "tax", whole: "whole"})
    assert (told[whole], told[tax], told[before]) == (Role.AMOUNT, Role.VAT, Role.MEASURE)


@pytest.mark.parametrize(("header", "held"), [("Ex-Tax Total", "without"), ("Total Ex GST", "without"), ("Total Inc", "with"), ("Montant", "with")])
def test_what_a_header_says_of_the_tax_is_believed(header: str, held: str) -> None:
    """Amounts before tax are not told as amounts with it, for a column of tax beside them."""
    headers = {"N° facture": "no", "Date": "day", "Code client": "who", header: "net", "GST": "tax"}
    model = model_of({"factures.csv": [{name: row[key] for name, key in headers.items()} for row in invoices()]})
    assert vat_of(model).held == held


def _lines(names: dict[str, str]) -> dict[str, Role]:
    draw, rows = random.Random(6), []
    for number in range(300):
        price, count = draw.choice([32.0, 58.5, 78.0, 85.0]), draw.choice([1, 2, 3, 5, 8])
        tonnes, rate = round(draw.uniform(1, 18), 2), draw.choice([1.055, 1.1, 1.2])
        goods, port = round(price * count, 2), draw.choice([0.0, 25.0, 40.0])
        row = {"count": count, "tonnes": tonnes, "rate": rate, "price": price, "goods": goods, "port": port, "sum": round(goods + port, 2),
               "bulk": round(price * tonnes, 2), "off": round(price * tonnes * 0.05, 2), "taxed": round(price * rate, 2)}  # fmt: skip
        row["less"] = round(row["bulk"] - row["off"], 2)
        base = {"N° bon": f"B{number:05d}", "Date": date(2023, 1, 1) + timedelta(days=number), "Code client": f"C{draw.randrange(90):04d}"}
        rows.append({**base, **{header: row[name] for header, name in names.items()}})
    return {binding.name: binding.role for binding in model_of({"ventes.csv": rows}).bindings}


@pytest.mark.parametrize(
    ("names", "counted"),
    [
        ({"Stères": "count", "Prix stère": "price", "Bois": "goods", "Livraison": "port", "Total": "sum"}, "Stères"),
        ({"Tonnes": "tonnes", "Prix/t HT": "price", "Brut HT": "bulk", "Ristourne": "off", "Net HT": "less"}, "Tonnes"),
        ({"Nb places": "count", "Prix place": "price", "Billets": "goods", "Frais": "port", "Montant payé": "sum"}, "Nb places"),
        ({"Jours": "count", "Tarif/jour TTC": "price", "Location": "goods", "Assurance": "port", "Total TTC": "sum"}, "Jours"),
    ],
)  # fmt: skip
def test_what_multiplies_the_price_is_how_many(names: dict[str, str], counted: str) -> None:
    """Be it tonnes, or of a sum of before the carriage; what it makes is not how many."""
    assert [name for name, role in _lines(names).items() if role is Role.QUANTITY] == [counted]


@pytest.mark.parametrize("names", [
    {"Coef": "rate", "Prix unitaire HT": "price", "Prix TTC": "taxed", "Total": "sum"},
    {"Heures": "count", "Taux horaire": "price", "Montant": "goods"},
])  # fmt: skip
def test_neither_a_coefficient_nor_hours_are_goods(names: dict[str, str]) -> None:
    assert not [name for name, role in _lines(names).items() if role is Role.QUANTITY]
