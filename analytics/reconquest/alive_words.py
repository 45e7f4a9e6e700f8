"""What `still_alive` says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from analytics.measures.groups import EMPTY, Grouping, capital
from analytics.reconquest.alive_model import BackTest, Foretold, RareReturn, YearBefore
from analytics.statistics.comparisons import separated
from analytics.statistics.intervals import Interval
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.language import Text
from vocabulary.sentence import Label, Sentence, say

_ENOUGH = 30


def claim_of(share: Interval | None, whole: Interval | None, rare: RareReturn | None, days: int, silent: int) -> Sentence:
    """The headline: how many of the silent are probably still there."""
    if share is not None:
        count = Estimate("silent_alive", share.value * share.n, Unit.CUSTOMERS, share.n,
                         None if share.low is None else share.low * share.n,
                         None if share.high is None else share.high * share.n, share.method)  # fmt: skip
        return say(
            "Sur {n} clients silencieux depuis plus de {days}, environ {share} seraient encore clients "
            "({share:interval}), soit {count}.",
            "Of {n} customers silent for more than {days}, about {share} are probably still customers "
            "({share:interval}), that is {count}.",
            n=Estimate("silent_customers", silent, Unit.CUSTOMERS, silent), days=Threshold(days, Unit.DAYS),
            share=share.estimate("alive_share_silent", Unit.RATIO), count=_rounded(count),
        )  # fmt: skip
    if whole is not None:
        return say(
            "Aucun client n’est silencieux depuis plus de {days} ; {whole} de la base est sans doute encore cliente.",
            "No customer has been silent for more than {days}; {whole} of the base are probably still customers.",
            days=Threshold(days, Unit.DAYS), whole=whole.estimate("alive_share", Unit.RATIO),
        )  # fmt: skip
    if rare is not None:
        return say(
            "Passé {silence} de silence, un retour est rare : {chance} reviennent dans les {within} "
            "({chance:interval}).",
            "Past {silence} of silence a return is rare: {chance} come back within {within} ({chance:interval}).",
            silence=_silence(rare), chance=rare.chance.estimate("return_chance", Unit.RATIO),
            within=Threshold(rare.within, Unit.DAYS),
        )  # fmt: skip
    return say("Rien ne permet de dire qui reviendra.", "Nothing allows to say who will come back.")


def came_back_claim(then: Foretold, day: date, days: int, silent: int) -> Sentence:
    """The headline where the model was wrong about the silent: what befell those of a year before."""
    return say(
        "{n} clients sont silencieux depuis plus de {days} ; parmi les {came:n} qui l’étaient autant au {day}, {came} sont revenus "
        "dans l’année ({came:interval}).",
        "{n} customers have been silent for more than {days}; of the {came:n} who were as silent on {day}, {came} came back within "
        "the year ({came:interval}).",
        n=Estimate("silent_customers", silent, Unit.COUNT, silent), days=Threshold(days, Unit.DAYS), day=day,
        came=then.came.estimate("returned_share_silent", Unit.RATIO),
    )  # fmt: skip


def group_claim(
    groups: Sequence[tuple[str | None, int, int, Interval | None]], split: Grouping, days: int
) -> Sentence | None:
    """Name the groups whose silent customers are the most and the least likely to be there, when truly apart."""
    fit = [(name, chance) for name, _, silent, chance in groups if chance is not None and silent >= _ENOUGH]
    if len(fit) < 2:
        return None
    (worst, low), (best, high) = fit[0], fit[-1]
    if not separated(high, low):
        return say(
            "{title} : les groupes ne se distinguent pas ; de {low} à {high} des silencieux y seraient encore clients.",
            "{title}: the groups cannot be told apart; {low} to {high} of their silent are probably still customers.",
            title=capital(split.title), low=_share(low), high=_share(high),
        )  # fmt: skip
    return say(
        "{title} : parmi les silencieux depuis plus de {days}, {high} de « {best} » seraient encore clients "
        "({high:interval}), contre {low} de « {worst} » ({low:interval}).",
        "{title}: among those silent for more than {days}, {high} of “{best}” are probably still customers "
        "({high:interval}), against {low} of “{worst}” ({low:interval}).",
        title=capital(split.title), days=Threshold(days, Unit.DAYS), best=_word(best), worst=_word(worst),
        high=_share(high), low=_share(low),
    )  # fmt: skip


def title_of(split: Grouping | None, *, came: bool = False) -> Sentence:
    """The chart's title; `came` when it shows who came back and not the chances."""
    if came:
        return say("Revenus dans l’année, selon le silence d’il y a un an", "Came back within a year, by silence a year ago")
    if split is None:
        return say(
            "Plus le silence dure, moins le client l’est encore", "The longer the silence, the less they are still customers"
        )
    return say("Silencieux sans doute encore clients, par {title}", "Silent yet probably still customers, by {title}",
               title=split.title)  # fmt: skip


