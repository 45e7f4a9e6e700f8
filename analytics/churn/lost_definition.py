"""D4: who counts as lost, on what it rests, and how the headline moves if the definition changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from analytics.analysis import Analysis, Parameters
from analytics.datamodel.model import LostBasis
from analytics.measures.seen import is_lived, sign_words
from analytics.statistics.intervals import wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_SCALES = (0.5, 0.75, 1.0, 1.5, 2.0)

_COUNT = """
SELECT count(*) FILTER (lost), count(*) FILTER (lost IS NOT NULL)
FROM customers WHERE {who}
"""
_SILENT = """
SELECT count(*) FILTER (silent_days > ?), count(*)
FROM customers WHERE {who} AND silent_days IS NOT NULL
"""

_SILENCES = (90, 180, 365)
_OFFERED = (90, 180, 365, 730)
_DELAY = 60
_GRACE = """
SELECT count(*) FILTER (lost AND ended <= ?), count(*) FILTER (lost IS NOT NULL)
FROM customers WHERE {who}
"""

_HISTORY = "SELECT max(silent_days) FROM customers WHERE {who}"


def _run(study: Study, parameters: Parameters) -> Result:
    lost = study.model.lost
    where, given = study.who()
    gone, known = study.row(_COUNT.format(who=where), given)
    if lost.basis is LostBasis.NONE or not known:
        return _if_they_were(study, where, given) or NotApplicable("lost_definition", "churn_label", lost.evidence, _UNLOCK)
    rate = wilson(gone, known).estimate("lost_rate", Unit.RATIO)
    by_silence = lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS)
    moved = _sensitivity(study, where, given) if by_silence else _by_silence_instead(study, where, given)
    return Finding(
        "lost_definition",
        _claim(study, rate),
        measures=(rate, *_threshold(study), *(row["estimate"] for row in moved)),
        facts=(lost.evidence, *(_moves(moved) if by_silence else _moves_instead(study, where, given, moved))),
        table=_table(moved),
        chart=_chart(moved),
        strength=Strength.STRONG if lost.basis in (LostBasis.LABEL, LostBasis.CONTRACT_END) else Strength.MODERATE,
        themes=(Theme.DATA,),
        doubt=say(
            "Votre propre règle : si vous savez dire quand un client est perdu, fixez-la sur la page des données.",
            "Your own rule: if you know when a customer is lost, set it on the data page.",
        ),
        next_questions=(
            Text("Quel est notre taux d’attrition ?", "What is our churn rate?"),
            Text("Pourquoi mes clients partent-ils ?", "Why do my customers leave?"),
        ),
    )


def _if_they_were(study: Study, where: str, given: list[Any]) -> Finding | None:
    """No rule tells who is lost, but since when each is silent is known: what a rule would give, and where to set it."""
    history = study.row(_HISTORY.format(who=where), given)[0] or 0
    moved = _by_silence(study, where, given, [days for days in _OFFERED if days < history])
    if len(moved) < 2:
        return None
    short, long = moved[0], moved[-1]
    return Finding(
        "lost_definition",
        say(
            "Aucune règle ne dit encore qui est perdu : au {as_of}, {low} des {low:n} clients {silent} depuis plus de {short}, "
            "{high} depuis plus de {long}.",
            "No rule says yet who is lost: as of {as_of}, {low} of {low:n} customers {silent} for more than {short}, {high} for "
            "more than {long}.",
            silent=_silent_words(study),
            as_of=study.as_of, low=short["estimate"], high=long["estimate"],
            short=Threshold(short["days"], Unit.DAYS), long=Threshold(long["days"], Unit.DAYS),
        ),
        measures=tuple(row["estimate"] for row in moved),
        facts=(study.model.lost.evidence,),
        table=_table(moved),
        chart=_chart(moved),
        strength=Strength.WEAK,
        themes=(Theme.DATA,),
        doubt=say(
            "Votre propre règle : dites sur la page des données après combien de temps un client est perdu, et tout suivra.",
            "Your own rule: say on the data page after how long a customer is lost, and everything will follow.",
        ),
        next_questions=(
            Text("Segmente mes clients", "Segment my customers"),
            *(() if is_lived(study) else (Text("Combien de clients n’ont rien acheté depuis un an ?", "How many customers have bought nothing for a year?"),)),
        ),
    )  # fmt: skip


def _silent_words(study: Study) -> Text:
    if not is_lived(study):
        return Text("n’avaient rien acheté", "had bought nothing")
    without = sign_words(study).without
    return Text(f"étaient {without.fr}", f"had been {without.en}")


def _claim(study: Study, rate: Estimate) -> Sentence:
    lost, as_of = study.model.lost, study.as_of
    if lost.basis is LostBasis.LABEL:
        return say(
            "Un client est compté comme perdu quand la colonne « {column} » vaut {values} : {rate} des {rate:n} clients.",
            "A customer counts as lost when the column “{column}” is {values}: {rate} of {rate:n} customers.",
            column=Label(lost.column or ""),
            values=Listing(tuple(Label(value) for value in lost.lost_values), either=True),
            rate=rate,
            as_of=as_of,
        )
    if lost.table is not None and lost.basis is LostBasis.CONTRACT_END and study.model.season_of(lost.table) is not None and not lost.corrected:
        return say(
            "Un client est compté comme perdu quand il ne s’est pas réinscrit pour la saison suivante (« {column} »), au {as_of} : {rate} des {rate:n} clients.",
            "A customer counts as lost when they did not enrol again for the next season (“{column}”), by {as_of}: {rate} of {rate:n} customers.",
            column=Label(lost.column or ""),
            rate=rate,
            as_of=as_of,
        )
    if lost.basis is LostBasis.CONTRACT_END:
        return say(
            "Un client est compté comme perdu quand son contrat a pris fin (colonne « {column} ») au {as_of} : {rate} des {rate:n} clients.",
            "A customer counts as lost when the contract had ended (column “{column}”) by {as_of}: {rate} of {rate:n} customers.",
            column=Label(lost.column or ""),
            rate=rate,
            as_of=as_of,
        )
    return say(
        "Un client est compté comme perdu après {days} {without}, au {as_of} : {rate} des {rate:n} clients.",
        "A customer counts as lost after {days} {without}, as of {as_of}: {rate} of {rate:n} customers.",
        days=Threshold(lost.days or 0, Unit.DAYS),
        without=sign_words(study).without,
        rate=rate,
        as_of=as_of,
    )


def _threshold(study: Study) -> tuple[Estimate, ...]:
    days = study.model.lost.days
    return () if days is None else (Estimate("threshold_days", days, Unit.DAYS, method=study.model.lost.basis.value),)


def _sensitivity(study: Study, where: str, given: list[Any]) -> list[dict[str, Any]]:
    base = study.model.lost.days or 0
    history = study.row(_HISTORY.format(who=where), given)[0] or 0
    found = []
    for scale in _SCALES:
        days = max(1, round(base * scale))
        if days > history:  # nobody can have been silent for longer than the file is
            break
        silent, known = study.row(_SILENT.format(who=where), [days, *given])
        if known:
            estimate = wilson(silent, known).estimate(f"lost_rate_{days}_days", Unit.RATIO)
            found.append({"days": days, "estimate": estimate, "lost": silent})
    return found


def _by_silence_instead(study: Study, where: str, given: list[Any]) -> list[dict[str, Any]]:
    """For a label or a contract's end: what a silence of three, six or twelve months would say, where there are purchases."""
    return _by_silence(study, where, given, _SILENCES) if "purchases" in study.tables else []


