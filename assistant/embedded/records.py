"""Questions about the lines of one file that is neither customers nor purchases: tickets, answers, contacts; and rates of its yes/no columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.fields import PERIODS, by_the_month
from analytics.explore.records import called
from analytics.study import Study
from assistant.embedded.arguments import Prepared, prepare
from assistant.embedded.columns import Columns, columns_of
from assistant.embedded.durations import Duration, duration_asked, spell_asked
from assistant.embedded.ended_lines import (
    AT_LEAST_ONE,
    COMPLAINED,
    LIVED_VERBS,
    ends_and_beginnings,
    lived_by,
    reasons_of_lines,
)
from assistant.embedded.file_asked import (
    DELAY,
    NOTED,
    NPS,
    REFUND_RATE,
    asks_who_has_most,
    file_named,
    headers_said,
    holder,
    of_its_value,
    refund_rate,
)
from assistant.embedded.filters import Filter
from assistant.embedded.given_back import amount_of
from assistant.embedded.ideas import idea, same, split_headers
from assistant.embedded.lines_billed import as_money, money_of_lines
from assistant.embedded.lines_read import (
    header_alone,
    in_its_words,
    moved_as_asked,
    notes_counted,
    timed,
    told_in_time,
    value_counted,
)
from assistant.embedded.measuring import PERSON, STATISTICS, per_order
from assistant.embedded.metrics import RANKED_GOODS
from assistant.embedded.named_by_value import without_values
from assistant.embedded.nouns import called_customer
from assistant.embedded.one_customer import of_one_on_lines
from assistant.embedded.outcomes import share_of_people
from assistant.embedded.ranking import customers_ranked
from assistant.embedded.rates import CANCELLED, RATED, rate_of, rate_of_the_won
from assistant.embedded.record_states import contracts_running, states_of_lines
from assistant.embedded.record_tables import NOUNS, RecordTable, record_tables
from assistant.embedded.slots import read_slots
from assistant.embedded.slotted import Slots
from assistant.embedded.strangers import capitalised
from assistant.embedded.text import plain, words
from assistant.embedded.totals import adds_up
from assistant.embedded.whole_orders import of_whole_orders

_TREND = re.compile(
    r"\b(?:evolu\w*|baiss\w*|hausse|monte|chut\w*|recul\w*|going (?:up|down)|trends?|tendances?|progress\w*|improv\w*|over time|dans le temps|"
    r"amelior\w*|degrad\w*|dropp\w*|fall\w*|declin\w*|rising)\b"
)
_HOW_MUCH = re.compile(r"\bhow much\b|\bcombien (?:a rapporte|rapporte\w*|coute\w*|ca fait)\b")
_WORTH = re.compile(r"\b(?:values?|worth|valeurs?) (?:of|de|des|du)\b|\bvalent\b|\b(?:are|is) .{0,30}worth\b|\b(?:contract|order|invoice) values?\b|\b(?:total|annual|yearly|average) (?:\w+ )?value\b")
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
    found = most if most is not None else _asked_of_lines(question, study, as_of, known, before, by_column=by_column, lone=lone)
    return found or (_asked_of_lines(question, study, as_of, known, before, by_column=True, lone=lone, by_value=True) if by_column else None)


def _asked_of_lines(
    question: str, study: Study, as_of: date, known: frozenset[str], before: Mapping[str, Any] | None, *, by_column: bool, lone: bool = False, by_value: bool = False
) -> tuple[Prepared, Columns] | None:
    text = _NEVER_BEEN.sub(lambda found: "ne sont pas" if found["fr"] else "are not", AT_LEAST_ONE.sub("", plain(question)))
    if share_of_people(text) or _WITH_NONE.search(text):
        return None  # "which ones opened no ticket?": of those who have no line
    tables = () if per_order(text) else record_tables(study)  # « articles par commande »: of an order, and not how many lines a file has
    text, each = _per_line(_one_word(text, tables), tables)
    followed = next((found for found in tables if before is not None and found.name == before.get("table")), None)
    counted = in_its_words(text, tables)
    lasted = _lasted(text, tables) if counted is None else None
    table, measure = _which_file(text, tables, study, counted, lasted)
    told = ((None if by_value else holder(text, tables, study)) or of_its_value(question, tables, study, None if lone else known)) if by_column and not (table or each) else None
    table = table or each or told
    if table is None and followed is None:
        return None
    chosen = table or followed
    assert chosen is not None
    inherited: Mapping[str, Any] = before or {} if table is None else {}
    duration = lasted[1] if lasted is not None else None
    said = reworded(as_money(text if counted is None else counted[0], chosen) if duration is None else f"{text[: duration.span[0]]}{_DELAY_SAID}{text[duration.span[1] :]}", chosen)
    lived = measure is None and lived_by(text, (chosen,)) is not None
    said = LIVED_VERBS.sub("had", said) if lived else said
    slots, people = read_slots(_as_typed(said, question), chosen.columns, as_of, known), people_of(study, chosen)
    _of_those_here(slots, text, people)
    header_alone(text, slots, chosen, follows=table is None)
    if (lived and people is None) or _averaged_otherwise(text, slots, measure) or not of_one_on_lines(slots, study, people):
        return None  # the file names no customers: its lines are no count of them; or another mean of them is asked
    moved_as_asked(question, slots, before if table is None else None, as_of)
    if measure is not None:
        slots.measure, slots.column = measure, _scored_by(chosen) if measure == "mean" else None
        slots.unexplained = [word for word in slots.unexplained if word != _DELAY_SAID and not (measure == "delay" and word in ("days", "jours"))]
        slots.unexplained = slots.unexplained if duration is not None else _beyond(slots.unexplained, _SAYING.get(measure, NPS), text)
    elif counted is not None:
        timed(counted[2], slots, text)
    elif lived:
        slots.measure, slots.column, slots.filters = "distinct", people, [held for held in slots.filters if held.field not in ("orders", "has_complained")]
        slots.unexplained = [word for word in slots.unexplained if COMPLAINED.search(word) is None]
    elif not _rated(text, slots, chosen) and not _refunded(text, slots, chosen):
        again = before is not None and before.get("measure") == "distinct" and table is None  # « combien sont partis ? » after how many had one
        _of_lines(slots, people if again or (_of_customers(text, chosen) and not value_counted(text, slots)) else None)
    told_in_time(slots)
    notes_counted(text, slots, chosen, named=table is not None)
    money_of_lines(text, slots, chosen)
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
    if _ranked_by_no_line(text, slots, told is not None and study.sells) or table is None and not (slots.by or slots.time or slots.filters or slots.period or slots.measure or slots.top):
        return None
    step = prepare("explore", slots, said, inherited, chosen.columns)
    dates = {"since": duration.since, "column": duration.until} if duration is not None else {}
    step = replace(step, arguments={**step.arguments, "table": chosen.name, **dates})
    return of_whole_orders(step, chosen, study) or (step, chosen.columns)


def _ranked_by_no_line(text: str, slots: Slots, sold: bool) -> bool:
    """« Le meilleur commercial » is known by what they bring in, not by how many lines name them; the file of sellers says nothing of what each sold ("top 5 sellers")."""
    if slots.measure != "records" or not (slots.top is not None or RANKED_GOODS.search(text)):
        return False
    return sold if slots.by else slots.time is None


def _as_typed(said: str, question: str) -> str:
    """The plain text with the capitals of the question given back: « contrats Plus » are those of one plan."""
    for word in capitalised(question):
        said = re.sub(rf"\b{re.escape(word)}\b", word.capitalize(), said)
    return said


def _which_file(
    text: str, tables: tuple[RecordTable, ...], study: Study, counted: tuple[str, RecordTable, str] | None, lasted: tuple[RecordTable, Duration] | None
) -> tuple[RecordTable | None, str | None]:
    """The file a question is about, and its measure: the days between two of its dates, the hours one of its columns counts, or as its words say."""
    if lasted is not None:
        return lasted[0], "delay"
    return (counted[1], None) if counted is not None else file_named(text, tables, study)


_NEVER_BEEN = re.compile(r"\b(?:(?P<fr>n'(?:ont|a) jamais ete)|(?:have|has) never been)\b")  # of a line, what never befell it is what has not
_DEFINES = re.compile(r"^(?:c'est quoi|qu'est[- ]ce qu(?:'|e c'est qu')(?:est )?|que (?:veut dire|signifie)|what is|what's|what does) (?:une? |an? )")  # « c'est quoi un devis ? » counts none


def _scored_by(table: RecordTable) -> str | None:
    """The column of the marks out of ten of an enquiry."""
    return next((field.name for field in table.columns.fields if field.role is Role.NPS), None)


_SAYING = {"delay": DELAY, "mean": NOTED}  # the words that say each measure


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
    if people is not None and slots.time is None and asks_who_has_most(text, table):
        slots.by, slots.measure, slots.column, slots.listed = ["customer_id"], "records", None, False
        slots.order = slots.order or "desc"
    added = table.columns.named(slots.column) if slots.measure == "mean" and slots.time is not None and slots.column is not None else None
    if added is not None and adds_up(added):
        slots.measure = "sum"


def _who_wrote_most(text: str, study: Study) -> tuple[Prepared, Columns] | None:
    """Who wrote most, told of customers where the lines themselves do not number them: they are found by their address."""
    columns = columns_of(study)
    unnumbered = (table for table in record_tables(study) if table.kind is TableKind.TICKETS and people_of(study, table) is None)
    if columns.named(_WROTE) is None or not any(asks_who_has_most(text, table) for table in unnumbered):
        return None
    return Prepared("explore", {"measure": "sum", "column": _WROTE, "by": ["customer_id"], "top": _TEN, "order": "desc"}), columns


_WROTE, _TEN = "complaints", 10


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
    rate = rate_of(text, table.columns) or rate_of_the_won(text, table.columns)
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


def _refunded(text: str, slots: Slots, table: RecordTable) -> bool:
    """The rate of refunds of the lines: set in the slots, and true; false when the question is of none."""
    told = refund_rate(text, table)
    if told is None:
        return False
    slots.measure, slots.column, slots.part = "share_records", None, [told]
    slots.unexplained = _beyond(slots.unexplained, REFUND_RATE, text)
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


def _headed(text: str, slots: Slots, table: RecordTable) -> None:
    """« Motifs de retour », "ticket categories": the one column of the file that is named, with nothing else, is what its lines are split by."""
    if _COMMONEST & set(slots.unexplained) and not slots.by:
        slots.unexplained = [word for word in slots.unexplained if word not in _COMMONEST]
    if slots.by or slots.time or slots.filters or len(slots.unexplained) != 1 or PERSON.search(text):
        return
    said = [idea(slots.unexplained[0])]
    if _one_a_line(text, slots.unexplained[0], table):
        slots.unexplained = []
        return
    named = [found for found in table.columns.fields if found.on_purchases and found.values and any(len(alias) == 1 and same(alias[0], said[0]) for alias in found.aliases)]
    if len(named) == 1:
        slots.by, slots.unexplained = [named[0].name], []


def _one_a_line(text: str, thing: str, table: RecordTable) -> bool:
    """« Combien de bateaux sont en hivernage ? », "how many boats are in storage": each line is of one, and they are counted, not told apart by name."""
    noun = table.noun.pattern.removeprefix(r"\b").removesuffix(r"\b") if table.noun is not None else "(?!)"
    return re.search(
        rf"\b(?:combien (?:de |d')|nombre (?:de |d')|nb (?:de |d')|how many |number of ){re.escape(thing)} (?:(?:sont|are|restent|avons-nous|a-t-on|currently|actuellement|en ce moment|we have|do we have) )*(?:en|sous|in|on|under) {noun}\b", text
    ) is not None


_COMMONEST = frozenset("most common commonest frequent usual main courant courants courante courantes frequents frequentes principaux principales".split())
_WITH_NONE = re.compile(
    r"\b(?:ones|those|them|who|they|eux|elles|ceux|celles|qui|lesquels|lesquelles)\b.{0,12}\b(?:(?:opened|filed|raised|sent|made|logged|had|have|has|with) no|n'(?:ont|a) (?:ouvert|fait|depose|eu|envoye)? ?aucune?|without(?: any)?|sans(?: aucune?)?) (?!answer|reply|response|reponse)[a-z]+s?[ ?.!]*$"
)


def _kinds_in_name(table: RecordTable) -> set[str]:
    """The words of a file's name that are each a kind of its lines: « factures_avoirs.csv », "arrivals and departures.xlsx"."""
    said = {word.rstrip("s") for word in words(split_headers(table.name))}
    told = ({words(value)[0].rstrip("s") for value in found.values if len(words(value)) == 1} & said for found in table.columns.fields if found.on_purchases)
    return next((kinds for kinds in told if len(kinds) > 1), set())


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
    kept |= {said[0].rstrip("s") for said in values if len(said) == 1} - ({word.rstrip("s") for word in words(split_headers(table.name))} - _kinds_in_name(table))  # one kind of its lines
    usual = _ORDER_FR if french else _ORDER_EN
    named = headers_said(text, table)  # « mode de paiement »

    def word(found: re.Match[str]) -> str:
        whole = any(low <= found.start() and found.end() <= high for low, high in named)
        return found.group() if whole or found.group().rstrip("s") in kept else usual

    return table.noun.sub(word, text)
