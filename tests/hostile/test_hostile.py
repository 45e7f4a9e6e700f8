"""Every nasty file reaches the outcome a careful reader reaches, within five seconds of processor, and no line is lost in silence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from analytics.files import read_sources
from analytics.files.refusals import SENTENCES
from analytics.loading import load
from analytics.workspace import Database
from tests.hostile import books, exports, layouts, oddities, refused, reports, spelt, values
from tests.hostile.case import Case
from vocabulary.errors import FileProblem
from vocabulary.sentence import Label, Sentence

CASES = [*layouts.all_cases(), *oddities.all_cases(), *values.all_cases(), *spelt.all_cases(), *reports.all_cases(), *exports.all_cases(), *refused.all_cases(), *books.all_cases()]


def test_corpus_is_large_and_its_names_are_distinct() -> None:
    """At least 120 files, in both languages."""
    assert len({case.name for case in CASES}) == len(CASES) >= 120


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_outcome(case: Case, tmp_path: Path) -> None:
    """The file is refused with the right sentence, or gives exactly the expected table."""
    path, scratch = tmp_path / "upload.bin", tmp_path / "scratch"
    path.write_bytes(case.data)
    scratch.mkdir()
    start = time.process_time()
    if case.refused is not None:
        with pytest.raises(FileProblem) as caught:
            read_sources(path, name=case.file, scratch=scratch)
        template = SENTENCES[case.refused].template
        assert caught.value.sentence.template == template
        shown = caught.value.in_("fr")
        assert case.file in shown and len(shown) < 250
    else:
        _check_table(case, path, scratch)
    assert time.process_time() - start < 5


def _check_table(case: Case, path: Path, scratch: Path) -> None:
    sources = read_sources(path, name=case.file, scratch=scratch)
    database = Database(scratch / "data.duckdb", writable=True)
    try:
        profile, *others = load(database, sources)
        rows = database.rows(f"SELECT {', '.join(column.column for column in profile.columns)} FROM {profile.table}")
        kept = database.rows("SELECT line, reason FROM set_aside WHERE file = ? ORDER BY line", [profile.file])
    finally:
        database.close()
    columns = profile.columns
    assert [other.rows for other in others] == list(case.others) and all(other.rows == other.present for other in others)
    assert profile.rows + profile.set_aside == profile.present and len(rows) == profile.rows
    assert kept == list(case.aside) and len(kept) == profile.set_aside
    if case.header is not None:
        assert [column.name for column in columns] == list(case.header)
    if isinstance(case.rows, int):
        assert len(rows) == case.rows
    elif case.rows is not None:
        assert rows == [tuple(row) for row in case.rows]
    if case.types is not None:
        assert [column.type.value for column in columns] == list(case.types)
    said = " ".join(note.render("en") for note in profile.notes)
    assert all(words in said for words in case.notes), said
    assert {c.name: c.failed for c in columns if c.failed} == case.failed
    for name, codes in case.habit.items():
        assert set(codes) <= set(profile.column(name).habit), profile.column(name).habit
    assert [c.name for c in columns if c.ambiguous_order] == list(case.ambiguous)
    assert case.encoding in (None, profile.encoding) and case.delimiter in (None, profile.delimiter)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_is_reached_and_written_in_both_languages(code: str) -> None:
    """Each sentence has a file that earns it, says what to do in both languages, and holds no digit."""
    reached = {case.refused for case in CASES} | {"missing", "parquet"}
    assert code in reached
    sentence = Sentence(SENTENCES[code].template, {"file": Label("f"), "columns": Label("n"), "limit": Label("m")})
    for language in ("fr", "en"):
        words = sentence.render(language)
        assert words.endswith(".") and not any(letter.isdigit() for letter in words)
