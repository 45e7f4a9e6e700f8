"""Money, recurring revenue and accounts: analyses declared and not yet built."""

from __future__ import annotations

from analytics.analysis import Analysis
from analytics.datamodel.roles import Role
from analytics.planned.declaring import LOST, PURCHASES, need, planned
from vocabulary.language import Text
from vocabulary.themes import JourneyStage

_STAGE = JourneyStage.LOYALTY

PLANNED: tuple[Analysis, ...] = (
    planned(
        "revenue_bridge", "M1", _STAGE,
        Text("Pourquoi le chiffre d’affaires bouge", "Why revenue moves"),
        Text(
            "La variation du chiffre d’affaires décomposée : clients gardés, fréquence, panier, nouveaux, perdus, revenus.",
            "The change in revenue broken down: customers kept, frequency, basket, new, lost, returned.",
        ),
        ("Pourquoi le chiffre d’affaires recule-t-il ?", "Moins de clients ou de plus petits paniers ?"),
        ("Why is customer revenue falling?", "Fewer customers or smaller baskets?"),
        (PURCHASES,),
    ),
    planned(
        "outlook", "M3", _STAGE,
        Text("Où allons-nous ?", "Where are we heading?"),
        Text(
            "La base et sa valeur à une date si rien ne change, ce que vaut un point d’attrition, l’écart à l’objectif.",
            "The base and its value at a date if nothing changes, what a point of churn is worth, the gap to the target.",
        ),
        ("Que vaut un point d’attrition ?", "Où allons-nous atterrir en fin d’année ?"),
        ("What is one point of churn worth?", "Where shall we land at year end?"),
        (LOST,),
    ),
    planned(
        "recurring_revenue", "N1", _STAGE,
        Text("Le revenu récurrent", "Recurring revenue"),
        Text(
            "Mouvements du revenu récurrent, rétention nette et brute, échéances avec la valeur en jeu.",
            "Movements of recurring revenue, net and gross retention, renewals with the value at stake.",
        ),
        ("Comment évolue notre revenu récurrent ?", "Quels contrats arrivent à renouvellement ?"),
        ("What are our net and gross revenue retention?", "Which contracts come up for renewal?"),
        (
            need(
                "Ajoutez le fichier des abonnements : client, montant mensuel, début et fin.",
                "Add the subscriptions file: customer, monthly amount, start and end.",
                "contracts",
                table="contracts",
            ),
        ),
    ),
    planned(
        "account_health", "N2", _STAGE,
        Text("La santé des comptes", "Account health"),
        Text(
            "Dans chaque compte, qui s’en va : interlocuteurs, utilisateurs, usage, factures et demandes.",
            "Within each account, who is leaving: contacts, users, usage, invoices and tickets.",
        ),
        ("Qui, dans le compte, est en train de nous quitter ?", "Quels comptes n’ont plus qu’un seul contact ?"),
        ("Who inside the account is leaving us?", "Which accounts have a single contact?"),
        (
            need(
                "Ajoutez l’identifiant du compte dans le fichier des contacts ou des utilisateurs.",
                "Add the account identifier to the contacts or users file.",
                "account_id",
                Role.ACCOUNT_ID, Role.PARENT_ACCOUNT_ID,
            ),
        ),
    ),
)  # fmt: skip
