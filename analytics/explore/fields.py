"""What `explore` can group and filter by: customer attributes, fixed columns, purchase columns and calendar periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analytics.datamodel.attributes import Attribute
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import ROLE_NAMES, Role
from analytics.segment import FIXED_FIELDS
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.errors import UserError
from vocabulary.language import Text
from vocabulary.sentence import Label, say

PERIODS = ("month", "quarter", "year")
PURCHASE_FIELDS = {
    "category": "category",
    "product": "product",
    "store": "store",
    "sale_channel": "channel",
    "on_promo": "on_promo",
}


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
    "state": Text("état", "state"),
    "channel": ROLE_NAMES[Role.ACQUISITION_CHANNEL],
    "category": ROLE_NAMES[Role.CATEGORY],
    "product": ROLE_NAMES[Role.PRODUCT],
    "store": ROLE_NAMES[Role.STORE],
    "sale_channel": ROLE_NAMES[Role.SALE_CHANNEL],
    "on_promo": ROLE_NAMES[Role.PROMO_CODE],
    "month": Text("mois", "month"),
    "quarter": Text("trimestre", "quarter"),
    "year": Text("année", "year"),
    "lost": Text("perdu", "lost"),
    "first_on_promo": Text("recruté en promotion", "recruited on promotion"),
    "orders": Text("nombre d’achats", "number of orders"),
    "amount": Text("montant", "amount"),
    "tenure_months": Text("ancienneté", "tenure"),
}
_NUMBERS = frozenset({
    "orders", "purchase_days", "amount", "amount_12m", "amount_prev_12m", "monthly_amount", "median_gap", "p90_gap",
    "recency_days", "tenure_months", "promo_share", "categories",
})  # fmt: skip
_FLAGS = frozenset({"lost", "first_on_promo"})


def find_field(study: Study, name: str, *, purchases: bool) -> Field:
    """The field called `name`: an attribute's header, a fixed column, a purchase column or a period.

    Raises:
        UserError: there is none, or it needs purchases and the files hold none.
    """
    for attribute in study.attributes:
        if attribute.name == name:
            return Field(name, attribute.title, f"c.{quote(attribute.column)}", Place.CUSTOMER, attribute.type, attribute)
    if name in FIXED_FIELDS:
        kind = ColumnType.NUMBER if name in _NUMBERS else ColumnType.FLAG if name in _FLAGS else ColumnType.CATEGORY
        return Field(name, _title(name), f"c.{quote(name)}", Place.CUSTOMER, kind)
    if "purchases" in study.tables and purchases:
        if name in PERIODS:
            return Field(name, _title(name), f"CAST(date_trunc('{name}', p.day) AS DATE)", Place.TIME, ColumnType.DATE)
        if name in PURCHASE_FIELDS:
            kind = ColumnType.FLAG if name == "on_promo" else ColumnType.CATEGORY
            return Field(name, _title(name), f"p.{quote(PURCHASE_FIELDS[name])}", Place.PURCHASE, kind)
        found = _purchase_attribute(study.purchase_attributes, name)
        if found is not None:
            return found
    if name in PERIODS:
        return Field(name, _title(name), f"CAST(date_trunc('{name}', c.started) AS DATE)", Place.TIME, ColumnType.DATE)
    raise UserError(
        say(
            "« {name} » n’est pas une colonne de ces fichiers : choisissez-en une autre.",
            "“{name}” is not a column of these files: choose another.",
            name=Label(name),
        )
    )


def is_purchase_field(study: Study, name: str) -> bool:
    """Whether the field lives in purchases and not in customers."""
    if study.attribute(name) is not None or name in FIXED_FIELDS:
        return False
    return name in PURCHASE_FIELDS or _purchase_attribute(study.purchase_attributes, name) is not None


def _purchase_attribute(attributes: Sequence[Attribute], name: str) -> Field | None:
    for attribute in attributes:
        if attribute.name == name:
            return Field(name, attribute.title, f"p.{quote(attribute.column)}", Place.PURCHASE, attribute.type, attribute)
    return None


def _title(name: str) -> Text:
    return _TITLES.get(name, Text(name, name))
