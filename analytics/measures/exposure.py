"""Who was there, what was known of them then, and who left: the frame both the search for drivers and the risk use.

Features before, outcome after. With dated departures, customers are taken as they stood one horizon before the as-of
date; a bare label has no date, and its columns are taken as they stand in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from analytics.customers.derived import AGE_TODAY, EVENT
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType, LostBasis
from analytics.measures.lifetime import DAYS_A_MONTH, NEARLY_ALL
from analytics.measures.seen import days_seen, is_lived
from analytics.statistics.arrays import Bools, Column, Floats, missing
from analytics.statistics.folds import Keys, sample_of, stable_keys
from analytics.study import Study
from vocabulary.language import Text

if TYPE_CHECKING:
    import pyarrow as pa

MOST_CUSTOMERS = 50_000  # enough to fit on: AUC .953 against .955 at four times as many
_YEAR = 365
_LEAST_DEPARTURES = 30
_RECENT = "recent_"  # begins the names of what is counted over the last months

_SNAPSHOT = "SELECT * FROM customers WHERE {who} AND lost IS NOT NULL ORDER BY customer_key"
_NOW = "SELECT * FROM customers WHERE {who} ORDER BY customer_key"
_IN_RELATION = """
SELECT count(*) FILTER (lost), count(*) FILTER (lost IS FALSE) FROM customers
WHERE customer_key IN (SELECT customer_key FROM ({seen}) seen WHERE day > ? AND day <= ?)
"""
_SOMEONE = """
SELECT count(*) FROM ({seen}) seen WHERE day > ? AND day <= ? AND customer_key IN (SELECT customer_key FROM customers WHERE {who})
"""
_SUMMED_UP = "SELECT count(*) FROM customers WHERE started <= ? AND last_purchase > ? AND {who}"
_SPAN = """
SELECT count(*) FILTER (lost AND lost_on > $since),
       count(*) FILTER (started <= $since AND (lost_on IS NULL OR lost_on > $since) AND (finished_on IS NULL OR finished_on > $since)),
       count(*) FILTER (lost AND lost_on > $since AND started <= $since)
