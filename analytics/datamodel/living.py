"""Which dated rows show a relation living where nothing says what was sold: visits, log-ins, lessons, card movements.

A message, a ticket or a survey is not among them: the house sends the first and asks for the last, and a complaint is no
proof that the relation goes on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.datamodel.dates import EARLIEST, latest_day
from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import says
from analytics.datamodel.identity import profile_with
from analytics.datamodel.model import ColumnType, TableProfile
from analytics.datamodel.opt_outs import header_words
from analytics.datamodel.purchases import links_sql
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.signs import Sign
from analytics.datamodel.sql import as_day, as_number, as_text
from analytics.workspace import Database, literal, quote

LIVING = (TableKind.USAGE, TableKind.LOYALTY_MOVEMENTS)
ACT_DATES = (Role.EVENT_DATE, Role.PURCHASE_DATE, Role.START_DATE, Role.OTHER_DATE)
_IDENTITY = (Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL)
_MOSTLY = 0.5  # a count given on that many rows is given on all that had any use
_SOLD = frozenset({
    Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY, Role.ORDER_ID, Role.LINE_ID, Role.PRODUCT_ID, Role.DISCOUNT, Role.PROMO_CODE, Role.VAT,
    Role.SHIPPING, Role.COST, Role.MARGIN, Role.PAYMENT_METHOD, Role.TOTAL_SPENT, Role.RECURRING_AMOUNT, Role.CURRENCY,
})  # fmt: skip
_SAYS_WHAT = re.compile(
    r"\b(stat(ut|us)|etat|state|types?|nature|motif|reason|events?|evenements?|action|mouvements?|movements?|operation|libelle|label"
    r"|presences?|attendance|outcome|result(at)?)\b"
)
_NO_ACT = (  # words of a row that the customer did not do: the house's own entries, and what nobody came to
    r"expir|perim|ajust|adjust|correct|regularis|anniversaire|birthday|annul|cancel|absen|no[ _-]?show|missed|manque"
    r"|(^|[^a-z])(non|not|pas|did not)[ _-]?(venu|present|attend|show|honor)"
    r"|(e-?mail|courriel|sms|push|notification|newsletter)s?[ _-]*(sent|deliver|bounce|envoy|livr)"
    r"|(sent|envoi|envoye)[ _-]*(d.)?(e-?mail|courriel|sms|push|notification|newsletter)"
)
_CAME = re.compile(r"\b(present[es]*|attended|venue?s?|came|showed|show|honoree?s?|participe|participated|checked in)\b")
_CAME_NOT = re.compile(r"\b(absent[es]*|no show|noshow|missed|annulee?s?|cancell?ed|manquee?s?|excusee?s?)\b")
_NAMES: tuple[tuple[Sign, re.Pattern[str]], ...] = (
    (Sign.LOGIN, re.compile(r"\b(log ?ins?|log ?ons?|sign ?ins?|connexions?|connections?|logged)\b")),
    (Sign.ATTENDANCE, re.compile(r"\b(attendances?|presences?|cours|lecons?|lessons?|class(es)?|seances?|emargements?|ateliers?|workshops?)\b")),
    (Sign.VISIT, re.compile(r"\b(visit\w*|passages?|frequentations?|check ?ins?|entrees?|entry|entries|venues?|badg\w+|acces|access)\b")),
    (Sign.CARD, re.compile(r"\b(cartes?|cards?|points?|fidelite|loyalty|mouvements?|movements?)\b")),
)


@dataclass(frozen=True, slots=True)
class Living:
    """The customers' own acts in the files: what they are, which files hold them, a SELECT of `customer` (text), `day`, and the last day."""

    sign: Sign
    files: tuple[str, ...]
    sql: str
    last: date


def living(
    database: Database, tables: Sequence[TableProfile], kinds: Mapping[str, TableKind],
    roles: Mapping[str, Mapping[str, Guess]], as_of: date,
) -> Living | None:  # fmt: skip
    """The acts by which customers show that the relation lives, up to `as_of`; None when no file holds any.

    Args:
        database: where the tables are.
        tables, kinds, roles: what was understood of them.
        as_of: days after it are not known.
    """
    found = []
    for table in tables:
        who, day = _who(table, tables, kinds, roles), profile_with(table, roles[table.table], *ACT_DATES)
        if kinds[table.table] not in LIVING or who is None or day is None:
            continue
        latest = latest_day(database, table, day, as_of)
        if latest is not None:
            found.append((table, who, day, latest.day))
    if not found:
        return None
    signs, parts, last = set(), [], max(latest for *_, latest in found)
    for table, who, day, _ in found:
        meant = {column: guess.role for column, guess in roles[table.table].items()}
        where = [f"{as_day(day)} BETWEEN {literal(EARLIEST)} AND {literal(last)}", *acts(table, meant)]
        parts.append(f"SELECT {who[0]} AS customer, {as_day(day)} AS day FROM {quote(table.table)} t{who[1]} WHERE {' AND '.join(where)}")
        signs.add(sign_of(table, kinds[table.table], day.name))
    sign = signs.pop() if len(signs) == 1 else Sign.SEVERAL
    return Living(sign, tuple(table.file for table, *_ in found), " UNION ALL ".join(parts), last)


