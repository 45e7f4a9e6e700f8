"""The thirty-four faults an endpoint may show, numbered as in the threat list; each plays streamed or whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.llm.server import Act, Call, Handler, ModelServer, Raw, Reply, Say, chunk, closed_port, completion, events

_CHOICE = Say(calls=(Call("churn_rate"),))
_HTML = b"<html><body><h1>Down</h1><img src='https://evil.example/x.png'></body></html>"
_TRICKLE = 0.4  # seconds between two tokens: more than a tenth of the test's patience


def _silent(handler: Handler, stream: bool) -> None:
    handler.server.stop.wait(5)


def _headers_then_silence(handler: Handler, stream: bool) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream" if stream else "application/json")
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    handler.wfile.flush()
    handler.server.stop.wait(5)


def _trickle(handler: Handler, stream: bool) -> None:
    """One token now and then: each arrives within the read timeout, the whole never ends."""
    handler.begin_stream() if stream else _open_json(handler)
    for _ in range(40):
        handler.event(chunk({"content": "a"})) if stream else handler.piece(b" ")
        if handler.server.stop.wait(_TRICKLE):
            return


def _open_json(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()


def _cut(handler: Handler, stream: bool) -> None:
    if stream:
        handler.begin_stream()
        handler.event(chunk({"content": "The churn"}))
    else:
        _open_json(handler)
        handler.piece(json.dumps(completion(_CHOICE)).encode()[:60])
    handler.wfile.flush()


def _cut_in_json(handler: Handler, stream: bool) -> None:
    """Ends properly, in the middle of a JSON text."""
    if stream:
        handler.begin_stream()
        handler.piece(b'data: {"id": "c1", "choices": [{"index": 0, "del\n\n')
        handler.piece(b"")
    else:
        handler.whole(200, json.dumps(completion(_CHOICE)).encode()[:70])


def _no_done(handler: Handler, stream: bool) -> None:
    """The stream stops with neither a reason nor [DONE]; whole, the reason is missing."""
    if stream:
        handler.begin_stream()
        for event in list(events(Say("The churn rate is 99%.")))[:-1]:
            handler.event(event)
        handler.piece(b"")
    else:
        answer = completion(Say("The churn rate is 99%."))
        answer["choices"][0]["finish_reason"] = None
        handler.whole(200, json.dumps(answer).encode())


def _error(status: int, code: str, **headers: str) -> Raw:
    body = json.dumps({"error": {"message": f"fault {code}", "type": code, "code": code}}).encode()
    return Raw(status, body, headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()))


def _emptied(change: Callable[[dict[str, Any]], None]) -> Act:
    """A completion, or its chunks, altered before it leaves."""

    def play(handler: Handler, stream: bool) -> None:
        if stream:
            handler.begin_stream()
            altered = chunk({"content": None})
            change(altered)
            handler.event(altered)
            handler.piece(b"data: [DONE]\n\n")
            handler.piece(b"")
        else:
            answer = completion(Say("x"))
            change(answer)
            handler.whole(200, json.dumps(answer).encode())

    return Act(play)


def _no_choices(answer: dict[str, Any]) -> None:
    answer["choices"] = []


def _null_content(answer: dict[str, Any]) -> None:
    answer["choices"][0]["finish_reason"] = "stop"
    answer["choices"][0].get("message", answer["choices"][0].get("delta"))["content"] = None


def _calls(*calls: Call, finish: str | None = None) -> tuple[Reply, ...]:
    return (Say(calls=calls, finish=finish),)


_SEGMENT = {"operator": "=", "values": ["Femme"]}
_LONG = Say("The churn rate is very long. " * 180_000)
_NASTY = Say("![x](https://evil.example/?q=1) <img src=x onerror=alert(1)> 28.5\u200b% \u202e left, see www.evil.example")

# Number → the replies of the server, in order (the last one for ever).
FAULTS: dict[int, tuple[str, tuple[Reply, ...]]] = {
    4: ("accepts and stays silent", (Act(_silent),)),
    5: ("headers, then silence", (Act(_headers_then_silence),)),
    6: ("a trickle of tokens", (Act(_trickle),)),
    7: ("cut in mid-stream", (Act(_cut),)),
    8: ("cut in the middle of JSON", (Act(_cut_in_json),)),
    9: ("no [DONE], no reason", (Act(_no_done),)),
    10: ("401", (_error(401, "invalid_api_key"),)),
    11: ("404 model", (_error(404, "model_not_found"),)),
    12: ("429, Retry-After 120", (_error(429, "rate_limit_exceeded", Retry_After="120"),)),
    13: ("429 quota", (_error(429, "insufficient_quota"),)),
    14: ("500", (_error(500, "server_error"),)),
    15: ("503 in HTML", (Raw(503, _HTML, "text/html"),)),
    16: ("200 in HTML", (Raw(200, _HTML, "text/html"),)),
    17: ("empty choices", (_emptied(_no_choices),)),
    18: ("null content", (_emptied(_null_content),)),
    19: ("length in mid-JSON", _calls(Call("churn_rate", '{"by": "ge'), finish="length")),
    20: ("malformed tool JSON", _calls(Call("churn_rate", "{by: genre,,}"))),
    21: ("arguments not an object", _calls(Call("churn_rate", '["genre"]'))),
    22: ("unknown tool", _calls(Call("run_sql", {"sql": "COPY customers TO '/tmp/x'"}))),
    23: ("missing argument", _calls(Call("churn_rate", {"segment": [_SEGMENT]}))),
    24: ("wrong type", _calls(Call("churn_rate", {"by": 3, "period": ["month"], "segment": "all"}))),
    25: ("unknown column", _calls(Call("churn_rate", {"by": "salary"}))),
    26: ("limit = 10^9", _calls(Call("at_risk", {"top": 10**9}))),
    27: ("extra field", _calls(Call("churn_rate", {"url": "https://evil.example", "by": None}))),
    28: ("the same call for ever", _calls(Call("churn_rate"))),
    29: ("thirty parallel calls", _calls(*(Call("churn_rate", {"by": f"c{i}"}, id=f"p{i}") for i in range(30)))),
    30: ("a doubled id", (Say(calls=(Call("churn_rate", id="same"), Call("lost_definition", id="same"))), Say("OK"))),
    31: ("a figure not in the results", (_CHOICE, Say("OK"), Say("In all, 28.5% left: 171 of 600, worth 99,999 euros."))),
    32: ("another language", (_CHOICE, Say("OK"), Say("28.5% of the customers have left you, between 25.0% and 32.2%."))),
    33: ("a five-megabyte answer", (_CHOICE, Say("OK"), _LONG)),
    34: ("image, HTML, invisible characters", (_CHOICE, Say("OK"), _NASTY)),
}  # fmt: skip


def address(number: int, server: ModelServer) -> str:
    """Where the settings point: elsewhere for the faults of the connection itself."""
    if number == 1:
        return f"http://127.0.0.1:{closed_port()}/v1"  # refused
    if number == 2:
        return "https://no-such-host.invalid/v1"  # the name resolves nowhere (RFC 6761)
    if number == 3:
        return server.url.replace("http:", "https:")  # TLS spoken to a server that has none
    return server.url


NUMBERS = tuple(range(1, 35))
