"""What a question names and the answer would leave out: a figure, a split, a column these files hold another way. Said, never dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.datamodel.roles import Role, TableKind
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded import wording
from assistant.embedded.columns import Columns
from assistant.embedded.ideas import header_ideas, idea
from assistant.embedded.measuring import PERSON
from assistant.embedded.metrics import ACQUISITION_COST
from assistant.embedded.slotted import Slots
from assistant.embedded.strangers import parts
from assistant.embedded.text import plain, several_words, words
from vocabulary.sentence import Sentence

_SURE = 0.9
_AVERAGES = frozenset({"mean", "median", "min", "max"})
_SMALL = r"(?:de |d'|du |des |of |the |l'|la |le |les |nos |our |mes |my |leur |their )*"
_STATISTIC = r"(?:moyen(?:ne)?s?|median(?:e|es|s)?|average|avg|mean|maxim\w+|minim\w+)"
_FIGURE = re.compile(
    rf"\b(?:la |the |l')?(?:moyenne|mediane|average|avg|mean|median|maximum|minimum) {_SMALL}(?P<of>[a-z-]+(?: (?!of|for|de|des|du|by|par|per|in|our|is|est|a)[a-z-]+)?)|"
    rf"\b(?P<what>[a-z-]+) (?:est (?:l'|le |la )?)?{_STATISTIC}\b"
)
_HOW_OLD = re.compile(rf"^(?:et |and )?(?:(?P<en>(?:how old|what ages?) (?:are|is) (?P<who>(?:\w+ ){{0,3}}?{PERSON.pattern}))|(?:quels? ages? (?:ont|a)|de quel age sont) (?:nos |les |mes )?(?P<qui>(?:\w+ ){{0,2}}?{PERSON.pattern}))")
_NUMBER_OF = re.compile(r"\b(?:nombres?|number|how many|combien)\b")
_NOT_NAMED = frozenset("est is le la les the our nos en sont are clients client customers customer et and un une a combien".split())
_OTHER_LEAD = frozenset(
    "et and mais but only just seulement uniquement juste ones one ceux celles les the le la l des de ok alors pour for chez with avec those that ca please svp s il te plait vous now maintenant what about how in en "
    "or ou donc then so again encore par by per".split()
)  # fmt: skip


def as_typed(said: Sequence[str], question: str) -> list[str]:
    """Plain words as the question spells them: « été » for "ete", "direct debit" for the one word it is read as.

    Args:
        said: plain words.
        question: as typed.
    """
    spelt = {part: match.group() for match in re.finditer(r"[\w-]+", question) for part in parts(match.group())}
    return [spelt.get(word) or several_words(word, question) or word for word in said]


def no_column(said: str, question: str, columns: Columns, study: Study) -> Sentence:
    """What is said of a split no field makes: no column of that name, or one that is not told of each customer.

    Args:
        said: its plain word.
        question: as typed.
        columns: what the data can be asked about.
        study: the data.
    """
    held = held_header([said], question, columns, study)
    return wording.no_such_column(as_typed([said], question)[0], columns) if held is None else wording.not_by_customer(held)


def held_header(said: Sequence[str], question: str, columns: Columns, study: Study) -> str | None:
    """The header of the files a question names that no field stands for: a column that changes from one row of a customer to the next.

    Args:
        said: plain words that were not read.
        question: as typed.
        columns: what the data can be asked about.
        study: the data.
    """
    asked, unread = {idea(word) for word in words(question)}, {idea(word) for word in said}
    fields = {field.name for field in columns.fields}
    named = []
    for profile in study.model.tables:
        for column in profile.columns:
            header = set(header_ideas(_ASIDE.sub("", column.name)))
            if column.name not in fields and header and header <= asked and header & unread:
                named.append((len(header), column.name))
    return max(named)[1] if named else None


_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


def figure_missing(question: str, slots: Slots) -> str | None:
    """« Âge moyen » where no number is called so: the figure asked for, which a number of customers would not be.

    Args:
        question: as typed.
        slots: what was read.
    """
    text = plain(question)
    if slots.measure is not None or slots.statistic not in _AVERAGES or (_NUMBER_OF.search(text) and PERSON.search(text)):
        return None
    match = _FIGURE.search(text)
    said = (match["of"] or match["what"]) if match is not None else None
    return said if said and said.split()[0] not in _NOT_NAMED else None


def unpriced(question: str, study: Study) -> Reading | None:
    """« Coût d'acquisition par canal » where no file says what was spent to recruit: said, instead of what else channels tell.

    Args:
        question: as typed.
        study: the data.
    """
    if ACQUISITION_COST.search(plain(question)) is None or study.model.of_kind(TableKind.MARKETING_SPEND):
        return None
    return Reading("cannot_answer", (), _SURE, wording.no_spending(), (wording.example_of("acquisition_quality"),))


_NAMED = re.compile(
    r"^(?:et |and |so |alors )?(?:(?:which|what|quels?|quelles?) (?P<by>(?!(?:is|are|was|were|do|does|did|have|has|should|can|will|est|sont|a|ont|time|day|date|hour|heure|jour)\b)[a-z]+)\b(?=.*\b(?:[a-z]{3,}est|most|least|best|worst|plus|moins|mieux|pires?|meilleure?s?)\b)|"
    r"(?:our |my |the |nos |les )?(?P<of>[a-z]+(?: [a-z]+)?) (?:sales|revenue|turnover|orders)(?= *(?:[?.!]|$|in\b|for\b|by\b|last\b|this\b|en\b))|"
    r"(?:les |nos |le )?(?:ventes|chiffre d'affaires|ca|commandes) (?:de la |de l'|du |des |de |d')(?P<de>[a-z]+(?: [a-z]+)?)(?= *(?:[?.!]|$|en\b|par\b|de\b|cette\b|ce\b)))"
)


def named_alone(question: str, columns: Columns, study: Study) -> Reading | None:
    """« Quel transporteur est le plus lent ? », "gift shop sales": what would be needed, where a question asked for something to be told by a thing no file names.

    Args:
        question: as typed, of which nothing could be answered.
        columns: what the data can be asked about.
        study: the data.
    """
    match = _NAMED.search(plain(question))
    if match is None:
        return None
    if match["by"] is not None:
        held = match["by"].rstrip("s") in columns.words or columns.find([idea(match["by"])]) is not None  # « quel canal » is the column « Origine »
        return None if held else Reading("cannot_answer", (), _SURE, no_column(match["by"], question, columns, study))
    said = [word for word in words(match["of"] or match["de"]) if word not in _OTHER_LEAD]
    unknown = any(word not in columns.words for word in said)
    return Reading("cannot_answer", (), _SURE, wording.not_in_files(said, question, columns)) if unknown else None


def how_old(question: str, columns: Columns, study: Study) -> tuple[str, Reading | None]:
    """« Quel âge ont nos clients ? »: their average age where a column tells it, else what is missing; never how many they are.

    Args:
        question: as typed.
        columns: what the data can be asked about.
        study: the data.
    """
    text = plain(question)
    asked = _HOW_OLD.search(text)
    if asked is None:
        return question, None
    if any(field.role is Role.AGE for field in columns.numeric()):
        return f"{'average age of' if asked['en'] else 'âge moyen des'} {asked['who'] or asked['qui']}{text[asked.end() :]}", None
    return question, no_figure("age", question if asked["en"] else question.replace("age", "âge"), columns, study)


def no_figure(figure: str, question: str, columns: Columns, study: Study) -> Reading:
    """The answer to a figure no column gives.

    Args:
        figure: its plain words.
        question: as typed.
        columns: what the data can be asked about.
        study: the data.
    """
    said = " ".join(as_typed(figure.split(), question))
    held = held_header(figure.split(), question, columns, study)
    if held is not None:
        return Reading("cannot_answer", (), _SURE, wording.not_by_customer(held))
    return Reading("cannot_answer", (), _SURE, wording.no_such_figure(said, columns))


_RESTRICTED = re.compile(
    r"^(?:ok |now |maintenant )?(?:et|and|mais|but|only|just|seulement|uniquement|juste|rien que|what about|how about|sauf|sans|hors|except|without|excluding|pour|for)\b|\b(?:only|seulement|uniquement)[ ?.!]*$"
)


def restricting(question: str, slots: Slots) -> list[str]:
    """The words of a follow-up that asked for something, where nothing of it was read.

    Args:
        question: as typed.
        slots: what was read.
    """
    if slots.by or slots.filters or slots.time or slots.period or slots.compare or slots.measure or slots.statistic or slots.top or slots.order:
        return []
    if _RESTRICTED.search(plain(question)) is None:
        return []
    return [word for word in words(question) if word not in _OTHER_LEAD]
