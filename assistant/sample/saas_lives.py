"""How a software account lives: trial, subscription, growth, what goes wrong, and the month it ends.

Discrete time: each month an account may decide to leave with a probability logistic in the planted effects of
`truth.SAAS`; monthly terms leave at once, annual terms only at a renewal, with the months' probabilities added up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.sample.saas_words import PUBLIC
from assistant.sample.season import day_number
from assistant.sample.truth import SAAS, SaasTruth, began, share_of
from assistant.sample.writing import NO_DAY, Codes, Days, Flags, Floats

START, END = day_number(SAAS.start), day_number(SAAS.end)
PRICE_RISE_DAY = day_number(began(SAAS.planted, "price_rise"))
CAMPAIGN_DAY = day_number(SAAS.campaign_day)
MONTHS = 48
NEVER = 10**4


@dataclass(slots=True)
class Accounts:
    """What is true of each account of one block from the first day; arrays of shape (n,), months are ages in months."""

    signup: Days
    channel: Codes
    sector: Codes
    employees: Codes
    plan: Codes
    seats: Codes
    annual: Flags
    trial: Flags
    converts: Flags
    discount: Floats
    trained_after: Codes
    sso: Flags
    reviewed: Flags
    champion_gone: Codes
    frailty: Floats

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self.signup)

    @property
    def paid_from(self) -> Days:
        """First day of the paid subscription, after the trial if any; never lived when the trial does not convert."""
        return self.signup + SAAS.trial_days * self.trial


@dataclass(slots=True)
class Months:
    """What happened each month of age, shape (n, MONTHS); a month is `lived` when its first day is in a paid term."""

    lived: Flags
    seats: Codes
    tickets: Codes
    slow: Flags
    raised: Flags
    champion_gone: Flags
    leaves: Flags


@dataclass(slots=True)
class AccountBlock:
    """Accounts numbered from `first`, with all that happened to them.

    `ended` is the day the first paid life ended, else `NO_DAY`; `again` and `ended_again` are the days of the second
    life won by the campaign, whose targets are `target`, in `group`.
    """

    first: int
    generator: np.random.Generator
    accounts: Accounts
    months: Months
    ended: Days
    target: Codes
    group: Codes
    again: Days
    ended_again: Days

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self.accounts)


def sign_up(generator: np.random.Generator, size: int, truth: SaasTruth = SAAS) -> Accounts:
    """Draw `size` accounts.

    Args:
        generator: source of randomness of the block.
        size: how many.
        truth: shares of each thing planted.
    """
    channel = generator.choice(len(truth.channels), size, p=list(truth.channels.values()))
    sector = generator.choice(len(truth.sectors), size, p=list(truth.sectors.values()))
    public = sector == PUBLIC
    employees = np.clip(generator.lognormal(3.6, 1.1, size) * np.where(public, 2.5, 1), 4, 5000).astype(np.int64)
    trial = generator.random(size) < np.array(list(truth.trial_share_by_channel.values()))[channel]
    trial &= ~public
    trained = generator.random(size) >= share_of(truth.planted, "no_training")
    late = generator.random(size) < 0.4
    after = np.where(trained, generator.integers(3, truth.training_days + 1, size), generator.integers(75, 200, size))
    plan = np.select([employees < 25, employees < 120], [0, 1], 2)
    discounted = generator.random(size) < share_of(truth.planted, "deep_discount")
    depth = np.where(
        discounted, generator.choice([0.30, 0.40, 0.50], size), generator.choice([0, 0, 0, 0.10, 0.15], size)
    )
    return Accounts(
        signup=START + np.floor((END - START - 20) * generator.random(size) ** 0.85).astype(np.int64),
        channel=channel,
        sector=sector,
        employees=employees,
        plan=plan,
        seats=np.clip((employees * generator.uniform(0.2, 0.7, size)).astype(np.int64), 2, 1500),
        annual=public | (generator.random(size) < np.array([0.15, 0.35, 0.70])[plan]),
        trial=trial,
        converts=~trial | (generator.random(size) < truth.trial_converts),
        discount=depth,
        trained_after=np.where(trained | late, after, NEVER),
        sso=generator.random(size) < np.where(trained, 0.75, 0.20),
        reviewed=generator.random(size) < share_of(truth.planted, "reviewed"),
        champion_gone=np.minimum(generator.geometric(truth.champion_leaves, size) + 1, NEVER),
        frailty=generator.normal(0.0, truth.frailty_sd, size),
    )


def standing_log_odds(accounts: Accounts, truth: SaasTruth = SAAS) -> Floats:
    """Return the monthly log odds of leaving that come from the start, shape (n,)."""
    known = {
        "trial": accounts.trial,
        "deep_discount": accounts.discount >= 0.30,
        "public_sector": accounts.sector == PUBLIC,
        "partner": accounts.channel == list(truth.channels).index("Partenaire"),
        "comparison_site": accounts.channel == list(truth.channels).index("Comparateur"),
        "reviewed": accounts.reviewed,
        "no_training": accounts.trained_after > truth.training_days,
    }
    total = truth.base_log_odds + accounts.frailty
    for code, holds in known.items():
        total = total + truth.planted[code].log_odds * holds
    return total


def _unlived(generator: np.random.Generator, accounts: Accounts, starts: Days, truth: SaasTruth) -> Months:
    """Draw what every month would hold, whether or not the account lives to see it."""
    shape = starts.shape
    tickets = generator.poisson(truth.ticket_rate, shape)
    critical = (tickets > 0) & (generator.random(shape) < truth.ticket_critical)
    return Months(
        lived=np.zeros(shape, dtype=np.bool_),
        seats=_seats(generator, accounts, shape),
        tickets=tickets,
        slow=critical & (generator.random(shape) < truth.ticket_slow),
        raised=(starts >= PRICE_RISE_DAY) & (accounts.plan < 2)[:, None],
        champion_gone=np.arange(MONTHS)[None, :] >= accounts.champion_gone[:, None],
        leaves=np.zeros(shape, dtype=np.bool_),
    )


def monthly_log_odds(accounts: Accounts, months: Months, truth: SaasTruth = SAAS) -> Floats:
    """Return the log odds of deciding to leave each month, shape (n, MONTHS)."""
    recent = np.zeros(months.slow.shape, dtype=np.bool_)
    for lag in range(truth.ticket_months):
        recent[:, lag:] |= months.slow[:, : MONTHS - lag]
    planted = truth.planted
    odds: Floats = standing_log_odds(accounts, truth)[:, None] + planted["slow_critical_ticket"].log_odds * recent
    odds += planted["price_rise"].log_odds * months.raised
    odds += planted["champion_gone"].log_odds * months.champion_gone
    return odds


def live_months(generator: np.random.Generator, accounts: Accounts, truth: SaasTruth = SAAS) -> tuple[Months, Days]:
    """Live every account month by month until it leaves or history ends.

    Args:
        generator: source of randomness of the block.
        accounts: the block.
        truth: the planted effects.

    Returns:
        The months, and the day each paid term ended (`NO_DAY` while it lives).
    """
    starts = month_starts(accounts)
    months = _unlived(generator, accounts, starts, truth)
    pressure = np.logaddexp(0.0, monthly_log_odds(accounts, months, truth))  # -log(1 - p): adds up between renewals
    waiting = np.zeros(len(accounts))
    active = accounts.converts.copy()
    ended = np.full(len(accounts), NO_DAY)
    for age in range(MONTHS - 1):
        active &= starts[:, age] <= END
        months.lived[:, age] = active
        waiting += pressure[:, age]
        decides = active & (~accounts.annual | ((age + 1) % 12 == 0)) & (starts[:, age + 1] <= END)
        leaves = decides & (generator.random(len(accounts)) < 1 - np.exp(-waiting))
        waiting[decides] = 0.0
        months.leaves[:, age] = leaves
        ended[leaves] = starts[leaves, age + 1]
        active &= ~leaves
    return months, ended


def month_starts(accounts: Accounts) -> Days:
    """Return the first day of each month of age, shape (n, MONTHS): the day of the paid start, at most the 28th."""
    paid = accounts.paid_from.astype("datetime64[D]")
    month = paid.astype("datetime64[M]")
    place = np.minimum((paid - month).astype(np.int64), 27)
    later = month.astype(np.int64)[:, None] + np.arange(MONTHS)[None, :]
    starts: Days = later.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + place[:, None]
    return starts


def _seats(generator: np.random.Generator, accounts: Accounts, shape: tuple[int, int]) -> Codes:
    draw = generator.random(shape)
    factor = np.where(draw < 0.022, 1.25, np.where(draw > 0.993, 0.85, 1.0))
    factor[:, 0] = 1.0
    return np.maximum(np.round(accounts.seats[:, None] * np.cumprod(factor, axis=1)), 1).astype(np.int64)


def live_account_block(seed: int, number: int, first: int, size: int, truth: SaasTruth = SAAS) -> AccountBlock:
    """Draw and live one block; the same seed and number give the same block whatever the others hold.

    Args:
        seed: of the whole sample.
        number: of the block.
        first: number of its first account.
        size: how many accounts.
        truth: the planted effects.
    """
    generator = np.random.default_rng([seed, number, 3])
    accounts = sign_up(generator, size, truth)
    months, ended = live_months(generator, accounts, truth)
    target = np.flatnonzero((ended != NO_DAY) & (ended <= CAMPAIGN_DAY - 30) & (accounts.sector != PUBLIC))
    group = generator.choice(len(truth.campaign_shares), len(target), p=list(truth.campaign_shares.values()))
    chance = truth.campaign_base + np.array(list(truth.campaign_uplift.values()))[group]
    won = generator.random(len(target)) < chance
    again, ended_again = np.full(size, NO_DAY), np.full(size, NO_DAY)
    again[target[won]] = CAMPAIGN_DAY + generator.integers(5, 85, int(won.sum()))
    bait = np.zeros(size, dtype=np.bool_)
    bait[target[won & (group == 1)]] = True
    leaving = standing_log_odds(accounts, truth) + truth.planted["second_life"].log_odds
    leaving = leaving + truth.planted["second_life_discount"].log_odds * bait
    life = generator.geometric(1 / (1 + np.exp(-leaving)))
    stop = again + 30 * life
    ended_again = np.where((again != NO_DAY) & (stop <= END), stop, NO_DAY)
    return AccountBlock(first, generator, accounts, months, ended, target, group, again, ended_again)
