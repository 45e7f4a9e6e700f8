"""« Combien de clients sans e-mail ? », "what share of customers have no phone number?": the lines of a file of customers where a contact detail is empty."""

from __future__ import annotations

import re
from typing import Any

from analytics.datamodel.roles import Role, TableKind
from analytics.explore.records import called
from analytics.study import Study
from assistant.embedded.arguments import Prepared
from assistant.embedded.columns import Columns
from assistant.embedded.measuring import PERSON
from assistant.embedded.record_tables import record_tables
from assistant.embedded.text import plain

_SAID = {
    Role.EMAIL: r"(?:adresses? )?(?:e-?mails?|mails?|courriels?)(?: address(?:es)?)?",
    Role.PHONE: r"(?:numeros? de )?(?:telephones?|tel|portables?|mobiles?)(?: numbers?)?|phones?(?: numbers?)?",
    Role.ADDRESS: r"(?:postal )?(?:adresses?|address(?:es)?)(?: postales?)?",
    Role.BIRTH_DATE: r"(?:dates? de naissance|anniversaires?|birth ?(?:dates?|days?)|dates? of birth)",
    Role.POSTCODE: r"(?:codes? posta(?:l|ux)|postcodes?|zip(?: codes?)?)",
}
_ASKED = re.compile(
    r"^(?:et |and )?(?:(?P<share>(?:quelle (?:part|proportion)|quel pourcentage|what (?:share|proportion|percentage)|%) (?:de |des |d'|of ))"
    rf"|(?:combien (?:de |d'|des )|nombre (?:de |d')|how many |number of ))(?:nos |mes |our |my |the )?(?:{PERSON.pattern})"
    r"(?: (?:avons-nous|avez-vous|a-t-on|on a|y a-t-il|sont|do we have|are there|are))?"
    r"(?: (?P<no>sans|n'(?:ont|a) (?:pas|aucune?)(?: renseigne| donne| laisse)?|(?:qui )?n'ont pas|without|with no|(?:have |has )?no|have not (?:given|left)|(?:don't|do not) have|(?:sont|are) (?:sans|without)|missing)"
    r"|(?: (?:qui ont|ont|avec|with|have|having)))"
    r"(?: (?:de|d'|un|une|l'|la|le|leur|leurs|an?|any|their|our))?[ ']*"
    rf"(?:{'|'.join(f'(?P<{role.value}>{words})' for role, words in _SAID.items())})(?: (?:renseigne\w*|connue?s?|valides?|on file|known))?[ ?!.]*$"
)


def asked_of_blanks(question: str, study: Study) -> tuple[Prepared, Columns] | None:
    """The query that counts customers with or without a contact detail, and what its file can be asked about; None for any other question.

    Args:
        question: as typed; all of it must be explained, so that no other condition is lost.
        study: the data.
    """
    asked = _ASKED.match(plain(question))
    if asked is None:
        return None
    role = next(role for role in _SAID if asked[role.value])
    people = {table.table: table for table in study.model.of_kind(TableKind.CUSTOMERS)}
    bound = next((held for held in study.model.bindings if held.role is role and held.table in people), None)
    if bound is None:
        return None
    name = called(people[bound.table], study)
    condition: dict[str, Any] = {"field": bound.name, "operator": "is null" if asked["no"] else "is not null", "values": []}
    wanted = {"measure": "share_records", "part": [condition]} if asked["share"] else {"measure": "records", "purchase_filter": [condition]}
    return Prepared("explore", {**wanted, "table": name}), next(found.columns for found in record_tables(study) if found.name == name)
