"""What is recorded of the life of the software company's accounts: usage, tickets, invoices, surveys and contacts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from assistant.sample import saas_words as words
from assistant.sample.saas_accounts import account_id, last_month, mrr_cents, second_life_mrr
from assistant.sample.saas_lives import CAMPAIGN_DAY, END, MONTHS, AccountBlock, month_starts
from assistant.sample.truth import DEFECTS, SAAS
from assistant.sample.writing import NO_DAY, Codes, Days, Habits
from vocabulary.language import Text


def _second_months(block: AccountBlock) -> tuple[Codes, Days]:
    """Return the accounts and first days of every month of second lives, shape (s,) each."""
    who = np.flatnonzero(block.again != NO_DAY)
    stop = np.where(block.ended_again[who] == NO_DAY, END + 1, block.ended_again[who])
    count = np.maximum((stop - block.again[who] + 29) // 30, 0)
    turn = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(who, count), np.repeat(block.again[who], count) + 30 * turn


def usage_cells(habits: Habits, block: AccountBlock) -> list[pa.Array]:
    """Return the cells of the usage file: it falls in the months before the end, a symptom and no cause."""
    draw = np.random.default_rng([block.first, len(block), 25])
    who, age = np.nonzero(block.months.lived)
    day = month_starts(block.accounts)[who, age]
    again, later = _second_months(block)
    end = np.concatenate([block.ended[who], block.ended_again[again]])
    seats = np.concatenate([block.months.seats[who, age], block.months.seats[again, last_month(block)[again]]])
    who, day = np.concatenate([who, again]), np.concatenate([day, later])
    left = np.where(end == NO_DAY, 99, (end - day + 15) // 30)
    fade = np.clip(left / (SAAS.usage_months + 1), 0.12, 1.0)
    keen = draw.beta(6, 3, len(block))[who]
    active = draw.binomial(seats, np.clip(keen * fade, 0.02, 0.98))
    logins = draw.poisson(active * 11.0 * (0.6 + 0.4 * fade))
    features = np.clip(draw.binomial(12, np.clip(0.25 + 0.5 * keen * fade, 0, 1)), 1, 12)
    return [
        account_id(habits, block, who),
        habits.dates(day.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)),
        habits.integers(active),
        habits.integers(logins),
        habits.integers(features),
    ]


def ticket_cells(habits: Habits, block: AccountBlock) -> list[pa.Array]:
    """Return the cells of the tickets' file: a slow one is critical and took more than five days, or never closed."""
    draw = np.random.default_rng([block.first, len(block), 27])
    months = block.months
    count = np.where(months.lived, months.tickets, 0)
    who, age = np.nonzero(count)
    times = count[who, age]
    leading = np.zeros(int(times.sum()), dtype=np.bool_)
    leading[np.cumsum(times) - times] = True
    who, age = np.repeat(who, times), np.repeat(age, times)
    slow = months.slow[who, age] & leading
    opened = month_starts(block.accounts)[who, age] + draw.integers(0, 20, len(who))
    critical = slow | (draw.random(len(who)) < 0.15)
    quick = draw.integers(0, np.where(critical, SAAS.ticket_slow_days, 12))
    wait = np.where(slow, draw.integers(SAAS.ticket_slow_days + 1, 30, len(who)), quick)
    never = slow & (draw.random(len(who)) < 0.3)
    solved = np.where(never | (opened + wait > END), NO_DAY, opened + wait)
    priority = np.where(critical, 0, 1 + (draw.random(len(who)) < 0.3))
    subject = draw.integers(0, len(words.SUBJECTS), len(who))
    kept = np.flatnonzero(opened <= END)
    return [
        habits.identifiers("T", block.first * 40 + np.arange(len(kept)) + 1, 8),
        account_id(habits, block, who[kept]),
        habits.dates(opened[kept]),
        habits.labels(priority[kept], words.PRIORITIES),
        habits.labels(subject[kept], words.SUBJECTS),
        habits.dates(solved[kept]),
    ]


