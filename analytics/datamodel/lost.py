"""Who counts as lost: the manager's word, else a label, else the contract's end, else the customers' own rhythm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analytics.datamodel.departures import agreed, seldom
from analytics.datamodel.ends import EVERY_ROW, EndReading, Ends, read_ends
from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import says
from analytics.datamodel.identity import column_of
from analytics.datamodel.labels import (
    SURE,
    LabelReading,
    ends_the_relation,
    finished_values,
    marks_only,
    read_label,
    unsaid_values,
)
from analytics.datamodel.leavers import customers_beside, had_bought
from analytics.datamodel.living import Living, living
from analytics.datamodel.model import ColumnProfile, Corrections, LostBasis, LostDefinition, Season, TableProfile
from analytics.datamodel.purchases import purchases_sql
from analytics.datamodel.rhythm import YEAR, Rhythm, TooShort, learn_rhythm
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.seasons import season_end_sql
from analytics.datamodel.signs import SIGN_WORDS, Sign
from analytics.datamodel.sql import as_text
from analytics.datamodel.summaries import LastPurchases, MeanPace, last_purchases
from analytics.datamodel.values import DATES
from analytics.workspace import Database, quote
from vocabulary.errors import UserError
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say

_TWO_YEARS = 2 * YEAR
_METHOD = "first silence whose chance of ending within a year is under one in ten, Kaplan-Meier"
_SHORT_METHOD = "95th percentile of own gaps, product-limit for right truncation"
_PACE_METHOD = "95th percentile of exponential gaps, each customer with their own mean"
LABELLED = frozenset({
    TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS, TableKind.CUSTOMER_LINKS, TableKind.CAMPAIGNS, TableKind.OTHER,
})  # fmt: skip
_UNSURE, _ASKED = frozenset({TableKind.SURVEYS, TableKind.USERS}), 0.6  # a label there is asked about
_LIKELY, _FEW = 0.6, 4  # chance of being a label, and how many values it may have, for one that only resembles those known
_REPEATED = frozenset({TableKind.TRANSACTIONS, TableKind.INVOICES})


@dataclass(frozen=True, slots=True)
class _Words:
    """How a rhythm is said: of those who buy, or of those who are seen otherwise."""

    again: Text
    twice: Text
    only: Text
    once: Text
    older: Text


_BOUGHT = _Words(Text("rachètent", "buy again"), Text("ont acheté deux fois", "bought twice"), Text("n’ont acheté", "bought"),
                 Text("un achat", "buying"), Text("achats plus anciens", "purchases"))  # fmt: skip
_SEEN = _Words(Text("reviennent", "come back"), Text("y sont vus deux jours différents", "are seen there on two different days"),
               Text("n’ont été vus", "were seen"), Text("une venue", "coming"), Text("données plus anciennes", "data"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Files:
    """The loaded tables, what they are, and the role of each column."""

    database: Database
    tables: Sequence[TableProfile]
    kinds: Mapping[str, TableKind]
    roles: Mapping[str, Mapping[str, Guess]]

    def columns(self, role: Role, *kinds: TableKind) -> list[tuple[TableProfile, ColumnProfile, Guess]]:
        """Columns with that role in tables of those kinds (all when none is given), in the order of the kinds, surest first."""
        found = [
            (table, column, self.roles[table.table][column.column])
            for table in self.tables for column in table.columns
            if column.column in self.roles[table.table]
            and self.roles[table.table][column.column].role is role
            and (not kinds or self.kinds[table.table] in kinds)
        ]  # fmt: skip
        order = {kind: place for place, kind in enumerate(kinds)}
        return sorted(found, key=lambda item: (order.get(self.kinds[item[0].table], 0), -item[2].score))


def define_lost(files: Files, corrections: Corrections, as_of: date, shown: Living | None, seasons: Sequence[Season] = ()) -> LostDefinition:
    """Choose the definition of lost.

    Args:
        files: tables, kinds and roles.
        corrections: the manager's column or number of days wins.
        as_of: gaps and contract ends after it are not known.
        shown: what customers do where nothing tells what they bought (`lived`).
        seasons: the files of enrolments made again each season.

    Raises:
        UserError: when nothing in the manager's column can be read as gone.
    """
    if corrections.lost_days is not None:
        return _by_days(corrections.lost_days, shown.sign if shown is not None else Sign.PURCHASE)
    if corrections.lost_column is not None:
        return _by_column(files, corrections.lost_column, corrections.lost_values, as_of)
    return _by_season(files, seasons, as_of) or _by_label(files) or _by_end(files, as_of) or _by_rhythm(files, corrections, as_of, shown)


def lost_values(column: ColumnProfile) -> tuple[str, ...]:
    """The values of a label that mean lost, as they stand in the file; empty when none does, or when all do."""
    reading = read_label(column, told=True)
    return reading.values if reading is not None else ()


def _by_days(days: int, sign: Sign) -> LostDefinition:
    sentence = say(
        "Vous avez fixé la règle : perdu après {days} {without}.",
        "You set the rule: lost after {days} {without}.",
        days=Threshold(days, Unit.DAYS), without=SIGN_WORDS[sign].without,
    )  # fmt: skip
    return LostDefinition(LostBasis.DAYS, sentence, days=days, corrected=True, sign=sign)


def _by_column(files: Files, name: str, told: tuple[str, ...], as_of: date) -> LostDefinition:
    """The manager's column; a date is a departure, anything else a label. UserError when no value of it means gone."""
    places = [(table, column) for table in files.tables for column in table.columns if column.name == name]
    places.sort(key=lambda place: files.kinds[place[0].table] not in LABELLED)  # a file of customers rather than of events
    table, column = places[0]
    sentence = say("Colonne « {column} », choisie par vous.", "Column “{column}”, chosen by you.", column=Label(name))
    if column.type in DATES and not told:
        _check_departures(files, table, column, as_of)
        return LostDefinition(LostBasis.CONTRACT_END, sentence, column=name, table=table.table, corrected=True)
    known = {value.strip(): value for value in (*(value for value, _ in column.top), *column.examples)}
    values = tuple(known.get(value.strip(), value) for value in told) or lost_values(column)
    if not values or (told and not known.keys() & {value.strip() for value in told}):
        raise UserError(say(
            "La colonne « {column} » ne dit pas d’elle-même qui est parti : dites lesquelles de ses valeurs veulent dire « parti » "
            "(sous « values » dans un fichier de corrections), ou choisissez une autre colonne.",
            "The column “{column}” does not say by itself who has left: say which of its values mean gone (under “values” in a "
            "corrections file), or choose another column.",
            column=Label(name),
        ))  # fmt: skip
    return LostDefinition(
        LostBasis.LABEL, sentence, column=name, table=table.table, lost_values=values, corrected=True
    )  # fmt: skip


