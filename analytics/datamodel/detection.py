"""What the files are: kinds, roles, joins, the as-of date, who is lost, what is wrong with the data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from analytics.datamodel import dates, evidence
from analytics.datamodel.arithmetic import settle_amounts
from analytics.datamodel.billed_apart import is_billed_apart
from analytics.datamodel.chains import settle_chains
from analytics.datamodel.corrections import check_corrections
from analytics.datamodel.currency import find_currency
from analytics.datamodel.deliveries import only_delivers, settle_deliveries
from analytics.datamodel.departures import (
    are_people,
    are_relations,
    settle_beginnings,
    settle_ends,
    settle_terms,
    settle_traces,
)
from analytics.datamodel.dues import settle_dues
from analytics.datamodel.ends import agreed_term, lasts_days, settle_agreed_end
from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import plain, says
from analytics.datamodel.health import Context, check_health
from analytics.datamodel.identity import (
    Roles,
    settle_accounts,
    settle_contracts,
    settle_dispensed,
    settle_emails,
    settle_hires,
    settle_keys,
    settle_nameless,
    settle_names,
    settle_numbered,
    settle_person,
    settle_users,
)
from analytics.datamodel.instalments import are_instalments
from analytics.datamodel.keys import Joins, sides_of
from analytics.datamodel.kinds import KindGuess, guess_kind, is_called
from analytics.datamodel.labels import SURE, read_label
from analytics.datamodel.leavers import settle_leavers
from analytics.datamodel.living import is_a_roll
from analytics.datamodel.lost import LABELLED, Files, define_lost, label_candidates, lived
from analytics.datamodel.mailboxes import are_visits, settle_mailboxes
from analytics.datamodel.members import settle_members
from analytics.datamodel.model import (
    Binding,
    ColumnType,
    Corrections,
    DataModel,
    Key,
    LostBasis,
    LostDefinition,
    Season,
    TableProfile,
    TableReading,
)
from analytics.datamodel.namesakes import shared_numbers
from analytics.datamodel.order_states import settle_states
from analytics.datamodel.parts import as_its_parts, without_parts
from analytics.datamodel.price_changes import names_a_customer, price_change
from analytics.datamodel.purchase_days import settle_payment_days, settle_purchase_days
from analytics.datamodel.question import one_question
from analytics.datamodel.reading import read_columns
from analytics.datamodel.references import (
    are_sites_served,
    settle_lines,
    settle_lookups,
    settle_numbers,
    settle_orders,
    settle_references,
    settle_sites,
    settle_visits,
)
from analytics.datamodel.roles import DESCRIBING, SALES, Role, TableKind
from analytics.datamodel.seasons import season_of, settle_seasons
from analytics.datamodel.shared_numbers import settle_shared_numbers, settle_told_by_name
from analytics.datamodel.signs import Sign
from analytics.datamodel.sureness import confidence
from analytics.datamodel.tools import recognise
from analytics.datamodel.values import DATES, Facts
from analytics.workspace import Database
from vocabulary.sentence import say


def detect(
    database: Database, tables: Sequence[TableProfile], *, corrections: Corrections, today: date, health: bool = True
) -> DataModel:
    """Understand the loaded files without asking.

    Each column gets at most one role, with a confidence (share of such readings that are right) and a reason. The
    customer's identifier is the person's: see `identity.py` for the tables that only lead to it. Joins go from many rows
    (left) to one (right): a row finds its customer by its own CUSTOMER_ID or ACCOUNT_ID (translated when a key leads from
    it to a CUSTOMER_LINK column), else by its EMAIL, SUBSCRIPTION_ID or ORDER_ID through a key.

    Args:
        database: holds the tables `t0` ... of the profiles.
        tables: profiles of the loaded tables.
        corrections: what the manager said; it always wins.
        today: dates after it are set aside; the as-of date of files without dates.
        health: whether to look for defects too.

    Raises:
        UserError: when a correction names a file or a column that is not there.
    """
    check_corrections(corrections, tables)
    guesses, roles = _read_tables(database, tables, corrections, today)
    kinds = {table: guess.kind for table, guess in guesses.items()}
    keys = _settle(database, tables, roles, kinds, corrections)
    settle_states([table for table in tables if table.file not in corrections.columns and recognise(table) is None], roles, kinds)
    _settle_departure(tables, roles, kinds, corrections)
    files = Files(database, tables, kinds, roles)
    sold = any(kind in SALES for kind in kinds.values())
    for table in tables:
        if kinds[table.table] in LABELLED and table.file not in corrections.columns:
            settle_ends(database, table, roles[table.table], today, sold=sold)
            settle_beginnings(table, roles[table.table])
            settle_leavers(database, table, tables, roles, kinds)
        if kinds[table.table] is TableKind.SUBSCRIPTIONS and table.file not in corrections.columns:
            settle_seasons(database, table, roles[table.table])
            settle_agreed_end(database, table, roles[table.table])
        if kinds[table.table] in _THEIR_OWN and table.file not in corrections.columns:
            settle_dues(table, roles[table.table])
    known, _ = dates.as_of(database, tables, roles, kinds, today)  # departures are among the days that files know
    as_of = corrections.as_of or known
    _follow_the_label(files, roles, corrections, as_of)
    shown = lived(files, as_of)
    seasons = _seasons(files)
    lost = define_lost(files, corrections, as_of, shown, seasons)
    if shown is not None and lost.sign is not Sign.PURCHASE and corrections.as_of is None:
        known = as_of = shown.last  # silences are counted from the last day anybody is seen, as they are from the last purchase
    lost = _stretched(lost, known, as_of)
    _name_the_label(roles, tables, lost)
    readings = [_reading(table, guesses[table.table], kinds[table.table], corrections) for table in tables]
    bindings = _led_to_the_customer(_bindings(tables, roles, corrections), keys, kinds)
    model = DataModel(
        tables=tuple(tables),
        readings=tuple(readings),
        bindings=tuple(bindings),
        keys=keys,
        as_of=as_of,
        lost=lost,
        currency=find_currency(database, tables, roles),
        money=corrections.money,
        question=one_question(files, readings, bindings, lost, corrections, as_of, today),
        terms=(*_terms(database, tables, roles, kinds), *((season.table, _A_YEAR) for season in seasons)),
        seasons=seasons,
    )
    return replace(model, health=check_health(Context(database, model, today))) if health else model


def _terms(database: Database, tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> tuple[tuple[str, int], ...]:
    contracts = (table for table in tables if kinds[table.table] is TableKind.SUBSCRIPTIONS and recognise(table) is None)
    found = ((table.table, agreed_term(database, table, roles[table.table])) for table in contracts)
    return tuple((table, months) for table, months in found if months is not None)


def _seasons(files: Files) -> tuple[Season, ...]:
    contracts = (table for table in files.tables if files.kinds[table.table] is TableKind.SUBSCRIPTIONS and recognise(table) is None)
    found = (season_of(files.database, table, files.roles[table.table]) for table in contracts)
    states = {one.table.table: one for one in reversed(label_candidates(files)) if one.reading.confidence >= SURE and one.reading.values}
    return tuple(
        replace(season, state=states[season.table].column.column, undone=states[season.table].reading.values) if season.table in states else season
        for season in found if season is not None
    )  # fmt: skip


_A_YEAR = 12  # months that a season is paid for


def _follow_the_label(files: Files, roles: Roles, corrections: Corrections, as_of: date) -> None:
    """Where a column surely says who left, those that only they have filled are its date and its reason."""
    found = next(iter(label_candidates(files)), None)
    if found is None or found.reading.confidence < SURE or not found.reading.values or corrections.lost_column is not None:
        return
    if files.kinds[found.table.table] in LABELLED and found.table.file not in corrections.columns:
        here = roles[found.table.table]
        settle_traces(files.database, found.table, here, found.column, found.reading.values)
        if files.kinds[found.table.table] is TableKind.SUBSCRIPTIONS:
            settle_terms(files.database, found.table, here, found.column, found.reading.values, as_of)
        for column in found.table.columns:  # resembled one that says who left, and another says it
            guess, plain_role = here.get(column.column), Role.FLAG if column.type is ColumnType.FLAG else Role.ATTRIBUTE
            if guess is not None and guess.role is Role.CHURN_LABEL and not guess.given and column is not found.column and read_label(column) is None:
                here[column.column] = replace(guess, role=plain_role, score=SURE)


def _name_the_label(roles: Roles, tables: Sequence[TableProfile], lost: LostDefinition) -> None:
    """The column that says who left is called so, unless it is a state of more than two words, or the manager or its tool calls it otherwise."""
    if lost.basis is not LostBasis.LABEL:
        return
    for table in tables:
        column = next((column for column in table.columns if table.table == lost.table and column.name == lost.column), None)
        if column is None:
            continue
        guess = roles[table.table].get(column.column)
        stays = guess is not None and (guess.role is Role.CHURN_LABEL or (guess.role is Role.ACCOUNT_STATUS and column.distinct > 2))
        if not stays and (guess is None or guess.role in DESCRIBING or not guess.given):
            roles[table.table][column.column] = Guess(Role.CHURN_LABEL, SURE, SURE, 1.0)


_THEIR_OWN = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
_STRETCHED = 14  # days after the last purchase from which a reference date lengthens silences enough to say it


def _stretched(lost: LostDefinition, known: date, as_of: date) -> LostDefinition:
    """A reference date set well after the last purchase makes every silence longer than the files know: said with the rule."""
    if lost.basis not in (LostBasis.RHYTHM, LostBasis.DAYS) or (as_of - known).days <= _STRETCHED:
        return lost
    return replace(lost, evidence=say(
        "{evidence} Attention : les fichiers s’arrêtent le {known} et la date de référence est le {as_of} ; le temps sans données "
        "compte comme du silence, et des clients peuvent passer pour perdus à tort.",
        "{evidence} Beware: the files stop on {known} and the reference date is {as_of}; the time without data counts as silence, and "
        "customers may be called lost wrongly.",
        evidence=lost.evidence, known=known, as_of=as_of,
    ))  # fmt: skip


def _read_tables(
    database: Database, tables: Sequence[TableProfile], corrections: Corrections, today: date
) -> tuple[dict[str, KindGuess], Roles]:
    """Kind and roles of each table by itself: roles without the kind, the kind, then the roles again."""
    guesses: dict[str, KindGuess] = {}
    roles: Roles = {}
    for table in tables:
        fixed = _given(table, corrections, alone=len(tables) == 1)
        guess = _kind_of(table, fixed, corrections)
        guesses[table.table], roles[table.table] = _read_as(table, guess, fixed, corrections)
    _read_shared(database, tables, corrections, guesses, roles)
    for table in tables:
        hired = guesses[table.table].kind is TableKind.SUBSCRIPTIONS and recognise(table) is None and lasts_days(database, table, roles[table.table])
        other = _beside_the_others(database, table, tables, guesses, roles, today, hired=hired)
        if other is not None and table.file not in corrections.tables:
            guess = replace(guesses[table.table], kind=other)
            fixed = _given(table, corrections, alone=len(tables) == 1)
            guesses[table.table], roles[table.table] = _read_as(table, guess, fixed, corrections)
        alone = len(tables) == 1 and guesses[table.table].kind is TableKind.TRANSACTIONS and recognise(table) is None
        if (hired or alone) and table.file not in corrections.columns:
            settle_hires(table, roles[table.table])
    return guesses, roles


def _beside_the_others(
    database: Database, table: TableProfile, tables: Sequence[TableProfile], guesses: Mapping[str, KindGuess], roles: Roles, today: date, *, hired: bool
) -> TableKind | None:  # fmt: skip
    """What a table is rather, as the other tables and its own rows tell; None where its kind stands; `hired`: its contracts last days."""
    guess, found = guesses[table.table], roles[table.table]
    ours = recognise(table) is None
    if ours and are_relations(database, table, guess, found, today):
        return TableKind.SUBSCRIPTIONS
    if hired or _stands_alone(table, without_parts(table, tables, guesses), found) or are_visits(database, table, guess, found):
        return TableKind.TRANSACTIONS
    if guess.kind is TableKind.TRANSACTIONS and is_a_roll(table, found):
        return TableKind.USAGE
    if _gives_back(table, guesses):
        return TableKind.RETURNS
    if ours and (are_sites_served(table, guess.kind, tables, roles) or are_people(table, guess, found)):
        return TableKind.CUSTOMERS
    if ours and (only_delivers(table, guesses, roles) or price_change(table, names_a_customer(found)) is not None):
        return TableKind.OTHER
    billed = ours and is_billed_apart(database, table, {one.table: one for one in tables}, guesses, roles)
    return TableKind.USAGE if billed else as_its_parts(table, tables, guesses) if ours else None


def _read_shared(
    database: Database, tables: Sequence[TableProfile], corrections: Corrections, guesses: dict[str, KindGuess], roles: Roles
) -> None:  # fmt: skip
    """Read again the files that a number they share with another explains."""
    spoken = {table.table: table for table in tables if recognise(table) is not None or table.file in {*corrections.tables, *corrections.columns}}
    kinds = {table: guess.kind for table, guess in guesses.items()}
    shared = shared_numbers(Joins(database), sides_of(tables, roles, kinds) if len(tables) > 1 else [], roles, spoken)
    for table in tables:
        given: dict[str, Role | None] = {**shared.roles.get(table.table, {})}
        if table.table in shared.kinds:
            guess = replace(guesses[table.table], kind=shared.kinds[table.table], confidence=max(guesses[table.table].confidence, _SHARED))
            guesses[table.table], roles[table.table] = _read_as(table, guess, given, corrections)
        for column, role in shared.roles.get(table.table, {}).items():
            roles[table.table][column] = Guess(role, _SHARED, 0.5, 1.0)  # told by the files, not by the manager


_SHARED = 0.85


def _given(table: TableProfile, corrections: Corrections, *, alone: bool) -> dict[str, Role | None]:
    """The roles a tool's export is known to have, and those the manager gave."""
    export, told = recognise(table), _fixed(table, corrections)
    given = {**(export.roles if export else {}), **told}
    if export and export.alone and alone and export.alone not in told:
        given[export.alone] = Role.CUSTOMER_ID
    return given


