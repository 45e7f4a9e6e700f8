"""What stands on a day, against what happens over days: contracts in force at the end of a year, customers there at the end of a month."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Any

from analytics.analysis import Condition
from analytics.datamodel.signs import Sign
from analytics.explore.fields import Field
from analytics.measures.lifetime import silence_days
from analytics.segment import Condition as Kept
from analytics.study import Study
from analytics.workspace import literal
from vocabulary.estimate import Threshold, Unit
from vocabulary.finding import NotApplicable
from vocabulary.sentence import Sentence, say

MOMENT = "m.day"  # the day looked at
_STEPS = {"day": "1 DAY", "week": "7 DAY", "month": "1 MONTH", "quarter": "3 MONTH", "year": "1 YEAR"}
_EARLIEST = date(1970, 1, 1)  # a contract dated before is a slip, and makes no year of its own
_MOST_UNDATED = 0.05  # of those who left: beyond, a day holds people nobody knows when they went


def last_moment(study: Study, period: tuple[date, date] | None) -> date:
    """The day looked at: the last one of the period, or of the files where they stop before it."""
    return min(period[1], study.as_of) if period is not None else study.as_of


def in_force(began: str, end: str) -> str:
    """The SQL that says whether what began and ended on those days stands on the day looked at; what ends on a day no longer does."""
    return f"({began} <= {MOMENT} AND ({end} IS NULL OR {end} > {MOMENT}))"


def moments(study: Study, by: Sequence[str], period: tuple[date, date] | None, first: str) -> str:
    """The days looked at, as a table of one column: the last of each calendar period of the split, else the last of the period.

    Args:
        study: the data.
        by: what the query is split by.
        period: two days, both included.
        first: the SQL of the first day anything began.
    """
    last = f"DATE {literal(last_moment(study, period).isoformat())}"
    grain = next((name for name in by if name in _STEPS), None)
    if grain is None:
        return f"(SELECT {last} AS day)"
    since = f"DATE {literal(period[0].isoformat())}" if period is not None else _day(_EARLIEST)
    start = f"date_trunc('{grain}', CAST(greatest({first}, {since}, {_day(_EARLIEST)}) AS TIMESTAMP))"
    over = f"CAST(t.began + INTERVAL {_STEPS[grain]} - INTERVAL 1 DAY AS DATE)"
    return f"(SELECT least({over}, {last}) AS day FROM generate_series({start}, CAST({last} AS TIMESTAMP), INTERVAL {_STEPS[grain]}) t(began))"


def _day(day: date) -> str:
    return f"DATE {literal(day.isoformat())}"


def cannot_stand(study: Study, measure: str) -> NotApplicable | None:
    """What is missing to tell who was there on a day, or None.

    Args:
        study: the data.
        measure: what is asked of them; customers are counted only.
    """
    if measure != "customers":
        return NotApplicable("explore", "stock", _COUNTED, _COUNT)
    if silence_days(study) is not None:
        return None if _seen(study) is not None else NotApplicable("explore", "purchase_date", _UNTOLD, _ACTS)
    lost, dated, known = study.row("SELECT count(*) FILTER (lost), count(*) FILTER (lost AND lost_on IS NOT NULL), count(lost) FROM customers WHERE started IS NOT NULL")
    if not known or lost - dated > _MOST_UNDATED * lost:
        return NotApplicable("explore", "end_date", _UNTOLD, _DATES)
    return None


def standing(
    study: Study, groups: Sequence[Field], labels: Sequence[str], period: tuple[date, date] | None, bought: Sequence[Condition]
) -> tuple[str, list[Any]]:
    """The customers there on the days looked at: by the contracts they held, by the day they left, or by a silence not yet that of a loss.

    Its columns are the groups, then value, n, spread, low, high.

    Args:
        study: the data, with the customers looked at.
        groups, labels: what it is split by, and the SQL of each group's value.
        period: two days, both included.
        bought: conditions on what customers ever bought.
    """
    if bought:
        held = [Kept(asked.field, asked.operator, tuple(asked.values)) for asked in bought]
        study = dataclasses.replace(study, segment=study.segment.narrowed(*held))
    where, given = study.who()
    names = [f"g{place}" for place in range(len(groups))]
    heads = "".join(f"{label} AS {name}, " for label, name in zip(labels, names, strict=True))
    days = moments(study, [group.name for group in groups], period, "(SELECT min(started) FROM customers)")
    inside = f"c.customer_key IN (SELECT customer_key FROM customers WHERE {where})"
    rows = f"SELECT DISTINCT {heads}c.customer_key AS who FROM {days} m JOIN {_present(study)} WHERE {inside}"
    grouping = f"\nGROUP BY {', '.join(names)}" if names else ""
    outer = ", ".join([*names, "count(DISTINCT who) AS value, count(DISTINCT who) AS n, NULL AS spread, NULL AS low, NULL AS high"])
    return f"WITH rows AS (\n{rows}\n)\nSELECT {outer}\nFROM rows{grouping}", list(given)


def seen_before(study: Study) -> tuple[Sentence, ...]:
    """How someone is known to be there on a day, where departures are told by a silence."""
    days = silence_days(study)
    if days is None:
        return ()
    return (
        say(
            "Est compté présent un jour donné qui est venu dans les {days} d’avant : un silence plus long est une perte.",
            "Whoever came within the {days} before a day is counted as there on it: a longer silence is a loss.",
            days=Threshold(days, Unit.DAYS),
        ),
    )  # fmt: skip


def _present(study: Study) -> str:
    silence = silence_days(study)
    if silence is not None:
        return f"({_seen(study)}) s ON s.day <= {MOMENT} AND s.day >= {MOMENT} - {int(silence)} JOIN customers c USING (customer_key)"
    if "contracts" in study.tables and study.row("SELECT count(*) FROM contracts WHERE started IS NOT NULL AND ended IS NOT NULL")[0]:
        kept = f"(c.lost_on IS NULL OR c.lost_on > {MOMENT})"
        return f"customers c ON {kept} JOIN contracts k ON k.customer_key = c.customer_key AND {in_force('COALESCE(k.started, c.started)', 'k.ended')}"
    return f"customers c ON c.lost IS NOT NULL AND {in_force('c.started', 'c.lost_on')}"


def _seen(study: Study) -> str | None:
    """The days on which customers came, by what their silences are counted from; None when the files hold no such days."""
    if study.model.lost.sign is not Sign.PURCHASE and "signs" in study.tables:
        return "SELECT DISTINCT customer_key, day FROM signs"
    return "SELECT DISTINCT customer_key, day FROM purchases WHERE kept" if "purchases" in study.tables else None


_ACTS = say("Un fichier de leurs achats ou de leurs visites, avec leurs dates.", "A file of their purchases or visits, with their dates.")
_COUNTED = say("Ce qui tenait à une date se compte seulement en clients, ou sur les lignes d’un fichier de contrats.", "What stood on a day is only counted in customers, or over the rows of a file of contracts.")
_COUNT = say("Demandez combien de clients étaient là ce jour-là.", "Ask how many customers were there on that day.")
_UNTOLD = say("Qui était encore client à cette date ne peut pas être dit : les départs ne sont pas datés.", "Who was still a customer on that day cannot be told: departures are not dated.")
_DATES = say("La date à laquelle chaque client est parti.", "The date on which each customer left.")
