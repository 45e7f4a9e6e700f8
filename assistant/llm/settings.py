"""Which model, where, with which key: from the environment only, never from a conversation or a file."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from vocabulary.errors import UserError
from vocabulary.sentence import say

OPENAI = "https://api.openai.com/v1"
_NO_KEY = "none"  # what a local server that asks for no key is given


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a turn may wait, in seconds; the libraries' own defaults are ten minutes and two retries.

    Args:
        connect, read: of one request.
        total: of everything asked of the model in one turn; what follows is the embedded assistant's.
        rest: after `failures` turns in a row that failed, the model is left alone so long.
    """

    connect: float = 3.0
    read: float = 15.0
    total: float = 18.0
    rest: float = 60.0
    failures: int = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """A configured model. `key` is kept out of every representation.

    Args:
        model: its name on the server.
        url: root of an OpenAI-compatible API.
        key: sent in the authorisation header and nowhere else.
        strict: also hide the values of the file, in questions and in findings.
        stream: ask for the answer in pieces.
        patience: time limits.
    """

    model: str
    url: str
    key: str = field(repr=False)
    strict: bool = False
    stream: bool = False
    patience: Patience = Patience()

    @property
    def host(self) -> str:
        """The only host that is ever written to."""
        return urlsplit(self.url).hostname or ""


def from_environment(environment: Mapping[str, str] | None = None) -> Settings | None:
    """Read the settings; None when no model is named, whatever keys may lie around.

    Args:
        environment: `NOCES_MODEL`, `NOCES_MODEL_URL`, `NOCES_MODEL_KEY` or (for OpenAI itself only) `OPENAI_API_KEY`,
            `NOCES_MODEL_STRICT`, `NOCES_MODEL_STREAM`; the process's own by default.

    Raises:
        UserError: an address that is neither https nor on this machine, or no key for an outside server.
    """
    given = os.environ if environment is None else environment
    model = given.get("NOCES_MODEL", "").strip()
    if not model:
        return None
    url = given.get("NOCES_MODEL_URL", "").strip() or OPENAI
    local = _checked(url)
    key = given.get("NOCES_MODEL_KEY", "").strip()
    if not key and urlsplit(url).hostname == urlsplit(OPENAI).hostname:
        key = given.get("OPENAI_API_KEY", "").strip()  # a key made for one house is not handed to another
    if not key and not local:
        raise UserError(_NO_KEY_GIVEN)
    return Settings(
        model, url.rstrip("/"), key or _NO_KEY, _yes(given, "NOCES_MODEL_STRICT"), _yes(given, "NOCES_MODEL_STREAM")
    )


def _yes(given: Mapping[str, str], name: str) -> bool:
    return given.get(name, "").strip().lower() in ("1", "true", "yes", "oui")


def _checked(url: str) -> bool:
    """Whether the address is on this machine; UserError when it may not be written to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as problem:
        raise UserError(_BAD_ADDRESS) from problem
    local = _loopback(host)
    plain = not (parts.username or parts.password or parts.query or parts.fragment) and port != 0
    if not host or not plain or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise UserError(_BAD_ADDRESS)
    return local


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_BAD_ADDRESS = say(
    "L’adresse du modèle de langage est refusée (https, ou http sur cette machine seulement) : c’est l’assistant intégré "
    "qui répond.",
    "The language model’s address is refused (https, or http on this machine only): the built-in assistant answers.",
)
_NO_KEY_GIVEN = say(
    "Le modèle de langage est configuré sans clé : c’est l’assistant intégré qui répond.",
    "The language model is configured without a key: the built-in assistant answers.",
)
