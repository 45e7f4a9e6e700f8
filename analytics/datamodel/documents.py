"""Rows of a list of documents that take no money: credit notes and refunds, which give it back, quotes and delivery notes.

An accounting export holds invoices and credit notes one below the other, told apart by a column of types, all amounts
positive: added up as they stand, each credit counts twice over as a sale. The column must speak of sales too (« Facture »
beside « Avoir »), so that a return ticket or a voucher paid with is not taken for money given back. A quote that stands beside invoices is the
same sale before it was one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from analytics.datamodel.headers import plain
from analytics.datamodel.model import Binding, ColumnProfile, ColumnType, DataModel, TableProfile
from analytics.datamodel.roles import Role
from analytics.workspace import literal, quote

_NOTE = r"(avoirs?|notes? de credit|credit ?(notes?|memos?)|notas? de credito|gutschrift)"
_BACK = r"(refunds?|refunded|remboursements?|retours?|returns?|returned|reembolsos?|devolucion(es)?|devolucao|devolucoes)"
_NOTES, _BACKS, _NOTE_ALONE = re.compile(rf"{_NOTE}\b"), re.compile(rf"{_BACK}\b"), re.compile(_NOTE)
_BILLS = re.compile(r"\b(factures?|facturations?|invoices?|ventes?|sales?|achats?|purchases?|commandes?|orders?|facturas?|ventas?|vendas?|rechnung)\b")
_TAKEN = re.compile(r"\b(charges?|payments?|paiements?|encaissements?|debits?)\b")
_OF_PAYMENTS = re.compile(r"\b(payments?|paiements?|transactions?|reglements?|operations?|mouvements?|movements?|encaissements?)\b")
_MONEY_BACK = re.compile(r"(refunds?|refunded|remboursements?|rembourse(e?s?)|charge ?backs?)\b")
_INVOICES = re.compile(r"\b(factures?|invoices?)\b")
_DRAFTS = re.compile(
    r"(devis|quotes?|quotations?|estimates?|pro ?formas?|facture pro ?forma|bons? de (livraison|commande|preparation|reception)"
    r"|delivery notes?|packing slips?|sales orders?)\b"
)
_DRAFT_CODES = frozenset({"dev", "devis", "bl", "bc", "pf"})
_PAYOUTS = re.compile(
    r"((.* )?payouts?|indemni(ty|ties|tes?|sations?)( .*)?|withdrawals?|transfer|general withdrawal|virements? (standard|sortants?|vers .*|bancaires? (emis|sortants?))|retraits?( .*)?"
    r"|reversements?|conversion (de|of) .*|(general )?currency conversion.*|(account )?hold.*|retenue.*|blocage.*|(general )?adjustment.*"
    r"|.*[^a-z]fees?( .*)?|frais .*|commissions?( .*)?|subscription fee|fba .*)$"
)
_SIDES = re.compile(r"(sens( (de l )?(ecriture|comptable|mouvement|operation))?|d c|dc|debit (ou )?credit|dr cr|side)$")
_DEBIT, _CREDIT = frozenset({"d", "db", "dr", "debit", "debiteur"}), frozenset({"c", "cr", "credit", "crediteur"})
_A_FEW = 0.25  # of the rows on one side of an account: credit notes; more than that, they are payments
_PAID_OUT = re.compile(r"versements?$")  # what a terminal pays out; a gift elsewhere
_NOTE_CODES = frozenset({"av", "avo", "cn", "crn", "cm"})
_BILL_CODES = frozenset({"fa", "fac", "fact", "fc", "inv", "in"})
_CODES = _DRAFT_CODES | _NOTE_CODES | _BILL_CODES
_TYPES = frozenset({Role.ATTRIBUTE, Role.TOPIC, Role.CATEGORY})
_REFUND = re.compile(r"(refund(s|ed)?|rembours(es?|ees?|ements?))$")
_OF_MONEY = frozenset("amount montant total value valeur somme sum ttc ht eur euro euros order commande partial partiel".split())
_AMOUNTS = frozenset("montant amount total totaux ttc ht net nets brut gross tva vat tax taxes subtotal ca".split())
_MOST_TYPES = 20
_MOST_ROWS = 0.5  # of the rows: where more than half give money back, the column says something else


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table: the column that tells which, and by which of its values (none for a yes/no)."""

    column: ColumnProfile
    values: tuple[str, ...]
    empty: bool = False  # they are those where the column, an amount, holds nothing

    def condition(self, alias: str = "t") -> str:
        """SQL: whether a row is one of them."""
        told = f"{alias}.{quote(self.column.column)}"
        if self.empty:
            return f"COALESCE(TRY_CAST({told} AS DOUBLE), 0) = 0"
        if self.column.type is ColumnType.FLAG:
            return f"COALESCE({told}, FALSE)"
        return f"COALESCE(TRIM(CAST({told} AS VARCHAR)) IN ({', '.join(literal(value) for value in self.values)}), FALSE)"

    def signed(self, amount: str, alias: str = "t") -> str:
        """SQL: the amount, below nought where it is given back; one already written with its sign keeps it."""
        return f"CASE WHEN {self.condition(alias)} THEN -ABS({amount}) ELSE {amount} END"


