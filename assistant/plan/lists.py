"""Target lists: who may be written to, on which channel, with a control group held out. The only way a list leaves.

Rules, applied last and denying by default (GDPR; CNIL on prospecting): a channel's contact data leave only for customers
whose consent column says yes for that channel (the most restrictive wins when a customer has several rows); without any
consent column, ids and reasons only, unless the manager declares a basis; nobody silent for more than three years.
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

from analytics.datamodel.model import Binding
from analytics.datamodel.roles import Role
from analytics.segment import Segment
from analytics.study import Study
from analytics.workspace import quote
from assistant.documents.safe import safe_text
from assistant.documents.writing import write_whole
from assistant.plan.plan import Plan, PlannedAction
from vocabulary.language import Language, Text

_YEARS = 3
_YES = frozenset({
    "oui", "o", "yes", "y", "true", "vrai", "1", "1.0", "opt-in", "optin", "opt in", "subscribed", "abonné", "abonne",
    "accepté", "accepte", "accepted", "consent", "granted", "x", "✓",
})  # fmt: skip
_CHANNELS = (
    ("email", Role.EMAIL, Role.CONSENT_EMAIL),
    ("sms", Role.PHONE, Role.CONSENT_SMS),
    ("telephone", Role.PHONE, Role.CONSENT_PHONE),
)
_HEADS = {
    "customer": Text("id_client", "customer_id"),
    "email": Text("email", "email"),
    "sms": Text("mobile_sms", "sms_number"),
    "telephone": Text("telephone", "phone"),
    "reason": Text("raison", "reason"),
}


@dataclass(frozen=True, slots=True)
class TargetList:
    """A list ready to write.

    Args:
        rows: one a customer to contact, heads first. held_out: ids of the control group.
        without_consent: left out because no channel may be used. too_old: silent for more than three years.
        contact_data: whether addresses are in it.
    """

    rows: tuple[tuple[str, ...], ...]
    held_out: tuple[str, ...]
    without_consent: int
    too_old: int
    contact_data: bool


def target_list(planned: PlannedAction, study: Study, language: Language, *, consent_basis: str | None = None) -> TargetList:
    """Give the list of one action, consent and control group applied."""
    ids, last = _targets(planned, study)
    fresh = [i for i in ids if (seen := last[i]) is None or (study.as_of - seen).days <= _YEARS * 365]
    channels = _allowed(study, consent_basis)
    has_consent = any(study.model.find(consent) for _, _, consent in _CHANNELS)
    reachable = {name: _contacts(study, contact, consent) for name, contact, consent in channels}
    allowed = [i for i in fresh if not has_consent or any(i in people for people in reachable.values())]
    held = _drawn(allowed, planned.action.control_group, planned.action.id)
    reason = planned.action.title.render(language, study.model.currency)
    names = [name for name in reachable if reachable[name]]
    heads = tuple(_HEADS[name].in_(language) for name in ("customer", *names, "reason"))
    rows = tuple(
        (i, *(reachable[name].get(i, "") for name in names), reason) for i in allowed if i not in held
    )
    return TargetList((heads, *rows), tuple(i for i in allowed if i in held), len(fresh) - len(allowed), len(ids) - len(fresh), bool(names))


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
    """Give each list's file name and bytes, and those of its control group, apart."""
    suffix = "temoin" if language == "fr" else "control"
    for position, planned in enumerate(plan.actions, start=1):
        made = target_list(planned, study, language, consent_basis=consent_basis)
        name = f"{position:02d}-{re.sub('[^a-z0-9-]', '', planned.action.id.lower())}"
        yield f"{name}.csv", list_csv(made.rows, language)
        if made.held_out:
            head = (_HEADS["customer"].in_(language),)
            yield f"{name}-{suffix}.csv", list_csv([head, *((i,) for i in made.held_out)], language)


def _targets(planned: PlannedAction, study: Study) -> tuple[list[str], dict[str, date | None]]:
    where, given = Segment.from_json(planned.action.segment).sql(study.attributes)
    rows = study.database.rows(
        f"SELECT customer_id, coalesce(last_purchase, started) FROM customers WHERE {where} ORDER BY customer_id", given
    )
    return [str(row[0]) for row in rows], {str(row[0]): row[1] for row in rows}


def _allowed(study: Study, consent_basis: str | None) -> list[tuple[str, Role, Role | None]]:
    """Channels whose contact data may leave, with the consent column that says for whom (None: the basis declared)."""
    found: list[tuple[str, Role, Role | None]] = []
    for name, contact, consent in _CHANNELS:
        if study.model.find(consent) is not None:
            found.append((name, contact, consent))
        elif consent_basis and contact is Role.EMAIL and not any(study.model.find(c) for _, _, c in _CHANNELS):
            found.append((name, contact, None))
    return found


def _contacts(study: Study, contact: Role, consent: Role | None) -> dict[str, str]:
    """Customer -> address for those who may be reached; an empty address when the file holds none."""
    agreed = study.model.find(consent) if consent is not None else None
    address = study.model.find(contact, table=agreed.table) if agreed else study.model.find(contact)
    holder = agreed or address
    who = study.model.find(Role.CUSTOMER_ID, table=holder.table) if holder else None
    if holder is None or who is None:
        return {}
    refused: set[str] = set()
    people: dict[str, str] = {}
    for customer, said, where in study.database.rows(_contact_sql(holder.table, who, agreed, address)):
        key = str(customer)
        if agreed is not None and not _says_yes(said):
            refused.add(key)
        elif where or address is None:
            people.setdefault(key, str(where or ""))
    return {key: value for key, value in people.items() if key not in refused}


def _contact_sql(table: str, who: Binding, agreed: Binding | None, address: Binding | None) -> str:
    said = quote(agreed.column) if agreed else "NULL"
    where = quote(address.column) if address else "NULL"
    return f"SELECT {quote(who.column)}, {said}, {where} FROM {quote(table)} WHERE {quote(who.column)} IS NOT NULL"


def _says_yes(said: object) -> bool:
    return said is True or (said is not None and str(said).strip().lower() in _YES)


def _drawn(ids: list[str], size: int, salt: str) -> frozenset[str]:
    """The control group: the smallest hashes, the same whenever the list is written."""
    ordered = sorted(ids, key=lambda i: hashlib.blake2b(f"{salt}:{i}".encode(), digest_size=8).digest())
    return frozenset(ordered[: min(size, len(ids) // 2)])
