"""Reduce the loaded files to one row per customer, as of a date: read once, asked many times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from analytics.customers import attributes as describing
from analytics.customers.constant import constant
from analytics.customers.customer_table import CustomerQuery, Rhythm, StateRule
from analytics.customers.derived import AGE_TODAY, LABELS_TOLD_APART, EventMark, Held, derived
from analytics.customers.event_marks import of_marks
from analytics.customers.events import Events
from analytics.customers.header_timing import names_what_went_wrong, timing_of_ticket
from analytics.customers.last_orders import last_orders, unplaced_flags
from analytics.customers.lines import LineReader, LineSource, attribute_name, attribute_type
from analytics.customers.order_refs import number_tickets
from analytics.customers.profiles import Profiles
from analytics.customers.repeated_faults import repeated_faults, so_far
from analytics.customers.reply_waits import ReplyWait, of_reply_waits
from analytics.customers.routes import Routes
from analytics.customers.sales_lists import LIST, list_attribute, sales_lists
from analytics.customers.statements import statement
from analytics.customers.tickets import FollowedTickets, days_after_an_order
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType, DataModel, LostBasis
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.signs import Sign
from analytics.datamodel.statuses import complaints_among, gives_back_sql
from analytics.workspace import Database, literal, quote
from vocabulary.language import Text

if TYPE_CHECKING:
    import pyarrow as pa

_PURCHASES = (
    "customer_key INTEGER, order_id VARCHAR, day DATE, amount DECIMAL(18, 2), quantity DOUBLE, on_promo BOOLEAN,"
    " category VARCHAR, product VARCHAR, store VARCHAR, channel VARCHAR, kept BOOLEAN"
)
_TYPES = {ColumnType.FLAG: "BOOLEAN", ColumnType.NUMBER: "DOUBLE", ColumnType.DATE: "DATE", ColumnType.CATEGORY: "VARCHAR"}


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a reduction wrote, and how to look at another date.

    Args:
        attributes: columns of `customers` beside the fixed ones.
        purchase_attributes: columns of `purchases` beside the fixed ones.
        tables: reduced tables that hold rows.
        rhythm: the base's own pace, on which the states rest.
        query: what makes `customers`, for `customers_at`.
    """

    attributes: tuple[Attribute, ...]
    purchase_attributes: tuple[Attribute, ...]
    tables: frozenset[str]
    rhythm: Rhythm
    query: CustomerQuery


def reduce(database: Database, model: DataModel, state: StateRule) -> Reduction:
    """Write `customers`, `purchases`, `customer_months`, `touches`, `contracts` (see `schema.py`) from the loaded files.

    Args:
        database: the data file, writable, holding the loaded tables.
        model: what they mean.
        state: the rule that names each customer's state (`measures/state.py`).

    Where no file names a customer (sales of a till, a list of shops), `customers` is empty and not among the tables.
    """
    routes = Routes(database, model)
    reader, events = LineReader(database, model, routes), Events(database, model, routes)
    lines = reader.sources()
    ids = [f"SELECT who FROM ({line.sql}) WHERE day <= {literal(model.as_of)}" for line in lines]
    ids += events.contract_ids()
    profiles = Profiles(database, model, routes)
    if not ids and not profiles.has_table():
        ids = events.touch_ids()
    read = profiles.write(" UNION ALL ".join(ids) or "SELECT CAST(NULL AS VARCHAR) AS who")
    bought = _write_purchases(database, model, lines or reader.anonymous())
    if not lines:
        number_tickets(database)
    told = profiles.of_contracts(read)
    tables = events.write(told)
    database.execute(f"CREATE OR REPLACE TABLE appearances AS {statement('appearances')}")
    counts = database.row("SELECT (SELECT COUNT(*) FROM profiles), (SELECT COUNT(*) FROM purchases)")
    held = replace(_held(database, bought, model.lost.sign, events.marks()), followed=_followed_tickets(database, model, events), prices=events.price_changes())
    own, varying = constant(database, bought), _varying(database, unplaced_flags(bought))
    wait = events.reply_wait() if held.followed is not None and held.followed.within is None else None  # under a contract
    query = _query(model, read, tuple(one.attribute for one in told), bought, own, held, varying, wait=wait, customers=counts[0], lines=counts[1])
    rhythm = query.create(database, state)
    _write_months(database, query.buckets)
    if counts[1]:
        tables |= {"purchases", "customer_months"}
    if database.row("SELECT COUNT(*) FROM unnamed_purchases")[0]:
        tables |= {"unnamed_purchases"}
    return Reduction(query.attributes, bought, tables | {"customers"} if counts[0] or profiles.has_table() else tables, rhythm, query)


