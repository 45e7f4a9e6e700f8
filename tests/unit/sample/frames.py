"""An analyst's own reading of the sample files: pandas and a plain logistic regression, nothing of the product."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd


def read(folder: Path, name: str) -> pd.DataFrame:
    """Read one French file as text.

    Args:
        folder: where the sample was written.
        name: file name without its ending.
    """
    return pd.read_csv(folder / f"{name}.csv", sep=";", dtype=str, encoding="utf-8-sig", keep_default_na=False)


def days(texts: pd.Series) -> pd.Series:
    """Turn dd/mm/yyyy into timestamps; an empty cell gives NaT."""
    return pd.to_datetime(texts, format="%d/%m/%Y", errors="coerce")


def numbers(texts: pd.Series) -> pd.Series:
    """Turn decimal commas into floats; an empty cell gives NaN."""
    return pd.to_numeric(texts.str.replace(",", "."), errors="coerce")


def logistic(features: pd.DataFrame, outcome: pd.Series) -> pd.DataFrame:
    """Fit a logistic regression by Newton's method (McCullagh and Nelder 1989).

    Args:
        features: shape (n, p), numeric.
        outcome: shape (n,), zero or one.

    Returns:
        One row a feature: `odds_ratio`, `low`, `high` (95 %), `z`.
    """
    matrix = np.column_stack([np.ones(len(features)), features.to_numpy(dtype=float)])
    target = outcome.to_numpy(dtype=float)
    weights = np.zeros(matrix.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        curvature = (matrix * (chance * (1 - chance))[:, None]).T @ matrix
        weights = weights + np.linalg.solve(curvature, matrix.T @ (target - chance))
    error = np.sqrt(np.diag(np.linalg.inv(curvature)))
    table = pd.DataFrame({"odds_ratio": weights, "low": weights - 1.96 * error, "high": weights + 1.96 * error})
    table = np.exp(table).assign(z=weights / error).iloc[1:]
    table.index = features.columns
    return table


def visits(folder: Path) -> pd.DataFrame:
    """Return one row a ticket of a known customer, dates after the end of history and repeated lines left out."""
    lines = read(folder, "achats").drop_duplicates()
    lines["day"] = days(lines["date_achat"])
    lines["paid"], lines["off"] = numbers(lines["montant_ttc"]), numbers(lines["remise"])
    lines = lines[(lines["id_client"] != "") & (lines["day"] <= "2026-09-30")]
    lines["depth"] = lines["off"] / (lines["paid"] + lines["off"])
    return (
        lines.groupby("id_ticket")
        .agg(
            id_client=("id_client", "first"),
            day=("day", "first"),
            paid=("paid", "sum"),
            depth=("depth", "max"),
            category=("categorie", "first"),
            code=("code_promo", "first"),
        )
        .reset_index()
    )


def shop_frame(folder: Path, as_of: date) -> pd.DataFrame:
    """Return one row a customer who bought in the year before `as_of`: what was known then, and `lost` a year later.

    Args:
        folder: where the French retail sample was written.
        as_of: nothing after this day enters the features; `lost` is no purchase in the 365 days that follow.
    """
    cut = pd.Timestamp(as_of)
    year = pd.Timedelta(days=365)
    clients, tickets = read(folder, "clients").set_index("id_client"), visits(folder)
    tickets = tickets[tickets["id_client"].isin(clients.index)]
    before = tickets[tickets["day"] <= cut].sort_values(["day", "id_ticket"])
    active = before.loc[before["day"] > cut - year, "id_client"].unique()
    later = set(tickets.loc[(tickets["day"] > cut) & (tickets["day"] <= cut + year), "id_client"])
    frame = pd.DataFrame({"lost": [int(one not in later) for one in active]}, index=active)
    first = before.groupby("id_client").first()
    contacts, complaints = read(folder, "contacts"), read(folder, "reclamations")
    contacts["day"] = days(contacts["date_contact"])
    sent = contacts[contacts["day"] <= cut].merge(
        days(clients["date_inscription"]).rename("joined"), left_on="id_client", right_index=True
    )
    welcomed = sent[(sent["type"] == "Bienvenue") & (sent["day"] - sent["joined"] <= pd.Timedelta(days=30))]
    opened, solved = days(complaints["date_ouverture"]), days(complaints["date_resolution"])
    unsolved = complaints[(opened <= cut) & ~(solved <= cut)]
    frame["unresolved_complaint"] = frame.index.isin(unsolved["id_client"])
    frame["no_welcome"] = ~frame.index.isin(welcomed["id_client"])
    frame["invited"] = frame.index.isin(sent.loc[sent["type"] == "Invitation atelier", "id_client"])
    frame["promo_recruited"] = first["depth"].reindex(frame.index) >= 0.299
    frame["one_off"] = first["category"].reindex(frame.index) == "Liste de mariage"
    known = clients.reindex(frame.index)
    frame["late_first_delivery"] = known["premiere_livraison"] == "En retard"
    frame["far"] = numbers(known["distance_km"]) > 40
    frame["referral"] = known["canal_acquisition"] == "Parrainage"
    frame["comparison_site"] = known["canal_acquisition"] == "Comparateur"
    frame["self_checkout"] = known["premiere_caisse"] == "Automatique"
    frame["loyalty_card"] = known["carte_fidelite"] == "Oui"
    frame["price_rise"] = ~known["magasin"].isin(["Poitiers", "Limoges", "Reims"])
    frame["competitor"] = known["magasin"] == "Dijon"
    frame["left_reason"] = known["motif_depart"] != ""
    recent = sent[(sent["type"] == "Newsletter") & (sent["day"] > cut - pd.Timedelta(days=90))]
    frame["open_share"] = (recent["ouvert"] == "Oui").groupby(recent["id_client"]).mean().reindex(frame.index)
    counts = before.groupby("id_client").size().reindex(frame.index)
    frame["purchases"], frame["age"] = counts, (cut - first["day"].reindex(frame.index)).dt.days
    frame["recency"] = (cut - before.groupby("id_client")["day"].max().reindex(frame.index)).dt.days
    return frame


def account_frame(folder: Path, as_of: date, horizon: int = 365) -> pd.DataFrame:
    """Return one row an account paying on `as_of`: what was known then, and `lost` when it no longer pays later.

    Args:
        folder: where the French software sample was written.
        as_of: nothing after this day enters the features.
        horizon: days after which the account is looked at again.
    """
    cut, later = pd.Timestamp(as_of), pd.Timestamp(as_of) + pd.Timedelta(days=horizon)
    accounts, terms = read(folder, "comptes").set_index("id_compte"), read(folder, "abonnements")
    terms["begin"], terms["end"] = days(terms["date_debut"]), days(terms["date_fin"])
    paid = terms[terms["essai"] == "Non"]

    def paying(day: pd.Timestamp) -> pd.Series:
        return paid.loc[(paid["begin"] <= day) & ~(paid["end"] <= day), "id_compte"]

    frame = pd.DataFrame(index=pd.Index(paying(cut).unique()))
    frame["lost"] = (~frame.index.isin(paying(later))).astype(int)
    known = accounts.reindex(frame.index)
    signup, trained = days(known["date_inscription"]), days(known["date_formation"])
    frame["no_training"] = ~((trained - signup) <= pd.Timedelta(days=30))
    tickets = read(folder, "tickets")
    opened, solved = days(tickets["date_ouverture"]), days(tickets["date_resolution"])
    slow = (
        (tickets["priorite"] == "Critique") & (opened <= cut - pd.Timedelta(days=6)) & ~((solved - opened).dt.days <= 5)
    )
    frame["slow_critical_ticket"] = frame.index.isin(
        tickets.loc[slow & (opened > cut - pd.Timedelta(days=365)), "id_compte"]
    )
    users = read(folder, "utilisateurs")
    gone = (users["role"] == "Référent") & (days(users["date_desactivation"]) <= cut)
    frame["champion_gone"] = frame.index.isin(users.loc[gone, "id_compte"])
    frame["trial"] = frame.index.isin(terms.loc[terms["essai"] == "Oui", "id_compte"])
    frame["deep_discount"] = known["remise_premiere_annee"].str.removesuffix(" %").astype(int) >= 30
    frame["public_sector"] = known["secteur"] == "Secteur public"
    frame["partner"] = known["canal_acquisition"] == "Partenaire"
    frame["comparison_site"] = known["canal_acquisition"] == "Comparateur"
    contacts = read(folder, "contacts")
    seen = (contacts["type"] == "Point trimestriel") & (days(contacts["date_contact"]) <= cut)
    frame["reviewed"] = frame.index.isin(contacts.loc[seen, "id_compte"])
    frame["sso"] = known["connexion_unique"] == "Oui"
    plan = paid[paid["begin"] <= cut].sort_values("begin").groupby("id_compte")[["formule", "engagement"]].last()
    frame["price_rise"] = plan["formule"].reindex(frame.index) != "Entreprise"
    frame["annual"] = plan["engagement"].reindex(frame.index) == "Annuel"
    frame["age"] = (cut - signup).dt.days
    return frame
