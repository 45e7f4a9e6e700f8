"""C5: who is about to leave: a calibrated chance for each customer, the value at stake, and each one's own reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from pydantic import Field

from analytics.analysis import Analysis, Condition, Need, Parameters
from analytics.churn.driver_words import level_word, value_words
from analytics.datamodel.attributes import Attribute
from analytics.datamodel.health import HealthCode
from analytics.datamodel.roles import Role
from analytics.measures.exposure import Exposure, Frame, exposure, today_frame
from analytics.measures.groups import about
from analytics.measures.named import NAME, company_names
from analytics.measures.risk import RiskModel, promising, risk_model
from analytics.segment import Condition as Held
from analytics.statistics.arrays import Column as Values
from analytics.statistics.arrays import Floats, is_category
from analytics.study import Study, whole
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_REASONS = 3
_WEAK_REASON = 0.1  # log-odds under which a column is no reason worth saying
_USEFUL_AUC, _GOOD_AUC = 0.6, 0.75


class AtRiskParameters(Parameters):
    """`top`: how many customers to list. `among`: whom of the list to tell of, judged as in the whole list: no model is fitted on them alone."""

    top: int = Field(default=50, ge=1, le=100_000)
    among: tuple[Condition, ...] = ()


def _run(study: Study, parameters: Parameters) -> Result:
    assert isinstance(parameters, AtRiskParameters)
    everyone = whole(study)  # a segment has too few departures of its own to learn from: its customers are ranked by what all teach
    exposed = exposure(everyone)
    risk = risk_model(everyone)
    if exposed is None or risk is None:
        return NotApplicable("at_risk", "too_few_customers", _FEW, _MORE)
    present = _not_finished(study, today_frame(study))
    if not present.size:
        return NotApplicable("at_risk", "no_customer_left", _NOBODY, _MORE)
    some = replace(study, segment=study.segment.narrowed(*_conditions(parameters.among)))
    if parameters.among:
        present = _some_of(present, some)
        if not present.size:
            return NotApplicable("at_risk", "no_customer_left", about(some, _NONE_OF_THEM), _OTHERWISE)
    if risk.check.auc < _USEFUL_AUC:
        return NotApplicable("at_risk", "no_signal", _no_signal(risk), _COLUMNS_WANTED)
    features = _aligned(present, exposed.frame, risk)
    chance = risk.probability(features)
    score = risk.model.score({name: features[name] for name in risk.names})
    order = np.lexsort((present.hashes, -score, -chance))  # the calibrated chance has steps: the score breaks ties
    worth_nothing = present.value[order] == 0  # losing them costs nothing: whatever their chance, they come last
    listed = np.concatenate((order[~worth_nothing], order[worth_nothing]))[: parameters.top]
    names = company_names(study, [str(present.ids[i]) for i in listed])
    found = _finding(exposed, present, risk, features, chance, order, listed, names)
    dated = () if exposed.since is not None else (_no_date(),)
    told = about(study, found.claim) if not parameters.among else about(some, found.claim)
    return replace(found, claim=told, caveats=(_RISK_IS_NOT_RESPONSE, *_worth_nothing(study, present), *dated))


def _conditions(among: Sequence[Condition]) -> tuple[Held, ...]:
    return tuple(Held(asked.field, asked.operator, tuple(asked.values)) for asked in among)


def _some_of(present: Frame, some: Study) -> Frame:
    """Those of the customers still here that a condition keeps."""
    where, given = some.who()
    kept = {row[0] for row in some.database.rows(f"SELECT customer_key FROM customers WHERE {where}", given)}
    return present.rows(np.array([place for place, key in enumerate(present.keys) if int(key) in kept], dtype=int))


def _not_finished(study: Study, present: Frame) -> Frame:
    """Those of the customers still here who have not got what they came for: who passed the test is not about to leave."""
    done = {row[0] for row in study.database.rows("SELECT customer_key FROM customers WHERE finished_on IS NOT NULL")}
    return present.rows(np.array([place for place, key in enumerate(present.keys) if int(key) not in done], dtype=int)) if done else present


def _would_answer(study: Study, parameters: Parameters) -> bool:
    """Whether somebody is still here, and leavers can be told apart beforehand."""
    where, given = study.who()
    here = study.database.row(f"SELECT count(*) FROM customers WHERE {where} AND lost IS FALSE AND finished_on IS NULL", given)[0]
    return bool(here) and promising(whole(study), _USEFUL_AUC)


def _aligned(present: Frame, past: Frame, risk: RiskModel) -> dict[str, Values]:
    """The model's features today; one that is empty today is missing for everyone."""
    features = {}
    for name in risk.names:
        if name in present.features:
            features[name] = present.features[name]
        else:
            words = is_category(past.features[name])
            features[name] = np.full(present.size, None, dtype=object) if words else np.full(present.size, np.nan)
    return features


