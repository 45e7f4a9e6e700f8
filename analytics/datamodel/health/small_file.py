"""Too few customers to predict, or to name a cause."""

from __future__ import annotations

from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect
from analytics.datamodel.model import HealthCheck
from analytics.datamodel.parts import parts_of
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.workspace import quote
from vocabulary.sentence import say
from vocabulary.themes import Severity

_ENOUGH = 100
_HOLDERS = (
    TableKind.CUSTOMERS, TableKind.CUSTOMER_LINKS, TableKind.TRANSACTIONS, TableKind.SUBSCRIPTIONS, TableKind.CAMPAIGNS,
    TableKind.INVOICES,
)  # fmt: skip


def check(context: Context) -> list[HealthCheck]:
    """Fewer than a hundred customers in the table that holds the most of them, the parts of one export taken together."""
    places = list(context.places(Role.CUSTOMER_ID, Role.ACCOUNT_ID, kinds=_HOLDERS))
    known = [place.column.distinct for place in places]
    customers = max(known, default=0)
    if known and customers < _ENOUGH:
        customers = max(_in_all_parts(context, place, places) for place in places)
    if not known or customers >= _ENOUGH:
        return []
    detail = say(
        "{count} clients seulement : le diagnostic décrit, avec ses marges d’incertitude, mais ne prédit pas et ne nomme pas de "
        "cause.",
        "Only {count} customers: the diagnosis describes, with its margins of doubt, but does not predict and names no cause.",
        count=counted(customers),
    )
    return [defect(HealthCode.SMALL_FILE, Severity.WARNING, customers, detail)]


def _in_all_parts(context: Context, place: Place, places: list[Place]) -> int:
    """The customers of a table, and of the files that have its headers."""
    parts = {part.table for part in parts_of(place.table, context.model.tables)}
    others = [one for one in places if one.table.table in parts and one.binding.role is place.binding.role]
    if not others:
        return place.column.distinct
    ids = " UNION ALL ".join(f"SELECT {as_text(one.column)} AS who FROM {quote(one.table.table)} t" for one in (place, *others))
    return int(context.database.row(f"SELECT COUNT(DISTINCT who) FROM ({ids})")[0])
