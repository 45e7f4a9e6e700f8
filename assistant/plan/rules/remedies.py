"""What to do about a cause, by its theme: the offer, and the cards that say how. Relationship before discount."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.datamodel.attributes import Attribute
from analytics.datamodel.roles import PERSONAL_ROLES, Role
from analytics.statistics.intervals import wilson
from knowledge.text import fold
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Sentence, say
from vocabulary.themes import Theme

# Who people are is never acted upon, whatever the column is taken for.
_WHO_THEY_ARE = PERSONAL_ROLES | {Role.GENDER, Role.AGE}
_WHO_THEY_ARE_NAMED = re.compile(
    r"(?:^|[^a-z])(?:gender|sexe?|genre|civilit\w*|age|birth\w*|naissance|senior\w*|partner|conjoint|couple|spouse|marital|married|marie\w*"
    r"|dependents?|enfants?|children|kids|famil(?:le|y|ial\w*)|household|foyer|menage|nationalit\w*|religio\w*|ethnic\w*|race|handicap\w*"
    r"|disab\w*|health|sante|syndica\w*|political\w*|politique)(?:[^a-z]|$)"
)
_COMPLAINTS = ("complain", "slowest_answer", "unresolved")  # codes of what is derived from tickets


@dataclass(frozen=True, slots=True)
class Remedy:
    """An offer and the ids of the cards that say how, the nearest first."""

    offer: Sentence
    cards: tuple[str, ...]


def may_be_acted_upon(segment: Sequence[Mapping[str, Any]], attributes: Sequence[Attribute]) -> bool:
    """Whether a factor is something lived, and not who the customer is (sex, age, family, origin ...)."""
    known = {attribute.name: attribute for attribute in attributes}
    for condition in segment:
        attribute = known.get(condition["field"])
        heads = [condition["field"], *(header for _, header in attribute.sources)] if attribute is not None else [condition["field"]]
        if attribute is not None and attribute.role in _WHO_THEY_ARE:
            return False
        if any(_WHO_THEY_ARE_NAMED.search(fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", head)).replace("_", " ")) for head in heads):
            return False
    return True


def reason(item: Mapping[str, Any]) -> Sentence:
    """What the factor does, in one sentence: its customers, how many leave, and the gap all else equal."""
    touched = max(1, round(item["cases"]))
    if item["counted_in"] != "customers":  # a rate of orders or of months: never said to be one of customers
        return say(
            "{touched} — parmi {among}, {happened} ; l’écart tient à profil égal.",
            "{touched} — of {among}, {happened}; the gap holds all else equal.",
            touched=item["touched"], among=item["among"], happened=item["happened"],
        )  # fmt: skip
    rate = wilson(min(touched, round(item["lost_rate"] * touched)), touched)
    gap = Estimate(
        "adjusted_gap", item["explained_departures"] / touched, Unit.POINTS, touched,
        (item["explained_low"] or 0.0) / touched, (item["explained_high"] or 0.0) / touched, "adjusted difference",
    )  # fmt: skip
    return say(
        "{touched} — parmi {among}, {rate} des {rate:n} concernés sont partis ; à profil égal, {gap} de plus que les autres "
        "({gap:interval}).",
        "{touched} — of {among}, {rate} of the {rate:n} concerned have left; all else equal, {gap} more than the others "
        "({gap:interval}).",
        touched=item["touched"], among=item["among"], rate=rate.estimate("lost_rate", Unit.RATIO), gap=gap,
    )  # fmt: skip


def remedy(item: Mapping[str, Any]) -> Remedy:
    """What to do for the customers a cause touches."""
    theme = Theme(item["theme"])
    if any(code in item["feature"] for code in _COMPLAINTS):
        return _REMEDIES[Theme.LISTENING]
    if theme is Theme.PROMOTION and _less_promoted(item):
        return _UNDERSTAND  # those who buy less on promotion leave more: coming off it would go against what is seen
    if item["lacking"]:
        return Remedy(_WHAT_THEY_LACK, _LACKING.get(theme, _LACKING_CARDS))
    return _REMEDIES.get(theme, _UNDERSTAND)


def _less_promoted(item: Mapping[str, Any]) -> bool:
    """Whether those a factor of promotion touches are the least promoted."""
    return bool(item["lacking"]) or any(condition["operator"] in ("<", "<=") or condition["values"] == [False] for condition in item["segment"])


_WHAT_THEY_LACK = say(
    "Le proposer à ceux qui ne l’ont pas eu, sans engagement, sauf au groupe témoin : l’écart dira si c’était la cause.",
    "Offer it to those who went without, with no commitment, the control group apart: the gap will tell if it was the cause.",
)
_LACKING_CARDS = ("own-your-departures", "no-control-no-proof")
_LACKING: dict[Theme, tuple[str, ...]] = {
    Theme.CONTACT: ("gratitude", "gifts-but-not-money-alone", "contact-pressure"),
    Theme.SERVICE: ("own-your-departures", "help-beyond-the-single-problem", "no-control-no-proof"),
    Theme.EXCLUSIVITY: ("commitment-and-economic-benefits", "reasons-to-be-the-only-one", "loyalty-programme-self-selection"),
    Theme.WELCOME: ("confirm-first-impression", "welcome-say-who-you-are", "early-usage"),
    Theme.LISTENING: ("listen-to-anticipate", "asking-changes-behaviour", "silent-unhappy-customers"),
}
_UNDERSTAND = Remedy(
    say(
        "Comprendre d’abord, par dix entretiens avec des clients concernés, puis corriger ce qui dépend de nous.",
        "Understand first, through ten talks with customers concerned, then mend what depends on us.",
    ),
    ("own-your-departures", "their-journey-not-yours", "not-every-departure-is-yours"),
)
_REMEDIES: dict[Theme, Remedy] = {
    Theme.LISTENING: Remedy(
        say(
            "Reprendre contact avec chaque client concerné, régler le point resté ouvert, dire ce qui a changé ; pas de remise.",
            "Get back to each customer concerned, settle what was left open, say what has changed; no discount.",
        ),
        ("fair-complaint-handling", "repeated-complaints", "recovery-paradox-doubt"),
    ),
    Theme.SERVICE: Remedy(
        say(
            "Demander à dix de ces clients ce qui les gêne dans ce service, corriger ce qui dépend de nous, le leur dire.",
            "Ask ten of these customers what troubles them in this service, mend what depends on us, and tell them.",
        ),
        ("own-your-departures", "find-the-leak-points", "not-every-departure-is-yours"),
    ),
    Theme.EXCLUSIVITY: Remedy(
        say(
            "Donner une raison de s’engager autre que le prix : un service utile, un interlocuteur, un avantage de fidélité.",
            "Give a reason to commit other than price: a useful service, a named contact, a loyalty benefit.",
        ),
        ("commitment-and-economic-benefits", "reasons-to-be-the-only-one", "gifts-but-not-money-alone"),
    ),
    Theme.PROMOTION: Remedy(
        say(
            "Remplacer la remise par une attention : cadeau, avant-première, conseil ; réduire la profondeur par paliers.",
            "Replace the discount by an attention: a gift, a preview, advice; reduce its depth by steps.",
        ),
        ("weaning-off-promotion", "promo-drug", "promo-depth-new-versus-established"),
    ),
    Theme.CONTACT: Remedy(
        say(
            "Écrire moins et mieux : un contact utile, au moment où il sert, sur le canal accepté.",
            "Write less and better: one useful contact, when it serves, on the channel accepted.",
        ),
        ("contact-pressure", "retention-can-backfire"),
    ),
    Theme.PRICE: Remedy(
        say(
            "Vérifier d’abord, par dix entretiens, que le prix est la vraie raison ; ajuster la formule à l’usage et dire ce "
            "qu’elle contient, avant toute baisse.",
            "Check first, through ten talks, that price is the true reason; fit the plan to what is used and say what it "
            "holds, before any cut.",
        ),
        ("price-cut-last", "early-usage", "retention-can-backfire"),
    ),
    Theme.ROUTINE: Remedy(
        say(
            "Proposer du neuf à ceux dont les achats se resserrent : une découverte, un conseil, une invitation.",
            "Offer something new to those whose purchases are narrowing: a discovery, advice, an invitation.",
        ),
        ("banish-routine", "variety-or-habit", "cross-buying"),
    ),
    Theme.ACCESS: Remedy(
        say(
            "Lever l’obstacle (livraison, rendez-vous, commande plus simple) pour ceux qui veulent revenir.",
            "Lift the obstacle (delivery, appointments, easier ordering) for those who want to return.",
        ),
        ("distance-and-access", "spurious-loyalty"),
    ),
    Theme.WELCOME: Remedy(
        say(
            "Corriger ce passage pour les prochains, et présenter nos excuses à ceux qui l’ont vécu.",
            "Mend this passage for the next ones, and apologise to those who went through it.",
        ),
        ("early-satisfaction-weighs", "confirm-first-impression", "find-the-leak-points"),
    ),
    Theme.COMPETITION: Remedy(
        say(
            "Vérifier sur place ce qui attire ailleurs ; répondre par le choix, le délai ou l’accueil avant le prix.",
            "Check on the spot what attracts elsewhere; answer by choice, delay or welcome before price.",
        ),
        ("rival-courting", "satisfied-customers-defect"),
    ),
}
