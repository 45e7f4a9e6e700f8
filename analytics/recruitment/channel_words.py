"""What `acquisition_quality` says: who is named, and only when the figures tell the channels apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.datamodel.attributes import Attribute
from analytics.measures.groups import EMPTY, Grouping, capital
from analytics.recruitment.channel_measures import ENOUGH, EVENTS, Channel, Channels
from analytics.statistics.comparisons import separated
from analytics.statistics.intervals import Interval
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import Strength

_SHOWN = 3


def word(channel: Channel) -> Label | Text:
    """The channel as it stands in the file."""
    return EMPTY if channel.value is None else Label(channel.value)


def claim_of(channels: Channels, split: Grouping) -> tuple[Sentence, Strength]:
    """The headline and how much it carries: a best and a worst channel only when they are separated."""
    ranked = channels.ranked
    values: dict[str, Any] = {"age": Threshold(channels.horizon, Unit.MONTHS), "title": capital(split.title)}
    if not channels.told_apart:
        return _undecided(channels, values), Strength.WEAK
    tops = [c for c in ranked if c.tier == ranked[0].tier]
    last = ranked[-1]
    values |= {"low": _kept(last), "last": word(last)}
    strength = Strength.STRONG if channels.comparable else Strength.MODERATE
    if len(tops) == 1:
        return say(
            "« {top} » amène les clients les plus fidèles : {high} sont encore là après {age} ({high:interval}), "
            "contre {low} pour « {last} » ({low:interval}).",
            "“{top}” brings the most loyal customers: {high} are still there after {age} ({high:interval}), "
            "against {low} for “{last}” ({low:interval}).",
            top=word(tops[0]), high=_kept(tops[0]), **values,
        ), strength  # fmt: skip
    if len(tops) <= _SHOWN and channels.least is not None:
        return say(
            "{tops} gardent le mieux leurs clients, sans qu’on puisse les départager ; « {last} » le moins : {low} "
            "encore "
            "là après {age} ({low:interval}).",
            "{tops} keep their customers best and cannot be told apart; “{last}” least: {low} still there after {age} "
            "({low:interval}).",
            tops=Listing(tuple(say("« {c} »", "“{c}”", c=word(c)) for c in tops)), **values,
        ), strength  # fmt: skip
    return say(
        "« {last} » garde moins bien ses clients : {low} encore là après {age} ({low:interval}) ; les premiers "
        "canaux ne se "
        "départagent pas.",
        "“{last}” keeps its customers less well: {low} still there after {age} ({low:interval}); the first channels "
        "cannot "
        "be told apart.",
        **values,
    ), strength


def title_of(channels: Channels, split: Grouping) -> Sentence:
    """The chart's title: who keeps best or worst, when they are told apart."""
    ranked = channels.ranked
    if not channels.told_apart:
        if len(ranked) > 1 and _by_their_public(channels):
            return say("{title} : aucun écart net à profil égal", "{title}: no clear gap at equal profile", title=capital(split.title))
        return say("{title} : les écarts peuvent être dus au hasard", "{title}: the gaps may be chance",
                   title=capital(split.title))  # fmt: skip
    if channels.best is not None:
        return say("« {top} » garde le mieux ses clients", "“{top}” keeps its customers best", top=word(channels.best))
    if channels.least is not None:
        return say("« {last} » garde le moins ses clients", "“{last}” keeps its customers least", last=word(channels.least))
    return say("« {last} » garde moins bien ses clients", "“{last}” keeps its customers less well", last=word(ranked[-1]))


