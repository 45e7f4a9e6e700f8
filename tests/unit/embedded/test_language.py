"""French or English, on texts of two words too."""

import pytest

from assistant.embedded.language import detect_language
from assistant.embedded.text import Speller, spelt_out


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("churn par canal ?", "fr"),
        ("churn by channel?", "en"),
        ("Quel est notre taux d'attrition ?", "fr"),
        ("et les hommes ?", "fr"),
        ("only women", "en"),
        ("why?", "en"),
        ("pourquoi ?", "fr"),
        ("taux churn 2024", "fr"),
        ("show me the list", "en"),
        ("la liste", "fr"),
        ("pk ils partent", "fr"),
        ("whats the churn rate", "en"),
        ("fidélité", "fr"),
        ("loyalty", "en"),
        ("panier moyen", "fr"),
        ("average basket", "en"),
        ("median monthly fee", "en"),
        ("cancellation reasons", "en"),
        ("upgrades vs downgrades", "en"),
        ("médiane mensuelle", "fr"),
        ("motifs de départ", "fr"),
        ("takings 2024", "en"),
        ("payment breakdown", "en"),
    ],
)
def test_language(question, language):
    other = "en" if language == "fr" else "fr"
    assert detect_language(question, default=other) == language


@pytest.mark.parametrize("question", ["churn ?", "RFM", "NPS", "1234", "", "segmentation clients"])
def test_words_of_both_languages_keep_the_default(question):
    assert detect_language(question, default="fr") == "fr"
    assert detect_language(question, default="en") == "en"


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("pk ils partent", "pourquoi ils partent"),
        ("ct koi le churn ?", "c'est quoi le churn ?"),
        ("cb de clients", "combien de clients"),
        ("Quel est le CA ?", "Quel est le CA ?"),
    ],
)
def test_french_shorthand(typed, full):
    assert spelt_out(typed, "fr") == full


def test_slips_are_mended_towards_known_words_only():
    speller = Speller({"attrition", "client", "chaton"}, {"attrition", "canal"})
    assert speller.mend("taux d'atrition par cannal") == "taux d'attrition par canal"
    assert speller.mend("le chaton du client") == "le chaton du client"
    assert speller.mend("bordeaux") == "bordeaux"
