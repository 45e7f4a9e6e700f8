"""A contract's end that every row has: a departure, or a term that renews; asked, and nobody is called lost meanwhile."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.datamodel.model import Corrections, DataModel, LostBasis, QuestionAbout
from analytics.datamodel.roles import Role, TableKind
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.datamodel.worlds import TODAY, Row, model_of, write_files

AS_OF = date(2025, 10, 31)


def contracts(end: Callable[[int, date], date], customers: int = 300) -> list[Row]:
    """One contract a customer, begun over six years; `end` gives its end from its number and its start."""
    rng = random.Random(4)
    starts = [date(2019, 9, 1) + timedelta(days=rng.randrange(2_200)) for _ in range(customers)]
    return [
        {"id_client": f"C{n:04d}", "date_debut": start, "date_fin": end(n, start), "formule": "Pro" if n % 3 else "Base",
         "mensualite": 20 + n % 30}
        for n, start in enumerate(starts)
    ]  # fmt: skip


def a_year(_: int, start: date) -> date:
    return start.replace(year=start.year + 1, day=min(start.day, 28))


def _understood(rows: list[Row], corrections: Corrections | None = None) -> DataModel:
    return model_of({"contrats.csv": rows}, corrections or Corrections(as_of=AS_OF))


def test_a_term_of_a_year_for_everyone_calls_nobody_lost_and_is_asked_about() -> None:
    """Whoever began over a year ago would be lost, renewed or not: nothing of the kind is said before the answer."""
    model = _understood(contracts(a_year))
    assert model.lost.basis is LostBasis.NONE
    assert "date_fin" in model.lost.evidence.render("fr")
    assert model.question is not None
    assert (model.question.about, model.question.column) == (QuestionAbout.LOST, "date_fin")
    term, departure = (answer.corrections for answer in model.question.answers)
    renewed = _understood(contracts(a_year), Corrections(columns=term.columns, as_of=AS_OF))
    assert (renewed.lost.basis, renewed.question) == (LostBasis.NONE, None)
    assert Role.RENEWAL_DATE in {binding.role for binding in renewed.bindings if binding.name == "date_fin"}
    left = _understood(contracts(a_year), Corrections(lost_column=departure.lost_column, as_of=AS_OF))
    assert (left.lost.basis, left.lost.column, left.question) == (LostBasis.CONTRACT_END, "date_fin", None)


def test_renewals_often_past_are_asked_about_where_nothing_else_says_who_left() -> None:
    """A date of renewal past for many was not written again: the question is asked, and the answer is kept."""
    rows = [{**{key: value for key, value in row.items() if key != "date_fin"}, "date_renouvellement": row["date_fin"]} for row in contracts(a_year)]
    model = _understood(rows)
    assert model.lost.basis is LostBasis.NONE and model.question is not None
    assert (model.question.about, model.question.column) == (QuestionAbout.LOST, "date_renouvellement")
    term, departure = (answer.corrections for answer in model.question.answers)
    assert _understood(rows, term).question is None
    assert _understood(rows, departure).lost.basis is LostBasis.CONTRACT_END


def test_ends_that_last_unequally_are_taken_as_departures_with_the_assumption_said_and_asked() -> None:
    """Some stayed four months, some four years, some are there until next spring: the end is rewritten as life goes."""
    rng = random.Random(9)
    rows = contracts(lambda n, start: start + timedelta(days=rng.randrange(60, 1_500)) if n % 3 else date(2026, 3, 1))
    model = _understood(rows)
    assert (model.lost.basis, model.lost.column) == (LostBasis.CONTRACT_END, "date_fin")
    assert "assumed" in model.lost.evidence.render("en")
    assert model.question is not None and model.question.column == "date_fin"


def _open(n: int, start: date) -> date:
    return date(2099, 12, 31) if n % 4 else start + timedelta(days=30 * (n % 5 + 1))


def test_no_end_in_sight_is_no_term() -> None:
    """« 31/12/2099 » for those who are here: the ends in the past are departures, and nothing is asked."""
    model = _understood(contracts(_open))
    assert (model.lost.basis, model.question) == (LostBasis.CONTRACT_END, None)


def test_renewals_that_are_rows_make_the_last_end_a_departure() -> None:
    """Yearly contracts, one row a year until the customer leaves."""
    rows: list[Row] = []
    for first in contracts(a_year):
        start = first["date_debut"]
        while isinstance(start, date) and start < AS_OF:
            rows.append({**first, "date_debut": start, "date_fin": a_year(0, start)})
            start = a_year(0, start) if len(rows) % 3 else AS_OF
    model = _understood([{"id_contrat": f"K{n}", **row} for n, row in enumerate(rows)])
    assert (model.lost.basis, model.question) == (LostBasis.CONTRACT_END, None)


@pytest.mark.parametrize("answer", [0, 1])
def test_ends_all_past_are_asked_about_and_either_answer_is_taken(answer: int) -> None:
    """A file of three-month contracts all over: former customers, or renewed ones; nobody is lost before or after."""
    rows = contracts(lambda _, start: min(start + timedelta(days=91), AS_OF))
    model = _understood(rows)
    assert model.lost.basis is LostBasis.NONE and model.question is not None
    told = model.question.answers[answer].corrections
    answered = _understood(rows, Corrections(columns=told.columns, lost_column=told.lost_column, as_of=AS_OF))
    assert (answered.lost.basis, answered.question) == (LostBasis.NONE, None)
    assert ("Every contract has ended" in answered.lost.evidence.render("en")) is (answer == 1)


def test_ends_given_for_the_lost_only_are_departures_as_before() -> None:
    """An empty cell says who is here."""
    rows = contracts(a_year)
    for row in rows[::2]:
        row["date_fin"] = None
    model = _understood(rows, Corrections(as_of=TODAY))
    assert (model.lost.basis, model.question) == (LostBasis.CONTRACT_END, None)


@pytest.mark.parametrize(("longest", "kind"), [(7, TableKind.TRANSACTIONS), (370, TableKind.SUBSCRIPTIONS)])
def test_hires_of_a_few_days_are_purchases(longest: int, kind: TableKind) -> None:
    """A contract a hire, each paid once: the hirer is the customer, and is asked nothing of renewals; one of a year is a contract."""
    rng = random.Random(9)
    people = [f"{first} {last}" for first in "Jeanne Paul Inès Hugo Karim Zoé".split() for last in "Durand Petit Moreau Simon Leroy Roux Girard Faure Blanc Boyer".split()]
    rows: list[Row] = []
    for number in range(400):
        start = date(2024, 1, 3) + timedelta(days=rng.randrange(600))
        lasting = rng.randint(1, longest) if longest < 30 else longest
        rows.append({
            "N° contrat": f"L{number:05d}", "Date de début": start, "Date de fin": start + timedelta(days=lasting), "Locataire": people[number % len(people)],
            "Matériel": ("Ski", "Luge")[number % 2], "Montant location": 22.0 * lasting,
        })  # fmt: skip
    model = model_of({"contrats_location.csv": rows}, Corrections(as_of=AS_OF))
    assert model.readings[0].kind is kind
    if kind is TableKind.TRANSACTIONS:
        told = {binding.name: binding.role for binding in model.bindings}
        assert (told["N° contrat"], told["Locataire"], told["Date de début"]) == (Role.ORDER_ID, Role.CUSTOMER_ID, Role.PURCHASE_DATE)


def yearly(seed: int, *, kept: str) -> list[Row]:
    """Club memberships, a line a year, with the day to which each is valid under a header that does not say so, and its state."""
    draw = random.Random(seed)
    rows: list[Row] = []
    for person in range(200):
        day = date(2020, 1, 1) + timedelta(days=draw.randrange(300))
        last = 2025 if person % 3 else draw.randrange(2021, 2024)
        while day.year <= last and day <= AS_OF:
            over = day + timedelta(days=364) <= AS_OF
            state = "Expirée" if over else "Active"
            rows.append({
                "n_adhesion": f"A{len(rows):05d}", "n_adherent": f"P{person:04d}", "date_adhesion": day, "valable_jusqu_au": day + timedelta(days=364),
                "cotisation": 30 + person % 3, "statut": state if kept == "state" else draw.choice(["Active", "Expirée"]),
            })  # fmt: skip
            day = date(day.year + 1, day.month, min(day.day, 28))
    return rows


def test_a_day_past_where_the_state_says_over_and_ahead_elsewhere_is_the_end() -> None:
    model = model_of({"adhesions.csv": yearly(1, kept="state")}, Corrections(as_of=AS_OF, tables={"adhesions.csv": TableKind.SUBSCRIPTIONS}))
    assert {binding.name for binding in model.bindings if binding.role is Role.END_DATE} == {"valable_jusqu_au"}
    assert not [check.column for check in model.health if check.check == "leak_suspect"]  # the day each began was known from the first


def test_a_day_that_does_not_go_with_the_state_is_no_end() -> None:
    model = model_of({"adhesions.csv": yearly(1, kept="chance")}, Corrections(as_of=AS_OF, tables={"adhesions.csv": TableKind.SUBSCRIPTIONS}))
    assert not {binding.name for binding in model.bindings if binding.role is Role.END_DATE}


@pytest.mark.parametrize(("header", "months"), [("cotisation", 12), ("prix", 12), ("cotisation_mensuelle", 1), ("cotisation_annuelle", 12)])
def test_the_price_of_a_year_sold_row_by_row_is_the_year_s(tmp_path: Path, header: str, months: int) -> None:
    """A line a year for each member: what it costs is the year's, unless the header says that it is paid by the month."""
    rows = [{header if name == "cotisation" else name: value for name, value in row.items()} for row in yearly(1, kept="state")]
    workspace = Workspace(tmp_path / "w")
    told = Corrections(as_of=AS_OF, tables={"adhesions.csv": TableKind.SUBSCRIPTIONS}, columns={
        "adhesions.csv": {header: Role.RECURRING_AMOUNT, "date_adhesion": Role.START_DATE, "valable_jusqu_au": Role.END_DATE},
    })  # fmt: skip
    import_files(workspace, write_files({"adhesions.csv": rows}, tmp_path), corrections=told, today=TODAY)
    study = open_study(workspace)
    try:
        running = study.database.row("SELECT SUM(monthly_amount) FROM customers WHERE NOT lost")[0]
    finally:
        study.database.close()
    assert running == pytest.approx(sum(int(str(row[header])) for row in rows if row["statut"] == "Active") / months)


def test_terms_that_nobody_renews_say_nothing_of_what_is_paid() -> None:
    """One contract a customer, of a year each: the price may well be the month's."""
    assert not _understood(contracts(a_year)).terms
