"""The guidance cards: read, checked, and refused when a byte of them has changed since they were sealed.

`python -m knowledge.corpus` checks every card and seals them (rewrites the manifest).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from vocabulary.errors import UserError
from vocabulary.language import LANGUAGES, Language, Text
from vocabulary.sentence import Label, say
from vocabulary.themes import JourneyStage, Strength, Theme

CARDS: Final = Path(__file__).parent / "cards"
_MANIFEST: Final = "manifest.json"
_BODY_WORDS: Final = range(80, 181)  # long enough to act on, short enough to be read
_REQUIRED: Final = frozenset(
    "id title stage themes source evidence applies_when does_not_apply_when questions also_asked analyses".split()
)
_OPTIONAL: Final = frozenset({"dissent", "avoid"})
_SHARED: Final = ("stage", "themes", "evidence", "analyses", "dissent")  # the same in both languages
_UNDATED: Final = Text(fr="s. d.", en="n.d.")


class GuidanceAltered(UserError):
    """The cards are not those that were sealed: nothing is advised from them."""


class CardError(ValueError):
    """A card that does not follow the form; names the card and what is wrong."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a piece of advice comes from; `year` is None when it is not known."""

    author: str
    year: int | None
    title: str

    def cite(self, language: Language) -> str:
        """Write the source as a reference: author (year), title."""
        return f"{self.author} ({self.year or _UNDATED.in_(language)}), {self.title}"


@dataclass(frozen=True, slots=True)
class Card:
    """A piece of advice in one language.

    Args:
        id: the same in both languages.
        themes: most important first.
        evidence: how much it can carry; an anecdote or an opinion is weak.
        applies_when, does_not_apply_when: the situations it was written for, and those it must not be used in.
        questions: what a manager asks that it answers.
        also_asked: the same subject in other people's words (telegraphic, familiar, indirect), for retrieval only.
        analyses: names of the catalogue's analyses that can check it on the manager's own data.
        dissent: ids of the cards that contradict it.
        avoid: the mistake to keep away from, or None.
        body: Markdown, four paragraphs: the advice, what to do, how to measure it, its limits.
    """

    id: str
    language: Language
    title: str
    stage: JourneyStage
    themes: tuple[Theme, ...]
    source: Source
    evidence: Strength
    applies_when: str
    does_not_apply_when: str
    questions: tuple[str, ...]
    also_asked: tuple[str, ...]
    analyses: tuple[str, ...]
    dissent: tuple[str, ...]
    avoid: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All the cards, by language then id, in the order of their ids; `fingerprint` tells two editions apart."""

    cards: Mapping[Language, Mapping[str, Card]]
    fingerprint: str

    def card(self, card_id: str, language: Language) -> Card:
        """Return one card.

        Raises:
            KeyError: no card bears this id.
        """
        return self.cards[language][card_id]

    def dissent(self, card: Card) -> tuple[Card, ...]:
        """Return the cards that contradict `card`, in its language."""
        return tuple(self.cards[card.language][other] for other in card.dissent)


@cache
def load(root: Path = CARDS) -> Corpus:
    """Read the sealed cards, once per process.

    Args:
        root: the folder of the cards: `fr/`, `en/` and their manifest.

    Raises:
        GuidanceAltered: a card was changed, added or removed since the manifest was written.
        CardError: a card does not follow the form.
    """
    _check_seal(root)
    return _read(root)


def seal(root: Path = CARDS) -> int:
    """Check every card and write the manifest; return the number of cards in each language.

    Raises:
        CardError: a card does not follow the form; the manifest is then left as it was.
    """
    corpus = _read(root)
    manifest = json.dumps(_hashes(root), indent=0, sort_keys=True) + "\n"
    (root / _MANIFEST).write_text(manifest, encoding="utf-8", newline="\n")
    return len(corpus.cards["fr"])


def _hashes(root: Path) -> dict[str, str]:
    """Hash each card's text; line ends are made alike, since git may rewrite them on Windows."""
    return {
        f"{language}/{path.name}": hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
        for language in LANGUAGES
        for path in sorted((root / language).iterdir())
    }


def _check_seal(root: Path) -> None:
    try:
        sealed = json.loads((root / _MANIFEST).read_text(encoding="utf-8"))
        if not isinstance(sealed, dict):
            raise TypeError("not a manifest")
        found = _hashes(root)
    except (OSError, TypeError, ValueError) as error:
        raise _altered(_MANIFEST) from error
    for name in sorted(sealed.keys() | found.keys()):
        if sealed.get(name) != found.get(name):
            raise _altered(name)


