"""Who the customers are: one row per id found in the customers' files and in the purchases, with what the files say."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.customers import attributes as describing
from analytics.customers.columns import Columns, but_never_begun
from analytics.customers.header_timing import plain
from analytics.customers.lines import as_attribute, attribute_type
from analytics.customers.routes import Routes
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.ends import NEXT_DAYS
from analytics.datamodel.labels import finished_values, marks_only, unsaid_values
from analytics.datamodel.model import Binding, ColumnProfile, ColumnType, DataModel, LostBasis
from analytics.datamodel.roles import Role, TableKind
from analytics.workspace import Database, literal, quote

_TRAITS = frozenset({
    Role.GENDER, Role.AGE, Role.REGION, Role.CITY, Role.COUNTRY, Role.POSTCODE, Role.SECTOR, Role.COMPANY_SIZE,
    Role.ACQUISITION_CHANNEL, Role.LOYALTY_MEMBER, Role.DISTANCE, Role.CONSENT_EMAIL, Role.CONSENT_SMS,
    Role.CONSENT_PHONE, Role.CONSENT_POST, Role.TRIAL,
})  # fmt: skip
# The terms of a contract, read with the contracts, and what became of it.
_TERMS = frozenset({
    Role.PLAN, Role.CONTRACT_TYPE, Role.PRODUCT, Role.SEATS, Role.RECURRING_AMOUNT, Role.AMOUNT, Role.UNIT_PRICE, Role.ORDER_STATUS,
})
_FIXED: dict[str, tuple[Role, ...]] = {
    "signup": (Role.SIGNUP_DATE,),
    "began": (Role.START_DATE,),
    "contract_end": (Role.END_DATE,),
    "born": (Role.BIRTH_DATE,),
    "first_date": (Role.FIRST_PURCHASE_DATE,),
    "last_date": (Role.LAST_PURCHASE_DATE,),
    "monthly": (Role.RECURRING_AMOUNT,),
    "total": (Role.TOTAL_SPENT,),
    "frequency": (Role.FREQUENCY,),
    "recency": (Role.RECENCY,),
    "last_age": (Role.LAST_PURCHASE_AGE,),
    "observed": (Role.AGE_OBSERVED,),
    "tenure": (Role.TENURE,),
    "channel": (Role.ACQUISITION_CHANNEL,),
}
_DAYS = ("signup", "began", "contract_end", "born", "first_date", "last_date")
_TYPES = {**dict.fromkeys(_DAYS, "DATE"), "channel": "VARCHAR", "label": "BOOLEAN", "finished": "BOOLEAN"}
MONTH_DAYS = 30.4375  # mean length of a month: 365.25 / 12


@dataclass(frozen=True, slots=True)
class ProfileSource:
    """One table that describes customers: the SELECT, one row per customer, of `who`, fixed fields and attributes."""

    sql: str
    fields: frozenset[str]
    attributes: tuple[tuple[str, Binding, ColumnType], ...]  # column of the select, where it comes from, its type
    lists: bool = False  # a file of customers, rather than what purchases say of who buys


@dataclass(frozen=True, slots=True)
class Told:
    """An attribute that contracts give, and the column it comes from."""

    attribute: Attribute
    binding: Binding


class Profiles:
    """Writes the table `profiles`: every customer, with what the files say of them as they stand today."""

    def __init__(self, database: Database, model: DataModel, routes: Routes) -> None:
        """Keep what is needed to write SQL; nothing is run yet."""
        self._database, self._model, self._routes = database, model, routes

    def has_table(self) -> bool:
        """Whether some table describes customers, one row each."""
        return bool(self._sources())

    def listed(self) -> list[tuple[str, frozenset[str]]]:
        """The SELECTs that describe customers, one row each, and the fixed fields each gives beside `who`."""
        return [(source.sql, source.fields) for source in self._sources()]

    def write(self, purchase_ids: str) -> tuple[Attribute, ...]:
        """Create `profiles` and return the attributes read from the files, as columns `f0`, `f1` ... of it.

        Args:
            purchase_ids: SELECT of the ids (`who`) found in the events that make a customer.
        """
        sources = self._sources()
        known = [f"SELECT who, {str(source.lists).upper()} AS listed FROM ({source.sql})" for source in sources]
        ids = " UNION ALL ".join([*known, f"SELECT who, FALSE AS listed FROM ({purchase_ids})"])
        joins = "".join(
            f" LEFT JOIN ({source.sql}) s{i} ON s{i}.who = i.who" for i, source in enumerate(sources)
        )
        fields = [self._field(name, sources) for name in (*_FIXED, "label", "finished")]
        described: list[Attribute] = []
        for i, source in enumerate(sources):
            for column, binding, kind in source.attributes:
                target = f"f{len(described)}"
                described.append(self._describe(binding, target, kind, described))
                fields.append(f"s{i}.{column} AS {target}")
        self._database.execute(f"""
            CREATE OR REPLACE TABLE profiles AS
            SELECT CAST(ROW_NUMBER() OVER (ORDER BY i.who) - 1 AS INTEGER) AS customer_key, i.who AS customer_id,
                   CAST(CONCAT('0x', SUBSTR(MD5(i.who), 1, 7)) AS INTEGER) AS draw, i.known, {", ".join(fields)}
            FROM (SELECT who, BOOL_OR(listed) AS known FROM ({ids}) WHERE who IS NOT NULL GROUP BY who) i {joins}
            ORDER BY i.who""")  # fmt: skip
        return tuple(described)

    def _describe(self, binding: Binding, column: str, kind: ColumnType, before: list[Attribute]) -> Attribute:
        alone = sum(1 for other in self._model.bindings if other.role is binding.role) == 1
        taken = frozenset(attribute.name for attribute in before)
        return describing.from_file(binding, column, kind, alone=alone, taken=taken)

    def _field(self, name: str, sources: list[ProfileSource]) -> str:
        holders = [f"s{i}.{name}" for i, source in enumerate(sources) if name in source.fields]
        value = f"COALESCE({', '.join(holders)})" if holders else "NULL"
        kind = _TYPES.get(name, "DOUBLE")
        if name in ("signup", "began", "first_date", "last_date") and holders:
            value = f"CASE WHEN {value} <= {literal(self._model.as_of)} THEN {value} END"
        return f"CAST({value} AS {kind}) AS {name}"

    def _sources(self) -> list[ProfileSource]:
        model = self._model
        tables = [t.table for t in model.of_kind(TableKind.CUSTOMERS, TableKind.CUSTOMER_LINKS)]
        # A campaign or a file of contracts with one row a customer describes customers too.
        lists = model.of_kind(TableKind.CAMPAIGNS, TableKind.SUBSCRIPTIONS)
        tables += [t.table for t in lists if self._one_row_each(t.table)]
        sources: list[ProfileSource | None] = [self._of_customers(table) for table in tables]
        # Contracts several a customer, and purchases, repeat on each row what they say of the person.
        repeated = model.of_kind(TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.SUBSCRIPTIONS)
        sources += [self._of_traits(t.table) for t in repeated if t.table not in tables]
        label = model.lost.table
        if model.lost.basis is LostBasis.LABEL and label is not None and label not in tables:
            sources.append(self._of_label(label))
        return [source for source in sources if source is not None]

    def of_contracts(self, taken: tuple[Attribute, ...]) -> tuple[Told, ...]:
        """What files of contracts, several a customer, say of each beside its terms: columns `k0`, `k1` ... of `contracts`.

        A column that differs from one contract to the next (a way to pay, a count of visits) is what it was under the contract
        held on the day looked from. What tells a departure, or time itself, describes nobody.

        Args:
            taken: the attributes already read.
        """
        found: list[Told] = []
        for table in [t.table for t in self._model.of_kind(TableKind.SUBSCRIPTIONS) if not self._one_row_each(t.table)]:
            columns, identity = self._routes.columns(table), self._routes.identity(table)
            if self._routes.route(table) is None:
                continue
            for binding in self._model.bindings:
                if binding.table != table or binding.column == identity or binding.role in _TRAITS | _TERMS:
                    continue
                told_apart = binding.name == self._model.lost.column and self._model.season_of(table) is None
                if told_apart or not describing.usable(binding, self._profile(binding)):
                    continue
                kind, when = attribute_type(columns, binding), describing.timing(binding.role, binding.name)
                if kind is not ColumnType.DATE and when not in (Timing.OUTCOME, Timing.CLOCK):
                    one = self._describe(binding, f"k{len(found)}", kind, [*taken, *(told.attribute for told in found)])
                    found.append(Told(one, binding))
        return tuple(found)

    def _one_row_each(self, table: str) -> bool:
        route = self._routes.route(table)
        if route is None:
            return False
        rows, people = self._database.row(
            f"SELECT COUNT({route.customer}), COUNT(DISTINCT {route.customer}) FROM {quote(table)} t {route.joins}"
        )
        return bool(rows == people and rows > 0)

    def _of_customers(self, table: str) -> ProfileSource:
        """A table with one row per customer; of two rows of one customer, the first is kept."""
        columns, route = self._routes.columns(table), self._routes.route(table)
        who = "CAST(t.rowid + 1 AS VARCHAR)" if route is None else route.customer
        joins = "" if route is None else route.joins
        skip = self._routes.identity(table)
        usable = [
            b for b in self._model.bindings
            if b.table == table and b.column != skip and describing.usable(b, self._profile(b))
        ]  # fmt: skip
        return self._source(columns, who, joins, usable, first="t.rowid", fixed=frozenset(_FIXED), lists=True)

    def _of_traits(self, table: str) -> ProfileSource | None:
        """What a table of purchases or contracts says of the person: taken at the first of them."""
        columns, route = self._routes.columns(table), self._routes.route(table)
        # whether the first contract was a trial is read with the contracts themselves
        traits = _TRAITS - {Role.TRIAL} if self._model.kind(table) is TableKind.SUBSCRIPTIONS else _TRAITS
        usable = [b for b in self._model.bindings if b.table == table and b.role in traits]
        usable = [b for b in usable if describing.usable(b, self._profile(b))]
        if route is None or not usable:
            return None
        first = f"{columns.day(*_FIRST)}, t.rowid"
        return self._source(columns, route.customer, route.joins, usable, first=first, fixed=frozenset({"channel"}))

    def _source(
        self, columns: Columns, who: str, joins: str, usable: list[Binding], *, first: str, fixed: frozenset[str],
        lists: bool = False,
    ) -> ProfileSource:  # fmt: skip
        attributes = tuple((f"c{i}", b, attribute_type(columns, b)) for i, b in enumerate(usable))
        written = [f"{as_attribute(columns, b)} AS {column}" for column, b, _ in attributes]
        fields = []
        for name, roles in _FIXED.items():
            if name in fixed and columns.binding(*roles) is not None:
                fields.append(name)
                written.append(f"{self._fixed(columns, name, roles)} AS {name}")
        if lists and self._model.lost.table == columns.table and self._model.lost.basis is LostBasis.LABEL:
            fields += ["label", "finished"]
            written += [f"{self._label(columns)} AS label", f"{self._finished(columns)} AS finished"]
        select = ", ".join([f"{who} AS who", *written])
        sql = (
            f"SELECT {select} FROM {quote(columns.table)} t {joins} WHERE {who} IS NOT NULL{but_never_begun(self._model, columns)}"
            f" QUALIFY ROW_NUMBER() OVER (PARTITION BY {who} ORDER BY {first}) = 1"
        )
        return ProfileSource(sql, frozenset(fields), attributes, lists=lists)

    def _of_label(self, table: str) -> ProfileSource | None:
        """The label alone, from a table with several rows a customer: lost once any row says so, but once all contracts do.

        A contract that another of the same customer's follows says nothing of them any more, be it « renouvelé » or over: the last one does.
        """
        columns, route = self._routes.columns(table), self._routes.route(table)
        if route is None:
            return None
        contracts = self._model.kind(table) is TableKind.SUBSCRIPTIONS
        rows = (
            f"SELECT {route.customer} AS who, {self._label(columns)} AS label, {_followed(columns, route.customer) if contracts else 'FALSE'} AS followed"
            f" FROM {quote(table)} t {route.joins} WHERE {route.customer} IS NOT NULL{but_never_begun(self._model, columns)}"
        )
        sql = f"SELECT who, {'BOOL_AND' if contracts else 'BOOL_OR'}(label) FILTER (NOT followed) AS label FROM ({rows}) GROUP BY 1"
        return ProfileSource(sql, frozenset({"label"}), ())

    def _fixed(self, columns: Columns, name: str, roles: tuple[Role, ...]) -> str:
        if name in _DAYS:
            return columns.day(*roles)
        if name == "channel":
            return columns.text(*roles)
        if name == "monthly":
            return columns.monthly(*roles)
        found = columns.binding(*roles)
        if name in ("recency", "observed", "last_age") and found is not None:
            return f"{columns.number(*roles)} * {self._days_per_unit(columns)}"
        if name == "tenure" and found is not None:
            return f"{columns.number(*roles)} * {_months_per_unit(found.name)}"
        return columns.number(*roles)

    def _days_per_unit(self, columns: Columns) -> float:
        """How many days one unit of a recency lasts: as its header says, else as its decimals betray."""
        for role in _AGES:
            found = columns.binding(role)
            unit = None if found is None else unit_days(found.name)
            if unit is not None:
                return unit
        found = columns.binding(*_AGES)
        if found is None:
            return 1.0
        value = columns.as_number(found.column)
        sevenths, fractions = self._database.row(
            f"SELECT COUNT(*) FILTER (WHERE ABS({value} * 7 - ROUND({value} * 7)) <= 0.04), COUNT(*)"
            f" FROM {quote(columns.table)} t WHERE {value} <> ROUND({value})"
        )
        return 7.0 if fractions > 0 and sevenths > 0.9 * fractions else 1.0

    def _label(self, columns: Columns) -> str:
        """Whether the label says the customer is lost; where only those who left are marked, nothing means that one is here."""
        profile = next(t for t in self._model.tables if t.table == columns.table).column(self._model.lost.column or "")
        marked = marks_only(profile, self._model.lost.lost_values)
        return f"COALESCE({self._says_lost(columns, profile)}, FALSE)" if marked else self._says_lost(columns, profile)

    def _finished(self, columns: Columns) -> str:
        """Whether the label says that the customer got what they came for; NULL where no value of it does."""
        profile = next(t for t in self._model.tables if t.table == columns.table).column(self._model.lost.column or "")
        values = finished_values(profile, self._model.lost.lost_values)
        if not values or columns.is_flag(profile.column) or columns.is_number(profile.column):
            return "CAST(NULL AS BOOLEAN)"
        return f"COALESCE({columns.as_text(profile.column)} IN ({', '.join(literal(value.strip()) for value in values)}), FALSE)"

    def _says_lost(self, columns: Columns, profile: ColumnProfile) -> str:
        lost = self._model.lost
        if columns.is_flag(profile.column):
            yes = {habit.removeprefix("yes=") for habit in profile.habit if habit.startswith("yes=")}
            truths = {value in yes if yes else _truth(value) for value in lost.lost_values}
            said = ", ".join(literal(value) for value in sorted(truths))
            return f"{columns.reference(profile.column)} IN ({said})"
        if columns.is_number(profile.column):
            numbers = ", ".join(repr(float(value.replace(",", "."))) for value in lost.lost_values)
            return f"{columns.as_number(profile.column)} IN ({numbers})"
        text, words = columns.as_text(profile.column), ", ".join(literal(value.strip()) for value in lost.lost_values)
        unsaid = ", ".join(literal(value.strip()) for value in unsaid_values(profile, lost.lost_values))
        return f"CASE WHEN {text} IN ({unsaid}) THEN NULL ELSE {text} IN ({words}) END" if unsaid else f"{text} IN ({words})"

    def _profile(self, binding: Binding) -> ColumnProfile:
        table = next(t for t in self._model.tables if t.table == binding.table)
        return table.column(binding.name)


def _followed(columns: Columns, customer: str) -> str:
    """SQL: whether a later contract of the same customer's begins about when this one ends, or after; never where no end is told."""
    if not (columns.has(Role.START_DATE) and columns.has(Role.END_DATE)):
        return "FALSE"
    begin, end = columns.day(Role.START_DATE), columns.day(Role.END_DATE)
    last = f"MAX({begin}) OVER (PARTITION BY {customer})"
    return f"COALESCE({last} > {begin} AND {last} >= {end} - {NEXT_DAYS}, FALSE)"


_UNITS = (
    (frozenset({"week", "weeks", "semaine", "semaines"}), 7.0),
    (frozenset({"month", "months", "mois"}), MONTH_DAYS),
    (frozenset({"year", "years", "an", "ans", "annee", "annees"}), 365.25),
    (frozenset({"day", "days", "jour", "jours"}), 1.0),
)
_AGES = (Role.LAST_PURCHASE_AGE, Role.AGE_OBSERVED, Role.RECENCY)
_FIRST = (Role.PURCHASE_DATE, Role.START_DATE, Role.SIGNUP_DATE, Role.EVENT_DATE, Role.OTHER_DATE)


def unit_days(header: str) -> float | None:
    """How many days the unit named in a header lasts, or None when it names none."""
    words = set(plain(header).split("_"))
    return next((days for names, days in _UNITS if words & names), None)


def _months_per_unit(header: str) -> float:
    days = unit_days(header)
    return 1.0 if days is None else days / MONTH_DAYS


def _truth(word: str) -> bool:
    return plain(word) in ("oui", "yes", "true", "vrai", "y", "o", "1", "si", "sim", "s", "x")
