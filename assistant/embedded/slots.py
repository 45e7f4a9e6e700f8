"""Everything a question says beside its subject: groups, filters, periods, top-n, measure, one customer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from analytics.customers.columns import months_paid
from analytics.datamodel.roles import Role
from assistant.embedded.against import compares, set_against_others
from assistant.embedded.asked_of_orders import (
    both_of_what,
    failed,
    first_orders,
    lines_and_days,
    taken_off,
    units_sold,
    with_voucher,
)
from assistant.embedded.both_ways import all_sides, both_ways
from assistant.embedded.bought_there import bought_there
from assistant.embedded.columns import Columns
from assistant.embedded.comparisons import comparisons
from assistant.embedded.coverage import departing, unexplained
from assistant.embedded.durations import to_first_purchase
from assistant.embedded.fields import Field
from assistant.embedded.gone_or_here import list_gone, still_there
from assistant.embedded.goods_counted import called_by_the_piece, counts_goods, different, sold_or_money
from assistant.embedded.groups import SUPERLATIVE, first_share, groups, numeric_column, top_asked
from assistant.embedded.horizons import by_year_of_arrival, came_that_year, horizon_unread
from assistant.embedded.ideas import idea, ideas
from assistant.embedded.kinds_asked import kind_named, money_of_the_kind, who_did
from assistant.embedded.leaving import RISK, expected_soon, leaving_soon
from assistant.embedded.left_for import left_for
from assistant.embedded.measuring import PERSON, PRICE_SOLD, Asked, asked_of, people_counted, priced, share_said, spoken
from assistant.embedded.mentions import Mention, coded, mentions, value_filters
from assistant.embedded.metrics import decide
from assistant.embedded.money_of_movers import leaving_unsaid, money_of_leavers, money_of_newcomers
from assistant.embedded.money_told import PROMO, not_the_rate, told_by_purchases, value_of_contracts
from assistant.embedded.named_by_value import values_holding_a_header
from assistant.embedded.never import several_bought
from assistant.embedded.nouns import called_customer
from assistant.embedded.outcomes import bought, told_in_other_words
from assistant.embedded.owing import owing
from assistant.embedded.periods import Period, year_before
from assistant.embedded.ranking import customers_ranked, top_of_what_is_sold
from assistant.embedded.readable import readable
from assistant.embedded.record_states import awaiting, open_orders
from assistant.embedded.recruited import left_soon_after, of_who_left, recruited_then
from assistant.embedded.rhythm import paced
from assistant.embedded.scores import scored
from assistant.embedded.slotted import Slots
from assistant.embedded.standing import active_over_time, since_then
from assistant.embedded.stated import (
    opposed_flag,
    opposed_values,
    reasons_told,
    set_against_each_other,
    stated_groups,
    stated_number,
    values_said_whole,
)
from assistant.embedded.strangers import accented, capitalised
from assistant.embedded.text import plain, words
from assistant.embedded.tokens import Tokens
from assistant.embedded.totals import priced_by_unit
from assistant.embedded.unpaid import unpaid, unsettled
from assistant.embedded.weekdays import days_of_week
from assistant.embedded.when import periods_said
from assistant.embedded.yes_no import consents, flags, some_counted

_ADULTS = frozenset("adulte adultes adult adults mineur mineurs minor minors majeur majeurs enfant enfants child children kids ado ados teens teenagers".split())  # beside an age
_CONTRACTS = frozenset("contrat contrats contract contracts abonnement abonnements subscription subscriptions membership memberships".split())  # beside what they cost a month
_CHANGE = frozenset("growth croissance evolution progression variation change hausse baisse increase decrease trend tendance".split())
_LOYAL = frozenset("fidele fideles loyal anciens".split())


_LIST_OF = re.compile(
    rf"^(?:(?:quels?|quelles?|which|who are|qui sont|(?:la )?liste (?:de |des )|(?:the )?list (?:of |all )?|(?:donne|montre|affiche|sors)(?:z|s)?(?:-moi| moi)? |(?:show|give)(?: me)? )\s*)"
    rf"(?:sont |are |la liste |the list |de |des |of |tous |toutes |all |nos |les |mes |our |the |my |\w+ ){{0,4}}?{PERSON.pattern}"
)
_LIST_ASKED = re.compile(r"\b(?:listes?|list|names?|noms?|(?:donne|montre|affiche|sors)(?:z|s)?[- ]moi|show me|give me)\b")
_WHOSE = re.compile(rf"^(?:les |nos |mes |our |my |the |all |tous les )?{PERSON.pattern} (?:dont|whose|ayant|avec|with|having|qui|who|that)\b")
_WHO = re.compile(r"^(?:et |and )?(?:qui|who)\b")
_REACHED = frozenset("call contact phone appeler contacter rappeler relancer joindre visiter visit faut should cette semaine week".split())
_WHICH_ONE = re.compile(r"^(?:quel|quelle|which) (?!(?:est|is|are|was|a|sont)\b)(?P<what>[a-z]+)")
_LOSING = re.compile(r"\b(?:perd(?:s|ons|ent|u|us)?|perte|los(?:e|es|ing)|bleed\w*|saign\w*|hemorragie|fuite)\b")
_ASKED_OTHERWISE = re.compile(r"\b(?:pourquoi|why|qui|who|quels?|quelles?|which|what|combien|how|quand|when|comment|ou|where)\b")
_CUSTOMER = re.compile(
    r"\b(?:cliente?|customer|abonnee?|compte|account|donateur|donor|subscriber|acheteur|buyer|membre|member)"
    r"\s*(?:n°|n\u00ba|no\.?|num[eé]ro|number|id|ref\.?|#|:)*\s*([A-Za-z]{0,5}[-_#]?\d[\w-]*)",
    re.IGNORECASE,
)
_ADJECTIVES = {
    "mensuel": "month", "mensuelle": "month", "mensuels": "month", "mensuelles": "month", "monthly": "month",
    "trimestriel": "quarter", "trimestrielle": "quarter", "quarterly": "quarter", "annuel": "year", "annuelle": "year",
    "yearly": "year", "annual": "year",
}  # fmt: skip


def read_slots(
    question: str, columns: Columns, as_of: date, known: frozenset[str] = frozenset(), usual: str | None = None, *, after: bool = False
) -> Slots:
    """Read the slots of a question.

    Args:
        question: as typed.
        columns: what the data can be asked about.
        as_of: the day "last year" is said from.
        known: plain words of ordinary questions, never taken for a misspelt value.
        usual: the column of the last comparison of the talk.
        after: the turn before counted who bought in a period, of whom this one asks.
    """
    slots = Slots()
    tokens = Tokens(readable(question, columns, known, after=after), capitalised(question) | accented(question))
    opposed_values(tokens, columns, slots)
    opposed_flag(tokens, columns, slots)
    both_ways(tokens, columns, slots)
    _customer(question, tokens, slots)
    periods_said(tokens, slots, as_of, columns, after=after)
    days_of_week(tokens, slots, columns)
    priced_by_unit(tokens, columns, slots)
    lines_and_days(tokens, columns, slots)
    summed = taken_off(tokens, columns)
    owing(tokens, slots, columns, unsettled(columns))
    value_of_contracts(tokens, slots, columns)
    first_share(tokens, slots)
    stated = to_first_purchase(tokens, columns) or stated_number(tokens, columns)
    values_said_whole(tokens, columns, slots)
    values_holding_a_header(tokens, columns, slots)
    often = paced(tokens, columns)
    slots.filters += [often] if often is not None else []
    stated_groups(tokens, columns, slots)
    reasons = reasons_told(tokens, columns, slots)
    soon = left_soon_after(slots, tokens, columns)
    slots.filters += comparisons(tokens, columns, slots.unread, columns.named(usual) if usual is not None else None)
    top_asked(tokens, slots)
    kind = kind_named(tokens, columns, slots)
    asked = asked_of(tokens, own=columns.own_words)
    money_of_newcomers(asked, slots, tokens, columns)
    units_sold(asked, tokens, columns)
    if asked.statistic is None and asked.thing in ("amount", "spend", "orders") and _WHOSE.search(tokens.text) and any(held.field in ("amount", "orders") for held in slots.filters):
        asked.thing, asked.statistic = "people", "count"  # « les clients dont le CA dépasse 5 000 € »
    _called_as_paid(tokens, asked, columns)
    scored(slots, tokens, columns)
    bought(slots, tokens, columns)
    if asked.thing == "orders" and any(held.field in ("has_complained", "filed_complaint") for held in slots.filters):
        asked.thing = "people"  # "clients with no tickets" counts none of them
    slots.filters += [found for found in flags(tokens, columns, counted=compares(tokens.text), several=True)]
    groups(tokens, columns, slots)
    slots.filters += some_counted(tokens, columns)
    counted = not_the_rate(stated or summed or numeric_column(tokens, columns, told_by_purchases(tokens, columns, slots, asked)), tokens.text, asked.thing, columns)
    _counts_of_people(tokens, asked, counted)
    if (asked.thing is None or (asked.thing == "amount" and PRICE_SOLD.search(tokens.text))) and counted is None and asked.statistic in ("mean", "median") and priced(tokens.text) and columns.dated:
        asked.thing = "unit_price" if columns.counts and asked.statistic == "mean" else "basket"
    slots.filters += [*consents(tokens, columns), *coded(tokens, columns)]
    owed = unpaid(tokens, columns)
    going = open_orders(tokens, columns)
    slots.filters += [going] if going is not None else []
    found = mentions(tokens, columns, known)
    found = set_against_each_other(tokens, found, slots)
    slots.filters += value_filters(found)
    all_sides(tokens, slots)
    if owed is not None and owed.field not in {found.field for found in slots.filters}:
        slots.filters.append(owed)
    failed(tokens, columns, slots)
    money_of_the_kind(asked, found if counted is None else [], tokens, named=kind)  # « TVA moyenne par facture » has its column
    who_did(tokens, columns, slots, asked)
    several_bought(tokens, found, slots)
    _every_value(slots, columns, found)
    _ages(tokens, columns, slots)
    held = {found.field for found in slots.filters}
    counting = people_counted(tokens.text) or asked.statistic == "share"
    slots.filters += [found for found in flags(tokens, columns, counted=counting or compares(tokens.text)) if found.field not in held]
    both_sides(slots)
    if asked.statistic == "count" and asked.thing == "amount":
        asked.thing = sold_or_money(tokens, columns, slots)
        called_by_the_piece(tokens, columns, slots)
    _adjective(tokens, slots, counted)
    if asked.statistic == "count" and asked.thing is None and counted is None and columns.dated and not PERSON.search(tokens.text):
        sold = counts_goods(tokens, slots, columns)
        asked.thing = "quantity" if sold and columns.counts else "orders" if sold or counts_goods(tokens, slots, columns, any_kind=True) else None
    if asked.statistic == "count" and asked.thing is None and (found or slots.filters or slots.scored):
        asked.thing = "people" if counted is None else None
    if summed is not None and counted is summed:
        slots.measure, slots.column, slots.statistic = "mean" if asked.statistic == "mean" else "sum", summed.name, "sum"
    decide(slots, tokens, columns, asked, counted)
    money_of_leavers(slots, tokens, columns)
    leaving_unsaid(slots, tokens, columns)
    left_for(slots, tokens, columns)
    first_orders(tokens, columns, slots)
    with_voucher(slots, tokens, columns)
    both_of_what(slots, tokens)
    if reasons:
        _of_reasons(slots, asked)
    if asked.statistic == "share" and slots.measure is None:
        slots.unread.append(share_said(tokens.text))
    different(tokens, columns, slots, asked)
    bought_there(slots, columns, slots.measure)
    recruited_then(slots, tokens, columns)
    of_who_left(slots, soon)
    came_that_year(slots, tokens)
    by_year_of_arrival(slots, tokens)
    horizon_unread(slots, tokens)
    _over_time(slots, tokens, columns)
    if slots.measure is None and _headed_by_a_value(tokens, slots):
        slots.measure = "customers"
    since_then(slots, tokens, columns, as_of)
    slots.figure = asked.statistic is not None
    slots.counted, slots.departing = counting or slots.measure == "customers", departing(tokens.text)
    _leave_nothing_unread(slots, tokens, columns)
    told_in_other_words(slots, tokens, columns)
    _shape(slots, tokens, columns, found, reasons)
    _people_with_one(slots, tokens, columns)
    return slots


_PEOPLE_WITH = re.compile(rf"^(?:the |all |our |les |nos |tous les )?{PERSON.pattern} (?:with|who had|having|avec|ayant|qui ont eu) (?:an? |some |one |une? |des )?")


def _people_with_one(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """"Customers with a cancelled order" are people, however many orders they had cancelled."""
    states = {found.name for found in columns.fields if found.on_purchases and found.role is Role.ORDER_STATUS}
    if slots.measure == "orders" and _PEOPLE_WITH.search(tokens.text) and any(found.field in states for found in slots.filters):
        slots.measure = "customers"


def _of_reasons(slots: Slots, asked: Asked) -> None:
    """Reasons count who left; « ancienneté moyenne par motif » is of another figure."""
    if slots.measure is not None and asked.statistic not in (None, "count", "share"):
        return
    slots.measure = "customers" if asked.statistic != "share" else "share_customers"
    if slots.measure == "customers" and slots.period is not None:  # of those who left then, not of those who bought then
        slots.measure, slots.filters = "lost_customers", [held for held in slots.filters if held.field != "lost"]


def _leave_nothing_unread(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """Note the words that nothing read explains."""
    ages = {found.name for found in columns.fields if found.role is Role.AGE}
    bills = {found.name for found in columns.fields if found.role is Role.RECURRING_AMOUNT}
    done = {match["done"] for match in _WE_DID.finditer(tokens.text)}
    _invoiced(slots, tokens, columns)
    billed = _INVOICED if columns.orders is not None and columns.orders.search("invoices") else frozenset[str]()
    awaited = awaiting(tokens.text, slots, columns)
    slots.unexplained = [
        word for word in unexplained(tokens, _named(slots, columns))
        if not (slots.compare is not None and word in _CHANGE) and not (word in _LOYAL and (_long_standing(slots) or slots.measure == "lost_rate"))
        and not (word in _ADULTS and any(found.field in ages for found in slots.filters)) and not (word in _CONTRACTS and slots.column in bills)
        and word not in awaited and not (slots.measure in _OF_ORDERS and word in done) and not (word in billed and slots.measure in _IN_MONEY) and not (slots.measure in _OF_ORDERS and idea(word) in columns.things) and not (word in _FEES and slots.measure in _OF_ORDERS and any(found.on_purchases for found in slots.filters))
        and not ((PROMO.fullmatch(word) or word in ("code", "codes")) and _on_promo(slots))
    ]  # fmt: skip


_INVOICED = frozenset("invoiced billed facture facturee factures facturees".split())
_IN_MONEY = ("amount", "sum", "mean", "median", "average_basket", "share_amount", "amount_per_customer")


def _invoiced(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """"Invoiced net by year", where the files of purchases are invoices: what was invoiced is added up, unless a mean is asked."""
    if columns.orders is None or not columns.orders.search("invoices") or not _INVOICED & set(tokens.words):
        return
    named = columns.named(slots.column) if slots.column is not None else None
    if slots.measure == "mean" and slots.statistic is None and named is not None and named.on_purchases and named.role in (Role.MEASURE, Role.VAT, Role.AMOUNT):
        slots.measure = "sum"


_WE_DID = re.compile(r"\b(?:did|do|have|had) we (?P<done>issue|issued|raise|raised|send|sent|record|recorded|log|logged|process|processed|handle|handled|write|written)\b")  # that an invoice, a credit note was written adds nothing to it
_FEES = frozenset("fee fees frais".split())  # "commissioning fees": what was paid of one wording
_OF_ORDERS = ("orders", "amount", "share_orders", "average_basket", "orders_per_customer")  # "room bookings" in reservations_salles.csv


def _shape(slots: Slots, tokens: Tokens, columns: Columns, found: Sequence[Mention], reasons: bool) -> None:
    """What is wanted of what was read: some set against the others, a list, a ranking, the losses, an order."""
    set_against_others(tokens, slots, columns)
    who = _WHO.search(tokens.text) is not None and not slots.departing and not _REACHED & set(tokens.words)  # « qui vient par Instagram ? »
    named = _LIST_OF.search(tokens.text) or (_WHO.search(tokens.text) and any(found.field in ("recency_days", "orders") for found in slots.filters)) or who
    if named and slots.measure in (None, "customers") and not slots.by:
        still_there(slots, tokens, columns)
    if _LIST_ASKED.search(tokens.text) and named and not slots.by:
        list_gone(slots, tokens)
    slots.listed = named is not None and named is not False and slots.measure in (None, "customers") and not slots.by and bool(slots.filters)
    slots.ranked = slots.top is not None and slots.measure in (None, "amount", "customers") and customers_ranked(tokens.text)
    if slots.listed:  # what is to be done with the list changes nothing of who is on it
        slots.unexplained = [word for word in slots.unexplained if word not in _REACHED]
    slots.losing = slots.measure in (None, "customers", "lost_customers", "lost_rate") and _LOSING.search(tokens.text) is not None and PERSON.search(tokens.text) is not None and not _ASKED_OTHERWISE.search(tokens.text)
    expected = expected_soon(tokens.text)
    slots.soon = expected is not None or (leaving_soon(tokens.text) and not (slots.by or slots.time or slots.figure))
    if expected is not None:  # how many of them: the list tells it, over a span of its own
        said, when = expected
        slots.measure, slots.period, slots.by, slots.time = None, None, [], None
        slots.unread = [*slots.unread, *([tokens.text[slice(*when)].strip()] if when is not None else [])]
        spoken_of = {word for span in (said, when) if span is not None for word in words(tokens.text[slice(*span)])}
        slots.unexplained = [word for word in slots.unexplained if word not in spoken_of]
    if slots.soon:
        slots.unexplained = [word for word in slots.unexplained if word not in RISK]
    if reasons:
        slots.counted, slots.departing = True, False
    top_of_what_is_sold(slots, columns)
    ranked = _WHICH_ONE.match(tokens.text)
    if ranked is not None and slots.order is not None and slots.column is not None and not (slots.by or slots.time or slots.top) and tokens.free(1) and not _in_figure(tokens, 1):
        slots.unread.append(ranked["what"])  # « quel cours est le moins bien noté ? » where no column holds courses
    if slots.time is not None and slots.order is None and (SUPERLATIVE.search(tokens.text) or " mieux" in tokens.text):
        slots.order = "desc"
    if slots.time is not None and slots.order is not None and slots.measure is None and any(held.on_purchases for held in slots.filters) and columns.named("amount") is not None:
        slots.measure = "amount"  # « le mois le plus fort pour les vins rouges »: by what they brought in, as for the whole house
    if slots.unknown_group is not None and any(slots.unknown_group in tokens.words[p] for m in found for p in m.places):
        slots.unknown_group = None


def _called_as_paid(tokens: Tokens, asked: Asked, columns: Columns) -> None:
    """« Cotisations par catégorie » where the header of what was paid is « Montant cotisation »: they are the money."""
    named = {idea(word) for header in columns.amounts for word in words(header) if len(word) > _SHORT_WORD and word not in _ANY_AMOUNT}
    place = next((at for at in range(len(tokens)) if tokens.free(at) and tokens.ideas[at] in named), None)
    if place is None or asked.thing is not None or asked.statistic not in (None, "sum", "mean", "share") or not columns.dated or PERSON.search(tokens.text[: tokens.spans[place][0]]):
        return
    asked.thing = "basket" if asked.statistic == "mean" else "amount"
    tokens.take([place])


def _counts_of_people(tokens: Tokens, asked: Asked, counted: Field | None) -> None:
    """"How many seats do our customers have?": the seats are counted, and not the customers."""
    if asked.thing != "people" or asked.statistic != "count" or counted is None or counted.on_purchases or counted.role not in _ADDED:
        return
    match = _HOW_MANY.search(tokens.text)
    place = tokens.after(match.end()) if match is not None else len(tokens)
    if place < len(tokens) and not tokens.free(place) and not PERSON.fullmatch(tokens.words[place]):
        asked.thing, asked.statistic = None, "sum"


_ADDED = frozenset({Role.SEATS, Role.USAGE_COUNT, Role.MEASURE, Role.QUANTITY})
_HOW_MANY = re.compile(r"\b(?:how many|combien (?:de |d')|nombre (?:total )?(?:de |d')|(?:total )?number of )")
_SHORT_WORD = 4  # letters
_ANY_AMOUNT = frozenset("montant total amount price prix net gross value valeur paid paye payee order commande vente sale sales achat purchase ligne line facture invoice eur euro euros hors taxe taxes".split())


def _in_figure(tokens: Tokens, place: int) -> bool:
    """Whether a word is part of what says a statistic, a thing or a person."""
    low, high = tokens.spans[place]
    return any(start < high and low < end for start, end in spoken(tokens.text))


def _customer(question: str, tokens: Tokens, slots: Slots) -> None:
    match = _CUSTOMER.search(question)
    if match is not None:
        slots.customer = match.group(1)
        tokens.take_span(*match.span())
        return
    match = _CUSTOMER.search(called_customer(question))  # « le locataire 1234 »
    if match is not None:
        slots.customer = match.group(1)
        tokens.take(place for place, word in enumerate(tokens.words) if word == plain(match.group(1)))


def _named(slots: Slots, columns: Columns) -> frozenset[str]:
    """The ideas that name the columns already read."""
    told = [*slots.filters, *slots.part]
    names = {*slots.by, *(found.field for found in told), slots.column}
    aliases = {part for found in columns.fields if found.name in names for alias in found.aliases for part in alias}
    values = {part for found in told for value in found.values for part in ideas(str(value))}
    return frozenset(aliases | values)


_AGES = re.compile(r"\b(jeunes?|young|younger)\b.*\b(vieux|ages|aines|seniors?|old|older)\b")


def _ages(tokens: Tokens, columns: Columns, slots: Slots) -> None:
    """« Les jeunes … les vieux » compares ages, when the files hold them."""
    age = next((found for found in columns.fields if found.role is Role.AGE), None)
    if age is not None and not slots.by and _AGES.search(tokens.text):
        slots.by.append(age.name)


def both_sides(slots: Slots) -> None:
    """« Avec promo et sans promo »: a column said both ways is what to split by."""
    for condition in list(slots.filters):
        rivals = [other for other in slots.filters if other.field == condition.field and other.values != condition.values and not other.ever]
        if rivals and condition.operator == "=" and rivals[0].operator == "=" and condition.field not in slots.by and len(slots.by) < 2:
            slots.by.append(condition.field)
            slots.filters = [other for other in slots.filters if other.field != condition.field]
            return


def _headed_by_a_value(tokens: Tokens, slots: Slots) -> bool:
    """« Premium customers in Leeds »: people of one kind, counted though no word says so."""
    ahead = [found.at for found in slots.filters if not found.on_purchases and 0 <= found.at <= 1]
    alone = bool(ahead) and len(tokens) <= _FEW and all(not found.on_purchases for found in slots.filters) and tokens.words[min(ahead)].endswith("s") and kind_alone(tokens) and (min(ahead) == 0 or tokens.words[0] in _ARTICLES)
    return alone and not slots.by or bool(ahead) and any(PERSON.fullmatch(tokens.words[place]) for place in range(min(ahead) + 1, min(len(tokens), max(ahead) + 3))) and not slots.by


_ARTICLES = frozenset("les nos mes des the our my all tous toutes".split())
_FEW = 6  # words: « maisons à Nantes » asks how many


def kind_alone(tokens: Tokens) -> bool:
    """Whether a few words name a kind and a place and ask for nothing else: « offices in the east »."""
    return not re.search(r"\b(?:why|pourquoi|how|comment|who|qui|when|quand|which|quels?|quelles?|vs|versus|contre|ou|or|plus|more|moins|less)\b|\?.+", tokens.text)


_TREND = re.compile(r"\b(?:trends?|tendances?|evolutions?|evolue\w*|evolved?|evolving|over time|dans le temps|au fil du temps|au fil des mois|mois apres mois|month (?:by|after|on) month|over the (?:months|quarters|years)|au fil des (?:mois|trimestres|ans|annees))\b")
_MOVES = re.compile(r"\b(?:progresse\w*|baisse\w*|augmente\w*|recule\w*|monte\w*|chute\w*|decolle\w*|growing|rising|falling|declining|shrinking|increasing|decreasing|going (?:up|down))\b")
_OVER_THE = re.compile(r"\b(?:over the|au fil des) (?P<grain>months|quarters|years|mois|trimestres|ans|annees)\b")


def _over_time(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Évolution des ventes de vin », "frozen sales trend": by month within about a year, else by quarter; said by the year or the month, the word adds nothing."""
    moves = _MOVES.search(tokens.text) is not None and bool(slots.filters) and not slots.by and not _ASKED_OTHERWISE.search(tokens.text)
    if (_TREND.search(tokens.text) is None and not moves) or slots.measure in (None, "lost_rate") or slots.compare is not None or not (columns.dated or slots.measure == "new_customers" or (slots.measure == "customers" and columns.leaves)):
        return
    said = _OVER_THE.search(tokens.text)
    if said is not None and slots.time is None:
        slots.time = {"mo": "month", "qu": "quarter", "tr": "quarter"}.get(said["grain"][:2], "year")
        tokens.take_span(*said.span())
    if slots.time is None and len(slots.by) < 2 and slots.top is None:
        short = slots.period is not None and (slots.period.end - slots.period.start).days <= 400
        slots.time = "month" if short else "quarter"
    active_over_time(slots, tokens, columns)
    if slots.time is not None:
        tokens.take(place for place, word in enumerate(tokens.words) if _TREND.fullmatch(word) or (moves and _MOVES.fullmatch(word)))


