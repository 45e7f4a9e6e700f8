"""What a manager of pools, and one of a bakery, type next: of those just told, over the same year, by what the files call things, dated by what ended."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from analytics.churn.at_risk import ANALYSIS as AT_RISK
from analytics.explore.explore import ANALYSIS
from assistant.compose import compose
from tests.unit.analyses.relations import finding
from tests.unit.embedded.talks import asked, converse, is_, opened, step

HEADER = ["Contract no", "Holder ref", "Start date", "Cancellation date", "Cancellation reason", "Plan", "Mensualité TTC", "Canton", "Winter check done", "Leaks over 12 months"]
END = date(2025, 12, 31)


def contracts():
    draw, lines = random.Random(51), []
    for n in range(700):
        start, checked = date(2020, 1, 1) + timedelta(days=draw.randrange(2000)), draw.random() < 0.7
        gone = draw.random() < (0.4 if checked else 0.7)
        end = start + timedelta(days=draw.randint(60, 1500))
        ended = gone and end <= END
        lines.append([
            f"K{n:04d}", f"H{n if n < 660 else n - 660:04d}", start.isoformat(), end.isoformat() if ended else "", draw.choice(["Moving away", "Too expensive", "Unhappy"]) if ended else "",
            draw.choice(["Basic", "Comfort", "Royal"]), f"{draw.randint(20, 90)},50", draw.choice(["Vaud", "Jura", "Valais"]), "yes" if checked else "no", draw.randint(0, 4),
        ])  # fmt: skip
    return lines


CONTRACTS = contracts()
ROWS = [dict(zip(HEADER, line, strict=True)) for line in CONTRACTS]


@pytest.fixture(scope="module")
def pools(tmp_path_factory):
    yield from opened(tmp_path_factory, "pools", {"contracts.csv": [HEADER, *CONTRACTS]})


@pytest.fixture(scope="module")
def bakery(tmp_path_factory):
    draw = random.Random(52)
    people = [["Code client", "Type", "Quartier", "Collecte à vélo", "Fiche créée le"]]
    lines = [["N° retrait", "Code client", "Retiré le", "Montant", "Attente (min)", "Paiement"]]
    for n in range(500):
        start = date(2022, 1, 3) + timedelta(days=draw.randrange(900))
        kind = draw.choice(["Particulier", "Particulier", "Pro"])
        people.append([f"C{n:03d}", kind, draw.choice(["Gare", "Port", "Mairie"]), draw.choice(["O", "N"]), start.isoformat()])
        day, wait = start, 0
        while day <= date(2024, 12, 31):
            wait = draw.randint(15, 40) if draw.random() < 0.15 else draw.randint(1, 9)
            lines.append([f"R{len(lines):05d}", f"C{n:03d}", day.isoformat(), draw.randint(3, 30), wait, draw.choice(["CB", "CB", "Espèces"])])
            if draw.random() < (0.25 if wait > 10 else 0.09 if kind == "Pro" else 0.01):
                break
            day += timedelta(days=draw.randint(5, 30))
    yield from opened(tmp_path_factory, "bakery", {"clients.csv": people, "retraits.csv": lines})


def figure(study, *questions):
    """The first number of the last answer, or one for each group."""
    found = finding(study, ANALYSIS, **asked(study, *questions))
    return {row[0]: row[1] for row in found.table.rows} if found.table is not None else found.measures[0].value


def ended_in(year, **held):
    return sum(row["Cancellation date"].startswith(str(year)) and all(row[name] == value for name, value in held.items()) for row in ROWS)


PRO = {"among": [is_("Type", "Pro")]}


@pytest.mark.parametrize(("who", "some"), [("qui risque de partir", "combien sont des pros ?"), ("who is about to leave?", "how many are Pro?"), ("qui risque de partir", "et combien sont pros ?")])
def test_those_at_risk_are_counted_in_the_list_and_not_in_the_base(bakery, who, some):
    *_, told, listed = converse(bakery, who, some, "montre la liste" if who.startswith("qui") else "show me the list")
    assert step(told) == ("at_risk", PRO)
    assert step(listed) == ("at_risk", PRO)


def test_each_count_in_a_row_is_of_the_same_list_unless_it_points_at_the_last(bakery):
    *_, port, of_them = converse(bakery, "qui risque de partir", "combien sont des pros ?", "combien au Port ?", "combien d'entre eux sont des pros ?")
    assert step(port)[1] == {"among": [is_("Quartier", "Port")]}
    assert step(of_them)[1]["among"] == [is_("Quartier", "Port"), is_("Type", "Pro")]


def test_the_parts_of_the_list_make_the_list(bakery):
    whole, *parts = (finding(bakery, AT_RISK, **({"among": [is_("Type", kind)]} if kind else {})) for kind in (None, "Pro", "Particulier"))
    for place in (0, 1):
        assert sum(part.measures[place].value for part in parts) == pytest.approx(whole.measures[place].value, abs=1)
    assert "Type = Pro" in parts[0].claim.render("fr")
    assert {item["customer"] for item in parts[0].items} <= {item["customer"] for item in finding(bakery, AT_RISK, top=100_000).items}


def test_nobody_is_counted_of_a_group_no_column_tells(bakery):
    for talk in (("mes 10 meilleurs clients", "combien sont des pros ?"), ("my ten best customers", "how many are Pro?")):
        assert converse(bakery, *talk)[-1].status == "cannot_answer"


@pytest.mark.parametrize(("first", "second"), [("résiliations 2024", "combien étaient Comfort ?"), ("how many customers cancelled in 2024?", "how many were on Comfort?")])
def test_those_who_left_then_are_the_ones_counted(pools, first, second):
    told = asked(pools, first, second)
    assert {"field": "lost_on", "operator": "between", "values": ["2024-01-01", "2024-12-31"]} in told["segment"] and told["measure"] == "customers"


@pytest.mark.parametrize(("first", "second"), [("contrats résiliés en 2024", "combien étaient Comfort ?"), ("contracts cancelled in 2024", "how many were Comfort?")])
def test_contracts_ended_in_a_year_are_dated_by_their_end(pools, first, second):
    assert figure(pools, first) == ended_in(2024)
    assert figure(pools, first, second) == ended_in(2024, Plan="Comfort")


@pytest.mark.parametrize("question", ["combien de contrats résiliés en 2024 par mois", "how many contracts were cancelled in 2024 by month"])
def test_contracts_ended_are_set_month_by_month_by_their_end(pools, question):
    told = figure(pools, question)
    assert {day.month: count for day, count in told.items()} == {month: count for month in range(1, 13) if (count := sum(row["Cancellation date"].startswith(f"2024-{month:02d}") for row in ROWS))}


@pytest.mark.parametrize("question", ["nouveaux contrats par an", "contrats signés par an", "contracts signed by year"])
def test_contracts_signed_are_dated_by_their_beginning(pools, question):
    assert {day.year: count for day, count in figure(pools, question).items()} == {year: sum(row["Start date"].startswith(str(year)) for row in ROWS) for year in range(2020, 2026)}


REASONS = ["quels sont les motifs de résiliation les plus cités", "répartition des motifs", "most cited cancellation reasons", "breakdown of reasons"]


@pytest.mark.parametrize("question", REASONS)
def test_reasons_given_are_told_and_kept_to_a_year(pools, question):
    year = "en 2024 seulement" if "motifs" in question else "in 2024 only"
    kinds = ("Moving away", "Too expensive", "Unhappy")
    assert figure(pools, question) == {kind: sum(row["Cancellation reason"] == kind for row in ROWS) for kind in kinds}
    assert figure(pools, question, year) == {kind: ended_in(2024, **{"Cancellation reason": kind}) for kind in kinds}


@pytest.mark.parametrize("question", ["how many left because moving away", "how many customers left because it was too expensive", "combien sont partis pour too expensive"])
def test_those_who_left_for_a_reason_are_its_lines(pools, question):
    kind = "Moving away" if "moving" in question else "Too expensive"
    kept = [row for row in ROWS if row["Cancellation reason"] == kind]
    assert figure(pools, question) == (len({row["Holder ref"] for row in kept}) if "customers" in question else len(kept))


@pytest.mark.parametrize(("first", "second"), [("taux d'attrition annuel", "par canton"), ("annual churn rate", "by canton")])
def test_a_split_of_the_yearly_rate_is_of_that_year(pools, first, second):
    told = asked(pools, first, second)
    assert told == {"measure": "lost_rate", "by": ["Canton"], "period": {"start": "2025-01-01", "end": "2025-12-31"}} or told["period"]["start"] == "2024-01-01"


def test_what_a_cause_cannot_be_told_of_is_said(pools):
    *_, why = converse(pools, "résiliations 2024", "par canton", "pourquoi ?")
    assert step(why)[0] == "churn_drivers" and "la période" in why.left_out.render("fr")
    said = compose(why, [Runner(pools).run("churn_drivers")], (), (), "fr", None)
    assert "n’a pas pu être pris en compte" in said
    *_, again = converse(pools, "why do customers leave?", "in 2024 only")
    assert again.status == "cannot_answer" and "the period" in again.sentence.render("en")


def test_a_list_after_departures_is_of_those_who_left(pools):
    told = asked(pools, "résiliations 2024", "montre la liste")
    assert told["by"] == ["customer_id"] and told["segment"][0]["field"] == "lost_on"


@pytest.mark.parametrize("question", ["taux de rétention des clients 2023", "retention rate of 2023 customers", "churn rate of customers from 2023"])
def test_the_year_beside_customers_is_the_one_they_came_in(pools, question):
    assert asked(pools, question)["segment"] == [{"field": "started", "operator": "between", "values": ["2023-01-01", "2023-12-31"]}]


@pytest.mark.parametrize("question", [
    "taux de résiliation par année d'adhésion", "attrition selon l'année d'arrivée", "churn by year of registration", "retention by joining year",
    "departure rate by the year they signed up", "quelle année d'adhésion a le mieux gardé ses clients ?", "which joining year kept its customers best?",
    "Which cohort stays longest?", "quelle cohorte part le plus ?",
])  # fmt: skip
def test_a_rate_by_year_of_arrival_is_split_and_not_told_of_all(pools, question):
    assert asked(pools, question)["by"] == "started"
    (planned,) = converse(pools, question)
    assert planned.sentence.render("fr").endswith("par année de recrutement.") and planned.sentence.render("en").endswith("by year of recruitment.")


@pytest.mark.parametrize("question", ["taux de départ par promotion", "churn rate by year", "en quelle année a-t-on perdu le plus de clients ?"])
def test_a_year_or_a_promotion_alone_is_no_year_of_arrival(pools, question):
    assert "started" not in str(converse(pools, question))


CHECK = "Winter check done"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("churn rate by winter check", {"by": CHECK}), ("taux de départ with and without winter check", {"by": CHECK}),
        ("how many customers without a winter check", {"segment": [is_(CHECK, False)]}), ("what share of customers did not have the winter check", {"part": [is_(CHECK, False)]}),
    ],
)  # fmt: skip
def test_a_yes_no_column_is_named_without_its_participle(pools, question, told):
    held = asked(pools, question)
    assert {name: held[name] for name in told} == told


@pytest.mark.parametrize(
    ("question", "column"),
    [("mensualité moyenne", "Mensualité TTC"), ("nombre moyen de leaks par canton", "Leaks over 12 months"), ("average leaks by canton", "Leaks over 12 months")],
)
def test_a_number_is_named_without_its_unit_or_its_span(pools, question, column):
    told = asked(pools, question)
    assert (told["measure"], told["column"]) == ("mean", column)


def test_waiting_is_averaged_and_waits_are_not_added_up(bakery):
    assert asked(bakery, "attente moyenne par quartier")["column"] == "Attente (min)"
    reading = converse(bakery, "combien d'attentes en 2024")[0]
    assert not reading.steps or reading.steps[0].arguments.get("measure") != "sum"


@pytest.mark.parametrize(
    "question", ["quel technicien a le plus de résiliations", "which technician has the most cancellations", "quel commercial perd le plus de clients"],
)
def test_what_no_column_tells_is_said_and_not_told_of_all(pools, question):
    reading = converse(pools, question)[0]
    assert reading.status == "cannot_answer" and not reading.steps


@pytest.mark.parametrize("question", ["combien de clients dans le Jura, et combien sont partis ?", "how many customers in Jura, and how many have left?"])
def test_two_counts_asked_are_two_figures_told(pools, question):
    first, second = converse(pools, question)[0].steps
    assert first.arguments["segment"] == [is_("Canton", "Jura")]
    assert second.arguments["segment"] == [is_("Canton", "Jura"), is_("lost", True)]


@pytest.mark.parametrize(("first", "second"), [("CA 2024 comparé à 2023", "et le nombre de clients actifs ?"), ("revenue 2024 compared with 2023", "and the number of active customers?")])
def test_a_comparison_is_kept_and_active_then_is_who_bought_then(bakery, first, second):
    told = asked(bakery, first, second)
    assert told["period"]["start"] == "2024-01-01" and told["compare"]["start"] == "2023-01-01" and "segment" not in told


@pytest.mark.parametrize("question", ["CA des clients perdus", "revenue from lost customers", "CA des clients qui sont partis"])
def test_what_those_gone_bought_is_money_and_no_rate(bakery, question):
    assert asked(bakery, question) == {"measure": "amount", "segment": [is_("lost", True)]}


def test_the_relation_of_those_gone_ends_when_they_leave(bakery):
    (told,) = {row for row in bakery.database.rows("SELECT avg(date_diff('day', started, lost_on)) / 30.4375 FROM customers WHERE lost")}
    for question in ("ancienneté moyenne des clients perdus", "average tenure of lost customers"):
        assert figure(bakery, question) == pytest.approx(told[0])


@pytest.mark.parametrize("question", ["panier moyen avec et sans collecte", "average basket with and without collecte"])
def test_both_ways_are_both_told(bakery, question):
    assert asked(bakery, question) == {"measure": "average_basket", "by": ["Collecte à vélo"]}


@pytest.mark.parametrize("question", ["la collecte fait-elle partir les clients ?", "does collecte make customers leave?"])
def test_what_is_asked_to_make_customers_leave_is_looked_at_as_a_factor(bakery, question):
    reading = converse(bakery, question)[0]
    assert step(reading) == ("churn_drivers", {"factor": "Collecte à vélo"})


@pytest.mark.parametrize("question", ["le type pro fait-il partir les clients ?", "does being Pro make customers leave?"])
def test_a_value_asked_to_make_them_leave_is_set_beside_the_others(bakery, question):
    assert step(converse(bakery, question)[0]) == ("churn_drivers", {"factor": "Type", "value": "Pro"})


@pytest.mark.parametrize("split", ["par plan", "by plan"])
def test_a_split_that_cannot_be_made_is_said_and_counts_no_lines(pools, split):
    reading = converse(pools, "valeur vie d'un client" if split.startswith("par") else "customer lifetime value", split)[-1]
    assert not any(one.arguments.get("measure") == "records" for one in reading.steps)


@pytest.mark.parametrize("question", ["CA perdu à cause des retards", "revenue lost because of delays"])
def test_no_revenue_stands_for_what_a_cause_lost(bakery, question):
    reading = converse(bakery, question)[0]
    assert reading.status == "cannot_answer" and not reading.steps
    assert "retards" in reading.sentence.render("fr") or "delays" in reading.sentence.render("fr")


@pytest.mark.parametrize("question", ["quand partent-ils le plus dans l'année", "when do they leave the most in the year?"])
def test_the_season_of_departures_is_told_month_by_month(bakery, question):
    assert step(converse(bakery, question)[0]) == ("churn_rate", {"period": "month"})


@pytest.mark.parametrize("question", ["valeur d'un client sur 2 ans", "value of a customer over 2 years"])
def test_a_span_that_is_not_read_is_said(bakery, question):
    reading = converse(bakery, question)[0]
    assert "2" in reading.left_out.render("fr")


@pytest.mark.parametrize(("question", "measure"), [("combien de retraits en août 2024", "orders"), ("combien de clients ont fait un seul retrait", "customers"), ("combien de clients ont fait plus de 10 retraits en 2024", "customers")])
def test_the_file_of_purchases_says_what_an_order_is(bakery, question, measure):
    assert asked(bakery, question)["measure"] == measure


@pytest.mark.parametrize("question", ["combien de clients payent par carte", "how many customers pay by card"])
def test_a_card_is_the_value_that_names_one(bakery, question):
    assert asked(bakery, question)["purchase_filter"] == [is_("Paiement", "CB")]


@pytest.mark.parametrize("question", ["marge par quartier", "margin by quartier"])
def test_a_margin_wants_costs_and_is_not_out_of_scope(bakery, question):
    reading = converse(bakery, question)[0]
    assert reading.status == "cannot_answer" and "cost" in reading.sentence.render("en")


@pytest.mark.parametrize("question", ["que faire pour arrêter l'hémorragie", "what can we do about the bleeding"])
def test_advice_is_asked_in_stronger_words(bakery, question):
    assert step(converse(bakery, question)[0])[0] == "guidance"


def test_one_group_alone_is_said_without_a_rank(bakery):
    said = finding(bakery, ANALYSIS, **asked(bakery, "panier moyen au Port par quartier")).claim
    assert "en premier" not in said.render("fr") and "first" not in said.render("en")


def test_conditions_and_days_are_said_without_an_agreement(pools):
    said = finding(pools, ANALYSIS, **asked(pools, "combien de clients avec une ancienneté de plus de 24 mois")).claim.render("fr")
    assert "plus de 24" in said and "supérieur" not in said
    one_day = finding(pools, ANALYSIS, **asked(pools, "contrats résiliés le 31 décembre 2024")).claim.render("fr")
    assert "le 31 décembre 2024" in one_day.lower() and "au 31 décembre 2024" not in one_day
    assert "mois" in finding(pools, ANALYSIS, **asked(pools, "médiane de l'ancienneté")).claim.render("fr")


def test_a_column_is_called_by_its_own_header(pools):
    assert "Canton" in finding(pools, ANALYSIS, **asked(pools, "nombre de clients par canton")).claim.render("fr")


@pytest.mark.parametrize("question", ["combien de temps un client reste chez nous ?", "how long do customers stay?"])
def test_how_long_customers_stay_is_no_step_they_leave_at(bakery, pools, question):
    for study in (bakery, pools):
        assert step(converse(study, question)[0]) == ("leak_points", {"lasting": True})
