"""The count of two hundred for files of contracts, apart from that of shops so that two processors share it."""

from __future__ import annotations

import pytest

from tests.unit.datamodel.measure.cases import BUNDLES
from tests.unit.datamodel.measure.publish import as_published


@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("bundle", [name for name, one in BUNDLES.items() if one.twin.startswith("contracts")])
def test_two_hundred_files_planted_and_two_hundred_clean(bundle: str) -> None:
    """Found in at least .95 of the planted files, raised in at most .05 of the clean ones; and the page says so."""
    as_published(bundle)
