"""Defects planted in a clean world, one function a health code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.unit.datamodel.worlds import Files


def duplicate_rows(files: Files) -> None:
    """Twenty sales are pasted twice."""
    files["achats.csv"] += [dict(row) for row in files["achats.csv"][:20]]


def duplicate_customers(files: Files) -> None:
    """Six people come back under another identifier, with the same address."""
    twins = [dict(row) for row in files["clients.csv"][:6]]
    for number, row in enumerate(twins):
        row["id_client"] = f"D{number:05d}"
    files["clients.csv"] += twins


def missing_values(files: Files) -> None:
    """One amount in ten is empty."""
    for row in files["achats.csv"][::10]:
        row["montant_ttc"] = None


def future_dates(files: Files) -> None:
    """Five sales are dated five years late."""
    for number, row in enumerate(files["achats.csv"][10:15]):
        row["date_achat"] = date(2030, 3, 2) + timedelta(days=number)


def impossible_dates(files: Files) -> None:
    """Four sales of the nineteenth century's last day but one."""
    for row in files["achats.csv"][20:24]:
        row["date_achat"] = date(1900, 1, 1)


def outlier_amounts(files: Files) -> None:
    """Three amounts in cents where the others are in euros, a thousand times over."""
    for row in files["achats.csv"][30:33]:
        row["montant_ttc"] = 250_000.0


def negative_amounts(files: Files) -> None:
    """Fifteen refunds among the sales."""
    for row in files["achats.csv"][40:55]:
        row["montant_ttc"] = -12.5


def test_accounts(files: Files) -> None:
    """Four accounts of the web agency."""
    for number, row in enumerate(files["clients.csv"][50:54]):
        row.update(prenom="Test", nom="TEST", email=f"test{number}@mail-1.fr")


def mixed_currencies(files: Files) -> None:
    """A shop in Nouméa, in Pacific francs."""
    for row in files["achats.csv"][60:90]:
        row["devise"] = "XPF"


def orphans(files: Files) -> None:
    """Twenty-five sales of customers nobody knows."""
    for number, row in enumerate(files["achats.csv"][100:125]):
        row["id_client"] = f"Z{number:05d}"


def unlabelled_personal_data(files: Files) -> None:
    """Addresses written in a note."""
    for row in files["clients.csv"][60:66]:
        row["note"] = "rappeler à jeanne.petit@orange.fr avant midi"


def unreadable_cells(files: Files) -> None:
    """A date that is a word."""
    files["achats.csv"][130]["date_achat"] = "bientôt"


def constant_columns(files: Files) -> None:
    """A column that says the same everywhere."""
    for row in files["clients.csv"]:
        row["origine_fichier"] = "export"


def sensitive_data(files: Files) -> None:
    """Bank account numbers."""
    for number, row in enumerate(files["clients.csv"]):
        row["iban"] = f"FR76300040000{number:012d}43"


def rows_without_customer(files: Files) -> None:
    """One sale in twelve without a customer."""
    for row in files["achats.csv"][5::12]:
        row["id_client"] = None


def inconsistent_spelling(files: Files) -> None:
    """PayPal and Paypal."""
    for row in files["achats.csv"][::3]:
        if row["moyen_paiement"] == "PayPal":
            row["moyen_paiement"] = "Paypal"


def out_of_range(files: Files) -> None:
    """Two ages above nine hundred."""
    for row in files["clients.csv"][70:72]:
        row["age"] = 999


def near_duplicates(files: Files) -> None:
    """Fifteen sales typed again under another ticket number, one of them with another capital."""
    again = [dict(row) for row in files["achats.csv"][200:215]]
    for number, row in enumerate(again):
        row["n_ticket"] = f"R{number:06d}"
    again[0]["magasin"] = str(again[0]["magasin"]).upper()
    files["achats.csv"] += again


SHOP_DEFECTS: dict[str, Callable[[Files], None]] = {
    defect.__name__: defect
    for defect in (
        duplicate_rows, duplicate_customers, missing_values, future_dates, impossible_dates, outlier_amounts,
        negative_amounts, test_accounts, mixed_currencies, orphans, unlabelled_personal_data, unreadable_cells,
        constant_columns, sensitive_data, rows_without_customer, inconsistent_spelling, out_of_range, near_duplicates,
    )
}  # fmt: skip


def label_contradiction(files: Files) -> None:
    """A contract end for people said to have stayed."""
    for number, row in enumerate(files["customers.csv"]):
        ended = row["churned"] == "Yes" or number % 10 == 0
        row["contract_end_date"] = date(2025, 3, 1) + timedelta(days=number % 60) if ended else None


