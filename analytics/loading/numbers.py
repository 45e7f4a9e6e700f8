"""Numbers as people write them: decimal comma or point, thousands, currencies, percents, negatives in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from analytics.datamodel.model import ColumnType
from analytics.loading.reading import FileHabits, Reading
from analytics.loading.words import CURRENCIES, TAXES, THOUSANDS, UNITS

_MINUS = "\u2212\u2010\u2011\u2013"  # the sign, hyphens and the dash that programs put in the place of -
_SPACES = " \u00a0\u202f\u2007\u2009"
_CODES = {**CURRENCIES, **{mark: code for mark, (code, _) in THOUSANDS.items()}}
_MARKS = sorted(_CODES, key=len, reverse=True)
_CURRENCY = "|".join(re.escape(mark) for mark in _MARKS)
_UNIT = "|".join(re.escape(unit) for unit in sorted((*UNITS, *TAXES), key=len, reverse=True))
_SHAPE = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+{_MINUS}])?\s*(?P<left>{_CURRENCY})?\s*(?P<open2>\()?\s*(?P<sign2>[-+{_MINUS}])?\s*"
    rf"(?P<body>\d[\d.,'’{_SPACES}]*\d|\d[.,]?|[.,]\d+)(?P<exp>[eE][-+]?\d{{1,2}})?"
    rf"\s*(?P<after>[-{_MINUS}])?\s*(?P<close2>\))?\s*(?:(?P<percent>%)|(?P<right>{_CURRENCY}))?\s*(?P<unit>{_UNIT})?"
    rf"\s*(?P<after2>[-{_MINUS}])?\s*(?P<close>\))?"
)
_ZERO = re.compile(rf"(?:(?:{_CURRENCY})\s*[-–—]|[-–—]\s*(?:{_CURRENCY}))")  # how spreadsheets show nought in an account
NUMBER_SHAPE = f"{_SHAPE.pattern}|{_ZERO.pattern}".replace("'", "''")  # within quotes of SQL
_DETOURS = (  # a dash in the place of the cents (25.– and 1.250,-), the apostrophe by which spreadsheets keep a text
    (re.compile(r"(\d)([.,]) ?(?:--?|[–—])"), r"\1\200"), (re.compile(r"^'([-+(]?\d)"), r"\1"),
)
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_LONG_ID = re.compile(r"\d{16,}")
_LEADING_ZERO = re.compile(r"0\d+")
_CODE_E = re.compile(r"\d+[eE]\d+")  # 12E3: programs write 1.2e+04, people a reference
_PHONE = re.compile(r"\+\d{10,15}")
_BIG_EXPONENT = re.compile(r"\d(?:[.,]\d{1,6})?[eE]\+?(?:9|[1-9]\d)")
_BARE_OF_GROUPS = (
    "CASE WHEN regexp_matches({x}, ',.*[.][0-9]|,[0-9]{3},') THEN replace({x}, ',', '') "
    "WHEN regexp_matches({x}, '[.][0-9].*,|[.][0-9]{3}[.][0-9]') THEN replace({x}, '.', '') ELSE {x} END"
)
"""A cell without the marks that group its thousands, told by the mark that comes last."""
_PLAIN_SQL = "TRY_CAST(nullif({x}, '') AS DOUBLE)"
"""nullif: of a bare column, DuckDB 2.0 pushes the cast into read_csv, where it raises instead of giving NULL."""
MAX_FAILED = 0.1  # a column stays text when a larger share of its cells cannot be read


@dataclass(slots=True)
class _Seen:
    """What the values showed."""

    total: int = 0
    failed: int = 0
    plain: bool = True
    comma: int = 0  # different values that surely have a decimal comma
    point: int = 0
    comma_group: int = 0  # surely a thousands comma
    point_group: int = 0
    unsure_comma: int = 0  # 1,234
    unsure_point: int = 0
    spaces: bool = False
    apostrophes: bool = False
    brackets: bool = False
    trailing: bool = False
    exponent: bool = False
    percent: int = 0
    bare: int = 0
    noughts: bool = False  # a dash beside a currency
    currencies: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()  # units, as they are spelt
    space: str = ""  # the commonest of the blanks that group thousands, or stand before a currency

    @property
    def two_habits(self) -> bool:
        """Whether a mark surely is the decimal's in some cells and groups thousands in others (1 234,56 and 1,234.56), and none leaves a doubt."""
        return bool((self.comma and self.comma_group) or (self.point and self.point_group)) and not self.unsure_comma and not self.unsure_point


