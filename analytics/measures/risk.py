"""The chance that each customer leaves: an additive model, explained exactly and calibrated out of fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.datamodel.attributes import Timing
from analytics.measures.exposure import Exposure, Frame, exposure, usable
from analytics.measures.too_late import written_too_late
from analytics.statistics.arrays import Column, Floats
from analytics.statistics.folds import folds_of
from analytics.statistics.leaks import find_leaks, knows_too_much
from analytics.study import Study

if TYPE_CHECKING:
    from analytics.statistics.additive import AdditiveModel
    from analytics.statistics.additive_check import AdditiveCheck
    from analytics.statistics.calibration import Calibration

LEAST_EVENTS = 30
_MOST_GLANCED, _FEW, _MARGIN = 50_000, 3_000, 0.05
_MOST_TRIED = 10_000  # folds and calibration: their error is already far below what is shown


@dataclass(frozen=True, slots=True)
class RiskModel:
    """A fitted model of leaving.

    Args:
        model: additive, in log-odds; its contributions sum to its score.
        check: cross-validated AUC, and what additivity costs against a free model.
        calibration: from score to probability, fitted out of fold.
        names: the features it reads. leaks: those left out because they know the outcome.
    """

    model: AdditiveModel
    check: AdditiveCheck
    calibration: Calibration
    names: tuple[str, ...]
    leaks: tuple[str, ...]

    def probability(self, features: Mapping[str, Column]) -> Floats:
        """The calibrated chance of leaving, one a customer, 0..1."""
        return self.calibration.probability(self.model.score({name: features[name] for name in self.names}))


def risk_model(study: Study) -> RiskModel | None:
    """The model of the study's customers, fitted once; None when nothing tells who left, or too few did."""
    key = f"risk {study.segment!r}"
    if key not in study.memo:
        exposed = exposure(study)
        study.memo[key] = fit_risk(exposed) if exposed is not None and exposed.frame.size else None
    found: RiskModel | None = study.memo[key]
    return found


def promising(study: Study, least: float) -> bool:
    """Whether a model would tell leavers apart, as one fitted on a few and tried on others says; known, if it was fitted.

    A large base whose model is not fitted yet is not looked at: it would cost as much as the answer.
    """
    key = f"risk {study.segment!r}"
    if key in study.memo:
        known: RiskModel | None = study.memo[key]
        return known is not None and known.check.auc >= least
    if study.database.row("SELECT count(*) FROM customers")[0] > _MOST_GLANCED:
        return False
    if f"glance {study.segment!r}" not in study.memo:
        exposed = exposure(study)
        study.memo[f"glance {study.segment!r}"] = 0.0 if exposed is None else _glance(exposed)
    return bool(study.memo[f"glance {study.segment!r}"] >= least + _MARGIN)


def _glance(exposed: Exposure) -> float:
    """The AUC of a model fitted on half of a few customers, on the other half; 0 with too few departures or survivors."""
    from analytics.statistics.additive import fit_additive
    from analytics.statistics.calibration import auc

    if min(exposed.outcome.sum(), (~exposed.outcome).sum()) < LEAST_EVENTS:
        return 0.0
    few = exposed.sample(_FEW)
    half = folds_of(few.frame.hashes, 2, few.outcome) == 0
    features = risk_features(few.frame)
    lived = usable(few.frame, Timing.AT_RECRUITMENT, Timing.DURING, Timing.UNKNOWN)
    marked = written_too_late(few)
    kept = {n: c for n, c in features.items() if n not in marked and (n not in lived or not knows_too_much(c, few.outcome))}
    if not kept or min(few.outcome[half].sum(), (~few.outcome[half]).sum(), few.outcome[~half].sum(), (~few.outcome[~half]).sum()) < 10:
        return 0.0
    model = fit_additive({n: c[half] for n, c in kept.items()}, few.outcome[half])
    return auc(few.outcome[~half], model.score({n: c[~half] for n, c in kept.items()}))


def fit_risk(exposed: Exposure) -> RiskModel | None:
    """Fit on everything known before the window, warnings included; None with fewer than 30 departures or survivors."""
    from analytics.statistics.additive import fit_additive  # scikit-learn is loaded only when a model is fitted
    from analytics.statistics.additive_check import check_additive
    from analytics.statistics.calibration import calibrate

    tried = exposed.sample(_MOST_TRIED)
    outcome = exposed.outcome
    if min(outcome.sum(), (~outcome).sum()) < LEAST_EVENTS:
        return None
    sampled = risk_features(tried.frame)
    folds = folds_of(tried.frame.hashes, 5, tried.outcome)
    lived = usable(tried.frame, Timing.AT_RECRUITMENT, Timing.DURING, Timing.UNKNOWN)
    too_telling = {name for name in sampled if name in lived and knows_too_much(sampled[name], tried.outcome)} | {*written_too_late(tried)}
    leaks = {*find_leaks(sampled, tried.outcome, folds), *too_telling}
    sampled = {name: column for name, column in sampled.items() if name not in leaks}
    if not sampled:
        return None
    check = check_additive(sampled, tried.outcome, folds)
    model = fit_additive({name: exposed.frame.features[name] for name in sampled}, outcome)
    return RiskModel(model, check, calibrate(check.out_of_fold, tried.outcome), tuple(sampled), tuple(sorted(leaks)))


def risk_features(frame: Frame) -> dict[str, Column]:
    """All that may foretell a departure: everything but what is only known once the customer has gone."""
    features = usable(frame, Timing.AT_RECRUITMENT, Timing.DURING, Timing.WARNING, Timing.UNKNOWN, Timing.CLOCK)
    return {name: column for name, column in features.items() if _varies(column)}


def _varies(column: Column) -> bool:
    seen = {str(value) for value in column[:2000]}
    return len(seen) > 1
