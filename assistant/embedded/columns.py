"""The manager's own words: names of columns and values found in the data, as a question may say them."""

from __future__ import annotations

import dataclasses
import re
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from importlib.resources import files
from typing import Any, TypeVar

import yaml
from rapidfuzz.distance import OSA

from analytics.datamodel.attributes import Attribute
from analytics.datamodel.headers import counts_orders
from analytics.datamodel.model import ColumnType, LostBasis
from analytics.datamodel.roles import ROLE_NAMES, Role, TableKind
from analytics.datamodel.statuses import means_gone, means_yes
from analytics.explore.fields import title_of as title_of_query
from analytics.study import Study
from analytics.workspace import quote
from assistant.embedded.nouns import goods_words, order_words, people_words
from assistant.embedded.text import joined, plain, words
from vocabulary.language import Text

MOST_VALUES = 200
_MOST_FOUND = 4096  # stretches of questions whose column is kept
_LONG = 10  # letters from which two slips are allowed: shorter, two words are too easily taken for one
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_PURCHASE = {"category": Role.CATEGORY, "product": Role.PRODUCT, "store": Role.STORE, "sale_channel": Role.SALE_CHANNEL}
_PURCHASE_COLUMN = {"sale_channel": "channel"}
_WHOLE = frozenset({"monthly_amount", "seats", "plan", "contract_type", "age"})  # worked out, yet the column of their role
_PARTIAL = frozenset({Role.COST, Role.MARGIN, Role.SHIPPING, Role.VAT})  # of one campaign or contact, when a customer carries them
_FIXED_CATEGORIES = ("channel",)


@lru_cache(maxsize=1)
def concepts() -> dict[str, Any]:
    """The bilingual lexicon of ideas, roles and fixed columns."""
    data: dict[str, Any] = yaml.safe_load(
        files("assistant.embedded").joinpath("concepts.yaml").read_text(encoding="utf-8")
    )
    return data


@lru_cache(maxsize=1)
def _ideas() -> dict[str, str]:
    return {str(word): idea for idea, terms in concepts()["words"].items() for word in terms}


def in_lexicon(word: str) -> bool:
    """Whether a plain word has an idea of its own: it is no slip of another."""
    return word in _ideas()


@lru_cache(maxsize=4096)
def idea(word: str) -> str:
    """The idea behind a plain word: its concept in either language, else the word without its plural."""
    known = _ideas().get(word)
    if known is not None:
        return known
    if len(word) > 4 and word.endswith("xes") and word[:-1] not in _ENDING_XE:
        return word[:-2]  # "boxes" is more than one "box"
    return word[:-1] if len(word) > 4 and word[-1] in "sx" else word


_ENDING_XE = frozenset("taxe fixe sexe annexe axe mixe luxe complexe connexe syntaxe".split())  # French words of one


@lru_cache(maxsize=1)
def _stop() -> frozenset[str]:
    return frozenset(concepts()["stop"])


@lru_cache(maxsize=8192)
def ideas(text: str) -> tuple[str, ...]:
    """The ideas of a text, small words left out."""
    said = words(joined(plain(text)))
    return tuple(idea(word) for word in said if word not in _stop()) or tuple(map(idea, said))


def split_headers(text: str) -> str:
    """Write headers said as they stand (MonthlyCharges) as separate words."""
    return _CAMEL.sub(" ", text)


def header_ideas(header: str) -> tuple[str, ...]:
    """The ideas of a header, which may be written PaymentMethod or payment_method."""
    return ideas(split_headers(header))


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
    of_lines: bool = False  # told of customers, though it stands in a file of purchases and differs from one to the next


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
    fates: frozenset[str] = frozenset()  # the columns that say today who left: « Situation » : Actif, Résilié
    ended: tuple[str, ...] = ()  # the words of the date they left on: « arrêt »
    kept: tuple[str, ...] = ()  # plain values and headers that hold a word for an order: « Booking.com », « Mode de règlement »
    amounts: tuple[str, ...] = ()  # the headers of what was paid
    leaves: bool = False  # the files tell who left
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
        best: tuple[float, Field] | None = None
        for field in self.fields:
            if numeric is not None and numeric != (field.type is ColumnType.NUMBER):
                continue
            for alias in field.aliases:
                score = _overlap(alias, heard)
                if score and (best is None or score > best[0]):
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


