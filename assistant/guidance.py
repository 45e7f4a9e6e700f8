"""T7: strategy questions answered from the corpus, with citations; the one analysis that reads cards, not data."""

from __future__ import annotations

from analytics.analysis import Analysis, Parameters
from analytics.study import Study
from assistant.answer import Citation
from knowledge import corpus, store
from knowledge.text import sentences
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Language, Text
from vocabulary.sentence import say
from vocabulary.themes import JourneyStage, Theme

_MOST = 3


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


def cards_about(theme: Theme, stage: JourneyStage) -> tuple[str, ...]:
    """The ids of the cards that say how to act on a theme at a stage, firmest first."""
    near = store.cards_for((theme,), stage, "fr") or store.cards_for((theme,), None, "fr")
    return tuple(card.id for card in near[:_MOST])


def _citation(card: corpus.Card, language: Language) -> Citation:
    return Citation(card.id, card.title, sentences(card.body)[0], card.source.cite(language), card.evidence)


def _run(study: Study, parameters: Parameters) -> Result:
    assert isinstance(parameters, GuidanceParameters)
    themes = parameters.themes or (() if parameters.question else _themes_found(study))
    hits = cite(parameters.question or _GENERAL.fr, "fr", themes)
    if not hits:
        return NotApplicable("guidance", "no_guidance", _NOTHING, _ASK_OTHERWISE)
    total = Estimate("cards", len(corpus.load().cards["fr"]), Unit.COUNT, method="count")
    first = hits[0]
    rows = tuple(
        (fr.card, Text(fr.title, en.title), Text(fr.source, en.source), fr.strength.value)
        for fr, en in zip(hits, _same_cards(hits, "en"), strict=True)
    )
    nearest = _NEAREST_QUESTION if parameters.question else _NEAREST_DIAGNOSIS
    claim = say("{nearest} : {title}.", "{nearest}: {title}.", nearest=nearest, title=rows[0][1])
    return Finding(
        "guidance",
        claim,
        measures=(Estimate("passages", len(rows), Unit.COUNT, n=int(total.value or 0), method="retrieval"),),
        items=tuple({"card": row[0], "title": row[1], "source": row[2], "strength": row[3]} for row in rows),
        table=Table(
            (
                Column("card", Text("fiche", "card")),
                Column("title", Text("titre", "title")),
                Column("source", Text("source", "source")),
                Column("strength", Text("solidité", "strength")),
            ),
            rows,
        ),
        strength=first.strength,
        caveats=(
            say(
                "Un conseil général ne prouve rien sur vos clients : vérifiez-le sur vos données, puis par un test avec groupe témoin.",
                "General advice proves nothing about your customers: check it on your data, then by a test with a control group.",
            ),
        ),
        doubt=say(
            "Un test avec groupe témoin mené chez vous, qui dirait le contraire.",
            "A test with a control group run in your own house, that said otherwise.",
        ),
    )


def _themes_found(study: Study) -> tuple[Theme, ...]:
    """What the departures are about, when no question was asked."""
    drivers = study.ask("churn_drivers")
    themes = drivers.themes if isinstance(drivers, Finding) else ()
    return tuple(theme for theme in themes if theme is not Theme.OTHER)[:2]


def _same_cards(hits: tuple[Citation, ...], language: Language) -> tuple[Citation, ...]:
    cards = corpus.load().cards[language]
    return tuple(_citation(cards[hit.card], language) for hit in hits)


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
    parameters=GuidanceParameters,
    uses=("churn_drivers",),
)
