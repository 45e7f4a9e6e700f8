"""Attributes derived from events: what they are called, when they are known, and the SQL that computes them as of a day.

Every expression reads the common table expressions of `customers.sql`, which hold nothing later than the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analytics.customers.header_timing import plain
from analytics.customers.tickets import FollowedTickets, kinds_of_tickets, plainly
from analytics.datamodel.attributes import Attribute, Timing
from analytics.datamodel.model import ColumnType
from analytics.datamodel.roles import Role
from analytics.datamodel.signs import SIGN_WORDS, Sign
from analytics.workspace import literal
from vocabulary.language import Text
from vocabulary.themes import Theme

WELCOME_DAYS = 60  # the first weeks of a relation: what a welcome can still change
RECENT_DAYS = 90  # the last quarter: activity itself
EVENT_DAYS = 180  # half a year: what was lived at a visit or a use weighs for some months, then is forgotten
EVENT = "event_"  # begins the codes of what was lived at dated events
EVENTS_IN_ALL = {"usage": "half_year_usage", "act": "half_year_acts", "log": "half_year_rows", "bill": "half_year_bills"}  # kind of event -> how many there were in all
PRICE_CHANGE = "price"  # kind of event: what a customer pays changes
PRICE_RISE = f"{EVENT}price_rise"  # the largest rise of a quarter, in per cent
LABELS_TOLD_APART = 8  # kinds of contact that get an attribute of their own, the most frequent first
YOUNGEST, OLDEST = 10, 100  # decades of age that can be true
AGE_TODAY = "age"  # in whole years, from the date of birth

_CAT, _FLAG, _NUM = ColumnType.CATEGORY, ColumnType.FLAG, ColumnType.NUMBER
_R, _D, _W = Timing.AT_RECRUITMENT, Timing.DURING, Timing.WARNING
# Sent because a customer had gone silent: it follows the departure.
_SENT_TO_THE_SILENT = re.compile(r"reconqu|win_?back|relanc|inacti|reactiv|recover|recuper|manque|miss_you|retour|come_back")


@dataclass(frozen=True, slots=True)
class Derived:
    """One derived attribute.

    Args:
        name: its stable code.
        title: how to call it in a sentence.
        sql: expression over `facts`'s sources (`d`, `s`, `o`, `m`), or a fixed column's name.
        type, timing, theme: see `Attribute`.
        role: the role it comes from.
        touched: the aggregate over `met` it needs, if any, computed under its own name.
        fixed: it is a fixed column of `customers`: nothing to compute.
        absent: for a flag, how to say that it does not hold.
        sources: (file, header) it comes from, where one column gives it.
        of_value: see `Attribute`.
    """

    name: str
    title: Text
    sql: str
    type: ColumnType
    timing: Timing
    theme: Theme
    role: Role | None = None
    touched: str = ""
    fixed: bool = False
    absent: Text | None = None
    sources: tuple[tuple[str, str], ...] = ()
    of_value: str | None = None

    def attribute(self, column: str) -> Attribute:
        """Describe it, once it has its column."""
        target = self.sql if self.fixed else column
        return Attribute(
            self.name, self.title, target, self.type, self.role, self.timing, self.sources, True, self.theme.value, self.absent,
            self.of_value,
        )


@dataclass(frozen=True, slots=True)
class EventMark:
    """What some dated events say in one column: a gate, an outcome, a yes or no.

    Args:
        kind: of touch: `usage`, `act` for what was bought or booked under a contract, `log` for dated rows of no known kind, `bill` for what was
            billed or paid under a contract.
        column: of `touches`.
        file, header: where it comes from.
        flag: its values are `yes` and `no`.
        values: those told apart, as they stand in the file.
    """

    kind: str
    column: str
    file: str
    header: str
    flag: bool
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What the reduced events hold: decides which derived attributes mean something."""

    purchases: frozenset[str]  # of: category, store, channel, on_promo, delivered, signup
    touches: frozenset[str]  # of: contact, opened, survey_nps, survey_satisfaction, ticket, settled, usage
    contracts: frozenset[str]  # of: plan, trial, seats
    contact_labels: tuple[str, ...]
    people: frozenset[str]  # of: born
    ticket_details: tuple[str, ...] = ()
    roles_left: tuple[str, ...] = ()
    sign: Sign = Sign.PURCHASE
    complaints: tuple[str, ...] = ()  # the labels of tickets that are complaints, when others are not
    followed: FollowedTickets | None = None  # tickets told month by month, or order by order
    marks: tuple[EventMark, ...] = ()  # columns of events of use, with the values told apart
    prices: tuple[tuple[str, str], ...] = ()  # (file, header) of the new prices, where changes are told one by one


