"""Too few customers to predict, or to name a cause."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, counted, defect
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.roles import Role, TableKind
from vocabulary.sentence import say
from vocabulary.themes import Severity

_ENOUGH = 100
_HOLDERS = (
    TableKind.CUSTOMERS, TableKind.CUSTOMER_LINKS, TableKind.TRANSACTIONS, TableKind.SUBSCRIPTIONS, TableKind.CAMPAIGNS,
    TableKind.INVOICES,
)  # fmt: skip


def check(context: Context) -> list[HealthCheck]:
    """Fewer than a hundred customers in the table that holds the most of them."""
    known = [place.column.distinct for place in context.places(Role.CUSTOMER_ID, Role.ACCOUNT_ID, kinds=_HOLDERS)]
    customers = max(known, default=0)
    if not known or customers >= _ENOUGH:
        return []
    detail = say(
        "{count} clients seulement : le diagnostic décrit, avec ses marges d’incertitude, mais ne prédit pas et ne nomme pas de "
        "cause.",
        "Only {count} customers: the diagnosis describes, with its margins of doubt, but does not predict and names no cause.",
        count=counted(customers),
    )
    return [defect(HealthCode.SMALL_FILE, Severity.WARNING, customers, detail)]