def customers_at(
    database: Database, query: CustomerQuery, state: StateRule, day: date, sample: int | None = None
) -> pa.Table:
    """The `customers` table as it stood at `day`, in memory: nothing later is read, `lost` is NULL.

    Args:
        database: the data file, read-only or not.
        query: what made `customers`.
        state: the rule that names states.
        day: the date looked from.
        sample: about how many customers, drawn by a stable hash of their id; all when None.
    """
    return query.at(database, day, sample, state)


def _write_purchases(database: Database, model: DataModel, lines: tuple[LineSource, ...]) -> tuple[Attribute, ...]:
    routes = Routes(database, model)
    described: dict[str, Attribute] = {}
    for line in lines:
        for binding in line.bindings:
            name = attribute_name(binding)
            if name not in described:
                kind = attribute_type(routes.columns(binding.table), binding)
                taken = frozenset(attribute.name for attribute in described.values())
                alone = sum(1 for other in model.bindings if other.role is binding.role) == 1
                column = f"p{len(described)}"
                described[name] = describing.from_file(binding, column, kind, alone=alone, taken=taken)
    lists = sales_lists(model, dict.fromkeys(line.table for line in lines if model.kind(line.table) is not TableKind.RETURNS))
    if lists:
        described[LIST] = list_attribute(model, lists, f"p{len(described)}")
    extra = "".join(f", {quote(a.column)} {_TYPES[a.type]}" for a in described.values())
    for name in ("purchases", "unnamed_purchases"):
        database.execute(f"CREATE OR REPLACE TABLE {name} ({_PURCHASES}{extra})")
    states = tuple(quote(attribute.column) for attribute in described.values() if attribute.role is Role.ORDER_STATUS and attribute.type is ColumnType.CATEGORY)
    for line in lines:
        own = {attribute_name(binding) for binding in line.bindings}
        held = {name: f"s.{quote(name)}" for name in own} | ({LIST: literal(lists[line.table])} if line.table in lists else {})
        values = "".join(f", {held.get(name, 'NULL')}" for name in described)
        back = states if model.kind(line.table) is TableKind.RETURNS else ()
        database.execute(f"""
            INSERT INTO purchases
            SELECT c.customer_key, COALESCE(s.order_ref, CONCAT(c.customer_key, '/', s.day)), s.day, s.amount,
                   s.quantity, s.on_promo, s.category, s.product, s.store, s.channel, {_stands("purchases", back)}{values}
            FROM ({line.sql}) s JOIN profiles c ON c.customer_id = s.who
            WHERE s.day <= {literal(model.as_of)}""")
        database.execute(f"""
            INSERT INTO unnamed_purchases
            SELECT NULL, s.order_ref, s.day, s.amount, s.quantity, s.on_promo, s.category, s.product, s.store, s.channel,
                   {_stands("unnamed_purchases", back)}{values}
            FROM ({line.sql}) s WHERE s.who IS NULL AND s.day <= {literal(model.as_of)}""")
    if returns := model.of_kind(TableKind.RETURNS):
        told = ("on_promo", "category", "product", "store", "channel", *(attribute.column for attribute in described.values() if attribute.type in (ColumnType.CATEGORY, ColumnType.FLAG)))
        for table in ("purchases", "unnamed_purchases"):
            _as_the_line(database, table, told)
        if any(model.find(Role.ORDER_ID, table=table.table) is not None for table in returns):
            _as_their_order(database, told)
    return tuple(described.values())


