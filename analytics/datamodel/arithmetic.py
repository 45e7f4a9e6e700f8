"""Which of several amounts is what was paid, told by the columns' own arithmetic: price times quantity, less the discount, plus the tax."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of, plain, says, words_of
from analytics.datamodel.identity import Roles, column_of
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.nameless_sums import nameless_price, nameless_tax
from analytics.datamodel.opt_outs import header_words
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.row_sums import (
    CENT,
    FREE,
    HOLDS,
    LEAST,
    OFTEN,
    READ,
    ROUNDED,
    grows_with,
    measures_of,
    number_with,
    priced_by,
    share_where,
)
from analytics.datamodel.sql import as_number
from analytics.datamodel.totals import carries_over, settle_totals
from analytics.workspace import Database, quote

_SOLD = (TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.ORDER_LINES)
_GROWS = 0.7  # elasticity of a price to the quantity (0: of one unit, 1: of the line) from which it is the line's
_FEE = re.compile(  # what the bank, or the market place, keeps of what the customer paid
    r"^((montant (de la )?)?commissions?( \w+)?|frais|fees?"
    r"|(paypal|stripe|transaction|processing|card|card processing|service|etsy|platform|selling|seller|final value|referral|merchant|market ?place|closing|fba|payment|gateway) fees?"
    r"|frais (de )?(la )?(transaction|paiement|service|vente|bancaires?|plate ?forme|market ?place))$"
)
_DOUBTFUL = 0.5  # score of what the manager is asked about


def settle_amounts(
    database: Database, tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]
) -> None:
    """Give AMOUNT to the column that a table's sales come to, when another was taken for it, or none.

    Looked for: the amount chosen times the quantity (it was a price), less the discount (it was gross), plus the tax (it was
    before tax); without any amount, the price times the quantity, less the discount or not. Nearly every row must hold to
    the cent; a discount may be a sum, a percentage or a share.
    """
    for table in tables:
        found = roles[table.table]
        if kinds[table.table] not in _SOLD:
            continue
        if any(guess.role is Role.AMOUNT and guess.given for guess in found.values()):
            _step(database, table, found, _STEPS[:1])  # whatever the tool's export is known for, a price of which the file has the multiple is no amount
            continue
        _price_taken(database, table, found)
        for _ in range(len(_STEPS)):  # a price becomes a gross amount, which becomes what was paid
            if not _step(database, table, found):
                break
        _with_what_is_added(database, table, found)
        _confirmed(database, table, found)
        before = settle_totals(database, table, found)
        _of_each_line(database, table, found)
        _line_total(database, table, found)
        _before_fees(database, table, found)
        _billed_side(database, table, found)
        _before_tax(database, table, found)
        nameless_tax(database, table, found)
        nameless_price(database, table, found)
        _only_cost(table, found)
        _price_and_quantity(database, table, found)
        _goods(database, table, found, before)


def _step(database: Database, table: TableProfile, found: dict[str, Guess], steps: Sequence[tuple[Role, str, Role | None]] | None = None) -> bool:
    named = {role: column for role in _COUNTED if (column := number_with(table, found, role)) is not None}
    free = FREE if Role.QUANTITY in named else FREE | {Role.UNIT_PRICE}  # of one thing a row, the price is the amount
    left = [
        column for column in table.columns
        if column.type is ColumnType.NUMBER and (column.column not in found or found[column.column].role in free)
    ]  # fmt: skip
    amount = named.get(Role.AMOUNT)
    for role, expression, becomes in (steps or _STEPS) if amount is not None else _UNSAID:
        if role not in named or (amount is None and not {Role.UNIT_PRICE, Role.QUANTITY} <= named.keys()):
            continue
        if role is Role.DISCOUNT and not says(named[role].name, "discount"):
            continue  # what an insurer pays is off the customer's share, not off the sale
        taxes = [c for c in table.columns if c.type is ColumnType.NUMBER and c.column in found and found[c.column].role is Role.VAT]
        ways = [{**named, Role.VAT: tax} for tax in taxes] if role is Role.VAT and len(taxes) <= _MANY else [named]  # one of them may be their sum
        for total in left:
            if any(_holds(database, table, way, total, expression) for way in ways):
                found[total.column] = Guess(Role.AMOUNT, 0.95, 0.0, 1.0)
                if amount is not None and becomes is not None:
                    found[amount.column] = replace(found[amount.column], role=becomes)
                return amount is not None
    return False


def _with_what_is_added(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """What was paid is the sum of the amount chosen and of another (« Gross paid » = « Ticket value » + « Booking fee »).

    Its header says so, or the amount was hardly sure.
    """
    amount, free = number_with(table, found, Role.AMOUNT), measures_of(table, found)
    if amount is None or len(free) > _MANY:
        return
    prices = [c for c in table.columns if c.type is ColumnType.NUMBER and c.column in found and found[c.column].role in (Role.SHIPPING, Role.UNIT_PRICE)]
    for total in free:
        said = frozenset[str]().union(*concepts_of(total.name))
        if said & _NOT_PAID or not (said & _PAID or found[amount.column].score < _UNSURE):
            continue
        for part in (column for column in (*free, *prices) if column is not total and not says(column.name, "discount") and not carries_over(column)):
            more = f"ABS({as_number(part)}) > {CENT}"
            if share_where(database, table, more) >= OFTEN and share_where(database, table, _adds_up(total, amount, part)) >= HOLDS:
                found[total.column] = Guess(Role.AMOUNT, 0.95, 0.0, 1.0)
                found[amount.column] = replace(found[amount.column], role=Role.MEASURE)
                return


def _confirmed(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """An amount hardly sure is sure once it is another sum of the row less the discount, or plus the tax: nobody need be asked."""
    amount, free = number_with(table, found, Role.AMOUNT), measures_of(table, found)
    if amount is None or len(free) > _MANY or found[amount.column].score >= _UNSURE:
        return
    for role, sign in ((Role.DISCOUNT, "-"), (Role.VAT, "+")):
        part = number_with(table, found, role)
        if part is None:
            continue
        for whole in free:
            made = f"{as_number(whole)} {sign} ABS(COALESCE({as_number(part)}, 0))"
            held = f"ABS({as_number(amount)} - ({made})) <= GREATEST({CENT}, {ROUNDED} * ABS({as_number(amount)}))"
            if share_where(database, table, f"ABS({as_number(part)}) > {CENT}") >= OFTEN and share_where(database, table, held) >= HOLDS:
                found[amount.column] = replace(found[amount.column], score=0.95, learned=False)
                return


def _adds_up(total: ColumnProfile, first: ColumnProfile, second: ColumnProfile) -> str:
    """SQL: whether a sum is that of two columns, to the cent; an empty part adds nothing."""
    both = f"{as_number(first)} + COALESCE({as_number(second)}, 0)"
    return f"ABS({as_number(total)} - ({both})) <= GREATEST({CENT}, {ROUNDED} * ABS({as_number(total)}))"


_UNSURE = 0.8
_PAID = frozenset({"amount", "total", "payment", "ttc"})
_NOT_PAID = frozenset({"balance", "discount", "due", "cost", "margin", "subtotal", "ht", "promised", "points", "vat"})


def _before_fees(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """What the customer paid is what stands before the fees of the bank or the service (« Net » = « Brut » - « Commission »)."""
    amount = number_with(table, found, Role.AMOUNT)
    if amount is None:
        return
    numbers = [c for c in table.columns if c.type is ColumnType.NUMBER and (c.column not in found or found[c.column].role in FREE)]
    fees = [column for column in numbers if _FEE.search(header_words(column.name))]
    for fee in fees:
        for gross in (column for column in numbers if column is not fee):
            rows, held, telling = database.row(
                f"""SELECT COUNT(*), COUNT(*) FILTER (ABS(gross - net - ABS(fee)) <= {CENT}), COUNT(*) FILTER (ABS(fee) > {CENT} AND gross > 0)
                FROM (SELECT {as_number(gross)} AS gross, {as_number(amount)} AS net, {as_number(fee)} AS fee FROM {quote(table.table)} t LIMIT {READ})
                WHERE gross IS NOT NULL AND net IS NOT NULL AND fee IS NOT NULL"""
            )
            if telling >= max(LEAST, rows / 2) and held >= HOLDS * rows:
                found[gross.column] = Guess(Role.AMOUNT, 0.95, 0.0, 1.0)
                found[amount.column] = replace(found[amount.column], role=Role.MEASURE)
                return


def _billed_side(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """In an account of customers kept in two columns, what was billed is the debit; not sure enough to go unasked.

    A credit taken for the amount by its name alone is not, where few rows have one: those are credit notes or late payments.
    """
    sides = {plain(c.name).strip(): c for c in table.columns if c.type is ColumnType.NUMBER and plain(c.name).strip() in ("debit", "credit")}
    if len(sides) < 2:
        return
    taken = column_of(found, Role.AMOUNT)
    few = taken == sides["credit"].column and sides["credit"].filled <= sides["debit"].filled
    if column_of(found, Role.UNIT_PRICE) is not None or (taken is not None and not few):
        return
    debit, credit = (f"(COALESCE({as_number(sides[side])}, 0) <> 0)" for side in ("debit", "credit"))
    rows, one, billed = database.row(
        f"SELECT COUNT(*), COUNT(*) FILTER ({debit} <> {credit}), COUNT(*) FILTER ({debit}) FROM {quote(table.table)} t"
    )
    if rows >= LEAST and one >= HOLDS * rows and billed:
        if few:
            found[sides["credit"].column] = replace(found[sides["credit"].column], role=Role.MEASURE)
        found[sides["debit"].column] = Guess(Role.AMOUNT, _DOUBTFUL, _DOUBTFUL, 1.0)


def _of_each_line(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """An order's total, the same on each of its lines, gives way to the sum of each line, which together make it."""
    amount, order = number_with(table, found, Role.AMOUNT), column_of(found, Role.ORDER_ID)
    free = measures_of(table, found)
    if amount is None or order is None or len(free) > _MANY:
        return
    number, total = f"CAST(t.{quote(order)} AS VARCHAR)", as_number(amount)
    for own in free:
        several, repeated, made = database.row(
            f"""SELECT COUNT(*), COUNT(*) FILTER (low = high), COUNT(*) FILTER (ABS(whole - high) <= GREATEST({CENT}, {ROUNDED} * ABS(high)))
            FROM (SELECT MIN({total}) AS low, MAX({total}) AS high, SUM({as_number(own)}) AS whole FROM {quote(table.table)} t
                  WHERE {number} IS NOT NULL GROUP BY {number} HAVING COUNT(*) > 1)"""
        )
        if several >= LEAST and repeated >= HOLDS * several and made >= HOLDS * several:
            found[own.column], found[amount.column] = Guess(Role.AMOUNT, 0.95, 0.0, 1.0), replace(found[amount.column], role=Role.MEASURE)
            return


