"""Columns that say who has left: which way round they say it, and how sure that is.

A wrong label turns every figure of the product upside down, so three things must agree: the header speaks of the
customer's own departure (not of an order, a message, a forecast), the values can be read, and yes and no are the right
way round. Where one of them is in doubt the confidence falls below `SURE`, and the manager is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from analytics.datamodel.headers import CUSTOMER_WORDS, concepts_of, is_anonymous, plain, words_of
from analytics.datamodel.model import ColumnProfile, ColumnType
from analytics.datamodel.roles import Role
from analytics.datamodel.statuses import means_gone, means_yes, seen_through, tells_nothing

SURE = 0.75  # below, a label is not used: the manager is asked
WORTH_ASKING = 0.3
_GONE, _HERE, _STATE = "gone", "here", "state"

_PLAIN = frozenset({
    "churn", "customer", "flag", "status", "account", "real", "target", "member", "end", "household", "active", "inactive", "kept",
    "still", "cancel", "optout", "subscription", "contract", "user", "id", "conversion", "usage", "birth", "company", "amount",
    "name", "plan", "start", "service", "resolved", "uptodate", "dues",
})  # fmt: skip
_FORECAST = frozenset({"predicted", "probability", "score", "promised"})
_NOT_A_STATE = frozenset({"reason", "count", "percent", "date", "rate", "month", "duration", "price"})
_MESSAGES = frozenset({"email", "sms", "phone", "post", "consent", "optout"})
SUBSCRIBED = frozenset({Role.PLAN, Role.RECURRING_AMOUNT, Role.START_DATE, Role.CONTRACT_TYPE, Role.SUBSCRIPTION_ID})  # what a customer pays for, and since when
_CERTAIN = frozenset(
    "churn churned churner attrition attrited exited exit resilie resiliee resilies demissionnaire lapsed departed leaver"
    " lost perdu perdue left".split()
)
_TARGET = frozenset({"target", "label", "top", "y", "real", "actual", "reel", "observed", "final", "is", "has", "desc", "descr"})
SUBSCRIBER = frozenset("subscriber subscribed abonne abonnee".split())
_CARD = frozenset({"card", "loyalty", "id"})
_PROGRAMME = frozenset("fidelite loyalty rewards reward programme program club points avantages advantage vip".split())
_UNSUBSCRIBED = frozenset("desabonne desabonnee desabonnes".split())
_BOND = frozenset("licence license police policy relation relationship contrat contract abonnement subscription membership adhesion".split())
_HOUSE = frozenset(
    "membership association ecole school reseau network company societe practice choir chorale union syndicat federation cuma cooperative"
    " cabinet troupe parish".split()
)  # that one leaves, or stays with
_WITH_US = frozenset("enrolled here subscribed registered inscrit inscrite abonne abonnee adherent adherente present presente with".split())
_RENEWED = frozenset(  # who has not is gone, unless a date beside says that the term still runs
    "renewed renouvele renouvelee renouveles reabonne reabonnee reinscrit reinscrite reconduit reconduite reenrolled readhere readheree".split()
)
_TERMS = frozenset({Role.END_DATE, Role.RENEWAL_DATE})
_ENDED_SAID = frozenset("termed discontinued offboarded unenrolled disenrolled surrendered".split())
_COMING_BACK = frozenset("readhesion returning continuing continues revient continue staying".split())  # next season: meant, not done
_JOINED_UP = frozenset("raccorde raccordee connected".split())  # to the network, the alarm's centre
_NOW = frozenset("current currently ongoing actuel actuelle actuels actuelles actuellement".split())
_WENT, _ELSEWHERE = frozenset("switched moved gone went".split()), frozenset("away elsewhere ailleurs".split())
_ENDED = frozenset("cancelled canceled terminated resigned discontinued disengaged offboarded deactive radie radiee".split())  # as values
_FORMER = frozenset("former formerly".split())
_OLD = frozenset("ancien ancienne anciens".split())  # « ancien client » is one who left, or one known for long
_GIVEN_UP = re.compile(r"\b(gave|given|give) up\b")
_NO_LONGER = re.compile(r"\bno longer\b|\bn(e|'|’)? ?(re)?(vient|joue|suit|a|est) (plus|pas) ?(renouvele|repris|revenue?|reinscrit)?\b")
_ON_THE_BOOKS = re.compile(r"\bon (the )?(roll|books|plan|programme|program|scheme|register|supply|hire)\b")
_UNDER_WAY = re.compile(r"\ben cours\b")
_NO_MORE = re.compile(r"\bplus (un |une )?(client|adherent|abonne|membre)")
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_OVER = frozenset("termine terminee termines ended finished fini finie".split())  # a course, a term: who took it may stay
_SHUT = frozenset(
    "closed cloture cloturee clos close ferme fermee sorti sortie sortis arrete arretee stopped quit clsd rompu rompue rendu rendue"
    " restitue restituee withdrawn deactivated retire retiree gone cessation ceased arret radiation archive archivee archived disengaged desengage desengagee"
    " vacated discharged interrompu interrompue stoppe stoppee stop desinstalle desinstallee soldee sortant sortante removed retrait repris reprise"
.split())
_AROUND = frozenset("ct line ligne nolonger roll supply hire cours famille family ne n given gave up attends attending vient joue suit sa son licence".split())
_SPEAKS = frozenset({"plus"}).union(  # words of a departure, or around one, which take nothing from how sure it is
    _CERTAIN, _TARGET, _SHUT, _BOND, SUBSCRIBER, _HOUSE, _WITH_US, _WENT, _ELSEWHERE, _FORMER, _OLD, _RENEWED, _JOINED_UP, _COMING_BACK, _NOW, _AROUND, _OVER, _ENDED_SAID
)
_ENABLED = ("activé", "activée", "enabled", "activated", "desactive", "désactivé", "disabled")


@dataclass(frozen=True, slots=True)
class LabelReading:
    """A column that may say who left: the values that mean gone as they stand in the file, and how sure (0..1)."""

    values: tuple[str, ...]
    confidence: float


def read_label(
    column: ColumnProfile, roles: Collection[Role] = (), *, told: bool = False
) -> LabelReading | None:
    """Read a column as a label of departure; None when it cannot be one.

    Args:
        column: the profile, with its frequent values.
        roles: the roles of its table, for what the header alone does not say.
        told: the manager says it is a label: only the values are in question.
    """
    explained = _by_its_legend(column)
    if explained is not None:
        return explained
    said = _direction(column.name, roles)
    if said is None:
        if not told:
            return _told_by_values(column)
        said = (_STATE, SURE)
    direction, sure = said
    if column.type is ColumnType.NUMBER and column.distinct > 2 and direction != _STATE:
        return None  # a count, a length of time
    values = _values(column)
    gone = tuple(value for value in values if _says_gone(value, direction))
    if any(_SHUT_FOR_GOOD.search(plain(value)) for value in gone):  # beside an account closed, one stopped is held
        gone = tuple(value for value in gone if not _ON_STOP.fullmatch(plain(value.strip())))
    if not gone or (len(gone) == len(values) and column.filled == column.rows):
        return _unreadable(column, direction, sure)
    if direction == _STATE and 0.6 < sure < SURE and _said_outright(gone) and any(means_gone(value) is False for value in values):
        sure = SURE  # "Patron Status": active patron, former patron
    return LabelReading(gone, round(min(sure, _clear(column, values, gone, direction)), 2))


_SHUT_FOR_GOOD, _ON_STOP = re.compile(r"\b(closed|clotur|clos|ferme)"), re.compile(r"(on )?stop(ped)?|stoppe")


def _by_its_legend(column: ColumnProfile) -> LabelReading | None:
    """« Statut (A = actif, R = résilié) »: codes whose header says what they mean."""
    legend = {code.lower(): meaning.strip() for code, meaning in _LEGEND.findall(column.name)}
    values = _values(column)
    if len(legend) < 2 or not 2 <= len(values) <= _FEW or not all(value.strip().lower() in legend for value in values):
        return None
    meant = {value: means_gone(legend[value.strip().lower()]) for value in values}
    gone = tuple(value for value, left in meant.items() if left)
    return LabelReading(gone, 0.9) if gone and False in meant.values() else None


_LEGEND = re.compile(r"(?<![^\W_])(\w{1,3})\s*(?:[=:→]|\s)\s*([^\W\d_][^,;/|()=:→\d]*?)\s*(?=[,;/|)]|\s-\s|$|(?<=\w)\s+\d)")


def _said_outright(gone: Collection[str]) -> bool:
    return any(set(words_of(value)) & (_CERTAIN | _FORMER | _ENDED) for value in gone)


def marks_only(column: ColumnProfile, gone: Collection[str]) -> bool:
    """Whether a label marks those who left and says nothing of the others (a cross, and blanks): every value in it means gone."""
    values, meant = {value.strip() for value in _values(column)}, {value.strip() for value in gone}
    return 0 < column.filled < column.rows and 0 < len(values) >= column.distinct and values <= meant


def unsaid_values(column: ColumnProfile, gone: Collection[str]) -> tuple[str, ...]:
    """The values of a label, beside those that mean gone, that say neither: a contract that never began, or was replaced by another."""
    meant = {value.strip() for value in gone}
    return tuple(value for value in _values(column) if tells_nothing(value) and value.strip() not in meant)


def finished_values(column: ColumnProfile, gone: Collection[str]) -> tuple[str, ...]:
    """The values of a label, beside those that mean gone, that say that the customer got what they came for: neither lost, nor here any more."""
    meant = {value.strip() for value in gone}
    return tuple(value for value in _values(column) if seen_through(value) and value.strip() not in meant)


def _told_by_values(column: ColumnProfile) -> LabelReading | None:
    """Words that say who is here and who has gone, under a header that says nothing of it (« Type de relation »): asked."""
    known = frozenset[str]().union(*concepts_of(column.name))
    if column.type not in (ColumnType.CATEGORY, ColumnType.TEXT) or not 2 <= column.distinct <= _FEW or known & _OTHER_STATES:
        return None
    values = _values(column)
    gone = tuple(value for value in values if means_gone(value) is True)
    here = [value for value in values if means_gone(value) is False]
    words = set(words_of(column.name))
    held = bool(words) and words <= _BOND - {"relation", "relationship"}  # « Abonnement » : actif, arrêté, en pause
    certain = _said_outright(gone)
    if not gone or not here or (not certain and len(gone) + len(here) < (_HALF if held else _MOSTLY) * len(values)):
        return None
    if len(gone) + len(here) < _HALF * len(values):
        return None
    if certain and is_anonymous(column.name) and len(gone) + len(here) == len(values):
        return LabelReading(gone, 0.8)  # no header to say otherwise, and each word says it by itself
    if held:
        return LabelReading(gone, 0.8)
    return LabelReading(gone, 0.65 if certain else 0.5)


_RELATION = frozenset({"customer", "subscription", "contract", "account"})
_FEW, _MOSTLY, _HALF = 8, 0.75, 0.5
_CROSSED = 0.5  # crosses on at most so many rows mark those who left
_OTHER_STATES = frozenset({  # of an order, a message, a forecast, a segment: not of the relation
    "order", "payment", "delivery", "shipping", "ticket", "invoice", "promo", "product", "store", "campaign", "email", "sms", "phone",
    "consent", "optout", "predicted", "probability", "score", "segment", "score_rfm", "group", "card", "loyalty", "reason", "topic",
    "trial", "document", "return", "opportunity", "prospect", "line",
})  # fmt: skip


def _unreadable(column: ColumnProfile, direction: str, sure: float) -> LabelReading | None:
    """Two or three codes nobody can read under a header that speaks of departures: worth a question, no more."""
    coded = 2 <= column.distinct <= 4 and column.type in (ColumnType.CATEGORY, ColumnType.NUMBER, ColumnType.TEXT)
    short = all(len(value.strip()) <= 3 for value in _values(column))
    if coded and short:
        return LabelReading((), min(sure, 0.4))
    return None


def _clear(column: ColumnProfile, values: tuple[str, ...], gone: tuple[str, ...], direction: str) -> float:
    """How sure the values leave the reading: every value understood, some customers here and some gone."""
    if len(values) == len(gone):  # a cross, and nothing elsewhere: few crosses, and nothing is "no"; most, and it is "not known"
        return 0.8 if direction == _GONE and column.filled <= _CROSSED * column.rows else 0.6
    if direction != _STATE and all(means_yes(value) is not None for value in values):
        return 1.0
    counts = dict(column.top)
    known = [value for value in values if value in gone or means_gone(value) is False or means_yes(value) is not None or tells_nothing(value)]
    here = [value for value in known if value not in gone and not tells_nothing(value)]
    total = sum(counts.values())
    share = sum(counts.get(value, 0) for value in known) / total if total else len(known) / len(values)
    if direction == _STATE and any(seen_through(value) for value in values if value not in gone):
        return 0.85  # beside those who passed their test, those who dropped out left: whoever is neither is still on the way
    if not here and direction == _STATE and _said_outright(gone) and frozenset[str]().union(*concepts_of(column.name)) & _RELATION:
        return 0.85  # « Etat abonnement » : en fonction, résilié
    if not here or all(plain(value.strip()) in _OVER for value in gone):
        return 0.6
    if direction == _STATE and any(_STAGE.search(plain(value)) for value in values):
        return 0.6  # of a sale under way: lost is not left
    unread = any(_CODE.fullmatch(value.strip()) and not _BETWEEN.match(plain(value.strip())) for value in values if value not in known)
    return 0.95 if share >= 0.95 else (0.85 if share >= 0.6 and not unread else 0.7)


_STAGE = re.compile(r"\b(leads?|qualifie?d?e?s?|contacted|contacte|proposals?|propositions?|devis|quoted?|negotiat\w+|negociation|won|gagnee?s?|rdv|demo|relance\w*)\b")
_CODE = re.compile(r"[A-Z0-9]{1,5}")  # that a house alone can read: it may say gone
_BETWEEN = re.compile(r"susp|pend|hold|pau|gr(c|ace)|trial|ess|new|nouv|prosp|dorm|frz|froz|gel|att|wait|del|late|ret|imp")  # neither here nor gone


def _values(column: ColumnProfile) -> tuple[str, ...]:
    return tuple(dict.fromkeys([value for value, _ in column.top] or list(column.examples)))


def _says_gone(value: str, direction: str) -> bool:
    yes = means_yes(value)
    if yes is not None:
        return False if direction == _STATE else yes is (direction == _GONE)
    return means_gone(value) is True


def _direction(header: str, roles: Collection[Role]) -> tuple[str, float] | None:
    """What a yes means under this header (gone, here, or nothing by itself), and how sure the header is a label."""
    words, concepts = words_of(header), concepts_of(header)
    if not words:
        return None
    known = frozenset[str]().union(*concepts) if concepts else frozenset()
    if known & _FORECAST:  # a forecast is no departure; asked only where nothing else could be one
        return (_GONE, 0.35) if "churn" in known else None
    if known & _NOT_A_STATE and not known & {"status"}:
        return None
    found = _spoken(header, words, known, roles)
    if found is None:
        return None
    direction, sure = found
    meanings = [(word, frozenset[str]().union(*concepts_of(word))) for word in words]
    held = len(frozenset(roles) & SUBSCRIBED) > 1 and not set(words) & _PROGRAMME  # what they pay for, and since when, stand beside
    for word, meant in meanings:
        if held and meant and meant <= _CARD:
            continue
        if word in _SPEAKS or (word == "solde" and "soldé" in header.lower()) or meant & (_PLAIN | _MESSAGES | {"loyalty"}) or meant == {"renewal"}:
            continue
        sure -= 0.6 if meant - {"house", "modifier"} else 0.25  # another thing's departure, or a word nobody knows
    if known & _MESSAGES and not known & {"churn"} and not (held and set(words) <= _UNSUBSCRIBED):
        subscribed = any(role in SUBSCRIBED for role in roles)
        sure = min(sure, 0.5 if subscribed and known <= {"optout", *_PLAIN} else 0.0)
    if any("loyalty" in known_of and word not in _HOUSE for word, known_of in meanings) and not held:
        sure = min(sure, 0.5)  # leaving the programme is not leaving the house, unless the card itself is what is paid for
    return (direction, sure) if sure >= WORTH_ASKING else None


def _spoken(header: str, words: tuple[str, ...], known: frozenset[str], roles: Collection[Role]) -> tuple[str, float] | None:
    denied = bool({"not", "non", "no", "pas", "plus"} & set(plain(header).replace("_", " ").split()))
    if plain(header) != header.lower() and any(word in header.lower() for word in _ENABLED):
        return _HERE, 0.45
    found = next((told for told in _tellings(set(words), known, denied, header, frozenset(roles)) if told[0]), None)
    if found is None:
        return None
    _, direction, sure = found
    if denied and direction in (_GONE, _HERE):
        direction = _HERE if direction == _GONE else _GONE
    return direction, sure


def _tellings(words: set[str], known: frozenset[str], denied: bool, header: str, roles: frozenset[Role]) -> tuple[tuple[object, str, float], ...]:
    """Whether a header speaks so, what its yes means then, and how sure that is; the first that holds counts."""
    return (
        (words & {"dormant", "dormants", "dormante", "sommeil"}, _GONE, 0.5),  # asleep is not gone
        ("inactive" in known, _GONE, 0.85),
        ("still" in known and ("customer" in known or words & _WITH_US), _HERE, 0.9),
        (_NO_MORE.search(plain(header)), _HERE, 0.9),  # « n'est plus client »: what its « plus » turns round
        (words & _ENDED_SAID, _GONE, 0.8),
        (_GIVEN_UP.search(_spaced(header)), _GONE, 0.8),
        (_NO_LONGER.search(_spaced(header)), _HERE, 0.8),  # which its « pas », its « plus », its "no" turn round
        (_ON_THE_BOOKS.search(_spaced(header)), _HERE, 0.8),
        (_UNDER_WAY.search(_spaced(header)) and words & _BOND, _HERE, 0.85),
        (words & _WENT and words & _ELSEWHERE, _GONE, 0.85),
        (words & _FORMER and "customer" in known, _GONE, 0.9),
        (words & _OLD and "customer" in known, _GONE, 0.5),
        (words & _OVER and words & _BOND, _GONE, 0.6),  # « contrat terminé »: asked
        ("still" in known and len(words) == 1, _HERE, 0.7),  # "still with us"
        ("still" in known and known <= {"still"}, _HERE, 0.85),  # "still a friend": of a word nobody knows, asked
        (words and words <= SUBSCRIBER, _HERE, 0.6),  # who is not one may never have been: asked
        (_YEAR.search(header) and words and words <= CUSTOMER_WORDS | _WITH_US, _HERE, 0.6),  # « adhérent 2025 »: asked
        ("end" in known and words & _BOND, _GONE, 0.6),
        ("churn" in known, _GONE, 0.95 if _CERTAIN & words else 0.85),
        ("cancel" in known, _GONE, 0.8),
        ("active" in known, _HERE, 0.85),
        # "not renewed" says itself that it is a departure
        (words & _RENEWED and not roles & _TERMS, _HERE, 0.8),
        (words & _COMING_BACK, _HERE, 0.6),
        ("kept" in known, _HERE, 0.9 if "retained" in words else (0.85 if denied else 0.6)),
        ("renewal" in known, _HERE, 0.5),  # of this year's, or automatic: asked
        (words and words <= _NOW | {"flag", "yn"}, _HERE, 0.6),  # one who is not may have yet to begin: asked
        ("uptodate" in known, _HERE, 0.6),  # a member who has paid: asked, for one who is late may stay
        (words and words <= _UNSUBSCRIBED and len(roles & SUBSCRIBED) > 1, _GONE, 0.8),  # from what they pay for
        ("optout" in known, _GONE, 0.5),
        (words & _JOINED_UP, _HERE, 0.6),
        ("soldé" in header.lower() and known & {"customer", "account"}, _GONE, 0.8),  # « solde » is a balance
        (words & _SHUT and known & {"customer", "account"}, _GONE, 0.8),  # « client sorti », "account closed"
        (words & _SHUT and words <= _SHUT | {"flag", "yn"} and len(roles & SUBSCRIBED) > 1, _GONE, 0.8),  # "Ceased", beside the plan and its start
        (words & _SHUT, _GONE, 0.6),  # a file closed, one who went out: asked
        ("status" in known, _STATE, 0.9),
    )


def _spaced(header: str) -> str:
    return plain(header).replace("_", " ")


def ends_the_relation(header: str, *, few: bool = False) -> bool:
    """Whether an end date is the customer's own departure, rather than a trial's, a period's, an offer's or a forecast.

    Args:
        header: of the date.
        few: most rows have none: the end of something every customer has would stand on each.
    """
    if asks_leavers(header):
        return False
    known = frozenset[str]().union(*concepts_of(header))
    if set(words_of(header)) & _ENDS_OF_A_PRICE:
        return False
    return not known & (_OTHER_ENDS if few else _OTHER_ENDS | _ENDS_OF_ALL) or "churn" in known or "cancel" in known


def asks_leavers(header: str) -> bool:
    """Whether a header speaks of what customers are asked (an exit interview, a leaving survey), rather than of their leaving."""
    return bool(_ASKED_ABOUT_IT & set(words_of(header)))


_ASKED_ABOUT_IT = frozenset("interview interviews survey questionnaire enquete sondage debrief debriefing feedback".split())  # of those who left
_OTHER_ENDS = frozenset({"trial", "promo", "renewal", "promised", "predicted", "due", "campaign", "commitment", "guarantee"})
_ENDS_OF_A_PRICE = frozenset("tariff tariffs tarif tarifs price prix rate taux".split())  # after which the relation goes on at another
_ENDS_OF_ALL = frozenset({"period", "card", "order", "dues"})
