"""The import in a process of its own, which can be killed: a hostile or huge file cannot take the app with it.

The parent writes one JSON request on the child's standard input; the child answers with JSON lines: `{"stage", "share"}`
while it works, then `{"done": true}`, or `{"problem": class name, "sentence": ...}`. A killed child leaves the workspace
as it was: the data file only changes by a rename.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any

from analytics.datamodel.model import Corrections
from analytics.importing.pipeline import Asked, Cancelled, Progress, correct, import_files
from analytics.importing.study_file import ARCHIVE
from analytics.workspace import Workspace, scratch_folder
from vocabulary.errors import FileProblem, TooSlow, UserError
from vocabulary.sentence import say

_PROBLEMS: dict[str, type[UserError]] = {cls.__name__: cls for cls in (UserError, FileProblem, TooSlow)}
_POLL_SECONDS = 0.1
_STOPPED = say(
    "La lecture de vos fichiers s’est interrompue : réessayez, ou allégez le fichier le plus lourd.",
    "Reading your files stopped short: try again, or make the heaviest file lighter.",
)
_TOO_SLOW = say(
    "La lecture de vos fichiers prend trop de temps : partagez le plus lourd en plusieurs, ou utilisez la ligne de "
    "commande, qui n’a pas de limite.",
    "Reading your files takes too long: split the heaviest one, or use the command line, which has no limit.",
)


def import_in_child(
    workspace: Workspace,
    paths: Sequence[Path] | None,
    *,
    corrections: Corrections | None = None,
    today: date | None = None,
    names: Mapping[Path, str] | None = None,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
    limit_seconds: float | None = None,
) -> None:
    """Do `import_files` (or `correct`) in a child process, killed on demand or past its time; Parquet is refused.

    Args:
        workspace: where the data go.
        paths: the files; None corrects the data already there.
        corrections: what the manager said of them.
        today: the day of the import; the machine's date when None.
        names: names to show instead of those on disk.
        progress: called with a stage and the share of it that is done, 0..1.
        cancelled: asked now and then; True kills the child.
        limit_seconds: time given; none when None.

    Raises:
        TooSlow: it took longer than its time. Cancelled: it was asked for.
        UserError, FileProblem: what the child found wrong.
    """
    request = {
        "workspace": str(workspace.folder.resolve()),
        "paths": None if paths is None else [str(path.resolve()) for path in paths],
        "names": {str(path.resolve()): name for path, name in (names or {}).items()},
        "corrections": ARCHIVE.dump(corrections or Corrections()),
        "today": (today or date.today()).isoformat(),
    }
    root = Path(__file__).resolve().parents[2]
    scratch = str(scratch_folder("import"))  # whatever a killed child leaves goes with it
    child = subprocess.Popen(
        [sys.executable, "-m", "analytics.importing"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root, env={**os.environ, "TMPDIR": scratch},
    )  # fmt: skip
    try:
        _follow(child, json.dumps(request).encode(), progress, cancelled, limit_seconds)
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        workspace.sweep()
        shutil.rmtree(scratch, ignore_errors=True)


def _follow(
    child: subprocess.Popen[bytes], request: bytes, progress: Progress | None, cancelled: Asked | None, limit: float | None
) -> None:
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child has no pipes")
    child.stdin.write(request)
    child.stdin.close()
    lines: SimpleQueue[bytes | None] = SimpleQueue()
    threading.Thread(target=_pump, args=(child.stdout, lines), daemon=True).start()
    started = time.monotonic()
    while True:
        if cancelled is not None and cancelled():
            raise Cancelled
        if limit is not None and time.monotonic() - started > limit:
            raise TooSlow(_TOO_SLOW)
        try:
            line = lines.get(timeout=_POLL_SECONDS)
        except Empty:
            continue
        if line is None:
            raise UserError(_STOPPED)
        said = json.loads(line)
        if "stage" in said:
            if progress is not None:
                progress(said["stage"], said["share"])
        elif "problem" in said:
            raise _PROBLEMS[said["problem"]](ARCHIVE.load(said["sentence"]))
        else:
            return


def _pump(stream: IO[bytes], lines: SimpleQueue[bytes | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


def serve(request: dict[str, Any], out: IO[str]) -> None:
    """Do what the request asks and answer in JSON lines on `out`."""

    def tell(said: dict[str, Any]) -> None:
        out.write(json.dumps(said) + "\n")
        out.flush()

    def progress(stage: str, share: float) -> None:
        tell({"stage": stage, "share": share})

    workspace = Workspace(Path(request["workspace"]))
    corrections: Corrections = ARCHIVE.load(request["corrections"])
    today = date.fromisoformat(request["today"])
    try:
        if request["paths"] is None:
            correct(workspace, corrections, today, progress=progress)
        else:
            names = {Path(path): name for path, name in request["names"].items()}
            paths = [Path(path) for path in request["paths"]]
            import_files(
                workspace, paths, corrections=corrections, today=today, names=names, progress=progress, allow_parquet=False
            )
    except UserError as problem:
        kind = type(problem).__name__
        tell({"problem": kind if kind in _PROBLEMS else "UserError", "sentence": ARCHIVE.dump(problem.sentence)})
    else:
        tell({"done": True})
