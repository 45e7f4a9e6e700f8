"""What the manager says of the files, as in the contract's `--roles FILE.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from analytics.datamodel.health.context import HealthCode
from analytics.datamodel.model import Choice, Corrections, Money, TableProfile
from analytics.datamodel.roles import Role, TableKind
from vocabulary.errors import UserError
from vocabulary.sentence import Label, Sentence, say

_PARTS = ("tables", "columns", "lost", "health", "money")
_VAT, _RETURNS = ("with", "without"), ("net", "gross")
_MOST_DAYS = 36_500


def read_corrections(path: Path, as_of: date | None = None) -> Corrections:
    """Read a `--roles` file.

    Args:
        path: a JSON file of the contract's shape.
        as_of: reference date given beside it.

    Raises:
        UserError: when the file is missing, is no JSON, or names a kind or a role that does not exist.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise _shape(say(
            "Le fichier de corrections « {file} » n’est pas lisible : donnez un fichier JSON.",
            "The corrections file “{file}” cannot be read: give a JSON file.",
            file=Label(path.name),
        )) from problem  # fmt: skip
    return replace(parse_corrections(data), as_of=as_of)


def parse_corrections(data: Any) -> Corrections:
    """Read corrections from plain data. UserError when the shape, a kind or a role is not known."""
    if not isinstance(data, Mapping):
        raise _unknown_part("[…]")
    for part in data:
        if part not in _PARTS:
            raise _unknown_part(str(part))
    tables = {str(file): _kind(kind) for file, kind in _mapping(data, "tables").items()}
    columns = {
        str(file): {str(header): _role(role) for header, role in _mapping(_mapping(data, "columns"), file).items()}
        for file in _mapping(data, "columns")
    }
    column, values, days = _lost(_mapping(data, "lost"))
    return Corrections(
        tables=tables, columns=columns, lost_column=column, lost_days=days, lost_values=values,
        health=_health(_mapping(data, "health")), money=_money(_mapping(data, "money")),
    )  # fmt: skip


def dump_corrections(corrections: Corrections) -> dict[str, Any]:
    """Write corrections in the contract's shape (the as-of date is kept beside it, not in it)."""
    data: dict[str, Any] = {
        "tables": {file: kind.value for file, kind in corrections.tables.items()},
        "columns": {
            file: {header: role.value if role else None for header, role in roles.items()}
            for file, roles in corrections.columns.items()
        },
    }
    if corrections.lost_column is not None:
        data["lost"] = {"column": corrections.lost_column}
        if corrections.lost_values:
            data["lost"]["values"] = list(corrections.lost_values)
    elif corrections.lost_days is not None:
        data["lost"] = {"days": corrections.lost_days}
    if corrections.health:
        data["health"] = {check: choice.value for check, choice in corrections.health.items()}
    money = {name: value for name in ("vat", "returns", "date") if (value := getattr(corrections.money, name)) is not None}
    return {**data, "money": money} if money else data


def check_corrections(corrections: Corrections, tables: Sequence[TableProfile]) -> None:
    """Refuse corrections that name a file or a column that was not uploaded. UserError says which, and what there is."""
    headers: dict[str, set[str]] = {}
    for table in tables:
        headers.setdefault(table.file, set()).update(column.name for column in table.columns)
    for file in (*corrections.tables, *corrections.columns):
        if file not in headers:
            raise UserError(say(
                "Vos corrections parlent du fichier « {file} », qui n’est pas parmi les fichiers chargés : vérifiez son nom.",
                "Your corrections name the file “{file}”, which is not among the files loaded: check its name.",
                file=Label(file),
            ))  # fmt: skip
    for file, roles in corrections.columns.items():
        for header in roles:
            if header not in headers[file]:
                raise _unknown_column(header, Label(file))
    lost = corrections.lost_column
    if lost is not None and not any(lost in known for known in headers.values()):
        raise _unknown_column(lost, None)
    day = corrections.money.date
    if day is not None and not any(day in known for known in headers.values()):
        raise _shape(say(
            "La définition de l’argent cite la date « {column} », qui n’existe dans aucun fichier : choisissez-en une autre.",
            "The definition of money names the date “{column}”, which is in no file: choose another.",
            column=Label(day),
        ))  # fmt: skip


