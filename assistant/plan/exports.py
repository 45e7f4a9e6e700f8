"""The plan as a document or a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from analytics.customers.nobody_named import why_nobody
from analytics.datamodel.model import DataModel, LostBasis
from analytics.datamodel.roles import Role, TableKind
from assistant.answer import Action, Range
from assistant.charts import is_customer_list, vega_lite
from assistant.documents.blocks import Block, Document, Fields, Grid, Heading, Paragraph, Picture
from assistant.documents.workbook import Workbook, add_finding
from assistant.documents.writing import document_bytes, write_whole
from assistant.plan.lists import TargetList
from assistant.plan.plan import Plan, PlannedAction, Progress
from knowledge import corpus
from vocabulary.estimate import Unit
from vocabulary.finding import Column, Finding
from vocabulary.formats import day, number
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence
from vocabulary.themes import JourneyStage, Strength

_PENNIES = 10
_TITLE = Text("Plan d’action", "Action plan")
STAGE_NAMES: dict[JourneyStage, Text] = {
    JourneyStage.RECRUITMENT: Text("Recrutement", "Recruitment"),
    JourneyStage.WELCOME: Text("Accueil", "Welcome"),
    JourneyStage.LOYALTY: Text("Fidélité", "Loyalty"),
    JourneyStage.CHURN: Text("Départ", "Departure"),
    JourneyStage.RECONQUEST: Text("Reconquête", "Winning back"),
}
STRENGTH_NAMES: dict[Strength, Text] = {
    Strength.STRONG: Text("preuve forte", "strong evidence"),
    Strength.MODERATE: Text("preuve moyenne", "moderate evidence"),
    Strength.WEAK: Text("preuve faible", "weak evidence"),
}
PROGRESS_NAMES: dict[Progress, Text] = {
    Progress.TODO: Text("À faire", "To do"),
    Progress.DOING: Text("En cours", "In progress"),
    Progress.DONE: Text("Fait", "Done"),
}
_LABELS = {
    "who": Text("Pour qui", "For whom"), "offer": Text("Quoi", "What"), "why": Text("Pourquoi", "Why"),
    "how": Text("D’après", "After"), "effect": Text("Effet attendu", "Expected effect"), "cost": Text("Coût", "Cost"),
    "effort": Text("Effort", "Effort"), "indicator": Text("Mesure du succès", "Measure of success"),
    "control": Text("Groupe témoin", "Control group"), "list": Text("Liste", "List"), "when": Text("Quand", "When"),
    "stop": Text("Quand arrêter", "When to stop"), "assumptions": Text("Hypothèses", "Assumptions"),
    "owner": Text("Responsable", "Owner"), "due": Text("Pour le", "Due"), "budget": Text("Budget", "Budget"),
    "note": Text("Note", "Note"), "stage": Text("Étape", "Stage"), "progress": Text("Avancement", "Progress"),
    "action": Text("Action", "Action"), "strength": Text("Solidité", "Evidence"),
    "customers": Text("Clients", "Customers"), "low": Text("Effet, bas", "Effect, low"),
    "high": Text("Effet, haut", "Effect, high"), "cost_low": Text("Coût, bas", "Cost, low"),
    "cost_high": Text("Coût, haut", "Cost, high"),
}  # fmt: skip


def write_plan(
    path: Path, plan: Plan, findings: Sequence[Finding], model: DataModel, language: Language, *,
    consent_basis: str | None = None, lists: Mapping[str, TargetList] | None = None,
) -> None:  # fmt: skip
    """Write the plan as .md, .docx, .pdf or .xlsx, whole or not at all; with the basis declared for writing to customers.

    Args:
        path: the file, whose suffix chooses the format.
        plan, findings, model, language: what is written, what it rests on, the currency, the language of the words.
        consent_basis: the basis declared, if any.
        lists: action id -> its list, so that the plan says how many it holds and how many an earlier action has.
    """
    made = plan_bytes(path.suffix.lower(), plan, findings, model, language, consent_basis=consent_basis, lists=lists)
    write_whole(path, made)


def plan_bytes(
    suffix: str, plan: Plan, findings: Sequence[Finding], model: DataModel, language: Language, *,
    consent_basis: str | None = None, lists: Mapping[str, TargetList] | None = None,
) -> bytes:  # fmt: skip
    """The plan in the format of a suffix (see `write_plan`); ValueError for another one."""
    if suffix == ".xlsx":
        return _workbook(plan, findings, model, language, lists or {})
    return document_bytes(
        plan_document(plan, findings, model, language, consent_basis=consent_basis, lists=lists), suffix
    )


def plan_document(
    plan: Plan, findings: Sequence[Finding], model: DataModel, language: Language, *,
    consent_basis: str | None = None, lists: Mapping[str, TargetList] | None = None,
) -> Document:  # fmt: skip
    """The plan as blocks: the actions at a glance, then one heading an action, with evidence, cost and measure of success."""
    known = {finding.id: finding for finding in findings}
    blocks: list[Block] = [Paragraph(day(model.as_of, language), quiet=True)]
    if consent_basis:
        blocks.append(Paragraph(_BASIS.in_(language).replace("{basis}", consent_basis), quiet=True))
    blocks += _glance(plan, model, language)
    for planned in plan.actions:
        action = planned.action
        blocks.append(Heading(action.title.render(language, model.currency)))
        stage, proof = STAGE_NAMES[action.stage].in_(language), STRENGTH_NAMES[action.strength].in_(language)
        blocks.append(Paragraph(f"{stage} · {proof} · {PROGRESS_NAMES[planned.progress].in_(language)}", quiet=True))
        blocks.append(Fields(tuple(action_lines(planned, known, model, language, (lists or {}).get(action.id)))))
    blocks += _evidence([known[key] for key in _used(plan) if key in known], model, language)
    return Document(_TITLE.in_(language), language, tuple(blocks))


def _used(plan: Plan) -> tuple[str, ...]:
    """The findings the plan rests on, in its order."""
    return tuple(dict.fromkeys(key for planned in plan.actions for key in planned.action.why))


def _evidence(findings: Sequence[Finding], model: DataModel, language: Language) -> list[Block]:
    """What the plan rests on: each finding in one sentence, with its chart."""
    blocks: list[Block] = []
    for finding in findings:
        spec = None if is_customer_list(finding) else vega_lite(finding, language, model.currency)
        if spec is not None:
            blocks += [Heading(finding.claim.render(language, model.currency), 3), Picture(spec, spec["description"])]
    return [Heading(_EVIDENCE.in_(language)), *blocks] if blocks else []


_EVIDENCE = Text("Ce sur quoi ce plan repose", "What this plan rests on")


def nothing_planned(model: DataModel, language: Language) -> tuple[str, ...]:
    """Why no action is recommended, and what would change that."""
    named = model.has((Role.CUSTOMER_ID, Role.ACCOUNT_ID)) or model.of_kind(TableKind.CUSTOMERS)
    if not named:
        return (_NOTHING.in_(language), *(said.render(language) for said in why_nobody(model)))
    why = _NO_DEPARTURE if model.lost.basis is LostBasis.NONE else _TOO_FEW
    return (_NOTHING.in_(language), why.in_(language))


def _glance(plan: Plan, model: DataModel, language: Language) -> list[Block]:
    """The whole plan on one table, the first thing to read; or why there is none."""
    if not plan.actions:
        first, *others = nothing_planned(model, language)
        return [Paragraph(first, strong=True), *(Paragraph(words) for words in others)]
    heads = tuple(_LABELS[name].in_(language) for name in ("action", "stage", "customers", "effect", "strength"))
    rows = tuple(
        (
            planned.action.title.render(language, model.currency), STAGE_NAMES[planned.action.stage].in_(language),
            number(planned.action.count, Unit.COUNT, language),
            f"{planned.action.effect_metric.in_(language)}, {range_words(planned.action.effect, language, model.currency)}",
            STRENGTH_NAMES[planned.action.strength].in_(language),
        )
        for planned in plan.actions
    )  # fmt: skip
    return [Grid(heads, rows, frozenset({2}))]


_BASIS = Text("Base déclarée pour écrire à ces clients\u00a0: {basis}", "Basis declared for writing to these customers: {basis}")
_NOTHING = Text(
    "Aucune action n’est recommandée\u00a0: ces données permettent de décrire, pas encore de planifier.",
    "No action is recommended: these data let us describe, not plan yet.",
)
_NO_DEPARTURE = Text(
    "Rien n’y dit qui est parti. Ajoutez une colonne qui le dit, une date de fin de contrat, ou assez d’achats datés pour que le "
    "silence d’un client veuille dire quelque chose.",
    "Nothing in them tells who has left. Add a column that says so, a contract end date, or enough dated purchases for a "
    "customer’s silence to mean something.",
)
_TOO_FEW = Text(
    "Trop peu de clients, ou aucun groupe assez grand à qui s’adresser\u00a0: parlez à chacun, et revenez avec un fichier plus complet.",
    "Too few customers, or no group large enough to address: talk to each one, and come back with a fuller file.",
)


def range_words(given: Range, language: Language, currency: str | None) -> str:
    """Say a range: « entre 3 et 12 », with its unit."""
    unit = Unit(given.unit)
    whole = unit in (Unit.CUSTOMERS, Unit.ORDERS, Unit.COUNT)  # nobody keeps a tenth of a customer
    bounds = [round(bound) if whole else bound for bound in (given.low, given.high)]
    assumed = unit is Unit.MONEY and abs(given.high) >= _PENNIES  # no assumption is good to the penny
    low, high = (number(bound, unit, language, currency=currency, whole=assumed) for bound in bounds)
    if low == high:
        return low
    return f"entre {low} et {high}" if language == "fr" else f"between {low} and {high}"


def action_lines(
    planned: PlannedAction, known: Mapping[str, Finding], model: DataModel, language: Language, made: TargetList | None = None
) -> list[tuple[str, str]]:
    """All there is to know of an action, as pairs of a label and plain words; what is empty is left out.

    Args:
        planned: the action and what the manager decided of it.
        known: findings by id, for the claims it rests on.
        model: for the currency.
        language: of the words.
        made: its list within the plan, when it is known.
    """
    action, currency = planned.action, model.currency

    def say(sentence: Sentence) -> str:
        return sentence.render(language, currency)

    cards = corpus.load().cards[language]
    lines = [
        ("who", f"{say(action.rule)} ({number(action.count, Unit.COUNT, language)})"),
        ("offer", say(action.offer)),
        *([("why", say(action.reason))] if action.reason is not None else []),
        *(("why", say(known[key].claim)) for key in action.why[action.reason is not None :] if key in known),
        *(("how", f"{cards[key].title} ({cards[key].source.cite(language)})") for key in action.how[:2] if key in cards),
        ("effect", f"{action.effect_metric.in_(language)}, {range_words(action.effect, language, currency)}. {say(action.effect.basis)}"),
        ("cost", f"{range_words(action.cost, language, currency)}. {say(action.cost.basis)}" if action.cost.high else say(action.cost.basis)),
        ("effort", say(action.effort)),
        ("assumptions", " ".join(say(assumption) for assumption in action.assumptions)),
        ("indicator", say(action.indicator)),
        ("control", number(action.control_group, Unit.COUNT, language) if action.control_group else ""),
        ("list", _list_words(made, action, language) if made is not None else ""),
        ("when", say(action.when)),
        ("stop", say(action.stop_rule)),
        ("owner", planned.owner),
        ("due", day(planned.due, language) if planned.due else ""),
        ("budget", "" if planned.budget is None else number(planned.budget, Unit.MONEY, language, currency=currency)),
        ("note", planned.note),
    ]
    return [(_LABELS[label].in_(language), words) for label, words in lines if words]


def _list_words(made: TargetList, action: Action, language: Language) -> str:
    """How many the list holds and how many an earlier action has; nothing when the plan's other actions leave it whole."""
    if not made.elsewhere:
        return ""
    counts = {"to_contact": made.to_contact, "control": len(made.held_out), "elsewhere": made.elsewhere, "planned": action.control_group}
    words = {name: number(count, Unit.COUNT, language) for name, count in counts.items()}
    fewer = _FEWER_HELD_OUT.in_(language) if len(made.held_out) < action.control_group else ""
    return (_SHARED.in_(language) + fewer).format(**words) + "."


