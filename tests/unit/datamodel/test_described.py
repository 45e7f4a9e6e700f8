"""What a column without a precise role turns out to be: header and cells together, one trade each."""

from __future__ import annotations

import pytest

from analytics.datamodel.described import described
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.values import Facts
from tests.unit.datamodel.tables import profile_of

_ROWS = 300


def _read(header: str, cells: str, distinct: int, kind: TableKind = TableKind.CUSTOMERS) -> Role | None:
    values = [cell.strip() for cell in cells.split(";")]
    return described(Facts(profile_of(header, "c0", values, _ROWS, distinct), _ROWS), kind)


@pytest.mark.parametrize(("header", "cells", "distinct", "kind", "role"), [
    ("Observations", "clé sous le pot; chien méchant; préfère le matin", 3, TableKind.SUBSCRIPTIONS, Role.FREE_TEXT),
    ("Remarks", "call before noon; gate code changed; allergic to nuts", 3, TableKind.CUSTOMERS, Role.FREE_TEXT),
    ("Toiletteur", "Karine; Mehdi; Solène", 3, TableKind.TRANSACTIONS, Role.SELLER),
    ("Looked after by", "T. Okafor; Priya S; Glenn", 3, TableKind.CUSTOMERS, Role.SELLER),
    ("Conseiller", "CLM; BPT; SRO; VDL", 4, TableKind.CUSTOMERS, Role.SELLER),
    ("Centre", "Harbourside; Kelvin; Moor End", 3, TableKind.CUSTOMERS, Role.STORE),
    ("Bibliothèque", "Prévert; Les Tilleuls; Gare", 3, TableKind.CUSTOMERS, Role.STORE),
    ("note_accueil", "1; 2; 3; 4; 5", 5, TableKind.SURVEYS, Role.SATISFACTION),
    ("Swims Last 30 Days", "0; 4; 11; 27", 28, TableKind.CUSTOMERS, Role.USAGE_COUNT),
    ("kWh_L12M", "1200; 3100; 870; 4410", 290, TableKind.CUSTOMERS, Role.USAGE_COUNT),
    ("Parties ce mois", "0; 1; 3; 9", 10, TableKind.SUBSCRIPTIONS, Role.USAGE_COUNT),
    ("Prix séance", "18.5; 21; 25", 3, TableKind.CUSTOMERS, Role.UNIT_PRICE),
    ("Meter point", "1012345678901; 1398765432109; 1276500987654", 300, TableKind.CUSTOMERS, Role.FREE_TEXT),
])  # fmt: skip
def test_what_header_and_cells_say_together(header, cells, distinct, kind, role):
    assert _read(header, cells, distinct, kind) is role


@pytest.mark.parametrize(("header", "cells", "distinct", "kind"), [
    ("Note", "A; B; C", 3, TableKind.CUSTOMERS),  # a grade
    ("Contact", "Karine; Mehdi; Solène", 3, TableKind.CUSTOMERS),  # who is served
    ("Prénom", "Karine; Mehdi; Solène", 3, TableKind.CUSTOMERS),
    ("Variety", "Rose; Jasmine; Fennel; Thyme", 4, TableKind.CUSTOMERS),
    ("Jour", "lundi; mardi; samedi", 3, TableKind.CUSTOMERS),
    ("Centre", "Yes; No", 2, TableKind.CUSTOMERS),
    ("nb_enfants", "0; 1; 2; 3", 4, TableKind.SURVEYS),
    ("Faults last 12m", "0; 1; 2", 6, TableKind.CUSTOMERS),  # met, not done
    ("Sessions per week", "1; 2; 3", 3, TableKind.CUSTOMERS),  # agreed, not done
    ("Price increase", "2; 3.5; 5", 3, TableKind.CUSTOMERS),
    ("Prix abonnement", "29; 39; 59", 3, TableKind.CUSTOMERS),
    ("Prix séance", "18.5; 21; 25", 3, TableKind.SUBSCRIPTIONS),  # which would pass for what the contract brings a month
    ("Annual income", "1012345; 1398765; 1276500", 300, TableKind.CUSTOMERS),
    ("Mileage", "101234; 139876; 127650", 300, TableKind.CUSTOMERS),
    ("Surface", "12; 340; 1200", 290, TableKind.CUSTOMERS),
])  # fmt: skip
def test_what_they_do_not_say_is_left_alone(header, cells, distinct, kind):
    assert _read(header, cells, distinct, kind) is None
