"""Files where nothing is sold and nobody is labelled: who is lost rests on visits, log-ins, lessons or card movements."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.catalog import Runner
from analytics.datamodel.model import Corrections, LostBasis
from analytics.datamodel.signs import Sign
from analytics.importing import import_files, open_study
from analytics.study import Study
from analytics.workspace import Workspace
from tests.unit.datamodel.worlds import Row, model_of, shop, subscribers, write_files
from vocabulary.finding import Finding
from vocabulary.sentence import Sentence

START, END = date(2024, 1, 1), date(2025, 6, 30)


def comings(seed: int, every: float, people: int = 200) -> list[tuple[int, date]]:
    """The days on which each of so many people came: at their own pace, until they left."""
    rng = random.Random(seed)
    found = []
    for person in range(people):
        day = START + timedelta(days=rng.randrange(200))
        leaves, pace = day + timedelta(days=rng.expovariate(1 / 400)), every * rng.uniform(0.5, 2)
        while day <= min(leaves, END):
            found.append((person, day))
            day += timedelta(days=max(1, round(rng.expovariate(1 / pace))))
    return found


def visits(seed: int = 1) -> list[Row]:
    """One row a visit."""
    return [{"id_client": f"A{person:04d}", "date_visite": day, "club": "Lille"} for person, day in comings(seed, 12)]


@contextmanager
def opened(folder: Path, files: dict[str, list[Row]], corrections: Corrections | None = None) -> Iterator[Study]:
    """Import the files and look at them."""
    workspace = Workspace(folder / "workspace")
    import_files(workspace, write_files(files, folder), today=date(2025, 12, 1), corrections=corrections or Corrections())
    study = open_study(workspace)
    try:
        yield study
    finally:
        study.database.close()


def silent(rows: list[Row], person: str, day: str, days: int) -> tuple[int, int]:
    """How many people have a last day more than `days` before the last of all, of how many: counted apart from the program."""
    last: dict[Any, date] = {}
    for row in rows:
        last[row[person]] = max(last.get(row[person], START), row[day])  # type: ignore[arg-type,call-overload]
    end = max(last.values())
    return sum((end - seen).days > days for seen in last.values()), len(last)


def test_visits_say_who_is_lost_and_are_not_called_purchases(tmp_path: Path) -> None:
    """The rule, its count and its sensitivity are those of the visits; no word of a purchase is said of them."""
    rows = visits()
    with opened(tmp_path, {"visites.csv": rows}) as study:
        lost = study.model.lost
        assert (lost.basis, lost.sign, study.as_of) == (LostBasis.RHYTHM, Sign.VISIT, max(row["date_visite"] for row in rows))  # type: ignore[type-var]
        assert lost.days is not None
        found = Runner(study).run("lost_definition")
        assert isinstance(found, Finding)
        gone, everyone = silent(rows, "id_client", "date_visite", lost.days)
        assert (found.measures[0].value, found.measures[0].n) == (pytest.approx(gone / everyone), everyone)
        assert "sans visite" in found.claim.render("fr") and "without a visit" in found.claim.render("en")
        assert found.table is not None and len(found.table.rows) >= 3
        for days, count, *_ in found.table.rows:
            assert count == silent(rows, "id_client", "date_visite", int(days))[0]  # type: ignore[call-overload]
        assert study.row("SELECT count(last_purchase), count(recency_days), count(orders), count(median_gap) FROM customers") == (0, 0, 0, 0)
        for name in ("relationship_overview", "churn_rate", "churn_drivers", "leak_points", "segments"):
            told = Runner(study).run(name)
            assert isinstance(told, Finding), name
            said = [told.claim, *told.facts, *told.caveats]
            assert not any(re.search(r"achet|achats? |commande", words) for words in map(_without_rule, said)), name


def _without_rule(sentence: Sentence) -> str:
    """A sentence in French, without the one that says that there are no purchases."""
    return sentence.render("fr").replace("Ni achats, ni étiquette", "")


def test_states_follow_the_visits(tmp_path: Path) -> None:
    """Who is silent beyond their own pace drifts, who came back after a long silence has returned, and the past can be looked at."""
    rows = visits(2)
    rows += [{"id_client": "B1", "date_visite": day, "club": "Lille"} for day in (date(2024, 2, 1), date(2024, 2, 8), date(2025, 6, 25))]
    with opened(tmp_path, {"visites.csv": rows}) as study:
        states = dict(study.rows("SELECT state, count(*) FROM customers GROUP BY 1"))
        assert states["lost"] == silent(rows, "id_client", "date_visite", study.model.lost.days or 0)[0]
        assert states["drifting"] > 0 and states["routine"] > 0
        assert study.row("SELECT state FROM customers WHERE customer_id = 'B1'") == ("returned",)
        overview = Runner(study).run("relationship_overview")
        assert isinstance(overview, Finding) and any("year_before" in item and item["year_before"] for item in overview.items)


def test_the_rule_can_be_set_in_days(tmp_path: Path) -> None:
    """The manager's days are days without a visit."""
    rows = visits(3)
    with opened(tmp_path, {"visites.csv": rows}, Corrections(lost_days=45)) as study:
        assert "45 jours sans visite" in study.model.lost.evidence.render("fr").replace("\xa0", " ")
        gone, everyone = silent(rows, "id_client", "date_visite", 45)
        assert study.row("SELECT count(*) FILTER (lost), count(lost) FROM customers") == (gone, everyone)


