"""Loyalty by channel of acquisition: retention at equal age, at equal mix, pulled towards the whole; value and cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.measures.groups import Grouping, grouping
from analytics.measures.lifetime import Lifetime, cases, kept_at
from analytics.statistics.arrays import Bools, Floats, Ints
from analytics.statistics.comparisons import tiers
from analytics.statistics.intervals import Interval
from analytics.statistics.shrinkage import shrink_rates
from analytics.statistics.survival import kaplan_meier
from analytics.study import Study

if TYPE_CHECKING:
    import pyarrow as pa

ENOUGH, EVENTS = 30, 10
_HORIZONS = (12, 6, 3)
_MOST_LEVELS, _MOST_MIXED = 8, 2
_BOUND = 0.05  # Cramér's V under which a column cannot blur the comparison
_COVERED = 0.8  # share of customers in strata that every channel holds
_SMALL_CELL = 5


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel. `kept`, `adjusted`, `shrunk`: share still there at the horizon, as seen, at equal mix, and shrunk.

    `tier` ranks the channels that can be ranked (1 keeps best); None for those too small.
    """

    value: str | None
    customers: int
    lost: int
    kept: Interval | None
    adjusted: Interval | None
    shrunk: Interval | None
    tier: int | None


@dataclass(frozen=True, slots=True)
class Channels:
    """All channels, best first (by rank, then by the share seen), with the horizon in months and the columns made equal.

    `comparable`: the files hold something known at recruitment by which channels could differ.
    """

    channels: tuple[Channel, ...]
    horizon: int
    mixed: tuple[str | Attribute, ...]
    comparable: bool

    @property
    def ranked(self) -> tuple[Channel, ...]:
        """Those large enough to be ranked, best first."""
        return tuple(c for c in self.channels if c.tier is not None)

    @property
    def told_apart(self) -> bool:
        """Whether some channel truly keeps better than another."""
        return len({c.tier for c in self.ranked}) > 1

    @property
    def best(self) -> Channel | None:
        """The only channel of the first rank; None when several share it or when none stands out."""
        tops = [c for c in self.ranked if c.tier == self.ranked[0].tier]
        return tops[0] if self.told_apart and len(tops) == 1 else None

    @property
    def least(self) -> Channel | None:
        """The last channel, when it is both of the last rank and the one whose share seen is the lowest of those ranked."""
        if not self.told_apart:
            return None
        last = self.ranked[-1]
        return last if seen(last) == min(map(seen, self.ranked)) else None


def seen(channel: Channel) -> float:
    """The share still there as it is shown, 0..1."""
    return (channel.kept or _NONE).value


@dataclass(frozen=True, slots=True)
class _Rows:
    """Customers as arrays; words are numbered (`group` numbers into `words`, -1 for an empty cell)."""

    group: Ints
    words: tuple[str, ...]
    months: Floats
    left: Bools
    strata: list[Ints]
    names: tuple[str | Attribute, ...]


def measure_channels(study: Study, life: Lifetime, split: Grouping, without: str = "FALSE") -> Channels | None:
    """Measure every channel; None when nobody's duration is known.

    Args:
        study: the data.
        life: how durations are told.
        split: the channels.
        without: a condition over `customers`; those who meet it are left out.
    """
    rows = _read(study, life, split, without)
    if rows is None:
        return None
    masks: list[tuple[str | None, Bools]] = [(word, rows.group == i) for i, word in enumerate(rows.words)]
    empty = rows.group < 0
    if empty.any():
        masks.append((None, empty))
    fit = [m for w, m in masks if w is not None and m.sum() >= ENOUGH and rows.left[m].sum() >= EVENTS]
    horizon = _horizon(rows, fit or [m for _, m in masks])
    weights, mixed = _weights(rows, fit)
    found = []
    for value, mask in masks:
        ranked = any(mask is m for m in fit)
        kept = _kept(rows, mask, None, horizon)
        adjusted = _kept(rows, mask, weights, horizon) if ranked and weights is not None else None
        found.append((value, mask, kept, adjusted, ranked and kept is not None))
    return Channels(_ranked(rows, found), horizon, mixed, any(np.unique(c).size > 1 for c in rows.strata))


def _read(study: Study, life: Lifetime, split: Grouping, without: str) -> _Rows | None:
    where, values = study.who()
    mixers = _mixers(study, split)
    strata = ["year(started)", *(m for _, m in mixers)]
    chosen = ", ".join(f"CAST({sql} AS VARCHAR) AS s{i}" for i, sql in enumerate(strata))
    table = study.arrow(
        f"SELECT {split.sql} AS grp, CAST({life.months} AS DOUBLE) AS months, {life.left} AS lost, {chosen}"
        f" FROM customers WHERE ({where}) AND {life.known} AND ({without}) IS NOT TRUE ORDER BY customer_key",
        values,
    )
    if not table.num_rows:
        return None
    group, words = _numbered(table.column("grp"))
    return _Rows(
        group, words,
        np.asarray(table.column("months").to_numpy(), dtype=float),
        np.asarray(table.column("lost").to_numpy(), dtype=bool),
        [_numbered(table.column(f"s{i}"))[0] for i in range(len(strata))], ("started", *(a for a, _ in mixers)),
    )  # fmt: skip


def _mixers(study: Study, split: Grouping) -> list[tuple[Attribute, str]]:
    """What was known at recruitment, beside the channel, and what each customer's first promotion is not part of."""
    found = []
    for attribute in study.attributes:
        plain = attribute.timing is Timing.AT_RECRUITMENT and not attribute.derived
        kind = attribute.type in (ColumnType.CATEGORY, ColumnType.FLAG, ColumnType.NUMBER)
        if plain and kind and attribute.name != split.name and attribute.role not in _NOT_MIXED:
            found.append((attribute, grouping(study, attribute.name).sql))
    return found