FROM customers WHERE lost IS NOT NULL
"""
_DATED = "SELECT count(*) FILTER (lost), count(*) FILTER (lost AND lost_on IS NOT NULL AND started IS NOT NULL) FROM customers"


@dataclass(frozen=True, slots=True)
class Frame:
    """Customers as arrays, one row each, in order of key.

    Args:
        keys: `customer_key`. ids: as in the file. hashes: stable hash of the id, for folds and samples.
        features: attribute name -> values (numbers with NaN, words with None).
        attributes: attribute name -> what it is.
        value: yearly revenue of each customer, NaN when unknown.
        tenure: months since the relation began, up to the departure of those gone where it is dated; NaN when unknown.
        elapsed: months from its beginning to the day of the files, gone or not: the time each has had to leave; NaN when unknown.
    """

    keys: np.ndarray[Any, np.dtype[np.int64]]
    ids: list[str]
    hashes: Keys
    features: dict[str, Column]
    attributes: dict[str, Attribute]
    value: Floats
    tenure: Floats
    elapsed: Floats

    @property
    def size(self) -> int:
        """How many customers."""
        return len(self.ids)

    def rows(self, kept: Any) -> Frame:
        """The customers at these positions."""
        return Frame(
            self.keys[kept], [self.ids[i] for i in kept], self.hashes[kept],
            {name: column[kept] for name, column in self.features.items()}, self.attributes,
            self.value[kept], self.tenure[kept], self.elapsed[kept],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exposure:
    """Customers exposed to leaving, and who left.

    Args:
        frame: what was known when the window began.
        outcome: True for those who left in the window.
        since: first day of the window; None when the label bears no date.
        days: its length; None likewise.
        undated: features the file gives without a date, read as they stand today.
        total: how many were exposed in all; more than `frame.size` when a sample was drawn.
        lately: True for those seen again in the last quarter of the silence that makes a departure; None where no silence does.
    """

    frame: Frame
    outcome: Bools
    since: date | None
    days: int | None
    undated: tuple[str, ...] = ()
    total: int = 0
    lately: Bools | None = None

    @property
    def scale(self) -> float:
        """What one customer of the sample stands for."""
        return self.total / self.frame.size if self.total else 1.0

    def sample(self, most: int) -> Exposure:
        """At most so many customers, drawn by their hash: the same whoever asks."""
        if self.frame.size <= most:
            return self
        kept = sample_of(self.frame.hashes, most)
        lately = None if self.lately is None else self.lately[kept]
        return replace(self, frame=self.frame.rows(kept), outcome=self.outcome[kept], lately=lately)


def exposure(study: Study) -> Exposure | None:
    """Give the customers exposed and their outcome, at most 50,000 of them; None when nothing tells who left."""
    key = f"exposure {study.segment!r}"
    if key not in study.memo:
        study.memo[key] = _exposure(study)
    found: Exposure | None = study.memo[key]
    return found


def someone_exposed(study: Study) -> bool:
    """Whether `exposure` would find customers, told by counts alone."""
    lost = study.model.lost
    where, given = study.who()
    if lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS) and lost.days:
        since = study.as_of - timedelta(days=lost.days)
        seen = days_seen(study)
        if seen is None:
            return bool(study.database.row(_SUMMED_UP.format(who=where), [since, since - timedelta(days=lost.days), *given])[0])
        return bool(study.database.row(_SOMEONE.format(who=where, seen=seen), [since - timedelta(days=lost.days), since, *given])[0])
    return bool(study.database.row(f"SELECT count(*) FROM customers WHERE {where} AND lost IS NOT NULL", given)[0])


def _exposure(study: Study) -> Exposure | None:
    lost = study.model.lost
    if lost.basis is LostBasis.NONE:
        return None
    if lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS) and lost.days:
        return _silent(study, lost.days)
    window = _contract_window(study)
    if window is not None:
        return _ended(study, window)
    return _as_they_stand(study)


def of_the_whole_past(study: Study, exposed: Exposure) -> Exposure:
    """The same customers and all departures of the file, where the window followed holds few of them: thirty accounts a year, of a hundred and fifty.

    Where something is followed by its day, the window is kept: it is what tells of it. Elsewhere it only sets departures aside; compared are
    customers who came at the same time and, apart, those who reached the same age.

    Args:
        study: the data. exposed: those followed over one window.
    """
    if exposed.since is None or study.model.lost.basis not in (LostBasis.LABEL, LostBasis.CONTRACT_END):
        return exposed
    known = int(exposed.outcome.sum())
    where, given = study.who()
    dated = study.database.row(f"{_DATED} WHERE {where}", given)[1]
    dated_by_day = bool({"touches", "purchases"} & study.tables)
    if dated < 2 * max(known, _LEAST_DEPARTURES // 2) or known >= (_LEAST_DEPARTURES if dated_by_day else 2 * _LEAST_DEPARTURES):
        return exposed
    return _as_they_stand(study)


def _as_they_stand(study: Study) -> Exposure:
    where, given = study.who()
    table = study.arrow(_SNAPSHOT.format(who=where), given)
    frame, kept = read_frame(study, table)
    for name in [name for name in frame.features if name.startswith((EVENT, _RECENT))]:
        del frame.features[name]  # who left some time ago has met nothing these last months: it would tell who left
    lost_flags = np.asarray(_column(table, "lost"), dtype=bool)
    return Exposure(frame, lost_flags[kept], None, None, total=lost_flags.size)


def today_frame(study: Study) -> Frame:
    """Give the customers still there, as they stand at the as-of date, all of them."""
    where, given = study.who()
    sql = f"SELECT * FROM customers WHERE {where} AND lost IS FALSE ORDER BY customer_key"
    return read_frame(study, study.arrow(sql, given), most=None)[0]


def read_frame(study: Study, table: pa.Table, *, most: int | None = MOST_CUSTOMERS) -> tuple[Frame, Any]:
    """Turn rows of `customers` into arrays; also give the positions kept when there are more than `most`."""
    ids = [str(value) for value in table.column("customer_id").to_pylist()]
    hashes = stable_keys(ids)
    kept = np.arange(len(ids)) if most is None or len(ids) <= most else sample_of(hashes, most)
    features, attributes = {}, {}
    for attribute in study.attributes:
        # age today is told to whoever asks; what foretells is the age one came at, in groups, and how long ago
        aside = attribute.name == study.model.lost.column or (attribute.derived and attribute.name == AGE_TODAY)
        if attribute.column in table.column_names and attribute.type is not ColumnType.DATE and not aside:
            features[attribute.name] = as_feature(table.column(attribute.column), attribute.type)[kept]
            attributes[attribute.name] = attribute
    for attribute in _FIXED:
        column = _floats(table, attribute.column)
        if np.isfinite(column).any() and not _already(attribute, attributes):
            features[attribute.name] = column[kept]
            attributes[attribute.name] = attribute
    monthly, yearly = _floats(table, "monthly_amount"), _floats(table, "amount_12m")
    if not np.nan_to_num(_floats(table, "amount")).any():
        yearly = np.full(len(ids), np.nan)  # nothing was ever priced: what they are worth is unknown, and not nought
    value = np.where(np.isnan(monthly), yearly, monthly * 12)
    frame = Frame(
        np.asarray(_column(table, "customer_key"), dtype=np.int64)[kept], [ids[i] for i in kept], hashes[kept],
        features, attributes, value[kept], _floats(table, "tenure_months")[kept], _elapsed(study, table)[kept],
    )  # fmt: skip
    return frame, kept


def _elapsed(study: Study, table: pa.Table) -> Floats:
    began = _column(table, "started")
    return np.array([np.nan if day is None else (study.as_of - day).days / DAYS_A_MONTH for day in began], dtype=float)


def _already(fixed: Attribute, attributes: dict[str, Attribute]) -> bool:
    """Whether the files give the same quantity themselves (their own tenure column)."""
    return fixed.timing is Timing.CLOCK and any(found.timing is Timing.CLOCK for found in attributes.values())


def _fixed(name: str, fr: str, en: str, timing: Timing) -> Attribute:
    return Attribute(name, Text(fr, en), name, ColumnType.NUMBER, None, timing, (), derived=True)


# Activity itself foretells departures well and explains none: warnings.
_FIXED: tuple[Attribute, ...] = (
    _fixed("recency_days", "jours depuis le dernier achat", "days since the last purchase", Timing.WARNING),
    _fixed("orders", "nombre d’achats", "number of orders", Timing.WARNING),
    _fixed("amount_12m", "achats des douze derniers mois", "purchases of the last twelve months", Timing.WARNING),
    _fixed("median_gap", "rythme habituel entre deux achats", "usual rhythm between purchases", Timing.WARNING),
    _fixed("tenure_months", "ancienneté (mois)", "tenure (months)", Timing.CLOCK),
)


def as_feature(column: Any, kind: ColumnType) -> Column:
    """Turn an Arrow column into floats (NaN is missing) or words (None is missing); a yes/no becomes `yes`/`no`."""
    if kind is ColumnType.NUMBER:
        return np.array([np.nan if v is None else float(v) for v in column.to_pylist()], dtype=float)
    words = {True: "yes", False: "no", None: None}
    values = column.to_pylist()
    return np.array([words[v] if v is None or isinstance(v, bool) else str(v) for v in values], dtype=object)


def usable(frame: Frame, *timings: Timing) -> dict[str, Column]:
    """The features known at one of these times."""
    return {name: column for name, column in frame.features.items() if frame.attributes[name].timing in timings}


def _silent(study: Study, days: int) -> Exposure | None:
    """Those in relation when the window began; lost if they are silent for too long at the as-of date."""
    seen = days_seen(study)
    window = days if seen is None else _silence_window(study, days, seen)
    since = study.as_of - timedelta(days=window)
    then, now = _two_dates(study, since)
    if seen is None:
        return _last_told(study, then, now, since, days)
    silent, acts = _floats(then, "silent_days"), _floats(then, "sign_days" if is_lived(study) else "orders")
    gone = np.array([bool(lost) for lost in _column(now, "lost")], dtype=bool)
    return _exposed(study, then, now, (silent <= days) & (acts > 0), gone, since, window, _seen_lately(now, days))


def _last_told(study: Study, then: pa.Table, now: pa.Table, since: date, days: int) -> Exposure | None:
    """Only the last purchase of each is known: those who had come by then, and bought in the silence before it or since.

    Who bought since may have been silent for longer before: they cannot be told, and count as in relation.
    """
    earliest = since - timedelta(days=days)
    present = np.array([
        begun is not None and begun <= since and last is not None and last > earliest
        for begun, last in zip(_column(now, "started"), _column(now, "last_purchase"), strict=True)
    ], dtype=bool)  # fmt: skip
    gone = np.array([bool(lost) for lost in _column(now, "lost")], dtype=bool)
    return _exposed(study, then, now, present, gone, since, days, _seen_lately(now, days))


def _seen_lately(now: pa.Table, days: int) -> Bools:
    return np.asarray(_floats(now, "silent_days") <= days / 4, dtype=bool)


def _silence_window(study: Study, days: int, seen: str) -> int:
    """How far back to look: at least the silence itself, up to a year when that shows more departures and survivors."""
    shown = {}
    for window in sorted({days, *(usual for usual in (_YEAR // 2, _YEAR) if usual > days)}):
        since = study.as_of - timedelta(days=window)
        gone, stayed = study.row(_IN_RELATION.format(seen=seen), [since - timedelta(days=days), since])
        shown[window] = min(gone, stayed)
    return max(shown, key=lambda window: (shown[window], -window))


def _ended(study: Study, window: tuple[date, int]) -> Exposure | None:
    """Those in relation when the window began; lost if they left in it. Who left on a day nobody wrote is in neither camp."""
    since, days = window
    then, now = _two_dates(study, since)
    started, ended, lost, finished = (_column(now, name) for name in ("started", "lost_on", "lost", "finished_on"))
    present = [
        left is not None and (over is not None or not left) and begun is not None and begun <= since and (over is None or over > since)
        and (done is None or done > since)
        for begun, over, left, done in zip(started, ended, lost, finished, strict=True)
    ]  # fmt: skip
    gone = np.array([over is not None for over in ended], dtype=bool)
    return _exposed(study, then, now, np.array(present, dtype=bool), gone, since, days)


def _two_dates(study: Study, since: date) -> tuple[pa.Table, pa.Table]:
    """`customers` at an earlier date and today, the same customers in the same order."""
    where, given = study.who()
    now = study.arrow(_NOW.format(who=where), given)
    then = study.customers_at(since).sort_by("customer_key")
    both = set(_column(now, "customer_key")) & set(_column(then, "customer_key"))

    def kept(table: pa.Table) -> pa.Table:
        return table.filter(_mask(np.array([key in both for key in _column(table, "customer_key")], dtype=bool)))

    return kept(then), kept(now)


def _exposed(
    study: Study, then: pa.Table, now: pa.Table, present: Bools, gone: Bools, since: date, days: int, lately: Bools | None = None
) -> Exposure | None:
    if not present.any():
        return None
    frame, kept = read_frame(study, then.filter(_mask(present)))
    undated = _fill_undated(study, frame, now.filter(_mask(present)), kept)
    seen = None if lately is None else lately[present][kept]
    return Exposure(frame, gone[present][kept], since, days, undated, int(present.sum()), seen)


def _fill_undated(study: Study, frame: Frame, now: pa.Table, kept: Any) -> tuple[str, ...]:
    """Columns the file gives without a date are only known as they stand today: used, and said to be.

    Those of contracts are of the one held when the window began: no date says when its cells were written.
    """
    filled = []
    on_lines = {found.sources for found in study.purchase_attributes}  # dated by the purchases they stand on
    for attribute in study.attributes:
        if attribute.sources and attribute.sources in on_lines:
            continue
        lived = attribute.timing in (Timing.DURING, Timing.UNKNOWN)
        if lived and not attribute.derived and attribute.name in frame.features:
            if missing(frame.features[attribute.name]).all():
                frame.features[attribute.name] = as_feature(now.column(attribute.column), attribute.type)[kept]
            filled.append(attribute.name)
    return tuple(filled)


def _contract_window(study: Study) -> tuple[date, int] | None:
    """A year if it holds enough departures of customers known before it, else half as much, else none.

    A label whose departures are dated is followed so too: counted since the beginning of the file, whoever came first has had
    longer to leave, and any column that merely tells when a customer came would pass for a reason. Where most departures are
    of customers who came inside the window, it would hold survivors alone: all are taken as they stand.
    """
    labelled = study.model.lost.basis is LostBasis.LABEL
    if labelled:
        lost, dated = study.row(_DATED)
        if not dated or dated < NEARLY_ALL * lost:
            return None
    for days in (_YEAR, _YEAR // 2):
        since = study.as_of - timedelta(days=days)
        gone, exposed, known = study.row(_SPAN, {"since": since})
        if labelled and (known < _LEAST_DEPARTURES or 2 * known < gone):
            continue
        if gone >= _LEAST_DEPARTURES and exposed >= 2 * _LEAST_DEPARTURES:
            return since, days
    return None


def _mask(flags: Bools) -> Any:
    import pyarrow as pa

    return pa.array(flags)


def _column(table: pa.Table, name: str) -> list[Any]:
    values: list[Any] = table.column(name).to_pylist()
    return values


def _floats(table: pa.Table, name: str) -> Floats:
    return np.array([np.nan if v is None else float(v) for v in _column(table, name)], dtype=float)
