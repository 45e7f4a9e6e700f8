"""Files of eight trades, and what a manager of each asked, with its answer worked out by pandas: mended on what they showed, hence flattering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from tests.understanding.answers.files import Frames
from tests.understanding.answers.key import Case, Declined, Turn, either, first, groups, month, quarter, year

FRENCH = ("surgery", "music")  # written with semicolons, decimal commas and days first


def _days(r: np.random.Generator, n: int, start: str, end: str) -> Any:
    low, high = pd.Timestamp(start), pd.Timestamp(end)
    return low + pd.to_timedelta(r.integers(0, (high - low).days, n), unit="D")


def _talks(asked: list[Any]) -> list[Case]:
    """Talks of one turn, or of several."""
    return [tuple(Turn(*turn) for turn in (talk if isinstance(talk, list) else [talk])) for talk in asked]


def surgery() -> tuple[Frames, list[Case]]:
    """A dentist: patients and appointments, some missed."""
    r = np.random.default_rng(1)
    n = 420
    p = pd.DataFrame(
        {
            "ID patient": [f"P{i:04d}" for i in range(n)],
            "Sexe": r.choice(["F", "M"], n, p=[0.57, 0.43]),
            "Âge": r.integers(6, 88, n),
            "Ville": r.choice(["Nantes", "Rezé", "Orvault", "Vertou"], n, p=[0.5, 0.2, 0.2, 0.1]),
            "Mutuelle": r.choice(["MGEN", "Harmonie", "Malakoff", "Aucune"], n),
            "Origine": r.choice(["Doctolib", "Bouche à oreille", "Site internet"], n, p=[0.45, 0.4, 0.15]),
            "Première visite": _days(r, n, "2020-01-01", "2024-10-01"),
        }
    )
    m = 3400
    k = r.integers(0, n, m)
    v = pd.DataFrame(
        {
            "N° RDV": np.arange(1, m + 1),
            "ID patient": p["ID patient"].to_numpy()[k],
            "Date RDV": _days(r, m, "2021-01-01", "2024-12-20"),
            "Praticien": r.choice(["Dr Morel", "Dr Petit", "Dr Nguyen"], m, p=[0.5, 0.3, 0.2]),
            "Acte": r.choice(["Détartrage", "Couronne", "Implant", "Contrôle"], m, p=[0.4, 0.15, 0.05, 0.4]),
        }
    )
    v["Date RDV"] = np.maximum(v["Date RDV"], p["Première visite"].to_numpy()[k])
    pr = v.Praticien.map({"Dr Morel": 0.06, "Dr Petit": 0.12, "Dr Nguyen": 0.2}).to_numpy()
    u = r.random(m)
    v["Statut"] = np.where(u < pr, "Absent", np.where(u < pr + 0.07, "Annulé", "Honoré"))
    v["Honoraires"] = np.round(
        v.Acte.map({"Détartrage": 45, "Couronne": 550, "Implant": 1200, "Contrôle": 30}) * r.uniform(0.9, 1.2, m), 2
    )
    v.loc[v.Statut != "Honoré", "Honoraires"] = 0
    j = v.merge(p, on="ID patient")
    H = j[j.Statut == "Honoré"]

    def y(d, a):
        return d[d["Date RDV"].dt.year == a]

    rate = (v.Statut == "Absent").groupby(v.Praticien).mean()
    asked = [
        (
            "taux de rendez-vous non honorés par praticien",
            either(groups(rate), groups((v.Statut != "Honoré").groupby(v.Praticien).mean())),
        ),
        ("Combien de lapins en 2024 ?", Declined()),
        ("quelle part des rdv est annulée ?", (v.Statut == "Annulé").mean()),
        [
            ("CA par praticien en 2023", groups(y(H, 2023).groupby("Praticien").Honoraires.sum())),
            ("et en 2024 ?", groups(y(H, 2024).groupby("Praticien").Honoraires.sum())),
            ("et par acte ?", groups(y(H, 2024).groupby("Acte").Honoraires.sum())),
        ],
        ("nb de couronnes posées en 2024", (y(H, 2024).Acte == "Couronne").sum()),
        (
            "honoraires moyens par acte",
            either(groups(H.groupby("Acte").Honoraires.mean()), groups(v.groupby("Acte").Honoraires.mean())),
        ),
        (
            "Quel praticien a le plus d'absents ?",
            either(first(rate, 1), first((v.Statut == "Absent").groupby(v.Praticien).sum(), 1)),
        ),
        ("combien de patients n'ont pas de mutuelle", (p.Mutuelle == "Aucune").sum()),
        ("patients de plus de 60 ans à Rezé", ((p["Âge"] > 60) & (p.Ville == "Rezé")).sum()),
        ("répartition des patients selon leur origine", groups(p.groupby("Origine").size())),
        ("temps d'attente moyen", Declined()),
    ]
    return {"patients": p, "rendez_vous": v}, _talks(asked)


def wholesaler() -> tuple[Frames, list[Case]]:
    """A wholesaler: accounts, their reps, invoices paid or not."""
    r = np.random.default_rng(2)
    n = 260
    c = pd.DataFrame(
        {
            "Account No": [f"A{1000 + i}" for i in range(n)],
            "Company": [
                f"{a} {b} Ltd"
                for a, b in zip(
                    r.choice(["North", "Silver", "Oak", "Blue", "Royal", "Castle"], n),
                    [f"Trading{i}" for i in range(n)],
                    strict=True,
                )
            ],
            "Region": r.choice(["North West", "Scotland", "Midlands", "London"], n),
            "Trade": r.choice(["Restaurant", "Hotel", "Pub", "Caterer"], n),
            "Account opened": _days(r, n, "2018-01-01", "2024-06-01"),
            "Sales rep": r.choice(["Amy Shaw", "Ben Cole", "Dina Rao"], n),
        }
    )
    m = 4200
    k = r.integers(0, n, m)
    i = pd.DataFrame(
        {
            "Invoice No": np.arange(50001, 50001 + m),
            "Account No": c["Account No"].to_numpy()[k],
            "Invoice date": _days(r, m, "2022-01-01", "2024-12-28"),
            "Product line": r.choice(["Frozen", "Dairy", "Dry goods", "Drinks"], m),
            "Net amount": np.round(r.gamma(3, 120, m), 2),
        }
    )
    i["Invoice date"] = np.maximum(i["Invoice date"], c["Account opened"].to_numpy()[k])
    i["Due date"] = i["Invoice date"] + pd.Timedelta(days=30)
    u = r.random(m)
    i["Status"] = np.where(
        i["Invoice date"] > "2024-10-01", np.where(u < 0.4, "Unpaid", "Paid"), np.where(u < 0.04, "Overdue", "Paid")
    )
    j = i.merge(c, on="Account No")

    def y(a):
        return j[j["Invoice date"].dt.year == a]

    owed = j[j.Status != "Paid"]
    od = owed.groupby("Account No")["Net amount"].sum().sort_values(ascending=False)
    asked = [
        ("who owes us money?", list(od.index[:5])),
        ("how much are we owed in total?", owed["Net amount"].sum()),
        (
            "unpaid invoices by region",
            either(
                groups(owed.groupby("Region").size()),
                groups(owed.groupby("Region")["Net amount"].sum()),
                groups(j[j.Status == "Unpaid"].groupby("Region").size()),
            ),
        ),
        [
            ("sales by rep in 2023", groups(y(2023).groupby("Sales rep")["Net amount"].sum())),
            ("and 2024?", groups(y(2024).groupby("Sales rep")["Net amount"].sum())),
            ("only Scotland", groups(y(2024)[y(2024).Region == "Scotland"].groupby("Sales rep")["Net amount"].sum())),
        ],
        ("Which rep has the biggest average invoice?", first(j.groupby("Sales rep")["Net amount"].mean(), 1)),
        ("how many pubs in london", ((c.Trade == "Pub") & (c.Region == "London")).sum()),
        ("top 5 accounts by turnover this year", first(y(2024).groupby("Account No")["Net amount"].sum(), 5)),
        ("share of sales from frozen", (j[j["Product line"] == "Frozen"]["Net amount"].sum() / j["Net amount"].sum())),
        (
            "Compare hotels and restaurants: average spend per account",
            either(
                {
                    k_: v_
                    for k_, v_ in groups(j.groupby("Trade")["Net amount"].sum() / c.groupby("Trade").size()).items()
                    if k_ in ("Hotel", "Restaurant")
                },
                groups(j.groupby("Trade")["Net amount"].sum() / c.groupby("Trade").size()),
                {
                    k_: v_
                    for k_, v_ in groups(
                        j.groupby("Trade")["Net amount"].sum() / j.groupby("Trade")["Account No"].nunique()
                    ).items()
                    if k_ in ("Hotel", "Restaurant")
                },
            ),
        ),
        (
            "Dairy sales trend by quarter",
            groups(
                j[j["Product line"] == "Dairy"]
                .groupby(quarter(j[j["Product line"] == "Dairy"]["Invoice date"]))["Net amount"]
                .sum()
            ),
        ),
        ("what is our gross margin by product line?", Declined()),
    ]
    return {"accounts": c, "invoices": i}, _talks(asked)


def languages() -> tuple[Frames, list[Case]]:
    """A school of languages: pupils and lessons by the hour."""
    r = np.random.default_rng(3)
    n = 380
    e = pd.DataFrame(
        {
            "id_eleve": np.arange(1, n + 1),
            "age": r.integers(12, 70, n),
            "ville": r.choice(["Lyon", "Villeurbanne", "Bron"], n, p=[0.6, 0.3, 0.1]),
            "langue": r.choice(["Anglais", "Espagnol", "Allemand", "Italien"], n, p=[0.5, 0.25, 0.15, 0.1]),
            "niveau": r.choice(["A1", "A2", "B1", "B2", "C1"], n),
            "date_inscription": _days(r, n, "2021-09-01", "2024-11-01"),
            "financement": r.choice(["CPF", "Employeur", "Perso"], n, p=[0.4, 0.25, 0.35]),
        }
    )
    m = 4000
    k = r.integers(0, n, m)
    s = pd.DataFrame(
        {
            "id_cours": np.arange(1, m + 1),
            "id_eleve": e.id_eleve.to_numpy()[k],
            "date_cours": _days(r, m, "2022-01-01", "2024-12-15"),
            "professeur": r.choice(["Claire", "Miguel", "Hans", "Giulia"], m, p=[0.45, 0.3, 0.15, 0.1]),
            "heures": r.choice([1, 1.5, 2, 3], m),
            "format": r.choice(["Visio", "Présentiel"], m, p=[0.4, 0.6]),
        }
    )
    s["date_cours"] = np.maximum(s.date_cours, e.date_inscription.to_numpy()[k])
    s["montant"] = np.round(s.heures * r.choice([35, 40, 45], m), 2)
    j = s.merge(e, on="id_eleve")

    def y(a):
        return j[j.date_cours.dt.year == a]

    hb = j.groupby("id_eleve").heures.sum()
    asked = [
        ("heures effectuées par professeur", groups(j.groupby("professeur").heures.sum())),
        ("Combien d'heures a donné Miguel en 2024 ?", y(2024)[y(2024).professeur == "Miguel"].heures.sum()),
        ("heures de cours par élève en moyenne", either(hb.mean(), hb.reindex(e.id_eleve, fill_value=0).mean())),
        (
            "evolution du nombre d'heures par mois en 2024",
            groups(y(2024).groupby(month(y(2024).date_cours)).heures.sum()),
        ),
        [
            ("combien d'élèves en anglais ?", (e.langue == "Anglais").sum()),
            ("et en allemand ?", (e.langue == "Allemand").sum()),
            ("et parmi eux ceux financés par le CPF ?", ((e.langue == "Allemand") & (e.financement == "CPF")).sum()),
        ],
        ("part des cours en visio par année", groups((j.format == "Visio").groupby(year(j.date_cours)).mean())),
        ("CA visio vs présentiel", groups(j.groupby("format").montant.sum())),
        (
            "prix moyen de l'heure par langue",
            either(
                groups(j.groupby("langue").montant.sum() / j.groupby("langue").heures.sum()),
                groups((j.montant / j.heures).groupby(j.langue).mean()),
                Declined(),
            ),
        ),
        (
            "kel langue marche le mieux",
            either(
                first(j.groupby("langue").montant.sum(), 1),
                first(j.groupby("langue").size(), 1),
                first(e.groupby("langue").size(), 1),
            ),
        ),
        ("taux de réussite au TOEIC", Declined()),
    ]
    return {"eleves": e, "cours": s}, _talks(asked)


def garage() -> tuple[Frames, list[Case]]:
    """A garage: customers and jobs, hours and parts."""
    r = np.random.default_rng(12)
    n = 420
    c = pd.DataFrame(
        {
            "client_ref": np.arange(100, 100 + n),
            "town": r.choice(["Leeds", "Otley", "Ilkley"], n, p=[0.6, 0.25, 0.15]),
            "customer_type": r.choice(["Private", "Fleet"], n, p=[0.85, 0.15]),
            "first_seen": _days(r, n, "2019-01-01", "2024-08-01"),
            "heard_about_us": r.choice(["Google", "Friend", "Drive-by"], n),
        }
    )
    m = 2300
    k = r.integers(0, n, m)
    j = pd.DataFrame(
        {
            "job_no": np.arange(9000, 9000 + m),
            "client_ref": c.client_ref.to_numpy()[k],
            "vehicle_make": r.choice(["Ford", "Vauxhall", "BMW", "Toyota"], m, p=[0.4, 0.3, 0.1, 0.2]),
            "job_date": _days(r, m, "2021-01-01", "2024-12-20"),
            "job_type": r.choice(
                ["MOT", "Service", "Brakes", "Tyres", "Diagnostics"], m, p=[0.35, 0.3, 0.15, 0.15, 0.05]
            ),
            "mechanic": r.choice(["Sam", "Priya", "Tom"], m, p=[0.5, 0.3, 0.2]),
        }
    )
    j["job_date"] = np.maximum(j.job_date, c.first_seen.to_numpy()[k])
    j["labour_hours"] = np.round(r.gamma(2, 0.9, m) + 0.3, 1)
    j["parts_cost"] = np.round(r.gamma(1.5, 50, m), 2)
    j["total_charged"] = np.round(j.labour_hours * 60 + j.parts_cost * 1.4, 2)
    j["warranty_return"] = np.where(r.random(m) < j.mechanic.map({"Sam": 0.03, "Priya": 0.05, "Tom": 0.12}), "Y", "N")
    x = j.merge(c, on="client_ref")

    def y(a):
        return x[x.job_date.dt.year == a]

    asked = [
        ("labour hours by mechanic in 2024", groups(y(2024).groupby("mechanic").labour_hours.sum())),
        ("what's our warranty return rate by mechanic?", groups((x.warranty_return == "Y").groupby(x.mechanic).mean())),
        ("Average bill for a service", x[x.job_type == "Service"].total_charged.mean()),
        [
            ("how many MOTs did we do last year?", (y(2023).job_type == "MOT").sum()),
            ("and this year", (y(2024).job_type == "MOT").sum()),
            ("by town?", groups(y(2024)[y(2024).job_type == "MOT"].groupby("town").size())),
        ],
        (
            "revenue per labour hour by mechanic",
            groups(x.groupby("mechanic").total_charged.sum() / x.groupby("mechanic").labour_hours.sum()),
        ),
        ("fleet vs private: number of jobs", groups(x.groupby("customer_type").size())),
        ("which make brings in the most money", first(x.groupby("vehicle_make").total_charged.sum(), 1)),
        (
            "customers who never came back after their first visit",
            either((x.groupby("client_ref").size() == 1).sum(), Declined()),
        ),
        ("Busiest month in 2024?", either(first(y(2024).groupby(month(y(2024).job_date)).size(), 1))),
        ("average waiting time for an appointment", Declined()),
    ]
    return {"customers": c, "jobs": j}, _talks(asked)


def software() -> tuple[Frames, list[Case]]:
    """A software house: accounts, tickets, usage by month."""
    r = np.random.default_rng(14)
    n = 320
    d0 = _days(r, n, "2021-01-01", "2024-06-01")
    pl = r.choice(["Starter", "Growth", "Enterprise"], n, p=[0.5, 0.35, 0.15])
    gone = r.random(n) < pd.Series(pl).map({"Starter": 0.4, "Growth": 0.2, "Enterprise": 0.08}).to_numpy()
    end = pd.Series(d0 + pd.to_timedelta(r.integers(60, 1000, n), unit="D"))
    gone &= (end < "2024-12-31").to_numpy()
    a = pd.DataFrame(
        {
            "account_id": [f"ac_{i}" for i in range(n)],
            "account_name": [f"Firm {i}" for i in range(n)],
            "plan": pl,
            "mrr": np.round(
                pd.Series(pl).map({"Starter": 49, "Growth": 199, "Enterprise": 900}).to_numpy()
                * r.uniform(0.9, 1.3, n),
                2,
            ),
            "seats": pd.Series(pl).map({"Starter": 3, "Growth": 12, "Enterprise": 60}).to_numpy() + r.integers(0, 5, n),
            "country": r.choice(["FR", "UK", "DE"], n, p=[0.5, 0.3, 0.2]),
            "industry": r.choice(["Retail", "Finance", "Health"], n),
            "created_at": d0,
            "churned_at": end.where(gone),
            "csm": r.choice(["Lea", "Omar", "Jill"], n),
        }
    )
    m = 1500
    k = r.integers(0, n, m)
    o = _days(r, m, "2022-01-01", "2024-12-20")
    t = pd.DataFrame(
        {
            "ticket_id": np.arange(m),
            "account_id": a.account_id.to_numpy()[k],
            "opened_at": o,
            "priority": r.choice(["Low", "High", "Urgent"], m, p=[0.6, 0.3, 0.1]),
            "category": r.choice(["Bug", "Billing", "How-to"], m),
            "csat": r.choice([1, 2, 3, 4, 5, np.nan], m, p=[0.05, 0.1, 0.15, 0.3, 0.2, 0.2]),
        }
    )
    t["closed_at"] = pd.Series(o + pd.to_timedelta(r.integers(0, 12, m), unit="D")).where(r.random(m) > 0.06)
    mu = n * 8
    u = pd.DataFrame(
        {
            "account_id": np.repeat(a.account_id.to_numpy(), 8),
            "month": np.tile(pd.date_range("2024-05-01", periods=8, freq="MS"), n),
            "logins": r.poisson(20, mu),
            "reports_created": r.poisson(4, mu),
        }
    )
    L = a[~gone]
    asked = [
        ("current MRR by plan", groups(L.groupby("plan").mrr.sum())),
        (
            "how many accounts does each csm manage",
            either(groups(L.groupby("csm").size()), groups(a.groupby("csm").size())),
        ),
        ("urgent tickets opened in 2024", ((t.priority == "Urgent") & (t.opened_at.dt.year == 2024)).sum()),
        ("avg csat by category", groups(t.groupby("category").csat.mean())),
        ("tickets still open by priority", groups(t[t.closed_at.isna()].groupby("priority").size())),
        ("mean time to close a bug in days", (t.closed_at - t.opened_at).dt.days[t.category == "Bug"].mean()),
        ("logo churn by country", groups(pd.Series(gone).groupby(a.country).mean())),
        [
            (
                "how many seats have we sold in france",
                either(L[L.country == "FR"].seats.sum(), a[a.country == "FR"].seats.sum()),
            ),
            ("and UK?", either(L[L.country == "UK"].seats.sum(), a[a.country == "UK"].seats.sum())),
        ],
        ("logins per account on average", either(u.groupby("account_id").logins.sum().mean(), u.logins.mean())),
        ("total reports created per month", groups(u.groupby("month").reports_created.sum())),
        ("what is our cac payback?", Declined()),
    ]
    return {"accounts": a, "tickets": t, "usage": u}, _talks(asked)


def music() -> tuple[Frames, list[Case]]:
    """A school of music: pupils, lessons, bills with a day of payment."""
    r = np.random.default_rng(31)
    n = 340
    e = pd.DataFrame(
        {
            "Code élève": [f"E{i:04d}" for i in range(n)],
            "Tranche d'âge": r.choice(["Enfant", "Ado", "Adulte"], n, p=[0.5, 0.2, 0.3]),
            "Quartier": r.choice(["Centre", "Nord", "Sud"], n),
            "Instrument": r.choice(["Piano", "Guitare", "Violon", "Batterie"], n, p=[0.4, 0.3, 0.15, 0.15]),
            "Inscrit le": _days(r, n, "2021-09-01", "2024-10-01"),
            "Tarif réduit": r.choice(["oui", "non"], n, p=[0.25, 0.75]),
        }
    )
    m = 5200
    k = r.integers(0, n, m)
    c = pd.DataFrame(
        {
            "Id séance": np.arange(m),
            "Code élève": e["Code élève"].to_numpy()[k],
            "Date séance": _days(r, m, "2022-01-01", "2024-12-15"),
            "Professeur": r.choice(["Anna", "Boris", "Chloé"], m, p=[0.5, 0.3, 0.2]),
            "Durée (h)": r.choice([0.5, 1], m),
            "Présence": r.choice(["Présent", "Absent", "Absent excusé"], m, p=[0.85, 0.08, 0.07]),
        }
    )
    c["Date séance"] = np.maximum(c["Date séance"], e["Inscrit le"].to_numpy()[k])
    f = 1500
    kk = r.integers(0, n, f)
    fd = _days(r, f, "2022-01-01", "2024-12-01")
    F = pd.DataFrame(
        {
            "N° facture": np.arange(7000, 7000 + f),
            "Code élève": e["Code élève"].to_numpy()[kk],
            "Date facture": fd,
            "Montant": r.choice([90, 180, 270], f),
            "Date de paiement": pd.Series(fd + pd.to_timedelta(r.integers(3, 40, f), unit="D")).where(
                r.random(f) > 0.07
            ),
        }
    )
    x = c.merge(e, on="Code élève")

    def y(a):
        return x[x["Date séance"].dt.year == a]

    U = F[F["Date de paiement"].isna()]
    asked = [
        (
            "taux d'absence par prof",
            either(
                groups((c["Présence"] != "Présent").groupby(c.Professeur).mean()),
                groups((c["Présence"] == "Absent").groupby(c.Professeur).mean()),
            ),
        ),
        ("nombre de séances de piano en 2024", (y(2024).Instrument == "Piano").sum()),
        (
            "qui n'a pas payé ?",
            either(list(U.groupby("Code élève").Montant.sum().sort_values(ascending=False).index[:1]), Declined()),
        ),
        ("montant des factures impayées", U.Montant.sum()),
        ("heures de cours données par chaque professeur", groups(x.groupby("Professeur")["Durée (h)"].sum())),
        [
            (
                "combien d'enfants font du violon ?",
                ((e["Tranche d'âge"] == "Enfant") & (e.Instrument == "Violon")).sum(),
            ),
            ("et d'adultes ?", ((e["Tranche d'âge"] == "Adulte") & (e.Instrument == "Violon")).sum()),
            (
                "et de la batterie ?",
                either(
                    ((e["Tranche d'âge"] == "Adulte") & (e.Instrument == "Batterie")).sum(),
                    (e.Instrument == "Batterie").sum(),
                ),
            ),
        ],
        ("délai moyen de paiement des factures", (F["Date de paiement"] - F["Date facture"]).dt.days.mean()),
        (
            "facturation par trimestre en 2024",
            groups(
                F[F["Date facture"].dt.year == 2024]
                .groupby(quarter(F[F["Date facture"].dt.year == 2024]["Date facture"]))
                .Montant.sum()
            ),
        ),
        ("quel instrument attire le plus d'élèves", first(e.groupby("Instrument").size(), 1)),
        (
            "part des élèves au tarif réduit par quartier",
            groups((e["Tarif réduit"] == "oui").groupby(e.Quartier).mean()),
        ),
        ("inscriptions par année", groups(e.groupby(year(e["Inscrit le"])).size())),
        ("Nos élèves progressent-ils ?", Declined()),
    ]
    return {"eleves": e, "seances": c, "factures": F}, _talks(asked)


def broker() -> tuple[Frames, list[Case]]:
    """An insurance broker: clients, policies, claims."""
    r = np.random.default_rng(62)
    n = 450
    c = pd.DataFrame(
        {
            "ClientRef": [f"BR{i:05d}" for i in range(n)],
            "Segment": r.choice(["SME", "Private", "Corporate"], n, p=[0.4, 0.5, 0.1]),
            "County": r.choice(["Dublin", "Cork", "Galway"], n, p=[0.6, 0.25, 0.15]),
            "Broker": r.choice(["Aoife", "Sean", "Niamh"], n),
            "ClientSince": _days(r, n, "2014-01-01", "2024-01-01"),
            "MarketingOptIn": r.choice(["Y", "N"], n),
        }
    )
    m = 900
    k = np.r_[np.arange(n), r.integers(0, n, m - n)]
    s = _days(r, m, "2018-01-01", "2024-06-01")
    cov = r.choice(["Motor", "Home", "Liability"], m, p=[0.5, 0.35, 0.15])
    gone = r.random(m) < pd.Series(cov).map({"Motor": 0.35, "Home": 0.2, "Liability": 0.1}).to_numpy()
    e = pd.Series(s + pd.to_timedelta(r.integers(200, 1600, m), unit="D"))
    gone &= (e < "2024-12-31").to_numpy()
    p = pd.DataFrame(
        {
            "PolicyNo": [f"POL{i:06d}" for i in range(m)],
            "ClientRef": c.ClientRef.to_numpy()[k],
            "Cover": cov,
            "Insurer": r.choice(["Aviva", "Zurich", "FBD"], m),
            "StartDate": s,
            "AnnualPremium": np.round(
                pd.Series(cov).map({"Motor": 700, "Home": 420, "Liability": 1900}).to_numpy() * r.uniform(0.8, 1.2, m),
                2,
            ),
            "CancelDate": e.where(gone),
            "CancelReason": np.where(gone, r.choice(["Price", "Sold", "Moved"], m), ""),
        }
    )
    q = 500
    kk = r.integers(0, m, q)
    cl = pd.DataFrame(
        {
            "ClaimNo": np.arange(5001, 5001 + q),
            "PolicyNo": p.PolicyNo.to_numpy()[kk],
            "ClientRef": p.ClientRef.to_numpy()[kk],
            "ClaimDate": _days(r, q, "2020-01-01", "2024-12-15"),
            "ClaimType": r.choice(["Collision", "Water", "Theft"], q),
            "PaidOut": np.round(r.gamma(2, 900, q), 2),
        }
    )
    L = p[~gone]
    asked = [
        ("policies in force by insurer", groups(L.groupby("Insurer").size())),
        (
            "average premium by cover",
            either(groups(L.groupby("Cover").AnnualPremium.mean()), groups(p.groupby("Cover").AnnualPremium.mean())),
        ),
        ("total paid out on claims in 2024", cl[cl.ClaimDate.dt.year == 2024].PaidOut.sum()),
        (
            "claims by type per year",
            either(
                {
                    f"{t} / {y_}-01-01": v
                    for (t, y_), v in cl.groupby(["ClaimType", cl.ClaimDate.dt.year]).size().items()
                }
            ),
        ),
        [
            ("how many SMEs in Cork", ((c.Segment == "SME") & (c.County == "Cork")).sum()),
            ("and corporates", ((c.Segment == "Corporate") & (c.County == "Cork")).sum()),
            ("handled by Sean", ((c.Segment == "Corporate") & (c.County == "Cork") & (c.Broker == "Sean")).sum()),
        ],
        ("top cancellation reasons", first(p[gone].groupby("CancelReason").size(), 1)),
        (
            "which cover do we lose most often?",
            either(first(p[gone].groupby("Cover").size(), 1), first(pd.Series(gone).groupby(p.Cover).mean(), 1)),
        ),
        ("largest claim ever paid", cl.PaidOut.max()),
        ("claims per client on average", either(len(cl) / cl.ClientRef.nunique(), len(cl) / n)),
        ("commission earned by broker", Declined()),
    ]
    return {"clients": c, "policies": p, "claims": cl}, _talks(asked)


def grocer() -> tuple[Frames, list[Case]]:
    """A wholesale grocer: accounts, rounds, bills by weight."""
    r = np.random.default_rng(63)
    n = 240
    c = pd.DataFrame(
        {
            "compte": np.arange(41100001, 41100001 + n),
            "raison_sociale": [f"Resto {i}" for i in range(n)],
            "metier": r.choice(["Restaurant", "Cantine", "Boulangerie"], n, p=[0.6, 0.2, 0.2]),
            "tournee": r.choice(["T1", "T2", "T3"], n),
            "vrp": r.choice(["Dupuis", "Moreau"], n),
            "ouvert_le": _days(r, n, "2017-01-01", "2024-02-01"),
        }
    )
    m = 5000
    k = r.integers(0, n, m)
    f = pd.DataFrame(
        {
            "no_facture": np.arange(80001, 80001 + m),
            "compte": c.compte.to_numpy()[k],
            "date_facture": _days(r, m, "2022-01-01", "2024-12-20"),
            "famille": r.choice(["Frais", "Surgelé", "Épicerie"], m, p=[0.5, 0.2, 0.3]),
            "poids_kg": np.round(r.gamma(2, 12, m), 1),
            "ht": np.round(r.gamma(2, 90, m) + 10, 2),
            "statut": r.choice(["Payée", "Échue", "En attente"], m, p=[0.9, 0.06, 0.04]),
        }
    )
    f["date_facture"] = np.maximum(f.date_facture, c.ouvert_le.to_numpy()[k])
    x = f.merge(c, on="compte")

    def y(a):
        return x[x.date_facture.dt.year == a]

    U = x[x.statut != "Payée"]
    asked = [
        ("encours client par vrp", either(groups(U.groupby("vrp").ht.sum()))),
        (
            "qui nous doit de l'argent ?",
            list(U.groupby("compte").ht.sum().sort_values(ascending=False).index[:3].astype(str)),
        ),
        ("tonnage livré par famille en 2024", either(groups(y(2024).groupby("famille").poids_kg.sum()), Declined())),
        ("kg par client en moyenne", either(x.groupby("compte").poids_kg.sum().mean())),
        ("prix moyen au kilo par famille", groups(x.groupby("famille").ht.sum() / x.groupby("famille").poids_kg.sum())),
        [
            (
                "ca surgelé tournée T2 en 2024",
                y(2024)[(y(2024).famille == "Surgelé") & (y(2024).tournee == "T2")].ht.sum(),
            ),
            ("T3 ?", y(2024)[(y(2024).famille == "Surgelé") & (y(2024).tournee == "T3")].ht.sum()),
            ("vs 2023", y(2024)[(y(2024).famille == "Surgelé") & (y(2024).tournee == "T3")].ht.sum()),
        ],
        ("facture moyenne par métier", groups(x.groupby("metier").ht.mean())),
        ("clients dont le CA 2024 dépasse 5000 €", either((y(2024).groupby("compte").ht.sum() > 5000).sum())),
        ("quels clients ont le plus baissé ?", either(Declined(), Declined())),
        ("part du CA faite par les 20 premiers clients", x.groupby("compte").ht.sum().nlargest(20).sum() / x.ht.sum()),
        ("coût de livraison par tournée", Declined()),
    ]
    return {"comptes": c, "factures": f}, _talks(asked)


TRADES: dict[str, Callable[[], tuple[Frames, list[Case]]]] = {
    "surgery": surgery,
    "wholesaler": wholesaler,
    "languages": languages,
    "garage": garage,
    "software": software,
    "music": music,
    "broker": broker,
    "grocer": grocer,
}
