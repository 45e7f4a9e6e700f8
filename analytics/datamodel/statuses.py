"""What the words of a status say: gone or still here, cancelled or kept, yes or no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.datamodel.headers import plain
from analytics.datamodel.roles import TableKind

_GONE = re.compile(
    r"\b(churn(ed|er)?|lost|left|leaver|gone|exited|closed|cancel+ed|terminated|attrited|inactive|expired|ended|deleted|departed"
    r"|lapsed|former|ex|deactivated|resigned|withdrawn|deceased|disconnected|defected|dissolved|quit|stopped|abandoned|surrendered|dropped( out)?|withdrew|moved( out| away)|cxl|cncl|cancl|switched( away)?"
    r"|resill?ie?e?s?|parti(e|es|s)?|perdu(e|es|s)?|inactif|inactifs|inactives|ferme(e|es|s)?|clos(e|es)?|cloture(e|es|s)?|expire(e|es|s)?"
    r"|desabonne(e|es|s)?|radie(e|es|s)?|termine(e|es|s)?|sorti(e|es|s)?|desactive(e|es|s)?|ancien(ne|nes|s)?|demissionnaires?|depart"
    r"|demissionnee?s?|annulee?s?|decedee?s?|quitte|arretee?s?|rachetee?s?|dissoute?|abandon(ne|nee)?|rompue?|denoncee?"
    r"|deactive|disengaged|ceased|offboarded|dead|discontinued|struck off|unenrolled|disenrolled|vacated|(opted|transferred|ported) out|not taken up"
    r"|churnee?s?|stoppee?s?|interrompue?s?|cessee?s?|supprimee?s?|desengagee?s?|desaffiliee?s?|desinstallee?s?|echue?s?|non reprise?s?|sans effet|sortante?s?|portout|auctioned|evicted)\b"
)
_HERE = re.compile(
    r"\b(active?|actifs?|actives|current|stayed|joined|retained|existing|customer|client|loyal|fidele|open|live|renewed|renouvelee?s?|en cours|good standing|paid up"
    r"|trialing|present|affiliee?s?|abonne|adherent|member|membre|subscribed|reabonnee?s?|ongoing|in force|en vigueur|valide|nouveau|nouvelle|new|reconduit|enrolled|reinscrite?s?|inscrite?s?|en activite|en service|in service|a jour)\b"
)
_GONE_CODE = re.compile(r"can|canc|term|dem|rad|resil|exp|lap|disc|clo|inact")  # whole, as a status is shortened
_NEVER_WAS = re.compile(r"(non|not a|no|never a) ?(member|membre|adherent|client|customer|abonne|subscriber)")
_NOT_YET = re.compile(r"\b(pending|planned|requested|scheduled|prevue?s?|demandee?s?)\b")
_NOT_KEPT = re.compile(r"\b(non|not|pas) (ete )?(renouvelee?s?|renewed|reconduite?s?|reabonnee?s?|reinscrite?s?|reprise?s?|readheree?s?)\b")  # « échu non renouvelé »
_MOVED_ON = re.compile(  # the contract is over, and another goes on in its place
    r"\b((switched|changed|migrated|moved|transferred|rolled|converted)( (to|onto|over|into))*( (a|the|an|new|other|another))* (plans?|tariffs?|products?|packages?|contracts?|polic(y|ies)|tiers?)"
    r"|(plan|tariff|contract|policy|package) (change[ds]?|switch(ed)?)|upgraded|downgraded|superseded|replaced( by .*)?|rolled over"
    r"|chang(ee?s?|ements?) (d |de |d')?(formule|offre|contrat|abonnement|forfait|police|tarif)|remplacee?s?( par .*)?"
    r"|(bascule|migr|pass)ee?s? (en|sur|vers) .*(formule|offre|contrat|abonnement|forfait))\b"
)
_NEVER_BEGAN = re.compile(
    r"((not|never|did not|didn t|didn't) (proceed(ed)?|start(ed)?|activated?|beg(in|an|un)|gone? (live|ahead)|went (live|ahead))|no go"
    r"|prospects?|leads?|suspects?|pistes?"
    r"|(free )?trials? (period )?(has |is )?(expired|ended|lapsed|over|finished|abandoned|cancel+ed|(not|never|un) ?converted)|(expired|ended|lapsed|finished|abandoned|unconverted) (free )?trials?"
    r"|(periode d')?essais? (gratuits? )?(expiree?s?|terminee?s?|finie?s?|echue?s?|abandonnee?s?|annulee?s?|non (convertis?|transformee?s?)|sans suite)|fin d'essai"
    r"|non (abouties?|aboutis?|concretisee?s?|demarree?s?|activee?s?|commencee?s?)|jamais (active|demarre|commence|ouvert|entre en vigueur).*|sans suite|classee? sans suite"
    r"|sans effet|non prise?s? d.effet|annulee?s? avant (la )?(prise d.)?(l.)?effet|not taken up|ntu|never incepted|cancell?ed before (it |the )?(start(ed)?|inception))"
)
_NEGATION = re.compile(r"\b(not|non|no|pas|never|jamais)\b")
_TICKED, _CROSSED = frozenset("✓✔☑✅"), frozenset("✗✘☐❌✖")
_UNDONE = (
    r"cancel|^(cxl|cncl|cancl|canc?|ann|remb|rfnd|rej)\.?$|annul|anula|refus|reject|rejet|rechaz|rejeit|recus|retour|return|devol|devuel|refund|rembours|reembols"
    r"|^(ko|nok)$|void|fail|echou|echec|fallid|falh|declin|unavailable|indispon|abandon|charge ?back|draft|brouillon|quotation"
    r"|^(erreur|error)$|(erreur|error|expire).*(pay|paie|carte|card|transaction)|(pay|paie|carte|card|transaction).*(erreur|error|expire)"
    r"|denied|fraud|trash|corbeille|deleted|supprim|blocked|bloque|time[ds]?[ _-]?out|insuffi|reversed|reversal"
    r"|^(devis|quote|estimate|pro[ _-]?forma)$"
)
_CANCELLED = r"cancel|^(cxl|cncl|cancl|canc?|ann)\.?$|annul|anula|void|draft|brouillon"
_UNPAID = (
    r"unpaid|impay|impag|(attente|await|pending).*(payment|paiement|payer|regle(ment|r)|virement|cheque)|(await|pending)[ _-]pay$"
    r"|^requires[ _]"
)
_MISSED = r"^(did not (come|attend|show)|missed)$"  # an appointment nobody came to
_NO_SHOW = r"(^|[^a-z])(no[ _-]?show|absente?s?([^a-z]|$)|(non|pas|not)[ _-]?(venue?|presente?e?|honoree?|attend)|lapin)"
_BILLS = re.compile(r"(?:^|[^a-z])(?:factur(?:e|es|ation|ee?)|invoices?|bills?|billing|invoiced)(?:[^a-z]|$)")
_DONE_AFTER_ALL = r"partial|partiel|parcial|(^| )(not|non|no|nao|pas|sans|sin) |return window"
_UNDOING = frozenset(
    "annule annulee annules annulees annulation cancelled canceled cancel cancellation retourne retournee retournes retour returned return"
    " refunded rembourse remboursee refuse refusee rejected declined voided void impaye impayee unpaid failed echouee".split()
)
_AROUND = frozenset("is was has been est ete a order orders commande cmd vente sale line ligne article item produit product o n".split())
_YES = frozenset({"oui", "yes", "true", "vrai", "y", "o", "1", "1.0", "1,0", "x", "t", "true.", "yes."})
_NO = frozenset({"non", "no", "false", "faux", "n", "0", "0.0", "0,0", "f", "false.", "no."})


def means_yes(value: str) -> bool | None:
    """Whether a word says yes; None when it says neither yes nor no."""
    word = plain(value.strip())
    if value.strip() in _TICKED | _CROSSED:
        return value.strip() in _TICKED
    return True if word in _YES else (False if word in _NO else None)


_COMPLAINT = re.compile(r"\b(complain\w*|reclamations?|plaintes?|litiges?|disputes?|insatisfaction|dissatisfaction|mecontentement)\b")
_MOST_LABELS = 50  # subjects of tickets: more are words of each, not kinds of them


def complaints_among(labels: Sequence[str]) -> tuple[str, ...]:
    """The kinds of tickets that are complaints; none where all are, or where no kind tells.

    Args:
        labels: the kinds of tickets a file tells apart.
    """
    found = tuple(label for label in labels if _COMPLAINT.search(plain(label).replace("_", " ")))
    return found if len(labels) <= _MOST_LABELS and 0 < len(found) < len(labels) else ()


def tells_nothing(value: str) -> bool:
    """Whether a status says that this contract never began, or that another took its place: nobody left by it, and nobody is here by it."""
    return bool(_MOVED_ON.search(_spaced(value))) or never_began(value)


def never_began(value: str) -> bool:
    """Whether a status says that the contract came to nothing: whoever has no other was never a customer."""
    return bool(_NEVER_BEGAN.fullmatch(_spaced(value)))


def seen_through(value: str) -> bool:
    """Whether a state says that someone got what they had come for: passed, graduated, completed. It ends the relation, and nobody left by it."""
    return bool(_SEEN_THROUGH.fullmatch(_spaced(value)))


_SEEN_THROUGH = re.compile(
    r"(has |have |all |course |programme |program |training |test |exam )?(passed|graduated|qualified|certified|completed|complete|achieved|fulfilled)( (first time|test|exam|course|programme|program|training))?"
    r"|alumn(us|a|i|ae)|graduates?|(goal|target|objective)s? (reached|met|achieved)|(licen[cs]e|degree|diploma|certificate) (obtained|awarded)"
    r"|(examen |permis |code |formation |parcours )?(recue?s?|admise?s?|diplomee?s?|reussie?s?|certifiee?s?|achevee?s?|obtenue?s?)( (a l'examen|au permis|du premier coup))?"
    r"|(a |ont )?(reussi|obtenu)( (son|le|l'|leur) ?(permis|examen|diplome))?|objectifs? atteints?|menee?s? a (terme|bien)"
)


def _spaced(value: str) -> str:
    return re.sub(r"[_\-]", " ", plain(value.strip()))


def means_gone(value: str) -> bool | None:
    """Whether a status says the customer has gone; None when it does not tell."""
    word = _spaced(value)
    if _NEVER_WAS.match(word) or tells_nothing(value):
        return None  # a prospect has not left
    if _NOT_YET.search(word):
        return None  # told to come
    if _NOT_KEPT.search(word):
        return True
    denied = bool(_NEGATION.search(word))
    if _GONE.search(word) or _GONE_CODE.fullmatch(word):
        return not denied
    if _HERE.search(word) or word == "act":
        return denied
    return None


def undone_sql(text: str, *, billed: bool = False, given: bool = False) -> str:
    """SQL: whether the status of an order says that it does not stand: cancelled, refused, sent back, never come to or never paid.

    The rhythm of customers and the figures read it alike: an order that counts in one counts in the other.

    Args:
        text: SQL of the status, as text.
        billed: it is an invoice's: one that is not paid yet is a sale all the same.
        given: it is a credit note's: one that was refunded gives money back all the same.
    """
    word, undone = f"LOWER(STRIP_ACCENTS({text}))", _CANCELLED if given else _UNDONE if billed else f"{_UNDONE}|{_UNPAID}"
    return (
        f"((REGEXP_MATCHES({word}, '{undone}') AND NOT REGEXP_MATCHES({word}, '{_DONE_AFTER_ALL}'))"
        f" OR REGEXP_MATCHES({word}, '{_NO_SHOW}') OR REGEXP_MATCHES({word}, '{_MISSED}'))"
    )


def undone(value: str, *, billed: bool = False) -> bool:
    """Whether a state says that an order does not stand, as `undone_sql` tells it (same arguments)."""
    word = plain(value)
    told = re.search(_UNDONE if billed else f"{_UNDONE}|{_UNPAID}", word) and not re.search(_DONE_AFTER_ALL, word)
    return bool(told or re.search(_NO_SHOW, word) or re.search(_MISSED, word))


def missed(value: str) -> bool:
    """Whether a state says that nobody came to an appointment."""
    word = plain(value)
    return bool(re.search(_NO_SHOW, word) or re.search(_MISSED, word))


def gives_back_sql(text: str) -> str:
    """SQL: whether the state of a row says that money was given back.

    Args:
        text: SQL of the state, as text.
    """
    return f"REGEXP_MATCHES(LOWER(STRIP_ACCENTS({text})), '{_SENT_BACK}')"


_SENT_BACK = r"^(remb|rfnd)$|refund|rembours|reembols|charge ?back|credit(ed|e)|retour|return|devol|devuel|revers(ed|al)"
_STOOD = re.compile(  # what is said of a sale that was made: paid, sent, handed over
    r"\b(settled|paid|captured|cleared|collected|completed?|delivered|shipped|despatched|dispatched|fulfilled|succeeded|successful|invoiced|processed|posted|received|picked up|handed over"
    r"|payee?s?|reglee?s?|encaissee?s?|soldee?s?|acquittee?s?|livree?s?|expediee?s?|envoyee?s?|facturee?s?|honoree?s?|realisee?s?|effectuee?s?|aboutie?s?|reussie?s?|remise?s?|terminee?s?|traitee?s?|prelevee?s?"
    r"|pagad[oa]s?|entregad[oa]s?|enviad[oa]s?|cobrad[oa]s?|completad[oa]s?)\b"
)
_UNDER_WAY = re.compile(
    r"\b(pending|processing|in (progress|transit|process|preparation)|open|new|on hold|scheduled|confirmed|validated|approved|accepted|authori[sz]ed|placed|booked|ready|partial(ly)?|ok|done|sent|billed"
    r"|en (cours|attente|preparation|transit|livraison)|a (livrer|expedier|payer|preparer)|nouvelle?|validee?s?|confirmee?s?|acceptee?s?|autorisee?s?|prete?s?|partiel(le|lement)?s?|planifiee?s?|reservee?s?)\b"
)


def stood(value: str) -> bool:
    """Whether a state says that the sale was made: settled, paid, delivered; what is only accepted may be an offer beside it."""
    return bool(_STOOD.search(plain(value)))


def is_state(value: str) -> bool:
    """Whether a word is a state of a sale: made, under way, or undone."""
    return stood(value) or undone(value) or bool(_UNDER_WAY.search(plain(value)))


def are_bills(kind: TableKind, *headers: str | None) -> bool:
    """Whether rows are bills, from what the table is or the headers of their number and their day."""
    return kind is TableKind.INVOICES or any(header is not None and _BILLS.search(plain(header.replace("_", " "))) for header in headers)


def undone_flag(header: str) -> bool:
    """Whether a yes/no under this header, beside a purchase, says that the purchase does not stand (« Retourné », `is_cancelled`)."""
    words = [word for word in re.split(r"[^a-z]+", plain(header)) if word and word not in _AROUND]
    return len(words) == 1 and words[0] in _UNDOING
