"""What one column may mean: header and values weighed together, role by role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analytics.datamodel.fits import fit
from analytics.datamodel.headers import HeaderMatch, concepts_of, header_scores, words_of
from analytics.datamodel.labels import SURE, read_label
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.values import TOLD_BY_WORDS, Facts, shown_by_values

_HOW_MANY = frozenset({"nb", "nbr", "nbre", "nbs", "nombre", "count", "cnt"})
_WORTH_A_LABEL = 0.45
_PEOPLE = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
_QUESTION = 6  # words of a header that is a sentence
_NAMED = frozenset({Role.STORE, Role.SELLER, Role.PRODUCT, Role.CATEGORY, Role.CITY, Role.TOPIC})
_VAGUE = (("type",), ("typ",), ("types",), ("class",), ("classe",))
_NAMES = frozenset({"name", "firstname", "lastname"})
_HEADER_CLEAR = 0.6  # above, digits that look like a telephone number are what the header says
_HEADER_SPOKE = 0.3  # above, words in the cells do not speak against the header
_NO_MATCH = HeaderMatch(0.0, frozenset())
_NOT_NUMBERED = frozenset({
    Role.USAGE_COUNT, Role.FREQUENCY, Role.QUANTITY, Role.SEATS, Role.TOTAL_SPENT, Role.AMOUNT, Role.RECENCY, Role.TENURE,
    Role.CHURN_REASON, Role.OPENED, Role.COMPLAINT, Role.RECURRING_AMOUNT, Role.COMPANY_SIZE,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """A role for a column: how well it fits (0..1), what the header and the values each said of it (0..1).

    `learned`: the score is the probability learnt of labelled columns, rather than the rules' own opinion.
    """

    role: Role
    score: float
    header: float
    values: float
    learned: bool = False

    @property
    def given(self) -> bool:
        """Whether the manager, or the tool whose export it is, says so."""
        return self.score >= 1.0


def guesses(facts: Facts, kind: TableKind | None) -> list[Guess]:
    """The roles a column may play, best first."""
    matches = header_scores(facts.profile.name, kind)
    concepts = _meant(facts)
    if facts.profile.name.strip().endswith("?") or len(facts.profile.name.split()) >= _QUESTION:
        matches = {**matches, **_asked(concepts, matches)}
    shown = shown_by_values(facts)
    found = []
    for role in matches.keys() | shown.keys():
        match = matches.get(role, _NO_MATCH)
        values = fit(role, facts) * _doubt(role, facts, kind, match)
        score = min(match.score * values, 1.0)
        if role is Role.CHURN_LABEL and kind in _PEOPLE and facts.is_flag and _departure(facts) >= _WORTH_A_LABEL:
            score = max(score, 0.5)  # « Membre sorti », "ACCT_CLSD_FL": asked about when not sure
        if role in shown:
            score = 1 - (1 - score) * (1 - shown[role])
            values = max(values, shown[role])
        if "id" in concepts and role in _NOT_NUMBERED and "id" not in match.pattern:
            score *= 0.6  # a number of something is not that thing
        if score > 0.05:
            found.append(Guess(role, score, match.score, min(values, 1.0)))
    return sorted(_heard(found, facts, concepts), key=lambda guess: (-guess.score, guess.role.value))


def _heard(found: list[Guess], facts: Facts, concepts: frozenset[str]) -> list[Guess]:
    """What cells look like gives way to what the header clearly says."""
    said = max((guess.header * guess.values for guess in found), default=0.0)
    if said >= _HEADER_SPOKE:  # « agence » above towns names agencies
        found = [guess for guess in found if guess.header > 0.0 or guess.role not in TOLD_BY_WORDS]
    if said >= _HEADER_CLEAR or "id" in concepts:  # long numbers that look like something else by luck
        lucky = {Role.PHONE} if facts.looks_iban else {Role.PHONE, Role.SENSITIVE}
        found = [guess for guess in found if guess.header > 0.0 or guess.role not in lucky]
    return found


def _meant(facts: Facts) -> frozenset[str]:
    """What the words of a header mean, those that may count or number left out."""
    return frozenset[str]().union(*(word for word in concepts_of(facts.profile.name) if "count" not in word))


def _doubt(role: Role, facts: Facts, kind: TableKind | None, match: HeaderMatch) -> float:
    """How far the cells speak against a role that their type allows: 1 not at all, 0 wholly."""
    test = _DOUBTS.get(role)
    doubt = test(facts, kind, match) if test else 1.0
    if role in _NAMED and facts.is_number and any("count" in word and "id" not in word for word in concepts_of(facts.profile.name)):
        doubt *= 0.4  # how many shops, not which
    return doubt


def _doubt_customer(facts: Facts, kind: TableKind | None, match: HeaderMatch) -> float:
    doubt, concepts = 1.0, _meant(facts)
    if "id" not in match.pattern and (_counts_people(facts) or facts.counts_many):
        doubt *= 0.3
    if kind in SALES and facts.unique and match.pattern == {"id"}:
        doubt *= 0.3  # a bare number that never comes back is the order's
    if concepts & _NAMES and "id" not in concepts and not facts.looks_code:
        doubt *= 0.5  # a name tells who it is, and two people may share it
    if kind is TableKind.CUSTOMERS and _counts_something(facts):
        doubt *= 0.3
    return doubt


def _doubt_category(facts: Facts, kind: TableKind | None, match: HeaderMatch) -> float:
    vague = words_of(facts.profile.name) in _VAGUE and kind is not TableKind.PRODUCTS
    return 0.4 if vague else 1.0  # a type of anything


def _doubt_frequency(facts: Facts, kind: TableKind | None, match: HeaderMatch) -> float:
    concepts = frozenset[str]().union(*concepts_of(facts.profile.name))
    numbers = not set(words_of(facts.profile.name)) & _HOW_MANY and "id" in concepts and (facts.profile.low or 0) >= 100
    return 0.3 if numbers else 1.0  # « n° de commande »


def _doubt_quantity(facts: Facts, kind: TableKind | None, match: HeaderMatch) -> float:
    numbers = match.pattern == {"count"} and not set(words_of(facts.profile.name)) & _HOW_MANY
    return 0.3 if numbers else 1.0  # « n° » is no « nb »


def _doubt_label(facts: Facts, kind: TableKind | None, match: HeaderMatch) -> float:
    return _departure(facts)


_DOUBTS: dict[Role, Callable[[Facts, TableKind | None, HeaderMatch], float]] = {
    Role.CUSTOMER_ID: _doubt_customer, Role.CATEGORY: _doubt_category, Role.FREQUENCY: _doubt_frequency,
    Role.QUANTITY: _doubt_quantity, Role.CHURN_LABEL: _doubt_label,
}  # fmt: skip


def _asked(concepts: frozenset[str], matches: Mapping[Role, HeaderMatch]) -> dict[Role, HeaderMatch]:
    """What a whole question as a header asks for: the word that matters counts, however many stand around it."""
    role = next((role for wanted, role in _ASKED if wanted <= concepts), None)
    return {role: HeaderMatch(max(0.85, matches.get(role, _NO_MATCH).score), frozenset())} if role else {}


_ASKED = (
    (frozenset({"consent", "sms"}), Role.CONSENT_SMS), (frozenset({"consent", "email"}), Role.CONSENT_EMAIL),
    (frozenset({"consent", "phone"}), Role.CONSENT_PHONE), (frozenset({"consent", "post"}), Role.CONSENT_POST),
    (frozenset({"nps"}), Role.NPS), (frozenset({"satisfaction"}), Role.SATISFACTION),
    (frozenset({"reason", "churn"}), Role.CHURN_REASON), (frozenset({"comment"}), Role.COMMENT),
)  # fmt: skip


def _counts_people(facts: Facts) -> bool:
    """Few small whole numbers under a header such as "active users": a count, not an identifier."""
    profile = facts.profile
    return facts.is_number and profile.distinct < 0.05 * profile.filled and (profile.low or 0) < 100


def _counts_something(facts: Facts) -> bool:
    """Whole numbers from nought or one that come back, one row a customer: a count."""
    return facts.is_number and facts.share_distinct < 0.9 and (facts.profile.low or 0) <= 1


def _departure(facts: Facts) -> float:
    """How far header and values let a column say who left (a forecast, a departure from a mailing list do not)."""
    label = read_label(facts.profile)
    if label is None:
        return 1.0 if facts.constant else 0.3
    return 1.0 if label.confidence >= SURE else label.confidence
