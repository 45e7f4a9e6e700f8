"""J0: how the relationship goes: every customer in one state, what each state holds, how customers move."""

from __future__ import annotations

from typing import Any

from analytics.analysis import Analysis, Parameters
from analytics.customers.schema import STATE_NAMES, STATES
from analytics.datamodel.model import LostBasis
from analytics.measures.base import COUNTED, not_counted
from analytics.measures.groups import about
from analytics.measures.lifetime import silence_days
from analytics.overview.state_moves import Moves, StateCount, count_states, read_moves
from analytics.statistics.intervals import wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_NAME = "relationship_overview"
_ENOUGH = 30
# What may matter most, in the order of the journey's cost: why they leave, then who is recruited, welcome, the silent.
_USES = (
    "churn_rate", "churn_drivers", "second_purchase", "leak_points", "acquisition_quality", "promo_dependence",
    "still_alive",
)  # fmt: skip
_TOLD = ("churn_drivers", "second_purchase", "leak_points", "acquisition_quality", "promo_dependence", "still_alive")
_SAME_STORY = {"leak_points": "second_purchase"}
_WEIGHT = {Strength.STRONG: 0, Strength.MODERATE: 1, Strength.WEAK: 2}


def run(study: Study, parameters: Parameters) -> Result:
    """Answer J0; the first measure is the share of customers whose relation is neither drifting nor over."""
    states = count_states(study)
    total = sum(state.customers for state in states)
    if not total:
        return NotApplicable(_NAME, "too_few_customers", _NOBODY, _UNLOCK)
    if not _dated(study):
        return NotApplicable(_NAME, "tenure", _UNDATED, _UNLOCK_DATES)
    year, quarter = read_moves(study, 12), read_moves(study, 3)
    told = study.model.lost.basis is not LostBasis.NONE
    claim = about(study, _claim(states, total) if told else _untold(states, total))
    facts = _what_matters(study, parameters, year if told else None)
    return Finding(
        _NAME, claim, _measures(study, states, total, told), facts,
        tuple(_item(state, states, year, quarter) for state in states), _table(study, states, year, quarter),
        _chart(study, states, year, quarter, _title(states, total)),
        caveats=tuple(_caveats(study, states, total)),
        strength=_strength(total) if told else Strength.WEAK,
        themes=(Theme.VALUE, Theme.LISTENING, Theme.TARGETING),
        doubt=say(
            "Une autre règle pour « perdu » ou « s’éloigne » déplacerait des clients : {evidence}",
            "Another rule for “lost” or “drifting” would move customers: {evidence}",
            evidence=study.model.lost.evidence,
        ),
        next_questions=_NEXT,
    )  # fmt: skip


def _dated(study: Study) -> bool:
    """Whether anything places customers in time, or tells who left: without it all would be in one and the same state."""
    if study.model.lost.basis is not LostBasis.NONE:
        return True
    return bool(study.database.row("SELECT count(tenure_months) + count(silent_days) FROM customers")[0])


def _strength(total: int) -> Strength:
    return Strength.STRONG if total >= 10 * _ENOUGH else Strength.MODERATE if total >= _ENOUGH else Strength.WEAK


def _untold(states: tuple[StateCount, ...], total: int) -> Sentence:
    largest = max(states, key=lambda state: state.customers)
    return say(
        "Sur {n} clients, rien ne dit encore lesquels sont perdus ; le groupe le plus nombreux : les clients {state} ({share}).",
        "Of {n} customers, nothing tells yet which are lost; the largest group: customers who are {state} ({share}).",
        n=_count(total), state=STATE_NAMES[largest.state], share=_share("largest", largest.customers, total),
    )  # fmt: skip


