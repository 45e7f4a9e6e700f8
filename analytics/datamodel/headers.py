"""What a header says: its words, the concepts they stand for, and the roles those concepts make."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from rapidfuzz.distance import DamerauLevenshtein

from analytics.datamodel.roles import Role, TableKind

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNKNOWN_WEIGHT = 0.9
_LIGHT = {"customer": 0.7, "order": 0.8, "id": 0.9, "date": 0.9, "amount": 0.8, "total": 0.7, "unit": 0.7, "name": 0.6,
          "flag": 0.3, "ttc": 0.3, "house": 0.35, "modifier": 0.3, "duration": 0.8, "count": 0.9, "category": 0.9, "product": 0.9}  # fmt: skip
_EMPTY_WORDS = frozenset(
    "de du des d l la les un une et ou par pour en aux au sur of the a an by for to in and or per your my avec with est sont est as"
    " was were any all s nous vous votre vos nos notre our us we you me non not pas this that cette ce yyyy aaaa jj mm dd hh yy ss fmt".split()
)
_LAST_ONLY = frozenset({"le", "at", "on"})  # « livrée le », "created at": a date, elsewhere an article
_SIGNS = (
    (r"#[\s_]*of\b", " nb "),
    (r"(?<![a-zA-Z])dates?[\s_]*(et|and|&)?[\s_]*(l['’])?(heures?|hours?|time)(?![a-zA-Z])", " date "),
    (r"\b(number|num|no|nombre)[\s_]*(of|de|d)\b", " nb "),
    (r"\b(incl|including|inc|toutes)[\s_.-]*(vat|gst|hst|tax(es)?|tva)\b", " ttc "),
    (r"\b(excl|excluding|ex|hors)[\s_.-]*(vat|gst|hst|tax(es)?|tva)\b", " ht "),
    (r"(?<=total)[\s_.(]+incl?[.)]*$", " ttc "),
    (r"(?<=total)[\s_.(]+(excl?|exc)[.)]*$", " ht "),
    (r"\b(with|avec)[\s_]*(vat|gst|hst|tax(es)?|tva)\b", " ttc "),
    (r"\b(without|sans)[\s_]*(vat|gst|hst|tax(es)?|tva)\b", " ht "),
    (r"^born([\s_]*on)?$", " birth date "),
    (r"^(apport[ée]e?|venue?|amen[ée]e?|envoy[ée]e?|adress[ée]e?|orient[ée]e?)[\s_]*(par|via)$", " acquisition channel "),
    (r"\b(found|heard|hear|find|know|knew|came)[\s_]*(of|about|to)?[\s_]*us[\s_]*(through|by|via|from|how)?(?![a-z])", " acquisition channel "),
    (r"time[\s_]*zone", " timezone "),
    (r"(?<![a-zA-Z])mov(e|ed|ing)[\s_-]*out(?![a-z])", " end "),
    (r"(?<![A-Za-z])post[\s_-]*code(?![A-Za-z])", " postcode "),
    (r"(?<![A-Za-z])(?P<by>e-?mail|sms|tel|phone|post)[\s_-]*ok(?![A-Za-z])", r" \g<by> consent "),
    (r"(?<![A-Za-z])n[\s_]+(?=[A-Za-z]{3})", " num "),
    (r"\bopt[\s_]*in(?![a-z])", " optin "),
    (r"\b(suivie?|attribu[ée]e?|affect[ée]e?|assign[ée]e?|confi[ée]e?|g[ée]r[ée]e?|trait[ée]e?|vendue?|servie?|assigned|handled|managed|served|sold)[\s_]*(par|by|[àa])(?![a-zà-ÿ])", " seller "),
    (r"(?<![A-Za-z])assigned[\s_]*to(?![a-z])", " seller "),
    (r"(?<![A-Za-z])sold[\s_-]*to(?![a-z])", " customer "),
    (r"\s[àÀ]$", " le "),
    (r"chiffre[\s_]*d?['’\s_]*affaires?", " ca "),
    (r"1\s?(ers?|re|ere|ère|st)(?=[\s_A-Za-z]|$)", " premier "),
    (r"\bd\.?o\.?b\b\.?", " dob "),
    (r"^(vat|gst|hst|tax(es)?|tva)[\s_.]*(incl|included|incluses?|comprises?)$", " vat "),  # alone: how much of it there is in the sum
    (r"\b(vat|gst|hst|tax(es)?|tva)[\s_.-]*(incl|including|inc|comprises?)\b", " ttc "),
    (r"\b(vat|gst|hst|tax(es)?|tva)[\s_.-]*(excl|excluding|ex)\b", " ht "),
    (r"\b(bill(ed)?|invoiced?|factur[ée]e?)[\s_-]*(to|à|a)\b(?![\s_-]*(customer|client|cust|id))", " customer "),
    (r"(?<![a-zà-ÿ])([àa]|net)[\s_]+payer(?![a-z])", " total payment "),
    (r"(?<![a-zà-ÿ])(net[\s_]+)?[àa][\s_]+(r[ée]gler|pr[ée]lever|encaisser|acquitter)(?![a-z])", " total payment "),
    (r"\bd[ûu](?=$|[\s_)])(?<=û)", " due "),
    (r"\bpassages?[\s_]*(en)?[\s_]*caisse\b", " order "),
    (r"lettre[\s_]*d?['’\s_]*informations?", " newsletter "),
    (r"\bpoints?[\s_]*(de|of)[\s_]*(vente|sales?)\b", " store "),
    (r"\bmise?[\s_]*(en)?[\s_]*service\b", " start "),
    (r"\breste[\s_]*([àa])[\s_]*charge\b", " amount "),
    (r"\bdatec(?![a-z])", " signup date "),
    (r"\bdatef(?![a-z])", " invoice date "),
    (r"\b(nb|nbre|nombre)[\s_]*(de|d['’])?[\s_]*tickets?(?![a-z])", " order count "),
    (r"\bbons?[\s_]*(de|d['’])?[\s_]*(commande|livraison)s?\b", " order "),
    (r"\bcodes?[\s_-]*(à|a)?[\s_-]*barres?(?![a-z])", " ean "),
    (r"^comment(?=[\s_]+(nous|vous|avez|les|a-t))", " "),
    (r"\bdo[\s_]*not(?![a-z])", " optout "),
    (r"(?<![a-zA-Z])dnc(?![a-zA-Z])", " phone optout "),
    (r"\bbloctel\b", " phone optout "),
    (r"charg[ée]e?s?[\s_]*(de|d['’])[\s_]*client[èe]le", " seller "),
    (r"\b(paid|pays)[\s_]*by\b", " payment method "),
    (r"(?<![A-Za-z])mov(ed?|ing)[\s_-]*in(?![a-z])", " movein "),
    (r"\bline[\s_]*of[\s_]*business\b", " category "),
    (r"\bbusiness[\s_]*name\b", " company name "),
    (r"\bbusiness[\s_]*type\b", " sector "),
    (r"\braison[\s_]*sociale?\b", " denomination "),
    (r"\bs/?total\b|\bsous[\s_-]*total\b", " subtotal "),
    (r"(?<![A-Za-z])p\.[\s_]?u\.(?![a-z])", " pu "),
    (r"(?<![A-Za-zà-ÿ])re[\s_-]+enrol+ed(?![a-z])", " reenrolled "),
    (r"(?<![A-Za-zà-ÿ])r[ée][\s_-]+(?=(adh[ée]|inscri|abonn|engag))", " re"),
    (r"(?<![A-Za-z])no[\s_-]+longer(?![a-z])", " nolonger "),
    (r"(?<![A-Za-z])w/[\s_]*(?=[a-z])", " with "),
    (r"(?<![A-Za-z])user[\s_-]*(name|id)(?![a-z])", " user id "),
    (r"(?<![A-Za-z])purchasers?(?![a-z])", " customer "),
    (r"(?<![A-Za-z])a/c(?![a-z])", " account "),
    (r"(?<![A-Za-z])pre[\s_-]*tax(?![a-z])", " ht "),
    (r"(?<![A-Za-z])(mov(ed|ing)?|port(ed|ing)?)[\s_-]*out(?![a-z])", " churn "),
    (r"\bdrop(ped|s)?[\s_-]*outs?(?![a-z])", " dropout "),
    (r"\bex[\s_-]+(?=(client|abonn|adh|membre|member|customer))", " churn "),
    (r"\bdonneurs?[\s_]*d['’]?[\s_]*ordres?\b", " customer "),
    (r"\bcheck[\s_-]*in(?![a-z])", " checkin "),
    (r"\bsign(ed|ing)?[\s_-]*(up|on)(?![a-z])", " signup "),
    (r"\b(last|past|previous|derniers|derni[èe]res|ces)?[\s_]*(?<![a-z0-9])\d{1,3}[\s_]*(derniers|derni[èe]res|last|past|rolling|glissants)?[\s_]*(mois|months?|mths?|m|jours?|j|days?|d|weeks?|w|semaines?|ans?|years?|y)(?![a-z])", " window "),
    (r"(?<=[^\W\d])[\s_]*\(?(/|\bsur\b|\bout[\s_]*of\b)[\s_]*(5|10|20)\)?$", " score "),
    (r"(?<![a-zà-ÿ])([àa][\s_]+jour|up[\s_-]*to[\s_-]*date|paid[\s_-]*up)(?![a-zà-ÿ])", " uptodate "),
    (r"n[°º]", " no "),
    (r"#", " no "),
    (r"%", " pct "),
    (r"[€$£]", " "),
    (r"@", " at "),
)
_ANONYMOUS = re.compile(
    r"(column|colonne|col|field|champ|unnamed|var|v|c|x|f)?[\s_:.-]*\d*([\s_:.-]*level[\s_]*\d*)?", re.IGNORECASE
)


CUSTOMER_WORDS = frozenset(  # that name the house's own customers, whoever they are to it
    "client clients customer customers cliente clt cust membre member adherent abonne subscriber patient donateur donor usager eleve".split()
)


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """How well a header says a role: 0..1, and whether a typo or a glued word had to be guessed."""

    score: float
    pattern: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Pattern:
    role: Role
    concepts: frozenset[str]
    kinds: frozenset[TableKind]
    belief: float


def is_anonymous(header: str) -> bool:
    """Whether a header says nothing: empty, `column3`, `Unnamed: 2`, a bare number."""
    return not header.strip() or _ANONYMOUS.fullmatch(header.strip()) is not None and bool(re.search(r"\d|^$", header))


def plain(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


@cache
def words_of(header: str) -> tuple[str, ...]:
    """Split a header into plain words: snake, camel, accents, apostrophes, « n° » and units are understood."""
    text = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header).replace("_", " ")
    for sign, word in _SIGNS:
        text = re.sub(sign, word, text, flags=re.IGNORECASE)
    found = [word for word in re.split(r"[^a-z]+", plain(text)) if word]
    kept = [word for word in found if word not in _EMPTY_WORDS]
    kept = [word for word in kept if len(word) > 1] or kept  # "30d", "m2": a letter alone says nothing
    return tuple(
        word for place, word in enumerate(kept) if word not in _LAST_ONLY or (place == len(kept) - 1 and place > 0)
    )


_ORDERS_SAID = frozenset("commande commandes order orders achat achats purchase purchases ticket tickets transaction transactions facture factures invoice invoices visite visites visit visits passage passages".split())
_COUNT_SAID = frozenset("nb nbr nbre nombre number numero count num total totales the of de des d no n".split())


def counts_orders(header: str) -> bool:
    """Whether a header counts orders: « Nb commandes », "Orders", "number of tickets"; « Qté commandée » counts things."""
    said = set(words_of(header))
    return bool(said & _ORDERS_SAID) and said <= _ORDERS_SAID | _COUNT_SAID


@cache
def concepts_of(header: str) -> tuple[frozenset[str], ...]:
    """The concepts of each word of a header; an empty set for a word nobody knows."""
    result: list[frozenset[str]] = []
    for word in words_of(header):
        result += _concepts_of_word(word)
    return tuple(result)


@cache
def header_scores(header: str, kind: TableKind | None) -> dict[Role, HeaderMatch]:
    """Roles a header may say, each with a score 0..1 (share of the header's weight that the role explains).

    Args:
        header: as it stands in the file.
        kind: what the table is, when known; None lets the patterns of every kind speak, a little lower.
    """
    words = concepts_of(header)
    if not any(words) or is_anonymous(header):
        return {}
    total, unlikely, hardly = sum(_weight(word) for word in words), unlikely_roles(kind), unlikely_roles(kind, "hardly")
    known = frozenset[str]().union(*words)
    scores: dict[Role, HeaderMatch] = {}
    for pattern in _patterns():
        if not pattern.concepts <= known:
            continue
        if pattern.kinds and kind is not None and kind not in pattern.kinds:
            continue
        covered = _covered(pattern.concepts, words)
        if covered is None:
            continue
        belief = pattern.belief * (0.85 if pattern.kinds and kind is None else 1.0)
        score = (covered / total) ** 0.8 * belief
        if pattern.role in unlikely and not pattern.kinds:
            score *= 0.5
        elif pattern.role in hardly and not pattern.kinds:
            score *= 0.4
        if score > scores.get(pattern.role, _NOTHING).score:
            scores[pattern.role] = HeaderMatch(score, pattern.concepts)
    return scores


@cache
def unlikely_roles(kind: TableKind | None, how: str = "unlikely") -> frozenset[Role]:
    """Roles that headers may seem to say in such a table, and seldom mean (`hardly`: never on their word alone)."""
    rules: dict[str, dict[str, list[str]]] = read_lexicon("kinds.yaml")  # type: ignore[assignment]
    return frozenset(Role(role) for role in rules.get(kind or "", {}).get(how, ()))


def says(header: str, *concepts: str) -> bool:
    """Whether the header holds all of these concepts, each in its own word."""
    return _covered(frozenset(concepts), concepts_of(header)) is not None


def _covered(pattern: frozenset[str], words: tuple[frozenset[str], ...]) -> float | None:
    """Weight of the words that make the pattern, each concept by its own word; None when one is missing."""
    candidates = [[place for place, word in enumerate(words) if concept in word] for concept in pattern]
    if not all(candidates):
        return None
    used = _matching(sorted(candidates, key=len), frozenset())
    if used is None:
        return None
    # a word that repeats the pattern's ideas ("customer user id") is explained as well
    extra = [p for p, word in enumerate(words) if p not in used and word & pattern]
    return sum(_weight(words[place]) for place in (*used, *extra))


def _matching(candidates: list[list[int]], used: frozenset[int]) -> frozenset[int] | None:
    if not candidates:
        return used
    for place in candidates[0]:
        if place not in used:
            rest = _matching(candidates[1:], used | {place})
            if rest is not None:
                return rest
    return None


def _weight(word: frozenset[str]) -> float:
    if not word:
        return _UNKNOWN_WEIGHT
    return min(_LIGHT.get(concept, 1.0) for concept in word)


@cache
def _concepts_of_word(word: str) -> tuple[frozenset[str], ...]:
    known = _known(word)
    if known:
        return (known,)
    pieces = _unglue(word)
    if pieces:
        return tuple(_known(piece) for piece in pieces)
    told = next((concept for stem, concept in _STEMS.items() if word.startswith(stem)), None)
    return (frozenset({told}) if told else _shortened(word) or _guess(word),)


_STEMS = {  # words of questions, whatever their ending
    "recommand": "nps", "recommend": "nps", "satisf": "satisfaction", "amelior": "comment", "suggest": "comment", "sugger": "comment",
    "improv": "comment", "resili": "churn", "desabonn": "churn", "quitt": "churn",
}  # fmt: skip


def _known(word: str) -> frozenset[str]:
    lexicon = _lexicon()
    for form in (word, *(word.removesuffix(end) for end in ("s", "es", "x", "e", "ee", "ees"))):
        if form in lexicon:
            return lexicon[form]
    for end in ("ing", "ed"):  # "joining", "enrolled"
        stem = word.removesuffix(end)
        if stem != word and len(stem) >= 4 and (stem in lexicon or f"{stem}e" in lexicon):
            return lexicon.get(stem) or lexicon[f"{stem}e"]
    return frozenset()


def _shortened(word: str) -> frozenset[str]:
    """A word without its vowels (CNTRCT, HSHLD) or, of four or five letters, without its end (INCEP), when what it stands for is one thing."""
    if len(word) >= 3 and not set(word) & set("aeiouy"):
        told = _skeletons().get(word, ())
    elif 4 <= len(word) <= 5:
        told = tuple(form for form in _long_words() if form.startswith(word) and len(form) >= len(word) + 2)
    else:
        told = ()
    meant = frozenset.intersection(*(_lexicon()[form] for form in told)) if told else frozenset[str]()
    return frozenset() if meant & {"sensitive", "consent", "seller", "customer"} else meant  # people and rights are not guessed


@cache
def _skeletons() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in _long_words():
        bare = word[0] + re.sub("[aeiouy]", "", word[1:])
        found.setdefault(bare, []).append(word)
        found.setdefault(re.sub(r"(.)\1", r"\1", bare), []).append(word)
    return {bare: tuple(dict.fromkeys(words)) for bare, words in found.items() if len(bare) >= 3}


def _guess(word: str) -> frozenset[str]:
    """The word one slip of the keyboard away, for words long enough to tell."""
    if len(word) < 7:
        return frozenset()
    limit = 1 if len(word) < 12 else 2
    best, found = limit + 1, ""
    for candidate in _long_words():
        if abs(len(candidate) - len(word)) <= limit and candidate[0] == word[0]:
            distance = DamerauLevenshtein.distance(candidate, word, score_cutoff=limit)
            if distance < best:
                best, found = distance, candidate
    meant = _lexicon()[found] if found else frozenset[str]()
    return frozenset() if "sensitive" in meant else meant  # a slip of the keyboard never makes a column sensitive


def _unglue(word: str) -> tuple[str, ...]:
    """Split « idclient », « montantttc », "orderdate" into known words; empty when it cannot be done."""
    if len(word) < 4 or len(word) > 30:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 14), end):
            before, piece = best[start], word[start:end]
            if before is None or not _is_piece(piece):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = (*before, piece)
    found = best[-1] or ()
    split = 1 < len(found) <= 4 and found[0] not in _GLUE
    return tuple(piece for piece in found if piece not in _GLUE) if split else ()


_GLUE = frozenset({"de", "du", "des", "la"})
_NOTHING = HeaderMatch(0.0, frozenset())


def _is_piece(piece: str) -> bool:
    if piece in _GLUE:
        return True
    return (len(piece) >= 3 or piece in {"id", "nb", "no", "dt", "mt", "cp", "ca", "ht", "pu", "pv", "px", "tx"}) and bool(_known(piece))


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(word for word in _lexicon() if len(word) >= 5)


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    lexicon: dict[str, set[str]] = {}
    for concept, words in read_lexicon("concepts.yaml").items():
        for word in (*str(words).split(), concept):
            lexicon.setdefault(plain(word), set()).add(concept)
    return {word: frozenset(concepts) for word, concepts in lexicon.items()}


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _pattern(Role(role), line) for role, lines in read_lexicon("roles.yaml").items() for line in lines
    )  # fmt: skip


def _pattern(role: Role, line: str) -> _Pattern:
    rest, _, belief = line.partition("!")
    words, _, kinds = rest.partition("@")
    return _Pattern(
        role, frozenset(words.split()), frozenset(TableKind(kind) for kind in kinds.split()), float(belief or 1.0)
    )


@cache
def known_concepts() -> frozenset[str]:
    """Every concept of the lexicon (a test checks that patterns use no other)."""
    return frozenset(read_lexicon("concepts.yaml"))


def pattern_concepts() -> Iterable[str]:
    """Every concept the patterns of roles use."""
    return {concept for pattern in _patterns() for concept in pattern.concepts}


@cache
def read_lexicon(name: str) -> dict[str, list[str]]:
    """Read one file of the vocabulary shipped beside this module."""
    text = files("analytics.datamodel").joinpath("lexicon", name).read_text(encoding="utf-8")
    data: dict[str, list[str]] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are the safe ones
    return data
