"""The model's wording of an answer: only the headline and the facts, and only when every check passes."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answer import Reading
from assistant.compose import compose
from assistant.llm.checks import LONGEST, faults
from assistant.llm.client import Client, Deadline
from assistant.llm.masking import Registry
from assistant.llm.view import View
from assistant.llm.words import WRITING
from vocabulary.finding import Finding, Result
from vocabulary.language import Language
from vocabulary.sentence import escape_markdown

_LOG = logging.getLogger("noces.llm")
_NAMES = {"fr": "French", "en": "English"}


class Writer:
    """Words the findings of one turn."""

    def __init__(self, client: Client, view: View, registry: Registry) -> None:
        """Keep what the exchange needs."""
        self._client, self._view, self._registry = client, view, registry

    def reword(
        self, words: str, question: str, reading: Reading, results: Sequence[Result], language: Language, currency: str | None,
        deadline: Deadline,
    ) -> str | None:  # fmt: skip
        """The answer with its headline and facts in the model's words; None when they may not be shown.

        Cautions, actions, doubt and sources stay as composed: a model cannot drop a caution.

        Args:
            words: the answer as composed.
            question: cleared of what must not leave.
            reading: how the question was read.
            results: of its steps.
            language: the asker's.
            currency: of the file.
            deadline: of the turn.

        Raises:
            ModelFailed: no answer in time.
        """
        findings = [result for result in results if isinstance(result, Finding)]
        bare = [dataclasses.replace(finding, caveats=(), doubt=None) for finding in findings]
        ours = compose(reading, bare, (), (), language, currency)
        shown = [self._view.of(finding) for finding in findings]
        if not findings or ours not in words or not all(view.get("claim") for view in shown):
            return None
        text = self._asked(question, shown, language, deadline)
        known = [self._restored(view) for view in shown]
        wrong = faults(text, known, findings, ours, language, currency, self._view.headers)
        if wrong:
            _LOG.info("the model's wording is set aside: %s", ", ".join(wrong))
            return None
        return words.replace(ours, _safe(text), 1)

    def _restored(self, node: Any) -> Any:
        if isinstance(node, str):
            return self._registry.restore(node)
        if isinstance(node, Mapping):
            return {key: self._restored(value) for key, value in node.items()}
        return [self._restored(value) for value in node] if isinstance(node, list) else node

    def _asked(self, question: str, shown: Sequence[Mapping[str, Any]], language: Language, deadline: Deadline) -> str:
        from langchain_core.messages import HumanMessage, SystemMessage

        told = json.dumps({"question": question, "findings": list(shown)}, ensure_ascii=False)
        reply = self._client.ask([SystemMessage(WRITING.format(language=_NAMES[language])), HumanMessage(told)], deadline)
        text = reply.content if isinstance(reply.content, str) else ""
        whole = reply.response_metadata.get("finish_reason") == "stop"
        return self._registry.restore(text.strip()) if whole and len(text) <= 2 * LONGEST else ""


def _safe(text: str) -> str:
    """The text with whatever acts in Markdown made inert, bold kept."""
    lines = [line.strip().lstrip("-*• ") if line.strip()[:2] in ("- ", "* ", "• ") else line.strip() for line in text.split("\n")]
    return "\n\n".join("**".join(escape_markdown(part) for part in line.split("**")) for line in lines if line)
