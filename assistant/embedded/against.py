"""« Les parrainés restent-ils plus ? », "do members spend more?": some customers set against all the others."""

from __future__ import annotations

import re
from dataclasses import replace

from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.measuring import PERSON
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain
from assistant.embedded.tokens import Tokens

_MORE = r"(?:plus|moins|more|less|fewer|longer|better|mieux|davantage|vraiment|really|higher|lower|bigger|smaller|worse|pires?)"
_THAN_OTHERS = re.compile(rf"\b{_MORE}\b.{{0,40}}\b(?:que|than)\b.{{0,14}}\b(?:autres?|others?|rest(?:e|ent)?|moyenne|average|non|ceux|those|everyone|nous)\b")
_BESIDE_OTHERS = re.compile(
    r"\b(?:vs\.?|versus|contre|against|compared (?:to|with)|par rapport aux?|face aux?|comparee?s? aux?) (?:the |les |all |tous )*(?:autres?|others?|rest|everyone else)\b|"
    r"\b(?:vs\.?|versus|or|against|ou|contre) (?:(?:those|the ones) )?(?:not|without|(?:who )?(?:did|do|have|has|were|was)(?: not|n't)|non|sans|pas|(?:ceux|celles) (?:qui ne l'ont pas|sans))(?= ?[?.!]*$)"
)
_MORE_THAN = re.compile(rf"\b{_MORE}\b(?!(?: de| d'| of)? (?:{PERSON.pattern}|femmes|hommes|women|men)\b).{{0,30}}\b(?:que?|than|ou|or)\b")  # and not « plus de femmes que d'hommes », of how many they are
_PLAIN = re.compile(
    rf"\b{_MORE}\b(?: (?:fid\w+|loya\w+|souvent|often|vite|quickly|satisf\w+|contente?s?|happ\w+|longtemps|likely|attach\w+|rentab\w+|profitab\w+|de (?!\d|(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|vingt|trente|cent|mille)\b).+|d'(?!une? (?:an|mois|euros?|fois|commandes?|achats?|visites?)\b).+|"
    r"money|cher|chers|faithful|frequen\w+|gros|grands?|orders?|visits?))?"
    r"(?: (?:per|par|a|each|chaque|each time they) (?:order|commande|purchase|achat|visite?|month|mois|year|an|time|fois|basket|panier))?\s*[?.!]*$"
)
_ASKED = re.compile(r"^(?:ceux |celles |those |people |customers |clients |est[- ]ce que? |est-ce qu'|do |does |are |is |les |la |le |l'|nos |our |the |having |avoir |and |et )")
_STAYS = re.compile(  # « les Parisiens restent-ils ? », "are online customers loyal?": a rate says little but beside the others
    r"\b(?:restent[- ](?:ils|elles)(?: fideles?| chez nous| clients)?|sont[- ](?:ils|elles) (?:\w+ )?fideles?|(?:stay|stay with us|loyal|faithful))\s*[?.!]*$"
)
_OPEN = re.compile(r"\b(?:combien|how many|quels?|quelles?|which|what|pourquoi|why|part des|share of)\b|^(?:et |and )?(?:qui|who)\b")
_LEAVE = re.compile(r"\b(?:part(?:ent|ir)?|quitt\w*|rest\w*|stay\w*|leav\w*|churn\w*|loya\w*|fid\w*|resili\w*|cancel\w*|last|durent?|faithful|perd\w*|lose|retention)\b")
_OFTEN = re.compile(r"\b(?:souvent|often|frequen\w*|viennent|vient|come|visit\w*|command\w*|order\w*|reviennent|return)\b")
_BASKET = re.compile(r"\b(?:panier\w*|baskets?|order values?)\b")
_SPEND = re.compile(r"\b(?:donne\w*|depens\w*|spend\w*|spent|give\w*|rapport\w*|pay\w*|paie\w*|achet\w*|buy\w*|bring\w*|valent|worth|generent|rentab\w*|profitab\w*|money|argent)\b")
_SPEND_HEADER = re.compile(r"spend|spent|depense|revenue|montant|amount|achat|(?:^|_)ca(?:_|$)")
_HAPPY = re.compile(r"\b(?:satisf\w*|contente?s?|happ\w*|heureu\w*)\b")

_WORSE = re.compile(r"\b(?:worse|better|pires?|meilleure?s?)\b.{0,14}\b(?:than|que|qu')")  # said of nothing: who keeps them

