"""The SQL that reads a source: every option is said, nothing is guessed by the database."""

from __future__ import annotations

from analytics.files import Source
from analytics.loading.reading import Reading
from analytics.loading.words import BLANKS
from analytics.workspace import literal


def scan(source: Source) -> str:
    """The FROM clause that gives the cells of a source as text, in columns c0, c1 ..."""
    names = [f"c{i}" for i in range(len(source.header))]
    if source.kind == "parquet":
        aliases = ", ".join(f"p{i}" for i in range(len(names)))
        cells = ", ".join(f"CAST(p{i} AS VARCHAR) AS c{i}" for i in range(len(names)))
        return f"(SELECT {cells} FROM read_parquet({literal(str(source.path))}) AS p({aliases}))"
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    return (
        f"read_csv({literal(str(source.path))}, auto_detect=false, header={str(source.header_line).lower()}, "
        f"columns={{{columns}}}, delim={literal(source.delimiter)}, quote='\"', escape='\"', "
        f"max_line_size=8000000)"
    )


def cell(column: str, reading: Reading) -> str:
    """The SQL of a cell, trimmed where the column needs it, NULL for its empty words."""
    text = f"trim({column}, {literal(BLANKS)})" if reading.trim else column
    if reading.nulls:
        words = ", ".join(literal(word) for word in sorted(reading.nulls))
        longest = max(len(word.encode()) for word in reading.nulls)
        # not IN nor list_contains: of many words, the database makes one join a column, and runs out of memory
        return f"CASE WHEN strlen({text}) > {longest} OR list_position([{words}], {text}) IS NULL THEN {text} END"
    return text


def typed(column: str, reading: Reading) -> str:
    """The SQL of the typed value of a column."""
    return reading.sql.replace("{x}", f"({cell(column, reading)})" if reading.nulls or reading.trim else column)
