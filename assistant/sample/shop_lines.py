"""The till: each visit becomes one to four lines with a category, a price, a discount and a cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.sample.block import Block
from assistant.sample.lives import END, START
from assistant.sample.season import sale_kind
from assistant.sample.truth import RETAIL
from assistant.sample.words import CATEGORIES, WEDDING_LIST
from assistant.sample.writing import Codes, Floats

PRICE_BY_CATEGORY: tuple[float, ...] = (34.0, 29.0, 22.0, 38.0, 41.0, 26.0, 24.0, 58.0)
VAT = 0.20
SALES_CODE, BLACK_FRIDAY_CODE, WELCOME_CODE, RETURN_CODE, FLASH_CODE = 1, 2, 0, 3, 4


@dataclass(slots=True)
class Lines:
    """Ticket lines, shape (l,): the visit each belongs to, and money in cents."""

    visit: Codes
    category: Codes
    quantity: Codes
    paid: Codes
    discount: Codes
    cost: Codes
    code: Codes


def ring_up(block: Block) -> Lines:
    """Detail every visit of a block into lines, in the order of the visits."""
    generator, visits = block.generator, block.purchases
    count = np.minimum(1 + generator.poisson(0.35, len(visits)), 4)
    visit = np.repeat(np.arange(len(visits)), count)
    starts = np.cumsum(count) - count
    leading = np.zeros(len(visit), dtype=np.bool_)
    leading[starts] = True
    first = (visits.rank[visit] == 0) & leading
    category = _categories(generator, block, visit, first)
    quantity = 1 + generator.binomial(3, 0.12, len(visit))
    base = np.array(PRICE_BY_CATEGORY)[category] * np.exp(generator.normal(0.0, 0.35, len(visit))) * quantity
    base = np.maximum(base * np.where(visits.bait[visit] == 2, 0.7, 1.0), 2.0)
    shelf = base * np.where(visits.price_rise[visit], 1 + RETAIL.price_rise, 1.0)
    rate, code = _discounts(generator, block, visit, visits.rank[visit] == 0)
    cents = np.round(shelf * 100).astype(np.int64)
    discount = np.ceil(cents * rate - 1e-6).astype(np.int64)  # a rate told as 30 % is never a hair below
    cost = np.round(base * 100 / (1 + VAT) * (1 - RETAIL.gross_margin)).astype(np.int64)
    return Lines(visit, category, quantity, cents - discount, discount, cost, code)


def _categories(generator: np.random.Generator, block: Block, visit: Codes, first: np.ndarray) -> Codes:
    home = block.customers.first_category[block.purchases.customer[visit]]
    other = generator.integers(0, len(CATEGORIES) - 1, len(visit))
    stays = generator.random(len(visit)) < np.where(home == WEDDING_LIST, 0.35, 0.40)
    return np.where(first | stays, home, other)


def _discounts(
    generator: np.random.Generator, block: Block, visit: Codes, first_visit: np.ndarray
) -> tuple[Floats, Codes]:
    """Return the rate of discount of each line and its code: the house discounts more and deeper each year."""
    visits, who = block.purchases, block.purchases.customer[visit]
    day = visits.day[visit]
    years = (day - START) / (END - START)
    kind = sale_kind(day)
    hunter = block.customers.promo[who]
    chance = np.where(kind > 0, 0.45, 0.04 + 0.10 * years) * np.where(hunter, 1.8, 1.0)
    drawn = generator.random(len(visit)) < np.minimum(chance, 0.9)
    depth = generator.choice([0.10, 0.15, 0.20, 0.30, 0.40], len(visit), p=[0.25, 0.2, 0.25, 0.2, 0.1])
    rate = np.where(drawn, np.round(depth + 0.05 * np.round(years * 2 * generator.random(len(visit))), 2), 0.0)
    code = np.where(drawn, np.select([kind == 1, kind == 2], [SALES_CODE, BLACK_FRIDAY_CODE], FLASH_CODE), -1)
    first_rate = block.customers.first_discount[who]
    rate = np.where(first_visit, first_rate, rate)
    first_code = np.select([first_rate >= RETAIL.promo_from, first_rate > 0], [WELCOME_CODE, FLASH_CODE], -1)
    code = np.where(first_visit, first_code, code)
    won = (visits.bait[visit] == 2) & (visits.rank[visit] == 1)
    return np.where(won, RETAIL.campaign_discount, rate), np.where(won, RETURN_CODE, code)
