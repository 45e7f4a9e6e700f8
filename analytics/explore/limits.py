"""What these files cannot measure, and what would make it possible; whether a query is read in purchases."""

from __future__ import annotations

from datetime import timedelta

from analytics.customers.counted_orders import shared_amounts
from analytics.customers.nobody_named import why_nobody
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.explore.cannot_count import cannot_see
from analytics.explore.fields import ORDER_AMOUNT, PERIODS, WITHIN, Place, find_field, is_purchase_field
from analytics.explore.measures import BASKETS, SHARES, SOLD, STATISTICS
from analytics.explore.parameters import ExploreParameters
from analytics.explore.query import Scope
from analytics.measures.lifetime import silence_days
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.finding import NotApplicable
from vocabulary.sentence import Sentence, say

_NEEDED = {  # a column of `customers` that must hold something, when there are no purchases to read
    "orders": "orders", "orders_per_customer": "orders", "share_orders": "orders", "amount": "amount", "share_amount": "amount",
    "amount_per_customer": "amount", "average_basket": "orders", "median_basket": "orders", "tenure_months": "tenure_months",
    "new_customers": "started", "days_between_orders": "median_gap",
}  # fmt: skip


def nobody(study: Study, parameters: ExploreParameters) -> NotApplicable | None:
    """What is missing where files name no customer and a query is not of what was sold alone; None when nothing is.

    Customers, where there are none to count, are not none: nothing tells them.
    """
    if "customers" in study.tables or parameters.table is not None:
        return None
    if study.sells and not parameters.stock and scope_of(study, parameters) == "all":
        return None
    reason, unlock = why_nobody(study.model)
    return NotApplicable("explore", "customer_id", reason, unlock)


def impossible(study: Study, parameters: ExploreParameters) -> NotApplicable | None:
    """What is missing for a query to be answered, or None."""
    measure, purchases = parameters.measure, "purchases" in study.tables
    if study.sells_to_nobody and scope_of(study, parameters) == "all":
        return _unsaid_of_sales(study, parameters)
    if parameters.seen is not None and (blind := cannot_see(study, parameters.seen)) is not None:
        return blind
    if (measure in STATISTICS or measure == "total_per_customer") and not _is_number(study, parameters.column):
        return _missing("number_column", _NUMBER_WANTED)
    if measure in SHARES and not (parameters.shared or parameters.by):
        return _missing("share_of_what", _PART_WANTED)
    by_time = any(name in PERIODS for name in parameters.by)
    if measure in ("lost_rate", "lost_customers") and (untold := _departures_untold(study, parameters, by_time=by_time)) is not None:
        return untold
    of_column = measure == "average_price" and purchases and _is_number(study, parameters.column)
    if measure in ("quantity", "quantity_per_order", "average_price") and not of_column and not (purchases and study.row("SELECT count(quantity) FROM purchases")[0]):
        return _missing("quantity", _QUANTITY)
    if (unordered := _unordered(study, parameters)) is not None:
        return unordered
    if measure == "promo_share" and not _holds(study, "promo_share"):
        return _missing("promo_code", _PROMO)
    if measure in ("new_customers", "tenure_months") and not _holds(study, _NEEDED[measure]):
        return _missing("tenure", _TENURE)
    if purchases and shared_amounts(study.model) is not None and _of_each_order(parameters):
        return _missing("order_amount", _EACH_ORDER)
    if not purchases:
        return _without_purchases(study, parameters, by_time=by_time)
    return None


def _unsaid_of_sales(study: Study, parameters: ExploreParameters) -> NotApplicable | None:
    """What sales that name nobody do not say either."""
    measure, of_column = parameters.measure, parameters.measure == "average_price" and _is_number(study, parameters.column)
    if measure in STATISTICS and not _is_number(study, parameters.column):
        return _missing("number_column", _NUMBER_WANTED)
    if measure in SHARES and not (parameters.shared or parameters.by):
        return _missing("share_of_what", _PART_WANTED)
    if measure in ("quantity", "quantity_per_order", "average_price") and not of_column and not study.row(f"SELECT count(quantity) FROM {study.lines_sold}")[0]:
        return _missing("quantity", _QUANTITY)
    if measure == "lines_per_order" and study.row(f"SELECT count(*) = count(DISTINCT order_id) FROM {study.lines_sold}")[0]:
        return _missing("order_lines", _LINES)
    return None


