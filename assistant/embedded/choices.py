"""The questions offered when one is unclear: what this study can answer first, on the columns the manager named."""

from __future__ import annotations

from analytics.analysis import Analysis
from analytics.catalog import CATALOG
from analytics.datamodel.model import LostBasis
from analytics.datamodel.roles import Role
from analytics.study import Study
from assistant.embedded import wording
from assistant.embedded.arguments import prepare
from assistant.embedded.columns import Columns
from assistant.embedded.slotted import Slots
from vocabulary.language import Text

MOST = 3
_OF_SHOPS = frozenset({"store_loyalty", "access_limits"})  # asked of shops, by their examples


def can_answer(analysis: Analysis, study: Study) -> bool:
    """Whether an analysis is built and the files hold what it needs."""
    return analysis.run is not None and _held(analysis, study)


def _held(analysis: Analysis, study: Study) -> bool:
    """Whether the files hold what an analysis needs, built or not; shops are told by no region."""
    if analysis.name in _OF_SHOPS and not any(study.model.has((role,)) for role in (Role.STORE, Role.STORE_ID)):
        return False
    for need in analysis.needs:
        lost = not need.lost or study.model.lost.basis is not LostBasis.NONE
        table = need.table is None or need.table in study.tables
        roles = not need.roles or any(study.model.has((role,)) for role in need.roles)
        if not (lost and table and roles):
            return False
    return True


def offered(names: list[str], slots: Slots, question: str, columns: Columns, study: Study) -> tuple[Text, ...]:
    """Two or three full questions, those these files can answer first; what is not built yet only when fewer than two can, never what they do not hold.

    Args:
        names: analyses, most probable first.
        slots: what was read, so that the choices keep its groups and filters.
        question: as typed.
        columns: what the data can be asked about.
        study: the data.
    """
    answerable = {analysis.name for analysis in CATALOG if can_answer(analysis, study)}
    able = [name for name in names if name in answerable]
    unbuilt = {analysis.name for analysis in CATALOG if analysis.run is None and _held(analysis, study)}
    rest = [name for name in names if name in unbuilt]
    chosen = able[:MOST] if len(able) > 1 else [*able, *rest][: max(2, len(able))]
    texts: list[Text] = []
    for name in chosen:
        text = wording.asked(prepare(name, slots, question, {}, columns), columns)
        if text is not None and text not in texts:
            texts.append(text)
    return tuple(texts)

