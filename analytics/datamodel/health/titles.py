"""How each check is called where a person reads a list of them: a few plain words, never its code."""

from __future__ import annotations

from analytics.datamodel.health.context import HealthCode
from vocabulary.language import Text

CHECK_TITLES: dict[HealthCode, Text] = {
    HealthCode.DUPLICATE_ROWS: Text("Lignes en double", "Rows that appear twice"),
    HealthCode.DUPLICATE_CUSTOMERS: Text("Clients en double", "Customers who appear twice"),
    HealthCode.MISSING_VALUES: Text("Valeurs manquantes", "Missing values"),
    HealthCode.FUTURE_DATES: Text("Dates dans le futur", "Dates in the future"),
    HealthCode.IMPOSSIBLE_DATES: Text("Dates impossibles", "Impossible dates"),
    HealthCode.OUTLIER_AMOUNTS: Text("Montants hors de proportion", "Amounts out of proportion"),
    HealthCode.NEGATIVE_AMOUNTS: Text("Montants négatifs", "Negative amounts"),
    HealthCode.OUT_OF_RANGE: Text("Valeurs hors de l’échelle", "Values outside the scale"),
    HealthCode.TEST_ACCOUNTS: Text("Comptes d’essai ou du personnel", "Test or staff accounts"),
    HealthCode.MIXED_CURRENCIES: Text("Monnaies mélangées", "Mixed currencies"),
    HealthCode.ORPHANS: Text("Lignes sans correspondance", "Rows without a match"),
    HealthCode.UNLABELLED_PERSONAL_DATA: Text("Données personnelles non annoncées", "Unannounced personal data"),
    HealthCode.UNREADABLE_CELLS: Text("Cellules illisibles", "Unreadable cells"),
    HealthCode.SET_ASIDE_ROWS: Text("Lignes mises de côté", "Rows set aside"),
    HealthCode.AMBIGUOUS_DATES: Text("Jour ou mois ?", "Day or month?"),
    HealthCode.CONSTANT_COLUMNS: Text("Colonnes vides ou constantes", "Empty or constant columns"),
    HealthCode.SENSITIVE_DATA: Text("Données sensibles", "Sensitive data"),
    HealthCode.ROWS_WITHOUT_CUSTOMER: Text("Ventes sans client", "Sales without a customer"),
    HealthCode.LABEL_CONTRADICTION: Text("Colonnes qui se contredisent", "Columns that contradict each other"),
    HealthCode.SURVIVORS_ONLY: Text("Clients présents seulement", "Present customers only"),
    HealthCode.SMALL_FILE: Text("Trop peu de clients", "Too few customers"),
    HealthCode.LEAK_SUSPECT: Text("Colonne connue après le départ", "Column known after the departure"),
    HealthCode.INCONSISTENT_SPELLING: Text("Orthographes multiples", "Several spellings"),
    HealthCode.NEAR_DUPLICATES: Text("Ventes saisies deux fois", "Sales entered twice"),
    HealthCode.ANONYMOUS_ID: Text("Numéro de la caisse", "The till’s own number"),
    HealthCode.MISSING_PERIOD: Text("Période sans aucune vente", "Period without any sale"),
    HealthCode.FEW_EVENTS: Text("Trop peu de départs", "Too few departures"),
    HealthCode.SEASONALITY: Text("Achats d’une seule saison", "Purchases of one season"),
    HealthCode.CENSORING: Text("Relations encore en cours", "Relations still going on"),
    HealthCode.WINNERS_CURSE: Text("Classement dû au hasard", "Ranking due to luck"),
    HealthCode.REGRESSION_TO_MEAN: Text("Retour vers la moyenne", "Return towards the average"),
    HealthCode.NEVER_STAYING: Text("Clients de passage", "Customers passing through"),
    HealthCode.PUBLIC_ACCOUNTS: Text("Clients du secteur public", "Public-sector customers"),
}


def title_of(check: str) -> Text:
    """The title of a check by its code; ValueError for a code that is none."""
    return CHECK_TITLES[HealthCode(check)]
