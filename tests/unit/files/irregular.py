"""Small irregular files drawn at random, and what the reader makes of them, block by block or line by line."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from pathlib import Path

from analytics.files import read_sources
from vocabulary.errors import FileProblem

LINE_BY_LINE = 0
_WORDS = ("Orléans", "Nîmes", "Total", "total énergies", "TOTAL", "Grand total", "sous-total", "Sophie", "Paul", "page 3", "- page 2 -",
          "– Page 1/3 –", "# lot", "#12", "Tours", "Gran Canaria", "é", "à", "voilà", "Œuf", "«\u00a0oui\u00a0»", "N/A", "", "", "-", "Somme",
          "Exporté le 3/4/2026", "x" * 300, "somme", "12 lignes", "@", "=1+1", "00123", "1e5", "€", "\u202f", "\ufeffbom", "\x1a")  # fmt: skip
_HEADERS = (
    "id",
    "N° client",
    "Total",
    "nom",
    "ville",
    "montant",
    "date",
    "",
    "Tél.",
    "a;b",
    'dit "x"',
    "T",
    "€",
    "-",
    "2024",
    "2025",
)
_BLANK_LINES = ("", " ", "\t", "\u00a0", "\x00", "  ;", "\x1a", "\r", "+---+---+", "|---|---|")


@dataclass(frozen=True)
class Reading:
    """One table as it was read: what may not depend on how it was."""

    name: str
    header: tuple[str, ...]
    rows: list[list[str]]
    aside: list[tuple[int, str, str]]
    notes: tuple[str, ...]


def read(path: Path, folder: Path, block: int) -> list[Reading] | str:
    """Read a file in blocks of so many bytes; its tables, or the sentence that refuses it."""
    folder.mkdir()
    try:
        sources = read_sources(path, name="f.csv", scratch=folder, block=block)
    except FileProblem as problem:
        return problem.in_("en")
    found = list[Reading]()
    for source in sources:
        with source.path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.reader(handle, delimiter=source.delimiter, strict=True))[source.header_line :]
        while rows and not rows[-1]:  # blank lines that end a file left where it is
            rows.pop()
        assert len(rows) == source.rows and all(len(row) == len(source.header) for row in rows)
        if source.sample is not None and source.rows < 300:
            assert [list(row) for row in source.sample] == rows
        aside = [(one.line, one.reason.value, one.content) for one in source.set_aside_lines()]
        found.append(Reading(source.name, source.header, rows, aside, tuple(n.render("en") for n in source.notes)))
    return found


def export(seed: int) -> bytes:
    """A table of a shape drawn at random, with all that exports put in and around it."""
    rng = random.Random(seed)
    d = rng.choice(";;;,,\t|")
    width = rng.choice((1, 2, 3, 3, 5, 8))
    odds = rng.choice((0.0, 0.02, 0.1, 0.4))
    habits = _Habits(
        rng, d, rng.random() < 0.2, rng.choice((0.0, 0.05, 0.5)), rng.choice((0.0, 0.05, 0.5)), rng.random() < 0.15
    )
    header = [rng.choice(_HEADERS) for _ in range(width)]
    lines = [
        rng.choice(("Exporté le 3 avril 2026", "", "# export", "Société;Noces", "x" * 50))
        for _ in range(rng.choice((0, 0, 0, 1, 3)))
    ]
    lines += [habits.written(header)] if rng.random() < 0.9 else []
    kinds = [rng.choice("ndwwa") for _ in range(width)]
    for _ in range(rng.choice((0, 1, 5, 15, 40, 120))):
        lines.append(habits.written([habits.cell(kind) for kind in kinds]))
        if rng.random() < odds:
            lines.append(_odd_line(habits, header, kinds, d))
    lines += [_odd_line(habits, header, kinds, d) for _ in range(rng.choice((0, 0, 1, 2)))]
    if rng.random() < 0.06:  # another table below
        lines += ["", "Autre tableau"][: rng.choice((1, 2))]
        lines += [
            d.join(["code", "prix", "jour", "zone"][: rng.choice((2, 3, 4))]),
            *(d.join(["k", "3", "4", "5"]) for _ in range(9)),
        ]
    end = rng.choice(("\n", "\n", "\n", "\r\n"))
    text = "".join(line + (end if rng.random() > odds / 50 else rng.choice(("\n", "\r\n", "\r"))) for line in lines)
    if rng.random() < 0.2:
        text = text.removesuffix(end)
    data = bytearray((f"sep={d}{end}" if rng.random() < 0.05 else "").encode() + text.encode())
    for _ in range(rng.choice((0, 0, 0, 1, 3))):
        at = rng.randrange(len(data) + 1)
        data[at:at] = rng.choice(
            (b'"', b'""', b"\n", b"\r", d.encode(), b" ", b"\x00", b'\n"', b'"\n', b"\xc2\xa0", b"\xef\xbb\xbf")
        )
    return (b"\xef\xbb\xbf" if rng.random() < 0.1 else b"") + bytes(data)


@dataclass(frozen=True)
class _Habits:
    """How an export writes."""

    rng: random.Random
    delimiter: str
    all_quoted: bool
    blanks: float
    quotes: float
    trailing: bool

    def cell(self, kind: str) -> str:
        rng = self.rng
        if rng.random() < 0.08:
            return rng.choice(_WORDS)
        match kind:
            case "n":
                return rng.choice(
                    (
                        str(rng.randrange(3000)),
                        f"{rng.randrange(3000)},5",
                        f"-{rng.randrange(90)}",
                        "1\u202f234,50\u00a0€",
                    )
                )
            case "d":
                return f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/2025"
            case "w":
                return f"{rng.choice('CTPSGabc#-')}{rng.randrange(400):04d}"
        word = rng.choice(_WORDS)
        return rng.choice(
            (
                word,
                f'dit "{word}"',
                f"{word}\n{word}",
                f"{word}{self.delimiter} {word}",
                f' 12" {word}',
                f'"{word}"',
                '"',
                "\n",
            )
        )

    def written(self, cells: list[str]) -> str:
        rng, d = self.rng, self.delimiter
        out = list[str]()
        for cell in cells:
            if rng.random() < self.blanks:
                cell = (
                    rng.choice((" ", "  ", "\t", "\u00a0", "\u202f", "\ufeff")) * rng.choice((0, 1))
                    + cell
                    + rng.choice((" ", "\t ", "\u00a0", ""))
                )
            must = any(c in cell for c in (d, '"', "\n"))
            quoted = self.all_quoted or (must and rng.random() < 0.97) or rng.random() < self.quotes
            out.append('"' + cell.replace('"', '""') + '"' if quoted else cell)
        return d.join(out) + d * (self.trailing * rng.choice((1, 1, 1, 2)))


def _odd_line(habits: _Habits, header: list[str], kinds: list[str], d: str) -> str:
    rng = habits.rng
    row = [habits.cell(kind) for kind in kinds]
    match rng.randrange(11):
        case 0:
            return rng.choice(_BLANK_LINES)
        case 1:
            return habits.written(row[: rng.randrange(len(row) + 1)])
        case 2:
            return habits.written([*row, *rng.choices(("", " ", "en trop", '"'), k=rng.randint(1, 3))])
        case 3:
            return habits.written(header) if rng.random() < 0.7 else d.join(header)
        case 4:
            return d.join(
                [
                    rng.choice(("Total", '"Total"', " TOTAL :", "Sous-total", "Total général", "")),
                    *rng.choices(("", "12", "3,5"), k=len(row) - 1),
                ]
            )
        case 5:
            return rng.choice(
                (
                    "# commentaire",
                    "Page 3",
                    "- page 3/4 -",
                    "-- Page 2 --",
                    "fin",
                    "12 lignes",
                    "Source : ERP",
                    "\u2013 page 3",
                )
            )
        case 6:
            return d * rng.randint(0, len(row) + 1)
        case 7:
            return d.join(["", *row[1:]])
        case 8:
            return d.join(['""', " ", *row[2:]])
        case 9:
            return d.join([*row[:-1], 'x "y'])
        case _:
            return d.join([f'"{row[0]}', *row[1:]])
