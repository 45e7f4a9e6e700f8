"""What a question can filter or group by: the fields of customers and of their purchases, and the words that name each."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass

from analytics.customers.derived import PRICE_RISE
from analytics.customers.lines import discount_in_money
from analytics.customers.tickets import TICKET
from analytics.datamodel.attributes import Attribute
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import ROLE_NAMES, Role
from analytics.explore.in_money import in_money
from analytics.study import Study
from analytics.workspace import quote
from assistant.embedded.headers import spelt_in_full, without_aside, without_done, without_unit
from assistant.embedded.ideas import concepts, header_ideas, idea, ideas, in_lexicon, split_headers
from assistant.embedded.text import plain, words
from vocabulary.language import Text

MOST_VALUES = 200
_PURCHASE = {"category": Role.CATEGORY, "product": Role.PRODUCT, "store": Role.STORE, "sale_channel": Role.SALE_CHANNEL}
_PURCHASE_COLUMN = {"sale_channel": "channel"}
_WHOLE = frozenset({"monthly_amount", "seats", "plan", "contract_type", "age"})  # worked out, yet the column of their role
_PARTIAL = frozenset({Role.COST, Role.MARGIN, Role.SHIPPING, Role.VAT})  # of one campaign or contact, when a customer carries them
_FIXED_CATEGORIES = ("channel",)


@dataclass(frozen=True, slots=True)
class Field:
    """Something a question can filter or group by.

    Args:
        name: what an argument calls it.
        title: what a sentence calls it.
        type: how its values were read.
        aliases: the sets of ideas that name it, in order of trust.
        values: its distinct values as they stand in the file, when it is a category with few.
        on_purchases: it describes a purchase, not a customer.
    """

    name: str
    title: Text
    type: ColumnType
    aliases: tuple[tuple[str, ...], ...]
    values: tuple[str, ...] = ()
    on_purchases: bool = False
    role: Role | None = None
    derived: bool = False
    in_money: bool = False  # a discount that is a sum, as the prices of the lines or its own numbers show, and no rate
    of_lines: bool = False  # told of customers, though it stands in a file of purchases and differs from one to the next


def any_channel(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields, « canal » being the channel of sale where customers have none of their own.

    Args:
        fields: of customers and of purchases, or of the lines of one file.
    """
    if any(("channel",) in field.aliases or ("canal",) in field.aliases for field in fields):
        return fields
    bare = (("channel",), ("canal",), ("canau",))
    return tuple(
        dataclasses.replace(field, aliases=(*field.aliases, *bare)) if field.role is Role.SALE_CHANNEL and field.on_purchases else field
        for field in fields
    )  # fmt: skip


_WHENCE = re.compile(
    r"\b(?:how|where)\b.*\b(?:f[io]u?nd|hear|heard|know|knew|learnt?|discover\w*|come|came)\b|\b(?:heard|found|hear|find)(?: out)?(?: about| of)? us\b|"
    r"\b(?:comment|ou)\b.*\b(?:connue?s?|trouvee?s?|entendu|decouverte?s?)\b|\bnous (?:avez|a|ont) (?:connue?s?|trouvee?s?|decouverte?s?)\b"
)


