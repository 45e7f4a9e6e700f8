"""One value of a category written in several ways."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analytics.datamodel.headers import plain
from analytics.datamodel.health.context import Context, HealthCode, counted, defect, rewritten, rows_where
from analytics.datamodel.health.personal_data import IN_TEXT
from analytics.datamodel.model import ColumnProfile, ColumnType, Effect, HealthCheck, TableProfile
from analytics.workspace import literal, quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import Severity


def check(context: Context) -> list[HealthCheck]:
    """Categories whose values differ only by capitals, accents, spaces or signs."""
    found = []
    for table in context.model.tables:
        for column in table.columns:
            if column.type is not ColumnType.CATEGORY:
                continue
            rows, pairs = spellings(column)
            if rows:
                found.append(_told(table, column, rows, pairs))
    return found


def _told(table: TableProfile, column: ColumnProfile, rows: int, pairs: list[tuple[str, ...]]) -> HealthCheck:
    """The defect, with its remedy: each value under its most frequent spelling."""
    detail = say(
        "« {column} » : les mêmes valeurs s’écrivent de plusieurs façons ({pairs}) ; lignes à l’écriture la plus rare : {count}.",
        "“{column}”: the same values are written in several ways ({pairs}); rows with the rarer spelling: {count}.",
        column=Label(column.name), count=counted(rows, column.filled),
        pairs=Listing(tuple(_quoted(pair) for pair in pairs[:3])),
    )  # fmt: skip
    name = f"t.{quote(column.column)}"
    cases = " ".join(f"WHEN {name} IN ({_listed(pair[1:])}) THEN {literal(pair[0])}" for pair in pairs)
    rare = [value for pair in pairs for value in pair[1:]]
    check = defect(
        HealthCode.INCONSISTENT_SPELLING, Severity.WARNING, rows, detail, table=table,
        lines=rows_where(table, f"{name} IN ({_listed(rare)})"),
        remedy=rewritten(table, column, f"CASE {cases} ELSE {name} END"),
    )  # fmt: skip
    return replace(check, column=column.name, effect=_largest(column, pairs))


def _quoted(pair: tuple[str, ...]) -> Sentence:
    """The spellings of one value, each quoted: they may hold commas and bars of their own."""
    names = {f"v{'abcd'[place]}": Label(value) for place, value in enumerate(pair[:4])}
    return say(" / ".join(f"« {{{name}}} »" for name in names), " / ".join(f"“{{{name}}}”" for name in names), **names)


def _listed(values: Sequence[str]) -> str:
    return ", ".join(literal(value) for value in values)


def _largest(column: ColumnProfile, pairs: list[tuple[str, ...]]) -> Effect:
    """The value that gains most rows once read as one."""
    counts = dict(column.top)
    pair = max(pairs, key=lambda one: sum(counts[value] for value in one[1:]))
    apart, whole = counts[pair[0]], sum(counts[value] for value in pair)
    kept, together = (Estimate("rows_of_value", n, Unit.COUNT, n=column.filled) for n in (apart, whole))
    said = say(
        "Lues comme une seule valeur, « {value} » compte {whole} lignes au lieu de {apart}.",
        "Read as one value, “{value}” has {whole} rows instead of {apart}.",
        value=Label(pair[0]), whole=together, apart=kept,
    )  # fmt: skip
    return Effect("rows_of_value", kept, together, said)


def spellings(column: ColumnProfile) -> tuple[int, list[tuple[str, ...]]]:
    """Rows under a rarer spelling, and the spellings of each value written in several ways."""
    same: dict[str, list[tuple[int, str]]] = {}
    for value, count in column.top:
        key = re.sub(r"[\s_.'’]+|(?<=.)-(?=.)", "", _SAINT.sub(r"saint\1 ", plain(value)))  # a sign at the end says something: A is not A-
        if re.search(r"[a-z]", key) and not _PERSONAL.search(value):  # a telephone in a sentence names no category, and is not shown
            same.setdefault(key, []).append((count, value))
    groups = [sorted(values, reverse=True) for values in same.values() if len(values) > 1]
    rows = sum(count for group in groups for count, _ in group[1:])
    return rows, [tuple(value for _, value in group) for group in groups]


_PERSONAL = re.compile(IN_TEXT)
_SAINT = re.compile(r"\bst(e?)[\s_.-]+(?=[a-z])")  # « St-Étienne », « Ste Anne »; at the end of a name it is a street
