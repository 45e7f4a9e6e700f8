"""The sentence that says why a column was given its role, or a table its kind."""

from __future__ import annotations

from analytics.datamodel.guessing import Guess
from analytics.datamodel.kinds import KindGuess
from analytics.datamodel.reading import GENERIC_ROLES
from analytics.datamodel.roles import ROLE_NAMES
from analytics.datamodel.values import Facts
from vocabulary.language import Text
from vocabulary.sentence import Listing, Sentence, say

_CORRECTED = say("Indiqué par vous.", "Told by you.")


def of_correction() -> Sentence:
    """What is said of anything the manager set."""
    return _CORRECTED


def of_role(guess: Guess, facts: Facts) -> Sentence:
    """Why a column was given this role: its header, its values, or both."""
    look = _look(facts)
    if guess.header >= 0.3:
        return say(
            "L’en-tête l’annonce, les valeurs s’y prêtent : {look}.", "The header says so, and the values agree: {look}.",
            look=look,
        )  # fmt: skip
    if guess.learned and guess.role not in GENERIC_ROLES and guess.header > 0.0:
        return say(
            "L’en-tête ressemble à ceux qui le disent ; valeurs : {look}.", "The header is like those that say so; values: {look}.",
            look=look,
        )  # fmt: skip
    if (guess.score > 0.5 and not guess.learned) or guess.role not in GENERIC_ROLES:
        return say("Les valeurs le montrent : {look}.", "The values show it: {look}.", look=look)
    return say(
        "Rien ne dit de rôle plus précis ; valeurs : {look}.", "Nothing tells a more precise role; values: {look}.",
        look=look,
    )


def of_kind(guess: KindGuess) -> Sentence:
    """Why a table was taken for this kind: its name, the columns it has, or both."""
    named = Listing(tuple(ROLE_NAMES[role] for role in guess.roles))
    if guess.by_name and guess.roles:
        return say(
            "Le nom du fichier l’annonce, et l’on y trouve : {roles}.",
            "The name of the file says so, and it holds: {roles}.",
            roles=named,
        )
    if guess.roles:
        return say("On y trouve : {roles}.", "It holds: {roles}.", roles=named)
    if guess.by_name:
        return say("Le nom du fichier l’annonce.", "The name of the file says so.")
    return say("Rien n’y ressemble à un tableau connu.", "Nothing in it looks like a known table.")


def _look(facts: Facts) -> Text:
    """What the values look like, in a few words."""
    if facts.looks_email:
        return Text("des adresses e-mail", "e-mail addresses")
    if facts.looks_phone:
        return Text("des numéros de téléphone", "telephone numbers")
    if facts.is_date:
        return Text("des dates", "dates")
    if facts.is_flag:
        return Text("des oui/non", "yes/no values")
    if facts.looks_code and facts.unique:
        return Text("des codes tous différents", "codes, all different")
    if facts.is_number:
        return Text("des nombres entiers", "whole numbers") if facts.profile.integer else Text("des nombres", "numbers")
    if facts.looks_prose:
        return Text("des phrases", "sentences")
    if facts.looks_code:
        return Text("des codes qui reviennent", "codes that come back")
    return Text("des mots qui reviennent", "words that come back") if facts.few else Text("des textes", "texts")
