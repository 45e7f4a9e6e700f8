"""E1: the day of the first and of the last order, customer, departure or line of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analytics.datamodel.model import LostBasis
from analytics.explore.cells import cells_of, days_of, estimate_of, values_said
from analytics.explore.fields import Field as GroupField
from analytics.explore.fields import find_field
from analytics.explore.limits import impossible, scope_of
from analytics.explore.parameters import ExploreParameters
from analytics.explore.query import Query, bands, clock_of, group_sql, source
from analytics.explore.records import LINES, looked_at_in, record_field
from analytics.explore.records_query import days_query, records_query
from analytics.explore.undone_lines import not_sold
from analytics.explore.words import chosen, group_label, upper
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Strength

_MOST_ROWS = 1000
DATED: Mapping[str, Text] = {
    "orders": Text("commande", "order"), "new_customers": Text("arrivée d’un client", "arrival of a customer"),
    "lost_customers": Text("départ d’un client", "departure of a customer"), "records": Text("ligne", "row"),
}  # fmt: skip
_COUNTED = {
    "orders": Text("Commandes considérées", "Orders looked at"), "new_customers": Text("Clients considérés", "Customers looked at"),
    "lost_customers": Text("Départs considérés", "Departures looked at"), "records": Text("Lignes considérées", "Rows looked at"),
}  # fmt: skip


def first_and_last(study: Study, parameters: ExploreParameters) -> Result:
    """First and last day of what a query counts, of all of it and of each group.

    Args:
        study: the data.
        parameters: a query with an `edge`, that counts one of `DATED`.
    """
    problem = impossible(study, parameters) if parameters.table is None else None
    if problem is not None:
        return problem
    counted = _counted(study, parameters)
    total = _rows(study, parameters, ()) if counted.value else []
    if not total:
        return NotApplicable("explore", "dates", _UNDATED, _WITH_DATES)
    first, last = total[0][-2:]
    groups = _groups(study, parameters)
    rows = sorted(_rows(study, parameters, groups), key=lambda row: row[-1], reverse=True) if groups else []
    lead = chosen(study, parameters)
    said = _claim(parameters, first, last, rows, groups, opening=lead is None)
    return Finding(
        "explore",
        said if lead is None else say("{lead} — {said}", "{lead} — {said}", lead=lead, said=said),
        measures=(counted,),
        facts=(say("{what} : {n}.", "{what}: {n}.", what=_COUNTED[parameters.measure], n=counted),),
        items=(
            tuple({groups[0].name: row[0], "first": row[1], "last": row[2]} for row in rows) if groups else ({"of": parameters.measure, "first": first, "last": last},)
        ),
        table=_table(rows, groups),
        caveats=(*_later(study, parameters, last), *(not_sold(study, parameters) if parameters.measure == "orders" else ()), *(_BY_SILENCE if parameters.measure == "lost_customers" and _silent(study) else ())),
        strength=Strength.STRONG,
    )


def _on_purchases(study: Study, measure: str) -> bool:
    return measure == "orders" and study.sells


def _counted(study: Study, asked: ExploreParameters) -> Estimate:
    """How many orders, customers or lines the days are those of."""
    if asked.table is None:
        return cells_of(study, asked.model_copy(update={"by": ()}), (), asked.period, scope_of(study, asked), _on_purchases(study, asked.measure))[0][1]
    sql, given = records_query(study, asked, (), [], days_of(asked.period))
    return estimate_of(asked.measure, Unit.COUNT, study.row(sql, given), part=False)


def _groups(study: Study, asked: ExploreParameters) -> tuple[GroupField, ...]:
    if asked.table is not None:
        records = looked_at_in(study, asked)
        return tuple(record_field(study, records, name) for name in asked.by)
    on_purchases = _on_purchases(study, asked.measure)
    return tuple(find_field(study, name, purchases=on_purchases, clock=clock_of(asked.measure, on_purchases=on_purchases)) for name in asked.by)


def _rows(study: Study, asked: ExploreParameters, groups: tuple[GroupField, ...]) -> list[tuple[Any, ...]]:
    """The values of each group, its first day and its last; groups without a day are left out."""
    told_in = f"{looked_at_in(study, asked).relation} {LINES}" if asked.table is not None else None
    heads = [group_sql(group, bands(study, group, told_in) if group.type.value == "number" else None) for group in groups]
    if asked.table is not None and looked_at_in(study, asked).clock is None:
        return []
    sql, given = days_query(study, asked, heads, days_of(asked.period)) if asked.table is not None else _days_of_purchases(study, asked, groups, heads)
    found = [(*values_said(groups, row[: len(groups)]), *row[-2:]) for row in study.rows(sql, given)]
    return [row for row in found if row[-1] is not None]


def _days_of_purchases(study: Study, asked: ExploreParameters, groups: tuple[GroupField, ...], heads: list[str]) -> tuple[str, list[Any]]:
    on_purchases = _on_purchases(study, asked.measure)
    query = Query(
        measure=asked.measure, column=None, groups=groups, edges=(None,) * len(groups), period=days_of(asked.period),
        purchase_filter=asked.purchase_filter, part=(), on_purchases=on_purchases, scope=scope_of(study, asked),
    )  # fmt: skip
    told_in, where, given = source(study, query)
    clock = clock_of(asked.measure, on_purchases=on_purchases)
    told_of_each = asked.measure == "orders" and not on_purchases  # nothing but the first and the last of each customer is known
    low, high = ("c.first_purchase", "c.last_purchase") if told_of_each else (clock, clock)
    grouping = " GROUP BY g0" if heads else ""
    return f"SELECT {''.join(f'{head} AS g0, ' for head in heads)}min({low}), max({high}) FROM {told_in} WHERE {where}{grouping}", given


def _claim(parameters: ExploreParameters, first: date, last: date, rows: Sequence[tuple[Any, ...]], groups: tuple[GroupField, ...], *, opening: bool) -> Sentence:
    what, masculine = DATED[parameters.measure], parameters.measure == "lost_customers"
    if rows and groups:
        return say(
            "{what} par {by} : {group} a {edge}, du {last} ; {edge_first} est du {first}.",
            "{what} by {by}: {group} has the latest, from {last}; the earliest dates from {first}.",
            what=upper(what) if opening else what, by=groups[0].title, group=group_label(rows[0][:1], groups), last=last, first=first,
            edge=Text("le plus récent" if masculine else "la plus récente", ""), edge_first=Text("le plus ancien" if masculine else "la plus ancienne", ""),
        )  # fmt: skip
    if parameters.edge == "first":
        fr = "{le} premier {what} est du {first} ; le dernier, du {last}." if masculine else "{le} première {what} est du {first} ; la dernière, du {last}."
        en = "{le} first {what} dates from {first}; the last, from {last}."
    else:
        fr = "{le} dernier {what} est du {last} ; le premier, du {first}." if masculine else "{le} dernière {what} est du {last} ; la première, du {first}."
        en = "{le} last {what} dates from {last}; the first, from {first}."
    the = Text("le" if masculine else "la", "the")
    of_file = None if parameters.table is None else say("ligne de « {file} »", "row of “{file}”", file=Label(parameters.table))
    return say(fr, en, le=upper(the) if opening else the, what=of_file or what, first=first, last=last)


def _table(rows: Sequence[tuple[Any, ...]], groups: tuple[GroupField, ...]) -> Table | None:
    if not (rows and groups):
        return None
    columns = (Column(groups[0].name, groups[0].title), Column("first", _FIRST), Column("last", _LAST))
    return Table(columns, tuple(tuple(row) for row in rows[:_MOST_ROWS]), truncated=len(rows) > _MOST_ROWS)


def _later(study: Study, parameters: ExploreParameters, last: date) -> tuple[Sentence, ...]:
    """Lines dated after the day everything is looked at: told as the last ones where they are many, and as slips where they are few."""
    if parameters.table is None:
        return ()
    sql, given = days_query(study, parameters, [], days_of(parameters.period))
    count = study.database.row(sql, given)[0]
    if not count:
        return ()
    lines = Estimate("later_lines", count, Unit.COUNT, method="exact count")
    if last > study.as_of:
        return (say(
            "{lines} lignes sont datées après le {day}, jour où les clients sont regardés.", "{lines} lines are dated after {day}, the day customers are looked at.",
            lines=lines, day=study.as_of,
        ),)  # fmt: skip
    return (say("Lignes datées après le {day}, laissées de côté : {lines}.", "Lines dated after {day}, left aside: {lines}.", lines=lines, day=study.as_of),)


def _silent(study: Study) -> bool:
    return study.model.lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS)


_FIRST, _LAST = Text("premier jour", "first day"), Text("dernier jour", "last day")
_UNDATED = say("Rien de ce qui est demandé n’a de date dans les fichiers.", "Nothing of what is asked has a date in the files.")
_WITH_DATES = say("Ajoutez une colonne de dates, ou demandez moins de conditions.", "Add a column of dates, or ask with fewer conditions.")
_BY_SILENCE = (say(
    "Aucun fichier ne date les départs : chacun l’est du dernier signe du client, et n’est tenu pour tel qu’après un silence assez long.",
    "No file dates departures: each is dated by the customer’s last sign, and is called one only after a silence long enough.",
),)  # fmt: skip
