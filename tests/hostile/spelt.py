"""Cells that spell what they say: periods, durations, marks, stars, letters for millions; and their look-alikes, left as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.hostile.case import Case
from tests.hostile.values import column


def all_cases() -> Iterator[Case]:
    """Every case of this module."""
    yield from _periods()
    yield from _no_periods()
    yield from _measures()
    yield from _no_measures()


def _periods() -> Iterator[Case]:
    weeks = [date(2024, 1, 29), date(2024, 12, 23)]
    quarters, halves, months = ([date(2024, a, 1), date(2024, b, 1)] for a, b in ((1, 10), (1, 7), (1, 12)))
    for i, (header, cells, expected, code, said) in enumerate((
        ("semaine", ["2024-W05", "2024-W52"], weeks, "week", "Weeks read as their Monday"),
        ("v", ["S05 2024", "S52 2024"], weeks, "week", "Weeks"), ("semaine", ["S5-2024", "S52-2024"], weeks, "week", "Weeks"),
        ("semaine", ["Semaine 5 2024", "Semaine 52 2024"], weeks, "week", "Weeks"),
        ("week", ["Week 5, 2024".replace(",", ""), "Week 52 2024"], weeks, "week", "Weeks"),
        ("semaine", ["2024-05", "2024-52"], weeks, "week", "Weeks"), ("Week", ["202405", "202452"], weeks, "week", "Weeks"),
        ("trimestre", ["T1 2024", "T4 2024"], quarters, "quarter", "Quarters read as their first day"),
        ("quarter", ["Q1 2024", "Q4 2024"], quarters, "quarter", "Quarters"), ("v", ["2024-Q1", "2024-Q4"], quarters, "quarter", "Quarters"),
        ("v", ["2024Q1", "2024Q4"], quarters, "quarter", "Quarters"), ("v", ["Q1'24", "Q4'24"], quarters, "quarter", "Quarters"),
        ("v", ["1T2024", "4T2024"], quarters, "quarter", "Quarters"), ("v", ["1er trimestre 2024", "4e trimestre 2024"], quarters, "quarter", "Q"),
        ("semestre", ["S1 2024", "S2 2024"], halves, "half_year", "Half-years"), ("v", ["H1 2024", "H2 2024"], halves, "half_year", "Half-years"),
        ("mois", ["janv. 2024", "déc. 2024"], months, "month", "Months read as their first day"),
        ("v", ["janvier-24", "décembre-24"], months, "month", "Months"), ("month", ["Jan-24", "Dec-24"], months, "month", "Months"),
        ("v", ["Jan2024", "Dec2024"], months, "month", "Months"), ("v", ["Jan'24", "Dec'24"], months, "month", "Months"),
        ("v", ["2024 janvier", "2024 décembre"], months, "month", "Months"), ("v", ["2024-Jan", "2024-Dec"], months, "month", "Months"),
        ("v", ["01/2024", "12/2024"], months, "month", "Months"), ("v", ["2024-01", "2024-12"], months, "month", "Months"),
        ("v", ["2024M01", "2024M12"], months, "month", "Months"), ("mois", ["01/24", "12/24"], months, "month", "Months"),
        ("Mois", ["24-01", "24-12"], months, "month", "Months"),
    )):  # fmt: skip
        yield column(f"period-{i}-{code}", cells, expected, "date", header=header, habit={header: (code,)}, notes=[said])


def _no_periods() -> Iterator[Case]:
    for i, (header, cells) in enumerate((
        ("modèle", ["S3 2020", "S4 2021"]), ("modèle", ["M3 2020", "M4 2021"]), ("ref", ["T1", "T2"]), ("v", ["W05", "W06"]),
        ("v", ["Q5 2024", "Q6 2024"]), ("v", ["S1 2024", "S2 2024"]), ("v", ["2024-Q1", "2024"]), ("v", ["2024-Q1", "2024-W05"]),
        ("taille", ["01/24", "02/24"]), ("lot", ["24-01", "24-02"]), ("v", ["2024-W54", "2024-W05"]), ("v", ["Q1 24 rue Foch", "Q2 25 rue Foch"]),
    )):  # fmt: skip
        yield column(f"no-period-{i}", cells, cells, "category", header=header)
    for header, cells in (("exercice", ["FY24", "FY25"]), ("year", ["FY2024", "FY2025"]), ("exercice", ["FY23/24", "FY24/25"])):
        yield column(f"fiscal-years-{cells[0].replace('/', '-')}", cells, cells, "category", header=header, notes=["Fiscal years kept as text"])


def _measures() -> Iterator[Case]:
    for i, (header, cells, expected, code, said) in enumerate((
        ("prix", ["12€50", "9€90", "112€", "1 200 €"], [12.5, 9.9, 112, 1200], "currency:EUR", "€ for the decimal mark"),
        ("prix", ["12 € 50", "9 € 90"], [12.5, 9.9], "currency:EUR", "€ for the decimal mark"),
        ("v", ["1h30", "2h", "45 min"], [90, 120, 45], "unit:min", "Durations read in minutes"),
        ("durée", ["1h30", "2h05"], [90, 125], "unit:min", "Durations"), ("duration", ["1 h 30 min", "2 hours"], [90, 120], "unit:min", "Dur"),
        ("Durée d'appel", ["00:01:30", "00:45:00"], [1.5, 45], "unit:min", "Durations"),
        ("note", ["3,5/5", "4/5"], [3.5, 4], "out_of:5", "Marks out of 5"), ("rating", ["4/5", "3/5"], [4, 3], "out_of:5", "Marks out of 5"),
        ("v", ["9,5/10", "8/10"], [9.5, 8], "out_of:10", "Marks out of 10"), ("avis", ["4 sur 5", "5 sur 5"], [4, 5], "out_of:5", "Marks"),
        ("v", ["★★★★", "★★★", "★★★★★"], [4, 3, 5], "stars", "Stars read"), ("v", ["★★★★☆", "★★☆☆☆"], [4, 2], "stars", "Stars read"),
        ("v", ["⭐⭐", "⭐⭐⭐⭐⭐"], [2, 5], "stars", "Stars read"),
        ("revenue", ["1.2M", "300K", "950"], [1200000, 300000, 950], "thousands_letter", "Letters read as thousands"),
        ("CA", ["$1.2M", "$3M"], [1200000, 3000000], "currency:USD", "Letters"), ("v", ["1,2M", "300k"], [1200000, 300000], "thousands_letter", "Letters"),
        ("v", ["1,212.50 CR", "13.00 DR"], [1212.5, -13], "debit_credit", "Debits (DR)"),
        ("poids", ["1 234,5 kg", "3,5 kg"], [1234.5, 3.5], "unit:kg", ""), ("stock", ["12 pcs", "3 pcs"], [12, 3], "unit:pcs", ""),
        ("nb", ["2 pers.", "4 pers."], [2, 4], "unit:pers.", ""),
    )):  # fmt: skip
        yield column(f"spelt-{i}-{code.split(':')[0]}", cells, expected, "number", header=header, habit={header: (code,)}, notes=[said])
    for yes, no in (("WAHR", "FALSCH"), ("VERDADERO", "FALSO"), ("VERO", "FALSO"), ("VRAI", "FAUX")):
        yield column(f"flag-{yes.lower()}", [yes, no, yes], [True, False, True], "flag")
    errors = ["1", "#N/A", "#REF!", r"\N", "--", "s.o.", "n.c.", "NaN", "(vide)", "(blank)", "2"]
    yield column("null-words-among-numbers", errors, [1, *[None] * 9, 2], "number")


def _no_measures() -> Iterator[Case]:
    for i, (header, cells) in enumerate((
        ("Heure", ["14h30", "9h00"]), ("horaire", ["9h15", "18h"]), ("v", ["14h30", "9h00"]), ("heure", ["01:30:00", "14:45:00"]),
        ("colis", ["1/5", "2/5"]), ("date avis", ["4/10", "5/10"]), ("note", ["4/5", "9/10"]), ("note", ["6/5", "4/5"]),
        ("taille", ["12M", "18M"]), ("v", ["1.2M", "3M"]), ("format", ["20x30", "30x40"]), ("v", [">100", "<10"]), ("note", ["★★★ moyen", "★★★★"]),
        ("v", ["12 CR", "13 CR"]),
    )):  # fmt: skip
        yield column(f"not-spelt-{i}", cells, cells, "category", header=header)
