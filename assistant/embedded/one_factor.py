"""« Est-ce à cause du dépôt de Lyon ? », "does slow delivery make them leave?": a question on one factor, and which column it is."""

from __future__ import annotations

import re

from analytics.customers.derived import EVENT, PRICE_RISE
from analytics.customers.tickets import EVERY_TICKET
from analytics.datamodel.attributes import Timing
from analytics.datamodel.model import ColumnProfile, ColumnType
from analytics.datamodel.roles import PERSONAL_ROLES, Role
from analytics.measures.moments import DELAY, LATENESS
from analytics.study import Study
from assistant.answer import Step
from assistant.embedded.ideas import idea, in_lexicon, split_headers
from assistant.embedded.text import plain, words

_PEOPLE = r"(?:us |our |the |nos |des |les |leurs? )?(?:customers?|clients?|members?|membres|subscribers?|abonnes?|adherents?|people|gens|donors?|donateurs?|users?|buyers?|acheteurs?)"
_MAKES = re.compile(
    r"\b(?:mak\w+|made|driv\w+|push\w+|caus\w+|send\w*)\b.{0,30}\b(?:leav\w*|go away|quit\w*|cancel\w*|churn\w*|lapse|away|off|departures?|stop\w*)\b"
    rf"|\b(?:los\w+|lost|cost\w*|coute\w*)\b.{{0,14}}{_PEOPLE}\b"
    r"|\b(?:est|sont|serai(?:t|ent))(?:[- ](?:elle|il|ce)s?)? (?:vraiment |bien |aussi )?(?:(?:la|une|l'une des) causes?|(?:les? |un )?responsables?|a l'origine) (?:de |des |d'|du )(?:nos |ces |leurs |la |l'|cette )?(?:departs?|resiliations?|attrition|pertes?)\b"
    r"|\b(?:the|a|one) causes? of (?:our |the |these )?(?:departures?|churn|cancellations?|losses)\b"
    r"|\b(?:(?<!you )(?<!to )(?<!me )(?:explain(?:s|ed)?|accounts? for)|expliqu(?:e|ent|ai\w+)(?:-(?:t-)?(?:il|elle)s?)?)\b.{0,12}\b(?:departures?|churn|cancellations?|attrition|departs?|resiliations?)\b"
    r"|\b(?:fait|font|faisait|ferai\w*|a fait|ont fait)\b.{0,30}\b(?:partir|fuir|perdre|resilier|quitter)\b|\bpouss\w+\b.{0,30}\b(?:partir|fuir|resilier|quitter|au depart|depart)\b"
)
_BECAUSE = re.compile(
    r"^(?:and |et |so |alors |do they leave |are they leaving |partent-ils |ils partent )?(?:is it|it's|is that|was it|est-ce|c'est|serait-ce|est-ce que c'est|is this)?\b.{0,12}"
    r"\b(?:because of|due to|down to|caused by|the fault of|a cause d|la faute d|du a|du au|cause par)"
)
_IS_IT = re.compile(r"^(?:and |et |so |alors )?(?:is it|est-ce|c'est|serait-ce|is that)\s+(?:the|our|le|la|les|l'|nos|notre)\b")
_LEAVING = re.compile(r"\b(?:leav\w*|left|quit\w*|churn\w*|cancel\w*|lapse\w*|departures?|departs?|part(?:ent|ir|i|is)|resili\w+|perd\w*|los\w+|lost|away)\b")
_BY_REASON = re.compile(r"\b(?:because of|due to|down to|caused by|the fault of|a cause d|la faute d|cause par)")
_WE_LOSE = re.compile(r"\b(?:we|i|on|nous|je)\b(?! (?:fait|font|faisait|fera|coute\w*)\b).{0,12}\b(?:los\w+|lost|perd\w*|perdu\w*)")
_LEAVE_MORE = re.compile(r"\b(?:leav\w*|quit\w*|churn\w*|cancel\w*|partent|quittent|resilient)\b.{0,14}\b(?:more|often|plus|davantage)\b")
_DOES = re.compile(
    r"^(?:and |et |so |alors )?(?:(?:do|does|did|is|are|has|have|can|could|l[ea]s?|ces?|nos|une?|des)\b|l'|est[- ]ce qu)"
    r"|\b(?:fait|font|faisait|faisaient|coute|coutent|pousse|poussent)-(?:t-)?(?:il|elle|on)s?\b"  # « changer de coach fait-il partir ? »
)
_MATTERS = re.compile(
    r"\b(?:jou|compt|influ|pes)\w*-(?:t-)?(?:il|elle)s?\b(?! (?:sur|dans) (?!(?:la |leur |notre |l')?(?:fidelite|retention|attrition|churn|departs?)\b))|\b(?:a|ont|aurai\w*|have|has|had)(?:-(?:t-)?(?:il|elle)s?)? (?:un |une |an? |any )?"
    r"(?:effets?|impacts?|influences?|effect|impact|influence|bearing)(?: (?:sur|on) (?:les |our |the |nos )?(?:departs?|resiliations?|attrition|departures?|churn|cancellations?)| ?[?.!]*$)"
    r"|\b(?:joue|jouent|influe|influent|pese|pesent|agit|agissent|influence(?:nt)?) (?:vraiment |beaucoup |aussi )?(?:(?:sur|dans) )?(?:les |la |l'|nos |le |leurs? |notre )?(?:departs?|resiliations?|attrition|churn|fidelite|retention|pertes?|desabonnements?)\b"
    r"|\b(?:does|do|did) .{2,40}\b(?:matter|play a (?:role|part))\b"
)
_KEEPS = re.compile(
    r"\b(?:fait|font)-(?:elle|il)s? rester\b|\bfidelis\w+-(?:t-)?(?:il|elle)s?\b|^(?:et |so |alors )?est[- ]ce qu.{2,50}\bfidelis(?:e|ent)\b|\b(?:do|does)\b.{2,30}\b(?:(?:keep|retain)s? (?:our |the )?(?:customers|members|subscribers)|make (?:\w+ ){1,2}(?:stay|loyal))\b"
)
_LOSE_BY = re.compile(r"^(?:and |et |so |alors )?(?:est[- ]ce qu|do |are |is )")
_OTHER_SUBJECT = re.compile(r"\b(?:revenue|sales|turnover|chiffre|ventes?|ca|basket|panier|margin|marge|how many|combien|what share|quelle part|which|quels?|quelles?|why|pourquoi|(?<!customers )(?<!people )(?<!those )(?<!members )(?<!clients )who|(?<!\ba )(?<!pour )(?<!chez )(?<!avec )(?<!clients )(?<!gens )(?<!ceux )(?<!celles )qui)\b")
_LATE = re.compile(r"\b(?:retards?|en retard|late|overdue|tardi\w*)\b")
_SLOW = re.compile(
    r"\b(?:slow|late|long|delay\w*|lent\w*|tard\w*|retard\w*|longs?|longues?)\b.{0,20}\b(?:deliver\w*|parcels?|shipping|shipment|post|livraison\w*|colis)\b"
    r"|\b(?:deliver\w*|parcels?|shipping|livraison\w*|colis)\b.{0,20}\b(?:slow\w*|late|long|delay\w*|times?|lent\w*|tard\w*|retard\w*|delais?)\b|\bdelais? de livraison\b"
)
_RISE = re.compile(
    r"\b(?:(?:price|rate|rent|fee|tariff|premium|cost|charge|dues)s? (?:increas\w*|ris\w*|hik\w*|chang\w*|raise\w*)|(?:increas\w*|rais\w*|hik\w*|rises?|higher) (?:in |of |our |the |their )*(?:price|rate|rent|fee|tariff|premium|charge|dues)s?|"
    r"(?:hausses?|augmentations?|relevements?) (?:de |du |des |d'|de la |de l')?(?:nos |leurs? )?(?:prix|tarifs?|loyers?|cotisations?|primes?|abonnements?|mensualites?))\b"
)
_WRITTEN = re.compile(r"\b(?:tickets?|incidents?|reclamations?|plaintes?|complaints?|complaining|sav|after[- ]sales|calls? to support)\b")
_ON_OFFER = re.compile(r"\b(?:promo\w*|discounts?|remises?|rabais|soldes?|vouchers?|coupons?)\b")
_LIVED = (Timing.DURING, Timing.WARNING, Timing.UNKNOWN)
_MOST_VALUES = 60
_LEAST_LETTERS, _SHARED = 5, 6


