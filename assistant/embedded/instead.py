"""Where the analysis a question asks for is not built yet, the plain query that answers its first half."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from analytics.catalog import CATALOG
from analytics.datamodel.model import ColumnType, LostBasis, QuestionAbout
from analytics.datamodel.roles import Role
from analytics.study import Study
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.rates import other_rate
from assistant.embedded.record_tables import record_tables
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain

_BUILT = frozenset(analysis.name for analysis in CATALOG if analysis.run is not None)
_MANY = 10
_DISAPPOINTED = re.compile(r"\b(?:decept\w*|decev\w*|decu\w*|disappoint\w*|pires?|worst)\b")
_LOYALTY = re.compile(r"\b(?:loyal\w*|fidel\w*|rest\w*|stay\w*|part\w*|leav\w*|churn\w*|infidel\w*|reviennent|come back|quit\w*)\b")
_RECURRING = re.compile(r"(?:mrr|arr|recurr\w*|revenus?|revenue|subscriptions?|abonnements?|mensuel\w*|monthly|annuel\w*|annual\w*|yearly|run|saas|contrats?|contracts?|forecast\w*)$")
_RIVAL = re.compile(r"concurr|compet|rival", re.IGNORECASE)


def instead_of(analysis: str, question: str, slots: Slots, columns: Columns, study: Study) -> Prepared | None:
    """The query that tells what can be told; None when the analysis is built or the files hold nothing for it.

    Args:
        analysis: the one chosen.
        question: as typed.
        slots: what it says beside its subject.
        columns: what the data can be asked about.
        study: the data.
    """
    if analysis in _BUILT or analysis not in _QUERIES:
        return None
    if analysis == "recurring_revenue" and any(not _RECURRING.match(word) for word in slots.unexplained):
        return None  # « abonnements arrivés à échéance » asks for no money
    if slots.measure not in (None, *_SAME.get(analysis, ())) or (slots.by and analysis not in _SPLIT):
        return None  # another figure was asked for: none is better than one beside it
    found = _QUERIES[analysis](plain(question), columns, study)
    if found is None:
        return None
    arguments = dict(found)
    if slots.by and "by" not in arguments and "table" not in arguments:
        arguments["by"] = list(slots.by)
    if slots.time and "by" not in arguments:
        arguments["by"] = [slots.time]
    segment = [*arguments.get("segment", ()), *(held.to_json() for held in slots.filters if not held.on_purchases and held.field not in ("lost", *arguments.get("by", ())))]
    if segment:
        arguments["segment"] = segment
    bought = [held.to_json() for held in slots.filters if held.on_purchases]
    if bought:
        arguments["purchase_filter"] = bought
    if slots.period is not None and arguments["measure"] not in ("lost_rate", "sum"):
        arguments["period"] = slots.period.to_json()
    if slots.top is not None and arguments.get("by"):
        arguments["top"] = slots.top
    return Prepared("explore", arguments)


def of_the_same(plainly: Prepared | None, step: Prepared) -> Prepared | None:
    """The query beside an analysis, of the customers that the analysis is of: « que valent-ils ? » after those of one town is of them alone.

    Args:
        plainly: the query.
        step: the analysis, with what it keeps of the turn before.
    """
    if plainly is None:
        return None
    own = list(plainly.arguments.get("segment", ()))
    more = [held for held in step.arguments.get("segment", ()) if held not in own and held["field"] not in {one["field"] for one in own}]
    return replace(plainly, arguments={**plainly.arguments, "segment": [*own, *more]}) if more else plainly


# The measures that say the same thing as the query, and the analyses whose query can be split as asked.
_SAME: dict[str, tuple[str, ...]] = {
    "recurring_revenue": ("sum", "mean", "amount"), "best_and_disappointing": ("amount",), "promo_dependence": ("promo_share", "mean"),
    "revenue_bridge": ("amount",), "customer_value": ("amount_per_customer", "customers"), "second_purchase": ("share_customers", "orders", "customers"), "listening": ("mean",), "winback_targets": ("amount", "customers", "sum", "mean"), "contact_rights": ("customers",),
    "free_trials": ("lost_rate",), "store_loyalty": ("lost_rate",), "loyalty_programme": ("lost_rate",),
}  # fmt: skip
_SPLIT = frozenset({"recurring_revenue", "customer_value", "listening", "promo_dependence", "free_trials", "store_loyalty", "loyalty_programme"})
Query = dict[str, Any] | None


def _best(text: str, columns: Columns, study: Study) -> Query:
    if _DISAPPOINTED.search(text) or columns.named("amount") is None:
        return None
    return {"measure": "amount", "by": ["customer_id"], "top": _MANY}


def _recurring(text: str, columns: Columns, study: Study) -> Query:
    field = _field(columns, Role.RECURRING_AMOUNT, number=True)
    if field is None or re.search(r"\b(?:nrr|grr|mouvements?|movements?|expansion|contraction)\b", text):
        return None
    asked = study.model.question
    known = study.model.lost.basis is not LostBasis.NONE or (asked is not None and asked.about is QuestionAbout.LOST)  # to be told first
    return {"measure": "sum", "column": field, **({"segment": [Filter("lost", "=", (False,)).to_json()]} if known else {})}


def _members(text: str, columns: Columns, study: Study) -> Query:
    return _rate_by(_field(columns, Role.LOYALTY_MEMBER), study)


def _trials(text: str, columns: Columns, study: Study) -> Query:
    return _rate_by(_field(columns, Role.TRIAL), study)


def _stores(text: str, columns: Columns, study: Study) -> Query:
    found = _rate_by(_field(columns, Role.STORE), study)
    return found if found is None or _KEEPS_LEAST.search(text) else {**found, "order": "asc"}  # those that keep best lose least


_KEEPS_LEAST = re.compile(r"\b(?:worst|least|lose\w*|losing|pire\w*|moins|perd\w*|mal|badly|poorly)\b")


def _second(text: str, columns: Columns, study: Study) -> Query:
    return {"measure": "share_customers", "part": [Filter("orders", ">", (1,)).to_json()]} if columns.sold else None


def _promo(text: str, columns: Columns, study: Study) -> Query:
    if columns.named("promo_share") is None:
        return None
    recruited = study.attribute("first_on_promo") is not None
    if _LOYALTY.search(text) and recruited and study.model.lost.basis is not LostBasis.NONE:
        return {"measure": "lost_rate", "by": ["first_on_promo"]}
    return {"measure": "promo_share"}


def _heard(text: str, columns: Columns, study: Study) -> Query:
    if other_rate(text) is not None:
        return None  # how many answered is no score
    scored = next((table.name for table in record_tables(study) if table.scored), None)
    if scored is not None:
        return {"measure": "nps", "table": scored}
    field = _field(columns, Role.SATISFACTION, number=True)
    return None if field is None else {"measure": "mean", "column": field}


def _rival(text: str, columns: Columns, study: Study) -> Query:
    reason = next((found for found in columns.fields if found.role is Role.CHURN_REASON), None)
    if reason is None or not any(_RIVAL.search(value) for value in reason.values):
        return None
    return {"measure": "customers", "by": [reason.name], "segment": [Filter("lost", "=", (True,)).to_json()]}


def _worth(text: str, columns: Columns, study: Study) -> Query:
    return {"measure": "amount_per_customer"} if columns.named("amount") is not None else None


def _back(text: str, columns: Columns, study: Study) -> Query:
    bill = _field(columns, Role.RECURRING_AMOUNT, number=True)  # under a contract, what each paid a month
    if study.model.lost.basis is LostBasis.NONE or (columns.named("amount") is None and bill is None):
        return None
    told = {"measure": "amount"} if columns.named("amount") is not None else {"measure": "sum", "column": bill}
    return {**told, "by": ["customer_id"], "segment": [Filter("lost", "=", (True,)).to_json()], "top": 20}


_WAYS = (
    (re.compile(r"\b(?:sms|textos?|text messages?)\b"), Role.CONSENT_SMS), (re.compile(r"\b(?:e-?mails?|mails?|mailings?|courriels?|newsletters?|infolettres?)\b"), Role.CONSENT_EMAIL),
    (re.compile(r"\b(?:telephon\w*|appel\w*|phone|call\w*)\b"), Role.CONSENT_PHONE), (re.compile(r"\b(?:courriers?|post|postal\w*|letters?)\b"), Role.CONSENT_POST),
)  # fmt: skip


def _reachable(text: str, columns: Columns, study: Study) -> Query:
    """Those who agreed to be written to that way, where one way is said, or one only is known."""
    held = {found.role: found for found in columns.fields if found.type is ColumnType.FLAG and not found.on_purchases and not found.derived}
    known = [role for _, role in _WAYS if role in held]
    said = [role for pattern, role in _WAYS if pattern.search(text)] or known
    if len(said) != 1 or said[0] not in held:
        return None
    return {"measure": "customers", "segment": [Filter(held[said[0]].name, "=", (True,)).to_json()]}


def _revenue(text: str, columns: Columns, study: Study) -> Query:
    return {"measure": "amount", "by": ["quarter"]} if columns.dated else None


def _rate_by(field: str | None, study: Study) -> Query:
    return None if field is None or study.model.lost.basis is LostBasis.NONE else {"measure": "lost_rate", "by": [field]}


def _field(columns: Columns, role: Role, *, number: bool = False) -> str | None:
    types = (ColumnType.NUMBER,) if number else (ColumnType.CATEGORY, ColumnType.FLAG)
    return next((found.name for found in columns.fields if found.role is role and found.type in types), None)


_QUERIES: dict[str, Callable[[str, Columns, Study], Query]] = {
    "best_and_disappointing": _best, "recurring_revenue": _recurring, "loyalty_programme": _members, "free_trials": _trials,
    "store_loyalty": _stores, "second_purchase": _second, "promo_dependence": _promo, "listening": _heard,
    "competitor_signals": _rival, "customer_value": _worth, "winback_targets": _back, "revenue_bridge": _revenue,
    "contact_rights": _reachable,
}  # fmt: skip