def read_numbers(values: Mapping[str, int], habits: FileHabits, *, money: bool = False, unread: float = MAX_FAILED) -> Reading | None:
    """Decide whether the values are numbers, and how they are written; None when they are not, or are identifiers.

    Args:
        values: distinct cells (trimmed, empty words apart) and their counts.
        habits: of the other columns of the file.
        money: whether the header says an amount of money, which has no three decimals.
        unread: share of the cells that may be no numbers.
    """
    text = "{x}"
    for detour, instead in _DETOURS:
        if any(map(detour.search, values)):
            straight = Counter[str]()
            for value, n in values.items():
                straight[detour.sub(instead.replace(r"\2", r"\g<2>"), value)] += n
            values, text = straight, f"regexp_replace({text}, '{_quoted(detour.pattern)}', '{instead}')"
    if is_identifier(values):
        return None
    found = _read(_look(values, unread), values, habits, money=money, unread=unread)
    return found if found is None or text == "{x}" else replace(found, sql=found.sql.replace("{x}", text))


def _read(seen: _Seen, values: Mapping[str, int], habits: FileHabits, *, money: bool, unread: float) -> Reading | None:
    if seen.total == 0 or seen.total == seen.failed or seen.failed > unread * seen.total:
        return None
    if seen.percent and seen.bare > 0.5 * seen.total:
        return None
    if len(seen.units) > 1 or (seen.units and seen.bare > 0.1 * seen.total):
        return None
    if seen.two_habits:
        plain = _sql(seen, ",.", (_SPACES if seen.spaces else "") + ("'’" if seen.apostrophes else "")).replace("{x}", _BARE_OF_GROUPS)
        return Reading(ColumnType.NUMBER, plain, "DOUBLE", _codes(seen, ",.", ",."))
    grouped = _is_grouped(seen, values, habits, money=money)
    if seen.plain and not (seen.unsure_point and not seen.point and (habits.decimal_comma or grouped)):
        codes = ("exponent",) if seen.exponent else ("decimal_point",) if seen.point or seen.unsure_point else ()
        return Reading(ColumnType.NUMBER, _PLAIN_SQL, "DOUBLE", codes)
    decimal, groups = _separators(seen, habits, grouped)
    return Reading(ColumnType.NUMBER, _sql(seen, decimal, groups), "DOUBLE", _codes(seen, decimal, groups))


def sure_marks(values: Mapping[str, int]) -> tuple[bool, bool]:
    """Whether the values, if they are numbers, surely have a decimal comma, and whether they surely have a point."""
    if is_identifier(values):
        return False, False
    seen = _look(values, MAX_FAILED)
    if _read(seen, values, FileHabits(","), money=False, unread=MAX_FAILED) is None:
        return False, False
    return seen.comma > 0, seen.point > 0


def is_number(cell: str) -> bool:
    """Whether a cell alone is a number, however it is written."""
    found = _SHAPE.fullmatch(cell)
    return _ZERO.fullmatch(cell) is not None if found is None else _closes(found) and _look_at_body(found, _Seen())


def is_identifier(values: Collection[str]) -> bool:
    """Whether digits are a code and no quantity: leading zeros, more than 15 digits, or an id mangled into 3.0E+12."""
    if any(_LONG_ID.fullmatch(value) for value in values):
        return True
    whole = [value for value in values if value.isascii() and value.isdigit()]
    if any(_LEADING_ZERO.fullmatch(value) for value in whole) and len(whole) >= 0.9 * len(values):
        return True
    codes = sum(bool(_CODE_E.fullmatch(value)) for value in values)
    if codes and codes + len(whole) >= 0.9 * len(values) or sum(map(bool, map(_PHONE.fullmatch, values))) > 0.5 * len(values):
        return True
    mangled = sum(bool(_BIG_EXPONENT.fullmatch(value)) for value in values)
    return mangled > 0.5 * len(values) or (mangled > 0 and _numbered_alike(whole, len(values) - mangled))


