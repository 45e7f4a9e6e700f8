"""The labelled tables of `tables/*.yaml`: headers of public exports and of invented ones, with what a reader of the header says.

The vocabulary is tuned on every table but those of the test half: of the tables of `blind_*.yaml` and `real_*.yaml`, labelled by
others than the tuner, those whose name has a SHA-256 with an odd first byte. That half is measured, never looked at.
Nor is `ordinary/*.yaml`: usual uploads, written after all the rest by writers who saw none of it; once measured and looked at, a set is tuned on
(`practice*.yaml`) and a new one is written. `waiting/*.yaml` were measured and looked at; nothing is
learnt from them until they are moved to `tables/` and `make learn` is run.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analytics.datamodel.roles import DESCRIBING, Role, TableKind
from tests.roles.values import cells

HERE = Path(__file__).parent
TABLES, ORDINARY, WAITING = HERE / "tables", HERE / "ordinary", HERE / "waiting"
GENERIC = DESCRIBING | {None}
DEFAULT_ROWS = 240


@dataclass(frozen=True)
class Column:
    """A column: its header, the recipe of its cells, the roles that are right, the first of them the plainest."""

    header: str
    recipe: str
    roles: tuple[str, ...]

    def accepts(self, role: Role | None) -> bool:
        """Whether that role is a right reading."""
        return (role.value if role else "-") in self.roles or ("*" in self.roles and role in GENERIC)


@dataclass(frozen=True)
class File:
    """A file of a labelled set."""

    name: str
    kinds: frozenset[TableKind]
    rows: int
    header: bool
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Lost:
    """What the definition of lost should rest on: `label`, `end`, `silence` or `ask`; the column and its values."""

    basis: str
    column: str = ""
    values: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Labelled:
    """One or several files uploaded together, and what is right to understand of them."""

    name: str
    language: str
    source: str
    files: tuple[File, ...]
    lost: tuple[Lost, ...]
    keys: tuple[tuple[str, str, str, str], ...] = field(default=())
    blind: bool = False

    @property
    def test(self) -> bool:
        """Whether it is measured only."""
        return self.blind and hashlib.sha256(self.name.encode()).digest()[0] % 2 == 1

    def write(self, folder: Path, rows: int | None = None) -> list[Path]:
        """Write the files as CSV (semicolons for French files), and return their paths."""
        paths = []
        for file in self.files:
            drawn: dict[str, list[str]] = {}
            for column in file.columns:
                drawn[column.header] = cells(
                    column.recipe, rows or file.rows, f"{self.name}/{file.name}/{column.header}", drawn
                )
            path = folder / file.name
            with path.open("w", encoding="utf-8", newline="") as handle:
                writer = csv.writer(handle, delimiter="," if self.language == "en" else ";")
                if file.header:
                    writer.writerow([column.header for column in file.columns])
                writer.writerows(zip(*drawn.values(), strict=True))
            paths.append(path)
        return paths


@cache
def labelled() -> tuple[Labelled, ...]:
    """Every labelled set, in the order of the files."""
    return tuple(_sets(TABLES))


@cache
def ordinary() -> tuple[Labelled, ...]:
    """The usual uploads that are only measured."""
    return tuple(_sets(ORDINARY))


def waiting() -> tuple[Labelled, ...]:
    """The sets that were looked at and are not learnt from yet."""
    return tuple(_sets(WAITING))


def _sets(folder: Path) -> Iterator[Labelled]:
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield Labelled(
                name=entry["name"],
                language=entry["language"],
                source=entry["source"],
                files=tuple(_file(file) for file in entry.get("files", [entry])),
                lost=tuple(_lost(text.strip()) for text in entry["lost"].split(",")),
                keys=tuple(_key(text) for text in entry.get("keys", ())),
                blind=path.name.startswith(("blind_", "real_")),
            )


def _file(entry: Mapping[str, Any]) -> File:
    lines = [line.rsplit("|", 2) for line in entry["columns"].strip().splitlines()]
    return File(
        name=entry["file"],
        kinds=frozenset(TableKind(kind) for kind in entry["kind"].split("/")),
        rows=entry.get("rows", DEFAULT_ROWS),
        header=entry.get("header", True),
        columns=tuple(
            Column(header.strip(), recipe.strip(), tuple(roles.strip().split("/"))) for header, recipe, roles in lines
        ),
    )


def _lost(text: str) -> Lost:
    basis, _, rest = text.partition(" ")
    column, _, values = rest.partition(" = ")
    return Lost(basis, column.strip(), frozenset(value.strip() for value in values.split(";") if value.strip()))


def _key(text: str) -> tuple[str, str, str, str]:
    left, right = text.split(" -> ")
    return (*left.split(":", 1), *right.split(":", 1))  # type: ignore[return-value]