def _departures_untold(study: Study, parameters: ExploreParameters, *, by_time: bool) -> NotApplicable | None:
    """What is missing for departures to be counted, or to be dated; None when nothing is."""
    if not _holds(study, "lost"):
        return _missing("churn_label", _LOST)
    dated = parameters.period or parameters.compare
    if parameters.measure == "lost_customers" and (dated or by_time) and not _holds(study, "lost_on"):
        return _missing("end_date", _LOST_ON)
    if parameters.measure == "lost_customers" and dated and _unjudged(study, parameters):
        return NotApplicable("explore", "period_not_judged", _NOT_YET, _EARLIER)
    return None


def _unordered(study: Study, parameters: ExploreParameters) -> NotApplicable | None:
    """What is missing for the lines of an order, or the days between two, to be told; None when it is neither, or nothing is."""
    if parameters.measure == "days_between_orders" and (not _holds(study, "median_gap") or _of_some_purchases(study, parameters)):
        return _missing("all_purchases", _ALL_PURCHASES)
    one_a_line = "SELECT count(*) = count(DISTINCT order_id) FROM purchases WHERE coalesce(amount, 0) >= 0"
    if parameters.measure == "lines_per_order" and ("purchases" not in study.tables or study.row(one_a_line)[0]):
        return _missing("order_lines", _LINES)
    return None


