"""The charity: donors and gifts, in the words of fundraisers."""

from __future__ import annotations

from tests.understanding.answers.files import Frames
from tests.understanding.answers.key import Case, either, first, groups, one, talk, year


def cases(frames: Frames) -> list[Case]:
    """Every case, with its answer worked out from the frames."""
    donors, gifts = frames["donateurs"], frames["dons"].merge(frames["donateurs"], on="id_donateur")
    money = gifts["montant_don"]
    per = gifts.groupby("id_donateur").agg(n=("id_don", "size"), given=("montant_don", "sum"))
    y24 = gifts[gifts["date_don"].dt.year == 2024]
    women = donors["sexe"] == "F"
    daily = gifts.groupby(["id_donateur", "date_don"])["montant_don"].sum()
    by_source = gifts.groupby("source")["montant_don"].mean()
    daily_source = daily.reset_index().merge(donors, on="id_donateur").groupby("source")["montant_don"].mean()
    return [
        one("Combien de donateurs avons-nous ?", len(donors)),
        one("how many donors", len(donors)),
        one("Combien de dons avons-nous reçus ?", either(len(gifts), len(daily))),
        one("Montant total des dons", money.sum()),
        one("total des dons en 2024", y24["montant_don"].sum()),
        one("Don moyen", either(money.mean(), daily.mean())),
        one("average gift by source", either(groups(by_source), groups(daily_source))),
        one("don médian", either(money.median(), daily.median())),
        one("Combien de donatrices ?", women.sum()),
        one("donateurs par département", groups(donors.groupby("departement").size())),
        one("collecte par an", groups(money.groupby(year(gifts["date_don"])).sum())),
        one("Montant des dons par campagne", groups(money.groupby(gifts["campagne"]).sum())),
        one("dons par moyen de paiement", either(
            groups(gifts.groupby("moyen_paiement").size()), groups(money.groupby(gifts["moyen_paiement"]).sum()))),
        one("Combien de donateurs ont donné plus de 3 fois ?", either(
            (per["n"] > 3).sum(), (daily.groupby("id_donateur").size() > 3).sum())),
        one("How many donors gave more than 200 in total?", (per["given"] > 200).sum()),
        one("Combien de donateurs ont donné en 2024 ?", y24["id_donateur"].nunique()),
        one("part des donateurs recrutés dans la rue", (donors["source"] == "Rue").mean()),
        one("top 3 campagnes par montant collecté", first(money.groupby(gifts["campagne"]).sum(), 3)),
        one("Qui sont nos 5 plus gros donateurs ?", first(per["given"], 5)),
        one("montant collecté dans le Nord", money[gifts["departement"] == "Nord"].sum()),
        one("montant collecté hors campagne Urgence", money[gifts["campagne"] != "Urgence"].sum()),
        talk(("Montant total des dons des femmes", money[gifts["sexe"] == "F"].sum()),
             ("et des hommes ?", money[gifts["sexe"] == "H"].sum()),
             ("Combien de donateurs en tout ?", len(donors))),
    ]  # fmt: skip
