"""Two tyre workshops: how many each has, where they buy, the largest basket, what someone pays where only bills tell it, and whether a thing plays a part."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from assistant.embedded.returns_told import net_as_it_is
from tests.unit.embedded.talks import asked, converse, opened

_draw = random.Random(59)
DRIVERS = [[f"A{n:03d}", _draw.choice(["Vire", "Flers"]), _draw.choice(["CB", "Chèque"]), _draw.choice(["oui", "non"]), _draw.choice(["oui", "non", "non"])] for n in range(200)]
SALES = [[f"T{n:05d}", f"A{_draw.randrange(200):03d}", date(2023, 1, 5) + timedelta(days=_draw.randrange(900)), _draw.choice(["Atelier Vire", "Atelier Flers", "Atelier Caen"]), _draw.choice(["Pneus", "Vidange", "Freins"]), _draw.randint(40, 700)] for n in range(1800)]


@pytest.fixture(scope="module")
def tyres(tmp_path_factory):
    yield from opened(tmp_path_factory, "tyres", {
        "clients.csv": [["Code client", "Ville", "Mode de paiement", "Accord SMS", "Accord e-mail"], *DRIVERS],
        "ventes.csv": [["N° vente", "Code client", "Date", "Magasin", "Famille", "Montant TTC"], *SALES],
    })  # fmt: skip


@pytest.fixture(scope="module")
def alarms(tmp_path_factory):
    """Alarms watched by contract, the price of which stands in the bills alone."""
    homes = [[f"H{n:03d}", _draw.choice(["Agence Est", "Agence Ouest"]), _draw.choice(["Prélèvement", "Chèque"])] for n in range(240)]
    contracts, bills = [], []
    for n in range(240):
        begun = date(2023, 1, 5) + timedelta(days=_draw.randrange(600))
        over = begun + timedelta(days=_draw.randint(90, 500)) if _draw.random() < 0.4 else date(2026, 1, 1)
        contracts.append([f"CT{n:04d}", f"H{n:03d}", begun, over if over <= date(2025, 6, 30) else ""])
        day = begun
        while day <= min(over, date(2025, 6, 30)):
            bills.append([f"F{len(bills):05d}", f"H{n:03d}", day, _draw.randint(20, 90), _draw.randint(1, 4)])
            day += timedelta(days=30)
    rounds = [[f"R{n:05d}", date(2023, 2, 1) + timedelta(days=_draw.randrange(870)), f"H{_draw.randrange(240):03d}", _draw.choice(["Bob", "Zoé"]), _draw.choice([0.5, 1.5, 2.0]), _draw.choices(["Effectuée", "Reportée"], [9, 1])[0]] for n in range(1500)]
    tables = {
        "tournees.csv": [["N° tournée", "Date de la tournée", "Réf. abonné", "Agent", "Durée (h)", "Statut"], *rounds],
        "abonnes.csv": [["Réf. abonné", "Agence", "Mode de règlement"], *homes],
        "contrats.csv": [["N° contrat", "Réf. abonné", "Date de début", "Date de fin"], *contracts],
        "factures.csv": [["N° facture", "Réf. abonné", "Date facture", "Montant TTC", "Heures"], *bills],
    }
    for study in opened(tmp_path_factory, "alarms", tables):
        yield study, bills, rounds


def _value(study, *questions):
    return Runner(study, CATALOG).run("explore", asked(study, *questions)).measures[0].value


def test_how_many_each_has_is_a_mean(tyres):
    shops: dict[str, set[str]] = {}
    for row in SALES:
        shops.setdefault(row[1], set()).add(row[3])
    assert _value(tyres, "combien de magasins par client ?") == pytest.approx(sum(map(len, shops.values())) / len(shops), rel=0.01)
    assert asked(tyres, "combien de clients par ville ?") == {"measure": "customers", "by": ["Ville"]}
    assert asked(tyres, "combien de ventes par magasin ?")["by"] == ["store"]


@pytest.mark.parametrize(("question", "by"), [
    ("dans quel magasin nos clients achètent-ils le plus ?", "store"), ("dans quelle famille achètent les clients ?", "category"), ("dans quel magasin les clients perdus achetaient-ils ?", "store"),
])  # fmt: skip
def test_where_they_buy_is_what_they_bought_split_by_it(tyres, question, by):
    arguments = asked(tyres, question)
    assert (arguments["measure"], arguments["by"]) == ("orders", [by])
    assert bool(arguments.get("segment")) is ("perdus" in question)


def test_the_highest_basket_is_no_pupil(tyres):
    for question in ("le panier le plus élevé", "quel est le panier le plus élevé ?"):
        assert _value(tyres, question) == max(row[5] for row in SALES), question


def test_revenue_per_customer_is_of_the_bills_where_no_contract_has_a_price(alarms):
    study, bills, _ = alarms
    spent: dict[str, int] = {}
    for row in bills:
        spent[row[1]] = spent.get(row[1], 0) + row[3]
    for question in ("CA moyen par abonné", "CA par client", "average revenue per customer"):
        assert _value(study, question) == pytest.approx(sum(spent.values()) / len(spent)), question


@pytest.mark.parametrize("question", ["est-ce que le mode de règlement joue sur les résiliations ?", "est-ce que l'agence influence les départs ?", "est-ce que l'agence pèse sur la fidélité ?"])
def test_whether_a_thing_plays_a_part_in_who_leaves(alarms, question):
    (reading,) = converse(alarms[0], question)
    assert reading.steps and reading.steps[0].analysis == "churn_drivers", reading.sentence
    assert reading.steps[0].arguments["factor"] in ("Mode de règlement", "Agence")


def test_hours_in_a_state_are_of_the_file_that_holds_the_state(alarms):
    study, bills, rounds = alarms
    assert _value(study, "nombre d'heures reportées en 2024") == pytest.approx(sum(row[4] for row in rounds if row[5] == "Reportée" and row[1].year == 2024))
    assert _value(study, "total des heures") == pytest.approx(sum(row[4] for row in bills))


@pytest.mark.parametrize(("question", "place"), [("combien de clients puis-je contacter par SMS ?", 3), ("à qui ai-je le droit d'envoyer un mail ?", 4)])
def test_those_who_agreed_to_one_way_are_counted_beside_the_rights(tyres, question, place):
    (reading,) = converse(tyres, question)
    told = {step.analysis: step.arguments for step in reading.steps}
    assert Runner(tyres, CATALOG).run("explore", told["explore"]).measures[0].value == sum(row[place] == "oui" for row in DRIVERS)


def test_a_way_that_is_not_said_is_not_chosen(tyres):
    (reading,) = converse(tyres, "à qui ai-je le droit d'écrire ?")
    assert [step.analysis for step in reading.steps] == ["contact_rights"]


@pytest.mark.parametrize("question", ["part du CA par agence", "part du CA faite par Agence Est"])
def test_a_share_of_bills_tells_what_each_amounts_to(alarms, question):
    study, bills, _ = alarms
    found = Runner(study, CATALOG).run("explore", asked(study, question))
    assert found.measures[0].value == sum(row[3] for row in bills)
    assert {item["Agence"] for item in found.items} == {"Agence Est", "Agence Ouest"}


def test_several_shops_that_lose_customers_are_of_those_lost(tyres):
    for question in ("quels magasins perdent le plus de clients ?", "quelles familles perdent le plus de clients ?"):
        assert asked(tyres, question)["segment"] == [{"field": "lost", "operator": "=", "values": [True]}], question


def test_money_lost_with_those_who_left_is_theirs(tyres):
    assert asked(tyres, "CA perdu avec les clients partis")["segment"] == [{"field": "lost", "operator": "=", "values": [True]}]


def test_the_bare_takings_of_a_kind_are_money(tyres):
    expected = sum(row[5] for row in SALES if row[4] == "Vidange" and row[2].year == 2024)
    assert _value(tyres, "quel est le chiffre par mois de la vidange en 2024 ?") == expected
    assert converse(tyres, "quel est le chiffre des départs en 2024 ?")[0].steps[0].arguments.get("measure") != "amount"  # so many left


def test_those_of_a_share_are_whom_the_next_figure_is_of(tyres):
    reading = converse(tyres, "part des clients de Vire ?", "et leur taux de départ ?")[-1]
    assert reading.steps[0].arguments["segment"] == [{"field": "Ville", "operator": "=", "values": ["Vire"]}]
    reading = converse(tyres, "combien de clients sont partis ?", "quel pourcentage ?", "pourquoi ?")[-1]
    assert not reading.steps[0].arguments.get("segment")  # why they left is asked of all


def test_revenue_less_what_came_back_is_revenue_as_it_is(tyres):
    assert net_as_it_is("CA moins les retours en 2024", tyres) == "CA en 2024"
    assert net_as_it_is("quel magasin a le moins de retours ?", tyres) == "quel magasin a le moins de retours ?"
