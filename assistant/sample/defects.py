"""The few honest defects of the files, told in `docs/sample.md`: a check of health should find each again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.sample.block import Block
from assistant.sample.shop_lines import Lines
from assistant.sample.truth import DEFECTS
from assistant.sample.writing import Codes, Days, Flags

TEST_CENTS = 100


class Defects:
    """Which rows of a block carry which defect.

    Args:
        seed: of the sample.
        number: of the block.
        customers: customers in the block.
        visits: visits in the block.
        lines: ticket lines in the block.
    """

    def __init__(self, seed: int, number: int, customers: int, visits: int, lines: int) -> None:
        """Draw them apart from the lives, so that a defect never changes a life."""
        draw = np.random.default_rng([seed, number, 99])
        tests = DEFECTS.test_accounts if number == 0 and customers >= 1000 else 0
        self.test: Flags = np.zeros(customers, dtype=np.bool_)
        self.test[draw.choice(customers, tests, replace=False)] = True
        self.twin_of: Codes = np.arange(customers)
        pairs = customers // DEFECTS.same_person_every
        pool = draw.permutation(np.flatnonzero(~self.test))
        self.twin_of[pool[:pairs]] = pool[pairs : 2 * pairs]
        self.no_birth: Flags = draw.random(customers) < DEFECTS.missing_birth
        self.no_postcode: Flags = draw.random(customers) < DEFECTS.missing_postcode
        self.no_channel: Flags = draw.random(customers) < DEFECTS.missing_channel
        self.repeated: Codes = draw.choice(lines, lines // DEFECTS.repeated_line_every, replace=False)
        self.future: Codes = draw.choice(lines, lines // DEFECTS.future_line_every, replace=False)
        self.orphan: Codes = draw.choice(lines, lines // DEFECTS.orphan_line_every, replace=False)
        nameless = round(visits * DEFECTS.anonymous_share)
        self.nameless: Codes = np.sort(draw.choice(visits, nameless, replace=False))
        self.nameless_day_of: Codes = draw.choice(visits, nameless, replace=False)


@dataclass(slots=True)
class TillRows:
    """The rows of the purchases' file, shape (r,): the line each shows, its ticket, day and customer (-1: nobody)."""

    line: Codes
    ticket: Codes
    day: Days
    customer: Codes
    orphan: Flags


def spoil_amounts(block: Block, lines: Lines, defects: Defects) -> None:
    """Make every line of a test account worth one euro, at no cost and no discount."""
    test = defects.test[block.purchases.customer[lines.visit]]
    for column, cents in ((lines.paid, TEST_CENTS), (lines.discount, 0), (lines.cost, 0)):
        column[test] = cents


def till_rows(block: Block, lines: Lines, defects: Defects) -> TillRows:
    """Lay out the rows of a block by day: its lines, the repeated ones, and tickets of nobody in particular.

    A nameless ticket copies the lines of one visit to the day of another.
    """
    visits = block.purchases
    own = np.concatenate([np.arange(len(lines.visit)), defects.repeated])
    copied = np.flatnonzero(np.isin(lines.visit, defects.nameless))
    place = np.searchsorted(defects.nameless, lines.visit[copied])
    late = np.where(np.isin(own, defects.future), 365 * DEFECTS.future_years + 1, 0)
    own_visit = lines.visit[own]
    rows = TillRows(
        line=np.concatenate([own, copied]),
        ticket=np.concatenate([own_visit, len(visits) + place]),
        day=np.concatenate([visits.day[own_visit] + late, visits.day[defects.nameless_day_of[place]]]),
        customer=np.concatenate([visits.customer[own_visit], np.full(len(copied), -1)]),
        orphan=np.concatenate([np.isin(own, defects.orphan), np.zeros(len(copied), dtype=np.bool_)]),
    )
    order = np.lexsort((rows.line, rows.ticket, rows.day))
    return TillRows(*(getattr(rows, name)[order] for name in TillRows.__slots__))
