"""What is named as going with departures, on planted files: the confounding that a hasty reading falls for is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.catalog import Runner
from analytics.churn import churn_drivers
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.analyses.relations import finding, labelled
from vocabulary.finding import Finding

TODAY = date(2026, 10, 1)


def why(folder: Path, arguments: dict[str, Any] | None = None, **tables: pd.DataFrame) -> Finding:
    """Import these tables as files, and ask why customers leave."""
    paths = [folder / f"{name}.csv" for name in tables]
    for path, frame in zip(paths, tables.values(), strict=True):
        frame.to_csv(path, index=False)
    workspace = Workspace(folder / "workspace")
    import_files(workspace, paths, today=TODAY)
    study = open_study(workspace)
    try:
        found = Runner(study, [churn_drivers.ANALYSIS]).run("churn_drivers", arguments)
    finally:
        study.database.close()
    assert isinstance(found, Finding), found
    return found


def drivers_of(folder: Path, **tables: pd.DataFrame) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """The items by feature, and why each other column was set aside."""
    found = why(folder, **tables)
    return {item["feature"]: dict(item) for item in found.items}, {s.column: s.why.value for s in found.set_aside}


def test_what_newcomers_are_given_is_not_why_they_leave(tmp_path: Path) -> None:
    """A launch offer made to newcomers and a badge won with age: both go with departures, through the age alone.

    Truth: the odds of having left fall with the age reached; only `bug_signale` (odds ratio 2) acts at equal age.
    """
    rng = np.random.default_rng(22)
    n = 5000
    tenure = np.ceil(rng.exponential(25, n))
    offer, badge = rng.random(n) < np.where(tenure < 8, 0.8, 0.05), rng.random(n) < np.clip(tenure / 80, 0, 0.9)
    bug = rng.random(n) < 0.25
    gone = rng.random(n) < 1 / (1 + np.exp(-(1.6 - 1.1 * np.log1p(tenure) + np.log(2) * bug)))
    words = {True: "oui", False: "non"}
    people = pd.DataFrame({
        "client": [f"T{i}" for i in range(n)], "anciennete_mois": tenure, "offre_lancement": pd.Series(offer).map(words),
        "badge_or": pd.Series(badge).map(words), "bug_signale": pd.Series(bug).map(words), "resilie": gone,
    })  # fmt: skip
    raw = people.groupby("offre_lancement")["resilie"].mean()
    assert raw["oui"] > 1.5 * raw["non"]
    items, aside = drivers_of(tmp_path, clients=people)
    assert set(items) == {"bug_signale"}
    assert items["bug_signale"]["kind"].value == "cause"
    assert items["bug_signale"]["low"] <= 2.0 <= items["bug_signale"]["high"]
    assert aside["anciennete_mois"] == "clock"


def test_each_leak_is_told_as_one_and_the_cause_survives_them(tmp_path: Path) -> None:
    """Seven columns written once the customer has gone, in seven manners, beside one cause (odds ratio 2.2).

    The cause is named as an order's fate ("delivery_lost"), whose word alone could pass for a label or a departure.
    """
    rng = np.random.default_rng(23)
    n = 4000
    lost_parcel = rng.random(n) < 0.3
    gone = rng.random(n) < 1 / (1 + np.exp(-(-1.75 + np.log(2.2) * lost_parcel)))

    def once_gone(share: float) -> Any:
        return gone & (rng.random(n) < share)

    people = pd.DataFrame({
        "uid": [f"q{i:05d}" for i in range(n)], "delivery_lost": lost_parcel.astype(int),
        "last_sum_due": np.where(once_gone(0.97), np.round(rng.gamma(2, 20, n), 2), np.nan),
        "interview_mark": np.where(once_gone(0.5), rng.integers(1, 11, n).astype(float), np.nan),
        "goodbye_email_sent": once_gone(0.6).astype(int),
        "credit_note": np.where(once_gone(0.3), np.round(rng.gamma(2, 9, n), 2), 0.0),
        "status_code": np.where(gone, rng.choice(["T1", "T2"], n), rng.choice(["A1", "A2", "A3"], n)),
        "access_blocked": (once_gone(0.7) | (rng.random(n) < 0.01)).astype(int),
        "exit_survey": np.where(once_gone(0.4), rng.integers(1, 6, n).astype(float), np.nan),
        "shoe_size": rng.integers(36, 46, n), "churned": gone.astype(int),
    })  # fmt: skip
    items, aside = drivers_of(tmp_path, people=people)
    assert set(items) == {"delivery_lost"}
    assert items["delivery_lost"]["kind"].value == "cause"
    saved = gone[lost_parcel].sum() - lost_parcel.sum() * gone[~lost_parcel].mean()
    assert items["delivery_lost"]["explained_low"] < saved < items["delivery_lost"]["explained_high"]
    leaks = {name for name, why in aside.items() if why == "leak"}
    assert leaks == {"last_sum_due", "interview_mark", "goodbye_email_sent", "credit_note", "status_code", "access_blocked", "exit_survey"}


def test_todays_activity_does_not_explain_past_departures(tmp_path: Path) -> None:
    """Joining and leaving dates, and visits of the last month as they stand today: undated, and not "too sparse"."""
    rng = np.random.default_rng(1)
    n, span = 2500, 1100
    joined = rng.integers(0, span, n)
    broken = rng.random(n) < 0.25
    left = joined + rng.exponential(1 / (0.0011 * np.where(broken, 2.2, 1.0)))
    gone = left <= span
    day = pd.Timestamp("2026-09-30") - pd.Timedelta(days=span)
    people = pd.DataFrame({
        "MemberNo": np.arange(10_001, 10_001 + n), "JoinDate": day + pd.to_timedelta(joined, "D"),
        "CancelDate": (day + pd.to_timedelta(np.floor(left), "D")).where(gone),
        "EquipmentBrokenReported": np.where(broken, "Yes", "No"), "VisitsLast30Days": rng.poisson(np.where(gone, 2, 8)),
    })  # fmt: skip
    items, aside = drivers_of(tmp_path, members=people)
    assert {name: item["kind"].value for name, item in items.items()} == {"EquipmentBrokenReported": "cause"}
    assert aside["VisitsLast30Days"] == "undated"


def _members(seed: int, *, young: bool, fee_acts: float) -> tuple[pd.DataFrame, Any]:
    """Members come evenly over three years, and a fee that rose by 2 for those who came later; a breakdown drives them away.

    Args:
        seed: of the draw.
        young: those who leave do so in their first weeks, so that a window of a year would be met by survivors only.
        fee_acts: times the hazard of leaving with the dear plan; 1 when the fee does nothing.
    """
    rng = np.random.default_rng(seed)
    n, span = 3000, 1095
    first = pd.Timestamp("2026-09-30") - pd.Timedelta(days=span)
    came = rng.integers(0, span, n)
    late, dear, broken = came >= 0.55 * span, rng.random(n) < 0.4, rng.random(n) < 0.25
    hazard = np.where(broken, 2.2, 1.0) * np.where(dear, fee_acts, 1.0)
    leaves_soon = rng.random(n) < np.clip(0.25 * hazard, 0, 0.95)
    stay = np.where(leaves_soon, rng.exponential(45, n), rng.exponential(9000, n)) if young else rng.exponential(900 / hazard)
    left = came + np.maximum(1, stay)
    gone = left <= span
    people = pd.DataFrame({
        "membre": [f"M{i:05d}" for i in range(n)], "date_debut": first + pd.to_timedelta(came, "D"),
        "date_resiliation": (first + pd.to_timedelta(np.floor(left), "D")).where(gone), "statut": np.where(gone, "Résilié", "Actif"),
        "mensualite": np.where(dear, 30.0, 20.0) + np.where(late, 2.0, 0.0), "panne_signalee": np.where(broken, "oui", "non"),
    })  # fmt: skip
    return people, gone


@pytest.mark.parametrize(
    ("labelled_too", "young"), [(True, False), (False, False), (True, True)], ids=["a_label_with_dates", "dates_alone", "as_they_stand"]
)
def test_a_price_that_tells_when_one_came_is_no_cause(tmp_path: Path, labelled_too: bool, young: bool) -> None:
    """The first fee was lower, and who came first has had longer to leave: low fees are met among leavers, and do nothing."""
    people, gone = _members(41, young=young, fee_acts=1.0)
    low = people["mensualite"].isin([20.0, 30.0])
    assert gone[low].mean() > 1.15 * gone[~low].mean()
    items, aside = drivers_of(tmp_path, membres=people if labelled_too else people.drop(columns="statut"))
    assert {name: item["kind"].value for name, item in items.items()} == {"panne_signalee": "cause"}
    assert items["panne_signalee"]["low"] <= 2.8 and items["panne_signalee"]["high"] >= 2.2
    assert aside["mensualite"] == "no_effect"


@pytest.mark.parametrize("young", [False, True], ids=["over_one_window", "as_they_stand"])
def test_a_price_that_drives_customers_away_is_found_though_it_changed(tmp_path: Path, young: bool) -> None:
    """The dear plan makes them leave: its fee is named, from the price of it, though all fees changed with time."""
    people, _ = _members(42, young=young, fee_acts=2.5)
    items, _aside = drivers_of(tmp_path, membres=people)
    assert {name: item["kind"].value for name, item in items.items()} == {"panne_signalee": "cause", "mensualite": "cause"}
    (condition,) = items["mensualite"]["segment"]
    assert condition["operator"] == ">=" and 22.0 < condition["values"][0] <= 30.0


def _several_contracts(seed: int) -> pd.DataFrame:
    """Contracts, a new one at each change of plan: a count that drives the account away, one of changes, a way to pay that varies."""
    rng = np.random.default_rng(seed)
    span, first = 1095, pd.Timestamp("2026-09-30") - pd.Timedelta(days=1095)
    rows: list[dict[str, Any]] = []
    for i in range(1500):
        begun, number, breakdowns, pay = int(rng.integers(0, span)), 0, int(rng.poisson(0.4)), rng.choice(["Card", "Direct Debit"])
        left = begun + max(1, int(rng.exponential(900 / 2.5 ** min(breakdowns, 3))))
        while True:
            end = min(begun + int(rng.exponential(400)) + 20, left)
            rows.append({
                "contract": f"K{len(rows):05d}", "account": f"A{i:05d}", "plan": rng.choice(["Basic", "Plus"]),
                "start_date": first + pd.Timedelta(days=begun), "end_date": first + pd.Timedelta(days=end) if end <= span else None,
                "status": "Active" if end > span else "Cancelled" if end == left else "Switched plan", "payment_method": pay,
                "boiler_breakdowns": breakdowns, "missed_visits": breakdowns if rng.random() < 0.9 else 0, "amendment": number,
            })  # fmt: skip
            if end > span or end == left:
                break
            begun, number = end + 1, number + 1
            pay = rng.choice(["Card", "Direct Debit"]) if rng.random() < 0.3 else pay
    return pd.DataFrame(rows)


def test_what_differs_from_one_contract_to_the_next_is_told_of_the_one_held(tmp_path: Path) -> None:
    """Of several contracts an account, nothing is lost without a word; the number of changes, which grows with time, is no cause."""
    rows = _several_contracts(43)
    items, aside = drivers_of(tmp_path, contracts=rows.drop(columns="missed_visits"))
    assert {name: item["kind"].value for name, item in items.items()} == {"boiler_breakdowns": "cause"}
    assert {aside[name] for name in ("payment_method", "amendment")} == {"no_effect"}
    workspace = Workspace(tmp_path / "workspace")
    study = open_study(workspace)
    try:
        told = {attribute.name: attribute.column for attribute in study.attributes}
        sql = f"SELECT customer_id, {told['payment_method']}, {told['amendment']} FROM customers"
        found = {who: (pay, number) for who, pay, number in study.rows(sql)}
    finally:
        study.database.close()
    last = rows.sort_values("start_date").groupby("account").last()
    assert found == {who: (row["payment_method"], row["amendment"]) for who, row in last.iterrows()}


def test_what_was_missed_is_told_with_doubt_and_not_hidden(tmp_path: Path) -> None:
    """Missed by the house or by the customer, the file does not say: a linked factor, neither a cause nor a sign kept silent."""
    items, _aside = drivers_of(tmp_path, contracts=_several_contracts(44).drop(columns="boiler_breakdowns"))
    assert {name: item["kind"].value for name, item in items.items()} == {"missed_visits": "unclear"}


def _orders(seed: int, broken_acts: bool) -> pd.DataFrame:
    """Orders of a shop without contracts: some arrive broken, more with one carrier; a broken one is often the last."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    span, first = 900, pd.Timestamp("2024-04-01")
    for i in range(1200):
        begun, slow_side = int(rng.integers(0, span - 60)), rng.random() < 0.4
        day = begun
        while day < span:
            carrier = "Vitcolis" if rng.random() < (0.7 if slow_side else 0.2) else "Chronoval"
            broken = rng.random() < (0.25 if carrier == "Vitcolis" else 0.05)
            for article in rng.choice(["Rouge", "Blanc", "Bulles"], size=int(rng.integers(1, 3)), replace=False):
                rows.append({
                    "num_commande": f"N{i:05d}-{day}", "date_commande": (first + pd.Timedelta(days=day)).strftime("%d/%m/%Y"),
                    "num_client": f"C{i:05d}", "article": article, "montant_ttc": round(float(rng.gamma(3, 15)), 2), "transporteur": carrier,
                    "delai_livraison_jours": int(rng.poisson(4)) + 1, "casse_signalee": "Oui" if broken else "Non",
                    "nouveau_client": "Non" if day > begun else "Oui",
                })  # fmt: skip
            if rng.random() < (0.5 if broken and broken_acts else 0.02):
                break
            day += int(rng.integers(20, 75))
    return pd.DataFrame(rows)