@pytest.mark.parametrize(
    ("file", "rows", "sign"),
    [
        ("logins.csv", [{"user_id": f"U{p}", "login_at": d} for p, d in comings(4, 8)], Sign.LOGIN),
        ("mouvements_carte.csv",
         [{"No carte": f"K{p}", "Date mouvement": d, "Type": "Gain", "Points": 10} for p, d in comings(5, 15)], Sign.CARD),
        ("attendance.csv", [{"Student ID": f"S{p}", "Class date": d, "Class": "Yoga", "Status": "Attended"} for p, d in comings(6, 8)],
         Sign.ATTENDANCE),
        ("cours.csv", [{"eleve": f"E{p}", "date_cours": d, "cours": "Piano", "present": "oui" if d.day % 5 else "non"}
                       for p, d in comings(7, 8)], Sign.ATTENDANCE),
        ("events.csv", [{"event_id": n, "customer_id": f"C{p}", "event_type": "export", "timestamp": d}
                        for n, (p, d) in enumerate(comings(8, 8))], Sign.USE),
    ],
)  # fmt: skip
def test_each_act_has_its_name(file: str, rows: list[Row], sign: Sign) -> None:
    """Log-ins, movements of the card, lessons and uses are told apart."""
    lost = model_of({file: rows}).lost
    assert (lost.basis, lost.sign) == (LostBasis.RHYTHM, sign)


def test_what_the_customer_did_not_do_is_no_sign(tmp_path: Path) -> None:
    """Points that expire, lessons nobody came to and months without a log-in do not show that the relation lives."""
    seen = comings(9, 10)
    moves: list[Row] = [{"No carte": f"K{p}", "Date mouvement": d, "Type": "Gain", "Points": 10} for p, d in seen]
    expired: list[Row] = [{"No carte": f"K{p}", "Date mouvement": END, "Type": "Expiration", "Points": -5} for p in range(200)]
    with opened(tmp_path / "card", {"mouvements_carte.csv": [*moves, *expired]}) as study:
        assert study.row("SELECT count(*) FROM signs") == (len(set(seen)),)
        assert study.row("SELECT count(*) FILTER (lost) FROM customers")[0] > 0
    lessons: list[Row] = [{"eleve": f"E{p}", "date_cours": d, "cours": "Piano", "present": "oui"} for p, d in seen]
    missed: list[Row] = [{"eleve": f"E{p}", "date_cours": END, "cours": "Piano", "present": "non"} for p in range(200)]
    with opened(tmp_path / "lessons", {"cours.csv": [*lessons, *missed]}) as study:
        assert study.row("SELECT count(*) FROM signs") == (len(set(seen)),)
    months = {(p, d.replace(day=1)) for p, d in seen}
    every = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(18)]
    used: list[Row] = [{"customer_id": f"C{p}", "month": m, "logins": 4 if (p, m) in months else 0} for p in range(200) for m in every]
    with opened(tmp_path / "months", {"monthly_usage.csv": used}) as study:
        assert study.row("SELECT count(*) FROM signs") == (len(months),)


def test_messages_tickets_and_surveys_are_no_sign_of_life() -> None:
    """The house sends the first and asks for the last; a complaint proves nothing: nobody is called lost on them."""
    sent: list[Row] = [{"customer_id": f"C{p}", "sent_at": d, "subject": "News", "opened": d.day % 2} for p, d in comings(10, 15)]
    tickets: list[Row] = [{"ticket_id": n, "customer_id": f"C{p}", "created_at": d, "topic": "bug", "resolved_at": d}
                          for n, (p, d) in enumerate(comings(11, 20))]  # fmt: skip
    for files in ({"envois.csv": sent}, {"tickets.csv": tickets}):
        lost = model_of(files).lost
        assert (lost.basis, lost.sign) == (LostBasis.NONE, Sign.PURCHASE)


def test_messages_sent_later_lengthen_no_silence() -> None:
    """The reference date is the last day anybody was seen, whatever the house sent since."""
    sent: list[Row] = [{"id_client": f"A{p:04d}", "sent_at": END + timedelta(days=90), "subject": "News", "opened": 0} for p in range(200)]
    rows = visits(12)
    assert model_of({"visites.csv": rows, "envois.csv": sent}).as_of == max(row["date_visite"] for row in rows)  # type: ignore[type-var]


def test_users_come_for_their_account(tmp_path: Path) -> None:
    """Where accounts are the customers, the log-ins of their people are theirs."""
    seen = comings(13, 6)
    files: dict[str, list[Row]] = {
        "accounts.csv": [{"account_id": f"ACC{a:03d}", "company": f"Firm {a}", "country": "FR"} for a in range(100)],
        "users.csv": [{"user_id": f"U{u:04d}", "account_id": f"ACC{u // 2:03d}", "first_name": "Al", "email": f"a{u}@x.fr"} for u in range(200)],
        "logins.csv": [{"user_id": f"U{person:04d}", "login_at": day} for person, day in seen],
    }
    with opened(tmp_path, files) as study:
        assert study.row("SELECT count(*), count(lost) FROM customers") == (100, 100)
        assert study.row("SELECT count(*) FROM signs") == (len({(person // 2, day) for person, day in seen}),)


def test_a_sale_a_label_or_an_end_wins() -> None:
    """Where purchases, a label or a summary tell, visits change nothing."""
    seen: list[Row] = [{"id_client": f"C{p:05d}", "date_visite": d} for p, d in comings(14, 10, 150)]
    sold = shop(1)
    with_sales, alone = model_of({**sold, "visites.csv": seen}), model_of(sold)
    assert (with_sales.lost, with_sales.as_of) == (alone.lost, alone.as_of)
    labelled = subscribers(2)
    seen = [{"customer_id": f"A{p:05d}", "date_visite": d} for p, d in comings(15, 10)]
    assert model_of({**labelled, "visites.csv": seen}).lost == model_of(labelled).lost
