"""A small company as files: rows under plain keys, written under the headers, dates and decimals of one house."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analytics.datamodel.model import DataModel
from tests.unit.datamodel.worlds import TODAY, Row, loaded

Line = Callable[[str], str]


@dataclass
class Table:
    """One file.

    Args:
        name: of the file.
        headers: key of a column -> its header.
        rows: by key; a key without a header is not written.
        spoil: what is done to the text of some lines (by their place) once it is written.
    """

    name: str
    headers: dict[str, str]
    rows: list[Row]
    spoil: dict[int, Line] = field(default_factory=dict)


@dataclass
class House:
    """How a company writes its files."""

    french: bool
    delimiter: str
    comma: bool
    day: str
    draw: random.Random

    def say(self, french: str, english: str) -> str:
        """The word of the house's language."""
        return french if self.french else english

    def one_of(self, french: list[str], english: list[str]) -> str:
        """One of the ways a house of that language says it."""
        return self.draw.choice(french if self.french else english)


@dataclass
class World:
    """The files of a house, the rows that something was already done to, and what differs from house to house."""

    house: House
    tables: dict[str, Table]
    taken: set[int] = field(default_factory=set)

    @property
    def draw(self) -> random.Random:
        """The source of all chance in this world."""
        return self.house.draw

    def __getitem__(self, table: str) -> Table:
        """The table of that key."""
        return self.tables[table]

    def take(self, table: str, count: int, where: Callable[[Row], bool] = lambda _: True) -> list[Row]:
        """Rows nothing was done to yet, taken at random: a defect never falls on another's row."""
        free = [row for row in self[table].rows if id(row) not in self.taken and where(row)]
        if len(free) < count:
            raise ValueError(f"{count} rows wanted of {table}, {len(free)} are free")
        chosen = self.draw.sample(free, count)
        self.taken |= {id(row) for row in chosen}
        return chosen

    def some(self, table: str, least: int, share: float) -> int:
        """How many rows a defect touches: from a few to many, small ones as often as large ones."""
        most = max(least + 1, int(share * len(self[table].rows)))
        return round(least * (most / least) ** self.draw.random())

    def model(self, today: date = TODAY) -> DataModel:
        """Write the files, load them, detect."""
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for table in self.tables.values():
                paths.append(Path(folder) / table.name)
                paths[-1].write_text(self._text(table), encoding="utf-8")
            with loaded(paths, today=today) as (model, _):
                return model

    def _text(self, table: Table) -> str:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.house.delimiter, lineterminator="\n")
        writer.writerow(table.headers.values())
        lines = [out.getvalue()]
        for place, row in enumerate(table.rows):
            out = io.StringIO()
            writer = csv.writer(out, delimiter=self.house.delimiter, lineterminator="\n")
            writer.writerow([self._cell(row.get(key)) for key in table.headers])
            lines.append(table.spoil[place](out.getvalue()) if place in table.spoil else out.getvalue())
        return "".join(lines)

    def _cell(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, date):
            return value.strftime(self.house.day) if value.year >= 1000 else str(value)
        if isinstance(value, float):
            return f"{value:.2f}".replace(".", ",") if self.house.comma else f"{value:.2f}"
        return str(value)


def house_of(seed: int, salt: str) -> House:
    """A house of its own for every seed: language, separator, decimal mark, order of dates."""
    draw = random.Random(f"{salt}-{seed}")
    french = draw.random() < 0.6
    delimiter = ";" if french or draw.random() < 0.2 else draw.choice([",", "\t"])
    day = draw.choice(["%d/%m/%Y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"] if french else ["%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y"])
    return House(french, delimiter, french, day, draw)
