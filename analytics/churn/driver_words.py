"""How a driver is said: its theme, whether it is in our hands, and the customers it touches, in the file's own values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from analytics.customers.header_timing import plain
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.statistics.driver_report import Driver
from vocabulary.estimate import Threshold, Unit
from vocabulary.finding import DriverKind
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import Theme

_MOST_LEVELS = 4
_NONE = frozenset({"no", "non", "none", "aucun", "aucune", "sans", "false", "faux"})

KINDS: dict[Timing, DriverKind] = {
    Timing.AT_RECRUITMENT: DriverKind.PROFILE,
    Timing.DURING: DriverKind.CAUSE,
    Timing.WARNING: DriverKind.SYMPTOM,
    Timing.UNKNOWN: DriverKind.UNCLEAR,
}
KIND_NAMES: dict[DriverKind, Text] = {
    DriverKind.CAUSE: Text("cause probable", "likely cause"),
    DriverKind.PROFILE: Text("profil", "profile"),
    DriverKind.SYMPTOM: Text("signe avant-coureur", "warning sign"),
    DriverKind.UNCLEAR: Text("facteur lié", "linked factor"),
}
HANDS: dict[DriverKind, Text] = {
    DriverKind.CAUSE: Text("entre nos mains", "in our hands"),
    DriverKind.PROFILE: Text("au recrutement seulement", "at recruitment only"),
    DriverKind.SYMPTOM: Text("non : c’est déjà le départ", "no: it is the departure already"),
    DriverKind.UNCLEAR: Text("en partie, à vérifier", "partly, to be checked"),
}
_THEMES: dict[Role, Theme] = {
    Role.ACQUISITION_CHANNEL: Theme.TARGETING, Role.GENDER: Theme.TARGETING, Role.AGE: Theme.TARGETING,
    Role.BIRTH_DATE: Theme.TARGETING, Role.REGION: Theme.TARGETING, Role.CITY: Theme.TARGETING,
    Role.COUNTRY: Theme.TARGETING, Role.SECTOR: Theme.TARGETING, Role.COMPANY_SIZE: Theme.TARGETING,
    Role.POSTCODE: Theme.ACCESS, Role.DISTANCE: Theme.ACCESS, Role.DELIVERY_METHOD: Theme.ACCESS,
    Role.DISCOUNT: Theme.PROMOTION, Role.PROMO_CODE: Theme.PROMOTION, Role.TRIAL: Theme.FREE_TRIAL,
    Role.COMPLAINT: Theme.LISTENING, Role.RESOLVED: Theme.LISTENING, Role.NPS: Theme.LISTENING,
    Role.SATISFACTION: Theme.LISTENING, Role.TOPIC: Theme.LISTENING, Role.DELIVERY_DATE: Theme.SERVICE,
    Role.PROMISED_DATE: Theme.SERVICE, Role.RECURRING_AMOUNT: Theme.PRICE, Role.UNIT_PRICE: Theme.PRICE,
    Role.AMOUNT: Theme.PRICE, Role.CONTRACT_TYPE: Theme.EXCLUSIVITY, Role.PLAN: Theme.EXCLUSIVITY,
    Role.SEATS: Theme.EXCLUSIVITY, Role.LOYALTY_MEMBER: Theme.EXCLUSIVITY, Role.OPENED: Theme.CONTACT,
    Role.CLICKED: Theme.CONTACT, Role.CONSENT_EMAIL: Theme.CONTACT, Role.CONSENT_SMS: Theme.CONTACT,
}  # fmt: skip


# Headers whose role is only "attribute" may still name their theme, in either language.
_NAMED: tuple[tuple[Theme, re.Pattern[str]], ...] = tuple(
    (theme, re.compile(pattern))
    for theme, pattern in (
        (Theme.LISTENING, "complain|plainte|r[ée]clam|satisf|nps|avis|review|feedback|ticket|litige|unresolved|non.?r[ée]sol"),
        (Theme.SERVICE, "support|service|security|backup|protection|deliver|livrais|retard|delay|late|incident|panne|outage|defect|d[ée]faut|wait|attente|stock"),
        (Theme.PROMOTION, "promo|discount|remise|coupon|rabais|sold"),
        (Theme.FREE_TRIAL, "trial|essai"),
        (Theme.WELCOME, "welcome|accueil|onboard|bienvenue|first|premier"),
        (Theme.PRICE, "price|prix|tarif|charge|fee|frais|hausse"),
        (Theme.EXCLUSIVITY, "contract|contrat|engagement|plan|formule|member|carte|loyal|fid[ée]l"),
        (Theme.ROUTINE, "variety|vari[ée]t|categor|cat[ée]gor|routine"),
        (Theme.ACCESS, "distance|km|access|acc[èe]s|tender|appel.?d.?offre|one.?off|ponctuel"),
        (Theme.CONTACT, "contact|email|e-mail|sms|newsletter|call|appel|unsub|d[ée]sabon"),
        (Theme.TARGETING, "channel|canal|source|origin|campaign|campagne|sector|secteur|age|[âa]ge|gender|genre|region|r[ée]gion|ville|city"),
        (Theme.VALUE, "spend|d[ée]pens|amount|montant|value|valeur|basket|panier"),
    )
)


def theme_of(attribute: Attribute) -> Theme:
    """The theme of the two articles a column belongs to."""
    if attribute.theme_hint:
        return Theme(attribute.theme_hint)
    if attribute.role in _THEMES:
        return _THEMES[attribute.role]
    name = attribute.name.lower()
    return next((theme for theme, pattern in _NAMED if pattern.search(name)), Theme.OTHER)


def told_by_size(drivers: Iterable[Driver], attributes: Mapping[str, Attribute]) -> tuple[Driver, ...]:
    """The drivers, a small bill being no cause of leaving: who pays least leaves more because they hold little, and no price drives them away.

    Args:
        drivers: as found.
        attributes: the columns they come from, by name.
    """
    return tuple(replace(driver, kind=DriverKind.UNCLEAR) if driver.kind is DriverKind.CAUSE and _is_small(driver, attributes[driver.feature]) else driver for driver in drivers)


def theme_of_driver(driver: Driver, attribute: Attribute) -> Theme:
    """The theme of what a driver touches: that of its column, but for a small bill, which is a matter of value and not of price."""
    return Theme.VALUE if _is_small(driver, attribute) else theme_of(attribute)


def _is_small(driver: Driver, attribute: Attribute) -> bool:
    return driver.side == "below" and attribute.role in _SIZES


_SIZES = frozenset({Role.RECURRING_AMOUNT, Role.AMOUNT, Role.UNIT_PRICE, Role.SEATS})


def touched_words(driver: Driver, attribute: Attribute) -> Sentence:
    """Name the customers a driver touches: « Contrat : Month-to-month », « Délai : au moins 5 »."""
    title = attribute.title
    if driver.levels is not None:
        if len(driver.levels) == 1 and driver.levels[0] and attribute.absent is not None:
            return value_words(attribute, driver.levels[0])
        levels = driver.levels[:_MOST_LEVELS]
        more = len(driver.levels) > _MOST_LEVELS
        names = Listing(tuple(level_word(level) for level in levels))
        if more:
            return say("{title} : {names}…", "{title}: {names}…", title=title, names=names)
        return say("{title} : {names}", "{title}: {names}", title=title, names=names)
    bound = Threshold(_rounded(driver.threshold or 0.0), Unit.NUMBER)
    if driver.side == "above":
        return say("{title} : au moins {bound}", "{title}: at least {bound}", title=title, bound=bound)
    return say("{title} : moins de {bound}", "{title}: under {bound}", title=title, bound=bound)


def touched_segment(driver: Driver, attribute: Attribute) -> list[dict[str, object]]:
    """The customers a driver touches, as the conditions of a `Segment`."""
    if driver.levels is None:
        operator = ">=" if driver.side == "above" else "<"
        return [{"field": driver.feature, "operator": operator, "values": [driver.threshold]}]
    known = [level for level in driver.levels if level]
    if not known:
        return [{"field": driver.feature, "operator": "is null", "values": []}]
    if attribute.type is ColumnType.NUMBER and known == ["yes"]:  # a count of what happened, as whether it did
        return [{"field": driver.feature, "operator": ">=", "values": [1.0]}]
    if attribute.type is ColumnType.FLAG:
        return [{"field": driver.feature, "operator": "=", "values": [known[0] == "yes"]}]
    return [{"field": driver.feature, "operator": "in", "values": known}]


def value_words(attribute: Attribute, level: str | None) -> Sentence:
    """Say that a category holds: « Contrat : Month-to-month », « aucun contact reçu »."""
    if attribute.absent is not None and level in ("yes", "no"):
        said = attribute.title if level == "yes" else attribute.absent
        return say("{said}", "{said}", said=said)
    return say("{title} : {value}", "{title}: {value}", title=attribute.title, value=level_word(level))


def lacks(driver: Driver) -> bool:
    """Whether the customers touched are those *without* something: a “no” alone, which an offer could turn into a “yes”."""
    return driver.levels is not None and len(driver.levels) == 1 and plain(driver.levels[0] or "") in _NONE


def level_word(level: str | None) -> Label | Text:
    """Say a category as it stands in the file; a missing one is « non renseigné »."""
    if level is None or level == "":
        return Text("non renseigné", "not given")
    if level == "yes":
        return Text("oui", "yes")
    if level == "no":
        return Text("non", "no")
    return Label(level)


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")
