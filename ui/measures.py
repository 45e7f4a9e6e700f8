"""What the numbers of a finding are called: one name a measure code, in both languages."""

from __future__ import annotations

from vocabulary.estimate import Estimate
from vocabulary.language import Language, Text

_NAMES: dict[str, Text] = {
    "additive_auc": Text("Justesse du modèle expliqué (aire sous la courbe)", "Accuracy of the explained model (AUC)"),
    "auc": Text("Justesse du classement (aire sous la courbe)", "Accuracy of the ranking (AUC)"),
    "base_rate": Text("Taux de départ de l’ensemble", "Departure rate overall"),
    "best_revenue_share": Text("Part du chiffre d’affaires des meilleurs", "Share of revenue of the best"),
    "churn_rate": Text("Taux d’attrition", "Churn rate"),
    "churn_rate_12m": Text("Taux d’attrition sur douze mois", "Churn rate over twelve months"),
    "churn_rate_last_month": Text("Taux d’attrition du dernier mois jugé", "Churn rate of the last month judged"),
    "contracts": Text("Contrats", "Contracts"),
    "cost_of_additivity": Text("Justesse perdue à pouvoir expliquer", "Accuracy given up to be able to explain"),
    "count": Text("Nombre", "Number"),
    "customers": Text("Clients", "Customers"),
    "customers_lost": Text("Clients perdus", "Customers lost"),
    "departures": Text("Départs", "Departures"),
    "drifting_revenue": Text("Chiffre d’affaires de ceux qui s’éloignent", "Revenue of those drifting away"),
    "ended_contracts": Text("Contrats terminés", "Contracts ended"),
    "expected_departures": Text("Départs attendus", "Departures expected"),
    "explained_departures": Text("Départs que cela peut expliquer", "Departures this may explain"),
    "free_model_auc": Text("Justesse du modèle libre (aire sous la courbe)", "Accuracy of the free model (AUC)"),
    "in_relation": Text("Clients en relation", "Customers in relation"),
    "labelled_rows": Text("Lignes dont l’issue est connue", "Rows whose outcome is known"),
    "lost_rate": Text("Part de clients perdus", "Share of customers lost"),
    "mean_chance": Text("Chance moyenne d’être encore client", "Mean chance of still being a customer"),
    "more_likely_than_not": Text("Clients plus probablement vivants que perdus", "Customers more likely alive than lost"),
    "one_order": Text("Clients d’une seule commande", "One-order customers"),
    "passages": Text("Passages trouvés", "Passages found"),
    "rare_return_after": Text("Au-delà, le retour est rare", "Beyond this, a return is rare"),
    "retention": Text("Rétention", "Retention"),
    "retention_12m": Text("Encore là après douze mois, le meilleur", "Still there after twelve months, best"),
    "retention_12m_last": Text("Encore là après douze mois, le moins bon", "Still there after twelve months, worst"),
    "returned_share_silent": Text("Silencieux d’il y a un an revenus depuis", "Silent a year ago who came back since"),
    "returning_customers": Text("Clients revenus", "Customers who came back"),
    "returns": Text("Retours", "Returns"),
    "revenue_at_stake": Text("Chiffre d’affaires en jeu", "Revenue at stake"),
    "rows_present": Text("Lignes présentes dans les fichiers", "Rows present in the files"),
    "rows_loaded": Text("Lignes lues", "Rows read"),
    "rows_set_aside": Text("Lignes écartées", "Rows set aside"),
    "segments": Text("Segments", "Segments"),
    "share": Text("Part", "Share"),
    "share_of_total": Text("Part du total", "Share of the total"),
    "silence": Text("Silence", "Silence"),
    "silent_best": Text("Bons clients silencieux", "Good customers gone silent"),
    "silent_customers": Text("Clients silencieux", "Silent customers"),
    "silent_revenue": Text("Chiffre d’affaires des silencieux", "Revenue of the silent"),
    "threshold_days": Text("Seuil de silence", "Threshold of silence"),
    "usual_gap": Text("Rythme habituel de retour", "Usual gap between purchases"),
}
_STATES: dict[str, Text] = {
    "new": Text("nouveaux", "new"), "growing": Text("en progression", "growing"), "loyal": Text("fidèles", "loyal"),
    "routine": Text("en routine", "in routine"), "drifting": Text("qui s’éloignent", "drifting away"),
    "returned": Text("revenus", "returned"),
}  # fmt: skip


def measure_name(measure: Estimate, language: Language) -> str | None:
    """How to call a measure; None for one that stands, under a better name, in the finding's own table."""
    if measure.name in _NAMES:
        return _NAMES[measure.name].in_(language)
    state = _STATES.get(measure.name.removeprefix("customers_"))
    if state is not None:
        return f"Clients {state.fr}" if language == "fr" else f"Customers, {state.en}"
    return None
