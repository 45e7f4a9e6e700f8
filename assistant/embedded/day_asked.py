"""« De quand date la dernière commande ? », "what period do the files cover?": a day is asked for, and not a number of orders."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from analytics.explore.first_and_last import DATED
from analytics.study import Study
from assistant.answer import Reading, Step
from assistant.embedded import wording
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns
from assistant.embedded.days_covered import OPENING, SPAN
from assistant.embedded.measuring import PERSON
from assistant.embedded.one_customer import as_known
from assistant.embedded.sureness import READ
from assistant.embedded.text import plain
from vocabulary.language import Language

End = Literal["first", "last", "both"]
_FIRST = r"(?:premiere?s?|plus ancien(?:ne)?s?|first|earliest|oldest|very first)"
_LAST = r"(?:derniere?s?|plus recente?s?|last|latest|most recent|newest|very last)"
_BOTH = rf"(?:(?:{_FIRST}|{_LAST}) (?:et|and|&) (?:de la |de l'|du |of the |la |le |the )?(?:{_FIRST}|{_LAST}))"
_EDGE = rf"(?P<edge>{_BOTH}|{_FIRST}|{_LAST})"
_THE = r"(?:(?:the|our|my|la|le|les|notre|nos|ma|mon|mes|toute|une?|an?) |l')*"
# « le dernier mois », "the last 12 months": a stretch of time, and nothing that has a day.
_NO_STRETCH = r"(?!(?:\d+|mois|month|annee|an|ans|year|semaine|week|trimestre|quarter|jours?|days?|fois|time|ete|summer|saison|season)\b)"
_ASKED = (
    r"when (?:was|is|were|are|did|has|have)|what(?:'s| is| was| were| are) the dates? (?:of|for)|(?:on )?(?:what|which) (?:date|day) (?:was|is|did)|dates? (?:of|de|du|des)"
    r"|quand (?:a eu lieu|ont eu lieu|est|etait|date|remonte|a ete (?:fait|passe|signe|enregistre)e?|s'est inscrite?|est (?:arrive|venu|inscrit|parti)e?)"
    r"|de quand (?:date|datent|est|remonte)|(?:c'est|c'etait) quand|a quand remonte|a quelle date (?:a eu lieu|remonte|est|etait|date|a ete \w+|est (?:arrive|parti)e?)"
    r"|quel(?:le)?s? (?:est|sont) (?:la|les) dates? (?:de|du|des)|quel jour (?:a eu lieu|est|etait)|dates?(?= derniere| premiere)"
)
_DAY_OF = re.compile(rf"{OPENING}(?:{_ASKED}) {_THE}{_EDGE} {_NO_STRETCH}(?P<what>.+)$")
_DAY_AFTER = re.compile(rf"{OPENING}(?:{_ASKED}) {_THE}(?P<what>\w+) {_THE}(?P<edge>{_FIRST}|{_LAST})(?P<more>(?: .+)?)$")
_DATES = re.compile(rf"{OPENING}{_EDGE} {_NO_STRETCH}(?P<what>[\w']+)(?: {_EDGE.replace('edge', 'other')})? (?:dates?|days?|day)(?P<more>(?: .+)?)$")
# « Dernière vente ? »: one thing sold, and nothing else said.
_ALONE = re.compile(rf"{OPENING}{_THE}(?P<edge>{_BOTH}|premiere|premier|derniere|dernier|first|last|latest) (?P<what>vente|commande|achat|facture|don|visite|reservation|location|sale|order|purchase|invoice|gift|donation|visit|booking|rental)$")
_ALONE_SO_CALLED = re.compile(rf"{OPENING}{_THE}(?P<edge>premiere|premier|derniere|dernier|first|last|latest) (?P<what>[a-z-]+)$")
_NUMBERED = r"(?:the )?(?:customer|client|member|account|subscriber|buyer|donor)(?: n°| no\.?| number| id| #)? \S*\d\S*"
_NUMBERED_FR = r"(?:cliente?|membre|adherente?|abonnee?|donateur|donatrice|acheteur|compte)(?: n°| no\.?| numero)? \S*\d\S*"
_DAY_OF_ONE = re.compile(  # « dernier achat du client 1042 »: of one customer, the day is what is asked
    rf"{OPENING}(?:(?:quel(?:le)? (?:est|etait|fut)|what (?:is|was)) )?{_THE}{_EDGE} {_NO_STRETCH}(?P<what>(?:\w+ ){{1,2}}(?:du |de la |de l'|de |of |by |d'){_THE}(?:{_NUMBERED}|{_NUMBERED_FR}))$"
)
_LAST_TIME = re.compile(
    rf"{OPENING}(?:when (?:was|is) the (?P<a>last|first) time (?:that )?(?:we|i|somebody|someone|anyone|anybody|a customer) |when did (?:we|i|somebody|someone|anyone|a customer|(?P<who>{_NUMBERED})) (?P<b>last|first) )(?P<did>\w+)(?P<more>(?: .+)?)$"
    rf"|{OPENING}quand (?:avons[- ]nous|a-t-on|a t on|est-ce qu'on a|on a|quelqu'un a(?:-t-il)?|nous avons) (?P<did_fr>\w+) (?P<more_fr>.*?) ?pour la (?P<c>derniere|premiere) fois$"
    rf"|{OPENING}quand (?=.*\b(?:venue?|achete\w*|commande\w*|reserve\w*|passee?|donne|visite\w*|loue\w*)\b)(?:.*\b)?(?P<who_fr>{_NUMBERED_FR})(?: .*)? pour la (?P<f>derniere|premiere) fois$"
    rf"|{OPENING}quand (?:avons[- ]nous|a-t-on|a t on|est-ce qu'on a|on a|nous avons) pour la (?P<d>derniere|premiere) fois (?P<did_also>\w+)(?P<more_also>(?: .+)?)$"
)
_WON = re.compile(r"\b(?:join(?:ed)?|sign(?:ed)? up|signup|arrived?|arrive|subscribed?|registered?|register|inscrite?s?|s'inscrire|recrut\w+|enrol\w*|came|come|venue?s?|acquis|won|gagne\w*)\b")
_LOST = re.compile(r"\b(?:lose|lost|perdue?s?|quit|cancel\w*|churn\w*|depart|departure|resili\w+|left|leave|partie?s?)\b")
_NEAR = 2  # words
_SOLD = frozenset("sell sold vendu order ordered buy bought commande achete".split())
_KEYS = frozenset({"measure", "segment", "purchase_filter", "period", "table", "by"})


def asked_of_files(question: str, columns: Columns) -> Reading | None:
    """The reading of a question on the days the files cover; None for any other.

    Args:
        question: as typed.
        columns: what the data can be asked about.
    """
    if not SPAN.match(_bare(question)):
        return None
    step = Prepared("data_health", {"days": True})
    return Reading("answered", (Step(step.analysis, step.arguments),), READ, wording.understood(step, columns))


def asked_for_a_day(question: str, language: Language, study: Study, columns: Columns, read: Callable[[str], Reading]) -> Reading | None:
    """The reading of a question on the day of a first or a last one; None for any other.

    What it is the day of is read as the question of how many there are, so that every word, value and file understood there is here.

    Args:
        question: as typed.
        language: of the question.
        study: the data.
        columns: what the data can be asked about.
        read: reads that other question, apart from the talk.
    """
    asked = _counted(question, language) or _one_so_called(question, language, columns)
    if asked is None:
        return None
    count, end = asked
    reading = read(count)
    one = _of_one_customer(reading, end, study)
    if one is not None:
        return Reading("answered", (Step("explore", one),), reading.confidence, wording.understood(Prepared("explore", one), columns))
    if reading.status != "answered" or len(reading.steps) != 1 or reading.left_out is not None or reading.command is not None:
        return reading if reading.status != "answered" else Reading("cannot_answer", (), reading.confidence, wording.not_understood())
    arguments = _as_days(reading.steps[0], end)
    if arguments is None:
        return Reading("cannot_answer", (), reading.confidence, wording.not_understood())
    return Reading("answered", (Step("explore", arguments),), reading.confidence, wording.understood(Prepared("explore", arguments), columns))


def _of_one_customer(reading: Reading, end: End, study: Study) -> dict[str, Any] | None:
    """« La dernière commande du client 1042 »: that customer's, where the files know one of that number."""
    told = next((step.arguments.get("customer") for step in reading.steps if step.analysis == "customer_story"), None)
    known = as_known(str(told), study) if told is not None else None
    return {"measure": "orders", "edge": end, "segment": [{"field": "customer_id", "operator": "=", "values": [known]}]} if known is not None else None


