"""Of whom a driver's share is told: the customers known before the departures, never all those of the file."""

from __future__ import annotations

from datetime import timedelta

from analytics.datamodel.model import LostBasis
from analytics.measures.exposure import Exposure
from analytics.measures.seen import is_lived, sign_words
from analytics.study import Study
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.sentence import Sentence, say


def population(study: Study, exposed: Exposure) -> Sentence:
    """Name the customers followed, with their number: words that stand after “of”.

    Args:
        study: the data, with the definition of lost.
        exposed: the customers, and when they began to be followed; all are counted, those left out of a sample too.
    """
    everyone = Estimate("customers_followed", exposed.total or exposed.frame.size, Unit.CUSTOMERS, method="exact")
    lost = study.model.lost
    if exposed.since is None:
        return say("les {n} clients", "the {n} customers", n=everyone)
    silent = lost.basis in (LostBasis.RHYTHM, LostBasis.DAYS)
    if silent and lost.days and is_lived(study):
        return say(
            "les {n} clients vus dans les {days} avant le {since} ({many})",
            "the {n} customers seen in the {days} before {since} ({many})",
            n=everyone, days=Threshold(lost.days, Unit.DAYS), since=exposed.since, many=sign_words(study).many,
        )  # fmt: skip
    if silent and lost.days and "purchases" not in study.tables:
        return say(
            "les {n} clients venus avant le {since} et dont le dernier achat suit le {earliest}",
            "the {n} customers who came before {since} and last bought after {earliest}",
            n=everyone, since=exposed.since, earliest=exposed.since - timedelta(days=lost.days),
        )  # fmt: skip
    if silent and lost.days:
        return say(
            "les {n} clients qui avaient acheté dans les {days} avant le {since}",
            "the {n} customers who had bought in the {days} before {since}",
            n=everyone, days=Threshold(lost.days, Unit.DAYS), since=exposed.since,
        )  # fmt: skip
    return say(
        "les {n} clients présents le {since}", "the {n} customers present on {since}", n=everyone, since=exposed.since
    )


def explained_period(exposed: Exposure) -> list[Sentence]:
    """Which departures are explained, when they bear a date: those of one window, whatever period was talked of before."""
    if exposed.since is None or exposed.days is None:
        return []
    until = exposed.since + timedelta(days=exposed.days)
    return [
        say(
            "Les départs expliqués ici sont ceux du {since} au {until}.",
            "The departures explained here are those from {since} to {until}.",
            since=exposed.since, until=until,
        )
    ]  # fmt: skip