_NOT_MIXED = (Role.ACQUISITION_CHANNEL, Role.TRIAL, Role.SIGNUP_DATE, Role.BIRTH_DATE, Role.POSTCODE)


def _horizon(rows: _Rows, masks: list[Bools]) -> int:
    longest = min(float(rows.months[m].max()) for m in masks)
    return next((h for h in _HORIZONS if longest >= h), 1)


def _weights(rows: _Rows, fit: list[Bools]) -> tuple[Floats | None, tuple[str | Attribute, ...]]:
    """Weights that give every channel the whole base's mix (direct standardisation), and the columns made equal.

    Columns are taken by how much they differ between channels, as long as the strata hold in every channel.
    """
    if len(fit) < 2:
        return None, ()
    inside = np.logical_or.reduce(fit)
    bound = [
        (_cramers_v(rows.group[inside], column[inside]), i)
        for i, column in enumerate(rows.strata)
        if 2 <= np.unique(column[inside]).size <= _MOST_LEVELS
    ]
    chosen: list[int] = []
    best: Floats | None = None
    for strength, i in sorted(bound, reverse=True):
        if strength < _BOUND or len(chosen) == _MOST_MIXED + 1:
            break
        tried = _standardise([rows.strata[j] for j in (*chosen, i)], fit, inside)
        if tried is not None:
            chosen, best = [*chosen, i], tried
    return best, tuple(rows.names[i] for i in chosen)


def _standardise(columns: list[Ints], fit: list[Bools], inside: Bools) -> Floats | None:
    code = np.zeros(inside.size, dtype=np.int64)
    for column in columns:
        code = code * (int(column.max()) + 2) + column + 1
    code = np.unique(code, return_inverse=True)[1]
    size = int(code.max()) + 1
    per_channel = [np.bincount(code[mask], minlength=size) for mask in fit]
    common = np.logical_and.reduce([counts >= _SMALL_CELL for counts in per_channel])
    whole = np.bincount(code[inside], minlength=size)
    if whole[common].sum() < _COVERED * whole.sum():
        return None
    target = np.where(common, whole / whole[common].sum(), 0.0)
    weights = np.zeros(inside.size)
    for mask, counts in zip(fit, per_channel, strict=True):
        weights[mask] = (target * counts[common].sum() / np.maximum(counts, 1))[code[mask]]
    return weights


def _numbered(column: pa.ChunkedArray) -> tuple[Ints, tuple[str, ...]]:
    """Number the words of a column in alphabetical order; an empty cell is -1."""
    coded = column.combine_chunks().dictionary_encode()
    words = [str(word) for word in coded.dictionary.to_pylist()]
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words) + 1, dtype=np.int64)
    rank[order], rank[-1] = np.arange(len(words)), -1
    places = coded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
    return rank[places], tuple(words[i] for i in order)


def _cramers_v(a: Ints, b: Ints) -> float:
    """Association of two categories, 0..1 (Cramér 1946)."""
    i, j = np.unique(a, return_inverse=True)[1], np.unique(b, return_inverse=True)[1]
    table = np.zeros((int(i.max()) + 1, int(j.max()) + 1))
    np.add.at(table, (i, j), 1)
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / table.sum()
    chi2 = float(((table - expected) ** 2 / expected).sum())
    smaller = min(table.shape) - 1
    return float(np.sqrt(chi2 / (table.sum() * smaller))) if smaller else 0.0


def _kept(rows: _Rows, mask: Bools, weights: Floats | None, horizon: int) -> Interval | None:
    if weights is None:
        return kept_at(kaplan_meier(rows.months[mask], rows.left[mask]), horizon)
    chosen = mask & (weights > 0)
    if not chosen.any():
        return None
    curve = kaplan_meier(rows.months[chosen], rows.left[chosen], weights=weights[chosen])
    return kept_at(curve, horizon)


def _ranked(rows: _Rows, found: list[tuple[str | None, Bools, Interval | None, Interval | None, bool]]) -> tuple[Channel, ...]:
    """Shrink the comparable rates together and rank them; a rank is given only when both readings agree on it."""
    comparable = [(adjusted or kept) for _, _, kept, adjusted, ranked in found if ranked]
    as_seen = [kept for _, _, kept, _, ranked in found if ranked and kept is not None]
    shrunk = _shrink([i for i in comparable if i is not None])
    raw = _shrink(as_seen)
    order = iter(zip(shrunk, tiers(shrunk), tiers(raw), strict=True) if shrunk else ())
    channels = []
    for value, mask, kept, adjusted, ranked in found:
        pulled, tier = None, None
        if ranked:
            pulled, adjusted_tier, raw_tier = next(order)
            tier = adjusted_tier if adjusted is None or adjusted_tier == raw_tier else min(adjusted_tier, raw_tier)
        channels.append(Channel(value, int(mask.sum()), int(rows.left[mask].sum()), kept, adjusted, pulled, tier))
    return tuple(sorted(channels, key=lambda c: (c.tier is None, c.tier or 0, -seen(c))))


_NONE = Interval(0.0, None, None, 0, "")


def _shrink(rates: list[Interval]) -> list[Interval]:
    if not rates:
        return []
    sizes = [cases(rate) for rate in rates]
    return list(shrink_rates([r.value * n for r, n in zip(rates, sizes, strict=True)], sizes).intervals)
