"""« Combien de clients l'ont acheté ? », "how many customers bought it?": what was bought is the thing the talk was of."""

from __future__ import annotations

import re

from assistant.answer import Reading
from assistant.embedded import wording
from assistant.embedded.columns import Columns
from assistant.embedded.sureness import READ
from assistant.embedded.text import plain
from assistant.planner import Dialogue

_IT = re.compile(
    r"\b(?P<verb>bought|buy|buys|ordered|order|purchased|returned|chose|took) (?P<it>it|that one|this one|that product|this product)\b(?! (?:again|together|online|back|with))|"
    r"\b(?:l'|les |en )(?P<fr>ont|a) (?P<done>achetee?s?|commandee?s?|pris|rendue?s?|retournee?s?)\b"
)
_BACK = 4  # turns at most


def of_what_was_said(question: str, dialogue: Dialogue, columns: Columns) -> tuple[str, Reading | None]:
    """The question with the thing last looked at in place of « it »; what is answered when no turn before was of one thing.

    Args:
        question: as typed.
        dialogue: the turns before.
        columns: what the data can be asked about.
    """
    match = _IT.search(plain(question))
    if match is None or not dialogue.answers or len(plain(question)) != len(question):
        return question, None
    for answer in reversed(dialogue.answers[-_BACK:]):
        for step in answer.reading.steps:
            told = [held for held in step.arguments.get("purchase_filter") or () if held["operator"] == "=" and len(held["values"]) == 1]
            named = [str(held["values"][0]) for held in told if any(found.on_purchases and str(held["values"][0]) in found.values for found in columns.fields)]
            if len(named) == 1:
                if match["verb"]:
                    return f"{question[: match.start('it')]}{named[0]}{question[match.end('it') :]}", None
                return f"{question[: match.start()]}ont {match['done']} {named[0]}{question[match.end() :]}", None
    return question, Reading("cannot_answer", (), READ, wording.say_it_whole())
