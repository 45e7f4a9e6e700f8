"""The plan: the actions a manager keeps, with owner, date, budget, order and notes. Values only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from assistant.answer import Action


class Progress(StrEnum):
    """Where an action stands: the three columns of the board."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action and what the manager decided of it."""

    action: Action
    progress: Progress = Progress.TODO
    owner: str = ""
    due: date | None = None
    budget: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The actions kept, in the manager's order. Every change returns a new plan."""

    actions: tuple[PlannedAction, ...] = ()

    def adding(self, *actions: Action) -> Plan:
        """The plan with these actions at the end; one already there is left as the manager had it.

        The same advice for as many customers is the same action, though another question led to it.
        """
        kept = list(self.actions)
        for action in actions:
            if not any(_same(planned.action, action) for planned in kept):
                kept.append(PlannedAction(action))
        return Plan(tuple(kept))

    def holds(self, action: Action) -> bool:
        """Whether the action, or the same advice under another id, is in the plan."""
        return any(_same(planned.action, action) for planned in self.actions)

    def without(self, action_id: str) -> Plan:
        """The plan without that action."""
        return Plan(tuple(planned for planned in self.actions if planned.action.id != action_id))

    def changing(self, action_id: str, **changes: Any) -> Plan:
        """The plan with new owner, due date, budget, note or progress for one action."""
        return Plan(tuple(replace(p, **changes) if p.action.id == action_id else p for p in self.actions))

    def moving(self, action_id: str, by: int) -> Plan:
        """The plan with one action moved up (negative) or down."""
        order = list(self.actions)
        position = next(i for i, planned in enumerate(order) if planned.action.id == action_id)
        order.insert(max(0, min(len(order) - 1, position + by)), order.pop(position))
        return Plan(tuple(order))

    def of(self, progress: Progress) -> Iterable[PlannedAction]:
        """The actions at that progress, in order."""
        return (planned for planned in self.actions if planned.progress is progress)


def _same(one: Action, other: Action) -> bool:
    return one.id == other.id or (one.stage, one.title, one.count) == (other.stage, other.title, other.count)
