"""Files whose table is ordinary and whose writing is not: encodings, separators, line ends, what stands around."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from datetime import date

from tests.hostile.case import HEADERS, TRUTH, TYPES, Case, Lang, cells, lines, text, usual

LANGS: tuple[Lang, ...] = ("fr", "en")
SEPARATOR: dict[Lang, str] = {"fr": ";", "en": ","}


def all_cases() -> Iterator[Case]:
    """Every case of this module."""
    for lang in LANGS:
        yield from _encodings(lang)
        yield from _around(lang)
        yield from _ragged(lang)
        yield from _quoting(lang)
        yield from _headers(lang)
    yield from _separators()
    yield from _only_one_language()


def _encodings(lang: Lang) -> Iterator[Case]:
    d = SEPARATOR[lang]
    content = lines(lang, d)
    for encoding, mark, told in (
        ("utf-8", b"", "utf-8"), ("utf-8", codecs.BOM_UTF8, "utf-8"), ("cp1252", b"", "cp1252"),
        ("latin-1", b"", "cp1252"), ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"), ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"), ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32-le"), ("mac-roman", b"", "mac-roman"), ("cp850", b"", "cp850"),
    ):  # fmt: skip
        plain = [line.replace("°", "o") for line in content] if encoding == "cp850" else content
        header = [name.replace("°", "o") for name in HEADERS[lang]] if encoding == "cp850" else HEADERS[lang]
        name = f"{lang}-{encoding}{'-bom' if mark else ''}"
        yield usual(name, mark + text(plain, "\r\n", encoding), lang, encoding=told, delimiter=d, header=header)
    euro = [line.replace("Montant payé", "Montant (€)").replace("Amount paid", "Amount (€)") for line in content]
    names = [*HEADERS[lang][:2], "Montant (€)" if lang == "fr" else "Amount (€)", *HEADERS[lang][3:]]
    yield usual(f"{lang}-cp1252-euro", text(euro, "\r\n", "cp1252"), lang, header=names,
                habit={names[2]: ("currency:EUR",)})  # fmt: skip
    both = b"".join((line + "\n").encode("cp1252" if i % 2 else "utf-8") for i, line in enumerate(content))
    yield usual(f"{lang}-mixed-encodings", both, lang, notes=["Two encodings"])
    undefined = text(content, "\n", "cp1252").replace(b"C008", b"C\x8108")
    rows = [*TRUTH[:-1], ("C\ufffd08", *TRUTH[-1][1:])]
    yield usual(f"{lang}-undefined-byte", undefined, lang, rows=rows, notes=["1 unreadable character replaced"])
    yield usual(f"{lang}-nul-bytes", text(content).replace(b"C003", b"C\x00003"), lang)
    yield usual(f"{lang}-no-last-newline", text(content).rstrip(b"\n"), lang)


def _printed(lang: Lang, without: int | None = None) -> list[str]:
    """The truth as an old system prints it: columns of fixed width, amounts to the right; perhaps one amount lacks."""
    rows = [list(HEADERS[lang]), *(cells(row, lang) for row in TRUTH)]
    if without is not None:
        rows[without + 1][2] = ""
    return [f"{row[0]:<14}{row[1]:<20}{row[2]:>14}  {row[3]:<15}{row[4]}" for row in rows]


def _separators() -> Iterator[Case]:
    for i, d in enumerate((";", ",", "\t", "|")):
        for j, (end, word) in enumerate((("\n", "lf"), ("\r\n", "crlf"), ("\r", "cr"))):
            lang = LANGS[(i + j) % 2]
            yield usual(f"separator-{i}-{word}-{lang}", text(lines(lang, d), end), lang, delimiter=d)
        lang = LANGS[i % 2]
        mixed = "".join(line + ("\r\n" if k % 3 else "\n") for k, line in enumerate(lines(lang, d))).encode()
        yield usual(f"separator-{i}-mixed-ends-{lang}", mixed, lang, delimiter=d)
    yield usual("separator-caret", text(lines("en", "^")), "en", delimiter="^")
    yield usual("separator-tilde", text(lines("fr", "~")), "fr", delimiter="~")
    yield usual("declared-sep", b"sep=;\r\n" + text(lines("fr", ";"), "\r\n"), "fr", delimiter=";")
    yield usual("declared-sep-quoted", b'"sep=,"\n' + text(lines("en", ",")), "en", delimiter=",")
    yield usual("declared-sep-pipe", b"SEP=|\n" + text(lines("en", "|")), "en", delimiter="|")


def _around(lang: Lang) -> Iterator[Case]:
    d = SEPARATOR[lang]
    content = lines(lang, d)
    titles = (
        ["Export CRM du 12/03/2026", "Service marketing"] if lang == "fr" else ["CRM export 2026-03-12", "Marketing"]
    )
    yield usual(f"{lang}-preamble", text([*titles, *content]), lang, notes=["2 lines above the column headings"])
    yield usual(f"{lang}-preamble-blank", text([titles[0], "", *content]), lang, notes=["1 line above"])
    yield usual(f"{lang}-preamble-padded", text([titles[0] + d * 4, d * 4, *content]), lang, notes=["2 lines above"])
    yield usual(f"{lang}-preamble-four", text([*titles, *titles, *content]), lang, notes=["4 lines above"])
    yield usual(f"{lang}-preamble-comments", text(["# généré", "# par le CRM", *content]), lang)
    total = d.join(["TOTAL", "", "11669,75" if lang == "fr" else "11669.75", "", ""])
    yield usual(f"{lang}-total", text([*content, total]), lang, aside=[(10, "total")])
    yield usual(f"{lang}-total-short", text([*content, d.join(["Total", "8"])]), lang, aside=[(10, "total")])
    second = d.join(["", "Total général" if lang == "fr" else "Grand total", "9", "", ""])
    yield usual(f"{lang}-total-second-column", text([*content, second]), lang, aside=[(10, "total")])
    inside = [*content[:5], d.join(["Sous-total" if lang == "fr" else "Subtotal", "", "3", "", ""]), *content[5:]]
    yield usual(f"{lang}-subtotal-inside", text(inside), lang, aside=[(6, "total")])
    footer = ["", "(8 lignes)" if lang == "fr" else "(8 rows affected)"]
    yield usual(f"{lang}-footer", text([*content, *footer]), lang, aside=[(11, "footer")])
    both = [*content, total, "", "Source : CRM", "Page 1/1"]
    yield usual(f"{lang}-total-and-footer", text(both), lang, aside=[(10, "total"), (12, "footer"), (13, "footer")])
    yield usual(f"{lang}-repeated-header", text([*content[:5], content[0], *content[5:]]), lang,
                aside=[(6, "repeated_header")])  # fmt: skip
    page = "Édition du 12/03/2026 10:05   Page {}" if lang == "fr" else "Printed 2026-03-12 10:05   Page {}"
    pages = [page.format(1), *content[:5], page.format(2), content[0], *content[5:]]
    yield usual(f"{lang}-titles-of-pages", text(pages), lang, aside=[(7, "footer"), (8, "repeated_header")])
    units = d.join(["", "texte", "€", "jj/mm/aaaa", ""] if lang == "fr" else ["", "text", "€", "yyyy-mm-dd", ""])
    yield usual(f"{lang}-units", text([content[0], units, *content[1:]]), lang, aside=[(2, "repeated_header")])
    yield usual(f"{lang}-cp850-few-accents", text([line.replace("°", "o") for line in content], "\r\n", "cp850"), lang,
                encoding="cp850", header=[name.replace("°", "o") for name in HEADERS[lang]])  # fmt: skip
    yield usual(f"{lang}-fixed-width", text(_printed(lang)), lang, delimiter="blanks", notes=["fixed width"])
    yield usual(f"{lang}-fixed-width-empty-cells", text(_printed(lang, without=2)), lang, delimiter="blanks",
                rows=[(*row[:2], None if i == 2 else row[2], *row[3:]) for i, row in enumerate(TRUTH)])  # fmt: skip
    yield usual(f"{lang}-comment-inside", text([*content[:4], "# relance", *content[4:]]), lang,
                aside=[(5, "comment")])  # fmt: skip
    yield usual(f"{lang}-blank-lines", text([content[0], "", *content[1:4], "  ", *content[4:], "", "", ""]), lang)
    yield usual(f"{lang}-empty-rows", text([*content, d * 4, d * 4]), lang, aside=[(10, "empty"), (11, "empty")])
    yield usual(f"{lang}-trailing-separator", text([line + d for line in content]), lang)
    yield usual(f"{lang}-trailing-separators-rows", text([content[0], *(line + d * 2 for line in content[1:])]), lang)
    yield usual(f"{lang}-padded-cells", text([f" {d} ".join(line.split(d)) + "  " for line in content]), lang)
    nbsp = text([f"\u00a0{d}\u00a0".join(line.split(d)) for line in content])
    yield usual(f"{lang}-padded-nbsp", nbsp, lang)


def _ragged(lang: Lang) -> Iterator[Case]:
    d = SEPARATOR[lang]
    content = lines(lang, d)
    short = [*content[:3], d.join(content[3].split(d)[:4]), *content[4:]]
    rows = [*TRUTH[:2], (*TRUTH[2][:4], None), *TRUTH[3:]]
    yield usual(f"{lang}-short-row", text(short), lang, rows=rows, notes=["1 line shorter"])
    one = [*content[:3], "C003", *content[4:]]
    yield usual(
        f"{lang}-one-cell-row", text(one), lang, rows=[*TRUTH[:2], ("C003", None, None, None, None), *TRUTH[3:]]
    )
    long = [*content[:3], content[3] + d + "x" + d + "y", *content[4:]]
    yield usual(f"{lang}-long-row", text(long), lang, rows=[*TRUTH[:2], *TRUTH[3:]], aside=[(4, "too_many_cells")])
    longs = [*content[:2], *(line + d + "x" for line in content[2:5]), *content[5:]]
    yield usual(f"{lang}-long-rows", text(longs), lang, rows=[TRUTH[0], *TRUTH[4:]],
                aside=[(3, "too_many_cells"), (4, "too_many_cells"), (5, "too_many_cells")])  # fmt: skip
    empties = [*content[:3], content[3] + d * 3, *content[4:]]
    yield usual(f"{lang}-long-but-empty", text(empties), lang)
    cut = text(content)[: -len(text(content[-1:])) + 6]
    yield usual(f"{lang}-truncated", cut, lang, rows=[*TRUTH[:-1], ("C008", "\ufffd", None, None, None)])


def _quoting(lang: Lang) -> Iterator[Case]:
    d = SEPARATOR[lang]
    content = lines(lang, d)
    whole = [d.join(f'"{cell}"' for cell in line.split(d)) for line in content]
    yield usual(f"{lang}-all-quoted", text(whole), lang)
    yield usual(f"{lang}-all-quoted-crlf-spaces", text([line.replace(d, f"{d} ") for line in whole], "\r\n"), lang)
    yield usual(f"{lang}-single-quotes", text([line.replace('"', "'").replace("d'achat", "d''achat") for line in whole]),
                lang)  # fmt: skip

    def named(name: str, raw: str) -> tuple[bytes, list[tuple[object, ...]]]:
        row = cells(TRUTH[2], lang)
        changed = [*content[:3], d.join([row[0], raw, *row[2:]]), *content[4:]]
        return text(changed), [*TRUTH[:2], (TRUTH[2][0], name, *TRUTH[2][2:]), *TRUTH[3:]]

    for word, name, raw in (
        ("newline", "Chloé\nDûment", '"Chloé\nDûment"'), ("three-newlines", "a\n\nb\nc", '"a\n\nb\nc"'),
        ("separator-inside", f"Dûment{d} Chloé", f'"Dûment{d} Chloé"'), ("doubled", 'Chloé "Cléo"', '"Chloé ""Cléo"""'),
        ("inch", 'TV 32" écran', 'TV 32" écran'), ("inch-quoted", 'TV 32" écran', '"TV 32" écran"'),
        ("unclosed", '"Chloé', '"Chloé'), ("empty-quoted", None, '""'), ("only-quote", '"', '"'),
        ("quote-then-blank", "Chloé", '"Chloé"  '), ("backslash", r"C:\Chloé", r"C:\Chloé"),
        ("formula", "=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0"), ("html", "<img src=x>", "<img src=x>"),
        ("emoji", "Chloé 🎉", "Chloé 🎉"), ("apostrophe", "L'Oréal", "L'Oréal"),
    ):  # fmt: skip
        data, rows = named(name, raw)  # type: ignore[arg-type]
        yield usual(f"{lang}-quote-{word}", data, lang, rows=rows)
    escaped = [*whole[:3], whole[3].replace("Chloé Dûment", r"Chloé \"Cléo\" Dûment"), *whole[4:]]
    rows = [*TRUTH[:2], (TRUTH[2][0], 'Chloé "Cléo" Dûment', *TRUTH[2][2:]), *TRUTH[3:]]
    yield usual(f"{lang}-backslash-quotes", text(escaped), lang, rows=rows)
    wrapped = ['"' + line.replace('"', '""') + '"' for line in content]
    yield usual(f"{lang}-wrapped-lines", text(wrapped), lang)
    yield usual(f"{lang}-wrapped-lines-in-a-first-column", text([line + d * 4 for line in wrapped]), lang)
    other = {";": ",", ",": ";"}[d]
    yield usual(f"{lang}-wrapped-lines-cut-otherwise", text([line + other * 2 for line in wrapped]), lang)


