"""What the chain sends and hears: welcome, newsletters, invitations, win-back, surveys and complaints."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.sample.block import Block
from assistant.sample.lives import CAMPAIGN_DAY, END
from assistant.sample.truth import RETAIL
from assistant.sample.words import SURVEY_WORDS
from assistant.sample.writing import NO_DAY, Codes, Days, Flags
from vocabulary.language import Text

WELCOME, NEWSLETTER, INVITATION, WIN_BACK, SALES = range(5)
EMAIL, POST, PHONE, SMS = range(4)


@dataclass(slots=True)
class Contacts:
    """Messages sent, shape (c,); `opened` and `clicked` are -1 where the channel cannot tell."""

    customer: Codes
    day: Days
    channel: Codes
    kind: Codes
    opened: Codes
    clicked: Codes


def send(block: Block) -> Contacts:
    """Draw every message of a block, in order of days."""
    parts = [_welcome(block), _newsletters(block), _invitations(block), _win_back(block), _sales(block)]
    whole = Contacts(*(np.concatenate([getattr(part, name) for part in parts]) for name in Contacts.__slots__))
    order = np.lexsort((whole.customer, whole.day))
    return Contacts(*(getattr(whole, name)[order] for name in Contacts.__slots__))


def _read(block: Block, who: Codes, day: Days, channel: Codes, lift: float = 0.0) -> tuple[Codes, Codes]:
    """Draw opens and clicks: they fade after a departure, and glow again before a return."""
    chance = np.minimum(block.openness[who] * engagement(block, who, day) + lift, 0.95)
    opened = block.generator.random(len(who)) < chance
    clicked = opened & (block.generator.random(len(who)) < 0.22)
    told = channel == EMAIL
    return np.where(told, opened, -1).astype(np.int64), np.where(told, clicked, -1).astype(np.int64)


def engagement(block: Block, who: Codes, day: Days) -> np.ndarray:
    """Return what is left of a customer's attention on a day, between 0 and 1, shape (c,)."""
    left, back, gone = block.left[who], block.back[who], block.gone[who]
    away = (left != NO_DAY) & (day > left) & ((back == NO_DAY) | (day < back))
    away_again = (back != NO_DAY) & (gone != NO_DAY) & (day > gone)
    since = np.where(away_again, day - gone, np.where(away, day - left, 0))
    faded = 0.08 + 0.92 * 0.5 ** (np.maximum(since, 0) / RETAIL.opens_half_life_days)
    glows = away & (back != NO_DAY) & (day >= back - RETAIL.ember_days)
    return np.where(glows, 0.9, faded)


def _welcome(block: Block) -> Contacts:
    customers, generator = block.customers, block.generator
    late = generator.random(len(block)) < 0.12
    delay = np.where(
        customers.welcomed,
        generator.integers(1, RETAIL.welcome_days + 1, len(block)),
        np.where(late, generator.integers(60, 120, len(block)), 10**5),
    )
    day = customers.joined + delay
    who = np.flatnonzero(day <= END)
    other = generator.choice([POST, PHONE], len(block), p=[0.6, 0.4])
    channel = np.where(customers.consent & (generator.random(len(block)) < 0.8), EMAIL, other)[who]
    return Contacts(who, day[who], channel, np.full(len(who), WELCOME), *_read(block, who, day[who], channel, 0.2))


def withdrawals(block: Block) -> Days:
    """Return the day each customer took their e-mail consent back, shape (n,): one leaver in six, after leaving."""
    draw = np.random.default_rng([block.first, len(block), 7])
    day = block.gone + draw.integers(20, 200, len(block))
    takes = (block.gone != NO_DAY) & block.customers.consent & (draw.random(len(block)) < 1 / 6) & (day <= END)
    takes &= day > CAMPAIGN_DAY
    return np.where(takes, day, NO_DAY)


def _newsletters(block: Block) -> Contacts:
    months = np.arange(np.datetime64("2022-10"), np.datetime64("2026-10")).astype("datetime64[D]").astype(np.int64)
    sent = np.tile(months + 9, (len(block), 1))
    withdrawn = withdrawals(block)[:, None]
    allowed = block.customers.consent[:, None] & (sent > block.customers.joined[:, None] + 7)
    allowed &= (withdrawn == NO_DAY) | (sent < withdrawn)
    who, month = np.nonzero(allowed)
    day = sent[who, month]
    channel = np.full(len(who), EMAIL)
    opened, clicked = _read(block, who, day, channel)
    _mark_embers(block, who, day, opened, clicked)
    return Contacts(who, day, channel, np.full(len(who), NEWSLETTER), opened, clicked)


