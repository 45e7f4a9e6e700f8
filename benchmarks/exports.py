"""Large French exports of purchases as they come: each kind of irregularity, beside the regular UTF-8 file it should be worth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

KINDS = {
    "plain": "regular, Windows-1252",
    "framed": "three lines above the header, a blank line, a total line at the end",
    "ragged": "one row in a thousand too short or too long",
    "quoted": "line ends, doubled quotes and semicolons inside quotes in 5 % of the rows",
    "amounts": "« 1 234,56 € » with no-break spaces",
    "dates": "four ways of writing a date in one column",
    "utf-16": "UTF-16",
    "headings": "the header again every 50,000 rows",
    "inches": "one row in a thousand with a quote that closes nothing",
    "trailing": "a separator at the end of every line",
    "everything": "all of these at once but UTF-16, with comment lines and blank lines",
}
_BLOCK = 4 << 20
_SHOPS = "['Orléans', 'Béziers', 'Besançon', 'Nîmes', 'Angoulême', 'Châteauroux', 'Évreux'][(1 + h1 // 16 % 7)::INT]"
_AMOUNT = "printf('%.2f', (h3 % 300000) / 100.0 * CASE WHEN h3 % 97 = 0 THEN -1 ELSE 1 END)"
_COMMA = f"replace({_AMOUNT}, '.', ',')"
_SPACED = f"regexp_replace({_COMMA}, '([0-9])([0-9]{{{{3}}}}),', '\\1\u00a0\\2,') || '\u00a0€'"
_DAY = "DATE '2022-01-01' + (h2 % 1400)::INT"
_FRENCH_DAY = f"strftime({_DAY}, '%d/%m/%Y')"
_ANY_DAY = (
    f"CASE h4 // 64 % 4 WHEN 0 THEN {_FRENCH_DAY} WHEN 1 THEN strftime({_DAY}, '%Y-%m-%d') "
    f"WHEN 2 THEN strftime({_DAY}, '%d/%m/%y') ELSE strftime({_DAY}, '%d.%m.%Y') END"
)
_LONG_SHOPS = (
    f"CASE WHEN h4 // 512 % 20 = 0 THEN 'Magasin « ' || {_SHOPS} || ' » dit \"le grand\"' || chr(10) || "
    f"'2e étage ; sur cour' ELSE {_SHOPS} END"
)
_PURCHASES = """
COPY (
  SELECT
    'C' || lpad((h1 % ({lines} // 10 + 1))::VARCHAR, 7, '0') AS "N° client",
    'F' || lpad(i::VARCHAR, 8, '0') AS "N° facture",
    {day} AS "Date d'achat",
    {amount} AS "Montant TTC (€)",
    (1 + h4 % 5)::VARCHAR AS "Quantité",
    ['Épicerie', 'Crémerie', 'Fruits et légumes', 'Surgelés', 'Hygiène', 'Bœuf et volaille'][(1 + h4 // 8 % 6)::INT]
      AS "Catégorie",
    {shop} AS "Magasin",
    ['Oui', 'Non'][(1 + h2 // 4096 % 2)::INT] AS "Carte de fidélité"
  FROM (
    SELECT range AS i, md5_number_lower(range::VARCHAR || 'a') % 1000000007 AS h1,
      md5_number_lower(range::VARCHAR || 'b') % 1000000007 AS h2, md5_number_lower(range::VARCHAR || 'c') % 1000000007 AS h3,
      md5_number_lower(range::VARCHAR || 'd') % 1000000007 AS h4
    FROM range({lines})
  )
) TO '{path}' (FORMAT csv, DELIMITER ';', HEADER true)
"""


def write_files(folder: Path, lines: int, kind: str = "plain") -> tuple[Path, Path]:
    """Write an export of a kind and its regular UTF-8 equivalent, unless they are there.

    Args:
        folder: where they are kept.
        lines: rows of purchases.
        kind: of `KINDS`.

    Returns:
        The export, and the regular file of the same purchases.
    """
    long_shops = kind in ("quoted", "everything")
    regular = _regular(folder, lines, _COMMA, _FRENCH_DAY, long_shops=long_shops)
    amount = _SPACED if kind in ("amounts", "everything") else _COMMA
    day = _ANY_DAY if kind in ("dates", "everything") else _FRENCH_DAY
    export = folder / f"achats-{lines}-{kind}.csv"
    if not export.exists():
        as_written = _regular(folder, lines, amount, day, long_shops=long_shops)
        _rewrite(as_written, export, kind)
        if as_written != regular:
            as_written.unlink()
    return export, regular


def _regular(folder: Path, lines: int, amount: str, day: str, *, long_shops: bool) -> Path:
    """The regular UTF-8 file with these ways of writing amounts and days."""
    ways = "".join("x" if odd else "-" for odd in (amount != _COMMA, day != _FRENCH_DAY, long_shops))
    path = folder / f"achats-{lines}-regular{ways}.csv"
    if not path.exists():
        shop = _LONG_SHOPS if long_shops else _SHOPS
        amount, day, shop = (text.replace("{{3}}", "{3}") for text in (amount, day, shop))
        with duckdb.connect(config={"threads": "1"}) as connection:
            connection.execute(_PURCHASES.format(lines=lines, path=path, amount=amount, day=day, shop=shop))
    return path


def _rewrite(regular: Path, export: Path, kind: str) -> None:
    """Write the irregular export from the regular one, in its encoding."""
    encoding = "utf-16" if kind == "utf-16" else "cp1252"
    every = kind == "everything"
    with export.open("w", encoding=encoding, newline="") as target:
        if every or kind == "framed":
            target.write("Exporté le 28/11/2026 à 10:30\nSociété : Noces SARL\nUtilisateur : Éloïse\n\n")
        if kind in ("plain", "amounts", "dates", "utf-16", "quoted", "framed"):
            with regular.open(encoding="utf-8", newline="") as source:
                while block := source.read(_BLOCK):
                    target.write(block)
        else:
            target.writelines(_spoilt(regular, kind))
        if every or kind == "framed":
            target.write("Total;;;15 000 000,00;;;;\n")


def _spoilt(regular: Path, kind: str) -> Iterator[str]:
    """The lines of a regular file, some of them spoilt; a quoted line end is left alone."""
    every, open_cell = kind == "everything", False
    with regular.open(encoding="utf-8", newline="") as source:
        header = next(source)
        yield header.replace("\n", ";\n") if kind == "trailing" else header
        for i, line in enumerate(source):
            if open_cell or line.count('"') % 2:
                open_cell = open_cell != (line.count('"') % 2 == 1)
                yield line
                continue
            if (every or kind == "headings") and i % 50_000 == 49_999:
                yield header
            if every and i % 100_000 == 50_000:
                yield f"# lot {i}\n"
            if every and i % 20_000 == 10_000:
                yield "\n"
            if (every or kind == "ragged") and i % 1_000 == 500:
                line = line.replace("\n", ";en trop\n") if i % 2_000 == 500 else line[: line.rindex(";")] + "\n"
            elif (every or kind == "inches") and i % 1_000 == 700:
                line = line.replace(";Non", ' 12" ;Non').replace(";Oui", ' 12" ;Oui')
            yield line.replace("\n", ";\n") if kind == "trailing" else line
