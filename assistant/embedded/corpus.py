"""The example questions: one YAML file an analysis and a language, its examples grouped by style of writing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml

from vocabulary.language import LANGUAGES, Language

NONE = "none"  # the class of what no analysis answers


@dataclass(frozen=True, slots=True)
class Example:
    """One question someone might type, what it asks for, and how it is written."""

    text: str
    intent: str
    language: Language
    style: str


def folder() -> Traversable:
    """Where the files of examples are."""
    return files("assistant.embedded").joinpath("questions")


def read() -> list[Example]:
    """Every example, in the order of file names. ValueError on a file whose name or shape is wrong."""
    examples: list[Example] = []
    for source in sorted(folder().iterdir(), key=lambda entry: entry.name):
        if not source.name.endswith(".yaml"):
            continue
        intent, tongue = source.name.removesuffix(".yaml").split(".")
        language = next((known for known in LANGUAGES if known == tongue), None)
        styles = yaml.safe_load(source.read_text(encoding="utf-8"))
        if language is None or not isinstance(styles, dict):
            raise ValueError(f"{source.name} is not a file of examples")
        examples += [
            Example(str(text), intent, language, style) for style, texts in styles.items() for text in texts
        ]  # fmt: skip
    return examples


def fingerprint() -> str:
    """A hash of all that the weights are learnt from: examples, keyword rules, shorthand."""
    digest = hashlib.sha256()
    beside = files("assistant.embedded")
    sources = [*folder().iterdir(), beside.joinpath("rules.yaml"), beside.joinpath("shorthand.yaml")]
    for source in sorted(sources, key=lambda entry: entry.name):
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()
