"""The roles of a table's columns, weighed by what was learnt: the rules' opinion is one fact among others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.datamodel.guessing import Guess
from analytics.datamodel.learned.columns import Told, beside_facts, cell_facts, header_facts, rule_facts
from analytics.datamodel.learned.weights import read_weights
from analytics.datamodel.roles import DESCRIBING, Role, TableKind
from analytics.datamodel.values import Facts

PLAIN = "plain"  # the class of columns that only describe: an attribute, a measure, a yes/no, a date, a text
RULES_SHARE = 0.25  # of the word: anything from a tenth to a third reads sets left out of learning as well or better than none
_EXCEPTION_SHARE = 0.5  # where a rule was written to say that words which look like a role are none (what the last purchase cost)
_BY_HEART, _WHOLE_HEADER_SHARE = 0.98, 0.3  # where the whole header is a rule's own words
_CODED = frozenset({Role.ACQUISITION_CHANNEL, Role.SALE_CHANNEL})  # often written as codes (1, 2, 3), which look like anything
_FILE = "columns.npz"
_SURELY = 0.7


def weigh(
    facts: Mapping[str, Facts], found: Mapping[str, Sequence[Guess]], kind: TableKind, sure: float
) -> dict[str, dict[str, float]]:
    """How likely each role is for each column, 0..1; `PLAIN` is the class of those that only describe.

    Args:
        facts: the columns, by internal name, in their order.
        found: the rules' guesses of each, best first.
        kind, sure: what the table is, and how sure that is (0..1).
    """
    weights, types = read_weights(_FILE), {column: fact.profile.type.value for column, fact in facts.items()}
    return {
        column: _kept_private(found[column])
        or _with_rules(weights.probabilities(tell(facts, found, types, column, place, kind, sure)), found[column])
        for place, column in enumerate(facts) if column in found
    }  # fmt: skip


def _with_rules(learned: dict[str, float], found: Sequence[Guess]) -> dict[str, float]:
    """Part of the word stays with the rules: what they know by heart is not unlearnt."""
    first = next(iter(found), None)
    describes = first is not None and first.role in DESCRIBING
    share = RULES_SHARE
    if first is not None and describes and first.header >= _SURELY:
        share = _EXCEPTION_SHARE
    elif first is not None and first.score >= _BY_HEART:
        share = _WHOLE_HEADER_SHARE
    elif first is not None and first.role in _CODED and first.header >= _BY_HEART:
        share = _EXCEPTION_SHARE
    told = {name: (1 - share) * chance for name, chance in learned.items()}
    score = first.score if first is not None else 0.0
    told[PLAIN] += share * (1 - score)
    name = PLAIN if first is None or describes else first.role.value
    told[name] = told.get(name, 0.0) + share * score
    if name == Role.ACCOUNT_ID:  # whether the account is the customer is told by all the tables together (`identity.py`)
        told[name] += told.pop(Role.CUSTOMER_ID.value, 0.0)
    return told


def _kept_private(found: Sequence[Guess]) -> dict[str, float]:
    """What rules hold for an address or for a health datum is never talked down."""
    first = next(iter(found), None)
    private = first is not None and first.score >= _SURELY and first.role in (Role.EMAIL, Role.SENSITIVE)
    return {first.role.value: first.score, PLAIN: 1 - first.score} if first is not None and private else {}


def tell(
    facts: Mapping[str, Facts], found: Mapping[str, Sequence[Guess]], types: Mapping[str, str], column: str, place: int,
    kind: TableKind, sure: float,
) -> Told:  # fmt: skip
    """Every fact of one column."""
    fact = facts[column]
    return {
        **header_facts(fact.profile.name, kind), **cell_facts(fact, kind, place), **rule_facts(fact, found[column], kind, sure),
        **beside_facts(found, types, column, kind),
    }  # fmt: skip
