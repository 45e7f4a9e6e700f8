"""What the manager says of who left, and the one question asked when the files do not say it surely."""

from __future__ import annotations

from datetime import timedelta

import pytest

from analytics import importing
from analytics.datamodel.corrections import dump_corrections, parse_corrections
from analytics.datamodel.model import LostBasis, QuestionAbout
from analytics.datamodel.roles import Role, TableKind
from analytics.workspace import Workspace
from assistant.wire import data_json
from tests.unit.datamodel.worlds import model_of, shop, subscribers
from vocabulary.errors import UserError


def _coded():
    """Subscribers whose departures are said by letters nobody can read."""
    files = subscribers(3)
    for row in files["customers.csv"]:
        row["statut"] = {"Yes": "R", "No": "A"}[row.pop("churned")]
    return files


def _dated():
    files = shop(2, customers=60)
    for place, row in enumerate(files["clients.csv"]):
        row["dossier_rendu_le"] = row["date_inscription"] + timedelta(days=40) if place % 4 == 0 else None
    return files


def test_letters_are_asked_about_and_not_used():
    model = model_of(_coded())
    assert model.lost.basis is LostBasis.NONE
    assert model.question is not None
    assert (model.question.about, model.question.column) == (QuestionAbout.LOST, "statut")


def test_each_answer_to_the_question_can_be_given_back():
    """What is printed under an answer is a corrections file; the one that says which value means gone is obeyed."""
    model = model_of(_coded())
    answers = data_json(model, "fr").question.answers
    told = next(answer for answer in answers if answer.corrections.get("lost", {}).get("values") == ["R"])
    read = parse_corrections(told.corrections)
    assert dump_corrections(read)["lost"] == {"column": "statut", "values": ["R"]}
    corrected = model_of(_coded(), read)
    assert (corrected.lost.basis, corrected.lost.lost_values, corrected.question) == (LostBasis.LABEL, ("R",), None)
    refused = next(answer for answer in answers if "lost" not in answer.corrections)
    assert model_of(_coded(), parse_corrections(refused.corrections)).question is None


@pytest.mark.parametrize(
    "lost",
    [
        {"column": "canal_acquisition"}, {"column": "canal_acquisition", "values": ["Boutiqe"]}, {"column": "date_inscription"},
        {"column": "date_achat"}, {"column": "age"},
    ],
    ids=str,
)  # fmt: skip
def test_a_column_that_cannot_say_who_left_is_refused_in_one_sentence(lost):
    with pytest.raises(UserError) as refusal:
        model_of(shop(1, customers=60), parse_corrections({"lost": lost}))
    assert lost["column"] in refusal.value.in_("fr") and "\n" not in refusal.value.in_("fr")


def test_a_date_told_by_the_manager_is_the_departure():
    model = model_of(_dated(), parse_corrections({"lost": {"column": "dossier_rendu_le"}}))
    assert model.lost.basis is LostBasis.CONTRACT_END
    assert [binding.name for binding in model.bindings if binding.role is Role.END_DATE] == ["dossier_rendu_le"]


@pytest.mark.parametrize("kind", list(TableKind), ids=str)
def test_any_kind_given_to_a_file_is_taken(kind):
    model = model_of(shop(1, customers=40), parse_corrections({"tables": {"clients.csv": kind.value}}))
    assert model.readings[0].kind is kind and model.readings[0].corrected


@pytest.fixture
def holders(tmp_path):
    """A file of contracts: two holders of two, one of whom keeps the second; one holder of one, who left."""
    lines = ["num_contrat;code_client;date_effet;formule;statut"]
    for place in range(60):
        first = "Résilié" if place % 3 == 0 else "En cours"
        second = "Résilié" if place % 6 == 0 else "En cours"
        lines += [f"P{place}a;C{place:03};01/02/2019;Auto;{first}", f"P{place}b;C{place:03};01/02/2020;Santé;{second}"]
    (tmp_path / "contrats.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    workspace = Workspace(tmp_path / "workspace")
    importing.import_files(workspace, [tmp_path / "contrats.csv"])
    study = importing.open_study(workspace)
    yield study
    study.database.close()


def test_the_holder_of_several_contracts_is_lost_with_the_last_one(holders):
    """Twenty ended one contract, ten of them both: ten are lost."""
    assert holders.model.lost.basis is LostBasis.LABEL
    assert holders.database.row("SELECT count(*), count(*) FILTER (lost) FROM customers") == (60, 10)


def test_a_table_nobody_knows_changes_nothing(tmp_path):
    """The same customers with and without the phases of the moon beside them."""
    found = []
    for name, other in (("alone", False), ("beside", True)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "ventes.csv").write_text(
            "client;date;montant\n" + "".join(f"C{i % 20:02};{1 + i % 28:02}/0{1 + i % 9}/2024;{10 + i % 30},50\n" for i in range(200)),
            encoding="utf-8",
        )
        (folder / "lunes.csv").write_text("nuit;phase;clarte\n" + "".join(f"0{1 + i % 9}/01/2024;nouvelle;0,{i}\n" for i in range(40)),
                                          encoding="utf-8")  # fmt: skip
        workspace = Workspace(folder / "workspace")
        importing.import_files(workspace, [folder / "ventes.csv", *([folder / "lunes.csv"] if other else [])])
        study = importing.open_study(workspace)
        found.append(study.database.row("SELECT count(*), sum(amount) FROM customers"))
        study.database.close()
    assert found[0] == found[1]
