"""A study: reduced data as of a date, what the columns mean, and a way to ask the catalogue. What analyses are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.datamodel.attributes import Attribute
from analytics.datamodel.model import DataModel
from analytics.segment import Segment, with_values
from analytics.workspace import Database, Parameters
from vocabulary.finding import NotApplicable, Result
from vocabulary.language import Text

if TYPE_CHECKING:
    import pyarrow as pa


EVERY_PURCHASE = "(SELECT * FROM purchases UNION ALL SELECT * FROM unnamed_purchases)"


@dataclass(slots=True)
class Study:
    """What an analysis reads. SQL stands in the analysis's own file and names only tables of `customers/schema.py`.

    Args:
        database: the open data file.
        model: what the files mean, with the as-of date and the definition of lost.
        attributes: columns of `customers` beside the fixed ones.
        purchase_attributes: columns of `purchases` beside the fixed ones.
        tables: reduced tables present (`customers`, `purchases`, `customer_months`, `touches`, `contracts`).
        segment: the customers looked at; analyses apply it through `who()`.
        asker: the catalogue's runner, for analyses that use another's finding.
        memo: what several analyses of one study share, computed once; keyed by what it depends on.
        unanswered: the questions the files cannot answer yet, each with what is missing and would unlock it.
        met: the aggregates over dated events that give attributes, by their name (see `customers.sql`), to count them from another day.
        reducer: gives `customers` as of an earlier date, all or a stable sample of about so many (in memory, same columns,
            `lost` NULL).
    """

    database: Database
    model: DataModel
    attributes: tuple[Attribute, ...]
    purchase_attributes: tuple[Attribute, ...]
    tables: frozenset[str]
    segment: Segment = field(default_factory=Segment)
    asker: Callable[[str, dict[str, Any]], Result] | None = None
    reducer: Callable[[date, int | None], pa.Table] | None = None
    met: Mapping[str, str] = field(default_factory=dict)
    unanswered: Callable[[], Sequence[tuple[Text, NotApplicable]]] | None = None
    queries: list[str] = field(default_factory=list)
    memo: dict[str, Any] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The reference date."""
        return self.model.as_of

    @property
    def lines_sold(self) -> str:
        """What every purchase is read from, of customers known or not, as it stands after FROM."""
        if self.sells_to_nobody:
            return "unnamed_purchases"
        return EVERY_PURCHASE if "unnamed_purchases" in self.tables else "purchases"

    @property
    def sells(self) -> bool:
        """Whether the files hold dated purchases, be it of nobody known."""
        return "purchases" in self.tables or "unnamed_purchases" in self.tables

    @property
    def sells_to_nobody(self) -> bool:
        """Whether no purchase names its customer: what was sold is known, and nothing of who bought."""
        return "unnamed_purchases" in self.tables and "purchases" not in self.tables

    def who(self) -> tuple[str, list[Any]]:
        """The WHERE clause over `customers` for the study's segment, and its parameters."""
        return self.segment.sql(self.attributes, self.purchase_attributes if "purchases" in self.tables else None)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """Run a SELECT and keep it as evidence."""
        self._trace(sql, parameters)
        return self.database.rows(sql, parameters)

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...]:
        """Run a SELECT of one row and keep it as evidence."""
        self._trace(sql, parameters)
        return self.database.row(sql, parameters)

    def arrow(self, sql: str, parameters: Parameters = ()) -> pa.Table:
        """Run a SELECT, keep it as evidence, return Arrow."""
        self._trace(sql, parameters)
        return self.database.arrow(sql, parameters)

    def attribute(self, name: str) -> Attribute | None:
        """The customer attribute of that name (header or code), or None."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)

    def ask(self, analysis: str, **arguments: Any) -> Result:
        """The finding of another analysis, which must be in the caller's `uses`."""
        if self.asker is None:
            raise LookupError("this study has no catalogue to ask")
        return self.asker(analysis, arguments)

    def customers_at(self, day: date, sample: int | None = None) -> pa.Table:
        """The `customers` table as it stood at an earlier date: nothing after `day` is in it.

        Args:
            day: the date looked from; what the files say of a customer's present (contract held, consents) is NULL.
            sample: about how many customers, drawn by a stable hash of their id; all when None.
        """
        if self.reducer is None:
            raise LookupError("this study cannot look at another date")
        return self.reducer(day, sample)

    def _trace(self, sql: str, parameters: Parameters) -> None:
        shown = with_values(sql, list(parameters)) if isinstance(parameters, Sequence) else sql
        if shown not in self.queries:
            self.queries.append(shown)


def whole(study: Study) -> Study:
    """The same study with everyone in it: its memo and its evidence are shared, so what is learnt of all is learnt once."""
    return study if not study.segment.conditions else replace(study, segment=Segment())
