"""What a new customer is dated by, where the files hold a sign-up and purchases: both counts are told, since they may differ."""

from __future__ import annotations

from analytics.datamodel.roles import Role
from analytics.explore.parameters import ExploreParameters
from analytics.study import Study
from vocabulary.estimate import Estimate, Unit
from vocabulary.sentence import Label, Sentence, say


def dated_by(study: Study, parameters: ExploreParameters) -> tuple[Sentence, ...]:
    """The date new customers are counted at, and how many they would be by their first purchase.

    Args:
        study: the data, with the customers looked at.
        parameters: the query.
    """
    signed = study.model.find(Role.SIGNUP_DATE)
    if parameters.measure != "new_customers" or signed is None or parameters.period is None or "purchases" not in study.tables:
        return ()
    if parameters.purchase_filter or parameters.also or parameters.absent or parameters.seen or parameters.per:
        return ()  # of those who bought this or that, or of a month on average: another count than that of all who arrived
    where, given = study.who()
    days = [parameters.period.start, parameters.period.end]
    counted = "count(*) FILTER (started BETWEEN ? AND ?), count(*) FILTER (first_purchase BETWEEN ? AND ?)"
    joined, bought = study.row(f"SELECT {counted} FROM customers WHERE {where}", [*days, *days, *given])
    if joined == bought:
        return ()
    return (
        say(
            "Datés de leur inscription (« {column} ») ; à la date de leur premier achat, ils seraient {bought}.",
            "Dated by their sign-up (“{column}”); by their first purchase, they would be {bought}.",
            column=Label(signed.name), bought=Estimate("by_first_purchase", bought, Unit.CUSTOMERS, method="exact"),
        ),
    )  # fmt: skip
