"""What detectors over the reduced tables are given."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.customers.reduce import Reduction
from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import DataModel, Effect, HealthCheck
from analytics.study import Study
from analytics.workspace import Database
from vocabulary.sentence import Sentence
from vocabulary.themes import Severity


@dataclass(frozen=True, slots=True)
class Base:
    """The reduced tables, the model they come from, and what the reduction holds."""

    database: Database
    model: DataModel
    reduction: Reduction

    def study(self) -> Study:
        """The whole base as an analysis reads it."""
        held = self.reduction
        return Study(self.database, self.model, held.attributes, held.purchase_attributes, held.tables)

    def lost(self, where: str = "TRUE") -> tuple[int, int]:
        """How many of the customers who meet a condition are lost, and of how many that can be told."""
        gone, known = self.database.row(
            f"SELECT COUNT(*) FILTER (lost), COUNT(lost) FROM customers WHERE COALESCE({where}, FALSE)"
        )
        return int(gone), int(known)


def caution(
    code: HealthCode, count: int, detail: Sentence, effect: Effect | None = None, *, lines: str | None = None,
    severity: Severity = Severity.INFO,
) -> HealthCheck:  # fmt: skip
    """A check over the whole base."""
    return HealthCheck(code.value, severity, count, detail, effect=effect, lines=lines)
