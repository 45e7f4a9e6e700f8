"""How houses call nobody in particular: the till, the counter, the guest. One list, for numbers and for names."""

NOBODY = (  # the whole of a value, without capitals or accents: « Caisse d’Épargne » is somebody
    r"^(anonym[a-z]*|guest( customer)?|invite[e]?|passage|(clients?|customer) (de |en |au |a la )?(passage|comptoir|caisse|divers|anonyme|inconnu|unknown)"
    r"|ventes? (en |a la |au )?(caisse|comptoir|comptant|anonymes?)|caisse|(cash|counter|till|walk[- ]?in) (sales?|customer|client)"
    r"|walk[- ]?in|comptoir|unknown|inconnu[e]?|none|null|nan|n/?a|[-?.]+)$"
)
