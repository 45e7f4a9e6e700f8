"""When a column is known, told by the words of its header: in French, in English, abbreviated, in snake or camel case.

A word counts where it begins a word of the header ("late" is in "delivery_late", not in "plate"). What happened to an
order, a parcel or a ticket ("delivery_lost", "commande_annulee", "ticket_closed") is something lived, not a departure.
"""

from __future__ import annotations

import re
import unicodedata

from analytics.datamodel.attributes import Timing

# The customer's own departure, whatever stands beside.
_LEAVING = (
    r"churn|resili|attrition|exit|offboard|departs?_|departs?$|departures?|leave_date|left_date|leaving|leavers?|goodbye"
    r"|farewell|au_revoir|win_?back|retention_offer|offre_retention|final_(invoice|bill|payment|statement|balance|call)"
    r"|post_(churn|cancel|depart)|left(?:_|$)|parti(?:e|s)?(?:_|$)|quitte|predict|naive_bayes|score_risque|fin_de_contrat|end_of_contract"
)
# Words of an end, which say a departure unless what ended is an order, a visit, a document ...
_ENDED = (
    r"cancel|annul|terminat|closed|closing|closure|clotur|desactiv|deactiv|delet|suppress|perdu|lost|apres|after|outcome"
    r"|motif|reason|leav(es?)?$|refund_on|dernier_solde"
)
_OF_SOMETHING_ELSE = (
    r"deliver|livrais|order|commande|colis|parcel|packag|ticket|case|dossier|complain|reclam|plainte|appointment|rdv|rendez"
    r"|cours|class|course|lesson|seance|session|booking|reserv|vente|sales?|service|sav|store|magasin|agence|branch|shop"
    r"|boutique|guichet|club|card|carte|bag|baggage|luggage|bagage|valise|document|letter|lettre|courrier|mail|item"
    r"|article|produit|product|flight|vol|event|evenement|contact|call|appel|visit|achat|purchase|retour|return|claim"
    r"|sinistre|credit|points?|panier|cart|demand|request|quote|devis|invoice|facture|payment|paiement|key|cle|match"
    r"|discount|remise|promo|trial|essai"
)
_STARTS = r"(?:^|_)(?:nb|num|no|has|is|had|was|avg|total|a)?"

