"""Defects that houses show and that were once missed, each beside a clean twin that resembles it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.catalog import Runner
from analytics.datamodel.model import Choice, Corrections, HealthCheck
from analytics.datamodel.roles import TableKind
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.datamodel.worlds import TODAY, Files, Row, checks, model_of, shop, subscribers, write_files
from vocabulary.finding import Finding


def amounts(files: Files) -> float:
    return sum(float(str(row["montant_ttc"])) for row in files["achats.csv"] if row["montant_ttc"] is not None)


def opened(files: Files, folder: Path, **choices: Choice) -> tuple[dict[str, HealthCheck], float, int, float]:
    """The checks by code, and the revenue, the customers who bought and the share lost, as they are counted then."""
    workspace = Workspace(folder / "w")
    import_files(workspace, write_files(files, folder), corrections=Corrections(health=dict(choices)), today=TODAY)
    study = open_study(workspace)
    try:
        revenue, customers, lost = study.database.row(
            "SELECT SUM(amount) + COALESCE((SELECT SUM(amount) FROM unnamed_purchases), 0), COUNT(*) FILTER (orders > 0),"
            " AVG(CAST(lost AS INTEGER)) FROM customers"
            if "unnamed_purchases" in study.tables
            else "SELECT SUM(amount), COUNT(*) FILTER (orders > 0), AVG(CAST(lost AS INTEGER)) FROM customers"
        )
        return {check.check: check for check in study.model.health}, float(revenue), int(customers), float(lost or 0)
    finally:
        study.database.close()


def test_a_list_of_returns_that_looks_like_one_of_sales_is_no_more_sales(tmp_path: Path) -> None:
    """Same headers as the sales, in a file called « retours »: they are taken off the revenue."""
    files = shop(seed=61)
    sold = amounts(files)
    files["retours.csv"] = [{k: row[k] for k in ("n_ticket", "id_client", "date_achat", "montant_ttc")} for row in files["achats.csv"][::12]]
    back = sum(float(str(row["montant_ttc"])) for row in files["retours.csv"])
    assert opened(files, tmp_path)[1] == pytest.approx(sold - back, abs=0.01)


def test_alone_a_list_called_returns_stays_a_list_of_sales() -> None:
    files = shop(seed=61)
    model = model_of({"retours.csv": files["achats.csv"]})
    assert model.kind("t0") is TableKind.TRANSACTIONS


def nines(files: Files) -> None:
    for row in files["achats.csv"][::30]:
        row["montant_ttc"] = 9999.0


def without_point(files: Files) -> None:
    small = [row for row in files["achats.csv"] if 15 < float(str(row["montant_ttc"])) < 19]
    for row in small[:4]:
        row["montant_ttc"] = float(round(float(str(row["montant_ttc"])) * 100))


@pytest.mark.parametrize("plant", [nines, without_point])
def test_amounts_typed_where_nothing_was_known_or_without_their_point_are_told(plant: Callable[[Files], None], tmp_path: Path) -> None:
    """However many amounts are 9999, and however near the others 4990 for 49.90 is; applied, the rest alone counts."""
    files = shop(seed=62)
    before = [row["montant_ttc"] for row in files["achats.csv"]]
    plant(files)
    kept = sum(float(str(old)) for old, row in zip(before, files["achats.csv"], strict=True) if row["montant_ttc"] == old)
    planted = sum(row["montant_ttc"] != old for old, row in zip(before, files["achats.csv"], strict=True))
    found, revenue, _, _ = opened(files, tmp_path, outlier_amounts=Choice.APPLY)
    assert found["outlier_amounts"].count == planted
    assert revenue == pytest.approx(kept, abs=0.01)


def test_large_orders_with_cents_and_a_dear_article_are_no_outliers() -> None:
    """A tenth of sales at one high price, and a few large orders: so a house sells."""
    files = shop(seed=63)
    for row in files["achats.csv"][::10]:
        row["montant_ttc"] = 990.0
    for row in files["achats.csv"][5:500:100]:
        row["montant_ttc"] = 612.35
    assert "outlier_amounts" not in checks(model_of(files))


def test_amounts_in_cents_from_a_day_on_are_brought_back(tmp_path: Path) -> None:
    """A new till writes cents: told with the day, and divided by a hundred when the manager agrees."""
    files = shop(seed=64, customers=300)
    sold, change = amounts(files), date(2025, 3, 12)
    for row in files["achats.csv"]:
        if isinstance(row["date_achat"], date) and row["date_achat"] >= change:
            row["montant_ttc"] = float(round(float(str(row["montant_ttc"])) * 100))
    found, revenue, _, _ = opened(files, tmp_path, outlier_amounts=Choice.APPLY)
    assert found["outlier_amounts"].detail.values["change"] == change
    assert revenue == pytest.approx(sold, abs=0.01)


@pytest.mark.parametrize("times", [1.3, 6.0])
def test_a_rise_of_prices_is_no_other_unit(times: float) -> None:
    files = shop(seed=64, customers=300)
    for row in files["achats.csv"]:
        if isinstance(row["date_achat"], date) and row["date_achat"] >= date(2025, 3, 1):
            row["montant_ttc"] = round(float(str(row["montant_ttc"])) * times, 2)
    assert "outlier_amounts" not in checks(model_of(files))


def test_a_customer_numbered_as_the_sale_is_nobody(tmp_path: Path) -> None:
    """Guests whose number is that of their order would each be one more customer lost; their sales stay in the revenue."""
    clean = {"achats.csv": shop(seed=65)["achats.csv"]}
    _, sold, people, lost = opened(clean, tmp_path)
    files: Files = {"achats.csv": [{**row, "id_client": row["n_ticket"]} if n % 5 == 0 else row for n, row in enumerate(clean["achats.csv"])]}
    (tmp_path / "b").mkdir()
    found, revenue, customers, gone = opened(files, tmp_path / "b")
    assert found["anonymous_id"].choice is Choice.APPLY
    assert revenue == pytest.approx(sold, abs=0.01)
    assert customers <= people
    assert gone == pytest.approx(lost, abs=0.05)


def test_shops_that_number_their_customers_alike_are_told(tmp_path: Path) -> None:
    """Number 12 is one person at Lyon and another at Lille; a few true duplicates are not that."""
    files = shop(seed=66)
    half = len(files["clients.csv"]) // 2
    for number, row in enumerate(files["clients.csv"]):
        row["id_client"], row["magasin"] = f"C{number % half}", "Lyon" if number < half else "Lille"
    del files["achats.csv"]
    assert checks(model_of(files))["duplicate_customers"] == half
    clean = shop(seed=66)
    for number, row in enumerate(clean["clients.csv"]):
        row["magasin"] = "Lyon" if number < half else "Lille"
    assert "duplicate_customers" not in checks(model_of(clean))


@pytest.mark.parametrize(("file", "column"), [("achats.csv", "date_achat"), ("clients.csv", "date_inscription")])
def test_a_day_repeated_years_before_all_others_is_a_default(file: str, column: str) -> None:
    """1 January 1970 on many rows; two old sales of different days are only old."""
    files = shop(seed=67)
    assert "impossible_dates" not in checks(model_of(files))
    files[file][3][column], files[file][9][column] = date(2014, 3, 5), date(2015, 7, 8)
    assert "impossible_dates" not in checks(model_of(files))
    for row in files[file][::20]:
        row[column] = date(1970, 1, 1)
    assert checks(model_of(files))["impossible_dates"] == len(files[file][::20])


def test_what_was_ordered_lately_is_delivered_later() -> None:
    """Deliveries some weeks ahead are no defect; one in forty years is."""
    files = shop(seed=68, until=TODAY)
    for row in files["achats.csv"]:
        assert isinstance(row["date_achat"], date)
        row["date_livraison"] = row["date_achat"] + timedelta(days=20)
    assert "future_dates" not in checks(model_of(files))
    files["achats.csv"][7]["date_livraison"] = date(2065, 1, 3)
    assert checks(model_of(files))["future_dates"] == 1


@pytest.mark.parametrize(("share", "told"), [(0.35, True), (0.0, False)])
def test_one_code_for_no_answer_is_beyond_the_scale_however_frequent(share: float, told: bool) -> None:
    """99 for "no answer" on a third of the rows; a scale of a hundred is another scale."""
    rng, files = random.Random(69), subscribers(seed=69)
    for row in files["customers.csv"]:
        row["nps_score"] = 99 if rng.random() < share else row["nps_score"] if told else rng.randrange(0, 101)
    assert ("out_of_range" in checks(model_of(files))) is told


def test_sales_of_present_customers_only_say_nothing_of_departures(tmp_path: Path) -> None:
    """The purchases of those who bought lately: by their rhythm nobody is lost, which is how they were chosen."""
    files = shop(seed=70, customers=500)
    lately = {row["id_client"] for row in files["achats.csv"] if isinstance(row["date_achat"], date) and row["date_achat"] > date(2025, 8, 15)}
    kept: dict[str, list[Row]] = {name: [row for row in rows if row["id_client"] in lately] for name, rows in files.items()}
    assert "survivors_only" in opened(kept, tmp_path)[0]
    (tmp_path / "b").mkdir()
    assert "survivors_only" not in opened(files, tmp_path / "b")[0]


def test_a_saint_and_its_abbreviation_are_one_place_and_a_street_is_none() -> None:
    files = shop(seed=71)
    for number, row in enumerate(files["achats.csv"]):
        row["magasin"] = ("Saint-Étienne", "St Etienne", "Lyon", "Ste-Anne", "High St", "High Street")[number % 6]
    found = [check for check in model_of(files).health if check.check == "inconsistent_spelling"]
    assert len(found) == 1 and found[0].count == len(files["achats.csv"][:: 6])


def test_channels_missing_of_subscriptions_are_told() -> None:
    rng = random.Random(72)
    rows: list[Row] = [{
        "contrat": f"K{n}", "client": f"C{n}", "date_debut": date(2023, 1, 1) + timedelta(days=rng.randrange(900)), "formule": rng.choice(["A", "B"]),
        "mensualite": rng.choice([9.9, 19.9]), "date_fin": date(2025, 11, 1) if n % 3 == 0 else None,
        "canal_acquisition": None if n % 4 == 0 else rng.choice(["Web", "Salon"]),
    } for n in range(400)]  # fmt: skip
    model = model_of({"abonnements.csv": rows})
    assert any(c.check == "missing_values" and c.column == "canal_acquisition" and c.count == 100 for c in model.health)


def test_a_customer_numbered_by_a_first_order_is_somebody() -> None:
    """Order 1001 is customer 1001, who comes back in 1057: nobody is taken from the figures."""
    draw, rows, known = random.Random(70), list[Row](), list[int]()
    for number in range(1001, 1801):
        who = draw.choice(known) if known and draw.random() < 0.75 else number
        known += [number] if who == number else []
        rows.append({"commande": number, "client": who, "date_achat": date(2023, 1, 1) + timedelta(days=number - 1001), "montant_ttc": 20.0 + number % 30})
    assert not [check for check in model_of({"commandes.csv": rows}).health if check.check == "anonymous_id"]


def test_telephones_are_no_days_that_could_not_be_read() -> None:
    """A file of sales without any date is not told that its telephones are badly written dates."""
    draw = random.Random(71)
    rows: list[Row] = [{"n_ticket": f"T{n:04d}", "id_client": f"C{draw.randrange(80):03d}", "montant_ttc": 20.0 + n % 9,
                        "telephone": f"06 {n % 89 + 10} 34 56 78"} for n in range(300)]  # fmt: skip
    said = " ".join(check.detail.render("en") for check in model_of({"ventes.csv": rows}).health)
    assert "read as dates" not in said


def test_a_telephone_in_two_writings_is_no_category_to_mend() -> None:
    """Nor is it shown in the sentence of a check, as a town in two writings is."""
    calls = ["rappeler au 06 12 34 56 78", "rappeler au 06.12.34.56.78", "rien à dire"]
    rows: list[Row] = [{"id_client": f"C{n:03d}", "ville": ("Lyon", "LYON", "Lille")[n % 3], "objet": calls[n % 3], "resilie": ("oui", "non")[n % 5 > 0]}
                       for n in range(120)]  # fmt: skip
    told = [check for check in model_of({"clients.csv": rows}).health if check.check == "inconsistent_spelling"]
    assert [check.column for check in told] == ["ville"]


def museum(seed: int, *, tried: bool) -> Files:
    """Tickets sold on line, buyers known by their mailbox alone; some days before opening, the shop was tried out."""
    draw = random.Random(seed)
    rows: list[Row] = []
    for person in range(120):
        day = date(2024, 2, 1) + timedelta(days=draw.randrange(90))
        while day < date(2025, 10, 31):
            rows.append({"booking": f"B{len(rows):05d}", "email": f"visitor{person}@mail{person % 5}.org", "visit_date": day, "total": round(draw.uniform(8, 60), 2)})
            day += timedelta(days=30 + draw.randrange(60))
    for place in range(30 if tried else 0):
        rows.append({"booking": f"X{place:05d}", "email": ("test@museum.org", "demo2@museum.org", "someone@example.com")[place % 3], "visit_date": date(2024, 3, 1) + timedelta(days=place * 9), "total": 200.0})
    return {"tickets.csv": rows}


def test_trials_among_buyers_known_by_their_mailbox_are_told(tmp_path: Path) -> None:
    """No list of customers: three mailboxes that nobody real has, counted as people, with what they do to revenue and to customers."""
    sold = sum(float(str(row["total"])) for row in museum(1, tried=False)["tickets.csv"])
    found = opened(museum(1, tried=True), tmp_path)[0]["test_accounts"]
    assert found.count == 3
    effects = {effect.name: (effect.kept.value, effect.without.value) for effect in (found.effect, *found.others) if effect is not None}
    assert effects["revenue"] == pytest.approx((sold + 6000, sold), abs=0.01)
    assert effects["customers"] == (123, 120)


def test_buyers_of_a_museum_nobody_tried_out_are_all_real() -> None:
    model = model_of(museum(1, tried=False))
    assert "test_accounts" not in checks(model)
    assert "unlabelled_personal_data" not in checks(model)  # « email » says what it is, though it stands for the customer


def test_addresses_made_up_for_everybody_are_no_trials() -> None:
    files = museum(2, tried=False)
    for row in files["tickets.csv"]:
        row["email"] = str(row["email"]).split("@")[0] + "@example.com"
    assert "test_accounts" not in checks(model_of(files))


@pytest.mark.parametrize("header", ["custom_7", "Champ libre 2", "field3"])
def test_telephones_under_a_spare_header_are_told(header: str) -> None:
    files = shop(seed=44)
    for number, row in enumerate(files["clients.csv"]):
        row[header] = f"06 {number % 90 + 10} 22 {number % 80 + 11} 47"
    model = model_of(files)
    assert [check.column for check in model.health if check.check == "unlabelled_personal_data"] == [header]


@pytest.mark.parametrize("header", ["Mobile", "N° de téléphone", "WhatsApp"])
def test_telephones_under_their_own_header_are_not(header: str) -> None:
    files = shop(seed=44)
    for number, row in enumerate(files["clients.csv"]):
        row[header] = f"06 {number % 90 + 10} 22 {number % 80 + 11} 47"
    assert "unlabelled_personal_data" not in checks(model_of(files))


def test_numbers_of_customers_that_look_like_telephones_are_numbers() -> None:
    files = subscribers(seed=45)
    for number, row in enumerate(files["customers.csv"]):
        row["customer_id"] = f"{1000 + number * 7 % 9000}-{number:05d}"
    assert "unlabelled_personal_data" not in checks(model_of(files))


def test_beside_a_count_of_customers_stands_what_duplicates_do_to_it(tmp_path: Path) -> None:
    """People typed twice swell both the share lost and the number of customers: each answer tells of its own figure."""
    files = shop(seed=46)
    for number in range(40):
        one = files["clients.csv"][number]
        files["clients.csv"].append({**one, "id_client": f"Z{number:05d}"})
        files["achats.csv"].append({**files["achats.csv"][0], "n_ticket": f"Z{number:05d}", "id_client": f"Z{number:05d}", "date_achat": date(2024, 1, 9)})
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    study = open_study(workspace)
    try:
        runner = Runner(study)
        counted, left = runner.run("explore", {"measure": "customers"}), runner.run("churn_rate")
        assert isinstance(counted, Finding) and isinstance(left, Finding)
        said = {finding.analysis: " ".join(caveat.render("en") for caveat in finding.caveats) for finding in (counted, left)}
    finally:
        study.database.close()
    assert "Number of customers: 190 if each way of writing counts apart, 150 if they are one." in said["explore"]
    assert "Share of customers lost:" in said["churn_rate"]


def test_two_columns_that_contradict_each_other_give_both_shares() -> None:
    """Tenants who left according to the date, and not all of them according to the state."""
    rows: list[Row] = []
    for number in range(400):
        gone = number % 4 == 0
        rows.append({
            "tenant_id": f"T{number:04d}", "move_in": date(2021, 1, 4) + timedelta(days=number), "move_out": date(2024, 3, 1) + timedelta(days=number) if gone else None,
            "status": "Left" if gone and number % 8 else "Active", "monthly_rent": 500 + number,
        })  # fmt: skip
    found = next(check for check in model_of({"tenants.csv": rows}).health if check.check == "label_contradiction")
    assert found.count == 50
    assert found.effect is not None
    assert {found.effect.kept.value, found.effect.without.value} == {0.125, 0.25}


def test_sales_dated_ahead_and_set_aside_are_told_with_what_they_are_worth(tmp_path: Path) -> None:
    files = shop(seed=47)
    for row in files["achats.csv"][::25]:
        row["date_achat"] = date(2031, 5, 4)
    every = amounts(files)
    checks_, revenue, _, _ = opened(files, tmp_path)
    told = {effect.name: (effect.kept.value, effect.without.value) for effect in (checks_["future_dates"].effect, *checks_["future_dates"].others) if effect}
    assert told["revenue"] == (pytest.approx(every, abs=0.01), pytest.approx(revenue, abs=0.01))
    assert told["revenue"][0] > told["revenue"][1]


def test_birthdays_ahead_stop_no_diagnosis() -> None:
    files = shop(seed=48)
    for number, row in enumerate(files["clients.csv"]):
        row["date_naissance"] = date(2061, 2, 3) if number % 40 == 7 else date(1970, 2, 3) + timedelta(days=number)
    told = next(check.detail.render("fr") for check in model_of(files).health if check.check == "future_dates")
    assert "écartées" in told and "s’arrête" not in told


@pytest.mark.parametrize("crossed", [True, False])
def test_a_cross_for_those_who_left_is_not_missing_elsewhere(crossed: bool) -> None:
    """Boats in a harbour: a cross for those that left; a yes or a no that is often blank is missing."""
    rows: list[Row] = []
    for number in range(300):
        gone = number % 5 == 0
        said = ("x" if gone else None) if crossed else (None if number % 3 == 0 else "oui" if gone else "non")
        rows.append({"n_anneau": f"B{number:04d}", "port": ("Nord", "Sud")[number % 2], "arrivee": date(2020, 1, 1) + timedelta(days=number), "redevance_mensuelle": 80 + number % 9, "parti": said})
    found = [check.column for check in model_of({"plaisanciers.csv": rows}).health if check.check == "missing_values"]
    assert ("parti" in found) is not crossed


def lists(*, both: int, joined: bool = False) -> Files:
    """The list of the library and that of its bookshop, numbered apart; some people stand in both, under one mailbox."""
    library: list[Row] = [
        {"n_lecteur": f"L{n:04d}", "prenom": f"Anna{n}", "nom": f"Durand{n}", "email": f"anna{n}@poste.fr", "date_inscription": date(2023, 1, 1) + timedelta(days=n)}
        for n in range(150)
    ]  # fmt: skip
    shop_: list[Row] = [
        {"n_acheteur": f"L{n:04d}" if joined else f"V{n:04d}", "prenom": f"Anna{place}", "nom": f"Durand{place}", "email": f"anna{place}@poste.fr", "premiere_visite": date(2023, 5, 1) + timedelta(days=n)}
        for n in range(120) for place in [n if n < both or joined else n + 500]
    ]  # fmt: skip
    return {"lecteurs.csv": library, "acheteurs.csv": shop_}


def test_people_of_two_lists_are_told_to_count_twice() -> None:
    found = [check for check in model_of(lists(both=40)).health if check.check == "duplicate_customers"]
    assert [(check.count, check.effect and (check.effect.kept.value, check.effect.without.value)) for check in found] == [(40, (270, 230))]


@pytest.mark.parametrize("files", [lists(both=0), lists(both=0, joined=True)], ids=["nobody in both", "one numbering"])
def test_lists_that_count_nobody_twice_say_nothing_of_it(files: Files) -> None:
    assert "duplicate_customers" not in checks(model_of(files))


def swimmers(*, back: int, year_only: bool = False) -> Files:
    """Members of a pool; some came back under another number. Or their year of birth alone is known, written 1 January."""
    def born(n: int) -> date:
        return date(1950 + n % 50, 1, 1) if year_only else date(1950, 1, 1) + timedelta(days=n * 37)

    people: list[Row] = [
        {"n_adherent": f"A{n:04d}", "prenom": f"Lina{chr(97 + n % 20)}", "nom": f"Morel{chr(97 + n % 15)}", "date_naissance": born(n), "date_inscription": date(2023, 1, 1) + timedelta(days=n)}
        for n in range(300)
    ]  # fmt: skip
    again: list[Row] = [{**person, "n_adherent": f"B{n:04d}", "nom": str(person["nom"]).upper(), "date_inscription": date(2024, 6, 1)} for n, person in enumerate(people[:back])]
    return {"adherents.csv": [*people, *again]}


def test_people_come_back_under_another_number_are_told() -> None:
    found = [check for check in model_of(swimmers(back=12)).health if check.check == "duplicate_customers"]
    assert [(check.count, check.choice is Choice.APPLY) for check in found] == [(12, False)]
    assert "duplicate_customers" not in checks(model_of(swimmers(back=0)))
    assert "duplicate_customers" not in checks(model_of(swimmers(back=0, year_only=True)))


def test_of_two_lists_one_need_not_hold_the_people_of_the_other() -> None:
    assert "orphans" not in checks(model_of(lists(both=40)))


def test_a_mailbox_shared_by_two_people_is_not_one_of_them() -> None:
    files = lists(both=40)
    for row in files["acheteurs.csv"]:
        row["prenom"] = f"Boris{row['n_acheteur']}"
    assert "duplicate_customers" not in checks(model_of(files))


def test_one_copy_is_told_in_the_singular() -> None:
    files = shop(seed=49)
    files["clients.csv"].append(dict(files["clients.csv"][3]))
    told = next(check.detail for check in model_of(files).health if check.check == "duplicate_rows")
    assert told.render("fr").replace("\u00a0", " ") == "clients.csv : une ligne est la copie exacte d’une autre : c’est un doublon, compté une seule fois."
    assert told.render("en") == "clients.csv: one row is an exact copy of another: it is a duplicate, counted once."


def named(*, namesakes: bool, initial: bool) -> Files:
    """A driving school whose lessons bear the pupil's name, whole or with an initial, and its list of pupils."""
    draw = random.Random(8)
    pupils: list[Row] = []
    for number in range(160):
        family = f"Martin{chr(97 + number % 20)}{'' if namesakes else chr(97 + number // 20)}"
        pupils.append({"n_eleve": f"E{number:04d}", "prenom": ("Ana", "Alix", "Bea", "Bruno")[number % 4] if namesakes else f"Zoe{number}", "nom": family, "email": f"e{number}@poste.fr"})
    rows: list[Row] = []
    for number in range(900):
        pupil = pupils[draw.randrange(160)]
        first = str(pupil["prenom"])
        rows.append({"n_lecon": f"L{number:05d}", "client": f"{first[0] + '.' if initial else first} {str(pupil['nom']).upper()}", "date_lecon": date(2024, 1, 1) + timedelta(days=number // 2), "montant_ttc": round(draw.uniform(30, 60), 2)})
    return {"eleves.csv": pupils, "lecons.csv": rows}


@pytest.mark.parametrize("initial", [True, False])
def test_namesakes_that_sales_take_for_one_are_told(initial: bool) -> None:
    files = named(namesakes=True, initial=initial)
    found = [check for check in model_of(files).health if check.check == "duplicate_customers"]
    sold = {str(row["client"]) for row in files["lecons.csv"]}
    assert [(check.file, check.column) for check in found] == [("lecons.csv", "client")]
    assert found[0].effect is not None
    assert (found[0].effect.kept.value, found[0].effect.without.value) == (len(sold), 160)


@pytest.mark.parametrize("initial", [True, False])
def test_names_that_are_each_one_person_s_are_not(initial: bool) -> None:
    assert "duplicate_customers" not in checks(model_of(named(namesakes=False, initial=initial)))


@pytest.mark.parametrize("beside", [True, False])
def test_refunds_of_payments_that_make_no_revenue_are_not_said_to_be_taken_off(beside: bool) -> None:
    """Payments of a subscription are told for what they are beside the subscriptions; alone, they are the sales, less their refunds."""
    payments: list[Row] = [
        {"payment_id": f"P{n:05d}", "customer_id": f"C{n % 60:03d}", "paid_on": date(2024, 1, 1) + timedelta(days=n // 3), "amount": 20.5, "amount_refunded": 20.5 if n % 50 == 7 else 0, "method": "card"}
        for n in range(900)
    ]  # fmt: skip
    terms: list[Row] = [
        {"subscription_id": f"S{n:03d}", "customer_id": f"C{n:03d}", "start_date": date(2023, 12, 1), "end_date": date(2024, 5, 1) if n % 4 == 0 else None, "plan": "Pro", "monthly_price": 20.5}
        for n in range(60)
    ]  # fmt: skip
    files: Files = {"payments.csv": payments, **({"subscriptions.csv": terms} if beside else {})}
    told = [check for check in model_of(files).health if check.check == "negative_amounts" and check.column == "amount_refunded"]
    assert bool(told) is not beside
