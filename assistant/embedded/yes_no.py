"""Conditions on yes/no columns, on consents and on counts that are nought or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns, once
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter, Scalar
from assistant.embedded.ideas import ideas, same
from assistant.embedded.negations import AFFIRMATIONS, NEGATIONS
from assistant.embedded.text import plain
from assistant.embedded.tokens import Tokens
from assistant.embedded.value_places import COMMON

_WITH = frozenset("a use uses using utilise utilisent en on has".split())  # right before the word only
PEOPLE = frozenset({"senior", "partner", "dependents", "membre", "member", "adherent", "subscriber"})
_CONSENT = re.compile(
    r"\b(?P<no>n'acceptent pas|refus\w*|ne veulent pas|opted out of|do not accept|don't accept|unsubscribed from)?(?P<yes>accept\w*|autoris\w*|consent\w*|opted in(?: to| for)?|opt-in|agreed? to|d'accord pour|veulent bien)?"
    r" ?(?:de |d'|etre |recevoir |receive |contacte\w* |contacted |par |by |les |nos |des |to |the |our |being )*(?P<way>sms|texts?|e-?mails?|mails?|newsletters?|telephone|phone|calls?|courrier|post)\b"
)
_LETTER = re.compile(
    r"\b(?:(?P<no>non[- ]|pas |not )?(?P<yes>inscrite?s?|abonnee?s?|subscribe(?:d|rs?)|signed up|sign-ups?) (?:a |to |for )?(?:la |the |our |notre )?(?P<way>newsletter|e-?mails?))\b"
)
_WAYS = (("sms", Role.CONSENT_SMS), ("text", Role.CONSENT_SMS), ("tele", Role.CONSENT_PHONE), ("phon", Role.CONSENT_PHONE), ("call", Role.CONSENT_PHONE),
         ("courr", Role.CONSENT_POST), ("post", Role.CONSENT_POST), ("", Role.CONSENT_EMAIL))  # fmt: skip


def consents(tokens: Tokens, columns: Columns) -> list[Filter]:
    """« Acceptent les SMS », "opted out of e-mails": the consent of that channel, where the files hold it.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    for match in (*_CONSENT.finditer(tokens.text), *_LETTER.finditer(tokens.text)):
        if not (match["no"] or match["yes"]):
            continue
        role = next(found for start, found in _WAYS if match["way"].startswith(start))
        field = next((found for found in columns.fields if found.role is role), None)
        held = _yes_no(field) if field is not None else None
        if field is not None and held is not None and held[0] is not None:
            place = next((at for at, (_, high) in enumerate(tokens.spans) if high > match.start()), -1)
            tokens.take_span(*match.span())
            return [Filter(field.name, "=", (held[1] if match["no"] else held[0],), field.on_purchases, place)]
    return []


_SOME = re.compile(r"\b(?P<no>without(?: any| a)?|with no|sans(?: aucune?)?|n'ont pas (?:de |d')|have no|no)|(?:with|avec|having|have|ayant|ont)(?: des| un| une| any| some| a)?$")