def asked_whence(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields, the one header that asks customers how they found the house being their channel where no other is.

    Args:
        fields: of customers and of purchases.
    """
    if any(field.role is Role.ACQUISITION_CHANNEL or (("channel",) in field.aliases and not field.on_purchases) for field in fields):
        return fields
    told = [field.name for field in fields if field.values and not (field.on_purchases or field.derived) and _WHENCE.search(plain(field.name.replace("_", " ")))]
    if len(told) != 1:
        return fields
    return tuple(dataclasses.replace(field, aliases=(*field.aliases, *role_aliases(Role.ACQUISITION_CHANNEL))) if field.name == told[0] else field for field in fields)


def sold_through(fields: tuple[Field, ...], *, dated: bool) -> tuple[Field, ...]:
    """The fields, « canal de vente » being the channel customers came by where nothing is bought: a contract is sold once."""
    if dated or any(field.role is Role.SALE_CHANNEL for field in fields):
        return fields
    return tuple(
        dataclasses.replace(field, aliases=(*field.aliases, *role_aliases(Role.SALE_CHANNEL))) if field.role is Role.ACQUISITION_CHANNEL else field for field in fields
    )  # fmt: skip


def by_one_word(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields, a category of two words (vehicle_make) being called by either of them (« make ») where no other field is.

    Args:
        fields: of customers and of purchases, or of the lines of one file.
    """
    held: dict[str, set[str]] = {}
    for field in fields:
        for part in {idea(word) for word in words(split_headers(field.name))} | {alias[0] for alias in field.aliases if len(alias) == 1}:
            held.setdefault(part, set()).add(field.name)
        for value in field.values:
            for part in ideas(value):
                held.setdefault(part, set()).add(f"{field.name}={value}")

    def called(field: Field) -> tuple[tuple[str, ...], ...]:
        header = header_ideas(field.name)
        flag = field.type is ColumnType.FLAG and field.role in (Role.FLAG, Role.ATTRIBUTE)
        if (field.type is not ColumnType.CATEGORY or not field.values) and not flag or field.derived or (len(header) != 2 and not (flag and len(header) > 1)):
            return ()
        if flag:
            header = header[:1] if not in_lexicon(header[0]) and header[0] not in _THINGS else ()
        return tuple((part,) for part in header if len(part) > (2 if flag else 3) and part not in _VAGUE and held.get(part) == {field.name} and (part,) not in field.aliases)

    return tuple(dataclasses.replace(field, aliases=(*field.aliases, *called(field))) for field in fields)


_THINGS = frozenset("gift don order commande achat purchase ticket visit visite facture invoice booking stay sejour client has is was est ont avec with".split())  # what is counted: no mark of a person
_VAGUE = frozenset(
    "type name code status statut state etat group category number date year month customer client account member order purchase product service total main last first kind "
    "nature class label level value niveau libelle numero nombre visite visit achat ticket contract premium standard day time heure hour price amount charge phone email mail card".split()
)  # ideas too wide to name a column by themselves


def counts_visits(study: Study) -> bool:
    """Whether a column counts visits: they are then no orders."""
    return any(b.role in (Role.MEASURE, Role.USAGE_COUNT) and _VISITS & set(words(split_headers(b.name))) for b in study.model.bindings)


_VISITS = frozenset("visite visites visit visits venue venues passage passages".split())


def fields_of_customers(study: Study) -> list[Field]:
    """What customers may be asked about: the columns the files tell of them, then the figures every study works out."""
    priced = study.lines_sold if study.sells_to_nobody else "customers"
    unpriced = not study.database.row(f"SELECT count(nullif(amount, 0)) FROM {priced}")[0]  # purchases that say no price are no revenue of nought
    fields = [
        _attribute(study, attribute, "customers", on_purchases=False)
        for attribute in study.attributes if attribute.role is not Role.CHURN_LABEL and not (attribute.derived and attribute.role is Role.AMOUNT and unpriced)
        and attribute.name != PRICE_RISE and not attribute.name.startswith(TICKET)  # followed for departures; asked about, tickets are counted as the lines of their file
    ]  # fmt: skip
    held = {field.name for field in fields}
    roles = {field.role for field in fields}
    for name in concepts()["fixed"]:
        if name in held or (name == "channel" and Role.ACQUISITION_CHANNEL in roles):
            continue
        if name == "amount" and unpriced:
            continue
        category = name in ("channel", "state")
        values = _values(study, "customers", name) if name in _FIXED_CATEGORIES else ()
        if category and name == "channel" and not values:
            continue
        if not category and "customers" in study.tables and not study.database.row(f"SELECT count({quote(name)}) FROM customers")[0]:
            continue
        kind = ColumnType.CATEGORY if category else ColumnType.NUMBER
        fields.append(Field(name, _fixed_title(name), kind, tuple(ideas(term) for term in _fixed_terms(name, study)), values))
    return fields


def _fixed_terms(name: str, study: Study) -> list[str]:
    """What a manager calls a figure every file holds; visits are no orders where a column counts them."""
    terms: list[str] = concepts()["fixed"].get(name, [])
    return [term for term in terms if not (term in _VISITS and counts_visits(study))]


def fields_of_purchases(study: Study) -> list[Field]:
    """What purchases may be asked about, where the files hold some."""
    if not study.sells:
        return []
    held = study.lines_sold  # what only those that name nobody say is asked about too
    fields = [_attribute(study, attribute, held, on_purchases=True) for attribute in study.purchase_attributes]
    for name, role in _PURCHASE.items():
        values = _values(study, held, _PURCHASE_COLUMN.get(name, name))
        if values is not None and values != ():
            named = [header_ideas(binding.name) for binding in study.model.bindings if binding.role is role]
            named += [alias for binding in study.model.bindings if binding.role is role for alias in spelt_in_full(binding.name)]
            aliases = tuple(dict.fromkeys(alias for alias in (*role_aliases(role), *named) if alias))
            fields.append(Field(name, ROLE_NAMES[role], ColumnType.CATEGORY, aliases, values, True, role))
    return fields


def _attribute(study: Study, attribute: Attribute, table: str, *, on_purchases: bool) -> Field:
    values = _values(study, table, attribute.column) if attribute.type is ColumnType.CATEGORY else ()
    aliases = [header_ideas(attribute.name), header_ideas(attribute.title.fr), header_ideas(attribute.title.en)]
    aliases += spelt_in_full(attribute.name)
    aliases += [alias[:1] for alias in aliases[:1] if len(alias) == 2 and attribute.type is ColumnType.FLAG and _DONE.match(alias[1]) and len(alias[0]) > 4]
    aliases += [alias[1:] for alias in aliases[:1] if len(alias) > 1 and alias[0] in _HAVING]
    aliases += without_unit(attribute.name) if attribute.type is ColumnType.NUMBER else []
    aliases += without_aside(attribute.name)
    aliases += without_done(attribute.name) if attribute.type is ColumnType.FLAG else []
    aliases += [tuple(part for part in alias if part != "service") for alias in aliases[:1] if len(alias) == 2 and "service" in alias]
    aliases += [ideas(term) for term in _fixed_terms(attribute.name, study)]
    aliases += [ideas(term) for term in concepts()["derived"].get(attribute.name, ())]
    own = not attribute.derived or attribute.name in _WHOLE
    aliases += role_aliases(attribute.role) if attribute.role and own else ()
    if attribute.role in _PARTIAL and not on_purchases:
        aliases = [header_ideas(attribute.name)]  # the margin of a campaign is not the margin
    unique = tuple(dict.fromkeys(alias for alias in aliases if alias))
    dated = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE}
    tables = {binding.table for binding in study.model.bindings if binding.name == attribute.name and binding.role is attribute.role}
    lined = not on_purchases and not attribute.derived and attribute.role is Role.DISTANCE and bool(tables) and tables <= dated and len(study.model.tables) > 1
    discounts = [binding for binding in study.model.bindings if binding.name == attribute.name and binding.role is Role.DISCOUNT] if on_purchases else []
    summed = any(discount_in_money(binding, study.model) for binding in discounts) or (bool(discounts) and _taken_off_the_price(study, table, attribute.column))
    summed = summed or (on_purchases and attribute.role is Role.VAT and in_money(study, attribute.role, attribute.name))  # « TVA 2025 » is what it came to, where it is no rate
    return Field(
        attribute.name, attribute.title, attribute.type, unique, values, on_purchases, attribute.role, attribute.derived, summed, lined
    )


