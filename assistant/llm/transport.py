"""The one door to the model's server: one host, no redirection, a bounded answer, everything written in the ledger."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from typing import Any

import httpx

from assistant.llm.ledger import Ledger
from assistant.llm.settings import Settings

LONGEST_ANSWER = 1_000_000  # bytes: a hundred times what a turn can need
_FIRST_BYTE = "send_request_headers.started"


class Transport(httpx.BaseTransport):
    """Sends to the configured host only; what leaves is recorded as it leaves, what comes back is cut when endless."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        """Prepare the connection; the system's proxy is used for an outside host, as the browser does."""
        self._host, self._ledger = settings.host, ledger
        outside = settings.url.startswith("https:")
        proxy = urllib.request.getproxies().get("https") if outside else None
        if proxy and urllib.request.proxy_bypass(settings.host):
            proxy = None
        self._inner = httpx.HTTPTransport(proxy=proxy or None)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            httpx.ConnectError: another host than the configured one.
            httpx.ReadError: an answer longer than `LONGEST_ANSWER`.
        """
        if request.url.host != self._host:
            raise httpx.ConnectError("not the configured host", request=request)
        body = request.read()
        left: list[str] = []

        def leaving(event: str, _: Any) -> None:
            if event.endswith(_FIRST_BYTE) and not left:
                left.append(event)
                self._ledger.record(self._host, body)

        request.extensions = {**request.extensions, "trace": leaving}
        response = self._inner.handle_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            response.close()  # a small packed answer can unfold without end
            raise httpx.ReadError("a packed answer was not asked for", request=request)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=_Bounded(response.stream, request),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close every connection; a read under way in another thread fails."""
        self._inner.close()


class _Bounded(httpx.SyncByteStream):
    """A body that refuses to be endless."""

    def __init__(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream, request: httpx.Request) -> None:
        assert isinstance(stream, httpx.SyncByteStream)
        self._stream, self._request = stream, request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > LONGEST_ANSWER:
                raise httpx.ReadError("the answer is too long", request=self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()
