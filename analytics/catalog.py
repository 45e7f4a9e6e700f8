"""The explicit list of analyses, and the memoised runner."""

from __future__ import annotations

import dataclasses
import json
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from analytics.analysis import Analysis, Need, Parameters
from analytics.churn import at_risk, churn_drivers, churn_rate, leak_points, lost_definition
from analytics.customers.nobody_named import NAME_THEM, why_nobody
from analytics.datamodel.health.reading_losses import no_days, unread_days
from analytics.datamodel.model import LostBasis, QuestionAbout
from analytics.explore import explore
from analytics.loyalty import segments
from analytics.measures.cautions import MOST, with_cautions
from analytics.measures.contact_marks import marked
from analytics.measures.spellings import spelling_caution
from analytics.money import money_definition
from analytics.overview import data_health, relationship_overview
from analytics.planned import PLANNED
from analytics.reconquest import still_alive
from analytics.recruitment import acquisition_quality
from analytics.segment import Segment
from analytics.study import Study
from vocabulary.finding import Finding, NotApplicable, Result
from vocabulary.language import Text
from vocabulary.sentence import say
from vocabulary.themes import JourneyStage

BUILT: tuple[Analysis, ...] = (
    relationship_overview.ANALYSIS,
    acquisition_quality.ANALYSIS,
    segments.ANALYSIS,
    churn_rate.ANALYSIS,
    churn_drivers.ANALYSIS,
    leak_points.ANALYSIS,
    at_risk.ANALYSIS,
    lost_definition.ANALYSIS,
    still_alive.ANALYSIS,
    explore.ANALYSIS,
    data_health.ANALYSIS,
    money_definition.ANALYSIS,
)

CATALOG: tuple[Analysis, ...] = (*BUILT, *PLANNED)

# What can be asked in place of an analysis that is not built: of its own subject first, then of its stage.
_NEAR: Mapping[str, tuple[str, ...]] = {
    "decline_onset": ("churn_rate",), "foresight": ("at_risk",), "competitor_signals": ("churn_drivers",), "cohort_table": ("leak_points", "churn_rate"), "outlook": ("at_risk",),
    "welcome_effect": ("leak_points",), "second_purchase": ("leak_points",), "why_they_stay": ("churn_drivers",), "listening": ("churn_drivers",), "store_loyalty": ("churn_rate",),
    "revenue_bridge": ("money_definition",), "recurring_revenue": ("at_risk",), "customer_value": ("segments",), "account_health": ("at_risk",),
}  # fmt: skip
_OF_STAGE: Mapping[JourneyStage, str] = {
    JourneyStage.RECRUITMENT: "acquisition_quality", JourneyStage.WELCOME: "leak_points", JourneyStage.LOYALTY: "segments", JourneyStage.CHURN: "churn_rate", JourneyStage.RECONQUEST: "still_alive",
}  # fmt: skip

_OF_SALES = frozenset({"amount", "purchase_date", "purchases"})  # what sales without a day leave missing


