"""What a departure leaves in the other columns: a date, a reason, filled for those who left and for nobody else.

Columns that agree row by row say the same thing, whatever their headers: a state whose only value with a date of departure is
« Exited » is the one that says who left, and a date that only those who left have is the day they did.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of, plain, words_of
from analytics.datamodel.kinds import KindGuess
from analytics.datamodel.labels import SUBSCRIBED, SURE, LabelReading, asks_leavers, ends_the_relation, read_label
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import DESCRIBING, Role, TableKind
from analytics.datamodel.sql import as_day, as_text
from analytics.datamodel.statuses import means_gone, means_yes, seen_through, tells_nothing
from analytics.datamodel.values import DATES
from analytics.workspace import Database, literal, quote

_LEAST, _MOST = 0.005, 0.7  # of the rows have a date or a reason of departure
_ENOUGH = 8  # such rows, below which agreement is luck
_DATED, _EXPLAINED = 0.9, 0.5  # of those who left have the date, or a reason
_STRAY = 0.01  # of the dates or reasons may stand on other rows
_VALUES = 8  # of a state
_STATES = frozenset({"status", "active", "inactive", "churn", "cancel", "kept", "still", "customer", "account", "renewal"})
_OUTRIGHT = frozenset({"churn", "cancel"})
_TOLD, _LIKELY = 0.9, 0.7
_NOT_A_REASON = frozenset({"channel", "id", "email", "phone", "price", "amount"})


@dataclass(frozen=True, slots=True)
class _Trace:
    """A column only those who left should have filled, and what share of them has it."""

    column: ColumnProfile
    share: float
    outright: bool  # its header speaks of a departure, and not of an end


def agreed(database: Database, table: TableProfile, roles: Mapping[str, Guess], column: ColumnProfile, read: LabelReading | None) -> LabelReading | None:
    """The reading of a state once the dates and reasons of departure beside it have been looked at; `read` where they say nothing.

    Args:
        database: holds the table.
        table, roles: the file and what its columns mean.
        column: what may say who left.
        read: what its header and its values say by themselves.
    """
    if (read is None and not _is_a_state(column, roles.get(column.column))) or not 2 <= column.distinct <= _VALUES or not column.top:
        return read
    for trace in _traces(table, roles):
        if trace.column is column:
            continue
        gone = _marked(database, table, column, trace)
        gone = tuple(value for value in gone or () if not tells_nothing(value))  # a contract replaced has its end too
        if any(means_gone(value) for value in gone):  # who passed has the day of it, as who dropped out has theirs: only the latter left
            gone = tuple(value for value in gone if not seen_through(value))
        if not gone or any(means_gone(value) is False for value in gone):
            continue
        gone = _with_letters(column, gone)
        asleep = set(read.values) - set(gone) if read is not None else set()
        if read is not None and trace.column.type in DATES and set(gone) < set(read.values) and all(_ASLEEP.search(plain(value)) for value in asleep):
            return LabelReading(gone, read.confidence)  # beside « Fermé », which has its day, « Inactif » has none: nobody left
        if read is not None and read.values and not set(read.values) <= set(gone):
            continue  # the words say otherwise than the dates: as sure as the words alone
        explained = trace.outright and not any(_HELD.search(plain(value)) for value in gone)
        if read is not None and read.confidence >= SURE and (trace.column.type in DATES or explained) and set(read.values) < set(gone):
            return LabelReading(gone, read.confidence)  # « Transférée », which has its day as « Résiliée » has, or its reason of leaving
        known = trace.outright or any(means_gone(value) for value in gone) or all(means_yes(value) is not None for value in gone)
        if read is None or not read.values or set(read.values) == set(gone):
            return LabelReading(gone, max(_TOLD if known else _LIKELY, read.confidence if read is not None else 0.0))
    return read


def _with_letters(column: ColumnProfile, gone: tuple[str, ...]) -> tuple[str, ...]:
    """Beside A for active and a letter that has the day of leaving, E and X have expired: nobody writes the day of it."""
    values = [value for value, _ in column.top]
    if all(len(value.strip()) == 1 for value in values) and "A" in {value.strip().upper() for value in values} - {value.strip().upper() for value in gone}:
        return tuple(value for value in values if value in gone or value.strip().upper() in _EXPIRED)
    return gone


_EXPIRED = frozenset("EX")
_ASLEEP = re.compile(r"inacti|dorm|sommeil|asleep|idle")
_HELD = re.compile(r"paus|susp|hold|gel|freez|froz|pend|attente")  # asked why as well, and not gone


def _is_a_state(column: ColumnProfile, guess: Guess | None) -> bool:
    if column.type not in (ColumnType.FLAG, ColumnType.CATEGORY) or (guess is not None and guess.given):
        return False
    if guess is not None and guess.role in (Role.CHURN_LABEL, Role.ACCOUNT_STATUS):
        return True
    return bool(frozenset[str]().union(*concepts_of(column.name)) & _STATES)


def _traces(table: TableProfile, roles: Mapping[str, Guess]) -> list[_Trace]:
    found = []
    for column in table.columns:
        guess = roles.get(column.column)
        if guess is None or not seldom(column):
            continue
        outright = bool(frozenset[str]().union(*concepts_of(column.name)) & _OUTRIGHT)
        if guess.role is Role.END_DATE and ends_the_relation(column.name, few=True):
            found.append(_Trace(column, _DATED, outright))
        elif guess.role is Role.CHURN_REASON and outright:
            found.append(_Trace(column, _EXPLAINED, outright))
    return sorted(found, key=lambda trace: not trace.outright)


def seldom(column: ColumnProfile) -> bool:
    """Whether a column is filled for some of the rows and not for most."""
    return _ENOUGH <= column.filled and _LEAST * column.rows <= column.filled <= _MOST * column.rows


def _marked(database: Database, table: TableProfile, column: ColumnProfile, trace: _Trace) -> tuple[str, ...] | None:
    """The values of a state that have the trace, where the others never do; None where it is spread over them, or on blanks."""
    values = [value for value, _ in column.top]
    filled = f"{as_text(trace.column)} IS NOT NULL"
    counts = ", ".join(
        f"COUNT(*) FILTER ({said}), COUNT(*) FILTER ({said} AND {filled})" for said in (lost_condition(column, (value,)) for value in values)
    )
    found = database.row(f"SELECT {counts} FROM {quote(table.table)} t")
    rows = dict(zip(values, zip(found[::2], found[1::2], strict=True), strict=True))
    gone = tuple(value for value, (n, with_it) in rows.items() if n and with_it >= trace.share * n)
    strays = trace.column.filled - sum(rows[value][1] for value in gone)
    if not gone or len(gone) == len(values) or strays > _STRAY * trace.column.filled:
        return None
    return gone


def settle_traces(database: Database, table: TableProfile, roles: dict[str, Guess], label: ColumnProfile, gone: tuple[str, ...]) -> None:
    """Beside a column that surely says who left, the date only they have is the day they did, and the words why.

    Args:
        database: holds the table.
        table, roles: the file; the roles are changed in place.
        label, gone: who left.
    """
    dated = any(guess.role is Role.END_DATE for guess in roles.values())
    explained = any(guess.role is Role.CHURN_REASON for guess in roles.values())
    wanted = [
        column for column in table.columns
        if column is not label and seldom(column) and _unsaid(roles.get(column.column))
        and ((not dated and column.type in DATES) or (not explained and _may_explain(column)))
    ]  # fmt: skip
    if not wanted:
        return
    said = lost_condition(label, gone)
    counts = ", ".join(f"COUNT(*) FILTER ({said} AND {as_text(column)} IS NOT NULL)" for column in wanted)
    left, *filled = database.row(f"SELECT COUNT(*) FILTER ({said}), {counts} FROM {quote(table.table)} t")
    for column, theirs in zip(wanted, filled, strict=True):
        if column.filled - theirs > _STRAY * column.filled:
            continue
        if column.type in DATES and not dated and theirs >= _DATED * left and ends_the_relation(column.name, few=True):
            roles[column.column], dated = Guess(Role.END_DATE, SURE, SURE, 1.0), True
        elif column.type not in DATES and not explained and theirs >= _EXPLAINED * left:
            roles[column.column], explained = Guess(Role.CHURN_REASON, SURE, SURE, 1.0), True


def settle_terms(database: Database, table: TableProfile, roles: dict[str, Guess], label: ColumnProfile, gone: tuple[str, ...], as_of: date) -> None:
    """Beside a column that surely says which contracts are over, the date that every one has, past for those and ahead for the others, is their end.

    « Valable jusqu'au », « échéance »: whatever its header, the state was written from it.

    Args:
        database: holds the table.
        table, roles: a file of contracts; the roles are changed in place.
        label, gone: which of them are over.
        as_of: the day to which the file goes.
    """
    if any(guess.role is Role.END_DATE for guess in roles.values()):
        return
    wanted = [
        column for column in table.columns
        if column.type in DATES and column.filled >= _EVERY * table.rows and (_unsaid(roles.get(column.column)) or _plays(roles, column, Role.OTHER_DATE))
    ]  # fmt: skip
    if not wanted:
        return
    said = lost_condition(label, gone)
    counts = ", ".join(f"COUNT(*) FILTER (({as_day(column)} <= {literal(as_of)}) = ({said}))" for column in wanted)
    over, *agreeing = database.row(f"SELECT COUNT(*) FILTER ({said}), {counts} FROM {quote(table.table)} t")
    found = [column for column, rows in zip(wanted, agreeing, strict=True) if rows >= _EVERY * table.rows]
    if len(found) == 1 and _ENOUGH <= over <= table.rows - _ENOUGH:
        roles[found[0].column] = Guess(Role.END_DATE, SURE, SURE, 1.0)


def are_people(table: TableProfile, guess: KindGuess, roles: Mapping[str, Guess]) -> bool:
    """Whether a table of a kind little likely is one of customers: each once, and a date or a reason of leaving for some of them."""
    if guess.confidence >= _UNLIKELY or guess.kind not in _MISTAKEN:
        return False
    each = any(_names(roles.get(column.column)) and column.distinct >= _EACH * max(column.filled, 1) for column in table.columns)
    return each and any(
        seldom(column) and column.type in DATES and (_plays(roles, column, Role.END_DATE) or (_unsaid(roles.get(column.column)) and set(words_of(column.name)) & _LEAVING))
        for column in table.columns
    )


def are_relations(database: Database, table: TableProfile, guess: KindGuess, roles: Mapping[str, Guess], today: date) -> bool:
    """Whether rows read as purchases are relations: each begins on its day, and a state says over for those that have an end, and for no other."""
    if guess.kind not in _TAKEN_FOR_SALES:
        return False
    loose = {name: replace(one, role=Role.OTHER_DATE) if one.role in _LOOSE else one for name, one in roles.items()}
    begun = [column for column in table.columns if column.type in DATES and column.filled >= _EVERY * table.rows]
    for day in begun:
        there = {**loose, day.column: Guess(Role.START_DATE, SURE, SURE, 1.0)}
        ends = [
            column for column in lonely_dates(database, table, there, today)
            if set(words_of(column.name)) & _LEAVING or frozenset[str]().union(*concepts_of(column.name)) & {"end", "churn"}
        ]  # fmt: skip
        if len(ends) == 1 and _is_told_by_a_state(database, table, there, ends[0], but=_JOB_DONE):
            return True
    return False


_EVERY = 0.98
_JOB_DONE = re.compile(r"termin|clos|clotur|ferm|fini|end|complet|livr|deliver|return|rendu|restitu|factur|invoic|archiv|sold")  # of a repair, a case, a loan
_TAKEN_FOR_SALES = (TableKind.TRANSACTIONS, TableKind.PAYMENTS, TableKind.ORDER_LINES)
_LOOSE = (Role.START_DATE, Role.SIGNUP_DATE, Role.END_DATE, Role.DELIVERY_DATE)


def _names(guess: Guess | None) -> bool:
    return guess is not None and guess.role in _IDENTITIES


_UNLIKELY, _EACH = 0.6, 0.85
_MISTAKEN = (TableKind.STORES, TableKind.MARKETING_SPEND, TableKind.OTHER, TableKind.COMPANY_EVENTS, TableKind.PRODUCTS, TableKind.SELLERS)
_IDENTITIES = frozenset({
    Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.SUBSCRIPTION_ID, Role.ORDER_ID, Role.ROW_ID, Role.STORE_ID, Role.FULL_NAME, Role.COMPANY_NAME, Role.EMAIL,
})  # fmt: skip


def settle_ends(database: Database, table: TableProfile, roles: dict[str, Guess], today: date, *, sold: bool) -> None:
    """A date few have, past and never before they came, is the day they left where its header, a state or a reason with it alone, says so.

    "Vacated" says it by itself; "DOL" does beside "On Roll", filled where that is N and nowhere else; any does beside the reason
    of a departure that stands on the same rows.

    Args:
        database: holds the table.
        table, roles: a file of customers or of contracts; the roles are changed in place.
        today: days after it have not come.
        sold: whether purchases stand in other files: where nobody subscribes, a day without a state is then no departure.
    """
    for column in table.columns:  # the day of the exit interview is known of those who left; it is not the day they did
        guess = roles.get(column.column)
        if guess is not None and guess.role is Role.END_DATE and not guess.given and asks_leavers(column.name):
            roles[column.column] = replace(guess, role=Role.OTHER_DATE)
    known = {guess.role for guess in roles.values()}
    ended = next((column for column in table.columns if _plays(roles, column, Role.END_DATE)), None)
    if ended is not None and (ends_the_relation(ended.name) or roles[ended.column].given):
        return
    found = lonely_dates(database, table, roles, today)
    spoken = [column for column in found if set(words_of(column.name)) & _LEAVING] if not sold or known & SUBSCRIBED else []
    if not spoken:
        spoken = [column for column in found if _is_told_by_a_state(database, table, roles, column)]
    if not spoken:
        spoken = [column for column in found if _is_explained(database, table, roles, column)]
    if len(spoken) == 1:
        if ended is not None:  # the end of a price, beside the day they left
            roles[ended.column] = replace(roles[ended.column], role=Role.RENEWAL_DATE)
        roles[spoken[0].column] = Guess(Role.END_DATE, SURE, SURE, 1.0)


def settle_beginnings(table: TableProfile, roles: dict[str, Guess]) -> None:
    """Beside « Move-Out », the day they left, « Move-In » is the day they came: the same verb, the other way, on every row.

    Args:
        table, roles: a file of customers or of contracts; the roles are changed in place.
    """
    if any(guess.role in (Role.START_DATE, Role.SIGNUP_DATE) for guess in roles.values()):
        return
    ends = [_verb(column.name) for column in table.columns if _plays(roles, column, Role.END_DATE)]
    verbs = {verb for verb, particle in ends if particle in _AWAY}
    begun = [
        column for column in table.columns
        if column.type in DATES and column.filled >= _EVERY * table.rows and _unsaid(roles.get(column.column), Role.OTHER_DATE)
        and _verb(column.name)[1] == "in" and _verb(column.name)[0] in verbs
    ]  # fmt: skip
    if len(begun) == 1:
        roles[begun[0].column] = Guess(Role.START_DATE, SURE, SURE, 1.0)


def _verb(header: str) -> tuple[str, str]:
    """The verb and the particle that a header is made of, « date » and the like apart; two empty words where it is made otherwise."""
    said = [part for part in re.findall(r"[a-z]+", plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))) if part not in ("date", "day", "dt")]
    return (said[0], said[1]) if len(said) == 2 else ("", "")


_AWAY = frozenset({"out", "off", "away"})


def lonely_dates(database: Database, table: TableProfile, roles: Mapping[str, Guess], today: date) -> list[ColumnProfile]:
    """Dates no precise role was found for, filled for some of the rows only, past, and none before the relation began."""
    found = [
        column for column in table.columns
        if column.type in DATES and seldom(column) and _unsaid(roles.get(column.column))
        and ends_the_relation(column.name, few=True) and not _is_about_something(column.name)
    ]  # fmt: skip
    if not found:
        return []
    begun = next((column for role in BEGUN for column in table.columns if _plays(roles, column, role)), None)
    before = "FALSE" if begun is None else "{day} < " + as_day(begun)
    counts = ", ".join(
        f"COUNT(*) FILTER ({as_day(column)} > {literal(today)}), COUNT(*) FILTER ({before.format(day=as_day(column))})" for column in found
    )
    row = database.row(f"SELECT {counts} FROM {quote(table.table)} t")
    wrong = dict(zip((column.column for column in found), zip(row[::2], row[1::2], strict=True), strict=True))
    return [column for column in found if max(wrong[column.column]) <= _BEFORE * column.filled]


def _is_about_something(header: str) -> bool:
    """Whether a date is of a message, a payment, an order ...; a word of leaving beside is of what was lent (« Retour machine », "Off hire")."""
    known = frozenset[str]().union(*concepts_of(header))
    return bool(known & (_ABOUT_SOMETHING - _LENT if set(words_of(header)) & _LEAVING else _ABOUT_SOMETHING))


def _plays(roles: Mapping[str, Guess], column: ColumnProfile, role: Role) -> bool:
    guess = roles.get(column.column)
    return guess is not None and guess.role is role


def _is_told_by_a_state(
    database: Database, table: TableProfile, roles: Mapping[str, Guess], day: ColumnProfile, but: re.Pattern[str] | None = None
) -> bool:  # fmt: skip
    """Whether a state of two words, one of which says gone or not here, is filled with that word exactly where the day is; `but` such words."""
    trace = _Trace(day, _DATED, outright=False)
    for column in table.columns:
        guess = roles.get(column.column)
        if column.type not in (ColumnType.FLAG, ColumnType.CATEGORY) or not 2 <= column.distinct <= _VALUES or not column.top or not (guess is None or _unsaid(guess) or guess.role in _OF_STATES):
            continue
        gone = _marked(database, table, column, trace)
        read = read_label(column)
        if gone is None or (but is not None and all(but.match(plain(value)) for value in gone)):
            continue
        if read is not None and set(read.values) == set(gone):
            return True
        if all(means_gone(value) for value in gone):
            return True
    return False


def _is_explained(database: Database, table: TableProfile, roles: Mapping[str, Guess], day: ColumnProfile) -> bool:
    """Whether a reason of departure stands on the rows that have the day, nearly all of them, and on no other."""
    for column in table.columns:
        guess = roles.get(column.column)
        if guess is None or guess.role is not Role.CHURN_REASON or guess.score < _SAID_WHY or not seldom(column):
            continue
        both, only_why = database.row(
            f"SELECT COUNT(*) FILTER ({as_text(day)} IS NOT NULL), COUNT(*) FILTER ({as_text(day)} IS NULL) FROM {quote(table.table)} t WHERE {as_text(column)} IS NOT NULL"
        )
        if both >= _DATED * day.filled and only_why <= _STRAY * column.filled:
            return True
    return False


_SAID_WHY = 0.6
_OF_STATES = frozenset({Role.CHURN_LABEL, Role.ACCOUNT_STATUS, Role.ORDER_STATUS, Role.PLAN, Role.CONTRACT_TYPE, Role.ACQUISITION_CHANNEL})
BEGUN = (Role.START_DATE, Role.SIGNUP_DATE, Role.FIRST_PURCHASE_DATE)
_BEFORE = 0.02  # of the days may be slips of the pen
_LEAVING = frozenset(  # of a customer, or of what they had from the house: beside the words that always say so
    "hire removed removal deducted vacated withdrawn discontinued surrendered disengaged offboarded unenrolled uplift uplifted out dol ended loss"
    " returned handed retire retiree retires retrait rendu rendue restitue restituee restitution libere liberee depose deposee"
    " desinstalle desinstallee interrompu interrompue arrete arretee arret stoppe stoppee sorti sortie sortant quitte parti depart solde soldee"
    " cessation cesse reprise repris demenage demenagement transfere transferee dissolution perdu perdue radie radiee".split()
)
_LENT = frozenset({"order", "delivery", "shipping", "ticket"})
_ABOUT_SOMETHING = frozenset({  # else than the relation: its date says nothing of who left
    "order", "ticket", "delivery", "shipping", "payment", "invoice", "email", "sms", "phone", "consent", "birth", "renewal", "campaign",
    "complaint", "last", "next", "nps",
})  # fmt: skip


def _unsaid(guess: Guess | None, *more: Role) -> bool:
    return guess is None or (not guess.given and guess.role in DESCRIBING | {Role.EVENT_DATE, Role.RESOLVED_DATE, Role.TOPIC, Role.COMMENT, *more})


def _may_explain(column: ColumnProfile) -> bool:
    """A few words that come back, under a header that speaks of a reason or of leaving: any other column is suspected, not believed."""
    known = frozenset[str]().union(*concepts_of(column.name))
    spoken = known & {"reason", "churn", "cancel", "end"} or set(words_of(column.name)) & _LEAVING
    return column.type is ColumnType.CATEGORY and 2 <= column.distinct <= _VALUES * 4 and bool(spoken) and not known & _NOT_A_REASON


def lost_condition(column: ColumnProfile, values: tuple[str, ...]) -> str:
    """SQL that is true where a label says lost (never NULL), for a label stored as words, numbers or yes/no (alias t)."""
    if column.type is ColumnType.FLAG:
        wanted = any(means_yes(value) for value in values)
        return f"COALESCE(t.{column.column}, {'FALSE' if wanted else 'TRUE'}) = {'TRUE' if wanted else 'FALSE'}"
    listed = ", ".join(literal(value) for value in values)
    return f"COALESCE({as_text(column)} IN ({listed}), FALSE)"
