"""Whether a record is a row of its table: totals, comments, headers that come back, feet of pages and of files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.files.layout import BLANK, amount, is_number, is_value, trim
from analytics.files.records import Record
from analytics.files.source import Reason
from analytics.files.stacked import Shape, recut, same_names
from analytics.files.subtotals import may_be_sums, pattern_of, says_sum

_TOTAL = re.compile(
    r"\A(?:(?:grand|sous|sub)[ -]?)?(?:total|totaux|totals)\b(?:\s+(?:g[ée]n[ée]ral|g[ée]n[ée]raux|[\w ]{1,30}))?\s*:?\s*\Z"
    r"|\A(?:total|totaux|totals) ?:\s*[^\W\d_].{0,60}\Z",  # `Total: account`
    re.I,
)
_SURELY_TOTAL = re.compile(r"\A(?:(?:grand|sous|sub)[ -]?tota|total g[ée]n[ée]ral|(?:total|totaux|totals) ?:\s*[^\W\d_])", re.I)
_STARS, _CURRENCY = re.compile(r"\*{1,5}\Z"), re.compile(r"[A-Z]{3}\Z|[€$£%]\Z")  # how SAP's lists mark their sums, and what stands beside one
_NOTHING = frozenset(["-", "--", "–", "—"])
_TAIL_TOTAL = re.compile(
    r"\A(?:somme|sum|moyenne|average|mean|nombre|count|ensemble|minimum|maximum|m[ée]diane|median|cumul|"
    r"gesamt(?:summe|betrag)?|insgesamt|(?:end|zwischen)?summe|(?:sub|eind)?totaal|durchschnitt|mittelwert|anzahl|gemiddelde|aantal|"
    r"[ée]cart[ -]type|(?:ancien |nouveau |closing |opening |ending )?(?:solde|balance)(?: (?:final|initial|cr[ée]diteur|d[ée]biteur))?"
    r"(?: (?:au|on) [\d/.-]+)?)[\s:]*\Z", re.I,
)  # fmt: skip
_RULE, _LONG_RULE = re.compile(r"([-=_*~])\1\1+\Z"), 4  # a line drawn under the names, or between the rows
_PAGE = re.compile(r"\A[-– ]*(?:page|seite|pagina)\s*:?\s*\d+(?:\s*(?:/|sur|of|de|von|van)\s*\d+)?[-– ]*\Z", re.I)
_FOOT = re.compile(
    r"\A\W*(?:total|totaux|nombre|nb\b|nbre|number|count|source|page\b|export|extrait|g[ée]n[ée]r|generated|imprim|print|[ée]dit[ée]|"
    r"l[ée]gende|legend|note\b|nota|©|fin\b|end\b|\d+ (?:lignes?|rows?|enregistrements?|records?|r[ée]sultats?|results?))", re.I,
)  # fmt: skip
_UNDER = re.compile(r"(?:\d[\d\s]*\s)?(?=\D*[^\W\d_]{2})[^\W\d_]\D*(?:\d+(?:[.,]\d+)? ?%\D*)?")  # `Net`, `TVA 20 %`, `12 commandes`
_MOST = 0.7  # share of the cells of a row
_SEVERAL = 5  # rows above a line that adds them up under a word
_SUSPECT = frozenset(["", *"tTgGsS#pP-–*=_~"])  # how no ordinary row begins, or a total, a comment, the foot of a page


def judge(record: Record, cells: list[str], shape: Shape, *, last: bool) -> Reason | None:
    """Why a record is no row of its table; None when it is one.

    Args:
        record: as it was cut.
        cells: its cells without outer blanks, without the empty ones beyond the last column.
        shape: of the table.
        last: whether it stands at the foot of the table.
    """
    plain = not last and len(cells) == shape.width and cells[0][:1] not in _SUSPECT and cells[0] not in shape.firsts and not shape.sums and not shape.patterns
    return None if plain and not record.too_long and not record.heading else _reason(record, cells, shape, last)


def _reason(record: Record, cells: list[str], shape: Shape, last: bool) -> Reason | None:
    if record.too_long:
        return Reason.CELL_TOO_LONG if record.cells else Reason.LINE_TOO_LONG
    width, filled = shape.width, [cell for cell in cells if cell]
    if not filled or all(map(_RULE.match, filled)) and len("".join(filled)) >= _LONG_RULE:
        return Reason.EMPTY
    if record.heading and not last:
        return Reason.GROUP
    if any(same_names(cells[: len(header)], header) and not any(cells[len(header) :]) for header in shape.headers):
        return Reason.REPEATED_HEADER
    if width > 2 and len(cells) == 1 and any(same_names(cells[0].split(mark), header) for mark in ";,\t|" for header in shape.headers):
        return Reason.REPEATED_HEADER  # of a file glued below, cut otherwise
    if width > 1 and filled[0].startswith("#") and len(record.cells) != width and cells[0]:
        return Reason.COMMENT
    if _is_total(cells, filled, shape, last) or any(i < len(cells) and says_sum(cells[i]) for i in shape.sums):
        return Reason.TOTAL
    if shape.patterns and pattern_of(cells) in shape.patterns and may_be_sums(cells, width):
        return Reason.TOTAL
    if len(cells) > width:
        return Reason.TOO_MANY_CELLS
    page = width > 1 and len(filled) == 1 and (bool(_PAGE.match(filled[0])) or _is_title(record, without_digits(filled[0]), shape))
    return Reason.FOOTER if last or page else None


def titles_of(above: Sequence[Record]) -> frozenset[str]:
    """The lines of one cell above a table that begin with a word, or with a date: printed reports have them again on each page."""
    lone = (next(filter(None, trim(record.cells)), "") for record in above if sum(map(bool, trim(record.cells))) == 1)
    return frozenset(without_digits(cell) for cell in lone if re.match(r"(?:\d[\d ./:-]*)?[^\W\d_]{3,}", cell))


def _is_title(record: Record, title: str, shape: Shape) -> bool:
    """Whether a line is a title again; one that begins with a digit must be alone, as no row of several cells is."""
    alone = len(record.cells) == 1 and shape.width > 2 and bool(shape.valued)
    return title in shape.titles and (alone or not title.startswith("0"))


def without_digits(text: str) -> str:
    """A line whatever its numbers: the title of a page but for the page and the hour."""
    return re.sub(r"\d+", "0", text.strip(BLANK))


def _is_total(cells: list[str], filled: list[str], shape: Shape, last: bool) -> bool:
    """A total line: its first filled cell says so, and most of its other cells are empty (or it ends the file)."""
    width = shape.width
    if width > 2 and last and not cells[0] and shape.keyed and all(map(is_number, filled)):
        return True  # sums under a table whose rows all begin with something
    if width == 1 or _is_starred(cells, filled, width):
        return width > 1
    if not _TOTAL.match(filled[0]):
        return last and width > 2 and len(filled) < width and bool(_TAIL_TOTAL.match(filled[0]))
    if _is_whole(filled, width):
        return False
    return last or len(filled) <= max(2, width / 2) or not cells[0] or _adds_up_a_block(cells, filled, shape)


def _is_starred(cells: list[str], filled: list[str], width: int) -> bool:
    """Whether a line has stars first, then sums and their currencies, and no word: not a customer marked by a star."""
    plain = bool(_STARS.match(filled[0])) and cells[0] == filled[0] and len(filled) < width
    return plain and any(map(is_number, filled)) and all(is_number(cell) or _CURRENCY.match(cell) for cell in filled[1:])


def _adds_up_a_block(cells: list[str], filled: list[str], shape: Shape) -> bool:
    """Whether a line that begins like a total has numbers alone beside the word, and no word where the rows have some."""
    if len(filled) == shape.width:
        return False
    words = [i for i in range(shape.width) if i not in shape.valued and cells[i : i + 1] != filled[:1]]
    empty = bool(words) and all(not cell for i, cell in enumerate(cells) if i in words)
    return bool(_SURELY_TOTAL.match(filled[0])) or (empty and len(filled) > 1 and all(map(is_number, filled[1:])))


def _are_sums(cells: list[str], above: list[Record], width: int) -> bool:
    """Whether a line has no first cell, only numbers, and as much in one column at least as the last rows together.

    Its first cell may be words where at least two of its cells lack that all of several rows above have (`1517 orders`).
    """
    if not all(map(is_number, filter(None, cells[1:]))) or len(above) < (_SEVERAL if cells[0] else 2):
        return False
    lacking = [i for i in range(1, width) if not any(cells[i : i + 1]) and all(i < len(r.cells) and r.cells[i].strip(BLANK) for r in above)]
    if cells[0] and (is_value(cells[0]) or not any(cells[1:]) or len(lacking) < 2):
        return False
    columns = [i for i, cell in enumerate(cells) if is_number(cell)]
    return any(
        amount(cells[i]) >= 0.99 * sum(amount(r.cells[i]) for r in above if i < len(r.cells)) > 0 for i in columns
    )


def _is_whole(filled: list[str], width: int) -> bool:
    """Whether a line that begins like a total is a row: a customer may well be called Total."""
    return len(filled) == width and not all(is_number(cell) or cell in _NOTHING for cell in filled[1:])


def _is_foot(cells: list[str], words: str, shape: Shape) -> bool:
    """Whether the only filled cell of a line is no row: in a table of one column or two, only where it says so itself."""
    if shape.width > 2:
        return recut(cells, shape) is None and len(cells) < shape.width or bool(_FOOT.match(words))
    narrow = len(cells) == 1 and bool(_FOOT.match(words)) and not is_value(words)
    return narrow and (shape.width == 2 or shape.valued == frozenset((0,)))


def _is_word_under_values(cells: list[str], filled: list[str], shape: Shape) -> bool:
    """Whether a last line has a word where the rows have dates or numbers first, no other word, and some number: a balance, a mean."""
    return bool(
        shape.width > 2 and 0 in shape.valued and cells and _UNDER.fullmatch(cells[0])
        and 2 <= len(filled) < shape.width and all(map(is_number, filled[1:]))
    )  # fmt: skip


def _below_a_gap(tail: list[Record], shape: Shape) -> int:
    """Index of the first of the last records that stand apart, all shorter than any row: a summary under the table."""
    shortest, at = min(shape.lengths, default=0), len(tail)
    if shortest < 3:
        return at
    for i in range(len(tail) - 1, 0, -1):
        cells = trim(tail[i].cells)
        if tail[i].too_long or len(cells) >= shortest or recut(cells, shape) is not None or _is_alike(cells, shape):
            return at
        if tail[i].line > tail[i - 1].line + tail[i - 1].raw.count("\n") + 1:
            at = i
    return at


def footers(tail: list[Record], shape: Shape) -> int:
    """Index of the first of the last records that are no rows: totals, lines of one filled cell, a summary apart."""
    at, width = _below_a_gap(tail, shape), shape.width
    tail = tail[:at]
    while at > 0:
        cells = [cell.strip(BLANK) for cell in tail[at - 1].cells]
        filled = [cell for cell in cells if cell]
        lone = len(filled) == 1 and _is_foot(cells, filled[0], shape)
        says = bool(filled) and width > 1 and bool(_TOTAL.match(filled[0]) or _TAIL_TOTAL.match(filled[0]))
        total = says and not _is_whole(filled, width) or bool(filled) and width > 1 and _is_starred(cells, filled, width)
        total = total or _is_word_under_values(cells, filled, shape)
        sums = at == len(tail) and width > 2 and shape.keyed and _are_sums(cells, tail[:-1], width)
        if (
            filled
            and not lone
            and not sums
            and not (total and len(filled) < max(width, 3))
            and not (total and (at == len(tail) or _SURELY_TOTAL.match(filled[0])))
        ):
            break
        at -= 1
    return min(at, _under_a_total(tail, shape))


def _is_alike(cells: list[str], shape: Shape) -> bool:
    """Whether a line that lacks its last cells is a row all the same: most are filled, with values where the rows have some, and words beside."""
    filled, valued = [i for i, cell in enumerate(cells) if cell], [i for i in shape.valued if i < len(cells)]
    words = [cells[i] for i in filled if i not in shape.valued]
    most = len(filled) >= max(3, _MOST * shape.width) and len(words) >= 2
    return most and bool(valued) and all(is_value(cells[i]) for i in valued if cells[i]) and not any(map(_TOTAL.match, words[:1]))


def _under_a_total(tail: list[Record], shape: Shape) -> int:
    """Index of the first of the last records that stand under a total with few cells each: the tax in it, what is left to pay, a mean."""
    at = len(tail)
    for i in range(len(tail) - 1, -1, -1):
        cells = [cell.strip(BLANK) for cell in tail[i].cells]
        filled = [cell for cell in cells if cell]
        if filled and _TOTAL.match(filled[0]) and len(filled) < shape.width and shape.width > 2 and may_be_sums(cells, shape.width):
            at = i
        elif not may_be_sums(cells, shape.width):
            break
    return at
