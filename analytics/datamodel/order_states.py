"""The state of each sale under a header that does not say so: « Result » of payments settled, declined or refunded.

What was declined or cancelled is no revenue, whatever the column that tells it is called. The values must be states, nearly all of them, and the
commonest say that the sale was made (settled, paid, delivered): « accepted » and « declined » alone may be of an offer made beside a sale, and so may
« completed » and « declined » where the header names what else was: a survey, a call, an insurance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analytics.datamodel.documents import credits_in, drafts_in
from analytics.datamodel.guessing import Guess
from analytics.datamodel.headers import plain
from analytics.datamodel.identity import Roles
from analytics.datamodel.labels import SURE
from analytics.datamodel.model import ColumnProfile, ColumnType, TableProfile
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.statuses import is_state, means_yes, missed, stood, undone

_SOLD = frozenset({TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.ORDER_LINES, TableKind.PAYMENTS})
_UNSAID = frozenset({Role.ATTRIBUTE, Role.TOPIC, Role.FREE_TEXT})
_OF_SOMETHING_ELSE = re.compile(
    r"survey|questionnaire|enquete|sondage|avis|review|feedback|rating|call|appel|follow ?up|relance|suivi client|offer|offre|upsell|cross ?sell|insurance|assurance|warranty|garantie|gift|cadeau"
    r"|newsletter|consent|opt ?(?:in|out)|loyalty|fidelite|training|formation|onboarding|install|quote|devis|coupon|promo|claim|sinistre|fraud|(?:credit|background|id) check|verif|kyc|signature|document|dossier|contract|contrat|reminder|rappel|mail"
)
_MOST_STATES = 15
_NEARLY_ALL = 0.95  # of the rows: are in a state that is known
_MADE = 0.5  # of the rows, at least: the sale was made


def settle_states(tables: Sequence[TableProfile], roles: Roles, kinds: Mapping[str, TableKind]) -> None:
    """Call the state of a sale so, where its header left it a plain attribute.

    Args:
        tables: those of which the manager said nothing.
        roles: of their columns; changed in place.
        kinds: of the tables.
    """
    for table in tables:
        found = roles[table.table]
        if kinds[table.table] not in _SOLD or not any(guess.role in (Role.AMOUNT, Role.UNIT_PRICE) for guess in found.values()):
            continue
        meant = {column: guess.role for column, guess in found.items()}
        documents = [rows.column.column for told in (credits_in, drafts_in) if (rows := told(table, meant)) is not None]
        for column in table.columns:
            guess = found.get(column.column)
            if guess is not None and guess.role is Role.PAYMENT_METHOD and not guess.given and _says_no_way(column):
                guess = found[column.column] = Guess(Role.ATTRIBUTE, SURE, 0.0, SURE)
            unsaid = guess is None or (guess.role in _UNSAID and not guess.given)
            if unsaid and column.column not in documents and _are_states(column):
                found[column.column] = Guess(Role.ORDER_STATUS, SURE, 0.0, SURE)


def _says_no_way(column: ColumnProfile) -> bool:
    """Whether a « Paiement » says if it was paid, not how: most rows are in a state that is known."""
    rows = sum(count for _, count in column.top)
    return column.type is ColumnType.CATEGORY and sum(count for value, count in column.top if is_state(value)) > _MADE * rows


def _are_states(column: ColumnProfile) -> bool:
    """Whether the values of a column are states of a sale, of which some do not stand."""
    if _OF_SOMETHING_ELSE.search(plain(column.name)):
        return False
    if column.type is not ColumnType.CATEGORY or not 2 <= len(column.top) <= _MOST_STATES or len(column.top) < column.distinct:
        return False
    rows = sum(count for _, count in column.top)
    attended = any(missed(value) for value, _ in column.top)  # of appointments: beside "no show", a yes says that they came
    came = {value for value, _ in column.top if attended and means_yes(value) is not None}
    known = sum(count for value, count in column.top if is_state(value) or value in came)
    made = sum(count for value, count in column.top if (stood(value) and not undone(value)) or (value in came and means_yes(value)))
    return known >= _NEARLY_ALL * rows and made >= _MADE * rows and any(undone(value) for value, _ in column.top)
