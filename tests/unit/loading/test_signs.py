"""The currency each amount is written in is kept where one column holds several, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.datamodel.model import ColumnProfile
from analytics.files import read_sources
from analytics.loading import load
from analytics.loading.signs import header_currency
from analytics.workspace import Database


def amounts(folder: Path, header: str, cells: list[str]) -> tuple[ColumnProfile, list[tuple[object, ...]]]:
    """Load one column of amounts: its profile, and all that was stored beside the number of the row."""
    lines = [f"n;{header}", *(f"{place};{cell}" for place, cell in enumerate(cells))]
    (folder / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    database = Database(folder / "data.duckdb", writable=True)
    try:
        (profile,) = load(database, read_sources(folder / "a.csv", scratch=folder))
        return profile.columns[1], [row[1:] for row in database.rows("SELECT * FROM t0 ORDER BY c0")]
    finally:
        database.close()


def test_each_cell_s_own_currency_is_kept(tmp_path: Path) -> None:
    """Euros, American and Canadian dollars, francs; a bare cell is in the currency of most, an empty one in none."""
    cells = ["12,50 €", "$14.00", "CA$ 3.00", "7,00 F CFP", "EUR 8,00", "9,25", "", "-US$1.50"]
    profile, rows = amounts(tmp_path, "montant", cells)
    assert profile.currencies == (("EUR", 3), ("USD", 2), ("CAD", 1), ("XPF", 1))
    assert rows == [
        (12.5, "EUR"), (14.0, "USD"), (3.0, "CAD"), (7.0, "XPF"), (8.0, "EUR"), (9.25, "EUR"), (None, None), (-1.5, "USD"),
    ]  # fmt: skip


def test_a_sign_far_down_the_file_is_seen(tmp_path: Path) -> None:
    """Beyond the sample the reading is decided on, a hundred thousand rows away."""
    cells = [f"{place % 90 + 1},50 €" for place in range(120_000)]
    cells[119_990] = "$5.00"
    profile, rows = amounts(tmp_path, "montant", cells)
    assert profile.currencies == (("EUR", 119_999), ("USD", 1))
    assert rows[119_990] == (5.0, "USD") and rows[119_991] == (119_991 % 90 + 1.5, "EUR")


def test_the_header_names_the_currency_of_bare_cells(tmp_path: Path) -> None:
    """Bare cells under « Montant (€) » are euros, beside some that say dollars."""
    profile, rows = amounts(tmp_path, "Montant (€)", ["12,50", "3,10", "$14.00"])
    assert profile.currencies == (("EUR", 2), ("USD", 1))
    assert rows == [(12.5, "EUR"), (3.1, "EUR"), (14.0, "USD")]


@pytest.mark.parametrize(
    ("header", "cells", "habit"),
    [
        ("montant", ["12,50 €", "14,00 EUR", "3,00"], "currency:EUR"),
        ("montant (€)", ["$12.50", "$14.00"], "currency:USD"),  # the cells know better
        ("amount_eur", ["12.50", "14.00"], "currency:EUR"),
    ],
)  # fmt: skip
def test_one_currency_keeps_nothing_beside(header: str, cells: list[str], habit: str, tmp_path: Path) -> None:
    """No column is added where there is one currency."""
    profile, rows = amounts(tmp_path, header, cells)
    assert profile.currencies == () and all(len(row) == 1 for row in rows)
    assert [code for code in profile.habit if code.startswith("currency:")] == [habit]


@pytest.mark.parametrize(
    ("header", "code"),
    [("Prix en euros", "EUR"), ("total_chf", "CHF"), ("EUROS", "EUR"), ("neuro", None), ("Montant", None)],
)  # fmt: skip
def test_the_currency_of_a_header(header: str, code: str | None) -> None:
    """Words, codes and signs; never a part of a word."""
    assert header_currency(header) == code


@pytest.mark.parametrize(
    ("header", "cells", "stored"),
    [
        ("Montant HT (k€)", ["12,5", "3,1"], [12_500.0, 3_100.0]),
        ("CA en milliers d'euros", ["12", "3"], [12_000.0, 3_000.0]),
        ("Revenue ($000s)", ["12", "3"], [12_000.0, 3_000.0]),
        ("Budget MEUR", ["1,5", "2"], [1_500_000.0, 2_000_000.0]),
        ("Montant (k€)", ["12 k€", "3 k€"], [12_000.0, 3_000.0]),  # said once
        ("Montant (k€)", ["12k", "3,5k"], [12_000.0, 3_500.0]),
        ("Montant (€)", ["12", "3"], [12.0, 3.0]),
        ("premium_cents", ["4900", "12350"], [49.0, 123.5]),
        ("Cotisation (centimes)", ["4900", "-150"], [49.0, -1.5]),
        ("amountCents", ["4900", "100.0"], [49.0, 1.0]),
        ("fee_cents", ["49.50", "12.00"], [49.5, 12.0]),  # cents are whole
        ("per cents", ["12", "3"], [12.0, 3.0]),
        ("Accents", ["12", "3"], [12.0, 3.0]),
        ("Stock (kg)", ["12", "3"], [12.0, 3.0]),
    ],
)  # fmt: skip
def test_the_header_says_thousands_millions_or_cents(header: str, cells: list[str], stored: list[float], tmp_path: Path) -> None:
    """A column in k€ or in cents is brought to euros, as its cells would be if they said so themselves."""
    _, rows = amounts(tmp_path, header, cells)
    assert [row[0] for row in rows] == stored