def _kind_of(table: TableProfile, given: Mapping[str, Role | None], corrections: Corrections) -> KindGuess:
    if table.file in corrections.tables:
        return KindGuess(corrections.tables[table.file], 1.0, by_name=False)
    export = recognise(table)
    return guess_kind(table, given) if export is None else KindGuess(export.kind, 0.98, by_name=False)


def _read_as(
    table: TableProfile, guess: KindGuess, given: Mapping[str, Role | None], corrections: Corrections
) -> tuple[KindGuess, dict[str, Guess]]:
    """The roles of a table read as a kind; two identifiers of its customers may make it a table of links."""
    found = read_columns(table, guess.kind, given, guess.chance)
    if recognise(table) is None and Role.CUSTOMER_ID not in given.values() and table.file not in corrections.tables:
        guess = replace(guess, kind=settle_person(table, found, guess.kind))
    return guess, found


def _stands_alone(table: TableProfile, guesses: Mapping[str, KindGuess], found: Mapping[str, Guess]) -> bool:
    """Lines of orders, or payments (of contracts too), of sales that no other file holds, each with its day (and payer): they are the purchases."""
    kind, others = guesses[table.table].kind, {guess.kind for name, guess in guesses.items() if name != table.table}
    known = {guess.role for guess in found.values()}
    dated = any(column.type in DATES and column.filled >= _MOSTLY_DATED * table.rows for column in table.columns)
    dated = dated and bool(known & {Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL, Role.FULL_NAME, Role.COMPANY_NAME})
    if kind is TableKind.ORDER_LINES:
        return not others & set(SALES) and (dated or Role.ORDER_ID not in known)
    if kind is TableKind.TICKETS:  # calls of a technician, each billed
        return not others & set(SALES) and dated and Role.AMOUNT in known and not known & _ASKED_FOR and any(
            says(column.name, tax) for column in table.columns for tax in ("ht", "ttc", "vat")
        )
    if kind is TableKind.SUBSCRIPTIONS:
        return recognise(table) is None and not others & set(SALES) and are_instalments(table, kind, found)
    if kind is TableKind.PAYMENTS:
        return dated and not others & {TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.ORDER_LINES, TableKind.SUBSCRIPTIONS}
    return False


