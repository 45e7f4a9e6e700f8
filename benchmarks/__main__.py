"""`make bench`: reading, a large French export, then the complete diagnosis, each recorded."""

from __future__ import annotations

import runpy
import sys

for module in ("benchmarks.reading", "benchmarks.french", "benchmarks.diagnosis"):
    sys.argv = [module, "--record", *sys.argv[1:]]
    runpy.run_module(module, run_name="__main__")
    sys.argv = sys.argv[:1] + [word for word in sys.argv[2:] if word != "--record"]
