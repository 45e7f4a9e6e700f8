"""Where the table starts, whether it has a header, and what its columns are called."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_NUMBER = re.compile(r"\A[-+(\u2010-\u2013\u2212]?\s?[€$£]?\s?\d[\d .,'\u00a0\u202f]*(?:[eE][-+]?\d+)?\)?-?\s?(?:[€$£%]|[A-Z]{3})?\Z")
_BELOW = re.compile(r"\A[^\d.,]*[-(\u2010-\u2013\u2212]|[-\u2212]\s*\Z")
_DATE = re.compile(r"\A\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d{1,2}[:h]\d{2}.*)?\Z")
_EMAIL = re.compile(r"\A[^\s@]+@[^\s@]+\.[^\s@]+\Z")
_YEAR = re.compile(r"\A(?:19|20)\d\d\Z")
_INVISIBLE = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]")
_PIVOT = re.compile(r"\A(?:[ée]tiquettes de colonnes|column labels)\Z", re.I)  # what stands above the names in Excel's pivot tables
_SUM = re.compile(r"\A(?:grand )?(?:total|totaux|totals)\b", re.I)
_MAX_NAME = 120
_LABELS = 12  # lines of labels above a table
BLANK = " \t\u00a0\u202f\x00\ufeff\x1a"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are among the first records.

    Args:
        start: index of the first record of the table (the header, when there is one).
        header_rows: records that name the columns: none, one, or two or three where lines of groups stand above the names.
        width: number of columns.
        names: of the columns, cleaned, distinct, never empty.
        renamed: columns whose name was empty or already taken.
    """

    start: int
    header_rows: int
    width: int
    names: tuple[str, ...]
    renamed: int

    @property
    def header(self) -> bool:
        """Whether the columns are named."""
        return self.header_rows > 0

    @property
    def body(self) -> int:
        """Index of the first record that is a row."""
        return self.start + self.header_rows


def find_layout(rows: Sequence[Sequence[str]]) -> Layout:
    """Find the table among the first records of a file.

    Args:
        rows: cells of the first records, blank ones left out.
    """
    trimmed = [trim(row) for row in rows]
    width = _usual_width(trimmed)
    start = _start(trimmed, width)
    groups = _groups_above(trimmed, start, width)
    if groups is not None:
        start, cells, lines = groups
        width = max(len(cells), _body_width(trimmed[start + lines :], len(cells)))
        names, renamed = clean_names([*cells, *[""] * (width - len(cells))])
        return Layout(start, lines, width, names, renamed)
    header = _is_header(trimmed[start], trimmed[start + 1 :], width)
    if not header and start and (otherwise := _cut_otherwise(trimmed[start - 1], width)):
        names, renamed = clean_names(otherwise)
        return Layout(start - 1, 1, width, names, renamed)
    if header:
        width = max(len(trimmed[start]), _body_width(trimmed[start + 1 :], len(trimmed[start])))
        names, renamed = clean_names([*trimmed[start], *[""] * (width - len(trimmed[start]))])
    else:
        names, renamed = tuple(f"column_{i + 1}" for i in range(width)), 0
    return Layout(start, int(header), width, names, renamed)


def _cut_otherwise(row: Sequence[str], width: int) -> list[str] | None:
    """The names of the columns, where their line alone is cut by another separator than the rows."""
    for mark in ";,\t|" if len(row) == 1 and width > 1 else "":
        names = [name.strip(BLANK + '"') for name in row[0].split(mark)]
        words = all(name and not is_value(name) for name in names) and len(set(names)) == width
        if len(names) == width and words:
            return names
    return None


