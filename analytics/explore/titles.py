"""How a sentence calls what a query measures."""

from __future__ import annotations

from analytics.explore.averages import PER
from analytics.explore.fields import LATE, column_title, title_of
from analytics.explore.lines_named import measured_title, sold_as
from analytics.explore.measures import TITLES
from analytics.explore.parameters import ExploreParameters
from analytics.explore.query import Scope
from analytics.explore.unnamed import KNOWN_REVENUE, known_only
from analytics.study import Study
from vocabulary.language import Text
from vocabulary.typography import of


def measure_title(study: Study, parameters: ExploreParameters, scope: Scope) -> Text:
    """What is measured, as a sentence calls it.

    Args:
        study: the data.
        parameters: the query.
        scope: whose purchases count: those of known customers, or all.
    """
    if parameters.table is not None and (title := measured_title(study, parameters)) is not None:
        return title
    of_some = parameters.measure == "amount" and scope == "known" and "unnamed_purchases" in study.tables and not parameters.segment
    base = KNOWN_REVENUE if of_some else known_only(study, parameters, TITLES[parameters.measure]) if scope == "known" else TITLES[parameters.measure]
    if parameters.per is not None and parameters.per != "order":
        return Text(f"{base.fr} {PER[parameters.per].fr}", f"{base.en} {PER[parameters.per].en}")
    if parameters.measure in _SOLD_AS and (called_so := sold_as(study)) is not None:
        return Text(base.fr.replace("d’achats", f"de {called_so.fr}").replace("des achats", f"de {called_so.fr}"), base.en.replace("orders", called_so.en))
    if parameters.column is None:
        return base
    column = column_title(study, parameters.column) if parameters.table is None else title_of(parameters.column)
    if parameters.table is not None and parameters.column == LATE:
        column = Text(f"{column.fr}, l’avance comptée en moins", f"{column.en}, early days counted as less")
    if parameters.measure == "average_price":
        return Text(f"montant moyen pour une unité de «\u00a0{column.fr}\u00a0»", f"average amount for one unit of “{column.en}”")
    if parameters.measure == "total_per_customer":
        return Text(f"{base.fr} ({column.fr})", f"{base.en} ({column.en})")
    if parameters.measure == "distinct":
        return Text(f"{base.fr} ({column.fr})", f"{base.en} ({column.en})")
    each = Text(" par commande", " per order") if parameters.per == "order" else Text("", "")
    return Text(f"{base.fr} {of(column.fr)}{each.fr}", f"{base.en} of {column.en}{each.en}")


_SOLD_AS = frozenset({"orders", "orders_per_customer", "share_orders"})  # counted by the name of their file
