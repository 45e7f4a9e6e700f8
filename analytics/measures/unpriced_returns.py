"""Returns whose file tells no amount: nothing can be taken off the revenue for them, and it is said."""

from __future__ import annotations

from analytics.datamodel.roles import Role, TableKind
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Sentence, say

_PRICED = (Role.AMOUNT, Role.UNIT_PRICE)


def unpriced_returns(study: Study) -> tuple[Sentence, ...]:
    """What a revenue could not be made net of; nothing where returns tell what they gave back, or where there are none.

    Args:
        study: the data.
    """
    silent = [
        table for table in study.model.of_kind(TableKind.RETURNS)
        if table.rows and not any(role in study.model.roles_of(table.table) for role in _PRICED)
    ]  # fmt: skip
    if not silent or "purchases" not in study.tables or study.model.money.returns == "gross":
        return ()
    return (say(
        "« {file} » compte {count} retours sans dire ce qui a été remboursé : le chiffre d’affaires n’en est pas diminué. Une colonne du montant remboursé le permettrait.",
        "“{file}” lists {count} returns without saying what was given back: the revenue is not reduced by them. A column of the amount given back would allow it.",
        file=Label(silent[0].file), count=Estimate("returns_without_amount", sum(table.rows for table in silent), Unit.COUNT, method="exact"),
    ),)  # fmt: skip
