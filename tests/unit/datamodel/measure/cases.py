"""All that is planted: which defects stand together in one world, and which clean world is their twin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analytics.datamodel.health import HealthCode as Code
from tests.unit.datamodel.measure import planted_contracts as contract
from tests.unit.datamodel.measure import planted_people as people
from tests.unit.datamodel.measure import planted_sales as sales
from tests.unit.datamodel.measure.case import Case
from tests.unit.datamodel.measure.contracts import billed, contracts
from tests.unit.datamodel.measure.shop import shop, with_birthdays, with_returns, with_states
from tests.unit.datamodel.measure.world import World


@dataclass(frozen=True)
class Bundle:
    """Defects planted together, each on rows of its own, in one world of each seed.

    Args:
        make: the world of a seed, before anything is planted.
        twin: the name of the clean family they are measured against.
        cases: in the order in which they are planted.
    """

    make: Callable[[int], World]
    twin: str
    cases: tuple[Case, ...]


def _dressed(seed: int) -> World:
    return shop(seed, dressed=True)


def _dated(seed: int) -> World:
    return contracts(seed, dated=True)


CLEAN: dict[str, Callable[[int], World]] = {
    "shop": shop, "shop with signs, returns and public mailboxes": _dressed, "contracts with a label": contracts,
    "contracts with ends": _dated, "shop with days of birth": with_birthdays, "contracts with their invoices": billed,
    "shop with states of its sales": with_states,
}  # fmt: skip
_DRESSED = "shop with signs, returns and public mailboxes"
_STATED = "shop with states of its sales"
_BORN, _BILLED = "shop with days of birth", "contracts with their invoices"
_LABEL, _ENDS = "contracts with a label", "contracts with ends"

BUNDLES: dict[str, Bundle] = {
    "A": Bundle(shop, "shop", (
        Case(Code.FUTURE_DATES, "sales dated after today", sales.future_sales),
        Case(Code.OUTLIER_AMOUNTS, "1 to 3 amounts 100 to 100,000 times the usual", sales.outliers),
        Case(Code.OUT_OF_RANGE, "ages of 121 and more, or below 0", people.impossible_ages),
        Case(Code.ORPHANS, "sales of customers no file holds", sales.unknown_customers),
        Case(Code.INCONSISTENT_SPELLING, "one word with other capitals, signs or spaces", sales.other_spellings),
        Case(Code.UNLABELLED_PERSONAL_DATA, "addresses in free text", people.mailboxes_in_text),
        Case(Code.CONSTANT_COLUMNS, "one value everywhere", people.constant_column),
        Case(Code.SENSITIVE_DATA, "bank accounts", people.bank_accounts),
        Case(Code.TEST_ACCOUNTS, "names of tests", people.test_names),
        Case(Code.DUPLICATE_ROWS, "sales pasted twice", sales.copies),
    )),
    "B": Bundle(shop, "shop", (
        Case(Code.FUTURE_DATES, "customers who joined after today", people.future_signups),
        Case(Code.NEGATIVE_AMOUNTS, "refunds", sales.refunds),
        Case(Code.OUT_OF_RANGE, "rates above 100 %, beside a growth that may", people.rates_above_a_hundred),
        Case(Code.OUT_OF_RANGE, "discounts above 100 %", sales.discounts_above_a_hundred),
        Case(Code.ROWS_WITHOUT_CUSTOMER, "sales of “anonyme”, “guest”", sales.sales_of_anonymous),
        Case(Code.UNLABELLED_PERSONAL_DATA, "telephones in free text", people.telephones_in_text),
        Case(Code.CONSTANT_COLUMNS, "an empty column", people.empty_column),
        Case(Code.SENSITIVE_DATA, "social security numbers", people.social_security),
        Case(Code.UNREADABLE_CELLS, "words for dates", sales.words_for_days),
        Case(Code.TEST_ACCOUNTS, "mailboxes of tests", people.test_mailboxes),
        Case(Code.DUPLICATE_CUSTOMERS, "one person under two numbers, one mailbox", people.same_mailbox),
    )),
    "C": Bundle(shop, "shop", (
        Case(Code.IMPOSSIBLE_DATES, "sales before 1950", sales.old_sales),
        Case(Code.MISSING_VALUES, "amounts", sales.missing_amounts),
        Case(Code.ROWS_WITHOUT_CUSTOMER, "sales without a customer", sales.sales_of_nobody),
        Case(Code.MIXED_CURRENCIES, "told by a column of codes", sales.currency_column),
        Case(Code.TEST_ACCOUNTS, "numbers of tests", people.test_numbers),
        Case(Code.NEAR_DUPLICATES, "sales typed twice under two numbers", sales.typed_twice),
        Case(Code.DUPLICATE_CUSTOMERS, "one person under two numbers, one telephone", people.same_telephone),
        Case(Code.SET_ASIDE_ROWS, "lines with a cell too many", sales.broken_lines),
    )),
    "D": Bundle(shop, "shop", (
        Case(Code.MISSING_VALUES, "dates of sales", sales.missing_days),
        Case(Code.UNREADABLE_CELLS, "words for amounts", sales.words_for_amounts),
        Case(Code.SENSITIVE_DATA, "health or religion", people.beliefs),
        Case(Code.OUT_OF_RANGE, "durations below 0", people.negative_durations),
        Case(Code.MIXED_CURRENCIES, "another size in one country, on the sale", sales.country_of_the_sale),
        Case(Code.DUPLICATE_CUSTOMERS, "one number on several rows", people.repeated_number),
    )),
    "E": Bundle(shop, "shop", (
        Case(Code.MISSING_VALUES, "acquisition channels", people.missing_channel),
        Case(Code.TEST_ACCOUNTS, "staff told by a category", people.staff_by_category),
        Case(Code.MIXED_CURRENCIES, "another size in one country, on the customer", sales.country_of_the_customer),
        Case(Code.IMPOSSIBLE_DATES, "one sale long after all others", sales.stray_sale),
    )),
    "G": Bundle(with_returns, _DRESSED, (
        Case(Code.OUT_OF_RANGE, "negative quantities of sales, beside returns", sales.negative_quantities),
    )),
    "H": Bundle(shop, _DRESSED, (
        Case(Code.TEST_ACCOUNTS, "staff told by their domain", people.staff_by_domain),
        Case(Code.MIXED_CURRENCIES, "told by the signs of the cells", sales.signs_in_cells),
    )),
    "I": Bundle(shop, "shop", (
        Case(Code.TEST_ACCOUNTS, "purchases of one unit of money at most", people.symbolic_amounts),
        Case(Code.MIXED_CURRENCIES, "signs against the header", sales.sign_against_header),
        Case(Code.AMBIGUOUS_DATES, "no day above the twelfth", sales.day_or_month),
        Case(Code.ANONYMOUS_ID, "the till's own number", sales.till_number),
    )),
    "X": Bundle(shop, "shop", (Case(Code.IMPOSSIBLE_DATES, "the day of a takeover for a day of arrival", people.day_of_takeover),)),
    "Y": Bundle(shop, "shop", (Case(Code.UNREADABLE_CELLS, "numbers of customers written 1.2E+11", sales.powers_of_ten),)),
    "Z": Bundle(with_states, _STATED, (Case(Code.INCONSISTENT_SPELLING, "a cancelled state under another word from a day on", sales.state_under_another_word),)),
    "J": Bundle(shop, "shop", (Case(Code.DUPLICATE_ROWS, "the file pasted two or three times", sales.file_pasted_twice),)),
    "T": Bundle(shop, "shop", (Case(Code.MISSING_PERIOD, "one or two months that no export holds", sales.month_not_exported),)),
    "K": Bundle(shop, "shop", (Case(Code.ROWS_WITHOUT_CUSTOMER, "no column of customers", sales.no_customer_column),)),
    "U": Bundle(with_birthdays, _BORN, (Case(Code.DUPLICATE_CUSTOMERS, "one person under two numbers, of one name and day of birth", people.same_birthday),)),
    "V": Bundle(billed, _BILLED, (Case(Code.OUTLIER_AMOUNTS, "prices in cents beside bills in units", contract.prices_in_cents),)),
    "W": Bundle(billed, _BILLED, (Case(Code.OUTLIER_AMOUNTS, "bills in cents beside prices in units", contract.bills_in_cents),)),
    "L": Bundle(contracts, _LABEL, (
        Case(Code.LEAK_SUSPECT, "filled for leavers, hardly for others", contract.leak_filled_for_leavers),
        Case(Code.LEAK_SUSPECT, "filled for some leavers only", contract.leak_among_leavers_only),
        Case(Code.LEAK_SUSPECT, "filled for some who stayed only", contract.leak_among_stayers_only),
        Case(Code.LEAK_SUSPECT, "a number that tells by itself", contract.leak_by_a_number),
        Case(Code.LEAK_SUSPECT, "a category that tells by itself", contract.leak_by_a_category),
        Case(Code.NEGATIVE_AMOUNTS, "bills below 0", contract.negative_bills),
        Case(Code.OUT_OF_RANGE, "scores above 10", contract.scores_above_ten),
        Case(Code.OUT_OF_RANGE, "ratings above the scale", contract.ratings_off_the_scale),
        Case(Code.OUT_OF_RANGE, "waits below 0", contract.negative_waits),
        Case(Code.OUT_OF_RANGE, "tenures below 0", contract.negative_tenures),
    )),
    "M": Bundle(contracts, _LABEL, (
        Case(Code.LABEL_CONTRADICTION, "the end of the contract against the label", contract.end_against_label),
    )),
    "N": Bundle(contracts, _LABEL, (
        Case(Code.LABEL_CONTRADICTION, "a status against the label", contract.status_against_label),
        Case(Code.LEAK_SUSPECT, "a date after the departure", contract.leak_after_departure),
    )),
    "O": Bundle(contracts, _LABEL, (
        Case(Code.IMPOSSIBLE_DATES, "contracts that end before they start", contract.ends_before_starts),
        Case(Code.MISSING_VALUES, "labels", contract.missing_labels),
    )),
    "P": Bundle(contracts, _LABEL, (Case(Code.SURVIVORS_ONLY, "a label", contract.only_survivors),)),
    "Q": Bundle(contracts, _LABEL, (Case(Code.SURVIVORS_ONLY, "a status", contract.only_active),)),
    "R": Bundle(contracts, _LABEL, (Case(Code.SMALL_FILE, "25 to 99 customers", contract.too_small),)),
    "S": Bundle(_dated, _ENDS, (
        Case(Code.LEAK_SUSPECT, "filled for leavers, hardly for others (ends only)", contract.leak_filled_for_leavers),
        Case(Code.LEAK_SUSPECT, "filled for some leavers only (ends only)", contract.leak_among_leavers_only),
        Case(Code.LEAK_SUSPECT, "a date after the departure (ends only)", contract.leak_after_departure),
    )),
}  # fmt: skip


def cases() -> Iterator[tuple[str, Bundle, Case]]:
    """Every case, with its bundle."""
    for name, bundle in BUNDLES.items():
        for case in bundle.cases:
            yield name, bundle, case
