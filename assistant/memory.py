"""What is remembered from one upload to the next: the manager's corrections, the last diagnosis, its list of exposed customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analytics.churn.last_list import fate
from analytics.datamodel.model import Corrections, LostBasis, TableProfile
from analytics.statistics.intervals import wilson
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Finding
from vocabulary.sentence import Sentence, say

_SAME_PEOPLE = 0.5  # of the list: fewer found again, and the files are about others


@dataclass(frozen=True, slots=True)
class Memory:
    """The last diagnosis made on other data: as of when, by which rule for lost, and what it said."""

    as_of: date
    basis: LostBasis
    days: int | None
    findings: tuple[Finding, ...]

    def finding(self, analysis: str) -> Finding | None:
        """The finding of that analysis, or None."""
        return next((finding for finding in self.findings if finding.analysis == analysis), None)


def carried(before: Corrections, tables: Sequence[TableProfile], headers: Mapping[str, Sequence[str]]) -> Corrections:
    """The corrections that still make sense for other files: those of a file of the same name, or of the same columns.

    Args:
        before: what was corrected in the data held so far.
        tables: those data.
        headers: columns of each new file, by name.
    """
    known = {table.file: {column.name for column in table.columns} for table in tables}
    new = {old: name for old in known for name in headers if name == old or set(headers[name]) == known[old]}
    columns = {
        new[old]: {header: role for header, role in roles.items() if header in headers[new[old]]}
        for old, roles in before.columns.items() if old in new
    }  # fmt: skip
    there = {header for names in headers.values() for header in names}
    return replace(
        before,
        tables={new[old]: kind for old, kind in before.tables.items() if old in new},
        columns={file: roles for file, roles in columns.items() if roles},
        lost_column=before.lost_column if before.lost_column in there else None,
        as_of=None,  # a date is about the files it was given for
        money=before.money if before.money.date in (None, *there) else replace(before.money, date=None),
    )


def since(memory: Memory, study: Study, now: Sequence[Finding]) -> tuple[Sentence, ...]:
    """What changed since the last diagnosis, and whether its list of exposed customers was right.

    Args:
        memory: the last diagnosis.
        study: the present data.
        now: present findings, `lost_definition` among them. Nothing is said of files that are not later, or about others.
    """
    listed = memory.finding("at_risk")
    ids = {str(item["customer"]): float(item["score"]) for item in listed.items} if listed else {}
    met = fate(study, list(ids)) if ids else None
    if study.as_of <= memory.as_of or (met is not None and len(met.found) < _SAME_PEOPLE * len(ids)):
        return ()
    said = [_base(memory, now), _rate(memory, study, now)]
    if met is not None and met.found:
        expected = sum(ids[name] for name in met.found)
        said.append(_list(len(met.found), len(met.lost), expected))
    return tuple(sentence for sentence in said if sentence is not None)


def _measure(findings: Sequence[Finding], analysis: str, name: str) -> Estimate | None:
    found = next((finding for finding in findings if finding.analysis == analysis), None)
    return next((measure for measure in found.measures if measure.name == name), None) if found else None


def _base(memory: Memory, now: Sequence[Finding]) -> Sentence | None:
    before, after = (_measure(findings, "lost_definition", "lost_rate") for findings in (memory.findings, now))
    if before is None or after is None or not before.n or not after.n:
        return None
    return say(
        "{after} clients aujourd’hui, contre {before} au {day}.",
        "{after} customers today, against {before} as of {day}.",
        after=Estimate("customers", after.n, Unit.CUSTOMERS, after.n), day=memory.as_of,
        before=Estimate("customers_before", before.n, Unit.CUSTOMERS, before.n),
    )  # fmt: skip


def _rate(memory: Memory, study: Study, now: Sequence[Finding]) -> Sentence | None:
    before, after = (_measure(findings, "lost_definition", "lost_rate") for findings in (memory.findings, now))
    if before is None or after is None or before.value is None or after.value is None:
        return None
    if (memory.basis, memory.days) != (study.model.lost.basis, study.model.lost.days):
        return say(
            "La part de clients perdus était de {before}, elle est de {after} ; la règle qui les compte a changé, les deux ne se "
            "comparent pas.",
            "The share of customers lost was {before}, it is {after}; the rule that counts them has changed, so the two do not "
            "compare.",
            before=before, after=after,
        )  # fmt: skip
    apart = None not in (before.low, before.high, after.low, after.high) and (
        (after.low or 0.0) > (before.high or 0.0) or (after.high or 0.0) < (before.low or 0.0)
    )
    if apart:
        return say(
            "La part de clients perdus passe de {before} à {after} ({after:interval}).",
            "The share of customers lost goes from {before} to {after} ({after:interval}).",
            before=before, after=after,
        )  # fmt: skip
    return say(
        "La part de clients perdus est de {after} ({after:interval}), sans écart net avec {before}.",
        "The share of customers lost is {after} ({after:interval}), with no clear gap from {before}.",
        before=before, after=after,
    )  # fmt: skip


def _list(found: int, lost: int, expected: float) -> Sentence:
    return say(
        "Des {listed} clients que nous disions les plus exposés, {lost} sont perdus aujourd’hui, soit {share} "
        "({share:interval}) ; la liste en annonçait {expected} à terme.",
        "Of the {listed} customers we called the most exposed, {lost} are lost today, that is {share} ({share:interval}); the "
        "list foretold {expected} in time.",
        listed=Estimate("listed", found, Unit.CUSTOMERS, found), lost=Estimate("lost_of_the_list", lost, Unit.CUSTOMERS, found),
        share=wilson(lost, found).estimate("share_of_the_list", Unit.RATIO),
        expected=Estimate("expected_of_the_list", float(round(expected)), Unit.CUSTOMERS, found, method="sum of chances"),
    )  # fmt: skip