def _finding(
    exposed: Exposure,
    present: Frame,
    risk: RiskModel,
    features: dict[str, Values],
    chance: Floats,
    order: Any,
    listed: Any,
    names: dict[str, str],
) -> Finding:
    reasons = _reasons(risk, features, present, listed)
    stake = chance * present.value
    items = tuple(
        {
            "customer": present.ids[i],
            **({"name": names.get(str(present.ids[i]))} if names else {}),
            "score": float(chance[i]),
            "value": None if np.isnan(present.value[i]) else float(present.value[i]),
            "at_stake": None if np.isnan(stake[i]) else float(stake[i]),
            "reasons": said,
        }
        for i, said in zip(listed, reasons, strict=True)
    )
    expected = Estimate("expected_departures", float(round(chance.sum())), Unit.CUSTOMERS, present.size, method="sum of chances")
    likely = int((chance >= 0.5).sum())
    auc = Estimate("auc", risk.check.auc, Unit.SCORE, len(exposed.outcome), method="5-fold cross-validation")
    base = float(exposed.outcome.mean())
    tenth = max(1, present.size // 10)
    focus = Estimate("mean_chance_top_tenth", float(chance[order[:tenth]].mean()), Unit.RATIO, tenth, method="calibrated mean")
    return Finding(
        "at_risk",
        _claim(exposed, present, expected, likely),
        measures=(
            expected,
            Estimate("more_likely_than_not", likely, Unit.CUSTOMERS, present.size, method="exact"),
            focus,
            Estimate("base_rate", base, Unit.RATIO, len(exposed.outcome), method="exact"),
            auc,
            *_stakes(stake, present),
        ),
        facts=(_tenth(focus, chance), *_stake_fact(stake, present)),
        items=items,
        table=_table(items, truncated=present.size > len(items)),
        chart=_chart(items),
        strength=Strength.STRONG if risk.check.auc >= _GOOD_AUC else Strength.MODERATE,
        themes=(Theme.VALUE, Theme.LISTENING),
        doubt=_DOUBT,
        next_questions=(
            Text("Pourquoi mes clients partent-ils ?", "Why do my customers leave?"),
            Text("Qui reconquérir en premier ?", "Whom should we win back first?"),
            Text("Segmente mes clients", "Segment my customers"),
        ),
    )


def _claim(exposed: Exposure, present: Frame, expected: Estimate, likely: int) -> Sentence:
    count = Estimate("more_likely_than_not", likely, Unit.CUSTOMERS, present.size, method="exact")
    everyone = Estimate("customers", present.size, Unit.CUSTOMERS, method="exact")
    if exposed.days is None:
        return say(
            "{count} clients encore là, sur {everyone}, ressemblent davantage à ceux qui sont partis qu’à ceux qui restent.",
            "{count} of {everyone} customers still here look more like those who left than those who stayed.",
            count=count, everyone=everyone,
        )  # fmt: skip
    return say(
        "Dans les {days} qui viennent, il faut s’attendre à perdre {expected} clients sur {everyone} ; pour {count} d’entre eux "
        "le départ est plus probable que le maintien.",
        "Over the next {days}, expect to lose {expected} of {everyone} customers; for {count} of them leaving is more likely "
        "than staying.",
        days=Threshold(exposed.days, Unit.DAYS), expected=expected, everyone=everyone, count=count,
    )  # fmt: skip


def _tenth(focus: Estimate, chance: Floats) -> Sentence:
    return say(
        "Le dixième le plus exposé ({focus:n} clients) a {focus} de risque en moyenne, contre {everyone} sur l’ensemble.",
        "The most exposed tenth ({focus:n} customers) runs a mean risk of {focus}, against {everyone} overall.",
        focus=focus,
        everyone=Estimate("mean_chance", float(chance.mean()), Unit.RATIO, int(chance.size), method="calibrated mean"),
    )


def _stakes(stake: Floats, present: Frame) -> tuple[Estimate, ...]:
    known = stake[~np.isnan(stake)]
    if not known.size:
        return ()
    return (Estimate("revenue_at_stake", float(known.sum()), Unit.MONEY, int(known.size), method="sum of chance × yearly value"),)


def _stake_fact(stake: Floats, present: Frame) -> tuple[Sentence, ...]:
    return tuple(
        say(
            "Chiffre d’affaires annuel exposé, chaque client pesant selon son risque : {stake}.",
            "Yearly revenue at stake, each customer weighed by their risk: {stake}.",
            stake=estimate,
        )
        for estimate in _stakes(stake, present)
    )


def _reasons(risk: RiskModel, features: dict[str, Values], present: Frame, listed: Any) -> list[tuple[Sentence, ...]]:
    """For each listed customer, the columns that raise the risk most, in words."""
    rows = {name: column[listed] for name, column in features.items()}
    names = risk.model.names
    pushes = risk.model.contributions(rows)[:, : len(names)]
    found = []
    for row in range(len(listed)):
        strongest = np.argsort(-pushes[row], kind="stable")[:_REASONS]
        said = [names[i] for i in strongest if pushes[row, i] > _WEAK_REASON]
        found.append(tuple(_reason(present.attributes.get(name), name, rows[name][row]) for name in said))
    return found


def _reason(attribute: Attribute | None, name: str, value: Any) -> Sentence:
    title = attribute.title if attribute is not None else Text(name, name)
    if isinstance(value, float | np.floating):
        if np.isnan(value) and name in _GAPS:
            return say("un seul jour d’achat", "a single day of purchase")
        if np.isnan(value):
            return say("{title} : non renseigné", "{title}: not given", title=title)
        unit = _unit(attribute, name)
        title = _AGE if name == "tenure_months" else title
        shown = Threshold(float(f"{float(value):.3g}"), unit)
        return say("{title} : {value}", "{title}: {value}", title=title, value=shown)
    if attribute is not None:
        return value_words(attribute, value)
    return say("{title} : {value}", "{title}: {value}", title=title, value=level_word(value))


def _unit(attribute: Attribute | None, name: str) -> Unit:
    """What a reason's number counts, where its title does not say it."""
    if name in _UNITS:
        return _UNITS[name]
    money = attribute is not None and attribute.role in (Role.AMOUNT, Role.TOTAL_SPENT, Role.RECURRING_AMOUNT) and not attribute.derived
    return Unit.MONEY if money else Unit.NUMBER


_GAPS = ("median_gap", "p90_gap")
_AGE = Text("ancienneté", "tenure")
_UNITS = {
    "tenure_months": Unit.MONTHS, "median_gap": Unit.DAYS, "p90_gap": Unit.DAYS, "amount": Unit.MONEY, "amount_12m": Unit.MONEY,
    "first_amount": Unit.MONEY, "monthly_amount": Unit.MONEY, "promo_share": Unit.RATIO,
}  # fmt: skip


def _table(items: tuple[dict[str, Any], ...], *, truncated: bool) -> Table:
    columns: tuple[Column, ...] = (
        Column("customer", Text("client", "customer")),
        Column("score", Text("risque", "risk"), Unit.RATIO),
        Column("value", Text("valeur annuelle", "yearly value"), Unit.MONEY),
        Column("at_stake", Text("valeur exposée", "value at stake"), Unit.MONEY),
        Column("reasons", Text("raisons", "reasons")),
    )
    named = bool(items) and "name" in items[0]
    rows = tuple(
        (item["customer"], item["score"], item["value"], item["at_stake"], _joined(item["reasons"]), *((item["name"],) if named else ()))
        for item in items
    )
    columns = (*columns, Column("name", NAME)) if named else columns
    return Table(columns, rows, truncated=truncated)


def _joined(reasons: tuple[Sentence, ...]) -> Sentence | None:
    if not reasons:
        return None
    template = " · ".join(f"{{r{i}}}".replace(str(i), "abc"[i]) for i in range(len(reasons)))
    return say(template, template, **{f"r{'abc'[i]}": reason for i, reason in enumerate(reasons)})


def _chart(items: tuple[dict[str, Any], ...]) -> Chart:
    return Chart(ChartKind.BAR, say("Les clients les plus exposés", "The most exposed customers"), "score", "customer")


def _no_signal(risk: RiskModel) -> Sentence:
    return say(
        "Vos colonnes ne permettent pas de distinguer d’avance ceux qui partent (AUC {auc}, le hasard donne un demi).",
        "Your columns cannot tell beforehand who leaves (AUC {auc}, where chance gives a half).",
        auc=Estimate("auc", risk.check.auc, Unit.SCORE),
    )


def _worth_nothing(study: Study, present: Frame) -> tuple[Sentence, ...]:
    """Who comes last, when others bring something; who pays in a currency that is not added up may bring much."""
    none, some = int((present.value == 0).sum()), int((present.value > 0).sum())
    if not none or not some:
        return ()
    if any(check.check == HealthCode.MIXED_CURRENCIES for check in study.model.health):
        return (say(
            "{n} clients encore là n’ont aucun montant compté sur un an, ceux qui paient dans une autre monnaie compris : ils "
            "viennent en fin de liste, quel que soit leur risque.",
            "{n} customers still here have no amount counted over a year, those who pay in another currency included: they "
            "come last in the list, whatever their risk.",
            n=Estimate("worth_nothing", none, Unit.CUSTOMERS, present.size, method="exact"),
        ),)  # fmt: skip
    return (say(
        "{n} clients encore là n’ont rien rapporté sur un an : ils viennent en fin de liste, quel que soit leur risque.",
        "{n} customers still here have brought nothing over a year: they come last in the list, whatever their risk.",
        n=Estimate("worth_nothing", none, Unit.CUSTOMERS, present.size, method="exact"),
    ),)  # fmt: skip


def _no_date() -> Sentence:
    return say(
        "Sans date de départ, le risque dit une ressemblance, pas un délai.",
        "Without a departure date, the risk tells a likeness, not a delay.",
    )


_RISK_IS_NOT_RESPONSE = say(
    "Le risque ne dit pas qui une offre retiendrait : gardez un groupe témoin pour le savoir.",
    "Risk does not tell whom an offer would keep: hold out a control group to know.",
)
_DOUBT = say(
    "Au prochain envoi de données, la liste d’aujourd’hui comparée à ceux qui seront vraiment partis.",
    "At the next upload, today’s list set against those who will really have left.",
)
_FEW = say(
    "Trop peu de départs connus pour estimer un risque client par client.",
    "Too few known departures to estimate a risk customer by customer.",
)
_NOBODY = say("Tous les clients du fichier sont déjà perdus.", "Every customer of the file is already lost.")
_NONE_OF_THEM = say("aucun n’est encore là.", "none of them is still here.")
_OTHERWISE = say("Posez la question sur d’autres clients.", "Ask about other customers.")
_MORE = say(
    "Un historique plus long, ou davantage de clients dont on sait s’ils sont partis.",
    "A longer history, or more customers of whom we know whether they left.",
)
_COLUMNS_WANTED = say(
    "Des colonnes sur ce que les clients vivent : achats datés, contrat, réclamations, contacts, satisfaction.",
    "Columns on what customers live through: dated purchases, contract, complaints, contacts, satisfaction.",
)
_UNLOCK = say(
    "Une colonne qui dit qui est parti (oui/non), une date de fin de contrat, ou des achats datés avec l’identifiant du client.",
    "A column saying who left (yes/no), a contract end date, or dated purchases with the customer’s id.",
)

ANALYSIS = Analysis(
    name="at_risk",
    row="C5",
    stage=JourneyStage.CHURN,
    title=Text("Clients sur le point de partir", "Customers about to leave"),
    summary=Text(
        "Les clients classés par risque de départ calibré, avec la valeur en jeu et les raisons de chacun.",
        "Customers ranked by calibrated risk of leaving, with the value at stake and each one’s reasons.",
    ),
    examples={
        "fr": ("Qui est sur le point de partir ?", "Quels clients risquons-nous de perdre ?"),
        "en": ("Who is about to leave?", "Which customers are we at risk of losing?"),
    },
    needs=(Need("churn_label", _UNLOCK, lost=True),),
    run=_run,
    would_answer=_would_answer,
    parameters=AtRiskParameters,
)
