"""Cells that hold nothing, and words that say yes or no, in the exports of our two languages and their neighbours."""

from __future__ import annotations

BLANKS = " \t\n\r\u00a0\u202f\u2007\u2009\ufeff\u200b"

NULLS = frozenset({
    "", "NULL", "null", "Null", "N/A", "n/a", "N/a", "n/d", "N/D", "#N/A", "#N/D", "#NA", "<NA>", "nan", "NaN", "NAN",
    "NaT", "-", "--", "---", "–", "—", "?", "\\N", "(null)", "(vide)", "(blank)", "#VALUE!", "#VALEUR!", "#REF!",
    "#DIV/0!", "#NAME?", "#NOM?", "#NUM!", "#NOMBRE!", "#NULL!", "#NUL!",
})  # fmt: skip
UNSURE_NULLS = frozenset({"NA", "na", "None", "none", "NONE", "nd", "ND", "nc", "NC", ".", "*", "x", "X", "nil"})
"""Empty in a column of numbers, dates or yes/no; among words they may be words."""

UNKNOWN = frozenset({
    "inconnu", "inconnue", "unknown", "non renseigné", "non renseigne", "non renseignée", "nr", "missing", "manquant",
    "sans objet", "not available", "not applicable", "non applicable", "non communiqué", "pas de réponse",
    "no answer", "undefined", "indéfini", "aucun", "aucune", "néant", "neant", "s.o.", "so", "n.c.", "nc", "n.d.", "n.r.",
    "n.a.", "n/c", "n/r", "n/s", "s/o", "k.a.", "k. a.", "nsp", "nspp", "ne sait pas", "don't know", "sans", "sans réponse", "vide", "blank", "empty", "tbd", "tba",
    "à renseigner", "à compléter", "/", "//", "..", "...", "…", "0000-00-00", "0000-00-00 00:00:00", "00/00/0000",
    "00/00/0000 00:00", "00/00/0000 00:00:00", "00-00-0000", "00.00.0000", "00/00/00", "--/--/----", "--/--/--",
    "__/__/____", "../../....", "-/-/-", "/  /", "/ /", "-  -", "--.--", "--,--", "1900-01-00", "00/01/1900",
})  # fmt: skip
"""Words for "not filled in", lower case: empty in a column of numbers, dates or yes/no, a value elsewhere."""

COMMON_NULLS = frozenset({"NULL", "null", "N/A", "n/a", "#N/A", "nan", "NaN", "-"})
"""Empty in any column, looked for even where the sample shows none."""

PANDAS_NULLS = frozenset({"NA", "None"})
"""Empty among words too, unless the words are codes or few."""

YES_NO: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    ("oui_non", frozenset({"oui"}), frozenset({"non"})),
    ("yes_no", frozenset({"yes"}), frozenset({"no"})),
    ("vrai_faux", frozenset({"vrai"}), frozenset({"faux"})),
    ("true_false", frozenset({"true"}), frozenset({"false"})),
    ("wahr_falsch", frozenset({"wahr"}), frozenset({"falsch"})),
    ("vero_falso", frozenset({"verdadero", "vero", "verdadeiro"}), frozenset({"falso"})),
    ("si_no", frozenset({"si", "sí", "sì"}), frozenset({"no"})),
    ("ja_nein", frozenset({"ja"}), frozenset({"nein"})),
    ("sim_nao", frozenset({"sim"}), frozenset({"não", "nao"})),
    ("o_n", frozenset({"o"}), frozenset({"n"})),
    ("y_n", frozenset({"y"}), frozenset({"n"})),
    ("v_f", frozenset({"v"}), frozenset({"f"})),
    ("t_f", frozenset({"t"}), frozenset({"f"})),
    ("zero_one", frozenset({"1", "1.0", "1,0"}), frozenset({"0", "0.0", "0,0"})),
    ("ticks", frozenset({"✓", "✔", "☑", "✅"}), frozenset({"✗", "✘", "☐", "❌", "✖"})),
    ("mixed_words", frozenset({"oui", "yes", "vrai", "true", "o", "y", "v", "t", "1"}),
     frozenset({"non", "no", "faux", "false", "n", "f", "0"})),
)

