"""What is no table, told by its first bytes and not by its name, and the sentence that says what to do."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from pathlib import Path

from vocabulary.errors import FileProblem
from vocabulary.sentence import Label, Sentence, Value, say

_SAVE_FR = "enregistrez le tableau en CSV ou en XLSX, puis importez-le de nouveau."
_SAVE_EN = "save the table as CSV or XLSX, then upload it again."

SENTENCES: dict[str, Sentence] = {
    code: say(f"« {{file}} » {fr} : {_SAVE_FR}", f"“{{file}}” {en}: {_SAVE_EN}")
    for code, fr, en in (
        ("document", "est un document, pas un tableau", "is a document, not a table"),
        ("pdf", "est un PDF", "is a PDF"),
        ("image", "est une image", "is an image"),
        ("html", "est une page web", "is a web page"),
        ("xml", "est un fichier XML", "is an XML file"),
        ("sql", "est une suite de commandes SQL", "is a list of SQL commands"),
        ("pickle", "est un objet Python enregistré, que l’on n’ouvre jamais", "is a saved Python object, never opened"),
        ("database", "est une base de données", "is a database"),
        ("program", "est un programme", "is a program"),
        ("binary", "n’est pas un fichier de texte", "is not a text file"),
        ("prose", "est un texte sans colonnes", "is text without columns"),
        ("parquet", "est un fichier Parquet, accepté seulement en ligne de commande",
         "is a Parquet file, accepted on the command line only"),
        ("broken_workbook", "est un classeur abîmé ou protégé par un mot de passe",
         "is a damaged or password-protected workbook"),
        ("bomb", "est un classeur anormalement gros une fois décompressé",
         "is a workbook abnormally large once unpacked"),
        ("broken_parquet", "est un fichier Parquet abîmé", "is a damaged Parquet file"),
    )
}  # fmt: skip
SENTENCES |= {
    code: say(f"« {{file}} » {fr}, puis importez-le de nouveau.", f"“{{file}}” {en}, then upload it again.")
    for code, fr, en in (
        ("gzip", "est compressé (gzip) : décompressez-le", "is compressed (gzip): unpack it"),
        ("archive", "est une archive : sortez-en le fichier CSV ou XLSX", "is an archive: take the CSV or XLSX file out of it"),
        ("old_excel", "est un classeur d’un ancien format (XLS) : ouvrez-le dans Excel ou LibreOffice, enregistrez-le en XLSX",
         "is a workbook in an old format (XLS): open it in Excel or LibreOffice, save it as XLSX"),
        ("binary_excel", "est un classeur binaire (XLSB) : ouvrez-le dans Excel, enregistrez-le en XLSX",
         "is a binary workbook (XLSB): open it in Excel, save it as XLSX"),
        ("protected", "est protégé par un mot de passe : ouvrez-le dans Excel, retirez le mot de passe (Fichier, Informations, Protéger le "
         "classeur), enregistrez-le", "is protected by a password: open it in Excel, remove the password (File, Info, Protect Workbook), save it"),
        ("ods", "est un classeur OpenDocument : ouvrez-le dans LibreOffice ou Excel, enregistrez-le en XLSX",
         "is an OpenDocument workbook: open it in LibreOffice or Excel, save it as XLSX"),
        ("numbers", "est un document Numbers : ouvrez-le dans Numbers, choisissez Fichier, Exporter vers, Excel",
         "is a Numbers document: open it in Numbers, choose File, Export To, Excel"),
        ("html_table", "est une page web qui contient un tableau, quel que soit son nom : ouvrez-le dans Excel ou LibreOffice, "
         "enregistrez-le en XLSX",
         "is a web page that holds a table, whatever its name: open it in Excel or LibreOffice, save it as XLSX"),
        ("excel_xml", "est un classeur au format XML d’un ancien Excel : ouvrez-le dans Excel ou LibreOffice, enregistrez-le en XLSX",
         "is a workbook in the XML format of an old Excel: open it in Excel or LibreOffice, save it as XLSX"),
        ("sylk", "est dans un format d’échange d’anciens tableurs (SYLK) : ouvrez-le dans Excel ou LibreOffice, enregistrez-le en XLSX",
         "is in an exchange format of old spreadsheets (SYLK): open it in Excel or LibreOffice, save it as XLSX"),
        ("cards", "est une suite de fiches (vCard ou iCalendar) : dans l’outil qui l’a produite, choisissez l’export en CSV ou en XLSX",
         "is a list of cards (vCard or iCalendar): in the tool that made it, choose the CSV or XLSX export"),
        ("message", "est un courriel : enregistrez le tableau qui y est joint", "is an e-mail: save the table attached to it"),
        ("json", "est un fichier JSON qui n’est pas une liste de lignes à plat : dans l’outil qui l’a produit, choisissez l’export en CSV ou en XLSX",
         "is a JSON file that is no list of flat rows: in the tool that made it, choose the CSV or XLSX export"),
    )
}  # fmt: skip
SENTENCES |= {
    "empty": say(
        "« {file} » est vide : vérifiez l’export, puis importez-le de nouveau.",
        "“{file}” is empty: check the export, then upload it again.",
    ),
    "empty_workbook": say(
        "« {file} » n’a aucune feuille remplie : vérifiez l’export, puis importez-le de nouveau.",
        "“{file}” has no filled sheet: check the export, then upload it again.",
    ),
    "too_many_columns": say(
        "« {file} » a {columns} colonnes, plus que les {limit} acceptées : gardez les colonnes utiles, "
        "puis importez-le de nouveau.",
        "“{file}” has {columns} columns, more than the {limit} accepted: keep the useful columns, "
        "then upload it again.",
    ),
    "line_too_long": say(
        "« {file} » tient sur des lignes démesurées, ce n’est pas un tableau : refaites l’export en CSV ou en XLSX.",
        "“{file}” is made of oversized lines, not of a table: export it again as CSV or XLSX.",
    ),
    "commas": say(
        "« {file} » sépare ses colonnes par des virgules et en met aussi dans ses nombres, sans guillemets : on ne peut les "
        "distinguer ; refaites l’export avec des points-virgules, ou en XLSX.",
        "“{file}” separates its columns with commas and writes some in its numbers too, unquoted: they cannot be told "
        "apart; export it again with semicolons, or as XLSX.",
    ),
    "missing": say(
        "« {file} » est introuvable ou illisible : vérifiez son nom et vos droits d’accès.",
        "“{file}” cannot be found or opened: check its name and your access rights.",
    ),
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"), (b"BZh", "archive"), (b"\xfd7zXZ\x00", "archive"), (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"), (b"\x28\xb5\x2f\xfd", "archive"), (b"\x04\x22\x4d\x18", "archive"),
    (b"%PDF-", "pdf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"), (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"), (b"GIF87a", "image"), (b"GIF89a", "image"), (b"SQLite format 3\x00", "database"),
    (b"{\\rtf", "document"), (b"\x7fELF", "program"), (b"MZ\x90\x00", "program"), (b"\xca\xfe\xba\xbe", "program"),
    (b"ARROW1", "binary"), (b"ORC", "binary"), (b"Obj\x01", "binary"), (b"\x93NUMPY", "binary"),
    (b"II*\x00", "image"), (b"MM\x00*", "image"), (b"RIFF", "binary"), (b"OggS", "binary"), (b"ID3", "binary"),
)  # fmt: skip
_PICKLE_TEXT = re.compile(rb"\A(?:\([dl]p\d|\(i(?:os|posix|nt|subprocess)\n|c(?:copy_reg|copyreg|__builtin__|builtins|"
                          rb"os|posix|nt|subprocess)\n)")  # fmt: skip
_HTML = re.compile(r"\A\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|div|script|style|meta|p|span)\b",
                   re.I | re.S)  # fmt: skip
_LOOKED_AT = 4 << 20  # bytes
_CELL = re.compile(r"<t[dh]\b", re.I)
_ENCRYPTED, _WORD = ("EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
_SQL = re.compile(r"^\s*(?:INSERT\s+INTO\s+\S+|CREATE\s+TABLE\s+\S+)\s*(?:\(|VALUES|SELECT|\Z|$)", re.I | re.M)
_SYLK = re.compile(r"\AID;P[^\n]*\n(?:[^\n]*\n){0,40}?C;(?:[XY]\d+;)+")
_CARDS = re.compile(r"\ABEGIN:V(?:CARD|CALENDAR)\s*$", re.I | re.M)
_MAIL = re.compile(r"(?:return-path|received|message-id|mime-version|dkim-signature|delivered-to|from|to|subject|date|content-type|reply-to): ", re.I)
_ONLY_MAIL = re.compile(r"^(?:return-path|received|message-id|mime-version|dkim-signature): ", re.I | re.M)
_JSON = re.compile(r'\A\s*(?:\{\s*(?:"|\}|\Z)|\[\s*(?:[\{\["\]]|-?\d|true|false|null))')


def refuse(code: str, file: str, **values: Value) -> FileProblem:
    """Make the error of that code for the file of that display name."""
    sentence = SENTENCES[code]
    return FileProblem(Sentence(sentence.template, {"file": Label(file), **values}))


def binary_kind(head: bytes, path: Path) -> str | None:
    """Name what the first bytes say: `xlsx`, `parquet`, a code of `SENTENCES`, or None for what may be text.

    Args:
        head: the first bytes of the file, some kilobytes.
        path: the file, opened when it is a zip container.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic) and not _is_plain_word(magic, head):
            return _compound_kind(path) if kind == "old_excel" else kind
    if head.startswith(b"PAR1") and b"\x00" in head:
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _container_kind(path)
    if head[8:12] == b"DUCK" and b"\x00" in head[:64]:
        return "database"
    if len(head) > 1 and head[0] == 0x80 and head[1] in range(1, 6):
        return "pickle"
    return "pickle" if _PICKLE_TEXT.match(head) else None


