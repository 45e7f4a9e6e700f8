"""What `explore` can group and filter by: customer attributes, fixed columns, purchase columns and calendar periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analytics.customers.columns import months_by_row, months_paid
from analytics.customers.sales_lists import LIST, LIST_TITLE
from analytics.datamodel.attributes import Attribute, own_title
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import ROLE_NAMES, Role, TableKind
from analytics.segment import BOUGHT_FIELDS, FIXED_FIELDS
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.errors import UserError
from vocabulary.language import Text
from vocabulary.sentence import Label, say

PERIODS = ("day", "week", "month", "quarter", "year", "weekday")
WITHIN = {"orders_within": "count(DISTINCT p.order_id)", "amount_within": "sum(p.amount)"}  # of a customer, among those purchases
FIRST_ORDER = "first_order"  # whether an order is of the first day its customer bought: for conditions and splits
LATE = "days_late"  # of a line of a file that tells the day it was due and the day it was met
ORDER_AMOUNT = "order_amount"  # what an order amounts to: for conditions only
WEEKDAYS: tuple[Text, ...] = (
    Text("lundi", "Monday"), Text("mardi", "Tuesday"), Text("mercredi", "Wednesday"), Text("jeudi", "Thursday"),
    Text("vendredi", "Friday"), Text("samedi", "Saturday"), Text("dimanche", "Sunday"),
)  # fmt: skip
PURCHASE_FIELDS = {**BOUGHT_FIELDS, "on_promo": "on_promo", "quantity": "quantity"}
_KINDS = {"on_promo": ColumnType.FLAG, "quantity": ColumnType.NUMBER}


class Place(StrEnum):
    """Where a field lives."""

    CUSTOMER = "customer"
    PURCHASE = "purchase"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Field:
    """A field ready for SQL: `expression` over `c` (customers) or `p` (purchases)."""

    name: str
    title: Text
    expression: str
    place: Place
    type: ColumnType
    attribute: Attribute | None = None


_TITLES = {
    LATE: Text("jours de retard", "days late"),
    "state": Text("état", "state"),
    "channel": ROLE_NAMES[Role.ACQUISITION_CHANNEL],
    "category": ROLE_NAMES[Role.CATEGORY],
    "product": ROLE_NAMES[Role.PRODUCT],
    "store": ROLE_NAMES[Role.STORE],
    "sale_channel": ROLE_NAMES[Role.SALE_CHANNEL],
    "on_promo": Text("en promotion", "on promotion"),
    "quantity": ROLE_NAMES[Role.QUANTITY],
    LIST: LIST_TITLE,
    FIRST_ORDER: Text("commande du premier jour d’achat", "order of the first day of purchase"),
    "day": Text("jour", "day"),
    "week": Text("semaine", "week"),
    "month": Text("mois", "month"),
    "quarter": Text("trimestre", "quarter"),
    "year": Text("année", "year"),
    "weekday": Text("jour de la semaine", "day of the week"),
    "orders_within": Text("achats de chacun", "purchases of each customer"),
    "amount_within": Text("montant acheté par chacun", "amount bought by each customer"),
    ORDER_AMOUNT: Text("montant de la commande", "amount of the order"),
    "lost": Text("perdu", "lost"),
    "customer_id": Text("client", "customer"),
    "first_on_promo": Text("recruté en promotion", "recruited on promotion"),
    "orders": Text("nombre d’achats", "number of orders"),
    "amount": Text("montant", "amount"),
    "tenure_months": Text("ancienneté", "tenure"),
    "monthly_amount": Text("montant mensuel", "monthly amount"),
    "amount_12m": Text("montant des douze derniers mois", "amount of the last twelve months"),
    "amount_prev_12m": Text("montant des douze mois d’avant", "amount of the twelve months before"),
    "purchase_days": Text("jours d’achat", "days with a purchase"),
    "median_gap": Text("jours entre deux achats", "days between two purchases"),
    "p90_gap": Text("plus longs intervalles entre deux achats", "longest gaps between two purchases"),
    "recency_days": Text("jours depuis le dernier achat", "days since the last purchase"),
    "promo_share": Text("part des achats en promotion", "share of orders on promotion"),
    "categories": Text("nombre de catégories achetées", "number of categories bought"),
}
_NUMBERS = frozenset({
    "orders", "purchase_days", "amount", "amount_12m", "amount_prev_12m", "monthly_amount", "median_gap", "p90_gap",
    "recency_days", "tenure_months", "promo_share", "categories",
})  # fmt: skip
_FLAGS = frozenset({"lost", "first_on_promo"})


def find_field(study: Study, name: str, *, purchases: bool, clock: str = "p.day", sold: bool = False) -> Field:
    """The field called `name`: an attribute's header, a fixed column, a purchase column or a period.

    Args:
        study: the data.
        name: of the field.
        purchases: whether purchases are looked at.
        clock: the day calendar periods are read from.
        sold: of a column held by both, the purchase's is wanted.

    Raises:
        UserError: there is none, or it needs purchases and the files hold none.
    """
    if sold and purchases and (own := _purchase_attribute(study.purchase_attributes, name)) is not None:
        return own
    for attribute in study.attributes:
        if attribute.name == name:
            return Field(name, own_title(attribute), f"c.{quote(attribute.column)}", Place.CUSTOMER, attribute.type, attribute)
    if name in FIXED_FIELDS:
        kind = ColumnType.NUMBER if name in _NUMBERS else ColumnType.FLAG if name in _FLAGS else ColumnType.CATEGORY
        return Field(name, title_of(name), f"c.{quote(name)}", Place.CUSTOMER, kind)
    if study.sells and purchases:
        if name in PURCHASE_FIELDS:
            kind = _KINDS.get(name, ColumnType.CATEGORY)
            return Field(name, title_of(name), f"p.{quote(PURCHASE_FIELDS[name])}", Place.PURCHASE, kind)
        found = _purchase_attribute(study.purchase_attributes, name)
        if found is not None:
            return found
        if name == FIRST_ORDER:
            return Field(name, title_of(name), "(p.day = c.first_purchase)", Place.PURCHASE, ColumnType.FLAG)
    if name in PERIODS:
        weekday = name == "weekday"
        said = f"isodow({clock})" if weekday else f"CAST(date_trunc('{name}', {clock}) AS DATE)"
        return Field(name, title_of(name), said, Place.TIME, ColumnType.CATEGORY if weekday else ColumnType.DATE)
    raise UserError(
        say(
            "« {name} » n’est pas une colonne de ces fichiers : choisissez-en une autre.",
            "“{name}” is not a column of these files: choose another.",
            name=Label(name),
        )
    )


def of_shares(study: Study, field: Field) -> bool:
    """Whether a column of numbers is written in percents, and so held as shares: « 10 % » is 0.1.

    Args:
        study: the data.
        field: the column.
    """
    habits = _habits(study, field)
    return bool(habits) and all("percent" in found for found in habits)


def of_money(study: Study, field: Field) -> bool:
    """Whether a column of numbers is written with the sign of a currency.

    Args:
        study: the data.
        field: the column.
    """
    habits = _habits(study, field)
    return bool(habits) and all(any(habit.startswith("currency:") for habit in found) for found in habits)


def _habits(study: Study, field: Field) -> list[tuple[str, ...]]:
    """How each column that a field comes from is written; none of a column that is in no file."""
    sources = field.attribute.sources if field.attribute is not None else ()
    columns = {(table.file, column.name): column.habit for table in study.model.tables for column in table.columns}
    return [columns.get(source, ()) for source in sources]


def measured_field(study: Study, name: str, *, purchases: bool) -> Field:
    """The column that is measured: a price is read as the month's bill where the files hold it otherwise."""
    found = find_field(study, name, purchases=purchases, sold=purchases)
    monthly = found.place is Place.CUSTOMER and found.attribute is not None and by_the_month(study, found.attribute)
    return replace(found, expression='c."monthly_amount"') if monthly else found


