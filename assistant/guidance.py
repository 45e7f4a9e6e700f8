"""T7: strategy questions answered from the corpus, with citations, and checked on what these data say of departures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from analytics.analysis import Analysis, Parameters
from analytics.customers.nobody_named import why_nobody
from analytics.datamodel.roles import Role
from analytics.statistics.intervals import wilson
from analytics.study import Study
from assistant.answer import Citation
from assistant.embedded.language import detect_language
from assistant.plan.rules.remedies import may_be_acted_upon, remedy
from knowledge import corpus, store
from knowledge.text import fold, sentences, words
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column, DriverKind, Finding, NotApplicable, Result, Table
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_MOST = 3
_ADVICE = 2  # paragraphs of a card that say it: the claim and what to do
_REMEDIES = 2  # factors whose remedies are quoted
_A_THEME = 2  # cards a theme, when the data choose the subject


class GuidanceParameters(Parameters):
    """`question`: what was asked, in the manager's words; `themes`: what the findings so far are about."""

    question: str = ""
    themes: tuple[Theme, ...] = ()


def cite(question: str, language: Language, themes: tuple[Theme, ...] = (), top: int = _MOST) -> tuple[Citation, ...]:
    """The passages that answer a question, best first; none when no card is near enough."""
    found = store.search(question, language, themes=themes, top=top)
    return tuple(
        Citation(hit.card.id, hit.card.title, hit.excerpt, hit.card.source.cite(language), hit.card.evidence)
        for hit in found
    )


def cite_cards(ids: tuple[str, ...], language: Language) -> tuple[Citation, ...]:
    """The cards an action rests on, each with its first sentence."""
    cards = corpus.load().cards[language]
    return tuple(_citation(cards[key], language) for key in ids)


def _citation(card: corpus.Card, language: Language) -> Citation:
    return Citation(card.id, card.title, sentences(card.body)[0], card.source.cite(language), card.evidence)


def citations(finding: Finding, question: str, language: Language) -> tuple[Citation, ...]:
    """The cards of a guidance finding: the first with its advice whole, the others with their passage nearest to it."""
    near = {citation.card: citation for citation in cite(question, language, top=len(corpus.load().cards[language]))}
    cards = [str(item["card"]) for item in finding.items]
    found = [near.get(card) or cite_cards((card,), language)[0] for card in cards]
    return tuple(replace(one, excerpt=_advice_of(one.card, language)) if one is found[0] else one for one in found)


def _advice_of(card: str, language: Language) -> str:
    """What a card holds to be so, and what to do: its first two paragraphs, on one line."""
    paragraphs = corpus.load().cards[language][card].body.split("\n\n")[:_ADVICE]
    return " ".join(" ".join(paragraphs).replace("**", "").split())


def asks_what_to_do(question: str) -> bool:
    """Whether a question asks what to do without naming a subject: the data then choose it."""
    return not set(words(question)) - _WORDS_OF_NO_SUBJECT


def about(finding: Finding) -> tuple[Theme, ...]:
    """The themes of the cards a guidance finding cites."""
    cards = corpus.load().cards["fr"]
    return tuple(dict.fromkeys(theme for item in finding.items for theme in cards[str(item["card"])].themes))


def _run(study: Study, parameters: Parameters) -> Result:
    assert isinstance(parameters, GuidanceParameters)
    general = asks_what_to_do(parameters.question)
    if general and "customers" not in study.tables:  # a diagnosis of nobody points to no advice
        return NotApplicable("guidance", "customer_id", *why_nobody(study.model))
    drivers = study.ask("churn_drivers")
    items = _actionable(drivers, study)
    themes = parameters.themes or (_themes_of(items) if general else ())
    fitting = _fitting(items) if general else ()
    question = _GENERAL.fr if general else parameters.question
    asked = detect_language(question, default="fr")  # words are matched in the language they are said in
    near = () if fitting else _within_reach(cite(question, asked, themes) or cite(question, asked, top=2 * _MOST), question, study)[:_MOST]
    hits = cite_cards(fitting or tuple(citation.card for citation in near), "fr")
    if not hits:
        return NotApplicable("guidance", "no_guidance", _NOTHING, _ASK_OTHERWISE)
    topic = corpus.load().cards["fr"][hits[0].card].themes
    seen = _seen_here(items, None if general else topic[0])
    total = Estimate("cards", len(corpus.load().cards["fr"]), Unit.COUNT, method="count")
    first = hits[0]
    rows = tuple(
        (fr.card, Text(fr.title, en.title), Text(fr.source, en.source), fr.strength.value)
        for fr, en in zip(hits, _same_cards(hits, "en"), strict=True)
    )
    nearest = _NEAREST_DIAGNOSIS if general else _NEAREST_QUESTION
    claim = say("{nearest} : « {title} ».", "{nearest}: “{title}”.", nearest=nearest, title=rows[0][1])
    if general and seen is not None:
        claim = say(
            "Commencez par ce que vos données désignent : {seen} Le conseil le plus proche : « {title} ».",
            "Start with what your data point to: {seen} The nearest advice: “{title}”.",
            seen=seen, title=rows[0][1],
        )  # fmt: skip
    return Finding(
        "guidance",
        claim,
        measures=(Estimate("passages", len(rows), Unit.COUNT, n=int(total.value or 0), method="retrieval"),),
        items=tuple({"card": row[0], "title": row[1], "source": row[2], "strength": row[3]} for row in rows),
        table=Table(
            (
                Column("title", Text("titre", "title")),
                Column("source", Text("source", "source")),
                Column("strength", Text("solidité", "strength")),
            ),
            tuple((title, source, _STRENGTHS[Strength(strength)]) for _, title, source, strength in rows),
        ),
        strength=first.strength,
        facts=() if general or seen is None else (_in_your_data(seen),),
        themes=tuple(topic),
        caveats=(_GENERAL_ADVICE if seen is not None else _unseen(drivers),),
        doubt=say(
            "Un test avec groupe témoin mené chez vous, qui dirait le contraire.",
            "A test with a control group run in your own house, that said otherwise.",
        ),
    )


