"""Questions of strategy: « faut-il baisser nos prix ? », "is it worth surveying more?": advice first, then what the data hold on it."""

from __future__ import annotations

import re
from typing import Any

from analytics.datamodel.model import ColumnType, LostBasis
from analytics.datamodel.roles import Role
from analytics.study import Study
from assistant.embedded.columns import Columns
from assistant.embedded.record_tables import record_tables
from assistant.embedded.text import plain

_SHOULD = re.compile(
    r"^(?:(?:et|and|mais|but|alors|so|du coup|donc|ok|bon|well|bonjour|hello)[ ,]+)*(?:"
    r"(?:est-ce qu'|est-ce que |penses-tu qu'|pensez-vous qu'|d'apres (?:toi|vous),? )?(?:il )?(?:faut-il|faudrait-il|faut|faudrait|devons-nous|devrions-nous|devrait-on|doit-on|dois-je|devrais-je|"
    r"que faire (?:pour|des|de|avec|face)|quoi faire (?:pour|des|avec)|comment (?:faire pour|inciter|encourager|pousser)|what (?:can|could|should|do) (?:we|i) do (?:to|so that|about|with|for)|on devrait|on doit|je dois|je devrais|nous devons|vaut-il mieux|vaudrait-il mieux|vaut mieux|peut-on se permettre de|avons-nous interet a|a-t-on interet a|on a interet a|j'ai interet a)\b|"
    r"(?:should|shall|must|ought|shouldn't|should not) (?:we|i|they|our|the)\b|(?:pourquoi ne pas|why not|why don't we)\b|(?:is|are|would) (?:an? )?(?!the |our |my |this |that |it )[\w -]{3,34} (?:be )?(?:worth (?:it|the)|a good idea|a mistake|a waste)|"
    r"(?:un|une|des) [\w' -]{3,40},? (?:ca|cela|est-ce que ca|est-ce) (?:vaut|vaudrait|sert|serait|marche|utile|rentable)|(?:do|would) (?:we|i) (?:need|have|want) to\b|(?:is|would) it (?:be )?(?:worth|a good idea|a bad idea|wise|smart|clever|better|useful|time|reasonable|risky|profitable)\b|"
    r"(?:est-ce|serait-ce|est ce|c'est|ca serait|ce serait) (?:une (?:bonne|mauvaise) idee|utile|rentable|malin|judicieux|raisonnable|le bon moment|mieux|risque|pertinent|une erreur)\b|"
    r"(?:une )?bonne idee d|good idea to|(?:ca|cela|est-ce que ca) vaut (?:le coup|la peine) d|(?:would|does) it pay to|on (?:devrait|pourrait)|what if we|et si on|quid de|que penses-tu d|que pensez-vous d|what do you think of|"
    r"(?:are|is) (?:free trials?|discounts?|gifts?|loyalty cards?|a loyalty card|surveys?) (?:a good idea|worth it|useful)"
    r")"
)
# What cards are about, in both languages: the subject must be one of theirs, whatever the turn of the question.
_SUBJECTS = re.compile(
    r"\b(?:prix|tarifs?|tarifaire\w*|prices?|pricing|cotisations?|fees?|abonnements?|subscriptions?|promo\w*|remises?|discount\w*|soldes?|rabais|reductions?|coupons?|vouchers?|bons? d'achat|"
    r"carte|cards?|fidel\w*|loyal\w*|points|programmes?|programs?|club|vip|cadeaux?|gifts?|attentions?|anniversair\w*|birthdays?|essais?|trials?|freemium|gratuit\w*|free|parrain\w*|referr\w*|referral|"
    r"e?-?mails?|newsletters?|sms|mailings?|relanc\w*|remind\w*|recontact\w*|contact\w*|appel\w*|rappel\w*|call\w*|clients?|clientele|customers?|adherents?|members?|membres?|donateurs?|donors?|abonnes?|subscribers?|"
    r"guests?|patients?|cana(?:l|ux)|channels?|omnicanal\w*|online|en ligne|reclam\w*|plaint\w*|complain\w*|gestes? commercia\w*|rembours\w*|refund\w*|compens\w*|enquetes?|sondages?|survey\w*|nps|satisfaction|avis|reviews?|feedback|"
    r"recrut\w* (?:plus|de|des|les|nos|davantage)|acqui\w*|prospect\w*|conquete|conquer\w*|segments?|cibl\w*|target\w*|welcom\w*|accueil\w*|bienvenue|onboarding|engagement|contrats?|contracts?|reconque\w*|win(?:ning)? (?:\w+ )?back|"
    r"ventes? croisees?|cross-?sell\w*|upsell\w*|gammes?|offres?|offers?|publicite|pub|advertis\w*|ads|vendeurs?|commercia(?:l|ux)|sales ?(?:people|persons?|reps?|team)|concurren\w*|competit\w*|cohortes?|departs?|churn|attrition|retention|resili\w*|hemorragies?|h(?:a)?emorrhag\w*|saignee?s?|fuites?|bleeding|leaks?)\b"
)
# Neither customers nor loyalty: staff, law, accounts, tools, money placed.
_ELSEWHERE = re.compile(
    r"\b(?:embauch\w*|hire|hiring|licenci\w*|fire|salaires?|salary|salaries|wages?|rh|hr|avocats?|lawyers?|attorneys?|juridi\w*|legal\w*|tribuna\w*|court|procès|proces|sue|assuranc\w* (?!vie)|comptab\w*|accountant\w*|impots?|tax\w*|tva|"
    r"logiciels?|software|crm|erp|payroll|paie|serveurs?|servers?|bitcoin|crypto\w*|bourse|stocks?|shares|actions en bourse|loyers?|rent|locaux|bureaux?|offices?|meteo|weather|manger|eat|dejeun\w*|lunch|diner|dinner|wear|porter|"
    r"voter|vote|divorc\w*|medecin|doctor|conge\w*|vacances|holiday)\b"
)


