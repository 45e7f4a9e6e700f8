"""Reports rather than tables: blocks named once, sums among the rows, tables on their side or stacked; and tables that only look so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tests.hostile.case import HEADERS, TRUTH, Case, Lang, cells, lines, text, usual
from tests.hostile.layouts import LANGS, SEPARATOR

FILLED = "Columns filled only where each block begins"


def all_cases() -> Iterator[Case]:
    """Every case of this module."""
    for lang in LANGS:
        yield from _filled_once(lang)
        yield from _left_empty(lang)
        yield from _sums(lang)
        yield from _unmarked_sums(lang)
        yield from _stacked(lang)
        yield from _turned(lang)
        yield from _headings(lang)
        yield from _cut_otherwise(lang)
        yield from _feet(lang)
        yield from _grouped(lang)
        yield from _around(lang)
    yield from _weekdays()


def _table(lang: Lang, *rows: Sequence[object]) -> bytes:
    d = SEPARATOR[lang]
    return text([d.join("" if cell is None else str(cell) for cell in row) for row in rows])


def _filled_once(lang: Lang) -> Iterator[Case]:
    names = ("Magasin", "Mois", "Produit", "CA") if lang == "fr" else ("Store", "Month", "Product", "Sales")
    jan, feb = ("janvier", "février") if lang == "fr" else ("January", "February")
    whole = [("Lyon", jan, "A", 10), ("Lyon", jan, "B", 12), ("Lyon", feb, "A", 9), ("Lyon", feb, "B", 4), ("Nice", jan, "A", 7),
             ("Nice", jan, "B", 8), ("Nice", feb, "A", 2), ("Nice", feb, "C", 5)]  # fmt: skip
    once = [("Lyon", jan, "A", 10), ("", "", "B", 12), ("", feb, "A", 9), ("", "", "B", 4), ("Nice", jan, "A", 7),
            ("", "", "B", 8), ("", feb, "A", 2), ("", "", "C", 5)]  # fmt: skip
    yield Case(f"{lang}-report-blocks-named-once", _table(lang, names, *once), header=names, rows=whole, notes=[FILLED, "(10 cells)"])
    one = [(shop, product, n) for shop, _, product, n in once[:2] + once[4:6] + [("Pau", "", "A", 3), ("", "", "B", 1)]]
    yield Case(f"{lang}-report-shop-named-once", _table(lang, (names[0], *names[2:]), *one), notes=[FILLED],
               rows=[("Lyon", "A", 10), ("Lyon", "B", 12), ("Nice", "A", 7), ("Nice", "B", 8), ("Pau", "A", 3), ("Pau", "B", 1)])  # fmt: skip
    total = "Total Lyon" if lang == "fr" else "Lyon Total"
    other = "Total Nice" if lang == "fr" else "Nice Total"
    summed = [*once[:4], (total, "", "", 35), *once[4:], (other, "", "", 22), ("Total", "", "", 57)]
    yield Case(f"{lang}-report-blocks-and-sums", _table(lang, names, *summed), header=names, rows=whole, notes=[FILLED],
               aside=[(6, "total"), (11, "total"), (12, "total")])  # fmt: skip
    order = ("Name", "Email", "Paid at", "Total", "Lineitem name", "Lineitem price")
    sold = [("#1", "a@x.fr", "2025-01-31", 30, "Mug", 10), ("#1", "", "", "", "Bol", 20), ("#2", "b@x.fr", "2025-02-01", 5, "Mug", 5),
            ("#3", "c@x.fr", "2025-02-02", 15, "Mug", 10), ("#3", "", "", "", "Sac", 5)]  # fmt: skip
    day = [date(2025, 1, 31), date(2025, 2, 1), date(2025, 2, 2)]
    yield Case(f"{lang}-report-order-told-once", _table(lang, order, *sold), header=order, notes=[FILLED, "“Email” and “Paid at”"],
               rows=[("#1", "a@x.fr", day[0], 30, "Mug", 10), ("#1", "a@x.fr", day[0], None, "Bol", 20), ("#2", "b@x.fr", day[1], 5, "Mug", 5),
                     ("#3", "c@x.fr", day[2], 15, "Mug", 10), ("#3", "c@x.fr", day[2], None, "Sac", 5)])  # fmt: skip


def _left_empty(lang: Lang) -> Iterator[Case]:
    """Blanks that mean that there is nothing."""
    def as_it_is(name: str, *rows: Sequence[object]) -> Case:
        expected = [tuple(cell or None for cell in row) for row in rows[1:]]
        return Case(f"{lang}-blanks-{name}", _table(lang, *rows), header=[str(cell) for cell in rows[0]], rows=expected)

    people = ("Zoé", "Max", "Lou", "Ana", "Tim", "Eva", "Noé", "Léa")
    firms = ("ACME", "", "", "Bata", "", "Cora", "", "")
    yield as_it_is("firm-of-some", ("société", "nom", "ville"), *zip(firms, people, ["Lyon", "Nice"] * 4, strict=True))
    mails = ("a@x.fr", "", "", "b@x.fr", "", "c@x.fr", "", "")
    yield as_it_is("mail-of-some", ("nom", "email", "ville"), *zip(people, mails, ["Lyon", "Nice"] * 4, strict=True))
    titles = ("Mme", "", "", "M.", "", "Mme", "", "")
    yield as_it_is("title-of-some", ("civilité", "nom", "ville"), *zip(titles, people, ["Lyon", "Nice"] * 4, strict=True))
    codes = ("PROMO1", "", "", "PROMO2", "", "", "PROMO3", "")
    who = ("#1", "#1", "#2", "#2", "#3", "#3", "#4", "#4")
    yield as_it_is("code-of-some-lines", ("order", "code", "item"), *zip(who, codes, people, strict=True))
    new = [(f"C{i // 2:02}", "" if i % 2 else "x", people[i % 8]) for i in range(30)]
    yield as_it_is("tick-on-first-purchases", ("client", "nouveau", "item"), *new)
    notes = ("", "fragile", "", "urgent", "", "", "", "")
    yield as_it_is("note-of-the-second-line", ("order", "note", "item"), *zip(who, notes, people, strict=True))


def _sums(lang: Lang) -> Iterator[Case]:
    names = ("Magasin", "Produit", "Qté", "CA") if lang == "fr" else ("Store", "Product", "Qty", "Sales")
    rows = [("Lyon", "A", 1, 10), ("Lyon", "B", 2, 12), ("Nice", "A", 1, 5), ("Nice", "B", 1, 4)]
    for word, first, second in (
        ("before", "Sous-total Lyon" if lang == "fr" else "Subtotal Lyon", "Sous-total Nice" if lang == "fr" else "Subtotal Nice"),
        ("after", "Lyon Total", "Nice Total"), ("total", "Total Lyon", "Total Nice"),
    ):  # fmt: skip
        data = _table(lang, names, *rows[:2], (first, "", 3, 22), *rows[2:], (second, "", 2, 9), ("Total", "", 5, 31))
        yield Case(f"{lang}-sums-of-blocks-{word}", data, header=names, rows=rows, aside=[(4, "total"), (7, "total"), (8, "total")])
    beside = _table(lang, names, *rows[:2], ("Lyon", "Total", 3, 22), *rows[2:], ("Nice", "Total", 2, 9))
    yield Case(f"{lang}-sums-of-blocks-beside", beside, header=names, rows=rows, aside=[(4, "total"), (7, "total")])
    counted = _table(lang, names, *rows[:2], ("Total Lyon", "2 ref.", 3, 22), *rows[2:], ("Total Nice", "2 ref.", 2, 9))
    yield Case(f"{lang}-sums-of-blocks-whole", counted, header=names, rows=rows, aside=[(4, "total"), (7, "total")])
    stations = [("Total Access", "A", 7, 90), ("Total Access", "B", 2, 12), ("Total Relais", "A", 1, 5), ("Bata", "B", 1, 4), ("Total Nord", "A", 2, 9)]
    yield Case(f"{lang}-firms-that-begin-with-total", _table(lang, names, *stations), header=names, rows=stations)
    plans = [("Lyon", "Total", 7, 90), ("Lyon", "Basic", 2, 12), ("Nice", "Total", 1, 5), ("Nice", "Basic", 1, 4), ("Pau", "Total", 3, 41)]
    yield Case(f"{lang}-plan-called-total", _table(lang, names, *plans), header=names, rows=plans)
    firms = [("Dupont Total", "A", 7, 90), ("Bata", "B", 2, 12), ("Station Total", "A", 1, 5), ("Cora", "B", 1, 4)]
    yield Case(f"{lang}-firms-that-end-in-total", _table(lang, names, *firms), header=names, rows=firms)


def _unmarked_sums(lang: Lang) -> Iterator[Case]:
    """Sums under words nobody listed, or none: known because they add up, each time."""
    names = ("Magasin", "Produit", "Qté", "CA") if lang == "fr" else ("Store", "Product", "Qty", "Sales")
    lyon, nice = [("Lyon", "A", 1, 10), ("Lyon", "B", 2, 12.5), ("Lyon", "C", 2, -2)], [("Nice", "A", 1, 5), ("Nice", "B", 1, 4)]
    for i, (first, second) in enumerate((
        (("S/T Lyon", "", "", 20.5), ("S/T Nice", "", "", 9)), (("", "", "", 20.5), ("", "", "", 9)), (("", "Solde", "", 20.5), ("", "Solde", "", 29.5)),
    )):  # fmt: skip
        yield Case(f"{lang}-sums-unmarked-{i}", _table(lang, names, *lyon, first, *nice, second), header=names, rows=[*lyon, *nice],
                   aside=[(5, "total"), (8, "total")])  # fmt: skip
    forward = [("À reporter", "", "", 20.5), names, ("Report", "", "", 20.5)] if lang == "fr" else [("Carried forward", "", "", 20.5), names, ("Brought forward", "", "", 20.5)]
    yield Case(f"{lang}-sums-carried-forward", _table(lang, names, *lyon, *forward, *nice), header=names, rows=[*lyon, *nice],
               aside=[(5, "total"), (6, "repeated_header"), (7, "total")])  # fmt: skip
    nobody = [("", "", "", 7.5), ("", "", "", 11)]
    yield Case(f"{lang}-sales-of-nobody", _table(lang, names, *lyon, nobody[0], *nice, nobody[1], *lyon), header=names,
               rows=[*lyon, (None, None, None, 7.5), *nice, (None, None, None, 11), *lyon])  # fmt: skip
    many = [(1000 + n, f"2025-01-{n:02d}", f"C{n % 3}", 10 + n) for n in range(1, 9)]
    heads, total = ("N°", "Date", "Client", "CA") if lang == "fr" else ("No", "Date", "Customer", "Sales"), sum(row[3] for row in many)
    kept = [(row[0], date(2025, 1, n), *row[2:]) for n, row in enumerate(many, start=1)]
    for i, feet in enumerate((
        [("Total", "", "", total), ("TVA 20 %", "", "", 19.33), ("Net", "", "", 96.67)], [("8 commandes" if lang == "fr" else "8 orders", "", "", total)],
        [("Total", "", "", total), ("Moyenne" if lang == "fr" else "Mean", "", "", 14.5), ("Nb", "", "", 8)],
    )):  # fmt: skip
        data = _table(lang, heads, *many, *feet)
        yield Case(f"{lang}-feet-in-words-{i}", data, header=heads, rows=kept,
                   aside=[(10 + n, "total" if row[0] in ("Total", "Moyenne", "Mean") else "footer") for n, row in enumerate(feet)])  # fmt: skip
    coded = [(f"FA{row[0]}", *row[1:]) for row in many]
    feet = [("Total", "", "", total), ("TVA 20 %", "", "", 19.33), ("Remise client", "", "", -3)]
    yield Case(f"{lang}-feet-under-codes", _table(lang, heads, *coded, *feet), header=heads, rows=[(f"FA{row[0]}", *row[1:]) for row in kept],
               aside=[(10, "total"), (11, "footer"), (12, "footer")])  # fmt: skip


def _stacked(lang: Lang) -> Iterator[Case]:
    fr = lang == "fr"
    clients = [("id", "nom", "ville"), (1, "Zoé", "Lyon"), (2, "Max", "Paris")]
    orders = [("num", "client", "date", "montant"), ("A1", 1, "2025-01-31", 12.5), ("A2", 2, "2025-02-01", 3), ("A3", 2, "2025-02-03", 4)]
    titles = ("Clients", "Commandes") if fr else ("Customers", "Orders")
    told = {"header": ["id", "nom", "ville"], "rows": [(1, "Zoé", "Lyon"), (2, "Max", "Paris")], "others": [3], "notes": ["1 other table "]}
    yield Case(f"{lang}-stacked-with-titles", _table(lang, titles[:1], *clients, (), titles[1:], *orders), **told)
    yield Case(f"{lang}-stacked-without-titles", _table(lang, *clients, (), *orders), **told)
    wide = [row + ("",) * (4 - len(row)) for row in (titles[:1], *clients, (), titles[1:], *orders)]
    yield Case(f"{lang}-stacked-padded", _table(lang, *wide), aside=[(5, "empty")], **told)
    three = _table(lang, titles[:1], *clients, (), titles[1:], *orders, (), ("Magasins",), ("code", "zone"), ("M1", "Sud"))
    yield Case(f"{lang}-stacked-three", three, **{**told, "others": [3, 1], "notes": ["2 other tables"]})
    page = [("Compte" if fr else "Account", "Demo"), ("Devise" if fr else "Currency", "EUR"), ("Du" if fr else "From", "2025-01-01")]
    bank = [("Date", "Description", "Gross", "Fee", "Net"), ("2025-01-03", "Payment", 10, 0.5, 9.5), ("2025-01-04", "Payment", 20, 0.8, 19.2)]
    kept = [(date(2025, 1, 3), "Payment", 10, 0.5, 9.5), (date(2025, 1, 4), "Payment", 20, 0.8, 19.2)]
    summary = [("Résumé" if fr else "Summary",), ("Gross", 30), ("Fees", 1.3)]
    yield Case(f"{lang}-stacked-page-and-summary", _table(lang, *page, (), *bank, (), *summary), header=list(bank[0]), rows=kept,
               aside=[(9, "footer"), (10, "footer"), (11, "footer")], notes=["3 lines above"])  # fmt: skip
    yield Case(f"{lang}-gaps-of-separators", _table(lang, *bank, ("",) * 5, *bank[1:]), header=list(bank[0]), rows=kept * 2, aside=[(4, "empty")])


def _turned(lang: Lang) -> Iterator[Case]:
    columns = [list(HEADERS[lang]), *(cells(row, lang) for row in TRUTH)]
    yield usual(f"{lang}-table-on-its-side", _table(lang, *zip(*columns, strict=True)), lang, notes=["Table on its side"])
    mails = [["Nom", "Email", "Montant", "Date"], ["Zoé", "z@x.fr", 12, "2025-01-31"], ["Max", "m@x.fr", 13, "2025-02-01"]]
    yield Case(f"{lang}-table-on-its-side-of-two", _table(lang, *zip(*mails, strict=True)), header=mails[0], notes=["(2 rows)"],
               rows=[("Zoé", "z@x.fr", 12, date(2025, 1, 31)), ("Max", "m@x.fr", 13, date(2025, 2, 1))])  # fmt: skip
    yield Case(f"{lang}-as-many-rows-as-columns", _table(lang, *[row[:4] for row in columns[:5]]), header=HEADERS[lang][:4], rows=4)
    years = [("poste", "2022", "2023", "2024"), ("CA", 100, 120, 130), ("charges", 80, 90, 100), ("marge", 20, 30, 30), ("clients", 5, 6, 7)]
    yield Case(f"{lang}-accounts-by-year", _table(lang, *years), header=list(years[0]), rows=years[1:])
    words = [("question", "q1", "q2"), ("a", "oui", "non"), ("b", "non", "oui"), ("c", "oui", "oui"), ("d", "non", "non")]
    yield Case(f"{lang}-answers-in-words", _table(lang, *words), header=list(words[0]), rows=4)


def _headings(lang: Lang) -> Iterator[Case]:
    rows = [("Zoé", "Lyon", "M1", "Nice"), ("Max", "Nice", "M2", "Lyon"), ("Lou", "Pau", "M1", "Nice")]
    shop = "Magasin" if lang == "fr" else "Store"
    data = _table(lang, ("Client", "", shop, ""), ("Nom", "Ville", "Nom", "Ville"), *rows)
    yield Case(f"{lang}-headings-twice-under-groups", data, rows=rows, header=["Client Nom", "Client Ville", f"{shop} Nom", f"{shop} Ville"])
    lines_ = [("", "2023", "", "2024", ""), ("", "T1", "T2", "T1", "T2"), (shop, "CA", "CA", "CA", "CA")]
    sold = [("Lyon", 1, 2, 3, 4), ("Nice", 5, 6, 7, 8)]
    yield Case(f"{lang}-headings-of-three-lines", _table(lang, *lines_, *sold), rows=sold,
               header=[shop, "2023 T1 CA", "2023 T2 CA", "2024 T1 CA", "2024 T2 CA"])  # fmt: skip


def _cut_otherwise(lang: Lang) -> Iterator[Case]:
    d, other = SEPARATOR[lang], {"fr": "|", "en": ";"}[lang]
    content = lines(lang, d)
    yield usual(f"{lang}-headings-cut-otherwise", text([content[0].replace(d, other), *content[1:]]), lang)
    mixed = [*content[:4], *(line.replace(d, other) for line in content[4:6]), *content[6:]]
    yield usual(f"{lang}-rows-cut-otherwise", text(mixed), lang, notes=["2 lines separated otherwise"])
    last = [*content[:7], *(line.replace(d, other) for line in content[7:])]
    yield usual(f"{lang}-last-rows-cut-otherwise", text(last), lang, notes=["2 lines separated otherwise"])


def _feet(lang: Lang) -> Iterator[Case]:
    d = SEPARATOR[lang]
    two = [d.join(row) for row in (("id", "nom"), ("C1", "Zoé"), ("C2", "Max"))]
    for i, foot in enumerate(("1234 rows selected.", "Généré par CRM le 12/03/2026", "(2 lignes)", "Source : ERP", "Total : 2")):
        yield Case(f"{lang}-foot-of-two-columns-{i}", text([*two, foot]), rows=[("C1", "Zoé"), ("C2", "Max")],
                   aside=[(4, "footer")])  # fmt: skip
    yield Case(f"{lang}-last-row-of-two-columns-cut", text([*two, "C3"]), rows=[("C1", "Zoé"), ("C2", "Max"), ("C3", None)])
    repeated = [two[0], *(line for _ in range(3) for line in (*two[1:], two[0]))]
    yield Case(f"{lang}-headings-every-two-rows", text(repeated), rows=6, aside=[(n, "repeated_header") for n in (4, 7, 10)])
    last = [*lines(lang, d)[:8], d.join(["C008", "Max", *lines(lang, d)[8].split(d)[2:]])]
    yield usual(f"{lang}-last-row-called-max", text(last), lang, rows=[*TRUTH[:7], ("C008", "Max", *TRUTH[7][2:])])
    sold = [("nom", "n", "ca"), ("Zoé", 1, 10.5), ("Eva", 2, 20), ("Max", 3, 4)]
    yield Case(f"{lang}-customer-called-max", _table(lang, *sold), rows=sold[1:])


def _grouped(lang: Lang) -> Iterator[Case]:
    d, shop = SEPARATOR[lang], "Magasin" if lang == "fr" else "Store"
    content, pad = lines(lang, d), d * 4
    groups = [content[0], f"{shop} Lyon{pad}", *content[1:4], f"{shop} Nice{pad}", *content[4:]]
    rows = [(*row, f"{shop} {'Lyon' if i < 3 else 'Nice'}") for i, row in enumerate(TRUTH)]
    more = {"header": [*HEADERS[lang], shop], "rows": rows, "aside": [(2, "group"), (6, "group")], "notes": ["Titles of groups among the rows"]}
    yield Case(f"{lang}-titles-of-groups", text(groups), **more)
    yield Case(f"{lang}-titles-of-groups-alone", text([line.removesuffix(pad) for line in groups]), **more)
    spaced = [*groups[:5], "", *groups[5:]]
    yield Case(f"{lang}-titles-of-groups-apart", text(spaced), **{**more, "aside": [(2, "group"), (7, "group")]})
    sold = [("Client", "Date", "Montant"), ("Lyon", "", ""), ("Zoé", "2025-01-03", 12), ("Eva", "2025-01-04", 13), ("Total Lyon", "", 25),
            ("Nice", "", ""), ("Lou", "2025-02-03", 4), ("Ana", "2025-02-05", 7), ("Total Nice", "", 11)]  # fmt: skip
    rows = [("Zoé", date(2025, 1, 3), 12, "Lyon"), ("Eva", date(2025, 1, 4), 13, "Lyon"), ("Lou", date(2025, 2, 3), 4, "Nice"),
            ("Ana", date(2025, 2, 5), 7, "Nice")]  # fmt: skip
    yield Case(f"{lang}-titles-of-groups-and-sums", _table(lang, *sold), header=[*sold[0], "group"], rows=rows,
               aside=[(2, "group"), (5, "total"), (6, "group"), (9, "total")])  # fmt: skip
    said = "Ventes par client" if lang == "fr" else "Sales by Customer Detail"
    detail = [("", "Date", "N°", "Montant"), ("Zoé Petit",), ("", "2025-01-03", 1, 12), ("", "2025-01-04", 2, 13), ("Total for Zoé Petit", "", "", 25),
              ("Eva Roy",), ("", "2025-02-03", 3, 4), ("", "2025-02-05", 4, 7), ("Total for Eva Roy", "", "", 11)]  # fmt: skip
    who = ["Zoé Petit"] * 2 + ["Eva Roy"] * 2
    kept = [(None, date(2025, 1 + i // 2, day), i + 1, paid, who[i]) for i, (day, paid) in enumerate(((3, 12), (4, 13), (3, 4), (5, 7)))]
    yield Case(f"{lang}-titles-of-groups-in-a-column", _table(lang, (said,), *detail), header=["column_1", *detail[0][1:], "Client" if lang == "fr" else "Customer"],
               rows=kept, aside=[(3, "group"), (6, "total"), (7, "group"), (10, "total")])  # fmt: skip
    numbered = [("N°", "Date", "Montant"), *((row[2], row[1], row[3]) if row[0] == "" else (f"Client : {row[0]}",) for row in detail[1:] if len(row) == 1 or row[0] == "")]
    yield Case(f"{lang}-titles-of-groups-over-numbers", _table(lang, *numbered), header=[*numbered[0], "Client"],
               rows=[(row[2], row[1], row[3], f"Client : {row[4]}") for row in kept], aside=[(2, "group"), (5, "group")])  # fmt: skip
    known = [content[0], f"C101{pad}", *content[1:4], f"C102{pad}", *content[4:]]
    bare = [("C101", *[None] * 4), *TRUTH[:3], ("C102", *[None] * 4), *TRUTH[3:]]
    yield usual(f"{lang}-customers-of-whom-nothing-is-known", text(known), lang, rows=bare)
    names = [content[0], f"Dupont{pad}", *content[1:4], f"Martin{pad}", *content[4:]]
    yield usual(f"{lang}-two-names-alone", text(names), lang, rows=[("Dupont", *[None] * 4), *TRUTH[:3], ("Martin", *[None] * 4), *TRUTH[3:]])


def _around(lang: Lang) -> Iterator[Case]:
    fr = lang == "fr"
    pivot = [("Somme de CA" if fr else "Sum of Sales", "Étiquettes de colonnes" if fr else "Column Labels", "", ""),
             ("Étiquettes de lignes" if fr else "Row Labels", "2023", "2024", "Total général" if fr else "Grand Total"),
             ("Lyon", 1, 2, 3), ("Nice", 4, 5, 9), ("Total général" if fr else "Grand Total", 5, 7, 12)]  # fmt: skip
    yield Case(f"{lang}-pivot-of-excel", _table(lang, *pivot), header=list(pivot[1]), rows=[("Lyon", 1, 2, 3), ("Nice", 4, 5, 9)],
               aside=[(5, "total")], notes=["1 line above"])  # fmt: skip
    sums = [("Total", "", 25), ("Client", "Ville", "Montant"), ("A", "Lyon", 12), ("B", "Nice", 13)]
    yield Case(f"{lang}-sums-above-the-names", _table(lang, *sums), header=list(sums[1]), rows=sums[2:], notes=["1 line above"])
    bank = [("Date", "Libellé", "Débit", "Crédit"), ("2025-01-31", "CB X", 12.5, ""), ("2025-02-01", "VIR Y", "", 100)]
    rows = [(date(2025, 1, 31), "CB X", 12.5, None), (date(2025, 2, 1), "VIR Y", None, 100)]
    for i, (word, reason) in enumerate((("Solde", "total"), ("Closing balance", "total"), ("Solde au 01/02/2025", "total"), ("A reporter", "footer"))):
        yield Case(f"{lang}-balance-at-the-foot-{i}", _table(lang, *bank, *bank[1:] * 2, (word, "", "", 1234.5)), header=list(bank[0]),
                   rows=rows * 3, aside=[(8, reason)])  # fmt: skip
    means = [("Client", "Ville", "Montant"), ("A", "Lyon", 12), ("B", "Nice", 13), ("Moyenne", "", 12.5), ("Maximum", "", 13)]
    yield Case(f"{lang}-means-at-the-foot", _table(lang, *means), rows=means[1:3], aside=[(4, "total"), (5, "total")])
    week = [("Semaine", "CA"), ("2024-W05", 12), ("2024-W06", 14)]
    clients = [("Client", "CA"), ("Zoé", 5), ("Eva", 4)]
    yield Case(f"{lang}-two-tables-of-two-columns", _table(lang, *week, (), ("Top",), *clients), others=[2], header=list(week[0]),
               rows=[(date(2024, 1, 29), 12), (date(2024, 2, 5), 14)])  # fmt: skip
    vendors = [("Région", "Vendeur", "CA"), ("Nord", "Zoé", 10), ("", "Max", 5), ("Total Nord", "", 15), ("Sud", "Lou", 7), ("", "Ana", 8),
               ("Total Sud", "", 15)]  # fmt: skip
    yield Case(f"{lang}-groups-named-by-their-sums", _table(lang, *vendors), notes=[FILLED], aside=[(4, "total"), (7, "total")],
               rows=[("Nord", "Zoé", 10), ("Nord", "Max", 5), ("Sud", "Lou", 7), ("Sud", "Ana", 8)])  # fmt: skip
    people = "id,nom,ville\n1,Dupont, Jean,Lyon\n2,Martin, Anne,Nice\n3,Lopez, Eva,Paris\n"
    yield Case(f"{lang}-commas-in-words", people.encode(), header=["id", "nom", "ville"], delimiter=",", notes=["Commas followed by a blank"],
               rows=[(1, "Dupont, Jean", "Lyon"), (2, "Martin, Anne", "Nice"), (3, "Lopez, Eva", "Paris")])  # fmt: skip
    blank = "id, nom, ville\n1, Jean, Lyon\n2, Anne, Nice\n3, Eva, Paris\n"
    yield Case(f"{lang}-blank-after-each-comma", blank.encode(), header=["id", "nom", "ville"],
               rows=[(1, "Jean", "Lyon"), (2, "Anne", "Nice"), (3, "Eva", "Paris")])  # fmt: skip


def _weekdays() -> Iterator[Case]:
    days = [date(2025, 1, 6), date(2025, 1, 7), date(2025, 1, 8)]
    for name, cells_ in (
        ("before", ["Lundi 06/01/2025", "Mardi 07/01/2025", "Mercredi 08/01/2025"]), ("short", ["lun. 06/01/25", "mar. 07/01/25", "mer. 08/01/25"]),
        ("american", ["Mon 01/06/2025", "Tue 01/07/2025", "Wed 01/08/2025"]), ("after", ["2025-01-06 (lun.)", "2025-01-07 (mar.)", "2025-01-08 (mer.)"]),
    ):  # fmt: skip
        data = "cle;jour\n" + "".join(f"k{i};{cell}\n" for i, cell in enumerate(cells_))
        yield Case(f"weekday-{name}", data.encode(), rows=[(f"k{i}", day) for i, day in enumerate(days)], types=["category", "date"])
