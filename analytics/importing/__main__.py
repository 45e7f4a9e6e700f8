"""`python -m analytics.importing`: one request on standard input, JSON lines on standard output (see `child.py`)."""

from __future__ import annotations

import json
import sys

from analytics.importing.child import serve

if __name__ == "__main__":
    serve(json.load(sys.stdin), sys.stdout)