def derived(held: Held) -> tuple[Derived, ...]:
    """The derived attributes these events can give."""
    found = [*_of_people(held.people), *_of_purchases(held.purchases), *_of_contacts(held), *_of_tickets(held), *_of_surveys(held.touches)]
    found += _of_users(held.roles_left)
    found += [*_of_prices(held), *_of_usage(held.touches), *_of_signs(held.sign), *_of_contracts(held.contracts)]
    return tuple(found)


def _of_people(held: frozenset[str]) -> list[Derived]:
    if "born" not in held:
        return []
    age = "FLOOR(DATE_DIFF('day', d.born, COALESCE(d.started, $day)) / 3652.5) * 10"  # ten years of 365.25 days
    band = f"CONCAT(CAST({age} AS INTEGER), '–', CAST({age} + 9 AS INTEGER))"
    sql = f"CASE WHEN {age} BETWEEN {YOUNGEST} AND {OLDEST} THEN {band} END"
    band_of = Derived("age_band", Text("tranche d’âge à l’arrivée", "age group on arrival"), sql, _CAT, _R, Theme.TARGETING, Role.AGE)
    return [band_of, _age("DATE_SUB('year', d.born, $day)")]


def _age(whole: str) -> Derived:
    sql = f"CASE WHEN {whole} BETWEEN 0 AND {OLDEST + 9} THEN CAST({whole} AS DOUBLE) END"
    return Derived(AGE_TODAY, Text("âge", "age"), sql, _NUM, _R, Theme.TARGETING, Role.AGE)


