"""Beside an answer: three cautions at most, those that move its own figure, the strongest first, each with its effect."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from analytics.catalog import CATALOG, Runner
from analytics.importing import import_files, open_study
from analytics.workspace import Workspace
from tests.unit.analyses.test_length_of_relation import buyers
from tests.unit.datamodel import defects
from tests.unit.datamodel.worlds import TODAY, shop, write_files
from vocabulary.finding import Finding

_PLANTED = (
    defects.future_dates, defects.rows_without_customer, defects.outlier_amounts, defects.test_accounts,
    defects.mixed_currencies, defects.unlabelled_personal_data, defects.inconsistent_spelling,
)  # fmt: skip


def test_three_cautions_at_most_each_with_its_effect(tmp_path: Path) -> None:
    """A shop with seven defects: every built analysis has three cautions at most; those of the data say two figures."""
    files = shop(seed=41)
    for plant in _PLANTED:
        plant(files)
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    study = open_study(workspace)
    runner = Runner(study)
    effects = {id(check.effect.said): check.effect for check in study.model.health if check.effect is not None}
    told = 0
    for analysis in CATALOG:
        finding = runner.run(analysis.name) if analysis.run is not None else None
        if not isinstance(finding, Finding):
            continue
        assert len(finding.caveats) <= 3, analysis.name
        sizes = []
        for caveat in finding.caveats:
            effect = effects.get(id(caveat.values.get("effect")))
            if effect is not None:
                told += 1
                sizes.append(effect.size)
                assert effect.kept.value != effect.without.value
        assert sizes == sorted(sizes, reverse=True), analysis.name
    assert told >= 3
    money = runner.run("money_definition")
    assert isinstance(money, Finding)
    shown = " ".join(caveat.render("en") for caveat in money.caveats)
    assert "personal" not in shown and "several ways" not in shown  # they change no figure
    study.database.close()


def test_what_cannot_be_answered_is_said_by_question_with_the_column_that_would(tmp_path: Path) -> None:
    """A bare list of customers: the questions it cannot answer, and what to add for each."""
    files = {"clients.csv": shop(seed=42)["clients.csv"]}
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    study = open_study(workspace)
    finding = Runner(study).run("data_health")
    assert isinstance(finding, Finding)
    missing = {item["analysis"]: item for item in finding.items if item["check"] == "not_answerable"}
    assert {"churn_rate", "money_definition", "revenue_bridge"} <= missing.keys()
    assert all(item["would_unlock"].render("fr") and item["question"].en for item in missing.values())
    study.database.close()


def test_what_is_ranked_by_money_says_which_money_is_missing(tmp_path: Path) -> None:
    """One customer in six pays in francs, which are not added up: who are the best, and who is worth nothing, hangs on it."""
    files = buyers(43)
    for row in files["ventes.csv"]:
        row["devise"] = "CHF" if int(str(row["id_client"])[1:]) % 6 == 0 else "EUR"
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, write_files(files, tmp_path), today=TODAY)
    study = open_study(workspace)
    runner = Runner(study)
    for name in ("segments", "relationship_overview", "at_risk", "money_definition"):
        finding = runner.run(name)
        assert isinstance(finding, Finding), name
        said = " ".join(caveat.render("fr") for caveat in finding.caveats)
        assert "on ne les additionne pas" in said, name
        assert "n’ont rien rapporté" not in said
    study.database.close()


def test_channels_are_compared_with_the_test_accounts_said(tmp_path: Path) -> None:
    """Accounts opened to try a kiosk, all by one channel and closed the next day: whoever reads of channels reads of them."""
    rng, rows = random.Random(7), ["member_id,first_name,last_name,email,channel,contract_start,contract_end"]
    for n in range(600):
        came = date(2024, 1, 1) + timedelta(days=rng.randrange(500))
        left = came + timedelta(days=rng.randrange(60, 400)) if rng.random() < 0.4 else None
        rows.append(f"M{n:04d},Ana,Ruiz{n},ana{n}@gmail.com,{rng.choice(['Web', 'Friend', 'Kiosk'])},{came},{left if left and left <= TODAY else ''}")
    for n in range(50):
        came = date(2025, 3, 1) + timedelta(days=n % 9)
        rows.append(f"T{n:04d},KIOSK,TEST,test{n}@gmail.com,Kiosk,{came},{came + timedelta(days=1)}")
    path = tmp_path / "members.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    workspace = Workspace(tmp_path / "w")
    import_files(workspace, [path], today=TODAY)
    study = open_study(workspace)
    finding = Runner(study).run("acquisition_quality")
    assert isinstance(finding, Finding)
    assert any("look like tests" in caveat.render("en") for caveat in finding.caveats)
    study.database.close()
