"""From what was asked to a measure of `explore`: the statistic and the thing, in the light of columns and conditions."""

from __future__ import annotations

import re

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns, Field
from assistant.embedded.coverage import departing
from assistant.embedded.durations import how_long
from assistant.embedded.filters import Filter
from assistant.embedded.measuring import ORDERS, PERSON, Asked, arrived, oldest, superlative_of
from assistant.embedded.money_told import PROMO, billed, by_the_month, paid, reduced, taxed
from assistant.embedded.ranking import comes_most, customers_ranked
from assistant.embedded.rates import CANCELLED, RATED, other_rate, rate_of_customers, state_counted
from assistant.embedded.slotted import Slots
from assistant.embedded.standing import by_then, had_then, there_then
from assistant.embedded.states import active_state, still_here
from assistant.embedded.text import plain
from assistant.embedded.tokens import Tokens
from assistant.embedded.totals import adds_up

FIXED = frozenset({"orders", "amount", "tenure_months", "promo_share"})  # measures of `explore` by themselves
_STATISTICS = frozenset({"mean", "median", "sum", "min", "max"})
_BASKETS = {"median": "median_basket", "max": "highest_basket", "min": "lowest_basket", "sum": "amount"}
_MOST_PEOPLE = re.compile(rf"\b(?:le plus|le moins|the most|most|fewest|the least)(?: de| d'| of)?(?: [a-z-]+){{0,2}}? {PERSON.pattern}")
_MADE = re.compile(r"\b(?:creee?s?|created|ouverte?s?|opened|issued|emises?|delivree?s?)\b")
_ARRIVALS = re.compile(r"^(?:les |nos |the |our )?(?:nouveaux|nouvelles|new|inscriptions|sign-?ups|adhesions)\b(?! customers? (?:come|return|buy))")
_BREAKDOWN = re.compile(r"^(?:la |the |quelle est la |what is the )?(repartition|breakdown|distribution|ventilation)\b")
_HEADED = re.compile(rf"^(?:les |nos |mes |our |my |the )?(?:(?:active|current|remaining|lost|former) )?{PERSON.pattern}")
_GONE = re.compile(
    rf"\b((?:sont|est|etaient|soit|soient) partie?s?|(?:{PERSON.pattern}|femmes|hommes) partie?s?|partie?s?(?= (?:en|l'|depuis|cette|ce|au|apres|avant|le|la|\d))|(?:partis|parties)(?=[ ?.!]*$)|ont (quitte|resilie|annule|arrete)|nous ont quittes?|"
    r"(?:des|les|nos|entre) partis?(?= (?:et|ou|vs|contre|and))|perdue?s?|perd|quittent|resilie\w*|desabonne\w*|left|lost|lose|gone|churned|cancelled|canceled|quit|departs?|departures?|departed|leavers|resiliations?|"
    r"cancellations?)\b"
)
_STILL = re.compile(r"\b(encore (la|clients?)|(?:avons-nous|a-t-on|on a) encore|(?:avons-nous|a-t-on|reste-t-il)\b.{0,12}\bencore|reste-t-il|do we still have|we still have|toujours (la|clients?)|actifs?|actives?|restants?(?! (?:a|du|dus|due|dues)\b)|still (here|customers?|with us|active)|(?<=how many )(?:have |has )?(?:stayed|remained)|sont restee?s?|encore chez nous|active|current)\b")
_NOW = re.compile(r"\b(?:actuellement|en ce moment|a l'heure actuelle|a l'heure qu'il est|currently|right now|at the moment|as of now|at present)\b")
_TODAY = re.compile(r"\b(?:aujourd'hui|(?:as of )?today)\b")
_HAVE = re.compile(r"\b(?:avons|a-t-on|on a|ai-je|j'ai|compt\w+|y a-t-il|il y a|do (?:we|i) have|have (?:we|i)|we have|are there|is (?:our|the)|mrr|arr)\b")
_AMONG_THEM = re.compile(r"\b(?:parmi|among|amongst|of) (?:(?:les|nos|ceux|celles|the|our|those) )?(?:qui (?:sont|ont) |who (?:have )?|ones who )?(?:clients? )?(?:partie?s?|perdue?s?|resilie\w*|quitte\w*|left|lost|gone|churned|leavers|churners)\b")
_MOST_GROUPS = 2
_BY_COUNT = re.compile(r"\b(?:par|by|per|selon(?: le)?) (?:the |le )?(?:number of|nombre d[e']|nb d[e']|count of)")
_LOST_MONEY = re.compile(r"\b(revenue|ca|chiffre d'affaires|money|argent|amount|montant)\b.{0,20}\b(lost|perdue?s?|parti)\b")
_AMONG = re.compile(r"\b(parmi|among|amongst|chez|sur les|out of|of those)\b")
_VERB = frozenset(
    "a ont est sont have has had are is was were live lives habite habitent use uses utilise utilisent pay pays paie paient payent "
    "bought buy buys ordered left achete achetent prennent took take come comes came vient viennent represent represents represente "
    "representent quit churned spent depense depensent provient proviennent pese pesent".split()
)
_RELATIVE = frozenset("qui who that dont which whose ayant having".split())


