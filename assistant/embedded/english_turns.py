"""English turns of phrase said in the words questions are mostly put in: "drop out", "over-65s", "top 5 payers", "payment methods breakdown"."""

from __future__ import annotations

import re
from collections.abc import Collection

_CURRENCY = r"(?<![€$£])(?<![€$£] )"
_TURNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), usual)
    for pattern, usual in (
        (r"\bdropp(?:ed|ing) out of (?:the |our )?(?:club|school|scheme|programme|program)\b", "left"),
        (r"\bdropped[ -]out\b", "left"),
        (r"\bdropping[ -]out\b", "leaving"),
        (r"\bdrop[ -]?outs\b(?! rates?\b)", "lost customers"),
        (r"\bdrop[ -]?out(?= rates?\b)", "departure"),
        (r"\bdrops? out\b", "leave"),
        (rf"\b(?:the )?(?P<how>over|under)[ -]?{_CURRENCY}(?P<age>[1-9]\d)['’]?s\b", r"customers aged \g<how> \g<age>"),
        (r"\b(?P<rank>(?:top|bottom) \d+|biggest|largest|best|highest) (?:pay|spend)ers\b", r"\g<rank> customers by revenue"),
        (r"\b(?:which|what) (?P<people>\w+) (?:have |has )?(?:paid|pay|bring in|brought in) (?:us )?(?:the )?(?P<how>most|least)(?: money)?(?= *(?:\?|$|in \d|last|this|over))", r"which \g<people> spent the \g<how>"),
        (r"\b(?P<how>worth|earn(?:s|ed)?|made?|makes?) (?:us )?(?:the )?(?P<most>most|least)(?= *(?:\?|$|in \d|last|this))", r"brought the \g<most> revenue"),
        (r"^(?P<what>(?:(?!\b(?:by|per|for|of|in|a|the|give|show|with|need|want|break)\b)[\w'-]+ ){1,3})(?:breakdown|split)(?= *(?:\?|$|in \d|for \d|last|this))", r"breakdown by \g<what>"),
        (r"\bsign(?: ?|-)ups\b(?! (?:to|for|from|at|on)\b)", "sign-ups"),
        (r"\b(?:new )?(?:joiners|starters|enrollees)\b", "new customers"),
        (r"\b(?:growth|growing)(?P<than> (?:vs|versus|over|on|compared (?:to|with)|against|since) )(?=(?:the )?(?:last|previous|prior|same))", r"revenue\g<than>"),
        (r"\bwhat (?:is|'s) (?:an? |our |the )?(?P<average>average )?(?P<who>(?!that\b|this\b|it\b|all\b|what\b)\w+) worth(?: to us)?(?: on average(?= *(?:\?|$|by|per|in \d))|(?= (?:by|per|in \d)))", r"average revenue per \g<who>"),
        (r"\bhow much (?:is|are) (?:an? |our |the )?(?P<average>average )?(?P<who>(?!that\b|this\b|it\b|all\b|what\b)\w+) worth(?: to us)?(?: on average(?= *(?:\?|$|by|per|in \d))|(?= (?:by|per|in \d)))", r"average revenue per \g<who>"),
        (r"\bhow (?:did|do) (?:our |the |most )?(?P<who>\w+) (?:hear (?:about|of)|find(?: out about)?|discover|come to|get to know) us(?= *(?:\?|$))", r"\g<who> by acquisition channel"),
        (r"\b(?:where|through (?:what|which)|by what means) (?:did )?(?:they|people|customers|clients|members) (?:have |first )*(?:hear|heard|find|found)(?: out)?(?: about| of)? us(?: through| from)?\b", "acquisition channel"),
        (r"\b(?P<first>first|earliest|oldest) (?P<what>\w+) and (?:the )?(?:most recent|last|latest|newest)(?: one)?(?= *(?:\?|$))", r"\g<first> and last \g<what>"),
        (r"^(?P<and>(?:and |now |sort |rank |rank them |sorted )*)by (?:revenue|sales|turnover|money|value)(?= *(?:\?|$))", r"\g<and>in revenue"),
        (r"^(?P<and>(?:and |now )*)(?:in|by) (?:units?|volume|pieces)(?= *(?:\?|$))", r"\g<and>by quantity"),
        (r"\b(?:win|closing|close|hit|acceptance) rates?\b", "conversion rate"),
        (r"^(?:are we|is the (?:business|club|shop|company)|is our (?:business|revenue)) (?:still )?growing(?= *(?:\?|$))", "revenue vs last year"),
        (r"\b(?:of|for|among|from) (?:those|the ones) who (?:have )?(?:stayed|remained|didn['’]t leave|did not leave|never left)(?= *(?:\?|$))", "for those still here"),
        (r"\b(?P<rate>conversion|cancellation) rates? of (?:the |our )?(?P<what>quotes?|quotations?|opportunities|orders|bookings|appointments)\b", r"\g<what> \g<rate> rate"),
        (r"\bcancell?ed (?:orders?|bookings?|appointments?|reservations?) rates?\b", "cancellation rate"),
        (r"\b(?:returned|refunded) orders? rates?\b", "return rate"),
        (r"\bhow(?:'s| is| healthy is) (?:the )?(?:health of )?(?:the|our|my) (?:school|club|shop|business|store|company|practice|studio|gym|firm|restaurant|house|brand)(?: doing| getting on| going| faring)?(?= *(?:\?|$|overall|right now|today))", "how healthy is our customer relationship"),
    )
)  # fmt: skip


def said_in_usual_english(question: str) -> str:
    """The question with those turns said plainly, whatever else it says left as typed.

    Args:
        question: as typed; a few words of English may pass for French, and no French is said so.
    """
    for turn, usual in _TURNS:
        question = turn.sub(usual, question)
    return question


_MONEY = re.compile(r"\b(?<!median )(?<!average )(?<!mean )(?<!household )(?<!their )(?P<how>(?:total|monthly|yearly|annual|overall|our|the|by|and) )?(?:incomes?|earnings|takings)\b(?! (?:of (?:our |the |my )?(?:customers?|clients?|members?|people|households?)|tax|statements?|groups?|levels?|brackets?|bands?|ranges?))", re.IGNORECASE)
_MONEY_MADE = re.compile(r"(?:^|(?<=: )|(?<=, ))money(?= (?:in|for|from|by|last|this)\b)", re.IGNORECASE)


def money_said(question: str, held: Collection[str]) -> str:
    """What a house earns said as revenue: "income per learner", "Harbour: money in 2026"; where no column bears that name.

    Args:
        question: as typed, in English.
        held: plain words of headers and values.
    """
    if not {"income", "incomes", "earnings", "takings"} & set(held):
        question = _MONEY.sub(lambda found: f"{found['how'] or ''}revenue", question)
    return _MONEY_MADE.sub("revenue", question)
