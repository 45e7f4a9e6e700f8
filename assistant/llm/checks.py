"""May a model's wording be shown? Every figure, name, cause and character of it is held against what the analyses say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from assistant.compose import numbers_in, unbacked
from assistant.embedded.language import detect_language
from assistant.embedded.text import plain, words
from vocabulary.estimate import Estimate
from vocabulary.finding import Finding
from vocabulary.language import Language, Text
from vocabulary.sentence import Label, Listing, Sentence

LONGEST = 2000
_FORBIDDEN = re.compile(r"[<>\[\]`|~\\#{}^]|!\s*\(|://|www\.|@|\w\.[a-z]{2,}(?![a-z])|\bjavascript\b|\bdata:", re.I)
_QUANTITY = re.compile(r"([$£€¥])?\s?(\d+(?:[ \u00a0\u202f.,]\d{3})*(?:[.,]\d+)?)\s?(%|[$£€¥]|points?\b)?")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSE = re.compile(r"[,;:] | et | and | contre | against | tandis | while | whereas | alors ")
_NUMBER_WORDS = frozenset(
    """deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante
    cinquante soixante cent cents mille million millions milliard milliards dizaine douzaine vingtaine centaine millier
    milliers moitie tiers quart quarts double triple doublent doubler tripler
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions
    billion dozen dozens half halves third thirds quarter quarters twice thrice double doubled triple tripled fourfold
    twofold threefold tenfold""".split()
)
_CAUSAL = re.compile(
    r"\b(parce qu|puisqu|a cause|caus\w*|provoqu\w*|entrain\w*|du fait|grace a|en raison|s explique|expliqu\w*|raison\w*|"
    r"because|caus\w*|due to|owing to|thanks to|lead\w* to|led to|driv\w+|explain\w*|reason\w*|result\w* (of|from|in)|"
    r"responsible|origine|faute|blame|fault)\b"
)
_HEDGE = re.compile(r"\b(likely|probab\w*|may|might|could|seem\w*|suggest\w*|possibl\w*|peut|peuvent|pourrai\w*|sembl\w*)\b")
_OUTSIDE = re.compile(
    r"\b(etudes?|recherches?|rapports?|experts?|selon|d apres|source|sources|enquete|publie\w*|stud(?:y|ies)|research\w*|"
    r"reports?|according|survey\w*|published|benchmark\w*|secteur|industry|mckinsey|bain|gartner|forrester)\b"
)


def faults(
    text: str, shown: Sequence[Mapping[str, Any]], findings: Sequence[Finding], ours: str, language: Language,
    currency: str | None = None, headers: Collection[str] = (),
) -> tuple[str, ...]:  # fmt: skip
    """Why a wording may not be shown, as codes; empty when it may.

    Args:
        text: the model's, placeholders put back.
        shown: what the model was shown of the findings, placeholders put back.
        findings: the findings themselves.
        ours: the embedded wording of the same findings.
        language: the asker's.
        currency: of the file.
        headers: the columns' names, which a wording need not repeat.
    """
    allowed = " ".join((ours, *_strings(shown)))
    found = {
        "empty": not text.strip(),
        "too_long": len(text) > LONGEST,
        "markup": bool(_FORBIDDEN.search(text)) or text.count("**") % 2 == 1 or _invisible(text),
        "language": detect_language(text, "en" if language == "fr" else "fr") != language,
        "number": bool(unbacked(text, findings, language, currency)) or not _quantities(text) <= _quantities(allowed),
        "number_word": bool(_NUMBER_WORDS & set(words(text)) - set(words(allowed))),
        "cause": _says(_CAUSAL, text) and not (_says(_CAUSAL, ours) and _says(_HEDGE, text)),
        "outside_source": _says(_OUTSIDE, text) and not _says(_OUTSIDE, allowed),
        "stranger": bool(_strangers(text, allowed)),
        "misplaced": _misplaced(text, shown, ours),
        "headline": not _headline(text, findings, language, currency, headers),
    }
    return tuple(code for code, wrong in found.items() if wrong)


def _invisible(text: str) -> bool:
    """Whether a character cannot be seen, or is a figure in disguise."""
    return any(
        (unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn", "Cs", "No", "Nl", "Sk") and c not in "\n ")
        or (c.isdigit() and c not in "0123456789")
        for c in text
    )


def _quantities(text: str) -> set[tuple[str, str]]:
    """The numbers of a text with what they count in: "%", a currency, points; each also bare."""
    found: set[tuple[str, str]] = set()
    for before, number, after in _QUANTITY.findall(text):
        unit = (after or before).rstrip("s")
        canonical = numbers_in(number)
        found |= {(canonical[0], unit), (canonical[0], "")} if canonical else set()
    return found


def _says(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.search(" ".join(words(text))))


def _strangers(text: str, allowed: str) -> set[str]:
    """Capitalised words inside sentences that stand nowhere in what was shown."""
    known = set(words(allowed))
    capitals = re.findall(r"(?<=[a-zà-ÿ,;:0-9%€»”)] )[«“\"(]?\s?([A-ZÀ-Ý][\w-]+)", text)
    return {word for capital in capitals for word in words(capital) if word not in known and capital != "I"}


def _misplaced(text: str, shown: Sequence[Mapping[str, Any]], ours: str) -> bool:
    """Whether words about one group carry a number that belongs to another."""
    rows = [row for view in shown for row in view.get("groups", ())]
    told = [sentence for view in shown for sentence in (view.get("claim"), *view.get("facts", ())) if sentence]
    names = {name for row in rows for name in list(row.values())[:1] if not name[:1].isdigit() and len(name) > 1}
    fitting: dict[str, set[str]] = {name: set() for name in names}
    general: set[str] = set()
    owned: set[str] = set()
    for row in rows:
        for name in names & set(list(row.values())[:1]):
            fitting[name] |= set(numbers_in(" \n ".join(row.values())))
            owned |= fitting[name]
    for about, numbers in _attributed((*told, ours), names):
        for name in about:
            fitting[name] |= numbers
        general |= set() if about else numbers - owned  # « de 25 % à 34 % » is said of all: each end is one group's
    return any(
        about and not numbers <= general.union(*(fitting[name] for name in about))
        for about, numbers in _attributed((text,), names)
    )


def _attributed(texts: Sequence[str], names: set[str]) -> Iterator[tuple[set[str], set[str]]]:
    """The clauses of texts: the groups each is about, its own or those of the clause before it, and its numbers."""
    for text in texts:
        for sentence in _SENTENCE.split(text):
            about: set[str] = set()
            for clause in _CLAUSE.split(sentence):
                about = _named(clause, names) or about
                yield about, set(numbers_in(clause))


def _named(text: str, names: set[str]) -> set[str]:
    said = f" {plain(text)} "
    return {name for name in names if re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", said)}


def _headline(
    text: str, findings: Sequence[Finding], language: Language, currency: str | None, headers: Collection[str]
) -> bool:
    """Whether the text says what the first claim is about: the groups and values it names, and its first number."""
    if not findings:
        return False
    values = list(_leaves(findings[0].claim))
    said = plain(text)
    named = [value.value for value in values if isinstance(value, Label) and value.value not in headers]
    if any(plain(name) not in said for name in named):
        return False
    first = next((value for value in values if isinstance(value, Estimate) and value.value is not None), None)
    if first is None:
        return True
    alone = Sentence(Text("{x:abs}", "{x:abs}"), {"x": first})
    return set(numbers_in(alone.render(language, currency))) <= set(numbers_in(text))


def _leaves(sentence: Sentence) -> Iterator[object]:
    for value in sentence.values.values():
        if isinstance(value, Sentence):
            yield from _leaves(value)
        elif isinstance(value, Listing):
            for part in value.parts:
                yield from _leaves(part) if isinstance(part, Sentence) else (part,)
        else:
            yield value


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _strings(value)