def _line_total(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """A price that grows with the quantity is what the line came to (« Prix TTC » of three coffees): multiplied, it would count twice.

    Goods are compared with themselves where a column names them; a header that says « unitaire » is believed.
    """
    price, quantity = number_with(table, found, Role.UNIT_PRICE), number_with(table, found, Role.QUANTITY)
    if price is None or quantity is None or column_of(found, Role.AMOUNT) is not None:
        return
    if says(price.name, "unit") or says(price.name, "unitprice"):
        return
    grows = grows_with(database, table, quantity, price, column_of(found, Role.PRODUCT_ID) or column_of(found, Role.PRODUCT))
    if grows is not None and grows >= _GROWS:
        found[price.column] = Guess(Role.AMOUNT, 0.95, 0.0, 1.0)
    elif set(words_of(quantity.name)) & _PARTY and not _BY_HEAD.search(plain(price.name)) and price.distinct > _PRICE_LIST * price.filled:
        found[price.column] = Guess(Role.AMOUNT, _DOUBTFUL, _DOUBTFUL, 1.0)  # what a trip cost those who came, nearly each its own: asked


_BY_HEAD = re.compile(r"(?<![a-z])(par|per|by|pp|pers|each|ticket|billet|entree|place|seat|adulte?|tete|head)(?![a-z])|/")
_PRICE_LIST = 0.5  # different prices among the rows: fewer are a list of prices by head
_PARTY = frozenset("pax passager passenger voyageur traveller traveler personne person people participant couvert cover convive guest adulte adult".split())


def _before_tax(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """A price that the tax alone parts from what was paid is the same sum before tax, not that of one thing."""
    amount, price, tax = (number_with(table, found, role) for role in (Role.AMOUNT, Role.UNIT_PRICE, Role.VAT))
    if amount is None or price is None or tax is None or says(price.name, "unit") or says(price.name, "unitprice"):
        return
    several = number_with(table, found, Role.QUANTITY)
    if several is not None and share_where(database, table, f"{as_number(several)} > 1") < OFTEN:
        return  # of one thing a row, it is both
    if share_where(database, table, f"ABS({as_number(tax)}) > {CENT}") >= OFTEN and share_where(database, table, _adds_up(amount, price, tax)) >= HOLDS:
        found[price.column] = replace(found[price.column], role=Role.MEASURE)


def _only_cost(table: TableProfile, found: dict[str, Guess]) -> None:
    """Where a file of sales says no price and no margin, its one cost is what the customer was charged (« Net Cost »); asked."""
    known, costs = {guess.role for guess in found.values()}, [c for c in table.columns if c.column in found and found[c.column].role is Role.COST]
    priced = known & {Role.AMOUNT, Role.UNIT_PRICE, Role.MARGIN, Role.RECURRING_AMOUNT, Role.TOTAL_SPENT, Role.QUANTITY, Role.PRODUCT_ID}
    if len(costs) == 1 and not priced and not _BOUGHT.search(plain(costs[0].name)):
        found[costs[0].column] = Guess(Role.AMOUNT, _DOUBTFUL, _DOUBTFUL, 1.0)


_BOUGHT = re.compile(r"achat|purchas|revient|cogs|wholesale|buy|fournisseur|supplier|unit|(?<![a-z])pa(?![a-z])|vendor|stock")


def _goods(database: Database, table: TableProfile, found: dict[str, Guess], before: ColumnProfile | None) -> None:
    """Where nothing names what is sold, the words that each have their price do (« Prestation », "Cut"): that `before` an insurer or a reduction."""
    amount, quantity = number_with(table, found, Role.AMOUNT), number_with(table, found, Role.QUANTITY)
    price = number_with(table, found, Role.UNIT_PRICE) or (before or amount if quantity is None else None)  # of one thing a row
    if price is None or any(column_of(found, role) is not None for role in (Role.PRODUCT, Role.PRODUCT_ID, Role.CATEGORY)):
        return
    words = [c for c in table.columns if c.column in found and found[c.column].role is Role.ATTRIBUTE and 2 < c.distinct <= _EACH_SOLD * table.rows]
    for good in sorted(words, key=lambda column: -column.distinct):
        if priced_by(database, table, good, price, _PRICES):
            found[good.column] = Guess(Role.PRODUCT, _TOLD_BY_PRICES, 0.0, 1.0)
            return


def _price_and_quantity(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """The number and the price that make the amount of each row, whatever their headers (« Portions », "Containers", "Price ea").

    Where the header says the price, they may be tonnes, and make a sum of before the carriage or the rebate, which was itself
    taken for the number sold (« Nb places », « Prix place », « Billets » of 68,00).
    """
    amount, quantity, price = (number_with(table, found, role) for role in (Role.AMOUNT, Role.QUANTITY, Role.UNIT_PRICE))
    free = measures_of(table, found)
    if amount is None or len(free) > _MANY:
        return
    if price is not None:
        sums = [amount, *(c for c in free if not says(c.name, "points"))] if quantity is None else [quantity]
        counts = [c for c in free if c.low is not None and c.low >= 0 and c.distinct > 1 and (c.integer or _weighs(c))]
        made = next(((c, s) for s in sums for c in counts if c is not s and _makes(database, table, c, price, s)), None)
        if made is not None:
            found[made[1].column] = replace(found[made[1].column], role=Role.MEASURE) if made[1] is quantity else found[made[1].column]
            _counted(found, made[0], price)
        return
    counts = [c for c in free if c.integer and c.low is not None and c.low >= 0] if quantity is None else [quantity]
    for count in counts:
        for unit in free:
            if unit is not count and _makes(database, table, count, unit, amount):
                _counted(found, count, unit)
                return


def _price_taken(database: Database, table: TableProfile, found: dict[str, Guess]) -> None:
    """A price taken for what was paid is the price of one where what multiplies it makes another sum of the row (« Tonnes », « Prix/t », « Brut »)."""
    amount, free = number_with(table, found, Role.AMOUNT), measures_of(table, found)
    if amount is None or len(free) > _MANY or not says(amount.name, "price") or says(amount.name, "total") or says(amount.name, "amount"):
        return
    if column_of(found, Role.QUANTITY) is not None or column_of(found, Role.UNIT_PRICE) is not None:
        return
    counts = [c for c in free if c.low is not None and c.low >= 0 and c.distinct > 1 and (c.integer or _weighs(c))]
    made = next(((c, s) for s in free for c in counts if c is not s and not says(s.name, "points") and _makes(database, table, c, amount, s)), None)
    if made is not None:
        _counted(found, made[0], amount)
        found[made[1].column] = Guess(Role.AMOUNT, 0.95, 0.0, 1.0)


def _counted(found: dict[str, Guess], count: ColumnProfile, unit: ColumnProfile) -> None:
    """So many at that price; hours at so much an hour are no goods, the days of a hire are, as the nights of a stay."""
    said = set(words_of(count.name))
    if not says(count.name, "distance") and (said & _DAYS or not says(count.name, "duration")):
        found[count.column] = Guess(Role.QUANTITY, 0.9, 0.0, 1.0)
    found[unit.column] = Guess(Role.UNIT_PRICE, 0.9, 0.0, 1.0)


def _weighs(column: ColumnProfile) -> bool:
    """Whether numbers that are not whole may be tonnes or metres, rather than a rate, a coefficient, a price in another currency."""
    return (column.high or 0) > _MOST_RATE and not any(says(column.name, word) for word in ("rate", "percent", "price", "amount"))


_MOST_RATE = 2
_DAYS = frozenset("jour jours day days".split())


def _makes(database: Database, table: TableProfile, count: ColumnProfile, unit: ColumnProfile, amount: ColumnProfile) -> bool:
    """Whether so many at that price is the amount, on nearly every row, and there are often several."""
    several = share_where(database, table, f"ABS({as_number(count)}) > 1")
    product = f"ABS({as_number(unit)} * {as_number(count)} - {as_number(amount)}) <= GREATEST({CENT}, {ROUNDED} * ABS({as_number(amount)}))"
    return several >= OFTEN and share_where(database, table, product) >= HOLDS


_MANY = 10  # numbers left without a meaning, beyond which nothing is looked for


_TOLD_BY_PRICES = 0.6
_EACH_SOLD = 0.2  # different goods among the rows: each is sold several times
_PRICES = 1.5  # prices of a good over the period, on average, at most


def _holds(
    database: Database, table: TableProfile, named: Mapping[Role, ColumnProfile], total: ColumnProfile, expression: str
) -> bool:
    """Whether the total is that, on nearly every row, and often enough another sum than the amount or the price alone."""
    read = ", ".join(f"{as_number(column)} AS {role.value}" for role, column in named.items())
    asked = [role.value for role in named if role.value in expression]
    alone = Role.AMOUNT.value if Role.AMOUNT in named else Role.UNIT_PRICE.value
    rows, held, telling = database.row(
        f"""SELECT COUNT(*), COUNT(*) FILTER (ABS(total - ({expression})) <= GREATEST({CENT}, {ROUNDED} * ABS(total))),
                   COUNT(*) FILTER (ABS(total - {alone}) > {CENT})
        FROM (SELECT {read}, {as_number(total)} AS total FROM {quote(table.table)} t LIMIT {READ})
        WHERE total IS NOT NULL AND {" AND ".join(f"{name} IS NOT NULL" for name in asked)}"""
    )
    return bool(telling >= max(LEAST, OFTEN * rows) and held >= HOLDS * rows)


_COUNTED = (Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY, Role.DISCOUNT, Role.VAT)
_PARTS = ("ABS(discount)", "{} * ABS(discount)", "{} * ABS(discount) / 100")  # a sum, a share, a percentage
# By the column that leads to what was paid: the arithmetic, and what the amount chosen then was.
_STEPS: tuple[tuple[Role, str, Role | None], ...] = (
    (Role.QUANTITY, "amount * quantity", Role.UNIT_PRICE),
    *((Role.DISCOUNT, f"amount - {part.format('amount')}", Role.MEASURE) for part in _PARTS),
    (Role.VAT, "amount + vat", Role.MEASURE),
)
_UNSAID: tuple[tuple[Role, str, Role | None], ...] = (
    *((Role.DISCOUNT, f"unit_price * quantity - {part.format('unit_price * quantity')}", None) for part in _PARTS),
    (Role.QUANTITY, "unit_price * quantity", None),
)
