"""« Est-ce à cause du dépôt ? »: what the data say of one factor: a likely cause, a linked one, no effect, or not tested and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from pydantic import Field

from analytics.analysis import Parameters
from analytics.churn.could_be_seen import (
    DOUBLING,
    by_chance,
    highest,
    in_halves,
    no_value_stands_out,
    not_enough,
    not_told_apart,
    worst_of,
)
from analytics.churn.driver_moments import Followed, became, explained_away
from analytics.churn.driver_words import KIND_NAMES, touched_words
from analytics.customers.derived import EVENT
from analytics.customers.event_marks import AGAIN
from analytics.customers.last_orders import LAST_ORDER
from analytics.customers.tickets import EVERY_TICKET, TICKET
from analytics.datamodel.attributes import Attribute
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.measures.moments import DELAY, LATENESS, Moments, orders_one_by_one
from analytics.statistics.arrays import Bools, Column, Ints, is_category, missing
from analytics.statistics.driver_report import Driver, DriverReport
from analytics.statistics.intervals import wilson
from analytics.statistics.repeated import clustered_z, encoded
from analytics.study import Study
from vocabulary.finding import DriverKind, SetAsideWhy
from vocabulary.language import Text
from vocabulary.sentence import Label, Sentence, say

_FEWEST = 30
_CHANCE, _SHOWS = 1.96, 2.58
_ASKED: dict[DriverKind, Text] = {
    DriverKind.CAUSE: Text("Oui, d’après vos données", "Yes, your data say so"),
    DriverKind.PROFILE: Text("C’est un profil, non une chose vécue", "It is a profile, not something lived"),
    DriverKind.SYMPTOM: Text("C’est un signe avant-coureur, non une cause", "It is a warning sign, not a cause"),
    DriverKind.UNCLEAR: Text("C’est lié aux départs, sans que vos données disent si c’en est la cause", "It goes with departures; your data do not say whether it is their cause"),
}
_FIXED = {Role.STORE: "store", Role.STORE_ID: "store", Role.SALE_CHANNEL: "channel", Role.CATEGORY: "category", Role.PRODUCT: "product"}
_WHY: dict[SetAsideWhy, Text] = {
    SetAsideWhy.LEAK: Text(
        "ce qu’elle contient dépend du départ lui-même (rempli après lui, ou seulement chez ceux qui sont restés)",
        "what it holds depends on the departure itself (filled in after it, or only for those who stayed)",
    ),
    SetAsideWhy.LABEL: Text("c’est elle qui dit qui est parti", "it is what says who left"),
    SetAsideWhy.IDENTIFIER: Text("c’est un identifiant", "it is an identifier"),
    SetAsideWhy.CONSTANT: Text("elle a toujours la même valeur", "it always has the same value"),
    SetAsideWhy.TOO_SPARSE: Text("elle est trop peu remplie", "it is too sparse"),
    SetAsideWhy.TOO_MANY_VALUES: Text("elle a trop de valeurs différentes", "it has too many values"),
    SetAsideWhy.PERSONAL: Text("c’est une donnée personnelle", "it is personal data"),
    SetAsideWhy.CLOCK: Text("elle mesure l’ancienneté, qui est tenue égale partout", "it measures the age of the relation, held equal throughout"),
    SetAsideWhy.UNDATED: Text("elle n’est connue qu’aujourd’hui", "it is only known as of today"),
}  # fmt: skip


class DriverParameters(Parameters):
    """Parameters of `churn_drivers`."""

    factor: str | None = Field(None, description="one factor asked about: a column's header, a fixed column of purchases, `delivery_delay` or `delivery_lateness`")
    value: str | None = Field(None, description="the value of it that is asked about")


@dataclass(frozen=True, slots=True)
class _Compared:
    """Those a factor touches, among what, and what is held equal."""

    title: Text
    inside: Bools
    outcome: Bools
    who: Ints
    held: dict[str, Column]
    told: Moments | None
    everyone: Bools  # of all the customers followed, or moments, those whose value is unknown too
    features: frozenset[str] = frozenset()  # what the search calls it
    numbers: Column | None = None  # what is counted, of those whose value is known


def told_of(study: Study, followed: Followed, report: DriverReport, asked: DriverParameters) -> Sentence:
    """What the data say of the factor asked about, in one sentence.

    Args:
        study: the data.
        followed: customers, and moments where there are some.
        report: of the search for drivers.
        asked: the factor, and its value.
    """
    assert asked.factor is not None
    names = factor_names(study, asked)
    attributes = {attribute.name: attribute for attribute in study.attributes} | followed.exposed.frame.attributes
    for driver in report.drivers:
        if driver.feature in names and _of_value(driver, asked.value, attributes[driver.feature]):
            return say(
                "{answer} : {touched} ({kind}) — parmi {among}, {happened}.", "{answer}: {touched} ({kind}) — of {among}, {happened}.",
                answer=_ASKED[driver.kind], touched=touched_words(driver, attributes[driver.feature]), kind=KIND_NAMES[driver.kind],
                among=followed.of(driver), happened=followed.happened(driver),
            )  # fmt: skip
    followed = _with_orders(study, followed, asked)
    fixed = next((_FIXED[b.role] for b in study.model.bindings if b.name == asked.factor and b.role in _FIXED), None)
    if fixed is not None and followed.moments is not None and fixed in followed.moments.known:
        titles = {**followed.moments.titles, fixed: Text(str(asked.factor), str(asked.factor))}
        followed = replace(followed, moments=replace(followed.moments, titles=titles))
        asked = asked.model_copy(update={"factor": fixed})
    undated = any(told.column in names and told.why is SetAsideWhy.UNDATED for told in report.set_aside)
    compared = None if undated else _compared(study, followed, asked, names)
    if compared is not None:
        return _no_effect(_at_its_worst(compared) or compared, followed, report.drivers)
    header: Label | Text = Label(str(asked.factor))
    if (itself := attributes.get(str(asked.factor))) is not None and itself.derived:
        header = itself.title
    tried = any(told.column in names and told.why in (SetAsideWhy.NO_EFFECT, SetAsideWhy.NOT_STABLE) for told in report.set_aside)
    if tried and not any(driver.feature in names for driver in report.drivers):  # another value of it may stand out
        return no_value_stands_out(header, _worst(followed, names))
    why = next((_WHY[told.why] for told in report.set_aside if told.column in names and told.why in _WHY), None)
    if why is not None:
        return say("Je ne peux pas le dire : la colonne « {header} » n’est pas essayée, {why}.", "I cannot tell: “{header}” is not tried, {why}.", header=header, why=why)
    untold = _untold(study, followed, asked)
    if untold is not None:
        return untold
    return say(
        "Je ne peux pas le dire : trop peu de cas de « {header} » se comparent à d’autres dans ces fichiers pour l’essayer.",
        "I cannot tell: too few cases of “{header}” can be compared with others in these files to try it.",
        header=header,
    )


def _with_orders(study: Study, followed: Followed, asked: DriverParameters) -> Followed:
    """What was followed, with the orders one by one where only they can tell of the factor: it is another from one order to the next."""
    if followed.moments is not None or factor_names(study, asked) & followed.exposed.frame.features.keys():
        return followed
    return replace(followed, moments=orders_one_by_one(study, followed.exposed))


def _untold(study: Study, followed: Followed, asked: DriverParameters) -> Sentence | None:
    """That no column is called so, or that what it says of lines is followed up to nobody's departure; None where it is told of customers or of orders."""
    factor = str(asked.factor)
    told = (*study.attributes, *study.purchase_attributes)
    if followed.moments is not None and factor in followed.moments.known and missing(followed.moments.known[factor]).all():
        told = ()  # a column of the lines that give back alone: no order that was followed says it
    if factor in {*_FIXED.values(), DELAY, LATENESS} or any(one.name == factor or (_from(factor, one) and _speaks_of(asked.value, one)) for one in told):
        return None
    if any(binding.name == factor for binding in study.model.bindings):
        return say(
            "Je ne peux pas le dire : « {header} » est dans vos fichiers, mais ce que disent ces lignes n’est pas suivi jusqu’aux départs.",
            "I cannot tell: “{header}” is in your files, but what these lines say is not followed up to departures.",
            header=Label(factor if asked.value is None else f"{factor} : {asked.value}"),
        )  # fmt: skip
    return say(
        "Je ne peux pas le dire : aucune colonne que je puisse essayer ne parle de « {header} ».",
        "I cannot tell: no column that can be tried speaks of “{header}”.",
        header=Label(factor),
    )


