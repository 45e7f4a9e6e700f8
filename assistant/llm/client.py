"""One question to the model, answered in time or not at all. The only module that imports langchain and openai."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from assistant.llm.ledger import Ledger
from assistant.llm.settings import Settings

if TYPE_CHECKING:
    import httpx
    from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
    from langchain_openai import ChatOpenAI

_LOG = logging.getLogger("noces.llm")
_LONGEST_REPLY = 1200  # tokens
_PAUSE = 0.3  # seconds before the one retry
_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING")


class Failure(StrEnum):
    """Why the model did not help."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    REFUSED = "refused"  # key, model name, request
    BUSY = "busy"  # rate or quota
    BROKEN = "broken"  # an error of its own, or an answer that cannot be read
    UNUSABLE = "unusable"  # readable, and not what was asked
    RESTING = "resting"  # it failed several times just before


class ModelFailed(Exception):
    """The model did not answer; `failure` says why. Holds no text of the server's, which may quote what was sent."""

    def __init__(self, failure: Failure) -> None:
        """Keep the reason."""
        self.failure = failure
        super().__init__(failure.value)


@dataclass(slots=True)
class Deadline:
    """The end of a turn's patience; at most `requests` are made before it."""

    end: float
    requests: int

    @classmethod
    def after(cls, seconds: float, requests: int) -> Deadline:
        """A deadline so many seconds from now."""
        return cls(time.monotonic() + seconds, requests)

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.end - time.monotonic())


class Client:
    """Talks to one configured model."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        """Keep the settings; nothing is imported or opened before the first question."""
        self.settings, self._ledger = settings, ledger
        self._chat: ChatOpenAI | None = None
        self._http: httpx.Client | None = None

    def close(self) -> None:
        """Cut the connection, whatever goes on over it; the next question opens another."""
        if self._http is not None:
            self._http.close()
        self._chat = self._http = None

    def warm(self) -> None:
        """Import what the first question would: seconds, on a small machine, that are no fault of the server's."""
        forbid_tracing()
        import langchain_openai  # noqa: F401

    def ask(
        self, messages: Sequence[BaseMessage], deadline: Deadline, tools: Sequence[dict[str, Any]] = ()
    ) -> AIMessage:
        """Ask once, and once more when the server was unreachable or failed at once.

        Args:
            messages: the whole exchange so far.
            deadline: of the turn.
            tools: what the model may call, in the wire's form.

        Raises:
            ModelFailed: no complete answer in time.
        """
        for last in (False, True):
            if deadline.requests <= 0 or deadline.left <= 0:
                raise ModelFailed(Failure.SLOW)
            deadline.requests -= 1
            try:
                return self._once(messages, deadline, tools)
            except ModelFailed as failed:
                _LOG.info("the model failed: %s", failed.failure.value)
                again = failed.failure in (Failure.UNREACHABLE, Failure.BROKEN) and deadline.left > 2 * _PAUSE
                if last or not again:
                    raise
                time.sleep(_PAUSE)
        raise AssertionError("unreachable")

    def _once(self, messages: Sequence[BaseMessage], deadline: Deadline, tools: Sequence[dict[str, Any]]) -> AIMessage:
        """One request in a thread of its own: a name look-up or a trickle of bytes obeys no socket timeout."""
        chat = self._open()
        answer: Future[AIMessage] = Future()

        def work() -> None:
            try:
                model = chat.bind_tools(list(tools)) if tools else chat
                answer.set_result(_gathered(cast("Any", model.stream(list(messages)))) if self.settings.stream else model.invoke(list(messages)))
            except _failures() as problem:
                answer.set_exception(problem)
            finally:
                answer.cancel()  # no effect once it is set; else whoever waits is told

        threading.Thread(target=work, daemon=True, name="noces-model").start()
        try:
            return _complete(answer.result(timeout=deadline.left))
        except (TookTooLong, CancelledError) as problem:
            self.close()
            raise ModelFailed(Failure.SLOW) from problem
        except _failures() as problem:
            self.close()
            raise ModelFailed(_kind(problem)) from None  # its text may quote the request: it is dropped here
        except ModelFailed:
            self.close()
            raise

    def _open(self) -> ChatOpenAI:
        """A chat model on a connection of its own, kept until it fails."""
        if self._chat is not None:
            return self._chat
        import httpx
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        from assistant.llm.transport import Transport

        forbid_tracing()
        settings, patience = self.settings, self.settings.patience
        timeout = httpx.Timeout(patience.read, connect=patience.connect)
        self._http = httpx.Client(
            transport=Transport(settings, self._ledger), timeout=timeout, follow_redirects=False, trust_env=False,
            headers={"Accept-Encoding": "identity"},
        )  # fmt: skip
        options: dict[str, Any] = {
            "model": settings.model, "base_url": settings.url, "api_key": SecretStr(settings.key), "timeout": timeout,
            "max_retries": 0, "http_client": self._http, "max_completion_tokens": _LONGEST_REPLY,
            "use_responses_api": False, "openai_proxy": None, "stream_usage": False, "cache": False, "verbose": False,
        }  # fmt: skip
        self._chat = ChatOpenAI(**options)
        return self._chat


def forbid_tracing() -> None:
    """Switch LangSmith off whatever the environment says: a trace would carry the questions away."""
    for name in _TRACING:
        os.environ[name] = "false"


def _failures() -> tuple[type[Exception], ...]:
    """What a misbehaving server makes the libraries raise: their own errors, and the plain ones of a body misread."""
    import httpx
    import openai
    from langchain_core.exceptions import LangChainException

    plain = (ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, OSError)
    return (openai.OpenAIError, httpx.HTTPError, httpx.StreamError, LangChainException, *plain)


def _kind(problem: Exception) -> Failure:
    import httpx
    import openai

    if isinstance(problem, openai.APITimeoutError | httpx.TimeoutException):
        return Failure.SLOW
    if isinstance(problem, openai.RateLimitError):
        return Failure.BUSY
    if isinstance(problem, openai.InternalServerError):
        return Failure.BROKEN
    if isinstance(problem, openai.APIStatusError):
        return Failure.REFUSED
    if isinstance(problem, openai.APIConnectionError | httpx.ConnectError):
        return Failure.UNREACHABLE
    return Failure.BROKEN


def _gathered(pieces: Iterator[AIMessageChunk]) -> AIMessage:
    """A streamed answer put together; its calls keep the text they were written in. ValueError when nothing came."""
    whole: AIMessageChunk | None = None
    for piece in pieces:
        whole = piece if whole is None else whole + piece
    if whole is None:
        raise ValueError("an empty stream")
    return whole


def _complete(message: AIMessage) -> AIMessage:
    """The message, when it is whole; a stream cut without a word of why it ended is not."""
    if not message.response_metadata.get("finish_reason"):
        raise ModelFailed(Failure.BROKEN)
    return message
