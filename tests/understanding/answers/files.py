"""Invented files of five shapes, the same for everyone: what the questions of this folder are asked of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

Frames = dict[str, pd.DataFrame]


def _days(rng: np.random.Generator, first: str, last: str, size: int) -> pd.Series:
    start, end = pd.Timestamp(first), pd.Timestamp(last)
    return pd.Series(start + pd.to_timedelta(rng.integers(0, (end - start).days + 1, size), unit="D"))


def boutique() -> Frames:
    """A French chain: customers, and order lines with shops, categories, promotions and cancelled orders."""
    rng = np.random.default_rng(11)
    size = 900
    towns = {"Lyon": "Auvergne-Rhône-Alpes", "Paris": "Île-de-France", "Lille": "Hauts-de-France",
             "Marseille": "Provence", "Grenoble": "Auvergne-Rhône-Alpes"}  # fmt: skip
    town = rng.choice(list(towns), size, p=[0.3, 0.3, 0.15, 0.15, 0.1])
    clients = pd.DataFrame({
        "id_client": [f"C{n:05d}" for n in range(1, size + 1)],
        "sexe": rng.choice(["Femme", "Homme"], size, p=[0.58, 0.42]),
        "age": rng.integers(18, 86, size),
        "ville": town,
        "region": [towns[name] for name in town],
        "carte_fidelite": rng.choice(["Oui", "Non"], size, p=[0.4, 0.6]),
        "canal_acquisition": rng.choice(["Parrainage", "Publicité", "Site web", "Salon"], size, p=[0.2, 0.3, 0.35, 0.15]),
        "date_inscription": _days(rng, "2022-01-01", "2024-09-30", size),
    })  # fmt: skip
    catalogue = {"Chaussures": ["Bottines", "Baskets"], "Robes": ["Robe longue", "Robe courte"],
                 "Accessoires": ["Ceinture", "Foulard", "Sac à main"]}  # fmt: skip
    rows = []
    number = 0
    for client in clients.itertuples():
        for _ in range(1 + rng.poisson(2.4)):
            number += 1
            span = (pd.Timestamp("2024-12-31") - client.date_inscription).days
            day = client.date_inscription + pd.Timedelta(days=int(rng.beta(0.8, 1.6) * span))
            shop = rng.choice(["Bellecour", "Rivoli", "Vieux-Port"], p=[0.5, 0.3, 0.2])
            promo, status = rng.choice(["Oui", "Non"], p=[0.3, 0.7]), rng.choice(["Livrée", "Annulée"], p=[0.93, 0.07])
            for _ in range(rng.integers(1, 4)):
                kind = rng.choice(list(catalogue), p=[0.3, 0.3, 0.4])
                rows.append((
                    f"N{number:06d}", client.id_client, day, shop, kind, rng.choice(catalogue[kind]),
                    int(rng.integers(1, 4)), round(float(rng.gamma(3, 15) * (0.8 if promo == "Oui" else 1) + 5), 2), promo, status,
                ))  # fmt: skip
    achats = pd.DataFrame(rows, columns=[
        "num_commande", "id_client", "date_achat", "magasin", "categorie", "produit", "quantite", "montant", "promo", "statut",
    ])  # fmt: skip
    last = achats["num_commande"] == achats["num_commande"].iloc[-1]
    achats.loc[last, "date_achat"] = pd.Timestamp("2024-12-31")
    return {"clients": clients, "achats": achats}


def telecom() -> Frames:
    """An operator, in English: one row a customer, with a label of who left."""
    rng = np.random.default_rng(12)
    size = 1600
    contract = rng.choice(["Month-to-month", "One year", "Two year"], size, p=[0.55, 0.25, 0.2])
    tenure = rng.integers(1, 73, size)
    bill = np.round(rng.normal(65, 20, size).clip(18, 120), 2)
    chance = np.select([contract == "Month-to-month", contract == "One year"], [0.4, 0.15], 0.05)
    return {"customers": pd.DataFrame({
        "CustomerID": [f"{n:04d}-ABCD" for n in range(size)],
        "Gender": rng.choice(["Female", "Male"], size),
        "Age": rng.integers(18, 90, size),
        "State": rng.choice(["California", "Texas", "Nevada", "New York"], size, p=[0.4, 0.3, 0.1, 0.2]),
        "TenureMonths": tenure,
        "Contract": contract,
        "InternetService": rng.choice(["Fiber optic", "DSL", "No"], size, p=[0.45, 0.35, 0.2]),
        "PaymentMethod": rng.choice(["Electronic check", "Mailed check", "Bank transfer", "Credit card"], size),
        "PaperlessBilling": rng.choice(["Yes", "No"], size, p=[0.6, 0.4]),
        "SupportCalls": rng.poisson(1.3, size),
        "Satisfaction": rng.integers(1, 6, size),
        "MonthlyCharges": bill,
        "Churn": np.where(rng.random(size) < chance, "Yes", "No"),
    })}  # fmt: skip


def club() -> Frames:
    """A French gym: members with dated starts and ends, a plan, a club, a monthly price and a recommendation score."""
    rng = np.random.default_rng(13)
    size = 700
    start = _days(rng, "2021-01-01", "2024-11-30", size)
    stay = pd.to_timedelta(rng.integers(30, 1000, size), unit="D")
    end = (start + stay).where((start + stay) <= pd.Timestamp("2024-12-31"))
    plan = rng.choice(["Essentiel", "Premium", "Étudiant"], size, p=[0.5, 0.3, 0.2])
    price = pd.Series(plan).map({"Essentiel": 29.9, "Premium": 49.9, "Étudiant": 19.9})
    members = pd.DataFrame({
        "numero_adherent": [f"A{n:04d}" for n in range(size)],
        "civilite": rng.choice(["Mme", "M."], size, p=[0.45, 0.55]),
        "age": rng.integers(16, 75, size),
        "club": rng.choice(["Nantes", "Rennes", "Brest"], size, p=[0.5, 0.3, 0.2]),
        "formule": plan,
        "prix_mensuel": price,
        "origine": rng.choice(["Bouche à oreille", "Instagram", "Affichage"], size),
        "date_debut": start,
        "date_fin": end,
        "note_nps": rng.integers(0, 11, size),
    })  # fmt: skip
    return {"adherents": members}


def online() -> Frames:
    """A shop on the web, in English: one row an order, nothing else."""
    rng = np.random.default_rng(14)
    size = 4200
    person = rng.integers(1, 1500, size)
    quantity, price = rng.integers(1, 6, size), np.round(rng.uniform(8, 140, size), 2)
    discount = rng.choice([0.0, 0.1, 0.2], size, p=[0.6, 0.25, 0.15])
    return {"orders": pd.DataFrame({
        "order_id": [f"ORD-{n:05d}" for n in range(size)],
        "customer_id": person,
        "order_date": _days(rng, "2023-01-01", "2024-12-31", size).sort_values(ignore_index=True),
        "country": pd.Series(person % 7).map(
            {0: "France", 1: "Germany", 2: "Spain", 3: "France", 4: "Italy", 5: "Germany", 6: "France"}),
        "sales_channel": rng.choice(["Website", "Mobile app", "Marketplace"], size, p=[0.5, 0.3, 0.2]),
        "product_category": rng.choice(["Garden", "Kitchen", "Toys", "Books"], size, p=[0.3, 0.3, 0.2, 0.2]),
        "quantity": quantity,
        "discount_rate": discount,
        "total_amount": np.round(quantity * price * (1 - discount), 2),
        "payment_method": rng.choice(["Card", "PayPal", "Voucher"], size, p=[0.6, 0.3, 0.1]),
        "status": rng.choice(["Completed", "Cancelled"], size, p=[0.92, 0.08]),
        "rating": rng.choice([1, 2, 3, 4, 5, np.nan], size),
    })}  # fmt: skip


def charity() -> Frames:
    """A French charity: donors and their gifts."""
    rng = np.random.default_rng(15)
    size = 800
    donors = pd.DataFrame({
        "id_donateur": range(1000, 1000 + size),
        "sexe": rng.choice(["F", "H"], size, p=[0.6, 0.4]),
        "annee_naissance": rng.integers(1935, 2003, size),
        "departement": rng.choice(["Rhône", "Nord", "Gironde", "Finistère"], size),
        "source": rng.choice(["Courrier", "Rue", "Internet"], size, p=[0.4, 0.25, 0.35]),
    })
    count = 1 + rng.poisson(3, size)
    who = np.repeat(donors["id_donateur"].to_numpy(), count)
    gifts = pd.DataFrame({
        "id_don": range(len(who)),
        "id_donateur": who,
        "date_don": _days(rng, "2020-01-01", "2024-12-31", len(who)),
        "montant_don": rng.choice([10, 20, 30, 50, 100, 250], len(who), p=[0.2, 0.25, 0.2, 0.2, 0.1, 0.05]),
        "moyen_paiement": rng.choice(["Chèque", "Carte bancaire", "Prélèvement"], len(who)),
        "campagne": rng.choice(["Noël", "Printemps", "Urgence"], len(who)),
    })
    return {"donateurs": donors, "dons": gifts}


WORLDS: dict[str, Callable[[], Frames]] = {
    "boutique": boutique, "telecom": telecom, "club": club, "online": online, "charity": charity,
}  # fmt: skip
_FRENCH = ("boutique", "club", "charity")


def write(world: str, folder: Path) -> tuple[Frames, list[Path]]:
    """Write a world's files as its tools would, and return what they hold."""
    frames = WORLDS[world]()
    paths = []
    for name, frame in frames.items():
        path = folder / f"{name}.csv"
        if world in _FRENCH:
            frame.to_csv(path, index=False, sep=";", decimal=",", encoding="cp1252", date_format="%d/%m/%Y")
        else:
            frame.to_csv(path, index=False, date_format="%Y-%m-%d")
        paths.append(path)
    return frames, paths
