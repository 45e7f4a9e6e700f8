"""How many planted defects are found, and how many clean twins raise an alarm (threats.md, section 5); what is published."""

from __future__ import annotations

from functools import cache

import pytest

from analytics.datamodel.health import CHECK_TITLES, HealthCode
from tests.unit.datamodel.measure.case import Case, is_found
from tests.unit.datamodel.measure.cases import BUNDLES, CLEAN, Bundle, cases
from tests.unit.datamodel.measure.count import SEEDS, alarms_of, found_in
from tests.unit.datamodel.measure.publish import as_published, published
from tests.unit.datamodel.measure.reduced import REDUCED
from vocabulary.themes import Severity

_FEW, _SOME = range(2), range(6)
_COMPANIONS = {  # what a defect brings with it
    "till_number": {"orphans"},  # a number that no file holds
    "status_against_label": {"leak_suspect"},  # where they hardly differ, one tells the other
}


@pytest.mark.parametrize("bundle", BUNDLES)
def test_the_light_count_of_each_defect(bundle: str) -> None:
    """Two worlds each: every defect is found where it was planted, with its count."""
    found = dict(zip((case.name for case in BUNDLES[bundle].cases), found_in(bundle, _FEW), strict=True))
    assert found == dict.fromkeys(found, len(_FEW))


@pytest.mark.parametrize("clean", CLEAN)
def test_the_light_count_of_clean_twins(clean: str) -> None:
    """Six clean worlds of each family: no alarm but the returns that a shop with returns has."""
    alarms = alarms_of(clean, _SOME)
    assert set(alarms) <= ({"negative_amounts"} if "returns" in clean else set())


@pytest.mark.parametrize(("bundle", "case"), [(bundle, case) for _, bundle, case in cases()], ids=lambda one: getattr(one, "name", ""))
def test_each_defect_alone_is_found_and_nothing_else_is(bundle: Bundle, case: Case) -> None:
    """One defect in a clean world: its alarm, and no other warning."""
    world = bundle.make(1)
    mark = case.plant(world)
    model = world.model()
    assert is_found(case, mark, world, model)
    others = {check.check for check in model.health if check.severity is not Severity.INFO} - {case.code.value} - _before(bundle)
    assert others <= _COMPANIONS.get(case.name, set())


@cache
def _before(bundle: Bundle) -> set[str]:
    return {check.check for check in bundle.make(1).model().health}


@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("bundle", [name for name, one in BUNDLES.items() if one.twin.startswith("shop")])
def test_two_hundred_shops_planted_and_two_hundred_clean(bundle: str) -> None:
    """Found in at least .95 of the planted shops, raised in at most .05 of the clean ones; and the page says so."""
    as_published(bundle)


def test_every_check_is_measured_and_the_page_lists_exactly_what_is() -> None:
    """Codes that can be said, cases that are measured and rows of the page are the same; every row keeps the promise."""
    measured = [(case.code.value, case.title) for _, _, case in cases()]
    measured += [(case.code.value, case.title) for case in REDUCED]
    assert len(set(measured)) == len(measured)
    assert {code for code, _ in measured} == {code.value for code in HealthCode}
    page = published()
    assert sorted((count.code, count.title) for count in page) == sorted(measured)
    assert all(count.times == len(SEEDS) and count.found >= 190 and count.false <= 10 for count in page)


def test_every_sentence_speaks_both_languages_and_every_code_is_closed() -> None:
    """All checks of worlds with many defects render in French and in English; codes are members of the closed list."""
    for name in ("A", "B", "C", "D", "E", "H", "I", "L", "N"):
        world = BUNDLES[name].make(5)
        for case in BUNDLES[name].cases:
            case.plant(world)
        for check in world.model().health:
            assert HealthCode(check.check) in CHECK_TITLES
            assert check.detail.render("fr") != check.detail.render("en")
            assert not any(char.isdigit() for char in check.detail.template.fr + check.detail.template.en)
