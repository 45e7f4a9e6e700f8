"""The one question to the manager: what matters most among the things that are not sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analytics.datamodel.departures import BEGUN, lonely_dates
from analytics.datamodel.labels import SURE, WORTH_ASKING
from analytics.datamodel.lost import (
    Files,
    LabelCandidate,
    doubtful_end,
    label_candidates,
    renewal_left_behind,
    summed_up,
)
from analytics.datamodel.model import (
    Binding,
    ColumnProfile,
    Corrections,
    LostBasis,
    LostDefinition,
    Question,
    QuestionAbout,
    QuestionAnswer,
    TableProfile,
    TableReading,
)
from analytics.datamodel.roles import KIND_NAMES, Role, TableKind
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.sentence import Label, Listing, Sentence, say

ASK_BELOW = 0.74  # a reading of the customer, the date or the amount less sure than that is worth a question
ASK_KIND_BELOW = 0.6
_SILENCES = (90, 180, 365, 730)  # days: what is offered to a manager who knows their trade
_SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES)
_PEOPLE = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
_SAY_NOT = say("Non, ce n’est pas cela.", "No, it is not that.")


def one_question(
    files: Files, readings: Sequence[TableReading], bindings: Sequence[Binding], lost: LostDefinition,
    corrections: Corrections, as_of: date, today: date,
) -> Question | None:  # fmt: skip
    """The question worth asking, or None.

    Who left comes first (a label half understood, a contract's end that everyone has), then who bought, when, for how much, what the largest file is, then the silence that makes a loss.

    Args:
        files: tables, kinds and roles.
        readings, bindings: what was understood of tables and columns, with confidences.
        lost: the definition chosen.
        corrections: what the manager already said is not asked again.
        as_of: ends after it are not reached yet.
        today: later days have not come.
    """
    return (
        _about_lost(files, lost, corrections, as_of, today) or _about_roles(files, bindings) or _about_kind(files.tables, readings)
        or _about_silence(files, lost, as_of) or _about_renewals(files, lost, corrections, as_of)
    )  # fmt: skip


def _about_lost(files: Files, lost: LostDefinition, corrections: Corrections, as_of: date, today: date) -> Question | None:
    if lost.corrected or lost.basis is LostBasis.LABEL:
        return None
    for candidate in label_candidates(files) if lost.basis is not LostBasis.CONTRACT_END else ():
        told = corrections.columns.get(candidate.table.file, {})
        if WORTH_ASKING <= candidate.reading.confidence and candidate.column.name not in told:
            if candidate.reading.confidence < SURE or not candidate.reading.values:
                return _is_it_a_label(candidate)
    doubtful = doubtful_end(files, as_of)
    if doubtful is None:
        return _about_a_lonely_date(files, corrections, today) if lost.basis is LostBasis.NONE else None
    if doubtful[1].name in corrections.columns.get(doubtful[0].file, {}):
        return None
    table, column, found = doubtful
    return _term_or_departure(table, column, everyone=found.ended == found.rows)


def _about_a_lonely_date(files: Files, corrections: Corrections, today: date) -> Question | None:
    """A date that some customers have and no word explains may be the day they left."""
    for table in files.tables:
        told, roles = corrections.columns.get(table.file, {}), files.roles[table.table]
        if files.kinds[table.table] not in _PEOPLE or not any(guess.role in BEGUN for guess in roles.values()):
            continue
        found = [column for column in lonely_dates(files.database, table, roles, today) if column.name not in told]
        if len(found) == 1:
            return _is_it_a_departure(table, found[0])
    return None


def _is_it_a_departure(table: TableProfile, column: ColumnProfile) -> Question:
    words = say(
        "La date « {column} » du fichier « {file} » n’est remplie que pour {filled} de vos clients : est-ce le jour de leur départ ?",
        "The date “{column}” of the file “{file}” is filled for {filled} of your customers only: is it the day they left?",
        column=Label(column.name), file=Label(table.file),
        filled=Estimate("dated_customers", column.filled, Unit.COUNT, n=table.rows),
    )  # fmt: skip
    yes = QuestionAnswer(say("Oui, le jour du départ.", "Yes, the day they left."), Corrections(lost_column=column.name))
    no = QuestionAnswer(_SAY_NOT, Corrections(columns={table.file: {column.name: Role.OTHER_DATE}}))
    return Question(QuestionAbout.LOST, words, (yes, no), table.file, column.name)


def _about_renewals(files: Files, lost: LostDefinition, corrections: Corrections, as_of: date) -> Question | None:
    """Where nothing else says who left, dates of renewal left behind may; what the manager said of them stays."""
    found = renewal_left_behind(files, as_of) if lost.basis is LostBasis.NONE and not lost.corrected else None
    if found is None or found[1].name in corrections.columns.get(found[0].file, {}):
        return None
    return _term_or_departure(found[0], found[1], everyone=False)


def _term_or_departure(table: TableProfile, column: ColumnProfile, *, everyone: bool) -> Question:
    """A contract's end that every row has: in a contract that renews in silence it says nothing of who has left.

    Where `everyone` would have left, the departure confirmed is kept as a date, and nobody is compared with nobody.
    """
    words = say(
        "La date « {column} » du fichier « {file} » est remplie pour tout le monde : est-ce la fin d’un terme qui se renouvelle, ou "
        "le départ du client ?",
        "The date “{column}” of the file “{file}” is filled for everyone: is it the end of a term that renews, or the customer’s "
        "departure?",
        column=Label(column.name), file=Label(table.file),
    )  # fmt: skip
    renews = QuestionAnswer(
        say("La fin d’un terme : le contrat se renouvelle.", "The end of a term: the contract renews."),
        Corrections(columns={table.file: {column.name: Role.RENEWAL_DATE}}),
    )
    leaves = QuestionAnswer(
        say("Le départ : passé cette date, le client est parti.", "The departure: after that date, the customer has left."),
        Corrections(columns={table.file: {column.name: Role.END_DATE}}) if everyone else Corrections(lost_column=column.name),
    )
    return Question(QuestionAbout.LOST, words, (renews, leaves), table.file, column.name)


def _is_it_a_label(candidate: LabelCandidate) -> Question:
    column, file = candidate.column, candidate.table.file
    values = tuple(dict.fromkeys([value for value, _ in column.top] or list(column.examples)))[:4]
    groups = [candidate.reading.values] if candidate.reading.values else []
    groups += [(value,) for value in values if (value,) not in groups]
    yes = [
        QuestionAnswer(
            say("Oui : {values} veut dire « parti ».", "Yes: {values} means gone.",
                values=Listing(tuple(Label(value) for value in group))),
            Corrections(lost_column=column.name, lost_values=group),
        )
        for group in groups
    ]  # fmt: skip
    no = QuestionAnswer(_SAY_NOT, Corrections(columns={file: {column.name: None}}))
    words = say(
        "La colonne « {column} » du fichier « {file} » dit-elle quels clients sont partis ?",
        "Does the column “{column}” of the file “{file}” say which customers have left?",
        column=Label(column.name), file=Label(file),
    )  # fmt: skip
    return Question(QuestionAbout.LOST, words, (*yes, no), file, column.name)


def _about_silence(files: Files, lost: LostDefinition, as_of: date) -> Question | None:
    """Where customers' last purchases are known and not their rhythm, the silence that makes a loss is the manager's to say."""
    if lost.corrected or lost.basis not in (LostBasis.NONE, LostBasis.RHYTHM):
        return None
    found = summed_up(files, as_of)
    if found is None:
        return None
    words = say(
        "Après combien de temps sans achat (« {column} ») un client est-il perdu pour vous ?",
        "After how long without a purchase (“{column}”) is a customer lost for you?",
        column=Label(found.column.name),
    )  # fmt: skip
    days = sorted({*_SILENCES, *([lost.days] if lost.days else [])})
    answers = tuple(
        QuestionAnswer(_silence(one, assumed=one == lost.days), Corrections(lost_days=one)) for one in days
    )  # fmt: skip
    return Question(QuestionAbout.LOST, words, answers, found.table.file, found.column.name)


def _silence(days: int, *, assumed: bool) -> Sentence:
    told = Threshold(days, Unit.DAYS)
    return say("{days} (supposé)", "{days} (assumed)", days=told) if assumed else say("{days}", "{days}", days=told)


def _about_roles(files: Files, bindings: Sequence[Binding]) -> Question | None:
    sales = [table for table in files.tables if files.kinds[table.table] in _SALES]
    if not sales:
        return None
    main = max(sales, key=lambda table: table.rows)
    for about, role, words in _ASKED:
        found = [binding for binding in bindings if binding.table == main.table and binding.role is role]
        if found and not found[0].corrected and found[0].confidence < ASK_BELOW:
            return _is_it_that(about, found[0], words)
    return None


def _is_it_that(about: QuestionAbout, binding: Binding, words: Mapping[str, str]) -> Question:
    asked = say(words["fr"], words["en"], column=Label(binding.name), file=Label(binding.file))
    yes = Corrections(columns={binding.file: {binding.name: binding.role}})
    no = Corrections(columns={binding.file: {binding.name: None}})
    answers = (QuestionAnswer(say("Oui.", "Yes."), yes), QuestionAnswer(_SAY_NOT, no))
    return Question(about, asked, answers, binding.file, binding.name)


_ASKED: tuple[tuple[QuestionAbout, Role, Mapping[str, str]], ...] = (
    (QuestionAbout.CUSTOMER, Role.CUSTOMER_ID, {
        "fr": "Dans « {file} », la colonne « {column} » dit-elle quel client a acheté ?",
        "en": "In “{file}”, does the column “{column}” say which customer bought?",
    }),
    (QuestionAbout.DATE, Role.PURCHASE_DATE, {
        "fr": "Dans « {file} », la colonne « {column} » est-elle le jour de l’achat ?",
        "en": "In “{file}”, is the column “{column}” the day of the purchase?",
    }),
    (QuestionAbout.AMOUNT, Role.AMOUNT, {
        "fr": "Dans « {file} », la colonne « {column} » est-elle ce que le client a payé ?",
        "en": "In “{file}”, is the column “{column}” what the customer paid?",
    }),
)  # fmt: skip


def _about_kind(tables: Sequence[TableProfile], readings: Sequence[TableReading]) -> Question | None:
    if not tables:
        return None
    largest = max(tables, key=lambda table: table.rows)
    reading = next(reading for reading in readings if reading.table == largest.table)
    if reading.corrected or reading.confidence >= ASK_KIND_BELOW or (reading.kind is TableKind.OTHER and len(tables) > 1):
        return None
    kinds = dict.fromkeys((reading.kind, TableKind.CUSTOMERS, TableKind.TRANSACTIONS))
    answers = tuple(
        QuestionAnswer(_one_row(kind), Corrections(tables={largest.file: kind}))
        for kind in kinds if kind is not TableKind.OTHER
    )  # fmt: skip
    words = say(
        "Que contient chaque ligne du fichier « {file} » ?", "What does each row of the file “{file}” hold?",
        file=Label(largest.file),
    )  # fmt: skip
    return Question(QuestionAbout.KIND, words, answers, largest.file)


def _one_row(kind: TableKind) -> Sentence:
    return say("{kind}", "{kind}", kind=KIND_NAMES[kind])