def text_kind(text: str) -> str | None:
    """Name what the first characters say: a code of `SENTENCES`, or None for what may be a table."""
    begins = text.lstrip("\ufeff \t\r\n")[:2000].lower()
    if _HTML.match(text) or (begins.startswith("<?xml") and "<html" in begins):
        return "html_table" if _CELL.search(text) else "html"
    if "urn:schemas-microsoft-com:office:spreadsheet" in begins:
        return "excel_xml"
    if begins.startswith("<?xml"):
        return "xml"
    if _SQL.search(text):
        return "sql"
    if _SYLK.match(text):
        return "sylk"
    if _CARDS.match(text.lstrip("\ufeff \t\r\n")):
        return "cards"
    if _MAIL.match(text) and _ONLY_MAIL.search(text) and sum(bool(_MAIL.match(line)) for line in text.split("\n")) >= 3:
        return "message"
    return "json" if _JSON.match(text) and not _is_quoted_table(text) else None


def _is_quoted_table(text: str) -> bool:
    """Tell `[id],[name]` headers and the like from JSON: JSON's first line never splits as a bracketed header."""
    first = text.lstrip().split("\n", 1)[0]
    return bool(re.match(r"\[[^\]\"{]*[A-Za-z][^\]\"{]*\]\s*[;,\t|]", first))