def _by_silence(study: Study, where: str, given: list[Any], silences: Sequence[int]) -> list[dict[str, Any]]:
    found = []
    for days in silences:
        silent, known = study.row(_SILENT.format(who=where), [days, *given])
        if known:
            estimate = wilson(silent, known).estimate(f"lost_rate_{days}_days", Unit.RATIO)
            found.append({"days": days, "estimate": estimate, "lost": silent})
    return found


def _moves_instead(study: Study, where: str, given: list[Any], moved: list[dict[str, Any]]) -> tuple[Sentence, ...]:
    """How the figure would move by another rule: a silence, or a delay left for renewing after the contract's end."""
    facts = []
    if study.model.lost.basis is LostBasis.CONTRACT_END:
        late = _GRACE.format(who=where)
        gone, known = study.row(late, [study.as_of - timedelta(days=_DELAY), *given])
        if known:
            rate = wilson(gone, known).estimate("lost_rate_with_delay", Unit.RATIO)
            facts.append(say(
                "En laissant {delay} pour renouveler après la fin du contrat, {rate} seraient perdus.",
                "Leaving {delay} to renew after the end of the contract, {rate} would be lost.",
                delay=Threshold(_DELAY, Unit.DAYS), rate=rate,
            ))  # fmt: skip
    if len(moved) > 1:
        facts.append(say(
            "Jugés sur leurs achats, {low} seraient perdus après {short} de silence, {high} après {long}.",
            "Judged on their purchases, {low} would be lost after {short} of silence, {high} after {long}.",
            short=Threshold(moved[0]["days"], Unit.DAYS), long=Threshold(moved[-1]["days"], Unit.DAYS),
            low=moved[0]["estimate"], high=moved[-1]["estimate"],
        ))  # fmt: skip
    return tuple(facts)


