"""Write the files of the sample chain of shops, block of customers after block, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa

from assistant.sample import retail_tables as tables
from assistant.sample.block import Block, live_block
from assistant.sample.defects import Defects, spoil_amounts, till_rows
from assistant.sample.letters import ask, complain, send
from assistant.sample.lives import END, START
from assistant.sample.loyalty_card import point_cells
from assistant.sample.prospects import write_prospects
from assistant.sample.retail_columns import FILES
from assistant.sample.season import Calendar
from assistant.sample.shop_lines import Lines, ring_up
from assistant.sample.writing import Habits, TableFile
from vocabulary.language import Language

DEFAULT_CUSTOMERS = 6000
BLOCK = 20_000


def write(folder: Path, language: Language, customers: int, seed: int) -> tuple[Path, ...]:
    """Write every file of the chain and return their paths.

    Args:
        folder: an existing folder.
        language: habits and words.
        customers: how many.
        seed: of the randomness.
    """
    habits, calendar = Habits(language), Calendar(START, END)
    recruits = np.zeros(tables.SPENDING_SHAPE, dtype=np.int64)
    tickets = 0
    with ExitStack() as stack:
        files = {code: stack.enter_context(TableFile(folder, *shape, habits)) for code, shape in FILES.items()}
        for number, first in enumerate(range(0, customers, BLOCK)):
            block = live_block(seed, number, first, min(BLOCK, customers - first), calendar)
            lines = ring_up(block)
            defects = Defects(seed, number, len(block), len(block.purchases), len(lines.visit))
            spoil_amounts(block, lines, defects)
            for code, cells in _cells(habits, block, lines, defects, tickets):
                files[code].write(cells)
            recruits += tables.recruits_by_month(block)
            tickets += len(block.purchases) + len(defects.nameless)
        files["spending"].write(tables.spending_cells(habits, recruits))
        files["shops"].write(tables.shop_cells(habits))
        files["events"].write(tables.event_cells(habits))
        write_prospects(files["prospects"], habits, seed, max(customers // 5, 1))
        return tuple(file.path for file in files.values())


def _cells(
    habits: Habits, block: Block, lines: Lines, defects: Defects, tickets: int
) -> Iterator[tuple[str, list[pa.Array]]]:
    """Yield one file's cells at a time, so that they are never all held; `tickets` counts those of earlier blocks."""
    yield "customers", tables.customer_cells(habits, block, defects)
    yield "lines", tables.line_cells(habits, block, lines, till_rows(block, lines, defects), tickets)
    yield "contacts", tables.contact_cells(habits, block, send(block))
    yield "surveys", tables.survey_cells(habits, block, ask(block))
    yield "complaints", tables.complaint_cells(habits, block, complain(block), tickets)
    yield "returns", tables.return_cells(habits, block, lines, tickets)
    yield "campaign", tables.campaign_cells(habits, block, lines)
    everyone = tables.customer_id(habits, block, np.arange(len(block)))
    yield "points", point_cells(habits, block, lines, everyone)