def _check_departures(files: Files, table: TableProfile, column: ColumnProfile, as_of: date) -> None:
    """A departure is dated once a customer or a contract, and is not past for everyone. UserError otherwise."""
    if files.kinds[table.table] not in LABELLED:
        raise UserError(say(
            "La colonne « {column} » date des événements, pas des départs : choisissez une date de départ dans un fichier de clients "
            "ou de contrats.",
            "The column “{column}” dates events, not departures: choose a date of departure in a file of customers or contracts.",
            column=Label(column.name),
        ))  # fmt: skip
    found = read_ends(files.database, table, column, files.roles[table.table], as_of)
    if found.ended >= found.rows:
        raise UserError(say(
            "La colonne « {column} » a une date passée à chaque ligne : tout le monde serait parti. Choisissez une date de départ, "
            "vide pour ceux qui sont là.",
            "The column “{column}” has a date in the past on every row: everyone would have left. Choose a date of departure, "
            "empty for those who are here.",
            column=Label(column.name),
        ))  # fmt: skip


def _by_label(files: Files) -> LostDefinition | None:
    """The surest column that says who left, when it is sure enough."""
    found = next(iter(label_candidates(files)), None)
    if found is None or found.reading.confidence < SURE or not found.reading.values:
        return None
    column, values = found.column, found.reading.values
    return LostDefinition(
        LostBasis.LABEL, _label_sentence(column, values), column=column.name, table=found.table.table, lost_values=values,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelCandidate:
    """A column that may say who left."""

    table: TableProfile
    column: ColumnProfile
    reading: LabelReading


def label_candidates(files: Files) -> list[LabelCandidate]:
    """Columns that may say who left, surest first; a column of purchases only when it says the same of a customer each time."""
    found = []
    for table in files.tables:
        kind, roles = files.kinds[table.table], files.roles[table.table]
        if kind not in (*LABELLED, *_REPEATED, *_UNSURE):
            continue
        for column in table.columns:
            guess = roles.get(column.column)
            if guess is not None and guess.role is Role.FLAG and guess.given:
                continue  # the manager, or the tool it comes from, says that it is a yes/no of something else
            labelled = guess is not None and guess.role is Role.CHURN_LABEL
            reading = read_label(column, {other.role for other in roles.values()})
            if kind in LABELLED:
                reading = agreed(files.database, table, roles, column, reading)
            if reading is None and kind in LABELLED and labelled and guess is not None and guess.score >= _LIKELY and 2 <= column.distinct <= _FEW:
                reading = LabelReading((), _ASKED)  # like the headers that say who left, in words nobody wrote down: asked
            if reading is None or (kind in _REPEATED and not _says_the_same(files, table, column)):
                continue
            if kind in _UNSURE:
                reading = replace(reading, confidence=min(reading.confidence, _ASKED))
            found.append((labelled, LabelCandidate(table, column, reading)))
    ranked = sorted(found, key=lambda item: (-item[1].reading.confidence, not item[0]))
    return [candidate for _, candidate in ranked]


def _says_the_same(files: Files, table: TableProfile, column: ColumnProfile) -> bool:
    """Whether a column holds one value for each customer of a table of events (and not one for all)."""
    if not says(column.name, "churn") or column.distinct < 2:
        return False
    person = column_of(files.roles[table.table], Role.CUSTOMER_ID)
    if person is None:
        return False
    customers, mixed = files.database.row(
        f"SELECT COUNT(*), COUNT(*) FILTER (n > 1) FROM (SELECT {quote(person)} AS who, COUNT(DISTINCT {quote(column.column)})"
        f" AS n FROM {quote(table.table)} WHERE {quote(person)} IS NOT NULL GROUP BY 1)"
    )
    return bool(customers >= 2 and mixed <= 0.01 * customers)


def _label_sentence(column: ColumnProfile, values: tuple[str, ...]) -> Sentence:
    said, unsaid = _label_says(column, values), unsaid_values(column, values)
    finished = finished_values(column, values)
    if finished:
        said = say(
            "{said} Arrivés au bout de ce qu’ils voulaient : {finished} (ni perdus, ni encore à suivre).",
            "{said} Reached the end of what they came for: {finished} (neither lost, nor to be kept any more).",
            said=said, finished=Listing(tuple(Label(value) for value in finished)),
        )  # fmt: skip
    if not unsaid:
        return said
    return say(
        "{said} Laissé de côté : {unsaid} (le contrat n’a pas commencé, ou un autre l’a remplacé).",
        "{said} Left aside: {unsaid} (the contract never began, or another replaced it).",
        said=said, unsaid=Listing(tuple(Label(value) for value in unsaid)),
    )  # fmt: skip


def _label_says(column: ColumnProfile, values: tuple[str, ...]) -> Sentence:
    counts = dict(column.top)
    lost = sum(counts.get(value, 0) for value in values)
    shown, labelled = Listing(tuple(Label(value) for value in values)), column.rows if marks_only(column, values) else column.filled
    if not lost:
        return say(
            "La colonne « {column} » dit qui est parti : {values}.",
            "The column “{column}” says who has left: {values}.",
            column=Label(column.name), values=shown,
        )  # fmt: skip
    return say(
        "La colonne « {column} » dit qui est parti : {values}, {lost} lignes sur {rows}.",
        "The column “{column}” says who has left: {values}, {lost} rows of {rows}.",
        column=Label(column.name), values=shown,
        lost=Estimate("lost_rows", lost, Unit.COUNT, n=labelled),
        rows=Estimate("labelled_rows", labelled, Unit.COUNT, n=labelled),
    )  # fmt: skip


def _by_season(files: Files, seasons: Sequence[Season], as_of: date) -> LostDefinition | None:
    """Who has no row in the season after theirs has left; a state or an end in the same file tells those who stopped half-way only."""
    told = {season.table for season in seasons}
    label, end = next((one for one in label_candidates(files) if one.reading.confidence >= SURE), None), next((one for one in _ends(files, as_of)), None)
    if not seasons or any(table not in told for table in ([label.table.table] if label else []) + ([end[0].table] if end else [])):
        return None
    table = next(table for table in files.tables if table.table == seasons[0].table)
    column = next(column for column in table.columns if column.column == seasons[0].column)
    text, end_sql = as_text(column), season_end_sql(as_text(column), seasons[0])
    last, until = files.database.row(f"SELECT MAX({text}), MAX({end_sql}) FROM {quote(table.table)} t WHERE {end_sql} <= $day", {"day": as_of})
    if until is None:
        return None
    return LostDefinition(LostBasis.CONTRACT_END, say(
        "Les inscriptions se refont à chaque saison (« {column} ») : un client est perdu quand il n’en a pas repris pour la saison qui suit la sienne. "
        "Presque toutes les reprises sont écrites avant le {until} pour qui était là en {last} ; qui s’arrête en cours de saison est perdu ce jour-là.",
        "Enrolments are made again each season (“{column}”): a customer is lost when none was made for the season after theirs. "
        "Nearly all renewals of those here in {last} are written before {until}; who stops during a season is lost on that day.",
        column=Label(column.name), until=until, last=Label(str(last)),
    ), column=column.name, table=table.table)  # fmt: skip


def _by_end(files: Files, as_of: date) -> LostDefinition | None:
    for table, column, found in _ends(files, as_of):
        if found.said is Ends.TERMS or not 0 < found.ended < found.rows or _is_a_term(files, table, column):
            continue
        sentence = say(
            "Un client est perdu quand son contrat a pris fin (« {column} ») : {ended} fins sur {rows} lignes.",
            "A customer is lost when the contract has ended (“{column}”): {ended} ends over {rows} rows.",
            column=Label(column.name),
            ended=Estimate("ended_contracts", found.ended, Unit.COUNT, n=found.rows),
            rows=Estimate("contracts", found.rows, Unit.COUNT, n=found.rows),
        )
        buyers = None
        if found.listed:
            buyers = had_bought(files.database, table, files.roles[table.table], purchases_sql(files.tables, files.kinds, files.roles, as_of))
            sentence = _listed_sentence(table, column, found.ended, found.rows if buyers is None else buyers, bought=buyers is not None)
        elif found.said is Ends.ASSUMED:
            sentence = say(
                "{said} Cette date est remplie pour tout le monde : on suppose qu’une fin passée est un départ, et non un terme "
                "qui s’est renouvelé sans être réécrit ; à confirmer sur la page des données.",
                "{said} This date is filled for everyone: an end in the past is assumed to be a departure, and not a term that was "
                "renewed without being written again; to be confirmed on the data page.",
                said=sentence,
            )
        return LostDefinition(LostBasis.CONTRACT_END, sentence, column=column.name, table=table.table, buyers=buyers is not None)
    return None


def _listed_sentence(table: TableProfile, column: ColumnProfile, ended: int, known: int, *, bought: bool) -> Sentence:
    said = say(
        "Un client est perdu quand il est dans la liste des départs (« {file} », « {column} ») : {ended} départs pour "
        "{rows} clients.",
        "A customer is lost when they are in the list of departures (“{file}”, “{column}”): {ended} departures for {rows} "
        "customers.",
        file=Label(table.file), column=Label(column.name),
        ended=Estimate("ended_contracts", ended, Unit.COUNT, n=known), rows=Estimate("contracts", known, Unit.COUNT, n=known),
    )  # fmt: skip
    if not bought:
        return said
    return say(
        "{said} Qui n’a jamais rien acheté n’est pas encore un client : ni perdu, ni présent.",
        "{said} Whoever never bought is not a customer yet: neither lost nor still here.",
        said=said,
    )  # fmt: skip


def _ends(files: Files, as_of: date) -> Iterator[tuple[TableProfile, ColumnProfile, EndReading]]:
    """The columns that may be the end of a relation, and what their ends are."""
    for table, column, _ in files.columns(Role.END_DATE, TableKind.SUBSCRIPTIONS, TableKind.CUSTOMERS):
        if ends_the_relation(column.name, few=seldom(column)):
            found = read_ends(files.database, table, column, files.roles[table.table], as_of)
            all_past = found.said is not Ends.DEPARTURES and found.ended == found.rows
            known = customers_beside(files.database, table, column, files.tables, files.roles, files.kinds) if all_past else None
            yield table, column, found if known is None else EndReading(Ends.DEPARTURES, found.ended, known, listed=True)


def doubtful_end(files: Files, as_of: date) -> tuple[TableProfile, ColumnProfile, EndReading] | None:
    """A column of ends that every row has, some of them past, of which nothing says for sure that they are departures."""
    return next((one for one in _ends(files, as_of) if one[2].said is not Ends.DEPARTURES and one[2].ended), None)


def renewal_left_behind(files: Files, as_of: date) -> tuple[TableProfile, ColumnProfile, EndReading] | None:
    """A date of renewal given for everyone, often past: were it written again at each renewal, those past would be departures."""
    for table, column, _ in files.columns(Role.RENEWAL_DATE, TableKind.SUBSCRIPTIONS, TableKind.CUSTOMERS):
        found = read_ends(files.database, table, column, files.roles[table.table], as_of)
        if found.said is not Ends.DEPARTURES and _LEFT_BEHIND * found.rows <= found.ended < found.rows:
            return table, column, found
    return None


_LEFT_BEHIND = 0.05  # of the rows: fewer are late to be written again


def _is_a_term(files: Files, table: TableProfile, column: ColumnProfile) -> bool:
    """Whether every row has that end while another column says who left: the term of a contract, renewed in silence."""
    if column.filled < EVERY_ROW * table.rows:
        return False
    return any(candidate.table.table == table.table for candidate in label_candidates(files))


def _nothing_tells(files: Files, corrections: Corrections, as_of: date) -> Sentence:
    """Why nobody is called lost."""
    doubtful = doubtful_end(files, as_of)
    if doubtful is None:
        return say(
            "Rien dans ces fichiers ne dit qui est parti : ni étiquette, ni fin de contrat, ni achats datés.",
            "Nothing in these files says who has left: no label, no contract end, no dated purchases.",
        )
    table, column, found = doubtful
    if corrections.columns.get(table.file, {}).get(column.name) is Role.END_DATE and found.ended == found.rows:
        return say(
            "Tous les contrats sont terminés (« {column} ») : ces fichiers ne montrent que des clients partis. Ajoutez ceux qui "
            "sont là pour les comparer.",
            "Every contract has ended (“{column}”): these files show customers who have left only. Add those who are here to "
            "compare them.",
            column=Label(column.name),
        )  # fmt: skip
    return say(
        "La date « {column} » est remplie pour tout le monde : rien ne dit si c’est la fin d’un terme qui se renouvelle ou le "
        "départ. Répondez à cette question sur la page des données, et l’on saura qui est perdu.",
        "The date “{column}” is filled for everyone: nothing says whether it is the end of a term that renews or the departure. "
        "Answer that question on the data page, and who is lost will be known.",
        column=Label(column.name),
    )  # fmt: skip


def _by_rhythm(files: Files, corrections: Corrections, as_of: date, shown: Living | None) -> LostDefinition:
    purchases = purchases_sql(files.tables, files.kinds, files.roles, as_of)
    if purchases is not None:
        return _learnt(learn_rhythm(files.database, purchases))
    told = _by_last_purchase(files, as_of)
    if shown is not None and told is None and doubtful_end(files, as_of) is None:
        return _of_life(_learnt(learn_rhythm(files.database, shown.sql), shown.sign), shown)
    return told or LostDefinition(LostBasis.NONE, _nothing_tells(files, corrections, as_of))


def lived(files: Files, as_of: date) -> Living | None:
    """What customers do in the files where nothing tells what they bought; None where purchases are told, one by one or not."""
    if purchases_sql(files.tables, files.kinds, files.roles, as_of) is not None or summed_up(files, as_of) is not None:
        return None
    return living(files.database, files.tables, files.kinds, files.roles, as_of)


def _of_life(lost: LostDefinition, shown: Living) -> LostDefinition:
    """A definition that rests on other acts than purchases says which, and in which files."""
    evidence = say(
        "Ni achats, ni étiquette, ni fin de contrat dans ces fichiers : on lit les {many} ({files}). {evidence}",
        "No purchases, no label, no contract end in these files: the {many} are read ({files}). {evidence}",
        many=SIGN_WORDS[shown.sign].many, files=Listing(tuple(Label(file) for file in shown.files)), evidence=lost.evidence,
    )  # fmt: skip
    return replace(lost, evidence=evidence, sign=shown.sign)


def _learnt(rhythm: Rhythm | TooShort | None, sign: Sign = Sign.PURCHASE) -> LostDefinition:
    """The silence learnt from what customers did day after day, or why it could not be."""
    words = _BOUGHT if sign is Sign.PURCHASE else _SEEN
    if isinstance(rhythm, TooShort):
        return LostDefinition(
            LostBasis.NONE,
            say(
                "L’historique ({span}) est trop court devant le rythme de vos clients pour dire qui est parti : fixez vous-même "
                "le silence à partir duquel un client est perdu, ou ajoutez des {older}.",
                "The history ({span}) is too short beside your customers’ rhythm to say who has left: set yourself the silence "
                "after which a customer is lost, or add older {older}.",
                span=Estimate("history", rhythm.span, Unit.DAYS, n=rhythm.span), older=words.older,
            ),
        )  # fmt: skip
    if rhythm is None:
        return LostDefinition(
            LostBasis.NONE,
            say(
                "Trop peu de clients {twice} pour apprendre leur rythme : fixez vous-même le silence à partir "
                "duquel un client est perdu.",
                "Too few customers {twice} to learn their rhythm: set yourself the silence after which a customer is "
                "lost.",
                twice=words.twice,
            ),
        )
    return LostDefinition(LostBasis.RHYTHM, _rhythm_sentence(rhythm, words), days=rhythm.days)


def summed_up(files: Files, as_of: date) -> LastPurchases | None:
    """The last purchase of each customer, where the purchases themselves are not in the files."""
    if purchases_sql(files.tables, files.kinds, files.roles, as_of) is not None:
        return None
    return last_purchases(files.database, files.tables, files.kinds, files.roles, as_of)


def _by_last_purchase(files: Files, as_of: date) -> LostDefinition | None:
    """No label, no purchases, but when each customer bought last: their mean pace, or a rule to be set."""
    if doubtful_end(files, as_of) is not None:
        return None
    found = summed_up(files, as_of)
    if found is None:
        return None
    if found.pace is not None:
        return LostDefinition(LostBasis.RHYTHM, _pace_sentence(found.column, found.pace), days=found.pace.days)
    return LostDefinition(LostBasis.NONE, say(
        "La colonne « {column} » dit quand chacun a acheté pour la dernière fois, mais rien n’y dit votre rythme : fixez vous-même "
        "le silence à partir duquel un client est perdu.",
        "The column “{column}” says when each customer last bought, but nothing in it tells your rhythm: set yourself the silence "
        "after which a customer is lost.",
        column=Label(found.column.name),
    ))  # fmt: skip


def _pace_sentence(column: ColumnProfile, pace: MeanPace) -> Sentence:
    return say(
        "Supposé d’après l’écart moyen entre deux achats de {customers} clients revenus (« {column} ») : {usual} d’ordinaire, et "
        "dix-neuf retours sur vingt avant {days} ({days:interval}). Leurs achats un à un ne sont pas dans le fichier : la règle "
        "est fragile, fixez la vôtre si vous la connaissez.",
        "Assumed from the mean gap between two purchases of {customers} customers who came back (“{column}”): {usual} usually, and "
        "nineteen returns in twenty before {days} ({days:interval}). Their purchases one by one are not in the file: the rule is "
        "fragile, set your own if you know it.",
        customers=Estimate("returning_customers", pace.customers, Unit.CUSTOMERS, n=pace.customers), column=Label(column.name),
        usual=Estimate("usual_gap", pace.usual, Unit.DAYS, n=pace.customers, method="median of the customers’ mean gaps"),
        days=Estimate("silence", pace.days, Unit.DAYS, n=pace.customers, low=pace.low, high=pace.high, method=_PACE_METHOD),
    )  # fmt: skip


def _rhythm_sentence(rhythm: Rhythm, words: _Words) -> Sentence:
    values: dict[str, Estimate | Threshold] = {
        "days": Estimate("silence", rhythm.days, Unit.DAYS, n=rhythm.customers, low=rhythm.low, high=rhythm.high,
                         method=_METHOD if rhythm.returns is not None else _SHORT_METHOD),
        "usual": Estimate("usual_gap", rhythm.usual, Unit.DAYS, n=rhythm.customers, method="median of own gaps"),
        "customers": Estimate("returning_customers", rhythm.customers, Unit.CUSTOMERS, n=rhythm.customers),
        "span": Estimate("history", rhythm.span, Unit.DAYS, n=rhythm.customers),
    }  # fmt: skip
    if rhythm.returns is not None:
        said = say(
            "Appris du rythme de {customers} clients revenus au moins une fois : ils reviennent d’ordinaire après {usual} ; "
            "passé {days} de silence ({days:interval}), {returns} seulement {again} dans les {horizon} qui suivent.",
            "Learnt from the rhythm of {customers} customers who came back at least once: they usually return after {usual}; "
            "after {days} of silence ({days:interval}), only {returns} {again} within the next {horizon}.",
            **values,
            returns=Estimate("returns", rhythm.returns, Unit.RATIO, n=rhythm.silences, method="Kaplan-Meier"),
            horizon=Threshold(rhythm.horizon, Unit.DAYS), again=words.again,
        )  # fmt: skip
    else:
        said = say(
            "Appris du rythme de {customers} clients revenus au moins une fois : ils reviennent d’ordinaire après {usual}, et "
            "dans {share} des cas avant {days} ({days:interval}). L’historique ({span}) est court devant ce délai : la règle "
            "reste fragile.",
            "Learnt from the rhythm of {customers} customers who came back at least once: they usually return after {usual}, "
            "and in {share} of cases before {days} ({days:interval}). The history ({span}) is short beside that delay: the rule "
            "is fragile.",
            **values, share=Threshold(0.95, Unit.RATIO),
        )  # fmt: skip
    return _with_season(said, rhythm, values["span"], words)


def _with_season(said: Sentence, rhythm: Rhythm, span: Estimate | Threshold, words: _Words) -> Sentence:
    """Add what a history under two years cannot show."""
    if rhythm.seasonal:
        return say(
            "{said} {share} des clients {only} que pendant une même saison : leur silence est normal jusqu’à la suivante, "
            "personne n’est donc dit perdu avant un an.",
            "{said} {share} of customers {only} in one season only: their silence is normal until the next, so nobody is called "
            "lost before a year.",
            said=said, share=Estimate("one_season", rhythm.seasonal, Unit.RATIO, n=rhythm.customers), only=words.only,
        )  # fmt: skip
    if rhythm.span < _TWO_YEARS and rhythm.returns is not None:
        return say(
            "{said} L’historique ({span}) ne couvre pas deux années : {once} une fois l’an ne s’y verrait pas.",
            "{said} The history ({span}) does not cover two years: {once} once a year would not show in it.",
            said=said, span=span, once=words.once,
        )  # fmt: skip
    return said
