"""Accounts of tests, demonstrations and staff among the customers."""

from __future__ import annotations

from analytics.datamodel.health.context import (
    Context,
    HealthCode,
    Place,
    Remedy,
    counted,
    defect,
    left_out,
    rows_where,
)
from analytics.datamodel.health.people import without_people
from analytics.datamodel.model import ColumnType, HealthCheck, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_number, as_text
from analytics.datamodel.values import Facts
from analytics.workspace import literal, quote
from vocabulary.sentence import Label, say
from vocabulary.themes import Severity

_WORDS = "test|tests|testeur|tester|testing|demo|essai|dummy|fake|asdf|qwerty|azerty|toto|foo|foobar|xxx+|aaa+"
_KINDS = "test|demo|demonstration|essai"
_HOLDERS = "compte|account|client|customer|user"
_NAME = (
    rf"^({_WORDS})([ ._-]*([0-9]+|{_WORDS}|client|compte|account|user))*$"
    rf"|\b({_HOLDERS})\b.*\b({_KINDS})\b|\b({_KINDS})\b.*\b({_HOLDERS})\b|(^| )test$|[^ ] ({_KINDS})[ .#_-]*[0-9]+$"
)
_WHOLE = (  # first and last name together
    r"\bne pas (utiliser|toucher|supprimer)\b|\b(do|please) not (use|delete)\b|\ba supprimer\b|\bto (be )?deleted?\b"
    r"|^(john|jane) doe$|^doe (john|jane)$"
)
_EMAIL = rf"^({_WORDS})[._+-]?[0-9]*@|\+test[0-9]*@|@(test|demo|yopmail|mailinator)\."
_NO_MAIL = r"@example\.(com|org|net|edu)$"  # kept for examples: no letter arrives there
_ID = r"^(test|demo|dummy|staff|intern)[ _-]?[a-z0-9]*$"
_HOUSE = r"^(staff|employe[e]?s?|employees?|salarie[e]?s?|personnel|collaborateurs?|internal|interne|test|demo|demonstration)$"
_PUBLIC = (
    r"^(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|proton(mail)?|orange|wanadoo|free|sfr|neuf"
    r"|laposte|bbox|numericable|club-internet|web|mail|btinternet|comcast|verizon|att|sbcglobal|bellsouth|cox|charter|spectrum|earthlink|frontier"
    r"|sky|talktalk|virginmedia|ntlworld|blueyonder|tiscali|bigpond|optusnet|iinet|internode|xtra|slingshot|telus|shaw|rogers|sympatico|videotron"
    r"|eircom|zoho|fastmail|hey|t-online|skynet|telenet|bluewin)[.]"
)
_HOUSE_LEAST, _WORTHY = 5, 5
_SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES)
_MOST = 0.2  # a pattern that catches more is how this house writes, not a test


def check(context: Context) -> list[HealthCheck]:
    """Names, addresses and identifiers that nobody real has, in the lists of people, and in sales whose buyers no list names."""
    found = []
    for table in context.model.of_kind(TableKind.CUSTOMERS, TableKind.USERS, TableKind.PROSPECTS):
        conditions = [*_conditions(context, table), *_staff(context, table), *_own_domain(context, table)]
        conditions += _symbolic(context, table)
        conditions = [condition for condition in conditions if context.count(table, condition) <= _MOST * table.rows]  # each by itself
        suspect = " OR ".join(f"({condition})" for condition in conditions)
        rows = context.count(table, suspect) if conditions else 0
        if rows and rows <= _MOST * table.rows:
            found.append(_found(table, suspect, rows, table.rows, _remedy(context, table, suspect)))
    for table in context.model.of_kind(*_SALES):
        found += _among_buyers(context, table)
    return found


def _found(table: TableProfile, suspect: str, people: int, of: int, remedy: Remedy) -> HealthCheck:
    detail = say(
        "{file} : un compte ressemble à un essai, à une démonstration ou à du personnel ; il compte parmi les clients et fausse les départs."
        if people == 1 else
        "{file} : {count} comptes ressemblent à des essais, à des démonstrations ou à du personnel ; ils gonflent le nombre de "
        "clients et faussent les départs.",
        "{file}: one account looks like a test, a demonstration or staff; it counts among the customers and distorts departures."
        if people == 1 else
        "{file}: {count} accounts look like tests, demonstrations or staff; they swell the number of customers and distort "
        "departures.",
        file=Label(table.file), count=counted(people, of),
    )  # fmt: skip
    return defect(
        HealthCode.TEST_ACCOUNTS, Severity.WARNING, people, detail, table=table, lines=rows_where(table, suspect), remedy=remedy
    )


def _among_buyers(context: Context, table: TableProfile) -> list[HealthCheck]:
    """Buyers whom no list of customers names: they are counted as people, not as sales."""
    person = context.place(table, Role.CUSTOMER_ID)
    if person is None or any((key.left_table, key.left_column) == (table.table, person.column.column) for key in context.model.keys):
        return []
    who = as_text(person.column)
    suspect = " OR ".join(f"({condition})" for condition in [*_conditions(context, table), *_own_domain(context, table)])
    if not suspect:
        return []
    people, all_of_them = context.database.row(
        f"SELECT COUNT(DISTINCT {who}) FILTER ({suspect}), COUNT(DISTINCT {who}) FROM {quote(table.table)} t"
    )
    if not people or people > _MOST * all_of_them:
        return []
    ids = f"SELECT {who} FROM {quote(table.table)} t WHERE ({suspect}) AND {who} IS NOT NULL"
    return [_found(table, f"{who} IN ({ids})", int(people), int(all_of_them), without_people(context, ids))]