def same(left: str, right: str) -> bool:
    """Whether two ideas are one, a slip allowed in long words."""
    return left == right or _alike(left, right)


@lru_cache(maxsize=1 << 16)
def _alike(left: str, right: str) -> bool:
    if left == right or (min(len(left), len(right)) > 2 and left.rstrip("s") == right.rstrip("s")):
        return True
    if any(len(one) > _SHORT_NOUN and one.endswith("ie") and other == one[:-2] + "y" for one, other in ((left, right), (right, left))):
        return True  # "counties", "county"
    if min(len(left), len(right)) < 5 or left[0] != right[0]:
        return False
    return bool(OSA.distance(left, right) <= (1 if min(len(left), len(right)) < _LONG else 2))


def _overlap(alias: tuple[str, ...], heard: tuple[str, ...]) -> float:
    """0 unless the whole alias was said; more words said and an exact fit score higher."""
    if not alias:
        return 0.0
    for part in alias:
        if part not in heard and not any(_alike(part, word) for word in heard):
            return 0.0
    exact = sum(part in heard for part in alias)
    return len(alias) + 0.5 * exact - 0.2 * (len(heard) - len(alias))


_CACHE: weakref.WeakKeyDictionary[object, Columns] = weakref.WeakKeyDictionary()


def columns_of(study: Study | None) -> Columns:
    """The fields of a study, read once for each open data file."""
    if study is None:
        return Columns()
    cached = _CACHE.get(study.database)
    if cached is None:
        fields = by_one_word(_sold_through(any_channel((*_customers(study), *_purchases(study))), dated="purchases" in study.tables))
        said = [part for found in fields for text in (found.name, *found.values) for part in words(split_headers(text))]
        orders = _orders(study)
        told = {plain(value) for found in fields for value in (*found.values, *((found.name,) if " " in found.name.strip() else ()))}
        kept = tuple(value for value in told if orders is not None and orders.search(value))
        cached = _CACHE[study.database] = Columns(
            fields, gone=_gone(study), fates=_fates(study, fields), ended=_ended(study), kept=kept, sold=bool(study.database.row("SELECT count(orders) FROM customers")[0]), dated="purchases" in study.tables,
            leaves=bool(study.database.row("SELECT count(lost) FROM customers")[0]), people=_people(study), orders=orders, goods=_goods(study), counts=_counts(study), several_lines=_several_lines(study), things=_things(study), amounts=_amounts(study), words=frozenset(said) | _counted_of_lines(study),
            own_words=_own_words(fields),
        )  # fmt: skip
    return cached


def _counted_of_lines(study: Study) -> frozenset[str]:
    """The words of one-word headers of numbers, whatever their file: « Guests » of a check-in are counted, and are no customers."""
    headers = (words(split_headers(column.name)) for table in study.model.tables for column in table.columns if column.type is ColumnType.NUMBER)
    return frozenset(form for header in headers if len(header) == 1 for form in (header[0], header[0].rstrip("s")))


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


def _sold_through(fields: tuple[Field, ...], *, dated: bool) -> tuple[Field, ...]:
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


_SHORT_NOUN = 4  # letters
_DATED = frozenset("date debut start end contract contrat abonnement subscription membership adhesion client customer membre member effet effective jour valid validite".split())


def _people(study: Study) -> re.Pattern[str] | None:
    """How the customer's identifier calls people (`code_proprietaire`, `student_id`), or what begins and ends: « Début de mandat », « Fin de mandat »."""
    bound = [binding for binding in study.model.bindings if binding.role is Role.CUSTOMER_ID]
    dated = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE}
    ends = [{part.rstrip("s") for part in words(split_headers(b.name))} for b in study.model.bindings if b.role is Role.END_DATE and b.table not in dated]
    starts = [{part.rstrip("s") for part in words(split_headers(b.name))} for b in study.model.bindings if b.role in (Role.START_DATE, Role.SIGNUP_DATE)]
    both = {part for end in ends for start in starts for part in end & start if len(part) > _SHORT_NOUN and part not in _DATED}
    return people_words({part for binding in bound for part in words(split_headers(binding.name))}, both if len(study.model.of_kind(TableKind.SUBSCRIPTIONS)) == 0 else ())


