"""What is told as planted is what an independent analyst finds in the files.

The analyst is `frames.py` (pandas and a plain logistic regression); the expected numbers are those of `truth.py`, which
the generator draws from and the manual prints.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assistant.sample.lives import END, START, Customers, Purchases, live, recruit
from assistant.sample.saas_lives import Accounts, Months, live_months, sign_up
from assistant.sample.season import Calendar
from assistant.sample.truth import RETAIL, SAAS
from tests.unit.sample.frames import account_frame, days, logistic, numbers, read, shop_frame, visits

SHOP_EFFECTS = (
    "unresolved_complaint", "late_first_delivery", "no_welcome", "promo_recruited", "far", "one_off", "referral",
    "comparison_site", "invited", "price_rise", "competitor",
)  # fmt: skip
ACCOUNT_EFFECTS = (
    "no_training", "slow_critical_ticket", "champion_gone", "trial", "deep_discount", "partner", "comparison_site",
    "reviewed", "price_rise",
)  # fmt: skip


def decisions(customers: Customers, purchases: Purchases) -> pd.DataFrame:
    """One row a purchase: what stood true when the customer decided to stay or leave."""
    who = purchases.customer
    return pd.DataFrame({
        "unresolved_complaint": purchases.unresolved, "late_first_delivery": customers.first_delivery[who] == 2,
        "no_welcome": ~customers.welcomed[who], "promo_recruited": customers.promo[who],
        "far": customers.distance[who] > RETAIL.far_km, "one_off": customers.first_category[who] == 7,
        "referral": customers.channel[who] == 3, "comparison_site": customers.channel[who] == 5,
        "invited": purchases.invited, "price_rise": purchases.price_rise, "competitor": purchases.competitor,
        "first_purchase": purchases.rank == 0, "second_life": purchases.bait >= 0,
        "rhythm": np.log(customers.gap[who] / RETAIL.mean_gap_days), "frailty": customers.frailty[who],
        "self_checkout": customers.self_checkout[who],
    })  # fmt: skip


def test_decisions_of_shop_customers_follow_the_planted_log_odds() -> None:
    """A logistic regression on the true frame, frailty included, is unbiased for the planted log odds."""
    generator = np.random.default_rng(11)
    calendar = Calendar(START, END)
    customers = recruit(generator, 20_000, calendar)
    purchases = live(generator, customers, calendar)
    frame = decisions(customers, purchases)
    found = logistic(frame.astype(float), pd.Series(purchases.last & (purchases.shock == 0)))
    expected = {code: RETAIL.planted[code].log_odds for code in (*SHOP_EFFECTS, "first_purchase", "second_life")}
    expected |= {"self_checkout": 0.0, "frailty": 1.0, "rhythm": RETAIL.slow_rhythm_log_odds}
    for code, log_odds in expected.items():
        error = np.log(found.loc[code, "high"] / found.loc[code, "odds_ratio"]) / 1.96
        assert abs(np.log(found.loc[code, "odds_ratio"]) - log_odds) < max(3.5 * error, 0.06), code


def account_months(accounts: Accounts, months: Months) -> tuple[pd.DataFrame, pd.Series]:
    """One row a month lived by an account on monthly terms: what stood true, and whether it left."""
    who, age = np.nonzero(months.lived & ~accounts.annual[:, None])
    slow = np.array([months.slow[:, max(0, at - SAAS.ticket_months + 1) : at + 1].any(axis=1) for at in range(48)]).T
    frame = pd.DataFrame({
        "no_training": accounts.trained_after[who] > SAAS.training_days, "slow_critical_ticket": slow[who, age],
        "champion_gone": months.champion_gone[who, age], "trial": accounts.trial[who],
        "deep_discount": accounts.discount[who] >= 0.30, "partner": accounts.channel[who] == 1,
        "comparison_site": accounts.channel[who] == 5, "reviewed": accounts.reviewed[who],
        "price_rise": months.raised[who, age], "frailty": accounts.frailty[who], "sso": accounts.sso[who],
    })  # fmt: skip
    return frame, pd.Series(months.leaves[who, age])


def test_decisions_of_software_accounts_follow_the_planted_log_odds() -> None:
    generator = np.random.default_rng(12)
    accounts = sign_up(generator, 30_000)
    months, _ = live_months(generator, accounts)
    frame, leaves = account_months(accounts, months)
    found = logistic(frame.astype(float), leaves)
    expected = {code: SAAS.planted[code].log_odds for code in ACCOUNT_EFFECTS} | {"sso": 0.0, "frailty": 1.0}
    for code, log_odds in expected.items():
        error = np.log(found.loc[code, "high"] / found.loc[code, "odds_ratio"]) / 1.96
        assert abs(np.log(found.loc[code, "odds_ratio"]) - log_odds) < max(3.5 * error, 0.06), code


@pytest.fixture(scope="module")
def shop_customers(shops: Path) -> pd.DataFrame:
    return shop_frame(shops, date(2025, 9, 30))


@pytest.fixture(scope="module")
def paying_accounts(software: Path) -> pd.DataFrame:
    return account_frame(software, date(2025, 9, 30))


def test_shop_effects_show_in_the_files_at_the_default_size(shop_customers: pd.DataFrame) -> None:
    frame = shop_customers.assign(log_age=np.log1p(shop_customers["age"]))
    found = logistic(frame[[*SHOP_EFFECTS, "self_checkout", "loyalty_card", "log_age"]], frame["lost"])
    for code in SHOP_EFFECTS:
        harms = RETAIL.planted[code].log_odds > 0
        assert (found.loc[code, "low"] > 1) if harms else (found.loc[code, "high"] < 1), code
        strength = found.loc[code, "odds_ratio"] if harms else 1 / found.loc[code, "odds_ratio"]
        assert 1.4 < strength < 3.5, code
    for code in ("self_checkout", "loyalty_card"):
        assert found.loc[code, "low"] < 1 < found.loc[code, "high"], code


def test_the_shop_decoy_looks_guilty_alone(shop_customers: pd.DataFrame) -> None:
    assert 0.5 < np.corrcoef(shop_customers["no_welcome"], shop_customers["self_checkout"])[0, 1] < 0.7
    assert logistic(shop_customers[["self_checkout"]], shop_customers["lost"]).loc["self_checkout", "low"] > 1


def test_opens_fall_before_a_shop_customer_is_lost(shop_customers: pd.DataFrame) -> None:
    known = shop_customers.dropna(subset=["open_share"])
    reads = known["open_share"] > 0.5
    assert known.loc[~reads, "lost"].mean() > 2 * known.loc[reads, "lost"].mean()


def test_the_departure_reason_is_a_leak(shops: Path) -> None:
    """Filled for more than 90 % of those silent for a year, for hardly anyone who bought within three months."""
    clients, last = read(shops, "clients").set_index("id_client"), visits(shops).groupby("id_client")["day"].max()
    silence = (pd.Timestamp(RETAIL.end) - last).dt.days.reindex(clients.index)
    told = clients["motif_depart"] != ""
    assert told[silence > 365].mean() > 0.9
    assert told[silence < 90].mean() < 0.02


def test_the_price_rise_empties_owned_shops_and_spares_franchises(shops: Path) -> None:
    """Visits, year on year, in the year that follows the rise; Dijon apart, which meets the competitor too."""
    tickets, clients = visits(shops), read(shops, "clients").set_index("id_client")
    kind = clients["magasin"].map(read(shops, "magasins").set_index("magasin")["type"])
    kind = kind.where(clients["magasin"] != "Dijon", "Dijon")
    kinds = tickets["id_client"].map(kind)
    since = pd.Timestamp(2025, 3, 3)
    after = kinds[(tickets["day"] >= since + pd.Timedelta(days=90)) & (tickets["day"] < since + pd.Timedelta(days=365))]
    before = kinds[(tickets["day"] >= since - pd.Timedelta(days=275)) & (tickets["day"] < since)]
    change = after.value_counts() / before.value_counts()
    assert change["Succursale"] < 0.95
    assert change["Franchise"] > 1.05
    assert change["Dijon"] < change["Succursale"]


def test_the_competitor_takes_half_of_dijon(shops: Path) -> None:
    tickets, clients = visits(shops), read(shops, "clients").set_index("id_client")
    here = tickets["id_client"].map(clients["magasin"]) == "Dijon"
    before = here[(tickets["day"] > "2025-04-06") & (tickets["day"] < "2025-09-30")].mean()
    after = here[tickets["day"] > "2026-04-06"].mean()
    assert after < 0.6 * before


def test_shop_campaign_brings_orders_at_a_discount_and_margin_by_invitation(shops: Path) -> None:
    campaign = read(shops, "campagne_passee")
    campaign["bought"] = (campaign["achat_30j"] == "Oui").astype(float)
    campaign["net"] = numbers(campaign["marge_30j"]) - numbers(campaign["cout_contact"])
    groups = campaign.groupby("groupe")
    mean, error = groups["bought"].mean(), groups["bought"].sem()
    for group in ("Remise 30 %", "Invitation"):
        uplift = mean[group] - mean["Témoin"]
        spread = np.hypot(error[group], error["Témoin"])
        assert uplift > 1.96 * spread
        assert abs(uplift - RETAIL.campaign_uplift[group]) < 2.5 * spread
    net, doubt = groups["net"].mean(), groups["net"].sem()
    gained = {group: (net[group] - net["Témoin"]) / np.hypot(doubt[group], doubt["Témoin"]) for group in net.index}
    assert gained["Invitation"] > 1.96
    assert gained["Remise 30 %"] < 1.96


def test_campaign_groups_were_drawn_by_lot(shops: Path) -> None:
    campaign = read(shops, "campagne_passee").set_index("id_client")
    distance = numbers(read(shops, "clients").set_index("id_client")["distance_km"]).reindex(campaign.index)
    groups = distance.groupby(campaign["groupe"])
    spread = groups.sem().max()
    assert groups.mean().max() - groups.mean().min() < 4 * spread


def test_embers_come_back_more_often(shops: Path) -> None:
    """Among customers silent for half a year on 30 June 2025 who receive the newsletter."""
    cut = pd.Timestamp(2025, 6, 30)
    tickets, contacts = visits(shops), read(shops, "contacts")
    last = tickets[tickets["day"] <= cut].groupby("id_client")["day"].max()
    silent = last[(cut - last).dt.days.between(180, 900)].index
    sent = days(contacts["date_contact"])
    letters = contacts[(contacts["type"] == "Newsletter") & (sent <= cut) & (sent > cut - pd.Timedelta(days=75))]
    opened = (letters["ouvert"] == "Oui").groupby(letters["id_client"]).any().reindex(silent).dropna().astype(bool)
    back = tickets.loc[(tickets["day"] > cut) & (tickets["day"] <= cut + pd.Timedelta(days=180)), "id_client"]
    returned = pd.Series(opened.index.isin(back), index=opened.index)
    assert returned[opened].mean() > 3 * returned[~opened].mean()


def test_channels_rank_as_planted(shops: Path) -> None:
    clients = read(shops, "clients").set_index("id_client")
    span = visits(shops).groupby("id_client")["day"].agg(["min", "max"])
    old = span[span["min"] <= "2025-03-01"]
    kept = ((old["max"] - old["min"]).dt.days > 365).groupby(clients["canal_acquisition"].reindex(old.index)).mean()
    kept = kept.drop("")
    assert kept.idxmax() == "Parrainage"
    assert kept.idxmin() == "Comparateur"
    spend, recruits = read(shops, "depenses_marketing"), clients["canal_acquisition"].value_counts()
    cost = numbers(spend["depense"]).groupby(spend["canal_acquisition"]).sum() / recruits.drop("")
    assert cost.idxmin() == "Comparateur"
    assert cost["Comparateur"] == pytest.approx(RETAIL.cost_per_recruit["Comparateur"], rel=0.05)


def test_welcome_lifts_the_second_purchase(shops: Path) -> None:
    tickets = visits(shops).sort_values(["id_client", "day"])
    first, second = (tickets.groupby("id_client")["day"].nth(place) for place in (0, 1))
    first.index, second.index = (tickets.loc[days_.index, "id_client"] for days_ in (first, second))
    old = first[first <= "2025-09-30"]
    again = (second.reindex(old.index) - old).dt.days <= 365
    contacts = read(shops, "contacts")
    welcome = contacts[contacts["type"] == "Bienvenue"].set_index("id_client")["date_contact"]
    welcomed = (days(welcome).reindex(old.index) - old).dt.days <= RETAIL.welcome_days + 1
    assert again[welcomed].mean() - again[~welcomed].mean() > 0.08


def test_software_effects_show_in_the_files_at_the_default_size(paying_accounts: pd.DataFrame) -> None:
    frame = paying_accounts[~paying_accounts["public_sector"]]
    found = logistic(frame[[*ACCOUNT_EFFECTS, "sso", "annual"]].astype(float), frame["lost"])
    for code in ACCOUNT_EFFECTS:
        harms = SAAS.planted[code].log_odds > 0
        assert (found.loc[code, "low"] > 1) if harms else (found.loc[code, "high"] < 1), code
    assert found.loc["sso", "low"] < 1 < found.loc["sso", "high"]


def test_the_price_rise_makes_the_smaller_software_plans_leave(software: Path) -> None:
    """Terms ended for good for each hundred running, in the year before and the year after, by plan."""
    terms = read(software, "abonnements")
    terms = terms[(terms["essai"] == "Non")].assign(begin=days(terms["date_debut"]), end=days(terms["date_fin"]))
    lives = terms.groupby("id_compte").agg(
        begin=("begin", "min"), end=("end", lambda ends: ends.iloc[-1]), plan=("formule", "first")
    )
    sector = read(software, "comptes").set_index("id_compte")["secteur"].reindex(lives.index)
    lives = lives[sector != "Secteur public"]
    raised, since = lives["plan"] != "Entreprise", pd.Timestamp(2025, 4, 1)

    def rate(start: pd.Timestamp, chosen: pd.Series) -> float:
        stop = start + pd.Timedelta(days=365)
        running = chosen & (lives["begin"] < start) & ~(lives["end"] <= start)
        return float((running & (lives["end"] <= stop)).sum() / running.sum())

    year = pd.Timedelta(days=365)
    assert rate(since, raised) > 1.4 * rate(since - year, raised)
    assert rate(since, ~raised) < 1.3 * rate(since - year, ~raised)


def test_shares_in_the_files_are_the_planted_ones(shops: Path, software: Path) -> None:
    clients, accounts = read(shops, "clients"), read(software, "comptes")
    first = visits(shops).sort_values(["day", "id_ticket"]).groupby("id_client").first()
    late = clients["premiere_livraison"] == "En retard"
    found = {
        "late_first_delivery": late.mean(), "far": (numbers(clients["distance_km"]) > RETAIL.far_km).mean(),
        "one_off": (first["category"] == "Liste de mariage").mean(),
    }  # fmt: skip
    for code, share in found.items():
        assert share == pytest.approx(RETAIL.planted[code].share, abs=0.015), code
    deep = accounts["remise_premiere_annee"].str.removesuffix(" %").astype(int) >= 30
    assert deep.mean() == pytest.approx(SAAS.planted["deep_discount"].share, abs=0.025)
    public = (accounts["secteur"] == "Secteur public").mean()
    assert public == pytest.approx(SAAS.planted["public_sector"].share, abs=0.02)


def test_the_public_sector_is_the_best_prospect_and_never_stays(software: Path, paying_accounts: pd.DataFrame) -> None:
    deals = read(software, "opportunites")
    closed = deals[deals["etape"] != "Ouverte"]
    won = (closed["etape"] == "Gagnée").groupby(closed["secteur"]).mean()
    amount = numbers(deals["montant_annuel"]).groupby(deals["secteur"]).mean()
    assert won.idxmax() == amount.idxmax() == "Secteur public"
    lost = paying_accounts.groupby("public_sector")["lost"].mean()
    assert lost[True] > 0.95
    assert lost[False] < 0.40


def test_software_win_back_has_the_planted_uplift(software: Path) -> None:
    campaign = read(software, "campagne_reconquete")
    groups = (campaign["reabonne_90j"] == "Oui").astype(float).groupby(campaign["groupe"])
    mean, error = groups.mean(), groups.sem()
    for group in ("Remise 3 mois", "Accompagnement"):
        spread = np.hypot(error[group], error["Témoin"])
        assert mean[group] - mean["Témoin"] > 1.96 * spread
        assert abs(mean[group] - mean["Témoin"] - SAAS.campaign_uplift[group]) < 2.5 * spread


def test_usage_falls_before_a_software_account_ends(software: Path) -> None:
    usage, terms = read(software, "usage"), read(software, "abonnements")
    paid = terms[terms["essai"] == "Non"].assign(end=days(terms["date_fin"]), begin=days(terms["date_debut"]))
    last = paid.sort_values("begin").groupby("id_compte")["end"].last()
    usage["left"] = (last.reindex(usage["id_compte"]).to_numpy() - days(usage["mois"])).dt.days
    logins = numbers(usage["connexions"]) / numbers(usage["utilisateurs_actifs"]).clip(lower=1)
    active = numbers(usage["utilisateurs_actifs"])
    own = active.groupby(usage["id_compte"]).transform("max")
    near, far = usage["left"].between(0, 75), usage["left"].between(200, 500)
    assert (active / own)[near].mean() < 0.7 * (active / own)[far].mean()
    assert logins[near].mean() < logins[far].mean()
