"""Purchases as they stand in the files, whatever their shape, written as SELECTs of one and the same form."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analytics.customers import totals
from analytics.customers.columns import Columns
from analytics.customers.counted_orders import order_by_order, orders_counted
from analytics.customers.full_price import names_promotion
from analytics.customers.order_refs import row_order
from analytics.customers.routes import Routes
from analytics.customers.wanted import mean_factor, wanted_amounts
from analytics.datamodel.documents import credits_of, drafts_of, payouts_of, refund_column, says_money, settled_of
from analytics.datamodel.model import Binding, ColumnType, DataModel
from analytics.datamodel.money import Vat, vat_of
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.side_lines import SideLines, side_lines
from analytics.datamodel.statuses import are_bills, gives_back_sql, undone_flag, undone_sql
from analytics.workspace import Database, literal, quote

_RATE = ("%", "taux", "rate", "pct", "percent", "pourcent")

P_ROLES = frozenset({
    Role.ATTRIBUTE, Role.FLAG, Role.MEASURE, Role.PAYMENT_METHOD, Role.DELIVERY_METHOD, Role.SELLER, Role.DISCOUNT,
    Role.PROMO_CODE, Role.SHIPPING, Role.VAT, Role.COST, Role.MARGIN, Role.REGION, Role.CITY, Role.COUNTRY,
    Role.SATISFACTION, Role.NPS, Role.DELIVERY_DATE, Role.PROMISED_DATE, Role.TOPIC, Role.UNIT_PRICE,
    Role.ORDER_STATUS, Role.PLAN, Role.CONTRACT_TYPE,
})  # fmt: skip


_OF_MONEY = frozenset({Role.DISCOUNT, Role.SHIPPING, Role.VAT, Role.COST, Role.MARGIN})


@dataclass(frozen=True, slots=True)
class LineSource:
    """One SELECT of purchase lines: who, order_ref, day, amount, quantity, on_promo, ... then one per attribute."""

    sql: str
    bindings: tuple[Binding, ...]  # of the attributes it can give
    table: str  # whose rows they are, or that of their orders


class Pair:
    """A table of lines and, when dates or customers stand elsewhere, the table of its orders."""

    def __init__(self, line: Columns, head: Columns | None = None) -> None:
        """Keep both; the line's own column wins over its order's."""
        self.line, self.head = line, head

    def side(self, *roles: Role) -> Columns:
        """The table that reads the first of the roles that either has."""
        for role in roles:
            if self.line.has(role):
                return self.line
            if self.head is not None and self.head.has(role):
                return self.head
        return self.line

    def has(self, role: Role) -> bool:
        """Whether either table has the role."""
        return self.line.has(role) or (self.head is not None and self.head.has(role))

    def text(self, *roles: Role) -> str:
        """The first role as text."""
        return self.side(*roles).text(*roles)

    def day(self, *roles: Role) -> str:
        """The first role as a date."""
        return self.side(*roles).day(*roles)


def _money(expression: str) -> str:
    return f"TRY_CAST({expression} AS DECIMAL(18, 2))"


def _discount_is_rate(binding: Binding, model: DataModel) -> float | None:
    """The divisor that turns the column into a fraction of the price, or None when it holds amounts."""
    table = next(table for table in model.tables if table.table == binding.table)
    profile = table.column(binding.name)
    high = profile.high or 0.0
    says_rate = any(word in binding.name.lower() for word in _RATE) or any("percent" in habit for habit in profile.habit)
    if 0 < high <= 1:
        return 1.0 if says_rate or not profile.integer else None
    return 100.0 if says_rate and high <= 100 else None


def discount_in_money(binding: Binding, model: DataModel) -> bool:
    """Whether a discount surely holds amounts that add up, and no percentages: many different ones, above a hundred or in cents.

    Args:
        binding: the column of the discount.
        model: what the files mean.
    """
    profile = next(table for table in model.tables if table.table == binding.table).column(binding.name)
    if profile.type is not ColumnType.NUMBER or _discount_is_rate(binding, model) is not None or (profile.high or 0.0) <= 1:
        return False
    return profile.distinct > _RATES_GIVEN and ((profile.high or 0.0) > 100 or not profile.integer)


_RATES_GIVEN = 20  # different percentages at most that a house gives


def _is_mark(binding: Binding, model: DataModel) -> bool:
    """Whether a discount column only says that there was one (0 or 1)."""
    profile = next(table for table in model.tables if table.table == binding.table).column(binding.name)
    return profile.integer and (profile.high or 0) <= 1


def amount(columns: Columns, model: DataModel) -> str | None:
    """What the customer paid for a row, below nought where it gives money back; None if unknown."""
    value, given = _written(columns, model), credits_of(model, columns.table)
    return value if value is None or given is None else _money(given.signed(value, columns.alias))


def _written(columns: Columns, model: DataModel) -> str | None:
    """The amount of a row, else its unit price x quantity less its discount, as they are written."""
    paid = columns.binding(Role.AMOUNT)
    if paid is not None:
        return _money(columns.as_money(_as_wanted(paid, model).column))
    price = columns.binding(Role.UNIT_PRICE)
    if price is None:
        return None
    gross = columns.as_money(price.column)
    if columns.has(Role.QUANTITY):
        gross = f"{gross} * COALESCE({columns.number(Role.QUANTITY)}, 1)"
    discount = columns.binding(Role.DISCOUNT)
    if discount is not None and columns.is_number(discount.column) and not _is_mark(discount, model):
        value, divisor = f"COALESCE({columns.as_number(discount.column)}, 0)", _discount_is_rate(discount, model)
        gross = f"{gross} - {value}" if divisor is None else f"{gross} * (1 - {value} / {divisor})"
    return _money(gross)


def _as_wanted(paid: Binding, model: DataModel) -> Binding:
    """The amounts with VAT or without, as the manager wants them, where both stand in columns of their own."""
    wanted = model.money.vat
    told = vat_of(model, paid.table) if wanted is not None else None
    return paid if told is None or told.other is None or told.held in (None, wanted) else told.other


def on_promo(pair: Pair) -> str:
    """Whether a row was bought on promotion; NULL when nothing in the files tells."""
    signs = []
    for role in (Role.DISCOUNT, Role.PROMO_CODE):
        for columns in (pair.line, pair.head):
            found = columns.binding(role) if columns is not None else None
            if columns is None or found is None:
                continue
            if columns.is_flag(found.column):
                signs.append(f"COALESCE({columns.reference(found.column)}, FALSE)")
            elif columns.is_number(found.column):
                signs.append(f"COALESCE({columns.as_number(found.column)}, 0) > 0")
            else:
                signs.append(names_promotion(columns.as_text(found.column)))
    return f"({' OR '.join(signs)})" if signs else "CAST(NULL AS BOOLEAN)"


def given_back(database: Database, columns: Columns, status: Binding, amount: str) -> str | None:
    """SQL: the rows below nought whose state says that money was given back; None where rows above nought are in such a state too.

    « Remboursé » of a sale undoes it, and the row below nought beside it, in the same state, undoes it too: both are left out. Where only rows below
    nought say so, the sales they give back stand under their own state, and leaving them out would count what was given back as revenue.

    Args:
        database: the loaded tables.
        columns: the table of the status.
        status: the column that says the state.
        amount: SQL of what a row amounts to.
    """
    if columns.is_flag(status.column) or " OVER " in amount:
        return None
    back = gives_back_sql(columns.as_text(status.column))
    below, above = database.row(
        f"SELECT COUNT(*) FILTER ({amount} < 0), COUNT(*) FILTER ({amount} > 0) FROM {quote(columns.table)} {columns.alias} WHERE {back}"
    )
    return f"COALESCE({back} AND {amount} < 0, FALSE)" if below and not above else None


def kept(pair: Pair, model: DataModel, database: Database) -> str:
    """Whether a row stands: false for an order cancelled, refused, sent back or never paid, as any of its statuses says."""
    signs = []
    for columns in (pair.line, pair.head):
        if columns is not None:
            named = [columns.binding(role) for role in (Role.PURCHASE_DATE, Role.ORDER_ID)]
            billed = are_bills(model.kind(columns.table), *(binding.name for binding in named if binding is not None))
            statuses = columns.roles.get(Role.ORDER_STATUS, ())
            value = amount(columns, model) if statuses else None
            stand = []
            for status in statuses:
                back = None if value is None else given_back(database, columns, status, value)
                stands = _stands(columns, status, billed=billed)
                stand.append(stands if back is None else f"({stands} OR {back})")
            given = credits_of(model, columns.table) if statuses else None
            if given is not None:  # of a credit note, « Remboursé » says that the money went back
                told = (_stands(columns, status, billed=billed, given=True) for status in statuses if status.column != given.column.column)
                stand = [f"CASE WHEN {given.condition(columns.alias)} THEN {' AND '.join(told) or 'TRUE'} ELSE {' AND '.join(stand)} END"]
            signs += stand
        for found in columns.roles.get(Role.FLAG, ()) if columns is not None else ():
            if columns is not None and columns.is_flag(found.column) and undone_flag(found.name):
                signs.append(f"NOT COALESCE({columns.reference(found.column)}, FALSE)")
    return f"({' AND '.join(signs)})" if signs else "TRUE"


def _stands(columns: Columns, status: Binding, *, billed: bool, given: bool = False) -> str:
    """Whether the status of an order says that it stands."""
    if columns.is_flag(status.column):
        undone_when_true = undone_sql(literal(status.name), billed=billed, given=given)
        value = columns.reference(status.column)
        return f"COALESCE(CASE WHEN {undone_when_true} THEN NOT {value} ELSE TRUE END, TRUE)"
    return f"NOT COALESCE({undone_sql(columns.as_text(status.column), billed=billed, given=given)}, FALSE)"


class LineReader:
    """Writes the SELECTs that read purchases out of the loaded tables of one model."""

    def __init__(self, database: Database, model: DataModel, routes: Routes) -> None:
        """Keep what is needed to write SQL; nothing is run yet."""
        self._database, self._model, self._routes = database, model, routes
        self._sides: dict[tuple[str, str], SideLines | None] = {}

    def sources(self) -> tuple[LineSource, ...]:
        """Every table of purchases: lines with their orders, orders alone, transactions, returns."""
        found: list[LineSource] = []
        lines = self._model.of_kind(TableKind.ORDER_LINES)
        headed: dict[str, list[str]] = {}
        for table in lines:
            header = self._routes.header(table.table)
            if header is None or self._routes.identity(table.table) is not None and self._dated(table.table):
                found += self._flat(table.table)
            else:
                headed.setdefault(header, []).append(table.table)
        for name in self._purchase_tables():
            if name in headed:
                found += [self._with_header(line, name) for line in headed[name]]
                found += self._flat(name, without=headed[name])
            else:
                found += self._flat(name)
        if self._model.money.returns != "gross":
            for table in self._model.of_kind(TableKind.RETURNS):
                found += self._returns(table.table)
            for name in (*self._purchase_tables(), *(table.table for table in lines)):
                found += self._refunded(name)
        return tuple(found)

    def anonymous(self) -> tuple[LineSource, ...]:
        """The same, of tables that say nothing of who bought: sold to nobody known."""
        return LineReader(self._database, self._model, Routes(self._database, self._model, nameless=True)).sources()

    def _purchase_tables(self) -> tuple[str, ...]:
        tables = self._model.of_kind(TableKind.TRANSACTIONS)
        if not tables and not self._model.of_kind(TableKind.SUBSCRIPTIONS):
            tables = self._model.of_kind(TableKind.INVOICES)
        return tuple(table.table for table in tables)

    def _dated(self, table: str) -> bool:
        return self._model.find(Role.PURCHASE_DATE, table=table) is not None

    def _flat(self, table: str, without: list[str] | None = None) -> list[LineSource]:
        """Rows of one table; `without`: tables of lines that already tell some of its orders."""
        route = self._routes.route(table)
        columns = self._routes.columns(table)
        pair = Pair(columns)
        if route is None or pair.side(Role.PURCHASE_DATE, Role.EVENT_DATE).binding(*_DATES) is None:
            return []
        value, joins, where = self._of_lines(columns), route.joins, self._sold(columns)
        if value is None:
            value, paid = self._paid(columns)
            joins += paid
        for number, line in enumerate(without or []):
            there = self._routes.columns(line, f"l{number}")
            told = f"SELECT {there.text(Role.ORDER_ID)} FROM {quote(line)} l{number}"
            where += f" AND {columns.text(Role.ORDER_ID)} NOT IN ({told} WHERE {there.text(Role.ORDER_ID)} IS NOT NULL)"
        many = orders_counted(self._model, table)
        order = row_order(self._database, columns, route, columns.day(*_DATES)) if many is None else f"CONCAT('{table}#', t.rowid)"
        value, off, left = self._reduced(columns, value)
        source = self._select(pair, route.customer, value, f"{quote(table)} t {joins}{off}", f"{where}{left}", order)
        if many is None:
            return [source]
        figures = [attribute_name(told) for told in source.bindings if attribute_type(columns, told) is ColumnType.NUMBER]
        return [replace(source, sql=order_by_order(source.sql, figures))]

    def _with_header(self, line: str, header: str) -> LineSource:
        route = self._routes.route(header, "h")
        columns, head = self._routes.columns(line), self._routes.columns(header, "h")
        value, given = self._of_lines_or_header(columns, head), credits_of(self._model, header)
        if given is not None:
            value = _money(given.signed(value, head.alias))
        source = (
            f"{quote(line)} t JOIN {quote(header)} h ON {head.text(Role.ORDER_ID)} = {columns.text(Role.ORDER_ID)}"
        )
        if route is None:
            raise LookupError(f"{header} names no customer")
        value, off, left = self._reduced(columns, value)
        return self._select(Pair(columns, head), route.customer, value, f"{source} {route.joins}{off}", f"{self._sold(head)}{left}")

    def _side(self, columns: Columns) -> SideLines | None:
        """The lines of a table that are no goods."""
        place = (columns.table, columns.alias)
        if place not in self._sides:
            table = next(t for t in self._model.tables if t.table == columns.table)
            self._sides[place] = side_lines(self._database, self._model, table, columns.alias)
        return self._sides[place]

    def _reduced(self, columns: Columns, value: str) -> tuple[str, str, str]:
        """The amount of a line less its share of what its order's lines of discount take off; the join, and the condition that drops them.

        Where VAT is told line by line, or the amount is a share of a total, they stay lines of their own.
        """
        side = self._side(columns)
        if side is None or not side.counts[1] or not side.shared or " OVER " in value or self._model.money.returns == "gross":
            return value, "", ""
        ref = columns.text(Role.ORDER_ID)
        goods = f"CASE WHEN {value} > 0 AND NOT {side.charged} THEN {value} ELSE 0 END"
        orders = (
            f"SELECT {ref} AS ref, SUM(CASE WHEN {side.taken} THEN {value} END) AS off, SUM({goods}) AS bought"
            f" FROM {quote(columns.table)} {columns.alias} GROUP BY 1 HAVING off < 0 AND bought + off >= 0 AND bought > 0"
        )
        less = totals.spread("reductions.off", goods, ref, f"{columns.alias}.rowid")
        amount = _money(f"CASE WHEN reductions.off IS NULL THEN {value} ELSE {value} + COALESCE({less}, 0) END")
        return amount, f" LEFT JOIN ({orders}) reductions ON reductions.ref = {ref}", f" AND NOT ({side.taken} AND reductions.off IS NOT NULL)"

    def _sold(self, columns: Columns) -> str:
        """Which rows are sales: not the quotes and delivery notes of a list of documents, nor the payouts, fees and payments of a statement."""
        others = (told(self._model, columns.table) for told in (drafts_of, payouts_of, settled_of))
        return " AND ".join(f"NOT {rows.condition(columns.alias)}" for rows in others if rows is not None) or "TRUE"

    def _of_lines(self, columns: Columns) -> str | None:
        """What each line cost; an order's total repeated on its lines is shared between them."""
        value = amount(columns, self._model)
        if value is None or not columns.has(Role.AMOUNT):
            return value
        if not totals.repeats_the_total(self._database, columns, value):
            return value
        return totals.spread(value, totals.weight_of(columns), columns.text(Role.ORDER_ID), f"{columns.alias}.rowid")

    def _of_lines_or_header(self, line: Columns, head: Columns) -> str:
        """What each line cost by itself, or its share of its order's total when that says better what was paid."""
        own, total = self._of_lines(line), amount(head, self._model)
        if total is None:
            return own or "CAST(NULL AS DECIMAL(18, 2))"
        if own is not None and not totals.header_wins(self._database, line, own, head, total):
            total = self._without_carriage(head, total)
            if total is None or not totals.header_wins(self._database, line, own, head, total):
                return own
        weight = totals.weight_of(line) if own is None else f"GREATEST(COALESCE({own}, 0), 0.01)"
        return totals.spread(total, weight, line.text(Role.ORDER_ID), f"{line.alias}.rowid")

    def _without_carriage(self, head: Columns, total: str) -> str | None:
        """An order's total less the carriage it holds, which hides a discount taken off the whole; None where no column tells it."""
        carriage = head.binding(Role.SHIPPING)
        if carriage is None or not head.is_number(carriage.column):
            return None
        return _money(f"({total} - COALESCE({head.as_number(carriage.column)}, 0))")

    def _paid(self, columns: Columns) -> tuple[str, str]:
        """What payments say an order cost, for orders that do not say it themselves."""
        unknown = "CAST(NULL AS DECIMAL(18, 2))", ""
        if not columns.has(Role.ORDER_ID):
            return unknown
        for table in self._model.of_kind(TableKind.PAYMENTS):
            there = self._routes.columns(table.table, "y")
            value = amount(there, self._model)
            if value is None or not there.has(Role.ORDER_ID):
                continue
            source = f"SELECT {there.text(Role.ORDER_ID)} AS ref, SUM({value}) AS paid FROM {quote(table.table)} y GROUP BY 1"
            join = f" LEFT JOIN ({source}) payments ON payments.ref = {columns.text(Role.ORDER_ID)}"
            return "CAST(payments.paid AS DECIMAL(18, 2))", join
        return unknown

    def _returns(self, table: str) -> list[LineSource]:
        """What was sent back: lines with a negative amount."""
        route, columns = self._routes.route(table), self._routes.columns(table)
        value = amount(columns, self._model)
        if route is None or value is None or columns.binding(*_DATES) is None:
            return []
        given = f"-ABS({value})"
        factor = 1.0 if columns.has(Role.VAT) or vat_of(self._model, table).other is not None else self._vat_factor()
        if factor != 1.0:
            # A factor of fifteen decimals times an exact amount overflows: DuckDB would multiply them as decimals.
            given = f"TRY_CAST(CAST({given} AS DOUBLE) * {factor!r} AS DECIMAL(18, 2))"
        return [self._select(Pair(columns), route.customer, given, f"{quote(table)} t {route.joins}", "TRUE")]

    def _refunded(self, table: str) -> list[LineSource]:
        """What was given back of each order, told in a column of its own: lines with a negative amount beside the order's."""
        route, told = self._routes.route(table), refund_column(self._model, table)
        columns = self._routes.columns(table)
        if route is None or told is None or columns.binding(*_DATES) is None:
            return []
        back = f"ABS({columns.as_number(told.column)})"
        if columns.has(Role.ORDER_ID) and totals.repeats_the_total(self._database, columns, _money(back)):
            back = totals.spread(back, totals.weight_of(columns), columns.text(Role.ORDER_ID), f"{columns.alias}.rowid")
        given = _money(f"-{back} * {self._vat_factor()!r}")
        order = row_order(self._database, columns, route, columns.day(*_DATES))
        where = f"{columns.as_number(told.column)} <> 0"
        return [self._select(Pair(columns), route.customer, given, f"{quote(table)} t {route.joins}", where, order, money_only=True)]

    def _factor_of_columns(self, told: Vat) -> float:
        """What the sales come to in the column of the other side, over what they come to as they stand."""
        paid = self._model.find(Role.AMOUNT, table=told.other.table) if told.other is not None else None
        if told.other is None or paid is None:
            return 1.0
        columns = self._routes.columns(paid.table)
        own, other = columns.as_number(paid.column), columns.as_number(told.other.column)
        changed, stands = self._database.row(
            f"SELECT SUM({other}), SUM({own}) FROM {quote(columns.table)} {columns.alias} WHERE {own} > 0 AND {other} > 0"
        )
        return float(changed) / float(stands) if changed and stands else 1.0

    def _vat_factor(self) -> float:
        """What turns money given back, whose VAT nobody tells, into the money wanted: the mean VAT of the sales."""
        told = vat_of(self._model)
        if self._model.money.vat in (None, told.held) or not told.known:
            return 1.0
        if told.column is None:
            return self._factor_of_columns(told)
        columns = self._routes.columns(told.column.table)
        value = amount(columns, self._model)
        return 1.0 if value is None else mean_factor(self._database, columns, value, told)

    def _select(
        self, pair: Pair, customer: str, value: str, source: str, where: str, order_ref: str | None = None, *,
        money_only: bool = False,
    ) -> LineSource:  # fmt: skip
        product, category, dims = self._product(pair)
        quantity = "NULL" if money_only else pair.side(Role.QUANTITY).number(Role.QUANTITY)
        side = self._side(pair.line)
        if side is not None:  # carriage and discounts are no goods
            none = f"CASE WHEN NOT ({side.charged} OR {side.taken}) THEN"
            product, quantity = f"{none} {product} END", f"{none} {quantity} END"
        fields = {
            "who": customer,
            "order_ref": order_ref or pair.text(Role.ORDER_ID),
            "day": pair.day(*_DATES),
            "amount": value,
            "quantity": quantity,
            "on_promo": on_promo(pair),
            "category": category,
            "product": product,
            "store": pair.text(Role.STORE, Role.STORE_ID),
            "channel": pair.text(Role.SALE_CHANNEL),
            "kept": kept(pair, self._model, self._database),
        }
        bindings = self._attributes(pair)
        for binding in bindings:
            place = pair.line if binding.table == pair.line.table else pair.head or pair.line
            told = attribute_type(place, binding) is not ColumnType.NUMBER or not money_only  # else the order's own row has told it
            fields[attribute_name(binding)] = self._as_sold(pair, place, binding) if told else "CAST(NULL AS DOUBLE)"
        written = ", ".join(f"{expression} AS {quote(name)}" for name, expression in fields.items())
        sql = f"SELECT {written} FROM {source} {dims} WHERE {where}"
        vat = pair.side(Role.VAT).binding(Role.VAT) if not money_only else None
        order = vat is not None and (pair.side(Role.VAT) is pair.head or self._whole_orders(pair.line))
        held = vat_of(self._model, pair.side(Role.AMOUNT, Role.UNIT_PRICE).table).held
        name = None if vat is None else attribute_name(vat)
        return LineSource(wanted_amounts(sql, self._model, held, vat, name, of_order=order), bindings, (pair.head or pair.line).table)

    def _as_sold(self, pair: Pair, columns: Columns, binding: Binding) -> str:
        """An attribute of a row; what a credit note says of money, or its lines, is given back, as its amount is."""
        value, rate = as_attribute(columns, binding), any(word in binding.name.lower() for word in _RATE)
        if attribute_type(columns, binding) is not ColumnType.NUMBER or rate or not (binding.role in _OF_MONEY or says_money(binding.name)):
            return value
        for side in (columns,) if pair.head in (None, columns) else (columns, pair.head):
            given = credits_of(self._model, side.table)
            value = value if given is None else given.signed(value, side.alias)
        return value

    def _whole_orders(self, columns: Columns) -> bool:
        """Whether each line of the table repeats what its whole order cost; asked only where it changes the VAT."""
        value = amount(columns, self._model) if self._model.money.vat is not None else None
        return value is not None and columns.has(Role.AMOUNT) and totals.repeats_the_total(self._database, columns, value)

    def _attributes(self, pair: Pair) -> tuple[Binding, ...]:
        found: dict[str, Binding] = {}
        for columns in (pair.line, pair.head):
            for binding in self._model.bindings:
                if columns is not None and binding.table == columns.table and binding.role in P_ROLES:
                    found.setdefault(attribute_name(binding), binding)
        return tuple(found.values())

    def _product(self, pair: Pair) -> tuple[str, str, str]:
        """The product and its category, from the line itself or through the table of products."""
        product, category = pair.text(Role.PRODUCT, Role.PRODUCT_ID), pair.text(Role.CATEGORY)
        if not pair.has(Role.PRODUCT_ID) or pair.has(Role.CATEGORY) and pair.has(Role.PRODUCT):
            return product, category, ""
        for table in self._model.of_kind(TableKind.PRODUCTS):
            there = self._routes.columns(table.table, "g")
            if not there.has(Role.PRODUCT_ID):
                continue
            source = (
                f"SELECT {there.text(Role.PRODUCT_ID)} AS ref, MIN({there.text(Role.CATEGORY)}) AS category,"
                f" MIN({there.text(Role.PRODUCT)}) AS product FROM {quote(table.table)} g GROUP BY 1"
            )
            join = f"LEFT JOIN ({source}) goods ON goods.ref = {pair.text(Role.PRODUCT_ID)}"
            return (
                product if pair.has(Role.PRODUCT) else f"COALESCE(goods.product, {product})",
                category if pair.has(Role.CATEGORY) else "goods.category",
                join,
            )
        return product, category, ""


