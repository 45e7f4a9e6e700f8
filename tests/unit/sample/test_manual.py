"""`docs/sample.md` says what `truth.py` plants and what the shipped files hold, to the last figure printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from assistant.sample.retail_columns import FILES as SHOP_FILES
from assistant.sample.saas_columns import FILES as SAAS_FILES
from assistant.sample.truth import DEFECTS, RETAIL, SAAS, Planted
from tests.unit.sample.facts import account_facts, account_ratios, shop_facts, shop_ratios

MANUAL = Path(__file__).parents[3] / "docs" / "sample.md"


def section(title: str) -> str:
    """The text under one heading."""
    text = MANUAL.read_text(encoding="utf-8")
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", text, flags=re.DOTALL | re.MULTILINE)
    assert found, title
    return found.group(1)


def rows(title: str) -> dict[str, list[str]]:
    """The table under one heading: first cell (in backquotes) to the others."""
    lines = [line for line in section(title).splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {line[0].strip("`"): line[1:] for line in cells}


def planted_row(one: Planted, ratios: pd.DataFrame) -> list[str]:
    share = "" if one.share is None else f"{100 * one.share:.0f}%"
    seen = f"{ratios.loc[one.code, 'odds_ratio']:.2f}" if one.code in ratios.index else ""
    since = "" if one.since is None else one.since.isoformat()
    where = f"{one.table}: {one.column}"
    return [one.nature, where, f"{one.log_odds:+.2f}", f"{one.odds_ratio:.2f}", share, since, seen]


def check_planted(title: str, planted: Mapping[str, Planted], ratios: pd.DataFrame) -> None:
    assert rows(title) == {code: planted_row(one, ratios) for code, one in planted.items()}


def test_the_shops_table_is_the_truth(shops: Path) -> None:
    check_planted("Planted in the shops", RETAIL.planted, shop_ratios(shops))


def test_the_software_table_is_the_truth(software: Path) -> None:
    check_planted("Planted in the software company", SAAS.planted, account_ratios(software))


def written(facts: Mapping[str, float]) -> dict[str, list[str]]:
    return {
        code: [f"{value:,.0f}" if value == round(value) or value > 1000 else f"{value:.1f}"]
        for code, value in facts.items()
    }


def test_the_facts_of_the_shops_are_those_of_the_files(shops: Path) -> None:
    assert rows("The shipped shop files in figures") == written(shop_facts(shops))


def test_the_facts_of_the_software_company_are_those_of_the_files(software: Path) -> None:
    assert rows("The shipped software files in figures") == written(account_facts(software))


@pytest.mark.parametrize(
    ("title", "truth"),
    [("Settings of the shops", RETAIL), ("Settings of the software company", SAAS), ("Defects", DEFECTS)],
)
def test_settings_are_the_truth(title: str, truth: object) -> None:
    settings = {name: getattr(truth, name) for name in truth.__dataclass_fields__ if name != "planted"}  # type: ignore[attr-defined]
    told = {
        name: [", ".join(f"{key} {one:g}" for key, one in value.items()) if isinstance(value, Mapping) else str(value)]
        for name, value in settings.items()
    }
    assert {name: cells[:1] for name, cells in rows(title).items()} == told


def test_every_file_is_listed_in_both_languages() -> None:
    text = section("The files")
    for name, columns in [*SHOP_FILES.values(), *SAAS_FILES.values()]:
        assert f"`{name.fr}.csv` / `{name.en}.csv`" in text
        assert columns
