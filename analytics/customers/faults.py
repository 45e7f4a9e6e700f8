"""What the words of an event say of who made it happen: the house, by what went wrong; or the customer, perhaps because they were leaving.

Within the days before a departure, what the customer does (a refusal, a return, an unpaid bill, a complaint) may come of it as well as
bring it about, and so may a visit made because of it. What plainly went wrong on the house's side does not.
"""

from __future__ import annotations

import re

from analytics.customers.header_timing import house_not_there, plain, says_departure, timing_of_event, timing_of_ticket
from analytics.datamodel.attributes import Timing

_FAULT = re.compile(
    r"(?:^|_)(?:pannes?|incidents?|faults?|faulty|broken?|breakdowns?|casse\w*|abime\w*|damag\w*|defect\w*|defaut|defaillan\w*|deteriore\w*|erreurs?|errors?|wrong|mistakes?"
    r"|bugs?|outages?|coupures?|interrupt\w*|retards?|retarde\w*|en_retard|late|delay\w*|non_repare\w*|not_(?:repaired|fixed|solved)|unfixed|unrepaired"
    r"|ruptures?|stock_?out|out_of_stock|dirty|sales?(?=$)|manquante?s?|missing|incomplete?t?e?s?|lost|perdue?s?|spoil\w*|rotten|pourri\w*|perime\w*"
    r"|leak\w*|fuites?|crash\w*|fail\w*|echec|echoue\w*|oublie\w*|forgotten|surfactur\w*|overcharg\w*|double_factur\w*|mauvais\w*|crushed|ecrase\w*"
    r"|torn|dechire\w*|stained|tache\w*|cold|froide?|late_delivery|swapped|mixed_up|inverse\w*|slow|lente?s?|unanswered|sans_reponse|bloque\w*|stuck)(?=_|$)"
)
# What the customer does or owes, or what is done because they go; whoever reads it cannot tell which came first.
_THEIRS = re.compile(
    r"refus|reject|rejet|absen|cancel|annul|resil|return|retour|restitu|rendu|inspect|etat_des_lieux|check_?out|exit|(?:^|_)sortie|(?:^|_)fin(?:_|$)|(?:^|_)end|final"
    r"|(?:^|_)last|dernier|complain|plainte|reclam|unpaid|impay|(?:^|_)pay(?!s)|(?:^|_)pai|(?:^|_)regl|prelev|debit|invoice|(?:^|_)factur|(?:^|_)bill|remind|relance|recouvr|collect|recupera|enlev"
    r"|(?:lost|perdue?)_(?:customer|client)|(?:customer|client|member|membre|abonne)s?_(?:lost|perdue?)|by_(?:the_)?(?:customer|client|member|user)|par_(?:le_)?(?:client|membre|abonne)"
    r"|(?:^|_)(?:left|partie?s?|quit\w*)(?=_|$)|uninstall|desinstall|demont|dismantl|removal|retrait"
)
_NOT = re.compile(r"(?:^|_)(?:no|not|non|sans|without|aucune?|pas|zero)(?:_(?:de|d|any))?_(?!repar|repai|fix|solv|answer|repon)[a-z]")
_ON_TIME = re.compile(r"(?:^|_)(?:on_?time|a_l_?heure|complete?t?|conforme|in_good_condition|bon_etat|intact)(?=_|$)")


def house_at_fault(header: str, value: str) -> bool:
    """Whether an event plainly went wrong on the house's side.

    Args:
        header: of the column that says it.
        value: as it stands in the file; `yes` or `no` for a flag.
    """
    words, said = f"{plain(header)}_{plain(value)}", plain(value)
    if house_not_there(said):
        return True
    if _THEIRS.search(words):
        return False
    if said == "no":
        return bool(_ON_TIME.search(plain(header)))
    of_what = plain(header) if said == "yes" else said
    return bool(_FAULT.search(of_what)) and not _NOT.search(of_what)


def timing_of_log(header: str, value: str) -> Timing:
    """When one value of a file of dated rows of no known kind is known: what went wrong is lived, what ends is the departure, the rest is unsure.

    Args:
        header: of the column. value: as it stands in the file.
    """
    told = timing_of_event(header, value)
    if told is Timing.OUTCOME or says_departure(value) or says_departure(header):
        return Timing.OUTCOME
    if told is Timing.WARNING or timing_of_ticket(value, topic=True) is Timing.WARNING:
        return Timing.WARNING
    return Timing.DURING if house_at_fault(header, value) else Timing.UNKNOWN


def timing_of_bill(header: str, value: str) -> Timing:
    """When one value of a file of bills or payments is known: a debit refused on its day may come of a departure as well as bring it about.

    Whether a bill is paid yet, or was given back, is its state of today: who has left no longer pays, and it says nothing of the day it bears.

    Args:
        header: of the column. value: as it stands in the file.
    """
    words = f"{plain(header)}_{plain(value)}"
    if _WRONGLY_BILLED.search(words):
        return Timing.DURING
    return Timing.UNKNOWN if _REFUSED.search(plain(value)) and not says_departure(value) else Timing.OUTCOME


def says_money_taken(file: str) -> bool:
    """Whether a file's name says that its rows are payments or bills, and not what was bought or booked.

    Args:
        file: its name.
    """
    return bool(_MONEY_TAKEN.search(plain(file)))


_MONEY_TAKEN = re.compile(r"(?:^|_)(?:pay(?:s|ment|ments)?|paiements?|reglements?|prelev\w*|debits?|direct_debits?|invoices?|factur\w*|bill(?:s|ing)|encaissements?|echeances?|dues)(?=_|$)")
_WRONGLY_BILLED = re.compile(
    r"surfactur|overcharg|double_(?:factur|bill|charg)|(?:billed|charged|facture|debite|preleve)e?_(?:twice|deux_fois)|(?:billing|invoice|pricing)_error"
    r"|erreur_de_(?:factur|prix|prelev)"
)
_REFUSED = re.compile(r"(?:^|_)(?:fail\w*|reject\w*|rejet\w*|refus\w*|declin\w*|echec\w*|echou\w*|bounc\w*|insufficient\w*|sans_provision|not_honou?red)(?=_|$)")