@pytest.mark.parametrize("acts", [True, False])
def test_what_happened_to_the_last_order_is_a_reason_or_is_not(tmp_path: Path, acts: bool) -> None:
    """A breakage written on the lines of an order is found when it drives customers away, and its carrier is not; else nothing is."""
    items, aside = drivers_of(tmp_path, commandes=_orders(45, acts))
    named = {name: item["kind"].value for name, item in items.items() if item["kind"].value != "symptom"}
    assert named == ({"last_order: casse_signalee": "cause"} if acts else {})
    assert aside["last_order: transporteur"] == aside["last_order: delai_livraison_jours"] == "no_effect"


def test_a_file_pasted_twice_tells_the_same(tmp_path: Path) -> None:
    """Every line there twice: the customers, their departures and their causes are counted once."""
    rng = np.random.default_rng(26)
    n = 1500
    wrong = rng.random(n) < 0.35
    gone = rng.random(n) < 1 / (1 + np.exp(-(-1.4 + np.log(2.5) * wrong)))
    people = pd.DataFrame({
        "ref_client": [f"R{i:05d}" for i in range(n)], "erreur_facturation": np.where(wrong, "Oui", "Non"),
        "region": rng.choice(["Nord", "Sud", "Ouest"], n), "resilie": np.where(gone, "Oui", "Non"),
    })  # fmt: skip
    results = []
    for name, frame in (("once", people), ("twice", pd.concat([people, people]))):
        (tmp_path / name).mkdir()
        items, _ = drivers_of(tmp_path / name, base=frame)
        results.append({key: items["erreur_facturation"][key] for key in ("customers", "lost_rate", "adjusted_effect", "low")})
    assert results[0] == results[1]


