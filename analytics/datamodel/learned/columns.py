"""A column told in small facts, for what was learnt of labelled columns to weigh: its header's letters and words, its cells, the rules' opinion.

A fact is a short text with a weight; `weights.py` turns it into a number by hashing. Nothing here knows a role by name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache

from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import concepts_of, plain, words_of
from analytics.datamodel.roles import TableKind
from analytics.datamodel.values import Facts, shown_by_values

Told = dict[str, float]
_LETTERS = (3, 4, 5)
_LETTER_WEIGHT = 0.3
_OPINIONS = 6  # of the rules, best first


@cache
def header_facts(header: str, kind: TableKind) -> Mapping[str, float]:
    """What the header's letters and words are, and the concepts they stand for, alone and in that kind of table."""
    text = " " + " ".join(re.findall("[a-z0-9]+", plain(_spaced(header)))) + " "
    told: Told = {f"n:{text[i : i + n]}": _LETTER_WEIGHT for n in _LETTERS for i in range(len(text) - n + 1)}
    words, concepts = words_of(header), concepts_of(header)
    for word in words:
        told[f"w:{word}"] = told[f"wk:{word}:{kind}"] = 1.0
    meant = sorted({concept for word in concepts for concept in word})
    for place, one in enumerate(meant):
        told[f"c:{one}"] = told[f"ck:{one}:{kind}"] = 1.0
        told |= {f"cc:{one}+{other}": 1.0 for other in meant[place + 1 :]}
    if any(not word for word in concepts):
        told["unknown word"] = 1.0
    if concepts:
        told["first:" + "/".join(sorted(concepts[0]))] = told["last:" + "/".join(sorted(concepts[-1]))] = 1.0
    told[f"k:{kind}"] = 1.0
    return told


def _spaced(header: str) -> str:
    return re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header).replace("_", " ")


def cell_facts(facts: Facts, kind: TableKind, place: int) -> Told:
    """What the cells look like, alone and in that kind of table; `place` is that of the column, from 0."""
    profile = facts.profile
    told: Told = {}
    kinds = profile.type.value
    repeats, several = _repeats(facts.share_distinct), _several(profile.distinct)
    for name in (f"t:{kinds}", f"tb:{kinds}{repeats}", f"tn:{kinds}{several}", f"tk:{kinds}{repeats}:{kind}", f"tkn:{kinds}{several}:{kind}"):
        told[name] = 1.0
    for name in _looks(facts):
        told[f"f:{name}"] = told[f"fk:{name}:{kind}"] = 1.0
    told[f"filled:{_filled(profile.filled / max(1, profile.rows))}"] = 1.0
    if facts.is_number:
        low, high = profile.low or 0.0, profile.high or 0.0
        told["whole" if profile.integer else "decimal"] = told["negative" if low < 0 else "positive"] = 1.0
        told[f"high:{int(math.log10(abs(high) + 1) * 2)}{'i' if profile.integer else 'd'}"] = 1.0
    told[f"place:{'first' if place == 0 else 'near' if place < 3 else 'far'}"] = 1.0
    told[f"placed:{place == 0}:{kind}{kinds}{repeats}"] = 1.0
    return told


def _repeats(share: float) -> str:
    return "u" if share > 0.99 else "h" if share > 0.5 else "m" if share > 0.1 else "l" if share > 0.02 else "v"


def _several(distinct: int) -> str:
    return next((str(limit) for limit in (1, 2, 8, 25) if distinct <= limit), "n")


def _filled(share: float) -> str:
    return "full" if share > 0.99 else "most" if share > 0.7 else "some" if share > 0.3 else "few"


def _looks(facts: Facts) -> list[str]:
    looks = {
        "code": facts.looks_code, "email": facts.looks_email, "phone": facts.looks_phone, "named": facts.looks_named,
        "company": facts.looks_company, "prose": facts.looks_prose, "flag": facts.is_flag, "few": facts.few,
        "unique": facts.unique, "constant": facts.constant, "gender": facts.looks_gender, "hashed": facts.hashed,
        "rows": facts.numbers_rows,
    }  # fmt: skip
    return [name for name, true in looks.items() if true]


def rule_facts(facts: Facts, found: Sequence[Guess], kind: TableKind, sure: float) -> Told:
    """What the rules say of the column (`guessing.guesses`), and what its cells show by themselves."""
    told: Told = {f"kc:{kind}": sure}
    for guess in found[:_OPINIONS]:
        told[f"g:{guess.role}"], told[f"h:{guess.role}"] = guess.score, guess.header
    if found:
        told[f"g1:{found[0].role}"] = found[0].score
    told |= {f"s:{role}": shown for role, shown in shown_by_values(facts).items()}
    return told


def beside_facts(found: Mapping[str, Sequence[Guess]], types: Mapping[str, str], column: str, kind: TableKind) -> Told:
    """What the other columns of the table seem to be."""
    told: Told = {}
    own, best, alike = types[column], found[column][0].role if found[column] else "", 0
    for other, guesses in found.items():
        if other == column:
            continue
        alike += types[other] == own
        if guesses and guesses[0].score >= 0.5:
            role = guesses[0].role
            told[f"b:{role}"] = told[f"bt:{own}{role}"] = 1.0
            if best:
                told[f"bg:{best}:{role}"] = 1.0
    told[f"several:{own}" if alike else f"only:{own}:{kind}"] = 1.0
    return told
