"""The tables of a study that can be asked about line by line: what their lines are called, what each can be asked."""

from __future__ import annotations

import re
import weakref
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from analytics.datamodel.model import ColumnType, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import LATE, title_of
from analytics.explore.in_money import in_money
from analytics.explore.lateness import due_and_met
from analytics.explore.records import CLOSED, ENDED, called, records_of
from analytics.explore.several_rows import changing_rows
from analytics.study import Study
from analytics.workspace import quote
from assistant.embedded.columns import Columns, columns_of
from assistant.embedded.durations import Moment, moments_of
from assistant.embedded.fields import MOST_VALUES, Field, any_channel, by_one_word, role_aliases
from assistant.embedded.headers import spelt_in_full, without_aside, without_done, without_unit
from assistant.embedded.ideas import header_ideas, split_headers
from assistant.embedded.measuring import ORDERS, PERSON
from assistant.embedded.nouns import in_both_languages
from assistant.embedded.text import words
from vocabulary.language import Text

# What a manager calls one line of a table of each kind.
NOUNS: Mapping[TableKind, str] = {
    TableKind.INVOICES: "factures? invoices?",
    TableKind.TICKETS: "tickets? reclamations? plaintes? complaints? incidents? cases? demandes? requests? litiges? sav",
    TableKind.SURVEYS: "reponses? responses? answers? avis reviews? enquetes? surveys? questionnaires? sondages?",
    TableKind.CONTACTS: "messages? e-?mails? mails? contacts? appels? calls? sms envois? echanges?",
    TableKind.SUBSCRIPTIONS: "abonnements? subscriptions? contrats? contracts?",
    TableKind.RETURNS: "retours? returns?",
    TableKind.USAGE: "connexions? logins? sessions? visites? visits? seances? evenements? events?",
    TableKind.OPPORTUNITIES: "opportunites? opportunit(?:y|ies) deals? devis quotes?",
    TableKind.LOYALTY_MOVEMENTS: "mouvements? movements?",
    TableKind.PAYMENTS: "paiements? payments? reglements?",
    TableKind.USERS: "users? utilisateurs?",
    TableKind.PROSPECTS: "prospects? leads?",
    TableKind.CAMPAIGNS: "envois?",
}
_GENERIC = frozenset("data donnees export extract table file fichier liste list base client clients customer customers base".split())
_UNTOLD = frozenset({Role.COMMENT, Role.FREE_TEXT, Role.EMAIL, Role.PHONE, Role.ADDRESS, Role.FULL_NAME, Role.LAST_NAME, Role.FIRST_NAME})


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A table questions can be asked of line by line.

    Args:
        name: what a query calls it.
        kind: what one line is.
        noun: the words for one line.
        columns: what can be asked of it: its own columns, then those of the customers it names.
        moments: its dates.
        scored, timed, closed, delayed: it holds a recommendation score, a day, the day it ended (its header), which was answered or delivered.
        day: the header of the day each line is dated by.
        dued: each line was promised or due for a day, and tells the day it came or was paid.
    """

    name: str
    kind: TableKind
    noun: re.Pattern[str] | None
    columns: Columns
    moments: tuple[Moment, ...]
    scored: bool
    timed: bool
    closed: str | None
    delayed: bool
    dued: bool
    day: str | None


_CACHE: weakref.WeakKeyDictionary[object, tuple[RecordTable, ...]] = weakref.WeakKeyDictionary()


def record_tables(study: Study) -> tuple[RecordTable, ...]:
    """The tables of a study, read once for each open data file."""
    found = _CACHE.get(study.database)
    if found is None:
        kinds = {reading.table: reading.kind for reading in study.model.readings}
        found = _CACHE[study.database] = tuple(
            _table(study, profile, kinds.get(profile.table, TableKind.OTHER)) for profile in study.model.tables
        )
    return found


def called_so(text: str, table: RecordTable) -> bool:
    """Whether the first word of a text is in the name of a file: « réclamations » are those of reclamations.csv, whatever else is a request.

    Args:
        text: plain words, the one that names lines first.
        table: the file.
    """
    said = words(text)[:1]
    return bool(said) and said[0].rstrip("s") in {part.rstrip("s") for part in words(split_headers(table.name.rsplit(".", 1)[0]))}


def _table(study: Study, profile: TableProfile, kind: TableKind) -> RecordTable:
    records = records_of(study, called(profile, study))
    own = [
        _field(study, profile, column.name, column.column, column.type, records.roles.get(column.column))
        for column in profile.columns
        if records.roles.get(column.column) not in _UNTOLD and not str(records.roles.get(column.column, "")).endswith("_id")
    ]  # fmt: skip
    if due_and_met(records) is not None:
        own.append(Field(LATE, title_of(LATE), ColumnType.NUMBER, (), (), True))
    held = {found.name for found in own}
    others = [found for found in columns_of(study).fields if not found.on_purchases and not found.derived and found.name not in held]
    others = [
        replace(found, aliases=found.aliases[:1]) if found.type is ColumnType.NUMBER else found
        for found in others if study.attribute(found.name) is not None
    ]  # fmt: skip
    said = [part for found in own for text in (found.name, *found.values) for part in words(split_headers(text))]
    columns = Columns(by_one_word(any_channel((*own, *others))), sold=False, dated=True, words=frozenset(said) | columns_of(study).words)
    closed = records.of_role(*ENDED)
    header = next((column.name for column in profile.columns if column.column == closed), None)
    return RecordTable(
        called(profile, study), kind, _noun(profile, kind, beside=_of_orders(study) - {profile.table}, things=called(profile, study) in {file for file, _ in changing_rows(study).values()}, numbered=_numbered(profile, records.roles)), columns, moments_of(profile, records.roles), records.of_role(Role.NPS) is not None, records.clock is not None, header,
        records.opened is not None and records.of_role(*CLOSED) is not None, due_and_met(records) is not None, next((column.name for column in profile.columns if column.column == records.clock), None),
    )


def _field(study: Study, profile: TableProfile, name: str, column: str, kind: ColumnType, role: Role | None) -> Field:
    values: tuple[str, ...] = ()
    if kind is ColumnType.CATEGORY:
        held = quote(column)
        rows = study.database.rows(
            f"SELECT DISTINCT CAST({held} AS VARCHAR) FROM {profile.table} WHERE {held} IS NOT NULL LIMIT {MOST_VALUES + 1}"
        )
        values = tuple(sorted(str(row[0]) for row in rows)) if len(rows) <= MOST_VALUES else ()
    told = without_unit(name) if kind is ColumnType.NUMBER else without_done(name) if kind is ColumnType.FLAG else ()
    aliases = (header_ideas(name), *spelt_in_full(name), *told, *without_aside(name), *(role_aliases(role) if role is not None else ()))
    return Field(name, Text(name, name), kind, tuple(dict.fromkeys(alias for alias in aliases if alias)), values, True, role, in_money=role is Role.VAT and in_money(study, role, name))


def _of_orders(study: Study) -> frozenset[str]:
    """The tables whose rows are purchases by themselves."""
    return frozenset(table.table for table in study.model.of_kind(TableKind.TRANSACTIONS))


_SHORT = 3  # letters
_ANYTHING = frozenset("num nro ref ids key bon doc piece pieces ligne lignes line lines reference numero number nombre row rows code dossier dossiers record records operation operations item items article articles".split())


def _numbered(profile: TableProfile, roles: Mapping[str, Role]) -> tuple[str, ...]:
    """The words of the header that numbers the rows: each of a file whose first column is « N° colis » is a parcel."""
    own = (column for column in profile.columns if roles.get(column.column) in (Role.ROW_ID, Role.ORDER_ID) and column.distinct == column.filled == column.rows)
    return tuple(part for column in own for part in words(split_headers(column.name)))


def _plural(word: str) -> str:
    """A word in the singular and the plural: « animal », « animaux »."""
    root = word.removesuffix("aux").removesuffix("al") if word.endswith(("aux", "al")) and len(word) > _ROOT else None
    return re.escape(word.rstrip("s")) + "s?" if root is None else rf"{re.escape(root)}(?:al|als|aux)"


_ROOT = 5  # letters from which « -al » is « -aux »
_PARTICLES = frozenset("in out up off on over".split())  # the second word of a name may be part of its verb


def _with_particles(said: list[str]) -> list[str]:
    """The words of a name, those of one thing together: check_ins.csv, "check-ins kiosk.csv" hold check-ins, and no checks."""
    joined: list[str] = []
    for part in said:
        if part.rstrip("s") in _PARTICLES and joined:
            joined[-1] += part
        else:
            joined.append(part)
    return joined


_MEASURED = frozenset(  # what a file may be called after, and no line of it is: « revenue.csv », « marges.xlsx »
    "revenue revenues revenu revenus turnover recette recettes margin margins marge marges churn attrition mrr arr ltv".split()
)


def _noun(profile: TableProfile, kind: TableKind, *, beside: frozenset[str], things: bool = False, numbered: Collection[str] = ()) -> re.Pattern[str] | None:
    """The words for one line (of a file of customers, where each has several `things`: animals, cars), those of the header that numbers them too; `beside` a file of purchases, « lignes_commande » and "order_payments" hold no order of their own."""
    if kind is TableKind.CUSTOMERS and not things:
        return None
    said = [part for part in _with_particles(words(split_headers(profile.file.rsplit(".", 1)[0]))) if part not in _MEASURED]
    stem = [
        _plural(part) for part in said
        if len(part) > 3 and part not in _GENERIC and not PERSON.fullmatch(part) and not (beside and ORDERS.fullmatch(part))
    ]  # fmt: skip
    stem += [_plural(part) for part in numbered if len(part) >= _SHORT and part not in _GENERIC | _ANYTHING and not PERSON.fullmatch(part) and not ORDERS.fullmatch(part)]
    nouns = [*NOUNS.get(kind, "").split(), *stem, *(pattern for part in said for pattern in in_both_languages(part))]
    return re.compile(r"\b(?:" + "|".join(nouns) + r")\b") if nouns else None
