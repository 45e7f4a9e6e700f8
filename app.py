"""Noces in the browser: navigation only. Run it with `make run`."""

from __future__ import annotations

import os

# Before anything heavy is imported: idle threads must not spin, and nothing may report anywhere.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
os.environ["LANGSMITH_TRACING"] = "false"

from ui.main import main

main()
