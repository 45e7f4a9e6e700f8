"""Companies with planted causes, on a fixed grid: the truth is known because it was written before the data.

A world has three causes with one odds ratio, decoys correlated .6 with each cause and without effect, ten noise columns,
one column that leaks (filled once the customer has gone) and one symptom (activity that falls because the customer is
leaving). Two kinds of company: a labelled customer file, and customers with dated purchases where lost is a silence.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import numpy as np
from scipy import optimize, stats

Kind = Literal["labelled", "purchases"]
TODAY = date(2026, 10, 1)
CAUSES = ("reclamation_non_resolue", "premiere_livraison_en_retard", "sans_message_accueil")
DECOYS = ("cadeau_bienvenue", "appel_du_magasin", "sac_consigne")
NOISE_FLAGS = ("parking_utilise", "notice_papier", "emballage_cadeau", "vu_en_vitrine")
NOISE_WORDS = ("region", "moyen_paiement", "couleur_preferee")
NOISE_NUMBERS = ("age", "distance_km", "note_produit")
LEAK, SYMPTOM = "motif_depart", "visites_90_derniers_jours"
SHARE = 0.3  # of customers touched by each cause
CORRELATION = 0.6


@dataclass(frozen=True)
class Cell:
    """One cell of the grid."""

    kind: Kind
    odds_ratio: float
    n: int
    rate: float

    def __str__(self) -> str:
        return f"{self.kind}-or{self.odds_ratio:g}-n{self.n}-rate{self.rate:g}"

    @property
    def power(self) -> float:
        """Power of a two-sided test at .05 / 25 (the search corrects for its columns) of one cause's log odds ratio."""
        spread = 1 / np.sqrt(self.n * self.rate * (1 - self.rate) * SHARE * (1 - SHARE))
        return float(stats.norm.cdf(np.log(self.odds_ratio) / spread - stats.norm.ppf(1 - 0.05 / 25 / 2)))


GRID = tuple(
    Cell(kind, ratio, n, rate)
    for kind, ratio, n, rate in itertools.product(("labelled", "purchases"), (1.5, 2.0, 3.0), (1_000, 10_000), (0.1, 0.3))
)


def draw(cell: Cell, seed: int) -> tuple[dict[str, np.ndarray[Any, Any]], np.ndarray[Any, Any]]:
    """The columns of a world and who leaves; with an odds ratio of 1 nothing explains anything."""
    rng = np.random.default_rng([seed, round(cell.odds_ratio * 100), cell.n, round(cell.rate * 100)])
    columns: dict[str, np.ndarray[Any, Any]] = {}
    risk = np.zeros(cell.n)
    for cause, decoy in zip(CAUSES, DECOYS, strict=True):
        touched = rng.random(cell.n) < SHARE
        copied = rng.random(cell.n) < CORRELATION  # a copy with that chance, else drawn apart: correlation .6
        columns[cause] = touched
        columns[decoy] = np.where(copied, touched, rng.random(cell.n) < SHARE)
        risk += np.log(cell.odds_ratio) * touched
    base = optimize.brentq(lambda b: (1 / (1 + np.exp(-(b + risk)))).mean() - cell.rate, -15, 15)
    gone = rng.random(cell.n) < 1 / (1 + np.exp(-(base + risk)))
    for name in NOISE_FLAGS:
        columns[name] = rng.random(cell.n) < rng.uniform(0.1, 0.6)
    for name in NOISE_WORDS:
        columns[name] = rng.choice(["Nord", "Sud", "Est", "Ouest"], cell.n)
    columns["age"] = rng.integers(18, 85, cell.n)
    columns["distance_km"] = np.round(rng.gamma(2, 8, cell.n), 1)
    columns["note_produit"] = rng.integers(1, 6, cell.n)
    columns[LEAK] = np.where(gone & (rng.random(cell.n) < 0.95), rng.choice(["prix", "autre"], cell.n), "")
    columns[SYMPTOM] = rng.poisson(np.where(gone, 2.0, 6.0))
    return columns, gone


def write(cell: Cell, seed: int, folder: Path) -> list[Path]:
    """Write the world's files, as a French export."""
    columns, gone = draw(cell, seed)
    customers = folder / "clients.csv"
    names = ["id_client", *columns]
    if cell.kind == "labelled":
        names.append("resilie")
    with customers.open("w", encoding="utf-8") as out:
        out.write(";".join(names) + "\n")
        for i in range(cell.n):
            row = [f"C{i:06d}", *(_word(column[i]) for column in columns.values())]
            if cell.kind == "labelled":
                row.append("Oui" if gone[i] else "Non")
            out.write(";".join(row) + "\n")
    if cell.kind == "labelled":
        return [customers]
    return [customers, _purchases(gone, seed, folder / "achats.csv")]


def _purchases(gone: np.ndarray[Any, Any], seed: int, path: Path) -> Path:
    """Everyone buys every month or so; those who go stopped half a year before the last day."""
    rng = np.random.default_rng([seed, 7])
    last_day = TODAY - timedelta(days=1)
    with path.open("w", encoding="utf-8") as out:
        out.write("id_client;date_achat;montant_ttc\n")
        for i, left in enumerate(gone):
            end = last_day - timedelta(days=int(rng.integers(170, 200)) if left else 0)
            day = last_day - timedelta(days=int(rng.integers(500, 700)))
            while day <= end:
                out.write(f"C{i:06d};{day:%d/%m/%Y};{rng.gamma(3, 15):.2f}\n".replace(".", ","))
                day += timedelta(days=int(rng.integers(20, 45)))
    return path


def _word(value: Any) -> str:
    if isinstance(value, bool | np.bool_):
        return "Oui" if value else "Non"
    return str(value).replace(".", ",")
