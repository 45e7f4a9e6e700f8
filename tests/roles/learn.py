"""Learns from labelled tables and headers what `analytics/datamodel/learned` weighs: `python -m tests.roles.learn` (some ten minutes).

Learnt from: the tables vocabulary is tuned on, whole header rows (`learning/tables_*.tsv`, `rows.py`), single headers
(`learning/headers_*.tsv`: kind, role, header, a cell). Never from a measured table, nor from a header row that shares half its headers with one.
The kind each column is told is what the table is read as by a model that has not seen the table (ten parts), as it will be for a new file.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from analytics.datamodel.headers import header_scores
from analytics.datamodel.kinds import kind_facts
from analytics.datamodel.learned.columns import Told, header_facts
from analytics.datamodel.learned.weighing import PLAIN, tell
from analytics.datamodel.learned.weights import SIZE, place_of, write_weights
from analytics.datamodel.model import TableProfile
from analytics.datamodel.reading import guesses_of
from analytics.datamodel.roles import DESCRIBING, TableKind
from analytics.files import read_sources
from analytics.loading import load
from analytics.workspace import Database
from tests.roles import rows
from tests.roles.rows import FROM_MEMORY, LEARNING, header_rows
from tests.roles.specs import TABLES, File, Labelled, labelled, ordinary

HERE = Path(str(files("analytics.datamodel.learned")))
PARTS = 10
COLUMN_STRENGTH, KIND_STRENGTH = 0.5, 0.3  # inverse of the penalty on weights (scikit-learn's C)
TUNED_WEIGHT, TUNED_TABLE = 2.0, 3.0  # of a column, of a table whose cells were written for it
LIST_WEIGHT = 0.5  # of a header without cells
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_NUMBER = re.compile(r"[-\d\s.,€$£%]+")


@dataclass(frozen=True)
class Example:
    """Facts, the class they should lead to, and how much the example weighs."""

    told: Told
    answer: str
    weight: float = 1.0


@dataclass(frozen=True)
class Table:
    """A labelled file and its profile as loaded; `part` is the one of ten it is left out with."""

    set: Labelled
    file: File
    profile: TableProfile

    @property
    def part(self) -> int:
        return zlib.crc32(self.set.name.encode()) % PARTS


def tables() -> list[Table]:
    """What is learnt from, loaded."""
    return [found for table in (*(table for table in labelled() if not table.test), *unmeasured_rows()) for found in _loaded(table)]


def unmeasured_rows() -> list[Labelled]:
    """The header rows, but those that share half their headers with a measured table."""
    tables = (*(table for table in labelled() if table.test), *ordinary())
    measured = [headers_of(file) for table in tables for file in table.files if file.header]
    return [row for row in header_rows() if not _resembles(headers_of(row.files[0]), measured)]


def _resembles(mine: frozenset[str], measured: Sequence[frozenset[str]]) -> bool:
    return any(shares_headers(mine, headers) for headers in measured)


def fingerprint() -> str:
    """A hash of all that the weights are learnt from: tables, header rows and headers, the recipes of their cells, the rules' vocabulary."""
    digest = hashlib.sha256()
    folders = (TABLES, LEARNING, HERE.parent / "lexicon")
    sources = [source for folder in folders for source in folder.iterdir() if source.suffix in (".yaml", ".tsv")]
    for source in sorted((*sources, Path(rows.__file__)), key=lambda entry: entry.name):
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()


def headers_of(file: File) -> frozenset[str]:
    return frozenset(re.sub("[^a-z0-9]", "", column.header.lower()) for column in file.columns)


