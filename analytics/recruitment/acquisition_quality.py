"""R1: which channel recruits the customers who stay, at equal age and equal mix; cheap channels that do not."""

from __future__ import annotations

from typing import Any, cast

from pydantic import Field

from analytics.analysis import Analysis, Need, Parameters
from analytics.datamodel.attributes import Timing
from analytics.measures.groups import EMPTY, Grouping, about, capital, grouping
from analytics.measures.lifetime import Lifetime, lifetime
from analytics.measures.never_staying import trials
from analytics.recruitment.channel_measures import Channel, Channels, measure_channels
from analytics.recruitment.channel_value import cost_per_recruit, value_by_group
from analytics.recruitment.channel_words import (
    claim_of,
    costly_fact,
    mixed_fact,
    title_of,
    unranked_caveat,
    value_fact,
    word,
)
from analytics.statistics.intervals import Interval
from analytics.study import Study
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_NAME = "acquisition_quality"
_MOST_CHANNELS = 60


class AcquisitionParameters(Parameters):
    """Parameters of `acquisition_quality`."""

    by: str | None = Field(None, description="what counts as the source, when it is not the acquisition channel")


def run(study: Study, parameters: Parameters) -> Result:
    """Answer R1; the first measures are the highest and the lowest retention, the items are the channels, best first."""
    by = cast(AcquisitionParameters, parameters).by
    if by is None and not study.database.row("SELECT count(channel) FROM customers")[0]:
        return NotApplicable(_NAME, "acquisition_channel", _NO_CHANNEL, _UNLOCK)
    split, life = grouping(study, by or "channel"), lifetime(study)
    if life is None:
        return NotApplicable(_NAME, "tenure", _NO_TIME, _UNLOCK_TIME)
    channels = measure_channels(study, life, split)
    if channels is None or not 1 < len(channels.channels) <= _MOST_CHANNELS:
        return NotApplicable(_NAME, "too_few_customers" if channels is None else "acquisition_channel", _NO_CHANNEL, _UNLOCK)
    return _finding(study, life, split, channels)


def _would_answer(study: Study, parameters: Parameters) -> bool:
    """Whether the files tell a source with two values at least, and how long relations last."""
    by = cast(AcquisitionParameters, parameters).by
    if lifetime(study) is None:
        return False
    where, values = study.who()
    sql = grouping(study, by or "channel").sql
    kinds = study.database.row(f"SELECT count(DISTINCT {sql}) FROM customers WHERE {where}", values)[0]
    return bool(1 < kinds <= _MOST_CHANNELS)


def _finding(study: Study, life: Lifetime, split: Grouping, channels: Channels) -> Finding:
    values, first_year = value_by_group(study, split)
    costs = cost_per_recruit(study, split)
    claim, strength = claim_of(channels, split)
    if _not_recruitment(split) is not None:
        strength = Strength.WEAK
    facts = [costly_fact(channels, costs), mixed_fact(channels), value_fact(channels, values, first_year), life.how]
    return Finding(
        _NAME, about(study, claim), _measures(channels), tuple(f for f in facts if f is not None)[:3],
        tuple(_item(c, channels, values, costs) for c in channels.channels),
        _table(channels, split, values, costs, first_year),
        Chart(ChartKind.BAR, title_of(channels, split), "kept", "channel", None, "low", "high"),
        caveats=tuple(_caveats(study, life, split, channels)), strength=strength,
        themes=(Theme.TARGETING, Theme.PROMOTION, Theme.VALUE),
        doubt=say(
            "Un essai : déplacer une part du budget vers le canal qui garde le mieux, et suivre ces recrues-là à part.",
            "A trial: move part of the budget to the channel that keeps best, and follow those recruits apart.",
        ),
        next_questions=_NEXT,
    )  # fmt: skip


def _measures(channels: Channels) -> tuple[Estimate, ...]:
    """The highest and the lowest retention seen; all are in the items."""
    name = f"retention_{channels.horizon}m"
    shown = sorted((c.kept for c in channels.ranked or channels.channels if c.kept is not None), key=lambda kept: -kept.value)
    if not shown:
        return ()
    return (shown[0].estimate(name, Unit.RATIO), shown[-1].estimate(f"{name}_last", Unit.RATIO))


def _item(
    channel: Channel, channels: Channels, values: dict[str | None, Interval], costs: dict[str, float]
) -> dict[str, Any]:
    kept, adjusted, value = channel.kept, channel.adjusted, values.get(channel.value)
    return {
        "channel": channel.value, "customers": channel.customers, "lost": channel.lost, "months": channels.horizon,
        f"retention_{channels.horizon}m": kept.value if kept else None,
        "low": kept.low if kept else None, "high": kept.high if kept else None,
        "adjusted": adjusted.value if adjusted else None,
        "adjusted_low": adjusted.low if adjusted else None, "adjusted_high": adjusted.high if adjusted else None,
        "shrunk": channel.shrunk.value if channel.shrunk else None, "tier": channel.tier,
        "value": value.value if value else None, "value_low": value.low if value else None,
        "value_high": value.high if value else None, "cost": costs.get(channel.value or ""),
    }  # fmt: skip


