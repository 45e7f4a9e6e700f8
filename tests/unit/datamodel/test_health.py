"""Health of the data: every planted defect is found, and its clean twin raises no alarm (threats.md, section 5)."""

from __future__ import annotations

import copy
from datetime import date, timedelta

import pytest

from analytics.datamodel.health import HealthCode
from tests.unit.datamodel.defects import LABEL_DEFECTS, LONE_DEFECTS, LONE_LABEL_DEFECTS, SHOP_DEFECTS
from tests.unit.datamodel.worlds import Files, Row, checks, model_of, shop, subscribers
from vocabulary.themes import Severity

_SEEDS = 40


@pytest.mark.parametrize("code", SHOP_DEFECTS)
def test_each_defect_alone_is_found_and_nothing_else_is(code: str) -> None:
    """One defect planted in a clean shop: its code, and no other warning."""
    files = shop(seed=1)
    SHOP_DEFECTS[code](files)
    model = model_of(files)
    assert code in checks(model)
    others = {c.check for c in model.health if c.severity is not Severity.INFO} - {code} - _COMPANIONS.get(code, set())
    assert not others


# what a defect brings with it: a date of 1900 makes nothing else, a word in a date column leaves a hole, and so on
_COMPANIONS = {
    "unreadable_cells": {"missing_values"},
    "orphans": {"rows_without_customer"},
    "near_duplicates": {"inconsistent_spelling"},  # typed again with other capitals
}


@pytest.mark.parametrize("code", LABEL_DEFECTS)
def test_each_defect_of_a_labelled_file_is_found(code: str) -> None:
    """One defect planted in a clean labelled file: its code, and no other warning."""
    files = subscribers(seed=1)
    LABEL_DEFECTS[code](files)
    model = model_of(files)
    assert code in checks(model)
    assert {c.check for c in model.health if c.severity is not Severity.INFO} <= {code}


def test_shops_with_every_defect_and_their_clean_twins() -> None:
    """Twenty shops: all defects at once are all found; the clean twins raise no alarm at all."""
    missed, false = _shops(range(20))
    assert {code: times for code, times in missed.items() if times} == {}
    assert {code: times for code, times in false.items() if times} == {}


@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_two_hundred_shops_with_every_defect_and_two_hundred_clean_twins() -> None:
    """Each detector finds its defect in at least .95 of the shops, and is silent in at least .95 of the clean twins."""
    missed, false = _shops(range(1000, 1200))
    assert {code: times for code, times in missed.items() if times > 10} == {}
    assert {code: times for code, times in false.items() if times > 10} == {}


@pytest.mark.parametrize("name", [*LONE_DEFECTS, *LONE_LABEL_DEFECTS])
def test_each_lone_defect_is_found_and_its_twin_is_not(name: str) -> None:
    """Three planted, three clean."""
    assert lone(name, range(3)) == (3, 0)


@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("name", [*LONE_DEFECTS, *LONE_LABEL_DEFECTS])
def test_two_hundred_lone_defects_and_two_hundred_twins(name: str) -> None:
    """Found in at least .95 of the planted files, raised in at most .05 of the clean ones."""
    found, false = lone(name, range(2000, 2200))
    assert found >= 190 and false <= 10, (found, false)


def lone(name: str, seeds: range) -> tuple[int, int]:
    """How many planted files raise the code of a defect, and how many of their clean twins do."""
    code, plant, twin = {**LONE_DEFECTS, **LONE_LABEL_DEFECTS}[name]
    found = false = 0
    for seed in seeds:
        files = shop(seed, customers=160) if name in LONE_DEFECTS else subscribers(seed, customers=200)
        clean = copy.deepcopy(files)
        if twin is not None:
            twin(clean)
        false += code in checks(model_of(clean))
        plant(files)
        found += code in checks(model_of(files))
    return found, false


def _shops(seeds: range) -> tuple[dict[str, int], dict[str, int]]:
    """Times each defect was missed, and times each code was raised by a clean shop."""
    missed: dict[str, int] = {}
    false: dict[str, int] = {}
    for seed in seeds:
        files = shop(seed, customers=90)
        for code in checks(model_of(copy.deepcopy(files))):
            false[code] = false.get(code, 0) + (code != "small_file")
        for plant in SHOP_DEFECTS.values():
            plant(files)
        found = checks(model_of(files))
        for code in SHOP_DEFECTS:
            missed[code] = missed.get(code, 0) + (code not in found)
    return missed, false


