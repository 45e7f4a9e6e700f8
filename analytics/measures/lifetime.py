"""How long each relation has lasted so far, and whether it is over: the two columns every survival curve needs."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.datamodel.model import LostBasis
from analytics.datamodel.roles import Role
from analytics.datamodel.signs import SIGN_WORDS
from analytics.statistics.intervals import Interval, normal_quantile, wilson
from analytics.statistics.survival import SurvivalCurve
from analytics.study import Study
from analytics.workspace import literal
from vocabulary.estimate import Threshold, Unit
from vocabulary.sentence import Sentence, say

DAYS_A_MONTH = 365.25 / 12
NEARLY_ALL = 0.9  # share of the lost whose end must be dated for their durations to be told


@dataclass(frozen=True, slots=True)
class Lifetime:
    """SQL expressions over `customers`.

    Args:
        months: time followed, in months, 0 or more.
        left: TRUE when the customer left at that time, FALSE when still there then.
        known: a predicate: the customers whose duration can be told.
        dated: departures have dates (`lost_on`), so they can be counted by period.
        basis: the definition of lost it rests on.
        how: how durations were counted, for a reader.
    """

    months: str
    left: str
    known: str
    dated: bool
    basis: LostBasis
    how: Sentence


def lifetime(study: Study) -> Lifetime | None:
    """Say how durations are told in this study, or None when its files do not tell them.

    Without a contract the departure is dated at the last purchase (or visit, or log-in, where nothing sold is told), and a customer is followed up to the as-of date
    minus the silence that makes a loss: later purchases prove life at that day, a shorter silence proves nothing yet.
    """
    basis = study.model.lost.basis
    if basis in (LostBasis.RHYTHM, LostBasis.DAYS):
        return _silence(study, basis)
    if basis is LostBasis.CONTRACT_END or (basis is LostBasis.LABEL and _durations_told(study)):
        known = "lost IS NOT NULL AND tenure_months >= 0"
        how = say(
            "Durée : ancienneté de chaque client, arrêtée à son départ s’il est parti.",
            "Duration: each customer’s tenure, stopped at the departure of those who left.",
        )
        return Lifetime("tenure_months", "lost", known, _dated(study), basis, how)
    return None


def silence_days(study: Study) -> int | None:
    """The silence that makes a loss, in days, when the definition of lost is a silence."""
    if study.model.lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS):
        return study.model.lost.days
    return None


def _silence(study: Study, basis: LostBasis) -> Lifetime | None:
    days = study.model.lost.days
    if days is None:
        return None
    seen_until = f"(DATE {literal(study.as_of.isoformat())} - INTERVAL {int(days)} DAY)::DATE"
    months = (
        f"greatest(0, date_diff('day', started, CASE WHEN lost THEN least(last_sign, {seen_until})"
        f" ELSE {seen_until} END)) / {DAYS_A_MONTH!r}"
    )
    known = f"lost IS NOT NULL AND last_sign IS NOT NULL AND started <= {seen_until}"
    how = say(
        "Un client est compté parti à {last} quand il se tait ensuite plus de {days}.",
        "A customer is counted as gone at {last} when more than {days} of silence follow it.",
        days=Threshold(days, Unit.DAYS), last=SIGN_WORDS[study.model.lost.sign].own_last,
    )
    return Lifetime(months, "lost", known, True, basis, how)


def _durations_told(study: Study) -> bool:
    """Whether the lost have an end: a tenure already counted, or a dated end for nearly all of them."""
    if study.model.has((Role.TENURE,)):
        return True
    lost, ended = study.database.row(
        "SELECT count(*) FILTER (lost), count(*) FILTER (lost AND ended IS NOT NULL) FROM customers"
    )
    return bool(lost > 0 and ended >= NEARLY_ALL * lost)


def _dated(study: Study) -> bool:
    lost, dated = study.database.row(
        "SELECT count(*) FILTER (lost), count(*) FILTER (lost AND lost_on IS NOT NULL) FROM customers"
    )
    return bool(lost > 0 and dated >= NEARLY_ALL * lost)


def cases(share: Interval) -> float:
    """How many plain cases a share with its interval is worth (censoring and weights make a rate worth fewer than n)."""
    if share.low is None or share.high is None or not 0 < share.value < 1:
        return float(share.n)
    error = (share.high - share.low) / (2 * normal_quantile(0.95))
    return min(float(share.n), share.value * (1 - share.value) / error**2) if error > 0 else float(share.n)


def one_minus(share: Interval) -> Interval:
    """The share who left, from the share who stayed."""
    low = None if share.high is None else 1 - share.high
    high = None if share.low is None else 1 - share.low
    return Interval(1 - share.value, low, high, share.n, share.method)


def kept_at(curve: SurvivalCurve, time: float) -> Interval | None:
    """Share still there after `time`, or None past the data; when nobody has left yet, with what so few can prove."""
    found = curve.at(time)
    if found is None or found.value < 1:
        return found
    return Interval(1.0, wilson(found.n, found.n).low, 1.0, found.n, found.method)