def some_counted(tokens: Tokens, columns: Columns) -> Iterator[Filter]:
    """« Avec des enfants », "members without children": a count of customers' own that is nought, or is not.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    for field in columns.numeric():
        if field.on_purchases or field.derived or field.role not in (Role.MEASURE, Role.USAGE_COUNT):
            continue
        for place in range(1, len(tokens)):
            if not tokens.free(place) or not any(len(alias) == 1 and same(alias[0], tokens.ideas[place]) for alias in field.aliases):
                continue
            before = tokens.text[: tokens.spans[place][0]].rstrip()
            match = next((found for found in _SOME.finditer(before) if found.end() == len(before)), None)
            if match is not None:
                tokens.take([place])
                yield Filter(field.name, "=" if match["no"] else ">", (0,), False, place)
                break


def flags(tokens: Tokens, columns: Columns, *, counted: bool = False, several: bool = False) -> Iterator[Filter]:
    """Filters on yes/no columns: « sans support technique », "with a partner", « les seniors ».

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
        counted: it asks how many, so that naming a column is having it.
        several: only columns named by several words, sure enough to be read before anything else.
    """
    for field, yes_no in _yes_no_fields(columns):
        short = () if several else tuple((alias[0],) for alias in field.aliases if alias[0] in PEOPLE)
        said: set[bool] = set()
        for alias in (*(alias for alias in field.aliases if len(alias) > 1 or not several), *short):
            own = not several and field.type is ColumnType.FLAG and not field.derived and alias in field.aliases[:1] and alias[0] not in COMMON
            while (found := _flagged(tokens, alias, counted=counted or (own and field.role in _TELLING), own=own)) is not None and found[0] not in said:
                wanted, places = found
                tokens.take(places)
                said.add(wanted)
                value = yes_no[0] if wanted else yes_no[1]
                operator = "!=" if value is None else "="
                yield Filter(field.name, operator, (yes_no[1] if value is None else value,), field.on_purchases, min(places))
            if said:
                break


def _flagged(tokens: Tokens, alias: tuple[str, ...], *, counted: bool, own: bool = False) -> tuple[bool, list[int]] | None:
    """Whether a column named by `alias` (its `own` header) is wanted or not, and where it was said."""
    places = list[int]()
    for part in alias:
        place = next((p for p, said in enumerate(tokens.ideas) if same(part, said) and tokens.free(p)), None)
        if place is None:
            return None
        places.append(place)
    if max(places) - min(places) > len(alias) + 2:
        return None
    wanted = _wanted(tokens, min(places), alias)
    article = tokens.before(min(places), 1) in (["la"], ["une"], ["the"], ["our"], ["notre"]) or tokens.words[max(places) + 1 : max(places) + 2] in (["holders"], ["holder"])
    if wanted is None and counted and (len(alias) > 1 or own or (alias == ("card",) and article)):
        wanted = True  # "what share of customers stream movies"
    return None if wanted is None else (wanted, places)


@once
def _yes_no_fields(columns: Columns) -> tuple[tuple[Field, tuple[Scalar | None, Scalar]], ...]:
    return tuple((field, yes_no) for field in columns.fields if (yes_no := _yes_no(field)) is not None)


_NONE = frozenset(("aucun", "aucune", "none", "sans", "neant", "rien", "nothing", "pas", "no one", "n/a", "na", "unassigned", "non attribue", "non affecte"))
_TELLING = (Role.FLAG, Role.ATTRIBUTE, Role.TRIAL, Role.LOYALTY_MEMBER)


def _yes_no(field: Field) -> tuple[Scalar | None, Scalar] | None:
    """The values that mean yes and no, when the column is a yes/no one; no single yes among kinds of it ("DSL", "Fiber", "No")."""
    if field.type is ColumnType.FLAG:
        return True, False
    by_idea = {ideas(value): value for value in field.values}
    yes, no = by_idea.get(("yes",)), by_idea.get(("no",))
    if no is None and len(field.values) > 2:
        no = next((value for value in field.values if plain(value).strip(" ()[]-–—.") in _NONE), None)
    if no is not None and yes is None and len(field.values) > 2 and not field.on_purchases:
        return None, no
    return None if yes is None or no is None or len(field.values) > 3 else (yes, no)


def _wanted(tokens: Tokens, place: int, alias: tuple[str, ...]) -> bool | None:
    """Whether the question wants those who have it, those who do not, or does not filter on it."""
    near = set(tokens.before(place, 3))
    if near & NEGATIONS:
        return len(near & NEGATIONS) > 1  # « hors clients sans internet »: those who have it
    if len(alias) > 1 and near & {"who", "qui", "that"}:
        return True
    if near & AFFIRMATIONS or _WITH & set(tokens.before(place, 2)):
        return True
    return True if alias[0] in PEOPLE else None