def test_forty_labelled_files_and_their_clean_twins() -> None:
    """Forty labelled files: each defect is found, the clean twins raise no alarm."""
    for seed in range(_SEEDS):
        files = subscribers(seed, customers=150)
        assert not checks(model_of(files)), seed
        for code in ("label_contradiction", "leak_suspect"):
            LABEL_DEFECTS[code](files)
        assert {"label_contradiction", "leak_suspect"} <= checks(model_of(files)).keys(), seed


def test_counts_are_those_planted() -> None:
    """The count of each check is the number of rows planted."""
    planted = {"duplicate_rows": 20, "future_dates": 5, "impossible_dates": 4, "outlier_amounts": 3, "negative_amounts": 15,
               "test_accounts": 4, "orphans": 25, "unlabelled_personal_data": 6, "unreadable_cells": 1, "out_of_range": 2,
               "duplicate_customers": 6}  # fmt: skip
    for code, count in planted.items():
        files = shop(seed=3)
        SHOP_DEFECTS[code](files)
        assert checks(model_of(files))[code] == count, code


def test_future_dates_do_not_move_the_as_of_date() -> None:
    """Fifteen lines five years late made half of the customers look lost, then all of them; the date must not move."""
    clean = model_of(shop(seed=2)).as_of
    files = shop(seed=2)
    SHOP_DEFECTS["future_dates"](files)
    assert model_of(files).as_of == clean


def test_strays_before_today_do_not_move_the_as_of_date() -> None:
    """A single line two years after all the others, yet before today, is set aside and told."""
    files = shop(seed=2, until=date(2023, 10, 31))
    last = max(row["date_achat"] for row in files["achats.csv"])  # type: ignore[type-var]
    files["achats.csv"][7]["date_achat"] = date(2025, 11, 30)
    model = model_of(files)
    assert model.as_of == last
    assert checks(model)["impossible_dates"] == 1


def test_dates_all_under_the_thirteenth_are_ambiguous() -> None:
    """Days and months that could be exchanged are told; first days of months are not a doubt."""
    doubtful: Files = {"achats.csv": [
        {"id_client": f"C{n % 40:03d}", "date_achat": date(2024, 1 + n % 12, 1 + (n * 7) % 12), "montant": 10.0 + n}
        for n in range(200)
    ]}  # fmt: skip
    assert checks(model_of(doubtful))["ambiguous_dates"] == 200
    monthly: Files = {"depenses.csv": [
        {"mois": date(2022 + n // 12, 1 + n % 12, 1), "canal": "Site", "depense": 100.0 + n} for n in range(36)
    ]}  # fmt: skip
    assert "ambiguous_dates" not in checks(model_of(monthly))


def test_contract_ends_and_renewals_may_lie_ahead() -> None:
    """A renewal next year is no defect."""
    rows: list[Row] = [{
        "subscription_id": f"S{n}", "customer_id": f"C{n}", "start_date": date(2024, 1, 1) + timedelta(days=n),
        "renewal_date": date(2026, 6, 1) + timedelta(days=n % 50), "mrr": 20.0 + n % 5,
        "end_date": date(2025, 2, 1) if n % 4 == 0 else None,
    } for n in range(200)]  # fmt: skip
    assert "future_dates" not in checks(model_of({"subscriptions.csv": rows}))


def test_amounts_of_another_size_in_one_country_are_another_currency() -> None:
    """Pacific francs summed as euros: eighty-two per cent of revenue was wrong (threats.md, section 5)."""
    rows: list[Row] = [{
        "id_client": f"C{n % 80}", "date_achat": date(2025, 1, 1) + timedelta(days=n % 300), "pays": "NC" if n % 12 == 0 else "FR",
        "montant": (30.0 + n % 17) * (119 if n % 12 == 0 else 1),
    } for n in range(600)]  # fmt: skip
    assert checks(model_of({"achats.csv": rows}))["mixed_currencies"] == 50


def test_every_sentence_speaks_both_languages_and_every_code_is_closed() -> None:
    """All checks of a world with every defect render in French and in English; codes are members of the closed list."""
    files = shop(seed=5)
    for plant in SHOP_DEFECTS.values():
        plant(files)
    for check in model_of(files).health:
        assert HealthCode(check.check)
        assert check.detail.render("fr") != check.detail.render("en")
        assert not any(char.isdigit() for char in check.detail.template.fr + check.detail.template.en)