def _orders(study: Study) -> re.Pattern[str] | None:
    """How the files of purchases, their identifiers and their dates call an order: `no_facture`, `stays.csv`, `booking_ref`."""
    dated = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE}
    named = [b.name for b in study.model.bindings if b.table in dated and b.role in (Role.ORDER_ID, Role.LINE_ID, Role.ROW_ID, Role.PURCHASE_DATE)]
    named += [b.name for b in study.model.bindings if b.role is Role.FREQUENCY]
    named += [profile.file.rsplit(".", 1)[0] for profile in study.model.tables if profile.table in dated]
    said = {part for name in named for part in words(split_headers(name))}
    if dated and not any(binding.role is Role.RECURRING_AMOUNT for binding in study.model.bindings):
        said |= {"visite"} if not (study.model.of_kind(TableKind.USAGE) or _counts_visits(study)) else set()
        said.add("bill")  # « facture moyenne »: where nothing is paid by the month, a bill is of an order
    goods = [binding.name for binding in study.model.bindings if binding.role is Role.QUANTITY]
    said |= {part for name in goods for part in words(split_headers(name)) if part.startswith(("nuit", "night"))}
    alone = [words(split_headers(profile.file.rsplit(".", 1)[0])) for profile in study.model.tables if profile.table in dated]
    told = {(b.table, b.name) for b in study.model.bindings if b.role in (Role.ORDER_ID, Role.LINE_ID, Role.ROW_ID, Role.PURCHASE_DATE)}
    held = {part.rstrip("s") for profile in study.model.tables for column in profile.columns if (profile.table, column.name) not in told for part in words(split_headers(column.name))}
    return order_words(said, seated=_goods(study) is not None, files={stem[0] for stem in alone if len(stem) == 1 and stem[0].rstrip("s") not in held})


def _counts_visits(study: Study) -> bool:
    """Whether a column counts visits: they are then no orders."""
    return any(b.role in (Role.MEASURE, Role.USAGE_COUNT) and _VISITS & set(words(split_headers(b.name))) for b in study.model.bindings)


_VISITS = frozenset("visite visites visit visits venue venues passage passages".split())


def _things(study: Study) -> frozenset[str]:
    dated = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE}
    return frozenset(part for profile in study.model.tables if profile.table in dated for part in header_ideas(profile.file.rsplit(".", 1)[0]) if len(part) > 3)


def _gone(study: Study) -> tuple[str, ...]:
    lost = study.model.lost
    header = lost.column if lost.basis is LostBasis.LABEL else None
    said = words(split_headers(header)) if header else []
    if len(said) != 1 or len(said[0]) <= _SHORT_NOUN or said[0] in _STATES:
        return ()
    # a header above yes and no says what its yes says; above states (« Situation » : Actif, Résilié) it names none of them
    yes = any(means_yes(value) is not None for value in lost.lost_values) or means_gone(said[0]) is True
    return tuple(said) if yes else ()


def _fates(study: Study, fields: Iterable[Field]) -> frozenset[str]:
    """The columns that say today who left: the label, and the states of an account that tell gone from here."""
    label = study.model.lost.column if study.model.lost.basis is LostBasis.LABEL else None
    return frozenset(
        field.name for field in fields
        if not field.on_purchases and (field.name == label or (field.role is Role.ACCOUNT_STATUS and any(means_gone(value) is not None for value in field.values)))
    )  # fmt: skip


def _ended(study: Study) -> tuple[str, ...]:
    named = [binding.name for binding in study.model.bindings if binding.role in (Role.END_DATE, Role.CHURN_REASON)]
    return tuple(dict.fromkeys(part for name in named for part in words(split_headers(name)) if part in _ENDINGS))


_ENDINGS = frozenset("arret arrets sortie sorties cessation radiation radiations exit exits termination terminations stop stops fermeture fermetures closure closures".split())
_STATES = frozenset("status statut state etat churn client customer active actif label target cible".split())


def _goods(study: Study) -> re.Pattern[str] | None:
    named = [binding.name for binding in study.model.bindings if binding.role is Role.QUANTITY and not counts_orders(binding.name)]
    return goods_words({part for name in named for part in words(split_headers(name))}) if named else None


def _own_words(fields: Iterable[Field]) -> frozenset[str]:
    kept = [field for field in fields if not field.derived]
    flags = (part for field in kept if field.type is ColumnType.FLAG for part in words(split_headers(field.name)))
    values = (words(value)[0] for field in kept if field.role in (Role.ATTRIBUTE, Role.SALE_CHANNEL) for value in field.values if words(value))
    return frozenset(part for part in (*flags, *values) if len(part) > _SHORT_NOUN)


