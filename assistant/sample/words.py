"""Words the sample files are filled with: invented people, real towns, categories, what customers write."""

from __future__ import annotations

from typing import NamedTuple

from vocabulary.language import Text


class Shop(NamedTuple):
    """One shop: town, first two figures of its postcodes, region, and whether it is a franchise."""

    town: str
    department: str
    region: str
    franchise: bool
    opened: str


SHOPS: tuple[Shop, ...] = (
    Shop("Angers", "49", "Pays de la Loire", False, "2009-03-14"),
    Shop("Nantes", "44", "Pays de la Loire", False, "2011-09-03"),
    Shop("Le Mans", "72", "Pays de la Loire", False, "2014-04-12"),
    Shop("Rennes", "35", "Bretagne", False, "2012-10-06"),
    Shop("Tours", "37", "Centre-Val de Loire", False, "2010-05-22"),
    Shop("Orléans", "45", "Centre-Val de Loire", False, "2015-03-07"),
    Shop("Rouen", "76", "Normandie", False, "2016-09-17"),
    Shop("Dijon", "21", "Bourgogne-Franche-Comté", False, "2013-11-09"),
    Shop("Clermont-Ferrand", "63", "Auvergne-Rhône-Alpes", False, "2017-04-01"),
    Shop("Poitiers", "86", "Nouvelle-Aquitaine", True, "2018-10-13"),
    Shop("Limoges", "87", "Nouvelle-Aquitaine", True, "2019-03-23"),
    Shop("Reims", "51", "Grand Est", True, "2018-05-05"),
)
FAR_DEPARTMENTS: tuple[str, ...] = ("16", "18", "22", "23", "36", "41", "50", "53", "58", "61", "79", "85", "89")

CHANNELS: tuple[Text, ...] = (
    Text("Magasin", "Store"),
    Text("Site web", "Website"),
    Text("Réseaux sociaux", "Social media"),
    Text("Parrainage", "Referral"),
    Text("Salon", "Trade fair"),
    Text("Comparateur", "Price comparison"),
)
CATEGORIES: tuple[Text, ...] = (
    Text("Cuisine", "Kitchen"),
    Text("Linge de maison", "Household linen"),
    Text("Décoration", "Decoration"),
    Text("Jardin", "Garden"),
    Text("Luminaires", "Lighting"),
    Text("Rangement", "Storage"),
    Text("Art de la table", "Tableware"),
    Text("Liste de mariage", "Wedding list"),
)
WEDDING_LIST = 7
SALES_CHANNELS: tuple[Text, ...] = (
    Text("Magasin", "Store"),
    Text("Site web", "Website"),
    Text("Click & collect", "Click & collect"),
)
FIRST_DELIVERY: tuple[Text, ...] = (
    Text("Emporté", "Taken away"),
    Text("À l'heure", "On time"),
    Text("En retard", "Late"),
)
CHECKOUTS: tuple[Text, ...] = (Text("Automatique", "Self-service"), Text("Avec vendeur", "With a person"))
PROMO_CODES: tuple[str, ...] = ("BIENVENUE30", "SOLDES", "BLACKFRIDAY", "RETOUR30", "FLASH")
TITLES: tuple[Text, ...] = (Text("Mme", "Ms"), Text("M.", "Mr"))

