"""Welcome and loyalty, life together: analyses declared and not yet built."""

from __future__ import annotations

from analytics.analysis import Analysis, Parameters
from analytics.datamodel.roles import Role
from analytics.planned.declaring import LOST, PURCHASES, need, planned
from vocabulary.language import Text
from vocabulary.themes import JourneyStage

_STAGE = JourneyStage.LOYALTY
_START = need(
    "Ajoutez la date d’inscription, de début de contrat ou du premier achat de chaque client.",
    "Add each customer’s sign-up, contract start or first purchase date.",
    "signup_date",
    Role.SIGNUP_DATE, Role.START_DATE, Role.FIRST_PURCHASE_DATE, Role.PURCHASE_DATE, Role.TENURE,
)  # fmt: skip


class CustomerStoryParameters(Parameters):
    """`customer`: the identifier, as it stands in the file."""

    customer: str | None = None


PLANNED: tuple[Analysis, ...] = (
    planned(
        "anniversaries", "J1", _STAGE,
        Text("Les anniversaires de la relation", "Anniversaries of the relationship"),
        Text(
            "Combien de relations atteignent chaque anniversaire, la chance des recrues d’y arriver, qui fête le sien bientôt.",
            "How many relationships reach each anniversary, the recruits’ chance of doing so, who has one soon.",
        ),
        ("Combien de nos relations atteindront les noces d’or ?", "Qui fête bientôt un anniversaire avec nous ?"),
        ("How many relationships will reach a golden wedding?", "Who has an anniversary with us next month?"),
        (_START,),
    ),
    planned(
        "second_purchase", "W1", JourneyStage.WELCOME,
        Text("Le deuxième achat", "The second purchase"),
        Text(
            "Combien de nouveaux clients reviennent, en combien de temps, et ce qui les distingue.",
            "How many new customers come back, how soon, and what sets them apart.",
        ),
        ("Nos nouveaux clients reviennent-ils ?", "Combien de clients font un deuxième achat ?"),
        ("Do our new customers come back?", "How many customers make a second purchase?"),
        (PURCHASES,),
    ),
    planned(
        "welcome_effect", "W2", JourneyStage.WELCOME,
        Text("L’effet de l’accueil", "The effect of the welcome"),
        Text(
            "Ce que les contacts d’accueil changent à la fidélité, à clients comparables.",
            "What welcome contacts change in loyalty, among comparable customers.",
        ),
        ("Notre programme d’accueil fonctionne-t-il ?", "Les e-mails de bienvenue servent-ils à quelque chose ?"),
        ("Does our welcome programme work?", "Are welcome e-mails of any use?"),
        (
            need(
                "Ajoutez le fichier des contacts : une ligne par message ou par appel, avec le client et la date.",
                "Add the contacts file: one row per message or call, with the customer and the date.",
                "contacts",
                table="touches",
            ),
        ),
    ),
    planned(
        "breadth", "L2", _STAGE,
        Text("L’exclusivité", "Exclusivity"),
        Text(
            "L’étendue de la relation (catégories, services), ce qu’elle change à la fidélité, et que proposer ensuite.",
            "The breadth of the relationship (categories, services), what it does to loyalty, and what to offer next.",
        ),
        ("Sommes-nous leur seul choix ?", "Quelle catégorie proposer ensuite ?"),
        ("Are we their only choice?", "Which category should we offer next?"),
        (
            need(
                "Ajoutez la catégorie ou le produit de chaque achat, ou les services détenus.",
                "Add the category or product of each purchase, or the services held.",
                "category",
                Role.CATEGORY, Role.PRODUCT, Role.PRODUCT_ID,
            ),
        ),
    ),
    planned(
        "routine", "L3", _STAGE,
        Text("La routine", "Routine"),
        Text(
            "La variété des achats et des contacts dans le temps, et ce qui suit quand elle se réduit.",
            "The variety of purchases and contacts over time, and what follows when it shrinks.",
        ),
        ("Est-ce qu’on ennuie nos clients ?", "Nos clients achètent-ils toujours la même chose ?"),
        ("Are we boring our customers?", "Do our customers always buy the same thing?"),
        (
            need(
                "Ajoutez la catégorie ou le produit de chaque achat.",
                "Add the category or product of each purchase.",
                "category",
                Role.CATEGORY, Role.PRODUCT,
            ),
        ),
    ),
    planned(
        "listening", "L4", _STAGE,
        Text("L’écoute", "Listening"),
        Text(
            "Satisfaction, réclamations et leur suite, clients mécontents et silencieux, et ce que l’écoute change.",
            "Satisfaction, complaints and how they ended, silent unhappy customers, and what listening changes.",
        ),
        ("Est-ce que nous écoutons nos clients ?", "De quoi se plaignent nos clients ?"),
        ("Do we listen to our customers?", "What do our customers complain about?"),
        (
            need(
                "Ajoutez les réponses à vos enquêtes, les avis ou les réclamations, avec le client et la date.",
                "Add your survey answers, reviews or complaints, with the customer and the date.",
                "satisfaction",
                Role.NPS, Role.SATISFACTION, Role.COMPLAINT, Role.COMMENT,
            ),
        ),
    ),
    planned(
        "next_needs", "L5", _STAGE,
        Text("Les prochains besoins", "Next needs"),
        Text(
            "Quand le prochain achat de chaque client est attendu, de quoi, et qui est en retard.",
            "When each customer’s next purchase is due, of what, and who is overdue.",
        ),
        ("Comment anticiper les besoins de mes clients ?", "Quels clients sont en retard sur leur rythme habituel ?"),
        ("When should each customer buy again?", "Which customers are overdue on their usual rhythm?"),
        (PURCHASES,),
    ),
    planned(
        "customer_value", "L6", _STAGE,
        Text("La valeur des clients", "Customer value"),
        Text(
            "Ce que les clients devraient rapporter sur un horizon donné, avec sa fourchette, par segment.",
            "What customers should bring over a stated horizon, with its range, by segment.",
        ),
        ("Que valent mes clients ?", "Quelle est la valeur vie d’un client ?"),
        ("What are my customers worth?", "What is customer lifetime value?"),
        (
            need(
                "Ajoutez les montants : achats, factures ou abonnement mensuel.",
                "Add amounts: purchases, invoices or the monthly fee.",
                "amount",
                Role.AMOUNT, Role.RECURRING_AMOUNT, Role.TOTAL_SPENT,
            ),
        ),
    ),
    planned(
        "loyalty_programme", "L7", _STAGE,
        Text("Le programme de fidélité", "The loyalty programme"),
        Text(
            "Ce que la carte change vraiment : membres actifs et dormants, points, et comparaison honnête.",
            "What the card really changes: active and sleeping members, points, and an honest comparison.",
        ),
        ("La carte de fidélité sert-elle à quelque chose ?", "Combien de membres du programme dorment ?"),
        ("Is the loyalty card of any use?", "How many programme members are asleep?"),
        (
            need(
                "Ajoutez une colonne qui dit qui est membre du programme, avec la date d’adhésion si vous l’avez.",
                "Add a column saying who is a member of the programme, with the joining date if you have it.",
                "loyalty_member",
                Role.LOYALTY_MEMBER,
            ),
        ),
    ),
    planned(
        "why_they_stay", "L8", _STAGE,
        Text("Pourquoi ils restent", "Why they stay"),
        Text(
            "Ce qui, vécu après le recrutement, précède la fidélité, hors remises.",
            "What, lived after recruitment and other than discounts, precedes staying.",
        ),
        ("Pourquoi restent-ils ?", "Quelles attentions, hors remises, fidélisent vraiment ?"),
        ("Why do they stay?", "Which attentions, other than discounts, build loyalty?"),
        (LOST,),
    ),
    planned(
        "contact_rights", "P5", _STAGE,
        Text("À qui écrire", "Whom we may write to"),
        Text(
            "Consentements par canal et leur date, clients joignables, et dose de messages à ne pas dépasser.",
            "Consents by channel and their date, reachable customers, and the dose of messages not to exceed.",
        ),
        ("À qui ai-je le droit, et intérêt, d’écrire ?", "Envoyons-nous trop de messages ?"),
        ("Whom am I allowed to write to?", "Do we send too many messages?"),
        (
            need(
                "Ajoutez une colonne de consentement par canal, avec sa date si vous l’avez.",
                "Add a consent column per channel, with its date if you have it.",
                "consent",
                Role.CONSENT_EMAIL, Role.CONSENT_SMS, Role.CONSENT_PHONE, Role.CONSENT_POST,
            ),
        ),
    ),
    planned(
        "store_loyalty", "S1", _STAGE,
        Text("Les magasins qui fidélisent", "Stores that build loyalty"),
        Text(
            "Magasins ou régions comparés à clientèle égale, classés seulement quand l’écart est réel.",
            "Stores or regions compared at equal clientele, ranked only when the gap is real.",
        ),
        ("Quels magasins fidélisent vraiment ?", "Quelle boutique garde le mieux ses clients ?"),
        ("Which stores really build loyalty?", "Which shop keeps its customers best?"),
        (
            need(
                "Ajoutez le magasin de chaque achat ou de chaque client.",
                "Add the store of each purchase or of each customer.",
                "store",
                Role.STORE, Role.STORE_ID, Role.REGION,
            ),
        ),
    ),
    planned(
        "omnichannel", "S2", _STAGE,
        Text("Les clients omnicanaux", "Omnichannel customers"),
        Text(
            "Ce qui suit l’adoption d’un second canal de vente, face à des clients comparables avant elle.",
            "What follows the adoption of a second sales channel, against customers comparable before it.",
        ),
        ("Nos clients omnicanaux valent-ils plus ?", "Que se passe-t-il quand un client du magasin achète aussi en ligne ?"),
        ("Are our omnichannel customers worth more?", "What happens when a store customer starts buying online?"),
        (
            need(
                "Ajoutez le canal de vente de chaque achat.",
                "Add the sales channel of each purchase.",
                "sale_channel",
                Role.SALE_CHANNEL,
            ),
        ),
    ),
    planned(
        "customer_story", "E2", _STAGE,
        Text("L’histoire d’un client", "One customer’s story"),
        Text(
            "Une relation racontée : chronologie, état, valeur, risque, raisons, et que faire.",
            "One relationship told: timeline, state, value, risk, reasons, and what to do.",
        ),
        ("Parle-moi d’un client en particulier", "Montre-moi la fiche d’un client"),
        ("Tell me about one customer in particular", "Show me a customer’s record"),
        (PURCHASES,),
        CustomerStoryParameters,
    ),
)  # fmt: skip
