"""The cautions that stand beside an answer: those that move its own figure, the strongest first, three at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analytics.datamodel.bills import sale_kinds
from analytics.datamodel.health import HealthCode
from analytics.datamodel.health.missing_period import periods_of
from analytics.datamodel.health.reading_losses import no_amounts
from analytics.datamodel.model import Choice, DataModel, HealthCheck, LostBasis
from analytics.datamodel.money import vat_of
from analytics.datamodel.roles import SALES, Role, TableKind
from vocabulary.estimate import Unit
from vocabulary.finding import Finding
from vocabulary.language import Text
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Severity

MOST = 3
_STRONG, _LEAST = 0.1, 0.01  # a figure that moves by a tenth comes before what the analysis says of itself
_DEPARTURES = ("lost", "churn", "left", "departure", "attrition", "gone")
_WHERE: dict[str, frozenset[str]] = {  # effects that concern a few analyses only
    "separation": frozenset({"churn_drivers", "at_risk", "foresight"}),
    "gap": frozenset({"acquisition_quality", "store_loyalty"}),
    "change": frozenset({"revenue_bridge", "campaign_effect", "best_and_disappointing", "second_life"}),
    "length_of_relation": frozenset({"acquisition_quality", "still_alive", "anniversaries", "customer_value", "churn_rate"}),
}
_BY_MONEY = frozenset({"segments", "relationship_overview", "at_risk"})  # they rank or share by money, whatever they count
_FORBIDS = frozenset({HealthCode.SURVIVORS_ONLY, HealthCode.FEW_EVENTS, HealthCode.SMALL_FILE})  # they bar a claim
_CAUSES = frozenset({"churn_drivers", "why_they_stay", "at_risk", "foresight", "ideal_client"})
_AMOUNTS = frozenset({Role.AMOUNT, Role.UNIT_PRICE, Role.TOTAL_SPENT, Role.RECURRING_AMOUNT})
_OVER_TIME = frozenset({"money_definition", "revenue_bridge", "relationship_overview"})  # all that was sold, or year beside year
_BY_SILENCE = frozenset({
    "churn_rate", "lost_definition", "churn_drivers", "leak_points", "at_risk", "still_alive", "relationship_overview",
})  # fmt: skip
_ADDED_UP = frozenset({"amount", "orders", "quantity", "new_customers"})  # measures of `explore` that lack what was not loaded
_OF_LINES = frozenset({"sum", "records"})  # added up over the lines of one file
_OF_THE_LOST = frozenset({"lost_rate", "lost_customers"})
_CALENDAR = frozenset({"day", "week", "month", "quarter", "year"})
_NONE = frozenset({"data_health", "guidance"})
_BY_GROUP = frozenset({"acquisition_quality", "store_loyalty", "ideal_client", "leak_points", "still_alive"})  # groups, ages of the relation compared


MEND_AMOUNTS = say(
    "Corrigez ces cellules dans le fichier (un nombre, ou rien), puis chargez-le de nouveau.",
    "Mend these cells in the file (a number, or nothing), then load it again.",
)


def with_cautions(finding: Finding, model: DataModel) -> tuple[Sentence, ...]:
    """The finding's own caveats and the defects of the data that move its figures, strongest first.

    Args:
        finding: of the whole base; figures of a segment move otherwise, and get none.
        model: what was understood of the files, with their defects.
    """
    if finding.analysis in _NONE:
        return finding.caveats
    unmet = _vat_untold(model) if Unit.MONEY in {measure.unit for measure in finding.measures[:5]} else ()
    if finding.arguments.get("segment") and not _is_of_all_lost(finding):
        return (*unmet, *finding.caveats)
    concerned = (_as_it_concerns(check, finding, model) for check in model.health)
    relevant = [check for check in concerned if check is not None]
    ranked = sorted(relevant, key=lambda check: -(check.effect.size if check.effect else _STRONG))
    said = {id(check): words(check) for check in ranked}
    strong = [said[id(c)] for c in ranked if c.effect is None or c.effect.size >= _STRONG]
    weak = [said[id(c)] for c in ranked if c.effect is not None and _LEAST <= c.effect.size < _STRONG]
    told = (*unmet, *finding.caveats)
    return (*unmet, *strong[: MOST - min(len(told), 1)], *finding.caveats, *weak)[: max(MOST, len(told))]


def _vat_untold(model: DataModel) -> tuple[Sentence, ...]:
    """That the manager's choice of VAT cannot be followed: nothing in the files tells how much of it amounts hold, or would bear."""
    wanted, vat = model.money.vat, vat_of(model)
    sold = sale_kinds(model, (*SALES, TableKind.ORDER_LINES))
    amounts = model.find(Role.AMOUNT, *sold) or model.find(Role.UNIT_PRICE, *sold)
    if wanted is None or amounts is None or vat.known or vat.held == wanted:
        return ()
    return (say(
        "Vous voulez les montants {wanted}, mais rien dans vos fichiers ne dit la TVA : les montants restent ceux de « {column} », tels "
        "qu’ils y sont écrits. Ajoutez une colonne de TVA ou de taux.",
        "You want amounts {wanted}, but nothing in your files tells the VAT: amounts remain those of “{column}”, as they are written "
        "there. Add a column of VAT or of rates.",
        column=Label(amounts.name), wanted=_WANTED_VAT[wanted],
    ),)  # fmt: skip


_WANTED_VAT = {"with": Text("TVA comprise", "with VAT"), "without": Text("hors TVA", "without VAT")}


def unread_amounts(model: DataModel) -> Sentence | None:
    """Why no amount is known: the column of sales that was meant for amounts, and could not be read as such; None when there is none."""
    for table in model.of_kind(*SALES, TableKind.ORDER_LINES):
        for column in table.columns:
            if column.no_numbers:
                return no_amounts(column)
    return None