def _claim(states: tuple[StateCount, ...], total: int) -> Sentence:
    found = {state.state: state for state in states}
    money = sum(state.money for state in states)
    lost, drifting = found.get("lost"), found.get("drifting")
    well = total - sum(s.customers for s in (lost, drifting) if s is not None)
    good = _share("in_relation", well, total)
    away = None if drifting is None else _share("drifting", drifting.customers, total)
    if drifting is not None and away is not None and money > 0 and drifting.recent >= drifting.customers / 2:
        held = Estimate("drifting_revenue", drifting.money / money, Unit.RATIO, total, method="exact share")
        first = say(
            "Sur {n} clients, {good} sont en relation avec vous ; {away} s’éloignent, qui portent {held} du chiffre "
            "d’affaires récent",
            "Of {n} customers, {good} are in touch with you; {away} are drifting away, who hold {held} of recent "
            "revenue",
            n=_count(total), good=good, away=away, held=held,
        )  # fmt: skip
    elif away is not None:  # where one drifts after more than a year of silence, a year's revenue says nothing of them
        first = say(
            "Sur {n} clients, {good} sont en relation avec vous ; {away} s’éloignent",
            "Of {n} customers, {good} are in touch with you; {away} are drifting away",
            n=_count(total), good=good, away=away,
        )  # fmt: skip
    else:
        first = say(
            "Sur {n} clients, {good} sont en relation avec vous",
            "Of {n} customers, {good} are in touch with you",
            n=_count(total), good=good,
        )  # fmt: skip
    if lost is None:
        return say("{first}.", "{first}.", first=first)
    return say("{first} ; {gone} sont perdus.", "{first}; {gone} are lost.", first=first,
               gone=_share("lost", lost.customers, total))  # fmt: skip


def _title(states: tuple[StateCount, ...], total: int) -> Sentence:
    largest = max(states, key=lambda state: state.customers)
    return say(
        "Le groupe le plus nombreux : les clients {state} ({share})",
        "The largest group: customers who are {state} ({share})",
        state=STATE_NAMES[largest.state], share=_share("largest", largest.customers, total),
    )  # fmt: skip


def _what_matters(study: Study, parameters: Parameters, year: Moves | None) -> tuple[Sentence, ...]:
    """The three things that matter most: what other analyses found, the firmest first, one a subject."""
    said: list[tuple[int, int, str, Sentence]] = []
    move = _move_fact(year)
    if move is not None:
        said.append((_WEIGHT[Strength.STRONG], -1, "moves", move))
    arguments = {"segment": [c.model_dump() for c in parameters.segment]} if parameters.segment else {}
    for place, name in enumerate(_TOLD if study.asker is not None else ()):
        found = study.ask(name, **arguments)
        if isinstance(found, Finding) and found.strength is not Strength.WEAK:
            said.append((_WEIGHT[found.strength], place, name, found.claim))
    chosen: list[tuple[str, Sentence]] = []
    for _, _, name, sentence in sorted(said, key=lambda row: row[:2]):
        if _SAME_STORY.get(name) not in {other for other, _ in chosen}:
            chosen.append((name, sentence))
    return tuple(sentence for _, sentence in chosen[:3])


def _move_fact(year: Moves | None) -> Sentence | None:
    """What became in one year of those whose relation was going well."""
    if year is None:
        return None
    well = [s for s in STATES if s not in ("lost", "drifting")]
    before = sum(n for (then, _), n in year.moved.items() if then in well)
    worse = sum(n for (then, now), n in year.moved.items() if then in well and now in ("drifting", "lost"))
    if before < _ENOUGH:
        return None
    return say(
        "En un an, {worse} de ceux qui étaient en relation ({worse:n} clients) se sont éloignés ou sont perdus "
        "({worse:interval}).",
        "Within a year, {worse} of those who were in touch ({worse:n} customers) drifted away or were lost "
        "({worse:interval}).",
        worse=wilson(worse, before).estimate("worsened_12m", Unit.RATIO),
    )  # fmt: skip


