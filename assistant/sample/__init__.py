"""The sample company: files made from a known mechanism, so that every answer can be checked against the truth."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from vocabulary.language import Language

SampleKind = Literal["retail", "saas"]


def write_sample(
    folder: Path,
    *,
    kind: SampleKind = "retail",
    language: Language = "fr",
    customers: int | None = None,
    seed: int = 1,
) -> tuple[Path, ...]:
    """Write the files of the sample company and return their paths.

    Args:
        folder: where the files go; made when absent. Files of the same name are replaced.
        kind: "retail" (a chain of shops) or "saas" (software sold by subscription to companies).
        language: habits and words of the export; the figures are the same in both languages.
        customers: how many customers or accounts; by default enough for every analysis, few enough for seconds.
        seed: the same seed and number of customers give the same bytes.

    Raises:
        ValueError: when `customers` is below one.
    """
    from assistant.sample import retail, saas  # numpy and Arrow are loaded only when a sample is asked for

    if customers is not None and customers < 1:
        raise ValueError("a sample needs at least one customer")
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "retail":
        return retail.write(folder, language, customers or retail.DEFAULT_CUSTOMERS, seed)
    return saas.write(folder, language, customers or saas.DEFAULT_ACCOUNTS, seed)