def _headers(lang: Lang) -> Iterator[Case]:
    d = SEPARATOR[lang]
    content = lines(lang, d)

    def titled(word: str, raw: list[str], names: list[str], **more: object) -> Case:
        return usual(f"{lang}-header-{word}", text([d.join(raw), *content[1:]]), lang, header=names, **more)

    yield titled("duplicates", ["id", "nom", "nom", "NOM", "x"], ["id", "nom", "nom_2", "NOM_3", "x"],
                 notes=["2 columns unnamed"])  # fmt: skip
    yield titled("empty", ["id", "", "", "date", ""], ["id", "column_2", "column_3", "date", "column_5"])
    yield titled("padded", [" id ", "\u00a0nom", "montant\t" if d != "\t" else "montant", "date  d'achat", "x"],
                 ["id", "nom", "montant", "date d'achat", "x"])  # fmt: skip
    yield titled("newline", ["id", '"Nom\ncomplet"', "montant", "date", "x"],
                 ["id", "Nom complet", "montant", "date", "x"])  # fmt: skip
    yield titled("sql", ["id", "\"x'); DROP TABLE t0; --\"", '"a""b"', "SELECT", "c0"],
                 ["id", "x'); DROP TABLE t0; --", 'a"b', "SELECT", "c0"])  # fmt: skip
    yield titled(
        "bidi", ["id", "nom\u202eexe", "mon\u200btant", "da\x07te", "x"], ["id", "nomexe", "montant", "date", "x"]
    )
    yield titled("long", ["id", "n" * 300, "montant", "date", "x"], ["id", "n" * 120, "montant", "date", "x"])
    yield titled("markdown", ["id", "![a](https://x/?q)", "montant", "date", "x"],
                 ["id", "![a](https://x/?q)", "montant", "date", "x"])  # fmt: skip
    none = Case(f"{lang}-no-header", text(content[1:]), header=[f"column_{i}" for i in range(1, 6)], types=TYPES,
                rows=TRUTH, notes=["No column headings"])  # fmt: skip
    yield none
    yield Case(f"{lang}-header-only", text(content[:1]), header=HEADERS[lang], types=["empty"] * 5, rows=[])
    yield Case(f"{lang}-one-row", text(content[:2]), header=HEADERS[lang], rows=1)


