"""Questions on departures whose words sound like another: how long customers stay, the season they leave in, money lost to one cause."""

from __future__ import annotations

import re

from assistant.answer import Reading
from assistant.embedded.columns import Columns
from assistant.embedded.filters import Filter
from assistant.embedded.gone_words import GONE
from assistant.embedded.measuring import PERSON
from assistant.embedded.slotted import Slots
from assistant.embedded.text import plain
from assistant.embedded.wording import example_of
from vocabulary.sentence import Label, say

_STAY = re.compile(
    rf"\b(?:combien de (?:temps|mois|annees)|quelle duree|pendant combien)\b.{{0,30}}\b(?:rest\w+|gard\w+)|\b(?:how long|how many (?:months|years))\b.{{0,30}}\b(?:stays?|remains?|lasts?|keep)\b|"
    rf"\bcombien\b.{{0,12}}{PERSON.pattern}.{{0,12}}\breste\w* (?:de )?temps\b|\bduree de vie (?:d'un |des |de nos |moyenne )|\b(?:customer|average) lifetime\b(?! values?\b)"
)
_LIFE = re.compile(
    rf"\b(?:median |average |mean |typical |usual )*(?:length|duration) of (?:a |the |their |our )?(?:stays?|relation(?:ship)?s?|tenanc(?:y|ies))\b|\b{PERSON.pattern} (?:lifetimes?|lifespans?)\b(?! values?)|"
    rf"\b(?:lifetimes?|lifespans?) of (?:an? |our |the |each )?(?:[a-z]+ )?{PERSON.pattern}(?! values?)"
)
_HERE_AFTER = re.compile(  # told at one year and at two
    r"\b(?:still (?:here|there|with us|active|customers?)|stay(?:ed|s|ing)?|remain(?:ed|s|ing)?|encore (?:la|clients?|presente?s?|chez nous)|toujours (?:la|clients?|presente?s?|chez nous)|restent|restes?)\b"
    r".{0,8}\b(?:after|past|beyond|apres|au bout (?:de|d')) ?(?:the first )?(?:12 months|12 mois|24 months|24 mois|(?:one|a|1|two|2) years?|(?:un|1) an|(?:deux|2) ans)\b"
)
_WORSE = re.compile(
    r"\b(?:churn|attrition|retention|departures|loyalty)(?: rate)?\b.{0,12}\b(?:(?:get|got|getting|gets|become|became|becoming|gotten|been|is) (?:any )?(?:worse|better)|worsen\w*|improv\w*|deteriorat\w*)\b|"
    r"\b(?:attrition|departs|fidelite|taux de depart)\b.{0,16}\b(?:s'aggrav\w*|s'amelior\w*|empir\w*|se degrad\w*|se deterior\w*)"
)
_LATELY = re.compile(r"\b(?:this year|lately|recently|these days|these months|cette annee|recemment|ces derniers (?:mois|temps))\b")
_SEASONAL = re.compile(r"\b(?:seasonal(?:ity)?|seasons?|saisonni\w*|saisonnalite|saisons?)\b")
_ACTIVITY = re.compile(r"\b(?:business|activity|activite|sales|ventes|revenue|turnover|ca|chiffre d'affaires|orders|commandes|trade)\b")
_ASKS_IF = re.compile(r"^(?:is|are|do|does|est|y a|l[ea]s?|notre|nos|avons|what|quelle)\b")
_MEAN = re.compile(r"\b(?:average|mean|moyen\w*)\b")
_LEAVE = r"(?:part(?:ent|ons|ez)?|s'en vont|quitt\w+|resili\w+|perd\w*|departs?|leav\w+|cancel\w*|churn\w*|quit|lose)"
_SEASON = re.compile(
    rf"\b(?:quand|a quel(?:le)? (?:moment|periode|epoque|saison|mois)|quels? mois|quelle (?:saison|periode)|when|what time|which (?:month|season)|what month)\b.{{0,40}}\b{_LEAVE}(?:-(?:ils|elles|t-on|on))?\b.{{0,24}}"
    rf"\b(?:dans l'annee|de l'annee|par an|selon la saison|of the year|in the year|during the year)\b|"
    rf"\b(?:quand|a quel(?:le)? (?:moment|periode|epoque)|what time|when)\b.{{0,12}}\b(?:dans|de|of|in) (?:l'annee|the year)\b.{{0,30}}\b{_LEAVE}\b"
)
_LONGER = re.compile(  # one value set against another: « les berlines durent-elles plus longtemps que les utilitaires ? »
    rf"\b(?:(?P<stay>restent|durent|tiennent|stay|last|remain)|{_LEAVE})(?:-(?:ils|elles))?\b.{{0,8}}\b(?:(?:plus|moins) (?:longtemps )?que|longer than|(?:more|less)(?: long| often)? than)\b"
)
_BLEEDING = re.compile(r"\b(?:hemorragies?|haemorrhag\w*|hemorrhag\w*|saignee?|fuite (?:de|des) (?:nos |mes |la )?client\w*|bleeding|exodus|exode)\b")
_WHAT_TO_DO = re.compile(r"\b(?:que (?:faire|faut-il|peut-on|pouvons-nous)|quoi faire|comment (?:arreter|stopper|freiner|enrayer|endiguer|limiter|reduire)|what (?:can|should|could|to)|how (?:do|can|could|should|to)|stop)\b")
_MONEY = r"(?:ca|chiffres? d'affaires|revenue|revenus?|argent|money|sales|ventes|recettes|turnover|euros?)"
_BY_CAUSE = re.compile(
    rf"\b{_MONEY}\b.{{0,24}}\b(?:perdue?s?|perd(?:-on|ons)?|lost|lose|losing)\b.{{0,12}}\b(?:(?:a cause|du fait|en raison) d(?:es|e|u|')|due? to|because of|faute de|lie(?:e|s|es)? a(?:ux)?|suite a(?:ux)?|from) ?(?:l'|la |le |les |the |our |nos )*(?P<cause>[^?!.]+)|"
    rf"\b(?:combien|how much)\b.{{0,30}}\b(?:nous )?(?:coutent|coute|ont coute|a coute|cost|costs?)(?: us)?\b.{{0,3}}(?:les |the |nos |our )(?P<late>retards?|litiges?|reclamations?|pannes?|delays?|complaints?|incidents?|outages?)"
)


