"""What a data file holds beside its tables: the data model, the attributes, the corrections. Written once, read by all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from analytics.customers.customer_table import CustomerQuery, Rhythm
from analytics.customers.reduce import Reduction, customers_at
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import (
    Binding,
    Choice,
    ColumnProfile,
    ColumnType,
    Corrections,
    DataModel,
    Effect,
    HealthCheck,
    Key,
    LostBasis,
    LostDefinition,
    Money,
    Question,
    QuestionAbout,
    QuestionAnswer,
    Season,
    TableProfile,
    TableReading,
)  # fmt: skip
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.signs import Sign
from analytics.measures.state import state_sql
from analytics.study import Study
from analytics.workspace import Database, Workspace
from vocabulary.archive import Archive
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence
from vocabulary.themes import Severity

if TYPE_CHECKING:
    import pyarrow as pa

ARCHIVE = Archive(
    Attribute, Timing, Binding, ColumnProfile, ColumnType, Corrections, DataModel, HealthCheck, Key, LostBasis,
    LostDefinition, TableProfile, TableReading, Role, TableKind, Estimate, Threshold, Unit, Text, Label, Listing,
    Sentence, Severity, CustomerQuery, Rhythm, Sign, Choice, Effect, Money, Question, QuestionAbout, QuestionAnswer, Season,
)  # fmt: skip
_MODEL, _CORRECTIONS, _QUERY, _RHYTHM, _PURCHASES, _TABLES = (
    "model", "corrections", "query", "rhythm", "purchase_attributes", "tables",
)  # fmt: skip


def write_meta(database: Database, model: DataModel, corrections: Corrections, reduction: Reduction) -> None:
    """Write what the tables mean into `noces_meta(key, value)`."""
    values = {
        _MODEL: model,
        _CORRECTIONS: corrections,
        _QUERY: reduction.query,
        _RHYTHM: reduction.rhythm,
        _PURCHASES: reduction.purchase_attributes,
        _TABLES: sorted(reduction.tables),
    }
    database.execute("CREATE OR REPLACE TABLE noces_meta (key VARCHAR, value VARCHAR)")
    written = [(key, json.dumps(ARCHIVE.dump(value), ensure_ascii=False)) for key, value in values.items()]
    database.execute(f"INSERT INTO noces_meta VALUES {', '.join(['(?, ?)'] * len(written))}", list(chain(*written)))


def read_meta(database: Database, key: str) -> Any:
    """Read one value back. LookupError when the file does not hold it."""
    return ARCHIVE.load(json.loads(database.row("SELECT value FROM noces_meta WHERE key = ?", [key])[0]))


def corrections_of(database: Database) -> Corrections:
    """The corrections the data file was made with."""
    corrections: Corrections = read_meta(database, _CORRECTIONS)
    return corrections


def tables_of(database: Database) -> tuple[TableProfile, ...]:
    """The profiles of the loaded tables."""
    model: DataModel = read_meta(database, _MODEL)
    return model.tables


def rhythm_of(database: Database) -> Rhythm:
    """The base's own pace, on which the states of customers rest (see `measures.state.thresholds`)."""
    rhythm: Rhythm = read_meta(database, _RHYTHM)
    return rhythm


def open_study(workspace: Workspace) -> Study:
    """Open the workspace's data, read-only, as a study. LookupError before the first import.

    Close `study.database` when done.
    """
    database = workspace.open()
    query: CustomerQuery = read_meta(database, _QUERY)
    return Study(
        database=database,
        model=read_meta(database, _MODEL),
        attributes=query.attributes,
        purchase_attributes=read_meta(database, _PURCHASES),
        tables=frozenset(read_meta(database, _TABLES)),
        reducer=_reducer(database, query),
        met=query.touched,
    )


def _reducer(database: Database, query: CustomerQuery) -> Callable[[date, int | None], pa.Table]:
    def reducer(day: date, sample: int | None) -> pa.Table:
        return customers_at(database, query, state_sql, day, sample)

    return reducer
