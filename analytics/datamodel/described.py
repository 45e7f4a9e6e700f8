"""What a column without a precise role turns out to be, where its header and its cells say it together: notes, who served, uses counted, references.

What was learnt says that such a column only describes. Described wrongly it still misleads: notes written after the fact taken for a
profile, somebody's tax number averaged, a league of named employees, uses of the last month taken for something lived.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from analytics.datamodel.headers import header_scores, plain, says, words_of
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.statuses import means_yes
from analytics.datamodel.values import Facts, first_names


def described(facts: Facts, kind: TableKind | None) -> Role | None:
    """The role of a column that has no better one; None where nothing more than its type is told.

    Args:
        facts: the column.
        kind: what its table is.
    """
    if facts.profile.type is ColumnType.EMPTY or facts.is_date:
        return None
    return next((role for role, test in _TESTS if test(facts, kind)), None)


def _notes(facts: Facts, kind: TableKind | None) -> bool:
    """« Observations », "Notes": whatever somebody typed, though the same words come back."""
    if not facts.is_words or facts.is_flag or facts.looks_code:
        return False
    typed = facts.share(lambda value: " " in value or len(value) >= _LONG_WORD) >= _SOME
    return typed and _called(facts, kind, Role.COMMENT, "notes") >= _WHOLLY


def _served(facts: Facts, kind: TableKind | None) -> bool:
    """A few people whose names come back again and again: those who serve, not those who are served."""
    profile = facts.profile
    if kind not in _OF_CUSTOMERS or not facts.is_words or not 2 <= profile.distinct <= _STAFF:
        return False
    if profile.filled < _EACH * profile.distinct or any(says(profile.name, word) for word in _THE_CUSTOMERS):
        return False
    if set(words_of(profile.name)) & _SERVED or facts.is_flag:
        return False
    called = _called(facts, kind, Role.SELLER, "staff")
    if called >= _WHOLLY and facts.share(_INITIALS.fullmatch) >= _MOSTLY:
        return True
    return facts.share(_is_a_person) >= (_SOME if called >= _HALF else _MOSTLY)


def _is_a_person(value: str) -> bool:
    """A first name alone, or beside a family name or its letter (« Yann », "T. Okafor", « Hélène M. »)."""
    words = [word for word in re.split(r"[\s.]+", plain(value)) if word]
    if not 1 <= len(words) <= _NAMES or not all(word.isalpha() or "-" in word for word in words):
        return False
    if words[0] in _TITLES:
        return len(words) == _TITLED
    names = first_names() | _words()["first_names"]
    return words[0] in names or words[-1] in names or (len(words) > 1 and len(words[0]) == 1)


def _place(facts: Facts, kind: TableKind | None) -> bool:
    """« Club », "Centre", "Facility" above a few names: the house's own places, under the word of its trade."""
    if kind not in _OF_CUSTOMERS or not facts.is_words or facts.is_flag or not 2 <= facts.profile.distinct <= _PLACES:
        return False
    return _called(facts, kind, Role.STORE, "places") >= _WHOLLY and facts.share(lambda value: means_yes(value) is not None) < _SOME


def _score(facts: Facts, kind: TableKind | None) -> bool:
    """In a file of answers, whole numbers of nought to ten that nothing else explains are marks (« note_proprete »)."""
    profile = facts.profile
    low, high = profile.low, profile.high
    if kind is not TableKind.SURVEYS or not facts.is_number or facts.is_flag or not profile.integer or low is None or high is None:
        return False
    if any(says(profile.name, word) for word in ("count", "id", "age", "duration", "quantity", "order", "seat", "size")):
        return False
    return low >= 0 and _MARKS_FROM <= high <= _MARKS_TO and profile.distinct > _MARKS_FEW


def _used(facts: Facts, kind: TableKind | None) -> bool:
    """Whole numbers under a header that tells the days they were counted over ("Washes This Month")."""
    profile = facts.profile
    counted = facts.is_number and not facts.is_flag and profile.integer and (profile.low or 0) >= 0
    if not counted or kind not in _PEOPLE or any(says(profile.name, word) for word in _NO_USE):
        return False
    said = re.sub(r"[_\-./]+", " ", plain(_spaced(profile.name)))
    return bool(_OVER_DAYS.search(said)) and not _MET.search(said)


def _reference(facts: Facts, kind: TableKind | None) -> bool:
    """Long whole numbers, hardly two alike, all of one length: a number somebody was given, which adds up to nothing."""
    profile = facts.profile
    if not facts.is_number or not profile.integer or facts.share_distinct < _HARDLY_TWO or profile.filled < _ENOUGH:
        return False
    low, high = profile.low, profile.high
    if low is None or high is None or low < _LONG_NUMBER or any(says(profile.name, word) for word in _MONEY):
        return False
    return len(str(int(low))) == len(str(int(high)))


