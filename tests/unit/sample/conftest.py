from __future__ import annotations

from pathlib import Path

import pytest

from assistant.sample import write_sample


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The chain of shops as shipped: French, default size, default seed."""
    folder = tmp_path_factory.mktemp("shops")
    write_sample(folder)
    return folder


@pytest.fixture(scope="session")
def shops_in_english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shops_en")
    write_sample(folder, language="en")
    return folder


@pytest.fixture(scope="session")
def software(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The software company as shipped: French, default size, default seed."""
    folder = tmp_path_factory.mktemp("software")
    write_sample(folder, kind="saas")
    return folder
