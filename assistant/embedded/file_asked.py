"""Which file a question on lines is about: by the name of its lines, by a column or a value that it alone holds, by what was billed in it."""

from __future__ import annotations

import re

from analytics.datamodel.bills import bills_beside_orders
from analytics.datamodel.documents import credits_of
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.records import called
from analytics.study import Study
from assistant.embedded.columns import Columns, columns_of
from assistant.embedded.coverage import departing
from assistant.embedded.ended_lines import (
    COUNTED,
    for_a_reason,
    lived_by,
    reason_of,
)
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.given_back import REFUNDED, amount_of, given_back
from assistant.embedded.headers import without_unit
from assistant.embedded.ideas import split_headers
from assistant.embedded.line_values import said_of_lines
from assistant.embedded.lines_billed import CASHED
from assistant.embedded.lines_read import (
    called_like,
    says_a_value,
)
from assistant.embedded.measuring import PERSON, STATISTICS
from assistant.embedded.owing import owed_said
from assistant.embedded.rates import RATED, rate_of, rate_of_leaving
from assistant.embedded.record_states import RECOMMENDS
from assistant.embedded.record_tables import RecordTable, called_so
from assistant.embedded.stated import asks_reasons
from assistant.embedded.text import plain, words
from assistant.embedded.unpaid import settled_by_lines, unpaid_said

_ASKS = re.compile(
    r"\b(quels?|quelles?|what|which|top|par|by|per|selon|repartition|breakdown|distribution|evolution|trend|tendance|vs|versus|compar\w*)\b"
)
DELAY = re.compile(
    r"\b(?:(?:temps|delais?|duree)\b.{0,12}\b(?:resolution|traitement|reponse|livraison|cloture|resoudre|traiter|repondre|livrer|clore|cloturer|fermer|solder)|"
    r"(?:resolution|response|handling|delivery|closing|processing) (?:times?|delays?)|time to (?:close|resolve|answer|deliver|solve|fix|handle)|"
    r"(?:how long|combien de temps)\b.{0,40}\b(?:resol\w*|clos\w*|trait\w*|handle\w*|deliver\w*|livr\w*))\b"
)
_DELIVERED = re.compile(r"\b(?:livr|deliver)")
_BOUNDED = re.compile(r"\b(?:au moins|au plus|plus de|moins de|superieur|inferieur|at least|at most|above|below|over|under|more than|less than)\b|[<>]")
NPS = re.compile(r"\b(?:nps|net promoter(?: score)?|score de recommandation)\b")
NOTED = re.compile(
    r"\b(?:(?:notes?|scores?) moyen\w*(?: (?:de |du )?(?:recommandation|nps|satisfaction))?|moyenne des (?:notes?|scores?)(?: de (?:recommandation|satisfaction))?|nps moyen|"
    r"(?:average|mean) (?:recommendation |nps |satisfaction )?(?:scores?|ratings?|marks?)|(?:average|mean) nps)(?!\w)"
)
_COUNTABLE = re.compile(r"\b(?:combien|how many|nombre|number|le plus|le moins|most|fewest|least)\b")


def asks_who_has_most(text: str, table: RecordTable) -> bool:
    """Whether customers are ranked by how many lines of a file are theirs: "which customers opened the most tickets".

    Args:
        text: the plain question.
        table: the file.
    """
    said = table.noun.search(text) if table.noun is not None else None
    return said is not None and _MOST_OF.search(text[: said.start()]) is not None


_MOST_OF = re.compile(  # "which customers opened the most tickets", « les clients qui ont le plus de réclamations »
    rf"\b{PERSON.pattern}(?: who| that| qui)?(?: \w+){{0,3}} (?:the )?(?:most|le plus (?:de |d'))\s*(?:support |open |urgent )?$"
)
REFUND_RATE = re.compile(r"\b(?:refund rates?|rates? of refunds?|taux de remboursements?)\b")


def refund_rate(text: str, table: RecordTable) -> Filter | None:
    """« Taux de remboursement » where a column tells how much of each line was refunded: the lines of which some was.

    Args:
        text: the plain question.
        table: the file.
    """
    if REFUND_RATE.search(text) is None or table.kind is TableKind.RETURNS:
        return None  # all the lines of a file of refunds are some
    told = [found for found in table.columns.numeric() if found.on_purchases and any(REFUNDED.match(part) for part in words(split_headers(found.name)))]
    return Filter(told[0].name, ">", (0,), on_purchases=True) if len(told) == 1 else None


_EACH = re.compile(r"\b(?:par|by|per|selon|chaque|each|every)(?: (?:la|le|les|the|nos|our|notre))? $")


