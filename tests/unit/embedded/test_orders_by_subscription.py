"""A florist that sells bunches one by one or by subscription: who subscribes, rates of several states, headers that begin alike."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import Runner
from assistant.embedded.columns import columns_of
from tests.unit.embedded.talks import asked, converse, opened, step

_draw = random.Random(23)
SALES = [["Commande", "Date", "Client", "Formule", "Ligne nom", "Ligne famille", "Ligne quantite", "Ligne prix", "Montant", "Etat"]]
for _n in range(220):
    _subscribed, _day = _draw.random() < 0.4, date(2023, 1, 1) + timedelta(days=_draw.randrange(200))
    for _ in range(_draw.randint(1, 8)):
        _quantity, _price = _draw.choice([1, 1, 2]), _draw.choice([19.0, 24.5, 39.0])
        SALES.append([
            f"F{len(SALES):05d}", _day.isoformat(), f"D{_n:04d}", "Abonnement" if _subscribed else "A l'unite", _draw.choice(["Pivoine", "Dahlia", "Tulipe"]),
            _draw.choice(["Bouquet", "Plante"]), _quantity, _price, round(_quantity * _price, 2),
            _draw.choices(["Livree", "Remboursee", "Partiellement remboursee", "Non remboursable"], [85, 4, 5, 6])[0],
        ])  # fmt: skip
        _day += timedelta(days=_draw.randint(20, 70))


@pytest.fixture(scope="module")
def florist(tmp_path_factory):
    yield from opened(tmp_path_factory, "florist", {"ventes.csv": SALES})


@pytest.mark.parametrize("question", ["combien d'abonnés avons-nous ?", "how many subscribers do we have"])
def test_subscribers_are_those_whose_orders_are_subscriptions(florist, question):
    held = Runner(florist).run("explore", asked(florist, question)).measures[0].value
    assert held == len({row[2] for row in SALES[1:] if row[3] == "Abonnement" and row[9] != "Remboursee"})


def test_the_rate_of_a_state_is_of_every_state_of_its_family(florist):
    (part,) = asked(florist, "taux de remboursement")["part"]
    assert (part["operator"], set(part["values"])) == ("in", {"Remboursee", "Partiellement remboursee"})


def test_a_word_that_several_headers_begin_by_is_not_what_is_counted(florist):
    goods = columns_of(florist).goods
    assert goods is None or goods.search("ligne famille") is None
    assert asked(florist, "quantité vendue en 2023")["measure"] == "quantity"


@pytest.mark.parametrize("question", ["which lapsed customers should we go after first?", "quels clients perdus rappeler en premier ?"])
def test_which_of_the_lost_to_go_after_is_whom_to_win_back(florist, question):
    assert converse(florist, question)[-1].steps[0].analysis == "winback_targets"
    assert step(converse(florist, "who should we go after?")[-1])[0] == "recruitment_brief"