def _from(header: str, attribute: Attribute) -> bool:
    return any(name == header for _, name in attribute.sources)


def _speaks_of(value: str | None, attribute: Attribute) -> bool:
    """Whether an attribute tells of a value of the column it comes from: that something was sent back does not tell for which reason."""
    return value is None or not attribute.derived or attribute.of_value == value or attribute.type is ColumnType.CATEGORY


def factor_names(study: Study, asked: DriverParameters) -> frozenset[str]:
    """What the search may call the factor asked about: the attributes that come from its column, and itself."""
    factor = str(asked.factor)
    if factor in (DELAY, LATENESS):
        factor = next((header for one in study.purchase_attributes if one.role is Role.DELIVERY_DATE for _, header in one.sources), DELAY)
    if factor == EVERY_TICKET:  # « les incidents » : those of one kind are some of them
        return frozenset(attribute.name for attribute in study.attributes if attribute.name.startswith(TICKET))
    return frozenset(
        attribute.name for attribute in study.attributes
        if attribute.name in (factor, f"{LAST_ORDER}{factor}") or any(header == factor for _, header in attribute.sources)
    ) | {str(asked.factor)}  # fmt: skip


def _of_value(driver: Driver, value: str | None, attribute: Attribute) -> bool:
    if value is None or attribute.of_value is not None:
        return value in (None, attribute.of_value)
    if driver.levels is None or driver.feature.startswith(EVENT):
        return True
    if driver.feature.startswith(LAST_ORDER) and set(driver.levels) <= {"yes", "no"}:
        return True  # the files may write it otherwise: « Oui », « 1 »
    return value in driver.levels


