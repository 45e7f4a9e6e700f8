"""Months, quarters and years in columns, told again one row a purchase."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.datamodel.roles import Role, TableKind
from analytics.importing import import_files, open_study
from analytics.importing.periods import period_of
from analytics.study import Study
from analytics.workspace import Workspace
from vocabulary.finding import Finding

MONTHS_FR = ("janv-24", "févr-24", "mars-24", "avr-24", "mai-24", "juin-24", "juil-24", "août-24", "sept-24", "oct-24", "nov-24", "déc-24")


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("janv-24", ("", 1, date(2024, 1, 31))), ("CA févr. 2024", ("ca", 1, date(2024, 2, 29))),
        ("Ventes_2024_03", ("ventes", 1, date(2024, 3, 31))), ("2024-04", ("", 1, date(2024, 4, 30))),
        ("05/2024", ("", 1, date(2024, 5, 31))), ("Jun 2024", ("", 1, date(2024, 6, 30))),
        ("2024-07-01 00:00:00", ("", 1, date(2024, 7, 31))), ("Revenue Q3 2024", ("revenue", 3, date(2024, 9, 30))),
        ("T4 2024 CA HT", ("ca ht", 3, date(2024, 12, 31))), ("CA 2023", ("ca", 12, date(2023, 12, 31))),
        ("Montant (€) août 2024", ("montant €", 1, date(2024, 8, 31))),
        ("Date d'achat", None), ("Montant", None), ("mars", None), ("Code 75", None), ("ca12", None),
    ],
)  # fmt: skip
def test_the_period_a_header_names(header: str, told: tuple[str, int, date] | None) -> None:
    """What is left of the header, how many months, the last day."""
    found = period_of(header)
    assert (None if found is None else (found.measure, found.months, found.end)) == told


def amounts(names: tuple[str, ...], customers: int = 80) -> pd.DataFrame:
    """A customer a row, what each bought a month; one in four stopped after the third month."""
    rows = []
    for number in range(customers):
        bought = [round(12.5 + 3.1 * number + month, 2) if (number + month) % 3 or month % 2 else 0.0 for month in range(len(names))]
        kept = bought if number % 4 else [*bought[:3], *[None] * (len(names) - 3)]
        rows.append({"Code client": f"C{number:03d}", "Ville": ["Lyon", "Paris"][number % 2], **dict(zip(names, kept, strict=True))})
    return pd.DataFrame(rows)


@contextmanager
def opened(folder: Path, frame: pd.DataFrame) -> Iterator[Study]:
    """Import the frame as a file and look at it."""
    path = folder / "ventes.csv"
    frame.to_csv(path, index=False, sep=";")
    workspace = Workspace(folder / "workspace")
    import_files(workspace, [path], today=date(2025, 7, 1))
    study = open_study(workspace)
    try:
        yield study
    finally:
        study.database.close()


@pytest.mark.parametrize("before", ["", "CA "])
def test_amounts_by_month_are_purchases(tmp_path: Path, before: str) -> None:
    """Revenue is what the cells add up to, by month too; the file still has its own number of lines."""
    names = tuple(before + name for name in MONTHS_FR)
    frame = amounts(names)
    with opened(tmp_path, frame) as study:
        model = study.model
        assert model.lines == (80, 0, 80)
        kinds = {table.file: model.kind(table.table) for table in model.tables}
        assert kinds == {"ventes.csv": TableKind.CUSTOMERS, "ventes.csv – achats par mois": TableKind.TRANSACTIONS}
        assert [column.name for column in model.tables[0].columns] == ["Code client", "Ville"]
        assert model.as_of == date(2024, 12, 31)
        found = Runner(study).run("explore", {"measure": "amount"})
        assert isinstance(found, Finding)
        assert found.measures[0].value == pytest.approx(float(frame[list(names)].sum().sum()))


@pytest.mark.parametrize("before", ["Prix ", "Nb visites ", "Budget CA ", "Solde "])
def test_what_is_no_purchase_stays_in_columns(tmp_path: Path, before: str) -> None:
    """Prices, visits, forecasts and balances by month are nobody's purchases."""
    names = tuple(before + name for name in MONTHS_FR)
    with opened(tmp_path, amounts(names)) as study:
        assert [table.file for table in study.model.tables] == ["ventes.csv"]
        assert not study.model.has((Role.PURCHASE_DATE,))


def test_counts_under_bare_months_stay_in_columns(tmp_path: Path) -> None:
    """Small whole numbers may be visits: nothing says that they are paid."""
    frame = amounts(MONTHS_FR)
    frame[list(MONTHS_FR)] = (frame[list(MONTHS_FR)] // 20).astype("Int64")
    with opened(tmp_path, frame) as study:
        assert len(study.model.tables) == 1


def test_a_summary_beside_the_sales_themselves_is_no_purchase(tmp_path: Path) -> None:
    """A pivot table of a workbook sums up its data: told again, its years would end after the last sale, everyone silent since."""
    sales = pd.DataFrame([
        {"Client": f"C{n:02d}", "Date": date(2022 + n % 3, 1 + n % 12, 5), "Montant": 10.5 + n, "Ville": ["Lyon", "Paris"][n % 2]} for n in range(120)
    ])  # fmt: skip
    pivot = sales.assign(an=[day.year for day in sales["Date"]]).pivot_table(index="Ville", columns="an", values="Montant", aggfunc="sum")
    path = tmp_path / "ventes.xlsx"
    with pd.ExcelWriter(path) as writer:
        pivot.reset_index().to_excel(writer, sheet_name="Synthèse", index=False)
        sales.to_excel(writer, sheet_name="Données", index=False)
    workspace = Workspace(tmp_path / "workspace")
    import_files(workspace, [path], today=date(2025, 7, 1))
    study = open_study(workspace)
    try:
        assert len(study.model.tables) == 2 and study.model.as_of == max(sales["Date"])
        assert any("twice" in note.render("en") for note in study.model.tables[0].notes)
    finally:
        study.database.close()
