"""Reads `tests/spec/roles.yaml` into profiles of loaded tables: headers, types and counts, no database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import Role, TableKind

_SPEC = Path(__file__).parents[2] / "spec" / "roles.yaml"
_YES_NO = {"oui", "non", "yes", "no", "true", "false", "0", "1"}


@dataclass(frozen=True)
class SpecTable:
    """A table as the specification tells it, and what each of its columns is."""

    profile: TableProfile
    kind: TableKind
    held_out: bool
    expected: dict[str, frozenset[Role]]


def spec_tables() -> Iterator[SpecTable]:
    """Every table of the specification."""
    for entry in yaml.safe_load(_SPEC.read_text(encoding="utf-8")):
        rows = entry.get("rows", 1000)
        cells = [[cell.strip() for cell in line.rsplit("|", 3)] for line in entry["columns"].strip().splitlines()]
        columns = tuple(
            profile_of(header, f"c{place}", [v.strip() for v in values.split(" ; ")], rows, int(distinct))
            for place, (header, values, distinct, _) in enumerate(cells)
        )
        profile = TableProfile(entry["file"], "t0", rows, rows, 0, columns)
        expected = {
            header: frozenset(Role(role) for role in roles.split("/") if role != "-") for header, _, _, roles in cells
        }
        yield SpecTable(profile, TableKind(entry["kind"]), entry["half"] == "held_out", expected)


def profile_of(header: str, column: str, values: list[str], rows: int, distinct: int) -> ColumnProfile:
    """A profile such as loading would make of a column with these values, the last examples repeated at will."""
    kind, numbers = _type_of(values, rows, distinct)
    return ColumnProfile(
        name=header, column=column, type=kind, rows=rows, filled=rows, distinct=distinct, examples=tuple(values[:5]),
        low=min(numbers) if numbers else None, high=max(numbers) if numbers else None,
        integer=bool(numbers) and kind is ColumnType.NUMBER and all(n.is_integer() for n in numbers),
        top=tuple((value, rows // max(distinct, 1)) for value in values) if distinct <= 50 else (),
        mean_length=sum(map(len, values)) / len(values),
    )  # fmt: skip


def _type_of(values: list[str], rows: int, distinct: int) -> tuple[ColumnType, list[float]]:
    if distinct == 2 and {value.lower() for value in values} <= _YES_NO:
        return ColumnType.FLAG, []
    days = [_day(value) for value in values]
    if all(days):
        moment = any(":" in value for value in values)
        return (ColumnType.MOMENT if moment else ColumnType.DATE), [float(d.toordinal()) for d in days if d]
    numbers = [_number(value) for value in values]
    if all(number is not None for number in numbers) and not any(re.match(r"0\d", value) for value in values):
        return ColumnType.NUMBER, [number for number in numbers if number is not None]
    return (ColumnType.CATEGORY if distinct <= max(50, rows // 50) else ColumnType.TEXT), []


def _number(text: str) -> float | None:
    clean = text.replace(",", ".")
    return float(clean) if re.fullmatch(r"-?\d+(\.\d+)?", clean) else None


def _day(text: str) -> date | None:
    french = re.match(r"(\d{2})/(\d{2})/(\d{4})", text)
    iso = re.match(r"(\d{4})-(\d{2})-(\d{2})", text)
    try:
        if french:
            return date(int(french[3]), int(french[2]), int(french[1]))
        return date(int(iso[1]), int(iso[2]), int(iso[3])) if iso else None
    except ValueError:
        return date(int(french[3]), int(french[1]), int(french[2])) if french else None
