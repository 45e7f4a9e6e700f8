"""The files of the sample software company and the names of their columns, in both languages."""

from __future__ import annotations

from vocabulary.language import Text


def _columns(*pairs: tuple[str, str]) -> tuple[Text, ...]:
    return tuple(Text(fr, en) for fr, en in pairs)


ACCOUNT = ("id_compte", "account_id")
FILES: dict[str, tuple[Text, tuple[Text, ...]]] = {
    "accounts": (
        Text("comptes", "accounts"),
        _columns(
            ACCOUNT,
            ("compte_parent", "parent_account"),
            ("societe", "company"),
            ("secteur", "sector"),
            ("effectif", "employees"),
            ("pays", "country"),
            ("canal_acquisition", "acquisition_channel"),
            ("date_inscription", "signup_date"),
            ("remise_premiere_annee", "first_year_discount"),
            ("date_formation", "training_date"),
            ("connexion_unique", "single_sign_on"),
            ("motif_resiliation", "cancellation_reason"),
        ),
    ),
    "subscriptions": (
        Text("abonnements", "subscriptions"),
        _columns(
            ("id_abonnement", "subscription_id"),
            ACCOUNT,
            ("formule", "plan"),
            ("mrr", "mrr"),
            ("licences", "seats"),
            ("engagement", "term"),
            ("essai", "trial"),
            ("date_debut", "start_date"),
            ("date_renouvellement", "renewal_date"),
            ("date_fin", "end_date"),
        ),
    ),
    "users": (
        Text("utilisateurs", "users"),
        _columns(
            ("id_utilisateur", "user_id"),
            ACCOUNT,
            ("prenom", "first_name"),
            ("nom", "last_name"),
            ("email", "email"),
            ("role", "role"),
            ("date_creation", "created_date"),
            ("date_desactivation", "deactivated_date"),
            ("consentement_email", "email_consent"),
            ("date_consentement_email", "email_consent_date"),
        ),
    ),
    "usage": (
        Text("usage", "usage"),
        _columns(
            ACCOUNT,
            ("mois", "month"),
            ("utilisateurs_actifs", "active_users"),
            ("connexions", "logins"),
            ("fonctions_utilisees", "features_used"),
        ),
    ),
    "tickets": (
        Text("tickets", "tickets"),
        _columns(
            ("id_ticket", "ticket_id"),
            ACCOUNT,
            ("date_ouverture", "opened_date"),
            ("priorite", "priority"),
            ("sujet", "subject"),
            ("date_resolution", "resolved_date"),
        ),
    ),
    "invoices": (
        Text("factures", "invoices"),
        _columns(
            ("id_facture", "invoice_id"),
            ACCOUNT,
            ("date_facture", "invoice_date"),
            ("montant_ht", "amount_excl_vat"),
            ("tva", "vat"),
            ("montant_ttc", "amount_incl_vat"),
            ("date_echeance", "due_date"),
            ("date_paiement", "paid_date"),
        ),
    ),
    "surveys": (
        Text("enquetes", "surveys"),
        _columns(
            ACCOUNT,
            ("date_enquete", "survey_date"),
            ("note_nps", "nps_score"),
            ("commentaire", "comment"),
        ),
    ),
    "contacts": (
        Text("contacts", "contacts"),
        _columns(
            ACCOUNT,
            ("date_contact", "contact_date"),
            ("canal", "channel"),
            ("type", "type"),
            ("ouvert", "opened"),
        ),
    ),
    "opportunities": (
        Text("opportunites", "opportunities"),
        _columns(
            ("id_opportunite", "opportunity_id"),
            ACCOUNT,
            ("secteur", "sector"),
            ("effectif", "employees"),
            ("canal_acquisition", "acquisition_channel"),
            ("appel_offres", "tender"),
            ("date_creation", "created_date"),
            ("montant_annuel", "annual_amount"),
            ("etape", "stage"),
            ("date_cloture", "closed_date"),
        ),
    ),
    "prospects": (
        Text("prospects", "prospects"),
        _columns(
            ("id_prospect", "prospect_id"),
            ("societe", "company"),
            ("secteur", "sector"),
            ("effectif", "employees"),
            ("pays", "country"),
            ("canal_acquisition", "acquisition_channel"),
            ("date_contact", "contact_date"),
            ("demande_demo", "demo_requested"),
            ("email", "email"),
            ("consentement_email", "email_consent"),
        ),
    ),
    "campaign": (
        Text("campagne_reconquete", "winback_campaign"),
        _columns(
            ACCOUNT,
            ("groupe", "group"),
            ("date_envoi", "sent_date"),
            ("cout_contact", "contact_cost"),
            ("reabonne_90j", "resubscribed_90d"),
            ("mrr_90j", "mrr_90d"),
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
    "events": (
        Text("evenements", "company_events"),
        _columns(("date", "date"), ("evenement", "event"), ("formule", "plan")),
    ),
}
