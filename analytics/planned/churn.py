"""Churn, the separation: analyses declared and not yet built."""

from __future__ import annotations

from analytics.analysis import Analysis
from analytics.datamodel.roles import Role
from analytics.planned.declaring import LOST, need, planned
from vocabulary.language import Text
from vocabulary.themes import JourneyStage

_STAGE = JourneyStage.CHURN
_DATED = need(
    "Ajoutez des dates : l’historique des achats, ou le début et la fin de chaque contrat.",
    "Add dates: the purchase history, or each contract’s start and end.",
    "dates",
    Role.PURCHASE_DATE, Role.END_DATE,
)  # fmt: skip

PLANNED: tuple[Analysis, ...] = (
    planned(
        "decline_onset", "C3", _STAGE,
        Text("Le début du déclin", "The start of the decline"),
        Text(
            "La date à laquelle la relation a commencé à décliner, et ce qui a changé juste avant.",
            "The date when the relationship began to decline, and what changed just before.",
        ),
        ("Quand est-ce que ça a commencé à décliner ?", "Que s’est-il passé juste avant la baisse ?"),
        ("When did it start to decline?", "What happened just before the decline?"),
        (_DATED,),
    ),
    planned(
        "foresight", "C6", _STAGE,
        Text("Aurait-on pu le voir venir ?", "Could we have seen it coming?"),
        Text(
            "Parmi les perdus, combien étaient visibles à l’avance, à quel prix en fausses alertes, et jusqu’à quand agir.",
            "Of those lost, how many were visible beforehand, at what cost in false alarms, and until when one could act.",
        ),
        ("Aurions-nous pu le voir venir ?", "Quels signes annonçaient les départs ?"),
        ("Could we have seen it coming?", "Which signs announced the departures?"),
        (_DATED, LOST),
    ),
    planned(
        "competitor_signals", "C7", _STAGE,
        Text("Un concurrent ?", "A competitor?"),
        Text(
            "Ce que les données peuvent dire d’un concurrent (perte soudaine et localisée), et ce qu’elles ne peuvent pas.",
            "What the data can say of a competitor (a sudden, local loss), and what they cannot.",
        ),
        ("Un concurrent nous prend-il des clients ?", "Avons-nous perdu des clients d’un coup à un endroit précis ?"),
        ("Is a competitor taking our customers?", "Did we suddenly lose customers in one place?"),
        (
            need(
                "Ajoutez un lieu : magasin, ville, région ou code postal.",
                "Add a place: store, city, region or postcode.",
                "place",
                Role.REGION, Role.CITY, Role.POSTCODE, Role.STORE,
            ),
            _DATED,
        ),
    ),
    planned(
        "cohort_table", "C8", _STAGE,
        Text("La table des cohortes", "The cohort table"),
        Text(
            "Ce qu’il reste de chaque génération de clients, de commandes et de chiffre d’affaires, mois après mois.",
            "What remains of each generation of customers, orders and revenue, month after month.",
        ),
        ("Montre-moi la table des cohortes", "Combien reste-t-il de chaque génération de clients ?"),
        ("Show me the cohort table", "How many of each intake remain?"),
        (_DATED,),
    ),
)  # fmt: skip
