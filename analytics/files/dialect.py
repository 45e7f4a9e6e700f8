"""Which separator, which quote: every candidate cuts the first lines, and the most regular table wins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from analytics.files.records import BLANKS, Dialect, is_border, records

_REGULAR = 0.2  # how regular a table of a section must be
_USUAL = (";", "\t", "|", ",")
_RARE = ("^", "~", "\x1f", "\x01", "¦")
_SEP = re.compile(r'\A"?sep=(.)"?[;,\t|]*\s*\Z', re.I)
_DECIMAL_LINE = re.compile(r"\A\s*[-+(]?(?:\d{1,3}(?:[ .\u00a0\u202f']\d{3})+|\d+),\d{1,4}\)?\s*[€$£%]?\s*\Z")
_TYPED = re.compile(
    r"\A\s*(?:|[-+(]?[€$£]?\s?\d[\d .,'\u00a0\u202f]*(?:e[-+]?\d+)?\)?-?\s?(?:[€$£%]|[A-Z]{3})?"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d{1,2}[:h]\d{2}.*)?"
    r"|[^\s@;,|]+@[^\s@;,|]+|[^;,|\t]{1,60})\s*\Z",
    re.I,
)
_EMPTIES = re.compile(r'"[;,\t]+\Z')
_FIRST_CELL = re.compile(r'"(?:[^"]|"")*[;,\t|](?:[^"]|"")*"[;,\t]+')
_ONE_CELL = re.compile(r'"(?:[^"]|"")+"')
_GLUED = 3  # lines of a file glued above another
_NUMBER = re.compile(r"\A[-+]?\d[\d.,]*\Z")


@dataclass(frozen=True, slots=True)
class Guess:
    """A dialect and how regular the table it gives is (0..1)."""

    dialect: Dialect
    score: float


def declared(first_line: str) -> str | None:
    """The separator that a first line `sep=;` declares, or None."""
    found = _SEP.match(first_line)
    return found[1] if found else None


def find_dialect(lines: Sequence[str], delimiter: str | None = None) -> Dialect:
    """Choose how to cut a text from its first lines.

    Args:
        lines: the first lines, about 2,000, without their ends.
        delimiter: the separator, where the file declares it.
    """
    lines = [line for line in lines if not is_border(line)]
    quote, escape = _quoting(lines)
    if delimiter is not None:
        return Dialect(delimiter, quote, escape)
    best = _best(lines, _USUAL + _RARE, quote, escape)
    if not escape and any('\\"' in line for line in lines):  # before a separator, it may escape a quote or end a path (`C:\\dir\\`)
        escaped = _best(lines, _USUAL + _RARE, quote, "\\")
        if escaped is not None and (best is None or escaped.score > best.score):
            best, escape = escaped, "\\"
    if best is not None and (first := _of_the_first(lines, best, quote, escape)) is not None:
        best = first
    if (mixed := _partly_unwrapped(lines)) and (found := _best(mixed, _USUAL, '"', "")) is not None:
        if found.score > max(_REGULAR, best.score if best is not None else 0.0):
            return replace(found.dialect, wrapped=True)
    if (best is None or _only_first_cells(lines)) and (inner := _unwrapped(lines)):
        found = _best(inner, _USUAL, '"', "")
        if found is not None:
            return replace(found.dialect, wrapped=True)
    if best is None:
        best = _best_by_section(lines, quote, escape) or _blanks(lines)
    return _drawn(lines, best.dialect) if best is not None else Dialect("", quote, escape)


def _drawn(lines: Sequence[str], dialect: Dialect) -> Dialect:
    """The same dialect, where the separator is written twice, or stands around each line as well."""
    d, filled = dialect.delimiter, [line.strip() for line in lines if line.strip()]
    if len(d) == 1 and d != " " and all(line.count(d) == 2 * line.count(d + d) for line in filled) and d + d in filled[0]:
        return replace(dialect, delimiter=d + d)
    around = sum(line.startswith(d) and line.endswith(d) and len(line) > 2 for line in filled)
    return replace(dialect, framed=True) if d == "|" and around >= 0.8 * len(filled) else dialect


def _best(lines: Sequence[str], delimiters: Sequence[str], quote: str, escape: str) -> Guess | None:
    guesses = [_score(lines, Dialect(d, quote, escape)) for d in delimiters if any(d in line for line in lines)]
    found = max(guesses, key=lambda guess: guess.score, default=None)
    return found if found is not None and found.score > 0.1 else None


def _of_the_first(lines: Sequence[str], best: Guess, quote: str, escape: str) -> Guess | None:
    """The separator of the first lines, where they are the same table as those below, which another separator cuts (two files glued)."""
    d, filled = best.dialect.delimiter, [line for line in lines if line.strip()]
    head = list(takewhile(lambda line: d not in line, filled))
    if not _GLUED <= len(head) < len(filled):
        return None
    found = _best(head, [mark for mark in _USUAL if mark != d], quote, escape)
    width = filled[len(head)].count(d)
    same = sum(line.count(found.dialect.delimiter) == width for line in head) if found is not None else 0
    return found if width > 1 and same >= 0.95 * len(head) else None


def _best_by_section(lines: Sequence[str], quote: str, escape: str) -> Guess | None:
    """The separator of tables of several widths, one under the other below blank lines: regular in two of them at least."""
    sections: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            sections[-1].append(line)
        elif sections[-1]:
            sections.append([])
    sections = [section for section in sections if len(section) >= 2]
    guesses = list[Guess]()
    for d in _USUAL if len(sections) >= 2 else ():
        scores = [_score(section, Dialect(d, quote, escape)).score for section in sections]
        if sum(score > _REGULAR for score in scores) >= max(2, 0.6 * len(sections)):
            guesses.append(Guess(Dialect(d, quote, escape), sum(scores) / len(scores)))
    return max(guesses, key=lambda guess: guess.score, default=None)


def _score(lines: Sequence[str], dialect: Dialect) -> Guess:
    rows = [record.cells for record in records(((line, False) for line in lines), dialect) if record.cells]
    if not rows:
        return Guess(dialect, 0.0)
    widths = Counter(len(row) for row in rows)
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    if width < 2 or _is_decimal_comma(dialect, width, lines):
        return Guess(dialect, 0.0)
    cells = [cell for row in rows if len(row) == width for cell in row][:4000]
    typed = sum(bool(_TYPED.match(cell)) for cell in cells) / len(cells)
    usual = 1.0 if dialect.delimiter in _USUAL else 0.9
    tidy = 0.5 + 0.5 * _quotes_at_the_edges(lines, dialect)
    return Guess(dialect, usual * tidy * (count / len(rows)) ** 2 * (width - 1) / width * (0.1 + 0.9 * typed**2))


def _quotes_at_the_edges(lines: Sequence[str], dialect: Dialect) -> float:
    """Share of the quotes that open or close a cell: a wrong separator leaves them in the middle of cells."""
    text = "\n".join(lines).replace(dialect.quote * 2, "") if dialect.quote else ""
    quotes = text.count(dialect.quote) if dialect.quote else 0
    if not quotes:
        return 1.0
    edge, quote = re.escape(dialect.delimiter), re.escape(dialect.quote)
    at_edges = len(re.findall(f"(?:^|{edge}){quote}|{quote}(?:{edge}|$)", text, re.M))
    return min(1.0, at_edges / quotes)


def _is_decimal_comma(dialect: Dialect, width: int, lines: Sequence[str]) -> bool:
    """One column of decimal numbers: `0,5` is no pair."""
    if dialect.delimiter != "," or width != 2:
        return False
    filled = [line for line in lines if line.strip()]
    numbers = sum(bool(_DECIMAL_LINE.match(line)) for line in filled)
    return numbers >= 0.8 * (len(filled) - 1) and "," not in filled[0].replace(", ", "") or numbers == len(filled)


def _quoting(lines: Sequence[str]) -> tuple[str, str]:
    """The quote character, and a backslash when quotes are escaped so."""
    text = "\n".join(lines)
    double, single = (
        len(re.findall(r'(?:^|[;,\t|])\s*"', text, re.M)),
        len(re.findall(r"(?:^|[;,\t|])\s*'", text, re.M)),
    )
    closing = len(re.findall(r"'\s*(?:$|[;,\t|])", text, re.M))
    if single > 0.5 * len(lines) and closing > 0.9 * single and not double:
        return "'", ""
    escaped = len(re.findall(r'\\"(?!\s*(?:$|[;,\t|]))', text, re.M))
    return '"', "\\" if escaped and escaped >= text.count('""') else ""


def _unwrapped(lines: Sequence[str]) -> list[str] | None:
    """The inside of lines that are each one quoted cell, or None."""
    filled = [_bare(line) for line in lines if line.strip()]
    whole = [line[1:-1].replace('""', '"') for line in filled if len(line) > 2 and line[0] == line[-1] == '"']
    return whole if len(whole) > 1 and len(whole) >= 0.9 * len(filled) else None


def _partly_unwrapped(lines: Sequence[str]) -> list[str] | None:
    """The lines, those that are one quoted cell without their quotes, where the others have none; None where that is not so.

    What a spreadsheet saves of a table pasted into its first column: quotes around the lines that hold a comma, and only there.
    """
    filled = [line.strip() for line in lines if line.strip()]
    whole = [bool(_ONE_CELL.fullmatch(line)) for line in filled]
    if sum(whole) < 2 or all(whole) or any('"' in line for line, quoted in zip(filled, whole, strict=True) if not quoted):
        return None
    return [line[1:-1].replace('""', '"') if quoted else line for line, quoted in zip(filled, whole, strict=True)]


def _bare(line: str) -> str:
    """A line without the empty cells that a spreadsheet puts after its first one, which is quoted."""
    return _EMPTIES.sub('"', line.strip())


def _only_first_cells(lines: Sequence[str]) -> bool:
    """Whether each line is one quoted cell, that of the names too, and empty cells: a whole table pasted into a first column."""
    filled = [line.strip() for line in lines if line.strip()]
    alone = [bool(_FIRST_CELL.fullmatch(line)) for line in filled]
    return len(filled) > 1 and alone[0] and sum(alone) >= 0.9 * len(filled)


def _blanks(lines: Sequence[str]) -> Guess | None:
    """Columns separated by runs of blanks: regular, and mostly numbers (prose is neither)."""
    quoted = sum(line.count('"') % 2 == 0 and '"' in line for line in lines[1:]) > 0.5 * len(lines[1:])
    cut = records(((line, False) for line in lines), Dialect(BLANKS, '"' if quoted else ""))
    rows = [record.cells for record in cut]
    if len(rows) < 2:
        return None
    width, count = Counter(map(len, rows)).most_common(1)[0]
    body = [row for row in rows[1:] if len(row) == width]
    numbers = [sum(bool(_NUMBER.match(row[i])) for row in body) for i in range(width)] if body else []
    regular = width > 1 and count >= 0.95 * len(rows) - 1
    if regular and (quoted or sum(n >= 0.8 * len(body) for n in numbers) >= max(1, width / 2)):
        return Guess(Dialect(BLANKS, '"' if quoted else ""), 0.9)
    return None
