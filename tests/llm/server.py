"""A local server that speaks the OpenAI wire: it plays a script, or one of the thirty-four faults of the threat list.

Real HTTP on 127.0.0.1, whole answers or server-sent events according to what the request asks.
`python -m tests.llm.server` serves a model that always asks for the churn drivers, for a demonstration by hand.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Call:
    """A tool call as the model writes it; `arguments` as text is sent as it stands, malformed or not."""

    name: str
    arguments: dict[str, Any] | str = field(default_factory=dict)
    id: str = "call_a"

    def wire(self, index: int) -> dict[str, Any]:
        text = self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments, ensure_ascii=False)
        return {"index": index, "id": self.id, "type": "function", "function": {"name": self.name, "arguments": text}}


@dataclass(frozen=True)
class Say:
    """One reply of the model: words, calls, and why it ended."""

    text: str | None = None
    calls: tuple[Call, ...] = ()
    finish: str | None = None

    @property
    def reason(self) -> str:
        return self.finish or ("tool_calls" if self.calls else "stop")


@dataclass(frozen=True)
class Raw:
    """A reply that is not the wire's: status, headers and bytes as they stand."""

    status: int
    body: bytes
    type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Act:
    """A reply that misuses the connection itself."""

    play: Callable[[Handler, bool], None]


Reply = Say | Raw | Act
Script = Callable[[dict[str, Any]], Reply]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ModelServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = json.loads(body)
        self.server.received.append((self.path, body.decode(), dict(self.headers)))
        reply = self.server.script(request)
        stream = bool(request.get("stream"))
        try:
            if isinstance(reply, Raw):
                self.whole(reply.status, reply.body, reply.type, reply.headers)
            elif isinstance(reply, Act):
                reply.play(self, stream)
                self.close_connection = True
            elif stream:
                self.begin_stream()
                for event in events(reply):
                    self.event(event)
                self.piece(b"data: [DONE]\n\n")
                self.piece(b"")
            else:
                self.whole(200, json.dumps(completion(reply)).encode())
        except OSError:
            self.close_connection = True  # the client went away, as it should with some faults

    def whole(self, status: int, body: bytes, kind: str = "application/json", headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def piece(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def event(self, data: dict[str, Any]) -> None:
        self.piece(b"data: " + json.dumps(data).encode() + b"\n\n")

    def log_message(self, format: str, *args: Any) -> None:
        pass


class ModelServer(ThreadingHTTPServer):
    """The server; `received` holds (path, body, headers) of every request."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 32

    def __init__(self, script: Script | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: Script = script or (lambda request: Say("OK"))
        self.received: list[tuple[str, str, dict[str, str]]] = []
        self.stop = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def play(self, *replies: Reply) -> None:
        """Give these replies in order, the last one for ever, and forget what was received."""
        left = list(replies)
        lock = threading.Lock()

        def script(_: dict[str, Any]) -> Reply:
            with lock:
                return left.pop(0) if len(left) > 1 else left[0]

        self.script, self.received = script, []

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that hangs up is part of the play

    def close(self) -> None:
        self.stop.set()
        self.shutdown()
        self.server_close()


def completion(reply: Say) -> dict[str, Any]:
    """A whole answer."""
    message: dict[str, Any] = {"role": "assistant", "content": reply.text}
    if reply.calls:
        message["tool_calls"] = [call.wire(i) for i, call in enumerate(reply.calls)]
    choice = {"index": 0, "message": message, "finish_reason": reply.reason}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice]}


def events(reply: Say) -> Iterator[dict[str, Any]]:
    """The same answer in pieces: a role, words by eighths, calls by halves, the reason."""
    yield chunk({"role": "assistant", "content": ""})
    text = reply.text or ""
    size = max(1, len(text) // 8)
    for start in range(0, len(text), size):
        yield chunk({"content": text[start : start + size]})
    for index, call in enumerate(reply.calls):
        whole = call.wire(index)
        arguments = whole["function"]["arguments"]
        half = len(arguments) // 2
        whole["function"] = {"name": call.name, "arguments": arguments[:half]}
        yield chunk({"tool_calls": [whole]})
        yield chunk({"tool_calls": [{"index": index, "function": {"arguments": arguments[half:]}}]})
    yield chunk({}, reply.reason)


def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}


def closed_port() -> int:
    """A port of this machine nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    served = ModelServer()
    served.play(Say(calls=(Call("churn_drivers"),)), Say("OK"))
    print(f"NOCES_MODEL=scripted NOCES_MODEL_URL={served.url}")
    threading.Event().wait()