def test_where_no_cause_is_named_none_is_to_be_tested(tmp_path: Path) -> None:
    """« Agir sur ce facteur » has no meaning where there is none: what would show one is said instead."""
    draw = np.random.default_rng(8)
    n = 900
    people = pd.DataFrame({
        "id": [f"C{i:04d}" for i in range(n)], "gone": draw.random(n) < 0.3, "tenure": draw.integers(1, 60, n), "bill": 30.0,
        "region": draw.choice(["N", "S"], n), "plan": draw.choice(["a", "b"], n),
    })  # fmt: skip
    found = finding(labelled(tmp_path, people), churn_drivers.ANALYSIS)
    assert found.doubt is not None and "this factor" not in found.doubt.render("en")
    told = pd.Series(np.where(people["plan"] == "a", 0.55, 0.1)) > draw.random(n)
    named = finding(labelled(tmp_path / "named", people.assign(gone=told)), churn_drivers.ANALYSIS)
    assert named.doubt is not None and "this factor" in named.doubt.render("en")


def test_what_a_linked_factor_explains_away_comes_after_it(tmp_path: Path) -> None:
    """More appointments are missed in one region, which has no effect of its own: it is never the first factor told.

    Truth: the odds of leaving grow 2.5 times with each missed appointment; beside them, the region changes nothing, though it
    touches more of those who left than any count of appointments does.
    """
    rng = np.random.default_rng(32)
    n = 2400
    north = rng.random(n) < 0.35
    missed = rng.poisson(np.where(north, 0.7, 0.1))
    gone = rng.random(n) < 1 / (1 + np.exp(-(-1.6 + np.log(2.5) * np.minimum(missed, 3))))
    people = pd.DataFrame({
        "account": [f"A{i}" for i in range(n)], "region": np.where(north, "North West", "South"), "missed_appointments": missed,
        "plan": rng.choice(["Gold", "Silver"], n), "churn": np.where(gone, "Yes", "No"),
    })  # fmt: skip
    raw = people.assign(gone=gone).groupby("region")["gone"].mean()
    assert raw["North West"] > 1.5 * raw["South"]
    items, _ = drivers_of(tmp_path, customers=people)
    assert list(items) == ["missed_appointments", "region"]
    assert items["region"]["explained_departures"] > items["missed_appointments"]["explained_departures"] and items["region"]["kind"].value == "unclear"
    assert items["region"]["explained_by"] == "missed_appointments" and items["missed_appointments"]["explained_by"] is None
    study = open_study(Workspace(tmp_path / "workspace"))
    try:
        told = [fact.render("en") for fact in finding(study, churn_drivers.ANALYSIS).facts]
    finally:
        study.database.close()
    assert "all else equal" in told[0] and "all else equal" not in told[1] and "explains it away" in told[1]