_MOSTLY_DATED = 0.9
_ASKED_FOR = frozenset({Role.RESOLVED, Role.COMPLAINT, Role.SATISFACTION, Role.NPS})


def _gives_back(table: TableProfile, guesses: Mapping[str, KindGuess]) -> bool:
    """A list with all that a list of sales has, called « retours » beside one of sales: what came back, and not more sales."""
    others = (guess.kind for name, guess in guesses.items() if name != table.table)
    sold = guesses[table.table].kind is TableKind.TRANSACTIONS and any(kind in SALES for kind in others)
    return sold and is_called(table, TableKind.RETURNS) and not _SALES_TOO.search(plain(table.file))


_SALES_TOO = re.compile(r"(?<![a-z])(hors|sans|et|avec|net|nette?s|without|excl|excluding|and|with|ventes?|sales?|commandes?|orders?)(?![a-z])")


def _settle(
    database: Database,
    tables: Sequence[TableProfile],
    roles: Roles,
    kinds: dict[str, TableKind],
    corrections: Corrections,
) -> tuple[Key, ...]:
    """What only several tables together can tell; what the manager said stays."""
    joins = Joins(database)
    settle_sites([table for table in tables if table.file not in corrections.columns], roles, kinds)
    if len(tables) > 1:
        settle_users(joins, sides_of(tables, roles, kinds), roles, kinds)
        told = {(table.table, column) for table in tables for column in _fixed(table, corrections)}
        spoken = {table.table for table in tables if table.file in corrections.tables or table.file in corrections.columns}
        settle_members(joins, sides_of(tables, roles, kinds), roles, kinds, told, spoken)
        settle_references(joins, sides_of(tables, roles, kinds), roles, told)
        settle_shared_numbers(joins, sides_of(tables, roles, kinds), roles, told)
        settle_told_by_name(joins, sides_of(tables, roles, kinds), roles, told)
        settle_keys(roles, joins.find(sides_of(tables, roles, kinds)))
        settle_lookups(sides_of(tables, roles, kinds), roles, kinds, joins.find(sides_of(tables, roles, kinds)), spoken)
        settle_chains(joins, sides_of(tables, roles, kinds), roles, kinds, told, spoken)
    keys = joins.find(sides_of(tables, roles, kinds)) if len(tables) > 1 else ()
    settle_emails(roles, kinds, keys)
    untold = [table for table in tables if table.file not in corrections.columns]
    settle_mailboxes(database, [table for table in untold if recognise(table) is None], roles, kinds, keys)
    settle_orders(database, untold, roles, kinds)
    settle_names(untold, roles, kinds)
    settle_dispensed(untold, roles, kinds)
    settle_numbers(database, untold, roles, kinds)
    settle_visits(database, untold, roles, kinds)
    changing = settle_lines(database, untold, roles, kinds)
    settle_nameless(untold, roles, kinds, keys, changing)
    if len(tables) > 1:
        keys = joins.find(sides_of(tables, roles, kinds))
    settle_accounts(roles, kinds)
    settle_numbered(untold, roles, kinds, keys)
    settle_contracts(roles, kinds)
    settle_deliveries(untold, roles)
    settle_purchase_days(untold, roles, kinds)
    settle_payment_days(untold, roles, kinds)
    settle_amounts(database, untold, roles, kinds)
    for table in tables:
        kinds[table.table] = corrections.tables.get(table.file, kinds[table.table])
    return keys