def of_one_factor(question: str, study: Study) -> Step | None:
    """The search for causes, asked first what it says of one factor; None when the question is another, or names no column of the files.

    Args:
        question: as typed.
        study: the data, for its headers and values.
    """
    text = plain(question)
    if _OTHER_SUBJECT.search(text):
        return None
    because, is_it = _BECAUSE.search(text) is not None, _IS_IT.search(text) is not None and len(text.split()) <= 8
    makes = _MAKES.search(text) is not None and _DOES.search(text) is not None
    makes = makes or (_MATTERS.search(text) is not None and _DOES.search(text) is not None)
    because = because or (_LOSE_BY.search(text) is not None and _BY_REASON.search(text) is not None and _LEAVING.search(text) is not None)
    if _KEEPS.search(text) and _DOES.search(text):
        return _by_those_kept(text, study)
    more = _LEAVE_MORE.search(text) is not None
    if more and not (makes or because or is_it):
        found = _by_value(text, study)  # of customers and orders, a rate says it; of a visit, only the search does
        return Step("churn_drivers", found) if found is not None and found["factor"] in _of_events(study) else None
    if not (makes or is_it or (because and (_LEAVING.search(text) or len(text.split()) <= 12))):
        return None
    before, cause, after = text.partition(said.group()) if (said := _BY_REASON.search(text)) is not None else ("", "", text)
    if (not cause and _WE_LOSE.search(text)) or (cause and _by_value(before, study) is not None):
        return None  # who is lost is asked, or some customers are set apart first: not what this factor does to all
    found = _factor(after, study, lone=is_it and not because)
    gone = None if found is None or "value" not in found else _its_end(found["value"], text)
    if gone is not None:
        return Step("churn_drivers", {"factor": _as_typed(gone, question)})  # whether customers leave those who are served by it says nothing of its end
    return None if found is None else Step("churn_drivers", found)


