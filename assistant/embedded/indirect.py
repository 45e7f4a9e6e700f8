"""Questions that name their subject sideways: « est-ce qu'on fidélise bien ? », "is it getting worse?", « qui chouchouter ? »."""

from __future__ import annotations

import re

from assistant.embedded.text import plain

_SAID: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (analysis, re.compile(pattern))
    for analysis, pattern in (
        ("winback_targets", r"^(?:et |and |so )?(?:qui|quel(?:le)?s?|lesquels?|who|whom|which|what)\b(?=.{0,40}\b(?:lapsed|lost|former|ex|dormant|inactive|leavers|drop-?outs?|gone|left|perdue?s?|anciens?|anciennes?|partie?s?|inactifs?|dormants?)\b)"
         r".{0,60}\b(?:go after|chase|call|ring|phone|contact|write to|target|approach|win back|recontacter|contacter|relancer|appeler|rappeler|viser|reconquerir)\b(?=.{0,24}\b(?:first|priority|priorite|premier|d'abord)\b)"),
        ("at_risk", r"^(?:et )?(?:qui|quels? clients?|who|whom|which customers?)\b.{0,24}\b(?:chouchouter|surveiller|sauver|retenir|rassurer|bichonner|watch|keep an eye on|save|reassure|look after|worry about|pamper)\b"),
        ("recruitment_brief", r"^(?:et |and )?(?:qui|quel(?:le)?s?|sur qui|sur quels?|who|whom|which|what)\b(?! (?:canal|canaux|channels?|sources?)).{0,40}\b(?:recruter|recrutement|recruit|recruiting|prospecter|conquerir|go after|acquire)\b"),
        ("contact_rights", r"^(?:can we|may we|are we allowed to|do we have the right to|peut-on|pouvons-nous|a-t-on le droit d|avons-nous le droit d|ai-je le droit d)\W?e? ?(?:still |encore )?(?:text|sms|e-?mail|mail|call|phone|contact\w*|write|ecrire|appeler|relancer|demarcher|envoyer)\b"),
        ("contact_rights", r"^(?:qui|who|whom|a qui|to whom)\b.{0,24}\b(?:can|may|could|allowed|peut|peux|pouvons|puis|pourrait|droit)\b.{0,24}\b(?:text|sms|e-?mail|mail|call|phone|contact\w*|write|ecrire|appeler|relancer|demarcher)\b"),
        ("still_alive", r"^(?:et )?(?:qui|who|quels? clients?|which customers?)\b.{0,16}\b(?:stopped|quit|gave up|have stopped|a arrete|ont arrete|a cesse|ont cesse|ne vien\w+ plus|n'achet\w+ plus|ne command\w+ plus)\b"),
        ("churn_rate", r"\b(?:on|nous|we|est-ce qu'on|est-ce que nous)\b.{0,14}\b(?:fidelis\w+|gard\w+|retien\w+|reten\w+|conserv\w+|retain\w*|keep\w*|hold\w*)\b.{0,24}\b(?:bien|assez|mieux|correctement|longtemps|well|enough|better|long)\b"),
        ("churn_rate", r"^(?:are we|do we|is it true we|est-ce qu'on|est-ce que nous|on|nous) (?:still |bien |vraiment |really )?(?:keep\w*|hold\w*|retain\w*|gard\w*|retien\w*|fidelis\w*)\b"),
        ("churn_rate", r"\b(?:lach\w*|abandonn\w*|delaiss\w*|boud\w*|tourn\w+ le dos|desert\w*|drifting away|walking away|turning away|turning their backs?|ditching|dropping us|leaving us)\b"),
        ("churn_rate", r"\b(?:ca|cela|it|things?|la situation)\b.{0,12}\b(?:part|fuit|s'aggrave|empire|se degrade|s'ameliore|getting (?:worse|better)|worse|better|improving)\b.{0,24}$"),
        ("churn_rate", r"\b(?:beaucoup|trop|plus|moins|many|too many|more|fewer|lots? of|a lot of)\b.{0,12}\b(?:departs?|defections?|resiliations?|cancell?ations?|departures?|(?:clients|customers|people|gens|users|members|membres) (?:qui partent|leav\w+|quit\w*|partent))\b.{0,30}$"),
        ("churn_rate", r"\b(?:saisonnalites?|seasonality|seasonal|saisonni(?:er|ere)s?)\b"),  # where nothing is sold: it tells the months with more departures
        ("relationship_overview", r"^(?:(?:alors|et|bon|so|hello|bonjour)[ ,]+)*(?:ca va|comment ca va|tout va bien|quoi de neuf|what's new|how are we doing|how is business|comment on va|ou en est-on|anything (?:wrong|to worry about)|rien d'inquietant|un probleme|any problems?)\b.{0,30}$"),
    )
)  # fmt: skip
_WHY_NO_MORE = re.compile(
    r"^(?:mais |but |et |and )?(?:pourquoi|why)\b.{0,44}\b(?:ne (?:\w+ )?(?:reviennent|viennent|achetent|commandent|reservent|rachetent|renouvellent|revient|vient)|"
    r"n'(?:achetent|ont)|(?:don't|do not|doesn't|no longer|not|never) (?:coming |come |buy|order|renew|rebook|return)\w*)"
)
_OPEN = re.compile(r"\b(?:pourquoi|why|combien|how many|par|by|quand|when)\b")


def hinted(question: str) -> str | None:
    """The analysis such a question asks for, or None.

    Args:
        question: as typed.
    """
    text = plain(question)
    if _WHY_NO_MORE.search(text):
        return "churn_drivers"
    if _OPEN.search(text):
        return None
    return next((analysis for analysis, pattern in _SAID if pattern.search(text)), None)
