"""The gym: dated starts and ends, a plan, a score."""

from __future__ import annotations

from tests.understanding.answers.files import Frames
from tests.understanding.answers.key import Case, either, groups, one, talk, year


def cases(frames: Frames) -> list[Case]:
    """Every case, with its answer worked out from the frames."""
    people = frames["adherents"]
    gone = people["date_fin"].notna()
    women = people["civilite"] == "Mme"
    price, nps = people["prix_mensuel"], people["note_nps"]
    ended = people["date_fin"].dt.year
    started = people["date_debut"].dt.year
    promoters, detractors = (nps >= 9).mean(), (nps <= 6).mean()
    return [
        one("Combien d'adhérents avons-nous ?", either(len(people), (~gone).sum())),
        one("Combien d'adhérents à Nantes ?", either((people["club"] == "Nantes").sum(), ((people["club"] == "Nantes") & ~gone).sum())),
        one("nombre d'adhérents actifs", (~gone).sum()),
        one("How many members have left?", gone.sum()),
        one("how many members left in 2024?", (ended == 2024).sum()),
        one("Combien de clients avons-nous perdus l'an dernier ?", (ended == 2023).sum()),
        one("How many customers left last year", (ended == 2023).sum()),
        one("Combien d'adhérents sont partis depuis mars 2024 ?", (people["date_fin"] >= "2024-03-01").sum()),
        one("départs par an", groups(people[gone].groupby(year(people[gone]["date_fin"])).size())),
        one("taux d'attrition des adhérents inscrits en 2022", gone[started == 2022].mean()),
        one("Combien d'adhérents arrivés en 2023 sont partis ?", (gone & (started == 2023)).sum()),
        one("average monthly price of members who joined in 2022", price[started == 2022].mean()),
        one("Combien d'inscriptions en 2023 ?", (started == 2023).sum()),
        one("new members per year", groups(people.groupby(year(people["date_debut"])).size())),
        one("new members by plan in 2024", groups(people[started == 2024].groupby("formule").size())),
        one("adhérents par formule", either(groups(people.groupby("formule").size()), groups(people[~gone].groupby("formule").size()))),
        one("adhérents par club", groups(people.groupby("club").size())),
        one("Combien de femmes en formule Premium ?", (women & (people["formule"] == "Premium")).sum()),
        one("part des adhérents en formule Étudiant", (people["formule"] == "Étudiant").mean()),
        one("share of members who came through Instagram", (people["origine"] == "Instagram").mean()),
        one("prix mensuel moyen", price.mean()),
        one("average monthly price by club", groups(price.groupby(people["club"]).mean())),
        one("NPS moyen", either(nps.mean(), promoters - detractors, 100 * (promoters - detractors))),
        one("Quelle est la note NPS moyenne par club ?", groups(nps.groupby(people["club"]).mean())),
        one("combien de détracteurs", (nps <= 6).sum()),
        one("How many promoters do we have?", (nps >= 9).sum()),
        one("Combien d'adhérents ont une note NPS d'au moins 9 ?", (nps >= 9).sum()),
        one("âge médian des adhérentes", people[women]["age"].median()),
        one("âge moyen par formule", groups(people.groupby("formule")["age"].mean())),
        one("members under 25", either((people["age"] < 25).sum(), ((people["age"] < 25) & ~gone).sum())),
        one("combien de membres de moins de 25 ans à Rennes", ((people["age"] < 25) & (people["club"] == "Rennes")).sum()),
        talk(("prix mensuel moyen des hommes", price[~women].mean()), ("et des femmes ?", price[women].mean())),
        talk(("Combien d'adhérents en formule Essentiel ?", (people["formule"] == "Essentiel").sum()),
             ("et Premium ?", (people["formule"] == "Premium").sum()),
             ("par club", groups(people[people["formule"] == "Premium"].groupby("club").size()))),
    ]  # fmt: skip
