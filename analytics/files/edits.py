"""The bytes of a block with some of them left out and others put in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analytics.files.block import Positions

Edit = tuple[int, int, bytes]  # first byte, end, what stands there instead
_FEW = 256


def edited(data: bytes, edits: Sequence[Edit], low: Positions, high: Positions) -> list[bytes | memoryview]:
    """Change bytes.

    Args:
        data: the bytes.
        edits: what stands instead of some of them; apart from one another.
        low, high: first bytes, and ends, of what is left out; they may overlap one another, never an edit.
    """
    view, pieces, at = memoryview(data), list[bytes | memoryview](), 0
    if len(low) <= _FEW:
        changes = sorted([*edits, *zip(low.tolist(), high.tolist(), [b""] * len(low), strict=True)])
        for start, end, instead in changes:
            if start > at:
                pieces.append(view[at:start])
            if instead:
                pieces.append(instead)
            at = max(at, end)
        pieces.append(view[at:])
        return pieces
    kept = np.ones(len(data), dtype=np.bool_)
    while len(low):
        kept[low] = False
        low = low + 1
        low, high = low[low < high], high[low < high]
    text = np.frombuffer(data, dtype=np.uint8)
    for start, end, instead in [*sorted(edits), (len(data), len(data), b"")]:
        pieces += [text[at:start][kept[at:start]].tobytes(), instead]
        at = end
    return pieces