def _table(
    channels: Channels, split: Grouping, values: dict[str | None, Interval], costs: dict[str, float], first_year: bool
) -> Table:
    money = Text("CA de la première année", "first-year revenue") if first_year else Text("facture mensuelle", "monthly bill")
    columns = [
        Column("channel", capital(split.title)),
        Column("customers", Text("clients", "customers"), Unit.CUSTOMERS),
        Column("kept", Text("encore là", "still there"), Unit.RATIO),
        Column("low", Text("au moins", "at least"), Unit.RATIO),
        Column("high", Text("au plus", "at most"), Unit.RATIO),
        Column("adjusted", Text("à profil égal", "at equal profile"), Unit.RATIO),
        Column("tier", Text("rang (ex æquo possibles)", "rank (ties possible)"), Unit.COUNT),
        Column("value", money, Unit.MONEY),
        Column("cost", Text("coût d’une recrue", "cost of a recruit"), Unit.MONEY),
    ]
    rows = []
    for c in channels.channels:
        kept, value = c.kept, values.get(c.value)
        rows.append(
            (EMPTY if c.value is None else c.value, c.customers, kept.value if kept else None,
             kept.low if kept else None, kept.high if kept else None, c.adjusted.value if c.adjusted else None, c.tier,
             value.value if value else None, costs.get(c.value or ""))
        )  # fmt: skip
    kept_columns = [i for i in range(len(columns)) if i < 5 or any(row[i] is not None for row in rows)]
    return Table(tuple(columns[i] for i in kept_columns), tuple(tuple(row[i] for i in kept_columns) for row in rows))


def _caveats(study: Study, life: Lifetime, split: Grouping, channels: Channels) -> list[Sentence]:
    notes = [_not_recruitment(split), _without_trials(study, life, split, channels), unranked_caveat(channels)]
    if not channels.comparable and len(channels.ranked) > 1:
        notes.append(
            say(
                "Rien dans les fichiers ne permet de comparer à profil égal : les canaux peuvent amener d’autres "
                "publics.",
                "Nothing in the files allows a comparison at equal profile: channels may bring different people.",
            )
        )
    notes.append(
        say(
            "Clients comparés au même âge : {age} après leur arrivée, les plus récents comptant pour le temps suivi.",
            "Customers compared at the same age: {age} after they came, the latest counting for the time followed.",
            age=Threshold(channels.horizon, Unit.MONTHS),
        )
    )
    return [note for note in notes if note is not None]


def _not_recruitment(split: Grouping) -> Sentence | None:
    if split.timing in (Timing.AT_RECRUITMENT, Timing.UNKNOWN):
        return None
    return say(
        "« {column} » n’est pas connu au recrutement : l’écart peut suivre la relation plutôt que la source.",
        "“{column}” is not known at recruitment: the gap may follow the relationship rather than the source.",
        column=split.title,
    )


def _without_trials(study: Study, life: Lifetime, split: Grouping, channels: Channels) -> Sentence | None:
    """Say so when the channel named as the best no longer is once free trials are left out."""
    trial, best = trials(study), channels.best
    if trial is None or best is None:
        return None
    without = measure_channels(study, life, split, trial.condition)
    if without is None or not without.ranked or (without.best is not None and without.best.value == best.value):
        return None
    if without.best is None:
        return say(
            "Sans les essais gratuits, « {before} » ne se détache plus.", "Without free trials, “{before}” no longer stands out.",
            before=word(best),
        )  # fmt: skip
    return say(
        "Sans les essais gratuits, le premier canal n’est plus « {before} » mais « {after} ».",
        "Without free trials, the first channel is no longer “{before}” but “{after}”.",
        before=word(best), after=word(without.best),
    )  # fmt: skip


_NO_CHANNEL = say(
    "Les fichiers ne disent pas par où chaque client est arrivé.",
    "The files do not tell how each customer came.",
)
_NO_TIME = say(
    "Rien ne dit combien de temps chaque client est resté : on ne peut comparer les canaux au même âge.",
    "Nothing tells how long each customer stayed: channels cannot be compared at equal age.",
)
_UNLOCK = say(
    "Une colonne « canal d’acquisition » dans la table des clients, remplie pour chacun.",
    "An acquisition channel column in the customers’ table, filled in for each.",
)
_UNLOCK_TIME = say(
    "Une ancienneté, des dates de début et de fin, ou les achats datés de chaque client.",
    "A tenure, start and end dates, or each customer’s dated purchases.",
)
_NEXT = (
    Text("Quel est mon client idéal ?", "What is my ideal customer?"),
    Text("Sommes-nous dépendants des promotions ?", "Are we hooked on promotions?"),
    Text("Recrutons-nous bien en ce moment ?", "Are we recruiting well right now?"),
)
_LOST_UNLOCK = say(
    "Une colonne qui dit qui est parti, une date de fin de contrat, ou les achats datés de chaque client.",
    "A column saying who has left, a contract end date, or each customer’s dated purchases.",
)

ANALYSIS = Analysis(
    name=_NAME,
    row="R1",
    stage=JourneyStage.RECRUITMENT,
    title=Text("Qualité des canaux d’acquisition", "Quality of acquisition channels"),
    summary=Text(
        "Quel canal recrute les clients qui restent : fidélité et valeur au même âge et à profil égal, coût si connu.",
        "Which channel recruits customers who stay: loyalty and value at equal age and profile, cost when known.",
    ),
    examples={
        "fr": ("Quel canal recrute les clients les plus fidèles ?", "D’où viennent nos clients infidèles ?"),
        "en": ("Which channel brings the most loyal customers?", "Are the cheap channels worth it?"),
    },
    needs=(Need("churn_label", _LOST_UNLOCK, lost=True),),
    run=run,
    would_answer=_would_answer,
    parameters=AcquisitionParameters,
)
