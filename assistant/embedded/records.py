"""Questions about the lines of one file that is neither customers nor purchases: tickets, answers, contacts; and rates of its yes/no columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from analytics.datamodel.documents import credits_of
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import PERIODS, by_the_month
from analytics.explore.records import called
from analytics.study import Study
from assistant.embedded.arguments import Prepared, prepare
from assistant.embedded.columns import Columns, columns_of
from assistant.embedded.coverage import departing
from assistant.embedded.durations import Duration, duration_asked, spell_asked
from assistant.embedded.ended_lines import (
    AT_LEAST_ONE,
    COMPLAINED,
    LIVED_VERBS,
    ends_and_beginnings,
    for_a_reason,
    lived_by,
    reason_of,
    reasons_of_lines,
)
from assistant.embedded.ended_lines import COUNTED as _COUNTED
from assistant.embedded.fields import Field
from assistant.embedded.filters import Filter
from assistant.embedded.given_back import REFUNDED, amount_of, given_back, read_given_back
from assistant.embedded.headers import without_unit
from assistant.embedded.ideas import idea, same, split_headers
from assistant.embedded.line_values import said_of_lines
from assistant.embedded.lines_read import (
    called_like,
    moved_as_asked,
    notes_counted,
    says_a_value,
    told_in_time,
    value_counted,
)
from assistant.embedded.measuring import PERSON, STATISTICS, per_order
from assistant.embedded.named_by_value import without_values
from assistant.embedded.nouns import called_customer
from assistant.embedded.one_customer import of_one_on_lines
from assistant.embedded.outcomes import share_of_people
from assistant.embedded.owing import owed_said
from assistant.embedded.ranking import customers_ranked
from assistant.embedded.rates import CANCELLED, RATED, rate_of, rate_of_leaving
from assistant.embedded.record_states import contracts_running, states_of_lines
from assistant.embedded.record_tables import NOUNS, RecordTable, record_tables
from assistant.embedded.slots import read_slots
from assistant.embedded.slotted import Slots
from assistant.embedded.stated import asks_reasons
from assistant.embedded.text import plain, words
from assistant.embedded.totals import adds_up
from assistant.embedded.unpaid import settled, settled_by_lines, unpaid_said
from assistant.embedded.whole_orders import of_whole_orders

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
_NOTED = re.compile(
    r"\b(?:(?:notes?|scores?) moyen\w*(?: (?:de |du )?(?:recommandation|nps|satisfaction))?|moyenne des (?:notes?|scores?)(?: de (?:recommandation|satisfaction))?|nps moyen|"
    r"(?:average|mean) (?:recommendation |nps |satisfaction )?(?:scores?|ratings?|marks?)|(?:average|mean) nps)(?!\w)"
)
_TREND = re.compile(
    r"\b(?:evolu\w*|baiss\w*|hausse|monte|chut\w*|recul\w*|going (?:up|down)|trends?|tendances?|progress\w*|improv\w*|over time|dans le temps|"
    r"amelior\w*|degrad\w*|dropp\w*|fall\w*|declin\w*|rising)\b"
)
_HOW_MUCH = re.compile(r"\bhow much\b|\bcombien (?:a rapporte|rapporte\w*|coute\w*|ca fait)\b")
_WORTH = re.compile(r"\b(?:values?|worth|valeurs?) (?:of|de|des|du)\b|\bvalent\b|\b(?:are|is) .{0,30}worth\b|\b(?:contract|order|invoice) values?\b|\b(?:total|annual|yearly|average) (?:\w+ )?value\b")
_COUNTABLE = re.compile(r"\b(?:combien|how many|nombre|number|le plus|le moins|most|fewest|least)\b")
_MEASURES = {"orders_per_customer": "total_per_customer", "orders": "records", "share_orders": "share_records", "customers": "records", "share_customers": "share_records"}
_OF_LINES = frozenset({"records", "share_records", "total_per_customer", "mean", "median", "sum", "min", "max", "distinct", "nps", "delay"})
_ORDER_FR, _ORDER_EN = "commandes", "orders"


def asked_of_records(
    question: str, study: Study, as_of: date, known: frozenset[str], before: Mapping[str, Any] | None, *, by_column: bool = False, lone: bool = False
) -> tuple[Prepared, Columns] | None:
    """The query a question puts to the lines of one file, and what that file can be asked about; None when it is no such question.

    Args:
        question: as typed.
        study: the data.
        as_of: the day "last year" is said from.
        known: plain words of ordinary questions.
        before: the arguments of the query it leans on, when it does.
        by_column: a column that only one of these files holds is enough to tell which.
        lone: so is a value said by one everyday word, where nothing else was read: « faults by town ».
    """
    if _DEFINES.match(plain(question)):
        return None
    most = _who_wrote_most(plain(question), study)
    return most if most is not None else _asked_of_lines(question, study, as_of, known, before, by_column=by_column, lone=lone)


def _asked_of_lines(
    question: str, study: Study, as_of: date, known: frozenset[str], before: Mapping[str, Any] | None, *, by_column: bool, lone: bool = False
) -> tuple[Prepared, Columns] | None:
    text = _NEVER_BEEN.sub(lambda found: "ne sont pas" if found["fr"] else "are not", AT_LEAST_ONE.sub("", plain(question)))
    if share_of_people(text) or _WITH_NONE.search(text):
        return None  # "which ones opened no ticket?": of those who have no line
    tables = () if per_order(text) else record_tables(study)  # « articles par commande »: of an order, and not how many lines a file has
    text, each = _per_line(_one_word(text, tables), tables)
    followed = next((found for found in tables if before is not None and found.name == before.get("table")), None)
    lasted = _lasted(text, tables)
    table, measure = (lasted[0], "delay") if lasted is not None else _named(text, tables, study)
    table = table or each
    if table is None and by_column:
        table = _holder(text, tables, study) or _of_its_value(question, tables, study, None if lone else known)
    if table is None and followed is None:
        return None
    chosen = table or followed
    assert chosen is not None
    inherited: Mapping[str, Any] = before or {} if table is None else {}
    duration = lasted[1] if lasted is not None else None
    said = reworded(text if duration is None else f"{text[: duration.span[0]]}{_DELAY_SAID}{text[duration.span[1] :]}", chosen)
    lived = measure is None and lived_by(text, (chosen,)) is not None
    said = LIVED_VERBS.sub("had", said) if lived else said
    slots, people = read_slots(said, chosen.columns, as_of, known), people_of(study, chosen)
    _of_those_here(slots, text, people)
    if (lived and people is None) or _averaged_otherwise(text, slots, measure) or not of_one_on_lines(slots, study, people):
        return None  # the file names no customers: its lines are no count of them; or another mean of them is asked
    moved_as_asked(question, slots, before if table is None else None)
    if measure is not None:
        slots.measure, slots.column = measure, _scored_by(chosen) if measure == "mean" else None
        slots.unexplained = [word for word in slots.unexplained if word != _DELAY_SAID and not (measure == "delay" and word in ("days", "jours"))]
        slots.unexplained = slots.unexplained if duration is not None else _beyond(slots.unexplained, _SAYING.get(measure, _NPS), text)
    elif lived:
        slots.measure, slots.column, slots.filters = "distinct", people, [held for held in slots.filters if held.field not in ("orders", "has_complained")]
        slots.unexplained = [word for word in slots.unexplained if COMPLAINED.search(word) is None]
    elif not _rated(text, slots, chosen) and not _refunded(text, slots, chosen):
        counted = before is not None and before.get("measure") == "distinct" and table is None  # « combien sont partis ? » after how many had one
        _of_lines(slots, people if counted or (_of_customers(text, chosen) and not value_counted(text, slots)) else None)
    told_in_time(slots)
    notes_counted(text, slots, chosen, named=table is not None)
    _invoiced(text, slots, chosen)
    _unpaid_rate(text, slots)
    _said_of_their_day(slots, chosen)
    _headed(text, slots, chosen)
    reason = reasons_of_lines(text, slots, chosen)
    states_of_lines(without_values(text, _no_states(slots, chosen)), slots, chosen)
    contracts_running(text, slots, chosen)
    ends_and_beginnings(text, slots, chosen, by_reason=reason is not None)
    if slots.measure is None and table is not None:
        listed = slots.listed and people is not None and _of_customers(text, chosen)  # « quels clients ont eu un litige sans suite ? »
        slots.measure, slots.column = ("distinct", people) if listed else ("records", slots.column)
    _ranked_or_by_month(text, slots, chosen, people)
    if slots.time is None and not slots.by and slots.period is None and chosen.timed and _TREND.search(text):
        slots.time = "quarter"
    if slots.unknown_group is not None or slots.unexplained or slots.unread or not _lines_tell(slots.measure, text, chosen):
        return None
    if table is None and not (slots.by or slots.time or slots.filters or slots.period or slots.measure or slots.top):
        return None
    step = prepare("explore", slots, said, inherited, chosen.columns)
    dates = {"since": duration.since, "column": duration.until} if duration is not None else {}
    step = replace(step, arguments={**step.arguments, "table": chosen.name, **dates})
    return of_whole_orders(step, chosen, study) or (step, chosen.columns)


_NEVER_BEEN = re.compile(r"\b(?:(?P<fr>n'(?:ont|a) jamais ete)|(?:have|has) never been)\b")  # of a line, what never befell it is what has not
_DEFINES = re.compile(r"^(?:c'est quoi|qu'est[- ]ce qu(?:'|e c'est qu')(?:est )?|que (?:veut dire|signifie)|what is|what's|what does) (?:une? |an? )")  # « c'est quoi un devis ? » counts none


def _scored_by(table: RecordTable) -> str | None:
    """The column of the marks out of ten of an enquiry."""
    return next((field.name for field in table.columns.fields if field.role is Role.NPS), None)


_SAYING = {"delay": _DELAY, "mean": _NOTED}  # the words that say each measure


def _lines_tell(measure: str | None, text: str, table: RecordTable) -> bool:
    """Whether lines can tell that measure, if there is one; how many they are is no answer where money was asked, nor « âge moyen des animaux »."""
    if measure == "total_per_customer" and table.kind in (TableKind.CUSTOMERS, TableKind.CUSTOMER_LINKS) and not PERSON.search(text):
        return False
    return measure is None or measure in _OF_LINES and not (measure == "records" and (_HOW_MUCH.search(text) or _WORTH.search(text)))


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
    added = table.columns.named(slots.by[0]) if len(slots.by) == 1 and slots.top is not None and slots.time is None else None
    if added is not None and people is not None and slots.measure in (None, "records") and adds_up(added) and customers_ranked(called_customer(text)):
        slots.by, slots.measure, slots.column = ["customer_id"], "sum", added.name  # « top 10 clients par commissions »
    if slots.by:
        return
    if slots.measure in ("records", "sum") and slots.time is None and people is not None and slots.top is not None and customers_ranked(called_customer(text)):
        slots.by = ["customer_id"]
    if people is not None and slots.time is None and _asks_who_has_most(text, table):
        slots.by, slots.measure, slots.column, slots.listed = ["customer_id"], "records", None, False
        slots.order = slots.order or "desc"
    added = table.columns.named(slots.column) if slots.measure == "mean" and slots.time is not None and slots.column is not None else None
    if added is not None and adds_up(added):
        slots.measure = "sum"


def _who_wrote_most(text: str, study: Study) -> tuple[Prepared, Columns] | None:
    """Who wrote most, told of customers where the lines themselves do not number them: they are found by their address."""
    columns = columns_of(study)
    unnumbered = (table for table in record_tables(study) if table.kind is TableKind.TICKETS and people_of(study, table) is None)
    if columns.named(_WROTE) is None or not any(_asks_who_has_most(text, table) for table in unnumbered):
        return None
    return Prepared("explore", {"measure": "sum", "column": _WROTE, "by": ["customer_id"], "top": _TEN, "order": "desc"}), columns


_WROTE, _TEN = "complaints", 10


def _asks_who_has_most(text: str, table: RecordTable) -> bool:
    said = table.noun.search(text) if table.noun is not None else None
    return said is not None and _MOST_OF.search(text[: said.start()]) is not None


_MOST_OF = re.compile(  # "which customers opened the most tickets", « les clients qui ont le plus de réclamations »
    rf"\b{PERSON.pattern}(?: who| that| qui)?(?: \w+){{0,3}} (?:the )?(?:most|le plus (?:de |d'))\s*(?:support |open |urgent )?$"
)


def people_of(study: Study, table: RecordTable) -> str | None:
    """The header of what says whose each line is, where customers have several lines.

    Args:
        study: the data.
        table: the file asked about.
    """
    profile = next(found for found in study.model.tables if called(found, study) == table.name)
    bound = next((held for held in study.model.bindings if held.table == profile.table and held.role is Role.CUSTOMER_ID), None)
    column = next((found for found in profile.columns if bound is not None and found.column == bound.column), None)
    return column.name if column is not None and column.distinct < column.filled else None


def _rated(text: str, slots: Slots, table: RecordTable) -> bool:
    """The rate of one state of the lines: set in the slots, and true; false when the question is of none."""
    rate = rate_of(text, table.columns)
    if rate is None:
        return False
    rate = next((held for held in (*slots.part, *slots.filters) if _says_as_much(held, rate)), rate)  # the state said whole, or several of them
    slots.measure, slots.column, slots.part = "share_records", None, [rate]
    slots.filters = [found for found in slots.filters if found.field != rate.field]
    slots.unexplained = _beyond(slots.unexplained, RATED, text)
    slots.unread = [word for word in slots.unread if not CANCELLED.fullmatch(word)]  # the rate counts them
    return True


def _no_states(slots: Slots, table: RecordTable) -> list[Filter]:
    """The conditions read but those on a state of the lines, which say what a state says."""
    states = {field.name for field in table.columns.fields if field.role in (Role.ACCOUNT_STATUS, Role.ORDER_STATUS, Role.RESOLVED)}
    return [held for held in (*slots.filters, *slots.part) if held.field not in states]


def _says_as_much(held: Filter, rate: Filter) -> bool:
    """Whether a condition read says the state a rate is of: whole, or beside another (« taux de reports et d'annulations »)."""
    if held.field != rate.field:
        return False
    return (held.operator == "=" and len(held.values) == 1) or (held.operator == "in" and set(rate.values) <= set(held.values))


_REFUND_RATE = re.compile(r"\b(?:refund rates?|rates? of refunds?|taux de remboursements?)\b")


def _refund_rate(text: str, table: RecordTable) -> Filter | None:
    """« Taux de remboursement » where a column tells how much of each line was refunded: the lines of which some was."""
    if _REFUND_RATE.search(text) is None or table.kind is TableKind.RETURNS:
        return None  # all the lines of a file of refunds are some
    told = [found for found in table.columns.numeric() if found.on_purchases and any(REFUNDED.match(part) for part in words(split_headers(found.name)))]
    return Filter(told[0].name, ">", (0,), on_purchases=True) if len(told) == 1 else None


def _refunded(text: str, slots: Slots, table: RecordTable) -> bool:
    """The rate of refunds of the lines: set in the slots, and true; false when the question is of none."""
    told = _refund_rate(text, table)
    if told is None:
        return False
    slots.measure, slots.column, slots.part = "share_records", None, [told]
    slots.unexplained = _beyond(slots.unexplained, _REFUND_RATE, text)
    slots.unread = []
    return True


def _one_word(text: str, tables: tuple[RecordTable, ...]) -> str:
    """« Check-ins » as the one word that checkins.csv is called by."""
    def joined(found: re.Match[str]) -> str:
        whole = found["one"] + found["two"]
        return whole if any(table.noun is not None and table.noun.fullmatch(whole) for table in tables) else found.group()

    return re.sub(r"\b(?P<one>[a-z]+)-(?P<two>[a-z]+)\b", joined, text)


def _per_line(text: str, tables: tuple[RecordTable, ...]) -> tuple[str, RecordTable | None]:
    """"Average guests per visit": a number each line of a file bears, told by line; the question without those words, and the file."""
    for table in tables:
        match = re.search(rf"\b(?:per|par|for each|pour chaque|a chaque|each) (?:{table.noun.pattern})", text) if table.noun is not None else None
        if match is None or table.kind is TableKind.CUSTOMERS or amount_of(table) is not None:
            continue
        said = {word.rstrip("s") for word in words(text[: match.start()])}
        own = [found for found in table.columns.numeric() if found.on_purchases and {part.rstrip("s") for part in words(split_headers(found.name))} <= said]
        if own:
            return f"{_AVERAGED}{text[: match.start()]}{text[match.end() :]}", table
    return text, None


_AVERAGED = "average "


def _lasted(text: str, tables: tuple[RecordTable, ...]) -> tuple[RecordTable, Duration] | None:
    """The first table that holds both dates a question asks the distance of."""
    told = ((table, duration_asked(text, table.moments) or spell_asked(text, table.noun, table.moments)) for table in tables)
    return next(((table, found) for table, found in told if found is not None), None)


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
    if _NPS.search(text) and not re.search(r"\b(?:moyen\w*|average|mean|promot\w*|detract\w*|pourquoi|why)\b", text.replace("net promoter", "")):
        return scored, "nps"
    other = any(binding.role is Role.SATISFACTION for binding in study.model.bindings)
    return (scored, "mean") if _NOTED.search(text) and not other else None


def _named(text: str, tables: tuple[RecordTable, ...], study: Study) -> tuple[RecordTable | None, str | None]:
    """The table a question is about, and its measure when the words alone say it."""
    counted = _COUNTED.search(text) is not None and PERSON.search(text) is not None
    marks = None if counted or _BOUNDED.search(text) else _of_marks(text, tables, study)
    if marks is not None:
        return marks
    answered = next((found for found in tables if found.scored), None) if _RECOMMEND.search(text) and _ANSWERED.search(text) else None
    if answered is not None:
        return answered, None
    lost = departing(text)
    lines = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE and columns_of(study).dated}
    sold = {called(profile, study) for profile in study.model.tables if profile.table in lines}
    if _DELAY.search(text):
        closed = [found for found in tables if found.delayed and found.timed]
        best = next((found for found in closed if found.noun is not None and found.noun.search(text)), closed[0] if closed else None)
        if best is not None:
            return best, "delay"
    contracts = columns_of(study).contracts and rate_of_leaving(text)  # « taux d'annulation » where contracts are cancelled
    rated = [
        found for found in tables
        if found.kind not in (TableKind.CUSTOMERS, TableKind.RETURNS) and (rate_of(text, found.columns) is not None or _refund_rate(text, found) is not None)
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
    place, table = min(spots, key=lambda spot: (spot[0], not says_a_value(text, spot[1])))
    person = PERSON.search(text)
    if person is not None and person.start() < place and not _MOST_OF.search(text[:place]):
        return None, None  # people are asked about, by what they sent or answered
    short = place <= _NEAR and not _YES_OR_NO.search(text)
    return (table, None) if asks or short else (None, None)


_RECOMMEND = re.compile(r"\b(?:promot(?:eurs?|rices?|ers?)|detract(?:eurs?|rices?|ors?))\b")  # counted among the answers, where those are what is asked
_ANSWERED = re.compile(r"\b(?:answered|responded|replied|answers?|responses?|repondu\w*|reponses?)\b")


def _billed(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """The file of what was billed, where its lines alone tell what came in, or what is not paid yet."""
    kinds = (TableKind.PAYMENTS, TableKind.INVOICES) if _CASHED.search(text) else (TableKind.INVOICES, TableKind.PAYMENTS)  # what came in, or what was billed
    held = [found for kind in kinds for found in tables if found.kind is kind and amount_of(found) is not None]
    if len(held) > 1:
        held.sort(key=lambda found: not (says_a_value(text, found) or called_like(text, found)))
    billed = next(iter(held), None)
    if billed is None:
        return None
    if settled_by_lines(text, columns_of(study), billed.columns) and not PERSON.search(text):
        return billed
    told = (_REVENUE.search(text) and not _MONTHLY.search(text)) or (billed.noun is not None and billed.noun.search(text) and unpaid_said(text)) or owed_said(text)
    if told and columns_of(study).named("amount") is not None and _CASHED.search(text):
        return next((found for found in held if called_like(text, found)), None)  # "collected", where a file holds the collections, is told by no other's sales
    return billed if told and columns_of(study).named("amount") is None else None  # where nothing is sold by the piece, what was invoiced is what came in


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
    return next((found for found in tables if found.name in told), None) if _NOTES.search(text) and columns_of(study).named("amount") is None else None


def _said_of_their_day(slots: Slots, table: RecordTable) -> None:
    """« SMS envoyés », "tickets opened": what befell each line on its day says nothing more of it."""
    stems = {part[:_OF_A_DAY] for part in words(split_headers(table.day or "")) if len(part) >= _OF_A_DAY}
    slots.unexplained = [word for word in slots.unexplained if word[:_OF_A_DAY] not in stems]


_OF_A_DAY = 5  # letters that « envoyés » and « Envoyé le » share


def _unpaid_rate(text: str, slots: Slots) -> None:
    """« Taux d'impayés »: of all that was billed, the share that no day of payment tells."""
    unpaid = [found for found in slots.filters if found.operator == "is null"]
    if slots.measure == "records" and len(unpaid) == 1 and RATED.search(text):
        slots.measure, slots.part, slots.filters = "share_records", unpaid, [found for found in slots.filters if found not in unpaid]


_OF_THOSE_HERE = re.compile(rf"\b(?:active|current|remaining) {PERSON.pattern}|{PERSON.pattern} (?:actifs?|actives?|encore la|toujours la|still here|still with us)\b")


def _averaged_otherwise(text: str, slots: Slots, measure: str | None) -> bool:
    """Whether a figure is asked by a statistic that lines do not tell: a mean by week, a median delay."""
    statistic = next((name for name, pattern in STATISTICS if pattern.search(text)), None)
    return slots.per is not None or (measure == "delay" and statistic in ("median", "min", "max", "sum"))


def _of_those_here(slots: Slots, text: str, people: str | None) -> None:
    """« Visites des membres actifs »: the lines of those still here only."""
    if people is not None and _OF_THOSE_HERE.search(text) and not any(held.field == "lost" for held in slots.filters):
        slots.filters.append(Filter("lost", "=", (False,)))




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


def _invoiced(text: str, slots: Slots, table: RecordTable) -> None:
    """Money of a file of invoices or payments is the sum, or the mean, of its amounts; customers ranked or owing are named."""
    read_given_back(text, slots, table)
    if slots.measure in _OF_MONEY and table.kind not in (TableKind.INVOICES, TableKind.PAYMENTS) and (only := _only_number(table)) is not None:
        slots.measure, slots.column = _OF_MONEY[slots.measure], only
    amount = amount_of(table) if table.kind in (TableKind.INVOICES, TableKind.PAYMENTS) else None
    if amount is None:
        return
    if _CHARGED & set(slots.unexplained) and slots.filters and slots.measure in (None, "records", "customers", *_OF_MONEY) and not _COUNTED.search(text):
        slots.measure, slots.unexplained = slots.measure if slots.measure in _OF_MONEY else "amount", [word for word in slots.unexplained if word not in _CHARGED]  # "installation fees", « frais de dossier »: what they came to
    if slots.measure == "records" and (_CASHED.search(text) or _FEES_BILLED.search(text)) and not _COUNTED.search(text):
        slots.measure = "amount"  # « cotisations encaissées », « honoraires facturés »
    if slots.measure == "records" and table.noun is not None and _called_money(text, table.noun, amount) and not _COUNTED.search(text):
        slots.measure = "amount"  # « cotisations 2025 » where a column says « Cotisation TTC »
    paid = settled(table.columns) if _CASHED.search(text) else None
    if paid is not None and not any(held.field == paid.field for held in (*slots.filters, *slots.part)):
        slots.filters.append(paid)
    if slots.measure in _OF_MONEY:
        slots.measure, slots.column = _OF_MONEY[slots.measure], amount
    person = PERSON.search(text)
    named = customers_ranked(text) or (person is not None and re.match(r"(?:quels?|quelles?|which|who|qui|liste?)\b", text) is not None)
    if named and not (slots.by or slots.time) and slots.measure in ("sum", "records", "customers", None):
        own = slots.column if slots.measure == "sum" and slots.column is not None else amount  # « qui rapportent le plus de commissions »
        slots.by, slots.measure, slots.column = ["customer_id"], "sum", own


def _called_money(text: str, noun: re.Pattern[str], amount: str) -> bool:
    """Whether the lines of a file are called by the word of what they amount to."""
    said = noun.search(text)
    return said is not None and idea(said.group()) in {idea(word) for word in words(split_headers(amount))}


def _headed(text: str, slots: Slots, table: RecordTable) -> None:
    """« Motifs de retour », "ticket categories": the one column of the file that is named, with nothing else, is what its lines are split by."""
    if _COMMONEST & set(slots.unexplained) and not slots.by:
        slots.unexplained = [word for word in slots.unexplained if word not in _COMMONEST]
    if slots.by or slots.time or slots.filters or len(slots.unexplained) != 1 or PERSON.search(text):
        return
    said = [idea(slots.unexplained[0])]
    named = [found for found in table.columns.fields if found.on_purchases and found.values and any(len(alias) == 1 and same(alias[0], said[0]) for alias in found.aliases)]
    if len(named) == 1:
        slots.by, slots.unexplained = [named[0].name], []


_COMMONEST = frozenset("most common commonest frequent usual main courant courants courante courantes frequents frequentes principaux principales".split())


def _only_number(table: RecordTable) -> str | None:
    """The one column of numbers a line holds beside its identifiers: what was paid out on a claim."""
    held = [found.name for found in table.columns.numeric() if found.on_purchases and found.role in (Role.MEASURE, Role.AMOUNT)]
    return held[0] if len(held) == 1 else None


_FEES_BILLED = re.compile(r"\b(?:honoraires|cotisations?|loyers?|primes?|prestations?) (?:ht |ttc )?factures\b")
_CASHED = re.compile(r"\b(?:encaiss\w*|percu\w*|collect(?:ed)?|received|cashed|taken)\b")
_CHARGED = frozenset("fee fees charges frais worth".split())
_OF_MONEY = {"amount": "sum", "average_basket": "mean", "median_basket": "median", "highest_basket": "max", "lowest_basket": "min"}
_YES_OR_NO = re.compile(r"\b(?:a|est|ont|sont|a-t|ont-t)-(?:t-)?(?:il|elle|ils|elles|on)\b|\best-ce qu|^(?:did|does|do|is|are|was|were|has|have|should|can)\b")  # « La campagne a-t-elle marché ? »
_NEAR = 24  # letters: « les tickets urgents du mois dernier » begins by what it is about


def _holder(text: str, tables: tuple[RecordTable, ...], study: Study) -> RecordTable | None:
    """The one file whose own column is named, when neither customers nor purchases hold it: "average stars by topic"."""
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


_WITH_NONE = re.compile(
    r"\b(?:ones|those|them|who|they|eux|elles|ceux|celles|qui|lesquels|lesquelles)\b.{0,12}\b(?:(?:opened|filed|raised|sent|made|logged|had|have|has|with) no|n'(?:ont|a) (?:ouvert|fait|depose|eu|envoye)? ?aucune?|without(?: any)?|sans(?: aucune?)?) (?!answer|reply|response|reponse)[a-z]+s?[ ?.!]*$"
)
_WHO_NEVER = re.compile(rf"{PERSON.pattern}.{{0,24}}\b(?:never|jamais|did not|didn't|have not|haven't|has not|hasn't)\b")


def _of_its_value(question: str, tables: tuple[RecordTable, ...], study: Study, known: frozenset[str] | None) -> RecordTable | None:
    """The file whose lines alone hold a value that is said: « combien de personnes refoulées en 2025 ? »."""
    held = None if departing(plain(question)) else said_of_lines(question, study, known)
    return held[0] if held is not None and held[0] in tables else None


def _called(field: Field) -> list[list[str]]:
    """The plain words that name a column: its header, and for a number its header without units and asides."""
    whole = [part.rstrip("s") for part in words(split_headers(field.name))]
    short = [[part.rstrip("s") for part in alias] for alias in field.aliases if field.type is ColumnType.NUMBER and alias in without_unit(field.name)]
    return [header for header in (whole, *short) if header]


def reworded(text: str, table: RecordTable) -> str:
    """The question with one line of the table called an order, which is what questions are read to count.

    Args:
        text: the plain question.
        table: the file asked about.
    """
    if table.noun is None:
        return text
    french = re.search(r"\b(le|la|les|des?|du|combien|par|quels?|quelles?|nos|en|et)\b", text) is not None
    own = [found for found in table.columns.fields if found.on_purchases]
    lines = re.compile("|".join(NOUNS.get(table.kind, "").split()) or "(?!)")
    headers = [(found, words(split_headers(found.name))) for found in own]
    kept = {  # « logins » is a column of the file, and no line of it; an "event" column says what each event is
        header[0].rstrip("s") for found, header in headers if len(header) == 1 and (found.type is ColumnType.NUMBER or not lines.fullmatch(header[0]))
    }
    values = (words(value) for found in own for value in found.values)
    kept |= {said[0].rstrip("s") for said in values if len(said) == 1} - {word.rstrip("s") for word in words(split_headers(table.name))}  # one kind of its lines
    usual = _ORDER_FR if french else _ORDER_EN
    named = headers_said(text, table)  # « mode de paiement »

    def word(found: re.Match[str]) -> str:
        whole = any(low <= found.start() and found.end() <= high for low, high in named)
        return found.group() if whole or found.group().rstrip("s") in kept else usual

    return table.noun.sub(word, text)
