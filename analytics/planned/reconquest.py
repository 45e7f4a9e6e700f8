"""Reconquest, rekindling or letting go: analyses declared and not yet built."""

from __future__ import annotations

from analytics.analysis import Analysis
from analytics.datamodel.roles import Role
from analytics.planned.declaring import LOST, PURCHASES, need, planned
from vocabulary.language import Text
from vocabulary.themes import JourneyStage

_STAGE = JourneyStage.RECONQUEST

PLANNED: tuple[Analysis, ...] = (
    planned(
        "embers", "Q2", _STAGE,
        Text("Les braises", "Embers"),
        Text(
            "Parmi les clients silencieux, les signes (ouvertures, visites, réponses) qui ont précédé des retours.",
            "Among silent customers, the signs (opens, visits, replies) that preceded returns.",
        ),
        ("La flamme brille-t-elle encore ?", "Parmi les inactifs, qui ouvre encore nos e-mails ?"),
        ("Is the flame still burning?", "Among the inactive, who still opens our e-mails?"),
        (
            need(
                "Ajoutez les ouvertures, les clics, les visites ou les connexions, avec le client et la date.",
                "Add opens, clicks, visits or log-ins, with the customer and the date.",
                "touches",
                table="touches",
            ),
        ),
    ),
    planned(
        "winback_targets", "Q3", _STAGE,
        Text("Qui reconquérir", "Whom to win back"),
        Text(
            "Les clients perdus classés par ce que leur retour rapporterait de plus, et ceux à laisser tranquilles.",
            "Lost customers ranked by what their return would add, and those to leave alone.",
        ),
        ("Qui reconquérir en premier ?", "Quels clients perdus faut-il laisser tranquilles ?"),
        ("Whom should we win back first?", "Which lost customers should we leave alone?"),
        (LOST,),
    ),
    planned(
        "winback_budget", "Q4", _STAGE,
        Text("Le budget de reconquête", "The win-back budget"),
        Text(
            "Ce que coûterait et rapporterait une reconquête, en fourchettes, hypothèses visibles et modifiables.",
            "What a win-back would cost and bring, as ranges, with visible and adjustable assumptions.",
        ),
        ("Que coûterait une campagne de reconquête, et que rapporterait-elle ?", "Quel budget prévoir pour la reconquête ?"),
        ("What would a win-back cost, and what would it bring?", "What budget should we plan to regain lost customers?"),
        (
            LOST,
            need(
                "Ajoutez les montants : achats, factures ou abonnement mensuel.",
                "Add amounts: purchases, invoices or the monthly fee.",
                "amount",
                Role.AMOUNT, Role.RECURRING_AMOUNT, Role.TOTAL_SPENT,
            ),
        ),
    ),
    planned(
        "campaign_effect", "Q5", _STAGE,
        Text("L’effet d’une campagne", "The effect of a campaign"),
        Text(
            "Ce qu’une campagne a vraiment changé, face à un groupe témoin, avec son intervalle.",
            "What a campaign really changed, against a control group, with its interval.",
        ),
        ("La campagne a-t-elle marché ?", "Le coupon a-t-il changé quelque chose ?"),
        ("Did the campaign work?", "Did the coupon change anything?"),
        (
            need(
                "Ajoutez le fichier de la campagne, avec une colonne qui sépare le groupe test du groupe témoin.",
                "Add the campaign file, with a column that tells the test group from the control group.",
                "treatment_group",
                Role.TREATMENT_GROUP,
            ),
        ),
    ),
    planned(
        "second_life", "Q6", _STAGE,
        Text("La deuxième vie", "The second life"),
        Text(
            "Ce que deviennent les clients revenus, face à des recrues du même âge.",
            "What becomes of returned customers, against new recruits of the same age.",
        ),
        ("Ceux qui sont revenus restent-ils ?", "Que valent les clients revenus par rapport aux nouveaux ?"),
        ("Do those who came back stay?", "What are returned customers worth compared with new ones?"),
        (PURCHASES,),
    ),
)  # fmt: skip
