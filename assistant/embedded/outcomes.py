"""What a file says of each customer in a yes or no: who bought after a campaign, who lived what a header tells in other words."""

from __future__ import annotations

import re
from os.path import commonprefix

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.ideas import same, split_headers
from assistant.embedded.measuring import PERSON, share_said
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens

_BOUGHT = re.compile(
    r"\b(?:(?:ont|a|avaient|have|has)(?: deja| already| ever| effectivement| actually)? (?:achete|commande|bought|ordered|purchased|converti|converted)|(?<!be )(?:bought|ordered|purchased|converted)|achetent|convertis)\b"
    r"(?= ?(?:$|[?.!,]|dans le groupe|dans les groupes|in the|among|parmi|par|by|per|chez|from us|selon|au moins une fois|at least once|suite a|apres|after|following))"
)
_OF_TRIALS = re.compile(r"\b(?:trials?|essais?|devis|quotes?|quotations?|prospects?|leads?|opportunit\w+|site|website|panier|cart)\b")  # whom no campaign brought: another rate
_CONVERTED = re.compile(r"\b(?:taux (?:d'achat|de (?:conversion|transformation|commande))|(?:conversion|purchase|buying) rates?)\b")
_ANSWERED = re.compile(
    r"\btaux de (?:reponse|participation|retour)s? (?:a |aux |de |des |du |sur )(?:l'|la |le |nos |notre |les )?(?:enquetes?|sondages?|questionnaires?|nps)\b|"
    r"\b(?:surveys?|nps|questionnaires?) (?:response|participation|answer) rates?\b|\b(?:response|participation|answer) rates? (?:to|of|on|for) (?:the |our )?(?:surveys?|nps|questionnaires?)\b"
)
_COMPLAINED = re.compile(r"\b(?:complaint rates?|rates? of complaints?|taux de (?:reclamations?|plaintes?))\b")
_ONCE = ((_ANSWERED, ("has_answered_survey",)), (_COMPLAINED, ("filed_complaint", "has_complained")))  # asked, the columns that tell who did
_OF_SOME = re.compile(r"\b(?:qui|who|that|dont|whose|ayant|having|avec|with|chez|among|parmi|(?:des|de nos|of|for|our|les|nos) (?:clients?|customers?|members?|membres?|accounts?|comptes?|subscribers?|abonnes?))\b")
_SMALL = 2  # letters: « en », "to"
_SHARED_LETTERS = 4  # that two words of one family begin by: « livrés », « livraison »


