"""« Actif », « en cours », « résilié » beside a day or a period: what stood then, what ended then, and who has been there since."""

import random
from datetime import date, timedelta

import pytest

from tests.unit.embedded.talks import asked, converse, is_, opened

_draw = random.Random(17)
CONTRACTS = [["N° contrat", "Code client", "Date de début", "Date de fin", "Motif de fin", "Formule", "Loyer mensuel", "Ville"]]
for _who in range(300):
    for _place in range(2 if _who % 8 == 0 else 1):
        _began = date(2021, 1, 4) + timedelta(days=_draw.randrange(1700))
        _ended = _began + timedelta(days=_draw.randrange(60, 900))
        _over = _ended <= date(2025, 12, 31) and _draw.random() < 0.7
        CONTRACTS.append([f"V{_who:04d}-{_place}", f"L{_who:04d}", f"{_began:%d/%m/%Y}", f"{_ended:%d/%m/%Y}" if _over else "", _draw.choice(["Vol", "Trop cher"]) if _over else "",
                          _draw.choice(["Cargo", "Pliant"]), _draw.choice([29, 69]), _draw.choice(["Rennes", "Vannes"])])  # fmt: skip
SALES = [["Ticket", "Client", "Date", "Produit", "Montant", "Moyen de paiement"]]
for _who in range(200):
    _day = date(2023, 1, 2) + timedelta(days=_draw.randrange(700))
    for _step in range(_draw.choice([3, 12, 40])):
        if _day + timedelta(days=20 * _step) <= date(2025, 12, 31):
            SALES.append([f"T{len(SALES)}", f"B{_who:03d}", f"{_day + timedelta(days=20 * _step):%d/%m/%Y}", _draw.choice(["Brioche", "Tourte"]), _draw.choice([4, 9, 16]), _draw.choice(["Espèces", "Carte"])])


@pytest.fixture(scope="module")
def hire(tmp_path_factory):
    yield from opened(tmp_path_factory, "hire", {"contrats.csv": CONTRACTS})


@pytest.fixture(scope="module")
def bakery(tmp_path_factory):
    yield from opened(tmp_path_factory, "bakery", {"ventes.csv": SALES})


ENDED = {"field": "Date de fin", "operator": "is not null", "values": []}
HERE = is_("lost", False)
YEAR = {"start": "2024-01-01", "end": "2024-12-31"}
EVE = {"start": "2024-12-31", "end": "2024-12-31"}


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("combien de contrats résiliés en 2024", {}),
        ("combien de contrats se sont terminés en 2024", {}),
        ("contrats résiliés à Rennes en 2024", {"purchase_filter": [is_("Ville", "Rennes"), ENDED]}),
        ("how many contracts ended in 2024?", {}),
    ],
)
def test_contracts_that_ended_in_a_period(hire, question, more):
    read = asked(hire, question)
    assert read == {"measure": "records", "table": "contrats.csv", "period": YEAR, "purchase_filter": [ENDED], **more}


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("combien de contrats étaient actifs au 31 décembre 2024 ?", EVE),
        ("combien de contrats en cours au 31/12/2024", EVE),
        ("nombre de contrats en cours fin 2024", YEAR),
        ("how many contracts were active on 31 December 2024?", EVE),
        ("combien de contrats actifs en 2024", YEAR),
        ("combien de contrats avions-nous au 31 décembre 2024", EVE),
        ("how many contracts did we have at the end of 2024?", YEAR),
    ],
)
def test_contracts_in_force_then(hire, question, period):
    assert asked(hire, question) == {"measure": "records", "table": "contrats.csv", "period": period, "stock": True}


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("combien de clients actifs au 31 décembre 2024 ?", EVE),
        ("combien de clients étaient actifs fin 2024 ?", EVE),
        ("how many active customers at the end of 2024?", EVE),
        ("combien de clients avions-nous au 31 décembre 2024 ?", EVE),
        ("combien de clients avait-on fin 2024 ?", EVE),
        ("nombre de clients au 31/12/2024", EVE),
    ],
)
def test_customers_there_on_a_day(hire, bakery, question, period):
    for study in (hire, bakery):
        assert asked(study, question) == {"measure": "customers", "period": period, "stock": True}


def test_the_day_changes_in_what_follows(hire):
    first, then = "combien de contrats en cours au 31/12/2024 à Rennes", "et au 30 juin 2025 ?"
    read = asked(hire, first, then)
    assert read["stock"] is True and read["period"] == {"start": "2025-06-30", "end": "2025-06-30"} and read["purchase_filter"] == [is_("Ville", "Rennes")]


@pytest.mark.parametrize("question", ["nombre de clients actifs par an", "clients actifs par année", "active customers by year"])
def test_active_over_time_is_of_each_period(hire, bakery, question):
    assert asked(hire, question) == {"measure": "customers", "by": ["year"], "stock": True}
    assert asked(bakery, question) == {"measure": "customers", "by": ["year"]}  # who bought then