def by_the_month(study: Study, attribute: Attribute) -> bool:
    """Whether a price of the files is read as the month's bill: it pays for a year, or each customer may have several contracts."""
    if attribute.role is not Role.RECURRING_AMOUNT or attribute.derived or not attribute.sources:
        return False
    file, header = attribute.sources[0]
    binding = next((b for b in study.model.bindings if (b.file, b.name, b.role) == (file, header, attribute.role)), None)
    if binding is None or study.model.find(Role.RECURRING_AMOUNT) != binding:
        return False
    several = any(table.table == binding.table for table in study.model.of_kind(TableKind.SUBSCRIPTIONS))
    if months_paid(header) != 1 and not several:
        return False  # « Tarif annuel »: its own name says what it pays for
    return several or months_by_row(study.model, binding) is not None


def column_title(study: Study, name: str) -> Text:
    """How a sentence calls the column that is measured: its header, never the name it has inside."""
    attribute = next((found for found in (*study.attributes, *study.purchase_attributes) if found.name == name), None)
    if attribute is None or attribute.derived:
        return title_of(name) if attribute is None else attribute.title
    if not by_the_month(study, attribute):
        return Text(name, name)
    return Text(f"{name} (ramené à un mois)", f"{name} (brought to one month)")


def is_purchase_field(study: Study, name: str) -> bool:
    """Whether the field lives in purchases and not in customers."""
    if study.attribute(name) is not None or name in FIXED_FIELDS:
        return False
    return name in PURCHASE_FIELDS or name in ("weekday", ORDER_AMOUNT, FIRST_ORDER, *WITHIN) or _purchase_attribute(study.purchase_attributes, name) is not None


def _purchase_attribute(attributes: Sequence[Attribute], name: str) -> Field | None:
    for attribute in attributes:
        if attribute.name == name:
            return Field(name, own_title(attribute), f"p.{quote(attribute.column)}", Place.PURCHASE, attribute.type, attribute)
    return None


def title_of(name: str) -> Text:
    """How a sentence calls a fixed field; another by its header."""
    return _TITLES.get(name, Text(name, name))
