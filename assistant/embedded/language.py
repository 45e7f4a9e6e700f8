"""French or English? On texts of two words too, where the usual detectors fail."""

from __future__ import annotations

from assistant.embedded.text import words
from vocabulary.language import Language

_ACCENTED = frozenset("éèêëàâçùûîïôœ«»")
_FRENCH = frozenset(
    """le la les un une des du de d l c s j n m qu au aux et ou est sont a ont que qui quoi quel quels quelle quelles
    pourquoi pk pq koi ki kel cb ct quand comment combien par pour avec sans dans chez sur vers depuis entre mes mon ma
    nos notre vos votre leur leurs ils elles il elle nous vous je on ce cette ces ca celui ceux celles pas plus moins
    moyen moyenne panier montant chiffre affaires taux attrition fidelite fidele fideles magasin magasins boutique
    achat achats commande commandes partent parti partis perdu perdus partir liste donne moi montre fais dis evolution
    mois annee semaine jour jours dernier derniere hommes femmes seulement canal canaux recrutement reconquete relance
    carte essai essais gratuit gratuits prix baisse hausse meilleur meilleurs segmente doublons fichier fichiers
    donnees abonnes abonne resiliation resilier contrat cohortes faut dois peut bonjour merci ajoute compare valeur
    parrainage noces mediane mensuel mensuelle mensuels membre membres adherent adherents resiliations motif motifs facture factures impayes
    utilisateurs apres avant livraison livraisons nombre jusqu nouveau nouveaux nouvelle nouvelles gros grosse grosses petit petits petite petites gens tout tous toutes toute trop encore deja ville villes pays anciennete""".split()
)
_ENGLISH = frozenset(
    """the a an of to in on at for from by with without and or is are was were do does did have has had what which who
    whom whose why when where how many much my our your their his her its we you they them us i me it this that these
    those not no more less than most best worst average basket amount revenue rate loyalty loyal store stores
    shop shops purchase purchases order orders leave leaving left lost list give show tell make month months year
    years week weeks day days last next men women only channel channels customers customer targets should can could
    would will worth win back free trial trials price drop rise segment duplicates file files data subscribers
    subscriber cancel contract hello thanks add compare value referral people all every too still already city cities
    country tenure per same about if but so be been being median monthly yearly weekly daily quarterly member members membership
    memberships account accounts user users subscriptions booking bookings invoice invoices invoiced ticket tickets refund
    refunds refunded reason reasons cancellation cancellations cancelled canceled joined joiners new current highest lowest biggest
    open paid unpaid late upgrade upgrades downgrade downgrades seats spend spent number sum under over before after since until
    between each delivery deliveries shipping weekday weekdays weekend weekends payment payments payers takings breakdown earnings
    income today tomorrow yesterday live running lesson lessons learner learners pupil pupils student students owner owners holder
    holders sales growth split overall term terms spring summer autumn winter january february march april june july august october
    november december product products seller sellers trend trends discount discounts used spender spenders buyer buyers review reviews
    returned returns complaint complaints busiest signups item items orders refund health healthy""".split()
)
_SHARED = frozenset(
    "a client clients segmentation segment segments churn contact contacts promotion promotions cohort service on me"
    " plus canal an ou no ticket tickets".split()
)


def detect_language(question: str, default: Language) -> Language:
    """The language of a question; `default` (the previous turn's, or the interface's) when it says nothing."""
    scores = {"fr": 0.0, "en": 0.0}
    if any(character in _ACCENTED for character in question.lower()):
        scores["fr"] += 1.5
    for word in words(question):
        weight = 0.4 if word in _SHARED else 1.0
        scores["fr"] += weight * (word in _FRENCH)
        scores["en"] += weight * (word in _ENGLISH)
    if scores["fr"] == scores["en"]:
        return default
    return "fr" if scores["fr"] > scores["en"] else "en"
