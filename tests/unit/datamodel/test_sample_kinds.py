"""The sample companies are read for what docs/sample.md says they are: every table, both companies, both languages."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from analytics.datamodel.roles import TableKind as K
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from assistant.sample import write_sample
from assistant.session import Session

KINDS = {
    ("retail", "fr"): {
        "clients": K.CUSTOMERS, "achats": K.TRANSACTIONS, "contacts": K.CONTACTS, "enquetes": K.SURVEYS,
        "reclamations": K.TICKETS, "retours": K.RETURNS, "mouvements_fidelite": K.LOYALTY_MOVEMENTS,
        "campagne_passee": K.CAMPAIGNS, "prospects": K.PROSPECTS, "depenses_marketing": K.MARKETING_SPEND,
        "magasins": K.STORES, "evenements": K.COMPANY_EVENTS,
    },
    ("retail", "en"): {
        "customers": K.CUSTOMERS, "purchases": K.TRANSACTIONS, "contacts": K.CONTACTS, "surveys": K.SURVEYS,
        "complaints": K.TICKETS, "returns": K.RETURNS, "loyalty_movements": K.LOYALTY_MOVEMENTS,
        "past_campaign": K.CAMPAIGNS, "prospects": K.PROSPECTS, "marketing_spend": K.MARKETING_SPEND,
        "stores": K.STORES, "company_events": K.COMPANY_EVENTS,
    },
    ("saas", "fr"): {
        "comptes": K.CUSTOMERS, "abonnements": K.SUBSCRIPTIONS, "utilisateurs": K.USERS, "usage": K.USAGE,
        "tickets": K.TICKETS, "factures": K.INVOICES, "enquetes": K.SURVEYS, "contacts": K.CONTACTS,
        "opportunites": K.OPPORTUNITIES, "prospects": K.PROSPECTS, "campagne_reconquete": K.CAMPAIGNS,
        "depenses_marketing": K.MARKETING_SPEND, "evenements": K.COMPANY_EVENTS,
    },
    ("saas", "en"): {
        "accounts": K.CUSTOMERS, "subscriptions": K.SUBSCRIPTIONS, "users": K.USERS, "usage": K.USAGE,
        "tickets": K.TICKETS, "invoices": K.INVOICES, "surveys": K.SURVEYS, "contacts": K.CONTACTS,
        "opportunities": K.OPPORTUNITIES, "prospects": K.PROSPECTS, "winback_campaign": K.CAMPAIGNS,
        "marketing_spend": K.MARKETING_SPEND, "company_events": K.COMPANY_EVENTS,
    },
}  # fmt: skip


@pytest.mark.parametrize(("kind", "language"), KINDS)
def test_each_table_is_what_it_is(kind, language, tmp_path):
    session = Session()
    try:
        session.load(write_sample(tmp_path, kind=kind, language=language, customers=1500))
        model = session.study.model
        found = {table.file.rsplit(".", 1)[0]: model.kind(table.table) for table in model.tables}
    finally:
        session.close()
    assert found == KINDS[kind, language]


def test_a_sheet_that_holds_a_sentence_is_no_survey(tmp_path: Path) -> None:
    """« Notes » also means marks: a sheet of that name without any row, nor any known column, is of no kind."""
    book = openpyxl.Workbook()
    sales = book.active
    sales.append(["Client", "Date achat", "Montant"])
    for place in range(60):
        sales.append([f"C{place % 20:03d}", date(2024, 1, 1) + timedelta(days=place), 20 + place])
    book.create_sheet("Notes").append(["Penser à relancer Annecy"])
    book.save(tmp_path / "ventes.xlsx")
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, [tmp_path / "ventes.xlsx"])
    study = open_study(workspace)
    kinds = [reading.kind for reading in study.model.readings]
    study.database.close()
    assert kinds == [K.TRANSACTIONS, K.OTHER]
