"""Q1: is it over? The chance that silent customers are still customers, and the silence after which few return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from pydantic import Field

from analytics.analysis import Analysis, Need, Parameters
from analytics.measures.groups import EMPTY, Grouping, about, capital, grouping
from analytics.measures.lifetime import silence_days
from analytics.reconquest.alive_model import (
    WEEK,
    BackTest,
    Fitted,
    Histories,
    RareReturn,
    YearBefore,
    back_test,
    buys_yearly,
    fitted_today,
    histories,
    mean_alive,
    past_returns,
    rare_return,
    year_before,
)
from analytics.reconquest.alive_words import (
    back_test_fact,
    came_back_claim,
    caveats,
    claim_of,
    group_claim,
    rare_fact,
    title_of,
)
from analytics.statistics.arrays import Bools, Floats
from analytics.statistics.intervals import Interval
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import say
from vocabulary.themes import JourneyStage, Strength, Theme

_NAME = "still_alive"
_BANDS = (0, 91, 182, 365, 547, 730, 1095)  # days of silence
_LISTED = 200
_YEAR = 365
_ENOUGH = 30


class StillAliveParameters(Parameters):
    """Parameters of `still_alive`."""

    by: str | None = Field(None, description="column to compare: its header as in the file, or a fixed column")


@dataclass(frozen=True, slots=True)
class _Looked:
    """The customers looked at, aligned with their histories."""

    known: Histories
    inside: Bools
    silent: Bools
    ids: list[str]
    amounts: Floats
    groups: np.ndarray[Any, Any]


def run(study: Study, parameters: Parameters) -> Result:
    """Answer Q1; the first measure is the mean chance that a silent customer is still a customer.

    Where the model was plainly wrong about those silent a year before, what befell them comes first instead.
    """
    if "purchases" not in study.tables:
        return NotApplicable(_NAME, "purchases", _CONTRACT, _UNLOCK)
    by = cast(StillAliveParameters, parameters).by
    split = grouping(study, by) if by is not None else None
    known = histories(study, study.as_of)
    looked = _look(study, known, split) if known is not None else None
    if known is None or looked is None or not looked.inside.any():
        return NotApplicable(_NAME, "too_few_customers", _NOBODY, _UNLOCK)
    model, curve = fitted_today(study), past_returns(study)
    rare = rare_return(curve) if curve is not None else None
    if model is None and rare is None:
        return NotApplicable(_NAME, "history", _TOO_FEW, _UNLOCK)
    tested = back_test(study) if model is not None else None
    past = year_before(study, known.keys[looked.inside], _BANDS, silence_days(study) or _YEAR, judged=model is not None)
    return _finding(study, looked, model, past, rare, tested, split)


def _would_answer(study: Study, parameters: Parameters) -> bool:
    """Whether the purchases can be modelled: fitted here, about a second the first time, and not again for the answer."""
    return fitted_today(study) is not None


def _look(study: Study, known: Histories, split: Grouping | None) -> _Looked | None:
    where, values = study.who()
    days = silence_days(study) or _YEAR
    rows = study.rows(
        f"SELECT customer_key, customer_id, CAST(amount AS DOUBLE), lost, {split.sql if split else 'NULL'}"
        f" FROM customers WHERE ({where}) AND first_purchase IS NOT NULL ORDER BY customer_key",
        values,
    )
    place = {int(key): i for i, key in enumerate(known.keys)}
    silence = known.silence
    inside, silent = np.zeros(known.keys.size, dtype=bool), np.zeros(known.keys.size, dtype=bool)
    ids, amounts = [""] * known.keys.size, np.full(known.keys.size, np.nan)
    groups = np.full(known.keys.size, None, dtype=object)
    for key, customer, amount, _, group in rows:
        i = place.get(int(key))
        if i is None:
            continue
        inside[i], ids[i], groups[i] = True, customer, group
        amounts[i] = np.nan if amount is None else amount
        silent[i] = silence[i] > days
    return _Looked(known, inside, silent, ids, amounts, groups)


def _finding(
    study: Study, looked: _Looked, model: Fitted | None, past: YearBefore | None,
    rare: RareReturn | None, tested: BackTest | None, split: Grouping | None,
) -> Finding:  # fmt: skip
    silent = looked.silent & looked.inside
    share = mean_alive(model, looked.known, silent) if model is not None and silent.any() else None
    whole = mean_alive(model, looked.known, looked.inside) if model is not None else None
    days = silence_days(study) or _YEAR
    off = past is not None and past.furthest_off is not None
    claim = claim_of(share, whole, rare, days, int(silent.sum()))
    if past is not None and past.silent is not None and past.silent.off:
        claim = came_back_claim(past.silent, past.day, days, int(silent.sum()))
    groups = _groups(looked, model, split) if split is not None else []
    table = _group_table(groups, split) if split is not None else _band_table(looked, model, past)
    items = _group_items(groups) if split is not None else _customers(looked, model, silent)
    if split is not None and groups:
        claim = group_claim(groups, split, days) or claim
    found_facts = [rare_fact(rare), back_test_fact(tested)]
    return Finding(
        _NAME, about(study, claim), _measures(share, whole, rare, tested, int(silent.sum()), past),
        tuple(f for f in found_facts if f is not None), items, table,
        _chart(split, came=off and split is None),
        caveats=caveats(model is not None, tested, past, yearly=buys_yearly(study)),
        strength=_strength(model, tested, int(silent.sum()), off=off),
        themes=(Theme.CONTACT, Theme.VALUE, Theme.SERVICE),
        doubt=say(
            "Une relance bien mesurée : écrire à une moitié des silencieux, pas à l’autre, et compter les retours.",
            "A well-measured reminder: write to half of the silent, not to the other, and count the returns.",
        ),
        next_questions=_NEXT,
    )  # fmt: skip


def _chart(split: Grouping | None, *, came: bool) -> Chart:
    """Each group's chance, or each length of silence; what came of past silences where the chances were wrong."""
    shown = ("returned", "returned_low", "returned_high") if came else ("alive", "low", "high")
    return Chart(ChartKind.BAR, title_of(split, came=came), shown[0], "group" if split else "silence", None, *shown[1:])


