"""Groups that are one value written in several ways: said beside every answer split by such a column."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.datamodel.attributes import Attribute
from analytics.datamodel.health import HealthCode
from analytics.datamodel.health.inconsistent_spelling import spellings
from analytics.datamodel.model import Choice, ColumnProfile
from analytics.datamodel.roles import Role
from analytics.study import Study
from vocabulary.finding import Finding
from vocabulary.sentence import Label, Listing, Sentence, say

_ROLES = {  # fixed fields and the role of the column they come from
    "category": Role.CATEGORY, "product": Role.PRODUCT, "store": Role.STORE, "sale_channel": Role.SALE_CHANNEL,
    "channel": Role.ACQUISITION_CHANNEL,
}  # fmt: skip
_SPLIT = {"acquisition_quality": "channel"}  # analyses that split by a column nobody named
_MOST = 3


def spelt_apart(study: Study, field: str) -> tuple[tuple[str, ...], ...]:
    """The values of a field that differ only by capitals, accents, spaces or signs, the most frequent spelling first.

    None where they are read as one, as the manager chose.
    """
    profile = _profile(study, field)
    flagged = profile is not None and any(
        check.check == HealthCode.INCONSISTENT_SPELLING and check.column == profile.name and check.choice is not Choice.APPLY
        for check in study.model.health
    )
    return tuple(spellings(profile)[1]) if profile is not None and flagged else ()


def spelling_caution(study: Study, finding: Finding) -> Sentence | None:
    """Name the spellings that the groups of a finding tell apart; None when its groups are all different things.

    A query split by one column tells itself what they come to together (`explore/merged.py`).
    """
    asked = finding.arguments.get("by") or _SPLIT.get(finding.analysis) or ()
    fields = (asked,) if isinstance(asked, str) else tuple(asked)
    if finding.analysis == "explore" and len(fields) == 1:
        return None
    pairs = [pair for field in fields for pair in spelt_apart(study, field)]
    return None if not pairs else say(
        "{pairs} ne diffèrent que par l’écriture et sont ici comptés à part : s’il s’agit d’une même chose, faites-les lire comme "
        "une seule valeur sur la page des données.",
        "{pairs} differ only by their spelling and are counted apart here: if they are one thing, have them read as one value on "
        "the data page.",
        pairs=Listing(tuple(named(pair) for pair in pairs[:_MOST])),
    )  # fmt: skip


def named(pair: Sequence[str]) -> Sentence:
    """The spellings of one value: « PayPal » and « Paypal »."""
    return say("{names}", "{names}", names=Listing(tuple(say("« {name} »", "“{name}”", name=Label(name)) for name in pair)))


def _profile(study: Study, field: str) -> ColumnProfile | None:
    told: list[Attribute] = [a for a in (*study.attributes, *study.purchase_attributes) if a.name == field and a.sources]
    found = study.model.find(_ROLES[field]) if field in _ROLES else None
    file, header = told[0].sources[0] if told else (found.file, found.name) if found is not None else (None, None)
    columns = (column for table in study.model.tables if table.file == file for column in table.columns)
    return next((column for column in columns if column.name == header), None)
