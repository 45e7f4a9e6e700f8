"""How each defect moves the headline: the figure with it, the figure without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analytics.datamodel.dates import EARLIEST, decides
from analytics.datamodel.health import HealthCode
from analytics.datamodel.model import ColumnProfile, ColumnType, DataModel, Effect, HealthCheck
from analytics.datamodel.roles import Role
from analytics.datamodel.values import DATES
from analytics.measures.groups import capital
from analytics.measures.headline import Headlines
from analytics.workspace import Database, DatabaseError, literal, quote
from vocabulary.estimate import Estimate
from vocabulary.language import Text
from vocabulary.sentence import say

_TITLES = {
    "lost_rate": Text("part des clients perdus", "share of customers lost"),
    "revenue": Text("chiffre d’affaires", "revenue"),
    "average_basket": Text("panier moyen", "average basket"),
    "customers": Text("nombre de clients", "number of customers"),
}
_LEAST = {"lost_rate": 0.001, "revenue": 0.0005, "average_basket": 0.001, "customers": 0.0005}
_AS_ONE = frozenset({HealthCode.INCONSISTENT_SPELLING, HealthCode.DUPLICATE_CUSTOMERS})  # nobody is left out: several become one
_SWITCHED = frozenset({HealthCode.AMBIGUOUS_DATES})  # nothing is counted or left out: it is read otherwise


def with_effects(database: Database, model: DataModel) -> DataModel:
    """The model, its checks with their effect on the headline where they have one.

    Args:
        database: the loaded tables as they were read, writable or not.
        model: what they mean; its rule for lost is the same with the defect and without.
    """
    if not any(_measurable(check) for check in model.health):
        return model
    headlines = Headlines(database, model)
    base = headlines.count()
    return replace(model, health=tuple(_measured(headlines, base, check, model) for check in model.health))


def _measurable(check: HealthCheck) -> bool:
    return check.effect is None and (bool(check.remedy) or check.check in _BY_CODE)


_BY_CODE = frozenset({HealthCode.FUTURE_DATES, HealthCode.IMPOSSIBLE_DATES, HealthCode.ROWS_WITHOUT_CUSTOMER})


def _measured(headlines: Headlines, base: dict[str, Estimate], check: HealthCheck, model: DataModel) -> HealthCheck:
    if not _measurable(check):
        return check
    if check.check == HealthCode.ROWS_WITHOUT_CUSTOMER:
        return replace(check, effect=_unnamed(base))
    if check.check in (HealthCode.FUTURE_DATES, HealthCode.IMPOSSIBLE_DATES):
        return _with_those_ahead(headlines, base, check, model)
    try:
        without = headlines.count(dict(check.remedy))
    except DatabaseError:  # a remedy that cannot be run on these tables is not proposed
        return replace(check, remedy=())
    how = _SWITCHED_WORDS if check.check in _SWITCHED else _AS_ONE_WORDS if check.check in _AS_ONE else _COUNTED_WORDS
    moved = _moved(base, without, how)
    return replace(check, effect=moved[0], others=tuple(moved[1:])) if moved else check


def _moved(kept: Mapping[str, Estimate], without: Mapping[str, Estimate], how: Text) -> list[Effect]:
    """The figures that move enough to be read, the one that moves most first."""
    effects = [_effect(name, kept[name], without[name], how) for name in _TITLES if name in kept and name in without]
    return sorted((effect for effect in effects if effect.size >= _LEAST[effect.name]), key=lambda effect: -effect.size)


def _effect(name: str, kept: Estimate, without: Estimate, how: Text) -> Effect:
    title = _TITLES[name] if how is _SWITCHED_WORDS else capital(_TITLES[name])
    return Effect(name, kept, without, say(how.fr, how.en, title=title, kept=kept, without=without))


_SWITCHED_WORDS = Text(
    "Lues dans l’autre ordre : {title} {without}, au lieu de {kept}.", "Read the other way: {title} {without}, instead of {kept}."
)
_COUNTED_WORDS = Text("{title} : {kept} en les comptant, {without} sans.", "{title}: {kept} counting them, {without} without.")
_AS_ONE_WORDS = Text(
    "{title} : {kept} si chaque écriture compte à part, {without} si elles n’en font qu’une.",
    "{title}: {kept} if each way of writing counts apart, {without} if they are one.",
)


def _unnamed(base: Mapping[str, Estimate]) -> Effect | None:
    if "revenue" not in base or base["known_revenue"].value in (0, base["revenue"].value):
        return None  # nobody is known, or everybody
    kept, without = base["revenue"], replace(base["known_revenue"], name="revenue")
    said = say(
        "Chiffre d’affaires : {kept} toutes ventes comptées, {without} pour les seuls clients connus.",
        "Revenue: {kept} over all sales, {without} from known customers only.",
        kept=kept, without=without,
    )  # fmt: skip
    return Effect("revenue", kept, without, said)


def _with_those_ahead(headlines: Headlines, base: Mapping[str, Estimate], check: HealthCheck, model: DataModel) -> HealthCheck:
    """The share lost if today were the latest date written in the file, as a careless reading would have it; and the sales set aside."""
    column = next(
        (c for table in model.tables if table.file == check.file for c in table.columns if c.name == check.column), None
    )
    if column is not None and check.check == HealthCode.IMPOSSIBLE_DATES:
        check = _with_those_of_no_day(headlines, base, check, column, model)
    if column is None or column.high is None or column.high <= model.as_of.toordinal() or check.effect is not None:
        return check
    roles = {binding.role for binding in model.bindings if (binding.file, binding.name) == (check.file, check.column)}
    if not any(decides(role, {binding.role for binding in model.bindings}) for role in roles):
        return check  # birthdays or sign-ups ahead: silences are counted from purchases, nothing would move
    naive = headlines.count(as_of=model.as_of.fromordinal(int(column.high)))
    moved = [effect if effect.name != "lost_rate" else _trusted(effect) for effect in _moved(naive, base, _COUNTED_WORDS)]
    moved.sort(key=lambda effect: effect.name != "lost_rate")
    return replace(check, effect=moved[0], others=tuple(moved[1:])) if moved else check


def _with_those_of_no_day(headlines: Headlines, base: Mapping[str, Estimate], check: HealthCheck, column: ColumnProfile, model: DataModel) -> HealthCheck:
    """The sales left out for a day that cannot be: what they come to, had they the last day of the file."""
    if column.low is None or column.low >= EARLIEST.toordinal() or column.type not in DATES:
        return check
    sold = [b for b in model.bindings if (b.file, b.name) == (check.file, check.column) and b.role is Role.PURCHASE_DATE]
    if not sold:
        return check
    name, kind = quote(column.column), "DATE" if column.type is ColumnType.DATE else "TIMESTAMP"
    day = f"CASE WHEN {name} < {literal(EARLIEST)} THEN CAST({literal(model.as_of)} AS {kind}) ELSE {name} END"
    table = sold[0].table
    dated = headlines.count({table: f"SELECT t.rowid AS rowid, t.* REPLACE ({day} AS {name}) FROM {quote(table)} t"})
    moved = [effect for effect in _moved(dated, base, _COUNTED_WORDS) if effect.name == "revenue"]
    return replace(check, effect=moved[0]) if moved else check


def _trusted(effect: Effect) -> Effect:
    return replace(effect, said=say(
        "Part des clients perdus : {without} ; elle serait de {kept} si l’on s’y fiait.",
        "Share of customers lost: {without}; it would be {kept} if they were trusted.",
        kept=effect.kept, without=effect.without,
    ))  # fmt: skip