class Runner:
    """Runs analyses over one study, each question once: a repeated question costs a look-up."""

    def __init__(self, study: Study, catalog: Sequence[Analysis] = CATALOG) -> None:
        """Keep the study whose data will be asked (its data never change) and the analyses it can be asked."""
        self.study = study
        self.catalog = tuple(catalog)
        self._by_name = {analysis.name: analysis for analysis in catalog}
        self._results: dict[str, Result] = {}
        self._lock = threading.RLock()

    def run(self, name: str, arguments: Mapping[str, Any] | None = None) -> Result:
        """Run an analysis with plain-data arguments (`{"segment": [...], ...}`).

        Raises:
            KeyError: no such analysis. pydantic.ValidationError: arguments of the wrong shape.
            UserError: a filter names a column that does not exist.
        """
        analysis = self._by_name[name]
        given = dict(arguments or {})
        key = _key(name, given)
        with self._lock:
            if key not in self._results:
                self._results[key] = self._dated(self._run(analysis, given))
            return self._results[key]

    def lacking(self) -> tuple[NotApplicable, ...]:
        """What the files do not hold for each analysis that needs more, and what is only planned; nothing is computed."""
        found = []
        for analysis in self.catalog:
            if analysis.run is None:
                found.append(self._planned(analysis, {}))
            else:
                missing = next((need for need in _needs(analysis) if not _met(need, self.study)), None)
                found += [_unmet(analysis, missing, {}, self.study)] if missing is not None else []
        return tuple(found)

    def would_answer(self, name: str, arguments: Mapping[str, Any]) -> bool:
        """Whether an analysis would answer rather than refuse: as it did, as it says at little cost, else as it does.

        Raises:
            KeyError: no such analysis. pydantic.ValidationError: arguments of the wrong shape.
            UserError: a filter names a column that does not exist.
        """
        analysis, given = self._by_name[name], dict(arguments)
        known = self._results.get(_key(name, given))
        if known is not None:
            return isinstance(known, Finding)
        if analysis.run is None or any(not _met(need, self.study) for need in _needs(analysis)):
            return False
        parameters = analysis.parameters.model_validate(given)
        if analysis.would_answer is None or _chooses_by_departure(parameters):
            return isinstance(self.run(name, given), Finding)
        segment = Segment.from_json([condition.model_dump() for condition in parameters.segment])
        return analysis.would_answer(dataclasses.replace(self.study, segment=segment, queries=[]), parameters)

    def _run(self, analysis: Analysis, arguments: dict[str, Any]) -> Result:
        parameters = analysis.parameters.model_validate(arguments)
        if analysis.run is None:
            return self._planned(analysis, arguments)
        needs = (*_needs(analysis), _WHO_LEFT) if _chooses_by_departure(parameters) else _needs(analysis)
        missing = next((need for need in needs if not _met(need, self.study)), None)
        if missing is not None:
            return self._at_least(_unmet(analysis, missing, arguments, self.study), missing)
        segment = Segment.from_json([condition.model_dump() for condition in parameters.segment])
        study = dataclasses.replace(
            self.study, segment=segment, asker=self._ask(analysis), unanswered=self._unanswered, queries=[]
        )
        result = analysis.run(study, parameters)
        if isinstance(result, Finding):
            queries = result.queries or tuple(study.queries)
            told, closed = marked(self.study, dataclasses.replace(result, arguments=arguments, queries=queries))
            first = [said for said in (closed, spelling_caution(self.study, told)) if said is not None]
            caveats = with_cautions(told, self.study.model)
            return dataclasses.replace(told, caveats=(*first, *caveats[: MOST - len(first)]) if first else caveats)
        return dataclasses.replace(result, arguments=arguments)

    def _dated(self, result: Result) -> Result:
        """Where sales are not counted for want of readable dates, the refusal names the column that stands in the way."""
        if not isinstance(result, NotApplicable) or result.missing not in _OF_SALES or "purchases" in self.study.tables:
            return result
        undated = unread_days(self.study.model)
        return dataclasses.replace(result, reason=no_days(undated[0][1])) if undated else result

    def _at_least(self, unmet: NotApplicable, need: Need) -> NotApplicable:
        """Where only the rule of who is lost lacks, say what silences would make of it."""
        if not need.lost or self.study.model.lost.basis is not LostBasis.NONE:
            return unmet
        silences = self.run("lost_definition") if "lost_definition" in self._by_name else None
        return dataclasses.replace(unmet, reason=silences.claim) if isinstance(silences, Finding) else unmet

    def _unanswered(self) -> tuple[tuple[Text, NotApplicable], ...]:
        """The questions whose first need the files do not meet, in the catalogue's order; nothing is run."""
        found = []
        for analysis in self.catalog:
            need = next((need for need in _needs(analysis) if not _met(need, self.study)), None)
            if need is not None:
                question = Text(analysis.examples["fr"][0], analysis.examples["en"][0])
                found.append((question, _unmet(analysis, need, {}, self.study)))
        return tuple(found)

    def _planned(self, analysis: Analysis, arguments: dict[str, Any]) -> NotApplicable:
        """What is said of an analysis that is not built: that it is not, whatever the files hold, and what can be asked instead."""
        reason = say(
            "Noces ne sait pas encore mener l’analyse « {title} » en entier.",
            "Noces cannot yet carry out the whole analysis “{title}”.",
            title=analysis.title,
        )
        if all(_met(need, self.study) for need in _needs(analysis)):
            reason = say("{reason} Rien ne manque à vos fichiers : elle n’est pas encore construite.", "{reason} Nothing is missing from your files: it is not built yet.", reason=reason)
        near = [self._by_name[name] for name in (*_NEAR.get(analysis.name, ()), _OF_STAGE.get(analysis.stage, ""), "relationship_overview") if name in self._by_name]
        able = next((one for one in near if one.run is not None and all(_met(need, self.study) for need in _needs(one))), None)
        if able is None:
            return NotApplicable(analysis.name, "planned", reason, reason, arguments)
        asked = say("Vous pouvez demander : « {question} »", "You can ask: “{question}”", question=Text(able.examples["fr"][0], able.examples["en"][0]))
        return NotApplicable(analysis.name, "planned", reason, asked, arguments)

    def _ask(self, caller: Analysis) -> Any:
        def ask(name: str, arguments: dict[str, Any]) -> Result:
            if name not in caller.uses:
                raise LookupError(f"{caller.name} does not declare that it uses {name}")
            return self.run(name, arguments)

        return ask


