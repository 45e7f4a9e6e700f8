"""One path for every cell that leaves towards a spreadsheet: nothing in it may be taken for a formula (ASVS 1.2.10)."""

from __future__ import annotations

import re

_BLANK = re.compile(r"^[\s\u0000-\u001f\u200b-\u200f\u2060\ufeff]*")
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")


def safe_text(words: str) -> str:
    """Put a quote before words a spreadsheet could run; other words are unchanged."""
    core = _BLANK.sub("", words)
    if words[:1] in ("\t", "\r", "\n", "\x00") or core[:1] in _LIVE:
        return "'" + words
    return words
