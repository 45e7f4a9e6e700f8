"""The figures a diagnosis opens with, counted straight from the loaded tables, as they are or with one of them replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from analytics.customers.events import Events
from analytics.customers.lines import LineReader
from analytics.customers.profiles import Profiles
from analytics.customers.routes import Routes
from analytics.datamodel.model import DataModel, LostBasis
from analytics.statistics.intervals import wilson
from analytics.workspace import Database, literal
from vocabulary.estimate import Estimate, Unit

_EMPTY = "SELECT NULL AS who, NULL AS order_ref, NULL AS day, NULL AS amount, NULL AS kept WHERE FALSE"


class Headlines:
    """Counts customers, the share lost, revenue and the average basket, with the rule for lost held fixed."""

    def __init__(self, database: Database, model: DataModel) -> None:
        """Write the SELECTs once; nothing is counted yet."""
        routes = Routes(database, model)
        self._database, self._model = database, model
        reader = LineReader(database, model, routes)
        named = reader.sources()
        sources = named or reader.anonymous()
        parts = [f"SELECT who, order_ref, day, amount, kept FROM ({source.sql})" for source in sources]
        self._lines = " UNION ALL ".join(parts) or _EMPTY
        self._sold = bool(named)
        listed = Profiles(database, model, routes).listed()
        self._listed = " UNION ".join(f"SELECT who FROM ({sql})" for sql, _ in listed)
        self._labelled = [sql for sql, fields in listed if "label" in fields]
        described = [f"SELECT who, contract_end FROM ({sql})" for sql, fields in listed if "contract_end" in fields]
        self._ended = described or Events(database, model, routes).contract_ends()
        names = "|".join(table.table for table in model.tables)
        self._tables = re.compile(rf'(FROM|JOIN) "({names})"')

    def count(self, replaced: Mapping[str, str] | None = None, as_of: date | None = None) -> dict[str, Estimate]:
        """The figures by name; those the files cannot tell are absent.

        Revenue is of all purchases; `known_revenue` and the average basket are of those that name their customer.

        Args:
            replaced: SELECTs (with `rowid`) that stand in the place of loaded tables.
            as_of: another reference date than the model's.
        """
        found: dict[str, Estimate] = {}
        day = as_of or self._model.as_of
        lines = f"(SELECT * FROM ({self._sql(self._lines, replaced)}) WHERE day <= {literal(day)} AND kept)"
        buyers, known, revenue, orders, sold = self._database.row(f"""
            SELECT COUNT(DISTINCT who), SUM(amount) FILTER (who IS NOT NULL), SUM(amount),
                   COUNT(DISTINCT CONCAT(who, '/', COALESCE(order_ref, CAST(day AS VARCHAR))))
                       FILTER (who IS NOT NULL AND amount >= 0),
                   SUM(amount) FILTER (who IS NOT NULL AND amount >= 0)
            FROM {lines}""")  # fmt: skip
        customers = self._customers(lines, replaced)
        if customers:
            found["customers"] = Estimate("customers", customers, Unit.CUSTOMERS, n=customers)
        if revenue is not None:
            found["revenue"] = Estimate("revenue", float(revenue), Unit.MONEY, n=buyers)
            found["known_revenue"] = Estimate("known_revenue", float(known or 0), Unit.MONEY, n=buyers)
        if orders and sold is not None:
            found["average_basket"] = Estimate("average_basket", float(sold) / orders, Unit.MONEY, n=orders)
        lost = self._lost(lines, replaced, day)
        if lost is not None:
            found["lost_rate"] = wilson(*lost).estimate("lost_rate", Unit.RATIO)
        return found

    def _sql(self, sql: str, replaced: Mapping[str, str] | None) -> str:
        if not replaced:
            return sql
        return self._tables.sub(
            lambda place: f"{place.group(1)} ({replaced[place.group(2)]})" if place.group(2) in replaced else place.group(0),
            sql,
        )

    def _customers(self, lines: str, replaced: Mapping[str, str] | None) -> int:
        """Those the answers count (`measures/base.py`): who bought; all those listed too when a contract or a label tells of them."""
        people = f"SELECT who FROM {lines} WHERE COALESCE(amount, 0) >= 0"
        told = self._model.lost.basis in (LostBasis.LABEL, LostBasis.CONTRACT_END)
        if self._listed and (told or not self._sold):
            people = f"SELECT who FROM ({self._sql(self._listed, replaced)}) UNION ALL {people}"
        return int(self._database.row(f"SELECT COUNT(DISTINCT who) FROM ({people})")[0])

    def _lost(self, lines: str, replaced: Mapping[str, str] | None, day: date) -> tuple[int, int] | None:
        lost = self._model.lost
        if lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS) and lost.days is not None:
            gone, known = self._database.row(
                f"SELECT COUNT(*) FILTER (DATE_DIFF('day', last, {literal(day)}) > {lost.days}), COUNT(*) FROM"
                f" (SELECT who, CAST(MAX(day) AS DATE) AS last FROM {lines} WHERE who IS NOT NULL"
                f" AND COALESCE(amount, 0) >= 0 GROUP BY who)"
            )
        elif lost.basis is LostBasis.LABEL and self._labelled:
            source = " UNION ALL ".join(f"SELECT who, label FROM ({sql})" for sql in self._labelled)
            gone, known = self._database.row(
                "SELECT COUNT(*) FILTER (gone), COUNT(gone) FROM (SELECT who, BOOL_OR(label) AS gone FROM"
                f" ({self._sql(source, replaced)}) GROUP BY who)"
            )
        elif lost.basis is LostBasis.CONTRACT_END and self._ended:
            gone, known = self._database.row(
                f"SELECT COUNT(*) FILTER (gone), COUNT(*) FROM (SELECT who, BOOL_AND(COALESCE(contract_end <= {literal(day)}, FALSE)) AS gone"
                f" FROM ({self._sql(' UNION ALL '.join(self._ended), replaced)}) WHERE who IS NOT NULL GROUP BY who)"
            )
        else:
            return None
        return (int(gone), int(known)) if known else None
