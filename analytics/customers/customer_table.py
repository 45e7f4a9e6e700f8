"""Writes `customers.sql` out for one base and runs it, bucket by bucket, as of any day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.customers.engine import Engine
from analytics.customers.statements import statement, years_before
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType, LostBasis, LostDefinition
from analytics.datamodel.signs import Sign
from analytics.workspace import quote

if TYPE_CHECKING:
    import pyarrow as pa

LINES_A_BUCKET = 1_500_000  # more lines at a time do not fit in a gigabyte of memory (measured)
ALL = 1 << 28  # draws run from 0 to ALL - 1
RHYTHM_SAMPLE = 50_000  # customers on whom the base's rhythm is measured


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The base's own pace, in days, on which the states of customers rest.

    Args:
        silence: after how long a silence a customer counts as lost; None when silence does not tell.
        p90_gap: ninth decile of the gaps between purchase days; None when nobody bought twice.
        second_gap: median time to the second purchase, of those who made one.
        transactional: customers are known by their purchases, not by a contract or a label alone.
        lived: they are known by other acts of theirs (visits, log-ins ...), and days stand for these.
    """

    silence: int | None
    p90_gap: float | None
    second_gap: float | None
    transactional: bool
    lived: bool = False


StateRule = Callable[[Rhythm, date], str]


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """All that makes the `customers` table of one base.

    Args:
        lost: the definition of lost.
        as_of: the day the files describe.
        transactional: there are purchases.
        attributes: in the order of their columns.
        expressions: column of an attribute -> its SQL, for those that are not fixed columns.
        touched: aggregates over touches the expressions need: name -> SQL.
        closing: aggregates over the lines of the last order the expressions need: name -> SQL.
        lasting: aggregates over all lines the expressions need: name -> SQL.
        delivered, promised: columns of `purchases` that hold the two dates, if any.
        contracts: attributes that contracts give, as columns of theirs (before they were given a column of `customers`).
        marks: columns of `touches` that say what was met at events of use.
        lines, customers: sizes, from which buckets and samples are cut.
    """

    lost: LostDefinition
    as_of: date
    transactional: bool
    attributes: tuple[Attribute, ...]
    expressions: dict[str, str]
    touched: dict[str, str] = field(default_factory=dict)
    closing: dict[str, str] = field(default_factory=dict)
    lasting: dict[str, str] = field(default_factory=dict)
    delivered: str | None = None
    promised: str | None = None
    contracts: tuple[Attribute, ...] = ()
    marks: tuple[str, ...] = ()
    lines: int = 0
    customers: int = 0

    @property
    def lived(self) -> bool:
        """Whether silences are counted from other acts than purchases."""
        return self.lost.sign is not Sign.PURCHASE

    @property
    def buckets(self) -> int:
        """In how many parts customers are reduced, so that memory stays bounded."""
        return max(1, -(-self.lines // LINES_A_BUCKET))

    def create(self, engine: Engine, state: StateRule) -> Rhythm:
        """Write the table `customers` as of the day of the files; return the rhythm its states rest on."""
        rhythm = self.rhythm(engine, self.as_of)
        sql = self.sql(self.as_of, rhythm, state)
        for bucket in range(self.buckets):
            verb = "CREATE OR REPLACE TABLE customers AS" if bucket == 0 else "INSERT INTO customers"
            engine.execute(f"{verb} {sql}", self.parameters(self.as_of, rhythm, bucket, ALL))
        if self.buckets > 1:
            engine.execute("CREATE OR REPLACE TABLE customers AS SELECT * FROM customers ORDER BY customer_key")
        return rhythm

    def at(self, engine: Engine, day: date, sample: int | None, state: StateRule) -> pa.Table:
        """The table as it stood at `day`, in memory; about `sample` customers, or all."""
        import pyarrow as pa

        rhythm = self.rhythm(engine, day)
        cut = self.cut(sample)
        sql = self.sql(day, rhythm, state, sampled=cut < ALL)
        buckets = self.buckets if cut == ALL else max(1, -(-self.buckets * cut // ALL))
        parts = [
            engine.arrow(sql, {**self.parameters(day, rhythm, bucket, cut), "buckets": buckets})
            for bucket in range(buckets)
        ]
        table: pa.Table = pa.concat_tables(parts)
        return table.sort_by("customer_key") if buckets > 1 else table

    def cut(self, sample: int | None) -> int:
        """The draw under which about `sample` customers fall."""
        return ALL if sample is None or sample >= self.customers else max(1, ALL * sample // max(1, self.customers))

    def rhythm(self, engine: Engine, day: date) -> Rhythm:
        """Measure the base's pace on what had happened by `day`."""
        silence = self.lost.days if self.lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS) else None
        cut = self.cut(RHYTHM_SAMPLE)
        bought = "" if self.lived else " AND p.kept AND COALESCE(p.amount, 0) >= 0"
        sql = statement("rhythm").format(seen="signs" if self.lived else "purchases", bought=bought)
        p90, second = engine.row(sql, {"day": day, "cut": cut})
        return Rhythm(silence, p90, second, self.transactional, self.lived)

    def parameters(self, day: date, rhythm: Rhythm, bucket: int, cut: int) -> dict[str, Any]:
        """The parameters of one run of `customers.sql`."""
        return {
            "day": day,
            "year_ago": years_before(day, 1),
            "two_years_ago": years_before(day, 2),
            "quarter_ago": day - timedelta(days=90),
            "silence": rhythm.silence,
            "buckets": self.buckets,
            "bucket": bucket,
            "cut": cut,
            "transactional": self.transactional,
            "lived": self.lived,
            "present": day >= self.as_of,
            "ends": self.lost.basis in (LostBasis.LABEL, LostBasis.CONTRACT_END),
        }

    def sql(self, day: date, rhythm: Rhythm, state: StateRule, *, sampled: bool = False) -> str:
        """Write the statement out: attributes, the rule of lost, the rule of states."""
        present = day >= self.as_of
        own = [attribute for attribute in self.attributes if attribute.column in self.expressions]
        written = [f"{self._expression(one, present)} AS {quote(one.column)}" for one in own]
        aggregates = [f"{sql} AS {name}" for name, sql in self.touched.items()]
        within = "AND customer_key IN (SELECT customer_key FROM who)" if sampled else ""
        return statement("customers").format(
            sampled=within,
            delivered="CAST(NULL AS DATE)" if self.delivered is None else f"l.{quote(self.delivered)}",
            promised="CAST(NULL AS DATE)" if self.promised is None else f"l.{quote(self.promised)}",
            told="".join(f", {one.column}" for one in self.contracts),
            held="".join(f", {_held(one)} AS {one.column}" for one in self.contracts),
            holds="".join(f", h.{one.column}" for one in self.contracts),
            closing="".join(f", {sql} AS {name}" for name, sql in self.closing.items()),
            closes="TRUE" if self.closing else "FALSE",
            lasting="".join(f", {sql} AS {name}" for name, sql in self.lasting.items()),
            lasts="TRUE" if self.lasting else "FALSE",
            marked="".join(f", t.{mark}" for mark in self.marks),
            touched=", ".join(aggregates or ["COUNT(*) AS touches"]),
            attributes="".join(f",\n           {one}" for one in written),
            columns="".join(f", {quote(one.column)}" for one in own),
            lost=self._gone(),
            told_lost="gone" if present else "CAST(NULL AS BOOLEAN)",
            seen=_SEEN.format(sampled=within) if self.lived else "orders",
            silence_began="last_sign" if rhythm.silence is not None else "CAST(NULL AS DATE)",
            state=state(rhythm, day),
        )

    def _expression(self, attribute: Attribute, present: bool) -> str:
        """What the files say of a customer's present is unknown at an earlier date, unless it was so from the start.

        What a contract says is taken from the one held that day; but for activity, which is counted up to the day of the files.
        """
        of_contract = any(one.name == attribute.name for one in self.contracts) and attribute.timing is not Timing.WARNING
        of_lines = self.expressions[attribute.column].startswith(("c.", "e.", "COALESCE(e."))  # read on the orders up to that day
        if present or of_contract or of_lines or attribute.derived or attribute.timing is Timing.AT_RECRUITMENT:
            return self.expressions[attribute.column]
        return f"CAST(NULL AS {SQL_TYPES[attribute.type]})"

    def _gone(self) -> str:
        """Who is lost: by the label, the end of the contract, or the silence."""
        basis = self.lost.basis
        if basis is LostBasis.LABEL:
            return "CASE WHEN $present THEN label WHEN ended IS NOT NULL THEN TRUE END"
        if basis is LostBasis.CONTRACT_END and self.lost.buyers:
            return "CASE WHEN ended IS NOT NULL THEN TRUE WHEN COALESCE(orders, 1) > 0 THEN FALSE END"
        if basis is LostBasis.CONTRACT_END:
            return "(ended IS NOT NULL)"
        if basis is LostBasis.NONE or self.lost.days is None:
            return "CAST(NULL AS BOOLEAN)"
        return f"CASE WHEN COALESCE(orders, 1) > 0 THEN silent_days > {self.lost.days} END"


def _held(attribute: Attribute) -> str:
    """What the contract held last says, or the first for what is known from the start."""
    column = attribute.column
    which = f"{'from_first' if attribute.timing is Timing.AT_RECRUITMENT else 'from_last'} = 1"
    if attribute.type is ColumnType.FLAG:
        return f"MAX(CASE WHEN {which} THEN CASE WHEN {column} THEN 1 WHEN NOT {column} THEN 0 END END) = 1"
    return f"MAX(CASE WHEN {which} THEN {column} END)"


_SEEN = "(SELECT * FROM signs WHERE customer_key % $buckets = $bucket AND day <= $day {sampled}) signs"
SQL_TYPES = {
    ColumnType.CATEGORY: "VARCHAR", ColumnType.TEXT: "VARCHAR", ColumnType.NUMBER: "DOUBLE", ColumnType.FLAG: "BOOLEAN",
    ColumnType.DATE: "DATE", ColumnType.MOMENT: "DATE", ColumnType.EMPTY: "VARCHAR",
}  # fmt: skip
