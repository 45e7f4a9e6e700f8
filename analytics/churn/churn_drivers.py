"""C2: why customers leave: what precedes departures, adjusted for the rest, told as cause, profile or warning sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analytics.analysis import Analysis, Need, Parameters
from analytics.churn.driver_display import driver_chart, driver_table, explained_departures
from analytics.churn.driver_moments import Followed, searched_by_moments, tested_of_customers, with_moments
from analytics.churn.driver_population import explained_period, population
from analytics.churn.driver_quick import with_days
from analytics.churn.driver_texts import (
    BY_DAY,
    BY_MONTH,
    BY_ORDER,
    COLUMNS_WANTED,
    DOUBT,
    FEW,
    MORE,
    NO_COLUMN,
    NO_DATE,
    NO_EFFECT,
    NONE_TO_TEST,
    NOT_PROVEN,
    REASONS,
    STILL,
    UNLOCK,
    WHICH_CAME_FIRST,
    WHO_THEY_ARE,
)
from analytics.churn.driver_words import (
    HANDS,
    KIND_NAMES,
    KINDS,
    lacks,
    theme_of_driver,
    told_by_size,
    touched_segment,
    touched_words,
)
from analytics.churn.one_factor import DriverParameters, factor_names, told_of
from analytics.customers.tickets import TICKET
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType, LostBasis
from analytics.datamodel.roles import PERSONAL_ROLES, Role
from analytics.measures.exposure import Exposure, exposure, of_the_whole_past, someone_exposed, usable
from analytics.measures.groups import about
from analytics.measures.risk import RiskModel, risk_model
from analytics.measures.too_late import written_too_late
from analytics.statistics.arrays import Column as Values
from analytics.statistics.arrays import Floats, missing
from analytics.statistics.association import rank_correlation
from analytics.statistics.comparisons import two_proportions_p
from analytics.statistics.driver_report import Driver, DriverReport
from analytics.statistics.drivers import name_drivers
from analytics.statistics.intervals import wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import (
    DriverKind,
    Finding,
    NotApplicable,
    Result,
    SetAside,
    SetAsideWhy,
)
from vocabulary.language import Text
from vocabulary.sentence import Listing, Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_ORDER = {DriverKind.CAUSE: 0, DriverKind.UNCLEAR: 1, DriverKind.PROFILE: 1, DriverKind.SYMPTOM: 2}
_AGE = "age of the relation"
_AGES_TOLD = 0.5  # share of customers whose age must be known for it to be held equal
_SOME = 0.01  # share of customers of whom two ways to tell the time must differ by a month to be two
_TOO_GOOD = 20.0  # odds at least twenty times higher: no cause does that, a column filled after the departure does
_RAW_LEVEL = 0.05
_MOSTLY_EMPTY, _WRITTEN_AFTER = 0.6, 3.5
_MOST_SEARCHED = 20_000  # odds of one and a quarter show at that size; the counts are brought back to everyone
_COSTLY = 0.01  # additivity that loses more AUC than this is told
_IDENTIFIERS = frozenset(role for role in Role if role.value.endswith("_id"))


def _run(study: Study, parameters: Parameters) -> Result:
    assert isinstance(parameters, DriverParameters)
    exposed = exposure(study)
    exposed = of_the_whole_past(study, exposed).sample(_MOST_SEARCHED) if exposed is not None else None
    if exposed is None or not exposed.frame.size:
        return NotApplicable("churn_drivers", "too_few_customers", FEW, MORE)
    rate = wilson(int(exposed.outcome.sum()), exposed.frame.size).estimate("churn_rate", Unit.RATIO)
    among = population(study, exposed)
    by_moments = searched_by_moments(study, exposed)
    features, parts_of = tested_of_customers(usable(exposed.frame, *KINDS), by_moments, exposed)
    kinds = {name: KINDS[exposed.frame.attributes[name].timing] for name in features}
    if not features and by_moments is None:
        return NotApplicable("churn_drivers", "attributes", NO_COLUMN, COLUMNS_WANTED)
    report, found_there = with_moments(_search(exposed, features, kinds, parts_of), by_moments, exposed, _tried(kinds))
    exposed = replace(exposed, frame=replace(exposed.frame, attributes=dict(exposed.frame.attributes)))  # what acts within days is said so here alone
    report, daily = with_days(study, report, exposed, found_there, _tried(kinds))
    report = replace(report, drivers=told_by_size(report.drivers, exposed.frame.attributes))
    found_there &= {driver.feature for driver in report.drivers}
    followed = Followed(exposed, among, by_moments, found_there, study.model.lost.days, daily)
    aside = (*report.set_aside, *_columns_never_tried(study, report))
    if report.refusal is not None or not report.drivers:
        found = _nothing_named(exposed, report, among, rate, aside)
    else:
        found = _finding(followed, report, rate, aside, risk_model(study))
    if parameters.factor is not None and report.refusal is None:
        told = told_of(study, followed, replace(report, set_aside=aside), parameters)
        first = found.items[0] if found.items else None
        itself = first is not None and first["kind"] is not DriverKind.SYMPTOM and not factor_names(study, parameters).isdisjoint((first["feature"], *first["source_columns"]))
        found = replace(found, claim=told if itself else say("{told} {claim}", "{told} {claim}", told=told, claim=found.claim))
    return replace(found, claim=about(study, found.claim))


def _would_answer(study: Study, parameters: Parameters) -> bool:
    """Whether somebody was exposed to leaving, and something is known of them."""
    bought = study.model.lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS) or "purchases" in study.tables
    known = any(a.timing in KINDS and a.name != study.model.lost.column and a.type is not ColumnType.DATE for a in study.attributes)
    return (bought or known) and someone_exposed(study)


def _tried(kinds: dict[str, DriverKind]) -> int:
    """How many columns stand trial for what precedes departures."""
    return sum(kind is not DriverKind.SYMPTOM for kind in kinds.values())


def _search(exposed: Exposure, features: dict[str, Values], kinds: dict[str, DriverKind], parts_of: dict[str, Values]) -> DriverReport:
    """Search for drivers among customers of equal age, when the age of the relation is known.

    What has been lived so far grows with the age of the relation, and so does loyalty: without the age, an old customer's
    past would be taken for what keeps them, and an offer made to newcomers for what drives them away. Where departures are not
    followed over one window, the age is the one reached at the departure or today: held equal, odds ratios compare hazards at
    that age, as long as nothing tells who came first. Where the day each came is known too, the time since that day is what
    is held equal (those who came first have had longer to leave), and what is found must show at equal age reached as well.
    """
    age, reached = exposed.frame.tenure, None
    if exposed.since is None and _two_clocks(age, exposed.frame.elapsed):
        age, reached = exposed.frame.elapsed, age
    told = age[np.isfinite(age)]
    if told.size > _AGES_TOLD * age.size and np.ptp(told) > 0:
        features, kinds = {**features, _AGE: age}, {**kinds, _AGE: DriverKind.PROFILE}
    marked = written_too_late(exposed)
    written_after = [name for name in exposed.undated if name in features and (name in marked or _filled_once_gone(features[name], exposed))]
    features = {name: column for name, column in features.items() if name not in written_after}
    report = name_drivers(exposed.outcome, features, kinds, keys=exposed.frame.hashes, clock=_AGE, reached=reached, parts_of=parts_of)
    kept, aside = [], [told for told in report.set_aside if told.column != _AGE]
    aside = [SetAside(told.column, SetAsideWhy.UNDATED) if _only_known_today(told.column, exposed) else told for told in aside]
    aside += [SetAside(name, SetAsideWhy.LEAK) for name in written_after]
    for driver in report.drivers:
        if driver.feature == _AGE:
            continue
        if (driver.adjusted_effect.low or 0.0) >= _TOO_GOOD:
            aside.append(SetAside(driver.feature, SetAsideWhy.LEAK))
        elif driver.feature in exposed.undated and driver.side == "below" and _grows_with_the_relation(driver.feature, exposed):
            aside.append(SetAside(driver.feature, SetAsideWhy.UNDATED))  # who stayed had longer to count more of it
        elif not _seen_before_adjusting(driver, exposed):
            aside.append(SetAside(driver.feature, SetAsideWhy.NOT_STABLE))
        else:
            kept.append(replace(driver, confused_with=tuple(name for name in driver.confused_with if name != _AGE)))
    return replace(report, drivers=tuple(kept), set_aside=tuple(aside))


def _two_clocks(tenure: Floats, elapsed: Floats) -> bool:
    """Whether the time since the relation began is known of most, and is not the age reached: some have left on a known day."""
    known = np.isfinite(tenure) & np.isfinite(elapsed)
    return bool(known.sum() > _AGES_TOLD * tenure.size and (np.abs(tenure - elapsed)[known] > 1.0).mean() > _SOME)


def _only_known_today(name: str, exposed: Exposure) -> bool:
    """Activity that the file gives without a date, when departures have one: unknown when the window began."""
    attribute = exposed.frame.attributes.get(name)
    if attribute is None or exposed.since is None or attribute.derived or attribute.timing is not Timing.WARNING:
        return False
    return bool(missing(exposed.frame.features[name]).all())


def _filled_once_gone(column: Values, exposed: Exposure) -> bool:
    """A column without a date, empty for most, whose being filled goes with having left: written after the departure."""
    filled = ~missing(column)
    if not filled.any() or filled.mean() > _MOSTLY_EMPTY:
        return False
    with_it, without = exposed.outcome[filled].mean(), exposed.outcome[~filled].mean()
    return bool(with_it > _WRITTEN_AFTER * max(float(without), 1e-9))


def _grows_with_the_relation(name: str, exposed: Exposure) -> bool:
    """Whether a column without a date counts what piles up with time: known as of today, it is lower of those who left because they left."""
    column, age = exposed.frame.features[name], exposed.frame.tenure
    if not isinstance(column, np.ndarray) or column.dtype.kind != "f":
        return False
    told = np.isfinite(column) & np.isfinite(age)
    values = column[told]
    if told.sum() < _ENOUGH or np.ptp(values) == 0 or (values < 0).any() or (values != np.round(values)).any():
        return False
    return rank_correlation(values, age[told]) > _PILES_UP


_ENOUGH, _PILES_UP = 50, 0.15


def _seen_before_adjusting(driver: Driver, exposed: Exposure) -> bool:
    """An effect that shows only once the rest is held equal is more often made by what is held than found."""
    touched, gone = driver.touched, exposed.outcome
    lost, others = int(gone[touched].sum()), int(gone[~touched].sum())
    return two_proportions_p(lost, int(touched.sum()), others, int((~touched).sum())) < _RAW_LEVEL


def _finding(
    followed: Followed, report: DriverReport, rate: Estimate, aside: tuple[SetAside, ...], risk: RiskModel | None
) -> Finding:
    exposed = followed.exposed
    attributes = exposed.frame.attributes
    drivers = tuple(sorted(report.drivers, key=lambda driver: _seen_through(driver, report.drivers)))
    causes = [driver for driver in drivers if driver.kind is not DriverKind.SYMPTOM]
    lead = sorted(causes, key=lambda driver: _ORDER[driver.kind])
    items = tuple(_item(driver, attributes, followed, drivers) for driver in drivers)
    return Finding(
        "churn_drivers",
        _claim(lead, attributes, drivers, followed),
        measures=(rate, *_measures(drivers), *_fit(risk)),
        facts=_facts(lead, drivers, attributes, followed),
        items=items,
        table=driver_table(items),
        chart=driver_chart(lead, items, followed),
        caveats=_caveats(lead, drivers, attributes, risk, followed),
        set_aside=aside,
        strength=_strength(lead),
        themes=tuple(dict.fromkeys(theme_of_driver(driver, attributes[driver.feature]) for driver in (*lead, *drivers))),
        doubt=DOUBT if lead else NONE_TO_TEST,
        next_questions=(
            Text("Qui est sur le point de partir ?", "Who is about to leave?"),
            Text("À quel moment de la relation partent-ils ?", "When in the relationship do they leave?"),
            Text("Que faire pour les garder ?", "What should we do to keep them?"),
        ),
    )


def _seen_through(driver: Driver, found: Sequence[Driver]) -> bool:
    """Whether another factor found explains this one away, and not the reverse: a region where more appointments are missed comes after them."""
    return _seen_behind(driver, found) is not None


def _seen_behind(driver: Driver, found: Sequence[Driver]) -> Driver | None:
    """The factor found that explains this one away, if any."""
    others = {other.feature: other for other in found if other is not driver}
    return next((others[name] for name in driver.confused_with if name in others and driver.feature not in others[name].confused_with), None)


def _item(driver: Driver, attributes: dict[str, Attribute], followed: Followed, found: Sequence[Driver]) -> dict[str, Any]:
    attribute, exposed = attributes[driver.feature], followed.exposed
    value = exposed.frame.value[followed.touched(driver)]
    mean = float(np.nanmean(value)) if np.isfinite(value).any() else None
    scale = followed.scale(driver)
    explained, low, high = (
        None if bound is None else bound * scale
        for bound in (driver.explained_departures.value, driver.explained_departures.low, driver.explained_departures.high)
    )
    return {
        "feature": driver.feature,
        "touched": touched_words(driver, attribute),
        "segment": touched_segment(driver, attribute),
        "source_columns": _sources(driver, attributes),
        "theme": theme_of_driver(driver, attribute),
        "kind": driver.kind,
        "in_our_hands": HANDS[driver.kind],
        "lacking": lacks(driver),
        "among": followed.of(driver),
        "customers": round(followed.customers(driver) * scale),
        "cases": round(driver.customers * scale),
        "counted_in": followed.counted_in(driver),
        "within_days": None if (daily := followed.within_days(driver)) is None else daily.windows[driver.feature],
        "happened": followed.happened(driver),
        "explained_by": None if (behind := _seen_behind(driver, found)) is None else behind.feature,
        "lost_rate": driver.lost_rate.value,
        "lost_rate_others": driver.lost_rate_others.value,
        "adjusted_effect": driver.adjusted_effect.value,
        "low": driver.adjusted_effect.low,
        "high": driver.adjusted_effect.high,
        "difference": driver.difference.value,
        "explained_departures": explained,
        "explained_low": low,
        "explained_high": high,
        "yearly_revenue": None if mean is None or explained is None else explained * mean,
        "stability": driver.stability,
        "p_value": driver.p_value,
        "confused_with": list(driver.confused_with),
        "reverses_in": list(driver.reverses_in),
    }


def _sources(driver: Driver, attributes: dict[str, Attribute]) -> list[str]:
    names = [header for name in driver.columns if name in attributes for _, header in attributes[name].sources]
    return list(dict.fromkeys(names)) or list(driver.columns)


def _claim(
    lead: list[Driver], attributes: dict[str, Attribute], drivers: tuple[Driver, ...], followed: Followed
) -> Sentence:
    if not lead:
        return say(
            "Aucune cause n’est établie ; ce qui précède les départs est leur signe avant-coureur : {touched}.",
            "No cause is established; what precedes departures is their warning sign: {touched}.",
            touched=touched_words(drivers[0], attributes[drivers[0].feature]),
        )
    first = lead[0]
    return say(
        "Premier facteur de départ ({kind}) : {touched} — parmi {among}, {happened}.",
        "First factor behind departures ({kind}): {touched} — of {among}, {happened}.",
        among=followed.of(first),
        kind=KIND_NAMES[first.kind],
        touched=touched_words(first, attributes[first.feature]),
        happened=followed.happened(first),
    )


def _facts(
    lead: list[Driver], drivers: tuple[Driver, ...], attributes: dict[str, Attribute], followed: Followed
) -> tuple[Sentence, ...]:
    facts = []
    for driver in lead[:2]:
        behind = _seen_behind(driver, drivers)
        if behind is not None:  # its odds were measured without the factor that explains them: they are not its own
            facts.append(
                say(
                    "{touched} : parmi {among}, {happened} ; mais cela va avec {cause}, qui l’explique : rien ne dit que ce facteur agisse "
                    "par lui-même.",
                    "{touched}: of {among}, {happened}; but it goes with {cause}, which explains it away: nothing says that it acts by itself.",
                    touched=touched_words(driver, attributes[driver.feature]), among=followed.of(driver), happened=followed.happened(driver),
                    cause=touched_words(behind, attributes[behind.feature]),
                )
            )  # fmt: skip
            continue
        facts.append(
            say(
                "{touched} : à profil égal, le risque de partir est multiplié ({effect} fois la cote, {effect:interval}) ; "
                "départs que cela peut expliquer : {explained} ({explained:interval}).",
                "{touched}: all else equal, the odds of leaving are {effect} times higher ({effect:interval}); "
                "departures this may explain: {explained} ({explained:interval}).",
                touched=touched_words(driver, attributes[driver.feature]),
                effect=driver.adjusted_effect.estimate("adjusted_effect", Unit.ODDS_RATIO),
                explained=explained_departures(driver, followed.scale(driver)),
            )
        )
    symptoms = [driver for driver in drivers if driver.kind is DriverKind.SYMPTOM]
    others = lead[2:5]
    if others:
        named = Listing(tuple(touched_words(driver, attributes[driver.feature]) for driver in others))
        facts.append(say("Viennent ensuite : {named}.", "Then come: {named}.", named=named))
    elif symptoms:
        named = Listing(tuple(touched_words(driver, attributes[driver.feature]) for driver in symptoms[:2]))
        facts.append(
            say(
                "Signes que le départ est déjà en cours, et non causes : {named}.",
                "Signs that the departure is already under way, not causes: {named}.",
                named=named,
            )
        )
    return tuple(facts)


def _measures(drivers: tuple[Driver, ...]) -> list[Estimate]:
    return [
        driver.adjusted_effect.estimate(f"adjusted_effect: {driver.feature}", Unit.ODDS_RATIO) for driver in drivers[:10]
    ]


def _fit(risk: RiskModel | None) -> list[Estimate]:
    if risk is None:
        return []
    check, method = risk.check, "5-fold cross-validation"
    return [
        Estimate("additive_auc", check.auc, Unit.SCORE, method=method),
        Estimate("free_model_auc", check.free_auc, Unit.SCORE, method=method),
        Estimate("cost_of_additivity", max(0.0, check.cost), Unit.SCORE, method="free model AUC minus additive AUC"),
    ]


def _caveats(
    lead: list[Driver], drivers: tuple[Driver, ...], attributes: dict[str, Attribute], risk: RiskModel | None, followed: Followed
) -> tuple[Sentence, ...]:
    by_order = bool(lead) and (first := followed.at(lead[0])) is not None and first.orders  # its own words say up to when
    found: list[Sentence] = [] if by_order else explained_period(followed.exposed)
    exposed, told = followed.exposed, next((moments for driver in drivers if (moments := followed.at(driver)) is not None), None)
    if told is not None:
        found.append(BY_ORDER if told.orders else BY_MONTH)
    by_day = [driver for driver in drivers if followed.within_days(driver) is not None]
    found += [BY_DAY] if by_day else []
    found += [WHICH_CAME_FIRST] if any(driver.kind is DriverKind.UNCLEAR or driver.feature.startswith(TICKET) for driver in by_day) else []
    found += [WHO_THEY_ARE] if followed.daily is not None and any(driver.feature in followed.daily.theirs for driver in drivers) else []
    mixed = next((driver for driver in lead if driver.confused_with), None)
    if mixed is not None:
        others = Listing(tuple(attributes[name].title for name in mixed.confused_with[:3] if name in attributes))
        found.append(
            say(
                "{feature} va de pair avec {others} : ces données les séparent mal.",
                "{feature} goes together with {others}: these data hardly tell them apart.",
                feature=attributes[mixed.feature].title, others=others,
            )
        )  # fmt: skip
    found.append(NOT_PROVEN)
    if exposed.total > exposed.frame.size:
        found.append(
            say(
                "Recherche menée sur {n} clients tirés au hasard ; les nombres sont ramenés à tous.",
                "Searched on {n} customers drawn at random; counts are brought back to everyone.",
                n=Estimate("sample", exposed.frame.size, Unit.CUSTOMERS, exposed.total, method="exact"),
            )
        )
    if exposed.since is None or any(driver.feature in exposed.undated for driver in lead):
        found.append(NO_DATE)
    if risk is not None and risk.check.cost > _COSTLY:
        found.append(
            say(
                "Un modèle plus libre prévoit un peu mieux (AUC {free} contre {additive}) : certains effets se combinent.",
                "A freer model predicts a little better (AUC {free} against {additive}): some effects combine.",
                free=Estimate("free_model_auc", risk.check.free_auc, Unit.SCORE),
                additive=Estimate("additive_auc", risk.check.auc, Unit.SCORE),
            )
        )
    return tuple(found)


def _strength(lead: list[Driver]) -> Strength:
    if not lead:
        return Strength.WEAK
    first = lead[0]
    firm = first.p_value < 0.001 and first.stability >= 0.95 and not first.reverses_in and not first.confused_with
    return Strength.STRONG if firm and first.kind is not DriverKind.UNCLEAR else Strength.MODERATE


def _nothing_named(
    exposed: Exposure, report: DriverReport, among: Sentence, rate: Estimate, aside: tuple[SetAside, ...]
) -> Finding:
    events = Estimate("departures", report.events, Unit.CUSTOMERS, report.n, method="exact")
    reason = REASONS.get(report.refusal, NO_EFFECT) if report.refusal else NO_EFFECT
    return Finding(
        "churn_drivers",
        say(
            "Parmi {among}, {rate} sont partis ({rate:interval}), et {reason}.",
            "Of {among}, {rate} have left ({rate:interval}), and {reason}.",
            among=among, rate=rate, reason=reason,
        ),
        measures=(rate, events),
        facts=(STILL,),
        caveats=(*explained_period(exposed), NOT_PROVEN) if report.refusal is None else (),
        set_aside=aside,
        strength=Strength.WEAK,
        themes=(Theme.DATA,),
        doubt=NONE_TO_TEST,
        next_questions=(
            Text("Quelles colonnes faudrait-il collecter ?", "Which columns should we collect?"),
            Text("Quel est notre taux d’attrition ?", "What is our churn rate?"),
        ),
    )  # fmt: skip


def _columns_never_tried(study: Study, report: DriverReport) -> tuple[SetAside, ...]:
    """Columns of the customers' file that no driver could come from, and why."""
    told = {aside.column for aside in report.set_aside}
    timings = {attribute.name: attribute.timing for attribute in study.attributes}
    found = []
    for name, timing in timings.items():
        if timing is Timing.CLOCK and name not in told:
            found.append(SetAside(name, SetAsideWhy.CLOCK))
        elif timing is Timing.OUTCOME and name not in told:
            found.append(SetAside(name, SetAsideWhy.LABEL if name == study.model.lost.column else SetAsideWhy.LEAK))
    for binding in study.model.bindings:
        if binding.name in told or binding.name in timings:
            continue
        if binding.role is Role.CHURN_LABEL or binding.name == study.model.lost.column:
            found.append(SetAside(binding.name, SetAsideWhy.LABEL))
        elif binding.role is Role.CHURN_REASON:
            found.append(SetAside(binding.name, SetAsideWhy.LEAK))
        elif binding.role in _IDENTIFIERS:
            found.append(SetAside(binding.name, SetAsideWhy.IDENTIFIER))
        elif binding.role in PERSONAL_ROLES:
            found.append(SetAside(binding.name, SetAsideWhy.PERSONAL))
    return tuple(dict.fromkeys(found))


ANALYSIS = Analysis(
    name="churn_drivers",
    row="C2",
    stage=JourneyStage.CHURN,
    title=Text("Pourquoi les clients partent", "Why customers leave"),
    summary=Text(
        "Ce qui précède les départs, ajusté du reste : causes probables, profils, signes avant-coureurs, colonnes écartées.",
        "What precedes departures, adjusted for the rest: likely causes, profiles, warning signs, columns set aside.",
    ),
    examples={
        "fr": ("Pourquoi mes clients partent-ils ?", "Quelles sont les causes de l’attrition ?"),
        "en": ("Why do my customers leave?", "What drives our churn?"),
    },
    needs=(Need("churn_label", UNLOCK, lost=True),),
    run=_run,
    would_answer=_would_answer,
    parameters=DriverParameters,
)
