"""Sales that stand in several lists (lessons and blocks of lessons, the shop and the web): each line says which it is from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.headers import plain
from analytics.datamodel.model import ColumnType, DataModel, TableProfile
from analytics.datamodel.roles import Role
from analytics.loading.words import MONTHS
from vocabulary.language import Text

LIST, LIST_TITLE = "sales_list", Text("fichier", "file")  # of the attribute of purchases
_DATES = re.compile(r"\d+|(?<![a-z])(?:t|q|s|h)(?=\d)|[^a-z]+")
_OF_A_PERIOD = frozenset({*MONTHS, "trimestre", "semestre", "annee", "quarter", "year", "month", "mois", "au", "a", "de", "du", "to", "from"})
_ANY_SALE = frozenset(
    "order orders sale sales purchase purchases transaction transactions invoice invoices receipt receipts line lines item items detail details history export report list data file all "
    "commande commandes vente ventes achat achats facture factures ticket tickets ligne lignes detaillees historique extraction liste donnees fichier journal tout toutes client clients "
    "customer customers the of and by la le les des et par d l csv xlsx feuille sheet document documents operation operations header headers entete entetes "
    "daily weekly monthly quarterly yearly annual quotidien quotidiennes journalier mensuel mensuelles hebdo trimestriel trimestrielles annuel annuelles "
    "current old new recent last first previous next archive archives backup copy copie final version nouveau nouvelles ancien anciennes dernier dernieres premier premieres complet full part "
    "partie total totals totaux revenue revenus amount montant montants ca chiffre affaires paid paye payes net gross brut returns return refunds retours avoirs remboursements "
    "active actifs lost perdus member members membre membres user users subscriber subscribers abonne abonnes adherent adherents donor donors donateur donateurs".split()
)  # what any list of sales is called: no name of one among others


def list_name(profile: TableProfile) -> tuple[str, ...]:
    """The words of the name of a file, and of its sheet, but for those of a period.

    Args:
        profile: of the table.
    """
    return tuple(word for word in _DATES.sub(" ", plain(_said(profile))).split() if word not in _OF_A_PERIOD)


def _said(profile: TableProfile) -> str:
    return f"{profile.file.rsplit('.', 1)[0]} {profile.sheet or ''}"


def sales_lists(model: DataModel, tables: Iterable[str]) -> dict[str, str]:
    """What each list of sales is called by its file, by table; none when they are one list, or nothing but « sales » names them.

    Args:
        model: what the files mean.
        tables: those that purchases are read from.
    """
    profiles = {profile.table: profile for profile in model.tables}
    said = {table: list_name(profiles[table]) for table in tables}
    common = set.intersection(*map(set, said.values())) if said else set()
    people = {word.rstrip("s") for one in model.bindings if one.role in (Role.CUSTOMER_ID, Role.ACCOUNT_ID) for word in re.findall("[a-z]+", plain(one.name).replace("_", " "))}
    kept = {table: [word for word in words if word not in common | _ANY_SALE and word.rstrip("s") not in people] for table, words in said.items()}
    named = {table: " ".join(_as_written(word, _said(profiles[table])) for word in words) for table, words in kept.items()}
    return {table: name for table, name in named.items() if name} if len(set(named.values())) > 1 else {}


def _as_written(word: str, name: str) -> str:
    """The word with the accents it has in the name of the file."""
    return next((found.lower() for found in re.findall(r"[^\W\d_]+", name) if plain(found) == word), word)


def list_attribute(model: DataModel, names: dict[str, str], column: str) -> Attribute:
    """The column of purchases that says which list a line is from; it explains nothing: what a file is called is the house's own filing.

    Args:
        model: what the files mean.
        names: as `sales_lists` gives them.
        column: of `purchases`.
    """
    sources = tuple((profile.file, "") for profile in model.tables if profile.table in names)
    return Attribute(LIST, LIST_TITLE, column, ColumnType.CATEGORY, None, Timing.UNKNOWN, sources, derived=True)
