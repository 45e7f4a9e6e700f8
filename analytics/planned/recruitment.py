"""Recruitment, the meeting: analyses declared and not yet built."""

from __future__ import annotations

from analytics.analysis import Analysis
from analytics.datamodel.roles import Role
from analytics.planned.declaring import LOST, PURCHASES, need, planned
from vocabulary.language import Text
from vocabulary.themes import JourneyStage

_STAGE = JourneyStage.RECRUITMENT
_PROSPECTS = need(
    "Ajoutez le fichier des prospects, avec les mêmes colonnes que celui des clients.",
    "Add the prospects file, with the same columns as the customers file.",
    "prospects",
    Role.PROSPECT_ID,
)
_CHANNEL = need(
    "Ajoutez le canal d’acquisition de chaque client.",
    "Add each customer’s acquisition channel.",
    "acquisition_channel",
    Role.ACQUISITION_CHANNEL,
)

PLANNED: tuple[Analysis, ...] = (
    planned(
        "ideal_client", "R2", _STAGE,
        Text("Le client idéal", "The ideal customer"),
        Text(
            "Qui devient fidèle, d’après ce que l’on savait au recrutement : profil idéal et profil à éviter.",
            "Who becomes loyal, from what was known at recruitment: the profile to seek and the one to avoid.",
        ),
        ("Quel est mon client idéal ?", "Quels clients ne devrions-nous pas vouloir ?"),
        ("Who is my ideal customer?", "Which customers should we not want?"),
        (LOST,),
    ),
    planned(
        "best_and_disappointing", "R3", _STAGE,
        Text("Les meilleurs clients et les déceptions", "The best customers and the disappointments"),
        Text(
            "Les dix meilleurs clients à côté de ceux qui promettaient et ont déçu, et ce qui les distingue.",
            "The ten best customers beside those who promised much and disappointed, and what differs.",
        ),
        ("Mes dix meilleurs clients, et les dix déceptions", "Qu’est-ce qui distingue nos meilleurs clients des déceptions ?"),
        ("My ten best customers and the ten disappointments", "What differs between our best customers and the let-downs?"),
        (PURCHASES,),
    ),
    planned(
        "false_friends", "R4", _STAGE,
        Text("Les faux amis", "False friends"),
        Text(
            "Les segments faciles à convaincre et impossibles à garder, et ce que coûterait d’y renoncer.",
            "Segments easy to win and impossible to keep, and what giving them up would cost.",
        ),
        ("Quels segments séduisent en prospection et ne deviennent jamais fidèles ?", "À quels segments devrions-nous renoncer ?"),
        ("Which segments look great when prospecting and never become loyal?", "Which segments should we give up?"),
        (LOST,),
    ),
    planned(
        "promo_dependence", "R5", _STAGE,
        Text("La dépendance aux promotions", "Dependence on promotions"),
        Text(
            "Part des ventes et des clients qui ne tiennent qu’aux remises, ce que cela coûte, et comment s’en sevrer.",
            "Share of sales and customers held by discounts alone, what it costs, and how to be weaned off them.",
        ),
        ("Sommes-nous drogués à la promo ?", "Les clients recrutés en promotion sont-ils moins fidèles ?"),
        ("Are we hooked on promotions?", "Are promo-recruited customers less loyal?"),
        (
            need(
                "Ajoutez aux achats une colonne de remise ou de code promotionnel.",
                "Add a discount or promo code column to the purchases.",
                "promo_code",
                Role.PROMO_CODE, Role.DISCOUNT,
            ),
        ),
    ),
    planned(
        "free_trials", "R6", _STAGE,
        Text("Les essais gratuits", "Free trials"),
        Text(
            "Les clients venus par un essai face aux autres : conversion, fidélité, valeur.",
            "Trial-recruited customers against the others: conversion, retention, value.",
        ),
        ("Les essais gratuits nous amènent-ils de bons clients ?", "Combien d’essais deviennent payants ?"),
        ("Do free trials bring us good customers?", "How many trials turn into paying customers?"),
        (
            need(
                "Ajoutez une colonne qui dit si le client a commencé par un essai gratuit.",
                "Add a column saying whether the customer started with a free trial.",
                "trial",
                Role.TRIAL,
            ),
        ),
    ),
    planned(
        "access_limits", "R7", _STAGE,
        Text("Besoin ponctuel et distance", "One-off need and distance"),
        Text(
            "Ce que l’éloignement, le besoin unique ou la façon d’acheter retirent à la fidélité.",
            "What distance, a one-off need or the way of buying take away from loyalty.",
        ),
        ("La distance au magasin limite-t-elle la fidélité ?", "Quelle part de nos clients n’a qu’un besoin ponctuel ?"),
        ("Does distance to the store limit loyalty?", "What share of our customers only has a one-off need?"),
        (
            need(
                "Ajoutez la distance au point de vente ou le code postal des clients.",
                "Add the customers’ distance to the store or their postcode.",
                "distance",
                Role.DISTANCE, Role.POSTCODE,
            ),
        ),
    ),
    planned(
        "lookalikes", "R8", _STAGE,
        Text("Noter les prospects", "Prospect scoring"),
        Text(
            "Vos prospects classés selon leur ressemblance avec vos meilleurs clients.",
            "Your prospects ranked by likeness to your best customers.",
        ),
        ("Note mes prospects", "Quels prospects ressemblent à nos meilleurs clients ?"),
        ("Score my prospects", "Which prospects look like our best customers?"),
        (_PROSPECTS, LOST),
    ),
    planned(
        "recruitment_brief", "R9", _STAGE,
        Text("Le brief de recrutement", "The recruitment brief"),
        Text(
            "Une page : qui chercher, où, avec quelle promesse, et qui laisser aux concurrents.",
            "One page: whom to seek, where, with what promise, and whom to leave to competitors.",
        ),
        ("Qui la prochaine campagne doit-elle viser ?", "Rédige un brief de recrutement pour mon agence"),
        ("Whom should the next campaign target?", "Write a recruitment brief for my agency"),
        (_CHANNEL, LOST),
    ),
    planned(
        "recruits_now", "R10", _STAGE,
        Text("Le recrutement du moment", "Recruitment right now"),
        Text(
            "Les recrues récentes jugées sur la fidélité que leurs premiers signes annoncent, pas sur leur nombre.",
            "Recent recruits judged on the loyalty their first signs announce, not on their number.",
        ),
        ("Recrutons-nous bien en ce moment ?", "Que valent les clients recrutés ce mois-ci ?"),
        ("Are we recruiting well right now?", "What are this month’s recruits worth?"),
        (
            need(
                "Ajoutez la date d’inscription ou du premier achat de chaque client.",
                "Add each customer’s sign-up or first purchase date.",
                "signup_date",
                Role.SIGNUP_DATE, Role.START_DATE, Role.FIRST_PURCHASE_DATE, Role.PURCHASE_DATE,
            ),
        ),
    ),
)  # fmt: skip
