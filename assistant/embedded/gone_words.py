"""The words for who left and for who is still there."""

from __future__ import annotations

import re

from assistant.embedded.measuring import PERSON

GONE = re.compile(
    rf"\b((?:sont|est|etaient|soit|soient) partie?s?|(?:{PERSON.pattern}|femmes|hommes) partie?s?|partie?s?(?= (?:en|l'|depuis|cette|ce|au|apres|avant|le|la|\d))|(?:partis|parties)(?=[ ?.!]*$)|ont (quitte|resilie|annule|arrete)|nous ont quittes?|"
    r"(?:des|les|nos|entre) partis?(?= (?:et|ou|vs|contre|and))|perdue?s?(?! (?:leurs?|son|sa|ses) )|perd(?:ent|ons)?(?! (?:leurs?|son|sa|ses|nos|notre) )|quittent|resilie\w*|desabonne\w*|left|lost(?! (?:their|its|his|her) )|lose(?! (?:their|its|his|her) )|gone|churned|cancelled|canceled|quit|departs?|departures?|departed|leavers|resiliations?|"
    r"cancellations?)\b"
)
STILL = re.compile(r"\b((?<!mois )(?<!annee )(?<!trimestre )(?<!semaine )(?:en cours|en vigueur)(?! d)|in force|encore (la|clients?)|(?:avons-nous|a-t-on|on a) encore|(?:avons-nous|a-t-on|reste-t-il)\b.{0,12}\bencore|reste-t-il|do we still have|we still have|toujours (la|clients?)|actifs?|actives?|restants?(?! (?:a|du|dus|due|dues)\b)|still (here|customers?|with us|active)|(?<=how many )(?:have |has )?(?:stayed|remained)|sont restee?s?|encore chez nous|active|current)\b")
