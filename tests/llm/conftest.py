"""One small French file with people in it, one session on it, one scripted server."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from analytics.workspace import Workspace
from assistant.llm.ledger import Ledger
from assistant.llm.settings import Patience, Settings
from assistant.llm.turn import LanguageModel
from assistant.session import Session
from tests.llm.server import ModelServer

TODAY = date(2026, 11, 22)
KEY = "sk-canary-4f1d9a7be2"
HURRIED = Patience(connect=0.5, read=0.7, total=1.5, rest=0.0)
_FIRST = "Camille Rose Marine Théo Léa Hugo Inès Juste Paul Gwenaëlle".split()
_LAST = "Lefèvre Martin Petit Rousseau Garnier Dubois O’Neil Saint-Just Kervella Zidane".split()
_COMMENTS = ("Livraison en retard chez {first} {last}", "Rappeler {phone}", "Très satisfait")


def people(n: int = 400, seed: int = 7) -> list[dict[str, str]]:
    """Customers with names, e-mails, telephones, IBANs and comments; an unsettled complaint is planted as a cause."""
    rng = random.Random(seed)
    rows = []
    for i in range(n):
        first, last = rng.choice(_FIRST), rng.choice(_LAST)
        bad = rng.random() < 0.3
        phone = "06 " + " ".join(f"{rng.randint(10, 99)}" for _ in range(4))
        rows.append({
            "id_client": f"C{i:05d}", "prenom": first, "nom": last,
            "email": f"{first}.{last}{i}@exemple.fr".lower().replace("’", ""), "telephone": phone,
            "iban": f"FR76 3000 6000 {rng.randint(1000, 9999)} {rng.randint(1000, 9999)} {rng.randint(1000, 9999)} 189",
            "genre": rng.choice(["Femme", "Homme"]),
            "canal_acquisition": rng.choice(["Parrainage", "Salon", "Web"]) if i > 3 else "Presse",
            "reclamation_non_resolue": "Oui" if bad else "Non", "anciennete_mois": str(rng.randint(1, 60)),
            "commentaire": rng.choice(_COMMENTS).format(first=first, last=last, phone=phone),
            "resilie": "Oui" if rng.random() < (0.6 if bad else 0.15) else "Non",
        })  # fmt: skip
    return rows


@pytest.fixture(scope="session")
def rows() -> list[dict[str, str]]:
    return people()


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("llm")
    path = Path(folder) / "clients.csv"
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    opened = Session(Workspace(folder / "workspace"))
    opened.load([path], today=TODAY)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def server() -> Iterator[ModelServer]:
    served = ModelServer()
    yield served
    served.close()


Use = Callable[..., LanguageModel]


@pytest.fixture
def use(session: Session, server: ModelServer, tmp_path: Path) -> Iterator[Use]:
    """Give the session a model for the time of a test, with a ledger of its own and no earlier turn."""
    session.state.turns.clear()

    def chosen(url: str | None = None, *, stream: bool = False, strict: bool = False, patience: Patience | None = None) -> LanguageModel:
        settings = Settings("scripted", url or server.url, KEY, strict, stream, patience or Patience(total=10, rest=0))
        session.ledger = Ledger(tmp_path / "sent.jsonl")
        session._settings, session._model = settings, LanguageModel(settings, session.ledger)
        return session._model

    yield chosen
    if session._model is not None:
        session._model.client.close()
    session._settings = session._model = None
