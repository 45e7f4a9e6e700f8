"""What was sent to the model, exactly: written down as the first byte leaves, kept in the workspace, shown by the app."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One request: when (UTC, ISO), to which host, the whole body as it left, and its size in bytes."""

    time: str
    host: str
    payload: str
    size: int


class Ledger:
    """The list of all that left, oldest first; one line of JSON each, in the workspace's folder."""

    def __init__(self, path: Path) -> None:
        """Keep the list in `path`, made at the first entry."""
        self._path = path
        self._lock = threading.Lock()

    def record(self, host: str, body: bytes) -> None:
        """Write an entry; it is on the disk before this returns."""
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        entry = Entry(moment, host, body.decode("utf-8", errors="replace"), len(body))
        with self._lock, self._path.open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")

    def entries(self) -> tuple[Entry, ...]:
        """Every entry; empty when nothing ever left."""
        if not self._path.exists():
            return ()
        with self._lock:
            lines = self._path.read_text(encoding="utf-8").split("\n")
        return tuple(Entry(**json.loads(line)) for line in lines if line.endswith("}"))
