"""How a reading is said to the manager: what was understood, choices, refusals, what can be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from analytics.catalog import CATALOG
from analytics.customers.tickets import EVERY_TICKET
from analytics.explore.first_and_last import DATED
from analytics.explore.measures import TITLES as MEASURE_TITLES
from analytics.explore.parameters import LONG_AGO
from analytics.explore.words import rows_said
from analytics.measures.groups import are_days, between_days
from analytics.measures.moments import DELAY
from assistant.embedded import corpus
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns, title_of
from assistant.embedded.slotted import Slots
from assistant.embedded.strangers import parts
from assistant.embedded.text import plain
from vocabulary.estimate import Threshold, Unit
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, Value, say
from vocabulary.typography import of

_CLEAR = ("relationship_overview", "churn_drivers", "at_risk")


@lru_cache(maxsize=1)
def _first_examples() -> dict[str, Text]:
    """The plainest example question of each analysis, in both languages."""
    first: dict[str, dict[str, str]] = {}
    for example in corpus.read():
        if example.intent != corpus.NONE and example.style == "plain":
            first.setdefault(example.intent, {}).setdefault(example.language, example.text)
    return {intent: Text(texts["fr"], texts["en"]) for intent, texts in first.items()}


@lru_cache(maxsize=1)
def _titles() -> dict[str, Text]:
    return {analysis.name: analysis.title for analysis in CATALOG}


def example_of(analysis: str) -> Text:
    """A full question that asks for an analysis, in both languages."""
    return _first_examples()[analysis]


def _question_of(measure: str) -> Text:
    """« Quel est le nombre de clients »: a measure as a question that ends nowhere yet."""
    title = lowered(MEASURE_TITLES[measure])
    feminine = title.fr.split()[0] in ("part", "dépense", "ancienneté", "moyenne", "médiane", "quantité")
    of = measure in ("mean", "median", "sum", "min", "max")
    article = "l’" if plain(title.fr)[0] in "aeiouy" else "la " if feminine else "le "
    return Text(
        f"{'Quelle' if feminine else 'Quel'} est {article}{title.fr}{' de' if of else ''}", f"What is the {title.en}{' of' if of else ''}"
    )


def asked(step: Prepared, columns: Columns) -> Text:
    """The full question that asks for a step, with its own column, groups and conditions, in both languages."""
    arguments = step.arguments
    groups = arguments.get("by") or ()
    names = [groups] if isinstance(groups, str) else list(groups)
    example = _question_of(arguments["measure"]) if step.analysis == "explore" else example_of(step.analysis)
    said = say("{what}", "{what}", what=Text(example.fr.rstrip(" ?."), example.en.rstrip(" ?.")))
    if arguments.get("column"):
        said = say("{said} {column}", "{said} {column}", said=said, column=_named(arguments["column"], columns))
    if names:
        by = Listing(tuple(_named(name, columns) for name in names))
        said = say("{said} par {by}", "{said} by {by}", said=said, by=by)
    conditions = [
        _condition(condition, columns)
        for key in ("segment", "purchase_filter", "part") for condition in arguments.get(key, ())
    ]  # fmt: skip
    conditions += _times({key: arguments[key] for key in ("period", "compare") if key in arguments}, columns)
    if conditions:
        said = say("{said} ({only})", "{said} ({only})", said=said, only=_joined(conditions))
    asked_of = example.fr.rstrip().endswith("?") or step.analysis == "explore"
    whole = say("{said} ?", "{said}?", said=said) if asked_of else said
    return Text(whole.render("fr"), whole.render("en"))


def lowered(text: Text) -> Text:
    """A title inside a sentence: its first letter small, unless it begins an acronym."""
    return Text(_lower(text.fr), _lower(text.en))


def _lower(words: str) -> str:
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _joined(parts: Sequence[Sentence]) -> Sentence:
    """Sentences set one after the other with commas."""
    whole = parts[0]
    for part in parts[1:]:
        whole = say("{a}, {b}", "{a}, {b}", a=whole, b=part)
    return whole


def kept(step: Prepared, slots: Slots, inherited: Mapping[str, Any], columns: Columns) -> Sentence | None:
    """What a follow-up keeps of the turn before: its conditions, its period, its groups; None when it keeps nothing.

    Args:
        step: ready to run.
        slots: what the question itself says.
        inherited: the arguments of the turn before.
        columns: what the data can be asked about.
    """
    said = {found.field for found in slots.filters}
    parts = [
        _condition(condition, columns)
        for key in ("segment", "purchase_filter", "part") for condition in step.arguments.get(key, ())
        if condition["field"] not in said and condition in list(inherited.get(key, ()))
    ]  # fmt: skip
    if slots.period is None and isinstance(inherited.get("period"), Mapping):
        parts += _times({"period": inherited["period"]}, columns)
    if inherited.get("by") and step.arguments.get("by") == inherited["by"] and not (slots.by or slots.time):
        names = inherited["by"]
        listed = [names] if isinstance(names, str) else list(names)
        parts.append(say("par {by}", "by {by}", by=Listing(tuple(_named(name, columns) for name in listed))))
    return _joined(parts) if parts else None


def understood(step: Prepared, columns: Columns, held: Sentence | None = None) -> Sentence:
    """« J’ai compris : taux d’attrition par type de contrat, genre : Femme. »; `held`: kept from the turn before."""
    parts = [_subject(step, columns)]
    parts += [
        _condition(condition, columns)
        for key in ("segment", "among", "purchase_filter", "part")
        for condition in step.arguments.get(key, ())
        if key != "segment" or not _bought(condition, columns)
    ]
    parts += [_ever(condition, columns) for condition in step.arguments.get("segment", ()) if _bought(condition, columns)]
    parts += _times(step.arguments, columns)
    if step.arguments.get("top"):
        parts.append(say("les {top} premiers", "the first {top}", top=Threshold(step.arguments["top"], Unit.COUNT)))
    said = say("J’ai compris : {what}.", "I understood: {what}.", what=_joined(parts))
    if held is not None:
        said = say("{said} Gardé de la question précédente : {held}.", "{said} Kept from the question before: {held}.", said=said, held=held)
    if not step.left_out:
        return said
    return say(
        "{said} Non pris en compte : {left}.",
        "{said} Not taken into account: {left}.",
        said=said,
        left=_left(step.left_out),
    )


def both(first: Sentence, second: Sentence) -> Sentence:
    """Two readings of one question, one after the other."""
    return say("{first} {second}", "{first} {second}", first=first, second=second)


def dropped(step: Prepared) -> Sentence | None:
    """What of the question the step could not take, as the answer itself says it; None when it took everything."""
    if not step.left_out:
        return None
    return say("De votre question, ceci n’a pas pu être pris en compte : {left}.", "Of your question, this could not be taken into account: {left}.", left=_left(step.left_out))


def _figure(arguments: Mapping[str, Any], columns: Columns) -> Value:
    """What a query measures, of which column."""
    what: Value = lowered(MEASURE_TITLES[arguments["measure"]])
    if arguments.get("edge"):
        what = say("premier et dernier jour ({dated})", "first and last day ({dated})", dated=DATED[arguments["measure"]])
    if arguments.get("table"):
        what = say("{measure} ({table})", "{measure} ({table})", measure=what, table=Label(arguments["table"]))
    if arguments.get("since"):
        what = say(
            "{measure}, de « {since} » à « {until} »", "{measure}, from “{since}” to “{until}”",
            measure=what, since=Label(arguments["since"]), until=Label(arguments["column"]),
        )  # fmt: skip
    elif arguments.get("column") and arguments["measure"] == "average_price":
        what = say("montant moyen pour une unité de « {column} »", "average amount for one unit of “{column}”", column=_named(arguments["column"], columns))
    elif arguments.get("column") and arguments["measure"] == "total_per_customer":
        what = say("{measure} ({column})", "{measure} ({column})", measure=what, column=_named(arguments["column"], columns))
    elif arguments.get("column"):
        column = _named(arguments["column"], columns)
        elided = of(column.fr if isinstance(column, Text) else column.value).startswith("d’")
        what = say("{measure} d’{column}" if elided else "{measure} de {column}", "{measure} of {column}", measure=what, column=column)
    if arguments.get("per") == "order":
        what = say("{measure} par commande", "{measure} per order", measure=what)
    return what


_FACTORS = {  # those that are no column of a file
    EVERY_TICKET: Text("réclamations, demandes et incidents", "complaints, requests and incidents"),
    DELAY: Text("délai de livraison", "delivery time"),
    "promo_share": Text("part d’achats en promotion", "share bought on promotion"),
}


def _subject(step: Prepared, columns: Columns) -> Sentence:
    arguments = step.arguments
    title = _titles().get(step.analysis, Text("les conseils de fidélisation", "loyalty advice"))
    what: Value = lowered(Text(title.fr.rstrip("?\u202f\u00a0 "), title.en.rstrip("? ")))  # the sentence has its own end
    if step.analysis == "explore":
        what = _figure(arguments, columns)
    if step.analysis == "data_health" and arguments.get("days"):
        what = Text("les jours que couvrent les fichiers", "the days the files cover")
    if step.analysis == "leak_points" and arguments.get("lasting"):
        what = Text("combien de temps durent les relations", "how long relations last")
    if step.analysis == "churn_drivers" and arguments.get("factor"):
        factor = str(arguments["factor"])
        what = say("{what}, et d’abord ce que l’on sait de « {factor} »", "{what}, and first what is known of “{factor}”", what=what, factor=_FACTORS.get(factor, Label(factor)))
    if step.analysis == "customer_story" and arguments.get("customer"):
        return say("l’histoire du client {id}", "the story of customer {id}", id=Label(arguments["customer"]))
    groups = arguments.get("by") or ()
    names = [groups] if isinstance(groups, str) else list(groups)
    if step.analysis == "churn_rate" and isinstance(arguments.get("period"), str):
        names.append(arguments["period"])
    if not names:
        return say("{what}", "{what}", what=what)
    if names == ["customer_id"] and arguments.get("measure") == "customers":
        return say("noms des clients", "names of the customers")
    return say(
        "{what} par {by}", "{what} by {by}", what=what, by=Listing(tuple(_named(name, columns) for name in names))
    )


def _named(name: str, columns: Columns) -> Label | Text:
    if name in _NO_COLUMN:
        return _NO_COLUMN[name]
    field = columns.named(name)
    return lowered(title_of(name, columns)) if field is None or field.title.fr != name else Label(name)


def _bought(condition: Mapping[str, Any], columns: Columns) -> bool:
    """Whether a condition on customers is on what they ever bought."""
    named = [field for field in columns.fields if field.name == condition["field"]]
    return columns.dated and bool(named) and all(field.on_purchases for field in named)


def _ever(condition: Mapping[str, Any], columns: Columns) -> Sentence:
    never = condition["operator"] in ("!=", "not in")
    what = _condition({**condition, "operator": "=" if never else condition["operator"]}, columns)
    if never:
        return say("sans aucun achat de ce genre ({what})", "who never made such a purchase ({what})", what=what)
    return say("ayant fait au moins un achat de ce genre ({what})", "who ever made such a purchase ({what})", what=what)


def _condition(condition: Mapping[str, Any], columns: Columns) -> Sentence:
    name, operator, values = condition["field"], condition["operator"], condition["values"]
    what = _named(name, columns)
    if operator in ("=", "in") and len(values) == 1 and isinstance(values[0], bool):
        return (
            say("{what} : oui", "{what}: yes", what=what) if values[0] else say("{what} : non", "{what}: no", what=what)
        )
    if name in _MOVED and operator == "between":
        low, high = (date.fromisoformat(str(value)) for value in values)
        fr, en = _MOVED[name]
        return say(fr + " du {low} au {high}", en + " from {low} to {high}", low=low, high=high)
    if operator in ("is null", "is not null"):
        held = Text("sans", "without") if operator == "is null" else Text("avec", "with")  # nothing agrees with what the column is called
        return say("{held} {what}", "{held} {what}", held=held, what=what)
    numbers = all(isinstance(value, int | float) for value in values)
    shown = [Threshold(float(value), Unit.NUMBER) for value in values] if numbers else []
    if operator == "between" and are_days(values):
        return between_days(what, values)
    if operator == "between":
        return say(
            "{what} entre {low} et {high}", "{what} between {low} and {high}", what=what, low=shown[0], high=shown[1]
        )
    if numbers and operator in _WORDS:
        fr, en = _WORDS[operator]
        return say("{what} " + fr + " {value}", "{what} " + en + " {value}", what=what, value=shown[0])
    listed = Listing(tuple(Label(str(value)) for value in values))
    if operator in ("!=", "not in"):
        return say("{what} hors {values}", "{what} other than {values}", what=what, values=listed)
    return say("{what} : {values}", "{what}: {values}", what=what, values=listed)


_NO_COLUMN = {"customer_id": Text("client", "customer"), "started": Text("année de recrutement", "year of recruitment")}
_MOVED = {"started": ("arrivés", "who joined"), "lost_on": ("partis", "who left"), "finished_on": ("arrivés au bout", "who finished")}
_WORDS = {
    ">": (": plus de", "above"), ">=": (": au moins", "of at least"), "<": (": moins de", "below"),
    "<=": (": au plus", "of at most"), "=": (":", "equal to"), "!=": (": autre que", "other than"),
}  # fmt: skip


def _times(arguments: Mapping[str, Any], columns: Columns) -> list[Sentence]:
    said: list[Sentence] = []
    period, compare = arguments.get("period"), arguments.get("compare")
    if isinstance(period, Mapping):
        said.append(_days_said(period))
    if isinstance(compare, Mapping):
        said.append(say("comparé à la période du {start} au {end}", "compared with {start} to {end}", **_days(compare)))
    if isinstance(arguments.get("also"), Mapping):
        said.append(say("avec un achat du {start} au {end}", "with a purchase from {start} to {end}", **_days(arguments["also"])))
    if isinstance(arguments.get("seen"), Mapping):
        said.append(_seen(arguments["seen"], columns))
    if isinstance(arguments.get("absent"), Mapping):
        said.append(say("sans aucun achat du {start} au {end}", "with no purchase from {start} to {end}", **_days(arguments["absent"])))
    return said


def _days_said(period: Mapping[str, str]) -> Sentence:
    """One day, the days up to one, or those from one to another."""
    days = _days(period)
    if days["start"] == days["end"]:
        return say("le {start}", "on {start}", start=days["start"])
    if days["start"] == LONG_AGO:
        return say("jusqu’au {end}", "up to {end}", end=days["end"])
    return say("du {start} au {end}", "from {start} to {end}", **days)


def _seen(seen: Mapping[str, Any], columns: Columns) -> Sentence:
    """« Sans ligne dans « passages.csv » du … au … »: the customers a file of lines names, or does not."""
    head = rows_said(bool(seen.get("never")), seen.get("least"), seen.get("most"))
    said = say("{head} « {file} »", "{head} “{file}”", head=head, file=Label(seen["table"]))
    if seen.get("filter"):
        said = say("{said} ({only})", "{said} ({only})", said=said, only=_joined([_condition(condition, columns) for condition in seen["filter"]]))
    if not isinstance(seen.get("period"), Mapping):
        return said
    return say("{said} du {start} au {end}", "{said} from {start} to {end}", said=said, **_days(seen["period"]))


def _days(period: Mapping[str, str]) -> dict[str, Value]:
    return {"start": date.fromisoformat(period["start"]), "end": date.fromisoformat(period["end"])}


_LEFT = {
    "by": Text("la répartition demandée", "the split asked for"),
    "time": Text("la répartition dans le temps", "the split over time"),
    "period": Text("la période", "the period"),
    "compare": Text("la comparaison", "the comparison"),
    "purchases": Text("le filtre sur les achats", "the filter on purchases"),
}


def _left(codes: Sequence[str]) -> Listing:
    return Listing(tuple(_LEFT.get(code) or Label(code) for code in dict.fromkeys(codes)))


def which_one() -> Sentence:
    """Before the choices of a clarification."""
    return say(
        "Votre question peut se lire de plusieurs façons. Laquelle ?",
        "Your question can be read in several ways. Which one?",
    )


def out_of_scope() -> Sentence:
    """When nothing here answers."""
    return say(
        "Cette question sort de ce que je sais faire : je lis la relation avec vos clients dans vos fichiers. Vous pouvez "
        "demander, par exemple : {examples}",
        "This question is beyond what I do: I read the relationship with your customers in your files. You can ask, for "
        "instance: {examples}",
        examples=Listing(tuple(example_of(name) for name in _CLEAR)),
    )


def not_understood() -> Sentence:
    """When the question could not be read."""
    return say(
        "Je n’ai pas compris cette question. Vous pouvez la formuler autrement, ou choisir l’une de celles-ci.",
        "I did not understand this question. You can put it differently, or choose one of these.",
    )


def say_it_whole() -> Sentence:
    """When a question leans on one that got no answer."""
    return say(
        "La question d’avant n’a pas eu de réponse : posez celle-ci en entier, par exemple « combien de clients par ville ? ».",
        "The question before got no answer: please ask this one in full, for instance “how many customers by city?”.",
    )


def not_read(words: Sequence[str]) -> Sentence:
    """When only part of the question could be read: the words that were not, before the choices."""
    return say(
        "Je n’ai pas su lire « {words} » dans vos fichiers. Vouliez-vous demander l’une de ces questions ?",
        "I could not find “{words}” in your files. Did you mean one of these questions?",
        words=Label(" ".join(words)),
    )


def not_in_files(words: Sequence[str], question: str, columns: Columns) -> Sentence:
    """When a question is about some customers and no column or value of the files tells which."""
    as_typed = {part: match.group() for match in re.finditer(r"[\w-]+", question) for part in parts(match.group())}
    said = Label(" ".join(dict.fromkeys(as_typed.get(word, word) for word in words)))
    offered = [field for field in columns.fields if field.values and not field.on_purchases][:3]
    if not offered:
        return say(
            "Je ne trouve « {said} » nulle part dans vos fichiers : je ne peux répondre que pour l’ensemble.",
            "I find “{said}” nowhere in your files: I can only answer for everyone.",
            said=said,
        )
    return say(
        "Je ne trouve « {said} » nulle part dans vos fichiers. Je peux répondre pour l’ensemble, ou par {offered}.",
        "I find “{said}” nowhere in your files. I can answer for everyone, or by {offered}.",
        said=said, offered=Listing(tuple(_named(field.name, columns) for field in offered)),
    )  # fmt: skip


def greeting(kind: str) -> Sentence:
    """The answer to a hello, a thank-you or a stop."""
    return _GREETINGS[kind]


_GREETINGS = {
    "hello": say(
        "Bonjour ! Que voulez-vous savoir de vos clients ?", "Hello! What would you like to know about your customers?"
    ),
    "thanks": say(
        "Avec plaisir. Que voulez-vous savoir d’autre ?", "You are welcome. What else would you like to know?"
    ),
    "stop": say("C’est arrêté. Que voulez-vous savoir d’autre ?", "Stopped. What else would you like to know?"),
}


def not_by_customer(header: str) -> Sentence:
    """When a column of the files is named that is not told of each customer: it changes from one of their rows to the next."""
    return say(
        "« {header} » est bien dans vos fichiers, mais je ne sais pas encore le dire de chaque client : un même client peut en avoir plusieurs.",
        "“{header}” is in your files, but I cannot yet tell it of each customer: the same customer may have several.",
        header=Label(header),
    )  # fmt: skip


def left_aside(header: str) -> Sentence:
    """When a column is named that was taken for sensitive data, which no figure is told by."""
    return say(
        "« {header} » a été pris pour une donnée sensible (santé, religion, origine, vie privée…) : cette colonne est laissée de côté, et aucun chiffre n’est donné d’après elle. "
        "Si elle n’a rien de sensible, dites-le sur la page des données.",
        "“{header}” was taken for sensitive data (health, religion, origin, private life…): the column is left aside, and no figure is told by it. "
        "If there is nothing sensitive in it, say so on the data page.",
        header=Label(header),
    )  # fmt: skip


def no_spending() -> Sentence:
    """When the cost of a recruit is asked and no file tells what was spent."""
    return say(
        "Aucun de vos fichiers ne dit ce que le recrutement a coûté : ajoutez les dépenses par canal et par mois. Vos fichiers disent qui reste, par canal.",
        "None of your files says what recruiting cost: add what was spent, by channel and month. Your files tell who stays, by channel.",
    )  # fmt: skip


def touched_everyone(event: str) -> Sentence:
    """When departures are laid to something that happened one day: no column says whom it touched."""
    return say(
        "Vos fichiers ne disent pas quels clients ont été touchés par « {event} » : ce qui touche tout le monde le même jour ne se sépare pas de la saison ni du reste, et "
        "une date seule n’accuse rien. Vous pouvez regarder les départs avant et après.",
        "Your files do not say which customers “{event}” touched: what touches everybody on one day cannot be told from the season or the rest, and a date alone accuses "
        "nothing. You can look at departures before and after.",
        event=Label(event),
    )  # fmt: skip


def before_and_after() -> tuple[Text, ...]:
    """The questions that show departures on both sides of a day."""
    return (Text("Quel est le taux d’attrition par mois ?", "What is the churn rate by month?"), example_of("churn_drivers"))


def told_by_lines(value: str, header: str, file: str) -> Sentence:
    """When a value of the lines of a file is named where customers are told apart: a customer may have several lines."""
    return say(
        "« {value} » est une valeur de « {header} » dans « {file} », qui se dit d’une ligne et non d’un client : je ne sais pas encore répondre à cette question pour "
        "eux seuls. Je peux dire combien de lignes ou de clients cela fait, par période ou par une colonne de ce fichier.",
        "“{value}” is a value of “{header}” in “{file}”, told of a row and not of a customer: I cannot answer this of them alone yet. I can say how many rows or "
        "customers that makes, by period or by a column of that file.",
        value=Label(value), header=Label(header), file=Label(file),
    )  # fmt: skip


def no_such_figure(said: str, columns: Columns) -> Sentence:
    """When an average, a median, a largest is asked of what no number column tells."""
    offered = [field for field in columns.numeric() if not field.derived and not field.name.endswith("_id")][:3]
    told = Label(said)
    if not offered:
        return say(
            "Aucune colonne de nombres de vos fichiers ne donne « {said} » ; ajoutez-la pour répondre.",
            "No number column of your files gives “{said}”; add it to get this answer.", said=told,
        )  # fmt: skip
    return say(
        "Aucune colonne de nombres de vos fichiers ne donne « {said} » ; ajoutez-la pour répondre. Vos fichiers donnent, par exemple : {offered}.",
        "No number column of your files gives “{said}”; add it to get this answer. Your files give, for instance: {offered}.",
        said=told, offered=Listing(tuple(_named(field.name, columns) for field in offered)),
    )  # fmt: skip


def no_such_column(said: str, columns: Columns) -> Sentence:
    """When the question splits by something the files do not hold."""
    offered = [field for field in columns.fields if field.values and not field.on_purchases][:3]
    if not offered:
        return say(
            "Vos fichiers n’ont pas de colonne « {said} ».", "Your files have no “{said}” column.", said=Label(said)
        )
    return say(
        "Vos fichiers n’ont pas de colonne « {said} » ; ajoutez-la pour répondre. Je peux répartir par {offered}.",
        "Your files have no “{said}” column; add it to get this answer. I can split by {offered}.",
        said=Label(said),
        offered=Listing(tuple(_named(field.name, columns) for field in offered)),
    )
