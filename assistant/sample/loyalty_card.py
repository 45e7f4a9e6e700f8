"""The loyalty card: points earned and spent. Cards go to who buys often, and change nothing."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from assistant.sample.block import Block
from assistant.sample.lives import END
from assistant.sample.shop_lines import Lines
from assistant.sample.truth import RETAIL
from assistant.sample.words import POINT_KINDS
from assistant.sample.writing import NO_DAY, Days, Habits

REWARD_POINTS = 200
REDEEMED = 0.6


def card_days(block: Block) -> Days:
    """Return the day each customer took the card, shape (n,), `NO_DAY` for who has none: members select themselves."""
    draw = np.random.default_rng([block.first, len(block), 41])
    quick = block.customers.gap < RETAIL.mean_gap_days
    takes = draw.random(len(block)) < np.where(quick, 0.65, 0.30)
    day = block.customers.joined + np.where(draw.random(len(block)) < 0.6, 0, draw.integers(1, 300, len(block)))
    return np.where(takes & (day <= END), day, NO_DAY)


def point_cells(habits: Habits, block: Block, lines: Lines, customer: pa.Array) -> list[pa.Array]:
    """Return the cells of the card's movements: a point a euro, a reward each two hundred points, six in ten redeemed.

    Args:
        habits: how cells are written.
        block: the customers.
        lines: their ticket lines.
        customer: written number of each customer of the block, shape (n,).
    """
    visits = block.purchases
    day = card_days(block)[visits.customer]
    spent = np.bincount(lines.visit, weights=lines.paid, minlength=len(visits)).astype(np.int64) // 100
    earning = np.flatnonzero((day != NO_DAY) & (visits.day >= day) & (spent > 0))
    order = earning[np.lexsort((visits.day[earning], visits.customer[earning]))]
    who, points = visits.customer[order], spent[order]
    total = np.cumsum(points)
    before = np.zeros(len(block), dtype=np.int64)
    starts = np.flatnonzero(np.append(True, who[1:] != who[:-1])) if len(who) else np.zeros(0, dtype=np.int64)
    before[who[starts]] = total[starts] - points[starts]
    own = total - before[who]
    rewards = own // REWARD_POINTS - (own - points) // REWARD_POINTS
    draw = np.random.default_rng([block.first, len(visits), 43])
    burns = np.flatnonzero((rewards > 0) & (draw.random(len(order)) < REDEEMED))
    all_who = np.concatenate([who, who[burns]])
    all_day = np.concatenate([visits.day[order], visits.day[order][burns]])
    kind = np.repeat([0, 1], [len(order), len(burns)])
    amount = np.concatenate([points, rewards[burns] * REWARD_POINTS])
    final = np.lexsort((kind, all_who, all_day))
    return [
        customer.take(pa.array(all_who[final])),
        habits.dates(all_day[final]),
        habits.labels(kind[final], POINT_KINDS),
        habits.integers(amount[final]),
    ]