def _stands(table: str, states: tuple[str, ...]) -> str:
    """SQL: whether a line counts; what a file of returns takes off an order that says itself that it was given back was never in the revenue.

    An order whose own state is « remboursée » counts nowhere: taking off what was given back of it as well would take it off twice.

    Args:
        table: the purchases read so far.
        states: of a file of returns, the columns of purchases that say the state of an order.
    """
    if not states:
        return "s.kept"
    back = " OR ".join(f"COALESCE({gives_back_sql(state)}, FALSE)" for state in states)
    undone = f"SELECT order_id FROM {table} WHERE order_id IS NOT NULL GROUP BY 1 HAVING NOT BOOL_OR(COALESCE(kept, TRUE)) AND BOOL_OR({back})"
    return f"s.kept AND (s.order_ref IS NULL OR s.order_ref NOT IN ({undone}))"


def _as_their_order(database: Database, columns: tuple[str, ...]) -> None:
    """What was sent back is of the shop, the category, the promotion of its order, where all its lines are: a share of revenue takes both off alike."""
    for table in ("purchases", "unnamed_purchases"):
        alike, filled = _alike(columns), _filled(table, columns)
        database.execute(f"""
            UPDATE {table} SET {filled} FROM (
                SELECT customer_key AS who, order_id AS ref, {alike} FROM {table}
                WHERE order_id IN (SELECT order_id FROM {table} WHERE amount < 0) AND amount >= 0 GROUP BY ALL
            ) o WHERE {table}.customer_key IS NOT DISTINCT FROM o.who AND {table}.order_id = o.ref AND {table}.amount < 0""")


def _alike(columns: tuple[str, ...]) -> str:
    """What all the lines of a group say alike."""
    return ", ".join(f"CASE WHEN COUNT(DISTINCT {quote(name)}) = 1 AND COUNT({quote(name)}) = COUNT(*) THEN MIN({quote(name)}) END AS {quote(name)}" for name in columns)


