"""The operator: a snapshot with a label of who left, and nothing dated."""

from __future__ import annotations

import pandas as pd

from tests.understanding.answers.files import Frames
from tests.understanding.answers.key import Case, Declined, either, groups, one, talk


def cases(frames: Frames) -> list[Case]:
    """Every case, with its answer worked out from the frames."""
    people = frames["customers"]
    lost = people["Churn"] == "Yes"
    return [*_counts(people, lost), *_rates(people, lost), *_numbers(people, lost), *_talks(people, lost)]


def _counts(people: pd.DataFrame, lost: pd.Series) -> list[Case]:
    monthly, fiber = people["Contract"] == "Month-to-month", people["InternetService"] == "Fiber optic"
    women = people["Gender"] == "Female"
    calls = people["SupportCalls"]
    return [
        one("How many customers have left?", lost.sum()),
        one("Combien de clients avons-nous perdus ?", either(lost.sum(), lost.mean())),
        one("combien de clients sont partis", lost.sum()),
        one("how many customers are still with us?", (~lost).sum()),
        one("Combien de clients sont en contrat mensuel ?", monthly.sum()),
        one("How many customers are on a two year contract?", (people["Contract"] == "Two year").sum()),
        one("combien de clients ont la fibre", fiber.sum()),
        one("how many women with fiber optic pay by electronic check?",
            (fiber & women & (people["PaymentMethod"] == "Electronic check")).sum()),
        one("Combien d'abonnés au Texas ?", (people["State"] == "Texas").sum()),
        one("How many customers outside California?", (people["State"] != "California").sum()),
        one("customers not in Texas or Nevada", (~people["State"].isin(["Texas", "Nevada"])).sum()),
        one("How many customers called support more than 2 times?", (calls > 2).sum()),
        one("Combien de clients ont appelé le support au moins 3 fois ?", (calls >= 3).sum()),
        one("How many customers have a satisfaction below 3?", (people["Satisfaction"] < 3).sum()),
        one("Combien de clients paient plus de 80 par mois ?", (people["MonthlyCharges"] > 80).sum()),
        one("how many customers with us for more than 5 years?", ((people["TenureMonths"] > 60) & ~lost).sum()),  # who left is with us no more
        one("nombre de clients de plus de 24 mois d'ancienneté", (people["TenureMonths"] > 24).sum()),
        one("Number of customers by state", groups(people.groupby("State").size())),
        one("répartition par type de contrat", either(
            groups(people.groupby("Contract").size()), groups(people["Contract"].value_counts(normalize=True)))),
        one("What share of customers use paperless billing?", (people["PaperlessBilling"] == "Yes").mean()),
        one("Quelle part des clients a la fibre ?", fiber.mean()),
        one("percentage of customers over 65", (people["Age"] > 65).mean()),
        one("customers by internet service and gender", groups(people.groupby(["InternetService", "Gender"]).size())),
        one("cb de clients on la fibr", fiber.sum()),
        one("Combien de clients n'ont pas internet ?", (people["InternetService"] == "No").sum()),
    ]  # fmt: skip


def _rates(people: pd.DataFrame, lost: pd.Series) -> list[Case]:
    monthly = people["Contract"] == "Month-to-month"
    women, fiber = people["Gender"] == "Female", people["InternetService"] == "Fiber optic"
    return [
        one("What is our churn rate?", lost.mean()),
        one("Quel est notre taux d'attrition ?", lost.mean()),
        one("taux d'attrition des clients en contrat mensuel", lost[monthly].mean()),
        one("churn rate of customers with a one year contract", lost[people["Contract"] == "One year"].mean()),
        one("churn by contract", groups(lost.groupby(people["Contract"]).mean())),
        one("Taux de départ par état", groups(lost.groupby(people["State"]).mean())),
        one("What is our retention rate?", either(lost.mean(), (~lost).mean())),
        one("churn rate for women with fiber optic in California",
            lost[women & fiber & (people["State"] == "California")].mean()),
        one("taux de résiliation des hommes de moins de 40 ans", lost[~women & (people["Age"] < 40)].mean()),
        one("churn rate excluding month-to-month contracts", lost[~monthly].mean()),
        one("Quel est le taux de churn hors Californie ?", lost[people["State"] != "California"].mean()),
        one("churn rate by gender and contract", groups(lost.groupby([people["Gender"], people["Contract"]]).mean())),
        one("Quelle part des clients avec fibre est partie ?", lost[fiber].mean()),
        one("Among customers over 60, what share left?", lost[people["Age"] > 60].mean()),
        one("quel contrat a le plus fort taux de départ ?", either(groups(lost.groupby(people["Contract"]).mean()))),
        one("churn of customers with more than 3 support calls", lost[people["SupportCalls"] > 3].mean()),
        one("churn rate of customers who do not use paperless billing", lost[people["PaperlessBilling"] == "No"].mean()),
        one("how many customers with fiber left?", (lost & fiber).sum()),
        one("Combien de femmes sont parties ?", (lost & women).sum()),
        one("How many customers on a two-year contract did we lose?", (lost & (people["Contract"] == "Two year")).sum()),
        one("How many customers left last year?", either(Declined())),
    ]  # fmt: skip