def _only_one_language() -> Iterator[Case]:
    yield Case("years-as-header", b"client;2022;2023;2024\nA;12,5;13,0;15\nB;1,5;0;2,25\nC;0,1;1;3\n",
               header=["client", "2022", "2023", "2024"], types=["category", "number", "number", "number"],
               rows=[("A", 12.5, 13.0, 15.0), ("B", 1.5, 0.0, 2.25), ("C", 0.1, 1.0, 3.0)])  # fmt: skip
    yield Case("one-column-decimals", b"montant\n0,5\n1,5\n12,75\n", header=["montant"], types=["number"],
               rows=[(0.5,), (1.5,), (12.75,)])  # fmt: skip
    yield Case("one-column-no-header", b"0,5\n1,5\n12,75\n", header=["column_1"], types=["number"],
               rows=[(0.5,), (1.5,), (12.75,)])  # fmt: skip
    yield Case("one-column-mails", b"email\na@x.fr\nb@x.fr\n", header=["email"], rows=[("a@x.fr",), ("b@x.fr",)])
    yield Case("one-column-blank-lines", b"id\nA1\n\nA2\n\n\nA3\n", header=["id"], rows=[("A1",), ("A2",), ("A3",)])
    yield Case("blank-separated", b" customer_id  date number value\n 00001 19970101  1   11.77\n 00002 19970112  5"
               b"   77.00\n 00002 19970112  1   12.00\n", header=["customer_id", "date", "number", "value"],
               rows=3, delimiter="blanks")  # fmt: skip
    yield Case("blank-separated-no-header", b" 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2   29.73\n"
               b" 00021 0002 19970101  3   63.34\n 00050 0003 19970101  1    6.79\n",
               header=[f"column_{i}" for i in range(1, 6)], rows=4, delimiter="blanks")  # fmt: skip
    yield Case("comma-in-semicolon", b"nom;note\nDupont, Jean;4,5\nMartin, Anne;3,5\nLopez, Eva;2,0\n",
               header=["nom", "note"],
               rows=[("Dupont, Jean", 4.5), ("Martin, Anne", 3.5), ("Lopez, Eva", 2.0)])  # fmt: skip
    yield Case("decimals-and-tabs", b"a\tb\n1,5\t2,5\n3,25\t4,75\n", header=["a", "b"], types=["number", "number"],
               rows=[(1.5, 2.5), (3.25, 4.75)])  # fmt: skip
    yield Case("all-decimals", b"a;b;c\n1,5;2,5;3,5\n1,25;2,75;3,1\n", header=["a", "b", "c"],
               rows=[(1.5, 2.5, 3.5), (1.25, 2.75, 3.1)])  # fmt: skip
    yield Case("column-without-a-name", b"client,total\nA,12.5,3\nB,13.5,4\n", header=["client", "total", "column_3"],
               rows=[("A", 12.5, 3), ("B", 13.5, 4)])  # fmt: skip
    yield Case("list-in-a-cell", b'id,add ons,total\n1,"A,B,C",3.5\n2,A,1.0\n3,"B,C",2\n',
               header=["id", "add ons", "total"], rows=[(1, "A,B,C", 3.5), (2, "A", 1.0), (3, "B,C", 2.0)])  # fmt: skip
    yield Case("json-flat", json.dumps([
        {"N° client": "C001", "Montant payé": 12.5, "Date d'achat": "2025-01-31", "Fidélité": True, "note": 'de "Zoé"; deux\nlignes'},
        {"N° client": "C002", "Montant payé": 0.10, "Date d'achat": "2025-02-14", "Fidélité": False, "note": None},
        {"N° client": "C003", "Montant payé": 1234567, "Date d'achat": "2025-03-01", "Fidélité": True},
    ], ensure_ascii=False, indent=1).encode("utf-8-sig"), file="export.json",
        header=["N° client", "Montant payé", "Date d'achat", "Fidélité", "note"], types=["category", "number", "date", "flag", "category"],
        rows=[("C001", 12.5, date(2025, 1, 31), True, 'de "Zoé"; deux\nlignes'), ("C002", 0.1, date(2025, 2, 14), False, None),
              ("C003", 1234567.0, date(2025, 3, 1), True, None)], encoding="json")  # fmt: skip
    yield Case("json-oversized-cell", json.dumps([{"id": f"C{n}", "note": "x" * (300_000 if n == 1 else 3)} for n in range(4)]).encode(),
               file="export.json", header=["id", "note"], rows=3, aside=[(3, "cell_too_long")], encoding="json")  # fmt: skip
    yield Case("json-in-a-cell", b'id;meta\n1;"{""a"": 1, ""b"": [2;3]}"\n2;"{}"\n', header=["id", "meta"],
               rows=[(1, '{"a": 1, "b": [2;3]}'), (2, "{}")])  # fmt: skip
    yield Case(
        "bracketed-header", b"[id];[nom]\n1;Zoe\n2;Eva\n", header=["[id]", "[nom]"], rows=[(1, "Zoe"), (2, "Eva")]
    )
    yield Case("id-at-start", b"ID3,Name\n1,Zoe\n2,Eva\n", header=["ID3", "Name"], rows=[(1, "Zoe"), (2, "Eva")])
    wide = ";".join(f"c{i}" for i in range(500)) + "\n" + ";".join(str(i) for i in range(500)) + "\n"
    yield Case("500-columns", wide.encode(), rows=1)
