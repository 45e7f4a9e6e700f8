"""How houses call nobody in particular: the till, the counter, the guest. One list, for numbers and for names."""

NOBODY = (  # the whole of a value, without capitals or accents: « Caisse d’Épargne » is somebody
    r"^(anonym[a-z]*|guest( customer)?|invite[e]?|passage|(clients?|customer) (de |en |au |a la )?(passage|comptoir|caisse|divers|anonyme|inconnu|unknown)"
    r"|ventes? (en |a la |au )?(caisse|comptoir|comptant|anonymes?)|caisse|(cash|counter|till|walk[- ]?in) (sales?|customer|client)"
    r"|walk[- ]?in|comptoir|unknown|inconnu[e]?|none|null|nan|n/?a|[-?.]+)$"
)
_ZERO_SHARE, _ZERO_TIMES = 0.005, 20  # rows of customer 0, beside all rows and beside the mean customer's


def zeros(text: str) -> str:
    """SQL that a customer's number is nothing but zeros: 0, 00000."""
    return f"REGEXP_FULL_MATCH({text}, '0+')"


def zeros_are_nobody(rows: int, of: int, people: int) -> bool:
    """Whether customer 0 is the till's way to write nobody: far more rows than one customer would have."""
    return rows > max(_ZERO_SHARE * of, _ZERO_TIMES * of / max(people, 1))