def asked_of_losses(question: str, slots: Slots, columns: Columns) -> str | None:
    """The analysis a question on departures asks for, when its words are sure; None otherwise.

    Args:
        question: as typed.
        slots: what was read; « par mois » is set where the season is asked for.
        columns: what the data can be asked about.
    """
    text = plain(question)
    if _WORSE.search(text) and not (slots.by or slots.time or slots.compare) and (slots.period is None or _LATELY.search(text)):
        slots.measure, slots.period, slots.statistic, slots.unexplained = None, None, None, []
        return "churn_rate"  # its trend is told beside it, the last twelve months against the same a year before
    if (season := _in_season(text, slots, columns)) is not None:
        return season
    if _LIFE.search(text) and GONE.search(text) and _MEAN.search(text) and not (slots.by or slots.time):
        slots.measure, slots.statistic, slots.column, slots.unexplained = "tenure_months", None, None, []
        slots.filters = [*(found for found in slots.filters if found.field != "lost"), Filter("lost", "=", (True,))]
        return "explore"
    if _BLEEDING.search(text) and _WHAT_TO_DO.search(text):
        return "guidance"
    if slots.by == ["started"] and slots.measure == "lost_rate":
        return "churn_rate"
    longer = _LONGER.search(text)
    between = [found.field for found in slots.filters if found.operator == "in" and len(found.values) > 1 and not found.on_purchases]
    if longer is not None and (slots.by or between) and slots.measure in (None, "customers"):
        slots.by, slots.measure, slots.unexplained = slots.by or between[:1], None, [word for word in slots.unexplained if word not in longer.group()]
        return "leak_points" if longer["stay"] else "churn_rate"
    staying = _STAY.search(text) or _HERE_AFTER.search(text) or (_LIFE.search(text) and columns.goods is None and not GONE.search(text))
    if staying and not (slots.by or slots.time or slots.unknown_group):
        slots.measure, slots.statistic, slots.unexplained, slots.lasting = None, None, [], True
        return "leak_points"
    return None


def _in_season(text: str, slots: Slots, columns: Columns) -> str | None:
    """The months customers leave in, or buy in, when that is asked."""
    told = _SEASONAL.search(text) is not None and _ASKS_IF.search(text) is not None and not slots.by
    leaving = GONE.search(text) is not None or re.search(rf"\b{_LEAVE}\b", text) is not None
    if (_SEASON.search(text) and not slots.by) or (told and leaving):
        slots.time, slots.measure, slots.period, slots.statistic = "month", None, None, None
        slots.unexplained = []
        return "churn_rate"
    if told and columns.dated and _ACTIVITY.search(text):
        slots.time, slots.measure, slots.unexplained = "month", "orders" if re.search(r"\b(?:orders|commandes)\b", text) else "amount", []
        return "explore"
    return None


def lost_by_a_cause(question: str) -> Reading | None:
    """« CA perdu à cause des retards »: what one cause costs is told by no column, and no revenue of everything stands for it.

    Args:
        question: as typed.
    """
    match = _BY_CAUSE.search(plain(question))
    if match is None:
        return None
    cause = Label((match["cause"] or match["late"] or "").strip())
    said = say(
        "Ce que « {cause} » vous a fait perdre ne se lit dans aucune colonne : qui est parti ne dit pas pour quoi. Je peux dire si ceux qui l’ont vécu partent plus que les autres.",
        "What “{cause}” made you lose can be read in no column: who left does not say for what. I can tell whether those who lived it leave more than the others.",
        cause=cause,
    )
    return Reading("cannot_answer", (), _SURE, said, (example_of("churn_drivers"),))


_SURE = 0.9
