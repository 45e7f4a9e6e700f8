"""Words, stems and sentences taken out of French and English text."""

from __future__ import annotations

import pytest

from knowledge.text import fold, sentences, stem, stems, words
from vocabulary.language import Language


def test_folding_forgets_case_accents_and_ligatures() -> None:
    """A manager types « RÉCENCE » or « recence »; « œil » or « oeil »."""
    assert fold("RÉCENCE, Œil, ça") == "recence, oeil, ca"
    assert words("l’e-mail d'août, n° 3 !") == ["l", "e", "mail", "d", "aout", "n", "3"]


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("fr", ["remise", "remises"]),
        ("fr", ["parrainer", "parrainent"]),
        ("fr", ["réclamation", "réclamations"]),
        ("fr", ["fidéliser", "fidélisation"]),
        ("en", ["discount", "discounts", "discounted", "discounting"]),
        ("en", ["complaint", "complaints"]),
        ("en", ["loyal", "loyally"]),
    ],
)
def test_one_stem_for_the_forms_of_a_word(language: Language, family: list[str]) -> None:
    """Light stemming brings plural, gender and tense together."""
    assert len({stem(fold(word), language) for word in family}) == 1


def test_short_words_keep_their_letters() -> None:
    """A stem has at least four letters: cutting deeper would merge unrelated words."""
    assert [stem(word, "fr") for word in ("prix", "perte", "age")] == ["prix", "pert", "age"]


def test_stems_leave_out_empty_words() -> None:
    """Question shells (« Faut-il », "should we") must not count as meaning."""
    assert stems("Faut-il que nous les parrainions ?", "fr") == ["parraini"]
    assert stems("should we do it?", "en") == []


def test_sentences_of_a_card() -> None:
    """Bold labels go; French spaces before ? and guillemets do not break a sentence in two."""
    body = "Un essai ?\u202fNon. « Jamais » dit-il.\n\n**Que faire.** Mesurez 3,5\u202f% d’abord. Puis agissez."
    assert sentences(body) == (
        "Un essai ?",
        "Non.",
        "« Jamais » dit-il.",
        "Mesurez 3,5\u202f% d’abord.",
        "Puis agissez.",
    )
