"""T28: whatever the columns are called and however yes and no are written, nobody who did not agree is in a list.

The truth of each customer is decided by the generator, apart from the code; the word lists below are written here, not read
from it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.model import Corrections
from analytics.datamodel.opt_outs import says_opt_out
from analytics.measures.consent import says_yes
from assistant.answer import Action, Range
from assistant.plan.lists import list_files, target_list
from assistant.plan.plan import Plan, PlannedAction
from assistant.session import Session
from vocabulary.language import Text
from vocabulary.sentence import say
from vocabulary.themes import JourneyStage, Strength

YES = ("oui", "Oui", "OUI", "o", "yes", "Y", "true", "VRAI", "1", "opt-in", "Opt in", "accepté", "abonné", "subscribed", "granted")
NO = ("non", "Non", "NON", "n", "no", "N", "false", "FAUX", "0", "opt-out", "refusé", "désabonné", "unsubscribed", "denied", "")
UNKNOWN = ("", "?", "inconnu", "unknown", "NC", "à demander")
CONSENT = ("consentement_email", "optin_email", "email_consent", "accord_email", "Accepte la newsletter", "rgpd_email")
OPT_OUT = ("desabonne", "desinscrit_email", "email_optout", "unsubscribed", "ne_pas_contacter", "do_not_email", "opt_out")
REFUSES, DOES_NOT = ("oui", "yes", "1", "true", "x", "2026-01-03"), ("non", "no", "0", "false", "")


def action(session: Session) -> PlannedAction:
    """An action on everybody, as a rule would make it."""
    words, nothing = say("x", "x"), Range(0, 0, "money", say("x", "x"))
    count = session.study.database.row("SELECT count(*) FROM customers")[0]
    return PlannedAction(Action(
        "all-1", JourneyStage.LOYALTY, words, words, (), "", count, (), (), words, words, nothing, (), Text("x", "x"), nothing, words,
        count // 10, words, words, 1, Strength.WEAK,
    ))  # fmt: skip


@dataclass
class World:
    """A file of customers and who of them agreed to e-mail."""

    text: str
    agreed: set[str]
    opted_out: set[str]


def world(seed: int) -> World:
    """A random file: consent, opt-out or both; ids repeated with other answers; one address under several ids."""
    rng = random.Random(seed)
    positive = rng.random() < 0.8
    negative = not positive or rng.random() < 0.5
    yes, no = rng.choice(YES), rng.choice([*NO[:-1]])
    heads = ["id_client", "email", "resilie"] + [rng.choice(CONSENT)] * positive + [rng.choice(OPT_OUT)] * negative
    separator = rng.choice(";,\t")
    rows, said, mails = [], {}, {}
    for i in range(60):
        customer = f"C{rng.randrange(45):03d}" if rng.random() < 0.2 else f"C{i:03d}"
        mail = f"c{rng.randrange(50)}@example.fr" if rng.random() < 0.2 else f"{customer.lower()}@example.fr"
        mail = mail.upper() if rng.random() < 0.1 else mail
        row, fine, out = [customer, mail, rng.choice(["oui", "non"])], positive, False
        if positive:
            word = rng.choices([yes, no, rng.choice(UNKNOWN)], [5, 3, 1])[0]
            fine = word == yes
            row.append(word)
        if negative:
            out = rng.random() < 0.3
            row.append(rng.choice(REFUSES) if out else rng.choice(DOES_NOT))
        rows.append(row)
        said.setdefault(customer, []).append((fine and not out, out))
        mails.setdefault(customer, set()).add(mail.lower())
    refused = {c for c, answers in said.items() if not all(ok for ok, _ in answers)}
    closed = {mail for c in refused for mail in mails[c]}
    agreed = {c for c in said if c not in refused and not mails[c] & closed}
    lines = [separator.join(row) for row in [heads, *rows]]
    return World("\n".join(lines) + "\n", agreed if positive else set(), {c for c, a in said.items() if any(out for _, out in a)})


def check(seed: int, folder: Path) -> int:
    """Load a world, write its list with and without a basis; returns how many may be contacted."""
    made = world(seed)
    file = folder / "clients.csv"
    file.write_text(made.text, encoding="utf-8")
    session = Session()
    try:
        session.load([file])
        rows = target_list(action(session), session.study, "fr")
        based = target_list(action(session), session.study, "fr", consent_basis="clients existants")
        ids = {row[0] for row in rows.rows[1:]} | set(rows.held_out)
        assert not {row[0] for row in rows.rows[1:]} & set(rows.held_out)
        mailed = {row[0] for row in rows.rows[1:] if any("@" in cell for cell in row)}
        assert mailed <= made.agreed, (seed, sorted(mailed - made.agreed)[:3])
        if made.agreed:  # and none of those who agreed is forgotten
            assert mailed | set(rows.held_out) == made.agreed, (seed, sorted(made.agreed - ids)[:3])
        for listed in (ids, {row[0] for row in based.rows[1:]} | set(based.held_out)):
            assert not listed & made.opted_out, (seed, sorted(listed & made.opted_out)[:3])
        return len(mailed)
    finally:
        session.close()
        session.workspace.delete()


@pytest.mark.parametrize("block", range(10))
def test_nobody_who_did_not_agree_is_listed(block: int, tmp_path: Path) -> None:
    """100 random files; and the lists are not empty for being afraid."""
    assert sum(check(seed, tmp_path) for seed in range(block * 10, block * 10 + 10)) > 60


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_nobody_who_did_not_agree_is_listed_in_a_thousand(block: int, tmp_path: Path) -> None:
    for seed in range(1000 + block * 50, 1050 + block * 50):
        check(seed, tmp_path)


@pytest.mark.parametrize("word", [*YES, "X", "✓", "d’accord", "Inscrite", "double opt-in", "1.0"])
def test_a_yes_is_read(word: str) -> None:
    assert says_yes(word)


@pytest.mark.parametrize("word", [*NO, *UNKNOWN, "pas d’accord", "non inscrit", "opted out", "pending", "2", "cleaned", None, 0, 0.0, False])
def test_anything_else_is_no(word: object) -> None:
    assert not says_yes(word)


def listed(text: str, *, as_of: date | None = None, basis: str | None = None) -> tuple[set[str], str, Session]:
    folder = Session().workspace.folder
    file = folder / "clients.csv"
    file.write_text(text, encoding="utf-8")
    session = Session()
    session.load([file], corrections=Corrections(as_of=as_of))
    made = target_list(action(session), session.study, "fr", consent_basis=basis)
    return {row[0] for row in made.rows[1:]} | set(made.held_out), " ".join(" ".join(row) for row in made.rows), session


def purchases(days: dict[str, int], today: date) -> str:
    """One purchase a customer so many days before today, and one a year earlier."""
    lines = ["id_client;date;montant"]
    for customer, ago in days.items():
        lines += [f"{customer};{today - timedelta(days=ago + back):%d/%m/%Y};20" for back in (0, 30)]
    return "\n".join(lines) + "\n"


def test_three_years_without_a_sign(tmp_path: Path) -> None:
    """Counted from the date the manager set; 1,000 random histories, nobody older."""
    today, rng = date(2026, 9, 30), random.Random(8)
    days = {f"C{i:04d}": rng.randrange(0, 2000) for i in range(1000)}
    ids, _, session = listed(purchases(days, today), as_of=today)
    assert ids == {customer for customer, ago in days.items() if ago <= 1095}
    session.close()


def test_an_old_file_is_old_today(tmp_path: Path) -> None:
    """Without a date set, the three years are counted from the real day, not from the last line of the file."""
    ids, _, session = listed(purchases({f"C{i:03d}": i for i in range(300)}, date(2015, 12, 31)))
    assert ids == set()
    session.close()


def test_a_contract_in_progress_is_a_sign(tmp_path: Path) -> None:
    lines = [f"C{i:03d};2019-01-{1 + i % 28:02d};{'2021-06-01' if i % 2 else ''};30" for i in range(200)]
    ids, _, session = listed("id_client;date_debut;date_fin;mensualite\n" + "\n".join(lines) + "\n", as_of=date(2026, 9, 30))
    assert ids == {f"C{i:03d}" for i in range(0, 200, 2)}
    session.close()


def test_a_lapsed_customer_is_called_only_with_an_agreement_for_the_telephone(tmp_path: Path) -> None:
    """Law 2025-594: agreement to e-mail opens no telephone; a basis declared opens none either."""
    lines = [f"C{i:03d};c{i}@example.fr;+33 6 12 34 {i % 90 + 10} 00;oui;{'oui' if i % 3 else 'non'}" for i in range(100)]
    heads = "id_client;email;telephone;resilie;"
    _, words, session = listed(heads + "consentement_email\n" + "\n".join(lines) + "\n", basis="clients existants")
    assert "@" in words and "12 34" not in words
    session.close()
    _, words, session = listed(heads + "consentement_telephone\n" + "\n".join(lines) + "\n")
    assert "00" + "33 6 12 34" in words and "+33" not in words and "@" not in words
    session.close()


PAYLOADS = (
    "=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "\u200b=1", "＝1", "＋1", "－1", "＠A1", "=HYPERLINK(\"http://x\")",
    "=cmd|' /C calc'!A0", "\"=1\"", "'=1",
)  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_a_list_runs(payload: str, tmp_path: Path) -> None:
    """15 payloads as ids and addresses, in both languages: read again, no cell begins by what a spreadsheet runs."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["id_client", "email", "resilie", "consentement_email"])
    writer.writerows([f"{payload}{i}", f"{payload}@example.fr", "oui" if i % 2 else "non", "oui"] for i in range(60))
    file = tmp_path / "clients.csv"
    file.write_text(out.getvalue(), encoding="utf-8")
    session = Session()
    session.load([file])
    for language in ("fr", "en"):
        for name, data in list_files(Plan((action(session),)), session.study, language):  # type: ignore[arg-type]
            if name.endswith(".csv"):
                for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";" if language == "fr" else ","):
                    for cell in row:
                        assert cell.lstrip(" \t\r\n\u200b\ufeff")[:1] not in tuple("=+-@＝＋－＠"), (name, cell)
    session.close()


@pytest.mark.parametrize("header", ["Décédé", "deceased", "Date de décès", "Date of death"])
def test_nobody_writes_to_the_dead(header: str, tmp_path: Path) -> None:
    """Whatever else they agreed to when they lived."""
    lines = [f"id_client;email;date_adhesion;optin_email;resilie;{header}"]
    for i in range(60):
        dead = ("2026-01-03" if "date" in header.lower() else "oui") if i % 4 == 0 else ("" if "date" in header.lower() else "non")
        lines.append(f"C{i:03d};c{i}@example.fr;2025-{i % 12 + 1:02d}-01;oui;{'oui' if i % 7 == 0 else 'non'};{dead}")
    file = tmp_path / "clients.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    session = Session()
    try:
        session.load([file])
        made = target_list(action(session), session.study, "fr")
        listed = {row[0] for row in made.rows[1:]} | set(made.held_out)
        assert listed == {f"C{i:03d}" for i in range(60) if i % 4}
    finally:
        session.close()
        session.workspace.delete()


def test_a_guarantee_in_case_of_death_is_no_death() -> None:
    assert not says_opt_out("Garantie décès") and not says_opt_out("capital_deces")
