"""The cells of each file of the sample chain, for one block of customers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assistant.sample import words
from assistant.sample.block import Block
from assistant.sample.defects import Defects, TillRows
from assistant.sample.letters import Complaints, Contacts, Surveys, survey_words, withdrawals
from assistant.sample.lives import CAMPAIGN_DAY, END
from assistant.sample.loyalty_card import card_days
from assistant.sample.people import emails, names, phones, postcodes
from assistant.sample.shop_lines import VAT, Lines
from assistant.sample.truth import RETAIL, began
from assistant.sample.writing import NO_DAY, Codes, Days, Habits
from vocabulary.language import Text

MONTHS = 48
SPENDING_SHAPE = (MONTHS, len(words.CHANNELS))


def customer_id(habits: Habits, block: Block, positions: Codes) -> pa.Array:
    """Write customer numbers from positions in the block; -1 gives an empty cell."""
    return habits.identifiers("C", np.where(positions < 0, -1, block.first + positions + 1), 7)


def customer_cells(habits: Habits, block: Block, defects: Defects) -> list[pa.Array]:
    """Return the cells of the customers' file."""
    customers, size = block.customers, len(block)
    draw = np.random.default_rng([block.first, size, 11])
    far = customers.distance > RETAIL.far_km
    return [
        customer_id(habits, block, np.arange(size)),
        habits.labels(draw.integers(0, 2, size), words.TITLES),
        *_identity(habits, block, defects, draw),
        _instead(pa.array(defects.no_postcode), "", postcodes(draw, customers.shop, far)),
        habits.decimals(customers.distance),
        habits.labels(customers.shop, [shop.town for shop in words.SHOPS]),
        habits.labels(np.where(defects.no_channel, -1, customers.channel), words.CHANNELS),
        habits.dates(customers.joined),
        habits.flags(card_days(block) != NO_DAY),
        habits.dates(card_days(block)),
        habits.labels(np.where(customers.self_checkout, 0, 1), words.CHECKOUTS),
        habits.labels(customers.first_delivery, words.FIRST_DELIVERY),
        habits.flags(draw.random(size) < 0.3),
        *_consents(habits, block, draw),
        habits.labels(_departure_reasons(block, draw), words.DEPARTURE_REASONS),
    ]


def _identity(habits: Habits, block: Block, defects: Defects, draw: np.random.Generator) -> list[pa.Array]:
    """Write names, address, phone and birth date; a person registered twice has them twice."""
    size = len(block)
    first, last = (column[defects.twin_of] for column in names(draw, size))
    born = (block.customers.joined - draw.integers(18 * 365, 82 * 365, size))[defects.twin_of]
    numbers = (block.first + np.arange(size) + 1)[defects.twin_of]
    test = pa.array(defects.test)
    return [
        _instead(test, "Test", habits.labels(first, words.FIRST_NAMES)),
        _instead(test, "TEST", habits.labels(last, words.LAST_NAMES)),
        _instead(test, "test@example.com", emails(habits, first, last, numbers)),
        phones(numbers, (draw.random(size) < 0.7)[defects.twin_of]),
        habits.dates(np.where(defects.no_birth, NO_DAY, born)),
    ]


def _consents(habits: Habits, block: Block, draw: np.random.Generator) -> list[pa.Array]:
    """Write consents; one leaver in six took the e-mail one back after leaving, and its date says so."""
    consent, joined, size = block.customers.consent, block.customers.joined, len(block)
    withdrawn = withdrawals(block)
    sms, phone = draw.random(size) < 0.40, draw.random(size) < 0.15
    return [
        habits.flags(consent & (withdrawn == NO_DAY)),
        habits.dates(np.where(withdrawn != NO_DAY, withdrawn, np.where(consent, joined, NO_DAY))),
        habits.flags(sms),
        habits.dates(np.where(sms, joined, NO_DAY)),
        habits.flags(phone),
        habits.dates(np.where(phone, joined, NO_DAY)),
    ]


def _departure_reasons(block: Block, draw: np.random.Generator) -> Codes:
    """Draw the reason noted for who has been gone for half a year: the leak, known only once the customer has left."""
    size = len(block)
    told = (block.gone != NO_DAY) & (END - block.gone > 180) & (draw.random(size) < RETAIL.leak_filled)
    reason = draw.choice(len(words.DEPARTURE_REASONS), size, p=[0.08, 0.12, 0.10, 0.20, 0.50])
    final = block.purchases.last & (block.purchases.decided == block.gone[block.purchases.customer])
    who = block.purchases.customer[final]
    speaks = draw.random(size) < 0.5
    for code, holds in (
        (1, block.purchases.price_rise[final] | (block.purchases.shock[final] == 1)),
        (0, block.purchases.unresolved[final]),
    ):
        reason[who[holds & speaks[who]]] = code
    reason[(block.customers.first_category == words.WEDDING_LIST) & speaks] = 3
    return np.where(told, reason, -1)


