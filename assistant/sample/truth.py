"""What is planted in the sample company: the one place of these figures, read by generator, tests and manual.

Effects on leaving are log odds of "this purchase was the last one" (retail) or "the account decides to leave this
month" (saas): an odds ratio is `exp` of them. Columns are named as they stand in the French files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import exp
from typing import Literal

Nature = Literal["cause", "profile", "symptom", "kept", "decoy", "leak", "event"]


@dataclass(frozen=True, slots=True)
class Planted:
    """One thing planted in the files.

    Args:
        code: its name in the generator and the tests.
        nature: "cause" and "kept" act and are in the company's hands; "profile" acts; "event" acts from its date;
            "symptom" follows; "decoy" and "leak" do not act.
        table: French file it is read from (without its ending).
        column: French column, or columns, it is read from.
        log_odds: effect on leaving; zero when it does not act.
        share: share of customers it touches, between 0 and 1; None when it depends on time.
        since: the day it begins, for an event.
    """

    code: str
    nature: Nature
    table: str
    column: str
    log_odds: float = 0.0
    share: float | None = None
    since: date | None = None

    @property
    def odds_ratio(self) -> float:
        """The planted odds ratio per purchase or per month."""
        return exp(self.log_odds)


def began(planted: Mapping[str, Planted], code: str) -> date:
    """Return the day an event began.

    Raises:
        ValueError: when `code` is no dated event.
    """
    since = planted[code].since
    if since is None:
        raise ValueError(f"{code} has no date")
    return since


def share_of(planted: Mapping[str, Planted], code: str) -> float:
    """Return the share of customers touched.

    Raises:
        ValueError: when `code` has no fixed share.
    """
    share = planted[code].share
    if share is None:
        raise ValueError(f"{code} has no share")
    return share


def _by_code(*planted: Planted) -> Mapping[str, Planted]:
    return {one.code: one for one in planted}


@dataclass(frozen=True, slots=True)
class RetailTruth:
    """The chain of shops Cavelune: home, garden and wedding lists; twelve shops and a site; four years of history."""

    company: str = "Cavelune"
    start: date = date(2022, 10, 1)
    end: date = date(2026, 9, 30)
    base_log_odds: float = -3.05
    frailty_sd: float = 0.4
    rate_shape: float = 2.0
    mean_gap_days: float = 88.0
    slow_rhythm_log_odds: float = 0.6
    recruits_slow_down: float = 1.5
    complaint_rate: float = 0.045
    complaint_unresolved: float = 0.45
    channels: Mapping[str, float] = field(
        default_factory=lambda: {
            "Magasin": 0.28,
            "Site web": 0.20,
            "Réseaux sociaux": 0.15,
            "Parrainage": 0.13,
            "Salon": 0.08,
            "Comparateur": 0.16,
        }
    )
    promo_share_by_channel: Mapping[str, float] = field(
        default_factory=lambda: {
            "Magasin": 0.20,
            "Site web": 0.28,
            "Réseaux sociaux": 0.35,
            "Parrainage": 0.08,
            "Salon": 0.25,
            "Comparateur": 0.50,
        }
    )
    cost_per_recruit: Mapping[str, float] = field(
        default_factory=lambda: {
            "Magasin": 14.0,
            "Site web": 19.0,
            "Réseaux sociaux": 12.0,
            "Parrainage": 21.0,
            "Salon": 34.0,
            "Comparateur": 6.0,
        }
    )
    promo_from: float = 0.30
    far_km: float = 40.0
    welcome_days: int = 21
    return_share: float = 0.16
    return_share_after_price: float = 0.30
    return_share_after_complaint: float = 0.05
    opens_half_life_days: float = 45.0
    ember_days: int = 75
    price_rise: float = 0.08
    leak_filled: float = 0.94
    campaign_day: date = date(2026, 3, 16)
    campaign_silence_days: tuple[int, int] = (180, 900)
    campaign_shares: Mapping[str, float] = field(
        default_factory=lambda: {"Témoin": 0.34, "Remise 30 %": 0.33, "Invitation": 0.33}
    )
    campaign_uplift: Mapping[str, float] = field(
        default_factory=lambda: {"Témoin": 0.0, "Remise 30 %": 0.10, "Invitation": 0.09}
    )
    campaign_discount: float = 0.30
    ember_uplift_factor: float = 2.0
    gross_margin: float = 0.45
    planted: Mapping[str, Planted] = field(
        default_factory=lambda: _by_code(
            Planted("unresolved_complaint", "cause", "reclamations", "date_resolution", 1.30),
            Planted("late_first_delivery", "cause", "clients", "premiere_livraison", 1.05, 0.13),
            Planted("no_welcome", "cause", "contacts", "type = Bienvenue", 0.95, 0.34),
            Planted("promo_recruited", "profile", "achats", "remise (premier achat)", 0.90),
            Planted("far", "profile", "clients", "distance_km", 0.90, 0.15),
            Planted("one_off", "profile", "achats", "categorie (premier achat)", 1.00, 0.07),
            Planted("referral", "profile", "clients", "canal_acquisition = Parrainage", -0.80),
            Planted("comparison_site", "profile", "clients", "canal_acquisition = Comparateur", 0.80),
            Planted("invited", "kept", "contacts", "type = Invitation atelier", -0.70, 0.55),
            Planted("first_purchase", "profile", "achats", "date_achat (premier achat)", 1.20),
            Planted("price_rise", "event", "evenements", "date", 1.00, None, date(2025, 3, 3)),
            Planted("competitor", "event", "clients", "magasin = Dijon", 1.40, None, date(2025, 10, 6)),
            Planted("second_life", "profile", "achats", "date_achat (après un long silence)", 0.50),
            Planted("second_life_discount", "profile", "achats", "code_promo = RETOUR30", 0.90),
            Planted("falling_opens", "symptom", "contacts", "ouvert"),
            Planted("self_checkout", "decoy", "clients", "premiere_caisse", 0.0),
            Planted("loyalty_card", "decoy", "clients", "carte_fidelite", 0.0),
            Planted("departure_reason", "leak", "clients", "motif_depart"),
        )
    )


@dataclass(frozen=True, slots=True)
class SaasTruth:
    """The software company Noriplan: shift planning sold by seat; trials, tenders, annual and monthly terms."""

    company: str = "Noriplan"
    start: date = date(2022, 10, 1)
    end: date = date(2026, 9, 30)
    base_log_odds: float = -4.80
    frailty_sd: float = 0.4
    channels: Mapping[str, float] = field(
        default_factory=lambda: {
            "Parrainage": 0.12,
            "Partenaire": 0.14,
            "Salon": 0.12,
            "Site web": 0.27,
            "Publicité": 0.20,
            "Comparateur": 0.15,
        }
    )
    sectors: Mapping[str, float] = field(
        default_factory=lambda: {
            "Industrie": 0.20,
            "Commerce": 0.20,
            "Services": 0.24,
            "Santé": 0.14,
            "Hôtellerie": 0.12,
            "Secteur public": 0.10,
        }
    )
    trial_share_by_channel: Mapping[str, float] = field(
        default_factory=lambda: {
            "Parrainage": 0.30,
            "Partenaire": 0.20,
            "Salon": 0.35,
            "Site web": 0.65,
            "Publicité": 0.75,
            "Comparateur": 0.75,
        }
    )
    trial_converts: float = 0.42
    trial_days: int = 30
    cost_per_signup: Mapping[str, int] = field(
        default_factory=lambda: {
            "Parrainage": 240,
            "Partenaire": 310,
            "Salon": 520,
            "Site web": 180,
            "Publicité": 210,
            "Comparateur": 90,
        }
    )
    vat: float = 0.20
    leak_filled: float = 0.95
    seat_price: Mapping[str, int] = field(default_factory=lambda: {"Essentiel": 9, "Équipe": 14, "Entreprise": 21})
    price_rise: float = 0.10
    ticket_rate: float = 0.22
    ticket_critical: float = 0.25
    ticket_slow: float = 0.40
    ticket_slow_days: int = 5
    ticket_months: int = 12
    champion_leaves: float = 0.014
    training_days: int = 30
    usage_months: int = 4
    campaign_day: date = date(2026, 2, 9)
    campaign_shares: Mapping[str, float] = field(
        default_factory=lambda: {"Témoin": 0.34, "Remise 3 mois": 0.33, "Accompagnement": 0.33}
    )
    campaign_base: float = 0.02
    campaign_uplift: Mapping[str, float] = field(
        default_factory=lambda: {"Témoin": 0.0, "Remise 3 mois": 0.12, "Accompagnement": 0.10}
    )
    campaign_discount: float = 0.50
    win_rate: Mapping[str, float] = field(
        default_factory=lambda: {
            "Industrie": 0.24,
            "Commerce": 0.22,
            "Services": 0.26,
            "Santé": 0.25,
            "Hôtellerie": 0.20,
            "Secteur public": 0.48,
        }
    )
    planted: Mapping[str, Planted] = field(
        default_factory=lambda: _by_code(
            Planted("no_training", "cause", "comptes", "date_formation", 0.90, 0.38),
            Planted("slow_critical_ticket", "cause", "tickets", "priorite, date_resolution", 1.20),
            Planted("champion_gone", "cause", "utilisateurs", "role = Référent, date_desactivation", 1.10),
            Planted("trial", "profile", "abonnements", "essai", 0.75),
            Planted("deep_discount", "profile", "comptes", "remise_premiere_annee", 0.65, 0.22),
            Planted("public_sector", "profile", "comptes", "secteur = Secteur public", 4.00, 0.10),
            Planted("partner", "profile", "comptes", "canal_acquisition = Partenaire", -0.60),
            Planted("comparison_site", "profile", "comptes", "canal_acquisition = Comparateur", 0.60),
            Planted("reviewed", "kept", "contacts", "type = Point trimestriel", -0.70, 0.35),
            Planted("price_rise", "event", "evenements", "date", 0.70, None, date(2025, 4, 1)),
            Planted("second_life", "profile", "abonnements", "date_debut (après une fin)", 0.50),
            Planted("second_life_discount", "profile", "campagne_reconquete", "groupe = Remise 3 mois", 1.00),
            Planted("falling_usage", "symptom", "usage", "connexions, utilisateurs_actifs"),
            Planted("sso", "decoy", "comptes", "connexion_unique", 0.0),
            Planted("cancel_reason", "leak", "comptes", "motif_resiliation"),
        )
    )


@dataclass(frozen=True, slots=True)
class DefectsTruth:
    """The defects of the shops' files; "every" counts rows for one defect, shares are between 0 and 1."""

    test_accounts: int = 8
    same_person_every: int = 250
    repeated_line_every: int = 1000
    future_line_every: int = 10_000
    orphan_line_every: int = 5000
    anonymous_share: float = 0.06
    missing_birth: float = 0.06
    missing_postcode: float = 0.03
    missing_channel: float = 0.015
    future_years: int = 5
    demo_accounts: int = 4
    missing_employees: float = 0.03


DEFECTS = DefectsTruth()
RETAIL = RetailTruth()
SAAS = SaasTruth()
