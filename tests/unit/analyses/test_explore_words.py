"""The headline of a query names a group first only when enough cases carry it, and says when no gap is clear."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics import importing
from analytics.explore.explore import ANALYSIS
from analytics.workspace import Workspace
from tests.unit.analyses.relations import finding, labelled


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Paris buys for 40 on average, Lyon for 39, Lille for 20; Brest is one customer who spent a fortune."""
    draw = np.random.default_rng(3)
    rows = []
    for city, mean, customers in (("Paris", 40, 120), ("Lyon", 39, 120), ("Lille", 20, 120), ("Brest", 900, 1)):
        for place in range(customers):
            for _ in range(3):
                day = date(2025, 1, 1) + pd.Timedelta(days=int(draw.integers(0, 500)))
                rows.append((f"{city}{place}", day, round(float(draw.normal(mean, mean / 3)), 2), city))
    folder = tmp_path_factory.mktemp("cities")
    pd.DataFrame(rows, columns=["customer_id", "purchase_date", "amount", "city"]).to_csv(folder / "orders.csv", index=False)
    workspace = Workspace(folder / "workspace")
    importing.import_files(workspace, [folder / "orders.csv"])
    opened = importing.open_study(workspace)
    yield opened
    opened.database.close()


def test_one_customer_does_not_lead(study):
    found = finding(study, ANALYSIS, measure="average_basket", by=["city"])
    said = found.claim.render("en")
    assert "Brest" not in said and "no clear gap" in said
    assert any(item["city"] == "Brest" for item in found.items)


def test_the_lowest_is_said_to_be_the_lowest(study):
    said = finding(study, ANALYSIS, measure="average_basket", by=["city"], order="asc").claim.render("fr")
    assert "Lille est au plus bas" in said and "sans écart net" not in said


def test_the_period_and_the_filter_are_in_the_headline(study):
    condition = {"field": "city", "operator": "=", "values": ["Lille"]}
    period = {"start": "2025-01-01", "end": "2025-12-31"}
    said = finding(study, ANALYSIS, measure="orders", segment=[condition], period=period).claim.render("fr")
    assert "Lille" in said and "Du 1er janvier 2025 au 31 décembre 2025" in said


def test_what_a_query_is_narrowed_to_comes_before_a_dash_and_the_measure_after(tmp_path):
    """« Clients considérés (…) — nombre de clients : 12. »: one colon, the one before the figure."""
    people = pd.DataFrame({"id": list("ABCDEF"), "gone": [True, False] * 3, "region": ["N", "N", "N", "N", "S", "S"]})
    small = labelled(tmp_path, people)
    north = [{"field": "region", "operator": "=", "values": ["N"]}]
    narrowed = finding(small, ANALYSIS, measure="customers", segment=north).claim
    assert narrowed.render("fr") == "Clients considérés (region = N) — nombre de clients\u00a0: 4."
    assert narrowed.render("en") == "Customers looked at (region = N) — number of customers: 4."
    assert finding(small, ANALYSIS, measure="customers").claim.render("fr") == "Nombre de clients\u00a0: 6, dont 3 encore là au 31 décembre 2025."


def test_who_comes_first_is_first_of_those_it_was_chosen_from(study):
    """Brest stands first in the table and leads nothing: the headline says among which groups Paris does."""
    said = finding(study, ANALYSIS, measure="average_basket", by=["city"]).claim
    assert "of the groups of at least thirty cases" in said.render("en") and "des groupes d’au moins trente cas" in said.render("fr")
    assert "thirty" not in finding(study, ANALYSIS, measure="orders", by=["city"]).claim.render("en")


def test_months_are_told_from_the_first_to_the_last_with_their_extremes(study):
    found = finding(study, ANALYSIS, measure="amount", by=["month"])
    assert found.table is not None and found.table.rows[-1][0] == date(2026, 5, 1)  # half of it: the files stop on the fifteenth
    months = [row[1] for row in found.table.rows[:-1]]
    said = found.claim.render("en")
    assert said.startswith("Revenue by month: ") and " at first (January 2025), " in said and " at the end (April 2026); " in said
    assert "against" not in said
    assert found.claim.values["start"].value == months[0] and found.claim.values["value"].value == months[-1]
    assert [next(fact.estimates()).value for fact in found.facts] == [max(months), min(months)]


def test_days_of_the_week_are_ranked_and_not_told_from_monday_to_sunday(study):
    found = finding(study, ANALYSIS, measure="amount", by=["weekday"])
    best = max(found.items, key=lambda item: item["amount"])["weekday"]
    assert f"{best.en} comes first" in found.claim.render("en")


def test_a_month_among_other_groups_is_called_by_its_name(study):
    said = finding(study, ANALYSIS, measure="amount", by=["city", "month"]).claim.render("fr")
    assert "2025-" not in said and "Paris · mai 2025 vient" in said


def test_one_of_those_that_add_up_is_a_part_of_the_whole_and_does_not_compare_with_it(study):
    said = finding(study, ANALYSIS, measure="amount", by=["city"]).claim.render("en")
    assert " out of " in said and " in all." in said and "against" not in said


def test_the_ends_of_a_ranking_say_which_ends_they_are(study):
    """The last of three shown is not the lowest of all; of all, it is; lowest first, they change places."""
    top = finding(study, ANALYSIS, measure="amount", by=["customer_id"], order="desc", top=3)
    values = [item["amount"] for item in top.items]
    assert [fact.render("en").split(":")[0] for fact in top.facts] == ["Highest", "The last shown"]
    assert [next(fact.estimates()).value for fact in top.facts] == [values[0], values[-1]]
    every = finding(study, ANALYSIS, measure="amount", by=["city"])
    values = [item["amount"] for item in every.items]
    assert [fact.render("en").split(":")[0] for fact in every.facts] == ["Highest", "Lowest"]
    assert [next(fact.estimates()).value for fact in every.facts] == [max(values), min(values)]
    least = finding(study, ANALYSIS, measure="amount", by=["city"], order="asc")
    assert [fact.render("en").split(":")[0] for fact in least.facts] == ["Lowest", "Highest"]
