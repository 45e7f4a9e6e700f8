"""Sentences that `churn_rate` says whatever the split."""

from __future__ import annotations

from analytics.datamodel.model import LostBasis
from analytics.study import Study
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.sentence import Sentence, say


def too_few_caveat(n: int, enough: int) -> Sentence | None:
    """Say that `n` customers are too few to carry a rate, when they are fewer than `enough`."""
    if n >= enough:
        return None
    return say(
        "Ce taux ne porte que sur {n} clients : il peut changer beaucoup d’un départ à l’autre.",
        "This rate rests on {n} customers only: one departure more would change it a lot.",
        n=Estimate("customers", n, Unit.COUNT, n),
    )


def basis_caveat(study: Study) -> Sentence | None:
    """Say what the definition of lost does to the rate."""
    lost = study.model.lost
    if lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS) and lost.days is not None:
        return say(
            "Sans contrat, « parti » veut dire silencieux depuis plus de {days} : certains reviendront.",
            "Without a contract, “left” means silent for more than {days}: some will come back.",
            days=Threshold(lost.days, Unit.DAYS),
        )
    if lost.basis is LostBasis.LABEL:
        return say(
            "C’est la part des départs parmi tous les clients du fichier, quelle que soit leur date : "
            "ce n’est pas un taux annuel.",
            "This is the share of departures among all customers in the file, whenever they left: "
            "it is not a yearly rate.",
        )
    return None