# The first line that matches wins.
_WHEN: tuple[tuple[Timing, str], ...] = (
    # what the house did or failed to do: lived, however often and however late it happened
    (Timing.DURING,
     r"livrais|deliver|accueil|welcome|bienvenue|onboard|pannes?|fault|broken|broke|breakdown|casse|abime|damag|defect|defaut|erreur|errors?|wrong"
     r"|mistake|mauvais|bugs?|incident|outage|coupure|interrupt|retard|late(?:_|$)|delay|delai|attente|wait|lent(?:e|s|es)?(?:_|$)"
     r"|slow|unresolved|non_res|unsolved|not_solved|non_repar|not_repaired|not_fixed|unfixed|repair|repare|injoign|unreach"
     r"|unanswered|sans_reponse|no_answer|rupture|stock_?out|out_of_stock|hausse|increase|price_rise|augment|fee|frais"
     r"|penal|dispute|litige|refus|denied|rejet|reject|refund|rembours|complain|complaint|plainte|reclam|claim|sinistre|dirty"
     r"|insalubr|training|formation|induction|initiation|introduc|tutorial|tuto|advis|conseill|coach|account_manager"
     r"|interlocut|referent|agent|replac|remplac|swap|repet|gift|cadeau|offert|offered|given|goodie|calend|invit"
     r"|surfactur|double_factur|overcharg|surcharge|hidden_fee|install|technic|staff|personnel|crash|noise|noisy|bruit|crowd|bonde"
     r"|parking|queue|hygien|proprete|cleanl|froid|signal_|signal$|poor_|bad_|mauvais|reception|vetust|kit_|setup|migration|wifi"
     r"|mismatch|missing|manqu|spoil|perime|expired_product|rude|impoli|accident|lost|perdu|cancel|annul|closed|closure|ferme"),
    # kept by the house or by the customer, the header does not say which
    (Timing.UNKNOWN, r"missed"),
    (Timing.CLOCK,
     r"tenure|ancien|seniority|months_on|mois_|member_since|client_depuis|customer_since|since_sign|depuis_(?:l_)?(?:inscription|adhesion)"
     r"|duree_relation|age_compte|account_age|customer_age|months_as|years_as|mob$"),
    (Timing.AT_RECRUITMENT,
     r"first|premier|initial|inscription|signup|sign_up|acq|recrut|recruit|origin|source|src(?:_|$)|campaign_in|utm|parrain|referr"
     r"|senior|partner|depend|married|marital|marie|famil|enfant|child|educ|income|revenus?(?:_|$)|salaire|metier|profession"
     r"|job|csp|household|foyer|taille|size|industr|secteur|sector|naissance|birth|nationalit|language|langue|civilit|title"
     r"|distance|habitat|logement|housing|homeowner|proprietaire"),
    (Timing.WARNING,
     r"recen|last|dernier|inactiv|since|depuis|visit|login|lgn|logon|connex|connect|session|minute|usage|use(?:_|$|d_|s_)|open|ouvert|clic"
     r"|cart(?:_|$|s)|panier|basket|brows|activ|frequen|nb_|num_|count(?:_|$)|nombre|total_|trans_|revolving|utiliz|utilis|contacts_"
     r"|skip|saut|pause|suspen|freez|froze|gel_(?:du|de|from|fin|debut)|gele(?:e|s|es)?(?:_|$)|on_hold|declin|drop|no_show|idle|dormant|silen|downgrad|unsub|desabon|desinscri|views?(?:_|$)|vues?(?:_|$)"
     r"|absences?(?:_|$)|data_export|export_"),
    (Timing.DURING,
     r"contra|plan(?:s)?(?:_|$)|formule|offre|offer|service|support|internet|phone|telephon|line|stream|backup|security|protect|payment"
     r"|paiement|paper|papier|factur|bill|invoice|charge|price|prix|tarif|card|carte|app(?:_|s_|$|li)|mobile|newsletter|consent|satisf|note"
     r"|score|remise|discount|promo|cashback|coupon|programme|program|loyal|fidel|groupe|group|call|appel|letter|lettre|courrier|after_sales|apres_vente|sav(?:_|$)|contact(?:_|$)"
     r"|event|evenement|survey|enquete|contacted|contacte|relance|reminder|rappel|thank|merci|guarantee|garantie|warranty"),
)  # fmt: skip
# What names an event of use, not a customer's activity: « type de séance », "login device".
_AN_EVENT = re.compile(r"(?:^|_)(?:visites?|visits?|logins?|logons?|sessions?|seances?|usages?|use|connexions?|connections?|check_?ins?|scans?|views?|last|nb|num|count)(?=_|$)")
# What a value of an event says: what the customer did, or let drop; or what was undone, by the house or by them.
_DROPPED = re.compile(r"(?:^|_)(?:no_?shows?|absen\w*|skip\w*|paus\w*|did_not_come|not_present|pas_venu\w*|idle|inacti\w*)(?=_|$)")
# Who was not there, when it is not the customer.
_ABSENT = re.compile(r"(?:^|_)(?:absen\w*|no_?shows?|did_not_come|not_present|pas_venue?s?|unavailable|indisponible)(?=_|$)")
_PEOPLE_OF_THE_HOUSE = re.compile(
    r"(?:^|_)(?:teachers?|tutors?|coach\w*|trainers?|instructors?|lecturers?|drivers?|technicians?|engineers?|cleaners?|carers?|nurses?|doctors?|dentists?|stylists?|staff|crew|host"
    r"|prof(?:esseur)?e?s?|format\w+|monit\w+|enseignant\w*|animat\w+|educat\w+|intervenant\w*|technicien\w*|chauffeur\w*|livreu\w+|conduct\w+|praticien\w*|medecins?|infirmi\w+"
    r"|coiffeu\w+|estheticien\w*|personnel|equipe)(?=_|$)"
)
# Money given back is given to who leaves too: what was paid and not used, a closing balance.
_GIVEN_BACK = re.compile(r"(?:^|_)(?:refund\w*|rembours\w*|avoirs?|credit_notes?|notes?_de_credit|trop_percu)(?=_|$)")
_NO_HOUSE = (r"(?:the_|le_|la_|l_)?(?:customer|client|member|membre|guest|user|student|pupil|patient|buyer|tenant|subscriber|adherent|abonne|eleve|acheteur|locataire|them|him|her|owner"
                    r"|e_?mail|mail|phone|telephone|tel(?:_|$)|app(?:_|$)|web|site|sms|text|internet|online|post|courrier|error|erreur|mistake)")  # the customer, or the way it was done
