"""How long a first reply is waited for: named where slow replies drive away, and nothing where they do not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.customers.reply_waits import REPLY_WAIT, reply_wait
from tests.unit.analyses.test_lived_moments import again, told
from tests.unit.analyses.test_tickets_followed import causes

_FIRST, _MONTHS = pd.Timestamp("2024-02-01"), 28


def _owners(seed: int, *, slow: float = 1.0) -> dict[str, pd.DataFrame]:
    """Owners who let their flats through an agency, and write to it. Truth: for a season after a reply of more than two days, the hazard of ending
    the mandate is so many times higher. Decoys: the town, and owners of several flats who write more."""
    rng = np.random.default_rng(seed)
    owners, requests = [], []
    for i in range(1400):
        begun, flats, left = int(rng.integers(0, _MONTHS - 2)), int(rng.choice([1, 1, 3])), None
        slows: list[int] = []
        for month in range(begun, _MONTHS):
            day = _FIRST + pd.DateOffset(months=month)
            if month > begun and rng.random() < 0.018 * (slow if any(month - 3 <= one < month for one in slows) else 1.0):
                left = day + pd.Timedelta(days=int(rng.integers(1, 27)))
            for _ in range(rng.poisson(0.3 * flats)):
                when, wait = day + pd.Timedelta(days=int(rng.integers(0, 27))), float(rng.uniform(55, 120) if rng.random() < 0.2 else rng.gamma(3, 4))
                if left is None or when < left:
                    slows += [month] if wait > 48 else []
                    requests.append((f"D{len(requests):06d}", f"P{i:04d}", when, rng.choice(["loyer", "travaux", "charges"]), round(wait, 1)))
            if left is not None:
                break
        owners.append((f"P{i:04d}", _FIRST + pd.DateOffset(months=begun), left, rng.choice(["Brest", "Vannes"]), flats))
    return {
        "proprietaires": pd.DataFrame(owners, columns=["num_client", "debut_mandat", "fin_mandat", "ville", "nb_biens"]),
        "demandes": pd.DataFrame(requests, columns=["num_demande", "num_client", "date_demande", "motif", "delai_premiere_reponse_heures"]),
    }


@pytest.mark.parametrize("seed", [1, again(2), again(3)])
def test_a_slow_reply_is_named_and_not_whatever_is_written(tmp_path: Path, seed: int) -> None:
    found = causes(tmp_path, _owners(seed, slow=4.0))
    assert list(found) == [REPLY_WAIT]
    item = found[REPLY_WAIT]
    assert item["kind"].value == "cause" and item["counted_in"] == "months" and item["low"] > 2.0
    assert item["touched"].render("fr").lower().startswith("plus longue attente d’une réponse en trois mois, en heures")
    assert item["touched"].render("en").lower().startswith("longest wait for a reply in three months, in hours")


@pytest.mark.slow
def test_asked_about_it_is_answered_for_itself(tmp_path: Path) -> None:
    (said,) = told(tmp_path, _owners(1, slow=4.0), ("delai_premiere_reponse_heures", None))
    assert said.startswith("Yes, your data say so: longest wait for a reply")


@pytest.mark.parametrize("seed", [4, again(5), again(6)])
def test_where_nothing_acts_nothing_is_named(tmp_path: Path, seed: int) -> None:
    assert not causes(tmp_path, _owners(seed))


@pytest.mark.parametrize(("header", "a_day"), [
    ("first_response_minutes", 1440), ("ReplyHours", 24), ("Délai de réponse (jours)", 1), ("response_rate_days", None), ("first_reply", None), ("resolution_hours", None),
])  # fmt: skip
def test_a_wait_says_its_unit(header: str, a_day: int | None) -> None:
    wait = reply_wait("tickets.csv", header)
    assert (None if wait is None else wait.a_day) == a_day
