"""How what is counted in one file is called: by the name of the file where it says what its lines are."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from analytics.explore.ended_contracts import until_end
from analytics.explore.exports import same_list
from analytics.explore.parameters import ExploreParameters
from analytics.explore.records import bare, called, records_of
from analytics.study import Study
from vocabulary.language import Text


def _files(study: Study, parameters: ExploreParameters) -> Text:
    """The names of the files whose lines are looked at, in quotes; with many, the first and how many more hold the same list."""
    profile = records_of(study, str(parameters.table)).profile
    parts = same_list(study, profile)
    names = [bare(called(part, study)) for part in parts] if len(parts) > 1 else [bare(str(parameters.table))]
    if len(names) > _MOST_NAMED:
        more = len(names) - 1
        return Text(f"«\u00a0{names[0]}\u00a0» et {more}\u00a0fichiers semblables", f"“{names[0]}” and {more} files like it")
    return Text(" et ".join(f"«\u00a0{name}\u00a0»" for name in names), " and ".join(f"“{name}”" for name in names))


_MOST_NAMED = 2


def measured_title(study: Study, parameters: ExploreParameters) -> Text | None:
    """What is counted, by the name of its file."""
    if parameters.measure == "distinct" and _names_customers(study, parameters):
        files = _files(study, parameters)
        return Text(f"nombre de clients de {files.fr}", f"number of customers in {files.en}")
    if parameters.measure == "distinct" and _held_by(study, parameters) is Role.ORDER_ID:
        files = _files(study, parameters)
        return Text(f"nombre de commandes de {files.fr}", f"number of orders in {files.en}")
    if parameters.measure == "delay" and parameters.column is not None:
        since, until = parameters.since, parameters.column
        some = Text(", de ce qui est terminé", ", of those that have ended") if until_end(study, parameters) else Text("", "")
        return Text(f"délai moyen en jours, de «\u00a0{since}\u00a0» à «\u00a0{until}\u00a0»{some.fr}", f"mean delay in days, from “{since}” to “{until}”{some.en}")
    if parameters.measure == "total_per_customer" and parameters.column is None:
        files = _files(study, parameters)
        return Text(f"nombre moyen de lignes de {files.fr} par client qui en a", f"average number of rows of {files.en} per customer who has any")
    if parameters.measure not in ("records", "share_records"):
        return None
    files = _files(study, parameters)
    if parameters.measure == "records":
        rows = Text("", "") if names_its_lines(bare(str(parameters.table))) else Text("lignes de ", "rows of ")
        return Text(f"nombre de {rows.fr}{files.fr}", f"number of {rows.en}{files.en}")
    return Text(f"part des lignes de {files.fr}", f"share of the rows of {files.en}")


_OF_LINES = re.compile(r"[a-zà-ÿ][a-zà-ÿ_-]{2,}s")
_OF_NO_LINE = re.compile(r"(?:clients?|customers?|data|donnees|details|stats|statistiques|analytics|business|sales|ventes)s?")
_PAID = re.compile(
    r"payments?|paiements|reglements|encaissements|donations|dons|gifts|cotisations|contributions|receipts|recus|invoices|factures|bookings|reservations|rentals|locations|stays|sejours|nuits"
    r"|visits|visites|appointments|rendez_?vous|consultations|repairs|interventions|prestations|rides|courses|billets|tickets|admissions|entries|entrees|cours|lessons|sessions|seances"
)


def names_its_lines(name: str) -> bool:
    """Whether a file is called by what its lines are: « checkins », « interventions »; an export or a list of customers is not.

    Args:
        name: of the file, without its ending.
    """
    return bool(_OF_LINES.fullmatch(name.lower())) and not _OF_NO_LINE.fullmatch(name.lower())


def sold_as(study: Study) -> Text | None:
    """What purchases are called where one file holds them all and is called by another word than orders: « payments », « dons »."""
    sold = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE}
    files = [bare(profile.file) for profile in study.model.tables if profile.table in sold]
    return Text(f"«\u00a0{files[0]}\u00a0»", f"“{files[0]}”") if len(files) == 1 and _PAID.fullmatch(files[0].lower()) else None


def _names_customers(study: Study, parameters: ExploreParameters) -> bool:
    return _held_by(study, parameters) is Role.CUSTOMER_ID


def _held_by(study: Study, parameters: ExploreParameters) -> Role | None:
    """What the column that is counted means."""
    records = records_of(study, str(parameters.table))
    column = next((held.column for held in records.profile.columns if held.name == parameters.column), None)
    return records.roles.get(column) if column is not None else None
