"""Small companies with known customers, written as CSV, loaded and read as any file; defects are planted on purpose."""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from analytics.datamodel.detection import detect
from analytics.datamodel.model import Corrections, DataModel
from analytics.files import read_sources
from analytics.loading import load
from analytics.workspace import Database

TODAY = date(2025, 12, 31)
Row = dict[str, object]
Files = dict[str, list[Row]]


@contextmanager
def loaded(paths: Sequence[Path], *, corrections: Corrections | None = None, today: date = TODAY) -> Iterator[
    tuple[DataModel, Database]
]:  # fmt: skip
    """Load files and detect: the model, and the database while it is open."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        sources = [source for path in paths for source in read_sources(path, scratch=scratch)]
        database = Database(scratch / "data.duckdb", writable=True)
        try:
            tables = load(database, sources)
            yield detect(database, tables, corrections=corrections or Corrections(), today=today), database
        finally:
            database.close()


def model_of(
    files: Mapping[str, Iterable[Row]], corrections: Corrections | None = None, today: date = TODAY
) -> DataModel:
    """Write the files as semicolon-separated CSV, load them, detect."""
    with tempfile.TemporaryDirectory() as folder:
        with loaded(write_files(files, Path(folder)), corrections=corrections, today=today) as (model, _):
            return model


def write_files(files: Mapping[str, Iterable[Row]], folder: Path) -> list[Path]:
    """Write the files as semicolon-separated CSV; their paths."""
    paths = []
    for name, rows in files.items():
        paths.append(folder / name)
        _write(paths[-1], list(rows))
    return paths


def checks(model: DataModel) -> dict[str, int]:
    """Health codes found, with their counts (summed over columns)."""
    found: dict[str, int] = {}
    for check in model.health:
        found[check.check] = found.get(check.check, 0) + check.count
    return found


def shop(seed: int, customers: int = 150, until: date = date(2025, 10, 31)) -> Files:
    """A clean shop: customers, and their purchases over three years, each buying about every two months until they leave."""
    rng = random.Random(seed)
    people: list[Row] = []
    sales: list[Row] = []
    start = date(2022, 11, 1)
    for number in range(customers):
        joined = start + timedelta(days=rng.randrange(0, 900))
        people.append({
            "id_client": f"C{number:05d}", "prenom": rng.choice(_FIRST), "nom": rng.choice(_LAST) + rng.choice("abcdefghij"),
            "email": f"client{number}.{seed}@mail-{rng.randrange(9)}.fr", "date_inscription": joined,
            "canal_acquisition": rng.choice(["Boutique", "Site web", "Parrainage"]), "age": rng.randrange(18, 90),
            "note": rng.choice(["bon client, vient souvent le samedi", "préfère le magasin de Lyon", "aime le thé vert", ""]),
        })  # fmt: skip
        day = joined
        leaves = joined + timedelta(days=int(rng.expovariate(1 / 700)) + 30)
        while day <= min(until, leaves):
            sales.append({
                "n_ticket": f"T{len(sales):06d}", "id_client": f"C{number:05d}", "date_achat": day,
                "montant_ttc": round(rng.lognormvariate(3.4, 0.6), 2), "magasin": rng.choice(["Lyon", "Lille", "Nantes"]),
                "moyen_paiement": rng.choice(["Carte", "Espèces", "PayPal"]), "devise": "EUR",
            })  # fmt: skip
            day += timedelta(days=1 + int(rng.gammavariate(2, 30)))
    return {"clients.csv": people, "achats.csv": sales}


def subscribers(seed: int, customers: int = 300) -> Files:
    """A clean file of labelled customers: tenure, contract, bill, satisfaction, and who left."""
    rng = random.Random(seed)
    rows = []
    for number in range(customers):
        lost = rng.random() < 0.27
        rows.append({
            "customer_id": f"A{number:05d}", "tenure_months": rng.randrange(1, 72),
            "contract": rng.choice(["Monthly", "Yearly"]), "monthly_charges": round(rng.uniform(20, 110), 2),
            "nps_score": rng.randrange(0, 11), "region": rng.choice(["North", "South", "East"]),
            "churned": "Yes" if lost else "No",
        })  # fmt: skip
    return {"customers.csv": rows}


def _write(path: Path, rows: list[Row]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(names)
        writer.writerows([[_cell(row.get(name)) for name in names] for row in rows])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y") if value.year >= 1000 else str(value)
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",")
    return str(value)


_FIRST = ["Marie", "Paul", "Inès", "Louis", "Jeanne", "Hugo", "Alice", "Karim", "Chloé", "Noah"]
_LAST = ["Durand", "Martin", "Petit", "Robert", "Moreau", "Simon", "Laurent", "Michel", "Garcia", "Fournier"]
