"""Whether two rows that share an address may be one person, by the names they give."""

from __future__ import annotations

from analytics.datamodel.health.context import Context
from analytics.datamodel.model import TableProfile
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_text

_TITLES = r"^(m|mr|mme|mlle|mrs|ms|miss|dr|monsieur|madame|mademoiselle)\s+"


def given_name(context: Context, table: TableProfile) -> str:
    """SQL of the first name (or of the whole name, where the file has no other), plain; empty when there is none."""
    return _plain(context, table, (Role.FIRST_NAME, Role.FULL_NAME, Role.COMPANY_NAME))


def family_name(context: Context, table: TableProfile) -> str:
    """SQL of the last name, plain; empty when the file has none or no first name beside it."""
    if context.place(table, Role.FIRST_NAME) is None:
        return _plain(context, table, (Role.LAST_NAME,)) if context.place(table, Role.FULL_NAME) is None else "''"
    return _plain(context, table, (Role.LAST_NAME,))


def one_person(a: str, b: str) -> str:
    """SQL that two rows (with columns `first` and `last`) may be one person.

    First names decide: alike, one the initial of the other, or exchanged with the last name; last names change by marriage
    and are asked only where first names say nothing. Whole names are compared without the order of their words.
    """
    return (
        f"(CASE WHEN {a}.first <> '' AND {b}.first <> '' THEN {_alike(f'{a}.first', f'{b}.first')}"
        f" OR ({a}.last <> '' AND {a}.first = {b}.last AND {a}.last = {b}.first)"
        f" WHEN {a}.last <> '' AND {b}.last <> '' THEN {_alike(f'{a}.last', f'{b}.last')} ELSE TRUE END)"
    )


def _alike(a: str, b: str) -> str:
    """The same words in any order, words left out, an initial, or one letter amiss; Louis and Louise are two people."""
    words = f"LIST_HAS_ALL(STRING_SPLIT({a}, ' '), STRING_SPLIT({b}, ' '))"
    words += f" OR LIST_HAS_ALL(STRING_SPLIT({b}, ' '), STRING_SPLIT({a}, ' '))"
    initial = f"(LENGTH({a}) = 1 OR LENGTH({b}) = 1) AND LEFT({a}, 1) = LEFT({b}, 1)"
    amiss = f"LENGTH({a}) > 3 AND DAMERAU_LEVENSHTEIN({a}, {b}) = 1 AND NOT STARTS_WITH({a}, {b}) AND NOT STARTS_WITH({b}, {a})"
    return f"({words} OR ({initial}) OR ({amiss}))"


def _plain(context: Context, table: TableProfile, roles: tuple[Role, ...]) -> str:
    place = context.place(table, *roles)
    if place is None:
        return "''"
    bare = f"REGEXP_REPLACE(LOWER(STRIP_ACCENTS(COALESCE({as_text(place.column)}, ''))), '[^a-z0-9]+', ' ', 'g')"
    return f"TRIM(REGEXP_REPLACE(TRIM({bare}), '{_TITLES}', ''))"
