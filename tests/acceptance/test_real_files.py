"""The command's JSON on real files: it validates, and its figures are the published ones."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assistant.cli import main
from assistant.sample import write_sample
from assistant.wire_shapes import SCHEMAS

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schema"
_DONE: dict[tuple[str, ...], dict[str, Any]] = {}


def diagnose(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Run `noces diagnose --json` once a set of files, and check what it prints against the published schema."""
    if arguments not in _DONE:
        assert main(["diagnose", *arguments, "--json"]) == 0
        printed: dict[str, Any] = json.loads(capsys.readouterr().out)
        schema = json.loads((SCHEMA / "diagnosis.schema.json").read_text(encoding="utf-8"))
        jsonschema.validate(printed, schema)
        _DONE[arguments] = printed
    return _DONE[arguments]


def finding(diagnosis: dict[str, Any], analysis: str) -> dict[str, Any]:
    """The finding of one analysis."""
    return next(found for found in diagnosis["findings"] if found["analysis"] == analysis)


def measure(found: dict[str, Any], name: str) -> dict[str, Any]:
    """One measure of a finding."""
    return next(m for m in found["measures"] if m["name"] == name)


def test_published_schemas_are_what_the_code_says() -> None:
    for name, model in SCHEMAS.items():
        published = json.loads((SCHEMA / f"{name}.schema.json").read_text(encoding="utf-8"))
        assert published == json.loads(json.dumps(model.model_json_schema())), "run `make schemas`"


@pytest.mark.parametrize("name", [pytest.param("cdnow/CDNOW_master.txt", marks=pytest.mark.slow), "cdnow/CDNOW_sample.txt", "electronics_sales/electronic_sales.csv"])
def test_transactions_alone(data: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = diagnose(capsys, str(data / name))
    assert finding(done, "churn_rate") and finding(done, "leak_points")


def test_several_tables(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Olist: 3,000 orders by fewer persons; `customer_id` is one per order."""
    done = diagnose(capsys, *(str(path) for path in sorted((data / "olist_sample").glob("*.csv"))))
    roles = {
        (table["file"], column["name"]): column["role"] for table in done["data"]["tables"] for column in table["columns"]
    }
    assert roles[("olist_customers_dataset.csv", "customer_unique_id")] == "customer_id"
    assert roles[("olist_orders_dataset.csv", "customer_id")] != "customer_id"


@pytest.mark.parametrize("kind", [pytest.param("retail", marks=pytest.mark.slow), pytest.param("saas", marks=pytest.mark.slow)])
def test_sample_companies(kind: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = write_sample(tmp_path, kind=kind, language="fr")
    done = diagnose(capsys, *(str(path) for path in paths))
    assert finding(done, "churn_drivers")["items"]
    assert done["actions"]


def test_telecom_figures(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """IBM telecom: churn 26.5 %; S(12, 24, 48, 72 months) = .8432 .7887 .7088 .5928 (lifelines); contract and fibre lead."""
    done = diagnose(capsys, str(data / "telco_ibm" / "telco_customer_churn.csv"))
    rate = measure(finding(done, "churn_rate"), "churn_rate")
    assert rate["value"] == pytest.approx(1869 / 7043) and rate["n"] == 7043
    leaks = finding(done, "leak_points")
    for months, expected in ((12, 0.8432), (24, 0.7887), (48, 0.7088), (72, 0.5928)):
        assert measure(leaks, f"retention_{months}m")["value"] == pytest.approx(expected, abs=5e-5)
    drivers = finding(done, "churn_drivers")
    leading = [item["feature"] for item in drivers["items"] if item["kind"] != "symptom"]
    assert leading[:2] == ["Contract", "InternetService"]
    assert "MonthlyCharges" not in leading, "Simpson: +.19 overall, negative within each service"
    assert "tenure" not in leading
    assert {"column": "tenure", "why": "clock"} in drivers["set_aside"]
    assert measure(drivers, "additive_auc")["value"] >= 0.845
    assert measure(drivers, "cost_of_additivity")["value"] is not None


def test_the_french_export_tells_the_same(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`derived_fr` holds the same customers in French habits: every number must be the same, to the last digit."""
    english = diagnose(capsys, str(data / "telco_ibm" / "telco_customer_churn.csv"))
    french = diagnose(capsys, str(data / "derived_fr" / "clients_telecom_fr_utf8bom.csv"))
    headers = {
        "customerID": "Réf. client", "tenure": "Ancienneté (mois)", "Contract": "Contrat", "Churn": "Résilié",
        "MonthlyCharges": "Facture mensuelle", "TotalCharges": "Total facturé",
    }  # fmt: skip
    assert [f["analysis"] for f in french["findings"]] == [f["analysis"] for f in english["findings"]]
    for ours, theirs in zip(french["findings"], english["findings"], strict=True):
        said = [{**m, "name": _renamed(m["name"], headers)} for m in theirs["measures"]]
        assert [_numbers(m) for m in ours["measures"]] == [_numbers(m) for m in said], ours["analysis"]


@pytest.mark.slow
def test_french_purchases_tell_the_same(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A cp1252 export with decimal commas and dd/mm/yyyy, and its UTF-8, ISO, decimal-point rewriting."""
    source = data / "derived_fr" / "achats_fr_cp1252.csv"
    plain = tmp_path / "achats.csv"
    with source.open(encoding="cp1252", newline="") as lines, plain.open("w", encoding="utf-8") as out:
        out.write(next(lines).replace(";", ",", -1).replace("\r", ""))
        for line in lines:
            customer, amount, day = line.strip().split(";")
            number = amount.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
            when = "-".join(reversed(day.split("/")))
            out.write(f"{customer},{number},{date.fromisoformat(when).isoformat()}\n")
    french, rewritten = diagnose(capsys, str(source)), diagnose(capsys, str(plain))
    for ours, theirs in zip(french["findings"], rewritten["findings"], strict=True):
        assert [_numbers(m) for m in ours["measures"]] == [_numbers(m) for m in theirs["measures"]], ours["analysis"]


def test_cdnow_ranking(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As of 1997-09-30, expected purchases rank "buys again" with an AUC of at least .74 (BG/NBD's P(alive): .319)."""
    done = diagnose(capsys, str(data / "cdnow" / "CDNOW_master.txt"))
    alive = finding(done, "still_alive")
    auc = next(m for m in alive["measures"] if "auc" in m["name"])
    assert auc["value"] >= 0.74


def _renamed(name: str, headers: dict[str, str]) -> str:
    for english, french in headers.items():
        if name.endswith(f": {english}"):
            return name[: -len(english)] + french
    return name


def _numbers(m: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(m[key] for key in ("name", "value", "low", "high", "n"))