def _groups_above(rows: Sequence[Sequence[str]], start: int, width: int) -> tuple[int, list[str], int] | None:
    """Where a line of groups stands above the names (`2024`, ``, `2025`, `` above `sales`, `orders`, `sales`, `orders`).

    Returns the index of the first line of groups, the name of each column (what stands below, after its group where it
    would not be told apart otherwise), and how many lines there are. None where there is one line of names or none.
    """
    for at in (start, start - 1, start - 2):
        if at < 0 or at + 2 >= len(rows) or width < 3:
            continue
        if at + 3 < len(rows) and (three := _two_groups_above(rows[at : at + 3], rows[at + 3 : at + 503], width)) is not None:
            return at, three, 3
        if at < start - 1:
            continue
        above, below, body = rows[at], rows[at + 1], rows[at + 2 : at + 502]
        filled = [cell for cell in above if cell]
        few = len(filled) >= 2 and (len(set(filled)) < len(filled) or "" in above or len(above) < len(below))
        told = [cell for cell in below if cell]
        if not few or above == below or len(told) < 0.6 * width or any(map(is_value, told)):
            continue
        if any(is_value(cell) and not _YEAR.match(cell) for cell in filled) or _comes_back(below, body):
            continue
        if at < start and len(set(told)) == len(told):
            continue  # the names are enough: what stands above is a title
        names = _under_groups(above, below)
        valued = valued_columns(body)
        named = all(i < len(names) and names[i] for i in valued) and len(set(names)) == len(names)
        if named and any(i < len(below) and below[i] for i in valued):
            return at, names, 2
        if named and not valued and "" in above and len(set(told)) < len(told) and len(told) == len(below) == width:
            return at, names, 2  # names that come twice, told apart by their groups alone
    return None


def _two_groups_above(lines: Sequence[Sequence[str]], body: Sequence[Sequence[str]], width: int) -> list[str] | None:
    """The names of the columns under two lines of groups (years, then quarters); None where that is not what stands there."""
    above, middle, below = lines
    valued = valued_columns(body)
    if not valued or len([cell for cell in above if cell]) < 2 or "" not in above or len(set(below)) == len(below):
        return None
    told = [cell for line in lines for cell in line if cell]
    if any(is_value(cell) and not _YEAR.match(cell) for cell in told) or _comes_back(below, body) or len(below) < width:
        return None
    names = _under_groups(_under_groups(above, middle), below)
    whole = all(i < len(names) and names[i] and i < len(below) and below[i] for i in valued)
    return names if whole and len(set(names)) == len(names) and len(set(_under_groups(middle, below))) < len(names) else None


def _under_groups(above: Sequence[str], below: Sequence[str]) -> list[str]:
    names, group = list[str](), ""
    for i in range(max(len(above), len(below))):
        group = above[i] if i < len(above) and above[i] else group
        name = below[i] if i < len(below) else ""
        names.append(name if name and list(below).count(name) == 1 else f"{group} {name}".strip())
    return names


def valued_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Columns whose filled cells are nearly all numbers or dates."""
    found = list[int]()
    for i in range(max(map(len, rows), default=0)):
        cells = [row[i] for row in rows if i < len(row) and row[i]]
        if cells and sum(map(is_value, cells)) >= 0.8 * len(cells):
            found.append(i)
    return found


def clean_names(cells: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Make names visible, short, distinct (letter case apart) and never empty; return them and how many changed so."""
    names, taken, renamed = list[str](), set[str](), 0
    for i, cell in enumerate(cells):
        shown = _INVISIBLE.sub("", unicodedata.normalize("NFC", cell).replace("\r", " ").replace("\n", " "))
        name = " ".join(shown.split())[:_MAX_NAME].strip()
        base = name or f"column_{i + 1}"
        final, k = base, 2
        while final.casefold() in taken:
            final, k = f"{base}_{k}", k + 1
        renamed += final != name
        taken.add(final.casefold())
        names.append(final)
    return tuple(names), renamed


def trim(row: Sequence[str]) -> list[str]:
    """Cells without their outer blanks, and without the empty ones at the end."""
    cells = [cell.strip(BLANK) for cell in row]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    """The commonest width; of those about as common, the largest (trailing empty cells shorten a row)."""
    widths = Counter(map(len, rows))
    top = max(widths.values())
    return max(width for width, count in widths.items() if count >= max(1, 0.3 * top))


