"""Files that are parts of one export: the same headers, for other months or another shop. What one is, the others are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.datamodel.headers import plain
from analytics.datamodel.kinds import KindGuess
from analytics.datamodel.model import TableProfile
from analytics.datamodel.roles import SALES, TableKind

_SOLD = frozenset({*SALES, TableKind.ORDER_LINES})
_LEAST_COLUMNS = 3  # fewer headers are the same by chance: a number and a date


def parts_of(table: TableProfile, tables: Sequence[TableProfile]) -> tuple[TableProfile, ...]:
    """The other tables that have the very headers of a table, in any order."""
    own = _headers(table)
    if len(own) < _LEAST_COLUMNS:
        return ()
    return tuple(other for other in tables if other is not table and _headers(other) == own)


def without_parts(table: TableProfile, tables: Sequence[TableProfile], guesses: Mapping[str, KindGuess]) -> dict[str, KindGuess]:
    """What the tables were taken for, but for the other parts of the export of one of them: they do not hold what its rows belong to."""
    apart = {part.table for part in parts_of(table, tables)}
    return {name: guess for name, guess in guesses.items() if name not in apart}


def as_its_parts(table: TableProfile, tables: Sequence[TableProfile], guesses: Mapping[str, KindGuess]) -> TableKind | None:
    """The kind of sales that the surest part of the same export was taken for, where this one was taken for another kind of them; else None."""
    own = guesses[table.table]
    kinds = [guesses[part.table] for part in parts_of(table, tables)]
    sure = max((guess for guess in kinds if guess.kind in _SOLD), key=lambda guess: guess.chance, default=None)
    if sure is None or own.kind not in _SOLD or sure.kind is own.kind or sure.chance <= own.chance:
        return None
    return sure.kind


def _headers(table: TableProfile) -> frozenset[str]:
    return frozenset(plain(column.name) for column in table.columns)
