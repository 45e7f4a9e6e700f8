"""Small real workspaces of each shape, imported through the real pipeline, once a session."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.workspace import Workspace
from assistant.session import Session

TODAY = date(2026, 11, 22)


def labelled(n: int = 600, seed: int = 1) -> str:
    """A French customer file with a label; an unresolved complaint is planted as a cause."""
    rng = random.Random(seed)
    lines = ["id_client;genre;canal_acquisition;reclamation_non_resolue;anciennete_mois;facture_mensuelle;resilie"]
    for i in range(n):
        bad = rng.random() < 0.3
        gone = rng.random() < (0.55 if bad else 0.15)
        channel = rng.choice(["Parrainage", "Salon", "Web"])
        lines.append(
            f"C{i:05d};{rng.choice(['Femme', 'Homme'])};{channel};{'Oui' if bad else 'Non'};{rng.randint(1, 60)};"
            f"{rng.randint(1000, 9000) / 100:.2f}".replace(".", ",") + f";{'Oui' if gone else 'Non'}"
        )
    return "\n".join(lines) + "\n"


def purchases(n: int = 400, seed: int = 2) -> str:
    """A file of purchases; each customer has a rhythm and may stop."""
    rng = random.Random(seed)
    lines = ["customer_id,order_id,purchase_date,amount,category"]
    order = 0
    for i in range(n):
        day = date(2023, 1, 1) + timedelta(days=rng.randint(0, 700))
        gap = rng.uniform(15, 90)
        while day < date(2026, 9, 30) and rng.random() > 0.12:
            order += 1
            lines.append(f"K{i:04d},O{order:06d},{day.isoformat()},{rng.uniform(5, 120):.2f},{rng.choice('ABC')}")
            day += timedelta(days=max(1, round(rng.expovariate(1 / gap))))
    return "\n".join(lines) + "\n"


SHAPES: dict[str, dict[str, str]] = {
    "labelled": {"clients.csv": labelled()},
    "purchases": {"purchases.csv": purchases()},
    "no_row": {"clients.csv": "id_client;genre;resilie\n"},
    "one_row": {"clients.csv": "id_client;genre;resilie\nC1;Femme;Non\n"},
    "one_customer": {"purchases.csv": "customer_id,purchase_date,amount\nK1,2026-01-05,12.50\nK1,2026-02-05,8.00\n"},
    "all_lost": {"clients.csv": labelled(80).replace(";Non\n", ";Oui\n")},
}


@pytest.fixture(scope="session")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Session]]:
    """One open session a shape."""
    opened = {}
    for shape, files in SHAPES.items():
        folder = tmp_path_factory.mktemp(shape)
        paths = []
        for name, text in files.items():
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        opened[shape] = Session(Workspace(folder / "workspace"))
        opened[shape].load(paths, today=TODAY)
    yield opened
    for session in opened.values():
        session.close()