def _bare(question: str) -> str:
    text = re.sub(r"\s+", " ", plain(question).strip(" ?.!")).strip()
    return _SAID_TWICE.sub(lambda found: f"{found['one']} {found['and']} {found['other']} {found['what']}", text)


_SAID_TWICE = re.compile(rf"\b(?P<one>{_FIRST}|{_LAST}) (?P<what>[a-z]+) (?P<and>et|and) (?:the |le |la )?(?P<other>{_FIRST}|{_LAST}) (?P=what)\b")  # « premier achat et dernier achat »


def _counted(question: str, language: Language) -> tuple[str, End] | None:
    """The question of how many there are, and which end is asked for."""
    text = _bare(question)
    time = _LAST_TIME.match(text)
    if time is not None:
        said = time.groupdict()
        did = str(said["did"] or said["did_fr"] or said["did_also"])
        more = said["more_fr"] or _typed(question, (said["more"] or said["more_also"] or "").strip())
        edge = _end(str(said["a"] or said["b"] or said["c"] or said["d"] or said["f"]))
        if said["who_fr"]:
            return f"combien de commandes du {said['who_fr'].replace('cliente', 'client')}", edge
        if said["who"]:
            return f"how many orders of {said['who']}", edge
        return _how_many(f"{did} {more}", question, language, did), edge
    match = _DAY_OF.match(text) or _DAY_OF_ONE.match(text) or _DAY_AFTER.match(text) or _DATES.match(text) or _ALONE.match(text)
    if match is None:
        return None
    said = match.groupdict()
    if match.re is _ALONE:
        thing = {"vente": "commande", "sale": "order"}.get(said["what"], said["what"])  # so many « ventes » are money
        return _how_many(f"{thing}s", question, language, ""), _end(said["edge"])
    both = said.get("other") is not None
    more = (said.get("more") or "").strip()
    what = _typed(question, said["what"]) if match.re in (_DAY_OF, _DAY_OF_ONE) else f"{said['what']} {_typed(question, more)}".strip()
    return _how_many(what, question, language, ""), "both" if both else _end(said["edge"])


