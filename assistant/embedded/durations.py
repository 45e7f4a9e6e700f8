"""« Délai entre la commande et la livraison », "average contract length": days between two dates of one file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.datamodel.model import ColumnType, TableProfile
from analytics.datamodel.roles import Role
from analytics.measures.dates import CLOCKS
from assistant.embedded.columns import Columns
from assistant.embedded.fields import Field
from assistant.embedded.ideas import header_ideas, idea, same
from assistant.embedded.measuring import PERSON
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

_LASTED = r"(?:delais?|temps|durees?|ecart|time|delays?|duration|days|lag|gap|nombre de jours|number of days|combien de (?:temps|jours)|how (?:long|many days))"
_BETWEEN = re.compile(
    rf"\b{_LASTED}\b(?P<mid>[^?]{{0,40}}?)\b(?:entre|between|from|depuis|separe\w*)\b (?P<one>[^?]{{2,40}}?) (?:et|and|to|until|jusqu'a|a|de)\b (?P<two>[^?,]{{3,40}})"
)
_UNTIL = re.compile(
    r"\b(?:delais?|temps|time|days|delays?)(?: moyens?| median)? (?:de |d'|des |avant |du |to |before |until |for |mis pour |pour )(?:le |la |l'|les |the |a |an )?(?P<two>[a-z]{3,})\b|"
    r"\b(?P<en>[a-z]{4,}) (?:delays?|times?|lag)\b|\b(?:how long|combien de temps)\b.{0,30}?\b(?:to|pour|a|avant de) (?P<verb>[a-z]{3,})\b"
)
_RELATION = r"(?:contrats?|abonnements?|adhesions?|souscriptions?|contracts?|subscriptions?|memberships?|engagements?|relations?|relationships?)"
_LENGTH = re.compile(
    rf"\b(?:durees?|longueur|length|duration|lifetime)(?: de vie)?(?: moyennes?)? (?:d'|de |des |du |of )(?:un |une |l'|la |les |nos |our |the |a |an )?{_RELATION}\b(?: (?:terminee?s?|finie?s?|echue?s?|clos|ended|finished|expired|terminated|closed)\b)?|"
    rf"\b{_RELATION} (?:length|duration|lifetime)s?\b"
)
_LONG = 4  # letters from which the last of a header may change: leave, leaving
_TO_FIRST = re.compile(
    rf"\b{_LASTED}\b.{{0,30}}\b(?:inscri\w+|adhesion|creation|sign-?(?:ing )?up|registration|registering|joining|recrutement)\b.{{0,12}}\b(?:premiere?|first) (?:commandes?|achats?|dons?|orders?|purchases?|gifts?|tickets?)\b"
)
_MOST = 5  # words of a date said in a question; beyond, it is another question

# What a manager calls the moment a date of that role tells.
_MOMENTS: Mapping[Role, str] = {
    Role.PURCHASE_DATE: r"command\w*|achats?|achet\w*|order\w*|purchas\w*|book\w*|reserv\w*|factur\w*|invoic\w*",
    Role.START_DATE: r"debut\w*|start\w*|souscri\w*|subscri\w*|abonn\w*|sign\w*|inscri\w*|join\w*|arriv\w*",
    Role.SIGNUP_DATE: r"inscri\w*|sign\w*|adhes\w*|join\w*|regist\w*|creat\w*|creation|arriv\w*|debut\w*|start\w*",
    Role.END_DATE: r"fin|end\w*|depart\w*|resili\w*|cancel\w*|terminat\w*|sortie|leav\w*|left|stop\w*|arret\w*",
    Role.DELIVERY_DATE: r"livr\w*|deliver\w*",
    Role.PROMISED_DATE: r"promi\w*|prevu\w*|planned|expected",
    Role.RESOLVED_DATE: r"clo\w*|resol\w*|ferm\w*|trait\w*|repon\w*|answer\w*|settl\w*|repl\w*",
    Role.FIRST_PURCHASE_DATE: r"premier\w*|first",
    Role.LAST_PURCHASE_DATE: r"dernier\w*|last",
}
_PAID = re.compile(r"paiement\w*|pay\w*|paid|regl\w*|settl\w*|encaiss\w*")
_IDLE = frozenset("date dates day jour le la les l de du des d the of a an leur leurs their son sa his her nos our moyen moyenne average mean is are et and".split())


@dataclass(frozen=True, slots=True)
class Moment:
    """A date of one file: its header, what it is, the ideas of its header."""

    header: str
    role: Role | None
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duration:
    """Days from one date of a file to another, and where the question says so."""

    since: str
    until: str
    span: tuple[int, int]


_STAYING = r"(?:reste\w*|dure\w*|demeure\w*|stays?|lasts?|remains?)"
_STAY = rf"(?! de\b)\b.{{0,24}}{PERSON.pattern}.{{0,24}}\b{_STAYING}\b"
_HOW_LONG = re.compile(rf"\b(?:combien (?:de (?:temps|mois|jours|semaines|trimestres)|d'an(?:nee)?s)|how long|how many (?:months|years|weeks|days)){_STAY}")
_SO_MANY = re.compile(rf"\b(?P<fr>combien (?:de (?:mois|jours|semaines|trimestres)|d['’]an(?:n[ée]e)?s))(?={_STAY})|\b(?P<en>how many (?:months|years|weeks|days))(?={_STAY})", re.IGNORECASE)


def how_long(text: str) -> bool:
    """Whether a plain question asks how long customers stay: « combien de mois un client reste-t-il ? »."""
    return _HOW_LONG.search(text) is not None


def in_time(question: str) -> str:
    """The question with the unit a stay is asked in left out, as such questions are mostly put: « combien de temps »."""
    return _SO_MANY.sub(lambda found: "combien de temps" if found["fr"] else "how long", question)


def to_first_purchase(tokens: Tokens, columns: Columns) -> Field | None:
    """« Délai entre l'inscription et le premier achat »: the days the data already count; their words are then taken.

    Args:
        tokens: the question.
        columns: what the data can be asked about.
    """
    match, field = _TO_FIRST.search(tokens.text), columns.named("days_to_first_purchase")
    if match is None or field is None:
        return None
    tokens.take_span(*match.span())
    return field


def moments_of(profile: TableProfile, roles: Mapping[str, Role]) -> tuple[Moment, ...]:
    """The dates of a table.

    Args:
        profile: of the table.
        roles: of its columns.
    """
    return tuple(
        Moment(column.name, roles.get(column.column), header_ideas(column.name)) for column in profile.columns if column.type is ColumnType.DATE
    )


def duration_asked(text: str, moments: Sequence[Moment]) -> Duration | None:
    """The two dates of one file a question asks the distance of; None when it asks for none, or for others.

    Args:
        text: the plain question.
        moments: the dates of the file.
    """
    if len(moments) < 2:  # one date is no distance
        return None
    match = _BETWEEN.search(text)
    if match is not None:
        since, until = _called(match["one"], moments, whole=True), _called(match["two"], moments)
        if since is not None and until is not None and since.header != until.header:
            return Duration(since.header, until.header, (match.start(), match.end() - _beyond(match["two"], until)))
    match = _LENGTH.search(text)
    if match is not None:
        since, until = _of(moments, Role.START_DATE, Role.SIGNUP_DATE), _of(moments, Role.END_DATE)
        return Duration(since.header, until.header, match.span()) if since is not None and until is not None else None
    match = _UNTIL.search(text)
    if match is None:
        return None
    until = _called(match["two"] or match["en"] or match["verb"], moments)
    since = _of(moments, *CLOCKS)
    distinct = since is not None and until is not None and since.header != until.header and until.role not in (Role.RESOLVED_DATE, Role.DELIVERY_DATE)
    return Duration(since.header, until.header, match.span()) if distinct and since is not None and until is not None else None


_FROM = frozenset("du de depuis debut from start begin beginning since".split())
_TO = frozenset("au a jusqu jusque fin to until end till".split())
_LASTING = re.compile(r"\b(?:durees?|longueurs?|length|durations?|combien de temps (?:dure(?:nt)?|durait)|how long (?:do|does|is|are))\b.{0,24}$")


def spell_asked(text: str, noun: re.Pattern[str] | None, moments: Sequence[Moment]) -> Duration | None:
    """« Durée moyenne d'un arrêt » of a file « arrêts » whose dates are « Arrêté du » and « au »: from the one to the other.

    Args:
        text: the plain question.
        noun: what the lines of the file are called.
        moments: its dates.
    """
    named = noun.search(text) if noun is not None else None
    ahead = _LASTING.search(text[: named.start()]) if named is not None else None
    if named is None or ahead is None:
        return None
    since = [moment for moment in moments if set(words(moment.header)[-1:]) & _FROM or set(words(moment.header)[:1]) & _FROM]
    until = [moment for moment in moments if set(words(moment.header)[-1:]) & _TO or set(words(moment.header)[:1]) & _TO]
    if len(since) != 1 or len(until) != 1 or since[0].header == until[0].header:
        return None
    return Duration(since[0].header, until[0].header, (ahead.start(), named.end()))


def _of(moments: Sequence[Moment], *roles: Role) -> Moment | None:
    return next((moment for role in roles for moment in moments if moment.role is role), None)


def _called(said: str, moments: Sequence[Moment], *, whole: bool = False) -> Moment | None:
    """The one date those words name (all of them, when `whole`): by its header first, else by what dates of its role are called."""
    heard = [word for word in words(said) if word not in _IDLE][:_MOST]
    more = heard[:2]
    if not whole:
        heard = heard[:1]
    elif not all(any(_is_header(word, moment) or _is_moment(word, moment) for moment in moments) for word in heard):
        return None  # « la première commande » is no day of an order
    named = [moment for moment in moments if any(_is_header(word, moment) for word in heard)]
    named = _that_happened(said, named, moments)
    if len(named) > 1:  # « livraison promise », « livraison réelle »: by as many of the words as one alone bears
        named = _most_named(heard if whole else more, named)
    if len(named) != 1:
        named = [moment for moment in named or moments if any(_is_moment(word, moment) for word in heard)]
    return named[0] if len(named) == 1 else None


def _that_happened(said: str, named: Sequence[Moment], moments: Sequence[Moment]) -> list[Moment]:
    """« Délai de livraison » where headers say « Livraison promise » and « Livré le »: the day it came, unless the promise is said."""
    came = [moment for moment in moments if moment.role is Role.DELIVERY_DATE]
    promised = [moment for moment in named if moment.role is Role.PROMISED_DATE]
    if not promised or len(promised) < len(named) or len(came) != 1 or any(_is_moment(word, moment) for word in words(said) for moment in promised):
        return list(named)
    return came if any(_is_moment(word, came[0]) for word in words(said)) else list(named)


def _most_named(heard: Sequence[str], moments: Sequence[Moment]) -> list[Moment]:
    counts = [sum(_is_header(word, moment) for word in heard) for moment in moments]
    return [moment for moment, count in zip(moments, counts, strict=True) if count == max(counts)]


def _is_header(word: str, moment: Moment) -> bool:
    parts = [part for part in moment.ideas if part not in _IDLE]
    if any(same(idea(word), part) or (len(part) > 3 and word.startswith(part[:-1] if len(part) > _LONG else part)) for part in parts):
        return True
    return _PAID.fullmatch(word) is not None and any(_PAID.fullmatch(part) for part in moment.ideas)


def _is_moment(word: str, moment: Moment) -> bool:
    pattern = _MOMENTS.get(moment.role) if moment.role is not None else None
    return pattern is not None and re.fullmatch(pattern, word) is not None


def _beyond(said: str, moment: Moment) -> int:
    """How many letters of the last words say something else than the date."""
    last = 0
    for match in re.finditer(r"[a-z0-9]+", said):
        if _is_header(match.group(), moment) or _is_moment(match.group(), moment):
            last = match.end()
        elif match.group() not in _IDLE:
            break
    return len(said) - last