def decide(slots: Slots, tokens: Tokens, columns: Columns, asked: Asked, column: Field | None) -> None:
    """Set the measure of `slots` (and its column, or the part of a share).

    Args:
        slots: what was read; its conditions and groups are put right in place.
        tokens: the question.
        columns: what the data can be asked about.
        asked: the statistic and the thing.
        column: a number column it names, or None.
    """
    text = tokens.text
    if _told_otherwise(slots, text) or (asked.thing is None and _rated(slots, tokens, columns)):
        return
    dated = slots.period is not None or slots.time is not None
    slots.statistic = asked.statistic if asked.statistic in _STATISTICS else None
    if asked.per_line and asked.thing in ("basket", "amount", "spend"):
        slots.unread.append("ligne")  # money is told by order or by customer
    if asked.thing == "repeat":
        slots.measure, slots.part = "share_customers", [Filter("orders", ">", (1,))]
    elif asked.statistic == "share" and asked.thing != "lost_rate":
        _share(slots, tokens, columns)
    elif asked.thing == "lost_rate":
        _lost_rate(slots, text, column)
    elif column is not None and column.name not in FIXED and asked.thing not in ("basket", "quantity", "new", "people") and not (
        asked.statistic is None and _HEADED.search(text)
    ):
        slots.measure, slots.column = _of_column(asked, text, column), column.name
        if slots.measure == "sum" and column.role is Role.UNIT_PRICE:
            slots.measure, slots.column = "amount", None  # prices of one do not add up: what was sold does
        _recurring(slots, column, text, per_person=asked.per_person)
        slots.statistic = slots.statistic or (slots.measure if slots.measure != "mean" else None)
    elif (extreme := oldest(text)) and (age := _aged(columns)) is not None:
        slots.measure, slots.column, slots.by = extreme, age.name, []
    else:
        slots.measure, slots.column = _of_thing(
            asked, text, grouped=bool(slots.by), dated=dated, timed=slots.time is not None
        )
    if asked.statistic == "mean" and slots.measure in ("amount", "orders", "quantity") and slots.time not in (None, "weekday") and not slots.by:
        slots.per, slots.time = slots.time, None
    if slots.measure is None and slots.by and _USED.search(text):
        slots.measure = "orders" if any(found.name in slots.by and found.on_purchases for found in columns.fields) else "customers"
    _of_these_files(slots, tokens, columns)
    _as_of_today(slots, tokens, columns)
    _people(slots, tokens, columns, asked)
    _cancellations(slots, tokens, columns)


def _told_otherwise(slots: Slots, text: str) -> bool:
    """Whether no measure is to be set: one read in full already, a question of its own, a rate that nothing here tells."""
    rate = RATED.search(text)
    if rate is not None and slots.measure is None and PROMO.fullmatch(other_rate(text) or ""):
        slots.unread.append(rate.group())  # « taux de remise » is no mean of a column of discounts, nor who leaves
        return True
    return slots.measure is not None or ACQUISITION_COST.search(text) is not None  # the latter is told by channel with what was spent


