"""The files parse, hang together, and hold nobody real."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assistant.sample import SampleKind, write_sample
from assistant.sample.people import FICTION_NUMBERS
from assistant.sample.truth import DEFECTS, RETAIL, SAAS
from tests.unit.sample.frames import days, numbers, read
from vocabulary.language import Language

KINDS: tuple[SampleKind, ...] = ("retail", "saas")
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def hashes(paths: tuple[Path, ...]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.mark.parametrize("kind", KINDS)
def test_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path, kind: SampleKind) -> None:
    first = hashes(write_sample(tmp_path / "a", kind=kind, customers=400, seed=5))
    again = hashes(write_sample(tmp_path / "b", kind=kind, customers=400, seed=5))
    other = hashes(write_sample(tmp_path / "c", kind=kind, customers=400, seed=6))
    fixed = {"magasins.csv", "evenements.csv"}
    assert first == again
    assert {name for name in first if first[name] == other[name]} <= fixed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("customers", [1, 2, 40])
def test_every_line_has_the_columns_of_the_header(
    tmp_path: Path, kind: SampleKind, language: Language, customers: int
) -> None:
    separator, mark = (";", b"\xef\xbb\xbf") if language == "fr" else (",", b"")
    paths = write_sample(tmp_path, kind=kind, language=language, customers=customers)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in paths}
    for path in paths:
        assert path.read_bytes().startswith(mark)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream, delimiter=separator, strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}, path.name
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in rows[0])


def test_no_customer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        write_sample(tmp_path, customers=0)


def test_both_languages_tell_the_same_figures(shops: Path, shops_in_english: Path) -> None:
    french = read(shops, "achats")
    english = pd.read_csv(shops_in_english / "purchases.csv", dtype=str, keep_default_na=False)
    assert len(french) == len(english)
    assert numbers(french["montant_ttc"]).equals(pd.to_numeric(english["amount_incl_vat"]))
    assert days(french["date_achat"]).equals(pd.to_datetime(english["purchase_date"], format="%Y-%m-%d"))
    assert set(pd.read_csv(shops_in_english / "customers.csv", dtype=str)["email_consent"]) == {"Yes", "No"}
    assert set(read(shops, "clients")["consentement_email"]) == {"Oui", "Non"}


def test_addresses_and_numbers_belong_to_nobody(shops: Path, software: Path) -> None:
    """RFC 2606 reserves example.com; the French regulator keeps six blocks of numbers for works of fiction."""
    files = [(shops, "clients"), (shops, "prospects"), (software, "utilisateurs"), (software, "prospects")]
    addresses = pd.concat([read(folder, name)["email"] for folder, name in files])
    assert len(addresses) > 10_000
    assert addresses.str.fullmatch(r"[a-z0-9.]+@example\.(fr|com)").all()
    phones = read(shops, "clients")["telephone"]
    assert phones[phones != ""].str.fullmatch(rf"({'|'.join(FICTION_NUMBERS)})\d{{4}}").all()


def test_rows_of_the_shops_refer_to_rows_that_exist(shops: Path) -> None:
    clients = set(read(shops, "clients")["id_client"])
    lines = read(shops, "achats")
    owners = lines["id_client"][~lines["id_client"].isin(["", "C9999999"])]
    assert set(owners) <= clients
    tickets = lines.groupby("id_ticket")["id_client"].first()
    for name in ("contacts", "enquetes", "reclamations", "retours", "mouvements_fidelite", "campagne_passee"):
        assert set(read(shops, name)["id_client"]) <= clients, name
    for name in ("reclamations", "retours"):
        rows = read(shops, name)
        owner = tickets.reindex(rows["id_ticket"]).to_numpy()
        agree = (owner == rows["id_client"].to_numpy()) | (owner == "C9999999")
        assert agree.all(), name
    shop = set(read(shops, "magasins")["magasin"])
    assert set(lines["magasin"]) == shop
    assert set(read(shops, "evenements")["magasin"]) - {""} <= shop


def test_rows_of_the_software_company_refer_to_rows_that_exist(software: Path) -> None:
    accounts = set(read(software, "comptes")["id_compte"])
    for name in ("abonnements", "utilisateurs", "usage", "tickets", "factures", "enquetes", "contacts"):
        assert set(read(software, name)["id_compte"]) <= accounts, name
    assert set(read(software, "comptes")["compte_parent"]) - {""} <= accounts
    assert set(read(software, "opportunites")["id_compte"]) - {""} <= accounts


def test_identifiers_are_unique(shops: Path, software: Path) -> None:
    keys = [(shops, "clients", "id_client"), (shops, "reclamations", "id_reclamation"), (shops, "retours", "id_retour")]
    keys += [(software, "comptes", "id_compte"), (software, "abonnements", "id_abonnement")]
    keys += [(software, "utilisateurs", "id_utilisateur"), (software, "tickets", "id_ticket")]
    for folder, name, column in keys:
        assert read(folder, name)[column].is_unique, name
    bought = read(shops, "achats").drop_duplicates()
    assert (bought.groupby("id_ticket")["id_client"].nunique() <= 2).all()
    assert bought.groupby("id_ticket")["date_achat"].nunique().le(2).all()


def test_defects_are_as_many_as_told(shops: Path) -> None:
    lines, clients = read(shops, "achats"), read(shops, "clients")
    own = int((lines["id_client"] != "").sum() - lines.duplicated().sum())
    real = lines[lines["cout_achat"] != "0,00"]  # lines of test accounts, all at one euro, may be equal by chance
    assert abs(real.duplicated().sum() - own // DEFECTS.repeated_line_every) <= 1
    assert abs((days(lines["date_achat"]) > pd.Timestamp(RETAIL.end)).sum() - own // DEFECTS.future_line_every) <= 1
    assert abs((lines["id_client"] == "C9999999").sum() - own // DEFECTS.orphan_line_every) <= 1
    tests = clients["email"] == "test@example.com"
    assert tests.sum() == DEFECTS.test_accounts
    assert clients.loc[~tests, "email"].duplicated().sum() == len(clients) // DEFECTS.same_person_every
    paid = lines[lines["id_client"].isin(clients.loc[tests, "id_client"])]
    assert set(paid["montant_ttc"]) == {"1,00"}
    for column, share in (
        ("date_naissance", DEFECTS.missing_birth),
        ("code_postal", DEFECTS.missing_postcode),
        ("canal_acquisition", DEFECTS.missing_channel),
    ):
        assert (clients[column] == "").mean() == pytest.approx(share, abs=0.01)
    nameless = lines.loc[lines["id_client"] == "", "id_ticket"].nunique() / lines["id_ticket"].nunique()
    assert nameless == pytest.approx(DEFECTS.anonymous_share, abs=0.01)


def test_nothing_else_is_dated_after_the_end(shops: Path, software: Path) -> None:
    for folder, name, column in (
        (shops, "contacts", "date_contact"), (shops, "enquetes", "date_enquete"), (shops, "retours", "date_retour"),
        (shops, "reclamations", "date_resolution"), (shops, "clients", "date_inscription"),
        (shops, "clients", "date_consentement_email"), (shops, "mouvements_fidelite", "date_mouvement"),
        (software, "abonnements", "date_debut"), (software, "abonnements", "date_fin"), (software, "usage", "mois"),
        (software, "tickets", "date_resolution"), (software, "factures", "date_paiement"),
        (software, "utilisateurs", "date_desactivation"), (software, "opportunites", "date_cloture"),
    ):  # fmt: skip
        assert days(read(folder, name)[column]).max() <= pd.Timestamp(RETAIL.end), (name, column)
    assert RETAIL.end == SAAS.end


def test_the_campaign_file_says_what_the_purchases_say(shops: Path) -> None:
    campaign, lines = read(shops, "campagne_passee").set_index("id_client"), read(shops, "achats").drop_duplicates()
    sent = pd.Timestamp(RETAIL.campaign_day)
    day = days(lines["date_achat"])
    inside = lines[(day >= sent) & (day < sent + pd.Timedelta(days=30)) & lines["id_client"].isin(campaign.index)]
    paid = numbers(inside["montant_ttc"]).groupby(inside["id_client"]).sum().reindex(campaign.index, fill_value=0.0)
    told = numbers(campaign["montant_30j"])
    assert (np.abs(paid - told) > 0.005).sum() <= 1  # an orphan or misdated line may be missing
    assert ((campaign["achat_30j"] == "Oui") == (told > 0)).all()
    previous = day[(day < sent)].groupby(lines["id_client"]).max().reindex(campaign.index)
    silence = (sent - previous).dt.days
    assert silence.min() >= RETAIL.campaign_silence_days[0]
    assert silence.max() <= RETAIL.campaign_silence_days[1]


def test_invoices_add_up_to_the_subscriptions_to_the_cent(software: Path) -> None:
    terms, invoices = read(software, "abonnements"), read(software, "factures").drop_duplicates()
    begin, end, price = days(terms["date_debut"]), days(terms["date_fin"]), numbers(terms["mrr"])
    invoices["day"], invoices["net"] = days(invoices["date_facture"]), numbers(invoices["montant_ht"])
    month = invoices[(invoices["day"] >= "2025-10-01") & (invoices["day"] < "2025-11-01")]
    due = {
        (row.id_compte, row.day): price[(terms["id_compte"] == row.id_compte) & (begin <= row.day) & ~(end <= row.day)]
        for row in month.itertuples()
    }
    assert len(due) == len(month) > 500
    expected = [float(mrr.iloc[0]) for mrr in due.values()]
    assert all(len(mrr) == 1 for mrr in due.values())
    assert np.round(month["net"].to_numpy(), 2).tolist() == np.round(expected, 2).tolist()


def test_terms_of_an_account_follow_each_other_without_overlap(software: Path) -> None:
    terms = read(software, "abonnements")
    terms["begin"], terms["end"] = days(terms["date_debut"]), days(terms["date_fin"])
    terms = terms.sort_values(["id_compte", "begin"])
    following = terms.groupby("id_compte")["begin"].shift(-1)
    followed = following.notna()
    assert terms.loc[followed, "end"].notna().all()
    assert (terms.loc[followed, "end"] <= following[followed]).all()
    assert (terms["end"].isna() | (terms["end"] > terms["begin"])).all()
    assert ((terms["mrr"] == "0,00") == (terms["essai"] == "Oui")).all()


@pytest.mark.slow
def test_a_hundred_thousand_customers_make_about_a_million_lines(tmp_path: Path) -> None:
    paths = {path.name: path for path in write_sample(tmp_path, customers=100_000)}
    lines = sum(1 for _ in csv.reader(paths["achats.csv"].read_text(encoding="utf-8-sig").splitlines())) - 1
    assert 0.9e6 < lines < 1.3e6
    clients = read(tmp_path, "clients")["id_client"]
    assert len(clients) == 100_000
    assert clients.is_unique
