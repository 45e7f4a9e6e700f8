"""What `explore` says: its headline, which group comes first and whether by a clear gap, and the names of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any, TypeAlias

from analytics.analysis import Condition
from analytics.explore.ended_contracts import ends_contracts, ends_within
from analytics.explore.fields import PERIODS, WEEKDAYS, Field, Place, title_of
from analytics.explore.parameters import LONG_AGO, ExploreParameters, Period, Seen
from analytics.explore.records import Records, bare, looked_at_in, records_of
from analytics.explore.stock import last_moment
from analytics.measures.groups import OPERATORS, are_days, between_days, looked_at
from analytics.study import Study
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say

SMALL_GROUP = 30  # cases under which an average is shown and nothing is concluded from it

_HIGHEST = Text("vient en premier", "comes first")
_LOWEST = Text("est au plus bas", "is the lowest")
_HIGHEST_OF_MANY = Text("vient en premier des groupes d’au moins trente cas,", "comes first of the groups of at least thirty cases,")
_LOWEST_OF_MANY = Text("est au plus bas des groupes d’au moins trente cas,", "is the lowest of the groups of at least thirty cases,")
Cell: TypeAlias = "tuple[tuple[Any, ...], Estimate]"


def claim(
    title: Text, groups: Sequence[Field], total: Estimate, before: Estimate | None, shown: Sequence[Cell], *,
    compared: Period | None = None, added: bool = False, lowest: bool = False, ranked: bool = False, whole: bool = False, opening: bool = True, stands: bool = False,
) -> Sentence:  # fmt: skip
    """The headline of a query.

    Args:
        title: what is measured.
        groups: what it is split by.
        total: over everyone.
        before: over the period compared, when one was.
        shown: the groups, in the order asked; of a series, those whose period is over.
        compared: the days `before` is of.
        added: groups add up to the total, which one of them is a part of and does not compare with.
        lowest: they come lowest first.
        ranked: an order was asked for, even over time.
        opening: it begins the sentence, and so bears a capital.
        whole: the groups add up to the whole: nothing to set them against.
        stands: what is counted stood at the end of each period, so that no total is over them all.
    """
    name = upper(title) if opening else title
    weekdays = bool(groups) and groups[0].name == "weekday"
    if groups and groups[0].place is Place.TIME and not (ranked or whole or weekdays) and shown and shown[-1][1].value is not None:
        if len(groups) == 1 and stands:
            return say(
                "{name} par {by} : {start} à la fin de la première ({first}), {value} à la fin de la dernière ({group}).",
                "{name} by {by}: {start} at the end of the first ({first}), {value} at the end of the last ({group}).",
                name=name, by=groups[0].title, first=group_label(shown[0][0], groups), start=shown[0][1],
                group=group_label(shown[-1][0], groups), value=shown[-1][1],
            )  # fmt: skip
        if len(groups) == 1 and len(shown) > 1 and shown[0][1].value is not None:
            return say(
                "{name} par {by} : {start} au début ({first}), {value} à la fin ({group}) ; {total} pour l’ensemble.",
                "{name} by {by}: {start} at first ({first}), {value} at the end ({group}); {total} overall.",
                name=name, by=groups[0].title, first=group_label(shown[0][0], groups), start=shown[0][1],
                group=group_label(shown[-1][0], groups), value=shown[-1][1], total=total,
            )  # fmt: skip
        return say(
            "{name} par {by} : {value} pour {group}, contre {total} pour l’ensemble.",
            "{name} by {by}: {value} for {group}, against {total} overall.",
            name=name, by=groups[0].title, group=group_label(shown[-1][0], groups), value=shown[-1][1], total=total,
        )  # fmt: skip
    if [group.name for group in groups] == ["customer_id"] and total.name == "customers":  # their names: each counts for one
        return say("{name} : {total}, nommés dans le tableau.", "{name}: {total}, named in the table.", name=name, total=total)
    told = [cell for cell in shown if _ranks(cell)]
    if weekdays and not ranked:  # shown from Monday on, and ranked by what is told of each
        told = sorted(told, key=lambda cell: -(cell[1].value or 0))
    if len(groups) == 1 and len(shown) == 1 and told and groups[0].place is not Place.TIME and told[0][1].value == total.value:
        return say("{name} par {by} : {group}, {value}.", "{name} by {by}: {group}, {value}.", name=name, by=groups[0].title, group=group_label(told[0][0], groups), value=total)  # alone, it comes first of none
    if groups and told and whole:
        return say(
            "{name} par {by} : {group} {place} avec {value}.", "{name} by {by}: {group} {place} with {value}.",
            name=name, by=groups[0].title, group=group_label(told[0][0], groups), place=_LOWEST if lowest else _HIGHEST, value=told[0][1],
        )  # fmt: skip
    if groups and told:
        small = not weekdays and shown[0][1].low is not None and (shown[0][1].n or 0) < SMALL_GROUP  # it stands before the one that is named
        return _first(name, groups, told, total, (_LOWEST_OF_MANY if small else _LOWEST) if lowest else _HIGHEST_OF_MANY if small else _HIGHEST, added=added)
    if before is not None and before.value is not None and compared is not None:
        return say(
            "{name} : {total}, contre {before} du {start} au {end}.", "{name}: {total}, against {before} from {start} to {end}.",
            name=name, total=total, before=before, start=compared.start, end=compared.end,
        )  # fmt: skip
    if total.low is not None:
        return say(
            "{name} : {total} ({total:interval}, n = {total:n}).", "{name}: {total} ({total:interval}, n = {total:n}).",
            name=name, total=total,
        )  # fmt: skip
    return say("{name} : {total}.", "{name}: {total}.", name=name, total=total)


def _ranks(cell: Cell) -> bool:
    """Whether a group may be said to come first: a count always, an average when enough cases carry it."""
    values, estimate = cell
    named = all(value is not None for value in values)
    return named and estimate.value is not None and (estimate.low is None or (estimate.n or 0) >= SMALL_GROUP)


def _first(name: Text, groups: Sequence[Field], ranked: Sequence[Cell], total: Estimate, place: Text, *, added: bool) -> Sentence:
    by = groups[0].title
    (values, best), follower = ranked[0], ranked[1] if len(ranked) > 1 else None
    if follower is not None and overlap(best, follower[1]):
        return say(
            "{name} par {by} : {group} {place} avec {value}, sans écart net avec {other} ({second}) ; {total} pour "
            "l’ensemble.",
            "{name} by {by}: {group} {place} with {value}, with no clear gap over {other} ({second}); {total} overall.",
            name=name, by=by, group=group_label(values, groups), place=place, value=best, other=group_label(follower[0], groups), second=follower[1],
            total=total,
        )  # fmt: skip
    if added:
        return say(
            "{name} par {by} : {group} {place} avec {value}, sur {total} en tout.",
            "{name} by {by}: {group} {place} with {value}, out of {total} in all.",
            name=name, by=by, group=group_label(values, groups), place=place, value=best, total=total,
        )  # fmt: skip
    return say(
        "{name} par {by} : {group} {place} avec {value}, contre {total} pour l’ensemble.",
        "{name} by {by}: {group} {place} with {value}, against {total} overall.",
        name=name, by=by, group=group_label(values, groups), place=place, value=best, total=total,
    )  # fmt: skip


def overlap(one: Estimate, other: Estimate) -> bool:
    """Whether the intervals of two figures meet; false where one has none."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low <= other.high and other.low <= one.high


