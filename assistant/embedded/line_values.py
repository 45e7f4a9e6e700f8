"""Values that only the lines of one file hold: a gate, an outcome of a visit. Counted there, and said not to be told of each customer elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from analytics.datamodel.roles import TableKind
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded import wording
from assistant.embedded.columns import columns_of
from assistant.embedded.ideas import in_lexicon, split_headers
from assistant.embedded.record_tables import RecordTable, record_tables
from assistant.embedded.strangers import capitalised
from assistant.embedded.text import plain, words

_SURE = 0.9
_LONG = 4  # letters of a value said by one word
_ENDS = ("", "s")  # « fausses alertes », "false alarms": several of them
_PARTICLE = 3  # letters: "in", "out", "off"
_SIDES = re.compile(r"([^\W\d_]{2,})-([^\W\d_]{2,})|([^\W\d_]{3,}) (ins|outs|ups|offs|ons)\b")


def as_spelt(question: str, study: Study) -> str:
    """"Check-ins", "check ins" where a file is called checkins.csv: the word as the files write it.

    Args:
        question: as typed.
        study: the data.
    """
    names = (name for profile in study.model.tables for name in (profile.file.rsplit(".", 1)[0], *(column.name for column in profile.columns)))
    spelt = [words(split_headers(name)) for name in names]
    held = {part.rstrip("s") for said in spelt for part in (*said, *("".join(pair) for pair in pairwise(said) if len(pair[1]) <= _PARTICLE))}
    own = {plain(value) for field in columns_of(study).fields for value in (field.name, *field.values)}

    def written(found: re.Match[str]) -> str:
        one = (found[1] or found[3]) + (found[2] or found[4])
        said = re.compile(rf"\b{re.escape(plain(found.group()))}\b")
        return one if plain(one).rstrip("s") in held and not any(said.search(text) for text in own) else found.group()  # « Kick-off Call » is said as it is written

    return _SIDES.sub(written, question)


def said_of_lines(question: str, study: Study, known: Collection[str] | None) -> tuple[RecordTable, str, str] | None:
    """The file, the header and the value a question says that neither customers nor purchases hold; None when it says none.

    Args:
        question: as typed.
        study: the data.
        known: plain words of ordinary questions: one alone names no value, unless a capital marks it; None where nothing else was read.
    """
    said, marked, fields = f" {' '.join(words(question))} ", capitalised(question), columns_of(study).fields
    usual = {" ".join(words(text)) for field in fields for text in (field.name, *field.values)}
    titles = " | ".join(" ".join(words(text)) for field in fields if field.derived for text in (field.title.fr, field.title.en))  # a topic of tickets, counted of each customer
    found: list[tuple[int, RecordTable, str, str]] = []
    for table in record_tables(study):
        if table.kind is TableKind.CUSTOMERS:
            continue
        for field in table.columns.fields:
            for value in field.values if field.on_purchases else ():
                spelt = " ".join(words(value))
                alone = " " not in spelt
                sure = len(spelt) >= (_LONG if known is not None else _PARTICLE) and (not alone or spelt in marked or known is None or not (spelt in known or in_lexicon(spelt)))
                if sure and any(f" {spelt}{end} " in said for end in (_ENDS if (known is None or len(spelt) > _LONG) and not spelt.endswith("s") else ("",))) and spelt not in usual and spelt not in titles:
                    found.append((len(spelt), table, field.name, value))
    return max(found, key=lambda one: one[0])[1:] if found else None


def not_of_customers(question: str, reading: Reading, study: Study, known: Collection[str]) -> Reading | None:
    """The answer to a question that says such a value and would be answered as if it did not; None when it says none, or it was read.

    Args:
        question: as typed.
        reading: of the question.
        study: the data.
        known: plain words of ordinary questions.
    """
    if any(step.arguments.get("table") or step.arguments.get("seen") or step.analysis == "guidance" for step in reading.steps):
        return None
    if reading.status == "answered" and not reading.steps:
        return None
    held = said_of_lines(question, study, known)
    if held is None:
        return None
    table, header, value = held
    if any(said in str(step.arguments) for step in reading.steps for said in (header, value)):
        return None  # a step that names it has read it
    return Reading("cannot_answer", (), _SURE, wording.told_by_lines(value, header, table.name))
