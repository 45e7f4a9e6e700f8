"""Workbooks: one sheet a finding or a plan; every word of the files written as inert text."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from analytics.catalog import CATALOG
from analytics.datamodel.model import DataModel
from assistant.diagnosis import Diagnosis
from assistant.guidance import ANALYSIS as GUIDANCE
from vocabulary.estimate import Unit
from vocabulary.finding import Column, Finding, Table
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence
from vocabulary.typography import spaced

_LONGEST_NAME = 31  # a spreadsheet takes no more
_SHEET = re.compile(r"[\[\]:*?/\\']")


class Workbook:
    """An .xlsx file being written: headed sheets, right-aligned numbers in their unit, frozen heads."""

    def __init__(self, language: Language, currency: str | None = None) -> None:
        """Start a workbook in one language; money bears `currency` (ISO code) when it is known."""
        self._language, self._currency, self._out = language, currency, io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self._head = self._book.add_format({"bold": True, "bg_color": "#F7EFE9", "bottom": 1, "text_wrap": True, "valign": "top"})
        self._wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._title = self._book.add_format({"bold": True, "font_size": 13, "font_color": "#B5522A"})
        self._formats = {
            Unit.RATIO: self._number("0.0%"), Unit.POINTS: self._number("0.0%"), Unit.MONEY: self._number("#,##0.00"),
            Unit.CUSTOMERS: self._number("#,##0"), Unit.ORDERS: self._number("#,##0"), Unit.COUNT: self._number("#,##0"),
        }  # fmt: skip
        self._other = self._number("#,##0.00")
        self._date = self._number("dd/mm/yyyy" if language == "fr" else "yyyy-mm-dd")
        self._names: set[str] = set()

    def sheet(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]], *, lead: Sequence[str] = ()) -> None:
        """Add a sheet: lines of words first (the first one as a title), then a headed table."""
        page = self._book.add_worksheet(self._unique(name))
        for position, words in enumerate(lead):
            page.write_string(position, 0, spaced(words, self._language), self._title if position == 0 else None)
        top = len(lead) + (1 if lead else 0)
        for position, column in enumerate(columns):
            page.write_string(top, position, column.title.in_(self._language), self._head)
            page.set_column(position, position, 16 if column.unit else 34)
        for line, row in enumerate(rows, start=top + 1):
            for position, (value, column) in enumerate(zip(row, columns, strict=True)):
                self._write(page, line, position, value, column)
        if columns:
            page.freeze_panes(top + 1, 0)

    def finish(self) -> bytes:
        """Close the workbook and return its bytes."""
        self._book.close()
        return self._out.getvalue()

    def _write(self, page: Any, line: int, position: int, value: Any, column: Column) -> None:
        if value is None:
            page.write_blank(line, position, None)
        elif isinstance(value, bool):
            words = ("oui" if value else "non") if self._language == "fr" else ("yes" if value else "no")
            page.write_string(line, position, words, self._wrap)
        elif isinstance(value, int | float | Decimal):
            page.write_number(line, position, float(value), self._formats.get(column.unit, self._other) if column.unit else None)
        elif isinstance(value, date):
            page.write_datetime(line, position, value, self._date)
        elif isinstance(value, Text):
            page.write_string(line, position, spaced(value.in_(self._language), self._language), self._wrap)
        elif isinstance(value, Sentence):
            page.write_string(line, position, spaced(value.render(self._language, self._currency), self._language), self._wrap)
        else:
            page.write_string(line, position, str(value), self._wrap)

    def _number(self, pattern: str) -> Any:
        return self._book.add_format({"num_format": pattern, "valign": "top"})

    def _unique(self, name: str) -> str:
        base = _shortened(" ".join(_SHEET.sub(" ", name).split()), _LONGEST_NAME) or "feuille"
        chosen, count = base, 2
        while chosen.lower() in self._names:
            chosen, count = f"{_shortened(base, _LONGEST_NAME - 3)} {count}", count + 1
        self._names.add(chosen.lower())
        return chosen


def _shortened(name: str, most: int) -> str:
    """A name cut between two words, or within one when it is all there is."""
    if len(name) <= most:
        return name
    whole = name[: most + 1].rsplit(" ", 1)[0]
    return (whole if len(whole) <= most else name[:most]).strip(" ,.'’-–")


def diagnosis_workbook(done: Diagnosis, model: DataModel, language: Language) -> bytes:
    """The diagnosis as a workbook: a summary, then one sheet a finding that has a table."""
    book = Workbook(language, model.currency)
    told = [finding for finding in done.findings if finding.analysis != "explore" or finding.arguments]
    summary = (Column("analysis", Text("analyse", "analysis")), Column("claim", Text("constat", "finding")))
    book.sheet(
        "Synthèse" if language == "fr" else "Summary", summary, [(title_of(f), f.claim) for f in told],
        lead=(_TITLE.in_(language),),
    )  # fmt: skip
    for finding in told:
        add_finding(book, finding, language, model.currency)
    return book.finish()


def title_of(finding: Finding) -> Text:
    """What the analysis behind a finding is called."""
    return next(analysis.title for analysis in (*CATALOG, GUIDANCE) if analysis.name == finding.analysis)


def add_finding(book: Workbook, finding: Finding, language: Language, currency: str | None) -> None:
    """Add a finding's table with its headline; nothing when it has none."""
    if isinstance(finding.table, Table) and finding.table.rows:
        lead = (finding.claim.render(language, currency), *(fact.render(language, currency) for fact in finding.facts))
        book.sheet(title_of(finding).in_(language), finding.table.columns, finding.table.rows, lead=lead)


_TITLE = Text("Diagnostic de la relation client", "Customer relationship diagnosis")
