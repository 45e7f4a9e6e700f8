"""SQL expressions that read a loaded column as text, number, money, date or yes/no, whatever type it was stored in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.customers.header_timing import plain
from analytics.datamodel.dates import EARLIEST
from analytics.datamodel.model import Binding, DataModel
from analytics.datamodel.nobody import NOBODY
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.seasons import season_end_sql
from analytics.datamodel.statuses import never_began
from analytics.datamodel.tools import recognise
from analytics.workspace import Database, literal, quote

_YES = "('oui', 'yes', 'true', 'vrai', 'y', 'o', '1', 'si', 'sim', 's', 'x')"
_NO = "('non', 'no', 'false', 'faux', 'n', '0', 'nao', '')"
_WHOLE = re.compile(r"^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)$")
_NUMERIC = re.compile(r"^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)$")
_PERIODS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (12.0, re.compile(r"annue|annual|yearly|per_?year|par_?an(nee)?(_|$)|(^|_)(arr|acv)(_|$)")),
    (6.0, re.compile(r"semestr|half_?year|biannual|semi_?annual")),
    (3.0, re.compile(r"trimestr|quarter")),
    (7 / 30.4375, re.compile(r"hebdo|weekly|per_?week|par_?semaine")),
)


_A_MONTH = re.compile(r"mensu|month|(^|_)mois(_|$)|(^|_)mrr(_|$)")
_RHYTHM = re.compile(r"interval|period|frequen|cycle|billing|facturation|recurren|echeanc|cadence")
_WORDS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (1.0, re.compile(r"(1_|par_|per_|every_|tous_les_)?(month|months|monthly|mensuel|mensuelle|mensuels|mensuelles|mois|m)")),
    (12.0, re.compile(r"(1_|par_|per_)?(year|years|yearly|annual|annually|annuel|annuelle|annuels|annuelles|an|ans|annee|y)|12_(mois|months?)")),
    (3.0, re.compile(r"(1_|par_|per_)?(quarter|quarters|quarterly|trimestre|trimestriel|trimestrielle|q)|3_(mois|months?)")),
    (6.0, re.compile(r"(1_|par_|per_)?(half_?year|half_?yearly|semi_?annual|semestre|semestriel|semestrielle|biannual)|6_(mois|months?)")),
    (7 / 30.4375, re.compile(r"(1_|par_|per_)?(week|weeks|weekly|semaine|hebdo|hebdomadaire|w)")),
)


def months_paid(header: str) -> float:
    """How many months a recurring amount pays for, as its header says; one when it says nothing.

    Half a year is looked for before a year, which its name may hold.
    """
    words = plain(header)
    return next((months for months, said in sorted(_PERIODS, key=lambda one: one[0] != 6) if said.search(words)), 1.0)


@dataclass(frozen=True, slots=True)
class MonthsByRow:
    """The column that says how many months the amount of each row pays for (« mensuel », « annuel »), value by value."""

    column: str
    months: dict[str, float]


def months_by_row(model: DataModel, amount: Binding) -> MonthsByRow | None:
    """The column that says row by row what an amount pays for; None when there is none, or when its own header says it."""
    if months_paid(amount.name) != 1 or _A_MONTH.search(plain(amount.name)):
        return None
    table = next(table for table in model.tables if table.table == amount.table)
    if recognise(table) is not None:  # the export of a known tool was brought to the month as it was loaded
        return None
    told = {binding.column for binding in model.bindings if binding.table == amount.table}
    for column in table.columns:
        if column.column in told and column.top and _RHYTHM.search(plain(column.name)):
            words = {value.strip(): _months_of(value) for value, _ in column.top}
            months = {value: paid for value, paid in words.items() if paid is not None}
            if len(months) == len(words) and column.distinct <= len(words):
                return MonthsByRow(column.column, months)
    return None


def months_of_term(model: DataModel, amount: Binding) -> float:
    """How many months a contract's price pays for where its header says nothing of it and its rows are terms that follow one another."""
    return 1.0 if _A_MONTH.search(plain(amount.name)) else float(model.term_of(amount.table))


def _months_of(value: str) -> float | None:
    word = plain(value.strip())
    return next((months for months, said in _WORDS if said.fullmatch(word)), None)