def facts(groups: Sequence[Field], shown: Sequence[Cell], *, lowest: bool = False, first_of_many: bool = False) -> tuple[Sentence, ...]:
    """The first and the last group that carry their figure; over time, those of the most and of the least.

    Args:
        groups: what the query is split by.
        shown: the groups, in the order asked.
        lowest: they come lowest first.
        first_of_many: others come after them, which are not shown.
    """
    told = [cell for cell in shown if _ranks(cell)]
    if not groups or len(told) < 2 or (not first_of_many and len({cell[1].value for cell in told}) == 1):
        return ()  # of names, each counted once, none is the highest
    if groups[0].place is Place.TIME:
        return _extremes(groups, told)
    few = Text(" (groupes d’au moins trente cas)", " (groups of at least thirty cases)") if len(told) < len(shown) else Text("", "")
    ends = (_TOP, _BOTTOM) if not lowest else (_BOTTOM, _TOP)
    places = (ends[0], _LAST_SHOWN if first_of_many else ends[1])
    return tuple(
        say("{place}{few} : {group}, {value}.", "{place}{few}: {group}, {value}.", place=place, few=few,
            group=group_label(values, groups), value=estimate)
        if estimate.low is None
        else say(
            "{place}{few} : {group}, {value} ({value:interval}, n = {value:n}).", "{place}{few}: {group}, {value} ({value:interval}, n = {value:n}).",
            place=place, few=few, group=group_label(values, groups), value=estimate,
        )
        for place, (values, estimate) in zip(places, (told[0], told[-1]), strict=True)
    )  # fmt: skip