def _start(rows: Sequence[Sequence[str]], width: int) -> int:
    """First record filled like the table: what stands above is a title, a date, a comment."""
    if width == 1:
        return 0
    needed = max(2, 0.6 * width)
    for i, row in enumerate(rows):
        filled = sum(map(bool, row))
        if row[0].startswith("#") and len(row) < width:
            continue
        below = rows[i + 1] if i + 1 < len(rows) else ()
        if any(map(_PIVOT.match, row)) or _are_sums_above(row, below, needed) or _stands_above_names(row, rows[i + 1 : i + 504], needed):
            continue
        sparse = filled >= max(2, 0.4 * width) and sum(map(bool, below)) >= needed and any(map(is_value, below))
        if filled >= needed or sparse:  # a header with unnamed columns stands right above values
            return i
    return 0


def _stands_above_names(row: Sequence[str], below: Sequence[Sequence[str]], needed: float) -> bool:
    """Whether a line of several cells is no header: it holds values, or fewer cells, and the next one only names, over values.

    Several such lines, shorter than the names (`Company`, `Garage`), may follow one another, unless they are a table.
    """
    lines = [row, *(other for other in below if any(other))]
    filled = [[cell for cell in line if cell] for line in lines[: _LABELS + 1]]
    if len(filled[0]) < 2:
        return False
    for k, names in enumerate(filled[1:], start=1):
        plain = len(names) >= needed and len(set(names)) == len(names) and not any(map(is_value, names))
        longest = max(map(len, filled[:k]))
        if plain and (longest < len(names) or (k == 1 and any(map(is_value, filled[0])))):
            return not _are_rows(filled[:k]) and _name_values(lines[k], lines[k + 1 :])
    return False


def _are_rows(lines: Sequence[Sequence[str]]) -> bool:
    """Whether short lines are a table of their own: words, then values in the same column of each."""
    return len(lines) > 2 and any(all(i < len(line) and is_value(line[i]) for line in lines[1:]) for i in range(len(lines[0])))


