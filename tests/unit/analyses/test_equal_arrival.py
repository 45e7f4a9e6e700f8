"""Groups that did not come at the same time: who came first has had longer to leave, and the gap is no gap."""

from datetime import date, timedelta

import numpy as np
import pytest

from analytics.churn.churn_rate import ANALYSIS
from tests.unit.analyses.relations import finding
from tests.unit.embedded.talks import opened
from vocabulary.themes import Strength

LAST = date(2026, 9, 30)


def contracts(seed, *, effect):
    """Two means of payment: cheques of those who came first, and `effect` times the monthly risk of the others."""
    rng = np.random.default_rng(seed)
    rows = [["Contrat", "Client", "Début", "Date de résiliation", "Règlement"]]
    for n in range(1600):
        begun = date(2019, 1, 1) + timedelta(days=int(rng.integers(0, 2700)))
        cheque = rng.random() < (0.6 if begun < date(2022, 9, 1) else 0.15)
        ended, day = "", begun
        while (day := day + timedelta(days=30)) <= LAST:
            if rng.random() < 0.02 * (effect if cheque else 1.0):
                ended = day.strftime("%d/%m/%Y")
                break
        rows.append([f"K{n:05d}", f"C{n:05d}", begun.strftime("%d/%m/%Y"), ended, "Chèque" if cheque else "Prélèvement"])
    return rows


@pytest.mark.parametrize("seed", range(3))
def test_a_gap_of_arrivals_is_said_to_be_one(tmp_path_factory, seed):
    for study in opened(tmp_path_factory, f"alike{seed}", {"contrats.csv": contracts(seed, effect=1.0)}):
        found = finding(study, ANALYSIS, by="Règlement")
        assert "à dates d’arrivée égales" in found.claim.render("fr")
        assert found.strength is Strength.WEAK


def test_a_gap_that_stands_is_named(tmp_path_factory):
    for study in opened(tmp_path_factory, "apart", {"contrats.csv": contracts(1, effect=2.0)}):
        found = finding(study, ANALYSIS, by="Règlement")
        assert "“Chèque” loses most" in found.claim.render("en")