def _leaves_amounts_out(check: HealthCheck, finding: Finding, model: DataModel) -> bool:
    """Whether cells of the amounts themselves could not be read, beside a figure of money: more than a few."""
    if check.check != HealthCode.UNREADABLE_CELLS or check.severity is Severity.INFO or Unit.MONEY not in {m.unit for m in finding.measures[:5]}:
        return False
    return any(b.role in _AMOUNTS and (b.file, b.name) == (check.file, check.column) for b in model.bindings)


def _leaves_people_out(check: HealthCheck, finding: Finding, model: DataModel) -> bool:
    """Whether the customers' own numbers could not be read, beside a figure that counts customers, or who is lost among them."""
    if check.check != HealthCode.UNREADABLE_CELLS or check.severity is Severity.INFO:
        return False
    if not any(b.role is Role.CUSTOMER_ID and (b.file, b.name) == (check.file, check.column) for b in model.bindings):
        return False
    return finding.analysis in _BY_SILENCE or Unit.CUSTOMERS in {measure.unit for measure in finding.measures[:5]}


def _leaves_rows_out(check: HealthCheck, finding: Finding, model: DataModel) -> bool:
    """Whether rows of sales that could not be cut into columns are missing from what a finding adds up: more than a few."""
    if check.check != HealthCode.SET_ASIDE_ROWS or check.severity is Severity.INFO:
        return False
    added = finding.analysis == "money_definition" or (finding.analysis == "explore" and finding.arguments.get("measure") in _ADDED_UP | _OF_LINES)
    return added and any(table.file == check.file for table in model.of_kind(*SALES, TableKind.ORDER_LINES))


def words(check: HealthCheck) -> Sentence:
    """What the check says, and how the headline moves."""
    if check.effect is None:
        return check.detail
    return say("{detail} {effect}", "{detail} {effect}", detail=check.detail, effect=check.effect.said)


def _as_it_concerns(check: HealthCheck, finding: Finding, model: DataModel) -> HealthCheck | None:
    """The check with its effect on a figure that the finding gives, of the kind of its first if it can be; None when it moves none of them."""
    first = finding.measures[0].unit if finding.measures else None
    told = [replace(check, effect=effect) for effect in (check.effect, *check.others)]
    found = [one for one in told if _concerns(one, finding, model)]
    found.sort(key=lambda one: one.effect is not None and one.effect.kept.unit is not first)
    if found:
        return found[0]
    if _leaves_people_out(check, finding, model):
        return replace(check, effect=None)  # it moves the count, or nothing that can be measured: who they were is not known
    return check if _leaves_amounts_out(check, finding, model) or _leaves_rows_out(check, finding, model) else None


def _concerns(check: HealthCheck, finding: Finding, model: DataModel) -> bool:
    if check.check == HealthCode.MISSING_PERIOD:
        return _reaches_into(check, finding, model)
    if check.check in _FORBIDS:
        return finding.analysis in _CAUSES
    if check.effect is None or check.choice is Choice.APPLY and check.effect.size < _STRONG:
        return False
    name = check.effect.name
    if check.check == HealthCode.TEST_ACCOUNTS and name in ("lost_rate", "customers") and finding.analysis in _BY_GROUP:
        return True  # they all came by one channel, on one day: what is said of it may be theirs
    if name in _WHERE:
        return finding.analysis in _WHERE[name]
    units = {measure.unit for measure in finding.measures[:5]}
    if name in ("revenue", "average_basket"):
        return Unit.MONEY in units or (check.effect.size >= _STRONG and finding.analysis in _BY_MONEY)
    if name == "lost_rate":
        return _is_of_all_lost(finding) or any(word in measure.name for measure in finding.measures[:5] for word in _DEPARTURES)
    return name == "customers" and Unit.CUSTOMERS in units


def _is_of_all_lost(finding: Finding) -> bool:
    """Whether a finding counts all who are lost: a part that is chosen by nothing else moves as the share lost does."""
    segment = finding.arguments.get("segment") or ()
    return [one.get("field") if isinstance(one, dict) else None for one in segment] == ["lost"]


def _reaches_into(check: HealthCheck, finding: Finding, model: DataModel) -> bool:
    """Whether a finding counts sales of the days that have none, or silences that they lengthen."""
    silent = model.lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS)
    if finding.analysis != "explore":
        return finding.analysis in _OVER_TIME or (silent and finding.analysis in _BY_SILENCE)
    asked = finding.arguments
    measure, periods = asked.get("measure", "customers"), [asked[name] for name in ("period", "compare", "also") if asked.get(name)]
    if measure in _OF_LINES and _is_of_sales(str(asked.get("table")), model):
        return _meet(periods, check)  # bills summed up line by line lack those of the days without any
    if asked.get("table") or measure in _OF_THE_LOST:
        return silent and measure in _OF_THE_LOST
    dated = bool(periods or asked.get("per") or not _CALENDAR.isdisjoint(asked.get("by") or ()))
    if measure not in _ADDED_UP and not (measure == "customers" and dated):
        return False
    return _meet(periods, check)


def _meet(periods: list[dict[str, object]], check: HealthCheck) -> bool:
    """Whether the days without any sale are among those asked for."""
    spans = [(date.fromisoformat(str(period["start"])), date.fromisoformat(str(period["end"]))) for period in periods]
    return not spans or any(start <= last and first <= end for first, last in periods_of(check) for start, end in spans)


def _is_of_sales(file: str, model: DataModel) -> bool:
    return any(table.file == file for table in model.of_kind(*SALES))
