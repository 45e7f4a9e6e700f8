"""What one planted defect is, and where its alarm must stand to count as found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import DataModel
from tests.unit.datamodel.measure.world import World


@dataclass(frozen=True)
class Mark:
    """Where the alarm must stand: the table's key, the column's key (None: the table as a whole), and how many it counts."""

    table: str | None = None
    column: str | None = None
    count: int | None = None


@dataclass(frozen=True)
class Case:
    """One defect.

    Args:
        code: the alarm it must raise.
        title: what is planted, for the published table.
        plant: changes a world and says where the alarm must stand.
    """

    code: HealthCode
    title: str
    plant: Callable[[World], Mark]

    @property
    def name(self) -> str:
        """A name of its own."""
        return self.plant.__name__


def is_found(case: Case, mark: Mark, world: World, model: DataModel) -> bool:
    """Whether the alarm stands where the defect was planted, with its count."""
    file = world[mark.table].name if mark.table else None
    header = world[mark.table].headers[mark.column] if mark.table and mark.column else None
    return any(
        check.check == case.code and (file is None or check.file == file) and (header is None or check.column == header)
        and (mark.count is None or check.count == mark.count)
        for check in model.health
    )  # fmt: skip