def _filled(table: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{quote(name)} = COALESCE({table}.{quote(name)}, o.{quote(name)})" for name in columns)


def _as_the_line(database: Database, table: str, columns: tuple[str, ...]) -> None:
    """What was sent back by its name is what the line of its order that sold it says; its category, else, is the one it is always sold under."""
    told = tuple(name for name in columns if name != "product")
    back = f"{table}.amount < 0 AND {table}.product IS NOT NULL"
    database.execute(f"""
        UPDATE {table} SET {_filled(table, told)} FROM (
            SELECT customer_key AS who, order_id AS ref, product AS what, {_alike(told)} FROM {table}
            WHERE order_id IN (SELECT order_id FROM {table} WHERE amount < 0) AND amount >= 0 AND product IS NOT NULL GROUP BY ALL
        ) o WHERE {table}.customer_key IS NOT DISTINCT FROM o.who AND {table}.order_id = o.ref AND {table}.product = o.what AND {back}""")
    database.execute(f"""
        UPDATE {table} SET category = o.category FROM (
            SELECT product AS what, {_alike(("category",))} FROM {table} WHERE amount >= 0 AND product IS NOT NULL GROUP BY ALL
        ) o WHERE {table}.product = o.what AND {table}.category IS NULL AND o.category IS NOT NULL AND {back}""")


def _write_months(database: Database, buckets: int) -> None:
    for bucket in range(buckets):
        verb = "CREATE OR REPLACE TABLE customer_months AS" if bucket == 0 else "INSERT INTO customer_months"
        database.execute(f"{verb} {statement('months')}", {"buckets": buckets, "bucket": bucket})


def _held(database: Database, bought: tuple[Attribute, ...], sign: Sign, marks: tuple[EventMark, ...]) -> Held:
    """What the reduced events hold, so that no attribute is derived from nothing."""
    rows, *counts = database.row("""
        SELECT COUNT(*), COUNT(DISTINCT category), COUNT(DISTINCT store), COUNT(DISTINCT channel), COUNT(on_promo),
               COUNT(*) FILTER (WHERE amount < 0) FROM purchases""")
    purchases = {name for name, n in zip(("category", "store", "channel", "on_promo", "returns"), counts, strict=True) if n}
    purchases |= {name for name, n in (("stores", counts[1]), ("channels", counts[2])) if n > 1}
    signups, births = database.row("SELECT COUNT(signup), COUNT(born) FROM profiles")
    people = frozenset({"born"} if births else ())
    if rows:
        purchases |= {"any", "signup"} if signups else {"any"}
    if {Role.DELIVERY_DATE, Role.PROMISED_DATE} <= {attribute.role for attribute in bought}:
        purchases.add("delivered")
    touches: set[str] = set()
    for kind, label, flags in database.rows("SELECT kind, CASE WHEN kind = 'survey' THEN label END, COUNT(flag) FROM touches GROUP BY ALL"):
        touches.add(f"{kind}_{label}" if kind == "survey" else kind)
        if flags:
            touches.add({"contact": "opened", "ticket": "settled"}.get(kind, kind))
    if database.row("SELECT COUNT(*) FROM touches WHERE kind = 'ticket' AND dated")[0]:
        touches.add("settled_on")
    told = ("plan", "trial", "seats", "contract_type", "any")
    contracts = database.row("SELECT COUNT(plan), COUNT(trial), COUNT(seats), COUNT(contract_type), COUNT(*) FROM contracts")
    known = {name for name, n in zip(told, contracts, strict=True) if n}
    return Held(
        frozenset(purchases), frozenset(touches), frozenset(known), _words(database, "contact"), people,
        ticket_details=_words(database, "ticket", "detail"), roles_left=_words(database, "user_left"), sign=sign,
        complaints=complaints_among([row[0] for row in database.rows(_TICKET_LABELS)]),
        marks=tuple(replace(mark, values=_told_apart(database, mark.column)) for mark in marks),
    )  # fmt: skip


def _followed_tickets(database: Database, model: DataModel, events: Events) -> FollowedTickets | None:
    """What tickets say month by month under a contract, order by order in a shop; None where there are too few, or nothing to follow."""
    silent, bought = model.lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS), model.lost.sign is Sign.PURCHASE
    if model.lost.basis is LostBasis.NONE or (silent and not (bought and model.lost.days)):
        return None
    if database.row("SELECT COUNT(*) FROM touches WHERE kind = 'ticket'")[0] < _LEAST_MET:
        return None
    columns = events.tickets()
    labels = [row[0] for row in database.rows(_TICKET_LABELS)]
    topics, details = _words(database, "ticket", least=_LEAST_MET), _words(database, "ticket", "detail", least=_LEAST_MET)
    return FollowedTickets(
        topics, details, **columns, announcing=tuple(label for label in labels if timing_of_ticket(label, topic=True) is Timing.WARNING),
        by_topic=events.tickets_tell_topics(), wrong=all(names_what_went_wrong(file) for file, _ in columns["day"]),
        within=days_after_an_order(model.lost.days) if silent and model.lost.days else None,
    )  # fmt: skip


def _told_apart(database: Database, column: str) -> tuple[str, ...]:
    """The values of an event's column worth counting, the most frequent first: not the ordinary one, whose count tells who comes most."""
    rows = database.rows(f"SELECT {column}, COUNT(*) FROM touches WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1")
    total = sum(count for _, count in rows)
    ordinary = 1 if rows and (2 * rows[0][1] > total or len(rows) == 2) else 0
    return tuple(value for value, count in rows[ordinary:] if count >= _LEAST_MET)


def _varying(database: Database, columns: tuple[str, ...]) -> frozenset[str]:
    """The columns of yes or no that change between orders of the same customers, the first order apart: it tells a newcomer."""
    kept = "SELECT customer_key, day, {0} AS said, MIN(day) OVER (PARTITION BY customer_key) AS first FROM purchases WHERE kept"
    both = "SELECT COUNT(*) FROM (SELECT customer_key FROM ({kept}) WHERE day > first GROUP BY 1 HAVING BOOL_OR(said) AND BOOL_OR(NOT said))"
    return frozenset(one for one in columns if database.row(both.format(kept=kept.format(quote(one))))[0] >= _LEAST_VARYING)


