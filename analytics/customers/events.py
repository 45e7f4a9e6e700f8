"""Contacts, surveys, tickets, uses, signs of life, subscriptions and campaigns, each brought to its customer, in tables of fixed columns."""

from __future__ import annotations

from analytics.customers.columns import Columns, but_never_begun
from analytics.customers.customer_table import SQL_TYPES
from analytics.customers.derived import LABELS_TOLD_APART as MOST_VALUES
from analytics.customers.derived import PRICE_CHANGE, EventMark
from analytics.customers.faults import says_money_taken
from analytics.customers.header_timing import says_departure
from analytics.customers.lines import as_attribute, attribute_type
from analytics.customers.price_steps import PriceStep, price_steps
from analytics.customers.profiles import Told
from analytics.customers.reply_waits import ReplyWait, reply_wait
from analytics.customers.routes import Route, Routes
from analytics.datamodel.living import ACT_DATES, LIVING, acts
from analytics.datamodel.model import Binding, ColumnType, DataModel, LostBasis
from analytics.datamodel.price_changes import PriceChange, price_change
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.signs import Sign
from analytics.workspace import Database, literal, quote

_KINDS = {
    TableKind.CONTACTS: "contact",
    TableKind.SURVEYS: "survey",
    TableKind.TICKETS: "ticket",
    TableKind.USAGE: "usage",
}
_DATES = ACT_DATES
_SETTLED = r"resol|clos|settled|done|regle|traite|termin|ferme|solved|complete|fixed|fechad|cerrad|finaliz"
_UNSETTLED = r"(^|[^a-z])(un|non|not|no|nao|pas|in)[ -]?(re|ré)?(sol|settled|clos|regle|traite|termin|ferm|fixed|complet)|irresol"
TOUCHES = (
    "customer_key INTEGER, day DATE, kind VARCHAR, value DOUBLE, flag BOOLEAN, label VARCHAR, settled DATE, dated BOOLEAN,"
    " detail VARCHAR, waited DOUBLE"
)
CONTRACTS = (
    "customer_key INTEGER, plan VARCHAR, started DATE, ended DATE, amount DOUBLE, trial BOOLEAN, seats DOUBLE,"
    " contract_type VARCHAR"
)
SIGNS = "customer_key INTEGER, day DATE"
CAMPAIGNS = (
    "customer_key INTEGER, campaign VARCHAR, day DATE, treatment VARCHAR, converted BOOLEAN, amount DOUBLE"
)