def _said_at(noun: re.Pattern[str], text: str, table: RecordTable) -> int | None:
    """Where the lines of a file are named, but for what a figure is split by: « et par magasin ? » counts no line of magasins.csv, « par mode de paiement » none of payments."""
    headed = headers_said(text, table)
    return next((match.start() for match in noun.finditer(text) if not _EACH.search(text[: match.start()]) and not any(low < match.start() < high for low, high in headed)), None)


def headers_said(text: str, table: RecordTable) -> list[tuple[int, int]]:
    """Where the headers of several words of a file's own columns stand whole in a question.

    Args:
        text: the plain question.
        table: the file.
    """
    headers = (words(split_headers(found.name)) for found in table.columns.fields if found.on_purchases)
    return [said.span() for header in headers if len(header) > 1 for said in re.finditer(rf"\b{' '.join(map(re.escape, header))}s?\b", text)]


def _of_marks(text: str, tables: tuple[RecordTable, ...], study: Study) -> tuple[RecordTable, str] | None:
    """The enquiry whose score, or whose marks out of ten where no other column holds any, a question is about."""
    scored = next((found for found in tables if found.scored), None)
    if scored is None:
        return None
    if NPS.search(text) and not re.search(r"\b(?:moyen\w*|average|mean|promot\w*|detract\w*|pourquoi|why)\b", text.replace("net promoter", "")):
        return scored, "nps"
    other = any(binding.role is Role.SATISFACTION for binding in study.model.bindings)
    return (scored, "mean") if NOTED.search(text) and not other else None


_FIRST_ANSWER = re.compile(r"\b(?:premiere? (?:reponse|retour|contact)|1re reponse|first (?:response|reply|answer|contact))\b")
_OF_REQUESTS = re.compile(r"\b(?:resolution|reponse|traitement|resoudre|traiter|repondre|response|reply|handling|resolve|answer|solve|fix|handle)\b")


def _how_long_it_took(text: str, tables: tuple[RecordTable, ...]) -> RecordTable | None:
    """The file whose lines are opened one day and closed another, of which the time taken is asked."""
    if not DELAY.search(text) or _FIRST_ANSWER.search(text):
        return None  # the day a request is closed is not that of a first answer
    closed = [found for found in tables if found.delayed and found.timed]
    if _OF_REQUESTS.search(text):
        closed.sort(key=lambda found: found.kind is not TableKind.TICKETS)
    if _DELIVERED.search(text):  # claims are closed, orders are delivered
        closed.sort(key=lambda found: not any(moment.role is Role.DELIVERY_DATE for moment in found.moments))
    return next((found for found in closed if found.noun is not None and found.noun.search(text)), closed[0] if closed else None)


def file_named(text: str, tables: tuple[RecordTable, ...], study: Study) -> tuple[RecordTable | None, str | None]:
    """The file a question is about, and its measure when the words alone say it.

    Args:
        text: the plain question.
        tables: that can be asked about.
        study: the data.
    """
    counted = COUNTED.search(text) is not None and PERSON.search(text) is not None
    marks = None if counted or _BOUNDED.search(text) else _of_marks(text, tables, study)
    if marks is not None:
        return marks
    answered = next((found for found in tables if found.scored), None) if RECOMMENDS.search(text) and _ANSWERED.search(text) else None
    if answered is not None:
        return answered, None
    lost = departing(text)
    lines = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE and columns_of(study).dated}
    sold = {called(profile, study) for profile in study.model.tables if profile.table in lines}
    best = _how_long_it_took(text, tables)
    if best is not None:
        return best, "delay"
    contracts = columns_of(study).contracts and rate_of_leaving(text)  # « taux d'annulation » where contracts are cancelled
    rated = [
        found for found in tables
        if found.kind not in (TableKind.CUSTOMERS, TableKind.RETURNS) and (rate_of(text, found.columns) is not None or refund_rate(text, found) is not None)
        and not (contracts and not (found.noun is not None and found.noun.search(text)) and not _half_way(text, found, study))
    ]  # fmt: skip
    if rated:
        return rated[0], None
    billed = None if lost else _credit_notes(text, tables, study) or _billed(text, tables, study)
    if billed is not None:
        return billed, None
    asks = any(pattern.search(text) for _, pattern in STATISTICS) or _ASKS.search(text)
    told = lived_by(text, tables) or for_a_reason(text, tables, study) or _why_ended(text, tables, study) or (_ended_contracts(text, tables, study) if lost else given_back(text, tables))
    if told is not None:
        return told, None
    if lost or re.search(r"\b(?:pourquoi|why|comment|how(?! many| much))\b", text):
        return None, None
    spots = [
        (place, found) for found in tables
        if found.noun is not None and found.name not in sold and (place := _said_at(found.noun, text, found)) is not None
    ]  # fmt: skip
    if not spots:
        return None, None
    place, table = min(spots, key=lambda spot: (spot[0], not called_so(text[spot[0] :], spot[1]), not says_a_value(text, spot[1])))
    person = PERSON.search(text)
    if person is not None and person.start() < place and not _MOST_OF.search(text[:place]):
        return None, None  # people are asked about, by what they sent or answered
    short = place <= _NEAR and not _YES_OR_NO.search(text)
    return (table, None) if asks or short else (None, None)


