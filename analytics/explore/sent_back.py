"""Orders sent back: out of every figure, unless the states to leave out are named and theirs is not."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.analysis import Condition
from analytics.datamodel.attributes import Attribute
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.explore.parameters import ExploreParameters
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say

_SENT_BACK = "return|retour|devol|devuel|refund|rembours|reembols"


def returned(study: Study, conditions: Sequence[Condition]) -> str | None:
    """The orders sent back, over `p`, where a query names the states it leaves out: « hors commandes annulées » leaves out no other.

    Args:
        study: the data.
        conditions: on the purchases counted.
    """
    status = _left_out(study, conditions)
    return None if status is None else f"regexp_matches(lower(strip_accents(CAST(p.{quote(status.column)} AS VARCHAR))), '{_SENT_BACK}')"


def counted_back(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """That orders sent back are counted, when some are.

    Args:
        study: the data.
        parameters: the query.
    """
    if every_state(study, parameters):
        undone = study.row("SELECT count(DISTINCT (customer_key, order_id)) FROM purchases WHERE NOT kept AND coalesce(amount, 0) >= 0")[0]
        return (say(_EVERY.fr, _EVERY.en, count=Estimate("undone_orders", undone, Unit.ORDERS, method="exact")),) if undone else ()
    conditions = parameters.purchase_filter if parameters.table is None else ()
    back, status = returned(study, conditions), _left_out(study, conditions)
    if back is None or status is None:
        return ()
    states = {str(row[0]) for row in study.database.rows(f"SELECT DISTINCT p.{quote(status.column)} FROM purchases p WHERE {back}")}
    named = {str(value) for condition in conditions if condition.field == status.name for value in condition.values}
    return (_COUNTED,) if states - named else ()


def every_state(study: Study, parameters: ExploreParameters) -> bool:
    """Whether orders are counted by their state, so that those which do not stand are told too: « nombre de commandes par statut »."""
    states = {found.name for found in study.purchase_attributes if found.role is Role.ORDER_STATUS}
    return parameters.table is None and parameters.measure in ("orders", "share_orders") and bool(states & set(parameters.by))


def _left_out(study: Study, conditions: Sequence[Condition]) -> Attribute | None:
    """The column of the states a query leaves out by name."""
    for condition in conditions:
        named = next((found for found in study.purchase_attributes if found.name == condition.field), None)
        if named is not None and named.role is Role.ORDER_STATUS and condition.operator in ("!=", "not in") and named.type is not ColumnType.FLAG:
            return named
    return None


_EVERY = Text(
    "Tous les états sont comptés ici, dont {count} d’états qui ne comptent dans aucun autre chiffre (annulés, remboursés, jamais payés).",
    "Every state is counted here, with {count} of states that no other figure counts (cancelled, refunded, never paid).",
)
_COUNTED = say(
    "Les commandes rendues ou remboursées sont comptées ici : seules celles que vous nommez sont écartées.",
    "Orders sent back or refunded are counted here: only those you name are left out.",
)
