"""Questions that rank without naming a column: « qui dépense le plus », "what sells best", « mes dix meilleurs clients »."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.fields import Field
from assistant.embedded.ideas import idea
from assistant.embedded.measuring import PERSON
from assistant.embedded.slotted import Slots

SELLS_MOST = re.compile(
    r"\b(se (vend|vendent)|vend[- ](on|ons)|vendons(-nous)?|sells?|selling)\b.{0,14}\b(le (plus|mieux|moins)|most|best|least|worst)\b|"
    r"\bbest[- ]?sell(ers?|ing)\b|\bmeilleures ventes\b|\bl(?:e|a|es) (plus|moins|mieux) (vendue?s?|achetee?s?|commandee?s?)\b"
)
_CUSTOMERS_RANKED = re.compile(
    r"\b(top|meilleure?s?|best|biggest|largest|plus gros|gros|plus grosses|grosses|premiers|premieres)\b.{0,8}\b(clients?|clientes?|customers?|acheteurs?|buyers?|comptes|accounts|donateurs?|donors?|abonnes|subscribers|membres|members|adherents|contributeurs|contributors)\b"
)
_SPENDS_MOST = re.compile(
    rf"\b(qui|who|(?:quels?|quelles?|which) {PERSON.pattern}|{PERSON.pattern} (?:qui|who|that))\b.{{0,8}}"
    r"\b(?:(depens\w*|achet\w*|spends?|spent|buys?|bought|rapport\w*)\b.{0,8}\b(le plus|le moins|(the )?(most|least))\b"
    r"|(?:nous )?(?:ont|a|auront|aura) (?:le plus|le moins) (?:depense|achete|rapporte|paye|verse)e?s?\b)"
)
_WHOM = rf"(?:qui|who|(?:quels?|quelles?|which)(?: sont les| are the)?(?: \d+| dix| ten| cinq| five)? {PERSON.pattern}|{PERSON.pattern} (?:qui|who|that))"
_COMES = r"(?:viennent|vient|reviennent|revient|visit\w*|command\w*|reserv\w*|lou(?:e|ent)|frequent\w*|comes?|visits?|orders?|books?|rents?|returns?)"
_COMES_MOST = re.compile(
    rf"\b{_WHOM}\b.{{0,12}}\b{_COMES}\b"
    r".{0,14}\b(?:le plus|le moins|(?:the )?(?:most|least))\b(?: souvent| often| frequently)?"
)
_MOST_OFTEN = re.compile(
    rf"\b{_WHOM}\b.{{0,12}}\b(?:{_COMES}|venue?s?|louee?s?|achet\w*|came|ordered|booked|rented|buys?|bought|purchase[sd]?|returned)\b"
    r".{0,14}\b(?:le plus|le moins|(?:the )?(?:most|least))(?: souvent| de fois| often| frequently| times)\b"
)
_HAS_MOST = re.compile(
    rf"\b(?:{_WHOM}|{PERSON.pattern})(?: (?:placed?|places|made|makes?|have|has|had|with|did|ont|font|passent|ont passe|ayant|avec)){{1,2}} (?:the most|the fewest|le plus de|le moins de|le plus d'|le moins d') ?"
    r"(?:orders?|purchases?|gifts?|donations?|commandes?|achats?|dons?)\b"
)
_COUNTED = re.compile(r"\b(combien|how many|moyen\w*|average|par|by|per)\b")


def customers_ranked(text: str) -> bool:
    """Whether a plain question asks for customers in the order of what they spend."""
    return bool(_CUSTOMERS_RANKED.search(text) or ((_SPENDS_MOST.search(text) or _COMES_MOST.search(text) or _MOST_OFTEN.search(text) or _HAS_MOST.search(text)) and not _COUNTED.search(text)))


def comes_most(text: str) -> bool:
    """Whether a plain question asks for customers in the order of how often they come: « qui réserve le plus ? »."""
    return any(asks.search(text) for asks in (_COMES_MOST, _MOST_OFTEN, _HAS_MOST)) and not _COUNTED.search(text)


def most_often(text: str) -> tuple[int, int] | None:
    """Where it says so in full: « qui a acheté le plus souvent ? », "who ordered most times"; None where it does not."""
    found = None if _COUNTED.search(text) else _MOST_OFTEN.search(text)
    return found.span() if found is not None else None


def top_of_what_is_sold(slots: Slots, columns: Columns) -> None:
    """« Top 5 des produits vendus »: so many of what is sold, which one total would not be.

    Args:
        slots: what was read; its groups are put right in place.
        columns: what the data can be asked about.
    """
    thing = sold_thing(columns)
    told = slots.by or slots.time or slots.ranked or slots.part or slots.unknown_group
    if slots.top is not None and thing is not None and slots.measure == "quantity" and not told:
        slots.by = [thing.name]


_BEST_SOLD = re.compile(
    r"\b(?P<how>(?:best|top|worst|least|most)[- ](?:selling|sold)) (?P<en>[a-z]{3,})\b|"
    r"\b(?P<fr>[a-z]{3,}) (?P<comment>l(?:e|a|es) (?:plus|moins|mieux) vendue?s?)\b"
)
_NO_GOODS = frozenset(  # what sells or is sold in, and is no thing sold
    "product products item items article articles produit produits reference references thing things line lines range ranges brand brands supplier suppliers size sizes colour colours color colors "
    "day days month months week weeks year years quarter season seasons hour hours time times store stores shop shops branch branches city cities town towns region regions country countries state states "
    "seller sellers rep reps salesman person people channel channels site sites jour jours mois semaine semaines annee annees trimestre saison heure heures magasin magasins boutique boutiques agence agences "
    "ville villes pays vendeur vendeurs canal canaux marque marques fournisseur fournisseurs taille tailles couleur couleurs gamme gammes categorie categories category famille familles".split()
)


def of_goods(text: str, columns: Columns) -> str:
    """« Best selling coffee », « la pizza la plus vendue », where no column nor value says coffee: what is sold is ranked.

    Args:
        text: plain, of the question.
        columns: what the data can be asked about.
    """
    thing = sold_thing(columns)

    def usual(found: re.Match[str]) -> str:
        noun = found["en"] or found["fr"]
        if noun in _NO_GOODS or noun.rstrip("s") in {word.rstrip("s") for word in columns.words} or PERSON.fullmatch(noun) or columns.find([idea(noun)]) is not None:
            return found.group()
        return f"{found['how']} products" if found["how"] else f"produits {found['comment']}"

    return text if thing is None or thing.role is not Role.PRODUCT else _BEST_SOLD.sub(usual, text)


def sold_thing(columns: Columns) -> Field | None:
    """The column of what is sold: the product, else its category."""
    for role in (Role.PRODUCT, Role.CATEGORY):
        found = next((field for field in columns.fields if field.role is role), None)
        if found is not None:
            return found
    return None