def _altered(name: str) -> GuidanceAltered:
    return GuidanceAltered(
        say(
            fr="La fiche de conseil « {card} » n’est plus celle qui a été livrée : réinstallez le logiciel, ou scellez "
            "les fiches avec « python -m knowledge.corpus » si vous l’avez modifiée vous-même.",
            en="The guidance card “{card}” is no longer the one that was delivered: reinstall the software, or seal "
            "the cards with “python -m knowledge.corpus” if you changed it yourself.",
            card=Label(name),
        )
    )


def _read(root: Path) -> Corpus:
    cards: dict[Language, dict[str, Card]] = {}
    for language in LANGUAGES:
        paths = sorted((root / language).glob("*.md"))
        cards[language] = {path.stem: _parse(path, language) for path in paths}
    _check_pairs(cards)
    text = json.dumps(_hashes(root), sort_keys=True)
    return Corpus(cards=cards, fingerprint=hashlib.sha256(text.encode()).hexdigest()[:12])


def _parse(path: Path, language: Language) -> Card:
    where = f"{language}/{path.name}"
    parts = re.fullmatch(r"---\n(.*?)\n---\n\n(.*)", path.read_text(encoding="utf-8"), re.DOTALL)
    if parts is None:
        raise CardError(f"{where}: no front matter")
    front = yaml.load(parts[1], Loader=yaml.CSafeLoader)  # eight times faster than safe_load, and as safe
    if not isinstance(front, dict):
        raise CardError(f"{where}: the front matter is no mapping")
    missing, unknown = _REQUIRED - front.keys(), front.keys() - _REQUIRED - _OPTIONAL
    if missing or unknown:
        raise CardError(f"{where}: missing {sorted(missing)}, unknown {sorted(unknown)}")
    try:
        card = _build(front, parts[2].strip(), language)
    except (KeyError, TypeError, ValueError) as error:
        raise CardError(f"{where}: {error}") from error
    if card.id != path.stem:
        raise CardError(f"{where}: its id is {card.id}")
    return card


def _build(front: Mapping[str, Any], body: str, language: Language) -> Card:
    source = front["source"]
    card = Card(
        id=_line(front["id"]),
        language=language,
        title=_line(front["title"]),
        stage=JourneyStage(front["stage"]),
        themes=tuple(Theme(theme) for theme in front["themes"]),
        source=Source(_line(source["author"]), source["year"], _line(source["title"])),
        evidence=Strength(front["evidence"]),
        applies_when=_line(front["applies_when"]),
        does_not_apply_when=_line(front["does_not_apply_when"]),
        questions=tuple(_line(question) for question in front["questions"]),
        also_asked=tuple(_line(phrase) for phrase in front["also_asked"]),
        analyses=tuple(_line(name) for name in front["analyses"]),
        dissent=tuple(_line(other) for other in front.get("dissent", ())),
        avoid=_line(front["avoid"]) if "avoid" in front else None,
        body=body,
    )
    if card.source.year is not None and not isinstance(card.source.year, int):
        raise TypeError("the year is no number")
    if not card.themes or not card.analyses or len(card.questions) < 2:
        raise ValueError("it needs a theme, an analysis and two questions")
    if len(body.replace("*", "").split()) not in _BODY_WORDS:
        raise ValueError(f"its body has {len(body.split())} words")
    return card


def _line(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{value!r} is no text")
    return value.strip()


def _check_pairs(cards: Mapping[Language, Mapping[str, Card]]) -> None:
    """Both languages hold the same cards, saying the same of them, and no dissent points nowhere."""
    alone = cards["fr"].keys() ^ cards["en"].keys()
    if alone:
        raise CardError(f"in one language only: {sorted(alone)}")
    for card_id, french in cards["fr"].items():
        english = cards["en"][card_id]
        for field in _SHARED:
            if getattr(french, field) != getattr(english, field):
                raise CardError(f"{card_id}: {field} differs between the languages")
        if french.source.year != english.source.year:
            raise CardError(f"{card_id}: the year differs between the languages")
        for other in french.dissent:
            if other not in cards["fr"] or card_id not in cards["fr"][other].dissent:
                raise CardError(f"{card_id}: dissent {other} is unknown or not returned")


if __name__ == "__main__":
    sys.stdout.write(f"{seal()} cards in each language checked and sealed\n")
