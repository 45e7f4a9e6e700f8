"""Who was never going to stay, as the articles have it: free trials, promotion only, a single need."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.language import Text


@dataclass(frozen=True, slots=True)
class NeverStaying:
    """A stable code, words that follow "customers", and the SQL condition over `customers`."""

    code: str
    words: Text
    condition: str


def trials(study: Study) -> NeverStaying | None:
    """Those who came by a free trial, when the files tell."""
    flag = next((a for a in study.attributes if a.role is Role.TRIAL and a.type is ColumnType.FLAG), None)
    if flag is not None:
        words = Text("venus par un essai gratuit", "who came by a free trial")
        return NeverStaying("trials", words, quote(flag.column))
    if "contracts" not in study.tables or not study.model.has((Role.TRIAL,)):
        return None
    only = "customer_key IN (SELECT customer_key FROM contracts GROUP BY customer_key HAVING bool_and(trial))"
    return NeverStaying("trials", Text("qui n’ont connu qu’un essai gratuit", "who only had a free trial"), only)


def never_staying(study: Study) -> tuple[NeverStaying, ...]:
    """All the groups the files can tell."""
    trial = trials(study)
    found = [trial] if trial is not None else []
    if "purchases" in study.tables:
        promo = Text("qui n’ont jamais acheté qu’en promotion", "who only ever bought on promotion")
        once = Text("qui n’ont acheté qu’une seule fois", "who bought only once")
        found.append(NeverStaying("promotion_only", promo, "promo_share >= 1"))
        found.append(NeverStaying("one_purchase", once, "orders = 1"))
    return tuple(found)
