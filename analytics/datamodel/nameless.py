"""Tables without headers: the roles that values, their types and their repetition show by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.statuses import means_gone
from analytics.datamodel.values import Facts, shown_by_values


def roles_from_values(columns: Sequence[Facts], kind: TableKind | None) -> dict[str, tuple[Role, float]]:
    """Roles of the columns of a headerless table, with a modest confidence each, by internal column name.

    The identifier stands left of the date and repeats (or, without a date, is unique); the amount is the column of
    decimals; the quantity the one of small whole numbers. Customers have a state, a first day and a tariff instead.

    Args:
        columns: facts of each column, in the file's order.
        kind: what the table was taken to be, when known.
    """
    found: dict[str, tuple[Role, float]] = {}
    for facts in columns:
        shown = shown_by_values(facts)
        if shown:
            role = max(shown, key=lambda r: shown[r])
            found[facts.profile.column] = (role, shown[role])
    people = kind in (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
    if people:
        found.update({facts.profile.column: (Role.ACCOUNT_STATUS, 0.6) for facts in columns if _says_who_left(facts)})
    free = [facts for facts in columns if facts.profile.column not in found]
    dates = [facts for facts in free if facts.is_date]
    found.update({
        facts.profile.column: (Role.NPS, 0.55) for facts in free if _is_scale(facts) and facts.profile.high == 10 and facts.profile.low == 0
    })  # fmt: skip
    free = [facts for facts in free if facts.profile.column not in found]
    if people and len(dates) == 1 and dates[0].profile.filled == dates[0].table_rows:
        found[dates[0].profile.column] = (Role.SIGNUP_DATE, 0.5)
    if dates and kind in (None, TableKind.TRANSACTIONS, TableKind.OTHER):
        found[dates[0].profile.column] = (Role.PURCHASE_DATE, 0.6)
    mails = [facts for facts in columns if facts.profile.column in found and found[facts.profile.column][0] is Role.EMAIL]
    found.update(_identifiers(free, bool(dates), mails[0] if mails else None))
    found.update({
        facts.profile.column: (Role.POSTCODE, 0.6) for facts in free[1:]
        if facts.profile.column not in found and _is_postcode(facts)
    })  # fmt: skip
    numbers = [facts for facts in free if facts.profile.column not in found]
    found.update(_tariffs(numbers) if people else _numbers(numbers, bool(dates)))
    return found


def _identifiers(columns: Sequence[Facts], dated: bool, mail: Facts | None) -> dict[str, tuple[Role, float]]:
    candidates = [
        facts for facts in columns
        if facts.looks_code and not facts.is_flag and not facts.is_date and not facts.constant
        and facts.profile.distinct > 0.02 * facts.profile.filled and facts.profile.distinct >= 5
        and not _is_scale(facts)
    ]  # fmt: skip
    candidates = [facts for place, facts in enumerate(candidates) if place == 0 or not _is_postcode(facts)]
    if not candidates:
        return {}
    if mail is not None and not mail.unique:  # the address names the person; what is unique numbers the rows
        return {facts.profile.column: (Role.ORDER_ID if dated else Role.ROW_ID, 0.5) for facts in candidates if facts.unique}
    if not dated:
        unique = [facts for facts in candidates if facts.unique]
        return {unique[0].profile.column: (Role.CUSTOMER_ID, 0.55)} if unique else {}
    repeated = [facts for facts in candidates if not facts.unique] or candidates
    person = repeated[0]
    if person.share_distinct > 0.3:  # few rows each: an order of some lines, when another code comes back more
        person = next((facts for facts in repeated[1:] if (facts.is_words or _is_number_of(facts)) and facts.profile.distinct < person.profile.distinct
                       and facts.profile.distinct >= max(20, 0.05 * facts.profile.filled)), person)  # fmt: skip
    found = {person.profile.column: (Role.CUSTOMER_ID, 0.6)}
    several = repeated[0] is not person and not repeated[0].unique and repeated[0].profile.distinct > person.profile.distinct  # orders of several lines
    for facts in candidates:
        if facts is person or (facts.is_number and not _is_reference(facts)):
            continue
        if facts.unique and several:
            found[facts.profile.column] = (Role.LINE_ID, 0.5)
        elif facts.unique or (facts is repeated[0] and facts.profile.distinct > person.profile.distinct):
            found[facts.profile.column] = (Role.ORDER_ID, 0.5)
        elif facts.profile.distinct == person.profile.distinct:
            found[facts.profile.column] = (Role.ROW_ID, 0.5)  # another name of the same person
    return found


def _says_who_left(facts: Facts) -> bool:
    """Words of which each says that one is here, or that one has gone."""
    told = {means_gone(value) for value, _ in facts.profile.top}
    return facts.is_words and 2 <= facts.profile.distinct <= len(facts.profile.top) and {True, False} <= told and None not in told


def _tariffs(columns: Sequence[Facts]) -> dict[str, tuple[Role, float]]:
    """Among customers, decimals of which there are few different ones are what each pays by the month or the year."""
    few = [
        facts for facts in columns
        if facts.is_number and not facts.profile.integer and 2 <= facts.profile.distinct <= _TARIFFS and facts.share_distinct < 0.2
    ]  # fmt: skip
    return {few[0].profile.column: (Role.RECURRING_AMOUNT, 0.5)} if len(few) == 1 else {}


_TARIFFS = 12


def _is_scale(facts: Facts) -> bool:
    """Marks out of ten, counts of a few: no names."""
    return facts.is_number and facts.profile.distinct <= 15 and (facts.profile.high or 0) <= 20


def _is_postcode(facts: Facts) -> bool:
    return facts.is_words and facts.share(lambda value: len(value) == 5 and value.isdigit() and not value.startswith("00")) == 1.0


def _is_number_of(facts: Facts) -> bool:
    """Whole numbers of three figures or more, many of them: they name (41100023), they do not count."""
    return _is_reference(facts) and facts.profile.mean_length >= 3 and (facts.profile.low or 0) >= 100


def _is_reference(facts: Facts) -> bool:
    """Whole numbers with so many values that they are names rather than counts."""
    return facts.profile.distinct >= 50 and facts.share_distinct > 0.02


_LEAST_SUM = 5


def _numbers(columns: Sequence[Facts], dated: bool) -> dict[str, tuple[Role, float]]:
    found: dict[str, tuple[Role, float]] = {}
    numbers = [facts for facts in columns if facts.is_number and not facts.is_flag]
    decimals = [facts for facts in numbers if not facts.profile.integer]
    small = [facts for facts in numbers if facts.profile.integer and 0 < (facts.profile.high or 0) <= 1000]
    if dated and not decimals:  # sums in round figures: gifts, dues
        decimals = [facts for facts in numbers if (facts.profile.low or 0) >= _LEAST_SUM and not _is_number_of(facts)][:1]
        small = [facts for facts in small if facts not in decimals]
    if dated and decimals:
        best = max(decimals, key=lambda facts: facts.profile.distinct)
        found[best.profile.column] = (Role.AMOUNT, 0.6)
        if small:
            found[small[0].profile.column] = (Role.QUANTITY, 0.5)
    return found
