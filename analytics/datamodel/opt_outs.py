"""Columns that say whom one may no longer write to, known by their header: nothing of theirs is read as empty by guess."""

from __future__ import annotations

import re

from analytics.datamodel.headers import plain

_OPT_OUT = re.compile(
    r"opt\W*out|unsub|desab|desinscri|\bstop|do\W*not|dont\W|ne\W*pas|\bno\W*(?:e?mail|sms|call|contact|marketing)|\boppos|\brefus"
    r"|object(?:ed|ion)|black\W*list|bloctel|liste\W*rouge|suppress|\bexclu(?!si)|bounce|\bretrait|withdr|revo(?:ked|qu|cation)"
    r"|quarantin|\bdeced|\bdeceas|date\W*(?:de\W*|du\W*)?deces|date\W*of\W*death|death\W*date"  # nobody writes to the dead
)


def header_words(header: str) -> str:
    """A header in plain lower-case words, camel case and underscores undone."""
    return plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)).replace("_", " ")


def says_opt_out(header: str) -> bool:
    """Whether a header speaks of a refusal to be contacted."""
    return bool(_OPT_OUT.search(header_words(header)))
