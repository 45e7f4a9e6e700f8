"""The words of a question on the days the files cover: those that surely ask it, and those that do once the files' health is asked about."""

from __future__ import annotations

import re

OPENING = r"^(?:(?:et|and|ok|alors|so|please|stp|svp|dis[- ]moi|donne[- ]moi|tell me|give me|show me|can you tell me|do you know|la|the|les) )*"
SPAN = re.compile(
    rf"{OPENING}(?:"
    r"(?:sur )?quelles? periodes?(?: de temps)? (?:est-ce que )?(?:couvr\w+|recouvr\w+|porte\w*|est couverte|sont couvertes|concerne\w*|represente\w*)(?: (?:par )?(?:les|mes|nos|vos|ces|la|le|cette|l')? ?(?:fichiers?|donnees|exports?|csv|analyse|historique))?"
    r"|(?:quelle (?:est )?la )?periode (?:couverte|concernee|des donnees|des fichiers|analysee)(?: par (?:les|mes|nos|ces) (?:fichiers?|donnees))?"
    r"|(?:de|depuis) quand (?:a quand )?(?:datent|vont|remontent|commencent) (?:les|mes|nos|ces) (?:fichiers?|donnees|exports?)|de quand a quand (?:vont|couvrent) (?:les|mes|nos|ces) (?:fichiers?|donnees|ventes|commandes)"
    r"|(?:jusqu'a|jusqu'ou|depuis) (?:quand|quelle date)? ?(?:vont|remontent|remonte|va|couvrent|commencent|s'arretent) (?:les|mes|nos|ces|l'|la|le) ?(?:fichiers?|donnees|exports?|historique)"
    r"|(?:depuis|jusqu'a) (?:quand|quelle date) (?:avons[- ]nous|a-t-on|on a|avez[- ]vous|as-tu|ai-je) (?:des|les|nos|mes|de) donnees|a quelle date (?:commencent|s'arretent|debutent) (?:les|mes|nos|ces) (?:fichiers?|donnees)"
    r"|(?:what|which) (?:time )?(?:period|dates|date range|time span|timespan|time frame|timeframe|range of dates|years) (?:do|does|is|are) (?:the|my|our|these|this)? ?(?:files?|data|dataset|exports?|csv|analysis|covered)?(?: (?:cover|span|covered)\w*)?(?: by (?:the|my|our) (?:files?|data))?"
    r"|what(?:'s| is) the (?:period covered|time span|date range|time period|period|range of dates|time frame|timeframe)(?: covered)?(?: (?:of|by|in|for) (?:the|my|our|these|this) (?:files?|data|dataset|exports?))?|(?:period covered|date range|periode couverte|plage de dates)"
    r"|how far back (?:do|does) (?:the|my|our|this|these)? ?(?:files?|data|history|records|dataset|exports?|it) go(?: back)?|how far (?:do|does) (?:the|my|our) (?:files?|data|history) go(?: back)?"
    r"|(?:until|till|up to|since|from) (?:when|what date|which date) (?:do|does|is|are|did) (?:the|my|our|we|you|i) ?(?:files?|data|history|have data)(?: (?:go|run|last|start|begin|end|cover|up to date))?|when do(?:es)? (?:the|my|our) (?:data|files?|history) (?:start|begin|end|stop)(?: and (?:start|begin|end|stop))?"
    r"|what(?:'s| is) the (?:latest|last|most recent|first|earliest|oldest) (?:date|day) (?:in|of) (?:the|my|our|these) (?:data|files?|dataset|exports?)|quelle est la (?:derniere|premiere) date (?:des|dans (?:les|mes|nos)) (?:donnees|fichiers?)"
    r"|(?:premiere et (?:la )?derniere dates?|first and (?:the )?last dates?)(?: (?:des|du|dans (?:les|mes|nos|le)|of (?:the|my|our)|in (?:the|my|our)) (?:donnees|fichiers?|data|files?))?"
    r")(?: (?:exactement|exactly|please|svp|stp))?$"
)
# Of the files, and not of what is wrong in them: « les données s'arrêtent quand ? ».
OF_DAYS = re.compile(
    r"\b(?:periodes?|periods?|historique|history|date range|time span|etendue temporelle|how far back|up to date|a jour|jusqu'ou|jusqu'a quand|remontent?"
    r"|(?:premiere|derniere|first|last|earliest|latest) (?:et derniere |and last )?dates?)\b|\b(?:commenc\w+|s'arret\w+|start|stop|begin|end|depuis|since)\b.{0,24}\b(?:quand|when)\b"
    r"|\b(?:quand|when)\b.{0,32}\b(?:commenc\w+|s'arret\w+|start|stop|begin|end|have figures|des chiffres)\b"
)
