"""A shop whose customers forgive one order that went wrong and not the second: the second is named, not every wait nor every breakage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.customers.event_marks import AGAIN
from tests.unit.analyses.test_lived_moments import again
from tests.unit.analyses.test_tickets_followed import causes

_FIRST, _DAYS = pd.Timestamp("2024-01-01"), 760


def _wines(seed: int, *, late_twice: float = 1.0, broken_twice: float = 1.0, broken: float = 1.0) -> dict[str, pd.DataFrame]:
    """People who order wine. Truth: after a second order late, or broken, in half a year, or after any broken one, the odds of stopping are higher.

    Decoy: the carrier, which breaks more often.
    """
    rng = np.random.default_rng(seed)
    people, orders = [], []
    for i in range(1500):
        who, carrier, day = f"V{i:04d}", rng.choice(["Rapide", "Sûr"]), int(rng.integers(0, 500))
        lates: list[int] = []
        breaks: list[int] = []
        people.append((who, rng.choice(["Reims", "Pau", "Metz"])))
        while day < _DAYS:
            late, hurt = rng.random() < 0.15, rng.random() < (0.2 if carrier == "Rapide" else 0.1)
            promised = day + int(rng.integers(3, 9))
            came = promised + (int(rng.integers(2, 9)) if late else -int(rng.integers(0, 3)))
            orders.append((f"O{len(orders):06d}", who, *(_FIRST + pd.to_timedelta(when, "D") for when in (day, promised, came)), carrier, "oui" if hurt else "non", float(rng.integers(30, 200))))
            second = [any(day - 180 < one for one in past) for past in (lates, breaks)]
            times = (late_twice if late and second[0] else 1.0) * (broken if hurt else 1.0) * (broken_twice if hurt and second[1] else 1.0)
            lates += [day] if late else []
            breaks += [day] if hurt else []
            if rng.random() < min(0.9, 0.05 * times):
                break
            day += int(rng.gamma(4, 8)) + 5
    heads = ["num_commande", "num_client", "date_commande", "livraison_promise", "livree_le", "transporteur", "bouteille_cassee", "montant"]
    return {"clients": pd.DataFrame(people, columns=["num_client", "ville"]), "commandes": pd.DataFrame(orders, columns=heads)}


@pytest.mark.parametrize("seed", [2, again(3)])
def test_the_second_late_order_is_named_and_not_every_wait(tmp_path: Path, seed: int) -> None:
    (item,) = causes(tmp_path, _wines(seed, late_twice=6.0)).values()
    assert item["feature"].endswith(AGAIN) and item["source_columns"] == ["livree_le"] and item["kind"].value == "cause"
    assert item["low"] > 2.0 and item["counted_in"] == "orders"
    assert item["touched"].render("fr").lower().startswith("au moins deux commandes livrées en retard en six mois")
    assert item["touched"].render("en").lower().startswith("at least two orders delivered late in six months")


@pytest.mark.parametrize("seed", [4, again(5)])
def test_the_second_breakage_is_named(tmp_path: Path, seed: int) -> None:
    (item,) = causes(tmp_path, _wines(seed, broken_twice=6.0)).values()
    assert item["feature"].endswith(AGAIN) and item["source_columns"] == ["bouteille_cassee"]


@pytest.mark.parametrize("seed", [again(6), again(7)])
def test_where_each_breakage_drives_away_it_is_told_as_one(tmp_path: Path, seed: int) -> None:
    (item,) = causes(tmp_path, _wines(seed, broken=4.0)).values()
    assert not item["feature"].endswith(AGAIN) and item["source_columns"] == ["bouteille_cassee"]


@pytest.mark.parametrize("seed", [8, again(9), again(10), again(11)])
def test_where_nothing_acts_nothing_is_named(tmp_path: Path, seed: int) -> None:
    assert not causes(tmp_path, _wines(seed))