def _unknown_column(header: str, file: Label | None) -> UserError:
    if file is None:
        return UserError(say(
            "La définition de « perdu » cite la colonne « {column} », qui n’existe dans aucun fichier : choisissez-en une autre.",
            "The definition of lost names the column “{column}”, which is in no file: choose another.",
            column=Label(header),
        ))  # fmt: skip
    return UserError(say(
        "Vos corrections citent la colonne « {column} », absente du fichier « {file} » : vérifiez son nom.",
        "Your corrections name the column “{column}”, which is not in the file “{file}”: check its name.",
        column=Label(header), file=file,
    ))  # fmt: skip


def _kind(value: Any) -> TableKind:
    if value not in {kind.value for kind in TableKind}:
        raise _shape(say(
            "« {value} » n’est pas une sorte de tableau connue : choisissez par exemple « customers » ou « transactions ».",
            "“{value}” is no kind of table: choose for instance “customers” or “transactions”.",
            value=Label(str(value)),
        ))  # fmt: skip
    return TableKind(value)


def _role(value: Any) -> Role | None:
    if value is None:
        return None
    if value not in {role.value for role in Role}:
        raise _shape(say(
            "« {value} » n’est pas un rôle connu : choisissez par exemple « customer_id » ou « purchase_date ».",
            "“{value}” is no known role: choose for instance “customer_id” or “purchase_date”.",
            value=Label(str(value)),
        ))  # fmt: skip
    return Role(value)


def _lost(data: Mapping[str, Any]) -> tuple[str | None, tuple[str, ...], int | None]:
    if not data:
        return None, (), None
    column, values, days = data.get("column"), data.get("values"), data.get("days")
    if set(data) == {"column"} and isinstance(column, str):
        return column, (), None
    told = set(data) == {"column", "values"} and isinstance(column, str)
    if told and isinstance(values, list) and values and all(isinstance(value, str | int) for value in values):
        return column, tuple(str(value) for value in values), None
    if set(data) == {"days"} and isinstance(days, int) and not isinstance(days, bool) and 0 < days <= _MOST_DAYS:
        return None, (), days
    raise _shape(say(
        "La définition de « perdu » se donne par une colonne (et ses valeurs s’il le faut) ou par un nombre entier de jours, pas "
        "autrement.",
        "The definition of lost is given by a column (with its values if need be) or by a whole number of days, nothing else.",
    ))  # fmt: skip


def _health(data: Mapping[str, Any]) -> dict[str, Choice]:
    """What to do about each check. UserError for a choice that is neither apply nor ignore, or a check that is none."""
    codes = {code.value for code in HealthCode}
    for check, choice in data.items():
        if str(check).partition(":")[0] not in codes or choice not in {one.value for one in Choice}:
            raise _shape(say(
                "« {check} » : chaque contrôle s’applique (« apply ») ou s’ignore (« ignore »), par exemple « duplicate_rows ».",
                "“{check}”: each check is applied (“apply”) or ignored (“ignore”), for instance “duplicate_rows”.",
                check=Label(str(check)),
            ))  # fmt: skip
    return {str(check): Choice(choice) for check, choice in data.items()}


def _money(data: Mapping[str, Any]) -> Money:
    """What amounts mean. UserError for a word that is none of those of the contract."""
    vat, returns, day = data.get("vat"), data.get("returns"), data.get("date")
    known = set(data) <= {"vat", "returns", "date"} and isinstance(day, str | None)
    if not known or vat not in (None, *_VAT) or returns not in (None, *_RETURNS):
        raise _shape(say(
            "L’argent se définit par « vat » (with ou without), « returns » (net ou gross) et « date » (un en-tête).",
            "Money is defined by “vat” (with or without), “returns” (net or gross) and “date” (a header).",
        ))  # fmt: skip
    return Money(vat, returns, day)


def _mapping(data: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    value = data.get(part, {})
    if not isinstance(value, Mapping):
        raise _unknown_part(part)
    return value


def _unknown_part(part: str) -> UserError:
    return _shape(say(
        "Les corrections n’ont pas la forme attendue (« {part} ») : elles se rangent sous « tables », « columns » et « lost » "
        "(et « health », « money »).",
        "The corrections do not have the expected shape (“{part}”): they go under “tables”, “columns” and “lost” (and "
        "“health”, “money”).",
        part=Label(part),
    ))  # fmt: skip


def _shape(sentence: Sentence) -> UserError:
    return UserError(sentence)