def _measures(study: Study, states: tuple[StateCount, ...], total: int, told: bool) -> tuple[Estimate, ...]:
    well = total - sum(s.customers for s in states if s.state in ("lost", "drifting"))
    found = [_share("in_relation", well, total)] if told else []
    found += [Estimate(f"customers_{s.state}", s.customers, Unit.CUSTOMERS, total, method="exact count") for s in states]
    if study.asker is not None:
        rate = study.ask("churn_rate")
        if isinstance(rate, Finding) and not study.segment.conditions:
            found.append(rate.measures[0])
    return tuple(found)


def _item(
    state: StateCount, states: tuple[StateCount, ...], year: Moves | None, quarter: Moves | None
) -> dict[str, Any]:
    money, total = sum(s.money for s in states), sum(s.customers for s in states)
    return {
        "state": state.state, "name": STATE_NAMES[state.state], "customers": state.customers,
        "share": state.customers / total, "revenue": state.money,
        "revenue_share": state.money / money if money > 0 else None,
        "three_months_before": quarter.then.get(state.state, 0) if quarter else None,
        "year_before": year.then.get(state.state, 0) if year else None,
        "moved_from": {
            then: n for then in STATES if (n := year.moved.get((then, state.state), 0))
        } if year else {},
    }  # fmt: skip