def invoice_cells(habits: Habits, block: AccountBlock) -> list[pa.Array]:
    """Return the cells of the invoices' file: monthly, due in thirty days, paid late before an end; some repeated."""
    draw = np.random.default_rng([block.first, len(block), 29])
    who, age = np.nonzero(block.months.lived)
    again, later = _second_months(block)
    day = np.concatenate([month_starts(block.accounts)[who, age], later])
    net = np.concatenate([mrr_cents(block)[who, age], second_life_mrr(block, again)])
    end = np.concatenate([block.ended[who], block.ended_again[again]])
    who = np.concatenate([who, again])
    near = (end != NO_DAY) & (end - day < 100)
    paid = day + 12 + draw.poisson(np.where(near, 30, 12))
    paid = np.where((paid > END) | (near & (draw.random(len(who)) < 0.10)), NO_DAY, paid)
    number = block.first * 48 + np.arange(len(who)) + 1
    repeated = draw.choice(len(who), len(who) // DEFECTS.repeated_line_every, replace=False)
    rows = np.concatenate([np.arange(len(who)), repeated])
    rows = rows[np.lexsort((who[rows], day[rows]))]
    vat = np.round(net * SAAS.vat).astype(np.int64)
    return [
        habits.identifiers("F", number[rows], 8),
        account_id(habits, block, who[rows]),
        habits.dates(day[rows]),
        habits.money(net[rows]),
        habits.money(vat[rows]),
        habits.money((net + vat)[rows]),
        habits.dates(day[rows] + 30),
        habits.dates(paid[rows]),
    ]


def survey_cells(habits: Habits, block: AccountBlock) -> list[pa.Array]:
    """Return the cells of the surveys' file: every six months, 35 answers in a hundred."""
    draw = np.random.default_rng([block.first, len(block), 31])
    months = block.months
    asked = months.lived & (np.arange(MONTHS) % 6 == 3)[None, :]
    who, age = np.nonzero(asked)
    day = month_starts(block.accounts)[who, age] + 6
    who, age, day = who[day <= END], age[day <= END], day[day <= END]
    slow = np.array([months.slow[:, max(0, step - 5) : step + 1].any(axis=1) for step in range(MONTHS)]).T[who, age]
    untrained = (block.accounts.trained_after > SAAS.training_days)[who]
    raised = months.raised[who, age]
    level = 8.2 - 3.0 * slow - 1.4 * untrained - 0.6 * raised + 0.5 * block.accounts.reviewed[who]
    score = np.clip(np.round(level + draw.normal(0, 1.6, len(who))), 0, 10).astype(np.int64)
    answers = draw.random(len(who)) < 0.35
    theme = np.select([slow & (score < 9), untrained & (score < 9), raised & (score < 8), score >= 8], [0, 1, 2, 4], 3)
    sizes = np.array([len(sentences) for sentences in words.SURVEY_WORDS])
    sentence = (np.cumsum(sizes) - sizes)[theme] + draw.integers(0, 10**6, len(who)) % sizes[theme]
    writes = answers & (draw.random(len(who)) < 0.5)
    return [
        account_id(habits, block, who),
        habits.dates(day),
        habits.integers(np.where(answers, score, -1)),
        habits.labels(np.where(writes, sentence, -1), [one for sentences in words.SURVEY_WORDS for one in sentences]),
    ]


def contact_cells(habits: Habits, block: AccountBlock) -> list[pa.Array]:
    """Return the cells of the contacts' file: reviews each quarter for some, newsletters, the win-back."""
    draw = np.random.default_rng([block.first, len(block), 33])
    lived, starts = block.months.lived, month_starts(block.accounts)
    age = np.arange(MONTHS)[None, :]
    review = np.nonzero(lived & (age % 3 == 1) & block.accounts.reviewed[:, None])
    letter = np.nonzero(lived & (age % 2 == 0))
    written = block.target[block.group > 0]
    who = np.concatenate([review[0], letter[0], written])
    day = np.concatenate([starts[review] + 5, starts[letter] + 12, np.full(len(written), CAMPAIGN_DAY)])
    kind = np.repeat([0, 1, 2], [len(review[0]), len(letter[0]), len(written)])
    keen = draw.beta(4, 5, len(block))[who]
    near = (block.ended[who] != NO_DAY) & (block.ended[who] - day < 100)
    opened = np.where(kind == 0, -1, draw.random(len(who)) < keen * np.where(near, 0.35, 1.0)).astype(np.int64)
    inside = np.flatnonzero(day <= END)
    order = inside[np.lexsort((who[inside], day[inside]))]
    return [
        account_id(habits, block, who[order]),
        habits.dates(day[order]),
        habits.labels((kind[order] > 0).astype(np.int64), words.CONTACT_CHANNELS),
        habits.labels(kind[order], words.CONTACT_KINDS),
        habits.labels(opened[order], (Text("Non", "No"), Text("Oui", "Yes"))),
    ]