class Events:
    """Writes `touches`, `contracts`, `campaigns` and `signs` from the loaded tables of one model."""

    def __init__(self, database: Database, model: DataModel, routes: Routes) -> None:
        """Keep what is needed to write SQL; nothing is run yet."""
        self._database, self._model, self._routes = database, model, routes

    def contract_ids(self) -> list[str]:
        """SELECTs of the ids (`who`) a subscription makes a customer of."""
        return [
            f"SELECT {route.customer} AS who FROM {source} WHERE TRUE{but_never_begun(self._model, columns)}"
            for columns, route, source in self._of(TableKind.SUBSCRIPTIONS)
        ]  # fmt: skip

    def contract_ends(self) -> list[str]:
        """SELECTs of the ends of subscriptions, one row each (`who`, `contract_end`): empty where one goes on."""
        return [
            f"SELECT {route.customer} AS who, {columns.ended()} AS contract_end FROM {source}"
            for columns, route, source in self._of(TableKind.SUBSCRIPTIONS) if columns.ends()
        ]  # fmt: skip

    def touch_ids(self) -> list[str]:
        """SELECTs of the ids (`who`) found in contacts, surveys, tickets, uses and movements of the card."""
        return [f"SELECT {route.customer} AS who FROM {source}" for _, route, source in self._of(*_KINDS, *LIVING)]

    def marks(self) -> tuple[EventMark, ...]:
        """The columns of dated events that hold few values: what was met there. Their values are told once `touches` is written."""
        return tuple(mark for mark, _, _ in self._marked())

    def tickets(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Of the files of tickets: the columns (file, header) of their topic, detail, day and of what settled them, where there are some."""
        found: dict[str, list[tuple[str, str]]] = {"topic": [], "detail": [], "day": [], "settled": []}
        for columns, _, _ in self._of(TableKind.TICKETS):
            bindings = {
                "topic": columns.binding(*_TOPICS), "detail": columns.binding(*_DETAILS) if columns.has(Role.TOPIC) else None,
                "day": columns.binding(*_DATES), "settled": columns.binding(Role.RESOLVED_DATE, *_SETTLING),
            }  # fmt: skip
            for what, binding in bindings.items():
                found[what] += [(binding.file, binding.name)] if binding is not None else []
        return {what: tuple(columns) for what, columns in found.items()}

    def tickets_tell_topics(self) -> bool:
        """Whether every file of tickets has a column of topics, and not only what else it tells of them."""
        return all(columns.binding(*_TOPICS[:2]) is not None for columns, _, _ in self._of(TableKind.TICKETS))

    def reply_wait(self) -> ReplyWait | None:
        """How the files of tickets tell the wait for a reply, where one of them does."""
        return next((wait for columns, _, _ in self._of(TableKind.TICKETS) for _, wait in self._waits(columns)), None)

    def _waits(self, columns: Columns) -> list[tuple[Binding, ReplyWait]]:
        numbers = [one for one in self._model.bindings if one.table == columns.table and one.role is Role.MEASURE and columns.is_number(one.column)]
        return [(one, wait) for one in numbers if (wait := reply_wait(one.file, one.name)) is not None]

    def _waited(self, columns: Columns) -> str:
        """SQL: how long each ticket of a table waited for a reply, in the unit of the first file that tells it."""
        first, here = self.reply_wait(), self._waits(columns)
        return f"{columns.as_number(here[0][0].column)} * {first.a_day} / {here[0][1].a_day}" if first is not None and here else "NULL"

    def _marked(self) -> list[tuple[EventMark, str, str]]:
        """Each with its table and its SQL, in the order of the files."""
        found: list[tuple[EventMark, str, str]] = []
        for columns, _, _ in [*self._of(TableKind.USAGE, *self._acts()), *self._logs(), *self._bills()]:
            table = next(table for table in self._model.tables if table.table == columns.table)
            for binding in self._model.bindings:
                if binding.table != columns.table or binding.role not in _MARKING or len(found) == _MOST_MARKS:
                    continue
                if not 2 <= table.column(binding.name).distinct <= MOST_VALUES:
                    continue
                kind = attribute_type(columns, binding)
                if kind is ColumnType.FLAG:
                    said = columns.as_flag(binding.column)
                    said = f"CASE WHEN {said} THEN 'yes' WHEN NOT {said} THEN 'no' END"
                elif kind is ColumnType.CATEGORY:
                    said = columns.as_text(binding.column)
                else:
                    continue
                mark = EventMark(self._met_at(columns), f"e{len(found)}", binding.file, binding.name, kind is ColumnType.FLAG)
                found.append((mark, columns.table, said))
        return found

    def _acts(self) -> tuple[TableKind, ...]:
        """Under a contract, what is booked or bought is not the relation itself: what was met there is one more thing lived."""
        return (TableKind.TRANSACTIONS,) if self._model.lost.basis in (LostBasis.LABEL, LostBasis.CONTRACT_END) else ()

    def _bills(self) -> list[tuple[Columns, Route, str]]:
        """Under a contract, what was billed or debited: it is owed whatever happens, and what went wrong with it is one more thing lived."""
        return self._of(TableKind.INVOICES, TableKind.PAYMENTS) if self._acts() else []

    def _met_at(self, columns: Columns) -> str:
        """What the rows of a table are: money taken, whatever the file was taken for, is no visit."""
        kind, file = self._model.kind(columns.table), next(table.file for table in self._model.tables if table.table == columns.table)
        return "bill" if kind is TableKind.TRANSACTIONS and says_money_taken(file) else _MET_AT.get(kind, "act")

    def _logs(self) -> list[tuple[Columns, Route, str]]:
        """Under a contract, files of dated rows of no known kind, several a customer: deliveries, rounds, interventions. No list of departures."""
        found = []
        for columns, route, source in self._of(TableKind.OTHER) if self._acts() else ():
            table = next(table for table in self._model.tables if table.table == columns.table)
            if columns.binding(*_DATES) is None or says_departure(table.file) or price_change(table, True) is not None:
                continue
            rows, people = self._database.row(f"SELECT COUNT({route.customer}), COUNT(DISTINCT {route.customer}) FROM {source}")
            if rows >= _SEVERAL * people > 0:
                found.append((columns, route, source))
        return found

    def write(self, told: tuple[Told, ...] = ()) -> frozenset[str]:
        """Create the four tables (empty when the files hold nothing of the kind); return those that hold rows.

        Args:
            told: what contracts say beside their terms, as columns of theirs.
        """
        marked = "".join(f", {mark.column} VARCHAR" for mark in self.marks())
        self._create("touches", TOUCHES + marked, self._touches())
        extra = "".join(f", {one.attribute.column} {SQL_TYPES[one.attribute.type]}" for one in told)
        self._create("contracts", CONTRACTS + extra, self._contracts(told))
        self._create("campaigns", CAMPAIGNS, self._campaigns())
        self._create("signs", SIGNS, self._signs())
        names = ("touches", "contracts", "campaigns", "signs")
        return frozenset(name for name in names if self._database.row(f"SELECT COUNT(*) FROM {name}")[0])

    def _create(self, name: str, columns: str, selects: list[str]) -> None:
        self._database.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        for select in selects:
            self._database.execute(
                f"INSERT INTO {name} SELECT p.customer_key, e.* EXCLUDE (who)"
                f" FROM ({select}) e JOIN profiles p ON p.customer_id = e.who ORDER BY p.customer_key"
            )

    def _of(self, *kinds: TableKind) -> list[tuple[Columns, Route, str]]:
        found = []
        for table in self._model.of_kind(*kinds):
            route = self._routes.route(table.table)
            if route is not None:
                found.append((self._routes.columns(table.table), route, f"{quote(table.table)} t {route.joins}"))
        return found

    def _touches(self) -> list[str]:
        selects, marked = [], self._marked()
        none = "".join(f", CAST(NULL AS VARCHAR) AS {mark.column}" for mark, _, _ in marked)
        for kind, word in _KINDS.items():
            for columns, route, source in self._of(kind):
                day = columns.day(*_DATES)
                if columns.binding(*_DATES) is not None:
                    own = "".join(f", {sql if table == columns.table else 'CAST(NULL AS VARCHAR)'} AS {mark.column}" for mark, table, sql in marked)
                    told = f"{own} FROM {source} WHERE {day} <= {literal(self._model.as_of)}"
                    waited = self._waited(columns) if word == "ticket" else "NULL"
                    selects += [f"SELECT {route.customer} AS who, {row} {told}" for row in _rows(word, columns, day, waited)]
        selects += self._met_there(marked)
        for columns, route, source, change in self._price_changes():
            day, old, new = columns.as_day(change.day.column), columns.as_number(change.before.column), columns.as_number(change.after.column)
            row = _row(day, PRICE_CHANGE, f"ROUND(100 * ({new} / NULLIF({old}, 0) - 1))", "NULL", "NULL")
            selects.append(f"SELECT {route.customer} AS who, {row}{none} FROM {source} WHERE {day} <= {literal(self._model.as_of)}")
        for step in self._price_steps():
            selects.append(f"SELECT who, {_row('day', PRICE_CHANGE, 'rise', 'NULL', 'NULL')}{none} FROM ({step.rises})")
        for columns, route, source in self._of(TableKind.USERS):
            if columns.has(Role.END_DATE):
                day = columns.day(Role.END_DATE)
                row = _row(day, "user_left", "NULL", "NULL", columns.text(Role.ATTRIBUTE, Role.TOPIC))
                told = f"{none} FROM {source} WHERE {day} <= {literal(self._model.as_of)}"
                selects.append(f"SELECT {route.customer} AS who, {row} {told}")
        for columns, route, source in self._of(TableKind.TRANSACTIONS):
            day = columns.day(Role.PURCHASE_DATE, Role.EVENT_DATE)
            for role in (Role.NPS, Role.SATISFACTION):
                if columns.has(role) and columns.has(Role.PURCHASE_DATE):
                    told = f"{none} FROM {source} WHERE {day} <= {literal(self._model.as_of)} AND {columns.number(role)} IS NOT NULL"
                    selects.append(f"SELECT {route.customer} AS who, {_survey(columns, day, role)} {told}")
        return selects

    def _met_there(self, marked: list[tuple[EventMark, str, str]]) -> list[str]:
        """Of what was bought, booked or billed under a contract, and of dated rows of no known kind: what was met there."""
        found = [(_BOUGHT, *one) for one in self._of(*self._acts())] + [(_DATES, *one) for one in (*self._logs(), *self._bills())]
        selects = []
        for dates, columns, route, source in found:
            if any(table == columns.table for _, table, _ in marked) and columns.binding(*dates) is not None:
                own = "".join(f", {sql if table == columns.table else 'CAST(NULL AS VARCHAR)'} AS {mark.column}" for mark, table, sql in marked)
                day = columns.day(*dates)
                row = _row(day, self._met_at(columns), "1", "NULL", "NULL")
                selects.append(f"SELECT {route.customer} AS who, {row}{own} FROM {source} WHERE {day} <= {literal(self._model.as_of)}")
        return selects

    def _price_changes(self) -> list[tuple[Columns, Route, str, PriceChange]]:
        """The logs of what customers paid before and pay from a day on."""
        tables = {table.table: table for table in self._model.tables}
        found = [(*one, price_change(tables[one[0].table], True)) for one in self._of(TableKind.OTHER)]
        return [(columns, route, source, change) for columns, route, source, change in found if change is not None]

    def price_changes(self) -> tuple[tuple[str, str], ...]:
        """The columns (file, header) of the new prices."""
        files = {table.table: table.file for table in self._model.tables}
        told = [(files[columns.table], change.after.name) for columns, _, _, change in self._price_changes()]
        return (*told, *((step.file, step.header) for step in self._price_steps()))

    def _price_steps(self) -> list[PriceStep]:
        """Under a contract, what steps up from one bill to the next, where no log tells the changes of price."""
        if not self._acts() or self._price_changes():
            return []
        kinds = (TableKind.SUBSCRIPTIONS, TableKind.INVOICES, TableKind.PAYMENTS, TableKind.TRANSACTIONS, TableKind.OTHER)
        return price_steps(self._database, self._model, self._of(*kinds))[:1]  # two files of one price would tell it twice

    def _signs(self) -> list[str]:
        """The days each customer was seen, where silences are counted from them."""
        selects = []
        for columns, route, source in self._of(*LIVING) if self._model.lost.sign is not Sign.PURCHASE else ():
            if columns.binding(*_DATES) is not None:
                table = next(table for table in self._model.tables if table.table == columns.table)
                meant = {binding.column: role for role, bindings in columns.roles.items() for binding in bindings}
                day = columns.day(*_DATES)
                kept = " AND ".join([f"{day} <= {literal(self._model.as_of)}", *acts(table, meant)])
                selects.append(f"SELECT DISTINCT {route.customer} AS who, {day} AS day FROM {source} WHERE {kept}")
        return selects

    def _contracts(self, told: tuple[Told, ...]) -> list[str]:
        selects = []
        files = self._of(TableKind.SUBSCRIPTIONS)
        begun = any(columns.binding(*_STARTS) is not None for columns, _, _ in files)
        for columns, route, source in files:
            if columns.binding(*_STARTS) is None and (begun or not columns.has(Role.RECURRING_AMOUNT)):
                continue  # beside contracts that say when they began, a log of their changes would count them twice
            started, ended = columns.day(*_STARTS), columns.ended()
            own = [as_attribute(columns, one.binding) if one.binding.table == columns.table else "NULL" for one in told]
            said = "".join(f", {value} AS {one.attribute.column}" for value, one in zip(own, told, strict=True))
            amount = columns.monthly(Role.RECURRING_AMOUNT, Role.AMOUNT, Role.UNIT_PRICE)
            selects.append(
                f"SELECT {route.customer} AS who, {columns.text(Role.PLAN, Role.CONTRACT_TYPE, Role.PRODUCT)} AS plan,"
                f" {started} AS started, {ended} AS ended, {amount} AS amount, {columns.flag(Role.TRIAL)} AS trial,"
                f" {columns.number(Role.SEATS)} AS seats, {columns.text(Role.CONTRACT_TYPE)} AS contract_type{said} FROM {source}"
                f" WHERE COALESCE({started}, {literal(self._model.as_of)}) <= {literal(self._model.as_of)}{but_never_begun(self._model, columns)}"
            )
        return selects

    def _campaigns(self) -> list[str]:
        selects = []
        for columns, route, source in self._of(TableKind.CAMPAIGNS):
            name = columns.text(Role.TOPIC, Role.PROMO_CODE)
            selects.append(
                f"SELECT {route.customer} AS who, COALESCE({name}, {literal(columns.table)}) AS campaign,"
                f" {columns.day(*_DATES)} AS day, {columns.text(Role.TREATMENT_GROUP)} AS treatment,"
                f" {columns.flag(Role.OUTCOME_CONVERTED)} AS converted, {columns.number(Role.OUTCOME_AMOUNT)} AS amount"
                f" FROM {source}"
            )
        return selects


_BOUGHT = (Role.PURCHASE_DATE, Role.EVENT_DATE)
_MARKING = frozenset({
    Role.ATTRIBUTE, Role.FLAG, Role.TOPIC, Role.CATEGORY, Role.ORDER_STATUS, Role.ACCOUNT_STATUS, Role.CHURN_LABEL, Role.RESOLVED,
    Role.COMPLAINT, Role.STORE, Role.SALE_CHANNEL, Role.OUTCOME_CONVERTED, Role.MEASURE, Role.SATISFACTION,
})  # fmt: skip
_MET_AT = {TableKind.USAGE: "usage", TableKind.OTHER: "log", TableKind.INVOICES: "bill", TableKind.PAYMENTS: "bill"}  # kind of table -> kind of event; what is booked or bought is an act
_SEVERAL = 1.5  # rows a customer under which dated rows are no events that come back
_MOST_MARKS = 6  # columns of events told value by value: each value is one more tried
_TOPICS = (Role.TOPIC, Role.CATEGORY, Role.ATTRIBUTE)
_SETTLING = (Role.RESOLVED, Role.ORDER_STATUS, Role.ACCOUNT_STATUS)
_DETAILS = (Role.ATTRIBUTE, Role.ACQUISITION_CHANNEL)
_STARTS = (Role.START_DATE, Role.SIGNUP_DATE, Role.EVENT_DATE)


def _row(
    day: str, kind: str, value: str, flag: str, label: str, settled: str = "NULL", dated: str = "NULL",
    detail: str = "NULL", waited: str = "NULL",
) -> str:
    return (
        f"{day} AS day, '{kind}' AS kind, CAST({value} AS DOUBLE) AS value, CAST({flag} AS BOOLEAN) AS flag,"
        f" CAST({label} AS VARCHAR) AS label, CAST({settled} AS DATE) AS settled, CAST({dated} AS BOOLEAN) AS dated,"
        f" CAST({detail} AS VARCHAR) AS detail, CAST({waited} AS DOUBLE) AS waited"
    )


def _survey(columns: Columns, day: str, role: Role) -> str:
    return _row(day, "survey", columns.number(role), "NULL", literal(role.value))


def _rows(kind: str, columns: Columns, day: str, waited: str) -> list[str]:
    """The touches one row of a table makes: an answered survey with two scores makes two."""
    topic = columns.text(*_TOPICS)
    if kind == "survey":
        scores = [role for role in (Role.NPS, Role.SATISFACTION) if columns.has(role)]
        return [_survey(columns, day, role) for role in scores] or [_row(day, kind, "NULL", "NULL", topic)]
    if kind == "contact":
        opened = columns.flag(Role.OPENED) if columns.has(Role.OPENED) else columns.flag(Role.CLICKED)
        return [_row(day, kind, "NULL", opened, topic, detail=columns.text(Role.SALE_CHANNEL, *_DETAILS))]
    if kind == "ticket":
        settled = columns.day(Role.RESOLVED_DATE)
        detail = columns.text(*_DETAILS) if columns.has(Role.TOPIC) else "NULL"
        dated = "TRUE" if columns.has(Role.RESOLVED_DATE) else "FALSE"
        return [_row(day, kind, columns.number(Role.SATISFACTION), _settled(columns), topic, settled, dated, detail, waited)]
    return [_row(day, kind, f"COALESCE({columns.number(Role.USAGE_COUNT, Role.QUANTITY)}, 1)", "NULL", topic)]


def _settled(columns: Columns) -> str:
    """Whether a ticket was settled: its date of resolution, else its status."""
    if columns.has(Role.RESOLVED_DATE):
        return f"({columns.day(Role.RESOLVED_DATE)} IS NOT NULL)"
    found = columns.binding(*_SETTLING)
    if found is None:
        return "NULL"
    if columns.is_flag(found.column) or columns.is_number(found.column):
        return columns.as_flag(found.column)
    word = f"LOWER(STRIP_ACCENTS({columns.as_text(found.column)}))"
    yes = columns.as_flag(found.column)
    words = f"REGEXP_MATCHES({word}, '{_SETTLED}') AND NOT REGEXP_MATCHES({word}, '{_UNSETTLED}')"
    return f"COALESCE({yes}, {words})"
