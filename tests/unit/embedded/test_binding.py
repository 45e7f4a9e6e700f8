"""What columns and values found in a question change: the analysis chosen, the choices offered, what is asked back."""

import pytest

from tests.unit.embedded.talks import converse, step

FIBER = {"field": "InternetService", "operator": "=", "values": ["Fiber optic"]}
SENIORS = {"field": "SeniorCitizen", "operator": "=", "values": [True]}


@pytest.mark.parametrize("question", ["compare churn for men and women", "Le départ : hommes contre femmes"])
def test_leaving_set_against_two_values_is_a_rate(telecom, question):
    assert step(converse(telecom, question)[0]) == ("churn_rate", {"by": "gender"})


def test_active_customers_with_a_value_are_counted(telecom):
    name, arguments = step(converse(telecom, "how many active customers have fiber?")[0])
    assert name == "explore" and arguments["measure"] == "customers"
    assert arguments["segment"] == [FIBER, {"field": "lost", "operator": "=", "values": [False]}]


def test_a_group_of_people_follows_up(telecom):
    _, seniors = converse(telecom, "Quel est notre taux d'attrition ?", "et les seniors ?")
    assert step(seniors) == ("churn_rate", {"segment": [SENIORS]})


@pytest.mark.parametrize("question", ["montant moyen mensuel", "average monthly amount"])
def test_a_monthly_amount_is_a_column_not_a_calendar(telecom, question):
    assert step(converse(telecom, question)[0]) == ("explore", {"measure": "mean", "column": "MonthlyCharges"})


def test_a_rate_is_never_taken_among_the_lost_only(telecom):
    for reading in converse(telecom, "combien de clients perdus ?", "taux de clients perdus par contrat"):
        conditions = dict(reading.steps[0].arguments).get("segment", ())
        assert reading.steps[0].analysis != "churn_rate" or not any(c["field"] == "lost" for c in conditions)


@pytest.mark.parametrize(
    ("counted", "why"),
    [("Combien de clients avons-nous perdus ?", "Pourquoi partent-ils ?"), ("how many women did we lose?", "why?")],
)
def test_causes_compare_those_who_left_with_those_who_stayed(telecom, counted, why):
    """« Pourquoi ? » after a count of the lost keeps who is looked at, not their fate: among the lost alone all have left."""
    *_, causes = converse(telecom, counted, why)
    name, arguments = step(causes)
    assert name == "churn_drivers"
    assert [one["field"] for one in arguments.get("segment", ())] == (["gender"] if "women" in counted else [])


def test_the_statistic_alone_follows_up(telecom):
    _, median = converse(telecom, "facture mensuelle moyenne", "et la médiane ?")
    assert step(median) == ("explore", {"measure": "median", "column": "MonthlyCharges"})


@pytest.mark.parametrize("question", ["clients fidèles chez les femmes ?", "valeur", "retention"])
def test_choices_ask_for_what_the_files_hold(telecom, question):
    (reading,) = converse(telecom, question)
    for choice in reading.choices:
        assert "panier" not in choice.fr and "basket" not in choice.en


def test_since_a_year_filters_purchases(shop):
    (reading,) = converse(shop, "chiffre d'affaires depuis 2024")
    assert step(reading)[1]["period"] == {"start": "2024-01-01", "end": shop.as_of.isoformat()}
