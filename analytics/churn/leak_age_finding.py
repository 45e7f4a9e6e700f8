"""What `leak_points` says of the age of the relation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.churn.leak_age_groups import age_by_group
from analytics.churn.leak_ages import HORIZONS, AgeBand, Ages, age_bands, moment, spikes
from analytics.measures.groups import Grouping
from analytics.measures.lifetime import Lifetime, kept_at
from analytics.statistics.intervals import wilson
from analytics.statistics.survival import SurvivalCurve
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, Table
from vocabulary.language import Text
from vocabulary.sentence import Listing, Sentence, say
from vocabulary.themes import Strength, Theme

_EVENTS = 10


def age_finding(ages: Ages, life: Lifetime, split: Grouping | None, without: Sentence | None) -> Finding:
    """Make the finding: bands of age with a raised rate, or the survival of each group when `split` is given.

    Args:
        ages: durations.
        life: how they were counted.
        split: the groups to compare, if any.
        without: what changes once free trials are left out, if anything.
    """
    curve = ages.curve()
    bands = age_bands(ages)
    jumps = spikes(ages)
    lost, n = int(ages.left.sum()), ages.months.size
    claim = _claim(bands, curve, n, lost)
    measures = (*survival_measures(ages), *_hazard_measures(bands))
    facts = [fact for fact in (_survival_fact(ages), *(_spike_fact(jump) for jump in jumps[:1]), without) if fact]
    strength = Strength.STRONG if lost >= 100 else Strength.MODERATE if lost >= _EVENTS else Strength.WEAK
    finding = Finding(
        "leak_points", claim, measures, (*facts, life.how)[:3], tuple(_band_item(b) for b in (*bands, *jumps)),
        _band_table(bands), Chart(ChartKind.BAR, _title(bands), "hazard", "months", None, "low", "high"),
        caveats=_caveats(ages, n, lost), strength=strength, themes=(Theme.WELCOME, Theme.SERVICE, Theme.ROUTINE),
        doubt=say(
            "D’autres recrues que celles d’hier : cette courbe suppose qu’elles partiront comme leurs aînées.",
            "Recruits unlike yesterday’s: this curve supposes that they will leave as their elders did.",
        ),
        next_questions=_NEXT,
    )  # fmt: skip
    return finding if split is None else age_by_group(finding, ages, split)


def survival_measures(ages: Ages) -> tuple[Estimate, ...]:
    """Share still there after each horizon, and the median lifetime when half have left."""
    curve = ages.curve()
    if curve is None:
        return ()
    found = []
    for months in HORIZONS:
        kept = kept_at(curve, months)
        if kept is not None:
            found.append(kept.estimate(f"retention_{months}m", Unit.RATIO))
    median = curve.median()
    if median is not None:
        found.append(median.estimate("median_lifetime", Unit.MONTHS))
    return tuple(found)


def how_long(ages: Ages) -> Sentence | None:
    """How long relations last, those still going on counted: half of them that long or more; None when nobody was followed.

    Where more than half are still there, the share kept at the furthest horizon that was seen says it.
    """
    curve = ages.curve()
    median = curve.median() if curve is not None else None
    if median is not None and (median.low is None or median.high is None):  # a bound lies beyond what was seen
        return say(
            "La moitié des clients restent {median} ou plus, présents compris.", "Half of customers stay {median} or longer, those still here included.",
            median=median.estimate("median_lifetime", Unit.MONTHS),
        )
    if median is not None:
        return say(
            "La moitié des clients restent {median} ou plus, présents compris ({median:interval}).",
            "Half of customers stay {median} or longer, those still here included ({median:interval}).",
            median=median.estimate("median_lifetime", Unit.MONTHS),
        )
    kept = [(months, found) for months in HORIZONS if curve is not None and (found := kept_at(curve, months)) is not None]
    if not kept:
        return None
    months, found = kept[-1]
    return say(
        "Plus de la moitié des clients restent au-delà de ce que l’on a vu : {kept} sont encore là après {months} ({kept:interval}).",
        "More than half of customers stay longer than was seen: {kept} are still there after {months} ({kept:interval}).",
        kept=found.estimate("retention", Unit.RATIO), months=Threshold(months, Unit.MONTHS),
    )


def _hazard_measures(bands: Sequence[AgeBand]) -> tuple[Estimate, ...]:
    return tuple(b.hazard.estimate(f"hazard_month_{b.first}", Unit.RATIO) for b in bands if b.first == b.last)


def _claim(bands: Sequence[AgeBand], curve: SurvivalCurve | None, n: int, lost: int) -> Sentence:
    worst = moment(bands)
    if worst is not None:
        rest_lost = sum(b.lost for b in bands) - worst.lost
        rest_followed = sum(b.months_followed for b in bands) - worst.months_followed
        rest = wilson(rest_lost, rest_followed).estimate("hazard_elsewhere", Unit.RATIO)
        return say(
            "C’est {when} de la relation que l’on part le plus : {hazard} par mois ({hazard:interval}), "
            "contre {rest} le reste du temps.",
            "Customers leave most {when} of the relationship: {hazard} a month ({hazard:interval}), "
            "against {rest} the rest of the time.",
            when=_when(worst), hazard=worst.hazard.estimate("hazard", Unit.RATIO), rest=rest,
        )  # fmt: skip
    gone = Estimate("customers_lost", lost, Unit.CUSTOMERS, n)
    kept = kept_at(curve, 12) if curve is not None else None
    if kept is not None:
        return say(
            "Aucun âge de la relation ne se détache : {kept} des clients sont encore là après {year} "
            "({kept:interval}).",
            "No age of the relationship stands out: {kept} of customers are still there after {year} "
            "({kept:interval}).",
            kept=kept.estimate("retention_12m", Unit.RATIO), year=Threshold(12, Unit.MONTHS),
        )  # fmt: skip
    return say(
        "Trop peu de recul pour situer les départs : {gone} partis sur {gone:n}, suivis moins d’un an.",
        "Too little history to place departures: {gone} gone out of {gone:n}, followed for less than a year.",
        gone=gone,
    )


def _title(bands: Sequence[AgeBand]) -> Sentence:
    worst = moment(bands)
    if worst is None:
        return say("Départs par mois, selon l’âge de la relation", "Departures a month, by age of the relationship")
    return say("On part le plus {when}", "Customers leave most {when}", when=_when(worst))


def _when(band: AgeBand) -> Sentence:
    first = Threshold(band.first, Unit.COUNT)
    if band.first == band.last == 1:
        return say("le premier mois", "in the first month")
    if band.first == 1:
        return say("dans les {b} premiers mois", "in the first {b} months", b=Threshold(band.last, Unit.COUNT))
    if band.first == band.last:
        return say("au mois {m}", "in month {m}", m=first)
    return say("entre le mois {a} et le mois {b}", "between month {a} and month {b}", a=first,
               b=Threshold(band.last, Unit.COUNT))  # fmt: skip


def _survival_fact(ages: Ages) -> Sentence | None:
    kept = [m for m in survival_measures(ages) if m.name.startswith("retention_")]
    if not kept:
        return None
    parts = tuple(
        say("{kept} après {months}", "{kept} after {months}", kept=m, months=Threshold(months, Unit.MONTHS))
        for m, months in zip(kept, HORIZONS, strict=False)
    )
    return say(
        "Sont encore là : {parts}. Sur {n:n} clients ; à {months}, {n:interval}.",
        "Still there: {parts}. Out of {n:n} customers; at {months}, {n:interval}.",
        parts=Listing(parts), n=kept[0], months=Threshold(HORIZONS[0], Unit.MONTHS),
    )  # fmt: skip


def _spike_fact(jump: AgeBand) -> Sentence:
    return say(
        "Un pic à part : au mois {month}, {hazard} partent ({hazard:interval}), bien plus que les mois voisins.",
        "A peak of its own: in month {month}, {hazard} leave ({hazard:interval}), far more than in the months around.",
        month=Threshold(jump.first, Unit.COUNT), hazard=jump.hazard.estimate("hazard", Unit.RATIO),
    )  # fmt: skip


def _band_item(band: AgeBand) -> dict[str, Any]:
    return {
        "kind": "age", "from_month": band.first, "to_month": band.last, "months_followed": band.months_followed,
        "lost": band.lost, "hazard": band.hazard.value, "low": band.hazard.low, "high": band.hazard.high,
        "raised": band.raised,
    }  # fmt: skip


def _band_table(bands: Sequence[AgeBand]) -> Table:
    columns = (
        Column("months", Text("mois de la relation", "months of the relationship")),
        Column("followed", Text("mois de clients suivis", "customer-months followed"), Unit.COUNT),
        Column("lost", Text("partis", "lost"), Unit.CUSTOMERS),
        Column("hazard", Text("départs par mois", "departures a month"), Unit.RATIO),
        Column("low", Text("au moins", "at least"), Unit.RATIO),
        Column("high", Text("au plus", "at most"), Unit.RATIO),
    )
    return Table(
        columns, tuple((b.word, b.months_followed, b.lost, b.hazard.value, b.hazard.low, b.hazard.high) for b in bands)
    )


def _caveats(ages: Ages, n: int, lost: int) -> tuple[Sentence, ...]:
    found = []
    if lost < _EVENTS:
        found.append(
            say(
                "{lost} départs seulement sur {lost:n} clients : trop peu pour désigner un moment.",
                "Only {lost} departures out of {lost:n} customers: too few to name a moment.",
                lost=Estimate("customers_lost", lost, Unit.COUNT, n),
            )
        )
    if (ages.entry > 0).any():
        found.append(
            say(
                "Les départs les plus anciens ne sont pas dans le fichier : les clients d’alors ne comptent qu’à "
                "partir "
                "de leur âge au début des relevés.",
                "The oldest departures are not in the file: customers of that time only count from the age they had "
                "when "
                "records begin.",
            )
        )
    return tuple(found)


_NEXT = (
    Text("Pourquoi mes clients partent-ils ?", "Why are my customers leaving?"),
    Text("Notre accueil fonctionne-t-il ?", "Does our welcome programme work?"),
    Text("Qui est sur le point de partir ?", "Who is about to leave?"),
)
