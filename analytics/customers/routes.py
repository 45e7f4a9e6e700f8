"""How a row of any table finds its customer: its own id, an id translated by another table, or its order's customer."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.customers.columns import Columns, somebody
from analytics.datamodel.model import DataModel, Key
from analytics.datamodel.nobody import zeros, zeros_are_nobody
from analytics.datamodel.roles import Role, TableKind
from analytics.workspace import Database, quote

_IDENTITY = (Role.CUSTOMER_ID, Role.ACCOUNT_ID, Role.CUSTOMER_LINK)
_PEOPLE = (TableKind.CUSTOMERS, TableKind.CUSTOMER_LINKS, TableKind.USERS)
_CONTACT_ROLES = (Role.EMAIL, Role.PHONE, Role.ROW_ID)
_WITH_HEADER = (TableKind.TRANSACTIONS, TableKind.INVOICES)


@dataclass(frozen=True, slots=True)
class Route:
    """The customer's id (SQL text expression) for a row of a table, and the joins that expression needs."""

    customer: str
    joins: str = ""


class Routes:
    """Finds customers for the rows of the loaded tables of one model."""

    def __init__(self, database: Database, model: DataModel, *, nameless: bool = False) -> None:
        """Keep the model; nothing is run yet. `nameless`: every row is of nobody known, whatever its columns."""
        self._database, self._model, self._nameless = database, model, nameless
        self._zeros: dict[str, bool] = {}

    def columns(self, table: str, alias: str = "t") -> Columns:
        """The columns of a table, under an alias."""
        return Columns(self._database, self._model, table, alias)

    def identity(self, table: str) -> str | None:
        """The column that names the customer in a table: the one that joins the customers' own, else the one that says so."""
        if self._nameless:
            return None
        roles = self._model.roles_of(table)
        told = [roles[role][0].column for role in _IDENTITY if role in roles]
        if not told:
            return self._shared_name(table)
        if len(told) < 2:
            return told[0]
        return next((column for column in told if self._joins_customers(table, column)), told[0])

    def _shared_name(self, table: str) -> str | None:
        """Where nothing names the customer: the column by which rows join a table whose customers are named by it."""
        people = {profile.table for profile in self._model.of_kind(*_PEOPLE)}
        for key in self._model.keys:
            if key.left_table == table and key.right_table in people and key.role in (*_IDENTITY, *_CONTACT_ROLES):
                roles = self._model.roles_of(key.right_table)
                if any(key.right_column == roles[role][0].column for role in _IDENTITY if role in roles):
                    return key.left_column
        return None

    def _joins_customers(self, table: str, column: str) -> bool:
        people = {profile.table for profile in self._model.of_kind(*_PEOPLE)}
        return any(
            key.left_table == table and key.left_column == column and key.right_table in people
            for key in self._model.keys
        )

    def route(self, table: str, alias: str = "t") -> Route | None:
        """How rows of `table` find their customer; None when they cannot."""
        if self._nameless:
            return Route("CAST(NULL AS VARCHAR)")
        columns = self.columns(table, alias)
        translated = self._translated(table, columns)
        if translated is not None:
            return translated
        own = self.identity(table)
        if own is not None:
            person = somebody(columns.as_text(own))
            return Route(f"CASE WHEN NOT {zeros(person)} THEN {person} END" if self._zero_is_nobody(columns, own) else person)
        return self._through(table, columns, Role.SUBSCRIPTION_ID, (TableKind.SUBSCRIPTIONS,)) or self._through(
            table, columns, Role.ORDER_ID, _WITH_HEADER
        )

    def _zero_is_nobody(self, columns: Columns, column: str) -> bool:
        """Whether customer 0, or 00000, is nobody in this table."""
        table, person = columns.table, columns.as_text(column)
        if table not in self._zeros:
            none, rows, people = self._database.row(
                f"SELECT COUNT(*) FILTER ({zeros(person)}), COUNT(*), COUNT(DISTINCT {person})"
                f" FROM {quote(table)} {columns.alias}"
            )
            self._zeros[table] = zeros_are_nobody(none, rows, people)
        return self._zeros[table]

    def header(self, table: str) -> str | None:
        """The table that holds the orders of `table`'s lines: order number, and customer or date."""
        if Role.ORDER_ID not in self._model.roles_of(table):
            return None
        for candidate in self._model.of_kind(*_WITH_HEADER):
            roles = self._model.roles_of(candidate.table)
            if candidate.table != table and Role.ORDER_ID in roles and self.route_exists(candidate.table):
                return candidate.table
        return None

    def route_exists(self, table: str) -> bool:
        """Whether the table names customers by itself, or nobody has to be named."""
        return self._nameless or self.identity(table) is not None

    def _translated(self, table: str, columns: Columns) -> Route | None:
        key = self._translation(table)
        if key is None:
            return None
        person = self.identity(key.right_table)
        if person is None:
            return None
        links = self.columns(key.right_table, "k")
        source = (
            f"SELECT {links.as_text(key.right_column)} AS ref, MIN({somebody(links.as_text(person))}) AS person"
            f" FROM {quote(key.right_table)} k GROUP BY 1"
        )
        mine = columns.as_text(key.left_column)
        return Route("links.person", f"LEFT JOIN ({source}) links ON links.ref = {mine}")

    def _translation(self, table: str) -> Key | None:
        """The key by which this table's customer id is another name of a person's id, if it is one."""
        if self._model.kind(table) in _PEOPLE:
            return None
        people = {profile.table for profile in self._model.of_kind(*_PEOPLE)}
        own = self.identity(table)
        for key in sorted(self._model.keys, key=lambda k: (-k.coverage, k.right_table)):
            if key.left_table != table or key.right_table not in people or key.right_table == table:
                continue
            if key.left_column == own or (own is None and key.role in (*_IDENTITY, *_CONTACT_ROLES)):
                return None if key.right_column == self.identity(key.right_table) else key
        return None

    def _through(self, table: str, columns: Columns, role: Role, kinds: tuple[TableKind, ...]) -> Route | None:
        if not columns.has(role):
            return None
        for holder in self._model.of_kind(*kinds):
            there = self.columns(holder.table)
            inner = self.route(holder.table) if self.route_exists(holder.table) else None
            if holder.table == table or not there.has(role) or inner is None:
                continue
            source = (
                f"SELECT {there.text(role)} AS ref, MIN({inner.customer}) AS person"
                f" FROM {quote(holder.table)} t {inner.joins} GROUP BY 1"
            )
            return Route("heads.person", f"LEFT JOIN ({source}) heads ON heads.ref = {columns.text(role)}")
        return None
