"""Customers who were never going to stay, or whose staying is not a choice: the share lost with them and without."""

from __future__ import annotations

from scipy import stats

from analytics.datamodel.attributes import Attribute
from analytics.datamodel.headers import plain
from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import ColumnType, Effect, HealthCheck
from analytics.datamodel.roles import Role
from analytics.measures.defects.base import Base, caution
from analytics.statistics.intervals import wilson
from analytics.workspace import literal, quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.language import Text
from vocabulary.sentence import say
from vocabulary.themes import Severity

_LEAST, _SHARE, _MOVES = 20, 0.02, 0.01
_ONE_OFF = r"(^|[ _])(one[ _-]?(off|shot|time)|ponctuel(le)?s?|occasionnel(le)?s?|besoin unique|achat unique|cadeau|gift|single need)([ _]|$)"
_TRIAL = r"(^|[ _])(essai|trial|free[ _-]?trial|essai gratuit|freemium)([ _]|$)"
_PUBLIC = (
    r"(^|[ _])(public|publique|secteur public|public sector|collectivite|collectivites|mairie|commune|administration|hopital public"
    r"|government|gouvernement|marche public|marches publics|municipal|ministere|tender|appel d'?offres)([ _]|$)"
)
_GENERAL = r"(grand|tout|large|jeune|general) public|public (jeune|large|relations|adulte)|relations? publiques?"  # an audience
_SURE = 0.01  # chance alone makes a group of any name differ a little
_WORDS = (
    Role.ATTRIBUTE, Role.CATEGORY, Role.SECTOR, Role.PLAN, Role.CONTRACT_TYPE, Role.TOPIC, Role.ACQUISITION_CHANNEL,
    Role.COMPANY_SIZE, Role.ACCOUNT_STATUS,
)  # fmt: skip


def check(base: Base) -> list[HealthCheck]:
    """Free trials, promotion-only buyers, one-off needs, public accounts: each told when it moves the share lost."""
    groups = [
        (HealthCode.NEVER_STAYING, Text("venus par un essai gratuit", "who came by a free trial"), _trials(base)),
        (HealthCode.NEVER_STAYING, Text("qui n’ont jamais acheté qu’en promotion", "who only ever bought on promotion"),
         "promo_share >= 1" if "purchases" in base.reduction.tables else None),
        (HealthCode.NEVER_STAYING, Text("venus pour un besoin unique", "who came for a single need"),
         _worded(base, _ONE_OFF)),
        (HealthCode.PUBLIC_ACCOUNTS, Text("du secteur public", "of the public sector"), _worded(base, _PUBLIC, _GENERAL)),
    ]  # fmt: skip
    found = []
    for code, words, condition in groups:
        if condition is not None:
            found += _told(base, code, words, condition)
    return found


def _told(base: Base, code: HealthCode, words: Text, condition: str) -> list[HealthCheck]:
    gone, known = base.lost()
    theirs, them = base.lost(f"({condition})")
    if them < max(_LEAST, _SHARE * known) or them > 0.9 * known:
        return []
    kept = wilson(gone, known).estimate("lost_rate", Unit.RATIO)
    without = wilson(gone - theirs, known - them).estimate("lost_rate", Unit.RATIO)
    if abs((kept.value or 0) - (without.value or 0)) < _MOVES:
        return []
    if stats.fisher_exact([[theirs, them - theirs], [gone - theirs, known - them - gone + theirs]]).pvalue >= _SURE:
        return []
    effect = Effect("lost_rate", kept, without, say(
        "Part des clients perdus : {kept} avec eux, {without} sans eux.",
        "Share of customers lost: {kept} with them, {without} without.",
        kept=kept, without=without,
    ))  # fmt: skip
    detail = say(
        "{count} clients {words} ne se comportent pas comme les autres : ils n’ont peut-être jamais eu vocation à rester.",
        "{count} customers {words} do not behave like the others: they may never have been meant to stay.",
        count=Estimate("count", them, Unit.CUSTOMERS, n=known), words=words,
    ) if code is HealthCode.NEVER_STAYING else say(
        "{count} clients {words} n’achètent pas comme les autres : leur fidélité dépend d’un marché, pas d’un attachement.",
        "{count} customers {words} do not buy like the others: their loyalty hangs on a tender, not on attachment.",
        count=Estimate("count", them, Unit.CUSTOMERS, n=known), words=words,
    )  # fmt: skip
    lines = f"SELECT customer_id, orders, first_purchase, last_purchase, lost FROM customers WHERE {condition}"
    return [caution(code, them, detail, effect, lines=lines, severity=Severity.WARNING)]


def _trials(base: Base) -> str | None:
    flag = next((a for a in base.reduction.attributes if a.role is Role.TRIAL and a.type is ColumnType.FLAG), None)
    if flag is not None:
        return quote(flag.column)
    if "contracts" in base.reduction.tables and base.model.has((Role.TRIAL,)):
        return "customer_key IN (SELECT customer_key FROM contracts GROUP BY customer_key HAVING BOOL_AND(trial))"
    return _worded(base, _TRIAL)


def _worded(base: Base, words: str, unless: str = "^$") -> str | None:
    """The customers one of whose categories, or a yes under a header, says the words and not those of `unless`."""
    conditions = []
    for attribute in base.reduction.attributes:
        column = quote(attribute.column)
        if attribute.type is ColumnType.FLAG and not attribute.derived and _says(attribute, words, base):
            conditions.append(f"COALESCE({column}, FALSE)")
        elif attribute.type is ColumnType.CATEGORY and attribute.role in _WORDS:
            said = f"LOWER(STRIP_ACCENTS(COALESCE(CAST({column} AS VARCHAR), '')))"
            conditions.append(
                f"(REGEXP_MATCHES({said}, {literal(words)}) AND NOT REGEXP_MATCHES({said}, {literal(unless)}))"
            )
    return f"({' OR '.join(conditions)})" if conditions else None


def _says(attribute: Attribute, words: str, base: Base) -> bool:
    """Whether a yes/no column is called by the words."""
    return bool(base.database.row(
        f"SELECT REGEXP_MATCHES({literal(plain(attribute.name).replace('_', ' '))}, {literal(words)})"
    )[0])  # fmt: skip