def _measures(
    share: Interval | None, whole: Interval | None, rare: RareReturn | None, tested: BackTest | None, silent: int,
    past: YearBefore | None,
) -> tuple[Estimate, ...]:  # fmt: skip
    found = []
    back = past.silent.came.estimate("returned_share_silent", Unit.RATIO) if past is not None and past.silent is not None else None
    if back is not None and past is not None and past.silent is not None and past.silent.off:
        found.append(back)
    if share is not None:
        found.append(share.estimate("alive_share_silent", Unit.RATIO))
    if whole is not None:
        found.append(whole.estimate("alive_share", Unit.RATIO))
    found.append(Estimate("silent_customers", silent, Unit.CUSTOMERS, silent))
    if back is not None and back not in found:
        found.append(back)
    if rare is not None:
        found.append(
            Estimate("rare_return_after", rare.silence, Unit.DAYS, rare.chance.n, method="Kaplan-Meier of silences")
        )
        found.append(rare.chance.estimate("return_chance", Unit.RATIO))
    if tested is not None:
        found.append(tested.expected_auc.estimate("back_test_auc", Unit.SCORE))
        found.append(tested.alive_auc.estimate("alive_auc", Unit.SCORE))
        found.append(tested.recency_auc.estimate("recency_auc", Unit.SCORE))
        found.append(tested.frequency_auc.estimate("frequency_auc", Unit.SCORE))
    return tuple(found)


def _groups(
    looked: _Looked, model: Fitted | None, split: Grouping
) -> list[tuple[str | None, int, int, Interval | None]]:
    """(value, customers, silent ones, mean chance that a silent one is still there), least hope first."""
    names = sorted({g for g in looked.groups[looked.inside] if g is not None})
    empty = np.array([g is None for g in looked.groups], dtype=bool) & looked.inside
    masks: list[tuple[str | None, Bools]] = [(n, np.asarray(looked.groups == n) & looked.inside) for n in names]
    if empty.any():
        masks.append((None, empty))
    found: list[tuple[str | None, int, int, Interval | None]] = []
    for name, mask in masks:
        quiet = mask & looked.silent
        chance = mean_alive(model, looked.known, quiet) if model is not None and quiet.any() else None
        found.append((name, int(mask.sum()), int(quiet.sum()), chance))
    return sorted(found, key=lambda row: row[3].value if row[3] else 2.0)


def _group_items(groups: list[tuple[str | None, int, int, Interval | None]]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"group": name, "customers": n, "silent": silent, "alive": chance.value if chance else None,
         "low": chance.low if chance else None, "high": chance.high if chance else None}
        for name, n, silent, chance in groups
    )  # fmt: skip


def _group_table(groups: list[tuple[str | None, int, int, Interval | None]], split: Grouping) -> Table:
    columns = (
        Column("group", capital(split.title)),
        Column("customers", Text("clients", "customers"), Unit.CUSTOMERS),
        Column("silent", Text("silencieux", "silent"), Unit.CUSTOMERS),
        Column("alive", Text("silencieux encore clients", "silent yet still customers"), Unit.RATIO),
        Column("low", Text("au moins", "at least"), Unit.RATIO),
        Column("high", Text("au plus", "at most"), Unit.RATIO),
    )
    rows = []
    for name, n, silent, chance in groups:
        bounds = (chance.value, chance.low, chance.high) if chance else (None, None, None)
        rows.append((EMPTY if name is None else name, n, silent, *bounds))
    return Table(columns, tuple(rows))