_BY_THE_HOUSE = re.compile(rf"_(?:by|par)_(?!{_NO_HOUSE})[a-z]")  # « annulé par le salon »: it says who did it
_UNDONE = re.compile(r"(?:^|_)(?:cancel\w*|annul\w*|missed|manque\w*|withdr\w*|desist\w*|desinscri\w*)(?=_|$)")
# What a customer asks for who is going, or who thinks of it: to end, to pause, to be told how to, to have their papers and their money back.
_ANNOUNCES = re.compile(
    r"resili|cancel(?!\w*_(?:delivery|order|visit|appointment|class|booking|flight))|annulation(?!_(?:de_|d_|du_|des_)?(?:livraison|commande|visite|rdv|rendez|cours|seance|reservation|vol))"
    r"|terminat|preavis|(?:^|_)notice|depart(?!ement|ment)|leav|quit|clos(?:e|ing|ure)_(?:of_|my_|the_|an_)?(?:account|contract)|clotur\w*_(?:de_|du_)?(?:compte|contrat)"
    r"|ferme\w*_(?:de_|du_|mon_|le_)*(?:compte|contrat|dossier)|portab|(?:data|account|donnees)_export|export(?:er|ation|ing)?_(?:of_|des_|de_|mes_|my_|all_|the_)*(?:data|donnees|account|compte)|transfert?_(?:of_|de_|du_)*(?:contrac?t|account|compte|dossier)|(?:^|_)rio(?:_|$)|demenag|relocat|(?:^|_)moving|downgrad|(?:^|_)paus|suspen|(?:^|_)frozen|(?:^|_)freez|gel_"
    r"|non_?renouv|non_?renew|offboard|final_(?:bill|invoice|statement|balance)|facture_finale|solde_de|retract|(?:^|_)stop(?:_|$)|(?:^|_)ends?(?:_|$)|(?:^|_)fin_|churn|retention"
)
_ANYTHING = re.compile(r"demande|request|enquir|inquir|question|autre|(?:^|_)other|general|divers|misc|(?:^|_)info|renseign|contrat|contract|(?:^|_)terms|renouvel|renewal|caution|deposit|account|compte|admin|(?:^|_)n_?a(?:_|$)|unknown|inconnu")
_WENT_WRONG = re.compile(r"incident|panne|reclam|complain|plainte|sinistre|outage|fault|defect|defaut|breakdown|litige|dispute|anomal|bug|retard|(?:^|_)delays?")
# Words found inside longer ones as well, since headers glue them: "isinactive", "clientresilie".
_GLUED = re.compile(r"churn|resili|attrition")
_COMPILED = tuple((when, re.compile(f"{_STARTS}(?:{words})")) for when, words in _WHEN)
_LEFT = re.compile(f"(?:^|_)(?:date_|is_|has_|a_)?(?:{_LEAVING})")
_AN_END = re.compile(f"(?:^|_)(?:{_ENDED})")
_ELSE = re.compile(f"(?:^|_)(?:{_OF_SOMETHING_ELSE})")


def plain(words: str) -> str:
    """A header in lower case without accents, its blanks as underscores."""
    flat = unicodedata.normalize("NFKD", words)
    kept = "".join(mark for mark in flat if not unicodedata.combining(mark))
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", kept)
    return re.sub(r"[^a-z0-9]+", "_", split.lower()).strip("_")


def says_departure(header: str) -> bool:
    """Whether a header tells of the customer's own departure, and not of what became of an order or a ticket."""
    words = plain(header)
    if _GLUED.search(words) or _LEFT.search(words):
        return True
    return bool(_AN_END.search(words)) and not _ELSE.search(words)


def timing_of_words(header: str) -> Timing | None:
    """When a column of that header is known; None when no word of it tells."""
    if says_departure(header):
        return Timing.OUTCOME
    words = plain(header)
    return next((when for when, pattern in _COMPILED if pattern.search(words)), None)


def timing_of_event(header: str, value: str) -> Timing:
    """When one value of a column of visits, uses or other dated events is known: lived, unless its words say otherwise.

    An "outcome", a "reason", something "left" or "closed" is there the event's own: it has its day, and is counted before the day looked
    from. Only the plain words of a contract's end tell the customer's departure.

    Args:
        header: of the column.
        value: as it stands in the file; `yes` or `no` for a flag.
    """
    words = f"{plain(header)}_{plain(value)}"
    if _GLUED.search(words):
        return Timing.OUTCOME
    if house_not_there(plain(value)):
        return Timing.DURING
    if _DROPPED.search(words) or _GIVEN_BACK.search(plain(value)):
        return Timing.WARNING
    if _UNDONE.search(words):
        return Timing.DURING if _BY_THE_HOUSE.search(f"_{plain(value)}") else Timing.UNKNOWN
    told = timing_of_words(_AN_EVENT.sub("", plain(header)))
    return told if told in (Timing.AT_RECRUITMENT, Timing.WARNING, Timing.CLOCK) else Timing.DURING


def says_undone(header: str, value: str) -> bool:
    """Whether one value of an event says that it did not take place: called off by whomever, or somebody of the house was not there.

    Args:
        header: of the column. value: as it stands in the file.
    """
    words = f"{plain(header)}_{plain(value)}"
    return bool(_UNDONE.search(words)) or house_not_there(plain(value))


def house_not_there(words: str) -> bool:
    """Whether plain words say that somebody of the house was absent: the teacher, the technician, the driver."""
    return bool(_ABSENT.search(words) and _PEOPLE_OF_THE_HOUSE.search(words))


def timing_of_ticket(value: str, *, topic: bool) -> Timing:
    """When a ticket of that kind is known: something lived; or a departure already, where asking so is leaving.

    A kind under which anything may be asked, a notice to leave too, or a column that does not tell what was asked (its urgency, the way
    it came), leaves the doubt.

    Args:
        value: what the file calls the kind.
        topic: the column tells topics.
    """
    words = plain(value)
    if _ANNOUNCES.search(words):
        return Timing.WARNING
    if _COMPILED[0][1].search(words):
        return Timing.DURING
    return Timing.DURING if topic and not _ANYTHING.search(words) else Timing.UNKNOWN


def names_what_went_wrong(file: str) -> bool:
    """Whether a file's name says that its rows are faults and complaints, not whatever customers ask for."""
    return bool(_WENT_WRONG.search(plain(file)))
