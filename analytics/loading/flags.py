"""Yes/no columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from analytics.datamodel.model import ColumnType
from analytics.loading.reading import Reading
from analytics.loading.words import YES_NO

_BOTH = ("o_n", "y_n", "v_f", "t_f", "zero_one", "mixed_words")


def read_flags(counts: Mapping[str, int]) -> Reading | None:
    """Decide whether the values say yes or no; None when they do not.

    One letter, 0 or 1, and words of several habits, mean yes or no only where both are there.

    Args:
        counts: distinct cells (trimmed, empty words apart) and their counts.
    """
    words = {value.lower() for value in counts}
    if not words or len(counts) > 8:
        return None
    for code, yes, no in YES_NO:
        if not words <= yes | no or (code in _BOTH and not (words & yes and words & no)):
            continue
        if code == "mixed_words" and all(len(word) == 1 for word in words):
            continue
        spelt = {
            truth: Counter({v: n for v, n in counts.items() if v.lower() in set_}).most_common(1)
            for truth, set_ in ((True, yes), (False, no))
        }
        pair = (spelt[True][0][0] if spelt[True] else "", spelt[False][0][0] if spelt[False] else "")
        true_list, false_list = (", ".join(f"'{word}'" for word in sorted(set_)) for set_ in (yes, no))
        sql = f"CASE WHEN lower({{x}}) IN ({true_list}) THEN TRUE WHEN lower({{x}}) IN ({false_list}) THEN FALSE END"
        return Reading(ColumnType.FLAG, sql, "BOOLEAN", (code,), spellings=pair)
    return None
