"""What the words of an event say of who made it happen, in trades and words of several kinds."""

from __future__ import annotations

import pytest

from analytics.customers.faults import house_at_fault, timing_of_log
from analytics.datamodel.attributes import Timing


@pytest.mark.parametrize(("header", "value"), [
    ("etat_linge", "Déchiré"), ("Status", "Late"), ("Résultat", "Panne non réparée"), ("damaged", "yes"), ("On time", "no"), ("À l’heure", "no"),
    ("Issue", "Bottle leaking"), ("motif", "Coupure"), ("state", "Not repaired"), ("colis", "Article manquant"), ("outcome", "Wrong item"),
])  # fmt: skip
def test_what_plainly_went_wrong_is_the_houses(header: str, value: str) -> None:
    assert house_at_fault(header, value)


@pytest.mark.parametrize(("header", "value"), [
    ("etat", "Refusé"), ("Status", "Returned damaged"), ("Type", "Inspection"), ("motif", "Réclamation"), ("Payment", "Late"), ("Retard de paiement", "yes"),
    ("état", "Livré"), ("damaged", "no"), ("On time", "yes"), ("state", "Not damaged"), ("état", "Sans défaut"), ("État", "Code 7"), ("issue", "Customer lost"),
    ("Visite", "Dernière panne"), ("type", "Latest model"),
])  # fmt: skip
def test_what_the_customer_does_or_what_nobody_can_tell_is_not(header: str, value: str) -> None:
    assert not house_at_fault(header, value)


def test_a_row_of_no_known_kind_is_lived_where_it_went_wrong_and_unsure_else() -> None:
    told = {
        ("etat", "Abîmé"): Timing.DURING, ("etat", "Déposé au voisin"): Timing.UNKNOWN, ("statut", "Résilié"): Timing.OUTCOME,
        ("statut", "En pause"): Timing.WARNING, ("status", "Absent"): Timing.WARNING, ("statut", "Préavis reçu"): Timing.WARNING,
    }  # fmt: skip
    assert {one: timing_of_log(*one) for one in told} == told
