"""A manager never reads the code of a check: every check has a title, in both languages, wherever checks are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.catalog import Runner
from analytics.datamodel.health import CHECK_TITLES, HealthCode
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from assistant.documents.tables import to_grid
from assistant.report import data_markdown
from tests.unit.datamodel import defects
from tests.unit.datamodel.worlds import TODAY, shop, write_files
from vocabulary.finding import Finding
from vocabulary.language import Language


def test_every_check_has_a_title_of_its_own() -> None:
    """All codes, no underscore, two languages, no title twice."""
    assert set(CHECK_TITLES) == set(HealthCode)
    for words in ({t.fr for t in CHECK_TITLES.values()}, {t.en for t in CHECK_TITLES.values()}):
        assert len(words) == len(CHECK_TITLES)
        assert not any("_" in title or title != title.strip() for title in words)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_code_shows_in_the_table_nor_in_the_report(language: Language, tmp_path: Path) -> None:
    """The table of the health of the data and the report on the files, of a shop with ten defects."""
    files = shop(seed=21)
    for plant in (
        defects.duplicate_customers, defects.future_dates, defects.outlier_amounts, defects.negative_amounts,
        defects.test_accounts, defects.mixed_currencies, defects.unlabelled_personal_data, defects.rows_without_customer,
        defects.inconsistent_spelling, defects.duplicate_rows,
    ):  # fmt: skip
        plant(files)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    study = open_study(workspace)
    try:
        finding = Runner(study).run("data_health")
        codes = {check.check for check in study.model.health}
        report = data_markdown(study.model, language)
    finally:
        study.database.close()
    assert isinstance(finding, Finding) and finding.table is not None and len(codes) >= 10
    grid = to_grid(finding.table, language, study.model.currency)
    cells = {str(cell) for row in grid.rows for cell in row}
    assert {CHECK_TITLES[HealthCode(code)].in_(language) for code in codes} <= cells
    assert not any(code in cell for code in codes for cell in cells if "_" in code)
    assert not any(code in report for code in codes if "_" in code)
