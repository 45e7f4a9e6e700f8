"""What an analysis is: a named question put to the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from analytics.datamodel.roles import Role
from analytics.segment import Operator
from analytics.study import Study
from vocabulary.finding import Result
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence
from vocabulary.themes import JourneyStage


class Condition(BaseModel):
    """One condition of a filter, as a planner or a model writes it (see `analytics/segment.py`)."""

    model_config = ConfigDict(extra="forbid")
    field: str
    operator: Operator = "="
    values: list[str | float | int | bool | None] = Field(default_factory=list)


class Parameters(BaseModel):
    """Parameters every analysis takes: the customers it looks at. Subclasses add their own, typed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    segment: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """Something the data must hold. `roles`: any one of them is enough; `table`: a reduced table that must exist.

    `missing` is the word printed in `not_answerable`; `unlock` says which column or file would answer.
    """

    missing: str
    unlock: Sentence
    roles: tuple[Role, ...] = ()
    table: str | None = None
    lost: bool = False  # needs a definition of lost


@dataclass(frozen=True, slots=True)
class Analysis:
    """A question the catalogue can answer.

    Args:
        name, row: name and row id of `features.md`.
        stage: where in the journey.
        title: how to call it.
        examples: two questions a language.
        needs: checked by the runner before `run`; the first that fails makes a NotApplicable.
        run: the analysis itself; None while it is only planned.
        parameters: its typed arguments.
        uses: other analyses whose findings it asks for.
        summary: one sentence saying what it tells, for the manual and a model's tool description.
        would_answer: whether it would answer rather than refuse, told at little cost before the question is offered; None
            where running it costs little. Its needs are met.
    """

    name: str
    row: str
    stage: JourneyStage
    title: Text
    summary: Text
    examples: dict[Language, tuple[str, str]]
    needs: tuple[Need, ...] = ()
    run: Callable[[Study, Parameters], Result] | None = None
    parameters: type[Parameters] = Parameters
    uses: tuple[str, ...] = ()
    would_answer: Callable[[Study, Parameters], bool] | None = None
    of_customers: bool = True