def _of_purchases(held: frozenset[str]) -> list[Derived]:
    if "any" not in held:
        return []
    first = "CASE WHEN d.orders > 0 THEN o.{} END"
    rows = [
        ("category", Derived("first_category", Text("première catégorie achetée", "first category bought"),
                             first.format("category"), _CAT, _R, Theme.TARGETING, Role.CATEGORY)),
        ("store", Derived("first_store", Text("magasin du premier achat", "store of the first purchase"),
                          first.format("store"), _CAT, _R, Theme.TARGETING, Role.STORE)),
        ("channel", Derived("first_channel", Text("canal de vente du premier achat", "sales channel of the first purchase"),
                            first.format("channel"), _CAT, _R, Theme.TARGETING, Role.SALE_CHANNEL)),
        ("on_promo", Derived("first_on_promo", Text("premier achat en promotion", "first purchase on promotion"),
                             "first_on_promo", _FLAG, _R, Theme.PROMOTION, Role.PROMO_CODE, fixed=True,
                             absent=Text("premier achat sans promotion", "first purchase without a promotion"))),
        ("on_promo", Derived("promo_share", Text("part d’achats en promotion", "share bought on promotion"),
                             "promo_share", _NUM, _D, Theme.PROMOTION, Role.PROMO_CODE, fixed=True)),
        ("any", Derived("first_amount", Text("montant du premier achat", "amount of the first purchase"),
                        "CAST(d.first_amount AS DOUBLE)", _NUM, _R, Theme.VALUE, Role.AMOUNT)),
        # Breadth grows with each purchase: as a bare count it is activity, and would be taken for a cause.
        ("category", Derived("categories", Text("nombre de catégories achetées", "number of categories bought"),
                             "categories", _NUM, _W, Theme.EXCLUSIVITY, Role.CATEGORY, fixed=True)),
        ("stores", Derived("stores", Text("nombre de magasins fréquentés", "number of stores visited"),
                           "CAST(s.stores AS DOUBLE)", _NUM, _W, Theme.EXCLUSIVITY, Role.STORE)),
        ("channels", Derived("several_channels", Text("achète par plusieurs canaux", "buys through several channels"),
                             "s.sale_channels > 1", _FLAG, _W, Theme.EXCLUSIVITY, Role.SALE_CHANNEL,
                                 absent=Text("achète par un seul canal", "buys through one channel only"))),
        ("returns", Derived("has_returned_goods", Text("a rendu un article", "sent something back"),
                            "COALESCE(s.returned_lines, 0) > 0", _FLAG, _D, Theme.SERVICE, Role.AMOUNT,
                              absent=Text("n’a rien rendu", "sent nothing back"))),
        ("delivered", Derived("first_delivery_late", Text("première livraison en retard", "first delivery late"),
                              "CASE WHEN o.promised IS NULL THEN NULL WHEN o.delivered <= $day THEN o.delivered > o.promised"
                              " WHEN o.promised < $day THEN TRUE END",
                              _FLAG, _D, Theme.SERVICE, Role.DELIVERY_DATE,
                              absent=Text("première livraison à l’heure", "first delivery on time"))),
        ("signup", Derived("days_to_first_purchase", Text("jours entre inscription et premier achat",
                                                          "days from sign-up to first purchase"),
                           "CASE WHEN d.first_purchase >= d.signup THEN"
                           " CAST(DATE_DIFF('day', d.signup, d.first_purchase) AS DOUBLE) END",
                           _NUM, _R, Theme.TARGETING, Role.SIGNUP_DATE)),
        ("any", Derived("recency_days", Text("jours depuis le dernier achat", "days since the last purchase"),
                        "recency_days", _NUM, _W, Theme.OTHER, Role.PURCHASE_DATE, fixed=True)),
        ("any", Derived("orders", Text("nombre d’achats", "number of purchases"),
                        "orders", _NUM, _W, Theme.OTHER, Role.PURCHASE_DATE, fixed=True)),
        ("any", Derived("orders_last_quarter", Text("achats du dernier trimestre", "purchases in the last quarter"),
                        "CAST(d.orders_90 AS DOUBLE)", _NUM, _W, Theme.OTHER, Role.PURCHASE_DATE)),
        ("any", Derived("amount", Text("montant total des achats", "total amount bought"),
                        "amount", _NUM, _W, Theme.VALUE, Role.AMOUNT, fixed=True)),
        ("any", Derived("tenure_months", Text("ancienneté de la relation", "age of the relation"),
                        "tenure_months", _NUM, Timing.CLOCK, Theme.OTHER, Role.TENURE, fixed=True)),
    ]  # fmt: skip
    return [one for need, one in rows if need in held]


def _sum(condition: str, what: str = "1") -> str:
    return f"SUM(CASE WHEN {condition} THEN {what} ELSE 0 END)"


def _count(name: str, fr: str, en: str, condition: str, timing: Timing, theme: Theme, role: Role) -> Derived:
    return Derived(
        name, Text(fr, en), f"CAST(COALESCE(m.{name}, 0) AS DOUBLE)", _NUM, timing, theme, role, _sum(condition)
    )


def _ever(
    name: str, title: Text, absent: Text, condition: str, timing: Timing, theme: Theme, role: Role
) -> Derived:
    sql = f"COALESCE(m.{name}, 0) > 0"
    return Derived(name, title, sql, _FLAG, timing, theme, role, _sum(condition), absent=absent)


