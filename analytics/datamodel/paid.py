"""The one column of money of a table of dated rows: what each row was paid, under whatever word (« Prime émise », "Fee", "Received").

Words alone do not tell a number of orders from what they came to, nor a budget from a sale: the header must speak of a sum,
and of nothing that is counted, planned, owed by the house or given back; a word that may also number things (« Invoiced »,
"Received") needs cents in its cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import CUSTOMER_WORDS, concepts_of, words_of
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.opt_outs import header_words
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.values import DATES, Facts

FAMILY = frozenset("famille familles family families foyer foyers".split())
_SUMS = frozenset({"amount", "price", "ttc", "payment", "fee", "dues", "gift"})
_SUMS_IN_CENTS = frozenset({"total", "invoice", "received", "order", "ticket", "due", "net", "ht", "selling", "income"})
_NO_SUM_PAID = frozenset({
    "percent", "points", "score", "balance", "stock", "count", "month", "year", "cost", "expense", "margin", "predicted", "promised", "target", "return",
    "discount", "usage", "distance", "quantity", "size", "seat", "vat", "shipping", "tenure", "age", "id", "average", "guarantee", "duration",
    "unpaid", "rate", "mrr", "length", "window", "movement", "level", "opportunity", "buying", "credit",
})  # fmt: skip
_SUM_WORDS = re.compile(r"(?<![a-z])(contributions?|stakes?|wagers?|mises?|consideration|addition|offerings?|offrandes?|tithes?|docket)(?![a-z])")
_NO_SUM_WORDS = re.compile(
    r"(?<![a-z])(budgets?|estim\w*|potentiel\w*|potential|objectifs?|quotas?|salaires?|salary|loyers?|rents?|rental|leases?|baux|bail|limit|plafond|capital|claims?|sinistres?"
    r"|charges?|prevu\w*|planned|forecast|attendu\w*|expected|mensuel\w*|annuel\w*|monthly|weekly|yearly|annual|recurring|gpa|kwh|gb|go|mo|mb|min|minutes?|cpc|cpm|bid|enchere"
    r"|tips?|pourboires?|penalites?|penalty|penalties|fines?|amendes?)(?![a-z])"
)
_CENTS = re.compile(r"^-?[^\d\w]{0,3}[\d\s.,'\u202f\u00a0]*\d[.,]\d{2}\D{0,4}$")


def paid_column(table: TableProfile) -> ColumnProfile | None:
    """The column of a table that holds what each row was paid; None where no header says so, or several do."""
    said = [column for column in table.columns if column.type is ColumnType.NUMBER and column.distinct > 1 and _says_paid(column)]
    return said[0] if len(said) == 1 else None


def may_be_paid(column: ColumnProfile) -> bool:
    """Whether a column under a word that nobody knows is written to the cent on nearly every row: in a list of sales, what was paid."""
    known = any(concepts_of(column.name)) or _NO_SUM_WORDS.search(header_words(column.name))
    return not known and column.filled >= _MOSTLY_FILLED * column.rows and column.distinct > 1 and in_cents(column)


_MOSTLY_FILLED = 0.95


def in_cents(column: ColumnProfile) -> bool:
    """Whether the cells are written to the cent, or with a sign of currency."""
    told = any(habit.startswith("currency") for habit in column.habit)
    return told or (bool(column.examples) and all(_CENTS.match(value.strip()) for value in column.examples))


def says_no_sum(column: ColumnProfile) -> bool:
    """Whether a header speaks of what is counted, marked, planned, owed by the house or given back, rather than of a sum somebody paid."""
    meant = frozenset[str]().union(*concepts_of(column.name))
    return bool(meant & _NO_SUM_PAID or _NO_SUM_WORDS.search(header_words(column.name)))


def _says_paid(column: ColumnProfile) -> bool:
    meant, words = frozenset[str]().union(*concepts_of(column.name)), header_words(column.name)
    if says_no_sum(column):
        return False
    return bool(meant & _SUMS or _SUM_WORDS.search(words) or (meant & _SUMS_IN_CENTS and in_cents(column)))


def sells(table: TableProfile, roles: Mapping[str, Guess], kind: TableKind) -> bool:
    """Whether a table read as something else lists what customers paid: each row its day, its sum, and somebody who comes back.

    Args:
        table: its profile.
        roles: what its columns may be while its kind is not known, by internal name.
        kind: what it was read as.
    """
    known = {guess.role for guess in roles.values()}
    days = [column for column in table.columns if column.type in DATES and column.distinct > 1]
    dated = any(column.filled >= _MOSTLY_DATED * table.rows for column in days)
    if not dated or known & _NO_SALE or (kind in _ASKED and (known & _OF_REQUESTS or len(days) > 1)):
        return False
    return paid_column(table) is not None and any(_comes_back(column, roles.get(column.column), table.rows) for column in table.columns)


def _comes_back(column: ColumnProfile, guess: Guess | None, rows: int) -> bool:
    """Whether a column tells somebody, customers rather than shops, and they come back."""
    if column.distinct < _FEW or column.filled < _BACK * column.distinct or column.type in (*DATES, ColumnType.FLAG):
        return False
    meant, words, facts = frozenset[str]().union(*concepts_of(column.name)), set(words_of(column.name)), Facts(column, rows)
    if facts.counts_many or ("count" in meant and "id" not in meant) or is_of_the_house(column):
        return False
    if (guess is not None and guess.role in _SOMEBODY) or words & CUSTOMER_WORDS or (meant & _CALLED and facts.looks_code):
        return True
    family = bool(words & FAMILY)  # that buys, when it has a number; of goods, otherwise
    numbered = "id" in meant and facts.looks_code and (family or (not meant & _THINGS and (guess is None or guess.role in _UNNAMED)))
    return numbered and column.distinct >= _MANY and column.filled <= _OFTEN * column.distinct


def is_of_the_house(column: ColumnProfile) -> bool:
    """Whether a header names those whom the house buys from, employs or works with, rather than those it sells to."""
    return bool(_OF_THE_HOUSE.search(header_words(column.name)))


_OF_THE_HOUSE = re.compile(
    r"(?<![a-z])(fournisseurs?|suppliers?|vend(or|eur|euse)s?|agents?|bailleurs?|landlords?|proprietaires?|owners?|responsables?|managers?|auteurs?|authors?|artistes?|artists?"
    r"|employee?s?|salaries?|collaborat\w+|staff|chauffeurs?|drivers?|livreurs?|transporteurs?|carriers?|techniciens?|technicians?|sous traitants?|subcontractors?|lenders?"
    r"|banques?|banks?|referents?|parrains?|prescripteurs?|apporteurs?)(?![a-z])"
)
_MOSTLY_DATED = 0.9
_FEW, _MANY = 10, 20  # different customers, said to be so or not
_BACK, _OFTEN = 1.2, 15  # rows each: more would be shops
_SOMEBODY = frozenset({
    Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.EMAIL, Role.FULL_NAME, Role.COMPANY_NAME, Role.HOUSEHOLD_ID, Role.SUBSCRIPTION_ID, Role.PHONE,
})  # fmt: skip
_CALLED = frozenset({"customer", "member", "household"})
_UNNAMED = frozenset({Role.ROW_ID, Role.FREE_TEXT, Role.MEASURE, Role.ATTRIBUTE, Role.ORDER_ID})
_THINGS = frozenset("product sku store seller campaign region city category channel thing line postcode phone event document".split())
_ASKED = (TableKind.TICKETS, TableKind.CONTACTS, TableKind.SURVEYS)
_OF_REQUESTS = frozenset({Role.TOPIC, Role.COMMENT})
_NO_SALE = frozenset({
    Role.RESOLVED, Role.COMPLAINT, Role.SATISFACTION, Role.NPS, Role.OPENED, Role.CLICKED, Role.TREATMENT_GROUP, Role.OUTCOME_CONVERTED,
    Role.OUTCOME_AMOUNT, Role.CHURN_LABEL, Role.CHURN_REASON, Role.END_DATE, Role.RENEWAL_DATE, Role.START_DATE, Role.TRIAL, Role.SEATS,
    Role.BIRTH_DATE, Role.CONSENT_EMAIL, Role.CONSENT_SMS, Role.PROSPECT_ID, Role.TOTAL_SPENT, Role.ACQUISITION_CHANNEL, Role.MARGIN, Role.TENURE,
})  # fmt: skip
