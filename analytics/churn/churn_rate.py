"""C1: what share of customers leaves, by group or period, and whether it is rising."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

from pydantic import Field

from analytics.analysis import Analysis, Need, Parameters
from analytics.churn.rate_by_cohort import rate_by_cohort
from analytics.churn.rate_by_group import rate_by_group
from analytics.churn.rate_by_period import rate_by_period
from analytics.churn.rate_by_season import of_any_season, rate_by_season, season_of_field
from analytics.churn.rate_words import basis_caveat, too_few_caveat
from analytics.datamodel.model import LostBasis
from analytics.measures.base import COUNTED, FINISHED
from analytics.measures.departures import annual_rate
from analytics.measures.groups import about, grouping
from analytics.measures.never_staying import never_staying
from analytics.statistics.comparisons import separated
from analytics.statistics.intervals import Interval, wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_NAME = "churn_rate"
_ENOUGH = 30


class ChurnRateParameters(Parameters):
    """Parameters of `churn_rate`."""

    by: str | None = Field(None, description="column to split by: its header as in the file, or a fixed column")
    period: Literal["month", "quarter", "year"] | None = Field(None, description="rate by calendar period")


def run(study: Study, parameters: Parameters) -> Result:
    """Answer C1; the first measure is the share lost among the customers whose fate is known, or in the period named."""
    asked = cast(ChurnRateParameters, parameters)
    study, named = of_any_season(study, asked.by)
    where, values = study.who()
    lost, known, everyone, finished = study.row(
        f"SELECT count(*) FILTER (lost), count(lost), count(*) FILTER ({COUNTED} OR {FINISHED}), count(*) FILTER ({FINISHED}) FROM customers WHERE {where}", values
    )
    if not known:
        return _nobody(bool(everyone))
    rate = wilson(lost, known)
    finding = _overall(study, rate, lost, everyone - known)
    if asked.by is None and asked.period is not None:
        finding = _of_periods(finding, study)
    if finished:
        finding = replace(finding, facts=(_done(finished, known), *finding.facts))
    if asked.by is not None:
        split = grouping(study, asked.by)
        season = season_of_field(study, asked.by)
        if season is not None:
            finding = rate_by_season(study, finding, season, split, named)
        else:
            finding = rate_by_cohort(study, finding, split) if split.cohort else rate_by_group(study, finding, rate, split)
    else:
        finding = rate_by_period(study, finding, asked.period)
    return replace(finding, claim=about(study, finding.claim))


def _overall(study: Study, rate: Interval, lost: int, untold: int) -> Finding:
    """What is said whatever the split: the rate, its yearly form, and the rate without who was never going to stay."""
    shown = rate.estimate("churn_rate", Unit.RATIO)
    gone = Estimate("customers_lost", lost, Unit.CUSTOMERS, rate.n)
    yearly = annual_rate(study)
    measures = [shown, gone]
    claim = say(
        "{rate} des clients sont partis : {gone} sur {rate:n} ({rate:interval}).",
        "{rate} of customers have left: {gone} out of {rate:n} ({rate:interval}).",
        rate=shown, gone=gone,
    )  # fmt: skip
    if yearly is not None:
        year = yearly.estimate("churn_rate_12m", Unit.RATIO)
        measures.append(year)
        claim = say(
            "{claim} Sur un an, {year} des {year:n} clients présents il y a douze mois sont partis ({year:interval}).",
            "{claim} Over one year, {year} of the {year:n} customers present twelve months ago left ({year:interval}).",
            claim=claim, year=year,
        )  # fmt: skip
    items, fact = _without(study, rate)
    caveats = [c for c in (too_few_caveat(rate.n, _ENOUGH), basis_caveat(study), _untold(untold)) if c is not None]
    return Finding(
        _NAME, claim, tuple(measures), (fact,) if fact else (), items, _one_row(rate, lost), None, (), tuple(caveats),
        strength=_strength(rate.n),
        themes=(Theme.VALUE, Theme.TARGETING, Theme.LISTENING), doubt=_doubt(study), next_questions=_NEXT,
    )  # fmt: skip


def _of_periods(finding: Finding, study: Study) -> Finding:
    """The finding without what is said of all the departures ever known: a rate by month is none of those, and the two would be read as one."""
    ever = basis_caveat(study) if study.model.lost.basis is LostBasis.LABEL else None
    return replace(finding, facts=(), caveats=tuple(said for said in finding.caveats if said != ever))


def _done(finished: int, known: int) -> Sentence:
    return say(
        "{n} clients sont arrivés au bout de ce qu’ils voulaient : ils comptent dans le total, et non parmi les partis.",
        "{n} customers reached the end of what they came for: they count in the total, and not among those who left.",
        n=Estimate("customers_finished", finished, Unit.CUSTOMERS, known, method="exact count"),
    )  # fmt: skip


def _strength(n: int) -> Strength:
    return Strength.STRONG if n >= 10 * _ENOUGH else Strength.MODERATE if n >= _ENOUGH else Strength.WEAK


def _one_row(rate: Interval, lost: int) -> Table:
    columns = (
        Column("customers", Text("clients", "customers"), Unit.CUSTOMERS),
        Column("lost", Text("partis", "lost"), Unit.CUSTOMERS),
        Column("churn_rate", Text("taux d’attrition", "churn rate"), Unit.RATIO),
        Column("low", Text("au moins", "at least"), Unit.RATIO),
        Column("high", Text("au plus", "at most"), Unit.RATIO),
    )
    return Table(columns, ((rate.n, lost, rate.value, rate.low, rate.high),))


def _without(study: Study, rate: Interval) -> tuple[tuple[dict[str, object], ...], Sentence | None]:
    """The rate leaving out, one group at a time, those who were never going to stay; the largest change as a fact."""
    where, values = study.who()
    items: list[dict[str, object]] = []
    best: tuple[float, Sentence] | None = None
    for group in never_staying(study):
        lost, known = study.row(
            f"SELECT count(*) FILTER (lost), count(lost) FROM customers WHERE ({where}) AND ({group.condition}) IS NOT TRUE",
            values,
        )
        left_out = rate.n - known
        if not known or not left_out:
            continue
        without, among = wilson(lost, known), wilson(round(rate.value * rate.n) - lost, left_out)
        items.append(
            {"kind": "without", "code": group.code, "group": group.words, "left_out": left_out, "customers": known, "lost": lost,
             "churn_rate": without.value, "low": without.low, "high": without.high}
        )  # fmt: skip
        gap = abs(without.value - rate.value)
        if min(known, left_out) >= _ENOUGH and separated(without, among) and (best is None or gap > best[0]):
            best = gap, say(
                "Sans les {aside} clients {words}, le taux est de {rate} ({rate:interval}, sur {rate:n} clients).",
                "Without the {aside} customers {words}, the rate is {rate} ({rate:interval}, out of {rate:n} "
                "customers).",
                aside=Estimate("left_out", left_out, Unit.CUSTOMERS, rate.n), words=group.words,
                rate=without.estimate("churn_rate_without", Unit.RATIO),
            )  # fmt: skip
    return tuple(items), best[1] if best else None


def _untold(untold: int) -> Sentence | None:
    if not untold:
        return None
    return say(
        "{n} clients sont laissés de côté : rien ne dit s’ils sont partis.",
        "{n} customers are left out: nothing tells whether they have left.",
        n=Estimate("untold", untold, Unit.COUNT, untold),
    )


def _doubt(study: Study) -> Sentence:
    return say(
        "Une autre définition du client perdu changerait ce chiffre : {evidence}",
        "Another definition of a lost customer would change this figure: {evidence}",
        evidence=study.model.lost.evidence,
    )


def _nobody(some: bool) -> NotApplicable:
    reason = say(
        "Aucun client à compter ici." if not some else "Rien ne dit lesquels de ces clients sont partis.",
        "There is no customer to count here." if not some else "Nothing tells which of these customers have left.",
    )
    return NotApplicable(_NAME, "too_few_customers" if not some else "churn_label", reason, _UNLOCK)


_UNLOCK = say(
    "Une colonne qui dit qui est parti (oui/non), une date de fin de contrat, les achats datés de chaque client, ou le "
    "silence que vous fixez vous-même sur la page des données.",
    "A column saying who has left (yes/no), a contract end date, each customer’s dated purchases, or the silence "
    "you set "
    "yourself on the data page.",
)
_NEXT = (
    Text("Pourquoi mes clients partent-ils ?", "Why are my customers leaving?"),
    Text("À quel moment de la relation partent-ils ?", "Where in the journey do they leave?"),
    Text("Qui est sur le point de partir ?", "Who is about to leave?"),
)

ANALYSIS = Analysis(
    name=_NAME,
    row="C1",
    stage=JourneyStage.CHURN,
    title=Text("Taux d’attrition et tendance", "Churn rate and its trend"),
    summary=Text(
        "Quelle part des clients part, par groupe ou par période, avec son intervalle, la saison distinguée de la "
        "tendance.",
        "What share of customers leaves, by group or by period, with its interval, season told apart from trend.",
    ),
    examples={
        "fr": ("Quel est notre taux d’attrition ?", "Quel est le taux d’attrition par région ?"),
        "en": ("What is our churn rate?", "What is the churn rate by month, and is it rising?"),
    },
    needs=(Need("churn_label", _UNLOCK, lost=True),),
    run=run,
    parameters=ChurnRateParameters,
)
