"""Sentences as a reader sees them: capitals, chosen numbers, the first of the month, headers that can do no harm."""

from datetime import date

import pytest

from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.formats import number
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, say


def test_a_sentence_begins_with_a_capital_when_its_first_words_are_ours():
    inner = say("{title} : {value}", "{title}: {value}", title=Text("type de contrat", "contract type"), value=Label("abc"))
    assert say("{touched}, encore clients", "{touched}, still customers", touched=inner).render("fr").startswith("Type de contrat")
    assert say("Agir : {touched}", "Act: {touched}", touched=inner).render("en") == "Act: contract type: abc"


def test_a_value_of_the_files_keeps_its_own_letters():
    assert say("{value} vient en premier", "{value} comes first", value=Label("iPhone")).render("en") == "iPhone comes first"


@pytest.mark.parametrize(("share", "said"), [(0.2, "20\u202f%"), (0.125, "12,5\u202f%"), (0.07, "7\u202f%")])
def test_a_chosen_share_is_written_as_chosen(share, said):
    assert say("{part}", "{part}", part=Threshold(share, Unit.RATIO)).render("fr") == said


def test_the_first_of_the_month():
    sentence = say("{day}", "{day}", day=date(2025, 1, 1))
    assert sentence.render("fr") == "1er janvier 2025"
    assert sentence.render("en") == "1 January 2025"


def test_a_header_is_inert_in_markdown():
    header = Text("![x](http://sink.example/a)", "![x](http://sink.example/a)")
    assert "\\[x" in say("{title} : oui", "{title}: yes", title=header).render("fr", markdown=True)


def test_french_signs_have_their_spaces_and_a_value_stays_as_in_the_file() -> None:
    told = say("La colonne « {name} » : {name} ; est-ce juste ?", "The column “{name}”: {name}; is it right?", name=Label("A ; b : c"))
    assert told.render("fr") == "La colonne «\u00a0A ; b : c\u00a0»\u00a0: A ; b : c\u202f; est-ce juste\u202f?"
    assert told.render("en") == "The column “A ; b : c”: A ; b : c; is it right?"


@pytest.mark.parametrize(
    ("count", "fr", "en"),
    [(0, "0 ligne mise de côté", "0 lines set aside"), (1, "1 ligne mise de côté", "1 line set aside"), (2, "2 lignes mises de côté", "2 lines set aside")],
)
def test_words_agree_with_the_count(count, fr, en):
    told = say("{n} ligne(s) mise(s) de côté", "{n} line(s) set aside", n=Estimate("n", count, Unit.COUNT))
    assert (told.render("fr"), told.render("en")) == (fr, en)


def test_a_negative_number_bears_a_minus_sign_and_the_pound_is_a_pound():
    assert number(-0.09, Unit.POINTS, "fr", n=50) == "\u22129 points"
    assert number(-12.5, Unit.MONEY, "fr", currency="GBP") == "\u221212,50\u00a0£"
    assert number(-0.031, Unit.RATIO, "en", n=1000) == "\u22123.1%"


def test_values_of_which_one_is_enough_are_linked_by_or() -> None:
    names = tuple(Label(name) for name in ("a", "b", "c"))
    both, one = Listing(names), Listing(names, either=True)
    assert say("{x}", "{x}", x=both).render("en") == "a, b and c" and say("{x}", "{x}", x=one).render("en") == "a, b or c"
    assert say("{x}", "{x}", x=both).render("fr") == "a, b et c" and say("{x}", "{x}", x=one).render("fr") == "a, b ou c"


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (Estimate("x", 15.0, Unit.NUMBER, 40, 12.0, 18.25), "entre 12,00 et 18,25"),
        (Estimate("x", 0.02, Unit.RATIO, 60, 0.004, 0.08), "entre 0,4\u202f% et 8,0\u202f%"),
        (Estimate("x", 1000.0, Unit.MONEY, 40, 940.5, 1060.2), "entre 940 et 1\u202f060"),
    ],
)
def test_both_ends_of_an_interval_have_as_many_decimals(estimate, said):
    assert say("{x:interval}", "{x:interval}", x=estimate).render("fr") == said


def test_two_shares_that_make_the_ends_of_a_range_have_as_many_decimals():
    told = say("de {low} à {high}", "{low} to {high}", low=Estimate("a", 0.52, Unit.RATIO, 900), high=Estimate("b", 0.57, Unit.RATIO, 90))
    assert told.render("fr") == "de 52\u202f% à 57\u202f%"