def _actionable(drivers: Result, study: Study) -> list[Mapping[str, Any]]:
    """The factors one can act upon, the heaviest first: no warning sign, no profile, and never who customers are."""
    items = drivers.items if isinstance(drivers, Finding) else ()
    return [item for item in items if item["kind"] in _ACTIONABLE and item["explained_by"] is None and may_be_acted_upon(item["segment"], study.attributes)]


def _themes_of(items: Sequence[Mapping[str, Any]]) -> tuple[Theme, ...]:
    """What the departures are about, when no subject was named."""
    themes = (Theme(item["theme"]) for item in items)
    return tuple(dict.fromkeys(theme for theme in themes if theme is not Theme.OTHER))[:2]


def _fitting(items: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The cards of the remedies that the data call for, the heaviest factor first."""
    return tuple(dict.fromkeys(card for item in items[:_REMEDIES] for card in remedy(item).cards[:_A_THEME]))


def _seen_here(items: Sequence[Mapping[str, Any]], topic: Theme | None) -> Sentence | None:
    """The strongest factor of these data that the advice is about (any, without a topic); None when there is none."""
    return next((_told(item) for item in items if topic is None or Theme(item["theme"]) is topic), None)


def _within_reach(found: tuple[Citation, ...], question: str, study: Study) -> tuple[Citation, ...]:
    """The cards but those on promotions, for a house that has none and did not ask about them: it cannot come off what it never gave."""
    if _sells_on_promotion(study) or _OF_PROMOTIONS.search(fold(question)):
        return found
    cards = corpus.load().cards["fr"]
    return tuple(one for one in found if Theme.PROMOTION not in cards[one.card].themes)


def _sells_on_promotion(study: Study) -> bool:
    """Whether anything in the files was ever sold on promotion, or at a discount."""
    told = any(attribute.role in (Role.PROMO_CODE, Role.DISCOUNT) for attribute in (*study.attributes, *study.purchase_attributes))
    return told or bool("purchases" in study.tables and study.database.row("SELECT COUNT(*) FROM purchases WHERE on_promo")[0])


def _told(item: Mapping[str, Any]) -> Sentence:
    if item["counted_in"] != "customers":  # its rate is one of orders or of months
        return say(
            "{touched} — parmi {among}, {happened}, à profil égal aussi.",
            "{touched} — of {among}, {happened}, all else equal too.",
            touched=item["touched"], among=item["among"], happened=item["happened"],
        )  # fmt: skip
    count = int(item["customers"])
    rate = wilson(round(item["lost_rate"] * count), count)
    return say(
        "{touched} — parmi {among}, {rate} des {rate:n} concernés sont partis ({rate:interval}), plus que les autres à profil égal.",
        "{touched} — of {among}, {rate} of the {rate:n} concerned have left ({rate:interval}), more than the others all else equal.",
        touched=item["touched"], among=item["among"], rate=rate.estimate("lost_rate", Unit.RATIO),
    )  # fmt: skip


def _would_answer(study: Study, parameters: Parameters) -> bool:
    """Whether a card is near the question; advice drawn from the data alone costs the search for causes, and is not told here."""
    assert isinstance(parameters, GuidanceParameters)
    question = _GENERAL.fr if asks_what_to_do(parameters.question) else parameters.question
    return bool(cite(question, detect_language(question, default="fr")))


def _unseen(drivers: Result) -> Sentence:
    if isinstance(drivers, Finding):
        return _NOT_IN_YOUR_DATA
    return say("{advice} {unlock}", "{advice} {unlock}", advice=_GENERAL_ADVICE,
               unlock=say("Pour le vérifier ici : {unlock}", "To check it here: {unlock}", unlock=drivers.would_unlock))  # fmt: skip


def _in_your_data(seen: Sentence) -> Sentence:
    return say("Dans vos données : {seen}", "In your data: {seen}", seen=seen)


def _same_cards(hits: tuple[Citation, ...], language: Language) -> tuple[Citation, ...]:
    cards = corpus.load().cards[language]
    return tuple(_citation(cards[hit.card], language) for hit in hits)


_ACTIONABLE = (DriverKind.CAUSE, DriverKind.UNCLEAR)
# Words that ask for advice without saying on what. A question made of nothing else is answered from the data.
_WORDS_OF_NO_SUBJECT = frozenset(
    "que quoi qu quel quelle quelles quels est ce faire fait faut il dois doit devons je j on nous pour les la le l de d des "
    "du mes nos vos leur leurs ses son sa a au aux en et y clients client clientele garder retenir fideliser conserver "
    "ameliorer reduire diminuer baisser limiter eviter freiner arreter departs depart attrition churn perte pertes commencer "
    "par ou priorite priorites premier premiere abord maintenant ensuite agir action actions plan conseil conseils "
    "conseillez conseilles recommandez recommandation recommandations proposez suggerez me moi vous tu comment peut peux "
    "un une donne donnez fais faites dresse dressez prepare preparez propose etablis redige bref vite concret concrete give make build draw up write "
    "prepare propose need want help us simple short concrete what should i we do first to keep them our my the customers customer retain how can could must need next where start "
    "begin priority priorities advice advise recommend recommendation recommendations suggest reduce lower stop prevent "
    "leaving losing loss departures act action plan now is are about for of in a an it this be you me please s ils partent "
    "hemorragie hemorragies saignee fuite fuites hemorrhage haemorrhage bleeding leak leaks stopper endiguer enrayer "
    "partir restent rester plus moins mieux more less better stay from qui elles eux".split()
)
_OF_PROMOTIONS = re.compile(r"promo|discount|remise|rabais|sold|coupon|voucher|bon de reduction|code|sale")
_STRENGTHS = {
    Strength.STRONG: Text("forte", "strong"),
    Strength.MODERATE: Text("moyenne", "moderate"),
    Strength.WEAK: Text("faible", "weak"),
}
_GENERAL_ADVICE = say(
    "Un conseil général ne prouve rien sur vos clients : vérifiez-le sur vos données, puis par un test avec groupe témoin.",
    "General advice proves nothing about your customers: check it on your data, then by a test with a control group.",
)
_NOT_IN_YOUR_DATA = say(
    "Dans vos données, aucun facteur de départ établi ne touche à ce sujet : un conseil général, à essayer par un test avec "
    "groupe témoin.",
    "In your data, no established factor behind departures touches on this: general advice, to be tried by a test with a "
    "control group.",
)
_NEAREST_QUESTION = Text("Le conseil le plus proche de votre question", "The advice nearest to your question")
_NEAREST_DIAGNOSIS = Text("Le conseil le plus proche de ce diagnostic", "The advice nearest to this diagnosis")
_GENERAL = Text("Comment fidéliser nos clients ?", "How do we keep our customers loyal?")
_NOTHING = say(
    "Aucune fiche de notre corpus ne traite cette question.",
    "No card of our corpus deals with this question.",
)
_ASK_OTHERWISE = say(
    "Reformulez-la autour du recrutement, de l’accueil, de la fidélité, du départ ou de la reconquête.",
    "Ask it again around recruitment, welcome, loyalty, departure or winning back.",
)

ANALYSIS = Analysis(
    name="guidance",
    row="T7",
    stage=JourneyStage.LOYALTY,
    title=Text("Conseils de stratégie", "Strategy guidance"),
    summary=Text(
        "Répond aux questions de stratégie par des conseils sourcés, à vérifier sur vos données.",
        "Answers strategy questions with sourced advice, to be checked on your data.",
    ),
    examples={
        "fr": ("Faut-il proposer des essais gratuits ?", "Comment réussir les premières semaines d’un nouveau client ?"),
        "en": ("Should we offer free trials?", "How do we make a new customer’s first weeks a success?"),
    },
    run=_run,
    of_customers=False,
    would_answer=_would_answer,
    parameters=GuidanceParameters,
    uses=("churn_drivers",),
)