_DATES = (Role.PURCHASE_DATE, Role.EVENT_DATE, Role.OTHER_DATE)


def attribute_name(binding: Binding) -> str:
    """The name under which an attribute's column travels: its header, or its role where the role is what is asked for."""
    return f"{binding.role.value}:{binding.name}"


def as_attribute(columns: Columns, binding: Binding) -> str:
    """The value of an attribute: yes/no, number, date or text, as it was read."""
    kind = attribute_type(columns, binding)
    if kind is ColumnType.FLAG:
        return columns.as_flag(binding.column)
    if kind is ColumnType.NUMBER:
        return columns.as_number(binding.column)
    if kind is ColumnType.DATE:
        return columns.as_day(binding.column)
    return columns.as_text(binding.column)


_DATE_ROLES = frozenset({
    Role.DELIVERY_DATE, Role.PROMISED_DATE, Role.SIGNUP_DATE, Role.START_DATE, Role.END_DATE, Role.CONSENT_DATE,
    Role.RENEWAL_DATE, Role.OTHER_DATE, Role.BIRTH_DATE, Role.FIRST_PURCHASE_DATE, Role.LAST_PURCHASE_DATE,
})  # fmt: skip
_WORD_ROLES = frozenset({Role.POSTCODE, Role.STORE, Role.CATEGORY, Role.PLAN, Role.ACQUISITION_CHANNEL})


def attribute_type(columns: Columns, binding: Binding) -> ColumnType:
    """How an attribute's values are kept."""
    if binding.role in _DATE_ROLES:
        return ColumnType.DATE
    if columns.is_flag(binding.column):
        return ColumnType.FLAG
    if columns.is_number(binding.column) and binding.role not in _WORD_ROLES:
        return ColumnType.NUMBER
    return ColumnType.DATE if columns.is_date(binding.column) else ColumnType.CATEGORY