def _numbered_alike(whole: Collection[str], of: int) -> bool:
    """Whether what a spreadsheet left as it was are long numbers of one length, as those of cards or of accounts: quantities vary."""
    long = Counter(len(value) for value in whole if len(value) >= _LONG_NUMBER)
    return bool(long) and max(long.values()) >= 0.9 * of


_LONG_NUMBER = 9


def _look(values: Mapping[str, int], unread: float) -> _Seen:
    """What the values show; once more than `unread` of the cells are no numbers the rest is not looked at, as it changes nothing."""
    seen = _Seen(total=sum(values.values()))
    most = unread * seen.total
    currencies, marks, units, words = set[str](), set[str](), set[str](), set[str]()
    for value, n in values.items():
        if value.isascii() and value.isdigit():  # most cells, and nothing more to see
            seen.bare += n
            continue
        found = _SHAPE.fullmatch(value)
        if found is None and _ZERO.fullmatch(value):
            seen.noughts, seen.plain = True, False
            continue
        if found is None or not _closes(found) or not _look_at_body(found, seen):
            seen.failed += n
            if seen.failed > most:
                return seen
            continue
        if not _PLAIN.fullmatch(value):
            seen.plain = False
        seen.exponent = seen.exponent or found["exp"] is not None
        seen.brackets = seen.brackets or found["open"] is not None or found["open2"] is not None
        seen.trailing = seen.trailing or found["after"] is not None or found["after2"] is not None
        mark = found["left"] or found["right"]
        if mark:
            marks.add(mark)
            currencies.add(_CODES[mark])
        if found["unit"]:
            units.add(TAXES.get(found["unit"], found["unit"]))
            words.add(found["unit"])
        seen.percent += n * (found["percent"] is not None)
        seen.bare += n * (not mark and not found["unit"] and found["percent"] is None)
    seen.currencies, seen.marks, seen.units = frozenset(currencies), frozenset(marks), frozenset(units)
    seen.words = frozenset(words)
    spaced = [value for value in values if " " in value or not value.isascii()]
    blanks = {blank: sum(blank in value for value in spaced) for blank in _SPACES}
    seen.space = max(_SPACES, key=lambda blank: blanks[blank]) if any(blanks.values()) else ""
    return seen


def _closes(found: re.Match[str]) -> bool:
    """Whether brackets, if any, open and close once."""
    opened = (found["open"] is not None) + (found["open2"] is not None)
    return opened <= 1 and opened == (found["close"] is not None) + (found["close2"] is not None)


_SPACED = re.compile(rf"[{_SPACES}]")
_IN_GROUPS = re.compile(rf"\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+(?:[.,]\d+)?")


def _look_at_body(found: re.Match[str], seen: _Seen) -> bool:
    """Note which separator plays which part; False when the digits are not grouped as a number's."""
    body = found["body"]
    spaced, quoted = _SPACED.search(body) is not None, "'" in body or "’" in body
    if spaced or quoted:
        if not _IN_GROUPS.fullmatch(body):
            return False
        seen.spaces, seen.apostrophes = seen.spaces or spaced, seen.apostrophes or quoted
    commas, points = body.count(","), body.count(".")
    if commas and points:
        last = "," if body.rfind(",") > body.rfind(".") else "."
        other = "." if last == "," else ","
        if not re.fullmatch(rf"\d{{1,3}}(?:\{other}\d{{3}})+\{last}\d+", body):
            return False
        seen.comma, seen.point = seen.comma + (last == ","), seen.point + (last == ".")
        seen.comma_group, seen.point_group = seen.comma_group + (other == ","), seen.point_group + (other == ".")
        return True
    mark, n = (",", commas) if commas else (".", points)
    if not n:
        return True
    if n > 1:
        if not re.fullmatch(rf"\d{{1,3}}(?:\{mark}\d{{3}})+", body):
            return False
        seen.comma_group, seen.point_group = seen.comma_group + (mark == ","), seen.point_group + (mark == ".")
        return True
    left, _, right = body.partition(mark)
    unsure = len(right) == 3 and 1 <= len(left) <= 3 and not left.startswith("0") and not spaced and not quoted
    if mark == ",":
        seen.unsure_comma, seen.comma = seen.unsure_comma + unsure, seen.comma + (not unsure)
    else:
        seen.unsure_point, seen.point = seen.unsure_point + unsure, seen.point + (not unsure)
    return True