def sign_of(table: TableProfile, kind: TableKind, day: str) -> Sign:
    """What the rows of a table are, as its name says, else the header of their day or the other headers."""
    for words in (f"{table.file.rsplit('.', 1)[0]} {table.sheet or ''}", day, " ".join(column.name for column in table.columns)):
        said = header_words(words.replace("-", " ")).replace(".", " ")
        found = next((sign for sign, pattern in _NAMES if pattern.search(said)), None)
        if found is not None:
            return found
    return Sign.CARD if kind is TableKind.LOYALTY_MOVEMENTS else Sign.USE


def is_a_roll(table: TableProfile, found: Mapping[str, Guess]) -> bool:
    """Whether rows are the roll of a lesson (who came, who did not), with no word of an order or of money: nothing is sold there."""
    if any(guess.role in _SOLD for guess in found.values()):
        return False
    day = profile_with(table, found, Role.PURCHASE_DATE, Role.EVENT_DATE)
    came = (header_words(column.name) for column in table.columns if column.type is ColumnType.FLAG)
    told = any(_CAME.search(words) or _CAME_NOT.search(words) for words in came)
    return day is not None and told and sign_of(table, TableKind.USAGE, day.name) is Sign.ATTENDANCE


def acts(table: TableProfile, meant: Mapping[str, Role]) -> tuple[str, ...]:
    """SQL conditions, over the table as `t`, that keep what customers did: not what expired, was corrected, or nobody came to.

    Args:
        table: the profile.
        meant: role of its columns, by internal name.
    """
    where, told = [], False
    for column in table.columns:
        words = header_words(column.name)
        role = meant.get(column.column)
        if column.type is ColumnType.FLAG:
            if _CAME_NOT.search(words):
                where.append(f"NOT COALESCE(t.{quote(column.column)}, FALSE)")
            elif _CAME.search(words):
                where.append(f"COALESCE(t.{quote(column.column)}, TRUE)")
        elif role is Role.USAGE_COUNT and column.type is ColumnType.NUMBER:
            none = 0 if column.share_filled >= _MOSTLY else 1
            where.append(f"COALESCE({as_number(column)}, {none}) > 0")
        elif column.type in (ColumnType.CATEGORY, ColumnType.TEXT) and _SAYS_WHAT.search(words):
            told = True
            where.append(f"NOT COALESCE(REGEXP_MATCHES(LOWER(STRIP_ACCENTS({as_text(column)})), {literal(_NO_ACT)}), FALSE)")
    points = [column for column in table.columns if column.type is ColumnType.NUMBER and says(column.name, "points")]
    if not told:  # points taken off may be spent, or expired: nothing says which
        where += [f"COALESCE({as_number(column)}, 1) > 0" for column in points[:1]]
    return tuple(where)


def _who(
    table: TableProfile, tables: Sequence[TableProfile], kinds: Mapping[str, TableKind],
    roles: Mapping[str, Mapping[str, Guess]],
) -> tuple[str, str] | None:  # fmt: skip
    """SQL of the customer of each row, and the join it needs."""
    own = profile_with(table, roles[table.table], *_IDENTITY)
    if own is not None:
        links, who = links_sql(tables, kinds, roles) or _users_sql(tables, kinds, roles), as_text(own)
        return (who, "") if links is None else (f"COALESCE(k.person, {who})", f" LEFT JOIN ({links}) k ON k.ref = {who}")
    held = profile_with(table, roles[table.table], Role.SUBSCRIPTION_ID)
    for other in tables if held is not None else ():
        there = roles[other.table]
        ref, person = profile_with(other, there, Role.SUBSCRIPTION_ID), profile_with(other, there, Role.CUSTOMER_ID)
        if held is not None and ref is not None and person is not None and kinds[other.table] is TableKind.SUBSCRIPTIONS:
            links = f"SELECT {as_text(ref)} AS ref, MIN({as_text(person)}) AS person FROM {quote(other.table)} t GROUP BY 1"
            return "k.person", f" JOIN ({links}) k ON k.ref = {as_text(held)}"
    return None


def _users_sql(
    tables: Sequence[TableProfile], kinds: Mapping[str, TableKind], roles: Mapping[str, Mapping[str, Guess]]
) -> str | None:
    """A SELECT of `ref` and `person` from the people inside accounts: their own number, and the account's."""
    for table in tables:
        own, account = (profile_with(table, roles[table.table], role) for role in (Role.ROW_ID, Role.CUSTOMER_ID))
        if kinds[table.table] is TableKind.USERS and own is not None and account is not None:
            return f"SELECT {as_text(own)} AS ref, MIN({as_text(account)}) AS person FROM {quote(table.table)} t GROUP BY 1"
    return None