def costly_fact(channels: Channels, costs: Mapping[str, float]) -> Sentence | None:
    """Name the channel that recruits cheaply customers who do not stay."""
    ranked = [c for c in channels.ranked if c.value in costs]
    if len(ranked) < 2 or ranked[-1].tier == ranked[0].tier:
        return None
    last = ranked[-1]
    cheap = costs[last.value or ""]
    others = sorted(costs[c.value or ""] for c in ranked[:-1])
    middle = others[len(others) // 2]
    if cheap >= middle:
        return None
    return say(
        "Bon marché et infidèle : une recrue de « {last} » coûte {cheap} (ailleurs {middle} le plus souvent), mais "
        "chaque "
        "client encore là après {age} revient à {loyal}.",
        "Cheap and unfaithful: a recruit by “{last}” costs {cheap} (elsewhere typically {middle}), but each customer "
        "still there after {age} comes to {loyal}.",
        last=word(last), cheap=_cost("cost_per_recruit", cheap, last), middle=_cost("cost_elsewhere", middle, last),
        age=Threshold(channels.horizon, Unit.MONTHS),
        loyal=_cost("cost_per_loyal", cheap / last.kept.value if last.kept and last.kept.value else None, last),
    )  # fmt: skip


def mixed_fact(channels: Channels) -> Sentence | None:
    """Say what making the mix equal changes to the gap between first and last."""
    ranked = [c for c in channels.ranked if c.adjusted is not None and c.kept is not None]
    if len(ranked) < 2 or not channels.mixed:
        return None
    first, last = ranked[0], ranked[-1]
    if first.kept is None or last.kept is None or first.adjusted is None or last.adjusted is None:
        return None
    n = first.customers + last.customers
    same = round(first.adjusted.value - last.adjusted.value, 2) == round(first.kept.value - last.kept.value, 2)
    than = say("comme sans cela", "as without it") if same else say("au lieu de {before}", "instead of {before}", before=_gap("gap", first.kept, last.kept, n))
    return say(
        "À profil égal ({columns}), l’écart entre « {first} » et « {last} » est de {after} ({after:interval}), {than}.",
        "At equal profile ({columns}), the gap between “{first}” and “{last}” is {after} ({after:interval}), {than}.",
        columns=Listing(tuple(_column(c) for c in channels.mixed)), first=word(first), last=word(last),
        after=_gap("adjusted_gap", first.adjusted, last.adjusted, n), than=than,
    )  # fmt: skip


def value_fact(channels: Channels, values: Mapping[str | None, Interval], first_year: bool) -> Sentence | None:
    """Compare what recruits bring at equal age, best channel against worst by money, when truly apart."""
    known = [(c, values[c.value]) for c in channels.channels if c.value in values]
    known = [(c, v) for c, v in known if v.low is not None]
    if len(known) < 2:
        return None
    known.sort(key=lambda pair: -pair[1].value)
    (best, high), (worst, low) = known[0], known[-1]
    if not separated(high, low):
        return None
    what = (
        Text("dans sa première année", "in its first year") if first_year else Text("par mois", "a month")
    )  # fmt: skip
    return say(
        "En valeur, une recrue de « {best} » rapporte {high} {what} ({high:interval}), de « {worst} » {low} "
        "({low:interval}).",
        "In value, a recruit by “{best}” brings {high} {what} ({high:interval}), by “{worst}” {low} ({low:interval}).",
        best=word(best), worst=word(worst), what=what,
        high=high.estimate("value", Unit.MONEY), low=low.estimate("value", Unit.MONEY),
    )  # fmt: skip


def unranked_caveat(channels: Channels) -> Sentence | None:
    """Say which channels are too small to be ranked."""
    small = [c for c in channels.channels if c.tier is None and c.value is not None]
    if not small:
        return None
    return say(
        "Trop petits pour être classés (moins de {few} clients ou de {events} départs) : {names}.",
        "Too small to be ranked (fewer than {few} customers or {events} departures): {names}.",
        few=Threshold(ENOUGH, Unit.COUNT), events=Threshold(EVENTS, Unit.COUNT),
        names=Listing(tuple(Label(c.value or "") for c in small[: 2 * _SHOWN])),
    )  # fmt: skip


def _undecided(channels: Channels, values: dict[str, Any]) -> Sentence:
    kept = [c for c in channels.channels if c.kept is not None]
    if not channels.ranked or not kept:
        return say(
            "{title} : trop peu de clients ou de départs par canal pour les comparer.",
            "{title}: too few customers or departures per channel to compare them.",
            title=values["title"],
        )
    first, last = channels.ranked[0], channels.ranked[-1]
    values |= {"low": _kept(last), "high": _kept(first)}
    if _by_their_public(channels):
        return say(
            "{title} : aucun ne se détache à profil égal ; tels quels, de {low} à {high} encore là après {age}, selon le public de chacun.",
            "{title}: none stands out at equal profile; as they are, {low} to {high} still there after {age}, by the public of each.",
            **values,
        )
    return say(
        "{title} : aucun ne se détache ; de {low} à {high} encore là après {age}, un écart qui peut être dû au hasard.",
        "{title}: none stands out; {low} to {high} still there after {age}, a gap that may be chance.",
        **values,
    )


def _by_their_public(channels: Channels) -> bool:
    """Whether channels that cannot be told apart at equal profile are as they are: a gap of their public, not of chance."""
    first, last = channels.ranked[0], channels.ranked[-1]
    return first.kept is not None and last.kept is not None and separated(first.kept, last.kept) and last.adjusted is not None


def _kept(channel: Channel) -> Estimate:
    if channel.kept is None:
        return Estimate("retention", None, Unit.RATIO, channel.customers)
    return channel.kept.estimate("retention", Unit.RATIO)


def _gap(name: str, high: Interval, low: Interval, n: int) -> Estimate:
    gap = high.value - low.value
    if high.low is None or high.high is None or low.low is None or low.high is None:
        return Estimate(name, gap, Unit.POINTS, n)
    down = ((high.value - high.low) ** 2 + (low.high - low.value) ** 2) ** 0.5
    up = ((high.high - high.value) ** 2 + (low.value - low.low) ** 2) ** 0.5
    return Estimate(name, gap, Unit.POINTS, n, gap - down, gap + up, "difference of standardised Kaplan-Meier shares")


def _cost(name: str, value: float | None, channel: Channel) -> Estimate:
    return Estimate(name, value, Unit.MONEY, channel.customers, method="spending over recruits")


def _column(column: str | Attribute) -> Text:
    return column.title if isinstance(column, Attribute) else Text("année d’arrivée", "year they came")