class Columns:
    """The columns of one loaded table, read by role.

    Args:
        database: where the table is, to know how each column is stored.
        model: which column plays which role.
        table: `t0` ...
        alias: how the table is called in the statement being written.
    """

    def __init__(self, database: Database, model: DataModel, table: str, alias: str = "t") -> None:
        """Read the stored types of the table."""
        self.table, self.alias, self._model = table, alias, model
        self.roles = model.roles_of(table)
        self._types = database.types(table)

    def has(self, role: Role) -> bool:
        """Whether a column plays the role."""
        return role in self.roles

    def binding(self, *roles: Role) -> Binding | None:
        """The surest column of the first role that has one."""
        return next((self.roles[role][0] for role in roles if role in self.roles), None)

    def text(self, *roles: Role) -> str:
        """The first role present as trimmed text, NULL when empty or when no column plays it."""
        found = self.binding(*roles)
        return "CAST(NULL AS VARCHAR)" if found is None else self.as_text(found.column)

    def number(self, *roles: Role) -> str:
        """The first role present as a DOUBLE."""
        found = self.binding(*roles)
        return "CAST(NULL AS DOUBLE)" if found is None else self.as_number(found.column)

    def monthly(self, *roles: Role) -> str:
        """A recurring amount brought to one month: a yearly premium is divided by twelve, as its header or its row says."""
        found = self.binding(*roles)
        if found is None:
            return self.number(*roles)
        months, each = months_paid(found.name), months_by_row(self._model, found)
        if each is None and months == 1:
            months = months_of_term(self._model, found)
        if months != 1 or each is None:
            return self.number(*roles) if months == 1 else f"({self.number(*roles)} / {months!r})"
        words = " ".join(f"WHEN {literal(value)} THEN {paid!r}" for value, paid in each.months.items())
        return f"({self.number(*roles)} / CASE {self.as_text(each.column)} {words} ELSE 1.0 END)"

    def day(self, *roles: Role) -> str:
        """The first role present as a DATE; a day no purchase file can hold is NULL."""
        found = self.binding(*roles)
        if found is None:
            return "CAST(NULL AS DATE)"
        if found.role is Role.BIRTH_DATE and self.is_number(found.column):  # the year alone: in the middle of it
            year = self.as_number(found.column)
            return f"CASE WHEN {year} BETWEEN 1900 AND 2100 THEN MAKE_DATE(CAST({year} AS INTEGER), 7, 1) END"
        day = self.as_day(found.column)
        return day if found.role is Role.BIRTH_DATE else f"CASE WHEN {day} >= DATE '{EARLIEST}' THEN {day} END"

    def ended(self) -> str:
        """The day a contract ended: the one written, or that of the season it is for, whichever comes first."""
        written, season = self.day(Role.END_DATE), self._model.season_of(self.table)
        if season is None:
            return written
        if season.state is not None:  # cancelled, and no day says when: it never began
            told = ", ".join(literal(value.strip()) for value in season.undone)
            written = f"COALESCE({written}, CASE WHEN {self.as_text(season.state)} IN ({told}) THEN {self.day(Role.START_DATE, Role.SIGNUP_DATE)} END)"
        return f"LEAST({written}, {season_end_sql(self.as_text(season.column), season)})"

    def ends(self) -> bool:
        """Whether the files say when contracts end."""
        return self.has(Role.END_DATE) or self._model.season_of(self.table) is not None

    def flag(self, *roles: Role) -> str:
        """The first role present as a yes/no."""
        found = self.binding(*roles)
        return "CAST(NULL AS BOOLEAN)" if found is None else self.as_flag(found.column)

    def is_flag(self, column: str) -> bool:
        """Whether the column is stored as yes/no."""
        return self._types[column] == "BOOLEAN"

    def is_number(self, column: str) -> bool:
        """Whether the column is stored as a number."""
        return bool(_NUMERIC.match(self._types[column]))

    def is_date(self, column: str) -> bool:
        """Whether the column is stored as a date or a moment."""
        return self._types[column] == "DATE" or self._types[column].startswith("TIMESTAMP")

    def reference(self, column: str) -> str:
        """The column, quoted, with its table's alias."""
        return f"{self.alias}.{quote(column)}"

    def as_text(self, column: str) -> str:
        """A column as text: whole numbers without a decimal point, trimmed, empty as NULL."""
        name, kind = self.reference(column), self._types[column]
        if kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
            whole = f"CAST(CAST({name} AS HUGEINT) AS VARCHAR)"
            return f"CASE WHEN {name} = FLOOR({name}) THEN {whole} ELSE CAST({name} AS VARCHAR) END"
        if kind == "VARCHAR":
            return f"NULLIF(TRIM({name}), '')"
        return f"CAST({name} AS VARCHAR)"

    def as_number(self, column: str) -> str:
        """A column as DOUBLE; what cannot be read is NULL."""
        name, kind = self.reference(column), self._types[column]
        if kind == "BOOLEAN" or self.is_number(column):
            return f"CAST({name} AS DOUBLE)"
        return f"TRY_CAST(CAST({name} AS VARCHAR) AS DOUBLE)"

    def as_money(self, column: str) -> str:
        """A column of amounts as DOUBLE; NULL throughout where it was read as words: part of its cells would be no total."""
        return "CAST(NULL AS DOUBLE)" if self._types[column] == "VARCHAR" else self.as_number(column)

    def as_day(self, column: str) -> str:
        """A column as DATE; what cannot be read is NULL."""
        name, kind = self.reference(column), self._types[column]
        if kind == "DATE" or kind.startswith("TIMESTAMP"):
            return f"CAST({name} AS DATE)"
        return f"TRY_CAST(CAST({name} AS VARCHAR) AS DATE)"

    def as_flag(self, column: str) -> str:
        """A column as yes/no; what is neither is NULL."""
        name = self.reference(column)
        if self.is_flag(column):
            return name
        if self.is_number(column):
            return f"({name} <> 0)"
        word = f"LOWER(STRIP_ACCENTS(TRIM(CAST({name} AS VARCHAR))))"
        return f"CASE WHEN {word} IN {_YES} THEN TRUE WHEN {word} IN {_NO} THEN FALSE END"


def but_never_begun(model: DataModel, columns: Columns) -> str:
    """SQL to add to a condition on contracts: one whose state says that it came to nothing makes nobody a customer; empty elsewhere."""
    if model.kind(columns.table) is not TableKind.SUBSCRIPTIONS:
        return ""
    table = next(table for table in model.tables if table.table == columns.table)
    states = [b for b in model.bindings if b.table == columns.table and b.role in (Role.ACCOUNT_STATUS, Role.CHURN_LABEL)]
    told = [(b.column, [value for value, _ in table.column(b.name).top if never_began(value)]) for b in states]
    listed = [f"{columns.as_text(column)} IN ({', '.join(literal(value.strip()) for value in values)})" for column, values in told if values]
    return "".join(f" AND NOT COALESCE({one}, FALSE)" for one in listed)


def somebody(text: str) -> str:
    """A customer's id, NULL where the word says nobody in particular (anonymous, walk-in)."""
    return f"CASE WHEN REGEXP_MATCHES(LOWER(STRIP_ACCENTS({text})), '{NOBODY}') THEN NULL ELSE {text} END"
