"""One value of a category written in several ways."""

from __future__ import annotations

import re

from analytics.datamodel.headers import plain
from analytics.datamodel.health.context import Context, HealthCode, counted, defect
from analytics.datamodel.model import ColumnProfile, ColumnType, HealthCheck
from vocabulary.sentence import Label, Listing, say
from vocabulary.themes import Severity


def check(context: Context) -> list[HealthCheck]:
    """Categories whose values differ only by capitals, accents, spaces or signs."""
    found = []
    for table in context.model.tables:
        for column in table.columns:
            if column.type is not ColumnType.CATEGORY:
                continue
            rows, pairs = spellings(column)
            if not rows:
                continue
            detail = say(
                "« {column} » : les mêmes valeurs s’écrivent de plusieurs façons ({pairs}) ; {count} lignes sont comptées à "
                "part.",
                "“{column}”: the same values are written in several ways ({pairs}); {count} rows are counted apart.",
                column=Label(column.name), count=counted(rows, column.filled),
                pairs=Listing(tuple(Label("/".join(pair)) for pair in pairs[:3])),
            )  # fmt: skip
            check_ = defect(HealthCode.INCONSISTENT_SPELLING, Severity.WARNING, rows, detail, table=table)
            found.append(HealthCheck(check_.check, check_.severity, rows, detail, table.file, column.name))
    return found


def spellings(column: ColumnProfile) -> tuple[int, list[tuple[str, ...]]]:
    """Rows under a rarer spelling, and the spellings of each value written in several ways."""
    same: dict[str, list[tuple[int, str]]] = {}
    for value, count in column.top:
        key = re.sub(r"[\s_.'’]+|(?<=.)-(?=.)", "", plain(value))  # a sign at the end says something: A is not A-
        if re.search(r"[a-z]", key):
            same.setdefault(key, []).append((count, value))
    groups = [sorted(values, reverse=True) for values in same.values() if len(values) > 1]
    rows = sum(count for group in groups for count, _ in group[1:])
    return rows, [tuple(value for _, value in group) for group in groups]
