"""What may leave in words: people, identifiers and coordinates become placeholders, put back when the answer returns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analytics.customers.schema import STATES
from analytics.datamodel.model import ColumnProfile, ColumnType
from analytics.datamodel.roles import PERSONAL_ROLES, Role
from analytics.study import Study
from analytics.workspace import quote
from assistant.embedded.columns import columns_of
from assistant.embedded.fields import Field
from assistant.embedded.intents import default_model
from assistant.embedded.mentions import mentions
from assistant.embedded.text import plain
from assistant.embedded.tokens import Tokens
from assistant.llm.coordinates import COORDINATE

SMALLEST_GROUP = 10  # customers: a smaller group is never told to a model
_NAMED = (PERSONAL_ROLES - {Role.COMMENT, Role.BIRTH_DATE}) | {Role.SELLER, Role.COMPANY_NAME}
_SPLIT = frozenset({Role.FULL_NAME, Role.LAST_NAME, Role.FIRST_NAME, Role.SELLER})  # each word of it names someone
_LONGEST_NAME, _LONGEST_VALUE = 6, 60  # words; characters
_PART = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[ \-'’._@/]{1,2}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:«“\"(]\s*|\n\s*)$")
_OPENERS = frozenset(
    """quel quelle quels quelles pourquoi comment combien qui que quoi quand est les des une dans pour sur avec par chez
    faut dois peut donne montre fais liste compare what why how who which when where are does did should can could show
    give tell list and the our any was were""".split()
)
_CUE = re.compile(r"(?:client|customer|compte|account|abonn\w+|membre|member|n°|nº|no\.|num\w+|id|ref|#)\W{0,3}$", re.I)
_PLACEHOLDER = re.compile(r"\[(?:person|customer|contact|value)_\d+\]")
_NORMAL = "replace(strip_accents(lower(trim(CAST({column} AS VARCHAR)))), '’', '''')"


@dataclass(slots=True)
class Registry:
    """The placeholders of a session: the same thing keeps the same one from turn to turn."""

    _given: dict[tuple[str, str], str] = field(default_factory=dict)
    _originals: dict[str, str] = field(default_factory=dict)

    def hide(self, kind: str, original: str) -> str:
        """The placeholder of `original`, in brackets."""
        key = (kind, plain(original))
        if key not in self._given:
            name = f"[{kind}_{sum(held == kind for held, _ in self._given) + 1}]"
            self._given[key], self._originals[name] = name, original
        return self._given[key]

    def original(self, placeholder: str) -> str | None:
        """What a placeholder stands for, brackets or not."""
        return self._originals.get(f"[{placeholder.strip().strip('[]')}]")

    def restore(self, text: str) -> str:
        """The text with every known placeholder put back."""
        return _PLACEHOLDER.sub(lambda found: self._originals.get(found.group(), found.group()), text)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    replacement: str


class Mask:
    """Reads one study to know what must not leave."""

    def __init__(self, study: Study, registry: Registry, *, strict: bool) -> None:
        """Keep the study; `strict` also hides the values of its categories."""
        self.study, self.registry, self.strict = study, registry, strict
        self._known = frozenset(default_model().weights.known)
        self._looked_up: dict[str, bool] = {}
        self._allowed: frozenset[str] | None = None

    @property
    def allowed(self) -> frozenset[str]:
        """Words of the files that describe at least `SMALLEST_GROUP` customers, and the headers."""
        if self._allowed is None:
            headers = {column.name for table in self.study.model.tables for column in table.columns}
            self._look_up({plain(header) for header in headers})  # a file without headers has a customer for header
            headers = {header for header in headers if not self._looked_up[plain(header)]}
            values = {value for held in columns_of(self.study).fields for value in self._frequent(held)}
            self._allowed = frozenset(word for word in headers | values | set(STATES) if not COORDINATE.search(word))
        return self._allowed

    def names(self, text: str) -> str:
        """Hide coordinates, and names of people and firms that stand in the files."""
        return self._replaced(self._replaced(text, self._coordinates(text)), None)

    def question(self, text: str) -> str:
        """Hide, in a manager's words, coordinates, customers' identifiers and names; in strict mode values too."""
        text = self._replaced(text, self._coordinates(text))
        text = self._replaced(text, self._identifiers(text))
        text = self._replaced(text, None)
        return self._replaced(text, self._values(text)) if self.strict else text

    def value(self, word: str) -> str:
        """A value of the files as it may leave: itself, or its placeholder in strict mode."""
        return self.registry.hide("value", word) if self.strict else word

    @property
    def hidden_values(self) -> frozenset[str]:
        """The values of the files that strict mode hides; none otherwise."""
        if not self.strict:
            return frozenset()
        return frozenset(value for held in columns_of(self.study).fields for value in held.values)

    def without_values(self, text: str) -> str:
        """Words of ours with the values they quote hidden, in strict mode (values of three letters and more)."""
        quoted = sorted((value for value in self.hidden_values if len(value) > 2 and value in text), key=len, reverse=True)
        if not quoted:
            return text
        pattern = "|".join(re.escape(value) for value in quoted)
        return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda found: self.value(found.group()), text)

    def _frequent(self, held: Field) -> tuple[str, ...]:
        """The values of a category that at least `SMALLEST_GROUP` customers share."""
        if not held.values or held.role in _NAMED:
            return ()
        table = "purchases" if held.on_purchases else "customers"
        attributes = self.study.purchase_attributes if held.on_purchases else self.study.attributes
        fixed = "channel" if held.name == "sale_channel" else held.name
        column = quote(next((a.column for a in attributes if a.name == held.name), fixed))
        rows = self.study.database.rows(
            f"SELECT CAST({column} AS VARCHAR) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 "
            f"HAVING count(DISTINCT customer_key) >= {SMALLEST_GROUP}"
        )
        return tuple(row[0] for row in rows)

    def _coordinates(self, text: str) -> list[_Span]:
        return [_Span(*found.span(), self.registry.hide("contact", found.group())) for found in COORDINATE.finditer(text)]

    def _identifiers(self, text: str) -> list[_Span]:
        """Words with a figure that are a customer's identifier (a bare short number only after « client »)."""
        found = [
            match for match in re.finditer(r"[^\W_][\w-]*", text)
            if any(c.isdigit() for c in match.group())
            and (not match.group().isdigit() or len(match.group()) >= 5 or _CUE.search(text[: match.start()]))
        ]  # fmt: skip
        said = sorted({match.group().lower() for match in found})
        if not said:
            return []
        marks = ", ".join("?" * len(said))
        rows = self.study.database.rows(
            f"SELECT DISTINCT lower(customer_id) FROM customers WHERE lower(customer_id) IN ({marks})", said
        )
        real = {row[0] for row in rows}
        return [
            _Span(*match.span(), self.registry.hide("customer", match.group()))
            for match in found if match.group().lower() in real
        ]  # fmt: skip

    def _named(self, text: str) -> list[_Span]:
        """Stretches of a text that are a name held in the files, longest first."""
        stretches = [(start, end, plain(text[start:end])) for start, end in _stretches(text)]
        self._look_up({said for _, _, said in stretches if said not in self._looked_up})
        return [
            _Span(start, end, self.registry.hide("person", text[start:end]))
            for start, end, said in stretches if self._looked_up[said] and self._tells(text, start, end, said)
        ]  # fmt: skip

    def _tells(self, text: str, start: int, end: int, said: str) -> bool:
        """Whether a stretch that is also a name is meant as one: not an everyday word, nor a value of a category."""
        written = text[start:end]
        if written in self.allowed:
            return False
        if not _PART.fullmatch(written):
            return True
        capital = written[0].isupper() and not (said in _OPENERS and _SENTENCE_START.search(text[:start]))
        return len(said) > 2 and (capital or said not in self._known)

    def _look_up(self, said: set[str]) -> None:
        """Note which of these plain words stand in a column that names people."""
        asked = sorted(said)
        self._looked_up.update(dict.fromkeys(asked, False))
        if not asked:
            return
        marks = ", ".join("?" * len(asked))
        for table, column, split in self._naming_columns():
            normal = _NORMAL.format(column=quote(column))
            source = f"SELECT {normal} AS word FROM {quote(table)}"
            if split:
                source += f" UNION SELECT unnest(string_split_regex({normal}, '[ -]+')) FROM {quote(table)}"
            rows = self.study.database.rows(f"SELECT DISTINCT word FROM ({source}) WHERE word IN ({marks})", asked)
            self._looked_up.update((row[0], True) for row in rows)

    def _naming_columns(self) -> Iterator[tuple[str, str, bool]]:
        """Columns whose values may name someone: by their role, and short texts with no role at all."""
        roles = {(binding.table, binding.column): binding.role for binding in self.study.model.bindings}
        for table in self.study.model.tables:
            for column in table.columns:
                role = roles.get((table.table, column.column))
                if role in _NAMED or (role in (None, Role.FREE_TEXT) and _short_text(column)):
                    yield table.table, column.column, role in _SPLIT

    def _values(self, text: str) -> list[_Span]:
        """Words of a question that were recognised as values of the files, slips included."""
        spans: list[_Span] = []
        for mention in mentions(tokens := Tokens(plain(text)), columns_of(self.study), self._known):
            said = {tokens.words[place] for place in mention.places}
            parts = [found.span() for found in _PART.finditer(text) if plain(found.group()) in said]
            placeholder = self.registry.hide("value", mention.value)
            spans += [_Span(*part, placeholder if place == 0 else "") for place, part in enumerate(parts)]
        written = {_singular(value): value for held in columns_of(self.study).fields for value in held.values}
        for start, end in _stretches(text):
            exact = written.get(_singular(text[start:end]))
            if exact is not None and len(exact) > 1:
                spans.append(_Span(start, end, self.registry.hide("value", exact)))
        return spans

    def _replaced(self, text: str, spans: Sequence[_Span] | None) -> str:
        chosen: list[_Span] = []
        for span in sorted(self._named(text) if spans is None else spans, key=lambda s: (s.start - s.end, s.start)):
            if all(span.end <= other.start or other.end <= span.start for other in chosen):
                chosen.append(span)
        for span in sorted(chosen, key=lambda s: -s.start):
            text = text[: span.start] + span.replacement + text[span.end :]
        return text


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Every run of one to `_LONGEST_NAME` words with nothing but a space, hyphen or the like between, out of brackets."""
    hidden = [found.span() for found in _PLACEHOLDER.finditer(text)]
    parts = [
        found.span() for found in _PART.finditer(text)
        if not any(low <= found.start() < high for low, high in hidden)
    ]  # fmt: skip
    for first in range(len(parts)):
        for last in range(first, min(first + _LONGEST_NAME, len(parts))):
            if last > first and not _BETWEEN.fullmatch(text[parts[last - 1][1] : parts[last][0]]):
                break
            yield parts[first][0], parts[last][1]


def _singular(words: str) -> str:
    return plain(words).rstrip("sx")


def _short_text(column: ColumnProfile) -> bool:
    return column.type is ColumnType.TEXT and 0 < column.mean_length <= _LONGEST_VALUE