def _band_table(looked: _Looked, model: Fitted | None, past: YearBefore | None) -> Table:
    """One row per length of silence: how many, chance of being alive, and what befell those as silent a year before.

    What came of them stands first where the chances were wrong.
    """
    alive = (
        Column("alive", Text("probablement encore clients", "probably still customers"), Unit.RATIO),
        Column("low", Text("au moins", "at least"), Unit.RATIO),
        Column("high", Text("au plus", "at most"), Unit.RATIO),
    )
    came = (
        Column("returned", Text("revenus dans l’année : les aussi silencieux d’il y a un an", "came back within a year: those as silent a year ago"), Unit.RATIO),
        Column("returned_low", Text("revenus, au moins", "came back, at least"), Unit.RATIO),
        Column("returned_high", Text("revenus, au plus", "came back, at most"), Unit.RATIO),
        Column("returned_n", Text("ils étaient", "they were"), Unit.CUSTOMERS),
    )
    first = past is not None and past.furthest_off is not None
    columns = (
        Column("silence", Text("jours de silence", "days of silence")),
        Column("customers", Text("clients", "customers"), Unit.CUSTOMERS),
        *((*came, *alive) if first else (*alive, *came)),
    )
    rows: list[tuple[Any, ...]] = []
    silence = looked.known.silence
    for low, high in zip(_BANDS, (*_BANDS[1:], np.inf), strict=True):
        mask = looked.inside & (silence >= low) & (silence < high)
        if not mask.any():
            continue
        chance = mean_alive(model, looked.known, mask) if model is not None else None
        then = past.band(low) if past is not None else None
        word = f"{low}–{int(high) - 1}" if np.isfinite(high) else f"≥ {low}"
        bounds = (chance.value, chance.low, chance.high) if chance else (None, None, None)
        back = (then.came.value, then.came.low, then.came.high, then.came.n) if then is not None else (None, None, None, None)
        rows.append((word, int(mask.sum()), *((*back, *bounds) if first else (*bounds, *back))))
    return Table(columns, tuple(rows))


def _customers(looked: _Looked, model: Fitted | None, silent: Bools) -> tuple[dict[str, Any], ...]:
    """The silent customers most likely to buy, by expected purchases over a year (never by the chance alone)."""
    if model is None or not silent.any():
        return ()
    places, silence = np.flatnonzero(silent), looked.known.silence
    x, last, age = (column[places] for column in (looked.known.repeats, looked.known.last, looked.known.age))
    process = model.model
    expected, alive = process.expected_purchases(_YEAR / WEEK, x, last, age), process.alive(x, last, age)
    order = np.lexsort((places, -expected))[:_LISTED]
    return tuple(
        {"customer": looked.ids[places[i]], "score": float(alive[i]), "expected_purchases": float(expected[i]),
         "value": None if np.isnan(looked.amounts[places[i]]) else float(looked.amounts[places[i]]),
         "purchases": int(x[i]) + 1, "silent_days": int(silence[places[i]]),
         "reasons": (_REPEAT if x[i] >= 2 else _TWICE if x[i] == 1 else _ONCE,)}
        for i in order
    )  # fmt: skip


def _strength(model: Fitted | None, tested: BackTest | None, silent: int, *, off: bool) -> Strength:
    if model is None or tested is None or silent < _ENOUGH:
        return Strength.WEAK
    low = tested.expected_auc.low or 0.0
    return Strength.STRONG if tested.calibrated and low > 0.7 and not off else Strength.MODERATE if low > 0.5 else Strength.WEAK


_REPEAT = Text("achetait régulièrement", "used to buy regularly")
_TWICE = Text("avait racheté une fois", "had come back once")
_ONCE = Text("un seul achat, encore récent", "one purchase, still recent")
_CONTRACT = say(
    "Sans achats datés, rien à attendre d’un silence : avec un contrat, le départ est une date et non une probabilité.",
    "Without dated purchases there is no silence to read: under a contract the departure is a date, not a probability.",
)
_NOBODY = say("Aucun client n’a d’achat daté ici.", "No customer has a dated purchase here.")
_TOO_FEW = say(
    "Historique trop court, ou trop peu de rachats, pour dire lesquels reviendront.",
    "The history is too short, or repeat purchases too few, to say who will come back.",
)
_UNLOCK = say(
    "Les achats datés de chaque client, sur un an ou plus, avec une centaine de clients au moins.",
    "Each customer’s dated purchases over a year or more, with a hundred customers at least.",
)
_NEXT = (
    Text("La flamme brille-t-elle encore chez les silencieux ?", "Is the flame still burning among the silent?"),
    Text("Qui reconquérir en premier ?", "Whom should we win back first?"),
    Text("Ceux qui sont revenus restent-ils ?", "Do those who came back stay?"),
)

ANALYSIS = Analysis(
    name=_NAME,
    row="Q1",
    stage=JourneyStage.RECONQUEST,
    title=Text("Est-ce vraiment fini ?", "Is it really over?"),
    summary=Text(
        "La chance que des clients silencieux le soient encore, et le silence au-delà duquel les retours sont rares.",
        "The chance that silent customers are still customers, and the silence past which returns are rare.",
    ),
    examples={
        "fr": ("Est-ce définitivement fini avec mes clients silencieux ?", "Combien de silencieux reviendront ?"),
        "en": ("Is it over with our silent customers?", "After how long does a silent customer rarely come back?"),
    },
    needs=(Need("purchases", _UNLOCK, table="purchases"),),
    run=run,
    would_answer=_would_answer,
    parameters=StillAliveParameters,
)
