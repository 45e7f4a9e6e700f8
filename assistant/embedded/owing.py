"""« Qui nous doit de l'argent ? », "how much are we owed?": what is not paid, in money, by customer when they are asked for."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.ideas import split_headers
from assistant.embedded.measuring import PERSON
from assistant.embedded.slotted import Slots
from assistant.embedded.text import words
from assistant.embedded.tokens import Tokens

_OWES = (
    r"(?:(?:me |nous |on )?(?:doi(?:t|vent)|doit-on)(?: me| nous)?(?: encore| toujours)?(?: le plus(?: d'argent)?| de l'argent| des sous| du fric| de largent)|(?:me|nous) doi(?:t|vent)(?: encore| toujours)?(?: le plus)?|"
    r"(?:still )?owes? (?:us|me)(?: the most| most)?(?: money| cash)?|owe(?:s|d)? money|(?:hasn't|haven't|has not|have not|didn't|did not) (?:paid|pay)(?: us)?(?: yet)?|n'(?:a|ont) (?:pas|toujours pas|pas encore) (?:encore )?(?:paye|regle)\w*)"
)
_WHO = re.compile(rf"\b(?P<who>qui|who|(?:quels?|quelles?|which|what) {PERSON.pattern}|{PERSON.pattern} (?:qui|who|that))\b (?:\w+ )?{_OWES}")
_MUCH = re.compile(
    rf"\b(?:(?:combien|how much|what|quel\w* (?:montants?|sommes?|total)|montants? total\w*)\b.{{0,24}}?(?:{_OWES}|nous est du|est du|are we owed|we are owed|is (?:still )?(?:owed|outstanding|unpaid)|reste(?:-t-il)? a (?:encaisser|percevoir|recouvrer))|"
    r"(?:total |montant |encours )?(?:creances?(?: clients?)?|encours clients?|impayes? en (?:euros|montant|valeur)|receivables?|money owed|amounts? owed|owed (?:to us|in total))|(?:montants?|total|somme|valeur|amounts?) (?:total )?(?:des |de nos |of (?:the |our )?)?(?:impayes|unpaid(?: invoices)?|creances))\b"
)
_BALANCE = frozenset("du due dus dues outstanding owed impaye impayes unpaid restant restante creance creances".split())
_LEFT = (frozenset(("reste", "payer")), frozenset(("reste", "regler")), frozenset(("balance", "due")), frozenset(("solde", "client")), frozenset(("remaining", "amount")))


def owed_said(text: str) -> bool:
    """Whether a plain question is about what customers owe."""
    return _WHO.search(text) is not None or _MUCH.search(text) is not None


def owing(tokens: Tokens, slots: Slots, columns: Columns, unsettled: Filter | None) -> None:
    """Read what customers owe: the sum of a column that says it, else what was sold and is in a state of the files that is not paid.

    Args:
        tokens: the question; what is read of it is taken.
        slots: filled in place.
        columns: what the data can be asked about.
        unsettled: the states of the files that say a purchase is not paid.
    """
    who, much = _WHO.search(tokens.text), _MUCH.search(tokens.text)
    match = who or much
    if match is None:
        return
    tokens.take_span(*match.span())
    balance = next((found.name for found in columns.numeric() if not found.derived and found.role is not Role.AMOUNT and _is_balance(words(split_headers(found.name)))), None)
    if unsettled is not None and unsettled.field not in {found.field for found in slots.filters}:
        slots.filters.append(unsettled)
    if unsettled is None and balance is not None:
        slots.measure, slots.column, slots.statistic = "sum", balance, "sum"
    elif unsettled is not None:
        slots.measure = "amount"
    else:
        slots.owed = True
        slots.measure, slots.unknown_group = "amount", "paiement" if _FRENCH.search(tokens.text) else "payment status"
    if who is not None:
        slots.by = ["customer_id"]


_FRENCH = re.compile(r"\b(?:qui|nous|combien|quels?|creances?|impayes?|montants?|encours|est du)\b")


def _is_balance(header: list[str]) -> bool:
    said = {word.rstrip("s") if word not in _BALANCE else word for word in header}
    return "date" not in said and "point" not in said and (bool(said & _BALANCE) or any(both <= said for both in _LEFT))
