"""After a revenue, the other side of the tax keeps its period: a joiner's bills, told before tax and with it."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from tests.unit.embedded.talks import converse, opened

_draw = random.Random(19)
BILLS = []
for _n in range(400):
    _net = _draw.randint(80, 900)
    BILLS.append([f"F{_n:04d}", f"M{_draw.randrange(60):03d}", date(2024, 2, 1) + timedelta(days=_n), _net, round(_net * 0.2, 2), round(_net * 1.2, 2)])


@pytest.fixture(scope="module")
def joiner(tmp_path_factory):
    head = ["N° facture", "Code client", "Date", "Montant HT", "TVA", "Montant TTC"]
    yield from opened(tmp_path_factory, "joiner", {"ventes.csv": [head, *BILLS]})


@pytest.mark.parametrize(("talk", "column"), [
    (("CA TTC en 2024", "et hors taxes ?"), 3), (("CA HT en 2024", "et en TTC ?"), 5), (("revenue in 2024", "excluding VAT?"), 3),
])  # fmt: skip
def test_the_period_is_kept_on_the_other_side_of_the_tax(joiner, talk, column):
    reading = converse(joiner, *talk)[-1]
    assert reading.status == "answered", reading.sentence
    found = Runner(joiner, CATALOG).run(reading.steps[0].analysis, reading.steps[0].arguments)
    assert found.measures[0].value == pytest.approx(sum(row[column] for row in BILLS if row[2].year == 2024))


def test_a_side_of_the_tax_said_of_nothing_is_not_guessed(joiner):
    assert converse(joiner, "combien de clients ?", "et en TTC ?")[-1].steps != converse(joiner, "CA 2024", "et en TTC ?")[-1].steps