def _name_values(names: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a line names all the columns of values of the rows below it."""
    valued = valued_columns(body)
    return len(body) > 1 and bool(valued) and all(i < len(names) and names[i] for i in valued)


def _are_sums_above(row: Sequence[str], below: Sequence[str], needed: float) -> bool:
    """Whether a line of sums stands above the names of the columns."""
    filled, names = [cell for cell in row if cell], [cell for cell in below if cell]
    says = len(filled) > 1 and _SUM.match(filled[0]) and all(map(is_number, filled[1:])) and len(filled) < needed + 1
    return bool(says) and len(names) >= needed and not any(map(is_value, names))


def _is_header(first: Sequence[str], body: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the first record names the columns: words over numbers, years in a row, words that never come back."""
    alike = max(2, 0.5 * len(first))  # a header that comes back, or that of another export glued below, is no row
    body = [row for row in body[:500] if row != first and len(set(first).intersection(filter(None, row))) < alike]
    if not body:
        return not any(is_value(cell) for cell in first)
    if _are_days_in_columns(first, body):
        return True
    if any(_EMAIL.match(cell) or _DATE.match(cell) for cell in first):
        return False
    words_over_values = values_over_values = years = 0
    for i, cell in enumerate(first):
        below = [row[i] for row in body if i < len(row) and row[i]]
        valued = bool(below) and sum(map(is_value, below)) >= 0.8 * len(below)
        if _YEAR.match(cell) and not (below and sum(bool(_YEAR.match(v)) for v in below) >= 0.5 * len(below)):
            years += 1
        elif is_value(cell):
            values_over_values += 1
        elif cell and valued:
            words_over_values += 1
    if years >= 2 and values_over_values == 0:
        return True
    if values_over_values:
        return words_over_values > values_over_values
    return bool(words_over_values) or not _comes_back(first, body)


def _are_days_in_columns(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the first record names columns by days, one each, over cells that are none."""
    days = [i for i, cell in enumerate(first) if _DATE.match(cell)]
    named = [cell for i, cell in enumerate(first) if i not in days]
    if len(days) < 2 or len({first[i] for i in days}) < len(days) or any(is_number(cell) for cell in named):
        return False
    below = [row[i] for row in body for i in days if i < len(row) and row[i]]
    return bool(below) and all(is_number(cell) and not _DATE.match(cell) for cell in below) and bool(named)


def _comes_back(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a cell of the first record is also a value below it."""
    return any(cell and any(i < len(row) and row[i] == cell for row in body) for i, cell in enumerate(first))


def is_number(cell: str) -> bool:
    """Whether a cell looks like a number."""
    return bool(_NUMBER.match(cell))


def amount(cell: str) -> float:
    """About how much a cell says, whatever its decimal mark and however it is below nought; 0 where it says none."""
    digits = re.sub(r"[^\d.,]", "", cell)
    if "," in digits and "." in digits:
        digits = digits.replace("," if digits.rfind(",") < digits.rfind(".") else ".", "")
    try:
        found = float(digits.replace(",", "."))
    except ValueError:
        return 0.0
    return -found if _BELOW.search(cell) else found


def is_value(cell: str) -> bool:
    """Whether a cell looks like a number or a date."""
    return _is_value(cell) if len(cell) <= _KEPT else _looks_valued(cell)


def _looks_valued(cell: str) -> bool:
    return bool(_NUMBER.match(cell) or _DATE.match(cell))


_KEPT = 40  # characters of a cell whose answer is kept
_is_value = lru_cache(1 << 15)(_looks_valued)  # the first lines are looked at again and again, whatever is sought in them


_UNIT = re.compile(
    r"\A[(\[]?(?:(?:en|in) )?(?:[€$£%#]|k?€|eur(?:os?)?|usd|gbp|chf|ttc|ht|€ ?(?:ttc|ht)|kg|g|km|m|cm|l|h|min|s|ans?|mois|jours?|days?|months?|years?|nb|nombre|unit[ée]s?|units?"
    r"|(?:jj|dd|mm|aa|yy|aaaa|yyyy)(?:[-/. ]?(?:jj|dd|mm|aa|yy|aaaa|yyyy|hh|ss|[: ]))+|texte|text|code|date|num[ée]rique|number|string|entier|integer|[-–—])[)\]]?\Z",
    re.I,
)


def are_units(row: Sequence[str], below: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a record right under the names only says in what units, or what form, the columns are written, or names them again."""
    filled = [i for i, cell in enumerate(row) if cell]
    valued = valued_columns(below)
    if width < 2 or len(below) < 2 or not filled or not any(i in valued for i in filled):
        return False
    units = all(_UNIT.match(row[i]) for i in filled) and not all(row[i] in "-–—" for i in filled)
    return units or _names_again(row, below, frozenset(valued))


def _names_again(row: Sequence[str], below: Sequence[Sequence[str]], valued: frozenset[int]) -> bool:
    """Whether a record has only words that never come back, over two columns at least of nothing but numbers or dates."""
    words = [i for i, cell in enumerate(row) if cell]
    over = [i for i in words if i in valued and all(is_value(other[i]) for other in below if i < len(other) and other[i])]
    plain = all(re.search(r"[^\W\d_]{2}|\A#\Z", row[i]) and not is_value(row[i]) for i in words)
    return plain and len(over) >= 2 and all(i in over for i in words if i in valued) and not _comes_back(row, below)


def _body_width(rows: Sequence[Sequence[str]], named: int) -> int:
    """Columns the rows really have: unnamed ones count where half of the rows fill them."""
    wider = Counter(len(row) for row in rows if len(row) > named)
    enough = [width for width, count in wider.items() if count > 0.5 * len(rows)]
    return max(enough, default=named)