def bought(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Combien ont acheté ? », « taux d'achat par groupe »: the column that says who did; where none does, the words stay unread.

    Args:
        slots: filled in place.
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    outcome = next((found for found in columns.fields if found.role is Role.OUTCOME_CONVERTED and found.type is ColumnType.FLAG and not found.on_purchases), None)
    rate = None if _OF_TRIALS.search(tokens.text) else _CONVERTED.search(tokens.text)
    if outcome is not None and rate is not None and not columns.sold:
        slots.measure, slots.part = "share_customers", [Filter(outcome.name, "=", (True,), at=tokens.at(rate))]
        tokens.take_span(*rate.span())
        return
    for asked, held in _ONCE:
        told = next((name for name in held if columns.named(name) is not None), None)
        if (found := asked.search(tokens.text)) is not None and told is not None:
            slots.measure, slots.part = "share_customers", [Filter(told, "=", (True,), at=tokens.at(found))]
            tokens.take_span(*found.span())
            return
    _paying(slots, tokens, columns)
    match = _BOUGHT.search(tokens.text)
    counted = PERSON.search(tokens.text) or re.match(r"(?:combien|how many)\b", tokens.text)
    if match is None or not counted or slots.period is not None or any(held.field == "orders" for held in slots.filters):
        return
    if outcome is not None and not columns.sold:
        slots.filters.append(Filter(outcome.name, "=", (True,), at=tokens.at(match)))
    elif columns.sold:
        slots.filters.append(Filter("orders", ">", (0,), at=tokens.at(match)))
    else:
        slots.unread.append(match.group())
    tokens.take_span(*match.span())


def _paying(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Comptes payants », "paying accounts": those whose bill of the month is not nought, where the files tell it."""
    match = _PAYING.search(tokens.text)
    bill = next((found for found in columns.numeric() if found.role is Role.RECURRING_AMOUNT and not found.on_purchases), None)
    if match is None or bill is None:
        return
    slots.filters.append(Filter(bill.name, ">", (0,), at=tokens.at(match)))
    tokens.take_span(*match.span("said" if match["said"] else "fr"))


_PAYING = re.compile(rf"\b(?P<said>paying)(?= (?:\w+ )?{PERSON.pattern})|{PERSON.pattern} (?P<fr>payant\w*)\b")


def share_of_people(text: str) -> bool:
    """Whether a plain question asks which share of customers answered or complained: customers are counted, not answers nor tickets."""
    return any(asked.search(text) for asked, _ in _ONCE)


def told_in_other_words(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Les clients livrés en retard » where a yes/no header says « Livraison en retard »: the one column whose header the words left over are of.

    Args:
        slots: completed in place; the words it explains are no longer unexplained.
        tokens: the question.
        columns: what the data can be asked about.
    """
    restricting = _OF_SOME.search(tokens.text)
    if not slots.unexplained or restricting is None or slots.by:
        return
    left = [place for place, word in enumerate(tokens.words) if word in slots.unexplained]
    if min(left) < tokens.after(restricting.start()):
        return
    told = [found for found in columns.fields if _lived(found) and _explains(found.name, [tokens.words[place] for place in left])]
    if len(told) != 1 or any(held.field == told[0].name for held in slots.filters):
        return
    denied = bool({"sans", "without", "not", "pas", "never", "jamais", "no", "non", "n"} & {word for place in left for word in tokens.before(place, 3)})
    condition = Filter(told[0].name, "=", (not denied,), told[0].on_purchases, min(left))
    slots.unexplained = []
    shared = share_said(tokens.text)
    if slots.measure is None and shared and shared in slots.unread and not slots.filters:  # « part des clients avec assurance »: they make the part
        slots.measure, slots.part = "share_orders" if told[0].on_purchases else "share_customers", [condition]
        slots.unread = [word for word in slots.unread if word != shared]
        return
    slots.filters.append(condition)


def said_of_some(question: str, unexplained: list[str]) -> list[str]:
    """The words left over that say of which customers a figure is asked: « taux de départ des clients <livrés en retard> ».

    Args:
        question: as typed.
        unexplained: the words nothing has read.
    """
    text = plain(question)
    restricting = _OF_SOME.search(text)
    return [word for word in unexplained if restricting is not None and word in words(text[restricting.end() :])]


def _lived(field: Field) -> bool:
    return field.type is ColumnType.FLAG and not field.derived and field.role in (Role.FLAG, Role.ATTRIBUTE, Role.COMPLAINT)


def _explains(name: str, said: list[str]) -> bool:
    """Whether each word said is of the family of a word of the header, and they say at least half of it."""
    header = [part for part in words(split_headers(name)) if len(part) > _SMALL]
    heard = {part for part in header for word in said if of_one_family(part, word)}
    return all(any(of_one_family(part, word) for part in header) for word in said) and 2 * len(heard) >= len(header)


def of_one_family(left: str, right: str) -> bool:
    """« Livrés », « livraison »: one stem, each with an ending of its language; « internet » is none of « intéressé ».

    Args:
        left, right: two plain words.
    """
    stem = len(commonprefix((left, right)))
    return same(left, right) or (stem >= _SHARED_LETTERS and left[stem:] in _ENDINGS and right[stem:] in _ENDINGS)


_ENDINGS = frozenset(
    ["", *"s e es ee ees er ers ent ed d ing ings y ies t ts ce ces ant ante ants ation ations aison aisons ion ions tion tions ment ments age ages ure ures eur eurs if ifs ive ives al ale ance ence able ables".split()]
)