def _numbers(people: pd.DataFrame, lost: pd.Series) -> list[Case]:
    bill = people["MonthlyCharges"]
    return [
        one("average monthly charges", bill.mean()),
        one("Quelle est la facture mensuelle moyenne ?", bill.mean()),
        one("Facture mensuelle médiane par type de contrat", groups(bill.groupby(people["Contract"]).median())),
        one("total monthly charges", bill.sum()),
        one("What is the highest monthly charge?", bill.max()),
        one("facture mensuelle minimale", bill.min()),
        one("Average satisfaction by state", groups(people.groupby("State")["Satisfaction"].mean())),
        one("note de satisfaction moyenne", people["Satisfaction"].mean()),
        one("satisfaction moyenne des clients partis", people[lost]["Satisfaction"].mean()),
        one("average satisfaction of customers who left vs stayed", either(
            groups(people.groupby(lost.astype(str))["Satisfaction"].mean()))),
        one("Ancienneté moyenne", people["TenureMonths"].mean()),
        one("average tenure by contract", groups(people.groupby("Contract")["TenureMonths"].mean())),
        one("median tenure of fiber customers", people[people["InternetService"] == "Fiber optic"]["TenureMonths"].median()),
        one("how many support calls on average?", people["SupportCalls"].mean()),
        one("total number of support calls", people["SupportCalls"].sum()),
        one("moyenne des appels au support par service internet", groups(people.groupby("InternetService")["SupportCalls"].mean())),
        one("average age", people["Age"].mean()),
        one("avg monthly charges men vs women", groups(bill.groupby(people["Gender"]).mean())),
        one("Could you please tell me the average bill of customers paying by credit card?",
            bill[people["PaymentMethod"] == "Credit card"].mean()),
        one("Montant mensuel moyen hors clients sans internet", either(bill[people["InternetService"] != "No"].mean(), Declined())),
        one("Quel est le revenu mensuel total des clients actifs ?", bill[~lost].sum()),
        one("average basket by region", Declined()),
        one("revenue by month in 2023", Declined()),
    ]  # fmt: skip


def _talks(people: pd.DataFrame, lost: pd.Series) -> list[Case]:
    women = people["Gender"] == "Female"
    return [
        talk(("What is our churn rate?", lost.mean()), ("by contract", groups(lost.groupby(people["Contract"]).mean())),
             ("only women", either(groups(lost[women].groupby(people["Contract"][women]).mean()), lost[women].mean())),
             ("same for men", either(groups(lost[~women].groupby(people["Contract"][~women]).mean()), lost[~women].mean()))),
        talk(("Taux d'attrition des femmes", lost[women].mean()), ("et des hommes ?", lost[~women].mean()),
             ("Combien de clients avons-nous ?", len(people))),
        talk(("average monthly charges in Texas", people[people["State"] == "Texas"]["MonthlyCharges"].mean()),
             ("and in Nevada?", people[people["State"] == "Nevada"]["MonthlyCharges"].mean()),
             ("and the median?", people[people["State"] == "Nevada"]["MonthlyCharges"].median())),
        talk(("Combien de clients ont la fibre ?", (people["InternetService"] == "Fiber optic").sum()),
             ("et le DSL ?", (people["InternetService"] == "DSL").sum())),
    ]  # fmt: skip