_SHARED = Text(
    "à contacter\u00a0: {to_contact}\u202f; groupe témoin\u00a0: {control}\u202f; laissés à une action placée avant, qui les contacte ou "
    "les garde comme témoins\u00a0: {elsewhere} (personne n’est dans deux listes)",
    "to contact: {to_contact}; control group: {control}; left to an action placed before, which contacts or holds them out: "
    "{elsewhere} (nobody is in two lists)",
)
_FEWER_HELD_OUT = Text(
    "\u202f; moins de témoins que les {planned} prévus\u00a0: seul un écart plus grand se verra",
    "; fewer held out than the {planned} planned: only a larger gap will show",
)

_SHEET = (
    ("stage", None), ("action", None), ("progress", None), ("owner", None), ("due", None), ("budget", Unit.MONEY),
    ("who", None), ("customers", Unit.CUSTOMERS), ("why", None), ("how", None), ("offer", None), ("effort", None), ("cost_low", Unit.MONEY),
    ("cost_high", Unit.MONEY), ("effect", None), ("low", Unit.NUMBER), ("high", Unit.NUMBER), ("indicator", None),
    ("control", Unit.CUSTOMERS), ("list", None), ("when", None), ("stop", None), ("strength", None), ("note", None),
)  # fmt: skip


def _workbook(plan: Plan, findings: Sequence[Finding], model: DataModel, language: Language, lists: Mapping[str, TargetList]) -> bytes:
    book = Workbook(language, model.currency)
    columns = [Column(name, _LABELS[name], unit) for name, unit in _SHEET]
    known = {finding.id: finding for finding in findings}
    rows = [_row(planned, planned.action, known, language, lists.get(planned.action.id)) for planned in plan.actions]
    book.sheet(_TITLE.in_(language), columns, rows, lead=(_TITLE.in_(language), day(model.as_of, language)))
    used = set(_used(plan))
    for finding in findings:
        if finding.id in used:
            add_finding(book, finding, language, model.currency)
    return book.finish()


def _row(planned: PlannedAction, action: Action, known: Mapping[str, Finding], language: Language, made: TargetList | None) -> list[object]:
    cards = corpus.load().cards[language]
    why = action.reason or next((known[key].claim for key in action.why if key in known), None)
    values = {
        "why": why, "how": " · ".join(cards[key].title for key in action.how if key in cards),
        "stage": STAGE_NAMES[action.stage], "action": action.title, "progress": PROGRESS_NAMES[planned.progress],
        "owner": planned.owner or None, "due": planned.due, "budget": planned.budget, "who": action.rule,
        "customers": action.count, "offer": action.offer, "effort": action.effort, "cost_low": action.cost.low,
        "cost_high": action.cost.high, "effect": action.effect_metric, "low": action.effect.low, "high": action.effect.high,
        "indicator": action.indicator, "control": action.control_group,
        "list": (_list_words(made, action, language) or None) if made is not None else None, "when": action.when, "stop": action.stop_rule,
        "strength": STRENGTH_NAMES[action.strength], "note": planned.note or None,
    }  # fmt: skip
    return [values[name] for name, _ in _SHEET]
