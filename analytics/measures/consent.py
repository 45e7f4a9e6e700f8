"""Who may be written to, on which channel: every column that says so is read, and the most restrictive answer wins.

A consent column must say yes; unknown is no. An opt-out column must say no; anything else is a refusal. A person refused
under one identifier is refused under all those that share the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from analytics.datamodel.headers import concepts_of, plain
from analytics.datamodel.model import Binding, TableProfile
from analytics.datamodel.opt_outs import header_words, says_opt_out
from analytics.datamodel.roles import Role
from analytics.study import Study
from analytics.workspace import quote

CHANNELS = ("email", "sms", "telephone")
_CONTACT = {"email": Role.EMAIL, "sms": Role.PHONE, "telephone": Role.PHONE}
_CONSENT = {Role.CONSENT_EMAIL: "email", Role.CONSENT_SMS: "sms", Role.CONSENT_PHONE: "telephone", Role.CONSENT_POST: "post"}
_YES = frozenset(
    "oui o yes y true vrai t v 1 1.0 x ok on ✓ ✔ ☑ optin optedin doubleoptin subscribed subscribe "
    "abonne abonnee inscrit inscrite accepte acceptee accepted accept accord daccord agreed agree consenti consentement consent "
    "consented granted given donne autorise autorisee allowed authorised authorized permis actif active".split()
)
_NO = frozenset("non no n false faux f 0 0.0 none null nan off - – — never jamais".split())
_NOT_MARKETING = re.compile(r"\b(?:cg[uv]s?|terms?|conditions?|cookies?|reglement|contrats?|devis|quote)\b")
# Roles a column of consent may have been given; an address, a date, an identifier or a departure label is none.
_OPEN = frozenset({None, Role.ATTRIBUTE, Role.TOPIC, Role.FLAG, Role.MEASURE, Role.FREE_TEXT, Role.COMMENT, *_CONSENT})
_MOST_ANSWERS = 12
_NAMED = (
    ("email", re.compile(r"mail|newsletter|courriel|\bmel\b")),
    ("sms", re.compile(r"sms|texto|\btext")),
    ("telephone", re.compile(r"phone|\btel|\bcall|appel|bloctel|demarch")),
    ("post", re.compile(r"post|courrier")),
)


class _Kind(Enum):
    """What a column's yes means: an agreement, a refusal, or an agreement to something that names no channel."""

    CONSENT = 1
    OPT_OUT = 2
    LIMIT = 3


@dataclass(frozen=True, slots=True)
class Consents:
    """What the files say.

    Args:
        asked: channels a consent column speaks of.
        agreed: channel -> customers who said yes there, and no nowhere.
        refused: channel -> customers who may not be reached there.
        objectors: customers who opted out, of one channel at least.
    """

    asked: frozenset[str]
    agreed: Mapping[str, frozenset[str]]
    refused: Mapping[str, frozenset[str]]
    objectors: frozenset[str]

    def closed(self, customer: str) -> bool:
        """Whether a customer may be written to on no channel: opted out, or asked and agreeing nowhere."""
        return customer in self.objectors or bool(self.asked) and not any(customer in people for people in self.agreed.values())


def read_consents(study: Study) -> Consents:
    """Read every consent and opt-out column of the tables that name the customer, once a study."""
    if "consents" not in study.memo:
        study.memo["consents"] = _read(study)
    found: Consents = study.memo["consents"]
    return found


def _read(study: Study) -> Consents:
    yes: dict[str, set[str]] = {channel: set() for channel in CHANNELS}
    no: dict[str, set[str]] = {channel: set() for channel in CHANNELS}
    objectors: set[str] = set()
    asked: set[str] = set()
    for table, who in _tables(study):
        for column, channels, kind in _columns(table, study):
            for customer, said in _said(study, table.table, who.column, column):
                closed = _refuses(said) if kind is _Kind.OPT_OUT else not says_yes(said)
                if closed and kind is _Kind.OPT_OUT:
                    objectors.add(customer)
                for channel in channels:
                    if closed:
                        no[channel].add(customer)
                    elif kind is _Kind.CONSENT:  # not having opted out is no agreement
                        yes[channel].add(customer)
            if kind is not _Kind.OPT_OUT:
                asked.update(channels)
    refused = {channel: frozenset(no[channel] | _sharing(study, channel, no[channel])) for channel in CHANNELS}
    agreed = {channel: frozenset(yes[channel] - refused[channel]) for channel in CHANNELS}
    everywhere = frozenset(objectors | set().union(*(_sharing(study, channel, objectors) for channel in CHANNELS)))
    return Consents(frozenset(asked & set(CHANNELS)), agreed, refused, everywhere)