def _meant(model: DataModel, table: str) -> tuple[TableProfile, dict[str, Role]]:
    """A table of the model, and what its columns mean."""
    return next(t for t in model.tables if t.table == table), {b.column: b.role for b in model.bindings if b.table == table}


def credits_of(model: DataModel, table: str) -> Rows | None:
    """The credits of a table of the model; None when no column tells of any."""
    return credits_in(*_meant(model, table))


def credits_in(table: TableProfile, roles: Mapping[str, Role]) -> Rows | None:
    """The credits of a table.

    Args:
        table: its profile.
        roles: what its columns mean, by their internal name; a column the manager took out of the analyses is not there.
    """
    for column in table.columns:
        role = roles.get(column.column)
        if column.type is ColumnType.FLAG and role is Role.FLAG and _NOTE_ALONE.fullmatch(_words(column.name)):
            return Rows(column, ())
        given = _given_back(column, role)
        rows = sum(count for value, count in column.top if value in given)
        if given and rows <= _MOST_ROWS * column.filled:
            return Rows(column, tuple(dict.fromkeys(value.strip() for value in given)))
    return None


def drafts_of(model: DataModel, table: str) -> Rows | None:
    """The rows of a table of the model that are no sale yet: quotes, delivery notes; None when no column tells of any."""
    return drafts_in(*_meant(model, table))


def drafts_in(table: TableProfile, roles: Mapping[str, Role]) -> Rows | None:
    """The rows that are no sale yet, where the same column tells invoices from them (arguments as for `credits_in`)."""
    for column in table.columns:
        told = {value: _words(value) for value, _ in column.top}
        if not _tells_types(column, roles.get(column.column)) or len(told) > _MOST_TYPES:
            continue
        billed = any(_INVOICES.search(word) and not _DRAFTS.match(word) for word in told.values())
        coded = any(word in _BILL_CODES for word in told.values())
        drafts = [v for v, word in told.items() if (billed and _DRAFTS.match(word)) or (coded and word in _DRAFT_CODES)]
        if drafts:
            return Rows(column, tuple(sorted({value.strip() for value in drafts})))
    return None


def payouts_of(model: DataModel, table: str) -> Rows | None:
    """The rows of a table of the model that move the house's own money: payouts to its bank, fees; None when no column tells of any."""
    return payouts_in(*_meant(model, table))


def payouts_in(table: TableProfile, roles: Mapping[str, Role]) -> Rows | None:
    """The rows of a statement of payments that are no customer's, where the same column tells sales from them: by its values, or its header."""
    for column in table.columns:
        told = {value: _words(value) for value, _ in column.top}
        if roles.get(column.column) not in _TYPES or len(told) > _MOST_TYPES:
            continue
        sold = [word for word in told.values() if (_BILLS.search(word) or _TAKEN.search(word)) and not _BACKS.match(word)]
        given = any(_BACKS.match(word) for word in told.values())
        out = {value for value, word in told.items() if _PAYOUTS.match(word) or (given and _PAID_OUT.match(word))}
        taken = any(not _PAYOUTS.match(word) for word in sold) or (bool(_OF_PAYMENTS.search(_words(column.name))) and len(out) < len(told))
        if out and taken:
            return Rows(column, tuple(sorted({value.strip() for value in out})))
    return None


