"""One person under several identifiers, or several rows for one identifier.

A couple, a family or the colleagues of a company share an address without being one person: where the file gives names,
they must agree.
"""

from __future__ import annotations

from dataclasses import replace

from analytics.datamodel.headers import CUSTOMER_WORDS, words_of
from analytics.datamodel.health.context import Context, HealthCode, Place, counted, defect, rows_where, stored_columns
from analytics.datamodel.health.names import family_name, given_name, one_person
from analytics.datamodel.health.people import merged
from analytics.datamodel.model import Effect, HealthCheck, TableProfile
from analytics.datamodel.roles import SALES, Role, TableKind
from analytics.datamodel.sql import as_text
from analytics.datamodel.values import Facts
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Sentence, say
from vocabulary.themes import Severity

_DUPLICATES, _EACH = 0.3, 0.95  # rows that may be duplicates; share of the numbers of which something holds
_GENERIC_ADDRESS = 6  # an address under more ids than this is a switchboard, not a person
DESK = r"^(contact|info|infos|accueil|compta|comptabilite|achats?|purchas(e|es|ing)|office|admin|accounts?|accounting|billing|factur(es|ation)|commandes?|orders|reception|secretariat|hello|bonjour|sales|support|direction|hr|rh)@"


def check(context: Context) -> list[HealthCheck]:
    """Repeated identifiers, and e-mail addresses or telephones shared by several identifiers."""
    found = []
    for table in context.model.of_kind(TableKind.CUSTOMERS):
        person = context.place(table, Role.CUSTOMER_ID, Role.ACCOUNT_ID)
        if person is None:
            continue
        found += _repeated(context, table, person)
        email, phone = context.place(table, Role.EMAIL), context.place(table, Role.PHONE)
        if email is not None:
            found += _shared(context, table, person, email)
        if phone is not None:
            found += _shared(context, table, person, phone, told=email)
    for table in context.model.of_kind(*SALES):
        found += _followed_by_mailbox(context, table)
    return found


def _followed_by_mailbox(context: Context, table: TableProfile) -> list[HealthCheck]:
    """Sales whose customers are told apart by their mailbox, because their number changes from one purchase to the next."""
    box = context.place(table, Role.CUSTOMER_ID)
    if box is None or not Facts(box.column, table.rows).looks_email:
        return []
    numbers = [
        place for place in context.places(Role.ROW_ID, Role.ORDER_ID)
        if place.table is table and set(words_of(place.column.name)) & CUSTOMER_WORDS
    ]  # fmt: skip
    if not numbers:
        return []
    who, number = bare(box), as_text(numbers[0].column)
    people, several, numbered = context.database.row(
        f"SELECT COUNT(*), COUNT(*) FILTER (n > 1), SUM(n) FROM (SELECT COUNT(DISTINCT {number}) AS n FROM {quote(table.table)} t"
        f" WHERE {as_text(box.column)} IS NOT NULL GROUP BY {who})"
    )
    if not several:
        return []
    detail = say(
        "{file} : « {number} » change d’un achat à l’autre pour {count} personnes ; les clients y sont suivis par « {column} ».",
        "{file}: “{number}” changes from one purchase to the next for {count} people; customers are followed there by “{column}”.",
        file=Label(table.file), number=Label(numbers[0].column.name), count=counted(several, people), column=Label(box.column.name),
    )  # fmt: skip
    kept, without = (Estimate("customers", int(n), Unit.CUSTOMERS, n=int(n)) for n in (numbered, people))
    told = say(
        "Nombre de clients : {kept} si chaque numéro compte à part, {without} par adresse.",
        "Number of customers: {kept} if each number counts apart, {without} by address.",
        kept=kept, without=without,
    )  # fmt: skip
    check = defect(HealthCode.DUPLICATE_CUSTOMERS, Severity.INFO, int(several), detail, box)
    return [replace(check, effect=Effect("customers", kept, without, told))]


def _repeated(context: Context, table: TableProfile, person: Place) -> list[HealthCheck]:
    """Rows of one identifier that do not say the same; exact copies are told by `duplicate_rows`."""
    if person.column.distinct >= person.column.filled and table.rows <= 100_000:
        return []
    who = as_text(person.column)
    extra = int(context.database.row(
        f"SELECT COUNT(DISTINCT HASH({stored_columns(table)})) FILTER ({who} IS NOT NULL) - COUNT(DISTINCT {who})"
        f" FROM {quote(table.table)} t"
    )[0])  # fmt: skip
    if extra > _DUPLICATES * table.rows:
        return _numbered_apart(context, table, person)
    if not extra:
        return []
    detail = say(
        "{file} : {count} lignes reprennent un identifiant client déjà présent ; une seule ligne par client peut décrire.",
        "{file}: {count} rows repeat a customer identifier; only one row a customer can describe.",
        file=Label(table.file), count=counted(extra, table.rows),
    )  # fmt: skip
    return [defect(HealthCode.DUPLICATE_CUSTOMERS, Severity.WARNING, extra, detail, person)]