def of_an_unread_factor(question: str, study: Study) -> Step | None:
    """« Le bruit fait-il partir les clients ? » where no column speaks of noise: that it is not known is said, before what stands out.

    Args:
        question: as typed, which `of_one_factor` has not read.
        study: the data, for what customers may be held apart by.
    """
    text = plain(question)
    made = _MAKES.search(text)
    if made is None or _DOES.search(text) is None or _OTHER_SUBJECT.search(text) or _BY_REASON.search(text):
        return None
    subject = _ASKS.sub("", text[: made.start()]).strip(" ,'")
    said = subject.split()
    if not 0 < len(said) <= _LONGEST_SUBJECT or not any(len(word) >= _LEAST_LETTERS for word in said) or _SOMEBODY.search(subject):
        return None
    return Step("churn_drivers", {"factor": _as_typed(subject, question)})


_ENDS = r"(?:departs?|demission|fermeture|arret|disparition|departures?|resignation|closure|closing|leaving|loss)"


def _its_end(value: str, text: str) -> str | None:
    """« Le départ de Claire », "the closure of Bath": the words that say that what a value names has gone; None where it is the value itself that is asked about.

    Args:
        value: as it stands in the file. text: the question, plain.
    """
    named = re.escape(plain(value).strip())
    found = re.search(rf"\b{_ENDS} (?:d'|d |de |du |of )(?:l'|la |le |the |our |notre )?{named}\b|\b{named}(?:'s)? (?:departure|resignation|closure|leaving|closing)\b", text)
    return None if found is None else found.group()


_IN_THAT_STATE = re.compile(
    r"\b(?:(?:non|mal|pas(?: encore)?|jamais|restee?s? sans|sans|not|never|badly|left|without(?: an?)?)[ -](?:\w+ )?(?:resolu\w*|traite\w*|regle\w*|reponse|suite|rembourse\w*|solved|settled|answer\w*|handled|resolved|refunded)"
    r"|unresolved|unsolved|unsettled|unanswered)\b"
)


def state_unheard(question: str, step: Step, study: Study) -> tuple[str, ...]:
    """« Les erreurs de facture non réglées font-elles partir ? »: the state that the factor leaves out, in the words that say it.

    Args:
        question: as typed.
        step: what was read of it.
        study: the data.
    """
    found = _IN_THAT_STATE.search(plain(question))
    factor = next((binding for binding in study.model.bindings if binding.name == step.arguments.get("factor")), None)
    if found is None or (factor is not None and factor.role is Role.RESOLVED):
        return ()
    return (_as_typed(found.group(), question),)