def _of_contacts(held: Held) -> list[Derived]:
    if "contact" not in held.touches:
        return []
    welcome = f"kind = 'contact' AND age BETWEEN 0 AND {WELCOME_DAYS}"
    recent = f"kind = 'contact' AND ago < {RECENT_DAYS}"
    found = [
        _count("welcome_contacts", "contacts reçus pendant l’accueil", "contacts received during the welcome",
               welcome, _D, Theme.WELCOME, Role.EVENT_DATE),
        _count("recent_contacts", "contacts reçus au dernier trimestre", "contacts received in the last quarter",
               recent, _W, Theme.CONTACT, Role.EVENT_DATE),
    ]  # fmt: skip
    if "opened" in held.touches:
        share = "{} * 1.0 / NULLIF({}, 0)"
        early = f"{welcome} AND flag IS NOT NULL"
        found += [
            Derived("recent_open_rate", Text("part des messages récents ouverts", "share of recent messages opened"),
                    "m.recent_open_rate", _NUM, _W, Theme.LISTENING, Role.OPENED,
                    share.format(_sum(f"{recent} AND flag"), _sum(f"{recent} AND flag IS NOT NULL"))),
            Derived("welcome_open_rate", Text("part des messages d’accueil ouverts", "share of welcome messages opened"),
                    "m.welcome_open_rate", _NUM, _D, Theme.WELCOME, Role.OPENED,
                    share.format(_sum(f"{early} AND flag"), _sum(early))),
        ]  # fmt: skip
    for place, label in enumerate(held.contact_labels):
        said, is_it = plainly(label), f"label = {literal(label)}"
        found += [
            _ever(f"welcomed_{letters(place)}",
                  Text(f"contact « {said} » reçu dans les premières semaines", f"“{said}” contact received in the first weeks"),
                  Text(f"aucun contact « {said} » dans les premières semaines", f"no “{said}” contact in the first weeks"),
                  f"{welcome} AND {is_it}", _D, Theme.WELCOME, Role.TOPIC),
            _ever(f"contacted_{letters(place)}",
                  Text(f"contact « {said} » reçu", f"“{said}” contact received"),
                  Text(f"aucun contact « {said} » reçu", f"no “{said}” contact received"),
                  f"kind = 'contact' AND {is_it}", _W if _SENT_TO_THE_SILENT.search(plain(label)) else _D,
                  Theme.CONTACT, Role.TOPIC),
        ]  # fmt: skip
    return found


def _of_tickets(held: Held) -> list[Derived]:
    if "ticket" not in held.touches:
        return []
    found = [
        _ever("has_complained", Text("a fait une réclamation ou une demande", "made a complaint or a request"),
              Text("aucune réclamation ni demande", "no complaint or request"), "kind = 'ticket'", _D, Theme.LISTENING, Role.COMPLAINT),
        _count("complaints", "nombre de réclamations et demandes", "number of complaints and requests", "kind = 'ticket'", _D, Theme.LISTENING,
               Role.COMPLAINT),
        _ever("complained_during_welcome",
              Text("réclamation ou demande dans les premières semaines", "complaint or request in the first weeks"),
              Text("ni réclamation ni demande dans les premières semaines", "no complaint or request in the first weeks"),
              f"kind = 'ticket' AND age BETWEEN 0 AND {WELCOME_DAYS}", _D, Theme.WELCOME, Role.COMPLAINT),
        _count("recent_complaints", "réclamations et demandes du dernier trimestre", "complaints and requests in the last quarter",
               f"kind = 'ticket' AND ago < {RECENT_DAYS}", _W, Theme.LISTENING, Role.COMPLAINT),
    ]  # fmt: skip
    if held.complaints:
        among = ", ".join(map(literal, held.complaints))
        found.append(
            _ever("filed_complaint", Text("a fait une réclamation", "made a complaint"), Text("aucune réclamation", "no complaint"),
                  f"kind = 'ticket' AND label IN ({among})", _D, Theme.LISTENING, Role.COMPLAINT)
        )  # fmt: skip
    if "settled" in held.touches:
        open_still = "kind = 'ticket' AND (CASE WHEN dated THEN settled IS NULL OR settled > $day ELSE NOT flag END)"
        found.append(
            _ever("complaint_unresolved",
                  Text("réclamation ou demande restée sans solution", "complaint or request left unresolved"),
                  Text("aucune réclamation ni demande sans solution", "no complaint or request left unresolved"),
                  open_still, _D, Theme.LISTENING, Role.RESOLVED)
        )  # fmt: skip
    if "settled_on" in held.touches:
        lasted = "DATE_DIFF('day', day, CASE WHEN settled <= $day THEN settled ELSE $day END)"
        slowest = Text("plus longue attente d’une réponse, en jours", "longest wait for an answer, in days")
        found.append(_longest("slowest_answer", slowest, lasted, "kind = 'ticket'"))
        for place, detail in enumerate(held.ticket_details):
            said = plainly(detail)
            title = Text(f"plus longue attente, demandes « {said} », en jours", f"longest wait, “{said}” requests, in days")
            only = f"kind = 'ticket' AND detail = {literal(detail)}"
            found.append(_longest(f"slowest_answer_{letters(place)}", title, lasted, only))
    return found if held.followed is None else [*found, *_of_followed_tickets(held.followed)]


