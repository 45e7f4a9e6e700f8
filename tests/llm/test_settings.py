"""The model is named by the environment and by nothing else; no key is handed to the wrong house."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.llm.settings import OPENAI, Patience, from_environment
from tests.llm.conftest import KEY
from vocabulary.errors import UserError


def test_nothing_is_configured_by_a_stray_key() -> None:
    assert from_environment({}) is None
    assert from_environment({"OPENAI_API_KEY": KEY}) is None
    assert from_environment({"NOCES_MODEL": "  ", "NOCES_MODEL_KEY": KEY}) is None


def test_openai_is_the_default_house() -> None:
    settings = from_environment({"NOCES_MODEL": "gpt-x", "OPENAI_API_KEY": KEY})
    assert settings is not None
    assert (settings.model, settings.url, settings.key, settings.host) == ("gpt-x", OPENAI, KEY, "api.openai.com")


def test_openai_s_key_is_not_handed_to_another_house() -> None:
    with pytest.raises(UserError):
        from_environment({"NOCES_MODEL": "m", "NOCES_MODEL_URL": "https://other.example/v1", "OPENAI_API_KEY": KEY})
    local = from_environment({"NOCES_MODEL": "m", "NOCES_MODEL_URL": "http://127.0.0.1:8080/v1", "OPENAI_API_KEY": KEY})
    assert local is not None and KEY not in local.key


@pytest.mark.parametrize(
    "url",
    [
        "http://other.example/v1", "http://10.0.0.5/v1", "http://127.0.0.1.evil.example/v1", "http://localhost.evil.example",
        "ftp://127.0.0.1/v1", "file:///etc/passwd", "127.0.0.1:8080", "https://", "https://user:pw@other.example/v1",
        "https://other.example/v1?to=x", "http://169.254.169.254/latest", "https://other.example:99999/v1", "http://[::2]/v1",
    ],
)  # fmt: skip
def test_an_address_that_may_not_be_written_to_is_refused(url: str) -> None:
    with pytest.raises(UserError) as refused:
        from_environment({"NOCES_MODEL": "m", "NOCES_MODEL_URL": url, "NOCES_MODEL_KEY": KEY})
    assert KEY not in str(refused.value) and url not in str(refused.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "http://localhost:1/v1", "http://[::1]:1/v1", "https://other.example/v1"])
def test_https_and_this_machine_are_accepted(url: str) -> None:
    assert from_environment({"NOCES_MODEL": "m", "NOCES_MODEL_URL": url, "NOCES_MODEL_KEY": KEY}) is not None


def test_the_key_is_in_no_representation() -> None:
    settings = from_environment({"NOCES_MODEL": "m", "NOCES_MODEL_KEY": KEY})
    assert KEY not in repr(settings) and KEY not in str(settings)


def test_the_limits_are_those_announced() -> None:
    """Three seconds to connect, fifteen to read; a turn, with what the embedded assistant adds, within twenty."""
    patience = Patience()
    assert (patience.connect, patience.read) == (3, 15)
    assert patience.total <= 20


def test_without_a_model_langchain_is_not_imported() -> None:
    """In a process of its own: opening a session and reading its settings imports no library of models."""
    code = (
        "import sys; from assistant.session import Session; import assistant.answering, assistant.llm.turn\n"
        "s = Session(); assert s.model_turn() is None\n"
        "print([m for m in ('langchain', 'langchain_core', 'langchain_openai', 'openai', 'langsmith') if m in sys.modules])"
    )
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(path for path in sys.path if path), "OPENAI_API_KEY": KEY}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
