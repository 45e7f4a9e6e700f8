"""Findings and guidance → the words of an answer; and the check that refuses a number no finding holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.answer import Action, Citation, Reading
from vocabulary.finding import Finding, NotApplicable, Result
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence, escape_markdown
from vocabulary.themes import Strength

_MOST_FACTS, _MOST_CAUTIONS, _MOST_ACTIONS = 3, 3, 2

_HEADINGS = {
    "todo": Text("À faire", "What to do"),
    "caution": Text("À garder en tête", "Keep in mind"),
    "doubt": Text("Ce qui nous ferait changer d’avis", "What would change our mind"),
    "sources": Text("Sources", "Sources"),
    "unlock": Text("Pour y répondre", "To answer this"),
    "advice": Text("Ce qui est conseillé", "What is advised"),
    "meanwhile": Text("En attendant, ce qui est conseillé", "Meanwhile, what is advised"),
}
_STRENGTH = {
    Strength.STRONG: Text("preuve forte", "strong evidence"),
    Strength.MODERATE: Text("preuve moyenne", "moderate evidence"),
    Strength.WEAK: Text("preuve faible", "weak evidence"),
}


def compose(
    reading: Reading,
    results: Sequence[Result],
    guidance: Sequence[Citation],
    actions: Sequence[Action],
    language: Language,
    currency: str | None,
    *,
    done: Sentence | None = None,
) -> str:
    """Write an answer as Markdown, complete on its own; `done` says what was carried out beside it.

    The shape is always the same: headline; up to three facts; cautions; what to do; what would change our mind; sources.
    Where advice is the answer, or all there is, its passages come before the cautions.
    """

    def say(sentence: Sentence) -> str:
        return sentence.render(language, currency, markdown=True)

    def heading(name: str) -> str:
        return f"**{_HEADINGS[name].in_(language)}**"

    findings = [result for result in results if isinstance(result, Finding)]
    missing = [result for result in results if isinstance(result, NotApplicable)]
    parts: list[str] = [say(done)] if done is not None else []
    for finding in findings:
        parts.append(f"**{say(finding.claim)}**" if finding is findings[0] else say(finding.claim))
        if finding.facts:
            parts.append("\n".join(f"- {say(fact)}" for fact in finding.facts[:_MOST_FACTS]))
    for result in missing:
        told = bool(findings) and result.missing == "planned"  # what could be told is told above
        ahead = "" if result.missing == "planned" else f"{heading('unlock')}{_colon(language)} "  # what is not built asks for no file
        unlock = f"\n\n{ahead}{say(result.would_unlock)}" if result.would_unlock != result.reason else ""
        parts.append(say(result.reason) + ("" if told else unlock))
    advised = bool(guidance) and all(finding.analysis == "guidance" for finding in findings)
    if advised:
        parts.append(f"{heading('advice' if findings else 'meanwhile')}\n{_passages(guidance, language)}")
    dropped = (reading.left_out,) if reading.left_out is not None and findings else ()
    cautions = list(dict.fromkeys(say(caveat) for caveat in (*dropped, *(caveat for finding in findings for caveat in finding.caveats))))[:_MOST_CAUTIONS]
    if cautions:
        parts.append(heading("caution") + "\n" + "\n".join(f"- {caution}" for caution in cautions))
    if actions:
        todo = "\n".join(f"- {say(action.title)}" for action in actions[:_MOST_ACTIONS])
        parts.append(f"{heading('todo')}\n{todo}")
    doubt = next((finding.doubt for finding in findings if finding.doubt), None)
    if doubt is not None:
        parts.append(f"{heading('doubt')}{_colon(language)} {say(doubt)}")
    if guidance:
        cited = "\n".join(f"- {_cited(c, language, quoted=not advised)}" for c in guidance)
        parts.append(f"{heading('sources')}\n{cited}")
    if not parts:
        parts = [say(reading.sentence), *_choices(reading, language)]
    return "\n\n".join(parts)


def _choices(reading: Reading, language: Language) -> list[str]:
    listed = "\n".join(f"- {escape_markdown(choice.in_(language))}" for choice in reading.choices)
    return [listed] if listed else []


def _passages(guidance: Sequence[Citation], language: Language) -> str:
    return "\n".join(f"- {escape_markdown(c.title)}{_colon(language)} {escape_markdown(c.excerpt)}" for c in guidance)


def _cited(citation: Citation, language: Language, *, quoted: bool) -> str:
    said = f"{_colon(language)} {escape_markdown(citation.excerpt)}" if quoted else ""
    strength = _STRENGTH[citation.strength].in_(language)
    return f"{escape_markdown(citation.title)}{said} ({escape_markdown(citation.source)}, {strength})"


def lead_and_rest(text: str, language: Language) -> tuple[str, str]:
    """Cut an answer after its headline and facts, where a chart belongs; the rest, without the sources, may be empty.

    Args:
        text: as `compose` writes it, or a model's own words, which have no such headings.
        language: the answer's.
    """
    after = [heading for name, heading in _HEADINGS.items() if name not in ("advice", "meanwhile", "unlock")]
    marks = [text.find(f"\n\n**{heading.in_(language)}**") for heading in after]
    cut = min((mark for mark in marks if mark >= 0), default=len(text))
    rest, _, _ = text[cut:].partition(f"\n\n**{_HEADINGS['sources'].in_(language)}**")
    return text[:cut], rest.lstrip()


_NUMBER = re.compile(r"\d+(?:[   .,]\d{3})*(?:[.,]\d+)?")


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers written in a text, as digits with a decimal point, group separators removed, in order.

    A separator followed by exactly three digits, once or more, is read as grouping unless it is the only one and the
    group before it is 0: "1 234", "1,234", "0.123".
    """
    return tuple(_canonical(found) for found in _NUMBER.findall(text))


