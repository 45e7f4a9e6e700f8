"""The seal on the cards (a poisoned card must not be advised), and what a malformed card says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import corpus
from knowledge.corpus import CARDS, CardError, GuidanceAltered


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """A copy of the shipped cards, to spoil."""
    root = tmp_path / "cards"
    shutil.copytree(CARDS, root)
    return root


def change(path: Path, old: str, new: str) -> None:
    """Replace a piece of a file that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_the_shipped_cards_are_sealed() -> None:
    """The manifest matches what is in the repository: run `python -m knowledge.corpus` after editing a card."""
    assert corpus.load().card("promo-drug", "fr").language == "fr"


def test_one_byte_changed_is_refused(cards: Path) -> None:
    """T31: one changed byte, and the start is refused with a sentence naming the card."""
    path = cards / "en" / "gratitude.md"
    path.write_bytes(path.read_bytes().replace(b"small budget", b"Small budget", 1))
    with pytest.raises(GuidanceAltered, match=r"en/gratitude\.md") as caught:
        corpus.load(cards)
    assert "réinstallez" in caught.value.in_("fr")


@pytest.mark.parametrize("name", ["fr/zz-added.md", "en/note.txt"])
def test_an_added_file_is_refused(cards: Path, name: str) -> None:
    """A card slipped in is as bad as a card changed."""
    (cards / name).write_text("x", encoding="utf-8")
    with pytest.raises(GuidanceAltered, match=name.split("/")[1].split(".")[0]):
        corpus.load(cards)


def test_a_removed_card_is_refused(cards: Path) -> None:
    """Nor may a warning disappear."""
    (cards / "fr" / "consent-telephone.md").unlink()
    with pytest.raises(GuidanceAltered, match="consent-telephone"):
        corpus.load(cards)


@pytest.mark.parametrize("manifest", [None, "", "[]", "{", "{}", "\udcff"])
def test_without_a_sound_manifest_nothing_is_advised(cards: Path, manifest: str | None) -> None:
    """Missing, empty, of another shape, cut short, or not text."""
    path = cards / "manifest.json"
    if manifest is None:
        path.unlink()
    else:
        path.write_bytes(manifest.encode("utf-8", "surrogateescape"))
    with pytest.raises(GuidanceAltered):
        corpus.load(cards)


def test_line_ends_rewritten_by_git_are_no_change(cards: Path) -> None:
    """On Windows, git may turn every line end into two characters."""
    for path in cards.glob("*/*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert corpus.load(cards).cards["fr"].keys() == corpus.load().cards["fr"].keys()


def test_sealing_accepts_a_changed_card(cards: Path) -> None:
    """The way to edit cards on purpose; the fingerprint tells the editions apart."""
    change(cards / "fr" / "gratitude.md", "petit budget", "modeste budget")
    assert corpus.seal(cards) == len(corpus.load().cards["fr"])
    assert corpus.load(cards).fingerprint != corpus.load().fingerprint


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("stage: loyalty", "stage: wedding", "wedding"),
        ("evidence: moderate", "evidence: certain", "certain"),
        ("themes: [exclusivity, service]", "themes: []", "theme"),
        ("themes: [exclusivity, service]", "themes: [magic]", "magic"),
        ("evidence: moderate\n", "", "evidence"),
        ("evidence: moderate", "evidence: moderate\ncolour: red", "colour"),
        ("id: gratitude", "id: thanks", "thanks"),
        ("year: 2009", "year: soon", "year"),
        ("---\n\n", "\n\n", "front matter"),
        ("applies_when: ", "applies_when: ''\nignored: ", "ignored"),
        ("stage: loyalty", "stage: welcome", "stage differs"),
    ],
)
def test_a_malformed_card_is_named(cards: Path, old: str, new: str, message: str) -> None:
    """Whoever writes a card learns which one is wrong, and how; the manifest is not rewritten."""
    change(cards / "fr" / "gratitude.md", old, new)
    before = (cards / "manifest.json").read_bytes()
    with pytest.raises(CardError, match=message):
        corpus.seal(cards)
    assert (cards / "manifest.json").read_bytes() == before


def test_a_body_too_long_is_refused(cards: Path) -> None:
    """A card nobody reads helps nobody."""
    path = cards / "en" / "gratitude.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nword" * 100, encoding="utf-8")
    with pytest.raises(CardError, match="words"):
        corpus.seal(cards)


def test_a_card_in_one_language_only_is_refused(cards: Path) -> None:
    """Both languages or none."""
    (cards / "en" / "gratitude.md").unlink()
    with pytest.raises(CardError, match="one language only"):
        corpus.seal(cards)


def test_dissent_goes_both_ways(cards: Path) -> None:
    """A card that contradicts another is named by it."""
    for language in ("fr", "en"):
        change(cards / language / "gratitude.md", "analyses:", "dissent: [promo-drug]\nanalyses:")
    with pytest.raises(CardError, match="not returned"):
        corpus.seal(cards)


def test_dissent_is_found_and_sources_are_cited() -> None:
    """What stands beside the thesis; an undated source says so."""
    cards = corpus.load()
    thesis = cards.card("promo-drug", "en")
    assert [card.id for card in cards.dissent(thesis)] == list(thesis.dissent)
    assert "(n.d.)" in thesis.source.cite("en")
    assert cards.card("promo-drug", "fr").source.cite("fr").count("(s. d.)") == 1
    assert cards.card("gratitude", "fr").source.cite("fr").startswith("Palmatier, R. W., Jarvis")
    assert "(2009), The Role of Customer Gratitude" in cards.card("gratitude", "fr").source.cite("fr")
