"""How headers are cut into words and understood."""

from __future__ import annotations

import pytest

from analytics.datamodel.headers import header_scores, is_anonymous, plain, words_of
from analytics.datamodel.roles import Role, TableKind


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Réf. client", ("ref", "client")),
        ("customerID", ("customer", "id")),
        ("order_purchase_timestamp", ("order", "purchase", "timestamp")),
        ("N° client", ("no", "client")),
        ("Date d'achat", ("date", "achat")),
        ("Montant TTC (€)", ("montant", "ttc")),
        ("NumOfProducts", ("nb", "products")),
        ("amount_incl_vat", ("amount", "ttc")),
        ("Inc-Tax Total", ("ttc", "total")),
        ("Docket Total Inc", ("docket", "total", "ttc")),
        ("Total (excl.)", ("total", "ht")),
        ("Total income", ("total", "income")),
        ("net_a_prelever", ("total", "payment")),
        ("mrr_90d", ("mrr", "window")),
        ("Livrée le", ("livree", "le")),
        ("Le client", ("client",)),
        ("HTTPStatus", ("http", "status")),
    ],
)
def test_words(header: str, words: tuple[str, ...]) -> None:
    """Snake, camel, accents, apostrophes, units and numbers."""
    assert words_of(header) == words


@pytest.mark.parametrize("header", ["", "column_3", "Unnamed: 2", "12", "col4", "V1"])
def test_anonymous(header: str) -> None:
    """Headers that say nothing."""
    assert is_anonymous(header)


@pytest.mark.parametrize("header", ["T", "x", "date", "Client", "tenure", "zip2"])
def test_not_anonymous(header: str) -> None:
    """Short is not empty."""
    assert not is_anonymous(header)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("idclient", Role.CUSTOMER_ID), ("Custmer ID", Role.CUSTOMER_ID), ("montantttc", Role.AMOUNT),
        ("Dtae d'inscription", Role.SIGNUP_DATE), ("anciennetee", Role.TENURE), ("Resilie", Role.CHURN_LABEL),
        ("code_postale", Role.POSTCODE), ("NB_COMMANDES", Role.FREQUENCY), ("Canal acquisiton", Role.ACQUISITION_CHANNEL),
        ("dateachat", Role.PURCHASE_DATE), ("PRENOM", Role.FIRST_NAME), ("e_mail", Role.EMAIL),
    ],
)  # fmt: skip
def test_typos_and_glued_words(header: str, role: Role) -> None:
    """One slip of the keyboard, or words without a space."""
    scores = header_scores(header, None)
    assert max(scores, key=lambda found: scores[found].score) is role


def test_a_purchaser_is_no_purchase() -> None:
    """Whom a plot is sold to is its customer."""
    scores = header_scores("Purchaser Ref", TableKind.TRANSACTIONS)
    assert max(scores, key=lambda role: scores[role].score) is Role.CUSTOMER_ID


def test_plain() -> None:
    """Accents, ligatures and capitals go."""
    assert plain("Cœur d’Élite") == "coeur d’elite"
