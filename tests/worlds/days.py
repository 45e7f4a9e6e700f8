"""Houses under contract where something drives customers away within days, or only seems to: the truth is written before the data.

Linen hired by restaurants, brought each week; or telephone lines, and the calls about them. In a house with a cause, what is `hurt` by makes the
hazard of leaving so many times higher for some days, and nothing afterwards. Each trap is a decoy that goes with departures without bringing them
about: what comes of the notice, who meets more and leaves more, a town that closes after bad weeks, a season, newcomers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

FIRST, DAYS = pd.Timestamp("2024-09-01"), 740
TOWNS = ("Tours", "Dijon", "Lens")
Trap = Literal["", "notice", "heavy", "frail", "town", "closing", "season", "newcomers", "exposed"]


@dataclass(frozen=True)
class House:
    """One house.

    Args:
        weekly: rows of deliveries, one a week, with a state; else calls, with a topic.
        hurt, usual, other: the words of the states or topics.
        often: share of deliveries that hurt, or of such calls a week.
        times, days: how many times higher the hazard is, for how long.
        hazard: of leaving in a month. ends: the end is the day itself, the last of its month, or comes some days after the notice.
        trap: see the module.
    """

    weekly: bool = True
    hurt: str = "Déchiré"
    usual: str = "Livré"
    other: str = "Déposé à l’accueil"
    often: float = 0.03
    times: float = 1.0
    days: int = 7
    hazard: float = 0.02
    ends: Literal["same", "month", "later"] = "same"
    trap: Trap = ""
    n: int = 1300


def tables(house: House, seed: int) -> dict[str, pd.DataFrame]:
    """The files of a house: its customers, and what happened to them."""
    rng = np.random.default_rng([seed, house.n])
    n = house.n
    begun = np.where(np.arange(n) < n // 3, 0, rng.integers(0, DAYS - 30, n))
    town, size = rng.integers(0, len(TOWNS), n), rng.choice(["Petit", "Moyen", "Grand"], n)
    hazard, often, rate = _who_they_are(house, rng, town)
    phase, hurt_on = rng.integers(0, 7, n), np.full(n, -999)
    decided, ended = np.full(n, -1), np.full(n, -1)
    rows: list[tuple[int, int, str]] = []
    for day in range(DAYS):
        served = (begun <= day) & ((ended < 0) | (ended >= day))
        today, risk = _of_the_day(house, day, begun, town, often, hazard)
        met = rng.random(n)
        if house.weekly:
            due = served & (met < rate / 7 if house.trap == "heavy" else (day - phase) % 7 == 0)
            drawn = rng.random(n)
            hit = due & (drawn < today)
            rows += [(i, day, house.hurt if hit[i] else house.other if drawn[i] < today[i] + 0.1 else house.usual) for i in np.flatnonzero(due)]
        else:
            hit = served & (met < rate * today / 7)
            rows += [(i, day, house.hurt) for i in np.flatnonzero(hit)]
            rows += [(i, day, str(rng.choice([house.usual, house.other]))) for i in np.flatnonzero(served & (rng.random(n) < 0.02 * rate))]
        since = day - hurt_on
        risk = np.where((since >= 1) & (since <= house.days), risk * house.times, risk)
        hurt_on[hit] = day
        for i in np.flatnonzero((begun < day) & (decided < 0) & (rng.random(n) < risk)):
            decided[i], ended[i] = day, _end(house, day, rng)
            if house.trap == "notice" and rng.random() < 0.5:
                rows.append((int(i), int(rng.integers(day, ended[i] + 1)), house.hurt))
    told = pd.DataFrame(rows, columns=["who", "day", "said"])
    told = told[told["day"] < DAYS].sort_values(["day", "who"], kind="stable")
    people = pd.DataFrame({
        "client_no": [f"R{i:05d}" for i in range(n)], "debut_contrat": FIRST + pd.to_timedelta(begun, "D"),
        "fin_contrat": [FIRST + pd.Timedelta(days=int(end)) if 0 <= end < DAYS else pd.NaT for end in ended], "taille": size,
        "ville": [TOWNS[one] for one in town],
    })  # fmt: skip
    who, when = [f"R{i:05d}" for i in told["who"]], (FIRST + pd.to_timedelta(told["day"], "D")).dt.strftime("%Y-%m-%d").to_numpy()
    number = [f"N{place:06d}" for place in range(len(told))]
    if house.weekly:
        return {"restaurants": people, "livraisons": pd.DataFrame({"livraison_no": number, "client_no": who, "date_livraison": when, "etat_linge": told["said"].to_numpy()})}
    return {"abonnes": people, "tickets_support": pd.DataFrame({"ticket_no": number, "client_no": who, "date_appel": when, "motif": told["said"].to_numpy()})}


def _who_they_are(house: House, rng: Any, town: Any) -> tuple[Any, Any, Any]:
    n = house.n
    hazard, often, rate = np.full(n, house.hazard / 30), np.full(n, house.often), np.ones(n)
    if house.trap == "heavy":
        rate = np.where(rng.random(n) < 0.3, 3.0, 0.7)
        hazard = hazard * np.where(rate > 1, 3.0, 0.6)
    if house.trap in ("frail", "town"):
        worse = town == 0 if house.trap == "town" else rng.random(n) < 0.25
        often, hazard = often * np.where(worse, 3.0, 0.6), hazard * np.where(worse, 3.0, 0.7)
    if house.trap == "exposed":  # a town more often served badly, and left more for that alone
        often = often * np.where(town == 0, 3.0, 0.6)
    return hazard, often, rate


def _of_the_day(house: House, day: int, begun: Any, town: Any, often: Any, hazard: Any) -> tuple[Any, Any]:
    """The share that hurts and the hazard of each, that day."""
    if house.trap == "season" and (FIRST + pd.Timedelta(days=day)).month in (11, 12):
        return often * 4, hazard * 4
    if house.trap == "newcomers":
        new = day - begun < 21
        return np.where(new, often * 5, often), np.where(new, hazard * 5, hazard)
    if house.trap == "closing":
        for place, closed in ((0, 330), (1, 560)):
            often = np.where((town == place) & (closed - 21 <= day <= closed), 0.5, often)
            hazard = np.where((town == place) & (day >= closed), 0.5, hazard)
    return often, hazard


def _end(house: House, day: int, rng: Any) -> int:
    if house.ends == "month":
        return int((FIRST + pd.Timedelta(days=day) + pd.offsets.MonthEnd(0) - FIRST).days)
    return day + (int(rng.integers(3, 21)) if house.ends == "later" else 0)
