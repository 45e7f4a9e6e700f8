"""What a follow-up inherits from the turn before it: "and by region?", "only women", "why?", "show me the list"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from analytics.catalog import CATALOG
from analytics.explore.measures import SOLD
from assistant.answer import Answer
from assistant.embedded.columns import Columns
from assistant.embedded.corpus import NONE
from assistant.embedded.features import rule_hits
from assistant.embedded.measuring import PERSON
from assistant.embedded.months import month_end, shifted
from assistant.embedded.periods import Period
from assistant.embedded.slots import read_slots
from assistant.embedded.text import plain, words
from assistant.planner import Dialogue

Kind = Literal[
    "thanks",
    "hello",
    "stop",
    "add_to_plan",
    "pin",
    "export",
    "list",
    "act",
    "cost",
    "worth",
    "since",
    "moment",
    "count",
    "season",
    "leave",
    "cause",
    "part",
    "why",
    "do",
    "refine",
    "lean",
    "none",
]
# About who leaves, as rates and reasons: their list is the risk list, their cause is `churn_drivers`.
_DEPARTURES = frozenset({
    "churn_rate", "churn_drivers", "leak_points", "lost_definition", "decline_onset", "foresight", "at_risk",
    "relationship_overview", "competitor_signals", "cohort_table", "explore", "outlook", "still_alive", "data_health",
})  # fmt: skip
_RECONQUEST = frozenset({"winback_budget", "second_life", "winback_targets", "embers"})
_BUDGETS = frozenset({"winback_budget", "second_life"})
_OWN_LISTS = frozenset({"at_risk", "still_alive"})
_STAYING = frozenset({"acquisition_quality", "second_purchase", "store_loyalty", "segments"})  # who stays where: the reason why is that of those who do not
_MONEY = frozenset({"money_definition", "revenue_bridge"})

# Words that lead a question which leans on the one before, and words that carry no subject of their own.
_LEAD = re.compile(
    r"^(et (si|pour|par|en|chez|dans|avec|sans|les?|la|des?|du|l')?\b|mais\b|sinon\b|and\b|or\b|but\b|what about\b|"
    r"how about\b|what if\b|same\b|pareil\w*\b|idem\b|meme (chose|question)\b|la meme chose\b|le meme\b|ditto\b|"
    r"seulement\b|uniquement\b|juste\b|que (les|pour|en)\b|rien que\b|only\b|just\b|restrict\w*\b|limit\w*\b|filtre\w*\b|"
    r"filter\w*\b|pour (les|la|le|l')\b|for\b|among\b|chez\b|parmi\b|dans\b|within\b|hors\b|sauf\b|sans\b|except\b|"
    r"excluding\b|without\b|ventil\w*\b|decoup\w*\b|split\b|break (it|that|this|them)? ?down\b|par\b|by\b|per\b|selon\b|"
    r"compare\w*\b|vs\b|versus\b|contre\b|par rapport\b|now\b|maintenant\b|ok\b|alors\b|then\b|donc\b|"
    r"(in|en|depuis|since|last|l'an|l'annee|le mois|au) )"
)
_REFINE = re.compile(
    r"\b(par|by|per|selon|seulement|uniquement|only|juste|just|same|pareil|idem|meme|compare\w*|vs|versus|par rapport|"
    r"chez|pour (les|la|le|l')|hors|sauf|sans|except|excluding|without|split|break|ventil\w*|restrict\w*|limit\w*|"
    r"filtre\w*|filter|what about|how about|et (les|le|la|l'|en|pour|au|a|chez|dans|si)|and (the|for|in|by)|"
    r"(19|20)\d\d|last (year|month|quarter)|l'an dernier|(annee|mois|trimestre) (dernier|derniere|precedent\w*))\b"
)
_POINTING = re.compile(
    r"\b(ils|elles|eux|ceux-la|celles-la|ceux-ci|celui-la|leurs?|cela|ce chiffre|ces clients|ce (groupe|segment)|"
    r"chacun\w*|chaque|en|they|them|their|those|these|that|this|it|each|of them|ones?|d'entre eux|la-dedans)\b"
)  # fmt: skip
_ONLY = re.compile(r"\b(only|seulement|uniquement|instead|plutot|please only)[ .?!]*$")
_AGAIN = re.compile(
    r"^(et |and |ok |now )*(refais|redo|recommence|remontre|show|montre|affiche|donne|give|do|fais|split|decoupe|ventile)\b"
    r".{0,12}\b(par|by|per|selon|pour|for|sans|without)\b"
)
_EDIT = re.compile(
    r"^(et |and |ok |now |non |no |please |peux-tu |pouvez-vous |tu peux |could you |can you |je (veux|voudrais) |i want |"
    r"i.d like |let.s |me |to |le |la |les |it |that |this |just |,)*"
    r"(ventil|detaill|decoup|tri|class|filtr|limit|restrei|gard|enlev|retir|exclu|inclu|regroup|concentr|zoom|compar|repart|"
    r"sort|split|break|rank|filter|restrict|keep|remov|drop|exclud|includ|focus|drill|narrow|group|order|redo|refai|"
    r"recalcul|recomput)\w*\b"
)
_AGAIN_PLEASE = re.compile(
    r"\b(plus de details?|more details?|en detail|in detail|dis-m.en plus|tell me more|say more|en pourcentage|in percent\w*|"
    r"as a percentage|en graphique|as a (chart|graph|table)|en tableau|tu es sur\w*|vous etes sur\w*|are you sure|vraiment|really|"
    r"je voulais dire|i meant|l.annee d.avant|the year before|le mois d.avant|the month before|avant (ca|cela)|before that)\b"
)
_FRAGMENT = 3  # words: so short a message has no subject of its own unless a keyword gives it one
_SHORT = 9  # words: a longer question stands on its own feet unless it points back


@dataclass(frozen=True, slots=True)
class Previous:
    """The last turn that ran an analysis: its name and its arguments."""

    analysis: str
    arguments: Mapping[str, Any]
    answer: Answer


def previous(dialogue: Dialogue, kind: Kind = "none") -> Previous | None:
    """The turn a follow-up leans on, or None at the start of a conversation. Advice is not what one splits or filters."""
    for answer in reversed(dialogue.answers):
        if answer.status != "answered" and kind_of(answer.question) in _ASIDES:
            continue  # a "why?" that could not be answered leaves the talk where it was
        if answer.reading.steps and not (
            kind in ("refine", "why", "list") and answer.reading.steps[0].analysis == "guidance"
        ):
            step = next((one for one in answer.reading.steps if one.analysis not in _UNBUILT), answer.reading.steps[0])
            return Previous(step.analysis, step.arguments, answer)
    return None


def left_unanswered(dialogue: Dialogue) -> bool:
    """Whether the last question stood on its own and got no answer: what follows it would lean on an older one."""
    if not dialogue.answers:
        return False
    for last in reversed(dialogue.answers):
        if last.status == "answered" or last.reading.steps:
            return False
        if kind_of(last.question) == "none":
            return True
    return True


_UNBUILT = frozenset(analysis.name for analysis in CATALOG if analysis.run is None)
_ASIDES = frozenset({"why", "leave", "cause", "list", "cost", "worth", "since", "moment", "count", "season"})


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    source = files("assistant.embedded").joinpath("followups.yaml").read_text(encoding="utf-8")
    return tuple((kind, re.compile(pattern)) for kind, group in yaml.safe_load(source).items() for pattern in group)


def kind_of(question: str) -> Kind:
    """How the question leans on the one before it, from its shape alone.

    `refine`: it changes the group, the filter or the period. `lean`: it may lean (short, or led by "and ..."): what it
    is about decides. `none`: it stands on its own.
    """
    text = plain(question).replace("?", " ?").replace("  ", " ").strip()
    for kind, pattern in _patterns():
        if pattern.search(text):
            return kind  # type: ignore[return-value]
    length = len(words(text))
    if length <= _SHORT and (_ONLY.search(text) or _AGAIN.search(text) or _AGAIN_PLEASE.search(text)):
        return "refine"
    if length <= _SHORT and _LEAD.search(text) and _REFINE.search(text):
        return "refine"
    if length <= _SHORT + _FRAGMENT and _EDIT.search(text):
        return "lean"
    if length <= _FRAGMENT or length <= _SHORT and (_LEAD.search(text) or _POINTING.search(text)):
        return "lean"
    return "none"


_CONJUNCTION = re.compile(
    r"^(et|and|mais|but|ok|or|ou|sinon|same|pareil|idem|la meme|le meme|meme|what about|how about|now|maintenant|alors|then|instead|plutot|"
    r"seulement|only|just|juste|uniquement|par|by|per|pour|for|en|in)\b"
)
_BACK = re.compile(
    r"\b(ceux-la|celles-la|ceux-ci|eux|parmi (eux|elles)|chez eux|d'entre (eux|elles)|ces (clients|gens|personnes|derniers|dernieres)|"
    r"ce (groupe|segment)|them|those|these|their|they|of (them|those|these)|leurs?|ils|elles|la-dedans|instead|plutot|rather)\b"
)
_OTHERS = re.compile(
    r"^(et |and |mais |but |ok |what about |how about |pour |for )*(pour |for |chez |of |celle |celui |that of )?(les autres|the others?|the other ones?|others?|autres|"
    r"des autres|aux autres|ailleurs|elsewhere|the rest|le reste|du reste|tous les autres|all (the )?others?)( clients| customers| ones)?[ ?!.]*$"
)
_INVERSE = {"=": "!=", "!=": "=", "in": "not in", "not in": "in", ">": "<=", ">=": "<", "<": ">=", "<=": ">"}


def stands_alone(question: str, *, measured: bool) -> bool:
    """Whether a short question has a subject of its own: it names what it measures and points back to nothing.

    Args:
        question: as typed.
        measured: a measure was read in it.
    """
    text = plain(question)
    if (person := PERSON.search(text)) is not None:
        text = re.sub(r"-(?:t-)?(?:ils?|elles?|on)\b", "", text)  # « les clients dépensent-ils »: the verb's own subject
        text = text[: person.end()] + re.sub(r"\b(?:their|leurs?) (?=[a-z])", "", text[person.end() :])  # "customers who lost their tutor": their own
    return measured and not _CONJUNCTION.search(text) and not _BACK.search(text)


_POINTED = re.compile(
    r"\b(?:ceux-la|celles-la|ceux-ci|celles-ci|parmi (?:eux|elles)|chez eux|d'entre (?:eux|elles)|(?:of|among|for) (?:them|those|these)|which ones|lesquel(?:le)?s|"
    r"(?:those|these) (?:customers?|people|ones?|clients?|members?|accounts?|donors?|guests?)|ces (?:\w+ )?(?:clients?|gens|personnes|membres|adherents|abonnes|donateurs|derniers|dernieres))\b"
)


def points_back(question: str) -> bool:
    """Whether a question is about the customers of the turn before: « taux de départ de ceux-là », "how many of them".

    Args:
        question: as typed.
    """
    return _POINTED.search(plain(question)) is not None


_SOMEBODY = re.compile(r"\b(?:their|them|they|they're|they've|theirs|leurs?|eux|(?<!qu')ils|(?<!qu')elles)\b")


def of_somebody(question: str) -> bool:
    """Whether a question speaks of people by a pronoun alone: « quel est leur taux de départ ? ».

    Args:
        question: as typed.
    """
    text = plain(question)
    return _SOMEBODY.search(text) is not None and PERSON.search(text) is None


def who_came(given: Mapping[str, Any], question: str) -> Mapping[str, Any]:
    """« Combien d'entre eux … » after a count of arrivals: those who came in its period, not what happened in it.

    Args:
        given: the arguments of the turn before.
        question: as typed.
    """
    period = given.get("period")
    if given.get("measure") != "new_customers" or not isinstance(period, Mapping) or not (points_back(question) or _SAME_PEOPLE.search(plain(question))):
        return given
    came = {"field": "started", "operator": "between", "values": [period["start"], period["end"]]}
    kept = {key: value for key, value in given.items() if key not in ("period", "measure", "by")}
    return {**kept, "segment": [*given.get("segment", ()), came]}


_OF_THEM = re.compile(r"^(?:et |and |ok |so |donc )*(?:combien|how many|quelle part|what share|which|lesquels|qui|who)\b")


def counted_then(before: Previous | None, question: str) -> bool:
    """Whether a question goes on from a count of who bought in a period, naming nobody else: « combien d'entre eux ont racheté en 2026 ? ».

    Args:
        before: the turn before.
        question: as typed.
    """
    if before is None or before.analysis != "explore" or before.arguments.get("measure") not in ("customers", "share_customers") or not before.arguments.get("period"):
        return False
    text = plain(question)
    return points_back(question) or (_OF_THEM.search(text) is not None and PERSON.search(text) is None)


_SAME_PEOPLE = re.compile(
    r"^(?:et |and |ok |so |donc )*(?:combien|how many|what share|quelle part)(?: (?:of them|d'entre eux|d'entre elles|en))? (?:have |had |has |did |are |were |ever |then |sont |ont |se sont |n'ont |ne sont |a |en )*(?:deja |already |since |depuis |finalement )?"
    r"(?:left|leave|leaving|quit|churn\w*|cancel\w*|gone|stay\w*|remain\w*|still|renew\w*|c[ao]me back|return\w*|order\w*|bought|buy|purchas\w*|visit\w*|join\w*|complain\w*|part(?:is?|ies?|ent)|quitte\w*|resili\w*|rest(?:e|ent|es)\b|"
    r"encore|renouvel\w*|revenu\w*|rachet\w*|achete\w*|commande\w*|venu\w*|arrete\w*|perdus?)\b"
)
_PEOPLE_COUNTED = frozenset({"customers", "new_customers", "lost_customers", "share_customers"})


def of_same_people(question: str, dialogue: Dialogue) -> bool:
    """« Combien sont partis ? » just after customers were counted: of those, since nobody else is named.

    Args:
        question: as typed.
        dialogue: the earlier turns.
    """
    last = dialogue.answers[-1] if dialogue.answers else None
    step = last.reading.steps[0] if last is not None and last.status == "answered" and last.reading.steps else None
    if step is None or step.analysis != "explore" or step.arguments.get("table") or step.arguments.get("measure") not in _PEOPLE_COUNTED or step.arguments.get("by"):
        return False
    text = plain(question)
    return _SAME_PEOPLE.search(text) is not None and PERSON.search(text) is None


_EACH = re.compile(rf"^(?:et |and |ok |now |maintenant )*(?:(?:par|per|by|for each|pour chaque|a) (?:tete|head|{PERSON.pattern[2:-2]})|chacun|each)[ ?.!]*$")
_PER_CUSTOMER = {"amount": "amount_per_customer", "orders": "orders_per_customer", "records": "total_per_customer", "sum": "total_per_customer"}


def by_head(question: str, before: Previous | None, columns: Columns) -> str | None:
    """« Par client ? » after a total: that total divided by how many they are; the measure that says it, or None.

    Args:
        question: as typed.
        before: the turn before.
        columns: what the data can be asked about.
    """
    if before is None or before.analysis != "explore" or _EACH.search(plain(question)) is None:
        return None
    measure, held = str(before.arguments.get("measure")), columns.named(str(before.arguments.get("column")))
    if measure == "sum" and not before.arguments.get("table") and held is not None and not held.on_purchases:
        return "mean"  # of what each customer has one of: a monthly bill
    return _PER_CUSTOMER.get(measure)


_THEIR_SHARE = re.compile(
    r"\b(?:part|share|pourcentage|percentage|proportion|%|combien)\b.*\b(?:ca|chiffre d'affaires|revenue|sales|ventes|total|dons|revenus?|recettes)\b.*"
    r"\b(?:ils|elles|they|those|these|eux|ceux-la|them|representent|font)\b|\bwhat share (?:is|are) (?:that|they)\b"
)


def asks_their_share(question: str) -> bool:
    """Whether a question asks what those just ranked make of the whole.

    Args:
        question: as typed.
    """
    return _THEIR_SHARE.search(plain(question)) is not None


def of_money(question: str) -> bool:
    """Whether a question names revenue itself."""
    return re.search(r"\b(?:chiffres?|ca|revenue|revenus?|sales|ventes|recettes|turnover|collecte|mrr)\b", plain(question)) is not None


def own_subject(question: str) -> bool:
    """Whether a question of strategy says what about: « que faut-il faire ? » says nothing of its own."""
    return kind_of(question) not in ("do", "act", "why", "cost", "worth")


def repeats(question: str, before: Previous, analysis: str, arguments: Mapping[str, Any]) -> bool:
    """Whether a follow-up that does not ask to see the answer again was read as changing nothing of it.

    Args:
        question: as typed.
        before: the turn it leans on.
        analysis, arguments: of the step it was read as.
    """
    text = plain(question)
    again = _AGAIN_PLEASE.search(text) or _AGAIN.search(text)
    return kind_of(question) in ("lean", "refine") and not again and analysis == before.analysis and dict(arguments) == dict(before.arguments)


def asks_others(question: str) -> bool:
    """« Et les autres ? », "elsewhere?": the customers left out of the turn before."""
    return _OTHERS.search(plain(question)) is not None


def of_the_others(arguments: Mapping[str, Any]) -> dict[str, Any] | None:
    """The arguments of a step with its last condition turned round; None when it has none that can be.

    Args:
        arguments: of the step before.
    """
    for key in ("segment", "purchase_filter"):
        conditions = [dict(condition) for condition in arguments.get(key) or ()]
        if not conditions:
            continue
        last = conditions[-1]
        if last["values"] in ([True], [False]):
            last["values"] = [not last["values"][0]]
        elif last["operator"] in _INVERSE:
            last["operator"] = _INVERSE[last["operator"]]
        else:
            return None
        return {**arguments, key: conditions}
    return None


_BACKWARDS = re.compile(
    r"\b(?:l'|the |le )?(?P<unit>annee|an|year|mois|month|trimestre|quarter|periode|period) (?:d'avant|avant|before|precedente?)|\b(?:previous|preceding) "
    r"(?P<english>year|month|quarter|period)\b"
)
_FORWARDS = re.compile(
    r"\b(?:l'|the |le )?(?P<unit>annee|an|year|mois|month|trimestre|quarter|periode|period) (?:d'apres|apres|suivante?|after|later)|\b(?:following|subsequent) (?P<english>year|month|quarter|period)\b"
)
_SAME_DAYS = re.compile(
    r"\b(?:same (?:month|period|quarter|week|days?|time) (?:of |in )?(?:the )?(?:last|previous|prior) year|(?:meme|memes) (?:mois|periode|trimestre|semaine|jours|epoque) "
    r"(?:de |d')?(?:l'an(?:nee)? (?:dernier|passe|precedent)e?|un an (?:avant|plus tot)|l'annee d'avant))"
)
_MONTHS_BACK = {"annee": 12, "an": 12, "year": 12, "mois": 1, "month": 1, "trimestre": 3, "quarter": 3}


def moved_back(question: str, held: Mapping[str, str], as_of: date) -> Period | None:
    """« Et l'année d'avant ? »: the period of the turn before, moved back; None when nothing of the kind is said.

    « La même période l'an dernier » of a year that is not over ends on the day the files reach, a year before.

    Args:
        question: as typed.
        held: the period of the turn before.
        as_of: the last day the files tell of.
    """
    same_days = _SAME_DAYS.search(plain(question))
    if same_days is not None:
        start, end = date.fromisoformat(held["start"]), date.fromisoformat(held["end"])
        end = as_of if start <= as_of < end else end
        last = shifted(end, -12)
        last = month_end(last.year, last.month) if end == month_end(end.year, end.month) else last
        return Period(shifted(start, -12), last, same_days.span())
    found, way = _BACKWARDS.search(plain(question)), 1
    if found is None:
        found, way = _FORWARDS.search(plain(question)), -1
    if found is None or "compar" in plain(question):
        return None
    start, end = date.fromisoformat(held["start"]), date.fromisoformat(held["end"])
    length = (end.year - start.year) * 12 + end.month - start.month + 1
    months = way * _MONTHS_BACK.get(found["unit"] or found["english"], length)
    last = shifted(end, -months)
    last = month_end(last.year, last.month) if end == month_end(end.year, end.month) else last
    return Period(shifted(start, -months), last, found.span())


def inherited(kind: Kind, before: Previous) -> str | None:
    """The analysis a follow-up of that kind asks for, given the one before; None when it says nothing."""
    name = before.analysis
    if kind in ("add_to_plan", "pin", "export", "refine", "lean", "part"):
        return name
    if kind == "cost" and name not in _DEPARTURES | _RECONQUEST:
        return name
    if kind in _DIRECT:
        return _DIRECT[kind]
    if kind == "count":
        return "money_definition" if _money(before) else "lost_definition"
    if kind == "season":
        return name if name == "explore" else "churn_rate"
    if kind == "list" and name == "explore" and (not _of_departures(before) or left_then(before.arguments) is not None):
        return name
    if kind == "list":
        return "at_risk" if name in _DEPARTURES - _OWN_LISTS else "winback_targets" if name in _BUDGETS else name
    if kind in ("why", "cause"):
        return "revenue_bridge" if _money(before) else "churn_drivers" if name in _DEPARTURES | _STAYING else name
    if kind == "do":
        return "guidance"
    return None


def left_then(arguments: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The conditions of those a count of departures was of, when it was of some days; None otherwise.

    Args:
        arguments: of that count.
    """
    period = arguments.get("period")
    if arguments.get("measure") != "lost_customers" or not isinstance(period, Mapping):
        return None
    kept = [dict(one) for one in arguments.get("segment") or () if one["field"] not in ("lost", "lost_on")]
    return [*kept, {"field": "lost_on", "operator": "between", "values": [period["start"], period["end"]]}]


