"""A result as a model may read it: sentences and groups of at least ten customers; never a row, an id or a comment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.catalog import Runner
from assistant.llm.masking import SMALLEST_GROUP, Mask
from vocabulary import formats
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Column, Finding, Result
from vocabulary.language import Language, Text
from vocabulary.sentence import Label, Listing, Sentence, Value

_MOST_GROUPS = 12
_SIZES = ("customers", "n")
_OF_EVERYONE = (None, "customers", "lost_rate", "tenure_months", "promo_share")
_OF_A_CUSTOMER = frozenset({"customer", "customer_id"})
_PLAIN_LABEL = re.compile(r"[\d\s.,%€$£<>≤≥–+-]*")  # a band of numbers


class View:
    """Shows results of one study in one language."""

    def __init__(self, runner: Runner, mask: Mask, language: Language) -> None:
        """Keep what decides what may be said."""
        self._runner, self._mask, self._language = runner, mask, language
        self._currency = runner.study.model.currency

    @property
    def headers(self) -> frozenset[str]:
        """The columns' names."""
        return frozenset(column.name for table in self._runner.study.model.tables for column in table.columns)

    def of(self, result: Result) -> dict[str, Any]:
        """The result as plain data; a finding on fewer than ten customers is withheld."""
        if not isinstance(result, Finding):
            return {
                "analysis": result.analysis,
                "cannot_answer": self._sentence(result.reason, frozenset()),
                "would_unlock": self._sentence(result.would_unlock, frozenset()),
            }
        if self._too_small(result):
            return {"analysis": result.analysis, "withheld": "it is about too few customers to be shown to you"}
        groups, words = self._groups(result)
        seen = {
            "analysis": result.analysis,
            "claim": self._sentence(result.claim, words),
            "facts": [said for fact in result.facts if (said := self._sentence(fact, words))],
            "groups": groups,
            "cautions": [said for caveat in result.caveats[:3] if (said := self._sentence(caveat, words))],
            "strength": result.strength.value,
        }
        return {name: value for name, value in seen.items() if value}

    def question(self, question: str) -> str:
        """A question as it may leave."""
        return self._mask.question(question)

    def word(self, value: str) -> str:
        """A value of the files as it may leave."""
        return self._mask.value(value) if value in self._mask.allowed else self._mask.registry.hide("value", value)

    def sentence(self, sentence: Sentence) -> str | None:
        """A sentence outside any finding (a refusal, a reading), or None when it holds what may not leave."""
        return self._sentence(sentence, frozenset())

    def _too_small(self, finding: Finding) -> bool:
        if "customer" in finding.arguments:  # the story of one
            return True
        first = finding.measures[0].n if finding.measures else None
        if first is not None and first < SMALLEST_GROUP:
            return True
        chosen = finding.analysis == "explore" or finding.arguments.get("segment")
        return bool(chosen) and self._sizes(finding, ()).get((), 0) < SMALLEST_GROUP

    def _sizes(self, finding: Finding, by: Sequence[str]) -> dict[tuple[Any, ...], int]:
        """How many customers stand in each group of an exploration, whatever it measures; those looked at, with no group."""
        chosen = ("segment", "purchase_filter", "period") if finding.analysis == "explore" else ("segment",)
        kept = {name: finding.arguments[name] for name in chosen if name in finding.arguments}
        study = self._runner.study
        if "purchases" in study.tables and finding.arguments.get("measure") not in _OF_EVERYONE:
            kept.setdefault("period", {"start": "1900-01-01", "end": study.as_of.isoformat()})  # those who bought
        counted = self._runner.run("explore", {**kept, "measure": "customers", **({"by": list(by)} if by else {})})
        if not isinstance(counted, Finding):
            return {}
        if not by:
            return {(): int(counted.measures[0].value or 0)}
        return {tuple(item[name] for name in by): int(item["customers"] or 0) for item in counted.items}

    def _groups(self, finding: Finding) -> tuple[list[dict[str, str]], frozenset[str]]:
        """The rows about at least ten customers, formatted, and the words that name them."""
        table = finding.table
        if table is None or _OF_A_CUSTOMER & {column.name for column in table.columns}:
            return [], frozenset()
        size = self._size_of(finding, table.columns)
        if size is None:
            return [], frozenset()
        groups, words = [], set()
        for row in table.rows:
            if size(row) < SMALLEST_GROUP:
                continue
            cells = {column.name: self._cell(value, column) for column, value in zip(table.columns, row, strict=True)}
            if cells[table.columns[0].name] is None:
                continue  # a group that may not be named
            groups.append({name: said for name, said in cells.items() if said is not None})
            words |= {value for value in row if isinstance(value, str)}
        return groups[:_MOST_GROUPS], frozenset(words)

    def _size_of(self, finding: Finding, columns: Sequence[Column]) -> Callable[[Sequence[Any]], int] | None:
        """How to tell how many customers a row is about, or None when nothing tells."""
        if finding.analysis == "explore":
            by = tuple(finding.arguments.get("by", ()))
            sizes = self._sizes(finding, by)
            return lambda row: sizes.get(tuple(row[: len(by)]), 0)
        names = [column.name for column in columns]
        place = next((names.index(name) for name in _SIZES if name in names), None)
        if place is None:
            return None
        return lambda row: int(row[place] or 0)

    def _cell(self, value: Any, column: Column) -> str | None:
        if isinstance(value, bool):
            return ("oui" if value else "non") if self._language == "fr" else ("yes" if value else "no")
        if isinstance(value, Sentence):
            return self._sentence(value, frozenset())
        if isinstance(value, Text | str):
            return self._text(value.in_(self._language)) if isinstance(value, Text) else self._label(value)
        if isinstance(value, date):
            return formats.day(value, self._language)
        if isinstance(value, int | float | Decimal):
            if column.unit is Unit.CUSTOMERS and 0 < value < SMALLEST_GROUP:
                return None
            return formats.number(float(value), column.unit or Unit.NUMBER, self._language, currency=self._currency)
        return None

    def _sentence(self, sentence: Sentence, words: frozenset[str]) -> str | None:
        """The sentence, or None when it speaks of few customers or of someone."""
        for value in _values(sentence.values.values()):
            if isinstance(value, Estimate) and _small(value):
                return None
            if isinstance(value, Label) and not self._may_say(value.value, words):
                return None
        shown = _relabelled(sentence, self._label) if self._mask.strict else sentence
        return self._text(shown.render(self._language, self._currency))

    def _may_say(self, label: str, words: frozenset[str]) -> bool:
        known = self._mask.allowed | words
        parts = [part.strip(" «»") for part in re.split(r" · | / ", label)]
        return all(part in known or _PLAIN_LABEL.fullmatch(part) for part in parts)

    def _label(self, label: str) -> str:
        values = self._mask.hidden_values
        return self._mask.value(label) if label in values else self._text(label)

    def _text(self, text: str) -> str:
        """Words of ours that may hold words of the files."""
        return self._mask.names(self._mask.without_values(text))


def _small(estimate: Estimate) -> bool:
    if estimate.n is not None and estimate.n < SMALLEST_GROUP:
        return True
    return estimate.unit is Unit.CUSTOMERS and estimate.value is not None and 0 < abs(estimate.value) < SMALLEST_GROUP


def _values(values: Any) -> Iterator[Value]:
    """Every value of a sentence, those of its inner sentences too."""
    for value in values:
        if isinstance(value, Sentence):
            yield from _values(value.values.values())
        elif isinstance(value, Listing):
            yield from _values(value.parts)
        else:
            yield value


def _relabelled(sentence: Sentence, label: Callable[[str], str]) -> Sentence:
    """The sentence with its labels replaced."""

    def new(value: Any) -> Any:
        if isinstance(value, Label):
            return Label(label(value.value))
        if isinstance(value, Sentence):
            return _relabelled(value, label)
        if isinstance(value, Listing):
            return Listing(tuple(new(part) for part in value.parts))
        return value

    values: Mapping[str, Value] = {name: new(value) for name, value in sentence.values.items()}
    return Sentence(sentence.template, values)
