"""What a column's values say by themselves: their type, their repetition, and the roles they show without any header."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from analytics.datamodel.headers import plain, read_lexicon, words_of
from analytics.datamodel.model import ColumnProfile, ColumnType
from analytics.datamodel.roles import Role

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s().-]{9,20}")
_IBAN = re.compile(r"(?![A-Z]{2}\d{2}[\dA-Z]{13}$)[A-Z]{2}\d{2}[\s\dA-Z]{10,32}")  # seventeen signs in one piece are a vehicle's number
_NIR = re.compile(r"[12]\s?\d{2}\s?(0[1-9]|1[0-2]|[2-9]\d)\s?(\d{2}|2[AB])\s?\d{3}\s?\d{3}(\s?\d{2})?")
_LETTERED_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d", re.IGNORECASE)
_SOME = 5  # different values
_HEX = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z]{0,8}[-_/#]?\d[\w/-]*|#\d+")
_COMPANY = re.compile(
    r"\b(sarl|sas|sasu|eurl|sa|snc|sci|scop|ltd|llc|inc|plc|gmbh|bv|corp|corporation|group|groupe|ets|etablissements|association|mairie"
    r"|commune de|syndicat|cabinet|hôtel|hotel|restaurant|garage|boulangerie|pharmacie|brothers|freres|frères|fils|partners|holding|co)\b\.?",
    re.IGNORECASE,
)
_CURRENCIES = frozenset((
    "EUR USD GBP CHF XPF CAD AUD JPY MAD XOF XAF TND DZD PLN SEK NOK DKK BRL CNY INR CZK HUF RON MXN TRY LKR ZAR NGN KES GHS EGP SAR AED QAR"
    " PKR PHP THB IDR MYR SGD HKD NZD RUB UAH ILS COP ARS PEN MUR HTG CDF"
).split())
_GENDERS = frozenset(
    "f m h w male female homme femme man woman mme mlle m. mr mrs ms monsieur madame other autre".split()
)

_CONTROLS = frozenset({"control", "controle", "temoin", "holdout", "placebo", "control group", "groupe temoin",
    "no e-mail", "no email", "no mail", "no contact", "non contacte", "sans envoi", "aucun envoi", "not contacted", "no treatment",
})

DATES = frozenset({ColumnType.DATE, ColumnType.MOMENT})
WORDS = frozenset({ColumnType.TEXT, ColumnType.CATEGORY})
NUMBERS = frozenset({ColumnType.NUMBER})


@dataclass(frozen=True)
class Facts:
    """A column profile, asked the questions roles ask. `table_rows` is the number of rows of its table."""

    profile: ColumnProfile
    table_rows: int

    @property
    def is_date(self) -> bool:
        """Values are dates or moments."""
        return self.profile.type in DATES

    @property
    def is_number(self) -> bool:
        """Values are numbers."""
        return self.profile.type is ColumnType.NUMBER

    @property
    def is_words(self) -> bool:
        """Values are text."""
        return self.profile.type in WORDS

    @property
    def is_flag(self) -> bool:
        """Two values that say yes and no (or nought and one)."""
        if self.profile.type is ColumnType.FLAG:
            return True
        return self.is_number and self.profile.integer and self.profile.low == 0 and self.profile.high == 1

    @property
    def unique(self) -> bool:
        """Every filled row has its own value (a handful of repeats allowed: they are defects, not a meaning)."""
        exact = self.profile.rows <= 100_000  # beyond, different values are counted approximately
        return self.profile.filled > 0 and self.profile.distinct >= (0.995 if exact else 0.93) * self.profile.filled

    @property
    def share_distinct(self) -> float:
        """Distinct values over filled rows, 0..1."""
        return self.profile.distinct / self.profile.filled if self.profile.filled else 0.0

    @property
    def constant(self) -> bool:
        """At most one value."""
        return self.profile.distinct <= 1

    @cached_property
    def samples(self) -> tuple[str, ...]:
        """Values as text, the most frequent first."""
        return tuple(dict.fromkeys((*self.profile.examples, *(value for value, _ in self.profile.top))))

    def share(self, test: Callable[[str], object]) -> float:
        """Share of the sample values that pass a test; 0 when there is none."""
        return _share(self._cells, test)

    @cached_property
    def _cells(self) -> tuple[str, ...]:
        """The sample values that are not blank, without their outer blanks."""
        return tuple(bare for value in self.samples if (bare := value.strip()))

    @cached_property
    def plain_cells(self) -> tuple[str, ...]:
        """The same in lower case without accents."""
        return tuple(map(plain, self._cells))

    @cached_property
    def shown(self) -> dict[Role, float]:
        """What `shown_by_values` tells."""
        return _shown(self)

    @cached_property
    def looks_email(self) -> bool:
        """Values are e-mail addresses."""
        return self.is_words and self.share(_EMAIL.fullmatch) >= 0.6

    @cached_property
    def looks_phone(self) -> bool:
        """Values are telephone numbers (with the signs people write: a bare long number is no phone by itself)."""
        return self.is_words and self.share(_is_phone) >= 0.6

    @cached_property
    def looks_postcode(self) -> bool:
        """Values are postcodes of letters and figures, which are like nothing else (LS1 4DY, K1A 0B1)."""
        return self.is_words and len(self._cells) >= _SOME and self.share(_LETTERED_POSTCODE.fullmatch) >= 0.9

    @cached_property
    def looks_sensitive(self) -> bool:
        """Values are bank account or social security numbers."""
        return self.share(lambda value: _IBAN.fullmatch(value) or _NIR.fullmatch(value)) >= 0.6 and not self.is_date

    @property
    def looks_iban(self) -> bool:
        """Values are bank accounts."""
        return self.share(_IBAN.fullmatch) >= 0.6

    @cached_property
    def looks_code(self) -> bool:
        """Values are identifiers: codes, hashes, whole numbers."""
        if self.is_number:
            return self.profile.integer and (self.profile.low or 0) >= 0
        return self.is_words and self.share(lambda v: _CODE.fullmatch(v) or _HEX.fullmatch(v)) >= 0.6

    @cached_property
    def looks_named(self) -> bool:
        """Values are names of several words."""
        return self.is_words and not self.looks_code and self.share(lambda value: " " in value.strip()) >= 0.8

    @cached_property
    def looks_company(self) -> bool:
        """Values are names of companies: many end, or begin, as companies do."""
        return self.is_words and self.share(_COMPANY.search) >= 0.3

    @cached_property
    def hashed(self) -> bool:
        """Values were hashed, as personal data are before they leave the house."""
        return self.is_words and self.share(_HEX.fullmatch) >= 0.8

    @cached_property
    def looks_currency(self) -> bool:
        """Values are ISO currency codes."""
        return self.is_words and self.share(lambda value: value.upper() in _CURRENCIES) >= 0.8

    @cached_property
    def looks_gender(self) -> bool:
        """Two or three values that say man and woman."""
        return self.profile.distinct <= 5 and self.profile.distinct >= 2 and self.share(
            lambda value: plain(value) in _GENDERS) >= 0.6  # fmt: skip

    @cached_property
    def looks_treatment(self) -> bool:
        """A short list of groups, one of which is a control group."""
        return self.is_words and 2 <= self.profile.distinct <= 8 and any(
            plain(value).strip() in _CONTROLS for value in self.samples)  # fmt: skip

    @cached_property
    def looks_prose(self) -> bool:
        """Values are sentences."""
        spaced = self.share(lambda value: " " in value.strip()) >= 0.5
        long = (self.profile.mean_length >= 25 and spaced) or self.share(lambda value: value.count(" ") >= 3) >= 0.5
        return self.profile.type is ColumnType.TEXT and self.share_distinct > 0.1 and long

    @property
    def coarse_date(self) -> bool:
        """Dates that are weeks, months or quarters, read as their first day."""
        return self.is_date and bool(_PERIODS & set(self.profile.habit))

    @property
    def hardly_anybody(self) -> bool:
        """Two to four numbers, or a yes and a no, on many rows: they tell what kind of customer, not which (« client : 0, 1, 3 »)."""
        return (self.is_number or self.is_flag) and self.profile.distinct <= 4 and self.profile.filled >= 60

    @property
    def counts_many(self) -> bool:
        """« members », « new customers » above whole numbers: how many they are."""
        words = words_of(self.profile.name)
        return self.is_number and bool(words) and words[-1].endswith("s")

    @property
    def numbers_rows(self) -> bool:
        """Whole numbers all different that follow one another closely: they number the rows."""
        low, high = self.profile.low, self.profile.high
        close = low is not None and high is not None and low >= 0 and high - low < 2 * self.profile.filled
        return self.is_number and self.profile.integer and self.unique and self.profile.filled >= 20 and close

    @property
    def few(self) -> bool:
        """Few enough values to be a category."""
        return self.profile.distinct <= max(60, 0.02 * self.profile.filled)


def _share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(cell)) for cell in cells) / len(cells) if cells else 0.0


_PERIODS = frozenset({"week", "month", "quarter", "half_year"})


def _is_phone(value: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    dressed = value.startswith(("+", "0")) or " " in value or "-" in value
    return bool(_PHONE.fullmatch(value)) and 9 <= digits <= 15 and dressed


def shown_by_values(facts: Facts) -> dict[Role, float]:
    """Roles the values show by themselves, with how sure they are (0..1). No header is looked at."""
    return dict(facts.shown)


def _shown(facts: Facts) -> dict[Role, float]:
    shown: dict[Role, float] = {}
    if facts.looks_sensitive:
        shown[Role.SENSITIVE] = 0.85
    elif facts.looks_email:
        shown[Role.EMAIL] = 0.93
    elif facts.looks_phone:
        shown[Role.PHONE] = 0.75
    elif facts.looks_currency and facts.profile.distinct <= 12:
        shown[Role.CURRENCY] = 0.8
    elif facts.looks_gender:
        shown[Role.GENDER] = 0.75
    elif facts.looks_treatment:
        shown[Role.TREATMENT_GROUP] = 0.8
    elif facts.looks_prose and facts.profile.mean_length >= 40:
        shown[Role.COMMENT] = 0.5
    elif facts.is_words:
        shown.update(_told_by_words(facts))
    return shown


_ADDRESS = re.compile(
    r"(?=.*\d)(.*\b(rue|avenue|av|bd|boulevard|chemin|place|impasse|allee|route|quai|lotissement|square|cours|faubourg|street|st|road|rd|ave|lane|ln"
    r"|drive|dr|court|ct|way|close|terrace|blvd|parkway)\b.*)"
)


def _told_by_words(facts: Facts) -> dict[Role, float]:
    """First names, towns, ways to pay ...: cells that are nothing else."""
    if facts.profile.mean_length >= _SHORT_ADDRESS and _share(facts.plain_cells, _ADDRESS.fullmatch) >= 0.6:
        return {Role.ADDRESS: _BY_WORDS}
    if facts.looks_named and _share(facts.plain_cells, lambda value: first_names() & set(value.split())) >= 0.6:
        return {Role.FULL_NAME: _BY_WORDS}
    if facts.looks_company and facts.share_distinct > 0.05:
        return {Role.COMPANY_NAME: _BY_WORDS}
    for role, words in _known_cells():
        if _share(facts.plain_cells, words.__contains__) >= 0.75:
            return {role: _BY_WORDS}
    return {}


_BY_WORDS, _SHORT_ADDRESS = 0.6, 9
TOLD_BY_WORDS = frozenset({
    Role.ADDRESS,
    Role.FIRST_NAME, Role.CITY, Role.COUNTRY, Role.REGION, Role.PAYMENT_METHOD, Role.ORDER_STATUS, Role.DELIVERY_METHOD,
    Role.FULL_NAME, Role.COMPANY_NAME,
})  # fmt: skip


@cache
def first_names() -> frozenset[str]:
    """First names, plain."""
    return dict(_known_cells())[Role.FIRST_NAME]


@cache
def _known_cells() -> tuple[tuple[Role, frozenset[str]], ...]:
    return tuple(
        (Role(role), frozenset(word.strip() for word in str(words).split(",")))
        for role, words in read_lexicon("values.yaml").items()
    )


def generic_role(facts: Facts) -> Role | None:
    """The role of a column that only describes: an attribute, a yes/no, a measure, a date, free text; None when empty."""
    profile = facts.profile
    if profile.type is ColumnType.EMPTY or profile.filled == 0:
        return None
    if facts.is_date:
        return Role.OTHER_DATE
    if facts.is_flag:
        return Role.FLAG
    if facts.is_number:
        return Role.ROW_ID if facts.numbers_rows else Role.MEASURE
    if profile.type is ColumnType.CATEGORY or facts.few or facts.share_distinct < 0.3:
        return Role.ATTRIBUTE
    if facts.looks_code and facts.unique:
        return Role.ROW_ID
    return Role.FREE_TEXT