def _numbered_apart(context: Context, table: TableProfile, person: Place) -> list[HealthCheck]:
    """Shops that each count their customers from one: a number stands for one person a shop, and their purchases are mixed."""
    store = context.place(table, Role.STORE, Role.STORE_ID)
    if store is None:
        return []
    who, shop = as_text(person.column), as_text(store.column)
    name = f"CONCAT({given_name(context, table)}, ' ', {family_name(context, table)})"
    numbers, several, apart, mixed = context.database.row(
        f"SELECT COUNT(*), COUNT(*) FILTER (n > 1), COUNT(*) FILTER (n = shops), COUNT(*) FILTER (n > 1 AND names > 1) FROM (SELECT {who} AS who,"
        f" COUNT(*) AS n, COUNT(DISTINCT {shop}) AS shops, COUNT(DISTINCT {name}) AS names FROM {quote(table.table)} t"
        f" WHERE {who} IS NOT NULL GROUP BY 1)"
    )
    if not several or apart < _EACH * numbers or mixed < _EACH * several:
        return []
    detail = say(
        "{file} : {count} numéros de client désignent chacun plusieurs personnes, une par « {store} » : leurs achats sont confondus et "
        "les clients comptés trop peu. Mettez le magasin devant le numéro dans chaque fichier, puis chargez de nouveau.",
        "{file}: {count} customer numbers each stand for several people, one a “{store}”: their purchases are mixed and too few "
        "customers are counted. Put the store before the number in every file, then load them again.",
        file=Label(table.file), count=counted(several, numbers), store=Label(store.column.name),
    )  # fmt: skip
    repeated = f"{who} IN (SELECT {who} FROM {quote(table.table)} t WHERE {who} IS NOT NULL GROUP BY 1 HAVING COUNT(*) > 1)"
    return [defect(
        HealthCode.DUPLICATE_CUSTOMERS, Severity.WARNING, several, detail, person,
        lines=f"{rows_where(table, repeated)} ORDER BY {who}, t.rowid",
    )]  # fmt: skip


def _shared(
    context: Context, table: TableProfile, person: Place, contact: Place, told: Place | None = None
) -> list[HealthCheck]:
    """People who share a contact; those who share another that was `told` already are left out."""
    address = bare(contact)
    already = f"COALESCE({bare(told)}, t.rowid::VARCHAR)" if told is not None else "t.rowid::VARCHAR"
    shared = (
        f"SELECT {address} AS address FROM {quote(table.table)} t WHERE {as_text(contact.column)} IS NOT NULL GROUP BY 1"
        f" HAVING COUNT(DISTINCT {as_text(person.column)}) BETWEEN 2 AND {_GENERIC_ADDRESS}"
    )
    first, last = given_name(context, table), family_name(context, table)
    known = (
        f"SELECT {as_text(person.column)} AS id, {address} AS address, {first} AS first, {last} AS last, t.rowid AS place,"
        f" {already} AS already FROM {quote(table.table)} t WHERE {address} IN ({shared}) AND {as_text(person.column)} IS NOT NULL"
        f" AND NOT REGEXP_MATCHES({address}, '{DESK}')"
    )
    moved = (
        f"SELECT b.id AS id, ARG_MIN(a.id, a.place) AS chosen FROM ({known}) a JOIN ({known}) b ON a.address = b.address"
        f" AND a.place < b.place AND a.id <> b.id AND a.already <> b.already AND {one_person('a', 'b')} GROUP BY b.id"
    )
    extra = int(context.database.row(f"SELECT COUNT(*) FROM ({moved})")[0])
    if not extra:
        return []
    both = f"SELECT id FROM ({moved}) UNION ALL SELECT chosen FROM ({moved})"
    return [defect(
        HealthCode.DUPLICATE_CUSTOMERS, Severity.WARNING, extra, _sentence(table, contact, extra), contact,
        lines=f"{rows_where(table, f'{as_text(person.column)} IN ({both})')} ORDER BY {address}, t.rowid",
        remedy=merged(context, table, moved),
    )]  # fmt: skip


def bare(contact: Place) -> str:
    """SQL of an address or a number without what a second typing changes."""
    return f"REGEXP_REPLACE(LOWER({as_text(contact.column)}), '[\\s.()-]', '', 'g')"


def _sentence(table: TableProfile, contact: Place, extra: int) -> Sentence:
    return say(
        "{file} : {count} clients partagent leur « {column} » avec un autre identifiant ; comptés à part, ils paraissent moins "
        "fidèles qu’ils ne sont.",
        "{file}: {count} customers share their “{column}” with another identifier; counted apart, they look less loyal than "
        "they are.",
        file=Label(table.file), count=counted(extra, table.rows), column=Label(contact.column.name),
    )  # fmt: skip
