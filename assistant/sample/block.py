"""One block of shop customers, lived to the end and ready to be written: visits, departures, campaign, consent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.sample.lives import CAMPAIGN_DAY, END, Customers, Purchases, live, recruit
from assistant.sample.season import Calendar
from assistant.sample.truth import RETAIL
from assistant.sample.writing import NO_DAY, Codes, Days, Flags


@dataclass(slots=True)
class Campaign:
    """The past win-back mailing of one block, shape (k,) for its targets; `ember` says who opened shortly before."""

    customer: Codes
    group: Codes
    ember: Flags
    won: Flags


@dataclass(slots=True)
class Block:
    """Customers numbered from `first`, with all that happened to them.

    `left` and `back` have shape (n,): the last visit of the first life for who left, and the first of the second life.
    `gone` is the day of the departure that still holds on the last day, else `NO_DAY`.
    """

    first: int
    generator: np.random.Generator
    customers: Customers
    purchases: Purchases
    campaign: Campaign
    left: Days
    back: Days
    gone: Days
    openness: np.ndarray

    def __len__(self) -> int:
        """Number of customers."""
        return len(self.customers)


def live_block(seed: int, number: int, first: int, size: int, calendar: Calendar) -> Block:
    """Draw and live one block; the same seed and number give the same block whatever the others hold.

    Args:
        seed: of the whole sample.
        number: of the block.
        first: number of its first customer.
        size: how many customers.
        calendar: the season.
    """
    generator = np.random.default_rng([seed, number])
    customers = recruit(generator, size, calendar)
    natural = live(generator, customers, calendar)
    openness = generator.beta(4.0, 5.0, size)
    campaign = _campaign(generator, customers, natural, openness)
    purchases = _with_won_back(generator, customers, natural, campaign, calendar)
    order = np.lexsort((purchases.customer, purchases.day))
    purchases = purchases.take(order)
    left, back, gone = _departures(purchases, size)
    return Block(first, generator, customers, purchases, campaign, left, back, gone, openness)


def _campaign(
    generator: np.random.Generator, customers: Customers, natural: Purchases, openness: np.ndarray
) -> Campaign:
    """Choose the silent who may be written to, draw lots, and decide whom the mailing wins back."""
    size = len(customers)
    before = natural.day < CAMPAIGN_DAY
    seen = np.full(size, NO_DAY)
    np.maximum.at(seen, natural.customer[before], natural.day[before])
    silence = CAMPAIGN_DAY - seen
    shortest, longest = RETAIL.campaign_silence_days
    targets = np.flatnonzero((silence >= shortest) & (silence <= longest) & customers.consent)
    group = generator.choice(len(RETAIL.campaign_shares), len(targets), p=list(RETAIL.campaign_shares.values()))
    ember = generator.random(len(targets)) < 0.10 + 0.5 * openness[targets]
    factor = RETAIL.ember_uplift_factor
    uplift = np.array(list(RETAIL.campaign_uplift.values()))[group]
    share = ember.mean() if len(targets) else 0.5
    plain = uplift / (1 + share * (factor - 1))
    won = generator.random(len(targets)) < plain * np.where(ember, factor, 1.0)
    return Campaign(targets, group, ember, won)


def _with_won_back(
    generator: np.random.Generator,
    customers: Customers,
    natural: Purchases,
    campaign: Campaign,
    calendar: Calendar,
) -> Purchases:
    """Give those the mailing won back a second life from their first order, in place of what they would have done."""
    who = campaign.customer[campaign.won]
    if not len(who):
        return natural
    day = CAMPAIGN_DAY + generator.integers(2, 29, len(who))
    bait = np.where(campaign.group[campaign.won] == 1, 2, 1)
    second = live(generator, customers, calendar, (who, day, bait, np.zeros(len(who), dtype=np.bool_)))
    won = np.zeros(len(customers), dtype=np.bool_)
    won[who] = True
    kept = natural.take(~(won[natural.customer] & (natural.day >= CAMPAIGN_DAY)))
    return Purchases(*(np.concatenate([getattr(kept, name), getattr(second, name)]) for name in Purchases.__slots__))


def _departures(purchases: Purchases, size: int) -> tuple[Days, Days, Days]:
    left, back, gone = (np.full(size, NO_DAY) for _ in range(3))
    first_end = purchases.last & (purchases.bait < 0)
    left[purchases.customer[first_end]] = purchases.decided[first_end]
    second = purchases.bait >= 0
    late = np.full(size, END + 1)
    np.minimum.at(late, purchases.customer[second], purchases.day[second])
    back = np.where(late <= END, late, NO_DAY)
    final = np.full(size, NO_DAY)
    np.maximum.at(final, purchases.customer, purchases.day)
    closing = purchases.last & (purchases.day == final[purchases.customer])
    gone[purchases.customer[closing]] = purchases.decided[closing]
    return left, back, gone
