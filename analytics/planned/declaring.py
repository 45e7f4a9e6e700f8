"""Shorthand to declare an analysis that is not built yet."""

from __future__ import annotations

from analytics.analysis import Analysis, Need, Parameters
from analytics.datamodel.roles import Role
from vocabulary.language import Text
from vocabulary.sentence import say
from vocabulary.themes import JourneyStage


def need(fr: str, en: str, missing: str, *roles: Role, table: str | None = None, lost: bool = False) -> Need:
    """Something the data must hold, with the sentence that says what would unlock the analysis, in both languages."""
    return Need(missing, say(fr, en), roles, table, lost)


PURCHASES = need(
    "Ajoutez le fichier des achats : une ligne par commande, avec le client, la date et le montant.",
    "Add the purchases file: one row per order, with the customer, the date and the amount.",
    "purchases",
    Role.PURCHASE_DATE,
)
LOST = need(
    "Ajoutez une colonne qui dit qui est parti, une date de fin de contrat, ou l’historique des achats.",
    "Add a column saying who left, a contract end date, or the purchase history.",
    "lost_definition",
    lost=True,
)


def planned(
    name: str,
    row: str,
    stage: JourneyStage,
    title: Text,
    summary: Text,
    fr: tuple[str, str],
    en: tuple[str, str],
    needs: tuple[Need, ...],
    parameters: type[Parameters] = Parameters,
) -> Analysis:
    """An analysis declared without its `run`; `fr` and `en` are its two example questions a language."""
    return Analysis(name, row, stage, title, summary, {"fr": fr, "en": en}, needs, None, parameters)
