"""A broken analysis is said and logged; the rest of the diagnosis stands, and a stop stays a stop."""

import pytest

from assistant.failures import FAILED, guarded
from vocabulary.errors import UserError
from vocabulary.sentence import say


def _break():
    raise ZeroDivisionError("client0008@example.fr")


@pytest.mark.failures_expected
def test_a_failure_becomes_a_result_and_a_line_without_what_the_file_holds(caplog):
    result = guarded(_break, "churn_rate")
    assert (result.analysis, result.missing) == ("churn_rate", FAILED)
    assert "ZeroDivisionError" in caplog.text and "client0008" not in caplog.text


def test_what_was_stopped_stays_stopped():
    with pytest.raises(ZeroDivisionError):
        guarded(_break, "churn_rate", stopped=lambda: True)


def test_what_the_manager_can_mend_is_told_by_whoever_asked():
    def refuse():
        raise UserError(say("Autre colonne.", "Another column."))

    with pytest.raises(UserError):
        guarded(refuse, "explore")