TAXES: dict[str, str] = {"TTC": "TTC", "T.T.C.": "TTC", "ttc": "TTC", "HT": "HT", "H.T.": "HT", "ht": "HT"}
"""What follows a French amount: with or without VAT."""

CURRENCIES: dict[str, str] = {
    "€": "EUR", "EUR": "EUR", "euro": "EUR", "euros": "EUR", "Eur": "EUR", "eur": "EUR", "$": "USD", "USD": "USD",
    "US$": "USD", "£": "GBP", "GBP": "GBP", "CHF": "CHF", "Fr.": "CHF", "CAD": "CAD", "CA$": "CAD", "C$": "CAD",
    "$CA": "CAD", "$ CA": "CAD", "$\u00a0CA": "CAD", "$US": "USD", "$ US": "USD", "$\u00a0US": "USD", "AUD": "AUD", "A$": "AUD", "¥": "JPY", "JPY": "JPY", "CNY": "CNY", "XPF": "XPF", "F CFP": "XPF",
    "FCFP": "XPF", "XOF": "XOF", "XAF": "XAF", "FCFA": "XOF", "F CFA": "XOF", "MAD": "MAD", "DH": "MAD", "TND": "TND",
    "DZD": "DZD", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "kr": "SEK", "PLN": "PLN", "zł": "PLN", "CZK": "CZK",
    "HUF": "HUF", "RON": "RON", "BRL": "BRL", "R$": "BRL", "MXN": "MXN", "INR": "INR", "₹": "INR", "TRY": "TRY",
    "Rs": "INR", "Rs.": "INR", "₦": "NGN", "₱": "PHP", "₫": "VND", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS",
    **{code: code for code in (
        "LKR ZAR NGN KES GHS EGP SAR AED QAR KWD PKR BDT PHP THB VND IDR MYR SGD HKD TWD KRW NZD RUB UAH BGN ILS CLP COP ARS PEN MUR MGA"
        " HTG CDF RWF GNF"
    ).split()},
}  # fmt: skip

THOUSANDS: dict[str, tuple[str, int]] = {
    spelt: (code, size)
    for signs, code in ((("€", "EUR", "euros"), "EUR"), (("$", "USD"), "USD"), (("£", "GBP"), "GBP"), (("CHF",), "CHF"))
    for sign in signs
    for letters, size in ((("k", "K"), 1_000), (("M",), 1_000_000))
    for letter in letters
    for spelt in (f"{letter}{sign}", f"{letter} {sign}")
}
"""How thousands and millions of a currency are written after an amount."""

MONEY_HEADER = r"montant|total|\bca\b|chiffre|revenu|amount|sales|ventes|turnover|solde|d[ée]pens|spend|spent"
"""What the header of an amount of money says, whatever its case."""

UNITS = frozenset({
    "mois", "month", "months", "jour", "jours", "j", "day", "days", "an", "ans", "année", "années", "year", "years",
    "yr", "yrs", "semaine", "semaines", "week", "weeks", "h", "heure", "heures", "hour", "hours", "min", "mn", "minute",
    "minutes", "s", "sec", "km", "m", "kg", "g", "l", "pt", "pts", "points", "article", "articles", "item", "items",
    "cm", "mm", "ml", "cl", "mL", "cL", "L", "mg", "m2", "m²", "m3", "m³", "ha", "kWh", "MWh", "Go", "Mo", "GB", "MB", "km/h", "°C",
    "pcs", "pc", "pers.", "pers", "personne", "personnes", "unité", "unités", "unit", "units", "fois", "nuit", "nuits", "night", "nights",
})  # fmt: skip

MONTHS: dict[str, int] = {
    name: month
    for month, names in enumerate((
        "janvier janv jan january januar januari", "fevrier fevr fev feb february februar februari", "mars mar march marz mrz maerz maart mrt",
        "avril avr apr april", "mai may mei", "juin jun june juni", "juillet juil jul july juli", "aout aou aug august augustus",
        "septembre sept sep september", "octobre oct october okt oktober", "novembre nov november", "decembre dec december dez dezember",
    ), start=1)
    for name in names.split()
}  # fmt: skip
