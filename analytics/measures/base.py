"""Who is counted wherever a relation is judged: one base, so that two answers never differ by it.

Who has bought nothing that counts (signed up only, or every order cancelled or returned) has no relation to judge yet, unless
a contract or a label tells of one: exactly those who have no state (`measures/state.py`).
"""

from __future__ import annotations

from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Sentence, say

COUNTED = "state IS NOT NULL"


def not_counted(study: Study) -> Sentence | None:
    """How many of the files are in no base yet; None when there are none."""
    where, values = study.who()
    others = study.database.row(f"SELECT count(*) FROM customers WHERE ({where}) AND NOT ({COUNTED})", values)[0]
    if not others:
        return None
    return say(
        "Pas comptés ici : {n} identifiants des fichiers, qui n’ont encore rien acheté qui compte (aucune commande, ou des "
        "commandes annulées).",
        "Not counted here: {n} identifiers in the files, which have bought nothing that counts yet (no order, or cancelled ones).",
        n=Estimate("customers_without_state", others, Unit.COUNT, others, method="exact count"),
    )  # fmt: skip
