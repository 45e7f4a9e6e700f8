"""What was read of a question beside its subject."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.embedded.filters import Filter
from assistant.embedded.periods import Period


@dataclass(slots=True)
class Slots:
    """What was read of a question; empty where it says nothing."""

    by: list[str] = field(default_factory=list)
    time: str | None = None
    filters: list[Filter] = field(default_factory=list)
    period: Period | None = None
    compare: Period | None = None
    also: Period | None = None  # who bought then too
    absent: Period | None = None  # who bought nothing then
    top: int | None = None
    top_share: float | None = None  # "the top 10 % of customers"
    order: str | None = None
    measure: str | None = None
    column: str | None = None
    customer: str | None = None
    unknown_group: str | None = None  # « par … » followed by words no column answers to
    unread: list[str] = field(default_factory=list)  # comparisons no column answers to
    statistic: str | None = None  # « la médiane », said on its own in a follow-up
    counted: bool = False  # "how many customers", "what share of customers"
    departing: bool = False  # it speaks of leaving
    part: list[Filter] = field(default_factory=list)  # the conditions that make the numerator of a share
    per: str | None = None  # "average monthly revenue": the period averaged over
    active: bool = False  # who bought in the period named
    stock: bool = False  # what stood at the end of the period, or of each period, and not what happened in it
    others: bool = False  # the customers asked about are to be set beside all the others
    listed: bool = False  # « quels clients … », "list the customers who …": their names are wanted
    ranked: bool = False  # « nos 5 meilleurs clients à Lyon »: so many customers, by what they spend
    losing: bool = False  # « on perd du monde en ce moment ? »: whether customers leave, not why nor who
    figure: bool = False  # a statistic is asked for: a share, an average, a number of
    soon: bool = False  # who is about to leave, by name
    owed: bool = False  # what customers owe was asked for, and no column says what is paid
    lasting: bool = False  # how long relations last, and not where they end
    scored: bool = False  # promoters or detractors were asked for
    unexplained: list[str] = field(default_factory=list)  # words with a meaning of their own that no slot has read

    @property
    def empty(self) -> bool:
        """Whether nothing was read."""
        return self == Slots()