def asks_advice(question: str) -> bool:
    """Whether a question asks what should be done about customers, prices, promotions, contacts, programmes.

    Args:
        question: as typed.
    """
    text = plain(question)
    return _SHOULD.search(text) is not None and _SUBJECTS.search(text) is not None and _ELSEWHERE.search(text) is None


_PRICE = re.compile(r"\b(?:prix|tarif\w*|prices?|pricing|cotisations?|fees?)\b")
_PROMO = re.compile(r"\b(?:promo\w*|remises?|discount\w*|soldes?|rabais|reductions?|coupons?|vouchers?)\b")
_CARD = re.compile(r"\b(?:carte|cards?|points|programmes? de fid\w*|loyalty (?:program\w*|scheme|club)|club)\b")
_TRIAL = re.compile(r"\b(?:essais?|trials?|freemium)\b")
_REFERRED = re.compile(r"\b(?:parrain\w*|referr\w*|recrut\w*|acqui\w*|publicite|pub|advertis\w*|ads|cana(?:l|ux)|channels?)\b")
_HEARD = re.compile(r"\b(?:nps|enquetes?|sondages?|survey\w*|satisfaction|avis|reviews?|feedback)\b")
_ENGAGED = re.compile(r"\b(?:engagement|contrats?|contracts?)\b")
_SMALL = re.compile(r"\b(?:petits?|small(?:er|est)?|tiny|little) (?:clients?|customers?|comptes?|accounts?|donateurs?|donors?)\b")


def held_by_data(question: str, columns: Columns, study: Study) -> dict[str, Any] | None:
    """The query that says what the files hold on the subject of a question of strategy; None when they hold nothing on it.

    Args:
        question: as typed.
        columns: what the data can be asked about.
        study: the data.
    """
    text = plain(question)
    known = study.model.lost.basis is not LostBasis.NONE
    reason = _of_role(columns, Role.CHURN_REASON)
    if _PRICE.search(text) and reason is not None and known:
        return {"measure": "customers", "by": [reason], "segment": [{"field": "lost", "operator": "=", "values": [True]}]}
    if (_PROMO.search(text) or _PRICE.search(text)) and columns.named("promo_share") is not None:
        return {"measure": "promo_share"}
    for pattern, role in ((_CARD, Role.LOYALTY_MEMBER), (_TRIAL, Role.TRIAL), (_ENGAGED, Role.CONTRACT_TYPE), (_REFERRED, Role.ACQUISITION_CHANNEL)):
        held = _of_role(columns, role)
        if pattern.search(text) and held is not None and known:
            return {"measure": "lost_rate", "by": [held]}
    scored = next((table.name for table in record_tables(study) if table.scored), None)
    if _HEARD.search(text) and scored is not None:
        return {"measure": "nps", "table": scored}
    if _SMALL.search(text) and columns.named("amount") is not None:
        return {"measure": "share_amount", "by": ["customer_id"], "top": 10}
    return None


def _of_role(columns: Columns, role: Role) -> str | None:
    told = (ColumnType.CATEGORY, ColumnType.FLAG)
    return next((found.name for found in columns.fields if found.role is role and found.type in told and not found.on_purchases), None)
