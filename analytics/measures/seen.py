"""The days on which customers gave the sign whose absence makes a silence: bought, or came, where nothing sold is told."""

from __future__ import annotations

from analytics.datamodel.signs import SIGN_WORDS, Sign, SignWords
from analytics.study import Study

_BOUGHT = "SELECT customer_key, day FROM purchases WHERE kept AND COALESCE(amount, 0) >= 0"
_LIVED = "SELECT customer_key, day FROM signs"


def days_seen(study: Study) -> str | None:
    """A SELECT of `customer_key` and `day`; None where these days are not in the files one by one."""
    if study.model.lost.sign is not Sign.PURCHASE:
        return _LIVED if "signs" in study.tables else None
    return _BOUGHT if "purchases" in study.tables else None


def sign_words(study: Study) -> SignWords:
    """How the sign is said."""
    return SIGN_WORDS[study.model.lost.sign]


def is_lived(study: Study) -> bool:
    """Whether customers are known by other acts than purchases."""
    return study.model.lost.sign is not Sign.PURCHASE
