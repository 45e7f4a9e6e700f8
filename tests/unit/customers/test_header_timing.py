"""When a column is known, by its header alone: a table anyone who reads customer files can check line by line."""

from __future__ import annotations

import pytest

from analytics.customers.attributes import USABLE_ROLES, timing
from analytics.customers.header_timing import timing_of_words
from analytics.datamodel.attributes import Timing
from analytics.datamodel.roles import Role

OUTCOME = """
cancel_reason; CancelReason; motif_resiliation; Motif de départ; exitSurvey; Enquête de départ; final_invoice; closing_date
Date de clôture; account_closed; refund_on_exit; goodbye_email_sent; exit_interview_score; reason; lost_reason; has_left
raison_resiliation; nps_apres_resiliation; churn_score; post_departure_nps; offboarding_call; date_annulation
"""
LIVED = """
delivery_lost; colis_perdus; ordersCancelled; commande_annulee; tickets_closed; after_sales_contact; service_apres_vente
contact_reason; motif_appel; agence fermée; store_closed; classes_cancelled; EquipmentBrokenReported; faultNotFixed
Panne non réparée; Conseiller injoignable; agentUnreachable; Erreur de facturation; billing_error; Hausse de tarif en 2025
Sinistre mal remboursé; Livraisons en retard; late_deliveries; IssueArrivedLate; nb_pannes; number_of_incidents
InductionSessionDone; box_abimee; produits_repetes; coach_absent; carte_postale; Calendrier offert; account_manager_changed
total_complaints; discount_rate; plastic_card; fee_dispute_flg; nombre de retards; onboarding_training; paperBill; slow_support
"""
WARNING = """
VisitsLast30Days; visites_90_derniers_jours; logins30d; lgn_30d; boites_sautees; skipped_boxes; days_since_last_order; nb_connexions
total_trans_ct; opened_rate; cart_value; sessions; paused_months; unsubscribed; derniere_connexion; count; no_show_visits
FrozenSince; Date de suspension; subscription on hold; Gel du contrat; freeze_start
"""
RECRUITED = """
acqChannel; src; origine; first_plan; premiere_visite; parrain; senior_citizen; secteur; company_size; marital_status; revenu; shoe_size
"""
CLOCKS = "tenureMonths; Ancienneté (mois); jours_depuis_inscription; months_on_book; customer_age; client_depuis"
UNKNOWN = "badge_or; adv_chg_flg; colour; template; plate; Segment; seg_cd; mystery; latest_mood_x"


def told(headers: str) -> list[str]:
    return [header.strip() for line in headers.strip().splitlines() for header in line.split(";") if header.strip()]


def cases() -> list[tuple[str, Timing | None]]:
    groups = (
        (OUTCOME, Timing.OUTCOME), (LIVED, Timing.DURING), (WARNING, Timing.WARNING),
        (RECRUITED, Timing.AT_RECRUITMENT), (CLOCKS, Timing.CLOCK), (UNKNOWN, None),
    )  # fmt: skip
    return [(header, when) for headers, when in groups for header in told(headers)]


@pytest.mark.parametrize(("header", "when"), cases())
def test_the_words_of_a_header_tell_when_it_is_known(header: str, when: Timing | None) -> None:
    assert timing_of_words(header) is when


def test_a_departure_is_read_whatever_the_role_of_the_column() -> None:
    assert timing(Role.NPS, "post_departure_nps") is Timing.OUTCOME
    assert timing(Role.NPS, "nps_score") is Timing.DURING
    assert timing(Role.TOPIC, "motif_appel") is Timing.DURING


def test_a_product_held_is_neither_a_cause_nor_a_profile_until_told() -> None:
    assert timing(Role.PRODUCT, "seg_cd") is Timing.UNKNOWN


def test_a_delay_of_delivery_taken_for_its_cost_still_describes_the_customer() -> None:
    assert timing(Role.SHIPPING, "delai_livraison_jours") is Timing.DURING
    assert Role.SHIPPING in USABLE_ROLES
