"""The journey's stages and the themes of the two articles: closed lists, published in `docs/schema/`."""

from __future__ import annotations

from enum import StrEnum


class JourneyStage(StrEnum):
    """The life of a relation, as a couple's: meeting, first impression, life together, separation, rekindling."""

    RECRUITMENT = "recruitment"
    WELCOME = "welcome"
    LOYALTY = "loyalty"
    CHURN = "churn"
    RECONQUEST = "reconquest"


class Theme(StrEnum):
    """What a driver, a finding or a piece of guidance is about."""

    TARGETING = "targeting"  # who was recruited, and how
    PROMOTION = "promotion"  # discounts, promo-dependence
    FREE_TRIAL = "free_trial"
    WELCOME = "welcome"  # first weeks, onboarding
    LISTENING = "listening"  # satisfaction, complaints, surveys
    ROUTINE = "routine"  # variety, boredom, surprise
    EXCLUSIVITY = "exclusivity"  # breadth of the relation, only choice, commitment
    SERVICE = "service"  # delivery, incidents, support, quality
    PRICE = "price"
    ACCESS = "access"  # distance, one-off need, how they must buy
    COMPETITION = "competition"
    CONTACT = "contact"  # contact pressure, consent
    VALUE = "value"  # what customers are worth
    DATA = "data"  # capturing and knowing
    OTHER = "other"


class Strength(StrEnum):
    """How much a finding or a piece of advice can carry."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class Severity(StrEnum):
    """How much a defect of the data weighs on the diagnosis."""

    INFO = "info"
    WARNING = "warning"
    BLOCKING = "blocking"
