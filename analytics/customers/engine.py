"""What a reduction asks of a database: so little that another engine can stand behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

    from analytics.workspace import Parameters


class Engine(Protocol):
    """Runs the portable SQL of this folder. `analytics.workspace.Database` is the one inside; others come as extras.

    The SQL keeps to what engines agree on: no sampling, no hash of the engine's own, ties always ordered, quantiles as
    counted places, months as dates computed beforehand.
    """

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...]:
        """Run one statement and return its first row."""
        ...

    def arrow(self, sql: str, parameters: Parameters = ()) -> pa.Table:
        """Run one SELECT and return its result as one Arrow table."""
        ...

    def execute(self, sql: str, parameters: Parameters = ()) -> None:
        """Run one statement for its effect."""
        ...
