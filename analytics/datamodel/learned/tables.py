"""A table told in small facts, for what was learnt of labelled tables to weigh: its name, its headers, the rules' opinion of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of, words_of
from analytics.datamodel.learned.columns import Told
from analytics.datamodel.model import TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.values import DATES, Facts

_SCALE = 0.25  # of the rules' scores, which run to about ten
_PEOPLE = (Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL, Role.ORDER_ID, Role.PROSPECT_ID, Role.SUBSCRIPTION_ID)
_BAG = 0.5


def table_facts(table: TableProfile, roles: Mapping[str, Guess], scores: Mapping[TableKind, float]) -> Told:
    """Facts of a table.

    Args:
        table: its profile.
        roles: what its columns may be while its kind is not known, by internal column name.
        scores: the rules' score of each kind.
    """
    ranked = sorted(scores, key=lambda kind: (-scores[kind], kind.value))
    told: Told = {f"score:{kind}": _SCALE * score for kind, score in scores.items()}
    told[f"first:{ranked[0]}"] = 1.0
    told[f"second:{ranked[1]}"] = 0.5
    for name in (PurePath(table.file).stem, table.sheet or ""):
        told |= {f"name word:{word}": 1.0 for word in words_of(name)}
        told |= {f"name:{concept}": 1.0 for word in concepts_of(name) for concept in word}
    for column in table.columns:
        told |= {f"word:{word}": _BAG for word in words_of(column.name)}
        told |= {f"concept:{concept}": _BAG for word in concepts_of(column.name) for concept in word}
        facts, guess = Facts(column, table.rows), roles.get(column.column)
        if guess is not None:
            told[f"role:{guess.role}"] = max(told.get(f"role:{guess.role}", 0.0), guess.score)
            if guess.role in _PEOPLE:
                told[f"{guess.role} {'once' if facts.share_distinct >= 0.9 else 'again'}"] = 1.0
    if table.columns:
        first = Facts(table.columns[0], table.rows)
        told[f"first column {'once' if first.unique else 'again'} {table.columns[0].type.value}"] = 1.0
    days = [column for column in table.columns if column.type in DATES]
    told["dated" if any(column.filled >= 0.95 * table.rows for column in days) else ("sometimes dated" if days else "no date")] = 1.0
    told[f"columns:{min(len(table.columns) // 5, 5)}"] = 1.0
    return told
