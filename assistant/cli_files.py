"""The files a command is given, and the places it is to write to: checked before minutes are spent on the rest."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from vocabulary.errors import UserError
from vocabulary.language import Language, Text
from vocabulary.sentence import Label, say


def unreachable(name: str) -> UserError:
    """What is said of a path that cannot be read or written."""
    return UserError(
        say(
            "« {name} » ne peut être ni lu ni écrit : vérifiez le chemin, vos droits et la place sur le disque.",
            "“{name}” can be neither read nor written: check the path, your rights and the room on the disk.",
            name=Label(name),
        )
    )


def _not_a_file(path: Path) -> UserError:
    if path.is_dir():
        return UserError(
            say(
                "« {name} » est un dossier : donnez les fichiers qu’il contient.",
                "“{name}” is a folder: give the files that are in it.",
                name=Label(path.name),
            )
        )
    return UserError(
        say(
            "« {name} » est introuvable : vérifiez le nom et le dossier du fichier.",
            "“{name}” cannot be found: check the file’s name and folder.",
            name=Label(path.name),
        )
    )


def check_places(files: Sequence[Path], out: Path | None, lists: Path | None) -> None:
    """UserError for a file that is not there, or a place that cannot be written to."""
    for path in files:
        if not path.is_file():
            raise _not_a_file(path)
    if out is not None and (not out.parent.is_dir() or out.is_dir()):
        raise unreachable(out.name if out.is_dir() else out.parent.name)
    if lists is not None and lists.exists() and not lists.is_dir():
        raise unreachable(lists.name)


def once(paths: Sequence[Path], language: Language) -> list[Path]:
    """The files, each once: one given twice, or copied under another name, would count everything twice."""
    seen: dict[tuple[int, str], Path] = {}
    sizes = Counter(path.stat().st_size for path in paths)
    for path in paths:
        size = path.stat().st_size
        mark = (size, _digest(path) if sizes[size] > 1 else "")
        if mark in seen:
            told = _GIVEN_TWICE.in_(language).format(name=path.name, first=seen[mark].name)
            print(f"noces: {told}", file=sys.stderr)
        seen.setdefault(mark, path)
    return list(seen.values())


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "blake2b").hexdigest()


_GIVEN_TWICE = Text(
    "« {name} » a le même contenu que « {first} » : lu une seule fois.",
    "“{name}” holds the same as “{first}”: read once.",
)


def lines(path: Path | None) -> list[str]:
    """The lines of a text file that hold something, whatever program wrote it; none without a file."""
    if path is None:
        return []
    if not path.is_file():
        raise _not_a_file(path)
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")  # a text file of an older Windows program
    return [line.strip() for line in text.splitlines() if line.strip()]