def rare_fact(rare: RareReturn | None) -> Sentence | None:
    """The silence past which few come back, learnt from past silences."""
    if rare is None:
        return None
    return say(
        "D’après les retours passés : après {silence} de silence, {chance} reviennent dans les {within} "
        "({chance:interval}, sur {chance:n} silences).",
        "From past returns: after {silence} of silence, {chance} come back within {within} "
        "({chance:interval}, out of {chance:n} silences).",
        silence=_silence(rare), chance=rare.chance.estimate("return_chance", Unit.RATIO),
        within=Threshold(rare.within, Unit.DAYS),
    )  # fmt: skip


def back_test_fact(tested: BackTest | None) -> Sentence | None:
    """How the ranking did on the past, beside the plain rule."""
    if tested is None:
        return None
    return say(
        "Essayé sur le passé (au {day}, {days} de recul), le classement met celui qui a racheté devant celui qui ne "
        "l’a "
        "pas fait dans {model} des cas ({model:interval}), contre {plain} avec la seule date du dernier achat.",
        "Tried on the past (as of {day}, {days} ahead), the ranking puts someone who bought again above someone who "
        "did "
        "not in {model} of cases ({model:interval}), against {plain} with the date of the last purchase alone.",
        day=tested.day, days=Threshold(tested.days, Unit.DAYS),
        model=tested.expected_auc.estimate("back_test_auc", Unit.RATIO),
        plain=tested.recency_auc.estimate("recency_auc", Unit.RATIO),
    )  # fmt: skip


def caveats(fitted: bool, tested: BackTest | None, past: YearBefore | None = None, *, yearly: bool) -> tuple[Sentence, ...]:
    """What weakens the answer, strongest first.

    Args:
        fitted: whether each customer's chance could be estimated.
        tested: the trial on the past, when there was one.
        past: what the model foresaw of past silences, and what came.
        yearly: whether many customers buy once a year.
    """
    found = []
    wrong = past.furthest_off if past is not None and fitted else None
    if past is not None and wrong is not None:
        found.append(_wrong_about(wrong, past.day))
    if not fitted:
        found.append(
            say(
                "Trop peu de clients ou de rachats pour estimer la chance de chacun : seuls les retours passés "
                "parlent.",
                "Too few customers or repeat purchases to estimate each one’s chance: only past returns speak.",
            )
        )
    if tested is not None and not tested.calibrated:
        n = tested.customers
        found.append(
            say(
                "Sur le passé, {predicted} achats étaient annoncés et {actual} sont venus : ordre de grandeur "
                "seulement.",
                "On the past, {predicted} purchases were foreseen and {actual} came: an order of magnitude only.",
                predicted=Estimate("predicted_purchases", round(tested.predicted), Unit.COUNT, n),
                actual=Estimate("actual_purchases", tested.actual, Unit.COUNT, n),
            )
        )
    if fitted and tested is None:
        found.append(
            say(
                "Historique trop court pour être essayé sur le passé : à prendre comme une première estimation.",
                "The history is too short to be tried on the past: take it as a first estimate.",
            )
        )
    if yearly:
        found.append(
            say(
                "Beaucoup rachètent au bout d’un an tout juste : leur silence d’une saison à l’autre n’est pas un "
                "départ.",
                "Many buy again after just one year: their silence from one season to the next is no departure.",
            )
        )
    return tuple(found)


def _wrong_about(band: Foretold, day: date) -> Sentence:
    """What the model foresaw of a length of silence, what came, and which of the two to believe."""
    over = (band.foreseen or 0) > band.came.value
    silence = say("plus de {low}", "more than {low}", low=Threshold(band.low, Unit.DAYS)) if math.isinf(band.high) else say(
        "{low} à {high}", "{low} to {high}", low=Threshold(band.low, Unit.COUNT), high=Threshold(band.high - 1, Unit.DAYS)
    )  # fmt: skip
    return say(
        "La chance d’être encore client est {wrong} ici : de ceux qui étaient silencieux depuis {silence} au {day}, le même calcul "
        "annonçait {foreseen} de retours dans l’année, il y en a eu {came} ({came:interval}, n = {came:n}). Fiez-vous aux retours passés.",
        "The chance of still being a customer is {wrong} here: of those silent for {silence} on {day}, the same reckoning foresaw "
        "{foreseen} back within the year, {came} came ({came:interval}, n = {came:n}). Trust the past returns.",
        wrong=Text("trop haute", "too high") if over else Text("trop basse", "too low"), silence=silence, day=day,
        foreseen=Estimate("foreseen_returns", band.foreseen, Unit.RATIO, band.came.n, method="MBG/NBD"),
        came=band.came.estimate("returned", Unit.RATIO),
    )  # fmt: skip


def _rounded(count: Estimate) -> Estimate:
    low = None if count.low is None else float(round(count.low))
    high = None if count.high is None else float(round(count.high))
    return Estimate(count.name, float(round(count.value or 0)), count.unit, count.n, low, high, count.method)


def _silence(rare: RareReturn) -> Estimate:
    return Estimate("rare_return_after", rare.silence, Unit.DAYS, rare.chance.n, method="Kaplan-Meier of silences")


def _share(chance: Interval) -> Estimate:
    return chance.estimate("alive", Unit.RATIO)


def _word(name: str | None) -> Label | Text:
    return EMPTY if name is None else Label(name)
