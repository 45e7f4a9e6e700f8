"""The drivers as a table and as a chart: what each may explain, of the customers followed."""

from __future__ import annotations

from typing import Any

from analytics.churn.driver_moments import Followed
from analytics.churn.driver_words import KIND_NAMES, touched_words
from analytics.statistics.driver_report import Driver
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Chart, ChartKind, Column, DriverKind, Table
from vocabulary.language import Text
from vocabulary.sentence import say


def driver_table(items: tuple[dict[str, Any], ...]) -> Table:
    """One row a driver, in the order of the items."""
    columns = (
        Column("touched", Text("facteur", "factor")),
        Column("kind", Text("nature", "kind")),
        Column("customers", Text("clients touchés", "customers touched"), Unit.CUSTOMERS),
        Column("lost_rate", Text("part perdue", "share lost"), Unit.RATIO),
        Column("lost_rate_others", Text("chez les autres", "among the others"), Unit.RATIO),
        Column("adjusted_effect", Text("effet ajusté (rapport de cotes)", "adjusted effect (odds ratio)"), Unit.ODDS_RATIO),
        Column("low", Text("borne basse", "low"), Unit.ODDS_RATIO),
        Column("high", Text("borne haute", "high"), Unit.ODDS_RATIO),
        Column("explained_departures", Text("départs expliqués", "departures explained"), Unit.CUSTOMERS),
        Column("explained_low", Text("borne basse", "low"), Unit.CUSTOMERS),
        Column("explained_high", Text("borne haute", "high"), Unit.CUSTOMERS),
    )
    names = [column.name for column in columns]
    rows = tuple(
        tuple(KIND_NAMES[item[name]] if name == "kind" else item[name] for name in names) for item in items
    )
    return Table(columns, rows)


def driver_chart(lead: list[Driver], items: tuple[dict[str, Any], ...], followed: Followed) -> Chart:
    """The departures each driver may explain; titled by the first, of the customers followed."""
    held = say(
        "Départs que chaque facteur peut expliquer, les autres étant égaux, parmi {among}",
        "Departures each factor may explain, the others held equal, of {among}",
        among=followed.among,
    )
    if any(followed.counted_in(driver) != "customers" for driver in lead):  # lived at orders or visits: each factor has departures of its own
        held = say(
            "Départs que chaque facteur peut expliquer, les autres étant égaux, sur ceux qui ont été suivis pour lui",
            "Departures each factor may explain, the others held equal, of those followed for it",
        )
    title = held
    if lead:
        first = lead[0]
        title = say(
            "Premier facteur ({kind}) : {touched}, qui peut expliquer {explained} départs sur {gone}",
            "First factor ({kind}): {touched}, which may explain {explained} of {gone} departures",
            kind=KIND_NAMES[first.kind], touched=touched_words(first, followed.exposed.frame.attributes[first.feature]),
            explained=explained_departures(first, followed.scale(first)),
            gone=followed.gone(first),
        )  # fmt: skip
    # Warning signs would tower over the causes they come from: they stay in the table, out of the picture.
    shown = tuple(item for item in items if item["kind"] is not DriverKind.SYMPTOM) or items
    table = driver_table(shown)
    return Chart(
        ChartKind.BAR, title, "explained_departures", "touched", "kind", "explained_low", "explained_high", table,
        held if lead else None,
    )  # fmt: skip


def explained_departures(driver: Driver, scale: float) -> Estimate:
    """How many departures it may explain, in whole customers, brought back to everyone when a sample was searched."""
    explained = driver.explained_departures
    low, high = (None if bound is None else float(round(bound * scale)) for bound in (explained.low, explained.high))
    value = float(round(explained.value * scale))
    return Estimate("explained_departures", value, Unit.CUSTOMERS, driver.customers, low, high, explained.method)
