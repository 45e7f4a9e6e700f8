"""A singing school: words that half of a value, or all of them, bear; money said in more words; who stays, a price, a « fiche archivée »."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import asked, converse, is_, opened


def _files():
    draw = random.Random(11)
    pupils = [["N° fiche", "Ville", "Leçon", "Canal d'acquisition", "Inscrit le", "Archivée", "Archivée le"]]
    sold = [["N° vente", "N° fiche", "Date", "Article", "Qté", "Montant"]]
    for n in range(220):
        came = date(2023, 1, 1) + timedelta(days=draw.randrange(500))
        left = came + timedelta(days=draw.randint(60, 400)) if draw.random() < 0.4 else None
        pupils.append([f"{5000 + n}", draw.choice(["Sète", "Agde"]), draw.choice(["Solo", "Duo"]), draw.choice(["Vente flash", "Affiche", "Parrainage"]), came, "O" if left else "N", left or ""])
        for _ in range(draw.randint(1, 8)):
            count = draw.randint(1, 3)
            day = came + timedelta(days=draw.randrange(60))
            sold.append([f"V{len(sold):05d}", f"{5000 + n}", day, draw.choice(["Leçon matin", "Leçon soir", "Leçon midi"]), count, count * draw.randint(15, 30)])
    return {"eleves.csv": pupils, "ventes.csv": sold}


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    yield from opened(tmp_path_factory, "school", _files())


@pytest.fixture(scope="module")
def pupils():
    return _files()["eleves.csv"][1:]


def _value(study, question):
    return Runner(study, CATALOG).run("explore", asked(study, question)).measures[0].value


def test_what_is_measured_is_no_half_of_a_value(school):
    assert not asked(school, "ventes par ville").get("segment")
    assert asked(school, "combien d'élèves viennent de la vente flash ?")["segment"] == [is_("Canal d'acquisition", "Vente flash")]


def test_a_word_every_value_bears_sets_none_apart(school):
    found = converse(school, "chiffre d'affaires par ville", "et juste pour la leçon Solo ?")[-1].steps[0].arguments
    assert found["by"] == ["Ville"] and found["segment"] == [is_("Leçon", "Solo")]


def test_a_value_asked_about_is_counted(school, pupils):
    for question in ("c'est quoi la vente flash ?", "what is Vente flash?"):
        assert _value(school, question) == sum(row[3] == "Vente flash" for row in pupils), question


def test_money_and_splits_said_in_more_words(school):
    sold = [row[5] for row in _files()["ventes.csv"][1:] if row[2].year == 2024]
    for question in ("combien d'argent a-t-on gagné en 2024 ?", "combien d'argent avons-nous encaissé en 2024", "argent encaissé en 2024"):
        assert _value(school, question) == pytest.approx(sum(sold)), question
    assert asked(school, "combien de nouveaux élèves en 2024 et par quelle ville")["by"] == ["Ville"]


def test_a_price_of_what_is_sold_is_no_spending(school):
    lines = [row for row in _files()["ventes.csv"][1:] if row[3] == "Leçon soir"]
    assert _value(school, "prix moyen d'une leçon soir vendue") == pytest.approx(sum(row[5] for row in lines) / sum(row[4] for row in lines))


def test_those_who_stay_are_set_beside_the_others(school):
    for question in ("les élèves venus par Affiche restent-ils ?", "les gens venus par affiche sont-ils fidèles ?"):
        steps = converse(school, question)[-1].steps
        assert [step.analysis for step in steps] == ["churn_rate", "churn_rate"], question
        assert [step.arguments["segment"][0]["operator"] for step in steps] == ["=", "!="], question


def test_a_record_kept_of_each_customer_is_that_customer_and_archived_is_gone_however_it_agrees(school, pupils):
    assert _value(school, "combien de fiches élèves ?") == len(pupils)
    gone = sum(row[5] == "O" and row[6].year == 2023 for row in pupils if row[6])
    for question in ("combien de fiches archivées en 2023 ?", "nombre d'élèves archivés en 2023"):
        assert _value(school, question) == gone, question
    (step,) = converse(school, "taux d'archivage par ville")[-1].steps
    assert step.arguments["by"] in ("Ville", ["Ville"])


def test_a_rate_by_month_is_not_said_beside_that_of_all_departures_ever(school):
    by_month = Runner(school, CATALOG).run("churn_rate", {"period": "month"})
    ever = "among all customers in the file, whenever they left"
    assert not any(ever in caveat.render("en") for caveat in by_month.caveats)
    assert any(ever in caveat.render("en") for caveat in Runner(school, CATALOG).run("churn_rate", {}).caveats)
