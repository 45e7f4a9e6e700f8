"""The files of the sample chain and the names of their columns, in both languages."""

from __future__ import annotations

from vocabulary.language import Text


def _columns(*pairs: tuple[str, str]) -> tuple[Text, ...]:
    return tuple(Text(fr, en) for fr, en in pairs)


FILES: dict[str, tuple[Text, tuple[Text, ...]]] = {
    "customers": (
        Text("clients", "customers"),
        _columns(
            ("id_client", "customer_id"),
            ("civilite", "title"),
            ("prenom", "first_name"),
            ("nom", "last_name"),
            ("email", "email"),
            ("telephone", "phone"),
            ("date_naissance", "birth_date"),
            ("code_postal", "postcode"),
            ("distance_km", "distance_km"),
            ("magasin", "store"),
            ("canal_acquisition", "acquisition_channel"),
            ("date_inscription", "signup_date"),
            ("carte_fidelite", "loyalty_card"),
            ("date_carte", "loyalty_card_date"),
            ("premiere_caisse", "first_checkout"),
            ("premiere_livraison", "first_delivery"),
            ("application_mobile", "mobile_app"),
            ("consentement_email", "email_consent"),
            ("date_consentement_email", "email_consent_date"),
            ("consentement_sms", "sms_consent"),
            ("date_consentement_sms", "sms_consent_date"),
            ("consentement_telephone", "phone_consent"),
            ("date_consentement_telephone", "phone_consent_date"),
            ("motif_depart", "departure_reason"),
        ),
    ),
    "lines": (
        Text("achats", "purchases"),
        _columns(
            ("id_ticket", "receipt_id"),
            ("id_client", "customer_id"),
            ("date_achat", "purchase_date"),
            ("montant_ttc", "amount_incl_vat"),
            ("remise", "discount_amount"),
            ("code_promo", "promo_code"),
            ("categorie", "category"),
            ("magasin", "store"),
            ("canal", "sales_channel"),
            ("quantite", "quantity"),
            ("tva", "vat"),
            ("cout_achat", "cost"),
        ),
    ),
    "contacts": (
        Text("contacts", "contacts"),
        _columns(
            ("id_client", "customer_id"),
            ("date_contact", "contact_date"),
            ("canal", "channel"),
            ("type", "type"),
            ("ouvert", "opened"),
            ("clic", "clicked"),
        ),
    ),
    "surveys": (
        Text("enquetes", "surveys"),
        _columns(
            ("id_client", "customer_id"),
            ("date_enquete", "survey_date"),
            ("note_nps", "nps_score"),
            ("commentaire", "comment"),
        ),
    ),
    "complaints": (
        Text("reclamations", "complaints"),
        _columns(
            ("id_reclamation", "complaint_id"),
            ("id_client", "customer_id"),
            ("id_ticket", "receipt_id"),
            ("date_ouverture", "opened_date"),
            ("motif", "reason"),
            ("statut", "status"),
            ("date_resolution", "resolved_date"),
        ),
    ),
    "returns": (
        Text("retours", "returns"),
        _columns(
            ("id_retour", "return_id"),
            ("id_ticket", "receipt_id"),
            ("id_client", "customer_id"),
            ("date_retour", "return_date"),
            ("montant_rembourse", "refund_amount"),
            ("motif", "reason"),
        ),
    ),
    "points": (
        Text("mouvements_fidelite", "loyalty_movements"),
        _columns(
            ("id_client", "customer_id"),
            ("date_mouvement", "movement_date"),
            ("type", "type"),
            ("points", "points"),
        ),
    ),
    "campaign": (
        Text("campagne_passee", "past_campaign"),
        _columns(
            ("id_client", "customer_id"),
            ("groupe", "group"),
            ("date_envoi", "sent_date"),
            ("cout_contact", "contact_cost"),
            ("achat_30j", "purchased_30d"),
            ("montant_30j", "amount_30d"),
            ("marge_30j", "margin_30d"),
        ),
    ),
    "prospects": (
        Text("prospects", "prospects"),
        _columns(
            ("id_prospect", "prospect_id"),
            ("canal_acquisition", "acquisition_channel"),
            ("code_postal", "postcode"),
            ("distance_km", "distance_km"),
            ("magasin", "store"),
            ("age", "age"),
            ("date_contact", "contact_date"),
            ("derniere_visite_site", "last_site_visit"),
            ("email", "email"),
            ("consentement_email", "email_consent"),
            ("date_consentement_email", "email_consent_date"),
        ),
    ),
    "spending": (
        Text("depenses_marketing", "marketing_spend"),
        _columns(
            ("mois", "month"),
            ("canal_acquisition", "acquisition_channel"),
            ("depense", "spend"),
        ),
    ),
    "shops": (
        Text("magasins", "stores"),
        _columns(
            ("magasin", "store"),
            ("region", "region"),
            ("type", "type"),
            ("date_ouverture", "opening_date"),
        ),
    ),
    "events": (
        Text("evenements", "company_events"),
        _columns(
            ("date", "date"),
            ("evenement", "event"),
            ("magasin", "store"),
        ),
    ),
}