def _rated(slots: Slots, tokens: Tokens, columns: Columns) -> bool:
    """« Taux de réussite par moniteur »: the share of customers in that state; read, and true."""
    rate = rate_of_customers(tokens.text, columns)
    if rate is None:
        return False
    slots.measure, slots.part = "share_customers", [rate[0]]
    slots.filters = [found for found in slots.filters if found.field != rate[0].field]
    tokens.take_span(*rate[1])
    return True


def _lost_rate(slots: Slots, text: str, column: Field | None) -> None:
    """A rate of departures; « par nombre de produits » splits it, another figure beside it is not read."""
    slots.measure = "lost_rate"
    if column is not None and len(slots.by) < _MOST_GROUPS and _BY_COUNT.search(text):
        slots.by.append(column.name)
    elif column is not None or _LOST_MONEY.search(text):
        slots.unread.append(column.name if column is not None else "revenue")  # money lost is no rate


def _of_these_files(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """What the files make of the measure: bills for revenue, a column before tax, promotions, loyalty, days."""
    text = tokens.text
    billed(slots, text, columns, gone=_GONE.search(text) is not None)
    paid(slots, text, columns)
    by_the_month(slots, text, columns)
    taxed(slots, tokens, columns)
    reduced(slots, tokens, columns)
    _spread(slots, tokens)
    if slots.top is not None and customers_ranked(text) and _WEIGH.search(text):
        slots.measure, slots.by = "share_amount", ["customer_id"]
    if slots.measure is None and slots.by and re.search(r"\b(?:most|least|plus|moins|best|worst)\b.{0,4}\b(?:loyal|faithful|fideles?|infideles?)\b", text):
        slots.measure = "lost_rate"
    bought = any(found.on_purchases for found in slots.filters)
    if slots.measure is None and slots.by and bought and SUPERLATIVE.search(text) and columns.dated:
        slots.measure = "orders"  # « quel praticien a le plus d'absents ? »
    channels = {found.name for found in columns.fields if found.role is Role.ACQUISITION_CHANNEL}
    if slots.measure is None and slots.by and not channels & set(slots.by) and _WORKS.search(text) and columns.named("amount") is not None:
        slots.measure = "amount"  # « quelle langue marche le mieux ? »
    goods = {found.name for found in columns.fields if found.on_purchases and found.role in (Role.PRODUCT, Role.CATEGORY)}
    if slots.measure is None and goods & set(slots.by) and _RANKED_GOODS.search(text) and columns.named("amount") is not None:
        slots.measure = "amount"  # « top produits »: by what they bring in, which is said
    if slots.measure is None and comes_most(text) and columns.sold:
        slots.measure = "orders"
    if slots.measure is None and slots.time == "weekday":
        slots.measure = "amount"  # « quel jour marche le mieux ? »


_SPREAD = re.compile(r"\b(?:distribution|repartition|histogram\w*|breakdown|ventilation) (?:of |des? |du |d')?(?:our |the |nos |les |number of |nombre (?:de |d'))*(?:orders|purchases|commandes|achats|dons) (?:per|par|by) ")


def _spread(slots: Slots, tokens: Tokens) -> None:
    """« Distribution des commandes par client »: how many customers made one, two, three."""
    match = _SPREAD.search(tokens.text)
    if match is not None and slots.measure == "orders_per_customer":
        slots.measure, slots.by = "customers", ["orders"]
        tokens.take_span(*match.span())


SUPERLATIVE = re.compile(r"\b(?:le plus|le moins|(?:the )?most|fewest|(?:the )?least)\b")
_WORKS = re.compile(r"\b(?:march\w*|fonctionn\w*|perform\w*|tourn\w*|works?|does|doing|sells?|se vend\w*)\b.{0,8}\b(?:le mieux|le moins bien|best|worst|le plus mal)\b")
_RANKED_GOODS = re.compile(r"\b(?:top|flop|best|worst|meilleure?s?|pires?|classement|palmares|ranking|phares?)\b")
_WEIGH = re.compile(r"\b(?:represent\w*|pes(?:e|ent)|weigh\w*|account(?:s)? for|make up|concentr\w*)\b")
_USED = re.compile(
    r"\b(most|least|plus|moins) (used|popular|common|frequent|chosen|booked|rented|bought|ordered|utilisee?s?|populaires?|courante?s?|frequente?e?s?|choisie?s?|repandue?s?|reservee?s?|louee?s?|achetee?s?|"
    r"commandee?s?|demandee?s?|suivie?s?)\b|"
    r"\b(used|chosen|utilisee?s?|choisie?s?) (the )?(most|least|le plus|le moins)\b"
)
_INCLUDING = re.compile(r"\b(including|y compris|inclu\w*|compris\w*|counting)\b")


def _cancellations(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """Cancelled orders are set aside: a rate of them, or a total with them, is not what the measures tell."""
    status = next((found.name for found in columns.fields if found.role is Role.ORDER_STATUS), None)
    counted = state_counted(tokens.text, columns) if slots.measure in (None, "orders", "customers") else None
    if counted is not None:
        state, span = counted
        slots.measure, slots.filters = "orders", [*(found for found in slots.filters if found.field != state.field), state]
        tokens.take_span(*span)
        return
    said = CANCELLED.search(tokens.text)
    if status is None or said is None:
        return
    told = any(found.field == status for found in (*slots.filters, *slots.part))
    if _INCLUDING.search(tokens.text) or (not told and not PERSON.search(tokens.text)):
        slots.unread.append(said.group())


ACQUISITION_COST = re.compile(r"\b(couts? (d'|de l'|of )?(acquisition|recrutement)|(acquisition|recruitment) costs?|cac|cost of (acquisition|acquiring|recruiting))\b")
_MRR = re.compile(
    r"\b(mrr|arr|revenus? recurrents?|recurring revenue|monthly (?:revenue|income|turnover)|(?:revenus?|ca|chiffres? d'affaires|recettes?) mensuel(?:le)?s?)\b"
)
_INVOICE = re.compile(r"\b(invoices?|factures?)\b(?! mensuel)")


_IN_MONEY = re.compile(r"[€£$]|(?<![A-Za-z])(?:montants?|amounts?|eur|euros?|usd|gbp|ttc|ht|value|valeur)(?![A-Za-z])", re.IGNORECASE)  # a discount that is no rate


def _recurring(slots: Slots, column: Field, text: str, *, per_person: bool) -> None:
    """What does not add up or is not what was named: rates, the fees of those who left, an invoice that is no monthly fee."""
    if per_person and column.on_purchases and adds_up(column) and slots.measure in ("mean", "sum"):
        slots.measure = "total_per_customer"
    elif per_person and column.on_purchases:
        slots.unread.append(column.name)  # a mean of lines is no mean of customers
    if column.of_lines or (slots.measure == "sum" and column.role is Role.DISCOUNT and not _IN_MONEY.search(column.name)):
        slots.unread.append(column.name)
    if column.derived and column.role is Role.RECURRING_AMOUNT and _INVOICE.search(text):
        slots.unread.append("facture")
    current = slots.measure in ("sum", "mean", "median") and column.role is Role.RECURRING_AMOUNT and _MRR.search(text)
    if current and not _GONE.search(text) and not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(Filter("lost", "=", (False,)))


_OF_MONEY = re.compile(r"\b(?:chiffres?(?: d'affaires)?|ca|montants?|revenue|turnover|sales|recettes?)\b")


def _of_column(asked: Asked, text: str, column: Field) -> str:
    if asked.statistic in _STATISTICS:
        return asked.statistic or "mean"
    if asked.per_person:
        return "mean"
    if asked.statistic is None and re.search(r"\b(?:how much|combien)\b.*\b(?:we|on|nous|lose|lost|losing|perd\w*)\b", text):
        return "sum"
    if asked.statistic == "count" or (asked.statistic is None and _MRR.search(text)):
        return "sum"
    if asked.statistic is None and asked.thing == "amount" and column.on_purchases and column.role is not Role.UNIT_PRICE and _OF_MONEY.search(text):
        return "sum"  # « chiffre des options »: what they came to
    return superlative_of(text, ("",)) or ("sum" if asked.statistic is None and adds_up(column) else "mean")


def _of_thing(asked: Asked, text: str, *, grouped: bool, dated: bool, timed: bool) -> tuple[str | None, str | None]:
    """The measure and its column of a statistic of a thing."""
    statistic, thing = asked.statistic, asked.thing
    averaged = statistic in ("mean", "median")
    if thing == "basket":
        return (_BASKETS.get(statistic or "", "average_basket") if statistic != "count" else "orders"), None
    if thing == "quantity":
        if averaged and asked.per_line or statistic == "median":
            return statistic, "quantity"
        return ("quantity_per_order" if averaged or asked.per_order else "quantity"), None
    if thing == "tenure":
        return ("tenure_months", None) if statistic in (None, "mean") else (statistic, "tenure_months")
    if thing == "new":
        return ("new_customers" if statistic == "count" or dated or _ARRIVALS.search(text) else None), None
    if thing == "orders":
        if statistic in ("median", "max", "min"):
            return statistic, "orders"
        if averaged and timed and not asked.per_person:
            return "orders", None
        return ("orders_per_customer" if averaged or asked.per_person else "orders"), None
    if thing in ("amount", "spend", "unit_price"):
        return _money(asked, thing, grouped=grouped, timed=timed)
    if statistic == "count" and thing is None and asked.distinct:
        return None, None
    if _MOST_PEOPLE.search(text):
        return "customers", None
    return ("customers", None) if thing == "people" or _listed(text) else (None, None)


def _money(asked: Asked, thing: str, *, grouped: bool, timed: bool) -> tuple[str | None, str | None]:
    statistic = asked.statistic
    if thing == "unit_price":
        return ("average_price" if statistic in (None, "mean") else None), None
    if statistic == "mean" and timed and not asked.per_person:
        return "amount", None  # the average month
    if statistic == "mean" or (statistic is None and asked.per_person):
        return "amount_per_customer", None
    if statistic in ("median", "max", "min"):
        return statistic, "amount"
    if thing == "spend" and statistic is None:
        return ("amount_per_customer" if grouped else "amount"), None
    return "amount", None


def _listed(text: str) -> bool:
    """« Clients par ville », "breakdown by contract": people are counted though no word says so."""
    return bool(_BREAKDOWN.search(text) or _HEADED.search(text))


def _people(slots: Slots, tokens: Tokens, columns: Columns, asked: Asked) -> None:
    """Who came, who left, who is still there, when people are counted."""
    text = tokens.text
    dated = slots.period is not None or slots.time is not None
    gone, still = _GONE.search(text), _STILL.search(text)
    counting = asked.statistic == "count" or _listed(text)
    if how_long(text) and slots.measure == "customers" and asked.thing == "people":
        slots.measure = None  # « combien de mois un client reste-t-il ? » asks how long, and not how many are still there
        return
    _among_the_gone(slots, text, gone)
    if slots.measure is None and (counting or dated) and gone is not None and not asked.thing:
        slots.measure = "customers"  # « départs par an »
    if slots.measure != "customers" or any(found.field == "lost" for found in slots.filters):
        _whose(slots, tokens, columns, gone, still)
        return
    if dated and arrived(text) and gone is None:
        _newcomers(slots, tokens, columns, still)
    elif gone is not None and dated:
        slots.measure = "lost_customers"
        by_then(slots, tokens)
        if not columns.dated:
            tokens.take_span(*gone.span())  # "cancellations by year": nothing else is cancelled where nothing is ordered
    elif gone is not None:
        if not _of_orders(gone, slots, columns):
            slots.filters.append(Filter("lost", "=", (True,), at=tokens.at(gone)))
    elif (then := _then(slots, tokens, still)) is not None:
        there_then(slots, tokens, columns, then)
    elif still is not None:
        slots.filters.append(still_here(still.group(), columns, tokens.at(still)))
    elif (now := _NOW.search(text)) is not None and not dated and not any(found.on_purchases or found.ever for found in slots.filters):
        slots.filters.append(still_here(now.group(), columns, tokens.at(now)))  # « combien d'adhérents actuellement ? »


def _then(slots: Slots, tokens: Tokens, still: re.Match[str] | None) -> re.Match[str] | None:
    """The words that ask who was there in a period, on a day, or over time."""
    timed = slots.period is not None or slots.time not in (None, "weekday")
    return (still or had_then(slots, tokens)) if timed else None


def _newcomers(slots: Slots, tokens: Tokens, columns: Columns, still: re.Match[str] | None) -> None:
    """Who arrived in a period, those of them still here when it is said: « arrivés avant 2021, encore là »."""
    slots.measure = "new_customers"
    made = _MADE.search(tokens.text)
    if made is not None and not any(found.role in (Role.SIGNUP_DATE, Role.START_DATE) for found in columns.fields):
        slots.unread.append(made.group())  # a first purchase is no day an account was opened
    if still is not None:
        slots.filters.append(still_here(still.group(), columns, tokens.at(still)))


def _among_the_gone(slots: Slots, text: str, gone: re.Match[str] | None) -> None:
    """« Combien de vélos électriques parmi les partis ? »: people who left, by what they bought, and none of their purchases."""
    counted = slots.measure in ("orders", "quantity") and any(found.on_purchases for found in slots.filters)
    if counted and gone is not None and _AMONG_THEM.search(text) and not (ORDERS.search(text) or _AS_SOLD.search(text)):
        slots.measure = "customers"


_AS_SOLD = re.compile(r"\b(?:quantit\w+|units?|unites?|pieces?|vendue?s?|sold)\b")


def _of_orders(gone: re.Match[str], slots: Slots, columns: Columns) -> bool:
    """« Ont annulé une commande »: what was cancelled is an order, whose state is a condition already."""
    states = {found.name for found in columns.fields if found.role is Role.ORDER_STATUS}
    return CANCELLED.search(gone.group()) is not None and any(found.field in states for found in slots.filters)


def _as_of_today(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Combien de clients avons-nous aujourd'hui ? »: those still there on that day, none of what happened on it."""
    today, period = _TODAY.search(tokens.text), slots.period
    if today is None or period is None or period.span != today.span() or not (_HAVE.search(tokens.text) or _STILL.search(tokens.text)) or _GONE.search(tokens.text):
        return
    bought = any(found.on_purchases or found.ever for found in slots.filters)
    if bought or not (slots.measure == "customers" or _is_bill(slots.column, columns)):
        return
    slots.period = None
    if not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(still_here(today.group(), columns, tokens.at(today)))


def _is_bill(name: str | None, columns: Columns) -> bool:
    found = columns.named(name) if name is not None else None
    return found is not None and found.role is Role.RECURRING_AMOUNT


def still_there(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """« Quels membres actifs … »: those on a list are still there too.

    Args:
        slots: what was read; its filters are completed in place.
        tokens: the question.
        columns: what the data can be asked about.
    """
    still = _STILL.search(tokens.text)
    if still is not None and slots.period is None and _GONE.search(tokens.text) is None and not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(still_here(still.group(), columns, tokens.at(still)))


def list_gone(slots: Slots, tokens: Tokens) -> None:
    """"The list of lost customers in Leeds": the names of those who left, and no rate of them.

    Args:
        slots: what was read; its filters are completed in place.
        tokens: the question.
    """
    gone = _GONE.search(tokens.text)
    if gone is None or slots.measure not in (None, "customers", "lost_customers"):
        return
    if slots.period is not None:
        slots.filters = [found for found in slots.filters if found.field not in ("lost", "lost_on")]
        slots.filters.append(Filter("lost_on", "between", (slots.period.start.isoformat(), slots.period.end.isoformat())))
        slots.period = None
    elif not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(Filter("lost", "=", (True,), at=tokens.at(gone)))
    slots.measure, slots.departing = "customers", False


_ONLY = re.compile(r"\b(?:only|just|seulement|uniquement|juste|rien que|and|et|what about|pour|for|those|ceux|keep|garde)\b|^(?:les |the |our |nos )?(?:active|actifs|actives|lost|perdus)\b")


def only_those(slots: Slots, question: str, columns: Columns) -> None:
    """"Only active ones", « et ceux qui sont partis ? » after a figure: the same, of those.

    Args:
        slots: what the follow-up says; its filters are completed in place.
        question: as typed.
        columns: what the data can be asked about.
    """
    text = plain(question)
    if _ONLY.search(text) is None or slots.measure is not None or any(found.field == "lost" for found in slots.filters):
        return
    gone, still = _GONE.search(text), _STILL.search(text)
    if still is not None and gone is None:
        slots.filters.append(still_here(still.group(), columns, -1))
    elif gone is not None and still is None and slots.period is None:
        slots.filters.append(Filter("lost", "=", (True,)))
        slots.departing = False


def _whose(slots: Slots, tokens: Tokens, columns: Columns, gone: re.Match[str] | None, still: re.Match[str] | None) -> None:
    """« Satisfaction moyenne des clients partis », "left vs stayed": a figure of who left, of who stayed, or of both."""
    of_column = slots.measure in _STATISTICS or slots.measure in ("tenure_months", "average_basket", "amount_per_customer")
    sold = slots.measure in ("amount", "orders", "median_basket", "orders_per_customer", "quantity") and slots.column is None
    if sold and not dated_then(slots) and _LOST_PEOPLE.search(tokens.text) is not None and not any(found.field == "lost" for found in slots.filters):
        slots.filters.append(Filter("lost", "=", (True,)))  # « CA des clients perdus »: what those gone have bought, and no rate of them
        slots.departing = False
        return
    if not of_column or any(found.field == "lost" for found in slots.filters):
        return
    if gone is None and re.search(r"\b(?:leavers?|churners?|(?:des|les|nos|entre) (?:partis|perdus|resilies)|those who (?:left|stayed))\b", tokens.text):
        gone = re.search(r"\b(?:leavers?|churners?|partis|perdus|resilies|who left)\b", tokens.text)
    stayed = still is not None or re.search(r"\b(restes?|stayed|stayers|restee?s|fideles|presents?|remaining)\b", tokens.text) is not None
    state = active_state(columns) if still is not None and "acti" in still.group() else None
    if gone is not None and stayed:
        slots.by = [*slots.by, "lost" if state is None else state[0]][:2]
    elif gone is not None:
        slots.filters.append(Filter("lost", "=", (True,)))
    elif still is not None:
        slots.filters.append(still_here(still.group(), columns, -1))


_LOST_PEOPLE = re.compile(
    rf"\b(?:des|de nos|de mes|par les|from|of|by)(?: (?:our|the|all|tous|nos|les))* (?:{PERSON.pattern} (?:perdus?|perdues?|partis?|parties?|resilies?|inactifs?|(?:qui )?(?:sont|etaient) (?:partis?|perdus?)|who (?:have )?(?:left|churned|gone|quit)|lost)|"
    rf"(?:lost|former|gone|churned|departed|ex-?) ?{PERSON.pattern}|anciens {PERSON.pattern})\b"
)


def dated_then(slots: Slots) -> bool:
    """Whether a figure is told over time or of a period, where who is gone today may still have bought.

    Args:
        slots: what was read.
    """
    return slots.time is not None or slots.compare is not None


def _share(slots: Slots, tokens: Tokens, columns: Columns) -> None:
    """A share: of customers, orders or revenue, and which conditions make the part."""
    text = tokens.text
    target = _shared(text, dated=columns.dated)
    if target == "share_customers" and (slots.also or slots.absent):
        slots.measure = target  # « part des clients de 2024 qui ont racheté en 2025 »
        return
    gone = _GONE.search(text)
    if slots.top is not None and target == "share_amount" and customers_ranked(text):
        slots.measure, slots.by = target, ["customer_id"]  # what the ten largest customers make of the whole
        return
    promo = PROMO.search(text) is not None and not slots.filters and columns.named("promo_share") is not None
    if target == "share_orders" and promo:
        slots.measure = "promo_share"
        return
    if target == "share_amount" and promo:
        slots.measure, slots.part = target, [Filter("on_promo", "=", (True,), on_purchases=True)]
        return
    if target == "share_customers" and gone is not None and _of_orders(gone, slots, columns):
        slots.measure = target
        slots.unread.append(gone.group())  # of those who cancelled an order, which no share of customers tells
        return
    if target == "share_customers" and (gone is not None or departing(text)):
        base, rest = _split(slots.filters, tokens)
        slots.measure, slots.filters = "lost_rate", [*base, *rest]
        return
    if target == "share_customers" and not slots.filters and (still := _STILL.search(text)) is not None and slots.period is None:
        slots.measure, slots.part = target, [still_here(still.group(), columns, tokens.at(still))]
        return
    base, part = _split(slots.filters, tokens)
    places = {found.name for found in columns.fields if found.role in (Role.CITY, Role.REGION, Role.COUNTRY, Role.POSTCODE, Role.STORE)}
    spoken = any(word in _VERB and word != "a" for word in tokens.words[3:])  # « viennent de femmes de Lyon »: both make the part
    placed = [found for found in part if found.field in places]
    others = [found for found in part if found.field not in places]
    if not base and placed and others and not (spoken and target != "share_customers") and min(found.at for found in placed) > max(found.at for found in others):
        base, part = placed, others
    if not part and not (slots.by or slots.time):
        return
    slots.measure, slots.filters, slots.part = target, base, part


_PAID_ONE_BY_ONE = r"\b(?:paiements?|payments?|reglements?|encaissements?|visites?|visits?|passages?)\b"


def _shared(text: str, *, dated: bool) -> str:
    """Of what a share is: the first thing said after the word; a payment or a visit is a purchase where those are dated."""
    start = re.search(r"\b(parts?|shares?|proportions?|fractions?|pourcentages?|percentages?|percent|pour ?cent|taux|rates?|poids|weights?)\b|%", text)
    after = text[start.end() :] if start else text
    spots = [
        (match.start(), name)
        for name, pattern in (
            ("share_customers", PERSON.pattern),
            ("share_orders", r"\b(?:commandes?|orders?|achats?|purchases?|tickets?|transactions?|dons?|gifts?)\b" + (rf"|{_PAID_ONE_BY_ONE}" if dated else "")),
            ("share_amount", r"\b(?:ca|chiffres? d'affaires|revenus?|revenue|sales|ventes|turnover|collecte|montant|recettes|mrr|arr)\b"),
        )
        if (match := re.search(pattern, after))
    ]
    return min(spots)[1] if spots else "share_customers"


def _split(filters: list[Filter], tokens: Tokens) -> tuple[list[Filter], list[Filter]]:
    """Conditions of who is looked at, and those that make the part: the main verb, or "among", stands between."""
    among = _AMONG.search(tokens.text)
    if among is not None and len(filters) > 1:
        start = tokens.at(among)
        following = [found for found in filters if found.at > start]
        ahead = [found for found in filters if found.at < start]
        if following and ahead:
            return following, ahead
        if following and start == 0:
            return following[:1], following[1:]
    verb = next(
        (place for place, word in enumerate(tokens.words)
         if word in _VERB and place > 2 and not (word == "a" and any(found.at == place + 1 for found in filters)) and not _RELATIVE & set(tokens.words[max(0, place - 2) : place])), None,
    )  # fmt: skip
    if verb is None:
        relative = next((place for place, word in enumerate(tokens.words) if word in _RELATIVE and place > 2), len(tokens))
        ahead = [found for found in filters if 0 <= found.at < relative]
        following = [found for found in filters if found.at > relative]
        return (ahead, following) if ahead and following else ([], list(filters))  # « part des familles qui sont en prélèvement »
    base = [found for found in filters if 0 <= found.at < verb]
    part = [found for found in filters if found not in base]
    return (base, part) if part else ([], base)


def _aged(columns: Columns) -> Field | None:
    return next((found for found in columns.numeric() if found.role is Role.AGE and found.type is ColumnType.NUMBER), None)
