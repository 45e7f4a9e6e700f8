"""Exports as accounting software, advertising and survey tools write them: what stands around the table, and national habits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from tests.hostile.case import Case, text
from tests.hostile.values import column


def all_cases() -> Iterator[Case]:
    """Every case of this module."""
    yield from _above()
    yield from _lists()
    yield from _below()
    yield from _quotes()
    yield from _ruled()
    yield from _cells()
    yield from _like_another_format()


def _above() -> Iterator[Case]:
    """Lines of several cells above the names, or under them."""
    rows = [(f"V{i}", date(2025, 3, 10 + i), i + 0.5) for i in range(8)]
    written = [f"{code};{day:%d.%m.%Y};{str(value).replace('.', ',')}" for code, day, value in rows]
    names, wide = "Rezept;Datum;Betrag", ";" * 12
    for name, above in (
        ("software-says-itself", '"APO";700;21;"Kasse";12;20250115;;"RE";"Praxis"'), ("software-says-itself-shortly", '"APO";700'),
        ("labels-of-one-line", "Praxis: am Markt; Stand: heute"),
    ):  # fmt: skip
        yield Case(f"export-{name}", text([above, names + wide, *(row + wide for row in written)]), rows=rows,
                   header=["Rezept", "Datum", "Betrag"], notes=["1 line above"])  # fmt: skip
    three = ["Cabinet: du Port; SIRET 123 456 789 00012", "Utilisateur: admin; Edition du 03/03/2025; Page 1", " ; ; "]
    visits = [(f"P{i}", date(2025, 5, 10 + i), "Lyon", 20 + i, 1) for i in range(8)]
    yield Case("export-labels-of-three-lines", text([*three, "Dossier;Date;Ville;Montant;Nb", *(f"{a};{b:%d/%m/%Y};{c};{d};{e}" for a, b, c, d, e in visits)]),
               header=["Dossier", "Date", "Ville", "Montant", "Nb"], rows=visits, notes=["3 lines above"])  # fmt: skip
    sales = [(f"D{i}", date(2025, 5, 10 + i), 20 + i) for i in range(8)]
    body = [f"{a};{b:%d/%m/%Y};{c}" for a, b, c in sales]
    for i, above in enumerate((["Societe;Fleurs du Lac", "Periode;01/01/2024 - 31/12/2024", ""], ["Shop;Lake Garage", "User;admin", "Phone;0123456789"])):
        yield Case(f"export-labels-over-a-narrow-table-{i}", text([*above, "Dossier;Date;Montant", *body]), header=["Dossier", "Date", "Montant"],
                   rows=sales, notes=[f"{sum(map(bool, above))} lines above"])  # fmt: skip
    small = ["Produit;Ventes", "Rose;12", "Tulipe;8", ""]
    yield Case("export-narrow-table-above-another", text([*small, "Dossier;Date;Montant", *body]), rows=[("Rose", 12, None), ("Tulipe", 8, None)], others=[8])  # fmt: skip
    survey = ["StartDate,ResponseId,Q1", 'Start Date,Response ID,"How likely are you, from 0 to 10, to come back?"',
              '"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}"',
              *(f"2025-04-{10 + i},R_{i},{i}" for i in range(8))]  # fmt: skip
    yield Case("export-names-three-times", text(survey), header=["StartDate", "ResponseId", "Q1"],
               rows=[(date(2025, 4, 10 + i), f"R_{i}", i) for i in range(8)],
               aside=[(2, "repeated_header"), (3, "repeated_header")])  # fmt: skip


def _lists() -> Iterator[Case]:
    """A list printed with bars and rules of dashes, its title and its names on each page, stars before its sums."""
    rule, names = "-" * 44, "|Debitor   |Ort     |    Betrag|Waehr|"
    body = [(f"{4700 + i:08d}", ("Ulm", "Bonn")[i % 2], i + 100.25 if i % 3 else -i - 0.5, "EUR") for i in range(12)]
    rows = [f"|{a:10}|{b:8}|{f'{abs(c):.2f}'.replace('.', ',') + ('-' if c < 0 else ''):>10}|{d:5}|" for a, b, c, d in body]
    page = [rule, "14.02.2025      Offene Posten          {}", rule, names, rule]
    content = ["14.02.2025      Offene Posten          1", "", *page[3:], *rows[:6], *page, *rows[6:], rule,
               f"|*         |        |{'402,75':>10}|EUR  |", rule]  # fmt: skip
    content = [line.format(2) for line in content]
    header = ["Debitor", "Ort", "Betrag", "Waehr"]
    yield Case("export-list-with-rules", text(content), header=header, rows=[*body],
               aside=[(12, "footer"), (14, "repeated_header"), (23, "total")])  # fmt: skip
    stars = [("*", "Ulm", 12.5, "EUR"), ("", "Bonn", 13.5, "EUR"), ("*", "", 14.5, "EUR"), ("*", "Kiel", 15.5, "EUR")]
    yield Case("export-stars-are-no-sums-of-many", text(["Vip;Ort;Betrag;Waehr", *(f"{a};{b};{c};{d}" for a, b, c, d in stars[:2] + stars[3:])]),
               rows=[tuple(cell or None for cell in row) for row in stars[:2] + stars[3:]])  # fmt: skip


def _like_another_format() -> Iterator[Case]:
    """A first column called ID beside a name in P is how an old format begins: the table is read, and at once."""
    rows = [(i, f"P{i}", date(2025, 6, 1 + i % 28)) for i in range(1, 61)]
    lines = ["ID;Pseudo;Inscrit le", *(f"{a};{b};{c:%d/%m/%Y}" for a, b, c in rows)]
    yield Case("export-begins-as-sylk", text(lines, end="\r\n"), header=["ID", "Pseudo", "Inscrit le"], rows=rows)


def _below() -> Iterator[Case]:
    """Totals of everything, then of the account."""
    for i, (first, second) in enumerate((("Total : annonces", "Total : compte"), ("Total: Ads", "Total: Account"))):
        content = ["Annonce;Statut;Clics;Cout", *(f"Annonce {k};active;{k + 3};{k}.5" for k in range(14)), f"{first};--;133;98.0", f"{second};--;140;99.5"]
        yield Case(f"export-two-totals-{i}", text(content), rows=[(f"Annonce {k}", "active", k + 3, k + 0.5) for k in range(14)],
                   aside=[(16, "total"), (17, "total")])  # fmt: skip


    rows = [(f"K{k}", "Ulm", k + 0.5) for k in range(14)]
    body = [f"{a};{b};{str(c).replace('.', ',')}" for a, b, c in rows]
    for i, word in enumerate(("Gesamt", "Gesamtsumme:", "Summe", "Totaal", "Eindtotaal")):
        yield Case(f"export-sum-of-our-neighbours-{i}", text(["Kunde;Ort;Betrag", *body, f"{word};;98,0"]), rows=rows, aside=[(16, "total")])
    for i, foot in enumerate(("Seite 2 von 3", "Pagina 2 van 3")):
        yield Case(f"export-page-of-our-neighbours-{i}", text(["Kunde;Ort;Betrag", *body[:7], foot, *body[7:]]), rows=rows, aside=[(9, "footer")])


def _quotes() -> Iterator[Case]:
    """A quote escaped by a backslash before a separator; a folder that ends with a backslash."""
    pipes = [f'"R{i}";"tuyau {i}\\" ; cuivre";"{i}"' if i % 3 == 0 else f'"R{i}";"joint";"{i}"' for i in range(9)]
    yield Case("export-backslash-before-a-separator", text(['"ref";"article";"n"', *pipes]),
               rows=[(f"R{i}", f'tuyau {i}" ; cuivre' if i % 3 == 0 else "joint", i) for i in range(9)])  # fmt: skip
    folders = [f'"R{i}";"C:\\plans\\";"{i}"' for i in range(9)]
    yield Case("export-folders", text(['"ref";"dossier";"n"', *folders]), rows=[(f"R{i}", "C:\\plans\\", i) for i in range(9)])
    one = "client;carte de fidélité;points\nA;x1;3\nB;x2;4\nC;x3;5\n"
    for encoding in ("cp850", "mac-roman"):
        head = ["client", "carte de fidélité", "points"]
        yield Case(f"export-one-accent-{encoding}", one.replace("fidélité", "fidélite").encode(encoding),
                   header=[head[0], "carte de fidélite", head[2]], encoding=encoding)  # fmt: skip
    yield Case("export-one-dash", "client;soin;n\nA;bien–être;3\nB;mi–temps;4\n".encode("cp1252"), encoding="cp1252",
               rows=[("A", "bien–être", 3), ("B", "mi–temps", 4)])  # fmt: skip


def _ruled() -> Iterator[Case]:
    """Lines drawn with signs: under the names, cell by cell, or across."""
    rows = [(f"K{k}", "Ulm", k + 0.5) for k in range(14)]
    for d, mark in ((";", ";"), ("\t", "tab")):
        body = [d.join((a, b, str(c).replace(".", ","))) for a, b, c in rows]
        for i, rule in enumerate((d.join(("----", "-----", "------")), d.join(("====", "=====", "======")), "-" * 30, "*" * 30, "_" * 30, "~~~~~~")):
            yield Case(f"export-rule-{mark}-{i}", text([d.join(("Kunde", "Ort", "Betrag")), rule, *body[:6], rule, *body[6:]]), rows=rows,
                       aside=[(2, "empty"), (9, "empty")])  # fmt: skip
    last = [(f"K{k}", date(2025, 5, k + 1), "Ulm", k + 0.5, None if k == 7 else "ok") for k in range(8)]
    written = [f"{a};{b};{c};{d};{e or ''}" for a, b, c, d, e in last]
    yield Case("export-last-row-apart-and-short", text(["Kunde;Datum;Ort;Betrag;Notiz", *written[:7], "", written[7].rstrip(";"), "", "8 Zeilen"]), rows=last,
               aside=[(12, "footer")])  # fmt: skip
    none = [(f"K{k}", None if k == 5 else "Ulm", k + 0.5) for k in range(14)]
    yield Case("export-nothing-is-no-rule", text(["Kunde;Ort;Betrag", *(f"{a};{b or '---'};{c}" for a, b, c in none)]), rows=none)
    pasted = [f'"{a};{b};{str(c).replace(".", ",")}"' if int(a[1:]) % 3 else f"{a};{b};{int(c)}" for a, b, c in rows]
    yield Case("export-quoted-where-a-comma-stands", text(["Kunde;Ort;Betrag", *pasted]),
               rows=[(a, b, c if int(a[1:]) % 3 else int(c)) for a, b, c in rows])  # fmt: skip
    said = ['"bien; merci"', "rien", '"trop long; froid; loin"', "non", '"oui; mais"', "bof"]
    yield Case("export-one-column-of-words", text(["avis", *said]), rows=[(one.strip('"'),) for one in said])


def _cells() -> Iterator[Case]:
    """A dash for the cents, months of our neighbours, days no calendar has, words for what was not told."""
    for i, cells in enumerate((["25.–", "1'250.50", "3.–", "99.–"], ["25,-", "1.250,50", "3,-", "99,-"], ["25,--", "1 250,50", "3,--", "99,--"],
                               ["CHF 25.–", "CHF 1'250.50", "CHF 3.-", "CHF 99.—"], ["25,- €", "1.250,50 €", "3,- €", "99,- €"])):  # fmt: skip
        yield column(f"export-dash-for-cents-{i}", cells, [25, 1250.5, 3, 99], "number")
    yield column("export-dash-for-cents-of-thousands", ["1.250,-", "2.400,-", "980,-"], [1250, 2400, 980], "number")
    yield column("export-minus-after-is-no-dash-for-cents", ["12,5-", "3,25", "4-"], [-12.5, 3.25, -4], "number")
    days = [date(2025, 3, 3), date(2024, 10, 31), date(2023, 12, 5)]
    for name, cells in (
        ("german", ["3. März 2025", "31. Oktober 2024", "5. Dezember 2023"]), ("german-short", ["03-Mrz-25", "31-Okt-24", "05-Dez-23"]),
        ("german-weekday", ["Montag, 3. März 2025", "Donnerstag, 31. Oktober 2024", "Dienstag, 5. Dezember 2023"]),
        ("dutch", ["3 maart 2025", "31 oktober 2024", "5 december 2023"]), ("dutch-short", ["3 mrt 2025", "31 okt. 2024", "5 dec. 2023"]),
    ):  # fmt: skip
        yield column(f"export-date-{name}", cells, days, "date")
    cells = [f"{day:02d}/05/2025" for day in range(1, 25)]
    cells[3], cells[9], cells[20] = "31/02/2025", "31/04/2025", "30/02/2025"
    expected = [None if i in (3, 9, 20) else date(2025, 5, i + 1) for i in range(24)]
    yield column("export-days-no-calendar-has", cells, expected, "date", failed={"v": 3})
    for name, word in (("never", "jamais"), ("going-on", "en cours"), ("never-en", "never")):
        cells = [word if i % 4 == 3 else f"{i + 1:02d}/05/2025" for i in range(24)]
        expected = [None if i % 4 == 3 else date(2025, 5, i + 1) for i in range(24)]
        yield column(f"export-date-or-{name}", cells, expected, "date", failed={"v": 6})
    words = ["03/05/2025", "livré", "retard", "13/05/2025", "perdu", "rendu", "14/05/2025", "15/05/2025"]
    yield column("export-dates-among-many-words", words, words, "category")
    yield column("export-date-blank-mask", ["13/05/2025", "/  /", "14/05/2025", "/  /"], [date(2025, 5, 13), None, date(2025, 5, 14), None], "date")
    hours = [datetime(2025, 3, 3, 14, 5), datetime(2024, 10, 31, 9, 30), datetime(2023, 12, 25, 0, 15)]
    yield column("export-hour-before-the-day", [f"{one:%H:%M %d/%m/%Y}" for one in hours], hours, "moment")
    yield column("export-kept-as-text-by-a-spreadsheet", ["'12,50", "'-3,25", "4"], [12.5, -3.25, 4], "number")
    yield column("export-codes-kept-as-text", ["'00123", "'00456"], ["'00123", "'00456"], "category")
    yield column("export-canadian-dollars", ["1 234,50 $ CA", "12,00 $ CA"], [1234.5, 12], "number", habit={"v": ("currency:CAD",)})
    missing = ["12,5", "n/c", "3,25", "N/C", "k.A.", "4", "n/c"]
    yield column("export-not-told", missing, [12.5, None, 3.25, None, None, 4, None], "number")
