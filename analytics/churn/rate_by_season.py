"""Who did not enrol again, season after season: of those of each season, how many are in none of the next."""

from __future__ import annotations

import dataclasses

from analytics.churn.rate_by_group import GroupRate, group_item, group_table, rate_of
from analytics.customers.columns import Columns
from analytics.customers.routes import Routes
from analytics.datamodel.model import Season
from analytics.datamodel.roles import Role
from analytics.datamodel.seasons import first_year_sql
from analytics.measures.groups import Grouping
from analytics.segment import Segment
from analytics.statistics.comparisons import separated
from analytics.statistics.intervals import wilson
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Chart, ChartKind, Finding
from vocabulary.sentence import Label, Sentence, Value, say


def season_of_field(study: Study, by: str) -> Season | None:
    """The season a field names, where who is lost is told by it; None of any other field.

    Args:
        study: the data.
        by: the field.
    """
    lost = study.model.lost
    return study.model.season_of(lost.table) if lost.table is not None and lost.column == by and study.attribute(by) is not None else None


def of_any_season(study: Study, by: str | None) -> tuple[Study, tuple[str, ...]]:
    """The data without a condition on the season, which would keep those whose last one it was, and the seasons that it named.

    Args:
        study: the data.
        by: the field a rate is split by.
    """
    if by is None or season_of_field(study, by) is None:
        return study, ()
    kept = Segment(tuple(condition for condition in study.segment.conditions if condition.field != by))
    named = tuple(str(value) for condition in study.segment.conditions if condition.field == by and condition.operator in ("=", "in") for value in condition.values)
    return dataclasses.replace(study, segment=kept), named


def rate_by_season(study: Study, overall: Finding, season: Season, split: Grouping, named: tuple[str, ...] = ()) -> Finding:
    """The overall finding told season by season; one that is not over has no rate yet.

    Args:
        study: the data.
        overall: the rate of everyone.
        season: how late renewals are written.
        split: the field.
        named: the seasons asked about; the first of them that is over is told first.
    """
    where, values = study.who()
    columns, route = Columns(study.database, study.model, season.table), Routes(study.database, study.model).route(season.table, "t")
    if route is None:
        return overall
    name, begun = columns.as_text(season.column), columns.day(Role.START_DATE, Role.SIGNUP_DATE)
    rows = study.rows(
        f"""
        WITH held AS (
            SELECT c.customer_key, MIN({name}) AS season, {first_year_sql(name)} AS year FROM {quote(season.table)} t {route.joins}
            JOIN customers c ON c.customer_id = {route.customer}
            WHERE {begun} <= ? AND {columns.ended()} > {begun} AND c.customer_key IN (SELECT customer_key FROM customers WHERE {where}) GROUP BY 1, 3
        )
        SELECT MIN(o.season), COUNT(*) FILTER (n.customer_key IS NULL), COUNT(*) FROM held o
        LEFT JOIN held n ON n.customer_key = o.customer_key AND n.year = o.year + 1
        WHERE o.year IS NOT NULL AND MAKE_DATE(o.year + 1, 1, 1) + {season.late} <= ? GROUP BY o.year ORDER BY o.year DESC
        """,
        [study.as_of, *values, study.as_of],
    )
    groups = [GroupRate(name, gone, n, wilson(gone, n) if n else None) for name, gone, n in rows]
    if not groups:
        return overall
    wanted = sorted((group for group in groups if group.value in named), key=lambda group: str(group.value))
    groups = groups[groups.index(wanted[0]) :] + groups[: groups.index(wanted[0])] if wanted else groups
    title = say("Réinscriptions manquées, saison après saison", "Enrolments not made again, season after season")
    return dataclasses.replace(
        overall, claim=_claim(groups), measures=(rate_of(groups[0]), *overall.measures), facts=(_kept(groups[0]), *overall.facts)[:3],
        items=tuple(group_item(group) for group in groups), table=group_table(groups, split),
        chart=Chart(ChartKind.BAR, title, "churn_rate", "group", None, "low", "high", None),
    )  # fmt: skip


def _kept(last: GroupRate) -> Sentence:
    kept = wilson(last.n - last.lost, last.n).estimate("enrolled_again", Unit.RATIO)
    return say(
        "Se sont réinscrits : {kept} des {kept:n} clients de {season}.", "Enrolled again: {kept} of the {kept:n} customers of {season}.",
        kept=dataclasses.replace(kept, n=last.n), season=last.word,
    )  # fmt: skip


def _claim(groups: list[GroupRate]) -> Sentence:
    last, before = groups[0], groups[1] if len(groups) > 1 and str(groups[1].value) < str(groups[0].value) else None
    said = say(
        "{rate} des {rate:n} clients de {season} ne se sont pas réinscrits pour la saison suivante, soit {lost} ({rate:interval}).",
        "{rate} of the {rate:n} customers of {season} did not enrol for the next season, that is {lost} ({rate:interval}).",
        rate=rate_of(last), season=last.word, lost=Estimate("customers_lost", last.lost, Unit.CUSTOMERS, last.n),
    )
    if before is None or before.rate is None or last.rate is None:
        return said
    told: dict[str, Value] = {"said": said, "earlier": dataclasses.replace(before.rate.estimate("churn_rate_before", Unit.RATIO), n=before.n), "season": Label(str(before.value))}
    if separated(last.rate, before.rate):
        return say("{said} C’était {earlier} de ceux de {season}.", "{said} It was {earlier} of those of {season}.", **told)
    return say(
        "{said} C’était {earlier} de ceux de {season}, un écart qui peut être dû au hasard.", "{said} It was {earlier} of those of {season}, a gap that may be chance.", **told
    )
