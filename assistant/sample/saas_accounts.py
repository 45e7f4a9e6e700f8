"""The cells of the accounts, subscriptions and users of the sample software company, for one block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assistant.sample import saas_words as words
from assistant.sample.people import emails, names
from assistant.sample.saas_lives import END, MONTHS, NEVER, AccountBlock, month_starts
from assistant.sample.truth import DEFECTS, SAAS
from assistant.sample.words import FIRST_NAMES, LAST_NAMES
from assistant.sample.writing import NO_DAY, Codes, Days, Flags, Habits


def account_id(habits: Habits, block: AccountBlock, positions: Codes) -> pa.Array:
    """Write account numbers from positions in the block; -1 gives an empty cell."""
    return habits.identifiers("A", np.where(positions < 0, -1, block.first + positions + 1), 6)


def company_names(habits: Habits, numbers: Codes, public: np.ndarray) -> pa.Array:
    """Invent a name for each account number, shape (n,)."""
    starts, ends = words.COMPANY_STARTS, words.COMPANY_ENDS
    firm = habits.joined(
        habits.labels(numbers % len(starts), starts),
        " ",
        habits.labels((numbers // len(starts)) % len(ends), ends),
        " ",
        habits.integers(numbers),
    )
    body = habits.joined(
        habits.labels(numbers % len(words.PUBLIC_BODIES), words.PUBLIC_BODIES),
        " ",
        habits.labels((numbers // 5) % len(words.TOWNS), words.TOWNS),
        " ",
        habits.integers(numbers),
    )
    return pc.if_else(pa.array(public), body, firm)


def account_cells(habits: Habits, block: AccountBlock) -> list[pa.Array]:
    """Return the cells of the accounts' file."""
    accounts, size = block.accounts, len(block)
    draw = np.random.default_rng([block.first, size, 21])
    places = np.arange(size)
    gone = (block.ended != NO_DAY) & ((block.again == NO_DAY) | (block.ended_again != NO_DAY))
    reason = np.where(
        gone & (draw.random(size) < SAAS.leak_filled), draw.choice(5, size, p=[0.25, 0.2, 0.2, 0.15, 0.2]), -1
    )
    demo = np.isin(
        places, draw.choice(size, DEFECTS.demo_accounts if block.first == 0 and size >= 1000 else 0, replace=False)
    )
    company = company_names(habits, block.first + places + 1, accounts.sector == words.PUBLIC)
    percent = habits.integers(np.round(accounts.discount * 100).astype(np.int64))
    return [
        account_id(habits, block, places),
        account_id(habits, block, np.where(draw.random(size) < 0.06, places // 2, -1)),
        pc.if_else(pa.array(demo), words.DEMO.in_(habits.language), company),
        habits.labels(accounts.sector, words.SECTORS),
        habits.integers(np.where(draw.random(size) < DEFECTS.missing_employees, -1, accounts.employees)),
        habits.labels(draw.choice(3, size, p=[0.82, 0.11, 0.07]), words.COUNTRIES),
        habits.labels(np.where(draw.random(size) < DEFECTS.missing_channel, -1, accounts.channel), words.CHANNELS),
        habits.dates(accounts.signup),
        habits.joined(percent, " %" if habits.language == "fr" else "%"),
        habits.dates(_training_days(block)),
        habits.flags(accounts.sso),
        habits.labels(reason, words.CANCEL_REASONS),
    ]


def _training_days(block: AccountBlock) -> Days:
    """Return the day each account was trained, shape (n,), `NO_DAY` when never, not yet, or gone before."""
    accounts = block.accounts
    day = accounts.signup + accounts.trained_after
    took_place = (accounts.trained_after < NEVER) & (day <= END) & accounts.converts
    took_place &= (block.ended == NO_DAY) | (day <= block.ended)
    return np.where(took_place, day, NO_DAY)


def mrr_cents(block: AccountBlock) -> Codes:
    """Return the monthly recurring revenue of each month of age in cents, shape (n, MONTHS)."""
    accounts, months = block.accounts, block.months
    price = np.array(list(SAAS.seat_price.values()))[accounts.plan] * 100
    raised = np.where(months.raised, 1 + SAAS.price_rise, 1.0)
    first_year = np.where(np.arange(MONTHS)[None, :] < 12, 1 - accounts.discount[:, None], 1.0)
    cents: Codes = np.round(months.seats * price[:, None] * raised * first_year).astype(np.int64)
    return cents


@dataclass(slots=True)
class Terms:
    """Subscription terms, shape (t,): plan, price, seats and days; an end of `NO_DAY` is a term still running."""

    account: Codes
    plan: Codes
    mrr: Codes
    seats: Codes
    annual: Flags
    trial: Flags
    begin: Days
    end: Days


def _paid_terms(block: AccountBlock) -> Terms:
    """Return a term each time seats or price change, closed by the next."""
    lived, money = block.months.lived, mrr_cents(block)
    changed = lived.copy()
    changed[:, 1:] &= (money[:, 1:] != money[:, :-1]) | ~lived[:, :-1]
    who, age = np.nonzero(changed)
    begin = month_starts(block.accounts)[who, age]
    followed = np.append(who[1:] == who[:-1], False)
    end = np.where(followed, np.append(begin[1:], NO_DAY), block.ended[who])
    accounts, seats = block.accounts, block.months.seats[who, age]
    paid = np.zeros(len(who), dtype=np.bool_)
    return Terms(who, accounts.plan[who], money[who, age], seats, accounts.annual[who], paid, begin, end)


def _trial_terms(block: AccountBlock) -> Terms:
    accounts = block.accounts
    who = np.flatnonzero(accounts.trial)
    end = np.where(accounts.converts[who], month_starts(accounts)[who, 0], accounts.signup[who] + SAAS.trial_days)
    end = np.where(end <= END, end, NO_DAY)
    size = len(who)
    nothing, plan = np.zeros(size, dtype=np.int64), np.full(size, words.TRIAL_PLAN)
    seats, yes = np.minimum(accounts.seats[who], 5), np.ones(size, dtype=np.bool_)
    return Terms(who, plan, nothing, seats, ~yes, yes, accounts.signup[who], end)


def last_month(block: AccountBlock) -> Codes:
    """Return the age of the last paid month of each account, shape (n,), zero for who never paid."""
    months: Codes = np.maximum(block.months.lived.sum(axis=1) - 1, 0)
    return months


def second_life_mrr(block: AccountBlock, who: Codes) -> Codes:
    """Return what returned accounts pay a month in cents: as much as before, halved for those the discount brought."""
    money = mrr_cents(block)[who, last_month(block)[who]]
    halved = np.isin(who, block.target[block.group == 1])
    return np.round(money * np.where(halved, 1 - SAAS.campaign_discount, 1.0)).astype(np.int64)


def _second_terms(block: AccountBlock) -> Terms:
    who = np.flatnonzero(block.again != NO_DAY)
    no = np.zeros(len(who), dtype=np.bool_)
    seats = block.months.seats[who, last_month(block)[who]]
    money = second_life_mrr(block, who)
    return Terms(who, block.accounts.plan[who], money, seats, no, no, block.again[who], block.ended_again[who])


def subscription_cells(habits: Habits, block: AccountBlock) -> list[pa.Array]:
    """Return the cells of the subscriptions' file: trials, paid terms and second lives, by account and day."""
    parts = [_trial_terms(block), _paid_terms(block), _second_terms(block)]
    terms = Terms(*(np.concatenate([getattr(part, name) for part in parts]) for name in Terms.__slots__))
    order = np.lexsort((terms.begin, terms.account))
    terms = Terms(*(getattr(terms, name)[order] for name in Terms.__slots__))
    second = terms.begin == block.again[terms.account]
    anniversary = np.where(second, terms.begin, month_starts(block.accounts)[terms.account, 0])
    ending = terms.trial | (terms.end != NO_DAY)
    return [
        habits.identifiers("S", block.first * 20 + np.arange(len(terms.account)) + 1, 8),
        account_id(habits, block, terms.account),
        habits.labels(terms.plan, words.PLANS),
        habits.money(terms.mrr),
        habits.integers(terms.seats),
        habits.labels(terms.annual.astype(np.int64), words.TERMS),
        habits.flags(terms.trial),
        habits.dates(terms.begin),
        habits.dates(np.where(ending, NO_DAY, _next_renewal(anniversary, terms.annual))),
        habits.dates(terms.end),
    ]


def _next_renewal(begin: Days, annual: Flags) -> Days:
    """Return the first yearly (or monthly) return of `begin` after the month in which history ends, shape (t,)."""
    month = begin.astype("datetime64[D]").astype("datetime64[M]")
    place = np.minimum(begin - month.astype("datetime64[D]").astype(np.int64), 27)
    last = np.datetime64(END, "D").astype("datetime64[M]").astype(np.int64)
    step = np.where(annual, 12, 1)
    turns = (last - month.astype(np.int64)) // step + 1
    due = (month.astype(np.int64) + turns * step).astype("datetime64[M]").astype("datetime64[D]")
    renewal: Days = due.astype(np.int64) + place
    return renewal


def _champion_departures(block: AccountBlock, draw: np.random.Generator) -> Days:
    """Return the day each account's champion left, shape (n,), `NO_DAY` when still there or not seen to leave."""
    accounts, size = block.accounts, len(block)
    age = np.minimum(accounts.champion_gone, MONTHS - 1)
    day = month_starts(accounts)[np.arange(size), age] - draw.integers(1, 8, size)
    seen = (accounts.champion_gone < MONTHS) & (day <= END) & accounts.converts
    seen &= (block.ended == NO_DAY) | (day < block.ended)
    return np.where(seen, day, NO_DAY)


def user_cells(habits: Habits, block: AccountBlock) -> list[pa.Array]:
    """Return the cells of the users' file: a champion, an administrator and up to six users an account."""
    accounts, size = block.accounts, len(block)
    draw = np.random.default_rng([block.first, size, 23])
    count = np.clip(np.minimum(accounts.seats, draw.integers(1, 9, size)), 1, 8)
    account = np.repeat(np.arange(size), count)
    rank = np.arange(len(account)) - np.repeat(np.cumsum(count) - count, count)
    created = accounts.signup[account] + np.where(rank == 0, 0, draw.integers(0, 60, len(account)))
    stopped = np.where(rank == 0, _champion_departures(block, draw)[account], NO_DAY)
    inside = created <= END
    account, rank, created, stopped = account[inside], rank[inside], created[inside], stopped[inside]
    first, last = names(draw, len(account))
    numbers = block.first * 10 + np.arange(len(account)) + 1
    consent = draw.random(len(account)) < 0.75
    return [
        habits.identifiers("U", numbers, 8),
        account_id(habits, block, account),
        habits.labels(first, FIRST_NAMES),
        habits.labels(last, LAST_NAMES),
        emails(habits, first, last, numbers),
        habits.labels(np.minimum(rank, 2), words.ROLES),
        habits.dates(created),
        habits.dates(stopped),
        habits.flags(consent),
        habits.dates(np.where(consent, created, NO_DAY)),
    ]
