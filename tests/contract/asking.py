"""A query run on loaded files, as outside programs run it."""

from __future__ import annotations

from assistant.session import Session
from vocabulary.finding import Finding


def found(session: Session, **arguments: object) -> Finding:
    """What the query finds, which there must be."""
    result = session.runner.run("explore", arguments)
    assert isinstance(result, Finding), result
    return result
