"""Which lines of a file a question is of: those still open or closed, of so many stars, complaints, points earned or spent."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.statuses import complaints_among, means_gone
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.measuring import PERSON, share_said
from assistant.embedded.record_tables import RecordTable
from assistant.embedded.slotted import Slots
from assistant.embedded.standing import begun_said, ended_by, lines_had, lines_then
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens

_OPEN = re.compile(
    r"\b(?:(?:encore|toujours|still|currently) (?:ouvert\w*|open|pending)|(?:are|is|sont) open|open(?= (?:tickets?|requests?|cases?|orders?|incidents?|issues?|claims?|complaints?|support))|(?:tickets?|incidents?|reclamations?|demandes?|dossiers?) (?:ouvert\w*|open)|non (?:resolu|clos|traite|cloture|ferme)\w*|"
    r"pas (?:encore )?(?:ete )?(?:resolu|clos|traite|cloture|ferme)\w*|not (?:yet )?(?:closed|resolved|solved)|unresolved|unsolved|en attente|en cours|sans (?:reponse|suite|solution)|unanswered|without (?:an )?(?:answer|reply|response)|pas (?:encore )?repondu\w*)\b"
)
_IN_FORCE = re.compile(r"\b(?:en cours|en vigueur|actifs?|actives?|active|in force|current|live|running)\b")
_NOW = re.compile(r"\b(?:en ce moment|actuellement|a l'heure actuelle|currently|right now|at the moment|at present)\b")
_ENDED = re.compile(r"\b(?:perd\w*|resili\w*|termine\w*|lost?|los(?:es?|ing)|cancel\w*|ended|terminated|arrete\w*|expire\w*|pris fin|finie?s?|came to an end)\b")
_OVER = re.compile(r"\b(?:resilie|termine|expire|arrete|fini|echu)e?s?\b|\b(?:ended|terminated|cancel+ed|expired|finished)\b")
_DONE = re.compile(r"\b(?:resolu\w*|clos(?:e|es)?|clotur\w*|fermee?s?|traitee?s?|closed|resolved|solved)\b")
_STARS = re.compile(r"\b(?P<count>\d)[- ]?(?:stars?|etoiles?)\b|\b(?P<word>une?|one|deux|two|trois|three|quatre|four|cinq|five)[- ](?:stars?|etoiles?)\b")
_NUMBERS = {"un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5, "five": 5}


def states_of_lines(text: str, slots: Slots, table: RecordTable) -> None:
    """Read the conditions on the lines of a table that their own columns tell.

    Args:
        text: the plain question.
        slots: what was read; completed in place.
        table: the file asked about.
    """
    _stars(text, slots, table)
    _recommending(text, slots, table)
    _complaints(text, slots, table)
    _points_moved(text, slots, table)
    _closed(text, slots, table)


def _stars(text: str, slots: Slots, table: RecordTable) -> None:
    """« Les avis à une étoile »: the score of the table."""
    match = _STARS.search(text)
    score = next((found for found in table.columns.numeric() if found.on_purchases and found.role in (Role.SATISFACTION, Role.NPS)), None)
    if match is not None and score is not None and slots.measure in ("records", "share_records", None):
        condition = Filter(score.name, "=", (int(match["count"]) if match["count"] else _NUMBERS[match["word"]],), on_purchases=True)
        slots.filters = [found for found in slots.filters if found.field != score.name]
        (slots.part if slots.measure == "share_records" else slots.filters).append(condition)
        slots.unexplained = [word for word in slots.unexplained if not word.startswith(("star", "etoile"))]
        slots.unread = []


def _recommending(text: str, slots: Slots, table: RecordTable) -> None:
    """« Combien de détracteurs ont répondu ? »: the answers of that mark."""
    match = RECOMMENDS.search(text)
    score = next((found for found in table.columns.numeric() if found.on_purchases and found.role is Role.NPS), None)
    if match is None or score is None or slots.measure not in ("records", "share_records", "distinct", None):
        return
    slots.filters = [found for found in slots.filters if found.field != score.name]
    (slots.part if slots.measure == "share_records" else slots.filters).append(Filter(score.name, "<=" if match["no"] else ">=", (6 if match["no"] else 9,), on_purchases=True))
    if slots.measure is None and _HOW_MANY.search(text):
        slots.measure = "records"  # after a score: how many they are
    slots.unexplained = [word for word in slots.unexplained if word != match.group() and not _ANSWERED.fullmatch(word)]


RECOMMENDS = re.compile(r"\b(?:promot(?:eurs?|rices?|ers?)|(?P<no>detract(?:eurs?|rices?|ors?)))\b")
_HOW_MANY = re.compile(r"\b(?:how many|combien)\b")
_ANSWERED = re.compile(r"answered|responded|replied|repondu\w*")


def _complaints(text: str, slots: Slots, table: RecordTable) -> None:
    """« Combien de réclamations ? » in a file of tickets of several kinds: those that are complaints."""
    kind = next((found for found in table.columns.fields if found.on_purchases and complaints_among(found.values)), None)
    if table.kind is not TableKind.TICKETS or kind is None or not _COMPLAINTS.search(text):
        return
    if kind.name not in {*slots.by, *(held.field for held in (*slots.filters, *slots.part))}:
        kinds = complaints_among(kind.values)
        slots.filters.append(Filter(kind.name, "in" if len(kinds) > 1 else "=", kinds, on_purchases=True))


_COMPLAINTS = re.compile(r"\b(?:reclamations?|plaintes?|complaints?|litiges?)\b")


_MOVES = (  # what was done of points: how a question says it, how a kind of movement is called
    (re.compile(r"\b(?:gagn\w*|acquis\w*|cumule\w*|earn\w*|credite\w*|distribue\w*|attribue\w*|octroye\w*|emis|awarded|granted|issued)\b"), re.compile(r"^(?:gain|earn|acqui|credit|cumul|attribu|bonus)")),
    (re.compile(r"\b(?:utilise\w*|depense\w*|used|spent|redeemed|burned|burnt|debite\w*|converti\w*|brule\w*)\b"), re.compile(r"^(?:util|use|usage|burn|redeem|redemption|depens|debit|conver|spen|brul)")),
    (re.compile(r"\b(?:expire\w*|perime\w*|lapsed)\b"), re.compile(r"^(?:expir|perim|laps)")),
)  # fmt: skip


def _points_moved(text: str, slots: Slots, table: RecordTable) -> None:
    """« Points utilisés », "points earned": the movements of that kind, where the file tells kinds apart."""
    if table.kind is not TableKind.LOYALTY_MOVEMENTS:
        return
    for asked, called_so in _MOVES:
        said = asked.search(text)
        held = [(found, tuple(value for value in found.values if called_so.match(plain(value)))) for found in table.columns.fields if found.on_purchases]
        kind = next(((found, values) for found, values in held if 0 < len(values) < len(found.values)), None)
        if said is None or kind is None or kind[0].name in {*slots.by, *(condition.field for condition in slots.filters)}:
            continue
        slots.filters.append(Filter(kind[0].name, "in" if len(kind[1]) > 1 else "=", kind[1], on_purchases=True))
        slots.unexplained = [word for word in slots.unexplained if word != said.group()]


def _closed(text: str, slots: Slots, table: RecordTable) -> None:
    """« Encore ouverts », "still open": the day of the end is empty, unless a state of the file says it."""
    if table.closed is None:
        _open_by_state(text, slots, table)
        return
    if slots.measure == "delay":
        over = table.kind is TableKind.SUBSCRIPTIONS and (slots.period is not None or slots.time is not None) and _OVER.search(text) is not None
        slots.filters += [Filter(table.closed, "is not null", (), on_purchases=True)] if over else []
        return
    open_, done = _OPEN.search(text), _DONE.search(text)
    if table.kind is TableKind.SUBSCRIPTIONS and open_ is None:
        done = done or _ENDED.search(text)
        open_ = _IN_FORCE.search(text) or (_NOW.search(text) if done is None else None)  # « combien de locations en ce moment ? »
    if table.kind is TableKind.SUBSCRIPTIONS and not PERSON.search(text) and _share_ended(text, slots, table.closed, ended=done is not None):
        return
    had = lines_had(text, slots) if open_ is None and done is None and table.kind is TableKind.SUBSCRIPTIONS and table.timed else None
    if had is not None and lines_then(text, slots, had, contracts=True):
        return
    if open_ is None and done is None:
        return
    if done is not None and open_ is None:
        ended_by(text, slots)
    if open_ is not None and done is None and table.timed and lines_then(text, slots, open_.group(), contracts=table.kind is TableKind.SUBSCRIPTIONS):
        return
    condition = Filter(table.closed, "is null" if open_ is not None else "is not null", (), on_purchases=True)
    if slots.measure == "share_records" and not slots.part:
        slots.part = [condition]
    elif not any(means_gone(str(value)) is not None for held in slots.part for value in held.values):  # a state said so already
        slots.filters.append(condition)
        slots.filters += _lost_ones(text, slots, table)
    said = {part for match in (open_, done) if match is not None for part in words(match.group())}
    slots.unexplained = [word for word in slots.unexplained if word not in said]


_STILL_OPEN = re.compile(r"^(?:encore |toujours |still )?(?:en cours|ouverte?s?|open|opened|pending|en attente|in progress|a traiter|to do|en instruction|en traitement|under review)\b")


def open_orders(tokens: Tokens, columns: Columns) -> Filter | None:
    """« Commandes encore ouvertes », "orders still pending": those whose state says that they go on, where the files tell one.

    Args:
        tokens: the question; what is read of it is taken.
        columns: what the data can be asked about.
    """
    said = _STILL_ON.search(tokens.text)
    if said is None or PERSON.search(tokens.text):
        return None
    for field in columns.fields:
        going = tuple(value for value in field.values if _STILL_OPEN.match(plain(value))) if field.on_purchases and field.role is Role.ORDER_STATUS else ()
        if 0 < len(going) < len(field.values):
            place = tokens.at(said)
            tokens.take_span(*said.span())
            return Filter(field.name, "in" if len(going) > 1 else "=", going, True, place)
    return None


_STILL_ON = re.compile(r"\b(?:encore|toujours|still) (?:ouvert\w*|open|pending|en attente|en cours)\b")


_AWAITED = re.compile(r"\b(?:en attente (?:de |d'|du )|awaiting |pending )(?P<what>[a-z]+)\b")
_PAYING = re.compile(r"regl|pay|paie|paid|sold|encaiss|settl")


def awaiting(text: str, slots: Slots, columns: Columns) -> frozenset[str]:
    """« En attente de règlement » where a state says « En attente » and others « Réglée »: the word for what is waited for, which those states tell.

    Args:
        text: the plain question.
        slots: what was read.
        columns: what the data can be asked about.
    """
    said = _AWAITED.search(text)
    read = {found.field for found in slots.filters if any(_STILL_OPEN.match(plain(str(value))) for value in found.values)} if said is not None else set()
    if said is None or not read:
        return frozenset()
    others = [plain(value) for field in columns.fields if field.name in read for value in field.values if not _STILL_OPEN.match(plain(value))]
    paying = _PAYING.match(said["what"]) is not None
    told = any(_PAYING.match(other) if paying else other[:_ROOT] == said["what"][:_ROOT] for other in others)
    return frozenset({said["what"]}) if told else frozenset()


_ROOT = 4  # letters « livraison » and « Livrée » share


def _open_by_state(text: str, slots: Slots, table: RecordTable) -> None:
    """« Sinistres encore ouverts » where no column tells the day they were closed: those whose state says that they go on."""
    said = _OPEN.search(text)
    if said is None or table.kind is TableKind.SUBSCRIPTIONS:
        return
    read = {held.field for held in (*slots.filters, *slots.part)}
    for field in table.columns.fields:
        going = tuple(value for value in field.values if _STILL_OPEN.match(plain(value))) if field.on_purchases else ()
        if 0 < len(going) < len(field.values) and field.name not in read:
            condition = Filter(field.name, "in" if len(going) > 1 else "=", going, on_purchases=True)
            (slots.part if slots.measure == "share_records" and not slots.part else slots.filters).append(condition)
            slots.unexplained = [word for word in slots.unexplained if word not in words(said.group())]
            return


_LOST = re.compile(r"\b(?:perd\w*|lost|los(?:es?|ing)|resili\w*|cancel\w*)\b")


def _lost_ones(text: str, slots: Slots, table: RecordTable) -> list[Filter]:
    """« Contrats perdus » where some of those that ended were only changed for another: those whose state says that the customer went."""
    state = next((found for found in table.columns.fields if found.on_purchases and found.role is Role.ACCOUNT_STATUS), None)
    if table.kind is not TableKind.SUBSCRIPTIONS or state is None or not _LOST.search(text) or any(held.field == state.name for held in (*slots.filters, *slots.part)):
        return []
    gone = tuple(value for value in state.values if means_gone(value))
    return [Filter(state.name, "in" if len(gone) > 1 else "=", gone, on_purchases=True)] if gone else []


_A_MONTH = re.compile(r"\b(?:mrr|recurr\w*|mensuel(?:le)?s?|mensualites?|monthly|(?:par|chaque|per|each|every|a) (?:mois|month))\b")


def contracts_running(text: str, slots: Slots, table: RecordTable) -> None:
    """« Revenu mensuel des contrats Éco »: what contracts bring each month is of those that run, unless those that ended are asked for.

    Args:
        text: the plain question.
        slots: what was read; completed in place.
        table: the file asked about.
    """
    column = table.columns.named(slots.column) if slots.column is not None else None
    if table.kind is not TableKind.SUBSCRIPTIONS or table.closed is None or not table.timed or column is None or column.role is not Role.RECURRING_AMOUNT:
        return
    if slots.measure != "sum" or not _A_MONTH.search(text):
        return  # « total des primes annuelles » is of every line
    begun = slots.period is not None and begun_said(text)  # those signed then, whatever became of them
    if not (begun or _ENDED.search(text) or any(found.field == table.closed and found.operator == "is not null" for found in slots.filters)):
        slots.filters = [found for found in slots.filters if found.field != table.closed]
        slots.stock = True


def _share_ended(text: str, slots: Slots, closed: str, *, ended: bool) -> bool:
    """« Taux de résiliation des contrats », « part des contrats résiliés »: of contracts, whether their customers left or not; true when it is asked."""
    slots.filters = [held for held in slots.filters if held.field != "lost"]
    shared = share_said(text)
    if slots.measure != "lost_rate" and (not ended or slots.part or not shared or shared not in slots.unread):
        return False
    slots.unread = [word for word in slots.unread if word != shared]
    slots.measure, slots.part = "share_records", [Filter(closed, "is not null", (), on_purchases=True)]
    return True