def test_a_trend_of_who_is_there(hire, bakery):
    assert asked(hire, "évolution du nombre de clients actifs") == {"measure": "customers", "by": ["quarter"], "stock": True}
    assert asked(bakery, "évolution du nombre de clients actifs") == {"measure": "customers", "by": ["quarter"]}


def test_gone_by_a_day_and_since_a_time(hire):
    until = {"start": "1900-01-01", "end": "2024-12-31"}
    assert asked(hire, "combien de contrats résiliés au 31 décembre 2024") == {"measure": "records", "table": "contrats.csv", "period": until, "purchase_filter": [ENDED]}
    assert asked(hire, "combien de clients perdus au 31 décembre 2024") == {"measure": "lost_customers", "period": until}
    (left,) = asked(hire, "combien de clients partis depuis plus de 2 ans")["segment"]
    assert (left["field"], left["operator"], left["values"][0]) == ("lost_on", "between", "1900-01-01")


def test_a_part_of_the_contracts_in_force_on_a_day(hire):
    read = asked(hire, "part des contrats actifs au 31 décembre 2024 à Rennes")
    assert read == {"measure": "share_records", "table": "contrats.csv", "part": [is_("Ville", "Rennes")], "period": EVE, "stock": True}


def test_active_without_a_time_and_still_here_are_of_today(hire, bakery):
    for study in (hire, bakery):
        assert asked(study, "combien de clients actifs ?") == {"measure": "customers", "segment": [HERE]}
        assert asked(study, "combien de clients actifs aujourd'hui ?") == {"measure": "customers", "segment": [HERE]}
    assert asked(hire, "clients arrivés avant 2023 encore là") == {"measure": "new_customers", "segment": [HERE], "period": {"start": "1900-01-01", "end": "2022-12-31"}}


@pytest.mark.parametrize(
    ("question", "months"),
    [
        ("combien de clients sont là depuis plus de 2 ans ?", 24),
        ("combien de clients chez nous depuis plus de 2 ans ?", 24),
        ("clients fidèles depuis plus de 2 ans", 24),
        ("how many customers have been with us for more than 2 years?", 24),
    ],
)
def test_there_since_is_of_those_still_here(hire, bakery, question, months):
    for study in (hire, bakery):
        assert asked(study, question) == {"measure": "customers", "segment": [is_("tenure_months", months, ">"), HERE]}


def test_who_leaves_by_age_of_the_relation_is_of_both(hire):
    reading = converse(hire, "les clients de plus de 2 ans partent-ils moins ?")[-1]
    assert all(HERE not in step.arguments.get("segment", ()) for step in reading.steps)


def test_a_monthly_revenue_of_contracts_is_of_those_that_run(hire):
    read = asked(hire, "revenu mensuel des contrats Cargo")
    assert read == {"measure": "sum", "column": "Loyer mensuel", "table": "contrats.csv", "stock": True, "purchase_filter": [is_("Formule", "Cargo")]}


@pytest.mark.parametrize("question", ["combien de clients ont dépensé plus de 100 € en 2024", "clients qui ont dépensé plus de 100 € en 2024"])
def test_money_is_counted_in_the_period_that_is_named(bakery, question):
    assert asked(bakery, question) == {"measure": "customers", "purchase_filter": [is_("amount_within", 100, ">")], "period": YEAR}


def test_money_is_counted_in_the_period_that_follows(bakery):
    assert asked(bakery, "combien de clients ont dépensé plus de 100 € ?", "en 2024 ?") == {
        "measure": "customers", "purchase_filter": [is_("amount_within", 100, ">")], "period": YEAR,
    }  # fmt: skip
    again = asked(bakery, "combien de clients ont dépensé plus de 100 € en 2024 ?", "et plus de 200 € ?")
    assert again == {"measure": "customers", "purchase_filter": [is_("amount_within", 200, ">")], "period": YEAR}


def test_a_share_of_payments_is_of_payments(bakery):
    assert asked(bakery, "part des paiements en espèces") == {"measure": "share_orders", "part": [is_("Moyen de paiement", "Espèces")]}


def test_who_came_in_one_year_and_not_in_the_next(bakery):
    read = asked(bakery, "clients venus en 2024 mais pas en 2025")
    assert read == {"measure": "customers", "period": YEAR, "absent": {"start": "2025-01-01", "end": "2025-12-31"}}


def test_who_came_on_a_day_bought_on_it(bakery, hire):
    assert asked(bakery, "combien de clients sont venus en 2024 ?") == {"measure": "customers", "period": YEAR}
    assert asked(hire, "combien de contrats du 1er janvier au 31 mars 2024") == {"measure": "records", "table": "contrats.csv", "period": {"start": "2024-01-01", "end": "2024-03-31"}}


def test_how_long_somebody_stays_is_no_count_of_who_is_here(bakery):
    reading = converse(bakery, "combien de mois un client reste-t-il ?")[-1]
    assert all(step.analysis != "explore" for step in reading.steps)


def test_people_who_left_are_counted_by_what_they_bought(bakery):
    read = asked(bakery, "combien de tourtes parmi les partis ?")
    assert read == {"measure": "customers", "purchase_filter": [is_("product", "Tourte")], "segment": [is_("lost", True)]}