def _is_grouped(seen: _Seen, values: Collection[str], habits: FileHabits, *, money: bool) -> bool:
    """Whether 1,234 (or 1.234) are thousands: nothing says otherwise, and whole numbers stop at 999, or it is money."""
    if seen.comma or seen.point or bool(seen.unsure_comma) == bool(seen.unsure_point):
        return False
    if habits.decimal_comma if seen.unsure_comma else habits.decimal_point or habits.delimiter == ",":
        return False
    whole = [value.lstrip("+-") for value in values if value.lstrip("+-").isdigit()]
    if any(len(value) > 3 for value in whole):
        return False
    return money or sum(len(value) == 3 for value in whole) >= 3


def _separators(seen: _Seen, habits: FileHabits, grouped: bool) -> tuple[str, str]:
    """The characters that may be the decimal mark, and those that group thousands."""
    groups = (_SPACES if seen.spaces else "") + ("'’" if seen.apostrophes else "")
    groups += ("," if seen.comma_group else "") + ("." if seen.point_group else "")
    comma, point = seen.comma > 0 and not seen.comma_group, seen.point > 0 and not seen.point_group
    if seen.unsure_comma and not comma and not seen.comma_group:
        french = habits.decimal_comma or (habits.delimiter != "," and not habits.decimal_point)
        if point or grouped or not french:
            groups += ","
        else:
            comma = True
    if seen.unsure_point and not point and not seen.point_group:
        if comma or grouped or habits.decimal_comma:
            groups += "."
        else:
            point = True
    return ("," if comma else "") + ("." if point else ""), groups


