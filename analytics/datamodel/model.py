"""The data model: which column plays which role, how tables join, and who counts as lost. Values only, no SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.signs import Sign
from vocabulary.estimate import Estimate
from vocabulary.sentence import Sentence
from vocabulary.themes import Severity


class ColumnType(StrEnum):
    """How a column's values were read."""

    TEXT = "text"
    CATEGORY = "category"  # text with few distinct values
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"  # date with time
    FLAG = "flag"  # yes/no
    EMPTY = "empty"


def sign_column(column: str) -> str:
    """The internal name of the column that holds the currency of each row of an amount, where cells name several."""
    return f"{column}_currency"


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """A loaded column: where it is in the database, how it was read, and what its values look like.

    Args:
        name: header as it stands in the file.
        column: internal name in the loaded table (`c0`, `c1` ...).
        type: how it was read.
        rows, filled, distinct: counts over the loaded rows (`distinct` is exact up to 100,000 rows, else approximate).
        failed: filled cells that could not be read in `type` (kept as empty, counted, shown).
        examples: up to five frequent values as they stand in the file.
        low, high: smallest and largest value (numbers; dates as ordinals), None for text.
        habit: what was understood of the writing ("decimal comma", "dd/mm/yyyy"), a short code list.
        integer: every number is whole.
        ambiguous_order: dates whose day/month order cannot be told from the values.
        top: most frequent values with their counts (up to 50, as text), for categories and flags.
        mean_length: mean number of characters of filled cells.
        currencies: rows by currency, where the cells of a column of amounts are written in several: (ISO code, rows), the
            most rows first; a cell without a sign is in the header's currency, else in that of most. Each row's own code is
            in `sign_column`.
        unread: a few of the cells that are no numbers (none names or reaches anybody), in a column of amounts.
        no_numbers: in a column of words with the header of amounts and numbers in most cells, how many cells are none.
    """

    name: str
    column: str
    type: ColumnType
    rows: int
    filled: int
    distinct: int
    failed: int = 0
    examples: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    habit: tuple[str, ...] = ()
    integer: bool = False
    ambiguous_order: bool = False
    top: tuple[tuple[str, int], ...] = ()
    mean_length: float = 0.0
    currencies: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()
    no_numbers: int = 0

    @property
    def share_filled(self) -> float:
        """Share of rows with a value, 0..1."""
        return self.filled / self.rows if self.rows else 0.0