def _instead(where: pa.Array, word: str, cells: pa.Array) -> pa.Array:
    return pc.if_else(where, word, cells)


def line_cells(habits: Habits, block: Block, lines: Lines, rows: TillRows, tickets: int) -> list[pa.Array]:
    """Return the cells of the purchases' file."""
    line, visit = rows.line, lines.visit[rows.line]
    who = customer_id(habits, block, rows.customer)
    place = np.where(rows.customer < 0, 0, sales_channel(block)[visit])
    return [
        ticket_id(habits, rows.ticket + tickets),
        _instead(pa.array(rows.orphan), "C9999999", who),
        habits.dates(rows.day),
        habits.money(lines.paid[line]),
        habits.money(lines.discount[line]),
        habits.labels(lines.code[line], words.PROMO_CODES),
        habits.labels(lines.category[line], words.CATEGORIES),
        habits.labels(block.customers.shop[block.purchases.customer[visit]], [shop.town for shop in words.SHOPS]),
        habits.labels(place, words.SALES_CHANNELS),
        habits.integers(lines.quantity[line]),
        habits.money(np.round(lines.paid[line] * VAT / (1 + VAT)).astype(np.int64)),
        habits.money(lines.cost[line]),
    ]


def ticket_id(habits: Habits, numbers: Codes) -> pa.Array:
    """Write ticket numbers; -1 gives an empty cell."""
    return habits.identifiers("T", np.where(numbers < 0, -1, numbers + 1), 9)


def sales_channel(block: Block) -> Codes:
    """Return where each visit took place, shape (m,): the first follows its delivery, the next the customer's habit."""
    visits, customers = block.purchases, block.customers
    draw = np.random.default_rng([block.first, len(visits), 13])
    online = np.where(np.isin(customers.channel, [1, 2, 5]), 0.5, 0.12)[visits.customer]
    away = np.where(visits.rank == 0, customers.first_delivery[visits.customer] > 0, draw.random(len(visits)) < online)
    return np.where(away, 1 + (draw.random(len(visits)) < 0.35), 0)


def contact_cells(habits: Habits, block: Block, contacts: Contacts) -> list[pa.Array]:
    """Return the cells of the contacts' file."""
    yes_no = (Text("Non", "No"), Text("Oui", "Yes"))
    return [
        customer_id(habits, block, contacts.customer),
        habits.dates(contacts.day),
        habits.labels(contacts.channel, words.CONTACT_CHANNELS),
        habits.labels(contacts.kind, words.CONTACT_KINDS),
        habits.labels(contacts.opened, yes_no),
        habits.labels(contacts.clicked, yes_no),
    ]


def survey_cells(habits: Habits, block: Block, surveys: Surveys) -> list[pa.Array]:
    """Return the cells of the surveys' file: a line a questionnaire sent, empty where nobody answered."""
    return [
        customer_id(habits, block, block.purchases.customer[surveys.visit]),
        habits.dates(surveys.day),
        habits.integers(surveys.score),
        habits.labels(surveys.word, survey_words()),
    ]


def complaint_cells(habits: Habits, block: Block, complaints: Complaints, tickets: int) -> list[pa.Array]:
    """Return the cells of the complaints' file."""
    statuses = (Text("Non résolue", "Unresolved"), Text("Résolue", "Resolved"))
    numbers = (block.first * 100 + np.arange(len(complaints.visit)) + 1).astype(np.int64)
    return [
        habits.identifiers("R", numbers, 7),
        customer_id(habits, block, block.purchases.customer[complaints.visit]),
        ticket_id(habits, complaints.visit + tickets),
        habits.dates(complaints.opened),
        habits.labels(complaints.kind, words.COMPLAINT_KINDS),
        habits.labels((complaints.settled != NO_DAY).astype(np.int64), statuses),
        habits.dates(complaints.settled),
    ]