def _sql(seen: _Seen, decimal: str, groups: str) -> str:
    """Check the whole cell by a pattern, then strip it to what a number is."""
    body = rf"\d+(?:[{decimal}]\d*)?|[{decimal}]\d+" if decimal else r"\d+"
    if groups:
        tail = rf"(?:[{decimal}]\d+)?" if decimal else ""
        body += rf"|\d{{1,3}}(?:[{groups}]\d{{3}})+{tail}"
    spaces, minus, opening, closing = f"[{_SPACES}]*", f"[-{_MINUS}]?", r"\(?", r"\)?"
    mark, unit = ("|".join(re.escape(m) for m in sorted(them, key=len, reverse=True)) for them in (seen.marks, seen.words))
    left = f"(?:{mark})?{spaces}{opening}{spaces}" if mark else ""
    ends = "|".join(filter(None, (mark, "%" if seen.percent else "")))
    right = (f"{spaces}(?:{ends})?" if ends else "") + (f"{spaces}(?:{unit})?" if unit else "")
    exponent = r"(?:[eE][-+]?\d{1,2})?" if seen.exponent else ""
    signs = f"[-+{_MINUS}]?{spaces}"
    pattern = (
        f"{opening}{spaces}{signs}{left}{signs}(?:{body}){exponent}{spaces}{minus}{spaces}{closing}{right}{spaces}"
        f"{minus}{spaces}{closing}"
    )
    number = "{x}"
    for word in (*sorted(seen.words, key=len, reverse=True), *sorted(seen.marks, key=len, reverse=True), *"%" * bool(seen.percent)):
        number = f"replace({number}, '{_quoted(word)}', '')"
    number = f"translate({number}, '{_quoted(groups + _SPACES + '()+')}', '')"
    if "," in decimal:
        number = f"replace({number}, ',', '.')"
    value = f"TRY_CAST(trim({number}, '-{_MINUS} ') AS DOUBLE)"
    if seen.brackets or seen.trailing or seen.marks:
        negative = f"[{_MINUS}-]" if not seen.exponent else f"^[(]?[^0-9]*[{_MINUS}-]|[{_MINUS}-]$"
        opened = "[(]|" if seen.brackets else ""
        value = f"CASE WHEN regexp_matches({{x}}, '{opened}{negative}') THEN -{value} ELSE {value} END"
    else:
        value = f"CASE WHEN regexp_matches({{x}}, '^[{_MINUS}-]') THEN -{value} ELSE {value} END"
    if seen.percent:
        value = f"CASE WHEN {{x}} LIKE '%\\%%' ESCAPE '\\' THEN ({value}) / 100 WHEN {{x}} IN ('0', '0,0', '0.0') THEN 0 END"
    if seen.marks & THOUSANDS.keys():
        value = f"round(({value}) * {_size(seen)}, 6)"
    nought = f" WHEN regexp_full_match({{x}}, '{_quoted(_ZERO.pattern)}') THEN 0" if seen.noughts else ""
    whole = f"CASE WHEN regexp_full_match({{x}}, '{_quoted(pattern)}') THEN {value}{nought} END"
    usual = _usual(seen, decimal, groups)
    return f"CASE WHEN {usual[0]} THEN {usual[1]} ELSE {whole} END" if usual is not None else whole


def _size(seen: _Seen) -> str:
    """What a cell is multiplied by: k€ is a thousand euros."""
    told = sorted((mark for mark in seen.marks if mark in THOUSANDS), key=len, reverse=True)
    return "CASE " + " ".join(f"WHEN contains({{x}}, '{_quoted(mark)}') THEN {THOUSANDS[mark][1]}" for mark in told) + " ELSE 1 END"


def _usual(seen: _Seen, decimal: str, groups: str) -> tuple[str, str] | None:
    """The commonest way the numbers are written, tried first since it costs a quarter of the others: its test, its value.

    One minus, digits grouped by one kind of blank or not at all, one currency after them or none.
    """
    if seen.percent or seen.words or len(seen.marks) > 1 or seen.marks & THOUSANDS.keys():
        return None
    mark, space = next(iter(seen.marks), ""), seen.space
    grouped = rf"[0-9]{{1,3}}(?:{space}[0-9]{{3}})+|" if space and space in groups else ""
    tail = f"(?:[{decimal}][0-9]+)?" if decimal else ""
    after = f"(?:{space}?{re.escape(mark)})?" if mark and space else f"(?:{re.escape(mark)})?" if mark else ""
    number = "nullif({x}, '')"
    for word in (mark, space):
        number = f"replace({number}, '{_quoted(word)}', '')" if word else number
    if "," in decimal:
        number = f"replace({number}, ',', '.')"
    return f"regexp_full_match({{x}}, '{_quoted(f'-?(?:{grouped}[0-9]+){tail}{after}')}')", f"TRY_CAST({number} AS DOUBLE)"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _codes(seen: _Seen, decimal: str, groups: str) -> tuple[str, ...]:
    names = {
        "decimal_comma": "," in decimal, "decimal_point": "." in decimal, "thousands_space": seen.spaces,
        "thousands_apostrophe": seen.apostrophes, "thousands_comma": "," in groups, "thousands_point": "." in groups,
        "percent": seen.percent > 0, "negative_brackets": seen.brackets, "negative_after": seen.trailing,
        "exponent": seen.exponent,
    }  # fmt: skip
    codes = [code for code, found in names.items() if found]
    return (
        *codes,
        *(f"currency:{code}" for code in sorted(seen.currencies)),
        *(f"unit:{u}" for u in sorted(seen.units)),
    )