def _moves(moved: list[dict[str, Any]]) -> tuple[Sentence, ...]:
    if len(moved) < 2:
        return ()
    first, last = moved[0], moved[-1]
    return (
        say(
            "Avec {short} de silence au lieu de la règle retenue, {low} seraient perdus ; avec {long}, {high}.",
            "With {short} of silence instead of the rule chosen, {low} would be lost; with {long}, {high}.",
            short=Threshold(first["days"], Unit.DAYS), long=Threshold(last["days"], Unit.DAYS),
            low=first["estimate"], high=last["estimate"],
        ),
    )  # fmt: skip


_COLUMNS = (
    Column("days", Text("jours de silence", "days of silence"), Unit.DAYS),
    Column("lost", Text("clients perdus", "customers lost"), Unit.CUSTOMERS),
    Column("lost_rate", Text("part perdue", "share lost"), Unit.RATIO),
    Column("low", Text("borne basse", "low"), Unit.RATIO),
    Column("high", Text("borne haute", "high"), Unit.RATIO),
)


def _table(moved: list[dict[str, Any]]) -> Table | None:
    if not moved:
        return None
    return Table(
        _COLUMNS,
        tuple((m["days"], m["lost"], m["estimate"].value, m["estimate"].low, m["estimate"].high) for m in moved),
    )


def _chart(moved: list[dict[str, Any]]) -> Chart | None:
    if not moved:
        return None
    title = say("La part perdue selon le silence toléré", "Share lost by the silence tolerated")
    return Chart(ChartKind.LINE, title, "days", "lost_rate", low="low", high="high")


_UNLOCK = say(
    "Une colonne qui dit qui est parti (oui/non), une date de fin de contrat, ou des achats datés avec l’identifiant du client.",
    "A column saying who left (yes/no), a contract end date, or dated purchases with the customer’s id.",
)

ANALYSIS = Analysis(
    name="lost_definition",
    row="D4",
    stage=JourneyStage.CHURN,
    title=Text("Ce qu’est un client perdu", "What counts as a lost customer"),
    summary=Text(
        "La règle qui dit qui est perdu, d’où elle vient, et ce que deviendrait le chiffre avec une autre.",
        "The rule that says who is lost, where it comes from, and what the figure would be with another.",
    ),
    examples={
        "fr": ("Qu’est-ce qu’un client perdu, ici ?", "Au bout de combien de temps considérez-vous qu’un client est parti ?"),
        "en": ("What counts as a lost customer here?", "After how long do you consider a customer gone?"),
    },
    run=_run,
)