def _compared(study: Study, followed: Followed, asked: DriverParameters, names: frozenset[str]) -> _Compared | None:
    """Those touched by the factor against the others: among moments where it varies between them, else among customers."""
    told, factor = followed.moments, str(asked.factor)
    if told is not None:
        column = told.known.get(factor)
        title, found = told.titles.get(factor, Text(factor, factor)), list[str]()
        if column is None:
            found = [factor] if factor in told.candidates else [name for name in sorted(names) if name in told.candidates and asked.value in (None, told.attributes[name].of_value)]
            found = [name for name in found if name.removesuffix(AGAIN) == name or name.removesuffix(AGAIN) not in found]  # asked about it, whether once or twice
            if len(found) == 1 or (found and asked.value is not None):  # one of several values does not speak for the column
                column, title, asked = told.candidates[found[0]], told.attributes[found[0]].title, asked.model_copy(update={"value": None})
        counts = factor not in told.known
        inside = None if column is None else _inside(column, asked.value, counts=counts, least=0.0 if factor == LATENESS else None)
        if column is not None and inside is not None:
            known = ~missing(column)
            held = {name: one[known] for name, one in told.held.items() if name != factor}
            said = title if factor == LATENESS else _said(title, asked.value, column)
            numbers = None if counts or is_category(column) else column[known]
            return _enough(_Compared(said, inside[known], told.outcome[known], told.customers[known], held, told, inside, frozenset(found), numbers))
    frame = followed.exposed.frame
    name = next((one for one in names if one in frame.features and not one.startswith(EVENT)), None)
    if name is None:
        return None
    column = frame.features[name]
    inside = _inside(column, asked.value, counts=False)
    if inside is None:
        return None
    known = ~missing(column)
    held = {"age": frame.tenure[known]} if np.isfinite(frame.tenure[known]).any() else {}
    title = _said(frame.attributes[name].title, asked.value, column)
    return _enough(_Compared(title, inside[known], followed.exposed.outcome[known], frame.keys[known], held, None, inside))


