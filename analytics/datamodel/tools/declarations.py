"""What each tool's export looks like and what is wrong in it: read from `exports/*.yaml`, one file a tool."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from analytics.datamodel.headers import plain
from analytics.datamodel.model import ColumnProfile, TableProfile
from analytics.datamodel.roles import Role, TableKind
from vocabulary.language import Text

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One export of one tool. Headers are written with their variants, `A|B`.

    Args:
        tool, name: whose, and which.
        kind: what one row is.
        marks: headers that must all be there for the export to be recognised.
        also: one of these must be there too.
        roles: header -> role, or None for none at all.
        alone: header of the tool's own number of the person, which names the customer when no other file is there.
        mailless: the same, where the export holds no e-mail addresses.
        ignore: headers that match this pattern play no role.
        traps: the rewritings (`fill`, `minus`, `spread`, `cents`, `epoch`, `lower`, `void` ...), as in the file.
        said: what is done about them, shown to the manager.
    """

    tool: str
    name: str
    kind: TableKind
    marks: tuple[str, ...]
    also: tuple[str, ...]
    roles: Mapping[str, Role | None]
    ignore: str | None
    said: Text
    alone: str | None = None
    mailless: str | None = None
    traps: Mapping[str, Any] = field(default_factory=dict)

    def matches(self, table: TableProfile) -> bool:
        """Whether the table has every mark of this export."""
        return all(find(table, mark) for mark in self.marks) and (
            not self.also or any(find(table, header) for header in self.also)
        )


@cache
def declarations() -> tuple[Declaration, ...]:
    """Every declared export, the one with most marks first."""
    found = []
    for path in sorted(files("analytics.datamodel.tools").joinpath("exports").iterdir(), key=lambda p: p.name):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both loaders are the safe ones
        found += [_declaration({"tool": data["tool"], **export}) for export in data["exports"]]
    return tuple(sorted(found, key=lambda one: -len(one.marks)))


def _declaration(data: dict[str, Any]) -> Declaration:
    known = {"tool", "name", "kind", "marks", "also", "roles", "ignore", "said", "alone", "mailless"}
    return Declaration(
        tool=data["tool"], name=data["name"], kind=TableKind(data["kind"]),
        marks=tuple(str(mark) for mark in data["marks"]), also=tuple(data.get("also", ())),
        roles={str(header): Role(role) if role else None for header, role in data["roles"].items()},
        ignore=data.get("ignore"), said=Text(data["said"]["fr"], data["said"]["en"]),
        alone=data.get("alone"),
        mailless=data.get("mailless"),
        traps={name: value for name, value in data.items() if name not in known},
    )  # fmt: skip


@cache
def plain_header(header: str) -> str:
    """A header without capitals, accents or signs: how two spellings of one are compared."""
    return re.sub(r"[^a-z0-9%]+", " ", plain(header.replace("’", "'"))).strip()


def find(table: TableProfile, header: str) -> ColumnProfile | None:
    """The column under one of the variants of a header; None when the table has none."""
    wanted = {plain_header(variant) for variant in str(header).split("|")}
    return next((column for column in table.columns if plain_header(column.name) in wanted), None)
