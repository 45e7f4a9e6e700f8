"""Which words of a question carry a meaning that no slot has read: what is not understood is not answered over."""

from __future__ import annotations

import re

from assistant.embedded.measuring import spoken
from assistant.embedded.tokens import Tokens

_DEPARTING = re.compile(
    r"\b(churn\w*|attrition|departs?|part|partent|partir|partie?s?|partants|quitt(?!ance)\w*|resili\w*|perd(u|us|ons|ent|re)?|los(e|es|ing|t)|"
    r"leav(e|es|ing)|left|quits?|quitting|cancel(s|led|ling)?|cancell?ations?|departures?|arretent|ont arrete|defect\w*|fil(e|ent)|fuient|s'en vont|desabonn\w*)\b"
)
_SHARE = re.compile(r"\b(quelle|la|une) part\b|\bpart (de|des|du)\b")
_SAID = re.compile(
    r"\b(combien|how (many|much)|nombre|number|nb|count|total\w*|somme|sum|moyen\w*|average|avg|mean|median\w*|panier\w*|basket|"
    r"best[- ]?sellers?|aov|ca|chiffres? d.affaires|revenu\w*|revenue|sales|ventes|turnover|montants?|amounts?|commandes?|orders?|achats?|"
    r"purchases?|anciennete|tenure|part|share|pourcentage|percentage|proportion|percent|repartition|breakdown|taux|rate|"
    r"clients?|customers?|clientele|personnes|people|gens|folks?|abonnes?|subscribers?|comptes?|accounts?|acheteurs?|buyers?|"
    r"donateurs?|donors?|entreprises?|societes?|companies|company|shoppers?|compar\w*|vs|versus|contre|against|than|que|top|"
    r"(?:ring|rings|rang|rung) up|over(?= the (?:last|past|previous))|a la fois|(?:the )?most often|le plus souvent|most frequently|actifs?|actives?|active|current|encore|still|toujours (?=la\b|presente?s?\b|actifs?\b|actives?\b|en cours\b|en vigueur\b|clients?\b|chez nous\b)|perdue?s?|lost|plus|moins|more|less|most|least|highest|lowest|fewest|biggest|largest|"
    r"en euros?|in (?:euros?|dollars|pounds)|best|worst|meilleur\w*|pires?|fort\w*|eleve\w*|faible\w*|vite|faster|autres?|others?|ordre|only|seulement|uniquement|juste|just|"
    r"(?:le |la |les )?(?:plus|moins) (?:frequent\w+|demande\w*|populaires?|remplie?s?|courante?s?|chargee?s?|reservee?s?|louee?s?|achetee?s?|utilisee?s?|choisie?s?|prise?s?|suivie?s?)|(?:most|least) (?:visited|attended|requested|frequent\w*|popular|busy|booked|rented|bought|used|chosen)|"
    r"depens(e|ent|er|ons)|spends?|spend|spending|jeunes?|vieux|young|old|evolution|mois|month\w*|trimestre|quarter|annee|year|"
    r"vend\w*|vente|sells?|selling|sold|achet\w*|bought|buy|buys|paid|pay|pays|paie|paient|payent|using|use|uses|utilis\w*|prennent|pris|took|take)\b"
)
_FILLER = frozenset(
    """a about across after all whose having along also am among an and any are as at au aux avec avez avons be been being between by can
    ce cela ces cet cette ceux celles chaque chez ci comme could d dans de des did different do does doing du each either elle
    elles en entre est et etaient eu for from give had has have having he her here his i il ils in into is it its j je l la le
    les leur leurs list lui ma me mes moi mon my n ne nos notre nous of on ont or ou our out par parmi per please pour qu quel
    quelle quelles quels qui s sa se selon ses she should show si so some son sont sur tell than that the their them there these
    they this those to too tous tout toute toutes un une us vos votre vous want was we were what when where which who whom with
    within without would y you your sans hors sauf except excluding not non pas no type types mode same pareil meme on me
    montre donne affiche dis quoi really vraiment nombre rapport respect whole overall avoir ayant ai aussi bien right have come
    came through via viennent venus recrutes recruited live lives living habitent vivent based located size taille while upon
    eue eues eus celui celle ceci etions etiez serait seraient sera seront aura auront avait avaient avions being connait connaitre savoir know exactly exactement environ now maintenant ok alors donc then what's ve re ll t
    group groups groupe groupes company aged age agee agees placed place passe passee passees pourriez pourrais pouvez peux voudrais
    voudrait veux veut aimerais aimerait indiquer indiquez communiquer donner dire savoir font fait fais faire vient provient etait
    etaient comes come paying payee payes payee payees paye made make received recus recu recues gave given give gives donne donnent
    donnes please tell know like need show get got let us look s'il plait svp stp merci bonjour hello hi juste simplement question
    chiffre figure exact precise precisement total tout toute ensemble overall combined currently actuellement aujourd'hui today moment
    base fichier fichiers file files donnees data dataset portefeuille entreprise societe business compte shop's our client's
    disons say maybe peut etre environ roughly about approximately around wonder demande wondering curious interested interesse
    habitant ordered bought purchased buyer outside stayed reste restent reste restes restees remain remains discounted remise ligne lignes line lines
    passer passed rien never jamais left depuis since both used restants restante restantes remaining veuillez cours patron boss manager chef directeur directrice during pendant durant how does did ni nor
    vu vus vue vues voir voit voient saw seen see attended attend assiste assistent tried try essaye essayent choisi choisis chosen suivi suivis suivent followed watched watch
    but mais booked book books reserve reserves reservee reservees rented rent rents loue louent louee louees visited visit visite
    possede possedent detient detiennent own owns hold holds holder holders titulaire titulaires porteurs among items compare compared apporte
    apportent brings bring brought bottom flop mieux better dernier derniers dernieres residing resident residents domicilie domicilies originaires basee bases located vivant agissant parmi chez
    equipe equipes team teams csm csms reps conseillers
    pose posee poses posees performed carried done fitted served servi servie servis servies organise organisee organises organisees dispense dispensee dispenses dispensees taught circulation venue venues adresse adressee adresses adressees envoie envoient sends send faite faites handled handles referred gets obtient obtiennent recoit recoivent ones ever dont billed worked travaillees logged issued owner owners attire attirent attract attracts concentrated concentre concentree shipped expedie expediee expedies expediees manage manages managed gere gerent geres logo logos suit follow follows
    popular populaire populaires liste listes sous under represent represents represente representent pese pesent marche marchent works work
    include includes contain contains comprend comprennent comprenant incluent inclut contiennent contient contenant containing including premier premiers premiere premieres
    principal principaux principale principales main major key majeurs majeure realise realisee realises genere generee generes effectue effectues effectuees rempli spend last first per
    print prints printed imprime imprimes imprimee imprimees imprimons produce produced teach repair repaired repare repares reparee reparees wash washed lave laves lavee lavees
    paire paires pair pairs parce pcq because trop too makes make earn earned something anything
    ont a-t-il y it its il elle ils elles eux own each chacun chacune respectivement respectively different differents
    differentes distinct unique value valeur compris comprise including inclus amene amenent amenes amenees accorde accordee accordes accordees consenti consentie consentis consenties granted actuel actuelle actuels actuelles""".split()
)


