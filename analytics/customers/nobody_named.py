"""Why files name no customer anyone could be told by, and what would name some: said wherever a question is about customers."""

from __future__ import annotations

from analytics.datamodel.health.reading_losses import no_days, unread_days
from analytics.datamodel.model import DataModel
from analytics.datamodel.roles import Role
from vocabulary.sentence import Sentence, say

NAME_THEM = say(
    "Ajoutez un identifiant de client (numéro, carte, e-mail) à vos fichiers, ou indiquez, sur la page des données, quelle colonne en tient lieu.",
    "Add a customer identifier (number, card, e-mail) to your files, or tell, on the data page, which column stands for it.",
)
_NO_CUSTOMER = say(
    "Aucune colonne de vos fichiers ne dit de quel client il s’agit : rien ne peut être dit de la relation avec eux.",
    "No column of your files says which customer a row is about: nothing can be told of the relationship with them.",
)
_NOTHING_BOUGHT = say(
    "Ces fichiers nomment des clients, mais aucun ne dit ce qu’ils ont acheté ni qui ils sont.",
    "These files name customers, but none says what they bought nor who they are.",
)
_ADD_PURCHASES = say(
    "Ajoutez leurs achats ou leurs factures (client, date, montant), ou le fichier des clients.",
    "Add their purchases or invoices (customer, date, amount), or the file of customers.",
)
_OTHER_DAY = say(
    "Ou indiquez, sur la page des données, une autre colonne qui porte leur jour.",
    "Or tell, on the data page, another column that holds their day.",
)


def why_nobody(model: DataModel) -> tuple[Sentence, Sentence]:
    """Why no customer came out of these files, and what to do about it.

    Args:
        model: what the files mean; nobody could be made a customer of them.
    """
    if not any(binding.role in (Role.CUSTOMER_ID, Role.ACCOUNT_ID) for binding in model.bindings):
        return _NO_CUSTOMER, NAME_THEM
    undated = unread_days(model)
    return (no_days(undated[0][1]), _OTHER_DAY) if undated else (_NOTHING_BOUGHT, _ADD_PURCHASES)
