"""How a shop customer lives: who they are, when they buy, which purchase is the last, who comes back.

A modified BG/NBD process (Batislam, Denizel and Filiztekin 2007): gaps between purchases are exponential with a rate of
one's own drawn from a gamma law, and after every purchase, the first included, the customer may leave. The probability
of leaving is logistic in the planted effects of `truth.RETAIL`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.sample.season import Calendar, day_number
from assistant.sample.truth import RETAIL, RetailTruth, began, share_of
from assistant.sample.words import SHOPS, WEDDING_LIST
from assistant.sample.writing import NO_DAY, Codes, Days, Flags, Floats

START, END = day_number(RETAIL.start), day_number(RETAIL.end)
CAMPAIGN_DAY = day_number(RETAIL.campaign_day)
DIJON = next(position for position, shop in enumerate(SHOPS) if shop.town == "Dijon")
FRANCHISE = np.array([shop.franchise for shop in SHOPS])
MOST_PURCHASES = 150


@dataclass(slots=True)
class Customers:
    """What is true of each customer of one block from the first day; every array has shape (n,)."""

    joined: Days
    channel: Codes
    shop: Codes
    promo: Flags
    first_discount: Floats
    distance: Floats
    first_category: Codes
    welcomed: Flags
    self_checkout: Flags
    first_delivery: Codes
    invited: Days
    gap: Floats
    frailty: Floats
    consent: Flags

    def __len__(self) -> int:
        """Number of customers."""
        return len(self.joined)


@dataclass(slots=True)
class Purchases:
    """One line a visit, shape (m,): whose, when, which life, what stood true that day, and whether it was the last.

    `bait` is -1 in a first life, else how the customer came back: 0 by themselves, 1 by invitation, 2 by discount.
    `shock` is 0, or what made the customer leave before the next purchase: 1 the price rise, 2 the competitor;
    `decided` is the day of that decision, and the day of the visit otherwise.
    """

    customer: Codes
    day: Days
    rank: Codes
    bait: Codes
    complaint: Codes
    unresolved: Flags
    price_rise: Flags
    competitor: Flags
    invited: Flags
    last: Flags
    shock: Codes
    decided: Days

    def __len__(self) -> int:
        """Number of visits."""
        return len(self.customer)

    def take(self, kept: Codes | Flags) -> Purchases:
        """Return the visits chosen by position or by mask."""
        return Purchases(*(getattr(self, name)[kept] for name in self.__slots__))


def recruit(generator: np.random.Generator, size: int, calendar: Calendar, truth: RetailTruth = RETAIL) -> Customers:
    """Draw `size` customers.

    Args:
        generator: source of randomness of the block.
        size: how many.
        calendar: recruits follow its season.
        truth: shares of each thing planted.
    """
    channel = generator.choice(len(truth.channels), size, p=list(truth.channels.values()))
    promo = generator.random(size) < np.array(list(truth.promo_share_by_channel.values()))[channel]
    deep = generator.choice([0.30, 0.40, 0.50], size, p=[0.55, 0.30, 0.15])
    light = generator.choice([0.0, 0.05, 0.10, 0.15], size, p=[0.70, 0.12, 0.12, 0.06])
    far = generator.random(size) < share_of(truth.planted, "far")
    distance = np.where(far, 41 + generator.gamma(1.5, 28.0, size), np.minimum(generator.gamma(1.7, 6.5, size), 39.0))
    one_off = generator.random(size) < share_of(truth.planted, "one_off")
    welcomed = generator.random(size) >= share_of(truth.planted, "no_welcome")
    delivered = generator.random(size) < np.where(np.isin(channel, [1, 2, 5]), 0.65, 0.15)
    late = generator.random(size) < share_of(truth.planted, "late_first_delivery") / 0.40
    joined = calendar.draw(generator, size, truth.recruits_slow_down)
    invited = joined + generator.integers(60, 500, size)
    invitable = (generator.random(size) < share_of(truth.planted, "invited")) & (invited <= END)
    return Customers(
        joined=joined,
        channel=channel,
        shop=generator.integers(0, len(SHOPS), size),
        promo=promo,
        first_discount=np.where(promo, deep, light),
        distance=np.round(distance, 1).astype(np.float64),
        first_category=np.where(one_off, WEDDING_LIST, generator.integers(0, WEDDING_LIST, size)),
        welcomed=welcomed,
        self_checkout=generator.random(size) < np.where(welcomed, 0.18, 0.78),
        first_delivery=np.where(delivered, np.where(late, 2, 1), 0),
        invited=np.where(invitable, invited, NO_DAY),
        gap=truth.mean_gap_days * (truth.rate_shape - 1) / generator.gamma(truth.rate_shape, 1.0, size),
        frailty=generator.normal(0.0, truth.frailty_sd, size),
        consent=generator.random(size) < 0.78,
    )


def standing_log_odds(customers: Customers, truth: RetailTruth = RETAIL) -> Floats:
    """Return the log odds of leaving after a purchase that come from the first day, shape (n,)."""
    known = {
        "late_first_delivery": customers.first_delivery == 2,
        "no_welcome": ~customers.welcomed,
        "promo_recruited": customers.promo,
        "far": customers.distance > truth.far_km,
        "one_off": customers.first_category == WEDDING_LIST,
        "referral": customers.channel == list(truth.channels).index("Parrainage"),
        "comparison_site": customers.channel == list(truth.channels).index("Comparateur"),
    }
    total = truth.base_log_odds + customers.frailty
    total = total + truth.slow_rhythm_log_odds * np.log(customers.gap / truth.mean_gap_days)
    for code, holds in known.items():
        total = total + truth.planted[code].log_odds * holds
    return total


def first_lives(customers: Customers) -> tuple[Codes, Days, Codes, Flags]:
    """Return how everybody begins: positions, first days, no bait, no complaint left open; shape (n,) each."""
    size = len(customers)
    return np.arange(size), customers.joined, np.full(size, -1), np.zeros(size, dtype=np.bool_)


def live(
    generator: np.random.Generator,
    customers: Customers,
    calendar: Calendar,
    begin: tuple[Codes, Days, Codes, Flags] | None = None,
    truth: RetailTruth = RETAIL,
) -> Purchases:
    """Let customers buy, leave and sometimes come back, until the last day of history.

    Args:
        generator: source of randomness of the block.
        customers: the block.
        calendar: the season.
        begin: positions, first days, bait and unresolved complaints of those who begin; by default everybody's
            first life.
        truth: the planted effects.

    Returns:
        The visits, in no particular order.
    """
    who, day, bait, unresolved = begin or first_lives(customers)
    standing = standing_log_odds(customers, truth)
    rank = np.where(bait < 0, 0, 1)
    visits: list[Purchases] = []
    for _ in range(MOST_PURCHASES):
        inside = day <= END
        who, day, bait, unresolved, rank = who[inside], day[inside], bait[inside], unresolved[inside], rank[inside]
        if not len(who):
            break
        visit, odds = _visit(generator, customers, standing, (who, day, bait, unresolved, rank), truth)
        next_day = calendar.later(day, generator.exponential(1.0, len(who)) * customers.gap[who])
        _shock(generator, customers, visit, odds, next_day, truth)
        visits.append(visit)
        returns = visit.last & (generator.random(len(who)) < _return_share(visit, truth))
        silence = generator.integers(200, 480, len(who))
        day = np.where(visit.last, np.where(returns, visit.decided + silence, END + 1), next_day)
        bait = np.where(returns, 0, bait)
        unresolved, rank = visit.unresolved & ~returns, rank + 1
    return Purchases(*(np.concatenate([getattr(one, name) for one in visits]) for name in Purchases.__slots__))


def _shock(
    generator: np.random.Generator,
    customers: Customers,
    visit: Purchases,
    odds: Floats,
    next_day: Days,
    truth: RetailTruth,
) -> None:
    """Let an event that falls between two purchases be weighed the day it begins: the decision is then taken again."""
    shop = customers.shop[visit.customer]
    touched = {"price_rise": ~FRANCHISE[shop], "competitor": shop == DIJON}
    for number, (code, holds) in enumerate(touched.items(), start=1):
        begins = day_number(began(truth.planted, code))
        crossed = ~visit.last & holds & (visit.day < begins) & (next_day >= begins)
        chance = 1.0 / (1.0 + np.exp(-odds - truth.planted[code].log_odds))
        leaves = crossed & (generator.random(len(visit)) < chance)
        visit.last |= leaves
        visit.shock[leaves] = number
        visit.decided[leaves] = begins


def _visit(
    generator: np.random.Generator,
    customers: Customers,
    standing: Floats,
    state: tuple[Codes, Days, Codes, Flags, Codes],
    truth: RetailTruth,
) -> tuple[Purchases, Floats]:
    """Return the visits of one turn and the log odds that each was the last."""
    who, day, bait, unresolved, rank = state
    size = len(who)
    complains = generator.random(size) < truth.complaint_rate
    left_open = generator.random(size) < truth.complaint_unresolved
    unresolved = unresolved | (complains & left_open)
    price = (day >= day_number(began(truth.planted, "price_rise"))) & ~FRANCHISE[customers.shop[who]]
    competitor = (day >= day_number(began(truth.planted, "competitor"))) & (customers.shop[who] == DIJON)
    invited = (customers.invited[who] != NO_DAY) & (customers.invited[who] <= day)
    odds = standing[who]
    for code, holds in {
        "unresolved_complaint": unresolved,
        "price_rise": price,
        "competitor": competitor,
        "invited": invited,
        "second_life": bait >= 0,
        "second_life_discount": bait == 2,
        "first_purchase": rank == 0,
    }.items():
        odds = odds + truth.planted[code].log_odds * holds
    last = generator.random(size) < 1.0 / (1.0 + np.exp(-odds))
    complaint = np.where(complains, np.where(left_open, 2, 1), 0)
    nothing = np.zeros(size, dtype=np.int64)
    visit = Purchases(
        who, day, rank, bait, complaint, unresolved, price, competitor, invited, last, nothing, day.copy()
    )
    return visit, odds


def _return_share(visit: Purchases, truth: RetailTruth) -> Floats:
    share = np.where(visit.price_rise | (visit.shock == 1), truth.return_share_after_price, truth.return_share)
    return np.where(visit.unresolved, truth.return_share_after_complaint, share)