_TOP, _BOTTOM = Text("Au plus haut", "Highest"), Text("Au plus bas", "Lowest")
_LAST_SHOWN = Text("Le dernier montré", "The last shown")


def _extremes(groups: Sequence[Field], told: Sequence[Cell]) -> tuple[Sentence, ...]:
    """The period of the most and that of the least, in that order."""
    sign = 1 if taken_off(told) else -1
    ranked = sorted(told, key=lambda cell: sign * (cell[1].value or 0))
    (most, high), (least, low) = ranked[0], ranked[-1]
    return (
        say("Au plus haut : {value}, {group}.", "At the highest: {value}, {group}.", value=high, group=group_label(most, groups)),
        say("Au plus bas : {value}, {group}.", "At the lowest: {value}, {group}.", value=low, group=group_label(least, groups)),
    )


def taken_off(cells: Sequence[Cell]) -> bool:
    """Whether all the figures are of money given back, below nought: the most is then the furthest from nought.

    Args:
        cells: the groups.
    """
    figures = [cell[1].value for cell in cells if isinstance(cell[1].value, int | float)]
    return bool(figures) and max(figures) <= 0 and min(figures) < 0 and all(cell[1].low is None for cell in cells)


def called(cells: Sequence[Cell], names: Mapping[str, str]) -> Sequence[Cell]:
    """The groups, customers that have a company's name called by it beside their code."""
    if not names:
        return cells
    return [((f"{names[str(values[0])]} ({values[0]})",) if str(values[0]) in names else values, estimate) for values, estimate in cells]


def group_label(values: tuple[Any, ...], groups: Sequence[Field] = ()) -> Sentence | Label | Text | date:
    """Say a group's values, as they stand in the file; a calendar period by its name."""
    if len(values) == 1:
        value = values[0]
        if value is None:
            return Text("(vide)", "(empty)")
        if isinstance(value, bool):
            return Text("oui", "yes") if value else Text("non", "no")
        if isinstance(value, date) and groups:
            return calendar_name(value, groups[0].name)
        return value if isinstance(value, date | Text) else Label(str(value))
    first, *others = values
    return say(
        "{first} · {others}", "{first} · {others}",
        first=group_label((first,), groups[:1]), others=group_label(tuple(others), groups[1:]),
    )  # fmt: skip


def calendar_name(day: date, grain: str) -> Sentence | Label | date:
    """A month, quarter or year, called by its first day in the rows."""
    if grain == "year":
        return Label(str(day.year))
    if grain == "month":
        return say("{day:month}", "{day:month}", day=day)
    if grain == "quarter":
        return say("T{quarter}", "Q{quarter}", quarter=Label(f"{(day.month + 2) // 3} {day.year}"))
    return day


