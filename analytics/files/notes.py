"""What is said of a file after reading it: what was understood, what was repaired, what was set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analytics.files.source import REASON_NAMES, Reason
from vocabulary.estimate import Estimate, Unit
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say

_DELIMITERS: dict[str, Text] = {
    ";": Text("point-virgule", "semicolon"), ",": Text("virgule", "comma"), "\t": Text("tabulation", "tab"),
    "|": Text("barre verticale", "vertical bar"), "blanks": Text("blancs", "blanks"),
    "fixed_width": Text("largeur fixe", "fixed width"),
}  # fmt: skip
_ENCODINGS = {"utf-8": "UTF-8", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "cp1252": "Windows-1252",
              "iso-8859-15": "ISO-8859-15",
              "mac-roman": "Mac Roman", "cp850": "DOS (CP850)", "utf-32-le": "UTF-32 LE",
              "utf-32-be": "UTF-32 BE"}  # fmt: skip


def count(name: str, value: int) -> Estimate:
    """A plain count of lines, cells or columns."""
    return Estimate(name, value, Unit.COUNT, n=value)


def reading(encoding: str, delimiter: str) -> Sentence:
    """How the file was written."""
    name = Label(_ENCODINGS.get(encoding, encoding))
    if not delimiter:
        return say("Texte lu en {encoding}, une seule colonne.", "Text read as {encoding}, a single column.",
                   encoding=name)  # fmt: skip
    word = _DELIMITERS.get(delimiter) or Label(delimiter)
    return say("Texte lu en {encoding}, colonnes séparées par : {separator}.",
               "Text read as {encoding}, columns separated by: {separator}.", encoding=name, separator=word)  # fmt: skip


def replaced(value: int) -> Sentence:
    """Characters that could not be told."""
    return say("{n} caractère(s) illisible(s) remplacé(s).", "{n} unreadable character(s) replaced.",
               n=count("replaced", value))  # fmt: skip


def mixed() -> Sentence:
    """Two encodings in one file."""
    return say("Deux encodages dans le même fichier : chaque ligne a été lue dans le sien.",
               "Two encodings in the same file: each line was read in its own.")  # fmt: skip


def repaired(value: int) -> Sentence:
    """Accents encoded twice."""
    return say("Accents abîmés (« Ã© » au lieu de « é ») : réparés sur {n} ligne(s).",
               "Garbled accents (“Ã©” for “é”): repaired on {n} line(s).", n=count("repaired", value))  # fmt: skip


def other_table(value: int) -> Sentence:
    """More tables below the first one."""
    return say("{n} autre(s) tableau(x) plus bas dans le même fichier, lu(s) à part.",
               "{n} other table(s) further down in the same file, read apart.", n=count("tables", value))  # fmt: skip


def hidden_sheets(titles: Sequence[str]) -> Sentence:
    """Hidden sheets are not read."""
    names = Listing(tuple(Label(title) for title in titles[:5]))
    return say("Feuilles masquées, laissées de côté : {sheets}.", "Hidden sheets, left out: {sheets}.", sheets=names)


def unsaved_formulas() -> Sentence:
    """Formulas without results."""
    return say("Des cellules sont des formules dont le résultat n’est pas enregistré : ouvrez le classeur dans Excel, "
               "enregistrez-le, puis importez-le de nouveau.",
               "Some cells are formulas whose result was not saved: open the workbook in Excel, save it, then upload it again.")


def preamble(value: int) -> Sentence:
    """Lines above the table."""
    return say("{n} ligne(s) au-dessus des titres de colonnes, laissée(s) hors du tableau.",
               "{n} line(s) above the column headings, left out of the table.", n=count("preamble", value))  # fmt: skip


def no_header() -> Sentence:
    """The columns have no names."""
    return say("Pas de titres de colonnes : elles sont numérotées.", "No column headings: columns are numbered.")


def renamed(value: int) -> Sentence:
    """Columns whose name was empty or taken."""
    return say("{n} colonne(s) sans titre ou de même titre, renommée(s).",
               "{n} column(s) unnamed or of the same name, renamed.", n=count("renamed", value))  # fmt: skip


def padded(value: int) -> Sentence:
    """Short lines."""
    return say("{n} ligne(s) plus courte(s) que les titres, complétée(s) par des cellules vides.",
               "{n} line(s) shorter than the headings, completed with empty cells.", n=count("padded", value))  # fmt: skip


def commas_in_words() -> Sentence:
    """Commas inside cells, unquoted."""
    return say("Virgules suivies d’un blanc, sans guillemets : lues comme des virgules de texte, non comme des séparateurs.",
               "Commas followed by a blank, unquoted: read as commas of the text, not as separators.")  # fmt: skip


def recut(value: int) -> Sentence:
    """Rows cut by another separator than the others."""
    return say("{n} ligne(s) séparée(s) autrement que les autres, lue(s) quand même.",
               "{n} line(s) separated otherwise than the others, read all the same.", n=count("recut", value))  # fmt: skip


def turned(value: int) -> Sentence:
    """A table on its side."""
    return say("Tableau couché, une colonne par ligne : il a été redressé ({n} lignes).",
               "Table on its side, one row in each column: it was turned ({n} rows).", n=count("turned", value))  # fmt: skip


def filled_down(columns: Sequence[str], value: int) -> Sentence:
    """Columns filled once a block."""
    names = Listing(tuple(say("« {name} »", "“{name}”", name=Label(name)) for name in columns[:8]))
    return say("Colonnes remplies seulement au début de chaque bloc, recopiées vers le bas ({n} cellules) : {columns}.",
               "Columns filled only where each block begins, copied down ({n} cells): {columns}.",
               columns=names, n=count("filled_down", value))  # fmt: skip


def merged_amounts(columns: Sequence[str]) -> Sentence:
    """Amounts in cells merged over several rows."""
    names = Listing(tuple(say("« {name} »", "“{name}”", name=Label(name)) for name in columns[:8]))
    return say("Montants dans des cellules fusionnées sur plusieurs lignes, comptés une seule fois, sur la première : {columns}.",
               "Amounts in cells merged over several rows, counted once, on the first: {columns}.", columns=names)  # fmt: skip


def groups(titles: Sequence[str], column: str) -> Sentence:
    """Titles of groups among the rows."""
    return say("Titres de groupes entre les lignes (« {first} », « {second} »…) : redits dans la colonne « {column} » de chaque ligne.",
               "Titles of groups among the rows (“{first}”, “{second}”…): told again in the column “{column}” of each row.",
               first=Label(titles[0]), second=Label(titles[1]), column=Label(column))  # fmt: skip


def set_aside(reasons: Counter[Reason]) -> Sentence:
    """Lines set aside, by reason."""
    parts = tuple(
        say("{reason} ({n})", "{reason} ({n})", reason=REASON_NAMES[reason], n=count(reason.value, value))
        for reason, value in reasons.most_common()
    )
    return say("Lignes mises de côté : {reasons}.", "Lines set aside: {reasons}.", reasons=Listing(parts))