def settled_of(model: DataModel, table: str) -> Rows | None:
    """The rows of an account of customers that settle what was billed; None when nothing tells of any."""
    return settled_in(*_meant(model, table))


def settled_in(table: TableProfile, roles: Mapping[str, Role]) -> Rows | None:
    """The credit side of an account of customers, where debits and credits are about as many: payments of what the debits bill."""
    for column in table.columns:
        fewer = _fewer_side(column, roles.get(column.column))
        if fewer is not None and fewer[1] > _A_FEW * column.filled:
            return Rows(column, tuple(sorted(value.strip() for value, _ in column.top if _words(value) in _CREDIT)))
    named = {_words(column.name): column for column in table.columns}
    debit = named.get("debit")
    if debit is not None and "credit" in named and roles.get(debit.column) is Role.AMOUNT:
        return Rows(debit, (), empty=True)
    return None


def _fewer_side(column: ColumnProfile, role: Role | None) -> tuple[frozenset[str], int] | None:
    """Of a column that says debit or credit, the values of the side that has fewer rows, and how many; None of any other column."""
    if role not in _TYPES or not _SIDES.match(_words(column.name)):
        return None
    debit, credit = ([(v, n) for v, n in column.top if _words(v) in side] for side in (_DEBIT, _CREDIT))
    if not debit or not credit or len(debit) + len(credit) < len(column.top):
        return None
    fewer = min(credit, debit, key=lambda side: sum(n for _, n in side))
    return frozenset(value for value, _ in fewer), sum(n for _, n in fewer)


def refund_column(model: DataModel, table: str) -> Binding | None:
    """The column that tells how much of each order was given back (« Montant remboursé »); None when there is none."""
    for binding in model.bindings:
        words = _words(binding.name).split()
        said = [word for word in words if _REFUND.match(word)]
        if binding.table == table and binding.role is Role.MEASURE and said and set(words) <= {*said, *_OF_MONEY}:
            return binding
    return None


def says_money(header: str) -> bool:
    """Whether a header says an amount of what is bought: « Total HT », "Net amount"."""
    return bool(_AMOUNTS & set(_words(header).split()))


def _tells_types(column: ColumnProfile, role: Role | None) -> bool:
    """Whether a column describes, or holds nothing but kinds of documents under whatever header (« Pièce »: DEV, BL, FAC, AVO)."""
    if role in _TYPES or role is None:
        return role is not None
    told = {_words(value) for value, _ in column.top}
    return 1 < len(told) == column.distinct and all(word in _CODES or _DRAFTS.fullmatch(word) or _NOTES.fullmatch(word) or _INVOICES.fullmatch(word) for word in told)


def _given_back(column: ColumnProfile, role: Role | None) -> frozenset[str]:
    """The values that say that money is given back."""
    told = {value: _words(value) for value, _ in column.top}
    if len(told) > _MOST_TYPES:
        return frozenset()
    if (fewer := _fewer_side(column, role)) is not None and fewer[1] <= _A_FEW * column.filled:
        return fewer[0]
    if role is Role.ORDER_STATUS:  # an order refunded is cancelled (`statuses.py`); a document is of its own kind
        return frozenset(value for value, word in told.items() if _NOTE_ALONE.fullmatch(word))
    if not _tells_types(column, role):
        return frozenset()
    billed = any(_BILLS.search(word) and not _NOTES.match(word) and not _BACKS.match(word) for word in told.values())
    taken = billed or any(_TAKEN.search(word) and not _BACKS.match(word) for word in told.values())
    coded = any(word in _BILL_CODES for word in told.values())
    paid = bool(_OF_PAYMENTS.search(_words(column.name)))  # whatever its other values call what was paid: a premium, dues, a gift
    return frozenset(
        value for value, word in told.items()
        if (billed and _NOTES.match(word)) or (taken and _BACKS.match(word)) or (coded and word in _NOTE_CODES) or (paid and _MONEY_BACK.match(word))
    )  # fmt: skip


def _words(text: str) -> str:
    return re.sub(r"[^a-z]+", " ", plain(text)).strip()