def _of_followed_tickets(told: FollowedTickets) -> list[Derived]:
    """How many tickets of each kind were met in a season, or after an order: what drives away after a fault is forgotten a year later."""
    return [
        replace(
            _count(kind.name, kind.title.fr, kind.title.en, kind.condition, kind.timing, Theme.SERVICE, Role.TOPIC), sources=kind.sources,
            of_value=kind.value,
        )
        for kind in kinds_of_tickets(told)
    ]  # fmt: skip


def _longest(name: str, title: Text, what: str, condition: str) -> Derived:
    return Derived(name, title, f"CAST(COALESCE(m.{name}, 0) AS DOUBLE)", _NUM, _D, Theme.SERVICE, Role.RESOLVED_DATE,
                   f"MAX(CASE WHEN {condition} THEN {what} END)")  # fmt: skip


def _of_users(roles: tuple[str, ...]) -> list[Derived]:
    """People gone from inside an account: the account's own turnover, which may come before its departure."""
    return [
        _ever(f"user_left_{letters(place)}", Text(f"départ d’un utilisateur « {plainly(role)} »", f"a “{plainly(role)}” user left"),
              Text(f"aucun départ d’utilisateur « {plainly(role)} »", f"no “{plainly(role)}” user left"),
              f"kind = 'user_left' AND label = {literal(role)}", _D, Theme.SERVICE, Role.END_DATE)
        for place, role in enumerate(roles)
    ]  # fmt: skip


def _of_surveys(held: frozenset[str]) -> list[Derived]:
    found = []
    for label, role, fr, en in (
        ("nps", Role.NPS, "note de recommandation", "recommendation score"),
        ("satisfaction", Role.SATISFACTION, "note de satisfaction", "satisfaction score"),
    ):
        if f"survey_{label}" not in held:
            continue
        is_it = f"kind = 'survey' AND label = '{label}' AND value IS NOT NULL"
        found += [
            Derived(f"{label}_last", Text(f"dernière {fr}", f"last {en}"), f"m.{label}_last", _NUM, _D, Theme.LISTENING,
                    role, f"MAX(CASE WHEN {is_it} AND from_last = 1 THEN value END)"),
            Derived(f"{label}_first", Text(f"première {fr}", f"first {en}"), f"m.{label}_first", _NUM, _D,
                    Theme.LISTENING, role, f"MAX(CASE WHEN {is_it} AND from_first = 1 THEN value END)"),
        ]  # fmt: skip
    if any(kind.startswith("survey") for kind in held):
        found.append(_count("surveys_asked", "enquêtes reçues", "surveys received", "kind = 'survey'", _W,
                            Theme.LISTENING, Role.EVENT_DATE))  # fmt: skip
        found.append(
            _ever("has_answered_survey", Text("a répondu à une enquête", "answered a survey"),
                  Text("n’a répondu à aucune enquête", "answered no survey"),
                  "kind = 'survey' AND value IS NOT NULL", _D, Theme.LISTENING, Role.EVENT_DATE)
        )  # fmt: skip
    return found


