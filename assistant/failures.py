"""One broken analysis does not take the others with it: its failure is logged, said, and fails our own tests."""

from __future__ import annotations

import logging
from collections.abc import Callable

from vocabulary.errors import UserError, trail
from vocabulary.finding import NotApplicable, Result
from vocabulary.sentence import say

LOG = logging.getLogger("noces.failures")
FAILED = "failed"

_OURS = say(
    "Une erreur de notre côté empêche cette réponse ; les autres n’en dépendent pas.",
    "An error of ours prevents this answer; the others do not depend on it.",
)
_REPORT = say(
    "Signalez cette question : le journal de l’application dit où l’erreur s’est produite.",
    "Report this question: the application's log says where the error happened.",
)


def guarded(run: Callable[[], Result], analysis: str, *, stopped: Callable[[], bool] | None = None) -> Result:
    """Run an analysis; a programming error in it becomes a result that says so, and a line in the log.

    Args:
        run: what may fail.
        analysis: its name.
        stopped: whether the work was asked to stop, which makes a query under way raise.

    Raises:
        UserError: as `run` raises it. Anything, when the work was asked to stop.
    """
    try:
        return run()
    except UserError:
        raise
    except Exception as problem:
        if stopped is not None and stopped():
            raise
        LOG.error("%s failed: %s", analysis, trail(problem))
        return NotApplicable(analysis, FAILED, _OURS, _REPORT)
