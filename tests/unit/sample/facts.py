"""The figures of the shipped files that the manual prints, computed again from the files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from tests.unit.sample.frames import account_frame, days, logistic, numbers, read, shop_frame, visits

AS_OF = date(2025, 9, 30)
SHOP_COLUMNS = (
    "unresolved_complaint", "late_first_delivery", "no_welcome", "promo_recruited", "far", "one_off", "referral",
    "comparison_site", "invited", "price_rise", "competitor", "self_checkout", "loyalty_card",
)  # fmt: skip
ACCOUNT_COLUMNS = (
    "no_training", "slow_critical_ticket", "champion_gone", "trial", "deep_discount", "partner", "comparison_site",
    "reviewed", "price_rise", "sso",
)  # fmt: skip


def shop_ratios(folder: Path) -> pd.DataFrame:
    """Adjusted odds ratios of being lost a year after `AS_OF`, age of the relation adjusted for."""
    frame = shop_frame(folder, AS_OF)
    frame["log_age"] = np.log1p(frame["age"])
    return logistic(frame[[*SHOP_COLUMNS, "log_age"]], frame["lost"]).drop("log_age")


def account_ratios(folder: Path) -> pd.DataFrame:
    """Adjusted odds ratios of no longer paying a year after `AS_OF`, the public sector apart, term adjusted for."""
    frame = account_frame(folder, AS_OF)
    frame = frame[~frame["public_sector"]]
    return logistic(frame[[*ACCOUNT_COLUMNS, "annual"]].astype(float), frame["lost"]).drop("annual")


def shop_facts(folder: Path) -> dict[str, float]:
    """Counts, and shares in percent."""
    lines, frame, tickets = read(folder, "achats"), shop_frame(folder, AS_OF), visits(folder)
    clients = read(folder, "clients").set_index("id_client")
    facts = {
        "customers": len(clients), "purchase_lines": len(lines), "tickets_of_customers": len(tickets),
        "repeated_lines": int(lines.duplicated().sum()), "nameless_lines": int((lines["id_client"] == "").sum()),
        "orphan_lines": int((lines["id_client"] == "C9999999").sum()),
        "future_lines": int((days(lines["date_achat"]) > "2026-09-30").sum()),
        "active_on_30_sept_2025": len(frame), "lost_a_year_later": 100 * frame["lost"].mean(),
    }  # fmt: skip
    span = tickets.groupby("id_client")["day"].agg(["min", "max"])
    facts["silent_over_180_days"] = 100 * ((pd.Timestamp("2026-09-30") - span["max"]).dt.days > 180).mean()
    old = span[span["min"] <= "2025-03-01"]
    kept = ((old["max"] - old["min"]).dt.days > 365).groupby(clients["canal_acquisition"].reindex(old.index)).mean()
    facts |= {
        "kept_a_year_referral": 100 * kept["Parrainage"],
        "kept_a_year_comparison_site": 100 * kept["Comparateur"],
    }
    known = lines[(lines["id_client"] != "") & (days(lines["date_achat"]) <= "2026-09-30")]
    off, year = numbers(known["remise"]), days(known["date_achat"]).dt.year
    for one in (2024, 2025, 2026):
        facts[f"lines_on_promotion_{one}"] = 100 * (off > 0)[year == one].mean()
    campaign = read(folder, "campagne_passee")
    bought = (campaign["achat_30j"] == "Oui").groupby(campaign["groupe"])
    net = (numbers(campaign["marge_30j"]) - numbers(campaign["cout_contact"])).groupby(campaign["groupe"])
    for group, code in (("Témoin", "control"), ("Remise 30 %", "discount"), ("Invitation", "invitation")):
        facts[f"campaign_{code}_targets"] = int(bought.size()[group])
        facts[f"campaign_{code}_bought"] = 100 * bought.mean()[group]
        facts[f"campaign_{code}_net_margin_euros"] = net.mean()[group]
        facts[f"campaign_{code}_net_margin_error_euros"] = net.sem()[group]
    return facts


def account_facts(folder: Path) -> dict[str, float]:
    """Counts, shares in percent, and monthly recurring revenue in euros."""
    frame, terms = account_frame(folder, AS_OF), read(folder, "abonnements")
    trials = terms.loc[terms["essai"] == "Oui", "id_compte"]
    paid = terms[terms["essai"] == "Non"]
    end = pd.Timestamp("2026-09-30")
    running = paid[(days(paid["date_debut"]) <= end) & ~(days(paid["date_fin"]) <= end)]
    lost = 100 * frame.groupby("public_sector")["lost"].mean()
    deals = read(folder, "opportunites")
    closed = deals[deals["etape"] != "Ouverte"]
    won = 100 * (closed["etape"] == "Gagnée").groupby(closed["secteur"] == "Secteur public").mean()
    campaign = read(folder, "campagne_reconquete")
    back = 100 * (campaign["reabonne_90j"] == "Oui").groupby(campaign["groupe"]).mean()
    return {
        "accounts": len(read(folder, "comptes")), "trials": len(trials),
        "trials_converted": 100 * trials.isin(paid["id_compte"]).mean(), "paying_on_30_sept_2026": len(running),
        "mrr_on_30_sept_2026_euros": numbers(running["mrr"]).sum(), "paying_on_30_sept_2025": len(frame),
        "lost_a_year_later": lost[False], "lost_a_year_later_public_sector": lost[True],
        "tenders_won": won[True], "other_deals_won": won[False], "win_back_control": back["Témoin"],
        "win_back_discount": back["Remise 3 mois"], "win_back_coaching": back["Accompagnement"],
    }  # fmt: skip