def _taken_off_the_price(study: Study, table: str, column: str) -> bool:
    """Whether a discount is a sum of money: the price of a line, less it, is what the line came to."""
    priced = next((one for one in study.purchase_attributes if one.role is Role.UNIT_PRICE), None)
    if priced is None:
        return False
    off, price = quote(column), quote(priced.column)
    told, right = study.database.row(
        f"SELECT count(*), count(*) FILTER (abs({price} * coalesce(quantity, 1) - {off} - amount) < 0.02) FROM {table} WHERE {off} > 0 AND {price} > 0 AND amount > 0"
    )
    return bool(told) and right > _MOST_LINES * told


_MOST_LINES = 0.9  # of the lines with a discount: a few were put right by hand


_DONE = re.compile(r"install|souscri|activ|subscri|utilis|used|sign|pris|taken|inclu|ouvert|open")  # app_installee is said « l'appli »
_HAVING = frozenset("has is have had est ont avec with flag ind".split())  # HasCreditCard is said « a credit card »


def role_aliases(role: Role) -> tuple[tuple[str, ...], ...]:
    """The ideas a manager has for a column of that role."""
    terms = concepts()["roles"].get(role.value, [])
    if role in (Role.ATTRIBUTE, Role.FLAG, Role.MEASURE, Role.FREE_TEXT):
        return ()
    return tuple(ideas(term) for term in (*terms, ROLE_NAMES[role].fr, ROLE_NAMES[role].en))


def _values(study: Study, table: str, column: str) -> tuple[str, ...]:
    """The distinct values of a category, or none when it has more than 200."""
    name = quote(column)
    rows = study.database.rows(
        f"SELECT DISTINCT CAST({name} AS VARCHAR) FROM {table} WHERE {name} IS NOT NULL LIMIT {MOST_VALUES + 1}"
    )
    return tuple(sorted(str(row[0]) for row in rows)) if len(rows) <= MOST_VALUES else ()


FIXED_TITLES: Mapping[str, Text] = {
    "orders": Text("nombre d’achats", "number of orders"),
    "amount": Text("montant acheté", "amount bought"),
    "monthly_amount": Text("montant mensuel", "monthly amount"),
    "tenure_months": Text("ancienneté en mois", "tenure in months"),
    "recency_days": Text("jours depuis le dernier achat", "days since the last purchase"),
    "promo_share": Text("part d’achats en promotion", "share of orders on promotion"),
    "categories": Text("nombre de catégories", "number of categories"),
    "channel": ROLE_NAMES[Role.ACQUISITION_CHANNEL],
    "state": Text("état de la relation", "state of the relationship"),
    "lost": Text("perdu", "lost"),
    "day": Text("jour", "day"),
    "week": Text("semaine", "week"),
    "weekday": Text("jour de la semaine", "day of the week"),
    "month": Text("mois", "month"),
    "quarter": Text("trimestre", "quarter"),
    "year": Text("année", "year"),
}


def _fixed_title(name: str) -> Text:
    return FIXED_TITLES[name]
