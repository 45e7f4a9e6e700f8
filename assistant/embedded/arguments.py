"""From slots to the arguments an analysis takes; what it cannot take is said, never dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.datamodel.statuses import means_gone, means_yes
from analytics.explore.parameters import LONG_AGO
from assistant.embedded.columns import Columns
from assistant.embedded.days_covered import OF_DAYS
from assistant.embedded.filters import Filter
from assistant.embedded.groups import BY_WHAT
from assistant.embedded.ranking import customers_ranked
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain

# Arguments an analysis takes beside `segment`; a test holds this against the catalogue.
ACCEPTS: Mapping[str, frozenset[str]] = {
    "churn_rate": frozenset({"by", "period"}),
    "acquisition_quality": frozenset({"by"}),
    "leak_points": frozenset({"by", "lasting"}),
    "still_alive": frozenset({"by"}),
    "at_risk": frozenset({"top", "among"}),
    "explore": frozenset({"measure", "column", "since", "part", "per", "by", "period", "compare", "also", "absent", "seen", "purchase_filter", "order", "top", "top_share", "table", "edge"}),
    "data_health": frozenset({"days"}),
    "customer_story": frozenset({"customer"}),
}
_BOTH_FATES = frozenset({
    "churn_rate", "churn_drivers", "leak_points", "at_risk", "acquisition_quality", "relationship_overview", "lost_definition",
    "cohort_table",
})  # fmt: skip
_CHURN_FAMILY = frozenset({"at_risk", "churn_drivers", "foresight", "decline_onset"})


@dataclass(frozen=True, slots=True)
class Prepared:
    """A step ready to run, and what was understood but could not be honoured (codes and words)."""

    analysis: str
    arguments: dict[str, Any]
    left_out: tuple[str, ...] = ()
    filters: tuple[Mapping[str, Any], ...] = field(default=())


def prepare(analysis: str, slots: Slots, question: str, inherited: Mapping[str, Any], columns: Columns) -> Prepared:
    """Arguments of a step.

    Args:
        analysis: the analysis chosen.
        slots: what the question says beside its subject.
        question: as typed.
        inherited: arguments of the turn it leans on, empty when it stands on its own.
        columns: what the data can be asked about.
    """
    text = plain(question)
    slots = replace(slots, unread=[*slots.unread, *(said for said in best_customers(question, analysis) if said not in slots.unread)])
    asked, analysis = analysis, _honourable(analysis, slots, _one(inherited.get("by")), columns)
    if analysis in ("segments", "best_and_disappointing") and slots.top and customers_ranked(text) and columns.named("amount"):
        analysis = "explore"  # "my ten best customers": their names and what they spend
    if set(slots.by) & columns.fates and (analysis == "churn_rate" or slots.measure == "lost_rate"):
        if slots.period is None:
            # « taux de départ par situation »: how many are in each state, and not that all of the gone are gone
            return _explore("explore", replace(slots, measure="customers"), text, inherited, columns)
        slots = replace(slots, by=[name for name in slots.by if name not in columns.fates], unread=[*slots.unread, *(name for name in slots.by if name in columns.fates)])
        asked, analysis = analysis, _honourable(analysis, slots, (), columns)
    if analysis == "explore" and "lost" in slots.by and set(slots.by) & columns.fates:
        slots = replace(slots, by=[name for name in slots.by if name != "lost"])  # the state says who is gone, and more
    if analysis in _BOTH_FATES or (analysis == "explore" and (slots.measure == "lost_rate" or "lost" in slots.by)):
        slots, inherited = _of_both_fates(slots, inherited, columns)
    accepts = ACCEPTS.get(analysis, frozenset())
    if analysis == "explore":
        return _explore(asked, slots, text, inherited, columns)
    arguments: dict[str, Any] = {}
    slots = replace(slots, filters=[_of_buyers(found, columns) for found in slots.filters])
    segment = _narrowed(inherited.get("segment", ()), [f for f in slots.filters if not f.on_purchases])
    if segment:
        arguments["segment"] = segment
    groups = slots.by or _one(inherited.get("by"))
    if "by" in accepts and groups:
        arguments["by"] = _of_customers(groups[0], columns)
    if analysis == "churn_rate":
        period = slots.time or _grain(slots) or inherited.get("period")
        if isinstance(period, str):
            arguments["period"] = period
    said = {"top": slots.top, "customer": slots.customer, "lasting": slots.lasting or None, "among": list(inherited.get("among") or ()) or None}  # the last: the list of those just counted
    if analysis == "data_health" and OF_DAYS.search(text):
        arguments["days"] = True
    arguments.update({name: value for name, value in said.items() if name in accepts and value is not None})
    return Prepared(analysis, arguments, _left_out(analysis, accepts, slots))


_BEST = re.compile(
    r"\b(?:(?:our|my|the|nos|mes|les) )?(?:(?:very )?(?:best|top|biggest|largest|most valuable|high[- ]value|vip|key) (?:customers?|clients?|members?|accounts?|donors?|buyers?)|"
    r"(?:meilleure?s?|(?:plus )?(?:gros|grosses|grands?)|bons?) (?:clients?|clientes?|adherents?|membres?|comptes?|donateurs?|abonnes?|acheteurs?)|(?:clients?|customers?) vip)\b"
)
_WHO_LEAVES = frozenset({"churn_rate", "churn_drivers", "at_risk", "leak_points", "still_alive", "foresight", "decline_onset"})


def best_customers(question: str, analysis: str) -> list[str]:
    """« Nos meilleurs clients » where departures are told: a condition no column holds, in the words that say it.

    Args:
        question: as typed.
        analysis: the one chosen.
    """
    found = _BEST.search(plain(question)) if analysis in _WHO_LEAVES else None
    return [found.group()] if found is not None else []


def _of_both_fates(slots: Slots, inherited: Mapping[str, Any], columns: Columns) -> tuple[Slots, Mapping[str, Any]]:
    """What was read, without the conditions that keep one fate alone: a rate counts both, a cause compares them.

    « Combien d'actifs ? » then « Pourquoi partent-ils ? »: among those whose state says « Actif » today, none has left. A state that is neither
    here nor gone (« Suspendu ») tells of today too, and nothing of who was so before leaving: it is said to be left out.
    """
    told = columns.fates | {"lost"}
    before = [one for one in inherited.get("segment", ()) if one["field"] in told]
    said = [value for found in slots.filters if found.field in columns.fates for value in found.values]
    between = [value for one in before if one["field"] in columns.fates for value in one["values"]]
    unread = dict.fromkeys(str(value) for value in (*said, *between) if means_gone(str(value)) is None and means_yes(str(value)) is None)
    return (
        replace(slots, filters=[found for found in slots.filters if found.field not in told], unread=[*slots.unread, *unread]),
        {**inherited, "segment": [one for one in inherited.get("segment", ()) if one not in before]},
    )


def _of_buyers(found: Filter, columns: Columns) -> Filter:
    """A condition on purchases, as one on who made such a purchase: « qui va partir parmi ceux qui ont acheté du thé »."""
    field = columns.named(found.field)
    held = field is not None and (field.values or field.type is ColumnType.FLAG) and found.operator in ("=", "in", "!=", "not in")
    return replace(found, on_purchases=False, ever=True) if found.on_purchases and held else found


def _honourable(analysis: str, slots: Slots, held: tuple[str, ...], columns: Columns) -> str:
    """The analysis that can take what was asked, split as the turn before was: a split of the risk is a split of the rate."""
    if slots.by and analysis in _CHURN_FAMILY:
        analysis = "churn_rate"
    bought = any(found.on_purchases for found in slots.filters)
    sold = {found.name for found in columns.fields if found.on_purchases} - {found.name for found in columns.fields if not found.on_purchases}
    then = slots.also is not None or slots.absent is not None
    if analysis == "churn_rate" and (len(slots.by) > 1 or bought or then or sold & set(slots.by)):
        return "explore"  # the customers who bought there, whose rate the purchases split
    gone = any(found.field == "lost" for found in slots.filters)
    if analysis in _RATES and (slots.measure == "lost_customers" or (slots.measure == "customers" and gone)):
        return "explore"  # "how many customers left": a count
    within = slots.period is not None and slots.time in (None, *_GRAINS)
    if analysis == "churn_rate" and within and (slots.measure == "lost_rate" or slots.by or held or slots.time):
        return "explore"  # the rate of the days named, not the whole history
    plainly = not (bought or then or slots.period or slots.compare or slots.top or len(slots.by) > 1 or sold & set(slots.by))
    if analysis == "explore" and slots.measure == "lost_rate" and plainly:
        return "churn_rate"
    return analysis


def _of_customers(name: str, columns: Columns) -> str:
    """« Quel canal amène les plus fidèles ? »: the channel of the first purchase, where only purchases have one."""
    first = _FIRST.get(name)
    own = any(found.name == name and not found.on_purchases for found in columns.fields)
    return first if first is not None and not own and columns.named(first) is not None else name


_GRAINS = ("month", "quarter", "year")
_FIRST = {"sale_channel": "first_channel", "category": "first_category", "store": "first_store", "product": "first_product"}
_RATES = frozenset({"churn_rate", "relationship_overview", "cohort_table"})


def _explore(analysis: str, slots: Slots, text: str, inherited: Mapping[str, Any], columns: Columns) -> Prepared:
    lost = "lost_rate" if analysis == "churn_rate" else None  # a rate split as only a query can
    arguments: dict[str, Any] = {"measure": slots.measure or inherited.get("measure") or lost or "customers"}
    column = slots.column if slots.measure else slots.column or inherited.get("column")
    if not slots.measure and slots.statistic:
        arguments["measure"], column = _restated(str(arguments["measure"]), slots.statistic, column)  # "and the median?"
    if column and arguments["measure"] in _OF_COLUMN:
        arguments["column"] = column
    filters = list(slots.filters)
    named = slots.measure is None and slots.statistic is None  # « et à Bordeaux ? » after the ten best customers: the ten best there
    before = [name for name in _one(inherited.get("by")) if name != "customer_id" or named]
    groups = [*slots.by, *((slots.time,) if slots.time else ())][:2] or before
    if customers_ranked(text) and not (slots.by or slots.time) and columns.named("amount") is not None and not str(slots.measure).startswith("share_"):
        groups = ["customer_id"]
        if slots.measure not in ("orders", "quantity", "sum") and not (slots.column is not None and slots.measure in _OF_COLUMN and BY_WHAT.search(text)):
            arguments["measure"] = "amount"
            arguments.pop("column", None)
    if groups:
        arguments["by"] = groups
    part = _part(slots, inherited, filters)
    if part and str(arguments["measure"]).startswith("share_"):
        arguments["part"] = part
    filters, inherited = _within(filters, slots, arguments["measure"], inherited, columns)
    if slots.per is not None:
        arguments["per"] = slots.per
    segment = _narrowed(inherited.get("segment", ()), [f for f in filters if not f.on_purchases])
    bought = _narrowed(inherited.get("purchase_filter", ()), [f for f in filters if f.on_purchases])
    if segment:
        arguments["segment"] = segment
    if bought:
        arguments["purchase_filter"] = bought
    _times(arguments, slots, inherited)
    _left_then(arguments, columns)
    same_groups = not (slots.by or slots.time)
    for name, said in (("top", slots.top), ("top_share", slots.top_share), ("order", slots.order)):
        said = _as_judged(said, str(arguments["measure"]), text) if name == "order" else said
        value = said if said is not None or not same_groups or slots.top is not None or slots.top_share is not None else inherited.get(name)
        if value is not None and (said is not None or groups):
            arguments[name] = value
    return Prepared("explore", arguments, tuple(slots.unread))


_THE_LESS_THE_BETTER = frozenset({"lost_rate", "lost_customers"})
_WORST, _BEST_OF = re.compile(r"\b(?:pires?|worst|plus mauvaise?s?)\b"), re.compile(r"\b(?:meilleure?s?|le mieux|best)\b")


def _as_judged(order: Any, measure: str, text: str) -> Any:
    """« Lequel est le pire ? » after a rate of departures: the one that loses most, though the worst of other figures is the lowest."""
    if measure not in _THE_LESS_THE_BETTER:
        return order
    return "desc" if _WORST.search(text) else "asc" if _BEST_OF.search(text) and order is None else order


_OF_COLUMN = frozenset({"mean", "median", "sum", "min", "max", "distinct", "total_per_customer", "average_price"})
_STATED: Mapping[str, Mapping[str, str]] = {
    "basket": {"mean": "average_basket", "median": "median_basket", "max": "highest_basket", "min": "lowest_basket"},
    "amount": {"mean": "amount_per_customer", "sum": "amount"},
}


def _restated(measure: str, statistic: str, column: str | None) -> tuple[str, str | None]:
    """The same thing by another statistic, and the column it is then of."""
    if measure.endswith("_basket"):
        return _STATED["basket"].get(statistic, measure), None
    if measure in ("amount", "amount_per_customer"):
        stated = _STATED["amount"].get(statistic)
        return (stated, None) if stated is not None else (statistic, "amount")
    return (statistic if measure in _OF_COLUMN else measure), column


def _part(slots: Slots, inherited: Mapping[str, Any], filters: list[Filter]) -> list[dict[str, Any]]:
    """The numerator of a share; a follow-up on a column of it replaces its condition (« et des hommes ? »)."""
    if slots.measure is not None:
        return [found.to_json() for found in slots.part]
    before = [dict(condition) for condition in inherited.get("part", ())]
    held = {condition["field"] for condition in before}
    again = [found for found in filters if found.field in held]
    for found in again:
        filters.remove(found)
    return _narrowed(before, again)


def _times(arguments: dict[str, Any], slots: Slots, inherited: Mapping[str, Any]) -> None:
    period = slots.period.to_json() if slots.period is not None else inherited.get("period")
    if isinstance(period, Mapping):
        arguments["period"] = dict(period)
    over = slots.period is None and bool(inherited.get("stock")) and _ended(slots)
    if over and "period" in arguments:
        arguments["period"]["start"] = LONG_AGO.isoformat()  # « et résiliés ? » after those in force on a day: all that had ended by then
    then = {name: found.to_json() for name, found in (("also", slots.also), ("absent", slots.absent)) if found is not None}
    arguments.update(then or {name: dict(inherited[name]) for name in ("also", "absent") if inherited.get(name)})
    if inherited.get("seen"):
        arguments["seen"] = dict(inherited["seen"])
    if slots.compare is not None:
        arguments["compare"] = slots.compare.to_json()
    elif slots.period is None and isinstance(inherited.get("compare"), Mapping) and not slots.time and "also" not in arguments and "absent" not in arguments:
        arguments["compare"] = dict(inherited["compare"])  # the same two periods, of another figure
    if slots.stock or (inherited.get("stock") and not over and arguments["measure"] == inherited.get("measure") and not slots.active):
        arguments["stock"] = True
    if inherited.get("edge") and arguments["measure"] == inherited.get("measure"):
        arguments["edge"] = inherited["edge"]


def _ended(slots: Slots) -> bool:
    """Whether the lines asked of have ended: none of them is in force."""
    return any(
        found.on_purchases and (found.operator == "is not null" or (found.operator in ("=", "in") and bool(found.values) and all(means_gone(str(value)) for value in found.values)))
        for found in slots.filters
    )


def _left_then(arguments: dict[str, Any], columns: Columns) -> None:
    """Departures in the days named: « le MRR perdu en 2025 » is of those who left then, a rate is split by what customers are."""
    if arguments["measure"] == "lost_rate" and "period" in arguments and "by" in arguments:
        arguments["by"] = [_of_customers(name, columns) for name in arguments["by"]]  # whoever is present when it begins has bought nothing in it yet
    period, held = arguments.get("period"), columns.named(str(arguments.get("column")))
    gone = [condition for condition in arguments.get("segment", ()) if condition["field"] == "lost" and condition["values"] == [True]]
    reasons = {found.name for found in columns.fields if found.role is Role.CHURN_REASON}
    if gone and period is not None and arguments["measure"] == "customers" and reasons & set(_one(arguments.get("by"))):
        arguments["measure"] = "lost_customers"  # the reasons of a year, asked after those of ever: of who left then, and not of who bought then
        arguments["segment"] = [condition for condition in arguments["segment"] if condition not in gone]
        if not arguments["segment"]:
            del arguments["segment"]
        return
    if not gone or period is None or held is None or held.on_purchases or "purchase_filter" in arguments:
        return
    left = {"field": "lost_on", "operator": "between", "values": [period["start"], period["end"]]}
    arguments["segment"] = [left if condition in gone else condition for condition in arguments["segment"]]
    del arguments["period"]


def _narrowed(before: Any, filters: list[Filter]) -> list[dict[str, Any]]:
    """The inherited conditions, those on a field said again replaced."""
    fields = {found.field for found in filters}
    kept = [dict(condition) for condition in before or () if condition["field"] not in fields]
    return [*kept, *(found.to_json() for found in filters)]


def _grain(slots: Slots) -> str | None:
    """How fine a rate by period must be to show the period asked for."""
    if slots.period is None:
        return None
    days = (slots.period.end - slots.period.start).days
    return "month" if days <= 31 else "quarter" if days <= 92 else "year"


def _one(by: Any) -> tuple[str, ...]:
    if by is None:
        return ()
    return (by,) if isinstance(by, str) else tuple(by)


def _left_out(analysis: str, accepts: frozenset[str], slots: Slots) -> tuple[str, ...]:
    """What the analysis cannot take of what was said."""
    said = {
        "by": bool(slots.by) and "by" not in accepts,
        "time": slots.time is not None and analysis != "churn_rate",
        "period": (slots.period is not None or slots.also is not None or slots.absent is not None) and analysis != "churn_rate",
        "compare": slots.compare is not None and analysis != "churn_rate",
        "purchases": any(found.on_purchases for found in slots.filters),
    }
    return (*(code for code, present in said.items() if present), *slots.unread)


def listing(before: Mapping[str, Any], columns: Columns) -> Prepared:
    """The customers a query counted, by name: what they spend, when the files tell, else who they are.

    Args:
        before: the arguments of that query.
        columns: what the data can be asked about.
    """
    kept = {key: before[key] for key in ("segment", "purchase_filter", "period") if key in before}
    measure = "amount" if columns.named("amount") is not None else "customers"
    return Prepared("explore", {"measure": measure, "by": ["customer_id"], **kept})


_COUNTED_WITHIN = {"orders": "orders_within", "amount": "amount_within"}


def _within(filters: list[Filter], slots: Slots, measure: str, inherited: Mapping[str, Any], columns: Columns) -> tuple[list[Filter], Mapping[str, Any]]:
    """« Plus de 2 fois en 2024 », « plus de 500 € en 2025 »: orders and money are counted in the period, or among the purchases, that are named.

    What the turn before said of them is counted so too once a period is given, and what this one says of the period kept from it.
    """
    bought = [condition for condition in inherited.get("purchase_filter", ()) if condition["field"] not in _COUNTED_WITHIN.values()]
    period = slots.period is not None or isinstance(inherited.get("period"), Mapping)
    narrowed = period or bool(bought) or any(found.on_purchases for found in filters)
    if not narrowed or measure not in ("customers", "lost_rate", "tenure_months", "mean", "median"):
        return filters, inherited
    counted = {**_COUNTED_WITHIN, **_over_the_years(columns)}
    said = [replace(found, field=counted[found.field], on_purchases=True) if found.field in counted else found for found in filters]
    before = [condition for condition in inherited.get("segment", ()) if condition["field"] in _COUNTED_WITHIN]
    if not before:
        return said, inherited
    then = [{**condition, "field": _COUNTED_WITHIN[condition["field"]]} for condition in before]
    return said, {
        **inherited, "segment": [condition for condition in inherited["segment"] if condition not in before],
        "purchase_filter": [*inherited.get("purchase_filter", ()), *then],
    }  # fmt: skip


def _over_the_years(columns: Columns) -> dict[str, str]:
    """The columns of a customer's list that hold what was bought since ever, where purchases tell what was bought then."""
    if not columns.dated or columns.named("amount") is None:
        return {}
    told = {Role.TOTAL_SPENT: "amount_within", Role.FREQUENCY: "orders_within"}
    return {found.name: told[found.role] for found in columns.fields if found.role in told and not found.on_purchases and not found.derived}
