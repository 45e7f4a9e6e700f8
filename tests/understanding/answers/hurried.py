"""The French chain again, asked by someone in a hurry: indirect, formal, negative and follow-up questions."""

from __future__ import annotations

from tests.understanding.answers.files import Frames
from tests.understanding.answers.key import Case, Declined, either, first, groups, month, one, talk, year


def cases(frames: Frames) -> list[Case]:
    """Every case, with its answer worked out from the frames."""
    people, lines = frames["clients"], frames["achats"]
    k = lines[lines.statut == "Livrée"].merge(people, on="id_client")
    o = (
        k.groupby("num_commande")
        .agg(
            id_client=("id_client", "first"),
            montant=("montant", "sum"),
            d=("date_achat", "first"),
            magasin=("magasin", "first"),
            promo=("promo", "first"),
            q=("quantite", "sum"),
        )
        .merge(people, on="id_client")
    )
    n = o.groupby("id_client").size().reindex(people.id_client, fill_value=0).to_numpy()
    sp = k.groupby("id_client").montant.sum().reindex(people.id_client, fill_value=0).to_numpy()
    w = people.assign(n=n, sp=sp)
    card = w.carte_fidelite == "Oui"
    fem = w.sexe == "Femme"

    def y(v):
        return o[o.d.dt.year == v]

    def m(a, b):
        return o[(o.d >= a) & (o.d <= b)]

    return [
        one(
            "J'aimerais savoir combien de clientes lyonnaises possèdent la carte de fidélité",
            (fem & card & (w.ville == "Lyon")).sum(),
        ),
        one(
            "Veuillez m'indiquer le chiffre d'affaires réalisé à Bellecour au cours de l'année 2024",
            y(2024)[y(2024).magasin == "Bellecour"].montant.sum(),
        ),
        one(
            "Could you give me the number of male customers older than 45 in Marseille?",
            ((w.sexe == "Homme") & (w.age > 45) & (w.ville == "Marseille")).sum(),
        ),
        one("mon patron me demande le panier moyen des clients de moins de 35 ans", o[o.age < 35].montant.mean()),
        one(
            "I need to know how much revenue Paris brought in during the second quarter of 2024",
            m("2024-04-01", "2024-06-30").query("ville=='Paris'").montant.sum(),
        ),
        one(
            "les femmes dépensent-elles plus que les hommes ?",
            either(
                groups(w.groupby("sexe").sp.mean()),
                groups(o.groupby("sexe").montant.sum()),
                groups(o.groupby("sexe").montant.mean()),
                Declined(),
            ),
        ),
        one(
            "do loyalty card holders spend more per order than the rest?",
            either(groups(o.groupby(o.carte_fidelite.map({"Oui": "True", "Non": "False"})).montant.mean()), Declined()),
        ),
        one(
            "quel est le nombre de clients ayant acheté entre le 1er janvier 2024 et le 31 mars 2024",
            m("2024-01-01", "2024-03-31").id_client.nunique(),
        ),
        one(
            "clients actifs en 2023 par magasin",
            either(groups(y(2023).groupby("magasin").id_client.nunique()), Declined()),
        ),
        one("How many orders per year?", groups(o.groupby(year(o.d)).size())),
        one(
            "how many orders per customer per year",
            either(Declined(), groups(o.groupby(year(o.d)).apply(lambda d: len(d) / d.id_client.nunique()))),
        ),
        one("evolution mensuelle du CA en 2024", groups(y(2024).pipe(lambda d: d.groupby(month(d.d)).montant.sum()))),
        one(
            "chiffre d'affaires moyen par mois en 2024",
            either(
                y(2024).montant.sum() / 12,
                Declined(),
                groups(y(2024).pipe(lambda d: d.groupby(month(d.d)).montant.sum())),
            ),
        ),
        # of whole months: the files begin on 11 January 2022
        one("average monthly revenue", either(o[o.d >= "2022-02-01"].pipe(lambda d: d.groupby(month(d.d)).montant.sum().mean()), Declined())),
        one("part des femmes par ville", groups(fem.groupby(w.ville).mean())),
        one("share of revenue from promo orders", o[o.promo == "Oui"].montant.sum() / o.montant.sum()),
        one(
            "Quel pourcentage du CA est réalisé par les clients de plus de 60 ans ?",
            o[o.age > 60].montant.sum() / o.montant.sum(),
        ),
        one("what share of orders come from women in Lyon", either(((o.sexe == "Femme") & (o.ville == "Lyon")).mean())),
        one("nombre de clients qui n'ont jamais acheté", (w.n == 0).sum()),
        one("how many customers never bought anything?", (w.n == 0).sum()),
        one("combien de clients ont plus de 40 ans et la carte", ((w.age > 40) & card).sum()),
        one("customers aged 18 to 25", w.age.between(18, 25).sum()),
        one("clients âgés de 30 à 40 ans à Lille", (w.age.between(30, 40) & (w.ville == "Lille")).sum()),
        one("combien d'hommes et de femmes", either(groups(w.groupby("sexe").size()))),
        one("number of stores", 3),
        one("combien de villes différentes", 5),
        one("combien de catégories vendons-nous ?", 3),
        one(
            "Combien avons-nous de clients venus par parrainage ou par la publicité ?",
            w.canal_acquisition.isin(["Parrainage", "Publicité"]).sum(),
        ),
        one("clients non parisiens", (w.ville != "Paris").sum()),
        one("CA sans Paris ni Lyon", o[~o.ville.isin(["Paris", "Lyon"])].montant.sum()),
        one("revenue except women", o[o.sexe != "Femme"].montant.sum()),
        one("panier moyen le week-end", o[o.d.dt.day_of_week >= 5].montant.mean()),
        one("CA du samedi", o[o.d.dt.day_of_week == 5].montant.sum()),
        one(
            "Which weekday has the highest average basket?", first(o.groupby(o.d.dt.day_of_week + 1).montant.mean(), 1)
        ),
        one("meilleure année en chiffre d'affaires", either(first(o.groupby(year(o.d)).montant.sum(), 1), Declined())),
        one("quel canal d'acquisition apporte le plus de clients ?", first(w.groupby("canal_acquisition").size(), 1)),
        one(
            "which product category is the most sold?",
            either(first(k.groupby("categorie").montant.sum(), 1), first(k.groupby("categorie").quantite.sum(), 1)),
        ),
        one(
            "dernier mois : combien de commandes ?",
            either(len(m("2024-12-01", "2024-12-31")), len(m("2024-11-01", "2024-11-30"))),
        ),
        one("How many customers spent between 100 and 200 euros?", w.sp.between(100, 200).sum()),
        one("What's the total number of items bought by women?", k[k.sexe == "Femme"].quantite.sum()),
        one("articles par commande en moyenne", either(o.q.mean(), Declined())),
        one("average items per order", either(o.q.mean(), Declined())),
        one("montant moyen d'une ligne d'achat", either(k.montant.mean(), Declined())),
        one(
            "Combien de commandes de robes à Rivoli en 2023 ?",
            k[
                (k.categorie == "Robes") & (k.magasin == "Rivoli") & (k.date_achat.dt.year == 2023)
            ].num_commande.nunique(),
        ),
        one(
            "customers who bought both shoes and dresses",
            either(
                len(set(k[k.categorie == "Chaussures"].id_client) & set(k[k.categorie == "Robes"].id_client)),
                Declined(),
            ),
        ),
        one(
            "clients ayant acheté des chaussures mais pas de robes",
            either(
                len(set(k[k.categorie == "Chaussures"].id_client) - set(k[k.categorie == "Robes"].id_client)),
                Declined(),
            ),
        ),
        one(
            "new customers in the first half of 2024 by channel",
            groups(
                w[(w.date_inscription >= "2024-01-01") & (w.date_inscription <= "2024-06-30")]
                .groupby("canal_acquisition")
                .size()
            ),
        ),
        one("Quelle est l'ancienneté moyenne des clients ?", either(None)),
        one("top 3 villes par nombre de commandes", first(o.groupby("ville").size(), 3)),
        one("top 2 stores by average basket", first(o.groupby("magasin").montant.mean(), 2)),
        one("ville avec le moins de clients", first(w.groupby("ville").size(), 1, lowest=True)),
        one("how does 2024 revenue compare to 2023?", y(2024).montant.sum()),
        one("CA 2024 vs 2023 par magasin", either(groups(y(2024).groupby("magasin").montant.sum()))),
        one(
            "Did we sell more in 2024 than in 2023?",
            either(
                y(2024).montant.sum(),
                groups(
                    o[o.d.dt.year.isin([2023, 2024])].groupby(year(o[o.d.dt.year.isin([2023, 2024])].d)).montant.sum()
                ),
            ),
        ),
        one(
            "revenue in 2023 and 2024",
            either(groups(o[o.d.dt.year > 2022].groupby(year(o[o.d.dt.year > 2022].d)).montant.sum())),
        ),
        one("Nombre de clients ayant passé exactement 2 commandes", (w.n == 2).sum()),
        one("two or more orders: how many customers?", (w.n >= 2).sum()),
        one(
            "combien de clients ont acheté en magasin Rivoli plus de 2 fois",
            either(Declined(), (o[o.magasin == "Rivoli"].groupby("id_client").size() > 2).sum()),
        ),
        one(
            "How many customers bought more than twice in 2024?",
            either((y(2024).groupby("id_client").size() > 2).sum(), Declined()),
        ),
        one(
            "combien de clients ont dépensé plus de 200 € en 2024 ?",
            either((y(2024).groupby("id_client").montant.sum() > 200).sum(), Declined()),
        ),
        one("average age of customers who bought in 2024", w[w.id_client.isin(y(2024).id_client)].age.mean()),
        one("médiane d'âge par région", groups(w.groupby("region").age.median())),
        one("What is the average discount?", Declined()),
        one("taux de retour par produit", Declined()),
        one("CA par commercial", Declined()),
        one("panier moyen par météo", Declined()),
        one("clients Gold", Declined()),
        one("combien de clients premium ?", Declined()),
        one("revenue from Amazon", Declined()),
        one("CA TikTok", Declined()),
        one("clients with a dog", Declined()),
        one(
            "CA de l'été 2024",
            either(
                Declined(), m("2024-06-21", "2024-09-20").montant.sum(), m("2024-06-01", "2024-08-31").montant.sum()
            ),
        ),
        one("CA pendant les soldes", Declined()),
        one("orders delivered late", Declined()),
        one("clients fidèles", either(None)),
        talk(
            ("CA 2024", y(2024).montant.sum()),
            ("et le nombre de commandes ?", len(y(2024))),
            ("par ville", groups(y(2024).groupby("ville").size())),
            ("uniquement les hommes", groups(y(2024).query("sexe=='Homme'").groupby("ville").size())),
            ("Combien de clients avons-nous au total ?", 900),
        ),
        talk(
            ("average basket by store", groups(o.groupby("magasin").montant.mean())),
            ("for customers over 50", groups(o[o.age > 50].groupby("magasin").montant.mean())),
            ("and under 30?", groups(o[o.age < 30].groupby("magasin").montant.mean())),
            ("what's the median age of our customers?", w.age.median()),
        ),
        talk(
            ("combien de commandes en mars 2024 ?", len(m("2024-03-01", "2024-03-31"))),
            ("et en avril ?", either(len(m("2024-04-01", "2024-04-30")))),
            ("et l'année d'avant ?", either(len(m("2023-04-01", "2023-04-30")), Declined())),
        ),
    ]