_ASKS = re.compile(r"^(?:and |et |so |alors )?(?:est[- ]ce qu(?:e |'))?(?:do|does|did|is|are|has|have|can|could)?\b ?(?:l[ea]s?\b|l'|the\b|our\b|ces?\b|nos\b|notre\b|une?\b|des\b|a\b|an\b)? ?")
_SOMEBODY = re.compile(rf"\b(?:{_PEOPLE}|ils?|elles?|on|nous|they|we|it|this|that|cela|ca)\b")
_LONGEST_SUBJECT = 4  # words


def _as_typed(subject: str, question: str) -> str:
    """The words of the question that a plain stretch of it says, with their accents."""
    flat = plain(question)
    if len(flat) == len(question) and subject in flat:  # letter for letter
        return question[(place := flat.index(subject)) : place + len(subject)]
    count = len(subject.split())
    typed = question.replace("’", "'").replace("'", " ").split()
    runs = (typed[place : place + count] for place in range(len(typed) - count + 1))
    return next((" ".join(run) for run in runs if plain(" ".join(run)) == subject), subject)


def _by_those_kept(text: str, study: Study) -> Step | None:
    """« L'assurance fait-elle rester ? »: who leaves, by that column; a cause of departures it would not be."""
    header = _by_header(text, study)
    told = next((one for one in study.attributes if any(name == header for _, name in one.sources)), None)
    return Step("churn_rate", {"by": told.name}) if told is not None and told.type in (ColumnType.FLAG, ColumnType.CATEGORY) else None


def _factor(text: str, study: Study, *, lone: bool) -> dict[str, str] | None:
    """The column named, by one of its values first, else by its header or by what it measures."""
    if _RISE.search(text) and any(attribute.name == PRICE_RISE for attribute in study.attributes):
        return {"factor": PRICE_RISE}
    rises = _of_rises(study) if _RISE.search(text) else []
    if len(rises) == 1:
        return {"factor": rises[0]}  # « la hausse des tarifs » is told by « Dernière majoration (%) », and not by the price paid
    value = _by_value(text, study)
    if value is not None and not _RISE.search(text):  # a rise of the rent is no kind of payment called so
        return value
    if _SLOW.search(text):
        dates = {attribute.role for attribute in study.purchase_attributes}
        if Role.DELIVERY_DATE in dates:
            return {"factor": LATENESS if Role.PROMISED_DATE in dates and _LATE.search(text) else DELAY}
        header = _by_header(text, study)
        return None if header is None else {"factor": header}
    header = _by_header(text, study)
    if header is not None:
        return {"factor": header}
    if _WRITTEN.search(text) and any(attribute.name == EVERY_TICKET for attribute in study.attributes):
        return {"factor": EVERY_TICKET}
    if _ON_OFFER.search(text) and not lone and any(attribute.name == "promo_share" for attribute in study.attributes):
        return {"factor": "promo_share"}
    return None


def _of_rises(study: Study) -> list[str]:
    """The headers of numbers that tell by how much each customer's price rose."""
    return [column.name for _, column in _columns(study) if column.type is ColumnType.NUMBER and any(_RAISED.fullmatch(part) for part in words(split_headers(column.name)))]


_RAISED = re.compile(r"(?:hausse|augmentation|majoration|revision|revalorisation|indexation|increase|uplift|rise|hike)s?")


def _of_events(study: Study) -> frozenset[str]:
    """The headers that only visits, uses and other dated events hold."""
    return frozenset(header for attribute in study.attributes if attribute.name.startswith(EVENT) for _, header in attribute.sources)


def _columns(study: Study) -> list[tuple[str, ColumnProfile]]:
    """The columns that may be a factor: what they are, and neither who is behind nor what became of them."""
    roles = {(binding.table, binding.name): binding.role for binding in study.model.bindings}
    ended = {header for attribute in study.attributes if attribute.timing is Timing.OUTCOME for _, header in attribute.sources}
    given = {header for attribute in study.attributes if attribute.timing in _LIVED for _, header in attribute.sources}  # filled or not
    kept = []
    for table in study.model.tables:
        for column in table.columns:
            role = roles.get((table.table, column.name))
            named = role is not None and (role in PERSONAL_ROLES or role.value.endswith("_id") or role is Role.CUSTOMER_LINK)
            if role is not None and not named and column.name not in ended and (column.type is not ColumnType.DATE or column.name in given):
                kept.append((table.table, column))
    return kept