def _settle_departure(
    tables: Sequence[TableProfile], roles: Roles, kinds: dict[str, TableKind], corrections: Corrections
) -> None:
    """The date the manager calls the departure is the end of the relation, and the only one of its file."""
    for table in tables:
        for column in table.columns:
            told = column.name == corrections.lost_column and not corrections.lost_values and column.type in DATES
            if told and kinds[table.table] in LABELLED:
                found = roles[table.table]
                for other, guess in list(found.items()):
                    if guess.role is Role.END_DATE:
                        found[other] = replace(guess, role=Role.OTHER_DATE)
                found[column.column] = Guess(Role.END_DATE, 1.0, 1.0, 1.0)


def _fixed(table: TableProfile, corrections: Corrections) -> dict[str, Role | None]:
    told = dict(corrections.columns.get(table.file, {}))
    day = corrections.money.date
    if day is not None and any(column.name == day for column in table.columns):
        told.setdefault(day, Role.PURCHASE_DATE)  # the date that money is counted on
    return {column.column: told[column.name] for column in table.columns if column.name in told}


def _reading(table: TableProfile, guess: KindGuess, kind: TableKind, corrections: Corrections) -> TableReading:
    if table.file in corrections.tables:
        return TableReading(table.file, table.table, kind, 1.0, evidence.of_correction(), corrected=True)
    export = recognise(table)
    why = evidence.of_kind(guess) if export is None else export.evidence
    return TableReading(table.file, table.table, kind, round(guess.confidence, 2), why)