def leak_suspect(files: Files) -> None:
    """A refund given on leaving."""
    for row in files["customers.csv"]:
        row["closing_refund"] = 12.5 if row["churned"] == "Yes" else None


def survivors_only(files: Files) -> None:
    """The leavers were deleted before the export."""
    files["customers.csv"] = [row for row in files["customers.csv"] if row["churned"] == "No"]


def small_file(files: Files) -> None:
    """Forty customers."""
    files["customers.csv"] = files["customers.csv"][:40]


def leak_alone(files: Files) -> None:
    """A number of calls that only makes sense once the customer is going."""
    for number, row in enumerate(files["customers.csv"]):
        row["exit_calls"] = (5 + number % 4) if row["churned"] == "Yes" else (number % 5)


def leak_among_leavers_only(files: Files) -> None:
    """A code of closure, written for seven leavers in ten and for nobody else."""
    for number, row in enumerate(files["customers.csv"]):
        row["desk_code"] = f"K{number % 3}" if row["churned"] == "Yes" and number % 10 < 7 else None


def anonymous_id(files: Files) -> None:
    """A fifth of the sales are rung up under the till's own card."""
    for row in files["achats.csv"][::5]:
        row["id_client"] = "C99999"


def staff_by_domain(files: Files) -> None:
    """Customers write from public mailboxes; eight accounts are the house's own."""
    _public_mailboxes(files)
    for number, row in enumerate(files["clients.csv"][20:28]):
        row["email"] = f"vendeur{number}@maison-cavelune.fr"


def _public_mailboxes(files: Files) -> None:
    hosts = ("gmail.com", "orange.fr", "free.fr", "hotmail.fr")
    for number, row in enumerate(files["clients.csv"]):
        host = f"societe{number}.fr" if number % 17 == 0 else hosts[number % 4]
        row["email"] = f"prenom.nom{number}@{host}"


def staff_by_category(files: Files) -> None:
    """A column of segments in which some accounts are staff."""
    for number, row in enumerate(files["clients.csv"]):
        row["segment"] = "Personnel" if number % 25 == 3 else ("Premium", "Standard")[number % 2]


def symbolic_amounts(files: Files) -> None:
    """Three accounts whose every purchase is worth one euro: the till's tests."""
    people = {row["id_client"] for row in files["clients.csv"][30:60]}
    counts: dict[object, int] = {}
    for row in files["achats.csv"]:
        counts[row["id_client"]] = counts.get(row["id_client"], 0) + 1
    chosen = {who for who in sorted(people, key=str) if counts.get(who, 0) >= 3}
    chosen = set(sorted(chosen, key=str)[:3])
    for row in files["achats.csv"]:
        if row["id_client"] in chosen:
            row["montant_ttc"] = 1.0


def ambiguous_dates(files: Files) -> None:
    """Every sale falls in the first twelve days of its month: nothing tells day from month."""
    for number, row in enumerate(files["achats.csv"]):
        day = row["date_achat"]
        if isinstance(day, date):
            row["date_achat"] = day.replace(day=1 + number % 12)
    for row in files["clients.csv"]:
        row.pop("date_inscription", None)


# planted one by one, each with the twin it is measured against: (code raised, plant, what the clean twin is given too)
LONE_DEFECTS: dict[str, tuple[str, Callable[[Files], None], Callable[[Files], None] | None]] = {
    "anonymous_id": ("anonymous_id", anonymous_id, None),
    "staff_by_domain": ("test_accounts", staff_by_domain, _public_mailboxes),
    "staff_by_category": ("test_accounts", staff_by_category, None),
    "symbolic_amounts": ("test_accounts", symbolic_amounts, None),
    "ambiguous_dates": ("ambiguous_dates", ambiguous_dates, None),
}
LONE_LABEL_DEFECTS: dict[str, tuple[str, Callable[[Files], None], Callable[[Files], None] | None]] = {
    "leak_alone": ("leak_suspect", leak_alone, None),
    "leak_among_leavers_only": ("leak_suspect", leak_among_leavers_only, None),
    "survivors_only": ("survivors_only", survivors_only, None),
    "small_file": ("small_file", small_file, None),
}

LABEL_DEFECTS: dict[str, Callable[[Files], None]] = {
    defect.__name__: defect for defect in (label_contradiction, leak_suspect, survivors_only, small_file)
}
