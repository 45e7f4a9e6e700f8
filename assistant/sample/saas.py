"""Write the files of the sample software company, block of accounts after block, in bounded memory."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import numpy as np

from assistant.sample import saas_accounts, saas_events, saas_market
from assistant.sample.saas_columns import FILES
from assistant.sample.saas_lives import live_account_block
from assistant.sample.writing import Habits, TableFile
from vocabulary.language import Language

DEFAULT_ACCOUNTS = 3000
BLOCK = 10_000


def write(folder: Path, language: Language, customers: int, seed: int) -> tuple[Path, ...]:
    """Write every file of the software company and return their paths.

    Args:
        folder: an existing folder.
        language: habits and words.
        customers: how many accounts, trials that did not convert included.
        seed: of the randomness.
    """
    habits = Habits(language)
    signups = np.zeros(saas_market.SPENDING_SHAPE, dtype=np.int64)
    by_block = {
        "accounts": saas_accounts.account_cells,
        "subscriptions": saas_accounts.subscription_cells,
        "users": saas_accounts.user_cells,
        "usage": saas_events.usage_cells,
        "tickets": saas_events.ticket_cells,
        "invoices": saas_events.invoice_cells,
        "surveys": saas_events.survey_cells,
        "contacts": saas_events.contact_cells,
        "campaign": saas_market.campaign_cells,
        "opportunities": saas_market.opportunity_cells,
    }
    with ExitStack() as stack:
        files = {code: stack.enter_context(TableFile(folder, *shape, habits)) for code, shape in FILES.items()}
        for number, first in enumerate(range(0, customers, BLOCK)):
            block = live_account_block(seed, number, first, min(BLOCK, customers - first))
            for code, cells in by_block.items():
                files[code].write(cells(habits, block))
            signups += saas_market.signups_by_month(block)
        files["prospects"].write(saas_market.prospect_cells(habits, seed, max(customers // 5, 1)))
        files["spending"].write(saas_market.spending_cells(habits, signups))
        files["events"].write(saas_market.event_cells(habits))
        return tuple(file.path for file in files.values())