_LEAST_VARYING = 30  # customers of whom a flag must change
_LEAST_MET = 30  # events of a value under which nothing can be learnt of it


_TICKET_LABELS = "SELECT DISTINCT label FROM touches WHERE kind = 'ticket' AND label IS NOT NULL ORDER BY 1"


def _words(database: Database, kind: str, column: str = "label", *, least: int = 1) -> tuple[str, ...]:
    """The words a kind of event is told apart by, met at least so often, the most frequent first; none when there are too many."""
    rows = database.rows(
        f"SELECT {column}, COUNT(*) FROM touches WHERE kind = ? AND {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1", [kind]
    )
    return tuple(word for word, count in rows[:LABELS_TOLD_APART] if count >= least) if len(rows) <= 3 * LABELS_TOLD_APART else ()


def _query(
    model: DataModel, read: tuple[Attribute, ...], told: tuple[Attribute, ...], bought: tuple[Attribute, ...],
    own: tuple[tuple[Attribute, str], ...], held: Held, varying: frozenset[str], *, wait: ReplyWait | None, customers: int, lines: int,
) -> CustomerQuery:
    attributes: list[Attribute] = []
    expressions: dict[str, str] = {}
    touched: dict[str, str] = {}
    for attribute in (*read, *told):
        column = f"a{len(expressions)}"
        expressions[column] = f"d.{attribute.column}"
        if attribute.role is Role.OTHER_DATE:
            expressions[column] = f"COALESCE(d.{attribute.column} <= $day, FALSE)"
            said = attribute.title
            title = Text(f"« {said.fr} » renseigné", f"“{said.en}” given")
            absent = Text(f"« {said.fr} » non renseigné", f"“{said.en}” not given")
            attribute = replace(attribute, type=ColumnType.FLAG, derived=True, title=title, absent=absent)
        attributes.append(replace(attribute, column=column))
    taken = {attribute.name for attribute in attributes}
    taken |= {AGE_TODAY for attribute in attributes if attribute.role is Role.AGE and attribute.type is ColumnType.NUMBER}  # the file's own
    for one in (*derived(held), *of_marks(held.marks), *of_reply_waits(wait)):
        if one.name in taken:
            continue
        column = f"a{len(expressions)}"
        attributes.append(one.attribute(column))
        if not one.fixed:
            expressions[column] = one.sql
        if one.touched:
            touched[one.name] = one.touched
    closing, lasting = dict[str, str](), dict[str, str]()
    own = tuple((attribute, sql) for attribute, sql in own if attribute.name not in taken)
    same = {attribute.column for attribute, _ in own}
    of_orders = tuple(attribute for attribute in bought if attribute.column not in same)
    for place, (last, sql) in enumerate((*own, *last_orders(of_orders, varying))):
        column = f"a{len(expressions)}"
        attributes.append(replace(last, column=column))
        table, aggregates = ("e", lasting) if place < len(own) else ("c", closing)
        expressions[column], aggregates[last.column] = f"{table}.{last.column}", sql
    for repeated, wrong in repeated_faults(of_orders):
        column = f"a{len(expressions)}"
        attributes.append(replace(repeated, column=column))
        expressions[column], lasting[f"twice_{repeated.column}"] = f"COALESCE(e.twice_{repeated.column}, FALSE)", so_far(wrong)
    dates = {attribute.role: attribute.column for attribute in bought}
    return CustomerQuery(
        lost=model.lost, as_of=model.as_of, transactional=lines > 0, attributes=tuple(attributes),
        expressions=expressions, touched=touched, closing=closing, lasting=lasting, delivered=dates.get(Role.DELIVERY_DATE),
        promised=dates.get(Role.PROMISED_DATE), contracts=told, marks=tuple(mark.column for mark in held.marks), lines=lines, customers=customers,
    )  # fmt: skip