FIRST_NAMES: tuple[str, ...] = (
    "Camille",
    "Claude",
    "Dominique",
    "Maxime",
    "Alix",
    "Charlie",
    "Sacha",
    "Andréa",
    "Noa",
    "Eden",
    "Louison",
    "Marlow",
    "Lise",
    "Jeanne",
    "Elsa",
    "Inès",
    "Léa",
    "Nora",
    "Salomé",
    "Yasmine",
    "Hélène",
    "Maud",
    "Odile",
    "Solène",
    "Zoé",
    "Paul",
    "Hugo",
    "Karim",
    "Léon",
    "Malo",
    "Nils",
    "Omar",
    "Rémi",
    "Théo",
    "Victor",
    "Yann",
    "Bruno",
    "Éric",
    "Gaël",
)
LAST_NAMES: tuple[str, ...] = (
    "Abrival",
    "Bastelin",
    "Belcourtois",
    "Bourdevant",
    "Cazenoue",
    "Champrenel",
    "Corvillier",
    "Daubrise",
    "Delmarant",
    "Esterval",
    "Fauchelin",
    "Ferrandoux",
    "Garnevaux",
    "Grandserre",
    "Hauteclaire",
    "Hennevel",
    "Jolivoine",
    "Kerbaudy",
    "Lacombelle",
    "Lestrange",
    "Malvoisin",
    "Marchandel",
    "Montreval",
    "Nogarel",
    "Orvaultin",
    "Parmentel",
    "Pelvoisin",
    "Quintarel",
    "Ravenoux",
    "Rochebrun",
    "Sablonet",
    "Sauvelin",
    "Tancredi",
    "Thibauvel",
    "Ursanel",
    "Valcourt",
    "Vaubrenne",
    "Vermandel",
    "Villebrune",
    "Yvenoux",
    "Zellerin",
    "Bréhaut",
    "Clairvaux",
    "Duramel",
    "Fontanier",
)

CONTACT_KINDS: tuple[Text, ...] = (
    Text("Bienvenue", "Welcome"),
    Text("Newsletter", "Newsletter"),
    Text("Invitation atelier", "Workshop invitation"),
    Text("Reconquête", "Win-back"),
    Text("Soldes", "Sales"),
)
CONTACT_CHANNELS: tuple[Text, ...] = (
    Text("E-mail", "E-mail"),
    Text("Courrier", "Post"),
    Text("Téléphone", "Phone"),
    Text("SMS", "SMS"),
)
COMPLAINT_KINDS: tuple[Text, ...] = (
    Text("Produit défectueux", "Faulty product"),
    Text("Livraison", "Delivery"),
    Text("Facturation", "Billing"),
    Text("Accueil en magasin", "Service in store"),
)
DEPARTURE_REASONS: tuple[Text, ...] = (
    Text("Insatisfait", "Dissatisfied"),
    Text("Prix", "Price"),
    Text("Déménagement", "Moved away"),
    Text("Plus de besoin", "No more need"),
    Text("Sans réponse", "No answer"),
)
RETURN_REASONS: tuple[Text, ...] = (
    Text("Défaut", "Fault"),
    Text("Ne convient pas", "Not suitable"),
    Text("Erreur de commande", "Wrong order"),
)
POINT_KINDS: tuple[Text, ...] = (Text("Gain", "Earned"), Text("Utilisation", "Redeemed"))
CAMPAIGN_GROUPS: tuple[Text, ...] = (
    Text("Témoin", "Control"),
    Text("Remise 30 %", "30% discount"),
    Text("Invitation", "Invitation"),
)
SURVEY_WORDS: dict[str, tuple[Text, ...]] = {
    "complaint": (
        Text(
            "Ma réclamation est restée sans réponse, je suis très déçue.",
            "My complaint was never answered, very disappointed.",
        ),
        Text(
            "Trois appels au service client et toujours rien de réglé.",
            "Three calls to customer service and still nothing settled.",
        ),
        Text("Article cassé, personne ne s'en occupe.", "Broken item, and nobody takes care of it."),
    ),
    "delivery": (
        Text("Livraison en retard dès la première commande.", "Late delivery on my very first order."),
        Text(
            "Colis arrivé avec une semaine de retard, sans un mot d'excuse.",
            "The parcel came a week late without a word of apology.",
        ),
    ),
    "price": (
        Text("Les prix ont beaucoup augmenté.", "Prices have gone up a lot."),
        Text("Devenu trop cher pour ce que c'est.", "Too expensive now for what it is."),
    ),
    "plain": (
        Text("Correct, sans plus.", "All right, nothing more."),
        Text("Un peu d'attente en caisse.", "Some waiting at the till."),
        Text("Toujours les mêmes produits en rayon.", "Always the same products on the shelves."),
    ),
    "praise": (
        Text("Très bon accueil, des vendeurs de bon conseil.", "Very welcoming, staff give good advice."),
        Text("J'adore la collection de linge de maison !", "I love the household linen range!"),
        Text("L'atelier était une belle idée, merci.", "The workshop was a lovely idea, thank you."),
        Text("Produits de qualité, je recommande.", "Good quality products, I recommend."),
    ),
}
