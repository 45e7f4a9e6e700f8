"""How often a file of lines names a customer, against counts done by hand: a climbing gym's classes beside its passes and their bills."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.answering import answer
from assistant.planner import Dialogue
from assistant.session import Session
from vocabulary.language import Language

_draw = random.Random(61)
LAST = date(2025, 12, 20)
PEOPLE = [f"K{n:03d}" for n in range(260)]
PLAN = {who: _draw.choice(["Wall", "Boulder"]) for who in PEOPLE}
BEGAN = {who: date(2023, 1, 2) + timedelta(days=_draw.randrange(800)) for who in PEOPLE}
GONE = {who: BEGAN[who] + timedelta(days=_draw.randrange(90, 900)) for who in PEOPLE if _draw.random() < 0.4}
GONE = {who: day for who, day in GONE.items() if day < LAST}
CLASSES = [
    (who, BEGAN[who] + timedelta(days=_draw.randrange(max(2, (GONE.get(who, LAST) - BEGAN[who]).days))), _draw.choice(["Lead", "Yoga", "Kids"]))
    for who in PEOPLE for _ in range(_draw.choice([0, 1, 2, 3, 5, 8, 12]))
]  # fmt: skip
BILLS = [(who, BEGAN[who] + timedelta(days=30 * k)) for who in PEOPLE for k in range(30) if BEGAN[who] + timedelta(days=30 * k) <= GONE.get(who, LAST)]
TIMES = Counter(who for who, _, _ in CLASSES)


@pytest.fixture(scope="module")
def gym(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder: Path = tmp_path_factory.mktemp("gym")
    lines = [f"{who};{PLAN[who]};{BEGAN[who]:%d/%m/%Y};{f'{GONE[who]:%d/%m/%Y}' if who in GONE else ''};49,00" for who in PEOPLE]
    (folder / "abonnements.csv").write_text("\n".join(["N° adhérent;Formule;Début;Fin;Prix mensuel", *lines]) + "\n", encoding="utf-8")
    bills = [f"B{n:05d};{who};{day:%d/%m/%Y};49,00" for n, (who, day) in enumerate(BILLS)]
    (folder / "factures.csv").write_text("\n".join(["N° facture;N° adhérent;Date facture;Montant TTC", *bills]) + "\n", encoding="utf-8")
    held = [f"R{n:05d};{who};{day:%d/%m/%Y};{what}" for n, (who, day, what) in enumerate(CLASSES)]
    (folder / "reservations.csv").write_text("\n".join(["N° résa;N° adhérent;Date;Cours", *held]) + "\n", encoding="utf-8")
    opened = Session()
    opened.load([folder / name for name in ("abonnements.csv", "factures.csv", "reservations.csv")], today=date(2026, 1, 5))
    return opened


def _told(session: Session, question: str, language: Language = "fr") -> object:
    done = answer(question, session, language=language, dialogue=Dialogue())
    assert done.status == "answered", (question, done.text)
    return done.findings[0].measures[0].value


def _times(least: int = 0, most: int = 999, *, of: str | None = None, year: int | None = None) -> int:
    held = Counter(who for who, day, what in CLASSES if (of is None or what == of) and (year is None or day.year == year))
    return sum(least <= held[who] <= most for who in PEOPLE)


@pytest.mark.parametrize(("question", "language", "wanted"), [
    ("Combien d'adhérents ont réservé plus de 5 fois ?", "fr", _times(6)),
    ("Combien d'adhérents ont plus de 5 réservations ?", "fr", _times(6)),
    ("Combien d'adhérents ont réservé moins de 2 fois ?", "fr", _times(0, 1)),
    ("How many members booked exactly 3 times?", "en", _times(3, 3)),
    ("Combien d'adhérents ont réservé deux fois ou plus le cours Yoga ?", "fr", _times(2, of="Yoga")),
    ("Combien d'adhérents ont réservé au moins 3 fois en 2025 ?", "fr", _times(3, year=2025)),
    ("Combien d'adhérents n'ont jamais réservé ?", "fr", _times(0, 0)),
    ("Combien d'adhérents ont une réservation ?", "fr", _times(1)),
])  # fmt: skip
def test_customers_are_counted_by_the_lines_that_name_them(gym: Session, question: str, language: Language, wanted: int) -> None:
    assert _told(gym, question, language) == wanted


def test_shares_and_departures_of_those_named_so_often(gym: Session) -> None:
    often = {who for who in PEOPLE if TIMES[who] >= 4}
    assert _told(gym, "Quelle part des adhérents a réservé au moins 4 fois ?") == pytest.approx(len(often) / len(PEOPLE))
    assert _told(gym, "Quel est le taux de départ des adhérents qui ont réservé au moins 4 fois ?") == pytest.approx(len(often & GONE.keys()) / len(often))


@pytest.mark.parametrize("question", ["Qui réserve le plus ?", "Qui a le plus de réservations ?", "Quels adhérents réservent le plus ?"])
def test_who_books_most_is_ranked_by_bookings_and_not_by_bills(gym: Session, question: str) -> None:
    done = answer(question, gym, language="fr", dialogue=Dialogue())
    assert done.status == "answered" and "reservations" in done.text
    assert done.findings[0].items[0]["records"] == max(TIMES.values())


def test_bookings_without_a_price_are_no_sales_where_contracts_are_billed(gym: Session) -> None:
    assert _told(gym, "Combien de factures en 2025 ?") == sum(day.year == 2025 for _, day in BILLS)
    assert _told(gym, "Quel est le CA 2025 ?") == 49 * sum(day.year == 2025 for _, day in BILLS)
    assert _told(gym, "Combien de réservations en 2025 ?") == sum(day.year == 2025 for _, day, _ in CLASSES)