@dataclass(frozen=True, slots=True)
class TableProfile:
    """A loaded table: its file, its place in the database (`t0` ...), its columns.

    The identity `rows + set_aside == present` always holds.
    """

    file: str
    table: str
    rows: int
    present: int
    set_aside: int
    columns: tuple[ColumnProfile, ...]
    notes: tuple[Sentence, ...] = ()  # what was repaired or understood of the file
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str | None = None
    derived: bool = False  # the rows of another table told otherwise: not counted among those of the files

    def column(self, name: str) -> ColumnProfile:
        """Return the column of that header; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Binding:
    """A role given to a column, how sure we are, and why."""

    role: Role
    file: str
    table: str
    column: str  # internal name
    name: str  # header as it stands in the file
    confidence: float
    evidence: Sentence
    corrected: bool = False  # set by the manager


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a table was taken to be, how sure we are, and why."""

    file: str
    table: str
    kind: TableKind
    confidence: float
    evidence: Sentence
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A join between two tables: share of the left rows whose value exists on the right."""

    left_table: str
    left_column: str
    right_table: str
    right_column: str
    role: Role
    coverage: float


class LostBasis(StrEnum):
    """On what "lost" rests."""

    LABEL = "label"
    CONTRACT_END = "contract_end"
    RHYTHM = "rhythm"  # a silence threshold learnt from the customers' own gaps
    DAYS = "days"  # a silence threshold set by the manager
    NONE = "none"  # nothing in the data tells who left


@dataclass(frozen=True, slots=True)
class LostDefinition:
    """Who counts as lost.

    Args:
        basis: label, contract end, rhythm, days, none.
        days: silence threshold in days, for rhythm and days.
        column: header of the label or end date.
        lost_values: values of the label that mean lost, as they stand in the file.
        evidence: how it was chosen.
        sign: what a silence is a silence of; purchases, unless nothing was sold in the files and customers show otherwise
            that the relation lives.
        buyers: those who left had nearly all bought: whoever never did is no customer yet, and neither here nor lost.
    """

    basis: LostBasis
    evidence: Sentence
    days: int | None = None
    column: str | None = None
    table: str | None = None
    lost_values: tuple[str, ...] = ()
    corrected: bool = False
    sign: Sign = Sign.PURCHASE
    buyers: bool = False


@dataclass(frozen=True, slots=True)
class Season:
    """A file of enrolments made again each season, which a column names on each row.

    Args:
        table: the file.
        column: the internal name of the column.
        late: days after the first of January of a season's first year by which nearly all renewals for it are written.
        state, undone: a column of states, by its internal name, and those of its values that say that a row came to an end (« Annulée »):
            without a day of its own, it never began.
    """

    table: str
    column: str
    late: int
    state: str | None = None
    undone: tuple[str, ...] = ()


class Choice(StrEnum):
    """What a manager decides of a defect."""

    APPLY = "apply"  # do what the check proposes: leave the lines out, count them once, merge the people
    IGNORE = "ignore"  # keep the lines as they stand


@dataclass(frozen=True, slots=True)
class Effect:
    """What a defect does to a headline: the figure with the defect in, the figure without it, and the sentence."""

    name: str  # closed: `lost_rate`, `revenue`, `average_basket`, `customers`, ...
    kept: Estimate
    without: Estimate
    said: Sentence

    @property
    def size(self) -> float:
        """How far the figure moves, relative to what it is without the defect (a share moves from five points at least)."""
        kept, without = self.kept.value or 0.0, self.without.value or 0.0
        floor = 0.05 if self.name.endswith("_rate") else 1e-9
        return abs(kept - without) / max(abs(without), floor)


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """A defect found in the data.

    Args:
        check: its code, closed.
        severity: how grave.
        count: rows or columns it touches.
        detail: the sentence shown.
        file, column: where.
        effect: how it moves the figure of the headline that moves most; None when it moves no figure.
        others: how it moves the other figures of the headline, beside an answer that gives one of these.
        lines: SELECT of the rows it is about; None when it is about none in particular.
        remedy: what applying it puts in the place of each loaded table: (table, SELECT with `rowid` first); empty when
            there is nothing to apply.
        default: what is done when the manager has said nothing.
        choice: what was done.
    """

    check: str
    severity: Severity
    count: int
    detail: Sentence
    file: str | None = None
    column: str | None = None
    effect: Effect | None = None
    lines: str | None = None
    remedy: tuple[tuple[str, str], ...] = ()
    default: Choice = Choice.IGNORE
    choice: Choice | None = None
    others: tuple[Effect, ...] = ()

    @property
    def decision(self) -> str:
        """What a decision on this defect is kept under: its code, and the column it is of."""
        return self.check if self.column is None else f"{self.check}:{self.column}"

    @property
    def choices(self) -> tuple[str, ...]:
        """What the manager can do about it: apply, ignore, see the lines."""
        decide = ("apply", "ignore") if self.remedy else ()
        return (*decide, *(("lines",) if self.lines else ()))


@dataclass(frozen=True, slots=True)
class Money:
    """What amounts mean; None where nobody has said.

    Args:
        vat: amounts `with` or `without` VAT.
        returns: `net` or `gross` of returns.
        date: header of the date that money is counted on.
    """

    vat: str | None = None
    returns: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the manager said of the files; same shape as `--roles FILE.json` in the contract.

    Args:
        tables: file name -> kind.
        columns: file name -> header -> role, or None for "no role".
        lost_column, lost_days: the manager's definition of lost.
        lost_values: values of `lost_column` that mean gone, where the manager said which.
        as_of: reference date.
        health: code of a check -> what to do about it.
        money: what amounts are to mean, where the manager said so.
    """

    tables: dict[str, TableKind] = field(default_factory=dict)
    columns: dict[str, dict[str, Role | None]] = field(default_factory=dict)
    lost_column: str | None = None
    lost_days: int | None = None
    as_of: date | None = None
    health: dict[str, Choice] = field(default_factory=dict)
    money: Money = field(default_factory=Money)
    lost_values: tuple[str, ...] = ()


