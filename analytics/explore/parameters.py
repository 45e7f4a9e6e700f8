"""The typed query of `explore`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from analytics.analysis import Condition, Parameters
from analytics.explore.measures import Measure

LONG_AGO = date(1900, 1, 1)  # where a period begins that only says when it ends: « avant juillet »

class Period(BaseModel):
    """Two days, both included."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    start: date
    end: date


class Seen(BaseModel):
    """Customers told by the lines of another file: those it names, or names none of (`never`), then and so.

    `least`, `most`: on so many lines at least, at most (none of them included).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    table: str
    never: bool = False
    least: int | None = None
    most: int | None = None
    period: Period | None = None
    filter: tuple[Condition, ...] = ()


class ExploreParameters(Parameters):
    """The typed query: measure × column × groups × filters × period × comparison × order.

    `part` says the numerator of a share; without it, a share is each group's part of the whole. `per`: what is added up,
    averaged over the calendar periods it covers ("average monthly revenue"); `order`: a mean of a column, added up over each order first. `table`: the file whose lines are looked at
    as they stand; `purchase_filter` and `part` are then of its lines. A `delay` runs from the date `since` to the date `column`
    of that file; without them, from the day of the line to the day it was closed. `also`, `absent`: customers who bought in
    that period too, or bought nothing then; of a share of customers, they are those counted. `top_share`: the first groups,
    as a share of how many there are ("the top 10 % of customers"). `stock`: what is in force at the end of the period, or of each
    calendar period it is split by, rather than what happened in it: contracts begun and not ended, customers there and not lost.
    `seen`: customers a file of visits, of tickets, names or not. `edge`: the day of the first or of the last of what is counted is asked for.
    """

    measure: Measure = "customers"
    table: str | None = None
    column: str | None = None
    since: str | None = None
    part: tuple[Condition, ...] = ()
    per: Literal["day", "week", "month", "quarter", "year", "order"] | None = None
    by: tuple[str, ...] = Field(default=(), max_length=2)
    period: Period | None = None
    compare: Period | None = None
    also: Period | None = None
    absent: Period | None = None
    seen: Seen | None = None
    purchase_filter: tuple[Condition, ...] = ()
    stock: bool = False
    order: Literal["asc", "desc"] | None = None
    top: int | None = Field(default=None, ge=1, le=1000)
    top_share: float | None = Field(default=None, gt=0, le=1)
    edge: Literal["first", "last", "both"] | None = None

    @property
    def shared(self) -> bool:
        """Whether something says which cases make the numerator of a share."""
        return bool(self.part or (self.measure == "share_customers" and (self.also or self.absent or self.seen)))