def _worst(followed: Followed, names: frozenset[str]) -> tuple[Text, float] | None:
    """Of the values of a column that was tried, the one whose effect is the least excluded."""
    told, frame = followed.moments, followed.exposed.frame
    tried = [] if told is None else [name for name in sorted(names) if name in told.candidates]
    if told is not None and tried:
        columns = [(told.attributes[name].title, told.candidates[name]) for name in tried]
        return worst_of(columns, told.held, told.outcome, told.customers)
    columns = [(frame.attributes[name].title, column if is_category(column) else in_halves(column)) for name in sorted(names) if (column := frame.features.get(name)) is not None]
    age = {"age": frame.tenure} if np.isfinite(frame.tenure).any() else {}
    return worst_of(columns, age, followed.exposed.outcome, frame.keys)


def _soon(followed: Followed, features: frozenset[str]) -> float | None:
    """The highest odds of leaving within a fortnight that are not excluded, where what is asked about has its days."""
    if followed.daily is None:
        return None
    found = [high for name in features if (high := followed.daily.highest(name)) is not None]
    return max(found, default=None)


def _exposing_to(touched: Bools, followed: Followed) -> frozenset[str]:
    """What was found, month by month or day by day, that these customers only meet more often: it explains that they leave."""
    if followed.moments is not None and followed.found and explained_away(touched, followed.found, followed.moments, followed.exposed):
        return followed.found
    daily = followed.daily
    if daily is not None and daily.explains(touched, followed.exposed.frame.keys):
        return frozenset(daily.windows)
    return frozenset()


def _enough(compared: _Compared) -> _Compared | None:
    inside = compared.inside
    return compared if min(int(inside.sum()), int((~inside).sum())) >= _FEWEST else None


def _at_its_worst(compared: _Compared) -> _Compared | None:
    """The highest fifth of a number against the others, where departures go with it for sure: half of the orders may have nothing to tell of a few very late ones."""
    if compared.numbers is None:
        return None
    numbers = np.asarray(compared.numbers, dtype=float)
    inside = numbers > float(np.quantile(numbers, _HIGHEST))
    fr, en = compared.title.fr.removesuffix(", au plus haut"), compared.title.en.removesuffix(", at its highest")
    far = replace(compared, title=Text(f"{fr}, dans le cinquième le plus élevé", f"{en}, in the highest fifth"), inside=inside)
    if _enough(far) is None or int(inside.sum()) >= int(compared.inside.sum()):
        return None
    raw = clustered_z(inside, [], compared.outcome, compared.who)
    return far if min(raw, clustered_z(inside, encoded(compared.held), compared.outcome, compared.who)) >= _SURELY else None


_HIGHEST, _SURELY = 0.8, 3.3  # a second look costs a stricter threshold


def _inside(column: Column, value: str | None, *, counts: bool, least: float | None = None) -> Bools | None:
    """Who is touched: by the value asked, a yes, a count of one or more, or more than half of the others; None when nothing says."""
    if is_category(column):
        words = {str(one) for one in column if one is not None}
        wanted = value if value is not None else "yes" if words <= {"yes", "no"} else None
        return None if wanted is None else np.array([one is not None and str(one) == wanted for one in column], dtype=bool)
    numbers = np.asarray(column, dtype=float)
    bound = 1.0 if counts else float(np.nanmedian(numbers)) if np.isfinite(numbers).any() else 0.0
    bound = bound if least is None else max(bound, least)  # late is beyond the promise, however many orders are
    above = np.where(np.isnan(numbers), -np.inf, numbers)
    return np.asarray(above >= bound if counts else above > bound)


