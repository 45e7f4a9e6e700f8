"""« Loyer mensuel », "monthly rental": what a header says by the month is a number, and no split by month."""

import pytest

from tests.unit.embedded.talks import converse, opened


@pytest.fixture(scope="module")
def lockers(tmp_path_factory):
    """Bicycle lockers let by the month, beside the bills of each tenant."""
    lets = [["Let no", "Tenant", "Size", "Monthly rental", "Start", "Ended on", "Status"]]
    lets += [
        [f"L{n:03d}", f"T{n:03d}", ("Small", "Large")[n % 2], 15 + 5 * (n % 2), f"2023-{1 + n % 12:02d}-04", f"2024-{1 + n % 9:02d}-20" if n % 4 == 0 else None, "Ended" if n % 4 == 0 else "Live"]
        for n in range(80)
    ]  # fmt: skip
    bills = [["Tenant", "Invoice number", "Invoice date", "Total", "Status"]]
    bills += [[f"T{n % 80:03d}", f"B{n:04d}", f"2024-{1 + n % 12:02d}-10", 15 + 5 * (n % 2), "PAID"] for n in range(400)]
    yield from opened(tmp_path_factory, "lockers", {"locker_rental_contracts.csv": lets, "invoices.csv": bills})


@pytest.mark.parametrize("question, measure, by", [
    ("total monthly rental of live contracts", "sum", []), ("average monthly rental by size", "mean", ["Size"]), ("total of monthly rental by size", "sum", ["Size"]),
])  # fmt: skip
def test_what_is_paid_a_month_is_no_split_by_month(lockers, question, measure, by):
    found = converse(lockers, question)[-1]
    assert found.status == "answered", found.sentence
    arguments = dict(found.steps[0].arguments)
    assert (arguments["measure"], arguments["column"], list(arguments.get("by") or [])) == (measure, "Monthly rental", by)
