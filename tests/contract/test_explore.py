"""`explore` on wrong questions: a column that is no number, none at all, a time without dates."""

from __future__ import annotations

import pytest

from assistant.session import Session
from vocabulary.finding import Finding, NotApplicable


@pytest.mark.parametrize(
    "arguments",
    [{"measure": "mean"}, {"measure": "median", "column": "genre"}, {"measure": "sum", "column": "id_client_absent"}],
)
def test_a_mean_of_no_number_is_refused(arguments: dict[str, str], sessions: dict[str, Session]) -> None:
    from vocabulary.errors import UserError

    try:
        result = sessions["labelled"].runner.run("explore", arguments)
    except UserError as told:
        assert "id_client_absent" in str(told)
    else:
        assert isinstance(result, NotApplicable)


def test_a_group_holds_every_customer(sessions: dict[str, Session]) -> None:
    result = sessions["labelled"].runner.run("explore", {"measure": "customers", "by": ["genre"]})
    assert isinstance(result, Finding) and result.table is not None
    assert sum(row[1] for row in result.table.rows) == 600
    assert {row[0] for row in result.table.rows} == {"Femme", "Homme"}
