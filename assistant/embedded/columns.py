"""What the data of a study can be asked about: its fields, and what its files tell of customers and of purchases."""

from __future__ import annotations

import dataclasses
import re
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from analytics.datamodel.bills import bills_beside_orders
from analytics.datamodel.model import ColumnType, LostBasis
from analytics.datamodel.roles import SALES, Role
from analytics.explore.fields import title_of as title_of_query
from analytics.study import Study
from assistant.embedded.dated_headers import said_without_year
from assistant.embedded.fields import (
    FIXED_TITLES,
    Field,
    any_channel,
    asked_whence,
    by_one_word,
    fields_of_customers,
    fields_of_purchases,
    sold_through,
)
from assistant.embedded.ideas import overlap, split_headers
from assistant.embedded.phrasal import Moves, moves_told
from assistant.embedded.state_words import states_called
from assistant.embedded.text import plain, words
from assistant.embedded.trade_words import (
    begun_called,
    ended_called,
    fates_told,
    gone_called,
    goods_called,
    orders_called,
    own_words,
    people_called,
    things_sold,
)
from vocabulary.language import Text

_MOST_FOUND = 4096  # stretches of questions whose column is kept


@dataclass(frozen=True, slots=True)
class Columns:
    """Every field of a study."""

    fields: tuple[Field, ...] = ()
    sold: bool = False  # the files tell how many times each customer bought
    dated: bool = False  # the files hold dated purchases
    people: re.Pattern[str] | None = None  # how these files call customers: owners, students
    orders: re.Pattern[str] | None = None  # how these files call orders: stays, invoices
    counts: bool = False  # a purchase holds a quantity
    several_lines: bool = False  # orders have several lines
    things: frozenset[str] = frozenset()  # what the name of the file of purchases says is bought: rooms in room_bookings.csv
    goods: re.Pattern[str] | None = None  # what these files count in a purchase: nights, hours
    gone: tuple[str, ...] = ()  # the words of the label that says who left: « exited »
    states: Mapping[str, bool] = dataclasses.field(default_factory=dict)  # the one-word values of that label, and whether they say gone: « Enrolled », « Left »
    fates: frozenset[str] = frozenset()  # the columns that say today who left: « Situation » : Actif, Résilié
    ended: tuple[str, ...] = ()  # the words of the date they left on: « arrêt »
    begun: tuple[str, ...] = ()  # the words of the date they came on: « entrée »
    moves: Moves | None = None  # the verb of two words their dates say leaving by: « Move-Out »
    kept: tuple[str, ...] = ()  # plain values and headers that hold a word for an order: « Booking.com », « Mode de règlement »
    amounts: tuple[str, ...] = ()  # the headers of what was paid
    billed_apart: bool = False  # invoices stand in a file of their own beside the orders
    leaves: bool = False  # the files tell who left
    contracts: bool = False  # by a label or by the end of a contract, and not by a silence
    words: frozenset[str] = frozenset()  # of headers and values, right as they are
    own_words: frozenset[str] = frozenset()  # that name a yes/no column of customers, or begin one of their values: no other thing is said by them
    _found: dict[tuple[tuple[str, ...], bool | None], Field | None] = dataclasses.field(default_factory=dict, init=False, repr=False, compare=False)
    told: dict[Callable[[Columns], Any], Any] = dataclasses.field(default_factory=dict, init=False, repr=False, compare=False)  # by `once`

    def named(self, name: str) -> Field | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def numeric(self) -> tuple[Field, ...]:
        """The fields that hold numbers."""
        return tuple(field for field in self.fields if field.type is ColumnType.NUMBER)

    def find(self, said: Iterable[str], *, numeric: bool | None = None) -> Field | None:
        """The field those words name, the most specific alias winning; slips of the finger allowed."""
        heard = tuple(said)
        if (heard, numeric) in self._found:  # the same words come back, from a question to those offered after it
            return self._found[heard, numeric]
        if len(self._found) >= _MOST_FOUND:
            self._found.clear()
        found = self._found[heard, numeric] = self._find(heard, numeric)
        return found

    def _find(self, heard: tuple[str, ...], numeric: bool | None) -> Field | None:
        best: tuple[tuple[float, bool], Field] | None = None
        for field in self.fields:
            if numeric is not None and numeric != (field.type is ColumnType.NUMBER):
                continue
            for place, alias in enumerate(field.aliases):
                score = (overlap(alias, heard), place == 0 and field.role is not None)  # a column called so, before one whose role is
                if score[0] and (best is None or score > best[0]):
                    best = (score, field)
        return None if best is None else best[1]


Told = TypeVar("Told")