def chosen(study: Study, parameters: ExploreParameters) -> Sentence | None:
    """What a query was narrowed to: the customers, the days, the purchases, and who counts in a share; None when nothing."""
    said: list[Sentence] = []
    table = looked_at_in(study, parameters) if parameters.table is not None else None
    if parameters.stock:
        said.append(_standing(study, parameters))
    elif parameters.period is not None:
        said.append(_days_told(parameters))
    if parameters.table is not None and ends_within(study, parameters):
        said.append(say("{head}", "{head}", head=Text("parmi les lignes en cours le premier jour", "among the rows in force on the first day")))
    header = None
    if table is not None and table.ended is not None and (parameters.period is not None or any(name in PERIODS for name in parameters.by)):
        header = next(column.name for column in table.profile.columns if column.column == table.ended)
        said.append(say("{head} «\u00a0{column}\u00a0»", "{head} “{column}”", head=Text("d’après", "by"), column=Label(header)))
    if study.segment.conditions:
        said.append(_kept(Text("clients considérés", "customers looked at"), looked_at(study)))
    held = [asked for asked in parameters.purchase_filter if not (asked.field == header and asked.operator == "is not null")]  # its days say so
    if held:
        lines = Text("lignes considérées", "rows looked at") if parameters.table is not None else Text("achats considérés", "purchases looked at")
        said.append(_kept(lines, conditions_told(held, study, table)))
    for head, then in ((Text("avec un achat du", "with a purchase from"), parameters.also), (Text("sans aucun achat du", "with no purchase from"), parameters.absent)):
        if then is not None:
            said.append(say("{head} {start} au {end}", "{head} {start} to {end}", head=head, start=then.start, end=then.end))
    if parameters.seen is not None:
        said.append(_seen(parameters.seen, study))
    if parameters.part:
        within = parameters.table is not None and ends_within(study, parameters)
        told = Listing((_of_the_period(parameters),)) if within else conditions_told(parameters.part, study, table)
        said.append(_kept(Text("ceux qui comptent", "those counted"), told))
    return reduce(lambda one, other: say("{one}, {other}", "{one}, {other}", one=one, other=other), said) if said else None


def _standing(study: Study, parameters: ExploreParameters) -> Sentence:
    """The day that is looked at, or that it is the last of each period."""
    period = (parameters.period.start, parameters.period.end) if parameters.period is not None else None
    what, day = _IN_FORCE if parameters.table is not None else _STILL_THERE, last_moment(study, period)
    if any(name in PERIODS for name in parameters.by):
        return say("{what} à la fin de chaque période, la dernière arrêtée au {day}", "{what} at the end of each period, the last taken on {day}", what=what, day=day)
    return say("{what} au {day}", "{what} on {day}", what=what, day=day)


def _of_the_period(parameters: ExploreParameters) -> Sentence:
    return say("{column} dans cette période", "{column} within this period", column=Label(parameters.part[0].field))


_IN_FORCE, _STILL_THERE = Text("en cours", "in force"), Text("présents", "there")


def rows_said(never: bool, least: int | None, most: int | None) -> Sentence | Text:
    """On how many lines of a file customers are looked at: « sans ligne dans », « avec au moins 3 lignes dans »."""
    if least is not None and most is not None and least != most:
        return say("{head} {low} à {high} lignes dans", "{head} {low} to {high} rows in", head=Text("avec", "with"), low=Threshold(least, Unit.COUNT), high=Threshold(most, Unit.COUNT))
    bound = most if most is not None else least
    if bound is not None and (bound, most) != (1, None):
        head = Text("avec au moins", "with at least") if most is None else Text("avec au plus", "with at most") if least is None else Text("avec exactement", "with exactly")
        rows = Text("ligne dans", "row in") if bound <= 1 else Text("lignes dans", "rows in")
        return say("{head} {n} {rows}", "{head} {n} {rows}", head=head, n=Threshold(bound, Unit.COUNT), rows=rows)
    return Text("sans ligne dans", "with no row in") if never else Text("avec au moins une ligne dans", "with at least one row in")


