"""What a question says beside its subject, read against real columns and values."""

import pytest

from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from assistant.embedded.columns import columns_of
from assistant.embedded.intents import load
from assistant.embedded.slots import read_slots

KNOWN = frozenset(load().known)


def read(question, study):
    return read_slots(question, columns_of(study), study.as_of, KNOWN)


def filters(slots):
    return {found.field: (found.operator, list(found.values)) for found in slots.filters}


@pytest.mark.parametrize(
    ("question", "by", "expected"),
    [
        ("taux d'attrition par type de contrat chez les femmes", ["Contract"], {"gender": ("=", ["Female"])}),
        ("churn rate by contract for women", ["Contract"], {"gender": ("=", ["Female"])}),
        ("clients fibre en contrat mensuel", [],
         {"InternetService": ("=", ["Fiber optic"]), "Contract": ("=", ["Month-to-month"])}),
        ("customers with fiber and no tech support", [],
         {"InternetService": ("=", ["Fiber optic"]), "TechSupport": ("=", ["No"])}),
        ("clients fibre sans support technique", [],
         {"InternetService": ("=", ["Fiber optic"]), "TechSupport": ("=", ["No"])}),
        ("churn of seniors", [], {"SeniorCitizen": ("=", [True])}),
        ("attrition hors Bretagne", [], {"Region": ("!=", ["Bretagne"])}),
        ("clients de Bretagne et d'Alsace", [], {"Region": ("in", ["Bretagne", "Alsace"])}),
        ("attrition en bretange", [], {"Region": ("=", ["Bretagne"])}),
        ("clients qui payent par chèque", [], {"PaymentMethod": ("in", ["Electronic check", "Mailed check"])}),
        ("hors contrat de deux ans", [], {"Contract": ("!=", ["Two year"])}),
        ("clients depuis plus de 3 ans", [], {"tenure_months": (">", [36])}),
        ("customers with more than 24 months tenure", [], {"tenure_months": (">", [24])}),
        ("customers who pay more than 80 per month", [], {"MonthlyCharges": (">", [80])}),
        ("churn par région et par contrat", ["Region", "Contract"], {}),
        ("which contract has the highest churn?", ["Contract"], {}),
        ("hommes vs femmes : churn", ["gender"], {}),
    ],
)  # fmt: skip
def test_groups_and_filters(telecom, question, by, expected):
    slots = read(question, telecom)
    assert slots.by == by
    assert filters(slots) == expected


@pytest.mark.parametrize(
    ("question", "measure", "column"),
    [
        ("facture mensuelle médiane par type de contrat", "median", "MonthlyCharges"),
        ("average monthly charges by payment method", "mean", "MonthlyCharges"),
        ("combien de clients fibre ?", "customers", None),
        ("how many customers in Alsace?", "customers", None),
        ("what share of customers are women?", "share_customers", None),
    ],
)
def test_measure(telecom, question, measure, column):
    slots = read(question, telecom)
    assert (slots.measure, slots.column) == (measure, column)


def test_time_words_of_a_value_are_not_a_grouping(telecom):
    assert read("facture mensuelle moyenne par contrat", telecom).time is None
    assert read("churn mensuel", telecom).time == "month"


@pytest.mark.parametrize(
    "question", ["Quel est notre taux d'attrition ?", "Why do customers leave?", "Qui va partir ?"]
)
def test_plain_questions_set_no_filter(telecom, question):
    slots = read(question, telecom)
    assert slots.filters == [] and slots.by == [] and slots.customer is None


def test_a_comparison_no_column_answers_to_is_kept_to_be_said(telecom):
    assert read("clients avec plus de 3 chiens", telecom).unread == ["plus de 3"]


def test_shop(shop):
    slots = read("panier moyen par catégorie en 2024", shop)
    assert (slots.measure, slots.by) == ("average_basket", ["category"])
    assert (str(slots.period.start), str(slots.period.end)) == ("2024-01-01", "2024-12-31")
    assert filters(read("combien de clients ont plus de 3 commandes ?", shop)) == {"orders": (">", [3])}
    assert filters(read("how many customers have at least two orders", shop)) == {"orders": (">=", [2])}
    bought = read("CA des chaussures par mois", shop)
    assert bought.time == "month" and bought.measure == "amount"
    top = read("top 3 categories by revenue", shop)
    assert (top.top, top.by, top.measure) == (3, ["category"], "amount")


@pytest.mark.parametrize(
    ("question", "customer"),
    [("Parle-moi du client C0042", "C0042"), ("customer 7590-VHVEG", "7590-VHVEG"), ("client n° 77 risque", "77"),
     ("nouveaux clients 2024", None), ("combien de clients", None)],
)  # fmt: skip
def test_customer(telecom, question, customer):
    assert read(question, telecom).customer == customer


def test_a_verb_is_not_a_region(tmp_path):
    """« Est » is a region of the file; « quel est notre taux » does not speak of it."""
    lines = [["id_client", "region", "resilie"]]
    lines += [[f"C{n}", ("Nord", "Est", "Sud")[n % 3], "Oui" if n % 4 == 0 else "Non"] for n in range(300)]
    path = tmp_path / "clients.csv"
    path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    workspace = Workspace(tmp_path / "workspace")
    import_files(workspace, [path])
    study = open_study(workspace)
    east = {"region": ("=", ["Est"])}
    for question, expected in (
        ("Quel est notre taux d'attrition ?", {}), ("Qui est sur le point de partir ?", {}),
        ("taux d'attrition dans la région Est", east), ("quel est le taux d'attrition dans l'Est ?", east),
    ):  # fmt: skip
        assert filters(read(question, study)) == expected, question
    study.database.close()