def unbacked(text: str, findings: Sequence[Finding], language: Language, currency: str | None = None) -> tuple[str, ...]:
    """The numbers of `text` that no finding says, after rounding as a person would.

    What a finding says: its estimates (value, interval, n, as a number and as a percentage, at zero to three
    decimals), its rendered sentences, the cells of its table and of its items.
    """
    backed = _backed(findings, language, currency)
    return tuple(number for number in numbers_in(text) if number not in backed)


def _backed(findings: Sequence[Finding], language: Language, currency: str | None) -> set[str]:
    backed: set[str] = set()
    for finding in findings:
        for measure in finding.measures:
            backed |= _said((measure.value, measure.low, measure.high, measure.n), language, currency)
        sentences = (finding.claim, *finding.facts, *finding.caveats, *((finding.doubt,) if finding.doubt else ()))
        rows = finding.table.rows if finding.table else ()
        backed |= _said((sentences, tuple(finding.items), rows), language, currency)
    return backed


def _said(value: object, language: Language, currency: str | None) -> set[str]:
    """The numbers a value says, canonical, at every rounding a person may choose."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        return {number for item in value for number in _said(item, language, currency)}
    if isinstance(value, Text):
        value = value.in_(language)
    elif isinstance(value, Sentence):
        value = value.render(language, currency)
    if value is None or isinstance(value, bool):
        return set()
    if isinstance(value, int | float | Decimal):
        return {_canonical(f"{abs(float(value)) * scale:.{places}f}") for scale in (1, 100) for places in range(4)}
    return set(numbers_in(str(value)))


def _canonical(written: str) -> str:
    text = re.sub("[\u00a0\u202f ]", "", written)
    groups = re.split("[.,]", text)
    if len(groups) > 2:
        text = "".join(groups[:-1]) + ("" if len(groups[-1]) == 3 else ".") + groups[-1]
    elif len(groups) == 2:
        grouped = len(groups[1]) == 3 and groups[0] not in ("0", "00")
        text = "".join(groups) if grouped else ".".join(groups)
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + ("." + fraction if fraction else "")


def _colon(language: Language) -> str:
    return "\u00a0:" if language == "fr" else ":"
