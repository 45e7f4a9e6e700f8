"""What all tests share: no network but the machine's own loop."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import settings

_CONNECT = socket.socket.connect


def _guarded(self, address):
    host = address[0] if isinstance(address, tuple) else None
    if host is not None and host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise RuntimeError(f"a test tried to reach {host}: only the loopback is allowed")
    return _CONNECT(self, address)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse any connection that leaves the machine."""
    monkeypatch.setattr(socket.socket, "connect", _guarded)


@pytest.fixture(autouse=True)
def no_broken_analysis(request, caplog):
    """An analysis that breaks is said to the manager, so that the rest stands; here it fails the test."""
    yield
    broken = [record.getMessage() for when in ("setup", "call") for record in caplog.get_records(when)
              if record.name == "noces.failures"]
    if request.node.get_closest_marker("failures_expected") is None:
        assert not broken, broken


# The same examples on every machine: a failure is a change of ours, never the luck of a draw. `make slow` draws more.
settings.register_profile("noces", derandomize=True, deadline=None)
settings.load_profile("noces")