def _every_value(slots: Slots, columns: Columns, found: Sequence[Mention]) -> None:
    """« Combien d'hommes et de femmes ? »: all the values of a column are what to split by; one word that every one of them bears sets none apart."""
    for condition in list(slots.filters):
        named = columns.named(condition.field)
        if condition.operator == "in" and named is not None and set(condition.values) == set(named.values) and len(slots.by) < 2:
            slots.filters.remove(condition)
            spots = {min(mention.places) for mention in found if mention.field.name == condition.field and mention.places}
            if condition.field not in slots.by and len(spots) != 1:
                slots.by.append(condition.field)


def _on_promo(slots: Slots) -> bool:
    return slots.measure == "promo_share" or any(found.field == "on_promo" for found in slots.part)


def _long_standing(slots: Slots) -> bool:
    """« Fidèles depuis plus de cinq ans »: the years say it all."""
    return any(found.field == "tenure_months" for found in slots.filters)


def _adjective(tokens: Tokens, slots: Slots, counted: Field | None) -> None:
    if slots.time is not None:
        return
    monthly = counted is not None and counted.role is Role.RECURRING_AMOUNT and months_paid(counted.name) == 1
    for place, word in enumerate(tokens.words):
        if word in _ADJECTIVES and tokens.free(place):
            if monthly and _ADJECTIVES[word] == "month":
                tokens.take([place])  # "average monthly rent": what is paid each month, and no split of it
                return
            slots.time = _ADJECTIVES[word]
            tokens.take([place])
            return


def against_last_year(slots: Slots, as_of: date, kept: Mapping[str, str] | None = None) -> None:
    """Give a comparison without a period of its own the period it is compared with.

    Args:
        slots: what was read; its periods are put right in place.
        as_of: the day "last year" is said from.
        kept: the period of the turn this one leans on: "compare with last year" is then a year before it.
    """
    if slots.compare is None or slots.period is not None:
        return
    before = slots.compare
    if kept is not None:
        held = Period(date.fromisoformat(kept["start"]), date.fromisoformat(kept["end"]), before.span)
        if before.start >= held.start:
            slots.compare = year_before(held)
        return
    months = (before.end.year - before.start.year) * 12 + before.end.month - before.start.month + 1
    if months >= 12:
        slots.period = Period(date(as_of.year, 1, 1), as_of, before.span)
        years = max(1, as_of.year - before.start.year)  # "compared with 2023" is the same days of that year
        slots.compare = year_before(slots.period, years)