def departing(text: str) -> bool:
    """Whether a plain question speaks of leaving (« part » may also be a share)."""
    return _DEPARTING.search(_SHARE.sub(" ", text)) is not None


_SO_FAR = re.compile(r"\b(?:so far|to date|up to now|until now|jusqu'(?:ici|a present|a maintenant)|a ce jour)\b")
_BEEN = re.compile(r"\b(?:a|ai|ait|aient|ont|avons|avez|avait|avaient|avoir|ayant|aura|auront|n'a|n'ont)(?: pas| deja| jamais| bien| toutes?| tous)? ete\b")  # no summer


def unexplained(tokens: Tokens, named: frozenset[str] = frozenset()) -> list[str]:
    """The words left once columns, values, measures, periods and small words are set aside.

    Args:
        tokens: the question, what slots have read of it taken.
        named: ideas that name a column already read: « contrat » beside « un an ».
    """
    said = [match.span() for pattern in (_SAID, _DEPARTING, _BEEN, _SO_FAR) for match in pattern.finditer(tokens.text)] + spoken(tokens.text)
    return [
        word
        for place, (word, (start, end)) in enumerate(zip(tokens.words, tokens.spans, strict=True))
        if tokens.free(place)
        and tokens.ideas[place] not in named
        and word not in _FILLER
        and not (word.isdigit() and (len(word) == 1 or len(word) > 5))
        and len(word) > 1
        and word[0].isalnum()
        and not any(low < end and start < high for low, high in said)
    ]