def _mark_embers(block: Block, who: Codes, day: Days, opened: Codes, clicked: Codes) -> None:
    """Make the opens of the three newsletters before the mailing say who was an ember and who was not."""
    targets = np.zeros(len(block), dtype=np.bool_)
    targets[block.campaign.customer] = True
    ember = np.zeros(len(block), dtype=np.bool_)
    ember[block.campaign.customer[block.campaign.ember]] = True
    near = targets[who] & (day >= CAMPAIGN_DAY - 90) & (day < CAMPAIGN_DAY)
    opened[near & ~ember[who]] = 0
    clicked[near & ~ember[who]] = 0
    latest = near & ember[who] & (day >= CAMPAIGN_DAY - 40)
    opened[latest] = 1


def _invitations(block: Block) -> Contacts:
    day = block.customers.invited
    who = np.flatnonzero(day != NO_DAY)
    channel = np.where(block.customers.consent[who], EMAIL, POST)
    return Contacts(who, day[who], channel, np.full(len(who), INVITATION), *_read(block, who, day[who], channel, 0.1))


def _win_back(block: Block) -> Contacts:
    written = block.campaign.group > 0
    who = block.campaign.customer[written]
    day = np.full(len(who), CAMPAIGN_DAY)
    channel = np.full(len(who), EMAIL)
    opened, clicked = _read(block, who, day, channel, 0.05)
    won = block.campaign.won[written]
    opened[won] = 1
    return Contacts(who, day, channel, np.full(len(who), WIN_BACK), opened, clicked)


def _sales(block: Block) -> Contacts:
    starts = np.array(
        [f"{year}-{part}" for year in range(2023, 2027) for part in ("01-08", "06-25")], dtype="datetime64[D]"
    )
    sent = np.tile(starts.astype(np.int64), (len(block), 1))
    reached = (block.generator.random(len(block)) < 0.35)[:, None] & (sent > block.customers.joined[:, None])
    who, turn = np.nonzero(reached)
    silent = np.full(len(who), -1)
    return Contacts(who, sent[who, turn], np.full(len(who), SMS), np.full(len(who), SALES), silent, silent.copy())


@dataclass(slots=True)
class Surveys:
    """Questionnaires sent after visits, shape (s,); score -1 where nobody answered, word -1 where nothing was said."""

    visit: Codes
    day: Days
    score: Codes
    word: Codes


def survey_words() -> list[Text]:
    """Return every sentence customers write, in the order of the codes of `Surveys.word`."""
    return [sentence for theme in SURVEY_WORDS.values() for sentence in theme]


def ask(block: Block) -> Surveys:
    """Send a questionnaire after one visit in five; a third answer, and the score follows what was lived."""
    generator, visits = block.generator, block.purchases
    visit = np.flatnonzero(generator.random(len(visits)) < 0.20)
    day = visits.day[visit] + generator.integers(2, 12, len(visit))
    visit, day = visit[day <= END], day[day <= END]
    who = visits.customer[visit]
    open_complaint = visits.unresolved[visit]
    late = (block.customers.first_delivery[who] == 2) & (visits.rank[visit] < 2)
    dear = visits.price_rise[visit]
    level = 8.1 - 4.0 * open_complaint - 2.2 * late - 0.6 * dear + 0.6 * visits.invited[visit]
    score = np.clip(np.round(level + generator.normal(0, 1.7, len(visit))), 0, 10).astype(np.int64)
    answers = generator.random(len(visit)) < np.where(visits.last[visit], 0.25, 0.38)
    word = _written(generator, score, open_complaint, late, dear)
    writes = answers & (generator.random(len(visit)) < 0.45)
    return Surveys(visit, day, np.where(answers, score, -1), np.where(writes, word, -1))


def _written(generator: np.random.Generator, score: Codes, complaint: Flags, late: Flags, dear: Flags) -> Codes:
    sizes = [len(theme) for theme in SURVEY_WORDS.values()]
    firsts = np.cumsum([0, *sizes[:-1]])
    unhappy = score <= 8
    theme = np.select([complaint & unhappy, late & unhappy, dear & unhappy, score >= 8], [0, 1, 2, 4], 3)
    words: Codes = firsts[theme] + generator.integers(0, 10**6, len(score)) % np.array(sizes)[theme]
    return words


@dataclass(slots=True)
class Complaints:
    """Complaints, shape (r,): the visit each is about, days, and whether settled."""

    visit: Codes
    opened: Days
    settled: Days
    kind: Codes


def complain(block: Block) -> Complaints:
    """Detail the complaints drawn with the visits: opened within days, settled within three weeks or never."""
    generator, visits = block.generator, block.purchases
    visit = np.flatnonzero((visits.complaint > 0) & (visits.day < END - 6))
    opened = visits.day[visit] + generator.integers(1, 6, len(visit))
    settled = opened + generator.integers(1, 22, len(visit))
    known = (visits.complaint[visit] == 1) & (settled <= END)
    kind = generator.choice(4, len(visit), p=[0.45, 0.25, 0.15, 0.15])
    return Complaints(visit, opened, np.where(known, settled, NO_DAY), kind)
