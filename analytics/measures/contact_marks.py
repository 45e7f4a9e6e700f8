"""Who of a list of customers may not be written to: marked wherever the list is shown, as they are left out of what is exported."""

from __future__ import annotations

from dataclasses import replace

from analytics.measures.consent import read_consents
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column, Finding, Table
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say

_CONTACT = Column("contact", Text("contact", "contact"))
_CLOSED = Text("ne pas contacter", "do not contact")


def marked(study: Study, finding: Finding) -> tuple[Finding, Sentence | None]:
    """The finding with its closed customers marked, and the sentence that says so; as it was when it lists nobody closed."""
    if not finding.items or "customer" not in finding.items[0]:
        return finding, None
    consents = read_consents(study)
    closed = {str(item["customer"]) for item in finding.items if consents.closed(str(item["customer"]))}
    if not closed:
        return finding, None
    items = tuple({**item, "do_not_contact": str(item["customer"]) in closed} for item in finding.items)
    said = say(
        "{n} des clients listés ne doivent pas être contactés (refus, ou accord jamais donné) : ils sont marqués « ne pas "
        "contacter » et ne sortent dans aucune liste.",
        "{n} of the customers listed must not be contacted (refusal, or consent never given): they are marked “do not contact” "
        "and leave in no list.",
        n=Estimate("do_not_contact", len(closed), Unit.CUSTOMERS, len(items), method="exact"),
    )  # fmt: skip
    found = replace(finding, items=items)
    if finding.table is None or all(column.name != "customer" for column in finding.table.columns):
        return found, None  # nobody is named on the page
    return replace(found, table=_table(finding.table, closed)), said


def _table(table: Table, closed: set[str]) -> Table:
    names = [column.name for column in table.columns]
    place = names.index("customer")
    columns = (*table.columns[: place + 1], _CONTACT, *table.columns[place + 1 :])
    rows = tuple((*row[: place + 1], _CLOSED if str(row[place]) in closed else None, *row[place + 1 :]) for row in table.rows)
    return replace(table, columns=columns, rows=rows)