def _key(name: str, arguments: dict[str, Any]) -> str:
    return json.dumps([name, arguments], sort_keys=True, default=str)


def _needs(analysis: Analysis) -> tuple[Need, ...]:
    """What an analysis needs, customers first."""
    return (_CUSTOMERS, *analysis.needs) if analysis.of_customers else analysis.needs


def _met(need: Need, study: Study) -> bool:
    if need.lost and study.model.lost.basis is LostBasis.NONE:
        return False
    if need.table is not None and need.table not in study.tables:
        return False
    return not need.roles or any(study.model.has((role,)) for role in need.roles)


def _chooses_by_departure(parameters: Parameters) -> bool:
    """Whether customers are chosen by having left or not: where nothing tells, there are not none of them."""
    chosen = (*parameters.segment, *getattr(parameters, "part", ()))
    return any(c.field in ("lost", "lost_on") or (c.field == "state" and "lost" in c.values) for c in chosen)


def _unmet(analysis: Analysis, need: Need, arguments: dict[str, Any], study: Study) -> NotApplicable:
    lost, asked = study.model.lost, study.model.question
    if need is _CUSTOMERS:
        reason, unlock = why_nobody(study.model)
        return NotApplicable(analysis.name, need.missing, reason, unlock, arguments)
    dated = need.lost and "purchases" in study.tables  # what lacks is a rule, and why is known
    reason = lost.evidence if dated else say(
        "Vos fichiers ne permettent pas encore de répondre à cette question ({title}).",
        "Your files cannot answer this yet ({title}).",
        title=analysis.title,
    )  # fmt: skip
    unlock = _SET_A_RULE if dated else need.unlock
    if need.lost and lost.basis is LostBasis.NONE and asked is not None and asked.about is QuestionAbout.LOST:
        unlock = say(
            "Répondez d’abord à ceci, sur la page des données. {asked}", "First answer this, on the data page. {asked}", asked=asked.words
        )
    return NotApplicable(analysis.name, need.missing, reason, unlock, arguments)


_CUSTOMERS = Need("customer_id", NAME_THEM, table="customers")
_WHO_LEFT = Need(
    "churn_label",
    say(
        "Une colonne qui dit qui est parti, ou des achats datés.", "A column saying who left, or dated purchases.",
    ),
    lost=True,
)  # fmt: skip
_SET_A_RULE = say(
    "Fixez vous-même, sur la page des données, le silence à partir duquel un client est perdu, ou donnez une colonne "
    "qui dit qui est parti.",
    "Set on the data page the silence after which a customer is lost, or give a column that says who has left.",
)