def _bindings(tables: Sequence[TableProfile], roles: Roles, corrections: Corrections) -> list[Binding]:
    bindings = []
    for table in tables:
        fixed, export = _fixed(table, corrections), recognise(table)
        for column in table.columns:
            guess = roles[table.table].get(column.column)
            if guess is None:
                continue
            told = column.column in fixed
            why = evidence.of_correction() if told else evidence.of_role(guess, Facts(column, table.rows))
            if export is not None and not told and export.roles.get(column.column) is guess.role:
                why = export.evidence
            bindings.append(Binding(
                guess.role, table.file, table.table, column.column, column.name,
                1.0 if told else confidence(guess), why, corrected=told,
            ))  # fmt: skip
    return bindings


def _led_to_the_customer(bindings: list[Binding], keys: Sequence[Key], kinds: Mapping[str, TableKind]) -> list[Binding]:
    """An order's customer number that another table translates, or a user's, is a link to the customer, not the customer's id."""
    users = {(b.table, b.column) for b in bindings if b.role is Role.ROW_ID and kinds[b.table] is TableKind.USERS}
    links = {(b.table, b.column) for b in bindings if b.role is Role.CUSTOMER_LINK} | users
    led = {(k.left_table, k.left_column) for k in keys if (k.right_table, k.right_column) in links}
    return [
        replace(b, role=Role.CUSTOMER_LINK)
        if b.role is Role.CUSTOMER_ID and not b.corrected and (b.table, b.column) in led - links
        else b
        for b in bindings
    ]