def _one_so_called(question: str, language: Language, columns: Columns) -> tuple[str, End] | None:
    """« Dernier prélèvement ? », by the word that these files have for an order."""
    match = _ALONE_SO_CALLED.match(_bare(question))
    if match is None or columns.orders is None or columns.orders.fullmatch(match["what"]) is None:
        return None
    return _how_many(f"{match['what']}s", question, language, ""), _end(match["edge"])


def _typed(question: str, tail: str) -> str:
    """The last words of a question as they were typed: capitals tell names apart."""
    count = len(tail.split())
    typed = question.strip(" ?.!").split()
    return " ".join(typed[-count:]) if 0 < count <= len(typed) else tail


def _end(edge: str) -> End:
    first, last = re.search(rf"\b{_FIRST}\b", edge), re.search(rf"\b{_LAST}\b", edge)
    return "both" if first and last else "first" if first else "last"


def _how_many(what: str, question: str, language: Language, did: str) -> str:
    """How many there are of it: orders of what was sold, customers who came or left."""
    text = plain(what)
    if PERSON.search(" ".join(text.split()[:_NEAR])):
        rest = _WON.sub("", _LOST.sub("", PERSON.sub("", text, count=1)))
        rest = re.sub(r"\b(?:new|nouveaux?|nouvelles?|did|do|est|sont|s'est|a|has|our|an?|the|une?|le|la|l'|who|qui|that|quit|cancel)\b(?!')", " ", rest)
        gone = _LOST.search(plain(question)) is not None
        asked = ("how many customers lost" if gone else "how many new customers") if language == "en" else ("combien de clients perdus" if gone else "combien de nouveaux clients")
        return f"{asked} {rest}".strip()
    if did in _SOLD:
        sold = re.sub(r"^(?:an?|any|some|une?|du|de la|des|de l'|de|d'|la|le|les|the)\b ?", "", what[len(did) :].strip())
        of = "of " if language == "en" else "de "
        return f"{'how many orders' if language == 'en' else 'combien de commandes'} {of + sold if sold else ''}".strip()
    return f"{'how many' if language == 'en' else 'combien de'} {what}"


def _as_days(step: Step, end: End) -> dict[str, Any] | None:
    """The arguments that date what a count counts; None where it counts something else."""
    arguments: Mapping[str, Any] = step.arguments
    if step.analysis != "explore" or not set(arguments) <= _KEYS or len(arguments.get("by", ())) > 1:
        return None
    measure, segment = str(arguments.get("measure", "customers")), list(arguments.get("segment", ()))
    gone = [one for one in segment if one["field"] == "lost" and one["values"] == [True]]
    if measure == "customers" and arguments.get("table") is None:
        measure = "lost_customers" if gone else "new_customers"
    if measure not in DATED or (measure == "records") != (arguments.get("table") is not None):
        return None
    if measure == "lost_customers":
        segment = [one for one in segment if one not in gone]
    kept = {name: arguments[name] for name in ("purchase_filter", "period", "table", "by") if arguments.get(name)}
    return {"measure": measure, "edge": end, **kept, **({"segment": segment} if segment else {})}
