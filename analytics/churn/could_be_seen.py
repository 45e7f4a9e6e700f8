"""What size of effect could have been seen: « non » is said where a doubling is excluded, and « not enough cases » where it is not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from analytics.statistics.arrays import Bools, Column, Floats, Ints, is_category
from analytics.statistics.intervals import normal_quantile
from analytics.statistics.repeated import clustered_effect, encoded
from vocabulary.estimate import Estimate, Unit
from vocabulary.language import Text
from vocabulary.sentence import Label, Sentence, say

DOUBLING = 2.0
_FEWEST = 30


def highest(inside: Bools, held: Mapping[str, Column], outcome: Bools, who: Ints) -> float:
    """The highest odds of leaving, against the others, that the data do not exclude (upper end of the interval at 95 %).

    Args:
        inside: who is touched. held: what is held equal. outcome: what happened. who: the customer of each row.
    """
    log_odds, error = clustered_effect(inside, encoded(held), outcome, who)
    return math.exp(min(50.0, log_odds + normal_quantile(0.95) * error))


def odds(high: float) -> Estimate:
    """The same, as a number that can be said.

    Args:
        high: see `highest`.
    """
    return Estimate("highest_odds", high, Unit.ODDS_RATIO, method="95% upper bound")


def worst_of(columns: Sequence[tuple[Text, Column]], held: Mapping[str, Column], outcome: Bools, who: Ints) -> tuple[Text, float] | None:
    """The value of which the highest odds are not excluded, of those met by enough; None where no value is.

    Args:
        columns: what is tried, and how it is called: words, of which each is a value, or counts, of which one or more is.
        held, outcome, who: see `highest`.
    """
    found: list[tuple[Text, float]] = []
    for title, column in columns:
        for said, inside in _values(title, column):
            if min(int(inside.sum()), int((~inside).sum())) >= _FEWEST:
                found.append((said, highest(inside, held, outcome, who)))
    return max(found, key=lambda one: one[1]) if found else None


def not_enough(title: Text, among: Sentence, happened: Sentence, high: float, *, soon: bool = False) -> Sentence:
    """That too few cases are known to say no.

    Args:
        title: the factor. among, happened: of whom, and what became of them. high: the highest odds not excluded.
        soon: these are of the days that follow, and not of the months.
    """
    if soon:
        return say(
            "Pas assez de cas pour le dire : {title} — parmi {among}, {happened}, un écart qui peut être dû au hasard ; mais dans la quinzaine qui "
            "suit, un effet de {high} fois la cote n’est pas exclu.",
            "Not enough cases to tell: {title} — of {among}, {happened}, a gap that may be chance; but within a fortnight of it, odds of leaving "
            "{high} times higher are not excluded.",
            title=title, among=among, happened=happened, high=odds(high),
        )  # fmt: skip
    return say(
        "Pas assez de cas pour le dire : {title} — parmi {among}, {happened}, un écart qui peut être dû au hasard ; mais un effet de {high} fois la "
        "cote n’est pas exclu.",
        "Not enough cases to tell: {title} — of {among}, {happened}, a gap that may be chance; but odds of leaving {high} times higher are not "
        "excluded.",
        title=title, among=among, happened=happened, high=odds(high),
    )  # fmt: skip


def not_told_apart(title: Text, among: Sentence, happened: Sentence, cause: Sentence | None, high: float) -> Sentence:
    """That the gap fades once something is held equal, and too few cases are left to say that nothing remains.

    Args:
        title, among, happened, high: see `not_enough`. cause: the cause held equal beside the age of the relation, if any.
    """
    if cause is None:
        return say(
            "Pas assez de cas pour le dire : {title} — parmi {among}, {happened}, mais l’écart peut être dû au hasard à ancienneté égale, où un "
            "effet de {high} fois la cote n’est pas exclu.",
            "Not enough cases to tell: {title} — of {among}, {happened}, but the gap may be chance at equal age of the relation, where odds of "
            "leaving {high} times higher are not excluded.",
            title=title, among=among, happened=happened, high=odds(high),
        )  # fmt: skip
    return say(
        "Pas assez de cas pour le dire : {title} — parmi {among}, {happened}, mais l’écart peut être dû au hasard quand la cause trouvée ({cause}) "
        "et l’ancienneté sont tenues égales, où un effet de {high} fois la cote n’est pas exclu.",
        "Not enough cases to tell: {title} — of {among}, {happened}, but the gap may be chance once the cause found ({cause}) and the age of the "
        "relation are held equal, where odds of leaving {high} times higher are not excluded.",
        title=title, among=among, happened=happened, cause=cause, high=odds(high),
    )  # fmt: skip


def by_chance(high: float) -> Sentence:
    """That a gap may be chance, and the largest effect that it may hide.

    Args:
        high: see `highest`.
    """
    return say(
        "un écart qui peut être dû au hasard (l’effet est au plus de {high} fois la cote)",
        "a gap that may be chance (the effect is at most {high} times the odds)",
        high=odds(high),
    )


def no_value_stands_out(header: Label | Text, worst: tuple[Text, float] | None) -> Sentence:
    """That no value of a column stands out, and whether a doubling is excluded for each.

    Args:
        header: of the column. worst: see `worst_of`.
    """
    if worst is not None and worst[1] >= DOUBLING:
        return say(
            "Pas assez de cas pour le dire : aucune valeur de « {header} » ne se détache à profil égal, mais pour {value}, un effet de {high} fois la "
            "cote n’est pas exclu.",
            "Not enough cases to tell: no value of “{header}” stands out, all else equal, but for {value}, odds of leaving {high} times higher are not "
            "excluded.",
            header=header, value=worst[0], high=odds(worst[1]),
        )  # fmt: skip
    if worst is not None:
        return say(
            "Non, pas d’après vos données : aucune valeur de « {header} » ne se détache à profil égal (au plus {high} fois la cote pour chacune).",
            "No, not by your data: no value of “{header}” stands out, all else equal (at most {high} times the odds for each).",
            header=header, high=odds(worst[1]),
        )  # fmt: skip
    return say(
        "Pas assez de cas pour le dire : aucune valeur de « {header} » n’est portée par assez de clients, à côté d’autres, pour qu’un effet s’y voie.",
        "Not enough cases to tell: no value of “{header}” is held by enough customers, beside others, for an effect to show.",
        header=header,
    )


UPPER, LOWER = "upper half", "lower half"  # of a number, in place of its values
_SAID = {
    "yes": Text("oui", "yes"), "no": Text("non", "no"), UPPER: Text("la moitié la plus haute", "the upper half"), LOWER: Text("la moitié la plus basse", "the lower half"),
}  # fmt: skip


def in_halves(column: Floats) -> Column:
    """A number as its two halves, on each side of its median: what is the least excluded of either can then be told.

    Args:
        column: NaN where it is not known.
    """
    return np.array([None if np.isnan(one) else UPPER if one > np.nanmedian(column) else LOWER for one in column], dtype=object)


def _values(title: Text, column: Column) -> list[tuple[Text, Bools]]:
    if not is_category(column):
        numbers = np.nan_to_num(np.asarray(column, dtype=float))
        return [(title, numbers >= 1.0)]
    words = sorted({str(one) for one in column if one is not None})
    return [
        (Text(f"« {_SAID.get(word, Text(word, word)).fr} »", f"“{_SAID.get(word, Text(word, word)).en}”"), np.array([one is not None and str(one) == word for one in column], dtype=bool))
        for word in words[:25]
    ]  # fmt: skip
