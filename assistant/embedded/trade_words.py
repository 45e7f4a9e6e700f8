"""The words of the house in its own files: how they call customers and orders, and say who left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from analytics.customers.sales_lists import LIST
from analytics.datamodel.bills import bills_beside_orders
from analytics.datamodel.headers import counts_orders
from analytics.datamodel.leavers import speaks_of_leaving
from analytics.datamodel.model import ColumnType, LostBasis
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.statuses import means_gone, means_yes
from analytics.study import Study
from analytics.workspace import quote
from assistant.embedded.fields import Field, counts_visits
from assistant.embedded.ideas import SHORT_NOUN, header_ideas, idea, split_headers
from assistant.embedded.nouns import goods_words, names_somebody, order_words, people_words
from assistant.embedded.text import plain, words

_DATED = frozenset("date debut start end contract contrat abonnement subscription membership adhesion client customer membre member effet effective jour valid validite".split())


def people_called(study: Study) -> re.Pattern[str] | None:
    """How the customer's identifier calls people (`code_proprietaire`, `student_id`), or what begins and ends: « Début de mandat », « Fin de mandat »."""
    bound = [binding for binding in study.model.bindings if binding.role is Role.CUSTOMER_ID]
    dated = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE}
    ends = [{part.rstrip("s") for part in words(split_headers(b.name))} for b in study.model.bindings if b.role is Role.END_DATE and b.table not in dated]
    starts = [{part.rstrip("s") for part in words(split_headers(b.name))} for b in study.model.bindings if b.role in (Role.START_DATE, Role.SIGNUP_DATE)]
    both = {part for end in ends for start in starts for part in end & start if len(part) > SHORT_NOUN and part not in _DATED}
    apart = len(study.model.of_kind(TableKind.SUBSCRIPTIONS)) > 0
    called = {part for binding in bound for part in words(split_headers(binding.name))}
    others = {part for b in study.model.bindings if b.role in _OTHER_NUMBERS for part in words(split_headers(b.name))}
    called -= others & _ANY_FILE  # the number of a complaint is that of a « dossier » too
    called |= _listed_in(study)
    return people_words(called, () if apart else both, one_each=not apart and _one_contract_each(study), feminine=_called_in_the_feminine(study))


def _called_in_the_feminine(study: Study) -> bool:
    """Whether « clientes » is how the house calls everyone: its own files say it, or nearly all of them are women."""
    named = [text for profile in study.model.tables for text in (profile.file.rsplit(".", 1)[0], *(column.name for column in profile.columns))]
    if any(part in _CLIENTES for text in named for part in words(split_headers(text))):
        return True
    for attribute in study.attributes:
        if attribute.role is Role.GENDER and not attribute.derived:
            held = study.database.rows(f"SELECT {quote(attribute.column)}, count(*) FROM customers WHERE {quote(attribute.column)} IS NOT NULL GROUP BY 1")
            women = sum(count for value, count in held if _woman(str(value)))
            return bool(women) and women >= _NEARLY_ALL * sum(count for _, count in held)
    return False


def _woman(value: str) -> bool:
    said = words(value)
    return len(said) == 1 and (said[0] == "f" or idea(said[0]) == "female")


_CLIENTES = frozenset("cliente clientes patiente patientes adherente adherentes acheteuses".split())
_NEARLY_ALL = 0.9  # of them women: asked of those alone, « les femmes » says it

def _listed_in(study: Study) -> set[str]:
    """The one word that names a list of customers: « enfants.csv », « chiens.xlsx »; but a word of the headers, which says a column."""
    headers = {part.rstrip("s") for profile in study.model.tables for column in profile.columns for part in words(split_headers(column.name))}
    stems = [
        words(split_headers(profile.file.rsplit(".", 1)[0])) for profile in study.model.of_kind(TableKind.CUSTOMERS)
        if profile.table != study.model.lost.table or not speaks_of_leaving(PurePath(profile.file).stem)  # « résiliations.csv » names no one
    ]  # fmt: skip
    said = [[part for part in stem if not part.isdigit()] for stem in stems]
    held = {one for stem in said if len(stem) == 2 and stem[1] in _HOLDING for one in (" ".join(stem), stem[1]) if " " in one or one.rstrip("s") not in headers}
    return held | {stem[0] for stem in said if len(stem) == 1 and names_somebody(stem[0]) and stem[0].rstrip("s") not in headers}


