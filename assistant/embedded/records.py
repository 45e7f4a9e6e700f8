"""Questions about the lines of one file that is neither customers nor purchases: tickets, answers, contacts; and rates of its yes/no columns."""

from __future__ import annotations

import re
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analytics.datamodel.model import ColumnType, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.statuses import complaints_among, means_gone
from analytics.explore.fields import PERIODS, by_the_month
from analytics.explore.records import CLOSED, ENDED, called, records_of
from analytics.study import Study
from analytics.workspace import quote
from assistant.embedded.arguments import Prepared, prepare
from assistant.embedded.columns import (
    MOST_VALUES,
    Columns,
    Field,
    any_channel,
    by_one_word,
    columns_of,
    header_ideas,
    idea,
    role_aliases,
    same,
    split_headers,
    without_unit,
)
from assistant.embedded.coverage import departing
from assistant.embedded.durations import Duration, Moment, duration_asked, moments_of
from assistant.embedded.filters import Filter, unpaid_said
from assistant.embedded.measuring import ORDERS, PERSON, STATISTICS, per_order, share_said
from assistant.embedded.outcomes import share_of_people
from assistant.embedded.owing import owed_said
from assistant.embedded.ranking import customers_ranked
from assistant.embedded.rates import CANCELLED, RATED, rate_of
from assistant.embedded.slots import read_slots
from assistant.embedded.slotted import Slots
from assistant.embedded.stated import REASONS, asks_reasons
from assistant.embedded.text import plain, words
from assistant.embedded.totals import adds_up
from vocabulary.language import Text