class QuestionAbout(StrEnum):
    """What the one question to the manager is about."""

    LOST = "lost"
    CUSTOMER = "customer"
    DATE = "date"
    AMOUNT = "amount"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """An answer to click: its words, and what it corrects."""

    words: Sentence
    corrections: Corrections


@dataclass(frozen=True, slots=True)
class Question:
    """The one question asked when what matters most is not sure: about which column, and the answers to choose from."""

    about: QuestionAbout
    words: Sentence
    answers: tuple[QuestionAnswer, ...]
    file: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class DataModel:
    """All that was understood of the files.

    Args:
        tables: profiles of the loaded tables.
        readings: what each table is.
        bindings: role of each column that has one (at most one role a column).
        keys: joins.
        as_of: the diagnosis looks at customers as they stood at the end of that day.
        lost: who counts as lost.
        currency: ISO code when one was recognised.
        question: the one thing worth asking the manager, when something that matters is not sure.
        terms: the months that each row of a table of contracts lasts and is paid for, where rows are terms that follow one another.
        seasons: the tables of contracts whose rows are for a season, which ends them.
    """

    tables: tuple[TableProfile, ...]
    readings: tuple[TableReading, ...]
    bindings: tuple[Binding, ...]
    keys: tuple[Key, ...]
    as_of: date
    lost: LostDefinition
    currency: str | None = None
    health: tuple[HealthCheck, ...] = ()
    money: Money = field(default_factory=Money)
    question: Question | None = None
    terms: tuple[tuple[str, int], ...] = ()
    seasons: tuple[Season, ...] = ()

    @property
    def lines(self) -> tuple[int, int, int]:
        """Lines read, set aside, and present in the files: the first two make the third."""
        given = [table for table in self.tables if not table.derived]
        return sum(t.rows for t in given), sum(t.set_aside for t in given), sum(t.present for t in given)

    def term_of(self, table: str) -> int:
        """The months that a row of a table of contracts is paid for, as far as its dates tell; one where they do not."""
        return dict(self.terms).get(table, 1)

    def season_of(self, table: str) -> Season | None:
        """The season that ends each row of a table of contracts; None where rows are not of seasons."""
        return next((season for season in self.seasons if season.table == table), None)

    def of_kind(self, *kinds: TableKind) -> tuple[TableProfile, ...]:
        """The loaded tables read as one of `kinds`, largest first."""
        names = {reading.table for reading in self.readings if reading.kind in kinds}
        return tuple(sorted((t for t in self.tables if t.table in names), key=lambda t: -t.rows))

    def kind(self, table: str) -> TableKind:
        """What table `t0` is."""
        return next(reading.kind for reading in self.readings if reading.table == table)

    def find(self, role: Role, *kinds: TableKind, table: str | None = None) -> Binding | None:
        """The surest binding of `role`, in tables of `kinds` (all when none is given) or in `table` only."""
        found = [
            binding for binding in self.bindings
            if binding.role is role
            and (table is None or binding.table == table)
            and (not kinds or self.kind(binding.table) in kinds)
        ]  # fmt: skip
        return max(found, key=lambda binding: (binding.corrected, binding.confidence), default=None)

    def roles_of(self, table: str) -> dict[Role, tuple[Binding, ...]]:
        """The bindings of one table by role, surest first."""
        roles: dict[Role, tuple[Binding, ...]] = {}
        for binding in sorted(self.bindings, key=lambda b: (-b.corrected, -b.confidence)):
            if binding.table == table:
                roles[binding.role] = (*roles.get(binding.role, ()), binding)
        return roles

    def has(self, roles: Iterable[Role]) -> bool:
        """Whether every role is bound somewhere."""
        bound = {binding.role for binding in self.bindings}
        return all(role in bound for role in roles)