_HOLDING = frozenset("holders owners keepers".split())  # plot_holders.csv: « plot holders », « holders »


_OTHER_NUMBERS = frozenset({Role.ORDER_ID, Role.ROW_ID, Role.LINE_ID})
_ANY_FILE = frozenset(("dossier", "dossiers"))


def _one_contract_each(study: Study) -> bool:
    """Whether the file of customers tells when each began and ended, on one row each: a contract of it is a customer."""
    for table in study.model.of_kind(TableKind.CUSTOMERS):
        roles = {binding.role: binding.name for binding in study.model.bindings if binding.table == table.table}
        person = roles.get(Role.CUSTOMER_ID)
        if person is not None and Role.END_DATE in roles and {Role.START_DATE, Role.SIGNUP_DATE} & roles.keys():
            column = table.column(person)
            return column.distinct == column.filled
    return False


def orders_called(study: Study) -> re.Pattern[str] | None:
    """How the files of purchases, their identifiers and their dates call an order: `no_facture`, `stays.csv`, `booking_ref`."""
    dated = ({binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE} if "purchases" in study.tables else set()) - _billed_again(study)
    named = [b.name for b in study.model.bindings if b.table in dated and b.role in (Role.ORDER_ID, Role.LINE_ID, Role.ROW_ID, Role.PURCHASE_DATE)]
    named += [b.name for b in study.model.bindings if b.role is Role.FREQUENCY]
    named += [profile.file.rsplit(".", 1)[0] for profile in study.model.tables if profile.table in dated]
    said = {part for name in named for part in words(split_headers(name))}
    if dated and not any(binding.role is Role.RECURRING_AMOUNT for binding in study.model.bindings):
        said |= {"visite"} if not (study.model.of_kind(TableKind.USAGE) or counts_visits(study)) else set()
        if not _billed_again(study):
            said.add("bill")  # « facture moyenne »: where nothing is paid by the month, a bill is of an order
    goods = [binding.name for binding in study.model.bindings if binding.role is Role.QUANTITY]
    said |= {part for name in goods for part in words(split_headers(name)) if part.startswith(("nuit", "night"))}
    alone = [words(split_headers(profile.file.rsplit(".", 1)[0])) for profile in study.model.tables if profile.table in dated]
    told = {(b.table, b.name) for b in study.model.bindings if b.role in (Role.ORDER_ID, Role.LINE_ID, Role.ROW_ID, Role.PURCHASE_DATE)}
    held = {part.rstrip("s") for profile in study.model.tables for column in profile.columns if (profile.table, column.name) not in told for part in words(split_headers(column.name))}
    files = {stem[0] for stem in alone if len(stem) == 1 and stem[0].rstrip("s") not in held}
    one_list = {part.rstrip("s") for name in lists_of_sales(study) for part in words(plain(name))}  # « lessons » beside « blocks » are some of the orders, not all of them
    said, files = ({part for part in told if part.rstrip("s") not in one_list} for told in (said, files))
    return order_words(said, seated=goods_called(study) is not None, files=files)


def _billed_again(study: Study) -> frozenset[str]:
    """The files of invoices beside orders: their lines are no orders, and what they are called is no word for one."""
    return frozenset(profile.table for profile in bills_beside_orders(study.model))


def lists_of_sales(study: Study) -> tuple[str, ...]:
    """What the lists of sales are called by their files, where there are several."""
    held = next((attribute for attribute in study.purchase_attributes if attribute.name == LIST), None)
    if held is None:
        return ()
    return tuple(str(name) for (name,) in study.database.rows(f"SELECT DISTINCT {quote(held.column)} FROM purchases WHERE {quote(held.column)} IS NOT NULL ORDER BY 1"))


