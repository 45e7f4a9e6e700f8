"""What the manager corrected, remembered for the next upload of the same shape: a file with the same headers."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analytics.datamodel.corrections import dump_corrections, parse_corrections
from analytics.datamodel.model import Corrections, Money, TableProfile
from analytics.datamodel.tools.declarations import plain_header
from analytics.workspace import Workspace
from vocabulary.errors import UserError
from vocabulary.sentence import Label, Listing, Sentence, say

_FILE = "remembered.json"
_MOST = 200  # shapes kept, the last ones


def shape_of(table: TableProfile) -> str:
    """What makes two uploads the same file: their headers, in any order, capitals and accents aside."""
    headers = sorted(plain_header(column.name) for column in table.columns)
    return hashlib.sha256(json.dumps(headers).encode()).hexdigest()[:16]


def remember(workspace: Workspace, tables: Sequence[TableProfile], corrections: Corrections) -> None:
    """Keep what was said of these files, by their shape; a correction taken back is forgotten.

    Args:
        workspace: where it is kept.
        tables: the files it was said of.
        corrections: all that was said of them.
    """
    known = _read(workspace)
    said = dump_corrections(corrections)
    for table in tables:
        kind, columns = said["tables"].get(table.file), said["columns"].get(table.file, {})
        known.pop(shape_of(table), None)
        if kind is not None or columns:
            known[shape_of(table)] = {"kind": kind, "columns": columns}
    general = {name: said[name] for name in ("lost", "health", "money") if said.get(name)}
    shapes = sorted({shape_of(table) for table in tables})
    known.pop("general", None)
    if general:
        known["general"] = {**general, "shapes": shapes}
    _write(workspace, known)


def recall(
    workspace: Workspace, tables: Sequence[TableProfile], given: Corrections
) -> tuple[Corrections, tuple[TableProfile, ...]]:
    """The corrections to use: what is said now, then what was said of files of the same shape; and the files, told of it.

    Args:
        workspace: where it is kept.
        tables: the files now loaded.
        given: what the manager says now; it always wins.
    """
    known = _read(workspace)
    data: dict[str, Any] = {"tables": {}, "columns": {}}
    told: list[TableProfile] = []
    for table in tables:
        kept = known.get(shape_of(table), {})
        columns = _of_table(table, kept.get("columns", {}), given)
        kind = kept.get("kind") if table.file not in given.tables else None
        if kind is not None:
            data["tables"][table.file] = kind
        if columns:
            data["columns"][table.file] = columns
        told.append(replace(table, notes=(*table.notes, _said(table, columns, kind))) if columns or kind else table)
    data.update(_general(known.get("general", {}), tables))
    try:
        before = parse_corrections(data)
    except UserError:  # written by another version: a role or a check that no longer is
        return given, tuple(tables)
    return _merged(before, given), tuple(told)


def _of_table(table: TableProfile, columns: dict[str, Any], given: Corrections) -> dict[str, Any]:
    """The remembered roles under the headers as they now stand; a role said now is not said twice."""
    now = given.columns.get(table.file, {})
    by_header = {plain_header(column.name): column.name for column in table.columns}
    found = {by_header[plain_header(header)]: role for header, role in columns.items() if plain_header(header) in by_header}
    return {header: role for header, role in found.items() if header not in now}


def _general(kept: dict[str, Any], tables: Sequence[TableProfile]) -> dict[str, Any]:
    """Lost, health and money: for the same kind of upload only, and where their columns still are."""
    if not {shape_of(table) for table in tables} & set(kept.get("shapes", ())):
        return {}
    headers = {column.name for table in tables for column in table.columns}
    found: dict[str, Any] = {name: dict(kept[name]) for name in ("lost", "health", "money") if name in kept}
    if found.get("lost", {}).get("column", next(iter(headers))) not in headers:
        found.pop("lost")
    if "money" in found and found["money"].get("date", next(iter(headers))) not in headers:
        found["money"].pop("date")
    return found


def _merged(before: Corrections, now: Corrections) -> Corrections:
    columns = {file: {**before.columns.get(file, {}), **now.columns.get(file, {})} for file in {*before.columns, *now.columns}}
    lost_now = now.lost_column is not None or now.lost_days is not None
    return replace(
        now,
        tables={**before.tables, **now.tables},
        columns=columns,
        lost_column=now.lost_column if lost_now else before.lost_column,
        lost_days=now.lost_days if lost_now else before.lost_days,
        health={**before.health, **now.health},
        money=Money(
            now.money.vat or before.money.vat, now.money.returns or before.money.returns, now.money.date or before.money.date
        ),
    )


def _said(table: TableProfile, columns: dict[str, Any], kind: str | None) -> Sentence:
    if not columns:
        return say(
            "Vous aviez dit ce qu’est ce tableau la dernière fois : c’est repris.",
            "You had said what this table is last time: it is taken up again.",
        )
    return say(
        "Vos corrections de la dernière fois sont reprises pour {columns}.",
        "Your corrections of last time are taken up again for {columns}.",
        columns=Listing(tuple(Label(f"« {header} »") for header in columns)),
    )


def _read(workspace: Workspace) -> dict[str, Any]:
    path = workspace.folder / _FILE
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return data


def _write(workspace: Workspace, known: dict[str, Any]) -> None:
    """Written whole under a work name, then renamed; nothing to remember leaves no file."""
    kept = dict(list(known.items())[-_MOST:])
    target = workspace.folder / _FILE
    if not kept:
        target.unlink(missing_ok=True)
        return
    work = target.with_name(f"remembered-{secrets.token_hex(4)}.json")
    with work.open("w", encoding="utf-8") as handle:
        json.dump(kept, handle, ensure_ascii=False)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(work, target)
