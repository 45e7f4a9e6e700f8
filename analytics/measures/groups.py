"""Groups of customers by one field: "by region", "by contract". Values come out as they stand in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.customers.sales_lists import LIST, LIST_TITLE
from analytics.datamodel.attributes import Attribute, Timing, own_title
from analytics.datamodel.model import ColumnProfile, ColumnType
from analytics.datamodel.roles import ROLE_NAMES, Role
from analytics.segment import BOUGHT_FIELDS, Condition
from analytics.study import Study
from analytics.workspace import literal, quote
from vocabulary.errors import UserError
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say

EMPTY = Text("(non renseigné)", "(not filled in)")
_FEW_NUMBERS = 12  # up to this many distinct numbers, each is a group of its own
_WHOLE = 1e15
_FIXED: dict[str, tuple[Text, ColumnType]] = {
    "channel": (Text("canal d’acquisition", "acquisition channel"), ColumnType.CATEGORY),
    "state": (Text("état de la relation", "state of the relationship"), ColumnType.CATEGORY),
    "first_on_promo": (Text("premier achat en promotion", "first purchase on promotion"), ColumnType.FLAG),
    "promo_share": (Text("part d’achats en promotion", "share bought on promotion"), ColumnType.NUMBER),
    "orders": (Text("nombre de commandes", "number of orders"), ColumnType.NUMBER),
    "purchase_days": (Text("nombre de jours d’achat", "number of purchase days"), ColumnType.NUMBER),
    "categories": (Text("nombre de catégories achetées", "number of categories bought"), ColumnType.NUMBER),
    "tenure_months": (Text("ancienneté en mois", "tenure in months"), ColumnType.NUMBER),
    "recency_days": (Text("jours depuis le dernier achat", "days since the last purchase"), ColumnType.NUMBER),
    "monthly_amount": (Text("montant mensuel", "monthly amount"), ColumnType.NUMBER),
    "amount": (Text("montant total", "total amount"), ColumnType.NUMBER),
    "amount_12m": (Text("montant des douze derniers mois", "amount of the last twelve months"), ColumnType.NUMBER),
    "started": (Text("année de recrutement", "year of recruitment"), ColumnType.DATE),
    "first_purchase": (Text("année du premier achat", "year of the first purchase"), ColumnType.DATE),
}

_FIXED_TIMING = {
    "channel": Timing.AT_RECRUITMENT, "first_on_promo": Timing.AT_RECRUITMENT, "tenure_months": Timing.CLOCK,
    "recency_days": Timing.WARNING, "orders": Timing.WARNING, "purchase_days": Timing.WARNING, "amount": Timing.WARNING,
    "amount_12m": Timing.WARNING, "promo_share": Timing.WARNING, "categories": Timing.WARNING, "state": Timing.OUTCOME,
}  # fmt: skip
_STARTS = (Role.SIGNUP_DATE, Role.START_DATE, Role.FIRST_PURCHASE_DATE)


@dataclass(frozen=True, slots=True)
class Grouping:
    """How to split `customers`: `sql` is an expression over the table that gives the group's word, or NULL.

    Args:
        name: the field as it was asked for.
        title: how to call it in a sentence.
        sql: a VARCHAR expression over `customers`.
        timing: when the field is known.
        cohort: the groups are years of recruitment, so they have had unequal time to leave.
    """

    name: str
    title: Text
    sql: str
    timing: Timing = Timing.UNKNOWN
    cohort: bool = False


def grouping(study: Study, by: str) -> Grouping:
    """Find the field `by` among the customers' columns: header as it stands in the file, or a fixed column's name.

    Numbers with many values are cut at their quartiles, dates by year.

    Raises:
        UserError: there is no such field.
    """
    attribute = study.attribute(by)
    if attribute is not None:
        column = quote(attribute.column)
        sql = _expression(study, column, attribute.type, _profile(study, attribute))
        return Grouping(by, own_title(attribute), sql, attribute.timing, attribute.role in _STARTS)
    if by in _FIXED:
        title, kind = _FIXED[by]
        timing = _FIXED_TIMING.get(by, Timing.UNKNOWN)
        return Grouping(by, title, _expression(study, quote(by), kind, None), timing, kind is ColumnType.DATE)
    raise UserError(
        say(
            "La colonne « {column} » n’existe pas dans ces fichiers : choisissez-en une autre.",
            "There is no column “{column}” in these files: choose another.",
            column=Label(by),
        )
    )


def capital(title: Text) -> Text:
    """The title with a capital, to begin a sentence."""
    return Text(title.fr[:1].upper() + title.fr[1:], title.en[:1].upper() + title.en[1:])


def _profile(study: Study, attribute: Attribute) -> ColumnProfile | None:
    if attribute.derived or not attribute.sources:
        return None
    file, header = attribute.sources[0]
    for table in study.model.tables:
        if table.file == file:
            return next((column for column in table.columns if column.name == header), None)
    return None


def _expression(study: Study, column: str, kind: ColumnType, profile: ColumnProfile | None) -> str:
    if kind is ColumnType.FLAG:
        yes, no = _flag_words(profile)
        return f"CASE WHEN {column} THEN {literal(yes)} WHEN NOT {column} THEN {literal(no)} END"
    if kind is ColumnType.NUMBER:
        return _number_expression(study, column)
    if kind in (ColumnType.DATE, ColumnType.MOMENT):
        return f"CAST(year({column}) AS VARCHAR)"
    return f"CAST({column} AS VARCHAR)"


def _flag_words(profile: ColumnProfile | None) -> tuple[str, str]:
    """The file's own words for true and false (`yes=Oui`, `no=Non` among the column's habits)."""
    habits = dict(h.split("=", 1) for h in profile.habit if "=" in h) if profile is not None else {}
    return habits.get("yes", "true"), habits.get("no", "false")


def _number_expression(study: Study, column: str) -> str:
    where, parameters = study.who()
    distinct, whole, *cuts = study.database.row(
        f"SELECT count(DISTINCT {column}), bool_and({column} = round({column})), quantile_disc({column}, 0.25),"
        f" quantile_disc({column}, 0.5), quantile_disc({column}, 0.75), max({column})"
        f" FROM customers WHERE {where}",
        parameters,
    )
    shown = f"CAST({column} AS BIGINT)" if whole else f"CAST({column} AS DOUBLE)"
    if distinct <= _FEW_NUMBERS:
        return f"CAST({shown} AS VARCHAR)"
    edges = sorted({float(cut) for cut in cuts[:3]})
    cases, before = [], None
    for edge in edges:
        word = f"≤ {_written(edge)}" if before is None else f"{_written(before)} < … ≤ {_written(edge)}"
        cases.append(f"WHEN {column} <= {edge!r} THEN {literal(word)}")
        before = edge
    if before is not None and float(cuts[3]) > before:
        cases.append(f"WHEN {column} > {before!r} THEN {literal(f'> {_written(before)}')}")
    return f"CASE {' '.join(cases)} END"


def _written(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else f"{value:g}"


def small_groups(count: int, few: int) -> tuple[Sentence, ...]:
    """Say how many groups are shown without anything being concluded from them; nothing when there are none."""
    if not count:
        return ()
    return (
        say(
            "Groupes de moins de {few} clients, montrés sans rien en conclure : {count}.",
            "Groups of fewer than {few} customers, shown without concluding anything from them: {count}.",
            count=Estimate("small_groups", count, Unit.COUNT, count), few=Threshold(few, Unit.COUNT),
        ),  # fmt: skip
    )


def timing_caveat(split: Grouping) -> Sentence | None:
    """Say what a gap between groups is worth when the column is known, or shaped, by the departure itself."""
    if split.timing is Timing.CLOCK:
        return say(
            "« {column} » mesure le temps lui-même : qui part tôt reste peu par définition. Voyez plutôt les points "
            "de fuite.",
            "“{column}” measures time itself: whoever leaves early has stayed briefly by definition. See leak "
            "points rather.",
            column=split.title,
        )
    if split.timing is Timing.WARNING:
        return say(
            "« {column} » suit le départ autant qu’il le précède : c’est un signe, pas une raison.",
            "“{column}” follows the departure as much as it precedes it: a sign, not a reason.",
            column=split.title,
        )
    if split.timing is Timing.OUTCOME:
        return say(
            "« {column} » n’est connu qu’après le départ : l’écart entre groupes n’apprend rien.",
            "“{column}” is only known after the departure: the gap between groups teaches nothing.",
            column=split.title,
        )
    return None


NOT_A_CAUSE = say(
    "Cet écart décrit, il n’explique pas : les groupes peuvent différer par bien d’autres côtés.",
    "This gap describes, it does not explain: the groups may differ in many other ways.",
)


def about(study: Study, claim: Sentence) -> Sentence:
    """The claim, preceded by the customers it is about when it is not about all."""
    if not study.segment.conditions:
        return claim
    return say(
        "Clients considérés ({parts}) : {claim}", "Customers looked at ({parts}): {claim}", parts=looked_at(study), claim=claim
    )


def looked_at(study: Study) -> Listing:
    """The conditions on the customers looked at, as a sentence shows them."""
    return Listing(tuple(_condition_said(study, condition) for condition in study.segment.conditions))


def _condition_said(study: Study, condition: Condition) -> Sentence:
    if study.segment.of_purchases(condition, study.attributes):
        bought, said = _field_said(study, condition.field), _values(condition.values)
        if condition.operator in ("!=", "not in"):
            return say("aucun achat avec {field} = {values}", "no purchase with {field} = {values}", field=bought, values=said)
        return say("au moins un achat avec {field} = {values}", "at least one purchase with {field} = {values}", field=bought, values=said)
    if condition.field == "lost" and condition.operator == "=" and len(condition.values) == 1 and isinstance(condition.values[0], bool):
        return say("perdus", "lost") if condition.values[0] else say("encore là", "still here")
    field = _field_said(study, condition.field)
    values = condition.values
    if condition.operator == "between":
        if are_days(values):
            return between_days(field, values)
        low, high = (Label(_value(v)) for v in values)
        return say("{field} entre {low} et {high}", "{field} between {low} and {high}", field=field, low=low, high=high)
    if not values:
        return say("{operator} {field}", "{operator} {field}", operator=OPERATORS[condition.operator], field=field)
    return say("{field} {operator} {values}", "{field} {operator} {values}", field=field,
               operator=OPERATORS[condition.operator], values=_values(values))  # fmt: skip


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def are_days(values: Sequence[object]) -> bool:
    """Whether the values of a condition are days, as a query writes them."""
    return bool(values) and all(isinstance(value, str) and _DAY.fullmatch(value) is not None for value in values)


def between_days(field: Label | Text, values: Sequence[object]) -> Sentence:
    """A column between two days, both included."""
    low, high = (date.fromisoformat(str(value)) for value in values)
    return say("{field} du {low} au {high}", "{field} from {low} to {high}", field=field, low=low, high=high)


def _field_said(study: Study, name: str) -> Label | Text:
    """A column by its header as it stands, a reduced one by its name in the manager's words."""
    attribute = study.attribute(name)
    if attribute is not None:
        return attribute.title if attribute.derived else Label(name)
    if name == "lost":
        return Text("perdus", "lost")
    if name == "customer_id":
        return Text("client", "customer")
    if name in _DATES:
        return _DATES[name]
    if name in BOUGHT_FIELDS:
        return ROLE_NAMES[Role(name)]
    if name == LIST:
        return LIST_TITLE
    return _FIXED[name][0] if name in _FIXED else Label(name)


_DATES = {
    "started": Text("arrivée", "joined"), "first_purchase": Text("premier achat", "first purchase"),
    "last_purchase": Text("dernier achat", "last purchase"), "ended": Text("fin du contrat", "contract end"),
    "lost_on": Text("départ", "left"), "finished_on": Text("arrivé au bout", "finished"),
}  # fmt: skip


def _values(values: tuple[object, ...]) -> Label | Text:
    if len(values) == 1 and isinstance(values[0], bool):
        return Text("oui", "yes") if values[0] else Text("non", "no")
    return Label(" / ".join(_value(v) for v in values))


def _value(value: object) -> str:
    return _written(value) if isinstance(value, float) else str(value)


OPERATORS: dict[str, Text] = {
    "=": Text("=", "="), "!=": Text("≠", "≠"), "in": Text(":", "in"), "not in": Text("hors", "not in"), "<": Text(": moins de", "below"),
    "<=": Text(": au plus", "of at most"), ">": Text(": plus de", "above"), ">=": Text(": au moins", "of at least"), "between": Text("entre", "between"),
    "is null": Text("sans", "without"), "is not null": Text("avec", "with"),  # before the column
}  # fmt: skip