_PRICED = re.compile(r"[€$£]|\b(?:eur|euros?|usd|montant|amount|ca|revenue|ttc|ht)\b", re.IGNORECASE)


def _several_lines(study: Study) -> bool:
    if "purchases" not in study.tables:
        return False
    lines, orders = study.database.row("SELECT COUNT(*), COUNT(DISTINCT (customer_key, order_id)) FROM purchases WHERE kept AND amount >= 0")
    return bool(lines > orders)


def _counts(study: Study) -> bool:
    if any(_PRICED.search(binding.name.replace("_", " ")) for binding in study.model.bindings if binding.role is Role.QUANTITY):
        return False  # « Produits vendus € » is money, whatever it was taken for
    return "purchases" in study.tables and bool(study.database.row("SELECT count(quantity) FROM purchases")[0])


def _amounts(study: Study) -> tuple[str, ...]:
    return tuple(binding.name for binding in study.model.bindings if binding.role is Role.AMOUNT)


def _customers(study: Study) -> list[Field]:
    unpriced = not study.database.row("SELECT count(nullif(amount, 0)) FROM customers")[0]  # purchases that say no price are no revenue of nought
    fields = [
        _attribute(study, attribute, "customers", on_purchases=False)
        for attribute in study.attributes if attribute.role is not Role.CHURN_LABEL and not (attribute.derived and attribute.role is Role.AMOUNT and unpriced)
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
        if not category and not study.database.row(f"SELECT count({quote(name)}) FROM customers")[0]:
            continue
        kind = ColumnType.CATEGORY if category else ColumnType.NUMBER
        fields.append(Field(name, _fixed_title(name), kind, tuple(ideas(term) for term in _fixed_terms(name, study)), values))
    return fields


def _fixed_terms(name: str, study: Study) -> list[str]:
    """What a manager calls a figure every file holds; visits are no orders where a column counts them."""
    terms: list[str] = concepts()["fixed"].get(name, [])
    return [term for term in terms if not (term in _VISITS and _counts_visits(study))]


def _purchases(study: Study) -> list[Field]:
    if "purchases" not in study.tables:
        return []
    fields = [_attribute(study, attribute, "purchases", on_purchases=True) for attribute in study.purchase_attributes]
    for name, role in _PURCHASE.items():
        values = _values(study, "purchases", _PURCHASE_COLUMN.get(name, name))
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
    aliases += _without_aside(attribute.name)
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
    return Field(
        attribute.name, attribute.title, attribute.type, unique, values, on_purchases, attribute.role, attribute.derived, lined
    )


_DONE = re.compile(r"install|souscri|activ|subscri|utilis|used|sign|pris|taken|inclu|ouvert|open")  # app_installee is said « l'appli »
_HAVING = frozenset("has is have had est ont avec with flag ind".split())  # HasCreditCard is said « a credit card »
_SMALL = frozenset("de du des d la le les l of the".split())
_IN_UNITS = frozenset(
    "heure hour minute min jour day mois month an year pct percent pourcent eur euro usd km kg completed done made count total number nb nombre num qty sent used "
    "annual annuel annuelle yearly last past dernier derniere monthly mensuel mensuelle current value par per ttc ht held owned bought solde balance kwh m3 ha go gb mo mb h hr hrs".split()
)


# « Pannes sur 12 mois », « Note accueil /5 », « Mensualité TTC », « Nb pièces »: asides of a number, which nobody says to name it.
_IN_MONTHS = re.compile(r"\s*(?:/ ?\d+|\b(?:sur|on|out of|over|in|en|de|des|the|last|past|les?|derniers?)\b(?: (?:the|last|past|les|derniers?))* ?\d+(?: (?:mois|months?|ans?|years?|jours|days|points?))?|\b(?:sur|out of) \d+)\s*$", re.IGNORECASE)
_PARTICIPLES = frozenset(
    "delivered received taken given shipped booked attended completed done made sent used held owned livre livree livres livrees recu recue recus recues pris prise prises "
    "passe passee passees suivi suivie suivies effectue effectuee effectuees effectues realise realisee realisees realises consomme consommee consommees".split()
)


def without_unit(header: str) -> list[tuple[str, ...]]:
    """« Durée » for duree_heures, "courses" for courses_completed, « pannes » for « Pannes sur 12 mois »: the header without what it is counted in."""
    whole = words(split_headers(header))
    header = _IN_MONTHS.sub("", header) if len(_IN_MONTHS.sub("", header).strip()) > _SHORT_NOUN else header
    said = [part for part in words(split_headers(header)) if part.rstrip("s") not in _IN_UNITS and part not in _PARTICIPLES and part not in _SMALL and not part.isdigit()]
    if said and set(whole) & _TAXES and set(said) <= _ANY_SUM:
        return []  # « Total HT » is no « total »
    done = any(part in _PARTICIPLES for part in whole)  # « box » for boxes_delivered: what was done of them is said, so that three letters tell
    told = all(len(part) > (2 if done else 3) for part in said) or (len(said) > 1 and all(len(part) > 2 for part in said))
    units = [(_SPELT[part],) for part in whole if part in _SPELT]
    units += [(idea(part),) for part in whole if done and not said and part not in _PARTICIPLES | _SMALL]  # « Heures effectuées » is said in hours
    return [*units, *([tuple(idea(part) for part in said)] if said and len(said) < len(whole) and told else [])]


_TAXES = frozenset(("ttc", "ht"))
_ANY_SUM = frozenset("total totaux montant montants mt mnt amount somme sum net brut prix price tarif ca valeur value".split())
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


def _without_aside(header: str) -> list[tuple[str, ...]]:
    """« Boiler Age » for "Boiler Age (yrs)": what stands between brackets at the end says a unit or a span, which nobody says."""
    bare = _ASIDE.sub("", header)
    said = header_ideas(bare) if bare and bare != header else ()
    return [said] if len(said) > 1 or (said and any(len(part) > _SHORT_NOUN for part in words(split_headers(bare)))) else []


def without_done(header: str) -> list[tuple[str, ...]]:
    """« Révision annuelle » for « Révision annuelle faite »: a yes/no header without the participle that says it was done.

    Args:
        header: as it stands in the file.
    """
    whole = words(split_headers(header))
    said = [part for part in whole if part not in _PARTICIPLES and part not in _DONE_WORDS and part not in _SMALL]
    return [tuple(idea(part) for part in said)] if 0 < len(said) < len([part for part in whole if part not in _SMALL]) and len(said[0]) > _SHORT_NOUN else []


_DONE_WORDS = frozenset("faite fait faites faits done made ok oui non yes no signee signe signees signes envoyee envoye souscrite souscrit active activee active validee valide".split())
_SPELT = {"h": "hour", "hr": "hour", "hrs": "hour", "kg": "kg", "km": "km"}  # « Durée (h) » is said in hours


_SHORT_FORMS = {  # how a header shortens a word that a question says in full
    "qty": "quantity", "qte": "quantite", "addr": "address", "adr": "adresse", "cat": "category", "categ": "categorie", "amt": "amount", "mtt": "montant", "acct": "account", "cust": "customer", "cli": "client",
    "prod": "product", "desc": "description", "mgr": "manager", "loc": "location", "inv": "invoice", "fact": "facture", "pmt": "payment", "paiem": "paiement", "reg": "region", "grp": "group", "svc": "service", "mag": "magasin",
    "fam": "famille", "vend": "vendeur", "cde": "commande", "ref": "reference", "tel": "telephone", "mbr": "member", "adh": "adherent", "temp": "temperature", "org": "organisation", "div": "division", "subcat": "subcategory",
}  # fmt: skip


def spelt_in_full(header: str) -> list[tuple[str, ...]]:
    """« Category » for Cat, "customer group" for cust_grp: the header with its usual short forms spelt in full, when it holds any.

    Args:
        header: as in the file.
    """
    said = words(split_headers(header))
    full = [_SHORT_FORMS.get(word, word) for word in said]
    return [ideas(" ".join(full))] if full != said else []


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


_FIXED_TITLES: Mapping[str, Text] = {
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
    return _FIXED_TITLES[name]


def title_of(name: str, columns: Columns) -> Text:
    """How a sentence calls a field or a calendar period."""
    field = columns.named(name)
    return field.title if field is not None else _FIXED_TITLES.get(name) or title_of_query(name)