def addresses(study: Study, channel: str) -> dict[str, str]:
    """Customer -> the first address of a channel the files hold for them, cleaned for a mailing tool."""
    found: dict[str, str] = {}
    for customer, address in _addresses(study, channel):
        found.setdefault(customer, _international(address) if channel != "email" else address)
    return found


def says_yes(said: object) -> bool:
    """Whether a consent column's value is a yes; unknown is no."""
    return said is True or (said is not None and _word(said) in _YES)


def _refuses(said: object) -> bool:
    """Whether an opt-out column's value is a refusal: anything but empty or a plain no."""
    return said is not None and said is not False and _word(said) not in _NO and bool(str(said).strip())


@lru_cache(maxsize=4096)
def _word(said: object) -> str:
    return re.sub(r"[\s’'_-]+", "", plain(str(said)).strip(" .!;,")) or str(said).strip()


def _tables(study: Study) -> Iterator[tuple[TableProfile, Binding]]:
    for table in study.model.tables:
        who = study.model.find(Role.CUSTOMER_ID, table=table.table)
        if who is not None:
            yield table, who


def _columns(table: TableProfile, study: Study) -> Iterator[tuple[str, tuple[str, ...], _Kind]]:
    """Each column of a table that speaks of consent, the channels it speaks of, and what its yes means.

    A column that its header calls a consent, though its values were not what is expected of one, is read all the same: it
    opens the channel it names, and only closes where it names none.
    """
    roles = {binding.column: binding.role for binding in study.model.bindings if binding.table == table.table}
    for column in table.columns:
        role = roles.get(column.column)
        name = header_words(column.name)
        named = tuple(channel for channel, words in _NAMED if words.search(name))
        channels = tuple(channel for channel in named if channel in CHANNELS)
        if _NOT_MARKETING.search(name):
            continue
        if says_opt_out(column.name):  # whatever role it was given: a refusal taken for a departure is a refusal
            yield column.column, channels if named else CHANNELS, _Kind.OPT_OUT
        elif role not in _OPEN:
            continue
        elif role in _CONSENT:
            yield column.column, (_CONSENT[role],) if _CONSENT[role] in CHANNELS else (), _Kind.CONSENT
        elif _speaks_of_consent(column.name) and _answers(study, table.table, column.column):
            yield column.column, channels if named else CHANNELS, _Kind.CONSENT if channels else _Kind.LIMIT


def _speaks_of_consent(header: str) -> bool:
    return any("consent" in concepts for concepts in concepts_of(header))


def _answers(study: Study, table: str, column: str) -> bool:
    """Whether a column holds answers: few distinct words, one of them a plain yes or no."""
    rows = study.database.rows(f"SELECT DISTINCT {quote(column)} FROM {quote(table)} LIMIT {_MOST_ANSWERS + 1}")
    words = {_word(row[0]) for row in rows if row[0] is not None}
    return len(rows) <= _MOST_ANSWERS and bool(words & (_YES | _NO | {"true", "false"}))


def _said(study: Study, table: str, who: str, column: str) -> Iterable[tuple[str, object]]:
    rows = study.database.rows(
        f"SELECT CAST({quote(who)} AS VARCHAR), {quote(column)} FROM {quote(table)} WHERE {quote(who)} IS NOT NULL"
    )
    return ((str(customer), said) for customer, said in rows)


def _addresses(study: Study, channel: str) -> Iterator[tuple[str, str]]:
    for table, who in _tables(study):
        for binding in study.model.bindings:
            if binding.table == table.table and binding.role is _CONTACT[channel]:
                for customer, said in _said(study, table.table, who.column, binding.column):
                    if said is not None and str(said).strip():
                        yield customer, str(said).strip()


def _sharing(study: Study, channel: str, people: set[str]) -> set[str]:
    """Everybody whose address is also an address of these people."""
    if not people:
        return set()
    held = [(customer, _same(address, channel)) for customer, address in _addresses(study, channel)]
    closed = {address for customer, address in held if customer in people}
    return {customer for customer, address in held if address in closed}


def _same(address: str, channel: str) -> str:
    """The form under which two writings of one address are the same."""
    if channel == "email":
        return address.casefold()
    digits = re.sub(r"\D", "", _international(address))
    return digits[-9:]  # with or without the country's prefix


def _international(number: str) -> str:
    """A telephone number without a leading plus, which a spreadsheet would take for a formula."""
    return re.sub(r"^\s*\+", "00", number)