def _by_value(text: str, study: Study) -> dict[str, str] | None:
    """The longest value of a column of few values that stands in the question as whole words, articles and plurals apart."""
    found: list[tuple[int, str, str]] = []
    said = _bare(text)
    for _, column in _columns(study):
        if column.distinct > _MOST_VALUES:
            continue
        for value, _ in column.top:
            word = plain(str(value)).strip()
            if len(word) >= 3 and not word.isdigit() and word not in _NO_VALUES and f" {_bare(word)} " in f" {said} ":
                found.append((len(word), column.name, str(value).strip()))
    if not found:
        return _by_what_was_done(said, study)
    _, header, value = max(found, key=lambda one: one[0])
    return {"factor": header, "value": value}


_BY_WHOM = re.compile(r"\s(?:by|par)\s.*$")


def _by_what_was_done(said: str, study: Study) -> dict[str, str] | None:
    """« Les cours annulés » where the only value that says so is « Annulé par le professeur »: who did it goes without saying."""
    found = set()
    for _, column in _columns(study):
        for value, _ in column.top if column.distinct <= _MOST_VALUES else ():
            done, by = _BY_WHOM.subn("", plain(str(value)).strip())
            if by and len(done) >= _LEAST_LETTERS and f" {_bare(done)} " in f" {said} ":
                found.add((column.name, str(value).strip()))
    return dict(zip(("factor", "value"), found.pop(), strict=True)) if len(found) == 1 else None


_ARTICLE = re.compile(r"\b(?:the|an?|our|my|le|la|les|l|un|une|des|du|nos|notre)\b")


def _bare(text: str) -> str:
    """The words of a plain text, without articles nor plurals: « annulé par le salon » is « Annulé par salon »."""
    return " ".join(_one_form(word) for word in re.findall(r"[a-z0-9]+", _ARTICLE.sub(" ", text)))


def _one_form(word: str) -> str:
    """A word in one form: without its plural, and a French participle without its feminine (« refusée », « refusé »)."""
    single = word.removesuffix("s") if len(word) > 3 else word
    return single[:-1] if len(single) > 4 and single.endswith("ee") else single


_NO_VALUES = frozenset({"yes", "oui", "non", "true", "false", "vrai", "faux", "none", "aucun", "the", "and", "les", "des", "customers", "clients", "members"})


def _by_header(text: str, study: Study) -> str | None:
    """The header whose words the question says most of: “substituting items”, under `Substituted`; « changement de conseiller » is not `Conseiller`."""
    asked = {word for word in re.findall(r"[a-z]+", text) if len(word) >= 4 and word not in _NO_VALUES}
    best: tuple[int, int, str] | None = None
    for _, column in _columns(study):
        own = re.findall(r"[a-z]+", plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column.name)).replace("_", " "))
        alike = [max((_said_alike(part, word) for word in asked), default=0) for part in own]
        unsaid = sum(not letters and len(part) >= 4 for letters, part in zip(alike, own, strict=True))
        if any(alike) and (best is None or (sum(alike), -unsaid) > best[:2]):
            best = (sum(alike), -unsaid, column.name)
    return None if best is None else best[2]


def _said_alike(own: str, word: str) -> int:
    return len(own) if in_lexicon(word) and idea(word) == idea(own) else begins_alike(own, word)


def begins_alike(own: str, word: str) -> int:
    """How many letters two words begin with alike, when that makes them one word; 0 otherwise.

    Args:
        own: a word of a header.
        word: one of a question.
    """
    if own == word or own == word.removesuffix("s") or (word.endswith("ies") and own == f"{word[:-3]}y") or word == f"{own.removesuffix('e')}ing":
        return len(own)
    shared = 0
    for one, other in zip(own, word, strict=False):
        if one != other:
            break
        shared += 1
    longest = max(len(own), len(word))
    alike = shared >= _LEAST_LETTERS and (shared >= _SHARED or shared >= longest - 2) and shared >= min(len(own), len(word)) - 2
    return shared if alike else 0