_ANSWERED = re.compile(  # promoters are counted among the answers, where those are what is asked
    r"\b(?:answered|responded|replied|answers?|responses?|repondu\w*|reponses?)\b"
)


def _billed(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """The file of what was billed, where its lines alone tell what came in, or what is not paid yet."""
    kinds = (TableKind.PAYMENTS, TableKind.INVOICES) if CASHED.search(text) else (TableKind.INVOICES, TableKind.PAYMENTS)  # what came in, or what was billed
    held = [found for kind in kinds for found in tables if found.kind is kind and amount_of(found) is not None]
    if len(held) > 1:
        held.sort(key=lambda found: not (says_a_value(text, found) or called_like(text, found)))
    billed = next(iter(held), None)
    if billed is None:
        return None
    if settled_by_lines(text, columns_of(study), billed.columns) and not PERSON.search(text):
        return billed
    told = (_REVENUE.search(text) and not _MONTHLY.search(text)) or (billed.noun is not None and billed.noun.search(text) and unpaid_said(text)) or owed_said(text)
    if told and columns_of(study).named("amount") is not None and CASHED.search(text):
        return next((found for found in held if called_like(text, found)), None)  # "collected", where a file holds the collections, is told by no other's sales
    if told and bills_beside_orders(study.model) and (_BILLED.search(text) or owed_said(text)):
        return billed  # what was ordered is one thing, what was billed of it another
    return billed if told and columns_of(study).named("amount") is None else None  # where nothing is sold by the piece, what was invoiced is what came in


_BILLED = re.compile(r"\b(?:factur\w+|invoiced|billed|billings?|(?:did|have|had|do) we (?:invoice|bill))\b")


def _half_way(text: str, table: RecordTable, study: Study) -> bool:
    """« Taux d'abandon » where who is lost is who did not enrol again: the rate of a state of those who stopped half-way, and no departure."""
    told = rate_of(text, table.columns)
    return told is not None and any(
        study.model.lost.column == column.name and season.state == own.column and own.name == told.field
        for season in study.model.seasons for profile in study.model.tables if profile.table == season.table and called(profile, study) == table.name
        for column in profile.columns if column.column == season.column for own in profile.columns
    )  # fmt: skip


_NOTES = re.compile(r"\b(?:avoirs|notes? de credit|credit notes?)\b")


def _credit_notes(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """The file of invoices that tells its credit notes apart, where those are asked about: « montant des avoirs »."""
    told = {called(profile, study) for profile in study.model.of_kind(TableKind.INVOICES) if credits_of(study.model, profile.table) is not None}
    return next((found for found in tables if found.name in told), None) if _NOTES.search(text) and (bills_beside_orders(study.model) or columns_of(study).named("amount") is None) else None


def _ended_contracts(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """« Quelle branche perd le plus de contrats ? »: the contracts that have ended, where nothing is sold by the piece."""
    usual = {found.name for found in columns_of(study).fields}
    said = {word.rstrip("s") for word in words(text)}

    def named(table: RecordTable) -> bool:
        own = (words(split_headers(found.name)) for found in table.columns.fields if found.on_purchases and found.values and found.name not in usual)
        return (table.noun is not None and table.noun.search(text) is not None) or any(len(header) == 1 and header[0].rstrip("s") in said for header in own)

    held = next((found for found in tables if found.kind is TableKind.SUBSCRIPTIONS and found.closed is not None and named(found)), None)
    headed = any(match.start() <= _HEAD for table in tables if table.kind is TableKind.SUBSCRIPTIONS and table.noun is not None and (match := table.noun.search(text)))
    shared = any(name == "share" and pattern.search(text) for name, pattern in STATISTICS) or _RATE_OF_CONTRACTS.search(text)
    heads = held is not None and held.noun is not None and held.noun.match(_ARTICLE.sub("", text)) is not None  # « contrats résiliés en mars dans le Rhône »
    counted = (shared or ((heads or headed or _COUNTABLE.search(text) is not None) and RATED.search(text) is None and not _YES_OR_NO.search(text))) and PERSON.search(text) is None
    return held if counted and held is not None and (not columns_of(study).dated or _no_order(text, held, columns_of(study))) else None


def _no_order(text: str, table: RecordTable, columns: Columns) -> bool:
    """Whether contracts are named in the words of their own file, and what is sold beside them is called otherwise."""
    said = table.noun.search(text) if table.noun is not None else None
    return said is not None and not (columns.orders is not None and columns.orders.search(said.group()))


_ARTICLE = re.compile(r"^(?:les |nos |mes |the |our |my |all |tous les )")
_HEAD = 4  # letters: « les contrats résiliés en 2025 »
_RATE_OF_CONTRACTS = re.compile(r"\b(?:taux|rates?)\b.{0,24}\b(?:des|de nos|of|of our|for) (?:contrats?|contracts?|abonnements?|subscriptions?)\b|\b(?:contract|subscription) (?:churn|cancellation|termination) rates?\b")


def _why_ended(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """« Top cancellation reasons »: the contracts that hold the reason they ended for, where no customer does."""
    asked = asks_reasons(text) and not any(found.role is Role.CHURN_REASON for found in columns_of(study).fields)
    return next((found for found in tables if asked and found.closed is not None and reason_of(found) is not None), None)


_REVENUE = re.compile(r"\b(?:ca|chiffres? d'affaires|revenues?|turnover|recettes?|(?:a-t-on|avons-nous|on a|montants?) factures?|facture|facturation|(?:honoraires|cotisations?|loyers?|primes?|prestations?) (?:ht |ttc )?factures|encaiss(?!er\b|ables?\b)\w*|billings?|invoiced|(?<!hours )billed|(?:did|have|had) we (?:collect|invoice|bill|charge|take|receive)(?:d|ed)?|we (?:have |had )?(?:collected|received))\b")
_MONTHLY = re.compile(r"\b(?:mensuel\w*|monthly|mrr|arr|recurr\w*)\b")
_YES_OR_NO = re.compile(r"\b(?:a|est|ont|sont|a-t|ont-t)-(?:t-)?(?:il|elle|ils|elles|on)\b|\best-ce qu|^(?:did|does|do|is|are|was|were|has|have|should|can)\b")  # « La campagne a-t-elle marché ? »
_NEAR = 24  # letters: « les tickets urgents du mois dernier » begins by what it is about


def holder(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """The one file whose own column is named, when neither customers nor purchases hold it: "average stars by topic".

    Args:
        text: the plain question.
        tables: that can be asked about.
        study: the data.
    """
    said = {word.rstrip("s") for word in words(text)}
    said |= {word.removesuffix("d") for word in said if word.endswith("ed")}  # "charged" of « Charge (£) »
    usual = {found.name for found in columns_of(study).fields}
    holders = [
        table for table in tables
        if table.kind is not TableKind.CUSTOMERS and any(
            found.on_purchases and found.name not in usual and any(len(header[0]) > 2 and set(header) <= said for header in _called(found))
            for found in table.columns.fields
        )
    ]  # fmt: skip
    if _WHO_NEVER.search(text):
        return None  # "accounts that never opened a ticket": of those who have no line, « Opened » tells nothing
    averaged = any(name in ("mean", "median") and pattern.search(text) for name, pattern in STATISTICS)  # "average csat of churned customers"
    return holders[0] if len(holders) == 1 and (averaged or not departing(text)) else None


_WHO_NEVER = re.compile(rf"{PERSON.pattern}.{{0,24}}\b(?:never|jamais|did not|didn't|have not|haven't|has not|hasn't)\b")


def of_its_value(question: str, tables: tuple[RecordTable, ...], study: Study, known: frozenset[str] | None) -> RecordTable | None:
    """The file whose lines alone hold a value that is said: « combien de personnes refoulées en 2025 ? ».

    Args:
        question: as typed.
        tables: that can be asked about.
        study: the data.
        known: plain words of ordinary questions, which name no value by themselves; None where nothing else was read.
    """
    held = None if departing(plain(question)) else said_of_lines(question, study, known)
    return held[0] if held is not None and held[0] in tables else None


def _called(field: Field) -> list[list[str]]:
    """The plain words that name a column: its header, and for a number its header without units and asides."""
    whole = [part.rstrip("s") for part in words(split_headers(field.name))]
    short = [[part.rstrip("s") for part in alias] for alias in field.aliases if field.type is ColumnType.NUMBER and alias in without_unit(field.name)]
    return [header for header in (whole, *short) if header]
