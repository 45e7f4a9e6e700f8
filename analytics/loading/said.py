"""What is said of columns whose cells were read as more than they show: periods, durations, marks, large numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analytics.datamodel.model import ColumnProfile
from vocabulary.estimate import Threshold, Unit
from vocabulary.sentence import Label, Listing, Sentence, say

_SHOWN = 5

_SAID: dict[str, Callable[[Listing], Sentence]] = {
    "week": lambda columns: say("Semaines lues comme leur lundi : {columns}.", "Weeks read as their Monday: {columns}.", columns=columns),
    "month": lambda columns: say("Mois lus comme leur premier jour : {columns}.", "Months read as their first day: {columns}.", columns=columns),
    "quarter": lambda columns: say(
        "Trimestres lus comme leur premier jour : {columns}.", "Quarters read as their first day: {columns}.", columns=columns
    ),
    "half_year": lambda columns: say(
        "Semestres lus comme leur premier jour : {columns}.", "Half-years read as their first day: {columns}.", columns=columns
    ),
    "fiscal_year": lambda columns: say(
        "Exercices comptables gardés comme du texte, leur premier jour n’étant pas dit : {columns}.",
        "Fiscal years kept as text, since their first day is not said: {columns}.", columns=columns,
    ),
    "lasting": lambda columns: say("Durées lues en minutes : {columns}.", "Durations read in minutes: {columns}.", columns=columns),
    "stars": lambda columns: say("Étoiles lues comme leur nombre : {columns}.", "Stars read as their number: {columns}.", columns=columns),
    "decimal_euro": lambda columns: say(
        "Montants écrits avec le signe € au lieu de la virgule : {columns}.", "Amounts written with € for the decimal mark: {columns}.",
        columns=columns,
    ),
    "thousands_letter": lambda columns: say(
        "Lettres lues comme des milliers (K), des millions (M) ou des milliards : {columns}.",
        "Letters read as thousands (K), millions (M) or billions: {columns}.", columns=columns,
    ),
    "header_size": lambda columns: say(
        "Montants en milliers ou en millions, d’après leur titre, ramenés à l’unité : {columns}.",
        "Amounts in thousands or millions, as their header says, brought to the unit: {columns}.", columns=columns,
    ),
    "header_cents": lambda columns: say(
        "Montants en centimes, d’après leur titre, ramenés à l’unité : {columns}.",
        "Amounts in cents, as their header says, brought to the unit: {columns}.", columns=columns,
    ),
    "debit_credit": lambda columns: say(
        "Débits (DR) lus comme des montants négatifs : {columns}.", "Debits (DR) read as negative amounts: {columns}.", columns=columns
    ),
    "marked_negative": lambda columns: say(
        "Montants suivis de CR ou DR, au milieu d’autres qui n’en portent pas, lus comme négatifs : {columns}.",
        "Amounts followed by CR or DR, among others that have no mark, read as negative: {columns}.", columns=columns,
    ),
}  # fmt: skip


def said_of(columns: Sequence[ColumnProfile]) -> list[Sentence]:
    """One sentence for each way of writing that deserves it, with the columns it was found in."""
    found = [
        write(_names([column for column in columns if code in column.habit]))
        for code, write in _SAID.items() if any(code in column.habit for column in columns)
    ]  # fmt: skip
    bests = {code for column in columns for code in column.habit if code.startswith("out_of:")}
    for code in sorted(bests):
        best = Threshold(float(code.removeprefix("out_of:")), Unit.COUNT)
        found.append(say("Notes sur {best}, lues comme des nombres : {columns}.", "Marks out of {best}, read as numbers: {columns}.",
                         best=best, columns=_names([column for column in columns if code in column.habit])))  # fmt: skip
    return found


def _names(columns: Sequence[ColumnProfile]) -> Listing:
    return Listing(tuple(say("« {name} »", "“{name}”", name=Label(column.name)) for column in columns[:_SHOWN]))
