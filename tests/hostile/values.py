"""Files whose writing is ordinary and whose values are not: numbers, dates, yes/no, identifiers, empty words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from tests.hostile.case import Case

FILLER = [f"k{i}" for i in range(40)]


def column(
    name: str, cells: Sequence[str], expected: Sequence[Any], kind: str, header: str = "v", *, d: str = ";", **more: Any
) -> Case:
    """A file of two columns: a key, and the cells under test (quoted)."""
    body = "".join(f'{FILLER[i]}{d}"{cell}"\n' for i, cell in enumerate(cells))
    more = {"types": ("category", kind), **more}
    rows = [(FILLER[i], value) for i, value in enumerate(expected)]
    return Case(name, f"cle{d}{header}\n{body}".encode(), header=["cle", header], rows=rows, **more)


def all_cases() -> Iterator[Case]:
    """Every case of this module."""
    yield from _numbers()
    yield from _identifiers()
    yield from _dates()
    yield from _moments()
    yield from _flags()
    yield from _empty()
    yield from _late_changes()


def _numbers() -> Iterator[Case]:
    usual = [1234.56, -12.5, 0.0, 1000000.25]
    for name, cells, habit in (
        ("fr-spaces", ["1 234,56", "-12,50", "0,00", "1 000 000,25"], ("decimal_comma", "thousands_space")),
        ("fr-nbsp", ["1\u00a0234,56", "-12,50", "0", "1\u00a0000\u00a0000,25"], ("decimal_comma", "thousands_space")),
        ("fr-narrow", ["1\u202f234,56", "-12,50", "0", "1\u202f000\u202f000,25"], ("decimal_comma", "thousands_space")),
        ("de-points", ["1.234,56", "-12,50", "0", "1.000.000,25"], ("decimal_comma", "thousands_point")),
        ("en-commas", ["1,234.56", "-12.50", "0", "1,000,000.25"], ("decimal_point", "thousands_comma")),
        ("ch-apostrophes", ["1'234.56", "-12.50", "0", "1'000'000.25"], ("decimal_point", "thousands_apostrophe")),
        ("ch-typographic", ["1’234.56", "-12.50", "0", "1’000’000.25"], ("thousands_apostrophe",)),
        ("plain-point", ["1234.56", "-12.5", "0", "1000000.25"], ("decimal_point",)),
        ("plain-comma", ["1234,56", "-12,5", "0", "1000000,25"], ("decimal_comma",)),
        ("euro-after", ["1 234,56 €", "-12,50 €", "0,00 €", "1 000 000,25 €"], ("currency:EUR",)),
        ("euro-after-nbsp", ["1\u202f234,56\u00a0€", "-12,50\u00a0€", "0\u00a0€", "1000000,25€"], ("currency:EUR",)),
        ("euro-before", ["€1,234.56", "-€12.50", "€0.00", "€1,000,000.25"], ("currency:EUR",)),
        ("dollar", ["$1,234.56", "$-12.50", "$0", "$1,000,000.25"], ("currency:USD",)),
        ("dollar-brackets", ["$1,234.56", "($12.50)", "$0", "$1,000,000.25"], ("currency:USD", "negative_brackets")),
        ("pound-code", ["1234.56 GBP", "-12.50 GBP", "0 GBP", "1000000.25 GBP"], ("currency:GBP",)),
        ("eur-code-before", ["EUR 1234,56", "EUR -12,50", "EUR 0", "EUR 1000000,25"], ("currency:EUR",)),
        ("francs-suisses", ["CHF 1'234.56", "CHF -12.50", "CHF 0", "CHF 1'000'000.25"], ("currency:CHF",)),
        ("brackets", ["1 234,56", "(12,50)", "0", "1 000 000,25"], ("negative_brackets",)),
        ("minus-after", ["1234,56", "12,50-", "0", "1000000,25"], ("negative_after",)),
        ("dash-for-minus", ["1234,56", "–12,50", "0", "1000000,25"], ("decimal_comma",)),
        ("no-break-hyphen", ["1234,56", "\u201112,50", "0", "1000000,25"], ("decimal_comma",)),
        ("typographic-minus", ["1234,56", "\u221212,50", "0", "1000000,25"], ("decimal_comma",)),
        ("thousands-of-euros", ["1,23456 k€", "-0,0125 K€", "0 k€", "1,00000025 M€"], ("currency:EUR",)),
        ("nought-of-accounts", ["1 234,56 €", "-12,50 €", "- €", "1 000 000,25 €"], ("currency:EUR",)),
        ("nought-before", ["€1,234.56", "-€12.50", "€ -", "€1,000,000.25"], ("currency:EUR",)),
        ("plus", ["+1234.56", "-12.5", "0", "+1000000.25"], ("decimal_point",)),
        ("both-marks", ["1234,56", "-12.5", "0", "1000000,25"], ("decimal_comma", "decimal_point")),
        ("exponents", ["1.23456e3", "-1.25E+1", "0", "1.00000025e6"], ("exponent",)),
        ("padded", [" 1234,56 ", "-12,50\u00a0", "0", " 1000000,25"], ("decimal_comma",)),
        ("mixed-currencies", ["1234,56 €", "-12,50 $", "0 £", "1000000,25 CHF"],
         ("currency:EUR", "currency:USD", "currency:GBP", "currency:CHF")),
    ):  # fmt: skip
        yield column(f"number-{name}", cells, usual, "number", habit={"v": habit})
    for name, header, cells, expected, habit in (
        ("euro-ttc", "v", ["1 234,56 € TTC", "12,50 € TTC"], [1234.56, 12.5], ("currency:EUR", "unit:TTC")),
        ("ht", "v", ["1 234,56 HT", "12,50 HT"], [1234.56, 12.5], ("decimal_comma", "unit:HT")),
        ("brackets-then-euro", "v", ["(12,50) €", "13,50 €", "1 000,00 €"], [-12.5, 13.5, 1000.0],
         ("negative_brackets", "currency:EUR")),
        ("euro-then-brackets", "v", ["€(12.50)", "€13.50"], [-12.5, 13.5], ("negative_brackets", "currency:EUR")),
        ("euro-then-minus", "v", ["12,50 €-", "13,50 €"], [-12.5, 13.5], ("negative_after", "currency:EUR")),
        ("two-habits", "montant", ["1 234,56", "1,234.56", "12.50", "3,5", "1.234,56", "€1,000,000.25"],
         [1234.56, 1234.56, 12.5, 3.5, 1234.56, 1000000.25], ("decimal_comma", "decimal_point", "thousands_comma", "thousands_point")),
        ("credits-apart", "v", ["1,212.50", "13.00 CR", "7.00", "9.90"], [1212.5, -13, 7, 9.9], ("marked_negative",)),
        ("overdrawn-apart", "v", ["£12.50", "£13.00 DR", "£7.00"], [12.5, -13, 7], ("marked_negative", "currency:GBP")),
        ("minus-space", "v", ["- 12,50 €", "13,50 €"], [-12.5, 13.5], ("currency:EUR",)),
        ("whole-numbers-stop-at-999", "v", ["1,234", "12", "999", "120", "450", "11,000"],
         [1234, 12, 999, 120, 450, 11000], ("thousands_comma",)),
        ("money-has-no-three-decimals", "montant", ["1,234", "2,345"], [1234, 2345], ("thousands_comma",)),
        ("german-thousands-of-money", "CA", ["1.234", "2.345", "12"], [1234, 2345, 12], ("thousands_point",)),
    ):  # fmt: skip
        yield column(f"number-{name}", cells, expected, "number", header=header, habit={header: habit})
    yield Case("number-three-decimals-where-the-file-says-so", b"poids;montant\n1,5;1,234\n2,25;2,345\n3,5;3,456\n",
               header=["poids", "montant"], rows=[(1.5, 1.234), (2.25, 2.345), (3.5, 3.456)])  # fmt: skip
    yield column("number-ht-and-ttc-are-not-one", ["12,50 € HT", "13,50 € TTC"], ["12,50 € HT", "13,50 € TTC"], "category")
    yield column("number-percent", ["12,5 %", "0 %", "100%", "-3 %"], [0.125, 0.0, 1.0, -0.03], "number",
                 habit={"v": ("percent",)})  # fmt: skip
    yield column("number-percent-en", ["12.5%", "0%", "100%"], [0.125, 0.0, 1.0], "number", d=",")
    yield column("number-units", ["12 mois", "3 mois", "1 mois"], [12, 3, 1], "number", habit={"v": ("unit:mois",)})
    yield column("number-units-en", ["12 months", "3 months", "1 month"], ["12 months", "3 months", "1 month"],
                 "category")  # fmt: skip
    yield column("number-whole", ["1", "20", "-3"], [1, 20, -3], "number")
    yield column("number-1,234-semicolon", ["1,234", "0,125", "12,5"], [1.234, 0.125, 12.5], "number")
    yield column("number-1,234-comma-file", ["1,234", "12", "999"], [1234, 12, 999], "number", d=",",
                 habit={"v": ("thousands_comma",)})  # fmt: skip
    yield Case("number-1.234-french-file", b"a;b\n1.234;0,5\n12.500;1,5\n2;3,25\n", header=["a", "b"],
               rows=[(1234, 0.5), (12500, 1.5), (2, 3.25)], habit={"a": ("thousands_point",)})  # fmt: skip
    yield Case("number-1.234-english-file", b"a,b\n1.234,0.5\n12.500,1.5\n2,3.25\n", header=["a", "b"],
               rows=[(1.234, 0.5), (12.5, 1.5), (2.0, 3.25)])  # fmt: skip
    yield column("number-header-currency", ["1,5", "2,5"], [1.5, 2.5], "number", header="Montant (€)",
                 habit={"Montant (€)": ("currency:EUR",)})  # fmt: skip
    yield column("number-exact-cents", ["0,1", "0,2", "19,99", "1189,29"], [0.1, 0.2, 19.99, 1189.29], "number")
    yield column("number-not-phones", ["06 12 34 56 78", "07 98 76 54 32"], ["06 12 34 56 78", "07 98 76 54 32"],
                 "category")  # fmt: skip
    yield column("number-not-versions", ["1.2.3", "1.2.4"], ["1.2.3", "1.2.4"], "category")
    yield column("number-not-infinite", ["1", "inf", "2"] * 2, ["1", "inf", "2"] * 2, "category")
    yield column("number-some-words", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "?!"],
                 [*range(1, 11), None], "number", failed={"v": 1})  # fmt: skip
    yield column("number-unknown-word", ["1", "inconnu", "3", "inconnu", "Inconnu"], [1, None, 3, None, None], "number")
    yield column("number-underscore", ["1_000", "2_000"], ["1_000", "2_000"], "category")
    yield column("number-hexadecimal", ["0x1A", "0x1B"], ["0x1A", "0x1B"], "category")
    yield column("number-ranges", ["18-25", "26-35"], ["18-25", "26-35"], "category")


def _identifiers() -> Iterator[Case]:
    for name, header, cells in (
        ("leading-zeros", "code", ["00123", "04567", "12345"]), ("postcodes", "code postal", ["01000", "75001", "13002"]), ("postcodes-no-zero", "postcode", ["75001", "13002"]),
        ("one-leading-zero", "cp", ["75001", "06000", "13002"]), ("long", "carte", ["1234567890123456", "9876543210987654"]),
        ("huge", "iban", ["12345678901234567890123", "98765432109876543210987"]),
        ("mangled-by-excel", "ean", ["3.0E+12", "3.1E+12", "4.0E+12"]), ("mangled-fr", "ean", ["3,01E+12", "3,1E+12"]),
        ("phones", "tel", ["0612345678", "0798765432"]), ("plus-phones", "tel", ["+33 6 12 34 56 78", "+33 7 98 76 54 32"]),
        ("mixed-codes", "ref", ["12A", "12B", "13"]), ("zero", "lot", ["000", "001"]),
        ("letters-e", "ref", ["12E3", "14E5", "1202"]), ("international", "contact", ["+33612345678", "+33798765432"]),
        ("siren-in-groups", "SIREN", ["552 100 554", "732 829 320"]), ("mobile", "Mobile", ["33612345678", "33798765432"]),
        ("dates-as-codes", "ref client", ["99123456", "01011999"]),
    ):  # fmt: skip
        yield column(f"identifier-{name}", cells, cells, "category", header=header)


def _dates() -> Iterator[Case]:
    days = [date(2025, 1, 31), date(2024, 2, 29), date(2023, 12, 5)]
    for name, pattern, habit in (
        ("iso", "%Y-%m-%d", "iso"), ("iso-slashes", "%Y/%m/%d", "iso"), ("dmy", "%d/%m/%Y", "dd/mm/yyyy"),
        ("dmy-points", "%d.%m.%Y", "dd/mm/yyyy"), ("dmy-dashes", "%d-%m-%Y", "dd/mm/yyyy"),
        ("mdy", "%m/%d/%Y", "mm/dd/yyyy"), ("dmy-2", "%d/%m/%y", "two_digit_year"),
        ("mdy-2", "%m/%d/%y", "two_digit_year"), ("compact", "%Y%m%d", "yyyymmdd"),
        ("english", "%d %B %Y", "month_names"), ("english-short", "%d-%b-%y", "month_names"),
        ("american", "%B %d, %Y", "month_names"), ("english-day", "%a, %d %b %Y", "month_names"),
    ):  # fmt: skip
        cells = [day.strftime(pattern) for day in days]
        yield column(f"date-{name}", cells, days, "date", header="date", habit={"date": (habit,)})
    yield column("date-no-padding", ["31/1/2025", "29/2/2024", "5/12/2023"], days, "date")
    yield column("date-iso-no-padding", ["2025-1-31", "2024-2-29", "2023-12-5"], days, "date")
    yield column("date-french", ["31 janvier 2025", "29 févr. 2024", "5 déc. 2023"], days, "date")
    yield column("date-auction", ["Jan-31-25", "Feb-29-24", "Dec-05-23"], days, "date")
    yield column("date-french-full", ["vendredi 31 janvier 2025", "jeudi 29 février 2024", "mardi 5 décembre 2023"],
                 days, "date")  # fmt: skip
    yield column("date-french-1er", ["1er août 2025", "2 août 2025", "3 AOÛT 2025"],
                 [date(2025, 8, 1), date(2025, 8, 2), date(2025, 8, 3)], "date")  # fmt: skip
    for name, cells in (
        ("blanks-inside", ["31 / 01 / 2025", "29 / 02 / 2024", "05 / 12 / 2023"]), ("said-le", ["le 31/01/2025", "le 29/02/2024", "5/12/2023"]),
        ("apostrophe", ["'31/01/2025", "'29/02/2024", "'05/12/2023"]), ("digits", ["31012025", "29022024", "05122023"]),
        ("digits-eaten-zero", ["31012025", "29022024", "5122023"]), ("digits-american", ["01312025", "02292024", "12052023"]),
    ):  # fmt: skip
        yield column(f"date-{name}", cells, days, "date", header="Date d'achat")
    yield column("date-digits-not-said", ["31012025", "29022024"], [31012025, 29022024], "number", header="ref")
    yield column("date-two-digits-old", ["01/01/20", "31/12/99", "15/06/50"],
                 [date(2020, 1, 1), date(1999, 12, 31), date(1950, 6, 15)], "date")  # fmt: skip
    yield column("date-birth-two-digits", ["01/01/45", "31/12/99", "15/06/03"],
                 [date(1945, 1, 1), date(1999, 12, 31), date(2003, 6, 15)], "date", header="date de naissance")  # fmt: skip
    years = [date(2024, month, day) for month, day in ((1, 3), (2, 14), (3, 28), (11, 30), (12, 29), (6, 5))]
    yield column("date-two-digits-year-first", [day.strftime("%y-%m-%d") for day in years], years, "date")
    ends = [date(2027, 1, 30), date(2028, 3, 31), date(2029, 5, 28), date(2027, 8, 2)]
    yield column("date-two-digits-to-come", [day.strftime("%d/%m/%y") for day in ends], ends, "date", header="échéance")
    yield column("date-ambiguous", ["02/03/2025", "04/05/2025", "01/12/2024"],
                 [date(2025, 3, 2), date(2025, 5, 4), date(2024, 12, 1)], "date", ambiguous=["v"])  # fmt: skip
    yield column("date-monthly-american", ["01/01/2025", "02/01/2025", "03/01/2025", "04/01/2025"],
                 [date(2025, m, 1) for m in range(1, 5)], "date", ambiguous=["v"])  # fmt: skip
    yield column("date-monthly-french", ["01/01/2025", "01/02/2025", "01/03/2025", "01/04/2025"],
                 [date(2025, m, 1) for m in range(1, 5)], "date", ambiguous=["v"])  # fmt: skip
    yield Case("date-other-column-tells", b"a;b\n02/03/2025;02/28/2025\n04/05/2025;03/31/2025\n",
               rows=[(date(2025, 2, 3), date(2025, 2, 28)), (date(2025, 4, 5), date(2025, 3, 31))])  # fmt: skip
    yield column("date-mixed-forms", ["31/01/2025", "2024-02-29", "5 décembre 2023"], days, "date")
    yield column("date-impossible-one", [*["31/01/2025"] * 10, "31/02/2025"], [*[days[0]] * 10, None], "date",
                 failed={"v": 1})  # fmt: skip
    yield column("date-serial", ["45688", "45351", "45265"], days, "date", header="Date d'achat",
                 habit={"Date d'achat": ("excel_serial",)})  # fmt: skip
    yield column("date-serial-not-said", ["45688", "45351", "45265"], [45688, 45351, 45265], "number")
    yield column("date-month", ["2025-01", "2025-02"], [date(2025, 1, 1), date(2025, 2, 1)], "date", header="mois")
    yield column("date-month-fr", ["01/2025", "02/2025"], [date(2025, 1, 1), date(2025, 2, 1)], "date", header="mois")
    yield column("date-month-named", ["janv. 2025", "févr. 2025"], [date(2025, 1, 1), date(2025, 2, 1)], "date")
    yield column("date-month-compact", ["202501", "202412"], [date(2025, 1, 1), date(2024, 12, 1)], "date", header="Période")
    yield column("date-no-date-in-mysql", ["0000-00-00", "0000-00-00", "2025-01-31"], [None, None, days[0]], "date")
    yield column("date-no-date-in-french", ["00/00/0000", "--/--/----", "31/01/2025"], [None, None, days[0]], "date")
    yield column("date-both-orders", ["13/02/2025", "02/28/2025", "14/03/2025", "03/04/2025"],
                 ["13/02/2025", "02/28/2025", "14/03/2025", "03/04/2025"], "category")  # fmt: skip
    yield column("date-far", ["9999-12-31", "2025-01-01"], [date(9999, 12, 31), date(2025, 1, 1)], "date")
    yield column("date-infinity", ["infinity", "2025-01-01"], ["infinity", "2025-01-01"], "category")
    yield column("date-zero", ["0000-00-00", *["2025-01-31"] * 9], [None, *[days[0]] * 9], "date")


def _moments() -> Iterator[Case]:
    times = [datetime(2025, 1, 31, 14, 5), datetime(2024, 2, 29, 0, 0), datetime(2023, 12, 5, 23, 59)]
    for name, pattern in (
        ("iso", "%Y-%m-%d %H:%M:%S"), ("iso-t", "%Y-%m-%dT%H:%M:%S"), ("iso-z", "%Y-%m-%dT%H:%M:%SZ"),
        ("iso-minutes", "%Y-%m-%d %H:%M"), ("iso-t-minutes", "%Y-%m-%dT%H:%M"), ("iso-micro", "%Y-%m-%d %H:%M:%S.%f"),
        ("dmy", "%d/%m/%Y %H:%M:%S"), ("dmy-minutes", "%d/%m/%Y %H:%M"), ("dmy-h", "%d/%m/%Y %Hh%M"),
        ("dmy-a", "%d/%m/%Y à %H:%M"), ("mdy-pm", "%m/%d/%Y %I:%M %p"), ("mdy-pm-seconds", "%m/%d/%Y %I:%M:%S %p"),
        ("dmy-2", "%d/%m/%y %H:%M"), ("compact", "%Y%m%d%H%M%S"), ("english", "%d %b %Y %H:%M"),
        ("comma", "%d/%m/%Y, %H:%M:%S"), ("comma-pm", "%m/%d/%Y, %I:%M:%S %p"), ("english-comma", "%d %b %Y, %H:%M"),
    ):  # fmt: skip
        cells = [time.strftime(pattern) for time in times]
        yield column(f"moment-{name}", cells, times, "moment", header="date")
    yield column("moment-french-full", ["vendredi 31 janvier 2025 à 14h05", "jeudi 29 février 2024 à 0h00",
                 "mardi 5 décembre 2023 à 23h59"], times, "moment")  # fmt: skip
    for name, cells in (
        ("dash", ["31/01/2025 - 14:05", "29/02/2024 - 00:00", "05/12/2023 - 23:59"]), ("h-m", ["31/01/2025 14h05m", "29/02/2024 0h00", "05/12/2023 23h59m"]),
        ("narrow-pm", ["1/31/2025, 2:05\u202fPM", "2/29/2024, 12:00\u202fAM", "12/5/2023, 11:59\u202fPM"]),
        ("c", ["Fri Jan 31 14:05:00 2025", "Thu Feb 29 00:00:00 2024", "Tue Dec  5 23:59:00 CET 2023"]),
        ("browser", ["Fri Jan 31 2025 14:05:00 GMT+0100 (heure normale d’Europe centrale)", "Thu Feb 29 2024 00:00:00 GMT+0100 (CET)",
                     "Tue Dec 05 2023 23:59:00 GMT+0100"]),
    ):  # fmt: skip
        yield column(f"moment-{name}", cells, times, "moment", header="date")
    yield column("moment-compact-t", ["20250131T140500Z", "20240229T000000Z", "20231205T235900Z"], times, "moment", header="date")
    yield column("moment-zones", ["2025-01-31T14:05:00+01:00", "2024-02-29T00:00:00+01:00", "2023-12-05T23:59:00+0100"],
                 times, "moment", header="created_at")  # fmt: skip
    yield column("moment-mail", ["Fri, 31 Jan 2025 14:05:00 GMT", "Thu, 29 Feb 2024 00:00:00 GMT",
                 "Tue, 05 Dec 2023 23:59:00 GMT"], times, "moment", header="date")  # fmt: skip
    yield column("moment-midnights", ["2025-01-31 00:00:00", "2024-02-29 00:00:00"],
                 [date(2025, 1, 31), date(2024, 2, 29)], "date")  # fmt: skip
    yield column("moment-midnights-fr", ["31/01/2025 00:00", "29/02/2024 00:00"],
                 [date(2025, 1, 31), date(2024, 2, 29)], "date")  # fmt: skip
    yield column("moment-some-days-only", ["31/01/2025 14:05", "29/02/2024", "05/12/2023 23:59"], times, "moment")
    yield column("moment-epoch", ["1738332300", "1709164800", "1701820740"], times, "moment", header="created_at")
    yield column("moment-serial", ["45688,5868055556", "45351", "45265,9993055556"], times, "moment",
                 header="Date et heure")  # fmt: skip


def _flags() -> Iterator[Case]:
    for name, yes, no in (
        ("oui-non", "oui", "non"), ("OUI-NON", "OUI", "NON"), ("Oui-Non", "Oui", "Non"), ("yes-no", "Yes", "No"),
        ("vrai-faux", "VRAI", "FAUX"), ("true-false", "true", "false"), ("TRUE-FALSE", "TRUE", "FALSE"),
        ("O-N", "O", "N"), ("y-n", "y", "n"), ("T-F", "T", "F"), ("V-F", "V", "F"), ("zero-one", "1", "0"),
        ("zero-one-decimal", "1.0", "0.0"), ("ja-nein", "ja", "nein"), ("sim-nao", "sim", "não"),
    ):  # fmt: skip
        yield column(f"flag-{name}", [yes, no, yes, no], [True, False, True, False], "flag",
                     habit={"v": (f"yes={yes}", f"no={no}")})  # fmt: skip
    yield column("flag-one-answer", ["Oui", "Oui"], [True, True], "flag")
    yield column("flag-mixed-case", ["Oui", "non", "OUI", "NON"], [True, False, True, False], "flag")
    yield column("flag-with-empty", ["Oui", "", "Non", "N/A"], [True, None, False, None], "flag")
    yield column("flag-several-habits", ["Oui", "O", "Non", "N", "1"], [True, True, False, False, True], "flag")
    yield column("flag-true-and-one", ["True", "1", "False", "0"], [True, True, False, False], "flag")
    yield column("flag-ticks", ["✓", "✗", ""], [True, False, None], "flag")
    yield column("flag-boxes", ["☑", "☐", "☑"], [True, False, True], "flag")
    yield column("flag-did-not-say", ["Oui", "Non", "NSP"], [True, False, None], "flag")
    yield column("flag-not-letters-of-two-habits", ["T", "N", "T"], ["T", "N", "T"], "category")
    yield column("flag-third-word", ["Yes", "No", "No phone service"], ["Yes", "No", "No phone service"], "category")
    yield column("flag-not-gender", ["M", "F", "F"], ["M", "F", "F"], "category")
    yield column("flag-not-one-letter", ["N", "N", "N"], ["N", "N", "N"], "category")
    yield column("flag-not-ones", ["1", "1", "1"], [1, 1, 1], "number")
    yield column("flag-not-counts", ["0", "1", "2"], [0, 1, 2], "number")


def _empty() -> Iterator[Case]:
    words = ["NA", "N/A", "n/a", "-", "--", "NULL", "null", "None", "nan", "NaN", "#N/A", "", "  ", "\u00a0", "\\N"]
    cells, days = [*words, "1,5", "2,5"], [*words, "31/01/2025", "01/02/2025"]
    nothing = [None] * len(words)
    yield column("empty-words-numbers", cells, [*nothing, 1.5, 2.5], "number")
    french = ["néant", "s.o.", "n.c.", "NSP", "n.d.", "...", "/", "à renseigner", "sans"]
    yield column("empty-words-french", [*french, "1,5", "2,5"], [*[None] * len(french), 1.5, 2.5], "number")
    yield column("empty-words-dates", days, [*nothing, date(2025, 1, 31), date(2025, 2, 1)], "date")
    yield column("empty-words-flags", [*words, "Oui", "Non"], [*nothing, True, False], "flag")
    yield column("empty-words-words", ["N/A", "NULL", "-", "", "Paris", "Lyon"], [None] * 4 + ["Paris", "Lyon"],
                 "category")  # fmt: skip
    yield column("empty-all", ["", " ", "N/A", "NULL"], [None] * 4, "empty")
    yield column("empty-namibia", ["NA", "FR", "DE", "NA"], ["NA", "FR", "DE", "NA"], "category")
    yield column("empty-none-is-a-choice", ["None", "Email", "SMS"], ["None", "Email", "SMS"], "category")
    yield column("empty-zero-is-a-value", ["0", "", "5"], [0, None, 5], "number")
    yield column("telco-blanks", ["29.85", " ", "1889.5", " "], [29.85, None, 1889.5, None], "number", d=",")


def _late_changes() -> Iterator[Case]:
    """What the first 20,000 rows do not show."""
    n = 45_000

    def late(name: str, header: str, usual: str, last: Sequence[str], **more: Any) -> Case:
        body = [f"k{i};{usual}" for i in range(n)] + [f"z{i};{cell}" for i, cell in enumerate(last)]
        text = f"cle;{header}\n" + "\n".join(body) + "\n"
        return Case(f"late-{name}", text.encode(), header=["cle", header], rows=n + len(last), **more)

    yield late("decimals", "v", "12", ["1,5"], types=["text", "number"], habit={"v": ("decimal_comma",)})
    yield late("currency", "v", "12,50 €", ["1,5 $"], types=["text", "number"],
               habit={"v": ("currency:EUR", "currency:USD")})  # fmt: skip
    yield late("leading-zero", "v", "75001", ["01000"], types=["text", "category"])
    yield late("month-first", "v", "02/03/2025", ["02/28/2025"], types=["text", "date"], habit={"v": ("mm/dd/yyyy",)})
    yield late("time", "v", "2025-03-02", ["2025-03-02 14:05:00"], types=["text", "moment"])
    yield late("word", "v", "12", ["?!"], types=["text", "number"], failed={"v": 1})
    yield late("words", "v", "12", ["abc"] * 9_000, types=["text", "category"])
    yield late("third-answer", "v", "Oui", ["Non", "Peut-être"], types=["text", "category"])
    yield late("two", "v", "0", ["1", "2"], types=["text", "number"])
    yield late("empty-word", "v", "Paris", ["N/A"], types=["text", "category"])
    yield late("padded", "v", "Paris", ["  Paris  "], types=["text", "category"])
    body = "cle;v\n" + "".join(f"k{i};Paris\n" for i in range(n)) + "z;Lyon;x\n"
    yield Case("late-extra-cell", body.encode(), rows=n, aside=[(n + 2, "too_many_cells")], types=["text", "category"])
