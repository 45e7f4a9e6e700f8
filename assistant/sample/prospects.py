"""People who have not bought yet, described only by what is known before a first purchase."""

from __future__ import annotations

import numpy as np

from assistant.sample.lives import END
from assistant.sample.people import postcodes
from assistant.sample.truth import RETAIL
from assistant.sample.words import CHANNELS, SHOPS
from assistant.sample.writing import NO_DAY, Habits, TableFile

PROSPECT_BLOCK = 200_000


def write_prospects(file: TableFile, habits: Habits, seed: int, count: int) -> None:
    """Write `count` prospects; those of the referral channel and near a shop resemble the customers who stay."""
    for number, first in enumerate(range(0, count, PROSPECT_BLOCK)):
        size = min(PROSPECT_BLOCK, count - first)
        draw = np.random.default_rng([seed, number, 55])
        channel = draw.choice(len(CHANNELS), size, p=[0.18, 0.24, 0.24, 0.08, 0.08, 0.18])
        far = draw.random(size) < 0.25
        distance = np.where(far, 41 + draw.gamma(1.5, 28.0, size), np.minimum(draw.gamma(1.7, 6.5, size), 39.0))
        shop = draw.integers(0, len(SHOPS), size)
        consent = draw.random(size) < 0.7
        seen = END - draw.integers(0, 900, size)
        visited = np.where(draw.random(size) < 0.35, END - draw.integers(0, 60, size), NO_DAY)
        numbers = first + np.arange(size) + 1
        file.write(
            [
                habits.identifiers("P", numbers, 7),
                habits.labels(channel, CHANNELS),
                postcodes(draw, shop, distance > RETAIL.far_km),
                habits.decimals(np.round(distance, 1).astype(np.float64)),
                habits.labels(shop, [one.town for one in SHOPS]),
                habits.integers(draw.integers(18, 85, size)),
                habits.dates(seen),
                habits.dates(visited),
                habits.joined("prospect", habits.integers(numbers), "@example.com"),
                habits.flags(consent),
                habits.dates(np.where(consent, seen, NO_DAY)),
            ]
        )
