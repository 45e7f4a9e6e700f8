"""Target lists: who may be written to, on which channel, with a control group held out. The only way a list leaves.

Rules, applied last and denying by default (GDPR; CNIL on prospecting): a channel's contact data leave only for customers
whose consent says yes for that channel (`consent.py`); without any consent column, ids and reasons only, unless the manager
declares a basis; whoever opted out is in no list; nobody whose last sign is more than three years old.

A customer belongs to one action of a plan, the first of its order that targets them, be it to be contacted or held out: nobody
gets two letters from one plan, and a control group written to by another action would compare contacted with contacted.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.importing import corrections_of
from analytics.measures.consent import CHANNELS, Consents, addresses, read_consents
from analytics.segment import Segment
from analytics.study import Study
from assistant.documents.safe import safe_text
from assistant.documents.writing import write_whole
from assistant.plan.plan import Plan, PlannedAction
from vocabulary.language import Language, Text
from vocabulary.themes import JourneyStage

_YEARS = 3
_HEADS = {
    "customer": Text("id_client", "customer_id"),
    "email": Text("email", "email"),
    "sms": Text("mobile_sms", "sms_number"),
    "telephone": Text("telephone", "phone"),
    "reason": Text("raison", "reason"),
}
# The last sign of a customer still under contract is today; of another, the latest of what is dated.
_TARGETS = """
SELECT customer_id, CASE WHEN lost IS FALSE AND last_purchase IS NULL THEN NULL
  ELSE greatest(last_purchase, ended, CASE WHEN last_purchase IS NULL THEN coalesce(lost_on, started) END) END
