"""What a file lacks for a query of its lines to be answered."""

from __future__ import annotations

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.explore.ended_contracts import share_of_ended
from analytics.explore.fields import LATE, PERIODS
from analytics.explore.lateness import due_and_met
from analytics.explore.measures import STATISTICS
from analytics.explore.parameters import ExploreParameters, Seen
from analytics.explore.records import CLOSED, ENDED, Records, bare, looked_at_in, records_of
from analytics.study import Study
from vocabulary.finding import NotApplicable
from vocabulary.sentence import Label, say


def cannot_count(study: Study, parameters: ExploreParameters) -> NotApplicable | None:
    """What is missing for a query of a table to be answered, or None."""
    records = looked_at_in(study, parameters)
    dated = parameters.period or parameters.compare or any(name in PERIODS for name in parameters.by)
    if dated and records.clock is None:
        return NotApplicable("explore", "event_date", _CANNOT, _DATE)
    if parameters.stock and (records.opened is None or records.of_role(*ENDED) is None):
        return NotApplicable("explore", "two_dates", _CANNOT, _DATES)
    if any(name in PERIODS for name in parameters.by) and share_of_ended(study, parameters):
        return NotApplicable("explore", "period", _NO_SERIES, _ONE_PERIOD)  # those begun in a year, whenever they end, are no rate of that year
    unlinked = _of_unlinked(study, parameters, records)
    if unlinked is not None:
        return unlinked
    if parameters.measure == "delay" and parameters.column is not None:
        held = {column.name for column in records.profile.columns if column.type is ColumnType.DATE}
        return None if {parameters.column, parameters.since} <= held else NotApplicable("explore", "two_dates", _CANNOT, _DATES)
    if parameters.measure == "delay" and (records.opened is None or records.of_role(*CLOSED) is None):
        return NotApplicable("explore", "resolved_date", _CANNOT, _END)
    if parameters.measure == "nps" and records.of_role(Role.NPS) is None:
        return NotApplicable("explore", "nps", _CANNOT, _NPS)
    if parameters.measure == "total_per_customer" and records.of_role(Role.CUSTOMER_ID) is None:
        return NotApplicable("explore", "customer_id", _CANNOT, _WHOSE)
    if parameters.measure in STATISTICS or (parameters.measure == "total_per_customer" and parameters.column is not None):
        column = next((c for c in records.profile.columns if c.name == parameters.column), None)
        if parameters.column == LATE and due_and_met(records) is not None:
            return None
        if column is None or column.type is not ColumnType.NUMBER:
            return NotApplicable("explore", "number_column", _CANNOT, _NUMBER)
    return None


def cannot_see(study: Study, seen: Seen) -> NotApplicable | None:
    """What a file lacks to say which customers its lines are of, or when; None when it can.

    Args:
        study: the data.
        seen: the file, the days and the conditions of its lines.
    """
    records = records_of(study, seen.table)
    if records.of_role(Role.CUSTOMER_ID) is None:
        return NotApplicable("explore", "customer_id", _CANNOT, _WHOSE)
    return NotApplicable("explore", "event_date", _CANNOT, _DATE) if seen.period is not None and records.clock is None else None


def _of_unlinked(study: Study, parameters: ExploreParameters, records: Records) -> NotApplicable | None:
    """That the lines name no customer, where a query narrows or splits them by what customers are: none of them would be of any."""
    if records.of_role(Role.CUSTOMER_ID) is not None:
        return None
    own = {column.name for column in records.profile.columns} | {*PERIODS, LATE}
    asked = [*parameters.by, *(condition.field for condition in (*parameters.segment, *parameters.purchase_filter, *parameters.part))]
    theirs = next((name for name in asked if name not in own), None)
    if theirs is None:
        return None
    why = say(
        "«\u00a0{file}\u00a0» n’est relié à aucun fichier de clients : ses lignes ne peuvent pas être comptées par «\u00a0{column}\u00a0».",
        "“{file}” is linked to no file of customers: its rows cannot be counted by “{column}”.",
        file=Label(bare(str(parameters.table))), column=Label(theirs),
    )  # fmt: skip
    return NotApplicable("explore", "customer_id", why, _LINK)


_CANNOT = say("Ce fichier ne porte pas cette mesure.", "This file does not hold this measure.")
_DATE = say("Une colonne de date dans ce fichier.", "A date column in this file.")
_DATES = say("Deux colonnes de dates dans ce fichier.", "Two date columns in this file.")
_END = say("La date à laquelle chaque demande a été close, ou chaque commande livrée.", "The date each request was closed, or each order delivered.")
_NPS = say("Une note de recommandation de zéro à dix.", "A recommendation score from nought to ten.")
_LINK = say(
    "Dites, dans la vérification des colonnes, laquelle porte l’identifiant du client dans ce fichier.",
    "Say, in the check of the columns, which one holds the customer’s id in this file.",
)
_NO_SERIES = say(
    "La part des contrats qui ont pris fin ne se compte pas de période en période : ceux qui commencent une année finissent les suivantes.",
    "The share of contracts that ended is not counted from period to period: those begun in one year end in the next ones.",
)
_ONE_PERIOD = say(
    "Nommez une période : la part des contrats en cours à son début qui y ont pris fin. Le taux de départ des clients se demande par an.",
    "Name one period: the share of the contracts in force when it begins that ended in it. The customers’ churn rate may be asked by year.",
)
_WHOSE = say("Une colonne qui dit de quel client est chaque ligne.", "A column saying which customer each row is of.")
_NUMBER = say("Nommez une colonne de nombres de ce fichier.", "Name a column of numbers of this file.")