def _seen(seen: Seen, study: Study) -> Sentence:
    """« Sans ligne dans « passages » du … au … »: what a file says of the customers looked at."""
    said = say("{head} « {file} »", "{head} “{file}”", head=rows_said(seen.never, seen.least, seen.most), file=Label(bare(seen.table)))
    if seen.filter:
        said = _kept_in(said, conditions_told(seen.filter, study, records_of(study, seen.table)))
    if seen.period is None:
        return said
    return say("{said} du {start} au {end}", "{said} from {start} to {end}", said=said, start=seen.period.start, end=seen.period.end)


def _kept_in(said: Sentence, parts: Listing) -> Sentence:
    return say("{said} ({parts})", "{said} ({parts})", said=said, parts=parts)


def _days_told(parameters: ExploreParameters) -> Sentence:
    """The days looked at; one day alone is said as one."""
    assert parameters.period is not None
    start, end = parameters.period.start, parameters.period.end
    if start == end:
        said = say("{head} {day}", "{head} {day}", head=Text("le", "on"), day=start)
    elif start == LONG_AGO:
        said = say("{head} {day}", "{head} {day}", head=Text("jusqu’au", "up to"), day=end)
    else:
        said = say("{head} {start} au {end}", "{head} {start} to {end}", head=Text("du", "from"), start=start, end=end)
    return said


def _kept(head: Text, parts: Listing) -> Sentence:
    return say("{head} ({parts})", "{head} ({parts})", head=head, parts=parts)


def conditions_told(conditions: Sequence[Condition], study: Study | None = None, table: Records | None = None) -> Listing:
    """Conditions on purchases, on the lines of a table, or the part of a share, as a sentence shows them.

    Args:
        conditions: what is said.
        study: names what is worked out of customers.
        table: whose lines they are on; an end of contract to come is said to be so.
    """

    def called_by(name: str) -> Text:
        attribute = study.attribute(name) if study is not None else None
        return attribute.title if attribute is not None and attribute.derived else title_of(name)

    return Listing(tuple(
        _empty_or_not(called_by(condition.field), condition, study, table)
        if not condition.values
        else between_days(called_by(condition.field), condition.values) if condition.operator == "between" and are_days(condition.values)
        else say("{field} {operator} {values}", "{field} {operator} {values}", field=called_by(condition.field),
            operator=OPERATORS[condition.operator],
            values=Listing(tuple(_condition_value(condition.field, value) for value in condition.values)))
        for condition in conditions
    ))  # fmt: skip


def _empty_or_not(title: Text, condition: Condition, study: Study | None, table: Records | None) -> Sentence:
    """With that column or without it; of the end of a contract, reached or not: nothing there agrees with what the column is called."""
    if study is not None and table is not None and ends_contracts(study, table, condition.field):
        state = Text("vide ou à venir", "empty or still to come") if condition.operator == "is null" else Text("passé", "past")
        return say("{field} {state}", "{field} {state}", field=title, state=state)
    return say("{operator} {field}", "{operator} {field}", operator=OPERATORS[condition.operator], field=title)


def _condition_value(name: str, value: object) -> Label | Text:
    if isinstance(value, bool):
        return Text("oui", "yes") if value else Text("non", "no")
    if name == "weekday" and isinstance(value, int | float):
        return WEEKDAYS[int(value) - 1]
    return Label(f"{value:g}" if isinstance(value, float) else str(value))


def upper(title: Text) -> Text:
    """The title with a capital."""
    return Text(title.fr[:1].upper() + title.fr[1:], title.en[:1].upper() + title.en[1:])
