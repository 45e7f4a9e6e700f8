"""Small files for the interface's tests, written here: a subscription base whose departures have a planted cause."""

from __future__ import annotations

import csv
import random
from pathlib import Path

NASTY = "![pixel](https://sink.example/p.png)"  # a value that must never become a picture


def telecom(path: Path, *, customers: int = 900, seed: int = 7, nasty: bool = False) -> Path:
    """Write customers as a French back office does (`;`, decimal comma, BOM): month-to-month contracts leave three times more."""
    chance = random.Random(seed)
    offers = ["Fibre", NASTY, NASTY] if nasty else ["Fibre", "ADSL", "Mobile"]
    rows = []
    for number in range(customers):
        contract = chance.choice(["Mensuel", "Annuel"])
        leaves = chance.random() < (0.45 if contract == "Mensuel" else 0.15)
        months = chance.randint(1, 70)
        bill = round(chance.uniform(20, 110), 2)
        rows.append(
            [
                f"C{number:05d}", chance.choice(["Femme", "Homme"]), months, contract, chance.choice(offers),
                str(bill).replace(".", ","), chance.choice(["Oui", "Non"]), "Oui" if leaves else "Non",
            ]
        )  # fmt: skip
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(
            ["Réf. client", "Genre", "Ancienneté (mois)", "Type de contrat", "Offre", "Facture mensuelle", "Parrainé", "Résilié"]
        )
        writer.writerows(rows)
    return path