# What a manager calls one line of a table of each kind.
_NOUNS: Mapping[TableKind, str] = {
    TableKind.INVOICES: "factures? invoices?",
    TableKind.TICKETS: "tickets? reclamations? plaintes? complaints? incidents? cases? demandes? requests? litiges?",
    TableKind.SURVEYS: "reponses? responses? answers? avis reviews? enquetes? surveys? questionnaires? sondages?",
    TableKind.CONTACTS: "messages? e-?mails? mails? contacts? appels? calls? sms envois? echanges?",
    TableKind.SUBSCRIPTIONS: "abonnements? subscriptions? contrats? contracts?",
    TableKind.RETURNS: "retours? returns?",
    TableKind.USAGE: "connexions? logins? sessions? visites? visits? seances? evenements? events?",
    TableKind.OPPORTUNITIES: "opportunites? opportunit(?:y|ies) deals? devis quotes?",
    TableKind.LOYALTY_MOVEMENTS: "mouvements? movements?",
    TableKind.PAYMENTS: "paiements? payments? reglements?",
    TableKind.USERS: "users? utilisateurs?",
    TableKind.PROSPECTS: "prospects? leads?",
    TableKind.CAMPAIGNS: "envois?",
}
_GENERIC = frozenset("data donnees export extract table file fichier liste list base client clients customer customers base".split())
_UNTOLD = frozenset({Role.COMMENT, Role.FREE_TEXT, Role.EMAIL, Role.PHONE, Role.ADDRESS, Role.FULL_NAME, Role.LAST_NAME, Role.FIRST_NAME})
_ASKS = re.compile(
    r"\b(quels?|quelles?|what|which|top|par|by|per|selon|repartition|breakdown|distribution|evolution|trend|tendance|vs|versus|compar\w*)\b"
)
_DELAY = re.compile(
    r"\b(?:(?:temps|delais?|duree)\b.{0,12}\b(?:resolution|traitement|reponse|livraison|cloture|resoudre|traiter|repondre|livrer|clore|cloturer|fermer|solder)|"
    r"(?:resolution|response|handling|delivery|closing|processing) (?:times?|delays?)|time to (?:close|resolve|answer|deliver|solve|fix|handle)|"
    r"(?:how long|combien de temps)\b.{0,40}\b(?:resol\w*|clos\w*|trait\w*|handle\w*|deliver\w*|livr\w*))\b"
)
_BOUNDED = re.compile(r"\b(?:au moins|au plus|plus de|moins de|superieur|inferieur|at least|at most|above|below|over|under|more than|less than)\b|[<>]")
_NPS = re.compile(r"\b(?:nps|net promoter(?: score)?|score de recommandation)\b")
_TREND = re.compile(
    r"\b(?:evolu\w*|baiss\w*|hausse|monte|chut\w*|recul\w*|going (?:up|down)|trends?|tendances?|progress\w*|improv\w*|over time|dans le temps|"
    r"amelior\w*|degrad\w*|dropp\w*|fall\w*|declin\w*|rising)\b"
)
_OPEN = re.compile(
    r"\b(?:(?:encore|toujours|still|currently) (?:ouvert\w*|open|pending)|(?:are|is|sont) open|open(?= (?:tickets?|requests?|cases?|orders?|incidents?|issues?|claims?|complaints?|support))|(?:tickets?|incidents?|reclamations?|demandes?|dossiers?) (?:ouvert\w*|open)|non (?:resolu|clos|traite|cloture|ferme)\w*|"
    r"pas (?:encore )?(?:ete )?(?:resolu|clos|traite|cloture|ferme)\w*|not (?:yet )?(?:closed|resolved|solved)|unresolved|unsolved|en attente|en cours|sans (?:reponse|suite|solution)|unanswered|without (?:an )?(?:answer|reply|response)|pas (?:encore )?repondu\w*)\b"
)
_MONEY_ASKED = re.compile(r"\b(?:combien (?!de )|how much|montants?|total|somme|sum|amounts?|moyen\w*|average)")
_HOW_MUCH = re.compile(r"\bhow much\b|\bcombien (?:a rapporte|rapporte\w*|coute\w*|ca fait)\b")
_COUNTABLE = re.compile(r"\b(?:combien|how many|nombre|number|le plus|le moins|most|fewest|least)\b")
_IN_FORCE = re.compile(r"\b(?:en cours|en vigueur|actifs?|actives?|active|in force|current|live|running)\b")
_ENDED = re.compile(r"\b(?:perd\w*|resili\w*|termine\w*|lost?|los(?:es?|ing)|cancel\w*|ended|terminated|arrete\w*|expire\w*)\b")
_DONE = re.compile(r"\b(?:resolu\w*|clos(?:e|es)?|clotur\w*|fermee?s?|traitee?s?|closed|resolved|solved)\b")
_MEASURES = {"orders_per_customer": "total_per_customer", "orders": "records", "share_orders": "share_records", "customers": "records", "share_customers": "share_records"}
_OF_LINES = frozenset({"records", "share_records", "total_per_customer", "mean", "median", "sum", "min", "max", "distinct", "nps", "delay"})
_ORDER_FR, _ORDER_EN = "commandes", "orders"


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A table questions can be asked of line by line.

    Args:
        name: what a query calls it.
        kind: what one line is.
        noun: the words for one line.
        columns: what can be asked of it: its own columns, then those of the customers it names.
        moments: its dates.
        scored, timed, closed, delayed: it holds a recommendation score, a day, the day it ended (its header), which was answered or delivered.
    """

    name: str
    kind: TableKind
    noun: re.Pattern[str] | None
    columns: Columns
    moments: tuple[Moment, ...]
    scored: bool
    timed: bool
    closed: str | None
    delayed: bool


_CACHE: weakref.WeakKeyDictionary[object, tuple[RecordTable, ...]] = weakref.WeakKeyDictionary()


def record_tables(study: Study) -> tuple[RecordTable, ...]:
    """The tables of a study, read once for each open data file."""
    found = _CACHE.get(study.database)
    if found is None:
        kinds = {reading.table: reading.kind for reading in study.model.readings}
        found = _CACHE[study.database] = tuple(
            _table(study, profile, kinds.get(profile.table, TableKind.OTHER)) for profile in study.model.tables
        )
    return found


def _table(study: Study, profile: TableProfile, kind: TableKind) -> RecordTable:
    records = records_of(study, called(profile, study))
    own = [
        _field(study, profile, column.name, column.column, column.type, records.roles.get(column.column))
        for column in profile.columns
        if records.roles.get(column.column) not in _UNTOLD and not str(records.roles.get(column.column, "")).endswith("_id")
    ]  # fmt: skip
    held = {found.name for found in own}
    others = [found for found in columns_of(study).fields if not found.on_purchases and not found.derived and found.name not in held]
    others = [
        replace(found, aliases=found.aliases[:1]) if found.type is ColumnType.NUMBER else found
        for found in others if study.attribute(found.name) is not None
    ]  # fmt: skip
    said = [part for found in own for text in (found.name, *found.values) for part in words(split_headers(text))]
    columns = Columns(by_one_word(any_channel((*own, *others))), sold=False, dated=True, words=frozenset(said) | columns_of(study).words)
    closed = records.of_role(*ENDED)
    header = next((column.name for column in profile.columns if column.column == closed), None)
    return RecordTable(
        called(profile, study), kind, _noun(profile, kind, beside=_of_orders(study) - {profile.table}), columns, moments_of(profile, records.roles), records.of_role(Role.NPS) is not None, records.clock is not None, header,
        records.of_role(*CLOSED) is not None,
    )


def _field(study: Study, profile: TableProfile, name: str, column: str, kind: ColumnType, role: Role | None) -> Field:
    values: tuple[str, ...] = ()
    if kind is ColumnType.CATEGORY:
        held = quote(column)
        rows = study.database.rows(
            f"SELECT DISTINCT CAST({held} AS VARCHAR) FROM {profile.table} WHERE {held} IS NOT NULL LIMIT {MOST_VALUES + 1}"
        )
        values = tuple(sorted(str(row[0]) for row in rows)) if len(rows) <= MOST_VALUES else ()
    aliases = (header_ideas(name), *(without_unit(name) if kind is ColumnType.NUMBER else ()), *(role_aliases(role) if role is not None else ()))
    return Field(name, Text(name, name), kind, tuple(dict.fromkeys(alias for alias in aliases if alias)), values, True, role)


def _of_orders(study: Study) -> frozenset[str]:
    """The tables whose rows are purchases by themselves."""
    return frozenset(table.table for table in study.model.of_kind(TableKind.TRANSACTIONS))


def _noun(profile: TableProfile, kind: TableKind, *, beside: frozenset[str]) -> re.Pattern[str] | None:
    """The words for one line; `beside` a file of purchases, « lignes_commande » and "order_payments" hold no order of their own."""
    if kind is TableKind.CUSTOMERS:
        return None
    stem = [
        re.escape(part.rstrip("s")) + "s?" for part in words(split_headers(profile.file.rsplit(".", 1)[0]))
        if len(part) > 3 and part not in _GENERIC and not PERSON.fullmatch(part) and not (beside and ORDERS.fullmatch(part))
    ]  # fmt: skip
    nouns = [*_NOUNS.get(kind, "").split(), *stem]
    return re.compile(r"\b(?:" + "|".join(nouns) + r")\b") if nouns else None


def asked_of_records(
    question: str, study: Study, as_of: date, known: frozenset[str], before: Mapping[str, Any] | None, *, by_column: bool = False
) -> tuple[Prepared, Columns] | None:
    """The query a question puts to the lines of one file, and what that file can be asked about; None when it is no such question.

    Args:
        question: as typed.
        study: the data.
        as_of: the day "last year" is said from.
        known: plain words of ordinary questions.
        before: the arguments of the query it leans on, when it does.
        by_column: a column that only one of these files holds is enough to tell which.
    """
    text = plain(question)
    if share_of_people(text):
        return None
    tables = () if per_order(text) else record_tables(study)  # « articles par commande »: of an order, and not how many lines a file has
    followed = next((found for found in tables if before is not None and found.name == before.get("table")), None)
    lasted = _lasted(text, tables)
    table, measure = (lasted[0], "delay") if lasted is not None else _named(text, tables, study)
    if table is None and by_column:
        table = _holder(text, tables, study)
    if table is None and followed is None:
        return None
    chosen = table or followed
    assert chosen is not None
    inherited: Mapping[str, Any] = before or {} if table is None else {}
    duration = lasted[1] if lasted is not None else None
    said = _reworded(text if duration is None else f"{text[: duration.span[0]]}{_DELAY_SAID}{text[duration.span[1] :]}", chosen)
    slots, people = read_slots(said, chosen.columns, as_of, known), _people(study, chosen)
    if measure is not None:
        slots.measure, slots.column = measure, None
        slots.unexplained = [word for word in slots.unexplained if word != _DELAY_SAID and not (measure == "delay" and word in ("days", "jours"))]
        slots.unexplained = slots.unexplained if duration is not None else _beyond(slots.unexplained, _DELAY if measure == "delay" else _NPS, text)
    elif not _rated(text, slots, chosen):
        _of_lines(slots, people if _of_customers(text, chosen) else None)
    noted = {found.name for found in chosen.columns.numeric() if found.role in (Role.SATISFACTION, Role.NPS)}
    if slots.measure == "sum" and slots.column in noted and table is not None and _COUNTED.search(text):
        slots.measure, slots.column = "records", None  # « combien d'avis à une étoile »
    _invoiced(text, slots, chosen)
    _headed(text, slots, chosen)
    reason = _reason(chosen) if asks_reasons(text) else None
    if reason is not None:
        slots.by = list(dict.fromkeys([*slots.by, reason]))[:2]
        slots.filters = [held for held in slots.filters if held.field != "lost"]
        slots.measure, slots.unexplained = "records", _beyond(slots.unexplained, REASONS, text)
    _stars(text, slots, chosen)
    _complaints(text, slots, chosen)
    _points_moved(text, slots, chosen)
    _closed(text, slots, chosen)
    if slots.measure is None and table is not None:
        slots.measure = "records"
    _ranked_or_by_month(text, slots, chosen, people)
    if slots.time is None and not slots.by and slots.period is None and chosen.timed and _TREND.search(text):
        slots.time = "quarter"
    if slots.unknown_group is not None or slots.unexplained or slots.unread or not _lines_tell(slots.measure, text):
        return None
    if table is None and not (slots.by or slots.time or slots.filters or slots.period or slots.measure or slots.top):
        return None
    step = prepare("explore", slots, said, inherited, chosen.columns)
    dates = {"since": duration.since, "column": duration.until} if duration is not None else {}
    return replace(step, arguments={**step.arguments, "table": chosen.name, **dates}), chosen.columns


def _lines_tell(measure: str | None, text: str) -> bool:
    """Whether lines can tell that measure, if there is one; how many they are is no answer where money was asked."""
    return measure is None or measure in _OF_LINES and not (measure == "records" and _HOW_MUCH.search(text))


def _of_customers(text: str, table: RecordTable) -> bool:
    """Whether people are asked about who are not what the lines are of: users in a file of users are its lines."""
    return any(table.noun is None or not table.noun.fullmatch(found.group()) for found in PERSON.finditer(text))


def _of_lines(slots: Slots, people: str | None) -> None:
    """A measure of customers or of orders as one of lines; `people` says whose each is, where several may be of one customer."""
    if slots.measure == "customers" and people is not None:
        slots.measure, slots.column = "distinct", people
    else:
        slots.measure = _MEASURES.get(slots.measure or "", slots.measure)


def _ranked_or_by_month(text: str, slots: Slots, table: RecordTable, people: str | None) -> None:
    """« Qui vient le plus ? » names customers; « dépense moyenne par mois » is of the month, not of its lines."""
    if slots.by:
        return
    if slots.measure in ("records", "sum") and slots.time is None and people is not None and slots.top is not None and customers_ranked(text):
        slots.by = ["customer_id"]
    added = table.columns.named(slots.column) if slots.measure == "mean" and slots.time is not None and slots.column is not None else None
    if added is not None and adds_up(added):
        slots.measure = "sum"


def _people(study: Study, table: RecordTable) -> str | None:
    """The header of what says whose each line is, where customers have several lines."""
    profile = next(found for found in study.model.tables if called(found, study) == table.name)
    bound = next((held for held in study.model.bindings if held.table == profile.table and held.role is Role.CUSTOMER_ID), None)
    column = next((found for found in profile.columns if bound is not None and found.column == bound.column), None)
    return column.name if column is not None and column.distinct < column.filled else None


def _rated(text: str, slots: Slots, table: RecordTable) -> bool:
    """The rate of one state of the lines: set in the slots, and true; false when the question is of none."""
    rate = rate_of(text, table.columns)
    if rate is None:
        return False
    slots.measure, slots.column, slots.part = "share_records", None, [rate]
    slots.filters = [found for found in slots.filters if found.field != rate.field]
    slots.unexplained = _beyond(slots.unexplained, RATED, text)
    slots.unread = [word for word in slots.unread if not CANCELLED.fullmatch(word)]  # the rate counts them
    return True


def _lasted(text: str, tables: tuple[RecordTable, ...]) -> tuple[RecordTable, Duration] | None:
    """The first table that holds both dates a question asks the distance of."""
    return next(((table, found) for table in tables if (found := duration_asked(text, table.moments)) is not None), None)


_YEARLY = re.compile(r"\b(?:annuel(?:le)?s?|annual|yearly|(?:par|per|a) (?:an|year))\b")


def as_it_stands(step: Prepared, question: str, study: Study) -> Prepared:
    """« Prix annuel moyen »: a price told by the year is measured on the lines of its file, not brought to one month.

    Args:
        step: what was read.
        question: as typed.
        study: the data.
    """
    held = step.arguments
    if step.analysis != "explore" or held.get("table") or set(held) & {"period", "compare", "also", "absent", "purchase_filter", "part", "per"}:
        return step
    attribute = study.attribute(str(held.get("column")))
    if attribute is None or not by_the_month(study, attribute) or not _YEARLY.search(plain(question)) or set(PERIODS) & set(held.get("by") or ()):
        return step
    file, header = attribute.sources[0]
    profile = next((found for found in study.model.tables if found.file == file and any(column.name == header for column in found.columns)), None)
    return step if profile is None else replace(step, arguments={**held, "table": called(profile, study), "column": header})


_DELAY_SAID = "delai"


def _beyond(unexplained: list[str], pattern: re.Pattern[str], text: str) -> list[str]:
    """The words no slot has read, those that say the measure itself set aside."""
    said = {part for match in pattern.finditer(text) for part in words(match.group())}
    return [word for word in unexplained if word not in said]


def _named(text: str, tables: tuple[RecordTable, ...], study: Study) -> tuple[RecordTable | None, str | None]:
    """The table a question is about, and its measure when the words alone say it."""
    counted = _COUNTED.search(text) is not None and PERSON.search(text) is not None
    if _NPS.search(text) and not counted and not _BOUNDED.search(text) and not re.search(r"\b(?:moyen\w*|average|mean|promot\w*|detract\w*|pourquoi|why)\b", text.replace("net promoter", "")):
        scored = next((found for found in tables if found.scored), None)
        if scored is not None:
            return scored, "nps"
    lost = departing(text)
    lines = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE and columns_of(study).dated}
    sold = {called(profile, study) for profile in study.model.tables if profile.table in lines}
    if _DELAY.search(text):
        closed = [found for found in tables if found.delayed and found.timed]
        best = next((found for found in closed if found.noun is not None and found.noun.search(text)), closed[0] if closed else None)
        if best is not None:
            return best, "delay"
    rated = [found for found in tables if found.kind is not TableKind.CUSTOMERS and rate_of(text, found.columns) is not None]
    if rated:
        return rated[0], None
    billed = next((found for found in tables if found.kind in (TableKind.INVOICES, TableKind.PAYMENTS) and _amount(found) is not None), None)
    if billed is not None and columns_of(study).named("amount") is None and not lost:
        if (_REVENUE.search(text) and not _MONTHLY.search(text)) or (billed.noun is not None and billed.noun.search(text) and unpaid_said(text)) or owed_said(text):
            return billed, None  # where nothing is sold by the piece, what was invoiced is what came in
    asks = any(pattern.search(text) for _, pattern in STATISTICS) or _ASKS.search(text)
    told = _why_ended(text, tables, study) or (_ended_contracts(text, tables, study) if lost else _given_back(text, tables))
    if told is not None:
        return told, None
    if lost or re.search(r"\b(?:pourquoi|why|comment|how(?! many| much))\b", text):
        return None, None
    spots = [
        (match.start(), found) for found in tables
        if found.noun is not None and found.name not in sold and (match := found.noun.search(text)) is not None
    ]  # fmt: skip
    if not spots:
        return None, None
    place, table = min(spots, key=lambda spot: spot[0])
    person = PERSON.search(text)
    if person is not None and person.start() < place:
        return None, None  # people are asked about, by what they sent or answered
    short = place <= _NEAR and not _YES_OR_NO.search(text)
    return (table, None) if asks or short else (None, None)


def _ended_contracts(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """« Quelle branche perd le plus de contrats ? »: the contracts that have ended, where nothing is sold by the piece."""
    usual = {found.name for found in columns_of(study).fields}
    said = {word.rstrip("s") for word in words(text)}

    def named(table: RecordTable) -> bool:
        own = (words(split_headers(found.name)) for found in table.columns.fields if found.on_purchases and found.values and found.name not in usual)
        return (table.noun is not None and table.noun.search(text) is not None) or any(len(header) == 1 and header[0].rstrip("s") in said for header in own)

    held = next((found for found in tables if found.kind is TableKind.SUBSCRIPTIONS and found.closed is not None and named(found)), None)
    shared = any(name == "share" and pattern.search(text) for name, pattern in STATISTICS) or _RATE_OF_CONTRACTS.search(text)
    counted = (shared or (_COUNTABLE.search(text) is not None and RATED.search(text) is None)) and PERSON.search(text) is None
    return held if counted and not columns_of(study).dated else None


_RATE_OF_CONTRACTS = re.compile(r"\b(?:taux|rates?)\b.{0,24}\b(?:des|de nos|of|of our|for) (?:contrats?|contracts?|abonnements?|subscriptions?)\b|\b(?:contract|subscription) (?:churn|cancellation|termination) rates?\b")


def _why_ended(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """« Top cancellation reasons »: the contracts that hold the reason they ended for, where no customer does."""
    asked = asks_reasons(text) and not any(found.role is Role.CHURN_REASON for found in columns_of(study).fields)
    return next((found for found in tables if asked and found.closed is not None and _reason(found) is not None), None)


def _reason(table: RecordTable) -> str | None:
    return next((found.name for found in table.columns.fields if found.on_purchases and found.role is Role.CHURN_REASON and found.values), None)


def _given_back(text: str, tables: tuple[RecordTable, ...]) -> RecordTable | None:
    """« Combien avons-nous remboursé ? »: the file of what was sent back, when it holds amounts."""
    held = next((found for found in tables if found.kind is TableKind.RETURNS and _amount(found) is not None), None)
    return held if REFUNDED.search(text) and _MONEY_ASKED.search(text) and not PERSON.search(text) else None


REFUNDED = re.compile(r"\b(?:rembours\w*|refund\w*|paid back|rendu)\b")
_REVENUE = re.compile(r"\b(?:ca|chiffres? d'affaires|revenues?|turnover|recettes?|(?:a-t-on|avons-nous|on a|montants?) factures?|facture|facturation|billings?|invoiced|(?<!hours )billed)\b")
_MONTHLY = re.compile(r"\b(?:mensuel\w*|monthly|mrr|arr|recurr\w*)\b")


def _amount(table: RecordTable) -> str | None:
    """The column of what a line amounts to."""
    return next((found.name for found in table.columns.numeric() if found.on_purchases and found.role is Role.AMOUNT), None)


def _invoiced(text: str, slots: Slots, table: RecordTable) -> None:
    """Money of a file of invoices or payments is the sum, or the mean, of its amounts; customers ranked or owing are named."""
    if table.kind is TableKind.RETURNS and (said := REFUNDED.search(text)) is not None and _amount(table) is not None and slots.measure in (None, "amount", "records", "mean"):
        slots.measure, slots.column = "mean" if slots.measure == "mean" or re.search(r"\b(?:moyen\w*|average|mean)\b", text) else "sum", _amount(table)
        slots.unexplained = [word for word in slots.unexplained if word not in words(said.group())]
    if slots.measure in _OF_MONEY and table.kind not in (TableKind.INVOICES, TableKind.PAYMENTS) and (only := _only_number(table)) is not None:
        slots.measure, slots.column = _OF_MONEY[slots.measure], only
    amount = _amount(table) if table.kind in (TableKind.INVOICES, TableKind.PAYMENTS) else None
    if amount is None:
        return
    if slots.measure == "records" and _CASHED.search(text) and not _COUNTED.search(text):
        slots.measure = "amount"  # « cotisations encaissées »
    if slots.measure in _OF_MONEY:
        slots.measure, slots.column = _OF_MONEY[slots.measure], amount
    person = PERSON.search(text)
    named = customers_ranked(text) or (person is not None and re.match(r"(?:quels?|quelles?|which|who|qui|liste?)\b", text) is not None)
    if named and not (slots.by or slots.time) and slots.measure in ("sum", "records", "customers", None):
        slots.by, slots.measure, slots.column = ["customer_id"], "sum", amount


def _headed(text: str, slots: Slots, table: RecordTable) -> None:
    """« Motifs de retour », "ticket categories": the one column of the file that is named, with nothing else, is what its lines are split by."""
    if slots.by or slots.time or slots.filters or len(slots.unexplained) != 1 or PERSON.search(text):
        return
    said = [idea(slots.unexplained[0])]
    named = [found for found in table.columns.fields if found.on_purchases and found.values and any(len(alias) == 1 and same(alias[0], said[0]) for alias in found.aliases)]
    if len(named) == 1:
        slots.by, slots.unexplained = [named[0].name], []


def _only_number(table: RecordTable) -> str | None:
    """The one column of numbers a line holds beside its identifiers: what was paid out on a claim."""
    held = [found.name for found in table.columns.numeric() if found.on_purchases and found.role in (Role.MEASURE, Role.AMOUNT)]
    return held[0] if len(held) == 1 else None


_CASHED = re.compile(r"\b(?:encaiss\w*|percu\w*|collected|received|cashed|taken)\b")
_OF_MONEY = {"amount": "sum", "average_basket": "mean", "median_basket": "median", "highest_basket": "max", "lowest_basket": "min"}
_YES_OR_NO = re.compile(r"\b(?:a|est|ont|sont|a-t|ont-t)-(?:t-)?(?:il|elle|ils|elles|on)\b|\best-ce qu|^(?:did|does|do|is|are|was|were|has|have|should|can)\b")  # « La campagne a-t-elle marché ? »
_NEAR = 24  # letters: « les tickets urgents du mois dernier » begins by what it is about


def _holder(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """The one file whose own column is named, when neither customers nor purchases hold it: "average stars by topic"."""
    said = {word.rstrip("s") for word in words(text)}
    usual = {found.name for found in columns_of(study).fields}
    holders = [
        table for table in tables
        if table.kind is not TableKind.CUSTOMERS and any(
            found.on_purchases and found.name not in usual and (header := [part.rstrip("s") for part in words(split_headers(found.name))])
            and len(header[0]) > 2 and set(header) <= said
            for found in table.columns.fields
        )
    ]  # fmt: skip
    averaged = any(name in ("mean", "median") and pattern.search(text) for name, pattern in STATISTICS)  # "average csat of churned customers"
    return holders[0] if len(holders) == 1 and (averaged or not departing(text)) else None


_COUNTED = re.compile(r"\b(?:combien|how many|nombre|number of)\b")
_STARS = re.compile(r"\b(?P<count>\d)[- ]?(?:stars?|etoiles?)\b|\b(?P<word>une?|one|deux|two|trois|three|quatre|four|cinq|five)[- ](?:stars?|etoiles?)\b")
_NUMBERS = {"un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5, "five": 5}


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
    (re.compile(r"\b(?:gagn\w*|acquis\w*|cumule\w*|earn\w*|credite\w*)\b"), re.compile(r"^(?:gain|earn|acqui|credit|cumul|attribu|bonus)")),
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
    if table.closed is None or slots.measure == "delay":
        return
    open_, done = _OPEN.search(text), _DONE.search(text)
    if table.kind is TableKind.SUBSCRIPTIONS and open_ is None:
        open_, done = _IN_FORCE.search(text), done or _ENDED.search(text)
    if table.kind is TableKind.SUBSCRIPTIONS and not PERSON.search(text) and _share_ended(text, slots, table.closed, ended=done is not None):
        return
    if open_ is None and done is None:
        return
    condition = Filter(table.closed, "is null" if open_ is not None else "is not null", (), on_purchases=True)
    if slots.measure == "share_records" and not slots.part:
        slots.part = [condition]
    elif not any(means_gone(str(value)) is not None for held in slots.part for value in held.values):  # a state said so already
        slots.filters.append(condition)
    said = {part for match in (open_, done) if match is not None for part in words(match.group())}
    slots.unexplained = [word for word in slots.unexplained if word not in said]


def _share_ended(text: str, slots: Slots, closed: str, *, ended: bool) -> bool:
    """« Taux de résiliation des contrats », « part des contrats résiliés »: of contracts, whether their customers left or not; true when it is asked."""
    slots.filters = [held for held in slots.filters if held.field != "lost"]
    shared = share_said(text)
    if slots.measure != "lost_rate" and (not ended or slots.part or not shared or shared not in slots.unread):
        return False
    slots.unread = [word for word in slots.unread if word != shared]
    slots.measure, slots.part = "share_records", [Filter(closed, "is not null", (), on_purchases=True)]
    return True


def _reworded(text: str, table: RecordTable) -> str:
    """The question with one line of the table called an order, which is what questions are read to count."""
    if table.noun is None:
        return text
    french = re.search(r"\b(le|la|les|des?|du|combien|par|quels?|quelles?|nos|en|et)\b", text) is not None
    own = [found for found in table.columns.fields if found.on_purchases]
    lines = re.compile("|".join(_NOUNS.get(table.kind, "").split()) or "(?!)")
    headers = [(found, words(split_headers(found.name))) for found in own]
    kept = {  # « logins » is a column of the file, and no line of it; an "event" column says what each event is
        header[0].rstrip("s") for found, header in headers if len(header) == 1 and (found.type is ColumnType.NUMBER or not lines.fullmatch(header[0]))
    }
    values = (words(value) for found in own for value in found.values)
    kept |= {said[0].rstrip("s") for said in values if len(said) == 1} - {word.rstrip("s") for word in words(split_headers(table.name))}  # one kind of its lines
    usual = _ORDER_FR if french else _ORDER_EN
    return table.noun.sub(lambda found: found.group() if found.group().rstrip("s") in kept else usual, text)