def _remedy(context: Context, table: TableProfile, suspect: str) -> Remedy:
    """Those accounts out of every table; people who are no customers yet only out of their own list."""
    person = context.place(table, Role.CUSTOMER_ID, Role.ACCOUNT_ID)
    if person is None or context.model.kind(table.table) is not TableKind.CUSTOMERS:
        return left_out(table, suspect)
    person_id = as_text(person.column)
    ids = f"SELECT {person_id} FROM {quote(table.table)} t WHERE ({suspect}) AND {person_id} IS NOT NULL"
    return without_people(context, ids)


def _staff(context: Context, table: TableProfile) -> list[str]:
    """A category that says the account is the house's own."""
    places = context.places(
        Role.ATTRIBUTE, Role.ACCOUNT_STATUS, Role.CATEGORY, Role.SECTOR, Role.PLAN, Role.ACQUISITION_CHANNEL, Role.TOPIC
    )
    return [
        f"REGEXP_MATCHES(LOWER(STRIP_ACCENTS(COALESCE({as_text(place.column)}, ''))), '{_HOUSE}')"
        for place in places if place.table is table and place.column.type in (ColumnType.CATEGORY, ColumnType.TEXT)
    ]  # fmt: skip


def _own_domain(context: Context, table: TableProfile) -> list[str]:
    """Where people write from public mailboxes, the one private domain that comes back far more than any other."""
    place = _mailbox(context, table)
    if place is None or context.model.kind(table.table) not in (TableKind.CUSTOMERS, *_SALES):
        return []
    domain = f"LOWER(REGEXP_EXTRACT({as_text(place.column)}, '@(.+)$', 1))"
    counts = context.database.rows(
        f"SELECT domain, COUNT(*), REGEXP_MATCHES(domain, '{_PUBLIC}') FROM ({_each_once(context, table, domain)}) WHERE domain <> ''"
        " GROUP BY domain ORDER BY 2 DESC, domain"
    )
    total = sum(n for _, n, _ in counts)
    private = [(name, n) for name, n, public in counts if not public]
    if not private or sum(n for _, n in private) > 0.4 * total:
        return []
    second = private[1][1] if len(private) > 1 else 0
    name, n = private[0]
    return [f"COALESCE({domain}, '') = {literal(name)}"] if n >= max(_HOUSE_LEAST, 5 * second) else []


def _mailbox(context: Context, table: TableProfile) -> Place | None:
    """The column of mailboxes, which may be what tells customers apart."""
    person = context.place(table, Role.CUSTOMER_ID)
    told_by = person is not None and Facts(person.column, table.rows).looks_email
    return context.place(table, Role.EMAIL) or (person if told_by else None)


def _each_once(context: Context, table: TableProfile, domain: str) -> str:
    """SELECT of the domain of each account, or of each buyer once, in a list of sales."""
    person = context.place(table, Role.CUSTOMER_ID)
    if context.model.kind(table.table) not in _SALES or person is None:
        return f"SELECT {domain} AS domain FROM {quote(table.table)} t"
    return f"SELECT ANY_VALUE({domain}) AS domain FROM {quote(table.table)} t GROUP BY {as_text(person.column)}"


def _symbolic(context: Context, table: TableProfile) -> list[str]:
    """Accounts all of whose purchases are worth one unit of money at most, where others buy for far more."""
    person = context.place(table, Role.CUSTOMER_ID)
    if person is None:
        return []
    for sales in context.model.of_kind(TableKind.TRANSACTIONS):
        buyer, amount = context.place(sales, Role.CUSTOMER_ID), context.place(sales, Role.AMOUNT)
        if buyer is None or amount is None or amount.column.type is not ColumnType.NUMBER:
            continue
        value, who = as_number(amount.column), as_text(buyer.column)
        middle = context.database.row(f"SELECT APPROX_QUANTILE({value}, 0.5) FROM {quote(sales.table)} t")[0]
        if middle is None or middle < _WORTHY:
            continue
        return [
            f"{as_text(person.column)} IN (SELECT {who} FROM {quote(sales.table)} t WHERE {who} IS NOT NULL GROUP BY 1"
            f" HAVING COUNT(*) >= 3 AND MAX({value}) <= 1 AND MIN({value}) > 0)"
        ]
    return []


def _conditions(context: Context, table: TableProfile) -> list[str]:
    patterns = (
        (_NAME, (Role.FIRST_NAME, Role.LAST_NAME, Role.FULL_NAME, Role.COMPANY_NAME)),
        (_ID, (Role.CUSTOMER_ID, Role.ACCOUNT_ID)),
    )
    found = [(pattern, context.place(table, role)) for pattern, roles in patterns for role in roles]
    mailbox = _mailbox(context, table)
    conditions = [_matches(place, pattern) for pattern, place in (*found, (_EMAIL, mailbox)) if place is not None]
    if mailbox is not None:
        unsent = _matches(mailbox, _NO_MAIL)
        conditions += [unsent] if context.count(table, unsent) <= _MOST * table.rows else []  # else addresses were made up for all
    names = [context.place(table, role) for role in (Role.FIRST_NAME, Role.LAST_NAME, Role.FULL_NAME)]
    whole = ", ".join(as_text(place.column) for place in names if place is not None)
    if whole:
        conditions.append(f"REGEXP_MATCHES(LOWER(STRIP_ACCENTS(CONCAT_WS(' ', {whole}))), '{_WHOLE}')")
    return conditions


def _matches(place: Place, pattern: str) -> str:
    return f"REGEXP_MATCHES(COALESCE(LOWER(STRIP_ACCENTS({as_text(place.column)})), ''), '{pattern}')"