def _of_some_purchases(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a query looks at some of the purchases only: the days between those are no rhythm of their customers."""
    bought = any(name in PERIODS or is_purchase_field(study, name) for name in parameters.by)
    return bool(bought or parameters.period or parameters.compare or parameters.purchase_filter)


def _of_each_order(parameters: ExploreParameters) -> bool:
    """Whether a query needs what each order amounts to, and not their mean alone."""
    conditions = (*parameters.purchase_filter, *parameters.part)
    return parameters.measure in BASKETS - {"average_basket"} or any(condition.field == ORDER_AMOUNT for condition in conditions)


def scope_of(study: Study, parameters: ExploreParameters) -> Scope:
    """Which purchases a query counts: what was sold is of all, unless it is chosen or split by who bought."""
    named = parameters.segment or parameters.also or parameters.absent or parameters.seen
    if "unnamed_purchases" not in study.tables or named or not _of_sales(study, parameters):
        return "known"
    filters = [condition.field for condition in parameters.purchase_filter]
    parts = [condition.field for condition in parameters.part]
    if any(name in WITHIN or (name == ORDER_AMOUNT and not (study.sells_to_nobody and _all_numbered(study))) for name in (*filters, *parts)):
        return "known"
    places = [find_field(study, name, purchases=True, sold=True).place for name in (*parameters.by, *filters) if name != ORDER_AMOUNT]
    of_sales = Place.CUSTOMER not in places and all(is_purchase_field(study, name) for name in parts)
    return "all" if of_sales else "known"


_NAMED_ELSEWHERE = "SELECT 1 FROM purchases p WHERE p.order_id = u.order_id AND p.day = u.day"  # a line of an order whose other lines name someone


def _of_sales(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a measure is of what was sold, whoever bought it: orders are where each of those that name nobody has a number."""
    if parameters.measure in STATISTICS or (parameters.measure == "distinct" and study.sells_to_nobody):
        return find_field(study, str(parameters.column), purchases=True, sold=True).place is Place.PURCHASE
    if parameters.measure == "orders" or (study.sells_to_nobody and parameters.measure in _OF_ORDERS):
        return _all_numbered(study)
    return parameters.measure in ("amount", "share_amount", "quantity", "average_price")


_OF_ORDERS = BASKETS | {"share_orders", "quantity_per_order", "lines_per_order"}


def _all_numbered(study: Study) -> bool:
    """Whether every order that names nobody has a number of its own."""
    return not study.row(f"SELECT count(*) FROM unnamed_purchases u WHERE order_id IS NULL OR EXISTS ({_NAMED_ELSEWHERE})")[0]


def told_of_nobody(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a measure of orders can be told of those that name nobody, each having a number: nothing is chosen by who bought."""
    chosen = parameters.segment or parameters.also or parameters.absent or parameters.seen or any(one.field in WITHIN or one.field == ORDER_AMOUNT for one in parameters.purchase_filter)
    if "unnamed_purchases" not in study.tables or chosen or parameters.measure not in BASKETS | {"orders", "quantity_per_order", "lines_per_order"}:
        return False
    places = [find_field(study, name, purchases=True, sold=True).place for name in (*parameters.by, *(one.field for one in parameters.purchase_filter))]
    return Place.CUSTOMER not in places and _all_numbered(study)


def without_customer(study: Study) -> int:
    """How many lines of purchases name no customer: they are in no figure told by customer."""
    dated = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE}
    named = {(binding.table, binding.column) for binding in study.model.bindings if binding.role is Role.CUSTOMER_ID}
    return sum(
        int(study.database.row(f"SELECT count(*) FROM {table} WHERE {quote(column)} IS NULL")[0])
        for table, column in sorted(named) if table in dated
    )  # fmt: skip


def _unjudged(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a period is too recent for its silences to be told from departures."""
    days = silence_days(study)
    ends = [period.end for period in (parameters.period, parameters.compare) if period is not None]
    return days is not None and max(ends) > study.as_of - timedelta(days=days)


def _without_purchases(study: Study, parameters: ExploreParameters, *, by_time: bool) -> NotApplicable | None:
    measure = parameters.measure
    if measure in _NEEDED and not _holds(study, _NEEDED[measure]):
        return _missing("purchase_date", _PURCHASES)
    if measure in BASKETS - {"average_basket"}:
        return _missing("purchase_date", _PURCHASES)
    if parameters.purchase_filter or any(is_purchase_field(study, condition.field) for condition in parameters.part):
        return _missing("purchase_date", _PURCHASES)
    if parameters.also or parameters.absent:
        return _missing("purchase_date", _PURCHASES)
    if measure in ("new_customers", "lost_customers", "lost_rate"):
        return None
    if parameters.period or parameters.compare or (by_time and not _holds(study, "started")):
        return _missing("purchase_date", _PURCHASES)
    return None


def _holds(study: Study, column: str) -> bool:
    return bool(study.row(f"SELECT count({column}) FROM customers")[0])


def _is_number(study: Study, column: str | None) -> bool:
    return column is not None and find_field(study, column, purchases=True).type is ColumnType.NUMBER


def _missing(word: str, unlock: Sentence) -> NotApplicable:
    return NotApplicable("explore", word, _CANNOT, unlock)


def needs_purchases(study: Study, parameters: ExploreParameters) -> bool:
    """Whether a query is read in `purchases`: it is of what was sold, of when, or of a column of purchases."""
    if study.sells_to_nobody:
        return scope_of(study, parameters) == "all"
    if "purchases" not in study.tables or parameters.measure in ("new_customers", "lost_customers"):
        return False
    dated = parameters.period or parameters.compare or parameters.purchase_filter
    time = any(name in PERIODS for name in parameters.by)
    bought = any(is_purchase_field(study, name) for name in parameters.by)
    column = parameters.column is not None and is_purchase_field(study, parameters.column)
    sold = parameters.measure in SOLD and parameters.measure not in ("amount_per_customer", "orders_per_customer")
    return bool(sold or dated or time or bought or column)


_CANNOT = say("Vos fichiers ne portent pas cette mesure.", "Your files do not hold this measure.")
_LOST = say("Une colonne qui dit qui est parti, ou des achats datés.", "A column saying who left, or dated purchases.")
_PURCHASES = say(
    "Un fichier d’achats avec l’identifiant du client, la date et le montant.",
    "A file of purchases with the customer’s id, the date and the amount.",
)
_PROMO = say(
    "Une colonne qui dit quels achats ont été faits en promotion (remise ou code promo).",
    "A column saying which purchases were made on promotion (discount or promo code).",
)
_NUMBER_WANTED = say(
    "Nommez une colonne de nombres : une moyenne, une médiane ou un total porte sur elle.",
    "Name a column of numbers: a mean, a median or a total is of that.",
)
_TENURE = say("Une date d’inscription, ou l’ancienneté de chaque client.", "A sign-up date, or each customer’s tenure.")
_LOST_ON = say("La date à laquelle chaque client est parti.", "The date on which each customer left.")
_QUANTITY = say("Une colonne de quantité dans le fichier d’achats.", "A quantity column in the file of purchases.")
_ALL_PURCHASES = say(
    "Des clients qui ont acheté au moins deux jours ; la mesure porte sur tous leurs achats, sans période ni choix de certains achats.",
    "Customers who bought on at least two days; the measure is of all their purchases, with no period nor choice of some.",
)
_LINES = say("Un fichier qui porte les lignes de chaque commande.", "A file that holds the lines of each order.")
_EACH_ORDER = say("Une ligne par commande, avec son montant.", "One row an order, with its amount.")
_PART_WANTED = say("Dites la part de qui, ou de quoi.", "Say the share of whom, or of what.")
_NOT_YET = say(
    "Un départ se reconnaît au silence qui le suit : cette période est trop récente pour compter ceux qui sont partis.",
    "A departure is told by the silence after it: this period is too recent to count who left.",
)
_EARLIER = say("Demandez une période plus ancienne, ou ajoutez la date de départ.", "Ask for an earlier period, or add the date of departure.")
