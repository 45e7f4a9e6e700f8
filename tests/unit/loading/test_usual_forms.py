"""The form tried first, because it is the commonest and costs least, gives what the others would have given."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from analytics.loading import date_sql
from analytics.loading.numbers import read_numbers
from analytics.loading.reading import FileHabits
from analytics.workspace import Database

_WAYS = {
    "french": ("12,5", "1250", "-3,25", "0,5"),
    "grouped": ("1 234,56", "12,5", "-1 234 567,00", "999"),
    "euros": ("1\u00a0234,56\u00a0€", "-12,00 €", "12,5\u00a0€", "3\u00a0€"),
    "narrow": ("1\u202f234,56 €", "12,5\u202f€"),
    "dollars": ("12.50 $", "$3.10", "1,234.50 $"),
    "points": ("1.234,56", "12,5", "1.234.567,8"),
    "brackets": ("(12,50)", "12,50-", "+3,1"),
}


def values(database: Database, sql: str, cells: Sequence[str]) -> list[object]:
    """What an expression makes of each cell."""
    query = f"SELECT {sql.replace('{x}', 'cell')} FROM (SELECT unnest(?) AS cell, generate_subscripts(?, 1) AS i) ORDER BY i"
    return [row[0] for row in database.rows(query, [list(cells), list(cells)])]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "x.duckdb", writable=True)


@pytest.mark.parametrize("way", _WAYS)
def test_a_usual_number_is_worth_what_the_whole_pattern_says(way: str, database: Database) -> None:
    reading = read_numbers({cell: 3 for cell in _WAYS[way]}, FileHabits(";"))
    assert reading is not None and reading.sql.startswith("CASE WHEN regexp_full_match({x}, '-?")
    whole = reading.sql.removesuffix(" END").split(" ELSE ", 1)[1]
    rng = random.Random(way)
    cells = ["".join(rng.choices("0123456789" * 2 + ",. -€\u00a0\u202f$()+", k=rng.randint(1, 9))) for _ in range(20_000)]
    cells += [
        f"{rng.choice(('', '-'))}{rng.randrange(10**rng.randint(1, 20)):{rng.choice(('', ','))}}".replace(",", rng.choice(" .,\u00a0\u202f"))
        + rng.choice(("", ",5", ".25", ",", ",123456789")) + rng.choice(("", "€", " €", "\u00a0€", "  €", "$", " $"))
        for _ in range(20_000)
    ]  # fmt: skip
    both = values(database, reading.sql, cells), values(database, whole, cells)
    assert both[0] == both[1] and sum(value is not None for value in both[0]) > 1_000
    database.close()


@pytest.mark.parametrize("month_first", [False, True])
def test_usual_dates_are_the_days_they_say(month_first: bool, database: Database) -> None:
    rng = random.Random(0)
    parts = [(rng.randint(0, 99), rng.randint(0, 13), rng.randint(0, 32), rng.choice(("02d", "d"))) for _ in range(4_000)]

    def day(year: int, month: int, number: int) -> datetime | None:
        try:
            return datetime.combine(date(year, month, number), datetime.min.time())
        except ValueError:
            return None

    years = [year + (2000 if year <= date_sql.PIVOT else 1900) for year, *_ in parts]
    expected = [day(year, month, number) for year, (_, month, number, _) in zip(years, parts, strict=True)]
    short = [f"{m if month_first else d:{f}}/{d if month_first else m:{f}}/{y:02d}" for y, m, d, f in parts]
    assert values(database, date_sql.two_digit_years(month_first, date_sql.PIVOT), short) == expected
    iso = [f"{year}-{m:{f}}-{d:{f}}" for year, (_, m, d, f) in zip(years, parts, strict=True)]
    assert values(database, date_sql.iso(), iso) == expected
    database.close()