def _each_costs(facts: Facts, kind: TableKind | None) -> bool:
    """« Prix repas », "Lesson Rate": the price of one of what the customer takes, however often they take it."""
    profile = facts.profile
    if not facts.is_number or facts.is_flag or kind is not TableKind.CUSTOMERS or not says(profile.name, "price") or (profile.low or 0) < 0:
        return False
    return len(words_of(profile.name)) >= _OF_SOMETHING and not _MET.search(plain(profile.name)) and not any(says(profile.name, word) for word in _NOT_OF_ONE)


def _called(facts: Facts, kind: TableKind | None, role: Role, also: str) -> float:
    """How far a header says a role, 0..1: in the words that all rules know, or wholly in those known here only."""
    said, match = set(words_of(facts.profile.name)), header_scores(facts.profile.name, kind).get(role)
    return 1.0 if said and said <= _words()[also] else 0.0 if match is None else match.score


@cache
def _words() -> dict[str, frozenset[str]]:
    held = yaml.safe_load((Path(__file__).parent / "described.yaml").read_text(encoding="utf-8"))
    return {name: frozenset(word.strip() for word in words.split(",")) for name, words in held.items()}


def _spaced(header: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", header)


_WHOLLY, _SOME, _HALF, _MOSTLY, _HARDLY_TWO = 0.9, 0.3, 0.5, 0.7, 0.9
_LONG_WORD, _ENOUGH, _LONG_NUMBER = 12, 20, 10**6
_PLACES, _MARKS_FROM, _MARKS_TO, _MARKS_FEW = 60, 3, 10, 2
_STAFF, _EACH = 40, 8  # so many people at most, each met so often
_NAMES, _TITLED = 3, 2
_INITIALS = re.compile(r"[A-Z]{2,4}|[A-Z]\.? ?[A-Z]\.?")
_SERVED = frozenset(
    "contact contacts enfant enfants child children proprietor director owner landlord proprietaire tenant locataire guest parent parents eleve student patient"
    " beneficiaire dog pet animal horse cheval chien chat".split()
)
_TITLES = frozenset("m mr mme mrs ms miss mlle dr me monsieur madame".split())
_THE_CUSTOMERS = ("customer", "member", "name", "firstname", "lastname", "parent", "household", "product", "plan", "city", "status")
_NO_USE = ("amount", "price", "total", "payment", "recency", "id", "percent", "score", "balance", "points", "discount", "order")
_MONEY = ("amount", "price", "total", "net", "payment", "cost", "margin", "income", "balance", "quantity", "usage", "count")
_OF_SOMETHING = 2  # words: of something, not the price of all
_NOT_OF_ONE = (
    "month", "year", "week", "date", "subscription", "contract", "plan", "member", "recurring", "total", "amount", "percent", "discount", "level", "category", "sensitivity", "score",
    "id", "first", "last", "house", "deposit", "modified",
)  # fmt: skip
_OVER_DAYS = re.compile(
    r"(?:^| )(?:last \d+ ?(?:d|days?|m|mths?|months?|w|weeks?)|this (?:month|year|week|season)|(?:ytd|mtd|l30d|l90d|l12m)"
    r"|\d+ (?:derniers?|last) (?:jours|mois|days|months)|(?:sur )?\d+ ?(?:j|jours|mois|m) ?(?:glissants?)?|ce mois(?: ci)?|cette annee|cette saison|mois en cours)(?: |$)"
)
_MET = re.compile(r"alarm|call|appel|fault|panne|incident|complaint|reclam|claim|sinistre|retard|late|ticket|absen|missed|no show|increase|hausse")  # and not done
_PEOPLE = frozenset({TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS})
_OF_CUSTOMERS = _PEOPLE | {
    TableKind.TRANSACTIONS, TableKind.ORDER_LINES, TableKind.INVOICES, TableKind.TICKETS, TableKind.CONTACTS, TableKind.OPPORTUNITIES,
    TableKind.SURVEYS, TableKind.RETURNS,
}  # fmt: skip
_TESTS = (
    (Role.FREE_TEXT, _notes), (Role.SELLER, _served), (Role.STORE, _place), (Role.SATISFACTION, _score), (Role.USAGE_COUNT, _used), (Role.UNIT_PRICE, _each_costs), (Role.FREE_TEXT, _reference),
)  # fmt: skip
