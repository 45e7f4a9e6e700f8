"""Contracts that come to their end: « combien de contrats arrivent à échéance dans les 3 prochains mois ? », "renewals due in January"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from analytics.datamodel.model import TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.explore.records import called
from analytics.study import Study
from assistant.answer import Reading, Step
from assistant.embedded import wording
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.future_periods import ahead
from assistant.embedded.language import detect_language
from assistant.embedded.measuring import PERSON
from assistant.embedded.periods import Period, find_periods
from assistant.embedded.record_tables import record_tables
from assistant.embedded.sureness import READ
from assistant.embedded.text import plain

_HELD = r"(?:contrats?|abonnements?|adhesions?|cotisations?|licences?|baux|bail|polices?|mandats?|contracts?|subscriptions?|memberships?|polic(?:y|ies)|leases?|licen[cs]es?|plans?|agreements?)"
_DUE = re.compile(
    r"\b(?:qui |dont (?:le |l'|la )?(?:contrat |abonnement |adhesion )?|which |that |whose (?:contracts?|subscriptions?|memberships?|leases?) )?(?:(?:qui )?(?:arriv\w+|viennent|vient|venant|arrivant) (?:a|en) (?:echeance|terme|expiration)|(?:ont|avec|ayant|a) une echeance|(?:sont |seront )?a echeance|echeances?|expir\w+|"
    r"(?:sont |seront |doivent etre )?(?:a renouveler|renouvelables?)|renouvellements? (?:a venir|prevus?|attendus?)|(?:are |is |will be )?(?:coming |come |comes )?(?:due|up) (?:for|to) (?:renewal|renew|expire)|renewals?(?: (?:are|is))?(?: due| coming up)?|(?:will |going to )?(?:run(?:s|ning)?|ran) out)\b"
)
_ENDS = re.compile(  # said of a contract only: a customer who ends has left
    rf"(?P<held>\b{_HELD}) (?P<due>(?:qui |which |that |will |are going to |are due to |vont )?(?:se termin\w+|prennent fin|finiss?\w*|end(?:s|ing)?|laps\w+)\b)|"
    rf"(?P<whose>\b(?:whose|dont (?:le |l'|la )?)) ?{_HELD} (?:will )?(?:se termin\w+|prend fin|finit|ends?)\b"
)
_FIGURES = frozenset({"customers", "records", "distinct", "sum", "mean", "median", "max", "min"})


def falling_due(question: str, columns: Columns, study: Study, read: Callable[[str], Reading]) -> Reading | None:
    """The count, the split or the list of what ends in a period not over yet; None where no such thing is asked, or no file says when a contract ends.

    Args:
        question: as typed.
        columns: what the data can be asked about.
        study: the data.
        read: how the question is read without those words.
    """
    text = plain(question)
    said = _DUE.search(text) or _ENDS.search(text)
    period = ahead(text, study.as_of) or next((found for found in find_periods(text, study.as_of) if found.end > study.as_of), None)
    if said is None or period is None or period.end <= study.as_of:
        return None
    ends = [(profile, header) for profile, header in _terms(study)]
    if not ends:
        return None
    step = _of_the_rest(_without(question, said, period), question, columns, read)
    return None if step is None else _until(step, period, ends, columns, study)


def _terms(study: Study) -> list[tuple[TableProfile, str]]:
    """The files of contracts, and the column that says when each ends or is renewed: days to come are among its dates."""
    model = study.model
    kinds, roles = (TableKind.SUBSCRIPTIONS, TableKind.CUSTOMERS), (Role.END_DATE, Role.RENEWAL_DATE)
    bound = [binding for binding in model.bindings if binding.role in roles and model.kind(binding.table) in kinds]
    told = []
    for binding in sorted(bound, key=lambda one: (kinds.index(model.kind(one.table)), roles.index(one.role))):
        profile = next(table for table in model.tables if table.table == binding.table)
        column = next(column for column in profile.columns if column.column == binding.column)
        if column.high is not None and column.high > study.as_of.toordinal():  # a date of departure is never to come
            told.append((profile, binding.name))
    return told


def _without(question: str, said: re.Match[str], period: Period) -> str:
    """The question less what says that a contract ends, and when; as it was typed, for « contrats Plus » names a plan."""
    straight = " ".join(question.split())
    text = straight if len(straight) == len(said.string) else said.string
    span = said.span("due") if said.re is _ENDS and said["due"] else said.span()
    for low, high in sorted([span, period.span], reverse=True):
        text = f"{text[:low]} {text[high:]}"
    return " ".join(re.sub(r"\b(?:en|in|dans|au cours de|during|over|for|d['’]ici|avant|by|le|the)\s*(?=[?.!]*\s*$)", " ", text, flags=re.IGNORECASE).split()).strip(" ?.!,")


def _of_the_rest(rest: str, question: str, columns: Columns, read: Callable[[str], Reading]) -> Step | None:
    """What is counted, split or listed of them."""
    noun = "clients" if detect_language(question, default="fr") == "fr" else "customers"
    many = "combien de" if noun == "clients" else "how many"
    bare = re.sub(rf"^(?:(?:quels?|quelles?|which|what|les|the|nos|our|list\w*|show|montre\w*|donne\w*|des|de|of|me|moi|us)\b[ -]*)*(?:{PERSON.pattern}(?:'s|')? ?)?(?:{_HELD})?$", "", plain(rest)).strip()
    if not bare:
        whom = PERSON.search(plain(question)) is not None
        listed = whom and re.match(r"(?:quels?|quelles?|which|list\w*|show|montre\w*|donne\w*)\b", plain(rest)) is not None
        if listed:
            return Step("explore", {"measure": "customers", "by": ["customer_id"]})
        rest = f"{many} {noun}" if whom else f"{many} {'contrats' if noun == 'clients' else 'contracts'}"
    reading = read(rest)
    if reading.status != "answered" and re.search(rf"\b{_HELD}\b", rest, re.IGNORECASE):
        reading = read(re.sub(rf"\b{_HELD}\b", noun, rest, flags=re.IGNORECASE))  # « contrats » that no file of contracts bears the name of
    told = reading.status == "answered" and len(reading.steps) == 1 and reading.steps[0].analysis == "explore" and reading.left_out is None
    step = reading.steps[0] if told else None
    plainly = step is not None and step.arguments.get("measure") in _FIGURES and not step.arguments.get("period")
    return step if plainly else None


def _until(step: Step, period: Period, ends: list[tuple[TableProfile, str]], columns: Columns, study: Study) -> Reading | None:
    between = (period.start.isoformat(), period.end.isoformat())
    table = step.arguments.get("table")
    if table is not None:
        end = next((header for profile, header in ends if called(profile, study) == table), None)
        own = next((found.columns for found in record_tables(study) if found.name == table), None)
        if end is None or own is None:
            return None
        arguments: dict[str, Any] = {**step.arguments, "purchase_filter": [*step.arguments.get("purchase_filter", ()), Filter(end, "between", between, on_purchases=True).to_json()]}
        return _said(arguments, own)
    field = next((found for _, header in ends if (found := columns.named(header)) is not None and not found.on_purchases), None)
    if field is None:
        return None
    arguments = {**step.arguments, "segment": [*step.arguments.get("segment", ()), Filter(field.name, "between", between).to_json()]}
    return _said(arguments, columns)


def _said(arguments: dict[str, Any], columns: Columns) -> Reading:
    return Reading("answered", (Step("explore", arguments),), READ, wording.understood(Prepared("explore", arguments), columns))
