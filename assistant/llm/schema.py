"""What a model is told of the files: the columns it may name, by code, with header, role and type. Never a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics.customers.schema import STATES
from analytics.datamodel.model import ColumnType, LostBasis
from analytics.datamodel.roles import PERSONAL_ROLES, Role
from analytics.segment import FIXED_FIELDS
from analytics.study import Study
from analytics.workspace import quote
from assistant.embedded.columns import columns_of
from assistant.embedded.fields import Field
from assistant.llm.masking import Mask

PERIODS = ("month", "quarter", "year")
_MOST_COLUMNS = 120
_LONGEST_HEADER = 60
# People and firms by name, and what tells one from another: no group, no filter, no value of these is for a model.
NAMING_ROLES = PERSONAL_ROLES | {
    Role.SELLER, Role.SELLER_ID, Role.COMPANY_NAME, Role.CUSTOMER_ID, Role.CUSTOMER_LINK, Role.ACCOUNT_ID,
    Role.PARENT_ACCOUNT_ID, Role.HOUSEHOLD_ID, Role.ORDER_ID, Role.LINE_ID, Role.ROW_ID, Role.PROSPECT_ID,
    Role.SUBSCRIPTION_ID, Role.FREE_TEXT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column a model may name: `code` is what it writes, `name` what an analysis takes."""

    code: str
    name: str
    header: str
    role: str | None
    type: ColumnType
    values: tuple[str, ...]
    on_purchases: bool

    def describe(self) -> dict[str, Any]:
        """The column as the model reads it."""
        kind = "yes/no" if self.type is ColumnType.FLAG else self.type.value
        said = {"code": self.code, "header": self.header, "role": self.role, "type": kind}
        return said | ({"of": "purchases"} if self.on_purchases else {})


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of a study that may be named to a model."""

    columns: tuple[Column, ...]

    def find(self, said: str) -> Column | None:
        """The column of that code, or of exactly that header."""
        found = [column for column in self.columns if said == column.code]
        found += [column for column in self.columns if said in (column.header, column.name)]
        return found[0] if found else None

    def code_of(self, name: str) -> str | None:
        """The code of the column an analysis calls `name`."""
        return next((column.code for column in self.columns if column.name == name), None)

    def groups(self, *, on_purchases: bool) -> tuple[Column, ...]:
        """The columns one can split by: of customers, and of purchases too where an analysis looks at them."""
        return tuple(column for column in self.columns if on_purchases or not column.on_purchases)

    def numbers(self) -> tuple[Column, ...]:
        """The columns that hold numbers."""
        return tuple(column for column in self.columns if column.type is ColumnType.NUMBER)


def read_schema(study: Study, mask: Mask) -> Schema:
    """The columns of `study` a model may be told of; a header that is itself someone's data is withheld."""
    empty = _empty(study)
    fields = [
        field for field in columns_of(study).fields if field.role not in NAMING_ROLES and field.name not in empty
    ][:_MOST_COLUMNS]  # fmt: skip
    columns = [_column(field, number, mask) for number, field in enumerate(fields, start=1)]
    if study.model.lost.basis is not LostBasis.NONE and not any(column.name == "lost" for column in columns):
        columns.append(Column("lost", "lost", "customer lost", None, ColumnType.FLAG, (), False))
    return Schema(tuple(columns))


def _empty(study: Study) -> frozenset[str]:
    """The fixed columns of customers that these files leave empty."""
    names = [field.name for field in columns_of(study).fields if field.name in FIXED_FIELDS and not field.on_purchases]
    if not names:
        return frozenset()
    counts = study.database.row(f"SELECT {', '.join(f'count({quote(name)})' for name in names)} FROM customers")
    return frozenset(name for name, count in zip(names, counts, strict=True) if not count)


def _column(field: Field, number: int, mask: Mask) -> Column:
    ours = field.derived or field.role is None or field.name in ("category", "product", "store", "sale_channel", "channel")
    code = field.name if ours and field.name.isidentifier() and field.name.isascii() else f"col{number}"
    header = " ".join(mask.names(field.name).split())[:_LONGEST_HEADER]
    values = STATES if field.name == "state" else field.values
    role = field.role.value if field.role is not None and not field.derived else None
    return Column(code, field.name, header, role, field.type, values, field.on_purchases)
