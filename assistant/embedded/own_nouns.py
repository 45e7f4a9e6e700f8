"""What a house calls by a word of its own, that no file names: it is not skipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from assistant.answer import Reading
from assistant.embedded import wording
from assistant.embedded.absent import as_typed
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns
from assistant.embedded.ideas import in_lexicon
from assistant.embedded.sureness import ACT
from assistant.embedded.text import plain

_COUNTED = re.compile(
    r"\b(?:(?P<fr>combien de |nombre de |combien d'|nombre d'|nb de )|how many |number of )(?P<what>[a-z]{4,})\b|^(?P<head>[a-z]{4,}) (?:par|by|per) "
)


def of_an_own_noun(question: str, known: Collection[str], columns: Columns, read: Callable[[str], Reading]) -> Reading | None:
    """« Combien de cures en 2022 ? » where no file speaks of cures: whether orders or customers are meant is asked.

    Args:
        question: as typed, of which nothing could be read.
        known: plain words of ordinary questions.
        columns: what the data can be asked about.
        read: how another question would be read.
    """
    text = plain(question)
    match = _COUNTED.search(text)
    if match is None:
        return None
    what, french = match["what"] or match["head"], match["fr"] is not None or match["head"] is not None
    if what in known or what in columns.words or in_lexicon(what):
        return None
    choices = []
    for usual in (("commandes", "clients") if french else ("orders", "customers")) if columns.sold else ():
        said = read(re.sub(rf"\b{what}\b", usual, text, count=1).replace("d'" + usual, "de " + usual))
        told = said.status == "answered" and [step.analysis for step in said.steps] == ["explore"]
        if told and len(said.steps[0].arguments) > 1:  # a period, a column, a value of the files: what else was asked is theirs
            choices.append(wording.asked(Prepared("explore", dict(said.steps[0].arguments)), columns))
    return Reading("clarify", (), ACT, wording.not_read(as_typed([what], question)), tuple(dict.fromkeys(choices))) if len(choices) > 1 else None