def return_cells(habits: Habits, block: Block, lines: Lines, tickets: int) -> list[pa.Array]:
    """Return the cells of the returns' file: three lines in a hundred come back and are refunded."""
    draw = np.random.default_rng([block.first, len(lines.visit), 17])
    rows = np.flatnonzero(draw.random(len(lines.visit)) < 0.03)
    day = block.purchases.day[lines.visit[rows]] + draw.integers(2, 25, len(rows))
    rows, day = rows[day <= END], day[day <= END]
    visit = lines.visit[rows]
    return [
        habits.identifiers("A", block.first * 100 + np.arange(len(rows)) + 1, 7),
        ticket_id(habits, visit + tickets),
        customer_id(habits, block, block.purchases.customer[visit]),
        habits.dates(day),
        habits.money(lines.paid[rows]),
        habits.labels(draw.integers(0, 3, len(rows)), words.RETURN_REASONS),
    ]


def campaign_cells(habits: Habits, block: Block, lines: Lines) -> list[pa.Array]:
    """Return the cells of the campaign's file: what each target bought in the thirty days, as the purchases tell it."""
    campaign, size = block.campaign, len(block)
    day = block.purchases.day[lines.visit]
    inside = (day >= CAMPAIGN_DAY) & (day < CAMPAIGN_DAY + 30)
    who = block.purchases.customer[lines.visit]
    paid = np.bincount(who[inside], weights=lines.paid[inside], minlength=size).astype(np.int64)
    margin = lines.paid / (1 + VAT) - lines.cost
    margins = np.bincount(who[inside], weights=margin[inside], minlength=size)
    targets = campaign.customer
    cost = np.array([0, 35, 90])[campaign.group]
    return [
        customer_id(habits, block, targets),
        habits.labels(campaign.group, words.CAMPAIGN_GROUPS),
        habits.dates(np.full(len(targets), CAMPAIGN_DAY)),
        habits.money(cost),
        habits.flags(paid[targets] > 0),
        habits.money(paid[targets]),
        habits.money(np.maximum(np.round(margins[targets]), 0).astype(np.int64)),
    ]


def recruits_by_month(block: Block) -> np.ndarray:
    """Count recruits by month and channel, shape `SPENDING_SHAPE`."""
    months = block.customers.joined.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    start = int(np.datetime64(RETAIL.start, "M").astype(np.int64))
    counts = np.zeros(SPENDING_SHAPE, dtype=np.int64)
    np.add.at(counts, (months - start, block.customers.channel), 1)
    return counts


def spending_cells(habits: Habits, recruits: np.ndarray) -> list[pa.Array]:
    """Return the cells of the marketing spend: the planted cost of a recruit times the recruits of the month."""
    start = np.datetime64(RETAIL.start, "M")
    months = (start + np.arange(MONTHS)).astype("datetime64[D]").astype(np.int64)
    cost = np.array(list(RETAIL.cost_per_recruit.values())) * 100
    spend = np.round(recruits * cost).astype(np.int64)
    return [
        habits.dates(np.repeat(months, len(words.CHANNELS))),
        habits.labels(np.tile(np.arange(len(words.CHANNELS)), MONTHS), words.CHANNELS),
        habits.money(spend.ravel()),
    ]


def shop_cells(habits: Habits) -> list[pa.Array]:
    """Return the cells of the shops' file."""
    kinds = (Text("Succursale", "Company-owned"), Text("Franchise", "Franchise"))
    opened: Days = np.array([shop.opened for shop in words.SHOPS], dtype="datetime64[D]").astype(np.int64)
    return [
        pa.array([shop.town for shop in words.SHOPS]),
        pa.array([shop.region for shop in words.SHOPS]),
        habits.labels(np.array([int(shop.franchise) for shop in words.SHOPS]), kinds),
        habits.dates(opened),
    ]


def event_cells(habits: Habits) -> list[pa.Array]:
    """Return the cells of the company's events: the price rise in the owned shops, and harmless ones."""
    since = began(RETAIL.planted, "price_rise")
    rise = Text("Hausse des prix", "Price rise")
    told = [(str(since), rise, shop.town) for shop in words.SHOPS if not shop.franchise]
    told += [
        ("2023-05-15", Text("Nouveau site internet", "New website"), ""),
        ("2024-09-02", Text("Nouvelle collection de linge", "New household linen range"), ""),
    ]
    told.sort(key=lambda one: (one[0], one[2]))
    days = np.array([one[0] for one in told], dtype="datetime64[D]").astype(np.int64)
    places = np.arange(len(told))
    return [
        habits.dates(days),
        habits.labels(places, [one[1] for one in told]),
        habits.labels(places, [one[2] for one in told]),
    ]
