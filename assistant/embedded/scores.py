"""Who complained, who recommends: « promoteurs », "detractors", « ceux qui réclament », said of the tickets and scores of the files."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.measuring import PERSON
from assistant.embedded.slotted import Slots
from assistant.embedded.tokens import Tokens

_NPS = {"promoter": (">=", 9), "detractor": ("<=", 6)}
_SCORED = re.compile(
    rf"\b(?:(?P<promoter>promot(?:eurs?|rices?|ers?)|(?:happy|satisfied|delighted) {PERSON.pattern}|{PERSON.pattern} (?:satisfaite?s?|contente?s?|ravie?s?))|"
    rf"(?P<detractor>detract(?:eurs?|rices?|ors?)|(?:unhappy|dissatisfied|disappointed|angry) {PERSON.pattern}|{PERSON.pattern} (?:mecontente?s?|insatisfaite?s?|decue?s?)|"
    r"mecontente?s|insatisfaite?s))\b"
)
_COMPLAINING = re.compile(
    rf"\b(?:qui|who|that|ayant|having|{PERSON.pattern})\b (?:ont |have |had |se sont |s'etaient |nous ont )?(?:deja |already |fait |made |filed |depose )?(?:une? |a |des )?"
    r"(?:reclament|reclame|reclamations?|se plaignent|plaignent|plaints?|plainte|complain(?:ed|s)?|complaints?)\b"
)


_DONE = r"(?:had|made|filed|opened|raised|sent|logged|lodged|submitted|created|make|file|open|raise|send|log|lodge|submit|create)"
_FAIT = r"(?:fait|depose|eu|ouvert|envoye|cree|emis|adresse)"
_UNCOMPLAINING = re.compile(
    rf"\b(?P<no>with no|(?:have|has|had) no|{_DONE} no|(?:(?:have|has)(?: not|n't)|(?:did not|didn't)) {_DONE}(?: any| a)?|n'ont (?:fait |ouvert |depose |envoye )?aucune?|without(?: any| a)?|sans(?: aucune?)?|n'(?:ont|a) (?:pas|jamais) {_FAIT} (?:de |d'|une? )?|(?:have |has |had )?never {_DONE} (?:an? |any |one )?)?(?P<yes>with (?:an?|at least one|some)|avec (?:une?|au moins une?|des)|ayant (?:une?|fait une)|"
    rf"(?:(?:who|that|which) )?{_DONE} (?:an?|some|at least one)|(?:have|has|had)(?: (?:had|made|filed|opened|sent))?(?: an?| some| any| at least one)?|ont(?: (?:eu|fait|ouvert|depose|envoye))?(?: une?| des| au moins une?)?)?"
    r" ?(?:complaints?|reclamations?|plaintes?|tickets?|requests?|cases?)\b"
)

_THEM = re.compile(r"^(?:and |et )?(?:which|who|those|how many|lesquel(?:le)?s|ceux|celles|combien)(?: ones?| of (?:them|those)| d'entre (?:eux|elles))?\b")
_ANY_TICKET = re.compile(r"\b(?:tickets?|requests?|cases?)\b")


def _told_by(match: re.Match[str], columns: Columns) -> str:
    """The column that says who did: a complaint is one kind of ticket, where the files tell kinds apart."""
    return "has_complained" if _ANY_TICKET.search(match.group()) or columns.named("filed_complaint") is None else "filed_complaint"


def _complained(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Ceux qui réclament », "who complained": told by the tickets of the files."""
    match = _COMPLAINING.search(tokens.text)
    if match is not None and columns.named("has_complained") is not None:
        slots.filters.append(Filter(_told_by(match, columns), "=", (True,), at=tokens.at(match)))
        tokens.take_span(*match.span())
        return
    match = _UNCOMPLAINING.search(tokens.text)
    if match is not None and (match["no"] or match["yes"]) and columns.named("has_complained") is not None and (PERSON.search(tokens.text) or _THEM.search(tokens.text)):
        slots.filters.append(Filter(_told_by(match, columns), "=", (match["yes"] is not None,), at=tokens.at(match)))
        tokens.take_span(*match.span())


def scored(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Promoteurs », "detractors": what the score of recommendation says, when the files hold one.

    Args:
        slots: filled in place.
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    _complained(slots, tokens, columns)
    found = _SCORED.search(tokens.text)
    nps = next((field for field in columns.numeric() if field.role is Role.NPS and not field.on_purchases), None)
    if found is None or nps is None or any(condition.field == nps.name for condition in slots.filters):
        return
    operator, bound = _NPS[str(found.lastgroup)]
    slots.filters.append(Filter(nps.name, operator, (bound,), at=tokens.at(found)))
    slots.scored = True
    tokens.take_span(*found.span())