FROM customers WHERE {where} ORDER BY customer_id
"""


@dataclass(frozen=True, slots=True)
class TargetList:
    """A list ready to write.

    Args:
        rows: one a customer to contact, heads first. held_out: ids of the control group.
        without_consent: left out because no channel may be used, or because they opted out.
        too_old: last heard of more than three years ago. contact_data: whether addresses are in it.
        elsewhere: left out because an earlier action of the same plan contacts them or holds them out.
    """

    rows: tuple[tuple[str, ...], ...]
    held_out: tuple[str, ...]
    without_consent: int
    too_old: int
    contact_data: bool
    elsewhere: int = 0

    @property
    def to_contact(self) -> int:
        """Customers to contact: the rows without their heads."""
        return len(self.rows) - 1


def target_list(planned: PlannedAction, study: Study, language: Language, *, consent_basis: str | None = None) -> TargetList:
    """Give the list of one action by itself, consent and control group applied."""
    return _target_list(planned, study, language, read_consents(study), consent_basis, set())


def target_lists(
    plan: Plan, study: Study, language: Language, *, consent_basis: str | None = None
) -> Iterator[tuple[int, PlannedAction, TargetList]]:
    """Give the list of each action of a plan that writes to customers, with its position from one; no customer is in two."""
    consents, taken = read_consents(study), set[str]()
    for position, planned in enumerate(plan.actions, start=1):
        if planned.action.stage is not JourneyStage.RECRUITMENT:  # it is about those to come: nobody is to be written to
            yield position, planned, _target_list(planned, study, language, consents, consent_basis, taken)


def lists_by_action(plan: Plan, study: Study, language: Language) -> dict[str, TargetList]:
    """Action id -> its list in the plan, for the documents that say how many it holds (the basis declared changes no count)."""
    return {planned.action.id: made for _, planned, made in target_lists(plan, study, language)}


def _target_list(
    planned: PlannedAction, study: Study, language: Language, consents: Consents, consent_basis: str | None, taken: set[str]
) -> TargetList:
    """The list of one action; `taken` holds the customers of the actions before it, and takes those of this one."""
    ids = _targets(planned, study)
    today = _today(study)
    fresh = [customer for customer, seen in ids if seen is None or (today - seen).days <= _YEARS * 365]
    may = _reachable(consents, fresh, consent_basis)
    open_to = [i for i in fresh if not consents.closed(i)]
    allowed = [i for i in open_to if i not in taken]
    taken.update(allowed)
    held = _drawn(allowed, planned.action.control_group, planned.action.id)
    reason = planned.action.title.render(language, study.model.currency)
    known = {name: addresses(study, name) for name in CHANNELS if may.get(name)}
    names = [name for name in known if known[name]]
    heads = tuple(_HEADS[name].in_(language) for name in ("customer", *names, "reason"))
    rows = tuple(
        (i, *(known[name].get(i, "") if i in may[name] else "" for name in names), reason) for i in allowed if i not in held
    )
    return TargetList(
        (heads, *rows), tuple(i for i in allowed if i in held), len(fresh) - len(open_to), len(ids) - len(fresh), bool(names),
        len(open_to) - len(allowed),
    )  # fmt: skip


def list_csv(rows: Iterable[Iterable[str]], language: Language) -> bytes:
    """Write rows as a spreadsheet of that language opens them: BOM, `;` in French, nothing that runs."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
    writer.writerows([safe_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_lists(
    folder: Path, plan: Plan, study: Study, language: Language, *, consent_basis: str | None = None
) -> tuple[Path, ...]:
    """Write one list an action, and its control group apart, so that nobody writes to it by mistake."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in list_files(plan, study, language, consent_basis=consent_basis):
        write_whole(folder / name, data)
        written.append(folder / name)
    return tuple(written)


def list_files(
    plan: Plan, study: Study, language: Language, *, consent_basis: str | None = None
) -> Iterator[tuple[str, bytes]]:
    """Give each list's file name and bytes, and those of its control group, apart; then a text of who was left out, and why."""
    suffix = "temoin" if language == "fr" else "control"
    told = []
    for position, planned, made in target_lists(plan, study, language, consent_basis=consent_basis):
        name = f"{position:02d}-{re.sub('[^a-z0-9-]', '', planned.action.id.lower())}"
        yield f"{name}.csv", list_csv(made.rows, language)
        if made.held_out:
            head = (_HEADS["customer"].in_(language),)
            yield f"{name}-{suffix}.csv", list_csv([head, *((i,) for i in made.held_out)], language)
        told.append(_LEFT_OUT.in_(language).format(
            name=name, title=planned.action.title.render(language, study.model.currency), to_contact=made.to_contact,
            control=len(made.held_out), refused=made.without_consent, old=made.too_old, elsewhere=made.elsewhere,
        ))  # fmt: skip
    if consent_basis:
        told.append(_BASIS.in_(language).format(basis=consent_basis))
    yield ("bilan.txt" if language == "fr" else "summary.txt"), ("\n".join(told) + "\n").encode("utf-8-sig")


_LEFT_OUT = Text(
    "{name}.csv — {title}\n  à contacter\u00a0: {to_contact}\u202f; groupe témoin\u00a0: {control}\u202f; écartés faute d’accord\u00a0: "
    "{refused}\u202f; écartés après trois ans sans signe\u00a0: {old}\u202f; "
    "laissés à une action placée avant, qui les contacte ou les garde comme témoins\u00a0: {elsewhere}",
    "{name}.csv — {title}\n  to contact: {to_contact}; control group: {control}; left out for want of consent: {refused}; left out "
    "after three years without a sign: {old}; left to an action placed before, which contacts or holds them out: {elsewhere}",
)
_BASIS = Text("Base déclarée pour écrire à ces clients\u00a0: {basis}", "Basis declared for writing to these customers: {basis}")


def _targets(planned: PlannedAction, study: Study) -> list[tuple[str, date | None]]:
    """The customers of an action, with the day of their last sign; None when nothing is dated, or they are here today."""
    where, given = Segment.from_json(planned.action.segment).sql(study.attributes)
    return [(str(row[0]), row[1]) for row in study.database.rows(_TARGETS.format(where=where), given)]


def _today(study: Study) -> date:
    """The day the three years are counted from: the date the manager set, else the real one, however old the files."""
    return corrections_of(study.database).as_of or max(study.as_of, date.today())


def _reachable(consents: Consents, customers: list[str], consent_basis: str | None) -> dict[str, frozenset[str]]:
    """Channel -> customers whose address may leave. A basis declared opens e-mail only, where no consent was ever asked."""
    if consents.asked:
        return {channel: consents.agreed[channel] for channel in CHANNELS if channel in consents.asked}
    return {"email": frozenset(customers) - consents.refused["email"]} if consent_basis else {}


def _drawn(ids: list[str], size: int, salt: str) -> frozenset[str]:
    """The control group: the smallest hashes, the same whenever the list is written."""
    ordered = sorted(ids, key=lambda i: hashlib.blake2b(f"{salt}:{i}".encode(), digest_size=8).digest())
    return frozenset(ordered[: min(size, len(ids) // 2)])
