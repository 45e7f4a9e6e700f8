"""The whole diagnosis: every analysis of the catalogue, each either found or said not to be answerable, and the actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from analytics.catalog import Runner
from assistant.answer import Action
from assistant.failures import guarded
from assistant.plan.recommend import recommend
from vocabulary.finding import Finding, NotApplicable, Result


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings in the catalogue's order, what could not be answered, and the recommended actions."""

    findings: tuple[Finding, ...]
    not_answerable: tuple[NotApplicable, ...]
    actions: tuple[Action, ...]

    def finding(self, analysis: str) -> Finding | None:
        """The finding of that analysis, or None."""
        return next((finding for finding in self.findings if finding.analysis == analysis), None)


def diagnose(
    runner: Runner,
    *,
    progress: Callable[[str, float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Diagnosis:
    """Run every analysis with its defaults.

    Args:
        runner: over one study.
        progress: called with the name of the analysis under way and the share done, 0..1.
        cancelled: asked between analyses; a cancelled diagnosis returns what it has.
    """
    built = sum(analysis.run is not None for analysis in runner.catalog)
    results: dict[str, Result] = {}
    # Those that ask others come last, so that progress is shown analysis by analysis.
    for position, analysis in enumerate(sorted(runner.catalog, key=lambda one: (one.run is None, bool(one.uses)))):
        if cancelled is not None and cancelled():
            break
        if progress is not None:
            progress(analysis.name, min(position / built, 1.0))
        results[analysis.name] = guarded(partial(runner.run, analysis.name), analysis.name, stopped=cancelled)
    ordered = [results[analysis.name] for analysis in runner.catalog if analysis.name in results]
    findings = [result for result in ordered if isinstance(result, Finding)]
    missing = [result for result in ordered if not isinstance(result, Finding)]
    return Diagnosis(tuple(findings), tuple(missing), recommend(tuple(findings), runner.study))
