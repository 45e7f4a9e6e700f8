"""Churn rate by calendar period: the trend, told apart from the season."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from analytics.datamodel.signs import SignWords
from analytics.measures.departures import Period, PeriodRate, days_begin, period_rates, periods_told, year_on_year
from analytics.measures.lifetime import silence_days
from analytics.measures.seen import days_seen, is_lived, sign_words
from analytics.statistics.comparisons import holm, two_proportions_p
from analytics.statistics.intervals import wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, Table
from vocabulary.language import Text
from vocabulary.sentence import Listing, Sentence, say

_EVENTS, _RISK = 10, 0.05
_LEAST_MONTHS = 4  # fewer are no series
_NAMES: dict[str, Text] = {
    "month": Text("mois", "month"), "quarter": Text("trimestre", "quarter"), "year": Text("année", "year"),
}  # fmt: skip
_PER: dict[str, Text] = {
    "month": Text("par mois", "a month"), "quarter": Text("par trimestre", "a quarter"), "year": Text("par an", "a year"),
}  # fmt: skip


def rate_by_period(study: Study, overall: Finding, asked: Period | None) -> Finding:
    """Complete the overall finding with its trend; unchanged (with the reason) when there is no series to draw.

    Departures may have no dates, or the purchases be too short beside the silence that makes a loss.

    Args:
        study: the data.
        overall: the finding without split.
        asked: the period the manager named; chosen by the number of departures when None.
    """
    monthly = period_rates(study, "month")
    period: Period = asked or _suited(monthly)
    rates = monthly if period == "month" else period_rates(study, period)
    silent = silence_days(study)
    if silent is not None and days_seen(study) is not None and _too_short(study, silent, period):
        return dataclasses.replace(overall, caveats=(_short(study, silent), *overall.caveats))
    if not rates:
        dated = study.database.row("SELECT count(lost_on) FILTER (lost) FROM customers")[0]
        return dataclasses.replace(overall, caveats=(_HALF_DATED if dated else _NO_DATES, *overall.caveats)) if asked else overall
    trend, season = _trend(monthly), _season(monthly, None if silent is None else sign_words(study))
    latest = rates[-1]
    claim = _latest(study, latest, period) if asked else overall.claim
    facts = [fact for fact in (trend, season) if fact is not None]
    last = latest.rate.estimate(f"churn_rate_last_{period}", Unit.RATIO)
    measures = (last, *overall.measures) if asked else (*overall.measures, last)  # what was asked comes first
    title = _trend_title(monthly) or say("Départs {per} : {first:month} à {last:month}", "Departures {per}: {first:month} to {last:month}",
                         per=_PER[period], first=rates[0].start, last=latest.start)  # fmt: skip
    items = tuple(
        {"kind": "period", "period": p.start.isoformat(), "customers": p.exposed, "lost": p.lost,
         "churn_rate": p.rate.value, "low": p.rate.low, "high": p.rate.high}
        for p in rates
    )  # fmt: skip
    return dataclasses.replace(
        overall,
        claim=claim,
        measures=measures,
        facts=(*facts, *overall.facts)[:3],
        items=(*items, *overall.items),
        table=_table(rates, period),
        chart=Chart(ChartKind.LINE, title, "period", "churn_rate", None, "low", "high"),
        caveats=(*overall.caveats, *_judged(study, latest)),
    )


def _latest(study: Study, latest: PeriodRate, period: Period) -> Sentence:
    rate = latest.rate.estimate("churn_rate_period", Unit.RATIO)
    if silence_days(study) is None:
        return say(
            "{rate} des {rate:n} clients présents au début ({start:month}) sont partis dans {period} "
            "({rate:interval}).",
            "{rate} of the {rate:n} customers present at the start ({start:month}) left within the {period} "
            "({rate:interval}).",
            rate=rate, start=latest.start, period=_IN[period],
        )  # fmt: skip
    return say(
        "{period} {start:month} : {rate} des {rate:n} clients alors en relation "
        "y ont {did} leur {last} ({rate:interval}).",
        "{period} {start:month}: {rate} of the {rate:n} customers then in touch "
        "{did} their {last} in it ({rate:interval}).",
        rate=rate, start=latest.start, period=_FROM[period],
        last=sign_words(study).last, did=Text("eu", "had") if is_lived(study) else Text("fait", "made"),
    )  # fmt: skip


def _too_short(study: Study, silent: int, period: Period) -> bool:
    told = periods_told(study, silent, "month"), periods_told(study, silent, period)
    return len(told[0]) < _LEAST_MONTHS or not told[1]


def _short(study: Study, silent: int) -> Sentence:
    return say(
        "Pas de taux par période : il faut {days} de silence pour constater un départ, et autant après le début des "
        "{many} pour connaître tous ceux qui pouvaient partir ; vos fichiers ne vont que du {begins} au {ends}.",
        "No rate by period: it takes {days} of silence to see a departure, and as long after the {many} begin to know "
        "all those who could leave; your files only run from {begins} to {ends}.",
        days=Threshold(silent, Unit.DAYS), begins=days_begin(study), ends=study.as_of, many=sign_words(study).many,
    )  # fmt: skip


def _judged(study: Study, latest: PeriodRate) -> tuple[Sentence, ...]:
    silent = silence_days(study)
    if silent is None:
        return ()
    return (
        say(
            "Un départ est daté {of_last} et n’est connu qu’après {days} de silence : la dernière période jugée "
            "commence en {start:month}.",
            "A departure is dated at {of_last} and known only after {days} of silence: the last period judged "
            "begins in {start:month}.",
            days=Threshold(silent, Unit.DAYS), start=latest.start, of_last=sign_words(study).dated,
        ),  # fmt: skip
    )


def _suited(monthly: Sequence[PeriodRate]) -> Period:
    """The finest period that holds enough departures to be read."""
    if not monthly:
        return "year"
    mean = sum(p.lost for p in monthly) / len(monthly)
    return "month" if mean >= _EVENTS else "quarter" if 3 * mean >= _EVENTS else "year"


def _trend(monthly: Sequence[PeriodRate]) -> Sentence | None:
    """The last twelve months against the twelve before: the same seasons on both sides."""
    compared = year_on_year(monthly, 12)
    if compared is None:
        return None
    now, before, gap = compared
    if min(now.value * now.n, before.value * before.n) < _EVENTS or gap.low is None or gap.high is None:
        return None
    values: dict[str, Estimate | date] = {
        "now": now.estimate("monthly_rate", Unit.RATIO), "before": before.estimate("monthly_rate_before", Unit.RATIO),
        "gap": gap.estimate("change", Unit.POINTS), "last": monthly[-1].start,
    }  # fmt: skip
    if gap.low > 0:
        return say(
            "L’attrition monte : {now} par mois sur douze mois (jusqu’à {last:month}), contre {before} aux mêmes "
            "mois un an avant.",
            "Churn is rising: {now} a month over twelve months (to {last:month}), against {before} in the same "
            "months a year ago.",
            **values,
        )
    if gap.high < 0:
        return say(
            "L’attrition baisse : {now} par mois sur douze mois (jusqu’à {last:month}), contre {before} aux mêmes "
            "mois un an avant.",
            "Churn is falling: {now} a month over twelve months (to {last:month}), against {before} in the same "
            "months a year ago.",
            **values,
        )
    return say(
        "Pas de tendance nette : {now} par mois sur douze mois (jusqu’à {last:month}), {before} aux mêmes mois un "
        "an avant.",
        "No clear trend: {now} a month over twelve months (to {last:month}), {before} in the same months a year ago.",
        **values,
    )


def _trend_title(monthly: Sequence[PeriodRate]) -> Sentence | None:
    compared = year_on_year(monthly, 12)
    if _trend(monthly) is None or compared is None:
        return None
    gap = compared[2]
    if gap.low is not None and gap.low > 0:
        return say("L’attrition monte d’une année sur l’autre", "Churn is rising year on year")
    if gap.high is not None and gap.high < 0:
        return say("L’attrition baisse d’une année sur l’autre", "Churn is falling year on year")
    return say("Pas de tendance nette de l’attrition", "No clear trend in churn")


def _season(monthly: Sequence[PeriodRate], seen: SignWords | None) -> Sentence | None:
    """Calendar months that lose more than the others, every year there is."""
    years = len(monthly) // 12
    if years < 2:
        return None
    recent = list(monthly)[-12 * years :]
    by_month = [[p for p in recent if p.start.month == m] for m in range(1, 13)]
    total, exposed = sum(p.lost for p in recent), sum(p.exposed for p in recent)
    p_values, lifted = [], []
    for months in by_month:
        k, n = sum(p.lost for p in months), sum(p.exposed for p in months)
        p_values.append(two_proportions_p(k, n, total - k, exposed - n))
        others = (total - k) / (exposed - n)
        # A season returns: the month must lose more than its own year's other months, each year.
        lifted.append(k >= _EVENTS and k / n > 1.2 * others and all(_above_its_year(p, recent) for p in months))
    corrected = holm(p_values)
    peaks = [m for m in range(12) if lifted[m] and corrected[m] < _RISK]
    if not peaks:
        return None
    counted = [p for m in peaks for p in by_month[m]]
    rate = wilson(sum(p.lost for p in counted), sum(p.exposed for p in counted))
    if seen is not None:
        return say(
            "Effet de saison : les départs, datés {of_last}, tombent chaque année en {months} ({rate} par mois), à ne pas "
            "lire comme une tendance.",
            "A seasonal effect: departures, dated at {of_last}, fall every year in {months} ({rate} a month), not to be read "
            "as a trend.",
            of_last=seen.dated,
            months=Listing(tuple(_month_name(m + 1) for m in peaks)), rate=rate.estimate("season_rate", Unit.RATIO),
        )  # fmt: skip
    return say(
        "Effet de saison : les départs montent chaque année en {months} ({rate} par mois), à ne pas lire comme une "
        "tendance.",
        "A seasonal effect: departures rise every year in {months} ({rate} a month), not to be read as a trend.",
        months=Listing(tuple(_month_name(m + 1) for m in peaks)), rate=rate.estimate("season_rate", Unit.RATIO),
    )  # fmt: skip


def _above_its_year(month: PeriodRate, recent: Sequence[PeriodRate]) -> bool:
    place = recent.index(month)
    first = place - place % 12
    year = recent[first : first + 12]
    return month.lost * sum(p.exposed for p in year) > month.exposed * sum(p.lost for p in year)


def _month_name(number: int) -> Text:
    return Text(_MONTHS_FR[number - 1], date(2000, number, 1).strftime("%B"))


def _table(rates: Sequence[PeriodRate], period: Period) -> Table:
    columns = (
        Column("period", _NAMES[period]),
        Column("customers", Text("clients qui pouvaient partir", "customers who could leave"), Unit.CUSTOMERS),
        Column("lost", Text("partis", "lost"), Unit.CUSTOMERS),
        Column("churn_rate", Text("taux d’attrition", "churn rate"), Unit.RATIO),
        Column("low", Text("au moins", "at least"), Unit.RATIO),
        Column("high", Text("au plus", "at most"), Unit.RATIO),
    )
    return Table(columns, tuple((p.start, p.exposed, p.lost, p.rate.value, p.rate.low, p.rate.high) for p in rates))


_MONTHS_FR = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_IN: dict[str, Text] = {
    "month": Text("le mois", "month"), "quarter": Text("le trimestre", "quarter"), "year": Text("l’année", "year"),
}  # fmt: skip
_FROM: dict[str, Text] = {
    "month": Text("Dernier mois que l’on peut juger,", "Latest month that can be judged,"),
    "quarter": Text(
        "Dernier trimestre que l’on peut juger, commencé en", "Latest quarter that can be judged, beginning in"
    ),
    "year": Text("Dernière année que l’on peut juger, commencée en", "Latest year that can be judged, beginning in"),
}
_NO_DATES = say(
    "Les départs ne sont pas datés dans ce fichier : une date de fin donnerait le taux par période et sa tendance.",
    "Departures have no date in this file: an end date would give the rate by period and its trend.",
)
_HALF_DATED = say(
    "Pour trop de ceux qui sont partis, le jour de l’arrivée ou celui du départ manque dans ces fichiers : ces deux dates donneraient le "
    "taux par période et sa tendance.",
    "For too many of those who left, the day they came or the day they left is missing in these files: both dates would give the rate by "
    "period and its trend.",
)