def _of_usage(held: frozenset[str]) -> list[Derived]:
    if "usage" not in held:
        return []
    return [
        Derived("recent_usage", Text("usage du dernier trimestre", "use in the last quarter"),
                "CAST(COALESCE(m.recent_usage, 0) AS DOUBLE)", _NUM, _W, Theme.OTHER, Role.USAGE_COUNT,
                _sum(f"kind = 'usage' AND ago < {RECENT_DAYS}", "CAST(value AS DECIMAL(18, 4))")),
        Derived("welcome_usage", Text("usage pendant l’accueil", "use during the welcome"),
                "CAST(COALESCE(m.welcome_usage, 0) AS DOUBLE)", _NUM, _D, Theme.WELCOME, Role.USAGE_COUNT,
                _sum(f"kind = 'usage' AND age BETWEEN 0 AND {WELCOME_DAYS}", "CAST(value AS DECIMAL(18, 4))")),
    ]  # fmt: skip


def _of_prices(held: Held) -> list[Derived]:
    """The rise lived lately: one of long ago has been accepted, and a small one is not a large one."""
    if PRICE_CHANGE not in held.touches:
        return []
    largest = f"MAX(CASE WHEN kind = '{PRICE_CHANGE}' AND ago < {RECENT_DAYS} AND value > 0 THEN value END)"
    title = Text("hausse de prix des trois derniers mois, en %", "price rise of the last three months, in %")
    sql = f"CAST(COALESCE(m.{PRICE_RISE}, 0) AS DOUBLE)"
    return [Derived(PRICE_RISE, title, sql, _NUM, _D, Theme.PRICE, Role.RECURRING_AMOUNT, largest, sources=held.prices)]


def _of_signs(sign: Sign) -> list[Derived]:
    """Since when each customer is silent, and how often they came, where nothing sold is told."""
    if sign is Sign.PURCHASE:
        return []
    words = SIGN_WORDS[sign]
    since = Text(f"jours depuis {words.the_last.fr}", f"days since {words.the_last.en}")
    often = Text(f"nombre de jours vus ({words.many.fr})", f"number of days seen ({words.many.en})")
    return [
        Derived("silent_days", since, "silent_days", _NUM, _W, Theme.OTHER, Role.EVENT_DATE, fixed=True),
        Derived("sign_days", often, "sign_days", _NUM, _W, Theme.OTHER, Role.EVENT_DATE, fixed=True),
        Derived("tenure_months", Text("ancienneté de la relation", "age of the relation"), "tenure_months", _NUM, Timing.CLOCK,
                Theme.OTHER, Role.TENURE, fixed=True),
    ]  # fmt: skip


def _of_contracts(held: frozenset[str]) -> list[Derived]:
    rows = [
        ("plan", Derived("plan", Text("formule", "plan"), "d.plan", _CAT, _D, Theme.PRICE, Role.PLAN)),
        ("plan", Derived("first_plan", Text("première formule", "first plan"), "d.first_plan", _CAT, _R, Theme.TARGETING,
                         Role.PLAN)),
        ("trial", Derived("trial_recruited", Text("recruté par un essai gratuit", "recruited by a free trial"),
                          "d.first_trial = 1", _FLAG, _R, Theme.FREE_TRIAL, Role.TRIAL,
                           absent=Text("recruté sans essai gratuit", "recruited without a free trial"))),
        ("contract_type", Derived("contract_type", Text("type de contrat", "contract type"), "d.contract_type", _CAT, _D,
                                  Theme.EXCLUSIVITY, Role.CONTRACT_TYPE)),
        ("seats", Derived("seats", Text("nombre d’utilisateurs", "seats"), "d.seats", _NUM, _D, Theme.EXCLUSIVITY,
                          Role.SEATS)),
        ("any", Derived("monthly_amount", Text("montant mensuel", "monthly amount"), "monthly_amount", _NUM, _D,
                        Theme.PRICE, Role.RECURRING_AMOUNT, fixed=True)),
    ]  # fmt: skip
    return [one for need, one in rows if need in held]


def letters(place: int) -> str:
    """The letter that tells apart the columns and values of one kind in the codes of attributes: at most twenty-six of them."""
    return "abcdefghijklmnopqrstuvwxyz"[place]