_COMPARED = ("average_basket", "amount_per_customer", "orders_per_customer", "quantity_per_order", "tenure_months")
_NOT_LEAVING = re.compile(  # words of loyalty and of staying that say who, not what they do
    r"\b(?:loyalty (?:cards?|programmes?|programs?|schemes?|members?)|(?:cartes?|programmes?|clubs?) (?:de )?fidelite|(?:the|le) rest(?:e|ent)?)\b"
)
_OF_PEOPLE = ("lost_rate", "orders_per_customer", "amount_per_customer", "tenure_months", "mean")
_SIDES = 2  # with more values than two, a value is set beside all the others together


def compares(text: str) -> bool:
    """Whether a plain question sets some customers against the others.

    Args:
        text: the question.
    """
    return _BESIDE_OTHERS.search(text) is not None or not _OPEN.search(text) and (_THAN_OTHERS.search(text) is not None or bool(_ASKED.search(text) and (_PLAIN.search(text) or _STAYS.search(text))))


def set_against_others(tokens: Tokens, slots: Slots, columns: Columns) -> None:
    """Turn the one condition of such a question into what to split by, or keep it to be set beside its opposite.

    Args:
        tokens: the question.
        slots: what was read; its groups, filters and measure are put right in place.
        columns: what the data can be asked about.
    """
    text = plain(tokens.text)
    sided = len(slots.by) == 1 and slots.measure in (None, "customers") and _MORE_THAN.search(text) is not None  # « les femmes achètent-elles plus que les hommes ? »
    if not (compares(text) or sided):
        return
    conditions = [found for found in slots.filters if found.field != "lost" and found.field not in slots.by]
    both = len(slots.by) == 1 and not conditions  # « les abonnés … que les non-abonnés » is split already
    if (len(conditions) != 1 or slots.by) and not both or slots.time or slots.part:
        return
    told = slots.measure in _COMPARED or (slots.measure is not None and _BESIDE_OTHERS.search(text) is not None)
    measure = (slots.measure, slots.column) if slots.measure is not None and told else _measure(_NOT_LEAVING.sub(" ", text), columns)
    if measure is None or (measure[0] == "lost_rate" and not compares(text)):
        return  # who stays longer is told by an analysis
    slots.measure, slots.column = measure
    slots.statistic = slots.measure if slots.column is not None else None
    slots.counted = False
    slots.filters = [found for found in slots.filters if found.field != "lost"]
    if not both:
        _split(slots, conditions[0], columns)
    slots.unexplained = [word for word in slots.unexplained if not (_LEAVE.search(word) or _OFTEN.search(word) or _SPEND.search(word) or _HAPPY.search(word) or re.fullmatch(_MORE, word) or re.search(rf"\b{re.escape(word)}\b(?:-\w+)* {_MORE}", text))]


def _split(slots: Slots, condition: Filter, columns: Columns) -> None:
    """By the column of a condition when it has two sides; else the condition beside its opposite."""
    field = columns.named(condition.field)
    few = field is None or field.type is ColumnType.FLAG or len(field.values) <= _SIDES
    if condition.operator in ("=", "!=", "in", "not in") and few:
        slots.by, slots.filters = [condition.field], []
        return
    slots.others = True
    if condition.on_purchases and condition.operator in ("=", "in") and field is not None and field.values and slots.measure in _OF_PEOPLE:
        # « ceux qui prennent un dessert » against those who never do: who also bought something else stands in one group, not in both
        slots.filters = [replace(condition, on_purchases=False, ever=True)]


def _measure(text: str, columns: Columns) -> tuple[str, str | None] | None:
    """What is measured, by the verb, and of which column."""
    if _HAPPY.search(text):
        score = next((found.name for found in columns.numeric() if found.role in (Role.SATISFACTION, Role.NPS)), None)
        return None if score is None else ("mean", score)
    money = columns.named("amount") is not None
    if money and _BASKET.search(text):
        return "average_basket", None
    if money and _SPEND.search(text) and not re.search(r"\b(?:part(?:ent)?|rest\w*|stay\w*|leav\w*|fid\w*)\b", text):
        return "amount_per_customer", None
    if columns.sold and re.search(r"\b(?:souvent|often|frequemment|frequently)\b", text):
        return "orders_per_customer", None
    if _LEAVE.search(text) or (columns.leaves and _WORSE.search(text)):
        return "lost_rate", None
    if columns.sold and _OFTEN.search(text):
        return "orders_per_customer", None
    spent = next((found.name for found in columns.numeric() if found.role in (Role.TOTAL_SPENT, Role.MEASURE) and _SPEND_HEADER.search(found.name.lower())), None)
    if spent is not None and _SPEND.search(text):
        return "mean", spent
    bill = next((found.name for found in columns.numeric() if found.role is Role.RECURRING_AMOUNT), None)
    return ("mean", bill) if bill is not None and _SPEND.search(text) else None