def shares_headers(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    both = len(mine & theirs)
    return both >= 4 and both >= 0.5 * min(len(mine), len(theirs))


def _loaded(table: Labelled) -> Iterator[Table]:
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        sources = [source for path in table.write(scratch) for source in read_sources(path, scratch=scratch)]
        database = Database(scratch / "data.duckdb", writable=True)
        try:
            profiles = load(database, sources)
        finally:
            database.close()
    found = {profile.file: profile for profile in profiles}
    for file in table.files:
        profile = found[file.name]
        if file.header and len(profile.columns) == len(file.columns):
            yield Table(table, file, profile)


def kind_examples(found: Sequence[Table]) -> list[Example]:
    """One example a table; of two kinds that are equally right, the first in the alphabet."""
    return [
        Example(kind_facts(table.profile), min(table.file.kinds).value, 1.0 if table.set.source == FROM_MEMORY else TUNED_TABLE)
        for table in found
    ]  # fmt: skip


def column_examples(table: Table, kind: TableKind, sure: float) -> Iterator[Example]:
    """One example a column of a table that is read as this kind."""
    facts, rules = guesses_of(table.profile, kind)
    types = {column: fact.profile.type.value for column, fact in facts.items()}
    for place, (column, label) in enumerate(zip(facts, table.file.columns, strict=True)):
        told = tell(facts, rules, types, column, place, kind, sure)
        weight = 1.0 if table.set.source == FROM_MEMORY else TUNED_WEIGHT
        yield Example(told, _class(label.roles[0]), weight)


def list_examples() -> Iterator[Example]:
    """One example a header told alone: what its letters and words say, and what the rules make of them."""
    for path in sorted(LEARNING.glob("headers_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            named, role, header, cell = line.split("\t")
            kind = TableKind(named)
            ranked = sorted(header_scores(header, kind).items(), key=lambda item: -item[1].score)[:6]
            told = {**header_facts(header, kind), "no cells": 1.0, f"kc:{kind}": 0.9, f"t:{_type(cell)}": 1.0}
            for other, match in ranked:
                told[f"g:{other}"] = told[f"h:{other}"] = match.score
            if ranked:
                told[f"g1:{ranked[0][0]}"] = ranked[0][1].score
            yield Example(told, _class(role), LIST_WEIGHT)


def _type(cell: str) -> str:
    return "date" if _DAY.search(cell) else "number" if _NUMBER.fullmatch(cell) else "category"


def _class(role: str) -> str:
    return PLAIN if role in DESCRIBING or role in ("*", "-") else role


def matrix(examples: Sequence[Example]) -> csr_matrix:
    """The facts of the examples, one row each."""
    rows = np.repeat(np.arange(len(examples)), [len(example.told) for example in examples])
    places = np.fromiter((place_of(fact) for example in examples for fact in example.told), np.int64)
    amounts = np.fromiter((amount for example in examples for amount in example.told.values()), np.float32)
    return csr_matrix((amounts, (rows, places)), shape=(len(examples), SIZE))


def fit(examples: Sequence[Example], strength: float) -> LogisticRegression:
    """Multinomial logistic regression with a ridge penalty."""
    model = LogisticRegression(C=strength, max_iter=120)
    return model.fit(matrix(examples), [example.answer for example in examples], [example.weight for example in examples])


def kinds_unseen(found: Sequence[Table], examples: Sequence[Example]) -> list[tuple[TableKind, float]]:
    """What each table is read as, and how surely, by a model learnt without its tenth."""
    told: list[tuple[TableKind, float]] = [(TableKind.OTHER, 0.0)] * len(found)
    for part in range(PARTS):
        left = [place for place, table in enumerate(found) if table.part == part]
        model = fit([example for example, table in zip(examples, found, strict=True) if table.part != part], KIND_STRENGTH)
        likely = model.predict_proba(matrix([examples[place] for place in left]))
        for place, chances in zip(left, likely, strict=True):
            told[place] = TableKind(model.classes_[chances.argmax()]), float(chances.max())
    return told


def learn() -> None:
    """Learn and write both files of weights."""
    found, learnt_from = tables(), fingerprint()
    kinds = kind_examples(found)
    write_weights(HERE / "kinds.npz", fit(kinds, KIND_STRENGTH), learnt_from)
    read_as = kinds_unseen(found, kinds)
    columns = [example for table, (kind, sure) in zip(found, read_as, strict=True) for example in column_examples(table, kind, sure)]
    alone = list(list_examples())
    write_weights(HERE / "columns.npz", fit([*columns, *alone], COLUMN_STRENGTH), learnt_from)
    print(f"{len(found)} tables, {len(columns)} columns, {len(alone)} headers alone")


if __name__ == "__main__":
    learn()
