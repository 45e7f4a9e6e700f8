"""Columns written once a customer had gone quiet: a code that nobody seen lately bears, and many of those who left do."""

from __future__ import annotations

import numpy as np

from analytics.measures.exposure import Exposure
from analytics.statistics.arrays import Bools, Column, category_codes, is_category

_HARDLY_ANY = 0.005  # of those seen lately
_EXPECTED = 7  # of them would bear it if they bore it as the others do: chance leaves none once in a thousand
_MANY = 0.25  # of those who left
_FEWEST = 30


def written_too_late(exposed: Exposure) -> tuple[str, ...]:
    """Name the columns without a date of which one value is met by many who left and by nobody who was seen lately.

    Where departures are silences, who has been silent for a while is not lost yet, and somebody may already have marked them:
    the mark is then met among those who stay as well, and no longer gives itself away by being pure. But whoever is back has
    not got it. What is known from the first, and whatever makes customers leave more often, is met among them too.

    Args:
        exposed: the customers, and who was seen lately.
    """
    lately = exposed.lately
    if lately is None or min(lately.sum(), exposed.outcome.sum()) < _FEWEST:
        return ()
    return tuple(name for name in exposed.undated if name in exposed.frame.features and _marked(exposed.frame.features[name], exposed.outcome, lately))


def _marked(column: Column, outcome: Bools, lately: Bools) -> bool:
    if not is_category(column):
        return False
    codes, levels = category_codes(column)
    for code in range(len(levels)):
        bears = codes == code
        met, others = int(bears[lately].sum()), float(np.mean(bears[~lately]))
        gone = float(np.mean(bears[outcome]))
        if gone >= _MANY and met <= _HARDLY_ANY * lately.sum() and others * lately.sum() >= _EXPECTED:
            return True
    return False
