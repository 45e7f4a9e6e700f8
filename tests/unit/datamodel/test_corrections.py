"""What the manager says of the files: read, checked, obeyed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from analytics.datamodel.corrections import dump_corrections, parse_corrections, read_corrections
from analytics.datamodel.model import Corrections, LostBasis
from analytics.datamodel.roles import Role, TableKind
from tests.unit.datamodel.worlds import model_of, shop, subscribers
from vocabulary.errors import UserError

_CONTRACT = {
    "tables": {"achats.csv": "transactions"},
    "columns": {"achats.csv": {"magasin": None, "montant_ttc": "amount"}},
    "lost": {"days": 120},
}


def test_the_contract_s_shape_is_read_and_written(tmp_path: Path) -> None:
    """What is read is written back the same."""
    path = tmp_path / "roles.json"
    path.write_text(json.dumps(_CONTRACT), encoding="utf-8")
    corrections = read_corrections(path, as_of=date(2025, 6, 30))
    assert corrections.lost_days == 120
    assert corrections.as_of == date(2025, 6, 30)
    assert dump_corrections(corrections) == _CONTRACT


def test_corrections_win() -> None:
    """A kind, a role, "no role", days and a date given by the manager are taken as they are, and marked."""
    corrections = parse_corrections({
        "tables": {"clients.csv": "prospects"},
        "columns": {"achats.csv": {"magasin": None, "moyen_paiement": "sale_channel"}},
        "lost": {"days": 90},
    })  # fmt: skip
    model = model_of(shop(1), corrections)
    assert model.readings[0].kind is TableKind.PROSPECTS and model.readings[0].corrected
    roles = {binding.name: binding for binding in model.bindings if binding.file == "achats.csv"}
    assert "magasin" not in roles
    assert roles["moyen_paiement"].role is Role.SALE_CHANNEL and roles["moyen_paiement"].corrected
    assert (model.lost.basis, model.lost.days, model.lost.corrected) == (LostBasis.DAYS, 90, True)


def test_a_corrected_role_is_taken_from_the_column_that_had_it() -> None:
    """One column a role: giving the amount to another column frees the first."""
    corrections = Corrections(columns={"achats.csv": {"n_ticket": Role.ROW_ID, "magasin": Role.CATEGORY}})
    model = model_of(shop(1), corrections)
    roles = [binding.role for binding in model.bindings if binding.file == "achats.csv"]
    assert roles.count(Role.CATEGORY) == 1
    assert Role.ORDER_ID not in roles


def test_the_as_of_date_of_the_manager_wins() -> None:
    """The reference date is taken as given."""
    assert model_of(shop(1), Corrections(as_of=date(2024, 12, 31))).as_of == date(2024, 12, 31)


def test_a_column_of_the_manager_defines_lost() -> None:
    """A label column, with the values that mean lost."""
    model = model_of(subscribers(1), Corrections(lost_column="churned"))
    assert (model.lost.basis, model.lost.column, model.lost.lost_values) == (LostBasis.LABEL, "churned", ("Yes",))


@pytest.mark.parametrize(
    "data",
    [
        [], {"table": {}}, {"tables": {"a.csv": "clients"}}, {"columns": {"a.csv": {"x": "identifiant"}}}, {"lost": {"days": 0}},
        {"lost": {"days": 9, "column": "x"}}, {"lost": {"weeks": 2}}, {"columns": {"a.csv": ["x"]}}, {"tables": "a.csv"},
    ],
)  # fmt: skip
def test_what_is_no_correction_is_refused_in_one_sentence(data: object) -> None:
    """Unknown parts, kinds, roles and definitions."""
    with pytest.raises(UserError) as refusal:
        parse_corrections(data)
    assert refusal.value.in_("fr") and "\n" not in refusal.value.in_("fr")


@pytest.mark.parametrize(
    "data",
    [
        {"tables": {"autre.csv": "customers"}}, {"columns": {"clients.csv": {"inconnue": "customer_id"}}},
        {"lost": {"column": "inconnue"}},
    ],
)  # fmt: skip
def test_files_and_columns_that_are_not_there_are_named(data: dict[str, object]) -> None:
    """The sentence holds the name that is not known."""
    with pytest.raises(UserError) as refusal:
        model_of(shop(1), parse_corrections(data))
    assert "autre.csv" in str(refusal.value) or "inconnue" in str(refusal.value)


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    """One sentence, no traceback."""
    (tmp_path / "roles.json").write_text("{", encoding="utf-8")
    for name in ("roles.json", "absent.json"):
        with pytest.raises(UserError):
            read_corrections(tmp_path / name)
