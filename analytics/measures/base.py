"""Who is counted as a customer: one base, so that two answers never differ by it without saying so.

Who has bought nothing that counts (signed up only, or every order cancelled or returned) has no relation to judge yet, unless
a contract or a label tells of one: exactly those who have no state (`measures/state.py`). They are in no rate, state or
segment. Those of them who stand in a file of customers are customers to be counted all the same, and are said apart; those
who only ever cancelled are none. Who got what they came for (passed the test, graduated) has no state any more, and is
in the rates as one who did not leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from analytics.measures.seen import is_lived, sign_words
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Sentence, say

COUNTED = "state IS NOT NULL"
FINISHED = "finished_on IS NOT NULL"
_BOUGHT = ("orders", "purchase_days")
_WHEN = ("first_purchase", "last_purchase", "recency_days", "state")


class Chosen(Protocol):
    """A condition on customers."""

    @property
    def field(self) -> str:
        """Of which column."""

    @property
    def operator(self) -> str:
        """How it is compared."""

    @property
    def values(self) -> Sequence[Any]:
        """With what."""


def counted_among(conditions: Iterable[Chosen]) -> str:
    """Who is a customer, over `customers`; everybody of the files where those who never bought are asked for by name."""
    return "TRUE" if any(_never_bought(condition) for condition in conditions) else f"({COUNTED} OR listed)"


def _never_bought(condition: Chosen) -> bool:
    if condition.field in _WHEN:
        return condition.operator == "is null"
    most = {"=": 0, "in": 0, "<=": 0, "<": 1}.get(condition.operator)  # beyond, some order is allowed
    return condition.field in _BOUGHT and most is not None and all(float(value) <= most for value in condition.values)


def not_counted(study: Study) -> Sentence | None:
    """How many of the files are in no base yet; None when there are none."""
    where, values = study.who()
    others, finished = study.database.row(
        f"SELECT count(*) FILTER (NOT ({COUNTED} OR {FINISHED})), count(*) FILTER ({FINISHED}) FROM customers WHERE {where}", values
    )
    said = _unseen(study, others) if others else None
    if not finished:
        return said
    done = say(
        "{n} clients sont arrivés au bout de ce qu’ils voulaient : ni perdus ni encore là, ils ne sont pas dans ces états.",
        "{n} customers reached the end of what they came for: neither lost nor still here, they are not in these states.",
        n=Estimate("customers_finished", finished, Unit.COUNT, finished, method="exact count"),
    )  # fmt: skip
    return done if said is None else say("{said} {done}", "{said} {done}", said=said, done=done)


def _unseen(study: Study, others: int) -> Sentence:
    unseen = Estimate("customers_without_state", others, Unit.COUNT, others, method="exact count")
    if is_lived(study):
        return say(
            "Pas comptés ici : {n} clients des fichiers, jamais vus ({many}).",
            "Not counted here: {n} customers in the files, never seen ({many}).",
            n=unseen, many=sign_words(study).many,
        )  # fmt: skip
    return say(
        "Pas comptés ici : {n} identifiants des fichiers, qui n’ont encore rien acheté qui compte (aucune commande, ou des "
        "commandes annulées).",
        "Not counted here: {n} identifiers in the files, which have bought nothing that counts yet (no order, or cancelled ones).",
        n=unseen,
    )  # fmt: skip


def counted_apart(study: Study) -> tuple[Sentence, ...]:
    """Beside a number of customers: who of them has no relation to judge yet, and who is not counted at all."""
    listed, others = study.database.row(
        f"SELECT count(*) FILTER (listed), count(*) FILTER (NOT listed) FROM customers WHERE NOT ({COUNTED} OR {FINISHED})"
    )
    said = []
    if listed and is_lived(study):
        said.append(say(
            "Dont {n} jamais vus ({many}) : ils ne sont dans aucun taux, état ni segment.",
            "Of whom {n} were never seen ({many}): they are in no rate, state or segment.",
            n=Estimate("listed_without_state", listed, Unit.COUNT, listed, method="exact count"), many=sign_words(study).many,
        ))  # fmt: skip
    elif listed:
        said.append(say(
            "Dont {n} qui n’ont encore rien acheté qui compte : ils ne sont dans aucun taux, état ni segment.",
            "Of whom {n} have bought nothing that counts yet: they are in no rate, state or segment.",
            n=Estimate("listed_without_state", listed, Unit.COUNT, listed, method="exact count"),
        ))  # fmt: skip
    if others and not is_lived(study):
        said.append(say(
            "Pas comptés : {n} identifiants qui n’ont que des commandes annulées ou rendues.",
            "Not counted: {n} identifiers that have cancelled or returned orders only.",
            n=Estimate("cancelled_only", others, Unit.COUNT, others, method="exact count"),
        ))  # fmt: skip
    return tuple(said)
