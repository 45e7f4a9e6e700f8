"""Files that are no table, whatever their name says; each is refused in one sentence that says what to do."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.case import Case

# What `pickle.dumps` writes of an object whose revival would create a file, and of a dict, at three protocols.
_PICKLE_SENTINEL = b"\x80\x05\x95(\x00\x00\x00\x00\x00\x00\x00\x8c\x02io\x94\x8c\x04open\x94\x93\x94\x8c\x0enoces-sentinel\x94\x8c\x01w\x94\x86\x94R\x94."
_PICKLE_2 = b"\x80\x02}q\x00X\x01\x00\x00\x00aq\x01]q\x02(K\x01K\x02es."
_PICKLE_0 = b"(dp0\nVa\np1\n(lp2\nI1\naI2\nas."


def archive(files: dict[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", level) as handle:
        for name, data in files.items():
            handle.writestr(name, data)
    return buffer.getvalue()


def _sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE clients (id, nom)")
        connection.close()
        return path.read_bytes()


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


def all_cases() -> Iterator[Case]:
    """Every case of this module."""
    table = b"id;nom\n1;Zoe\n2;Eva\n"
    noise = random.Random(0).randbytes(5000)
    letter = ("Madame, Monsieur, nous avons bien reçu votre demande du mois dernier.\n"
              "Nous vous remercions de votre confiance et revenons vers vous rapidement.\n" * 5)  # fmt: skip
    for name, code, data in (
        ("empty", "empty", b""), ("blank", "empty", b"  \n\n \t\n"), ("bom-only", "empty", b"\xef\xbb\xbf"),
        ("newlines", "empty", b"\n" * 1000), ("gzip", "gzip", gzip.compress(table)),
        ("gzip-bomb", "gzip", gzip.compress(b"a;b\n" * 5_000_000)), ("bzip2", "archive", bz2.compress(table)),
        ("xz", "archive", lzma.compress(table)), ("zip", "archive", archive({"a.csv": table})),
        ("zip-bomb", "archive", archive({f"{i}.csv": b"0" * 10_000_000 for i in range(3)})),
        ("7z", "archive", b"7z\xbc\xaf\x27\x1c" + noise), ("rar", "archive", b"Rar!\x1a\x07\x01\x00" + noise),
        ("zip-truncated", "archive", archive({"a.csv": table})[:40]), ("pdf", "pdf", b"%PDF-1.7\n" + noise),
        ("docx", "document", archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w/>"})),
        ("rtf", "document", b"{\\rtf1\\ansi Bonjour}"), ("xls", "old_excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise),
        ("ods", "ods", archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""})),
        ("png", "image", _png()), ("jpeg", "image", b"\xff\xd8\xff\xe0" + noise), ("gif", "image", b"GIF89a" + noise),
        ("html", "html", b"<!DOCTYPE html><html><body><p>Bonjour</p></body></html>"),
        ("html-table", "html_table", b"<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>"),
        ("html-table-xls", "html_table", b"<table border=1><tr><td>id</td><td>nom</td></tr></table>"),
        ("html-error", "html", b"\r\n\r\n<html><head><title>504</title></head></html>"),
        ("html-of-office", "html_table", b'<html xmlns:x="urn:schemas-microsoft-com:office:excel">\n<table><tr><th>id</th></tr></table></html>'),
        ("xml-of-excel", "excel_xml", b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook '
         b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'),
        ("protected", "protected", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise + "EncryptedPackage".encode("utf-16-le") + noise),
        ("doc", "document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise + "WordDocument".encode("utf-16-le") + noise),
        ("xlsb", "binary_excel", archive({"xl/workbook.bin": noise})), ("numbers", "numbers", archive({"Index/Document.iwa": noise})),
        ("xml", "xml", b'<?xml version="1.0"?>\n<clients><c id="1"/></clients>'),
        ("json", "json", json.dumps([{"id": 1, "nom": "Zoe"}]).encode()),
        ("json-object", "json", json.dumps({"data": [[1, 2]]}, indent=2).encode()),
        ("json-nested", "json", json.dumps([{"id": n, "achats": [{"prix": n}]} for n in range(5)]).encode()),
        ("json-cut-short", "json", json.dumps([{"id": n, "nom": "Zoe"} for n in range(50)]).encode()[:-20]),
        ("json-bottomless", "json", b"[" * 100_000 + b"]" * 100_000),
        ("json-bottomless-objects", "json", b'[{"a": ' * 50_000),
        ("json-no-commas", "json", b'[{"id": 1} {"id": 2}]'), ("json-mixed", "json", b'[{"id": 1, "n": 2}, 3, {"id": 2}]'),
        ("json-and-more", "json", b'[{"id": 1}, {"id": 2}] trailing words'),
        ("json-lines", "json", b'{"id": 1, "nom": "Zoe"}\n{"id": 2, "nom": "Eva"}\n'),
        ("sql-insert", "sql", b"INSERT INTO `ventes` VALUES\n(1,'C001','2025-01-31',12.50),\n(2,'C002','2025-02-14',3.00);\n"),
        ("sql-dump", "sql", b"-- dump\nSET NAMES utf8;\nCREATE TABLE clients (\n  id int,\n  nom varchar(20)\n);\nINSERT INTO clients VALUES (1,'Zoe');\n"),
        ("json-numbers", "json", b"[1, 2, 3]"), ("pickle-5", "pickle", _PICKLE_SENTINEL),
        ("pickle-2", "pickle", _PICKLE_2), ("pickle-0", "pickle", _PICKLE_0),
        ("pickle-0-code", "pickle", b"cos\nsystem\n(S'echo'\ntR."), ("sqlite", "database", _sqlite()),
        ("duckdb", "database", b"\0" * 8 + b"DUCK" + b"\0" * 4096), ("elf", "program", b"\x7fELF\x02\x01\x01" + noise),
        ("exe", "program", b"MZ\x90\x00\x03" + noise), ("noise", "binary", noise), ("nuls", "binary", b"\0" * 5000),
        ("truncated-xlsx", "broken_workbook", archive({"xl/workbook.xml": noise})[:-30]),
        ("fake-xlsx", "broken_workbook", archive({"xl/workbook.xml": b"<x", "[Content_Types].xml": b"<x/>"})),
        ("xlsx-bomb", "bomb", archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 120_000_000})),
        ("parquet", "broken_parquet", b"PAR1\x00\x00" + noise + b"PAR1"), ("prose", "prose", letter.encode()),
        ("greeting", "prose", ("Bonjour,\n\n" + letter + "\nCordialement,\n").encode()),
        ("sylk", "sylk", b'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"Nom"\r\nC;Y1;X2;K"Prix"\r\nC;Y2;X1;K"Ana"\r\nC;Y2;X2;K12.5\r\nE\r\n'),
        ("vcard", "cards", b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ana;Max;;;\r\nTEL:0612345678\r\nEND:VCARD\r\n" * 5),
        ("agenda", "cards", b"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:RDV\nEND:VEVENT\nEND:VCALENDAR\n"),
        ("mail", "message", b"From: a@b.fr\nTo: c@d.fr\nSubject: ventes\nMIME-Version: 1.0\n\nBonjour; voici le fichier\n"),
        ("one-long-line", "line_too_long", b"0" * 8_000_000), ("one-long-csv-line", "line_too_long", b"1;" * 900_000),
        ("commas", "commas", b"client,date,montant\nA,2025-01-31,12,50\nB,2025-02-01,13,50\nC,2025-02-01,1,99\n"),
        ("commas-after-an-id", "commas", b"id,amount\n1,12,5\n2,13,5\n3,14,75\n"),
        ("controls-only", "empty", b"\x1d\n"), ("separator-only", "empty", b"sep=;\n"),
        ("20000-columns", "too_many_columns", b";".join(b"c%d" % i for i in range(20_000)) + b"\n1;2\n"),
        ("501-columns", "too_many_columns", b",".join(b"c%d" % i for i in range(501)) + b"\n" + b",".join([b"1"] * 501)),
    ):  # fmt: skip
        yield Case(f"refused-{name}", data, file=f"{name}.csv", refused=code)