def _said(title: Text, value: str | None, column: Column) -> Text:
    if is_category(column) and value is not None and value not in ("yes", "no"):
        return Text(f"{title.fr} : {value}", f"{title.en}: {value}")
    if not is_category(column):
        return Text(f"{title.fr}, au plus haut", f"{title.en}, at its highest") if "(" not in title.en else title
    return title


def _no_effect(compared: _Compared, followed: Followed, found: Sequence[Driver]) -> Sentence:
    """The two rates, and whether what is between them is more than chance, or the work of a cause found."""
    inside, outcome = compared.inside, compared.outcome
    lost, others = wilson(int(outcome[inside].sum()), int(inside.sum())), wilson(int(outcome[~inside].sum()), int((~inside).sum()))
    raw = clustered_z(inside, [], outcome, compared.who)
    causes = [driver for driver in found if driver.kind is DriverKind.CAUSE and followed.at(driver) is compared.told]
    held = {**compared.held}
    if compared.told is not None and len(compared.told.outcome) == outcome.size:
        held |= {driver.feature: np.array(["yes" if one else "no" for one in driver.touched], dtype=object) for driver in causes}
    equal = clustered_z(inside, encoded(held), outcome, compared.who)
    happened = became(compared.told, int(inside.sum()), lost, others, followed)
    among = followed.among_all(compared.told)
    high = highest(inside, held, outcome, compared.who)
    end: Text | Sentence
    if abs(raw) < _CHANCE and equal < _SHOWS:
        if high >= DOUBLING:
            return not_enough(compared.title, among, happened, high)
        soon = _soon(followed, compared.features)
        if soon is not None and soon >= DOUBLING:
            return not_enough(compared.title, among, happened, soon, soon=True)
        end = by_chance(high)
    elif raw < 0 or equal <= -_CHANCE:
        end = Text("ils partent donc moins, et non plus", "so they leave less, not more")
    elif equal < _SHOWS:
        named = touched_words(causes[0], followed.exposed.frame.attributes[causes[0].feature]) if causes and compared.told is not None else None
        if high >= DOUBLING:
            return not_told_apart(compared.title, among, happened, named, high)
        if named is not None:
            return say(
                "Non, pas par soi-même, d’après vos données : {title} — parmi {among}, {happened}, mais l’écart s’efface quand la cause trouvée "
                "({cause}) et l’ancienneté sont tenues égales.",
                "No, not by itself, your data say: {title} — of {among}, {happened}, but the gap fades once the cause found ({cause}) and "
                "the age of the relation are held equal.",
                title=compared.title, among=among, happened=happened, cause=named,
            )  # fmt: skip
        end = Text("un écart qui s’efface à ancienneté égale", "a gap that fades at equal age of the relation")
    elif compared.told is None and (behind := _exposing_to(compared.everyone, followed)):
        lead = next(driver for driver in found if driver.feature in behind)
        return say(
            "Non, pas par soi-même, d’après vos données : {title} — parmi {among}, {happened}, parce qu’ils rencontrent plus souvent la cause "
            "trouvée ({cause}) ; rien n’en reste quand elle est tenue égale.",
            "No, not by itself, your data say: {title} — of {among}, {happened}, because they meet the cause found more often ({cause}); "
            "nothing is left once it is held equal.",
            title=compared.title, among=among, happened=happened,
            cause=touched_words(lead, followed.exposed.frame.attributes[lead.feature]),
        )  # fmt: skip
    else:
        return say(
            "C’est lié aux départs, sans être assez sûr pour être nommé : {title} — parmi {among}, {happened}.",
            "It goes with departures, not surely enough to be named: {title} — of {among}, {happened}.",
            title=compared.title, among=among, happened=happened,
        )  # fmt: skip
    return say(
        "Non, pas d’après vos données : {title} — parmi {among}, {happened}, {end}.",
        "No, not by your data: {title} — of {among}, {happened}, {end}.",
        title=compared.title, among=among, happened=happened, end=end,
    )  # fmt: skip