def _is_plain_word(magic: bytes, head: bytes) -> bool:
    """A header may well begin with the letters of a magic number (`ID3`, `ORC`, `RIFF`): binary has control bytes."""
    return magic.isalnum() and not re.search(rb"[\x00-\x08\x0e-\x1f]", head[:512])


def _compound_kind(path: Path) -> str:
    """Old workbooks, old documents and workbooks under a password are alike but for the names of their parts."""
    try:
        with path.open("rb") as handle:
            start = handle.read(_LOOKED_AT)
            handle.seek(max(len(start), path.stat().st_size - _LOOKED_AT))
            parts = start + handle.read(_LOOKED_AT)
    except OSError:
        return "old_excel"
    return "protected" if _ENCRYPTED in parts else "document" if _WORD in parts else "old_excel"


def _container_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "xl/workbook.bin" in names:
                return "binary_excel"
            if any(name.startswith("xl/") for name in names):
                return "xlsx"
            if any(name.endswith(".iwa") for name in names) or "Index.zip" in names:
                return "numbers"
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.open("mimetype").read(200):
                return "ods"
            return "document" if any(name.startswith(("word/", "ppt/")) for name in names) else "archive"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, KeyError, zlib.error, lzma.LZMAError):
        return "broken_workbook" if _begins_like_a_workbook(path) else "archive"


def _begins_like_a_workbook(path: Path) -> bool:
    """Whether the first parts of a damaged container bear the names of those of a workbook."""
    with path.open("rb") as handle:
        head = handle.read(1 << 16)
    return b"[Content_Types].xml" in head or b"xl/" in head
