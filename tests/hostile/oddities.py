"""Files whose shape is odd: two lines of headings, several tables, drawn tables, sums without a word, accents encoded twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.hostile.case import HEADERS, TRUTH, Case, Lang, lines, text, usual
from tests.hostile.layouts import LANGS, SEPARATOR

DAY, NEXT = date(2025, 1, 31), date(2025, 2, 1)


def all_cases() -> Iterator[Case]:
    """Every case of this module."""
    for lang in LANGS:
        yield from _headings(lang)
        yield from _several(lang)
        yield from _drawn(lang)
        yield from _ends(lang)
    yield from _accents()


def _headings(lang: Lang) -> Iterator[Case]:
    d, words = SEPARATOR[lang], ("CA", "Nb") if lang == "fr" else ("Sales", "Orders")
    decimal = "," if lang == "fr" else "."
    rows = [(1, 12.5, 3, 14.0, 2), (2, 13.5, 1, 11.25, 4), (3, 1.5, 2, 0.0, 1)]
    body = [d.join(str(cell).replace(".", decimal) for cell in row) for row in rows]
    years = [d.join(["id", "2023", "", "2024", ""]), d.join(["", *words, *words]), *body]
    names = ["id", *(f"{year} {word}" for year in (2023, 2024) for word in words)]
    yield Case(f"{lang}-headings-under-years", text(years), header=names, rows=rows)
    repeated = [d.join(["id", "2023", "2023", "2024", "2024"]), *years[1:]]
    yield Case(f"{lang}-headings-under-repeated-years", text(repeated), header=names, rows=rows)
    days = [f"01/0{month}/2025" if lang == "fr" else f"2025-0{month}-01" for month in range(1, 5)]
    yield Case(f"{lang}-headings-are-days", text([d.join(["id", *days]), *body]), header=["id", *days], rows=rows)
    content = lines(lang, d)
    above = d.join(["Client", "Client", "Achat", "Achat", "Programme"])
    yield usual(f"{lang}-headings-under-groups", text([above, *content]), lang)
    yield usual(f"{lang}-headings-under-sparse-groups", text([d.join(["Client", "", "Achat", "", ""]), *content]), lang)
    yield usual(f"{lang}-headings-on-each-page", text([*content[:4], "Page 1/2", content[0], *content[4:], "Page 2/2"]), lang,
                aside=[(5, "footer"), (6, "repeated_header"), (12, "footer")])  # fmt: skip
    mark = "\ufeff"
    yield usual(f"{lang}-headings-of-two-files-glued", text([*content[:4], mark + content[0], *content[4:]]), lang,
                aside=[(5, "repeated_header")])  # fmt: skip
    shouted = [*content[:4], content[0].upper(), *content[4:]]
    yield usual(f"{lang}-headings-in-capitals-of-two-files-glued", text(shouted), lang, aside=[(5, "repeated_header")])
    yield usual(f"{lang}-headings-of-a-file-glued-without-a-line-end", text([*content[:3], content[3] + content[0], *content[4:]]), lang)
    other = "\t"
    glued = [*content[:5], *(line.replace(d, other) for line in (content[0], *content[5:]))]
    yield usual(f"{lang}-headings-of-two-files-glued-cut-otherwise", text(glued), lang, aside=[(6, "repeated_header")])
    order = (1, 0, 3, 2, 4)
    turned = [d.join(line.split(d)[i] for i in order) for line in (content[0], *content[5:])]
    yield Case(f"{lang}-headings-in-another-order-glued", text([*content[:5], *turned]), header=HEADERS[lang], rows=TRUTH[:4], others=[4],
               notes=["1 other table further down"])  # fmt: skip
    for i, again in enumerate((("cust_id", "cust_name", "amt", "buy_dt", "loyal"), ("required", "required", "required", "required", "optional"),
                               ("#", "abc", "en €", "jj/mm/aaaa", ""))):  # fmt: skip
        yield usual(f"{lang}-headings-named-again-{i}", text([content[0], d.join(again), *content[1:]]), lang, aside=[(2, "repeated_header")])
    protected = [content[0], *(f'="{line.split(d)[0]}"' + line[line.index(d) :] for line in content[1:])]
    yield usual(f"{lang}-codes-kept-from-excel", text(protected), lang)


def _several(lang: Lang) -> Iterator[Case]:
    d = SEPARATOR[lang]
    content = lines(lang, d)
    shops = [d.join(row) for row in (("magasin", "ville"), ("M1", "Lyon"), ("M2", "Paris"))]
    told = ["1 other table further down"]
    yield usual(f"{lang}-second-table", text([*content, "", *shops]), lang, others=[2], notes=told)
    yield usual(f"{lang}-second-table-with-a-title", text([*content, "", "Magasins", *shops]), lang, others=[2], notes=told)
    same = [d.join(row) for row in (("magasin", "ville", "zone", "chef", "état"), ("M1", "Lyon", "Sud", "Zoé", "neuf"))]
    yield usual(f"{lang}-second-table-as-wide", text([*content, "", *same]), lang, others=[1], notes=told)
    more = [d.join([content[0], "ville"]), *(d.join([line, "Lyon"]) for line in content[1:4])]
    yield usual(f"{lang}-second-export-with-a-column-more", text([*content, *more]), lang, others=[3], notes=told)
    gaps = [content[0], content[1], "", *content[2:5], "", *content[5:]]
    yield usual(f"{lang}-one-table-with-gaps", text(gaps), lang)
    hole = d.join(["C009", "Zoé", "NC", "NC", "NC"])
    yield Case(f"{lang}-row-of-words-after-a-gap", text([*content, "", hole, content[1]]), header=HEADERS[lang], rows=10)


def _drawn(lang: Lang) -> Iterator[Case]:
    rows = [("A1", "Zoé", 12.5), ("A2", "Max", 13.5), ("A3", "Lou", 1.0)]
    name = "nom" if lang == "fr" else "name"
    cells = [("id", name, "total"), *((a, b, f"{c:.2f}") for a, b, c in rows)]
    lined = [" | ".join(row) for row in cells]
    more = {"header": ["id", name, "total"], "rows": rows}
    foot = "(3 lignes)" if lang == "fr" else "(3 rows)"
    yield Case(f"{lang}-drawn-psql", text([" " + lined[0], "----+-----+------", *(f" {line}" for line in lined[1:]), foot]),
               aside=[(6, "footer")], **more)  # fmt: skip
    frame, framed = "+----+-----+-------+", [f"| {line} |" for line in lined]
    yield Case(f"{lang}-drawn-mysql", text([frame, framed[0], frame, *framed[1:], frame]), **more)
    yield Case(f"{lang}-drawn-markdown", text([framed[0], "|---|---|---:|", *framed[1:]]), **more)
    for word, d in (("bars", "||"), ("colons", ";;"), ("tabs", "\t\t")):
        yield Case(f"{lang}-separator-twice-{word}", text([d.join(row) for row in cells]), delimiter=d, **more)
    quoted = ["id " + name + " total", *(f'{a} "{b} B." {c:.2f}' for a, b, c in rows)]
    yield Case(f"{lang}-blanks-and-quotes", text(quoted), header=["id", name, "total"], delimiter="blanks",
               rows=[(a, f"{b} B.", c) for a, b, c in rows])  # fmt: skip


def _ends(lang: Lang) -> Iterator[Case]:
    d = SEPARATOR[lang]
    content = lines(lang, d)
    money = "11669,75" if lang == "fr" else "11669.75"
    yield usual(f"{lang}-sums-without-a-word", text([*content, d.join(["", "", money, "", ""])]), lang, aside=[(10, "total")])
    small = "12,50" if lang == "fr" else "12.50"
    yield usual(f"{lang}-last-sale-of-nobody", text([*content, d.join(["", "", small, "", ""])]), lang,
                rows=[*TRUTH, (None, None, 12.5, None, None)])  # fmt: skip
    count = "Nombre de lignes : 8" if lang == "fr" else "Number of rows: 8"
    yield usual(f"{lang}-count-line-with-separators", text([*content, count + d * 4]), lang, aside=[(10, "footer")])
    called = content[1].replace("C001", "Total")
    yield usual(f"{lang}-customer-called-total", text([*content, called]), lang, rows=[*TRUTH, ("Total", *TRUTH[0][1:])])
    yield usual(f"{lang}-stray-returns-at-the-end", text(content) + b"\r\r\r", lang)
    yield usual(f"{lang}-old-end-of-file", text(content) + b"\x1a", lang)
    keyless = d.join(["", *content[1].split(d)[1:]])
    yield usual(f"{lang}-last-row-without-a-key", text([*content, keyless]), lang, rows=[*TRUTH, (None, *TRUTH[0][1:])])


def _accents() -> Iterator[Case]:
    for lang in LANGS:
        content = "\r\n".join(lines(lang, SEPARATOR[lang])) + "\r\n"
        for name in ("cp1252", "latin-1"):
            if name == "cp1252" and not _survives(content, name):
                continue
            twice = content.encode().decode(name).encode()
            yield usual(f"{lang}-accents-encoded-twice-{name}", twice, lang, notes=["Garbled accents"])
    euro = "\n".join(lines("fr", ";")).replace("12,50", "12,50 €").replace("0,99", "0,99 €") + "\n"
    yield usual("fr-latin-9-euro", euro.encode("iso-8859-15"), "fr", encoding="iso-8859-15",
                habit={HEADERS["fr"][2]: ("currency:EUR",)})  # fmt: skip
    yield Case("fr-latin-9-ligature", "id;plat;prix\n1;Bœuf;12,5\n2;Œuf;3,5\n".encode("iso-8859-15"),
               rows=[(1, "Bœuf", 12.5), (2, "Œuf", 3.5)])  # fmt: skip
    portuguese = "id;nome;ação\n1;NÃO;SÃO PAULO\n2;JOÃO;ÂNGELA\n"
    yield Case("accents-of-portuguese", portuguese.encode(), rows=[(1, "NÃO", "SÃO PAULO"), (2, "JOÃO", "ÂNGELA")])


def _survives(content: str, encoding: str) -> bool:
    try:
        content.encode().decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
