"""Money the files do not hold: in another currency than the one counted, or what the house itself spends. No revenue stands for it."""

from __future__ import annotations

import re

from analytics.datamodel.roles import Role, TableKind
from analytics.study import Study
from assistant.answer import Reading
from assistant.embedded.ideas import split_headers
from assistant.embedded.money_told import BEFORE_TAX, WITH_TAX
from assistant.embedded.text import plain, words
from vocabulary.language import Text
from vocabulary.sentence import Label, say

_SURE = 0.9
_NAMED = {
    "EUR": r"euros?|eur", "GBP": r"pounds?(?: sterling)?|sterling|gbp|livres(?: sterling)?", "USD": r"(?:us |american )?dollars?(?: us| americains?)?|usd",
    "CHF": r"(?:swiss )?francs?(?: suisses?)?|chf",
}  # fmt: skip
_DOLLARS, _FRANCS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD"}), frozenset({"CHF", "XPF", "XOF", "XAF"})
_BY_CURRENCY = re.compile(r"\b(?:by|per|in each|for each|par|selon la|dans chaque) (?:currency|currencies|devises?|monnaies?)\b")
_MONEY = re.compile(r"\b(?:revenues?|revenus?|turnover|amounts?|montants?|ca|chiffres? d'affaires|recettes?|basket|panier|how much|money|argent)\b")
_SPENT = re.compile(
    r"\bhow much (?:(?:did|do|have|are|were|had) (?:we|i)|(?:we|i)(?: have)?) (?:spend|spent|spending)\b|\b(?:our|my) (?:ad|ads|advertising|marketing|media) (?:spend|spending|budget|costs?)\b|"
    r"\bcombien (?:a-t-on|avons-nous|on a|nous avons|ai-je|j'ai|depensons-nous|depense-t-on)(?: depense)?\b(?=.*\b(?:depens\w+|pub|publicite|annonces|campagnes?|marketing)\b)|"
    r"\b(?:nos|notre|mes|mon) (?:depenses?|budgets?) (?:de |d'|en )?(?:pub|publicite|publicitaires?|marketing|acquisition)\b"
)


def money_not_held(question: str, study: Study) -> Reading | None:
    """What is said of money that the files do not hold; None when none is asked.

    Args:
        question: as typed.
        study: the data.
    """
    text = plain(question)
    return _other_currency(text, study) or _own_spending(text, study) or _other_tax(text, study)


def _other_tax(text: str, study: Study) -> Reading | None:
    """« CA HT » where every amount is told with the tax, and no column tells the tax: no rate is made up."""
    before, after = BEFORE_TAX.search(text), WITH_TAX.search(text)
    if (before is None) is (after is None) or _MONEY.search(text) is None or any(binding.role is Role.VAT for binding in study.model.bindings):
        return None
    headers = [set(words(split_headers(column.name))) for profile in study.model.tables for column in profile.columns]
    amounts = [binding.name for binding in study.model.bindings if binding.role is Role.AMOUNT]
    wanted, other = ("ht", "ttc") if before is not None else ("ttc", "ht")
    if not amounts or any(wanted in header for header in headers) or not all(other in words(split_headers(name)) for name in amounts):
        return None
    return Reading("cannot_answer", (), _SURE, say(
        "Vos montants sont {told} (« {header} ») et aucune colonne ne dit la taxe : ajoutez la TVA de chaque ligne, ou son montant {wanted}, pour avoir cette réponse.",
        "Your amounts are {told} (“{header}”) and no column tells the tax: add the VAT of each line, or its amount {wanted}, to get this answer.",
        told=_BASES[other], wanted=_BASES[wanted], header=Label(amounts[0]),
    ))  # fmt: skip


_BASES = {"ht": Text("hors taxes", "before tax"), "ttc": Text("toutes taxes comprises", "with tax included")}


def _other_currency(text: str, study: Study) -> Reading | None:
    counted = study.model.currency
    if counted is None:
        return None
    mixed = any(str(check.check) == "mixed_currencies" for check in study.model.health)
    named = next((code for code, said in _NAMED.items() if re.search(rf"\b(?:in|en) (?:{said})\b", text)), None)
    other = named is not None and named != counted and not any({named, counted} <= family for family in (_DOLLARS, _FRANCS))
    if not other and not (mixed and _BY_CURRENCY.search(text) and _MONEY.search(text)):
        return None
    said = say(
        "Seuls les montants en {counted} sont comptés : rien n’est converti, et les autres monnaies ne s’y ajoutent pas. Gardez un fichier par "
        "monnaie, ou convertissez-les, pour avoir cette réponse.",
        "Only amounts in {counted} are counted: nothing is converted, and other currencies are not added to them. Keep one file a currency, or "
        "convert them, to get this answer.",
        counted=Label(counted),
    )  # fmt: skip
    return Reading("cannot_answer", (), _SURE, said)


def _own_spending(text: str, study: Study) -> Reading | None:
    held = any(binding.role is Role.COST for binding in study.model.bindings) or study.model.of_kind(TableKind.MARKETING_SPEND)
    return None if held or _SPENT.search(text) is None else Reading("cannot_answer", (), _SURE, _NO_SPENDING)


_NO_SPENDING = say(
    "Vos fichiers disent ce que vos clients vous paient, et non ce que vous dépensez : ajoutez vos dépenses par canal ou par campagne, avec leurs "
    "dates, pour avoir cette réponse.",
    "Your files tell what your customers pay you, and not what you spend: add your spending by channel or campaign, with its dates, to get this "
    "answer.",
)
