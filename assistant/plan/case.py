"""What the rules read: the study, the findings at hand, and the rates an effect is counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from analytics.churn.at_risk import ANALYSIS as AT_RISK
from analytics.churn.at_risk import AtRiskParameters
from analytics.measures.dates import months_before
from analytics.measures.exposure import exposure
from analytics.overview.state_moves import Moves, read_moves
from analytics.statistics.intervals import Interval, wilson
from analytics.study import Study
from vocabulary.finding import DriverKind, Finding

_ENOUGH = 30  # customers under whom a share is too loose to count an effect from
_MOST_RANKED = 2_000
_ACTIONABLE = (DriverKind.CAUSE, DriverKind.UNCLEAR)


@dataclass(frozen=True, slots=True)
class Case:
    """A study and what was found in it, by name of the analysis."""

    study: Study
    findings: Mapping[str, Finding]

    @property
    def horizon(self) -> int | None:
        """Days over which departures are counted; None when the label bears no date."""
        exposed = exposure(self.study)
        return None if exposed is None else exposed.days

    def drivers(self, *kinds: DriverKind) -> tuple[Mapping[str, Any], ...]:
        """The factors behind departures of these kinds (those one can act upon by default), the heaviest first."""
        found = self.findings.get("churn_drivers")
        wanted = kinds or _ACTIONABLE
        return () if found is None else tuple(item for item in found.items if item["kind"] in wanted)

    def moved(self, state: str, *into: str) -> Interval | None:
        """The share of those in a state a year ago who are in one of these states now; None when too few, or unknown."""
        moves = self._moves()
        before = moves.then.get(state, 0) if moves is not None else 0
        if moves is None or before < _ENOUGH:
            return None
        return wilson(sum(moves.moved.get((state, now), 0) for now in into), before)

    def recruits_since(self) -> list[dict[str, Any]]:
        """The condition that keeps the recruits of the last twelve months; none when nothing says when they came."""
        if not self.study.database.row("SELECT count(started) FROM customers")[0]:
            return []
        return [{"field": "started", "operator": ">", "values": [months_before(self.study.as_of, 12).isoformat()]}]

    def ranked_risks(self, finding: Finding) -> tuple[Mapping[str, Any], ...]:
        """The customers of the risk list, well beyond the first ones shown."""
        if len(finding.items) >= _MOST_RANKED:
            return tuple(finding.items)
        longer = AT_RISK.run(replace(self.study, queries=[]), AtRiskParameters(top=_MOST_RANKED)) if AT_RISK.run is not None else None
        return tuple(longer.items if isinstance(longer, Finding) else finding.items)

    def _moves(self) -> Moves | None:
        key = "moves of the plan"
        if key not in self.study.memo:
            self.study.memo[key] = read_moves(self.study, 12)
        found: Moves | None = self.study.memo[key]
        return found