def _of_departures(before: Previous) -> bool:
    """Whether a query was about who leaves."""
    lost = any(condition["field"] == "lost" for condition in before.arguments.get("segment") or ())
    return lost or before.arguments.get("measure") in ("lost_rate", "lost_customers")


def _money(before: Previous) -> bool:
    """Whether the turn before was about money rather than about who leaves."""
    if before.analysis == "explore":
        measure = before.arguments.get("measure") or read_slots(before.answer.question, Columns(), date.today()).measure
        return measure in SOLD
    return before.analysis in _MONEY


_DIRECT: Mapping[str, str] = {
    "cost": "winback_budget", "worth": "customer_value", "since": "decline_onset", "moment": "leak_points", "act": NONE, "leave": "churn_drivers",
}  # fmt: skip


def blended(
    ranked: list[tuple[str, float]], kind: Kind, before: Previous | None, own_words: float
) -> list[tuple[str, float]]:
    """The ranking of a question in the light of what it leans on.

    Args:
        ranked: intents with probabilities, from the question alone.
        kind: how it leans.
        before: the turn it leans on.
        own_words: weight of keyword rules its own words meet, apart from what it refines: a new subject.
    """
    if before is None or kind in ("none", "thanks", "hello", "stop"):
        return ranked
    name = inherited(kind, before)
    if name is None:
        return ranked
    share = _SHARES.get(kind, 0.9)
    if kind in ("refine", "lean"):
        share *= 1.0 if own_words < 2 else 0.35
    if kind == "lean" and any(chance >= _OWN.get(intent, _LIKELY) and intent not in (name, NONE) for intent, chance in ranked):
        share *= 0.5
    mixed = {intent: probability * (1 - share) for intent, probability in ranked}
    mixed[name] = mixed.get(name, 0.0) + share
    return sorted(mixed.items(), key=lambda pair: -pair[1])


def own_words(question: str) -> float:
    """The weight of the strongest subject the question's own words name (groupings and filters name none)."""
    scores = {intent: score for intent, score in rule_hits(plain(question)).items() if intent not in _LEANING}
    return max(scores.values(), default=0.0)


# "Only our biggest accounts", « par canal » name whom or what to split by, seldom a new subject.
_LEANING = frozenset({"explore", "customer_value", "segments", "account_health", "acquisition_quality"})

_LIKELY = 0.5  # a subject of its own, likely enough to compete with the one before
_OWN: Mapping[str, float] = {"explore": 0.9}  # "women" alone looks like a count: it must be a clear one
_SHARES: Mapping[str, float] = {"refine": 0.85, "lean": 0.65, "why": 0.9, "leave": 0.95, "list": 0.9, "do": 0.85}
