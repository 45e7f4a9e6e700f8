"""The software company's market: the past win-back, opportunities, prospects, spend and dated events."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from assistant.sample import saas_words as words
from assistant.sample.saas_accounts import account_id, company_names, second_life_mrr
from assistant.sample.saas_lives import CAMPAIGN_DAY, END, MONTHS, START, AccountBlock
from assistant.sample.truth import SAAS
from assistant.sample.writing import NO_DAY, Codes, Floats, Habits

SPENDING_SHAPE = (MONTHS, len(words.CHANNELS))
CONTACT_CENTS = (0, 500, 9000)


def campaign_cells(habits: Habits, block: AccountBlock) -> list[pa.Array]:
    """Return the cells of the win-back campaign's file."""
    target = block.target
    back = block.again[target] != NO_DAY
    return [
        account_id(habits, block, target),
        habits.labels(block.group, words.CAMPAIGN_GROUPS),
        habits.dates(np.full(len(target), CAMPAIGN_DAY)),
        habits.money(np.array(CONTACT_CENTS)[block.group]),
        habits.flags(back),
        habits.money(np.where(back, second_life_mrr(block, target), 0)),
    ]


def _employees(draw: np.random.Generator, sector: Codes) -> Codes:
    size = draw.lognormal(3.6, 1.1, len(sector)) * np.where(sector == words.PUBLIC, 2.5, 1.0)
    return np.clip(size, 4, 5000).astype(np.int64)


def opportunity_cells(habits: Habits, block: AccountBlock) -> list[pa.Array]:
    """Return the cells of the opportunities' file: the won ones are the accounts, the others nobody's yet.

    The public sector wins most and weighs most, through tenders: the best prospects, who do not stay.
    """
    accounts = block.accounts
    draw = np.random.default_rng([block.first, len(block), 35])
    won = np.flatnonzero(~accounts.trial)
    rates: Floats = np.array(list(SAAS.win_rate.values()))
    wins = np.bincount(accounts.sector[won], minlength=len(rates))
    failed = np.round(wins * (1 - rates) / rates).astype(np.int64)
    unwon, signed = int(failed.sum()), len(won)
    sector = np.concatenate([accounts.sector[won], np.repeat(np.arange(len(rates)), failed)])
    waits = draw.integers(20, 120, signed + unwon)
    created = np.concatenate([accounts.signup[won] - waits[:signed], START + draw.integers(0, END - START, unwon)])
    closed = np.concatenate([accounts.signup[won], created[signed:] + waits[signed:]])
    employees = np.concatenate([accounts.employees[won], _employees(draw, sector[signed:])])
    drawn = draw.choice(len(words.CHANNELS), unwon, p=list(SAAS.channels.values()))
    channel = np.concatenate([accounts.channel[won], drawn])
    stage = np.where(np.arange(len(sector)) < signed, 1, np.where(closed > END, 0, 2))
    amount = employees * draw.integers(60, 160, len(sector)) * 100
    order = np.lexsort((closed, created))
    return [
        habits.identifiers("O", block.first * 10 + np.arange(len(order)) + 1, 8),
        account_id(habits, block, np.concatenate([won, np.full(unwon, -1)])[order]),
        habits.labels(sector[order], words.SECTORS),
        habits.integers(employees[order]),
        habits.labels(channel[order], words.CHANNELS),
        habits.flags(sector[order] == words.PUBLIC),
        habits.dates(created[order]),
        habits.money(amount[order]),
        habits.labels(stage[order], words.STAGES),
        habits.dates(np.where(stage == 0, NO_DAY, closed)[order]),
    ]


def prospect_cells(habits: Habits, seed: int, count: int) -> list[pa.Array]:
    """Return the cells of the prospects' file: firms not yet customers, and what is known of them."""
    draw = np.random.default_rng([seed, 37])
    sector = draw.choice(len(words.SECTORS), count, p=[0.17, 0.17, 0.2, 0.12, 0.14, 0.20])
    numbers = np.arange(count) + 500_001
    return [
        habits.identifiers("P", np.arange(count) + 1, 6),
        company_names(habits, numbers, sector == words.PUBLIC),
        habits.labels(sector, words.SECTORS),
        habits.integers(_employees(draw, sector)),
        habits.labels(draw.choice(3, count, p=[0.82, 0.11, 0.07]), words.COUNTRIES),
        habits.labels(draw.choice(len(words.CHANNELS), count, p=[0.08, 0.12, 0.12, 0.28, 0.22, 0.18]), words.CHANNELS),
        habits.dates(END - draw.integers(0, 700, count)),
        habits.flags(draw.random(count) < 0.3),
        habits.joined("contact", habits.integers(numbers), "@example.com"),
        habits.flags(draw.random(count) < 0.7),
    ]


def signups_by_month(block: AccountBlock) -> Codes:
    """Count sign-ups by month and channel, shape `SPENDING_SHAPE`."""
    months = block.accounts.signup.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    counts = np.zeros(SPENDING_SHAPE, dtype=np.int64)
    np.add.at(counts, (months - int(np.datetime64(SAAS.start, "M").astype(np.int64)), block.accounts.channel), 1)
    return counts


def spending_cells(habits: Habits, signups: Codes) -> list[pa.Array]:
    """Return the cells of the marketing spend."""
    months = (np.datetime64(SAAS.start, "M") + np.arange(MONTHS)).astype("datetime64[D]").astype(np.int64)
    spend = (signups * np.array(list(SAAS.cost_per_signup.values())) * 100).astype(np.int64)
    return [
        habits.dates(np.repeat(months, len(words.CHANNELS))),
        habits.labels(np.tile(np.arange(len(words.CHANNELS)), MONTHS), words.CHANNELS),
        habits.money(spend.ravel()),
    ]


def event_cells(habits: Habits) -> list[pa.Array]:
    """Return the cells of the company's events."""
    days = np.array([event[0] for event in words.EVENTS], dtype="datetime64[D]").astype(np.int64)
    places = np.arange(len(words.EVENTS))
    return [
        habits.dates(days),
        habits.labels(places, [event[1] for event in words.EVENTS]),
        habits.labels(places, [event[2] for event in words.EVENTS]),
    ]
