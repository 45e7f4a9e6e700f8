"""C4: where in the journey customers leave, by age of the relation and by purchase number."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from pydantic import Field

from analytics.analysis import Analysis, Parameters
from analytics.churn.leak_age_finding import age_finding, how_long, survival_measures
from analytics.churn.leak_ages import age_bands, read_ages
from analytics.churn.leak_step_finding import step_finding
from analytics.churn.leak_steps import read_steps
from analytics.datamodel.model import LostBasis
from analytics.measures.groups import about, grouping
from analytics.measures.lifetime import Lifetime, lifetime, silence_days
from analytics.measures.never_staying import trials
from analytics.study import Study
from vocabulary.estimate import Unit
from vocabulary.finding import Finding, NotApplicable, Result
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage

_NAME = "leak_points"
_ENOUGH = 30


class LeakPointsParameters(Parameters):
    """Parameters of `leak_points`."""

    by: str | None = Field(None, description="column to compare: its header as in the file, or a fixed column")
    lasting: bool = Field(False, description="how long relations last is asked, rather than where they end")


def run(study: Study, parameters: Parameters) -> Result:
    """Answer C4: by purchase number where departures are silences, by age where they are dated or labelled."""
    asked, lasting = cast(LeakPointsParameters, parameters).by, cast(LeakPointsParameters, parameters).lasting
    split = grouping(study, asked) if asked is not None else None
    life = lifetime(study)
    ages = read_ages(study, life, split.sql if split else "NULL") if life is not None else None
    if lasting and ages is not None and life is not None and (told := how_long(ages)) is not None:
        return _about(study, replace(age_finding(ages, life, None, None), claim=told))
    unsaid = study.model.lost.basis is LostBasis.NONE  # who is lost is not known, but who bought again is
    bought = "purchases" in study.tables and (unsaid or silence_days(study) is not None)
    steps = read_steps(study, split.sql if split else None) if bought else None
    if steps is not None and steps.everyone:
        measures = tuple(m for m in survival_measures(ages) if m.unit is Unit.RATIO) if ages is not None else ()
        return _about(study, step_finding(steps, measures, split))
    if ages is not None and life is not None:
        return _about(study, age_finding(ages, life, split, _without_trials(study, life)))
    return NotApplicable(
        _NAME,
        "churn_label" if unsaid else "tenure",
        say(
            "Rien ne dit combien de temps a duré la relation de chaque client : on ne peut pas situer les départs.",
            "Nothing tells how long each customer’s relationship lasted: departures cannot be placed in it.",
        ),
        _UNLOCK,
    )


def _about(study: Study, finding: Finding) -> Finding:
    return replace(finding, claim=about(study, finding.claim))


def _without_trials(study: Study, life: Lifetime) -> Sentence | None:
    """What the first month looks like once those who came by a free trial are left out."""
    trial = trials(study)
    ages = read_ages(study, life, without=trial.condition) if trial is not None else None
    bands = age_bands(ages) if ages is not None else ()
    if trial is None or not bands or bands[0].months_followed < _ENOUGH:
        return None
    return say(
        "Sans les clients {words}, {hazard} partent le premier mois ({hazard:interval}, sur {hazard:n}).",
        "Without the customers {words}, {hazard} leave in the first month ({hazard:interval}, out of {hazard:n}).",
        words=trial.words, hazard=bands[0].hazard.estimate("hazard_without_trials", Unit.RATIO),
    )  # fmt: skip


_UNLOCK = say(
    "Une ancienneté ou des dates de début et de fin de contrat, ou les achats datés de chaque client sur un an ou "
    "plus.",
    "A tenure or contract start and end dates, or each customer’s dated purchases over a year or more.",
)

ANALYSIS = Analysis(
    name=_NAME,
    row="C4",
    stage=JourneyStage.CHURN,
    title=Text("Points de fuite du parcours", "Leak points of the journey"),
    summary=Text(
        "À quel âge de la relation et après quel achat les clients partent le plus, au total et par groupe.",
        "At which age of the relationship and after which purchase customers leave most, in all and by group.",
    ),
    examples={
        "fr": ("À quel moment de la relation mes clients partent-ils ?", "Après combien d’achats les perd-on ?"),
        "en": ("Where in the journey do they leave?", "How long do customers stay, by contract type?"),
    },
    run=run,
    parameters=LeakPointsParameters,
)
