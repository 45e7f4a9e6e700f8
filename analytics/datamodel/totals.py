"""Which of the sums of an invoice is its total: not what was settled of it, nor what is left, nor the price before what takes it down.

The columns' own arithmetic tells it, over nearly every row, together with what their headers say of the parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import says
from analytics.datamodel.identity import column_of
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.opt_outs import header_words
from analytics.datamodel.roles import Role
from analytics.datamodel.sql import as_number
from analytics.workspace import Database, quote

_READ = 5000  # rows looked at
_HOLDS = 0.98  # share of the rows where the arithmetic must hold
_LEAST, _OFTEN = 20, 0.05  # rows, and share of them, where a part is something
_FEW, _SELDOM = 10, 0.02  # the same, of what is seldom there: a month unpaid, a balance carried over
_MOSTLY = 0.5  # of the rows, settled in full
_CENT, _ROUNDED = 0.011, 0.0005  # what rounding may move: a cent, or a little of large sums
_MANY = 12  # columns of numbers beyond which nothing is looked for
_SURE = 0.95
_FREE = frozenset({Role.MEASURE, Role.TOTAL_SPENT, Role.COST, Role.MARGIN, Role.RECURRING_AMOUNT, Role.UNIT_PRICE, Role.DISCOUNT})


def _said(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])({words})(?![a-z])")


_THEIRS = _said(  # whoever pays in the customer's place, and what takes a price down; a gift card only pays
    r"aides?|allocations?|subventions?|prises? en charge|caf|ccas|opco|mutuelle|secu|assurances?|insurance|ins|insurer|employe[ur]+|employer"
    r"|grants?|subsid(y|ies)|bursar(y|ies)|bourses?|funded|funding|scholarships?|tiers( payant)?|vouchers?|coupons?|bons?"
    r"|remises?|rabais|reductions?|ristournes?|escomptes?|avantages?|discounts?|savings?|rebates?|allowances?|markdowns?|concessions?|promos?|promotions?"
)
_SETTLED = _said(
    r"regle(e|s|es)?|reglements?|encaisse(e|s|es)?|encaissements?|paye(e|s|es)?|paid|payments?|paiements?|percu(e|s|es)?|received|settled|collected"
    r"|verse(e|s|es)?|versements?|acomptes?|arrhes|avances?|deposits?|downpayments?|down payments?"
)
_REST = _said(r"restes?|restant(e|s|es)?|soldes?|balances?|outstanding|remaining|owing|owed|unpaid|impayee?s?|due|montant du|encours|arrears")
_TO_PAY = _said(r"a (payer|regler|prelever|encaisser)|to (pay|collect)")
_CARRIED = _said(
    r"anterieure?s?|precedente?s?|previous|prior|opening|reports?|reportee?s?|arrieres?|arrears?|carried|brought|b f|bf|past due|overdue|old|ancien(ne)?s?"
)
_BY_CUSTOMER = _said(
    r"nette?s?|paid|payee?s?|regle(e|s|es)?|payer|charged|facturee?s?|billed|apres|after|client|customer|famille|family|patient|member|adherent|final|sold|vendue?s?"
)
_BY_OTHERS = _said(
    r"marges?|margins?|profits?|benefices?|couts?|costs?|revient|payouts?|reversee?s?|reversements?|vendeurs?|sellers?|merchants?|commercants?|points?"
    r"|commissions?|fees?|frais|cautions?|poids|weight|qte|qty|quantites?|quantity"
)
_MONTHS = _said(r"ttc|total|totale|montant|amount|current|facture|invoice|charges?|bill|month|mois|period|periode|consommations?|abonnement")


def settle_totals(database: Database, table: TableProfile, found: dict[str, Guess]) -> ColumnProfile | None:
    """Give AMOUNT to what was sold, where the column taken for it is another of the sums of the same invoice.

    What was settled and what is left make the total; what was settled is the total on most rows and nought on those not paid
    yet; what was owed before is added to the month's own total; what a third party, or a reduction, takes off a price that is
    said to be one of before leaves what the customer pays. Returns the column that was taken for it, if it was another.
    """
    numbers = [c for c in table.columns if c.type is ColumnType.NUMBER and (c.column not in found or found[c.column].role in _FREE | {Role.AMOUNT})]
    taken = next((column for column in numbers if column.column == column_of(found, Role.AMOUNT)), None)
    if taken is None or len(numbers) > _MANY:
        return None
    for told in (_whole, _unpaid, _own, _lowered):
        other = told(database, table, numbers, taken)
        if other is not None:
            found[other.column] = Guess(Role.AMOUNT, _SURE, 0.0, 1.0)
            found[taken.column] = replace(found[taken.column], role=Role.MEASURE)
            return taken
    return None


def _whole(database: Database, table: TableProfile, numbers: Sequence[ColumnProfile], taken: ColumnProfile) -> ColumnProfile | None:
    """What was settled and what is left make it (« Total TTC » = « Réglé » + « Reste dû »); the amount chosen was one of the two."""
    settled = [c for c in numbers if _is(c, _SETTLED) and not _is(c, _THEIRS, _CARRIED)]
    left = [c for c in numbers if _is(c, _REST, _TO_PAY) and not _is(c, _CARRIED)]
    for one in settled:
        for rest in (column for column in left if column is not one and taken in (one, column)):
            for total in (c for c in numbers if c not in (one, rest)):
                if _adds(database, table, total, one, as_number(rest), _FEW, _SELDOM):
                    return total
    return None


def _unpaid(database: Database, table: TableProfile, numbers: Sequence[ColumnProfile], taken: ColumnProfile) -> ColumnProfile | None:
    """What was settled is the whole of it on most rows, and nothing, or a part, on those not paid yet.

    A discount lowers, and seldom to nought; of a price, half at most is a part paid so far (« Prix du stage », « Versé »).
    """
    for total in numbers if _is(taken, _SETTLED) else ():
        if total is taken or _is(total, _SETTLED, _REST, _CARRIED):
            continue
        rows, full, none, some, part = database.row(
            f"""SELECT COUNT(*), COUNT(*) FILTER (ABS(whole - paid) <= {_NEAR}), COUNT(*) FILTER (ABS(paid) <= {_CENT}),
                       COUNT(*) FILTER (paid > {_CENT} AND paid < whole - {_NEAR}), COUNT(*) FILTER (paid > {_CENT} AND paid <= {_PART} * whole)
            FROM (SELECT {as_number(total)} AS whole, COALESCE({as_number(taken)}, 0) AS paid FROM {quote(table.table)} t LIMIT {_READ}) WHERE whole <> 0"""
        )
        parts = says(total.name, "price") and part >= _MOST_PARTS * some and none + part >= max(_LEAST, _OFTEN * rows)
        if (parts or none >= max(_FEW, _SELDOM * rows, some)) and full >= _MOSTLY * rows and full + none + some >= _HOLDS * rows:
            return total
    return None


_PART, _MOST_PARTS = 0.5, 0.95  # of a price, at most; of the rows with less than it


def _own(database: Database, table: TableProfile, numbers: Sequence[ColumnProfile], taken: ColumnProfile) -> ColumnProfile | None:
    """What was owed before was added to it (« net à prélever » = « montant TTC » + « solde antérieur »): each month counts once."""
    for before in (column for column in numbers if column is not taken and carries_over(column)):
        for own in (c for c in numbers if c not in (before, taken) and _is(c, _MONTHS) and not _is(c, _CARRIED)):
            if _adds(database, table, taken, own, as_number(before), _FEW, _SELDOM):
                return own
    return None


def _lowered(database: Database, table: TableProfile, numbers: Sequence[ColumnProfile], taken: ColumnProfile) -> ColumnProfile | None:
    """What is left of a price once an aid, an insurer, a reduction has taken its part (« Net famille » = « Montant brut » - « Aide »)."""
    for net in (c for c in numbers if c is not taken and _is(c, _BY_CUSTOMER, _TO_PAY) and not _is(c, _BY_OTHERS, _REST, _THEIRS)):
        for part in (c for c in numbers if c not in (net, taken) and (_is(c, _THEIRS) or says(c.name, "discount"))):
            if _adds(database, table, taken, net, f"ABS({as_number(part)})", _LEAST, _OFTEN):
                return net
    return None


def carries_over(column: ColumnProfile) -> bool:
    """Whether a sum is what was owed before (« Solde antérieur », "Balance b/f")."""
    return _is(column, _CARRIED)


def _is(column: ColumnProfile, *said: re.Pattern[str]) -> bool:
    words = re.sub(r"[^a-z0-9]+", " ", header_words(column.name))
    return any(pattern.search(words) for pattern in said)


_NEAR = f"GREATEST({_CENT}, {_ROUNDED} * ABS(whole))"


def _adds(database: Database, table: TableProfile, whole: ColumnProfile, first: ColumnProfile, part: str, least: int, often: float) -> bool:
    """Whether a sum is that of a column and a part (SQL) on nearly every row, an empty one adding nothing, and each is often enough something."""
    rows, held, one, other = database.row(
        f"""SELECT COUNT(*), COUNT(*) FILTER (ABS(whole - first - part) <= {_NEAR}), COUNT(*) FILTER (ABS(first) > {_CENT}), COUNT(*) FILTER (ABS(part) > {_CENT})
        FROM (SELECT {as_number(whole)} AS whole, COALESCE({as_number(first)}, 0) AS first, COALESCE({part}, 0) AS part
              FROM {quote(table.table)} t LIMIT {_READ}) WHERE whole <> 0"""
    )
    return bool(held >= _HOLDS * rows and one >= max(_LEAST, _OFTEN * rows) and other >= max(least, often * rows))