def _table(study: Study, states: tuple[StateCount, ...], year: Moves | None, quarter: Moves | None) -> Table:
    bought = "purchases" in study.tables
    columns = [
        Column("state", Text("état de la relation", "state of the relationship")),
        Column("customers", Text("clients", "customers"), Unit.CUSTOMERS),
        Column("share", Text("part", "share"), Unit.RATIO),
        Column("revenue", _MONEY if bought else _BILLS, Unit.MONEY),
        Column("revenue_share", Text("part du total", "share of the total"), Unit.RATIO),
        Column("quarter", Text("il y a trois mois", "three months ago"), Unit.CUSTOMERS),
        Column("year", Text("il y a un an", "a year ago"), Unit.CUSTOMERS),
    ]
    money, total = sum(s.money for s in states), sum(s.customers for s in states)
    rows = [
        (STATE_NAMES[s.state], s.customers, s.customers / total, s.money, s.money / money if money > 0 else None,
         quarter.then.get(s.state, 0) if quarter else None, year.then.get(s.state, 0) if year else None)
        for s in states
    ]  # fmt: skip
    hidden = {"revenue", "revenue_share"} if money <= 0 else set()
    hidden |= {"quarter"} if quarter is None else set()
    hidden |= {"year"} if year is None else set()
    kept = [i for i, column in enumerate(columns) if column.name not in hidden]
    return Table(tuple(columns[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in rows))


def _chart(
    study: Study, states: tuple[StateCount, ...], year: Moves | None, quarter: Moves | None, title: Sentence
) -> Chart:
    """States over time when the past can be looked at, else as they stand."""
    past = [moves for moves in (year, quarter) if moves is not None]
    if not past:
        return Chart(ChartKind.BAR, title, "customers", "state")
    columns = (
        Column("date", Text("date", "date")),
        Column("customers", Text("clients", "customers"), Unit.CUSTOMERS),
        Column("state", Text("état de la relation", "state of the relationship")),
    )
    rows: list[tuple[Any, ...]] = []
    for moves in past:
        rows += [(moves.day, moves.then.get(state, 0), STATE_NAMES[state]) for state in STATES]
    now = {state.state: state.customers for state in states}
    rows += [(study.as_of, now.get(state, 0), STATE_NAMES[state]) for state in STATES]
    return Chart(ChartKind.STACK, title, "date", "customers", "state", table=Table(columns, tuple(rows)))


def _learnt(days: int) -> Sentence:
    return say(
        "« Perdu » veut dire silencieux depuis plus de {days} : un seuil appris du rythme des clients, à corriger s’il ne "
        "vous ressemble pas.",
        "“Lost” means silent for more than {days}: a threshold learnt from customers’ rhythm, to correct if it is not like "
        "your trade.",
        days=Threshold(days, Unit.DAYS),
    )


def _chosen(days: int) -> Sentence:
    return say(
        "« Perdu » veut dire silencieux depuis plus de {days} : la règle que vous avez choisie.",
        "“Lost” means silent for more than {days}: the rule you chose.",
        days=Threshold(days, Unit.DAYS),
    )


def _caveats(study: Study, states: tuple[StateCount, ...], total: int) -> list[Sentence]:
    notes = []
    if total < _ENOUGH:
        notes.append(
            say(
                "{n} clients seulement : chaque part peut changer beaucoup d’un client à l’autre.",
                "Only {n} customers: one customer more or less would change each share a lot.",
                n=Estimate("customers", total, Unit.COUNT, total),
            )
        )
    others = not_counted(study)
    if others is not None:
        notes.append(others)
    days = silence_days(study)
    if days is not None:
        notes.append(_learnt(days) if study.model.lost.basis is LostBasis.RHYTHM else _chosen(days))
    elif not study.database.row("SELECT count(tenure_months) + count(silent_days) FROM customers")[0]:
        notes.append(
            say(
                "Ni achats datés ni ancienneté : de ceux qui sont là, rien ne dit qui est fidèle ni qui s’éloigne.",
                "Neither dated purchases nor tenure: of those who are here, nothing says who is loyal or drifting away.",
            )
        )
    elif not any(state.state in ("drifting", "growing") for state in states):
        notes.append(
            say(
                "Sans achats datés, l’état ne suit que l’ancienneté : on ne voit pas qui s’éloigne.",
                "Without dated purchases the state follows tenure only: who is drifting away cannot be seen.",
            )
        )
    return notes


def _would_answer(study: Study, parameters: Parameters) -> bool:
    where, given = study.who()
    some = study.database.row(f"SELECT count(*) FROM customers WHERE ({where}) AND {COUNTED}", given)[0]
    return bool(some) and _dated(study)


def _count(total: int) -> Estimate:
    return Estimate("customers", total, Unit.COUNT, total)


def _share(name: str, count: int, total: int) -> Estimate:
    return Estimate(name, count / total, Unit.RATIO, total, method="exact share")


_MONEY = Text("CA des douze derniers mois", "revenue of the last twelve months")
_BILLS = Text("factures d’un mois", "bills of one month")
_NOBODY = say("Aucun client à observer ici.", "There is no customer to look at here.")
_UNLOCK = say(
    "Une table de clients, ou leurs achats datés avec l’identifiant de chacun.",
    "A table of customers, or their dated purchases with each one’s identifier.",
)
_UNDATED = say(
    "Rien dans ces fichiers ne place les clients dans le temps : ni achats datés, ni ancienneté, ni départs.",
    "Nothing in these files places customers in time: no dated purchases, no tenure, no departures.",
)
_UNLOCK_DATES = say(
    "Les achats datés de chaque client, une ligne par achat, ou la date à laquelle chacun est arrivé.",
    "Each customer’s dated purchases, one row a purchase, or the date each one joined.",
)
_NEXT = (
    Text("Pourquoi mes clients partent-ils ?", "Why are my customers leaving?"),
    Text("Qui est sur le point de partir ?", "Who is about to leave?"),
    Text("Quel canal recrute les clients les plus fidèles ?", "Which channel recruits the most loyal customers?"),
)

ANALYSIS = Analysis(
    name=_NAME,
    row="J0",
    stage=JourneyStage.LOYALTY,
    title=Text("État de la relation client", "State of the customer relationship"),
    summary=Text(
        "Chaque client dans un état, le revenu que chaque état porte, les passages de l’un à l’autre, et l’essentiel.",
        "Every customer in one state, the revenue each state holds, moves between states, and what matters most.",
    ),
    examples={
        "fr": ("Comment va la relation avec mes clients ?", "Fais-moi un bilan de ma base clients"),
        "en": ("How healthy is our customer relationship?", "Give me the big picture of our customers"),
    },
    needs=(),
    run=run,
    would_answer=_would_answer,
    uses=_USES,
)
