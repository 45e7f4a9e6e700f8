"""Bytes to UTF-8: the encoding is told by the whole file, never guessed from its language."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_BLOCK = 1 << 18  # decoded at a time: what the caches of a processor hold
_LOOKED_AT = 4 << 20  # bytes from which the encoding is told
_BOMS = ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_LETTERS = "éèàêçùôîûâïëÉÈÀÇ"
_LATIN_9 = re.compile(rb"\d[ \xa0]?\xa4|\xa4 ?\d|\(\xa4\)|[A-Za-z]\xbd[A-Za-z]")  # \u20ac and \u0153, which cp1252 writes lower
_MOJIBAKE = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\u00e2\u20ac")
_SURE = re.compile("\u00c3[\u00a9\u00a8\u00aa\u00ab\u00a7\u00b4\u00ae\u00af\u00b9\u00bb\u00bc\u00a2\u2030]")  # e, c, i, o, u with accents: no language writes these pairs
_RIVALS = ("mac-roman", "cp850")
_SURE_ALONE = (*(("cp850", letter.encode("cp850")) for letter in "éèç"), *(("mac-roman", letter.encode("mac-roman")) for letter in "éèç"))
"""Letters one of which is enough between small ones: cp1252 has there a low quote, a dagger, a capital, or nothing."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as UTF-8 text.

    Args:
        path: the UTF-8 file (the file itself when it was UTF-8).
        encoding: what the file was written in.
        bom: bytes to skip at the start of `path`.
        replaced: characters that could not be told, written as U+FFFD.
        mixed: lines in UTF-8 among lines in another encoding.
        repaired: lines whose accents had been encoded twice, and were put right.
    """

    path: Path
    encoding: str
    bom: int = 0
    replaced: int = 0
    mixed: bool = False
    repaired: int = 0


def decode(path: Path, scratch: Path, progress: Callable[[float], None]) -> Decoded | None:
    """Return `path` as UTF-8, written to `scratch` unless it already is; None when it is no text.

    Order: byte-order mark, NUL pattern of UTF-16, strict UTF-8 of the whole file, else cp1252 (or Mac Roman or cp850
    where their accented letters outnumber cp1252's five to one).
    """
    with path.open("rb") as handle:
        head = handle.read(1 << 16)
    for mark, name in _BOMS:
        if head.startswith(mark):
            if name == "utf-8":
                break
            return _transcode(path, scratch / "utf8.csv", name, len(mark), progress)
    wide = _wide(head)
    if wide:
        return _transcode(path, scratch / "utf8.csv", wide, 0, progress)
    if _control_share(head) > 0.02:
        return None
    broken = _first_non_utf8(path, progress)
    if broken is None:
        skip = 3 if head.startswith(codecs.BOM_UTF8) else 0
        if _is_encoded_twice(path):
            return _repaired(path, scratch / "utf8.csv", skip, progress)
        return Decoded(path, "utf-8", skip)
    if broken >= path.stat().st_size - 3 and not head.isascii():  # a file cut in the middle of its last character
        skip = 3 if head.startswith(codecs.BOM_UTF8) else 0
        return _transcode(path, scratch / "utf8.csv", "utf-8", skip, progress)
    return _transcode(path, scratch / "utf8.csv", _single_byte(path), 0, progress)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: text of our languages has a NUL in nearly every other byte, always the same one."""
    sample = head[: len(head) // 2 * 2]
    if len(sample) < 4:
        return None
    half = len(sample) / 2
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def _control_share(head: bytes) -> float:
    """Share of bytes no text holds; NULs strewn in a text are counted only beyond a tenth."""
    head = head.rstrip(b"\x1a")  # the mark old systems end their files with
    controls = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c\x7f]", head))
    nuls = head.count(0)
    return (controls + (nuls if nuls > len(head) / 10 else 0)) / max(1, len(head))


def _first_non_utf8(path: Path, progress: Callable[[float], None]) -> int | None:
    """Where the file stops being UTF-8 (byte offset), None when it is UTF-8 throughout."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    size, done = max(1, path.stat().st_size), 0
    try:
        with path.open("rb") as handle:
            while block := handle.read(_BLOCK):
                decoder.decode(block)
                done += len(block)
                progress(done / size)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as problem:
        return done - len(decoder.getstate()[0]) + problem.start if done < size else size - 1
    return None


def _is_encoded_twice(path: Path) -> bool:
    """Whether accents mostly come as two characters (`\u00c3\u00a9`): UTF-8 that something read as cp1252 and wrote again."""
    with path.open("rb") as handle:
        text = handle.read(_LOOKED_AT).decode("utf-8", "ignore")
    twice, sure, right = len(_MOJIBAKE.findall(text)), len(_SURE.findall(text)), any(letter in text for letter in _LETTERS)
    return sure >= 2 or (sure >= 1 and not right) or twice >= 2 and twice > 10 * sum(text.count(letter) for letter in _LETTERS)


def _repaired(path: Path, target: Path, skip: int, progress: Callable[[float], None]) -> Decoded:
    repaired, done, size = 0, 0, max(1, path.stat().st_size)
    with path.open(encoding="utf-8", newline="\n") as handle, target.open("w", encoding="utf-8", newline="") as out:
        handle.read(1 if skip else 0)
        while lines := handle.readlines(_BLOCK):
            for line in lines:
                right = _once(line)
                repaired += right != line
                out.write(right)
                done += len(line)
            progress(min(1.0, done / size))
    return Decoded(target, "utf-8", repaired=repaired)


def _once(line: str) -> str:
    """A line whose accents were encoded twice, as it was meant; any other as it stands."""
    if not _MOJIBAKE.search(line):
        return line
    try:
        return b"".join(bytes([ord(c)]) if ord(c) < 256 else c.encode("cp1252") for c in line).decode("utf-8")
    except UnicodeError:  # accents encoded once stand beside them
        return _SURE.sub(lambda pair: pair[0].encode("cp1252").decode("utf-8"), line)


def _single_byte(path: Path) -> str:
    with path.open("rb") as handle:
        sample = handle.read(_LOOKED_AT)
    small, large = (b"".join(re.findall(rb"(?<=[%b])[\x80-\xff](?=[%b])" % (case, case), sample)) for case in (b"a-z", b"A-Z"))

    def letters(encoding: str) -> int:
        """Accented letters among letters of their own case: a capital in the middle of a small word tells the wrong table."""
        return sum((small if letter.islower() else large).count(letter.encode(encoding)) for letter in _LETTERS)

    if _LATIN_9.search(sample) and not re.search(rb"[\x80-\x9f]", sample):
        return "iso-8859-15"
    usual = letters("cp1252")
    best = max(_RIVALS, key=letters)
    if not usual and letters(best) == 1 and (sure := [name for name, byte in _SURE_ALONE if byte in small]):
        return sure[0]
    return best if letters(best) > 5 * usual and letters(best) >= 2 else "cp1252"


def _transcode(path: Path, target: Path, encoding: str, skip: int, progress: Callable[[float], None]) -> Decoded:
    replaced, mixed = 0, False
    size, done = max(1, path.stat().st_size), 0
    blocks = _wide_blocks(path, encoding, skip) if encoding.startswith("utf") else _byte_blocks(path, encoding)
    with target.open("wb") as out:
        for text, read, is_utf8 in blocks:
            replaced += text.count("\ufffd")
            mixed = mixed or is_utf8
            out.write(text.encode("utf-8"))
            done += read
            progress(done / size)
    return Decoded(target, encoding, 0, replaced, mixed)


def _wide_blocks(path: Path, encoding: str, skip: int) -> Iterator[tuple[str, int, bool]]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with path.open("rb") as handle:
        handle.seek(skip)
        while block := handle.read(_BLOCK):
            yield decoder.decode(block).replace("\ufeff", ""), len(block), False
    yield decoder.decode(b"", final=True), 0, False


def _byte_blocks(path: Path, encoding: str) -> Iterator[tuple[str, int, bool]]:
    carry = b""
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK):
            cut = block.rfind(b"\n") + 1
            if not cut and len(carry) < _LOOKED_AT:
                carry += block
                continue
            cut = cut or len(block)
            text, mixed = _decode_bytes(carry + block[:cut], encoding)
            yield text, len(block), mixed
            carry = block[cut:]
    text, mixed = _decode_bytes(carry, encoding)
    yield text, 0, mixed


def _may_hold_utf8(block: bytes) -> bool:
    """Whether some byte that opens a letter of UTF-8 stands before one that may continue it."""
    codes = np.frombuffer(block, dtype=np.uint8)
    following = np.flatnonzero((codes & 0xC0) == 0x80)
    return bool((codes[following[following > 0] - 1] >= 0xC2).any())


def _decode_bytes(block: bytes, encoding: str) -> tuple[str, bool]:
    """Decode whole lines; where both encodings are there, a line that is valid UTF-8 with accents stays UTF-8."""
    if not _may_hold_utf8(block):
        return block.decode(encoding, "replace"), False
    lines, mixed = [], False
    for line in block.splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8"))
            mixed = mixed or not line.isascii()
        except UnicodeDecodeError:
            lines.append(line.decode(encoding, "replace"))
    return "".join(lines), mixed