def things_sold(study: Study) -> frozenset[str]:
    """What the names of the files of purchases say is bought; what only one of several lists says is a part of it."""
    dated = {binding.table for binding in study.model.bindings if binding.role is Role.PURCHASE_DATE} - _billed_again(study)
    part = {one for name in lists_of_sales(study) for one in header_ideas(name)}
    named = {one for profile in study.model.tables if profile.table in dated for one in header_ideas(profile.file.rsplit(".", 1)[0])}
    return frozenset(one for one in named - part if len(one) > 3)


def gone_called(study: Study) -> tuple[str, ...]:
    """The word of the label that says who left: « exited »."""
    lost = study.model.lost
    header = lost.column if lost.basis is LostBasis.LABEL else None
    said = words(split_headers(header)) if header else []
    if len(said) != 1 or len(said[0]) <= SHORT_NOUN or said[0] in _STATES:
        return ()
    # a header above yes and no says what its yes says; above states (« Situation » : Actif, Résilié) it names none of them
    yes = any(means_yes(value) is not None for value in lost.lost_values) or means_gone(said[0]) is True
    return tuple(said) if yes else ()


def fates_told(study: Study, fields: Iterable[Field]) -> frozenset[str]:
    """The columns that say today who left: the label, and the states of an account that tell gone from here."""
    label = study.model.lost.column if study.model.lost.basis is LostBasis.LABEL else None
    return frozenset(
        field.name for field in fields
        if not field.on_purchases and (field.name == label or (field.role is Role.ACCOUNT_STATUS and any(means_gone(value) is not None for value in field.values)))
    )  # fmt: skip


def ended_called(study: Study) -> tuple[str, ...]:
    """The words of the headers that say when or why customers left: « arrêt »."""
    named = [binding.name for binding in study.model.bindings if binding.role in (Role.END_DATE, Role.CHURN_REASON)]
    return tuple(dict.fromkeys(part for name in named for part in words(split_headers(name)) if part in _ENDINGS))


def begun_called(study: Study) -> tuple[str, ...]:
    """The words of the headers that say when customers came: « entrée », « admission »."""
    kinds = (TableKind.CUSTOMERS, TableKind.SUBSCRIPTIONS)
    named = [b.name for b in study.model.bindings if b.role in (Role.SIGNUP_DATE, Role.START_DATE) and study.model.kind(b.table) in kinds]
    return tuple(dict.fromkeys(part for name in named for part in words(split_headers(name)) if part in _BEGINNINGS))


_BEGINNINGS = frozenset("entree entrees admission admissions arrivee arrivees ouverture ouvertures affiliation affiliations intake intakes admission enrolment enrollment".split())
_ENDINGS = frozenset("arret arrets sortie sorties cessation radiation radiations exit exits termination terminations stop stops fermeture fermetures closure closures".split())
_STATES = frozenset("status statut state etat churn client customer active actif label target cible".split())


def goods_called(study: Study) -> re.Pattern[str] | None:
    """What is counted in a purchase, by the header of quantities: nights, hours."""
    counted = [binding for binding in study.model.bindings if binding.role is Role.QUANTITY and not counts_orders(binding.name)]
    said = {part for binding in counted for part in set(words(split_headers(binding.name))) - _of_several(study, binding.table)} if counted else set()
    return goods_words(said) if counted else None


def _of_several(study: Study, table: str) -> set[str]:
    """The words that several other headers of a file bear too: « Lineitem name », « Lineitem price » beside « Lineitem quantity »."""
    headers = [set(words(split_headers(column.name))) for profile in study.model.tables if profile.table == table for column in profile.columns]
    return {part for header in headers for part in header if sum(part in other for other in headers) > _SHARED}


_SHARED = 2  # headers


def own_words(fields: Iterable[Field]) -> frozenset[str]:
    """The words that name a yes/no column, or begin a value of a category."""
    kept = [field for field in fields if not field.derived]
    flags = (part for field in kept if field.type is ColumnType.FLAG for part in words(split_headers(field.name)))
    values = (words(value)[0] for field in kept if field.role in (Role.ATTRIBUTE, Role.SALE_CHANNEL) for value in field.values if words(value))
    return frozenset(part for part in (*flags, *values) if len(part) > SHORT_NOUN)
