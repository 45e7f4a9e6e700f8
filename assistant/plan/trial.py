"""The trial every action is: who is left alone, which difference will show, and what the action may change."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from analytics.statistics.uplift import control_size
from assistant.answer import Range
from vocabulary.estimate import Threshold, Unit
from vocabulary.sentence import Sentence, Value, say

_LEAST_HELD_OUT, _MOST_HELD_OUT = 0.1, 0.5
_TOO_SMALL = 0.2  # held out when no control group can show the effect: the waves add up, and most are still helped
_LEAST_SPLIT = 20  # customers under whom leaving some alone would show nothing at all
_STEPS = 40  # halvings: the difference that shows, to far less than a point


@dataclass(frozen=True, slots=True)
class Trial:
    """An action as a trial.

    Args:
        control, treated: customers left alone, and customers the action reaches.
        low, high: change of a customer's chance that the action is supposed to make, 0..1.
        seen: the smallest change of the share this control group shows in four cases of five; None when it shows none.
        conclusive: whether the change supposed is large enough to show.
    """

    control: int
    treated: int
    low: float
    high: float
    seen: float | None
    conclusive: bool

    def effect(self, basis: Sentence) -> Range:
        """What the action may bring: the change supposed, for the customers it reaches and no others."""
        return Range(round(self.low * self.treated, 1), round(self.high * self.treated, 1), Unit.CUSTOMERS.value, basis)

    def cost(self, low: float, high: float) -> Range:
        """What reaching them costs, from a cost per customer in the file's own currency."""
        basis = say(
            "Hypothèse à ajuster : entre {low} et {high} par client contacté, temps passé compris.",
            "An assumption to adjust: between {low} and {high} per customer contacted, time included.",
            low=Threshold(low, Unit.MONEY), high=Threshold(high, Unit.MONEY),
        )  # fmt: skip
        return Range(round(self.treated * low), round(self.treated * high), Unit.MONEY.value, basis)

    def indicator(self, measure: Sentence) -> Sentence:
        """The measure of success (a phrase without its full stop), and what this control group lets one see of it."""
        if not self.control or self.seen is None:
            return say(
                "{measure}. Trop peu de clients pour un groupe témoin : à lire comme un récit, non comme une preuve.",
                "{measure}. Too few customers for a control group: to be read as a story, not as proof.",
                measure=measure,
            )
        values: dict[str, Value] = {
            "measure": measure,
            "control": Threshold(self.control, Unit.CUSTOMERS),
            "seen": Threshold(_points(self.seen), Unit.POINTS),
        }
        if self.conclusive:
            return say(
                "{measure}, comparée au groupe témoin. Avec {control} clients témoins, un écart de {seen} ou plus se verra.",
                "{measure}, against the control group. With {control} customers held out, a gap of {seen} or more will show.",
                **values,
            )
        return say(
            "{measure}, comparée au groupe témoin. Avec {control} clients témoins, seul un écart d’au moins {seen} se verrait, plus "
            "que l’effet attendu : cumuler plusieurs vagues avant de conclure.",
            "{measure}, against the control group. With {control} customers held out, only a gap of {seen} or more would show, "
            "larger than the effect expected: add up several waves before concluding.",
            **values,
        )

    def stop_rule(self) -> Sentence:
        """When to stop."""
        if not self.control or self.seen is None:
            return say(
                "Arrêter si ces clients disent que la démarche les gêne, ou si rien n’en est sorti après un trimestre.",
                "Stop if these customers say the approach bothers them, or if nothing has come of it after one quarter.",
            )
        if self.conclusive:
            return say(
                "Arrêter si, au terme prévu, le groupe contacté ne fait pas mieux que le groupe témoin.",
                "Stop if, at the planned end, the group contacted does no better than the control group.",
            )
        return say(
            "Arrêter si, après trois vagues cumulées, le groupe contacté ne fait pas mieux que le groupe témoin ; tout de suite "
            "s’il fait nettement moins bien.",
            "Stop if, after three waves added up, the group contacted does no better than the control group; at once if it "
            "does clearly worse.",
        )


def design(count: int, base: float, low: float, high: float, *, rise: bool = False) -> Trial:
    """Choose the control group: large enough to show the change supposed, a tenth to a half of the target.

    It is sized for the middle of the range, else for its top; when even half of the target would not show that, one in
    five is held out and the trial is said not to be conclusive by itself.

    Args:
        count: customers targeted.
        base: share expected to leave (or, with `rise`, to return) without the action, 0..1.
        low, high: change of that share the action is supposed to make, 0..1, both positive.
        rise: the action raises the share rather than lowering it.
    """
    most = math.floor(_MOST_HELD_OUT * count)
    if count < _LEAST_SPLIT:
        return Trial(0, count, low, high, None, False)
    least = min(most, math.ceil(_LEAST_HELD_OUT * count))

    def shows(control: int, change: float) -> bool:
        return _shows(control, count - control, base, change, rise=rise)

    for change in ((low + high) / 2, high):
        if shows(most, change):
            control = _smallest(least, most, lambda size, wanted=change: shows(size, wanted))  # type: ignore[misc]
            return Trial(control, count - control, low, high, _least_change(control, count - control, base, rise=rise), True)
    control = min(most, math.ceil(_TOO_SMALL * count))
    return Trial(control, count - control, low, high, _least_change(control, count - control, base, rise=rise), False)


def _points(change: float) -> float:
    """A change rounded up to a tenth of a point: never promised smaller than it is."""
    return math.ceil(change * 1000 - 1e-9) / 1000


def _shows(control: int, treated: int, base: float, change: float, *, rise: bool) -> bool:
    other = base + change if rise else base - change
    if change <= 0 or not 0 <= other <= 1:
        return False
    needed = control_size(base, other - base, treated=treated)
    return needed is not None and needed <= control


def _smallest(least: int, most: int, enough: Callable[[int], bool]) -> int:
    while least < most:
        middle = (least + most) // 2
        least, most = (least, middle) if enough(middle) else (middle + 1, most)
    return least


def _least_change(control: int, treated: int, base: float, *, rise: bool) -> float | None:
    low, high = 0.0, 1 - base if rise else base
    if not _shows(control, treated, base, high, rise=rise):
        return None
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if _shows(control, treated, base, middle, rise=rise) else (middle, high)
    return high