def once(tell: Callable[[Columns], Told]) -> Callable[[Columns], Told]:
    """Keep with the columns what a function tells of them alone: it is asked at every question."""

    @wraps(tell)
    def told(columns: Columns) -> Told:
        if tell not in columns.told:
            columns.told[tell] = tell(columns)
        answer: Told = columns.told[tell]
        return answer

    return told


_CACHE: weakref.WeakKeyDictionary[object, Columns] = weakref.WeakKeyDictionary()


def columns_of(study: Study | None) -> Columns:
    """The fields of a study, read once for each open data file."""
    if study is None:
        return Columns()
    cached = _CACHE.get(study.database)
    if cached is None:
        fields = said_without_year(by_one_word(sold_through(any_channel(asked_whence((*fields_of_customers(study), *fields_of_purchases(study)))), dated=study.sells)))
        said = [part for found in fields for text in (found.name, *found.values) for part in words(split_headers(text))]
        orders = orders_called(study)
        told = {plain(value) for found in fields for value in (*found.values, *((found.name,) if " " in found.name.strip() else ()))}
        begun = begun_called(study)
        kept = tuple(value for value in told if (orders is not None and orders.search(value)) or value.startswith(tuple(word.rstrip("s") for word in begun)))
        cached = _CACHE[study.database] = Columns(
            fields, gone=gone_called(study), states=states_called(study), fates=fates_told(study, fields), ended=ended_called(study), begun=begun, moves=moves_told(study), kept=kept, sold=study.sells or bool(study.database.row("SELECT count(orders) FROM customers")[0]), dated=study.sells,
            contracts=study.model.lost.basis in (LostBasis.LABEL, LostBasis.CONTRACT_END),
            leaves=bool(study.database.row("SELECT count(lost) FROM customers")[0]), people=people_called(study), orders=orders, goods=goods_called(study), counts=_counts(study), several_lines=_several_lines(study), things=things_sold(study), amounts=_amounts(study), billed_apart=bool(bills_beside_orders(study.model)), words=frozenset(said) | _counted_of_lines(study) | _kinds_of_lines(study),
            own_words=own_words(fields),
        )  # fmt: skip
    return cached


def _counted_of_lines(study: Study) -> frozenset[str]:
    """The words of one-word headers of numbers, whatever their file: « Guests » of a check-in are counted, and are no customers."""
    headers = (words(split_headers(column.name)) for table in study.model.tables for column in table.columns if column.type is ColumnType.NUMBER)
    return frozenset(form for header in headers if len(header) == 1 for form in (header[0], header[0].rstrip("s")))


def _kinds_of_lines(study: Study) -> frozenset[str]:
    """The words, and their plurals, of the kinds that lines are of: « les visiteurs » are those of « Place visiteur », and not every customer."""
    kinds = {(binding.table, binding.column) for binding in study.model.bindings if binding.role in _OF_KINDS and study.model.kind(binding.table) in SALES}
    columns = (column for profile in study.model.tables for column in profile.columns if (profile.table, column.column) in kinds and column.distinct <= _FEW_KINDS)
    said = {part for column in columns for value, _ in column.top for part in words(value) if len(part) > _SHORT_KIND}
    return frozenset(form for part in said for form in (part, f"{part.rstrip('s')}s"))


_OF_KINDS = frozenset({Role.CATEGORY, Role.PRODUCT, Role.ATTRIBUTE})
_FEW_KINDS, _SHORT_KIND = 40, 4
_PRICED = re.compile(r"[€$£]|\b(?:eur|euros?|usd|montant|amount|ca|revenue|ttc|ht)\b", re.IGNORECASE)


def _lines(study: Study) -> str:
    """The purchases of known customers; where none names anyone, those."""
    return study.lines_sold if study.sells_to_nobody else "purchases"


def _several_lines(study: Study) -> bool:
    if not study.sells:
        return False
    lines, orders = study.database.row(f"SELECT COUNT(*), COUNT(DISTINCT (customer_key, order_id)) FROM {_lines(study)} WHERE kept AND amount >= 0 AND order_id IS NOT NULL")
    return bool(lines > orders)


def _counts(study: Study) -> bool:
    if any(_PRICED.search(binding.name.replace("_", " ")) for binding in study.model.bindings if binding.role is Role.QUANTITY):
        return False  # « Produits vendus € » is money, whatever it was taken for
    return study.sells and bool(study.database.row(f"SELECT count(quantity) FROM {_lines(study)}")[0])


def _amounts(study: Study) -> tuple[str, ...]:
    again = {profile.table for profile in bills_beside_orders(study.model)}  # what bills the same sales a second time is no part of them
    return tuple(binding.name for binding in study.model.bindings if binding.role is Role.AMOUNT and binding.table not in again)


def title_of(name: str, columns: Columns) -> Text:
    """How a sentence calls a field or a calendar period."""
    field = columns.named(name)
    return field.title if field is not None else FIXED_TITLES.get(name) or title_of_query(name)
