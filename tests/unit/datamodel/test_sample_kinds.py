"""The sample companies are read for what docs/sample.md says they are: every table, both companies, both languages."""

from __future__ import annotations

import pytest

from analytics.datamodel.roles import TableKind as K
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
