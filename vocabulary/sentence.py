"""A sentence: a text template and the typed values that fill it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from string import Formatter
from typing import TypeAlias

from vocabulary import formats
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.language import Language, Text
from vocabulary.typography import spaced


@dataclass(frozen=True, slots=True)
class Label:
    """Words of the manager's own: a column's name, a value of the file, a customer's id. Shown as they are."""

    value: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things said in a row: "a, b and c"; "a, b or c" of those of which one is enough (`either`)."""

    parts: tuple[Label | Text | Sentence, ...]
    either: bool = False


Value: TypeAlias = "Estimate | Threshold | date | Label | Text | Listing | Sentence"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template and its values.

    In the template, `{x}` writes the value; for an Estimate `{x:interval}` writes its 95 % interval, `{x:n}` its n,
    `{x:abs}` its size without sign, `{x:cents}` an amount to the cent, for steps that add up; for a date `{x:month}` writes the month only. Endings written « (s) » and « (x) »
    follow the first Estimate.
    """

    template: Text
    values: Mapping[str, Value] = field(default_factory=dict)

    def render(self, language: Language, currency: str | None = None, *, markdown: bool = False) -> str:
        """Write the sentence in `language`; money in `currency` (ISO code) when it is known.

        With `markdown`, what comes from the files is escaped: a value can be neither a link, an image nor a layout.
        """
        written = self._written(language, currency, markdown)
        return written[:1].upper() + written[1:] if self._begins_with_our_words() else written

    def _written(self, language: Language, currency: str | None, markdown: bool) -> str:
        template = spaced(self.template.in_(language), language)  # our words only: a value stands as in the file
        if language == "fr":
            template = template.replace("'", "’")
        if "(s)" in template:
            count = next((value.value for value in self.values.values() if isinstance(value, Estimate) and value.value is not None), 0)
            template = formats.agreed(template, count, language)
        return _Writer(language, currency, markdown).vformat(template, (), _even(self.values, template))

    def _begins_with_our_words(self) -> bool:
        """Whether it opens with a title, which may be in lower case, rather than with a value of the files."""
        opening = _OPENING.match(self.template.fr)
        if opening is None:
            return False
        first = self.values.get(opening.group(1))
        return isinstance(first, Text) or (isinstance(first, Sentence) and first._begins_with_our_words())

    def estimates(self) -> Iterator[Estimate]:
        """Every estimate the sentence says, its own and its inner sentences'."""
        for value in self.values.values():
            if isinstance(value, Estimate):
                yield value
            elif isinstance(value, Sentence):
                yield from value.estimates()
            elif isinstance(value, Listing):
                for part in value.parts:
                    if isinstance(part, Sentence):
                        yield from part.estimates()


def say(fr: str, en: str, **values: Value) -> Sentence:
    """Write a sentence in both languages with its values: `say("{n} clients", "{n} customers", n=count)`."""
    return Sentence(Text(fr, en), values)


def _even(values: Mapping[str, Value], template: str) -> dict[str, Value]:
    """The values, the two ends « de {low} à {high} » carried by the fewer cases of both: 52 % à 57 %, not 52,0 % à 57 %."""
    low, high = values.get("low"), values.get("high")
    shares = isinstance(low, Estimate) and isinstance(high, Estimate) and low.unit is high.unit is Unit.RATIO
    if not shares or "{low:" in template or "{high:" in template:
        return dict(values)
    assert isinstance(low, Estimate)
    assert isinstance(high, Estimate)
    counts = [found.n for found in (low, high) if found.n is not None]
    fewer = min(counts) if counts else None
    return {**values, "low": replace(low, n=fewer), "high": replace(high, n=fewer)}


_OPENING = re.compile(r"\{(\w+)\}")
_NOTHING = 1e-9
_CENTS = 2  # decimals of an amount
# Only what can act inside a line: a plain "Month-to-month" stays as it stands in the file.
_MARKDOWN = re.compile(r"([\\`*\[\]<>|~$]|(?<!\w)_|_(?!\w)|:(?=[A-Za-z/])|(?<=www)\.)")
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def escape_markdown(words: str) -> str:
    """Make words of the manager's files inert in Markdown: no link, image, HTML, formula, emoji code or bidi trick."""
    return _MARKDOWN.sub(r"\\\1", _INVISIBLE.sub("", words).replace("\n", " ").replace("\t", " "))


def _chosen(value: Threshold, language: Language, currency: str | None) -> str:
    """A number someone chose is written as chosen: 20 %, not 20,0 %."""
    whole = value.unit is Unit.RATIO and abs(value.value * 100 - round(value.value * 100)) < _NOTHING
    return formats.number(value.value, value.unit, language, currency=currency, n=1 if whole else None)


class _Writer(Formatter):
    def __init__(self, language: Language, currency: str | None, markdown: bool) -> None:
        self._language, self._currency, self._markdown = language, currency, markdown

    def format_field(self, value: object, format_spec: str) -> str:
        language = self._language
        if isinstance(value, Estimate):
            return self._estimate(value, format_spec)
        if isinstance(value, Threshold):
            return _chosen(value, language, self._currency)
        if isinstance(value, date):
            return formats.month(value, language) if format_spec == "month" else formats.day(value, language)
        if isinstance(value, Label):
            return escape_markdown(value.value) if self._markdown else value.value
        if isinstance(value, Text):  # a column's title is often its header
            return escape_markdown(value.in_(language)) if self._markdown else value.in_(language)
        if isinstance(value, Sentence):
            return value._written(language, self._currency, self._markdown)
        if isinstance(value, Listing):
            words = [self.format_field(part, "") for part in value.parts]
            if len(words) < 2:
                return "".join(words)
            link = (" ou " if value.either else " et ") if language == "fr" else (" or " if value.either else " and ")
            return ", ".join(words[:-1]) + link + words[-1]
        raise TypeError(f"a sentence cannot hold a {type(value).__name__}")

    def _estimate(self, estimate: Estimate, spec: str) -> str:
        language = self._language
        if spec == "n":
            return formats.number(estimate.n or 0, Unit.COUNT, language)
        if estimate.value is None:
            return "inconnu" if language == "fr" else "unknown"
        if spec == "interval":
            return self._interval(estimate)
        value = abs(estimate.value) if spec == "abs" else estimate.value
        places = _CENTS if spec == "cents" and estimate.unit is Unit.MONEY else None
        return formats.number(value, estimate.unit, language, currency=self._currency, n=estimate.n, places=places)

    def _interval(self, estimate: Estimate) -> str:
        language = self._language
        if estimate.low is None or estimate.high is None:
            return "sans intervalle" if language == "fr" else "no interval"
        places = formats.decimals_of_both(estimate.low, estimate.high, estimate.unit, estimate.n)
        low, high = (
            formats.number(bound, estimate.unit, language, currency=self._currency, n=estimate.n, places=places)
            for bound in (estimate.low, estimate.high)
        )
        return f"entre {low} et {high}" if language == "fr" else f"between {low} and {high}"
